//! A site of another program, brought into the one shape from which a workspace is made:
//! pages under `content/`, in a folder for each language where there are several, in our
//! way of writing; what the site says of itself in `_data/metadata.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use unic_langid::LanguageIdentifier;

use super::{
    Site, file, layout,
    program::{INDEXES, Program, Writing},
    writing,
};
use crate::{diagnostic::Diagnostic, document::Language};

/// A site in the one shape.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(super) site: Site,
    /// Where each of its files lies in the program's own site.
    pub(super) from: BTreeMap<String, String>,
    /// The language of the authors, then the others.
    pub(super) languages: Vec<Language>,
    /// The pages in the order of the navigation, as far as it says one.
    pub(super) order: Vec<String>,
    /// The catalogues of the whole site, by their language.
    pub(super) catalogues: Vec<(Language, String)>,
}

/// A page of the program's site.
struct Page<'a> {
    path: &'a str,
    /// Its path among the pages of its language.
    inside: String,
    language: Option<String>,
}

/// The folder in which the settings of the program lie, with `/` at its end, and the site from
/// there on, where that is not the folder that was named: `docs/.vitepress/config.js`.
pub(super) fn rooted(program: &Program, site: &Site) -> (String, Option<Site>) {
    if program.settings.iter().any(|it| site.paths.iter().any(|path| path == it)) {
        return (String::new(), None);
    }
    let deeper = site.paths.iter().filter_map(|path| {
        let of = |it: &&str| path.strip_suffix(it).filter(|it| it.ends_with('/'));
        program.settings.iter().find_map(of)
    });
    let nearest = deeper.min_by_key(|it| (it.matches('/').count(), *it));
    let Some(prefix) = nearest.map(str::to_owned) else { return (String::new(), None) };
    let inner = |it: &String| it.strip_prefix(&prefix).map(str::to_owned);
    let texts = site.texts.iter().filter_map(|it| Some((inner(it.0)?, it.1.clone())));
    let inside = Site {
        name: site.name.clone(),
        paths: site.paths.iter().filter_map(inner).collect(),
        texts: texts.collect(),
    };
    (prefix, Some(inside))
}

/// Brings a site into the one shape.
pub(super) fn carry(
    program: &Program,
    site: &Site,
    told: &mut Vec<Diagnostic>,
) -> Carried {
    let settings = program.settings.iter().find(|it| site.texts.contains_key(**it));
    let text = settings.map_or("", |it| site.texts[*it].as_str());
    let folders = folders(program, site, text);
    let mut pages = pages(program, site, &folders);
    let titles = titles(program, site);
    if program.writing == Writing::Includes {
        // What other pages take in, and the list of pages does not name, is a part of those.
        let texts =
            pages.iter().filter_map(|it| Some((it.path, site.texts.get(it.path)?)));
        let asked: BTreeSet<String> =
            texts.flat_map(|it| writing::asked(it.0, it.1)).collect();
        pages.retain(|it| {
            titles.contains_key(&stem(&it.inside)) || !asked.contains(it.path)
        });
    }
    let said = default_locale(text).or_else(|| {
        program
            .about
            .language
            .iter()
            .find_map(|it| said(text, it).and_then(|it| tag(&it)))
    });
    let mut languages = languages(said, &pages);
    let catalogues = catalogues(program, site, &languages[0]);
    for (language, _) in &catalogues {
        if !languages.contains(language) {
            languages.push(language.clone());
        }
    }
    let mut carried = Carried { languages, catalogues, ..Carried::default() };
    carried.site.name.clone_from(&site.name);
    let about = about(program, text);
    carried.add_text("_data/metadata.json", about.to_string());
    let mut order: Vec<(Vec<(i64, String)>, String)> = Vec::new();
    let weights = weights(program, site, &pages);
    for page in &pages {
        let Some(own) = site.texts.get(page.path) else { continue };
        let target = carried.target(page);
        if carried.from.contains_key(&target) {
            let fault = Diagnostic::warning("import-page-twice").with("page", &target);
            told.push(fault.in_file(&file(page.path)));
            continue;
        }
        let mut own_told = Vec::new();
        let text = writing::page(program, site, page.path, own, &mut own_told);
        told.extend(own_told.into_iter().map(|it| it.in_file(&file(page.path))));
        let title = titles.get(&stem(&page.inside));
        let text = title.map_or(text.clone(), |it| writing::titled(&text, it));
        if let Some(place) = weights.get(page.path) {
            order.push((place.clone(), target.clone()));
        }
        carried.from.insert(target.clone(), page.path.to_owned());
        carried.add_text(&target, text);
    }
    resources(program, site, &folders, &mut carried);
    carried.order = navigation(program, site, &pages, &carried);
    if carried.order.is_empty() {
        order.sort();
        carried.order = order.into_iter().map(|it| it.1).collect();
    }
    carried
}

