//! The arrows between the stages, and who may touch what: kept by reading the sources.
//!
//! A new arrow is discussed first, and then written here.

use std::{collections::BTreeSet, fs};

use super::support::{files, root};

/// The stages, in order: each may use those before it.
const STAGES: [&str; 21] = [
    "limits",
    "languages",
    "diagnostic",
    "cause",
    "fluent",
    "words",
    "document",
    "source",
    "translation",
    "typography",
    "site",
    "render",
    "verify",
    "deposit",
    "config",
    "import",
    "pipeline",
    "local",
    "review",
    "preview",
    "cli",
];

/// Arrows that go up the list and are refused all the same, and why.
const REFUSED: [(&str, &str, &str); 1] =
    [("verify", "render", "it reads the files as a stranger would")];

/// Who may turn a message of the program into words; the others name it by its code.
/// Writers give values to the labels of the site, and speak in no other way.
const SPEAKERS: [&str; 5] = ["words", "site", "pipeline", "review", "cli"];

/// Packages that only some modules know, so that they can be replaced.
const CONFINED: [(&str, &[&str]); 26] = [
    ("comrak", &["source"]),
    ("html5ever", &["source", "verify"]),
    ("scraper", &["source", "verify"]),
    ("serde_saphyr", &["source"]),
    ("epub_builder", &["render::epub"]),
    ("syntect", &["render::code"]),
    ("two_face", &["render::code"]),
    ("image", &["render::picture"]),
    ("webp", &["render::picture"]),
    ("typst", &["render::pdf"]),
    ("typst_kit", &["render::pdf"]),
    ("typst_layout", &["render::pdf"]),
    ("typst_pdf", &["render::pdf"]),
    ("fluent_bundle", &["words"]),
    ("axum", &["local", "review", "preview"]),
    ("hyper", &["local"]),
    ("hyper_util", &["local"]),
    ("tokio", &["local", "preview"]),
    ("tokio_io_timeout", &["local"]),
    ("subtle", &["local"]),
    ("getrandom", &["cli"]),
    ("cap_std", &["cli"]),
    ("cap_fs_ext", &["cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("miette", &["cli"]),
];

/// The parts of the HTML writer that books share.
const SHARED_WRITER: [&str; 6] =
    ["element", "block", "inline", "table", "headings", "trail"];

/// The lints that keep what a test cannot see.
const LINTS: [(&str, &str); 19] = [
    ("rust", "missing_docs"),
    ("rust", "unreachable_pub"),
    ("rust", "unsafe_code"),
    ("clippy", "iter_over_hash_type"),
    ("clippy", "match_wildcard_for_single_variants"),
    ("clippy", "rest_pat_in_fully_bound_structs"),
    ("clippy", "print_stdout"),
    ("clippy", "print_stderr"),
    ("clippy", "dbg_macro"),
    ("clippy", "todo"),
    ("clippy", "unwrap_used"),
    ("clippy", "allow_attributes_without_reason"),
    ("clippy", "ignore_without_reason"),
    ("clippy", "disallowed_methods"),
    ("clippy", "incompatible_msrv"),
    ("clippy", "doc_markdown"),
    ("clippy", "explicit_iter_loop"),
    ("clippy", "manual_let_else"),
    ("clippy", "semicolon_if_nothing_returned"),
];

/// A source file, as far as these tests understand it.
struct Source {
    /// Its path under `src/`.
    file: String,
    /// The path of its module: `["render", "html", "block"]`.
    module: Vec<String>,
    /// Its text without comments and without its own tests.
    code: String,
    /// Every path in it that begins at a crate: `["crate", "site", "Page"]`.
    paths: Vec<Vec<String>>,
}

#[test]
fn every_stage_has_its_place_in_the_list() {
    let here: BTreeSet<String> = sources()
        .into_iter()
        .filter_map(|source| source.module.into_iter().next())
        .collect();
    for stage in here {
        assert!(
            STAGES.contains(&stage.as_str()),
            "src/{stage}: where does it stand among the stages?"
        );
    }
}

#[test]
fn arrows_only_go_up_the_list() {
    for source in sources() {
        let Some(stage) = source.module.first() else { continue };
        let place = position(stage);
        for used in source.uses() {
            assert!(
                position(used) <= place,
                "src/{}: {stage} comes before {used} and may not use it",
                source.file
            );
        }
    }
}

#[test]
fn refused_arrows_are_not_there() {
    for source in sources() {
        for (from, to, why) in REFUSED {
            let starts = source.module.first().is_some_and(|stage| stage == from);
            assert!(
                !(starts && source.uses().contains(to)),
                "src/{}: {from} may not use {to}: {why}",
                source.file
            );
        }
    }
}

#[test]
fn only_some_stages_speak() {
    for source in sources() {
        let Some(stage) = source.module.first() else { continue };
        let speaks = source.paths.iter().any(|path| match path.as_slice() {
            [start, words, what, ..] if start == "crate" && words == "words" => {
                stage != "render" || what != "Value"
            }
            [start, words] => start == "crate" && words == "words",
            _ => false,
        });
        assert!(
            !speaks || SPEAKERS.contains(&stage.as_str()),
            "src/{}: {stage} may not use words: it names messages by their codes",
            source.file
        );
    }
}

#[test]
fn writers_do_not_know_each_other() {
    for source in sources() {
        let [stage, own, ..] = source.module.as_slice() else { continue };
        if stage != "render" {
            continue;
        }
        for path in source.paths.iter().filter(|path| path.len() > 2) {
            let [start, within, other] = [&*path[0], &*path[1], &*path[2]];
            if (start, within) != ("crate", "render")
                || !["html", "pdf", "epub"].contains(&other)
            {
                continue;
            }
            let shared = own == "epub"
                && other == "html"
                && path.get(3).is_some_and(|part| SHARED_WRITER.contains(&part.as_str()));
            assert!(
                own == other || shared,
                "src/{}: {own} may not use {}",
                source.file,
                path.join("::")
            );
        }
    }
}

#[test]
fn packages_stay_where_they_belong() {
    for source in sources() {
        let module = source.module.join("::");
        for (package, homes) in CONFINED {
            let at_home = homes.iter().any(|home| module.starts_with(home));
            let used = source.paths.iter().any(|path| path[0] == package);
            assert!(
                at_home || !used,
                "src/{}: {package} belongs to {homes:?}",
                source.file
            );
        }
    }
}

#[test]
fn only_the_reader_and_the_command_line_touch_the_disk() {
    let methods =
        [".exists()", ".is_file()", ".is_dir()", ".canonicalize()", ".read_dir()"];
    for source in sources() {
        if matches!(source.module.first().map(String::as_str), Some("cli"))
            || source.file == "source/files.rs"
        {
            continue;
        }
        assert!(!source.names(&["std", "fs"]), "src/{}: std::fs", source.file);
        for method in methods {
            assert!(!source.code.contains(method), "src/{}: {method}", source.file);
        }
    }
}

#[test]
fn only_the_command_line_knows_the_clock_and_the_environment() {
    for source in sources() {
        if source.module.first().is_some_and(|stage| stage == "cli") {
            continue;
        }
        for path in [
            ["std", "env", "var"],
            ["std", "env", "var_os"],
            ["std", "env", "vars"],
            ["std", "env", "current_dir"],
            ["std", "time", "SystemTime"],
            ["std", "time", "Instant"],
        ] {
            assert!(!source.names(&path), "src/{}: {}", source.file, path.join("::"));
        }
        for call in ["env::var", "SystemTime::now", "Instant::now", "env::current_dir"] {
            assert!(!source.code.contains(call), "src/{}: {call}", source.file);
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for source in sources() {
        let text = fs::read_to_string(root().join("src").join(&source.file))
            .expect("the file was just listed");
        assert!(text.starts_with("//! "), "src/{}: begin with `//! `", source.file);
    }
    for (file, bytes) in files(&root().join("tests")) {
        if file.ends_with(".rs") {
            assert!(bytes.starts_with(b"//! "), "tests/{file}: begin with `//! `");
        }
    }
}

#[test]
fn every_test_file_is_listed() {
    let suite =
        fs::read_to_string(root().join("tests/suite.rs")).expect("it is this program");
    for file in files(&root().join("tests")).into_keys() {
        let Some(name) = file.strip_suffix(".rs") else { continue };
        let name = name.strip_suffix("/mod").unwrap_or(name);
        if name != "suite" && !name.contains('/') {
            assert!(
                suite.contains(&format!("mod {name};")),
                "tests/{file}: add `mod {name};` to tests/suite.rs"
            );
        }
    }
}

#[test]
fn the_lints_are_on() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))
        .expect("it is there")
        .parse()
        .expect("TOML");
    for (tool, lint) in LINTS {
        let level = manifest["lints"][tool].get(lint);
        assert!(
            level.is_some_and(|level| level.as_str() != Some("allow")),
            "Cargo.toml: the lint {tool}::{lint} is off"
        );
    }
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let code = "use crate::{site::{self, Page}, words}; use super::html::element; \
                fn f() { super::super::site::Trail::new(); std::fs::read(x); }";
    let module = ["render", "epub", "block"].map(str::to_owned);
    let found: Vec<String> =
        paths(code, &module).iter().map(|path| path.join("::")).collect();
    assert_eq!(
        found,
        [
            "crate::site::self",
            "crate::site::Page",
            "crate::words",
            "crate::render::epub::html::element",
            "crate::render::site::Trail::new",
            "std::fs::read",
        ]
    );
}

impl Source {
    fn read(file: String, text: &str) -> Self {
        let stem = file.strip_suffix(".rs").unwrap_or(&file);
        let stem = stem.strip_suffix("mod").map_or(stem, |it| it.trim_end_matches('/'));
        let module: Vec<String> = stem
            .split('/')
            .filter(|part| !matches!(*part, "" | "lib" | "main"))
            .map(str::to_owned)
            .collect();
        let code: String = text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]")
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let paths = paths(&code, &module);
        Self { file, module, code, paths }
    }

    /// The stages it uses, its own among them.
    fn uses(&self) -> BTreeSet<&str> {
        self.paths
            .iter()
            .filter(|path| path[0] == "crate" && path.len() > 1)
            .map(|path| path[1].as_str())
            .filter(|stage| STAGES.contains(stage))
            .collect()
    }

    /// Whether a path that begins so is in it.
    fn names(&self, start: &[&str]) -> bool {
        self.paths.iter().any(|path| {
            path.len() >= start.len() && path.iter().zip(start).all(|(a, b)| a == b)
        })
    }
}

