//! What the program is built on: known to the notices that go with it, and no newer than
//! the compiler that we promise to need.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use serde_json::Value;

use super::support::{expect, root};

/// What `cargo metadata` says of all packages of this machine's kind, all features on.
fn metadata() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc is there");
    let said = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let host = said.lines().find_map(|it| it.strip_prefix("host: ")).expect("a host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--all-features", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("cargo writes JSON")
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The packages that are in the program, by identifier: those that only build scripts and
/// tests use are not.
fn shipped(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|it| (text(it, "id"), it))
        .collect();
    let mut shipped = BTreeSet::new();
    let mut waiting = vec![text(&metadata["resolve"], "root")];
    while let Some(id) = waiting.pop() {
        if !shipped.insert(id) {
            continue;
        }
        for dependency in list(&nodes[id]["deps"]) {
            let is_normal =
                list(&dependency["dep_kinds"]).iter().any(|it| it["kind"].is_null());
            if is_normal {
                waiting.push(text(dependency, "pkg"));
            }
        }
    }
    shipped
}

/// The packages that the notices name: `name version`.
fn noticed() -> BTreeSet<String> {
    let path = root().join("THIRD-PARTY-NOTICES.md");
    let notices = fs::read_to_string(path).expect("the notices are there");
    let entry = |line: &str| {
        let entry = line.strip_prefix("- ")?.split_once(": ")?.0;
        entry.split_once(' ').map(|_| entry.to_owned())
    };
    let before = notices.split("\n```text").next().unwrap_or_default();
    before.lines().filter_map(entry).collect()
}

#[test]
fn every_package_in_the_program_is_in_the_notices() {
    let metadata = metadata();
    let shipped = shipped(&metadata);
    let noticed = noticed();
    for package in list(&metadata["packages"]) {
        let name = format!("{} {}", text(package, "name"), text(package, "version"));
        if shipped.contains(text(package, "id")) && text(package, "name") != "plantin" {
            assert!(noticed.contains(&name), "{name}: run `make notices`");
        }
    }
    assert!(noticed.len() > 200, "{}", noticed.len());
}

#[test]
fn the_notices_name_no_package_that_is_gone() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("it is there");
    let locked: BTreeSet<String> = lock
        .split("[[package]]")
        .filter_map(|it| {
            let value = |name: &str| {
                let line = it.lines().find_map(|it| it.strip_prefix(name))?;
                Some(line.trim_matches(['=', ' ', '"']).to_owned())
            };
            Some(format!("{} {}", value("name")?, value("version")?))
        })
        .collect();
    for name in noticed() {
        assert!(locked.contains(&name), "{name}: run `make notices`");
    }
}

#[test]
fn the_notices_name_the_fonts_and_syntaxes_that_are_built_in() {
    let path = root().join("THIRD-PARTY-NOTICES.md");
    let notices = fs::read_to_string(path).expect("the notices are there");
    for part in ["SIL OPEN FONT LICENSE", "Libertinus", "DejaVu", "NewComputerModern"] {
        assert!(notices.contains(part), "{part}: run `make notices`");
    }
}

#[test]
fn no_package_needs_a_newer_compiler_than_we_say() {
    let numbers = |version: &str| -> Vec<u32> {
        version.split('.').map(|it| it.parse().expect("a number")).collect()
    };
    let metadata = metadata();
    let packages = list(&metadata["packages"]);
    let ours = packages.iter().find(|it| text(it, "name") == "plantin").expect("ours");
    let ours = numbers(text(ours, "rust_version"));
    assert!(ours.len() >= 2);
    for package in packages {
        if let Some(needed) = package["rust_version"].as_str() {
            let (name, version) = (text(package, "name"), text(package, "version"));
            assert!(numbers(needed)[..2] <= ours[..2], "{name} {version} needs {needed}");
        }
    }
}

#[test]
fn every_package_comes_from_the_registry_with_its_checksum() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("it is there");
    for package in lock.split("[[package]]").skip(1) {
        let is_ours = package.contains("name = \"plantin\"");
        let is_pinned = package.contains("\nsource = \"registry+")
            && package.contains("\nchecksum = \"");
        assert!(is_ours || is_pinned, "{package}");
    }
}

#[test]
fn the_licences_of_the_syntaxes_that_are_built_in_are_kept_for_the_notices() {
    let mut text = "## The syntaxes that colour code\n".to_owned();
    for licence in two_face::acknowledgement::listing().for_syntaxes() {
        let path = licence.rel_path.display();
        let words = licence.text.trim();
        text.push_str(&format!("\n### {path}\n\n```text\n{words}\n```\n"));
    }
    let kept: Vec<&str> = text.lines().map(str::trim_end).collect();
    expect("../../.ci/supply/syntaxes.md", &(kept.join("\n") + "\n"));
}
