//! What the files of a book are called.
//!
//! A name depends on nothing but the page's key or the image's path, so that it stays the
//! same from one edition to the next. Different keys have different names, also where
//! case does not count: a plain key is spelt out in a way that can be undone, and any
//! other one carries a fingerprint, which no plain name can contain.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::document::PageKey;

/// The style sheet. The name is `epub-builder`'s: its `nav.xhtml` links to it.
pub(super) const STYLE: &str = "stylesheet.css";
/// The cover's picture.
pub(super) const COVER_IMAGE: &str = "cover.svg";
/// The page that shows the cover.
pub(super) const COVER: &str = "cover.xhtml";
/// The table of contents. The name is `epub-builder`'s.
pub(super) const CONTENTS: &str = "nav.xhtml";

/// The longest name that spells a key out; readers unpack books into deep folders.
const PLAIN: usize = 100;
/// How many bytes of a longer or stranger key are kept, before its fingerprint.
const KEPT: usize = 60;

/// The file of the chapter that shows this page.
pub(super) fn chapter(key: &PageKey) -> String {
    let path = key.as_str().trim_matches('/');
    if path.is_empty() {
        return "page.xhtml".to_owned();
    }
    // No part holds two hyphens in a row, so that they can stand for the slash.
    if path.len() <= PLAIN && path.split('/').all(is_plain) {
        return format!("page-{}.xhtml", path.replace('/', "--"));
    }
    format!("page-{}.{}.xhtml", slug(path), fingerprint(key.as_str()))
}

/// The file of an image, by its path under `content` and the extension of its type.
pub(super) fn image(path: &str, extension: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("images/{}.{}.{extension}", slug(stem), fingerprint(path))
}

/// Whether a part of a key is lower-case letters and digits joined by single hyphens.
fn is_plain(part: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    part.split('-').all(is_word)
}

/// What can be read of a text in lower-case ASCII letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for sign in text.nfkd().filter(|it| !is_mark(*it)) {
        match sign.to_ascii_lowercase() {
            sign @ ('a'..='z' | '0'..='9') => out.push(sign),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
        if out.len() == KEPT {
            break;
        }
    }
    match out.trim_end_matches('-') {
        "" => "x".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Whether the sign is an accent that was taken apart from its letter.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36F}')
}

/// Twelve hexadecimal digits: two texts of a publication never share them by accident.
fn fingerprint(text: &str) -> String {
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_plain_key_is_spelt_out() {
        assert_eq!(chapter(&PageKey::new("/")), "page.xhtml");
        assert_eq!(
            chapter(&PageKey::new("/mission/conseil-2024/")),
            "page-mission--conseil-2024.xhtml"
        );
    }

    #[test]
    fn keys_that_look_alike_have_different_names() {
        let keys = [
            "/", "/page/", "/a/b/", "/a-b/", "/a--b/", "/a_b/", "/a.b/", "/A/b/",
            "/à/b/", "/a/b-/", "/a/-b/", "/a b/", "/a%20b/", "/index/", "/nav/",
            "/cover/", "/été/", "/ete/", "/日本/", "/中国/",
        ];
        let names: BTreeSet<String> =
            keys.iter().map(|key| chapter(&PageKey::new(key)).to_lowercase()).collect();
        assert_eq!(names.len(), keys.len(), "{names:#?}");
        assert!(!names.contains(COVER) && !names.contains(CONTENTS));
    }

    #[test]
    fn a_key_of_two_long_slugs_is_shortened() {
        let long = "un-tres-long-titre-de-page-".repeat(5);
        let long = long.trim_end_matches('-');
        let (a, b) = (format!("/{long}/{long}/"), format!("/{long}/{long}-2/"));
        let (a, b) = (chapter(&PageKey::new(&a)), chapter(&PageKey::new(&b)));
        assert_ne!(a, b);
        assert!(a.len() <= 100, "{a}");
    }

    #[test]
    fn images_of_one_name_in_two_folders_are_two_files() {
        assert_ne!(image("a/logo.png", "png"), image("b/logo.png", "png"));
        assert!(image("a/Écran n° 1.png", "png").starts_with("images/ecran-n-1."));
        assert!(image("a/.png", "png").starts_with("images/x."));
    }

    proptest! {
        #[test]
        fn a_name_is_short_plain_ascii(key in "(/[^/]{1,80}){0,4}/") {
            let name = chapter(&PageKey::new(&key));
            prop_assert!(name.len() <= 120);
            prop_assert!(name.bytes().all(|it| it.is_ascii_lowercase()
                || it.is_ascii_digit() || it == b'-' || it == b'.'));
        }

        #[test]
        fn different_keys_have_different_names(
            a in "(/[a-b_-]{1,3}){0,3}/", b in "(/[a-b_-]{1,3}){0,3}/",
        ) {
            let same = chapter(&PageKey::new(&a)) == chapter(&PageKey::new(&b));
            prop_assert_eq!(same, a == b);
        }
    }
}
