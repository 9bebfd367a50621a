//! Images, fit for each format.

use std::{
    fs,
    io::{Cursor, Read},
};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::support::{Outcome, PNG, Site};

/// A photograph: more colours than a drawing has.
fn photograph(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519);
        Rgb([(noise >> 24) as u8, (x & 255) as u8, (y & 255) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

const PAGE: &str = "---\ntitle: A\n---\n\n![Un](un.png)\n\n![Deux](deux.webp)\n";

fn site() -> Site {
    Site::new()
        .page("a.md", PAGE)
        .bytes("content/un.png", &photograph(1500, 300, ImageFormat::Png))
        .bytes("content/deux.webp", &photograph(300, 200, ImageFormat::WebP))
}

fn built(site: &Site) -> Outcome {
    let built = site.build_with(&["--format", "html,epub"]);
    assert_eq!(built.code, Some(0), "{built}");
    built
}

/// The part of a text between two others.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("{start} in {text}")).1;
    rest.split_once(end).expect("it ends").0
}

#[test]
fn a_browser_can_choose_among_lighter_sizes_that_are_there() {
    let built = built(&site());
    let page = built.file("html/fr/a/index.html");
    let first = between(&page, "<img ", "/>");
    let sizes = between(first, "srcset=\"", "\"");
    let mut widths = Vec::new();
    for size in sizes.split(", ") {
        let (address, width) = size.split_once(' ').expect("an address and a width");
        let path = format!("html/{}", address.trim_start_matches("../"));
        let bytes = built.bytes(&path);
        assert!(bytes.starts_with(b"RIFF"), "{path}");
        assert!(bytes.len() < built.bytes("html/assets/content/un.png").len());
        widths.push(width);
    }
    assert_eq!(widths, ["400w", "800w", "1344w"]);
    assert_eq!(between(first, "sizes=\"", "\""), "(min-width: 672px) 672px, 100vw");
    assert!(first.contains("width=\"1500\" height=\"300\""), "{first}");
    assert!(!first.contains("loading"), "the first one is seen at once: {first}");
    assert_eq!(page.matches("loading=\"lazy\"").count(), 1, "{page}");
}

#[test]
fn what_a_cache_gives_is_what_is_made_without_one() {
    let site = site();
    let without = built(&site).files();
    let cache = site.folder().join("cache");
    let site = site.env("PLANTIN_CACHE", cache.to_str().expect("UTF-8"));
    assert_eq!(built(&site).files(), without, "filled");
    let entries: Vec<_> = fs::read_dir(&cache)
        .expect("the cache is there")
        .map(|it| it.expect("listed").path())
        .collect();
    assert!(entries.len() >= 3, "{entries:?}");
    assert_eq!(built(&site).files(), without, "used");
    for entry in &entries {
        fs::write(entry, b"something else").expect("writable");
    }
    assert_eq!(built(&site).files(), without, "damaged");
    fs::remove_dir_all(&cache).expect("removable");
    fs::write(&cache, b"").expect("writable");
    assert_eq!(built(&site).files(), without, "no folder at all");
}

#[test]
fn a_book_has_no_image_that_old_readers_do_not_show() {
    let bytes = built(&site()).bytes("epub/essai.fr.epub");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> =
        archive.file_names().map(|it| it.expect("a name").into_owned()).collect();
    assert!(!names.iter().any(|it| it.ends_with(".webp")), "{names:?}");
    let images: Vec<&String> = names.iter().filter(|it| it.ends_with(".png")).collect();
    assert_eq!(images.len(), 2, "{names:?}");
    let mut chapter = String::new();
    let mut file = archive.by_name("OEBPS/page-a.xhtml").expect("the chapter");
    file.read_to_string(&mut chapter).expect("text");
    assert!(!chapter.contains("srcset") && !chapter.contains("loading"), "{chapter}");
}

#[test]
fn an_image_that_would_fill_the_memory_is_refused_with_its_words_in_its_place() {
    let mut bomb = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    let mut piece = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).expect("short");
        bomb.extend(length.to_be_bytes());
        bomb.extend(kind);
        bomb.extend(content);
        bomb.extend([0; 4]);
    };
    let side = 30_000_u32.to_be_bytes();
    piece(b"IHDR", &[&side[..], &side[..], &[8, 2, 0, 0, 0]].concat());
    piece(b"IDAT", &[0; 8]);
    piece(b"IEND", &[]);
    let site = Site::new().page("a.md", PAGE).bytes("content/un.png", &bomb);
    let built = site.build_html();
    built.told("image-too-many-pixels").is("error").in_file("content/un.png");
    assert!(built.file("html/fr/a/index.html").contains("Un</span>"), "{built}");
}

