//! The format of a file, as the PRONOM registry names it, from what is in the file.
//!
//! The identifiers and the marks by which formats are told apart are those of the DROID
//! signature file V109 of The National Archives (1 November 2022). Where the file does
//! not say enough, there is no identifier: an archive finds out better than we guess.

/// The list of formats that the identifiers are from.
pub const REGISTRY: &str = "DROID_SignatureFile_V109";

/// How much of the beginning of a file is looked at.
const HEAD: usize = 1 << 16;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// What it is called.
    pub name: &'static str,
    /// Its identifier in PRONOM, where the file says enough.
    pub puid: Option<&'static str>,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it is text in UTF-8.
    pub is_text: bool,
}

const fn binary(
    name: &'static str,
    puid: &'static str,
    media_type: &'static str,
) -> Format {
    Format { name, puid: Some(puid), media_type, is_text: false }
}

const fn text(
    name: &'static str,
    puid: &'static str,
    media_type: &'static str,
) -> Format {
    Format { name, puid: Some(puid), media_type, is_text: true }
}

const UNKNOWN: Format = Format {
    name: "Unknown",
    puid: None,
    media_type: "application/octet-stream",
    is_text: false,
};
const HTML: Format = text("Hypertext Markup Language", "fmt/96", "text/html");
const HTML5: Format = text("Hypertext Markup Language 5", "fmt/471", "text/html");
const XML: Format = text("Extensible Markup Language 1.0", "fmt/101", "application/xml");
const PLAIN: Format = text("Plain Text File", "x-fmt/111", "text/plain");
const ZIP: Format = binary("ZIP Format", "x-fmt/263", "application/zip");
const PDF: &str = "application/pdf";

/// Looks at a file as it goes by.
#[derive(Clone, Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    /// The end of what went by, where a mark may begin.
    tail: Vec<u8>,
    is_pdf: bool,
    part: Option<u8>,
    level: Option<u8>,
    is_broken_text: bool,
    /// Whether characters of several bytes are cut by the pieces.
    pending: Vec<u8>,
}

impl Sniffer {
    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        self.check_text(bytes);
        if self.head.starts_with(b"%PDF-") {
            self.is_pdf = true;
            self.look_for_pdf_a(bytes);
        }
    }

    /// What a PDF says of its conformance, in its metadata, which are never compressed.
    fn look_for_pdf_a(&mut self, bytes: &[u8]) {
        const LONGEST: usize = 64;
        let mut window = std::mem::take(&mut self.tail);
        window.extend_from_slice(bytes);
        for (label, found) in
            [("pdfaid:part", &mut self.part), ("pdfaid:conformance", &mut self.level)]
        {
            if found.is_none() {
                *found = value_after(&window, label.as_bytes());
            }
        }
        let keep = window.len().saturating_sub(LONGEST);
        self.tail = window.split_off(keep);
    }

    fn check_text(&mut self, bytes: &[u8]) {
        if self.is_broken_text {
            return;
        }
        let mut all = std::mem::take(&mut self.pending);
        all.extend_from_slice(bytes);
        let control = |it: &u8| *it < 0x20 && !matches!(it, b'\t' | b'\n' | b'\r' | 0x0c);
        match str::from_utf8(&all) {
            Err(error)
                if error.error_len().is_none() && all.len() - error.valid_up_to() < 4 =>
            {
                self.pending = all.split_off(error.valid_up_to());
            }
            Err(_) => self.is_broken_text = true,
            Ok(_) => {}
        }
        self.is_broken_text |= all.iter().any(control);
    }

    /// The format of the file with this name.
    pub fn finish(self, path: &str) -> Format {
        let head = self.head.as_slice();
        if self.is_pdf {
            return pdf(head, self.part, self.level);
        }
        if let Some(format) = by_mark(head) {
            return format;
        }
        let is_text = !self.is_broken_text && self.pending.is_empty();
        if is_text && !head.is_empty() { text_format(head, path) } else { UNKNOWN }
    }
}

/// The first sign of the value that follows a label, as an attribute or in an element.
fn value_after(bytes: &[u8], label: &[u8]) -> Option<u8> {
    let at = bytes.windows(label.len()).position(|it| it == label)?;
    let rest = &bytes[at + label.len()..];
    let signs =
        rest.iter().take(4).skip_while(|it| matches!(it, b'=' | b'"' | b'\'' | b'>'));
    signs.copied().next().filter(u8::is_ascii_alphanumeric)
}

