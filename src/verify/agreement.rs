//! When two pieces show the same, in each of their aspects, and what a piece shows in one.

use std::collections::BTreeSet;

use super::{
    Aspect,
    outline::{IMAGE, Kind, LINE_END, Link, Piece},
};

/// How two pieces are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens {
    /// As what a printed page can tell.
    pub(super) print: bool,
    /// With the words of links.
    pub(super) words: bool,
    /// With where lists and cells begin.
    pub(super) starts: bool,
    /// With numbers and columns.
    pub(super) numbers: bool,
}

/// Whether two pieces are the same in an aspect.
pub(super) fn agree(aspect: Aspect, a: &Piece, b: &Piece, lens: Lens) -> bool {
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
        // On paper a theme says how words are set apart: a quotation is stressed as a whole.
        Aspect::Emphasis if lens.print => true,
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
pub(super) fn value(aspect: Aspect, piece: &Piece, print: bool) -> String {
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
            let one = |it: &Link| format!("{} → {}", it.text, it.target);
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
        Aspect::Emphasis => {
            let one = |it: &(String, String)| format!("{}: {}", it.0, it.1);
            piece.emphases.iter().map(one).collect::<Vec<_>>().join(" | ")
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
        | Aspect::Identifier
        | Aspect::Place
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

pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != IMAGE).collect()
}

/// What a piece says, or what it is when it says nothing.
pub(super) fn said(piece: &Piece) -> String {
    match piece.gist() {
        gist if gist.is_empty() => format!("({})", value(Aspect::Nesting, piece, false)),
        _ if piece.text.chars().all(|it| it == IMAGE) => piece.images.join(" "),
        _ => value(Aspect::Text, piece, false),
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
