//! Where things are published: each file has a path of its own, on every system, and a site of
//! many pages stays as large as its pages.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::support::{FORMATS, Outcome, PNG, Site};

fn page(permalink: &str) -> String {
    format!(
        "---\ntitle: \"Page {permalink}\"\npermalink: \"{permalink}\"\n---\n\nTexte.\n"
    )
}

/// A path as a disk sees it that tells neither capitals nor ways of writing accents apart.
fn seen(path: &str) -> String {
    let parts = path.split('/').map(|it| it.trim_end_matches(['.', ' ']));
    parts.collect::<Vec<_>>().join("/").nfd().flat_map(char::to_lowercase).collect()
}

/// Fails where two files of the exports are one on some disk, or one a folder of another.
fn each_has_its_path(built: &Outcome) -> Result<(), TestCaseError> {
    let mut taken = BTreeSet::new();
    let files: BTreeSet<String> = built.files().into_keys().map(|it| seen(&it)).collect();
    prop_assert_eq!(files.len(), built.files().len(), "{:?}", built.files().keys());
    for file in &files {
        taken.extend(file.match_indices('/').map(|(end, _)| file[..end].to_owned()));
    }
    prop_assert!(files.is_disjoint(&taken), "{:?}", files.intersection(&taken));
    Ok(())
}

/// The errors and warnings that were told, by their codes.
fn codes(built: &Outcome) -> BTreeSet<String> {
    let told = built.all_diagnostics().into_iter();
    told.filter(|it| it.severity != "note").map(|it| it.code).collect()
}

#[test]
fn no_page_takes_the_pdf_of_another() {
    let addresses =
        ["/", "/index/", "/index/index/", "/x/", "/x.pdf/", "/x.pdf/y/", "/x.PDF_/y/"];
    let mut site = Site::new();
    for (number, address) in addresses.iter().enumerate() {
        site = site.page(&format!("{number}.md"), &page(address));
    }
    let built = site.build_with(&["--format", FORMATS]);
    assert_eq!(built.code, Some(0), "{built}");
    each_has_its_path(&built).expect("each file has its path");
    let again = site.build_with(&["--format", FORMATS]);
    assert_eq!(built.files(), again.files());
    if FORMATS.contains("pdf") {
        for address in
            ["index", "index/index", "index/index/index", "x", "x.pdf", "x.pdf_/y"]
        {
            for folder in ["pdf", "html/pdf"] {
                assert!(built.has(&format!("{folder}/fr/{address}.pdf")), "{address}");
            }
        }
        let page = built.file("html/fr/x.pdf/y/index.html");
        assert!(page.contains("../../../pdf/fr/x.pdf_/y.pdf\""), "{page}");
    }
    let out = built.exports.to_str().expect("a path of letters");
    let verified = site.run_command("verify", &["--out", out]);
    assert_eq!(verified.code, Some(0), "{verified}");
}

#[test]
fn pages_whose_addresses_differ_in_writing_only_are_told() {
    for (first, second) in [
        ("/Été/", "/été/"),
        ("/\u{e9}/", "/e\u{301}/"),
        ("/straße/", "/STRASSE/"),
        ("/a/", "/a./"),
    ] {
        let site = Site::new().page("a.md", &page(first)).page("en/b.md", &page(second));
        let built = site.build_html();
        if first == "/\u{e9}/" {
            // One address: that of a page and of its version in another language.
            assert_eq!(built.code, Some(0), "{built}");
        } else {
            let told = built.told("address-twice").is("error").in_file("content/en/b.md");
            assert!(told.message.contains("content/a.md"), "{told:?}");
        }
        each_has_its_path(&built).expect("each file has its path");
    }
    let site =
        Site::new().page("a.md", &page("/\u{e9}/")).page("b.md", &page("/e\u{301}/"));
    let told =
        site.build_html().told("address-twice").is("error").in_file("content/b.md");
    assert!(told.message.contains("content/a.md"), "{told:?}");
}

#[test]
fn a_page_cannot_lie_where_a_folder_has_its_own() {
    for address in ["/index.html/x/", "/a/INDEX.html/", "/Index.HTML./"] {
        let site =
            Site::new().page("a/index.md", &page("/a/")).page("b.md", &page(address));
        let built = site.build_html();
        built.told("permalink-refused").is("error").in_file("content/b.md");
        assert!(built.has("html/fr/b/index.html"));
    }
}

