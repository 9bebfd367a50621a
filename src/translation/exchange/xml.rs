//! XML in and out, for the formats of exchange.
//!
//! What other tools write is read into a small tree: names without their prefix, texts
//! whole (the reader gives words, references and CDATA one by one), the line of each
//! element for the messages. Entities that a document defines itself are refused, so
//! that no file can grow in memory. Writing is a matter of strings: the layout is ours,
//! and only what stands between tags is escaped.

use std::cell::Cell;

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use crate::{
    cause,
    diagnostic::{Diagnostic, Place},
    limits,
};

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// Its attributes: name, with `xml:` where there is one, and value.
    pub(super) attributes: Vec<(String, String)>,
    /// What stands in it.
    pub(super) nodes: Vec<Node>,
    /// Where it begins.
    pub(super) place: Place,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Words.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The elements that stand in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|it| match it {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name that stands in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|it| it.name == name)
    }

    /// Every element of this name, at any depth.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// All its words.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }

    fn push(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => self.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// Reads a document: its root.
pub(super) fn read(text: &str) -> Result<Element, Diagnostic> {
    Tree { text, lines: Lines::new(text), named: |_| None }.read()
}

/// Reads what an engine gives back: a fragment in which the entities of HTML are known.
pub(super) fn read_fragment(fragment: &str) -> Result<Element, Diagnostic> {
    let text = format!("<fragment>{fragment}</fragment>");
    let lines = Lines::new(&text);
    Tree { text: &text, lines, named: html_entity }.read()
}

/// The entities of HTML that an engine may write where it was given a sign.
fn html_entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "nbsp" => "\u{a0}",
        "laquo" => "«",
        "raquo" => "»",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "hellip" => "…",
        "ndash" => "–",
        "mdash" => "—",
        "euro" => "€",
        _ => return None,
    })
}

struct Tree<'a> {
    text: &'a str,
    lines: Lines,
    /// What an entity stands for, when it is none of XML's own.
    named: fn(&str) -> Option<&'static str>,
}

impl Tree<'_> {
    fn read(&self) -> Result<Element, Diagnostic> {
        let text = self.text.trim_start_matches('\u{feff}');
        let before = self.text.len() - text.len();
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Element> = vec![Element::default()];
        loop {
            let at = before + usize::try_from(reader.buffer_position()).unwrap_or(0);
            let event = reader.read_event().map_err(|error| {
                let at = usize::try_from(reader.error_position()).unwrap_or(0);
                self.broken(before + at, "").because(cause::xml(&error), error)
            })?;
            let last = open.last_mut().expect("the root stays open");
            match event {
                Event::Start(tag) => {
                    let element = self.element(&tag, at)?;
                    if open.len() > limits::MARKUP_DEPTH {
                        let fault = Diagnostic::error("exchange-too-deep");
                        let fault = fault.with("limit", limits::MARKUP_DEPTH);
                        return Err(fault.at(self.place(at)));
                    }
                    open.push(element);
                }
                Event::Empty(tag) => {
                    let element = self.element(&tag, at)?;
                    last.nodes.push(Node::Element(element));
                }
                Event::End(_) => {
                    let element = open.pop().expect("the reader matches ends");
                    let parent = open.last_mut().expect("the root stays open");
                    parent.nodes.push(Node::Element(element));
                }
                Event::Text(words) => last.push(&words.xml10_content()),
                Event::CData(words) => last.push(&words.xml10_content()),
                Event::GeneralRef(reference) => {
                    last.push(&self.reference(&reference, at)?);
                }
                Event::DocType(it) if it.to_ascii_uppercase().contains("<!ENTITY") => {
                    return Err(self
                        .broken(at, "<!ENTITY>")
                        .because("entity", "<!ENTITY>"));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {
                }
                Event::Eof => break,
            }
        }
        let document = open.pop().filter(|_| open.is_empty());
        let nodes = document.map(|it| it.nodes).unwrap_or_default();
        let mut roots = nodes.into_iter().filter(|it| match it {
            Node::Element(_) => true,
            Node::Text(text) => !text.trim().is_empty(),
        });
        match (roots.next(), roots.next()) {
            (Some(Node::Element(root)), None) => Ok(root),
            _ => Err(self.broken(self.text.len(), "").because("root", "")),
        }
    }

    fn element(&self, tag: &BytesStart<'_>, at: usize) -> Result<Element, Diagnostic> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            if attributes.len() == limits::ATTRIBUTES {
                let fault = Diagnostic::error("exchange-too-many-attributes");
                let fault = fault.with("limit", limits::ATTRIBUTES);
                return Err(fault.at(self.place(at)));
            }
            let attribute =
                attribute.map_err(|it| self.broken(at, "").because("attribute", it))?;
            let key: &str = attribute.key.as_ref();
            let name = match key.rsplit_once(':') {
                Some(("xml", _)) => key,
                Some((_, name)) => name,
                None => key,
            };
            let value = quick_xml::escape::unescape_with(&attribute.value, |it| {
                quick_xml::escape::resolve_predefined_entity(it).or((self.named)(it))
            });
            let value =
                value.map_err(|it| self.broken(at, "&…;").because("reference", it))?;
            attributes.push((name.to_owned(), value.into_owned()));
        }
        let name: &str = tag.name().into_inner();
        let name = name.rsplit_once(':').map_or(name, |it| it.1).to_owned();
        Ok(Element { name, attributes, nodes: Vec::new(), place: self.place(at) })
    }

    fn reference(
        &self,
        reference: &BytesRef<'_>,
        at: usize,
    ) -> Result<String, Diagnostic> {
        let wrong = || {
            let piece = format!("&{};", &**reference);
            self.broken(at, &piece).because("reference", "")
        };
        if let Some(sign) = reference.resolve_char_ref().map_err(|_| wrong())? {
            return Ok(sign.to_string());
        }
        let found = quick_xml::escape::resolve_predefined_entity(reference);
        let found = found.or_else(|| (self.named)(reference));
        found.map(str::to_owned).ok_or_else(wrong)
    }

    fn place(&self, at: usize) -> Place {
        self.lines.place(self.text, at)
    }

    /// A fault at a byte; the caller says why.
    fn broken(&self, at: usize, piece: &str) -> Diagnostic {
        let fault = Diagnostic::error("exchange-xml").at(self.place(at));
        fault.with("piece", super::super::excerpt(piece))
    }
}

