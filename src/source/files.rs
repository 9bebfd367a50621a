//! The only reader of the disk.
//!
//! Everything is named by its path under a root, with `/`, and nothing that lies outside
//! the root is read, whatever links lead there.

#![expect(clippy::disallowed_methods, reason = "this is where files are read")]

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use super::{
    drawing::{self, Fault},
    location,
};
use crate::diagnostic::{Checked, Diagnostic};

/// The largest text that is read as a page or a catalogue.
const LARGEST_TEXT: u64 = 10 << 20;

/// The largest image or other file that is published.
const LARGEST_RESOURCE: u64 = 50 << 20;

/// The most pixels of an image that is published. A small file may hold so many that a
/// reader's machine, and ours, runs out of memory.
const MOST_PIXELS: u64 = 64_000_000;

/// How deep folders may lie in each other.
const DEEPEST: usize = 32;

/// A file of the workspace that pages show or lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceFile {
    /// Its path under `content`, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Its media type, from its bytes: `image/png`, `image/svg+xml`, …
    pub media_type: &'static str,
    /// Width and height in pixels, for images where they are known.
    pub size: Option<(u32, u32)>,
}

/// The bytes of a file that the caller names.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// The pages under a root: every `.md` file, sorted by path. Hidden files, those whose
/// name begins with `_`, and `node_modules` are passed over.
///
/// # Errors
///
/// When the root itself cannot be listed.
pub fn pages(root: &Path) -> io::Result<Checked<Vec<String>>> {
    listed(root, &|name| has_end(name, ".md"))
}

/// The files under a root in which folders speak of their pages, sorted by path.
///
/// # Errors
///
/// When the root itself cannot be listed.
pub fn defaults(root: &Path) -> io::Result<Vec<String>> {
    Ok(listed(root, &super::defaults::is_one)?.value)
}

/// Whether a name has this end, and something before it.
fn has_end(name: &str, end: &str) -> bool {
    name.strip_suffix(end).is_some()
}

/// The catalogues under a root that need not be there: every `.po` file, sorted by path.
///
/// # Errors
///
/// When the root is there and cannot be listed.
pub fn catalogues(root: &Path) -> io::Result<Vec<String>> {
    match root.is_dir() {
        true => Ok(listed(root, &|name| has_end(name, ".po"))?.value),
        false => Ok(Vec::new()),
    }
}

/// Every file under a root that need not be there, by its path.
///
/// # Errors
///
/// When a file cannot be read.
pub fn theme(root: &Path) -> io::Result<BTreeMap<String, Arc<Vec<u8>>>> {
    let mut theme = BTreeMap::new();
    if root.is_dir() {
        for path in listed(root, &|_| true)?.value {
            let bytes = fs::read(root.join(&path))?;
            theme.insert(path, Arc::new(bytes));
        }
    }
    Ok(theme)
}

/// The files that were exported into a folder and are wanted, by their path with `/`.
///
/// # Errors
///
/// When the folder cannot be listed, or a file cannot be read.
pub fn exported(
    root: &Path,
    wanted: &dyn Fn(&str) -> bool,
) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEEPEST * 4 {
                folders.push((entry.path(), format!("{path}/"), depth + 1));
            } else if kind.is_file() && wanted(&path) {
                found.insert(path, fs::read(entry.path())?);
            }
        }
    }
    Ok(found)
}

/// Every file of a site that another program builds, by its path: its data and templates and
/// its settings too, but neither what it is built into nor what it is built with.
///
/// # Errors
///
/// When the root itself cannot be listed.
pub fn tree(root: &Path) -> io::Result<Checked<Vec<String>>> {
    list(root, &|_| true, true)
}

/// The bytes of a file under a root that is to be copied.
///
/// # Errors
///
/// When it is too large, no plain file, or cannot be read.
pub fn copied(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    limited(root, path, LARGEST_RESOURCE)
}

