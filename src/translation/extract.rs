//! The catalogue of a page, made or brought up to date.
//!
//! Every unit of the page gets an entry, in reading order; the same text twice is one
//! entry. What translators have done is kept, and asked for again only where the words
//! of the source have changed. For each unit, in this order:
//!
//! - its text is in the old catalogue, or was there and is obsolete: it keeps all;
//! - its text was translated in another page and has left it: it takes all with it;
//! - its words are those of an old entry, in another typography, with other marks or
//!   other addresses: the translation is carried over, brought into line and flagged
//!   `carried`;
//! - its words are those of several old entries in a row: their translations, joined;
//! - its words and those of its neighbours are those of one old entry: each gets its part
//!   of the translation, where sentences tell, as `fuzzy`;
//! - it stands where an old one stood, or elsewhere in the page or the publication, with
//!   most of its words: it gets the old translation as `fuzzy`, with the text that was
//!   translated as `#|`;
//! - its text is translated in another page: that is proposed, as a draft.
//!
//! What is left of the old catalogue is kept as obsolete, at the end. To merge twice is to
//! merge once.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use rapidfuzz::fuzz::RatioBatchComparator;

use super::{
    Catalogue, Memory, catalogue,
    change::{self, Change},
    po::{Entry, File, Style},
    status::{self, CARRIED, DRAFT, FUZZY, REVIEWED},
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
/// … when there is a choice …
const ALIKE_AMONG_OTHERS: f64 = 0.6;
/// … and when they stand in different places.
const ALIKE_ANYWHERE: f64 = 0.75;
/// Letters in common say less than words in common: any two sentences share half of them.
const LETTERS_ALONE: f64 = 0.7;
/// Of a part of a page with more changes than this (each new text with each old one),
/// nothing is guessed: the old translations become obsolete.
const MOST_COMPARED: usize = 1_000_000;
/// How much is compared for one page, in steps: two texts take one for each letter of the one
/// and 64 letters of the other. With more changes than that, nothing more is guessed.
const EFFORT: usize = 1_000_000_000;
/// How many paragraphs are joined into one, or made of one, at most.
const MOST_PARTS: usize = 6;

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

/// What became of the units of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Their text was there, in this typography or another.
    pub kept: usize,
    /// Of these, how many had another typography.
    pub typographic: usize,
    /// How many have other addresses in the same words.
    pub link: usize,
    /// How many have other marks around the same words.
    pub markup: usize,
    /// How many changed in their words.
    pub wording: usize,
    /// How many stand in another place, in this page or another.
    pub moved: usize,
    /// How many are made of several old ones.
    pub joined: usize,
    /// How many are a part of an old one.
    pub split: usize,
    /// How many were obsolete and are back.
    pub back: usize,
    /// How many are proposed from another page.
    pub proposed: usize,
    /// How many are new.
    pub new: usize,
    /// How many old texts are no longer in the page.
    pub gone: usize,
}

impl News {
    /// Adds what became of other units.
    pub fn add(&mut self, other: &News) {
        for ((_, sum), (_, more)) in self.counts_mut().into_iter().zip(other.counts()) {
            *sum += more;
        }
    }

