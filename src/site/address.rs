//! Where things are published: public addresses and paths under `exports/`.
//!
//! The one place that knows how a page's key becomes a path. Everything is made of the
//! key's own parts, so that no path can leave its folder.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::{Page, Publication, paths};
use crate::{
    document::{Language, PageKey},
    source::dated,
};

/// The public address of a page: `https://host/fr/mission/`.
pub fn public(publication: &Publication, language: &Language, key: &PageKey) -> String {
    format!("{}/{language}{}", publication.base, encode(key.as_str()))
}

/// The versions of a page: the language and the public address of each in which it exists as
/// such, itself included, so that each names all the others, and `x-default`. A page that is
/// a copy of its source is no version, and has none.
pub fn versions(publication: &Publication, page: &Page) -> Vec<(String, String)> {
    if page.fallback {
        return Vec::new();
    }
    let available = &page.available;
    let source = available.iter().find(|it| **it == publication.source);
    let default = source.or(available.first());
    let one = |tag: &str, language: &Language| {
        (tag.to_owned(), public(publication, language, &page.key))
    };
    let versions = available.iter().map(|it| one(it.as_str(), it));
    versions.chain(default.map(|it| one("x-default", it))).collect()
}

/// The public address of a path under `exports/html`.
pub fn public_file(publication: &Publication, path: &str) -> String {
    format!("{}/{}", publication.base, encode(path))
}

/// The page that offers the languages, under `exports/html`.
pub const FRONT: &str = "index.html";

/// What a server shows where there is no page, under `exports/html` and in the folder of each
/// language there. No page has this name, in whatever folder.
pub const NOT_FOUND: &str = "404.html";

/// What is shown in a language where there is no page, under `exports/html`.
pub fn not_found(language: &Language) -> String {
    format!("{language}/{NOT_FOUND}")
}

/// The style of the site, under `exports/html`.
pub const STYLE: &str = "assets/site.css";

/// The map of the site for search engines, under `exports/html`.
pub const SITEMAP: &str = "sitemap.xml";

/// What search engines may read, under `exports/html`.
pub const ROBOTS: &str = "robots.txt";

/// The folder under `exports/html` that holds what was made of images.
pub const PICTURES: &str = "assets/pictures";

/// The names of an edition's feeds.
pub const FEEDS: [&str; 2] = ["feed.xml", "feed.json"];

/// The path of a feed under `exports/html`: `fr/feed.xml`.
pub fn feed(language: &Language, name: &str) -> String {
    format!("{language}/{name}")
}

/// The path under `exports/html` of a file of the theme, by its path under `themes/html`.
pub fn theme(path: &str) -> String {
    format!("assets/{path}")
}

/// The file that a folder of the site shows.
const INDEX: &str = "index.html";

/// The path of a page under `exports/html`: `fr/mission/index.html`.
pub fn html(language: &Language, key: &PageKey) -> String {
    format!("{language}{}{INDEX}", key.as_str())
}

/// The path under `exports/html` of the file for calendars of a page that announces an event.
pub fn event(language: &Language, key: &PageKey) -> String {
    format!("{language}{key}event.ics")
}

/// The path under `exports/html` of a file of the workspace, by its path under `content`.
pub fn file(path: &str) -> String {
    format!("assets/content/{path}")
}

/// The path of a page's PDF under `exports/`, and under `exports/html` again so that the
/// site is whole by itself: `pdf/fr/mission/objectifs.pdf`; home is `pdf/fr/index.pdf`.
pub fn pdf(language: &Language, key: &PageKey) -> String {
    format!("pdf/{language}/{}", named(key, ".pdf"))
}

/// The file that shows a page where each page is one, in folders that are named like the
/// address: two pages never have one file, and none has a file where another has a folder.
///
/// So home is `index`, a page that is called so itself is `index/index`, and a folder does
/// not end like a file: `/x.pdf/y/` is `x.pdf_/y.pdf`. [`key_of`] is the way back.
pub fn named(key: &PageKey, ending: &str) -> String {
    let mut parts: Vec<String> =
        key.as_str().split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect();
    if parts.iter().all(|it| paths::folded(it) == HOME) {
        parts.push(HOME.to_owned());
    }
    let last = parts.len() - 1;
    for folder in parts[..last].iter_mut().filter(|it| ends_like_a_file(it, ending)) {
        folder.push('_');
    }
    parts.join("/") + ending
}

