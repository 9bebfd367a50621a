//! Feeds of what is new: Atom (RFC 4287) and JSON Feed 1.1, one of each a language.
//!
//! They hold the dated pages that exist in that language, the newest first. An entry's
//! identifier is its page's public address; its dates are the page's own, so that the same
//! pages give the same feed. Every address in it is absolute.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{
    Feeds, Shelf, Writer,
    block::{self, Context, Flavour, Picture, Places},
    element::{self, Xhtml},
};
use crate::{
    document::{Block, Date, PageKey, Resource, Target, Text, walk},
    render::{File, Format},
    site::{Page, Publication, address},
};

/// The most pages that a feed announces.
const MOST: usize = 50;

/// The longest that words taken from a page's text may be, in characters.
const EXCERPT: usize = 300;

/// A form of feed: the name of its file, its media type, its name.
pub(super) const FORMS: [(&str, &str, &str); 2] = [
    ("feed.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
];

/// Writes the feeds of every language that has dated pages.
pub(super) fn feeds(writer: &Writer<'_>) -> Vec<File> {
    let both = |shelf: &Shelf<'_>| {
        let feed = Feed::new(writer, shelf)?;
        let file = |name: &str, text: String| File {
            path: format!("html/{}", path(shelf, name)),
            bytes: Arc::new(text.into_bytes()),
            format: Format::Html,
            language: Some(shelf.edition.language.clone()),
            page: None,
        };
        Some([file(FORMS[0].0, feed.atom()), file(FORMS[1].0, feed.json())])
    };
    writer.shelves.iter().filter_map(both).flatten().collect()
}

/// The path of a feed in the site: `fr/feed.xml`.
pub(super) fn path(shelf: &Shelf<'_>, name: &str) -> String {
    format!("{}/{name}", shelf.edition.language)
}

/// The pages that a feed announces; none where there is no feed.
pub(super) fn news<'a>(writer: &Writer<'_>, shelf: &Shelf<'a>) -> Vec<(Date, &'a Page)> {
    // A page whose address is that of a feed has it for itself.
    let taken = FORMS
        .iter()
        .any(|it| shelf.pages.contains_key(&PageKey::new(&format!("/{}/", it.0))));
    if writer.options.feeds == Feeds::None || taken {
        return Vec::new();
    }
    let pages = shelf.edition.pages.iter().filter(|it| !it.fallback && !it.generated);
    let mut news: Vec<_> = pages.filter_map(|page| Some((page.date?, page))).collect();
    news.sort_by(|(day, page), (other_day, other)| {
        other_day.cmp(day).then_with(|| page.key.cmp(&other.key))
    });
    news.truncate(MOST);
    news
}

/// A feed, ready to be written.
struct Feed<'a> {
    writer: &'a Writer<'a>,
    shelf: &'a Shelf<'a>,
    entries: Vec<Entry<'a>>,
}

/// What a feed says of a page.
struct Entry<'a> {
    page: &'a Page,
    date: Date,
    address: String,
    title: String,
    summary: String,
    /// The whole text, where the feed has it.
    content: Option<String>,
}

impl<'a> Feed<'a> {
    fn new(writer: &'a Writer<'a>, shelf: &'a Shelf<'a>) -> Option<Self> {
        let news = news(writer, shelf);
        let entry = |(date, page): (Date, &'a Page)| {
            let language = &shelf.edition.language;
            let full = writer.options.feeds == Feeds::Full;
            Entry {
                page,
                date,
                address: address::public(&writer.site.publication, language, &page.key),
                title: one_line(&page.document.meta.title.to_plain()),
                summary: summary(page),
                content: full.then(|| content(writer, shelf, page)),
            }
        };
        let entries: Vec<Entry<'_>> = news.into_iter().map(entry).collect();
        (!entries.is_empty()).then_some(Self { writer, shelf, entries })
    }

    fn publication(&self) -> &Publication {
        &self.writer.site.publication
    }

    /// The public address of the feed of this name.
    fn address(&self, name: &str) -> String {
        address::public_file(self.publication(), &path(self.shelf, name))
    }

    fn home(&self) -> String {
        let home = PageKey::new("/");
        address::public(self.publication(), &self.shelf.edition.language, &home)
    }

    /// Who writes: a feed must say it.
    fn author(&self) -> &str {
        let edition = self.shelf.edition;
        if edition.publisher.is_empty() { &edition.title } else { &edition.publisher }
    }

