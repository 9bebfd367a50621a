//! Reading back: exports that say the same are found to, and what was altered is found.
//!
//! Each kind of thing that `verify` compares is altered in each format, in one export at a
//! time: it must be found, and nothing else. `tests/expected/mutations.txt` counts them.

#[cfg(feature = "pdf")]
use lopdf::{Dictionary, Document, Object, ObjectId};
use plantin::{
    pipeline, site,
    verify::{self, Aspect, Files, Medium, Report},
};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{Cursor, Read, Write},
    sync::LazyLock,
    time::Duration,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::support::{self, EVERYTHING, FORMATS, Outcome, PNG, Site, expect, root};

/// A page in which each kind of thing that is compared occurs once or twice.
const PAGE: &str = r#"---
title: Titre abricot
description: Description bergamote
date: 2026-01-02
showBreadcrumb: true
segments:
  - title: Segment cassis
    url: /cassis/
---

Paragraphe datte avec un [lien iris](/bonne/), une <span lang="en">language jasmine</span>, une
![image en ligne](pixel.png) et une note[^n].

## Intertitre kiwi

Alinéa groseille, *emphase lime*, H<sub>2</sub>O, puis un [lien dehors](https://ailleurs.example/x).

- puce laurier
- puce mangue
  - puce olive

3. numéro nectarine
4. numéro tomate

- [x] tâche pamplemousse
- [ ] tâche quetsche

> Citation raisin

> [!WARNING]
> Attention sureau

```
ligne tamarin
ligne abricot
```

| Colonne ulluque | Colonne vanille |
|:----------------|:----------------|
| Cellule un      | Cellule deux    |
| Cellule trois   | Cellule quatre  |

![Image wasabi](pixel.png)

<dl><dt>Terme amande</dt><dd>Définition châtaigne</dd></dl>

<div lang="en">

Group hazelnut.

</div>

### Dernière partie

Encore une note[^m].

[^n]: Note zeste.
[^m]: Note cumin.
"#;

/// Exports of a small workspace, and the site that they show.
pub(super) struct World {
    pub(super) files: Files,
    pub(super) site: site::Site,
}

pub(super) static WORLD: LazyLock<World> = LazyLock::new(world);

/// The formats that are read back.
pub(super) fn formats() -> Vec<Medium> {
    let format = |it: &Medium| if it.prints() { "pdf" } else { it.name() };
    let named = |it: &&Medium| FORMATS.split(',').any(|name| name == format(it));
    Medium::FORMATS.iter().filter(named).copied().collect()
}

fn settings() -> String {
    let names: Vec<String> = FORMATS.split(',').map(|it| format!("{it:?}")).collect();
    format!("formats = [{}]", names.join(", "))
}

/// The workspace; its page is translated in part, so that its units carry marks in English.
fn workspace() -> Site {
    let site = Site::new()
        .more_config(&settings())
        .page("tout.md", PAGE)
        .page(
            "bonne.md",
            "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va bien.\n",
        )
        .page("cassis.md", "---\ntitle: Segment cassis\n---\n\nIci.\n")
        .bytes("content/pixel.png", PNG);
    site.run_command("extract", &["--json"]);
    let path = "locales/en/content/tout.po";
    let mut catalogue = site.read(path);
    for (source, target) in
        [("Citation raisin", "Grape quotation"), ("Cellule un", "Cell one")]
    {
        let from = format!("msgid \"{source}\"\nmsgstr \"\"");
        assert!(catalogue.contains(&from), "{catalogue}");
        let to = format!("msgid \"{source}\"\nmsgstr \"{target}\"");
        catalogue = catalogue.replace(&from, &to);
    }
    site.bytes(path, catalogue.as_bytes())
}

fn world() -> World {
    let workspace = workspace();
    let built = workspace.build();
    assert_eq!(built.code, Some(0), "{built}");
    let mut files = built.files();
    files.retain(|path, _| verify::is_read(path));
    let opened = pipeline::open(&workspace.workspace()).expect("the settings are right");
    let site = pipeline::check(&opened).expect("the disk can be read").value;
    World { files, site }
}

impl World {
    fn verify(&self, files: &Files) -> Report {
        verify::verify(files, &self.site, &formats())
    }
}

/// What was tried, and what was found: kind, format, whether it was found alone.
#[derive(Default)]
struct Tally(BTreeMap<(&'static str, &'static str), (usize, usize)>);

impl Tally {
    /// Alters the exports and looks whether just that is found.
    fn try_one(
        &mut self,
        kind: &'static str,
        medium: Medium,
        aspects: &[Aspect],
        alter: impl FnOnce(&mut Files),
    ) -> Option<String> {
        let mut files = WORLD.files.clone();
        alter(&mut files);
        assert!(files != WORLD.files, "{kind} in {}: nothing was altered", medium.name());
        let report = WORLD.verify(&files);
        let count = self.0.entry((kind, medium.name())).or_default();
        count.0 += 1;
        let found = &report.differences;
        let of_kind = |it: &verify::Difference| {
            let alone = it.shown.iter().any(|(who, _)| {
                who.iter().all(|it| it.medium == medium) && !who.is_empty()
            });
            aspects.contains(&it.aspect) && alone
        };
        let all =
            aspects.iter().all(|aspect| found.iter().any(|it| it.aspect == *aspect));
        if all && found.iter().all(of_kind) {
            count.1 += 1;
            return None;
        }
        let told: Vec<String> = found
            .iter()
            .map(|it| {
                format!("{} {} {}", it.aspect.code(), it.piece, verify::shown(&it.shown))
            })
            .collect();
        Some(format!("{kind} in {}: {told:#?}", medium.name()))
    }

    /// The table: a line a kind, a column a format, `caught/tried`.
    fn table(&self) -> String {
        let mut kinds: BTreeMap<&str, BTreeMap<&str, (usize, usize)>> = BTreeMap::new();
        for ((kind, format), count) in &self.0 {
            kinds.entry(kind).or_default().insert(format, *count);
        }
        let mut out = format!(
            "{:36}{:>8}{:>8}{:>8}{:>11}\n",
            "altered, found/tried", "html", "epub", "pdf", "whole-pdf"
        );
        let (mut tried, mut caught) = (0, 0);
        for (kind, counts) in &kinds {
            write!(out, "{kind:36}").expect("a text has room");
            for (format, width) in
                [("html", 8), ("epub", 8), ("pdf", 8), ("whole-pdf", 11)]
            {
                let cell = counts.get(format).map_or("–".to_owned(), |it| {
                    tried += it.0;
                    caught += it.1;
                    format!("{}/{}", it.1, it.0)
                });
                write!(out, "{cell:>width$}").expect("a text has room");
            }
            out.push('\n');
        }
        writeln!(out, "{:36}{caught:>8}/{tried}", "all").expect("a text has room");
        out
    }
}

/// An alteration of marked-up text: what, in which aspects it is found, what becomes what.
type Rewriting = (&'static str, &'static [Aspect], &'static str, &'static str);

/// What is altered in the page of the site and in the chapter of the book alike.
const REWRITINGS: &[Rewriting] = &[
    ("a paragraph dropped", &[Aspect::Missing], r#"<p id="u-ALINEA">*</p>"#, ""),
    (
        "a paragraph twice",
        &[Aspect::Extra],
        "<h3 id=\"derniere-partie\">",
        "<p>Encore une fois.</p><h3 id=\"derniere-partie\">",
    ),
    (
        "a character of a paragraph",
        &[Aspect::Text],
        "Alinéa groseille",
        "Alinéa groseilla",
    ),
    (
        "a character of a heading",
        &[Aspect::Text],
        "Intertitre kiwi</span>",
        "Intertitre kivi</span>",
    ),
    ("a character of an item", &[Aspect::Text], "puce mangue", "puce mangua"),
    ("a character of code", &[Aspect::Text], "ligne abricot", "ligne abricos"),
    ("a character of a cell", &[Aspect::Text], "Cellule quatre", "Cellule quatro"),
    ("a character of a note", &[Aspect::Text], "Note cumin.", "Note cumim."),
    ("a space", &[Aspect::Text], "Citation raisin", "Citationraisin"),
    (
        "a level of heading",
        &[Aspect::Kind],
        "<h3 id=\"derniere-partie\">*</h3>",
        "<h4 id=\"derniere-partie\">*</h4>",
    ),
    (
        "a heading that is none",
        &[Aspect::Kind],
        "<h3 id=\"derniere-partie\">*</h3>",
        "<p id=\"derniere-partie\">*</p>",
    ),
    (
        "the language of a part",
        &[Aspect::Language],
        "<span lang=\"en\"",
        "<span lang=\"de\"",
    ),
    (
        "the language of a group",
        &[Aspect::Language],
        "<div lang=\"en\"",
        "<div lang=\"de\"",
    ),
    (
        "words that are not stressed",
        &[Aspect::Emphasis],
        "<em>emphase lime</em>",
        "emphase lime",
    ),
    (
        "words that are stressed more",
        &[Aspect::Emphasis],
        "<em>emphase lime</em>",
        "<strong>emphase lime</strong>",
    ),
    ("a number that is not lowered", &[Aspect::Emphasis], "<sub>2</sub>", "2"),
    ("an anchor", &[Aspect::Anchor], "id=\"intertitre-kiwi\"", "id=\"intertitre-kivi\""),
    ("a unit's name", &[Aspect::Anchor], "id=\"u-ALINEA\"", "id=\"u-00000000\""),
    (
        "a link outside",
        &[Aspect::Link],
        "https://ailleurs.example/x",
        "https://ailleurs.example/y",
    ),
    (
        "an alternative text",
        &[Aspect::Image],
        "alt=\"Image wasabi\"",
        "alt=\"Image vasabi\"",
    ),
    (
        "an alternative text in a line",
        &[Aspect::Image],
        "alt=\"image en ligne\"",
        "alt=\"image en linge\"",
    ),
    (
        "a header that is none",
        &[Aspect::Cell],
        "<th scope=\"col\"*</th>",
        "<td scope=\"col\"*</td>",
    ),
    (
        "the span of a cell",
        &[Aspect::Cell],
        "<td id=\"u-QUATRE\"",
        "<td colspan=\"2\" id=\"u-QUATRE\"",
    ),
    (
        "a list that is numbered",
        &[Aspect::Nesting, Aspect::Label],
        "<ul>\n<li id=\"u-LAURIER\">*</ul>\n</li>\n</ul>",
        "<ol>\n<li id=\"u-LAURIER\">*</ul>\n</li>\n</ol>",
    ),
    (
        "a quotation that is none",
        &[Aspect::Nesting],
        "<blockquote>*</blockquote>",
        "<div>*</div>",
    ),
    (
        "a box that is none",
        &[Aspect::Nesting],
        " role=\"note\" aria-labelledby=\"callout_1\"",
        "",
    ),
    ("the number of an item", &[Aspect::Label], "<ol start=\"3\">", "<ol start=\"2\">"),
    ("a task that is done", &[Aspect::Label], "☐", "☑"),
    (
        "two items swapped",
        &[Aspect::Order],
        "<li id=\"u-NECTARINE\">numéro nectarine</li>\n<li id=\"u-TOMATE\">numéro tomate</li>",
        "<li id=\"u-TOMATE\">numéro tomate</li>\n<li id=\"u-NECTARINE\">numéro nectarine</li>",
    ),
    (
        "two cells swapped",
        &[Aspect::Order],
        "<td id=\"u-TROIS\">Cellule trois</td>\n<td id=\"u-QUATRE\">Cellule quatre</td>",
        "<td id=\"u-QUATRE\">Cellule quatre</td>\n<td id=\"u-TROIS\">Cellule trois</td>",
    ),
    ("a crumb", &[Aspect::Trail], ">Segment cassis<", ">Segment cassia<"),
    (
        "a footnote's return",
        &[Aspect::Return],
        "href=\"#call_1_1\"",
        "href=\"#call_2_1\"",
    ),
    ("a footnote's call", &[Aspect::Text], ">2</a></sup>", ">1</a></sup>"),
    ("the day of the page", &[Aspect::Notice], "2 janvier 2026", "3 janvier 2026"),
    ("a term that is none", &[Aspect::Kind], "<dt id=\"*</dt>", "<p id=\"*</p>"),
    (
        "the title of the document",
        &[Aspect::Title],
        "<title>Titre abricot",
        "<title>Titre abricod",
    ),
];

/// Rewritings that differ by format: what, the aspects, the site's, the book's.
type Twofold = (&'static str, &'static [Aspect], [&'static str; 2], [&'static str; 2]);

const TWOFOLD: &[Twofold] = &[
    (
        "a link inside",
        &[Aspect::Link],
        ["href=\"../bonne/\"", "href=\"../cassis/\""],
        ["href=\"page-bonne.xhtml\"", "href=\"page-cassis.xhtml\""],
    ),
    (
        "a crumb's link",
        &[Aspect::Trail],
        ["href=\"../cassis/\"", "href=\"../bonne/\""],
        ["href=\"page-cassis.xhtml\"", "href=\"page-bonne.xhtml\""],
    ),
];

/// The words by which units are named above.
const UNITS: [(&str, &str); 9] = [
    ("u-ALINEA", "Alinéa groseille"),
    ("u-LAURIER", "puce laurier"),
    ("u-OLIVE", "puce olive"),
    ("u-NECTARINE", "numéro nectarine"),
    ("u-TOMATE", "numéro tomate"),
    ("u-TROIS", "Cellule trois"),
    ("u-QUATRE", "Cellule quatre"),
    ("u-DATTE", "Paragraphe datte"),
    ("u-RAISIN", "Citation raisin"),
];

/// A pattern with the names of its units in it.
fn named(pattern: &str, page: &str) -> String {
    let mut out = pattern.to_owned();
    for (name, words) in UNITS {
        if out.contains(name) {
            let at = page.find(&format!("\">{words}")).expect("the unit has its name");
            let id = page[..at].rsplit("id=\"").next().expect("an identifier");
            out = out.replace(name, id);
        }
    }
    out
}

/// Rewrites marked-up text from its trail on; `*` stands for what is kept.
fn rewritten(page: &str, from: &str, to: &str) -> String {
    let (from, to) = (named(from, page), named(to, page));
    let begin = match from.starts_with("<title") {
        true => 0,
        false => page.find("fr-breadcrumb__list").expect("a page has a trail"),
    };
    let (before, after) = from.split_once('*').unwrap_or((&from, ""));
    let start =
        page[begin..].find(before).unwrap_or_else(|| panic!("{before} in {page}"));
    let start = begin + start;
    let inner = start + before.len();
    let length = page[inner..].find(after).unwrap_or_else(|| panic!("{after} in {page}"));
    let kept = &page[inner..inner + length];
    let end = inner + length + after.len();
    format!("{}{}{}", &page[..start], to.replace('*', kept), &page[end..])
}

/// Alters a text file of the exports.
fn alter_text(files: &mut Files, path: &str, change: impl FnOnce(&str) -> String) {
    let bytes = files.get_mut(path).unwrap_or_else(|| panic!("{path}"));
    let text = str::from_utf8(bytes).expect("it is text");
    *bytes = change(text).into_bytes();
}

/// Alters a file of a book.
pub(super) fn alter_book(
    files: &mut Files,
    language: &str,
    name: &str,
    change: impl FnOnce(&str) -> String,
) {
    let bytes = files.get_mut(&format!("epub/essai.{language}.epub")).expect("a book");
    let mut old = ZipArchive::new(Cursor::new(bytes.as_slice())).expect("an archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for at in 0..old.len() {
        let mut entry = old.by_index(at).expect("the archive is whole");
        let path = entry.name().expect("names are UTF-8").into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).expect("the archive is whole");
        if path.ends_with(name)
            && let Some(change) = change.take()
        {
            text = change(str::from_utf8(&text).expect("it is text")).into_bytes();
        }
        let stored =
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        new.start_file(path, stored).expect("memory is writable");
        new.write_all(&text).expect("memory is writable");
    }
    assert!(change.is_none(), "{name} is not in the book");
    *bytes = new.finish().expect("memory is writable").into_inner();
}

/// Alters the page of everything in a language, on the site or in the book.
fn alter(files: &mut Files, medium: Medium, language: &str, from: &str, to: &str) {
    let change = |page: &str| rewritten(page, from, to);
    match medium {
        Medium::Html => {
            alter_text(files, &format!("html/{language}/tout/index.html"), change);
        }
        _ => alter_book(files, language, "page-tout.xhtml", change),
    }
}

/// Says another language in the first tag of a page.
fn in_german(page: &str) -> String {
    let start = page.find("<html").expect("a page");
    let end = start + page[start..].find('>').expect("a tag");
    format!(
        "{}{}{}",
        &page[..start],
        page[start..end].replace("lang=\"fr\"", "lang=\"de\""),
        &page[end..]
    )
}

fn try_markup(tally: &mut Tally, medium: Medium, wrong: &mut Vec<String>) {
    for (kind, aspects, from, to) in REWRITINGS {
        let found =
            tally.try_one(kind, medium, aspects, |it| alter(it, medium, "fr", from, to));
        wrong.extend(found);
    }
    for (kind, aspects, site, book) in TWOFOLD {
        let [from, to] = if medium == Medium::Html { site } else { book };
        let found =
            tally.try_one(kind, medium, aspects, |it| alter(it, medium, "fr", from, to));
        wrong.extend(found);
    }
    let nested = (
        "<ul>\n<li id=\"u-OLIVE\">*</ul>\n</li>\n</ul>",
        "</li>\n</ul>\n<ul>\n<li id=\"u-OLIVE\">*</ul>",
    );
    wrong.extend(tally.try_one(
        "a nested list moved out",
        medium,
        &[Aspect::Nesting],
        |it| {
            alter(it, medium, "fr", nested.0, nested.1);
        },
    ));
    wrong.extend(tally.try_one("a mark dropped", medium, &[Aspect::Mark], |it| {
        alter(it, medium, "en", " <span class=\"unit-mark\">*</span>", "");
    }));
    wrong.extend(tally.try_one(
        "the language of the document",
        medium,
        &[Aspect::DocumentLanguage],
        |it| match medium {
            Medium::Html => alter_text(it, "html/fr/tout/index.html", in_german),
            _ => alter_book(it, "fr", "page-tout.xhtml", in_german),
        },
    ));
    wrong.extend(tally.try_one(
        "a file that is damaged",
        medium,
        &[Aspect::Unreadable],
        |it| match medium {
            Medium::Html => alter_text(it, "html/fr/tout/index.html", |page| {
                page.replace("main", "div")
            }),
            _ => {
                alter_book(it, "fr", "page-tout.xhtml", |page| page.replace("</ol>", ""));
            }
        },
    ));
    wrong.extend(tally.try_one(
        "a page that is missing",
        medium,
        &[Aspect::Page],
        |it| match medium {
            Medium::Html => drop(it.remove("html/fr/tout/index.html")),
            _ => alter_book(it, "fr", "content.opf", without_the_chapter),
        },
    ));
}

/// A package whose spine passes over the page of everything.
fn without_the_chapter(package: &str) -> String {
    let at = package.find("href=\"page-tout.xhtml\"").expect("an item");
    let start = package[..at].rfind("<item").expect("an item");
    let item = &package[start..start + package[start..].find('>').expect("a tag")];
    let id =
        item.split("id=\"").nth(1).and_then(|it| it.split('"').next()).expect("an id");
    let line = format!("<itemref idref=\"{id}\"/>");
    assert!(package.contains(&line), "{package}");
    package.replace(&line, "")
}

/// The last two things that begin and end so.
fn last_two(text: &str, start: &str, end: &str) -> [std::ops::Range<usize>; 2] {
    let whole = |at: usize| at..at + text[at..].find(end).expect("an end") + end.len();
    let mut found = text.rmatch_indices(start).map(|it| whole(it.0));
    let last = found.next().expect("two of them");
    [found.next().expect("two of them"), last]
}

fn swapped(text: &str, start: &str, end: &str) -> String {
    let [one, two] = last_two(text, start, end);
    [
        &text[..one.start],
        &text[two.clone()],
        &text[one.end..two.start],
        &text[one.clone()],
        &text[two.end..],
    ]
    .concat()
}

fn doubled(text: &str, start: &str, end: &str) -> String {
    let [_, last] = last_two(text, start, end);
    [&text[..last.end], &text[last.clone()], &text[last.end..]].concat()
}

#[test]
fn whatever_is_altered_in_an_export_is_found_and_nothing_else() {
    let clean = WORLD.verify(&WORLD.files);
    assert_eq!(clean.differences, []);
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    try_markup(&mut tally, Medium::Html, &mut wrong);
    wrong.extend(tally.try_one(
        "a page too many",
        Medium::Html,
        &[Aspect::Extra],
        |it| {
            let page = it["html/fr/tout/index.html"].clone();
            it.insert("html/fr/intrus/index.html".to_owned(), page);
        },
    ));
    try_markup(&mut tally, Medium::Epub, &mut wrong);
    wrong.extend(tally.try_one(
        "the contents",
        Medium::Epub,
        &[Aspect::Contents],
        |it| {
            alter_book(it, "fr", "nav.xhtml", |nav| {
                nav.replace("Titre abricot", "Titre abricod")
            });
        },
    ));
    for (kind, aspect, from, to) in [
        ("the title of the book", Aspect::Title, "</dc:title>", " bis</dc:title>"),
        (
            "the language of the book",
            Aspect::DocumentLanguage,
            ">fr</dc:language>",
            ">de</dc:language>",
        ),
    ] {
        wrong.extend(tally.try_one(kind, Medium::Epub, &[aspect], |it| {
            alter_book(it, "fr", "content.opf", |package| package.replace(from, to));
        }));
    }
    let orders: [(&str, &[Aspect], &str, &str, &str); 3] = [
        ("two pages' parts swapped", &[Aspect::Order], "content.opf", "<itemref", "/>"),
        (
            "two entries swapped",
            &[Aspect::Order],
            "nav.xhtml",
            "<li><a href=\"page",
            "</li>",
        ),
        (
            "an entry twice",
            &[Aspect::Contents],
            "nav.xhtml",
            "<li><a href=\"page",
            "</li>",
        ),
    ];
    for (kind, aspects, file, start, end) in orders {
        wrong.extend(tally.try_one(kind, Medium::Epub, aspects, |it| {
            alter_book(it, "fr", file, |text| match kind {
                "an entry twice" => doubled(text, start, end),
                _ => swapped(text, start, end),
            });
        }));
    }
    let missing = "a file that is missing";
    wrong.extend(tally.try_one(missing, Medium::Epub, &[Aspect::Format], |it| {
        it.remove("epub/essai.fr.epub");
    }));
    #[cfg(feature = "pdf")]
    pdf::try_all(&mut tally, &mut wrong);
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), tally.table());
    if cfg!(feature = "pdf") {
        expect("mutations.txt", &tally.table());
    }
}

