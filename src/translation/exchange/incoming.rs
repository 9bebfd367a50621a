//! What becomes of a translation that comes back.

use std::collections::HashSet;

use super::{
    Base, Outgoing,
    codes::{self, Codes, Fault, Piece},
    name,
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::State,
    source::line,
    translation::{
        Catalogue, check, excerpt,
        po::{Entry, File, Previous},
        status::{self, DRAFT, FUZZY, REVIEWED},
        unit::Key,
    },
};

/// How alike two texts must be for one to have taken the place of the other.
const ALIKE: f64 = 0.6;

/// A translation as a file gives it.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The page's file, relative to the workspace.
    pub(super) page: String,
    /// What its unit is called.
    pub(super) unit: String,
    /// Where it stands in the file.
    pub(super) place: Place,
    /// The source that was sent, as Markdown.
    pub(super) markdown: Option<String>,
    /// The source, when it is not known as Markdown.
    pub(super) source: Vec<Piece>,
    /// The translation.
    pub(super) target: Given,
    /// What the file says of it.
    pub(super) state: Said,
    /// What it was when it was sent.
    pub(super) base: Option<String>,
}

/// A translation, in the form of its file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    Pieces(Vec<Piece>),
    Markdown(String),
}

impl Default for Given {
    fn default() -> Self {
        Self::Markdown(String::new())
    }
}

impl Given {
    fn fingerprint(&self) -> String {
        match self {
            Self::Pieces(pieces) => super::fingerprint(&codes::signature(pieces)),
            Self::Markdown(text) => super::fingerprint(text),
        }
    }
}

/// What tells whether a translation that is sent as Markdown has changed since.
pub(super) fn base_of_text(translation: &str, state: State) -> Base {
    Base { target: super::fingerprint(translation), state }
}

/// What a file says of a translation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// It is not done.
    Unfinished,
    /// It is done, and somebody should look at it.
    ToReview,
    /// It is done.
    Translated,
    /// Somebody else has looked at it.
    Reviewed,
}

impl Incoming {
    /// The page's file, relative to the workspace.
    pub fn page(&self) -> &str {
        &self.page
    }
}

/// How to take what comes back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// A text that was changed counts as translated, even if the tool left its state as
    /// it was.
    pub accept: bool,
}

/// What became of what came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Translations that are new or changed here, and current.
    pub imported: usize,
    /// New or changed, and to be looked at.
    pub drafts: usize,
    /// Translations of a text that has changed since.
    pub stale: usize,
    /// As they were sent, or as they are here.
    pub unchanged: usize,
    /// Changed on both sides: left as they are here.
    pub conflicts: usize,
    /// Translations of a text that is no longer there, kept as obsolete.
    pub obsolete: usize,
    /// Refused.
    pub refused: usize,
}

impl Report {
    /// Adds another report.
    pub fn add(&mut self, other: &Self) {
        self.imported += other.imported;
        self.drafts += other.drafts;
        self.stale += other.stale;
        self.unchanged += other.unchanged;
        self.conflicts += other.conflicts;
        self.obsolete += other.obsolete;
        self.refused += other.refused;
    }

    /// Whether a catalogue is another than before.
    pub fn changes(&self) -> bool {
        self.imported + self.drafts + self.stale + self.obsolete > 0
    }
}

/// Puts what came back for a page into its catalogue, which is up to date. The places of
/// the diagnostics are in the file that came back.
pub fn import(
    catalogue: &Catalogue,
    incoming: &[Incoming],
    options: Options,
) -> Checked<(Catalogue, Report)> {
    let entries = &catalogue.file.entries;
    let gone = entries.iter().filter(|it| it.obsolete);
    let previous = |it: &Entry| it.previous.id.as_deref().map(Key::of);
    let mut desk = Desk {
        keys: entries.iter().map(|it| Key::of(&it.id)).collect(),
        previous: entries.iter().map(previous).collect(),
        gone: gone.map(|it| Key::of(&it.id)).collect(),
        retired: Vec::new(),
        comparisons: MOST_COMPARED,
        file: catalogue.file.clone(),
        options,
        report: Report::default(),
        diagnostics: Vec::new(),
    };
    for one in incoming {
        desk.receive(one);
    }
    let Desk { mut file, mut retired, report, diagnostics, .. } = desk;
    file.entries.append(&mut retired);
    Checked { value: (Catalogue::of(file), report), diagnostics }
}

