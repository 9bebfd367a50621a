//! Small pages that ask for much: what is read has a bound on its size, its depth and its
//! work. No page that anybody writes comes near; one that does is told of it, where it
//! stands, and every other page is built.
//!
//! Nothing here measures time. Each input is so long that whatever looks at all of it again
//! from each of its signs would take minutes or hours, where once takes a moment.

use plantin::{
    document::walk,
    source::{self, Dialect, Options},
    translation::{self, Catalogue, Context},
};

use super::support::{Site, Told};

/// The codes of what is said of a page, and its words.
fn read(text: &str, math: bool) -> (Vec<&'static str>, usize) {
    let dialect = Dialect { math, ..Dialect::default() };
    let mut read =
        source::read_in(text, &Options::default(), &dialect, &Default::default());
    translation::number(&mut read.value);
    let mut words = 0;
    walk::texts(&read.value, &mut |_, text| words += text.to_plain().len());
    (read.diagnostics.iter().map(|it| it.code).collect(), words)
}

/// A page of a unit that is repeated up to a number of bytes.
fn repeated(before: &str, unit: &str, after: &str, bytes: usize) -> String {
    format!("---\ntitle: T\n---\n\n{before}{}{after}\n", unit.repeat(bytes / unit.len()))
}

#[test]
fn what_begins_and_never_ends_is_looked_for_once() {
    let bytes = 100_000;
    for (before, unit, after) in [
        ("<div ", "<a aN=", ""),
        ("<div>\n", "<a ", ""),
        ("<div>\n", "<a ", " >"),
        ("<div>\n", "<a b=\"x ' ", ">"),
        ("<div>", "<?a>", ""),
        ("<div>", "<script></script", ""),
        ("<div>", "<![CDATA[", ""),
        ("mot ", "<!--", ""),
        ("mot ", "<![CDATA[", ""),
        ("mot ", "<?", ""),
        ("", "{%", ""),
        ("", "{{ ", ""),
        ("", "{# ", ""),
        ("", "$`a ", ""),
        ("", "$`", ""),
        ("", "`$", ""),
        ("", "$a \\\\$b", ""),
        ("", "$$a\n", ""),
        ("", "`a`{.c ", ""),
        ("", "[a](b){.c ", ""),
        ("", "[a](<b", ""),
        ("", "![", ""),
        ("", "[^a", ""),
        ("", "**a ", ""),
        ("", "*_a ", ""),
        ("", "~~a ", ""),
        ("", "^a ", ""),
    ] {
        for math in [false, true] {
            let (_, words) = read(&repeated(before, unit, after, bytes), math);
            assert!(words > 0 || before.contains("div"), "{unit}");
        }
    }
}

#[test]
fn links_to_thousands_of_missing_anchors_are_told_with_few_guesses() {
    let titles: String = (0..2_000).map(|it| format!("## Titre {it}\n\n")).collect();
    let links: String = (0..5_000).map(|it| format!("[a](#absent-{it}) ")).collect();
    let page = format!("---\ntitle: T\n---\n\n{titles}{links}\n");
    told(&page, "link-to-no-anchor");
}

#[test]
fn a_page_of_many_parts_takes_as_long_as_it_is() {
    for unit in [
        "# a\n\n",
        "- [ ] a\n",
        "a\n\n",
        "a[^1] ",
        "[^1]: a\n\n",
        "<!-- context: verbe --> mot\n\n",
        "a <!-- context: verbe --> b ",
        "\"mot\" a... 1er *b* ",
        "a\n: b\n\n",
        "<p id=a>x</p>\n",
        ":::callout a\nb\n:::\n",
        "&eacute;",
        "| a | b |\n|---|---|\n| c | d |\n\n",
    ] {
        let (_, words) = read(&repeated("", unit, "", 60_000), false);
        assert!(words > 0, "{unit}");
    }
}

