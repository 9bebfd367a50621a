//! Pages that say the same in two languages, as far as it can be seen without knowing any:
//! they have the same numbers, addresses, names of images and code, and nearly as many
//! headings, lists and paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::Written;
use crate::document::{
    Language, text,
    walk::{self, Reference},
};

/// How much of what two pages have must be in both.
const ALIKE: f64 = 0.5;

/// How much more alike the best must be than the next.
const CLEAR: f64 = 1.4;

/// How many marks two pages must share: fewer are found by chance.
const MARKS: usize = 5;

/// How many pages may have a mark that is to lead from one page to another.
const COMMON: usize = 20;

/// By how much the numbers of their texts may differ.
const LENGTH: f64 = 1.5;

/// What a page has that stays the same in any language.
struct Marks {
    marks: BTreeSet<String>,
    texts: usize,
}

/// The pages of the authors with those that are like them, where there is no doubt of it.
pub(super) fn alike<'a>(
    own: &[&'a Written<'a>],
    others: &[&'a Written<'a>],
    is_open: &dyn Fn(&Written<'a>, &Language) -> bool,
) -> Vec<(&'a Written<'a>, &'a Written<'a>)> {
    if others.is_empty() {
        return Vec::new();
    }
    let marks =
        |pages: &[&Written<'_>]| pages.iter().map(|it| marks(it)).collect::<Vec<_>>();
    let (ours, theirs) = (marks(own), marks(others));
    // A mark that many pages have, as a link to home, says little.
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in ours.iter().flat_map(|it| &it.marks) {
        *count.entry(mark).or_default() += 1;
    }
    let weight = |mark: &str| 1.0 / count.get(mark).copied().unwrap_or(1).max(1) as f64;
    // Which of ours have a mark: only those with some marks of a page are compared with it.
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, page) in ours.iter().enumerate() {
        for mark in page.marks.iter().filter(|it| count[it.as_str()] <= COMMON) {
            holders.entry(mark).or_default().push(at);
        }
    }
    let mut best: Vec<(f64, usize, usize)> = Vec::new();
    for (number, page) in others.iter().enumerate() {
        let own_marks = theirs[number].marks.iter();
        let holding = own_marks.filter_map(|it| holders.get(it.as_str())).flatten();
        let near: BTreeSet<usize> = holding.copied().collect();
        let mut found: Vec<(f64, usize)> = near
            .into_iter()
            .filter(|it| is_open(own[*it], &page.language))
            .map(|it| (likeness(&ours[it], &theirs[number], &weight), it))
            .filter(|it| it.0 > 0.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let next = found.get(1).map_or(0.0, |it| it.0);
        if let Some(first) = found.first()
            && first.0 >= ALIKE
            && first.0 >= CLEAR * next
        {
            best.push((first.0, first.1, number));
        }
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    let mut taken = BTreeSet::new();
    let free =
        |it: &(f64, usize, usize)| taken.insert((it.1, others[it.2].language.clone()));
    best.into_iter().filter(free).map(|it| (own[it.1], others[it.2])).collect()
}

fn likeness(one: &Marks, other: &Marks, weight: &dyn Fn(&str) -> f64) -> f64 {
    let (few, many) = (one.texts.min(other.texts), one.texts.max(other.texts));
    if many as f64 > LENGTH * few as f64 + 2.0 {
        return 0.0;
    }
    let shared: Vec<&String> = one.marks.intersection(&other.marks).collect();
    if shared.len() < MARKS {
        return 0.0;
    }
    let sum = |marks: &mut dyn Iterator<Item = &String>| {
        marks.map(|it| weight(it)).sum::<f64>()
    };
    let all = sum(&mut one.marks.union(&other.marks));
    sum(&mut shared.into_iter()) / all
}

fn marks(page: &Written<'_>) -> Marks {
    let mut marks = BTreeSet::new();
    let mut texts = 0;
    walk::texts(&page.document, &mut |_, it| {
        texts += 1;
        let plain = text::plain(&it.inlines);
        let words = plain.split(|it: char| !it.is_ascii_digit());
        // A number of one digit is in every page.
        marks.extend(words.filter(|it| it.len() > 1).map(str::to_owned));
    });
    walk::references(&page.document, &mut |reference| {
        if let Reference::Link(link) = reference {
            marks.insert(link.address.trim_end_matches('/').to_owned());
        }
    });
    Marks { marks, texts }
}
