//! Documents, as data for the template: a page, the pages before the first one in a
//! book, and what stands above and below each page of paper.

use serde_json::{Value, json};

use super::{
    Attachment,
    block::{self, Lead, Scene, Writer},
    world,
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{PageKey, Text},
    site::{Entry, Page, Trail, address, dates},
    source::files::ResourceFile,
};
use std::{collections::BTreeMap, sync::Arc};

/// The longest that a running header may be, in characters.
const HEADER: usize = 70;

/// A title longer than this, in characters, is set smaller.
const LONG_TITLE: usize = 52;

/// What parts the entries of a trail.
const SEPARATOR: &str = " › ";

/// A document as data, with what the data refers to by number.
pub(super) struct Manuscript {
    /// The data.
    pub(super) data: Value,
    /// The images.
    pub(super) images: Vec<Arc<ResourceFile>>,
    /// What is attached.
    pub(super) attachments: Vec<Arc<Vec<u8>>>,
    /// Where the links lead.
    pub(super) leads: Vec<Lead>,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What the template is told in every document.
fn common(scene: Scene<'_>, task: &str) -> serde_json::Map<String, Value> {
    let edition = scene.edition;
    let mut data = serde_json::Map::new();
    data.insert("task".to_owned(), task.into());
    data.insert("theme".to_owned(), scene.theme.into());
    data.insert("paper".to_owned(), scene.paper.into());
    let lang = block::lang(&edition.language);
    let lang = if lang.is_null() { json!(["und", null]) } else { lang };
    data.insert("lang".to_owned(), lang);
    data.insert("right-to-left".to_owned(), edition.right_to_left.into());
    data
}

/// A page: its trail, its title, what it is about, its date, its body, its notes.
pub(super) fn page<'a>(scene: Scene<'a>, page: &'a Page) -> Manuscript {
    let mut to = Writer::new(scene, page);
    let meta = &page.document.meta;
    let edition = scene.edition;
    let content_lang =
        (to.language != edition.language).then(|| block::lang(&to.language));
    let trail = page.show_breadcrumb.then(|| trail(&mut to, &page.trail));
    let title = title(&mut to, &meta.title);
    let lead = meta.description.as_ref().filter(|it| !it.is_empty());
    let lead = lead.map(|it| to.text(it, "paragraph"));
    let lines = dates::lines(page, &edition.labels).into_iter();
    let dates: Vec<String> = lines
        .map(|it| to.letters.read(&it.words, Place::default()).into_owned())
        .collect();
    let banner = banner(&mut to, page);
    let toc = own_contents(&mut to, page);
    let body = to.blocks(&page.document.blocks);
    let notes = to.rest_of_notes();
    let notes_title = to.label("footnotes");
    let mut data = common(scene, "page");
    let page = node! {
        "long-title": meta.title.to_plain().chars().count() > LONG_TITLE,
        "content-lang": content_lang, "trail": trail, "title": title, "lead": lead,
        "dates": dates, "banner": banner, "toc": toc, "body": body, "notes": notes,
        "notes-title": notes_title,
    };
    data.insert("page".to_owned(), page);
    manuscript(to, data.into())
}

fn manuscript(mut to: Writer<'_>, data: Value) -> Manuscript {
    let diagnostics = to.faults();
    let (images, leads) = (to.images, to.leads);
    Manuscript { data, images, attachments: Vec::new(), leads, diagnostics }
}

/// The trail as the first line of the page: words, and links but for the last.
fn trail(to: &mut Writer<'_>, trail: &Trail) -> Value {
    let last = trail.crumbs.len().saturating_sub(1);
    let edition = to.scene.edition.language.clone();
    let around = std::mem::replace(&mut to.language, edition);
    let crumbs = trail.crumbs.iter().enumerate().map(|(index, crumb)| {
        let key = crumb.page.as_ref().filter(|_| index < last);
        let lead = key.and_then(|key| to.lead_to_page(key, None, None));
        // A link holds no other link.
        let was_in_link = std::mem::replace(&mut to.in_link, true);
        let words = to.repeated(&crumb.text);
        to.in_link = was_in_link;
        node! { "to": lead, "words": words }
    });
    let crumbs: Vec<Value> = crumbs.collect();
    let intro = to.label("you-are-here");
    to.language = around;
    node! { "intro": intro, "crumbs": crumbs, "separator": SEPARATOR }
}

