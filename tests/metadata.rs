//! What is said of a publication and of its pages: the same in each format and in what an
//! archive is given.

use std::collections::BTreeMap;

use crate::support::{Outcome, Site, program};

const CONFIG: &str = r#"[publication]
name = "essai"
address = "https://essai.example"
source = "fr"
languages = ["fr", "en"]
date = "2026-01-31"
identifier = "ark:/12148/essai"
licence = "https://licence.example/ouverte"
"#;

const FRENCH: &str = "publication-title = Essai & Co\npublisher = La mission\n\
                      publication-description = Un essai <court>\n";
const ENGLISH: &str = "publication-title = Trial & Co\npublisher = The unit\n\
                       publication-description = A <short> trial\n";

const PO: &str = r#"msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: en\n"

msgid "Nos objectifs"
msgstr "Our aims"

msgid "Ce que nous voulons."
msgstr "What we want."
"#;

const PAGE: &str = "---\ntitle: Nos objectifs\ndescription: Ce que nous voulons.\n\
                    date: 2025-12-24\n---\n\nDu texte.\n";

fn site() -> Site {
    Site::new()
        .config(CONFIG)
        .labels("fr", FRENCH)
        .labels("en", ENGLISH)
        .page("index.md", "---\ntitle: Accueil\n---\n\nBonjour.\n")
        .page("objectifs.md", PAGE)
        .catalogue("en", "objectifs.md", PO)
}

/// Terms of Dublin Core and what they say; a term may be said several times.
type Said = BTreeMap<String, Vec<String>>;

fn add(said: &mut Said, term: &str, value: &str) {
    let value = value.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    said.entry(term.to_owned()).or_default().push(value);
}

/// What a page of the site says.
fn of_html(html: &str) -> Said {
    let mut said = Said::new();
    for tag in html.split("<meta name=\"dcterms.").skip(1) {
        let (term, rest) = tag.split_once("\" content=\"").expect("a name and a content");
        add(&mut said, term, rest.split('"').next().expect("it is closed"));
    }
    said
}

/// What the elements of an XML document say whose names begin so.
fn of_xml(xml: &str, prefixes: &[&str]) -> Said {
    let mut said = Said::new();
    for prefix in prefixes {
        for tag in xml.split(&format!("<{prefix}:")).skip(1) {
            let (name, rest) = tag.split_once(['>', ' ']).expect("a name");
            let end = format!("</{prefix}:{name}>");
            let inside = rest.split(&end).next().unwrap_or_default();
            let texts = inside.split('>').filter_map(|it| it.split('<').next());
            for text in
                texts.map(str::trim).filter(|it| !it.is_empty() && !it.contains('='))
            {
                add(&mut said, name, text);
            }
        }
    }
    said
}

/// What the metadata of a PDF say.
fn of_pdf(pdf: &[u8]) -> Said {
    let text = String::from_utf8_lossy(pdf);
    let packet = text.split("<?xpacket begin").nth(1).expect("a PDF has metadata");
    let packet = packet.split("<?xpacket end").next().expect("they end");
    of_xml(packet, &["dc", "dcterms"])
}

/// What the package of an EPUB says.
fn of_epub(epub: Vec<u8>) -> Said {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).expect("a zip");
    let mut opf = String::new();
    let mut file = archive.by_name("OEBPS/content.opf").expect("a package");
    file.read_to_string(&mut opf).expect("it is text");
    let mut said = of_xml(&opf, &["dc"]);
    for tag in opf.split("<meta property=\"dcterms:").skip(1) {
        let (term, rest) = tag.split_once("\">").expect("a property");
        add(&mut said, term, rest.split('<').next().expect("it is closed"));
    }
    said
}

fn assert_same(one: &Said, other: &Said, terms: &[&str]) {
    for term in terms {
        assert!(one.contains_key(*term), "{term} in {one:#?}");
        assert_eq!(one.get(*term), other.get(*term), "{term}\n{one:#?}\n{other:#?}");
    }
}

/// The file that is published at an address.
fn file_at(built: &Outcome, address: &str) -> String {
    let path = address.strip_prefix("https://essai.example/").expect("it is ours");
    let path = match path.strip_suffix('/') {
        Some(path) => format!("html/{path}/index.html"),
        None => format!("html/{path}"),
    };
    assert!(built.has(&path), "{address} leads to nothing");
    path
}