/// Every file that the pages under a root are made of: pages, images, settings of folders.
/// Only hidden files and `node_modules` are passed over; links that lead outside are told.
///
/// # Errors
///
/// When the root is there and cannot be listed.
pub fn everything(root: &Path) -> io::Result<Checked<Vec<String>>> {
    if !root.is_dir() {
        return Ok(Checked::default());
    }
    let root = fs::canonicalize(root)?;
    let mut diagnostics = Vec::new();
    let mut paths = Vec::new();
    for found in walked(&root)? {
        let hidden = |part: &str| part.starts_with('.') || part == "node_modules";
        if found.path.split('/').any(hidden) {
            continue;
        }
        let absolute = root.join(&found.path);
        let inside = found.kind == Kind::Link && within(&root, &absolute);
        if found.kind == Kind::File || inside && absolute.is_file() {
            paths.push(found.path);
        } else {
            let fault = Diagnostic::error("link-out-of-workspace");
            diagnostics.push(fault.in_file(&Arc::from(found.path.as_str())));
        }
    }
    Ok(Checked { value: paths, diagnostics })
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path under the folder, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is.
    pub kind: Kind,
}

/// What something in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file with bytes.
    File,
    /// A link, which is not followed.
    Link,
    /// A pipe, a device, a folder that lies too deep.
    Special,
    /// Something whose name is no text.
    Unnamed,
}

/// Everything that lies under a folder, hidden or not, sorted by path. No link is
/// followed.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn walked(root: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    branch(root, "", 0, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn branch(
    folder: &Path,
    prefix: &str,
    depth: usize,
    found: &mut Vec<Found>,
) -> io::Result<()> {
    /// Deeper than any file system allows a path to be of use.
    const DEEPEST: usize = 256;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = fs::symlink_metadata(entry.path())?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let is_folder = about.is_dir() && name.to_str().is_some();
        if is_folder && depth < DEEPEST {
            branch(&entry.path(), &format!("{path}/"), depth + 1, found)?;
            continue;
        }
        let kind = if name.to_str().is_none() {
            Kind::Unnamed
        } else if about.is_symlink() {
            Kind::Link
        } else if about.is_file() {
            Kind::File
        } else {
            Kind::Special
        };
        found.push(Found { path, size: about.len(), kind });
    }
    Ok(())
}

/// Opens a file to read it piece by piece. Only a file: a pipe would be waited for.
///
/// # Errors
///
/// When it is none, or cannot be read.
pub fn open(path: &Path) -> io::Result<impl io::Read + io::Seek + use<>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    fs::File::open(path)
}

/// Opens a file under a root, once every link on the way is seen to stay under it.
///
/// # Errors
///
/// When it does not, or cannot be read.
pub fn open_within(
    root: &Path,
    path: &str,
) -> io::Result<impl io::Read + io::Seek + use<>> {
    let absolute = root.join(path);
    match within(root, &absolute) {
        true => open(&absolute),
        false => Err(fs::metadata(&absolute).err().unwrap_or_else(|| {
            io::Error::new(io::ErrorKind::PermissionDenied, "out of the workspace")
        })),
    }
}

/// The size and the date of each file under a path, or of the file itself: only to see that
/// something has changed. Hidden files and `node_modules` are passed over.
pub fn stamps(path: &Path) -> BTreeMap<PathBuf, (u64, u128)> {
    let mut stamps = BTreeMap::new();
    // The path itself may be a link, as when files are read.
    stamp(&fs::canonicalize(path).unwrap_or_default(), 0, &mut stamps);
    stamps
}

fn stamp(path: &Path, depth: usize, stamps: &mut BTreeMap<PathBuf, (u64, u128)>) {
    let Ok(about) = fs::symlink_metadata(path) else { return };
    if !about.is_dir() {
        // Of a link, what it leads to is what is read.
        let about = fs::metadata(path).unwrap_or(about);
        let date =
            about.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        let date = date.map_or(0, |it| it.as_nanos());
        stamps.insert(path.to_owned(), (about.len(), date));
        return;
    }
    if depth > DEEPEST {
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if !name.to_string_lossy().starts_with('.') && name != "node_modules" {
            stamp(&entry.path(), depth + 1, stamps);
        }
    }
}

fn listed(root: &Path, wants: &dyn Fn(&str) -> bool) -> io::Result<Checked<Vec<String>>> {
    list(root, wants, false)
}

fn list(
    root: &Path,
    wants: &dyn Fn(&str) -> bool,
    whole: bool,
) -> io::Result<Checked<Vec<String>>> {
    let root = fs::canonicalize(root)?;
    let mut lister =
        Lister { root: &root, wants, whole, paths: Vec::new(), diagnostics: Vec::new() };
    lister.folder("", 0, fs::read_dir(&root)?);
    lister.paths.sort();
    lister.diagnostics.sort();
    Ok(Checked { value: lister.paths, diagnostics: lister.diagnostics })
}

