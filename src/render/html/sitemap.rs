//! The map of the site for search engines, and the file that leads them to it.
//!
//! Each page is there in each language in which it exists, with the addresses of its other
//! languages, as the heads of the pages say it. A page that is only a copy of its source is
//! not announced.

use super::{Writer, element::Xhtml};
use crate::{
    document::Date,
    site::{Page, address},
};

/// How many addresses a map may hold, and how many bytes, see
/// <https://www.sitemaps.org/protocol.html>.
#[derive(Clone, Copy)]
struct Limit {
    addresses: usize,
    bytes: usize,
}

const LIMIT: Limit = Limit { addresses: 50_000, bytes: 50 << 20 };

/// The files of the map, by their paths in the site: `sitemap.xml` and, where the site is too
/// large for one, those that it then lists.
pub(super) fn sitemap(writer: &Writer<'_>) -> Vec<(String, String)> {
    divided(urls(writer), &writer.site.publication.base, LIMIT)
}

/// What is said of each address.
fn urls(writer: &Writer<'_>) -> Vec<String> {
    let publication = &writer.site.publication;
    let mut urls = vec![url(&format!("{}/", publication.base), None, &[])];
    for edition in &writer.site.editions {
        let pages = edition.pages.iter().filter(|it| !it.fallback);
        urls.extend(pages.map(|page| {
            let own = address::public(publication, &edition.language, &page.key);
            let others = address::versions(publication, page);
            url(&own, last_change(page), &others)
        }));
    }
    urls
}

/// Divides a map into as many as it needs, and lists them in one that has its place.
fn divided(urls: Vec<String>, base: &str, limit: Limit) -> Vec<(String, String)> {
    const HEAD: usize = 1_000;
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    let mut size = HEAD;
    for url in urls {
        let part = parts.last_mut().expect("there is a first part");
        let is_full = part.len() == limit.addresses || size + url.len() > limit.bytes;
        if is_full && !part.is_empty() {
            parts.push(Vec::new());
            size = HEAD;
        }
        size += url.len();
        parts.last_mut().expect("there is a first part").push(url);
    }
    if let [only] = parts.as_slice() {
        return vec![(address::SITEMAP.to_owned(), map(only))];
    }
    let numbered = (1..).map(|it| format!("sitemap-{it}.xml"));
    let parts: Vec<(String, String)> =
        numbered.zip(parts.iter().map(|it| map(it))).collect();
    let list = (address::SITEMAP.to_owned(), list(base, parts.iter().map(|it| &*it.0)));
    std::iter::once(list).chain(parts).collect()
}

/// A map of these addresses.
fn map(urls: &[String]) -> String {
    let mut out = Xhtml::new(64 * 1024, true);
    out.fragment(DECLARATION);
    out.start("urlset")
        .attr("xmlns", NAMESPACE)
        .attr("xmlns:xhtml", "http://www.w3.org/1999/xhtml")
        .open();
    out.line();
    urls.iter().for_each(|it| out.fragment(it));
    out.end();
    out.line();
    out.finish()
}

/// A list of maps.
fn list<'a>(base: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut out = Xhtml::new(4096, true);
    out.fragment(DECLARATION);
    out.start("sitemapindex").attr("xmlns", NAMESPACE).open();
    out.line();
    for name in names {
        out.start("sitemap").open();
        out.line();
        out.entry("loc", &format!("{base}/{name}"));
        out.end();
        out.line();
    }
    out.end();
    out.line();
    out.finish()
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The day of the last change that its author tells, else a page's own date.
fn last_change(page: &Page) -> Option<Date> {
    page.document.meta.updated.or(page.date)
}

fn url(address: &str, date: Option<Date>, versions: &[(String, String)]) -> String {
    let mut out = Xhtml::new(256, true);
    out.start("url").open();
    out.line();
    out.entry("loc", address);
    if let Some(date) = date {
        out.entry("lastmod", &date.to_string());
    }
    for (language, href) in versions {
        let start = out.start("xhtml:link").attr("rel", "alternate");
        start.attr("hreflang", language).attr("href", href).void();
        out.line();
    }
    out.end();
    out.line();
    out.finish()
}

/// `robots.txt` (RFC 9309): everything may be read, and where the map is.
pub(super) fn robots(writer: &Writer<'_>) -> String {
    let base = &writer.site.publication.base;
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}/{}\n", address::SITEMAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize, limit: Limit) -> Vec<(String, usize)> {
        let urls = (0..count).map(|it| url(&format!("https://a.fr/{it}/"), None, &[]));
        let files = divided(urls.collect(), "https://a.fr", limit);
        files
            .into_iter()
            .map(|(name, text)| (name, text.matches("<loc>").count()))
            .collect()
    }

    fn named(name: &str, count: usize) -> (String, usize) {
        (name.to_owned(), count)
    }

    #[test]
    fn a_site_of_few_addresses_has_one_map() {
        assert_eq!(names(4, LIMIT), [named("sitemap.xml", 4)]);
        assert_eq!(names(0, LIMIT), [named("sitemap.xml", 0)]);
        let limit = Limit { addresses: 4, ..LIMIT };
        assert_eq!(names(4, limit), [named("sitemap.xml", 4)]);
    }

    #[test]
    fn a_site_of_many_addresses_has_a_map_of_maps() {
        let parts = [
            named("sitemap.xml", 3),
            named("sitemap-1.xml", 4),
            named("sitemap-2.xml", 4),
            named("sitemap-3.xml", 1),
        ];
        assert_eq!(names(9, Limit { addresses: 4, ..LIMIT }), parts);
    }

    #[test]
    fn a_map_is_no_larger_than_it_may_be() {
        let urls: Vec<String> =
            (0..100).map(|_| url(&"x".repeat(100), None, &[])).collect();
        let files = divided(urls, "https://a.fr", Limit { bytes: 4_000, ..LIMIT });
        assert!(files.len() > 3);
        assert!(files.iter().all(|it| it.1.len() <= 4_000), "{:?}", files.len());
        let locs = files[1..].iter().map(|it| it.1.matches("<loc>").count());
        assert_eq!(locs.sum::<usize>(), 100);
    }
}
