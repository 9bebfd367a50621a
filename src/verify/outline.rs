//! What a reader meets of a page, whatever the format: one outline.
//!
//! An outline is a row of pieces in reading order: headings, paragraphs, cells, listings.
//! Each says in what it lies, what it is called, what it reads, in which language, where its
//! links lead and what its images say. What only the eye meets (a colour, the place of a
//! line end, how an apostrophe is drawn) is no part of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use unicode_normalization::char::compose;

use crate::diagnostic::Place;

/// Where an image stands in a text.
pub(super) const IMAGE: char = '\u{fffc}';

/// Stands where a printed line ends, which may or may not be a space.
pub(super) const LINE_END: char = '\u{2028}';

/// What a reader meets of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The title that the file or the chapter says it has.
    pub title: Option<String>,
    /// The language that it says it is in.
    pub language: Option<String>,
    /// The way to it: what each step says, and where it leads.
    pub trail: Option<Vec<Step>>,
    /// What is said of the page by the program: that it is not translated, its day.
    pub notices: Option<Vec<String>>,
    /// What it says, in reading order; its notes last.
    pub pieces: Vec<Piece>,
    /// The headings, as the file lists them for those who jump from one to the next.
    pub bookmarks: Option<Vec<String>>,
    /// What the contents of a publication say that it is called, once for each time that
    /// they lead to it.
    pub entries: Option<Vec<String>>,
    /// What is wrong with the names of the file itself.
    pub(super) faults: Vec<(super::Aspect, String)>,
}

/// A step of a trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What it says.
    pub text: String,
    /// Where it leads, if it leads anywhere.
    pub target: Option<String>,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// Words: a paragraph, an item's line, a cell.
    #[default]
    Text,
    /// A term that is defined.
    Term,
    /// What stands under a figure or over a table.
    Caption,
    /// Code, set as it is.
    Code,
}

/// In what a piece lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A list; numbered or not.
    List(bool),
    /// An item of it.
    Item,
    /// Terms and what they mean.
    Definitions,
    /// What a term means.
    Meaning,
    /// A quotation.
    Quote,
    /// A box that asks for attention.
    Callout,
    /// A part that can be folded.
    Details,
    /// A table.
    Table,
    /// A cell of it.
    Cell(Cell),
    /// A note, by its number.
    Note(String),
}

/// Where a cell stands, and what it heads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its row, from 1.
    pub row: usize,
    /// Its first column, from 1.
    pub column: usize,
    /// How many rows it spans.
    pub rows: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// What it heads: `column`, `row` or nothing.
    pub heads: &'static str,
}

/// A piece of an outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// In what it lies, from the outside in.
    pub within: Vec<Frame>,
    /// How many of these begin with it.
    pub starts: usize,
    /// The names by which it can be reached.
    pub names: Vec<String>,
    /// What it reads.
    pub text: String,
    /// The same, divided by the language of each part; empty for that of the document.
    pub languages: Vec<(String, String)>,
    /// The words that are set apart, and how: `em`, `strong`, `code` …
    pub emphases: Vec<(String, String)>,
    /// Where its links lead, and their words.
    pub links: Vec<Link>,
    /// What its images say.
    pub images: Vec<String>,
    /// The numbers of the notes that it calls.
    pub(super) calls: Vec<String>,
    /// What the reader is told of its translation.
    pub mark: String,
    /// The sign of its item: a number, whether a task is done.
    pub label: String,
    /// Where the ways back of a note lead.
    pub returns: Vec<String>,
    /// The list or the row in which it lies, by number: what one of them lacks moves
    /// the others.
    pub(super) group: usize,
    /// Where it is written, for what was read from the sources.
    pub place: Option<Place>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it leads: a path of the site (`/fr/mission/#but`) or an address.
    pub target: String,
}

impl Piece {
    /// What tells the piece from its neighbours, however it is shown.
    pub(super) fn gist(&self) -> String {
        let mut gist: String =
            self.text.chars().filter(|it| !it.is_whitespace()).collect();
        if self.text.chars().all(|it| it == IMAGE) {
            self.images.iter().for_each(|it| gist.push_str(it));
        }
        gist
    }

    /// The unit of translation that it shows, by its name.
    pub fn unit(&self) -> Option<&str> {
        self.names.iter().map(String::as_str).find(|it| is_unit(it))
    }

