//! The comparison: every format of a page with each other, and with what should be met;
//! every language with the source's.
//!
//! The outlines of a page in one language are laid side by side, along the one that the
//! others agree with most. Each row of pieces is compared in each of its aspects, and what
//! differs is one difference, however many formats there are. What a printed page cannot
//! tell (that a box is a box) is compared among the others.

use std::collections::BTreeSet;

use super::{
    Aspect, Difference, Medium, Witness,
    agreement::{Lens, agree, said, squeezed, value},
    align::{self, Alignment},
    difference::{Shown, cut, difference, push, shown},
    outline::{IMAGE, Kind, Outline, Piece},
};

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
        for column in self.columns {
            for (aspect, why) in &column.outline.faults {
                let shown = shown(vec![(vec![column.medium], why.clone())]);
                self.difference(*aspect, shown, None);
            }
        }
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
    if texts_differ && matches!(aspect, Aspect::Language | Aspect::Emphasis) {
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

/// The headings of an outline, as contents call them.
fn headings(outline: &Outline) -> Vec<String> {
    let words = |it: &Piece| {
        let mut words = it.text.clone();
        for number in &it.calls {
            words = words.replacen(&format!("[^{number}]"), "", 1);
        }
        if words.chars().all(|it| it == IMAGE || it.is_whitespace()) {
            words = it.images.join(" ");
        }
        words
    };
    let is_heading = |it: &&Piece| matches!(it.kind, Kind::Heading(_));
    outline.pieces.iter().filter(is_heading).map(words).collect()
}

/// A page in a language beside the same in the source language: its structure and, where
/// the source's words are shown, these. A step of a trail leads nowhere in an edition that
/// does not have its page: `has` says which does, by language and key.
pub(super) fn languages(
    page: &str,
    source: (&str, Medium, &Outline),
    other: (&str, Medium, &Outline),
    has: &dyn Fn(&str, &str) -> bool,
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
                Aspect::Language | Aspect::Mark | Aspect::Emphasis => continue,
                Aspect::Image if !shows_source => {
                    (piece.images.len().to_string(), twin.images.len().to_string())
                }
                Aspect::Link if same_targets((piece, source.0), (twin, other.0)) => {
                    continue;
                }
                Aspect::Link => (targets(piece, source.0), targets(twin, other.0)),
                aspect => {
                    let print = source.1.prints() || other.1.prints();
                    let lens = Lens { print, words: true, starts: true, numbers: true };
                    if agree(aspect, piece, twin, lens) {
                        continue;
                    }
                    (value(aspect, piece, print), value(aspect, twin, print))
                }
            };
            if own != its {
                tell(aspect, own, its, piece);
            }
        }
    }
    let is_in_both = |target: &String| {
        let key = target.strip_prefix('…').and_then(|it| it.split('#').next());
        key.is_none_or(|it| has(source.0, it) && has(other.0, it))
    };
    let steps = |it: &(&str, Medium, &Outline)| {
        let steps = it.2.trail.iter().flatten();
        let targets = steps.map(|step| {
            let target = step.target.as_deref().map(|target| bare(target, it.0));
            target.filter(is_in_both).unwrap_or_default()
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
    let known: BTreeSet<&String> = expected.iter().collect();
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
        for key in twice.filter(|it| known.contains(it)) {
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
