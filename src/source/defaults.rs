//! What a folder says of its pages.
//!
//! `_defaults.yaml` holds front matter for every page of its folder and of the folders in
//! it; Eleventy's data files (`<folder>.11tydata.json`, and `<page>.11tydata.json` for one
//! page) are read as such. The nearest one counts, and the page itself counts before them.
//! Eleventy's JavaScript files are not run: one is named, with the `_defaults.yaml` that
//! says the same, as far as that can be seen.

use std::sync::Arc;

use serde_json::Value;

use super::front_matter;
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::Meta,
};

/// The names of the program's own files.
const OWN: [&str; 2] = ["_defaults.yaml", "_defaults.yml"];

/// The ends of the names of Eleventy's programs.
const PROGRAMS: [&str; 3] = [".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"];

/// The end of the names of Eleventy's data.
const DATA: &str = ".11tydata.json";

/// Whether a file of this name says something of pages.
pub fn is_one(name: &str) -> bool {
    OWN.contains(&name) || name.ends_with(DATA) || is_program(name)
}

fn is_program(name: &str) -> bool {
    PROGRAMS.iter().any(|it| name.ends_with(it))
}

/// What the folders say.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// What each file says, by its path under `content`.
    files: Vec<(String, Meta)>,
    /// The name of `content` itself.
    root: String,
}

impl Defaults {
    /// Reads these files, given with their texts. The diagnostics name the files by their
    /// path under `content`, whose own name is `root`.
    pub fn read(files: &[(String, String)], root: &str) -> Checked<Self> {
        let root = root.rsplit('/').next().unwrap_or(root).to_owned();
        let mut defaults = Self { files: Vec::new(), root };
        let mut diagnostics = Vec::new();
        for (path, text) in files {
            let mut told = Vec::new();
            if is_program(path) {
                let own = |name: &&str| {
                    let path = beside(path, name);
                    files.iter().any(|it| it.0 == path)
                };
                // Where there is such a file already, somebody has seen to it.
                if !OWN.iter().any(own) {
                    told.push(program(path, text));
                }
            } else if let Some(meta) = read(path, text).take(&mut told) {
                defaults.files.push((path.clone(), meta));
            }
            let file: Arc<str> = Arc::from(path.as_str());
            diagnostics.extend(told.into_iter().map(|it| it.in_file(&file)));
        }
        Checked { value: defaults, diagnostics }
    }

    /// What the folders of a page say of it, by its path under `content`.
    pub fn of(&self, page: &str) -> Meta {
        let mut found: Vec<((usize, u8), &Meta)> = self
            .files
            .iter()
            .filter_map(|(path, meta)| Some((self.rank(path, page)?, meta)))
            .collect();
        found.sort_by_key(|it| std::cmp::Reverse(it.0));
        let mut all = Meta::default();
        found.iter().for_each(|(_, meta)| all.inherit(meta));
        all
    }

    /// How near a file is to a page that it speaks of.
    fn rank(&self, path: &str, page: &str) -> Option<(usize, u8)> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let inside = match folder {
            "" => Some(page),
            folder => page.strip_prefix(folder).and_then(|it| it.strip_prefix('/')),
        }?;
        let depth = if folder.is_empty() { 0 } else { folder.matches('/').count() + 1 };
        if OWN.contains(&name) {
            return Some((depth, 1));
        }
        let stem = name.strip_suffix(DATA)?;
        if inside.strip_suffix(".md") == Some(stem) {
            return Some((usize::MAX, 2));
        }
        let own = match folder {
            "" => self.root.as_str(),
            folder => folder.rsplit('/').next().unwrap_or_default(),
        };
        (stem == own).then_some((depth, 0))
    }
}

/// The path of another file in the same folder.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn read(path: &str, text: &str) -> Checked<Option<Meta>> {
    if !path.ends_with(".json") {
        let read = front_matter::defaults(text);
        return Checked { value: Some(read.value), diagnostics: read.diagnostics };
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let read = front_matter::defaults(&value.to_string());
            // What was read is the same on one line: its places say nothing.
            let told =
                read.diagnostics.into_iter().map(|it| Diagnostic { place: None, ..it });
            Checked { value: Some(read.value), diagnostics: told.collect() }
        }
        Err(error) => {
            let fault = Diagnostic::error("folder-data-broken")
                .at(Place::of_line(text, error.line()));
            // Pages that it may keep back are kept back.
            let gate = front_matter::gate_in(text);
            Checked {
                value: Some(Meta { gate, ..Meta::default() }),
                diagnostics: vec![fault],
            }
        }
    }
}

/// Says that a program is not run, and what stands in for it.
fn program(path: &str, text: &str) -> Diagnostic {
    let proposal = proposal(text);
    let known = if proposal.is_some() { "yes" } else { "no" };
    Diagnostic::warning("folder-data-not-run")
        .with("file", beside(path, OWN[0]))
        .with("known", known)
        .with("proposal", proposal.unwrap_or_default())
}

