//! A unit's text as the tools of translators show it: words, and codes in the place of
//! all that is not words.
//!
//! The codes are numbered in the source. Each stands for one construct of the model: a
//! pair around the words that it sets apart (bold, a link, an image around its
//! alternative text), or one alone (code, the call of a note, a bare address). What a
//! code stands for is never given to the translator, so that it cannot be changed: it is
//! taken from the source again when the text comes back. A title that a reader sees (of a
//! link, of an abbreviation) is a pair of its own, at the end of the construct.

use crate::{
    document::{Attributes, Inline, Style, text},
    source::line,
};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::translation) enum Piece {
    /// Words.
    Words(String),
    /// Where the pair of this number begins.
    Open(usize),
    /// Where it ends.
    Close(usize),
    /// The code of this number.
    Alone(usize),
}

/// What a code is, before a tool and its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bold,
    Italic,
    Underlined,
    Link,
    Image,
    Break,
    Code,
    Note,
    Title,
    Quote,
    /// Another way of setting words apart, by its name.
    Other(&'static str),
}

/// A code of a source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Code {
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is a pair.
    pub(super) paired: bool,
    /// The pair of its title, where it has one.
    title: Option<usize>,
    /// What it stands for, without its words.
    inline: Inline,
}

impl Code {
    /// What a translator sees of a code that stands alone, or of what a pair leads to.
    pub(super) fn shown(&self) -> String {
        match &self.inline {
            Inline::Code(code) => code.clone(),
            Inline::Math(formula) => formula.latex.clone(),
            Inline::Link(link) => link.address.clone(),
            Inline::Image(image) => image.address.clone(),
            Inline::Footnote(note) => format!("[^{}]", note.label),
            Inline::HardBreak => "\n".to_owned(),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::Styled(..)
            | Inline::Span(_) => String::new(),
        }
    }

    /// The Markdown before and after the words of a pair; for a code alone, all of it.
    pub(super) fn markdown(&self) -> (String, String) {
        const WORDS: &str = "\u{e000}";
        if self.kind == Kind::Title {
            return (" (".to_owned(), ")".to_owned());
        }
        let words = vec![Inline::Text(WORDS.to_owned())];
        let whole = line::write(&[with_words(self.inline.clone(), words, None)]);
        match whole.split_once(WORDS) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (whole, String::new()),
        }
    }
}

/// The codes of a source; a code's number is its place in the list, from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::translation) struct Codes(Vec<Code>);

/// What is wrong with the codes of a text that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::translation) enum Fault {
    /// It is not there.
    Lost(usize),
    /// It is there more than once.
    Doubled(usize),
    /// The source has no such code, or one of another shape.
    Unknown(usize),
    /// It begins in one pair and ends in another, or its title is not in it.
    Crossed(usize),
}

/// The pieces of a source, given as Markdown, and its codes.
pub(in crate::translation) fn source(markdown: &str) -> (Vec<Piece>, Codes) {
    let mut writer = Writer { codes: Codes::default(), ..Writer::default() };
    writer.is_source = true;
    writer.push(&line::read(markdown).value);
    (writer.pieces, writer.codes)
}

/// The pieces of a translation, given as Markdown. `false` when the translation has a
/// construct that the source does not have: only its words are in the pieces.
pub(in crate::translation) fn target(
    markdown: &str,
    codes: &Codes,
) -> (Vec<Piece>, bool) {
    let used = vec![false; codes.0.len()];
    let mut writer = Writer { codes: codes.clone(), used, ..Writer::default() };
    writer.push(&line::read(markdown).value);
    (writer.pieces, !writer.strange)
}

impl Codes {
    /// The code of a number.
    pub(super) fn get(&self, number: usize) -> Option<&Code> {
        self.0.get(number.checked_sub(1)?)
    }

