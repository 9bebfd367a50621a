//! Drawings that anybody may have made.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
    process::Command,
};

use plantin::source::drawing::{ATTRIBUTES, ELEMENTS, fit};
use quick_xml::{Reader, events::Event};
use serde_json::Value;

use super::support::{Outcome, Site, hostile, root, validators};

/// A page that shows these drawings, with the drawings beside it.
fn shown(drawings: &[(String, Vec<u8>)]) -> Site {
    let mut page = "---\ntitle: A\n---\n\n".to_owned();
    for (name, _) in drawings {
        page.push_str(&format!("![Le dessin {name}]({name})\n\n"));
    }
    drawings.iter().fold(Site::new().page("a.md", &page), |site, (name, bytes)| {
        site.bytes(&format!("content/{name}"), bytes)
    })
}

fn one(content: &str) -> Site {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"60\">{content}</svg>"
    );
    shown(&[("d.svg".to_owned(), svg.into_bytes())])
}

/// The drawings that a run published, on the site and in the book.
fn published(built: &Outcome) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![built.exports.join("html")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("it is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "svg") {
                let text = fs::read_to_string(&path).expect("a drawing is text");
                all.insert(path.display().to_string(), text);
            }
        }
    }
    let book = built.bytes("epub/essai.fr.epub");
    let mut book = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
    for at in 0..book.len() {
        let mut file = book.by_index(at).expect("it is there");
        let name = file.name().expect("a name").into_owned();
        if name.ends_with(".svg") {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("a drawing is text");
            all.insert(name, text);
        }
    }
    all
}

/// What a published drawing holds that no drawing may.
fn forbidden(svg: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut reader = Reader::from_str(svg);
    loop {
        let start = match reader.read_event().expect("it is well-formed") {
            Event::Eof => return found,
            Event::Start(start) | Event::Empty(start) => start,
            Event::DocType(_) | Event::PI(_) | Event::CData(_) | Event::Comment(_) => {
                found.push("an instruction".to_owned());
                continue;
            }
            _ => continue,
        };
        let name = start.name().as_ref().to_owned();
        if !ELEMENTS.contains(&name.as_str()) {
            found.push(format!("<{name}>"));
        }
        for attribute in start.attributes() {
            let attribute = attribute.expect("it is well-formed");
            let (name, value) = (attribute.key.as_ref(), attribute.value.to_lowercase());
            let is_known = ATTRIBUTES.contains(&name)
                || name.starts_with("data-")
                || name.starts_with("aria-")
                || [
                    "xlink:href",
                    "xlink:title",
                    "xml:space",
                    "xml:lang",
                    "xmlns",
                    "xmlns:xlink",
                ]
                .contains(&name);
            let is_address = matches!(name, "href" | "xlink:href");
            let leads = is_address
                && !["#", "https://", "http://", "mailto:", "data:image/"]
                    .iter()
                    .any(|it| value.starts_with(it));
            if !is_known || leads {
                found.push(format!("{name}={value}"));
            }
        }
    }
}

#[test]
fn a_published_drawing_holds_only_what_is_known_to_show_something() {
    let drawings = hostile::drawings();
    assert!(drawings.len() >= 200, "{}", drawings.len());
    let mut readable = 0;
    for (name, bytes) in &drawings {
        let Ok(drawing) = fit(bytes) else { continue };
        readable += 1;
        let found = forbidden(&drawing.text);
        let source = String::from_utf8_lossy(bytes);
        assert!(found.is_empty(), "{name}: {found:?}\n{source}\n{}", drawing.text);
        // What was an address of elsewhere is none any more: only words are left.
        let asks = ["url(http", "url('http", "url(\"http", "href=\"http", "@import"];
        let asks = asks.iter().any(|it| drawing.text.contains(it));
        assert!(!asks, "{name}: {source}\n{}", drawing.text);
        assert_eq!(
            fit(drawing.text.as_bytes()).map(|it| it.text).as_ref(),
            Ok(&drawing.text),
            "{name}"
        );
    }
    assert!(readable * 10 > drawings.len() * 9, "{readable} of {}", drawings.len());
}

