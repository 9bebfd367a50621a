//! Links and images whose address has spaces, as in `![x](images/été 2026.jpg)`.
//!
//! Markdown wants such an address between `<` and `>`, and takes all of it for words
//! otherwise. Where it is made like that of a file or a page of the workspace it can be
//! nothing else, so it is read as it was meant, and said. What is escaped stays words.

use super::{inline, reader::Reader};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Attributes, Image, Inline, Link, Resource, Span, Target, text},
};

/// How many inlines the words of such a link may be, and how many such links a text may have.
const MOST: usize = 64;

/// The inlines, with such links and images in the place of their words. `place` is that of
/// all of them.
pub(super) fn links(
    reader: &mut Reader<'_>,
    inlines: Vec<Inline>,
    place: Place,
) -> Vec<Inline> {
    if !inlines.iter().any(may_hold) {
        return inlines;
    }
    let (start, end) = (place.start as usize, place.end as usize);
    let Some(source) = reader.places.text().get(start..end) else { return inlines };
    let mut found = Vec::new();
    let inlines = replaced(reader, Source { text: source, start }, inlines, &mut found);
    for note in found {
        reader.report(note);
    }
    inlines
}

fn may_hold(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.contains("]("),
        Inline::Styled(_, inner) => inner.iter().any(may_hold),
        Inline::Span(span) => span.inlines.iter().any(may_hold),
        _ => false,
    }
}

/// A text as it is written.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    start: usize,
}

impl Source<'_> {
    /// Where a link that ends in this begins and ends; `None` where it is escaped.
    fn find(self, end: &str) -> Option<(usize, usize)> {
        let is_escaped = |at: usize| {
            let before = self.text.as_bytes()[..at].iter().rev();
            before.take_while(|it| **it == b'\\').count() % 2 == 1
        };
        let mut all = self.text.match_indices(end).map(|it| it.0).take(MOST);
        let close = all.find(|at| !is_escaped(*at))?;
        let before = &self.text[..close];
        let mut open = before.rmatch_indices('[').map(|it| it.0).take(MOST);
        let open = open.find(|at| !is_escaped(*at))?;
        let image = before[..open].ends_with('!') && !is_escaped(open - 1);
        Some((self.start + open - usize::from(image), self.start + close + end.len()))
    }
}

fn replaced(
    reader: &Reader<'_>,
    source: Source<'_>,
    inlines: Vec<Inline>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => add(reader, source, &mut out, text, notes),
            Inline::Styled(style, inner) => {
                let inner = replaced(reader, source, inner, notes);
                out.push(Inline::Styled(style, inner));
            }
            Inline::Span(span) => {
                let inlines = replaced(reader, source, span.inlines, notes);
                out.push(Inline::Span(Span { inlines, ..span }));
            }
            other => out.push(other),
        }
    }
    inline::tidy(out)
}

/// Adds a text to what is before it, with the links that end in it.
fn add(
    reader: &Reader<'_>,
    source: Source<'_>,
    out: &mut Vec<Inline>,
    mut text: String,
    notes: &mut Vec<Diagnostic>,
) {
    let mut from = 0;
    while let Some(at) = text[from..].find("](").map(|it| from + it) {
        from = at + "](".len();
        let Some(address) = address(&text[from..]).filter(|_| notes.len() < MOST) else {
            continue;
        };
        let end = from + address.length;
        let begins = text[..at].contains('[') || beginning(out).is_some();
        let Some((start, close)) = source.find(&text[at..end]).filter(|_| begins) else {
            continue;
        };
        let rest = text.split_off(end);
        text.truncate(at);
        out.push(Inline::Text(text));
        let place = reader.places.place(start, close);
        link(out, &address, place);
        let note = Diagnostic::note("address-with-spaces").at(place);
        notes.push(note.with("address", &address.address));
        text = rest;
        from = 0;
    }
    if !text.is_empty() {
        out.push(Inline::Text(text));
    }
}

/// Where the last `[` is: the number of its inline, and its byte there.
fn beginning(inlines: &[Inline]) -> Option<(usize, usize)> {
    inlines.iter().enumerate().rev().take(MOST).find_map(|(index, inline)| {
        let Inline::Text(text) = inline else { return None };
        Some((index, text.rfind('[')?))
    })
}

/// What stands between the parentheses of a link.
struct Address {
    address: String,
    title: Option<String>,
    /// Up to the closing parenthesis, and with it.
    length: usize,
}

/// The longest address that is looked for, in characters: a text may have a thousand links
/// that do not end.
const LONGEST: usize = 1_000;

/// The address that a text begins with, if it has spaces and leads to a file or a page.
fn address(text: &str) -> Option<Address> {
    let mut depth = 0_usize;
    let end = text.char_indices().take(LONGEST).find(|(_, sign)| {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => {}
        }
        is_strange(*sign)
    });
    let end = end.filter(|it| it.1 == ')')?.0;
    let inner = text[..end].trim_matches(' ');
    let (address, title) = titled(inner);
    let fits = address.contains(' ') && is_local(address);
    fits.then(|| Address {
        address: address.to_owned(),
        title: title.map(str::to_owned),
        length: end + 1,
    })
}

/// An address and the title behind it, between quotation marks.
fn titled(inner: &str) -> (&str, Option<&str>) {
    for mark in ['"', '\''] {
        let Some(before) = inner.strip_suffix(mark) else { continue };
        if let Some((address, title)) =
            before.split_once([' ', mark].iter().collect::<String>().as_str())
        {
            return (address.trim_end(), Some(title));
        }
    }
    (inner, None)
}

/// What the names of files that are linked to end in.
const ENDINGS: [&str; 32] = [
    "md", "html", "htm", "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "pdf",
    "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx",
    "odp", "zip", "mp3", "mp4", "webm", "ogg", "epub", "json", "xml", "ics",
];

/// Whether an address is made like that of a file or a page of the workspace.
fn is_local(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let is_path = ["/", "./", "../"].iter().any(|it| path.starts_with(it));
    let ending = path.rsplit_once('.').map_or("", |it| it.1);
    let is_file = ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it));
    !address.contains('"')
        && !path.contains(':')
        && (is_file || is_path && !path.starts_with("//"))
}

/// Whether a sign stands in no address, nor in its title.
fn is_strange(sign: char) -> bool {
    matches!(sign, '<' | '>' | '\u{FDD0}' | '\u{FDD1}') || sign.is_control()
}

/// Makes a link or an image of what stands behind the last `[`.
fn link(out: &mut Vec<Inline>, found: &Address, place: Place) {
    let Some((index, at)) = beginning(out) else { return };
    let mut words = out.split_off(index + 1);
    let Some(Inline::Text(mut before)) = out.pop() else { return };
    let first = before.split_off(at + 1);
    before.pop();
    words.insert(0, Inline::Text(first));
    let is_image = before.ends_with('!');
    if is_image {
        before.pop();
    }
    out.push(Inline::Text(before));
    let (address, title) = (found.address.clone(), found.title.clone());
    let attributes = Attributes::default();
    if is_image {
        let (resource, alternative) = (Resource::Unresolved, text::plain(&words));
        let image = Image { place, address, resource, alternative, title, attributes };
        return out.push(Inline::Image(image));
    }
    let mut inlines = inline::trim(inline::tidy(words));
    if inlines.iter().all(|it| matches!(it, Inline::Text(text) if text.is_empty())) {
        inlines = vec![Inline::Text(address.clone())];
    }
    let target = Target::Unresolved;
    out.push(Inline::Link(Link { place, address, target, title, inlines, attributes }));
}
