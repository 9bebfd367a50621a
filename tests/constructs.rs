//! Constructs of a page that each format shows in its own way.

use std::fs;

use super::support::{FORMATS, Outcome, PNG, Site};

fn site(body: &str) -> Site {
    Site::new()
        .more_config("[markdown]\nmath = true\n")
        .page("a.md", &format!("---\ntitle: A\n---\n\n{body}\n"))
        .bytes("content/a.png", PNG)
}

/// Builds all formats and reads them back.
fn built(site: &Site) -> Outcome {
    let built = site.build_with(&["--format", FORMATS, "--verify"]);
    assert_eq!(built.code, Some(0), "{built}");
    built
}

/// The page of the site and the chapter of the book.
fn marked_up(built: &Outcome) -> [String; 2] {
    [built.file("html/fr/a/index.html"), built.chapter("fr", "page-a.xhtml")]
}

/// The words of the PDF of the page, without spaces.
#[cfg(feature = "pdf")]
fn printed(built: &Outcome) -> String {
    let bytes = built.bytes("pdf/fr/a.pdf");
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let words = pdf.extract_text(&[1]).expect("text");
    words.split_whitespace().collect()
}

const FALLING: &str = "<ol reversed><li>Bronze</li><li>Argent</li><li value=\"8\">Or</li>\
    <li>Platine</li></ol>";

#[test]
fn a_list_counts_down_and_an_item_takes_its_own_number() {
    let built = built(&site(FALLING));
    for text in marked_up(&built) {
        assert!(text.contains("<ol start=\"4\" reversed=\"reversed\">"), "{text}");
        assert!(text.contains("<li value=\"8\""), "{text}");
    }
    #[cfg(feature = "pdf")]
    {
        let words = printed(&built);
        assert!(words.contains("4.Bronze3.Argent8.Or7.Platine"), "{words}");
    }
}

#[test]
fn a_number_that_was_altered_is_found() {
    let site = site(FALLING);
    built(&site);
    let path = site.exports().join("html/fr/a/index.html");
    let page = fs::read_to_string(&path).expect("it was built");
    for (from, to) in [(" reversed=\"reversed\"", ""), ("value=\"8\"", "value=\"9\"")] {
        assert!(page.contains(from), "{page}");
        fs::write(&path, page.replace(from, to)).expect("writable");
        let exports = site.exports();
        let out = exports.to_str().expect("UTF-8");
        let read = site.run_command("verify", &["--out", out]);
        assert_eq!(read.code, Some(1), "{from}: {read}");
    }
}

#[test]
fn a_bullet_has_no_number_and_says_so() {
    let site = site("<ul><li value=\"8\">Un</li></ul>");
    let told = site.build_html().told("attribute-ignored").is("note");
    assert!(told.message.contains("value"), "{told:?}");
}

#[test]
fn a_moment_is_kept_for_machines_and_one_that_they_cannot_read_is_told() {
    let body = "Le <time datetime=\"2026-03-02T14:30+01:00\">2 mars</time> et \
                <time datetime=\"bientôt\">bientôt</time>.";
    let built = built(&site(body));
    for text in marked_up(&built) {
        let time = "<time datetime=\"2026-03-02T14:30+01:00\">2 mars</time>";
        assert!(text.contains(time), "{text}");
        assert!(text.contains("et bientôt.") && !text.contains("\"bientôt\""), "{text}");
    }
    built.told("attribute-ignored").is("note");
    #[cfg(feature = "pdf")]
    assert!(printed(&built).contains("Le2marsetbientôt."));
}

#[test]
fn a_translation_keeps_the_moment_of_its_source() {
    let po = |words: &str| {
        format!(
            "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n\
             msgid \"Le <time datetime=\\\"2026-03-02\\\">2 mars</time>.\"\nmsgstr \"{words}\"\n"
        )
    };
    let page = site("Le <time datetime=\"2026-03-02\">2 mars</time>.");
    let good = "On <time datetime=\\\"2026-03-02\\\">2 March</time>.";
    let built = page.catalogue("en", "a.md", &po(good)).build_html();
    let english = built.file("html/en/a/index.html");
    assert!(
        english.contains("<time datetime=\"2026-03-02\">2 March</time>"),
        "{english}"
    );
    let page = site("Le <time datetime=\"2026-03-02\">2 mars</time>.");
    let wrong = "On <time datetime=\\\"2026-04-02\\\">2 April</time>.";
    let built = page.catalogue("en", "a.md", &po(wrong)).build_html();
    assert!(!built.file("html/en/a/index.html").contains("2026-04-02"), "{built}");
}

#[test]
fn a_formula_stands_alone_in_a_quotation_and_not_in_the_middle_of_a_line() {
    let body = "> Dit :\n>\n> $$x^2$$\n>\n> $$\n> y + 1\n> $$\n\nAinsi $$z$$ ici.";
    let built = built(&site(body));
    for text in marked_up(&built) {
        let quote = text.split_once("<blockquote>").expect("a quotation").1;
        let (quote, rest) = quote.split_once("</blockquote>").expect("its end");
        assert_eq!(quote.matches("display=\"block\"").count(), 2, "{quote}");
        assert!(rest.contains("<math") && !rest.contains("display=\"block\""), "{rest}");
        assert!(!text.contains("$$"), "{text}");
    }
}

#[test]
fn the_language_of_an_image_is_not_that_of_its_caption() {
    let markdown = "![English words](a.png \"Une légende\"){lang=en}";
    let html = "<figure><img lang=\"en\" src=\"a.png\" alt=\"English words\">\
                <figcaption>Une légende</figcaption></figure>";
    for body in [markdown, html] {
        let built = built(&site(body));
        for text in marked_up(&built) {
            let figure = text.split_once("<figure ").expect("a figure").1;
            assert!(figure.starts_with("lang=\"en\""), "{figure}");
            let caption = figure.split_once("<figcaption ").expect("a caption").1;
            let caption = caption.split_once("</figcaption>").expect("its end").0;
            assert!(caption.contains("lang=\"fr\""), "{caption}");
        }
        #[cfg(feature = "pdf")]
        {
            let bytes = built.bytes("pdf/fr/a.pdf");
            let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
            let said = |kind: &[u8]| {
                let tags = pdf.objects.values().filter_map(|it| it.as_dict().ok());
                let is = |it: &&lopdf::Dictionary| {
                    it.get(b"S").and_then(|it| it.as_name()).is_ok_and(|it| it == kind)
                };
                let lang = |it: &lopdf::Dictionary| {
                    let lang = it.get(b"Lang").and_then(|it| it.as_str()).ok();
                    lang.map(|it| String::from_utf8_lossy(it).into_owned())
                };
                tags.filter(is).filter_map(lang).collect::<Vec<_>>()
            };
            assert!(said(b"Caption").iter().all(|it| !it.starts_with("en")));
            assert!(said(b"Figure").iter().any(|it| it.starts_with("en")));
        }
    }
    let whole = "<figure lang=\"en\"><img src=\"a.png\" alt=\"English words\">\
                 <figcaption>An English caption</figcaption></figure>";
    for text in marked_up(&built(&site(whole))) {
        assert!(text.contains("<div lang=\"en\""), "{text}");
        let caption = text.split_once("<figcaption ").expect("a caption").1;
        assert!(!caption.split_once('>').expect("its end").0.contains("lang"), "{text}");
    }
}