/// Where the lines of a text begin, and the place that was asked for last. A file may be one
/// line: columns are counted on from there.
struct Lines {
    starts: Vec<usize>,
    last: Cell<(usize, usize)>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|it| it.0 + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { starts, last: Cell::new((0, 1)) }
    }

    fn place(&self, text: &str, at: usize) -> Place {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let at = at.min(text.len());
        let line = self.starts.partition_point(|it| *it <= at);
        let (last, column) = self.last.get();
        let start = self.starts[line - 1];
        let (from, column) =
            if (start..=at).contains(&last) { (last, column) } else { (start, 1) };
        let column = column + text.get(from..at).map_or(0, |it| it.chars().count());
        self.last.set((at, column));
        Place {
            line: number(line),
            column: number(column),
            start: number(at),
            end: number(at),
        }
    }
}

/// Adds text between tags.
pub(in crate::translation) fn push(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // The other ends of line are read as this one.
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(sign),
            // XML has no way of writing these.
            it if it.is_control() && it < '\u{20}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            '\u{fffe}' | '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            it => out.push(it),
        }
    }
}

/// A text, escaped.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// An attribute, with a space before it.
pub(super) fn attribute(name: &str, value: &str) -> String {
    let value = text(value).replace('"', "&quot;");
    let value = value.replace('\n', "&#10;").replace('\t', "&#9;");
    format!(" {name}=\"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_cdata_join_the_words_around_them() {
        let root =
            read("<a> l&apos;été &#233; <![CDATA[<b> & c]]> fin</a>").expect("it is XML");
        assert_eq!(root.text(), " l'été é <b> & c fin");
    }

    #[test]
    fn a_prefix_is_no_part_of_a_name() {
        let root = read("<x:a xmlns:x='u' x:b='1' xml:lang='fr'><x:c/></x:a>")
            .expect("it is XML");
        assert_eq!((root.name.as_str(), root.get("b")), ("a", Some("1")));
        assert_eq!(root.get("xml:lang"), Some("fr"));
        assert!(root.child("c").is_some());
    }

    #[test]
    fn a_document_that_is_broken_or_that_grows_says_where() {
        let line = |text: &str| read(text).expect_err("it is wrong").place;
        assert_eq!(line("<a>\n<b>\n</a>").map(|it| it.line), Some(3));
        assert_eq!(line("<a>\n&nbsp;</a>").map(|it| it.line), Some(2));
        assert!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").is_err());
        assert!(read("<a>").is_err() && read("").is_err() && read("mot").is_err());
    }

    #[test]
    fn what_is_too_deep_or_has_too_many_attributes_names_the_bound() {
        let fault = |text: &str| read(text).expect_err("it is too much");
        let deep = fault(&"<a>".repeat(100_000));
        assert_eq!((deep.code, deep.args[0].1.as_str()), ("exchange-too-deep", "200"));
        let attributes: String = (0..200_000).map(|it| format!(" a{it}='1'")).collect();
        let wide = fault(&format!("<a{attributes}/>"));
        assert_eq!(wide.code, "exchange-too-many-attributes");
    }

    #[test]
    fn columns_of_one_long_line_are_counted_once() {
        // Counted from the head of the line for each element, this is 10¹² letters.
        let text = format!("<a>é\n{}<c/></a>", "<b>é</b>".repeat(500_000));
        let root = read(&text).expect("it is XML");
        let columns: Vec<_> = root.elements().map(|it| it.place.column).collect();
        assert_eq!(columns[..3], [1, 9, 17]);
        assert_eq!(columns.last(), Some(&4_000_001));
        let lines = Lines::new("ab\ncd");
        let column = |at| lines.place("ab\ncd", at).column;
        assert_eq!([column(4), column(3), column(1), column(5)], [2, 1, 2, 3]);
    }

    #[test]
    fn a_fragment_of_html_is_read() {
        let root = read_fragment("a&nbsp;<x id=\"1\"></x> &amp; b").expect("it is one");
        assert_eq!(root.text(), "a\u{a0} & b");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let hard = "a < b & c > \"d\" 'e' é\t\n\rf";
        let written = format!("<a{}>{}</a>", attribute("n", hard), text(hard));
        let root = read(&written).expect("it is XML");
        assert_eq!((root.get("n"), root.text().as_str()), (Some(hard), hard));
    }
}