/// Every file of `src/`.
fn sources() -> Vec<Source> {
    let found: Vec<Source> = files(&root().join("src"))
        .into_iter()
        .filter(|(file, _)| file.ends_with(".rs"))
        .map(|(file, bytes)| Source::read(file, &String::from_utf8_lossy(&bytes)))
        .collect();
    assert!(found.len() > 20, "the sources are there");
    found
}

fn position(stage: &str) -> usize {
    STAGES.iter().position(|it| *it == stage).unwrap_or(STAGES.len())
}

/// The paths in a text of Rust; the trees of `use` are spread out, and `super` is followed.
fn paths(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = is_name(&tokens[at])
            && tokens.get(at + 1).is_some_and(|next| next == "::")
            && (at == 0 || tokens[at - 1] != "::");
        if begins {
            at = read_path(&tokens, at, Vec::new(), &mut found);
        } else {
            at += 1;
        }
    }
    found.into_iter().map(|path| absolute(path, module)).collect()
}

/// Reads a path, or a tree of them, from a token on; returns where it ends.
fn read_path(
    tokens: &[String],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    if is_name(&tokens[at]) || tokens[at] == "{" || tokens[at] == "*" {
                        at = read_path(tokens, at, path.clone(), found);
                    } else {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some(name) if is_name(name) || name == "*" => path.push(name.to_owned()),
            _ => {}
        }
        at += 1;
        if tokens.get(at).is_some_and(|token| token == "::") {
            at += 1;
        } else {
            found.push(path);
            return at;
        }
    }
}

/// The path from its crate on. A `mod` inside a file is not followed.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    if ups == 0 && path[0] != "self" {
        return path;
    }
    let rest = path.iter().skip_while(|part| matches!(part.as_str(), "super" | "self"));
    let kept = module.len().saturating_sub(ups);
    std::iter::once("crate".to_owned())
        .chain(module[..kept].iter().cloned())
        .chain(rest.cloned())
        .collect()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single marks; what stands between quotation marks is left out.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = after_quoted(rest) {
            rest = after;
            continue;
        }
        let length = if is_name(rest) {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

/// What follows the string, or the quotation mark as a character, that the text begins with.
fn after_quoted(text: &str) -> Option<&str> {
    if let Some(raw) = text.strip_prefix("r#\"") {
        return Some(raw.split_once("\"#").map_or("", |(_, after)| after));
    }
    if let Some(after) = text.strip_prefix("'\"'").or(text.strip_prefix("'\\\"'")) {
        return Some(after);
    }
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            '"' if !escaped => return Some(&inside[at + 1..]),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    Some("")
}
