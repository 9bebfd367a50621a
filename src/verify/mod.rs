//! Reading back: what was exported, read as a stranger would, and compared.
//!
//! Nothing here knows how the files were written: this stage never uses `render`, and never
//! believes `manifest.json`. HTML is read by an HTML parser, books by zip and XML, PDFs by
//! their structure tree. Each page becomes one outline, and outlines are compared.
//!
//! - `outline`: what a reader meets; `place`: where a link leads;
//! - `tree`, `markup`: marked-up text, which sites and books share;
//! - `html`, `epub`, `pdf`: the formats; `source`: what should be met;
//! - `parity`: every format with each other, and every language with the source's;
//! - `align`, `agreement`: which piece is which, and whether two show the same;
//! - `difference`, `tell`: what was found, as data and as diagnostics.

mod against;
mod agreement;
mod align;
pub mod criteria;
mod difference;
mod epub;
mod html;
mod markup;
mod outline;
mod parity;
mod pdf;
mod place;
mod source;
mod tell;
mod tree;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic, thread,
};

use crate::{
    limits,
    site::{Edition, Page, Site, address, dates},
};

pub use against::against;
pub use difference::{Aspect, Difference, Witness};
pub use outline::{Cell, Frame, Kind, Link, Outline, Piece, Step};

pub use criteria::{Criterion, criteria};
pub use tell::{diagnostics, shown};

/// Whether a file of the exports is one that is read back. The site holds the others
/// again, and images.
pub fn is_read(path: &str) -> bool {
    Medium::FORMATS.iter().any(|it| it.holds(path))
}

/// Files that were exported, by their path with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Where a page is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Medium {
    /// In the sources: what should be met.
    Source,
    /// On the site.
    Html,
    /// In the book.
    Epub,
    /// In its PDF.
    Pdf,
    /// In the PDF of the whole publication.
    Whole,
}

impl Medium {
    /// Every format that is read back.
    pub const FORMATS: [Medium; 4] =
        [Medium::Html, Medium::Epub, Medium::Pdf, Medium::Whole];

    /// Whether a file of the exports is read for it.
    pub fn holds(self, path: &str) -> bool {
        let Some((folder, rest)) = path.split_once('/') else { return false };
        match self {
            Medium::Source => false,
            Medium::Html => folder == "html" && rest.ends_with("/index.html"),
            Medium::Epub => folder == "epub" && rest.ends_with(".epub"),
            Medium::Pdf | Medium::Whole => {
                let is_whole = !rest.contains('/');
                let is_pdf = folder == "pdf" && rest.ends_with(".pdf");
                is_pdf && is_whole == (self == Medium::Whole)
            }
        }
    }

    /// Whether it holds all pages of a language in one file, in an order.
    pub fn is_whole(self) -> bool {
        matches!(self, Medium::Epub | Medium::Whole)
    }

    /// Whether it is for paper.
    pub fn prints(self) -> bool {
        matches!(self, Medium::Pdf | Medium::Whole)
    }

    /// The word used in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Medium::Source => "source",
            Medium::Html => "html",
            Medium::Epub => "epub",
            Medium::Pdf => "pdf",
            Medium::Whole => "whole-pdf",
        }
    }
}

/// What must be known of a publication to read it.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Its public address, without a slash at the end.
    pub base: String,
    /// The languages.
    pub languages: Vec<String>,
    /// The words that stand before a trail, in each language.
    pub intros: Vec<String>,
    /// The words that mark a unit which is no current translation, in each language.
    pub marks: Vec<String>,
    /// The lines of the title page in each language: the title first.
    pub covers: BTreeMap<String, Vec<String>>,
    /// What the program says of each page below its title.
    pub notices: BTreeMap<Address, Vec<String>>,
}