#[test]
fn hostile_drawings_do_nothing_in_a_browser() {
    let Some((folder, _turn)) = validators::find("axe") else { return };
    let drawings = hostile::drawings();
    let built = shown(&drawings).build_with(&["--format", "html,epub"]);
    let all = published(&built);
    assert!(all.len() > drawings.len(), "{} drawings: {built}", all.len());
    // A folder of its own: every drawing, and the page that shows them.
    let place = built.exports.join("html");
    for (name, text) in all.iter().filter(|it| !it.0.starts_with('/')) {
        let name = name.rsplit('/').next().expect("a name");
        fs::write(place.join(format!("book-{name}")), text).expect("it can be written");
    }
    let (opened, done) = watched(&folder, &place);
    assert!(opened >= all.len(), "{opened} of {}", all.len());
    assert!(done.is_empty(), "{done:#?}");
}

#[test]
fn what_a_drawing_does_in_a_browser_is_seen() {
    let Some((folder, _turn)) = validators::find("axe") else { return };
    let place = tempfile::tempdir().expect("the temporary folder is writable");
    let svg = |content: &str| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' {content}</svg>")
    };
    for (name, content) in [
        ("a.svg", "onload='alert(1)'>"),
        ("b.svg", "><image href='http://127.0.0.1:49151/a.png'/>"),
        ("c.svg", "><script>location='http://127.0.0.1:49151/'</script>"),
        ("d.svg", "><rect width='999' height='999' onclick='alert(2)'/>"),
    ] {
        fs::write(place.path().join(name), svg(content)).expect("it can be written");
    }
    let (opened, done) = watched(&folder, place.path());
    assert_eq!(opened, 4);
    for name in ["a.svg", "b.svg", "c.svg", "d.svg"] {
        assert!(done.iter().any(|it| it.starts_with(name)), "{name}: {done:#?}");
    }
}

/// How many drawings and pages of a folder were opened, and what they did.
fn watched(validators: &Path, place: &Path) -> (usize, Vec<String>) {
    let said = Command::new("node")
        .arg(root().join("tests/validators/drawings.mjs"))
        .arg(place)
        .env("PLANTIN_VALIDATORS", validators)
        .output()
        .expect("there is node");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let (mut opened, mut done) = (0, Vec::new());
    for line in String::from_utf8_lossy(&said.stdout).lines() {
        let line: Value = serde_json::from_str(line).expect("a line is JSON");
        match line["does"].as_str() {
            None => opened += 1,
            Some(does) => done
                .push(format!("{}: {does}", line["file"].as_str().unwrap_or_default())),
        }
    }
    (opened, done)
}

#[test]
fn drawings_in_other_encodings_and_with_a_prefix_are_published() {
    let text = "<?xml version='1.0' encoding='E'?><s:svg xmlns:s='http://www.w3.org/2000/svg' \
                width='9' height='9'><s:text>été</s:text></s:svg>";
    let latin = text.replace("'E'", "'ISO-8859-1'");
    let latin = latin.chars().map(|it| u8::try_from(u32::from(it)).expect("Latin"));
    let wide = text.replace("'E'", "'UTF-16'");
    let wide = wide.encode_utf16().flat_map(u16::to_be_bytes);
    let drawings = [
        ("latin.svg".to_owned(), latin.collect()),
        ("wide.svg".to_owned(), [0xfe, 0xff].into_iter().chain(wide).collect()),
    ];
    let built = shown(&drawings).build();
    assert_eq!(built.code, Some(0), "{built}");
    for (name, _) in drawings {
        let text = built.file(&format!("html/assets/content/{name}"));
        assert!(text.contains("<text>été</text>"), "{text}");
    }
}

#[test]
fn labels_in_html_are_words_of_the_drawing_in_every_format() {
    let built = one(
        "<foreignObject width=\"100\" height=\"40\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\
         <b>Dépôt</b> légal</div></foreignObject>",
    )
    .build();
    assert_eq!(built.code, Some(0), "{built}");
    built.told("drawing-labels").is("note").in_file("content/d.svg");
    for (name, svg) in published(&built).iter().filter(|it| !it.0.contains("cover")) {
        assert!(svg.contains(">Dépôt légal</text>"), "{name}: {svg}");
    }
    #[cfg(feature = "pdf")]
    {
        let pdf = lopdf::Document::load_mem(&built.bytes("pdf/fr/a.pdf")).expect("a PDF");
        let words: String =
            pdf.extract_text(&[1]).expect("text").split_whitespace().collect();
        assert!(words.contains("Dépôtlégal"), "{words}");
    }
}

#[test]
fn names_twice_and_references_to_nothing_are_mended_and_told() {
    let built = one("<g id=\"a\"/><g id=\"a\"/><use href=\"#b\"/>").build_html();
    let told = built.told("drawing-references").is("note").in_file("content/d.svg");
    assert!(told.message.contains("id=\"a\", #b"), "{told:?}");
    let svg = built.file("html/assets/content/d.svg");
    assert!(svg.contains("<g id=\"a\"/><g/><g/>"), "{svg}");
}

