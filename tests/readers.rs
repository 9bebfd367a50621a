//! Other programs that read what we publish, beside `verify`, which is ours: they must meet
//! the same headings, links, images, items, cells and words, in the same order.
//!
//! - the site: the tree that Chromium gives to screen readers;
//! - the book: pandoc;
//! - the PDFs: `pdftotext` and `pdfinfo -struct-text` of poppler.
//!
//! The same is asked of a page in which each kind of thing occurs and of our own pages.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
    process::Command,
};

use plantin::{
    pipeline, site,
    verify::{self, Files, Frame, Kind, Medium, Outline, Setting},
};
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

#[cfg(feature = "pdf")]
use super::support::skip;
use super::{
    support::{files, ours, root, validators},
    verify::WORLD,
};

/// What a reader meets of a page, each kind of thing in its order.
#[derive(Debug, Default, PartialEq)]
struct Reading {
    /// Level and words.
    headings: Vec<String>,
    /// Words and target.
    links: Vec<(String, String)>,
    /// What they say.
    images: Vec<String>,
    /// The words of each item; of ours those before its first break.
    items: Vec<String>,
    cells: Vec<String>,
    /// All words, piece by piece.
    text: Vec<String>,
}

/// A publication on disk, and what we read of it.
struct Publication {
    exports: PathBuf,
    shelf: verify::Shelf,
    _folder: Option<TempDir>,
}

fn read(site: &site::Site, files: &Files) -> verify::Shelf {
    verify::read(files, &Setting::of(site))
}