fn pdf(head: &[u8], part: Option<u8>, level: Option<u8>) -> Format {
    match (part, level.map(|it| it.to_ascii_uppercase())) {
        (Some(b'1'), Some(b'A')) => binary("PDF/A-1a", "fmt/95", PDF),
        (Some(b'1'), Some(b'B')) => binary("PDF/A-1b", "fmt/354", PDF),
        (Some(b'2'), Some(b'A')) => binary("PDF/A-2a", "fmt/476", PDF),
        (Some(b'2'), Some(b'B')) => binary("PDF/A-2b", "fmt/477", PDF),
        (Some(b'2'), Some(b'U')) => binary("PDF/A-2u", "fmt/478", PDF),
        (Some(b'3'), Some(b'A')) => binary("PDF/A-3a", "fmt/479", PDF),
        (Some(b'3'), Some(b'B')) => binary("PDF/A-3b", "fmt/480", PDF),
        (Some(b'3'), Some(b'U')) => binary("PDF/A-3u", "fmt/481", PDF),
        _ => match head.get(5..8) {
            Some(b"1.4") => binary("PDF 1.4", "fmt/18", PDF),
            Some(b"1.5") => binary("PDF 1.5", "fmt/19", PDF),
            Some(b"1.6") => binary("PDF 1.6", "fmt/20", PDF),
            Some(b"1.7") => binary("PDF 1.7", "fmt/276", PDF),
            Some(b"2.0") => binary("PDF 2.0", "fmt/1129", PDF),
            _ => Format { name: "PDF", puid: None, media_type: PDF, is_text: false },
        },
    }
}

/// Formats that begin with a mark of their own.
fn by_mark(head: &[u8]) -> Option<Format> {
    let has = |mark: &[u8]| head.windows(mark.len()).any(|it| it == mark);
    let format = match head {
        [0x89, b'P', b'N', b'G', ..] if has(b"iTXt") => {
            binary("Portable Network Graphics 1.2", "fmt/13", "image/png")
        }
        [0x89, b'P', b'N', b'G', ..] if has(b"iCCP") || has(b"sPLT") || has(b"sRGB") => {
            binary("Portable Network Graphics 1.1", "fmt/12", "image/png")
        }
        [0x89, b'P', b'N', b'G', ..] => {
            binary("Portable Network Graphics 1.0", "fmt/11", "image/png")
        }
        [0xff, 0xd8, 0xff, ..] => jpeg(head),
        [b'G', b'I', b'F', b'8', b'7', b'a', ..] => {
            binary("GIF 87a", "fmt/3", "image/gif")
        }
        [b'G', b'I', b'F', b'8', b'9', b'a', ..] => {
            binary("GIF 89a", "fmt/4", "image/gif")
        }
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            b'V',
            b'P',
            b'8',
            kind,
            ..,
        ] => match kind {
            b'L' => binary("WebP lossless", "fmt/567", "image/webp"),
            b'X' => binary("WebP extended", "fmt/568", "image/webp"),
            _ => binary("WebP lossy", "fmt/566", "image/webp"),
        },
        [0, 0, 1, 0, ..] => {
            binary("Icon file format", "x-fmt/418", "image/vnd.microsoft.icon")
        }
        [0, 1, 0, 0, ..] => binary("TrueType Font", "x-fmt/453", "font/ttf"),
        [b'O', b'T', b'T', b'O', ..] => {
            binary("OpenType Font File", "fmt/520", "font/otf")
        }
        [b'w', b'O', b'F', b'F', ..] => binary("WOFF 1.0", "fmt/616", "font/woff"),
        [b'w', b'O', b'F', b'2', ..] => binary("WOFF 2.0", "fmt/1172", "font/woff2"),
        [b'P', b'K', 3, 4, ..]
            if head.get(30..58) == Some(b"mimetypeapplication/epub+zip") =>
        {
            binary("ePub format", "fmt/483", "application/epub+zip")
        }
        [b'P', b'K', 3, 4, ..] => ZIP,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => {
            Format { name: "AVIF", puid: None, media_type: "image/avif", is_text: false }
        }
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            binary("MPEG-4 Media File", "fmt/199", "video/mp4")
        }
        [0x1a, 0x45, 0xdf, 0xa3, ..] if has(b"webm") => {
            binary("WebM", "fmt/573", "video/webm")
        }
        [b'W', b'E', b'B', b'V', b'T', b'T', ..] => {
            text("Web Video Text Tracks (WebVTT) Format", "fmt/1454", "text/vtt")
        }
        _ => return None,
    };
    Some(format)
}

fn jpeg(head: &[u8]) -> Format {
    const TYPE: &str = "image/jpeg";
    let exif = |version: &[u8]| {
        let tags = [
            [b"\x90\x00\x00\x07\x00\x00\x00\x04".as_slice(), version].concat(),
            [b"\x00\x90\x07\x00\x04\x00\x00\x00".as_slice(), version].concat(),
        ];
        head.get(6..10) == Some(b"Exif")
            && tags.iter().any(|tag| head.windows(tag.len()).any(|it| it == *tag))
    };
    match (head.get(6..11), head.get(11..13)) {
        (Some(b"JFIF\0"), Some([1, 0])) => binary("JFIF 1.00", "fmt/42", TYPE),
        (Some(b"JFIF\0"), Some([1, 1])) => binary("JFIF 1.01", "fmt/43", TYPE),
        (Some(b"JFIF\0"), Some([1, 2])) => binary("JFIF 1.02", "fmt/44", TYPE),
        _ if exif(b"0200") => binary("Exif 2.0", "x-fmt/398", TYPE),
        _ if exif(b"0210") => binary("Exif 2.1", "x-fmt/390", TYPE),
        _ if exif(b"0220") => binary("Exif 2.2", "x-fmt/391", TYPE),
        _ if exif(b"0221") => binary("Exif 2.2.1", "fmt/645", TYPE),
        _ if exif(b"023") => binary("Exif 2.3.x", "fmt/1507", TYPE),
        _ => binary("Raw JPEG Stream", "fmt/41", TYPE),
    }
}

