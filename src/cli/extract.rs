//! `plantin extract`: the catalogues that translators work in, made or brought up to date.

use std::path::Path;

use serde_json::{Map, Value as Json};

use super::{
    Exit, build,
    exports::{MANIFEST, read_manifest},
    fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
    verdict,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::Language,
    pipeline::{self, Extracted},
    translation::News,
    words::{Value, Words},
};

/// How many catalogues are named; more are only counted.
const LISTED: usize = 20;

/// What became of the catalogues, by their paths in the workspace.
#[derive(Debug, Default)]
struct Written {
    made: Vec<String>,
    updated: Vec<String>,
    moved: Vec<(String, String)>,
    news: Vec<(Language, News)>,
}

/// What becomes of catalogues that are not as they should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// Those that an older rule made are brought up to date too.
    pub(super) migrate: bool,
    /// Those that are gone are made anew.
    pub(super) renew: bool,
}

/// Makes and updates catalogues, and says which.
pub(super) fn run(
    terminal: &Terminal,
    root: &Path,
    languages: &[String],
    how: How,
) -> Exit {
    match extract(root, languages, how) {
        Ok((written, diagnostics)) => tell(terminal, root, &written, &diagnostics),
        Err(failures) => fail(terminal, "extract", &failures, root),
    }
}

fn extract(
    root: &Path,
    languages: &[String],
    how: How,
) -> Result<(Written, Vec<Diagnostic>), Vec<Diagnostic>> {
    let workspace = open(root)?;
    let languages: Vec<Language> = languages.iter().map(|it| Language::new(it)).collect();
    let exports = build::exports(&workspace);
    let published = match how.renew {
        true => None,
        false => read_manifest(&exports, MANIFEST).map(|it| it.translations()),
    };
    let published = published.unwrap_or_default();
    let Checked { value: Extracted { files, moved, news }, mut diagnostics } =
        pipeline::extract_after(&workspace, &languages, how.migrate, &published)
            .map_err(fault_of)?;
    let mut written = Written { moved, news, ..Written::default() };
    if files.is_empty() {
        return Ok((written, diagnostics));
    }
    let folder = Folder::open(root).map_err(|it| vec![it])?;
    for (path, text) in files {
        // A catalogue that is kept elsewhere is left as it is, and the others are written.
        if let Err(fault) = folder.refuse_link(&path) {
            diagnostics.push(fault);
            written.moved.retain(|it| it.1 != path);
            continue;
        }
        let is_new = root.join(&path).symlink_metadata().is_err();
        folder.write(&path, text.as_bytes()).map_err(|it| vec![it])?;
        // What the program remembers for itself is no work of anybody's.
        let is_catalogue = path.ends_with(".po");
        match is_new {
            _ if !is_catalogue => {}
            true if written.moved.iter().any(|it| it.1 == path) => {}
            true => written.made.push(path),
            false => written.updated.push(path),
        }
    }
    // What they hold is in the new ones now, which are on the disk.
    for (from, _) in &written.moved {
        folder.remove(from).map_err(|it| vec![it])?;
    }
    Ok((written, diagnostics))
}

fn tell(
    terminal: &Terminal,
    root: &Path,
    written: &Written,
    diagnostics: &[Diagnostic],
) -> Exit {
    let words = &terminal.words;
    let exit = verdict(diagnostics, terminal.manner);
    if terminal.manner.json {
        let paths = |paths: &[String]| -> Json { paths.into() };
        let moved = written.moved.iter().map(|it| [it.0.as_str(), it.1.as_str()]);
        let moved: Vec<Json> = moved.map(|it| it.as_slice().into()).collect();
        let output = Output::new("extract", exit as u8, diagnostics, root, words)
            .with("made", paths(&written.made))
            .with("updated", paths(&written.updated))
            .with("moved", moved)
            .with("units", news_as_json(&written.news));
        terminal.print(output.write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        terminal.print(summary(terminal, written));
    }
    terminal.counts(&Problems::count(diagnostics), !terminal.manner.verbose);
    exit
}

fn summary(terminal: &Terminal, written: &Written) -> String {
    let words = &terminal.words;
    let args = [
        ("made", Value::from(written.made.len())),
        ("updated", written.updated.len().into()),
    ];
    let paths = || written.made.iter().chain(&written.updated);
    let is_listed = terminal.manner.verbose || paths().count() <= LISTED;
    let mut text = String::new();
    for path in paths().filter(|_| is_listed) {
        text.push_str(&format!("  {path}\n"));
    }
    for (from, to) in &written.moved {
        text.push_str(&format!("  {from} → {to}\n"));
    }
    text.push_str(&format!("{}\n", words.format("extracted", &args)));
    for (language, news) in &written.news {
        let parts = parts(words, news);
        if !parts.is_empty() {
            let parts = parts.join(", ");
            let args = [("language", language.as_str().into()), ("news", parts.into())];
            text.push_str(&format!("{}\n", words.format("news", &args)));
        }
    }
    text
}

/// What became of the units, in words; what stayed as it was is not worth any.
fn parts(words: &Words, news: &News) -> Vec<String> {
    let counts = [
        ("news-new", news.new),
        ("news-wording", news.wording + news.split),
        ("news-typographic", news.typographic),
        ("news-carried", news.link + news.markup + news.joined),
        ("news-moved", news.moved),
        ("news-back", news.back),
        ("news-proposed", news.proposed),
        ("news-gone", news.gone),
    ];
    let some = counts.into_iter().filter(|it| it.1 > 0);
    some.map(|(id, count)| words.format(id, &[("count", count.into())])).collect()
}

/// The counts of each language, by name.
fn news_as_json(news: &[(Language, News)]) -> Json {
    let mut all = Map::new();
    for (language, news) in news {
        let counts = news.counts().into_iter();
        let counts: Map<String, Json> =
            counts.map(|(name, count)| (name.to_owned(), count.into())).collect();
        all.insert(language.to_string(), counts.into());
    }
    all.into()
}