    /// The codes, in order, with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Code)> {
        self.0.iter().enumerate().map(|(place, code)| (place + 1, code))
    }

    /// What is wrong with the codes of these pieces.
    pub(in crate::translation) fn faults(&self, pieces: &[Piece]) -> Vec<Fault> {
        let mut counts = vec![0_usize; self.0.len()];
        let mut faults = Vec::new();
        for piece in pieces {
            let (number, paired) = match piece {
                Piece::Words(_) | Piece::Close(_) => continue,
                Piece::Open(number) => (*number, true),
                Piece::Alone(number) => (*number, false),
            };
            match self.get(number) {
                Some(code) if code.paired == paired => counts[number - 1] += 1,
                _ => faults.push(Fault::Unknown(number)),
            }
        }
        for (place, count) in counts.iter().enumerate() {
            match count {
                0 => faults.push(Fault::Lost(place + 1)),
                1 => {}
                _ => faults.push(Fault::Doubled(place + 1)),
            }
        }
        faults.extend(self.read(pieces).err());
        faults
    }

    /// The Markdown of these pieces; what of them cannot be placed is a fault.
    pub(in crate::translation) fn markdown(
        &self,
        pieces: &[Piece],
    ) -> Result<String, Fault> {
        self.read(pieces).map(|it| line::write(&it))
    }

    fn read(&self, pieces: &[Piece]) -> Result<Vec<Inline>, Fault> {
        let mut open: Vec<Frame> = vec![Frame::default()];
        for piece in pieces {
            let last = open.last_mut().expect("the outermost frame stays");
            match piece {
                Piece::Words(words) => last.inlines.push(Inline::Text(words.clone())),
                Piece::Alone(number) => {
                    let code = self.get(*number).filter(|it| !it.paired);
                    let code = code.ok_or(Fault::Unknown(*number))?;
                    last.inlines.push(code.inline.clone());
                }
                Piece::Open(number) => {
                    let code = self.get(*number).filter(|it| it.paired);
                    code.ok_or(Fault::Unknown(*number))?;
                    open.push(Frame { number: *number, ..Frame::default() });
                }
                Piece::Close(number) => {
                    let frame = open.pop().filter(|it| it.number == *number);
                    let frame = frame.filter(|_| !open.is_empty());
                    let frame = frame.ok_or(Fault::Crossed(*number))?;
                    let last = open.last_mut().expect("it is not empty");
                    self.close(frame, last)?;
                }
            }
        }
        match open.pop() {
            Some(frame) if open.is_empty() => Ok(frame.inlines),
            Some(frame) => Err(Fault::Crossed(frame.number)),
            None => Ok(Vec::new()),
        }
    }

    /// Puts a pair that was closed into the one around it.
    fn close(&self, frame: Frame, parent: &mut Frame) -> Result<(), Fault> {
        let code = self.get(frame.number).ok_or(Fault::Unknown(frame.number))?;
        if code.kind == Kind::Title {
            let owner = self.get(parent.number).and_then(|it| it.title);
            if owner != Some(frame.number) {
                return Err(Fault::Crossed(frame.number));
            }
            parent.title = Some(text::plain(&frame.inlines));
        } else {
            let inline = with_words(code.inline.clone(), frame.inlines, frame.title);
            parent.inlines.push(inline);
        }
        Ok(())
    }
}

/// A pair that is open.
#[derive(Default)]
struct Frame {
    number: usize,
    inlines: Vec<Inline>,
    title: Option<String>,
}

/// A construct with these words in it.
fn with_words(inline: Inline, words: Vec<Inline>, title: Option<String>) -> Inline {
    match inline {
        Inline::Styled(Style::Abbreviation(full), _) => {
            Inline::Styled(Style::Abbreviation(title.or(full)), words)
        }
        Inline::Styled(style, _) => Inline::Styled(style, words),
        Inline::Link(mut link) => {
            link.inlines = words;
            link.title = title.or(link.title);
            Inline::Link(link)
        }
        Inline::Image(mut image) => {
            image.alternative = text::plain(&words);
            image.title = title.or(image.title);
            Inline::Image(image)
        }
        Inline::Span(mut span) => {
            span.inlines = words;
            Inline::Span(span)
        }
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Footnote(_) => inline,
    }
}

