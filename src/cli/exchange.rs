//! `plantin xliff`, `plantin tmx` and `plantin csv`: catalogues sent to other tools and
//! taken back.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde_json::Value as Json;

use super::{
    Exit,
    args::exchange::{Exchange, Export, Form, Import},
    directory, fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
    verdict,
};
use crate::{
    diagnostic::{self, Checked, Diagnostic},
    document::Language,
    limits,
    pipeline::{Workspace, exchange as desk},
    source::{files, slug},
    translation::exchange::{self, Incoming, Options, Report, Sheet, csv, tmx, xliff},
    words::{Value, visible},
};

/// Where exports go, under the workspace.
const FOLDER: &str = "exchange";

/// Does what was asked for.
pub(super) fn run(terminal: &Terminal, asked: &Exchange) -> Exit {
    match asked {
        Exchange::Export(asked) => match export(asked) {
            Ok((files, diagnostics)) => sent(terminal, asked, &files, &diagnostics),
            Err(failures) => {
                fail(terminal, command(asked.form), &failures, &asked.workspace)
            }
        },
        Exchange::Import(asked) => match import(asked) {
            Ok((taken, diagnostics)) => back(terminal, asked, &taken, &diagnostics),
            Err(failures) => {
                fail(terminal, command(asked.form), &failures, &asked.workspace)
            }
        },
    }
}

fn command(form: Form) -> &'static str {
    match form {
        Form::Xliff(_) => "xliff",
        Form::Tmx => "tmx",
        Form::Units(_) | Form::Terms(_) => "csv",
    }
}

type Checking<T> = Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Writes the files; their paths.
fn export(asked: &Export) -> Checking<Vec<String>> {
    let workspace = open(&asked.workspace)?;
    let mut diagnostics = Vec::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for language in languages(&workspace, &asked.languages)? {
        let desks = desk::desks(&workspace, &language, &asked.pages).map_err(fault_of)?;
        let desks = desks.take(&mut diagnostics);
        let sheets: Vec<Sheet> =
            desks.into_iter().filter(|it| !it.damaged).map(|it| it.sheet).collect();
        let name = slug::slug(&workspace.config.name);
        let path = format!("{name}.{language}.{}", extension(asked.form));
        match text(&workspace, asked, &language, &sheets) {
            Some(text) => drop(texts.insert(path, text)),
            None => diagnostics
                .push(Diagnostic::note("exchange-nothing").with("language", language)),
        }
    }
    let folder = asked.out.clone().unwrap_or_else(|| asked.workspace.join(FOLDER));
    let folder = Folder::open_for(&asked.workspace, &folder).map_err(|it| vec![it])?;
    for (path, text) in &texts {
        folder.write(path, text.as_bytes()).map_err(|it| vec![it])?;
    }
    let shown = |path: &String| folder.root().join(path).display().to_string();
    Ok((texts.keys().map(shown).collect(), diagnostics))
}

fn extension(form: Form) -> &'static str {
    match form {
        Form::Xliff(_) => "xlf",
        Form::Tmx => "tmx",
        Form::Units(_) => "csv",
        Form::Terms(_) => "glossary.csv",
    }
}

fn text(
    workspace: &Workspace,
    asked: &Export,
    language: &Language,
    sheets: &[Sheet],
) -> Option<String> {
    match asked.form {
        Form::Xliff(version) => {
            let glossary = &desk::glossary(workspace, language);
            let options = xliff::Options { version, changed: asked.changed, glossary };
            xliff::write(sheets, language, &options)
        }
        Form::Tmx => tmx::write(sheets, language),
        Form::Units(separator) => csv::units(sheets, asked.changed, separator),
        Form::Terms(separator) => {
            let terms = desk::glossary(workspace, language).terms;
            (!terms.is_empty()).then(|| csv::terms(&terms, separator))
        }
    }
}

/// The languages that were asked for, else every one that is translated into.
fn languages(
    workspace: &Workspace,
    asked: &[String],
) -> Result<Vec<Language>, Vec<Diagnostic>> {
    if !asked.is_empty() {
        return Ok(asked.iter().map(|it| Language::new(it)).collect());
    }
    let config = &workspace.config;
    let all = config.languages.iter().filter(|it| **it != config.source);
    Ok(all.cloned().collect())
}