    fn atom(&self) -> String {
        let edition = self.shelf.edition;
        let mut out = Xhtml::new(64 * 1024, true);
        out.fragment("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let start = out.start("feed").attr("xmlns", "http://www.w3.org/2005/Atom");
        start.attr("xml:lang", edition.language.as_str()).open();
        out.line();
        let own = self.address(FORMS[0].0);
        out.entry("id", &own);
        out.entry("title", &edition.title);
        if !edition.description.is_empty() {
            out.entry("subtitle", &edition.description);
        }
        let newest = self.entries.first().map_or(Date::default(), |it| it.date);
        out.entry("updated", &moment(newest));
        link(&mut out, "self", FORMS[0].1, &own);
        link(&mut out, "alternate", "text/html", &self.home());
        if let Some(licence) = &self.publication().licence {
            let address = element::web_address(licence);
            out.start("link").attr("rel", "license").attr("href", &address).void();
            out.line();
        }
        out.start("author").open();
        out.entry("name", self.author());
        out.end();
        out.line();
        let version = env!("CARGO_PKG_VERSION");
        out.start("generator").attr("version", version).open();
        out.text("Plantin");
        out.end();
        out.line();
        for entry in &self.entries {
            atom_entry(&mut out, entry);
        }
        out.end();
        out.line();
        out.finish()
    }

    fn json(&self) -> String {
        let edition = self.shelf.edition;
        let mut feed = Map::new();
        let mut say = |key: &str, value: Value| drop(feed.insert(key.to_owned(), value));
        say("version", "https://jsonfeed.org/version/1.1".into());
        say("title", edition.title.as_str().into());
        say("home_page_url", self.home().into());
        say("feed_url", self.address(FORMS[1].0).into());
        if !edition.description.is_empty() {
            say("description", edition.description.as_str().into());
        }
        say("language", edition.language.as_str().into());
        say("authors", json!([{ "name": self.author() }]));
        say("items", self.entries.iter().map(|it| self.item(it)).collect());
        let mut text = Value::Object(feed).to_string();
        text.push('\n');
        text
    }

    fn item(&self, entry: &Entry<'_>) -> Value {
        let mut item = Map::new();
        let mut say = |key: &str, value: Value| drop(item.insert(key.to_owned(), value));
        say("id", entry.address.as_str().into());
        say("url", entry.address.as_str().into());
        say("title", entry.title.as_str().into());
        match &entry.content {
            Some(content) => say("content_html", content.as_str().into()),
            None if entry.summary.is_empty() => {
                say("content_text", entry.title.as_str().into());
            }
            None => say("content_text", entry.summary.as_str().into()),
        }
        if !entry.summary.is_empty() {
            say("summary", entry.summary.as_str().into());
        }
        let image = entry.page.document.meta.image.as_ref().map(|it| &it.resource);
        if let Some(Resource::File(path)) = image {
            let path = address::file(path);
            say("image", address::public_file(self.publication(), &path).into());
        }
        say("date_published", moment(entry.date).into());
        let tags = &entry.page.document.meta.tags;
        if !tags.is_empty() {
            say("tags", tags.iter().map(String::as_str).collect());
        }
        Value::Object(item)
    }
}

fn atom_entry(out: &mut Xhtml, entry: &Entry<'_>) {
    out.start("entry").open();
    out.line();
    out.entry("id", &entry.address);
    out.entry("title", &entry.title);
    link(out, "alternate", "text/html", &entry.address);
    out.entry("published", &moment(entry.date));
    out.entry("updated", &moment(entry.date));
    for tag in &entry.page.document.meta.tags {
        out.start("category").attr("term", tag).void();
        out.line();
    }
    if !entry.summary.is_empty() {
        out.entry("summary", &entry.summary);
    }
    if let Some(content) = &entry.content {
        out.start("content").attr("type", "html").open();
        out.text(content);
        out.end();
        out.line();
    }
    out.end();
    out.line();
}

fn link(out: &mut Xhtml, rel: &str, kind: &str, href: &str) {
    let start = out.start("link").attr("rel", rel).attr("type", kind);
    start.attr("href", href).void();
    out.line();
}

/// The first moment of a day: a feed wants moments, and pages know days.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// What a page is about: its description, else how its text begins.
fn summary(page: &Page) -> String {
    let description = page.document.meta.description.as_ref().map(Text::to_plain);
    let description = description.map(|it| one_line(&it)).filter(|it| !it.is_empty());
    description.unwrap_or_else(|| {
        let mut first = String::new();
        walk::blocks(&page.document.blocks, &mut |block| {
            if let Block::Paragraph(it) = block
                && first.is_empty()
            {
                first = one_line(&it.text.to_plain());
            }
        });
        excerpt(&first)
    })
}

fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(EXCERPT - 1).collect();
    if let Some(space) = short.rfind(' ') {
        short.truncate(space);
    }
    short.push('…');
    short
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a page, with absolute addresses.
fn content(writer: &Writer<'_>, shelf: &Shelf<'_>, page: &Page) -> String {
    let edition = shelf.edition;
    let abroad = Abroad { writer, shelf, page };
    let context = Context {
        flavour: Flavour::Site,
        labels: &edition.labels,
        edition: &edition.language,
        around: &edition.language,
        marks: true,
        places: &abroad,
    };
    // What is wrong with it was said where the page itself is written.
    block::body(&page.document, &context).value
}

/// Where links and images lead, seen from outside the site.
struct Abroad<'a> {
    writer: &'a Writer<'a>,
    shelf: &'a Shelf<'a>,
    page: &'a Page,
}

impl Abroad<'_> {
    fn publication(&self) -> &Publication {
        &self.writer.site.publication
    }

    fn page(&self, key: &PageKey, anchor: Option<&str>) -> Option<String> {
        let shelves = [self.shelf, &self.writer.shelves[0]];
        let shelf = shelves.into_iter().find(|it| it.pages.contains_key(key))?;
        let page = address::public(self.publication(), &shelf.edition.language, key);
        let anchor = anchor.map(|it| format!("#{}", address::encode(it)));
        Some(page + anchor.as_deref().unwrap_or_default())
    }
}

impl Places for Abroad<'_> {
    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(key, anchor) => self.page(key, anchor.as_deref()),
            Target::File(path) => {
                Some(address::public_file(self.publication(), &address::file(path)))
            }
            Target::Outside(address) => Some(element::web_address(address)),
            Target::Nothing | Target::Unresolved => None,
        }
    }

    fn anchor(&self, id: &str) -> String {
        self.page(&self.page.key, Some(id)).unwrap_or_default()
    }

    fn picture(&self, path: &str) -> Option<Picture> {
        let file = self.writer.site.resources.get(path)?;
        let address = address::public_file(self.publication(), &address::file(path));
        Some(Picture { address, size: file.size, choice: None })
    }
}
