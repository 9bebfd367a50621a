//! What may be published beside pages, told by name and content together.
//!
//! A file that a link leads to lies in the site under its own name, and what becomes of it
//! in a browser is first said by that name: a server gives `a.html` as a page, whatever it
//! holds, and its scripts act in the name of the whole site. Where a server does not know
//! an ending it says nothing, and the browser looks at the first bytes (MIME Sniffing
//! Standard, 7). So only kinds of a list are published, and none whose content a browser
//! would run:
//!
//! - `.txt` may hold anything: every server knows it, and no browser makes more of
//!   `text/plain` than text (MIME Sniffing Standard, 5);
//! - a web page or a program under another name is refused;
//! - XML is shown by browsers, with the scripts of what it holds of XHTML and SVG: see
//!   `source::inert`;
//! - a PDF may hold scripts, as the forms of administrations do: they act on that PDF
//!   only, since readers give them nothing of the site.

use std::collections::BTreeSet;

use infer::MatcherType;

use super::inert;

/// Why a file is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its name has no ending, so nobody knows how to open it.
    NoEnding,
    /// A browser or a server would run files with this ending.
    Runs(String),
    /// Files with this ending are on no list.
    Unlisted(String),
    /// Its content is of another kind than the ending of its name says.
    Other(String, &'static str),
    /// Browsers would run what it holds.
    Acts,
    /// It is a picture of a kind that not every browser shows.
    Picture(&'static str),
}

/// What files with an ending hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Text that every server gives as such.
    Plain,
    /// Text.
    Text,
    /// XML.
    Xml,
    /// A PDF.
    Pdf,
    /// What an office writes: a zip, an older container, XML.
    Office,
    /// Files packed together.
    Archive,
    /// A picture of dots.
    Picture,
    /// A drawing.
    Drawing,
    /// Sound or film.
    Medium,
    /// What only programs of its own read.
    Data,
    /// What the settings add.
    Added,
}