/// The front matter that a program of Eleventy's gives, as one line of YAML, as far as it
/// can be seen without running it.
pub fn proposal(program: &str) -> Option<String> {
    let start = ["module.exports", "export default"]
        .iter()
        .find_map(|it| program.find(it).map(|at| at + it.len()))?;
    let rest = &program[start..];
    let object = &rest[rest.find('{')?..];
    let whole = object.trim_end().trim_end_matches(';');
    if let Ok(Value::Object(map)) = json5::from_str::<Value>(whole) {
        return (!map.is_empty()).then(|| Value::Object(map).to_string());
    }
    let mut map = serde_json::Map::new();
    for line in object.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let key = key.trim().trim_matches(['"', '\'', '{', ' ']);
        let value = value.trim().trim_end_matches([',', ' ']);
        let is_key = !key.is_empty() && key.chars().all(|it| it.is_ascii_alphanumeric());
        if is_key && let Ok(value) = json5::from_str::<Value>(value) {
            map.entry(key.to_owned()).or_insert(value);
        }
    }
    if !map.contains_key("permalink")
        && let Some(address) = pattern(object)
    {
        map.insert("permalink".to_owned(), Value::String(address));
    }
    (!map.is_empty()).then(|| Value::Object(map).to_string())
}

/// The address that a program makes of a page's name: `/${lang}/mission/${slug}/`.
fn pattern(program: &str) -> Option<String> {
    let literals = program.split('`').skip(1).step_by(2);
    for literal in literals {
        let mut out = String::new();
        let mut rest = literal;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let (name, next) = after.split_once('}')?;
            let name = name.to_ascii_lowercase();
            rest = next;
            if name.contains("slug") {
                out.push_str("{slug}");
            } else if name.contains("lang") || name.contains("locale") {
                // An address is told from its language by the program itself.
                rest = next.strip_prefix('/').unwrap_or(next);
            } else {
                out.clear();
                break;
            }
        }
        out.push_str(rest);
        if out.contains("{slug}") && out.starts_with('/') {
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defaults(files: &[(&str, &str)]) -> Checked<Defaults> {
        let files: Vec<(String, String)> =
            files.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        Defaults::read(&files, "pages/content")
    }

    #[test]
    fn the_nearest_folder_counts_and_tags_are_joined() {
        let found = defaults(&[
            ("_defaults.yaml", "layout: a\ndescription: loin\ntags: [un]"),
            ("fr/_defaults.yaml", "description: près\ntags: [deux, un]"),
            ("fr/fr.11tydata.json", "{\"layout\": \"b\",\t\"toc\": false}"),
            ("fr/x.11tydata.json", "{\"layout\": \"c\"}"),
            ("content.11tydata.json", "{\"slugOverride\": \"s\"}"),
            ("en/_defaults.yaml", "description: ailleurs"),
        ]);
        assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
        let meta = found.value.of("fr/sous/y.md");
        assert_eq!(meta.description.map(|it| it.to_plain()).as_deref(), Some("près"));
        assert_eq!((meta.layout.as_deref(), meta.toc), (Some("b"), Some(false)));
        assert_eq!(meta.tags, ["un", "deux"]);
        assert_eq!(meta.slug.as_deref(), Some("s"));
        assert_eq!(found.value.of("fr/x.md").layout.as_deref(), Some("c"));
        assert_eq!(found.value.of("z.md").layout.as_deref(), Some("a"));
    }

    #[test]
    fn a_program_is_named_once_with_what_stands_in_for_it() {
        let program = "module.exports = {\n  layout: 'layouts/page.njk',\n  tags: [\"a\"],\n  eleventyComputed: {\n    permalink: data => `/${data.lang}/mission/${data.slugOverride || data.page.fileSlug}/`\n  }\n};";
        let found = defaults(&[("about/about.11tydata.js", program)]);
        let [fault] = found.diagnostics.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (fault.code, &*fault.file),
            ("folder-data-not-run", "about/about.11tydata.js")
        );
        let proposal =
            &fault.args.iter().find(|it| it.0 == "proposal").expect("there is one").1;
        assert_eq!(
            proposal,
            "{\"layout\":\"layouts/page.njk\",\"tags\":[\"a\"],\"permalink\":\"/mission/{slug}/\"}"
        );
        let said =
            defaults(&[("a/_defaults.yaml", proposal), ("a/a.11tydata.js", program)]);
        assert!(said.diagnostics.is_empty(), "{said:?}");
        assert_eq!(said.value.of("a/b.md").layout.as_deref(), Some("layouts/page.njk"));
    }

    #[test]
    fn broken_data_is_named_and_stops_nothing() {
        let found = defaults(&[("a/a.11tydata.json", "{"), ("_defaults.yaml", "- a")]);
        let codes: Vec<_> = found.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["folder-data-broken", "front-matter-not-a-mapping"]);
    }
}
