//! How words are set: what Typst needs help with.
//!
//! Nothing here changes a word. A joint lets Typst see the word behind an apostrophe or beside a thin space, which it
//! otherwise never hyphenates; addresses and acronyms are kept from being hyphenated; and
//! what is longer than a line may break.

use crate::document::Language;

/// A narrow no-break space.
const THIN: char = '\u{202f}';

/// Words shorter than this are not worth a joint: they would not be hyphenated.
const SHORTEST: usize = 6;

/// A piece of text, as the template is given it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Words(String),
    /// Words that are not hyphenated.
    Whole(String),
    /// Nothing to see: the words on both sides are looked at apart.
    Joint,
    /// Nothing to see: the line may break here.
    Chance,
}

/// Whether the language joins its little words with an apostrophe and is hyphenated.
fn elides(language: &Language) -> bool {
    matches!(primary(language), "fr" | "it" | "ca" | "oc" | "co" | "rm")
}

fn primary(language: &Language) -> &str {
    language.as_str().split('-').next().unwrap_or_default()
}

/// Cuts a text into pieces. What has more than `longest` characters and no space in it
/// may break.
pub(super) fn pieces(text: &str, language: &Language, longest: usize) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut words = String::new();
    let elides = elides(language);
    for token in text.split_inclusive(parts_words) {
        push_token(&mut out, &mut words, token, elides, longest);
    }
    flush(&mut out, &mut words);
    out
}

/// Whether a line may end at this white space.
fn parts_words(letter: char) -> bool {
    letter == ' ' || letter == '\n'
}

fn push_token(
    out: &mut Vec<Piece>,
    words: &mut String,
    token: &str,
    elides: bool,
    longest: usize,
) {
    // Most words are plain.
    let is_plain = |it: u8| it.is_ascii_lowercase() || it == b' ';
    if token.len() < 5 || token.len() <= longest && token.bytes().all(is_plain) {
        return words.push_str(token);
    }
    let parts = split(token);
    let length = |it: &str| it.chars().filter(|it| it.is_alphabetic()).count();
    for (index, part) in parts.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| parts[it]);
        let is_long =
            length(part) >= SHORTEST && !is_whole(part.trim_end_matches(parts_words));
        let after_apostrophe = elides && before.is_some_and(is_apostrophe_at_end);
        let after_thin = before.is_some_and(|it| it.ends_with(THIN));
        if is_long && (after_apostrophe || after_thin) {
            flush(out, words);
            out.push(Piece::Joint);
        }
        push_part(out, words, part, longest);
        let before_thin = parts.get(index + 1).is_some_and(|it| it.starts_with(THIN));
        if is_long && before_thin {
            flush(out, words);
            out.push(Piece::Joint);
        }
    }
}

fn is_apostrophe_at_end(part: &str) -> bool {
    part.ends_with(['’', '\''])
}

/// Cuts after each apostrophe, and around each thin space.
fn split(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in token.char_indices() {
        let end = at + letter.len_utf8();
        match letter {
            '’' | '\'' => {
                parts.push(&token[start..end]);
                start = end;
            }
            THIN => {
                if start < at {
                    parts.push(&token[start..at]);
                }
                parts.push(&token[at..end]);
                start = end;
            }
            _ => {}
        }
    }
    if start < token.len() {
        parts.push(&token[start..]);
    }
    parts
}

fn push_part(out: &mut Vec<Piece>, words: &mut String, part: &str, longest: usize) {
    let bare = part.trim_end_matches(parts_words);
    if bare.chars().count() > longest {
        flush(out, words);
        broken(out, bare, longest);
        words.push_str(&part[bare.len()..]);
    } else if is_whole(bare) {
        flush(out, words);
        out.push(Piece::Whole(bare.to_owned()));
        words.push_str(&part[bare.len()..]);
    } else {
        words.push_str(part);
    }
}

fn flush(out: &mut Vec<Piece>, words: &mut String) {
    if !words.is_empty() {
        out.push(Piece::Words(std::mem::take(words)));
    }
}