/// The page of a file that was named by [`named`].
pub fn key_of(file: &str, ending: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.strip_suffix(ending)?.split('/').collect();
    if parts.iter().all(|it| paths::folded(it) == HOME) {
        parts.pop();
    }
    let last = parts.len().saturating_sub(1);
    for folder in parts[..last].iter_mut().filter(|it| ends_like_a_file(it, ending)) {
        *folder = folder.strip_suffix('_').unwrap_or(folder);
    }
    let key: String = parts.iter().flat_map(|it| [*it, "/"]).collect();
    Some(format!("/{key}"))
}

/// Whether the site has a folder of this name, beside those of the languages.
pub fn is_folder_of_site(name: &str) -> bool {
    ["assets", "pdf", "epub"].contains(&paths::folded(name).as_str())
}

/// What home is called where each page is a file.
const HOME: &str = "index";

/// Whether the name of a folder ends like that of a file, or like one that was told apart
/// from it.
fn ends_like_a_file(name: &str, ending: &str) -> bool {
    paths::folded(name).trim_end_matches(['_', '.', ' ']).ends_with(ending)
}

/// The path of the publication's PDF under `exports/` and `exports/html`.
pub fn pdf_book(publication: &Publication, language: &Language) -> String {
    format!("pdf/{}.{language}.pdf", publication.name)
}

/// The path of the publication's EPUB under `exports/` and `exports/html`.
pub fn epub(publication: &Publication, language: &Language) -> String {
    format!("epub/{}.{language}.epub", publication.name)
}

/// The way from one path under a folder to another, both without a leading slash:
/// `relative("fr/a/index.html", "fr/b/")` is `../b/`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let common = (0..folders.min(to.len() - 1)).take_while(|&i| from[i] == to[i]).count();
    let mut parts = vec![".."; folders - common];
    parts.extend(&to[common..]);
    let path = parts.join("/");
    if path.is_empty() { "./".to_owned() } else { encode(&path) }
}

/// What is encoded in the path of an address: all that RFC 3986, 3.3 does not allow.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes what may not stand in the path of an address.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Why a page cannot be published where it asks to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would leave the site (`..`), or hold what no address may hold.
    NotAnAddress,
    /// It, or a part of it, is longer than the path of a file can be.
    TooLong,
    /// It has more levels than anybody could find a page by.
    TooDeep,
}

/// The longest part of an address, in bytes: a file name holds 255, and `.pdf` is added.
pub const LONGEST_PART: usize = 240;
/// The longest address, in bytes: most systems open no path of more than 4096, and that of
/// the publication's folder comes before it; in an address, a letter may take nine.
pub const LONGEST: usize = 1_000;
/// How many levels an address may have. Each level without a page of its own gets one.
pub const DEEPEST: usize = 32;

/// The key and, where the address begins with one, the language of a page that asks for
/// an address: `/fr/mission/` is `/mission/` in French.
pub fn from_permalink(
    permalink: &str,
    languages: &[Language],
) -> Result<(PageKey, Option<Language>), Refusal> {
    let path = permalink.trim().trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    let mut parts: Vec<&str> = path.split('/').collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let language = parts.first().and_then(|first| {
        languages.iter().find(|language| language.as_str() == *first).cloned()
    });
    if language.is_some() {
        parts.remove(0);
    }
    Ok((key(&parts)?, language))
}

/// The key and, where the file lies in a folder named after one, the language of a page
/// by its path under `content`: `fr/about/index.md` is `/about/` in French.
///
/// As on Eleventy sites, `index.md` and a file named like its folder stand for the folder,
/// and a day before a name (`2024-09-16-bilan.md`) is no part of it.
/// `slug` replaces the name of the last part.
pub fn from_path(
    path: &str,
    slug: Option<&str>,
    languages: &[Language],
) -> Result<(PageKey, Option<Language>), Refusal> {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let mut parts: Vec<&str> = stem.split('/').collect();
    let language = parts.first().filter(|_| parts.len() > 1).and_then(|first| {
        languages.iter().find(|language| language.as_str() == *first).cloned()
    });
    if language.is_some() {
        parts.remove(0);
    }
    let name = parts.last().copied().unwrap_or_default();
    if name == "index" || parts.len() > 1 && parts[parts.len() - 2] == name {
        parts.pop();
    } else if let Some(last) = parts.last_mut() {
        // A date before a name is the page's, and no part of its address.
        *last = dated(last).1;
    }
    if let Some(slug) = slug.filter(|it| !it.is_empty())
        && let Some(last) = parts.last_mut()
    {
        *last = slug;
    }
    Ok((key(&parts)?, language))
}