/// The page in which each kind of thing occurs, with those to which it leads.
fn sample() -> Publication {
    let world = &WORLD;
    let folder = TempDir::new().expect("the temporary folder is writable");
    for (path, bytes) in &world.files {
        let path = folder.path().join(path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the folder is writable");
        fs::write(path, bytes).expect("the folder is writable");
    }
    let shelf = read(&world.site, &world.files);
    let exports = folder.path().to_owned();
    Publication { exports, shelf, _folder: Some(folder) }
}

/// This repository's own pages.
fn own() -> Publication {
    let opened = pipeline::open(root()).expect("the settings are right");
    let site = pipeline::check(&opened).expect("the disk can be read").value;
    let exports = ours().to_owned();
    let mut all = files(&exports);
    all.retain(|path, _| verify::is_read(path));
    Publication { shelf: read(&site, &all), exports, _folder: None }
}

fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// The letters of a text without the calls of its notes, which are numbers.
fn called_letters(text: &str) -> String {
    let mut parts = text.split("[^");
    let mut out = letters(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let is_call = digits > 0 && part[digits..].starts_with(']');
        out.push_str(&letters(if is_call { &part[digits..] } else { part }));
    }
    out
}

impl Reading {
    /// What we read.
    fn of(outline: &Outline) -> Self {
        let mut out = Self::default();
        for piece in &outline.pieces {
            // What is said of its translation is heard with it.
            let words = called_letters(&piece.text) + &letters(&piece.mark);
            if let Kind::Heading(level) = piece.kind {
                out.headings.push(format!("{level} {words}"));
            }
            let links = piece.links.iter();
            out.links.extend(links.map(|it| (letters(&it.text), it.target.clone())));
            out.images.extend(piece.images.iter().map(|it| letters(it)));
            let first = piece.within.len() - piece.starts.min(piece.within.len());
            let opened = &piece.within[first..];
            for frame in opened {
                match frame {
                    Frame::Item => out.items.push(words.clone()),
                    Frame::Cell(_) => out.cells.push(String::new()),
                    _ => {}
                }
            }
            if piece.within.iter().any(|it| matches!(it, Frame::Cell(_)))
                && let Some(cell) = out.cells.last_mut()
            {
                cell.push_str(&words);
            }
            out.text.push(words);
        }
        out
    }

    /// What another program says that it met, thing by thing.
    fn add(&mut self, line: &Value) {
        let text = letters(line["text"].as_str().unwrap_or_default());
        match line["kind"].as_str().expect("a kind") {
            "heading" => self.headings.push(format!("{} {text}", line["level"])),
            // What is said of the page before its title is no part of it.
            "link" if self.headings.is_empty() => {}
            "link" => {
                let to = line["to"].as_str().unwrap_or_default();
                self.links.push((text, decoded(to)));
            }
            // One that says nothing is there for the eye alone.
            "image" if text.is_empty() => {}
            "image" => self.images.push(text),
            "item" => self.items.push(text),
            "cell" => self.cells.push(text),
            _ => self.text.push(text),
        }
    }

    /// How this differs from what another met.
    fn faults(&self, other: &Reading) -> Vec<String> {
        let mut faults = Vec::new();
        let mut same = |what: &str, is_same: bool, own: String, its: String| {
            if !is_same {
                faults.push(format!("{what}: {own}\n   other: {its}"));
            }
        };
        let it = |value: &dyn std::fmt::Debug| format!("{value:?}");
        let pairs = [
            ("headings", &self.headings, &other.headings),
            ("images", &self.images, &other.images),
            ("cells", &self.cells, &other.cells),
        ];
        for (what, own, its) in pairs {
            same(what, own == its, it(own), it(its));
        }
        same("links", self.links == other.links, it(&self.links), it(&other.links));
        let begin = |(own, its): (&String, &String)| its.starts_with(own.as_str());
        let alike = self.items.len() == other.items.len()
            && self.items.iter().zip(&other.items).all(begin);
        same("items", alike, it(&self.items), it(&other.items));
        // What is said of the page stands among what it says.
        let lacking = lacking(&self.text, &other.text.concat());
        let is_met = lacking.is_none();
        same("words", is_met, lacking.unwrap_or_default(), other.text.concat());
        faults
    }
}

/// The first of these pieces that another reader does not meet behind the one before it.
fn lacking(pieces: &[String], other: &str) -> Option<String> {
    let mut rest = other;
    for piece in pieces {
        match rest.split_once(piece.as_str()) {
            Some((_, after)) => rest = after,
            None => return Some(piece.clone()),
        }
    }
    None
}

fn decoded(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// What a program said, by page.
fn readings(command: &mut Command) -> BTreeMap<String, Reading> {
    let said = command.output().expect("the program is installed");
    assert!(said.status.success(), "{said:?}");
    let mut all: BTreeMap<String, Reading> = BTreeMap::new();
    for line in String::from_utf8_lossy(&said.stdout).lines() {
        let line: Value =
            serde_json::from_str(line).unwrap_or_else(|it| panic!("{line}: {it}"));
        let page = line["page"].as_str().expect("a page").to_owned();
        all.entry(page).or_default().add(&line);
    }
    all
}

/// How what we read in a medium differs from what another program met.
fn faults(
    shelf: &verify::Shelf,
    medium: Medium,
    others: &BTreeMap<String, Reading>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut count = 0;
    for ((language, key), outlines) in &shelf.pages {
        let page = format!("/{language}{key}");
        let Some(outline) = outlines.get(&medium).filter(|_| !key.is_empty()) else {
            continue;
        };
        count += 1;
        match others.get(&page) {
            Some(other) => {
                let found = Reading::of(outline).faults(other);
                faults.extend(found.into_iter().map(|it| format!("{page} {it}")));
            }
            None => faults.push(format!("{page} was not met")),
        }
    }
    assert!(count > 4, "{count}");
    faults
}

fn in_chromium(folder: &Path, site: &Path) -> BTreeMap<String, Reading> {
    let mut command = Command::new("node");
    command.arg(root().join("tests/validators/accessibility_tree.mjs")).arg(site);
    readings(command.env("PLANTIN_VALIDATORS", folder))
}

fn in_pandoc(folder: &Path, books: &Path) -> BTreeMap<String, Reading> {
    let mut all = BTreeMap::new();
    for (path, _) in files(books) {
        let Some(stem) = path.strip_suffix(".epub") else { continue };
        let language = stem.rsplit('.').next().expect("a language");
        let mut command = Command::new(folder.join("venv/bin/python"));
        command.arg(root().join("tests/validators/epub_pandoc.py"));
        all.extend(readings(command.arg(language).arg(books.join(&path))));
    }
    all
}

#[test]
fn chromium_tells_screen_readers_what_we_read_of_the_site() {
    let Some((folder, _turn)) = validators::find("accessibility tree") else { return };
    for publication in [sample(), own()] {
        let others = in_chromium(&folder, &publication.exports.join("html"));
        let faults = faults(&publication.shelf, Medium::Html, &others);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn pandoc_meets_what_we_read_of_the_book() {
    let Some((folder, _turn)) = validators::find("pandoc") else { return };
    for publication in [sample(), own()] {
        let others = in_pandoc(&folder, &publication.exports.join("epub"));
        let faults = faults(&publication.shelf, Medium::Epub, &others);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// What is told of the sample when another reader is given it with a change.
fn told(
    medium: Medium,
    read: impl FnOnce(&Publication) -> BTreeMap<String, Reading>,
) -> String {
    let publication = sample();
    let others = read(&publication);
    faults(&publication.shelf, medium, &others).join("\n")
}

#[test]
fn what_chromium_meets_otherwise_is_told() {
    let Some((folder, _turn)) = validators::find("accessibility tree") else { return };
    let told = told(Medium::Html, |it| {
        let page = it.exports.join("html/fr/tout/index.html");
        let text = fs::read_to_string(&page).expect("it was just written");
        let changed = text
            .replace(
                "<h3 id=\"derniere-partie\"",
                "<h3 aria-level=\"4\" id=\"derniere-partie\"",
            )
            .replace("alt=\"Image wasabi\"", "alt=\"Image vasabi\"")
            .replace(
                "href=\"https://ailleurs.example/x\"",
                "href=\"https://ailleurs.example/y\"",
            );
        fs::write(&page, changed).expect("the folder is writable");
        in_chromium(&folder, &it.exports.join("html"))
    });
    let lines: Vec<&str> = told.lines().filter(|it| it.starts_with('/')).collect();
    let starts = ["headings", "images", "links"].map(|it| format!("/fr/tout/ {it}"));
    assert_eq!(lines.len(), starts.len(), "{told}");
    assert!(
        lines.iter().zip(&starts).all(|it| it.0.starts_with(it.1.as_str())),
        "{told}"
    );
}

#[test]
fn what_pandoc_meets_otherwise_is_told() {
    let Some((folder, _turn)) = validators::find("pandoc") else { return };
    let told = told(Medium::Epub, |it| {
        let book = it.exports.join("epub/essai.fr.epub");
        let mut files = WORLD.files.clone();
        super::verify::alter_book(&mut files, "fr", "page-tout.xhtml", |text| {
            text.replace("Cellule quatre", "Cellule quatro")
                .replace("puce mangue", "puce mangua")
        });
        fs::write(&book, &files["epub/essai.fr.epub"]).expect("the folder is writable");
        in_pandoc(&folder, &it.exports.join("epub"))
    });
    let lines: Vec<&str> = told.lines().filter(|it| it.starts_with('/')).collect();
    let starts = ["cells", "items", "words"].map(|it| format!("/fr/tout/ {it}"));
    assert_eq!(lines.len(), starts.len(), "{told}");
    assert!(
        lines.iter().zip(&starts).all(|it| it.0.starts_with(it.1.as_str())),
        "{told}"
    );
}

/// The words of the page of everything, piece by piece, in the order in which we read them.
fn pieces(medium: Medium) -> Vec<String> {
    let shelf = read(&WORLD.site, &WORLD.files);
    let outline = &shelf.pages[&("fr".to_owned(), "/tout/".to_owned())][&medium];
    let pieces = outline.pieces.iter().map(|it| letters(&it.text));
    pieces.filter(|it| !it.is_empty()).collect()
}

/// Asserts that another reader meets these pieces in this order.
fn in_order(pieces: &[String], other: &str, who: &str) {
    let other = letters(other);
    assert_eq!(lacking(pieces, &other), None, "{who}: {other}");
}

#[test]
fn another_reader_of_books_meets_the_same_in_the_same_order() {
    // Every tag goes, and what is left is what is read: no parser of ours.
    let bytes = &WORLD.files["epub/essai.fr.epub"];
    let mut book = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut chapter = book.by_name("OEBPS/page-tout.xhtml").expect("a chapter");
    chapter.read_to_string(&mut text).expect("UTF-8");
    let body = text.split_once("<section").expect("a chapter").1;
    let words: String =
        body.split('<').map(|it| it.split_once('>').map_or("", |it| it.1)).collect();
    in_order(&pieces(Medium::Epub), &words, "a reader without tags");
}

#[cfg(feature = "pdf")]
#[test]
fn other_readers_of_pdfs_meet_the_same_in_the_same_order() {
    let folder = tempfile::TempDir::new().expect("the temporary folder is writable");
    let path = folder.path().join("tout.pdf");
    fs::write(&path, &WORLD.files["pdf/fr/tout.pdf"]).expect("writable");
    let Some(text) = said_by("pdftotext", &[&path, Path::new("-")]) else { return };
    // It reads what stands on the page: the notes at its foot.
    let all = pieces(Medium::Pdf);
    let (body, notes) = all.split_at(all.len() - 2);
    in_order(body, &text, "pdftotext");
    in_order(notes, &text, "pdftotext");
    let Some(tags) = said_by("pdfinfo", &[Path::new("-struct-text"), &path]) else {
        return;
    };
    let lines = || tags.lines().map(str::trim);
    let quoted: String =
        lines().filter_map(|it| it.strip_prefix('"')?.strip_suffix('"')).collect();
    in_order(&body[4..], &quoted, "pdfinfo");
    let count =
        |tag: &str| lines().filter(|it| it.split([' ', ':']).next() == Some(tag)).count();
    let counts = ["H1", "H2", "H3", "LI", "TH", "TD", "Note"].map(count);
    assert_eq!(counts, [1, 1, 1, 8, 2, 4, 2], "{tags}");
}

/// What another program says; `None`, and a line that says so, where it is not there.
#[cfg(feature = "pdf")]
fn said_by(program: &str, arguments: &[&Path]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Ok(said) => Some(String::from_utf8_lossy(&said.stdout).into_owned()),
        Err(_) => {
            skip(&format!("{program} is not installed"));
            None
        }
    }
}

/// The headings of a PDF as poppler reads its tags: level and words.
#[cfg(feature = "pdf")]
fn headings_by_poppler(path: &Path) -> Option<Vec<String>> {
    let tags = said_by("pdfinfo", &[Path::new("-struct-text"), path])?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = tags.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let tag = line.trim_start().split(' ').next().unwrap_or_default();
        let level = tag.strip_prefix('H').and_then(|it| it.parse::<u8>().ok());
        let Some(level) = level else { continue };
        let inside = lines[at + 1..].iter().take_while(|it| indent(it) > indent(line));
        let quoted = inside.filter_map(|it| it.trim().strip_prefix('"'));
        let words: String = quoted.map(letters).collect();
        found.push(format!("{level} {words}"));
    }
    Some(found)
}

#[cfg(feature = "pdf")]
#[test]
fn poppler_meets_the_headings_that_we_read_of_our_pdfs() {
    let own = own();
    let mut count = 0;
    for language in ["fr", "en"] {
        let mut whole: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for ((_, key), outlines) in own.shelf.pages.iter().filter(|it| it.0.0 == language)
        {
            let Some(outline) = outlines.get(&Medium::Pdf) else { continue };
            let name = if key == "/" { "index" } else { key.trim_matches('/') };
            let path = own.exports.join(format!("pdf/{language}/{name}.pdf"));
            let Some(its) = headings_by_poppler(&path) else { return };
            let ours = Reading::of(outline).headings;
            assert_eq!(ours, its, "{}", path.display());
            count += ours.len();
            whole.insert(key.clone(), ours);
        }
        let path = own.exports.join(format!("pdf/plantin.{language}.pdf"));
        let its = headings_by_poppler(&path).expect("it was just run");
        let order = own.shelf.orders.iter();
        let order = order.filter(|it| it.0 == language && it.1 == Medium::Whole);
        let order = &order.clone().next().expect("the publication has an order").2;
        let ours: Vec<String> = order.iter().flat_map(|it| whole[it].clone()).collect();
        // The contents have one too.
        assert_eq!(ours, its[1..], "{}", path.display());
    }
    assert!(count > 50, "{count}");
}
