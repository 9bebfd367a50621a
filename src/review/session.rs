//! What is being reviewed: the site, and a page of it with its catalogue.
//!
//! A page and its catalogue are read again each time, so that what authors and other
//! translators do meanwhile is seen. The site, in which each link and image knows where
//! it leads, is put together again only when a page has changed.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{
    Hands, Options,
    changes::{self, Change},
};
use crate::{
    deposit::manifest::sha256,
    diagnostic::{Checked, Diagnostic},
    document::{Document, Language, PageKey, Target},
    pipeline::{self, Error, Revision, Workspace},
    render::{
        Theme,
        html::block::{self, Context, Flavour, Part, Picture, Places},
    },
    site::{Edition, Page, Site, address},
    translation::{Catalogue, Finding, Listed as Unit, Tally, check, revision},
    typography,
    words::Words,
};

/// What is being reviewed.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) workspace: Workspace,
    pub(super) languages: Vec<Language>,
    pub(super) words: Words,
    pub(super) hands: Hands,
    pub(super) theme: Theme,
    /// The address to begin with, seen from the first one.
    pub(super) start: String,
    /// The site, and what the pages held when it was put together.
    site: Mutex<Option<(String, Arc<Site>)>>,
}

/// A page that is translated, and how far it is.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) key: PageKey,
    pub(super) title: String,
    pub(super) tally: Tally,
}

/// A page beside its translation.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) source_language: Language,
    pub(super) rows: Vec<Row>,
    pub(super) units: Vec<Entry>,
    /// What the catalogue's file held when it was read.
    pub(super) hash: String,
    /// Why nothing can be saved, if so.
    pub(super) damage: Vec<Diagnostic>,
    /// The key and the title of the page before it.
    pub(super) previous: Option<(PageKey, String)>,
    /// See `previous`.
    pub(super) next: Option<(PageKey, String)>,
}

/// A part of the page in both languages.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) source: Part,
    pub(super) target: Part,
}

/// A unit, and what a translator wants to know of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) unit: Unit,
    /// Where it stands: the page's file and the line.
    pub(super) place: String,
    /// What changed in the source since it was translated.
    pub(super) changes: Vec<Change>,
    /// The words of the glossary that are in it: the original's, then the translation's.
    pub(super) terms: Vec<(String, String)>,
    /// What the checks say of its translation, whatever its state.
    pub(super) findings: Vec<Finding>,
}

impl Session {
    /// Reads the workspace, and makes sure that there is something to review.
    pub(super) fn open(options: Options, hands: Hands) -> Result<Self, Error> {
        let Options { workspace, languages, page, words, .. } = options;
        let config = &workspace.config;
        let wrong = |it| Err(Error::Wrong(vec![it]));
        let known = config.languages.iter().map(Language::as_str).collect::<Vec<_>>();
        let strange = languages.iter().find(|it| !config.languages.contains(it));
        if let Some(language) = strange {
            let fault = Diagnostic::error("language-unknown").with("language", language);
            return wrong(fault.with("known", known.join(", ")));
        }
        let wanted = |it: &&Language| {
            **it != config.source && (languages.is_empty() || languages.contains(it))
        };
        let languages: Vec<Language> =
            config.languages.iter().filter(wanted).cloned().collect();
        let Some(first) = languages.first() else {
            return wrong(Diagnostic::error("review-no-language"));
        };
        let theme = pipeline::theme(&workspace)?;
        let mut start = format!("?language={first}");
        if let Some(wished) = page {
            let site = pipeline::check(&workspace)?.value;
            let Some(page) = named(&workspace, &site, &wished) else {
                return wrong(Diagnostic::error("page-unknown").with("page", wished));
            };
            start = page_address(first, &page.key);
        }
        let site = Mutex::default();
        Ok(Self { workspace, languages, words, hands, theme, start, site })
    }

    /// The site as it is now.
    pub(super) fn site(&self) -> Result<Arc<Site>, Error> {
        let stamp = pipeline::stamp(&self.workspace)?;
        let mut kept = self.site.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, site)) = kept.as_ref().filter(|it| it.0 == stamp) {
            return Ok(Arc::clone(site));
        }
        let site = Arc::new(pipeline::check(&self.workspace)?.value);
        *kept = Some((stamp, Arc::clone(&site)));
        Ok(site)
    }

    /// The pages that are translated into a language, in reading order.
    pub(super) fn pages(&self, language: &Language) -> Result<Vec<Listed>, Error> {
        let site = self.site()?;
        let one = |page: &Page| {
            let revision = pipeline::revise(&self.workspace, &page.file, language)?;
            let Some(revision) = revision else { return Ok(None) };
            let mut tally = Tally::default();
            revision.units().iter().for_each(|unit| tally.count(unit.state, 1));
            let title = page.document.meta.title.to_plain();
            Ok(Some(Listed { key: page.key.clone(), title, tally }))
        };
        let pages: Result<Vec<_>, Error> =
            bases(&site, language).into_par_iter().map(one).collect();
        Ok(pages?.into_iter().flatten().collect())
    }

    /// A page beside its translation; `None` when there is none such.
    pub(super) fn sheet(
        &self,
        language: &Language,
        key: &str,
    ) -> Result<Option<Sheet>, Error> {
        let site = self.site()?;
        let pages = bases(&site, language);
        let found = pages.iter().position(|it| it.key.as_str() == key);
        let Some(number) = found else { return Ok(None) };
        let page = pages[number];
        let beside = |number: Option<usize>| {
            let page = pages.get(number?)?;
            Some((page.key.clone(), page.document.meta.title.to_plain()))
        };
        let revision = pipeline::revise(&self.workspace, &page.file, language)?;
        let Some(revision) = revision else { return Ok(None) };
        Ok(Some(Sheet {
            title: page.document.meta.title.to_plain(),
            source_language: page.authored.clone(),
            rows: rows(
                &self.workspace.config.typography,
                &site,
                page,
                &revision.catalogue,
                language,
            ),
            units: revision.units().into_iter().map(|it| entry(&revision, it)).collect(),
            hash: hash(revision.text.as_deref()),
            damage: revision.damage,
            previous: beside(number.checked_sub(1)),
            next: beside(number.checked_add(1)),
        }))
    }
}

