//! Drawings, made fit to be shown.
//!
//! A drawing on a page or in a book is shown, not run: scripts, what reacts to the reader, foreign
//! documents and whatever lies outside the file are taken out; a reader would refuse
//! them or, worse, fetch them. What drawing programs add for themselves goes too, since
//! it is not SVG. A drawing that has none of this stays as it is, byte for byte.

use std::{collections::BTreeMap, fmt};

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, Event},
};

/// What becomes of a drawing.
#[derive(Debug, PartialEq, Eq)]
pub enum Fitness {
    /// It is fit as it is.
    Fit,
    /// It is fit once it is written so; what was taken out that a reader could miss.
    Mended(String, Vec<Removed>),
    /// It is not well-formed XML, or no SVG.
    Broken,
}

/// Something that was taken out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removed {
    /// An element: `script`, `foreignObject` …
    Element(String),
    /// An attribute: `onclick`, `href` …
    Attribute(String),
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Removed::Element(name) => write!(f, "<{name}>"),
            Removed::Attribute(name) => write!(f, "{name}=\"…\""),
        }
    }
}

/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";
/// The namespaces whose names a book may hold.
const KNOWN: &[&str] =
    &[SVG, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"];
/// How deep elements may lie in each other.
const DEPTH: usize = 256;

/// Says whether a drawing is fit for a book, and makes it so if it can.
pub fn fit(bytes: &[u8]) -> Fitness {
    let Ok(text) = std::str::from_utf8(bytes) else { return Fitness::Broken };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut pass = Pass::default();
    match pass.run(text) {
        Ok(out) if pass.is_changed => {
            pass.removed.sort();
            pass.removed.dedup();
            Fitness::Mended(out, pass.removed)
        }
        Ok(_) => Fitness::Fit,
        Err(_) => Fitness::Broken,
    }
}

/// A reading of a drawing.
#[derive(Debug, Default)]
struct Pass {
    /// What prefixes stand for; those of drawings are said on the root, nearly always.
    prefixes: BTreeMap<String, String>,
    /// What the document type declares, by name.
    entities: BTreeMap<String, String>,
    /// How many elements are open, and how many there were at the top.
    depth: usize,
    roots: usize,
    removed: Vec<Removed>,
    is_changed: bool,
}

/// The drawing cannot be read.
#[derive(Debug)]
struct Unreadable;

impl From<quick_xml::Error> for Unreadable {
    fn from(_: quick_xml::Error) -> Self {
        Self
    }
}

impl From<std::io::Error> for Unreadable {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

impl Pass {
    fn run(&mut self, text: &str) -> Result<String, Unreadable> {
        let mut reader = Reader::from_str(text);
        let mut writer = Writer::new(Vec::with_capacity(text.len()));
        loop {
            match reader.read_event()? {
                Event::Eof => break,
                Event::Start(start) => self.start(start, &mut reader, &mut writer)?,
                event @ (Event::End(_)
                | Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_)) => self.other(event, &mut writer)?,
            }
        }
        if self.depth != 0 || self.roots != 1 {
            return Err(Unreadable);
        }
        String::from_utf8(writer.into_inner()).map_err(|_| Unreadable)
    }

    /// An element that holds something.
    fn start(
        &mut self,
        start: BytesStart<'_>,
        reader: &mut Reader<&[u8]>,
        writer: &mut Writer<Vec<u8>>,
    ) -> Result<(), Unreadable> {
        let Some(kept) = self.element(&start)? else {
            reader.read_to_end(start.name())?;
            return Ok(());
        };
        if local(start.name().as_ref()) == "style" {
            let sheet = reader.read_text(start.name())?.into_inner();
            if let Some(sheet) = self.sheet(&sheet)? {
                writer.write_event(Event::Start(kept))?;
                writer.get_mut().extend(sheet.into_bytes());
                writer.write_event(Event::End(start.to_end()))?;
            }
            return Ok(());
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Unreadable);
        }
        Ok(writer.write_event(Event::Start(kept))?)
    }

    /// Anything else.
    fn other(
        &mut self,
        event: Event<'_>,
        writer: &mut Writer<Vec<u8>>,
    ) -> Result<(), Unreadable> {
        match event {
            Event::DocType(declaration) => {
                self.is_changed = true;
                self.entities = entities(&declaration.into_inner());
            }
            Event::Empty(start) => {
                if let Some(kept) = self.element(&start)? {
                    writer.write_event(Event::Empty(kept))?;
                }
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                writer.write_event(event)?;
            }
            Event::GeneralRef(reference) => {
                match self.entity(&reference.borrow().into_inner())? {
                    Some(value) => writer.get_mut().extend(value.into_bytes()),
                    None => writer.write_event(Event::GeneralRef(reference))?,
                }
            }
            // Instructions ask programs for something: style sheets, mostly.
            Event::PI(_) => self.is_changed = true,
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::Start(_)
            | Event::Eof => writer.write_event(event)?,
        }
        Ok(())
    }

    /// Reads the root: it must be SVG, and it says what prefixes stand for.
    fn root(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| Unreadable)?;
            let name = attribute.key.as_ref();
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            let value =
                self.value(&attribute.value)?.unwrap_or(attribute.value.into_owned());
            self.prefixes.insert(prefix.to_owned(), value);
        }
        let is_svg = self.namespace(start.name().as_ref()) == Some(SVG)
            && local(start.name().as_ref()) == "svg";
        if is_svg { Ok(()) } else { Err(Unreadable) }
    }

    /// The namespace of an element's name.
    fn namespace(&self, name: &str) -> Option<&str> {
        let prefix = name.split_once(':').map_or("", |it| it.0);
        self.prefixes.get(prefix).map(String::as_str)
    }

    /// Whether a book may hold names with this prefix.
    fn is_known(&self, prefix: &str) -> bool {
        matches!(prefix, "" | "xml")
            || self.prefixes.get(prefix).is_some_and(|it| KNOWN.contains(&it.as_str()))
    }

    /// What is kept of a start tag; `None` where the whole element goes.
    fn element(
        &mut self,
        start: &BytesStart<'_>,
    ) -> Result<Option<BytesStart<'static>>, Unreadable> {
        if self.depth == 0 {
            self.roots += 1;
            self.root(start)?;
        }
        let name = start.name().as_ref().to_owned();
        let prefix = name.split_once(':').map_or("", |it| it.0);
        if !self.is_known(prefix) || self.namespace(&name) != Some(SVG) {
            // What a drawing program keeps for itself: nobody misses it.
            self.is_changed = true;
            return Ok(None);
        }
        if matches!(
            local(&name),
            "script" | "foreignObject" | "handler" | "iframe" | "metadata"
        ) {
            self.is_changed = true;
            if local(&name) != "metadata" {
                self.removed.push(Removed::Element(name));
            }
            return Ok(None);
        }
        self.attributes(name, start).map(Some)
    }

    /// A start tag with the attributes that are kept.
    fn attributes(
        &mut self,
        name: String,
        start: &BytesStart<'_>,
    ) -> Result<BytesStart<'static>, Unreadable> {
        let mut kept = BytesStart::new(name.clone());
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| Unreadable)?;
            let resolved = self.value(&attribute.value)?;
            self.is_changed |= resolved.is_some();
            let value = resolved.unwrap_or_else(|| attribute.value.clone().into_owned());
            let renamed = renamed(attribute.key.as_ref(), &value);
            self.is_changed |= renamed.is_some();
            let value = renamed.unwrap_or(value);
            match self.attribute(local(&name), attribute.key.as_ref(), &value) {
                Verdict::Kept => {
                    kept.push_attribute(quick_xml::events::attributes::Attribute {
                        key: attribute.key,
                        value: value.into(),
                    });
                }
                Verdict::Useless => self.is_changed = true,
                Verdict::Harmful => {
                    self.is_changed = true;
                    self.removed
                        .push(Removed::Attribute(attribute.key.as_ref().to_owned()));
                }
            }
        }
        Ok(kept)
    }

    fn attribute(&self, element: &str, name: &str, value: &str) -> Verdict {
        let (prefix, own) = name.split_once(':').unwrap_or(("", name));
        if prefix == "xmlns" {
            let is_kept = KNOWN.contains(&value);
            return if is_kept { Verdict::Kept } else { Verdict::Useless };
        }
        if !self.is_known(prefix) {
            return Verdict::Useless;
        }
        let lower = own.to_ascii_lowercase();
        if prefix.is_empty() && lower.starts_with("on") {
            return Verdict::Harmful;
        }
        if own == "href" && !(is_inside(value) || element == "a" && is_web(value)) {
            return Verdict::Harmful;
        }
        if own == "base" || calls_outside(value) {
            return Verdict::Harmful;
        }
        Verdict::Kept
    }

    /// A style sheet, as it stands between its tags; `None` where it would fetch something.
    fn sheet(&mut self, sheet: &str) -> Result<Option<String>, Unreadable> {
        let is_plain = sheet.contains("<![CDATA[");
        let resolved = if is_plain { None } else { self.value(sheet)? };
        self.is_changed |= resolved.is_some();
        let sheet = resolved.unwrap_or_else(|| sheet.to_owned());
        if calls_outside(&sheet.replace("&quot;", "\"").replace("&apos;", "'")) {
            self.is_changed = true;
            self.removed.push(Removed::Element("style".to_owned()));
            return Ok(None);
        }
        let renamed = renamed_calls(&sheet);
        self.is_changed |= renamed.is_some();
        Ok(Some(renamed.unwrap_or(sheet)))
    }

    /// A value with its entities replaced; `None` where there are none of the document's.
    fn value(&self, value: &str) -> Result<Option<String>, Unreadable> {
        let mut out = String::new();
        let (mut rest, mut is_new) = (value, false);
        while let Some((before, after)) = rest.split_once('&') {
            let (name, after) = after.split_once(';').ok_or(Unreadable)?;
            out.push_str(before);
            match self.entity(name)? {
                Some(entity) => {
                    out.push_str(&entity);
                    is_new = true;
                }
                None => out.push_str(&format!("&{name};")),
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(is_new.then_some(out))
    }

    /// What an entity of the document stands for; `None` for those of XML itself.
    fn entity(&self, name: &str) -> Result<Option<String>, Unreadable> {
        if name.starts_with('#') || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
        {
            return Ok(None);
        }
        self.entities.get(name).cloned().map(Some).ok_or(Unreadable)
    }
}

/// What becomes of an attribute.
enum Verdict {
    Kept,
    Useless,
    Harmful,
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A value in which identifiers that XML does not allow have another name, the same
/// wherever they are meant; `None` where there is none. Programs on the web give parts
/// names such as `68d56f1214`.
fn renamed(name: &str, value: &str) -> Option<String> {
    let own = local(name);
    if name == "id" {
        return other_name(value);
    }
    if own == "href" {
        return value.strip_prefix('#').and_then(other_name).map(|it| format!("#{it}"));
    }
    if matches!(name, "aria-labelledby" | "aria-describedby") {
        let words = || value.split_whitespace();
        let is_any = words().any(|it| other_name(it).is_some());
        let renamed = words().map(|it| other_name(it).unwrap_or_else(|| it.to_owned()));
        return is_any.then(|| renamed.collect::<Vec<_>>().join(" "));
    }
    renamed_calls(value)
}

/// As [`renamed`], for `url(#…)` in a value or a style sheet.
fn renamed_calls(value: &str) -> Option<String> {
    let mut out = String::new();
    let (mut rest, mut is_new) = (value, false);
    while let Some(at) = rest.find("url(#") {
        let (before, call) = rest.split_at(at + 5);
        let end = call.find(')').unwrap_or(call.len());
        out.push_str(before);
        match other_name(&call[..end]) {
            Some(name) => {
                out.push_str(&name);
                is_new = true;
            }
            None => out.push_str(&call[..end]),
        }
        rest = &call[end..];
    }
    out.push_str(rest);
    is_new.then_some(out)
}

/// The name of a part whose own XML does not allow; `None` where it is a good one.
fn other_name(id: &str) -> Option<String> {
    let is_start = |it: char| it.is_alphabetic() || it == '_';
    let is_good = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.');
    if id.starts_with(is_start) && id.chars().all(is_good) {
        return None;
    }
    let mut name = "id-".to_owned();
    for letter in id.chars() {
        match is_good(letter) {
            true => name.push(letter),
            false => name.push_str(&format!(".{:x}.", u32::from(letter))),
        }
    }
    Some(name)
}

/// Whether an address leads inside the drawing: to a part of it, or to an image it holds.
fn is_inside(address: &str) -> bool {
    let address = address.trim_start();
    address.is_empty() || address.starts_with('#') || address.starts_with("data:image/")
}

fn is_web(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Whether CSS in a value or a style sheet would fetch something.
fn calls_outside(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let mut calls = css.split("url(").skip(1);
    css.contains("@import")
        || calls.any(|it| !is_inside(it.trim_start_matches([' ', '"', '\'', '\\'])))
}

/// The internal entities of a document type, as `<!ENTITY name "value">` declares them.
/// They hold addresses of namespaces; those that refer to others are left alone.
fn entities(declaration: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for part in declaration.split("<!ENTITY").skip(1) {
        let mut words = part.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(rest)) = (words.next(), words.next()) else { continue };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|it| matches!(it, '"' | '\''))
        else {
            continue;
        };
        let Some((value, _)) = rest[1..].split_once(quote) else { continue };
        if !value.contains(['&', '<', '"']) && value.len() < 200 {
            found.insert(name.to_owned(), value.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(svg: &str) -> (String, Vec<String>) {
        match fit(svg.as_bytes()) {
            Fitness::Mended(out, removed) => {
                (out, removed.iter().map(ToString::to_string).collect())
            }
            other @ (Fitness::Fit | Fitness::Broken) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plain_drawing_stays_as_it_is() {
        let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
            xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 1 1\"><title>A &amp; B</title>\
            <defs><path id=\"p\" d=\"M0 0\"/></defs><use xlink:href=\"#p\" fill=\"url(#g)\"/></svg>";
        assert_eq!(fit(svg.as_bytes()), Fitness::Fit);
    }

    #[test]
    fn a_part_whose_name_is_none_gets_another_wherever_it_is_meant() {
        let (out, removed) = mended(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-labelledby=\"t 1t\">\
             <style>a{fill:url(#1g)}</style><g id=\"1g\"/><g id=\"a:b\"/><g id=\"t\"/>\
             <use href=\"#a:b\" fill=\"url(#1g) url(#t)\"/></svg>",
        );
        assert_eq!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-labelledby=\"t id-1t\">\
             <style>a{fill:url(#id-1g)}</style><g id=\"id-1g\"/><g id=\"id-a.3a.b\"/>\
             <g id=\"t\"/><use href=\"#id-a.3a.b\" fill=\"url(#id-1g) url(#t)\"/></svg>"
        );
        assert!(removed.is_empty(), "nobody misses a name: {removed:?}");
    }

    #[test]
    fn what_runs_or_reacts_is_taken_out_and_named() {
        let (out, removed) = mended(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><script>1 &lt; 2</script>\
             <g><foreignObject><p/></foreignObject><a href=\"javascript:x()\"><path d=\"\"/></a></g></svg>",
        );
        assert_eq!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><g><a><path d=\"\"/></a></g></svg>"
        );
        assert_eq!(
            removed,
            ["<foreignObject>", "<script>", "href=\"…\"", "onload=\"…\""]
        );
    }

    #[test]
    fn what_lies_outside_is_not_fetched() {
        let (out, removed) = mended(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://x.example/a.png\"/>\
             <rect style=\"fill:url('//x.example/a')\" fill=\"url(#g)\"/></svg>",
        );
        assert_eq!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image/><rect fill=\"url(#g)\"/></svg>"
        );
        assert_eq!(removed, ["href=\"…\"", "style=\"…\""]);
    }

    #[test]
    fn a_style_sheet_stays_unless_it_fetches_something() {
        let svg = |css: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>{css}</style><g/></svg>"
            )
        };
        for css in [".a{fill:url(#g)}", "<![CDATA[a > b & c{fill:red}]]>"] {
            assert_eq!(fit(svg(css).as_bytes()), Fitness::Fit, "{css}");
        }
        for css in ["@import 'x.css';", "<![CDATA[@font-face{src:url( \"//x/y\")}]]>"] {
            let (out, removed) = mended(&svg(css));
            assert_eq!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
            assert_eq!(removed, ["<style>"]);
        }
    }

    #[test]
    fn what_drawing_programs_keep_for_themselves_goes_without_a_word() {
        let (out, removed) = mended(
            "<!DOCTYPE svg [ <!ENTITY ns_svg \"http://www.w3.org/2000/svg\"> ]>\
             <svg xmlns=\"&ns_svg;\" xmlns:inkscape=\"http://www.inkscape.org/ns\" inkscape:v=\"1\">\
             <inkscape:grid/><metadata><x/></metadata><g/></svg>",
        );
        assert_eq!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
        assert_eq!(removed, [""; 0]);
    }

    #[test]
    fn what_is_no_drawing_is_broken() {
        for text in
            ["", "<svg/>", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>", "<p>"]
        {
            assert_eq!(fit(text.as_bytes()), Fitness::Broken, "{text}");
        }
        assert_eq!(fit(&[0xFF, 0xFE]), Fitness::Broken);
    }
}