impl Carried {
    fn add_text(&mut self, path: &str, text: String) {
        self.site.paths.push(path.to_owned());
        self.site.texts.insert(path.to_owned(), text);
    }

    /// Where a page lies in the one shape.
    fn target(&self, page: &Page<'_>) -> String {
        let first = self.languages.first().map(|it| it.as_str().to_owned());
        let language = page.language.clone().or(first).unwrap_or_default();
        match self.languages.len() {
            0 | 1 => format!("content/{}", page.inside),
            _ => format!("content/{language}/{}", page.inside),
        }
    }
}

/// The catalogues of a book, one for each language that it is translated into: `po/fr.po`.
fn catalogues(
    program: &Program,
    site: &Site,
    source: &Language,
) -> Vec<(Language, String)> {
    let named = site.texts.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("po/")?.strip_suffix(".po")?;
        Some((Language::new(&tag(name)?), text.clone()))
    });
    let is_one = program.writing == Writing::Includes;
    named.filter(|it| is_one && it.0 != *source).collect()
}

/// The folders of pages, each with its place in the site, with `/` at their ends.
fn folders(program: &Program, site: &Site, settings: &str) -> Vec<(String, String)> {
    let root = said(settings, program.folder).map_or_else(String::new, |it| clean(&it));
    let exists =
        |it: &str| it.is_empty() || site.paths.iter().any(|path| path.starts_with(it));
    let mut folders: Vec<(String, String)> = Vec::new();
    for (folder, at) in program.pages {
        let is_named = folder.starts_with('@');
        // A program whose folder has a name of its own is not asked of the whole site.
        let is_whole = *folder == "@" && root.is_empty() && program.pages.len() == 2;
        let folder = clean(&folder.replacen('@', &root, 1));
        if !is_whole && exists(&folder) && (is_named || !folder.is_empty()) {
            folders.push((folder, clean(at)));
        }
    }
    let mut seen = BTreeSet::new();
    folders.retain(|it| seen.insert(it.0.clone()));
    folders
}

/// The pages, each where it lies among those of its language.
fn pages<'a>(
    program: &Program,
    site: &'a Site,
    folders: &[(String, String)],
) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for path in site.paths.iter().filter(|it| is_page(it)) {
        let translated = program.translated.iter().find_map(|(before, after, at)| {
            let rest = path.strip_prefix(&clean(before))?;
            let (language, rest) = rest.split_once('/')?;
            let inside = rest.strip_prefix(&clean(after))?;
            Some((tag(language)?, format!("{}{inside}", clean(at))))
        });
        let (language, inside) = match translated {
            Some((language, inside)) => (Some(language), inside),
            None => {
                let own = folders.iter().find_map(|(folder, at)| {
                    Some((at, path.strip_prefix(folder.as_str())?))
                });
                let Some((at, inside)) = own else { continue };
                if is_hidden(inside) || speaks_of_the_repository(folders, path) {
                    continue;
                }
                let (language, inside) = of_name(inside, program.has_suffixes);
                let text = site.texts.get(path.as_str());
                let said = || text.and_then(|it| layout::said_language(it));
                (language.or_else(said), format!("{at}{inside}"))
            }
        };
        if path.ends_with("SUMMARY.md") {
            continue;
        }
        pages.push(Page { path, inside: as_ours(&inside), language });
    }
    pages
}

fn is_page(path: &str) -> bool {
    [".md", ".mdx", ".markdown"].iter().any(|it| path.to_lowercase().ends_with(it))
}

