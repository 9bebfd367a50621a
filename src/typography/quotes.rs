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
    let mut pairs = pairs(signs);
    // In the order in which they begin, so that those around a pair come before it.
    pairs.sort_unstable();
    for ((first, last), inside) in pairs.iter().zip(depths(signs, &pairs, marks)) {
        let (start, end) = marks[inside.min(1)];
        signs[*first].letter = start;
        signs[*last].letter = end;
    }
    !pairs.is_empty()
}

/// How many quotations are around each pair: pairs, and typographic marks that are open.
fn depths(signs: &[Sign], pairs: &[(usize, usize)], marks: Marks) -> Vec<usize> {
    let mut around: Vec<usize> = Vec::new();
    let (mut at, mut open) = (0, 0_isize);
    let depth = |&(first, last): &(usize, usize)| {
        while around.last().is_some_and(|&end| end < first) {
            around.pop();
        }
        for sign in &signs[at..first] {
            open += isize::from(sign.letter == marks[0].0);
            open -= isize::from(sign.letter == marks[0].1);
        }
        at = first;
        around.push(last);
        around.len() - 1 + usize::from(open > 0)
    };
    pairs.iter().map(depth).collect()
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
