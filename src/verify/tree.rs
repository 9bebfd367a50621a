//! Marked-up text as a tree: HTML as browsers read it, XHTML as XML.

use html5ever::{ParseOpts, driver, tendril::TendrilSink as _};
use quick_xml::{XmlVersion, events::Event};
use scraper::{Html, HtmlTreeSink};

use crate::limits;

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// Its name, with its prefix where it has one.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// What is in it.
    pub(super) nodes: Vec<Node>,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Words.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether the attribute has this value among its words.
    pub(super) fn says(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|it| it.split_whitespace().any(|it| it == word))
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|it| match it {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element that is wanted, itself included, in reading order.
    pub(super) fn find(&self, wanted: &dyn Fn(&Element) -> bool) -> Option<&Element> {
        if wanted(self) {
            return Some(self);
        }
        self.elements().find_map(|it| it.find(wanted))
    }

    /// Every element that is wanted, in reading order; not those inside one that is.
    pub(super) fn all<'a>(
        &'a self,
        wanted: &dyn Fn(&Element) -> bool,
        found: &mut Vec<&'a Element>,
    ) {
        if wanted(self) {
            return found.push(self);
        }
        self.elements().for_each(|it| it.all(wanted, found));
    }

    /// Its words and those of all that is in it.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.words(&mut out, &|_| true);
        out
    }

    /// Its words and those of the elements in it that are wanted.
    pub(super) fn words(&self, out: &mut String, wanted: &dyn Fn(&Element) -> bool) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if wanted(element) => element.words(out, wanted),
                Node::Element(_) => {}
            }
        }
    }
}

/// Reads HTML as browsers do.
///
/// # Errors
///
/// When its elements lie so deep in each other, or so many of them are left open, that a
/// parser would need time and memory out of all proportion.
pub(super) fn html(text: &str) -> Result<Element, String> {
    const PIECE: usize = 4096;
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = driver::parse_document(sink, ParseOpts::default());
    let (mut read, mut known, mut held) = (0, (0, 0), 0);
    while read < text.len() {
        let piece = &text[read..text.floor_char_boundary(read + PIECE)];
        parser.process(piece.into());
        read += piece.len();
        let page = parser.tokenizer.sink.sink.0.borrow();
        let now = (bounded(&page, known.0, read)?, last_text(&page));
        held = if now == known { held + separators(piece) } else { 0 };
        known = now;
        if held > limits::HELD_SEPARATORS {
            return Err(format!("<… …> > {}", limits::HELD_SEPARATORS));
        }
    }
    element(parser.finish().root_element(), 0)
}

/// How many letters the last node has, where it is text: it grows without a new node.
fn last_text(page: &Html) -> usize {
    match page.tree.nodes().next_back().map(|it| it.value()) {
        Some(scraper::Node::Text(text)) => text.len(),
        _ => 0,
    }
}

/// What may stand between two attributes. While a tag goes on, nothing is added to the tree,
/// and each of its attributes is compared with all before it.
fn separators(piece: &str) -> usize {
    let is_one = |it: &u8| it.is_ascii_whitespace() || matches!(it, b'/' | b'"' | b'\'');
    piece.bytes().filter(|it| is_one(it)).count()
}

/// Sees whether the tree that is growing has kept its bounds since it had `known` nodes: no
/// element too deep, and not more of them than the bytes that were read can have named. The
/// number of nodes it has now.
fn bounded(page: &Html, known: usize, read: usize) -> Result<usize, String> {
    /// The elements that a page has without naming them.
    const IMPLIED: usize = 1_000;
    let nodes = page.tree.nodes();
    let count = nodes.len();
    let mut fresh = page.tree.nodes().skip(known);
    if fresh.any(|it| it.ancestors().nth(limits::MARKUP_DEPTH).is_some()) {
        return Err(too_deep());
    }
    if count > read + IMPLIED {
        return Err(format!("<…> × {count}"));
    }
    Ok(count)
}

fn element(read: scraper::ElementRef<'_>, depth: usize) -> Result<Element, String> {
    let value = read.value();
    let attributes = value.attrs().map(|it| (it.0.to_owned(), it.1.to_owned()));
    let mut out = Element {
        name: value.name().to_owned(),
        attributes: attributes.collect(),
        nodes: Vec::new(),
    };
    if depth > limits::MARKUP_DEPTH {
        return Err(too_deep());
    }
    for child in read.children() {
        if let Some(inner) = scraper::ElementRef::wrap(child) {
            out.nodes.push(Node::Element(element(inner, depth + 1)?));
        } else if let scraper::Node::Text(text) = child.value() {
            out.nodes.push(Node::Text(text.to_string()));
        }
    }
    Ok(out)
}

