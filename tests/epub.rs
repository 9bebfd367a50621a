//! The book: what a reader finds in it, and what `epub-builder` would have left wrong.

use std::{collections::BTreeMap, io::Read, sync::Arc};

use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, PageDirection, TocElement,
    ZipLibrary,
};
use plantin::{
    diagnostic::{Checked, Place},
    document::{
        Attributes, Block, Date, Document, Figure, Footnote, FootnoteReference, Heading,
        Image, Inline, Language, Link, Meta, PageKey, Paragraph, Resource, Segment,
        State, Target, Text,
    },
    render::epub,
    site::{self, Labels, Publication, ResourceFile, Site, SourcePage, Version},
};
use quick_xml::{Reader, events::Event};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

/// A publication in French and English, given by its French pages.
struct Pages {
    pages: Vec<(String, Document)>,
    resources: BTreeMap<String, Option<Arc<ResourceFile>>>,
    english: fn(&mut Document),
    title: String,
}

impl Pages {
    fn new() -> Self {
        Self {
            pages: Vec::new(),
            resources: BTreeMap::new(),
            english: |document| every_text(document, State::Missing, Some("fr")),
            title: "Essai".to_owned(),
        }
    }

    fn page(
        mut self,
        key: &str,
        title: &str,
        segments: &[(&str, &str)],
        blocks: Vec<Block>,
    ) -> Self {
        let segment = |it: &(&str, &str)| Segment {
            place: Place::default(),
            url: it.0.to_owned(),
            title: text(it.1),
        };
        let meta = Meta {
            title: text(title),
            segments: segments.iter().map(segment).collect(),
            ..Meta::default()
        };
        let language = Language::new("fr");
        let document = Document { language, meta, blocks, footnotes: Vec::new() };
        self.pages.push((key.to_owned(), document));
        self
    }

    fn change(mut self, change: impl FnOnce(&mut Document)) -> Self {
        change(&mut self.pages.last_mut().expect("there is a page").1);
        self
    }

    fn resource(mut self, path: &str, media_type: &'static str, bytes: &[u8]) -> Self {
        let file = ResourceFile {
            path: path.to_owned(),
            bytes: Arc::new(bytes.to_vec()),
            media_type,
            size: Some((40, 30)),
        };
        self.resources.insert(path.to_owned(), Some(Arc::new(file)));
        self
    }

    /// What English readers get; without this, nothing is translated.
    fn english(mut self, english: fn(&mut Document)) -> Self {
        self.english = english;
        self
    }

    fn title(mut self, title: &str) -> Self {
        self.title = title.to_owned();
        self
    }

    fn site(self) -> Site {
        let languages = ["fr", "en"].map(Language::new);
        let own = format!(
            "publication-title = {}\npublisher = La « DINUM » & Cie\n",
            self.title
        );
        let labels = |language: &Language| {
            Labels::new(language, &languages[0], Some(("ui.ftl", &own))).0
        };
        let pages = self.pages.into_iter().map(|(key, french)| {
            let mut english = french.clone();
            english.language = languages[1].clone();
            (self.english)(&mut english);
            let version = |document| Version {
                file: Arc::from(format!("content{key}index.md")),
                path: format!("{}index.md", &key[1..]),
                authored: languages[0].clone(),
                document,
                omit: false,
            };
            let versions = vec![version(french), version(english)];
            SourcePage { key: PageKey::new(&key), versions }
        });
        let input = site::Input {
            publication: Publication {
                name: "essai".to_owned(),
                base: "https://essai.example".to_owned(),
                source: languages[0].clone(),
                date: Date { year: 2024, month: 9, day: 16 },
                identifier: "urn:essai".to_owned(),
                licence: Some("https://licence.example/?a&b".to_owned()),
            },
            pages: pages.collect(),
            languages: languages.iter().map(|it| (it.clone(), labels(it))).collect(),
            resources: self.resources,
            order: Vec::new(),
            elsewhere: Vec::new(),
            made: plantin::site::made::Options::nothing(),
        };
        site::assemble(input).value
    }

    fn book(self) -> Book {
        Book::of(&self.site(), "fr", &epub::Options::default())
    }

