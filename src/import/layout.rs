//! Where an Eleventy site keeps its pages and its data, and in which languages.

use std::collections::{BTreeMap, BTreeSet};

use super::{Site, file, literal};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::Language,
};

/// The names of Eleventy's settings.
const CONFIGS: [&str; 4] =
    [".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs"];

/// The ends of the names of templates, which are programs of a kind.
const TEMPLATES: [&str; 13] = [
    ".njk",
    ".liquid",
    ".html",
    ".hbs",
    ".ejs",
    ".haml",
    ".pug",
    ".mustache",
    ".webc",
    ".11ty.js",
    ".11ty.cjs",
    ".11ty.mjs",
    ".11ty.ts",
];

/// The ends of the names of what pages show or lead to.
const RESOURCES: [&str; 23] = [
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".pdf", ".odt", ".ods",
    ".odp", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".epub", ".zip",
    ".txt", ".mp3", ".vtt",
];

/// The files at the top of a repository that speak of it, and are no pages.
const ABOUT: [&str; 7] = [
    "readme",
    "changelog",
    "contributing",
    "licence",
    "license",
    "code_of_conduct",
    "security",
];

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page, by its path among the pages.
    Page(String),
    /// What pages show or lead to, by its path among the pages.
    Resource(String),
    /// The same, that the site has at its root whichever page shows it.
    Copied(String),
    /// Data of folders, pages or the site.
    Data,
    /// The site's settings.
    Config,
    /// A template.
    Template,
    /// Anything else: styles, programs.
    Other,
}

/// Where a site keeps what.
#[derive(Debug)]
pub(super) struct Layout {
    /// The folder of the pages, with `/` at its end; empty when it is the site's own.
    pub(super) pages: String,
    /// The folders of the site's data, with `/` at their ends.
    pub(super) data: Vec<String>,
    /// The language of the authors, then the others.
    pub(super) languages: Vec<Language>,
    /// The settings that the site has.
    config: Option<String>,
    /// The folders that are copied to the root of the site.
    public: Vec<String>,
}

impl Layout {
    pub(super) fn new(site: &Site) -> Self {
        let config = CONFIGS.iter().find(|it| site.texts.contains_key(**it));
        let text = config.map_or("", |it| site.texts[*it].as_str());
        let exists = |folder: &str| site.paths.iter().any(|it| it.starts_with(folder));
        let said = value_after(text, "input").map(|it| clean(&it));
        let usual = ["content/".to_owned(), "src/".to_owned()];
        let mut wished = said.into_iter().chain(usual);
        let pages = wished.find(|it| it.is_empty() || exists(it)).unwrap_or_default();
        let data = ["_data/".to_owned(), format!("{pages}_data/")];
        let said = value_after(text, "data").map(|it| clean(&format!("{pages}{it}")));
        let mut data: Vec<String> =
            data.into_iter().chain(said).filter(|it| exists(it)).collect();
        data.sort();
        data.dedup();
        let mut layout = Self {
            pages,
            data,
            languages: Vec::new(),
            config: config.map(|it| (*it).to_owned()),
            public: public(text, &exists),
        };
        layout.languages = layout.languages(site);
        layout
    }

    /// Of a site in the one shape, in these languages.
    pub(super) fn carried(languages: &[Language]) -> Self {
        Self {
            pages: "content/".to_owned(),
            data: vec!["_data/".to_owned()],
            languages: languages.to_vec(),
            config: None,
            public: Vec::new(),
        }
    }

    /// The site with the ways from pages to folders that are copied to its root leading to the
    /// root, and the pages that this changes; none where there are none.
    pub(super) fn led_to_root(&self, site: &Site) -> Option<(Site, BTreeSet<String>)> {
        let mut changed = BTreeMap::new();
        for (path, _) in self.all_pages(site) {
            let Some(text) = site.texts.get(path) else { continue };
            let folders = self.public.iter();
            let led = folders.fold(text.clone(), |text, folder| to_root(&text, folder));
            if led != *text {
                changed.insert(path.to_owned(), led);
            }
        }
        let paths: BTreeSet<String> = changed.keys().cloned().collect();
        (!paths.is_empty()).then(|| {
            let mut site = site.clone();
            site.texts.extend(changed);
            (site, paths)
        })
    }