impl Setting {
    /// What must be known to read the exports of a site.
    pub fn of(site: &Site) -> Self {
        let mut setting = Self { base: site.publication.base.clone(), ..Self::default() };
        for edition in &site.editions {
            let say = |id: &str| outline::normal(&edition.labels.text(id));
            setting.languages.push(edition.language.to_string());
            setting.intros.push(say("you-are-here"));
            let marks = ["mark-missing", "mark-stale", "mark-draft"];
            setting.marks.extend(marks.map(say));
            setting.covers.insert(edition.language.to_string(), cover(edition));
            let notices = edition.pages.iter().map(|page| {
                let key = (edition.language.to_string(), page.key.to_string());
                (key, notices(edition, page))
            });
            setting.notices.extend(notices.filter(|it| !it.1.is_empty()));
        }
        setting
    }
}

/// What the program says of a page: how far it is translated, and when it was published.
fn notices(edition: &Edition, page: &Page) -> Vec<String> {
    let dates = dates::lines(page, &edition.labels).into_iter().map(|it| it.words);
    let said = edition.banner(page).into_iter().chain(dates);
    said.map(|it| outline::normal(&it)).collect()
}

/// The lines of the title page of an edition.
fn cover(edition: &Edition) -> Vec<String> {
    let lines = [&edition.title, &edition.description, &edition.publisher];
    let lines = lines.into_iter().map(|it| outline::normal(it));
    lines.filter(|it| !it.is_empty()).collect()
}

/// A page, by its language and its key.
pub type Address = (String, String);

/// What was read of a publication.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The outlines of each page.
    pub pages: BTreeMap<Address, BTreeMap<Medium, Outline>>,
    /// The pages of each publication that has an order, as they come in it and, again, as
    /// its contents list them: language, medium, keys.
    pub orders: Vec<(String, Medium, Vec<String>)>,
    /// What could not be read: where, and why.
    pub unreadable: Vec<(Address, Medium, String)>,
}

impl Shelf {
    fn put(&mut self, page: Address, medium: Medium, read: Result<Outline, String>) {
        match read {
            // Of a page that comes twice the first counts: its order tells the other.
            Ok(outline) => {
                self.pages.entry(page).or_default().entry(medium).or_insert(outline);
            }
            Err(why) => self.unreadable.push((page, medium, why)),
        }
    }
}

impl Shelf {
    /// What a page is called.
    fn called(&self, page: &Address) -> String {
        let outline = self.pages.get(page).and_then(|it| it.values().next());
        let title = outline
            .and_then(|it| it.pieces.iter().find(|it| it.kind == Kind::Heading(1)));
        title.map_or_else(|| page.1.clone(), |it| it.text.clone())
    }

    /// Puts the PDF of a publication.
    fn whole(&mut self, language: &str, read: Result<pdf::Whole, String>) {
        let cover = (language.to_owned(), String::new());
        let whole = match read {
            Ok(whole) => whole,
            Err(why) => return self.unreadable.push((cover, Medium::Whole, why)),
        };
        self.put(cover, Medium::Whole, Ok(whole.cover));
        let order = whole.pages.iter().map(|it| it.0.clone()).collect();
        for order in [order, once(whole.listed)] {
            self.orders.push((language.to_owned(), Medium::Whole, order));
        }
        for (key, outline) in whole.pages {
            self.put((language.to_owned(), key), Medium::Whole, Ok(outline));
        }
    }
}

/// Reads everything that was exported.
pub fn read(files: &Files, setting: &Setting) -> Shelf {
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(limits::READING_STACK);
        match reader.spawn_scoped(scope, || read_here(files, setting)) {
            Ok(reader) => reader.join().unwrap_or_else(|it| panic::resume_unwind(it)),
            // The machine has no thread left: most files need no deep stack.
            Err(_) => read_here(files, setting),
        }
    })
}

