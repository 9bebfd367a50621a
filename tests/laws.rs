//! What holds of every publication, whatever is in it.
//!
//! The same sources give the same bytes; a build that is stopped leaves whole files; a
//! catalogue of identities changes nothing; nothing vanishes; reading never panics.

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::support::{
    CONFIG, EVERYTHING, FORMATS, Outcome, PNG, Site, copy, files, root, skip,
};

/// The words to look for in [`EVERYTHING`]: each is unlike any other.
const WORDS: [&str; 34] = [
    "abricot",
    "cassis",
    "datte",
    "églantine",
    "figue",
    "groseille",
    "hibiscus",
    "iris",
    "jasmine",
    "kaki",
    "DINUM",
    "kiwi",
    "laurier",
    "mangue",
    "nectarine",
    "olive",
    "pamplemousse",
    "quetsche",
    "raisin",
    "sureau",
    "Container",
    "tamarin",
    "ulluque",
    "vanille",
    "ximénie",
    "yuzu",
    "amande",
    "châtaigne",
    "noisette",
    "pistache",
    "hazelnut",
    "gabarit",
    "zeste",
    "sucre",
];

#[test]
fn the_same_sources_give_the_same_bytes() {
    let here = copy_of_ours();
    let first = here
        .env("LC_ALL", "fr_FR.UTF-8")
        .env("TZ", "Asia/Tokyo")
        .build_with(&["--format", FORMATS, "--jobs", "1"]);
    // Archives count time in steps of two seconds.
    thread::sleep(Duration::from_millis(2100));
    let there = copy_of_ours();
    let second = there
        .env("LC_ALL", "C")
        .env("TZ", "America/Lima")
        .env("RAYON_NUM_THREADS", "3")
        .build_with(&["--format", FORMATS, "--jobs", "7"]);
    assert_eq!(first.code, Some(0), "{first}");
    assert_eq!(second.code, Some(0), "{second}");
    same(&first.files(), &second.files());
}

#[test]
fn building_again_writes_nothing() {
    let site = everything();
    let first = site.build();
    let stamps = stamps(&site.exports());
    let second = site.build();
    same(&first.files(), &second.files());
    assert_eq!(stamps, self::stamps(&site.exports()), "a file was written again");
}

#[test]
fn what_is_no_longer_produced_is_removed() {
    let site = everything().page("passagere.md", "# Passagère\n\nBientôt partie.\n");
    let first = site.build();
    assert!(first.has("html/fr/passagere/index.html"), "{first}");
    let site = site.remove("content/passagere.md");
    let second = site.build();
    let fresh = everything().build();
    same(&second.files(), &fresh.files());
    assert!(
        !site.exports().join("html/fr/passagere").exists(),
        "an empty folder is left"
    );
}

