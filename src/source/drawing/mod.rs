//! Drawings, made fit to be shown.
//!
//! A drawing on a page or in a book is shown, not run, and anybody may have made it. So
//! what was written is never published: the drawing is read as a tree, and written anew
//! with the elements and attributes that are known to show something. A script, what
//! reacts to the reader, what brings in another document, whatever lies outside the file
//! and what drawing programs add for themselves is not among them. What is written is
//! well-formed, and means the same to every reader.
//!
//! - `names`: the elements, attributes and functions that are known;
//! - `style`: CSS; `data`: what an address holds that holds its content;
//! - `references`: what leads to which part, and parts that share a name;
//! - `labels`: words that a program keeps as HTML, set as words of the drawing;
//! - `writer`: the tree written anew;
//! - `cost`: how much there is to paint once everything that is repeated is counted.

mod cost;
mod data;
mod labels;
mod names;
mod references;
mod style;
mod writer;

use std::{collections::BTreeSet, fmt};

use quick_xml::events::Event;
use roxmltree::{Document, Node, ParsingOptions};

pub use names::{ATTRIBUTES, ELEMENTS};

use super::encoding;
use crate::{diagnostic::Diagnostic, limits};

/// How deep elements may lie in each other.
const DEPTH: usize = 256;
/// How many elements, texts and comments a drawing may have.
const NODES: u32 = 2_000_000;
/// How deep drawings may lie in each other, as images.
const NESTED: usize = 3;
/// How much longer a drawing may be when the entities of its document type are filled in.
const FILLED_IN: usize = 10 << 20;

/// A drawing that can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// It, written anew.
    pub text: String,
    /// What a reader could miss, or would see differently.
    pub changes: BTreeSet<Change>,
    /// Its width and height in pixels, where it says them.
    pub size: Option<(u32, u32)>,
}

/// Why a drawing cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not well-formed XML, or no SVG.
    Unreadable,
    /// Painting it never ends, or takes too much: it repeats its parts more often than this.
    Costly {
        /// The most parts that repeating may add.
        limit: u64,
    },
    /// Its style sheets would be compared with its elements more often than this.
    Styled {
        /// The most comparisons.
        limit: u64,
    },
    /// An element has more attributes than this.
    Attributes {
        /// The most attributes.
        limit: usize,
    },
}

/// Something that is other than it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// An element was taken out: `script`, `iframe` …
    Element(String),
    /// An attribute was taken out: `onclick`, `href` …
    Attribute(String),
    /// The name of a second part with this name was taken away.
    Twin(String),
    /// A reference to a part that is not there was taken away.
    Dead(String),
    /// Words that were kept as HTML were set anew.
    Label,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Element(name) => write!(f, "<{name}>"),
            Change::Attribute(name) => write!(f, "{name}=\"…\""),
            Change::Twin(id) => write!(f, "id=\"{id}\""),
            Change::Dead(id) => write!(f, "#{id}"),
            Change::Label => write!(f, "<foreignObject>"),
        }
    }
}

/// Makes a drawing fit to be shown.
///
/// # Errors
///
/// When it cannot be read, or repeats its parts without end.
pub fn fit(bytes: &[u8]) -> Result<Drawing, Fault> {
    nested(bytes, 0)
}

/// Whether a file is a drawing, by its first element.
pub fn is_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let Some(text) = encoding::xml_head(head) else { return false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            it if it.starts_with("<?") => it.find("?>").map(|at| at + 2),
            it if it.starts_with("<!--") => it.find("-->").map(|at| at + 3),
            it if it.starts_with("<!DOCTYPE") => doctype_end(it),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    let Some(rest) = rest.strip_prefix('<') else { return false };
    let name = rest.split(|it: char| it.is_whitespace() || "/>".contains(it)).next();
    name.is_some_and(|it| it == "svg" || it.ends_with(":svg"))
}

fn doctype_end(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text[..end].contains('[') {
        true => {
            let inside = text.find(']')?;
            Some(inside + text[inside..].find('>')? + 1)
        }
        false => Some(end + 1),
    }
}

