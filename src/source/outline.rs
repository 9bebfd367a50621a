//! The outline that is published: levels, anchors and the page's title.

use std::collections::BTreeSet;

use super::{
    inline,
    reader::Reader,
    slug::{Anchors, slug},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Attributes, Block, Document, Heading, Inline, Text, walk},
};

/// The anchor of a heading without a letter or a figure.
const FALLBACK: &str = "section";

/// Gives the page its title, and its headings their levels and anchors.
pub(super) fn settle(reader: &mut Reader<'_>, document: &mut Document, name: &str) {
    title(reader, document, name);
    let mut anchors = Anchors::default();
    let mut open: Vec<u8> = Vec::new();
    let mut said = BTreeSet::new();
    let notes = document.footnotes.iter_mut().map(|note| &mut note.blocks);
    for part in std::iter::once(&mut document.blocks).chain(notes) {
        walk::blocks_mut(part, &mut |block| {
            let Block::Heading(heading) = block else { return };
            level(reader, heading, &mut open, &mut said);
            anchor(heading, &mut anchors);
        });
    }
    unique_ids(reader, document, &mut anchors);
}

/// A page without a title takes its first heading, else its file's name.
fn title(reader: &mut Reader<'_>, document: &mut Document, name: &str) {
    if !document.meta.title.is_empty() {
        return;
    }
    // What cannot be read has been told, and may hold the title.
    let told = ["front-matter-broken", "front-matter-kind", "front-matter-not-a-mapping"];
    let is_told = reader.diagnostics.iter().any(|it| told.contains(&it.code));
    let warning = Diagnostic::warning("title-missing");
    if let Some(text) = first_heading(&mut document.blocks) {
        if !is_told {
            reader.report(warning.with("title", text.to_plain()));
        }
        document.meta.title = text;
        return;
    }
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".md").unwrap_or(stem).replace(['-', '_'], " ");
    let mut letters = stem.trim().chars();
    let title: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "…".to_owned(),
    };
    if !is_told {
        reader.report(warning.with("title", &title));
    }
    document.meta.title = inline::text_of(Place::default(), &title);
}

/// The words of the first heading. When it opens the page at level 1 it was meant as the
/// title, and does not come again below it.
fn first_heading(blocks: &mut Vec<Block>) -> Option<Text> {
    if let Some(Block::Heading(Heading { written: 1, .. })) = blocks.first()
        && let Block::Heading(heading) = blocks.remove(0)
    {
        return Some(heading.text);
    }
    let mut found = None;
    walk::blocks(blocks, &mut |block| {
        if let (Block::Heading(heading), None) = (block, &found) {
            found = Some(heading.text.clone());
        }
    });
    found
}

/// Sets the level below the title: one more than the nearest heading above that is
/// written with a smaller level.
fn level(
    reader: &mut Reader<'_>,
    heading: &mut Heading,
    open: &mut Vec<u8>,
    said: &mut BTreeSet<(u8, u8)>,
) {
    while open.last().is_some_and(|&above| above >= heading.written) {
        open.pop();
    }
    heading.level = u8::try_from(open.len() + 2).unwrap_or(6).min(6);
    open.push(heading.written);
    let pair = (heading.written, heading.level);
    if pair.0 != pair.1 && said.insert(pair) {
        let note = Diagnostic::note("heading-level-repaired").at(heading.place);
        reader.report(note.with("written", pair.0).with("published", pair.1));
    }
}

fn anchor(heading: &mut Heading, anchors: &mut Anchors) {
    let wanted = match heading.attributes.id.take() {
        Some(id) => id,
        None => slug(&anchor_text(&heading.text.inlines)),
    };
    let wanted = if wanted.is_empty() { FALLBACK.to_owned() } else { wanted };
    heading.anchor = anchors.unique(&wanted);
}

/// The words that the source site makes anchors of: no images, no line ends.
fn anchor_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    walk::inlines(inlines, &mut |inline| {
        if let Inline::Text(text) | Inline::Code(text) = inline {
            out.push_str(text);
        }
    });
    out
}

/// Takes away identifiers that come a second time in the page.
fn unique_ids(reader: &mut Reader<'_>, document: &mut Document, anchors: &mut Anchors) {
    let mut check = |attributes: &mut Attributes, place: Place| {
        let Some(id) = attributes.id.take() else { return };
        if anchors.unique(&id) == id {
            attributes.id = Some(id);
        } else {
            reader.report(Diagnostic::warning("id-taken").at(place).with("id", id));
        }
    };
    let notes = document.footnotes.iter_mut().map(|note| &mut note.blocks);
    for part in std::iter::once(&mut document.blocks).chain(notes) {
        walk::blocks_mut(part, &mut |block| match block {
            Block::Paragraph(it) => check(&mut it.attributes, it.place),
            Block::Group(it) => check(&mut it.attributes, it.place),
            Block::Figure(it) => check(&mut it.image.attributes, it.place),
            _ => {}
        });
    }
    walk::texts_mut(document, &mut |_, text| {
        walk::inlines_mut(&mut text.inlines, &mut |inline| match inline {
            Inline::Link(it) => check(&mut it.attributes, it.place),
            Inline::Image(it) => check(&mut it.attributes, it.place),
            Inline::Span(it) => check(&mut it.attributes, it.place),
            _ => {}
        });
    });
}