#[test]
fn the_formats_of_a_page_say_the_same_of_it() {
    let built = site().build();
    assert_eq!(built.code, Some(0), "{built}");
    let terms = [
        "title",
        "description",
        "creator",
        "publisher",
        "language",
        "date",
        "identifier",
        "rights",
    ];
    for language in ["fr", "en"] {
        let html = of_html(&built.file(&format!("html/{language}/objectifs/index.html")));
        let pdf = of_pdf(&built.bytes(&format!("pdf/{language}/objectifs.pdf")));
        assert_same(&html, &pdf, &terms);
        assert_eq!(html["date"], ["2025-12-24"]);
        assert_eq!(html["language"], [language]);
        // Each leads to the other.
        let path = file_at(&built, &html["hasFormat"][0]);
        assert_eq!(path, format!("html/pdf/{language}/objectifs.pdf"));
        assert_eq!(
            file_at(&built, &pdf["hasFormat"][0]),
            format!("html/{language}/objectifs/index.html")
        );
    }
    let english = of_html(&built.file("html/en/objectifs/index.html"));
    assert_eq!(english["title"], ["Our aims"]);
    assert_eq!(english["publisher"], ["The unit"]);
}

#[test]
fn a_translation_points_to_what_it_is_made_from() {
    let built = site().build();
    let html = built.file("html/en/objectifs/index.html");
    let original = "https://essai.example/fr/objectifs/";
    assert_eq!(of_html(&html)["isVersionOf"], [original]);
    let data = r#""translationOfWork":{"@id":"https://essai.example/fr/objectifs/"}"#;
    assert!(html.contains(data), "{html}");
    let pdf = of_pdf(&built.bytes("pdf/en/objectifs.pdf"));
    assert_eq!(file_at(&built, &pdf["isVersionOf"][0]), "html/pdf/fr/objectifs.pdf");
    let epub = of_epub(built.bytes("epub/essai.en.epub"));
    assert_eq!(file_at(&built, &epub["isVersionOf"][0]), "html/epub/essai.fr.epub");
    let french = built.file("html/fr/objectifs/index.html");
    assert!(!of_html(&french).contains_key("isVersionOf"), "it is the original");
    let data = r#""workTranslation":[{"@id":"https://essai.example/en/objectifs/"}]"#;
    assert!(french.contains(data), "{french}");
    // What is not translated is no translation.
    assert!(!built.file("html/en/index.html").contains("translationOfWork"));
}

#[test]
fn the_books_of_an_edition_say_the_same_of_it() {
    let built = site().build();
    for language in ["fr", "en"] {
        let epub = of_epub(built.bytes(&format!("epub/essai.{language}.epub")));
        let pdf = of_pdf(&built.bytes(&format!("pdf/essai.{language}.pdf")));
        let terms = [
            "title",
            "description",
            "creator",
            "publisher",
            "language",
            "date",
            "identifier",
            "rights",
        ];
        assert_same(&epub, &pdf, &terms);
        assert_eq!(epub["identifier"], [format!("ark:/12148/essai/{language}")]);
        for address in epub["hasFormat"].iter().chain(&pdf["hasFormat"]) {
            file_at(&built, address);
        }
        assert_eq!(epub["hasFormat"].len(), 2, "the site and the PDF");
    }
}

#[test]
fn what_an_archive_is_given_says_the_same() {
    let site = site();
    let built = site.build();
    let epub = of_epub(built.bytes("epub/essai.fr.epub"));
    let out = site.folder().join("archives");
    for package in ["bag", "seda"] {
        let mut command = program();
        command.args(["deposit", package, "--json", "--workspace"]).arg(site.workspace());
        command.arg("--exports").arg(site.exports()).arg("--out").arg(&out);
        let made = site.run(command);
        assert_eq!(made.code, Some(0), "{made}");
    }
    let read = |path: &str| std::fs::read_to_string(out.join(path)).expect("it was made");
    let info = read("essai-2026-01-31/bag-info.txt");
    for (label, term) in [
        ("Source-Organization", "publisher"),
        ("External-Description", "title"),
        ("External-Description", "description"),
        ("Bagging-Date", "date"),
        ("Rights", "rights"),
    ] {
        let line = format!("{label}: {}\n", epub[term][0]);
        assert!(info.contains(&line), "{line}{info}");
    }
    assert!(info.contains("External-Identifier: ark:/12148/essai\n"), "{info}");
    let seda = read("essai-2026-01-31-seda/manifest.xml");
    for (language, title) in [("fr", "Essai &amp; Co"), ("en", "Trial &amp; Co")] {
        let title = format!("<Title xml:lang=\"{language}\">{title}</Title>");
        assert!(seda.contains(&title), "{title}\n{seda}");
    }
    assert!(seda.contains("<Title xml:lang=\"en\">Our aims</Title>"), "{seda}");
    assert!(seda.contains("<CreatedDate>2025-12-24</CreatedDate>"), "{seda}");
    let identifier =
        "<PersistentIdentifierContent>ark:/12148/essai</PersistentIdentifierContent>";
    assert!(seda.contains(identifier), "{seda}");
}

