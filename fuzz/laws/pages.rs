//! Pages: front matter, Markdown, HTML, containers, shortcodes, formulas.

use std::{collections::BTreeMap, sync::Arc};

use plantin::{
    diagnostic::Checked,
    document::{Block, Date, Document, Language, Meta, PageKey, walk},
    render::html,
    site::{self, Input, Labels, Publication, Site, SourcePage, Version},
    source::{self, Dialect, Options, formula, line},
    translation::{self, Catalogue, Context, unit},
    verify::{self, Medium},
};
use quick_xml::{Reader, events::Event};

use super::{assert_places, text};

/// Whatever the front matter says, the text after it is the page's, and no line is told of
/// that is not there.
pub(super) fn front_matter(bytes: &[u8]) {
    let matter = text(bytes);
    if matter.split(['\n', '\r']).any(|it| it.trim_end() == "---") {
        return;
    }
    let page = format!("---\n{matter}\n---\n\nRepère.\n");
    let read = source::read(&page, &options());
    assert_places(&page, &read.diagnostics);
    assert!(
        read.diagnostics.iter().all(|it| it.code != "front-matter-not-closed"),
        "it is closed"
    );
    let is_mark = |it: &Block| match it {
        Block::Paragraph(paragraph) => paragraph.text.to_plain() == "Repère.",
        _ => false,
    };
    assert!(read.value.blocks.iter().any(is_mark), "the text is lost");
}

/// A page is read twice alike, its texts are written as Markdown that says the same, and
/// its catalogue is complete: made again, it is the same, byte for byte.
pub(super) fn page(bytes: &[u8]) {
    lawful(&source::decode(bytes).value, &Dialect::default());
}

/// The same, where the workspace has shortcodes, containers and formulas of its own.
pub(super) fn construct(bytes: &[u8]) {
    lawful(&source::decode(bytes).value, &dialect());
}

/// A formula has elements and attributes of MathML only: nothing that runs, leads or is
/// fetched.
pub(super) fn formula(bytes: &[u8]) {
    let latex = text(bytes);
    for block in [false, true] {
        let read = formula::read(&latex, block);
        assert_eq!(formula::read(&latex, block), read, "read twice");
        if let Ok(node) = &read {
            assert_mathml(node);
        }
    }
}

/// What is written of a page as HTML is whole, and `verify` reads in it what the page says.
pub(super) fn html(bytes: &[u8]) {
    let page = source::decode(bytes).value;
    let site = site(read(&page, &dialect()).value);
    let options = html::Options::default();
    let writer = html::Writer::new(&site, &options).value;
    let mut files = BTreeMap::new();
    for edition in &site.editions {
        for page in &edition.pages {
            let file = writer.page(edition, page).value;
            let written = String::from_utf8(file.bytes.to_vec()).expect("HTML is text");
            assert_whole(&written);
            files.insert(file.path, file.bytes.to_vec());
        }
    }
    let report = verify::verify(&files, &site, &[Medium::Html]);
    assert!(report.differences.is_empty(), "{:#?}", report.differences);
}

fn options() -> Options {
    Options { language: Language::new("fr"), name: "essai".to_owned() }
}

fn dialect() -> Dialect {
    Dialect {
        shortcodes: [("lien", "[{1}]({2})"), ("gras", "**{1}**")]
            .map(|it| (it.0.to_owned(), it.1.to_owned()))
            .into(),
        containers: [
            ("repli", source::container::Container::Details),
            ("cadre", source::container::Container::Text),
        ]
        .map(|it| (it.0.to_owned(), it.1))
        .into(),
        math: true,
    }
}

fn read(page: &str, dialect: &Dialect) -> Checked<Document> {
    source::read_in(page, &options(), dialect, &Meta::default())
}

fn lawful(page: &str, dialect: &Dialect) {
    let Checked { value: mut document, diagnostics } = read(page, dialect);
    assert_places(page, &diagnostics);
    let again = read(page, dialect);
    assert!(again.value == document && again.diagnostics == diagnostics, "read twice");
    unit::number(&mut document);
    walk::texts(&document, &mut |_, text| {
        if unit::is_unit(text) {
            let read = line::write(&line::read(&text.markdown).value);
            assert_eq!(read, text.markdown, "a text says another thing once written");
        }
    });
    let context = context();
    let made = translation::extract(&document, &context, None).value;
    let written = made.write();
    let Some(old) = Catalogue::open(&written).value else {
        panic!("a catalogue is not read again:\n{written}")
    };
    assert!(!old.is_damaged(), "a catalogue is read with errors:\n{written}");
    let again = translation::extract(&document, &context, Some(&old)).value;
    assert_eq!(again.write(), written, "a catalogue that is up to date changes");
}

fn context() -> Context {
    Context {
        language: Language::new("en"),
        source_language: Language::new("fr"),
        file: Arc::from("content/essai.md"),
        address: "https://essai.example/fr/essai/".to_owned(),
        project: "essai".to_owned(),
    }
}

/// A publication of one page in one language.
fn site(document: Document) -> Site {
    let french = Language::new("fr");
    let own = "publication-title = Essai\npublisher = Essai\n";
    let labels = Labels::new(&french, &french, Some(("ui.ftl", own))).0;
    let version = Version {
        file: Arc::from("content/essai.md"),
        path: "essai.md".to_owned(),
        authored: french.clone(),
        document,
        omit: false,
    };
    let input = Input {
        publication: Publication {
            name: "essai".to_owned(),
            base: "https://essai.example".to_owned(),
            source: french.clone(),
            date: Date { year: 2026, month: 1, day: 2 },
            identifier: "urn:essai".to_owned(),
            licence: None,
        },
        languages: vec![(french, labels)],
        pages: vec![SourcePage { key: PageKey::new("/essai/"), versions: vec![version] }],
        resources: BTreeMap::new(),
        order: Vec::new(),
        elsewhere: Vec::new(),
        made: site::made::Options::nothing(),
    };
    site::assemble(input).value
}

fn assert_whole(html: &str) {
    let mut reader = Reader::from_str(html);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error} in\n{html}"),
        }
    }
}

fn assert_mathml(node: &formula::Node) {
    for (name, value) in &node.attributes {
        let runs = name.starts_with("on") || ["href", "src", "style"].contains(name);
        assert!(!runs && !value.contains(':'), "{name}={value}");
    }
    assert!(node.name != "script", "{node:?}");
    node.nodes.iter().for_each(assert_mathml);
}
