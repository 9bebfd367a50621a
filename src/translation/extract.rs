//! The catalogue of a page, made or brought up to date.
//!
//! Every unit of the page gets an entry, in reading order; the same text twice is one
//! entry. What translators have done is kept:
//!
//! - a unit whose fingerprint is in the old catalogue keeps its translation, its flags
//!   and its comments, and so does one that comes back after it was obsolete;
//! - a unit that stands where an old one stood, between the same neighbours and with
//!   words in common, is that unit, changed: it gets the old translation as `fuzzy`,
//!   with the text that was translated as `#|`;
//! - what is left of the old catalogue is kept as obsolete, at the end.
//!
//! To extract twice is to extract once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    Catalogue, catalogue,
    po::{Entry, File},
    status::{self, DRAFT, FUZZY, REVIEWED},
    unit::{self, Key},
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{Document, Language, Role, State, Text, walk},
    source::line,
};

/// How alike two texts must be to be taken for one that was changed, when nothing else
/// stands between their neighbours …
const ALIKE_ALONE: f64 = 0.3;
/// … and when there is a choice.
const ALIKE_AMONG_OTHERS: f64 = 0.6;
/// Of a part of a page with more changes than this (each new text with each old one),
/// nothing is guessed: the old translations become obsolete.
const MOST_COMPARED: usize = 1_000_000;

/// What a catalogue says of its page.
#[derive(Clone, Debug)]
pub struct Context {
    /// The language to translate into.
    pub language: Language,
    /// The language that the page is written in.
    pub source_language: Language,
    /// The page's file, relative to the workspace, with `/`.
    pub file: Arc<str>,
    /// The page's public address.
    pub address: String,
    /// The publication's name.
    pub project: String,
}

/// Makes the catalogue of a page, with what the old one has: to be written, and read back
/// before pages are shown with it.
pub fn extract(
    document: &Document,
    context: &Context,
    old: Option<&Catalogue>,
) -> Checked<Catalogue> {
    if let Some(old) = old.filter(|it| it.is_damaged()) {
        let error = Diagnostic::error("catalogue-not-updated");
        return Checked { value: old.clone(), diagnostics: vec![error] };
    }
    let mut fresh = units(document, context);
    let header = catalogue::header(context, old.and_then(Catalogue::header_entry));
    let mut file = File { entries: vec![header], tail: Vec::new() };
    let obsolete = match old {
        Some(old) => {
            file.tail.clone_from(&old.file.tail);
            merge(&mut fresh, old)
        }
        None => Vec::new(),
    };
    file.entries.extend(fresh.into_iter().map(|it| it.entry));
    file.entries.extend(obsolete);
    Checked::fine(Catalogue::of(file))
}

/// A unit of the page and its entry.
struct Unit {
    key: Key,
    entry: Entry,
    /// The number of the old entry that became this one.
    old: Option<usize>,
}

/// The units of a page in reading order, each text once.
fn units(document: &Document, context: &Context) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    walk::texts(document, &mut |role, text| {
        if !unit::is_unit(text) {
            return;
        }
        let id = line::write(&text.inlines);
        let key = Key::of(&id);
        let place = *places.entry(key).or_insert_with(|| {
            units.push(Unit { key, entry: Entry { id, ..Entry::default() }, old: None });
            units.len() - 1
        });
        describe(&mut units[place].entry, &role, text, context);
    });
    for unit in &mut units {
        unit.entry.extracted.push(context.address.clone());
        unit.entry.translations.push(String::new());
    }
    units
}

/// Says in an entry what a text is and where it stands.
fn describe(entry: &mut Entry, role: &Role, text: &Text, context: &Context) {
    let role = unit::describe(role);
    if !entry.extracted.contains(&role) {
        entry.extracted.push(role);
    }
    let file = &context.file;
    entry.references.push(match text.place {
        Place { line: 0, .. } => file.to_string(),
        Place { line, .. } => format!("{file}:{line}"),
    });
}

/// Gives the fresh units what the old catalogue has; returns what is left of it.
fn merge(fresh: &mut [Unit], old: &Catalogue) -> Vec<Entry> {
    let entries = &old.file.entries;
    let mut left: HashSet<usize> =
        (0..entries.len()).filter(|it| !entries[*it].is_header()).collect();
    keep(fresh, old, &mut left);
    renew(fresh, entries, &mut left);
    let left = (0..entries.len()).filter(|it| left.contains(it)).map(|it| &entries[it]);
    let worth = |it: &&Entry| !it.translation().is_empty() || !it.comments.is_empty();
    left.filter(worth).map(retire).collect()
}

/// The units whose text is in the old catalogue: among its entries, else among those
/// that were obsolete.
fn keep(fresh: &mut [Unit], old: &Catalogue, left: &mut HashSet<usize>) {
    let entries = &old.file.entries;
    let mut retired: HashMap<Key, usize> = HashMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|it| it.1.obsolete) {
        retired.insert(Key::of(&entry.id), number);
    }
    for unit in fresh {
        let active = old.number_of(unit.key);
        let Some(number) = active.or_else(|| retired.get(&unit.key).copied()) else {
            continue;
        };
        if !left.remove(&number) {
            continue;
        }
        take(&mut unit.entry, &entries[number]);
        unit.old = active;
        settle(&mut unit.entry);
    }
}

