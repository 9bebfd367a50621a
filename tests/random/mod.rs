//! Reading back, on pages that nobody wrote: whatever a page holds, the formats and the
//! languages say the same.
//!
//! `writer` makes a page of any seed. A hundred are made into one publication and read back
//! in each run; `make random` takes thousands. Where a difference is told, the page is cut
//! down to the few lines that show it, and the seed is printed.

mod writer;

use plantin::{
    pipeline,
    verify::{self, Difference},
};
use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use super::{
    support::{PNG, Site},
    verify::formats,
};

/// How many pages a run of the suite makes.
const PAGES: u64 = 100;

/// How many of them are in one publication.
const TOGETHER: u64 = 50;

/// How often a page that shows a difference is cut and built again.
const CUTS: usize = 150;

/// The page whose links all pages may use.
const TARGET: &str = "---\ntitle: But\n---\n\nTout va bien.\n\n## Été {#ete}\n\nIci.\n";

/// Settings with three languages, one of them written from right to left.
const SETTINGS: &str = r#"[publication]
name = "essai"
address = "https://essai.example"
source = "fr"
languages = ["fr", "en", "ar"]
date = "2026-01-02"

[markdown]
math = true
"#;

/// A number of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn pages_that_nobody_wrote_read_the_same_in_every_format() {
    let first = number("PLANTIN_SEED").unwrap_or(1);
    let count = number("PLANTIN_PAGES").unwrap_or(PAGES);
    let mut faults = String::new();
    let mut seed = first;
    while seed < first + count {
        let next = (seed + TOGETHER).min(first + count);
        let pages = (seed..next).map(|it| (format!("p{it}"), writer::page(it)));
        faults.push_str(&told(&pages.collect::<Vec<_>>()));
        seed = next;
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Every file of a folder that is named, as a page: those of other programs' tests.
#[test]
fn the_pages_of_a_folder_read_the_same_in_every_format() {
    let Some(folder) = std::env::var_os("PLANTIN_FOLDER") else { return };
    let mut paths: Vec<_> = fs::read_dir(Path::new(&folder))
        .expect("the folder is there")
        .map(|it| it.expect("a file").path())
        .collect();
    paths.sort();
    let mut faults = String::new();
    for paths in paths.chunks(usize::try_from(TOGETHER).expect("a small number")) {
        let page = |it: &std::path::PathBuf| {
            let name = it.file_stem().expect("a name").to_string_lossy().to_lowercase();
            let text = fs::read(it).expect("readable");
            (name, String::from_utf8_lossy(&text).into_owned())
        };
        faults.push_str(&told(&paths.iter().map(page).collect::<Vec<_>>()));
    }
    assert!(faults.is_empty(), "{faults}");
}

/// What is told of pages that are published together: of each, the lines that show it.
fn told(pages: &[(String, String)]) -> String {
    let found = differences(pages);
    let keys: BTreeSet<&str> = found.iter().map(|it| it.page.as_str()).collect();
    let mut out = String::new();
    for key in keys {
        let name = key.trim_matches('/');
        let first = found.iter().find(|it| it.page == key).expect("it is of one");
        write!(out, "\n=== {key} {}", line(first)).expect("a text has room");
        let Some(page) = pages.iter().find(|it| it.0 == name) else { continue };
        let cut = number("PLANTIN_UNCUT").is_none();
        let (text, alone) =
            if cut { shrunk(page, first) } else { (page.1.clone(), None) };
        let alone = alone.map_or("only beside the others".to_owned(), |it| line(&it));
        write!(out, "\n    {alone}\n{text}\n").expect("a text has room");
    }
    out
}

fn line(it: &Difference) -> String {
    let shown = verify::shown(&it.shown);
    format!("{} [{}] {:?}: {shown}", it.aspect.code(), it.language, it.piece)
}

/// What differs in a publication of these pages.
fn differences(pages: &[(String, String)]) -> Vec<Difference> {
    let mut site = Site::new().config(SETTINGS).page("but.md", TARGET);
    site = site.bytes("content/pixel.png", PNG);
    for (name, text) in pages {
        site = site.page(&format!("{name}.md"), text);
    }
    site.run_command("extract", &["--json"]);
    for (language, seed) in [("en", 1), ("ar", 2)] {
        for (name, _) in pages {
            let path = format!("locales/{language}/content/{name}.po");
            let Ok(catalogue) = fs::read_to_string(site.path(&path)) else { continue };
            let filled = writer::translated(&catalogue, language, seed);
            site = site.bytes(&path, filled.as_bytes());
        }
    }
    let built = site.build();
    assert!(matches!(built.code, Some(0 | 1)), "{pages:#?}\n{built}");
    let mut files = built.files();
    files.retain(|path, _| verify::is_read(path));
    let opened = pipeline::open(&site.workspace()).expect("the settings are right");
    let read = pipeline::check(&opened).expect("the disk can be read").value;
    verify::verify(&files, &read, &formats()).differences
}

/// The fewest lines of a page that still show a difference of the same kind.
fn shrunk(page: &(String, String), like: &Difference) -> (String, Option<Difference>) {
    let mut left = CUTS;
    let mut shows = |lines: &[&str]| -> Option<Difference> {
        left = left.checked_sub(1)?;
        let text = format!("{}\n", lines.join("\n"));
        let found = differences(&[(page.0.clone(), text)]);
        found.into_iter().find(|it| it.aspect == like.aspect)
    };
    let mut lines: Vec<&str> = page.1.lines().collect();
    let Some(mut shown) = shows(&lines) else { return (page.1.clone(), None) };
    let mut size = lines.len().div_ceil(2);
    loop {
        let mut at = 0;
        while at < lines.len() {
            let mut fewer = lines.clone();
            fewer.drain(at..(at + size).min(lines.len()));
            match shows(&fewer) {
                Some(found) => (lines, shown) = (fewer, found),
                None => at += size,
            }
        }
        if size == 1 {
            return (lines.join("\n"), Some(shown));
        }
        size = size.div_ceil(2);
    }
}