/// The files in a PDF: name, relationship and bytes.
fn attached(pdf: &[u8]) -> BTreeMap<String, (String, Vec<u8>)> {
    let document = lopdf::Document::load_mem(pdf).expect("it is a PDF");
    let mut found = BTreeMap::new();
    for object in document.objects.values() {
        let Ok(specification) = object.as_dict() else { continue };
        let Ok(files) = specification.get(b"EF").and_then(lopdf::Object::as_dict) else {
            continue;
        };
        let name = specification.get(b"UF").and_then(lopdf::decode_text_string);
        let relationship = specification.get(b"AFRelationship");
        let relationship = relationship.and_then(lopdf::Object::as_name).expect("a name");
        let id = files.get(b"F").and_then(lopdf::Object::as_reference).expect("a file");
        let stream = document.get_object(id).and_then(lopdf::Object::as_stream);
        let stream = stream.expect("a file is a stream");
        let bytes =
            stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        let relationship = String::from_utf8_lossy(relationship).into_owned();
        found.insert(name.expect("a name"), (relationship, bytes));
    }
    found
}

#[test]
fn a_pdf_carries_what_it_was_made_from_where_that_is_asked() {
    let site = site().more_config("[pdf]\nattach-sources = true\n");
    let built = site.build_with(&["--format", "pdf"]);
    assert_eq!(built.code, Some(0), "{built}");
    let pdf = built.bytes("pdf/en/objectifs.pdf");
    let text = String::from_utf8_lossy(&pdf).into_owned();
    for mark in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(text.contains(mark), "{mark}");
    }
    let found = attached(&pdf);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "content/objectifs.md",
            "locales/en/content/objectifs.po",
            "locales/en/content/objectifs.xlf",
            "manifest/objectifs.json"
        ]
    );
    let is = |name: &str, relationship: &str| {
        assert_eq!(found[name].0, relationship, "{name}");
        String::from_utf8_lossy(&found[name].1).into_owned()
    };
    assert_eq!(is("content/objectifs.md", "Source"), PAGE);
    assert_eq!(is("locales/en/content/objectifs.po", "Supplement"), PO);
    let xliff = is("locales/en/content/objectifs.xlf", "Supplement");
    assert!(xliff.contains("<xliff version=\"2.1\""), "{xliff}");
    assert!(xliff.contains("srcLang=\"fr\" trgLang=\"en\""), "{xliff}");
    assert!(xliff.contains("Our aims"), "{xliff}");
    assert!(text.contains("/application#2Fxliff+xml"), "its media type");
    let entry: serde_json::Value =
        serde_json::from_str(&is("manifest/objectifs.json", "Data")).expect("JSON");
    assert_eq!(entry["key"], "/objectifs/");
    assert_eq!(entry["editions"]["en"]["title"], "Our aims");
    let french = attached(&built.bytes("pdf/fr/objectifs.pdf"));
    assert!(!french.keys().any(|it| it.starts_with("locales/")), "it is no translation");
    let book = attached(&built.bytes("pdf/essai.en.pdf"));
    assert!(book.contains_key("content/index.md"), "{:?}", book.keys());
    assert!(book.contains_key("content/objectifs.md"), "{:?}", book.keys());
    let again = site.build_with(&["--format", "pdf"]);
    assert!(
        again.bytes("pdf/essai.en.pdf") == built.bytes("pdf/essai.en.pdf"),
        "same bytes"
    );
}
