//! The settings of a workspace: `plantin.toml`, and what each stage makes of it.
//!
//! The only place where settings are read. A setting that nobody knows is refused with
//! its place and the nearest one that exists, since a misspelt setting that is ignored is
//! worse than a message.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::{Component, Path},
    sync::Arc,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    deposit,
    diagnostic::{Checked, Diagnostic, Place},
    document::{Date, Language, PageKey},
    languages, limits,
    render::{Format, html::Feeds},
    site::{address, made},
    source::{Dialect, conflict, container, kind},
    translation::{OnMissing, OnStale, Policy, Quantities, Settling},
    typography::{Profile, Rules},
};

/// The name of the settings file.
pub const FILE: &str = "plantin.toml";

/// The settings of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The publication's name in file names: lower-case letters, digits and hyphens.
    pub name: String,
    /// The public base address of the site, without a slash at the end.
    pub address: String,
    /// The language of the authors.
    pub source: Language,
    /// Every language that is published, the source language first.
    pub languages: Vec<Language>,
    /// The formats that are published.
    pub formats: BTreeSet<Format>,
    /// The publication's date.
    pub date: Option<Date>,
    /// The publication's identifier: a URN, an ARK, a DOI.
    pub identifier: Option<String>,
    /// The address of the licence.
    pub licence: Option<String>,
    /// The keys of the pages that come first, in reading order.
    pub order: Vec<String>,
    /// Prefixes of addresses under the base that other systems publish (`/sources/`).
    pub elsewhere: Vec<String>,
    /// Where things lie.
    pub paths: Paths,
    /// What a reader gets for what is not translated, unless a language says otherwise.
    pub policy: Policy,
    /// What a reader of a language gets for what is not translated.
    pub policies: BTreeMap<Language, Policy>,
    /// What needs no translator.
    pub settling: Settling,
    /// How each language's words are set.
    pub typography: Rules,
    /// What is said otherwise of a page and those under it, by its key.
    pub page_policies: BTreeMap<String, PagePolicy>,
    /// Whether links between pages name the file (`/index.html`), so that the site can be
    /// read from a folder without a server.
    pub file_links: bool,
    /// What a reader of Markdown is told: shortcodes, formulas.
    pub dialect: Dialect,
    /// The paper of the PDFs, as Typst names it: `a4`, `a5`, `us-letter`.
    pub paper: String,
    /// What the PDFs print for a character that no font has: `keep`, `replace`, `drop`.
    pub rare_characters: String,
    /// Which pages the program makes by itself.
    pub made: made::Options,
    /// What feeds hold.
    pub feeds: Feeds,
    /// The endings of files that are published beside those that always are.
    pub attachments: BTreeSet<String>,
    /// Whether the PDFs carry what they were made from, as PDF/A-3a.
    pub attach_sources: bool,
    /// How deposits are made.
    pub deposit: deposit::Settings,
}

/// What is said of a page and those under it, where it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagePolicy {
    /// In every language.
    pub all: Wish,
    /// In a language.
    pub languages: BTreeMap<Language, Wish>,
}

/// What a policy says, where it says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// See [`Policy::missing`].
    pub missing: Option<OnMissing>,
    /// See [`Policy::stale`].
    pub stale: Option<OnStale>,
}

impl Wish {
    /// A policy, changed where this says something.
    fn change(self, policy: Policy) -> Policy {
        Policy {
            missing: self.missing.unwrap_or(policy.missing),
            stale: self.stale.unwrap_or(policy.stale),
        }
    }
}

/// Where things lie, relative to the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The pages.
    pub content: String,
    /// Interface strings and catalogues.
    pub locales: String,
    /// The workspace's own themes.
    pub themes: String,
    /// What is built.
    pub exports: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            content: "content".into(),
            locales: "locales".into(),
            themes: "themes".into(),
            exports: "exports".into(),
        }
    }
}

impl Config {
    /// What a reader of this page in this language gets for what is not translated: what
    /// is said of a page goes before what is said of those above it, and that before
    /// what is said of the language.
    pub fn policy(&self, language: &Language, page: &PageKey) -> Policy {
        let policy = self.policies.get(language).copied().unwrap_or(self.policy);
        // In alphabetical order, a page comes before those under it.
        let said = self.page_policies.iter();
        let said = said.filter(|(key, _)| page.as_str().starts_with(key.as_str()));
        said.fold(policy, |policy, (_, own)| {
            let policy = own.all.change(policy);
            own.languages.get(language).map_or(policy, |it| it.change(policy))
        })
    }
}

