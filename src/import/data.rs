//! What folders say of their pages, and the site's strings, as a workspace has them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Plan, Site, file,
    layout::{Kind, Layout},
    literal,
};
use crate::diagnostic::Diagnostic;

/// Turns what folders say of their pages into `_defaults.yaml`, and what is said of one page
/// into a file beside it.
pub(super) fn folders(
    site: &Site,
    layout: &Layout,
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let mut said: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for path in in_order(site, layout) {
        let Some(inside) = path.strip_prefix(&layout.pages) else { continue };
        let Some(mut object) = literal::object(path, &site.texts[path]) else {
            told.push(Diagnostic::warning("import-data-computed").in_file(&file(path)));
            continue;
        };
        object.entries.retain(|key, value| {
            let plain = key != "eleventyComputed" && !is_template(value);
            if !plain {
                object.computed.push(key.clone());
            }
            plain
        });
        if !object.computed.is_empty() {
            let fault = Diagnostic::warning("import-data-partly").in_file(&file(path));
            told.push(fault.with("keys", object.computed.join(", ")));
        }
        if !object.entries.is_empty() {
            let target = target(inside, site, layout);
            said.entry(target).or_default().extend(object.entries);
        }
    }
    for (target, entries) in said {
        let text = match target.ends_with(".json") {
            true => format!("{:#}\n", Value::Object(entries)),
            false => yaml(&entries),
        };
        plan.files.insert(format!("content/{target}"), text);
    }
}

/// The files that speak of pages: what is said last counts, and with Eleventy that is what
/// programs say.
fn in_order<'a>(site: &'a Site, layout: &Layout) -> Vec<&'a String> {
    let is_site = |path: &str| layout.data.iter().any(|it| path.starts_with(it));
    let ours =
        site.texts.keys().filter(|it| layout.kind(it) == Kind::Data && !is_site(it));
    let mut paths: Vec<&String> = ours.collect();
    let rank = |path: &str| match path {
        it if it.ends_with(".11tydata.json") => 1,
        it if it.ends_with(".json") => 0,
        _ => 2,
    };
    paths.sort_by_key(|it| (rank(it), *it));
    paths
}

/// Where a workspace keeps what is said of a folder, or of a page.
fn target(inside: &str, site: &Site, layout: &Layout) -> String {
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.split('.').next().unwrap_or_default();
    let beside = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let page = format!("{}{}", layout.pages, beside(&format!("{stem}.md")));
    let own = folder.rsplit('/').next().unwrap_or_default();
    let is_page = stem != own && site.paths.contains(&page);
    if is_page {
        beside(&format!("{stem}.11tydata.json"))
    } else {
        beside("_defaults.yaml")
    }
}

/// Whether a value is filled in by a template when the site is built.
fn is_template(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("{{") || text.contains("{%"),
        Value::Array(values) => values.iter().any(is_template),
        Value::Object(map) => map.values().any(is_template),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Entries as YAML, of which JSON is a part.
fn yaml(entries: &Map<String, Value>) -> String {
    let plain = |key: &str| key.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    let key = |key: &String| match plain(key) {
        true => key.clone(),
        false => Value::String(key.clone()).to_string(),
    };
    entries.iter().map(|it| format!("{}: {}\n", key(it.0), it.1)).collect()
}