/// The title: never without words, since a PDF must have one.
fn title(to: &mut Writer<'_>, title: &Text) -> Value {
    let mut node = to.text(title, "title");
    let plain = title.to_plain();
    if plain.trim().is_empty()
        && let Some(node) = node.as_object_mut()
    {
        to.diagnostics.push(Diagnostic::warning("pdf-title-empty").at(title.place));
        node.insert("content".to_owned(), json!(["…"]));
    }
    if let Some(node) = node.as_object_mut() {
        let words = super::block::plain_words(node);
        let words = if words.trim().is_empty() { plain } else { words };
        let words = if words.trim().is_empty() { "…".to_owned() } else { words };
        node.insert("title".to_owned(), words.trim().into());
    }
    node
}

/// What a reader is told of a page that is not, or not wholly, translated.
fn banner(to: &mut Writer<'_>, page: &Page) -> Option<String> {
    let text = to.scene.edition.banner(page)?;
    Some(to.letters.read(&text, Place::default()).into_owned())
}

/// The page's own contents, where its author asks for them: their title, then the headings.
/// They have no numbers, since the page has others in the PDF of the publication.
fn own_contents(to: &mut Writer<'_>, page: &Page) -> Vec<Value> {
    let headings = page.printed_headings();
    if headings.is_empty() {
        return Vec::new();
    }
    let edition = to.scene.edition.language.clone();
    let label = to.scene.edition.labels.text("on-this-page");
    let label = Text { language: Some(edition), ..Text::plain(Place::default(), label) };
    let label = to.repeated(&label);
    let mut entries = vec![node! { "depth": 0, "words": label, "to": Value::Null }];
    for heading in headings {
        let words = heading.text.to_plain();
        let lead = to.lead_here(&heading.anchor, &words);
        let language = heading.text.language.clone();
        let words = Text { language, ..Text::plain(heading.place, words) };
        to.in_link = true;
        let words = to.repeated(&words);
        to.in_link = false;
        let depth = if heading.level > 2 { 2 } else { 1 };
        entries.push(node! { "depth": depth, "words": words, "to": lead });
    }
    entries
}

/// A place in the contents, and the sheet on which its page begins.
pub(super) type Starts = BTreeMap<PageKey, usize>;

/// The title page and the contents of a book.
pub(super) fn front(scene: Scene<'_>, starts: &Starts) -> Manuscript {
    let home = PageKey::new("/");
    let edition = scene.edition;
    let publication = &scene.site.publication;
    let mut to = Writer::bare(scene, &home, edition.language.clone());
    let mut plain =
        |text: &str| to.letters.read(text.trim(), Place::default()).into_owned();
    let cover = node! {
        "title": plain(&edition.title),
        "publisher": plain(&edition.publisher),
        "description": plain(&edition.description),
        "date": plain(&edition.labels.date(publication.date)),
        "language": plain(&edition.labels.text("language-name")),
        "address": plain(&publication.base),
    };
    let to_site = to.lead_outside(&publication.base, None);
    let mut entries = Vec::new();
    for entry in &edition.contents {
        contents(&mut to, entry, 0, starts, &mut entries);
    }
    let mut data = common(scene, "front");
    data.insert("cover".to_owned(), cover);
    data.insert("to-site".to_owned(), json!(to_site));
    data.insert("contents".to_owned(), to.label("contents").into());
    data.insert("entries".to_owned(), entries.into());
    manuscript(to, data.into())
}

fn contents(
    to: &mut Writer<'_>,
    entry: &Entry,
    depth: usize,
    starts: &Starts,
    out: &mut Vec<Value>,
) {
    let key = entry.page.as_ref();
    let start = key.and_then(|key| starts.get(key));
    let lead = match (key, start) {
        (Some(key), Some(_)) => to.lead_to_page(key, None, None),
        _ => None,
    };
    // A page that is not in the book and leads to none that is has no place in it.
    let has_pages = holds(entry, starts);
    if has_pages {
        to.in_link = true;
        let words = to.repeated(&entry.text);
        to.in_link = false;
        out.push(node! {
            "depth": depth, "leads": !entry.children.is_empty(), "words": words, "to": lead,
            "folio": start.map(|it| it.to_string()),
        });
    }
    for child in &entry.children {
        contents(to, child, depth + usize::from(has_pages), starts, out);
    }
}

/// How deep each entry of the contents lies.
pub(super) fn depths(data: &Value) -> Vec<usize> {
    let own = data.get("page").and_then(|it| it.get("toc"));
    let entries = own.or_else(|| data.get("entries")).and_then(Value::as_array);
    let depth = |entry: &Value| entry.get("depth").and_then(Value::as_u64).unwrap_or(0);
    let depths = entries.into_iter().flatten().map(depth);
    depths.map(|it| usize::try_from(it).unwrap_or(0)).collect()
}

/// Whether an entry or one under it leads to a page of the book.
fn holds(entry: &Entry, starts: &Starts) -> bool {
    entry.page.as_ref().is_some_and(|it| starts.contains_key(it))
        || entry.children.iter().any(|it| holds(it, starts))
}