#[derive(Default)]
struct Writer {
    pieces: Vec<Piece>,
    codes: Codes,
    /// In a translation: which codes are used already.
    used: Vec<bool>,
    is_source: bool,
    strange: bool,
}

impl Writer {
    fn push(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.words(words),
                Inline::SoftBreak => self.words(" "),
                Inline::HardBreak
                | Inline::Styled(..)
                | Inline::Code(_)
                | Inline::Math(_)
                | Inline::Link(_)
                | Inline::Image(_)
                | Inline::Footnote(_)
                | Inline::Span(_) => self.construct(inline),
            }
        }
    }

    fn words(&mut self, words: &str) {
        match self.pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    fn construct(&mut self, inline: &Inline) {
        let Some(number) = self.number(inline) else {
            self.strange = true;
            return self.inside(inline, None);
        };
        let code = &self.codes.0[number - 1];
        if !code.paired {
            return self.pieces.push(Piece::Alone(number));
        }
        let title = code.title;
        self.pieces.push(Piece::Open(number));
        self.inside(inline, title);
        self.pieces.push(Piece::Close(number));
    }

    fn inside(&mut self, inline: &Inline, title: Option<usize>) {
        match inline {
            Inline::Styled(_, inner) => self.push(inner),
            Inline::Link(link) => self.push(&link.inlines),
            Inline::Span(span) => self.push(&span.inlines),
            Inline::Image(image) => self.words(&image.alternative),
            Inline::Code(code) => self.words(code),
            Inline::Math(formula) => self.words(&formula.latex),
            Inline::HardBreak => self.words(" "),
            Inline::Text(_) | Inline::SoftBreak | Inline::Footnote(_) => {}
        }
        if let (Some(number), Some(words)) = (title, title_of(inline)) {
            self.pieces.push(Piece::Open(number));
            self.words(words);
            self.pieces.push(Piece::Close(number));
        }
    }

    /// The number of the code that a construct has: a new one in a source, the first one
    /// that is alike and free in a translation.
    fn number(&mut self, inline: &Inline) -> Option<usize> {
        if self.is_source {
            return Some(self.add(inline));
        }
        let mut free = self.codes.iter().filter(|it| !self.used[it.0 - 1]);
        let (number, _) = free
            .find(|(_, code)| code.kind != Kind::Title && alike(&code.inline, inline))?;
        self.used[number - 1] = true;
        Some(number)
    }

    fn add(&mut self, inline: &Inline) -> usize {
        let (kind, paired) = kind(inline);
        let inline = inline.clone();
        // What stands alone keeps its words: they are no translator's.
        let kept = if paired { with_words(inline, Vec::new(), None) } else { inline };
        self.codes.0.push(Code { kind, paired, title: None, inline: kept });
        let number = self.codes.0.len();
        if paired
            && title_of(&self.codes.0[number - 1].inline)
                .is_some_and(|it| !it.trim().is_empty())
        {
            let inline = Inline::Text(String::new());
            let title = Code { kind: Kind::Title, paired: true, title: None, inline };
            self.codes.0.push(title);
            self.codes.0[number - 1].title = Some(number + 1);
        }
        number
    }
}

/// What a reader sees of a construct besides its words.
fn title_of(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Link(link) => link.title.as_deref(),
        Inline::Image(image) => image.title.as_deref(),
        Inline::Styled(Style::Abbreviation(full), _) => full.as_deref(),
        _ => None,
    }
}

