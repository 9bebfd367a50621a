//! What the front matter shows, in the three formats.

use super::support::{FORMATS, Outcome, PNG, Site};

const PAGE: &str = "---\n\
title: Un webinaire\n\
toc: true\n\
image:\n  path: ./affiche.png\n  alt: Une tasse bleue\n\
video:\n  title: La vidéo du webinaire\n  src: https://videos.example/embed/12\n\
slides:\n  title: Le diaporama\n  src: https://diapos.example/34\n\
---\n\n\
Un paragraphe.\n\n## Premier *titre*\n\n- une puce\n\n### Sous-titre\n\nTexte.\n\n\
## Second titre\n\nFin.\n";

const ENGLISH: &str = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n\
msgid \"Une tasse bleue\"\nmsgstr \"A blue cup\"\n\n\
msgid \"Un webinaire\"\nmsgstr \"A webinar\"\n";

fn site(page: &str) -> Site {
    Site::new().page("a.md", page).bytes("content/affiche.png", PNG)
}

/// Builds all formats and reads them back.
fn built(site: &Site) -> Outcome {
    let built = site.build_with(&["--format", FORMATS, "--verify"]);
    assert_eq!(built.code, Some(0), "{built}");
    built
}

/// The tags of the PDF of the page, in no order: what each is, and its alternative.
#[cfg(feature = "pdf")]
fn tags(built: &Outcome, language: &str) -> Vec<(String, String)> {
    let bytes = built.bytes(&format!("pdf/{language}/a.pdf"));
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let tags = pdf.objects.values().filter_map(|it| it.as_dict().ok()).filter_map(|it| {
        let kind = it.get(b"S").and_then(|it| it.as_name()).ok()?;
        let words = it.get(b"Alt").ok().map(lopdf::decode_text_string);
        let words = words.and_then(Result::ok).unwrap_or_default();
        Some((String::from_utf8_lossy(kind).into_owned(), words))
    });
    tags.collect()
}

#[test]
fn an_image_with_an_alternative_opens_its_page_in_each_format() {
    let site = site(PAGE).catalogue("en", "a.md", ENGLISH);
    let built = built(&site);
    for (language, words) in [("fr", "Une tasse bleue"), ("en", "A blue cup")] {
        let page = built.file(&format!("html/{language}/a/index.html"));
        let figure = page.find(&format!("alt=\"{words}\"")).expect("it is on the page");
        assert!(page.find("<div class=\"page-body\"").expect("a body") < figure);
        assert!(figure < page.find("<h2").expect("a heading"), "{page}");
        let preview = format!("property=\"og:image:alt\" content=\"{words}\"");
        assert!(page.contains(&preview), "{page}");
        let chapter = built.chapter(language, "page-a.xhtml");
        assert!(chapter.contains(&format!("alt=\"{words}\"")), "{chapter}");
        #[cfg(feature = "pdf")]
        assert!(tags(&built, language).contains(&("Figure".into(), words.into())));
    }
}

#[test]
fn an_image_without_an_alternative_is_for_previews_alone() {
    let page = "---\ntitle: A\nimage: affiche.png\n---\n\nTexte.\n";
    let built = built(&site(page));
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("property=\"og:image\"") && !page.contains("<img"), "{page}");
    assert!(!built.chapter("fr", "page-a.xhtml").contains("<img"));
}

#[test]
fn an_image_that_is_not_there_is_told_once_and_its_words_stand_for_it() {
    let site = Site::new().page("a.md", PAGE);
    let built = site.build_with(&["--format", FORMATS, "--verify"]);
    let told = built.diagnostics("image-missing");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(built.file("html/fr/a/index.html").contains("Une tasse bleue"));
    assert!(built.chapter("fr", "page-a.xhtml").contains("Une tasse bleue"));
    assert!(built.all_diagnostics().iter().all(|it| !it.code.starts_with("verify")));
}

#[test]
fn a_title_that_the_page_lacks_is_still_its_first_heading() {
    let page =
        "---\nimage:\n  path: affiche.png\n  alt: Une tasse\n---\n\n# Titre\n\nA.\n";
    let page = site(page).build_html().file("html/fr/a/index.html");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(!page.contains("<h2 id=\"titre\""), "{page}");
}

#[test]
fn a_video_and_slides_are_titled_links_with_their_address() {
    let built = built(&site(PAGE));
    let page = built.file("html/fr/a/index.html");
    let chapter = built.chapter("fr", "page-a.xhtml");
    for text in [&page, &chapter] {
        for (title, address) in [
            ("La vidéo du webinaire", "https://videos.example/embed/12"),
            ("Le diaporama", "https://diapos.example/34"),
        ] {
            assert!(text.contains(title), "{title} in {text}");
            assert!(text.contains(&format!("href=\"{address}\"")), "{address} in {text}");
        }
    }
    #[cfg(feature = "pdf")]
    {
        let bytes = built.bytes("pdf/fr/a.pdf");
        let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
        let words = pdf.extract_text(&[1]).expect("text");
        let words: String = words.split_whitespace().collect();
        for words_of_it in ["Lavidéoduwebinaire", "videos.example/embed/12"] {
            assert!(words.contains(words_of_it), "{words}");
        }
    }
}

#[test]
fn a_page_that_asks_for_contents_has_them_in_each_format() {
    let built = built(&site(PAGE));
    for text in [built.file("html/fr/a/index.html"), built.chapter("fr", "page-a.xhtml")]
    {
        let start = text.find("page-toc-title").expect("contents");
        let contents =
            &text[start..start + text[start..].find("</nav>").expect("an end")];
        assert!(contents.contains("Sur cette page"), "{contents}");
        for (anchor, words) in [
            ("premier-titre", "Premier titre"),
            ("sous-titre", "Sous-titre"),
            ("second-titre", "Second titre"),
        ] {
            let link = format!("<a href=\"#{anchor}\">{words}</a>");
            assert!(contents.contains(&link), "{contents}");
        }
        assert_eq!(contents.matches("<ul>").count(), 2, "{contents}");
    }
    #[cfg(feature = "pdf")]
    {
        let count =
            |kind: &str| tags(&built, "fr").iter().filter(|it| it.0 == kind).count();
        // Their title, two headings, and one below the first.
        assert_eq!(count("TOCI"), 4);
        assert_eq!((count("L"), count("LI")), (1, 1), "a list of the page stays one");
    }
}

#[test]
fn a_page_that_asks_for_none_has_contents_on_the_site_at_most() {
    let long = "---\ntitle: A\n---\n\n## Un\n\nA.\n\n## Deux\n\nB.\n\n## Trois\n\nC.\n";
    let built_long = built(&site(long));
    assert!(built_long.file("html/fr/a/index.html").contains("page-toc"));
    assert!(!built_long.chapter("fr", "page-a.xhtml").contains("page-toc"));
    #[cfg(feature = "pdf")]
    assert!(tags(&built_long, "fr").iter().all(|it| it.0 != "TOCI"));
    let none = long.replace("title: A\n", "title: A\ntoc: false\n");
    assert!(!site(&none).build_html().file("html/fr/a/index.html").contains("page-toc"));
}