/// Reads the settings. There is a value only when nothing is wrong; every fault is a
/// diagnostic of severity error with its place.
pub fn read(text: &str) -> Checked<Option<Config>> {
    let ends = text.match_indices('\n').map(|it| it.0 + 1);
    let lines = std::iter::once(0).chain(ends).collect();
    let mut reader = Reader { text, lines, diagnostics: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(_) if conflict::in_file(text).is_some() => {
            reader.diagnostics.extend(conflict::in_file(text));
            return reader.finish(None);
        }
        Err(error) => {
            let place = reader.place(error.span().unwrap_or(0..0));
            let fault = Diagnostic::error("settings-unreadable").at(place);
            reader.diagnostics.push(fault.with("cause", cause(text, place)));
            return reader.finish(None);
        }
    };
    let config = reader.config(&table);
    reader.finish(config)
}

struct Reader<'a> {
    text: &'a str,
    /// Where its lines begin.
    lines: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

type Table<'a> = Spanned<DeTable<'a>>;
type Value<'a> = Spanned<DeValue<'a>>;

const TABLES: [&str; 12] = [
    "publication",
    "paths",
    "policy",
    "translation",
    "typography",
    "site",
    "html",
    "pdf",
    "markdown",
    "shortcodes",
    "containers",
    "deposit",
];
const TRANSLATION: [&str; 2] = ["numbers", "names"];
/// How many names the settings may hold.
const MOST_NAMES: usize = 2000;
const DEPOSIT: [&str; 5] =
    ["profile", "reviewed", "validators", "sign", "check-signature"];
const PUBLICATION: [&str; 10] = [
    "name",
    "address",
    "source",
    "languages",
    "formats",
    "date",
    "identifier",
    "licence",
    "order",
    "elsewhere",
];
const PATHS: [&str; 4] = ["content", "locales", "themes", "exports"];
const HTML: [&str; 1] = ["links"];
const PDF: [&str; 3] = ["paper", "rare-characters", "attach-sources"];
const RARE: [&str; 3] = ["keep", "replace", "drop"];
const SITE: [&str; 6] =
    ["folders", "tags", "map", "technical-tags", "feeds", "attachments"];
const PAPERS: [&str; 4] = ["a4", "a5", "a3", "us-letter"];

