//! `plantin status`: how far the translations are, and what to do next.
//!
//! One description of the state, as JSON, is what `--json` prints and what the page that
//! `--html` writes is filled in with.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use similar::{ChangeTag, TextDiff};

use super::{
    Exit, fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
    shown, table,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Language, State},
    languages,
    pipeline::{self, LanguageReport, PageReport, Report, Workspace},
    render::html::template,
    translation::{Listed, Tally},
    words::{Value, Words, visible},
};

/// The page that `--html` writes.
const PAGE: &str = include_str!("status.html");

/// How many places are named of each thing to do.
const LISTED: usize = 5;

/// What was asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// The languages; all when empty.
    pub(super) languages: Vec<String>,
    /// How much must be translated, in percent.
    pub(super) min: Option<u8>,
    /// The page to write.
    pub(super) html: Option<PathBuf>,
}

/// Says how far the translations are.
pub(super) fn run(terminal: &Terminal, asked: &Asked) -> Exit {
    match report(asked) {
        Ok(Checked { value, diagnostics }) => tell(terminal, asked, &value, &diagnostics),
        Err(failures) => fail(terminal, "status", &failures, &asked.workspace),
    }
}

/// The report, with the publication that it is about.
fn report(asked: &Asked) -> Result<Checked<(Workspace, Report)>, Vec<Diagnostic>> {
    let workspace = open(&asked.workspace)?;
    let languages: Vec<Language> =
        asked.languages.iter().map(|it| Language::new(it)).collect();
    let report = pipeline::status(&workspace, &languages).map_err(fault_of)?;
    let value = (workspace, report.value);
    Ok(Checked { value, diagnostics: report.diagnostics })
}

fn tell(
    terminal: &Terminal,
    asked: &Asked,
    (workspace, report): &(Workspace, Report),
    diagnostics: &[Diagnostic],
) -> Exit {
    let words = &terminal.words;
    let root = &asked.workspace;
    let mut diagnostics = diagnostics.to_vec();
    diagnostics.extend(report.languages.iter().flat_map(LanguageReport::findings));
    crate::diagnostic::sort(&mut diagnostics);
    let enough = |it: &LanguageReport| {
        asked.min.is_none_or(|min| it.tally().percent() >= usize::from(min))
    };
    let is_enough = report.languages.iter().all(enough);
    let exit = if is_enough { Exit::Fine } else { Exit::Problems };
    let state = match terminal.manner.json || asked.html.is_some() {
        true => languages_as_json(report),
        false => Json::Null,
    };
    if let Some(file) = &asked.html
        && let Err(failure) = write_page(words, file, workspace, &state)
    {
        return fail(terminal, "status", &[failure], root);
    }
    if terminal.manner.json {
        let output = Output::new("status", exit as u8, &diagnostics, root, words);
        let output = output.with("languages", state).with("min", asked.min);
        terminal.print(output.with("enough", is_enough).write());
        return exit;
    }
    terminal.diagnostics(&diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        terminal.print(overview(words, report));
        terminal.print(to_do(words, report));
    }
    if let Some(file) = asked.html.as_ref().filter(|_| !terminal.manner.quiet) {
        let file = shown(file);
        terminal.print(format!(
            "{}\n",
            words.format("status-written", &[("file", file.into())])
        ));
    }
    if !is_enough {
        let min = usize::from(asked.min.unwrap_or_default());
        terminal
            .say(format!("{}\n", words.format("status-below", &[("min", min.into())])));
    }
    terminal.counts(&Problems::count(&diagnostics), !terminal.manner.verbose);
    exit
}

// As text

/// A row for each language and, where they are not many, for each page.
fn overview(words: &Words, report: &Report) -> String {
    let heads = [
        "table-language",
        "status-translated",
        "status-reviewed",
        "status-stale",
        "status-draft",
        "status-missing",
        "status-words",
    ];
    let mut rows = vec![heads.map(|it| words.text(it)).to_vec()];
    for language in &report.languages {
        rows.push(row(
            words,
            language.language.as_str(),
            &language.tally(),
            &language.words(),
        ));
        let unfinished = language.pages.iter().filter(|it| it.tally().percent() < 100);
        for page in unfinished {
            let name = format!("  {}", short(&page.file));
            rows.push(row(words, &name, &page.tally(), &page.words()));
        }
    }
    table::lay_out(&rows)
}

/// The end of a long path, which tells it from its neighbours.
fn short(path: &str) -> String {
    const LONGEST: usize = 60;
    let length = path.chars().count();
    if length <= LONGEST {
        return path.to_owned();
    }
    format!("…{}", path.chars().skip(length + 1 - LONGEST).collect::<String>())
}

