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
    diagnostic::{Checked, Diagnostic},
    document::{Block, Date, PageKey, Resource, Target, Text, walk},
    render::{File, Format},
    site::{Edition, Page, Publication, address, paths},
};

/// The most pages that a feed announces.
const MOST: usize = 50;

/// The longest that words taken from a page's text may be, in characters.
const EXCERPT: usize = 300;

/// A form of feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Atom,
    Json,
}

impl Form {
    const ALL: [Form; 2] = [Form::Atom, Form::Json];

    /// The name of its file.
    fn file(self) -> &'static str {
        match self {
            Form::Atom => address::FEEDS[0],
            Form::Json => address::FEEDS[1],
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Form::Atom => "application/atom+xml",
            Form::Json => "application/feed+json",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Atom => "Atom",
            Form::Json => "JSON Feed",
        }
    }

    /// Its path in the site: `fr/feed.xml`.
    pub(super) fn path(self, edition: &Edition) -> String {
        address::feed(&edition.language, self.file())
    }

    /// The page that lies where the feed would: the first whose address begins so, and that
    /// somebody wrote.
    fn in_the_way(self, edition: &Edition) -> Option<&Page> {
        let is_here = |page: &&Page| {
            let first = page.key.as_str().split('/').nth(1).unwrap_or_default();
            paths::folded(first) == self.file()
        };
        edition.pages.iter().filter(is_here).min_by_key(|it| it.generated)
    }
}

/// What an edition announces.
#[derive(Debug)]
pub(super) struct News<'a> {
    /// The pages, the newest first; none where there is no feed.
    pages: Vec<(Date, &'a Page)>,
    /// The feeds that there are.
    pub(super) forms: Vec<Form>,
}

impl<'a> News<'a> {
    pub(super) fn new(edition: &'a Edition, feeds: Feeds) -> Self {
        let pages = if feeds == Feeds::None { Vec::new() } else { newest(edition) };
        let is_free =
            |form: &Form| !pages.is_empty() && form.in_the_way(edition).is_none();
        let forms = Form::ALL.into_iter().filter(is_free).collect();
        Self { pages, forms }
    }
}

/// Writes the feeds of every language that has dated pages.
pub(super) fn feeds(writer: &Writer<'_>) -> Checked<Vec<File>> {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for shelf in &writer.shelves {
        diagnostics.extend(left_out(shelf));
        let Some(feed) = Feed::new(writer, shelf) else { continue };
        files.extend(shelf.news.forms.iter().map(|form| File {
            path: format!("html/{}", form.path(shelf.edition)),
            bytes: Arc::new(feed.text(*form).into_bytes()),
            format: Format::Html,
            language: Some(shelf.edition.language.clone()),
            page: None,
        }));
    }
    Checked { value: files, diagnostics }
}

/// Says which feeds an edition goes without, since a page has their address.
fn left_out(shelf: &Shelf<'_>) -> Vec<Diagnostic> {
    let is_announced = !shelf.news.pages.is_empty();
    let left =
        Form::ALL.into_iter().filter(|it| is_announced && !shelf.news.forms.contains(it));
    let told = left.filter_map(|form| {
        let page = form.in_the_way(shelf.edition)?;
        let fault = Diagnostic::warning("feed-without-address");
        let fault = fault.with("path", form.path(shelf.edition)).with("page", &page.key);
        Some(fault.in_file(&page.file))
    });
    told.collect()
}

/// The newest of the dated pages.
fn newest(edition: &Edition) -> Vec<(Date, &Page)> {
    let pages = edition.pages.iter().filter(|it| !it.fallback && !it.generated);
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
        let entry = |&(date, page): &(Date, &'a Page)| {
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
        if shelf.news.forms.is_empty() {
            return None;
        }
        let entries = shelf.news.pages.iter().map(entry).collect();
        Some(Self { writer, shelf, entries })
    }

    fn text(&self, form: Form) -> String {
        match form {
            Form::Atom => self.atom(),
            Form::Json => self.json(),
        }
    }

    fn publication(&self) -> &Publication {
        &self.writer.site.publication
    }

    /// The public address of a form of it.
    fn address(&self, form: Form) -> String {
        address::public_file(self.publication(), &form.path(self.shelf.edition))
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
        let own = self.address(Form::Atom);
        out.entry("id", &own);
        out.entry("title", &edition.title);
        if !edition.description.is_empty() {
            out.entry("subtitle", &edition.description);
        }
        let newest = self.entries.first().map_or(Date::default(), |it| it.date);
        out.entry("updated", &moment(newest));
        link(&mut out, "self", Form::Atom.media_type(), &own);
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
        say("feed_url", self.address(Form::Json).into());
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
        if let Some(updated) = entry.page.document.meta.updated {
            say("date_modified", moment(updated).into());
        }
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
    let updated = entry.page.document.meta.updated.unwrap_or(entry.date);
    out.entry("updated", &moment(updated.max(entry.date)));
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
    fn takes_queries(&self) -> bool {
        true
    }

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
