//! XML that does nothing in a browser.
//!
//! A browser shows XML as a tree of text, unless the file names a style sheet, or elements
//! of a language that the browser knows: then it is a page of the site, whose scripts run,
//! whatever the file is called. Data do neither, and are published as they are. What cannot
//! be read as XML to its end is not judged to do nothing: browsers begin to run what they
//! have read before they meet the fault.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{BytesDecl, BytesStart, Event},
};

/// The languages that browsers run or follow links of, by their namespaces.
const PAGES: &str = "http://www.w3.org/1999/xhtml";
const DRAWINGS: &str = "http://www.w3.org/2000/svg";
const FORMULAS: &str = "http://www.w3.org/1998/Math/MathML";

/// The elements of a drawing that only draw.
const DRAWN: [&str; 27] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "view",
    "switch",
    "metadata",
    "filter",
];

/// Whether a browser that opens this file runs nothing of it.
pub(super) fn is_inert(bytes: &[u8]) -> bool {
    text(bytes).is_some_and(|text| reads_inert(&text).unwrap_or(false))
}

/// The file as text; `None` where browsers may read other letters in it than we do.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |order: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|it| order(*it)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        text.map(Cow::Owned)
    };
    match bytes {
        [0xff, 0xfe, ..] => return wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return wide(u16::from_be_bytes),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text.trim_start_matches('\u{feff}'))),
        // In the encodings of one byte each letter that matters is where ASCII has it.
        Err(_) => Some(Cow::Owned(bytes.iter().copied().map(char::from).collect())),
    }
}

/// `None` where it cannot be read.
fn reads_inert(text: &str) -> Option<bool> {
    let mut reader = Reader::from_str(text);
    let mut scopes: Vec<Scope> = Vec::new();
    let mut roots = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return (roots == 1 && scopes.is_empty()).then_some(true),
            Event::Start(start) => {
                roots += usize::from(scopes.is_empty());
                let scope = Scope::within(scopes.last(), &start)?;
                if !scope.is_inert(&start)? || scopes.len() > 1024 {
                    return Some(false);
                }
                scopes.push(scope);
            }
            Event::Empty(start) => {
                roots += usize::from(scopes.is_empty());
                if !Scope::within(scopes.last(), &start)?.is_inert(&start)? {
                    return Some(false);
                }
            }
            Event::End(_) => drop(scopes.pop()?),
            Event::Decl(declaration) if !is_plain(&declaration) => return Some(false),
            // It may give elements names and attributes that are written nowhere else.
            Event::DocType(it) if it.contains('[') => return Some(false),
            Event::PI(it) if it.target().starts_with("xml-stylesheet") => {
                return Some(false);
            }
            Event::Decl(_)
            | Event::DocType(_)
            | Event::PI(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Whether letters are where ASCII has them in the encoding that a file says it has.
fn is_plain(declaration: &BytesDecl<'_>) -> bool {
    let Some(encoding) = declaration.encoding() else { return true };
    let Ok(encoding) = encoding else { return false };
    let encoding = encoding.to_ascii_lowercase();
    let plain =
        ["utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-", "windows-125"];
    plain.iter().any(|it| encoding.starts_with(it))
}

/// What prefixes stand for at a place.
#[derive(Clone, Default)]
struct Scope(Vec<(String, String)>);

impl Scope {
    /// What they stand for within an element.
    fn within(around: Option<&Self>, start: &BytesStart<'_>) -> Option<Self> {
        let mut scope = around.cloned().unwrap_or_default();
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let name = attribute.key.as_ref();
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            let value = quick_xml::escape::unescape(&attribute.value).ok()?;
            scope.0.retain(|it| it.0 != prefix);
            scope.0.push((prefix.to_owned(), value.into_owned()));
        }
        Some(scope)
    }

    fn namespace(&self, name: &str) -> &str {
        let prefix = name.split_once(':').map_or("", |it| it.0);
        self.0.iter().find(|it| it.0 == prefix).map_or("", |it| it.1.as_str())
    }

    /// Whether browsers make nothing of an element but what is seen.
    fn is_inert(&self, start: &BytesStart<'_>) -> Option<bool> {
        let name = start.name();
        let name = name.as_ref();
        let local = name.rsplit(':').next().unwrap_or(name);
        let may_draw = match self.namespace(name) {
            PAGES => return Some(false),
            DRAWINGS => DRAWN.contains(&local),
            FORMULAS => true,
            _ => return Some(true),
        };
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let name = attribute.key.as_ref();
            let local = name.rsplit(':').next().unwrap_or(name);
            if local.starts_with("on") || matches!(local, "href" | "src" | "style") {
                return Some(false);
            }
        }
        Some(may_draw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
    const HTML: &str = "xmlns:h=\"http://www.w3.org/1999/xhtml\"";

    #[test]
    fn data_are_inert() {
        for text in [
            "<a/>",
            "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<a b='c'>é &amp; <![CDATA[<svg]]></a>",
            "<a><svg><script>x</script></svg></a>",
            "<!DOCTYPE a SYSTEM 'a.dtd'><a xmlns='urn:x' href='y' onclick='z'/>",
            &format!("<a><svg {SVG}><rect width='1'/></svg></a>"),
            "<m xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></m>",
        ] {
            assert!(is_inert(text.as_bytes()), "{text}");
        }
        assert!(is_inert(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"));
        let wide: Vec<u8> =
            "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_inert(&wide));
    }

    #[test]
    fn what_a_browser_runs_is_not() {
        for text in [
            &format!("<a {HTML}><h:script>alert(1)</h:script></a>"),
            &format!("<a {HTML}><b xmlns='urn:x'><h:img/></b></a>"),
            "<html xmlns='http&#58;//www.w3.org/1999/xhtml'/>",
            &format!("<a><svg {SVG}><script/></svg></a>"),
            &format!("<svg {SVG} onload='x'/>"),
            &format!("<svg {SVG} xmlns:l='l'><a l:href='javascript:x'/></svg>"),
            &format!("<svg {SVG}><foreignObject/></svg>"),
            "<m xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:x'/>",
            "<?xml-stylesheet href='a.xsl' type='text/xsl'?><a/>",
            "<!DOCTYPE a [<!ATTLIST a xmlns CDATA #FIXED 'http://www.w3.org/1999/xhtml'>]><a/>",
            "<?xml version='1.0' encoding='ISO-2022-JP'?><a/>",
            "<a><b></a>",
            "<a>",
            "<a/><b/>",
            "not XML",
            "",
        ] {
            assert!(!is_inert(text.as_bytes()), "{text}");
        }
    }
}
