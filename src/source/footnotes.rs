//! The numbers of footnotes.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{
        Attributes, Block, Document, Footnote, Inline, Paragraph, Role, Text, walk,
    },
};

/// Puts the notes of a document in the order of their first calls, those of calls inside
/// notes included, and numbers calls and notes. Notes that nothing calls come last.
pub(super) fn number(
    reader: &mut Reader<'_>,
    document: &mut Document,
    notes: Vec<Footnote>,
) {
    let mut waiting = Waiting::default();
    for mut note in notes {
        if !shows_something(&note.blocks) {
            let warning = Diagnostic::warning("footnote-empty").at(note.place);
            reader.report(warning.with("label", &note.label));
            // Without a line, its way back would stand in another note.
            let text = Text::plain(note.place, "…");
            let attributes = Attributes::default();
            let line = Paragraph { place: note.place, text, attributes };
            note.blocks.push(Block::Paragraph(line));
        }
        let label = fold(&note.label);
        if waiting.index.contains_key(&label) {
            let warning = Diagnostic::warning("footnote-defined-twice").at(note.place);
            reader.report(warning.with("label", &note.label));
        } else {
            waiting.index.insert(label, waiting.notes.len());
        }
        waiting.notes.push(note);
    }
    call(&mut waiting, &mut document.blocks);
    let mut ordered: Vec<Footnote> = Vec::new();
    let mut at = 0;
    calls_in_notes(&mut waiting, &mut at);
    for index in 0..waiting.notes.len() {
        if !waiting.numbers.contains_key(&index) {
            let note = &waiting.notes[index];
            let warning = Diagnostic::warning("footnote-not-called").at(note.place);
            reader.report(warning.with("label", &note.label));
            waiting.number(index);
            // What it calls itself is numbered too.
            calls_in_notes(&mut waiting, &mut at);
        }
    }
    for (number, &index) in (1..).zip(&waiting.order) {
        waiting.notes[index].number = number;
    }
    ordered.append(&mut waiting.notes);
    ordered.sort_by_key(|note| note.number);
    document.footnotes = ordered;
    report_undefined(reader, document);
}

/// Whether there is a block that is not a group of nothing.
fn shows_something(blocks: &[Block]) -> bool {
    let mut found = false;
    walk::blocks(blocks, &mut |it| found |= !matches!(it, Block::Group(_)));
    found
}

/// Labels differ neither in case nor in spaces.
fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The notes, and which of them were called so far.
#[derive(Default)]
struct Waiting {
    notes: Vec<Footnote>,
    index: BTreeMap<String, usize>,
    /// The notes that were called, in the order of their first calls.
    order: Vec<usize>,
    /// The number of each called note.
    numbers: BTreeMap<usize, u32>,
}

impl Waiting {
    /// The number of a note: the next one where it has none yet.
    fn number(&mut self, index: usize) -> u32 {
        let next = u32::try_from(self.order.len() + 1).unwrap_or(u32::MAX);
        *self.numbers.entry(index).or_insert_with(|| {
            self.order.push(index);
            next
        })
    }
}

/// Numbers the calls in the notes that have a number, from this one on.
fn calls_in_notes(waiting: &mut Waiting, at: &mut usize) {
    while let Some(&index) = waiting.order.get(*at) {
        let mut blocks = std::mem::take(&mut waiting.notes[index].blocks);
        call(waiting, &mut blocks);
        waiting.notes[index].blocks = blocks;
        *at += 1;
    }
}

/// Numbers the calls in these blocks. A call of nothing becomes text again.
fn call(waiting: &mut Waiting, blocks: &mut Vec<Block>) {
    let mut part = Document { blocks: std::mem::take(blocks), ..Document::default() };
    walk::texts_mut(&mut part, &mut |_, text| {
        walk::inlines_mut(&mut text.inlines, &mut |inline| {
            let Inline::Footnote(reference) = inline else { return };
            let Some(&index) = waiting.index.get(&fold(&reference.label)) else {
                *inline = Inline::Text(format!("[^{}]", reference.label));
                return;
            };
            let number = waiting.number(index);
            let note = &mut waiting.notes[index];
            note.references += 1;
            (reference.number, reference.occurrence) = (number, note.references);
            reference.label.clone_from(&note.label);
        });
    });
    *blocks = part.blocks;
}

/// Whether a text has this label only behind a backslash: then its author wants the signs.
fn is_escaped(reader: &Reader<'_>, place: Place, label: &str) -> bool {
    let range = place.start as usize..place.end as usize;
    let source = reader.places.text().get(range).unwrap_or_default();
    let call = format!("[^{label}]");
    let count = |call: &str| source.matches(call).count();
    let escaped = count(&format!("\\{call}")) + count(&format!("[\\^{label}]"));
    escaped > 0 && count(&call) <= escaped
}

/// Says which texts look like calls of notes that are not there.
fn report_undefined(reader: &mut Reader<'_>, document: &Document) {
    let mut found: Vec<(Place, String)> = Vec::new();
    walk::texts(document, &mut |role, text| {
        if matches!(role, Role::Title | Role::Description | Role::Segment) {
            return;
        }
        walk::inlines(&text.inlines, &mut |inline| {
            let Inline::Text(words) = inline else { return };
            for piece in words.split("[^").skip(1) {
                let label = piece.split_once(']').map_or("", |it| it.0);
                let is_call = !label.is_empty() && !label.contains(' ');
                if is_call && !is_escaped(reader, text.place, label) {
                    found.push((text.place, label.to_owned()));
                }
            }
        });
    });
    for (place, label) in found {
        reader.report(
            Diagnostic::warning("footnote-undefined").at(place).with("label", label),
        );
    }
}