fn is_hidden(inside: &str) -> bool {
    let mut parts = inside.split('/').rev();
    let name = parts.next().unwrap_or_default();
    let hides = |it: &str| it.starts_with(['_', '.']) || it == "node_modules";
    parts.any(hides) || name.starts_with('_') && !name.starts_with("_index.")
}

/// Whether a file at the top of a site whose pages lie there speaks of the repository.
fn speaks_of_the_repository(folders: &[(String, String)], path: &str) -> bool {
    folders.iter().any(|it| it.0.is_empty()) && layout::is_about(path)
}

/// The language of a page by its folder or the end of its name, and its path without it.
fn of_name(inside: &str, has_suffixes: bool) -> (Option<String>, String) {
    if let Some((folder, rest)) = inside.split_once('/')
        && let Some(language) = layout::language(folder)
    {
        return (Some(language), rest.to_owned());
    }
    if has_suffixes
        && let Some((stem, ending)) = inside.rsplit_once('.')
        && let Some((stem, suffix)) = stem.rsplit_once('.')
        && let Some(language) = layout::language(suffix)
    {
        return (Some(language), format!("{stem}.{ending}"));
    }
    (None, inside.to_owned())
}

/// A page's path as ours: `index.md` stands for its folder.
fn as_ours(inside: &str) -> String {
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.split('.').next().unwrap_or_default();
    let whole = name.rsplit_once('.').map_or(name, |it| it.0);
    let name = if INDEXES.contains(&stem) { "index" } else { whole };
    match folder {
        "" => format!("{name}.md"),
        folder => format!("{folder}/{name}.md"),
    }
}

/// The language of the authors, as the settings say or most pages have it, then the others.
fn languages(said: Option<String>, pages: &[Page<'_>]) -> Vec<Language> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        if let Some(language) = &page.language {
            *count.entry(language).or_default() += 1;
        }
    }
    let alone: BTreeSet<&str> = pages
        .iter()
        .filter(|it| it.language.is_none())
        .map(|it| it.inside.as_str())
        .collect();
    let most = count.iter().max_by_key(|it| (*it.1, *it.0 == "fr")).map(|it| *it.0);
    // What stands beside the folders of languages is of the authors' language, and not of one
    // whose folder has the same pages.
    let is_own = |language: &&str| {
        let mut own = pages.iter().filter(|it| it.language.as_deref() == Some(*language));
        alone.len() <= count[*language]
            && !own.any(|it| alone.contains(it.inside.as_str()))
    };
    let most = most.filter(is_own).map(str::to_owned);
    // Pages beside the folders of languages are in one that has none.
    let free = || ["en", "fr"].into_iter().find(|it| !count.contains_key(it));
    let first = said.or(most).or_else(|| free().map(str::to_owned));
    let first = first.unwrap_or_else(|| "fr".to_owned());
    let others = count.keys().filter(|it| **it != first).map(|it| (*it).to_owned());
    [first.clone()].into_iter().chain(others).map(|it| Language::new(&it)).collect()
}

fn about(program: &Program, settings: &str) -> serde_json::Value {
    let said = |name: &str| said(settings, name).filter(|it| !it.is_empty());
    json!({
        "title": said(program.about.title),
        "description": said(program.about.description),
        "url": said(program.about.address),
    })
}

