//! Runs of inlines, from Markdown with raw HTML tags in it.
//!
//! Markdown gives a tree, but an HTML tag and its end are two leaves of it. So the tree is
//! walked flat, and both Markdown nodes and HTML elements open and close frames on one
//! stack. An HTML element never outlives the Markdown node in which it began; what is not
//! closed is closed, and no text is lost.

use comrak::{
    arena_tree::NodeEdge,
    nodes::{AstNode, NodeLink, NodeValue},
};

use super::{
    attributes::{self, Written},
    element, formula,
    opaque::{Kind, Piece, clean},
    reader::{DEEPEST_INLINE, Reader},
    shortcode, spaced,
    tag::{self, Tag, Token},
};
use crate::{
    cause,
    diagnostic::{Diagnostic, Place},
    document::{
        FootnoteReference, Image, Inline, Link, Resource, Span, Style, Target, Text, text,
    },
};

/// What a frame stands for.
#[derive(Debug)]
enum Open {
    /// A node of the Markdown parser, or the run itself.
    Node,
    /// An HTML element.
    Element(Tag, Place),
}

#[derive(Debug)]
struct Frame {
    open: Open,
    inlines: Vec<Inline>,
}

/// A run of inlines in the making.
#[derive(Debug)]
struct Run<'r, 'a> {
    reader: &'r mut Reader<'a>,
    frames: Vec<Frame>,
    /// How many HTML elements are open since each Markdown node began.
    elements: Vec<usize>,
    /// How many Markdown nodes are open that lie too deep: what they hold goes into the
    /// innermost frame.
    flat: usize,
}

