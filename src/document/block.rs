//! What stands on its own in a page.

use super::{Formula, Image, Language, Text};
use crate::diagnostic::Place;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// Text that is no paragraph of its own: a tight item's line, a cell.
    Plain(Text),
    /// A list.
    List(List),
    /// Terms and what they mean.
    Definitions(DefinitionList),
    /// A quotation.
    Quote(Quote),
    /// A box that asks for attention.
    Callout(Callout),
    /// A part that can be folded; open in print.
    Details(Details),
    /// Code, set as it is.
    Code(CodeBlock),
    /// A table.
    Table(Table),
    /// An image that stands alone.
    Figure(Figure),
    /// A video, a sound or an embedded page.
    Media(Media),
    /// A change of subject.
    Rule(Place),
    /// The author asks for a new page in print.
    PageBreak(Place),
    /// Blocks with a language, an identifier or classes of their own.
    Group(Group),
    /// A construct that has no node, kept as its text.
    Unknown(Unknown),
    /// A formula that stands alone.
    Math(Formula),
}

/// `{.class #id lang=en}` and what raw HTML says of the same kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The identifier, as it is written.
    pub id: Option<String>,
    /// The classes, in order.
    pub classes: Vec<String>,
    /// The language.
    pub language: Option<Language>,
}

/// The class of what is final in every language; `translate="no"` is read as it.
pub const FINAL: &str = "notranslate";

impl Attributes {
    /// Whether the author says that the words are final in every language.
    pub fn is_final(&self) -> bool {
        self.classes.iter().any(|it| it == FINAL)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.language.is_none()
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Where it is written.
    pub place: Place,
    /// Its level in the outline that is published: 2 to 6, since the page's title is 1.
    pub level: u8,
    /// The level as it is written, 1 to 6.
    pub written: u8,
    /// The anchor, made from the source text as the source site makes it; the same in
    /// every language and format, unique in its page.
    pub anchor: String,
    /// Its words.
    pub text: Text,
    /// `{.class #id lang=en}`.
    pub attributes: Attributes,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Where it is written.
    pub place: Place,
    /// Its words.
    pub text: Text,
    /// `{.class #id lang=en}`.
    pub attributes: Attributes,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Where it is written.
    pub place: Place,
    /// Bulleted or numbered.
    pub kind: ListKind,
    /// How its numbers are written.
    pub numerals: Numerals,
    /// Whether its numbers fall.
    pub reversed: bool,
    /// Whether its items are lines rather than paragraphs.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item>,
}

impl List {
    /// The number of each item; none where the list is bulleted.
    pub fn numbers(&self) -> Option<Vec<i64>> {
        let ListKind::Ordered(first) = self.kind else { return None };
        let step = if self.reversed { -1 } else { 1 };
        let mut next = i64::from(first);
        let number = |item: &Item| {
            let number = item.number.map_or(next, i64::from);
            next = number + step;
            number
        };
        Some(self.items.iter().map(number).collect())
    }

    /// The number of each item as it is written; none where the list is bulleted.
    pub fn labels(&self) -> Option<Vec<String>> {
        let numbers = self.numbers()?;
        Some(numbers.into_iter().map(|it| self.numerals.label(it)).collect())
    }
}

/// Bulleted or numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Bulleted.
    Bullet,
    /// Numbered from this number.
    Ordered(u32),
}

/// How the numbers of a list are written: `type` of HTML's `ol`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numerals {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    LowerLetters,
    /// A, B, C.
    UpperLetters,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

impl Numerals {
    /// What `type` says.
    pub fn of_type(text: &str) -> Option<Self> {
        Some(match text {
            "1" => Self::Decimal,
            "a" => Self::LowerLetters,
            "A" => Self::UpperLetters,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            _ => return None,
        })
    }

    /// What `type` is to say, where it is not the usual.
    pub fn to_type(self) -> Option<&'static str> {
        match self {
            Self::Decimal => None,
            Self::LowerLetters => Some("a"),
            Self::UpperLetters => Some("A"),
            Self::LowerRoman => Some("i"),
            Self::UpperRoman => Some("I"),
        }
    }

    /// A number as it is written. What has no letters or no Roman numeral is decimal, as in
    /// CSS (Counter Styles 3, 2 and 6).
    pub fn label(self, number: i64) -> String {
        let label = match self {
            Self::Decimal => None,
            Self::LowerLetters | Self::UpperLetters => letters(number),
            Self::LowerRoman | Self::UpperRoman => roman(number),
        };
        let Some(label) = label else { return number.to_string() };
        match self {
            Self::UpperLetters | Self::UpperRoman => label.to_uppercase(),
            Self::Decimal | Self::LowerLetters | Self::LowerRoman => label,
        }
    }
}

fn letters(number: i64) -> Option<String> {
    let mut left = u64::try_from(number).ok().filter(|it| *it > 0)?;
    let mut label = Vec::new();
    while left > 0 {
        left -= 1;
        label.push(char::from(b'a' + u8::try_from(left % 26).ok()?));
        left /= 26;
    }
    Some(label.into_iter().rev().collect())
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = (1..=3999).contains(&number).then_some(number)?;
    let mut label = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            label.push_str(sign);
            left -= value;
        }
    }
    Some(label)
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it is written.
    pub place: Place,
    /// Its number, where its author gives it one of its own.
    pub number: Option<u32>,
    /// For a task: whether it is done.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Terms and what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct DefinitionList {
    /// Where it is written.
    pub place: Place,
    /// The entries.
    pub items: Vec<Definition>,
}

