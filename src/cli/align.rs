//! `plantin align`: pages that were translated elsewhere, made into catalogues.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value as Json, json};

use super::{
    Exit,
    args::exchange::Align,
    directory, fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
    verdict,
};
use crate::{
    diagnostic::{self, Diagnostic},
    document::Language,
    pipeline::{
        Workspace,
        align::{self, Aligned, Job, Tree},
    },
    words::{Value, visible},
};

/// The folder of the languages, where there is no workspace to say another.
const LOCALES: &str = "locales";

/// Pairs the pages, writes the catalogues and says what became of each text.
pub(super) fn run(terminal: &Terminal, asked: &Align) -> Exit {
    match align(asked) {
        Ok((aligned, written, diagnostics)) => {
            tell(terminal, asked, &aligned, &written, &diagnostics)
        }
        Err(failures) => fail(terminal, "align", &failures, &asked.workspace),
    }
}

type Done = (Aligned, Vec<String>, Vec<Diagnostic>);

fn align(asked: &Align) -> Result<Done, Vec<Diagnostic>> {
    let workspace = workspace(asked)?;
    let (source, target) = (tree(&asked.source)?, tree(&asked.target)?);
    let home = workspace.as_ref().and_then(|it| {
        let prefix = prefix(it, &source)?;
        Some((it, prefix))
    });
    let config = workspace.as_ref().map(|it| &it.config);
    let source_language =
        config.map_or_else(|| Language::new("fr"), |it| it.source.clone());
    let language = asked
        .language
        .clone()
        .unwrap_or_else(|| guess(&asked.target, &source_language, workspace.as_ref()));
    let is_home = home.is_some();
    let job = Job { source, target, source_language, language, home };
    let aligned = align::align(&job).map_err(fault_of)?;
    let (aligned, mut diagnostics) = (aligned.value, aligned.diagnostics);
    diagnostic::sort(&mut diagnostics);
    let mut written = Vec::new();
    if !asked.dry_run && !aligned.catalogues.is_empty() {
        let root = match &asked.out {
            Some(out) => out.clone(),
            None if is_home => asked.workspace.clone(),
            None => asked.workspace.join(LOCALES),
        };
        let folder = Folder::open_for(&asked.workspace, &root).map_err(|it| vec![it])?;
        for (path, text) in &aligned.catalogues {
            folder.write(path, text.as_bytes()).map_err(|it| vec![it])?;
            written.push(root.join(path).display().to_string());
        }
    }
    Ok((aligned, written, diagnostics))
}

/// The workspace, if there is one: two pages can be aligned anywhere.
fn workspace(asked: &Align) -> Result<Option<Workspace>, Vec<Diagnostic>> {
    if asked.workspace.join(crate::config::FILE).exists() {
        open(&asked.workspace).map(Some)
    } else {
        Ok(None)
    }
}

fn tree(path: &Path) -> Result<Tree, Vec<Diagnostic>> {
    let kind =
        fs::metadata(path).map_err(|error| vec![directory::fault(path, &error)])?;
    if kind.is_dir() {
        return Ok(Tree { root: path.to_owned(), page: None });
    }
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    let root = parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Tree { root, page: Some(name) })
}

/// Where the source lies under the pages of the workspace, if it does.
fn prefix(workspace: &Workspace, source: &Tree) -> Option<String> {
    let content = workspace.root.join(&workspace.config.paths.content);
    let (content, root) =
        (content.canonicalize().ok()?, source.root.canonicalize().ok()?);
    let parts = root.strip_prefix(content).ok()?;
    let parts = parts.components().map(|it| it.as_os_str().to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}

/// The language of the other pages: a folder of that name, else the workspace's other
/// language, else English.
fn guess(path: &Path, source: &Language, workspace: Option<&Workspace>) -> Language {
    let is_language =
        |it: &str| it.len() == 2 && it.chars().all(|c| c.is_ascii_lowercase());
    let parts = path.iter().map(|it| it.to_string_lossy());
    let mut named = parts.filter(|it| is_language(it) && **it != *source.as_str());
    if let Some(name) = named.next_back() {
        return Language::new(&name);
    }
    let others = workspace.map(|it| &it.config.languages).into_iter().flatten();
    let other = others.into_iter().find(|it| *it != source);
    other.cloned().unwrap_or_else(|| Language::new("en"))
}

fn tell(
    terminal: &Terminal,
    asked: &Align,
    aligned: &Aligned,
    written: &[String],
    diagnostics: &[Diagnostic],
) -> Exit {
    let (words, root) = (&terminal.words, asked.workspace.as_path());
    let exit = verdict(diagnostics, terminal.manner);
    if terminal.manner.json {
        let output = Output::new("align", exit as u8, diagnostics, root, words)
            .with("files", Json::from(written.to_vec()))
            .with("pages", aligned.pages.iter().map(page).collect::<Vec<_>>());
        terminal.print(output.write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, true);
    if !terminal.manner.quiet {
        let mut text = String::new();
        for page in &aligned.pages {
            let tally = &page.tally;
            let args = [
                ("translated", Value::from(tally.translated)),
                ("drafts", tally.drafts.into()),
                ("missing", tally.missing.into()),
                ("kept", tally.kept.into()),
            ];
            text.push_str(&format!(
                "  {} ↔ {}\n    {}\n",
                visible::line(&page.source),
                visible::line(&page.target),
                words.format("aligned-page", &args)
            ));
        }
        let args = [("files", Value::from(written.len()))];
        text.push_str(&format!("{}\n", words.format("aligned", &args)));
        terminal.print(&text);
    }
    terminal.counts(&Problems::count(diagnostics), false);
    exit
}

fn page(page: &align::Page) -> Json {
    let pairs: Vec<Json> = page
        .pairs
        .iter()
        .map(|it| {
            json!({
                "source": it.source,
                "target": it.target,
                "line": it.place.line,
                "confidence": (it.confidence.0 * 1000.0).round() / 1000.0,
                "sure": it.confidence.is_sure(),
            })
        })
        .collect();
    json!({
        "source": page.source,
        "target": page.target,
        "translated": page.tally.translated,
        "drafts": page.tally.drafts,
        "missing": page.tally.missing,
        "kept": page.tally.kept,
        "pairs": pairs,
    })
}