#[test]
fn a_drawing_is_published_without_what_it_could_run() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
                   <script>alert(1)</script><path d=\"M0 0h9\" onclick=\"x()\"/></svg>";
    let site = Site::new()
        .page("a.md", "---\ntitle: A\n---\n\n![Un trait](trait.svg)\n")
        .bytes("content/trait.svg", drawing.as_bytes());
    let built = site.build_html();
    let shown = built.file("html/assets/content/trait.svg");
    assert!(shown.contains("<path") && !shown.contains("script"), "{shown}");
    assert!(!shown.contains("onclick"), "{shown}");
    let told = built.told("drawing-mended").is("note").in_file("content/trait.svg");
    assert!(told.message.contains("<script>"), "{told:?}");
}

#[test]
fn an_image_element_without_an_alternative_is_told() {
    let page = "---\ntitle: A\n---\n\n<img src=\"un.png\">\n\n![](deux.webp)\n";
    let built = site().page("a.md", page).build_html();
    let told = built.diagnostics("image-without-alternative");
    assert_eq!(told.len(), 1, "an empty alternative marks a decoration: {told:?}");
    assert_eq!(told[0].severity, "warning");
}

#[test]
#[cfg(feature = "pdf")]
fn print_has_the_pixels_that_paper_can_show() {
    let built = site().build_with(&["--format", "pdf"]);
    let images = printed(&built.bytes("pdf/fr/a.pdf"));
    let widths: Vec<u32> = images.iter().map(|it| it.size.0).collect();
    assert_eq!(widths.len(), 2, "{widths:?}");
    assert!(widths.contains(&1230) && widths.contains(&300), "{widths:?}");
}

/// An image of a PDF: its size, and its dots as they are packed in the file.
#[cfg(feature = "pdf")]
#[derive(Debug)]
struct Printed {
    size: (u32, u32),
    dots: Vec<u8>,
}

#[cfg(feature = "pdf")]
fn printed(pdf: &[u8]) -> Vec<Printed> {
    let pdf = lopdf::Document::load_mem(pdf).expect("a PDF");
    let streams = pdf.objects.values().filter_map(|it| it.as_stream().ok());
    let images = streams.filter(|it| {
        let kind = it.dict.get(b"Subtype").and_then(|it| it.as_name());
        kind.is_ok_and(|it| it == b"Image")
    });
    let image = |it: &lopdf::Stream| {
        let side = |name: &[u8]| it.dict.get(name)?.as_i64();
        let side = |name| u32::try_from(side(name).expect("a number")).expect("a side");
        let dots = it.decompressed_content().unwrap_or_default();
        Printed { size: (side(b"Width"), side(b"Height")), dots }
    };
    images.map(image).collect()
}

/// A page that shows a drawing of 96 by 48 pixels, which are 72 by 36 points: on paper,
/// 220 by 110 dots.
#[cfg(feature = "pdf")]
fn drawn(content: &str) -> Site {
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\">\
         <filter id=\"f\" x=\"0\" y=\"0\" width=\"1\" height=\"1\">\
         <feGaussianBlur stdDeviation=\"1\"/></filter>{content}</svg>"
    );
    Site::new()
        .page("a.md", "---\ntitle: A\n---\n\n![Un dessin](d.svg)\n")
        .bytes("content/d.svg", drawing.as_bytes())
}

/// Under filters, larger together than the drawing.
#[cfg(feature = "pdf")]
const BLURRED: &str = "<rect width=\"96\" height=\"48\" fill=\"white\"/>\
    <rect width=\"96\" height=\"40\" fill=\"#fee\" filter=\"url(#f)\"/>\
    <rect width=\"40\" height=\"48\" fill=\"#eef\" filter=\"url(#f)\"/>";

#[test]
#[cfg(feature = "pdf")]
fn a_drawing_that_is_mostly_filters_is_painted_once_as_fine_as_paper_shows() {
    let built = drawn(BLURRED).build_with(&["--format", "html,epub,pdf"]);
    assert_eq!(built.code, Some(0), "{built}");
    for pdf in ["pdf/fr/a.pdf", "pdf/essai.fr.pdf"] {
        let images = printed(&built.bytes(pdf));
        let sizes: Vec<_> = images.iter().map(|it| it.size).collect();
        assert_eq!(sizes, [(220, 110)], "{pdf}");
    }
    let screen = built.file("html/assets/content/d.svg");
    assert!(screen.contains("feGaussianBlur"), "a screen paints filters well: {screen}");
    let book = built.bytes("epub/essai.fr.epub");
    let archive = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
    let names: Vec<_> =
        archive.file_names().flatten().map(|it| it.into_owned()).collect();
    assert!(names.iter().any(|it| it.ends_with(".svg")), "{names:?}");
}