impl Reader<'_> {
    fn finish(mut self, config: Option<Config>) -> Checked<Option<Config>> {
        let file = Arc::from(FILE);
        for diagnostic in &mut self.diagnostics {
            *diagnostic = diagnostic.clone().in_file(&file);
        }
        // A table that is none is met once for each of its settings.
        self.diagnostics.dedup();
        let value = config.filter(|_| self.diagnostics.is_empty());
        Checked { value, diagnostics: self.diagnostics }
    }

    fn place(&self, span: Range<usize>) -> Place {
        let start = span.start.min(self.text.len());
        let line = self.lines.partition_point(|it| *it <= start);
        let before = self.text.get(self.lines[line - 1]..start).unwrap_or_default();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        // Nobody reads so many faults letter by letter, and all may stand in one line.
        let is_told = self.diagnostics.len() < limits::FAULTS;
        let column = if is_told { before.chars().count() + 1 } else { 1 };
        Place {
            line: number(line),
            column: number(column),
            start: number(start),
            end: number(span.end.min(self.text.len()).max(start)),
        }
    }

    fn fault(&mut self, code: &'static str, span: Range<usize>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code).at(self.place(span));
        self.diagnostics.push(diagnostic);
        self.diagnostics.last_mut().expect("just pushed")
    }

    fn wrong(&mut self, key: &str, span: Range<usize>, expected: &str) {
        let fault = self.fault("settings-wrong-value", span);
        fault.args.push(("key", key.to_owned()));
        fault.args.push(("expected", expected.to_owned()));
    }

    /// Reports the keys of a table that nobody knows.
    fn refuse_unknown(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let nearest = nearest(name, known).to_owned();
                let name = name.to_owned();
                let fault = self.fault("settings-unknown-key", key.span());
                fault.args.push(("key", name));
                fault.args.push(("nearest", nearest));
            }
        }
    }

    fn config(&mut self, root: &Table<'_>) -> Option<Config> {
        self.refuse_unknown(root.get_ref(), &TABLES);
        for (name, known) in [("html", &HTML[..]), ("pdf", &PDF[..])] {
            if let Some(table) =
                root.get_ref().get(name).and_then(|it| it.get_ref().as_table())
            {
                self.refuse_unknown(table, known);
            }
        }
        let publication = self.table(root.get_ref(), "publication");
        let Some(publication) = publication else {
            self.fault("settings-missing", 0..0)
                .args
                .push(("key", "[publication]".into()));
            return None;
        };
        self.refuse_unknown(publication, &PUBLICATION);
        let source = self.language(publication, "source");
        let languages = self.languages(publication, source.as_ref());
        let paths = self.paths(root.get_ref());
        let (policy, policies) = self.policies(root.get_ref(), &languages);
        let page_policies = self.page_policies(root.get_ref(), &languages);
        let dialect = self.dialect(root.get_ref());
        let order = self.texts(publication, "order");
        let elsewhere = self.texts(publication, "elsewhere");
        Some(Config {
            name: self.name(publication)?,
            address: self.address(publication)?,
            source: source?,
            languages,
            formats: self.formats(publication),
            date: self.date(publication),
            identifier: self.text(publication, "identifier"),
            licence: self.web_address(publication, "licence"),
            order,
            elsewhere,
            paths,
            policy,
            policies,
            settling: self.settling(root.get_ref()),
            typography: self.typography(root.get_ref()),
            page_policies,
            dialect,
            file_links: self.choice(root.get_ref(), "html", "links", &["clean", "files"])
                == 1,
            attach_sources: self.switch(root.get_ref(), "pdf", "attach-sources"),
            deposit: self.deposit(root.get_ref()),
            paper: PAPERS[self.choice(root.get_ref(), "pdf", "paper", &PAPERS)].into(),
            rare_characters: RARE
                [self.choice(root.get_ref(), "pdf", "rare-characters", &RARE)]
            .into(),
            made: self.made(root.get_ref()),
            feeds: self.feeds(root.get_ref()),
            attachments: self.attachments(root.get_ref()),
        })
    }

    fn table<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        let inner = value.get_ref().as_table();
        if inner.is_none() {
            self.wrong(key, value.span(), &format!("[{key}]"));
        }
        inner
    }

    fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        let text = text.filter(|it| !it.contains(is_forbidden));
        if text.is_none() {
            self.wrong(key, value.span(), "\"…\"");
        }
        text
    }

    /// The address of a page of the web, which pages will lead to.
    fn web_address(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let address = self.text(table, key)?;
        if is_web_address(&address) {
            return Some(address);
        }
        let span = table.get(key).map(toml::Spanned::span).unwrap_or_default();
        self.wrong(key, span, "https://…");
        None
    }

    fn required(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
    ) -> Option<(String, Range<usize>)> {
        if !table.contains_key(key) {
            self.fault("settings-missing", 0..0).args.push(("key", key.to_owned()));
        }
        let span = table.get(key)?.span();
        Some((self.text(table, key)?, span))
    }

    fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        self.spanned_texts(table, key).into_iter().map(|(text, _)| text).collect()
    }

    fn spanned_texts(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
    ) -> Vec<(String, Range<usize>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(values) = value.get_ref().as_array() else {
            self.wrong(key, value.span(), "[\"…\", \"…\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in values {
            match value.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), value.span())),
                None => self.wrong(key, value.span(), "\"…\""),
            }
        }
        texts
    }

    fn name(&mut self, table: &DeTable<'_>) -> Option<String> {
        let (name, span) = self.required(table, "name")?;
        let good = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if name.is_empty() || name.len() > 60 || !name.chars().all(good) {
            self.wrong("name", span, "a-z 0-9 -");
            return None;
        }
        Some(name)
    }

    fn address(&mut self, table: &DeTable<'_>) -> Option<String> {
        let (address, span) = self.required(table, "address")?;
        let rest =
            address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let bad = |it: char| {
            it.is_whitespace() || it.is_control() || "<>\"?#\\^`{|}".contains(it)
        };
        if rest.is_none_or(|it| it.is_empty() || it.starts_with('/') || it.contains(bad))
        {
            self.wrong("address", span, "https://…");
            return None;
        }
        Some(address.trim_end_matches('/').to_owned())
    }

    fn language(&mut self, table: &DeTable<'_>, key: &str) -> Option<Language> {
        let (tag, span) = self.required(table, key)?;
        self.tag(key, &tag, span)
    }

    fn tag(&mut self, key: &str, tag: &str, span: Range<usize>) -> Option<Language> {
        match languages::checked(tag) {
            Ok(tag) if !address::is_folder_of_site(&tag) => Some(Language::new(&tag)),
            Ok(_) => {
                self.wrong(key, span, "fr, en, pt-BR");
                None
            }
            Err(meant) => {
                let known = if meant.is_some() { "yes" } else { "no" };
                let meant = meant.unwrap_or_default();
                let name = languages::own_name(&meant);
                let fault = self.fault("settings-language", span);
                fault.args.push(("tag", tag.to_owned()));
                fault.args.push(("known", known.to_owned()));
                fault.args.push(("meant", meant));
                fault.args.push(("name", name));
                None
            }
        }
    }

    fn languages(
        &mut self,
        table: &DeTable<'_>,
        source: Option<&Language>,
    ) -> Vec<Language> {
        let mut languages: Vec<Language> = source.cloned().into_iter().collect();
        for (at, (tag, span)) in
            self.spanned_texts(table, "languages").into_iter().enumerate()
        {
            if at == limits::LANGUAGES {
                let fault = self.fault("settings-languages-too-many", span);
                fault.args.push(("limit", limits::LANGUAGES.to_string()));
                break;
            }
            if let Some(language) = self.tag("languages", &tag, span)
                && !languages.contains(&language)
            {
                languages.push(language);
            }
        }
        languages
    }

    fn formats(&mut self, table: &DeTable<'_>) -> BTreeSet<Format> {
        if !table.contains_key("formats") {
            return Format::ALL.into();
        }
        let mut formats = BTreeSet::new();
        for (name, span) in self.spanned_texts(table, "formats") {
            match Format::ALL.into_iter().find(|it| it.name() == name) {
                Some(format) => drop(formats.insert(format)),
                None => self.wrong("formats", span, "html, pdf, epub"),
            }
        }
        formats
    }

    fn date(&mut self, table: &DeTable<'_>) -> Option<Date> {
        let value = table.get("date")?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => String::new(),
        };
        let date = Date::parse(&text);
        if date.is_none() {
            self.wrong("date", value.span(), "2026-01-31");
        }
        date
    }

    fn paths(&mut self, root: &DeTable<'_>) -> Paths {
        let mut paths = Paths::default();
        if let Some(table) = self.table(root, "paths") {
            self.refuse_unknown(table, &PATHS);
            let fields = [
                &mut paths.content,
                &mut paths.locales,
                &mut paths.themes,
                &mut paths.exports,
            ];
            for (key, field) in PATHS.iter().zip(fields) {
                if let Some(path) = self.text(table, key) {
                    *field = path.trim_end_matches('/').to_owned();
                    // Pages may be kept elsewhere: they are only read.
                    let leaves = *key != "content" && leaves(field);
                    if field.is_empty() || path.contains('\0') || leaves {
                        let span = table.get(*key).map_or(0..0, Value::span);
                        self.wrong(key, span, &format!("\"{key}\""));
                    }
                }
            }
        }
        paths
    }

    fn dialect(&mut self, root: &DeTable<'_>) -> Dialect {
        let mut dialect = Dialect::default();
        if let Some(table) = self.table(root, "markdown") {
            self.refuse_unknown(table, &["math"]);
            if let Some(value) = table.get("math") {
                match value.get_ref().as_bool() {
                    Some(math) => dialect.math = math,
                    None => self.wrong("math", value.span(), "true, false"),
                }
            }
        }
        if let Some(table) = self.table(root, "shortcodes") {
            for key in table.keys() {
                let name = key.get_ref().as_ref();
                if let Some(line) = self.text(table, name) {
                    dialect.shortcodes.insert(name.to_owned(), line);
                }
            }
        }
        if let Some(table) = self.table(root, "containers") {
            for key in table.keys() {
                let name = key.get_ref().as_ref();
                if let Some(what) = self.one_of(table, name, &container::NAMES) {
                    dialect.containers.insert(name.to_owned(), what);
                }
            }
        }
        dialect
    }

    fn feeds(&mut self, root: &DeTable<'_>) -> Feeds {
        const FEEDS: [(&str, Feeds); 3] =
            [("full", Feeds::Full), ("summary", Feeds::Summary), ("none", Feeds::None)];
        let table = root.get("site").and_then(|it| it.get_ref().as_table());
        let table = table.filter(|it| it.contains_key("feeds"));
        table.and_then(|it| self.one_of(it, "feeds", &FEEDS)).unwrap_or_default()
    }

    fn made(&mut self, root: &DeTable<'_>) -> made::Options {
        let mut made = made::Options::default();
        let Some(table) = self.table(root, "site") else { return made };
        self.refuse_unknown(table, &SITE);
        let switches = [&mut made.folders, &mut made.tags, &mut made.map];
        for (key, switch) in SITE.iter().zip(switches) {
            if let Some(value) = table.get(*key) {
                match value.get_ref().as_bool() {
                    Some(on) => *switch = on,
                    None => self.wrong(key, value.span(), "true, false"),
                }
            }
        }
        if table.contains_key("technical-tags") {
            made.technical_tags = self.texts(table, "technical-tags");
        }
        made
    }

    /// The endings of files that may be published too.
    fn attachments(&mut self, root: &DeTable<'_>) -> BTreeSet<String> {
        let site = root.get("site").and_then(|it| it.get_ref().as_table());
        let Some(table) = site else { return BTreeSet::new() };
        let mut endings = BTreeSet::new();
        for (ending, span) in self.spanned_texts(table, "attachments") {
            if kind::may_be_added(&ending) {
                endings.insert(ending);
            } else {
                let fault = self.fault("settings-attachment-refused", span);
                fault.args.push(("ending", ending));
            }
        }
        endings
    }

    fn policies(
        &mut self,
        root: &DeTable<'_>,
        languages: &[Language],
    ) -> (Policy, BTreeMap<Language, Policy>) {
        let mut policies = BTreeMap::new();
        let Some(table) = self.table(root, "policy") else {
            return (Policy::default(), policies);
        };
        let tags = languages.iter().map(Language::as_str);
        let own = ["missing", "stale", "pages"];
        let known: Vec<&str> = own.into_iter().chain(tags).collect();
        self.refuse_unknown(table, &known);
        let policy = self.wish(table).change(Policy::default());
        for language in languages {
            if table.contains_key(language.as_str())
                && let Some(own) = self.table(table, language.as_str())
            {
                self.refuse_unknown(own, &["missing", "stale"]);
                let own = self.wish(own).change(policy);
                policies.insert(language.clone(), own);
            }
        }
        (policy, policies)
    }

    /// `[policy.pages."/mission/"]`, and `[policy.pages."/mission/".en]`.
    fn page_policies(
        &mut self,
        root: &DeTable<'_>,
        languages: &[Language],
    ) -> BTreeMap<String, PagePolicy> {
        let mut policies = BTreeMap::new();
        let policy = root.get("policy").and_then(|it| it.get_ref().as_table());
        let Some(pages) = policy.and_then(|it| self.table(it, "pages")) else {
            return policies;
        };
        for (name, value) in pages {
            let key = name.get_ref().to_string();
            if !(key.starts_with('/') && key.ends_with('/')) {
                self.wrong(&key, name.span(), "\"/mission/\"");
                continue;
            }
            let Some(table) = value.get_ref().as_table() else {
                self.wrong(&key, value.span(), "missing, stale");
                continue;
            };
            policies.insert(key, self.page_policy(table, languages));
        }
        policies
    }

    fn page_policy(&mut self, table: &DeTable<'_>, languages: &[Language]) -> PagePolicy {
        let tags = languages.iter().map(Language::as_str);
        let known: Vec<&str> = ["missing", "stale"].into_iter().chain(tags).collect();
        self.refuse_unknown(table, &known);
        let mut policy = PagePolicy { all: self.wish(table), ..PagePolicy::default() };
        for language in languages {
            if let Some(own) = self.table(table, language.as_str()) {
                self.refuse_unknown(own, &["missing", "stale"]);
                policy.languages.insert(language.clone(), self.wish(own));
            }
        }
        policy
    }

    fn wish(&mut self, table: &DeTable<'_>) -> Wish {
        const MISSING: [(&str, OnMissing); 3] = [
            ("source", OnMissing::Source),
            ("omit-page", OnMissing::OmitPage),
            ("fail", OnMissing::Fail),
        ];
        const STALE: [(&str, OnStale); 4] = [
            ("source", OnStale::Source),
            ("previous", OnStale::Previous),
            ("omit-page", OnStale::OmitPage),
            ("fail", OnStale::Fail),
        ];
        Wish {
            missing: self.one_of(table, "missing", &MISSING),
            stale: self.one_of(table, "stale", &STALE),
        }
    }

    /// `[translation]`.
    fn settling(&mut self, root: &DeTable<'_>) -> Settling {
        const QUANTITIES: [(&str, Quantities); 3] = [
            ("convert", Quantities::Convert),
            ("translate", Quantities::Translate),
            ("keep", Quantities::Keep),
        ];
        let Some(table) = self.table(root, "translation") else {
            return Settling::default();
        };
        self.refuse_unknown(table, &TRANSLATION);
        let quantities = self.one_of(table, "numbers", &QUANTITIES).unwrap_or_default();
        let names = self.texts(table, "names");
        if names.len() > MOST_NAMES {
            let span = table.get("names").map_or(0..0, Value::span);
            self.wrong("names", span, &format!("1 – {MOST_NAMES}"));
        }
        Settling { quantities, names }
    }

    fn typography(&mut self, root: &DeTable<'_>) -> Rules {
        let mut chosen = BTreeMap::new();
        let Some(table) = self.table(root, "typography") else { return Rules::default() };
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            let Some(language) = self.tag(name, name, key.span()) else { continue };
            if let Some(profile) = self.one_of(table, name, &Profile::ALL) {
                chosen.insert(language, profile);
            }
        }
        Rules::new(chosen)
    }

    fn one_of<T: Copy>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(table, key)?;
        let choice = choices.iter().find(|it| it.0 == text);
        if choice.is_none() {
            let names: Vec<&str> = choices.iter().map(|it| it.0).collect();
            let span = table.get(key).map_or(0..0, Value::span);
            self.wrong(key, span, &names.join(", "));
        }
        choice.map(|it| it.1)
    }

    fn deposit(&mut self, root: &DeTable<'_>) -> deposit::Settings {
        let mut settings = deposit::Settings::default();
        let Some(table) = self.table(root, "deposit") else { return settings };
        self.refuse_unknown(table, &DEPOSIT);
        if let Some(profile) = self.text(table, "profile") {
            if profile.is_empty() || profile.contains('\0') || leaves(&profile) {
                let span = table.get("profile").map_or(0..0, Value::span);
                self.wrong("profile", span, "\"deposit.toml\"");
            }
            settings.profile = profile;
        }
        settings.reviewed = self.percent(table, "reviewed");
        settings.validators = self.commands(table, "validators");
        settings.sign = self.command(table, "sign", &["{file}", "{signature}"]);
        settings.check_signature =
            self.command(table, "check-signature", &["{file}", "{signature}"]);
        settings
    }

    fn percent(&mut self, table: &DeTable<'_>, key: &str) -> u8 {
        let Some(value) = table.get(key) else { return 0 };
        let number = value.get_ref().as_integer();
        let number =
            number.and_then(|it| u8::from_str_radix(it.as_str(), it.radix()).ok());
        match number.filter(|it| *it <= 100) {
            Some(number) => number,
            None => {
                self.wrong(key, value.span(), "0 – 100");
                0
            }
        }
    }

    fn commands(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Vec<String>> {
        const EXPECTED: &str = "[[\"…\", \"{files}\"]]";
        let Some(value) = table.get(key) else { return Vec::new() };
        let lists = value.get_ref().as_array();
        let words = |list: &Value<'_>| {
            let words = list.get_ref().as_array()?.iter();
            let words = words.map(|it| it.get_ref().as_str().map(str::to_owned));
            words.collect::<Option<Vec<String>>>().filter(|it| !it.is_empty())
        };
        let commands = lists.and_then(|it| it.iter().map(words).collect());
        if commands.is_none() {
            self.wrong(key, value.span(), EXPECTED);
        }
        commands.unwrap_or_default()
    }

    /// A command in which each of these words stands for something.
    fn command(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        places: &[&str],
    ) -> Vec<String> {
        let command = self.texts(table, key);
        let has = |place: &&str| command.iter().any(|it| it.contains(*place));
        if table.contains_key(key) && !places.iter().all(has) {
            let span = table.get(key).map_or(0..0, Value::span);
            self.wrong(key, span, &format!("[\"…\", \"{}\"]", places.join("\", \"")));
        }
        command
    }

    /// Whether a setting of a table is switched on.
    fn switch(&mut self, root: &DeTable<'_>, name: &str, key: &str) -> bool {
        let Some(table) = self.table(root, name) else { return false };
        let Some(value) = table.get(key) else { return false };
        let on = value.get_ref().as_bool();
        if on.is_none() {
            self.wrong(key, value.span(), "true, false");
        }
        on.unwrap_or_default()
    }

    /// The index of the choice that a setting of a table makes; 0 without one.
    fn choice(
        &mut self,
        root: &DeTable<'_>,
        name: &str,
        key: &str,
        choices: &[&str],
    ) -> usize {
        let Some(table) = self.table(root, name) else { return 0 };
        let choices: Vec<(&str, usize)> =
            choices.iter().enumerate().map(|(index, it)| (*it, index)).collect();
        self.one_of(table, key, &choices).unwrap_or(0)
    }
}

