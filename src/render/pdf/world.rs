//! The world that Typst sees: no disk, no network, no clock.
//!
//! Files have names that never change from one document to the next (`/main.typ`,
//! `/data.json`, `/image/0` …), since Typst remembers each name for the life of the
//! process and can remember 65,535 of them.

use std::{collections::BTreeMap, sync::Arc};

use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts::Fonts;
use crate::{render::Theme, source::files::ResourceFile};

/// The program that turns data into a document.
const MAIN: &str = "/main.typ";
/// The built-in theme.
pub(super) const BUILT_IN: &str = "/book.typ";
/// The workspace's theme, as it is called in messages too.
pub(super) const OWN: &str = "/themes/pdf/book.typ";
/// The document.
const DATA: &str = "/data.json";
/// The images.
const IMAGE: &str = "/image/";
/// What is attached.
const ATTACHMENT: &str = "/attachment/";

/// What all documents share.
pub(super) struct Shared {
    /// The fonts.
    pub(super) fonts: Fonts,
    library: LazyHash<Library>,
    main: FileId,
    data: FileId,
    sources: BTreeMap<String, Source>,
    files: BTreeMap<String, Bytes>,
    /// The name of the theme that is used: the workspace's, where there is one.
    pub(super) theme: &'static str,
}

impl Shared {
    /// What documents with this theme share, and the fonts that cannot be read.
    pub(super) fn new(theme: &Theme) -> (Self, Vec<String>) {
        let (fonts, unreadable) = Fonts::new(theme);
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_features(features).build();
        let mut sources = BTreeMap::new();
        let mut files = BTreeMap::new();
        let mut add = |name: String, text: String| {
            let source = Source::new(id(&name), text);
            sources.insert(name, source);
        };
        add(MAIN.to_owned(), include_str!("theme/main.typ").to_owned());
        add(BUILT_IN.to_owned(), include_str!("theme/book.typ").to_owned());
        for (path, bytes) in theme.iter().filter(|it| it.0.starts_with("pdf/")) {
            let name = format!("/themes/{path}");
            if path.ends_with(".typ") {
                add(name, String::from_utf8_lossy(bytes).into_owned());
            } else {
                files.insert(name, Bytes::new(bytes.to_vec()));
            }
        }
        let theme = if sources.contains_key(OWN) { OWN } else { BUILT_IN };
        let shared = Self {
            fonts,
            library: LazyHash::new(library),
            main: id(MAIN),
            data: id(DATA),
            sources,
            files,
            theme,
        };
        (shared, unreadable)
    }

    /// The text of a file of the theme.
    pub(super) fn source(&self, id: FileId) -> Option<&Source> {
        self.sources.get(&name(id))
    }
}

/// The id of a file that is always called this.
pub(super) fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own names are paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// What a file is called, with its first slash.
pub(super) fn name(id: FileId) -> String {
    format!("/{}", id.vpath().get_without_slash())
}

/// The world of one document.
pub(super) struct Desk<'a> {
    /// What all documents share.
    pub(super) shared: &'a Shared,
    /// The document, as JSON.
    pub(super) data: Bytes,
    /// Its images, in the order in which the data numbers them.
    pub(super) images: Vec<Arc<ResourceFile>>,
    /// What is attached to it, numbered in the same way.
    pub(super) attachments: Vec<Arc<Vec<u8>>>,
}

/// The name of an image in the data.
pub(super) fn image(number: usize) -> String {
    format!("{IMAGE}{number}")
}

/// The name of an attached file in the data.
pub(super) fn attachment(number: usize) -> String {
    format!("{ATTACHMENT}{number}")
}

/// The bytes of an image, not copied.
struct Picture(Arc<ResourceFile>);

impl AsRef<[u8]> for Picture {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// The bytes of a resource as Typst takes them, not copied.
pub(super) fn bytes(file: &Arc<ResourceFile>) -> Bytes {
    Bytes::new(Picture(Arc::clone(file)))
}

// Neither method may wait for a lock or use rayon: Typst calls them while it holds locks
// of its own.
impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.shared.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.shared.source(id).cloned();
        source.ok_or_else(|| FileError::NotFound(name(id).into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.data {
            return Ok(self.data.clone());
        }
        let name = name(id);
        let number = name.strip_prefix(IMAGE).and_then(|it| it.parse::<usize>().ok());
        if let Some(image) = number.and_then(|it| self.images.get(it)) {
            return Ok(bytes(image));
        }
        let number =
            name.strip_prefix(ATTACHMENT).and_then(|it| it.parse::<usize>().ok());
        if let Some(file) = number.and_then(|it| self.attachments.get(it)) {
            return Ok(Bytes::new(file.to_vec()));
        }
        let file = self.shared.files.get(&name).cloned();
        file.ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.store.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