fn read_here(files: &Files, setting: &Setting) -> Shelf {
    let mut shelf = Shelf::default();
    for language in &setting.languages {
        for (path, bytes) in files {
            let Some(key) = html::key(path, language) else { continue };
            let outline = html::outline(bytes, language, key, setting);
            shelf.put((language.clone(), key.to_owned()), Medium::Html, outline);
        }
        let folder = format!("pdf/{language}/");
        for (path, bytes) in files.range(folder.clone()..) {
            let Some(inside) = path.strip_prefix(&folder) else { break };
            let Some(key) = address::key_of(inside, ".pdf") else { continue };
            let outline = pdf::outline(bytes, language, &key, setting);
            shelf.put((language.clone(), key), Medium::Pdf, outline);
        }
        let suffix = format!(".{language}.pdf");
        for (path, bytes) in files.range("pdf/".to_owned()..) {
            if !path.starts_with("pdf/") {
                break;
            }
            if Medium::Whole.holds(path) && path.ends_with(&suffix) {
                shelf.whole(language, pdf::whole(bytes, language, setting));
            }
        }
        let suffix = format!(".{language}.epub");
        let keys: Vec<String> = keys(&shelf, language);
        for (path, bytes) in files {
            if !path.starts_with("epub/") || !path.ends_with(&suffix) {
                continue;
            }
            match epub::book(bytes, language, keys.iter().map(String::as_str), setting) {
                Ok(book) => {
                    let cover = (language.clone(), String::new());
                    shelf.put(cover, Medium::Epub, Ok(book.cover));
                    for order in [book.order, once(book.listed)] {
                        shelf.orders.push((language.clone(), Medium::Epub, order));
                    }
                    for (key, outline) in book.chapters {
                        shelf.put((language.clone(), key), Medium::Epub, outline);
                    }
                }
                Err(why) => {
                    let page = (language.clone(), String::new());
                    shelf.unreadable.push((page, Medium::Epub, why));
                }
            }
        }
    }
    for (address, outlines) in &mut shelf.pages {
        claim_notices(outlines, setting.notices.get(address).map_or(&[], Vec::as_slice));
    }
    shelf
}

/// What a list names, the first time that it does: that contents name it again is told
/// of the page.
fn once(mut list: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    list.retain(|it| seen.insert(it.clone()));
    list
}

/// A PDF does not say which of its paragraphs are the program's own: those that another
/// format says below the title are, or, where there is no other, those that are expected.
fn claim_notices(outlines: &mut BTreeMap<Medium, Outline>, expected: &[String]) {
    let marked_up = [Medium::Html, Medium::Epub];
    let said = marked_up.iter().find_map(|it| outlines.get(it)?.notices.clone());
    let said = said.unwrap_or_else(|| expected.to_vec());
    for medium in [Medium::Pdf, Medium::Whole] {
        let printed = outlines.get_mut(&medium).filter(|it| it.notices.is_none());
        if let Some(outline) = printed {
            pdf::claim_notices(outline, &said);
        }
    }
}

fn keys(shelf: &Shelf, language: &str) -> Vec<String> {
    let own = shelf.pages.keys().filter(|it| it.0 == language);
    own.map(|it| it.1.clone()).collect()
}

/// What should be met, by language and page.
pub fn expected(site: &Site) -> BTreeMap<Address, Outline> {
    let mut all = BTreeMap::new();
    for edition in &site.editions {
        for page in &edition.pages {
            let address = (edition.language.to_string(), page.key.to_string());
            all.insert(address, source::outline(site, edition, page));
        }
        // What a book says of itself.
        let cover = Outline {
            title: Some(outline::normal(&edition.title)),
            language: Some(edition.language.to_string()),
            notices: Some(cover(edition)),
            ..Outline::default()
        };
        all.insert((edition.language.to_string(), String::new()), cover);
    }
    all
}

/// The formats in which a page should be met.
pub type Wanted = BTreeMap<Address, Vec<Medium>>;

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Report {
    /// The pages that were compared, and the formats of each.
    pub pages: BTreeMap<Address, Vec<Medium>>,
    /// What differs, by page, language and place.
    pub differences: Vec<Difference>,
    /// How many files were compared byte by byte.
    pub files: usize,
}

/// Reads what was exported of a site and compares it. `formats` are those that were
/// exported.
pub fn verify(files: &Files, site: &Site, formats: &[Medium]) -> Report {
    let setting = Setting::of(site);
    let shelf = read(files, &setting);
    let is_there = |it: &&Medium| files.keys().any(|path| it.holds(path));
    let (formats, absent): (Vec<Medium>, Vec<Medium>) =
        formats.iter().partition(|it| is_there(it));
    let expected = expected(site);
    let source = site.publication.source.as_str();
    let mut report = compare(&shelf, &expected, &wanted(site, &formats));
    report.differences.extend(absent.into_iter().map(|it| format_absent(it, None)));
    compare_orders(&shelf, &wanted(site, &formats), &order(site), &mut report);
    let own = own(site);
    compare_languages(&shelf, source, &|it| !own.contains(it), &mut report);
    report
}

