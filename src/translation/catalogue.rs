//! The catalogue of a page in a language: what its translators wrote, and what of it may
//! be shown.
//!
//! A catalogue is checked when it is read, so that [`apply`](super::apply()) has nothing
//! left to doubt: each translation is read into inlines and compared with its source, and
//! one that brings in or leaves out what it must not is set aside, with a diagnostic at
//! its line.
//!
//! A catalogue that could not be read whole is used as far as it goes, but it is never
//! rewritten: [`Catalogue::write`] gives its text back as it was, so that what the
//! program does not understand is not lost on the disk.

use std::collections::{HashMap, hash_map};

use super::{
    Context, Keys,
    check::{self, Finding},
    excerpt,
    po::{self, Entry, File},
    proofreading::Rules,
    status::{self, Tally},
    unit::{self, Key, RULE_VERSION},
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place, Severity},
    document::{Inline, Language, State, Text, text},
    source::line,
};

/// What the translators of a page wrote in one language.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(super) file: File,
    /// By the fingerprint of the source: the entry's number in the file.
    index: HashMap<Key, usize>,
    /// By the address of a unit, without what tells repeats apart: the numbers of the
    /// entries that have a translation.
    addresses: HashMap<String, Vec<usize>>,
    /// What was found by reading the entries that have a translation.
    readings: HashMap<usize, Reading>,
    /// The text that was read, when a part of it was not understood.
    damaged: Option<String>,
}

/// What the texts of an entry say.
#[derive(Clone, Debug)]
struct Reading {
    /// The fingerprint of the source's words alone.
    words: Key,
    /// The translation, when it may be shown.
    translation: Option<Vec<Inline>>,
    /// Whether a flag lets it lack what its source has.
    lenient: bool,
}

/// Catalogues are equal when they would be written alike.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file && self.damaged == other.damaged
    }
}

/// What a catalogue has for a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// The entry's number.
    pub(super) number: usize,
    /// Where the translation stands in the file.
    pub(super) place: Place,
    /// Where the translation stands, its checks considered.
    pub(super) state: State,
    /// Whether the translation is the source, sign for sign.
    pub(super) is_source: bool,
    /// The translation, when it may be shown.
    pub(super) inlines: Option<&'a [Inline]>,
    /// Whether a flag lets it lack what its source has.
    pub(super) lenient: bool,
}

/// The path of a page's catalogue under the folder of the languages, from the page's path
/// under the folder of the pages.
pub fn path(language: &Language, page: &str) -> String {
    let page = page.strip_suffix(".md").unwrap_or(page);
    format!("{language}/content/{page}.po")
}

impl Catalogue {
    /// Reads a catalogue. `None` when nothing in it is one.
    pub fn read(text: &str) -> Checked<Option<Self>> {
        let mut read = Self::open(text);
        if let Some(catalogue) = &mut read.value {
            catalogue.inspect(&mut read.diagnostics);
        }
        read
    }

    /// Reads a catalogue to bring it up to date: its translations are not looked at, and
    /// nothing of it may be shown.
    pub fn open(text: &str) -> Checked<Option<Self>> {
        let (file, mut diagnostics) = po::read(text);
        if file.entries.is_empty() {
            let empty = text.trim_start_matches('\u{feff}').trim().is_empty();
            diagnostics.truncate(1);
            diagnostics.insert(0, nothing(empty));
            return Checked { value: None, diagnostics };
        }
        let mut catalogue = Self::of(file);
        catalogue.inspect_duplicates(&mut diagnostics);
        let damaged = diagnostics.iter().any(|it| it.severity == Severity::Error);
        catalogue.damaged = damaged.then(|| text.to_owned());
        Checked { value: Some(catalogue), diagnostics }
    }

    /// What a catalogue of many pages holds of the texts of one.
    #[must_use]
    pub fn only(&self, keys: &Keys) -> Self {
        let holds = |it: &Entry| {
            it.is_header()
                || !it.obsolete && keys.holds(Key::within(it.context.as_deref(), &it.id))
        };
        let entries = self.file.entries.iter().filter(|it| holds(it)).cloned();
        Self::of(File { entries: entries.collect(), ..File::default() })
    }

