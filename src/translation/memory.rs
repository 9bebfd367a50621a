//! What a whole publication has translated into one language.
//!
//! A text that leaves a page is looked for here before anybody is asked to translate it
//! again: it may have moved to another page, or come back after a page was deleted. A
//! text that stands elsewhere too is proposed, with the page that it comes from; whether
//! it means the same here is for a person to say.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use super::{
    Catalogue, excerpt,
    po::Entry,
    status,
    unit::{self, Key},
};
use crate::{
    diagnostic::Diagnostic,
    document::{Document, State, walk},
};

/// What a publication has translated into one language.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The texts that are still where they were translated.
    live: HashMap<Key, Vec<Known>>,
    /// The texts that have left the page in which they were translated.
    lost: HashMap<Key, Vec<Known>>,
    /// How each text is translated, counted when somebody first asks.
    ways: OnceLock<HashMap<Key, Ways>>,
}

/// The ways in which a text is translated.
#[derive(Clone, Debug, Default)]
struct Ways {
    /// The translations of each way, by their numbers: the most frequent way first and, of
    /// two, the one that comes first.
    all: Vec<Vec<usize>>,
    /// The ways in which a page translates it.
    of_page: HashMap<Arc<str>, Vec<usize>>,
}

/// A translation and the page that it comes from.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) page: Arc<str>,
    pub(super) entry: Entry,
}

/// The keys of a page's units: what is still in it.
#[derive(Clone, Debug, Default)]
pub struct Keys(HashSet<Key>);

impl Keys {
    /// The keys of the units of a document.
    pub fn of(document: &Document) -> Self {
        let mut keys = HashSet::new();
        walk::texts(document, &mut |_, text| {
            if unit::is_unit(text) {
                let canonical = unit::canonical(text);
                keys.insert(Key::within(text.context.as_deref(), &canonical));
            }
        });
        Self(keys)
    }

    /// Whether a text is one of them.
    pub(super) fn holds(&self, key: Key) -> bool {
        self.0.contains(&key)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Which of some catalogues hold a text.
#[derive(Debug)]
pub struct Holders {
    by_key: HashMap<Key, Vec<usize>>,
    catalogues: usize,
}

impl Holders {
    /// Notes what these catalogues hold.
    pub fn of(catalogues: &[Option<&Catalogue>]) -> Self {
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        for (number, catalogue) in catalogues.iter().enumerate() {
            let entries = catalogue.iter().flat_map(|it| it.entries());
            for it in entries {
                let holders =
                    by_key.entry(Key::within(it.context.as_deref(), &it.id)).or_default();
                if holders.last() != Some(&number) {
                    holders.push(number);
                }
            }
        }
        Self { by_key, catalogues: catalogues.len() }
    }

    /// The catalogues that hold any of the texts of a page, and how many.
    pub fn shared(&self, keys: &Keys) -> Vec<(usize, usize)> {
        let mut counts = vec![0; self.catalogues];
        let holders = keys.0.iter().filter_map(|it| self.by_key.get(it)).flatten();
        holders.for_each(|it| counts[*it] += 1);
        counts.into_iter().enumerate().filter(|it| it.1 > 0).collect()
    }
}

impl Memory {
    /// Adds what the catalogue of a page holds, the page having these units now (none
    /// when it is gone).
    pub fn add(&mut self, page: &Arc<str>, keys: &Keys, catalogue: &Catalogue) {
        self.ways = OnceLock::new();
        for entry in catalogue.entries() {
            if status::state(entry) == State::Missing {
                continue;
            }
            let key = Key::within(entry.context.as_deref(), &entry.id);
            let live = !entry.obsolete && keys.0.contains(&key);
            let known = Known { page: Arc::clone(page), entry: entry.clone() };
            let place = if live { &mut self.live } else { &mut self.lost };
            place.entry(key).or_default().push(known);
        }
    }

    /// A translation of a text that has left another page, and stands nowhere any more.
    pub(super) fn moved(&self, key: Key, page: &str) -> Option<&Known> {
        if self.live.contains_key(&key) {
            return None;
        }
        let known = self.lost.get(&key)?;
        let mut others = known.iter().filter(|it| &*it.page != page);
        let rank = |it: &&Known| match status::state(&it.entry) {
            State::Reviewed => 0,
            State::Translated => 1,
            State::Source | State::Stale | State::Draft | State::Missing => 2,
        };
        let first = others.next()?;
        Some(std::iter::once(first).chain(others).min_by_key(rank).unwrap_or(first))
    }

    /// The translation that most of the other pages have of this text.
    pub(super) fn elsewhere(&self, key: Key, page: &str) -> Option<&Known> {
        let ways = self.ways.get_or_init(|| self.count()).get(&key)?;
        let known = self.all(key);
        let at = |number: usize| match number.checked_sub(known[0].len()) {
            None => &known[0][number],
            Some(number) => &known[1][number],
        };
        let own = ways.of_page.get(page).map_or(&[][..], Vec::as_slice);
        // Ways that the page has no part in are in order: the first stands for them all.
        let first = (0..ways.all.len()).find(|it| !own.contains(it));
        let votes = |way: usize| {
            let others =
                ways.all[way].len() - own.iter().filter(|it| **it == way).count();
            let first = ways.all[way].iter().find(|it| &*at(**it).page != page)?;
            Some((others, Reverse(*first)))
        };
        // The first of the most frequent, so that the order of pages decides and not chance.
        let best = own.iter().copied().chain(first).filter_map(votes).max()?;
        Some(at(best.1.0))
    }

    /// The translations of a text: those that are still where they were, and the others.
    fn all(&self, key: Key) -> [&[Known]; 2] {
        [&self.live, &self.lost].map(|it| it.get(&key).map_or(&[][..], Vec::as_slice))
    }

    /// How each text is translated where its translation is finished.
    fn count(&self) -> HashMap<Key, Ways> {
        let keys = self.live.keys().chain(self.lost.keys());
        keys.map(|key| (*key, self.ways_of(*key))).collect()
    }

    fn ways_of(&self, key: Key) -> Ways {
        let finished = |it: &Known| {
            matches!(status::state(&it.entry), State::Reviewed | State::Translated)
        };
        let known: Vec<(usize, &Known)> = self
            .all(key)
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|it| finished(it.1))
            .collect();
        let mut by_words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, it) in &known {
            by_words.entry(it.entry.translation()).or_default().push(*number);
        }
        let mut all: Vec<Vec<usize>> = by_words.into_values().collect();
        all.sort_by_key(|it| (Reverse(it.len()), it[0]));
        let way_of: HashMap<usize, usize> = (all.iter().enumerate())
            .flat_map(|(way, numbers)| numbers.iter().map(move |number| (*number, way)))
            .collect();
        let mut of_page: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        for (number, it) in &known {
            of_page.entry(Arc::clone(&it.page)).or_default().push(way_of[number]);
        }
        Ways { all, of_page }
    }

