//! From byte offsets to lines and columns, and back, in constant time.

use crate::diagnostic::Place;

/// Characters are counted once every so many bytes, so that a column in a line of ten
/// megabytes costs no more than in a short one.
const STRIDE: usize = 64;

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// The offset at which each line begins.
    lines: Vec<usize>,
    /// How many characters begin before each multiple of `STRIDE`.
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Counts the lines of a text; they end with `\n`, `\r\n` or `\r`.
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut characters = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if at % STRIDE == 0 {
                counts.push(characters);
            }
            characters += usize::from(is_start(byte));
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        counts.push(characters);
        Self { text, lines, counts }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// How many lines there are; a line end at the end of the text begins one more.
    pub(super) fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The offset at which a line begins, from 1; past the last line, the text's end.
    pub(super) fn line_start(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The offset at which a line ends, its line end left out.
    pub(super) fn line_end(&self, line: usize) -> usize {
        let (start, next) = (self.line_start(line), self.line_start(line + 1));
        let bytes = &self.text.as_bytes()[start..next];
        let ends =
            bytes.iter().rev().take(2).take_while(|it| matches!(it, b'\n' | b'\r'));
        next - ends.count().min(bytes.len())
    }

    /// The line in which an offset lies, from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset).max(1)
    }

    /// The place of a range of bytes. Offsets outside the text, or inside a character,
    /// are moved back to the nearest that is not.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        let start = floor(self.text, start);
        let end = floor(self.text, end.max(start));
        let line = self.line_of(start);
        let column = self.characters(start) - self.characters(self.line_start(line)) + 1;
        Place {
            line: narrow(line),
            column: narrow(column),
            start: narrow(start),
            end: narrow(end),
        }
    }

    fn characters(&self, offset: usize) -> usize {
        let from = offset / STRIDE;
        let rest = &self.text.as_bytes()[from * STRIDE..offset];
        self.counts[from] + rest.iter().filter(|&&byte| is_start(byte)).count()
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Files over ten megabytes are refused, so every offset of a real page fits.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "é\r\nab\rçà\n";
        let places = Places::new(text);
        let at = |word: &str| {
            let start = text.find(word).expect("the word is there");
            let place = places.place(start, start + word.len());
            (place.line, place.column)
        };
        assert_eq!([at("é"), at("b"), at("à")], [(1, 1), (2, 2), (3, 2)]);
        assert_eq!(places.lines(), 4);
        assert_eq!(&text[places.line_start(2)..places.line_end(2)], "ab");
    }

    #[test]
    fn a_column_far_into_a_line_is_right() {
        let text = "é".repeat(1000);
        let places = Places::new(&text);
        assert_eq!(places.place(1200, 1202).column, 601);
        assert_eq!(places.place(1201, 9999).column, 601);
        assert_eq!(places.place(2000, 2000).column, 1001);
    }
}