    /// In what it lies, as one word. `print` leaves out what a printed page cannot tell.
    pub(super) fn nesting(&self, print: bool) -> String {
        let mut out = String::new();
        let first = self.within.len() - self.starts.min(self.within.len());
        for (at, frame) in self.within.iter().enumerate() {
            let name = match frame {
                Frame::List(true) => "ol",
                Frame::List(false) => "ul",
                // A list in an item hangs on the list around it in print.
                Frame::Item | Frame::Meaning if print && self.is_followed_by_list(at) => {
                    continue;
                }
                Frame::Item => "li",
                Frame::Definitions => "dl",
                Frame::Meaning => "dd",
                Frame::Quote => "quote",
                Frame::Callout if !print => "callout",
                Frame::Details if !print => "details",
                Frame::Table => "table",
                Frame::Cell(_) => "cell",
                Frame::Note(_) => "note",
                Frame::Callout | Frame::Details => continue,
            };
            // Two meanings of a term are two paragraphs of one in print.
            let is_told = !print || *frame != Frame::Meaning;
            let begins = if at >= first && is_told { "+" } else { "" };
            write!(out, "/{name}{begins}").expect("a text has room");
            if let Frame::Note(number) = frame {
                out.push_str(number);
            }
        }
        out
    }

    fn is_followed_by_list(&self, at: usize) -> bool {
        let is_told = |it: &&Frame| !matches!(it, Frame::Callout | Frame::Details);
        let next = self.within.get(at + 1..).into_iter().flatten().find(is_told);
        matches!(next, Some(Frame::List(_) | Frame::Definitions))
    }

    /// The cell in which it lies, if any.
    pub(super) fn cell(&self) -> Option<&Cell> {
        self.within.iter().rev().find_map(|it| match it {
            Frame::Cell(cell) => Some(cell),
            Frame::List(_)
            | Frame::Item
            | Frame::Definitions
            | Frame::Meaning
            | Frame::Quote
            | Frame::Callout
            | Frame::Details
            | Frame::Table
            | Frame::Note(_) => None,
        })
    }
}

/// Whether a name is that of a unit of translation.
pub(super) fn is_unit(name: &str) -> bool {
    name.strip_prefix("u-").is_some_and(|it| {
        it.len() >= 8 && it.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
    })
}

/// A letter that is being read, and what holds for it.
#[derive(Clone, Copy, Debug)]
struct Letter {
    letter: char,
    language: usize,
    link: usize,
    emphasis: Emphasis,
}

/// How words are set apart from those around them, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Emphasis(u16);

impl Emphasis {
    /// Every way to set words apart, by its name.
    const NAMES: [&str; 11] = [
        "em", "strong", "code", "sub", "sup", "del", "ins", "mark", "kbd", "cite",
        "small",
    ];

    /// Their names.
    fn names(self) -> String {
        let names = Self::NAMES.iter().enumerate();
        let own = names.filter(|it| self.0 & (1 << it.0) != 0).map(|it| *it.1);
        own.collect::<Vec<_>>().join("+")
    }
}

/// The longest that the name of a language may be (RFC 5646, 4.4.1, asks for 35).
const LONGEST_TONGUE: usize = 64;

/// An outline that is being read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// What was read.
    pub(super) outline: Outline,
    frames: Vec<(Frame, usize)>,
    /// How many frames were opened since the last piece.
    fresh: usize,
    groups: usize,
    open: Option<Piece>,
    letters: Vec<Letter>,
    tongues: Vec<String>,
    known_tongues: BTreeMap<String, usize>,
    links: Vec<Link>,
    link: usize,
    emphasis: Emphasis,
    names: Vec<String>,
    label: String,
}

impl Builder {
    /// An outline of a document in this language.
    pub(super) fn new(language: &str) -> Self {
        let mut it = Self::default();
        it.outline.language = Some(language.to_owned());
        it
    }

    /// Goes into something.
    pub(super) fn enter(&mut self, frame: Frame) {
        self.end();
        let group = match &frame {
            Frame::List(_) | Frame::Table => {
                self.groups += 1;
                self.groups
            }
            Frame::Cell(_)
            | Frame::Item
            | Frame::Definitions
            | Frame::Meaning
            | Frame::Quote
            | Frame::Callout
            | Frame::Details
            | Frame::Note(_) => self.group(),
        };
        self.frames.push((frame, group));
        self.fresh += 1;
    }

    /// Begins a row of a table.
    pub(super) fn row(&mut self) {
        self.groups += 1;
        if let Some(table) = self.frames.last_mut() {
            table.1 = self.groups;
        }
    }

    /// Leaves what was entered last.
    pub(super) fn leave(&mut self) {
        self.end();
        self.frames.pop();
        self.fresh = self.fresh.saturating_sub(1);
        self.label.clear();
    }

    fn group(&self) -> usize {
        self.frames.last().map_or(0, |it| it.1)
    }

    /// How many pieces there are, the open one included.
    pub(super) fn count(&self) -> usize {
        self.outline.pieces.len() + usize::from(self.open.is_some())
    }