#[test]
fn quotations_in_thousands_of_quotations_are_published_as_they_are_written() {
    let text = repeated("Avant.\n\n", ">", "mot", 100_000);
    let (codes, words) = read(&text, false);
    assert!(codes.contains(&"page-too-tangled"), "{codes:?}");
    assert!(words > 100_000, "{words}");
    let (codes, _) = read(&repeated("", ">", " mot", 1_000), false);
    assert_eq!(codes, ["nested-too-deep"]);
}

#[test]
fn a_table_has_a_number_of_cells_at_most() {
    let wide = "<td>a".repeat(5_000);
    let text = format!("<table><tr>{wide}</tr>{}</table>", "<tr><td>b".repeat(5_000));
    let (codes, words) = read(&text, false);
    assert!(codes.contains(&"table-too-large"), "{codes:?}");
    assert_eq!(words, "…".len() + 10_000);
    let span = "<tr><td rowspan=1000000 colspan=1000000>a</td></tr>".repeat(500);
    // Cells that reach over nothing are as large as what is there.
    let (codes, words) = read(&format!("<table>{span}</table>"), false);
    assert!(!codes.contains(&"table-too-large"), "{codes:?}");
    assert_eq!(words, "…".len() + 500);
    let usual = "<tr><td colspan=100>a</td></tr><tr><td>b</td></tr>".repeat(500);
    let (codes, _) = read(&format!("<table>{usual}</table>"), false);
    assert!(!codes.contains(&"table-too-large"), "{codes:?}");
}

#[test]
fn a_tag_has_a_number_of_attributes_at_most() {
    let attributes: String = (0..40_000).map(|it| format!("a{it}=1 ")).collect();
    for text in
        [format!("<div {attributes}>mot</div>"), format!("x <b {attributes}>mot</b>")]
    {
        let (codes, words) = read(&text, false);
        assert!(codes.contains(&"html-too-many-attributes"), "{codes:?}");
        assert!(words >= 3);
    }
}

/// The messages about one page of a publication in which another is always built.
fn told(page: &str, code: &str) -> Told {
    let site = Site::new()
        .page("page.md", page)
        .page("autre.md", "---\ntitle: Autre\n---\n\nUne autre page.\n");
    let built = site.build_with(&["--format", "html,epub"]);
    assert!(built.has("html/fr/autre/index.html"), "{built}");
    assert!(built.has("html/fr/page/index.html"), "{built}");
    built.told(code)
}

#[test]
fn an_address_has_a_length_and_a_depth_at_most() {
    let page =
        |address: String| format!("---\ntitle: T\npermalink: {address}\n---\n\nMot.\n");
    let deep = page(format!("/{}", "a/".repeat(400)));
    told(&deep, "permalink-too-deep").at("content/page.md", 3);
    let long = page(format!("/{}", format!("{}/", "x".repeat(200)).repeat(25)));
    told(&long, "permalink-too-long").at("content/page.md", 3);
    // 250 letters of which each takes two bytes are no name of a file.
    let accents = page(format!("/{}/", "é".repeat(250)));
    told(&accents, "permalink-too-long").at("content/page.md", 3);
    let suffix = page(format!("/{}/", "x".repeat(252)));
    told(&suffix, "permalink-too-long").at("content/page.md", 3);
}

#[test]
fn a_tag_of_any_length_has_a_page() {
    let tag = "mot-".repeat(200);
    let site = Site::new().page(
        "a.md",
        &format!("---\ntitle: A\ntags: [\"{tag}a\", \"{tag}b\"]\n---\n\nA.\n"),
    );
    let built = site.build_with(&["--format", "html"]);
    assert!(built.has("html/fr/a/index.html"), "{built}");
    let pages = built.files();
    let made = pages.keys().filter(|it| it.contains("tags/mot-")).count();
    assert!(made >= 2, "{built}");
}

