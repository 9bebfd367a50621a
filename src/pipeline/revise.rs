//! What a person who reviews translations works on: a page as its author wrote it, and
//! its catalogue, brought up to date in memory.

use std::{collections::BTreeSet, sync::Arc};

use sha2::{Digest, Sha256};

use super::{
    Error, Workspace,
    extract::Found,
    publication::address_of,
    read::{Read, read},
    translate::{catalogue_path, glossary},
};
use crate::{
    diagnostic::Diagnostic,
    document::{Document, Language},
    site::address,
    source::files,
    translation::{self, Catalogue, Glossary, Listed, Rules, listing},
};

/// A page and its catalogue in a language.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The page's file, relative to the workspace.
    pub file: Arc<str>,
    /// The page, as it is written now.
    pub document: Document,
    /// Where the catalogue lies, relative to the workspace.
    pub path: String,
    /// The text of the catalogue, as it lies there now.
    pub text: Option<String>,
    /// The catalogue, brought up to date with the page.
    pub catalogue: Catalogue,
    /// The language.
    pub language: Language,
    /// The words that are always translated in one way.
    pub glossary: Glossary,
    /// Why the catalogue must not be written, if so.
    pub damage: Vec<Diagnostic>,
}

impl Revision {
    /// What its translations are checked by.
    pub fn rules(&self) -> Rules<'_> {
        Rules { language: &self.language, glossary: &self.glossary }
    }

    /// Its units, each with all that is known of it.
    pub fn units(&self) -> Vec<Listed> {
        translation::list(&self.document, Some(&self.catalogue), &self.rules())
    }

    /// The unit with this fingerprint.
    pub fn unit(&self, fingerprint: &str) -> Option<Listed> {
        let catalogue = Some(&self.catalogue);
        listing::find(&self.document, catalogue, &self.rules(), fingerprint)
    }
}

/// Reads a page, by its file relative to the workspace, and its catalogue. `None` when the
/// page is no longer there.
pub fn revise(
    workspace: &Workspace,
    file: &str,
    language: &Language,
) -> Result<Option<Revision>, Error> {
    let config = &workspace.config;
    // All pages are read: where a page lies among the others decides its trail.
    let mut faults = Vec::new();
    let pages = read(workspace, &mut faults)?;
    let Some(page) = pages.into_iter().find(|it| *it.file == *file) else {
        // A page that the disk does not give is not one that is gone.
        faults.retain(|it| it.code == "file-unreadable");
        return if faults.is_empty() { Ok(None) } else { Err(Error::Wrong(faults)) };
    };
    let path = catalogue_path(config, language, &page.path);
    let found = Found::read(workspace, path, None, false)?;
    let context = context(workspace, &page, language);
    let catalogue =
        translation::extract(&page.document, &context, found.catalogue.as_ref()).value;
    let damage = damage(workspace, language, &found)?;
    Ok(Some(Revision {
        file: page.file,
        document: page.document,
        path: found.path,
        text: found.text,
        catalogue,
        language: language.clone(),
        glossary: glossary(workspace, language, &mut Vec::new())?,
        damage,
    }))
}

/// What the pages hold now, in a few signs: as long as these are the same, so is the site.
pub fn stamp(workspace: &Workspace) -> Result<String, Error> {
    let root = workspace.root.join(&workspace.config.paths.content);
    let listed =
        files::pages(&root).map_err(|source| Error::Io { path: root.clone(), source })?;
    let mut hash = Sha256::new();
    let defaults = files::defaults(&root)
        .map_err(|source| Error::Io { path: root.clone(), source })?;
    for path in listed.value.into_iter().chain(defaults) {
        let text = files::text(&root, &path).value.unwrap_or_default();
        hash.update(format!("{path}\0{}\0", text.len()));
        hash.update(text);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Why a catalogue must not be written, if so: a part of it is not understood, or it is
/// not there and may lie under another name, where only `extract` looks for it.
fn damage(
    workspace: &Workspace,
    language: &Language,
    found: &Found,
) -> Result<Vec<Diagnostic>, Error> {
    let file: Arc<str> = Arc::from(found.path.as_str());
    let faults = match found.kept {
        true => found.diagnostics.clone(),
        false if found.text.is_none() && has_orphans(workspace, language)? => {
            vec![Diagnostic::error("review-extract-first")]
        }
        false => Vec::new(),
    };
    Ok(faults.into_iter().map(|it| it.in_file(&file)).collect())
}

/// Whether there are catalogues of pages that are not there.
fn has_orphans(workspace: &Workspace, language: &Language) -> Result<bool, Error> {
    let config = &workspace.config;
    let list = |path: &str| {
        let root = workspace.root.join(path);
        (root.clone(), move |source| Error::Io { path: root.clone(), source })
    };
    let (root, failed) = list(&config.paths.content);
    let pages = files::pages(&root).map_err(failed)?.value;
    let known: BTreeSet<String> =
        pages.iter().map(|it| catalogue_path(config, language, it)).collect();
    let folder = format!("{}/{language}/content", config.paths.locales);
    let (root, failed) = list(&folder);
    let catalogues = files::catalogues(&root).map_err(failed)?;
    Ok(catalogues.iter().any(|it| !known.contains(&format!("{folder}/{it}"))))
}

fn context(
    workspace: &Workspace,
    page: &Read,
    language: &Language,
) -> translation::Context {
    let publication = address_of(&workspace.config);
    translation::Context {
        language: language.clone(),
        source_language: page.authored.clone(),
        file: Arc::clone(&page.file),
        address: address::public(&publication, &page.authored, &page.key),
        project: workspace.config.name.clone(),
    }
}