    fn english_book(self) -> Book {
        Book::of(&self.site(), "en", &epub::Options::default())
    }
}

fn every_text(document: &mut Document, state: State, language: Option<&str>) {
    plantin::document::walk::texts_mut(document, &mut |_, text| {
        text.state = state;
        text.language = language.map(Language::new);
    });
}

fn text(words: &str) -> Text {
    Text::plain(Place::default(), words)
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    let text = Text::new(Place::default(), inlines);
    let attributes = Attributes::default();
    Block::Paragraph(Paragraph { place: Place::default(), text, attributes })
}

fn words(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn link(address: &str) -> Inline {
    Inline::Link(Link {
        place: Place::default(),
        address: address.to_owned(),
        target: Target::Unresolved,
        title: None,
        inlines: vec![words("ici")],
        attributes: Attributes::default(),
    })
}

fn heading(anchor: &str) -> Block {
    Block::Heading(Heading {
        place: Place::default(),
        level: 2,
        written: 2,
        anchor: anchor.to_owned(),
        text: text("Un titre"),
        attributes: Attributes::default(),
    })
}

fn figure(address: &str, alternative: Option<&str>) -> Block {
    Block::Figure(Figure {
        place: Place::default(),
        image: Image {
            place: Place::default(),
            address: address.to_owned(),
            resource: Resource::Unresolved,
            alternative: String::new(),
            title: None,
            attributes: Attributes::default(),
        },
        alternative: alternative.map(text),
        caption: None,
        link: None,
    })
}

/// A book, unpacked.
struct Book {
    bytes: Arc<Vec<u8>>,
    names: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
    codes: Vec<&'static str>,
}

impl Book {
    fn of(site: &Site, language: &str, options: &epub::Options) -> Self {
        let edition =
            site.edition(&Language::new(language)).expect("there is such an edition");
        let Checked { value: file, diagnostics } =
            epub::book(site, edition, options).expect("the book is made");
        assert_eq!(file.path, format!("epub/essai.{language}.epub"));
        let mut archive = open(&file.bytes);
        let names: Vec<String> = archive
            .file_names()
            .map(|it| it.expect("the name is UTF-8").into_owned())
            .collect();
        let files = names.iter().map(|name| {
            let mut bytes = Vec::new();
            archive
                .by_name(name)
                .and_then(|mut it| Ok(it.read_to_end(&mut bytes)?))
                .expect("the entry can be read");
            (name.clone(), bytes)
        });
        let files = files.collect();
        let codes = diagnostics.iter().map(|it| it.code).collect();
        Self { bytes: file.bytes, names, files, codes }
    }

    fn text(&self, name: &str) -> &str {
        let name = format!("OEBPS/{name}");
        let bytes =
            self.files.get(&name).unwrap_or_else(|| panic!("{name}: {:#?}", self.names));
        std::str::from_utf8(bytes).expect("the file is text")
    }

    fn opf(&self) -> &str {
        self.text("content.opf")
    }

    fn nav(&self) -> &str {
        self.text("nav.xhtml")
    }
}

fn open(bytes: &[u8]) -> zip::ZipArchive<std::io::Cursor<&[u8]>> {
    zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("the book is an archive")
}

/// A book of two chapters, as `epub-builder` makes it by itself; a file of it.
fn raw(file: &str, change: impl FnOnce(&mut EpubBuilder<ZipLibrary>)) -> String {
    let zip = ZipLibrary::new().expect("memory can be written to");
    let mut builder = EpubBuilder::new(zip).expect("a builder can be made");
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", "A & B").expect("a known key");
    builder.metadata("lang", "fr").expect("a known key");
    builder.metadata("author", "X").expect("a known key");
    for name in ["a/b.xhtml", "a_b.xhtml"] {
        let content = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_slice();
        let content = EpubContent::new(name, content).title("B");
        builder.add_content(content).expect("memory can be written to");
    }
    change(&mut builder);
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).expect("the book is made");
    let mut text = String::new();
    open(&bytes)
        .by_name(&format!("OEBPS/{file}"))
        .and_then(|mut it| Ok(it.read_to_string(&mut text)?))
        .expect("the file is there");
    text
}

