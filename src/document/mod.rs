//! The document: what a page says, whatever the format and the language.
//!
//! Blocks and inlines, each with its place in the source. There is no HTML here, no
//! path, and no text that the author did not write. Everything that is translated is
//! a [`Text`]; everything else is structure, which a translation cannot reach.
//!
//! - [`block`]: paragraphs, headings, lists, tables, figures …
//! - [`inline`]: words, emphasis, links, images inside a line …
//! - [`meta`]: what the front matter says.
//! - [`walk`]: ways through all of it.
//! - [`text`]: plain text of inlines.

pub mod block;
pub mod inline;
pub mod meta;
pub mod text;
pub mod walk;

pub use block::{
    Align, Attributes, Block, Callout, CalloutKind, Cell, CodeBlock, Definition,
    DefinitionList, Details, FINAL, Figure, Group, Heading, Item, List, ListKind, Media,
    MediaKind, Numerals, Paragraph, Quote, Row, Scope, Table, Unknown,
};
pub use inline::{
    FootnoteReference, Formula, Image, Inline, Link, Resource, Span, Style, Target,
};
pub use meta::{
    Date, Event, Gate, Language, Meta, Moment, Navigation, PageKey, Permalink, Segment,
    Time,
};
pub use text::{Role, State, Text, Wording};

use crate::diagnostic::Place;

/// One page, as its author wrote it or as a translation shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The language that the page is meant to be in. A [`Text`] that is shown in
    /// another one says so itself.
    pub language: Language,
    /// What the front matter says.
    pub meta: Meta,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// The footnotes, in the order of their first reference; those that nothing
    /// refers to come last.
    pub footnotes: Vec<Footnote>,
}

/// A note at the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// Where it is written.
    pub place: Place,
    /// The label its author gave it.
    pub label: String,
    /// Its number, from 1, in the order of first references.
    pub number: u32,
    /// How many references lead to it. Each gets a way back.
    pub references: u32,
    /// What it says.
    pub blocks: Vec<Block>,
}
