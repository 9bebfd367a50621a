//! A translation with the links, the images, the code and the notes of its source.
//!
//! A page that was translated elsewhere has its own addresses: `/en/…` for `/fr/…`, an
//! article of another encyclopedia. A translation of ours leads where its source leads,
//! so an address is replaced by the one of the source that it corresponds to: the same
//! one, else the same but for its language, else the one in its place.

use super::evidence::neutral;
use crate::document::{Inline, Link, Style, walk};

/// The most sentences that a text may be cut between.
const MOST_CUTS: usize = 200;

/// The inlines of a translation, with what its source has.
pub(super) fn settle(source: &[Inline], translation: Vec<Inline>) -> Vec<Inline> {
    let mut own: Vec<&Inline> = Vec::new();
    let mut styles: Vec<&Style> = Vec::new();
    let mut spans = Vec::new();
    walk::inlines(source, &mut |inline| match inline {
        Inline::Link(_)
        | Inline::Image(_)
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Footnote(_) => {
            own.push(inline);
        }
        Inline::Styled(style, _) => styles.push(style),
        Inline::Span(span) => spans.push(&span.attributes),
        Inline::Text(_) | Inline::SoftBreak | Inline::HardBreak => {}
    });
    let mut inlines = plain_styles(translation, &styles, !spans.is_empty());
    let mut theirs: Vec<Inline> = Vec::new();
    walk::inlines_mut(&mut inlines, &mut |inline| theirs.push(inline.clone()));
    let choice = choose(&own, &theirs);
    let mut number = 0;
    let mut strange = Vec::new();
    walk::inlines_mut(&mut inlines, &mut |inline| {
        match choice.get(number).copied().flatten() {
            Some(original) => adopt(inline, original),
            None if matches!(inline, Inline::Link(_)) => strange.push(number),
            None => {}
        }
        number += 1;
    });
    let inlines = without_links(inlines, &strange, &mut 0);
    let lost = own
        .iter()
        .filter(|own| !choice.iter().flatten().any(|it| std::ptr::eq(*it, **own)));
    lost.fold(inlines, |inlines, own| match own {
        Inline::Link(link) => with_link(inlines, link),
        _ => inlines,
    })
}

/// Links that the source does not have are their words. `number` counts the inlines as
/// the walk does.
fn without_links(
    inlines: Vec<Inline>,
    strange: &[usize],
    number: &mut usize,
) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        let here = *number;
        *number += 1;
        match inline {
            Inline::Link(link) => {
                let inner = without_links(link.inlines, strange, number);
                if strange.contains(&here) {
                    kept.extend(inner);
                } else {
                    kept.push(Inline::Link(Link { inlines: inner, ..link }));
                }
            }
            Inline::Styled(style, inner) => {
                kept.push(Inline::Styled(style, without_links(inner, strange, number)));
            }
            Inline::Span(mut span) => {
                span.inlines = without_links(span.inlines, strange, number);
                kept.push(Inline::Span(span));
            }
            other => kept.push(other),
        }
    }
    kept
}

/// A link that the translation lacks, around its words where they stand there once.
fn with_link(inlines: Vec<Inline>, link: &Link) -> Vec<Inline> {
    let words = crate::document::text::plain(&link.inlines);
    let count = |inline: &Inline| match inline {
        Inline::Text(text) => text.matches(words.as_str()).count(),
        _ => 0,
    };
    let is_name = words.trim() == words && words.chars().count() > 2;
    if !is_name || inlines.iter().map(count).sum::<usize>() != 1 {
        return inlines;
    }
    let mut with = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) if text.contains(words.as_str()) => {
                let (before, after) = text.split_once(words.as_str()).unwrap_or_default();
                with.push(Inline::Text(before.to_owned()));
                with.push(Inline::Link(link.clone()));
                with.push(Inline::Text(after.to_owned()));
            }
            other => with.push(other),
        }
    }
    with
}