#[test]
fn names_that_windows_refuses_are_warned_about() {
    let site = Site::new()
        .page("a.md", &page("/con/"))
        .page("b.md", &page("/doc/aux.txt/"))
        .page("c.md", &page("/fin./"))
        .page("d.md", &page("/console/"))
        .page("e.md", "# E\n\n![Un point](qu?.png)\n")
        .bytes("content/qu?.png", PNG);
    let built = site.build_html();
    let told: BTreeSet<String> =
        built.diagnostics("name-not-for-windows").into_iter().map(|it| it.file).collect();
    let expected = ["content/a.md", "content/b.md", "content/c.md"].map(str::to_owned);
    assert!(told.is_superset(&expected.into()), "{told:?}");
    assert!(!told.contains("content/d.md"), "{told:?}");
    assert!(built.has("html/fr/con/index.html"));
}

#[test]
fn files_of_authors_that_are_one_elsewhere_are_warned_about_and_published() {
    let site = Site::new()
        .page("a.md", "# A\n\n![Un](Logo.png) ![Deux](logo.png)\n")
        .bytes("content/Logo.png", PNG)
        .bytes("content/logo.png", PNG);
    let built = site.build_html();
    let told = built.told("file-name-twice").is("warning").in_file("content/logo.png");
    assert!(told.message.contains("Logo.png"), "{told:?}");
    assert!(built.has("html/assets/content/Logo.png"));
    assert!(built.has("html/assets/content/logo.png"));
}

#[test]
fn a_file_of_the_theme_does_not_take_the_place_of_an_authors() {
    let site = Site::new()
        .page("a.md", "# A\n\n![Un](logo.png)\n")
        .bytes("content/logo.png", PNG)
        .bytes("themes/html/content/logo.png", b"another")
        .bytes("themes/html/content/Logo.PNG/x.css", b"x {}")
        .bytes("themes/html/site.css/x.css", b"x {}")
        .bytes("themes/html/pictures", b"x")
        .bytes("themes/html/fonts/a.woff2", b"x");
    let built = site.build_html();
    let told: Vec<String> =
        built.diagnostics("theme-file-twice").into_iter().map(|it| it.file).collect();
    let expected =
        ["content/Logo.PNG/x.css", "content/logo.png", "pictures", "site.css/x.css"];
    assert_eq!(told, expected.map(|it| format!("themes/html/{it}")), "{built}");
    assert_eq!(built.bytes("html/assets/content/logo.png"), PNG);
    assert!(built.has("html/assets/fonts/a.woff2"));
    each_has_its_path(&built).expect("each file has its path");
}

#[test]
fn a_feed_gives_way_to_a_page_and_it_is_told() {
    let dated = "---\ntitle: A\ndate: 2024-01-02\n---\n\nTexte.\n";
    let site = Site::new().page("a.md", dated).page("b.md", &page("/Feed.xml/b/"));
    let built = site.build_html();
    built.told("feed-without-address").is("warning").in_file("content/b.md");
    assert!(!built.has("html/fr/feed.xml") && built.has("html/fr/feed.json"));
    let page = built.file("html/fr/a/index.html");
    assert!(!page.contains("feed.xml") && page.contains("feed.json"), "{page}");
    each_has_its_path(&built).expect("each file has its path");
}

#[test]
fn no_language_has_the_name_of_a_folder_of_the_site() {
    for name in ["assets", "pdf"] {
        let config = super::support::CONFIG.replace("\"en\"", &format!("\"{name}\""));
        let built = Site::new().config(&config).page("a.md", "# A\n").build_html();
        assert_ne!(built.code, Some(0), "{name}: {built}");
    }
}

#[test]
fn a_tag_however_long_has_a_page() {
    let tag = "mot ".repeat(100);
    let site = Site::new()
        .page("a.md", &format!("---\ntitle: A\ntags:\n  - \"{tag}\"\n---\n\nA.\n"));
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    let of_tag =
        built.files().into_keys().filter(|it| it.starts_with("html/fr/tags/mot-mot"));
    assert_eq!(of_tag.count(), 1);
}

