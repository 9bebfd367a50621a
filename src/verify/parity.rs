//! The comparison: every format of a page with each other, and with what should be met;
//! every language with the source's.
//!
//! The outlines of a page in one language are laid side by side, along the one that the
//! others agree with most. Each row of pieces is compared in each of its aspects, and what
//! differs is one difference, however many formats there are. What a printed page cannot
//! tell (that a box is a box) is compared among the others.

use std::collections::BTreeSet;

use super::{
    Medium,
    align::{self, Alignment},
    outline::{IMAGE, Kind, LINE_END, Outline, Piece},
};
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
    /// What is said of its translation.
    Mark,
    /// The ways back from a note.
    Return,
    /// Nothing of a format is there.
    Format,
    /// A file is in one of two exports only.
    File,
    /// A file has not the same bytes, and reads the same.
    Bytes,
}

impl Aspect {
    /// Every aspect.
    pub const ALL: [Aspect; 24] = [
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
        Aspect::Mark,
        Aspect::Return,
        Aspect::Format,
        Aspect::File,
        Aspect::Bytes,
    ];

    /// The aspects of a piece, in the order in which they are told.
    const OF_PIECES: [Aspect; 11] = [
        Aspect::Text,
        Aspect::Kind,
        Aspect::Nesting,
        Aspect::Label,
        Aspect::Cell,
        Aspect::Anchor,
        Aspect::Link,
        Aspect::Image,
        Aspect::Language,
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
            Aspect::Mark => "verify-mark",
            Aspect::Return => "verify-return",
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
type Shown = Vec<(Vec<Witness>, String)>;

/// An outline in the comparison.
struct Column<'a> {
    medium: Medium,
    outline: &'a Outline,
}

impl Column<'_> {
    fn prints(&self) -> bool {
        self.medium.prints()
    }
}

/// The outlines of a page in one language, compared.
pub(super) fn formats(
    page: &str,
    language: &str,
    outlines: &[(Medium, &Outline)],
) -> Vec<Difference> {
    let first = outlines.first().and_then(|it| it.1.language.clone()).unwrap_or_default();
    let in_first = |it: &&Outline| it.language.as_deref() == Some(first.as_str());
    let renamed: Vec<Option<Outline>> = outlines
        .iter()
        .map(|it| (!in_first(&it.1)).then(|| in_language(it.1, &first)))
        .collect();
    let pairs = outlines.iter().zip(&renamed);
    let columns = pairs.map(|((medium, outline), renamed)| Column {
        medium: *medium,
        outline: renamed.as_ref().unwrap_or(outline),
    });
    let columns: Vec<Column<'_>> = columns.collect();
    let mut table = Table { page, language, columns: &columns, found: Vec::new() };
    table.documents();
    table.pieces();
    table.found
}

/// A document that says another language than the others: its parts are compared as if it
/// said theirs, which is told once.
fn in_language(outline: &Outline, language: &str) -> Outline {
    let mut outline = outline.clone();
    for piece in &mut outline.pieces {
        let parts = std::mem::take(&mut piece.languages);
        for (own, words) in parts {
            let own = if own == language { String::new() } else { own };
            match piece.languages.last_mut() {
                Some(last) if last.0 == own => last.1.push_str(&words),
                _ => piece.languages.push((own, words)),
            }
        }
    }
    outline
}

struct Table<'a> {
    page: &'a str,
    language: &'a str,
    columns: &'a [Column<'a>],
    found: Vec<Difference>,
}

