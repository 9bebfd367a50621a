//! The HTML writer: a whole site, a folder a language.
//!
//! - `element`: well-formed XHTML, escaped and closed;
//! - `block`, `inline`, `table`: the body of a page, which EPUB shares;
//! - `trail`, `headings`: the breadcrumb and a page's own contents, which EPUB shares too;
//! - `page`: a page of the site around its body; `navigation`: its lists of links;
//! - `front`: what the pages share: the page that offers the languages, style, images;
//! - `not_found`: what a server shows where there is no page;
//! - `pictures`: the sizes of its images;
//! - `feed`, `sitemap`: what is new for feed readers, and all there is for search engines;
//! - `template`: the templates, built in or the theme's.

pub mod block;
mod calendar;
pub mod element;
mod feed;
mod formula;
mod front;
pub mod headings;
pub mod inline;
mod navigation;
mod not_found;
mod page;
mod pictures;
mod sitemap;
pub mod table;
pub mod template;
pub mod trail;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use minijinja::Value;

use super::{File, Format, Theme, picture::Cache};
use crate::{
    diagnostic::Checked,
    document::{Date, PageKey},
    site::{Edition, Entry, Page, Site},
};
use pictures::Pictures;
use template::Templates;

/// What the caller chooses.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How addresses inside the site are written.
    pub links: Links,
    /// The formats that are published with the site and offered for download.
    pub formats: BTreeSet<Format>,
    /// What feeds hold.
    pub feeds: Feeds,
    /// The workspace's own theme files.
    pub theme: Theme,
    /// Where images are kept that were made smaller.
    pub cache: Cache,
}

/// What feeds hold of each page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Feeds {
    /// Its whole text.
    #[default]
    Full,
    /// What it is about.
    Summary,
    /// Nothing: there are no feeds.
    None,
}

/// How addresses inside the site are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// `../mission/`, for a web server.
    #[default]
    Clean,
    /// `../mission/index.html`, for pages that are opened from a folder.
    Files,
}

/// The writer of a site: what is the same for all its pages, made once.
#[derive(Debug)]
pub struct Writer<'a> {
    site: &'a Site,
    options: &'a Options,
    templates: Templates,
    shelves: Vec<Shelf<'a>>,
    pictures: Pictures,
}

impl<'a> Writer<'a> {
    /// Makes ready what the pages share.
    pub fn new(site: &'a Site, options: &'a Options) -> Checked<Self> {
        let shelves =
            site.editions.iter().map(|it| Shelf::new(site, it, options.feeds)).collect();
        let Checked { value: templates, mut diagnostics } =
            Templates::new(TEMPLATES, &options.theme);
        let pictures = Pictures::new(site, &options.cache).take(&mut diagnostics);
        let writer = Self { site, options, templates, shelves, pictures };
        Checked { value: writer, diagnostics }
    }

    /// Writes a page of an edition.
    pub fn page(&self, edition: &Edition, page: &Page) -> Checked<File> {
        page::page(self, edition, page)
    }

    /// Writes the file for calendars of a page that announces an event.
    pub fn event(&self, edition: &Edition, page: &Page) -> Option<File> {
        calendar::file(self.site, edition, page)
    }

    /// Writes what the pages share: the page that offers the languages, the style, the
    /// images and the files.
    pub fn common(&self) -> Checked<Vec<File>> {
        front::common(self)
    }
}

/// The style of a site: the theme's, else the one built in.
pub fn style(theme: &Theme) -> Cow<'_, [u8]> {
    front::style(theme)
}

/// Whether a file of a theme is read here, and not published as it is.
pub fn is_own_file(path: &str) -> bool {
    [front::TEMPLATE, page::TEMPLATE, not_found::TEMPLATE, front::STYLE].contains(&path)
}

const TEMPLATES: &[(&str, &str)] = &[
    (page::TEMPLATE, include_str!("theme/page.html")),
    (front::TEMPLATE, include_str!("theme/front.html")),
    (not_found::TEMPLATE, include_str!("theme/404.html")),
];

/// An edition, with what is looked up in it for each page.
#[derive(Debug)]
struct Shelf<'a> {
    edition: &'a Edition,
    /// Where each page stands in the edition.
    pages: HashMap<&'a PageKey, usize>,
    /// The way down the contents to each page, as the number of the entry at each level.
    branches: HashMap<&'a PageKey, Vec<usize>>,
    /// What its feeds announce.
    news: feed::News<'a>,
    /// The interface's words, for the templates.
    labels: Value,
    /// The days that occur, written out.
    days: BTreeMap<Date, String>,
}

/// The interface's words that a template can use, as `labels.skip_to_content`.
const LABELS: &[&str] = &[
    "choose-language",
    "contents",
    "download",
    "download-book-pdf",
    "download-epub",
    "download-pdf",
    "event",
    "event-file",
    "feed",
    "home",
    "language-name",
    "licence",
    "navigation",
    "neighbours",
    "next-page",
    "not-found",
    "not-found-text",
    "on-this-page",
    "previous-page",
    "read-in-language",
    "skip-to-content",
    "skip-to-navigation",
    "site-map",
    "tags",
    "you-are-here",
];

impl<'a> Shelf<'a> {
    fn new(site: &Site, edition: &'a Edition, feeds: Feeds) -> Self {
        let numbered = edition.pages.iter().enumerate();
        let mut branches = HashMap::new();
        find_branches(&edition.contents, &mut Vec::new(), &mut branches);
        let word =
            |id: &&str| (id.replace('-', "_"), Value::from(edition.labels.text(id)));
        let labels: BTreeMap<String, Value> = LABELS.iter().map(word).collect();
        let own = edition.pages.iter().filter_map(|page| page.date);
        let days = own.chain([site.publication.date]);
        let days: BTreeSet<Date> = days.collect();
        Self {
            edition,
            pages: numbered.map(|(index, page)| (&page.key, index)).collect(),
            branches,
            news: feed::News::new(edition, feeds),
            labels: Value::from(labels),
            days: days
                .into_iter()
                .map(|day| (day, edition.labels.spoken_date(day)))
                .collect(),
        }
    }

    fn page(&self, key: &PageKey) -> Option<&'a Page> {
        self.pages.get(key).map(|&index| &self.edition.pages[index])
    }
}

fn find_branches<'a>(
    entries: &'a [Entry],
    way: &mut Vec<usize>,
    found: &mut HashMap<&'a PageKey, Vec<usize>>,
) {
    for (index, entry) in entries.iter().enumerate() {
        way.push(index);
        if let Some(key) = &entry.page {
            found.entry(key).or_insert_with(|| way.clone());
        }
        find_branches(&entry.children, way, found);
        way.pop();
    }
}