/// The inlines of a block of the Markdown parser.
pub(super) fn of_node<'n>(reader: &mut Reader<'_>, node: &'n AstNode<'n>) -> Vec<Inline> {
    let place = reader.place(node.data().sourcepos);
    let mut run = Run::new(reader);
    for edge in node.traverse() {
        match edge {
            NodeEdge::Start(it) if !std::ptr::eq(it, node) => run.start(it),
            NodeEdge::End(it) if !std::ptr::eq(it, node) => run.end(it),
            NodeEdge::Start(_) | NodeEdge::End(_) => {}
        }
    }
    let inlines = run.finish();
    spaced::links(reader, inlines, place)
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(reader: &'r mut Reader<'a>) -> Self {
        let root = Frame { open: Open::Node, inlines: Vec::new() };
        Self { reader, frames: vec![root], elements: vec![0], flat: 0 }
    }

    fn finish(mut self) -> Vec<Inline> {
        self.close_elements();
        let root = self.frames.pop().expect("the root is closed last");
        tidy(root.inlines)
    }

    fn start<'n>(&mut self, node: &'n AstNode<'n>) {
        let ast = node.data();
        let place = self.reader.place(ast.sourcepos);
        match &ast.value {
            NodeValue::Text(text) => self.text(text, place),
            NodeValue::SoftBreak => self.push(Inline::SoftBreak),
            NodeValue::LineBreak => self.push(Inline::HardBreak),
            NodeValue::Code(code) => {
                let text = self.reader.restore(&code.literal);
                let code = Inline::Code(plain_text(&text));
                match ast.attrs.as_deref().map(written) {
                    None => self.push(code),
                    Some(written) => {
                        let attributes = self.reader.attributes(written, place);
                        self.push_span(attributes, place, vec![code]);
                    }
                }
            }
            NodeValue::HtmlInline(html) => self.html(html, place),
            NodeValue::Math(math) => {
                let latex = self.reader.restore(&math.literal).into_owned();
                let inlines = formula(self.reader, &latex, place);
                self.extend(inlines);
            }
            NodeValue::FootnoteReference(note) => {
                let label = self.reader.restore(&note.name).into_owned();
                let reference =
                    FootnoteReference { place, label, number: 0, occurrence: 0 };
                self.push(Inline::Footnote(reference));
            }
            _ if self.frames.len() > DEEPEST_INLINE => {
                self.reader.report_depth(place);
                self.flat += 1;
            }
            _ => {
                self.frames.push(Frame { open: Open::Node, inlines: Vec::new() });
                self.elements.push(0);
            }
        }
    }

    fn end<'n>(&mut self, node: &'n AstNode<'n>) {
        let ast = node.data();
        if matches!(
            ast.value,
            NodeValue::Text(_)
                | NodeValue::SoftBreak
                | NodeValue::LineBreak
                | NodeValue::Code(_)
                | NodeValue::HtmlInline(_)
                | NodeValue::Math(_)
                | NodeValue::FootnoteReference(_)
        ) {
            return;
        }
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        let place = self.reader.place(ast.sourcepos);
        self.close_elements();
        self.elements.pop();
        let inner = self.frames.pop().expect("each node was opened").inlines;
        let written = ast.attrs.as_deref().map(written).unwrap_or_default();
        match &ast.value {
            NodeValue::Emph => self.styled(Style::Emphasis, inner),
            NodeValue::Strong => self.styled(Style::Strong, inner),
            NodeValue::Strikethrough => self.styled(Style::Deleted, inner),
            NodeValue::Superscript => self.shifted(Style::Superscript, "^", inner),
            NodeValue::Subscript => self.shifted(Style::Subscript, "~", inner),
            NodeValue::Link(link) => self.link(link, written, inner, place),
            NodeValue::Image(link) => self.image(link, written, &inner, place),
            _ => self.extend(inner),
        }
    }

    fn link(
        &mut self,
        link: &NodeLink,
        written: Written,
        inlines: Vec<Inline>,
        place: Place,
    ) {
        let attributes = self.reader.attributes(written, place);
        let mut address = plain_text(&self.reader.restore(&link.url));
        let title = self.title(&link.title);
        let mut inlines = tidy(inlines);
        let after = match self.is_bare(&inlines, place) {
            true => after_address(&mut address, &mut inlines),
            false => String::new(),
        };
        let inline = Link {
            place,
            address,
            target: Target::Unresolved,
            title,
            inlines,
            attributes,
        };
        let inlines = element::link(self.reader, inline);
        self.extend(inlines);
        self.push(Inline::Text(after));
    }

    /// Whether a link is an address that stands in the text as it is, without brackets.
    fn is_bare(&self, inlines: &[Inline], place: Place) -> bool {
        let start = place.start as usize;
        let first = self.reader.places.text().as_bytes().get(start);
        matches!(inlines, [Inline::Text(_)]) && !matches!(first, Some(b'[' | b'<'))
    }

    fn image(
        &mut self,
        link: &NodeLink,
        written: Written,
        inner: &[Inline],
        place: Place,
    ) {
        let attributes = self.reader.attributes(written, place);
        let image = Image {
            place,
            address: plain_text(&self.reader.restore(&link.url)),
            resource: Resource::Unresolved,
            alternative: text::plain(inner),
            title: self.title(&link.title),
            attributes,
        };
        self.push(Inline::Image(image));
    }

    fn title(&self, title: &str) -> Option<String> {
        (!title.is_empty()).then(|| plain_text(&self.reader.restore(title)))
    }

    fn styled(&mut self, style: Style, inner: Vec<Inline>) {
        self.push(Inline::Styled(style, tidy(inner)));
    }

    /// Raised or lowered words. As with Pandoc there is no space in them: `2^10 et x^2`
    /// and `~100 à ~200` are just signs.
    fn shifted(&mut self, style: Style, mark: &str, inner: Vec<Inline>) {
        if !text::plain(&inner).contains(char::is_whitespace) {
            return self.styled(style, inner);
        }
        self.push(Inline::Text(mark.to_owned()));
        self.extend(inner);
        self.push(Inline::Text(mark.to_owned()));
    }

    fn push_span(
        &mut self,
        mut attributes: crate::document::Attributes,
        place: Place,
        inlines: Vec<Inline>,
    ) {
        let language = attributes.language.take();
        if language.is_none() && attributes.is_empty() {
            return self.extend(inlines);
        }
        self.push(Inline::Span(Span { place, language, attributes, inlines }));
    }

    fn extend(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            self.push(inline);
        }
    }

    fn push(&mut self, inline: Inline) {
        let inlines = &mut self.frames.last_mut().expect("the root is open").inlines;
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, Inline::Text(text)) if text.is_empty() => {}
            (_, inline) => inlines.push(inline),
        }
    }

    /// Text of the Markdown parser: with the shortcodes that were kept from it.
    fn text(&mut self, text: &str, place: Place) {
        let text = self.attributes_after(text, place);
        if !text.contains('\u{FDD0}') {
            return self.push(Inline::Text(plain_text(&text)));
        }
        for part in parts(self.reader, &text) {
            match part {
                Part::Text(text) => self.push(Inline::Text(plain_text(&text))),
                Part::Construct(kind, text, start) => {
                    let inlines = shortcode::inlines(self.reader, kind, &text, start);
                    self.extend(inlines);
                }
            }
        }
    }

    /// Takes `{.class}` off a text that follows a link or an image.
    fn attributes_after(&mut self, text: &str, place: Place) -> String {
        let inlines = &mut self.frames.last_mut().expect("the root is open").inlines;
        let found = match inlines.last_mut() {
            Some(
                Inline::Link(Link { attributes, .. })
                | Inline::Image(Image { attributes, .. }),
            ) if attributes.is_empty() => {
                attributes::at_start(text).map(|found| (attributes, found))
            }
            _ => None,
        };
        let Some((attributes, (written, length))) = found else { return text.to_owned() };
        *attributes = written.kept.clone();
        self.reader.attributes(written, place);
        text[length..].to_owned()
    }

    /// One tag, comment or declaration among Markdown.
    fn html(&mut self, html: &str, place: Place) {
        let html = self.reader.restore(html).into_owned();
        let reader = &mut *self.reader;
        let tokens = tag::tokens(&html, &mut |read| reader.afford(read, place));
        for (token, _) in tokens {
            match token {
                Token::Text(text) => self.push(Inline::Text(plain_text(&text))),
                Token::Start(tag) => self.open(tag, place),
                // Among Markdown the content and the end are tokens of their own.
                Token::Raw(tag, _) => self.open(tag, place),
                Token::End(name) => self.close(&name, place),
                Token::Comment(comment, closed) => {
                    element::report_comment(self.reader, &comment, closed, place);
                }
                Token::Other(text) => {
                    element::report_other(self.reader, &text, place);
                    self.push(Inline::Text(plain_text(&text)));
                }
            }
        }
    }

    fn open(&mut self, tag: Tag, place: Place) {
        element::report_left_out(self.reader, &tag, place);
        if self.frames.len() > DEEPEST_INLINE && !element::is_void(&tag.name) {
            return self.reader.report_depth(place);
        }
        if tag.name == "source" {
            self.give_source(&tag);
        }
        // In drawings, and among elements of one's own, `<x/>` is whole.
        let foreign =
            |it: &Frame| matches!(&it.open, Open::Element(it, _) if it.name == "svg");
        let whole = tag.name.contains('-')
            || tag.name == "svg"
            || self.frames.iter().any(foreign);
        if element::is_void(&tag.name) || (tag.closed && whole) {
            let inlines = element::inline(self.reader, &tag, Vec::new(), place);
            return self.extend(inlines);
        }
        *self.elements.last_mut().expect("the root counts") += 1;
        self.frames.push(Frame { open: Open::Element(tag, place), inlines: Vec::new() });
    }

    /// Gives a medium the address that an element inside it says.
    fn give_source(&mut self, source: &Tag) {
        let Some(Frame { open: Open::Element(tag, _), .. }) = self.frames.last_mut()
        else {
            return;
        };
        if let Some(address) = source.get("src")
            && element::is_medium(&tag.name)
            && tag.get("src").is_none()
        {
            tag.attributes.push(("src".to_owned(), address.to_owned()));
        }
    }

    fn close(&mut self, name: &str, place: Place) {
        if name == "br" {
            return self.push(Inline::HardBreak);
        }
        let open = *self.elements.last().expect("the root counts");
        let found =
            self.frames.iter().rev().take(open).position(
                |it| matches!(&it.open, Open::Element(tag, _) if tag.name == name),
            );
        let Some(above) = found else {
            let note = Diagnostic::note("html-end-without-start");
            return self.reader.report(note.at(place).with("name", format!("</{name}>")));
        };
        for _ in 0..above {
            self.close_element(None);
        }
        self.close_element(Some(place));
    }

    /// Closes the elements that are still open in the innermost Markdown node.
    fn close_elements(&mut self) {
        while self.elements.last().is_some_and(|&open| open > 0) {
            self.close_element(None);
        }
    }

    /// Closes the innermost element, at its end tag if it has one.
    fn close_element(&mut self, end: Option<Place>) {
        let frame = self.frames.pop().expect("an element is open");
        *self.elements.last_mut().expect("the root counts") -= 1;
        let Open::Element(tag, start) = frame.open else {
            return self.extend(frame.inlines);
        };
        if end.is_none() && !element::ends_by_itself(&tag.name) {
            let name = format!("<{}>", tag.name);
            let warning = Diagnostic::warning("html-not-closed");
            self.reader.report(warning.at(start).with("name", name));
        }
        let place = end.map_or(start, |end| super::reader::join(start, end));
        let inlines = element::inline(self.reader, &tag, tidy(frame.inlines), place);
        self.extend(inlines);
    }
}

