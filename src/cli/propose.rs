//! `plantin propose`: drafts of a translation engine, for those who ask for them.

use super::{Exit, args::exchange::Propose, fail, print::Terminal};
use crate::diagnostic::Diagnostic;

/// The variable of the environment that holds the key of the engine.
#[cfg(feature = "propose")]
const KEY: &str = "PLANTIN_ENGINE_KEY";

/// Asks the engine, and says what it proposed.
#[cfg(feature = "propose")]
pub(super) fn run(terminal: &Terminal, asked: &Propose) -> Exit {
    match with_network::propose(asked) {
        Ok((tally, files, diagnostics)) => {
            with_network::tell(terminal, asked, &tally, &files, &diagnostics)
        }
        Err(failures) => fail(terminal, "propose", &failures, &asked.workspace),
    }
}

/// Says that this program speaks to nobody.
#[cfg(not(feature = "propose"))]
pub(super) fn run(terminal: &Terminal, asked: &Propose) -> Exit {
    let fault = Diagnostic::error("propose-not-built-in");
    fail(terminal, "propose", &[fault], &asked.workspace)
}

#[cfg(feature = "propose")]
mod with_network {
    use std::{collections::BTreeSet, thread};

    use serde_json::Value as Json;

    use super::{
        super::{
            Exit,
            args::exchange::Propose,
            fault_of,
            folder::Folder,
            json::{Output, Problems},
            open,
            print::Terminal,
            verdict,
        },
        Diagnostic, KEY,
    };
    use crate::{
        diagnostic,
        document::Language,
        pipeline::propose::{self, Job},
        translation::propose::{Engine, Outside, Tally, http::Client},
        words::Value,
    };

    type Done = (Tally, Vec<String>, Vec<Diagnostic>);

    pub(super) fn propose(asked: &Propose) -> Result<Done, Vec<Diagnostic>> {
        let workspace = open(&asked.workspace)?;
        #[expect(
            clippy::disallowed_methods,
            reason = "a key is never typed in a command"
        )]
        let key = std::env::var(KEY).ok().filter(|it| !it.is_empty());
        let engine = Engine {
            protocol: asked.protocol,
            url: asked.url.clone(),
            key,
            source: workspace.config.source.clone(),
            target: Language::new(&asked.language),
        };
        if !engine.is_safe() {
            let fault = Diagnostic::error("propose-address").with("url", &asked.url);
            return Err(vec![fault]);
        }
        let client = Client::new(asked.patience);
        let folder = Folder::open(&asked.workspace).map_err(|it| vec![it])?;
        let mut files = BTreeSet::new();
        let job = Job {
            engine,
            pages: &asked.pages,
            outside: Outside {
                send: &mut |request| client.send(request),
                wait: &mut |time| thread::sleep(time),
                pause: asked.pause,
            },
            save: &mut |path, text| {
                files.insert(path.to_owned());
                folder.write(path, text.as_bytes())
            },
        };
        let done = propose::propose(&workspace, job).map_err(fault_of)?;
        let mut diagnostics = done.diagnostics;
        diagnostic::sort(&mut diagnostics);
        Ok((done.value, files.into_iter().collect(), diagnostics))
    }

    pub(super) fn tell(
        terminal: &Terminal,
        asked: &Propose,
        tally: &Tally,
        files: &[String],
        diagnostics: &[Diagnostic],
    ) -> Exit {
        let (words, root) = (&terminal.words, asked.workspace.as_path());
        let exit = verdict(diagnostics, terminal.manner);
        if terminal.manner.json {
            let output = Output::new("propose", exit as u8, diagnostics, root, words)
                .with("files", Json::from(files.to_vec()))
                .with("proposed", tally.proposed)
                .with("unusable", tally.unusable)
                .with("left", tally.left)
                .with("sent", tally.sent);
            terminal.print(output.write());
            return exit;
        }
        terminal.diagnostics(diagnostics, root, terminal.manner.verbose);
        if !terminal.manner.quiet {
            let args = [
                ("count", Value::from(tally.proposed)),
                ("unusable", tally.unusable.into()),
                ("left", tally.left.into()),
                ("sent", tally.sent.into()),
            ];
            terminal.print(format!("{}\n", words.format("proposed", &args)));
        }
        terminal.counts(&Problems::count(diagnostics), !terminal.manner.verbose);
        exit
    }
}
