//! Deposits of others: bags, zips of them, transfers.

use std::{
    collections::BTreeMap,
    io::{self, Cursor},
};

use plantin::{
    deposit::{
        check::{self, Standard},
        digest::{Algorithm, Sums},
        tree::{Tree, Zip, is_safe},
    },
    source::files::{Found, Kind},
};

use super::{files, has_errors, text};

/// In a bag without a fault each file of the payload has its checksum in a manifest, and
/// each checksum of a manifest is that of a file.
pub(super) fn bag(bytes: &[u8]) {
    let mut tree = Memory::new(files(bytes));
    let report = check::check(&mut tree);
    assert_eq!(check::check(&mut tree).value, report.value, "checked twice");
    if has_errors(&report.diagnostics) || report.value.standard != Standard::Bagit {
        return;
    }
    if tree.files.contains_key("fetch.txt") {
        return;
    }
    let mut listed = String::new();
    for (path, content) in &tree.files {
        if path.starts_with("manifest-") && !path.contains('/') {
            listed.push_str(&text(content).to_lowercase());
        }
    }
    let mut sums = String::new();
    for (path, content) in tree.files.iter().filter(|it| it.0.starts_with("data/")) {
        let own = sums_of(content);
        assert!(own.iter().any(|it| listed.contains(it)), "{path} is in no manifest");
        sums.push_str(&own.concat());
    }
    for line in listed.lines().filter(|it| !it.trim().is_empty()) {
        let sum = line.split_whitespace().next().unwrap_or_default();
        assert!(sums.contains(sum), "no file has the checksum {sum}");
    }
}

/// A zip is listed or refused; nothing in it leads outside, and what is read of a file is
/// as long as the listing says.
pub(super) fn bag_zip(bytes: &[u8]) {
    let length = bytes.len() as u64;
    let Ok(mut zip) = Zip::new(Cursor::new(bytes), length) else { return };
    for found in zip.found().to_vec() {
        assert!(is_safe(&found.path), "{} leads outside", found.path);
        let mut read = 0;
        if zip.stream(&found.path, &mut |piece| read += piece.len() as u64).is_ok() {
            assert_eq!(read, found.size, "{}", found.path);
        }
    }
    let _ = check::check(&mut zip);
}

/// In a transfer without a fault each file beside its manifest has its name and its
/// checksum in it.
pub(super) fn transfer(bytes: &[u8]) {
    let mut tree = Memory::new(files(bytes));
    let report = check::check(&mut tree);
    assert_eq!(check::check(&mut tree).value, report.value, "checked twice");
    if has_errors(&report.diagnostics) || report.value.standard != Standard::Seda {
        return;
    }
    let manifest = &report.value.tag_files[0];
    let said = text(&tree.files[manifest]).to_lowercase();
    for (path, content) in tree.files.iter().filter(|it| it.0 != manifest) {
        assert!(
            sums_of(content).iter().any(|it| said.contains(it)),
            "{path} is not described"
        );
    }
}

/// The checksums of a content by each algorithm.
fn sums_of(content: &[u8]) -> Vec<String> {
    let names = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
    let algorithms: Vec<Algorithm> =
        names.iter().filter_map(|it| Algorithm::named(it)).collect();
    let sums = Sums::of(content, &algorithms);
    algorithms.iter().map(|it| sums.get(*it).to_owned()).collect()
}

/// A folder that is only in memory.
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    found: Vec<Found>,
}

impl Memory {
    fn new(files: Vec<(String, Vec<u8>)>) -> Self {
        let usable = |path: &str| {
            path.split('/').all(|it| !["", ".", ".."].contains(&it))
                && !path.contains('\0')
        };
        let files: BTreeMap<_, _> =
            files.into_iter().filter(|it| usable(&it.0)).collect();
        let found = files.iter().map(|(path, content)| Found {
            path: path.clone(),
            size: content.len() as u64,
            kind: Kind::File,
        });
        Self { found: found.collect(), files }
    }
}

impl Tree for Memory {
    fn found(&self) -> &[Found] {
        &self.found
    }

    fn stream(&mut self, path: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        each(self.files.get(path).ok_or(io::ErrorKind::NotFound)?);
        Ok(())
    }
}