/// Nothing of a format is there: in a language, or in any.
fn format_absent(medium: Medium, language: Option<&str>) -> Difference {
    let nowhere = (language.unwrap_or_default().to_owned(), String::new());
    let mut it = Difference::of_page(&nowhere, Aspect::Format, medium, "");
    it.shown[0].0[0].language = language.map(str::to_owned);
    it
}

/// The pages that are written in their language and not translated into it: they are pages
/// of their own.
fn own(site: &Site) -> BTreeSet<Address> {
    let mut own = BTreeSet::new();
    for edition in &site.editions {
        let is_own = |it: &&crate::site::Page| it.authored == edition.language;
        let pages = edition.pages.iter().filter(is_own);
        own.extend(pages.map(|it| (edition.language.to_string(), it.key.to_string())));
    }
    own
}

/// In which formats each page should be met.
fn wanted(site: &Site, formats: &[Medium]) -> Wanted {
    let mut wanted = Wanted::new();
    for edition in &site.editions {
        for page in &edition.pages {
            // Lists of pages are on the site alone.
            let media = formats.iter().copied();
            let media = media.filter(|it| page.in_books || *it == Medium::Html);
            let address = (edition.language.to_string(), page.key.to_string());
            wanted.insert(address, media.collect());
        }
    }
    wanted
}

/// The pages of the publication in each language, in their order.
fn order(site: &Site) -> Vec<Address> {
    let pages = site.editions.iter().flat_map(|edition| {
        let pages = edition.pages.iter();
        pages.map(|it| (edition.language.to_string(), it.key.to_string()))
    });
    pages.collect()
}

/// Compares the order in which pages come.
fn compare_orders(
    shelf: &Shelf,
    wanted: &Wanted,
    order: &[Address],
    report: &mut Report,
) {
    for (language, medium, found) in &shelf.orders {
        let known: BTreeSet<&String> = found.iter().collect();
        let is_there = |it: &&Address| {
            it.0 == *language
                && wanted.get(it).is_some_and(|it| it.contains(medium))
                && known.contains(&it.1)
        };
        let expected: Vec<String> =
            order.iter().filter(is_there).map(|it| it.1.clone()).collect();
        let called = |key: &str| shelf.called(&(language.clone(), key.to_owned()));
        report
            .differences
            .extend(parity::orders(language, *medium, &expected, found, &called));
    }
}

/// Compares every format of each page with each other and with what should be met.
fn compare(
    shelf: &Shelf,
    expected: &BTreeMap<Address, Outline>,
    wanted: &Wanted,
) -> Report {
    let mut report = Report::default();
    absent(shelf, wanted, &mut report);
    for (address, outlines) in &shelf.pages {
        let (language, key) = address;
        let own = expected.get(address).map(|it| (Medium::Source, it));
        let read = outlines.iter().map(|it| (*it.0, it.1));
        let row: Vec<(Medium, &Outline)> = own.into_iter().chain(read).collect();
        if !key.is_empty() {
            report.pages.insert(address.clone(), outlines.keys().copied().collect());
        }
        report.differences.extend(parity::formats(key, language, &row));
    }
    report
}

