//! The pages as their authors wrote them, and the files that they mean.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use rayon::prelude::*;

use super::{Error, Workspace};
use crate::{
    config::Config,
    diagnostic::{Checked, Diagnostic},
    document::{
        Document, Language, PageKey,
        walk::{self, Reference},
    },
    site::{ResourceFile, address, assemble, links},
    source::{self, files},
    translation,
};

/// A page as its author wrote it, and where it is published.
pub(super) struct Read {
    pub(super) file: Arc<str>,
    pub(super) path: String,
    pub(super) key: PageKey,
    pub(super) authored: Language,
    pub(super) document: Document,
}

impl Read {
    /// Whether this is the file that a language without one of its own is translated from.
    pub(super) fn is_base(&self, pages: &[Read], language: &Language) -> bool {
        let same = || pages.iter().filter(|it| it.key == self.key);
        let own = same().any(|it| it.authored == *language);
        let first = same().next().expect("a page has its own key");
        !own && std::ptr::eq(first, self)
    }
}

/// Reads every page, each with its place in the publication.
pub(super) fn read(
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Read>, Error> {
    let config = &workspace.config;
    let root = workspace.root.join(&config.paths.content);
    let listed =
        files::pages(&root).map_err(|source| Error::Io { path: root.clone(), source })?;
    let in_content = |it: Diagnostic| {
        let path = format!("{}/{}", config.paths.content, it.file);
        Diagnostic { file: Arc::from(path.trim_end_matches('/')), ..it }
    };
    diagnostics.extend(listed.diagnostics.into_iter().map(in_content));
    let parts: Vec<Checked<Option<Read>>> =
        listed.value.par_iter().map(|path| read_page(config, &root, path)).collect();
    let mut pages: Vec<Read> = Vec::new();
    let mut taken: BTreeMap<(String, Language), Arc<str>> = BTreeMap::new();
    for part in parts {
        let Some(page) = part.take(diagnostics) else { continue };
        let place = (page.key.as_str().to_lowercase(), page.authored.clone());
        match taken.get(&place) {
            Some(first) => {
                let fault = Diagnostic::error("address-twice").in_file(&page.file);
                diagnostics.push(fault.with("address", &page.key).with("other", first));
            }
            None => {
                taken.insert(place, Arc::clone(&page.file));
                pages.push(page);
            }
        }
    }
    // The source language first, so that the first page of a key is the one translated.
    pages.sort_by_key(|page| page.authored != config.source);
    if pages.is_empty() {
        let folder = Arc::from(config.paths.content.as_str());
        diagnostics.push(Diagnostic::error("no-pages").in_file(&folder));
    }
    Ok(pages)
}

pub(super) fn read_page(
    config: &Config,
    root: &Path,
    path: &str,
) -> Checked<Option<Read>> {
    let file: Arc<str> = Arc::from(format!("{}/{path}", config.paths.content));
    let mut diagnostics = Vec::new();
    let value = files::text(root, path)
        .take(&mut diagnostics)
        .and_then(|text| place_page(config, path, &file, &text, &mut diagnostics));
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Checked { value, diagnostics }
}

/// Reads the text of a page and says where it is published, if it is.
fn place_page(
    config: &Config,
    path: &str,
    file: &Arc<str>,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Read> {
    let options =
        source::Options { language: config.source.clone(), name: name(path).to_owned() };
    let mut document = source::read(text, &options).take(diagnostics);
    if document.meta.draft {
        diagnostics.push(Diagnostic::note("page-draft"));
        return None;
    }
    let languages = &config.languages;
    let found = assemble::key(&document, path, languages, &source::slug::slug);
    let Some((key, prefix)) = found.take(diagnostics) else {
        if document.meta.permalink == Some(crate::document::Permalink::Nowhere) {
            diagnostics.push(Diagnostic::note("page-nowhere"));
        }
        return None;
    };
    let folder = address::from_path(path, None, languages).ok().and_then(|it| it.1);
    let wished = document.meta.language.clone();
    let said = wished.filter(|wished| {
        let known = languages.contains(wished);
        if !known {
            diagnostics.push(
                Diagnostic::warning("page-language-unknown").with("language", wished),
            );
        }
        known
    });
    let authored = said.or(prefix).or(folder).unwrap_or_else(|| config.source.clone());
    document.language = authored.clone();
    translation::number(&mut document);
    Some(Read { file: Arc::clone(file), path: path.to_owned(), key, authored, document })
}

/// The last-resort title of a page: the name of its file, or of its folder for an index.
fn name(path: &str) -> &str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// Reads every file that an image or a link may mean, once.
pub(super) fn resources(
    workspace: &Workspace,
    pages: &[Read],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Option<Arc<ResourceFile>>> {
    let mut wanted = BTreeSet::new();
    for page in pages {
        walk::references(&page.document, &mut |reference| {
            let address = match reference {
                Reference::Link(link) => &link.address,
                Reference::Image(image) => &image.address,
            };
            let path = links::candidate(address, &page.path);
            wanted.extend(path.filter(|it| !it.ends_with(".md")));
        });
    }
    let root = workspace.root.join(&workspace.config.paths.content);
    let content = &workspace.config.paths.content;
    let parts: Vec<(String, Checked<Option<ResourceFile>>)> = wanted
        .into_par_iter()
        .filter(|path| files::exists(&root, path))
        .map(|path| (path.clone(), files::resource(&root, &path)))
        .collect();
    let mut resources = BTreeMap::new();
    for (path, part) in parts {
        let file: Arc<str> = Arc::from(format!("{content}/{path}"));
        diagnostics.extend(part.diagnostics.into_iter().map(|it| it.in_file(&file)));
        resources.insert(path, part.value.map(Arc::new));
    }
    resources
}