/// Parts of addresses that are made to meet each other.
fn permalink() -> impl Strategy<Value = String> {
    let part =
        "(x|X|é|e\u{301}|index|tags|feed)([.]|[.]xml|[.]pdf|[.]PDF|_|[.]html){0,2}";
    prop::collection::vec(part, 0..4).prop_map(|it| format!("/{}", it.join("/")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_pages_ask_for_each_file_has_its_path(
        permalinks in prop::collection::vec(permalink(), 1..12),
    ) {
        let mut site = Site::new();
        for (number, permalink) in permalinks.iter().enumerate() {
            let head = "tags: [x, X, Feed.xml]\ndate: 2024-01-02\n---\n";
            let text = page(permalink).replacen("\n---\n", &format!("\n{head}"), 1);
            let folder = if number % 3 == 2 { "en/" } else { "" };
            site = site.page(&format!("{folder}{number}.md"), &text);
        }
        let built = site.build_html();
        let known = ["address-twice", "permalink-refused", "feed-without-address", "name-not-for-windows"];
        let other: Vec<String> =
            codes(&built).into_iter().filter(|it| !known.contains(&it.as_str())).collect();
        prop_assert!(other.is_empty(), "{:?} {}", other, built);
        each_has_its_path(&built)?;
        // Whose address was refused has another: only those that meet are not there.
        let withheld = built.diagnostics("address-twice").len();
        let manifest = built.manifest();
        let sources: BTreeSet<&str> = manifest["pages"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["source"].as_str().filter(|it| !it.is_empty()))
            .collect();
        // A page and its version in another language are one page.
        prop_assert!(sources.len() + withheld <= permalinks.len());
    }
}

/// A folder of so many pages, and as many pages beside it.
fn many(count: usize) -> Site {
    let mut site = Site::new();
    for number in 0..count {
        let text = format!("---\ntitle: Page {number:04}\n---\n\nTexte.\n");
        site = site.page(&format!("dossier/p{number:04}.md"), &text);
        site = site.page(&format!("q{number:04}.md"), &text);
    }
    site
}

/// The navigation of a page.
fn navigation(page: &str) -> &str {
    let start = page.find("<nav class=\"site-contents\"").expect("a navigation");
    &page[start..start + page[start..].find("</nav>").expect("an end")]
}

#[test]
fn a_large_level_is_whole_on_one_page_and_the_others_lead_there() {
    let built = many(60).build_html();
    let page = built.file("html/fr/dossier/p0030/index.html");
    let shown = navigation(&page);
    for near in 27..=33 {
        assert!(shown.contains(&format!(">Page {near:04}</a>")), "{near}: {shown}");
    }
    assert!(shown.contains("aria-current=\"page\">Page 0030</a>"), "{shown}");
    assert!(!shown.contains("../p0020/"), "{shown}");
    assert!(shown.contains("<a href=\"../\">49 autres pages</a>"), "{shown}");
    // The first level is whole on the map of the site.
    assert!(shown.contains("<a href=\"../../sitemap/\">57 autres pages</a>"), "{shown}");
    let folder = built.file("html/fr/dossier/index.html");
    let inside = navigation(&folder);
    assert_eq!(inside.matches("<a href=\"p00").count(), 60, "{inside}");
    let map = built.file("html/fr/sitemap/index.html");
    for number in 0..60 {
        assert!(map.contains(&format!("../q{number:04}/")), "{number}");
    }
    // Where the map is switched off, home shows the first level.
    let without = many(60).more_config("[site]\nmap = false\n").build_html();
    let page = without.file("html/fr/q0030/index.html");
    assert!(navigation(&page).contains("<a href=\"../\">"), "{}", navigation(&page));
    let home = without.file("html/fr/index.html");
    assert_eq!(navigation(&home).matches("<a href=\"q00").count(), 60);
}

#[test]
fn a_level_that_is_not_large_is_whole_on_each_page() {
    let built = many(40).build_html();
    let page = built.file("html/fr/dossier/p0010/index.html");
    assert_eq!(navigation(&page).matches("<a href=\"../../q00").count(), 40);
    assert_eq!(navigation(&page).matches("<a href=\"../p00").count(), 39);
}

#[test]
fn a_page_is_no_larger_where_there_are_more_of_them() {
    let sizes = [100, 200].map(|count| {
        let built = many(count).build_html();
        ["html/fr/dossier/p0050/index.html", "html/fr/q0050/index.html"]
            .map(|it| built.bytes(it).len())
    });
    // The numbers of what is not shown have no more digits.
    assert!(
        sizes[1].iter().zip(sizes[0]).all(|(large, small)| *large <= small + 20),
        "{sizes:?}"
    );
}