/// PDFs, altered by their objects.
#[cfg(feature = "pdf")]
mod pdf {
    use super::*;

    /// What the structure tree of the page of everything holds, in order.
    const KINDS: [&str; 20] = [
        "P",
        "H1",
        "P",
        "P",
        "P",
        "H2",
        "P",
        "L",
        "L",
        "L",
        "BlockQuote",
        "P",
        "P",
        "Code",
        "Table",
        "Figure",
        "L",
        "P",
        "H3",
        "P",
    ];

    struct Pdf {
        file: Document,
        root: ObjectId,
        /// The first tag of the page of everything.
        first: usize,
        /// What stands before the names of its places.
        prefix: &'static str,
    }

    impl Pdf {
        /// The PDF of the page of everything, or that of the publication.
        fn read(bytes: &[u8]) -> Self {
            let file = Document::load_mem(bytes).expect("a PDF");
            let is_root = |it: &&(&ObjectId, &Object)| {
                it.1.as_dict().is_ok_and(|it| kind(it) == "Document")
            };
            let root =
                *file.objects.iter().find(|it| is_root(&it)).expect("a structure").0;
            let mut it = Self { file, root, first: 0, prefix: "" };
            if it.kinds().iter().any(|it| it == "TOC") {
                let pages = it.pages();
                let page = pages.iter().find(|range| it.is_of_everything(range));
                it.first = page.expect("the page of everything").start;
                it.prefix = "tout/";
            }
            it
        }

