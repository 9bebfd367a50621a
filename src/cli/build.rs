//! `plantin build`: the pipeline, its files in their places, and the closing table.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use serde_json::json;

use super::{
    Exit, args,
    exports::{Exports, MANIFEST, Written},
    fail, fault_of,
    json::{Output, Problems},
    open,
    print::Terminal,
    progress::Bars,
    quoted, shown, table, verdict,
};
use crate::{
    config::Config,
    deposit::{Scope, manifest::Gone},
    diagnostic::{self, Diagnostic},
    document::{Language, PageKey},
    limits,
    pipeline::{self, Built, Selection, Workspace},
    render::Format,
    site::address,
    words::Value,
};

/// How many of the files that were removed are named without `--verbose`.
const LISTED: usize = 10;

/// Builds what was asked for and says what there is now.
pub(super) fn run(terminal: &Terminal, asked: &args::Build) -> Exit {
    #[expect(
        clippy::disallowed_methods,
        reason = "the closing table says how long it took"
    )]
    let begun = Instant::now();
    let root = asked.workspace.as_path();
    let done = open(root).and_then(|workspace| {
        let out = asked.out.clone().unwrap_or_else(|| exports(&workspace));
        let (mut built, written, scope) = build(terminal, asked, &workspace, &out)?;
        if asked.verify {
            let found = super::verify::of_build(
                &workspace,
                &built.site,
                &out,
                &scope,
                &terminal.words,
            )?;
            built.diagnostics.extend(found);
            diagnostic::sort(&mut built.diagnostics);
        }
        let has_site = written.files.iter().any(|it| it.path == front());
        let opens_from_disk = workspace.config.file_links;
        let seconds = begun.elapsed().as_secs_f64();
        Ok(Done { out, built, written, scope, has_site, opens_from_disk, seconds })
    });
    match done {
        Ok(done) => tell(terminal, root, &done),
        Err(failures) => fail(terminal, "build", &failures, root),
    }
}

/// What was done, and where.
struct Done {
    out: PathBuf,
    built: Built,
    written: Written,
    scope: Scope,
    /// Whether there is a site in the exports.
    has_site: bool,
    /// Whether its links lead on where it is opened from the disk.
    opens_from_disk: bool,
    seconds: f64,
}

/// The file with which a site is entered.
fn front() -> String {
    format!("html/{}", address::FRONT)
}

/// Where the workspace says that exports go.
pub(super) fn exports(workspace: &Workspace) -> PathBuf {
    let folder = &workspace.config.paths.exports;
    if workspace.root == Path::new(".") {
        folder.into()
    } else {
        workspace.root.join(folder)
    }
}

fn build(
    terminal: &Terminal,
    asked: &args::Build,
    workspace: &Workspace,
    out: &Path,
) -> Result<(Built, Written, Scope), Vec<Diagnostic>> {
    let site_is_whole = workspace.config.formats.contains(&Format::Html);
    let exports = Exports::open(out, workspace, site_is_whole).map_err(|it| vec![it])?;
    let selection = Selection {
        languages: asked.languages.iter().map(|it| Language::new(it)).collect(),
        formats: asked.formats.clone(),
        pages: asked.pages.clone(),
    };
    let (jobs, capped) = asked.jobs.map(jobs).unzip();
    let bars = Bars::new(terminal);
    let built = pipeline::build(
        workspace,
        &selection,
        jobs.unwrap_or_else(every_core),
        &|file| exports.write(&file),
        &|progress| bars.show(&progress),
    );
    bars.clear();
    let mut built = built.map_err(|error| match exports.failure() {
        Some(failure) => vec![failure],
        None => fault_of(error),
    })?;
    built.diagnostics.extend(capped.flatten());
    let scope = scope(selection, &workspace.config, built.pages.clone());
    let lost = pipeline::lost(workspace, &built.site, &exports.translations());
    let gone = lost.iter().map(gone).collect();
    built.diagnostics.extend(lost.into_iter().map(|it| it.told));
    let mut written = exports.finish(&built.site, &scope, gone).map_err(|it| vec![it])?;
    built.diagnostics.append(&mut written.notes);
    diagnostic::sort(&mut built.diagnostics);
    Ok((built, written, scope))
}

fn gone(lost: &pipeline::Lost) -> Gone {
    Gone {
        page: lost.page.to_string(),
        language: lost.language.to_string(),
        translations: lost.count,
    }
}

