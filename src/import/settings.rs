//! The settings of the new workspace, and the words of its interface.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Plan, Site, file, fluent,
    layout::Layout,
    literal,
    pairs::{Written, content},
};
use crate::{diagnostic::Diagnostic, source::slug::slug};

/// The address of a site that does not say its own.
const NO_ADDRESS: &str = "https://example.org";

/// Makes `plantin.toml` and the words of each language.
pub(super) fn files(
    site: &Site,
    layout: &Layout,
    plan: &mut Plan,
    told: &mut Vec<Diagnostic>,
) {
    let about = layout.metadata(site);
    plan.files.insert("plantin.toml".into(), settings(site, layout, &about, told));
    let strings = layout.strings(site);
    for language in &layout.languages {
        let own = strings.get(language.as_str()).map_or(&[][..], Vec::as_slice);
        let text = words(site, &about, own, told);
        if !text.is_empty() {
            plan.files.insert(format!("locales/{language}/ui.ftl"), text);
        }
    }
    let read: Vec<&String> = strings.values().flatten().collect();
    let metadata = layout.metadata_file(site);
    for path in &site.paths {
        let is_data = layout.data.iter().any(|it| path.starts_with(it));
        if is_data && !read.contains(&path) && metadata != Some(path) {
            told.push(Diagnostic::warning("import-data-left").in_file(&file(path)));
        }
    }
}

/// Writes the order of the pages into the settings: those that are named, by their address.
pub(super) fn order(pages: &[Written<'_>], order: &[String], plan: &mut Plan) {
    let keys: BTreeMap<String, &str> =
        pages.iter().map(|it| (content(it), it.key.as_str())).collect();
    let mut named: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in order {
        if let Some(key) = keys.get(path) {
            let key = Value::String((*key).to_owned()).to_string();
            if seen.insert(key.clone()) {
                named.push(key);
            }
        }
    }
    if let Some(settings) =
        plan.files.get_mut("plantin.toml").filter(|_| !named.is_empty())
    {
        settings.push_str(&format!("order = [\n    {},\n]\n", named.join(",\n    ")));
    }
}

/// The base address of a site that says it.
pub(super) fn address(about: &Map<String, Value>) -> Option<String> {
    let text = about.get("url").or_else(|| about.get("address"))?.as_str()?;
    let good = text.starts_with("https://") || text.starts_with("http://");
    good.then(|| text.trim_end_matches('/').to_owned())
}

fn settings(
    site: &Site,
    layout: &Layout,
    about: &Map<String, Value>,
    told: &mut Vec<Diagnostic>,
) -> String {
    let name: String = slug(&site.name).chars().take(60).collect();
    let name = if name.is_empty() { "publication" } else { name.as_str() };
    let address = address(about).unwrap_or_else(|| {
        told.push(
            Diagnostic::warning("import-address-unknown").with("address", NO_ADDRESS),
        );
        NO_ADDRESS.to_owned()
    });
    let text = |it: &str| Value::String(it.to_owned()).to_string();
    let languages: Vec<String> =
        layout.languages.iter().map(|it| text(it.as_str())).collect();
    format!(
        "[publication]\nname = {}\naddress = {}\nsource = {}\nlanguages = [{}]\n",
        text(name),
        text(&address),
        languages[0],
        languages.join(", ")
    )
}

/// The words of a language: what the site says of itself, then its interface strings.
fn words(
    site: &Site,
    about: &Map<String, Value>,
    strings: &[String],
    told: &mut Vec<Diagnostic>,
) -> String {
    let mut all: Vec<(String, String)> = Vec::new();
    let author = about.get("author");
    let author = author.map(|it| it.get("name").unwrap_or(it));
    for (id, value) in [
        ("publication-title", about.get("title").or_else(|| about.get("name"))),
        ("publication-description", about.get("description")),
        ("publisher", author),
    ] {
        if let Some(text) =
            value.and_then(Value::as_str).filter(|it| !it.trim().is_empty())
        {
            all.push((id.to_owned(), fluent::line(id, text.trim())));
        }
    }
    for path in strings {
        let mut own = Vec::new();
        match literal::object(path, &site.texts[path]) {
            Some(object) => {
                all.extend(fluent::messages(&object.entries, &mut own));
                if !object.computed.is_empty() {
                    let fault = Diagnostic::warning("import-data-partly");
                    own.push(fault.with("keys", object.computed.join(", ")));
                }
            }
            None => own.push(Diagnostic::warning("import-data-computed")),
        }
        told.extend(own.into_iter().map(|it| it.in_file(&file(path))));
    }
    // Of two messages of one name the last counts, as it does for Eleventy.
    let last: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(number, it)| (it.0.as_str(), number)).collect();
    let kept =
        all.iter().enumerate().filter(|(number, it)| last[it.0.as_str()] == *number);
    kept.map(|(_, it)| it.1.as_str()).collect()
}
