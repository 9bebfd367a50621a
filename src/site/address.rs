//! Where things are published: public addresses and paths under `exports/`.
//!
//! The one place that knows how a page's key becomes a path. Everything is made of the
//! key's own parts, so that no path can leave its folder.

use super::Publication;
use crate::document::{Language, PageKey};

/// The public address of a page: `https://host/fr/mission/`.
pub fn public(publication: &Publication, language: &Language, key: &PageKey) -> String {
    format!("{}/{language}{}", publication.base, encode(key.as_str()))
}

/// The public address of a path under `exports/html`.
pub fn public_file(publication: &Publication, path: &str) -> String {
    format!("{}/{}", publication.base, encode(path))
}

/// The path of a page under `exports/html`: `fr/mission/index.html`.
pub fn html(language: &Language, key: &PageKey) -> String {
    format!("{language}{}index.html", key.as_str())
}

/// The path of a page's PDF under `exports/`, and under `exports/html` again so that the
/// site is whole by itself: `pdf/fr/mission/objectifs.pdf`; home is `pdf/fr/index.pdf`.
pub fn pdf(language: &Language, key: &PageKey) -> String {
    match key.as_str().trim_matches('/') {
        "" => format!("pdf/{language}/index.pdf"),
        path => format!("pdf/{language}/{path}.pdf"),
    }
}

/// The path of the publication's PDF under `exports/` and `exports/html`.
pub fn pdf_book(publication: &Publication, language: &Language) -> String {
    format!("pdf/{}.{language}.pdf", publication.name)
}

/// The path of the publication's EPUB under `exports/` and `exports/html`.
pub fn epub(publication: &Publication, language: &Language) -> String {
    format!("epub/{}.{language}.epub", publication.name)
}

/// The way from one path under a folder to another, both without a leading slash:
/// `relative("fr/a/index.html", "fr/b/")` is `../b/`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let common = (0..folders.min(to.len() - 1)).take_while(|&i| from[i] == to[i]).count();
    let mut parts = vec![".."; folders - common];
    parts.extend(&to[common..]);
    let path = parts.join("/");
    if path.is_empty() { "./".to_owned() } else { encode(&path) }
}

/// Percent-encodes what may not stand in the path of an address (RFC 3986, 3.3).
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'\'' | b'('
            | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {
                out.push(char::from(byte));
            }
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}
