//! Where the links of our own pages lead, read from the published files as a stranger
//! would: every one to a page that is there, and to a place in it that is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use scraper::{Html, Selector};
use serde_json::Value;
use zip::ZipArchive;

use super::support::{files, ours};

/// The public address of our own publication, as its settings say.
const BASE: &str = "https://plantin.example";

/// What a page links to, and what can be linked to in it.
#[derive(Debug, Default)]
struct Page {
    links: Vec<String>,
    places: BTreeSet<String>,
}

#[test]
fn every_link_of_our_site_leads_somewhere() {
    let files = files(&ours().join("html"));
    let pages = pages(&files, "html");
    assert!(pages.len() > 10, "there are pages");
    let mut seen = 0;
    for (path, page) in &pages {
        for link in &page.links {
            let Some((target, place)) = within_site(path, link) else { continue };
            seen += 1;
            let target = if target.is_empty() || target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target
            };
            leads_somewhere(path, link, &target, &place, &files, &pages);
        }
    }
    assert!(seen > 100, "only {seen} links");
}

#[test]
fn every_link_of_our_books_leads_somewhere() {
    for (name, bytes) in files(&ours().join("epub")) {
        let files = unpacked(bytes);
        let pages = pages(&files, "xhtml");
        assert!(pages.len() > 5, "{name}: there are chapters");
        let mut seen = 0;
        for (path, page) in &pages {
            for link in page.links.iter().filter(|link| !link.contains(':')) {
                seen += 1;
                let (target, place) = link.split_once('#').unwrap_or((link.as_str(), ""));
                let target =
                    if target.is_empty() { path.clone() } else { join(path, target) };
                leads_somewhere(path, link, &target, place, &files, &pages);
            }
        }
        assert!(seen > 50, "{name}: only {seen} links");
    }
}

#[test]
fn every_page_names_itself_and_its_versions_which_name_it_back() {
    let files = files(&ours().join("html"));
    let mut versions: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, html) in parsed(&files, "html") {
        // The page that offers the languages is of none of them; the one that is shown in the
        // place of a page that is not there has no address of its own.
        if path == "index.html" || path.ends_with("404.html") {
            continue;
        }
        let address = format!("{BASE}/{}", path.trim_end_matches("index.html"));
        let alternates: BTreeMap<String, String> =
            select(&html, "link[rel=alternate][hreflang]")
                .map(|it| (it["hreflang"].clone(), it["href"].clone()))
                .collect();
        let canonical = select(&html, "link[rel=canonical]").next();
        let canonical =
            canonical.unwrap_or_else(|| panic!("{path} has no canonical address"));
        assert!(alternates.contains_key("x-default"), "{path}: {alternates:?}");
        if canonical["href"] == address {
            versions.insert(address, alternates);
        }
    }
    assert!(versions.len() > 10, "{versions:?}");
    for (address, alternates) in &versions {
        for (language, other) in alternates {
            let back =
                versions.get(other).unwrap_or_else(|| panic!("{address}: no {other}"));
            assert!(
                language == "x-default" || back == alternates,
                "{address} and {other}"
            );
        }
    }
}

#[test]
fn the_breadcrumb_that_machines_read_is_the_one_that_people_read() {
    let files = files(&ours().join("html"));
    let mut seen = 0;
    for (path, html) in parsed(&files, "html") {
        let data =
            Selector::parse("script[type='application/ld+json']").expect("a selector");
        let lists = html.select(&data).map(|it| it.text().collect::<String>());
        let lists =
            lists.map(|it| serde_json::from_str::<Value>(&it).expect("JSON-LD is JSON"));
        for list in lists.filter(|it| it["@type"] == "BreadcrumbList") {
            let steps = list["itemListElement"].as_array().expect("a list");
            let said: Vec<&str> =
                steps.iter().filter_map(|it| it["name"].as_str()).collect();
            let shown = Selector::parse("nav li").expect("a selector");
            let shown: Vec<String> = html
                .select(&shown)
                .map(|it| words(&it.text().collect::<String>()))
                .collect();
            let found = shown.windows(said.len()).any(|it| it == said);
            assert!(found, "{path}: {said:?} is not shown in {shown:?}");
            seen += 1;
        }
    }
    assert!(seen > 5, "only {seen} breadcrumbs");
}

/// The path in the site, and the place in the page, of a link that stays in the site.
fn within_site(from: &str, link: &str) -> Option<(String, String)> {
    let (address, place) = link.split_once('#').unwrap_or((link, ""));
    let path = match address.strip_prefix(BASE) {
        Some(path) => path.trim_start_matches('/').to_owned(),
        None if address.contains(':') => return None,
        None if address.is_empty() => from.to_owned(),
        None => match address.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => join(from, address),
        },
    };
    Some((path, place.to_owned()))
}

/// A relative address, from the file in which it is written.
fn join(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn leads_somewhere(
    from: &str,
    link: &str,
    target: &str,
    place: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<String, Page>,
) {
    assert!(files.contains_key(target), "{from}: {link} leads to no file ({target})");
    if let Some(page) = pages.get(target).filter(|_| !place.is_empty()) {
        assert!(page.places.contains(place), "{from}: {link} leads to no place");
    }
}

fn pages(files: &BTreeMap<String, Vec<u8>>, extension: &str) -> BTreeMap<String, Page> {
    let named = |name| format!("[{name}]");
    parsed(files, extension)
        .map(|(path, html)| {
            let mut page = Page::default();
            for name in ["href", "src"] {
                page.links.extend(select(&html, &named(name)).map(|it| it[name].clone()));
            }
            page.places.extend(select(&html, &named("id")).map(|it| it["id"].clone()));
            (path, page)
        })
        .collect()
}

fn parsed<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    extension: &'a str,
) -> impl Iterator<Item = (String, Html)> + 'a {
    files
        .iter()
        .filter(move |(path, _)| {
            path.rsplit_once('.').is_some_and(|it| it.1 == extension)
        })
        .map(|(path, text)| {
            (path.clone(), Html::parse_document(&String::from_utf8_lossy(text)))
        })
}

/// The attributes of each element that a selector finds.
fn select<'a>(
    html: &'a Html,
    selector: &str,
) -> impl Iterator<Item = BTreeMap<String, String>> + 'a {
    let found: Vec<_> =
        html.select(&Selector::parse(selector).expect("a selector")).collect();
    found.into_iter().map(|element| {
        let attributes = element.value().attrs();
        attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    })
}

fn unpacked(book: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut book = ZipArchive::new(Cursor::new(book)).expect("a book is an archive");
    let mut files = BTreeMap::new();
    for at in 0..book.len() {
        let mut entry = book.by_index(at).expect("the archive is whole");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("the archive is whole");
        let name = entry.name().expect("names are UTF-8").into_owned();
        files.insert(name, bytes);
    }
    files
}

/// Words with one space between them.
fn words(text: &str) -> String {
    text.split([' ', '\n', '\t'])
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
