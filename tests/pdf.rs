//! The PDF writer: publications made by hand, written, and read back as a stranger would.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};

use lopdf::{Dictionary, Object};
use plantin::{
    diagnostic::Diagnostic,
    document::{
        Block, Callout, CalloutKind, CodeBlock, Document, Figure, Footnote,
        FootnoteReference, Group, Inline, Link, ListKind, Quote, Row, State, Style,
        Table, Target, Text,
    },
    render::{
        Theme,
        pdf::{self, Job, Options},
    },
    site::Site,
};

use super::support::publication::{
    HERE, cell, document, en, everything, heading, image, item, link, list, paragraph,
    rich, site, site_with, text, words,
};

/// What was made of a publication: each file by its path, and what was wrong.
#[derive(Default)]
struct Made {
    files: BTreeMap<String, Vec<u8>>,
    diagnostics: Vec<Diagnostic>,
}

impl Made {
    fn codes(&self) -> BTreeSet<&str> {
        self.diagnostics.iter().map(|it| it.code).collect()
    }

    fn pdf(&self, path: &str) -> Pdf {
        let faults = &self.diagnostics;
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("{path}: {faults:?}"));
        Pdf(lopdf::Document::load_mem(bytes).expect("a PDF"))
    }
}

/// Every file of a publication.
fn jobs(site: &Site) -> Vec<Job<'_>> {
    let pages = site.editions.iter().flat_map(|edition| {
        let pages = edition.pages.iter().filter(|it| !it.generated);
        pages.map(move |page| Job::Page(edition, page))
    });
    pages.chain(site.editions.iter().map(Job::Book)).collect()
}

