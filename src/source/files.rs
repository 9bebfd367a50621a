//! The only reader of the disk.
//!
//! Everything is named by its path under a root, with `/`, and nothing that lies outside
//! the root is read, whatever links lead there.

#![expect(clippy::disallowed_methods, reason = "this is where files are read")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use super::{
    drawing::{self, Fault},
    kind::{self, Refusal},
    location,
    raster::{self, Soundness},
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    limits,
};

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

/// Why a file is not read: it has more bytes than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub u64);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "> {}", self.0)
    }
}

impl std::error::Error for TooLarge {}

/// Why a file is not read: it is none, but a pipe, a device or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain file")
    }
}

impl std::error::Error for NotPlain {}

/// The bytes of a file that the caller names, if they are not more than so many. What the
/// file says of its size counts for nothing: it may grow while it is read.
///
/// # Errors
///
/// When it has more ([`TooLarge`]), is no plain file ([`NotPlain`]), or cannot be read.
pub fn bounded(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    opened(path)?.take(largest.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > largest {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, TooLarge(largest))),
        false => Ok(bytes),
    }
}

/// The bytes of a file that the caller names, if it is none larger than what is published.
///
/// # Errors
///
/// As [`bounded`].
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    bounded(path, limits::RESOURCE_BYTES)
}

/// Opens a plain file and nothing else: a pipe would be waited for, a device has no end. What
/// was opened is asked, since a path may lead elsewhere from one moment to the next.
fn opened(path: &Path) -> io::Result<fs::File> {
    let not_plain = || io::Error::new(io::ErrorKind::InvalidInput, NotPlain);
    // Some devices do something as soon as they are opened.
    if !fs::metadata(path)?.is_file() {
        return Err(not_plain());
    }
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NONBLOCK.bits();
        options.custom_flags(i32::try_from(flags).expect("flags are small numbers"));
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_plain()) }
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

/// The endings of texts that someone may take for pages, each with what its message calls it.
const TEXTS: [(&str, &str); 27] = [
    ("markdown", "markdown"),
    ("mdown", "markdown"),
    ("mkd", "markdown"),
    ("mkdn", "markdown"),
    ("mdwn", "markdown"),
    ("md", "markdown"),
    ("mdx", "markdown"),
    ("txt", "text"),
    ("text", "text"),
    ("rst", "text"),
    ("adoc", "text"),
    ("asciidoc", "text"),
    ("org", "text"),
    ("tex", "text"),
    ("doc", "document"),
    ("docx", "document"),
    ("odt", "document"),
    ("rtf", "document"),
    ("pages", "document"),
    ("wpd", "document"),
    ("html", "web"),
    ("htm", "web"),
    ("njk", "web"),
    ("liquid", "web"),
    ("hbs", "web"),
    ("ejs", "web"),
    ("pug", "web"),
];

/// The texts under a root that are no pages, though someone may take them for some, sorted
/// by path, each with the kind that its message names. What an editor keeps beside an open
/// document is none.
///
/// # Errors
///
/// When the root itself cannot be listed.
pub fn texts_passed_over(root: &Path) -> io::Result<Vec<(String, &'static str)>> {
    let wants = |name: &str| kind_of_text(name).is_some() && !name.starts_with("~$");
    let paths = listed(root, &wants)?.value;
    let kinds =
        paths.into_iter().filter_map(|it| kind_of_text(&it).map(|kind| (it, kind)));
    Ok(kinds.collect())
}

fn kind_of_text(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').filter(|_| !has_end(name, ".md"))?.1;
    let ending = ending.to_ascii_lowercase();
    TEXTS.iter().find(|it| it.0 == ending).map(|it| it.1)
}

/// The folders and files that lie directly under a root that need not be there, by name.
pub fn names(root: &Path) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if let Ok(name) = entry.file_name().into_string() {
            names.push((name, entry.path().is_dir()));
        }
    }
    names.sort();
    names
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
    match is_folder(root)? {
        true => Ok(listed(root, &|name| has_end(name, ".po"))?.value),
        false => Ok(Vec::new()),
    }
}

