//! Whether the commands of a workspace may run.
//!
//! `plantin.toml` names commands that sign and check deposits. Whoever may write that file
//! could so run anything with the rights of who makes a deposit; therefore the user is
//! asked once, with the commands before his eyes, and again when they change. What he said
//! yes to is kept in his own folder, never in the workspace: by the workspace's real path,
//! the exact words, and the files of the workspace that these words name.
#![expect(
    clippy::disallowed_methods,
    reason = "consent is kept in the user's own folder, and asked for where he types"
)]

use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

use super::print::Terminal;
use crate::{config, deposit::manifest::sha256, diagnostic::Diagnostic, words::visible};

/// The variable that says yes in place of a person.
const VARIABLE: &str = "PLANTIN_ALLOW_COMMANDS";

/// The longest answer that is read.
const LONGEST_ANSWER: u64 = 100;

/// What the letters of a yes are, in the languages of the program.
const YES: [&str; 4] = ["y", "yes", "o", "oui"];

/// Goes on when the commands may run; a workspace without any needs no consent.
/// `is_allowed` is what was typed.
pub(super) fn ask(
    terminal: &Terminal,
    root: &Path,
    commands: &[&[String]],
    is_allowed: bool,
) -> Result<(), Diagnostic> {
    let commands: Vec<&[String]> =
        commands.iter().copied().filter(|it| !it.is_empty()).collect();
    if commands.is_empty() || is_allowed || is_allowed_by_the_environment() {
        return Ok(());
    }
    let list: Vec<String> = commands.iter().map(|it| typed(it)).collect();
    let fault = |code| {
        let fault = Diagnostic::error(code).with("command", list.join(" ; "));
        Err(fault.in_file(&config::FILE.into()))
    };
    let known = Known::of(root, &commands);
    if known.as_ref().is_some_and(Known::is_kept) {
        return Ok(());
    }
    let is_asked = terminal.is_terminal && io::stdin().is_terminal();
    if !is_asked || terminal.manner.json {
        return fault("commands-not-allowed");
    }
    if !says_yes(terminal, root, &list) {
        return fault("commands-refused");
    }
    // Where it cannot be kept, it is asked again.
    if known.is_none_or(|it| it.keep(&list).is_err()) {
        terminal.warn(format!("{}\n", terminal.words.text("commands-not-kept")));
    }
    Ok(())
}

fn is_allowed_by_the_environment() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|it| !it.is_empty() && it != "0")
}

fn says_yes(terminal: &Terminal, root: &Path, list: &[String]) -> bool {
    let words = &terminal.words;
    let root = real(root).display().to_string();
    let args = [("path", root.into())];
    let mut text = format!("{}\n\n", words.format("commands-wanted", &args));
    for command in list {
        text.push_str(&format!("  {command}\n"));
    }
    terminal.warn(format!("{text}\n{} ", words.text("commands-question")));
    let mut answer = String::new();
    let read = io::stdin().lock().take(LONGEST_ANSWER).read_line(&mut answer);
    read.is_ok() && YES.contains(&answer.trim().to_lowercase().as_str())
}

/// A command as it could be typed, in one line, so that one sees where each word ends.
fn typed(command: &[String]) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/._-:={}+@%,".contains(it);
    let word = |it: &String| {
        let shown = visible::line(it);
        match !it.is_empty() && it.chars().all(plain) {
            true => shown.into_owned(),
            false => format!("'{}'", shown.replace('\'', "'\\''")),
        }
    };
    command.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn real(root: &Path) -> PathBuf {
    root.canonicalize().unwrap_or_else(|_| root.to_owned())
}

/// Where the consent to these commands is kept.
struct Known {
    root: PathBuf,
    folder: PathBuf,
    name: String,
}

impl Known {
    /// `None` where the user has no folder for it, or it would lie in the workspace.
    fn of(root: &Path, commands: &[&[String]]) -> Option<Self> {
        let root = real(root);
        let folder = folder(&|name| std::env::var_os(name).map(PathBuf::from))?;
        let name = fingerprint(&root, commands);
        (!folder.starts_with(&root)).then_some(Self { root, folder, name })
    }

    /// A folder that others may write says nothing.
    fn is_kept(&self) -> bool {
        let is_file = fs::symlink_metadata(self.folder.join(&self.name))
            .is_ok_and(|it| it.is_file());
        is_file && is_own(&self.folder)
    }

