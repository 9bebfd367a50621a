//! Which page is the translation of which.
//!
//! A page and its translation have one address in a workspace, whatever the language. They
//! are found by their place in the folders of their languages, by what their front matter
//! says, and by the links that lead from one to the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{By, Pair, Plan, Site, file, layout::Layout, settings};
use crate::{
    diagnostic::Diagnostic,
    document::{
        Document, Language, PageKey, text,
        walk::{self, Reference},
    },
    site::{address, assemble},
    source::{self, slug::slug},
};

/// The keys of the front matter that name what a page and its translations share.
const SHARED: [&str; 7] = [
    "translationKey",
    "translation_key",
    "translationId",
    "translation_id",
    "i18nKey",
    "i18n_key",
    "localeKey",
];

/// The keys of the front matter that name the addresses of translations.
const ADDRESSES: [&str; 6] = [
    "translations",
    "translation",
    "alternates",
    "alternate",
    "hreflang",
    "translationOf",
];

/// The words by which a link says that it leads to a translation.
const WORDS: [&str; 11] = [
    "version",
    "traduction",
    "translation",
    "traduit",
    "translated",
    "english",
    "french",
    "anglais",
    "français",
    "lire en",
    "read in",
];

/// A page, read.
struct Written<'a> {
    path: &'a str,
    inside: String,
    language: Language,
    key: PageKey,
    /// Its path in the folder of its language.
    place: String,
    document: Document,
}

/// Finds the translations of the pages in the language of the authors.
pub(super) fn pairs(site: &Site, layout: &Layout) -> Vec<Pair> {
    let pages = read(site, layout);
    let source = &layout.languages[0];
    let (own, others): (Vec<&Written<'_>>, Vec<&Written<'_>>) =
        pages.iter().partition(|it| it.language == *source);
    let base = settings::address(&layout.metadata(site)).unwrap_or_default();
    let links = links(&pages, layout, &base);
    let mut taken: BTreeSet<(&str, &Language)> = BTreeSet::new();
    let mut pairs = Vec::new();
    for by in [By::Place, By::Key, By::Link] {
        for page in &others {
            if pairs.iter().any(|it: &Pair| it.translation == content(page)) {
                continue;
            }
            let is = |it: &&&Written<'_>| match by {
                By::Place => it.key == page.key || it.place == page.place,
                By::Key => says_so(it, page, layout) || says_so(page, it, layout),
                By::Link => {
                    let one = |a: &Written<'_>, b: &Written<'_>| {
                        links.get(a.path) == Some(&b.path)
                    };
                    one(it, page) || one(page, it)
                }
            };
            let mut found = own.iter().filter(is);
            let first = found.next();
            if let Some(first) = first
                && found.next().is_none()
                && taken.insert((first.path, &page.language))
            {
                pairs.push(Pair {
                    source: content(first),
                    translation: content(page),
                    language: page.language.clone(),
                    by,
                });
            }
        }
    }
    pairs.sort_by(|one, other| one.translation.cmp(&other.translation));
    pairs
}

fn content(page: &Written<'_>) -> String {
    format!("content/{}", page.inside)
}

fn read<'a>(site: &'a Site, layout: &'a Layout) -> Vec<Written<'a>> {
    let languages = &layout.languages;
    let read = |(path, inside): (&'a str, String)| {
        let options =
            source::Options { language: languages[0].clone(), name: String::new() };
        let document = source::read(site.texts.get(path)?, &options).value;
        let (key, prefix) = assemble::key(&document, &inside, languages, &slug).value?;
        let folder = inside
            .split_once('/')
            .filter(|it| languages.iter().any(|language| language.as_str() == it.0));
        let named = document.meta.language.clone().filter(|it| languages.contains(it));
        let language = named.or(prefix).or_else(|| folder.map(|it| Language::new(it.0)));
        Some(Written {
            path,
            language: language.unwrap_or_else(|| languages[0].clone()),
            key,
            place: folder.map_or(inside.clone(), |it| it.1.to_owned()),
            inside,
            document,
        })
    };
    layout.all_pages(site).filter_map(read).collect()
}

