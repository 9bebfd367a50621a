//! What a page becomes, kept whole in `tests/expected`.
//!
//! A change of output is a change of these files: `make accept` rewrites them, and the
//! difference is read like code.

use plantin::{
    document::{Block, Inline, Language, Style},
    source,
};

use super::support::{EVERYTHING, PNG, Site, expect};

/// The names of the nodes, as `Debug` writes them. A new kind does not compile below, and
/// must then appear here and in `tests/support/everything.md`.
const KINDS: [&str; 39] = [
    "Heading(",
    "Paragraph(",
    "Plain(",
    "List(",
    "Definitions(",
    "Quote(",
    "Callout(",
    "Details(",
    "Code(",
    "Table(",
    "Figure(",
    "Media(",
    "Rule(",
    "PageBreak(",
    "Group(",
    "Unknown(",
    "Text(",
    "SoftBreak",
    "HardBreak",
    "Styled(Emphasis",
    "Styled(Strong",
    "Styled(Deleted",
    "Styled(Inserted",
    "Styled(Superscript",
    "Styled(Subscript",
    "Styled(Highlight",
    "Styled(Small",
    "Styled(Keyboard",
    "Styled(Cite",
    "Styled(Quoted",
    "Styled(Abbreviation",
    "Styled(Time",
    "Code(\"code_hibiscus\")",
    "Link(",
    "Image(",
    "Footnote(",
    "Span(",
    "latex: \"nougat^2\"",
    "latex: \"\\\\frac{praline}{2}\"",
];

#[test]
fn every_kind_of_node_is_in_the_page_that_holds_everything() {
    let options =
        source::Options { language: Language::new("fr"), name: "tout".to_owned() };
    let dialect = source::Dialect { math: true, ..source::Dialect::default() };
    let read = source::read_in(EVERYTHING, &options, &dialect, &Default::default());
    let document = format!("{:?}", read.value);
    let absent: Vec<&&str> = KINDS.iter().filter(|it| !document.contains(**it)).collect();
    assert!(absent.is_empty(), "{absent:?} in {document}");
}

#[test]
fn everything_becomes_this_page() {
    let built = everything().build_html();
    expect("everything.fr.html", &main_part(&built.file("html/fr/tout/index.html")));
}

#[test]
fn everything_half_translated_becomes_this_page() {
    let catalogue = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\
        \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n\
        msgid \"Titre abricot\"\nmsgstr \"Apricot title\"\n\n\
        msgid \"Intertitre kiwi\"\nmsgstr \"Kiwi heading\"\n\n\
        msgid \"puce laurier\"\nmsgstr \"laurel bullet\"\n";
    let built = everything().catalogue("en", "tout.md", catalogue).build_html();
    expect("everything.en.html", &main_part(&built.file("html/en/tout/index.html")));
}

#[test]
fn everything_is_told_about_in_these_words() {
    for locale in ["en", "fr"] {
        let built = everything().env("LC_ALL", locale).build_html();
        let told: String = built
            .all_diagnostics()
            .into_iter()
            .map(|it| {
                let line = it.line.unwrap_or_default();
                format!(
                    "{} {} {}:{line}\n  {}\n  {}\n",
                    it.severity, it.code, it.file, it.message, it.hint
                )
            })
            .collect();
        expect(&format!("everything.{locale}.txt"), &told);
    }
}

fn everything() -> Site {
    Site::new()
        .more_config("[markdown]\nmath = true\n")
        .page("tout.md", EVERYTHING)
        .page("bonne.md", "---\ntitle: Bonne page\n---\n\nTout va bien.\n")
        .bytes("content/pixel.png", PNG)
}

/// What the page says, without what the site puts around it.
fn main_part(page: &str) -> String {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("a page has a main part");
    format!("{}</main>\n", &page[start..end])
}

/// Where a new kind of block stops the compilation: add it to [`KINDS`].
const _: fn(&Block) = |block| match block {
    Block::Heading(_)
    | Block::Paragraph(_)
    | Block::Plain(_)
    | Block::List(_)
    | Block::Definitions(_)
    | Block::Quote(_)
    | Block::Callout(_)
    | Block::Details(_)
    | Block::Code(_)
    | Block::Table(_)
    | Block::Figure(_)
    | Block::Media(_)
    | Block::Rule(_)
    | Block::PageBreak(_)
    | Block::Group(_)
    | Block::Math(_)
    | Block::Unknown(_) => {}
};

/// The same for what stands in a line.
const _: fn(&Inline) = |inline| match inline {
    Inline::Text(_)
    | Inline::SoftBreak
    | Inline::HardBreak
    | Inline::Code(_)
    | Inline::Link(_)
    | Inline::Image(_)
    | Inline::Footnote(_)
    | Inline::Span(_)
    | Inline::Math(_)
    | Inline::Styled(
        Style::Emphasis
        | Style::Strong
        | Style::Deleted
        | Style::Inserted
        | Style::Superscript
        | Style::Subscript
        | Style::Highlight
        | Style::Small
        | Style::Keyboard
        | Style::Cite
        | Style::Quoted
        | Style::Abbreviation(_)
        | Style::Time(_),
        _,
    ) => {}
};
