//! Code in colours, as each format shows it.

use std::io::{Cursor, Read};

use super::support::{Outcome, Site};

const PAGE: &str = "---\ntitle: Code\n---\n\n```rust\nfn main() {\n    // là\n    \
    let x = \"<é>\";\n}\n```\n\n```inconnu\nfn main() {}\n```\n";

fn built(page: &str) -> Outcome {
    let built = Site::new().page("code.md", page).build();
    assert_eq!(built.code, Some(0), "{built}");
    built
}

#[test]
fn the_pieces_of_code_say_what_they_are_on_the_site_and_in_the_book() {
    let built = built(PAGE);
    let bytes = built.bytes("epub/essai.fr.epub");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut book = String::new();
    let mut chapter = archive.by_name("OEBPS/page-code.xhtml").expect("the chapter");
    chapter.read_to_string(&mut book).expect("text");
    for page in [built.file("html/fr/code/index.html"), book] {
        assert!(page.contains("<span class=\"f\">main</span>"), "{page}");
        assert!(page.contains("<span class=\"c\">// là</span>"), "{page}");
        assert!(page.contains("<span class=\"s\">\"&lt;é&gt;\"</span>;\n}"), "{page}");
        assert!(page.contains(">fn main() {}</code>"), "unknown: plain\n{page}");
    }
}

#[test]
fn every_kind_has_a_colour_in_every_style() {
    let styles = [
        include_str!("../src/render/html/theme/site.css"),
        include_str!("../src/render/epub/theme/book.css"),
    ];
    for kind in plantin::render::code::Kind::ALL.map(plantin::render::code::Kind::name) {
        for style in styles {
            let named = style.contains(&format!("pre .{kind}"))
                || style.contains(&format!(".{kind}, ."))
                || style.contains(&format!(", .{kind})"));
            assert!(named, "{kind}");
        }
        let theme = include_str!("../src/render/pdf/theme/book.typ");
        assert!(theme.contains(&format!(" {kind}: rgb(")), "{kind}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn the_colours_of_code_change_none_of_its_signs_in_print() {
    let long = "a".repeat(120);
    let page = format!("{PAGE}\n```sh\necho \"{long}\" # là\n\tls -a   b\n```\n");
    let pdf = built(&page).bytes("pdf/fr/code.pdf");
    let pdf = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    let words: String =
        pdf.extract_text(&pages).expect("text").split_whitespace().collect();
    for wanted in ["fnmain(){//làletx=\"<é>\";}", &format!("echo\"{long}\"#làls-ab")] {
        assert!(words.contains(wanted), "{wanted} in {words}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn code_may_end_in_empty_lines_and_hold_what_others_take_for_the_end_of_one() {
    let long = "a".repeat(120);
    let page = format!(
        "{PAGE}\n```rust\nlet a;\u{2028}let b;\u{c}let c;\n```\n\n```\n{long}\n\n\n"
    );
    let pdf = built(&page).bytes("pdf/fr/code.pdf");
    assert!(lopdf::Document::load_mem(&pdf).is_ok());
}
