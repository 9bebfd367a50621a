//! Asterisks and underscores that set nothing apart.
//!
//! An asterisk has other uses: it multiplies, it raises to a power, it calls a note under a
//! table, it hides letters of a word. So two of them are looked at together, with the signs
//! at each side.

use std::ops::Range;

/// How far the second may be from the first, in bytes.
const FARTHEST: usize = 400;
/// The same for single ones, which have more uses.
const FARTHEST_SINGLE: usize = 80;

/// Some of one sign in a row, with the signs before and after them.
#[derive(Clone, Debug)]
struct Run {
    range: Range<usize>,
    sign: char,
    before: Option<char>,
    after: Option<char>,
}

impl Run {
    fn opens(&self) -> bool {
        is_outside(self.before) && !is_space(self.after)
    }

    fn stands_alone(&self) -> bool {
        is_space(self.before) && is_space(self.after)
    }

    fn begins_line(&self) -> bool {
        self.before.is_none_or(|it| it == '\n')
    }

    /// `Prix**`: a call of a note.
    fn is_call(&self) -> bool {
        !is_space(self.before) && (is_space(self.after) || is_closing(self.after))
    }
}

/// The words that two runs of asterisks or underscores were probably meant to set apart.
pub(super) fn runs(words: &str) -> Vec<Range<usize>> {
    let all = all(words);
    let mut found = Vec::new();
    for doubles in [true, false] {
        for sign in ['*', '_'] {
            let fits = |it: &&Run| {
                let length = it.range.len();
                let long = if doubles { (2..=3).contains(&length) } else { length == 1 };
                it.sign == sign && long
            };
            let runs: Vec<&Run> = all.iter().filter(fits).collect();
            let mut at = 0;
            while let Some(first) = runs.get(at) {
                at += 1;
                let second = runs.get(at);
                let pair = second.filter(|it| is_pair(words, first, it, doubles));
                if let Some(second) = pair {
                    found.push(first.range.start..second.range.end);
                    at += 1;
                } else if doubles && sign == '*' && is_left_open(words, first) {
                    found.push(first.range.start..end_of_word(words, first.range.end));
                }
            }
        }
    }
    found
}

fn all(words: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, sign) in words.char_indices() {
        if let Some(last) = runs.last_mut().filter(|it| it.range.end == at) {
            if last.sign == sign {
                last.range.end += 1;
                continue;
            }
            last.after = Some(sign);
        }
        if matches!(sign, '*' | '_') {
            let previous = words[..at].chars().next_back();
            runs.push(Run { range: at..at + 1, sign, before: previous, after: None });
        }
    }
    runs
}

/// Whether two runs were probably meant to set apart what is between them.
fn is_pair(words: &str, first: &Run, second: &Run, doubles: bool) -> bool {
    let between = &words[first.range.end..second.range.start];
    if !says_something(between) || first.range.len() != second.range.len() {
        return false;
    }
    if !doubles {
        // `*mot *`: the second is astray, the first shows what was meant.
        return between.len() <= FARTHEST_SINGLE
            && !between.contains('\n')
            && first.opens()
            && first
                .after
                .is_some_and(|it| it.is_alphabetic() || "«“\"‘([".contains(it))
            && is_space(second.before)
            && (is_space(second.after) || ends(words, second));
    }
    let note = first.begins_line() && is_space(first.after) && second.begins_line();
    let sign = first.sign;
    between.len() <= FARTHEST
        && !first.is_call()
        && !note
        && !is_power(words, first)
        && (sign == '*' || first.opens() || first.stands_alone())
}

/// Whether a run stands before a sign that ends something. In `*.txt` it stands for a name.
fn ends(words: &str, run: &Run) -> bool {
    let mut after = words[run.range.end..].chars();
    is_closing(after.next()) && after.next().is_none_or(|it| !it.is_alphanumeric())
}

/// Whether there is a word between two runs.
fn says_something(between: &str) -> bool {
    let mut letters = 0;
    between.chars().any(|it| {
        letters = if it.is_alphabetic() { letters + 1 } else { 0 };
        letters > 1
    })
}

/// `x ** 2`.
fn is_power(words: &str, run: &Run) -> bool {
    let before = words[..run.range.start].trim_end_matches(' ').chars().next_back();
    let after = words[run.range.end..].trim_start_matches(' ');
    let word = after.chars().take_while(|it| it.is_alphanumeric()).collect::<String>();
    let short = word.chars().count() == 1 || word.starts_with(|it: char| it.is_numeric());
    short && before.is_some_and(|it| it.is_alphanumeric() || matches!(it, ')' | ']'))
}

/// `le **mot et la suite`: begun in the middle of a line, and never ended. At the beginning
/// of one it may be a note.
fn is_left_open(words: &str, run: &Run) -> bool {
    let alone = words[run.range.end..].contains("**");
    !alone
        && run.range.len() == 2
        && !run.begins_line()
        && run.opens()
        && run.after.is_some_and(char::is_alphabetic)
}

fn end_of_word(words: &str, from: usize) -> usize {
    let rest = &words[from..];
    from + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

fn is_space(sign: Option<char>) -> bool {
    sign.is_none_or(char::is_whitespace)
}

/// Whether a word may begin behind this sign.
fn is_outside(sign: Option<char>) -> bool {
    is_space(sign) || sign.is_some_and(|it| "([«“‘\"'’—–-/".contains(it))
}

fn is_closing(sign: Option<char>) -> bool {
    sign.is_some_and(|it| ")]»”’\"'.,;:!?…—–-/".contains(it))
}