    /// Begins a piece.
    pub(super) fn begin(&mut self, kind: Kind) {
        self.end();
        self.open = Some(Piece {
            kind,
            within: self.frames.iter().map(|it| it.0.clone()).collect(),
            starts: self.fresh,
            names: std::mem::take(&mut self.names),
            label: std::mem::take(&mut self.label),
            group: self.group(),
            ..Piece::default()
        });
    }

    /// The piece that is open; one of words where there is none.
    pub(super) fn piece(&mut self) -> &mut Piece {
        if self.open.is_none() {
            self.begin(Kind::Text);
        }
        self.open.get_or_insert_default()
    }

    /// Whether a piece is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the open piece, if there is one. One that reads nothing is none, except a
    /// cell's: its place counts.
    pub(super) fn end(&mut self) {
        self.finish(false);
    }

    /// Ends the open piece, which is one even if it reads nothing.
    pub(super) fn end_even_empty(&mut self) {
        self.finish(true);
    }

    fn finish(&mut self, even_empty: bool) {
        let Some(mut piece) = self.open.take() else { return };
        self.link = 0;
        let mut seen = BTreeSet::new();
        piece.names.retain(|it| seen.insert(it.clone()));
        self.read(&mut piece);
        self.letters.clear();
        self.links.clear();
        if piece.text.is_empty() && !even_empty {
            // Its sign and its names are the next one's.
            self.label = piece.label;
            self.names = piece.names;
            // The way back behind a note's last list, table or code is that note's.
            if let Some(last) = self.outline.pieces.last_mut() {
                last.returns.append(&mut piece.returns);
            }
            return;
        }
        self.fresh = 0;
        self.outline.pieces.push(piece);
    }

    /// Divides what was read by language and by link.
    fn read(&self, piece: &mut Piece) {
        let is_code = piece.kind == Kind::Code;
        let letters =
            if is_code { composed(&self.letters) } else { plain(&self.letters) };
        piece.text = letters.iter().map(|it| it.letter).collect();
        let mut links = self.links.clone();
        let mut last = usize::MAX;
        for it in &letters {
            if it.language != last {
                last = it.language;
                let tongue = self.tongues[it.language].clone();
                match piece.languages.last_mut() {
                    Some(before) if before.0 == tongue => {}
                    _ => piece.languages.push((tongue, String::new())),
                }
            }
            if let Some(part) = piece.languages.last_mut() {
                part.1.push(it.letter);
            }
            if it.link > 0 {
                links[it.link - 1].text.push(it.letter);
            }
        }
        if !is_code {
            piece.emphases = emphases(&letters);
        }
        piece.languages.iter_mut().for_each(|it| it.1 = it.1.trim().to_owned());
        links.iter_mut().for_each(|it| it.text = it.text.trim().to_owned());
        piece.links = links;
    }

    /// Reads words in a language; empty for that of the document.
    pub(super) fn words(&mut self, language: &str, words: &str) {
        if self.open.is_none() {
            if words.chars().all(char::is_whitespace) {
                return;
            }
            self.begin(Kind::Text);
        }
        let own = self.outline.language.as_deref().unwrap_or_default();
        let tongue = if language == own { "" } else { language };
        // The name of a language is short; what is longer is none, and is not copied.
        let tongue = &tongue[..tongue.floor_char_boundary(LONGEST_TONGUE)];
        let language = match self.known_tongues.get(tongue) {
            Some(known) => *known,
            None => {
                self.tongues.push(tongue.to_owned());
                let number = self.tongues.len() - 1;
                self.known_tongues.insert(tongue.to_owned(), number);
                number
            }
        };
        let (link, emphasis) = (self.link, self.emphasis);
        self.letters.extend(words.chars().map(|letter| Letter {
            letter,
            language,
            link,
            emphasis,
        }));
    }

    /// Reads an image by what it says.
    pub(super) fn image(&mut self, language: &str, alternative: &str) {
        self.piece();
        self.words(language, "\u{fffc}");
        self.piece().images.push(normal(alternative));
    }

    /// Reads the call of a note.
    pub(super) fn call(&mut self, language: &str, number: &str) {
        self.piece().calls.push(number.trim().to_owned());
        // That it is raised says nothing more.
        let around = std::mem::take(&mut self.emphasis);
        self.words(language, &format!("[^{}]", number.trim()));
        self.emphasis = around;
    }

    /// Sets apart what follows, in the way of this name, and answers how what is around it
    /// is set.
    pub(super) fn set_apart(&mut self, name: &str) -> Emphasis {
        let around = self.emphasis;
        if let Some(at) = Emphasis::NAMES.iter().position(|it| *it == name) {
            self.emphasis.0 |= 1 << at;
        }
        around
    }

