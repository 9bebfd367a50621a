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
        let count = match state(entry) {
            _ if entry.obsolete => &mut self.obsolete,
            State::Reviewed => &mut self.reviewed,
            State::Translated => &mut self.translated,
            State::Draft => &mut self.draft,
            State::Stale => &mut self.stale,
            State::Missing | State::Source => &mut self.missing,
        };
        *count += 1;
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
