//! `plantin review`: the local page on which translations are read and corrected.
//!
//! The address holds a secret, so it is shown to who runs the program and given to
//! nobody else: a browser that is started with it would show it to every user of the
//! machine who lists its programs.

use std::path::Path;

use serde_json::json;

use super::{
    Exit, args::Review, fail, fault_of, folder::Folder, message::Message, open,
    print::Terminal, printed::Printed, secret,
};
use crate::{
    diagnostic::Diagnostic,
    document::Language,
    review::{self, Hands, Options},
    words::Words,
};

/// Serves until the program is stopped.
pub(super) fn run(terminal: &Terminal, asked: &Review, locale: &str) -> Exit {
    match serve(terminal, asked, locale) {
        Ok(()) => Exit::Fine,
        Err(failures) => fail(terminal, "review", &failures, &asked.workspace),
    }
}

fn serve(
    terminal: &Terminal,
    asked: &Review,
    locale: &str,
) -> Result<(), Vec<Diagnostic>> {
    let options = Options {
        workspace: open(&asked.workspace)?,
        languages: asked.languages.iter().map(|it| Language::new(it)).collect(),
        page: asked.page.clone(),
        port: asked.port,
        access: secret::access().map_err(|it| vec![it])?,
        words: Words::of_program(locale),
    };
    let (root, words) = (asked.workspace.clone(), Words::of_program(locale));
    let hands = Hands {
        write: Box::new(move |path, bytes| write(&root, path, bytes)),
        say: Box::new(move |fault| {
            let Message { text, hint } = Message::new(fault, &words);
            (text, hint)
        }),
    };
    review::serve(options, hands, &|address| tell(terminal, address)).map_err(fault_of)
}

/// Writes a catalogue whole. The folder is opened for this one file, so that nothing of
/// ours is left when the program is stopped between two.
fn write(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    Folder::open(root)?.write_durably(path, bytes)
}

fn tell(terminal: &Terminal, address: &str) {
    if terminal.manner.json {
        terminal.print(Printed::json_line(&json!({ "address": address })));
        return;
    }
    terminal.print(format!("{address}\n"));
    terminal.say(format!("\n{}\n", terminal.words.text("review-ready")));
}
