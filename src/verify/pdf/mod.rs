//! A PDF, read back as a screen reader does: by its structure tree.
//!
//! - `font`, `content`: what the marked parts of its pages say, and where they stand;
//! - `tags`: the structure tree, with these parts, links and names in their places;
//! - here: the outline of that tree;
//! - `whole`: the PDF of the publication, divided into its pages.

mod budget;
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
        uncalled: Vec::new(),
        in_link: false,
        in_note: false,
    };
    tags.iter().for_each(|it| reader.tag(it, &file.language));
    reader.in_note = true;
    for (number, note, language) in std::mem::take(&mut reader.notes) {
        reader.note(&number, note, &language);
    }
    for (list, language) in std::mem::take(&mut reader.uncalled) {
        reader.uncalled_notes(list, &language);
    }
    let mut outline = reader.out.build();
    outline.pieces.iter_mut().for_each(name_characters);
    outline
}

/// Where no font has a character, its code is printed: `[U+6F22]` is that character.
fn name_characters(piece: &mut Piece) {
    if !piece.text.contains("[U+") {
        return;
    }
    let named = |text: &mut String| {
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find("[U+") {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let code = rest[3..].split(']').next().unwrap_or_default();
            // A code has at most six digits: a bracket that is never closed is not searched.
            let is_code = code.len() <= 6 && rest.len() > 3 + code.len();
            let letter = u32::from_str_radix(code, 16).ok().filter(|_| is_code);
            let length = match letter.and_then(char::from_u32) {
                Some(letter) => {
                    out.push(letter);
                    3 + code.len() + 1
                }
                None => {
                    out.push('[');
                    1
                }
            };
            rest = &rest[length..];
        }
        out.push_str(rest);
        *text = out;
    };
    named(&mut piece.text);
    piece.languages.iter_mut().for_each(|it| named(&mut it.1));
    piece.links.iter_mut().for_each(|it| named(&mut it.text));
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
            let mark = format!("[{words}]");
            let text = pieces[at].text.replace(LINE_END, "");
            let text = text.trim_end().strip_suffix(&mark)?;
            Some((words.clone(), text.trim_end().to_owned()))
        });
        match mark {
            Some((words, text)) if text.is_empty() && at > 0 => {
                pieces[at - 1].mark = words;
                pieces.remove(at);
                continue;
            }
            Some((words, _)) => unmark(&mut pieces[at], words),
            None => {}
        }
        at += 1;
    }
}