/// Moves the translators' part of an old entry into a fresh one.
fn take(fresh: &mut Entry, old: &Entry) {
    fresh.comments.clone_from(&old.comments);
    fresh.flags.clone_from(&old.flags);
    fresh.previous.clone_from(&old.previous);
    fresh.context.clone_from(&old.context);
    fresh.plural.clone_from(&old.plural);
    fresh.translations.clone_from(&old.translations);
}

/// A translation whose former text is the text of its unit again is current again.
fn settle(entry: &mut Entry) {
    let Some(previous) = &entry.previous.id else { return };
    if status::state(entry) == State::Stale && Key::of(previous) == Key::of(&entry.id) {
        entry.flags.retain(|it| it != FUZZY);
        entry.previous = Default::default();
    }
}

/// The units that changed in place.
fn renew(fresh: &mut [Unit], entries: &[Entry], left: &mut HashSet<usize>) {
    let mut start = 0;
    while start < fresh.len() {
        if fresh[start].old.is_some() || has_work(&fresh[start].entry) {
            start += 1;
            continue;
        }
        let unknown = |it: &Unit| it.old.is_none() && !has_work(&it.entry);
        let end = start + fresh[start..].iter().take_while(|it| unknown(it)).count();
        let before = fresh[..start].iter().rev().find_map(|it| it.old);
        let after = fresh[end..].iter().find_map(|it| it.old);
        let from = before.map_or(0, |it| it + 1);
        let to = after.unwrap_or(entries.len());
        let candidates: Vec<usize> = (from..to.max(from))
            .filter(|it| left.contains(it) && !entries[*it].obsolete)
            .filter(|it| !entries[*it].translation().is_empty())
            .collect();
        for (unit, number) in pairs(&fresh[start..end], entries, &candidates) {
            change(&mut fresh[start + unit].entry, &entries[number]);
            fresh[start + unit].old = Some(number);
            left.remove(&number);
        }
        start = end;
    }
}

fn has_work(entry: &Entry) -> bool {
    !entry.translation().is_empty() || !entry.comments.is_empty()
}

/// Which of the units are which of the old entries, the most alike first.
fn pairs(fresh: &[Unit], entries: &[Entry], old: &[usize]) -> Vec<(usize, usize)> {
    if fresh.len().saturating_mul(old.len()) > MOST_COMPARED {
        return Vec::new();
    }
    let alone = fresh.len() == 1 && old.len() == 1;
    let least = if alone { ALIKE_ALONE } else { ALIKE_AMONG_OTHERS };
    let old_words: Vec<_> = old.iter().map(|it| words(&entries[*it].id)).collect();
    let mut all = Vec::new();
    for (unit, it) in fresh.iter().enumerate() {
        let unit_words = words(&it.entry.id);
        for (number, other) in old.iter().zip(&old_words) {
            let alike = alike(&unit_words, other);
            if alike >= least {
                all.push((alike, unit, *number));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (HashSet::new(), HashSet::new());
    all.retain(|(_, unit, number)| {
        let free = !taken.contains(unit) && !used.contains(number);
        free && taken.insert(*unit) && used.insert(*number)
    });
    all.into_iter().map(|(_, unit, number)| (unit, number)).collect()
}

/// The words of a text, in alphabetical order.
fn words(text: &str) -> Vec<String> {
    let text = unit::normalise(text).to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric());
    let mut words: Vec<_> =
        words.filter(|it| !it.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Which part of their words two texts share, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a text has less than 2^52 words")]
fn alike(these: &[String], those: &[String]) -> f64 {
    let (mut at, mut other, mut shared) = (0, 0, 0_usize);
    while at < these.len() && other < those.len() {
        match these[at].cmp(&those[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                (at, other, shared) = (at + 1, other + 1, shared + 1);
            }
        }
    }
    let all = these.len() + those.len();
    if all == 0 { 0.0 } else { (2 * shared) as f64 / all as f64 }
}

/// Gives a changed unit the translation of what it was.
fn change(fresh: &mut Entry, old: &Entry) {
    let state = status::state(old);
    take(fresh, old);
    fresh.flags.retain(|it| it != FUZZY && it != REVIEWED && it != DRAFT);
    fresh.flags.insert(0, FUZZY.to_owned());
    if state == State::Draft {
        fresh.flags.push(DRAFT.to_owned());
    }
    // A translation that was stale already was made from an older text still.
    if state != State::Stale {
        fresh.previous.id = Some(old.id.clone());
    }
    settle(fresh);
}

/// An entry whose text has left the page.
fn retire(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    entry.obsolete = true;
    entry.extracted.clear();
    entry.references.clear();
    entry
}