    /// A catalogue of these entries, of which nothing may be shown yet.
    pub(super) fn of(file: File) -> Self {
        let mut catalogue = Self {
            file,
            index: HashMap::new(),
            addresses: HashMap::new(),
            readings: HashMap::new(),
            damaged: None,
        };
        for (number, entry) in catalogue.file.entries.iter().enumerate() {
            if entry.obsolete || entry.is_header() {
                continue;
            }
            // A context that is not the author's does not hide a translation.
            let mut keys = vec![Key::of(&entry.id)];
            if entry.context.is_some() {
                keys.push(Key::within(entry.context.as_deref(), &entry.id));
            }
            for key in keys {
                let place = catalogue.index.entry(key).or_insert(number);
                let first = &catalogue.file.entries[*place];
                let better = status::state(first) == State::Missing
                    || first.context.is_some() && entry.context.is_none();
                if better && status::state(entry) != State::Missing {
                    *place = number;
                }
            }
        }
        catalogue
    }

    /// Everything that the checks say of its translations, each where it stands.
    pub fn findings(&self, rules: &Rules<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for entry in self.entries().filter(|it| !it.obsolete) {
            let state = status::state(entry);
            if matches!(state, State::Translated | State::Reviewed) {
                findings.extend(self.findings_of(entry, None, rules));
            }
        }
        findings
    }

    /// Everything that the checks say of a translation, where it stands.
    pub(super) fn findings_of(
        &self,
        entry: &Entry,
        source: Option<&[Inline]>,
        rules: &Rules<'_>,
    ) -> Vec<Finding> {
        let (id, translation) = (&entry.id, entry.translation());
        let mut found = match source {
            Some(inlines) => {
                check::findings_of(id, inlines, translation, &entry.flags, rules)
            }
            None => check::findings(id, translation, &entry.flags, rules),
        };
        for finding in &mut found {
            finding.diagnostic = located(finding.diagnostic.clone(), entry);
        }
        found
    }

    /// The catalogue with its texts written as the present rule writes them, so that those
    /// that an older one wrote in another way are found again.
    pub fn migrated(mut self) -> Self {
        if self.damaged.is_some() {
            return self;
        }
        let again = |text: &mut String| *text = line::write(&line::read(text).value);
        for entry in self.file.entries.iter_mut().filter(|it| !it.is_header()) {
            again(&mut entry.id);
            entry.previous.id.iter_mut().for_each(again);
        }
        Self::of(self.file)
    }

    /// The version of the rule by which its texts were cut, where it says so.
    pub fn rule(&self) -> Option<u32> {
        self.header("X-Plantin-Rule")?.parse().ok()
    }

    /// The text of the catalogue, as it is to stand in its file.
    pub fn write(&self) -> String {
        match &self.damaged {
            Some(text) => text.clone(),
            None => po::write(&self.file),
        }
    }

    /// Whether a part of it was not understood, so that it must not be rewritten.
    pub fn is_damaged(&self) -> bool {
        self.damaged.is_some()
    }