    /// What a file is.
    pub(super) fn kind(&self, path: &str) -> Kind {
        let lower = path.to_lowercase();
        if self.config.as_deref() == Some(path) {
            return Kind::Config;
        }
        if self.data.iter().any(|it| path.starts_with(it)) || is_folder_data(path) {
            return Kind::Data;
        }
        let ends = |ends: &[&str]| ends.iter().any(|it| lower.ends_with(it));
        let inside = path.strip_prefix(&self.pages);
        let copied = self.public.iter().find_map(|it| path.strip_prefix(it.as_str()));
        if let Some(copied) = copied.filter(|_| ends(&RESOURCES)) {
            return Kind::Copied(copied.to_owned());
        }
        let Some(inside) = inside else { return self.outside(&lower) };
        let hidden = inside.split('/').any(|it| it.starts_with('_'));
        if ends(&TEMPLATES) {
            return Kind::Template;
        }
        if hidden {
            return Kind::Other;
        }
        if ends(&[".md", ".markdown"]) {
            return match self.speaks_of_the_repository(inside) {
                true => Kind::Other,
                false => Kind::Page(as_page(inside)),
            };
        }
        if ends(&RESOURCES) { Kind::Resource(inside.to_owned()) } else { Kind::Other }
    }

    /// What a file is that lies beside the pages.
    fn outside(&self, lower: &str) -> Kind {
        // A page of HTML elsewhere is a report or a test, no template of this site.
        let is_template =
            TEMPLATES.iter().any(|it| *it != ".html" && lower.ends_with(it));
        if is_template { Kind::Template } else { Kind::Other }
    }

    fn speaks_of_the_repository(&self, inside: &str) -> bool {
        let stem = inside.split('.').next().unwrap_or_default().to_lowercase();
        self.pages.is_empty() && ABOUT.contains(&stem.as_str())
    }

    /// The pages: the path of each in the site, and among the pages.
    pub(super) fn all_pages<'a>(
        &'a self,
        site: &'a Site,
    ) -> impl Iterator<Item = (&'a str, String)> + 'a {
        site.paths.iter().filter_map(|path| match self.kind(path) {
            Kind::Page(inside) => Some((path.as_str(), inside)),
            _ => None,
        })
    }

    /// The languages: those of the interface's strings, else the folders at the top that are
    /// named after one. French first, where it is one, else the one with the most pages.
    fn languages(&self, site: &Site) -> Vec<Language> {
        let mut pages: BTreeMap<String, usize> = BTreeMap::new();
        for (_, inside) in self.all_pages(site) {
            if let Some((folder, _)) = inside.split_once('/') {
                *pages.entry(folder.to_owned()).or_default() += 1;
            }
        }
        let strings = self.strings(site);
        let mut found: Vec<(String, usize)> = match strings.is_empty() {
            false => {
                strings.into_keys().map(|it| (it.clone(), count(&pages, &it))).collect()
            }
            true => pages.into_iter().filter(|it| is_language(&it.0)).collect(),
        };
        for (path, _) in self.all_pages(site) {
            let Some(said) = site.texts.get(path).and_then(|it| said_language(it)) else {
                continue;
            };
            match found.iter_mut().find(|it| it.0 == said) {
                Some(known) => known.1 += 1,
                None => found.push((said, 1)),
            }
        }
        found.sort_by_key(|(name, count)| {
            (name != "fr", std::cmp::Reverse(*count), name.clone())
        });
        if found.is_empty() {
            let about = self.metadata(site);
            let said = about.get("language").and_then(|it| it.as_str());
            let tag = said.filter(|it| is_language(it)).unwrap_or("fr").to_owned();
            found.push((tag, 0));
        }
        found.into_iter().map(|it| Language::new(&it.0)).collect()
    }

    /// The files of interface strings of each language.
    pub(super) fn strings(&self, site: &Site) -> BTreeMap<String, Vec<String>> {
        let mut strings: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in site.texts.keys() {
            let inside = self.data.iter().find_map(|it| path.strip_prefix(it.as_str()));
            let inside = inside.and_then(|it| it.strip_prefix("i18n/"));
            let Some(inside) = inside else { continue };
            let (language, _) = inside.split_once(['/', '.']).unwrap_or((inside, ""));
            if is_language(language) {
                strings.entry(language.to_owned()).or_default().push(path.clone());
            }
        }
        strings
    }

    /// What the site says of itself.
    pub(super) fn metadata(
        &self,
        site: &Site,
    ) -> serde_json::Map<String, serde_json::Value> {
        let path = self.metadata_file(site);
        let object = path.and_then(|it| literal::object(it, &site.texts[it]));
        object.unwrap_or_default().entries
    }

    /// The file in which the site speaks of itself.
    pub(super) fn metadata_file<'a>(&self, site: &'a Site) -> Option<&'a str> {
        let is = |path: &&String| {
            let inside = self.data.iter().find_map(|it| path.strip_prefix(it.as_str()));
            let stem = inside.and_then(|it| it.split_once('.')).map(|it| it.0);
            stem.is_some_and(|it| ["metadata", "site", "meta"].contains(&it))
        };
        site.texts.keys().find(is).map(String::as_str)
    }
}