fn sent(
    terminal: &Terminal,
    asked: &Export,
    files: &[String],
    diagnostics: &[Diagnostic],
) -> Exit {
    let (words, root) = (&terminal.words, asked.workspace.as_path());
    let exit = verdict(diagnostics, terminal.manner);
    if terminal.manner.json {
        let output =
            Output::new(command(asked.form), exit as u8, diagnostics, root, words);
        terminal.print(output.with("files", Json::from(files.to_vec())).write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, true);
    if !terminal.manner.quiet {
        let names = files.iter().map(|it| visible::line(it));
        let list: String = names.map(|it| format!("  {it}\n")).collect();
        let args = [("files", Value::from(files.len()))];
        terminal.print(format!("{list}{}\n", words.format("exported", &args)));
    }
    terminal.counts(&Problems::count(diagnostics), false);
    exit
}

/// What an import did.
#[derive(Default)]
struct Taken {
    files: Vec<String>,
    report: Report,
}

fn import(asked: &Import) -> Checking<Taken> {
    let workspace = open(&asked.workspace)?;
    let mut diagnostics = Vec::new();
    let mut texts = Vec::new();
    for path in &asked.files {
        texts.push(read(path).map_err(|it| vec![it])?);
    }
    let mut taken = Taken::default();
    let changed = match asked.form {
        Form::Xliff(_) | Form::Units(_) => {
            units(&workspace, asked, &texts, &mut taken, &mut diagnostics)?
        }
        Form::Tmx => memory(&workspace, asked, &texts, &mut taken, &mut diagnostics)?,
        Form::Terms(_) => {
            glossary(&workspace, asked, &texts, &mut taken, &mut diagnostics)
        }
    };
    if !changed.is_empty() {
        let folder = Folder::open(&asked.workspace).map_err(|it| vec![it])?;
        for (path, text) in changed {
            match folder.refuse_link(&path) {
                Ok(()) => {
                    folder.write(&path, text.as_bytes()).map_err(|it| vec![it])?;
                    taken.files.push(path);
                }
                Err(fault) => diagnostics.push(fault),
            }
        }
    }
    diagnostic::sort(&mut diagnostics);
    Ok((taken, diagnostics))
}

/// A file that came back, and what it is called in messages.
struct Back {
    name: Arc<str>,
    text: Option<String>,
}

fn read(path: &Path) -> Result<Back, Diagnostic> {
    let bytes = files::bounded(path, limits::EXCHANGE_BYTES)
        .map_err(|error| directory::fault(path, &error))?;
    let name = Arc::from(path.display().to_string());
    Ok(Back { name, text: exchange::decode(&bytes) })
}

/// The languages, each with its files.
type Units = BTreeMap<Language, Vec<(Arc<str>, Vec<Incoming>)>>;

fn units(
    workspace: &Workspace,
    asked: &Import,
    texts: &[Back],
    taken: &mut Taken,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let mut by_language = Units::new();
    for Back { name, text } in texts {
        let Some(text) = text else {
            diagnostics.push(Diagnostic::error("exchange-encoding").in_file(name));
            continue;
        };
        let mut faults = Vec::new();
        let found = match asked.form {
            Form::Units(_) => {
                let units = csv::read_units(text).take(&mut faults);
                Some((csv::language_of(name), units))
            }
            Form::Xliff(_) | Form::Tmx | Form::Terms(_) => {
                xliff::read(text).take(&mut faults).map(|it| (it.language, it.units))
            }
        };
        diagnostics.extend(faults.into_iter().map(|it| it.in_file(name)));
        let Some((said, units)) = found else { continue };
        match language(workspace, asked, said, name) {
            Ok(language) => {
                by_language.entry(language).or_default().push((Arc::clone(name), units));
            }
            Err(fault) => diagnostics.push(fault),
        }
    }
    let mut changed = Vec::new();
    let options = Options { accept: asked.accept };
    for (language, files) in by_language {
        let imported =
            desk::import(workspace, &language, &files, options).map_err(fault_of)?;
        let imported = imported.take(diagnostics);
        taken.report.add(&imported.report);
        changed.extend(imported.catalogues);
    }
    Ok(changed)
}

/// The language of a file: what was typed, else what the file says, else the only one.
fn language(
    workspace: &Workspace,
    asked: &Import,
    said: Option<Language>,
    name: &Arc<str>,
) -> Result<Language, Diagnostic> {
    let config = &workspace.config;
    let mut targets = config.languages.iter().filter(|it| **it != config.source);
    let known = |it: &Language| {
        let same = |one: &&Language| one.as_str().eq_ignore_ascii_case(it.as_str());
        // An agency says `en-GB` where we say `en`.
        let primary = it.as_str().split('-').next().unwrap_or_default();
        let near = |one: &&Language| one.as_str().eq_ignore_ascii_case(primary);
        let mut all = config.languages.iter();
        all.clone().find(same).or_else(|| all.find(near)).cloned()
    };
    let found = match asked.language.clone().or(said) {
        Some(language) => known(&language).ok_or(Some(language)),
        None => match (targets.next(), targets.next()) {
            (Some(only), None) => Ok(only.clone()),
            _ => Err(None),
        },
    };
    found.map_err(|language| {
        let fault = Diagnostic::error("exchange-language").in_file(name);
        let language = language.map(|it| it.to_string());
        fault.with("language", language.unwrap_or_else(|| "?".to_owned()))
    })
}

fn memory(
    workspace: &Workspace,
    asked: &Import,
    texts: &[Back],
    taken: &mut Taken,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let asked_for: Vec<String> = asked.language.iter().map(ToString::to_string).collect();
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let mut memories = Vec::new();
    for Back { name, text } in texts {
        let Some(text) = text else {
            diagnostics.push(Diagnostic::error("exchange-encoding").in_file(name));
            continue;
        };
        let mut faults = Vec::new();
        let memory = tmx::read(text).take(&mut faults);
        diagnostics.extend(faults.into_iter().map(|it| it.in_file(name)));
        memories.extend(memory.map(|it| (name, it)));
    }
    for language in languages(workspace, &asked_for)? {
        let Checked { value: desks, diagnostics: faults } =
            desk::desks(workspace, &language, &[]).map_err(fault_of)?;
        diagnostics.extend(faults);
        for mut desk in desks.into_iter().filter(|it| !it.damaged) {
            for (name, memory) in &memories {
                let sheet = &mut desk.sheet;
                let origin = Path::new(&***name).file_name().unwrap_or_default();
                let (catalogue, report) = tmx::propose(
                    &sheet.catalogue,
                    memory,
                    (&sheet.source, &language),
                    &origin.to_string_lossy(),
                );
                taken.report.add(&report);
                if report.changes() {
                    changed.insert(desk.path.clone(), catalogue.write());
                    sheet.catalogue = catalogue;
                }
            }
        }
    }
    Ok(changed.into_iter().collect())
}

fn glossary(
    workspace: &Workspace,
    asked: &Import,
    texts: &[Back],
    taken: &mut Taken,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    for Back { name, text } in texts {
        let Some(text) = text else {
            diagnostics.push(Diagnostic::error("exchange-encoding").in_file(name));
            continue;
        };
        let language = match language(workspace, asked, csv::language_of(name), name) {
            Ok(language) => language,
            Err(fault) => {
                diagnostics.push(fault);
                continue;
            }
        };
        let mut faults = Vec::new();
        let terms = csv::read_terms(text).take(&mut faults);
        diagnostics.extend(faults.into_iter().map(|it| it.in_file(name)));
        let rows = terms.len();
        let source = workspace.config.source.clone();
        for (language, is_source) in [(source, true), (language, false)] {
            let path = desk::glossary_path(workspace, &language);
            let old = changed
                .get(&path)
                .cloned()
                .unwrap_or_else(|| desk::glossary_text(workspace, &language));
            let terms = terms.iter().map(|it| &it.0);
            let (new, count) = exchange::glossary::update(&old, terms, is_source);
            if count > 0 {
                changed.insert(path, new);
            }
            if !is_source {
                taken.report.imported += count;
                taken.report.unchanged += rows - count;
            }
        }
    }
    changed.into_iter().collect()
}

fn back(
    terminal: &Terminal,
    asked: &Import,
    taken: &Taken,
    diagnostics: &[Diagnostic],
) -> Exit {
    let (words, root) = (&terminal.words, asked.workspace.as_path());
    let exit = verdict(diagnostics, terminal.manner);
    let report = &taken.report;
    let counts = [
        ("imported", "taken-imported", report.imported),
        ("drafts", "taken-drafts", report.drafts),
        ("stale", "taken-stale", report.stale),
        ("unchanged", "taken-unchanged", report.unchanged),
        ("conflicts", "taken-conflicts", report.conflicts),
        ("obsolete", "taken-obsolete", report.obsolete),
        ("refused", "taken-refused", report.refused),
    ];
    if terminal.manner.json {
        let mut output =
            Output::new(command(asked.form), exit as u8, diagnostics, root, words)
                .with("files", Json::from(taken.files.clone()));
        for (name, _, count) in counts {
            output = output.with(name, count);
        }
        terminal.print(output.write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, true);
    if !terminal.manner.quiet {
        let names = taken.files.iter().map(|it| visible::line(it));
        let mut text: String = names.map(|it| format!("  {it}\n")).collect();
        for (name, message, count) in counts {
            if count > 0 || name == "imported" {
                let line = words.format(message, &[("count", Value::from(count))]);
                text.push_str(&format!("{line}\n"));
            }
        }
        terminal.print(&text);
    }
    terminal.counts(&Problems::count(diagnostics), false);
    exit
}
