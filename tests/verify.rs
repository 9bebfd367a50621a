//! Reading back: exports that say the same are found to, and what was altered is found.

use super::support::{EVERYTHING, FORMATS, PNG, Site};

/// A workspace with a page of everything, and those to which it leads.
fn everything() -> Site {
    Site::new()
        .page("tout.md", EVERYTHING)
        .page(
            "bonne.md",
            "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va bien.\n",
        )
        .page("cassis.md", "---\ntitle: Segment cassis\n---\n\nIci.\n")
        .bytes("content/pixel.png", PNG)
}

#[test]
fn every_format_and_language_of_everything_says_the_same() {
    let formats: Vec<String> = FORMATS.split(',').map(|it| format!("{it:?}")).collect();
    let site = everything().more_config(&format!("formats = [{}]", formats.join(", ")));
    site.build();
    let exports = site.exports().display().to_string();
    let verified = site.run_command("verify", &["--json", "--out", &exports]);
    assert_eq!(verified.code, Some(0), "{verified}");
    assert_eq!(verified.json()["pages"], 10);
}

#[test]
fn a_word_that_was_altered_is_found_with_its_place() {
    let site = everything().more_config("formats = [\"html\"]");
    let built = site.build_html();
    let page = built.file("html/fr/bonne/index.html");
    let altered = page.replace("Tout va bien.", "Tout va mal.");
    std::fs::write(built.exports.join("html/fr/bonne/index.html"), altered)
        .expect("writable");
    let exports = site.exports().display().to_string();
    let verified = site.run_command("verify", &["--json", "--out", &exports]);
    assert_eq!(verified.code, Some(1), "{verified}");
    let told = verified.all_diagnostics();
    assert_eq!(told.len(), 1, "{verified}");
    verified.told("verify-text").at("content/bonne.md", 6);
}
