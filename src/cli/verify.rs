//! `plantin verify`: the exports, read back and compared.
//!
//! The page that `--html` writes is one file, without request or script, filled in with
//! what was found and with the words of the user.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value as Json, json};

use super::{
    Exit, args,
    build::exports,
    fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
};
use crate::{
    deposit::Scope,
    diagnostic::Diagnostic,
    document::{Language, PageKey},
    languages,
    pipeline::{self, Workspace},
    render::{Format, html::template},
    site::Site,
    source::files,
    verify::{self, Difference, Files, Medium, Report, Setting, Witness, criteria},
    words::{Value, Words},
};

/// The page that `--html` writes.
const PAGE: &str = include_str!("verify.html");

/// What was found, and of what.
struct Found {
    workspace: Workspace,
    site: Site,
    report: Report,
}

/// Reads the exports back, compares them and says what differs.
pub(super) fn run(terminal: &Terminal, asked: &args::Verify) -> Exit {
    let root = asked.workspace.as_path();
    match find(asked) {
        Ok(found) => tell(terminal, asked, &found),
        Err(failures) => fail(terminal, "verify", &failures, root),
    }
}

fn find(asked: &args::Verify) -> Result<Found, Vec<Diagnostic>> {
    let workspace = open(&asked.workspace)?;
    let out = asked.out.clone().unwrap_or_else(|| exports(&workspace));
    let site = pipeline::check(&workspace).map_err(fault_of)?.value;
    let report = match &asked.against {
        Some(other) => {
            let (own, its) = (read(&out, &|_| true)?, read(other, &|_| true)?);
            let names = [out.as_path(), other].map(|it| it.display().to_string());
            let names = [names[0].as_str(), names[1].as_str()];
            verify::against(&own, &its, &Setting::of(&site), names)
        }
        None => compare(&workspace, &site, &out)?,
    };
    Ok(Found { workspace, site, report })
}

/// Compares what lies in a folder with a site.
pub(super) fn compare(
    workspace: &Workspace,
    site: &Site,
    out: &Path,
) -> Result<Report, Vec<Diagnostic>> {
    let formats = workspace.config.formats.iter().flat_map(|it| media(*it));
    let formats: Vec<Medium> = formats.copied().collect();
    Ok(verify::verify(&read(out, &verify::is_read)?, site, &formats))
}

/// What differs in what a build made, as far as it was asked for.
pub(super) fn of_build(
    workspace: &Workspace,
    site: &Site,
    out: &Path,
    scope: &Scope,
    words: &Words,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let formats = workspace.config.formats.iter();
    let wanted = |it: &&Format| scope.formats.is_empty() || scope.formats.contains(it);
    // A build of some pages makes no whole.
    let is_made =
        |it: &&Medium| scope.pages.is_empty() || matches!(it, Medium::Html | Medium::Pdf);
    let formats = formats.filter(wanted).flat_map(|it| media(*it)).filter(is_made);
    let formats: Vec<Medium> = formats.copied().collect();
    let is_wanted = |path: &str| formats.iter().any(|it| it.holds(path));
    let files = read(out, &is_wanted)?;
    let mut report = verify::verify(&files, site, &formats);
    report.differences.retain(|it| {
        let language = Language::new(&it.language);
        let is_page = |key: &PageKey| key.as_str() == it.page;
        (scope.languages.is_empty() || scope.languages.contains(&language))
            && (scope.pages.is_empty() || scope.pages.iter().any(is_page))
    });
    Ok(verify::diagnostics(&report, Some(site), &|it| shown(it, words)))
}

/// The format of the writers, as a reader meets it.
fn media(format: Format) -> &'static [Medium] {
    match format {
        Format::Html => &[Medium::Html],
        Format::Pdf => &[Medium::Pdf, Medium::Whole],
        Format::Epub => &[Medium::Epub],
    }
}

/// The files of a folder that are wanted.
fn read(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Files, Vec<Diagnostic>> {
    let absent =
        || vec![Diagnostic::error("verify-absent").with("path", folder.display())];
    let files =
        files::exported(folder, wanted).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => absent(),
            _ => fault_of(pipeline::Error::Io { path: PathBuf::from(folder), source }),
        })?;
    if files.is_empty() { Err(absent()) } else { Ok(files) }
}