/// Texts, by what they begin with, else by what their name says they are.
fn text_format(head: &[u8], path: &str) -> Format {
    let start = &head[..head.len().min(1024)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    if start.contains("<!doctype html>") {
        return HTML5;
    }
    if start.contains("<html") && !start.starts_with("<?xml") {
        return HTML;
    }
    let end = path.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    if end == "svg" {
        return svg(head);
    }
    if start.starts_with("<?xml version=\"1.0\"") {
        return XML;
    }
    match end.as_str() {
        "md" => text("Markdown", "fmt/1149", "text/markdown"),
        "css" => text("Cascading Style Sheet", "x-fmt/224", "text/css"),
        "js" | "mjs" => text("JavaScript file", "x-fmt/423", "text/javascript"),
        "json" => text("JSON Data Interchange Format", "fmt/817", "application/json"),
        "csv" => text("Comma Separated Values", "x-fmt/18", "text/csv"),
        "yaml" | "yml" => text("YAML", "fmt/818", "application/yaml"),
        // Neither catalogues nor settings have an identifier of their own: they are texts.
        "po" => Format {
            name: "GNU gettext catalogue",
            media_type: "text/x-gettext-translation",
            ..PLAIN
        },
        "ftl" => Format { name: "Fluent resource", ..PLAIN },
        "toml" => Format { name: "TOML", media_type: "application/toml", ..PLAIN },
        _ => PLAIN,
    }
}

fn svg(head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head);
    let root = text.find("<svg").map(|at| &text[at..]).unwrap_or_default();
    let tag = root.split('>').next().unwrap_or_default();
    let media_type = "image/svg+xml";
    if !text.starts_with("<?xml version=\"1.0\"") {
        return Format {
            name: "Scalable Vector Graphics",
            puid: None,
            media_type,
            is_text: true,
        };
    }
    match tag.contains("version=\"1.1\"") {
        true => self::text("Scalable Vector Graphics 1.1", "fmt/92", media_type),
        false => self::text("Scalable Vector Graphics 1.0", "fmt/91", media_type),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn puid(bytes: &[u8], path: &str) -> Option<&'static str> {
        // However a file is cut, it is the same file.
        let whole = {
            let mut sniffer = Sniffer::default();
            sniffer.update(bytes);
            sniffer.finish(path)
        };
        let mut sniffer = Sniffer::default();
        bytes.chunks(3).for_each(|it| sniffer.update(it));
        assert_eq!(sniffer.finish(path), whole, "{path}");
        whole.puid
    }

    #[test]
    fn a_pdf_is_what_its_metadata_say() {
        let with = |meta: &str| format!("%PDF-1.7\n{}{meta}%%EOF", "x".repeat(100));
        let element = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<";
        assert_eq!(puid(with(element).as_bytes(), "a.pdf"), Some("fmt/476"));
        let attribute = "pdfaid:part=\"3\" pdfaid:conformance='A'";
        assert_eq!(puid(with(attribute).as_bytes(), "a.pdf"), Some("fmt/479"));
        assert_eq!(puid(with("").as_bytes(), "a.pdf"), Some("fmt/276"));
    }

    #[test]
    fn what_is_in_the_file_counts_and_not_its_name() {
        assert_eq!(puid(b"%PDF-1.4\n", "a.html"), Some("fmt/18"));
        assert_eq!(puid(b"<!DOCTYPE html>\n<html>", "a.md"), Some("fmt/471"));
        assert_eq!(puid(b"\x89PNG\r\n\x1a\n", "a.jpg"), Some("fmt/11"));
        assert_eq!(puid(&[0, 159, 146, 150], "a.md"), None);
        assert_eq!(puid(b"", "vide.md"), None);
    }

    #[test]
    fn texts_are_told_apart_by_their_names() {
        assert_eq!(puid("# Été\n".as_bytes(), "a.md"), Some("fmt/1149"));
        assert_eq!(puid(b"a{}", "a.css"), Some("x-fmt/224"));
        assert_eq!(puid(b"msgid \"\"\n", "a.po"), Some("x-fmt/111"));
        assert_eq!(puid(b"<?xml version=\"1.0\"?><a/>", "a.xml"), Some("fmt/101"));
        assert_eq!(puid(b"<svg/>", "a.svg"), None);
    }
}