/// For each inline of a translation, the one of the source that it is.
fn choose<'a>(own: &[&'a Inline], theirs: &[Inline]) -> Vec<Option<&'a Inline>> {
    let mut choice: Vec<Option<&Inline>> = vec![None; theirs.len()];
    let mut free: Vec<bool> = vec![true; own.len()];
    for like in [same as fn(&Inline, &Inline) -> bool, near] {
        for (place, inline) in theirs.iter().enumerate() {
            if choice[place].is_some() {
                continue;
            }
            let found = (0..own.len()).find(|it| free[*it] && like(own[*it], inline));
            if let Some(found) = found {
                free[found] = false;
                choice[place] = Some(own[found]);
            }
        }
    }
    // What is left corresponds when there is as much of it on both sides.
    for kind in 0..5 {
        let ours: Vec<usize> =
            (0..own.len()).filter(|it| free[*it] && kind_of(own[*it]) == kind).collect();
        let left: Vec<usize> = (0..theirs.len())
            .filter(|it| choice[*it].is_none() && kind_of(&theirs[*it]) == kind)
            .collect();
        if ours.len() == left.len() {
            for (ours, left) in ours.into_iter().zip(left) {
                choice[left] = Some(own[ours]);
            }
        }
    }
    choice
}

fn kind_of(inline: &Inline) -> usize {
    match inline {
        Inline::Link(_) => 0,
        Inline::Image(_) => 1,
        Inline::Code(_) => 2,
        Inline::Footnote(_) => 3,
        Inline::Math(_) => 4,
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Styled(..)
        | Inline::Span(_) => usize::MAX,
    }
}

fn same(own: &Inline, theirs: &Inline) -> bool {
    match (own, theirs) {
        (Inline::Link(one), Inline::Link(other)) => one.address == other.address,
        (Inline::Image(one), Inline::Image(other)) => one.address == other.address,
        (Inline::Code(one), Inline::Code(other)) => one == other,
        (Inline::Math(one), Inline::Math(other)) => one.latex == other.latex,
        (Inline::Footnote(one), Inline::Footnote(other)) => one.label == other.label,
        _ => false,
    }
}

fn near(own: &Inline, theirs: &Inline) -> bool {
    match (own, theirs) {
        (Inline::Link(one), Inline::Link(other)) => {
            neutral(&one.address) == neutral(&other.address)
        }
        (Inline::Image(one), Inline::Image(other)) => {
            neutral(&one.address) == neutral(&other.address)
        }
        _ => false,
    }
}

fn adopt(inline: &mut Inline, original: &Inline) {
    match (inline, original) {
        (Inline::Link(it), Inline::Link(source)) => {
            let bare = matches!(
                it.inlines.as_slice(),
                [Inline::Text(words)] if it.address.ends_with(words.as_str())
            );
            // A bare address shows where it leads.
            if bare && it.address != source.address && source.inlines.len() == 1 {
                it.inlines.clone_from(&source.inlines);
            }
            it.address.clone_from(&source.address);
            it.attributes.clone_from(&source.attributes);
            if source.title.is_none() {
                it.title = None;
            }
        }
        (Inline::Image(it), Inline::Image(source)) => {
            it.address.clone_from(&source.address);
            it.attributes.clone_from(&source.attributes);
            if source.title.is_none() {
                it.title = None;
            }
        }
        (Inline::Code(it), Inline::Code(source)) => it.clone_from(source),
        (Inline::Math(it), Inline::Math(source)) => it.clone_from(source),
        (Inline::Footnote(it), Inline::Footnote(source)) => {
            it.label.clone_from(&source.label);
        }
        _ => {}
    }
}

/// Words set apart in ways that the source does not have are plain words.
fn plain_styles(inlines: Vec<Inline>, styles: &[&Style], spans: bool) -> Vec<Inline> {
    let known = |style: &Style| {
        let same = |it: &&&Style| {
            std::mem::discriminant::<Style>(**it) == std::mem::discriminant(style)
        };
        styles.iter().any(|it| same(&it))
    };
    let mut plain = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Styled(style, inner) => {
                let inner = plain_styles(inner, styles, spans);
                if known(&style) {
                    plain.push(Inline::Styled(style, inner));
                } else {
                    plain.extend(inner);
                }
            }
            Inline::Span(span) if !spans => {
                plain.extend(plain_styles(span.inlines, styles, spans));
            }
            Inline::Link(link) => {
                let inlines = plain_styles(link.inlines, styles, spans);
                plain.push(Inline::Link(Link { inlines, ..link }));
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Several texts as one.
pub(super) fn join<'a>(parts: impl Iterator<Item = &'a [Inline]>) -> Vec<Inline> {
    let mut joined = Vec::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push(Inline::Text(" ".to_owned()));
        }
        joined.extend_from_slice(part);
    }
    joined
}

