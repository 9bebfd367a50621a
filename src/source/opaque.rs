//! What Markdown must not look into: shortcodes and the fences of containers.
//!
//! Before the Markdown parser sees a page, each `{% shortcode %}` is replaced by a token
//! and each `:::` or `???` line by a token that is a block of its own. The parser then
//! decides what is code, list or quotation, and the tokens that it left in code, addresses
//! and the like are put back as they were written.

use std::borrow::Cow;

/// Begins a token. It is no character, and `clean` keeps it out of the pages.
const OPEN: char = '\u{FDD0}';
/// Ends a token.
const CLOSE: char = '\u{FDD1}';

/// What a token stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opaque {
    /// As it is written.
    pub(super) text: String,
    /// Its first byte in the file.
    pub(super) start: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What kind of construct a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{% name … %}`.
    Shortcode,
    /// A line that begins with `:::` or `???`.
    Fence,
}

/// The tokens of a page.
#[derive(Debug, Default)]
pub(super) struct Opaques(Vec<Opaque>);

/// Replaces shortcodes and fences by tokens, line ends by `\n`, and characters that no
/// format can hold by spaces. Lines keep their numbers and, but for lines with a short
/// shortcode, columns too. `base` is the offset of `text` in the file.
pub(super) fn mask(text: &str, base: usize) -> (String, Opaques) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut found = Opaques::default();
    let mut ends = Ends::new(text);
    let mut at = 0;
    let mut line_begins = true;
    while at < text.len() {
        let rest = &text[at..];
        if line_begins {
            line_begins = false;
            if let Some((indent, length)) = fence(rest) {
                out.push_str(&rest[..indent]);
                let text = rest[indent..length].trim_end().to_owned();
                let number = found.push(text, base + at + indent, Kind::Fence);
                out.push_str(&format!("<?{OPEN}{number}{CLOSE}?>"));
                at += length;
                continue;
            }
        }
        if let Some(length) = ends.shortcode(at) {
            let text = &rest[..length];
            let number = found.push(text.to_owned(), base + at, Kind::Shortcode);
            // The zeros keep the columns of what follows on the line right.
            let width = length.saturating_sub(2 * OPEN.len_utf8());
            out.push_str(&format!("{OPEN}{number:0width$}{CLOSE}"));
            out.extend(text.chars().filter(|&it| it == '\n'));
            at += length;
            continue;
        }
        let next = rest.chars().next().expect("`at` is before the end");
        at += next.len_utf8();
        line_begins = matches!(next, '\n' | '\r');
        match next {
            '\r' if text[at..].starts_with('\n') => line_begins = false,
            '\r' => out.push('\n'),
            _ => out.push(clean(next)),
        }
        // What follows up to the next character of interest goes as it is.
        let run = text[at..]
            .bytes()
            .position(|it| it < b' ' || it == b'{' || it >= 0x7F)
            .unwrap_or(text.len() - at);
        if !line_begins {
            out.push_str(&text[at..at + run]);
            at += run;
        }
    }
    (out, found)
}

/// A character that XML and HTML can hold: others become a space or U+FFFD.
pub(super) fn clean(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1F}' => ' ',
        '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => char::REPLACEMENT_CHARACTER,
        _ if u32::from(character) & 0xFFFE == 0xFFFE => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// The indent and the length (without line end) of a line that opens or closes a container.
fn fence(line: &str) -> Option<(usize, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[indent..];
    if !rest.starts_with(":::") && !rest.starts_with("???") {
        return None;
    }
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    // `????` is a way to wonder, not to fold.
    let marks = rest.len() - rest.trim_start_matches(['?', ':']).len();
    let folds = rest.starts_with("???")
        && (marks > 3 || rest[3..].starts_with(char::is_alphanumeric));
    (!folds).then_some((indent, indent + length))
}

/// Where the next shortcode may end; looked for once, however many seem to begin.
#[derive(Debug)]
struct Ends<'a> {
    text: &'a str,
    next: Option<usize>,
}

impl<'a> Ends<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, next: text.find("%}") }
    }

    /// The length of the shortcode that begins at an offset, if one does.
    fn shortcode(&mut self, at: usize) -> Option<usize> {
        /// Longer ones are not shortcodes but forgotten ends.
        const LONGEST: usize = 4096;
        let inner = at + 2;
        if !self.text[at..].starts_with("{%") {
            return None;
        }
        if self.next? < inner {
            self.next = self.text[inner..].find("%}").map(|it| inner + it);
        }
        let length = self.next? + 2 - at;
        (length <= LONGEST).then_some(length)
    }
}

impl Opaques {
    fn push(&mut self, text: String, start: usize, kind: Kind) -> usize {
        self.0.push(Opaque { text, start, kind });
        self.0.len() - 1
    }

    /// Puts back what tokens stand for.
    pub(super) fn restore<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.0.is_empty() || !text.contains(OPEN) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for piece in self.pieces(text) {
            out.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Opaque(opaque) => &opaque.text,
            });
        }
        Cow::Owned(out)
    }

    /// The text between tokens, and what the tokens stand for.
    pub(super) fn pieces<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, opaque, after)) = self.split(rest) {
            let fence = opaque.kind == Kind::Fence;
            let before =
                if fence { before.strip_suffix("<?").unwrap_or(before) } else { before };
            rest = if fence { after.strip_prefix("?>").unwrap_or(after) } else { after };
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            pieces.push(Piece::Opaque(opaque));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }

    fn split<'a, 'b>(&'a self, text: &'b str) -> Option<(&'b str, &'a Opaque, &'b str)> {
        let (before, rest) = text.split_once(OPEN)?;
        let (number, after) = rest.split_once(CLOSE)?;
        let opaque = self.0.get(number.parse::<usize>().ok()?)?;
        Some((before, opaque, after))
    }

    /// What this text stands for when it is one fence and nothing else.
    pub(super) fn fence(&self, text: &str) -> Option<&Opaque> {
        let text = text.trim();
        let inner = text.strip_prefix("<?")?.strip_suffix("?>")?;
        let number = inner.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        self.0.get(number.parse::<usize>().ok()?).filter(|it| it.kind == Kind::Fence)
    }
}

/// A piece of a text with tokens.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// What a token stands for.
    Opaque(&'a Opaque),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_comes_back_and_lines_stay() {
        let text = "a {% b \"c\" %} é\r\n  :::callout Le « titre » : ici\r\nx\r:::\n";
        let (masked, opaques) = mask(text, 10);
        assert_eq!(masked.lines().count(), 4);
        assert!(!masked.contains("{%") && !masked.contains(":::"));
        assert_eq!(masked.find('é'), text.find('é'));
        assert_eq!(
            opaques.restore(&masked),
            text.replace("\r\n", "\n").replace('\r', "\n")
        );
        assert_eq!(opaques.0[1].start, 10 + text.find(":::").expect("there is a fence"));
    }

    #[test]
    fn characters_that_no_format_can_hold_are_replaced() {
        let (masked, _) = mask("a\u{1}b\u{FDD0}7\u{FDD1}c\u{FFFF}", 0);
        assert_eq!(masked, "a b\u{FFFD}7\u{FFFD}c\u{FFFD}");
    }

    #[test]
    fn a_shortcode_without_end_is_text() {
        assert_eq!(mask("{% a\n\nb", 0).0, "{% a\n\nb");
    }
}
