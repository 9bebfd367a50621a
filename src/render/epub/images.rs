//! The images of a book: those that a reader can show, under the names they have there.

use std::{borrow::Cow, collections::BTreeMap};

use rayon::prelude::*;

use super::names;
use crate::{
    diagnostic::Diagnostic,
    render::picture::{self, Cache, Limit},
    site::{ResourceFile, Site},
    source::drawing,
};

/// What a reader is given: two screens of a large one, in the formats that the oldest
/// readers know. WebP has been one of those that every reader must show since EPUB 3.3;
/// most that people own are older.
const READER: Limit =
    Limit { size: (1600, 2400), kept: &["image/png", "image/jpeg", "image/gif"] };

/// Every image of the site, fit for a book or known not to be.
#[derive(Debug)]
pub(super) struct Images<'a>(BTreeMap<&'a str, Image<'a>>);

/// An image that can be shown.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    /// Its file in the book.
    pub(super) name: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its bytes.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Its width and height, where they are known.
    pub(super) size: Option<(u32, u32)>,
}

#[derive(Debug)]
struct Image<'a> {
    shown: Option<Shown<'a>>,
    /// What is said of it where a page shows it.
    diagnostic: Option<Diagnostic>,
}

impl<'a> Images<'a> {
    /// Looks at every image of the site.
    pub(super) fn new(site: &'a Site, cache: &Cache) -> Self {
        let files: Vec<_> = site.resources.iter().collect();
        let files = files
            .into_par_iter()
            .map(|(path, file)| (path.as_str(), image(file, cache)))
            .collect::<Vec<_>>();
        Self(files.into_iter().collect())
    }

    /// The image at this path, if it can be shown.
    pub(super) fn get(&self, path: &str) -> Option<&Shown<'a>> {
        self.0.get(path)?.shown.as_ref()
    }

    /// What is to be said of the image at this path.
    pub(super) fn diagnostic(&self, path: &str) -> Option<&Diagnostic> {
        self.0.get(path)?.diagnostic.as_ref()
    }
}

fn image<'a>(file: &'a ResourceFile, cache: &Cache) -> Image<'a> {
    let say = |diagnostic: Diagnostic| Some(diagnostic.with("image", &file.path));
    // The types that every reader must show (EPUB 3.3, core media types).
    let Ok(made) = picture::within(file, READER, cache) else {
        let diagnostic = say(Diagnostic::error("epub-image-undecodable"));
        return Image { shown: None, diagnostic };
    };
    let media_type = made.as_ref().map_or(file.media_type, |it| it.media_type);
    let extension = match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        other => {
            let diagnostic = Diagnostic::error("epub-image-format").with("type", other);
            return Image { shown: None, diagnostic: say(diagnostic) };
        }
    };
    let mut bytes = Cow::Borrowed(file.bytes.as_slice());
    let mut diagnostic = None;
    if extension == "svg" {
        let Ok(drawing) = drawing::fit(&file.bytes) else {
            let diagnostic = say(Diagnostic::error("epub-drawing-broken"));
            return Image { shown: None, diagnostic };
        };
        let names: Vec<String> =
            drawing.changes.iter().map(ToString::to_string).collect();
        if !names.is_empty() {
            let note = Diagnostic::note("epub-drawing-mended");
            diagnostic = say(note.with("removed", names.join(", ")));
        }
        bytes = Cow::Owned(drawing.text.into_bytes());
    }
    let name = names::image(&file.path, extension);
    let size = match &made {
        Some(made) => Some(made.size),
        None => picture::seen_size(file),
    };
    if let Some(made) = made {
        bytes = Cow::Owned(made.bytes.to_vec());
    }
    let shown = Shown { name, media_type, bytes, size };
    Image { shown: Some(shown), diagnostic }
}
