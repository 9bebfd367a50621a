//! The units of a page, each with all that its catalogue and the checks say of it.
//!
//! This is what a report, a review or another format shows of a page: it has no view of
//! what a reader gets, see [`apply`](super::apply()).

use std::collections::HashSet;

use super::{
    Catalogue, Change, Finding, Rules,
    po::Entry,
    status::{self, CARRIED},
    unit::{self, Key},
};
use crate::{
    diagnostic::Place,
    document::{Document, Role, State, Text, walk},
};

/// A unit with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its address inside its page, that of its first place.
    pub address: String,
    /// The fingerprint of its text and context.
    pub fingerprint: String,
    /// What it is to its page.
    pub role: Role,
    /// In which sense it is meant, where the author says so.
    pub context: Option<String>,
    /// The present source, as Markdown.
    pub source: String,
    /// What the translation was made from, when that is another text.
    pub previous: Option<String>,
    /// What changed since then.
    pub change: Option<Change>,
    /// The translation, as Markdown; empty where there is none.
    pub translation: String,
    /// Where the translation stands, its checks considered.
    pub state: State,
    /// Where it stands, as the translators say it.
    pub said: State,
    /// Whether the program has brought the translation into line with the source.
    pub carried: bool,
    /// What the checks say of the translation.
    pub findings: Vec<Finding>,
    /// What translators wrote to each other.
    pub comments: Vec<String>,
    /// The flags of its entry.
    pub flags: Vec<String>,
    /// Where it stands in its page, first.
    pub place: Place,
    /// Where it stands in its catalogue, if it does.
    pub catalogue_place: Option<Place>,
    /// How many words its source has.
    pub words: usize,
}

/// The units of a page in reading order, each text once.
pub fn list(
    document: &Document,
    catalogue: Option<&Catalogue>,
    rules: &Rules<'_>,
) -> Vec<Listed> {
    list_some(document, catalogue, rules, &|_| true)
}

/// The unit of a page with this fingerprint.
pub fn find(
    document: &Document,
    catalogue: Option<&Catalogue>,
    rules: &Rules<'_>,
    fingerprint: &str,
) -> Option<Listed> {
    let is_it = |key: Key| key.to_string() == fingerprint;
    list_some(document, catalogue, rules, &is_it).pop()
}

fn list_some(
    document: &Document,
    catalogue: Option<&Catalogue>,
    rules: &Rules<'_>,
    wanted: &dyn Fn(Key) -> bool,
) -> Vec<Listed> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    walk::texts(document, &mut |role, text| {
        if !unit::is_unit(text) {
            return;
        }
        let source = unit::canonical(text).into_owned();
        let key = Key::within(text.context.as_deref(), &source);
        if !wanted(key) || !seen.insert(key) {
            return;
        }
        let mut listed = Listed {
            address: text.unit.clone(),
            fingerprint: key.to_string(),
            role,
            context: text.context.clone(),
            words: text.to_plain().split_whitespace().filter(|it| is_word(it)).count(),
            source,
            previous: None,
            change: None,
            translation: String::new(),
            state: State::Missing,
            said: State::Missing,
            carried: false,
            findings: Vec::new(),
            comments: Vec::new(),
            flags: Vec::new(),
            place: text.place,
            catalogue_place: None,
        };
        let found = catalogue.and_then(|it| Some((it, it.entry_of(key)?)));
        if let Some((catalogue, entry)) = found {
            complete(&mut listed, text, catalogue, entry, rules);
        }
        all.push(listed);
    });
    all
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn complete(
    listed: &mut Listed,
    text: &Text,
    catalogue: &Catalogue,
    entry: &Entry,
    rules: &Rules<'_>,
) {
    let finished = |it| matches!(it, State::Translated | State::Reviewed);
    listed.said = status::state(entry);
    listed.state = listed.said;
    if finished(listed.said) {
        listed.findings = catalogue.findings_of(entry, Some(&text.inlines), rules);
        if listed.findings.iter().any(Finding::is_error) {
            listed.state = State::Missing;
        }
    }
    entry.translation().clone_into(&mut listed.translation);
    listed.carried = entry.has(CARRIED) && finished(listed.said);
    listed.previous.clone_from(&entry.previous.id);
    let between = |it: &String| Change::between(it, &listed.source);
    listed.change = listed.previous.as_ref().map(between);
    listed.comments.clone_from(&entry.comments);
    listed.flags.clone_from(&entry.flags);
    listed.catalogue_place = (entry.place.line > 0).then_some(entry.place);
}
