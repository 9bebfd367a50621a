//! Which page of one tree is which of another.
//!
//! The same path says it; else the same links, images, numbers and words do, and of the
//! pages that are left each takes the one that it shares most with.

use std::collections::BTreeSet;

use super::{evidence, lattice};
use crate::document::Document;

/// What the most likely other half of a page must be worth by text.
const LEAST: f64 = 1.0;
/// How many pairs of pages are compared.
const MOST_COMPARED: usize = 4_000;

/// A page of a tree.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its path in the tree.
    pub path: String,
    /// What it says.
    pub document: Document,
}

/// Two pages that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePair {
    /// The number of the page in the source's tree.
    pub source: usize,
    /// The number of the page in the other one.
    pub target: usize,
    /// Whether their paths say so.
    pub by_path: bool,
}

/// Pairs the pages of two trees; what has no other half is left out.
pub fn pages(source: &[Candidate], target: &[Candidate]) -> Vec<PagePair> {
    let mut pairs = Vec::new();
    let mut left: BTreeSet<usize> = (0..target.len()).collect();
    let mut alone: Vec<usize> = (0..source.len()).collect();
    for name in [str::to_owned as fn(&str) -> String, name] {
        alone.retain(|number| {
            let wanted = name(&source[*number].path);
            let same = left.iter().copied().find(|it| name(&target[*it].path) == wanted);
            if let Some(other) = same {
                left.remove(&other);
                pairs.push(PagePair { source: *number, target: other, by_path: true });
            }
            same.is_none()
        });
    }
    pairs.extend(by_content(source, target, &alone, &mut left));
    pairs.sort_by_key(|it| it.source);
    pairs
}

/// A path without what depends on a language or on how the site is made.
fn name(path: &str) -> String {
    evidence::neutral(&path.to_lowercase().replace("/index.md", ".md"))
}

fn by_content(
    source: &[Candidate],
    target: &[Candidate],
    alone: &[usize],
    left: &mut BTreeSet<usize>,
) -> Vec<PagePair> {
    if alone.len() * left.len() > MOST_COMPARED {
        return Vec::new();
    }
    let mut all = Vec::new();
    let others: Vec<_> =
        left.iter().map(|it| (*it, evidence::units(&target[*it].document))).collect();
    for number in alone {
        let units = evidence::units(&source[*number].document);
        for (other, theirs) in &others {
            let worth = lattice::worth(&units, theirs);
            if worth >= LEAST {
                all.push((worth, *number, *other));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for (_, number, other) in all {
        if !taken.contains(&number) && left.remove(&other) {
            taken.insert(number);
            pairs.push(PagePair { source: number, target: other, by_path: false });
        }
    }
    pairs
}