/// Whether the front matter of a page names another as its translation.
fn says_so(page: &Written<'_>, other: &Written<'_>, layout: &Layout) -> bool {
    let value = |page: &Written<'_>, key: &str| {
        let value = page.document.meta.other.get(key)?;
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        (!value.is_empty()).then_some(value)
    };
    let shared = SHARED.iter().any(|key| {
        let own = value(page, key);
        own.is_some() && own == value(other, key)
    });
    shared
        || ADDRESSES.iter().filter_map(|key| value(page, key)).any(|value| {
            let parts = value.split([' ', '\n', ',', '"', '\'', '{', '}', '[', ']']);
            parts.filter(|it| it.contains('/')).any(|part| leads_to(part, other, layout))
        })
}

/// Whether an address is that of a page, in its language.
fn leads_to(address: &str, page: &Written<'_>, layout: &Layout) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let found = address::from_permalink(path, &layout.languages).ok();
    found == Some((page.key.clone(), Some(page.language.clone())))
}

/// The one page in another language that each page leads to as its translation.
fn links<'a>(
    pages: &'a [Written<'a>],
    layout: &Layout,
    base: &str,
) -> BTreeMap<&'a str, &'a str> {
    let mut links = BTreeMap::new();
    for page in pages {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        walk::references(&page.document, &mut |reference| {
            let Reference::Link(link) = reference else { return };
            let words = text::plain(&link.inlines).to_lowercase();
            if !WORDS.iter().any(|it| words.contains(it)) {
                return;
            }
            let path = match link.address.strip_prefix(base) {
                Some(path) if !base.is_empty() => path,
                _ => link.address.as_str(),
            };
            let other = |it: &&Written<'_>| {
                it.language != page.language && leads_to(path, it, layout)
            };
            found.extend(pages.iter().find(other).map(|it| it.path));
        });
        if found.len() == 1 {
            links.extend(found.pop_first().map(|it| (page.path, it)));
        }
    }
    links
}

/// Gives each translation the address of its source, where it has another.
pub(super) fn settle(
    site: &Site,
    layout: &Layout,
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let pages = read(site, layout);
    let by_target: BTreeMap<String, &Written<'_>> =
        pages.iter().map(|it| (content(it), it)).collect();
    for pair in &plan.pairs {
        let (source, translation) =
            (by_target[&pair.source], by_target[&pair.translation]);
        let place = file(translation.path);
        if source.key == translation.key {
            let note = Diagnostic::note("import-pair").with("page", source.path);
            told.push(note.in_file(&place));
            continue;
        }
        let address = format!("/{}{}", translation.language, source.key);
        let note = Diagnostic::warning("import-pair-moved").with("page", source.path);
        let old = format!("/{}{}", translation.language, translation.key);
        told.push(note.with("old", old).with("new", &address).in_file(&place));
        let text = with_permalink(&site.texts[translation.path], &address);
        plan.files.insert(pair.translation.clone(), text);
        plan.copies.retain(|it| it.1 != pair.translation);
    }
}

/// The text of a page that asks for this address.
fn with_permalink(text: &str, address: &str) -> String {
    let line = format!("permalink: {address}\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    if lines.next().is_none_or(|it| it.trim_end() != "---") {
        return format!("---\n{line}---\n\n{text}");
    }
    let mut out = format!("---\n{line}");
    let mut inside = true;
    for it in lines {
        inside &= it.trim_end() != "---";
        if !(inside && it.starts_with("permalink:")) {
            out.push_str(it);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_an_address_and_nothing_else() {
        let text = "---\ntitle: A\npermalink: /en/x/\n---\n\npermalink: b\n";
        let with = with_permalink(text, "/en/y/");
        assert_eq!(with, "---\npermalink: /en/y/\ntitle: A\n---\n\npermalink: b\n");
        assert_eq!(
            with_permalink("# A\n", "/en/y/"),
            "---\npermalink: /en/y/\n---\n\n# A\n"
        );
    }
}
