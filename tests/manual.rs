//! The pages of the manual that hold every message: made of the program's words and of what the
//! table of messages shows of them, in French, with their English. `make accept` rewrites them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use plantin::{
    document::{Language, walk},
    pipeline,
    source::{self, line},
    translation,
};

use super::{
    messages::{LANGUAGES, codes, elsewhere, examples, rendered},
    support::{files, root},
};

/// A page of messages: its name, then its title and its description in each language.
struct Part(&'static str, [(&'static str, &'static str); 2]);

/// The pages, in their order in the manual.
const PARTS: [Part; 9] = [
    Part(
        "pages",
        [
            (
                "Messages sur les pages",
                "Ce qui est dit du texte d’une page, et ce qu’il faut en faire.",
            ),
            (
                "Messages about pages",
                "What is said about the text of a page, and what to do about it.",
            ),
        ],
    ),
    Part(
        "en-tetes",
        [
            (
                "Messages sur les en-têtes",
                "Ce qui est dit de l’en-tête d’une page et des données de son dossier.",
            ),
            (
                "Messages about front matter",
                "What is said about the front matter of a page and the data of its folder.",
            ),
        ],
    ),
    Part(
        "fichiers-et-images",
        [
            (
                "Messages sur les fichiers et les images",
                "Ce qui est dit des fichiers, des images et des dessins que citent les pages.",
            ),
            (
                "Messages about files and images",
                "What is said about the files, images and drawings that pages show.",
            ),
        ],
    ),
    Part(
        "traductions",
        [
            (
                "Messages sur les traductions",
                "Ce qui est dit des catalogues, des glossaires et des échanges avec d’autres outils.",
            ),
            (
                "Messages about translations",
                "What is said about catalogues, glossaries and exchanges with other tools.",
            ),
        ],
    ),
    Part(
        "site",
        [
            (
                "Messages sur les réglages et le site",
                "Ce qui est dit des réglages, des adresses, des liens, de l’interface et des thèmes.",
            ),
            (
                "Messages about settings and the site",
                "What is said about settings, addresses, links, the interface and themes.",
            ),
        ],
    ),
    Part(
        "pdf-et-epub",
        [
            (
                "Messages sur les PDF et les EPUB",
                "Ce qui est dit quand les livres sont composés.",
            ),
            ("Messages about PDF and EPUB", "What is said when books are made."),
        ],
    ),
    Part(
        "verification",
        [
            (
                "Messages de la vérification",
                "Les différences que trouve la commande verify.",
            ),
            (
                "Messages of the verification",
                "The differences that the verify command finds.",
            ),
        ],
    ),
    Part(
        "depots",
        [
            (
                "Messages sur les dépôts",
                "Ce qui est dit des sacs et des transferts, faits ici ou ailleurs.",
            ),
            (
                "Messages about deposits",
                "What is said about bags and transfers, made here or elsewhere.",
            ),
        ],
    ),
    Part(
        "commandes",
        [
            (
                "Messages des commandes",
                "Ce qui est dit d’une commande, du disque, de la machine et d’un site à reprendre.",
            ),
            (
                "Messages of the commands",
                "What is said about a command, the disk, the machine and a site to take along.",
            ),
        ],
    ),
];

/// What introduces every page.
const INTRODUCTION: [&str; 2] = [
    "Voici ces messages, dans l’ordre de leurs codes. `--json` donne le code de chaque message. \
     Les noms et les adresses sont ceux d’un exemple ; trois points tiennent la place de ce que seule la machine peut dire.",
    "Here are these messages, in the order of their codes. `--json` gives the code of each message. \
     Names and addresses are those of an example; three dots stand for what only the machine can say.",
];

#[test]
fn the_manual_has_every_message() {
    let accept = std::env::var_os("PLANTIN_ACCEPT").is_some();
    let mut stale = Vec::new();
    for part in &PARTS {
        let [french, english] = [0, 1].map(|it| page(part, it));
        let file = format!("content/manuel/messages/{}.md", part.0);
        let catalogue = format!("locales/en/{}.po", file.trim_end_matches(".md"));
        let pairs = pairs(&french, &english);
        if accept {
            put(&file, &french);
            drop(fs::remove_file(root().join(&catalogue)));
            put(&catalogue, &translated(&catalogue, &pairs));
        }
        let written = read(&catalogue);
        let missing: Vec<_> =
            pairs.iter().filter(|it| !written.contains(&entry(it))).collect();
        if read(&file) != french || !missing.is_empty() {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "`make accept` rewrites {stale:?}");
}

#[test]
fn every_message_is_on_one_page() {
    let told: BTreeSet<&str> = PARTS.iter().map(|it| it.0).collect();
    for code in codes().keys() {
        assert!(told.contains(part_of(code)), "{code}");
    }
}

/// The page that a message is on, from the file of words that it is in.
fn part_of(code: &str) -> &'static str {
    let begins = |with: &[&str]| with.iter().any(|it| code.starts_with(it));
    match codes()[code] {
        "source.ftl"
            if begins(&["front-matter", "gate", "date", "event", "folder-data"]) =>
        {
            "en-tetes"
        }
        "source.ftl"
            if begins(&["image", "drawing", "file", "name-", "linked", "folders"]) =>
        {
            "fichiers-et-images"
        }
        "source.ftl" => "pages",
        "translation.ftl" | "exchange.ftl" => "traductions",
        "site.ftl" | "html.ftl" => "site",
        "pdf.ftl" | "epub.ftl" => "pdf-et-epub",
        "verify.ftl" => "verification",
        "deposit.ftl" => "depots",
        _ => "commandes",
    }
}

/// A page in one of the languages.
fn page(part: &Part, language: usize) -> String {
    let (title, description) = part.1[language];
    let (manual, messages) =
        [("Manuel", "Comprendre les messages"), ("Manual", "Understanding the messages")]
            [language];
    let mut text = format!(
        "---\ntitle: {title}\ndescription: {description}\nsegments:\n  - url: /manuel/\n    \
         title: {manual}\n  - url: /manuel/messages/\n    title: {messages}\n\
         showBreadcrumb: true\n---\n\n{}\n",
        INTRODUCTION[language]
    );
    let examples = examples();
    for code in codes().keys().filter(|it| part_of(it) == part.0) {
        let example = examples.get(code).map(|it| &it[0]);
        let (message, hint) = match example {
            Some(it) => it.said[language].clone(),
            None => rendered(code, LANGUAGES[language]),
        };
        let severity =
            severity(example.map_or_else(|| made(code), |it| &it.severity), language);
        write!(
            text,
            "\n## `{code}`\n\n> {}\n\n**{severity}.** {}\n",
            plain(&message),
            plain(&hint)
        )
        .expect("a text can be written to");
    }
    text
}

fn severity(name: &str, language: usize) -> &'static str {
    match name {
        "note" => ["Remarque", "Note"][language],
        "warning" => ["Avertissement", "Warning"][language],
        _ => ["Erreur", "Error"][language],
    }
}

