//! The images of the site, in the sizes that a browser can choose from.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use super::block::Picture;
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{
        Resource,
        walk::{self, Reference},
    },
    render::picture::{self, Cache, Derived},
    site::{ResourceFile, Site, address},
};

/// The width of a column of text, in pixels of the page: `--measure` in `site.css`.
const COLUMN: u32 = 672;

/// The images that pages show, by their path under `content`.
#[derive(Debug)]
pub(super) struct Pictures(BTreeMap<String, Shown>);

#[derive(Debug)]
struct Shown {
    size: Option<(u32, u32)>,
    /// The other sizes: where each lies in the site, and what it is.
    sizes: Vec<(String, Derived)>,
}

impl Pictures {
    /// Makes the sizes of every image that a page shows.
    pub(super) fn new(site: &Site, cache: &Cache) -> Checked<Self> {
        let made: Vec<(String, Checked<Shown>)> = shown(site)
            .into_par_iter()
            .filter_map(|path| {
                let file = site.resources.get(&path)?;
                Some((path, one(file, cache)))
            })
            .collect();
        let mut diagnostics = Vec::new();
        let pictures =
            made.into_iter().map(|(path, it)| (path, it.take(&mut diagnostics)));
        let pictures = Self(pictures.collect());
        Checked { value: pictures, diagnostics }
    }

    /// The files that hold the other sizes.
    pub(super) fn files(&self) -> BTreeMap<&str, &Arc<Vec<u8>>> {
        let sizes = self.0.values().flat_map(|it| &it.sizes);
        sizes.map(|(path, made)| (path.as_str(), &made.bytes)).collect()
    }

    /// An image, as it is seen from a page; `to` gives the way to a path of the site.
    pub(super) fn picture(
        &self,
        file: &ResourceFile,
        to: &dyn Fn(&str) -> String,
    ) -> Picture {
        let address = to(&address::file(&file.path));
        let Some(shown) = self.0.get(&file.path) else {
            return Picture { address, size: file.size, choice: None };
        };
        let mut set: Vec<String> = shown
            .sizes
            .iter()
            .map(|(path, made)| format!("{} {}w", to(path), made.size.0))
            .collect();
        let widest = shown.sizes.last().map_or(0, |it| it.1.size.0);
        let own = shown.size.map_or(0, |it| it.0);
        // Where no copy is as large as a screen asks for, the original is.
        if widest < own.min(COLUMN * 2) {
            set.push(format!("{address} {own}w"));
        }
        let column = own.min(COLUMN);
        let choice = (!shown.sizes.is_empty()).then(|| {
            let sizes = format!("(min-width: {column}px) {column}px, 100vw");
            (set.join(", "), sizes)
        });
        Picture { address, size: shown.size, choice }
    }
}

/// The images that pages show.
fn shown(site: &Site) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for page in site.editions.iter().flat_map(|it| &it.pages) {
        // That of the front matter is for others, who take it as it is.
        let preview = page.document.meta.image.as_ref();
        walk::references(&page.document, &mut |it| {
            if let Reference::Image(image) = it
                && !preview.is_some_and(|it| std::ptr::eq(it, image))
                && let Resource::File(path) = &image.resource
                && !paths.contains(path)
            {
                paths.insert(path.clone());
            }
        });
    }
    paths
}

fn one(file: &ResourceFile, cache: &Cache) -> Checked<Shown> {
    let mut diagnostics = Vec::new();
    let made = picture::responsive(file, cache).unwrap_or_else(|_| {
        let fault = Diagnostic::warning("html-image-undecodable");
        diagnostics.push(fault.with("file", &file.path));
        Vec::new()
    });
    let name = match made.is_empty() {
        true => String::new(),
        false => picture::name_of(&file.bytes),
    };
    let sizes = made
        .into_iter()
        .map(|made| (format!("{}/{name}-{}.webp", address::PICTURES, made.size.0), made));
    let shown = Shown { size: picture::seen_size(file), sizes: sizes.collect() };
    Checked { value: shown, diagnostics }
}
