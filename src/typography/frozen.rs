//! The parts of a row that are no prose: addresses, paths, shortcodes, formulas, codes of
//! emoji.

use super::line::Sign;

/// Whether a text holds a sign that what is no prose cannot do without.
pub(super) fn is_suspect(text: &str) -> bool {
    text.bytes().any(|it| matches!(it, b'/' | b'@' | b'{' | b'$' | b':'))
        || text.contains("www.")
}

/// Marks the signs that stay as they are.
pub(super) fn freeze(signs: &mut [Sign]) {
    let mut at = 0;
    let mut ends = Ends::default();
    while at < signs.len() {
        let end = match signs[at].letter {
            '{' => ends.shortcode(signs, at),
            '$' => formula(signs, at),
            ':' => emoji(signs, at),
            _ => None,
        };
        let end = end.or_else(|| {
            let begins = at == 0 || !is_of_address(signs[at - 1].letter);
            if begins { address(signs, at) } else { None }
        });
        match end {
            Some(end) => {
                signs[at..end].iter_mut().for_each(|it| it.frozen = true);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Whether the row goes on with these signs.
fn starts(signs: &[Sign], at: usize, text: &str) -> bool {
    let mut row = signs[at.min(signs.len())..].iter().map(|it| it.letter);
    text.chars().all(|letter| row.next() == Some(letter))
}

/// Where the next `%}` and `}}` stand; looked for once, however many `{%` and `{{` seem to
/// begin something.
#[derive(Default)]
struct Ends([Option<usize>; 2]);

impl Ends {
    /// `{% … %}`, `{{ … }}`.
    fn shortcode(&mut self, signs: &[Sign], at: usize) -> Option<usize> {
        let (which, close) = match signs.get(at + 1)?.letter {
            '%' => (0, "%}"),
            '{' => (1, "}}"),
            _ => return None,
        };
        let next = &mut self.0[which];
        if next.is_none_or(|it| it < at + 2) {
            let found = (at + 2..signs.len()).find(|&at| starts(signs, at, close));
            *next = Some(found.unwrap_or(usize::MAX));
        }
        next.filter(|it| *it < usize::MAX).map(|it| it + 2)
    }
}

/// `$…$`, as Pandoc tells it from money: no space inside the signs, no digit after them.
fn formula(signs: &[Sign], at: usize) -> Option<usize> {
    let is_space = |at: usize| signs[at].letter.is_whitespace();
    if at + 2 >= signs.len() || is_space(at + 1) || signs[at + 1].letter == '$' {
        return None;
    }
    let end = (at + 2..signs.len()).find(|&it| signs[it].letter == '$')?;
    let digit = signs.get(end + 1).is_some_and(|it| it.letter.is_ascii_digit());
    (!is_space(end - 1) && !digit).then_some(end + 1)
}

/// `:smile:`.
fn emoji(signs: &[Sign], at: usize) -> Option<usize> {
    if at > 0 && !signs[at - 1].letter.is_whitespace() {
        return None;
    }
    let is_name =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "_+-".contains(it);
    let name = signs[at + 1..].iter().take_while(|it| is_name(it.letter)).count();
    let end = at + 1 + name;
    (name > 0 && starts(signs, end, ":")).then_some(end + 1)
}

/// Whether a sign may stand in an address.
fn is_of_address(letter: char) -> bool {
    letter.is_alphanumeric() || "-._~:/?#[]@!$&'*+,;=%".contains(letter)
}

/// An address, a path or an e-mail address: what holds `://`, a slash or an at sign
/// between letters, or begins with `www.`. The punctuation of its sentence is not in it.
fn address(signs: &[Sign], at: usize) -> Option<usize> {
    let first = signs[at].letter;
    if !(first.is_ascii_alphanumeric() || "./~".contains(first)) {
        return None;
    }
    let rest = &signs[at..];
    let length = rest.iter().take_while(|it| is_of_address(it.letter)).count();
    let mut word = &rest[..length];
    while let Some(last) = word.last()
        && ".,;:!?'".contains(last.letter)
    {
        word = &word[..word.len() - 1];
    }
    let count = |letter: char| word.iter().filter(|it| it.letter == letter).count();
    let slashes = count('/');
    let is_address = slashes > 1
        || starts(word, 0, "www.")
        || count('@') > 0 && count('.') > 0
        || starts(word, 0, "../")
        || starts(word, 0, "./");
    is_address.then_some(at + word.len())
}
