//! What a comparison tells: in what two outlines differ, who shows what, and where.

use super::{Medium, agreement::said, outline::Piece};
use crate::diagnostic::Place;

/// In what two outlines differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The page is not there at all.
    Page,
    /// The file cannot be read.
    Unreadable,
    /// The title of the document.
    Title,
    /// The language of the document.
    DocumentLanguage,
    /// The trail.
    Trail,
    /// What the program says of the page: its day, that it is not translated.
    Notice,
    /// How the contents or the outline of the file call the page and its parts.
    Contents,
    /// A piece is not there.
    Missing,
    /// There is a piece too many.
    Extra,
    /// A piece stands in another place.
    Order,
    /// The words.
    Text,
    /// What it is; the level of a heading.
    Kind,
    /// In what it lies.
    Nesting,
    /// The number or the sign of an item.
    Label,
    /// The row, the column or the header of a cell.
    Cell,
    /// The names that lead to it.
    Anchor,
    /// Where its links lead.
    Link,
    /// What its images say.
    Image,
    /// The language of a part.
    Language,
    /// Which words are set apart: stressed, code, raised.
    Emphasis,
    /// What is said of its translation.
    Mark,
    /// The ways back from a note.
    Return,
    /// A name that the file gives twice, or that it does not list.
    Identifier,
    /// A name that leads elsewhere than to what it is the name of.
    Place,
    /// Nothing of a format is there.
    Format,
    /// A file is in one of two exports only.
    File,
    /// A file has not the same bytes, and reads the same.
    Bytes,
}

impl Aspect {
    /// Every aspect.
    pub const ALL: [Aspect; 27] = [
        Aspect::Page,
        Aspect::Unreadable,
        Aspect::Title,
        Aspect::DocumentLanguage,
        Aspect::Trail,
        Aspect::Notice,
        Aspect::Contents,
        Aspect::Missing,
        Aspect::Extra,
        Aspect::Order,
        Aspect::Text,
        Aspect::Kind,
        Aspect::Nesting,
        Aspect::Label,
        Aspect::Cell,
        Aspect::Anchor,
        Aspect::Link,
        Aspect::Image,
        Aspect::Language,
        Aspect::Emphasis,
        Aspect::Mark,
        Aspect::Return,
        Aspect::Identifier,
        Aspect::Place,
        Aspect::Format,
        Aspect::File,
        Aspect::Bytes,
    ];

    /// The aspects of a piece, in the order in which they are told.
    pub(super) const OF_PIECES: [Aspect; 12] = [
        Aspect::Text,
        Aspect::Kind,
        Aspect::Nesting,
        Aspect::Label,
        Aspect::Cell,
        Aspect::Anchor,
        Aspect::Link,
        Aspect::Image,
        Aspect::Language,
        Aspect::Emphasis,
        Aspect::Mark,
        Aspect::Return,
    ];

    /// The word used in machine output, and the message that tells it.
    pub fn code(self) -> &'static str {
        match self {
            Aspect::Page => "verify-page",
            Aspect::Unreadable => "verify-unreadable",
            Aspect::Title => "verify-title",
            Aspect::DocumentLanguage => "verify-document-language",
            Aspect::Trail => "verify-trail",
            Aspect::Notice => "verify-notice",
            Aspect::Contents => "verify-contents",
            Aspect::Missing => "verify-missing",
            Aspect::Extra => "verify-extra",
            Aspect::Order => "verify-order",
            Aspect::Text => "verify-text",
            Aspect::Kind => "verify-kind",
            Aspect::Nesting => "verify-nesting",
            Aspect::Label => "verify-label",
            Aspect::Cell => "verify-cell",
            Aspect::Anchor => "verify-anchor",
            Aspect::Link => "verify-link",
            Aspect::Image => "verify-image",
            Aspect::Language => "verify-language",
            Aspect::Emphasis => "verify-emphasis",
            Aspect::Mark => "verify-mark",
            Aspect::Return => "verify-return",
            Aspect::Identifier => "verify-identifier",
            Aspect::Place => "verify-place",
            Aspect::Format => "verify-format",
            Aspect::File => "verify-file",
            Aspect::Bytes => "verify-bytes",
        }
    }
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub aspect: Aspect,
    /// The key of the page.
    pub page: String,
    /// The language; where two are compared, the one that is not the source's.
    pub language: String,
    /// What shows what: the media that agree, and what they show.
    pub shown: Vec<(Vec<Witness>, String)>,
    /// The words of the piece, cut short; empty for what is about the whole page.
    pub piece: String,
    /// The unit of translation that it shows.
    pub unit: Option<String>,
    /// Where it stands in the source.
    pub place: Option<Place>,
    /// How many pieces after it differ in the same way.
    pub repeats: usize,
}

