//! What the codes of a font mean: its `ToUnicode` map.

use std::{collections::HashMap, ops::RangeInclusive};

use lopdf::{Dictionary, Document, Object};

use super::budget::Budget;

/// A font, as far as a reader of its text needs it.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// How many bytes a code has.
    width: usize,
    letters: HashMap<u32, String>,
}

impl Font {
    /// Reads a font.
    pub(super) fn new(file: &Document, font: &Dictionary, budget: &Budget) -> Self {
        let is_composite =
            font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Type0");
        let map = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream);
        let map = map.ok().and_then(|it| {
            let map = it.decompressed_content_with_limit(budget.left()).ok()?;
            budget.has(map.len()).then_some(map)
        });
        let letters = map.map(|it| letters(&it, budget)).unwrap_or_default();
        Self { width: if is_composite { 2 } else { 1 }, letters }
    }

    /// What each code of a string in this font says. One that means nothing says so.
    pub(super) fn read(&self, bytes: &[u8]) -> impl Iterator<Item = &str> {
        bytes.chunks(self.width.max(1)).map(|code| {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            self.letters.get(&code).map_or("\u{fffd}", String::as_str)
        })
    }
}

/// The entries of a map.
fn letters(map: &[u8], budget: &Budget) -> HashMap<u32, String> {
    let text = String::from_utf8_lossy(map);
    let mut letters = HashMap::new();
    let mut words = text.split_inclusive('>').map(str::trim);
    let mut mode = "";
    while let Some(word) = words.next() {
        for begin in ["beginbfchar", "beginbfrange", "begincodespacerange"] {
            if word.contains(begin) {
                mode = begin;
            }
        }
        let Some(first) = hex(word) else { continue };
        match mode {
            "beginbfchar" => {
                let Some(letter) = words.next().and_then(hex) else { break };
                letters.insert(number(&first), utf16(&letter));
            }
            "beginbfrange" => {
                let (Some(last), Some(start)) =
                    (words.next().and_then(hex), words.next())
                else {
                    break;
                };
                let codes = number(&first)..=number(&last);
                range(&mut letters, codes, start, &mut words, budget);
            }
            _ => drop(words.next()),
        }
    }
    letters
}

/// A range of codes: letters that follow one another, or a list of them.
fn range<'w>(
    letters: &mut HashMap<u32, String>,
    codes: RangeInclusive<u32>,
    start: &'w str,
    words: &mut impl Iterator<Item = &'w str>,
    budget: &Budget,
) {
    let (first, last) = codes.into_inner();
    let is_list = start.starts_with('[');
    let mut letter = hex(start);
    for code in first..=last.min(first.saturating_add(0xffff)) {
        let Some(units) = &mut letter else { return };
        if !budget.has(units.len() + 1) {
            return;
        }
        letters.insert(code, utf16(units));
        if is_list {
            letter = if code < last { words.next().and_then(hex) } else { None };
        } else if let Some(low) = units.last_mut() {
            *low = low.wrapping_add(1);
        }
    }
}

/// The bytes of `<0041>` at the end of a word.
fn hex(word: &str) -> Option<Vec<u8>> {
    let inside = word.strip_suffix('>')?.rsplit_once('<')?.1;
    let digits: Vec<u32> = inside.chars().filter_map(|it| it.to_digit(16)).collect();
    let bytes =
        digits.chunks(2).map(|it| it.iter().fold(0, |byte, digit| byte << 4 | digit));
    bytes.map(|it| u8::try_from(it).ok()).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// A text in UTF-16, the high byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|it| it.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
        .collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_gives_letters_ranges_and_lists() {
        let map = b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
            2 beginbfchar\n<0001> <0041>\n<0002><006600660069>\nendbfchar\n\
            2 beginbfrange\n<0003> <0004> <0061>\n<0005> <0006> [<0078> <D83DDE00>]\nendbfrange";
        let letters = letters(map, &Budget::new(10_000));
        let said: Vec<&str> = (1..=6).map(|it| letters[&it].as_str()).collect();
        assert_eq!(said, ["A", "ffi", "a", "b", "x", "😀"]);
    }
}
