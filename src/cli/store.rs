//! Where a deposit is put: a folder or a zip, which appears whole or not at all.
//!
//! It is made under a temporary name beside its place, and renamed when it is complete. A
//! zip has the same bytes each time: its entries come in the order in which they are put,
//! all with the first time that a zip can tell.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::{
    fs,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::folder;
use crate::{
    deposit::{
        bag,
        digest::{Digests, Sums},
        tree::is_safe,
    },
    diagnostic::Diagnostic,
};

/// What is compressed already.
const PACKED: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "epub", "zip", "woff", "woff2", "mp3",
    "mp4", "ogg", "webm",
];

/// A deposit on its way.
pub(super) struct Store {
    target: PathBuf,
    temporary: TempDir,
    shape: Shape,
    /// What appears beside it: where it is and where it goes.
    beside: Vec<(PathBuf, PathBuf)>,
    /// The folder around it was made for it, and goes with it when it fails.
    made: Option<PathBuf>,
}

/// What it becomes.
enum Shape {
    Folder,
    /// A zip, and the folder in it that holds everything.
    Zip(Box<ZipWriter<BufWriter<fs::File>>>, String),
}

impl Store {
    /// Begins a deposit of this name in a folder. A zip holds it in a folder of the same
    /// name, or, with `bare`, at its root.
    pub(super) fn new(
        out: &Path,
        name: &str,
        zip: bool,
        bare: bool,
    ) -> Result<Self, Diagnostic> {
        let target = out.join(if zip { format!("{name}.zip") } else { name.to_owned() });
        if target.symlink_metadata().is_ok() {
            return Err(
                Diagnostic::error("deposit-exists").with("path", target.display())
            );
        }
        let made = out.symlink_metadata().is_err().then(|| out.to_owned());
        let fault = |error: io::Error| folder::fault(out, &error);
        fs::create_dir_all(out).map_err(fault)?;
        let temporary =
            tempfile::Builder::new().prefix(folder::TEMPORARY).tempdir_in(out);
        let temporary = temporary.map_err(fault)?;
        let shape = if zip {
            let file = fs::File::create_new(temporary.path().join("zip"));
            let writer = ZipWriter::new(BufWriter::new(file.map_err(fault)?));
            let prefix = if bare { String::new() } else { format!("{name}/") };
            Shape::Zip(Box::new(writer), prefix)
        } else {
            fs::create_dir(temporary.path().join("folder")).map_err(fault)?;
            Shape::Folder
        };
        Ok(Self { target, temporary, shape, beside: Vec::new(), made })
    }

    /// A folder for what must lie on the disk while the deposit is made.
    pub(super) fn desk(&self) -> Result<PathBuf, Diagnostic> {
        let desk = self.temporary.path().join("desk");
        fs::create_dir_all(&desk).map_err(|error| folder::fault(&desk, &error))?;
        Ok(desk)
    }

    /// Puts a file of about so many bytes, and says what was put.
    pub(super) fn put(
        &mut self,
        path: &str,
        size: u64,
        from: &mut dyn Read,
    ) -> Result<Sums, Diagnostic> {
        if !is_safe(path) {
            return Err(Diagnostic::error("path-refused").with("path", path));
        }
        let target = self.target.join(path);
        self.copy(path, size, from).map_err(|error| folder::fault(&target, &error))
    }

    /// Puts bytes that are at hand.
    pub(super) fn put_bytes(
        &mut self,
        path: &str,
        bytes: &[u8],
    ) -> Result<Sums, Diagnostic> {
        self.put(path, bytes.len() as u64, &mut &*bytes)
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        self.target.file_name().and_then(|it| it.to_str()).unwrap_or_default()
    }

    /// Puts a file beside the deposit, not in it. It appears just before.
    pub(super) fn put_beside(
        &mut self,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Diagnostic> {
        let target = self.target.with_file_name(name);
        let place = self.temporary.path().join(format!("beside-{}", self.beside.len()));
        fs::write(&place, bytes).map_err(|error| folder::fault(&target, &error))?;
        self.beside.push((place, target));
        Ok(())
    }

    fn copy(&mut self, path: &str, size: u64, from: &mut dyn Read) -> io::Result<Sums> {
        match &mut self.shape {
            Shape::Folder => {
                let place = self.temporary.path().join("folder").join(path);
                fs::create_dir_all(place.parent().unwrap_or(&place))?;
                pour(from, &mut fs::File::create_new(place)?)
            }
            Shape::Zip(zip, prefix) => {
                zip.start_file(format!("{prefix}{path}"), options(path, size))?;
                pour(from, &mut **zip)
            }
        }
    }

    /// Lets the deposit appear.
    pub(super) fn finish(mut self) -> Result<PathBuf, Diagnostic> {
        let target = self.target.clone();
        let fault = |error: io::Error| folder::fault(&target, &error);
        let finished = match self.shape {
            Shape::Folder => self.temporary.path().join("folder"),
            Shape::Zip(zip, _) => {
                let writer = zip.finish().map_err(|it| fault(it.into()))?;
                let file = writer.into_inner().map_err(|it| fault(it.into_error()))?;
                file.sync_all().map_err(fault)?;
                self.temporary.path().join("zip")
            }
        };
        if self.target.symlink_metadata().is_ok() {
            let fault = Diagnostic::error("deposit-exists");
            return Err(fault.with("path", self.target.display()));
        }
        for (place, target) in &self.beside {
            fs::rename(place, target).map_err(|it| folder::fault(target, &it))?;
        }
        fs::rename(finished, &self.target).map_err(|error| {
            self.beside.iter().for_each(|it| drop(fs::remove_file(&it.1)));
            fault(error)
        })?;
        self.made = None;
        Ok(self.target)
    }

    /// Leaves nothing behind.
    pub(super) fn abandon(self) {
        drop(self.temporary);
        if let Some(folder) = self.made {
            // Only an empty folder goes: another program may have written in it.
            drop(fs::remove_dir(folder));
        }
    }
}

/// Copies a stream, with the checksums of what went through.
fn pour(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<Sums> {
    let mut digests = Digests::new(&bag::ALGORITHMS);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(digests.finish()),
            Ok(count) => {
                digests.update(&buffer[..count]);
                to.write_all(&buffer[..count])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn options(path: &str, size: u64) -> SimpleFileOptions {
    let end = path.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(size >= u64::from(u32::MAX) / 2);
    match PACKED.contains(&end.as_str()) {
        true => options.compression_method(CompressionMethod::Stored),
        false => options
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6)),
    }
}