/// What a construct is, and whether words stand in it.
fn kind(inline: &Inline) -> (Kind, bool) {
    match inline {
        Inline::Text(_) | Inline::SoftBreak | Inline::HardBreak => (Kind::Break, false),
        Inline::Code(_) => (Kind::Code, false),
        Inline::Math(_) => (Kind::Other("formula"), false),
        Inline::Footnote(_) => (Kind::Note, false),
        Inline::Span(span) if span.language.is_some() => (Kind::Other("language"), true),
        Inline::Span(_) => (Kind::Other("span"), true),
        Inline::Image(image) => (Kind::Image, !image.alternative.trim().is_empty()),
        Inline::Link(link) => {
            let words = text::plain(&link.inlines);
            let schemes = ["", "https://", "http://", "mailto:", "tel:"];
            let bare = schemes
                .iter()
                .any(|it| link.address.strip_prefix(it) == Some(words.as_str()));
            let has_title = link.title.is_some();
            (Kind::Link, has_title || !bare)
        }
        Inline::Styled(style, _) => (style_kind(style), true),
    }
}

fn style_kind(style: &Style) -> Kind {
    match style {
        Style::Strong => Kind::Bold,
        Style::Emphasis => Kind::Italic,
        Style::Inserted => Kind::Underlined,
        Style::Quoted => Kind::Quote,
        Style::Deleted => Kind::Other("deleted"),
        Style::Superscript => Kind::Other("superscript"),
        Style::Subscript => Kind::Other("subscript"),
        Style::Highlight => Kind::Other("highlight"),
        Style::Small => Kind::Other("small"),
        Style::Keyboard => Kind::Other("keyboard"),
        Style::Cite => Kind::Other("cite"),
        Style::Abbreviation(_) => Kind::Other("abbreviation"),
        Style::Time(_) => Kind::Other("time"),
    }
}

/// Whether a construct of a translation is the one of this code.
fn alike(code: &Inline, inline: &Inline) -> bool {
    let same = |one: &Attributes, other: &Attributes| {
        (&one.id, &one.classes) == (&other.id, &other.classes)
    };
    match (code, inline) {
        (
            Inline::Styled(Style::Abbreviation(_), _),
            Inline::Styled(Style::Abbreviation(_), _),
        ) => true,
        (Inline::Styled(one, _), Inline::Styled(other, _)) => one == other,
        (Inline::Link(one), Inline::Link(other)) => {
            one.address == other.address && same(&one.attributes, &other.attributes)
        }
        (Inline::Image(one), Inline::Image(other)) => {
            one.address == other.address && same(&one.attributes, &other.attributes)
        }
        (Inline::Span(one), Inline::Span(other)) => {
            one.language == other.language && same(&one.attributes, &other.attributes)
        }
        (Inline::Footnote(one), Inline::Footnote(other)) => one.label == other.label,
        (Inline::Code(one), Inline::Code(other)) => one == other,
        (Inline::Math(one), Inline::Math(other)) => one.latex == other.latex,
        (Inline::HardBreak, Inline::HardBreak) => true,
        _ => false,
    }
}

/// Joins neighbouring words, and takes the white space that a tool put between lines for
/// one space.
pub(super) fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut tidy: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (tidy.last_mut(), piece) {
            (_, Piece::Words(words)) if words.is_empty() => {}
            (Some(Piece::Words(last)), Piece::Words(words)) => last.push_str(&words),
            (_, piece) => tidy.push(piece),
        }
    }
    for piece in &mut tidy {
        if let Piece::Words(words) = piece {
            *words = flat(words);
        }
    }
    trim(&mut tidy);
    tidy
}

/// Runs of white space with a line end in them become one space.
fn flat(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let is_space = |it: &char| matches!(it, ' ' | '\t' | '\n' | '\r');
    let mut rest = words;
    while let Some(start) = rest.find(['\n', '\r']) {
        let before = rest[..start].trim_end_matches(|it| is_space(&it));
        out.push_str(before);
        out.push(' ');
        rest = rest[start..].trim_start_matches(|it| is_space(&it));
    }
    out.push_str(rest);
    out
}

/// No unit begins or ends with a space.
fn trim(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Words(first)) = pieces.first_mut() {
        *first = first.trim_start_matches([' ', '\t']).to_owned();
    }
    if let Some(Piece::Words(last)) = pieces.last_mut() {
        *last = last.trim_end_matches([' ', '\t']).to_owned();
    }
    pieces.retain(|it| !matches!(it, Piece::Words(words) if words.is_empty()));
}

