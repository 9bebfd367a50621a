//! What changed between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// What became of it.
    pub(super) kind: Kind,
    /// The words.
    pub(super) text: String,
}

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// They are in both texts.
    Kept,
    /// They were in the first text alone.
    Gone,
    /// They are in the second text alone.
    New,
}

/// The way from one text to another, in runs.
pub(super) fn changes(before: &str, after: &str) -> Vec<Change> {
    let diff = TextDiff::from_unicode_words(before, after);
    let mut runs: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Kind::Kept,
            ChangeTag::Delete => Kind::Gone,
            ChangeTag::Insert => Kind::New,
        };
        match runs.last_mut().filter(|run| run.kind == kind) {
            Some(run) => run.text.push_str(change.value()),
            None => runs.push(Change { kind, text: change.value().to_owned() }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_told_from_those_around_it() {
        let runs = changes("Un logiciel libre.", "Un programme libre.");
        let told: Vec<(Kind, &str)> =
            runs.iter().map(|it| (it.kind, it.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (Kind::Kept, "Un "),
                (Kind::Gone, "logiciel"),
                (Kind::New, "programme"),
                (Kind::Kept, " libre."),
            ]
        );
    }
}
