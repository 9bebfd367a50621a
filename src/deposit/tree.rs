//! What a bag is read from: a folder or a zip, listed first and read file by file.
//!
//! Nothing is ever unpacked. A zip that tries to harm whoever opens it (entries that
//! overlap, sizes that explode, names that lead outside, links) is refused before its
//! content is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read, Seek},
};

use zip::{ZipArchive, result::ZipError};

use crate::{
    diagnostic::Diagnostic,
    limits,
    source::files::{self, Found, Kind},
};

/// A folder or a zip.
pub trait Tree {
    /// Every file, sorted by path.
    fn found(&self) -> &[Found];

    /// Reads a file that was found, piece by piece.
    ///
    /// # Errors
    ///
    /// When it cannot be read to its end, or is not what the listing says.
    fn stream(&mut self, path: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()>;
}

/// A folder on the disk.
#[derive(Debug)]
pub struct Folder<'a> {
    root: &'a std::path::Path,
    found: Vec<Found>,
}

impl<'a> Folder<'a> {
    /// Lists a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be listed.
    pub fn new(root: &'a std::path::Path) -> io::Result<Self> {
        Ok(Self { root, found: files::walked(root)? })
    }
}

impl Tree for Folder<'_> {
    fn found(&self) -> &[Found] {
        &self.found
    }

    fn stream(&mut self, path: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let found = self.found.binary_search_by(|it| it.path.as_str().cmp(path));
        let size = self.found[found.map_err(|_| io::ErrorKind::NotFound)?].size;
        let file = files::open(&self.root.join(path))?;
        pour_all(file, size, each)
    }
}

/// A zip, whose one folder is the bag.
#[derive(Debug)]
pub struct Zip<R> {
    archive: ZipArchive<R>,
    found: Vec<Found>,
    numbers: BTreeMap<String, usize>,
}

impl<R: Read + Seek> Zip<R> {
    /// Lists a zip of so many bytes.
    ///
    /// # Errors
    ///
    /// When it is no zip, or one that is made to harm.
    pub fn new(reader: R, length: u64) -> Result<Self, Diagnostic> {
        let mut archive = ZipArchive::new(reader).map_err(|it| unreadable(&it))?;
        if archive.len() > limits::BAG_FILES {
            return Err(Diagnostic::error("bag-bomb"));
        }
        if archive.has_duplicate_names()
            || archive.has_overlapping_entries().map_err(|it| unreadable(&it))?
        {
            return Err(Diagnostic::error("bag-entries-overlap"));
        }
        let mut entries = Vec::new();
        let mut total = 0_u64;
        for number in 0..archive.len() {
            let entry = archive.by_index_data(number).map_err(|it| unreadable(&it))?;
            let name = entry.name().map_err(|it| unreadable(&it))?.into_owned();
            let refused = |code| Err(Diagnostic::error(code).with("path", &name));
            if !is_safe(name.trim_end_matches('/')) {
                return refused("bag-path-refused");
            }
            if entry.is_symlink() {
                return refused("bag-link");
            }
            if entry.encrypted() {
                return refused("bag-encrypted");
            }
            total = total.saturating_add(entry.size());
            if !name.ends_with('/') {
                entries.push((name, number, entry.size()));
            }
        }
        if total > limits::UNPACKED_BYTES && total / limits::UNPACKED_RATIO > length {
            return Err(Diagnostic::error("bag-bomb"));
        }
        Ok(Self::list(archive, entries))
    }

    /// The files by their paths in the bag, without the folder that holds it.
    fn list(archive: ZipArchive<R>, entries: Vec<(String, usize, u64)>) -> Self {
        let names = || entries.iter().map(|it| it.0.as_str());
        let firsts: BTreeSet<&str> =
            names().map(|it| it.split_once('/').map_or("", |it| it.0)).collect();
        let prefix = match firsts.first() {
            Some(first) if firsts.len() == 1 && !first.is_empty() => first.len() + 1,
            _ => 0,
        };
        let mut numbers = BTreeMap::new();
        let mut found = Vec::new();
        for (name, number, size) in &entries {
            let path = name[prefix..].to_owned();
            numbers.insert(path.clone(), *number);
            found.push(Found { path, size: *size, kind: Kind::File });
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Self { archive, found, numbers }
    }
}

impl<R: Read + Seek> Tree for Zip<R> {
    fn found(&self) -> &[Found] {
        &self.found
    }

    fn stream(&mut self, path: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let number = *self.numbers.get(path).ok_or(io::ErrorKind::NotFound)?;
        let entry = self.archive.by_index(number).map_err(io::Error::other)?;
        let size = entry.size();
        pour_all(entry, size, each)
    }
}

/// Reads just so many bytes: what goes on past what it declared, or grows while it is read,
/// could go on for ever.
fn pour_all(from: impl Read, size: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut read = 0_u64;
    pour(&mut from.take(size.saturating_add(1)), &mut |bytes| {
        read += bytes.len() as u64;
        each(bytes);
    })?;
    match read == size {
        true => Ok(()),
        false => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn unreadable(error: &ZipError) -> Diagnostic {
    let cause = match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "kind"
        }
        ZipError::InvalidPassword => "password",
        _ => "damaged",
    };
    Diagnostic::error("bag-zip-unreadable").because(cause, error)
}

fn pour(from: &mut dyn Read, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => each(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Whether a path stays under the folder that it starts from, on any system.
pub fn is_safe(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':')
        && path.starts_with(|it: char| it.is_ascii_alphabetic());
    let plain =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    !drive && !path.starts_with('~') && path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_outside_are_known_on_every_system() {
        for path in ["data/a", "a b/é.html", "data/..a", "data/a:b"] {
            assert!(is_safe(path), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "data/../../a",
            "data//a",
            "./a",
            "C:/a",
            "~/a",
            "data\\..\\a",
            "a\0b",
        ] {
            assert!(!is_safe(path), "{path}");
        }
    }
}