/// Whether a word is an address, a file's name or an acronym.
fn is_whole(word: &str) -> bool {
    if word.len() < 5 {
        return false;
    }
    let capitals = word.chars().filter(|it| it.is_uppercase()).take(2).count();
    if capitals == 2 && !word.contains('-') {
        return true;
    }
    let bytes = word.as_bytes();
    bytes.windows(3).any(|it| {
        matches!(it[1], b'.' | b'@' | b'/' | b'_' | b'\\')
            && it[0].is_ascii_alphanumeric()
            && it[2].is_ascii_alphanumeric()
    })
}

/// Cuts what is longer than a line, after punctuation where there is some.
fn broken(out: &mut Vec<Piece>, word: &str, longest: usize) {
    for (index, part) in chunks(word, longest).into_iter().enumerate() {
        if index > 0 {
            out.push(Piece::Chance);
        }
        out.push(Piece::Whole(part.to_owned()));
    }
}

/// Parts of a text without spaces, none longer than `longest` characters.
pub(super) fn chunks(word: &str, longest: usize) -> Vec<&str> {
    let longest = longest.max(4);
    let mut parts = Vec::new();
    let mut rest = word;
    while rest.chars().count() > longest {
        let limit = rest.char_indices().nth(longest).map_or(rest.len(), |it| it.0);
        let head = &rest[..limit];
        let at = head
            .rfind(['/', '.', '_', '-', '=', '&', '?', ',', ';', ':', ')'])
            .map(|at| at + 1)
            .filter(|at| *at > limit / 2)
            .unwrap_or(limit);
        let (part, others) = rest.split_at(at);
        parts.push(part);
        rest = others;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Piece> {
        pieces(text, &Language::new("fr"), 40)
    }

    fn words(text: &str) -> Piece {
        Piece::Words(text.to_owned())
    }

    fn whole(text: &str) -> Piece {
        Piece::Whole(text.to_owned())
    }

    #[test]
    fn a_long_word_behind_an_apostrophe_gets_a_joint() {
        assert_eq!(
            cut("de l’administration"),
            [words("de l’"), Piece::Joint, words("administration")]
        );
        assert_eq!(cut("d’un mot"), [words("d’un mot")]);
        let english = pieces("the teachers’community", &Language::new("en"), 40);
        assert_eq!(english, [words("the teachers’community")]);
    }

    #[test]
    fn a_long_word_beside_a_thin_space_gets_a_joint() {
        assert_eq!(
            cut("«\u{202f}administration\u{202f}»"),
            [
                words("«\u{202f}"),
                Piece::Joint,
                words("administration"),
                Piece::Joint,
                words("\u{202f}»")
            ]
        );
    }

    #[test]
    fn addresses_and_acronyms_are_not_hyphenated() {
        assert_eq!(cut("code.gouv.fr et"), [whole("code.gouv.fr"), words(" et")]);
        assert_eq!(cut("la DINUM,"), [words("la "), whole("DINUM,")]);
        assert_eq!(cut("l’ADULLACT"), [words("l’"), whole("ADULLACT")]);
        assert_eq!(cut("Paris. Lyon"), [words("Paris. Lyon")]);
    }

    #[test]
    fn what_is_longer_than_a_line_may_break() {
        let text = "a".repeat(50);
        assert_eq!(
            cut(&text),
            [whole(&"a".repeat(40)), Piece::Chance, whole(&"a".repeat(10))]
        );
        assert_eq!(chunks("aaaaaaa/bbbbbb", 10), ["aaaaaaa/", "bbbbbb"]);
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-zé’' \u{202f}./A-Z]{0,80}", longest in 4usize..40) {
            let pieces = pieces(&text, &Language::new("fr"), longest);
            let joined: String = pieces.iter().map(|it| match it {
                Piece::Words(text) | Piece::Whole(text) => text.as_str(),
                Piece::Joint | Piece::Chance => "",
            }).collect();
            proptest::prop_assert_eq!(joined, text);
        }
    }
}
