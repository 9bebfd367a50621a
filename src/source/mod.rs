//! The reader: Markdown pages into documents.
//!
//! [`files`] is the only part that touches the disk. The others are functions from text
//! to values: [`decode`] makes text of bytes, [`read`] makes a document of a page, and
//! [`mod@line`] reads and writes the text of one unit. Reading never fails: what is wrong with
//! a page is in the diagnostics, and no word of the author's is lost without one.
//!
//! A page goes through these steps:
//!
//! 1. `front_matter` splits off the YAML and reads it;
//! 2. `opaque` hides shortcodes and container fences from the Markdown parser;
//! 3. `markdown`, with `inline` for lines, converts the parser's tree; `html` puts the
//!    pieces of raw HTML and the containers around it;
//! 4. `footnotes` numbers the notes; `outline` sets levels, anchors and the title.

mod attributes;
pub mod drawing;
mod element;
mod encoding;
pub mod files;
mod footnotes;
mod front_matter;
mod html;
mod inline;
pub mod line;
mod markdown;
mod opaque;
mod outline;
mod places;
mod reader;
mod sense;
pub mod slug;
mod table;
mod tag;
mod yaml;

pub use encoding::decode;

use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Document, Language, Meta, Permalink},
};

/// What the reader must be told of a page.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language that the page is written in, unless it says another.
    pub language: Language,
    /// The file's name, from which a title is made when there is no other.
    pub name: String,
}

/// Reads a page.
pub fn read(text: &str, options: &Options) -> Checked<Document> {
    let places = places::Places::new(text);
    let split = front_matter::split(&places);
    let mut diagnostics = Vec::new();
    let meta = match split.matter {
        Some(range) => front_matter::read(&places, range, &mut diagnostics),
        None => Meta::default(),
    };
    if !split.closed {
        diagnostics
            .push(Diagnostic::error("front-matter-not-closed").at(places.place(0, 3)));
    }
    let lines_before = places.line_of(split.body) - 1;
    let (masked, opaques) = opaque::mask(&text[split.body..], split.body);
    let mut reader = reader::Reader::new(places, lines_before, opaques);
    reader.diagnostics = diagnostics;
    reader.shift =
        (split.body - reader.places.line_start(lines_before + 1)).cast_signed();
    let body = markdown::read(&mut reader, &masked);
    let language = meta.language.clone().unwrap_or_else(|| options.language.clone());
    let mut document =
        Document { language, meta, blocks: body.blocks, footnotes: Vec::new() };
    // A page without a text that asks not to be published only holds a place in a menu.
    let stub = document.meta.permalink == Some(Permalink::Nowhere);
    if masked.trim().is_empty() && !stub {
        reader.report(Diagnostic::warning("page-empty"));
    }
    footnotes::number(&mut reader, &mut document, body.notes);
    outline::settle(&mut reader, &mut document, &options.name);
    sense::settle(&reader.contexts, &mut document);
    Checked { value: document, diagnostics: reader.finish() }
}
