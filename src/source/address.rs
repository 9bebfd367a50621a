//! What the name of a page's file says of its address and date.

use super::slug::slug;
use crate::document::{Date, Meta, Permalink};

/// The longest pattern of an address that is filled in, in bytes.
const LONGEST_PATTERN: usize = 1_000;

/// Fills in a permalink that is a pattern, as a folder gives one to its pages, and takes
/// the date from a name such as `2024-09-16-bilan`.
pub(super) fn settle(meta: &mut Meta, name: &str) {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let (date, own) = dated(stem);
    meta.date = meta.date.or(date);
    let own = meta.slug.as_deref().unwrap_or(own);
    let title = meta.title.to_plain();
    if let Some(Permalink::Address(address, _)) = &mut meta.permalink
        && address.contains('{')
        // A longer one is refused in any case.
        && address.len() <= LONGEST_PATTERN
    {
        *address = filled(address, own, &title);
    }
}

/// The day with which a name begins, if it does, and the rest of the name.
pub fn dated(name: &str) -> (Option<Date>, &str) {
    let day = name.get(..10).and_then(Date::parse);
    match name.get(10..).and_then(|it| it.strip_prefix('-')) {
        Some(rest) if day.is_some() && !rest.is_empty() => (day, rest),
        _ => (None, name),
    }
}

/// A pattern with `{slug}` and what Eleventy calls it filled in; what it does not know
/// stays, and is refused as an address later.
fn filled(pattern: &str, own: &str, title: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let double = after.strip_prefix('{');
        let inner = match double {
            Some(inner) => inner.split_once("}}"),
            None => after.split_once('}'),
        };
        let Some((name, next)) = inner else {
            out.push('{');
            rest = after;
            continue;
        };
        let name = name.split('|').next().unwrap_or_default().trim();
        match name {
            "slug" | "page.fileSlug" | "slugOverride" => out.push_str(&slug(own)),
            "title" => out.push_str(&slug(title)),
            _ => out.push_str(&format!("{{{name}}}")),
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_with_the_name_of_the_page() {
        let filled = |pattern: &str| filled(pattern, "L'été", "Un titre");
        assert_eq!(filled("/mission/{slug}/"), "/mission/l-ete/");
        assert_eq!(filled("/a/{{ page.fileSlug | slugify }}/"), "/a/l-ete/");
        assert_eq!(filled("/{{ title | slug }}/"), "/un-titre/");
        assert_eq!(filled("/{{ autre }}/{"), "/{autre}/{");
    }

    #[test]
    fn a_name_may_begin_with_a_day() {
        assert_eq!(dated("2024-09-16-bilan").1, "bilan");
        assert_eq!(dated("2024-09-16"), (None, "2024-09-16"));
        assert_eq!(dated("2024-13-16-bilan").1, "2024-13-16-bilan");
    }
}
