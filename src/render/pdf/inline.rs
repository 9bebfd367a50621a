//! Inlines, as data for the template.
//!
//! A line is a list: a string is words, a number one of the [`Sign`]s, an object all else.

use serde_json::{Value, json};
use std::borrow::Cow;

use super::{
    block::Writer,
    formula,
    typography::{self, Piece},
};
use crate::{
    diagnostic::Place,
    document::{
        FootnoteReference, Image, Inline, Link, Resource, Span, Style, text, walk,
    },
};

/// Where a word may be cut. At the end of a part of a line its hyphen would stand outside of
/// that part, and in lines that run from right to left at their wrong end.
const SOFT_HYPHEN: char = '\u{ad}';

/// The deepest that styles may stand in each other; deeper ones are left out.
const DEEPEST: usize = 12;

/// What is in a line and is no word. The template has them in this order.
#[derive(Clone, Copy)]
enum Sign {
    /// The words on both sides are hyphenated apart.
    Joint,
    /// The line may end here.
    Chance,
    /// The line ends here.
    Break,
}

/// Stands in a line where a name is that nothing follows, so that the name is of this line.
pub(super) fn nothing() -> Value {
    node! { "kind": "nothing" }
}

/// The number of a place where the author ends the line.
pub(super) const BREAK: u8 = Sign::Break as u8;

/// The number of a place where a line of code may break.
pub(super) const CHANCE: u8 = Sign::Chance as u8;

/// A line that is being made.
#[derive(Default)]
pub(super) struct Line {
    nodes: Vec<Value>,
    words: String,
    /// Whether a space would be one too many.
    spaced: bool,
    /// Whether a place has a name, and nothing stands there yet.
    named: bool,
}

impl Line {
    /// A line at whose start no space is wanted.
    fn new() -> Self {
        Self { spaced: true, ..Self::default() }
    }

    fn words(&mut self, text: &str) {
        for letter in text.chars() {
            let is_space = matches!(letter, ' ' | '\n');
            self.named &= is_space;
            if !is_space {
                self.words.push(letter);
            } else if !self.spaced {
                self.words.push(' ');
            }
            self.spaced = is_space;
        }
    }

    fn flush(&mut self) {
        if !self.words.is_empty() {
            self.nodes.push(Value::String(std::mem::take(&mut self.words)));
        }
    }

    fn sign(&mut self, sign: Sign) {
        self.flush();
        self.nodes.push(json!(sign as u8));
    }

    fn node(&mut self, node: Value) {
        self.flush();
        self.nodes.push(node);
        self.named = false;
    }

    /// Names of the place that follows.
    fn names(&mut self, anchors: Vec<String>) {
        if !anchors.is_empty() {
            self.node(node! { "kind": "anchors", "anchors": anchors });
            self.named = true;
        }
    }

    fn finish(mut self) -> Vec<Value> {
        while self.words.ends_with(' ') {
            self.words.pop();
        }
        self.flush();
        if self.named {
            self.nodes.push(nothing());
        }
        self.nodes
    }
}

/// Inlines as data.
pub(super) fn inlines(
    to: &mut Writer<'_>,
    inlines: &[Inline],
    place: Place,
) -> Vec<Value> {
    let mut line = Line::new();
    push(to, &mut line, inlines, place, 0);
    let mut nodes = jointed(line.finish());
    let is_leftward = to.scene.edition.right_to_left
        || text::plain(inlines).contains(super::bind::is_leftward_letter);
    if is_leftward {
        nodes.iter_mut().for_each(|it| number_runs(to, it));
    }
    nodes
}

