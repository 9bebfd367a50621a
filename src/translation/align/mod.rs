//! Two pages that say the same in two languages, made into a catalogue.
//!
//! The texts of both pages are taken in reading order and paired from the first to the
//! last: one to one as a rule, one to two where a paragraph was cut, or left out where
//! one of the pages has more than the other. What speaks for a pair (`evidence`) is what
//! the texts are to their pages, how long they are, and what translation leaves as it
//! is: links, images, code, numbers, names, words of the same root. All ways of pairing
//! are weighed against each other (`lattice`), so that each pair has a probability; a
//! pair that is likely becomes a translation, one that is unsure a draft, and the rest
//! is left out.
//!
//! - `evidence`: what speaks for a pair;
//! - `lattice`: the most likely pairing, and how likely each of its pairs is;
//! - `settle`: a translation with the links and the code of its source;
//! - `pages`: which page of one tree is which of another.

mod evidence;
mod lattice;
mod pages;
mod settle;

use std::{collections::HashMap, fmt};

pub use pages::{Candidate, PagePair, pages};

use self::{evidence::Unit, lattice::Bead};
use super::{
    Catalogue, check, exchange,
    po::{Entry, File},
    status,
    unit::Key,
};
use crate::{
    diagnostic::Place,
    document::{Document, Inline, State},
    source::line,
};

/// A pair this likely is a translation …
const SURE: f64 = 0.70;
/// … and one this likely is worth a look.
const UNSURE: f64 = 0.25;

/// Texts of two pages that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The texts of the source, as Markdown: one, or two where the other page has one.
    pub source: Vec<String>,
    /// The texts of the translation.
    pub target: Vec<String>,
    /// Where the first text of the source stands.
    pub place: Place,
    /// How likely it is that they do, from 0 to 1.
    pub confidence: Confidence,
}

/// How likely a pair is, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Confidence(pub f64);

