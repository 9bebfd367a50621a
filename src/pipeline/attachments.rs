//! What travels in the PDFs, where the settings ask for it: the page as its authors wrote
//! it, its catalogue, and what the manifest says of it.
//!
//! The relationships are those of ISO 19005-3 and ISO 32000-2, 14.13: the document was
//! made from the page (`Source`), the catalogue completes it (`Supplement`), the manifest
//! says of it as data where each unit stands (`Data`).
//!
//! The catalogue is there twice: as the translators' file lies in the workspace (PO), and,
//! for whoever has other tools, as XLIFF 2.1 (ISO 21720), which is the XLIFF that has a
//! media type.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::{
    Error, Workspace,
    exchange::{desks, glossary},
    selection::Chosen,
    translate,
};
use crate::{
    deposit::manifest::{self, PageEntry},
    document::Language,
    render::pdf::{Attachment, Attachments, Relationship},
    site::{Edition, Page, Site},
    source::files,
    translation::{
        Glossary,
        exchange::{
            Sheet,
            xliff::{self, Version},
        },
    },
};

/// What is said of the pages of a language in XLIFF.
struct Exchange {
    /// The catalogues by their paths.
    sheets: BTreeMap<String, Sheet>,
    glossary: Glossary,
}

/// Reads what is to travel in the PDFs of the chosen pages; nothing where the settings do
/// not ask for it.
pub(super) fn read(
    workspace: &Workspace,
    site: &Site,
    chosen: &Chosen<'_>,
) -> Result<Attachments, Error> {
    let mut attachments = Attachments::new();
    if !workspace.config.attach_sources {
        return Ok(attachments);
    }
    let entries: BTreeMap<String, PageEntry> = manifest::entries(site);
    let mut exchanges: BTreeMap<Language, Exchange> = BTreeMap::new();
    for (edition, page) in chosen.pages() {
        if page.generated {
            continue;
        }
        let mut files = vec![source(workspace, page)?];
        if let Some((path, file)) = catalogue(workspace, edition, page)? {
            let language = &edition.language;
            if !exchanges.contains_key(language) {
                exchanges.insert(language.clone(), Exchange::read(workspace, language)?);
            }
            let exchange = exchanges.get(language);
            let xliff =
                exchange.and_then(|it| it.file(&path, &file.path, page, language));
            files.push(file);
            files.extend(xliff);
        }
        files.extend(entries.get(page.key.as_str()).map(|it| entry(page, it)));
        attachments.insert((edition.language.clone(), page.key.clone()), files);
    }
    Ok(attachments)
}

fn source(workspace: &Workspace, page: &Page) -> Result<Attachment, Error> {
    let content = &workspace.config.paths.content;
    let path = page.file.strip_prefix(content.as_str()).unwrap_or(&page.file);
    Ok(Attachment {
        path: format!("content/{}", path.trim_start_matches('/')),
        bytes: bytes(workspace.root.join(&*page.file))?,
        media_type: "text/markdown",
        relationship: Relationship::Source,
        description: described(page, "Markdown"),
    })
}

impl Exchange {
    /// The catalogues of a language, brought up to date.
    fn read(workspace: &Workspace, language: &Language) -> Result<Self, Error> {
        // What is wrong with them was told when they were read for the pages.
        let desks = desks(workspace, language, &[])?.value;
        Ok(Self {
            sheets: desks.into_iter().map(|it| (it.path, it.sheet)).collect(),
            glossary: glossary(workspace, language),
        })
    }

    /// The catalogue of a page, to lie beside its PO file.
    fn file(
        &self,
        path: &str,
        beside: &str,
        page: &Page,
        language: &Language,
    ) -> Option<Attachment> {
        let options = xliff::Options {
            version: Version::V2_1,
            changed: false,
            glossary: &self.glossary,
        };
        let sheets = std::slice::from_ref(self.sheets.get(path)?);
        let text = xliff::write(sheets, language, &options)?;
        let stem = beside.strip_suffix(".po").unwrap_or(beside);
        Some(Attachment {
            path: format!("{stem}.xlf"),
            bytes: Arc::new(text.into_bytes()),
            media_type: "application/xliff+xml",
            relationship: Relationship::Supplement,
            description: described(page, "XLIFF"),
        })
    }
}

/// The catalogue of a page as it lies in the workspace, and its path there.
fn catalogue(
    workspace: &Workspace,
    edition: &Edition,
    page: &Page,
) -> Result<Option<(String, Attachment)>, Error> {
    let content = &workspace.config.paths.content;
    let file = page.file.strip_prefix(content.as_str()).unwrap_or(&page.file);
    let file = file.trim_start_matches('/');
    let path = translate::catalogue_path(&workspace.config, &edition.language, file);
    if !files::exists(&workspace.root, &path) {
        return Ok(None);
    }
    let locales = &workspace.config.paths.locales;
    let name = path.strip_prefix(locales.as_str()).unwrap_or(&path);
    let file = Attachment {
        path: format!("locales/{}", name.trim_start_matches('/')),
        bytes: bytes(workspace.root.join(&path))?,
        media_type: "text/x-gettext-translation",
        relationship: Relationship::Supplement,
        description: described(page, "PO"),
    };
    Ok(Some((path, file)))
}

fn entry(page: &Page, entry: &PageEntry) -> Attachment {
    let name = page.key.as_str().trim_matches('/');
    let name = if name.is_empty() { "index" } else { name };
    Attachment {
        path: format!("manifest/{name}.json"),
        bytes: Arc::new(entry.write().into_bytes()),
        media_type: "application/json",
        relationship: Relationship::Data,
        description: described(page, "JSON"),
    }
}

/// The title of the page, in its own language, and the format.
fn described(page: &Page, format: &str) -> String {
    format!("{} ({format})", page.document.meta.title.to_plain())
}

fn bytes(path: PathBuf) -> Result<Arc<Vec<u8>>, Error> {
    match files::bytes(&path) {
        Ok(bytes) => Ok(Arc::new(bytes)),
        Err(source) => Err(Error::Io { path, source }),
    }
}