#[test]
fn a_drawing_without_end_is_its_words_and_the_rest_is_built() {
    let mut bomb =
        "<pattern id=\"p0\" width=\"9\" height=\"9\"><rect/></pattern>".to_owned();
    for level in 1..12 {
        let fill =
            format!("<rect fill=\"url(#p{})\" width=\"9\" height=\"9\"/>", level - 1);
        bomb.push_str(&format!(
            "<pattern id=\"p{level}\" width=\"9\" height=\"9\">{}</pattern>",
            fill.repeat(8)
        ));
    }
    let built =
        one(&format!("{bomb}<rect fill=\"url(#p11)\" width=\"9\" height=\"9\"/>"))
            .build();
    let told = built.told("drawing-too-costly").is("error").in_file("content/d.svg");
    assert!(told.message.contains("400"), "{told:?}");
    assert!(built.file("html/fr/a/index.html").contains("Le dessin d.svg"), "{built}");
    built.bytes("epub/essai.fr.epub");
}

#[test]
#[cfg(feature = "pdf")]
fn what_would_take_too_much_to_paint_is_missing_from_the_pdf_alone() {
    let blur = "<feGaussianBlur stdDeviation=\"9\"/>".repeat(12);
    let region = format!(
        "<filter id=\"f\" x=\"-450\" y=\"-450\" width=\"900\" height=\"900\">{blur}</filter>"
    );
    let rect = "<rect width=\"120\" height=\"60\" filter=\"url(#f)\"/>";
    let tile = "<pattern id=\"t\" patternUnits=\"userSpaceOnUse\" width=\"1e6\" height=\"1e6\"><rect width=\"9\" height=\"9\"/></pattern>\
        <filter id=\"f\" width=\"1\" height=\"1\"><feOffset/></filter><g filter=\"url(#f)\"><rect width=\"120\" height=\"60\" fill=\"url(#t)\"/>\
        <rect width=\"120\" height=\"60\"/></g><rect width=\"120\" height=\"60\" filter=\"url(#f)\"/>";
    let nested = format!(
        "<filter id=\"f\" width=\"2\" height=\"2\"><feMorphology radius=\"4000\"/></filter>{rect}{rect}"
    );
    for content in [
        format!("{region}{rect}"),
        format!("{region}{rect}{rect}"),
        tile.to_owned(),
        nested,
    ] {
        let built = one(&content).build_with(&["--format", "html,pdf"]);
        let told = built.told("pdf-drawing-too-costly").in_file("content/a.md");
        assert_eq!(told.line, Some(5), "{content}");
        built.bytes("pdf/fr/a.pdf");
        assert!(built.file("html/assets/content/d.svg").contains("filter"), "{content}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn what_an_archive_refuses_is_painted() {
    let gradient = "<linearGradient id=\"g\" x2=\".2\" spreadMethod=\"reflect\"><stop stop-color=\"red\"/>\
        <stop offset=\"1\" stop-color=\"blue\"/></linearGradient><rect width=\"120\" height=\"60\" fill=\"url(#g)\"/>";
    let letters = "<text x=\"9\" y=\"40\" font-size=\"30\">a\u{e000}\u{12000}</text>";
    let clips = (0..40).map(|it| format!("<clipPath id=\"c{it}\"><rect width=\"{}\" height=\"60\"/></clipPath><g clip-path=\"url(#c{it})\">", 120 - it));
    let clips = format!(
        "{}<rect width=\"120\" height=\"60\"/>{}",
        clips.collect::<String>(),
        "</g>".repeat(40)
    );
    for content in [gradient.to_owned(), letters.to_owned(), clips] {
        let built = one(&content).build_with(&["--format", "pdf"]);
        assert_eq!(built.code, Some(0), "{content:.200}: {built}");
        let told = built.told("pdf-image-painted").in_file("content/a.md");
        assert_eq!(told.line, Some(5), "{content:.200}");
        let pdf = lopdf::Document::load_mem(&built.bytes("pdf/fr/a.pdf")).expect("a PDF");
        let is_image = |it: &&lopdf::Stream| {
            it.dict
                .get(b"Subtype")
                .and_then(|it| it.as_name())
                .is_ok_and(|it| it == b"Image")
        };
        let images = pdf
            .objects
            .values()
            .filter_map(|it| it.as_stream().ok())
            .filter(is_image)
            .count();
        assert!(images > 0, "{content:.200}");
    }
}
