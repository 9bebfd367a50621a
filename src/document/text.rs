//! A run of text that is translated as one: the unit.

use crate::{
    diagnostic::Place,
    document::{Inline, Language},
};

/// One translatable run of text, in whatever language it is shown.
///
/// In a document that was just read, `unit` is empty, `language` is `None` and `state`
/// is [`State::Source`]; `translation` fills them in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Where it stands in the source.
    pub place: Place,
    /// The unit's address inside its page, the same in every language and format:
    /// `u-` and eight hexadecimal digits of its fingerprint, then `-2`, `-3` … where the
    /// same text comes again. It serves as `id` and as named destination.
    pub unit: String,
    /// Its source as translators see it, in Markdown; empty until it is a unit.
    pub markdown: String,
    /// The words.
    pub inlines: Vec<Inline>,
    /// The language in which it is shown, when that is not the document's.
    pub language: Option<Language>,
    /// Where its translation stands.
    pub state: State,
    /// What tells it from the same words with another meaning, where the author says so.
    pub context: Option<String>,
    /// What its words are to translators.
    pub wording: Wording,
}

/// What the words of a text are to translators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wording {
    /// Words, to be translated where there is a letter in them.
    #[default]
    Words,
    /// Words that are final in every language: a name.
    Name,
    /// What is final in every language, and is in none: an address, a telephone number.
    Address,
    /// A number, a percentage or an amount, written as each language writes it.
    Quantity,
    /// The same, asked of a translator.
    Asked,
}

impl Wording {
    /// Whether nobody may change it, a machine that translates for a reader included.
    pub fn is_final(self) -> bool {
        matches!(self, Wording::Name | Wording::Address)
    }
}

/// Where the translation of a unit stands, as a reader of the output meets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// It is the author's own text, in the author's language.
    #[default]
    Source,
    /// A translation of the present source, checked by a second person.
    Reviewed,
    /// A translation of the present source.
    Translated,
    /// A memory or a machine proposed a translation; the source is shown.
    Draft,
    /// The source changed since it was translated.
    Stale,
    /// Nobody translated it yet.
    Missing,
}

impl State {
    /// The word used in machine output, class names and labels.
    pub fn name(self) -> &'static str {
        match self {
            State::Source => "source",
            State::Reviewed => "reviewed",
            State::Translated => "translated",
            State::Draft => "draft",
            State::Stale => "stale",
            State::Missing => "missing",
        }
    }

    /// Whether the reader must be told that this is not a current translation.
    pub fn is_marked(self) -> bool {
        matches!(self, State::Draft | State::Stale | State::Missing)
    }
}

/// What a unit is to its page; it tells the translator what he has before him.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The page's title.
    Title,
    /// The page's description.
    Description,
    /// The title of a breadcrumb entry.
    Segment,
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The line of a list item.
    Item,
    /// A cell, by its column from 1; whether it heads its row or column.
    Cell {
        /// The column, from 1.
        column: u32,
        /// Whether it is a header cell.
        header: bool,
    },
    /// A table's or a figure's caption.
    Caption,
    /// The alternative text of an image.
    Alternative,
    /// The term of a definition.
    Term,
    /// The title of a callout.
    CalloutTitle,
    /// What one sees of a closed part.
    Summary,
    /// Who or what is quoted.
    Attribution,
    /// What stands in for a video, a sound or an embedded page.
    MediaTitle,
    /// Text of a construct that has no node.
    Unknown,
}

impl Text {
    /// A text of these inlines, not yet a unit.
    pub fn new(place: Place, inlines: Vec<Inline>) -> Self {
        Self { place, inlines, ..Self::default() }
    }

    /// A text that is one plain run.
    pub fn plain(place: Place, text: impl Into<String>) -> Self {
        Self::new(place, vec![Inline::Text(text.into())])
    }

    /// The words alone, as a reader hears them; breaks become spaces.
    pub fn to_plain(&self) -> String {
        plain(&self.inlines)
    }

    /// Whether there is nothing to read or see in it.
    pub fn is_empty(&self) -> bool {
        self.inlines.iter().all(|it| match it {
            Inline::Text(text) => text.chars().all(is_blank),
            Inline::SoftBreak | Inline::HardBreak => true,
            _ => false,
        })
    }
}

/// Whether a character shows and says nothing: white space, and signs that only tell where a
/// line may end or in which direction it runs.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// The words of inlines alone; an image gives its alternative text.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(&mut out, inlines);
    out
}

fn push_plain(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Styled(_, inner) => push_plain(out, inner),
            Inline::Link(link) => push_plain(out, &link.inlines),
            Inline::Span(span) => push_plain(out, &span.inlines),
            Inline::Image(image) => out.push_str(&image.alternative),
            Inline::Math(formula) => out.push_str(&formula.latex),
            Inline::Footnote(_) => {}
        }
    }
}
