//! The site, read back: each page of each language, by an HTML parser.

use super::{
    Setting, markup,
    outline::{Outline, normal},
    place,
    tree::{self, Element},
};

/// The key of the page at this path of the exports in this language: `html/fr/a/index.html`
/// is `/a/`.
pub(super) fn key<'p>(path: &'p str, language: &str) -> Option<&'p str> {
    let inside = path.strip_prefix("html/")?.strip_prefix(language)?;
    let key = inside.strip_suffix("index.html")?;
    (key.starts_with('/') && key.ends_with('/')).then_some(key)
}

/// What a reader meets of a page of the site.
///
/// # Errors
///
/// What is missing, where it is no page.
pub(super) fn outline(
    bytes: &[u8],
    language: &str,
    key: &str,
    setting: &Setting,
) -> Result<Outline, String> {
    let text = str::from_utf8(bytes).map_err(|it| it.to_string())?;
    let root = tree::html(text)?;
    let main = root.find(&|it| it.name == "main").ok_or("<main>")?;
    let here = format!("/{language}{key}");
    let lead = |address: &str| place::on_site(address, &here, &setting.base);
    let own = root.get("lang").unwrap_or_default();
    let context = markup::Context { main, around: &root, language: own, lead: &lead };
    let mut outline = markup::outline(&context);
    outline.title = Some(title(&root));
    Ok(outline)
}

/// The title of the page, without that of the site behind it.
fn title(root: &Element) -> String {
    let title = root.find(&|it| it.name == "title").map(Element::text);
    let title = title.unwrap_or_default();
    let is_name =
        |it: &Element| it.name == "meta" && it.get("property") == Some("og:site_name");
    let site = root.find(&is_name).and_then(|it| it.get("content"));
    let own = site.and_then(|it| title.strip_suffix(it)?.strip_suffix(" – "));
    normal(own.unwrap_or(&title))
}
