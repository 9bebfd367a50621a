//! What is said around the program is true: commands that are named exist, and every package has the same version.

use std::{collections::BTreeSet, fs, process::Command};

use super::support::{program, root, run};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
}

/// The words after each `plantin` of a text's code.
fn commands(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> =
        text.split_whitespace().map(|it| it.trim_matches('`')).collect();
    let named = words.windows(2).filter(|it| it[0] == "plantin");
    let is_command =
        |it: &&str| it.chars().all(|it| it.is_ascii_lowercase()) && it.len() > 1;
    named.map(|it| it[1]).filter(is_command).map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_examples_exist() {
    let (_, help, _) = run({
        let mut command = program();
        command.arg("--help");
        command
    });
    for file in [
        "docs/ci/github.yml",
        "docs/ci/gitlab.yml",
        ".pre-commit-hooks.yaml",
        ".github/workflows/release.yml",
        ".ci/packages/run",
    ] {
        let lines: String = read(file)
            .lines()
            .filter(|it| !it.trim_start().starts_with('#') && it.contains("plantin "))
            .filter(|it| {
                ["run:", "entry:", "- plantin", "plantin init", "plantin build"]
                    .iter()
                    .any(|sign| it.contains(sign))
            })
            .map(|it| format!("{it}\n"))
            .collect();
        for command in commands(&lines) {
            let is_known = help
                .lines()
                .any(|it| it.trim_start().starts_with(&format!("{command} ")));
            assert!(is_known, "{file} names plantin {command}");
        }
    }
}

#[test]
fn the_targets_that_workflows_and_pages_name_are_in_the_makefile() {
    let makefile = read("Makefile");
    for file in [
        ".github/workflows/release.yml",
        ".gitlab-ci.yml",
        "README.md",
        "CONTRIBUTING.md",
        ".ci/run",
    ] {
        let text = read(file);
        let words: Vec<&str> = text.split([' ', '\n', '`', ')', '(']).collect();
        for pair in words.windows(2).filter(|it| it[0] == "make") {
            let target = pair[1].trim_end_matches([',', '.', ';', ':']);
            let is_target =
                !target.is_empty() && target.chars().all(|it| it.is_ascii_lowercase());
            // In prose, "make" is followed by any word: those of commands stand in code.
            if is_target && text.contains(&format!("`make {target}")) {
                assert!(
                    makefile.contains(&format!("\n{target}:")),
                    "{file} names make {target}"
                );
            }
        }
    }
}

#[test]
fn every_package_says_the_version_of_the_program() {
    let version = env!("CARGO_PKG_VERSION");
    for (file, sign) in [
        ("README.md", "plantin-VERSION-py3"),
        ("README.md", "plantin_VERSION-1_amd64.deb"),
        ("content/manuel/demarrer.md", "plantin_VERSION-1_amd64.deb"),
        ("docs/ci/pre-commit.yaml", "rev: vVERSION"),
    ] {
        let sign = sign.replace("VERSION", version);
        assert!(read(file).contains(&sign), "{file} lacks {sign}");
    }
    let mut command = Command::new("bash");
    command.arg(root().join(".ci/packages/run")).arg("version");
    let (_, said, _) = run(command);
    assert_eq!(said.trim(), version);
}

#[test]
fn the_hooks_of_the_example_are_hooks() {
    let hooks = read(".pre-commit-hooks.yaml");
    let example = read("docs/ci/pre-commit.yaml");
    let named = example.lines().filter_map(|it| it.trim().strip_prefix("- id: "));
    let mut count = 0;
    for hook in named {
        assert!(hooks.contains(&format!("- id: {hook}\n")), "no hook {hook}");
        count += 1;
    }
    assert!(count > 0);
}