struct Lister<'a> {
    root: &'a Path,
    /// Whether a file of this name is wanted.
    wants: &'a dyn Fn(&str) -> bool,
    /// Whether names that begin with `_` count too.
    whole: bool,
    paths: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Lister<'_> {
    fn folder(&mut self, prefix: &str, depth: usize, entries: fs::ReadDir) {
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let path = format!("{prefix}{}", name.to_string_lossy());
                self.fault(Diagnostic::error("file-name-unreadable"), &path);
                continue;
            };
            if self.counts(name) {
                self.entry(&entry.path(), &format!("{prefix}{name}"), depth);
            } else if self.would_be_missed(name, &entry.path()) {
                let path = format!("{prefix}{name}");
                self.fault(Diagnostic::note("name-hidden"), &path);
            }
        }
    }

    fn counts(&self, name: &str) -> bool {
        match self.whole {
            true => {
                let built = ["node_modules", "_site"].contains(&name);
                !built && (!name.starts_with('.') || name == ".eleventy.js")
            }
            // What folders say of their pages is named so that it is no page.
            false => {
                let hidden = name.starts_with(['.', '_']) || name == "node_modules";
                !hidden || name.starts_with('_') && super::defaults::is_one(name)
            }
        }
    }

    /// Whether someone may wonder why this is not published: it is named like what belongs
    /// to the site, but may be pages.
    fn would_be_missed(&self, name: &str, path: &Path) -> bool {
        const OF_THE_SITE: [&str; 4] = ["_data", "_includes", "_layouts", "_site"];
        let is_hidden = name.starts_with('_') && !OF_THE_SITE.contains(&name);
        is_hidden && !self.whole && ((self.wants)(name) || path.is_dir())
    }

    fn entry(&mut self, absolute: &Path, path: &str, depth: usize) {
        let is_wanted = (self.wants)(path.rsplit('/').next().unwrap_or(path));
        let linked = absolute.is_symlink();
        if linked && !within(self.root, absolute) {
            if is_wanted || absolute.is_dir() {
                self.fault(Diagnostic::error("link-out-of-workspace"), path);
            }
        } else if absolute.is_dir() {
            if linked {
                self.fault(Diagnostic::warning("linked-folder"), path);
            } else if depth == DEEPEST {
                self.fault(Diagnostic::error("folders-too-deep"), path);
            } else {
                match fs::read_dir(absolute) {
                    Ok(entries) => self.folder(&format!("{path}/"), depth + 1, entries),
                    Err(error) => self.fault(unreadable(&error), path),
                }
            }
        } else if is_wanted {
            self.paths.push(path.to_owned());
        }
    }

    fn fault(&mut self, fault: Diagnostic, path: &str) {
        self.diagnostics.push(fault.in_file(&Arc::from(path)));
    }
}

/// Whether a file lies under a root once every link is followed.
fn within(root: &Path, path: &Path) -> bool {
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    }
}

fn unreadable(error: &io::Error) -> Diagnostic {
    Diagnostic::error("file-unreadable").with("message", error)
}

/// How many bytes a file has; none when it is not there.
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |it| it.len())
}

/// Whether there is a file at this path under a root.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).is_file()
}

/// The text of a file under a root; `None`, and an error, when it cannot be had.
pub fn text(root: &Path, path: &str) -> Checked<Option<String>> {
    match limited(root, path, LARGEST_TEXT) {
        Ok(bytes) => {
            let text = super::decode(&bytes);
            Checked { value: Some(text.value), diagnostics: text.diagnostics }
        }
        Err(fault) => Checked { value: None, diagnostics: vec![fault] },
    }
}

/// An image or another file under a root; `None`, and an error, when it cannot be had or
/// is broken.
pub fn resource(root: &Path, path: &str) -> Checked<Option<ResourceFile>> {
    let read =
        limited(root, path, LARGEST_RESOURCE).and_then(|bytes| described(path, bytes));
    match read.and_then(mended) {
        Ok(Checked { value, diagnostics }) => Checked { value: Some(value), diagnostics },
        Err(fault) => Checked { value: None, diagnostics: vec![fault] },
    }
}

