//! Workspaces made of sites that other programs built.
//!
//! [`eleventy`] looks at the files of an Eleventy site and says what a workspace of it holds:
//! which files are copied, which are made, and what could not be carried. It runs nothing and
//! touches no disk.
//!
//! - `layout`: where the site keeps its pages and its data, in which languages;
//! - `literal`: objects of JSON and JavaScript, read without running anything;
//! - `data`: what folders say of their pages, and interface strings (with `fluent`);
//! - `pairs`: which page is the translation of which;
//! - `catalogue`: a page and its translation, made into one page and its catalogue;
//! - `settings`: the settings and the words of the new workspace.

mod catalogue;
mod data;
mod fluent;
mod layout;
mod literal;
mod pairs;
mod settings;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{self, Checked, Diagnostic},
    document::Language,
    translation::align::Tally,
};

/// A site, as it lies on the disk.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The name of its folder.
    pub name: String,
    /// Every file, by its path, with `/`.
    pub paths: Vec<String>,
    /// The texts of those that [`is_read`] asks for.
    pub texts: BTreeMap<String, String>,
}

/// What a workspace holds.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The files that are copied as they are: the path of each in the site, and in the
    /// workspace.
    pub copies: Vec<(String, String)>,
    /// The files that are made, by their path in the workspace.
    pub files: BTreeMap<String, String>,
    /// The pages that are translations of others.
    pub pairs: Vec<Pair>,
    /// How many pages there are.
    pub pages: usize,
}

/// A page and its translation, by their paths in the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The page.
    pub source: String,
    /// Its translation.
    pub translation: String,
    /// The language of the translation.
    pub language: Language,
    /// How it was found.
    pub by: By,
    /// The catalogue that stands in place of the translation; none when that stays a page.
    pub catalogue: Option<String>,
    /// What became, or would have become, of the texts of the page.
    pub tally: Tally,
    /// How many texts only the translation has.
    pub alone: usize,
}

/// How a translation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// It has the same place in the folder of its language.
    Place,
    /// Their front matter names one key, or the address of the other.
    Key,
    /// One has a link to the other that says so.
    Link,
}

/// Whether the text of a file is to be read.
pub fn is_read(path: &str) -> bool {
    let ends = [".md", ".js", ".cjs", ".mjs", ".json", ".markdown"];
    ends.iter().any(|it| path.ends_with(it))
}

/// What a workspace made of an Eleventy site holds.
pub fn eleventy(site: &Site) -> Checked<Plan> {
    let mut told = Vec::new();
    let layout = layout::Layout::new(site);
    let mut plan = Plan::default();
    layout::report(site, &layout, &mut told);
    copies(site, &layout, &mut plan, &mut told);
    data::folders(site, &layout, &mut plan, &mut told);
    settings::files(site, &layout, &mut plan, &mut told);
    let pages = pairs::read(site, &layout, &plan);
    plan.pairs = pairs::pairs(&pages, site, &layout);
    pairs::settle(site, &pages, &mut plan, &mut told);
    diagnostic::sort(&mut told);
    Checked { value: plan, diagnostics: told }
}

/// The pages, and the images and documents beside them.
fn copies(
    site: &Site,
    layout: &layout::Layout,
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for path in &site.paths {
        match layout.kind(path) {
            layout::Kind::Page(inside) => {
                plan.pages += 1;
                plan.copies.push((path.clone(), format!("content/{inside}")));
            }
            layout::Kind::Resource(inside) => {
                plan.copies.push((path.clone(), format!("content/{inside}")));
            }
            layout::Kind::Template => {
                told.push(Diagnostic::warning("import-template").in_file(&file(path)));
            }
            layout::Kind::Other => {
                let folder = path.split_once('/').map_or("", |it| it.0);
                *left.entry(folder).or_default() += 1;
            }
            layout::Kind::Data | layout::Kind::Config => {}
        }
    }
    for (folder, count) in left {
        let note = Diagnostic::note("import-files-left").with("count", count);
        told.push(note.with("folder", format!("{folder}/")).in_file(&file(folder)));
    }
}

fn file(path: &str) -> Arc<str> {
    Arc::from(path)
}