impl Table<'_> {
    fn difference(&mut self, aspect: Aspect, shown: Shown, piece: Option<&Piece>) {
        let next = difference(aspect, self.page, self.language, shown, piece);
        push(&mut self.found, next);
    }

    /// What holds for the whole document.
    fn documents(&mut self) {
        let of_formats = DOCUMENT.iter().filter(|it| it.0 != Aspect::Contents);
        of_formats.for_each(|(aspect, value)| self.whole(*aspect, *value));
        self.contents();
    }

    fn whole(&mut self, aspect: Aspect, value: OfDocument) {
        let said = self.columns.iter().filter_map(|it| Some((it, value(it.outline)?)));
        let mut groups: Vec<(Vec<Medium>, String)> = Vec::new();
        for (column, value) in said {
            match groups.iter_mut().find(|it| squeezed(&it.1) == squeezed(&value)) {
                Some(group) => group.0.push(column.medium),
                None => groups.push((vec![column.medium], value)),
            }
        }
        if groups.len() > 1 {
            self.difference(aspect, shown(groups), None);
        }
    }

    /// Whether the contents call the page and its parts as its headings do.
    fn contents(&mut self) {
        let Some(first) = self.columns.first() else { return };
        let headings = headings(first.outline);
        // A publication lists its pages, a file on paper its headings.
        let title = &headings[..headings.len().min(1)];
        let mut groups = Vec::new();
        for column in self.columns {
            let outline = column.outline;
            let parts = if column.prints() { headings.as_slice() } else { title };
            let lists = [(&outline.bookmarks, parts), (&outline.entries, title)];
            for (listed, expected) in lists {
                let Some(listed) = listed else { continue };
                let same = |it: &(&String, &String)| squeezed(it.0) == squeezed(it.1);
                let pairs = listed.iter().zip(expected);
                let alike = pairs.take_while(same).count();
                if alike < listed.len() || alike < expected.len() {
                    let said = |it: &[String]| it.get(alike).cloned().unwrap_or_default();
                    groups.push((vec![column.medium], said(listed)));
                    groups.push((vec![first.medium], said(expected)));
                }
            }
        }
        if !groups.is_empty() {
            self.difference(Aspect::Contents, shown(groups), None);
        }
    }

    fn pieces(&mut self) {
        let Some((first, others)) = self.columns.split_first() else { return };
        let keys = |outline: &Outline| outline.pieces.iter().map(Piece::gist).collect();
        let own: Vec<String> = keys(first.outline);
        let alignments: Vec<Alignment> =
            others.iter().map(|it| align::align(&own, &keys(it.outline))).collect();
        self.extras(others, &alignments, 0);
        for (at, piece) in first.outline.pieces.iter().enumerate() {
            self.row(at, piece, others, &alignments);
            self.extras(others, &alignments, at + 1);
        }
    }

    /// Pieces that the first column lacks, before its piece of this number.
    fn extras(&mut self, others: &[Column<'_>], alignments: &[Alignment], at: usize) {
        let mut seen: Vec<(String, Vec<Medium>, &Piece)> = Vec::new();
        for (column, alignment) in others.iter().zip(alignments) {
            for index in alignment.extras(at) {
                let piece = &column.outline.pieces[index];
                let gist = piece.gist();
                match seen.iter_mut().find(|it| it.0 == gist) {
                    Some(same) => same.1.push(column.medium),
                    None => seen.push((gist, vec![column.medium], piece)),
                }
            }
        }
        for (_, with, piece) in seen {
            let lacks = |it: &&Column<'_>| !with.contains(&it.medium);
            let without: Vec<Medium> =
                self.columns.iter().filter(lacks).map(|it| it.medium).collect();
            let aspect =
                if with.len() > without.len() { Aspect::Missing } else { Aspect::Extra };
            let groups = vec![(with, said(piece)), (without, String::new())];
            // Pieces that come too many are told one by one.
            let piece = piece.clone();
            self.difference(aspect, shown(groups), Some(&piece));
        }
    }

    fn row(
        &mut self,
        at: usize,
        first: &Piece,
        others: &[Column<'_>],
        alignments: &[Alignment],
    ) {
        let own = self.columns[0].medium;
        let mut row = vec![(own, first, Ease::default())];
        let (mut lacking, mut moved) = (Vec::new(), Vec::new());
        for (column, alignment) in others.iter().zip(alignments) {
            let Some(index) = alignment.of(at) else {
                lacking.push(column.medium);
                continue;
            };
            if alignment.is_moved(at) {
                moved.push(column.medium);
                continue;
            }
            let piece = &column.outline.pieces[index];
            row.push((
                column.medium,
                piece,
                ease(alignment, at, index, first, self.columns[0].outline),
            ));
        }
        let with =
            || row.iter().map(|it| it.0).chain(moved.iter().copied()).collect::<Vec<_>>();
        if !lacking.is_empty() {
            let with = with();
            let aspect =
                if with.len() >= lacking.len() { Aspect::Missing } else { Aspect::Extra };
            let aspect = if own == Medium::Source { Aspect::Missing } else { aspect };
            let groups = vec![(with, said(first)), (lacking, String::new())];
            self.difference(aspect, shown(groups), Some(first));
        }
        if !moved.is_empty() {
            let here = row.iter().map(|it| it.0).collect();
            let before = |it: &Outline, at: usize| {
                at.checked_sub(1).map_or(String::new(), |it2| said(&it.pieces[it2]))
            };
            let mut groups = vec![(here, before(self.columns[0].outline, at))];
            for (column, alignment) in others.iter().zip(alignments) {
                if alignment.is_moved(at)
                    && let Some(index) = alignment.of(at)
                {
                    groups.push((vec![column.medium], before(column.outline, index)));
                }
            }
            self.difference(Aspect::Order, shown(groups), Some(first));
        }
        let mut texts_differ = false;
        for aspect in Aspect::OF_PIECES {
            let groups = groups(aspect, &row, texts_differ);
            if groups.len() > 1 {
                texts_differ |= aspect == Aspect::Text;
                self.difference(aspect, shown(groups), Some(first));
            }
        }
    }
}

/// What is not compared in a piece, because it follows from another difference.
#[derive(Clone, Copy, Debug, Default)]
struct Ease {
    /// Where lists and cells begin, since a neighbour is not there.
    starts: bool,
    /// Numbers and columns, since another item or cell is not there.
    numbers: bool,
}

fn ease(
    alignment: &Alignment,
    at: usize,
    index: usize,
    piece: &Piece,
    outline: &Outline,
) -> Ease {
    if alignment.is_plain() {
        return Ease::default();
    }
    let disturbed: BTreeSet<usize> = alignment
        .disturbed()
        .filter_map(|it| outline.pieces.get(it))
        .map(|it| it.group)
        .collect();
    Ease {
        starts: alignment.has_odd_neighbour(at, index),
        numbers: disturbed.contains(&piece.group),
    }
}

/// The pieces of a row, by what they show in one aspect.
fn groups(
    aspect: Aspect,
    row: &[(Medium, &Piece, Ease)],
    texts_differ: bool,
) -> Vec<(Vec<Medium>, String)> {
    if texts_differ && aspect == Aspect::Language {
        return Vec::new();
    }
    let mut groups: Vec<(Vec<Medium>, &Piece, Ease)> = Vec::new();
    for (medium, piece, ease) in row {
        let same = groups.iter_mut().find(|(media, other, eased)| {
            let print = medium.prints() || media.iter().any(|it| it.prints());
            let lens = Lens {
                print,
                words: !texts_differ,
                starts: !(ease.starts || eased.starts),
                numbers: !(ease.numbers || eased.numbers),
            };
            agree(aspect, other, piece, lens)
        });
        match same {
            Some(group) => group.0.push(*medium),
            None => groups.push((vec![*medium], piece, *ease)),
        }
    }
    let print = row.iter().any(|it| it.0.prints());
    let show = |(media, piece, _): (Vec<Medium>, &Piece, Ease)| {
        (media, value(aspect, piece, print))
    };
    groups.into_iter().map(show).collect()
}

/// How two pieces are looked at.
#[derive(Clone, Copy, Debug)]
struct Lens {
    /// As what a printed page can tell.
    print: bool,
    /// With the words of links.
    words: bool,
    /// With where lists and cells begin.
    starts: bool,
    /// With numbers and columns.
    numbers: bool,
}

/// Whether two pieces are the same in an aspect.
fn agree(aspect: Aspect, a: &Piece, b: &Piece, lens: Lens) -> bool {
    match aspect {
        Aspect::Text if a.kind == Kind::Code || lens.print => {
            same_words(&a.text, &b.text)
        }
        Aspect::Text => a.text == b.text,
        Aspect::Nesting => {
            let (mut a, mut b) = (a.nesting(lens.print), b.nesting(lens.print));
            if !lens.starts {
                a.retain(|it| it != '+');
                b.retain(|it| it != '+');
            }
            a == b
        }
        Aspect::Label | Aspect::Cell if !lens.numbers => true,
        Aspect::Link => {
            let one = |it: &Piece| -> Vec<(String, String)> {
                let words =
                    |text: &str| if lens.words { squeezed(text) } else { String::new() };
                it.links.iter().map(|it| (it.target.clone(), words(&it.text))).collect()
            };
            one(a) == one(b)
        }
        Aspect::Language if a.kind == Kind::Code => true,
        Aspect::Language => {
            let one = |it: &Piece| -> Vec<(String, String)> {
                it.languages.iter().map(|it| (it.0.clone(), squeezed(&it.1))).collect()
            };
            one(a) == one(b)
        }
        // A printed note leads back to its first call alone.
        Aspect::Return if lens.print => a.returns.first() == b.returns.first(),
        Aspect::Anchor => {
            let one = |it: &Piece| it.names.iter().cloned().collect::<BTreeSet<_>>();
            one(a) == one(b)
        }
        Aspect::Image => {
            let one =
                |it: &Piece| it.images.iter().map(|it| squeezed(it)).collect::<Vec<_>>();
            one(a) == one(b)
        }
        _ => value(aspect, a, lens.print) == value(aspect, b, lens.print),
    }
}

/// What a piece shows in an aspect, to be told.
fn value(aspect: Aspect, piece: &Piece, print: bool) -> String {
    match aspect {
        Aspect::Text => piece.text.replace(LINE_END, ""),
        Aspect::Kind => match piece.kind {
            Kind::Heading(level) => format!("h{level}"),
            // Who is quoted stands in a paragraph.
            Kind::Caption if print => "p".to_owned(),
            Kind::Text => "p".to_owned(),
            Kind::Term => "dt".to_owned(),
            Kind::Caption => "caption".to_owned(),
            Kind::Code => "pre".to_owned(),
        },
        Aspect::Nesting => piece.nesting(print).replace('+', ""),
        Aspect::Label => piece.label.clone(),
        Aspect::Cell => piece.cell().map_or(String::new(), |it| {
            format!("{}:{} {}×{} {}", it.row, it.column, it.rows, it.columns, it.heads)
        }),
        Aspect::Anchor => piece
            .names
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        Aspect::Link => {
            let one = |it: &super::outline::Link| format!("{} → {}", it.text, it.target);
            piece.links.iter().map(one).collect::<Vec<_>>().join(" | ")
        }
        Aspect::Image => piece.images.join(" | "),
        Aspect::Language => {
            let one = |it: &(String, String)| {
                let language = if it.0.is_empty() { "=" } else { it.0.as_str() };
                format!("{language}: {}", it.1)
            };
            piece.languages.iter().map(one).collect::<Vec<_>>().join(" | ")
        }
        Aspect::Mark => piece.mark.clone(),
        Aspect::Return => piece.returns.join(" "),
        Aspect::Page
        | Aspect::Unreadable
        | Aspect::Title
        | Aspect::DocumentLanguage
        | Aspect::Trail
        | Aspect::Notice
        | Aspect::Contents
        | Aspect::Missing
        | Aspect::Extra
        | Aspect::Order
        | Aspect::Format
        | Aspect::File
        | Aspect::Bytes => String::new(),
    }
}

/// Whether two texts read the same, one of which may not say where a line ended in a space.
fn same_words(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return true,
            (Some(LINE_END), _) => {
                a.next();
                b.next_if_eq(&' ');
            }
            (_, Some(LINE_END)) => {
                b.next();
                a.next_if_eq(&' ');
            }
            (x, y) if x == y => {
                a.next();
                b.next();
            }
            _ => return false,
        }
    }
}

