//! The command line.
//!
//! `args` says what can be typed; a file for each command does it; `print` is the one
//! place that writes to the terminal, `exports` and `folder` are the ones that write
//! files. Time is measured here and nowhere else.

mod align;
mod args;
#[cfg(feature = "review")]
mod browser;
mod build;
mod cache;
mod check;
mod consent;
mod deposit;
mod directory;
mod doctor;
mod exchange;
mod exports;
mod extract;
mod folder;
mod import;
mod init;
mod json;
mod locale;
mod lock;
mod man;
mod message;
mod new;
mod print;
mod printed;
mod progress;
mod propose;
#[cfg(feature = "review")]
mod review;
#[cfg(feature = "review")]
mod secret;
#[cfg(feature = "review")]
mod serve;
mod status;
mod store;
mod table;
mod twin;
mod verify;

use std::{
    backtrace::Backtrace,
    ffi::OsString,
    io,
    panic::{self, AssertUnwindSafe},
    path::Path,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use clap_complete::Shell;

use self::{
    args::{Arguments, Manner, Stop, Task},
    json::Output,
    print::Terminal,
    printed::Printed,
};
use crate::{
    diagnostic::{self, Diagnostic, Severity},
    document::Date,
    pipeline::{self, Workspace},
    words::{Words, visible},
};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is well.
    Fine = 0,
    /// Something is wrong with the pages.
    Problems = 1,
    /// Something was typed wrong, or the machine refused something.
    Failed = 2,
}

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let locale = locale::user(&typed);
    let fault = watch_for_panics();
    let run = || run(&typed, &locale);
    let exit = panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let terminal = Terminal::new(Words::of_program(&locale), manner(&typed));
        let fault = fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        let fault = fault.unwrap_or_else(|| panicked("", String::new()));
        fail(&terminal, "plantin", &[fault], Path::new("."))
    });
    ExitCode::from(exit as u8)
}

fn run(typed: &[OsString], locale: &str) -> Exit {
    let words = Words::of_program(locale);
    match args::parse(typed.iter().cloned(), &words) {
        Ok(Arguments { task, manner }) => {
            let terminal = Terminal::new(words, manner);
            let exit = perform(task, &terminal, locale);
            match terminal.lost() {
                None => exit,
                Some(failure) => {
                    terminal.failures(std::slice::from_ref(failure), Path::new("."));
                    Exit::Failed
                }
            }
        }
        // Nobody may be listening any more: that is no fault.
        Err(Stop::Shown(text)) => {
            drop(text.print());
            Exit::Fine
        }
        Err(Stop::Lost(text)) => {
            drop(text.print());
            Exit::Failed
        }
        Err(Stop::Wrong(fault)) => {
            let terminal = Terminal::new(words, manner(typed));
            fail(&terminal, "plantin", &[fault], Path::new("."))
        }
    }
}

fn perform(task: Task, terminal: &Terminal, locale: &str) -> Exit {
    match task {
        Task::Exchange(asked) => exchange::run(terminal, &asked),
        Task::Align(asked) => align::run(terminal, &asked),
        Task::Propose(asked) => propose::run(terminal, &asked),
        Task::Init(folder) => init(terminal, &folder, locale),
        Task::Completions(shell) => completions(terminal, shell),
        Task::Man => {
            terminal.print(Printed::script(&man::page(&terminal.words)));
            Exit::Fine
        }
        Task::Build(asked) => build::run(terminal, &asked),
        Task::Verify(asked) => verify::run(terminal, &asked),
        Task::Import(asked) => import::run(terminal, &asked),
        Task::NewPage(asked) => new::run(terminal, &asked),
        Task::Doctor(workspace) => doctor::run(terminal, &workspace),
        #[cfg(feature = "review")]
        Task::Serve(asked) => serve::run(terminal, &asked, locale),
        Task::Check(workspace) => check::run(terminal, &workspace),
        Task::Extract { workspace, languages, how } => {
            extract::run(terminal, &workspace, &languages, how)
        }
        Task::Deposit(task) => deposit::run(terminal, &task),
        Task::Status(asked) => status::run(terminal, &asked),
        #[cfg(feature = "review")]
        Task::Review(asked) => review::run(terminal, &asked, locale),
    }
}

fn init(terminal: &Terminal, folder: &Path, locale: &str) -> Exit {
    let written = match init::write(folder, locale) {
        Ok(written) => written,
        Err(failure) => return fail(terminal, "init", &[failure], folder),
    };
    let mut text = String::new();
    for path in written {
        text.push_str(&format!("  {}\n", shown(&folder.join(path))));
    }
    let next = if folder == Path::new(".") {
        "plantin build".to_owned()
    } else {
        format!("plantin build --workspace {}", quoted(&shown(folder)))
    };
    let done = terminal.words.text("init-done");
    terminal.say(format!("{text}\n{done}\n\n  {next}\n"));
    Exit::Fine
}