/// Whether a path leads out of the folder that it starts from.
fn leaves(path: &str) -> bool {
    let is_down =
        |it: Component<'_>| matches!(it, Component::Normal(_) | Component::CurDir);
    path.contains('\\') || !Path::new(path).components().all(is_down)
}

/// A language tag in its usual case, when it is one (BCP 47).
pub fn language(tag: &str) -> Option<Language> {
    let parsed: unic_langid::LanguageIdentifier = tag.parse().ok()?;
    let is_one = !parsed.language.is_empty() && !address::is_folder_of_site(tag);
    is_one.then(|| Language::new(&parsed.to_string()))
}

/// Why a line cannot be read, as its message names it.
fn cause(text: &str, place: Place) -> &'static str {
    let number = usize::try_from(place.line).unwrap_or(1).max(1);
    let line = text.lines().nth(number - 1).unwrap_or_default();
    let is_key = line.split_once('=').is_some_and(|it| !it.0.contains('"'));
    if line.contains(['“', '”', '„', '«', '»', '‘', '’']) && !line.contains('"')
    {
        return "quotes";
    }
    if line.contains('"') && line.matches('"').count() % 2 == 1 {
        return "quote";
    }
    match line.trim() {
        it if it.starts_with('[') && !it.contains(']') => "bracket",
        it if !is_key && !it.starts_with(['[', '#', '"', ']']) => "equals",
        it if it.contains("\" \"") || !is_key && it.starts_with('"') => "comma",
        _ => "other",
    }
}

