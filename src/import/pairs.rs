//! Which page is the translation of which.
//!
//! A page and its translation have one address in a workspace, whatever the language. They
//! are found by their place in the folders of their languages, by what their front matter
//! says, and by the links that lead from one to the other. A translation becomes a catalogue
//! of its source, where the texts of the two can be paired.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    By, Pair, Plan, Site,
    catalogue::{Filled, fill},
    file,
    layout::Layout,
    likeness, settings,
};
use crate::{
    config,
    diagnostic::Diagnostic,
    document::{
        Document, Gate, Language, PageKey, text,
        walk::{self, Reference},
    },
    site::{address, assemble, menu::Menu},
    source::{
        self, Dialect,
        defaults::{self, Defaults},
        slug::slug,
    },
    translation::{self, align::Tally},
};

/// The keys of the front matter that name what a page and its translations share.
const SHARED: [&str; 10] = [
    "translationKey",
    "translation_key",
    "translationId",
    "translation_id",
    "i18nKey",
    "i18n_key",
    "localeKey",
    "page_id",
    "lang-ref",
    "lang_ref",
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
pub(super) struct Written<'a> {
    path: &'a str,
    /// Its path among the pages.
    pub(super) inside: String,
    pub(super) language: Language,
    pub(super) key: PageKey,
    /// Its path in the folder of its language.
    place: String,
    pub(super) document: Document,
}

/// Finds the translations of the pages in the language of the authors.
pub(super) fn pairs(pages: &[Written<'_>], site: &Site, layout: &Layout) -> Vec<Pair> {
    let source = &layout.languages[0];
    let (own, others): (Vec<&Written<'_>>, Vec<&Written<'_>>) =
        pages.iter().partition(|it| it.language == *source);
    let base = settings::address(&layout.metadata(site)).unwrap_or_default();
    let links = links(pages, layout, &base);
    let mut taken: BTreeSet<(&str, &Language)> = BTreeSet::new();
    let mut pairs = Vec::new();
    let switches = switches(pages, layout, &base);
    for by in [By::Place, By::Key, By::Link, By::Switch] {
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
                By::Switch => {
                    switches.get(it.path) == Some(&page.path)
                        && switches.get(page.path) == Some(&it.path)
                }
                By::Likeness => false,
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
                    catalogue: None,
                    tally: Tally::default(),
                    alone: 0,
                });
            }
        }
    }
    let free =
        |it: &&&Written<'_>| !pairs.iter().any(|pair| pair.translation == content(it));
    let left: Vec<&Written<'_>> = others.iter().filter(free).copied().collect();
    let open =
        |it: &Written<'_>, language: &Language| !taken.contains(&(it.path, language));
    let alike: Vec<(&Written<'_>, &Written<'_>)> = likeness::alike(&own, &left, &open);
    for (source, page) in alike {
        pairs.push(Pair {
            source: content(source),
            translation: content(page),
            language: page.language.clone(),
            by: By::Likeness,
            catalogue: None,
            tally: Tally::default(),
            alone: 0,
        });
    }
    pairs.sort_by(|one, other| one.translation.cmp(&other.translation));
    pairs
}

/// The pages in another language that each page leads to, where it is one alone.
fn switches<'a>(
    pages: &'a [Written<'a>],
    layout: &Layout,
    base: &str,
) -> BTreeMap<&'a str, &'a str> {
    let by_address: BTreeMap<(&PageKey, &Language), &'a Written<'a>> =
        pages.iter().map(|it| ((&it.key, &it.language), it)).collect();
    let mut switches = BTreeMap::new();
    for page in pages {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        walk::references(&page.document, &mut |reference| {
            let Reference::Link(link) = reference else { return };
            let path = link.address.strip_prefix(base).unwrap_or(&link.address);
            let path = path.split(['#', '?']).next().unwrap_or_default();
            if !path.starts_with('/') {
                return;
            }
            if let Ok((key, Some(language))) =
                address::from_permalink(path, &layout.languages)
                && language != page.language
                && let Some(other) = by_address.get(&(&key, &language))
            {
                found.insert(other.path);
            }
        });
        if found.len() == 1 {
            switches.extend(found.pop_first().map(|it| (page.path, it)));
        }
    }
    switches
}

/// Says which pages in another language than the authors' have no original. They stay pages in
/// their language, which the other editions do not have.
pub(super) fn alone(
    pages: &[Written<'_>],
    layout: &Layout,
    plan: &Plan,
    told: &mut Vec<Diagnostic>,
) {
    let source = &layout.languages[0];
    for page in pages.iter().filter(|it| it.language != *source) {
        let target = content(page);
        if !plan.pairs.iter().any(|it| it.translation == target) {
            let fault = Diagnostic::warning("import-alone");
            let fault = fault.with("language", &page.language).with("source", source);
            told.push(fault.in_file(&file(page.path)));
        }
    }
}

pub(super) fn content(page: &Written<'_>) -> String {
    format!("content/{}", page.inside)
}

/// Reads the pages as a workspace of these files does.
pub(super) fn read<'a>(
    site: &'a Site,
    layout: &'a Layout,
    plan: &Plan,
) -> Vec<Written<'a>> {
    let languages = &layout.languages;
    let defaults = defaults(plan);
    let mut menu = Menu::default();
    let mut pages = Vec::new();
    for (path, inside) in layout.all_pages(site) {
        let Some(text) = site.texts.get(path) else { continue };
        let name = name(&inside).to_owned();
        let options = source::Options { language: languages[0].clone(), name };
        let own = defaults.of(&inside);
        let document = source::read_in(text, &options, &Dialect::default(), &own).value;
        let found = assemble::key(&document, &inside, languages, &slug).value;
        let folder = inside
            .split_once('/')
            .filter(|it| languages.iter().any(|language| language.as_str() == it.0));
        let named = document.meta.language.clone().filter(|it| languages.contains(it));
        let prefix = found.as_ref().and_then(|it| it.1.clone());
        let language = named.or(prefix).or_else(|| folder.map(|it| Language::new(it.0)));
        let language = language.unwrap_or_else(|| languages[0].clone());
        let key = found.map(|it| it.0);
        menu.add(&language, &document, key.as_ref().map(PageKey::as_str));
        let Some(key) = key else { continue };
        let place = folder.map_or(inside.clone(), |it| it.1.to_owned());
        pages.push(Written { path, inside, language, key, place, document });
    }
    for page in &mut pages {
        page.document.language = page.language.clone();
        // What is wrong with the menu is for the build to say.
        menu.lead(&page.language, &mut page.document);
        translation::number(&mut page.document);
    }
    pages
}