#[test]
#[cfg(feature = "pdf")]
fn a_drawing_with_one_small_shadow_keeps_its_lines_and_its_words() {
    let content = "<rect width=\"8\" height=\"8\" filter=\"url(#f)\"/>\
                   <text x=\"20\" y=\"30\" font-family=\"sans-serif\">Ombre</text>";
    let built = drawn(content).build_with(&["--format", "pdf"]);
    let images = printed(&built.bytes("pdf/fr/a.pdf"));
    let sizes: Vec<_> = images.iter().map(|it| it.size).collect();
    assert!(sizes.iter().all(|it| it.0 < 50 && it.1 < 50), "{sizes:?}");
    let pdf = lopdf::Document::load_mem(&built.bytes("pdf/fr/a.pdf")).expect("a PDF");
    let words = pdf.extract_text(&[1]).expect("text");
    // Each letter has a place of its own.
    let words: String = words.split_whitespace().collect();
    assert!(words.contains("Ombre"), "{words}");
}

#[test]
#[cfg(feature = "pdf")]
fn the_words_of_a_painted_drawing_are_set_in_the_fonts_of_the_pdf() {
    let painted = |words: &str| {
        let content = format!("{BLURRED}<text x=\"4\" y=\"30\" {words}</text>");
        let built = drawn(&content).build_with(&["--format", "pdf"]);
        let mut images = printed(&built.bytes("pdf/fr/a.pdf"));
        assert_eq!(images.len(), 1, "{words}");
        images.remove(0).dots
    };
    let dark = |dots: &[u8]| dots.iter().filter(|it| **it < 64).count();
    let none = painted(">");
    assert_eq!(dark(&none), 0);
    // No font of the machine: a name that no font here has is set as the text around it.
    let serif = painted("font-family=\"Comic Sans MS, cursive\">Octobre");
    let sans = painted("font-family=\"'Source Sans 3'\">Octobre");
    assert!(dark(&serif) > 500 && dark(&sans) > 500, "{}", dark(&serif));
    assert!(serif != sans, "the font that is asked for");
    let named = painted("font-family=\"Libertinus Serif\">Octobre");
    assert!(serif == named, "the font of the text");
}

#[test]
#[cfg(feature = "pdf")]
fn a_painted_drawing_is_the_same_with_a_cache_and_without() {
    let site = drawn(BLURRED);
    let pdf = |site: &Site| site.build_with(&["--format", "pdf"]).bytes("pdf/fr/a.pdf");
    let without = pdf(&site);
    let cache = site.folder().join("cache");
    let site = site.env("PLANTIN_CACHE", cache.to_str().expect("UTF-8"));
    assert!(pdf(&site) == without, "filled");
    let entries: Vec<_> = fs::read_dir(&cache).expect("it is there").flatten().collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert!(pdf(&site) == without, "used");
    fs::write(entries[0].path(), b"something else").expect("writable");
    assert!(pdf(&site) == without, "damaged");
}

#[test]
fn a_photograph_does_not_say_where_it_was_taken() {
    // A piece of a PNG: EXIF with nothing but a way to a place.
    const PLACE: &[u8] =
        b"\x00\x00\x00\x2ceXIfMM\x00\x2a\x00\x00\x00\x08\x00\x01\x88\x25\
        \x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x01\x00\x01\x00\x02\
        \x00\x00\x00\x02N\x00\x00\x00\x00\x00\x00\x00\x49\x43\x83\xec";
    let (head, rest) = PNG.split_at(33);
    let image = [head, PLACE, rest].concat();
    let site = Site::new()
        .more_config("formats = [\"html\"]\n")
        .page("index.md", "---\ntitle: Accueil\n---\n\n![Un point](point.png)\n")
        .bytes("content/point.png", &image);
    let built = site.build_with(&[]);
    assert_eq!(built.code, Some(0), "{built}");
    built.told("image-location-removed").is("note");
    let files = built.files();
    let pictures: Vec<_> = files.iter().filter(|it| it.0.ends_with(".png")).collect();
    let [(_, picture)] = pictures[..] else { panic!("{:?}", files.keys()) };
    assert_eq!(picture.len(), image.len());
    assert!(picture.starts_with(head) && picture.ends_with(rest), "the picture itself");
    let beside = &picture[head.len()..picture.len() - rest.len()];
    assert!(!beside.contains(&0x88) && !beside.contains(&b'N'), "{beside:?}");
}

