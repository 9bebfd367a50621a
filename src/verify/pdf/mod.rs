//! A PDF, read back as a screen reader does: by its structure tree.
//!
//! - `font`, `content`: what the marked parts of its pages say, and where they stand;
//! - `tags`: the structure tree, with these parts, links and names in their places;
//! - `calling`: whether tags, names and places agree with each other;
//! - here: the outline of that tree;
//! - `whole`: the PDF of the publication, divided into its pages.

mod budget;
mod calling;
mod content;
mod font;
#[cfg(test)]
mod hostile;
mod tags;
mod whole;

pub(super) use whole::{Whole, whole};

use std::collections::BTreeSet;

use self::tags::{File, Kid, Tag};
use super::{
    Setting,
    outline::{Builder, Cell, Frame, Kind, LINE_END, Outline, Piece, Step, normal},
    place,
};
use crate::limits;

/// What a reader meets of the PDF of a page.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn outline(
    bytes: &[u8],
    language: &str,
    key: &str,
    setting: &Setting,
) -> Result<Outline, String> {
    let file = tags::read(bytes)?;
    let site = Names { language, prefix: "", heads: &BTreeSet::new() };
    let here = format!("/{language}{key}");
    let kids: Vec<&Tag> = file.root.tags().collect();
    let mut outline = read(&file, &kids, &here, site, setting);
    outline.title = Some(normal(&file.title));
    outline.bookmarks = Some(file.bookmarks.iter().map(|it| normal(&it.0)).collect());
    outline.faults.clone_from(&file.faults);
    Ok(outline)
}

/// How the places of a file are called.
#[derive(Clone, Copy)]
struct Names<'a> {
    /// The language of the file.
    language: &'a str,
    /// What stands before the names of the page that is read.
    prefix: &'a str,
    /// The names of the heads of its pages, where it holds several.
    heads: &'a BTreeSet<String>,
}

impl Names<'_> {
    /// The name of a place of the page that is read, as that page alone calls it; none for
    /// its head.
    fn own<'n>(&self, name: &'n str) -> Option<&'n str> {
        match name.strip_prefix(self.prefix) {
            Some("") => None,
            Some(own) => Some(own),
            None => Some(name),
        }
    }

    /// The page to which a name leads, as a path of the site.
    fn path(&self, name: &str) -> Option<String> {
        if name.len() > limits::PDF_NAME_BYTES {
            return None;
        }
        let ends = name.match_indices('/').map(|it| it.0 + 1);
        let head =
            ends.rev().map(|end| &name[..end]).find(|it| self.heads.contains(*it))?;
        let path = format!("/{}{}", self.language, key_of(head));
        let anchor = &name[head.len()..];
        Some(if anchor.is_empty() { path } else { format!("{path}#{anchor}") })
    }
}

/// The key of a page, by the name of its head: `mission/` is that of `/mission/`.
fn key_of(head: &str) -> String {
    if head == "/" { head.to_owned() } else { format!("/{head}") }
}

/// What a reader meets of these tags, which are those of a page.
fn read(
    file: &File,
    tags: &[&Tag],
    here: &str,
    site: Names<'_>,
    setting: &Setting,
) -> Outline {
    let mut outline = plainly(file, tags, here, site, setting);
    outline.trail = Some(take_trail(&mut outline.pieces, setting));
    marks(&mut outline.pieces, setting);
    attributions(&mut outline.pieces);
    outline
}

/// The same, with all that is said of the page among what it says.
fn plainly(
    file: &File,
    tags: &[&Tag],
    here: &str,
    site: Names<'_>,
    setting: &Setting,
) -> Outline {
    let mut reader = Reader {
        out: Builder::new(&file.language),
        file,
        setting,
        here,
        site,
        last: None,
        notes: Vec::new(),
        in_link: false,
        in_note: false,
    };
    tags.iter().for_each(|it| reader.tag(it, &file.language));
    reader.in_note = true;
    reader.out.settle();
    // They are called by their numbers, wherever a translation calls them first.
    let mut notes = std::mem::take(&mut reader.notes);
    notes.sort_by_key(|it| it.0.number.parse::<u32>().unwrap_or(u32::MAX));
    for (note, language) in &notes {
        reader.note(note, language);
    }
    let mut outline = reader.out.build();
    outline.pieces.iter_mut().for_each(name_characters);
    outline
}

