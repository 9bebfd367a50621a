//! Machines that fail: calls to the file system that are refused, disks that are full, memory
//! that ends. `benches/faults.py` tries every call; here are some of each.

use std::{fs, process::Command};

use super::support::{root, run, skip};

#[test]
fn what_fails_leaves_the_old_or_the_new_and_is_told() {
    let python = Command::new("python3").arg("--version").output();
    if !cfg!(target_os = "linux") || python.is_err() {
        return skip("there is no python3, or this is not Linux");
    }
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let mut command = Command::new(root().join("benches/faults.py"));
    command
        .arg(env!("CARGO_BIN_EXE_plantin"))
        .arg("--short")
        .env("TMPDIR", folder.path());
    let (status, said, error) = run(command);
    for line in said.lines().filter_map(|it| it.strip_prefix("skipped: ")) {
        skip(line);
    }
    assert!(status.success(), "{said}{error}");
    let row = said.lines().find(|it| it.starts_with("| all |")).expect("a table");
    let runs: usize =
        row.split('|').nth(3).and_then(|it| it.trim().parse().ok()).expect("a number");
    assert!(runs >= 40, "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0, "litter");
}