/// What the folders of the workspace say of their pages.
fn defaults(plan: &Plan) -> Defaults {
    let said = plan.files.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("content/")?;
        let name = path.rsplit('/').next().unwrap_or(path);
        defaults::is_one(name).then(|| (path.to_owned(), text.clone()))
    });
    Defaults::read(&said.collect::<Vec<_>>(), "content").value
}

/// The last-resort title of a page: the name of its file, or of its folder for an index.
fn name(path: &str) -> &str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
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

/// Makes each translation a catalogue of its source, or, where the two are too far apart,
/// gives it the address of its source.
pub(super) fn settle(
    site: &Site,
    pages: &[Written<'_>],
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let by_target: BTreeMap<String, &Written<'_>> =
        pages.iter().map(|it| (content(it), it)).collect();
    let config = config::read(&plan.files[config::FILE]).value;
    let mut pairs = std::mem::take(&mut plan.pairs);
    for pair in &mut pairs {
        let (source, translation) =
            (by_target[&pair.source], by_target[&pair.translation]);
        let place = file(translation.path);
        let mut own = Vec::new();
        let filled = config
            .as_ref()
            .filter(|_| is_one_page(pages, source, translation))
            .map(|it| fill(it, (source, &pair.source), (translation, &pair.translation)));
        let is_moved = source.key != translation.key;
        if is_moved {
            own.push(moved(source, translation));
        }
        if pair.by == By::Likeness {
            own.push(Diagnostic::warning("import-pair-alike").with("page", source.path));
        }
        match filled {
            Some(filled) if filled.is_worth_it() => {
                own.extend(aligned(source, &filled));
                take(plan, pair, filled);
            }
            filled => {
                own.push(Diagnostic::note("import-pair").with("page", source.path));
                own.extend(filled.map(|it| kept(pair, source, &it)));
                if is_moved {
                    let address = new_address(source, translation);
                    let text = with_permalink(&site.texts[translation.path], &address);
                    plan.files.insert(pair.translation.clone(), text);
                    plan.copies.retain(|it| it.1 != pair.translation);
                }
            }
        }
        told.extend(own.into_iter().map(|it| it.in_file(&place)));
    }
    plan.pairs = pairs;
}

/// Whether a catalogue would be shown: both pages are published, and there is no other page
/// in that language at that address.
fn is_one_page(
    pages: &[Written<'_>],
    source: &Written<'_>,
    translation: &Written<'_>,
) -> bool {
    let is_draft =
        [source, translation].iter().any(|it| it.document.meta.gate != Gate::Open);
    let is_other = |it: &Written<'_>| {
        it.language == translation.language
            && it.key == source.key
            && it.path != translation.path
    };
    !is_draft && !pages.iter().any(is_other)
}

/// Takes a catalogue in place of the page that it was made of.
fn take(plan: &mut Plan, pair: &mut Pair, filled: Filled) {
    plan.copies.retain(|it| it.1 != pair.translation);
    let stem = pair.translation.strip_suffix(".md").unwrap_or(&pair.translation);
    plan.files.remove(&format!("{stem}.11tydata.json"));
    plan.files.insert(filled.path.clone(), filled.text);
    pair.catalogue = Some(filled.path);
    pair.tally = filled.tally;
    pair.alone = filled.alone.len();
}

/// What is said of a page that became a catalogue.
fn aligned(source: &Written<'_>, filled: &Filled) -> Vec<Diagnostic> {
    let note = Diagnostic::note("import-pair-aligned").with("page", source.path);
    let mut own = vec![note.with("catalogue", &filled.path)];
    if let Some(first) = filled.alone.first() {
        let fault = Diagnostic::warning("import-pair-alone").with("page", source.path);
        let fault = fault.with("text", translation::excerpt(&first.to_plain()));
        own.push(fault.with("count", filled.alone.len()).at(first.place));
    }
    own
}

/// What is said of a page that stays one, because too little of it was paired.
fn kept(pair: &mut Pair, source: &Written<'_>, filled: &Filled) -> Diagnostic {
    let Tally { translated, drafts, missing, kept: _ } = filled.tally;
    pair.tally = filled.tally;
    pair.alone = filled.alone.len();
    let fault = Diagnostic::warning("import-pair-kept").with("page", source.path);
    let fault = fault.with("translated", translated).with("drafts", drafts);
    fault.with("texts", translated + drafts + missing).with("alone", filled.alone.len())
}

fn moved(source: &Written<'_>, translation: &Written<'_>) -> Diagnostic {
    let old = format!("/{}{}", translation.language, translation.key);
    let fault = Diagnostic::warning("import-pair-moved").with("page", source.path);
    fault.with("old", old).with("new", new_address(source, translation))
}

fn new_address(source: &Written<'_>, translation: &Written<'_>) -> String {
    format!("/{}{}", translation.language, source.key)
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