/// Puts a joint wherever a part of a line is grown together with words: were a line to end
/// just there, its hyphen would be of the part's kind and stand outside of it, and a link
/// could not be written at all.
fn jointed(nodes: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::with_capacity(nodes.len());
    for mut node in nodes {
        if let Some(Value::Array(content)) = node.get_mut("content") {
            *content = jointed(std::mem::take(content));
        }
        let is_joined = out.last().is_some_and(|before| {
            (before.is_object() || node.is_object())
                && letter(before, Side::End).is_some_and(char::is_alphanumeric)
                && letter(&node, Side::Start).is_some_and(char::is_alphanumeric)
        });
        if is_joined {
            out.push(json!(Sign::Joint as u8));
        }
        out.push(node);
    }
    out
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// The sign with which a part of a line begins or ends, when it is one of words.
fn letter(node: &Value, side: Side) -> Option<char> {
    match (node, side) {
        (Value::String(words), Side::Start) => words.chars().next(),
        (Value::String(words), Side::End) => words.chars().next_back(),
        (Value::Array(nodes), Side::Start) => letter(nodes.first()?, side),
        (Value::Array(nodes), Side::End) => letter(nodes.last()?, side),
        (Value::Object(node), _) => {
            letter(node.get("content").or_else(|| node.get("number"))?, side)
        }
        (Value::Null | Value::Bool(_) | Value::Number(_), _) => None,
    }
}

/// The colour of a run, which no other has.
pub(super) fn colour(to: &mut Writer<'_>) -> Value {
    to.runs += 1;
    format!("#{:06x}", to.runs % 0x100_0000).into()
}

/// Gives the words of a line numbers, by which what stands from right to left is put in the
/// order in which it is read.
fn number_runs(to: &mut Writer<'_>, node: &mut Value) {
    match node {
        Value::String(words) => {
            let colour = colour(to);
            *node = node! { "kind": "run", "colour": colour, "content": words.as_str() };
        }
        // Notes were lines of their own.
        Value::Object(it) if it.get("kind").is_some_and(|it| it == "note") => {}
        Value::Object(it) => match it.get_mut("content") {
            Some(Value::Array(nodes)) => {
                nodes.iter_mut().for_each(|it| number_runs(to, it));
            }
            Some(Value::String(_)) => drop(it.insert("colour".to_owned(), colour(to))),
            _ => {}
        },
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn push(
    to: &mut Writer<'_>,
    line: &mut Line,
    inlines: &[Inline],
    place: Place,
    depth: usize,
) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => words(to, line, text, place),
            Inline::SoftBreak => line.words(" "),
            Inline::HardBreak => {
                line.sign(Sign::Break);
                line.spaced = true;
            }
            Inline::Styled(style, inner) => styled(to, line, style, inner, place, depth),
            Inline::Code(text) => code(to, line, text, place),
            Inline::Link(it) => link(to, line, it, depth),
            Inline::Image(it) => image(to, line, it),
            Inline::Footnote(it) => footnote(to, line, it),
            Inline::Span(it) => span(to, line, it, depth),
            Inline::Math(it) => {
                let node = formula::formula(to, it, false);
                line.node(node);
                line.spaced = false;
            }
        }
    }
}

/// A node with inlines inside it; without the node where it stands too deep.
fn nest(
    to: &mut Writer<'_>,
    line: &mut Line,
    inlines: &[Inline],
    place: Place,
    depth: usize,
    node: impl FnOnce(Vec<Value>) -> Value,
) {
    if depth >= DEEPEST {
        to.report_depth(place);
        return push(to, line, inlines, place, depth);
    }
    let mut inner = Line { spaced: line.spaced, ..Line::default() };
    push(to, &mut inner, inlines, place, depth + 1);
    inner.flush();
    line.spaced = inner.spaced;
    let named = inner.named;
    if !inner.nodes.is_empty() {
        line.node(node(inner.nodes));
        line.named = named;
    }
}

fn words(to: &mut Writer<'_>, line: &mut Line, text: &str, place: Place) {
    let text = to.letters.read(text, place);
    let text = if to.scene.edition.right_to_left {
        Cow::from(text.replace(SOFT_HYPHEN, ""))
    } else {
        Cow::from(text.trim_matches(SOFT_HYPHEN))
    };
    for piece in typography::pieces(&text, &to.language, to.longest) {
        match piece {
            Piece::Words(words) => line.words(&words),
            Piece::Whole(words) => {
                line.node(node! { "kind": "whole", "content": words });
                line.spaced = false;
            }
            Piece::Joint => line.sign(Sign::Joint),
            Piece::Chance => line.sign(Sign::Chance),
        }
    }
}

