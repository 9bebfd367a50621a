//! `plantin serve`: the preview, in a browser of this machine.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    num::NonZeroUsize,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use super::{
    Exit, args, directory, fail, fault_of, message::Message, open, panicked,
    print::Terminal, printed::Printed, secret,
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
    let hands = hands(root, locale);
    let ready = |address: &str| {
        if terminal.manner.json {
            let address = serde_json::json!({ "address": address });
            terminal.print(Printed::json_line(&address));
        } else {
            terminal.print(format!("{address}\n"));
            terminal.say(format!("\n{}\n", terminal.words.text("serve-ready")));
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

fn hands(root: &Path, locale: &str) -> Hands {
    let (builder, watcher) = (root.to_owned(), root.to_owned());
    let (says, words) = (Words::of_program(locale), Words::of_program(locale));
    Hands {
        // A fault of the program is told as any other, and the next change is waited for.
        build: Box::new(move |wanted| {
            panic::catch_unwind(AssertUnwindSafe(|| build(&builder, wanted)))
                .unwrap_or_else(|_| Err(vec![panicked("", String::new())]))
        }),
        stamp: Box::new(move || stamp(&watcher)),
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

/// A number that changes when a source does: it is made of the names, the sizes and the
/// dates of all of them.
fn stamp(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut folders: Vec<PathBuf> = vec![root.join(config::FILE)];
    if let Ok(workspace) = pipeline::open(root) {
        let paths = workspace.config.paths;
        folders
            .extend([paths.content, paths.locales, paths.themes].map(|it| root.join(it)));
    }
    for folder in &folders {
        files::stamps(folder).hash(&mut hasher);
    }
    hasher.finish()
}