        /// The kinds of the tags that lie in no other.
        fn kinds(&mut self) -> Vec<String> {
            let tags = self.tags(self.root);
            let tags = tags.into_iter().map(|it| self.file.get_dictionary(it));
            tags.map(|it| kind(it.expect("a tag"))).collect()
        }

        fn is_of_everything(&mut self, page: &std::ops::Range<usize>) -> bool {
            let tags = self.tags(self.root)[page.clone()].to_vec();
            tags.iter().any(|it| {
                let title = self.tag(*it).get(b"T").and_then(Object::as_str);
                title.is_ok_and(|it| it == b"Titre abricot")
            })
        }

        /// Takes a tag of the page of everything out.
        fn remove(&mut self, at: usize) -> Object {
            let at = self.first + at;
            self.kids(self.root).remove(at)
        }

        /// Puts a tag into the page of everything.
        fn insert(&mut self, at: usize, id: ObjectId) {
            let at = self.first + at;
            self.kids(self.root).insert(at, Object::Reference(id));
        }

        /// The tags of the pages of the publication: where each begins, and where it ends.
        fn pages(&mut self) -> Vec<std::ops::Range<usize>> {
            let kinds = self.kinds();
            let contents = kinds.iter().position(|it| it == "TOC").expect("contents");
            // Before its title stands the trail, where a page has one.
            let heads = kinds.iter().enumerate().skip(contents).filter(|it| it.1 == "H1");
            let mut starts: Vec<usize> = heads.map(|it| it.0).collect();
            for start in &mut starts {
                let trail = self.tags(self.root)[*start - 1];
                *start -= usize::from(
                    *start > contents + 1 && self.find(trail, "Link").is_some(),
                );
            }
            starts.push(kinds.len());
            starts.windows(2).map(|it| it[0]..it[1]).collect()
        }

