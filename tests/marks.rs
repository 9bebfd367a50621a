//! What a reader gets for what is not translated: policies, labels, banners, and what
//! search engines are told.

use super::support::{Outcome, Site};

const PAGE: &str = "# Titre\n\nUn.\n\nDeux.\n";

/// One of the three units is translated; another was, before it changed.
const CATALOGUE: &str = r#"msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Plantin-Rule: 1\n"

msgid "Titre"
msgstr "Title"

#, fuzzy
#| msgid "Une."
msgid "Un."
msgstr "Before."
"#;

#[test]
fn a_policy_holds_for_a_page_and_those_under_it() {
    let built = three_pages(
        "[policy.pages.\"/guides/\"]\nstale = \"previous\"\n\
         [policy.pages.\"/guides/b/\"]\nmissing = \"omit-page\"\n",
    );
    assert_eq!(built.code, Some(0), "{built}");
    assert!(!built.file("html/en/a/index.html").contains("Before."), "{built}");
    assert!(built.file("html/en/guides/index.html").contains("Before."), "{built}");
    assert!(!built.has("html/en/guides/b/index.html"), "{built}");
    built.told("policy-omit-missing").in_file("locales/en/content/guides/b.po");
}

#[test]
fn a_page_and_its_language_go_before_the_language_alone() {
    let built = three_pages(
        "[policy.en]\nmissing = \"fail\"\n\
         [policy.pages.\"/\"]\nmissing = \"omit-page\"\n\
         [policy.pages.\"/guides/\".en]\nmissing = \"source\"\n\
         [policy.pages.\"/guides/b/\"]\nmissing = \"fail\"\n",
    );
    assert_eq!(built.code, Some(1), "{built}");
    assert!(!built.has("html/en/a/index.html"), "{built}");
    assert!(built.has("html/en/guides/index.html"), "{built}");
    let failed = built.diagnostics("policy-fail-missing");
    let files: Vec<&str> = failed.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(files, ["locales/en/content/guides/b.po"], "{built}");
}

#[test]
fn a_policy_of_a_page_that_is_misspelt_is_refused() {
    for (policy, code) in [
        ("[policy.pages.\"guides\"]\nmissing = \"fail\"", "settings-wrong-value"),
        ("[policy.pages.\"/a/\"]\nmissing = \"perhaps\"", "settings-wrong-value"),
        ("[policy.pages.\"/a/\"]\nlate = \"fail\"", "settings-unknown-key"),
        ("[policy.pages.\"/a/\".de]\nstale = \"fail\"", "settings-unknown-key"),
        ("[policy.pages]\n\"/a/\" = \"fail\"", "settings-wrong-value"),
    ] {
        let built = Site::new().page("a.md", PAGE).more_config(policy).build_html();
        assert_eq!(built.code, Some(2), "{policy}: {built}");
        built.told(code);
    }
}

#[test]
fn a_policy_for_a_page_that_is_not_there_is_reported() {
    let site = Site::new().page("a.md", PAGE);
    let policy = "[policy.pages.\"/nulle-part/\"]\nmissing = \"fail\"\n";
    let built = site.more_config(policy).build_html();
    let told = built.told("policy-page-unknown").in_file("plantin.toml").is("warning");
    assert!(told.message.contains("/nulle-part/"), "{told:?}");
}

#[test]
fn every_format_says_what_is_not_current_once_above_and_once_in_its_place() {
    let site = Site::new().page("a.md", PAGE).catalogue("en", "a.md", CATALOGUE);
    let built = site.build_with(&["--format", "html,epub"]);
    let page = built.file("html/en/a/index.html");
    assert_eq!(page.matches("role=\"note\"").count(), 1, "{page}");
    assert!(page.contains("2 passages of this page are not translated"), "{page}");
    for mark in [">translation out of date</span>", ">not translated</span>"] {
        assert_eq!(page.matches(mark).count(), 1, "{mark}: {page}");
    }
    assert!(page.contains("lang=\"fr\" data-state=\"stale\">Un. <span"), "{page}");
    let book = chapters(&built);
    assert!(book.contains("2 passages of this page are not translated"), "{book}");
    for mark in [">translation out of date</span>", ">not translated</span>"] {
        assert_eq!(book.matches(mark).count(), 1, "{mark}: {book}");
    }
    let french = built.file("html/fr/a/index.html");
    assert!(!french.contains("unit-mark") && !french.contains("banner"), "{french}");
}

#[test]
fn the_banner_counts_what_is_marked() {
    let page = "---\ntitle: Titre\nsegments:\n  - url: /ailleurs/\n    title: Ailleurs\n---\n\nUn.\n";
    let site = Site::new().page("a.md", page).catalogue("en", "a.md", CATALOGUE);
    let page = site.build_html().file("html/en/a/index.html");
    assert_eq!(page.matches("class=\"unit-mark\"").count(), 1, "{page}");
    assert!(page.contains("One passage of this page"), "{page}");
}

#[test]
fn a_copy_of_the_source_is_no_translation_for_anybody() {
    let built = Site::new().page("a.md", PAGE).build_html();
    let (source, copy) =
        (built.file("html/fr/a/index.html"), built.file("html/en/a/index.html"));
    let own = "<link rel=\"canonical\" href=\"https://essai.example/fr/a/\"/>";
    assert!(source.contains(own) && copy.contains(own), "{copy}");
    assert!(!copy.contains("<link rel=\"alternate\" hreflang"), "{copy}");
    assert!(!source.contains("<link rel=\"alternate\" hreflang=\"en\""), "{source}");
    // The link that readers follow says in which language the page is that they get.
    let link = "<a href=\"../../en/a/\" hreflang=\"fr\"><span lang=\"en\">English</span>";
    assert!(source.contains(link), "{source}");
}

fn three_pages(policy: &str) -> Outcome {
    let mut site = Site::new().more_config(policy);
    for page in ["a.md", "guides/index.md", "guides/b.md"] {
        site = site.page(page, PAGE).catalogue("en", page, CATALOGUE);
    }
    site.build_html()
}

/// The text of the chapters of the English book.
fn chapters(built: &Outcome) -> String {
    let bytes = std::io::Cursor::new(built.bytes("epub/essai.en.epub"));
    let mut book = zip::ZipArchive::new(bytes).expect("an EPUB is an archive");
    let mut text = String::new();
    for at in 0..book.len() {
        let mut file = book.by_index(at).expect("the archive is whole");
        let name = file.name().expect("names are UTF-8").into_owned();
        let is_nav = name.contains("nav") || name.contains("toc");
        if name.ends_with(".xhtml") && !is_nav {
            std::io::Read::read_to_string(&mut file, &mut text).expect("it is text");
        }
    }
    text
}