/// The attributes that the Markdown parser found.
pub(super) fn written(found: &comrak::nodes::Attributes) -> Written {
    let mut written = Written::default();
    written.kept.id = found.id.clone();
    written.kept.classes = found.classes.clone();
    for (name, value) in &found.pairs {
        attributes::add(&mut written, name, value);
    }
    written
}

/// Text without line ends, tabs and characters that no format can hold.
pub(super) fn plain_text(text: &str) -> String {
    text.chars()
        .map(|it| if matches!(it, '\n' | '\t' | '\r') { ' ' } else { clean(it) })
        .collect()
}

/// The same with one space where there are several, as in all words of a page: else a unit
/// would be another once it is written and read.
pub(super) fn folded_text(text: &str) -> String {
    let mut text = plain_text(text);
    dedup_spaces(&mut text);
    text
}

/// Words from outside a line (front matter, an attribute) as a text of a page, in the form that it
/// keeps when it is written and read again.
pub(super) fn text_of(place: Place, words: &str) -> Text {
    Text::plain(place, folded_text(words).trim_matches(' '))
}

/// Joins neighbouring texts, and leaves one space where there are several and none beside
/// a break.
pub(super) fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let breaks = matches!(inline, Inline::SoftBreak | Inline::HardBreak);
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (Some(Inline::HardBreak | Inline::SoftBreak), Inline::SoftBreak) => {}
            (Some(last @ Inline::SoftBreak), Inline::HardBreak) => {
                *last = Inline::HardBreak;
            }
            (Some(Inline::HardBreak | Inline::SoftBreak), Inline::Text(text)) => {
                push_text(&mut out, text.trim_start_matches(' '));
            }
            (Some(Inline::Text(before)), inline) if breaks => {
                before.truncate(before.trim_end_matches(' ').len());
                if before.is_empty() {
                    out.pop();
                }
                out.push(inline);
            }
            (_, inline) => out.push(inline),
        }
    }
    for inline in &mut out {
        if let Inline::Text(text) = inline
            && text.contains("  ")
        {
            dedup_spaces(text);
        }
    }
    out
}

