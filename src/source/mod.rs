//! The reader: Markdown pages into documents.
//!
//! [`files`] is the only part that touches the disk. The others are functions from text
//! to values: [`decode`] makes text of bytes, [`read`] makes a document of a page, and
//! [`mod@line`] reads and writes the text of one unit. Reading never fails: what is wrong with
//! a page is in the diagnostics, and no word of the author's is lost without one.
//!
//! A page goes through these steps:
//!
//! 1. `matter` splits off the front matter and `front_matter` reads it (`gate` says which
//!    pages it keeps back); what it does not say comes from the
//!    [`defaults`] of its folders;
//! 2. `opaque` hides shortcodes, container fences and formulas from the Markdown parser;
//! 3. `markdown`, with `inline` for lines, converts the parser's tree; `tree` puts
//!    the pieces of raw HTML and the containers around it, `html` says what they mean;
//!    `shortcode` says what shortcodes
//!    become, `formula` reads LaTeX;
//!    `spaced` and `callout` read what can be meant in one way only;
//! 4. `footnotes` numbers the notes; `outline` sets levels, anchors and the title;
//! 5. `stray` finds what was meant as markup and failed to be it, `conflict` what Git
//!    left; `office` says once where a passage was pasted from.

mod address;
mod attributes;
mod callout;
pub mod conflict;
pub mod container;
mod day;
pub mod defaults;
pub mod drawing;
mod element;
mod encoding;
pub mod files;
mod footnotes;
pub mod formula;
mod front_matter;
mod gate;
mod grid;
mod html;
mod inert;
mod inline;
pub mod kind;
pub mod line;
mod location;
mod markdown;
mod matter;
mod moment;
mod office;
mod opaque;
mod outline;
mod places;
mod raster;
mod reader;
mod sense;
pub mod shortcode;
pub mod slug;
mod spaced;
pub mod stray;
mod table;
mod tag;
mod tree;
mod yaml;

pub use address::dated;
pub use encoding::decode;
pub use shortcode::Dialect;

use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Block, Document, Figure, Image, Language, Meta, Permalink, walk},
};

/// How many lines of a page are read: a book of two thousand pages. Each may be a paragraph,
/// and a paragraph takes a thousand times the memory of an empty line.
const MOST_LINES: usize = 100_000;

/// What the reader must be told of a page.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language that the page is written in, unless it says another.
    pub language: Language,
    /// The file's name, from which a title is made when there is no other.
    pub name: String,
}

/// Reads a page of a workspace that says nothing of itself.
pub fn read(text: &str, options: &Options) -> Checked<Document> {
    read_in(text, options, &Dialect::default(), &Meta::default())
}

/// Reads a page. What its front matter does not say is taken from `defaults`.
pub fn read_in(
    text: &str,
    options: &Options,
    dialect: &Dialect,
    defaults: &Meta,
) -> Checked<Document> {
    let places = places::Places::new(text);
    let split = matter::split(&places);
    let mut diagnostics = Vec::new();
    let mut meta = front_matter::read(&places, &split, &mut diagnostics);
    if !split.closed {
        diagnostics
            .push(Diagnostic::error("front-matter-not-closed").at(places.place(0, 3)));
    }
    let lines_before = places.line_of(split.body) - 1;
    let end = places.line_start(lines_before + MOST_LINES + 1).max(split.body);
    if !text[end..].trim().is_empty() {
        let error = Diagnostic::error("page-too-many-lines").at(places.place(end, end));
        diagnostics.push(error.with("most", MOST_LINES));
    }
    let body = &text[split.body..end];
    let (masked, opaques) = opaque::mask(body, split.body, dialect.math);
    let mut reader = reader::Reader::new(places, lines_before, opaques, dialect);
    reader.diagnostics = diagnostics;
    reader.shift =
        (split.body - reader.places.line_start(lines_before + 1)).cast_signed();
    let body = markdown::read(&mut reader, &masked);
    meta.inherit(defaults);
    address::settle(&mut meta, &options.name);
    let mut body = body;
    let title = meta.title.clone();
    for mut media in std::mem::take(&mut meta.media) {
        media.title =
            media.title.or_else(|| Some(title.clone()).filter(|it| !it.is_empty()));
        body.blocks.push(Block::Media(media));
    }
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
    let figure = figure_of(&document.meta).map(Block::Figure);
    document.blocks.splice(..0, figure);
    unmark_own_language(&mut document);
    // Each text is as it will be once it is written and read again, wherever its words are from.
    walk::texts_mut(&mut document, &mut |_, text| {
        text.inlines = inline::trim(inline::tidied(std::mem::take(&mut text.inlines)));
    });
    sense::settle(&reader.contexts, &mut document);
    stray::report(&mut reader, &document);
    office::settle(&mut reader, &document);
    conflict::report(&reader.places, &document, &mut reader.diagnostics);
    Checked { value: document, diagnostics: reader.finish() }
}

/// Takes away what only says again which language the page is in: in a translation, it would
/// no longer be true. Where parts are in other languages, what stands in them may need it.
fn unmark_own_language(document: &mut Document) {
    let own = document.language.clone();
    let mut is_mixed = false;
    walk::blocks(&document.blocks, &mut |it| {
        if let Block::Group(group) = it {
            is_mixed |= group.attributes.language.as_ref().is_some_and(|it| *it != own);
        }
    });
    if is_mixed {
        return;
    }
    let notes = document.footnotes.iter_mut().map(|it| &mut it.blocks);
    for blocks in std::iter::once(&mut document.blocks).chain(notes) {
        walk::blocks_mut(blocks, &mut |it| {
            let attributes = match it {
                Block::Group(it) => &mut it.attributes,
                Block::Heading(it) => &mut it.attributes,
                Block::Paragraph(it) => &mut it.attributes,
                _ => return,
            };
            attributes.language.take_if(|it| *it == own);
        });
    }
}

/// The page's image, as the first thing it shows. One that says nothing to those who do
/// not see it is meant for lists and link previews alone.
fn figure_of(meta: &Meta) -> Option<Figure> {
    let image = meta.image.as_ref().filter(|it| !it.alternative.is_empty())?;
    let place = image.place;
    let alternative = Some(inline::text_of(place, &image.alternative));
    let image = Image { alternative: String::new(), ..image.clone() };
    Some(Figure { place, image, alternative, caption: None, link: None })
}