    /// The counts by their names in machine output.
    pub fn counts(&self) -> [(&'static str, usize); 12] {
        let mut copy = *self;
        copy.counts_mut().map(|(name, count)| (name, *count))
    }

    fn counts_mut(&mut self) -> [(&'static str, &mut usize); 12] {
        [
            ("kept", &mut self.kept),
            ("typographic", &mut self.typographic),
            ("link-only", &mut self.link),
            ("markup-only", &mut self.markup),
            ("wording", &mut self.wording),
            ("moved", &mut self.moved),
            ("joined", &mut self.joined),
            ("split", &mut self.split),
            ("back", &mut self.back),
            ("proposed", &mut self.proposed),
            ("new", &mut self.new),
            ("gone", &mut self.gone),
        ]
    }
}

/// A catalogue brought up to date, and what that was.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The catalogue: to be written, and read back before pages are shown with it.
    pub catalogue: Catalogue,
    /// What became of its units.
    pub news: News,
}

/// Makes the catalogue of a page, with what the old one has.
pub fn extract(
    document: &Document,
    context: &Context,
    old: Option<&Catalogue>,
) -> Checked<Catalogue> {
    let Checked { value, diagnostics } =
        merge(document, context, old, &Memory::default());
    Checked { value: value.catalogue, diagnostics }
}

/// Makes the catalogue of a page, with what the old one has and what the other pages of
/// the publication know.
pub fn merge(
    document: &Document,
    context: &Context,
    old: Option<&Catalogue>,
    memory: &Memory,
) -> Checked<Merged> {
    if let Some(old) = old.filter(|it| it.is_damaged()) {
        let error = Diagnostic::error("catalogue-not-updated");
        let value = Merged { catalogue: old.clone(), news: News::default() };
        return Checked { value, diagnostics: vec![error] };
    }
    let header = catalogue::header(context, old.and_then(Catalogue::header_entry));
    let mut file =
        File { entries: vec![header], tail: Vec::new(), style: Style::default() };
    let mut merge = Merge::new(units(document, context), context, old, memory);
    merge.run();
    if let Some(old) = old {
        file.tail.clone_from(&old.file.tail);
        file.style = old.file.style;
    }
    let obsolete = merge.retired();
    let mut news = merge.news();
    news.gone = obsolete.iter().filter(|it| !it.1).count();
    file.entries.extend(merge.fresh.into_iter().map(|it| it.entry));
    file.entries.extend(obsolete.into_iter().map(|it| it.0));
    Checked::fine(Merged { catalogue: Catalogue::of(file), news })
}

/// A unit of the page and its entry.
struct Unit {
    key: Key,
    entry: Entry,
    /// The number of the old entry that became this one.
    old: Option<usize>,
    /// What became of it.
    fate: Fate,
}

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    New,
    Kept,
    Back,
    Moved,
    Carried(Change),
    Joined,
    Split,
    Changed,
    Proposed,
}

