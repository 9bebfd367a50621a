//! The words of a page, as each format shows them.

use std::io::{Cursor, Read};

use super::support::{Outcome, PNG, Site};

const PAGE: &str = "---\ntitle: \"L'été: bilan\"\n---\n\nIl dit \"*oui* !\" le 1er mai... \
    voir `a ; b` à 10:30.\n\n[\"Well, it's\"]{lang=en}\n\n\
    <p lang=\"en\">\"Well, it's me\"</p>\n\n![L'image: \"vue\"](pixel.png)\n";

fn built(config: &str) -> Outcome {
    let site = Site::new().page("ete.md", PAGE).bytes("content/pixel.png", PNG);
    let built = site.more_config(config).build_with(&["--format", "html,epub"]);
    assert_eq!(built.code, Some(0), "{built}");
    built
}

#[test]
fn a_page_is_set_as_its_language_is_printed() {
    let built = built("");
    let page = built.file("html/fr/ete/index.html");
    assert!(page.contains("<title>L’été\u{a0}: bilan"), "{page}");
    assert!(
        page.contains(
            "Il dit «\u{202f}<em>oui</em>\u{202f}!\u{202f}» le 1<sup>er</sup> mai…"
        ),
        "{page}"
    );
    assert!(page.contains(">a ; b</code> à 10:30."), "{page}");
    assert!(page.contains("“Well, it’s me”"), "{page}");
    assert!(page.contains("alt=\"L’image\u{a0}: «\u{202f}vue\u{202f}»\""), "{page}");
}

#[test]
fn an_edition_that_shows_the_source_shows_it_as_the_source_is_printed() {
    let page = built("").file("html/en/ete/index.html");
    assert!(page.contains("Il dit «\u{202f}<em>oui</em>\u{202f}!\u{202f}»"), "{page}");
}

#[test]
fn a_book_has_no_narrow_space_which_old_readers_do_not_know() {
    let bytes = built("").bytes("epub/essai.fr.epub");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut book = String::new();
    let mut chapter = archive.by_name("OEBPS/page-ete.xhtml").expect("the chapter");
    chapter.read_to_string(&mut book).expect("text");
    assert!(book.contains("Il dit «\u{a0}<em>oui</em>\u{a0}!\u{a0}»"), "{book}");
    assert!(!book.contains('\u{202f}'), "{book}");
}

#[test]
fn the_settings_choose_the_rules() {
    let page = built("[typography]\nfr = \"off\"\n").file("html/fr/ete/index.html");
    assert!(page.contains("Il dit \"<em>oui</em> !\" le 1er mai..."), "{page}");
    let page = built("[typography]\nfr = \"fr-EU\"\n").file("html/fr/ete/index.html");
    assert!(page.contains("Il dit «<em>oui</em>!» le"), "{page}");
    assert!(page.contains("<title>L’été: bilan"), "{page}");
}

#[test]
fn a_change_of_typography_is_no_change_of_a_unit() {
    let unit = |page: &str| -> Vec<String> {
        let parts = page.split("id=\"u-").skip(1);
        parts.filter_map(|it| it.get(..8)).map(str::to_owned).collect()
    };
    let on = built("").file("html/fr/ete/index.html");
    let off = built("[typography]\nfr = \"off\"\n").file("html/fr/ete/index.html");
    assert!(!unit(&on).is_empty());
    assert_eq!(unit(&on), unit(&off));
}