        /// The contents, and the first two entries of them.
        fn entries(&mut self) -> (ObjectId, ObjectId, ObjectId) {
            let list = self.find(self.root, "TOC").expect("contents");
            let entries = self.tags(list);
            (list, entries[0], entries[1])
        }

        /// Adds a tag that holds the same.
        fn copy(&mut self, id: ObjectId) -> ObjectId {
            let mut tag = self.tag(id).clone();
            if let Ok(kids) = tag.get_mut(b"K").and_then(Object::as_array_mut) {
                for kid in kids {
                    if let Ok(inner) = kid.as_reference() {
                        *kid = Object::Reference(self.copy(inner));
                    }
                }
            }
            self.file.add_object(tag)
        }

        /// Leads the first link of a tag that leads somewhere to somewhere else.
        fn lead(&mut self, id: ObjectId, from: &str, to: &str) {
            let mut links = Vec::new();
            self.annotations(id, &mut links);
            let leads = |it: &&ObjectId| {
                let place = self.file.get_dictionary(**it).and_then(|it| it.get(b"Dest"));
                place.and_then(Object::as_str).is_ok_and(|it| it == from.as_bytes())
            };
            let link = *links.iter().find(leads).expect("a link that leads there");
            self.set_text(link, "Dest", to);
        }

        fn annotations(&mut self, id: ObjectId, found: &mut Vec<ObjectId>) {
            for kid in self.kids(id).clone() {
                if let Ok(inner) = kid.as_reference() {
                    self.annotations(inner, found);
                } else if let Ok(link) = kid.as_dict() {
                    found.extend(link.get(b"Obj").and_then(Object::as_reference).ok());
                }
            }
        }

        fn write(mut self) -> Vec<u8> {
            let mut bytes = Vec::new();
            self.file.save_to(&mut bytes).expect("memory is writable");
            bytes
        }

        fn tag(&mut self, id: ObjectId) -> &mut Dictionary {
            self.file.get_object_mut(id).and_then(Object::as_dict_mut).expect("a tag")
        }

        fn kids(&mut self, id: ObjectId) -> &mut Vec<Object> {
            self.tag(id).get_mut(b"K").and_then(Object::as_array_mut).expect("kids")
        }

        /// The tags in a tag.
        fn tags(&mut self, id: ObjectId) -> Vec<ObjectId> {
            let kids = self.kids(id).clone();
            kids.iter().filter_map(|it| it.as_reference().ok()).collect()
        }

        fn tag_in(&mut self, path: &[usize]) -> ObjectId {
            let (first, rest) = path.split_first().expect("a path");
            let id = self.tags(self.root)[self.first + first];
            rest.iter().fold(id, |id, at| self.tags(id)[*at])
        }

        /// The first tag of a kind in a tag.
        fn find(&mut self, id: ObjectId, wanted: &str) -> Option<ObjectId> {
            for inner in self.tags(id) {
                let Ok(tag) = self.file.get_dictionary(inner) else { continue };
                if kind(tag) == wanted {
                    return Some(inner);
                }
                if let Some(found) = self.find(inner, wanted) {
                    return Some(found);
                }
            }
            None
        }

        fn set_kind(&mut self, id: ObjectId, kind: &str) {
            self.tag(id).set("S", Object::Name(kind.as_bytes().to_vec()));
        }

        fn set_text(&mut self, id: ObjectId, name: &str, text: &str) {
            self.tag(id).set(name, Object::string_literal(text));
        }

        /// The first part of a page in a tag.
        fn part(&mut self, id: ObjectId) -> (ObjectId, i64) {
            let page = self.tag(id).get(b"Pg").and_then(Object::as_reference);
            for kid in self.kids(id).clone() {
                match kid {
                    Object::Integer(number) => return (page.expect("a page"), number),
                    Object::Reference(inner) => return self.part(inner),
                    _ => {}
                }
            }
            panic!("nothing is in the tag")
        }

        /// Rewrites the content of a page.
        fn rewrite(&mut self, page: ObjectId, change: impl FnOnce(String) -> String) {
            let content = self.file.get_page_content(page);
            let text: String = content.iter().map(|it| char::from(*it)).collect();
            let bytes = change(text).chars().map(|it| it as u8).collect();
            let stream = self.file.get_page_contents(page)[0];
            let stream = self.file.get_object_mut(stream).and_then(Object::as_stream_mut);
            stream.expect("a stream").set_plain_content(bytes);
        }