/// The units of a page in reading order, each text once.
fn units(document: &Document, context: &Context) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    walk::texts(document, &mut |role, text| {
        if !unit::is_unit(text) {
            return;
        }
        let id = unit::canonical(text).into_owned();
        let key = Key::within(text.context.as_deref(), &id);
        let place = *places.entry(key).or_insert_with(|| {
            let entry = Entry { id, context: text.context.clone(), ..Entry::default() };
            units.push(Unit { key, entry, old: None, fate: Fate::New });
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

/// A catalogue that is being brought up to date.
struct Merge<'a> {
    fresh: Vec<Unit>,
    context: &'a Context,
    memory: &'a Memory,
    old: Option<&'a Catalogue>,
    entries: &'a [Entry],
    /// The numbers of the old entries that no unit has taken.
    left: HashSet<usize>,
    /// The words of old entries, as far as they were asked for.
    words: HashMap<usize, String>,
    /// How much may still be compared.
    effort: usize,
}

impl<'a> Merge<'a> {
    fn new(
        fresh: Vec<Unit>,
        context: &'a Context,
        old: Option<&'a Catalogue>,
        memory: &'a Memory,
    ) -> Self {
        let entries = old.map_or(&[][..], |it| &it.file.entries);
        let left = (0..entries.len()).filter(|it| !entries[*it].is_header()).collect();
        let words = HashMap::new();
        Self { fresh, context, memory, old, entries, left, words, effort: EFFORT }
    }

    fn run(&mut self) {
        self.keep();
        self.fetch();
        if self.left.iter().any(|it| !self.entries[*it].translation().is_empty()) {
            self.carry();
            self.join();
            self.split();
            self.renew();
            self.renew_anywhere();
        }
        self.recall();
        self.propose();
    }

    /// The units for which nothing was found yet.
    fn open(&self) -> Vec<usize> {
        (0..self.fresh.len()).filter(|it| is_open(&self.fresh[*it])).collect()
    }

    /// The old entries with a translation that no unit has taken: those that were in the
    /// page before those that were obsolete already.
    fn remains(&self) -> Vec<usize> {
        let worth = |it: &usize| {
            self.left.contains(it) && !self.entries[*it].translation().is_empty()
        };
        let mut all: Vec<usize> = (0..self.entries.len()).filter(worth).collect();
        all.sort_by_key(|it| self.entries[*it].obsolete);
        all
    }

    /// The units whose text is in the old catalogue: among its entries, else among those
    /// that were obsolete.
    fn keep(&mut self) {
        let Some(old) = self.old else { return };
        let mut retired: HashMap<Key, usize> = HashMap::new();
        for (number, entry) in self.entries.iter().enumerate().filter(|it| it.1.obsolete)
        {
            retired.insert(Key::within(entry.context.as_deref(), &entry.id), number);
        }
        for unit in &mut self.fresh {
            let active = old.number_of(unit.key);
            let Some(number) = active.or_else(|| retired.get(&unit.key).copied()) else {
                continue;
            };
            if !self.left.remove(&number) {
                continue;
            }
            let before = &self.entries[number];
            take(&mut unit.entry, before);
            unit.old = active;
            let changed = before.id != unit.entry.id;
            unit.fate = match active {
                Some(_) if changed => Fate::Carried(Change::Typographic),
                Some(_) => Fate::Kept,
                None => Fate::Back,
            };
            if changed {
                mark(&mut unit.entry, before);
            }
            settle(&mut unit.entry);
        }
    }

    /// The units that have come from another page.
    fn fetch(&mut self) {
        for unit in self.fresh.iter_mut().filter(|it| is_open(it)) {
            if let Some(known) = self.memory.moved(unit.key, &self.context.file) {
                take(&mut unit.entry, &known.entry);
                unit.fate = Fate::Moved;
                settle(&mut unit.entry);
            }
        }
    }

    /// The units that have the words of an old entry.
    fn carry(&mut self) {
        let open = self.open();
        if open.is_empty() {
            return;
        }
        let mut by_words: HashMap<(Option<String>, String), VecDeque<usize>> =
            HashMap::new();
        for number in self.remains() {
            let entry = &self.entries[number];
            let words = self.words_of(number);
            by_words.entry((entry.context.clone(), words)).or_default().push_back(number);
        }
        for at in open {
            let unit = &self.fresh[at];
            let words = change::words(&unit.entry.id);
            let key = (unit.entry.context.clone(), words.clone());
            let numbers = match by_words.get_mut(&key).filter(|it| !it.is_empty()) {
                Some(numbers) => Some(numbers),
                None if unit.entry.context.is_some() => by_words.get_mut(&(None, words)),
                None => None,
            };
            let Some(number) = numbers.and_then(VecDeque::pop_front) else { continue };
            self.left.remove(&number);
            let before = &self.entries[number];
            let unit = &mut self.fresh[at];
            unit.old = (!before.obsolete).then_some(number);
            let carried =
                change::carry(base(before), &unit.entry.id, before.translation());
            match carried.filter(|_| before.context == unit.entry.context) {
                Some(text) => {
                    let change = Change::between(base(before), &unit.entry.id);
                    bring(&mut unit.entry, before, text, change);
                    unit.fate = Fate::Carried(change);
                }
                None => {
                    renewed(&mut unit.entry, before);
                    unit.fate = Fate::Changed;
                }
            }
        }
    }

    fn words_of(&mut self, number: usize) -> String {
        let entry = &self.entries[number];
        self.words.entry(number).or_insert_with(|| change::words(base(entry))).clone()
    }

    /// The units that are made of several old entries in a row.
    fn join(&mut self) {
        let open = self.open();
        if open.is_empty() {
            return;
        }
        let remains: Vec<usize> =
            self.remains().into_iter().filter(|it| !self.entries[*it].obsolete).collect();
        let texts = remains.iter().map(|it| self.words_of(*it)).collect();
        let rows = Rows::of(texts);
        for at in open {
            let words = change::words(&self.fresh[at].entry.id);
            let Some((first, count)) = rows.saying(&words).next() else { continue };
            let row = &remains[first..first + count];
            let parts: Vec<&Entry> = row.iter().map(|it| &self.entries[*it]).collect();
            let unit = &mut self.fresh[at];
            unit.old = Some(remains[first]);
            unit.fate = Fate::Joined;
            joined(&mut unit.entry, &parts);
        }
    }

    /// The units that are parts of one old entry.
    fn split(&mut self) {
        let open = self.open();
        if open.is_empty() {
            return;
        }
        let texts =
            open.iter().map(|it| change::words(&self.fresh[*it].entry.id)).collect();
        let rows = Rows::of(texts);
        for number in self.remains() {
            if self.entries[number].obsolete {
                continue;
            }
            let words = self.words_of(number);
            let free = |it: &(usize, usize)| is_open(&self.fresh[open[it.0]]);
            let Some((first, count)) = rows.saying(&words).find(free) else { continue };
            let row = &open[first..first + count];
            let ids: Vec<&str> =
                row.iter().map(|it| self.fresh[*it].entry.id.as_str()).collect();
            let parts = parts(&ids, self.entries[number].translation());
            for (at, part) in row.iter().zip(parts) {
                let unit = &mut self.fresh[*at];
                renewed(&mut unit.entry, &self.entries[number]);
                unit.entry.translations = vec![part];
                unit.entry.lines = Default::default();
                unit.old = Some(number);
                unit.fate = Fate::Split;
            }
        }
    }

    /// The units that changed in place.
    fn renew(&mut self) {
        // The old entry of the next unit that has one.
        let mut after = vec![None; self.fresh.len() + 1];
        for (at, unit) in self.fresh.iter().enumerate().rev() {
            after[at] = unit.old.or(after[at + 1]);
        }
        let mut before = None;
        let mut start = 0;
        while start < self.fresh.len() {
            if !is_unplaced(&self.fresh[start]) {
                before = self.fresh[start].old.or(before);
                start += 1;
                continue;
            }
            let run = self.fresh[start..].iter().take_while(|it| is_unplaced(it)).count();
            let end = start + run;
            let from = before.map_or(0, |it| it + 1);
            let to = after[end].unwrap_or(self.entries.len());
            let candidates = self.candidates(from..to.max(from));
            let alone = run == 1 && candidates.len() == 1;
            let least = if alone { ALIKE_ALONE } else { ALIKE_AMONG_OTHERS };
            let units: Vec<usize> = (start..end).collect();
            self.pair(&units, &candidates, least);
            before = self.fresh[start..end].iter().rev().find_map(|it| it.old).or(before);
            start = end;
        }
    }

    /// The old entries in a part of the page with a translation that no unit has taken, as
    /// long as looking for them is worth the time.
    fn candidates(&mut self, part: std::ops::Range<usize>) -> Vec<usize> {
        let Some(left) = self.effort.checked_sub(part.len()) else { return Vec::new() };
        self.effort = left;
        let worth = |it: &usize| {
            self.left.contains(it)
                && !self.entries[*it].obsolete
                && !self.entries[*it].translation().is_empty()
        };
        part.filter(worth).collect()
    }

    /// The units that moved and changed.
    fn renew_anywhere(&mut self) {
        let (open, remains) = (self.open(), self.remains());
        self.pair(&open, &remains, ALIKE_ANYWHERE);
    }

    fn pair(&mut self, units: &[usize], old: &[usize], least: f64) {
        let texts: Vec<&str> =
            units.iter().map(|it| self.fresh[*it].entry.id.as_str()).collect();
        let others: Vec<&str> =
            old.iter().map(|it| self.entries[*it].id.as_str()).collect();
        for (unit, number) in pairs(&texts, &others, least, &mut self.effort) {
            let (unit, number) = (&mut self.fresh[units[unit]], old[number]);
            renewed(&mut unit.entry, &self.entries[number]);
            unit.old = (!self.entries[number].obsolete).then_some(number);
            unit.fate = Fate::Changed;
            self.left.remove(&number);
        }
    }

    /// The units that have most of the words of a text that left another page.
    fn recall(&mut self) {
        let open = self.open();
        let lost = if open.is_empty() {
            Vec::new()
        } else {
            self.memory.lost(&self.context.file)
        };
        let texts: Vec<&str> =
            open.iter().map(|it| self.fresh[*it].entry.id.as_str()).collect();
        let others: Vec<&str> = lost.iter().map(|it| it.entry.id.as_str()).collect();
        for (unit, number) in pairs(&texts, &others, ALIKE_ANYWHERE, &mut self.effort) {
            let unit = &mut self.fresh[open[unit]];
            renewed(&mut unit.entry, &lost[number].entry);
            unit.fate = Fate::Changed;
        }
    }

    /// The units whose text other pages translate.
    fn propose(&mut self) {
        for unit in &mut self.fresh {
            let found = self.memory.elsewhere(unit.key, &self.context.file);
            let Some(known) = found else { continue };
            let entry = &mut unit.entry;
            if entry.translation().is_empty() {
                entry.translations = vec![known.entry.translation().to_owned()];
                entry.flags.retain(|it| it != FUZZY && it != DRAFT && it != REVIEWED);
                entry.flags.splice(0..0, [FUZZY.to_owned(), DRAFT.to_owned()]);
                unit.fate = Fate::Proposed;
            }
            let proposed = status::state(entry) == State::Draft
                && entry.translation() == known.entry.translation();
            if proposed {
                entry.extracted.push(format!("proposed from {}", known.page));
            }
        }
    }

    /// What is left of the old catalogue, and whether it was obsolete before.
    fn retired(&self) -> Vec<(Entry, bool)> {
        let left = (0..self.entries.len()).filter(|it| self.left.contains(it));
        let left = left.map(|it| &self.entries[it]);
        let worth = |it: &&Entry| {
            let proposal = status::state(it) == State::Draft && !it.obsolete;
            !it.translation().is_empty() && !proposal || !it.comments.is_empty()
        };
        left.filter(worth).map(|it| (retire(it), it.obsolete)).collect()
    }

    fn news(&self) -> News {
        let mut news = News::default();
        let mut furthest = 0;
        for unit in &self.fresh {
            let behind = unit.old.is_some_and(|it| it < furthest);
            furthest = furthest.max(unit.old.unwrap_or_default());
            let count = match unit.fate {
                Fate::Kept | Fate::Carried(_) if behind => {
                    news.kept += 1;
                    &mut news.moved
                }
                Fate::New => &mut news.new,
                Fate::Kept | Fate::Carried(Change::None) => &mut news.kept,
                Fate::Carried(Change::Typographic) => {
                    news.kept += 1;
                    &mut news.typographic
                }
                Fate::Carried(Change::Link) => &mut news.link,
                Fate::Carried(Change::Markup) => &mut news.markup,
                Fate::Carried(Change::Wording) | Fate::Changed => &mut news.wording,
                Fate::Back => &mut news.back,
                Fate::Moved => &mut news.moved,
                Fate::Joined => &mut news.joined,
                Fate::Split => &mut news.split,
                Fate::Proposed => &mut news.proposed,
            };
            *count += 1;
        }
        news
    }
}

/// Whether nothing was found for a unit yet, and no translator has said anything of it.
fn is_open(unit: &Unit) -> bool {
    unit.fate == Fate::New
        || unit.entry.translation().is_empty()
            && matches!(unit.fate, Fate::Kept | Fate::Carried(_) | Fate::Back)
}

/// The same, in a place that is not known either.
fn is_unplaced(unit: &Unit) -> bool {
    unit.fate == Fate::New
}

/// Moves the translators' part of an old entry into a fresh one.
fn take(fresh: &mut Entry, old: &Entry) {
    (fresh.place, fresh.translation_place) = (old.place, old.translation_place);
    fresh.comments.clone_from(&old.comments);
    fresh.flags.clone_from(&old.flags);
    fresh.previous.clone_from(&old.previous);
    fresh.plural.clone_from(&old.plural);
    fresh.translations.clone_from(&old.translations);
    fresh.lines.clone_from(&old.lines);
    // A context that another tool gave tells its entries apart: it stays.
    if fresh.context.is_none() {
        fresh.context.clone_from(&old.context);
    }
}

/// What the translation of an entry was made from.
fn base(entry: &Entry) -> &str {
    match (&entry.previous.id, status::state(entry)) {
        (Some(previous), State::Stale) => previous,
        _ => &entry.id,
    }
}

/// Says that a translation was carried over, and from what. A proposal is looked at
/// anyway.
fn mark(entry: &mut Entry, old: &Entry) {
    let state = status::state(entry);
    if !matches!(state, State::Translated | State::Reviewed) {
        return;
    }
    if !entry.has(CARRIED) {
        entry.flags.push(CARRIED.to_owned());
    }
    entry.previous.id.get_or_insert_with(|| old.id.clone());
}

/// Gives a unit a translation that was brought into line with it.
fn bring(fresh: &mut Entry, old: &Entry, text: String, change: Change) {
    let was_stale = status::state(old) == State::Stale;
    take(fresh, old);
    if was_stale {
        fresh.flags.retain(|it| it != FUZZY);
    }
    if !old.has(CARRIED) {
        fresh.previous = Default::default();
    }
    if change > Change::Typographic {
        fresh.flags.retain(|it| it != REVIEWED);
    }
    if text != old.translation() {
        fresh.translations = vec![text];
    }
    let from = Entry { id: base(old).to_owned(), ..Entry::default() };
    mark(fresh, &from);
    settle(fresh);
}

/// Gives a unit the translations of the entries that it is made of.
fn joined(fresh: &mut Entry, parts: &[&Entry]) {
    let states: Vec<State> = parts.iter().map(|it| status::state(it)).collect();
    let finished =
        states.iter().all(|it| matches!(it, State::Translated | State::Reviewed));
    let join = |texts: Vec<&str>, with: &str| texts.join(with);
    let text = join(parts.iter().map(|it| it.translation()).collect(), " ");
    let fits = super::check::read(&fresh.id, &line::read(&fresh.id), &text).is_ok();
    fresh.comments = parts.iter().flat_map(|it| it.comments.clone()).collect();
    fresh.translations = vec![text];
    fresh.previous.id = Some(join(parts.iter().map(|it| base(it)).collect(), "\n\n"));
    let flag = if finished && fits { CARRIED } else { FUZZY };
    fresh.flags = vec![flag.to_owned()];
    if states.contains(&State::Draft) {
        fresh.flags.push(DRAFT.to_owned());
    }
}

/// The parts of a translation that belong to the parts of its source, where their
/// sentences tell; else all of it for each.
fn parts(ids: &[&str], translation: &str) -> Vec<String> {
    let counts: Vec<usize> = ids.iter().map(|it| sentences(it).len()).collect();
    let sentences = sentences(translation);
    if counts.iter().sum::<usize>() != sentences.len() {
        return ids.iter().map(|_| translation.to_owned()).collect();
    }
    let mut rest = sentences.as_slice();
    let mut parts = Vec::new();
    for count in counts {
        let (these, others) = rest.split_at(count);
        parts.push(these.concat().trim().to_owned());
        rest = others;
    }
    parts
}

/// A text, cut after the signs that end sentences.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, sign) in text.char_indices() {
        if ended && sign.is_whitespace() {
            let next = at + sign.len_utf8();
            sentences.push(&text[start..next]);
            start = next;
        }
        ended = matches!(sign, '.' | '!' | '?' | '…' | '。');
    }
    if !text[start..].trim().is_empty() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// A translation whose former text is the text of its unit again is current again, and
/// needs no mark.
fn settle(entry: &mut Entry) {
    let Some(previous) = &entry.previous.id else {
        // A tool has dropped the former source: somebody has seen the translation.
        entry.flags.retain(|it| it != CARRIED);
        return;
    };
    let same_context =
        entry.previous.context.is_none() || entry.previous.context == entry.context;
    if !same_context {
        return;
    }
    if entry.has(CARRIED) && *previous == entry.id {
        entry.flags.retain(|it| it != CARRIED);
        entry.previous = Default::default();
    } else if status::state(entry) == State::Stale
        && Key::of(previous) == Key::of(&entry.id)
    {
        entry.flags.retain(|it| it != FUZZY);
        entry.previous = Default::default();
    }
}

/// Which of the texts are which of the others, the most alike first.
fn pairs(
    texts: &[&str],
    others: &[&str],
    least: f64,
    effort: &mut usize,
) -> Vec<(usize, usize)> {
    let compared = texts.len().saturating_mul(others.len());
    if compared == 0 || compared > MOST_COMPARED {
        return Vec::new();
    }
    let length = |it: &[&str]| it.iter().map(|it| it.len()).sum::<usize>();
    let letters = (length(texts) / 64 + texts.len()).saturating_mul(length(others));
    let Some(left) = effort.checked_sub(letters) else { return Vec::new() };
    *effort = left;
    let known: Vec<Wording> = others.iter().map(|it| Wording::of(it)).collect();
    let mut all = Vec::new();
    for (unit, text) in texts.iter().enumerate() {
        let wording = Wording::of(text);
        let letters = RatioBatchComparator::new(wording.text.chars());
        for (number, other) in known.iter().enumerate() {
            let alike = wording.alike(other, &letters, least);
            if alike >= least {
                all.push((alike, unit, number));
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

/// Rows of several texts, to be found by what they say when they are joined.
struct Rows {
    texts: Vec<String>,
    /// The first text and the number of texts of each row, by the hash of what it says.
    found: HashMap<u64, Vec<(usize, usize)>>,
}

impl Rows {
    fn of(texts: Vec<String>) -> Self {
        let mut found: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (first, text) in texts.iter().enumerate() {
            let mut words = text.clone();
            for (count, text) in (2..=MOST_PARTS).zip(&texts[first + 1..]) {
                words.push(' ');
                words.push_str(text);
                found.entry(hash(&words)).or_default().push((first, count));
            }
        }
        Self { texts, found }
    }

    /// The rows that say this: those that begin first, and the shortest of them, before.
    fn saying(&self, words: &str) -> impl Iterator<Item = (usize, usize)> {
        /// Of rows that differ in their marks alone, the first serve.
        const MOST: usize = 64;
        let rows = self.found.get(&hash(words)).map_or(&[][..], Vec::as_slice);
        let is_same =
            move |it: &&(usize, usize)| self.texts[it.0..it.0 + it.1].join(" ") == words;
        rows.iter().take(MOST).filter(is_same).copied()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A text, for comparison with others.
struct Wording {
    text: String,
    /// How many characters it has.
    length: usize,
    /// Its words, in alphabetical order.
    words: Vec<String>,
}

impl Wording {
    fn of(text: &str) -> Self {
        let text = unit::normalise(text).to_lowercase();
        let words = text.split(|it: char| !it.is_alphanumeric());
        let mut words: Vec<_> =
            words.filter(|it| !it.is_empty()).map(str::to_owned).collect();
        words.sort_unstable();
        Self { length: text.chars().count(), text, words }
    }

    /// How alike two texts are, from 0 to 1: in words, or in letters where the words are
    /// few or inflected.
    #[expect(clippy::cast_precision_loss, reason = "a text has less than 2^52 words")]
    fn alike(
        &self,
        other: &Wording,
        letters: &RatioBatchComparator<char>,
        least: f64,
    ) -> f64 {
        let (short, long) =
            (self.length.min(other.length), self.length.max(other.length));
        // The longest common part is no longer than the shorter text.
        let most =
            if long == 0 { 0.0 } else { (2 * short) as f64 / (short + long) as f64 };
        let by_words = self.words_alike(other);
        if by_words >= least || most < least.max(LETTERS_ALONE) {
            return by_words;
        }
        let by_letters = letters.similarity(other.text.chars());
        if by_letters >= LETTERS_ALONE { by_words.max(by_letters) } else { by_words }
    }

    /// Which part of their words two texts share.
    #[expect(clippy::cast_precision_loss, reason = "a text has less than 2^52 words")]
    fn words_alike(&self, other: &Wording) -> f64 {
        let (these, those) = (&self.words, &other.words);
        let (mut at, mut next, mut shared) = (0, 0, 0_usize);
        while at < these.len() && next < those.len() {
            match these[at].cmp(&those[next]) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => next += 1,
                std::cmp::Ordering::Equal => {
                    (at, next, shared) = (at + 1, next + 1, shared + 1);
                }
            }
        }
        let all = these.len() + those.len();
        if all == 0 { 0.0 } else { (2 * shared) as f64 / all as f64 }
    }
}

/// Gives a changed unit the translation of what it was.
fn renewed(fresh: &mut Entry, old: &Entry) {
    let state = status::state(old);
    take(fresh, old);
    let dropped = [FUZZY, REVIEWED, DRAFT, CARRIED];
    fresh.flags.retain(|it| !dropped.contains(&it.as_str()));
    fresh.flags.insert(0, FUZZY.to_owned());
    if state == State::Draft {
        fresh.flags.push(DRAFT.to_owned());
    }
    // A translation that was stale already was made from an older text still.
    if state != State::Stale {
        fresh.previous.id = Some(old.id.clone());
        fresh.lines = Default::default();
    }
    if fresh.context != old.context {
        fresh.previous.context = Some(old.context.clone().unwrap_or_default());
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
