//! `plantin new page`: a page with its head, at the place that its title gives it.

use std::path::{Component, Path, PathBuf};

use super::{
    Exit, args, fail, folder::Folder, json::Output, open, print::Terminal, shown,
};
use crate::{diagnostic::Diagnostic, source::slug::slug};

/// Makes a page, and says where.
pub(super) fn run(terminal: &Terminal, asked: &args::NewPage) -> Exit {
    let path = match make(asked) {
        Ok(path) => path,
        Err(failures) => return fail(terminal, "new", &failures, &asked.workspace),
    };
    if terminal.manner.json {
        let exit = Exit::Fine as u8;
        let output = Output::new("new", exit, &[], &asked.workspace, &terminal.words);
        terminal.print(output.with("path", path.display().to_string()).write());
        return Exit::Fine;
    }
    terminal.print(format!("{}\n", shown(&path)));
    terminal.say(format!("{}\n", terminal.words.text("new-done")));
    Exit::Fine
}

fn make(asked: &args::NewPage) -> Result<PathBuf, Vec<Diagnostic>> {
    let workspace = open(&asked.workspace)?;
    let content = &workspace.config.paths.content;
    let folder = inside(asked.folder.as_deref(), content).map_err(|it| vec![it])?;
    let name: String = slug(&asked.title).chars().take(80).collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        let fault = Diagnostic::error("new-title-empty").with("title", &asked.title);
        return Err(vec![fault]);
    }
    let root = if asked.workspace == Path::new(".") {
        PathBuf::new()
    } else {
        asked.workspace.clone()
    };
    let path = root.join(content).join(folder).join(format!("{name}.md"));
    if path.symlink_metadata().is_ok() {
        return Err(vec![Diagnostic::error("new-exists").with("path", path.display())]);
    }
    let title = serde_json::Value::String(asked.title.trim().to_owned());
    let text = format!("---\ntitle: {title}\ndescription:\n---\n\n");
    Folder::write_one(&asked.workspace, &path, text.as_bytes()).map_err(|it| vec![it])?;
    Ok(path)
}

/// The folder that was named, by its path among the pages: it may be typed from the
/// workspace too.
fn inside<'a>(named: Option<&'a Path>, content: &str) -> Result<&'a Path, Diagnostic> {
    let Some(named) = named else { return Ok(Path::new("")) };
    let named = named.strip_prefix(".").unwrap_or(named);
    let named = named.strip_prefix(content).unwrap_or(named);
    let stays = |it: Component<'_>| matches!(it, Component::Normal(_));
    if named.components().all(stays) {
        return Ok(named);
    }
    Err(Diagnostic::error("new-folder-outside").with("path", named.display()))
}