fn row(words: &Words, name: &str, units: &Tally, source_words: &Tally) -> Vec<String> {
    let number = |it: usize| words.format("number", &[("number", it.into())]);
    let percent =
        |it: &Tally| words.format("percent", &[("number", it.percent().into())]);
    let translated = format!("{} ({})", number(units.done()), percent(units));
    let left = source_words.total() - source_words.done();
    vec![
        name.to_owned(),
        translated,
        number(units.reviewed),
        number(units.stale),
        number(units.draft),
        number(units.missing),
        number(left),
    ]
}

/// What to do next, the most urgent first.
fn to_do(words: &Words, report: &Report) -> String {
    let mut text = String::new();
    for language in &report.languages {
        for (id, places) in tasks(language) {
            let args = [
                ("count", Value::from(places.len())),
                ("language", language.language.as_str().into()),
            ];
            text.push_str(&format!("\n{}\n", words.format(id, &args)));
            for place in places.iter().take(LISTED) {
                text.push_str(&format!("  {}\n", visible::line(place)));
            }
            if places.len() > LISTED {
                text.push_str("  …\n");
            }
        }
    }
    if text.is_empty() {
        text = format!("\n{}\n", words.text("todo-nothing"));
    }
    text
}

/// The things to do in a language: the message that says it, and where.
fn tasks(language: &LanguageReport) -> Vec<(&'static str, Vec<String>)> {
    let catalogues = language.pages.iter().filter(|it| it.out_of_date);
    let catalogues: Vec<String> = catalogues.map(|it| it.catalogue.clone()).collect();
    let of = |wanted: &dyn Fn(&Listed) -> bool| -> Vec<String> {
        let places = language.pages.iter().flat_map(|page| {
            let units = page.units.iter().filter(|it| wanted(it));
            units.map(|it| place(page, it)).collect::<Vec<_>>()
        });
        places.collect()
    };
    let all = [
        ("todo-extract", catalogues),
        ("todo-stale", of(&|it| it.state == State::Stale)),
        ("todo-refused", of(&|it| it.state != it.said)),
        ("todo-missing", of(&|it| it.state == State::Missing && it.state == it.said)),
        ("todo-draft", of(&|it| it.state == State::Draft)),
        ("todo-carried", of(&|it| it.carried)),
        ("todo-interface", language.interface.iter().map(words_place).collect()),
    ];
    all.into_iter().filter(|it| !it.1.is_empty()).collect()
}

fn words_place(fault: &Diagnostic) -> String {
    let line = fault.place.map(|it| format!(":{}", it.line)).unwrap_or_default();
    let id = fault.args.iter().find(|it| it.0 == "id").map(|it| it.1.as_str());
    format!("{}{line}  {}", fault.file, id.unwrap_or_default())
}

fn place(page: &PageReport, unit: &Listed) -> String {
    let line = match unit.catalogue_place {
        Some(place) => format!("{}:{}", page.catalogue, place.line),
        None => format!("{}:{}", page.file, unit.place.line),
    };
    const SHOWN: usize = 60;
    let mut source: String = unit.source.chars().take(SHOWN).collect();
    if unit.source.chars().count() > SHOWN {
        source.push('…');
    }
    format!("{line}  {source}")
}

// As JSON

fn languages_as_json(report: &Report) -> Json {
    let languages = report.languages.iter().map(|language| {
        let pages: Vec<Json> = language.pages.iter().map(page_as_json).collect();
        let tasks = tasks(language).into_iter().map(|(id, places)| {
            json!({ "task": id.trim_start_matches("todo-"), "count": places.len(), "places": places })
        });
        json!({
            "language": language.language.as_str(),
            "percent": language.tally().percent(),
            "units": tally_as_json(&language.tally()),
            "words": tally_as_json(&language.words()),
            "tasks": tasks.collect::<Vec<Json>>(),
            "pages": pages,
        })
    });
    languages.collect()
}

fn page_as_json(page: &PageReport) -> Json {
    let wanted = |it: &&Listed| {
        let finished = matches!(it.state, State::Translated | State::Reviewed);
        !finished || it.carried || !it.findings.is_empty()
    };
    let units: Vec<Json> =
        page.units.iter().filter(wanted).map(|it| unit_as_json(page, it)).collect();
    json!({
        "file": &*page.file,
        "title": page.title,
        "catalogue": page.catalogue,
        "out_of_date": page.out_of_date,
        "percent": page.tally().percent(),
        "units": tally_as_json(&page.tally()),
        "words": tally_as_json(&page.words()),
        "unfinished": units,
    })
}

fn unit_as_json(page: &PageReport, unit: &Listed) -> Json {
    json!({
        "address": unit.address,
        "state": unit.state.name(),
        "refused": unit.state != unit.said,
        "carried": unit.carried,
        "change": unit.change.map(|it| it.name()),
        "line": unit.place.line,
        "file": &*page.file,
        "catalogue_line": unit.catalogue_place.map(|it| it.line),
        "source": unit.source,
        "previous": unit.previous,
        "translation": unit.translation,
        "checks": unit.findings.iter().map(|it| it.check).collect::<Vec<_>>(),
    })
}

