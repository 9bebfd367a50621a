//! What cannot be seen, made visible.
//!
//! Files that anybody may have written are named and quoted on a terminal and in logs. An
//! escape sequence in them would move the cursor, change the window's title or hide what
//! stands there; a mark of direction turns a line around; a sign without width makes two
//! names look like one. Each is shown as `\u{1b}`, from which it can be read back. Doing it
//! twice changes nothing more.

use std::borrow::Cow;

/// A text with everything visible in one line.
pub fn line(text: &str) -> Cow<'_, str> {
    shown(text, is_hidden)
}

/// The same for a text of several lines, which it stays.
pub fn lines(text: &str) -> Cow<'_, str> {
    shown(text, |it, before| it != '\n' && is_hidden(it, before))
}

/// Whether a sign is shown as its number. The joiners that writing needs (in Persian, in
/// Hindi, in emoji) stay where they join something.
pub fn is_hidden(sign: char, before: Option<char>) -> bool {
    match sign {
        '\u{200C}' | '\u{200D}' => before.is_none_or(|it| it.is_ascii()),
        // A soft hyphen and others that are not drawn.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' => true,
        // Spaces and marks without width; ends of lines and paragraphs.
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' => true,
        // Marks that turn the text around, and what is invisible on purpose.
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{E0000}'..='\u{E007F}' => true,
        sign => sign.is_control(),
    }
}

fn shown(text: &str, hidden: impl Fn(char, Option<char>) -> bool) -> Cow<'_, str> {
    let mut before = None;
    let mut out = String::new();
    // What was copied of the text, in bytes.
    let mut done = 0;
    for (at, sign) in text.char_indices() {
        if hidden(sign, before) {
            out.push_str(&text[done..at]);
            out.extend(sign.escape_unicode());
            done = at + sign.len_utf8();
        }
        before = Some(sign);
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_plays_with_a_terminal_is_shown_as_its_number() {
        assert_eq!(line("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
        assert_eq!(
            line("\u{9b}0m\u{7}\u{7f}\r\n\t"),
            "\\u{9b}0m\\u{7}\\u{7f}\\u{d}\\u{a}\\u{9}"
        );
        assert_eq!(lines("a\nb\tc"), "a\nb\\u{9}c");
        assert_eq!(line("a\u{200b}\u{2028}\u{feff}"), "a\\u{200b}\\u{2028}\\u{feff}");
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "L’été : «\u{a0}oui\u{202f}»",
            "می\u{200c}خواهم",
            "👩\u{200d}🔬 ✅\u{fe0f}",
            "日本",
        ] {
            assert_eq!(line(text), text);
        }
        assert_eq!(line("ab\u{200d}c"), "ab\\u{200d}c");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_nothing_more_changes(text in any::<String>()) {
            let once = line(&text).into_owned();
            prop_assert!(!once.chars().any(char::is_control));
            let hidden = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}'];
            prop_assert!(!once.contains(hidden));
            prop_assert_eq!(line(&once), once.as_str());
            prop_assert_eq!(lines(&once), once.as_str());
        }
    }
}
