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

/// `sitemap.xml`, see <https://www.sitemaps.org/protocol.html>.
pub(super) fn sitemap(writer: &Writer<'_>) -> String {
    let publication = &writer.site.publication;
    let mut out = Xhtml::new(64 * 1024, true);
    out.fragment("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.start("urlset")
        .attr("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
        .attr("xmlns:xhtml", "http://www.w3.org/1999/xhtml")
        .open();
    out.line();
    url(&mut out, &format!("{}/", publication.base), None, &[]);
    for edition in &writer.site.editions {
        let pages = edition.pages.iter().filter(|it| !it.fallback);
        for page in pages {
            let own = address::public(publication, &edition.language, &page.key);
            let others = address::versions(publication, page);
            url(&mut out, &own, last_change(page), &others);
        }
    }
    out.end();
    out.line();
    out.finish()
}

/// The day of the last change that its author tells: a page's own date.
fn last_change(page: &Page) -> Option<Date> {
    page.date
}

fn url(
    out: &mut Xhtml,
    address: &str,
    date: Option<Date>,
    versions: &[(String, String)],
) {
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
}

/// `robots.txt` (RFC 9309): everything may be read, and where the map is.
pub(super) fn robots(writer: &Writer<'_>) -> String {
    let base = &writer.site.publication.base;
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n")
}