/// The most texts that are compared word by word with those of the page, to find what took
/// their place.
const MOST_COMPARED: usize = 1_000_000;

struct Desk {
    file: File,
    /// The keys of its entries, in their order, and of what each was translated from.
    keys: Vec<Key>,
    previous: Vec<Option<Key>>,
    /// The keys of its texts that are obsolete, and those that become it.
    gone: HashSet<Key>,
    retired: Vec<Entry>,
    /// How many more texts are compared word by word.
    comparisons: usize,
    options: Options,
    report: Report,
    diagnostics: Vec<Diagnostic>,
}

impl Desk {
    fn receive(&mut self, one: &Incoming) {
        match self.number_of(one) {
            Some(number) => self.current(one, number),
            None => self.moved(one),
        }
    }

    /// The entry whose text is the one that was sent.
    fn number_of(&self, one: &Incoming) -> Option<usize> {
        if let Some(markdown) = &one.markdown {
            let key = Key::of(markdown);
            let entries = self.file.entries.iter().enumerate();
            let mut same = entries.filter(|it| {
                self.keys[it.0] == key && !it.1.obsolete && !it.1.is_header()
            });
            let first = same.next()?;
            let named =
                std::iter::once(first).chain(same).find(|it| name(it.1) == one.unit);
            return Some(named.unwrap_or(first).0);
        }
        let entries = self.file.entries.iter().enumerate();
        let mut named = entries
            .filter(|it| !it.1.obsolete && !it.1.is_header() && name(it.1) == one.unit);
        let (number, entry) = named.next()?;
        let said = codes::plain(&one.source);
        let same = said.trim().is_empty()
            || codes::signature(&codes::source(&entry.id).0)
                == codes::signature(&one.source)
            || Key::of(&codes::plain(&codes::source(&entry.id).0)) == Key::of(&said);
        same.then_some(number)
    }

    fn current(&mut self, one: &Incoming, number: usize) {
        let entry = &self.file.entries[number];
        let out = Outgoing::of(entry);
        let Some(said) = said(one, &out) else {
            self.report.unchanged += 1;
            return;
        };
        let target = match pieces(&one.target, &out.codes) {
            Ok(target) => target,
            Err(fault) => return self.refuse(one, &out.codes, &[fault]),
        };
        let now = match &one.target {
            Given::Markdown(_) => base_of_text(entry.translation(), out.state),
            Given::Pieces(_) => out.base(),
        };
        let base = one.base.as_deref().and_then(Base::read);
        let same_text = match &one.target {
            Given::Markdown(text) => *text == entry.translation(),
            Given::Pieces(_) => target == out.target,
        };
        let sent = one.target.fingerprint();
        let touched = base.as_ref().is_none_or(|it| it.target != sent);
        // Sent and come back as it was; whatever happened here since stays.
        if base.as_ref().is_some_and(|it| said == Said::Nothing || says(it.state) == said)
            && !touched
        {
            self.report.unchanged += 1;
            return;
        }
        let local = base.as_ref().map_or(
            !same_text && matches!(out.state, State::Translated | State::Reviewed),
            |it| *it != now,
        );
        if same_text {
            return self.restate(said, number, local);
        }
        if local {
            let translation = entry.translation().to_owned();
            return self.conflict(one, &entry.id.clone(), &translation);
        }
        let faults = out.codes.faults(&target);
        if !faults.is_empty() && !no_worse(&faults, &out) {
            return self.refuse(one, &out.codes, &faults);
        }
        let text = match (&one.target, out.codes.markdown(&target)) {
            (Given::Markdown(text), _) => text.clone(),
            (Given::Pieces(_), Ok(text)) => text,
            (Given::Pieces(_), Err(fault)) => {
                return self.refuse(one, &out.codes, &[fault]);
            }
        };
        self.inspect(one, number, &text);
        self.set(number, text, state(said, self.options));
    }

    /// The text is as it is here: only what is said of it may have changed.
    fn restate(&mut self, said: Said, number: usize, local: bool) {
        let entry = &mut self.file.entries[number];
        let old = status::state(entry);
        let new = match (said, old) {
            (Said::Translated | Said::ToReview, State::Reviewed) => old,
            (Said::Translated, _) => State::Translated,
            (Said::Reviewed, _) => State::Reviewed,
            (Said::Unfinished, State::Translated | State::Reviewed) => State::Draft,
            (Said::Nothing | Said::ToReview | Said::Unfinished, _) => old,
        };
        if new == old || local || old == State::Missing {
            self.report.unchanged += 1;
        } else {
            let text = entry.translation().to_owned();
            self.set(number, text, new);
        }
    }

