//! This repository's own pages: the manual, its English, and the mission's page.
//!
//! They are what a newcomer builds first, and the longest test there is.

use std::{collections::BTreeSet, path::Path};

use plantin::{
    diagnostic::Checked,
    document::{Block, Inline, ListKind, Style, walk},
    pipeline,
    site::{Site, labels},
    source::files,
};
use sha2::{Digest, Sha256};

/// The page that the mission wrote, which is not ours to change.
const MISSION: &str = "content/mission/objectifs-engagements-et-rituels.md";

#[test]
fn our_pages_have_no_faults_but_the_two_of_the_missions_page() {
    let told = site().diagnostics;
    let told: Vec<_> = told.iter().map(|it| (&*it.file, it.code)).collect();
    assert_eq!(told, [(MISSION, "link-to-no-anchor"), (MISSION, "link-to-nothing")]);
}

#[test]
fn the_missions_page_is_as_its_authors_wrote_it() {
    let text = files::bytes(&root().join(MISSION)).expect("the page is there");
    let digest = Sha256::digest(&text);
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(
        digest,
        "1fa0b62416a4def3d96cf5fff6b1583070477807b8110ccb756753e9ec38e949"
    );
}

#[test]
fn our_english_is_complete() {
    let site = site().value;
    let marked: Vec<_> = site
        .editions
        .iter()
        .flat_map(|edition| &edition.pages)
        .filter(|page| page.counts.marked() > 0)
        .map(|page| (&page.file, page.counts))
        .collect();
    assert!(marked.is_empty(), "{marked:?}");
    assert_eq!(site.editions.len(), 2);
}

#[test]
fn our_catalogues_are_those_of_our_pages() {
    let workspace = pipeline::open(root()).expect("our settings are right");
    let catalogues =
        pipeline::extract(&workspace, &[], false).expect("our files can be read");
    let stale: Vec<_> = catalogues.value.files.iter().map(|it| &it.0).collect();
    assert!(stale.is_empty(), "to bring up to date with `plantin extract`: {stale:?}");
}

#[test]
fn our_pages_hold_every_kind_of_node() {
    let mut found = BTreeSet::new();
    for page in &site().value.source().pages {
        let notes = page.document.footnotes.iter().map(|it| &it.blocks);
        for blocks in notes.chain([&page.document.blocks]) {
            walk::blocks(blocks, &mut |it| found.extend(block(it)));
        }
        walk::texts(&page.document, &mut |_, text| {
            walk::inlines(&text.inlines, &mut |it| found.extend([inline(it)]));
        });
        if page.document.footnotes.iter().any(|it| it.references > 1) {
            found.insert("footnote called twice");
        }
    }
    let absent: Vec<_> = EVERY_KIND.iter().filter(|it| !found.contains(*it)).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn the_manual_names_every_word_of_the_interface() {
    let manual = read("content/manuel/reglages.md");
    let french = labels::BUILT_IN.iter().find(|it| it.0 == "fr");
    let (_, words) = french.expect("French is built in");
    let names = words.lines().filter_map(|it| it.split_once(" =")).map(|it| it.0);
    let names = names.filter(|it| !it.starts_with(['#', ' ']));
    let absent: Vec<_> =
        names.filter(|it| !manual.contains(&format!("\n{it} ="))).collect();
    assert!(absent.is_empty(), "to copy there from src/site/labels/fr.ftl: {absent:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    let bytes = files::bytes(&root().join(path)).expect("the file is there");
    String::from_utf8(bytes).expect("our pages are in UTF-8")
}

fn site() -> Checked<Site> {
    let workspace = pipeline::open(root()).expect("our settings are right");
    pipeline::check(&workspace).expect("our files can be read")
}

/// What [`block`] and [`inline`] can name, but for constructs without a node, which our
/// pages do without, media other than embedded pages, and formulas, which a workspace asks
/// for.
const EVERY_KIND: &[&str] = &[
    "heading 2",
    "heading 3",
    "heading 4",
    "paragraph",
    "plain",
    "bullet list",
    "ordered list",
    "task",
    "definitions",
    "quote",
    "signed quote",
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "callout",
    "info",
    "success",
    "error",
    "titled callout",
    "details",
    "code",
    "table",
    "captioned table",
    "figure",
    "captioned figure",
    "decorative figure",
    "media",
    "rule",
    "page break",
    "group",
    "text",
    "hard break",
    "code in a line",
    "link",
    "image in a line",
    "footnote",
    "footnote called twice",
    "span",
    "emphasis",
    "strong",
    "deleted",
    "inserted",
    "superscript",
    "subscript",
    "highlight",
    "small",
    "keyboard",
    "cite",
    "quoted",
    "abbreviation",
];

fn block(block: &Block) -> Vec<&'static str> {
    let also = |more: bool, kind: &'static str| more.then_some(kind);
    match block {
        Block::Heading(it) => vec![match it.level {
            2 => "heading 2",
            3 => "heading 3",
            _ => "heading 4",
        }],
        Block::Paragraph(_) => vec!["paragraph"],
        Block::Plain(_) => vec!["plain"],
        Block::List(it) => {
            let task = it.items.iter().any(|it| it.task.is_some());
            let kind = match it.kind {
                ListKind::Bullet => "bullet list",
                ListKind::Ordered(_) => "ordered list",
            };
            [kind].into_iter().chain(also(task, "task")).collect()
        }
        Block::Definitions(_) => vec!["definitions"],
        Block::Quote(it) => {
            let signed = also(it.attribution.is_some(), "signed quote");
            ["quote"].into_iter().chain(signed).collect()
        }
        Block::Callout(it) => {
            let titled = also(it.title.is_some(), "titled callout");
            [it.kind.name()].into_iter().chain(titled).collect()
        }
        Block::Details(_) => vec!["details"],
        Block::Code(_) => vec!["code"],
        Block::Table(it) => {
            let captioned = also(it.caption.is_some(), "captioned table");
            ["table"].into_iter().chain(captioned).collect()
        }
        Block::Figure(it) => {
            let captioned = also(it.caption.is_some(), "captioned figure");
            let decorative = also(it.alternative.is_none(), "decorative figure");
            ["figure"].into_iter().chain(captioned).chain(decorative).collect()
        }
        Block::Media(_) => vec!["media"],
        Block::Rule(_) => vec!["rule"],
        Block::PageBreak(_) => vec!["page break"],
        Block::Group(_) => vec!["group"],
        Block::Unknown(_) => vec!["unknown"],
        Block::Math(_) => vec!["formula"],
    }
}

fn inline(inline: &Inline) -> &'static str {
    match inline {
        Inline::Text(_) => "text",
        Inline::SoftBreak => "soft break",
        Inline::HardBreak => "hard break",
        Inline::Code(_) => "code in a line",
        Inline::Link(_) => "link",
        Inline::Image(_) => "image in a line",
        Inline::Footnote(_) => "footnote",
        Inline::Span(_) => "span",
        Inline::Math(_) => "formula in a line",
        Inline::Styled(style, _) => match style {
            Style::Emphasis => "emphasis",
            Style::Strong => "strong",
            Style::Deleted => "deleted",
            Style::Inserted => "inserted",
            Style::Superscript => "superscript",
            Style::Subscript => "subscript",
            Style::Highlight => "highlight",
            Style::Small => "small",
            Style::Keyboard => "keyboard",
            Style::Cite => "cite",
            Style::Quoted => "quoted",
            Style::Abbreviation(_) => "abbreviation",
            Style::Time(_) => "time",
        },
    }
}
