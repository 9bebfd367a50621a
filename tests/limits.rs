//! Small inputs, bounded cost: what is made to take for ever, or to end the program, is told
//! with the bound that it passes, and everything else is still done.
//!
//! Sizes are chosen so that a fault that came back would run for hours or fill the stack.

use std::{fmt::Write as _, process::Command};

use super::support::{self, Outcome, Site, program};

const PAGE: &str = "---\ntitle: Un\n---\n\nUn mot.\n";

/// So many as no honest file nests.
const DEEP: usize = 100_000;

fn site() -> Site {
    Site::new().page("index.md", PAGE)
}

/// A fault is told, with the number of its bound.
fn names(outcome: &Outcome, code: &str, bound: &str) {
    let told = outcome.told(code);
    assert!(told.message.contains(bound), "{told:?}");
}

/// Takes a file of the workspace back.
fn import(site: &Site, command: &[&str], file: &str) -> Outcome {
    let path = site.path(file).display().to_string();
    site.run_command(command[0], &[&command[1..], &[path.as_str(), "--json"]].concat())
}

#[test]
fn words_of_the_interface_that_nest_or_refer_without_end_are_told_and_the_rest_is_used() {
    let labels = format!(
        "home = {}\nmenu = {{menu}}\nyou-are-here = Found here:\n",
        "{".repeat(DEEP)
    );
    let built = site().labels("en", &labels).build_html();
    assert_eq!(built.code, Some(1), "{built}");
    names(&built, "fluent-too-nested", "200");
    names(&built, "fluent-too-many-references", "90");
    assert!(built.file("html/en/index.html").contains("Un mot"), "{built}");
}

#[test]
fn a_file_of_exchange_that_nests_without_end_names_the_bound() {
    let site = site();
    let body = "<g>".repeat(DEEP);
    let text = format!("<xliff version=\"1.2\"><file original=\"index.md\">{body}");
    let site = site.bytes("back.xlf", text.as_bytes());
    let taken = import(&site, &["xliff", "import"], "back.xlf");
    names(&taken, "exchange-too-deep", "200");
}

#[test]
fn messages_about_one_long_line_are_told_in_few_steps() {
    // Each unit has its message, and each message shows the line: 3 MB, 30,000 times.
    let mut body = String::new();
    for number in 0..30_000 {
        write!(
            body,
            "<trans-unit id=\"{number}\"><source>mot {number}</source><target>word \
             {number}</target></trans-unit>"
        )
        .expect("a string can be written");
    }
    let text = format!(
        "<xliff version=\"1.2\"><file original=\"index.md\" source-language=\"fr\" \
         target-language=\"en\"><body>{body}</body></file></xliff>"
    );
    let site = site().bytes("back.xlf", text.as_bytes());
    let taken = import(&site, &["xliff", "import"], "back.xlf");
    assert!(matches!(taken.code, Some(0 | 1)), "{:?}", taken.code);
}

/// Puts a pipe in the place of a file: who opened it would wait for ever.
#[cfg(unix)]
fn pipe(site: &Site, path: &str) {
    let path = site.path(path);
    let parent = path.parent().expect("it lies in a folder");
    std::fs::create_dir_all(parent).expect("the temporary folder is writable");
    drop(std::fs::remove_file(&path));
    let made = Command::new("mkfifo").arg(&path).status();
    assert!(made.is_ok_and(|it| it.success()), "{}", path.display());
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for() {
    for (path, code) in [
        ("plantin.toml", "file-not-plain"),
        ("content/index.md", "file-special"),
        ("content/_defaults.yaml", ""),
        ("locales/en/content/index.po", "file-special"),
        ("locales/en/ui.ftl", "file-special"),
        ("locales/en/glossary.ftl", ""),
        ("themes/html/style.css", ""),
    ] {
        let site = site().page("autre.md", PAGE);
        pipe(&site, path);
        let built = site.build_html();
        assert!(matches!(built.code, Some(0..=2)), "{path} {built}");
        if !code.is_empty() {
            built.told(code);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_in_the_place_of_an_argument_is_told() {
    let site = site();
    pipe(&site, "pipe");
    std::os::unix::fs::symlink("/dev/zero", site.path("zero"))
        .expect("links can be made");
    for name in ["pipe", "zero", "content"] {
        for command in [
            vec!["xliff", "import"],
            vec!["tmx", "import", "--language", "en"],
            vec!["csv", "import", "--language", "en"],
        ] {
            let taken = import(&site, &command, name);
            assert_eq!(taken.code, Some(2), "{name} {command:?} {taken}");
            taken.told("file-not-plain");
        }
        if name != "content" {
            let mut asked = program();
            asked.args(["deposit", "check", "--json"]).arg(site.path(name));
            let (status, said, _) = support::run(asked);
            assert_eq!(status.code(), Some(2), "{said}");
            assert!(said.contains("file-not-plain"), "{said}");
        }
    }
}

#[test]
fn more_jobs_than_the_machine_can_use_are_not_begun() {
    let built = site().build_with(&["--format", "html", "--jobs", "100000"]);
    assert_eq!(built.code, Some(0), "{built}");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    names(&built, "jobs-capped", &(8 * cores).to_string());
    built.told("jobs-capped").is("note");
    let built = site().build_with(&["--format", "html", "--jobs", "2"]);
    assert!(built.diagnostics("jobs-capped").is_empty(), "{built}");
}

#[test]
fn numbers_that_no_option_takes_are_told_in_the_language_of_the_user() {
    let mut tried =
        vec![("status", "--min", "101", "100"), ("status", "--min", "-1", "")];
    if cfg!(feature = "review") {
        tried.extend([
            ("serve", "--port", "80000", "65535"),
            ("serve", "--port", "99999999999999999999", "65535"),
            ("review", "--port", "65536", "65535"),
        ]);
    }
    for (command, option, number, most) in tried {
        let mut asked = program();
        asked.env("LC_ALL", "fr_FR.UTF-8").args([command, option, number]);
        let (status, _, said) = support::run(asked);
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(said.contains("erreur"), "{said}");
        assert!(said.contains(most), "{most}: {said}");
        assert!(!said.contains("invalid value"), "{said}");
    }
}