/// Reads an XML document to its end: the start tags, each with its attributes.
fn tags(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    let mut tags = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{e}\n{xml}")) {
            Event::Eof => return tags,
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|it| {
                    let it = it.unwrap_or_else(|e| panic!("{e}\n{xml}"));
                    (it.key.as_ref().to_owned(), it.value.into_owned())
                });
                tags.push((start.name().as_ref().to_owned(), attributes.collect()));
            }
            _ => {}
        }
    }
}

fn attribute<'a>(
    tags: &'a [(String, BTreeMap<String, String>)],
    name: &'a str,
    attribute: &'a str,
) -> Vec<&'a str> {
    let tags = tags.iter().filter(|it| it.0 == name);
    tags.filter_map(|it| it.1.get(attribute)).map(String::as_str).collect()
}

fn two_pages() -> Pages {
    Pages::new().page("/a/", "A", &[], vec![paragraph(vec![words("a")])]).page(
        "/a/b/",
        "B",
        &[("/a/", "A")],
        vec![paragraph(vec![words("b")])],
    )
}

// What `epub-builder` gets wrong. The first half of each test asserts the fault itself:
// it fails when the crate mends it, and then the repair can go.

#[test]
fn e1_the_language_has_no_identifier_of_the_creators() {
    let ids = |opf: &str| {
        let tags = tags(opf);
        let ids: Vec<String> =
            tags.iter().filter_map(|it| it.1.get("id").cloned()).collect();
        (ids.len(), ids.into_iter().collect::<std::collections::BTreeSet<_>>().len())
    };
    let raw = raw("content.opf", |_| {});
    assert!(raw.contains("<dc:language id=\"epub-creator-0\">"), "{raw}");
    let book = two_pages().book();
    let (all, different) = ids(book.opf());
    assert_eq!(all, different, "{}", book.opf());
    assert!(book.opf().contains("<dc:language>fr</dc:language>"), "{}", book.opf());
}

#[test]
fn e2_landmarks_have_a_list() {
    let raw = raw("nav.xhtml", |_| {});
    let after = raw.split_once("landmarks").expect("they are there").1;
    assert!(!after.contains("<ol"), "{raw}");
    let book = two_pages().book();
    let after = book.nav().split_once("landmarks").expect("they are there").1;
    for kind in ["cover", "toc", "bodymatter"] {
        assert!(after.contains(&format!("epub:type=\"{kind}\"")), "{after}");
    }
}

#[test]
fn e3_what_refines_would_be_an_identifier() {
    let mut meta = MetadataOpfV3::new("role".to_owned(), "aut".to_owned());
    meta.add_refines("#x1".to_owned());
    assert_eq!((meta.id.as_deref(), meta.refines), (Some("#x1"), None));
}

#[test]
fn e4_statements_are_escaped() {
    let raw = raw("content.opf", |builder| {
        let meta = MetadataOpfV3::new("schema:x".to_owned(), "A & B".to_owned());
        builder.add_metadata_opf(Box::new(meta));
    });
    assert!(raw.contains("A & B"), "{raw}");
    let book = two_pages().title("A & B < C \" D : E").book();
    for file in ["content.opf", "nav.xhtml", "toc.ncx", "cover.xhtml", "cover.svg"] {
        tags(book.text(file));
    }
    assert!(book.opf().contains("<dc:title>A &amp; B &lt; C \" D : E</dc:title>"));
}