#[test]
fn the_manifest_names_every_file_with_its_checksum() {
    let built = everything().build();
    let mut files = built.files();
    let manifest = files.remove("manifest.json").expect("it is written");
    files.retain(|file, _| !file.starts_with('.'));
    let listed = listed(&manifest);
    assert_eq!(listed.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (file, bytes) in &files {
        assert_eq!(listed[file], checksum(bytes), "{file}");
    }
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_repairs() {
    let old = everything();
    let new = || everything().page("bonne.md", "# Bonne page\n\nElle a changé.\n");
    let started = Instant::now();
    let before = old.build();
    let duration = started.elapsed();
    let after = new().build();
    let (before, after) = (visible(&before.files()), visible(&after.files()));
    let site = everything();
    for round in 0..15_u32 {
        let text =
            if round % 2 == 0 { "# Bonne page\n\nElle a changé.\n" } else { BONNE };
        fs::write(site.path("content/bonne.md"), text).expect("the folder is writable");
        let mut child = site
            .build_command(&["--format", FORMATS])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be run");
        thread::sleep(duration * (round + 1) / 16);
        child.kill().expect("it is a process of ours");
        child.wait().expect("it was started");
        let left = files(&site.exports());
        for (file, bytes) in visible(&left) {
            let whole =
                before.get(&file) == Some(&bytes) || after.get(&file) == Some(&bytes);
            assert!(whole, "round {round}: {file} is not whole");
        }
        for (file, sum) in
            left.get("manifest.json").map(|it| listed(it)).unwrap_or_default()
        {
            let there = left.get(&file).map(|bytes| checksum(bytes));
            assert_eq!(
                there,
                Some(sum),
                "round {round}: the manifest is not true of {file}"
            );
        }
    }
    let site = site.page("bonne.md", BONNE);
    let repaired = site.build();
    ended(&repaired);
    same(&visible(&repaired.files()), &before);
    let left: Vec<String> = repaired
        .files()
        .into_keys()
        .filter(|file| file.starts_with('.') && file.contains('/'))
        .collect();
    assert!(left.is_empty(), "{left:?} was left behind");
}

#[test]
fn a_catalogue_of_identities_changes_nothing() {
    let site = everything().config(&CONFIG.replace("\"en\"", "\"fr-BE\""));
    let extracted = site.run_command("extract", &["--json"]);
    ended(&extracted);
    let catalogues = files(&site.path("locales/fr-BE/content"));
    assert!(catalogues.contains_key("tout.po"), "{catalogues:?}\n{extracted}");
    for (file, text) in &catalogues {
        let text = identities(&String::from_utf8_lossy(text));
        fs::write(site.path(&format!("locales/fr-BE/content/{file}")), text)
            .expect("writable");
    }
    let built = site.build_html();
    ended(&built);
    let source = main_part(&built.file("html/fr/tout/index.html"));
    let translated = main_part(&built.file("html/fr-BE/tout/index.html"));
    assert_eq!(
        translated.replace("/fr-BE/", "/fr/").replace("\"fr-BE\"", "\"fr\""),
        source
    );
    let again = site.run_command("extract", &["--json"]);
    ended(&again);
    for (file, text) in files(&site.path("locales/fr-BE/content")) {
        let expected = identities(&String::from_utf8_lossy(&catalogues[&file]));
        assert_eq!(
            String::from_utf8_lossy(&text),
            expected,
            "extracting again changed {file}"
        );
    }
}

#[test]
fn nothing_vanishes_from_the_site() {
    let built = everything().build();
    ended(&built);
    has_every_word("the page", &built.file("html/fr/tout/index.html"));
    assert!(built.file("html/fr/tout/index.html").contains("wasabi"));
    assert!(built.file("html/fr/tout/index.html").contains("bergamote"));
}

#[test]
fn nothing_vanishes_from_the_book() {
    let built = everything().build();
    let book =
        fs::File::open(built.exports.join("epub/essai.fr.epub")).expect("it is built");
    let mut book = ZipArchive::new(book).expect("it is an archive");
    let mut text = String::new();
    for at in 0..book.len() {
        let mut entry = book.by_index(at).expect("the archive is whole");
        if entry.name().is_ok_and(|name| name.ends_with(".xhtml")) {
            entry.read_to_string(&mut text).expect("chapters are UTF-8");
        }
    }
    has_every_word("the book", &text);
    assert!(text.contains("wasabi"));
}

#[cfg(feature = "pdf")]
#[test]
fn nothing_vanishes_from_the_pdf() {
    let built = everything().build();
    for path in ["pdf/fr/tout.pdf", "pdf/essai.fr.pdf"] {
        let pdf = lopdf::Document::load_mem(&built.bytes(path)).expect("it is a PDF");
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        let text = pdf.extract_text(&pages).expect("it has text");
        // Words may be hyphenated at the end of a line.
        let text = text.replace(['\u{ad}', '-', '\n', ' '], "");
        has_every_word(path, &text);
    }
}

#[test]
fn the_real_pages_build_in_every_format() {
    let Some(content) = super::support::corpus("codegouvfr/content") else { return };
    if cfg!(debug_assertions) && cfg!(feature = "pdf") {
        return skip("a hundred pages take too long without optimisation");
    }
    let site = Site::new();
    copy(&content, &site.path("content"));
    let built = site.build();
    assert!(matches!(built.code, Some(0 | 1)), "{built}");
    let pages = files(&content).into_keys().filter(|file| file.ends_with(".md")).count();
    let published = built.manifest()["pages"].as_array().map_or(0, Vec::len);
    let refused = built
        .all_diagnostics()
        .into_iter()
        .filter(|it| {
            matches!(it.code.as_str(), "page-draft" | "page-nowhere" | "address-twice")
        })
        .count();
    assert!(published + refused >= pages, "{published} + {refused} of {pages}");
    assert!(built.has("epub/essai.en.epub"), "{built}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_a_page_never_panics(text in page()) {
        read(&text);
    }

    #[test]
    fn reading_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = plantin::source::decode(&bytes).value;
        read(&text);
        drop(plantin::translation::Catalogue::read(&text));
        drop(plantin::config::read(&text));
    }

    #[test]
    fn places_lie_in_the_text(text in page()) {
        for diagnostic in read(&text) {
            if let Some(place) = diagnostic.place {
                let slice = text.get(place.start as usize..place.end as usize);
                prop_assert!(slice.is_some(), "{diagnostic:?}");
                let lines = text.split('\n').count();
                prop_assert!(place.line as usize <= lines, "{diagnostic:?}");
            }
        }
    }
}

const BONNE: &str = "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va bien.\n";

/// A workspace with a page of [`EVERYTHING`], one more, and that of its breadcrumb.
fn everything() -> Site {
    Site::new()
        .more_config("[markdown]\nmath = true\n")
        .page("tout.md", EVERYTHING)
        .page("bonne.md", BONNE)
        .page("cassis.md", "---\ntitle: Segment cassis\ndate: 2026-01-02\n---\n\nIci.\n")
        .bytes("content/pixel.png", PNG)
}

/// A copy of this repository's own workspace.
fn copy_of_ours() -> Site {
    let site = Site::new();
    for folder in ["content", "locales", "themes"] {
        copy(&root().join(folder), &site.path(folder));
    }
    let config = fs::read_to_string(root().join("plantin.toml")).expect("it is there");
    site.config(&config)
}

/// Asserts that it ended by itself. The page of everything holds something that is told.
fn ended(outcome: &Outcome) {
    assert!(matches!(outcome.code, Some(0 | 1)), "{outcome}");
}

fn same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let names = |it: &BTreeMap<String, Vec<u8>>| it.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(left), names(right));
    let differing: Vec<&String> = left
        .iter()
        .filter(|(file, bytes)| right[*file] != **bytes)
        .map(|it| it.0)
        .collect();
    assert!(differing.is_empty(), "not the same bytes: {differing:#?}");
}