fn count(pages: &BTreeMap<String, usize>, name: &str) -> usize {
    pages.get(name).copied().unwrap_or_default()
}

/// Whether a folder is named after a language: `fr`, `pt-BR`. Longer names may be words.
pub(super) fn is_language(name: &str) -> bool {
    language(name).as_deref() == Some(name)
}

/// Whether a file speaks of the pages of its folder, or of one of them.
pub(super) fn is_folder_data(path: &str) -> bool {
    let ends = [".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"];
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let own = folder.rsplit('/').next().unwrap_or_default();
    ends.iter().any(|it| name.ends_with(it))
        || !own.is_empty() && name == format!("{own}.json")
}

/// The folders whose files Eleventy copies to the root of the site: those that it is told of,
/// and the one that its own starters have.
fn public(config: &str, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let told = config.match_indices("addPassthroughCopy(").flat_map(|(at, call)| {
        let rest = &config[at + call.len()..];
        let said = rest.split(')').next().unwrap_or_default();
        // `{ "./public/": "/" }` and `"./public/"` name the folder first.
        said.split(['"', '\'', '`']).nth(1).map(clean)
    });
    let usual = ["public/".to_owned(), "static/".to_owned()];
    let mut folders: Vec<String> =
        told.chain(usual).filter(|it| !it.is_empty() && exists(it)).collect();
    folders.sort();
    folders.dedup();
    folders
}

/// A text in which `../../public/a.png` is `/a.png`.
fn to_root(text: &str, folder: &str) -> String {
    let wanted = format!("../{folder}");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&wanted) {
        let before = rest[..at].trim_end_matches("../");
        out.push_str(before.strip_suffix("./").unwrap_or(before));
        out.push('/');
        rest = &rest[at + wanted.len()..];
    }
    out + rest
}

/// Whether a file is something that pages show or lead to.
pub(super) fn is_resource(path: &str) -> bool {
    let lower = path.to_lowercase();
    RESOURCES.iter().any(|it| lower.ends_with(it))
}

/// Whether a file at the top of a repository speaks of it.
pub(super) fn is_about(path: &str) -> bool {
    let stem = path.split('.').next().unwrap_or_default().to_lowercase();
    !path.contains('/') && ABOUT.contains(&stem.as_str()) && stem != "readme"
}

/// The names of languages by which folders are called.
const NAMES: [(&str, &str); 12] = [
    ("english", "en"),
    ("anglais", "en"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("italiano", "it"),
    ("portuguese", "pt"),
];

/// Two letters by which folders are called, and which name a language that no site of pages
/// in Markdown was seen in: they are words.
const WORDS: [&str; 8] = ["ui", "js", "db", "io", "qa", "ci", "cd", "os"];

/// The language after which a folder is called: `fr`, `pt_BR`, `english`.
pub(super) fn language(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if let Some(named) = NAMES.iter().find(|it| it.0 == lower) {
        return Some(named.1.to_owned());
    }
    let (primary, rest) = lower.split_once(['-', '_']).unwrap_or((lower.as_str(), ""));
    let is_short =
        primary.len() == 2 && (rest.is_empty() || (2..=4).contains(&rest.len()));
    let is_plain =
        lower.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    if !is_short || !is_plain || WORDS.contains(&primary) {
        return None;
    }
    let parsed: unic_langid::LanguageIdentifier = lower.replace('_', "-").parse().ok()?;
    Some(parsed.to_string())
}

/// The language that a page says of itself at its head.
pub(super) fn said_language(text: &str) -> Option<String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if !matches!(lines.next()?.trim_end(), "---" | "+++") {
        return None;
    }
    let head = lines.take(60).take_while(|it| !matches!(it.trim_end(), "---" | "+++"));
    let value = head.filter_map(|it| {
        let rest =
            ["lang", "language", "locale"].iter().find_map(|key| it.strip_prefix(key))?;
        rest.trim_start().strip_prefix([':', '='])
    });
    let value = value.map(|it| it.trim().trim_matches(['"', '\'']).to_owned()).next()?;
    language(&value)
}

/// A folder as it is written in the settings: `./content` is `content/`.
pub(super) fn clean(folder: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.iter().flat_map(|it| [*it, "/"]).collect()
}

/// The path of a page, whose name ends with `.md` in a workspace, and whose first folder is
/// called by the tag of a language where it is named after one.
fn as_page(inside: &str) -> String {
    let inside = inside
        .strip_suffix(".markdown")
        .map_or(inside.to_owned(), |it| format!("{it}.md"));
    match inside.split_once('/').and_then(|it| Some((language(it.0)?, it.1))) {
        Some((language, rest)) => format!("{language}/{rest}"),
        None => inside,
    }
}