/// A path in one line, whatever is in its name.
fn shown(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}

/// A path as it can be typed.
fn quoted(path: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/\\._-:".contains(it);
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{path}\"") }
}

fn completions(terminal: &Terminal, shell: Shell) -> Exit {
    let mut script = Vec::new();
    let mut command = args::command(&terminal.words);
    clap_complete::generate(shell, &mut command, "plantin", &mut script);
    terminal.print(Printed::script(&String::from_utf8_lossy(&script)));
    Exit::Fine
}

/// Reads a workspace's settings.
fn open(root: &Path) -> Result<Workspace, Vec<Diagnostic>> {
    let workspace = pipeline::open(root).map_err(fault_of)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the one date that may come from outside"
    )]
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let epoch = epoch.and_then(|it| day_of(&it));
    let today = epoch.or_else(today);
    Ok(Workspace { epoch, today, cache: cache::open(), ..workspace })
}

/// The day that it is where it is latest.
fn today() -> Option<Date> {
    /// How many seconds the first clocks of the world are ahead of universal time.
    const AHEAD: u64 = 14 * 60 * 60;
    #[expect(
        clippy::disallowed_methods,
        reason = "a date that is still to come is no date of publication"
    )]
    let now = std::time::SystemTime::now();
    let seconds = now.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    day_of(&(seconds + AHEAD).to_string())
}

/// The day of a number of seconds since 1970, see
/// <https://reproducible-builds.org/specs/source-date-epoch/>.
fn day_of(seconds: &str) -> Option<Date> {
    let days = seconds.trim().parse::<i64>().ok()?.div_euclid(86_400);
    // The civil calendar from a count of days: eras of 400 years begin on 1 March.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = Date {
        year: u16::try_from(era * 400 + year + i64::from(month >= 10)).ok()?,
        month: u8::try_from(if month < 10 { month + 3 } else { month - 9 }).ok()?,
        day: u8::try_from(day - (153 * month + 2) / 5 + 1).ok()?,
    };
    (date.year <= 9999).then_some(date)
}

/// What stopped the pipeline, as diagnostics.
fn fault_of(error: pipeline::Error) -> Vec<Diagnostic> {
    match error {
        pipeline::Error::Wrong(diagnostics) => diagnostics,
        pipeline::Error::Io { path, source } => vec![match source.kind() {
            io::ErrorKind::PermissionDenied => {
                Diagnostic::error("not-readable").with("path", path.display())
            }
            _ => directory::fault(&path, &source),
        }],
    }
}

/// What the diagnostics mean for the exit code.
fn verdict(diagnostics: &[Diagnostic], manner: Manner) -> Exit {
    let limit = if manner.strict { Severity::Warning } else { Severity::Error };
    if diagnostics.iter().any(|it| it.severity >= limit) {
        Exit::Problems
    } else {
        Exit::Fine
    }
}

/// Says what keeps the program from working.
fn fail(
    terminal: &Terminal,
    command: &'static str,
    failures: &[Diagnostic],
    root: &Path,
) -> Exit {
    let mut failures = failures.to_vec();
    diagnostic::sort(&mut failures);
    if terminal.manner.json {
        let output = Output::new(command, Exit::Failed as u8, &[], root, &terminal.words);
        terminal.print(output.failed(&failures, root, &terminal.words).write());
    } else {
        terminal.failures(&failures, root);
    }
    Exit::Failed
}

/// How to speak before anything was understood.
fn manner(typed: &[OsString]) -> Manner {
    Manner { json: typed.iter().any(|it| it == "--json"), ..Manner::default() }
}

/// Keeps what a panic says, to tell it in the user's words. With `RUST_BACKTRACE`, who
/// looks for the cause gets the usual output too.
fn watch_for_panics() -> Arc<Mutex<Option<Diagnostic>>> {
    let fault = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&fault);
    #[expect(clippy::disallowed_methods, reason = "as Rust itself reads it")]
    let is_traced = std::env::var_os("RUST_BACKTRACE").is_some();
    panic::set_hook(Box::new(move |panic| {
        if is_traced {
            let trace = Backtrace::force_capture();
            print::to_stderr(&format!("{panic}\n{trace}\n").into());
        }
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let fault = panicked(panic.payload_as_str().unwrap_or_default(), place);
        *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }));
    fault
}

fn panicked(what: &str, place: String) -> Diagnostic {
    Diagnostic::error("panic")
        .with("what", what)
        .with("where", place)
        .with("version", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_day_is_found_from_its_seconds() {
        let day = |seconds: &str| day_of(seconds).map(|it| it.to_string());
        assert_eq!(day("0").as_deref(), Some("1970-01-01"));
        assert_eq!(day("951782400").as_deref(), Some("2000-02-29"));
        assert_eq!(day("1726444800").as_deref(), Some("2024-09-16"));
        assert_eq!(day("1735689599").as_deref(), Some("2024-12-31"));
        assert_eq!(day("tomorrow"), None);
    }
}