#[test]
fn a_list_of_the_front_matter_has_a_number_of_entries_at_most() {
    let tags: String = (0..2_000).map(|it| format!("  - t{it}\n")).collect();
    let page = format!("---\ntitle: T\ntags:\n{tags}---\n\nMot.\n");
    told(&page, "front-matter-list-too-long").at("content/page.md", 204);
    let trail = "  - url: /a/\n    title: A\n".repeat(2_000);
    let page = format!("---\ntitle: T\nsegments:\n{trail}---\n\nMot.\n");
    told(&page, "front-matter-list-too-long").at("content/page.md", 404);
    let braces = "{".repeat(50_000);
    let page = format!("---\ntitle: T\npermalink: \"/{braces}/\"\n---\n\nMot.\n");
    told(&page, "permalink-too-long").at("content/page.md", 3);
}

#[test]
fn code_that_would_take_for_ever_to_colour_has_no_colours() {
    // A second for each line, if it were coloured.
    for (language, unit) in [("md", "`"), ("js", "a"), ("js", "$a")] {
        let line = unit.repeat(1_900 / unit.len());
        let code =
            format!("~~~~~~ {language}\n{}~~~~~~\n", format!("{line}\n").repeat(50));
        told(&format!("# T\n\n{}", code.repeat(10)), "code-not-coloured");
    }
    let deep = format!("# T\n\n~~~ latex\n{}~~~\n", "{\n".repeat(20_000));
    let site = Site::new().page("page.md", &deep);
    let built = site.build_with(&["--format", "html"]);
    assert!(built.file("html/fr/page/index.html").contains("{\n{\n"), "{built}");
    // What people write keeps its colours.
    let usual =
        "let address = \"https://example.org/a/rather/long/address\";\n".repeat(1_000);
    let (codes, _) = read(&format!("# T\n\n```rust\n{usual}```\n"), false);
    assert!(!codes.contains(&"code-not-coloured"), "{codes:?}");
}

#[test]
fn a_page_has_a_number_of_lines_at_most() {
    let text = format!("---\ntitle: T\n---\n\n{}mot\n\nFin.\n", "\n".repeat(99_997));
    let read = source::read(&text, &Options::default());
    let [fault] = read.diagnostics.as_slice() else { panic!("{:?}", read.diagnostics) };
    assert_eq!(
        (fault.code, fault.place.map(|it| it.line)),
        ("page-too-many-lines", Some(100_004))
    );
}

#[test]
fn what_is_too_much_for_a_page_is_told_where_it_stands() {
    let tangled = repeated("mot\n\n", ">", "mot", 100_000);
    told(&tangled, "page-too-tangled").at("content/page.md", 4);
    let attributes: String = (0..200).map(|it| format!("a{it}=1 ")).collect();
    let page = format!("# T\n\n<div {attributes}>mot</div>\n");
    told(&page, "html-too-many-attributes").at("content/page.md", 3);
}

#[test]
fn a_catalogue_of_many_changes_is_brought_up_to_date() {
    let page = |letter: char| -> String {
        (0..3_000)
            .map(|it| format!("Le paragraphe {it} dit {letter}{it} *b*.\n\n"))
            .collect()
    };
    let document = |text: &str| {
        let mut read = source::read(text, &Options::default()).value;
        translation::number(&mut read);
        read
    };
    let context = Context {
        language: plantin::document::Language::new("en"),
        source_language: plantin::document::Language::new("fr"),
        file: "content/p.md".into(),
        address: "https://a.example/fr/p/".to_owned(),
        project: "essai".to_owned(),
    };
    let first = translation::extract(&document(&page('x')), &context, None).value;
    let translated = first.write().replace("msgstr \"\"\n\n", "msgstr \"Words\"\n\n");
    let old = Catalogue::open(&translated).value.expect("it is a catalogue");
    let merged = translation::merge(
        &document(&page('y')),
        &context,
        Some(&old),
        &translation::Memory::default(),
    );
    let news = merged.value.news;
    assert!(news.gone + news.wording >= 2_999, "{news:?}");
}
