//! Elements of raw HTML and containers, with Markdown between them, as a tree.
//!
//! The pieces of HTML among the blocks of one Markdown container are put together here:
//! an element may begin in one piece and end in another, and what Markdown says in between
//! lies inside it. The fences of containers (`:::callout`) are elements of the same tree.
//! An element never outlives the Markdown container in which it began. What the elements
//! mean is said in `html`.

use super::{
    container, element,
    reader::{Reader, join},
    tag::{self, Tag, Token},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Attributes, Block},
};

/// How many elements may lie in one another before they are passed over.
const MOST_OPEN: usize = 48;

/// A piece of the tree.
#[derive(Debug)]
pub(super) enum Node {
    /// An element and what is in it.
    Element(Element),
    /// Text, entities decoded, spaces as they are written.
    Text(String, Place),
    /// What Markdown says.
    Block(Block),
}

/// An element of raw HTML, or a container.
#[derive(Debug)]
pub(super) struct Element {
    /// Its tag; for a container, a name that no tag can have.
    pub(super) tag: Tag,
    /// From its beginning to its end.
    pub(super) place: Place,
    /// What is in it.
    pub(super) nodes: Vec<Node>,
    /// The fence that begins it, if it is a container.
    pub(super) fence: Option<Fence>,
}

impl Element {
    /// An element that its author forgot to write.
    pub(super) fn new(tag: Tag, place: Place, nodes: Vec<Node>) -> Self {
        Self { tag, place, nodes, fence: None }
    }
}

/// `:::callout Title`.
#[derive(Debug)]
pub(super) struct Fence {
    /// `:` or `?`.
    pub(super) mark: char,
    /// How many of them.
    length: usize,
    /// `callout`; empty for `???`.
    pub(super) name: String,
    /// What follows the name on the line, and its first byte in the file.
    pub(super) rest: (String, usize),
    /// What is written between braces on that line.
    pub(super) attributes: Attributes,
}

/// Elements and blocks in the making.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    open: Vec<Element>,
    /// The names of elements that are passed over because they lie too deep.
    passed: Vec<String>,
}

impl Tree {
    /// How many elements that are blocks in our model are open.
    pub(super) fn depth(&self) -> usize {
        let counts = |it: &&Element| it.fence.is_some() || is_container(&it.tag.name);
        self.open.iter().filter(counts).count()
    }

    /// Adds what Markdown says.
    pub(super) fn block(&mut self, block: Block) {
        self.push(Node::Block(block));
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(element) => element.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    /// Adds a piece of raw HTML. `place` gives the place of a range of its bytes.
    pub(super) fn html(
        &mut self,
        reader: &mut Reader<'_>,
        html: &str,
        place: &dyn Fn(&Reader<'_>, usize, usize) -> Place,
    ) {
        let whole = place(reader, 0, html.len());
        let tokens = tag::tokens(html, &mut |read| reader.afford(read, whole));
        for (token, range) in tokens {
            let place = place(reader, range.start, range.end);
            match token {
                Token::Text(text) => self.push(Node::Text(text, place)),
                Token::Start(mut tag) => {
                    restore(reader, &mut tag);
                    self.start(reader, tag, place);
                }
                Token::End(name) => self.end(reader, &name, place),
                Token::Raw(tag, _) => element::report_dropped(reader, &tag, place),
                Token::Comment(text, closed) => {
                    let text = reader.restore(&text).into_owned();
                    element::report_comment(reader, &text, closed, place);
                }
                Token::Other(text) => {
                    let text = reader.restore(&text).into_owned();
                    element::report_other(reader, &text, place);
                    self.push(Node::Text(text, place));
                }
            }
        }
    }

    fn start(&mut self, reader: &mut Reader<'_>, tag: Tag, place: Place) {
        element::report_left_out(reader, &tag, place);
        self.close_implied(reader, &tag.name);
        // In drawings and formulas, and among elements of one's own, `<x/>` is whole.
        let foreign = |it: &Element| matches!(it.tag.name.as_str(), "svg" | "math");
        let whole = tag.name.contains('-')
            || matches!(tag.name.as_str(), "svg" | "math")
            || self.open.iter().any(foreign);
        let leaf = element::is_void(&tag.name) || (tag.closed && whole);
        let element = Element { tag, place, nodes: Vec::new(), fence: None };
        if leaf {
            self.push(Node::Element(element));
        } else if self.open.len() >= MOST_OPEN {
            reader.report_depth(place);
            self.passed.push(element.tag.name);
        } else {
            self.open.push(element);
        }
    }

    /// Closes what the beginning of another element closes.
    fn close_implied(&mut self, reader: &mut Reader<'_>, name: &str) {
        let (closed, until): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                (&["thead", "tbody", "tfoot", "caption", "colgroup"], &["table"])
            }
            name if !element::is_inline(name) => {
                let inside = |it: &Element| {
                    it.fence.is_none()
                        && (it.tag.name == "p" || element::is_inline(&it.tag.name))
                };
                let count = self.open.iter().rev().take_while(|it| inside(it)).count();
                let above = &self.open[self.open.len() - count..];
                if let Some(at) = above.iter().position(|it| it.tag.name == "p") {
                    self.close_from(reader, self.open.len() - count + at, None);
                }
                return;
            }
            _ => return,
        };
        let stops =
            |it: &Element| it.fence.is_some() || until.contains(&it.tag.name.as_str());
        let reach = self.open.iter().rev().take_while(|it| !stops(it)).count();
        let first = self.open.len() - reach;
        let at = self.open[first..]
            .iter()
            .position(|it| closed.contains(&it.tag.name.as_str()));
        if let Some(at) = at {
            self.close_from(reader, first + at, None);
        }
    }

