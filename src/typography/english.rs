//! English: apostrophes, single quotation marks, ellipses.

use super::{
    french::{ellipsis, is_word},
    line::Sign,
};

/// Sets a row; says whether that changed something.
pub(super) fn set(signs: &mut Vec<Sign>) -> bool {
    let mut changed = ellipsis(signs);
    // No mark before this one closes anything more.
    let mut next = 0;
    for at in 0..signs.len() {
        if signs[at].letter == '\'' && !signs[at].frozen {
            changed |= mark(signs, at, &mut next);
        }
    }
    changed
}

/// An apostrophe, or the first of a pair of single quotation marks.
fn mark(signs: &mut [Sign], at: usize, next: &mut usize) -> bool {
    let before = at.checked_sub(1).map(|it| signs[it].letter);
    let after = signs.get(at + 1).map(|it| it.letter);
    if before.is_some_and(|it| it.is_alphabetic()) {
        // Between letters, or of a plural: `don't`, `users'`.
        signs[at].letter = '’';
        return true;
    }
    let begins = before.is_none_or(|it| it.is_whitespace() || "([“‘—–-/".contains(it));
    if !begins || !after.is_some_and(is_word) {
        return false;
    }
    // `'90s`.
    if after.is_some_and(|it| it.is_ascii_digit()) {
        signs[at].letter = '’';
        return true;
    }
    let end = closing(signs, (*next).max(at + 2));
    *next = end.map_or(signs.len(), |it| it + 1);
    let Some(end) = end else { return false };
    signs[at].letter = '‘';
    signs[end].letter = '’';
    true
}

/// The mark that answers a single one: behind a word, before none.
fn closing(signs: &[Sign], from: usize) -> Option<usize> {
    (from..signs.len()).find(|&at| {
        let after = signs.get(at + 1).map(|it| it.letter);
        signs[at].letter == '\''
            && !signs[at].frozen
            && !signs[at - 1].letter.is_whitespace()
            && after.is_none_or(|it| it.is_whitespace() || ")].,;:!?…—–\"”".contains(it))
    })
}