        /// Puts the first letter of a tag in the place of the next one that differs.
        fn misprint(&mut self, id: ObjectId) {
            let (page, number) = self.part(id);
            self.misprint_part(page, number);
        }

        fn misprint_part(&mut self, page: ObjectId, number: i64) {
            self.rewrite(page, |content| {
                let start = content
                    .find(&format!("/MCID {number}>>"))
                    .or_else(|| content.find(&format!("/MCID {number}/")))
                    .expect("the part is on its page");
                let end = start + content[start..].find("EMC").expect("an end");
                let part = hexed(&content[start..end]);
                let (mut codes, mut at, mut inside) = (Vec::new(), 0, false);
                let bytes = part.as_bytes();
                while at < bytes.len() {
                    match bytes[at] {
                        b'<' if bytes[at + 1] != b'<' => inside = true,
                        b'<' => at += 1,
                        b'>' => inside = false,
                        _ if inside => {
                            codes.push(at);
                            at += 3;
                        }
                        _ => {}
                    }
                    at += 1;
                }
                let first = part[codes[0]..codes[0] + 4].to_owned();
                let other = codes.iter().find(|it| part[**it..**it + 4] != first);
                let at = *other.expect("two letters");
                let part = format!("{}{first}{}", &part[..at], &part[at + 4..]);
                format!("{}{part}{}", &content[..start], &content[end..])
            });
        }

        /// Visits every object of the file.
        fn everywhere(&mut self, visit: &mut dyn FnMut(&mut Object)) {
            for object in self.file.objects.values_mut() {
                walk(object, visit);
            }
        }

        /// Changes the properties.
        fn retitle(&mut self, from: &str, to: &str) {
            let catalogue = self.file.catalog().expect("a catalogue");
            let id = catalogue.get(b"Metadata").and_then(Object::as_reference);
            let stream = self.file.get_object_mut(id.expect("properties"));
            let stream = stream.and_then(Object::as_stream_mut).expect("a stream");
            let text = stream.get_plain_content().expect("properties");
            let text = String::from_utf8(text).expect("XML");
            assert!(text.contains(from), "{text}");
            stream.set_plain_content(text.replace(from, to).into_bytes());
        }

        /// Calls a place of the page of everything otherwise.
        fn rename_place(&mut self, from: &str, to: &str) {
            let prefix = self.prefix;
            self.rename(&format!("{prefix}{from}"), &format!("{prefix}{to}"));
        }

        /// A place of the page of everything, by its name.
        fn place(&mut self, name: &str) -> &mut Dictionary {
            let name = format!("{}{name}", self.prefix);
            let catalogue = self.file.catalog_mut().expect("a catalogue");
            let names = catalogue.get_mut(b"Names").and_then(Object::as_dict_mut);
            let places = names.and_then(|it| it.get_mut(b"Dests"));
            let places = places.and_then(Object::as_dict_mut);
            let places = places.and_then(|it| it.get_mut(b"Names"));
            let pairs = places.and_then(Object::as_array_mut).expect("names");
            let is_it = |it: &Object| it.as_str().is_ok_and(|it| it == name.as_bytes());
            let at = pairs.iter().position(is_it).expect("the name is there");
            pairs[at + 1].as_dict_mut().expect("a place with its part")
        }

        fn rename(&mut self, from: &str, to: &str) {
            let mut count = 0;
            self.everywhere(&mut |object| {
                if let Object::String(text, _) = object
                    && text == from.as_bytes()
                {
                    *text = to.as_bytes().to_vec();
                    count += 1;
                }
            });
            assert!(count > 0, "{from} is nowhere");
        }
    }