impl Difference {
    /// What is about a whole page, or a whole file, in one medium.
    pub(super) fn of_page(
        page: &super::Address,
        aspect: Aspect,
        medium: Medium,
        why: &str,
    ) -> Self {
        let witness = Witness { medium, language: None };
        Self {
            aspect,
            page: page.1.clone(),
            language: page.0.clone(),
            shown: vec![(vec![witness], why.to_owned())],
            piece: String::new(),
            unit: None,
            place: None,
            repeats: 0,
        }
    }

    /// Those who do not show what the sources or the most show.
    pub fn odd(&self) -> impl Iterator<Item = &Witness> {
        let most = self.shown.iter().map(|it| it.0.len()).max().unwrap_or(0);
        let is_source = |it: &Witness| it.medium == Medium::Source;
        let with_source = self.shown.iter().position(|it| it.0.iter().any(is_source));
        let is_one = self.shown.len() < 2;
        let groups = self.shown.iter().enumerate().filter(move |(at, group)| {
            is_one
                || with_source.map_or(group.0.len() < most || most == 1, |it| it != *at)
        });
        groups.flat_map(|it| &it.1.0)
    }
}

/// Who shows something: a medium, in a language where two languages are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Witness {
    /// The medium.
    pub medium: Medium,
    /// The language, where more than one is compared.
    pub language: Option<String>,
}

/// What two texts show where they differ.
pub(super) type Shown = Vec<(Vec<Witness>, String)>;

pub(super) fn shown(groups: Vec<(Vec<Medium>, String)>) -> Shown {
    let witness = |medium| Witness { medium, language: None };
    let one = |it: (Vec<Medium>, String)| (it.0.into_iter().map(witness).collect(), it.1);
    groups.into_iter().map(one).collect()
}

pub(super) fn difference(
    aspect: Aspect,
    page: &str,
    language: &str,
    shown: Shown,
    piece: Option<&Piece>,
) -> Difference {
    Difference {
        aspect,
        page: page.to_owned(),
        language: language.to_owned(),
        shown: windows(shown),
        piece: piece.map(said).map(|it| cut(&it, 0)).unwrap_or_default(),
        unit: piece.and_then(Piece::unit).map(str::to_owned),
        place: piece.and_then(|it| it.place),
        repeats: 0,
    }
}

/// Adds a difference, to the one before it where that is the same of the piece before.
pub(super) fn push(found: &mut Vec<Difference>, next: Difference) {
    let may_repeat = matches!(
        next.aspect,
        Aspect::Kind | Aspect::Nesting | Aspect::Language | Aspect::Mark
    );
    let before = found.iter_mut().rev().find(|it| it.aspect == next.aspect);
    match before {
        Some(before) if may_repeat && before.shown == next.shown => before.repeats += 1,
        _ => found.push(next),
    }
}

/// How much of a text is told.
const WINDOW: usize = 80;

/// What is shown, cut to where it differs.
fn windows(shown: Shown) -> Shown {
    let first: Vec<char> =
        shown.first().map(|it| it.1.chars().collect()).unwrap_or_default();
    let other = shown.iter().map(|it| it.1.as_str()).find(|it| *it != shown[0].1);
    let same = other
        .map_or(0, |it| it.chars().zip(&first).take_while(|it| it.0 == *it.1).count());
    let start = same.saturating_sub(WINDOW / 4);
    shown.into_iter().map(|it| (it.0, cut(&it.1, start))).collect()
}

pub(super) fn cut(text: &str, start: usize) -> String {
    let mut out = String::new();
    let mut letters = text.chars().skip(start);
    if start > 0 && !text.is_empty() {
        out.push('…');
    }
    out.extend(letters.by_ref().take(WINDOW));
    if letters.next().is_some() {
        out.push('…');
    }
    out
}