    fn set(&mut self, number: usize, text: String, state: State) {
        let entry = &mut self.file.entries[number];
        entry.translations = vec![text];
        entry.flags.retain(|it| it != FUZZY && it != REVIEWED && it != DRAFT);
        match state {
            State::Draft | State::Stale | State::Missing => {
                entry.flags.insert(0, FUZZY.to_owned());
                entry.flags.push(DRAFT.to_owned());
                self.report.drafts += 1;
            }
            State::Reviewed => {
                entry.flags.push(REVIEWED.to_owned());
                entry.previous = Previous::default();
                self.report.imported += 1;
            }
            State::Translated | State::Source => {
                entry.previous = Previous::default();
                self.report.imported += 1;
            }
        }
    }

    /// The page no longer has the text that was sent.
    fn moved(&mut self, one: &Incoming) {
        let old = match &one.markdown {
            Some(markdown) => markdown.clone(),
            None => {
                line::write(&[crate::document::Inline::Text(codes::plain(&one.source))])
            }
        };
        if old.trim().is_empty() {
            self.report.unchanged += 1;
            return;
        }
        let (source, codes) = codes::source(&old);
        let target = match pieces(&one.target, &codes) {
            Ok(target) => codes::tidy(target),
            Err(fault) => return self.refuse(one, &codes, &[fault]),
        };
        let base = one.base.as_deref().and_then(Base::read);
        let untouched = base.is_some_and(|it| it.target == one.target.fingerprint());
        if target.is_empty()
            || target == source && one.state < Said::Translated
            || untouched
        {
            self.report.unchanged += 1;
            return;
        }
        let faults = codes.faults(&target);
        let text = match (&one.target, codes.markdown(&target)) {
            _ if !faults.is_empty() => return self.refuse(one, &codes, &faults),
            (Given::Markdown(text), _) => text.clone(),
            (Given::Pieces(_), Ok(text)) => text,
            (Given::Pieces(_), Err(fault)) => return self.refuse(one, &codes, &[fault]),
        };
        match self.successor(&old) {
            Some(number) => self.set_stale(one, number, old, text),
            None => self.retire(one, old, text),
        }
    }

    /// The entry that took the place of a text that has left the page.
    fn successor(&mut self, old: &str) -> Option<usize> {
        let key = Key::of(old);
        let entries = || {
            let entries = self.file.entries.iter().enumerate();
            entries.filter(|it| !it.1.obsolete && !it.1.is_header())
        };
        let was = |number: usize| self.previous[number].as_ref() == Some(&key);
        if let Some((number, _)) = entries().find(|it| was(it.0)) {
            return Some(number);
        }
        self.comparisons = self.comparisons.checked_sub(self.keys.len())?;
        let old_words = words(old);
        let mut best: Option<(f64, usize)> = None;
        for (number, entry) in entries() {
            // What is translated already has not lost its text.
            if matches!(status::state(entry), State::Translated | State::Reviewed) {
                continue;
            }
            let alike = alike(&old_words, &words(&entry.id));
            if alike >= ALIKE && best.is_none_or(|it| alike > it.0) {
                best = Some((alike, number));
            }
        }
        best.map(|it| it.1)
    }

    fn set_stale(&mut self, one: &Incoming, number: usize, old: String, text: String) {
        let entry = &mut self.file.entries[number];
        if entry.previous.id.as_deref() == Some(&old) && entry.translation() == text {
            self.report.unchanged += 1;
            return;
        }
        if matches!(status::state(entry), State::Translated | State::Reviewed) {
            let translation = entry.translation().to_owned();
            return self.conflict(one, &old, &translation);
        }
        let note = Diagnostic::note("exchange-stale").at(one.place);
        let note = note.with("source", excerpt(&old)).with("unit", &one.unit);
        self.diagnostics.push(note.with("page", &one.page));
        entry.translations = vec![text];
        entry.flags.retain(|it| it != FUZZY && it != REVIEWED && it != DRAFT);
        entry.flags.insert(0, FUZZY.to_owned());
        self.previous[number] = Some(Key::of(&old));
        entry.previous = Previous { id: Some(old), ..Previous::default() };
        self.report.stale += 1;
    }