fn tell(terminal: &Terminal, asked: &args::Verify, found: &Found) -> Exit {
    let (words, root, report) = (&terminal.words, &asked.workspace, &found.report);
    let diagnostics =
        verify::diagnostics(report, Some(&found.site), &|it| shown(it, words));
    let exit = if report.differences.is_empty() { Exit::Fine } else { Exit::Problems };
    if let Some(file) = &asked.html
        && let Err(failure) = Folder::write_one(root, file, page(words, found).as_bytes())
    {
        return fail(terminal, "verify", &[failure], root);
    }
    if terminal.manner.json {
        let output = Output::new("verify", exit as u8, &diagnostics, root, words);
        let output = output.with("pages", report.pages.len()).with("files", report.files);
        terminal.print(output.with("differences", differences(report)).write());
        return exit;
    }
    terminal.diagnostics(&diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        terminal.print(closing(words, asked, report));
    }
    terminal.counts(&Problems::count(&diagnostics), false);
    exit
}

/// Who shows what, for the user: `site, book: “a” ≠ PDF: “b”`.
fn shown(groups: &[(Vec<Witness>, String)], words: &Words) -> String {
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
fn names(who: &[Witness], words: &Words) -> String {
    let one = |it: &Witness| {
        let medium = words.text(name(it.medium));
        match &it.language {
            Some(tag) => format!("{medium} ({})", languages::own_name(tag)),
            None => medium,
        }
    };
    who.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The message that names a medium.
fn name(medium: Medium) -> &'static str {
    match medium {
        Medium::Source => "verify-medium-source",
        Medium::Html => "verify-medium-html",
        Medium::Epub => "verify-medium-epub",
        Medium::Pdf => "verify-medium-pdf",
        Medium::Whole => "verify-medium-whole-pdf",
    }
}

/// How much was read, and what came of it.
fn closing(words: &Words, asked: &args::Verify, report: &Report) -> String {
    let count = report.differences.len();
    let read = match asked.against {
        Some(_) => words.format("verified-files", &[("files", report.files.into())]),
        None => words.format("verified", &[("pages", report.pages.len().into())]),
    };
    let found = match (count, &asked.against) {
        (0, Some(_)) => words.text("verified-identical"),
        (0, None) => words.text("verified-same"),
        _ => words.format("verified-different", &[("count", Value::from(count))]),
    };
    format!("{read}\n{found}\n")
}

/// The differences, for another program.
fn differences(report: &Report) -> Json {
    report.differences.iter().map(difference).collect()
}

fn difference(it: &Difference) -> Json {
    let shown = it.shown.iter().map(|(who, what)| {
        let one = |it: &verify::Witness| {
            json!({ "format": it.medium.name(), "edition": it.language })
        };
        json!({ "who": who.iter().map(one).collect::<Vec<_>>(), "what": what })
    });
    json!({
        "aspect": it.aspect.code(),
        "page": it.page,
        "language": it.language,
        "unit": it.unit,
        "piece": it.piece,
        "repeats": it.repeats,
        "shown": shown.collect::<Vec<_>>(),
        "rgaa": verify::criteria(it.aspect).map(|it| it.number).collect::<Vec<_>>(),
    })
}

// As a page

/// The words of the page.
const LABELS: [&str; 15] = [
    "verify-report-title",
    "verify-report-lead",
    "verify-report-same",
    "verify-report-pages",
    "verify-report-page",
    "verify-report-equal",
    "verify-report-different",
    "verify-report-absent",
    "verify-report-none",
    "verify-report-details",
    "verify-report-shows",
    "verify-report-unit",
    "verify-report-back",
    "verify-report-whole",
    "verify-report-criteria",
];

/// Fills in the page.
fn page(words: &Words, found: &Found) -> String {
    let mut environment = template::environment();
    environment.add_template("verify", PAGE).expect("the page is checked by a test");
    let template = environment.get_template("verify").expect("it was just added");
    let labels = LABELS.iter().map(|id| {
        let name = id.trim_start_matches("verify-report-").to_owned();
        let version = [("version", criteria::version().into())];
        (name, Json::from(words.format(id, &version)))
    });
    let report = &found.report;
    let count = report.differences.len();
    let different = words.format("verified-different", &[("count", Value::from(count))]);
    let media: Vec<Medium> = formats(report);
    let languages: Vec<String> =
        found.site.editions.iter().map(|it| it.language.to_string()).collect();
    let context = json!({
        "lang": words.text("verify-report-language"),
        "labels": labels.collect::<Map<String, Json>>(),
        "name": found.workspace.config.name,
        "read": words.format("verified", &[("pages", report.pages.len().into())]),
        "different": different,
        "count": count,
        "languages": languages
            .iter()
            .map(|it| json!({ "tag": it, "name": languages::own_name(it) }))
            .collect::<Vec<_>>(),
        "formats": media.iter().map(|it| words.text(name(*it))).collect::<Vec<_>>(),
        "rows": rows(found, &languages, &media),
        "groups": groups(words, found),
    });
    template
        .render(super::status::as_value(&context))
        .expect("the page is checked by a test")
}

/// The formats that were met anywhere.
fn formats(report: &Report) -> Vec<Medium> {
    let met = |it: &&Medium| report.pages.values().any(|media| media.contains(it));
    Medium::FORMATS.iter().filter(met).copied().collect()
}

/// A row for each page: its title, and how it stands in each language and format.
fn rows(found: &Found, languages: &[String], media: &[Medium]) -> Json {
    let row = |(number, (key, (title, lang))): (usize, (String, (String, String)))| {
        let places = languages
            .iter()
            .flat_map(|language| media.iter().map(move |it| (language, *it)));
        let cells =
            places.map(|(language, medium)| cell(&found.report, language, &key, medium));
        json!({ "key": key, "title": title, "lang": lang, "id": number, "cells": cells.collect::<Vec<_>>() })
    };
    titles(found).into_iter().enumerate().map(row).collect()
}

/// The title of each page and its language: the sources', where the page has one in it.
fn titles(found: &Found) -> BTreeMap<String, (String, String)> {
    let mut titles = BTreeMap::new();
    for edition in std::iter::once(found.site.source()).chain(&found.site.editions) {
        for page in &edition.pages {
            let title = || page.document.meta.title.to_plain();
            let entry = || (title(), edition.language.to_string());
            titles.entry(page.key.to_string()).or_insert_with(entry);
        }
    }
    for (_, key) in found.report.pages.keys() {
        titles.entry(key.clone()).or_default();
    }
    titles
}

/// How a page stands in a language and a format.
fn cell(report: &Report, language: &str, key: &str, medium: Medium) -> &'static str {
    let is_read = report
        .pages
        .get(&(language.to_owned(), key.to_owned()))
        .is_some_and(|it| it.contains(&medium));
    let concerns = |it: &&Difference| {
        it.page == key
            && it.odd().any(|who| {
                who.medium == medium
                    && who.language.as_deref().unwrap_or(&it.language) == language
            })
    };
    match (report.differences.iter().find(concerns), is_read) {
        (Some(_), true) => "different",
        (Some(_), false) => "absent",
        (None, true) => "equal",
        (None, false) => "none",
    }
}

