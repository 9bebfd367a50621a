//! Bytes into text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::{Checked, Diagnostic, Place};

/// The text of a file: UTF-8, with or without a byte-order mark (which stays, so that
/// places are right).
///
/// What is not UTF-8 becomes U+FFFD, and the first such byte is an error with its place.
/// NUL becomes U+FFFD too, as `CommonMark` asks (2.3).
///
/// What Windows calls “Unicode” is UTF-16: its first two bytes say so, or every second byte is
/// NUL, as it is in no other text. It is read as what it is, and told.
pub fn decode(bytes: &[u8]) -> Checked<String> {
    if let Some(encoding) = wide(bytes) {
        let text = encoding.decode_with_bom_removal(bytes).0.replace('\0', "\u{fffd}");
        let diagnostics = vec![Diagnostic::warning("utf-16")];
        return Checked { value: text, diagnostics };
    }
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

/// The encoding of a text of pairs of bytes.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(512) / 2 * 2];
    let count = |odd: usize| {
        let every_second = head.iter().skip(odd).step_by(2);
        every_second.filter(|it| **it == 0).count()
    };
    let most = head.len() * 3 / 8;
    match (count(0), count(1)) {
        (0, low) if head.len() > 3 && low >= most => Some(UTF_16LE),
        (high, 0) if head.len() > 3 && high >= most => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of an XML file: in the encoding of its byte-order mark, else in the one that
/// it declares, else in UTF-8. `None` where a byte is not of that encoding.
pub(super) fn xml(bytes: &[u8]) -> Option<String> {
    let (text, has_bad_byte) = encoding_of(bytes)?.decode_with_bom_removal(bytes);
    (!has_bad_byte).then(|| text.into_owned())
}

/// As much of such a file as is needed to see what it is.
pub(super) fn xml_head(bytes: &[u8]) -> Option<String> {
    Some(encoding_of(bytes)?.decode_with_bom_removal(bytes).0.into_owned())
}

/// The encoding of an XML file (XML 1.0, appendix F); `None` where it is none we know.
fn encoding_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    match bytes {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]);
    let declared = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"))
        .and_then(|it| it.0.split_once("encoding"))
        .map(|it| it.1.trim_start_matches([' ', '\t', '\r', '\n', '=']));
    let Some(declared) = declared else { return Some(UTF_8) };
    let quote = declared.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let label = declared[1..].split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // Who could read the declaration so far read bytes, not pairs of them.
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    Some(if is_wide { UTF_8 } else { encoding })
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
