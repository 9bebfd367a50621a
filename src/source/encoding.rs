//! Bytes into text.

use crate::diagnostic::{Checked, Diagnostic, Place};

/// The text of a file: UTF-8, with or without a byte-order mark (which stays, so that
/// places are right).
///
/// What is not UTF-8 becomes U+FFFD, and the first such byte is an error with its place.
/// NUL becomes U+FFFD too, as `CommonMark` asks (2.3).
pub fn decode(bytes: &[u8]) -> Checked<String> {
    let mut diagnostics = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let good = std::str::from_utf8(good).expect("valid up to here");
            diagnostics.push(Diagnostic::error("not-utf-8").at(after(good)));
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    match text.find('\0') {
        Some(at) => {
            diagnostics.push(Diagnostic::error("nul-in-text").at(after(&text[..at])));
            Checked { value: text.replace('\0', "\u{fffd}"), diagnostics }
        }
        None => Checked { value: text, diagnostics },
    }
}

/// The place right after a text.
fn after(text: &str) -> Place {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Place {
        line: number(text.matches('\n').count() + 1),
        column: number(line.chars().count() + 1),
        start: number(text.len()),
        end: number(text.len() + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_not_utf_8_has_a_place() {
        let checked = decode(b"a\n\xc3\xa9t\xe9\n");
        assert_eq!(checked.value, "a\nét\u{fffd}\n");
        let place = checked.diagnostics[0].place.expect("it has a place");
        assert_eq!((place.line, place.column, place.start), (2, 3, 5));
    }
}