    /// The finished translations of texts that have left another page and stand nowhere.
    pub(super) fn lost(&self, page: &str) -> Vec<&Known> {
        let finished = |it: &&Known| {
            matches!(status::state(&it.entry), State::Reviewed | State::Translated)
        };
        let mut keys: Vec<&Key> = self.lost.keys().collect();
        keys.sort_unstable();
        let lost = keys.into_iter().filter(|key| !self.live.contains_key(key));
        lost.flat_map(|key| self.lost[key].iter().find(finished))
            .filter(|it| &*it.page != page)
            .collect()
    }

    /// Texts that two pages translate in two ways; each is told once, of the page that
    /// comes last.
    pub fn disagreements(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut keys: Vec<&Key> = self.live.keys().collect();
        keys.sort_unstable();
        for key in keys {
            let finished = self.live[key].iter().filter(|it| {
                matches!(status::state(&it.entry), State::Reviewed | State::Translated)
            });
            let mut ways: BTreeMap<&str, BTreeSet<&Arc<str>>> = BTreeMap::new();
            for known in finished {
                ways.entry(known.entry.translation()).or_default().insert(&known.page);
            }
            let mut ways: Vec<_> = ways.into_iter().collect();
            ways.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
            if let [(most, pages), (other, others), ..] = ways.as_slice() {
                let entry = &self.live[key][0].entry;
                let page = others.first().map(ToString::to_string).unwrap_or_default();
                let first = pages.first().map(ToString::to_string).unwrap_or_default();
                let warning = Diagnostic::warning("translation-two-ways");
                let warning = warning.with("source", excerpt(&entry.id));
                let warning = warning.with("one", excerpt(most)).with("in", first);
                let warning = warning.with("other", excerpt(other));
                diagnostics.push(warning.in_file(&Arc::from(page.as_str())));
            }
        }
        diagnostics
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What pages translate a text by, each word being a page's; those that are lost have
    /// left their pages.
    fn memory(words: &[(u8, bool)]) -> (Memory, Key) {
        let key = Key::within(None, "mot");
        let mut memory = Memory::default();
        for (number, (word, lost)) in words.iter().enumerate() {
            let words = if *word == 0 { String::new() } else { format!("word {word}") };
            let text = format!(
                "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\nmsgid \"mot\"\nmsgstr \"{words}\"\n"
            );
            let catalogue = Catalogue::open(&text).value.expect("a catalogue");
            let keys = if *lost { Keys::default() } else { Keys(HashSet::from([key])) };
            memory.add(&Arc::from(format!("{}", number / 2)), &keys, &catalogue);
        }
        (memory, key)
    }

    proptest! {
        #[test]
        fn the_first_of_the_most_frequent_translations_elsewhere_is_found(
            words in prop::collection::vec((0u8..4, any::<bool>()), 0..12), page in 0usize..6,
        ) {
            let (memory, key) = memory(&words);
            let of = |lost: bool| words.iter().enumerate().filter(move |it| it.1.1 == lost);
            let others: Vec<(usize, u8)> = of(false)
                .chain(of(true))
                .filter(|it| it.0 / 2 != page && it.1.0 != 0)
                .map(|it| (it.0 / 2, it.1.0))
                .collect();
            let votes = |word: u8| others.iter().filter(|it| it.1 == word).count();
            let expected = others.iter().rev().max_by_key(|it| votes(it.1));
            let found = memory.elsewhere(key, &page.to_string());
            let found = found.map(|it| (it.page.to_string(), it.entry.translation().to_owned()));
            let expected =
                expected.map(|(page, word)| (page.to_string(), format!("word {word}")));
            prop_assert_eq!(found, expected);
        }
    }
}
