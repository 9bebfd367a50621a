//! Where a link leads, in the same words for each format: a path of the site, as
//! `/fr/mission/#but`, or an address outside of it.

use percent_encoding::percent_decode_str;

/// The address of a link as it stands in a page of the site. `here` is the path of the page
/// (`/fr/mission/`), `base` the public address of the site.
pub(super) fn on_site(address: &str, here: &str, base: &str) -> String {
    if let Some(path) = public(address, base) {
        return path;
    }
    if is_absolute(address) || address.starts_with("//") {
        return decoded(address);
    }
    let (path, anchor) = divided(address);
    let path = joined(here, path);
    with_anchor(&path, anchor)
}

/// The path of the site of a public address; `None` for an address outside of it.
pub(super) fn public(address: &str, base: &str) -> Option<String> {
    let rest = address.strip_prefix(base)?;
    if !(rest.is_empty() || rest.starts_with(['/', '#', '?'])) {
        return None;
    }
    let (path, anchor) = divided(rest);
    Some(with_anchor(&joined("/", path.trim_start_matches('/')), anchor))
}

/// A path with an anchor, both decoded.
pub(super) fn with_anchor(path: &str, anchor: Option<&str>) -> String {
    let path = decoded(path);
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    match anchor {
        Some(anchor) => format!("{path}#{}", decoded(anchor)),
        None => path.to_owned(),
    }
}

/// What stands before `#` in an address, and what stands after it. What a page is asked
/// (`/fr/?q=aide`) does not make it another one; a file may be.
pub(super) fn divided(address: &str) -> (&str, Option<&str>) {
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (address, None),
    };
    match path.split_once('?') {
        Some((page, _))
            if page.is_empty() || page.ends_with('/') || page.ends_with("index.html") =>
        {
            (page, anchor)
        }
        _ => (path, anchor),
    }
}

/// A text with `%20` and the like as they are meant.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether an address says how to get there.
pub(super) fn is_absolute(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|it: char| it.is_ascii_alphabetic())
            && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
    })
}

/// The path that a relative one means, seen from a page.
pub(super) fn joined(here: &str, path: &str) -> String {
    if path.is_empty() {
        return here.to_owned();
    }
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => here.split('/').filter(|it| !it.is_empty()).collect(),
    };
    if !path.starts_with('/') && !here.ends_with('/') {
        parts.pop();
    }
    let is_folder = path.ends_with('/')
        || path.ends_with("..")
        || path.ends_with("/.")
        || path == ".";
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut out: String = parts.iter().flat_map(|it| ["/", it]).collect();
    if is_folder || out.is_empty() {
        out.push('/');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_same_place_however_it_is_written() {
        let base = "https://a.example/site";
        let on = |address: &str| on_site(address, "/fr/mission/", base);
        assert_eq!(on("#but"), "/fr/mission/#but");
        assert_eq!(on("../b/"), "/fr/b/");
        assert_eq!(on("../b/index.html#%C3%A9"), "/fr/b/#é");
        assert_eq!(on("./"), "/fr/mission/");
        assert_eq!(on("../../assets/x%20y.pdf"), "/assets/x y.pdf");
        assert_eq!(on("https://a.example/site/fr/b/#x"), "/fr/b/#x");
        assert_eq!(on("https://a.example/sites/"), "https://a.example/sites/");
        assert_eq!(on("mailto:x@y.example"), "mailto:x@y.example");
        assert_eq!(on("../?q=a#b"), "/fr/#b");
        assert_eq!(on("?q=a"), "/fr/mission/");
        assert_eq!(on("../../assets/x.pdf?v=2#page=3"), "/assets/x.pdf?v=2#page=3");
    }
}