/// The words alone.
pub(in crate::translation) fn plain(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter_map(|it| match it {
        Piece::Words(words) => Some(words.as_str()),
        Piece::Open(_) | Piece::Close(_) | Piece::Alone(_) => None,
    });
    words.collect()
}

/// The pieces as one text in which codes are tags: what two texts are compared by.
pub(super) fn signature(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => super::xml::push(&mut out, words),
            Piece::Open(number) => out.push_str(&format!("<{number}>")),
            Piece::Close(number) => out.push_str(&format!("</{number}>")),
            Piece::Alone(number) => out.push_str(&format!("<{number}/>")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARD: &str = "Le **mot *juste***, [un lien](/a \"son titre\"){.b}, `code`, \
        ![une image](i.png), <https://a.example>, une note[^1]<br/>et <abbr title=\"Organisation\">ONU</abbr>";

    #[test]
    fn a_source_comes_back_from_its_pieces() {
        let (pieces, codes) = source(HARD);
        assert_eq!(codes.faults(&pieces), []);
        let canonical = line::write(&line::read(HARD).value);
        assert_eq!(codes.markdown(&pieces), Ok(canonical));
    }

    #[test]
    fn words_and_titles_are_given_and_addresses_are_not() {
        let (pieces, _) = source(HARD);
        let words = plain(&pieces);
        for shown in ["juste", "un lien", "son titre", "une image", "ONU", "Organisation"]
        {
            assert!(words.contains(shown), "{shown}: {words}");
        }
        for hidden in ["/a", "i.png", "a.example", "code"] {
            assert!(!words.contains(hidden), "{hidden}: {words}");
        }
    }

    #[test]
    fn a_translation_has_the_codes_of_its_source_in_its_own_order() {
        let (_, codes) = source("**gras** et [lien](/a)");
        let (pieces, whole) = target("[link](/a) and **bold**", &codes);
        assert!(whole);
        assert_eq!(signature(&pieces), "<2>link</2> and <1>bold</1>");
        let (pieces, whole) = target("[link](/b) and **bold**", &codes);
        assert!(!whole);
        assert_eq!(signature(&pieces), "link and <1>bold</1>");
    }

    #[test]
    fn codes_that_are_lost_doubled_unknown_or_crossed_are_faults() {
        let (_, codes) = source("**a** *b*");
        let open = |it| Piece::Open(it);
        let close = |it| Piece::Close(it);
        let of = |pieces: &[Piece]| codes.faults(pieces);
        assert_eq!(of(&[open(1), close(1)]), [Fault::Lost(2)]);
        let twice = [open(1), close(1), open(2), close(2), open(1), close(1)];
        assert_eq!(of(&twice), [Fault::Doubled(1)]);
        assert_eq!(of(&[open(1), open(2), close(1), close(2)]), [Fault::Crossed(1)]);
        assert!(of(&[Piece::Alone(1), open(2), close(2)]).contains(&Fault::Unknown(1)));
        assert!(of(&[open(9), close(9)]).contains(&Fault::Unknown(9)));
    }

    #[test]
    fn what_a_tool_wraps_is_one_line_again() {
        let pieces = vec![
            Piece::Words("\n  un\n    mot ".into()),
            Piece::Open(1),
            Piece::Words("a  b".into()),
            Piece::Close(1),
            Piece::Words("\n ".into()),
        ];
        assert_eq!(signature(&tidy(pieces)), "un mot <1>a  b</1>");
    }

    proptest::proptest! {
        #[test]
        fn every_line_comes_back_from_its_pieces(text in "[a b*_`\\[\\]()<>!~^é.\\\\/]{0,30}") {
            let canonical = line::write(&line::read(&text).value);
            let (pieces, codes) = source(&canonical);
            proptest::prop_assert_eq!(codes.faults(&pieces), []);
            let back = codes.markdown(&pieces).expect("the codes are its own");
            proptest::prop_assert_eq!(line::read(&back).value, line::read(&canonical).value);
        }
    }
}
