//! The catalogue of one page in one language, brought up to date.

use std::sync::Arc;

use super::{
    Error, Workspace,
    publication::address_of,
    read::Read,
    translate::{catalogue_path, read_catalogue},
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::Language,
    site::address,
    translation::{self, Catalogue},
};

/// The path of the catalogue, relative to the workspace, and its new text, when that
/// differs from what is there.
pub(super) fn extract_one(
    workspace: &Workspace,
    language: &Language,
    page: &Read,
) -> Result<Checked<Option<(String, String)>>, Error> {
    let config = &workspace.config;
    let path = catalogue_path(config, language, &page.path);
    let file: Arc<str> = Arc::from(path.as_str());
    let mut diagnostics = Vec::new();
    let old_text = read_catalogue(workspace, &path, &mut diagnostics)?;
    let old =
        old_text.as_deref().and_then(|it| Catalogue::read(it).take(&mut diagnostics));
    let publication = address_of(config);
    let context = translation::Context {
        language: language.clone(),
        source_language: page.authored.clone(),
        file: Arc::clone(&page.file),
        address: address::public(&publication, &page.authored, &page.key),
        project: config.name.clone(),
    };
    // What cannot be read whole is never written over: a person must look first.
    let garbled = diagnostics.iter().any(|it| it.code == "not-utf-8");
    let lost = garbled || old_text.is_some() && old.is_none();
    let damaged = lost || old.as_ref().is_some_and(Catalogue::is_damaged);
    if lost {
        diagnostics.push(Diagnostic::error("catalogue-not-updated"));
    }
    let catalogue = translation::extract(&page.document, &context, old.as_ref())
        .take(&mut diagnostics);
    let text = catalogue.write();
    let changed = !damaged && old_text.as_deref() != Some(&text);
    let value = changed.then_some((path, text));
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Ok(Checked { value, diagnostics })
}