use Content::{Archive, Data, Drawing, Medium, Office, Pdf, Picture, Plain, Text, Xml};

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// A picture that every browser shows.
    Shown(&'static str),
    /// A picture that few do.
    Rare(&'static str),
    Page,
    Xml,
    Program,
    Pdf,
    Office,
    Zip,
    Archive,
    Medium,
    /// Nothing that is known.
    Nothing,
}

/// What is published, unless the settings add to it.
const LISTED: [(Content, &[&str]); 9] = [
    (Plain, &["txt"]),
    (
        Text,
        &[
            "csv", "tsv", "json", "geojson", "topojson", "jsonld", "ndjson", "md",
            "yaml", "yml", "toml", "ics", "vcf", "vtt", "srt", "bib", "ris", "tex", "po",
            "pot", "ttl", "nt", "n3", "sql", "rtf", "asc",
        ],
    ),
    (
        Xml,
        &[
            "xml", "rdf", "owl", "xsd", "gml", "kml", "gpx", "xlf", "xliff", "tmx",
            "ttml", "fodt", "fods", "fodp", "fodg", "atom", "rss",
        ],
    ),
    (Pdf, &["pdf"]),
    (
        Office,
        &[
            "odt", "ods", "odp", "odg", "odf", "odc", "odb", "ott", "ots", "otp", "otg",
            "docx", "xlsx", "pptx", "ppsx", "dotx", "xltx", "potx", "vsdx", "doc", "xls",
            "ppt", "pps", "dot", "xlt", "vsd", "mpp", "epub", "kmz",
        ],
    ),
    (Archive, &["zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "7z"]),
    (
        Picture,
        &["png", "apng", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "tif", "tiff"],
    ),
    (
        Medium,
        &[
            "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav", "weba", "mp4",
            "m4v", "webm", "ogv", "mov", "mkv", "avi", "mpg", "mpeg",
        ],
    ),
    (Data, &["parquet", "sqlite", "gpkg", "dbf", "shp", "shx", "prj", "dxf", "dwg"]),
];

/// What is never published, whatever the settings say: browsers show these as parts of the
/// site, with their scripts, servers run them, or the reader's machine does.
const NEVER: [&str; 64] = [
    "html", "htm", "xhtml", "xht", "shtml", "shtm", "stm", "mht", "mhtml", "hta", "htc",
    "js", "mjs", "cjs", "wasm", "swf", "jar", "class", "xsl", "xslt", "xbl", "xul",
    "svgz", "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phps", "phar",
    "asp", "aspx", "ashx", "asmx", "cer", "cfm", "cgi", "fcgi", "jsp", "jspx", "jhtml",
    "htaccess", "htpasswd", "config", "exe", "msi", "com", "scr", "bat", "cmd", "ps1",
    "vbs", "vbe", "wsf", "lnk", "reg", "dll", "app", "dmg", "apk", "deb", "rpm",
];

/// What some servers run, or give as a page, wherever it stands in a name: `a.php.pdf`.
const ANYWHERE: [&str; 18] = [
    "html", "htm", "xhtml", "xht", "shtml", "php", "php3", "php4", "php5", "php7",
    "php8", "phtml", "phar", "asp", "aspx", "jsp", "cgi", "fcgi",
];

/// Whether settings may add an ending.
pub fn may_be_added(ending: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    !ending.is_empty()
        && ending.chars().all(is_plain)
        && !NEVER.contains(&ending)
        && ending != "svg"
}

/// The media type of what may be published under this name, as far as the name and the
/// first bytes tell; whether an image is whole is another question.
pub(super) fn media_type(
    path: &str,
    bytes: &[u8],
    added: &BTreeSet<String>,
) -> Result<&'static str, Refusal> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    let found = found(bytes);
    let content = match (promised(&name, added), found) {
        (Ok(content), _) => content,
        // A picture shows itself, whatever it is called.
        (Err(Refusal::NoEnding), Found::Shown(_)) => Picture,
        // What it is helps more than what its name lacks.
        (Err(Refusal::NoEnding | Refusal::Unlisted(_)), Found::Rare(kind)) => {
            return Err(Refusal::Picture(kind));
        }
        (Err(refusal), _) => return Err(refusal),
    };
    match found {
        // Whether it is a drawing is seen where drawings are read.
        _ if content == Drawing => return Ok("image/svg+xml"),
        Found::Shown(media_type) => return Ok(media_type),
        Found::Rare("TIFF") if matches!(ending, "tif" | "tiff") => {
            return Ok("image/tiff");
        }
        Found::Rare(kind) if content == Picture => return Err(Refusal::Picture(kind)),
        _ if !content.admits(found) => {
            return Err(Refusal::Other(ending.to_owned(), found.name()));
        }
        // Every server knows `.xml` too: what begins like a page is data there.
        Found::Page if content != Plain && ending != "xml" => return Err(Refusal::Acts),
        Found::Xml if content != Plain && !inert::is_inert(bytes) => {
            return Err(Refusal::Acts);
        }
        _ if content == Xml && !inert::is_inert(bytes) => return Err(Refusal::Acts),
        _ => {}
    }
    Ok(mime_guess::from_ext(ending).first_raw().unwrap_or("application/octet-stream"))
}

/// What a name promises, in lower case.
fn promised(name: &str, added: &BTreeSet<String>) -> Result<Content, Refusal> {
    let runs = |it: &str| Err(Refusal::Runs(it.to_owned()));
    let (stem, ending) = match name.rsplit_once('.') {
        // Such files are for the server: `.htaccess`.
        Some(("", ending)) => return runs(ending),
        Some((_, "")) | None => return Err(Refusal::NoEnding),
        Some(parts) => parts,
    };
    if NEVER.contains(&ending) {
        return runs(ending);
    }
    if let Some(part) = stem.split('.').skip(1).find(|it| ANYWHERE.contains(it)) {
        return runs(part);
    }
    if ending == "svg" {
        return Ok(Drawing);
    }
    let listed = LISTED.iter().find(|(_, endings)| endings.contains(&ending));
    match listed {
        Some((content, _)) => Ok(*content),
        None if added.contains(ending) => Ok(Content::Added),
        None => Err(Refusal::Unlisted(ending.to_owned())),
    }
}

/// Looks at the first bytes of a file.
fn found(bytes: &[u8]) -> Found {
    if infer::text::is_html(bytes) {
        return Found::Page;
    }
    if infer::text::is_xml(bytes) {
        return Found::Xml;
    }
    // What can be read is no program and no picture, whatever its first letters: BM, MZ.
    let head = &bytes[..bytes.len().min(1024)];
    let is_text = !head.contains(&0)
        && head.iter().all(|it| *it >= 0x20 || it.is_ascii_whitespace());
    let Some(kind) = infer::get(bytes).filter(|it| {
        !is_text || matches!(it.mime_type(), "application/pdf" | "application/rtf")
    }) else {
        return Found::Nothing;
    };
    match (kind.mime_type(), kind.matcher_type()) {
        (it @ ("image/png" | "image/jpeg" | "image/gif" | "image/webp"), _) => {
            Found::Shown(it)
        }
        ("application/pdf", _) => Found::Pdf,
        ("application/zip", _) => Found::Zip,
        (_, MatcherType::Image) => Found::Rare(rare(kind)),
        (_, MatcherType::Audio | MatcherType::Video) => Found::Medium,
        (_, MatcherType::Doc | MatcherType::Book) => Found::Office,
        ("application/x-ole-storage" | "application/rtf", _) => Found::Office,
        ("application/x-x509-ca-cert", _) => Found::Nothing,
        (_, MatcherType::App) => Found::Program,
        (
            "application/x-tar"
            | "application/gzip"
            | "application/x-bzip2"
            | "application/x-7z-compressed"
            | "application/x-xz"
            | "application/zstd",
            _,
        ) => Found::Archive,
        (
            "application/x-shockwave-flash"
            | "application/x-google-chrome-extension"
            | "application/vnd.debian.binary-package"
            | "application/x-rpm",
            _,
        ) => Found::Program,
        _ => Found::Nothing,
    }
}

/// What people call a kind of picture.
fn rare(kind: infer::Type) -> &'static str {
    match kind.mime_type() {
        "image/heif" => "HEIC",
        "image/avif" => "AVIF",
        "image/jxl" => "JPEG XL",
        "image/jp2" => "JPEG 2000",
        "image/vnd.ms-photo" => "JPEG XR",
        "image/bmp" => "BMP",
        "image/vnd.microsoft.icon" => "ICO",
        "image/tiff" => "TIFF",
        "image/vnd.adobe.photoshop" => "Photoshop",
        "image/x-canon-cr2" => "CR2",
        "image/openraster" => "OpenRaster",
        "image/vnd.djvu" => "DjVu",
        _ => kind.extension(),
    }
}

impl Found {
    fn name(self) -> &'static str {
        match self {
            Found::Shown(_) | Found::Rare(_) => "image",
            Found::Page => "page",
            Found::Xml => "xml",
            Found::Program => "program",
            Found::Pdf => "pdf",
            Found::Office => "office",
            Found::Zip | Found::Archive => "archive",
            Found::Medium => "medium",
            Found::Nothing => "other",
        }
    }
}

