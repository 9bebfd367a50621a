//! `plantin serve`: the preview, in a browser of this machine.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    num::NonZeroUsize,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};

use super::{
    Exit, args, browser, directory, fail, fault_of, message::Message, open, panicked,
    print::Terminal, printed::Printed, secret, shown,
};
use crate::{
    config,
    diagnostic::Diagnostic,
    document::Language,
    pipeline::{self, Selection, Workspace},
    preview::{self, Built, Hands, Wanted},
    render::Format,
    source::files,
    words::Words,
};

/// Serves until the program is stopped.
pub(super) fn run(terminal: &Terminal, asked: &args::Serve, locale: &str) -> Exit {
    let root = asked.workspace.as_path();
    let hands = hands(root, locale, terminal.manner);
    let ready = |address: &str| {
        if terminal.manner.json {
            let address = serde_json::json!({ "address": address });
            terminal.print(Printed::json_line(&address));
        } else {
            terminal.print(format!("{address}\n"));
            let followed = [("folder", shown(root).into())];
            let followed = terminal.words.format("serve-listens", &followed);
            let ready = terminal.words.text("serve-ready");
            let opens = !asked.no_open && !terminal.manner.quiet && browser::is_at_hand();
            // Who has no browser at hand opens the address himself.
            let is_open = opens && browser::open(root, address).is_ok();
            let ready = if is_open { terminal.words.text("serve-opened") } else { ready };
            terminal.say(format!("\n{followed} {ready}\n\n"));
        }
    };
    // A folder that is no workspace is told at once, not on a page.
    let served = open(root).and_then(|_| {
        let access = secret::access().map_err(|fault| vec![fault])?;
        preview::serve(asked.port, access, hands, &ready)
            .map_err(|error| vec![busy(asked.port, &error)])
    });
    match served {
        Ok(()) => Exit::Fine,
        Err(failures) => fail(terminal, "serve", &failures, root),
    }
}

fn busy(port: u16, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Diagnostic::error("serve-port-busy").with("port", port)
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::error("port-refused").with("port", port)
        }
        _ => directory::fault(Path::new(&format!("127.0.0.1:{port}")), error),
    }
}

fn hands(root: &Path, locale: &str, manner: args::Manner) -> Hands {
    let builder = root.to_owned();
    let (says, words) = (Words::of_program(locale), Words::of_program(locale));
    let terminal = Terminal::new(Words::of_program(locale), manner);
    let watcher = Watcher { root: root.to_owned(), terminal, seen: Mutex::default() };
    Hands {
        // A fault of the program is told as any other, and the next change is waited for.
        build: Box::new(move |wanted| {
            panic::catch_unwind(AssertUnwindSafe(|| build(&builder, wanted)))
                .unwrap_or_else(|_| Err(vec![panicked("", String::new())]))
        }),
        stamp: Box::new(move || watcher.stamp()),
        say: Box::new(move |fault| {
            let Message { text, hint } = Message::new(fault, &says);
            (text, hint)
        }),
        word: Box::new(move |id, count| words.format(id, &[("count", count.into())])),
        language: if locale.starts_with("fr") { "fr" } else { "en" },
    }
}

/// Builds into memory. The settings are read anew each time: they are sources too.
fn build(root: &Path, wanted: &Wanted) -> Result<Built, Vec<Diagnostic>> {
    let workspace = open(root)?;
    let selection = match wanted {
        Wanted::Site => Selection { formats: vec![Format::Html], ..Selection::default() },
        Wanted::File(path) => match selection(&workspace, path) {
            Some(selection) => selection,
            None => return Ok(Built::default()),
        },
    };
    let jobs = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let files = Mutex::new(Vec::new());
    let keep = |file| {
        files.lock().map_err(|_| io::Error::other("a thread panicked"))?.push(file);
        Ok(())
    };
    let built = pipeline::build(&workspace, &selection, jobs, &keep, &|_| {});
    let diagnostics = built.map_err(fault_of)?.diagnostics;
    let files = files.into_inner().unwrap_or_default();
    let has_theme = !pipeline::theme(&workspace).map_err(fault_of)?.is_empty();
    Ok(Built { files, diagnostics, has_theme })
}

/// What has to be built to have a PDF or a book: `pdf/fr/mission.pdf`, `epub/x.fr.epub`.
fn selection(workspace: &Workspace, path: &str) -> Option<Selection> {
    let (folder, rest) = path.split_once('/')?;
    let format = Format::ALL.into_iter().find(|it| it.name() == folder)?;
    let stem = rest.strip_suffix(&format!(".{folder}"))?;
    let languages = &workspace.config.languages;
    let known = |tag: &str| languages.iter().find(|it| it.as_str() == tag).cloned();
    let (language, pages): (Language, Vec<String>) = match stem.split_once('/') {
        Some((tag, "index")) => (known(tag)?, vec!["/".to_owned()]),
        Some((tag, page)) => (known(tag)?, vec![format!("/{page}/")]),
        None => (known(stem.rsplit_once('.')?.1)?, Vec::new()),
    };
    Some(Selection { languages: vec![language], formats: vec![format], pages })
}

/// The names, the sizes and the dates of all sources.
type Stamps = BTreeMap<PathBuf, (u64, u128)>;

/// Who looks for changes, and says what he sees.
struct Watcher {
    root: PathBuf,
    terminal: Terminal,
    /// The sources as they were when he last looked; none before he first did.
    seen: Mutex<Option<Stamps>>,
}

impl Watcher {
    /// A number that changes when a source does.
    fn stamp(&self) -> u64 {
        let now = stamps(&self.root);
        let mut hasher = DefaultHasher::new();
        now.hash(&mut hasher);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = seen.as_ref().filter(|it| **it != now) {
            self.tell(before, &now);
        }
        *seen = Some(now);
        hasher.finish()
    }

    fn tell(&self, before: &Stamps, now: &Stamps) {
        let changed =
            now.iter().filter(|it| before.get(it.0) != Some(it.1)).map(|it| it.0);
        let gone = before.keys().filter(|it| !now.contains_key(*it));
        let paths: Vec<&PathBuf> = changed.chain(gone).collect();
        let Some(first) = paths.first() else { return };
        let root = self.root.canonicalize().unwrap_or_default();
        let path = first.strip_prefix(&root).unwrap_or(first);
        let more = paths.len() - 1;
        let args = [
            ("count", paths.len().into()),
            ("more", more.into()),
            ("path", shown(path).into()),
        ];
        self.terminal
            .say(format!("{}\n", self.terminal.words.format("serve-seen", &args)));
    }
}

fn stamps(root: &Path) -> Stamps {
    let mut folders: Vec<PathBuf> = vec![root.join(config::FILE)];
    if let Ok(workspace) = pipeline::open(root) {
        let paths = workspace.config.paths;
        folders
            .extend([paths.content, paths.locales, paths.themes].map(|it| root.join(it)));
    }
    folders.iter().flat_map(|it| files::stamps(it)).collect()
}
