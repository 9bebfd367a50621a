//! Differences, as diagnostics.

use std::sync::Arc;

use super::{Difference, Report, Witness};
use crate::{
    diagnostic::{self, Diagnostic, Severity},
    document::PageKey,
    site::Site,
};

/// How who shows what is written in a message.
pub(crate) type Shown<'a> = &'a dyn Fn(&[(Vec<Witness>, String)]) -> String;

/// The differences of a report as diagnostics, sorted. `site` knows the sources.
pub fn diagnostics(
    report: &Report,
    site: Option<&Site>,
    shown: Shown<'_>,
) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        report.differences.iter().map(|it| one(it, site, shown)).collect();
    diagnostic::sort(&mut all);
    all
}

fn one(difference: &Difference, site: Option<&Site>, shown: Shown<'_>) -> Diagnostic {
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
        .with("shown", shown(&difference.shown))
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

/// Who shows what, for programs: `html, epub: “a” ≠ pdf: “b”`.
pub fn shown(groups: &[(Vec<Witness>, String)]) -> String {
    let name = |it: &Witness| match &it.language {
        Some(language) => format!("{} {language}", it.medium.name()),
        None => it.medium.name().to_owned(),
    };
    let names = |who: &[Witness]| who.iter().map(name).collect::<Vec<_>>().join(", ");
    let one = |(who, what): &(Vec<Witness>, String)| match what.as_str() {
        "" if groups.len() == 1 => names(who),
        "" => format!("{}: –", names(who)),
        what => format!("{}: “{what}”", names(who)),
    };
    groups.iter().map(one).collect::<Vec<_>>().join(" ≠ ")
}

/// The formats that a difference is about.
fn formats(difference: &Difference) -> String {
    let all = difference.shown.iter().flat_map(|it| &it.0);
    let mut all: Vec<&str> = all.map(|it| it.medium.name()).collect();
    all.sort_unstable();
    all.dedup();
    all.join(", ")
}
