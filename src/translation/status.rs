//! How far a catalogue is: where the translation of each entry stands.
//!
//! The state is read from what every PO tool writes and understands: no translation is
//! missing; `fuzzy` with the previous text is stale; `fuzzy` alone is a proposal, a
//! draft; the rest is translated. Two flags of our own say more: `draft` (a stale
//! proposal remains a proposal) and `reviewed`. The tools of GNU gettext drop flags that
//! they do not know, so a draft always carries `fuzzy` as well: what is lost on the way
//! must never make a text look better than it is.

use super::po::Entry;
use crate::document::State;

/// A machine or a memory proposed the translation.
pub(super) const DRAFT: &str = "draft";
/// Somebody has to look at the translation.
pub(super) const FUZZY: &str = "fuzzy";
/// A second person has checked the translation.
pub(super) const REVIEWED: &str = "reviewed";
/// The source changed in its typography, marks or addresses alone, and the program has
/// brought the translation into line. The former source stands beside it.
pub(super) const CARRIED: &str = "carried";

/// How many entries of a catalogue stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checked by a second person.
    pub reviewed: usize,
    /// Translated.
    pub translated: usize,
    /// Proposed.
    pub draft: usize,
    /// The source changed since.
    pub stale: usize,
    /// Not translated.
    pub missing: usize,
    /// No longer in the page; not counted in [`Tally::total`].
    pub obsolete: usize,
}

impl Tally {
    /// Counts one more entry.
    pub(super) fn add(&mut self, entry: &Entry) {
        if entry.obsolete {
            self.obsolete += 1;
        } else {
            self.count(state(entry), 1);
        }
    }

    /// Counts so many more in a state.
    pub fn count(&mut self, state: State, more: usize) {
        let count = match state {
            State::Reviewed => &mut self.reviewed,
            State::Translated => &mut self.translated,
            State::Draft => &mut self.draft,
            State::Stale => &mut self.stale,
            State::Missing | State::Source => &mut self.missing,
        };
        *count += more;
    }

    /// Adds another count.
    pub fn join(&mut self, other: &Tally) {
        self.reviewed += other.reviewed;
        self.translated += other.translated;
        self.draft += other.draft;
        self.stale += other.stale;
        self.missing += other.missing;
        self.obsolete += other.obsolete;
    }

    /// How many are translated, reviewed or not.
    pub fn done(&self) -> usize {
        self.reviewed + self.translated
    }

    /// How much is translated, in percent, rounded down: only what is whole has a hundred.
    pub fn percent(&self) -> usize {
        if self.total() == 0 { 100 } else { self.done() * 100 / self.total() }
    }

    /// The entries whose text is in the page.
    pub fn total(&self) -> usize {
        self.reviewed + self.translated + self.draft + self.stale + self.missing
    }
}

/// Where the translation of an entry stands, as the catalogue says it.
pub(super) fn state(entry: &Entry) -> State {
    if entry.translation().trim().is_empty() {
        State::Missing
    } else if entry.has(DRAFT) {
        State::Draft
    } else if entry.has(FUZZY) {
        if entry.previous.id.is_some() { State::Stale } else { State::Draft }
    } else if entry.has(REVIEWED) {
        State::Reviewed
    } else {
        State::Translated
    }
}
