//! Commands of the workspace: those that check what is deposited, and those that sign.
//!
//! A command is a list of words, run as it is and without a shell, in the workspace. It is
//! always the workspace's own: nothing that lies in a bag is ever run.
#![expect(clippy::disallowed_methods, reason = "a signature goes through files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{cli::directory, diagnostic::Diagnostic};

/// How much of what a command says is repeated.
const SAID: usize = 400;

/// Runs a validator on the exported files; says what it said when it did not end well.
/// `{files}` stands for all of them, `{html}`, `{pdf}` and `{epub}` for those of a format.
pub(super) fn validate(
    root: &Path,
    command: &[String],
    files: &[(String, PathBuf)],
) -> Option<Diagnostic> {
    let of = |format: &str| {
        let files = files.iter().filter(move |it| format == "files" || it.0 == format);
        files.map(|it| absolute(&it.1)).collect::<Vec<_>>()
    };
    let mut words = Vec::new();
    for word in command {
        match ["{files}", "{html}", "{pdf}", "{epub}"].into_iter().find(|it| it == word) {
            Some(name) => words.extend(of(name.trim_matches(['{', '}']))),
            None => words.push(word.clone()),
        }
    }
    let said = run(root, &words).err()?;
    let fault = Diagnostic::error("deposit-validator-failed");
    Some(fault.with("command", command.join(" ")).with("message", said))
}

/// Signs a text, and gives the signature.
pub(super) fn sign(
    root: &Path,
    command: &[String],
    desk: &Path,
    name: &str,
    text: &str,
) -> Result<Vec<u8>, Diagnostic> {
    let file = desk.join(name);
    let signature = desk.join(format!("{name}.signature"));
    fs::write(&file, text).map_err(|error| directory::fault(&file, &error))?;
    let failed = |said: String| {
        let fault = Diagnostic::error("deposit-not-signed");
        fault.with("command", command.join(" ")).with("message", said)
    };
    run(root, &filled(command, &file, &signature)).map_err(failed)?;
    let bytes = fs::read(&signature).unwrap_or_default();
    match bytes.is_empty() {
        true => Err(failed(String::new())),
        false => Ok(bytes),
    }
}

/// Whether a signature is good; what the command said when it is not.
pub(super) fn check(
    root: &Path,
    command: &[String],
    file: &Path,
    signature: &Path,
) -> Option<Diagnostic> {
    let said = run(root, &filled(command, file, signature)).err()?;
    let fault = Diagnostic::error("bag-signature-refused");
    Some(fault.with("command", command.join(" ")).with("message", said))
}

fn filled(command: &[String], file: &Path, signature: &Path) -> Vec<String> {
    let (file, signature) = (absolute(file), absolute(signature));
    let fill =
        |word: &String| word.replace("{file}", &file).replace("{signature}", &signature);
    command.iter().map(fill).collect()
}

/// Runs a command to its end.
fn run(root: &Path, words: &[String]) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or_else(String::new)?;
    let ended = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if ended.status.success() {
        return Ok(());
    }
    let said = [ended.stderr, ended.stdout].concat();
    let said = String::from_utf8_lossy(&said);
    let said: String = said.trim().chars().take(SAID).collect();
    Err(format!("{} {said}", ended.status).trim().to_owned())
}

/// A path that holds wherever the command runs.
fn absolute(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.display().to_string()
}