#[test]
fn e5_the_entries_carry_no_time_of_their_own() {
    let book = two_pages().book();
    let mut archive = open(&book.bytes);
    for i in 0..archive.len() {
        let entry = archive.by_index(i).expect("the entry can be read");
        let time = entry.last_modified().expect("it has a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0));
    }
}

#[test]
fn e6_package_contents_and_ncx_say_their_language() {
    for (file, root) in
        [("content.opf", "package"), ("nav.xhtml", "html"), ("toc.ncx", "ncx")]
    {
        let raw = tags(&raw(file, |_| {}));
        assert!(attribute(&raw, root, "xml:lang").is_empty(), "{file}");
        let book = two_pages().english_book();
        assert_eq!(attribute(&tags(book.text(file)), root, "xml:lang"), ["en"], "{file}");
    }
}

#[test]
fn e7_items_announce_what_they_hold() {
    let raw = tags(&raw("content.opf", |_| {}));
    assert_eq!(attribute(&raw, "item", "properties"), ["nav"]);
    let book = two_pages().book();
    assert_eq!(
        attribute(&tags(book.opf()), "item", "properties"),
        ["nav", "cover-image"]
    );
}

#[test]
fn e8_keys_that_look_alike_have_different_items() {
    let raw = tags(&raw("content.opf", |_| {}));
    let ids = attribute(&raw, "item", "id");
    assert_eq!(ids.iter().filter(|it| **it == "id_a_b.xhtml").count(), 2, "{ids:?}");
    let mut pages = Pages::new();
    let keys =
        ["/a/b/", "/a-b/", "/a_b/", "/a--b/", "/a/b-/", "/page/", "/nav/", "/cover/"];
    for key in keys {
        pages = pages.page(key, key, &[], vec![]);
    }
    let book = pages.book();
    let opf = tags(book.opf());
    let mut ids = attribute(&opf, "item", "id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert_eq!(book.names.iter().filter(|it| it.contains("/page-")).count(), keys.len());
}

#[test]
fn e9_who_publishes_and_from_what_is_said_and_nothing_is_said_twice() {
    let raw = raw("content.opf", |_| {});
    assert!(raw.contains("<guide>") && raw.contains("urn:uuid:"), "{raw}");
    let opf = two_pages().english_book().opf().to_owned();
    for statement in [
        "<dc:identifier id=\"epub-id-1\">urn:essai:en</dc:identifier>",
        "<dc:publisher>La « DINUM » &amp; Cie</dc:publisher>",
        "<dc:creator id=\"epub-creator-0\">La « DINUM » &amp; Cie</dc:creator>",
        "<dc:source>https://essai.example/fr/</dc:source>",
        "<dc:date>2024-09-16</dc:date>",
        "<dc:rights>https://licence.example/?a&amp;b</dc:rights>",
    ] {
        assert_eq!(opf.matches(statement).count(), 1, "{statement}\n{opf}");
    }
    assert!(!opf.contains("<guide"), "{opf}");
}

#[test]
fn e10_the_direction_reaches_the_spine() {
    let spine = |change: fn(&mut EpubBuilder<ZipLibrary>)| {
        let opf = tags(&raw("content.opf", change));
        attribute(&opf, "spine", "page-progression-direction").concat()
    };
    assert_eq!(spine(|it| _ = it.epub_direction(PageDirection::Rtl)), "ltr");
    assert_eq!(
        spine(|it| _ = it.metadata("direction", "rtl").expect("a known key")),
        "rtl"
    );
    let mut site = two_pages().site();
    site.editions[0].right_to_left = true;
    let book = Book::of(&site, "fr", &epub::Options::default());
    let opf = tags(book.opf());
    assert_eq!(attribute(&opf, "spine", "page-progression-direction"), ["rtl"]);
    assert_eq!(attribute(&opf, "package", "dir"), ["rtl"]);
    for file in ["nav.xhtml", "page-a.xhtml", "cover.xhtml"] {
        assert_eq!(attribute(&tags(book.text(file)), "html", "dir"), ["rtl"], "{file}");
    }
}

#[test]
fn e12_the_date_of_change_is_the_publications() {
    let raw = raw("content.opf", |_| {});
    assert!(
        !raw.contains("T00:00:00Z"),
        "the clock said midnight, or it is not asked: {raw}"
    );
    let opf = two_pages().book().opf().to_owned();
    let modified = "<meta property=\"dcterms:modified\">2024-09-16T00:00:00Z</meta>";
    assert_eq!(opf.matches("dcterms:modified").count(), 1, "{opf}");
    assert!(opf.contains(modified), "{opf}");
}

#[test]
fn e13_a_heading_of_the_contents_without_a_page_is_no_link() {
    let raw = raw("nav.xhtml", |builder| {
        let mut content = EpubContent::new("c.xhtml", b"".as_slice()).title("C");
        content.toc = content.toc.child(TocElement::new("", "D"));
        builder.add_content(content).expect("memory can be written to");
    });
    assert!(raw.contains("<a href=\"\">D</a>"), "{raw}");
    let book = Pages::new()
        .page("/a/b/", "B", &[("/nulle-part/", "Partie")], vec![])
        .page("/a/c/", "C", &[("/nulle-part/", "Partie")], vec![])
        .book();
    assert!(book.nav().contains("<span>Partie</span>"), "{}", book.nav());
    let ncx = tags(book.text("toc.ncx"));
    assert_eq!(attribute(&ncx, "navPoint", "playOrder"), ["1", "1", "2"]);
    let links = attribute(&tags(book.nav()), "a", "href").join(" ");
    assert_eq!(
        links,
        "page-a--b.xhtml page-a--c.xhtml cover.xhtml nav.xhtml#toc page-a--b.xhtml"
    );
}

#[test]
fn e14_the_ncx_has_the_title_and_the_identifier_of_the_book() {
    let raw = raw("toc.ncx", |_| {});
    assert!(raw.contains("<text>Table Of Contents</text>"), "{raw}");
    assert!(!raw.contains("dtb:uid"), "{raw}");
    let book = two_pages().book();
    assert!(book.text("toc.ncx").contains("<docTitle><text>Essai</text></docTitle>"));
    assert!(
        book.text("toc.ncx")
            .contains("<meta name=\"dtb:uid\" content=\"urn:essai:fr\"/>")
    );
}

// What a reader finds.

#[test]
fn the_archive_begins_with_its_type_uncompressed() {
    let book = two_pages().book();
    assert_eq!(&book.bytes[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(book.names[0], "mimetype");
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    assert_eq!(two_pages().book().bytes, two_pages().book().bytes);
    assert_ne!(two_pages().book().bytes, two_pages().english_book().bytes);
}

#[test]
fn every_file_is_well_formed_and_every_item_is_there() {
    let book = two_pages().book();
    let opf = tags(book.opf());
    let mut items: Vec<String> =
        attribute(&opf, "item", "href").iter().map(|it| format!("OEBPS/{it}")).collect();
    items.extend(
        ["mimetype", "META-INF/container.xml", "OEBPS/content.opf"].map(str::to_owned),
    );
    items.sort();
    let mut names = book.names.clone();
    names.sort();
    assert_eq!(items, names);
    for name in names.iter().filter(|it| !it.ends_with(".css") && *it != "mimetype") {
        tags(std::str::from_utf8(&book.files[name]).expect("the file is text"));
    }
}

#[test]
fn the_contents_are_nested_as_the_trails_and_hold_every_chapter_in_order() {
    let book = Pages::new()
        .page("/b/", "B", &[], vec![])
        .page("/a/", "A", &[], vec![])
        .page("/a/x/", "X", &[("/a/", "A")], vec![])
        .page("/a/x/y/", "Y", &[("/a/", "A"), ("/a/x/", "X")], vec![])
        .book();
    let nav = book.nav();
    let toc: String = nav[..nav.find("landmarks").expect("they are there")]
        .lines()
        .map(str::trim)
        .collect();
    let expected = "<ol><li><a href=\"page-a.xhtml\">A</a><ol><li>\
        <a href=\"page-a--x.xhtml\">X</a><ol><li><a href=\"page-a--x--y.xhtml\">Y</a></li></ol></li>\
        </ol></li><li><a href=\"page-b.xhtml\">B</a></li></ol>";
    assert!(toc.contains(expected), "{toc}");
    let opf = tags(book.opf());
    assert_eq!(
        attribute(&opf, "itemref", "idref"),
        [
            "id_cover.xhtml",
            "nav",
            "id_page-a.xhtml",
            "id_page-a--x.xhtml",
            "id_page-a--x--y.xhtml",
            "id_page-b.xhtml"
        ]
    );
}

#[test]
fn a_title_with_signs_of_markup_stands_as_it_is_written() {
    let title = "R & D : « <b> » \"x\"";
    let book = Pages::new().page("/a/", title, &[], vec![]).book();
    let escaped = "R &amp; D : « &lt;b&gt; » \"x\"";
    let chapter = book.text("page-a.xhtml");
    assert!(chapter.contains(&format!("<title>{escaped}</title>")), "{chapter}");
    assert!(chapter.contains(&format!("<h1>{escaped}</h1>")), "{chapter}");
    assert!(book.nav().contains(&format!(">{escaped}</a>")), "{}", book.nav());
}

#[test]
fn each_chapter_says_its_language_and_a_fallback_that_of_its_words() {
    let book = two_pages().english_book();
    let chapter = book.text("page-a.xhtml");
    let tags = tags(chapter);
    assert_eq!(attribute(&tags, "html", "lang"), ["en"]);
    assert_eq!(attribute(&tags, "html", "xml:lang"), ["en"]);
    assert_eq!(attribute(&tags, "section", "xml:lang"), ["fr"]);
    assert!(chapter.contains("class=\"banner\""), "{chapter}");
    assert!(!chapter.contains("unit-mark"), "{chapter}");
    assert!(book.nav().contains("<a href=\"page-a.xhtml\" lang=\"fr\" xml:lang=\"fr\">"));
}

#[test]
fn what_is_not_translated_is_marked_where_it_stands() {
    let book = Pages::new()
        .page("/a/", "A", &[], vec![paragraph(vec![words("a")])])
        .english(|document| {
            every_text(document, State::Translated, None);
            let Block::Paragraph(it) = &mut document.blocks[0] else { unreachable!() };
            it.text.state = State::Missing;
            it.text.language = Some(Language::new("fr"));
        })
        .english_book();
    let chapter = book.text("page-a.xhtml");
    assert!(chapter.contains("data-state=\"missing\""), "{chapter}");
    assert!(chapter.contains(">not translated</span>"), "{chapter}");
    assert!(chapter.contains("One passage of this page"), "{chapter}");
    assert!(
        !chapter.contains("<section epub:type=\"chapter\" role=\"doc-chapter\" lang")
    );
}

#[test]
fn the_trail_stands_at_the_head_and_leads_inside_the_book() {
    let book = two_pages().book();
    let chapter = book.text("page-a--b.xhtml");
    let (before, after) = chapter.split_once("<h1>").expect("there is a title");
    assert!(
        before.contains("<nav") && before.contains("aria-label=\"Vous êtes ici\u{a0}:\"")
    );
    assert!(before.contains("href=\"page-a.xhtml\""), "{before}");
    // The home page is the site's: the book has none.
    assert!(before.contains("href=\"https://essai.example/fr/\""), "{before}");
    assert!(before.contains("aria-current=\"page\""), "{before}");
    assert!(!after.contains("<nav"));
    assert!(!book.text("page-a.xhtml").contains("<nav"));
}

#[test]
fn a_note_leads_back_to_each_of_its_calls() {
    let call = |occurrence| {
        let place = Place::default();
        let label = "n".to_owned();
        Inline::Footnote(FootnoteReference { place, label, number: 1, occurrence })
    };
    let book = Pages::new()
        .page("/a/", "A", &[], vec![paragraph(vec![call(1), words("b"), call(2)])])
        .change(|document| {
            document.footnotes.push(Footnote {
                place: Place::default(),
                label: "n".to_owned(),
                number: 1,
                references: 2,
                blocks: vec![paragraph(vec![words("La note.")])],
            });
        })
        .book();
    let tags = tags(book.text("page-a.xhtml"));
    let ids: Vec<&str> =
        tags.iter().filter_map(|it| it.1.get("id")).map(String::as_str).collect();
    let links = attribute(&tags, "a", "href");
    assert_eq!(links.len(), 4);
    for link in links {
        let id = link.strip_prefix('#').expect("notes stay in their chapter");
        assert!(ids.contains(&id), "{link} {ids:?}");
    }
}

#[test]
fn links_lead_inside_the_book_where_they_can() {
    let book = Pages::new()
        .page(
            "/a/",
            "A",
            &[],
            vec![heading("un-titre"), paragraph(vec![link("#un-titre")])],
        )
        .page(
            "/b/",
            "B",
            &[],
            vec![paragraph(vec![
                link("/fr/a/"),
                link("/fr/a/#un-titre"),
                link("/fr/"),
                link("plan.png"),
                link("https://ailleurs.example/x?y"),
                link("/fr/nulle-part/"),
            ])],
        )
        .resource("b/plan.png", "image/png", PNG)
        .book();
    assert_eq!(attribute(&tags(book.text("page-a.xhtml")), "a", "href"), ["#un-titre"]);
    assert_eq!(
        attribute(&tags(book.text("page-b.xhtml")), "a", "href"),
        [
            "page-a.xhtml",
            "page-a.xhtml#un-titre",
            "https://essai.example/fr/",
            "https://essai.example/assets/content/b/plan.png",
            "https://ailleurs.example/x?y"
        ]
    );
    assert!(!book.names.iter().any(|it| it.ends_with(".png")), "{:?}", book.names);
}

#[test]
fn an_image_is_there_once_and_only_if_it_is_shown() {
    let figures =
        vec![figure("x.png", Some("Un plan")), figure("x.png", Some("Un plan"))];
    let book = Pages::new()
        .page("/a/", "A", &[], figures)
        .resource("a/x.png", "image/png", PNG)
        .resource("a/y.png", "image/png", PNG)
        .book();
    let images: Vec<&String> =
        book.names.iter().filter(|it| it.ends_with(".png")).collect();
    assert_eq!(images.len(), 1);
    assert_eq!(book.files[images[0]], PNG);
    let chapter = tags(book.text("page-a.xhtml"));
    assert_eq!(attribute(&chapter, "img", "alt"), ["Un plan", "Un plan"]);
    let opf = book.opf();
    for statement in [">visual<", ">textual,visual<", ">textual<", ">alternativeText<"] {
        assert!(opf.contains(statement), "{statement}\n{opf}");
    }
}

#[test]
fn a_book_whose_images_are_decorative_is_not_said_to_describe_them() {
    let book = Pages::new()
        .page("/a/", "A", &[], vec![figure("x.png", None)])
        .resource("a/x.png", "image/png", PNG)
        .book();
    for absent in ["alternativeText", "visual"] {
        assert!(!book.opf().contains(absent), "{}", book.opf());
    }
    assert!(book.opf().contains("Les images sont décoratives."), "{}", book.opf());
    assert!(
        book.opf().contains("<meta property=\"schema:accessibilityHazard\">none</meta>")
    );
    assert!(!two_pages().book().opf().contains("visual"));
}

#[test]
fn an_image_that_is_missing_or_of_no_good_type_leaves_its_words() {
    let book = Pages::new()
        .page(
            "/a/",
            "A",
            &[],
            vec![figure("x.avif", Some("Un plan")), figure("z.png", Some("Z"))],
        )
        .resource("a/x.avif", "image/avif", b"x")
        .book();
    let chapter = book.text("page-a.xhtml");
    assert_eq!(chapter.matches("class=\"missing-image\"").count(), 2, "{chapter}");
    assert!(chapter.contains("Un plan"), "{chapter}");
    assert_eq!(book.codes, ["epub-image-format"]);
}

#[test]
fn a_drawing_that_runs_something_is_shown_without_it() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x()</script><path d=\"M0 0\"/></svg>";
    let book = Pages::new()
        .page(
            "/a/",
            "A",
            &[],
            vec![figure("x.svg", Some("X")), figure("y.svg", Some("Y"))],
        )
        .resource("a/x.svg", "image/svg+xml", svg)
        .resource("a/y.svg", "image/svg+xml", b"<svg>")
        .book();
    let name = book.names.iter().find(|it| it.contains("images/")).expect("it is there");
    assert!(!String::from_utf8_lossy(&book.files[name]).contains("script"));
    assert_eq!(book.codes, ["epub-drawing-mended", "epub-drawing-broken"]);
}

#[test]
fn the_workspace_can_have_a_style_of_its_own() {
    let mut options = epub::Options::default();
    options
        .theme
        .insert("epub/book.css".to_owned(), Arc::new(b"p { margin: 0 }".to_vec()));
    let book = Book::of(&two_pages().site(), "fr", &options);
    assert_eq!(book.text("stylesheet.css"), "p { margin: 0 }");
}

#[test]
fn a_publication_without_pages_is_a_book_all_the_same() {
    let book = Pages::new().book();
    assert!(book.nav().contains("<a href=\"cover.xhtml\">"), "{}", book.nav());
}