    /// A content in which every string is written in hexadecimal digits.
    fn hexed(content: &str) -> String {
        let mut out = String::new();
        let mut letters = content.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter != '(' {
                out.push(letter);
                continue;
            }
            out.push('<');
            while let Some(letter) = letters.next().filter(|it| *it != ')') {
                let byte = match letter {
                    '\\' => escaped(&mut letters),
                    letter => letter as u32,
                };
                write!(out, "{byte:02x}").expect("a text has room");
            }
            out.push('>');
        }
        out
    }

    fn escaped(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> u32 {
        match letters.next().expect("something is escaped") {
            'n' => 10,
            'r' => 13,
            't' => 9,
            'b' => 8,
            'f' => 12,
            digit @ '0'..='7' => {
                let mut code = digit as u32 - 48;
                for _ in 0..2 {
                    if let Some(digit) = letters.next_if(|it| it.is_digit(8)) {
                        code = code * 8 + digit as u32 - 48;
                    }
                }
                code
            }
            letter => letter as u32,
        }
    }

    fn kind(tag: &Dictionary) -> String {
        let kind = tag.get(b"S").and_then(Object::as_name).unwrap_or_default();
        String::from_utf8_lossy(kind).into_owned()
    }

    fn walk(object: &mut Object, visit: &mut dyn FnMut(&mut Object)) {
        visit(object);
        match object {
            Object::Array(items) => items.iter_mut().for_each(|it| walk(it, visit)),
            Object::Dictionary(it) => it.iter_mut().for_each(|it| walk(it.1, visit)),
            Object::Stream(it) => it.dict.iter_mut().for_each(|it| walk(it.1, visit)),
            _ => {}
        }
    }

    type Alteration = (&'static str, &'static [Aspect], fn(&mut Pdf));

    const ALTERATIONS: &[Alteration] = &[
        ("a paragraph dropped", &[Aspect::Missing], |it| {
            it.remove(6);
        }),
        // Its copy has its name.
        ("a paragraph twice", &[Aspect::Extra, Aspect::Identifier], |it| {
            let id = it.tag_in(&[12]);
            let copy = it.tag(id).clone();
            let copy = it.file.add_object(copy);
            it.insert(13, copy);
        }),
        ("a character of a paragraph", &[Aspect::Text], |it| {
            let id = it.tag_in(&[6]);
            it.misprint(id);
        }),
        ("a character of a heading", &[Aspect::Text], |it| {
            let id = it.tag_in(&[5]);
            it.misprint(id);
        }),
        ("a character of an item", &[Aspect::Text], |it| {
            let id = it.tag_in(&[7, 1, 1]);
            it.misprint(id);
        }),
        ("a character of code", &[Aspect::Text], |it| {
            let id = it.tag_in(&[13]);
            it.misprint(id);
        }),
        ("a character of a cell", &[Aspect::Text], |it| {
            let id = it.tag_in(&[14, 1, 0, 1]);
            it.misprint(id);
        }),
        ("a character of a note", &[Aspect::Text], |it| {
            let id = it.tag_in(&[19]);
            let note = it.find(id, "Note").expect("a note");
            // Its number comes first.
            let number = it.kids(note).iter().rev().find_map(|it| it.as_i64().ok());
            let page = it.tag(note).get(b"Pg").and_then(Object::as_reference);
            it.misprint_part(page.expect("a page"), number.expect("words"));
        }),
        ("a level of heading", &[Aspect::Kind], |it| {
            let id = it.tag_in(&[18]);
            it.set_kind(id, "H4");
        }),
        ("a heading that is none", &[Aspect::Kind], |it| {
            let id = it.tag_in(&[18]);
            it.set_kind(id, "P");
        }),
        ("the language of a part", &[Aspect::Language], |it| {
            let id = it.tag_in(&[4]);
            let (page, _) = it.part(id);
            it.rewrite(page, |content| content.replace("/Lang(en)", "/Lang(de)"));
        }),
        ("the language of a group", &[Aspect::Language], |it| {
            let id = it.tag_in(&[17]);
            it.set_text(id, "Lang", "de");
        }),
        ("the language of the document", &[Aspect::DocumentLanguage], |it| {
            let catalogue = it.file.catalog_mut().expect("a catalogue");
            catalogue.set("Lang", Object::string_literal("de"));
        }),
        ("an anchor", &[Aspect::Anchor], |it| {
            it.rename_place("intertitre-kiwi", "intertitre-kivi");
        }),
        ("a part with the name of another", &[Aspect::Identifier], |it| {
            let (one, other) = (it.tag_in(&[6]), it.tag_in(&[12]));
            let name = it.tag(other).get(b"ID").expect("it has a name").clone();
            it.tag(one).set("ID", name);
        }),
        ("the list of the parts' names", &[Aspect::Identifier], |it| {
            let tree = it.tag(it.root).get(b"P").and_then(Object::as_reference);
            it.tag(tree.expect("the tree")).remove(b"IDTree").expect("a list");
        }),
        ("a name that leads elsewhere", &[Aspect::Place], |it| {
            let id = it.tag_in(&[6]);
            let (page, _) = it.part(id);
            let foot = [page.into(), "XYZ".into(), 0.into(), 20.into(), 0.into()];
            it.place("intertitre-kiwi").set("D", Object::Array(foot.to_vec()));
        }),
        ("a name of another part", &[Aspect::Anchor], |it| {
            let names = ["intertitre-kiwi", "derniere-partie"];
            let [one, other] = names.map(|name| {
                it.place(name).get(b"SD").expect("it says of which part it is").clone()
            });
            it.place(names[0]).set("SD", other);
            it.place(names[1]).set("SD", one);
            // What a reader's program goes to is told of where that is.
            let [one, other] =
                names.map(|name| it.place(name).get(b"D").expect("a point").clone());
            it.place(names[0]).set("D", other);
            it.place(names[1]).set("D", one);
        }),
        ("a link outside", &[Aspect::Link], |it| {
            it.rename("https://ailleurs.example/x", "https://ailleurs.example/y");
        }),
        ("an alternative text", &[Aspect::Image], |it| {
            let id = it.tag_in(&[15]);
            it.set_text(id, "Alt", "Image vasabi");
        }),
        ("an alternative text in a line", &[Aspect::Image], |it| {
            let id = it.tag_in(&[4]);
            let image = it.find(id, "Figure").expect("an image");
            it.set_text(image, "Alt", "image en linge");
        }),
        ("a header that is none", &[Aspect::Cell], |it| {
            let id = it.tag_in(&[14, 0, 0, 0]);
            it.set_kind(id, "TD");
        }),
        ("the span of a cell", &[Aspect::Cell], |it| {
            let id = it.tag_in(&[14, 1, 1, 1]);
            let mut span = Dictionary::new();
            span.set("O", Object::Name(b"Table".to_vec()));
            span.set("ColSpan", Object::Integer(2));
            it.tag(id).set("A", Object::Dictionary(span));
        }),
        ("a quotation that is none", &[Aspect::Nesting], |it| {
            let id = it.tag_in(&[10]);
            it.set_kind(id, "Div");
        }),
        ("a nested list moved out", &[Aspect::Nesting], |it| {
            let list = it.tag_in(&[7]);
            let inner = it.kids(list).pop().expect("the list in the list");
            it.insert(8, inner.as_reference().expect("a tag"));
        }),
        ("the number of an item", &[Aspect::Label], |it| {
            let id = it.tag_in(&[8, 0, 0]);
            it.misprint(id);
        }),
        ("a task that is done", &[Aspect::Label], |it| {
            let (first, second) = (it.tag_in(&[9, 0, 0]), it.tag_in(&[9, 1, 0]));
            let sign = it.kids(first).clone();
            *it.kids(second) = sign;
        }),
        ("two items swapped", &[Aspect::Order], |it| {
            let id = it.tag_in(&[8]);
            it.kids(id).swap(0, 1);
        }),
        ("two cells swapped", &[Aspect::Order], |it| {
            let id = it.tag_in(&[14, 1, 1]);
            it.kids(id).swap(0, 1);
        }),
        ("a crumb", &[Aspect::Trail], |it| {
            let id = it.tag_in(&[0, 1]);
            it.misprint(id);
        }),
        ("the day of the page", &[Aspect::Notice], |it| {
            let id = it.tag_in(&[3]);
            it.misprint(id);
        }),
        ("a footnote's call", &[Aspect::Text, Aspect::Anchor], |it| {
            let id = it.tag_in(&[4]);
            let call = it.find(id, "Lbl").expect("a call");
            it.kids(id).retain(|kid| kid.as_reference().ok() != Some(call));
        }),
        ("a footnote's return", &[Aspect::Return], |it| {
            let id = it.tag_in(&[4]);
            let note = it.find(id, "Note").expect("a note");
            let link = it.find(note, "Link").expect("a way back");
            let annotation = it.kids(link).iter().find_map(|it| {
                it.as_dict().ok()?.get(b"Obj").and_then(Object::as_reference).ok()
            });
            let annotation = annotation.expect("a link");
            let other = format!("{}call_2_1", it.prefix);
            it.set_text(annotation, "Dest", &other);
        }),
        ("a term that is none", &[Aspect::Kind, Aspect::Nesting], |it| {
            let id = it.tag_in(&[16, 0, 0]);
            it.set_kind(id, "LBody");
        }),
        ("the contents", &[Aspect::Contents], |it| {
            it.everywhere(&mut |object| {
                if let Object::Dictionary(item) = object
                    && item.has(b"Parent")
                    && item
                        .get(b"Title")
                        .and_then(Object::as_str)
                        .is_ok_and(|it| it == b"Intertitre kiwi")
                {
                    item.set("Title", Object::string_literal("Intertitre kivi"));
                }
            });
        }),
    ];

    /// What is altered in the PDF of the page alone.
    const OF_PAGE: &[Alteration] = &[
        ("the title of the document", &[Aspect::Title], |it| {
            it.retitle("abricot", "abricod");
        }),
        ("a link inside", &[Aspect::Link], |it| {
            it.rename(
                "https://essai.example/fr/bonne/",
                "https://essai.example/fr/cassis/",
            );
        }),
        ("a crumb's link", &[Aspect::Trail], |it| {
            it.rename(
                "https://essai.example/fr/cassis/",
                "https://essai.example/fr/bonne/",
            );
        }),
    ];

    /// What is altered in the PDF of the publication alone.
    const OF_WHOLE: &[Alteration] = &[
        ("the title of the document", &[Aspect::Title], |it| {
            it.retitle("sans titre<", "sans titra<");
        }),
        ("a link inside", &[Aspect::Link], |it| {
            let id = it.tag_in(&[4]);
            it.lead(id, "bonne/", "cassis/");
        }),
        ("a crumb's link", &[Aspect::Trail], |it| {
            let id = it.tag_in(&[0]);
            it.lead(id, "cassis/", "bonne/");
        }),
        ("a line of the title page", &[Aspect::Notice], |it| {
            let id = it.tags(it.root)[0];
            it.misprint(id);
        }),
        ("a page's part dropped", &[Aspect::Page], |it| {
            let page = it.pages()[1].clone();
            it.kids(it.root).drain(page);
        }),
        ("a page's part twice", &[Aspect::Extra, Aspect::Identifier], |it| {
            let page = it.pages()[1].clone();
            let tags = it.tags(it.root)[page.clone()].to_vec();
            let copies = tags.iter().map(|id| it.copy(*id)).collect::<Vec<_>>();
            let copies = copies.into_iter().map(Object::Reference);
            it.kids(it.root).splice(page.end..page.end, copies);
        }),
        ("two pages' parts swapped", &[Aspect::Order], |it| {
            let pages = it.pages();
            let (one, two) = (pages[1].clone(), pages[2].clone());
            assert_eq!(one.end, two.start);
            it.kids(it.root)[one.start..two.end].rotate_left(one.len());
        }),
        ("an entry twice", &[Aspect::Contents], |it| {
            let (list, entry, _) = it.entries();
            let copy = it.copy(entry);
            it.kids(list).push(Object::Reference(copy));
        }),
        ("an entry dropped", &[Aspect::Contents], |it| {
            let (list, ..) = it.entries();
            it.kids(list).remove(0);
        }),
        ("two entries swapped", &[Aspect::Order], |it| {
            let (list, ..) = it.entries();
            it.kids(list).swap(0, 1);
        }),
        ("a character of an entry", &[Aspect::Contents], |it| {
            let (_, entry, _) = it.entries();
            it.misprint(entry);
        }),
        ("the number of an entry", &[Aspect::Contents], |it| {
            // Each shows that of the other.
            let (_, one, two) = it.entries();
            let [one, two] = [one, two].map(|id| it.find(id, "Link").expect("a link"));
            let (a, b) = (it.kids(one).pop(), it.kids(two).pop());
            it.kids(one).extend(b);
            it.kids(two).extend(a);
        }),
        ("where an entry leads", &[Aspect::Contents], |it| {
            let (_, entry, _) = it.entries();
            it.lead(entry, "bonne/", "cassis/");
        }),
    ];

    /// Alters both PDFs in which the page of everything stands.
    pub(super) fn try_all(tally: &mut Tally, wrong: &mut Vec<String>) {
        try_file(
            tally,
            Medium::Pdf,
            ["pdf/fr/tout.pdf", "pdf/en/tout.pdf"],
            OF_PAGE,
            wrong,
        );
        let whole = ["pdf/essai.fr.pdf", "pdf/essai.en.pdf"];
        try_file(tally, Medium::Whole, whole, OF_WHOLE, wrong);
    }

    fn try_file(
        tally: &mut Tally,
        medium: Medium,
        [french, english]: [&str; 2],
        own: &[Alteration],
        wrong: &mut Vec<String>,
    ) {
        let mut page = Pdf::read(&WORLD.files[french]);
        let kinds = page.kinds();
        assert_eq!(kinds[page.first..page.first + KINDS.len()], KINDS);
        for (kind, aspects, change) in ALTERATIONS.iter().chain(own) {
            wrong.extend(tally.try_one(kind, medium, aspects, |files| {
                let mut pdf = Pdf::read(&files[french]);
                change(&mut pdf);
                files.insert(french.to_owned(), pdf.write());
            }));
        }
        let unit =
            WORLD.site.editions[0].pages.iter().find(|it| it.key.as_str() == "/tout/");
        let unit = match &unit.expect("the page").document.blocks[2] {
            plantin::document::Block::Paragraph(it) => it.text.unit.clone(),
            block => panic!("{block:?}"),
        };
        let aspects = &[Aspect::Anchor];
        wrong.extend(tally.try_one("a unit's name", medium, aspects, |files| {
            let mut pdf = Pdf::read(&files[french]);
            pdf.rename_place(&unit, "u-00000000");
            files.insert(french.to_owned(), pdf.write());
        }));
        wrong.extend(tally.try_one("a mark dropped", medium, &[Aspect::Mark], |files| {
            let mut pdf = Pdf::read(&files[english]);
            // The title's stands below it.
            pdf.remove(2);
            files.insert(english.to_owned(), pdf.write());
        }));
        let missing = match medium {
            Medium::Whole => ("a file that is missing", Aspect::Format),
            _ => ("a page that is missing", Aspect::Page),
        };
        wrong.extend(tally.try_one(missing.0, medium, &[missing.1], |it| {
            it.remove(french);
        }));
        let damaged = "a file that is damaged";
        wrong.extend(tally.try_one(damaged, medium, &[Aspect::Unreadable], |it| {
            let bytes = it.get_mut(french).expect("a PDF");
            bytes.truncate(bytes.len() / 2);
        }));
    }
}