    /// Sets what follows as what is around it.
    pub(super) fn set_as(&mut self, around: Emphasis) {
        self.emphasis = around;
    }

    /// Goes into a link.
    pub(super) fn open_link(&mut self, target: String) {
        self.piece();
        self.links.push(Link { text: String::new(), target });
        self.link = self.links.len();
    }

    /// Leaves the link.
    pub(super) fn close_link(&mut self) {
        self.link = 0;
    }

    /// Whether nothing has been read since this many letters.
    pub(super) fn is_silent_since(&self, letters: usize) -> bool {
        self.letters
            .get(letters..)
            .is_none_or(|it| it.iter().all(|it| it.letter.is_whitespace()))
    }

    /// How many letters of the open piece were read.
    pub(super) fn letters(&self) -> usize {
        self.letters.len()
    }

    /// The open piece can be reached by this name; the next one where none is open.
    pub(super) fn name(&mut self, name: &str) {
        let names = match &mut self.open {
            Some(piece) => &mut piece.names,
            None => &mut self.names,
        };
        names.push(name.to_owned());
    }

    /// What was named and says nothing, with nothing behind it, is reached with what stands
    /// before it.
    pub(super) fn settle(&mut self) {
        self.end();
        if let Some(last) = self.outline.pieces.last_mut() {
            for name in self.names.drain(..) {
                if !last.names.contains(&name) {
                    last.names.push(name);
                }
            }
        }
    }

    /// The sign of the item that begins.
    pub(super) fn label(&mut self, label: &str) {
        label.clone_into(&mut self.label);
    }

    /// What was read, its notes last.
    pub(super) fn build(mut self) -> Outline {
        self.settle();
        self.outline
    }
}

/// What is heard of letters: those that show nothing go, and those that only differ in how
/// they are drawn become one.
fn plain(letters: &[Letter]) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut skip_space = true;
    for it in &composed(letters) {
        let letter = it.letter;
        if is_unheard(letter) {
            continue;
        }
        if letter == LINE_END {
            if !skip_space {
                out.push(*it);
                skip_space = true;
            }
            continue;
        }
        if letter.is_whitespace() {
            if !skip_space {
                out.push(Letter { letter: ' ', ..*it });
                skip_space = true;
            }
            continue;
        }
        if matches!(letter, ';' | ':' | '!' | '?' | '»' | '…' | '\u{201d}') {
            out.pop_if(|it| it.letter == ' ');
        }
        let before = out.last().map(|it| it.letter);
        skip_space = opens(letter, before);
        out.push(Letter { letter: drawn_otherwise(letter), ..*it });
    }
    out.pop_if(|it| matches!(it.letter, ' ' | LINE_END));
    out
}

/// Whether a quotation mark opens a quotation, in one language or another.
fn opens(letter: char, before: Option<char>) -> bool {
    let is_first = before.is_none_or(|it| !it.is_alphanumeric());
    letter == '«' || matches!(letter, '\u{201c}' | '\u{201e}') && is_first
}

/// The words that are set apart, a run for each change of how.
fn emphases(letters: &[Letter]) -> Vec<(String, String)> {
    let mut runs: Vec<(String, String)> = Vec::new();
    let mut last = Emphasis::default();
    for it in letters {
        if it.letter.is_whitespace() || it.letter == IMAGE {
            continue;
        }
        if it.emphasis != last && it.emphasis != Emphasis::default() {
            runs.push((it.emphasis.names(), String::new()));
        }
        last = it.emphasis;
        if let Some(run) = runs.last_mut().filter(|_| last != Emphasis::default()) {
            run.1.push(it.letter);
        }
    }
    runs
}

/// A letter and its accent are one, however they are written (UAX #15).
fn composed(letters: &[Letter]) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    for it in letters {
        let whole = out.last().and_then(|last| compose(last.letter, it.letter));
        match (out.last_mut(), whole) {
            (Some(last), Some(whole)) => last.letter = whole,
            _ => out.push(*it),
        }
    }
    out
}

/// The same of a text alone.
pub(super) fn normal(text: &str) -> String {
    let letters: Vec<Letter> = text
        .chars()
        .map(|letter| Letter {
            letter,
            language: 0,
            link: 0,
            emphasis: Emphasis::default(),
        })
        .collect();
    plain(&letters).iter().map(|it| it.letter).collect()
}

/// Whether a letter is neither seen nor heard: places to hyphenate, joiners, directions.
fn is_unheard(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// The one letter for those that differ only in how they are drawn.
fn drawn_otherwise(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '«' | '»' | '\u{201c}'..='\u{201e}' => '"',
        '\u{2011}' => '-',
        letter => letter,
    }
}
