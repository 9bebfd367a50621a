//! The commands of a workspace run when somebody said yes, and not before.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use super::support::{Outcome, Site, files, program};

/// A workspace whose deposits are checked by a script of its own, which leaves a trace.
fn site() -> Site {
    let site = Site::new()
        .more_config(
            "formats = [\"html\"]\ndate = \"2026-01-31\"\n\
             [deposit]\nvalidators = [[\"sh\", \"tools/look.sh\", \"a b\"]]\n",
        )
        .page("index.md", "---\ntitle: Accueil\ndescription: Ici.\n---\n\nTexte.\n")
        .bytes("tools/look.sh", b"echo run >> trace\n");
    let built = site.build_with(&["--format", "html"]);
    assert!(built.code <= Some(1), "{built}");
    site
}

fn runs(site: &Site) -> usize {
    fs::read_to_string(site.workspace().join("trace")).unwrap_or_default().lines().count()
}

fn state(site: &Site) -> PathBuf {
    site.folder().join("home/.local/state/plantin/commands")
}

fn arguments(site: &Site) -> Vec<String> {
    let out = site.folder().join("out");
    drop(fs::remove_dir_all(&out));
    let folders =
        [("workspace", site.workspace()), ("exports", site.exports()), ("out", out)];
    let folders = folders
        .into_iter()
        .flat_map(|(name, folder)| [format!("--{name}"), folder.display().to_string()]);
    ["deposit", "bag", "--force"].map(str::to_owned).into_iter().chain(folders).collect()
}

/// Makes a deposit where nobody is there.
fn alone(site: &Site, more: &[&str], variable: Option<&str>) -> Outcome {
    let mut command = program();
    command.env("HOME", site.folder().join("home")).current_dir(site.folder());
    if let Some(value) = variable {
        command.env("PLANTIN_ALLOW_COMMANDS", value);
    }
    command.args(arguments(site)).args(more);
    site.run(command)
}

