//! What must hold for any bytes, said once: the fuzzer's targets and `tests/fuzz.rs` call
//! the same functions.
//!
//! A law takes bytes, as a file of somebody else's would hold them, and panics when it is
//! broken. That nothing panics or hangs is the first law of each, and is not said again.

mod catalogues;
mod deposits;
mod drawings;
mod exports;
mod imports;
mod pages;
mod settings;

use plantin::diagnostic::{Diagnostic, Severity};

/// What a law takes.
pub type Law = fn(&[u8]);

/// Every law, by the name of its target.
pub const LAWS: &[(&str, Law)] = &[
    ("front_matter", pages::front_matter),
    ("page", pages::page),
    ("construct", pages::construct),
    ("formula", pages::formula),
    ("html", pages::html),
    ("po", catalogues::po),
    ("exchange", catalogues::exchange),
    ("xliff", catalogues::xliff),
    ("tmx", catalogues::tmx),
    ("csv", catalogues::csv),
    ("fluent", settings::fluent),
    ("settings", settings::settings),
    ("profile", settings::profile),
    ("bag", deposits::bag),
    ("bag_zip", deposits::bag_zip),
    ("transfer", deposits::transfer),
    ("epub", exports::epub),
    ("pdf", exports::pdf),
    ("html_file", exports::html_file),
    ("svg", drawings::svg),
    ("import", imports::eleventy),
];

/// Obeys the law of a target.
///
/// # Panics
///
/// When the law is broken, and when there is none of that name.
pub fn obey(target: &str, bytes: &[u8]) {
    let (_, law) = LAWS.iter().find(|it| it.0 == target).expect("the target has a law");
    law(bytes);
}

/// The bytes as text; what is no text is replaced.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Several files in one input: each begins with a line `@@ path`.
fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        match line.strip_prefix(b"@@ ") {
            Some(path) => files.push((text(path.trim_ascii()), Vec::new())),
            None => {
                if let Some((_, content)) = files.last_mut() {
                    content.extend_from_slice(line);
                }
            }
        }
    }
    files
}

/// Each diagnostic points at a place that is there.
fn assert_places(text: &str, diagnostics: &[Diagnostic]) {
    let lines = text.split(['\n', '\r']).count();
    for it in diagnostics {
        let Some(place) = it.place else { continue };
        assert!(place.line as usize <= lines, "line {} of {lines}: {it:?}", place.line);
        let range = place.start as usize..place.end as usize;
        assert!(text.get(range).is_some(), "no place in the text: {it:?}");
    }
}

/// Whether one of them is an error.
fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|it| it.severity == Severity::Error)
}
