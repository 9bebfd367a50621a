//! A guard before the parser of Fluent, which stops the program where an escape is cut short by
//! a letter of several bytes: `{ "\u00é" }`.

use std::borrow::Cow;

/// The text as the parser can be given it: the letter that cuts an escape short becomes as
/// many question marks as it has bytes. The parser then says what is wrong, and every other
/// byte stays in its place.
pub(super) fn parseable(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for (at, letter) in cut_short(text) {
        let length = letter.len_utf8();
        out.to_mut().replace_range(at..at + length, &"?".repeat(length));
    }
    out
}

/// The letters, and where, that cut an escape in a string short.
fn cut_short(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let (mut depth, mut in_string) = (0_usize, false);
    let mut letters = text.char_indices();
    while let Some((_, letter)) = letters.next() {
        match letter {
            '\n' => {
                in_string = false;
                // Whatever was open, the parser begins a new message here.
                let begins = |it: char| it.is_ascii_alphabetic() || "#-".contains(it);
                if letters.as_str().starts_with(begins) {
                    depth = 0;
                }
            }
            '"' if depth > 0 => in_string = !in_string,
            '{' if !in_string => depth += 1,
            '}' if !in_string => depth = depth.saturating_sub(1),
            '\\' if in_string => {
                let digits = match letters.next() {
                    Some((_, 'u')) => 4,
                    Some((_, 'U')) => 6,
                    _ => continue,
                };
                let rest = letters.as_str();
                let is_digit = |it: &char| it.is_ascii_hexdigit();
                let count = rest.chars().take(digits).take_while(is_digit).count();
                let next = rest[count..].chars().next();
                if let Some(next) = next.filter(|it| count < digits && !it.is_ascii()) {
                    found.push((text.len() - rest.len() + count, next));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn an_escape_that_is_cut_short_is_a_fault_and_the_other_words_stay() {
        for broken in ["\\u00é", "\\ué", "\\U0001F€", "\\u00", "\\é", "\\u00\u{1F600}"]
        {
            let text = format!("a = {{ \"{broken}\" }}\nb = Bien\n");
            let (words, faults) = Words::new("fr", &[("ui.ftl", &text)]);
            assert!(!faults.is_empty(), "{broken}");
            assert!(faults.iter().all(|it| text.get(..it.offset).is_some()), "{broken}");
            assert_eq!(words.text("b"), "Bien", "{broken}");
        }
    }

    #[test]
    fn a_message_begins_whatever_was_open_before_it() {
        for open in ["{", "{ \"", "# {", "{ \"\\ua"] {
            let text = format!("a = {open}\nb = \" {{ \"\\ué\" }}\nc = Bien\n");
            let (words, faults) = Words::new("fr", &[("ui.ftl", &text)]);
            assert!(!faults.is_empty(), "{open}");
            assert_eq!(words.text("c"), "Bien", "{open}");
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in
            ["a = C:\\ué\n", "a = { \"\\u00e9é\" }\n", "a = { $b } \"\\ué\"\n", ""]
        {
            assert_eq!(parseable(text), text);
        }
    }
}
