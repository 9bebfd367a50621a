//! Catalogues, and what other tools send for them: PO, XLIFF, TMX, CSV.

use std::sync::Arc;

use plantin::{
    diagnostic::Checked,
    document::Language,
    translation::{
        Catalogue, Glossary, Rules,
        exchange::{self, Incoming, Sheet, csv, tmx, xliff},
    },
};

use super::{assert_places, has_errors, text};

/// A catalogue of the kind that most have: what came back is put into it.
const CATALOGUE: &str = include_str!("catalogue.po");

/// A catalogue is read, written and read again, and is the same; one that is not
/// understood stays as it is, byte for byte.
pub(super) fn po(bytes: &[u8]) {
    let text = text(bytes);
    let Checked { value, diagnostics } = Catalogue::read(&text);
    assert_places(&text, &diagnostics);
    let Some(catalogue) = value else { return };
    let written = catalogue.write();
    if catalogue.is_damaged() {
        assert_eq!(written, text, "a catalogue that is not understood changes");
        return;
    }
    let again = opened(&written);
    assert!(!again.is_damaged(), "it cannot be read once written:\n{written}");
    assert!(again == catalogue, "it is another once written:\n{written}");
    assert_eq!(again.write(), written, "written twice");
    assert_eq!(again.tally(), catalogue.tally());
    let (language, glossary) = (&Language::new("en"), &Glossary::default());
    let _ = catalogue.findings(&Rules { language, glossary });
    let migrated = catalogue.migrated();
    let written = migrated.write();
    assert_eq!(opened(&written).migrated().write(), written, "migrated twice");
}

/// Any catalogue that is sent and comes back untouched stays as it is, byte for byte, in
/// each form of exchange.
pub(super) fn exchange(bytes: &[u8]) {
    let Some(catalogue) = Catalogue::read(&text(bytes)).value else { return };
    if catalogue.is_damaged() {
        return;
    }
    let sheets = [sheet(catalogue.clone())];
    let english = Language::new("en");
    for version in [xliff::Version::V1_2, xliff::Version::V2_1] {
        let glossary = &Glossary::default();
        let options = xliff::Options { version, changed: false, glossary };
        let Some(sent) = xliff::write(&sheets, &english, &options) else { continue };
        let back = xliff::read(&sent);
        assert!(!has_errors(&back.diagnostics), "{:?}\n{sent}", back.diagnostics);
        let back = back.value.expect("it is XLIFF");
        assert_unchanged(&catalogue, &back.units, &sent);
    }
    for separator in [csv::Separator::Comma, csv::Separator::Semicolon] {
        let Some(sent) = csv::units(&sheets, false, separator) else { continue };
        let back = csv::read_units(&sent);
        assert!(!has_errors(&back.diagnostics), "{:?}\n{sent}", back.diagnostics);
        assert_unchanged(&catalogue, &back.value, &sent);
    }
    if let Some(sent) = tmx::write(&sheets, &english) {
        let back = tmx::read(&sent);
        assert!(!has_errors(&back.diagnostics), "{:?}\n{sent}", back.diagnostics);
        assert!(back.value.is_some_and(|it| !it.is_empty()), "{sent}");
    }
}

/// Whatever comes back as XLIFF, the catalogue is whole and without a fault, and its
/// sources are the same.
pub(super) fn xliff(bytes: &[u8]) {
    let text = exchange::decode(bytes).unwrap_or_default();
    let Checked { value, diagnostics } = xliff::read(&text);
    assert_places(&text, &diagnostics);
    if let Some(file) = value {
        assert_taken(&file.units);
    }
}

/// Whatever a memory holds, the catalogue is whole and without a fault, and its sources
/// are the same.
pub(super) fn tmx(bytes: &[u8]) {
    let text = exchange::decode(bytes).unwrap_or_default();
    let Checked { value, diagnostics } = tmx::read(&text);
    assert_places(&text, &diagnostics);
    if let Some(memory) = value {
        let [french, english] = ["fr", "en"].map(Language::new);
        let (after, _) = tmx::propose(&ours(), &memory, (&french, &english), "mémoire");
        assert_sound(&after);
    }
}

/// Whatever comes back as a sheet, the catalogue is whole and without a fault, and its
/// sources are the same. A sheet of terms that is written again says the same.
pub(super) fn csv(bytes: &[u8]) {
    let text = exchange::decode(bytes).unwrap_or_default();
    let units = csv::read_units(&text);
    assert_places(&text, &units.diagnostics);
    assert_taken(&units.value);
    let terms = csv::read_terms(&text);
    assert_places(&text, &terms.diagnostics);
    let terms: Vec<_> = terms.value.into_iter().map(|it| it.0).collect();
    let written = csv::terms(&terms, csv::Separator::Comma);
    let again: Vec<_> = csv::read_terms(&written).value;
    let again: Vec<_> = again.into_iter().map(|it| it.0).collect();
    assert_eq!(csv::terms(&again, csv::Separator::Comma), written, "written twice");
}

fn ours() -> Catalogue {
    Catalogue::read(CATALOGUE).value.expect("it is a catalogue")
}

fn opened(text: &str) -> Catalogue {
    match Catalogue::open(text).value {
        Some(catalogue) => catalogue,
        None => panic!("it is no catalogue once written:\n{text}"),
    }
}

fn sheet(catalogue: Catalogue) -> Sheet {
    Sheet {
        file: Arc::from("content/essai.md"),
        address: "https://essai.example/fr/essai/".to_owned(),
        source: Language::new("fr"),
        catalogue,
    }
}

fn assert_unchanged(catalogue: &Catalogue, units: &[Incoming], sent: &str) {
    let options = exchange::Options::default();
    let (after, report) = exchange::import(catalogue, units, options).value;
    assert_eq!(after.write(), catalogue.write(), "{report:?} of\n{sent}");
    assert!(!report.changes() && report.conflicts == 0, "{report:?} of\n{sent}");
}

fn assert_taken(units: &[Incoming]) {
    for accept in [false, true] {
        let options = exchange::Options { accept };
        assert_sound(&exchange::import(&ours(), units, options).value.0);
    }
}

/// The catalogue is [`CATALOGUE`] with other translations.
fn assert_sound(after: &Catalogue) {
    let written = after.write();
    assert!(opened(&written) == *after, "it is another once written:\n{written}");
    let faults = Catalogue::read(&written).diagnostics;
    assert!(!has_errors(&faults), "{faults:?}\n{written}");
    assert_eq!(sources(&written), sources(CATALOGUE), "the sources change");
}

/// The lines that say what is translated. What a tool translates that is no longer in the
/// page is added at the end, as obsolete.
fn sources(po: &str) -> Vec<&str> {
    po.lines().filter(|it| it.starts_with("msgid ")).collect()
}