/// The headings of an outline, as contents call them.
fn headings(outline: &Outline) -> Vec<String> {
    let words = |it: &Piece| {
        let mut words = String::new();
        let mut rest = it.text.as_str();
        while let Some((before, after)) = rest.split_once("[^") {
            words.push_str(before);
            rest = after.split_once(']').map_or("", |it| it.1);
        }
        words.push_str(rest);
        if words.chars().all(|it| it == IMAGE || it.is_whitespace()) {
            words = it.images.join(" ");
        }
        words
    };
    let is_heading = |it: &&Piece| matches!(it.kind, Kind::Heading(_));
    outline.pieces.iter().filter(is_heading).map(words).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != IMAGE).collect()
}

/// What a piece says, or what it is when it says nothing.
fn said(piece: &Piece) -> String {
    match piece.gist() {
        gist if gist.is_empty() => format!("({})", value(Aspect::Nesting, piece, false)),
        _ if piece.text.chars().all(|it| it == IMAGE) => piece.images.join(" "),
        _ => value(Aspect::Text, piece, false),
    }
}

fn shown(groups: Vec<(Vec<Medium>, String)>) -> Shown {
    let witness = |medium| Witness { medium, language: None };
    let one = |it: (Vec<Medium>, String)| (it.0.into_iter().map(witness).collect(), it.1);
    groups.into_iter().map(one).collect()
}