/// One or more terms and what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Where it is written.
    pub place: Place,
    /// The terms.
    pub terms: Vec<Text>,
    /// Each meaning.
    pub details: Vec<Vec<Block>>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Where it is written.
    pub place: Place,
    /// What is quoted.
    pub blocks: Vec<Block>,
    /// Who said it.
    pub attribution: Option<Text>,
    /// A portrait; decorative.
    pub image: Option<Image>,
}

/// A box that asks for attention.
#[derive(Clone, Debug, PartialEq)]
pub struct Callout {
    /// Where it is written.
    pub place: Place,
    /// What kind of attention.
    pub kind: CalloutKind,
    /// Its title; a writer uses the interface's word for the kind where there is none.
    pub title: Option<Text>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// What kind of attention a callout asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CalloutKind {
    /// `> [!NOTE]`.
    Note,
    /// `> [!TIP]`.
    Tip,
    /// `> [!IMPORTANT]`.
    Important,
    /// `> [!WARNING]`, `:::warning`.
    Warning,
    /// `> [!CAUTION]`.
    Caution,
    /// `:::callout`.
    Callout,
    /// `:::info`.
    Info,
    /// `:::success`.
    Success,
    /// `:::error`.
    Error,
}

impl CalloutKind {
    /// The word used in class names and labels: `note`, `tip` …
    pub fn name(self) -> &'static str {
        match self {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Important => "important",
            CalloutKind::Warning => "warning",
            CalloutKind::Caution => "caution",
            CalloutKind::Callout => "callout",
            CalloutKind::Info => "info",
            CalloutKind::Success => "success",
            CalloutKind::Error => "error",
        }
    }
}

/// A part that can be folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Where it is written.
    pub place: Place,
    /// What one sees of it when it is closed.
    pub summary: Text,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Code, set as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeBlock {
    /// Where it is written.
    pub place: Place,
    /// The programming language, when it is given.
    pub language: Option<String>,
    /// The code, without the last line end.
    pub text: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Where it is written.
    pub place: Place,
    /// Its caption.
    pub caption: Option<Text>,
    /// How each column is aligned; its length is the number of columns.
    pub columns: Vec<Align>,
    /// The rows that head it.
    pub head: Vec<Row>,
    /// The other rows.
    pub body: Vec<Row>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// As the language reads.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// Against the reading direction.
    End,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it is written.
    pub place: Place,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where it is written.
    pub place: Place,
    /// What it heads, when it is a header.
    pub scope: Option<Scope>,
    /// How many columns it spans.
    pub columns: u32,
    /// How many rows it spans.
    pub rows: u32,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// Whether nothing in it is heard: a header of this sort heads nothing.
    pub fn is_silent(&self) -> bool {
        let mut heard = false;
        super::walk::blocks(&self.blocks, &mut |block| {
            heard |= match block {
                Block::Plain(text) | Block::Paragraph(Paragraph { text, .. }) => {
                    !text.is_empty()
                }
                Block::Group(_) | Block::Rule(_) | Block::PageBreak(_) => false,
                _ => true,
            };
        });
        !heard
    }
}

/// What a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// An image that stands alone, with or without a caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it is written.
    pub place: Place,
    /// The image. Its own `alternative` is empty: `alternative` below is the unit.
    pub image: Image,
    /// What it says to those who do not see it; `None` when it is decorative.
    pub alternative: Option<Text>,
    /// Its caption.
    pub caption: Option<Text>,
    /// The link around the image, if any: its address as written and where it leads.
    pub link: Option<super::Link>,
}

/// A video, a sound or an embedded page: a titled link wherever it cannot play.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// Where it is written.
    pub place: Place,
    /// What it is.
    pub kind: MediaKind,
    /// Its address as written and where it leads; its inlines are empty.
    pub link: super::Link,
    /// What stands in for it.
    pub title: Option<Text>,
}

/// What a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// An embedded page.
    Frame,
    /// The slides of a talk.
    Slides,
}

/// Blocks with a language, an identifier or classes of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Where it is written.
    pub place: Place,
    /// Its attributes, the language among them.
    pub attributes: Attributes,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A construct that has no node, kept as its text; a diagnostic has named it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Where it is written.
    pub place: Place,
    /// What it is, as its author would call it: `{% imageContent %}`, `<iframe>`.
    pub what: String,
    /// Its text.
    pub text: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_list_says() {
        let label = |numerals: Numerals, number| numerals.label(number);
        assert_eq!(label(Numerals::Decimal, 27), "27");
        assert_eq!(label(Numerals::LowerLetters, 1), "a");
        assert_eq!(label(Numerals::UpperLetters, 26), "Z");
        assert_eq!(label(Numerals::LowerLetters, 27), "aa");
        assert_eq!(label(Numerals::LowerLetters, 703), "aaa");
        assert_eq!(label(Numerals::UpperRoman, 1994), "MCMXCIV");
        for (numerals, number) in [
            (Numerals::LowerLetters, 0),
            (Numerals::UpperRoman, -3),
            (Numerals::LowerRoman, 4_000),
        ] {
            assert_eq!(label(numerals, number), number.to_string());
        }
    }
}