/// What stands above and below a page of paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Margin {
    /// Above: the trail. The first page of each page of the site has none, since it
    /// begins with the trail itself.
    pub(super) header: Option<String>,
    /// Below, at the start: the public address.
    pub(super) address: String,
    /// Below, at the end: the page's number. The title page has none.
    pub(super) folio: bool,
}

/// The running headers and footers of so many pages, and what is attached to the file.
pub(super) fn margins(
    scene: Scene<'_>,
    margins: &[Margin],
    attachments: &[&Attachment],
) -> Manuscript {
    let home = PageKey::new("/");
    let edition = scene.edition;
    let mut to = Writer::bare(scene, &home, edition.language.clone());
    let total = margins.len();
    let pages = margins.iter().enumerate().map(|(index, margin)| {
        let folio = margin.folio.then(|| {
            edition.labels.format(
                "page-of",
                &[("page", (index + 1).into()), ("pages", total.into())],
            )
        });
        let mut read = |text: &str| to.letters.read(text, Place::default()).into_owned();
        node! {
            "header": margin.header.as_deref().map(&mut read),
            "address": read(&margin.address),
            "folio": folio.as_deref().map(&mut read),
        }
    });
    let pages: Vec<Value> = pages.collect();
    let mut data = common(scene, "margins");
    data.insert("pages".to_owned(), pages.into());
    let attached = attachments.iter().enumerate().map(|(number, it)| {
        node! {
            "file": world::attachment(number),
            "path": format!("/{}", it.path),
            "relationship": it.relationship.name(),
            "media-type": it.media_type,
            "description": it.description.as_str(),
        }
    });
    data.insert("attachments".to_owned(), attached.collect());
    let attachments = attachments.iter().map(|it| Arc::clone(&it.bytes)).collect();
    Manuscript { attachments, ..manuscript(to, data.into()) }
}

/// The margins of a page of the site that fills so many pages of paper.
pub(super) fn margins_of(scene: Scene<'_>, page: &Page, count: usize) -> Vec<Margin> {
    let publication = &scene.site.publication;
    let address = address::public(publication, &scene.edition.language, &page.key);
    let address = short_address(&address);
    let header = header(scene, page);
    let margin = |index: usize| Margin {
        header: (index > 0 || !page.show_breadcrumb).then(|| header.clone()),
        address: address.clone(),
        folio: true,
    };
    (0..count).map(margin).collect()
}

/// The trail in one line, without home; the middle gives way when it is too long.
fn header(scene: Scene<'_>, page: &Page) -> String {
    let crumbs: Vec<String> =
        page.trail.crumbs.iter().map(|it| it.text.to_plain().trim().to_owned()).collect();
    let own = crumbs.last().cloned().unwrap_or_default();
    if crumbs.len() < 2 {
        return shortened(&format!("{}{SEPARATOR}{own}", scene.edition.title));
    }
    let whole = crumbs.join(SEPARATOR);
    if whole.chars().count() <= HEADER {
        return whole;
    }
    let without_middle = format!("{}{SEPARATOR}…{SEPARATOR}{own}", crumbs[0]);
    shortened(&without_middle)
}

/// An address as it fits below a page: without its scheme, and with its host and its last
/// part only, or its host alone, when it is long. Screen readers skip what stands there,
/// so it may not hold what they need.
pub(super) fn short_address(address: &str) -> String {
    let address = address.split_once("://").map_or(address, |it| it.1);
    let is_short = |it: &str| {
        let words = it.split(|it: char| !it.is_alphanumeric());
        words.filter(|it| !it.is_empty()).count() <= 7 && it.chars().count() <= 70
    };
    if is_short(address) {
        return address.to_owned();
    }
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let both = format!("{host}/…/{last}/");
    if is_short(&both) { both } else { host.to_owned() }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= HEADER {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(HEADER - 1).collect();
    if let Some(space) = short.rfind(' ') {
        short.truncate(space);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_keeps_its_host_and_its_last_part() {
        let short = |it: &str| short_address(it);
        assert_eq!(short("https://a.fr/fr/mission/"), "a.fr/fr/mission/");
        assert_eq!(
            short("https://code.gouv.fr/fr/un/deux/trois/quatre/jitsi/"),
            "code.gouv.fr/…/jitsi/"
        );
        assert_eq!(short("https://a.fr/fr/un-deux-trois-quatre-cinq-six/"), "a.fr");
    }

    #[test]
    fn a_header_that_is_too_long_ends_at_a_word() {
        let long = "mot ".repeat(40);
        let short = shortened(long.trim());
        assert!(short.chars().count() <= HEADER && short.ends_with("mot…"), "{short}");
    }
}
