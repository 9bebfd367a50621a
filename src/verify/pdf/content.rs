//! The marked content of a page: what each part of it says, and where it stands.

use std::collections::{BTreeMap, HashMap};

use super::{
    budget::{Budget, Spent},
    font::{Font, utf16},
};
use crate::verify::outline::LINE_END;

/// A part of a page that has a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// What it says.
    pub(super) text: String,
    /// Its language, where it says one.
    pub(super) language: Option<String>,
    /// Where it begins, in points from the lower left corner.
    pub(super) start: Option<(f32, f32)>,
    /// The upper left corner of the lines and shapes in it.
    drawn: Option<(f32, f32)>,
    /// Where its last piece of line begins.
    pub(super) end: Option<(f32, f32)>,
}

/// Whether what stands at `next` is on another line than what began at `before`: it begins
/// before that, or so far below that it is none of its raised or lowered signs. Lines that are
/// read from right to left begin anywhere.
pub(super) fn is_new_line(before: (f32, f32), next: (f32, f32)) -> bool {
    const LINE: f32 = 6.0;
    let below = before.1 - next.1;
    next.0 <= before.0 + 0.01 && below.abs() > 0.01 || below > LINE
}

/// Reads the content of a page, with its fonts by their names.
pub(super) fn parts(
    content: &[u8],
    fonts: &HashMap<Vec<u8>, std::sync::Arc<Font>>,
    budget: &Budget,
) -> Result<BTreeMap<i64, Part>, Spent> {
    let mut reader = Reader {
        fonts,
        budget,
        too_deep: 0,
        parts: BTreeMap::new(),
        marks: Vec::new(),
        matrix: IDENTITY,
        saved: Vec::new(),
        line: IDENTITY,
        text: IDENTITY,
        leading: 0.0,
        font: None,
        has_said: false,
    };
    let mut tokens = Tokens { bytes: content, at: 0, depth: 0, items: 0 };
    let mut operands = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Operator(name) => {
                if name == b"BI" {
                    tokens.skip_image();
                } else {
                    reader.operate(name, &operands)?;
                }
                operands.clear();
            }
            operand if operands.len() < MOST_OPERANDS => operands.push(operand),
            _ => budget.spend(1)?,
        }
    }
    // A part that is only drawn stands where its drawing does.
    for part in reader.parts.values_mut() {
        part.start = part.start.or(part.drawn);
    }
    Ok(reader.parts)
}

/// The most operands of an operator: those that are known take six.
const MOST_OPERANDS: usize = 64;

/// The most marks that are open at once: what is asked of all of them is asked for each piece
/// of text.
const MOST_MARKS: usize = 64;

type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// A mark that is open.
struct Mark {
    number: Option<i64>,
    actual: Option<String>,
    reversed: bool,
}

struct Reader<'a> {
    fonts: &'a HashMap<Vec<u8>, std::sync::Arc<Font>>,
    budget: &'a Budget,
    /// How many marks were opened beyond those that are kept.
    too_deep: usize,
    parts: BTreeMap<i64, Part>,
    marks: Vec<Mark>,
    matrix: Matrix,
    saved: Vec<Matrix>,
    line: Matrix,
    text: Matrix,
    leading: f32,
    font: Option<std::sync::Arc<Font>>,
    /// Whether the text that an open mark gives in place of its own was said.
    has_said: bool,
}