/// Compares every language of each page with the source's, save the pages that are not
/// translated.
fn compare_languages(
    shelf: &Shelf,
    source: &str,
    is_translated: &dyn Fn(&Address) -> bool,
    report: &mut Report,
) {
    let mut told: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
    for it in &report.differences {
        told.entry(it.page.clone()).or_default().push(it.clone());
    }
    let others = shelf.pages.keys().filter(|it| it.0 != source);
    for address in others.filter(|it| is_translated(it)) {
        let (language, key) = address;
        let first = (source.to_owned(), key.clone());
        let of_page = told.entry(key.clone()).or_default();
        let (Some(own), Some(its)) =
            (speaker(shelf, &first, of_page), speaker(shelf, address, of_page))
        else {
            continue;
        };
        let has = |language: &str, key: &str| {
            shelf.pages.contains_key(&(language.to_owned(), key.to_owned()))
        };
        let (own, its) = ((source, own.0, own.1), (language.as_str(), its.0, its.1));
        let mut found = parity::languages(key, own, its, &has);
        found.retain(|it| !is_told(it, source, of_page));
        of_page.extend(found.iter().cloned());
        report.differences.extend(found);
    }
}

/// Whether the formats of one of two languages already differ in the same piece; `told` is
/// what was found of the page.
fn is_told(found: &Difference, source: &str, told: &[Difference]) -> bool {
    told.iter().any(|it| {
        let is_here = it.language == source || it.language == found.language;
        let same_piece = match (&it.unit, &found.unit) {
            (Some(own), Some(its)) => own == its,
            _ => it.piece == found.piece,
        };
        is_here && same_piece
    })
}

/// The outline that stands for a page in a language: the first that none of the others
/// contradicts. `told` is what was found of the page.
fn speaker<'s>(
    shelf: &'s Shelf,
    address: &Address,
    told: &[Difference],
) -> Option<(Medium, &'s Outline)> {
    let outlines = shelf.pages.get(address)?;
    let of_page = |it: &&Difference| it.language == address.0;
    let contradicted = |medium: Medium| {
        told.iter().filter(of_page).any(|it| {
            let most = it.shown.iter().map(|it| it.0.len()).max().unwrap_or(0);
            let is_few = |it: &&(Vec<Witness>, String)| it.0.len() < most;
            it.shown
                .iter()
                .filter(is_few)
                .any(|it| it.0.iter().any(|it| it.medium == medium))
        })
    };
    let fine = outlines.iter().find(|it| !contradicted(*it.0));
    fine.or_else(|| outlines.iter().next()).map(|it| (*it.0, it.1))
}

/// What should be there and is not, or cannot be read.
fn absent(shelf: &Shelf, wanted: &Wanted, report: &mut Report) {
    let mut tell = |address: &Address, aspect, medium, why: &str| {
        report.differences.push(Difference::of_page(address, aspect, medium, why));
    };
    for (address, medium, why) in &shelf.unreadable {
        tell(address, Aspect::Unreadable, *medium, why);
    }
    let has_file = |language: &String, medium: &Medium| {
        shelf.orders.iter().any(|it| it.0 == *language && it.1 == *medium)
            || shelf.unreadable.iter().any(|it| it.0.0 == *language && it.1 == *medium)
    };
    let unreadable: BTreeSet<(&Address, Medium)> =
        shelf.unreadable.iter().map(|it| (&it.0, it.1)).collect();
    let mut lacking = BTreeSet::new();
    for (address, media) in wanted {
        for medium in media {
            if medium.is_whole() && !has_file(&address.0, medium) {
                // Told once for all its pages.
                lacking.insert((address.0.clone(), *medium));
                continue;
            }
            let is_there =
                shelf.pages.get(address).is_some_and(|it| it.contains_key(medium));
            let nowhere = (address.0.clone(), String::new());
            let is_told = [address, &nowhere]
                .into_iter()
                .any(|it| unreadable.contains(&(it, *medium)));
            if !is_there && !is_told {
                tell(address, Aspect::Page, *medium, "");
            }
        }
    }
    let lacking =
        lacking.iter().map(|(language, medium)| format_absent(*medium, Some(language)));
    report.differences.extend(lacking);
    let mut tell = |address: &Address, aspect, medium, why: &str| {
        report.differences.push(Difference::of_page(address, aspect, medium, why));
    };
    for (address, outlines) in &shelf.pages {
        for medium in outlines.keys() {
            if wanted.get(address).is_some_and(|it| !it.contains(medium))
                || !address.1.is_empty() && !wanted.contains_key(address)
            {
                tell(address, Aspect::Extra, *medium, "");
            }
        }
    }
}