/// Whether there is a folder of this name: what the disk does not say is no answer.
fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(about) => Ok(about.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Every file under a root that need not be there, by its path.
///
/// # Errors
///
/// When a file cannot be read.
pub fn theme(root: &Path) -> io::Result<BTreeMap<String, Arc<Vec<u8>>>> {
    let mut theme = BTreeMap::new();
    if is_folder(root)? {
        for path in listed(root, &|_| true)?.value {
            let bytes = bounded(&root.join(&path), limits::RESOURCE_BYTES)?;
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
            if kind.is_dir() && depth < limits::FOLDER_DEPTH * 4 {
                folders.push((entry.path(), format!("{path}/"), depth + 1));
            } else if kind.is_file() && wanted(&path) {
                found.insert(path, bounded(&entry.path(), limits::EXPORT_BYTES)?);
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
    limited(root, path, limits::RESOURCE_BYTES)
}

/// Every file that the pages under a root are made of: pages, images, settings of folders.
/// Only hidden files and `node_modules` are passed over; links that lead outside are told.
///
/// # Errors
///
/// When the root is there and cannot be listed.
pub fn everything(root: &Path) -> io::Result<Checked<Vec<String>>> {
    if !is_folder(root)? {
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
        if found.kind == Kind::File || inside && fs::metadata(&absolute)?.is_file() {
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
    opened(path)
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
    let absolute = located(root, path);
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
    if depth > limits::FOLDER_DEPTH {
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
    lister.compose();
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
        for entry in entries {
            // What else is in the folder is not known: it must not look as if it were gone.
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.fault(unreadable(&error), prefix.trim_end_matches('/'));
                    break;
                }
            };
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

    /// Writes the accents of all names in one way, so that a page is called the same
    /// whichever system its file comes from. Two names that are then one are told.
    fn compose(&mut self) {
        let is_odd = |it: &&String| !it.is_ascii() && !unicode_normalization::is_nfc(it);
        if self.paths.iter().all(|it| !is_odd(&it)) {
            return;
        }
        let mut composed = BTreeSet::new();
        for path in std::mem::take(&mut self.paths) {
            if !composed.insert(composed_path(&path)) {
                self.fault(Diagnostic::error("file-name-same"), &path);
            }
        }
        self.paths.extend(composed);
    }

    fn counts(&self, name: &str) -> bool {
        match self.whole {
            true => {
                let built = ["node_modules", "_site"].contains(&name);
                let settings = [".eleventy.js", ".vitepress"].contains(&name);
                !built && (!name.starts_with('.') || settings)
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
        // Asked once: a folder that the disk does not tell a second time is no file.
        let (linked, is_folder) = match kind(absolute) {
            Ok(it) => it,
            // Whoever reads it says that it went away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => (false, false),
            Err(error) => return self.fault(unreadable(&error), path),
        };
        if linked && !within(self.root, absolute) {
            if is_wanted || is_folder {
                self.fault(Diagnostic::error("link-out-of-workspace"), path);
            }
        } else if is_folder {
            if linked {
                self.fault(Diagnostic::warning("linked-folder"), path);
            } else if depth == limits::FOLDER_DEPTH {
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

/// Whether what lies at a path is a link, and whether it is a folder or leads to one. A link
/// that leads to nothing leads to no folder.
fn kind(path: &Path) -> io::Result<(bool, bool)> {
    let own = fs::symlink_metadata(path)?;
    if !own.is_symlink() {
        return Ok((false, own.is_dir()));
    }
    match fs::metadata(path) {
        Ok(it) => Ok((true, it.is_dir())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((true, false)),
        Err(error) => Err(error),
    }
}

/// A path whose accents are each one sign with their letter (NFC).
fn composed_path(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    path.nfc().collect()
}

/// Where a path lies under a root: at its own name, or at the same name with its accents
/// written in another way, as macOS writes them.
fn located(root: &Path, path: &str) -> PathBuf {
    let plain = root.join(path);
    if path.is_ascii() || fs::symlink_metadata(&plain).is_ok() {
        return plain;
    }
    let mut found = root.to_owned();
    for part in path.split('/') {
        let next = found.join(part);
        if part.is_ascii() || fs::symlink_metadata(&next).is_ok() {
            found = next;
            continue;
        }
        let wanted = composed_path(part);
        let entries = fs::read_dir(&found).into_iter().flatten().flatten();
        let names = entries.filter_map(|it| it.file_name().into_string().ok());
        // Of two that are the same, always the same one.
        match names.filter(|it| composed_path(it) == wanted).min() {
            Some(name) => found.push(name),
            None => return plain,
        }
    }
    found
}

/// Whether a file lies under a root once every link is followed.
fn within(root: &Path, path: &Path) -> bool {
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    }
}

fn unreadable(error: &io::Error) -> Diagnostic {
    Diagnostic::error("file-unreadable").because_of(error)
}

/// How many bytes a file has; none when it is not there.
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |it| it.len())
}

/// Whether there is a file at this path under a root. A pipe or a device in its place counts:
/// reading it tells what it is, where its absence would be silent. So does one of which the
/// disk tells nothing: a catalogue that cannot be read is not one to be made anew.
pub fn exists(root: &Path, path: &str) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    match fs::metadata(located(root, path)) {
        Ok(about) => !about.is_dir(),
        Err(error) => !matches!(
            error.kind(),
            NotFound | NotADirectory | InvalidInput | InvalidFilename
        ),
    }
}

/// The text of a file under a root; `None`, and an error, when it cannot be had.
pub fn text(root: &Path, path: &str) -> Checked<Option<String>> {
    match limited(root, path, limits::TEXT_BYTES) {
        Ok(bytes) => {
            let text = super::decode(&bytes);
            Checked { value: Some(text.value), diagnostics: text.diagnostics }
        }
        Err(fault) => Checked { value: None, diagnostics: vec![fault] },
    }
}

/// An image or another file under a root; `None`, and an error, when it cannot be had, is
/// broken, or is of no kind that is published.
pub fn resource(root: &Path, path: &str) -> Checked<Option<ResourceFile>> {
    resource_of(root, path, &BTreeSet::new())
}

/// The same, where settings add these endings to the kinds that are published.
pub fn resource_of(
    root: &Path,
    path: &str,
    added: &BTreeSet<String>,
) -> Checked<Option<ResourceFile>> {
    let read = limited(root, path, limits::RESOURCE_BYTES)
        .and_then(|bytes| described(path, bytes, added));
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
        Fault::Styled { limit } => {
            Diagnostic::error("drawing-style-too-costly").with("limit", limit)
        }
        Fault::Attributes { limit } => {
            Diagnostic::error("drawing-attributes").with("limit", limit)
        }
    })?;
    let bytes = Arc::new(drawing.text.into_bytes());
    let value = ResourceFile { bytes, size: drawing.size, ..file };
    Ok(Checked { value, diagnostics: drawing::notes(&drawing.changes) })
}

fn limited(root: &Path, path: &str, largest: u64) -> Result<Vec<u8>, Diagnostic> {
    let absolute = located(root, path);
    let about = fs::metadata(&absolute).map_err(|error| unreadable(&error))?;
    if about.is_file() && !within(root, &absolute) {
        return Err(Diagnostic::error("link-out-of-workspace"));
    }
    let too_large = |size: u64| {
        let fault = Diagnostic::error("file-too-large").with("size", size >> 20);
        fault.with("largest", largest >> 20)
    };
    if about.is_file() && about.len() > largest {
        return Err(too_large(about.len()));
    }
    bounded(&absolute, largest).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => too_large(largest.saturating_add(1 << 20)),
        io::ErrorKind::InvalidInput => Diagnostic::error("file-special"),
        _ => unreadable(&error),
    })
}

/// Finds out what a file is, and whether an image is whole.
fn described(
    path: &str,
    bytes: Vec<u8>,
    added: &BTreeSet<String>,
) -> Result<ResourceFile, Diagnostic> {
    let media_type = kind::media_type(path, &bytes, added).map_err(refused)?;
    let (bytes, size) = match media_type {
        // It is read, and measured, when it is written anew.
        "image/svg+xml" => (bytes, None),
        _ if kind::is_picture(media_type) => {
            let size = pixels_of(&bytes)?;
            match raster::soundness(media_type, &bytes) {
                Soundness::Whole => (bytes, Some(size)),
                Soundness::Mended(mended) => (mended, Some(size)),
                Soundness::Broken => return Err(broken()),
            }
        }
        // Named like an image, and none that is known.
        _ if media_type.starts_with("image/") => return Err(broken()),
        _ => (bytes, None),
    };
    let bytes = Arc::new(bytes);
    Ok(ResourceFile { path: path.to_owned(), bytes, media_type, size })
}

fn broken() -> Diagnostic {
    Diagnostic::error("image-unreadable")
}

/// The width and height of a picture, where it has some, and no more pixels than a
/// reader's machine can hold.
fn pixels_of(bytes: &[u8]) -> Result<(u32, u32), Diagnostic> {
    let size = imagesize::blob_size(bytes).map_err(|_| broken())?;
    let number = |it: usize| u32::try_from(it).ok().filter(|it| *it > 0);
    let Some((width, height)) = number(size.width).zip(number(size.height)) else {
        return Err(broken());
    };
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits::PIXELS {
        let fault = Diagnostic::error("image-too-many-pixels");
        return Err(fault.with("pixels", pixels / 1_000_000));
    }
    Ok((width, height))
}

/// Says why a file is not published.
fn refused(refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::NoEnding => Diagnostic::error("file-without-ending"),
        Refusal::Runs(ending) => {
            Diagnostic::error("file-kind-runs").with("ending", ending)
        }
        Refusal::Unlisted(ending) => {
            let may_be_added = if kind::may_be_added(&ending) { "yes" } else { "no" };
            let fault = Diagnostic::error("file-kind-unlisted").with("ending", ending);
            fault.with("addable", may_be_added)
        }
        Refusal::Other(ending, content) => {
            let fault = Diagnostic::error("file-content-differs");
            fault.with("ending", ending).with("content", content)
        }
        Refusal::Acts => Diagnostic::error("file-acts"),
        Refusal::Picture(kind) => Diagnostic::error("image-kind").with("kind", kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_whatever_it_says_of_its_size() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let path = folder.path().join("a");
        fs::write(&path, [0; 10]).expect("the temporary folder is writable");
        assert_eq!(bounded(&path, 10).expect("it is small enough").len(), 10);
        let fault = bounded(&path, 9).expect_err("it is too large");
        let cause = fault.get_ref().and_then(|it| it.downcast_ref());
        assert_eq!(cause, Some(&TooLarge(9)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn files_without_end_and_pipes_are_not_opened() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|it| it.success()));
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/dev/zero", &link).expect("links can be made");
        for path in [&pipe, &link, folder.path()] {
            let fault = bounded(path, 10).expect_err("it is no file");
            assert!(fault.get_ref().is_some_and(|it| it.is::<NotPlain>()), "{fault}");
        }
        // It says that it is empty, and is not.
        assert!(
            !bounded(Path::new("/proc/self/maps"), 1 << 20).expect("a file").is_empty()
        );
        assert!(bounded(Path::new("/proc/self/maps"), 10).is_err());
    }
}
