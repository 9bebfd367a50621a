//! Addresses, trails, links and languages, as a reader meets them on the site.

use crate::support::Site;

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

#[test]
fn a_link_with_the_language_of_its_source_stays_in_the_readers_language() {
    let site = Site::new()
        .page("a.md", &page("A", "[vers B](/fr/b/#deux)"))
        .page("b.md", &page("B", "## Deux"));
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert!(
        built.file("html/fr/a/index.html").contains("href=\"../b/#deux\""),
        "{built}"
    );
    assert!(
        built.file("html/en/a/index.html").contains("href=\"../b/#deux\""),
        "{built}"
    );
}

#[test]
fn a_link_can_name_the_file_the_address_or_the_permalink_of_a_page() {
    let site = Site::new()
        .page(
            "index.md",
            &page("Accueil", "[1](sous/b.md) [2](/sous/b) [3](sous/b/) [4](/ici/)"),
        )
        .page("sous/b.md", &page("B", "[5](../index.md) [6](c.md#titre-de-c)"))
        .page("sous/c.md", "---\ntitle: C\npermalink: /ici/\n---\n\n## Titre de C\n");
    let built = site.build_html();
    assert!(built.diagnostics("link-to-nothing").is_empty(), "{built}");
    let home = built.file("html/fr/index.html");
    for words in ["1", "2", "3"] {
        assert!(home.contains(&format!("<a href=\"sous/b/\">{words}</a>")), "{home}");
    }
    assert!(home.contains("<a href=\"ici/\">4</a>"), "{home}");
    let page = built.file("html/fr/sous/b/index.html");
    assert!(page.contains("href=\"../../ici/#titre-de-c\""), "{page}");
}

#[test]
fn a_link_to_nothing_is_its_words_and_a_warning_with_its_place() {
    let site = Site::new().page("a.md", &page("A", "Un [lien](/fr/nulle-part/) mort."));
    let built = site.build_html();
    let told = built.told("link-to-nothing");
    assert_eq!((told.file.as_str(), told.line), ("content/a.md", Some(5)), "{built}");
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("lien") && !page.contains("nulle-part"), "{page}");
}

#[test]
fn an_anchor_that_does_not_exist_is_told_with_the_nearest_one() {
    let site =
        Site::new().page("a.md", &page("A", "[lien](#engagement)\n\n## Engagements"));
    let built = site.build_html();
    assert!(built.told("link-to-no-anchor").hint.contains("engagements"), "{built}");
}

#[test]
fn a_link_cannot_have_the_scheme_of_a_script() {
    let site = Site::new()
        .page("a.md", &page("A", "[un](javascript:alert(1)) [deux](inconnu:x)"));
    let built = site.build_html();
    built.told("link-scheme-refused");
    let page = built.file("html/fr/a/index.html");
    assert!(!page.contains("javascript:") && !page.contains("inconnu:"), "{page}");
}

#[test]
fn an_absolute_address_of_the_site_itself_is_followed_when_a_page_has_it() {
    let site = Site::new()
        .page(
            "a.md",
            &page(
                "A",
                "[b](https://essai.example/fr/b/) [c](https://essai.example/fr/c/)",
            ),
        )
        .page("b.md", &page("B", "Texte."));
    let built = site.build_html();
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("<a href=\"../b/\">b</a>"), "{page}");
    assert!(page.contains("https://essai.example/fr/c/"), "{page}");
    assert!(built.told("link-to-unknown-page-of-site").message.contains("/fr/c/"));
}

#[test]
fn a_trail_goes_from_home_through_the_segments_to_the_page() {
    let child = "---\ntitle: Enfant\nsegments:\n  - url: /parent/\n    title: Le parent\n\
                 showBreadcrumb: true\n---\n\nTexte.\n";
    let site =
        Site::new().page("parent.md", &page("Parent", "Texte.")).page("enfant.md", child);
    let built = site.build_html();
    let page = built.file("html/fr/enfant/index.html");
    let trail = &page[page.find("fr-breadcrumb").expect("a trail")..];
    let places =
        ["Accueil", "Le parent", "Enfant"].map(|it| trail.find(it).expect("a crumb"));
    assert!(places.is_sorted(), "{trail}");
    assert!(trail.contains("href=\"../parent/\""), "{trail}");
    assert!(trail.contains("aria-current=\"page\""), "{trail}");
}

#[test]
fn a_page_that_asks_for_a_trail_without_segments_has_home_and_itself() {
    let text = "---\ntitle: Accessibilité\nshowBreadcrumb: true\n---\n\nTexte.\n";
    let site = Site::new().page("accessibilite.md", text);
    let built = site.build_html();
    let page = built.file("html/fr/accessibilite/index.html");
    assert_eq!(page.matches("fr-breadcrumb__link").count(), 2, "{page}");
}

#[test]
fn a_segment_that_leads_to_no_page_is_text_and_told() {
    let text =
        "---\ntitle: A\nsegments:\n  - url: /rien/\n    title: Rien\n---\n\nTexte.\n";
    let site = Site::new().page("a.md", text);
    let built = site.build_html();
    assert_eq!(built.told("segment-without-page").line, Some(4), "{built}");
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("Rien") && !page.contains("href=\"../rien/\""), "{page}");
}

#[test]
fn one_segment_with_two_titles_is_told() {
    let text = |title: &str| {
        format!(
            "---\ntitle: X\nsegments:\n  - url: /p/\n    title: {title}\n---\n\nTexte.\n"
        )
    };
    let site = Site::new()
        .page("p.md", &page("P", "Texte."))
        .page("a.md", &text("Un"))
        .page("b.md", &text("Deux"));
    let built = site.build_html();
    let told = built.told("segment-with-two-titles");
    assert!(told.message.contains("Un") && told.message.contains("Deux"), "{built}");
}

