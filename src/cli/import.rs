//! `plantin import`: a workspace made of a site that another program built.
//!
//! Nothing that is there is written over: a file that is there already and differs stops the
//! import before anything is written, so that it can be repeated.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Exit, args, directory, fail,
    folder::Folder,
    json::{Output, Problems},
    print::Terminal,
    quoted, shown, verdict,
};
use crate::{
    diagnostic::Diagnostic,
    import::{self, Plan, Site},
    source::files,
    words::{Value, Words, visible},
};

/// What was done.
struct Done {
    plan: Plan,
    out: PathBuf,
    written: usize,
    diagnostics: Vec<Diagnostic>,
}

/// Makes a workspace, and says what could not be carried into it.
pub(super) fn run(terminal: &Terminal, asked: &args::Import) -> Exit {
    match import(asked) {
        Ok(done) => tell(terminal, asked, &done),
        Err(failures) => fail(terminal, "import", &failures, &asked.folder),
    }
}

fn import(asked: &args::Import) -> Result<Done, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let site =
        read(&asked.kind, &asked.folder, &mut diagnostics).map_err(|it| vec![it])?;
    let plan = import::plan(&asked.kind, &site).take(&mut diagnostics);
    if plan.pages == 0 {
        let fault = Diagnostic::error("import-no-pages");
        return Err(vec![fault.with("folder", asked.folder.display())]);
    }
    let out =
        asked.out.clone().unwrap_or_else(|| format!("{}-plantin", site.name).into());
    let written =
        write(&asked.folder, &out, &plan, &mut diagnostics).map_err(|it| vec![it])?;
    Ok(Done { plan, out, written, diagnostics })
}

/// Reads a site: the names of its files, and the texts that matter.
fn read(
    kind: &str,
    root: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Site, Diagnostic> {
    let listed = files::tree(root).map_err(|error| directory::fault(root, &error))?;
    let paths = listed.take(diagnostics);
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut site = Site { name, paths, ..Site::default() };
    for path in site.paths.iter().filter(|it| import::is_read(kind, it)) {
        let mut told = Vec::new();
        if let Some(text) = files::text(root, path).take(&mut told) {
            site.texts.insert(path.clone(), text);
        }
        let file: Arc<str> = Arc::from(path.as_str());
        diagnostics.extend(told.into_iter().map(|it| it.in_file(&file)));
    }
    Ok(site)
}

/// Writes what is not there yet; says how many files that was.
fn write(
    root: &Path,
    out: &Path,
    plan: &Plan,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Diagnostic> {
    apart(root, out)?;
    let bytes = |from: &str| files::copied(root, from);
    let mut missing: Vec<(&str, Option<&str>)> = Vec::new();
    let texts =
        plan.files.iter().map(|(path, text)| (path.as_str(), Some(text.as_str()), ""));
    let copies = plan.copies.iter().map(|(from, to)| (to.as_str(), None, from.as_str()));
    let mut from: Vec<&str> = Vec::new();
    let mut broken: BTreeSet<&str> = BTreeSet::new();
    for (path, text, origin) in texts.chain(copies) {
        let target = out.join(path);
        if target.symlink_metadata().is_err() {
            missing.push((path, text));
            from.push(origin);
            continue;
        }
        let same = match text {
            Some(text) => files::bytes(&target).is_ok_and(|it| it == text.as_bytes()),
            None => bytes(origin)
                .is_ok_and(|own| files::bytes(&target).is_ok_and(|it| it == own)),
        };
        if !same {
            broken.insert(path);
        }
    }
    if let Some(first) = broken.first() {
        let fault = Diagnostic::error("import-exists").with("count", broken.len());
        return Err(fault.with("path", out.join(first).display()));
    }
    let folder = Folder::open(out)?;
    let mut written = 0;
    for ((path, text), origin) in missing.into_iter().zip(from) {
        match text {
            Some(text) => folder.write(path, text.as_bytes())?,
            None => match bytes(origin) {
                Ok(bytes) => folder.write(path, &bytes)?,
                Err(fault) => {
                    diagnostics.push(fault.in_file(&Arc::from(origin)));
                    continue;
                }
            },
        }
        written += 1;
    }
    Ok(written)
}

/// Refuses a workspace in the site, or a site in the workspace: each would grow by the other.
fn apart(root: &Path, out: &Path) -> Result<(), Diagnostic> {
    let whole = |path: &Path| {
        // What is not there yet lies where the first folder above it that is there lies.
        let there = path.ancestors().find_map(|it| {
            let it = if it.as_os_str().is_empty() { Path::new(".") } else { it };
            it.canonicalize().ok().map(|found| (found, it.to_owned()))
        });
        there.map_or_else(
            || path.to_owned(),
            |(found, above)| found.join(path.strip_prefix(above).unwrap_or(path)),
        )
    };
    let (site, workspace) = (whole(root), whole(out));
    if site.starts_with(&workspace) || workspace.starts_with(&site) {
        let fault = Diagnostic::error("import-in-site").with("folder", root.display());
        return Err(fault.with("path", out.display()));
    }
    Ok(())
}

fn tell(terminal: &Terminal, asked: &args::Import, done: &Done) -> Exit {
    let words = &terminal.words;
    let diagnostics = &done.diagnostics;
    let exit = verdict(diagnostics, terminal.manner);
    let Plan { copies, files, pairs, pages } = &done.plan;
    if terminal.manner.json {
        let pair = |it: &import::Pair| {
            serde_json::json!({
                "source": it.source, "translation": it.translation,
                "language": it.language.as_str(), "catalogue": it.catalogue,
                "translated": it.tally.translated, "drafts": it.tally.drafts,
                "missing": it.tally.missing, "alone": it.alone,
            })
        };
        let output = Output::new("import", exit as u8, diagnostics, &asked.folder, words)
            .with("out", done.out.display().to_string())
            .with("pages", *pages)
            .with("files", copies.len() + files.len())
            .with("written", done.written)
            .with("pairs", pairs.iter().map(pair).collect::<Vec<_>>());
        terminal.print(output.write());
        return exit;
    }
    terminal.diagnostics(diagnostics, &asked.folder, terminal.manner.verbose);
    if !terminal.manner.quiet {
        let args = [
            ("pages", Value::from(*pages)),
            ("files", (copies.len() + files.len()).into()),
            ("written", done.written.into()),
            ("pairs", pairs.len().into()),
            ("folder", done.out.display().to_string().into()),
        ];
        let next = quoted(&shown(&done.out));
        terminal.print(paired(words, pairs));
        terminal.print(format!(
            "\n{}\n\n  plantin build --workspace {next}\n",
            words.format("imported", &args)
        ));
    }
    terminal.counts(&Problems::count(diagnostics), !terminal.manner.verbose);
    exit
}

/// What became of the texts of each page that has a translation.
fn paired(words: &Words, pairs: &[import::Pair]) -> String {
    let line = |it: &import::Pair| {
        let result = it.catalogue.as_ref().unwrap_or(&it.translation);
        let args = [
            ("translated", Value::from(it.tally.translated)),
            ("drafts", it.tally.drafts.into()),
            ("missing", it.tally.missing.into()),
            ("alone", it.alone.into()),
        ];
        let code = if it.catalogue.is_some() { "imported-pair" } else { "imported-two" };
        let said = words.format(code, &args);
        let [source, translation, result] =
            [&it.source, &it.translation, result].map(|it| visible::line(it));
        format!("\n  {source} ↔ {translation}\n    {result}\n    {said}\n")
    };
    pairs.iter().map(line).collect()
}