impl Reader<'_> {
    fn operate(&mut self, name: &[u8], operands: &[Token<'_>]) -> Result<(), Spent> {
        match name {
            b"q" => self.saved.push(self.matrix),
            b"Q" => self.matrix = self.saved.pop().unwrap_or(IDENTITY),
            b"cm" => self.matrix = times(&matrix(operands), &self.matrix),
            b"BT" => (self.line, self.text) = (IDENTITY, IDENTITY),
            b"Tm" => {
                self.line = matrix(operands);
                self.text = self.line;
            }
            b"Td" | b"TD" => {
                let (x, y) = (number(operands.first()), number(operands.get(1)));
                if name == b"TD" {
                    self.leading = -y;
                }
                self.next_line(x, y);
            }
            b"TL" => self.leading = number(operands.first()),
            b"T*" => self.next_line(0.0, -self.leading),
            b"Tf" => {
                if let Some(Token::Name(name)) = operands.first() {
                    self.font = self.fonts.get(*name).cloned();
                }
            }
            b"Tj" | b"TJ" => self.show(operands.first())?,
            b"'" | b"\"" => {
                self.next_line(0.0, -self.leading);
                self.show(operands.last())?;
            }
            b"Do" => self.draw(),
            b"m" | b"l" | b"c" | b"v" | b"y" => {
                for point in operands.chunks_exact(2) {
                    self.line_to(number(point.first()), number(point.get(1)));
                }
            }
            b"re" => {
                let side = |it: usize| number(operands.get(it));
                self.line_to(side(0), side(1));
                self.line_to(side(0) + side(2), side(1) + side(3));
            }
            b"BMC" | b"BDC" => self.open(operands),
            b"EMC" if self.too_deep > 0 => self.too_deep -= 1,
            b"EMC" => drop(self.marks.pop()),
            _ => {}
        }
        Ok(())
    }

    /// Something is drawn that is no text: a part without words stands at its top.
    fn draw(&mut self) {
        if let Some(number) = self.marks.iter().rev().find_map(|it| it.number) {
            let top = self.matrix[5] + self.matrix[3].max(0.0);
            let part = self.parts.entry(number).or_default();
            part.start.get_or_insert((self.matrix[4], top));
        }
    }

    /// A point of a drawing.
    fn line_to(&mut self, x: f32, y: f32) {
        if let Some(number) = self.marks.iter().rev().find_map(|it| it.number) {
            let [.., x, y] = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.matrix);
            let part = self.parts.entry(number).or_default();
            let (left, top) = part.drawn.unwrap_or((x, y));
            part.drawn = Some((left.min(x), top.max(y)));
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn open(&mut self, operands: &[Token<'_>]) {
        if self.marks.len() == MOST_MARKS {
            self.too_deep += 1;
            return;
        }
        let reversed = matches!(operands.first(), Some(Token::Name(name)) if *name == b"ReversedChars");
        let mut mark = Mark { number: None, actual: None, reversed };
        if let Some(Token::Dictionary(entries)) = operands.get(1) {
            let get =
                |wanted: &[u8]| entries.iter().find(|it| it.0 == wanted).map(|it| &it.1);
            if let Some(Token::Number(number)) = get(b"MCID") {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "such numbers are small integers"
                )]
                let number = *number as i64;
                mark.number = Some(number);
                let part = self.parts.entry(number).or_default();
                if let Some(Token::Text(language)) = get(b"Lang") {
                    part.language = Some(text_string(language));
                }
            }
            if let Some(Token::Text(actual)) = get(b"ActualText") {
                mark.actual = Some(text_string(actual));
                self.has_said = false;
            }
        }
        self.marks.push(mark);
    }

    fn show(&mut self, shown: Option<&Token<'_>>) -> Result<(), Spent> {
        let Some(number) = self.marks.iter().rev().find_map(|it| it.number) else {
            return Ok(());
        };
        let actual = self.marks.iter().rev().find_map(|it| it.actual.as_ref());
        let mut said = String::new();
        match actual {
            Some(_) if self.has_said => {}
            Some(actual) => {
                said.clone_from(actual);
                self.has_said = true;
            }
            None => {
                let mut letters = self.read(shown)?;
                // A sign of several letters has them in their order.
                if self.marks.iter().any(|it| it.reversed) {
                    letters.reverse();
                }
                said = letters.concat();
            }
        }
        let whole = times(&self.text, &self.matrix);
        let here = (whole[4], whole[5]);
        let part = self.parts.entry(number).or_default();
        if part.start.is_none() {
            part.start = Some(here);
        }
        if part.end.is_some_and(|before| is_new_line(before, here)) {
            part.text.push(LINE_END);
        }
        part.end = Some(here);
        part.text.push_str(&said);
        self.budget.spend(said.len())
    }

    /// What each sign says. A sign may say a long text each time.
    fn read(&self, shown: Option<&Token<'_>>) -> Result<Vec<&str>, Spent> {
        let Some(font) = &self.font else { return Ok(Vec::new()) };
        let texts = match shown {
            Some(text @ Token::Text(_)) => std::slice::from_ref(text),
            Some(Token::Array(items)) => items,
            _ => &[],
        };
        let mut said = Vec::new();
        for text in texts {
            let Token::Text(bytes) = text else { continue };
            for sign in font.read(bytes) {
                self.budget.spend(sign.len())?;
                said.push(sign);
            }
        }
        Ok(said)
    }
}

/// A text of a dictionary: UTF-16 where it says so, else letters of one byte.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => lopdf::decode_text_string(&lopdf::Object::String(
            bytes.to_vec(),
            lopdf::StringFormat::Literal,
        ))
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn number(token: Option<&Token<'_>>) -> f32 {
    match token {
        Some(Token::Number(number)) => *number,
        _ => 0.0,
    }
}

