//! The paths of what is published, looked at before anything is written.
//!
//! Two pages never ask for one path: `site::address` makes it so. What is left are the files
//! that people bring, which lie in the site under their own names, and names that only
//! another system refuses.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    config::{self, Config},
    diagnostic::{Checked, Diagnostic},
    render::Theme,
    site::{
        Page, Site, address,
        paths::{self, Claims, Oddity},
    },
};

/// Says which files and pages have names that cannot be kept everywhere.
pub(super) fn inspect(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> =
        site.source().pages.iter().filter_map(|page| page_name(site, page)).collect();
    let mut claims = Claims::default();
    for path in site.resources.keys() {
        let file = Arc::from(format!("{}/{path}", config.paths.content));
        let published = address::file(path);
        let alike = claims.file(&published, path).err().map(|first| {
            Diagnostic::warning("file-name-twice").with("path", path).with("other", first)
        });
        let told = alike.into_iter().chain(odd_name(&published));
        diagnostics.extend(told.map(|it| it.in_file(&file)));
    }
    diagnostics
}

/// What is odd in the names of a page's files.
fn page_name(site: &Site, page: &Page) -> Option<Diagnostic> {
    let language = &site.publication.source;
    let html = address::html(language, &page.key);
    let told =
        odd_name(&html).or_else(|| odd_name(&address::pdf(language, &page.key)))?;
    let file = if page.file.is_empty() { config::FILE } else { &page.file };
    Some(told.in_file(&Arc::from(file)))
}

fn odd_name(path: &str) -> Option<Diagnostic> {
    let (oddity, name) = paths::odd_name(path)?;
    let told = match oddity {
        Oddity::TooLong => Diagnostic::error("published-name-too-long"),
        Oddity::NotForWindows => Diagnostic::warning("name-not-for-windows"),
    };
    Some(told.with("name", name))
}

/// The theme without those of its files that would lie where the site has one already.
pub(super) fn theme(site: &Site, config: &Config, mut theme: Theme) -> Checked<Theme> {
    let mut claims = Claims::default();
    let own = [
        address::FRONT,
        address::NOT_FOUND,
        address::STYLE,
        address::SITEMAP,
        address::ROBOTS,
    ];
    for path in own {
        claims.file(path, path.to_owned()).ok();
    }
    claims.folder(address::PICTURES, address::PICTURES.to_owned()).ok();
    for path in site.resources.keys() {
        let file = format!("{}/{path}", config.paths.content);
        claims.file(&address::file(path), file).ok();
    }
    let mut diagnostics = crate::render::theme::inspect(&theme, &config.paths.themes);
    let mut withheld = BTreeSet::new();
    let templates = theme.keys().filter(|it| !crate::render::html::is_own_file(it));
    for (path, name) in templates.filter_map(|it| Some((it, it.strip_prefix("html/")?))) {
        let file: Arc<str> = Arc::from(format!("{}/{path}", config.paths.themes));
        let published = address::theme(name);
        let lost = claims.file(&published, file.to_string()).err().map(|other| {
            withheld.insert(path.clone());
            Diagnostic::error("theme-file-twice")
                .with("path", &published)
                .with("other", other)
        });
        let told = lost.into_iter().chain(odd_name(&published));
        diagnostics.extend(told.map(|it| it.in_file(&file)));
    }
    theme.retain(|path, _| !withheld.contains(path));
    Checked { value: theme, diagnostics }
}
