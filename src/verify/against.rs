//! Two folders of exports: what is not the same in them, and what a reader meets of it.

use std::collections::BTreeSet;

use super::{
    Address, Aspect, Difference, Files, Medium, Report, Setting, Shelf, html, is_read,
    parity, read,
};
use crate::site::address;

/// Compares two exports, byte by byte, and explains what differs by what a reader meets.
/// `names` are those of the two folders.
pub fn against(own: &Files, its: &Files, setting: &Setting, names: [&str; 2]) -> Report {
    let mut report = Report::default();
    let paths: BTreeSet<&String> = own.keys().chain(its.keys()).collect();
    let paths: Vec<&String> = paths.into_iter().filter(|it| is_compared(it)).collect();
    let differs = |it: &&&String| own.get(**it) != its.get(**it);
    let differing: Vec<&String> = paths.iter().filter(differs).copied().collect();
    report.files = paths.len();
    if differing.is_empty() {
        return report;
    }
    let read_one = |files: &Files| {
        let wanted = files.iter().filter(|it| is_read(it.0));
        let wanted: Files = wanted.map(|it| (it.0.clone(), it.1.clone())).collect();
        read(&wanted, setting)
    };
    let shelves = [read_one(own), read_one(its)];
    for path in differing {
        match (own.contains_key(path), its.contains_key(path)) {
            (true, true) => explain(path, &shelves, setting, names, &mut report),
            (is_first, _) => {
                let only = if is_first { names[0] } else { names[1] };
                report.differences.push(file(Aspect::File, path, only));
            }
        }
    }
    report
}

/// Whether a file is compared: not the program's own notes, nor the files that the site
/// holds again.
fn is_compared(path: &str) -> bool {
    let is_copy = path.starts_with("html/pdf/") || path.starts_with("html/epub/");
    !path.starts_with('.') && path != "manifest.json" && !is_copy
}

/// Says what a reader meets in a file that is not the same.
fn explain(
    path: &str,
    shelves: &[Shelf; 2],
    setting: &Setting,
    names: [&str; 2],
    report: &mut Report,
) {
    let before = report.differences.len();
    if let Some((medium, addresses)) = addresses(path, shelves, setting) {
        for address in addresses {
            let outlines = [0, 1]
                .map(|it| shelves[it].pages.get(&address).and_then(|it| it.get(&medium)));
            match outlines {
                [Some(own), Some(its)] => {
                    let found =
                        parity::versions(&address.1, &address.0, medium, names, own, its);
                    report.differences.extend(found);
                }
                [None, None] => {}
                [own, _] => {
                    let only = if own.is_some() { names[0] } else { names[1] };
                    let place = format!("{path} {}", address.1);
                    report.differences.push(file(Aspect::File, &place, only));
                }
            }
        }
    }
    if report.differences.len() == before {
        report.differences.push(file(Aspect::Bytes, path, ""));
    }
}

/// The pages that a file shows.
fn addresses(
    path: &str,
    shelves: &[Shelf; 2],
    setting: &Setting,
) -> Option<(Medium, BTreeSet<Address>)> {
    for language in &setting.languages {
        if let Some(key) = html::key(path, language) {
            let address = (language.clone(), key.to_owned());
            return Some((Medium::Html, BTreeSet::from([address])));
        }
        let page = path.strip_prefix(&format!("pdf/{language}/"));
        if let Some(key) = page.and_then(|it| address::key_of(it, ".pdf")) {
            let address = (language.clone(), key);
            return Some((Medium::Pdf, BTreeSet::from([address])));
        }
        let wholes = [(Medium::Epub, "epub"), (Medium::Whole, "pdf")];
        for (medium, ending) in wholes {
            if medium.holds(path) && path.ends_with(&format!(".{language}.{ending}")) {
                let pages = shelves.iter().flat_map(|it| it.pages.keys());
                let own = pages.filter(|it| it.0 == *language).cloned();
                return Some((medium, own.collect()));
            }
        }
    }
    None
}

/// A difference of a whole file.
fn file(aspect: Aspect, path: &str, only: &str) -> Difference {
    let medium = match path.split('/').next() {
        Some("pdf") => Medium::Pdf,
        Some("epub") => Medium::Epub,
        _ => Medium::Html,
    };
    Difference::of_page(&(String::new(), path.to_owned()), aspect, medium, only)
}
