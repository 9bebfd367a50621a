//! The contents of the site and of the page, as lists of links.
//!
//! A page shows the first level of the contents and the branch it stands on; of a level
//! that is long, what is far from the page is folded. One that is longer still is whole on
//! one page only, and the others lead there: else a site of many pages would be as large as
//! their square, and nobody reads thousands of links on each page.

use std::collections::BTreeSet;

use super::{element::Xhtml, headings, page::Here};
use crate::{
    document::{PageKey, Target, Text},
    render::html::block::Places,
    site::{Entry, made},
};

/// The contents of the edition, seen from a page: the first level and the branch on which
/// the page stands, that is, its ancestors with what lies beside and under them.
pub(super) fn contents(here: &Here<'_>) -> String {
    let entries = &here.shelf.edition.contents;
    let branch = here.shelf.branches.get(&here.page.key).map_or(&[][..], Vec::as_slice);
    let mut out = Xhtml::new(4096, false).within(here.shelf.edition.right_to_left);
    if !entries.is_empty() {
        level(&mut out, here, entries, branch, None);
    }
    out.finish()
}

/// Writes a level of the contents, which lies under this page, if it does under one.
fn level(
    out: &mut Xhtml,
    here: &Here<'_>,
    entries: &[Entry],
    branch: &[usize],
    above: Option<&PageKey>,
) {
    let current = branch.first().copied();
    let inside = |index: usize| (current == Some(index)).then(|| &branch[1..]);
    out.start("ul").open();
    out.line();
    match index_page(here, entries, above).filter(|it| **it != here.page.key) {
        Some(index) if entries.len() > MANY => {
            let shown = near(entries.len(), current);
            for &number in &shown {
                entry(out, here, &entries[number], inside(number));
            }
            lead_to_all(out, here, entries.len() - shown.len(), index);
        }
        _ => whole(out, here, entries, branch),
    }
    out.end();
}

/// Writes all the entries of a level; of a long one, those that are aside are folded.
fn whole(out: &mut Xhtml, here: &Here<'_>, entries: &[Entry], branch: &[usize]) {
    let current = branch.first().copied();
    let aside = |index: usize| is_aside(entries.len(), current, index);
    let numbers: Vec<usize> = (0..entries.len()).collect();
    for run in numbers.chunk_by(|&one, &next| aside(one) == aside(next)) {
        if aside(run[0]) && run.len() > NEAR {
            fold(out, here, &entries[run[0]..run[0] + run.len()]);
            continue;
        }
        for &index in run {
            let inside = (current == Some(index)).then(|| &branch[1..]);
            entry(out, here, &entries[index], inside);
        }
    }
}

/// A level of the contents that is longer than this is folded where the page is not.
const LONG: usize = 16;

/// A level that is longer than this is whole on one page only.
const MANY: usize = 50;

/// How many entries before and after the page are shown all the same.
const NEAR: usize = 3;

/// Whether an entry of a long level is neither near the page nor among the first.
fn is_aside(length: usize, current: Option<usize>, index: usize) -> bool {
    let near = current.is_some_and(|it| it.abs_diff(index) <= NEAR);
    length > LONG && !near && index > NEAR
}

/// The entries of a level that are not aside, without looking at the others.
fn near(length: usize, current: Option<usize>) -> BTreeSet<usize> {
    let around = |it: usize| it.saturating_sub(NEAR)..(it + NEAR + 1).min(length);
    let first = 0..(NEAR + 1).min(length);
    first.chain(current.map(around).into_iter().flatten()).collect()
}

/// The page that shows a level whole: the page above it, else the map of the site, else
/// home, else the first page of the level.
fn index_page<'a>(
    here: &Here<'a>,
    entries: &'a [Entry],
    above: Option<&'a PageKey>,
) -> Option<&'a PageKey> {
    let page = |key: &str| here.shelf.page(&PageKey::new(key));
    let map = || page(made::MAP).filter(|it| it.generated);
    let listed = || map().or_else(|| page("/")).map(|it| &it.key);
    let first = || entries.iter().find_map(|it| it.page.as_ref());
    above.or_else(listed).or_else(first)
}

/// Leads to the page that shows the rest of a level.
fn lead_to_all(out: &mut Xhtml, here: &Here<'_>, count: usize, index: &PageKey) {
    let href = here.href(&Target::Page(index.clone(), None));
    let labels = &here.shelf.edition.labels;
    out.start("li").open();
    out.start(if href.is_some() { "a" } else { "span" })
        .maybe("href", href.as_deref())
        .open();
    out.text(&labels.format("more-entries", &[("count", count.into())]));
    out.end();
    out.end();
    out.line();
}

/// Writes entries that are unfolded by hand.
fn fold(out: &mut Xhtml, here: &Here<'_>, entries: &[Entry]) {
    let count = ("count", entries.len().into());
    out.start("li").open();
    out.start("details").open();
    out.start("summary").open();
    out.text(&here.shelf.edition.labels.format("more-entries", &[count]));
    out.end();
    out.line();
    out.start("ul").open();
    out.line();
    for entry in entries {
        self::entry(out, here, entry, None);
    }
    out.end();
    out.end();
    out.end();
    out.line();
}

/// Writes an entry; `inside` is the rest of the way to the page, when it leads by here.
fn entry(out: &mut Xhtml, here: &Here<'_>, entry: &Entry, inside: Option<&[usize]>) {
    let current = entry.page.as_ref() == Some(&here.page.key);
    out.start("li").maybe("class", inside.map(|_| "open")).open();
    let href = entry.page.clone().map(|key| Target::Page(key, None));
    let href = href.and_then(|target| here.href(&target));
    link(out, here, &entry.text, href.as_deref(), current);
    if let Some(inside) = inside
        && !entry.children.is_empty()
    {
        out.line();
        level(out, here, &entry.children, inside, entry.page.as_ref());
    }
    out.end();
    out.line();
}

fn link(
    out: &mut Xhtml,
    here: &Here<'_>,
    text: &Text,
    href: Option<&str>,
    current: bool,
) {
    let said = text.language.as_ref().filter(|it| **it != here.shelf.edition.language);
    let start = out.start(if href.is_some() { "a" } else { "span" });
    start
        .maybe("href", href)
        .maybe("aria-current", current.then_some("page"))
        .language(said.map(|it| it.as_str()))
        .open();
    out.text(&text.to_plain());
    out.end();
}

/// A page with fewer headings than this needs no contents of its own.
const HEADINGS: usize = 3;

/// The contents of the page: its headings of the first two levels, nested. A page may ask
/// for them, or for none.
pub(super) fn on_this_page(here: &Here<'_>) -> Option<String> {
    let headings = here.page.headings();
    let least = match here.page.document.meta.toc {
        Some(false) => return None,
        Some(true) => 1,
        None => HEADINGS,
    };
    if headings.len() < least {
        return None;
    }
    let href = |anchor: &str| {
        here.href(&Target::Page(here.page.key.clone(), Some(anchor.to_owned())))
    };
    Some(headings::list(&headings, here.around, &href))
}
