//! `plantin check`: everything that is wrong, and nothing written.

use std::path::Path;

use super::{
    Exit, fail, fault_of,
    json::{Output, Problems},
    open,
    print::Terminal,
    verdict,
};
use crate::{pipeline, words::Value};

/// Reads everything and says what is wrong.
pub(super) fn run(terminal: &Terminal, root: &Path) -> Exit {
    let checked = open(root).and_then(|it| pipeline::check(&it).map_err(fault_of));
    let checked = match checked {
        Ok(checked) => checked,
        Err(failures) => return fail(terminal, "check", &failures, root),
    };
    let words = &terminal.words;
    let exit = verdict(&checked.diagnostics, terminal.manner);
    let pages = checked.value.source().pages.iter().filter(|it| !it.generated).count();
    if terminal.manner.json {
        let output = Output::new("check", exit as u8, &checked.diagnostics, root, words);
        terminal.print(output.with("pages", pages).write());
        return exit;
    }
    terminal.diagnostics(&checked.diagnostics, root, true);
    if !terminal.manner.quiet {
        let pages = words.format("checked", &[("pages", Value::from(pages))]);
        terminal.print(format!("{pages}\n"));
    }
    terminal.counts(&Problems::count(&checked.diagnostics), false);
    exit
}