/// A text cut in two between sentences, as long by one another as these lengths are.
pub(super) fn split(
    inlines: &[Inline],
    first: usize,
    second: usize,
) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let plain = |part: &[Inline]| crate::document::text::plain(part).chars().count();
    let whole = plain(inlines);
    let wanted = whole * first / (first + second).max(1);
    let mut best: Option<(usize, Vec<Inline>, Vec<Inline>)> = None;
    for (place, inline) in inlines.iter().enumerate() {
        let Inline::Text(text) = inline else { continue };
        for (at, length) in ends(text) {
            let mut before = inlines[..place].to_vec();
            before.push(Inline::Text(text[..at].to_owned()));
            let mut after = vec![Inline::Text(text[at + length..].to_owned())];
            after.extend_from_slice(&inlines[place + 1..]);
            let off = plain(&before).abs_diff(wanted);
            let empty = plain(&after) == 0 || plain(&before) == 0;
            if !empty && best.as_ref().is_none_or(|it| off < it.0) {
                best = Some((off, before, after));
            }
        }
    }
    best.map(|it| (it.1, it.2))
}

/// Where the sentences of a text end, and how long the space after each is.
fn ends(text: &str) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    for (at, sign) in text.char_indices().take_while(|it| it.0 < text.len()) {
        let after = &text[at + sign.len_utf8()..];
        let is_end = matches!(sign, '.' | '!' | '?' | '…' | ':' | ';');
        if is_end && after.starts_with([' ', '\u{a0}']) && ends.len() < MOST_CUTS {
            let space = after.chars().next().map_or(0, char::len_utf8);
            ends.push((at + sign.len_utf8(), space));
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::line;

    fn settled(source: &str, translation: &str) -> String {
        let (source, translation) =
            (line::read(source).value, line::read(translation).value);
        line::write(&settle(&source, translation))
    }

    #[test]
    fn links_lead_where_the_source_leads() {
        assert_eq!(
            settled("[a](/fr/x/) et [b](/y)", "[b](/y) and [a](/en/x)"),
            "[b](/y) and [a](/fr/x/)"
        );
        assert_eq!(
            settled(
                "Voir [ici](https://fr.a.example/Logiciel)",
                "See [here](https://en.a.example/Software)"
            ),
            "See [here](https://fr.a.example/Logiciel)"
        );
    }

    #[test]
    fn links_and_emphasis_of_ones_own_are_words() {
        assert_eq!(settled("un mot", "[a](/x) **word**"), "a word");
        assert_eq!(settled("[a](/y) mot", "[*a*](/x) [b](/y)"), "a [b](/y)");
        assert_eq!(settled("`un` mot", "`one` word"), "`un` word");
    }

    #[test]
    fn a_link_that_is_lacking_comes_back_around_its_name() {
        let source = "Le site [Etalab](https://a.example) de la DINUM";
        assert_eq!(
            settled(source, "The Etalab site"),
            "The [Etalab](https://a.example) site"
        );
        assert_eq!(settled(source, "Etalab is Etalab"), "Etalab is Etalab");
    }

    #[test]
    fn a_text_is_cut_between_sentences_at_the_right_length() {
        let text = line::read("One. Two two two. Three.").value;
        let (first, second) = split(&text, 4, 20).expect("it has sentences");
        assert_eq!(
            (line::write(&first), line::write(&second)),
            ("One.".into(), "Two two two. Three.".into())
        );
        assert_eq!(split(&line::read("one").value, 1, 1), None);
    }
}