fn styled(
    to: &mut Writer<'_>,
    line: &mut Line,
    style: &Style,
    inner: &[Inline],
    place: Place,
    depth: usize,
) {
    let kind = match style {
        Style::Emphasis => "emphasis",
        Style::Strong => "strong",
        Style::Deleted => "deleted",
        Style::Inserted => "inserted",
        Style::Superscript => "superscript",
        Style::Subscript => "subscript",
        Style::Highlight => "highlight",
        Style::Small => "small",
        Style::Keyboard => "keyboard",
        Style::Cite => "cite",
        Style::Quoted => "quoted",
        Style::Abbreviation(meaning) => {
            push(to, line, inner, place, depth);
            if let Some(meaning) = meaning {
                abbreviation(to, line, inner, meaning, place);
            }
            return;
        }
        // Print has nothing to say to machines.
        Style::Time(_) => return push(to, line, inner, place, depth),
    };
    nest(
        to,
        line,
        inner,
        place,
        depth,
        |content| node! { "kind": kind, "content": content },
    );
}

/// Print has nothing to point at: what an abbreviation stands for is said once, behind it.
fn abbreviation(
    to: &mut Writer<'_>,
    line: &mut Line,
    inner: &[Inline],
    meaning: &str,
    place: Place,
) {
    if to.explains(&text::plain(inner)) && !meaning.trim().is_empty() {
        words(to, line, &format!(" ({})", meaning.trim()), place);
    }
}

fn code(to: &mut Writer<'_>, line: &mut Line, text: &str, place: Place) {
    let text = to.letters.read(text, place).into_owned();
    if text.trim().is_empty() {
        return line.words(&text);
    }
    let longest = to.longest;
    let is_long = text.split(' ').any(|word| word.chars().count() > longest);
    let parts = is_long.then(|| typography::chunks(&text, longest));
    line.node(node! { "kind": "code", "text": text.as_str(), "parts": parts });
    line.spaced = false;
}

fn link(to: &mut Writer<'_>, line: &mut Line, link: &Link, depth: usize) {
    line.names(to.anchors([link.attributes.id.as_deref()]));
    let lead = if to.in_link { None } else { to.lead(link) };
    let Some(lead) = lead else {
        return push(to, line, &link.inlines, link.place, depth);
    };
    to.in_link = true;
    let own = link.attributes.language.as_ref().filter(|it| **it != to.language).cloned();
    let lang = own.as_ref().map(super::block::lang);
    let around = own.map(|it| std::mem::replace(&mut to.language, it));
    let silent = text::plain(&link.inlines).trim().is_empty();
    // A link without words is named by its title or its address.
    let name = link.title.clone().unwrap_or_else(|| link.address.clone());
    let own = vec![Inline::Text(name.clone())];
    let inner = if silent && !has_image(&link.inlines) { &own } else { &link.inlines };
    to.link_name = silent.then_some(name);
    nest(to, line, inner, link.place, depth.min(DEEPEST - 1), |content| {
        let link = node! { "kind": "link", "to": lead, "content": content };
        match lang {
            Some(lang) => node! { "kind": "span", "lang": lang, "content": [link] },
            None => link,
        }
    });
    if let Some(around) = around {
        to.language = around;
    }
    to.link_name = None;
    to.in_link = false;
}

/// Whether something in a line is heard as a figure.
pub(super) fn has_figure(inlines: &[Inline]) -> bool {
    let mut found = false;
    walk::inlines(inlines, &mut |it| {
        found |= matches!(it, Inline::Image(_) | Inline::Math(_));
    });
    found
}

fn has_image(inlines: &[Inline]) -> bool {
    let mut found = false;
    walk::inlines(inlines, &mut |it| {
        found |= matches!(it, Inline::Image(_));
    });
    found
}

