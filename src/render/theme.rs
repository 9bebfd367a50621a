//! What of a theme has no effect: files that nothing reads, blocks that no template has, a
//! style sheet that takes the place of ours without saying much.
//!
//! A theme is a designer's work, and nothing of it may be passed over in silence.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use super::Theme;
use crate::diagnostic::{Diagnostic, Place};

/// A file of ours in whose place a theme may have its own.
struct Own {
    path: &'static str,
    text: &'static str,
    /// What is put into it, where it begins with ours.
    beginning: &'static str,
}

/// The files of ours that a theme may replace.
const OWN: [Own; 6] = [
    Own {
        path: "html/page.html",
        text: include_str!("html/theme/page.html"),
        beginning: "built-in/html/page.html",
    },
    Own {
        path: "html/front.html",
        text: include_str!("html/theme/front.html"),
        beginning: "built-in/html/front.html",
    },
    Own {
        path: "html/404.html",
        text: include_str!("html/theme/404.html"),
        beginning: "built-in/html/404.html",
    },
    Own {
        path: "html/site.css",
        text: include_str!("html/theme/site.css"),
        beginning: "@import \"built-in/html/site.css\";",
    },
    Own {
        path: "epub/book.css",
        text: include_str!("epub/theme/book.css"),
        beginning: "@import \"built-in/epub/book.css\";",
    },
    // The template of print is a program: what it says of itself is for Typst to check.
    Own { path: "pdf/book.typ", text: "", beginning: "" },
];

/// The folder of fonts, of which each file is read.
const FONTS: &str = "fonts/";

/// What speaks of a theme and is no part of it.
const ABOUT: [&str; 3] = [".md", ".txt", ".license"];

/// The share of our classes that a style sheet which replaces ours must speak of: a
/// quarter. Below it, it was meant to be added to ours.
const ENOUGH: usize = 4;

/// A style sheet of the theme, with ours in the place where it asks for it; else ours.
pub fn style<'a>(theme: &'a Theme, path: &str) -> Cow<'a, [u8]> {
    let own = OWN.iter().find(|it| it.path == path);
    let (text, beginning) = own.map_or(("", ""), |it| (it.text, it.beginning));
    let Some(bytes) = theme.get(path) else { return Cow::Borrowed(text.as_bytes()) };
    match std::str::from_utf8(bytes) {
        Ok(said) if said.contains(beginning) => {
            Cow::Owned(said.replacen(beginning, text, 1).into_bytes())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// Says what of a theme has no effect. `folder` is its own, in the workspace.
pub fn inspect(theme: &Theme, folder: &str) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for (path, bytes) in theme {
        let text = String::from_utf8_lossy(bytes);
        let faults = match path.as_str() {
            "html/page.html" | "html/front.html" | "html/404.html" => blocks(path, &text),
            "html/site.css" | "epub/book.css" => {
                alone(theme, path, &text).into_iter().collect()
            }
            path if is_read(theme, path) => Vec::new(),
            path => vec![unread(path)],
        };
        let file: Arc<str> = Arc::from(format!("{folder}/{path}"));
        told.extend(faults.into_iter().map(|it| it.in_file(&file)));
    }
    told
}

/// Whether a file is one of ours, a font, or is named in another file of the theme.
fn is_read(theme: &Theme, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_named = || {
        let others = theme.iter().filter(|it| it.0 != path);
        others
            .filter(|it| is_text(it.0))
            .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(name))
    };
    // What lies among the site's files is published, and may be asked for from anywhere:
    // only what acts on a page by being named in it is without effect where nothing does.
    let is_published = path.starts_with("html/") && !acts(path);
    let is_about = ABOUT.iter().any(|it| path.to_lowercase().ends_with(it));
    let is_data = path.starts_with("pdf/") && !path.ends_with(".typ");
    OWN.iter().any(|it| it.path == path)
        || path.starts_with(FONTS)
        || is_published
        || is_about
        || is_data
        || is_named()
}

fn is_text(path: &str) -> bool {
    [".html", ".css", ".js", ".typ", ".svg", ".mjs"].iter().any(|it| path.ends_with(it))
}

fn acts(path: &str) -> bool {
    [".html", ".htm", ".css", ".js", ".mjs"].iter().any(|it| path.ends_with(it))
}

/// A file that nothing reads, and the one of ours that was meant.
fn unread(path: &str) -> Diagnostic {
    let ending = |it: &str| it.rsplit('.').next().unwrap_or_default().to_owned();
    let same = OWN.iter().filter(|it| ending(it.path) == ending(path));
    match same.min_by_key(|it| strsim::levenshtein(it.path, path)) {
        Some(near) => {
            Diagnostic::warning("theme-file-unread-near").with("near", near.path)
        }
        None => Diagnostic::warning("theme-file-unread"),
    }
}