/// What was asked for; naming all there is is the same as naming nothing.
fn scope(asked: Selection, config: &Config, pages: Vec<PageKey>) -> Scope {
    let Selection { mut languages, mut formats, .. } = asked;
    if config.languages.iter().all(|it| languages.contains(it)) {
        languages.clear();
    }
    if config.formats.iter().all(|it| formats.contains(it)) {
        formats.clear();
    }
    Scope { languages, formats, pages }
}

/// How many jobs there are of so many that were asked for: each takes memory, and more than
/// some for each processor are never faster.
fn jobs(asked: NonZeroUsize) -> (NonZeroUsize, Option<Diagnostic>) {
    let most = every_core().saturating_mul(limits::JOBS_PER_CORE);
    let told = Diagnostic::note("jobs-capped").with("number", asked).with("limit", most);
    (asked.min(most), (asked > most).then_some(told))
}

fn every_core() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn tell(terminal: &Terminal, root: &Path, done: &Done) -> Exit {
    let diagnostics = &done.built.diagnostics;
    let exit = verdict(diagnostics, terminal.manner);
    if terminal.manner.json {
        terminal.print(output(terminal, root, done, exit).write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        terminal.print(closing(terminal, done));
    }
    terminal.counts(&Problems::count(diagnostics), !terminal.manner.verbose);
    if done.has_site {
        terminal.say(format!("\n{}\n", look(terminal, root, done)));
    }
    exit
}

/// How the site can be seen: from the disk where its links allow that, else served.
fn look(terminal: &Terminal, root: &Path, done: &Done) -> String {
    let words = &terminal.words;
    if done.opens_from_disk {
        let path = done.out.join("html").join(address::FRONT);
        let path = shown(&path);
        return words.format("look-at-file", &[("path", path.into())]);
    }
    let mut command = "plantin serve".to_owned();
    if root != Path::new(".") {
        command.push_str(&format!(" --workspace {}", quoted(&shown(root))));
    }
    words.format("look-at-served", &[("command", command.into())])
}

/// The closing table, and what became of the files.
fn closing(terminal: &Terminal, done: &Done) -> String {
    let words = &terminal.words;
    let written = &done.written;
    let own = || written.files.iter().filter(|it| it.same_as.is_none());
    let args = [
        ("files", Value::from(own().count())),
        ("bytes", table::bytes(words, own().map(|it| it.size).sum()).into()),
        ("seconds", Value::Number(table::tenths(done.seconds))),
        ("folder", done.out.display().to_string().into()),
    ];
    let mut text = format!(
        "\n{}\n  {}\n",
        table::draw(words, &done.built.site, written, &done.scope),
        words.format("built", &args)
    );
    let changed = [("changed", Value::from(written.changed))];
    text.push_str(&format!("  {}\n", words.format("changed", &changed)));
    if !written.removed.is_empty() {
        let removed = [("removed", Value::from(written.removed.len()))];
        text.push_str(&format!("  {}\n", words.format("removed", &removed)));
        let most = if terminal.manner.verbose { usize::MAX } else { LISTED };
        for path in written.removed.iter().take(most) {
            text.push_str(&format!("    − {path}\n"));
        }
        if written.removed.len() > most {
            text.push_str("    …\n");
        }
    }
    text
}

fn output(terminal: &Terminal, root: &Path, done: &Done, exit: Exit) -> Output {
    let Done { built, written, .. } = done;
    let languages = built.site.editions.iter().map(|edition| {
        json!({
            "language": edition.language.as_str(),
            "pages": edition.pages.iter().filter(|it| !it.generated).count(),
            "translated": table::translated(edition),
        })
    });
    let own = || written.files.iter().filter(|it| it.same_as.is_none());
    let diagnostics = &built.diagnostics;
    Output::new("build", exit as u8, diagnostics, root, &terminal.words)
        .with("out", done.out.display().to_string())
        .with("manifest", done.out.join(MANIFEST).display().to_string())
        .with("languages", languages.collect::<Vec<_>>())
        .with("files", own().count())
        .with("bytes", own().map(|it| it.size).sum::<u64>())
        .with("changed", written.changed)
        .with("removed", written.removed.len())
        .with("removed_files", written.removed.clone())
        .with("seconds", (done.seconds * 1e3).round() / 1e3)
}