fn matrix(operands: &[Token<'_>]) -> Matrix {
    let mut matrix = [0.0; 6];
    for (to, from) in matrix.iter_mut().zip(operands) {
        *to = number(Some(from));
    }
    matrix
}

/// A piece of a content stream.
#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number(f32),
    Name(&'a [u8]),
    Text(Vec<u8>),
    Array(Vec<Token<'a>>),
    Dictionary(Vec<(&'a [u8], Token<'a>)>),
    Operator(&'a [u8]),
    Nothing,
}

/// The deepest that arrays may lie in each other.
const DEEPEST: usize = 32;

/// The most items of an array, with all those in it. A line of text has some hundred.
const MOST_ITEMS: usize = 1 << 20;

struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// How many items the array that is read holds so far.
    items: usize,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|it| it != b'\n' && it != b'\r') {
                    self.at += 1;
                }
            } else if byte.is_ascii_whitespace() || byte == 0 {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        let is_regular =
            |it: u8| !it.is_ascii_whitespace() && it != 0 && !b"()<>[]{}/%".contains(&it);
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        if self.depth == 0 {
            self.items = 0;
        }
        Some(match self.peek()? {
            b'/' => {
                self.at += 1;
                Token::Name(self.regular())
            }
            b'(' => Token::Text(self.literal()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dictionary()
            }
            b'<' => Token::Text(self.hex()),
            b'[' => {
                self.at += 1;
                Token::Array(self.until(b']'))
            }
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += 1;
                Token::Nothing
            }
            _ => {
                let word = self.regular();
                let number = str::from_utf8(word).ok().and_then(|it| it.parse().ok());
                number.map_or(Token::Operator(word), Token::Number)
            }
        })
    }

    /// What stands before a sign that ends it.
    fn until(&mut self, end: u8) -> Vec<Token<'a>> {
        let mut items = Vec::new();
        self.depth += 1;
        while self.depth < DEEPEST {
            self.skip_space();
            match self.peek() {
                None => break,
                Some(byte) if byte == end => {
                    self.at += 1;
                    break;
                }
                Some(_) => {
                    let item = self.next();
                    self.items += 1;
                    items.extend(item.filter(|_| self.items < MOST_ITEMS));
                }
            }
        }
        self.depth -= 1;
        items
    }

    fn dictionary(&mut self) -> Token<'a> {
        let mut items = self.until(b'>').into_iter();
        if self.peek() == Some(b'>') {
            self.at += 1;
        }
        let mut entries = Vec::new();
        while let (Some(Token::Name(name)), Some(value)) = (items.next(), items.next()) {
            entries.push((name, value));
        }
        Token::Dictionary(entries)
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend((byte as char).to_digit(16));
        }
        let bytes = digits.chunks(2).map(|it| match *it {
            [high, low] => high << 4 | low,
            [high] => high << 4,
            _ => 0,
        });
        bytes.filter_map(|it| u8::try_from(it).ok()).collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escaped(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn escaped(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\n' | b'\r' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code << 3 | u32::from(digit - b'0');
                    self.at += 1;
                }
                out.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            byte => out.push(byte),
        }
    }

    /// Passes over the data of an image that lies in the stream.
    fn skip_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(4).position(|it| {
            it[0].is_ascii_whitespace()
                && &it[1..3] == b"EI"
                && it[3].is_ascii_whitespace()
        });
        self.at = end.map_or(self.bytes.len(), |it| self.at + it + 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_divided_as_readers_do() {
        let mut tokens = Tokens {
            bytes: b"/a(x\\)\\101)<4 1>[1 -2.5 (b)]<</MCID 3>>BDC",
            at: 0,
            depth: 0,
            items: 0,
        };
        let all: Vec<Token<'_>> = std::iter::from_fn(|| tokens.next()).collect();
        assert_eq!(
            all,
            [
                Token::Name(b"a"),
                Token::Text(b"x)A".to_vec()),
                Token::Text(b"A".to_vec()),
                Token::Array(vec![
                    Token::Number(1.0),
                    Token::Number(-2.5),
                    Token::Text(b"b".to_vec())
                ]),
                Token::Dictionary(vec![(b"MCID".as_slice(), Token::Number(3.0))]),
                Token::Operator(b"BDC"),
            ]
        );
    }

    #[test]
    fn a_part_that_is_only_drawn_stands_at_the_top_of_its_drawing() {
        let content = b"/P <</MCID 1>> BDC 1 0 0 1 10 20 cm 0 0 30 40 re f EMC";
        let budget = Budget::new(1_000);
        let parts = super::parts(content, &std::collections::HashMap::new(), &budget)
            .expect("it is short");
        assert_eq!(parts[&1].start, Some((10.0, 60.0)));
    }
}
