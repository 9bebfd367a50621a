//! The site: every page of the publication, placed, named and linked.
//!
//! Documents go in, in every language; a [`Site`] comes out, in which each page has its
//! address, its trail, its place in the contents, and each link and image knows where it
//! leads. Renderers read it and decide nothing about the publication.

pub mod address;
pub mod assemble;
pub mod breadcrumb;
pub mod dates;
pub mod interface;
pub mod labels;
pub mod links;
mod listing;
pub mod made;
pub mod menu;
pub mod metadata;
pub mod navigation;
pub mod page;
pub mod paths;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::document::{Date, Language, PageKey, Target};

pub use assemble::{Input, SourcePage, Version, assemble};
pub use breadcrumb::{Crumb, Trail};
pub use labels::Labels;
pub use metadata::Metadata;
pub use navigation::Entry;
pub use page::{Counts, Page};

pub use crate::source::files::ResourceFile;

/// A publication, ready to be rendered.
#[derive(Debug)]
pub struct Site {
    /// What holds for the publication in every language.
    pub publication: Publication,
    /// One edition a language, the source language first, then in configured order.
    /// All have the same pages in the same order, save those that a policy omits.
    pub editions: Vec<Edition>,
    /// The files that images and links lead to, by their path under `content`.
    pub resources: BTreeMap<String, Arc<ResourceFile>>,
}

/// What holds for the publication in every language.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The name used in file names and identifiers: lower-case letters, digits, hyphens.
    pub name: String,
    /// The public base address, without a slash at the end.
    pub base: String,
    /// The language that the authors write.
    pub source: Language,
    /// The date of the publication: configured, else `SOURCE_DATE_EPOCH`, else the
    /// latest page's. Never the clock.
    pub date: Date,
    /// The publication's identifier (a URN, an ARK, a DOI), else made from the base.
    pub identifier: String,
    /// The licence's address, if configured.
    pub licence: Option<String>,
}

/// The publication in one language.
#[derive(Debug)]
pub struct Edition {
    /// The language.
    pub language: Language,
    /// Its reading direction is from right to left.
    pub right_to_left: bool,
    /// The interface's words.
    pub labels: Labels,
    /// The publication's title (label `publication-title`).
    pub title: String,
    /// Who publishes (label `publisher`).
    pub publisher: String,
    /// What the publication is about (label `publication-description`), may be empty.
    pub description: String,
    /// The pages in reading order.
    pub pages: Vec<Page>,
    /// The contents: the pages nested by their trails.
    pub contents: Vec<Entry>,
    /// Where each page stands among the pages.
    numbers: HashMap<PageKey, usize>,
}

impl Edition {
    /// The page with this key.
    pub fn page(&self, key: &PageKey) -> Option<&Page> {
        self.numbers.get(key).map(|&number| &self.pages[number])
    }

    /// What a reader is told of a page that is not, or not wholly, translated.
    pub fn banner(&self, page: &Page) -> Option<String> {
        match page.marked() {
            _ if page.fallback => Some(self.labels.text("banner-fallback")),
            0 => None,
            count => {
                Some(self.labels.format("banner-partial", &[("count", count.into())]))
            }
        }
    }

    /// Notes where each page stands.
    fn number(&mut self) {
        let numbered = self.pages.iter().enumerate();
        self.numbers =
            numbered.map(|(number, page)| (page.key.clone(), number)).collect();
    }
}

impl Site {
    /// The edition in this language.
    pub fn edition(&self, language: &Language) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.language == *language)
    }

    /// The language of another edition than this one, where an address is that of a page of it.
    pub fn other_edition(&self, target: &Target, here: &Language) -> Option<&Language> {
        let Target::Outside(address) = target else { return None };
        let path = address.strip_prefix(&self.publication.base)?.strip_prefix('/')?;
        let name = path.split(['/', '?', '#']).next()?;
        let languages = self.editions.iter().map(|it| &it.language);
        languages.into_iter().find(|it| it.as_str() == name && *it != here)
    }

    /// The edition in the source language.
    pub fn source(&self) -> &Edition {
        &self.editions[0]
    }
}
