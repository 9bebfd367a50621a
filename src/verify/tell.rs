//! Differences, as diagnostics.

use std::sync::Arc;

use super::{Difference, Report, Witness};
use crate::{
    diagnostic::{self, Diagnostic, Severity},
    document::PageKey,
    languages,
    site::Site,
    words::Words,
};

/// The differences of a report as diagnostics, sorted. `site` knows the sources; formats have
/// the names that `words` give them.
pub fn diagnostics(
    report: &Report,
    site: Option<&Site>,
    words: &Words,
) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        report.differences.iter().map(|it| one(it, site, words)).collect();
    diagnostic::sort(&mut all);
    all
}

fn one(difference: &Difference, site: Option<&Site>, words: &Words) -> Diagnostic {
    let file = site.and_then(|site| file(site, difference));
    let place = match difference.page.as_str() {
        "" => difference.language.clone(),
        page if page.starts_with('/') => format!("/{}{page}", difference.language),
        // A file of the exports.
        path => path.to_owned(),
    };
    let mut told = Diagnostic::new(Severity::Error, difference.aspect.code())
        .with("place", place)
        .with("piece", &difference.piece)
        .with("shown", shown(&difference.shown, words))
        .with("page", &difference.page)
        .with("language", &difference.language)
        .with("formats", formats(difference))
        .with("unit", difference.unit.as_deref().unwrap_or_default())
        .with("repeats", difference.repeats);
    told.place = difference.place.filter(|_| file.is_some());
    match file {
        Some(file) => told.in_file(&file),
        None => told,
    }
}

/// The source of the page.
fn file(site: &Site, difference: &Difference) -> Option<Arc<str>> {
    let language = crate::document::Language::new(&difference.language);
    let key = difference.page.starts_with('/').then(|| PageKey::new(&difference.page))?;
    let page = site.edition(&language)?.page(&key)?;
    Some(Arc::clone(&page.file))
}

/// Who shows what: `site, book: “a” ≠ PDF: “b”`.
pub fn shown(groups: &[(Vec<Witness>, String)], words: &Words) -> String {
    let one = |(who, what): &(Vec<Witness>, String)| {
        let who = names(who, words);
        match what.as_str() {
            "" if groups.len() == 1 => who,
            "" => words.format("verify-shows-nothing", &[("who", who.into())]),
            what => words
                .format("verify-shows", &[("who", who.into()), ("what", what.into())]),
        }
    };
    groups.iter().map(one).collect::<Vec<_>>().join(" ≠ ")
}

/// Who shows something, by their names: `site, book (English)`.
pub fn names(who: &[Witness], words: &Words) -> String {
    let one = |it: &Witness| {
        let medium = words.text(it.medium.message());
        match &it.language {
            Some(tag) => format!("{medium} ({})", languages::own_name(tag)),
            None => medium,
        }
    };
    who.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The formats that a difference is about.
fn formats(difference: &Difference) -> String {
    let all = difference.shown.iter().flat_map(|it| &it.0);
    let mut all: Vec<&str> = all.map(|it| it.medium.name()).collect();
    all.sort_unstable();
    all.dedup();
    all.join(", ")
}
