//! What documents, packages and workflows name exists: commands, parts of scripts, files,
//! hooks, and one version.

use std::{collections::BTreeSet, fs};

use regex::Regex;

use super::support::{program, root};

/// What a person reads before having the program, and what they copy.
const READ: [&str; 8] = [
    "README.md",
    "CONTRIBUTING.md",
    "content/manuel/demarrer.md",
    "docs/ci/github.yml",
    "docs/ci/gitlab.yml",
    "docs/ci/pre-commit.yaml",
    ".pre-commit-hooks.yaml",
    ".ci/packages/Containerfile",
];

/// What runs by itself.
const RUN: [&str; 3] =
    [".github/workflows/release.yml", ".gitlab-ci.yml", "CONTRIBUTING.md"];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What the first group of a pattern finds in a text.
fn found(pattern: &str, text: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    pattern.captures_iter(text).map(|it| it[1].to_owned()).collect()
}

/// The commands that a program with fewer features does not have.
fn left_out() -> BTreeSet<String> {
    let local: &[&str] =
        if cfg!(feature = "review") { &[] } else { &["review", "serve"] };
    let network: &[&str] = if cfg!(feature = "propose") { &[] } else { &["propose"] };
    local.iter().chain(network).map(|it| (*it).to_owned()).collect()
}

#[test]
fn packages_are_named_with_the_version_of_the_program() {
    let mut count = 0;
    for path in READ.iter().chain(&RUN) {
        let pattern = r"(?:plantin[-_]|rev: v|tag v)([0-9]+\.[0-9]+\.[0-9]+)";
        for version in found(pattern, &read(path)) {
            assert_eq!(version, env!("CARGO_PKG_VERSION"), "{path}");
            count += 1;
        }
    }
    assert!(count >= 5, "{count}");
    let python = read("pyproject.toml");
    assert!(
        python.contains("dynamic = [\"version\"]"),
        "the wheel has a version of its own"
    );
    assert!(python.contains(env!("CARGO_PKG_DESCRIPTION")), "{python}");
}

#[test]
fn every_command_that_is_named_exists() {
    let mut commands = BTreeSet::new();
    for path in READ {
        // At the beginning of a line or of a code span, or after another command.
        let pattern = r"(?m)(?:^ *|`|run: |- |entry: |&& |sh -c ')plantin ([a-z]+)\b";
        commands.extend(found(pattern, &read(path)));
    }
    for command in ["build", "check", "extract", "init", "serve", "status", "verify"] {
        assert!(commands.contains(command), "{command}: {commands:?}");
    }
    for command in commands.difference(&left_out()) {
        let run = program().args([command, "--help"]).output().expect("it runs");
        assert!(run.status.success(), "plantin {command}");
    }
}

#[test]
fn workflows_name_parts_of_scripts_and_targets_that_exist() {
    let script = read(".ci/packages/run");
    let parts = found(r"(?m)^#   run ([a-z]+)", &script);
    let targets = found(r"(?m)^([a-z]+):", &read("Makefile"));
    let mut named = 0;
    for path in RUN {
        let text = read(path);
        for called in found(r"\.ci/packages/run((?: [a-z]+)+)", &text) {
            for part in called.split_whitespace() {
                assert!(parts.contains(part), "{path}: {called}");
                named += 1;
            }
        }
        for target in found(r"(?:`|run: |- )make ([a-z]+)", &text) {
            assert!(targets.contains(&target), "{path}: make {target}");
        }
    }
    assert!(named >= 10, "{named}");
    assert!(targets.contains("packages"));
}

#[test]
fn the_hooks_that_a_workspace_copies_are_those_that_are_offered() {
    let ids = |path: &str| found(r"(?m)^ *- id: ([a-z-]+)$", &read(path));
    let offered = ids(".pre-commit-hooks.yaml");
    assert!(!offered.is_empty());
    assert_eq!(ids("docs/ci/pre-commit.yaml"), offered);
}

#[test]
fn licences_and_notices_go_with_every_package() {
    let tree = read(".ci/packages/tree.py");
    let wheel = read("pyproject.toml");
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.md"] {
        assert!(root().join(file).is_file(), "{file}");
        assert!(tree.contains(&format!("\"{file}\"")), "{file}: tree.py");
        assert!(wheel.contains(&format!("\"{file}\"")), "{file}: pyproject.toml");
    }
    // What the package of Debian takes is what the tree holds.
    for file in found(r#""target/release/(share/[^"*]+)""#, &read("Cargo.toml")) {
        assert!(tree.contains(&format!("\"{file}\"")), "{file}");
    }
}