#[test]
fn what_a_browser_would_run_is_named_and_left_out() {
    let xml = b"<?xml version='1.0'?><a><svg>1</svg></a>";
    let page = "---\ntitle: A\n---\n\n[un](a.html)\n\n[deux](b.xml)\n\n[trois](c.xlsm)\n\n[quatre](d.txt)\n";
    let site = Site::new()
        .page("a.md", page)
        .bytes("content/a.html", PNG)
        .bytes("content/b.xml", xml)
        .bytes("content/c.xlsm", b"PK\x03\x04")
        .bytes("content/d.txt", b"<svg>");
    let built = site.build_with(&["--format", "html"]);
    built.told("file-kind-runs").is("error").in_file("content/a.html");
    built.told("file-kind-unlisted").is("error").in_file("content/c.xlsm");
    assert!(!built.has("html/assets/content/a.html"));
    assert!(!built.has("html/assets/content/c.xlsm"));
    assert_eq!(built.bytes("html/assets/content/b.xml"), xml);
    assert_eq!(built.bytes("html/assets/content/d.txt"), b"<svg>");
    let lines = built.diagnostics("link-to-nothing").len();
    assert_eq!(lines, 2, "the page says where it leads to them: {built}");

    let site = site.more_config("[site]\nattachments = [\"xlsm\"]\n");
    assert!(site.build_with(&["--format", "html"]).has("html/assets/content/c.xlsm"));
    let refused = Site::new().more_config("[site]\nattachments = [\"html\"]\n");
    refused.build_html().told("settings-attachment-refused").is("error");
}

#[test]
fn a_kind_of_image_that_few_show_is_called_by_its_name() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let site = Site::new()
        .page("a.md", "---\ntitle: A\n---\n\n![Un](un.heic)\n")
        .bytes("content/un.heic", heic);
    let built = site.build_with(&["--format", "html"]);
    built.told("image-kind").is("error").in_file("content/un.heic");
    built.told("image-broken").is("error").at("content/a.md", 5);
}

/// White beside cyan in the inks of a press: as they are, as light and colour, and with the
/// profile of a press whose inks are all red.
const INKS: [(&str, &[u8], [u8; 3]); 3] = [
    ("encres.jpg", include_bytes!("support/images/inks.jpg"), [0, 255, 255]),
    ("lumiere.jpg", include_bytes!("support/images/inks-light.jpg"), [0, 255, 255]),
    ("profil.jpg", include_bytes!("support/images/inks-profile.jpg"), [255, 0, 0]),
];

#[test]
fn a_photograph_for_print_is_shown_in_the_colours_of_the_web() {
    let site = INKS.iter().fold(Site::new(), |site, (name, bytes, _)| {
        site.bytes(&format!("content/{name}"), bytes)
    });
    let page = INKS.iter().map(|it| format!("![Un]({})\n\n", it.0)).collect::<String>();
    let site = site.page("a.md", &format!("---\ntitle: A\n---\n\n{page}"));
    let built = site.build_with(&["--format", "epub"]);
    assert_eq!(built.code, Some(0), "{built}");
    let bytes = built.bytes("epub/essai.fr.epub");
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let close = |a: u8, b: u8| a.abs_diff(b) < 70;
    for (name, _, colour) in INKS {
        let stem = name.split('.').next().expect("a stem");
        let names: Vec<String> = book.file_names().flatten().map(Into::into).collect();
        let path = names.iter().find(|it| it.contains(stem)).expect("it is in the book");
        let mut image = Vec::new();
        let mut file = book.by_name(path).expect("it is there");
        file.read_to_end(&mut image).expect("read");
        let image = image::load_from_memory(&image).expect("decoded").to_rgb8();
        let white = image.get_pixel(4, 8).0;
        assert!(white.iter().all(|it| *it > 240), "{name}: {white:?}");
        let seen = image.get_pixel(28, 8).0;
        let right = seen.iter().zip(colour).all(|(a, b)| close(*a, b));
        assert!(right, "{name}: {seen:?} for {colour:?}");
    }
}