/// The same, at every depth; what is set apart and holds nothing is left out.
pub(super) fn tidied(inlines: Vec<Inline>) -> Vec<Inline> {
    let deeper = |inline| match inline {
        Inline::Styled(style, inner) => Inline::Styled(style, tidied(inner)),
        Inline::Link(it) => Inline::Link(Link { inlines: tidied(it.inlines), ..it }),
        Inline::Span(mut it) => {
            it.inlines = tidied(it.inlines);
            Inline::Span(it)
        }
        Inline::Image(mut it) => {
            dedup_spaces(&mut it.alternative);
            Inline::Image(it)
        }
        other => other,
    };
    let is_nothing = |it: &Inline| match it {
        Inline::Styled(_, inner) => inner.is_empty(),
        Inline::Code(code) => code.is_empty(),
        _ => false,
    };
    tidy(inlines.into_iter().map(deeper).filter(|it| !is_nothing(it)).collect())
}

/// Leaves one space where there are several.
fn dedup_spaces(text: &mut String) {
    let mut before = false;
    text.retain(|it| {
        let again = before && it == ' ';
        before = it == ' ';
        !again
    });
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

/// What closes a quotation or a sentence, which the Markdown parser takes for a part of the
/// address before it: it knows the signs of ASCII alone.
const CLOSING: [char; 18] = [
    '»', '«', '›', '‹', '”', '“', '„', '’', '‘', '‚', '…', '–', '—', '。', '，', '、',
    '」', '』',
];

/// Takes from a bare address, and from its words, what does not belong to them: what begins
/// with a space that is none of ASCII, and the signs that close something.
fn after_address(address: &mut String, inlines: &mut [Inline]) -> String {
    let [Inline::Text(words)] = inlines else { return String::new() };
    if !address.ends_with(words.as_str()) {
        return String::new();
    }
    let whole = words.split(char::is_whitespace).next().unwrap_or_default();
    let mut kept = whole.trim_end_matches(CLOSING);
    if kept.len() < words.len() {
        // What was in the way of these hid them from the parser.
        kept = kept.trim_end_matches(|it: char| {
            CLOSING.contains(&it) || "?!.,:*_~'\"".contains(it)
        });
        let is_open = kept.matches('(').count() >= kept.matches(')').count();
        kept = if is_open { kept } else { kept.trim_end_matches(')') };
    }
    let after = words.split_off(kept.len());
    address.truncate(address.len() - after.len());
    after
}

/// Removes spaces and breaks at both ends of a unit.
pub(super) fn trim(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_space = |it: &Inline| match it {
        Inline::Text(text) => text.trim_matches(' ').is_empty(),
        Inline::SoftBreak | Inline::HardBreak => true,
        _ => false,
    };
    let kept = inlines.len() - inlines.iter().rev().take_while(|it| is_space(it)).count();
    inlines.truncate(kept);
    let first = inlines.iter().take_while(|it| is_space(it)).count();
    inlines.drain(..first);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        *text = text.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    inlines
}

/// Whether a break that the author asked for stands at an end, where it shows nothing.
pub(super) fn has_idle_break(inlines: &[Inline]) -> bool {
    let ends = [inlines.first(), inlines.last()];
    ends.iter().any(|it| matches!(it, Some(Inline::HardBreak)))
}

/// A formula, if it can be read; else its source as code.
pub(super) fn formula(reader: &mut Reader<'_>, latex: &str, place: Place) -> Vec<Inline> {
    let found = formula::formula(&plain_text(latex), place);
    if found.latex.is_empty() {
        return Vec::new();
    }
    match formula::read(&found.latex, false) {
        Ok(_) => vec![Inline::Math(found)],
        Err(message) => {
            let error = Diagnostic::error("formula-unreadable").at(place);
            let (cause, piece) = cause::formula(&message);
            let error = error.with("formula", &found.latex).with("piece", piece);
            reader.report(error.because(cause, message));
            vec![Inline::Code(found.latex)]
        }
    }
}

/// A part of a text in which there are tokens.
pub(super) enum Part {
    /// Text.
    Text(String),
    /// What a token stands for, and its first byte in the file.
    Construct(Kind, String, usize),
}

/// The parts of a text in which there are tokens.
pub(super) fn parts(reader: &Reader<'_>, text: &str) -> Vec<Part> {
    let part = |piece: Piece<'_>| match piece {
        Piece::Text(text) => Part::Text(text.to_owned()),
        Piece::Opaque(it) => Part::Construct(it.kind, it.text.clone(), it.start),
    };
    reader.opaques.pieces(text).into_iter().map(part).collect()
}