/// Makes a deposit on a terminal, with this answer.
#[cfg(target_os = "linux")]
fn on_a_terminal(site: &Site, answer: &str) -> Outcome {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    let plantin = program();
    let words = arguments(site);
    let line: Vec<String> =
        std::iter::once(plantin.get_program().to_string_lossy().into_owned())
            .chain(words)
            .map(|it| format!("'{it}'"))
            .collect();
    let mut command = Command::new("script");
    command
        .args(["-q", "-e", "-c", &line.join(" "), "/dev/null"])
        .env_clear()
        .envs(plantin.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("HOME", site.folder().join("home"))
        .env("SHELL", "/bin/sh")
        .current_dir(site.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("there is script");
    let mut keys = child.stdin.take().expect("it is piped");
    keys.write_all(answer.as_bytes()).expect("it listens");
    let said = child.wait_with_output().expect("it ends");
    drop(keys);
    Outcome {
        code: said.status.code(),
        stdout: String::from_utf8_lossy(&said.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&said.stderr).into_owned(),
        exports: site.exports(),
        folder: None,
    }
}

#[test]
fn where_nobody_can_answer_nothing_runs_and_the_way_to_say_yes_is_told() {
    let site = site();
    let refused = alone(&site, &["--json"], None);
    assert_eq!(refused.code, Some(2), "{refused}");
    let told = refused.told("commands-not-allowed").in_file("plantin.toml");
    assert!(told.message.contains("sh tools/look.sh 'a b'"), "{told:?}");
    assert!(refused.stdout.contains("--allow-commands"), "{refused}");
    assert!(refused.stdout.contains("PLANTIN_ALLOW_COMMANDS"), "{refused}");
    assert_eq!(runs(&site), 0);
    assert!(!site.folder().join("out").exists(), "nothing was written");
    for off in ["", "0"] {
        assert_eq!(alone(&site, &[], Some(off)).code, Some(2));
    }
    assert_eq!(runs(&site), 0);
}

#[test]
fn the_option_and_the_variable_say_yes_for_one_run() {
    let site = site();
    let made = alone(&site, &["--allow-commands"], None);
    assert_eq!((made.code, runs(&site)), (Some(0), 1), "{made}");
    let made = alone(&site, &[], Some("1"));
    assert_eq!((made.code, runs(&site)), (Some(0), 2), "{made}");
    assert!(!state(&site).exists(), "nothing is remembered");
    assert_eq!(alone(&site, &[], None).code, Some(2));
}

#[test]
fn a_workspace_without_commands_asks_nothing() {
    let site = site().config(&format!(
        "{}formats = [\"html\"]\ndate = \"2026-01-31\"\n",
        super::support::CONFIG
    ));
    let made = alone(&site, &[], None);
    assert_eq!(made.code, Some(0), "{made}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_is_asked_once_and_again_when_a_command_changes() {
    let site = site();
    let before = files(&site.workspace());
    for no in ["n\n", "\n", "non\n", "yo\n"] {
        let refused = on_a_terminal(&site, no);
        assert_eq!((refused.code, runs(&site)), (Some(2), 0), "{refused}");
        assert!(refused.stdout.contains("sh tools/look.sh 'a b'"), "{refused}");
        assert!(!state(&site).exists());
    }
    let made = on_a_terminal(&site, "y\n");
    assert_eq!((made.code, runs(&site)), (Some(0), 1), "{made}");
    let mode = fs::metadata(state(&site)).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(alone(&site, &[], None).code, Some(0), "it is remembered");
    assert_eq!(runs(&site), 2);
    let mut after = files(&site.workspace());
    after.remove("trace");
    assert_eq!(before, after, "the workspace remembers nothing");
    // Another script under the same name is another command.
    let site = site.bytes("tools/look.sh", b"echo other >> trace\n");
    assert_eq!((alone(&site, &[], None).code, runs(&site)), (Some(2), 2));
    assert_eq!(on_a_terminal(&site, "OUI\n").code, Some(0));
    assert_eq!((alone(&site, &[], None).code, runs(&site)), (Some(0), 4));
    // So are other words, and the same ones in another workspace.
    let settings = site.read("plantin.toml");
    let site = site.bytes("plantin.toml", settings.replace("a b", "c").as_bytes());
    assert_eq!((alone(&site, &[], None).code, runs(&site)), (Some(2), 4));
    let site = site.bytes("plantin.toml", settings.as_bytes());
    assert_eq!(alone(&site, &[], None).code, Some(0));
    // What others may write says nothing.
    fs::set_permissions(state(&site), fs::Permissions::from_mode(0o777))
        .expect("it is ours");
    assert_eq!(alone(&site, &[], None).code, Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn the_question_shows_a_command_as_it_is() {
    let settings = format!(
        "{}formats = [\"html\"]\ndate = \"2026-01-31\"\n[deposit]\n\
         validators = [[\"rm\", \"-rf\\u001b[2K\\r\", \"\\u202edmc\"]]\n",
        super::support::CONFIG
    );
    let site = site().config(&settings);
    let refused = on_a_terminal(&site, "n\n");
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stdout.contains("'-rf\\u{1b}[2K\\u{d}' '\\u{202e}dmc'"), "{refused}");
}

#[test]
fn the_command_that_checks_a_signature_is_asked_for_too() {
    let sign = "[\"sh\", \"-c\", 'cksum < \"$1\" > \"$2\"', \"sh\", \"{file}\", \"{signature}\"]";
    let settings = format!(
        "{}formats = [\"html\"]\ndate = \"2026-01-31\"\n[deposit]\nsign = {sign}\n\
         check-signature = [\"sh\", \"-c\", \"echo run >> trace\", \"{{file}}\", \"{{signature}}\"]\n",
        super::support::CONFIG
    );
    let site = site().config(&settings);
    let made = alone(&site, &["--allow-commands"], None);
    assert_eq!(made.code, Some(0), "{made}");
    let bag = site.folder().join("out/essai-2026-01-31");
    let check = |more: &[&str]| {
        let mut command = program();
        command
            .env("HOME", site.folder().join("home"))
            .args(["deposit", "check"])
            .arg(&bag);
        command.args(["--json", "--workspace"]).arg(site.workspace()).args(more);
        site.run(command)
    };
    let refused = check(&[]);
    assert_eq!((refused.code, runs(&site)), (Some(2), 0), "{refused}");
    refused.told("commands-not-allowed");
    let checked = check(&["--allow-commands"]);
    assert_eq!((checked.code, runs(&site)), (Some(0), 1), "{checked}");
}