#[test]
fn a_page_can_be_written_in_a_second_language_beside_its_original() {
    let site = Site::new()
        .page("fr/mission.md", &page("Mission", "En français."))
        .page("en/mission.md", &page("Our mission", "In English."));
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    let english = built.file("html/en/mission/index.html");
    assert!(
        english.contains("In English.") && !english.contains("En français."),
        "{english}"
    );
    assert!(built.file("html/fr/mission/index.html").contains("En français."));
}

#[test]
fn a_fallback_page_is_not_announced_as_a_translation() {
    let site = Site::new().page("a.md", &page("A", "Texte."));
    let built = site.build_html();
    let french = built.file("html/fr/a/index.html");
    assert!(!french.contains("hreflang=\"en\" href=\"https"), "{french}");
    let english = built.file("html/en/a/index.html");
    let canonical = "rel=\"canonical\" href=\"https://essai.example/fr/a/\"";
    assert!(english.contains(canonical), "{english}");
}

#[test]
fn a_workspace_without_a_home_page_gets_one_with_its_contents() {
    let site = Site::new().page("a.md", &page("La page A", "Texte."));
    let built = site.build_html();
    let home = built.file("html/fr/index.html");
    assert!(home.contains("<a href=\"a/\">La page A</a>"), "{home}");
}

#[test]
fn a_folder_speaks_for_its_pages_and_its_program_is_named_once() {
    let site = Site::new()
        .page("index.md", &page("Accueil", "Ici."))
        .page("_defaults.yaml", "description: Du dossier\n")
        .page(
            "sous/_defaults.yaml",
            "permalink: /ailleurs/{slug}/\ndescription: De près\n",
        )
        .page("sous/a.md", &page("A", "Un."))
        .page("jamais/jamais.11tydata.js", "module.exports = { layout: 'x.njk' };\n")
        .page("_brouillons/d.md", &page("D", "Quatre."))
        .page("_data/e.md", &page("E", "Cinq."))
        .page("jamais/b.md", &page("B", "Deux."))
        .page("jamais/c.md", &page("C", "Trois."));
    let built = site.build_html();
    assert!(built.file("html/fr/ailleurs/a/index.html").contains("De près"), "{built}");
    assert!(built.file("html/fr/jamais/b/index.html").contains("Du dossier"), "{built}");
    let told = built.told("folder-data-not-run");
    assert_eq!(told.file, "content/jamais/jamais.11tydata.js");
    assert!(told.hint.contains("{\"layout\":\"x.njk\"}"), "{told:?}");
    assert!(!built.has("html/fr/_defaults/index.html"));
    // What looks like a page, and is none, is named: once, and not what is the site's.
    assert_eq!(built.told("name-hidden").file, "content/_brouillons");
}

#[test]
fn the_source_sites_navigation_makes_the_trail_and_the_order() {
    let placed = |title: &str, order: u32| {
        format!(
            "---\ntitle: {title}\nshowBreadcrumb: true\neleventyNavigation:\n  key: {title}\n  \
             parent: À propos\n  order: {order}\n---\n\nTexte.\n"
        )
    };
    let site = Site::new()
        .page(
            "apropos.md",
            "---\neleventyNavigation:\n  key: À propos\npermalink: false\n---\n",
        )
        .page("a.md", &placed("Alpha", 2))
        .page("z.md", &placed("Zeta", 1));
    let built = site.build_html();
    let page = built.file("html/fr/a/index.html");
    assert!(
        page.contains("<span class=\"fr-breadcrumb__link\">À propos</span>"),
        "{page}"
    );
    assert!(built.diagnostics("segment-without-page").is_empty(), "{built}");
    let home = built.file("html/fr/index.html");
    let at =
        |words: &str| home.find(words).unwrap_or_else(|| panic!("{words} in {home}"));
    assert!(at("Zeta") < at("Alpha"), "{home}");
    assert!(!built.has("html/fr/apropos/index.html"));
}

#[test]
fn a_page_may_ask_for_its_contents_or_for_none() {
    let text =
        |toc: &str| format!("---\ntitle: T\n{toc}---\n\n## Un\n\n## Deux\n\n## Trois\n");
    let site = Site::new()
        .page("a.md", &text(""))
        .page("b.md", &text("toc: false\n"))
        .page("c.md", "---\ntitle: T\ntoc: true\n---\n\n## Un\n");
    let built = site.build_html();
    let has = |page: &str| {
        built.file(&format!("html/fr/{page}/index.html")).contains("id=\"page_toc\"")
    };
    assert_eq!([has("a"), has("b"), has("c")], [true, false, true], "{built}");
}

#[test]
fn a_formula_is_mathml_and_a_translation_cannot_change_it() {
    let catalogue = |words: &str| {
        format!(
            "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: en\\n\"\n\n\
             msgid \"Soit $`x^2`$ ici\"\nmsgstr \"{words}\"\n"
        )
    };
    let site = |words: &str| {
        Site::new()
            .more_config("[markdown]\nmath = true\n")
            .page("a.md", &page("A", "Soit $x^2$ ici"))
            .catalogue("en", "a.md", &catalogue(words))
            .build_html()
    };
    let built = site("Let $`x^2`$ be here");
    let text = built.file("html/en/a/index.html");
    let formula = "alttext=\"x^2\"><msup><mi>x</mi><mn>2</mn></msup></math> be here";
    assert!(text.contains(formula), "{text}");
    let built = site("Let $`x^3`$ be here");
    assert!(built.file("html/en/a/index.html").contains("Soit"), "{built}");
    assert!(built.told("translation-lacks").message.contains("x^2"), "{built}");
}