/// The address of a page, seen from the first one.
pub(super) fn page_address(language: &Language, key: &PageKey) -> String {
    format!("page?language={language}&page={}", address::encode(key.as_str()))
}

/// What a catalogue's file holds, or that there is none, in a few signs.
pub(super) fn hash(text: Option<&str>) -> String {
    text.map_or(String::new(), |it| sha256(it.as_bytes()))
}

/// A unit, with what a translator wants to know of it.
pub(super) fn entry(revision: &Revision, unit: Unit) -> Entry {
    let (source, translation) = (&unit.source, &unit.translation);
    let findings = check::findings(source, translation, &unit.flags, &revision.rules());
    let changes = match &unit.previous {
        Some(previous) => changes::changes(previous, source),
        None => Vec::new(),
    };
    let place = match unit.place.line {
        0 => revision.file.to_string(),
        line => format!("{}:{line}", revision.file),
    };
    let terms = revision.glossary.terms_in(source);
    let terms = terms.map(|it| (it.source.clone(), it.target.clone())).collect();
    Entry { unit, place, changes, terms, findings }
}

/// The pages that are translated into a language: those that their authors wrote in
/// another, and not in this one too.
pub(super) fn bases<'a>(site: &'a Site, language: &Language) -> Vec<&'a Page> {
    let authored =
        |it: &Edition, page: &Page| !page.generated && page.authored == it.language;
    let own = site.edition(language).map_or_else(BTreeSet::new, |edition| {
        let own = edition.pages.iter().filter(|page| authored(edition, page));
        own.map(|page| &page.key).collect()
    });
    let mut seen = own;
    let mut bases = Vec::new();
    for edition in &site.editions {
        for page in edition.pages.iter().filter(|page| authored(edition, page)) {
            // A page that was written in several languages is translated from the first.
            if seen.insert(&page.key) {
                bases.push(page);
            }
        }
    }
    bases
}

fn named<'a>(workspace: &Workspace, site: &'a Site, wished: &str) -> Option<&'a Page> {
    let config = &workspace.config;
    let key = address::from_permalink(wished, &config.languages).ok().map(|it| it.0);
    site.editions.iter().flat_map(|it| &it.pages).filter(|it| !it.generated).find(|it| {
        Some(&it.key) == key.as_ref()
            || *it.file == *wished
            || *it.file == format!("{}/{wished}", config.paths.content)
    })
}

/// The page in both languages, part by part.
pub(super) fn rows(
    rules: &typography::Rules,
    site: &Site,
    page: &Page,
    catalogue: &Catalogue,
    language: &Language,
) -> Vec<Row> {
    let mut translated = revision::proof(&page.document, catalogue, language);
    typography::document(&mut translated, rules);
    let source = parts(site, &page.document, &page.authored);
    let target = parts(site, &translated, language);
    let pairs = source.into_iter().zip(target);
    pairs.map(|(source, target)| Row { source, target }).collect()
}

fn parts(site: &Site, document: &Document, language: &Language) -> Vec<Part> {
    let edition = site.edition(language).unwrap_or(site.source());
    let context = Context {
        flavour: Flavour::Proof,
        labels: &edition.labels,
        edition: language,
        around: language,
        marks: true,
        places: &Proof { site },
    };
    let Checked { value, .. } = block::proof(document, &context);
    value
}

/// A proof leads nowhere, but shows where links are.
struct Proof<'a> {
    site: &'a Site,
}

impl Places for Proof<'_> {
    fn takes_queries(&self) -> bool {
        false
    }

    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Nothing => None,
            Target::Page(..)
            | Target::File(_)
            | Target::Outside(_)
            | Target::Unresolved => Some("#".to_owned()),
        }
    }

    fn picture(&self, path: &str) -> Option<Picture> {
        let file = self.site.resources.get(path)?;
        let address = format!("files?path={}", address::encode(path));
        Some(Picture { address, size: file.size, choice: None })
    }
}
