//! Straight quotation marks, in pairs.
//!
//! Only a pair is changed: a mark that nothing answers is an inch, a second, or a slip
//! that its author should see.

use super::line::{OBJECT, Sign};

/// The quotation marks of a language: outer and inner.
pub(super) type Marks = [(char, char); 2];

/// Guillemets, with high marks inside them.
pub(super) const FRENCH: Marks = [('«', '»'), ('“', '”')];
/// Double marks, with single ones inside them.
pub(super) const ENGLISH: Marks = [('“', '”'), ('‘', '’')];

/// Turns pairs of `"` into quotation marks; says whether there was one.
pub(super) fn pair(signs: &mut [Sign], marks: Marks) -> bool {
    let pairs = pairs(signs);
    for &(first, last) in &pairs {
        let around = pairs.iter().filter(|it| it.0 < first && last < it.1).count();
        let inside = around + usize::from(is_quoted(&signs[..first], marks));
        let (start, end) = marks[inside.min(1)];
        signs[first].letter = start;
        signs[last].letter = end;
    }
    !pairs.is_empty()
}

/// Whether there is still a pair to be turned.
pub(super) fn has_pair(signs: &[Sign]) -> bool {
    !pairs(signs).is_empty()
}

/// Where the pairs of `"` begin and end.
fn pairs(signs: &[Sign]) -> Vec<(usize, usize)> {
    let is_straight = |at: &usize| signs[*at].letter == '"' && !signs[*at].frozen;
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for at in (0..signs.len()).filter(is_straight) {
        match open.last() {
            Some(&first) if closes(signs, at) => {
                open.pop();
                pairs.push((first, at));
            }
            _ if opens(signs, at) => open.push(at),
            _ => {}
        }
    }
    pairs
}

/// Whether typographic quotation marks are open at the end of a row.
fn is_quoted(signs: &[Sign], marks: Marks) -> bool {
    let count = |mark: char| signs.iter().filter(|it| it.letter == mark).count();
    // The marks that this pass has set already are counted with their pairs.
    count(marks[0].0) > count(marks[0].1)
}

fn opens(signs: &[Sign], at: usize) -> bool {
    let before = at.checked_sub(1).map(|it| signs[it].letter);
    let after = signs.get(at + 1).map(|it| it.letter);
    before.is_none_or(|it| it.is_whitespace() || "([{«“‘’'—–-/…>".contains(it))
        && after.is_some_and(|it| !it.is_whitespace())
}

fn closes(signs: &[Sign], at: usize) -> bool {
    let before = at.checked_sub(1).map(|it| signs[it].letter);
    let after = signs.get(at + 1).map(|it| it.letter);
    before.is_some_and(|it| !it.is_whitespace())
        && after.is_none_or(|it| {
            it.is_whitespace() || it == OBJECT || ")]}»”’.,;:!?…-—–/'\"<".contains(it)
        })
}