fn difference(
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
fn push(found: &mut Vec<Difference>, next: Difference) {
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

fn cut(text: &str, start: usize) -> String {
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

/// A page in a language beside the same in the source language: its structure and, where
/// the source's words are shown, these.
pub(super) fn languages(
    page: &str,
    source: (&str, Medium, &Outline),
    other: (&str, Medium, &Outline),
) -> Vec<Difference> {
    let mut found = Vec::new();
    let keys = |outline: &Outline| outline.pieces.iter().map(key).collect::<Vec<_>>();
    let alignment = align::align(&keys(source.2), &keys(other.2));
    let witness = |it: &(&str, Medium, &Outline)| {
        vec![Witness { medium: it.1, language: Some(it.0.to_owned()) }]
    };
    let mut tell = |aspect, own: String, its: String, piece: &Piece| {
        let shown = vec![(witness(&source), own), (witness(&other), its)];
        push(&mut found, difference(aspect, page, other.0, shown, Some(piece)));
    };
    for at in 0..=source.2.pieces.len() {
        for extra in alignment.extras(at) {
            let piece = &other.2.pieces[extra];
            tell(Aspect::Extra, String::new(), said(piece), piece);
        }
        let Some(piece) = source.2.pieces.get(at) else { break };
        let Some(index) = alignment.of(at) else {
            tell(Aspect::Missing, said(piece), String::new(), piece);
            continue;
        };
        let twin = &other.2.pieces[index];
        if alignment.is_moved(at) {
            tell(Aspect::Order, said(piece), said(twin), piece);
            continue;
        }
        let is_source = |it: &(String, String)| it.0 == source.0;
        let shows_source = twin.languages.iter().all(is_source);
        for aspect in Aspect::OF_PIECES {
            let (own, its) = match aspect {
                Aspect::Text if !shows_source => continue,
                Aspect::Language | Aspect::Mark => continue,
                Aspect::Image if !shows_source => {
                    (piece.images.len().to_string(), twin.images.len().to_string())
                }
                Aspect::Link if same_targets((piece, source.0), (twin, other.0)) => {
                    continue;
                }
                Aspect::Link => (targets(piece, source.0), targets(twin, other.0)),
                aspect => (value(aspect, piece, false), value(aspect, twin, false)),
            };
            if own != its {
                tell(aspect, own, its, piece);
            }
        }
    }
    let steps = |it: &(&str, Medium, &Outline)| {
        let steps = it.2.trail.iter().flatten();
        let targets = steps.map(|step| {
            step.target.as_deref().map_or_else(String::new, |target| bare(target, it.0))
        });
        targets.collect::<Vec<_>>().join(" › ")
    };
    let (own, its) = (steps(&source), steps(&other));
    if own != its {
        let shown = vec![(witness(&source), own), (witness(&other), its)];
        found.push(difference(Aspect::Trail, page, other.0, shown, None));
    }
    found
}

/// The pages of a publication in their order, beside the order in which a format has them.
/// `called` says what a page is called.
pub(super) fn orders(
    language: &str,
    medium: Medium,
    expected: &[String],
    found: &[String],
    called: &dyn Fn(&str) -> String,
) -> Vec<Difference> {
    let alignment = align::align(expected, found);
    let before = |row: &[String], at: usize| {
        at.checked_sub(1).map_or(String::new(), |it| called(&row[it]))
    };
    let tell = |aspect, key: &str, shown| Difference {
        piece: cut(&called(key), 0),
        ..difference(aspect, key, language, shown, None)
    };
    let mut all = Vec::new();
    for (at, key) in expected.iter().enumerate() {
        if alignment.is_moved(at)
            && let Some(index) = alignment.of(at)
        {
            let own = (vec![Medium::Source], before(expected, at));
            let its = (vec![medium], before(found, index));
            all.push(tell(Aspect::Order, key, shown(vec![own, its])));
        }
    }
    for at in 0..=expected.len() {
        // A page that is not of the publication is told as one.
        let twice = alignment.extras(at).map(|it| &found[it]);
        for key in twice.filter(|it| expected.contains(it)) {
            all.push(tell(
                Aspect::Extra,
                key,
                shown(vec![
                    (vec![medium], called(key)),
                    (vec![Medium::Source], String::new()),
                ]),
            ));
        }
    }
    all
}

/// A page in one format, in two exports.
pub(super) fn versions(
    page: &str,
    language: &str,
    medium: Medium,
    names: [&str; 2],
    own: &Outline,
    its: &Outline,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let print = medium.prints();
    let mut tell = |aspect, texts: [String; 2], piece: Option<&Piece>| {
        let witness =
            |name: &str| vec![Witness { medium, language: Some(name.to_owned()) }];
        let shown = names.into_iter().map(witness).zip(texts).collect();
        push(&mut found, difference(aspect, page, language, shown, piece));
    };
    for (aspect, value) in DOCUMENT {
        let texts = [own, its].map(|it| value(it).unwrap_or_default());
        if texts[0] != texts[1] {
            tell(aspect, texts, None);
        }
    }
    let keys = |it: &Outline| it.pieces.iter().map(Piece::gist).collect::<Vec<_>>();
    let alignment = align::align(&keys(own), &keys(its));
    for at in 0..=own.pieces.len() {
        for extra in alignment.extras(at) {
            let piece = &its.pieces[extra];
            tell(Aspect::Extra, [String::new(), said(piece)], Some(piece));
        }
        let Some(piece) = own.pieces.get(at) else { break };
        let Some(index) = alignment.of(at) else {
            tell(Aspect::Missing, [said(piece), String::new()], Some(piece));
            continue;
        };
        if alignment.is_moved(at) {
            tell(Aspect::Order, [said(piece), said(piece)], Some(piece));
            continue;
        }
        let twin = &its.pieces[index];
        let ease = ease(&alignment, at, index, piece, own);
        let lens =
            Lens { print, words: true, starts: !ease.starts, numbers: !ease.numbers };
        for aspect in Aspect::OF_PIECES {
            if !agree(aspect, piece, twin, lens) {
                let texts = [value(aspect, piece, print), value(aspect, twin, print)];
                tell(aspect, texts, Some(piece));
            }
        }
    }
    found
}

/// What is compared of a whole document.
type OfDocument = fn(&Outline) -> Option<String>;

const DOCUMENT: [(Aspect, OfDocument); 5] = [
    (Aspect::Title, |it| it.title.clone()),
    (Aspect::DocumentLanguage, |it| it.language.clone()),
    (Aspect::Trail, trail),
    (Aspect::Notice, |it| Some(it.notices.as_ref()?.join(" | "))),
    (Aspect::Contents, |it| Some(it.bookmarks.as_ref()?.join(" | "))),
];

fn trail(outline: &Outline) -> Option<String> {
    let steps = outline.trail.as_ref()?.iter();
    let steps = steps.map(|it| match &it.target {
        Some(target) => format!("{} ({target})", it.text),
        None => it.text.clone(),
    });
    Some(steps.collect::<Vec<_>>().join(" › "))
}

/// What a piece is called in every language.
fn key(piece: &Piece) -> String {
    match (piece.unit(), piece.kind) {
        (Some(unit), _) => unit.to_owned(),
        (None, Kind::Code) => piece.gist(),
        (None, _) => format!("{:?}{}", piece.kind, piece.nesting(false)),
    }
}

/// Whether links lead to the same places, each in its language or both in the same.
fn same_targets(a: (&Piece, &str), b: (&Piece, &str)) -> bool {
    let same = |x: &str, y: &str| x == y || bare(x, a.1) == bare(y, b.1);
    let pairs = a.0.links.iter().zip(&b.0.links);
    a.0.links.len() == b.0.links.len()
        && pairs.into_iter().all(|(x, y)| same(&x.target, &y.target))
}

/// Where links lead, without the language.
fn targets(piece: &Piece, language: &str) -> String {
    let one = |it: &super::outline::Link| bare(&it.target, language);
    piece.links.iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn bare(target: &str, language: &str) -> String {
    match target.strip_prefix('/').and_then(|it| it.strip_prefix(language)) {
        Some(rest) if rest.starts_with('/') => format!("…{rest}"),
        _ => target.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_may_be_a_space_and_nothing_else() {
        assert!(same_words("un deux", "un\u{2028}deux"));
        assert!(same_words("un-deux", "un-\u{2028}deux"));
        assert!(!same_words("un deux", "undeux"));
        assert!(!same_words("un deux", "un\u{2028}deus"));
    }
}