impl Confidence {
    /// Whether the pair may be used without anybody having looked.
    pub fn is_sure(self) -> bool {
        self.0 >= SURE
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// What a catalogue got from a page that was translated elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that got a translation.
    pub translated: usize,
    /// Units that got a draft.
    pub drafts: usize,
    /// Units for which nothing was found.
    pub missing: usize,
    /// Units that had a translation already.
    pub kept: usize,
}

/// Pairs the texts of two pages.
pub fn align(source: &Document, target: &Document) -> Vec<Pair> {
    let (source, target) = (evidence::units(source), evidence::units(target));
    beads(&source, &target)
        .into_iter()
        .map(|bead| Pair {
            source: source[bead.source.clone()].iter().map(markdown).collect(),
            target: target[bead.target.clone()].iter().map(markdown).collect(),
            place: source[bead.source.start].place,
            confidence: Confidence(bead.confidence),
        })
        .collect()
}

fn markdown(unit: &Unit) -> String {
    line::write(&unit.inlines)
}

fn beads(source: &[Unit], target: &[Unit]) -> Vec<Bead> {
    lattice::beads(source, target)
        .into_iter()
        .filter(|it| it.confidence >= UNSURE)
        .collect()
}

/// Fills the units of a catalogue that nobody has translated with what the page of the
/// other language has. `origin` is told to the translator of a draft.
pub fn fill(
    catalogue: &Catalogue,
    source: &Document,
    target: &Document,
    origin: &str,
) -> (Catalogue, Tally) {
    let (source, target) = (evidence::units(source), evidence::units(target));
    let mut found: HashMap<Key, Found> = HashMap::new();
    for bead in beads(&source, &target) {
        for (unit, proposal) in settled(&bead, &source, &target) {
            let key = Key::of(&markdown(unit));
            let better = |old: &Found| old.confidence >= proposal.confidence;
            if !found.get(&key).is_some_and(better) {
                found.insert(key, proposal);
            }
        }
    }
    let mut file: File = catalogue.file.clone();
    let mut tally = Tally::default();
    for entry in &mut file.entries {
        if !entry.is_header() && !entry.obsolete {
            put(entry, found.get(&Key::of(&entry.id)), origin, &mut tally);
        }
    }
    (Catalogue::of(file), tally)
}

/// What was found for a unit.
struct Found {
    inlines: Vec<Inline>,
    confidence: f64,
}

fn put(entry: &mut Entry, found: Option<&Found>, origin: &str, tally: &mut Tally) {
    if status::state(entry) != State::Missing {
        tally.kept += 1;
        return;
    }
    let Some(found) = found else {
        tally.missing += 1;
        return;
    };
    let text = line::write(&found.inlines);
    let confidence = Confidence(found.confidence);
    let fits = check::read(&entry.id, &line::read(&entry.id), &text).is_ok();
    if confidence.is_sure() && fits {
        entry.translations = vec![text];
        tally.translated += 1;
    } else {
        let origin = format!("{origin} ({confidence})");
        exchange::tmx::draft(entry, text, None, &origin);
        tally.drafts += 1;
    }
}

/// The translation of each source text of a bead.
fn settled<'a>(
    bead: &Bead,
    source: &'a [Unit],
    target: &[Unit],
) -> Vec<(&'a Unit, Found)> {
    let sources = &source[bead.source.clone()];
    let targets = &target[bead.target.clone()];
    let joined = settle::join(targets.iter().map(|it| it.inlines.as_slice()));
    let parts = match sources {
        [_] => vec![joined],
        _ => match settle::split(&joined, sources[0].length, sources[1].length) {
            Some((first, second)) => vec![first, second],
            None => return Vec::new(),
        },
    };
    // Where a text had to be cut, somebody must look at the cut.
    let most = if sources.len() > 1 { SURE - 0.01 } else { 1.0 };
    let found = |(unit, inlines): (&'a Unit, Vec<Inline>)| {
        let inlines = settle::settle(&unit.inlines, inlines);
        (unit, Found { inlines, confidence: bead.confidence.min(most) })
    };
    sources.iter().zip(parts).map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    fn page(text: &str) -> Document {
        source::read(text, &source::Options::default()).value
    }

    fn pairs(source: &str, target: &str) -> Vec<(String, String)> {
        let pairs = align(&page(source), &page(target)).into_iter();
        let pairs = pairs.filter(|it| it.confidence.is_sure());
        pairs.map(|it| (it.source.join(" | "), it.target.join(" | "))).collect()
    }

    #[test]
    fn a_paragraph_that_only_one_page_has_is_left_out() {
        let found = pairs(
            "---\ntitle: Guide\n---\n\n## Contribuer\n\nLe projet est sur [la forge](https://a.example/1).\n\n\
             Un paragraphe que les Anglais n’ont jamais eu, avec le nombre 1984.\n\n\
             Écrivez à [l’équipe](https://a.example/2) en 2025.\n",
            "---\ntitle: Guide\n---\n\n## Contribute\n\nThe project is on [the forge](https://a.example/1).\n\n\
             Write to [the team](https://a.example/2) in 2025.\n",
        );
        let targets: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
        assert_eq!(
            targets,
            [
                "Guide",
                "Contribute",
                "The project is on [the forge](https://a.example/1).",
                "Write to [the team](https://a.example/2) in 2025.",
            ]
        );
    }

    #[test]
    fn a_paragraph_that_was_cut_in_two_is_one_translation() {
        let found = align(
            &page(
                "Le logiciel GIMP est libre depuis 1996. La fondation Blender publie aussi du code depuis 2002.\n",
            ),
            &page(
                "The software GIMP is free since 1996.\n\nThe foundation Blender publishes code too since 2002.\n",
            ),
        );
        let last = found.last().expect("something is found");
        assert_eq!((last.source.len(), last.target.len()), (1, 2), "{found:?}");
    }

    #[test]
    fn pages_that_have_nothing_in_common_give_nothing_sure() {
        let found = pairs(
            "## Recette\n\nFaites fondre le beurre dans une casserole avec 200 grammes de sucre.\n\n- Ajoutez quatre œufs.\n- Mélangez.\n",
            "## Timetable\n\nTrains leave platform 9 every 15 minutes, weekends excepted.\n\n> Mind the gap.\n",
        );
        let texts: Vec<_> = found.iter().filter(|it| it.0.len() > 20).collect();
        assert!(texts.is_empty(), "{texts:?}");
    }
}