    /// How many entries stand where, as the translators say it.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.entries().for_each(|entry| tally.add(entry));
        tally
    }

    /// What is wrong with using it for this page in this language, if anything. What it
    /// holds is used all the same: a translation follows its text, not its file.
    pub fn belongs(&self, page: &str, language: &Language) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let place = self.header_entry().map(|it| it.place).unwrap_or_default();
        if let Some(found) = self.header("X-Plantin-Page").filter(|it| *it != page) {
            let warning = Diagnostic::warning("catalogue-other-page").at(place);
            diagnostics.push(warning.with("found", excerpt(found)).with("page", page));
        }
        let found = self.header("Language").filter(|it| !it.is_empty());
        if let Some(found) = found.filter(|it| !same_language(it, language)) {
            let warning = Diagnostic::warning("catalogue-other-language").at(place);
            let warning = warning.with("found", excerpt(found));
            diagnostics.push(warning.with("language", language));
        }
        diagnostics
    }

    /// The number of the entry with this key.
    pub(super) fn number_of(&self, key: Key) -> Option<usize> {
        self.index.get(&key).copied()
    }

    /// The entry of the unit with this key.
    pub(super) fn entry_of(&self, key: Key) -> Option<&Entry> {
        self.number_of(key).map(|it| &self.file.entries[it])
    }

    /// What it has for a unit. The unit's address is the beginning of its key: it is
    /// enough to find the entry, and the words make sure that it is the right one.
    pub(super) fn find(&self, unit: &Text) -> Option<Found<'_>> {
        let numbers = self.addresses.get(unit::address(unit))?;
        let words = Key::of(&unit.to_plain());
        let found = numbers.iter().find(|it| self.readings[*it].words == words);
        let number = *found?;
        let entry = &self.file.entries[number];
        let reading = &self.readings[&number];
        let (inlines, lenient) = (reading.translation.as_deref(), reading.lenient);
        let state = match status::state(entry) {
            State::Translated | State::Reviewed if inlines.is_none() => State::Missing,
            state => state,
        };
        let is_source = entry.id == entry.translation();
        let place = entry.translation_place;
        Some(Found { number, place, state, is_source, inlines, lenient })
    }

    /// The numbers of the entries whose translation is more than a proposal.
    pub(super) fn translated(&self) -> impl Iterator<Item = usize> {
        self.index.values().copied().filter(|it| {
            let state = status::state(&self.file.entries[*it]);
            matches!(state, State::Reviewed | State::Translated | State::Stale)
        })
    }

    /// Every entry but the header.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.file.entries.iter().filter(|it| !it.is_header())
    }

    pub(super) fn header_entry(&self) -> Option<&Entry> {
        self.file.entries.iter().find(|it| it.is_header())
    }

    /// A field of the header.
    fn header(&self, name: &str) -> Option<&str> {
        fields(self.header_entry()?.translation()).find(|it| it.0 == name).map(|it| it.1)
    }

    /// Looks for what is wrong with it, and reads the translations that can be shown.
    fn inspect(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        self.inspect_header(diagnostics);
        let mut entries: Vec<_> = self.index.iter().map(|it| (*it.1, *it.0)).collect();
        entries.sort_unstable();
        for (number, key) in entries {
            let entry = &self.file.entries[number];
            if status::state(entry) != State::Missing {
                let readings = self.readings.entry(number);
                readings.or_insert_with(|| reading(entry, diagnostics));
                self.addresses.entry(key.address()).or_default().push(number);
            }
        }
    }

    fn inspect_header(&self, diagnostics: &mut Vec<Diagnostic>) {
        let Some(header) = self.header_entry() else {
            return diagnostics.push(Diagnostic::warning("catalogue-no-header"));
        };
        let place = header.place;
        let rule = self.header("X-Plantin-Rule");
        if let Some(rule) = rule.filter(|it| *it != RULE_VERSION.to_string()) {
            let warning = Diagnostic::warning("catalogue-rule").at(place);
            let warning = warning.with("rule", excerpt(rule));
            diagnostics.push(warning.with("known", RULE_VERSION));
        }
        let charset =
            self.header("Content-Type").and_then(|it| it.split_once("charset="));
        let charset = charset.map(|it| it.1.trim());
        if let Some(charset) = charset.filter(|it| !it.eq_ignore_ascii_case("utf-8")) {
            let warning = Diagnostic::warning("catalogue-charset").at(place);
            diagnostics.push(warning.with("charset", excerpt(charset)));
        }
    }

    /// Two entries with one text: tools refuse the file, and we cannot know which is right.
    fn inspect_duplicates(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut seen = HashMap::new();
        for entry in self.file.entries.iter().filter(|it| !it.obsolete) {
            match seen.entry((entry.context.as_deref(), entry.id.as_str())) {
                hash_map::Entry::Vacant(place) => {
                    place.insert(entry.place.line);
                }
                hash_map::Entry::Occupied(first) => {
                    let error = Diagnostic::error("catalogue-duplicate").at(entry.place);
                    let error = error.with("line", first.get());
                    diagnostics.push(error.with("source", excerpt(&entry.id)));
                }
            }
            for flag in check::unknown_flags(&entry.flags) {
                let warning = Diagnostic::warning("catalogue-flag").at(entry.place);
                let near = nearest(flag, &check::CHECKS);
                let flag = excerpt(&format!("no-check-{flag}"));
                let near = format!("no-check-{near}");
                diagnostics.push(warning.with("flag", flag).with("nearest", near));
            }
            if entry.plural.is_some() {
                let warning = Diagnostic::warning("catalogue-plural").at(entry.place);
                diagnostics.push(warning.with("source", excerpt(&entry.id)));
            }
        }
    }
}

/// Reads the texts of an entry, and says why its translation may not be shown.
fn reading(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Reading {
    let source = line::read(&entry.id);
    let words = Key::of(&text::plain(&source.value));
    let state = status::state(entry);
    let lenient = entry.flags.iter().any(|it| it.starts_with("no-check-"));
    if matches!(state, State::Draft | State::Missing | State::Source) {
        return Reading { words, translation: None, lenient };
    }
    let found =
        check::examine(&entry.id, &source, entry.translation(), &entry.flags, None);
    // An old translation belongs to an old text. Where it no longer fits, it is not
    // shown, and nobody need mend it.
    if state != State::Stale {
        let faults = found.findings.into_iter().map(|it| it.diagnostic);
        diagnostics.extend(faults.map(|it| located(it, entry)));
    }
    Reading { words, translation: found.inlines, lenient }
}

/// What is wrong with a translation, where it stands.
fn located(fault: Diagnostic, entry: &Entry) -> Diagnostic {
    let fault = fault.at(entry.translation_place);
    let is_ours = fault.code.starts_with("translation-");
    if is_ours { fault.with("source", excerpt(&entry.id)) } else { fault }
}

/// The known name that is written most like this one.
fn nearest<'a>(name: &str, known: &[&'a str]) -> &'a str {
    let distance = |it: &&&str| strsim::damerau_levenshtein(name, it);
    known.iter().min_by_key(distance).copied().unwrap_or_default()
}