fn image(to: &mut Writer<'_>, line: &mut Line, image: &Image) {
    let anchors = to.anchors([image.attributes.id.as_deref()]);
    let alternative = to.letters.heard(&image.alternative);
    let picture = to.picture(image);
    // An image that is all there is of a link says where the link leads.
    let alternative = match to.link_name.take() {
        Some(name) if alternative.is_empty() && picture.is_some() => {
            to.letters.heard(&name)
        }
        _ => alternative,
    };
    // What says nothing is not there for those who hear it.
    let is_silent = picture.is_some() && alternative.is_empty() && !anchors.is_empty();
    let node = match picture {
        Some(picture) => node! {
            "kind": "image",
            "picture": picture,
            "alternative": alternative,
            "anchors": anchors,
        },
        None => missing(to, image, &alternative),
    };
    line.node(node);
    line.named = is_silent;
    line.spaced = false;
}

/// What stands in for an image; it leads to the image when that is on another host.
pub(super) fn missing(to: &mut Writer<'_>, image: &Image, alternative: &str) -> Value {
    let shown = if alternative.is_empty() { &image.address } else { alternative };
    let is_remote = crate::site::links::is_web(&image.address);
    let is_absent = !matches!(image.resource, Resource::File(_));
    let lead = (is_remote && is_absent && !to.in_link)
        .then(|| to.lead_outside(&image.address, None))
        .flatten();
    let interface = to.interface_language();
    let labels = &to.scene.edition.labels;
    let (before, behind) = labels.around("missing-image", "alternative");
    let mut read = |words: &str| to.letters.read(words, image.place).into_owned();
    // The words are the interface's, but for those that stand for the image.
    let content = if interface.is_null() || alternative.is_empty() {
        vec![Value::String(read(&format!("{before}{shown}{behind}")))]
    } else {
        let own = vec![read(shown)];
        let lang = super::block::lang(&to.language);
        let own = node! { "kind": "span", "lang": lang, "content": own };
        vec![read(&before).into(), own, read(&behind).into()]
    };
    let is_leftward =
        to.scene.edition.right_to_left || shown.contains(super::bind::is_leftward_letter);
    let mut node = node! {
        "kind": "missing", "content": content, "to": lead, "lang": interface,
    };
    if is_leftward {
        number_runs(to, &mut node);
    }
    node
}

fn footnote(to: &mut Writer<'_>, line: &mut Line, call: &FootnoteReference) {
    let number = call.number.to_string();
    let id = format!("call_{}_{}", call.number, call.occurrence);
    let anchors = to.anchors([Some(id.as_str())]);
    let content = vec![Value::String(number.clone())];
    if to.in_link || !to.has_note(call.number) {
        // A link holds no other link, and a note that is not there has no place to lead
        // to: the number alone stays.
        return line
            .node(node! { "kind": "superscript", "call": true, "content": content });
    }
    let node = if to.in_note {
        let lead = to.lead_here(&note_anchor(call.number), &number);
        let link = node! { "kind": "link", "to": lead, "content": content };
        node! { "kind": "superscript", "call": true, "anchors": anchors, "content": [link] }
    } else if let Some(note) = to.take_note(call.number) {
        let content = to.note(note);
        // A note is set apart, in the language of the file.
        let is_foreign = to.own_language != to.scene.edition.language;
        let lang = is_foreign.then(|| super::block::lang(&to.own_language));
        node! {
            "kind": "note", "number": number, "anchors": anchors, "content": content,
            "lang": lang,
        }
    } else {
        node! { "kind": "note-again", "number": number, "anchors": anchors }
    };
    line.node(node);
    line.spaced = false;
}

/// The anchor of a note, the same as on the site.
pub(super) fn note_anchor(number: u32) -> String {
    format!("note_{number}")
}

fn span(to: &mut Writer<'_>, line: &mut Line, span: &Span, depth: usize) {
    line.names(to.anchors([span.attributes.id.as_deref()]));
    let language = span.language.as_ref().or(span.attributes.language.as_ref());
    let Some(language) = language.filter(|it| **it != to.language) else {
        return push(to, line, &span.inlines, span.place, depth);
    };
    let around = std::mem::replace(&mut to.language, language.clone());
    let lang = super::block::lang(language);
    nest(
        to,
        line,
        &span.inlines,
        span.place,
        depth,
        |content| node! { "kind": "span", "lang": lang, "content": content },
    );
    to.language = around;
}