/// What is said of a drawing that was changed.
pub fn notes(changes: &BTreeSet<Change>) -> Vec<Diagnostic> {
    let named = |wants: fn(&Change) -> bool| -> Option<String> {
        let names: Vec<String> =
            changes.iter().filter(|it| wants(it)).map(ToString::to_string).collect();
        (!names.is_empty()).then(|| shortened(&names))
    };
    let removed = named(|it| matches!(it, Change::Element(_) | Change::Attribute(_)))
        .map(|it| Diagnostic::note("drawing-mended").with("removed", it));
    let references = named(|it| matches!(it, Change::Twin(_) | Change::Dead(_)))
        .map(|it| Diagnostic::note("drawing-references").with("names", it));
    let labels =
        changes.contains(&Change::Label).then(|| Diagnostic::note("drawing-labels"));
    [removed, references, labels].into_iter().flatten().collect()
}

/// The first names of many.
fn shortened(names: &[String]) -> String {
    /// More would not be read.
    const MOST: usize = 12;
    let shown = names[..names.len().min(MOST)].join(", ");
    if names.len() > MOST { format!("{shown} …") } else { shown }
}

/// Makes a drawing fit that lies so deep in others.
fn nested(bytes: &[u8], level: usize) -> Result<Drawing, Fault> {
    let mut text = encoding::xml(bytes).ok_or(Fault::Unreadable)?;
    // Labels of Mermaid are written as a browser writes HTML, where a break is not closed.
    if text.contains("<br>") && parsed(&text).is_err() {
        text = text.replace("<br>", "<br/>");
    }
    let tree = parsed(&text)?;
    let root = tree.root_element();
    let tag = root.tag_name();
    if tag.namespace() != Some(names::SVG) || tag.name() != "svg" || is_too_deep(root) {
        return Err(Fault::Unreadable);
    }
    let written = writer::write(root, level);
    // What was written is what is painted: entities are filled in, and names are mended.
    let tree = parsed(&written.text)?;
    if cost::comparisons(tree.root_element()) > cost::COMPARISONS {
        return Err(Fault::Styled { limit: cost::COMPARISONS });
    }
    if !cost::is_bounded(tree.root_element()) {
        return Err(Fault::Costly { limit: cost::LIMIT });
    }
    let size = size(tree.root_element());
    Ok(Drawing { text: written.text, changes: written.changes, size })
}

fn parsed(text: &str) -> Result<Document<'_>, Fault> {
    if has_bomb(text) {
        return Err(Fault::Unreadable);
    }
    if has_many_attributes(text) {
        return Err(Fault::Attributes { limit: limits::ATTRIBUTES });
    }
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..Default::default() };
    Document::parse_with_options(text, options).map_err(|_| Fault::Unreadable)
}

/// Whether an element has so many attributes that comparing each with all before it, as the
/// parser does, takes long.
fn has_many_attributes(text: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        let attributes = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                tag.attributes().with_checks(false).count()
            }
            // The text of an entity may hold elements.
            Ok(Event::DocType(text)) => text.matches('=').count(),
            // What cannot be read is told by who reads the whole.
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => 0,
        };
        if attributes > limits::ATTRIBUTES {
            return true;
        }
    }
}

/// Whether the entities of a document type could make a text far longer. Where one refers
/// to others, the parser follows 255 references and no more.
fn has_bomb(text: &str) -> bool {
    let Some(start) = text.find("<!ENTITY") else { return false };
    let last = text.rfind("<!ENTITY").unwrap_or(start);
    let end = last + text[last..].find('>').unwrap_or(0);
    let declared = &text[start..end];
    let longest = declared.split("<!ENTITY").map(str::len).max().unwrap_or_default();
    let each = if declared.contains('&') { longest * 256 } else { longest };
    let references = text[end..].matches('&').count();
    references.saturating_mul(each) > FILLED_IN
}

fn is_too_deep(root: Node<'_, '_>) -> bool {
    let mut open = vec![(root, 1)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEPTH {
            return true;
        }
        let children = node.children().filter(Node::is_element);
        open.extend(children.map(|it| (it, depth + 1)));
    }
    false
}

/// The size of a drawing: its `width` and `height` in pixels, else its `viewBox`.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let length = |name| {
        let value: &str = root.attribute(name)?;
        pixels(value.trim().trim_end_matches("px"))
    };
    length("width").zip(length("height")).or_else(|| {
        let view = root.attribute("viewBox")?;
        let mut numbers =
            view.split([' ', ',', '\n', '\t']).filter(|it| !it.is_empty()).skip(2);
        Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between 0 and a million"
)]
fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    (1.0..1e6).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests;