/// What pages show or lead to: what lies beside them, and what lies at the root of the site.
fn resources(
    program: &Program,
    site: &Site,
    folders: &[(String, String)],
    carried: &mut Carried,
) {
    let root = folders.last().map_or("", |it| it.0.as_str()).to_owned();
    let public: Vec<String> =
        program.public.iter().map(|it| clean(&it.replacen('@', &root, 1))).collect();
    let several = carried.languages.len() > 1;
    let texts = &carried.site.texts;
    let of = |folder: &str| {
        let own = texts.iter().filter(|it| it.0.starts_with(folder));
        named_files(own.map(|it| it.1.as_str()))
    };
    let named = of("content/");
    let named_in: BTreeMap<&Language, BTreeSet<String>> =
        carried.languages.iter().map(|it| (it, of(&format!("content/{it}/")))).collect();
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let is_named = |path: &str| named.contains(&name_of(path));
    let mut found = Vec::new();
    for path in site.paths.iter().filter(|it| layout::is_resource(it) && is_named(it)) {
        let is_public =
            public.iter().any(|it| !it.is_empty() && path.starts_with(it.as_str()));
        let beside = folders.iter().filter(|it| path.starts_with(it.0.as_str()));
        for (folder, at) in beside.filter(|_| !is_public) {
            let inside = &path[folder.len()..];
            if is_hidden(inside) {
                continue;
            }
            if !several {
                found.push((format!("content/{at}{inside}"), path.clone()));
            }
            // What lies beside the pages of one language is shown by those of others too.
            let own = of_name(inside, program.has_suffixes);
            for language in carried.languages.iter().filter(|_| several) {
                let is_own = own.0.as_deref().is_none_or(|it| it == language.as_str());
                if is_own && named_in[language].contains(&name_of(path)) {
                    let target = format!("content/{language}/{at}{}", own.1);
                    found.push((target, path.clone()));
                }
            }
        }
        for folder in public.iter().filter(|it| path.starts_with(it.as_str())) {
            found.push((format!("content/{}", &path[folder.len()..]), path.clone()));
        }
        for (before, after, at) in program.translated {
            let rest =
                path.strip_prefix(&clean(before)).and_then(|it| it.split_once('/'));
            let Some((language, rest)) = rest else { continue };
            if let (Some(language), Some(inside)) =
                (tag(language), rest.strip_prefix(&clean(after)))
            {
                found.push((
                    format!("content/{language}/{}{inside}", clean(at)),
                    path.clone(),
                ));
            }
        }
    }
    for (target, path) in found {
        if !carried.from.contains_key(&target) {
            carried.site.paths.push(target.clone());
            carried.from.insert(target, path);
        }
    }
}

/// The names of files that texts name: the last part of what stands in brackets or quotes, or
/// is a word.
pub(super) fn named_files<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let brackets = |it: char| "()<>[]\"'|=`\n".contains(it);
    let mut names = BTreeSet::new();
    for text in texts {
        let words = text
            .split(brackets)
            .flat_map(|it| std::iter::once(it).chain(it.split(char::is_whitespace)));
        for word in words.filter(|it| it.contains('.') && it.len() < 1_024) {
            let path = word.trim().split(['#', '?']).next().unwrap_or_default();
            let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
            if layout::is_resource(name) {
                let decoded =
                    percent_encoding::percent_decode_str(name).decode_utf8_lossy();
                names.insert(decoded.into_owned());
            }
        }
    }
    names
}

/// The pages in the order in which the navigation names them.
fn navigation(
    program: &Program,
    site: &Site,
    pages: &[Page<'_>],
    carried: &Carried,
) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let known: BTreeMap<String, &Page<'_>> =
        pages.iter().rev().map(|it| (stem(&it.inside), it)).collect();
    for (begin, word) in program.order {
        let files = site
            .texts
            .iter()
            .filter(|it| it.0.starts_with(begin) || it.0.ends_with(&format!("/{begin}")));
        for (_, text) in files {
            let from = match *word {
                "" => Some(0),
                word => text.find(&format!("{word}:")),
            };
            // Where the program makes the order itself, it goes by what pages say.
            let Some(from) = from.filter(|_| !text.contains("'autogenerated'")) else {
                continue;
            };
            for name in names(&text[from..]) {
                let page = known.get(&stem(&name));
                let at_docs = || known.get(&format!("docs/{}", stem(&name)));
                if let Some(page) = page.or_else(at_docs) {
                    let target = carried.target(page);
                    if seen.insert(target.clone()) {
                        order.push(target);
                    }
                }
            }
        }
    }
    order
}