fn nothing(empty: bool) -> Diagnostic {
    if empty {
        Diagnostic::warning("catalogue-empty")
    } else {
        Diagnostic::error("catalogue-unreadable")
    }
}

/// The fields of a header: name and value.
fn fields(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim(), value.trim()))
    })
}

/// Whether a header's `en_GB.UTF-8`, `sr@latin` or `en-GB` is this language. Where one of
/// them says more than the other, they agree.
fn same_language(found: &str, language: &Language) -> bool {
    let found = found.split('.').next().unwrap_or_default();
    let parts = |tag: &str| -> Vec<String> {
        tag.split(['_', '@', '-']).map(str::to_ascii_lowercase).collect()
    };
    parts(found).iter().zip(&parts(language.as_str())).all(|(one, other)| one == other)
}

/// The header of a page's catalogue: the fields that are ours with the present values,
/// then those that others have put into the old one.
pub(super) fn header(context: &Context, old: Option<&Entry>) -> Entry {
    let mut entry = old.cloned().unwrap_or_default();
    let old_text = std::mem::take(&mut entry.translations).into_iter().next();
    let old_text = old_text.unwrap_or_default();
    let old_fields: Vec<_> = fields(&old_text).collect();
    let kept = |name: &str| {
        old_fields.iter().find(|it| it.0 == name).map_or("", |it| it.1).to_owned()
    };
    // What other tools have put there is left as it is when it is right, so that the two
    // do not take turns at changing it.
    let or = |kept: String, fine: bool, ours: &str| {
        if fine && !kept.is_empty() { kept } else { ours.to_owned() }
    };
    let language = context.language.as_str();
    let (old_language, old_plurals) = (kept("Language"), kept("Plural-Forms"));
    let fits = same_language(&old_language, &context.language);
    let counts = fits && !old_plurals.contains("INTEGER");
    let ours = [
        ("Project-Id-Version", context.project.clone()),
        ("PO-Revision-Date", kept("PO-Revision-Date")),
        ("Last-Translator", kept("Last-Translator")),
        ("Language-Team", kept("Language-Team")),
        ("Language", or(old_language, fits, &language.replace('-', "_"))),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("Plural-Forms", or(old_plurals, counts, plural_forms(language))),
        ("X-Generator", or(kept("X-Generator"), true, "Plantin")),
        ("X-Source-Language", context.source_language.to_string()),
        ("X-Plantin-Rule", RULE_VERSION.to_string()),
        ("X-Plantin-Page", context.file.to_string()),
    ];
    let others = old_fields.iter().filter(|old| ours.iter().all(|it| it.0 != old.0));
    let mut text = String::new();
    for (name, value) in
        ours.iter().map(|it| (it.0, it.1.as_str())).chain(others.copied())
    {
        let value: String = value.chars().filter(|it| !it.is_control()).collect();
        text.push_str(&format!("{name}: {value}\n"));
    }
    entry.translations = vec![text];
    entry
}

/// How a language counts, for the tools that ask; the program itself needs no plurals.
fn plural_forms(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    match primary {
        "ja" | "ko" | "zh" | "vi" | "th" | "id" | "ms" | "lo" | "my" => {
            "nplurals=1; plural=0;"
        }
        "fr" | "oc" | "br" | "tr" | "fil" | "ln" | "mg" | "wa" | "ty" | "hy" | "am" => {
            "nplurals=2; plural=(n > 1);"
        }
        "pt" if language.eq_ignore_ascii_case("pt-BR") || language == "pt_BR" => {
            "nplurals=2; plural=(n > 1);"
        }
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" => {
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
        }
        "pl" => {
            "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
        }
        "cs" | "sk" => "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
        "ro" => "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);",
        "lt" => {
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);"
        }
        "lv" => "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n!=0 ? 1 : 2);",
        "sl" => {
            "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"
        }
        "ga" => "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);",
        "mt" => {
            "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : n%100>10 && n%100<20 ? 2 : 3);"
        }
        "cy" => "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n!=8 && n!=11 ? 2 : 3);",
        "ar" => {
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
        }
        _ => "nplurals=2; plural=(n != 1);",
    }
}