/// The text that a program gives to a name: `input: "content"`.
pub(super) fn value_after(program: &str, name: &str) -> Option<String> {
    program.match_indices(name).find_map(|(at, _)| {
        let before = program[..at].chars().next_back();
        if before.is_some_and(|it| it.is_alphanumeric() || it == '_') {
            return None;
        }
        let rest = program[at + name.len()..].trim_start_matches(['"', '\'']);
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next().map(str::to_owned)
    })
}

/// What a site's settings do that a workspace cannot: the beginnings of the calls, and the
/// message for each.
const CALLS: [(&str, &str); 8] = [
    ("addPassthroughCopy(", "import-passthrough"),
    ("addPlugin(", "import-plugin"),
    ("addShortcode(", "import-shortcode"),
    ("addAsyncShortcode(", "import-shortcode"),
    ("addNunjucksShortcode(", "import-shortcode"),
    ("addNunjucksAsyncShortcode(", "import-shortcode"),
    ("addLiquidShortcode(", "import-shortcode"),
    ("addPairedShortcode(", "import-shortcode"),
];

/// Reports what the site's settings do that a workspace cannot.
pub(super) fn report(site: &Site, layout: &Layout, told: &mut Vec<Diagnostic>) {
    let Some(config) = &layout.config else { return };
    let text = &site.texts[config];
    for (call, code) in CALLS {
        for (at, _) in text.match_indices(call) {
            let place = place(text, at);
            let line = text[..at].rsplit('\n').next().unwrap_or_default();
            if line.trim_start().starts_with("//") {
                continue;
            }
            let rest = &text[at + call.len()..];
            let what = match code {
                "import-passthrough" => rest.split([')', '\n']).next(),
                _ => rest.split([',', ')', '\n', '(']).next(),
            };
            let what = what.unwrap_or_default().trim().trim_matches(['"', '\'', '`']);
            let is_carried = |it: &String| what.contains(it.trim_end_matches('/'));
            if code == "import-passthrough" && layout.public.iter().any(is_carried) {
                continue;
            }
            let fault =
                Diagnostic::new(crate::diagnostic::Severity::Warning, code).at(place);
            told.push(fault.with("what", what).in_file(&file(config)));
        }
    }
}

/// The place of a byte.
fn place(text: &str, at: usize) -> Place {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Place {
        line: number(before.matches('\n').count() + 1),
        column: number(line.chars().count() + 1),
        start: number(at),
        end: number(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        Site {
            name: "x".into(),
            paths: files.iter().map(|it| it.0.to_owned()).collect(),
            texts: files.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect(),
        }
    }

    #[test]
    fn the_settings_say_where_the_pages_are() {
        let config =
            "module.exports = c => ({ dir: { input: './pages', data: '../_data' } })";
        let site = site(&[
            (".eleventy.js", config),
            ("pages/fr/a.md", ""),
            ("_data/metadata.json", "{}"),
            ("content/b.md", ""),
        ]);
        let layout = Layout::new(&site);
        assert_eq!(
            (layout.pages.as_str(), layout.data.as_slice()),
            ("pages/", &["_data/".to_owned()][..])
        );
        assert_eq!(layout.kind("pages/fr/a.md"), Kind::Page("fr/a.md".into()));
        assert_eq!(layout.kind("pages/x.njk"), Kind::Template);
        assert_eq!(layout.kind("content/b.md"), Kind::Other);
        assert_eq!(layout.kind("_data/metadata.json"), Kind::Data);
    }

    #[test]
    fn ways_to_what_is_copied_to_the_root_begin_there() {
        let led = |text: &str| to_root(text, "public/");
        assert_eq!(
            led("![](../../public/a.png) (./../public/b/c.png)"),
            "![](/a.png) (/b/c.png)"
        );
        assert_eq!(led("../publics/a.png public/a.png"), "../publics/a.png public/a.png");
    }

    #[test]
    fn languages_are_those_of_strings_else_of_folders() {
        let pages = [
            ("en/a.md", ""),
            ("en/b.md", ""),
            ("fr/a.md", ""),
            ("ui/c.md", ""),
            ("README.md", ""),
        ];
        let tags = |files: &[(&str, &str)]| {
            let site = site(files);
            let layout = Layout::new(&site);
            layout.languages.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(tags(&pages), ["fr", "en"]);
        let named = [("french/a.md", ""), ("english/a.md", ""), ("pt_BR/a.md", "")];
        assert_eq!(tags(&named), ["fr", "en", "pt-BR"]);
        let mut more = pages.to_vec();
        more.extend([("_data/i18n/fr/index.js", ""), ("_data/i18n/en.json", "")]);
        assert_eq!(tags(&more), ["fr", "en"]);
        assert_eq!(tags(&[("a.md", "")]), ["fr"]);
    }
}
