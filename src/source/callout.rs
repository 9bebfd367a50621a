//! Quotations that begin with `[!NAME]`: boxes that ask for attention.
//!
//! The Markdown parser knows five names, those of GitHub. Other programs have more, and
//! people write them in their own language.

use super::{container::Container, inline, reader::Reader};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Attributes, Block, Callout, CalloutKind, Inline, Paragraph, Quote, Text},
};

/// What a quotation says: a box, if its first words are the name of one.
pub(super) fn of_quote(
    reader: &mut Reader<'_>,
    blocks: Vec<Block>,
    place: Place,
) -> Block {
    let name = name(reader, &blocks).map(str::to_owned);
    let known = name.as_deref().and_then(|name| {
        let own = reader.dialect.container(&name.to_lowercase());
        own.or_else(|| reader.container(name, place))
    });
    let (Some(name), Some(Container::Callout(kind))) = (name, known) else {
        return Block::Quote(Quote { place, blocks, attribution: None, image: None });
    };
    let (title, blocks) = opened(reader, blocks, name.len() + "[!]".len());
    of_alert(reader, kind, title, blocks, place)
}

/// A box. What stands beside its name is its title, or all that it says.
pub(super) fn of_alert(
    reader: &mut Reader<'_>,
    kind: CalloutKind,
    title: Option<Text>,
    mut blocks: Vec<Block>,
    place: Place,
) -> Block {
    let mut title = title;
    if blocks.is_empty()
        && let Some(text) = title.take()
    {
        reader.report(Diagnostic::note("callout-text-beside-name").at(text.place));
        let (place, attributes) = (text.place, Attributes::default());
        blocks.push(Block::Paragraph(Paragraph { place, text, attributes }));
    }
    Block::Callout(Callout { place, kind, title, blocks })
}

/// The name between `[!` and `]` with which the first of these blocks begins.
fn name<'b>(reader: &Reader<'_>, blocks: &'b [Block]) -> Option<&'b str> {
    let Block::Paragraph(first) = blocks.first()? else { return None };
    let Inline::Text(words) = first.text.inlines.first()? else { return None };
    let (name, _) = words.strip_prefix("[!")?.split_once(']')?;
    let fine = |it: char| it.is_alphabetic() || matches!(it, ' ' | '-' | '\u{a0}');
    // `\[!NAME]` is what it says.
    let source = reader.places.text().get(first.place.start as usize..)?;
    let written = source.starts_with("[!");
    (written && !name.is_empty() && name.chars().all(fine)).then_some(name)
}

/// The words beside the name of a box, and its blocks without that line. `length` is that of
/// the name and its brackets.
fn opened(
    reader: &Reader<'_>,
    mut blocks: Vec<Block>,
    length: usize,
) -> (Option<Text>, Vec<Block>) {
    let Some(Block::Paragraph(first)) = blocks.first_mut() else { return (None, blocks) };
    let mut inlines = std::mem::take(&mut first.text.inlines);
    if let Some(Inline::Text(words)) = inlines.first_mut() {
        words.drain(..length.min(words.len()));
        // Obsidian says so whether it can be folded.
        if words.starts_with(['+', '-']) {
            words.remove(0);
        }
    }
    let is_break = |it: &Inline| matches!(it, Inline::SoftBreak | Inline::HardBreak);
    let line = inlines.iter().position(is_break).unwrap_or(inlines.len());
    let rest = inline::trim(inlines.split_off(line));
    let beside = inline::trim(inlines);
    let (start, end) = (first.place.start as usize, first.place.end as usize);
    let next = reader.places.line_end(first.place.line as usize).min(end);
    let beside = (!beside.is_empty()).then(|| {
        let start = (start + length).min(next);
        Text::new(reader.places.place(start, next), beside)
    });
    if rest.is_empty() {
        blocks.remove(0);
    } else {
        let source = reader.places.text().get(next..end).unwrap_or_default();
        let marks =
            source.len() - source.trim_start_matches(['\n', '\r', '>', ' ', '\t']).len();
        first.place = reader.places.place(next + marks, end);
        first.text = Text::new(first.place, rest);
    }
    (beside, blocks)
}