/// The titles that the navigation gives to pages, by the names of these: `- Title: page.md`,
/// `[Title](page.md)`.
fn titles(program: &Program, site: &Site) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    let is_one = |path: &str| match program.writing {
        Writing::Admonitions => program.settings.contains(&path),
        Writing::Includes => path.ends_with("SUMMARY.md"),
        Writing::Vue | Writing::React | Writing::Shortcodes | Writing::Liquid => false,
    };
    for (_, text) in site.texts.iter().filter(|it| is_one(it.0)) {
        for line in text.lines() {
            let line = line.trim().trim_start_matches(['-', '*', ' ']);
            let pair = match line.strip_prefix('[') {
                Some(link) => link.strip_suffix(')').and_then(|it| it.split_once("](")),
                None => line.rsplit_once(": "),
            };
            let plain = |it: &str| it.trim().trim_matches(['"', '\'']).to_owned();
            let Some((title, page)) = pair.map(|it| (plain(it.0), plain(it.1))) else {
                continue;
            };
            if page.ends_with(".md") && !title.is_empty() {
                titles.entry(stem(&page)).or_insert(title);
            }
        }
    }
    titles
}

/// A page's name without what differs from one way of naming it to the next.
fn stem(name: &str) -> String {
    let name = name.split(['#', '?']).next().unwrap_or(name);
    let name = name.trim_start_matches("./").trim_matches('/');
    let name = [".md", ".mdx", ".html"]
        .iter()
        .fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    if INDEXES.contains(&last) { folder.to_owned() } else { name.to_owned() }
}