/// How much a message matters that no case of the table shows: as the program makes it.
fn made(code: &str) -> &'static str {
    assert!(elsewhere().contains_key(code), "{code} is in the table");
    let sources = files(&root().join("src"));
    let is_made = |how: &str| {
        let call = format!("{how}(\"{code}\"");
        sources.values().any(|it| String::from_utf8_lossy(it).contains(&call))
    };
    ["note", "warning"].into_iter().find(|it| is_made(it)).unwrap_or("error")
}

/// A text in which no sign is Markdown, and none is beyond the letters of Europe, for which
/// paper needs another font.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut before = ' ';
    for it in one_line(text).chars() {
        let is_sign = "\\`*_[<>#|~${}=&@".contains(it);
        let is_scheme = it == ':' && text.contains("://");
        let is_container = it == ':' && before == ':';
        if is_sign || is_scheme || is_container {
            plain.push('\\');
        }
        match it {
            '\u{2e80}'.. => {
                write!(plain, "U+{:X}", u32::from(it)).expect("a text can be written to");
            }
            it => plain.push(it),
        }
        before = it;
    }
    plain
}

/// A text in one line.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(['\n', '\t', ' ']).filter(|it| !it.is_empty()).collect();
    words.join(" ")
}

/// The texts of a page with those of the same page in English.
fn pairs(french: &str, english: &str) -> BTreeMap<String, String> {
    let [french, english] = [("fr", french), ("en", english)].map(|(language, text)| {
        let language = Language::new(language);
        let options = source::Options { language, name: "messages".to_owned() };
        let document = source::read(text, &options).value;
        let mut units = Vec::new();
        walk::texts(&document, &mut |_, text| {
            if translation::is_unit(text) {
                units.push(line::write(&text.inlines));
            }
        });
        units
    });
    assert_eq!(french.len(), english.len(), "the page has one structure");
    let mut pairs = BTreeMap::new();
    for (french, english) in french.into_iter().zip(english) {
        pairs.entry(french).or_insert(english);
    }
    pairs
}

/// The catalogue of a page that was just written, with its translations: those that other pages
/// propose are set aside.
fn translated(path: &str, pairs: &BTreeMap<String, String>) -> String {
    let workspace = pipeline::open(root()).expect("our settings are right");
    let extracted =
        pipeline::extract(&workspace, &[], false).expect("our files can be read");
    let file = extracted.value.files.into_iter().find(|it| it.0 == path);
    let (_, text) = file.expect("a page without a catalogue is given one");
    let is_draft =
        |it: &&str| it.starts_with("#, fuzzy") || it.starts_with("#. proposed");
    let (header, units) = text.split_once("\n\n").expect("a catalogue has a header");
    let mut written = format!("{header}\n");
    for unit in units.split("\n\n") {
        written.push('\n');
        let lines = unit.lines().filter(|it| !is_draft(it));
        for line in lines.take_while(|it| !it.starts_with("msgid")) {
            writeln!(written, "{line}").expect("a text can be written to");
        }
        // The English is the program's own: it was not translated from the French.
        written.push_str("#, no-check-glossary\n");
        let pair = pairs.iter().find(|it| unit.contains(&id(it.0)));
        written.push_str(&entry(&pair.expect("it is a text of the page")));
    }
    written
}

/// A text and its translation as a catalogue has them.
fn entry((french, english): &(&String, &String)) -> String {
    format!("{}msgstr \"{}\"\n", id(french), escaped(english))
}

/// A text as a catalogue has it.
fn id(text: &str) -> String {
    format!("msgid \"{}\"\n", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn put(path: &str, text: &str) {
    let path = root().join(path);
    let parent = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(parent).expect("the sources are writable");
    fs::write(path, text).expect("the sources are writable");
}
