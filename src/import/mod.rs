//! Workspaces made of sites that other programs built.
//!
//! [`plan`] looks at the files of a site and says what a workspace of it holds: which files are
//! copied, which are made, and what could not be carried. It runs nothing and touches no disk.
//!
//! - `program`: what each program calls its things, as a table;
//! - `carry`, `writing`: a site of a program that is not Eleventy, brought into the shape of
//!   one, and its pages into our way of writing;
//! - `layout`: where the site keeps its pages and its data, in which languages;
//! - `literal`: objects of JSON and JavaScript, read without running anything;
//! - `data`: what folders say of their pages, and interface strings (with `fluent`);
//! - `pairs`: which page is the translation of which, with `likeness`;
//! - `catalogue`: a page and its translation, made into one page and its catalogue;
//! - `settings`: the settings and the words of the new workspace.

mod carry;
mod catalogue;
mod data;
mod fluent;
mod layout;
mod likeness;
mod literal;
mod pairs;
mod program;
mod settings;
mod writing;

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
    /// Each has a link to the other, and to no other page in its language.
    Switch,
    /// They have the same structure, numbers and addresses.
    Likeness,
}

/// The names of the programs whose sites can be imported.
pub fn programs() -> impl Iterator<Item = &'static str> {
    [ELEVENTY].into_iter().chain(program::PROGRAMS.iter().map(|it| it.name))
}

/// The program whose sites have the shape from which workspaces are made.
const ELEVENTY: &str = "eleventy";

/// Whether the text of a file of a program's site is to be read.
pub fn is_read(program: &str, path: &str) -> bool {
    let pages = [".md", ".markdown"];
    let settings = [".js", ".cjs", ".mjs", ".json"];
    let more = [".mdx", ".ts", ".mts", ".yml", ".yaml", ".toml"];
    // What pages ask for, line by line.
    let shown =
        [".rs", ".txt", ".sh", ".py", ".c", ".h", ".html", ".hbs", ".css", ".console"];
    let ends = |ends: &[&str]| ends.iter().any(|it| path.ends_with(it));
    ends(&pages)
        || ends(&settings)
        || program != ELEVENTY && ends(&more)
        || program == "mdbook" && (ends(&shown) || ends(&[".po"]))
}

/// What a workspace made of a program's site holds.
pub fn plan(program: &str, site: &Site) -> Checked<Plan> {
    let mut told = Vec::new();
    let Some(program) = program::PROGRAMS.iter().find(|it| it.name == program) else {
        let layout = layout::Layout::new(site);
        let led = layout.led_to_root(site);
        let site = led.as_ref().map_or(site, |it| &it.0);
        let mut plan = planned(site, &layout, &[], &[], &mut told);
        if let Some((site, changed)) = &led {
            for (path, target) in std::mem::take(&mut plan.copies) {
                if changed.contains(&path) {
                    plan.files.insert(target, site.texts[&path].clone());
                } else {
                    plan.copies.push((path, target));
                }
            }
        }
        diagnostic::sort(&mut told);
        return Checked { value: plan, diagnostics: told };
    };
    let (prefix, inner) = carry::rooted(program, site);
    let site = inner.as_ref().unwrap_or(site);
    let carried = carry::carry(program, site, &mut told);
    let layout = layout::Layout::carried(&carried.languages);
    let mut own = Vec::new();
    let (order, catalogues) = (&carried.order, &carried.catalogues);
    let mut plan = planned(&carried.site, &layout, order, catalogues, &mut own);
    // What was written anew is a file of ours; the rest lies where it lay.
    for (path, target) in std::mem::take(&mut plan.copies) {
        match carried.site.texts.get(&path) {
            Some(text) => drop(plan.files.insert(target, text.clone())),
            None => {
                let from = carried.from.get(&path).cloned().unwrap_or(path);
                plan.copies.push((from, target));
            }
        }
    }
    told.extend(own.into_iter().map(|it| match carried.from.get(&*it.file) {
        // The lines of a page that was written anew are others.
        Some(from) => Diagnostic { file: file(from), place: None, ..it },
        None => it,
    }));
    if !prefix.is_empty() {
        for copy in &mut plan.copies {
            copy.0.insert_str(0, &prefix);
        }
        let place = |it: Diagnostic| match it.file.is_empty() {
            true => it,
            false => Diagnostic { file: file(&format!("{prefix}{}", it.file)), ..it },
        };
        told = told.into_iter().map(place).collect();
    }
    diagnostic::sort(&mut told);
    Checked { value: plan, diagnostics: told }
}

fn planned(
    site: &Site,
    layout: &layout::Layout,
    order: &[String],
    catalogues: &[(Language, String)],
    told: &mut Vec<Diagnostic>,
) -> Plan {
    let mut plan = Plan::default();
    layout::report(site, layout, told);
    copies(site, layout, &mut plan, told);
    data::folders(site, layout, &mut plan, told);
    settings::files(site, layout, &mut plan, told);
    let pages = pairs::read(site, layout, &plan);
    settings::order(&pages, order, &mut plan);
    plan.pairs = pairs::pairs(&pages, site, layout);
    pairs::alone(&pages, layout, &plan, told);
    pairs::settle(site, &pages, &mut plan, told);
    catalogue::shared_out(&pages, catalogues, &mut plan, told);
    plan
}

/// The pages, and the images and documents beside them.
fn copies(
    site: &Site,
    layout: &layout::Layout,
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    let mut copied: BTreeMap<String, &String> = BTreeMap::new();
    let is_page = |path: &str| path.ends_with(".md") || path.ends_with(".markdown");
    let texts = site.texts.iter().filter(|it| is_page(it.0));
    let named = carry::named_files(texts.map(|it| it.1.as_str()));
    for path in &site.paths {
        match layout.kind(path) {
            layout::Kind::Page(inside) => {
                plan.pages += 1;
                plan.copies.push((path.clone(), format!("content/{inside}")));
            }
            layout::Kind::Resource(inside) => {
                plan.copies.push((path.clone(), format!("content/{inside}")));
            }
            // The first by name counts, where two folders have a file of one name.
            layout::Kind::Copied(inside)
                if named.contains(inside.rsplit('/').next().unwrap_or_default()) =>
            {
                copied.entry(format!("content/{inside}")).or_insert(path);
            }
            layout::Kind::Template => {
                told.push(Diagnostic::warning("import-template").in_file(&file(path)));
            }
            layout::Kind::Copied(_) | layout::Kind::Other => {
                let folder = path.split_once('/').map_or("", |it| it.0);
                *left.entry(folder).or_default() += 1;
            }
            layout::Kind::Data | layout::Kind::Config => {}
        }
    }
    for (target, path) in copied {
        if !plan.copies.iter().any(|it| it.1 == target) {
            plan.copies.push((path.clone(), target));
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