    /// Keeps the consent, with what it was given to, for who reads it later.
    fn keep(&self, list: &[String]) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        let text = format!("{}\n{}\n", self.root.display(), list.join("\n"));
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(self.folder.join(&self.name)).map_err(|it| it.error)?;
        Ok(())
    }
}

#[cfg(unix)]
fn is_own(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(folder).is_ok_and(|it| it.permissions().mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn is_own(folder: &Path) -> bool {
    folder.is_dir()
}

/// The folder in which consents are kept, as each system has it.
fn folder(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |it: &PathBuf| it.is_absolute();
    let home = || variable("HOME").filter(absolute);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA").filter(absolute)
    } else if cfg!(target_os = "macos") {
        home().map(|it| it.join("Library/Application Support"))
    } else {
        let named = variable("XDG_STATE_HOME").filter(absolute);
        named.or_else(|| home().map(|it| it.join(".local/state")))
    };
    base.map(|it| it.join("plantin").join("commands"))
}

/// What a consent is given to, in a few signs.
fn fingerprint(root: &Path, commands: &[&[String]]) -> String {
    let mut text = String::new();
    // Each part with its length: no two lists are written alike.
    let mut add = |part: &str| text.push_str(&format!("{}:{part}\n", part.len()));
    add(&root.display().to_string());
    for command in commands {
        add(&command.len().to_string());
        for word in *command {
            add(word);
            add(&contents(root, word).unwrap_or_default());
        }
    }
    sha256(text.as_bytes())
}

/// The fingerprint of the workspace's file that a word names, such as a script that is run
/// or `--policy=archive.toml`.
fn contents(root: &Path, word: &str) -> Option<String> {
    let names = [Some(word), word.split_once('=').map(|it| it.1)];
    let mut files = names.into_iter().flatten().filter_map(|name| {
        let path = root.join(name).canonicalize().ok()?;
        (path.starts_with(root) && path.is_file()).then_some(path)
    });
    fs::read(files.next()?).ok().map(|it| sha256(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &[&str]) -> Vec<String> {
        command.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn a_command_is_shown_word_by_word_and_plays_with_nothing() {
        let command = words(&["sh", "-c", "a b", "", "\u{1b}[2K", "it's", "{file}"]);
        let expected = "sh -c 'a b' '' '\\u{1b}[2K' 'it'\\''s' {file}";
        assert_eq!(typed(&command), expected);
    }

    #[test]
    fn a_consent_is_for_these_words_this_place_and_these_files() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let root = real(folder.path());
        fs::write(root.join("sign.sh"), "a").expect("writable");
        let of = |command: &[&str]| fingerprint(&root, &[&words(command)]);
        let one = of(&["sh", "sign.sh", "{file}"]);
        assert_eq!(one, of(&["sh", "sign.sh", "{file}"]));
        assert_ne!(one, of(&["sh", "sign.sh {file}"]));
        assert_ne!(one, of(&["sh", "sign.sh", "{file}", ""]));
        let option = of(&["x", "--policy=sign.sh"]);
        fs::write(root.join("sign.sh"), "b").expect("writable");
        assert_ne!(one, of(&["sh", "sign.sh", "{file}"]), "the script has changed");
        assert_ne!(option, of(&["x", "--policy=sign.sh"]));
        let elsewhere = fingerprint(Path::new("/"), &[&words(&["true"])]);
        assert_ne!(of(&["true"]), elsewhere);
        let two = [words(&["a"]), words(&["b"])];
        let two = fingerprint(&root, &[&two[0], &two[1]]);
        assert_ne!(two, of(&["a", "b"]));
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn consents_lie_where_the_user_keeps_what_programs_remember() {
        let of = |variables: &[(&str, &str)]| {
            folder(&|name| {
                variables.iter().find(|it| it.0 == name).map(|it| PathBuf::from(it.1))
            })
        };
        let home = ("HOME", "/home/a");
        let expected = "/home/a/.local/state/plantin/commands";
        assert_eq!(of(&[home]), Some(expected.into()));
        assert_eq!(of(&[home, ("XDG_STATE_HOME", "ici")]), Some(expected.into()));
        let named = of(&[home, ("XDG_STATE_HOME", "/s")]);
        assert_eq!(named, Some("/s/plantin/commands".into()));
        assert_eq!(of(&[]), None);
    }
}