/// What is said of elements that lie too deep in each other.
fn too_deep() -> String {
    format!("<…> > {}", limits::MARKUP_DEPTH)
}

/// Reads XML.
///
/// # Errors
///
/// What is wrong with it, where it is not well-formed.
pub(super) fn xml(text: &str) -> Result<Element, String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|it| it.to_string())? {
            Event::Eof => break,
            Event::Start(start) => {
                if open.len() > limits::MARKUP_DEPTH {
                    return Err(too_deep());
                }
                open.push(tag(&start)?);
            }
            Event::Empty(start) => {
                let element = tag(&start)?;
                push(&mut open, Node::Element(element));
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                push(&mut open, Node::Element(element));
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().map_err(|it| it.to_string())?;
                match letter {
                    Some(letter) => add_text(&mut open, letter.encode_utf8(&mut [0; 4])),
                    None => add_text(&mut open, entity(&name.xml10_content())?),
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut root = open.pop().unwrap_or_default();
    let first = root.nodes.iter().position(|it| matches!(it, Node::Element(_)));
    match first.map(|it| root.nodes.swap_remove(it)) {
        Some(Node::Element(element)) if open.is_empty() => Ok(element),
        _ => Err("no element".to_owned()),
    }
}

fn entity(name: &str) -> Result<&'static str, String> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "quot" => Ok("\""),
        "apos" => Ok("'"),
        name => Err(format!("&{name};")),
    }
}

fn tag(start: &quick_xml::events::BytesStart<'_>) -> Result<Element, String> {
    let mut element =
        Element { name: start.name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        if element.attributes.len() == limits::ATTRIBUTES {
            return Err(format!("<{}> > {}", element.name, limits::ATTRIBUTES));
        }
        let attribute = attribute.map_err(|it| it.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|it| it.to_string())?.into_owned();
        element.attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(element)
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.nodes.push(node);
    }
}

fn add_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.nodes.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.nodes.push(Node::Text(words.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_that_is_too_deep_is_refused_while_it_is_parsed() {
        // A parser looks through all that is open for each element that opens.
        for tag in ["<div>", "<b id='x'>", "<ul><li>", "<svg>", "<object></div>"] {
            let deep = format!("<main>{}", tag.repeat(1_000_000));
            let fault = html(&deep).expect_err(tag);
            assert!(fault.ends_with("200"), "{fault}");
        }
    }

    #[test]
    fn html_whose_parser_would_open_again_all_that_was_left_open_is_refused() {
        // 150 marks are opened again in each of 100,000 paragraphs.
        let marks: String = (0..150).map(|it| format!("<b id={it}>")).collect();
        let bomb = format!("<p>{marks}{}", "<p>x".repeat(100_000));
        assert!(html(&bomb).is_err());
    }

    #[test]
    fn a_tag_of_attributes_without_end_is_refused() {
        for between in [" ", "=''", "/"] {
            let attributes: String =
                (0..1_000_000).map(|it| format!("{between}a{it}")).collect();
            assert!(html(&format!("<main><p{attributes}>")).is_err(), "{between}");
        }
        // What is long and no tag is read.
        let script = format!("<main><script>{}</script></main>", "a b ".repeat(100_000));
        assert!(html(&script).is_ok());
        let image = format!("<main><img src='data:{}'></main>", "A".repeat(2 << 20));
        assert!(html(&image).is_ok());
    }

    #[test]
    fn ordinary_html_is_read_whatever_its_pieces() {
        // The pieces in which it is read end within letters, tags and words.
        let text = format!("<main>{}</main>", "<p>é<b>à</b> è</p>".repeat(5_000));
        let root = html(&text).expect("it is a page");
        let main = root.find(&|it| it.name == "main").expect("it is there");
        assert_eq!(main.elements().count(), 5_000);
        assert_eq!(main.text(), "éà è".repeat(5_000));
    }

    #[test]
    fn xml_names_its_bounds() {
        let deep = xml(&"<a>".repeat(100_000)).expect_err("it is too deep");
        assert!(deep.ends_with("200"), "{deep}");
        let attributes: String = (0..100_000).map(|it| format!(" a{it}='1'")).collect();
        assert!(xml(&format!("<a{attributes}/>")).is_err());
    }
}