/// The file as it can be published: a drawing with what is known to show something, a
/// photograph without the place where it was taken.
fn mended(file: ResourceFile) -> Result<Checked<ResourceFile>, Diagnostic> {
    if file.media_type != "image/svg+xml" {
        return Ok(match location::without(file.media_type, &file.bytes) {
            Some(bytes) => {
                let value = ResourceFile { bytes: Arc::new(bytes), ..file };
                let note = Diagnostic::note("image-location-removed");
                Checked { value, diagnostics: vec![note] }
            }
            None => Checked::fine(file),
        });
    }
    let drawing = drawing::fit(&file.bytes).map_err(|fault| match fault {
        Fault::Unreadable => Diagnostic::error("image-unreadable"),
        Fault::Costly { limit } => {
            Diagnostic::error("drawing-too-costly").with("limit", limit)
        }
    })?;
    let bytes = Arc::new(drawing.text.into_bytes());
    let value = ResourceFile { bytes, size: drawing.size, ..file };
    Ok(Checked { value, diagnostics: drawing::notes(&drawing.changes) })
}

fn limited(root: &Path, path: &str, largest: u64) -> Result<Vec<u8>, Diagnostic> {
    let absolute: PathBuf = root.join(path);
    let about = fs::metadata(&absolute).map_err(|error| unreadable(&error))?;
    if !about.is_file() {
        // A pipe would be waited for, a device has no end.
        return Err(Diagnostic::error("file-special"));
    }
    let size = about.len();
    if size > largest {
        let fault = Diagnostic::error("file-too-large").with("size", size >> 20);
        return Err(fault.with("largest", largest >> 20));
    }
    if !within(root, &absolute) {
        return Err(Diagnostic::error("link-out-of-workspace"));
    }
    fs::read(&absolute).map_err(|error| unreadable(&error))
}

/// Finds out what a file is, and whether an image is whole.
fn described(path: &str, bytes: Vec<u8>) -> Result<ResourceFile, Diagnostic> {
    let image = image_type(&bytes);
    let media_type = image.unwrap_or_else(|| {
        mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream")
    });
    let size = match media_type {
        // It is read when the drawing is.
        "image/svg+xml" => None,
        _ => imagesize::blob_size(&bytes).ok().and_then(|it| {
            Some((u32::try_from(it.width).ok()?, u32::try_from(it.height).ok()?))
        }),
    };
    let is_image = media_type.starts_with("image/");
    let no_size =
        media_type != "image/svg+xml" && size.is_none_or(|it| it.0 == 0 || it.1 == 0);
    if is_image && (image.is_none() || no_size || is_cut(media_type, &bytes)) {
        return Err(Diagnostic::error("image-unreadable"));
    }
    let pixels = size.map_or(0, |it| u64::from(it.0) * u64::from(it.1));
    if pixels > MOST_PIXELS && media_type != "image/svg+xml" {
        let fault = Diagnostic::error("image-too-many-pixels");
        return Err(fault.with("pixels", pixels / 1_000_000));
    }
    let bytes = Arc::new(bytes);
    Ok(ResourceFile { path: path.to_owned(), bytes, media_type, size })
}

/// The media type of an image, from its first bytes.
fn image_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Some("image/webp")
        }
        _ => drawing::is_one(bytes).then_some("image/svg+xml"),
    }
}

/// Whether the end of an image is missing.
fn is_cut(media_type: &str, bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    match media_type {
        "image/png" => !is_whole_png(bytes),
        // The image's end comes after its last scan; an end before it is a preview's.
        "image/jpeg" => {
            let last = |mark: u8| bytes.windows(2).rposition(|it| it == [0xff, mark]);
            last(0xd9).is_none() || last(0xd9) < last(0xda)
        }
        "image/gif" => !tail.contains(&0x3b),
        "image/webp" => {
            let length = bytes.get(4..8).and_then(|it| it.try_into().ok());
            length.is_none_or(|it| u32::from_le_bytes(it) as usize + 8 > bytes.len())
        }
        _ => false,
    }
}

/// Whether the pieces of a PNG follow one another up to its end.
fn is_whole_png(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        // After its content each piece has a checksum of four bytes.
        match after.get(length.saturating_add(4)..) {
            Some(_) if kind == *b"IEND" => return true,
            Some(next) => rest = next,
            None => return false,
        }
    }
    false
}