/// What can be the name of a page in a text: what stands in quotes or brackets, and words
/// that end with `.md`.
fn names(text: &str) -> Vec<String> {
    let ends = |it: char| it.is_whitespace() || "'\"`()[]<>,".contains(it);
    let is_comment = |it: &&str| {
        let it = it.trim_start();
        ["//", "/*", "* ", "#"].iter().any(|mark| it.starts_with(mark))
            && !it.contains("](")
    };
    let lines = text.lines().filter(|it| !is_comment(it));
    let parts =
        lines.flat_map(|it| it.split(ends)).map(|it| it.trim_end_matches([':', ';']));
    parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Where each page with a weight stands: the weights of its folders and its own.
fn weights(
    program: &Program,
    site: &Site,
    pages: &[Page<'_>],
) -> BTreeMap<String, Vec<(i64, String)>> {
    const LAST: i64 = i64::MAX;
    let weight = |path: &str| -> Option<i64> {
        let text = site.texts.get(path)?;
        let head =
            text.lines().skip(1).take_while(|it| !matches!(it.trim_end(), "---" | "+++"));
        let head: Vec<&str> = head.take(200).collect();
        let value = said_on_a_line(
            &head.join(
                "
",
            ),
            program.weight,
        )?;
        value.parse::<f64>().ok().map(|it| (it * 1_000.0) as i64)
    };
    let mut own: BTreeMap<String, i64> = pages
        .iter()
        .filter_map(|it| Some((it.inside.clone(), weight(it.path)?)))
        .collect();
    // What is said of a folder counts where its own page says nothing.
    for page in pages {
        let (Some((folder, _)), Some((inside, _))) =
            (page.path.rsplit_once('/'), page.inside.rsplit_once('/'))
        else {
            continue;
        };
        let file = site.texts.get(&format!("{folder}/_category_.json"));
        let position = file.and_then(|it| said(it, "position")?.parse::<i64>().ok());
        if let Some(position) = position {
            own.entry(format!("{inside}/index.md"))
                .or_insert(position.saturating_mul(1_000));
        }
    }
    if own.is_empty() {
        return BTreeMap::new();
    }
    let place = |inside: &str| {
        let parts: Vec<&str> = inside.split('/').collect();
        let one = |end: usize| {
            let folder = parts[..end].join("/");
            let index = format!("{folder}/index.md");
            let it = if end == parts.len() { inside.to_owned() } else { index };
            let name = if parts[end - 1] == "index.md" { "" } else { parts[end - 1] };
            let is_index = name.is_empty();
            let found = own.get(it.as_str()).copied();
            (if is_index { i64::MIN } else { found.unwrap_or(LAST) }, name.to_owned())
        };
        (1..=parts.len()).map(one).collect::<Vec<_>>()
    };
    pages.iter().map(|it| (it.path.to_owned(), place(&it.inside))).collect()
}

/// What settings give to a name, in YAML, TOML or JavaScript: the first plain text or word.
fn said(settings: &str, name: &str) -> Option<String> {
    // An object may be on one line.
    let in_line = || layout::value_after(settings, name).filter(|it| !it.is_empty());
    said_on_a_line(settings, name).or_else(in_line)
}

fn said_on_a_line(settings: &str, name: &str) -> Option<String> {
    settings.lines().find_map(|line| {
        let line = line.trim_start();
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(name)?;
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix([':', '='])?.trim();
        let value = value.trim_end_matches([',', ';']);
        let quote = value.chars().next().filter(|it| matches!(it, '"' | '\'' | '`'));
        let text = match quote {
            Some(quote) => value[1..].split(quote).next()?,
            None => value.split(" #").next()?.trim(),
        };
        let is_plain =
            quote.is_some() || !text.starts_with(['{', '[', '(', '|', '>', '&', '*']);
        (is_plain && !text.is_empty()).then(|| text.to_owned())
    })
}

/// The language in a list of them that is said to be the one of the authors.
fn default_locale(settings: &str) -> Option<String> {
    let lines: Vec<&str> = settings.lines().map(str::trim).collect();
    let at = lines.iter().position(|it| {
        it.strip_prefix("default:").is_some_and(|it| it.trim() == "true")
    })?;
    // It stands in the entry of its language, before or behind its name.
    let begin = lines[..=at].iter().rposition(|it| it.starts_with("- ")).unwrap_or(at);
    let end = lines[at + 1..].iter().position(|it| it.starts_with("- "));
    let entry = &lines[begin..end.map_or(lines.len(), |it| at + 1 + it)];
    entry.iter().find_map(|it| {
        let value = it.trim_start_matches("- ").strip_prefix("locale:")?;
        tag(value.trim().trim_matches(['"', '\'']))
    })
}

/// A language as the program names it, in its usual spelling: `fr_FR` is `fr-FR`.
fn tag(name: &str) -> Option<String> {
    let name = name.replace('_', "-");
    let parsed: LanguageIdentifier = name.parse().ok()?;
    let is_one = (2..=3).contains(&parsed.language.as_str().len());
    // The language of a site of one country is that language.
    let text = parsed.to_string();
    let plain = text.split('-').next().unwrap_or_default().to_owned();
    let is_plain =
        ["en-US", "en-GB", "fr-FR", "de-DE", "es-ES", "it-IT"].contains(&text.as_str());
    is_one.then_some(if is_plain { plain } else { text })
}

/// A folder with `/` at its end, or nothing.
fn clean(folder: &str) -> String {
    layout::clean(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_each_of_their_ways() {
        assert_eq!(
            said("site_name: Le guide # x\n", "site_name").as_deref(),
            Some("Le guide")
        );
        assert_eq!(said("title = \"A = b\"\n", "title").as_deref(), Some("A = b"));
        assert_eq!(said("  title: 'A: b',\n", "title").as_deref(), Some("A: b"));
        assert_eq!(said("\"title\": \"A\",", "title").as_deref(), Some("A"));
        assert_eq!(said("titles: x\ntitle: {\n", "title"), None);
    }

    #[test]
    fn a_page_has_its_language_from_its_folder_or_its_name() {
        let own = |it: &str| of_name(it, true);
        assert_eq!(own("fr/a.md"), (Some("fr".into()), "a.md".into()));
        assert_eq!(own("a.fr.md"), (Some("fr".into()), "a.md".into()));
        assert_eq!(own("v1.2.md"), (None, "v1.2.md".into()));
        assert_eq!(of_name("a.fr.md", false), (None, "a.fr.md".into()));
        let page = |inside: &str, language: Option<&str>| Page {
            path: "",
            inside: inside.to_owned(),
            language: language.map(str::to_owned),
        };
        let tags = |pages: &[Page<'_>]| {
            languages(None, pages).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(tags(&[page("a.md", None), page("a.md", Some("fr"))]), ["en", "fr"]);
        assert_eq!(tags(&[page("x.md", None), page("a.md", Some("fr"))]), ["fr"]);
        assert_eq!(
            tags(&[page("a.md", Some("en")), page("a.md", Some("fr"))]),
            ["fr", "en"]
        );
        assert_eq!(as_ours("x/_index.md"), "x/index.md");
        assert_eq!(as_ours("README.md"), "index.md");
        assert_eq!(as_ours("x/v1.2.mdx"), "x/v1.2.md");
    }
}
