//! A catalogue in the hands of somebody who reads and corrects it.
//!
//! Where [`apply()`](super::apply::apply()) shows a reader what may be published,
//! [`proof`] shows a translator all that there is: proposals and translations of a former
//! text too, each with its state. And where [`extract()`](super::extract::extract()) keeps
//! what translators did, [`Catalogue::set`] is what they do.

use super::{
    Catalogue, apply, check,
    po::Entry,
    status::{self, CARRIED, DRAFT, FUZZY, REVIEWED},
    unit::{self, Key},
};
use crate::{
    document::{Document, Inline, Language, State, Text, walk},
    source::line,
};

/// What becomes of a translation that a person has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be looked at again, and not published.
    Draft,
    /// It may be published.
    Translated,
    /// It may be published, and a second person has checked it.
    Reviewed,
}

impl Catalogue {
    /// Sets the translation of the unit with this fingerprint (see
    /// [`Listed`](super::Listed)); an empty one makes it untranslated. Says whether there
    /// is such a unit.
    pub fn set(
        &mut self,
        fingerprint: &str,
        translation: &str,
        standing: Standing,
    ) -> bool {
        let keys = self.entries().filter(|it| !it.obsolete).map(key);
        let found = keys.into_iter().find(|key| key.to_string() == fingerprint);
        let Some(number) = found.and_then(|key| self.number_of(key)) else {
            return false;
        };
        set(&mut self.file.entries[number], translation, standing);
        true
    }
}

/// The page with all that its catalogue holds. The document may have its links and
/// images resolved: translations keep them.
pub fn proof(
    document: &Document,
    catalogue: &Catalogue,
    language: &Language,
) -> Document {
    let entries: std::collections::HashMap<String, &Entry> = catalogue
        .entries()
        .filter(|it| !it.obsolete)
        .map(|entry| (key(entry).address(), entry))
        .collect();
    let mut document = document.clone();
    let source = std::mem::replace(&mut document.language, language.clone());
    walk::texts_mut(&mut document, &mut |_, text| {
        if !unit::is_unit(text) {
            apply::as_is(text, &source, language);
            return;
        }
        let shown = entries.get(unit::address(text)).map(|it| shown(text, it));
        let (state, inlines) = shown.unwrap_or((State::Missing, None));
        text.state = state;
        match inlines {
            Some(inlines) => text.inlines = inlines,
            None => text.language = Some(source.clone()),
        }
    });
    document
}

fn key(entry: &Entry) -> Key {
    Key::within(entry.context.as_deref(), &entry.id)
}

/// Where the translation of a unit stands, and its words, if they fit there.
fn shown(text: &Text, entry: &Entry) -> (State, Option<Vec<Inline>>) {
    let state = status::state(entry);
    if state == State::Missing {
        return (state, None);
    }
    let source = line::read(&entry.id);
    let found =
        check::examine(&entry.id, &source, entry.translation(), &entry.flags, None);
    let lenient = entry.flags.iter().any(|it| it.starts_with("no-check-"));
    let inlines = found.inlines.and_then(|it| apply::adopt(text, &it, lenient));
    match state {
        // One that may not be shown is none.
        State::Translated | State::Reviewed if inlines.is_none() => {
            (State::Missing, None)
        }
        state => (state, inlines),
    }
}

fn set(entry: &mut Entry, translation: &str, standing: Standing) {
    entry.translations = vec![translation.to_owned()];
    let ours = [FUZZY, DRAFT, REVIEWED, CARRIED];
    entry.flags.retain(|it| !ours.contains(&it.as_str()));
    let empty = translation.trim().is_empty();
    // What a draft was made from still tells its next reader what has changed.
    if empty || standing != Standing::Draft {
        entry.previous = Default::default();
    }
    match standing {
        Standing::Draft if !empty => {
            entry.flags.insert(0, FUZZY.to_owned());
            entry.flags.push(DRAFT.to_owned());
        }
        Standing::Reviewed if !empty => entry.flags.push(REVIEWED.to_owned()),
        Standing::Draft | Standing::Translated | Standing::Reviewed => {}
    }
}