fn make(site: &Site, jobs: &[Job<'_>], options: &Options, threads: usize) -> Made {
    let made = Mutex::new(Made::default());
    let threads = NonZeroUsize::new(threads).expect("a thread");
    pdf::render(site, jobs, options, threads, &|_, outcome| {
        let mut made = made.lock().expect("no thread panicked");
        match outcome {
            Ok(checked) => {
                let file = checked.take(&mut made.diagnostics);
                made.files.insert(file.path, file.bytes.to_vec());
            }
            Err(error) => made.diagnostics.extend(error.diagnostics),
        }
    });
    let mut made = made.into_inner().expect("no thread panicked");
    plantin::diagnostic::sort(&mut made.diagnostics);
    made
}

fn options() -> Options {
    Options { creator: "Plantin".into(), ..Options::default() }
}

/// The French PDF of one page, and what was wrong.
fn one(page: Document) -> (Pdf, Made) {
    one_with(page, Vec::new(), &options())
}

fn one_with(
    page: Document,
    files: Vec<(&str, &'static str, Vec<u8>)>,
    options: &Options,
) -> (Pdf, Made) {
    let site = site_with(vec![("/a/", page, State::Reviewed)], files);
    let edition = &site.editions[0];
    let page = edition.pages.iter().find(|it| !it.generated).expect("a page");
    let made = make(&site, &[Job::Page(edition, page)], options, 1);
    (made.pdf("pdf/fr/a.pdf"), made)
}

/// A file, read back.
struct Pdf(lopdf::Document);

impl Pdf {
    /// Its words without spaces, which no two readers place alike.
    fn words(&self) -> String {
        let pages: Vec<u32> = self.0.get_pages().keys().copied().collect();
        squeezed(&self.0.extract_text(&pages).expect("text"))
    }

    fn page_words(&self, page: u32) -> String {
        squeezed(&self.0.extract_text(&[page]).expect("text"))
    }

    fn count(&self) -> usize {
        self.0.get_pages().len()
    }

    fn get<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.0.dereference(object).expect("a reference that holds").1
    }

    fn entry<'a>(&'a self, of: &'a Dictionary, name: &str) -> Option<&'a Object> {
        of.get(name.as_bytes()).ok().map(|it| self.get(it))
    }

    /// The named destinations.
    fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let tree = self.entry(self.0.catalog().expect("a catalogue"), "Names");
        let tree = tree.and_then(|it| it.as_dict().ok());
        let dests = tree.and_then(|it| self.entry(it, "Dests"));
        dests.into_iter().for_each(|it| self.add_names(it, &mut names));
        names
    }

    fn add_names(&self, node: &Object, names: &mut BTreeSet<String>) {
        let node = node.as_dict().expect("a node of the tree of names");
        if let Some(Object::Array(pairs)) = self.entry(node, "Names") {
            let keys = pairs.iter().step_by(2).filter_map(|it| it.as_str().ok());
            names.extend(keys.map(|it| String::from_utf8_lossy(it).into_owned()));
        }
        if let Some(Object::Array(kids)) = self.entry(node, "Kids") {
            kids.iter().for_each(|it| self.add_names(self.get(it), names));
        }
    }

    /// Every element of the tag tree, in order: its type, and what it says of itself.
    fn tags(&self) -> Vec<(String, Dictionary)> {
        let mut tags = Vec::new();
        let catalogue = self.0.catalog().expect("a catalogue");
        let root = self.entry(catalogue, "StructTreeRoot").expect("tags");
        self.add_tags(root, &mut tags);
        tags
    }

    fn add_tags(&self, node: &Object, tags: &mut Vec<(String, Dictionary)>) {
        match node {
            Object::Dictionary(node) => {
                if let Some(Object::Name(kind)) = self.entry(node, "S") {
                    let kind = String::from_utf8_lossy(kind).into_owned();
                    tags.push((kind, node.clone()));
                }
                if let Some(kids) = self.entry(node, "K") {
                    self.add_tags(kids, tags);
                }
            }
            Object::Array(kids) => {
                kids.iter().for_each(|it| self.add_tags(self.get(it), tags));
            }
            _ => {}
        }
    }

    fn kinds(&self) -> Vec<String> {
        self.tags().into_iter().map(|it| it.0).collect()
    }

    fn kinds_like(&self, first: char) -> Vec<String> {
        let is_level = |it: &String| it.len() == 2 && it.starts_with(first);
        self.kinds().into_iter().filter(is_level).collect()
    }

    /// The texts of the outline, in order.
    fn outline(&self) -> Vec<String> {
        let catalogue = self.0.catalog().expect("a catalogue");
        let mut titles = Vec::new();
        if let Some(Object::Dictionary(outlines)) = self.entry(catalogue, "Outlines") {
            self.add_outline(outlines, &mut titles);
        }
        titles
    }

    fn add_outline(&self, node: &Dictionary, titles: &mut Vec<String>) {
        let mut next = self.entry(node, "First");
        while let Some(Object::Dictionary(item)) = next {
            let title = self.entry(item, "Title").expect("a title");
            titles.push(lopdf::decode_text_string(title).expect("a text"));
            self.add_outline(item, titles);
            next = self.entry(item, "Next");
        }
    }

    /// Where links lead: addresses as they are, places in the file with `#`.
    fn links(&self) -> Vec<String> {
        let pages = self.0.get_pages();
        let mut links = Vec::new();
        for page in pages.values() {
            for note in self.0.get_page_annotations(*page).expect("annotations") {
                let action = self.entry(note, "A").and_then(|it| it.as_dict().ok());
                let uri = action.and_then(|it| self.entry(it, "URI"));
                let place = self.entry(note, "Dest");
                let bytes =
                    |it: &Object| it.as_str().map(<[u8]>::to_vec).unwrap_or_default();
                let text = |it: &Object| String::from_utf8_lossy(&bytes(it)).into_owned();
                links.extend(uri.map(text));
                links.extend(place.map(|it| format!("#{}", text(it))));
            }
        }
        links
    }

    /// The properties, as XML.
    fn xmp(&self) -> String {
        let catalogue = self.0.catalog().expect("a catalogue");
        let metadata = self.entry(catalogue, "Metadata").expect("properties");
        let stream = metadata.as_stream().expect("a stream");
        let bytes = stream.decompressed_content().unwrap_or(stream.content.clone());
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The content of every page, as operators.
    fn operators(&self) -> String {
        let pages = self.0.get_pages();
        let contents = pages.values().map(|page| self.0.get_page_content(*page));
        contents.map(|it| String::from_utf8_lossy(&it).into_owned()).collect()
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != '\u{ad}').collect()
}

fn lang(tag: &Dictionary) -> Option<String> {
    let lang = tag.get(b"Lang").ok()?.as_str().ok()?;
    Some(String::from_utf8_lossy(lang).into_owned())
}

#[test]
fn every_kind_of_node_is_in_the_file() {
    let files = vec![("images/carte.png", "image/png", PNG.to_vec())];
    let (pdf, made) = one_with(everything(), files, &options());
    assert_eq!(made.diagnostics, []);
    let found = pdf.words();
    for words in [
        "uneemphase",
        "dugras",
        "dubarré",
        "del’ajouté",
        "DINUM",
        "(Directiondunumérique)",
        "cargo<build>",
        "freesoftware",
        "Lesencadrés",
        "Troisième",
        "☑",
        "☐",
        "Untextetraduitd’unseultenant.",
        "—ChristophePlantin",
        "Note",
        "Avantdecommencer:lire",
        "Ensavoirplus",
        "Ledétail.",
        "println!",
        "Leschiffresdel’année",
        "76%",
        "Lacarte,aupremierjanvier",
        "Imageabsente:Unportrait",
        "Vidéo·Laconférencederentrée",
        "https://video.example/v/1",
        "AparagraphinEnglish.",
        "{%carte%}",
        "Letextedelanote.",
        "Cettepagecontientchaquechose",
        "Publiéle16septembre2024",
        "Vousêtesici:Accueil›",
    ] {
        assert!(found.contains(words), "{words} in {found}");
    }
}

#[test]
fn a_file_says_what_it_is_and_to_what_it_keeps() {
    let mut page = document("Une page", vec![paragraph(text("Bonjour."))]);
    page.meta.description = Some(text("De quoi elle parle."));
    page.meta.tags = vec!["logiciel libre".into(), "État".into()];
    let (pdf, _) = one(page);
    let xmp = pdf.xmp();
    for words in [
        "Une page",
        "Ministère",
        "De quoi elle parle.",
        "logiciel libre",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "2025-01-02",
        "Plantin",
    ] {
        assert!(xmp.contains(words), "{words} in {xmp}");
    }
    let catalogue = pdf.0.catalog().expect("a catalogue");
    assert_eq!(lang(catalogue).as_deref(), Some("fr"));
}

#[test]
fn a_character_without_glyph_is_shown_by_its_code_and_named_once() {
    let (pdf, made) = one(document(
        "Une page",
        vec![
            paragraph(text("漢 et 漢")),
            paragraph(text("\u{e001} privé 🧢 émoji 1\u{fe0f}\u{20e3} 👩\u{200d}💻")),
        ],
    ));
    assert!(pdf.words().contains("[U+6F22]et[U+6F22]"));
    assert!(pdf.words().contains("[U+E001]privé🧢émoji"), "{}", pdf.words());
    let codes: Vec<_> = made.diagnostics.iter().map(|it| (it.code, it.place)).collect();
    assert_eq!(codes, [("pdf-character", Some(HERE)), ("pdf-character", Some(HERE))]);
}

#[test]
fn no_level_of_headings_is_skipped_and_the_title_comes_first() {
    let blocks =
        vec![heading(4, "a", "Un"), heading(6, "b", "Deux"), heading(2, "c", "Trois")];
    let (pdf, made) = one(document("Titre", blocks));
    assert_eq!(made.diagnostics, []);
    assert_eq!(pdf.kinds_like('H'), ["H1", "H2", "H3", "H2"]);
    assert_eq!(pdf.outline(), ["Titre", "Un", "Deux", "Trois"]);
}

#[test]
fn a_heading_without_words_goes_and_one_of_an_image_speaks() {
    let mut silent = heading(2, "a", "x");
    let mut shown = heading(2, "b", "x");
    if let (Block::Heading(silent), Block::Heading(shown)) = (&mut silent, &mut shown) {
        silent.text = rich(words("\u{200b}"));
        shown.text = rich(vec![Inline::Image(image("/images/a.png", "Une carte"))]);
    }
    let files = vec![("images/a.png", "image/png", PNG.to_vec())];
    let (pdf, made) = one_with(document("Titre", vec![silent, shown]), files, &options());
    assert_eq!(made.codes(), BTreeSet::from(["pdf-heading-empty"]));
    assert_eq!(pdf.outline(), ["Titre", "Une carte"]);
    assert!(pdf.names().contains("a"), "the place stays: {:?}", pdf.names());
}

#[test]
fn nothing_that_an_author_writes_is_taken_for_markup() {
    let nasty = r#"#[x] $y$ @z "q" \ a <b> = c _d_ *e* `f` // g ~ -- ... 1. - + http:"#;
    let (pdf, made) = one(document(nasty, vec![paragraph(text(nasty))]));
    assert_eq!(made.diagnostics, []);
    assert_eq!(pdf.outline(), [nasty]);
    assert_eq!(pdf.words().matches(&squeezed(nasty)).count(), 2, "{}", pdf.words());
}

#[test]
fn every_unit_and_every_anchor_is_a_place_with_a_name() {
    let page = document(
        "Titre",
        vec![
            heading(2, "a/b #é", "Un"),
            paragraph(text("Deux")),
            paragraph(text("Trois")),
        ],
    );
    let site = site(vec![("/mission/é/", page, State::Reviewed)]);
    let made = make(&site, &jobs(&site), &options(), 1);
    let names = made.pdf("pdf/fr/mission/é.pdf").names();
    for name in ["u-Titre", "u-Un", "u-Deux", "u-Trois", "a%2Fb%20%23%C3%A9"] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
    let names = made.pdf("pdf/essai.fr.pdf").names();
    for name in ["", "u-Titre", "u-Deux", "a%2Fb%20%23%C3%A9"] {
        let name = format!("mission/%C3%A9/{name}");
        assert!(names.contains(&name), "{name} in {names:?}");
    }
}

#[test]
fn the_trail_is_the_first_line_then_a_running_header_without_links() {
    let mut page = document("Objectifs", Vec::new());
    page.blocks = (0..40).map(|it| paragraph(text(&format!("Alinéa {it}.")))).collect();
    page.blocks.insert(1, Block::PageBreak(HERE));
    page.meta.show_breadcrumb = Some(true);
    let (pdf, made) = one(page);
    assert_eq!(made.diagnostics, []);
    assert!(pdf.count() >= 2);
    let first = pdf.page_words(1);
    assert!(first.contains("Vousêtesici:Accueil›Objectifs"), "{first}");
    assert!(!first.contains("ACCUEIL"), "{first}");
    assert!(pdf.page_words(2).contains("ACCUEIL›OBJECTIFS"), "{}", pdf.page_words(2));
    assert!(pdf.page_words(2).contains(&format!("2/{}", pdf.count())));
    assert_eq!(pdf.links(), ["https://essai.example/fr/"]);
    let kinds = pdf.kinds();
    let title = kinds.iter().position(|it| it == "H1").expect("a title");
    assert_eq!(kinds[..title].iter().filter(|it| *it == "P").count(), 1);
}

#[test]
fn words_behind_an_apostrophe_are_hyphenated_and_nothing_invisible_is_left() {
    let words = "l’internationalisation d’anticonstitutionnellement qu’incompréhensiblement \
                 aujourd’hui\u{202f}? «\u{202f}désinstitutionnalisation\u{202f}»\u{202f}! ";
    let (pdf, _) = one(document("Titre", vec![paragraph(text(&words.repeat(30)))]));
    let all: Vec<u32> = pdf.0.get_pages().keys().copied().collect();
    let found = pdf.0.extract_text(&all).expect("text");
    assert!(found.matches('\u{ad}').count() > 8, "{found}");
    assert!(!found.contains('\u{2060}'));
    assert!(
        squeezed(&found).contains("l’internationalisationd’anticonstitutionnellement")
    );
    // The space before the sign cannot end a line.
    assert!(found.contains("\u{202f}?"), "{found}");
}

#[test]
fn images_of_every_kind_are_shown_and_a_broken_one_is_named() {
    let figure = |path: &str| {
        Block::Figure(Figure {
            place: HERE,
            image: image(&format!("/{path}"), ""),
            alternative: Some(text("Un dessin")),
            caption: None,
            link: None,
        })
    };
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>";
    let linked = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='x.png' width='9' height='9'/></svg>";
    let files = vec![
        ("images/a.png", "image/png", PNG.to_vec()),
        ("images/b.gif", "image/gif", GIF.to_vec()),
        ("images/c.webp", "image/webp", WEBP.to_vec()),
        ("images/d.svg", "image/svg+xml", svg.to_vec()),
        ("images/e.png", "image/png", PNG[..40].to_vec()),
        ("images/f.svg", "image/svg+xml", linked.to_vec()),
    ];
    let blocks = files.iter().map(|it| figure(it.0)).collect();
    let (pdf, made) = one_with(document("Titre", blocks), files, &options());
    let faults: Vec<_> =
        made.diagnostics.iter().map(|it| (it.code, &it.args[0].1)).collect();
    let (e, f) = ("/images/e.png".to_owned(), "/images/f.svg".to_owned());
    assert_eq!(faults, [("pdf-image-unreadable", &e), ("pdf-image-unreadable", &f)]);
    assert_eq!(pdf.kinds().iter().filter(|it| *it == "Figure").count(), 4);
    assert_eq!(pdf.words().matches("Imageabsente:Undessin").count(), 2);
}

#[test]
fn an_image_that_may_not_be_written_costs_itself_and_nothing_else() {
    let figure = |path: &str| {
        Block::Figure(Figure {
            place: HERE,
            image: image(&format!("/{path}"), "Un dessin"),
            alternative: Some(text("Un dessin")),
            caption: None,
            link: None,
        })
    };
    let drawn = |inside: &str| {
        let start = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>";
        format!("{start}{inside}</svg>").into_bytes()
    };
    let gradient = drawn(
        "<linearGradient id='g' spreadMethod='reflect' x2='.2'><stop/>\
         <stop offset='1' stop-color='#fff'/></linearGradient>\
         <rect width='40' height='20' fill='url(#g)'/>",
    );
    let files = vec![
        ("images/a.png", "image/png", PNG.to_vec()),
        ("images/b.svg", "image/svg+xml", gradient),
        ("images/c.svg", "image/svg+xml", drawn("<text y='9'>a漢</text>")),
        ("images/d.svg", "image/svg+xml", drawn("<rect width='4' height='3'/>")),
    ];
    let mut blocks: Vec<Block> = files.iter().map(|it| figure(it.0)).collect();
    blocks.push(paragraph(text("Le fil › et 🧢")));
    let (pdf, made) = one_with(document("Titre", blocks), files, &options());
    let mut faults: Vec<_> = made
        .diagnostics
        .iter()
        .map(|it| (it.code, it.args.iter().find(|it| it.0 == "file").map(|it| &*it.1)))
        .collect();
    faults.sort_unstable();
    assert_eq!(
        faults,
        [
            ("pdf-image-painted", Some("/images/b.svg")),
            ("pdf-image-painted", Some("/images/c.svg")),
        ]
    );
    assert!(made.diagnostics.iter().all(|it| it.place.is_some()));
    assert_eq!(pdf.kinds().iter().filter(|it| *it == "Figure").count(), 4);
    assert!(!pdf.words().contains("U+"), "{}", pdf.words());
    assert!(pdf.words().contains('›'));
}

#[test]
fn a_decorative_image_is_no_figure() {
    let figure = Block::Figure(Figure {
        place: HERE,
        image: image("/images/a.png", ""),
        alternative: None,
        caption: None,
        link: None,
    });
    let files = vec![("images/a.png", "image/png", PNG.to_vec())];
    let (pdf, _) = one_with(document("Titre", vec![figure]), files, &options());
    assert!(!pdf.kinds().contains(&"Figure".to_owned()));
}

#[test]
fn links_lead_inside_the_file_where_they_can() {
    let to = |address: &str| Inline::Link(link(address, "ici"));
    let first = document(
        "Une",
        vec![
            heading(2, "bas", "En bas"),
            paragraph(rich(vec![
                to("/fr/b/#milieu"),
                to("#bas"),
                to("https://ailleurs.example/x"),
            ])),
            paragraph(rich(vec![
                to("/nulle/part/"),
                Inline::Text(" et ".into()),
                to("/fr/"),
            ])),
        ],
    );
    let second = document("Autre", vec![heading(2, "milieu", "Au milieu")]);
    let site =
        site(vec![("/a/", first, State::Reviewed), ("/b/", second, State::Reviewed)]);
    let made = make(&site, &jobs(&site), &options(), 2);
    assert_eq!(
        made.pdf("pdf/fr/a.pdf").links(),
        [
            "https://essai.example/fr/b/#milieu",
            "#bas",
            "https://ailleurs.example/x",
            "https://essai.example/fr/",
        ]
    );
    let book = made.pdf("pdf/essai.fr.pdf").links();
    for place in ["#b/milieu", "#a/bas", "https://ailleurs.example/x", "#a/", "#b/"] {
        assert!(book.contains(&place.to_owned()), "{place} in {book:?}");
    }
    // The home page was made by the program: it is on the site and not in the book.
    assert!(book.contains(&"https://essai.example/fr/".to_owned()));
}

#[test]
fn parts_in_another_language_say_so() {
    let group = Block::Group(Group {
        place: HERE,
        attributes: plantin::document::Attributes {
            language: Some(en()),
            ..plantin::document::Attributes::default()
        },
        blocks: vec![paragraph(text("Wholly in English."))],
    });
    let mut foreign = text("Another one.");
    foreign.language = Some(plantin::document::Language::new("pt-BR"));
    let (pdf, _) = one(document(
        "Titre",
        vec![group, paragraph(foreign), everything().blocks.remove(0)],
    ));
    let langs: BTreeSet<String> =
        pdf.tags().iter().filter_map(|it| lang(&it.1)).collect();
    assert!(langs.contains("en") && langs.contains("pt-BR"), "{langs:?}");
    assert!(pdf.operators().contains("/Lang"), "the words inside a line too");
}

#[test]
fn the_bytes_are_the_same_on_any_number_of_threads() {
    let make_with = |threads| {
        let site = site(vec![
            (
                "/",
                document("Accueil", vec![paragraph(text("Bienvenue."))]),
                State::Reviewed,
            ),
            ("/tout/", everything(), State::Missing),
            ("/a/", document("A", vec![paragraph(text("Bonjour."))]), State::Stale),
        ]);
        let mut jobs = jobs(&site);
        if threads > 1 {
            jobs.reverse();
        }
        make(&site, &jobs, &options(), threads).files
    };
    let one = make_with(1);
    assert_eq!(one.len(), 8);
    assert!(one == make_with(3), "the same bytes");
}

#[test]
fn many_documents_on_few_threads_do_not_pile_up_even_inside_rayon() {
    let pages: Vec<(String, Document)> = (0..40)
        .map(|it| (format!("/p{it}/"), document("Page", vec![paragraph(text("Court."))])))
        .collect();
    let pages = pages.iter().map(|it| (it.0.as_str(), it.1.clone(), State::Reviewed));
    let site = site(pages.collect());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let made = pool.install(|| make(&site, &jobs(&site), &options(), 2));
    assert_eq!(made.files.len(), 82);
}

#[test]
fn a_fault_in_a_theme_is_named_with_its_line_and_the_page_is_made() {
    let theme = |typst: &str| Options {
        theme: Theme::from([(
            "pdf/book.typ".to_owned(),
            Arc::new(typst.as_bytes().to_vec()),
        )]),
        ..options()
    };
    let page = || document("Titre", vec![paragraph(text("Bonjour."))]);
    let broken = theme(
        "#let style = (:)\n\n#let lead(s, body) = nothing\n#let setup(s, body) = nothing-either",
    );
    let (pdf, made) = one_with(page(), Vec::new(), &broken);
    assert!(pdf.words().contains("Bonjour."));
    let fault = &made.diagnostics[0];
    let place = fault.place.expect("a place");
    assert_eq!((&*fault.file, fault.code), ("themes/pdf/book.typ", "pdf-theme"));
    assert_eq!((place.line, place.column), (4, 23));

    let blue = theme("#let style = (accent: rgb(\"#0000ff\"))");
    let (_, own) = one_with(page(), Vec::new(), &blue);
    assert_eq!(own.diagnostics, []);
    let (_, built_in) = one(page());
    assert_ne!(own.files, built_in.files);

    let font = theme("#let style = (sans: (\"Marianne\", \"Source Sans 3\"))");
    let (_, made) = one_with(page(), Vec::new(), &font);
    assert_eq!(made.codes(), BTreeSet::from(["pdf-theme-font"]));
    let place = made.diagnostics[0].place.expect("where it is named");
    assert_eq!((place.line, place.column), (1, 23));
}

#[test]
fn the_paper_is_the_one_that_is_asked_for() {
    let a5 = Options { paper: "a5".into(), ..options() };
    let (pdf, made) = one_with(everything(), Vec::new(), &a5);
    assert_eq!(made.diagnostics, []);
    assert!(pdf.words().contains("Ensavoirplus"));
    let page = pdf.0.get_dictionary(pdf.0.get_pages()[&1]).expect("a page");
    let Some(Object::Array(size)) = pdf.entry(page, "MediaBox") else { panic!("a size") };
    let size: Vec<f32> = size.iter().filter_map(|it| it.as_float().ok()).collect();
    assert!((size[2] - 419.5).abs() < 1.0 && (size[3] - 595.3).abs() < 1.0, "{size:?}");
}

#[test]
fn a_font_for_the_web_is_refused_by_name() {
    let woff =
        Theme::from([("pdf/fonts/a.woff2".to_owned(), Arc::new(b"wOF2".to_vec()))]);
    let options = Options { theme: woff, ..options() };
    let (_, made) = one_with(document("Titre", Vec::new()), Vec::new(), &options);
    let faults: Vec<_> = made.diagnostics.iter().map(|it| (&*it.file, it.code)).collect();
    assert_eq!(faults, [("themes/pdf/fonts/a.woff2", "pdf-font-unreadable")]);
}

#[test]
fn parts_nested_beyond_measure_keep_their_words() {
    let mut block = paragraph(text("Au fond"));
    for depth in 0..60 {
        let blocks = vec![block];
        block = match depth % 3 {
            0 => Block::Quote(Quote {
                place: HERE,
                blocks,
                attribution: None,
                image: None,
            }),
            1 => list(ListKind::Bullet, vec![item(None, blocks)]),
            _ => Block::Callout(Callout {
                place: HERE,
                kind: CalloutKind::Note,
                title: None,
                blocks,
            }),
        };
    }
    let mut inline = words("tout au bout");
    for _ in 0..80 {
        inline = vec![Inline::Styled(Style::Emphasis, inline)];
    }
    let (pdf, made) = one(document("Titre", vec![block, paragraph(rich(inline))]));
    assert_eq!(made.codes(), BTreeSet::from(["pdf-too-deep"]));
    assert!(pdf.words().contains("Aufond") && pdf.words().contains("toutaubout"));
}

#[test]
fn cells_that_overlap_or_leave_the_table_are_put_where_there_is_room() {
    let mut wide = cell(None, "large");
    (wide.columns, wide.rows) = (9, 9);
    let row = |cells| Row { place: HERE, cells };
    let table = Table {
        place: HERE,
        caption: None,
        columns: Vec::new(),
        head: vec![row(vec![cell(None, "a"), wide.clone()])],
        body: vec![
            row(vec![wide.clone(), cell(None, "b")]),
            row(vec![cell(None, "c"), cell(None, "d")]),
            row(Vec::new()),
        ],
    };
    let (pdf, made) = one(document("Titre", vec![Block::Table(table)]));
    assert_eq!(made.diagnostics, []);
    let found = pdf.words();
    assert!(
        found.contains("large") && found.contains('c') && found.contains('d'),
        "{found}"
    );
    assert!(pdf.kinds().contains(&"TH".to_owned()));
}

#[test]
fn a_long_table_repeats_its_head_which_is_heard_once() {
    let row = |words: &str| Row {
        place: HERE,
        cells: vec![cell(None, words), cell(None, "b")],
    };
    let table = Table {
        place: HERE,
        caption: Some(text("Une légende")),
        columns: Vec::new(),
        head: vec![row("Entête")],
        body: (0..90).map(|it| row(&format!("Ligne {it}"))).collect(),
    };
    let (pdf, _) = one(document("Titre", vec![Block::Table(table)]));
    assert!(pdf.count() > 1);
    assert!(pdf.page_words(2).contains("Entête"));
    assert_eq!(pdf.kinds().iter().filter(|it| *it == "TH").count(), 2);
}

#[test]
fn a_short_table_stays_on_one_page() {
    let row = |words: &str| Row { place: HERE, cells: vec![cell(None, words)] };
    let table = Table {
        place: HERE,
        caption: None,
        columns: Vec::new(),
        head: vec![row("Entête")],
        body: (0..5).map(|it| row(&format!("Ligne{it}"))).collect(),
    };
    for before in 25..45 {
        let mut blocks: Vec<_> = (0..before).map(|_| paragraph(text("Avant."))).collect();
        blocks.push(Block::Table(table.clone()));
        let (pdf, _) = one(document("Titre", blocks));
        let pages = (1..).take(pdf.count()).map(|it| pdf.page_words(it));
        let heads = pages.filter(|it| it.contains("Entête") || it.contains("Ligne"));
        assert_eq!(heads.count(), 1, "after {before} paragraphs");
    }
}

#[test]
fn a_page_break_inside_a_list_is_reported_and_one_between_paragraphs_is_made() {
    let inside = list(
        ListKind::Bullet,
        vec![item(None, vec![Block::PageBreak(HERE), Block::Plain(text("x"))])],
    );
    let blocks = vec![
        paragraph(text("avant")),
        Block::PageBreak(HERE),
        paragraph(text("après")),
        inside,
    ];
    let (pdf, made) = one(document("Titre", blocks));
    assert_eq!(pdf.count(), 2);
    assert_eq!(made.codes(), BTreeSet::from(["pdf-page-break-inside"]));
}

#[test]
fn what_is_not_translated_is_marked_and_what_is_wholly_foreign_says_so_once() {
    let site = site(vec![("/tout/", everything(), State::Missing)]);
    let made = make(&site, &jobs(&site), &options(), 1);
    let words = made.pdf("pdf/en/tout.pdf").words();
    assert!(words.contains("Thispagehasnotbeentranslatedyet."), "{words}");
    assert!(!words.contains("[nottranslated]"));
    let mut partly = everything();
    partly.blocks.truncate(2);
    let mut site = self::site(vec![("/tout/", partly, State::Reviewed)]);
    let page =
        site.editions[1].pages.iter_mut().find(|it| !it.generated).expect("a page");
    plantin::document::walk::texts_mut(&mut page.document, &mut |_, text| {
        if text.to_plain().contains("listes") {
            text.state = State::Missing;
        }
    });
    page.counts.missing = 1;
    let made = make(&site, &jobs(&site), &options(), 1);
    let pdf = made.pdf("pdf/en/tout.pdf");
    assert!(pdf.words().contains("[nottranslated]"), "{}", pdf.words());
    assert!(pdf.words().contains("Onepassageofthispage"));
    assert!(pdf.outline().contains(&"Les listes".to_owned()), "the outline has no mark");
}

#[test]
fn notes_stand_at_the_foot_and_one_that_nothing_calls_is_not_lost() {
    let call = |occurrence| {
        Inline::Footnote(FootnoteReference {
            place: HERE,
            label: "a".into(),
            number: 1,
            occurrence,
        })
    };
    let note = |number, words: &str| Footnote {
        place: HERE,
        label: "a".into(),
        number,
        references: 1,
        blocks: vec![paragraph(text(words))],
    };
    let mut page = document(
        "Titre",
        vec![
            paragraph(rich(vec![Inline::Text("Un".into()), call(1)])),
            paragraph(rich(vec![Inline::Text("Deux".into()), call(2)])),
        ],
    );
    page.footnotes = vec![note(1, "Appelée."), note(2, "Oubliée.")];
    let (pdf, made) = one(page);
    assert_eq!(made.diagnostics, []);
    assert_eq!(pdf.words().matches("Appelée.").count(), 1);
    assert!(pdf.words().contains("Oubliée."));
    assert_eq!(pdf.kinds().iter().filter(|it| *it == "Note").count(), 1);
    for name in ["note_1", "call_1_1", "call_1_2", "note_2"] {
        assert!(pdf.names().contains(name), "{name} in {:?}", pdf.names());
    }
}

#[test]
fn a_bookmark_says_the_words_of_its_heading_without_its_notes() {
    let call = Inline::Footnote(FootnoteReference {
        place: HERE,
        label: "a".into(),
        number: 1,
        occurrence: 1,
    });
    let mut noted = heading(2, "a", "x");
    if let Block::Heading(noted) = &mut noted {
        let strong = Inline::Styled(Style::Strong, words("gras"));
        noted.text = rich(vec![
            Inline::Text("Un ".into()),
            strong,
            call,
            Inline::Text(" et la fin".into()),
        ]);
    }
    let mut page = document("Titre", vec![noted]);
    page.footnotes = vec![Footnote {
        place: HERE,
        label: "a".into(),
        number: 1,
        references: 1,
        blocks: vec![paragraph(text("La note.")), paragraph(text("Sa suite."))],
    }];
    let (pdf, made) = one(page);
    assert_eq!(made.diagnostics, []);
    assert_eq!(pdf.outline(), ["Titre", "Un gras et la fin"]);
    assert_eq!(pdf.words().matches("Lanote.").count(), 1, "{}", pdf.words());
    assert_eq!(pdf.kinds().iter().filter(|it| *it == "Note").count(), 1);
}

#[test]
fn a_page_too_long_to_print_stops_no_other() {
    let long = Block::Code(CodeBlock {
        place: HERE,
        language: None,
        text: "x ".repeat(600_000),
    });
    let site = site(vec![
        ("/long/", document("Long", vec![long]), State::Reviewed),
        (
            "/court/",
            document("Court", vec![paragraph(text("Bonjour."))]),
            State::Reviewed,
        ),
    ]);
    let made = make(&site, &jobs(&site), &options(), 2);
    assert_eq!(made.codes(), BTreeSet::from(["pdf-too-long"]));
    assert!(!made.files.contains_key("pdf/fr/long.pdf"));
    assert!(made.pdf("pdf/essai.fr.pdf").words().contains("Bonjour."));
}

#[test]
fn a_book_has_its_title_first_then_contents_that_are_heard_as_such() {
    let site = site(vec![
        ("/", document("Accueil", vec![paragraph(text("Bienvenue."))]), State::Reviewed),
        ("/tout/", everything(), State::Reviewed),
    ]);
    let made = make(&site, &jobs(&site), &options(), 2);
    let book = made.pdf("pdf/essai.fr.pdf");
    let first = book.page_words(1);
    assert!(
        first.contains("Essais&erreurs") && first.contains("2janvier2025"),
        "{first}"
    );
    assert!(!first.contains("1/"), "the title page has no number");
    assert!(book.page_words(2).contains("Sommaire"));
    let kinds = book.kinds();
    assert!(kinds.contains(&"TOC".to_owned()) && kinds.contains(&"TOCI".to_owned()));
    assert!(book.outline().starts_with(&["Sommaire".into(), "Accueil".into()]));
    assert!(book.xmp().contains("Essais &amp; erreurs"));
}

#[test]
fn a_title_of_nothing_does_not_stop_the_page() {
    let mut page = document("", vec![paragraph(text("Bonjour."))]);
    page.meta.title = Text::plain(HERE, " ");
    let (pdf, made) = one(page);
    assert!(made.codes().contains("pdf-title-empty"));
    assert_eq!(pdf.outline(), ["…"]);
}

#[test]
fn a_link_to_a_page_whose_title_cannot_be_heard_is_heard_as_its_address() {
    let to = |address: &str| Inline::Link(link(address, "ici"));
    let silent =
        Link { title: Some("\u{200b}".into()), ..link("https://x.example/", "là") };
    let mut page = document(
        "",
        vec![
            heading(2, "bas", "En bas"),
            paragraph(rich(vec![to("#bas"), to("/fr/a/"), Inline::Link(silent)])),
        ],
    );
    page.meta.title = rich(vec![Inline::Image(image("/images/a.png", ""))]);
    let files = vec![("images/a.png", "image/png", PNG.to_vec())];
    let (pdf, _) = one_with(page, files, &options());
    assert_eq!(pdf.links().len(), 3);
}

#[test]
fn a_call_of_a_note_that_is_not_there_stops_nothing() {
    let call = Inline::Footnote(FootnoteReference {
        place: HERE,
        label: "x".into(),
        number: 7,
        occurrence: 1,
    });
    let (pdf, _) = one(document("Titre", vec![paragraph(rich(vec![call]))]));
    assert!(pdf.words().contains('7'));
}

#[test]
fn a_link_without_words_is_named() {
    let silent = Link {
        target: Target::Unresolved,
        inlines: vec![Inline::Image(image("/images/a.png", ""))],
        ..link("https://ailleurs.example/", "")
    };
    let files = vec![("images/a.png", "image/png", PNG.to_vec())];
    let page = document("Titre", vec![paragraph(rich(vec![Inline::Link(silent)]))]);
    let (pdf, made) = one_with(page, files, &options());
    assert_eq!(made.diagnostics, []);
    let alts: Vec<_> = pdf.tags().into_iter().filter(|it| it.0 == "Figure").collect();
    let alt = alts[0].1.get(b"Alt").expect("an alternative");
    assert_eq!(
        lopdf::decode_text_string(alt).expect("text"),
        "https://ailleurs.example/"
    );
}

const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1,
    8, 6, 0, 0, 0, 31, 21, 196, 137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 218, 99, 100, 248,
    207, 80, 15, 0, 3, 134, 1, 128, 90, 52, 125, 107, 0, 0, 0, 0, 73, 69, 78, 68, 174,
    66, 96, 130,
];

const GIF: &[u8] = &[
    71, 73, 70, 56, 57, 97, 1, 0, 1, 0, 128, 0, 0, 0, 0, 0, 255, 255, 255, 33, 249, 4, 1,
    0, 0, 0, 0, 44, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 68, 0, 59,
];

const WEBP: &[u8] = &[
    82, 73, 70, 70, 34, 0, 0, 0, 87, 69, 66, 80, 86, 80, 56, 32, 22, 0, 0, 0, 48, 1, 0,
    157, 1, 42, 1, 0, 1, 0, 14, 192, 254, 37, 164, 0, 3, 112, 0, 0, 0, 0,
];
