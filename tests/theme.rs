//! A designer's theme: what of it has no effect is told, with what was meant.

use crate::support::{Outcome, Site};

const PAGE: &str = "---\ntitle: A\n---\n\nTexte.\n";

fn build(files: &[(&str, &str)]) -> Outcome {
    let site = Site::new().page("a.md", PAGE);
    let site = files.iter().fold(site, |site, (path, text)| {
        site.bytes(&format!("themes/{path}"), text.as_bytes())
    });
    site.build_html()
}

fn codes(built: &Outcome) -> Vec<String> {
    let theme =
        built.all_diagnostics().into_iter().filter(|it| it.code.contains("theme"));
    theme.map(|it| it.code).collect()
}

#[test]
fn a_file_of_the_theme_that_nothing_reads_is_named() {
    for (path, near) in [
        ("html/style.css", "html/site.css"),
        ("web/page.html", "html/page.html"),
        ("page.html", "html/page.html"),
        ("html/foot.html", "html/front.html"),
        ("epub/livre.css", "epub/book.css"),
        ("pdf/livre.typ", "pdf/book.typ"),
        ("html/menu.js", ""),
        ("polices/Marianne.otf", ""),
    ] {
        let built = build(&[(path, "p {}")]);
        assert_eq!(built.code, Some(0), "{built}");
        let code =
            if near.is_empty() { "theme-file-unread" } else { "theme-file-unread-near" };
        let told = built.told(code).in_file(&format!("themes/{path}")).is("warning");
        let hint = told.hint;
        assert!(near.is_empty() || hint.contains(near), "{path}: {hint}");
    }
}

#[test]
fn what_is_used_in_a_theme_is_not_named() {
    let page = "{% extends \"built-in/html/page.html\" %}\n\n{# Le pied #}\n\
        {% block head %}{{ super() }}<script src=\"/assets/menu.js\"></script>\
        {% block mine %}<meta name=\"a\" content=\"b\"/>{% endblock mine %}{% endblock %}\n\
        {#- {% block autrefois %}{% endblock %} -#}\n\
        {% block footer -%}<p>Pied</p>{% endblock footer %}\n";
    let built = build(&[
        ("html/page.html", page),
        ("html/menu.js", "1"),
        ("html/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("html/more.css", "p {}"),
        ("html/site.css", "@import \"built-in/html/site.css\";\n@import \"more.css\";\n"),
        ("fonts/OFL.txt", "licence"),
        ("LISEZMOI.md", "Notre thème"),
    ]);
    let none: [&str; 0] = [];
    assert_eq!(codes(&built), none, "{built}");
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("<p>Pied</p>") && page.contains("name=\"a\""), "{page}");
}

#[test]
fn a_block_that_the_template_does_not_have_is_named_with_the_nearest() {
    let page = "{% extends \"built-in/html/page.html\" %}\n\
        {% block foter %}<p>Perdu</p>{% endblock %}\n";
    let built = build(&[("html/page.html", page)]);
    let told =
        built.told("theme-block-unknown").at("themes/html/page.html", 2).is("warning");
    assert!(told.message.contains("foter"), "{}", told.message);
    assert!(told.hint.contains("footer"), "{:?}", told.hint);
    assert!(!built.file("html/fr/a/index.html").contains("Perdu"));
    let page = "{% extends \"built-in/html/page.html\" %}\n\n<p>Perdu</p>\n\
        {% block footer %}<p>Pied</p>{% endblock %}\n";
    let built = build(&[("html/page.html", page)]);
    built.told("theme-outside-blocks").at("themes/html/page.html", 3).is("warning");
}

#[test]
fn a_style_sheet_of_one_line_is_told_how_to_add_to_ours() {
    let line = "p { color: red }";
    let built = build(&[("html/site.css", line)]);
    let told =
        built.told("theme-style-alone").in_file("themes/html/site.css").is("warning");
    let import = "@import \"built-in/html/site.css\";";
    assert!(told.hint.contains(import));
    assert_eq!(built.file("html/assets/site.css"), line, "it was asked for");

    let built = build(&[("html/site.css", &format!("{import}\n{line}"))]);
    let none: [&str; 0] = [];
    assert_eq!(codes(&built), none, "{built}");
    let style = built.file("html/assets/site.css");
    assert!(
        style.contains(".skip") && style.ends_with(line) && !style.contains("built-in")
    );

    // Who brings pages of their own needs none of ours.
    let own = "<!DOCTYPE html><html lang=\"{{ lang }}\"><title>{{ title }}</title>{{ body }}</html>";
    let built = build(&[("html/page.html", own), ("html/site.css", line)]);
    assert_eq!(codes(&built), none, "{built}");
}
