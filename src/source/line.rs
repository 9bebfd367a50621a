//! One unit's text, to and from Markdown.
//!
//! This is the form that translators see: Markdown inside one line, with as few escapes
//! as possible. Nothing in it can be read as a block.

mod write;

use comrak::Arena;

use super::{
    formula, inline, markdown,
    opaque::{self, Opaques},
    places::Places,
    reader::Reader,
    shortcode::Dialect,
};
use crate::{
    diagnostic::{Checked, Place},
    document::{Inline, walk},
};

pub use write::write;

/// What stands before the text when it is parsed, so that nothing in it begins a block.
/// What follows a parenthesis is read as what follows a space.
const GUARD: &str = "(";

/// How many different notes a line may call.
const MOST_NOTES: usize = 100;

/// Reads one unit's text, by the same rules as in a page, but for three: a bare address is
/// not a link (in a page it is one, and is written `<https://…>` here), a formula is
/// written ``$`x^2`$``, and line ends are spaces. Notes keep their labels and get no
/// numbers.
pub fn read(markdown: &str) -> Checked<Vec<Inline>> {
    let flat = flat(markdown);
    // Most lines are plain words, and a catalogue has thousands of them.
    if !flat.contains(write::is_sign) {
        let words = inline::tidy(vec![Inline::Text(flat)]);
        return Checked::fine(inline::trim(words));
    }
    parse(&flat)
}

/// Reads a line in which there may be Markdown.
fn parse(flat: &str) -> Checked<Vec<Inline>> {
    // A call is read as such where there is such a note.
    let mut guarded = format!("{GUARD}{flat}");
    for label in labels(flat) {
        guarded.push_str("\n\n[^");
        guarded.push_str(label);
        guarded.push_str("]: x");
    }
    let dialect = Dialect::default();
    let mut reader = Reader::new(Places::new(flat), 0, Opaques::default(), &dialect);
    reader.shift = -1;
    let mut options = markdown::options();
    options.extension.autolink = false;
    // Formulas have a form of their own here, in which no lone `$` means anything: so the
    // text of a unit is the same whether the workspace has formulas or not.
    options.extension.math_code = !formula::is_tangled(flat);
    let arena = Arena::new();
    let Some(root) = markdown::parse(&arena, &guarded, &options) else {
        reader.report_tangled(Place::default());
        let words = inline::tidy(vec![Inline::Text(flat.to_owned())]);
        return Checked { value: inline::trim(words), diagnostics: reader.finish() };
    };
    let mut inlines = match root.first_child() {
        Some(paragraph) => inline::of_node(&mut reader, paragraph),
        None => Vec::new(),
    };
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        *first = first.strip_prefix(GUARD).unwrap_or(first).to_owned();
    }
    Checked { value: inline::trim(inlines), diagnostics: reader.finish() }
}

/// Reads a line that stands at an offset of a page.
pub(super) fn read_at(reader: &mut Reader<'_>, text: &str, start: usize) -> Vec<Inline> {
    let Checked { mut value, diagnostics } = read(text);
    let moved = |reader: &Reader<'_>, place: Place| {
        reader.places.place(start + place.start as usize, start + place.end as usize)
    };
    for mut diagnostic in diagnostics {
        diagnostic.place = diagnostic.place.map(|place| moved(reader, place));
        reader.report(diagnostic);
    }
    walk::inlines_mut(&mut value, &mut |inline| match inline {
        Inline::Link(it) => it.place = moved(reader, it.place),
        Inline::Image(it) => it.place = moved(reader, it.place),
        Inline::Footnote(it) => it.place = moved(reader, it.place),
        Inline::Span(it) => it.place = moved(reader, it.place),
        Inline::Math(it) => it.place = moved(reader, it.place),
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Code(_)
        | Inline::Styled(..) => {}
    });
    value
}

/// One line, of as many bytes.
fn flat(text: &str) -> String {
    let flat = |it| match it {
        '\n' | '\t' => ' ',
        it => opaque::clean(it),
    };
    text.chars().map(flat).collect()
}

/// The labels of the notes that a line may call.
fn labels(text: &str) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for piece in text.split("[^").skip(1) {
        let Some((label, _)) = piece.split_once(']') else { continue };
        let fine = !label.is_empty() && !label.contains([' ', '[', '\\']);
        if fine && labels.len() < MOST_NOTES && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_line_of_plain_words_needs_no_parser(text in "[a1#.+=|:>()'\"/$%@ -]{0,12}\\PC{0,6}") {
            let flat = flat(&text).replace(write::is_sign, "");
            proptest::prop_assert_eq!(read(&flat).value, parse(&flat).value);
        }
    }
}