/// The key made of these parts.
fn key(parts: &[&str]) -> Result<PageKey, Refusal> {
    let forbidden = |it: char| {
        it.is_control()
            || matches!(
                it,
                '\\' | ':' | '?' | '#' | '%' | '"' | '<' | '>' | '|' | '*' | '{' | '}'
            )
    };
    let length: usize = parts.iter().map(|it| it.len() + 1).sum();
    if length >= LONGEST {
        return Err(Refusal::TooLong);
    }
    if parts.len() > DEEPEST {
        return Err(Refusal::TooDeep);
    }
    let mut path = String::from("/");
    for part in parts {
        if part.is_empty()
            || part.starts_with('.')
            || part.contains(forbidden)
            || part.trim() != *part
            // In each folder a file of this name shows the page above.
            || [INDEX, NOT_FOUND].contains(&paths::folded(part).as_str())
        {
            return Err(Refusal::NotAnAddress);
        }
        // Addresses have their accents in one way (RFC 3987, 5.3.2.2): some systems take
        // them apart in the names of files.
        let before = path.len();
        path.extend(part.nfc());
        if path.len() - before > LONGEST_PART {
            return Err(Refusal::TooLong);
        }
        path.push('/');
    }
    if path.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    Ok(PageKey::new(&path))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{paths::Oddity, *};

    fn languages() -> [Language; 2] {
        [Language::new("fr"), Language::new("en")]
    }

    fn path(path: &str) -> String {
        from_path(path, None, &languages()).expect("a good path").0.to_string()
    }

    #[test]
    fn a_path_gives_its_key_without_language_index_or_repeated_name() {
        assert_eq!(path("index.md"), "/");
        assert_eq!(path("fr/about/index.md"), "/about/");
        assert_eq!(path("fr/blog/osd/osd.md"), "/blog/osd/");
        assert_eq!(path("manuel/écrire.md"), "/manuel/écrire/");
        assert_eq!(path("blog/2024-09-16-bilan.md"), "/blog/bilan/");
        assert_eq!(path("fr.md"), "/fr/");
    }

    #[test]
    fn a_slug_replaces_the_last_part() {
        let (key, _) =
            from_path("fr/legal/index.md", Some("mentions-legales"), &languages())
                .expect("a good path");
        assert_eq!(key.as_str(), "/mentions-legales/");
    }

    #[test]
    fn a_permalink_gives_its_key_and_its_language() {
        let (key, language) =
            from_permalink("/en/mission/", &languages()).expect("a good address");
        assert_eq!((key.as_str(), language), ("/mission/", Some(Language::new("en"))));
        let (key, _) = from_permalink("/a/b.html", &languages()).expect("a good address");
        assert_eq!(key.as_str(), "/a/b/");
    }

    #[test]
    fn a_permalink_cannot_leave_the_site() {
        for bad in [
            "../../x",
            "/a/../b/",
            "a//b",
            "/a\\b/",
            "/{{ page.slug }}/",
            "/a/.htaccess/",
            "/index.html/",
            "/a/Index.HTML/b/",
            "C:/x/",
        ] {
            assert_eq!(
                from_permalink(bad, &languages()),
                Err(Refusal::NotAnAddress),
                "{bad}"
            );
        }
        for long in ["x".repeat(241), "x/".repeat(1_001)] {
            assert_eq!(from_permalink(&long, &languages()), Err(Refusal::TooLong));
        }
    }

    #[test]
    fn an_address_has_its_accents_in_one_way() {
        assert_eq!(path("e\u{301}te\u{301}.md"), "/\u{e9}t\u{e9}/");
        let apart = "e\u{301}".repeat(100);
        assert_eq!(path(&format!("{apart}.md")), format!("/{}/", "é".repeat(100)));
    }

    #[test]
    fn each_page_has_a_file_of_its_own() {
        let named = |key: &str| named(&PageKey::new(key), ".pdf");
        assert_eq!(named("/"), "index.pdf");
        assert_eq!(named("/mission/objectifs/"), "mission/objectifs.pdf");
        assert_eq!(named("/index/"), "index/index.pdf");
        assert_eq!(named("/Index/index/"), "Index/index/index.pdf");
        assert_eq!(named("/index/a/"), "index/a.pdf");
        assert_eq!(named("/x.pdf/"), "x.pdf.pdf");
        assert_eq!(named("/x.pdf/y/"), "x.pdf_/y.pdf");
        assert_eq!(named("/x.PDF_/y.pdf/z/"), "x.PDF__/y.pdf_/z.pdf");
    }

    /// Parts of addresses that are made to meet each other.
    fn parts() -> impl Strategy<Value = String> {
        let part =
            "(x|X|é|e\u{301}|ß|ss|index|Index)([._]|[.]pdf|[.]PDF|[.]html|[.]json){0,3}";
        prop::collection::vec(part, 0..4).prop_map(|it| it.join("/"))
    }

    proptest! {
        #[test]
        fn no_two_pages_have_one_file_and_none_is_a_folder_of_another(
            permalinks in prop::collection::vec(parts(), 0..24),
        ) {
            let keys = permalinks.iter().filter_map(|it| from_permalink(it, &[]).ok());
            let mut seen = BTreeSet::new();
            let keys: Vec<PageKey> = keys
                .map(|it| it.0)
                .filter(|it| seen.insert(paths::folded(it.as_str())))
                .collect();
            let own = languages();
            let files: Vec<String> = own
                .iter()
                .flat_map(|language| {
                    keys.iter().flat_map(|key| {
                        let pdf = pdf(language, key);
                        let copy = format!("html/{pdf}");
                        [format!("html/{}", html(language, key)), pdf, copy]
                    })
                })
                .chain([FRONT, NOT_FOUND, STYLE, SITEMAP, ROBOTS].map(|it| format!("html/{it}")))
                .chain(own.iter().map(|it| format!("html/{}", not_found(it))))
                .collect();
            let files = files.iter().map(String::as_str);
            prop_assert_eq!(paths::collisions(files.clone()), []);
            let is_too_long =
                |it: &str| matches!(paths::odd_name(it), Some((Oddity::TooLong, _)));
            prop_assert!(!files.into_iter().any(is_too_long));
        }

        #[test]
        fn the_page_of_a_file_is_found_again(permalink in parts()) {
            if let Ok((key, _)) = from_permalink(&permalink, &[]) {
                let back = key_of(&named(&key, ".pdf"), ".pdf");
                prop_assert_eq!(back.as_deref(), Some(key.as_str()));
            }
        }
    }

    #[test]
    fn the_length_of_an_address_is_counted_in_bytes() {
        let refused = |it: String| from_permalink(&it, &languages()).err();
        assert_eq!(refused("x".repeat(LONGEST_PART)), None);
        assert_eq!(refused("é".repeat(LONGEST_PART / 2)), None);
        assert_eq!(refused("é".repeat(LONGEST_PART / 2 + 1)), Some(Refusal::TooLong));
        assert_eq!(refused("😀".repeat(64)), Some(Refusal::TooLong));
        assert_eq!(refused("a/".repeat(DEEPEST)), None);
        assert_eq!(refused("a/".repeat(DEEPEST + 1)), Some(Refusal::TooDeep));
        assert_eq!(refused(format!("{}/", "x".repeat(200)).repeat(4)), None);
        assert_eq!(
            refused(format!("{}/", "x".repeat(200)).repeat(25)),
            Some(Refusal::TooLong)
        );
    }

    #[test]
    fn the_way_between_two_pages_is_relative() {
        assert_eq!(relative("fr/a/index.html", "fr/b/"), "../b/");
        assert_eq!(relative("fr/index.html", "fr/"), "./");
        assert_eq!(relative("fr/a/index.html", "en/é/"), "../../en/%C3%A9/");
        assert_eq!(relative("index.html", "fr/"), "fr/");
    }
}