    fn retire(&mut self, one: &Incoming, old: String, text: String) {
        if !self.gone.insert(Key::of(&old)) {
            self.report.unchanged += 1;
            return;
        }
        let note = Diagnostic::note("exchange-gone").at(one.place);
        let note = note.with("source", excerpt(&old)).with("unit", &one.unit);
        self.diagnostics.push(note.with("page", &one.page));
        self.retired.push(Entry {
            id: old,
            translations: vec![text],
            obsolete: true,
            ..Entry::default()
        });
        self.report.obsolete += 1;
    }

    fn conflict(&mut self, one: &Incoming, source: &str, here: &str) {
        let warning = Diagnostic::warning("exchange-conflict").at(one.place);
        let warning = warning.with("source", excerpt(source)).with("here", excerpt(here));
        self.diagnostics.push(warning.with("unit", &one.unit).with("page", &one.page));
        self.report.conflicts += 1;
    }

    fn refuse(&mut self, one: &Incoming, codes: &Codes, faults: &[Fault]) {
        for fault in faults {
            let (kind, number) = match *fault {
                Fault::Lost(it) => ("lost", it),
                Fault::Doubled(it) => ("doubled", it),
                Fault::Unknown(it) => ("unknown", it),
                Fault::Crossed(it) => ("crossed", it),
            };
            let what = codes.get(number).map(|it| it.markdown());
            let what = what.map(|(open, close)| format!("{open}…{close}"));
            let error = Diagnostic::error("exchange-code").at(one.place);
            let error = error.with("kind", kind).with("code", number);
            let error = error.with("item", excerpt(&what.unwrap_or_default()));
            self.diagnostics.push(error.with("unit", &one.unit).with("page", &one.page));
        }
        self.report.refused += 1;
    }

    /// Says what else is wrong with a text; it is kept all the same, as anybody's work.
    fn inspect(&mut self, one: &Incoming, number: usize, text: &str) {
        let source = &self.file.entries[number].id;
        if let Err(faults) = check::read(source, &line::read(source), text) {
            let told = faults.into_iter().map(|it| {
                let is_ours = it.code.starts_with("translation-");
                let it = it.at(one.place);
                if is_ours { it.with("source", excerpt(source)) } else { it }
            });
            self.diagnostics.extend(told);
        }
    }
}

/// What a file says of a text; `None` when nothing was translated.
fn said(one: &Incoming, out: &Outgoing) -> Option<Said> {
    let done = matches!(one.state, Said::Translated | Said::Reviewed);
    let (empty, copy) = match &one.target {
        Given::Markdown(text) => (text.trim().is_empty(), false),
        // OmegaT fills what nobody translated with the source.
        Given::Pieces(pieces) => (pieces.is_empty(), *pieces == out.source && !done),
    };
    let copy = copy && out.target != out.source;
    (!empty && !copy).then_some(one.state)
}

fn pieces(given: &Given, codes: &Codes) -> Result<Vec<Piece>, Fault> {
    match given {
        Given::Pieces(pieces) => Ok(pieces.clone()),
        Given::Markdown(text) => Ok(codes::target(text, codes).0),
    }
}

/// Whether the translation that is here has these faults too: emphasis may be left out.
fn no_worse(faults: &[Fault], out: &Outgoing) -> bool {
    let before = out.codes.faults(&out.target);
    !out.target.is_empty() && faults.iter().all(|it| before.contains(it))
}

/// What is said in a file of a text that stands so.
fn says(state: State) -> Said {
    match state {
        State::Reviewed => Said::Reviewed,
        State::Translated => Said::Translated,
        State::Draft => Said::ToReview,
        State::Stale | State::Missing | State::Source => Said::Unfinished,
    }
}

/// How a text stands that was changed.
fn state(said: Said, options: Options) -> State {
    match said {
        Said::Reviewed => State::Reviewed,
        Said::Nothing | Said::Translated | Said::ToReview => State::Translated,
        Said::Unfinished if options.accept => State::Translated,
        Said::Unfinished => State::Draft,
    }
}

/// The words of a text, in alphabetical order.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric());
    let mut words: Vec<String> =
        words.filter(|it| !it.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Which part of their words two texts share, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a text has less than 2^52 words")]
pub(super) fn alike(these: &[String], those: &[String]) -> f64 {
    let mut left = those.to_vec();
    let shared = these
        .iter()
        .filter(|word| {
            let place = left.binary_search(word).ok();
            place.map(|it| left.remove(it)).is_some()
        })
        .count();
    let all = these.len() + those.len();
    if all == 0 { 0.0 } else { (2 * shared) as f64 / all as f64 }
}