fn exports(site: &Site) -> String {
    site.exports().display().to_string()
}

/// A workspace with a page of everything, and those to which it leads.
fn everything() -> Site {
    Site::new()
        .more_config(&settings())
        .page("tout.md", EVERYTHING)
        .page(
            "bonne.md",
            "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va bien.\n",
        )
        .page("cassis.md", "---\ntitle: Segment cassis\n---\n\nIci.\n")
        .bytes("content/pixel.png", PNG)
}

/// The same, of which only the site is published.
fn only_the_site() -> Site {
    let config = format!("{}\nformats = [\"html\"]", support::CONFIG);
    everything().config(&config)
}

#[test]
fn every_format_and_language_of_everything_says_the_same() {
    let site = everything();
    site.build();
    let verified = site.run_command("verify", &["--json", "--out", &exports(&site)]);
    assert_eq!(verified.code, Some(0), "{verified}");
    assert_eq!(verified.json()["pages"], 10);
}

/// Figures that are there, are too small to see, or are missing, wherever one may stand.
const FIGURES: &str = r#"---
title: Figures
---

![un](absente.png)

Court.

![deux](absente.png)

![trois](pixel.png)

![quatre](pixel.png)

- puce
- ![cinq](absente.png)

  suite

> ![six](pixel.png)
>
> Cité
>
> ![sept](absente.png)

| Colonne droite | Colonne du milieu |
|---------------:|:-----------------:|
| ![huit](pixel.png) | cellule       |
| autre cellule  | ![neuf](absente.png) |

<table><tr><td><p>avant</p><figure><img src="absente.png" alt="dix">
<figcaption>Légende</figcaption></figure><p>après</p></td><td>à côté</td></tr></table>

## Intertitre

![onze](absente.png)

> [!NOTE]
> ![douze](pixel.png)
>
> Remarque