/// The blocks of a template that continues ours which ours does not have, and what stands
/// outside of all blocks.
fn blocks(path: &str, text: &str) -> Vec<Diagnostic> {
    let own = OWN.iter().find(|it| it.path == path);
    let Some(own) = own.filter(|_| continues_ours(text)) else {
        return Vec::new();
    };
    let known: Vec<String> =
        tags(own.text).into_iter().filter_map(|it| it.block()).collect();
    let (mut depth, mut last) = (0_usize, 0);
    let mut told = Vec::new();
    let outside = |from: usize, to: usize, told: &mut Vec<Diagnostic>| {
        let between = without_comments(&text[from..to]);
        if between.contains(|it: char| !it.is_whitespace()) {
            let at =
                from + text[from..to].find(|it: char| !it.is_whitespace()).unwrap_or(0);
            let fault = Diagnostic::warning("theme-outside-blocks");
            told.push(fault.with("blocks", known.join(", ")).at(place(text, at, to)));
        }
    };
    for tag in tags(text) {
        if depth == 0 {
            outside(last, tag.start, &mut told);
        }
        match tag.block() {
            // A block in a block is shown where it stands, whatever its name.
            Some(name) if depth == 0 && !known.contains(&name) => {
                let near = known.iter().min_by_key(|it| strsim::levenshtein(it, &name));
                let fault =
                    Diagnostic::warning("theme-block-unknown").with("name", &name);
                let fault = fault.with("near", near.cloned().unwrap_or_default());
                let fault = fault.with("blocks", known.join(", "));
                told.push(fault.at(place(text, tag.start, tag.end)));
                depth += 1;
            }
            Some(_) => depth += 1,
            None if tag.word() == "endblock" => depth = depth.saturating_sub(1),
            None => {}
        }
        last = tag.end;
    }
    if depth == 0 {
        outside(last, text.len(), &mut told);
    }
    told
}

/// Whether a template continues one of ours, and does not only speak of it.
fn continues_ours(text: &str) -> bool {
    let is_ours =
        |it: &Tag<'_>| it.word() == "extends" && it.inside.contains("built-in/");
    tags(text).iter().any(is_ours)
}

/// A statement of a template.
struct Tag<'a> {
    start: usize,
    end: usize,
    inside: &'a str,
}

impl Tag<'_> {
    fn word(&self) -> &str {
        self.inside.split_whitespace().next().unwrap_or_default()
    }

    /// The name of the block that begins here.
    fn block(&self) -> Option<String> {
        let mut words = self.inside.split_whitespace();
        (words.next() == Some("block"))
            .then(|| words.next().unwrap_or_default().to_owned())
    }
}

/// The statements of a template, those in comments left out.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{%").map(|it| at + it) {
        if let Some(comment) = text[at..start].find("{#").map(|it| at + it) {
            at = text[comment..].find("#}").map_or(text.len(), |it| comment + it + 2);
            continue;
        }
        let Some(end) = text[start..].find("%}").map(|it| start + it) else { break };
        let inside = text[start + 2..end].trim_matches(['-', '+']).trim();
        at = end + 2;
        tags.push(Tag { start, end: at, inside });
    }
    tags
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{#") {
        out.push_str(before);
        rest = after.split_once("#}").map_or("", |it| it.1);
    }
    out + rest
}

/// A style sheet that takes the place of ours, and says so little that the pages would be
/// shown without style.
fn alone(theme: &Theme, path: &str, text: &str) -> Option<Diagnostic> {
    let own = OWN.iter().find(|it| it.path == path)?;
    let pages = theme.get("html/page.html").map(|it| String::from_utf8_lossy(it));
    let has_own_pages =
        path == "html/site.css" && pages.is_some_and(|it| !continues_ours(&it));
    if text.contains(own.beginning) || has_own_pages {
        return None;
    }
    let classes = classes(own.text);
    let said = self::classes(text).intersection(&classes).count();
    (said * ENOUGH < classes.len()).then(|| {
        let fault = Diagnostic::warning("theme-style-alone");
        let fault = fault.with("said", said).with("classes", classes.len());
        fault.with("line", own.beginning)
    })
}

/// The classes that a style sheet speaks of.
fn classes(text: &str) -> BTreeSet<&str> {
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let parts = text.split('.').skip(1);
    let names = parts.map(|it| &it[..it.find(|it| !is_name(it)).unwrap_or(it.len())]);
    names.filter(|it| it.starts_with(|it: char| it.is_ascii_alphabetic())).collect()
}

/// The place of a piece of a text.
fn place(text: &str, start: usize, end: usize) -> Place {
    let before = &text[..start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Place {
        line: number(before.matches('\n').count() + 1),
        column: number(line.chars().count() + 1),
        start: number(start),
        end: number(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_files_have_nothing_without_effect() {
        let whole = OWN.iter().filter(|it| !it.text.is_empty());
        let theme: Theme = whole
            .map(|it| (it.path.to_owned(), Arc::new(it.text.as_bytes().to_vec())))
            .collect();
        assert!(inspect(&theme, "themes").is_empty());
    }
}
