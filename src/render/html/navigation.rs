//! The contents of the site and of the page, as lists of links.
//!
//! A page shows the first level of the contents and the branch it stands on; of a level
//! that is long, what is far from the page is folded.

use super::{element::Xhtml, headings, page::Here};
use crate::{
    document::{Target, Text},
    render::html::block::Places,
    site::Entry,
};

/// The contents of the edition, seen from a page: the first level and the branch on which
/// the page stands, that is, its ancestors with what lies beside and under them.
pub(super) fn contents(here: &Here<'_>) -> String {
    let entries = &here.shelf.edition.contents;
    let branch = here.shelf.branches.get(&here.page.key).map_or(&[][..], Vec::as_slice);
    let mut out = Xhtml::new(4096, false);
    if !entries.is_empty() {
        level(&mut out, here, entries, branch);
    }
    out.finish()
}

fn level(out: &mut Xhtml, here: &Here<'_>, entries: &[Entry], branch: &[usize]) {
    let current = branch.first().copied();
    let aside = |index: usize| is_aside(entries.len(), current, index);
    let numbers: Vec<usize> = (0..entries.len()).collect();
    out.start("ul").open();
    out.line();
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
    out.end();
}

/// A level of the contents that is longer than this is folded where the page is not.
const LONG: usize = 16;

/// How many entries before and after the page are shown all the same.
const NEAR: usize = 3;

/// Whether an entry of a long level is neither near the page nor among the first.
fn is_aside(length: usize, current: Option<usize>, index: usize) -> bool {
    let near = current.is_some_and(|it| it.abs_diff(index) <= NEAR);
    length > LONG && !near && index > NEAR
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
        level(out, here, &entry.children, inside);
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