impl Content {
    /// Whether files that promise this may hold that. What is not known to be anything is
    /// what its name says.
    fn admits(self, found: Found) -> bool {
        match found {
            Found::Nothing => true,
            Found::Page => matches!(self, Plain | Text | Xml | Content::Added),
            Found::Xml => matches!(self, Plain | Text | Xml | Office | Content::Added),
            Found::Pdf => matches!(self, Pdf | Content::Added),
            Found::Office => matches!(self, Text | Office | Archive | Content::Added),
            Found::Zip => matches!(self, Office | Archive | Content::Added),
            Found::Archive => matches!(self, Archive | Content::Added),
            Found::Medium => matches!(self, Medium | Data | Content::Added),
            Found::Program => self == Content::Added,
            Found::Shown(_) | Found::Rare(_) => self != Picture,
        }
    }
}

/// Whether this is the media type of a picture of dots that can be published.
pub(super) fn is_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/tiff"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg'/>";

    fn told(name: &str, bytes: &[u8]) -> Result<&'static str, Refusal> {
        media_type(name, bytes, &BTreeSet::new())
    }

    #[test]
    fn what_an_administration_offers_is_published() {
        for (name, bytes, media) in [
            ("a.pdf", &b"%PDF-1.7"[..], "application/pdf"),
            ("a.PDF", b"%PDF-1.7 <svg", "application/pdf"),
            ("a.v2.pdf", b"%PDF-1.7", "application/pdf"),
            ("vue.js.pdf", b"%PDF-1.7", "application/pdf"),
            ("a.txt", b"un <svg> dans un texte", "text/plain"),
            ("a.txt", b"<html><script>x</script></html>", "text/plain"),
            ("a.csv", b"BM;MZ\n1;2", "text/csv"),
            ("a.json", b"{}", "application/json"),
            ("a.xml", b"<a><svg>1</svg></a>", "text/xml"),
            ("a.xml", b"<?xml version='1.0'?><donnees/>", "text/xml"),
            ("a.xml", SVG, "text/xml"),
            ("a.zip", b"PK\x03\x04", "application/zip"),
            ("a.xls", b"<?xml version='1.0'?><Workbook/>", "application/vnd.ms-excel"),
            ("a.svg", SVG, "image/svg+xml"),
            ("a.png", PNG, "image/png"),
            ("a", PNG, "image/png"),
            ("a.txt", PNG, "image/png"),
            ("b/c.tif", b"II*\0\x08\0\0\0", "image/tiff"),
        ] {
            assert_eq!(told(name, bytes), Ok(media), "{name}");
        }
    }

    #[test]
    fn what_a_browser_or_a_server_would_run_is_not() {
        let runs = |it: &str| Refusal::Runs(it.to_owned());
        let other = |it: &str, kind| Refusal::Other(it.to_owned(), kind);
        for (name, bytes, refusal) in [
            ("a.html", PNG, runs("html")),
            ("A.XHTML", b"x", runs("xhtml")),
            ("a.js", b"x", runs("js")),
            ("a.svgz", b"\x1f\x8b", runs("svgz")),
            ("a.php.pdf", b"%PDF-1.7", runs("php")),
            ("a.html.txt", b"x", runs("html")),
            (".htaccess", b"x", runs("htaccess")),
            ("a.exe", b"MZ", runs("exe")),
            ("licence", b"x", Refusal::NoEnding),
            ("a.", b"x", Refusal::NoEnding),
            ("a.xlsm", b"PK\x03\x04", Refusal::Unlisted("xlsm".to_owned())),
            ("a.csv", b" \n<!DOCTYPE html>x", Refusal::Acts),
            ("a.json", b"<script>x</script>", Refusal::Acts),
            ("a.kml", b"<a/><b/>", Refusal::Acts),
            ("a.xml", b"<a xmlns='http://www.w3.org/1999/xhtml'/>", Refusal::Acts),
            ("a.txt.xml", b"<?xml-stylesheet href='a'?><a/>", Refusal::Acts),
            (
                "a.csv",
                b"<?xml version='1.0'?><a xmlns='http://www.w3.org/1999/xhtml'/>",
                Refusal::Acts,
            ),
            ("a.pdf", b"<html>%PDF-1.7", other("pdf", "page")),
            ("a.png", b"<html>", other("png", "page")),
            ("a.docx", b"MZ\x90\0\x03", other("docx", "program")),
            ("a.docx", b"%PDF-1.7", other("docx", "pdf")),
            ("a.jpg", b"BM\x3a\0\0\0\0\0", Refusal::Picture("BMP")),
            ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Refusal::Picture("HEIC")),
            ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", Refusal::Picture("AVIF")),
        ] {
            assert_eq!(told(name, bytes), Err(refusal), "{name}");
        }
    }

    #[test]
    fn settings_add_kinds_but_none_that_runs() {
        let added = BTreeSet::from(["xlsm".to_owned(), "html".to_owned()]);
        assert!(media_type("a.xlsm", b"PK\x03\x04", &added).is_ok());
        assert!(media_type("a.html", b"x", &added).is_err());
        assert_eq!(media_type("a.xlsm", b"<html>", &added), Err(Refusal::Acts));
        assert!(may_be_added("xlsm"));
        for never in ["html", "svg", "php", "EXE", ".pdf", ""] {
            assert!(!may_be_added(never), "{never}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_judged(name in "[a-z.]{0,12}", bytes: Vec<u8>) {
            let judged = told(&name, &bytes);
            if let Ok(media_type) = judged {
                proptest::prop_assert!(!media_type.contains("html"));
                proptest::prop_assert!(!media_type.contains("javascript"));
            }
        }
    }
}
