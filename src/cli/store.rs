//! Where a deposit is put: a folder or a zip, which appears whole or not at all.
//!
//! It is made under a temporary name beside its place, and renamed when it is complete;
//! what bears that name already is never replaced. A zip has the same bytes each time: its
//! entries come in the order in which they are put, all with the first time that a zip can
//! tell.

use std::{
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use cap_std::fs::{Dir, File, OpenOptions};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    directory::{self, Location, Opened},
    folder::Staging,
};
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

/// What a deposit is called while it is made: as a folder, as a zip.
const FOLDER: &str = "folder";
const ZIP: &str = "zip";

/// A deposit on its way.
pub(super) struct Store {
    /// The folder in which it appears, and its path in messages.
    out: Opened,
    shown: PathBuf,
    /// What it is called there.
    name: String,
    staging: Staging,
    shape: Shape,
    /// The files that appear beside it: what they are called while they wait, and then.
    beside: Vec<(String, String)>,
    /// Whether the folder was made for it, and goes with it when it fails.
    is_made: bool,
}

/// What it becomes.
enum Shape {
    Folder,
    /// A zip, and the folder in it that holds everything.
    Zip(Box<ZipWriter<BufWriter<File>>>, String),
}

impl Store {
    /// Begins a deposit of this name in a folder. A zip holds it in a folder of the same
    /// name, or, with `bare`, at its root.
    pub(super) fn new(
        workspace: &Path,
        out: &Path,
        name: &str,
        zip: bool,
        bare: bool,
    ) -> Result<Self, Diagnostic> {
        let target = if zip { format!("{name}.zip") } else { name.to_owned() };
        let location = Location::of(out, workspace)?;
        let is_made = location.open()?.is_none();
        let opened = location.make()?;
        let fault = |error: io::Error| directory::fault(out, &error);
        if directory::is_there(&opened.dir, &target).map_err(fault)? {
            return Err(exists(&out.join(target)));
        }
        let staging = Staging::tidy(&opened.dir, false)
            .and_then(|()| Staging::new(&opened.dir))
            .map_err(fault)?;
        let shape = if zip {
            let file = create(staging.dir(), Path::new(ZIP)).map_err(fault)?;
            let writer = ZipWriter::new(BufWriter::new(file));
            let prefix = if bare { String::new() } else { format!("{name}/") };
            Shape::Zip(Box::new(writer), prefix)
        } else {
            staging.dir().create_dir(FOLDER).map_err(fault)?;
            Shape::Folder
        };
        Ok(Self {
            out: opened,
            shown: out.to_owned(),
            name: target,
            staging,
            shape,
            beside: Vec::new(),
            is_made,
        })
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
        let target = self.target().join(path);
        self.copy(path, size, from).map_err(|error| directory::fault(&target, &error))
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
        &self.name
    }

    /// Where it appears.
    fn target(&self) -> PathBuf {
        self.shown.join(&self.name)
    }

    /// Puts a file beside the deposit, not in it. It appears just before.
    pub(super) fn put_beside(
        &mut self,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Diagnostic> {
        let place = format!("beside-{}", self.beside.len());
        create(self.staging.dir(), Path::new(&place))
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| directory::fault(&self.shown.join(name), &error))?;
        self.beside.push((place, name.to_owned()));
        Ok(())
    }

    fn copy(&mut self, path: &str, size: u64, from: &mut dyn Read) -> io::Result<Sums> {
        match &mut self.shape {
            Shape::Folder => {
                let place = Path::new(FOLDER).join(path);
                let dir = self.staging.dir();
                dir.create_dir_all(place.parent().unwrap_or(&place))?;
                pour(from, &mut create(dir, &place)?)
            }
            Shape::Zip(zip, prefix) => {
                zip.start_file(format!("{prefix}{path}"), options(path, size))?;
                pour(from, &mut **zip)
            }
        }
    }

    /// Lets the deposit appear, and what goes beside it.
    pub(super) fn finish(mut self) -> Result<PathBuf, Diagnostic> {
        let target = self.target();
        let finished = self.complete().map_err(|it| directory::fault(&target, &it))?;
        let mut appeared = Vec::new();
        let beside = self.beside.iter().map(|(place, name)| (place.as_str(), name));
        for (place, name) in beside.chain([(finished, &self.name)]) {
            if let Err(error) = appear(self.staging.dir(), place, &self.out.dir, name) {
                for name in appeared {
                    drop(self.out.dir.remove_file(name));
                }
                let path = self.shown.join(name);
                return Err(match error.kind() {
                    io::ErrorKind::AlreadyExists => exists(&path),
                    _ => directory::fault(&path, &error),
                });
            }
            appeared.push(name);
        }
        self.is_made = false;
        Ok(target)
    }

    /// Completes what is staged; its name there.
    fn complete(&mut self) -> io::Result<&'static str> {
        match std::mem::replace(&mut self.shape, Shape::Folder) {
            Shape::Folder => Ok(FOLDER),
            Shape::Zip(zip, _) => {
                let file = zip.finish()?.into_inner().map_err(|it| it.into_error())?;
                file.sync_all()?;
                Ok(ZIP)
            }
        }
    }

    /// Leaves nothing behind.
    pub(super) fn abandon(self) {
        drop(self.staging);
        if let (true, Some((around, name))) = (self.is_made, &self.out.around) {
            // Only an empty folder goes: another program may have written in it.
            drop(around.remove_dir(name));
        }
    }
}

fn exists(path: &Path) -> Diagnostic {
    Diagnostic::error("deposit-exists").with("path", path.display())
}

/// Makes a file that is not there yet.
fn create(dir: &Dir, path: &Path) -> io::Result<File> {
    dir.open_with(path, OpenOptions::new().write(true).create_new(true))
}

/// Gives what is staged its name; nothing that bears it already is replaced.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn appear(from: &Dir, place: &str, to: &Dir, name: &str) -> io::Result<()> {
    use rustix::{
        fs::{RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(from, place, to, name, RenameFlags::NOREPLACE) {
        // The file system has no such step.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            replace(from, place, to, name)
        }
        done => Ok(done?),
    }
}

/// Gives what is staged its name; nothing that bears it already is replaced.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn appear(from: &Dir, place: &str, to: &Dir, name: &str) -> io::Result<()> {
    replace(from, place, to, name)
}

/// As [`appear`], in two steps.
fn replace(from: &Dir, place: &str, to: &Dir, name: &str) -> io::Result<()> {
    match directory::is_there(to, name)? {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => from.rename(place, to, name),
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