/// Where no font has a character, its code is printed: `[U+6F22]` is that character. A line
/// may end in it.
fn name_characters(piece: &mut Piece) {
    if piece.text.contains('[') {
        let named = |text: &mut String| *text = with_characters(text);
        named(&mut piece.text);
        piece.languages.iter_mut().for_each(|it| named(&mut it.1));
        piece.links.iter_mut().for_each(|it| named(&mut it.text));
        piece.emphases.iter_mut().for_each(|it| named(&mut it.1));
    }
}

/// A text with the characters whose codes it gives.
fn with_characters(text: &str) -> String {
    // The longest that one is: `[U+10FFFF]`, a line for each of its signs.
    const LONGEST: usize = 20;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(LONGEST).find(|it| it.1 == ']');
        let code = end.map_or("", |(end, _)| &rest[..=end]);
        match character(code) {
            Some(letter) => {
                out.push(letter);
                rest = &rest[code.len()..];
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of a code between brackets.
fn character(code: &str) -> Option<char> {
    let code: String = code.chars().filter(|it| *it != LINE_END).collect();
    let digits = code.strip_prefix("[U+")?.strip_suffix(']')?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// Takes the trail, which is the line before the title.
fn take_trail(pieces: &mut Vec<Piece>, setting: &Setting) -> Vec<Step> {
    let title = pieces.iter().position(|it| it.kind == Kind::Heading(1));
    if title.is_none_or(|it| it == 0) {
        return Vec::new();
    }
    let trail = pieces.remove(0);
    let text = trail.text.replace(LINE_END, "");
    let intro = setting.intros.iter().find_map(|it| text.strip_prefix(it.as_str()));
    let mut links = trail.links.iter().peekable();
    let steps = intro.unwrap_or(&text).split('›').map(|step| {
        let text = step.trim().to_owned();
        let link = links.next_if(|it| squeezed(&it.text) == squeezed(&text));
        Step { text, target: link.map(|it| it.target.clone()) }
    });
    steps.collect()
}

/// Takes what the program says of the page from what the page says. It stands below the
/// title; the nearest to what is expected is it.
pub(super) fn claim_notices(outline: &mut Outline, expected: &[String]) {
    const BELOW: usize = 4;
    let mut notices = Vec::new();
    let title = outline.pieces.iter().position(|it| it.kind == Kind::Heading(1));
    let from = title.map_or(0, |it| it + 1);
    for words in expected {
        let likeness = |piece: &Piece| likeness(&piece.text, words);
        let below = outline.pieces.iter().enumerate().skip(from).take(BELOW);
        let is_bare =
            |it: &(usize, &Piece)| it.1.kind == Kind::Text && it.1.unit().is_none();
        let best = below
            .filter(is_bare)
            .map(|(at, piece)| (at, likeness(piece)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, _)) = best.filter(|it| it.1 > 0.7) {
            notices.push(outline.pieces.remove(at).text);
        }
    }
    outline.notices = Some(notices);
}

/// How alike two texts are, spaces aside. Those that are too long to be compared letter by
/// letter, or of which one is much longer, are alike only when they are the same.
fn likeness(a: &str, b: &str) -> f64 {
    const LONGEST: usize = 2_000;
    let (a, b) = (squeezed(a), squeezed(b));
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if long > LONGEST || short < long / 4 {
        return if a == b { 1.0 } else { 0.0 };
    }
    strsim::normalized_levenshtein(&a, &b)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Who is quoted is printed behind a dash, below the quotation.
fn attributions(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let follows = pieces[at - 1].within.contains(&Frame::Quote);
        let piece = &mut pieces[at];
        let Some(who) = piece.text.strip_prefix("— ").map(str::to_owned) else {
            continue;
        };
        if follows && piece.kind == Kind::Text {
            piece.text = who;
            piece.kind = Kind::Caption;
            if let Some(first) = piece.languages.first_mut() {
                first.1 = first.1.trim_start_matches('—').trim_start().to_owned();
            }
            piece.languages.retain(|it| !it.1.is_empty());
        }
    }
}

/// Finds the marks of units that are no current translation: in brackets behind the text,
/// or below a heading.
fn marks(pieces: &mut Vec<Piece>, setting: &Setting) {
    let mut at = 0;
    while at < pieces.len() {
        let mark = setting.marks.iter().find_map(|words| {
            let start = mark_start(&pieces[at].text, words)?;
            let text = pieces[at].text[..start].trim_matches([LINE_END, ' ']);
            Some((words.clone(), text.to_owned()))
        });
        match mark {
            Some((words, text)) if text.is_empty() && at > 0 => {
                let mark = pieces.remove(at);
                pieces[at - 1].mark = words;
                pieces[at - 1].returns.extend(mark.returns);
                continue;
            }
            Some((words, _)) => unmark(&mut pieces[at], words),
            None => {}
        }
        at += 1;
    }
}

/// Where the mark of these words begins, when a text ends with it. Where it goes on in a next
/// line, the space between its words may not be said.
fn mark_start(text: &str, words: &str) -> Option<usize> {
    let start = text.rfind('[')?;
    let said = text[start + 1..].trim_end().strip_suffix(']')?;
    let letters = |text: &str| -> String {
        text.chars().filter(|it| !it.is_whitespace()).collect()
    };
    (letters(said) == letters(words)).then_some(start)
}

/// Takes a mark from the end of a piece.
fn unmark(piece: &mut Piece, words: String) {
    let cut = |text: &mut String| {
        if let Some(start) = text.rfind('[') {
            text.truncate(start);
            text.truncate(text.trim_end().len());
        }
    };
    cut(&mut piece.text);
    piece
        .links
        .iter_mut()
        .filter(|it| mark_start(&it.text, &words).is_some())
        .for_each(|it| cut(&mut it.text));
    // The mark is in the edition's language, which may not be that of the text.
    if let Some(last) = piece.languages.last_mut() {
        cut(&mut last.1);
    }
    while piece.languages.pop_if(|it| it.1.trim().is_empty()).is_some() {}
    if let Some(last) = piece.languages.last_mut() {
        last.1.truncate(last.1.trim_end().len());
    }
    piece.mark = words;
}

/// A note: the one that a text calls, or the items of a list that are one.
struct Note<'a> {
    number: String,
    tags: Vec<&'a Tag>,
    is_called: bool,
}

struct Reader<'a> {
    out: Builder,
    file: &'a File,
    setting: &'a Setting,
    /// The path of the page on the site.
    here: &'a str,
    site: Names<'a>,
    /// Where the last piece of line began, and on which page.
    last: Option<(usize, (f32, f32))>,
    /// The notes that were met, and the language around each.
    notes: Vec<(Note<'a>, String)>,
    in_link: bool,
    in_note: bool,
}

impl<'a> Reader<'a> {
    fn inside(&mut self, tag: &'a Tag, language: &str) {
        for kid in &tag.kids {
            match kid {
                Kid::Tag(inner) => self.tag(inner, language),
                Kid::Part(part) => self.part(*part, language),
                Kid::Link(_) => {}
            }
        }
    }

    /// A part of a page: its names, then its words.
    fn part(&mut self, part: (usize, i64), language: &str) {
        let Some(found) = self.file.parts.get(&part) else { return };
        let own = found.language.as_deref().unwrap_or(language);
        if !found.text.is_empty() {
            self.out.piece();
        }
        if let (Some((page, before)), Some(start)) = (self.last, found.start)
            && (page != part.0 || content::is_new_line(before, start))
        {
            self.out.words(own, LINE_END.encode_utf8(&mut [0; 4]));
        }
        self.out.words(own, &found.text);
        if let Some(end) = found.end {
            self.last = Some((part.0, end));
        }
    }

    /// The names of a tag: those of the piece that is read, or of the next one.
    fn names(&mut self, tag: &Tag) {
        tag.names
            .iter()
            .filter_map(|it| self.site.own(it))
            .for_each(|it| self.out.name(it));
    }

    fn tag(&mut self, tag: &'a Tag, around: &str) {
        let language = tag.language.as_deref().unwrap_or(around);
        match tag.kind.as_str() {
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                let level = tag.kind.as_bytes()[1] - b'0';
                self.piece(tag, Kind::Heading(level), language);
            }
            "P" => self.piece(tag, Kind::Text, language),
            // The contents say again what is read below them.
            "TOC" => {}
            "L" => self.list(tag, language),
            "LI" => self.item(tag, language, false),
            "BlockQuote" => self.frame(tag, Frame::Quote, language),
            "Table" => self.table(tag, language, None),
            "Caption" => self.piece(tag, Kind::Caption, language),
            "Code" if tag.is_block => self.code(tag, around),
            "Figure" | "Formula" if tag.alternative.is_some() => {
                self.figure(tag, language);
            }
            "Link" => self.link(tag, language),
            "Note" => {
                let number = tag.find("Lbl").map(|it| self.text(it)).unwrap_or_default();
                let note =
                    Note { number: normal(&number), tags: vec![tag], is_called: true };
                self.notes.push((note, language.to_owned()));
            }
            "Lbl" => {
                let number = self.text(tag);
                self.out.piece();
                self.names_in(tag);
                self.out.call(language, &number);
            }
            "Div" | "Figure" if tag.tags().any(|it| it.kind == "Caption") => {
                self.captioned(tag, language);
            }
            "Document" | "Part" | "Sect" | "Div" | "Art" | "Figure" => {
                self.block(tag, language);
            }
            _ => {
                self.names(tag);
                self.inside(tag, language);
            }
        }
    }

    /// What stands on lines of its own.
    fn block(&mut self, tag: &'a Tag, language: &str) {
        self.out.end();
        self.last = None;
        self.names(tag);
        self.inside(tag, language);
        self.out.end();
    }

    /// Something with a caption, which a PDF has first or last: that of a table is read with
    /// it, that of a figure behind it.
    fn captioned(&mut self, tag: &'a Tag, around: &str) {
        self.out.end();
        self.names(tag);
        let (captions, others): (Vec<&Tag>, Vec<&Tag>) =
            tag.tags().partition(|it| it.kind == "Caption");
        let mut captions = captions.into_iter();
        for other in others {
            let language = other.language.as_deref().unwrap_or(around);
            match other.kind.as_str() {
                "Table" => self.table(other, language, captions.next()),
                _ => self.tag(other, around),
            }
            self.out.end();
        }
        captions.for_each(|it| self.tag(it, around));
    }

    fn piece(&mut self, tag: &'a Tag, kind: Kind, language: &str) {
        self.last = None;
        self.out.end();
        self.names(tag);
        self.out.begin(kind);
        self.inside_one(tag, language);
        self.out.end();
    }

    /// What is in a tag that is one piece, whatever paragraphs lie in it.
    fn inside_one(&mut self, tag: &'a Tag, language: &str) {
        for kid in &tag.kids {
            match kid {
                Kid::Tag(inner) if inner.kind == "P" => {
                    let language = inner.language.as_deref().unwrap_or(language);
                    self.names(inner);
                    self.inside_one(inner, language);
                }
                Kid::Tag(inner) => self.tag(inner, language),
                Kid::Part(part) => self.part(*part, language),
                Kid::Link(_) => {}
            }
        }
    }

    fn frame(&mut self, tag: &'a Tag, frame: Frame, language: &str) {
        self.last = None;
        self.out.enter(frame);
        self.names(tag);
        self.inside(tag, language);
        self.out.leave();
    }

    fn list(&mut self, tag: &'a Tag, language: &str) {
        self.last = None;
        if tag.numbering.as_deref() == Some("None") {
            self.out.enter(Frame::Definitions);
            self.names(tag);
            for item in tag.tags() {
                let language = item.language.as_deref().unwrap_or(language);
                match item.kind.as_str() {
                    // A list in a meaning hangs on the list around it.
                    "L" => self.list(item, language),
                    _ => self.item(item, language, true),
                }
            }
            return self.out.leave();
        }
        if self.uncalled(tag).is_some() {
            let is_title = |it: &mut Piece| it.kind == Kind::Text && it.names.is_empty();
            self.out.end();
            self.out.outline.pieces.pop_if(is_title);
            return self.list_of_notes(tag, language);
        }
        let sign = tag.find("Lbl").map(|it| self.text(it)).unwrap_or_default();
        let is_numbered = sign.chars().any(|it| it.is_ascii_digit());
        self.out.enter(Frame::List(is_numbered));
        self.names(tag);
        self.inside(tag, language);
        self.out.leave();
    }

    /// The number of the note that a list or an item of it begins with, where nothing in
    /// the text calls it: it is reached by its name alone.
    fn uncalled(&self, tag: &Tag) -> Option<String> {
        match tag.kind.as_str() {
            "L" => tag.tags().next().and_then(|it| self.uncalled(it)),
            "LI" => {
                let mut parts = tag.tags().filter(|it| it.kind != "Lbl");
                parts.next().and_then(|it| self.note_at_head(it))
            }
            _ => None,
        }
    }

    /// The number of the note that a tag begins with.
    fn note_at_head(&self, tag: &Tag) -> Option<String> {
        let mut names = tag.names.iter().filter_map(|it| self.site.own(it));
        if let Some(number) = names.find_map(|it| it.strip_prefix("note_")) {
            return Some(number.to_owned());
        }
        match tag.kids.first()? {
            Kid::Tag(first) if first.kind != "Note" => self.note_at_head(first),
            Kid::Tag(_) | Kid::Part(_) | Kid::Link(_) => None,
        }
    }

    /// The notes that nothing in the text calls are a list at the end, under a title of the
    /// program's, to which no name leads.
    fn list_of_notes(&mut self, tag: &'a Tag, around: &str) {
        for item in tag.tags() {
            let number = self.uncalled(item).filter(|_| item.kind == "LI");
            match (number, self.notes.last_mut()) {
                (Some(number), _) => {
                    let note = Note { number, tags: vec![item], is_called: false };
                    self.notes.push((note, around.to_owned()));
                }
                // A list in a note hangs on the list around it.
                (None, Some((note, _))) => note.tags.push(item),
                (None, None) => self.tag(item, around),
            }
        }
    }

    /// An item of them. Its sign leads back, where another note calls it.
    fn listed_note(&mut self, item: &'a Tag, around: &str, returns: &mut Vec<String>) {
        let language = item.language.as_deref().unwrap_or(around);
        if item.kind != "LI" {
            return self.tag(item, around);
        }
        for part in item.tags() {
            if part.kind == "Lbl" {
                part.links(returns);
                continue;
            }
            self.names(part);
            self.inside(part, part.language.as_deref().unwrap_or(language));
            self.out.end();
        }
    }

    /// Whether a tag has no words and no picture.
    fn is_silent(&self, tag: &Tag) -> bool {
        tag.alternative.is_none()
            && tag.kids.iter().all(|kid| match kid {
                Kid::Tag(inner) => self.is_silent(inner),
                Kid::Part(part) => {
                    self.file.parts.get(part).is_none_or(|it| it.text.trim().is_empty())
                }
                Kid::Link(_) => true,
            })
    }

    fn item(&mut self, tag: &'a Tag, language: &str, is_definition: bool) {
        if is_definition {
            self.names(tag);
            for part in tag.tags() {
                let language = part.language.as_deref().unwrap_or(language);
                match part.kind.as_str() {
                    "Lbl" => self.piece(part, Kind::Term, language),
                    _ => self.frame(part, Frame::Meaning, language),
                }
            }
            return;
        }
        self.last = None;
        self.out.enter(Frame::Item);
        self.names(tag);
        let (mut label, before) = (String::new(), self.out.count());
        for part in tag.tags() {
            let language = part.language.as_deref().unwrap_or(language);
            if part.kind == "Lbl" {
                let sign = normal(&self.text(part));
                let sign = sign.trim_end_matches('.');
                if !matches!(sign, "•" | "–" | "·") {
                    self.out.label(sign);
                    sign.clone_into(&mut label);
                }
                self.names_in(part);
            } else {
                self.names(part);
                self.inside(part, language);
                self.out.end();
            }
        }
        let is_empty = self.out.count() == before;
        self.out.leave();
        // A list with which an item begins hangs on the list around it: the sign is its first
        // item's.
        if is_empty {
            self.out.label(&label);
        }
    }

    fn code(&mut self, tag: &'a Tag, language: &str) {
        self.out.end();
        self.names(tag);
        self.out.begin(Kind::Code);
        for (at, line) in tag.kids.iter().enumerate() {
            if at > 0 {
                self.out.words(language, "\n");
            }
            self.last = None;
            match line {
                Kid::Tag(line) => self.plain_parts(line, language),
                Kid::Part(part) => self.part_of_code(*part, language),
                Kid::Link(_) => {}
            }
        }
        self.out.end();
    }

    fn plain_parts(&mut self, tag: &'a Tag, language: &str) {
        self.names(tag);
        for kid in &tag.kids {
            match kid {
                Kid::Tag(inner) => self.plain_parts(inner, language),
                Kid::Part(part) => self.part_of_code(*part, language),
                Kid::Link(_) => {}
            }
        }
    }

    fn part_of_code(&mut self, part: (usize, i64), language: &str) {
        if let Some(found) = self.file.parts.get(&part) {
            self.out.words(language, &found.text.replace(LINE_END, ""));
        }
    }

    fn table(&mut self, tag: &'a Tag, around: &str, caption: Option<&'a Tag>) {
        self.last = None;
        self.out.enter(Frame::Table);
        self.names(tag);
        let own = tag.tags().filter(|it| it.kind == "Caption");
        for caption in caption.into_iter().chain(own) {
            self.tag(caption, around);
        }
        let mut rows = Vec::new();
        rows_of(tag, None, &mut rows);
        let mut grid = super::markup::Grid::default();
        for (y, (row, language)) in rows.iter().enumerate() {
            self.out.row();
            for cell in row.tags() {
                let (high, wide) =
                    (cell.rows.clamp(1, 1000), cell.columns.clamp(1, 1000));
                let x = grid.place(y, high, wide);
                let heads = match (cell.kind.as_str(), cell.scope.as_deref()) {
                    // What says nothing heads nothing.
                    _ if self.is_silent(cell) => "",
                    ("TH", Some("Row")) => "row",
                    ("TH", _) => "column",
                    _ => "",
                };
                let language = cell.language.as_deref().or(*language).unwrap_or(around);
                let place =
                    Cell { row: y + 1, column: x + 1, rows: high, columns: wide, heads };
                self.out.enter(Frame::Cell(place));
                self.names(cell);
                let before = self.out.count();
                self.last = None;
                self.inside(cell, language);
                self.out.end();
                if self.out.count() == before {
                    self.out.begin(Kind::Text);
                    self.out.end_even_empty();
                }
                self.out.leave();
            }
        }
        self.out.leave();
    }

    fn figure(&mut self, tag: &'a Tag, language: &str) {
        let stands_alone = !self.out.is_open();
        if stands_alone {
            self.last = None;
        }
        self.names_in(tag);
        self.out.image(language, tag.alternative.as_deref().unwrap_or_default());
        if stands_alone && !self.in_link {
            self.out.end();
        }
    }

    /// The names of a tag and of all in it, whose words are read otherwise.
    fn names_in(&mut self, tag: &'a Tag) {
        self.names(tag);
        tag.tags().for_each(|it| self.names_in(it));
    }

    fn link(&mut self, tag: &'a Tag, language: &str) {
        let stands_alone = !self.out.is_open();
        let address = tag.kids.iter().find_map(|it| match it {
            Kid::Link(address) => Some(address.as_str()),
            Kid::Tag(_) | Kid::Part(_) => None,
        });
        match address.filter(|_| !self.in_link) {
            Some(address) => {
                self.names(tag);
                let target = self.target(address);
                let number = normal(&self.text(tag));
                // A note holds no other: its calls are links.
                if self.in_note && target == format!("{}#note_{number}", self.here) {
                    tag.tags().for_each(|it| self.names_in(it));
                    return self.out.call(language, &number);
                }
                self.in_link = true;
                self.out.open_link(target);
                self.inside(tag, language);
                self.out.close_link();
                self.in_link = false;
                if stands_alone && tag.find("Figure").is_some() {
                    self.out.end();
                }
            }
            None => {
                self.names(tag);
                self.inside(tag, language);
            }
        }
    }

    /// Where a link leads; `#` and a name is a place of this file.
    fn target(&self, address: &str) -> String {
        match address.strip_prefix('#') {
            Some("") => self.here.to_owned(),
            Some(name) => {
                let name = place::decoded(name);
                self.site.path(&name).unwrap_or_else(|| format!("{}#{name}", self.here))
            }
            None => place::on_site(address, "/", &self.setting.base),
        }
    }

    fn note(&mut self, note: &Note<'a>, language: &str) {
        self.last = None;
        self.out.enter(Frame::Note(note.number.clone()));
        let mut returns = Vec::new();
        for tag in &note.tags {
            if note.is_called {
                self.called_note(tag, language, &mut returns);
            } else {
                self.listed_note(tag, language, &mut returns);
            }
        }
        self.out.leave();
        if let Some(last) = self.out.outline.pieces.last_mut() {
            let own = |it: &String| {
                let name = place::decoded(it.trim_start_matches('#'));
                self.site.own(&name).unwrap_or_default().to_owned()
            };
            last.returns = returns.iter().map(own).collect();
        }
    }

    fn called_note(&mut self, tag: &'a Tag, language: &str, returns: &mut Vec<String>) {
        self.names(tag);
        for kid in &tag.kids {
            match kid {
                // Where a note is of several blocks, its number is in the first.
                Kid::Tag(first) if first.kind == "P" && returns.is_empty() => {
                    let language = first.language.as_deref().unwrap_or(language);
                    self.out.end();
                    self.last = None;
                    self.names(first);
                    first.kids.iter().for_each(|it| self.of_note(it, language, returns));
                    self.out.end();
                }
                _ => self.of_note(kid, language, returns),
            }
        }
    }

    /// What is in a note; the label with which it begins leads back to its calls.
    fn of_note(&mut self, kid: &'a Kid, language: &str, returns: &mut Vec<String>) {
        match kid {
            Kid::Tag(label) if label.kind == "Lbl" && returns.is_empty() => {
                self.names_in(label);
                label.links(returns);
                // What follows in its line is one piece, an image first in it too.
                self.out.begin(Kind::Text);
            }
            Kid::Tag(inner) => self.tag(inner, language),
            Kid::Part(part) => self.part(*part, language),
            Kid::Link(_) => {}
        }
    }

    /// The words of a tag alone.
    fn text(&self, tag: &Tag) -> String {
        let mut out = String::new();
        words_of(self.file, tag, &mut out);
        out
    }
}

/// The words of a tag alone.
fn words_of(file: &File, tag: &Tag, out: &mut String) {
    for kid in &tag.kids {
        match kid {
            Kid::Tag(inner) => words_of(file, inner, out),
            Kid::Part(part) => {
                if let Some(found) = file.parts.get(part) {
                    out.push_str(&found.text);
                }
            }
            Kid::Link(_) => {}
        }
    }
}

/// The rows of a table, each with the language that the parts around it say.
fn rows_of<'t>(
    tag: &'t Tag,
    language: Option<&'t str>,
    rows: &mut Vec<(&'t Tag, Option<&'t str>)>,
) {
    for inner in tag.tags() {
        let language = inner.language.as_deref().or(language);
        match inner.kind.as_str() {
            "TR" => rows.push((inner, language)),
            "THead" | "TBody" | "TFoot" => rows_of(inner, language, rows),
            _ => {}
        }
    }
}