/// What a reader can meet: not the program's own notes, nor the manifest.
fn visible(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let shown = |file: &str| !file.starts_with('.') && file != "manifest.json";
    files.clone().into_iter().filter(|(file, _)| shown(file)).collect()
}

/// When each file was written, as far as the file system tells.
fn stamps(folder: &Path) -> BTreeMap<String, std::time::SystemTime> {
    files(folder)
        .into_keys()
        .filter(|file| !file.starts_with('.') && file != "manifest.json")
        .map(|file| {
            let about = fs::metadata(folder.join(&file)).and_then(|it| it.modified());
            (file, about.expect("file systems know when"))
        })
        .collect()
}

/// The files of a manifest, and their checksums.
fn listed(manifest: &[u8]) -> BTreeMap<String, String> {
    let manifest: Value = serde_json::from_slice(manifest).expect("the manifest is JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    manifest["files"]
        .as_array()
        .expect("the manifest lists files")
        .iter()
        .map(|file| (text(&file["path"]), text(&file["sha256"])))
        .collect()
}

fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A catalogue in which each text is translated by itself.
fn identities(catalogue: &str) -> String {
    let mut out = String::new();
    for (at, entry) in catalogue.split("\n\n").enumerate() {
        let source = entry.split_once("\nmsgid ").map(|it| it.1);
        let source = source.and_then(|it| it.split_once("\nmsgstr \"\""));
        match source {
            Some((source, "" | "\n")) if at > 0 => {
                out.push_str(entry.trim_end().strip_suffix("\"\"").expect("it ends so"));
                out.push_str(source);
            }
            _ => out.push_str(entry),
        }
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// What the page says, without what the site puts around it.
fn main_part(page: &str) -> String {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("a page has a main part");
    page[start..end].to_owned()
}

fn has_every_word(what: &str, text: &str) {
    let missing: Vec<&&str> =
        WORDS.iter().filter(|word| !text.contains(**word)).collect();
    assert!(missing.is_empty(), "{what} lacks {missing:?} in:\n{text}");
}

fn read(text: &str) -> Vec<plantin::diagnostic::Diagnostic> {
    let language = plantin::document::Language::new("fr");
    let options = plantin::source::Options { language, name: "page".to_owned() };
    plantin::source::read(text, &options).diagnostics
}

/// Text that looks like a page with something wrong in it.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n"),
        Just("title: "),
        Just("segments:\n  - title: "),
        Just("# "),
        Just("\n"),
        Just("\n\n"),
        Just("- "),
        Just("    "),
        Just("> "),
        Just("> [!NOTE]\n"),
        Just("1. "),
        Just("| a | b |\n|--|--|\n"),
        Just("```"),
        Just("`"),
        Just("*"),
        Just("**"),
        Just("~~"),
        Just("["),
        Just("]("),
        Just(")"),
        Just("!["),
        Just("[^n]"),
        Just("[^n]: "),
        Just("<div>"),
        Just("</div>"),
        Just("<table><tr><td>"),
        Just("<!--"),
        Just("-->"),
        Just(":::info\n"),
        Just(":::\n"),
        Just("{.class}"),
        Just("{% rien %}"),
        Just("&amp;"),
        Just("&#0;"),
        Just("\\"),
        Just("\r\n"),
        Just("\t"),
        Just("\u{feff}"),
        Just("\0"),
        Just("é"),
        Just("😀"),
        Just("\u{202e}"),
        Just("\u{a0}"),
        Just("mot"),
        Just(" "),
        Just("<"),
        Just("\""),
        Just("$"),
        Just(": "),
        Just("\\newpage\n"),
        Just("- [x] "),
        Just("https://a.example/"),
        Just("=\n"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