/// The differences of each page, with their words.
fn groups(words: &Words, found: &Found) -> Json {
    let mut groups: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for it in &found.report.differences {
        let one = verify::diagnostics(
            &Report { differences: vec![it.clone()], ..Report::default() },
            Some(&found.site),
            &|it| shown(it, words),
        );
        let told = one.first().map(|told| {
            let place = told.place.map_or(String::new(), |it| format!(":{}", it.line));
            // The page stands above, and what each shows below.
            let mut told_alone = told.clone();
            for (name, value) in &mut told_alone.args {
                match *name {
                    "shown" => value.clear(),
                    "place" => *value = languages::own_name(&it.language),
                    _ => {}
                }
            }
            let message = super::message::Message::new(&told_alone, words).text;
            json!({
                "message": message.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']),
                "source": format!("{}{place}", told.file),
                "unit": it.unit.clone().unwrap_or_default(),
                "criteria": verify::criteria(it.aspect)
                    .map(|it| json!({ "number": it.number, "words": it.words }))
                    .collect::<Vec<_>>(),
                "shown": it.shown.iter().map(|(who, what)| {
                    json!({ "who": names(who, words), "what": what })
                }).collect::<Vec<_>>(),
            })
        });
        groups.entry(&it.page).or_default().extend(told);
    }
    let (ids, titles) = (rows_keys(found), titles(found));
    groups
        .into_iter()
        .map(|(page, differences)| {
            let id = ids.iter().position(|it| it == page);
            let (title, lang) = titles.get(page).cloned().unwrap_or_default();
            json!({ "page": page, "title": title, "lang": lang, "id": id, "differences": differences })
        })
        .collect()
}

/// The pages in the order of the table.
fn rows_keys(found: &Found) -> Vec<String> {
    let own = found.site.source().pages.iter().map(|it| it.key.to_string());
    let met = found.report.pages.keys().map(|it| it.1.clone());
    let mut keys: Vec<String> = own.chain(met).collect();
    keys.sort();
    keys.dedup();
    keys
}