    fn end(&mut self, reader: &mut Reader<'_>, name: &str, place: Place) {
        if let Some(passed) = self.passed.last() {
            if passed == name {
                self.passed.pop();
            }
            return;
        }
        if name == "br" {
            return self.start(
                reader,
                Tag { name: "br".to_owned(), ..Tag::default() },
                place,
            );
        }
        let reach = self.open.iter().rev().take_while(|it| it.fence.is_none()).count();
        let first = self.open.len() - reach;
        let at = self.open[first..].iter().rposition(|it| it.tag.name == name);
        match at {
            Some(at) => self.close_from(reader, first + at, Some(place)),
            None => {
                let note = Diagnostic::note("html-end-without-start");
                reader.report(note.at(place).with("name", format!("</{name}>")));
            }
        }
    }

    /// Closes the elements from an index on; the first of them has this end tag.
    fn close_from(&mut self, reader: &mut Reader<'_>, index: usize, end: Option<Place>) {
        while self.open.len() > index {
            let mut element = self.open.pop().expect("more are open than the index");
            let end = end.filter(|_| self.open.len() == index);
            if let Some(end) = end {
                element.place = join(element.place, end);
            } else if let Some(fence) = &element.fence {
                let name = format!(
                    "{}{}",
                    fence.mark.to_string().repeat(fence.length),
                    fence.name
                );
                let warning =
                    Diagnostic::warning("container-not-closed").at(element.place);
                reader.report(warning.with("name", name));
            } else if !element::ends_by_itself(&element.tag.name) {
                let warning = Diagnostic::warning("html-not-closed").at(element.place);
                reader.report(warning.with("name", format!("<{}>", element.tag.name)));
            }
            self.push(Node::Element(element));
        }
    }

    /// A line that begins or ends a container.
    pub(super) fn fence(&mut self, reader: &mut Reader<'_>, opaque: (String, usize)) {
        let (text, start) = opaque;
        let place = reader.places.place(start, start + text.len());
        let mark = text.chars().next().unwrap_or(':');
        let inner = text.trim_start_matches(mark);
        let length = text.len() - inner.len();
        let inner = inner.trim_start();
        if inner.is_empty() {
            return self.end_fence(reader, &text, mark, length, place);
        }
        if self.open.len() >= MOST_OPEN {
            reader.report_depth(place);
            return self.push(Node::Text(text, place));
        }
        let opening = container::opening(inner, mark != '?');
        let at = start + text.rfind(opening.words).unwrap_or_default();
        let fence = Fence {
            mark,
            length,
            name: opening.name.to_owned(),
            rest: (opening.words.to_owned(), at),
            attributes: reader.attributes(opening.attributes, place),
        };
        let tag = Tag { name: ":".to_owned(), ..Tag::default() };
        self.open.push(Element { tag, place, nodes: Vec::new(), fence: Some(fence) });
    }

    fn end_fence(
        &mut self,
        reader: &mut Reader<'_>,
        text: &str,
        mark: char,
        length: usize,
        place: Place,
    ) {
        let ends = |it: &Element| {
            it.fence
                .as_ref()
                .is_some_and(|fence| fence.mark == mark && fence.length <= length)
        };
        if let Some(at) = self.open.iter().rposition(ends) {
            return self.close_from(reader, at, Some(place));
        }
        if mark == '?' {
            // Nothing was folded: these are question marks.
            return self.push(Node::Text(text.to_owned(), place));
        }
        reader.report(Diagnostic::note("container-end-without-start").at(place));
    }

    /// The nodes, when the Markdown container ends.
    pub(super) fn finish(mut self, reader: &mut Reader<'_>) -> Vec<Node> {
        self.close_from(reader, 0, None);
        self.nodes
    }
}

/// Puts back what tokens in the values of attributes stand for.
fn restore(reader: &Reader<'_>, tag: &mut Tag) {
    for (_, value) in &mut tag.attributes {
        let restored = reader.restore(value);
        if restored != *value {
            *value = restored.into_owned();
        }
    }
}

/// Elements that count when the depth of blocks is counted.
pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol" | "menu" | "dl" | "blockquote" | "table" | "details" | "figure"
    )
}