/// The known word nearest to one that is not known.
fn nearest<'a>(word: &str, known: &[&'a str]) -> &'a str {
    known
        .iter()
        .min_by_key(|it| strsim::levenshtein(word, it))
        .copied()
        .unwrap_or_default()
}

/// Whether a sign has no place in a file of XML, and so in no format.
fn is_forbidden(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\t' | '\n' | '\r')
}

/// Whether an address is one of the web, and of nothing that a browser would run or open on
/// the reader's machine.
fn is_web_address(address: &str) -> bool {
    let scheme = address.split_once("://").map(|it| it.0.to_ascii_lowercase());
    let is_web = scheme.is_some_and(|it| it == "https" || it == "http");
    let url = url::Url::parse(address).ok().filter(|_| is_web);
    url.is_some_and(|it| it.has_host() && it.username().is_empty())
        && !address.contains(|it: char| it.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        "[publication]\nname = \"a\"\naddress = \"https://a.fr/\"\nsource = \"fr\"\n";

    fn codes(text: &str) -> Vec<(&'static str, u32)> {
        let checked = read(text);
        assert!(checked.value.is_none(), "{checked:?}");
        let line = |it: &Diagnostic| it.place.map_or(0, |place| place.line);
        checked.diagnostics.iter().map(|it| (it.code, line(it))).collect()
    }

    #[test]
    fn the_smallest_settings_give_every_format_in_the_source_language() {
        let config = read(SMALL).value.expect("nothing is wrong");
        assert_eq!(config.languages, [Language::new("fr")]);
        assert_eq!(config.formats.len(), 3);
        assert_eq!(config.address, "https://a.fr");
    }

    #[test]
    fn a_misspelt_setting_is_refused_with_its_line_and_the_nearest_one() {
        let text = format!("{SMALL}langages = [\"en\"]\n");
        let checked = read(&text);
        assert_eq!(checked.diagnostics[0].code, "settings-unknown-key");
        assert_eq!(checked.diagnostics[0].place.map(|it| it.line), Some(5));
        assert!(checked.diagnostics[0].args.contains(&("nearest", "languages".into())));
    }

    #[test]
    fn a_file_of_unknown_settings_is_told_in_few_steps() {
        // Each in its line, and all in one: counted from the head, 10¹² letters.
        let lines: String = (0..200_000).map(|it| format!("k{it} = 1\n")).collect();
        let codes = codes(&format!("{lines}{SMALL}"));
        assert!(codes.contains(&("settings-unknown-key", 150_000)));
        let values = "1, ".repeat(200_000);
        let text = format!("{SMALL}languages = [{values}]\n");
        assert!(!read(&text).diagnostics.is_empty());
        let tags: String = (0..100_000).map(|it| format!("\"x{it}\",")).collect();
        let codes = self::codes(&format!("{SMALL}languages = [{tags}]\n"));
        assert!(codes.contains(&("settings-languages-too-many", 5)), "{codes:?}");
    }

    #[test]
    fn every_fault_is_found_at_once() {
        let text = "[publication]\nname = 3\naddress = \"a.fr\"\nsource = \"français\"\n";
        let codes = codes(text);
        assert!(codes.contains(&("settings-wrong-value", 2)), "{codes:?}");
        assert!(codes.contains(&("settings-language", 4)), "{codes:?}");
    }

    #[test]
    fn what_is_not_toml_is_named_with_its_line() {
        assert_eq!(codes("[publication]\nname = \"a\n"), [("settings-unreadable", 2)]);
    }

    #[test]
    fn nothing_is_built_outside_the_publication() {
        for path in ["../ailleurs", "/tmp/x", "a/../../b"] {
            let text = format!("{SMALL}[paths]\nexports = \"{path}\"\n");
            assert_eq!(codes(&text), [("settings-wrong-value", 6)], "{path}");
        }
        let text = format!("{SMALL}[paths]\ncontent = \"../pages\"\n");
        assert!(read(&text).value.is_some());
    }

    #[test]
    fn a_language_can_have_its_own_policy() {
        let text = format!(
            "{SMALL}languages = [\"en\"]\n[policy]\nstale = \"previous\"\n\
             [policy.en]\nmissing = \"omit-page\"\n"
        );
        let config = read(&text).value.expect("nothing is wrong");
        let policy = config.policy(&Language::new("en"), &PageKey::new("/"));
        assert_eq!(
            policy,
            Policy { missing: OnMissing::OmitPage, stale: OnStale::Previous }
        );
        assert_eq!(
            config.policy(&Language::new("fr"), &PageKey::new("/")).missing,
            OnMissing::Source
        );
    }

    #[test]
    fn a_language_can_have_its_own_typography() {
        let text = format!("{SMALL}[typography]\nfr = \"fr-EU\"\n");
        let config = read(&text).value.expect("nothing is wrong");
        let profile = config.typography.profile(&Language::new("fr"));
        assert_eq!(profile, Profile::FrenchEurope);
        let text =
            format!("{SMALL}[typography]\nfr = \"bien\"\n\"français\" = \"off\"\n");
        let codes = codes(&text);
        assert_eq!(codes, [("settings-wrong-value", 6), ("settings-language", 7)]);
    }

    #[test]
    fn the_thirtieth_of_february_is_no_day() {
        assert_eq!(Date::parse("2026-02-30"), None);
        assert_eq!(
            Date::parse("2026-02-28").map(|it| it.to_string()),
            Some("2026-02-28".into())
        );
    }
}