/// Takes a mark from the end of a piece.
fn unmark(piece: &mut Piece, words: String) {
    let cut = |text: &mut String| {
        if let Some(start) = text.rfind('[') {
            text.truncate(start);
            text.truncate(text.trim_end().len());
        }
    };
    let bracketed = format!("[{words}]");
    cut(&mut piece.text);
    piece
        .links
        .iter_mut()
        .filter(|it| it.text.ends_with(&bracketed))
        .for_each(|it| cut(&mut it.text));
    // The mark is in the edition's language, which may not be that of the text.
    if let Some(last) = piece.languages.last_mut() {
        cut(&mut last.1);
        if last.1.is_empty() {
            piece.languages.pop();
        }
    }
    piece.mark = words;
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
    /// The notes that were met: number, tag, the language around.
    notes: Vec<(String, &'a Tag, String)>,
    /// The lists of notes that nothing calls, and the language around.
    uncalled: Vec<(&'a Tag, String)>,
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
        let names = self.file.names.get(&part);
        if names.is_some() || !found.text.is_empty() {
            self.out.piece();
        }
        self.names(names);
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

    /// The names of the piece that is read.
    fn names(&mut self, names: Option<&Vec<String>>) {
        let names = names.into_iter().flatten();
        names.filter_map(|it| self.site.own(it)).for_each(|it| self.out.name(it));
    }

    fn tag(&mut self, tag: &'a Tag, around: &str) {
        let language = tag.language.as_deref().unwrap_or(around);
        match tag.kind.as_str() {
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                let level = tag.kind.as_bytes()[1] - b'0';
                self.piece(tag, Kind::Heading(level), language);
            }
            "P" => {
                self.out.end();
                self.last = None;
                self.inside(tag, language);
                self.out.end();
            }
            // The contents say again what is read below them.
            "TOC" => {}
            "L" => self.list(tag, language),
            "LI" => self.item(tag, language, false),
            "BlockQuote" => self.frame(tag, Frame::Quote, language),
            "Table" => self.table(tag, language, None),
            "Caption" => self.piece(tag, Kind::Caption, language),
            "Code" if tag.is_block => self.code(tag, around),
            // The language of code is that of what is around it.
            "Code" => self.inside(tag, around),
            "Figure" | "Formula" if tag.alternative.is_some() => {
                self.figure(tag, language);
            }
            "Link" => self.link(tag, language),
            "Note" => {
                let number = tag.find("Lbl").map(|it| self.text(it)).unwrap_or_default();
                self.notes.push((normal(&number), tag, language.to_owned()));
            }
            "Lbl" => {
                let number = self.text(tag);
                self.names_in(tag);
                self.out.call(language, &number);
            }
            "Div" | "Figure" if tag.tags().any(|it| it.kind == "Caption") => {
                self.captioned(tag, language);
            }
            "Document" | "Part" | "Sect" | "Div" | "Art" | "Figure" => {
                self.out.end();
                self.last = None;
                self.inside(tag, language);
                self.out.end();
            }
            _ => self.inside(tag, language),
        }
    }

    /// Something with a caption, which a PDF has first or last: that of a table is read with
    /// it, that of a figure behind it.
    fn captioned(&mut self, tag: &'a Tag, around: &str) {
        self.out.end();
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
        self.inside(tag, language);
        self.out.leave();
    }

    fn list(&mut self, tag: &'a Tag, language: &str) {
        self.last = None;
        if tag.numbering.as_deref() == Some("None") {
            self.out.enter(Frame::Definitions);
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
            return self.uncalled.push((tag, language.to_owned()));
        }
        let sign = tag.find("Lbl").map(|it| self.text(it)).unwrap_or_default();
        let is_numbered = sign.chars().any(|it| it.is_ascii_digit());
        self.out.enter(Frame::List(is_numbered));
        self.inside(tag, language);
        self.out.leave();
    }

    /// The number of the note that a list or an item of it begins with, where nothing in
    /// the text calls it: it is reached by its name alone.
    fn uncalled(&self, tag: &Tag) -> Option<String> {
        let first = tag.kids.iter().find(|kid| match kid {
            Kid::Tag(inner) => inner.kind != "Lbl",
            Kid::Part(_) | Kid::Link(_) => true,
        });
        match first? {
            Kid::Tag(inner) if inner.kind == "Note" => None,
            Kid::Tag(inner) => self.uncalled(inner),
            Kid::Part(part) => {
                let names = self.file.names.get(part)?.iter();
                let mut names = names.filter_map(|it| self.site.own(it));
                names.find_map(|it| it.strip_prefix("note_").map(str::to_owned))
            }
            Kid::Link(_) => None,
        }
    }

    /// The notes that nothing calls are a list at the end, under a title of the program's,
    /// to which no name leads. They come after those that are called.
    fn uncalled_notes(&mut self, tag: &'a Tag, around: &str) {
        let mut is_open = false;
        for item in tag.tags() {
            let language = item.language.as_deref().unwrap_or(around);
            if let Some(number) = self.uncalled(item).filter(|_| item.kind == "LI") {
                if std::mem::replace(&mut is_open, true) {
                    self.out.leave();
                }
                self.out.enter(Frame::Note(number));
            }
            match item.kind.as_str() {
                "LI" => item.tags().filter(|it| it.kind != "Lbl").for_each(|it| {
                    self.inside(it, it.language.as_deref().unwrap_or(language));
                    self.out.end();
                }),
                _ => self.tag(item, around),
            }
        }
        if is_open {
            self.out.leave();
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
        for part in tag.tags() {
            let language = part.language.as_deref().unwrap_or(language);
            if part.kind == "Lbl" {
                let sign = normal(&self.text(part));
                let sign = sign.trim_end_matches('.');
                if !matches!(sign, "•" | "–" | "·") {
                    self.out.label(sign);
                }
                self.names_in(part);
            } else {
                self.inside(part, language);
                self.out.end();
            }
        }
        self.out.leave();
    }

    fn code(&mut self, tag: &'a Tag, language: &str) {
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
        for kid in &tag.kids {
            match kid {
                Kid::Tag(inner) => self.plain_parts(inner, language),
                Kid::Part(part) => self.part_of_code(*part, language),
                Kid::Link(_) => {}
            }
        }
    }

    fn part_of_code(&mut self, part: (usize, i64), language: &str) {
        self.names(self.file.names.get(&part));
        if let Some(found) = self.file.parts.get(&part) {
            self.out.words(language, &found.text.replace(LINE_END, ""));
        }
    }

    fn table(&mut self, tag: &'a Tag, around: &str, caption: Option<&'a Tag>) {
        self.last = None;
        self.out.enter(Frame::Table);
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

    /// The names of the parts in a tag, whose words are read otherwise.
    fn names_in(&mut self, tag: &'a Tag) {
        for kid in &tag.kids {
            match kid {
                Kid::Tag(inner) => self.names_in(inner),
                Kid::Part(part) => {
                    if let Some(names) = self.file.names.get(part) {
                        self.out.piece();
                        self.names(Some(names));
                    }
                }
                Kid::Link(_) => {}
            }
        }
    }

    fn link(&mut self, tag: &'a Tag, language: &str) {
        let stands_alone = !self.out.is_open();
        let address = tag.kids.iter().find_map(|it| match it {
            Kid::Link(address) => Some(address.as_str()),
            Kid::Tag(_) | Kid::Part(_) => None,
        });
        match address.filter(|_| !self.in_link) {
            Some(address) => {
                let target = self.target(address);
                let number = normal(&self.text(tag));
                // A note holds no other: its calls are links.
                if self.in_note && target == format!("{}#note_{number}", self.here) {
                    self.names_in(tag);
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
            None => self.inside(tag, language),
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

    fn note(&mut self, number: &str, tag: &'a Tag, language: &str) {
        self.last = None;
        self.out.enter(Frame::Note(number.to_owned()));
        let mut returns = Vec::new();
        for kid in &tag.kids {
            match kid {
                // Where a note is of several blocks, its number is in the first.
                Kid::Tag(first) if first.kind == "P" && returns.is_empty() => {
                    let language = first.language.as_deref().unwrap_or(language);
                    self.out.end();
                    self.last = None;
                    first
                        .kids
                        .iter()
                        .for_each(|it| self.of_note(it, language, &mut returns));
                    self.out.end();
                }
                _ => self.of_note(kid, language, &mut returns),
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

    /// What is in a note; the label with which it begins leads back to its calls.
    fn of_note(&mut self, kid: &'a Kid, language: &str, returns: &mut Vec<String>) {
        match kid {
            Kid::Tag(label) if label.kind == "Lbl" && returns.is_empty() => {
                self.names_in(label);
                self.out.end();
                label.links(returns);
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