fn tally_as_json(tally: &Tally) -> Json {
    json!({
        "reviewed": tally.reviewed,
        "translated": tally.translated,
        "draft": tally.draft,
        "stale": tally.stale,
        "missing": tally.missing,
        "total": tally.total(),
    })
}

// As a page

fn write_page(
    words: &Words,
    file: &Path,
    workspace: &Workspace,
    state: &Json,
) -> Result<(), Diagnostic> {
    let page = page(words, workspace, state);
    Folder::write_one(&workspace.root, file, page.as_bytes())
}

/// Fills in the page.
fn page(words: &Words, workspace: &Workspace, state: &Json) -> String {
    let mut environment = template::environment();
    environment.add_template("status", PAGE).expect("the page is checked by a test");
    environment
        .add_filter("before", |unit: minijinja::Value| diff(&unit, ChangeTag::Delete));
    environment
        .add_filter("after", |unit: minijinja::Value| diff(&unit, ChangeTag::Insert));
    let template = environment.get_template("status").expect("it was just added");
    let labels: Json = LABELS
        .iter()
        .map(|id| {
            (id.trim_start_matches("status-").replace('-', "_"), words.text(id).into())
        })
        .collect::<serde_json::Map<String, Json>>()
        .into();
    let mut languages = state.clone();
    for language in languages.as_array_mut().into_iter().flatten() {
        let tag = language["language"].as_str().unwrap_or_default().to_owned();
        language["name"] = name_of(&tag).into();
        for task in language["tasks"].as_array_mut().into_iter().flatten() {
            let id =
                TASKS.iter().find(|it| it.trim_start_matches("todo-") == task["task"]);
            let count = task["count"].as_u64().and_then(|it| usize::try_from(it).ok());
            if let Some(id) = id {
                let args = [
                    ("count", count.unwrap_or_default().into()),
                    ("language", tag.as_str().into()),
                ];
                task["text"] = words.format(id, &args).into();
            }
        }
    }
    let context = json!({
        "name": workspace.config.name, "source": workspace.config.source.as_str(),
        "lang": words.text("status-language"), "labels": labels,
        "languages": languages,
    });
    template.render(as_value(&context)).expect("the page is checked by a test")
}

/// What a language calls itself, where the program knows it.
fn name_of(tag: &str) -> String {
    format!("{} ({tag})", languages::own_name(tag))
}

/// JSON as the template reads it.
pub(super) fn as_value(json: &Json) -> minijinja::Value {
    match json {
        Json::Null => minijinja::Value::from(()),
        Json::Bool(it) => (*it).into(),
        Json::Number(it) => it.as_u64().unwrap_or_default().into(),
        Json::String(it) => it.as_str().into(),
        Json::Array(all) => all.iter().map(as_value).collect::<Vec<_>>().into(),
        Json::Object(all) => {
            let pairs = all.iter().map(|(name, it)| (name.as_str(), as_value(it)));
            minijinja::Value::from_pairs(pairs)
        }
    }
}

/// The things to do, as messages.
const TASKS: [&str; 7] = [
    "todo-extract",
    "todo-stale",
    "todo-refused",
    "todo-missing",
    "todo-draft",
    "todo-carried",
    "todo-interface",
];

/// The words of the page.
const LABELS: [&str; 22] = [
    "status-title",
    "status-lead",
    "status-nothing",
    "status-translated",
    "status-reviewed",
    "status-stale",
    "status-draft",
    "status-missing",
    "status-words",
    "status-units",
    "status-page",
    "status-pages",
    "status-coverage",
    "status-next",
    "status-refused",
    "status-carried",
    "status-before",
    "status-now",
    "status-translation",
    "status-line",
    "status-contents",
    "status-source",
];

/// The pieces of one of the two texts of a unit, and which of them the other lacks.
fn diff(unit: &minijinja::Value, side: ChangeTag) -> minijinja::Value {
    let text = |name| {
        let value = unit.get_attr(name).unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    };
    let (before, after) = (text("previous"), text("source"));
    let diff = TextDiff::from_unicode_words(&before, &after);
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let differs = change.tag() != ChangeTag::Equal;
        if differs && change.tag() != side {
            continue;
        }
        match pieces.last_mut().filter(|it| it.0 == differs) {
            Some(last) => last.1.push_str(change.value()),
            None => pieces.push((differs, change.value().to_owned())),
        }
    }
    let pieces = pieces.into_iter();
    let pieces: Json = pieces.map(|(differs, text)| json!([differs, text])).collect();
    as_value(&pieces)
}