[![treize](absente.png)](https://ailleurs.example/) [![](absente.png)](/bonne/)

[![](pixel.png)](/bonne/)

[![quatorze](https://loin.example/a.png)](https://ailleurs.example/)

Une ancre au milieu <span id="milieu"></span> et une à la fin<span id="fin"></span>

Fin.
"#;

/// A theme that sets the whole page against one side.
const ASIDE: &str = "#import \"/book.typ\" as base\n\
    #let setup(s, body) = { set align(SIDE); show: base.setup.with(s); body }\n";

#[test]
fn a_figure_is_reached_by_its_name_wherever_it_stands() {
    // Wherever on a page of paper, too: what does not fit goes to the next one.
    let lines = |count: usize| "\n\nUne ligne.".repeat(count);
    let mut site = everything();
    for count in [0, 9, 17, 25] {
        let page = FIGURES.replacen("---\n\n", &format!("---{}\n\n", lines(count)), 1);
        site = site.page(&format!("figures-{count}.md"), &page);
    }
    for side in ["start", "center", "right"] {
        site = site.bytes("themes/pdf/book.typ", ASIDE.replace("SIDE", side).as_bytes());
        site.build();
        let verified = site.run_command("verify", &["--json", "--out", &exports(&site)]);
        assert_eq!(verified.code, Some(0), "{side}: {verified}");
    }
}

/// What is written seldom, and said alike everywhere all the same.
const ODD: &str = r#"---
title: Rare
---

Vers [rien](#rien) et vers [la page](#), une note[^1] et un appel[^9] sans note.

De droite à gauche : السلام عليكم يا صديقي, « <span lang="he">שלום עולם טוב</span> », **مرحبا بكم** 12, et
une phrase sur plusieurs lignes, هذا نص طويل جدا يجب أن ينكسر على عدة أسطر حتى نرى ما يحدث عندما
يمتد النص العربي من سطر إلى آخر في عام 2024 (وهو أمر) يحدث كثيرا في الوثائق, et la fin.

## Titre avec un appel[^9] sans note, et un autre[^1]

### Titre[^titre] de *deux*[^long] notes

| Encore[^long] | et [^titre] |
|---------------|-------------|
| une           | fois[^1]    |

Une note est une liste[^liste], une autre du code[^code].

|   |   |
|---|---|
| **A** | b |

|   | Un | Deux |
|---|----|------|
| A | b  |      |

<table><tr><th></th><th>Un</th></tr><tr><th>A</th><td>b</td></tr></table>

e\u{301}te\u{301} et a\u{300}.

- Un

  Terme
  :   - deux
      - trois

Autre
:   - quatre
    - cinq

:   Second sens

<dl>
<dt>Un</dt>
<dt><em>Deux</em> mots[^1]</dt>
<dt id="trois" lang="en">Three</dt>
<dd>Un sens.</dd>
<dd>Un autre.</dd>
<dt>Quatre</dt>
<dt>Cinq</dt>
<dd><ul><li>Liste</li></ul></dd>
</dl>

Notes

1. un
2. deux

```
fin, e\u{301}   \n\n
```

[^1]: Appelée.

[^titre]: D’un *titre*.

[^long]: Un premier alinéa.

    - liste
    - serrée

    Un dernier, qui en appelle une autre[^1].

[^liste]: - liste
    - d’un côté

[^code]: ```
    du code
    ```

[^jamais]: Jamais appelée.

    - liste

[^non]: Ni elle.
"#;

#[test]
fn what_is_written_seldom_is_said_alike_everywhere() {
    let page = ["\\u{301}", "\\u{300}"].iter().zip(['\u{301}', '\u{300}']);
    let page = page.fold(ODD.to_owned(), |page, (code, accent)| {
        page.replace(code, accent.encode_utf8(&mut [0; 4]))
    });
    let site = everything().page("rare.md", &page.replace("\\n", "\n"));
    site.build();
    let verified = site.run_command("verify", &["--json", "--out", &exports(&site)]);
    assert_eq!(verified.code, Some(0), "{verified}");
}

#[test]
fn our_own_exports_say_the_same() {
    let mut command = support::program();
    command.args(["verify", "--json", "--workspace"]).arg(root());
    let (status, said, _) = support::run({
        command.arg("--out").arg(support::ours());
        command
    });
    assert!(status.success(), "{said}");
}

#[test]
fn a_word_that_was_altered_is_found_with_its_place() {
    let site = only_the_site();
    let built = site.build_html();
    let page = built.file("html/fr/bonne/index.html");
    let altered = page.replace("Tout va bien.", "Tout va mal.");
    let path = built.exports.join("html/fr/bonne/index.html");
    fs::write(path, altered).expect("the folder is writable");
    let verified = site.run_command("verify", &["--json", "--out", &exports(&site)]);
    assert_eq!(verified.code, Some(1), "{verified}");
    assert_eq!(verified.all_diagnostics().len(), 1, "{verified}");
    verified.told("verify-text").at("content/bonne.md", 6);
    let page = site.folder().join("report.html");
    let asked = ["--out", &exports(&site), "--html", &page.display().to_string()];
    site.run_command("verify", &asked);
    let page = fs::read_to_string(page).expect("it was written");
    assert!(page.contains("Tout va mal.") && page.contains("bonne.md:6"), "{page}");
    assert!(page.contains("class=\"different\"") && page.contains("class=\"equal\""));
    assert!(!page.contains("http") && !page.contains("<script"), "it needs nothing else");
    let (title, words) = ("<span lang=\"fr\">Bonne page</span>", "<dt>your pages");
    assert!(page.contains(title) && page.contains(words), "{page}");
    assert!(page.contains("<b>13.4</b>") && page.contains("RGAA 4.1.2"), "{page}");
    let mut command = site.command("verify");
    command.args(["--out", &exports(&site)]).env("PLANTIN_LOCALE", "fr");
    let french = site.run(command);
    let told = french.to_string();
    assert!(told.contains("vos pages") && !told.contains("source:"), "{told}");
}

#[test]
fn a_build_can_read_itself_back() {
    let site = only_the_site();
    let built = site.build_with(&["--verify"]);
    let found = |it: &Outcome| {
        it.all_diagnostics().iter().filter(|it| it.code.starts_with("verify")).count()
    };
    assert_eq!(found(&built), 0, "{built}");
    let theme = "{% extends \"built-in/html/page.html\" %}\
                 {% block body %}<div class=\"page-body\"></div>{% endblock %}";
    let site = site.bytes("themes/html/page.html", theme.as_bytes());
    let built = site.build_with(&["--verify"]);
    assert_eq!(built.code, Some(1), "{built}");
    assert!(found(&built) > 0, "a theme that leaves the text out is found: {built}");
}

#[test]
fn what_was_not_built_is_said_once() {
    let site = everything();
    site.build_html();
    let verified = site.run_command("verify", &["--json", "--out", &exports(&site)]);
    let expected = formats().len() - 1;
    assert_eq!(verified.diagnostics("verify-format").len(), expected, "{verified}");
    let empty = site.run_command("verify", &["--json", "--out", "nowhere"]);
    assert_eq!(empty.code, Some(2), "{empty}");
    empty.told("verify-absent");
}

#[test]
fn two_builds_of_two_copies_are_the_same_files_byte_for_byte() {
    let first = everything().env("TZ", "Asia/Tokyo").env("LC_ALL", "fr_FR.UTF-8");
    let one = first.build_with(&["--format", FORMATS, "--jobs", "1"]);
    // Archives count time in steps of two seconds.
    std::thread::sleep(Duration::from_millis(2100));
    let second = everything()
        .env("TZ", "America/Lima")
        .env("LC_ALL", "C")
        .env("RAYON_NUM_THREADS", "3");
    let two = second.build_with(&["--format", FORMATS, "--jobs", "5"]);
    assert_ne!(first.folder(), second.folder());
    let names = |it: &Outcome| it.files().into_keys().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    assert!(one.files() == two.files(), "the same bytes");
    let asked = ["--json", "--out", &exports(&first), "--against", &exports(&second)];
    let compared = first.run_command("verify", &asked);
    assert_eq!(compared.code, Some(0), "{compared}");
    assert!(compared.json()["files"].as_u64() > Some(10), "{compared}");
}

#[test]
fn what_differs_between_two_exports_is_explained() {
    let first = everything();
    first.build();
    let second = everything()
        .page(
            "bonne.md",
            "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va mal.\n",
        )
        .page("nouvelle.md", "---\ntitle: Nouvelle\n---\n\nPage.\n");
    second.build();
    let asked = ["--json", "--out", &exports(&first), "--against", &exports(&second)];
    let compared = first.run_command("verify", &asked);
    assert_eq!(compared.code, Some(1), "{compared}");
    let texts = compared.diagnostics("verify-text");
    // In French and in English, where it is not translated.
    assert_eq!(texts.len(), formats().len() * 2, "{compared}");
    let message = &texts[0].message;
    assert!(message.contains("Tout va bien.") && message.contains("Tout va mal."));
    let only = compared.diagnostics("verify-file");
    let is_new = |it: &support::Told| it.message.contains("html/fr/nouvelle/index.html");
    assert!(only.iter().any(is_new), "{compared}");
}
