//! A page that was written in two languages, made into one page and its catalogue.
//!
//! The texts of the two are paired by [`align`]. Where it finds too few of them, the pages are
//! no translation of one another, or one that has gone its own way: readers would get less of
//! it from a catalogue than from the page, which then stays.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Plan, file,
    pairs::{Written, content},
};
use crate::{
    config::{self, Config},
    diagnostic::Diagnostic,
    document::{Date, Document, Language, Text, walk},
    site::{Publication, address},
    source::line,
    translation::{
        self, Catalogue, Context, Keys,
        align::{self, Tally},
    },
};

/// What came of the texts of a page and its translation.
pub(super) struct Filled {
    /// The catalogue's path in the workspace.
    pub(super) path: String,
    /// The catalogue.
    pub(super) text: String,
    /// What it got.
    pub(super) tally: Tally,
    /// The texts that only the translation has.
    pub(super) alone: Vec<Text>,
    /// How many texts the translation has.
    texts: usize,
}

impl Filled {
    /// Whether at least half of the page is surely translated, with at least half of what
    /// its translation says. A draft is not shown to readers, so it does not count.
    pub(super) fn is_worth_it(&self) -> bool {
        let Tally { translated, drafts, missing, kept: _ } = self.tally;
        let is_half = translated > 0 && 2 * translated >= translated + drafts + missing;
        is_half && 2 * self.alone.len() <= self.texts
    }
}

/// The catalogue of a page, filled with what its translation says, as `plantin align` does.
/// `file` is the page's path in the workspace, `origin` that of the translation.
pub(super) fn fill(
    config: &Config,
    (page, file): (&Written<'_>, &str),
    (translation, origin): (&Written<'_>, &str),
) -> Filled {
    let context = context(config, page, translation.language.clone(), file);
    let (source, target) = (&page.document, &translation.document);
    let empty = translation::extract(source, &context, None).value;
    let (filled, tally) = align::fill(&empty, source, target, origin);
    let texts = texts(target);
    let pairs = align::align(source, target);
    let paired: BTreeSet<&String> = pairs.iter().flat_map(|it| &it.target).collect();
    let is_alone = |it: &&Text| !paired.contains(&line::write(&it.inlines));
    let path = translation::path(&translation.language, &page.inside);
    Filled {
        path: format!("{}/{path}", config.paths.locales),
        text: filled.write(),
        tally,
        alone: texts.iter().filter(is_alone).cloned().collect(),
        texts: texts.len(),
    }
}

/// Gives each page its part of the catalogues of a whole site, and says how much of each
/// found its place.
pub(super) fn shared_out(
    pages: &[Written<'_>],
    catalogues: &[(Language, String)],
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let Some(config) = config::read(&plan.files[config::FILE]).value else { return };
    for (language, text) in catalogues {
        let place = file(&format!("po/{language}.po"));
        let read = Catalogue::open(text);
        told.extend(read.diagnostics.into_iter().map(|it| it.in_file(&place)));
        let Some(all) = read.value else { continue };
        let (mut translated, mut texts) = (0, 0);
        for page in pages.iter().filter(|it| it.language == config.source) {
            let own = all.only(&Keys::of(&page.document));
            let origin = content(page);
            let context = context(&config, page, language.clone(), &origin);
            let merged = translation::extract(&page.document, &context, Some(&own)).value;
            let tally = merged.tally();
            translated += tally.total() - tally.missing;
            texts += tally.total();
            let path = translation::path(language, &page.inside);
            let path = format!("{}/{path}", config.paths.locales);
            plan.files.entry(path).or_insert_with(|| merged.write());
        }
        let note = Diagnostic::note("import-catalogue").with("translated", translated);
        told.push(note.with("texts", texts).in_file(&place));
    }
}

/// What a catalogue of a page says of where it comes from.
fn context(
    config: &Config,
    page: &Written<'_>,
    language: Language,
    file: &str,
) -> Context {
    Context {
        language,
        source_language: page.language.clone(),
        file: Arc::from(file),
        address: address::public(&publication(config), &page.language, &page.key),
        project: config.name.clone(),
    }
}

fn texts(document: &Document) -> Vec<Text> {
    let mut texts = Vec::new();
    walk::texts(document, &mut |_, text| {
        if translation::is_unit(text) {
            texts.push(text.clone());
        }
    });
    texts
}

/// What an address needs to know of the publication.
fn publication(config: &Config) -> Publication {
    Publication {
        name: config.name.clone(),
        base: config.address.clone(),
        source: config.source.clone(),
        date: Date::default(),
        identifier: String::new(),
        licence: None,
    }
}
