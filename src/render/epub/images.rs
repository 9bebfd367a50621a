//! The images of a book: those that a reader can show, under the names they have there.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    names,
    svg::{self, Fitness},
};
use crate::{
    diagnostic::Diagnostic,
    site::{ResourceFile, Site},
};

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
    pub(super) fn new(site: &'a Site) -> Self {
        let files =
            site.resources.iter().map(|(path, file)| (path.as_str(), image(file)));
        Self(files.collect())
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

fn image(file: &ResourceFile) -> Image<'_> {
    let say = |diagnostic: Diagnostic| Some(diagnostic.with("image", &file.path));
    // The types that every reader must show (EPUB 3.3, core media types).
    let extension = match file.media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        other => {
            let diagnostic = Diagnostic::error("epub-image-format").with("type", other);
            return Image { shown: None, diagnostic: say(diagnostic) };
        }
    };
    let mut bytes = Cow::Borrowed(file.bytes.as_slice());
    let mut diagnostic = None;
    if extension == "svg" {
        match svg::fit(&file.bytes) {
            Fitness::Fit => {}
            Fitness::Mended(text, removed) => {
                bytes = Cow::Owned(text.into_bytes());
                let names: Vec<String> =
                    removed.iter().map(ToString::to_string).collect();
                if !names.is_empty() {
                    let note = Diagnostic::note("epub-drawing-mended");
                    diagnostic = say(note.with("removed", names.join(", ")));
                }
            }
            Fitness::Broken => {
                let diagnostic = say(Diagnostic::error("epub-drawing-broken"));
                return Image { shown: None, diagnostic };
            }
        }
    }
    let name = names::image(&file.path, extension);
    let shown = Shown { name, media_type: file.media_type, bytes, size: file.size };
    Image { shown: Some(shown), diagnostic }
}
