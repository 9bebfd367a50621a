//! Pages are read whole, and say what is wrong with them.

use plantin::{
    diagnostic::{Checked, Diagnostic, Severity},
    document::{
        Align, Block, CalloutKind, Cell, Document, Gate, Inline, Language, Link,
        ListKind, MediaKind, Permalink, Row, Scope, Style, Text, text, walk,
    },
    source::{self, Dialect, Options, container::Container, line},
};
use proptest::prelude::*;

fn read(markdown: &str) -> Checked<Document> {
    let options =
        Options { language: Language::new("fr"), name: "ma-page.md".to_owned() };
    source::read(markdown, &options)
}

/// The body's blocks of a page that has a title.
fn blocks(markdown: &str) -> Vec<Block> {
    read(&format!("---\ntitle: T\n---\n{markdown}")).value.blocks
}

/// The codes of what is wrong with a page that has a title, each once, in order.
fn codes(markdown: &str) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for diagnostic in read(&format!("---\ntitle: T\n---\n{markdown}")).diagnostics {
        if codes.last() != Some(&diagnostic.code) {
            codes.push(diagnostic.code);
        }
    }
    codes
}

/// All the words of blocks, in reading order.
fn words(blocks: &[Block]) -> String {
    let document = Document { blocks: blocks.to_vec(), ..Document::default() };
    all_words(&document)
}

fn all_words(document: &Document) -> String {
    let mut words = Vec::new();
    walk::texts(document, &mut |_, text| words.push(text.to_plain()));
    let mut code = |block: &Block| {
        if let Block::Code(it) = block {
            words.extend(it.language.clone());
            words.push(it.text.clone());
        }
    };
    walk::blocks(&document.blocks, &mut code);
    document.footnotes.iter().for_each(|note| walk::blocks(&note.blocks, &mut code));
    words.join(" ")
}

/// The part of a page at a place.
fn at(text: &str, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.expect("it has a place");
    text[place.start as usize..place.end as usize].to_owned()
}

mod front_matter {
    use super::*;

    #[test]
    fn scalars_are_text_where_text_is_meant() {
        let page = read(
            "---\ntitle: 2024\ndescription: no\ntags: [1.10, oui]\ndate: 2024-09-16\n---\n",
        );
        let meta = page.value.meta;
        assert_eq!(meta.title.to_plain(), "2024");
        assert_eq!(meta.description.map(|it| it.to_plain()).as_deref(), Some("no"));
        assert_eq!(meta.tags, ["1.10", "oui"]);
        assert_eq!(meta.date.map(|it| it.to_string()).as_deref(), Some("2024-09-16"));
    }

    #[test]
    fn segments_permalink_and_image_are_read() {
        let meta = read(concat!(
            "---\ntitle: T\nsegments:\n  - url: /mission/\n    title: Mission\n",
            "permalink: /a/\nimage:\n  path: x.png\n  alt: été\nshowBreadcrumb: false\n---\n",
        ))
        .value
        .meta;
        assert_eq!(meta.segments[0].url, "/mission/");
        assert_eq!(meta.segments[0].title.to_plain(), "Mission");
        assert_eq!(meta.segments[0].title.place.line, 5);
        assert!(
            matches!(&meta.permalink, Some(Permalink::Address(it, _)) if it == "/a/")
        );
        let image = meta.image.expect("there is an image");
        assert_eq!(
            (image.address.as_str(), image.alternative.as_str()),
            ("x.png", "été")
        );
        assert_eq!(meta.show_breadcrumb, Some(false));
        assert_eq!(
            read("---\npermalink: false\n---\n").value.meta.permalink,
            Some(Permalink::Nowhere)
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_is_ignored_with_its_place() {
        let text =
            "---\ntitle: [a]\ndraft: peut-être\ndate: 2024-02-30\nlang: x y\n---\nÉté";
        let page = read(text);
        let wrong: Vec<_> = page
            .diagnostics
            .iter()
            .filter(|it| it.code == "front-matter-wrong-type")
            .map(|it| at(text, it))
            .collect();
        assert_eq!(wrong, ["[a]", "2024-02-30", "x y"]);
        // What is not understood publishes nothing.
        assert_eq!(page.value.meta.gate, Gate::Unclear);
    }

    #[test]
    fn unknown_keys_are_kept_and_reported_once() {
        let page = read("---\ntitle: T\nbadges: true\nlogo:\n  a: 1\n---\nx");
        assert_eq!(page.value.meta.other["badges"], "true");
        assert_eq!(page.value.meta.other["logo"], "a: 1");
        let codes: Vec<_> =
            page.diagnostics.iter().map(|it| (it.code, it.severity)).collect();
        assert_eq!(codes, [("front-matter-unknown-keys", Severity::Note)]);
    }

    #[test]
    fn a_video_and_slides_close_the_page() {
        let text = "---\ntitle: T\nvideo: https://v.fr/1\nslides:\n  src: a.pdf\n  title: Support\ntoc: false\n---\nx";
        let page = read(text);
        assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
        let [Block::Paragraph(_), Block::Media(film), Block::Media(slides)] =
            page.value.blocks.as_slice()
        else {
            panic!("{:#?}", page.value.blocks)
        };
        let title = |it: &Option<Text>| it.as_ref().map(Text::to_plain);
        assert_eq!(
            (film.kind, title(&film.title).as_deref()),
            (MediaKind::Video, Some("T"))
        );
        assert_eq!(slides.kind, MediaKind::Slides);
        assert_eq!(title(&slides.title).as_deref(), Some("Support"));
        assert_eq!(page.value.meta.toc, Some(false));
    }

    #[test]
    fn broken_front_matter_keeps_the_body_and_the_simple_lines() {
        let text = "---\ntitle: Bilan : une année\ndate: 2024-09-16\n---\n\n# Corps\n";
        let page = read(text);
        assert_eq!(page.value.meta.title.to_plain(), "Bilan : une année");
        assert!(page.value.meta.date.is_some());
        assert_eq!(words(&page.value.blocks), " Corps");
        let broken = &page.diagnostics[0];
        assert_eq!(
            (broken.code, broken.severity),
            ("front-matter-broken", Severity::Error)
        );
        assert_eq!(broken.place.map(|it| it.line), Some(2));
    }

    #[test]
    fn front_matter_without_end_stops_at_an_empty_line() {
        let page = read("---\ntitle: T\n\nCorps");
        assert_eq!(page.value.meta.title.to_plain(), "T");
        assert_eq!(all_words(&page.value), "T Corps");
        assert_eq!(page.diagnostics[0].code, "front-matter-not-closed");
        // A rule at the top of a page is no front matter.
        assert!(matches!(read("---\n\nTexte").value.blocks[0], Block::Rule(_)));
    }

    #[test]
    fn a_key_that_comes_twice_counts_once() {
        let page = read("---\ntitle: A\ntitle: B\n---\nx");
        assert_eq!(page.value.meta.title.to_plain(), "A");
        assert_eq!(page.diagnostics[0].code, "front-matter-key-twice");
    }

    #[test]
    fn aliases_cannot_make_a_small_page_large() {
        let mut text = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, before) in
            ["b", "c", "d", "e", "f"].iter().zip(["a", "b", "c", "d", "e"])
        {
            let alias = format!("*{before},").repeat(10);
            text.push_str(&format!(
                "{name}: &{name} [{}]\n",
                alias.trim_end_matches(',')
            ));
        }
        let page = read(&format!("{text}---\nx"));
        assert_eq!(page.diagnostics[0].code, "front-matter-broken");
    }

    #[test]
    fn a_page_without_title_takes_the_navigations_the_first_headings_or_the_files() {
        let title = |text: &str| read(text).value.meta.title.to_plain();
        assert_eq!(title("---\neleventyNavigation:\n  key: Nav\n---\n# Un"), "Nav");
        assert_eq!(title("texte\n\n## Un *mot*\n"), "Un mot");
        assert_eq!(title("texte"), "Ma page");
        assert_eq!(title(""), "Ma page");
        // At the top, a heading of level 1 is the title itself.
        assert_eq!(read("# Un\n\nx").value.blocks.len(), 1);
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_leave_places_right() {
        let text =
            "\u{FEFF}---\r\ntitle: T\r\n---\r\n\r\nÉté [é](javascript:x) \r\nfin [^9]";
        let page = read(text);
        assert_eq!(page.value.meta.title.to_plain(), "T");
        let link = &page.diagnostics[0];
        assert_eq!(at(text, link), "[é](javascript:x)");
        let place = link.place.expect("it has a place");
        assert_eq!((place.line, place.column), (5, 5));
        let text = "\u{FEFF}é [](x)";
        assert_eq!(at(text, &read(text).diagnostics[0]), "[](x)");
    }
}

mod blocks {
    use super::*;

    #[test]
    fn every_block_of_markdown_has_its_node() {
        let found = blocks(concat!(
            "texte\n\n- a\n- b\n\n3. c\n\n> d\n\n> [!WARNING] *Titre*\n> e\n\n```rust x\nf\n```\n\n",
            "---\n\n| g | h |\n|:-:|--:|\n| i | j |\n\nTerme\n\n: k\n\n- [x] l\n- [ ] m\n\n\\newpage\n",
        ));
        let Block::List(ordered) = &found[2] else { panic!("{found:#?}") };
        assert_eq!(ordered.kind, ListKind::Ordered(3));
        let Block::Callout(callout) = &found[4] else { panic!("{found:#?}") };
        assert_eq!(callout.kind, CalloutKind::Warning);
        assert_eq!(callout.title.as_ref().map(Text::to_plain).as_deref(), Some("Titre"));
        let Block::Code(code) = &found[5] else { panic!("{found:#?}") };
        assert_eq!((code.language.as_deref(), code.text.as_str()), (Some("rust"), "f"));
        let Block::Table(table) = &found[7] else { panic!("{found:#?}") };
        assert_eq!((table.columns.len(), table.head.len(), table.body.len()), (2, 1, 1));
        assert_eq!(table.head[0].cells[0].scope, Some(Scope::Column));
        assert!(matches!(table.body[0].cells[0].blocks.as_slice(), [Block::Plain(_)]));
        assert!(
            matches!(&found[8], Block::Definitions(it) if it.items[0].details.len() == 1)
        );
        let Block::List(tasks) = &found[9] else { panic!("{found:#?}") };
        assert_eq!([tasks.items[0].task, tasks.items[1].task], [Some(true), Some(false)]);
        assert!(matches!(tasks.items[0].blocks.as_slice(), [Block::Plain(_)]));
        assert!(matches!(found[10], Block::PageBreak(_)));
    }

    #[test]
    fn an_image_that_stands_alone_is_a_figure() {
        let found = blocks(
            "![Un *texte*](a.png \"Légende\")\n\n[![b](b.png)](/x/)\n\nx ![c](c.png)",
        );
        let Block::Figure(figure) = &found[0] else { panic!("{found:#?}") };
        assert_eq!(
            figure.alternative.as_ref().map(Text::to_plain).as_deref(),
            Some("Un texte")
        );
        assert_eq!(
            figure.caption.as_ref().map(Text::to_plain).as_deref(),
            Some("Légende")
        );
        assert_eq!(figure.image.alternative, "");
        assert!(
            matches!(&found[1], Block::Figure(it) if it.link.as_ref().is_some_and(|it| it.address == "/x/"))
        );
        assert!(matches!(&found[2], Block::Paragraph(_)));
    }

    #[test]
    fn headings_begin_at_level_two_and_skip_none() {
        let page = read("---\ntitle: T\n---\n# A\n\n### B\n\n## C\n\n#### D\n\n# E\n");
        let mut levels = Vec::new();
        walk::blocks(&page.value.blocks, &mut |block| {
            if let Block::Heading(it) = block {
                levels.push((it.written, it.level));
            }
        });
        assert_eq!(levels, [(1, 2), (3, 3), (2, 3), (4, 4), (1, 2)]);
        let repaired: Vec<_> = page
            .diagnostics
            .iter()
            .filter(|it| it.code == "heading-level-repaired")
            .collect();
        assert_eq!(repaired.len(), 2, "once for each kind of repair: {repaired:?}");
    }

    #[test]
    fn anchors_come_from_the_words_unless_they_are_given() {
        let found = blocks("## L'été `x`\n\n## L’été *x*\n\n## Autre {#mien}\n\n## 🎉\n");
        let anchors: Vec<_> = found
            .iter()
            .map(|it| match it {
                Block::Heading(it) => it.anchor.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(anchors, ["l-ete-x", "l-ete-x-1", "mien", "section"]);
    }

    #[test]
    fn a_note_that_says_nothing_is_reported_and_has_a_line() {
        assert_eq!(
            codes("a[^n]\n\n[^n]: <!-- x -->\n"),
            ["html-comment-dropped", "footnote-empty"]
        );
    }

    #[test]
    fn a_heading_without_text_is_reported() {
        assert_eq!(codes("##\n\nx"), ["heading-empty"]);
        assert_eq!(codes("## \u{200b}\n\nx"), ["heading-empty"]);
        assert_eq!(codes("## ![](a.png)\n\nx"), ["heading-silent"]);
        assert_eq!(codes("<h2><img src=\"a.png\" alt=\"\"></h2>"), ["heading-silent"]);
        assert_eq!(blocks("##\n\nx").len(), 1);
    }

    #[test]
    fn attributes_at_the_end_belong_to_the_paragraph() {
        let found = blocks("texte [a](b){.c} {.d #e lang=en}\n\n- item {.f}\n");
        let Block::Paragraph(paragraph) = &found[0] else { panic!("{found:#?}") };
        assert_eq!(paragraph.attributes.classes, ["d"]);
        assert_eq!(paragraph.attributes.language, Some(Language::new("en")));
        assert_eq!(paragraph.text.to_plain(), "texte a");
        assert_eq!(words(&found[1..]).trim(), "item");
    }

    #[test]
    fn signs_with_spaces_between_them_raise_nothing() {
        for (markdown, expected) in [
            ("2^10 et x^2, ~100 à ~200", "2^10 et x^2, ~100 à ~200"),
            ("m^2^ H~2~O", "m<sup>2</sup> H<sub>2</sub>O"),
        ] {
            let found = blocks(markdown);
            let Block::Paragraph(it) = &found[0] else { panic!("{found:#?}") };
            assert_eq!(line::write(&it.text.inlines), expected);
        }
    }

    #[test]
    fn notes_are_numbered_by_their_first_calls() {
        let page = read(
            "a[^x] b[^y] c[^x] d[^nul]\n\n[^z]: jamais\n[^y]: deux [^w]\n[^x]: un\n[^w]: trois\n",
        );
        let notes: Vec<_> = page
            .value
            .footnotes
            .iter()
            .map(|it| (it.number, it.label.as_str(), it.references))
            .collect();
        assert_eq!(notes, [(1, "x", 2), (2, "y", 1), (3, "w", 1), (4, "z", 0)]);
        assert!(words(&page.value.blocks).contains("d[^nul]"));
        let codes: Vec<_> = page.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["footnote-not-called", "footnote-undefined", "title-missing"]);
    }
}

mod containers {
    use super::*;

    #[test]
    fn a_title_with_a_colon_does_not_swallow_the_page() {
        let found =
            blocks(":::callout Le « titre » : *ici*\ntexte **gras**\n:::\n\naprès\n");
        let [Block::Callout(callout), Block::Paragraph(_)] = found.as_slice() else {
            panic!("{found:#?}")
        };
        assert_eq!(
            callout.title.as_ref().map(Text::to_plain).as_deref(),
            Some("Le « titre » : ici")
        );
        assert_eq!(words(&callout.blocks).trim(), "texte gras");
    }

    #[test]
    fn every_container_has_its_node() {
        let found = blocks(
            ":::quote /img/a.png\nx\n:::\n\n:::info\nx\n:::\n\n??? Un titre\n- x\n???\n",
        );
        assert!(matches!(&found[0], Block::Quote(it) if it.image.is_some()));
        assert!(matches!(&found[1], Block::Callout(it) if it.kind == CalloutKind::Info));
        assert!(
            matches!(&found[2], Block::Details(it) if it.summary.to_plain() == "Un titre")
        );
        assert!(codes(":::callout\nx\n:::").is_empty());
    }

    #[test]
    fn containers_of_other_programs_are_read_too() {
        let text = ":::note[Un *titre*]{#a .b}\nx\n:::\n\n::: details\ny\n:::\n";
        let found = blocks(text);
        let Block::Group(group) = &found[0] else { panic!("{found:#?}") };
        assert_eq!(group.attributes.id.as_deref(), Some("a"));
        let Block::Callout(note) = &group.blocks[0] else { panic!("{group:#?}") };
        assert_eq!(note.kind, CalloutKind::Note);
        assert_eq!(note.title.as_ref().map(Text::to_plain).as_deref(), Some("Un titre"));
        assert!(
            matches!(&found[1], Block::Details(it) if it.summary.to_plain() == "details")
        );
        assert!(codes(text).is_empty(), "{:?}", codes(text));
        // What means nothing is named, as elsewhere.
        assert_eq!(codes(":::note[Un]{valign=top}\nx\n:::"), ["attribute-ignored"]);
        // Each unknown one is told once a page.
        assert_eq!(codes(":::truc\nx\n:::\n\n:::truc[y]\nx\n:::"), ["container-unknown"]);
    }

    #[test]
    fn a_workspace_says_what_its_containers_are() {
        let containers = [
            ("encart".to_owned(), Container::Details),
            ("nav".to_owned(), Container::Text),
        ];
        let dialect = Dialect { containers: containers.into(), ..Dialect::default() };
        let text =
            "---\ntitle: T\n---\n:::encart[Plus]\nx\n:::\n\n:::nav Titre\ny\n:::\n";
        let options = Options { language: Language::new("fr"), name: "a.md".to_owned() };
        let page = source::read_in(text, &options, &dialect, &Default::default());
        assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
        let [Block::Details(_), Block::Paragraph(title), Block::Paragraph(_)] =
            page.value.blocks.as_slice()
        else {
            panic!("{:#?}", page.value.blocks)
        };
        assert_eq!(title.text.to_plain(), "Titre");
    }

    #[test]
    fn fences_in_code_are_code() {
        let found = blocks("```\n:::callout\n{% x %}\n:::\n```\n\n`:::` et `{% y %}`\n");
        let Block::Code(code) = &found[0] else { panic!("{found:#?}") };
        assert_eq!(code.text, ":::callout\n{% x %}\n:::");
        assert!(words(&found).contains("::: et {% y %}"), "{}", words(&found));
        assert!(codes("```\n:::callout\n{% x %}\n:::\n```\n").is_empty());
    }

    #[test]
    fn what_is_wrong_with_containers_is_said_and_nothing_is_lost() {
        assert_eq!(codes(":::callout\nx"), ["container-not-closed"]);
        assert_eq!(codes("x\n:::\n"), ["container-end-without-start"]);
        assert_eq!(codes(":::truc Bidule\nx\n:::"), ["container-unknown"]);
        assert_eq!(words(&blocks(":::truc Bidule\nx\n:::")).trim(), "Bidule x");
        assert_eq!(words(&blocks("vraiment\n\n???\n")).trim(), "vraiment ???");
    }

    #[test]
    fn a_shortcode_is_named_and_its_text_kept() {
        let text = "{% gabarit \"x\" %}\n\nau {% milieu %} d'un texte";
        let found = blocks(text);
        assert!(matches!(&found[0], Block::Unknown(it) if it.what == "{% gabarit %}"));
        assert_eq!(
            words(&found).trim(),
            "{% gabarit \"x\" %} au {% milieu %} d'un texte"
        );
        let page = read(text);
        let codes: Vec<_> = page
            .diagnostics
            .iter()
            .filter(|it| it.code == "shortcode-not-supported")
            .collect();
        assert_eq!(at(text, codes[1]), "{% milieu %}");
        assert_eq!(codes[1].severity, Severity::Error);
    }

    #[test]
    fn the_shortcode_of_an_image_is_a_figure_with_its_alternative() {
        let found =
            blocks("{% imageContent \"./x.png\", \"Un [tableau] *brut*\", [1000] %}");
        let [Block::Figure(figure)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(figure.image.address, "./x.png");
        let alternative = figure.alternative.as_ref().map(Text::to_plain);
        assert_eq!(alternative.as_deref(), Some("Un [tableau] *brut*"));
        assert_eq!(codes("{% image \"x.png\" %}"), ["image-without-alternative"]);
        assert!(codes("{% image \"x.png\", \"\" %}").is_empty());
    }

    #[test]
    fn a_shortcode_becomes_what_the_settings_say() {
        let shortcodes = [
            ("video", "[{2}](https://v.fr/{1}){.v}"),
            ("version", "version **{1}**"),
            ("css", ""),
            ("boite", ""),
        ];
        let shortcodes = shortcodes.map(|it| (it.0.to_owned(), it.1.to_owned()));
        let dialect = Dialect { shortcodes: shortcodes.into(), ..Dialect::default() };
        let read = |text: &str| {
            let options = Options { language: Language::new("fr"), name: "p".to_owned() };
            source::read_in(text, &options, &dialect, &Default::default())
        };
        let page = read(
            "---\ntitle: T\n---\n{% video \"a b\", \"Film ](x)\" %} en {% version 2 %}{% css %}\n\n{% boite \"B\" %}\n\nc\n\n{% endboite %}\n",
        );
        assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
        let [Block::Paragraph(first), Block::Paragraph(second)] =
            page.value.blocks.as_slice()
        else {
            panic!("{:#?}", page.value.blocks)
        };
        let Inline::Link(link) = &first.text.inlines[0] else { panic!("{first:#?}") };
        assert_eq!(link.address, "https://v.fr/a b");
        assert_eq!(text::plain(&link.inlines), "Film ](x)");
        assert_eq!(first.text.to_plain(), "Film ](x) en version 2");
        assert_eq!(second.text.to_plain(), "c");
    }

    #[test]
    fn no_argument_of_a_shortcode_brings_in_a_program() {
        let dialect = Dialect {
            shortcodes: [("l".into(), "[a]({1})".into())].into(),
            ..Dialect::default()
        };
        let options = Options { language: Language::new("fr"), name: "p".to_owned() };
        let text =
            "---\ntitle: T\n---\n{% l \"javascript:x\" %} {% l \"<b onclick=x>\" %}";
        let page = source::read_in(text, &options, &dialect, &Default::default());
        let codes: Vec<_> = page.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["address-dangerous"]);
    }

    #[test]
    fn a_shortcode_around_a_passage_goes_and_the_passage_stays() {
        let text = "{% accordion \"Titre\" %}\n\nUn *mot*\n\n{% endaccordion %}\n";
        assert_eq!(words(&blocks(text)).trim(), "Titre Un mot");
        assert_eq!(codes(text), ["shortcode-around"]);
    }

    #[test]
    fn what_templates_fill_in_is_named_and_what_they_comment_goes() {
        let text = "a {{ site.nom }} {# rien #}\n\n{% if x %}\n\nb\n\n{% endif %}\n";
        assert_eq!(words(&blocks(text)).trim(), "a {{ site.nom }} b");
        assert_eq!(
            codes(text),
            ["template-expression", "template-comment-dropped", "template-tag"]
        );
        let raw = "{% raw %}`{{ a }}` et {% b %}{% endraw %}\n\n```\n{{ c }}\n```\n";
        assert!(codes(raw).is_empty(), "{:?}", codes(raw));
        assert_eq!(words(&blocks(raw)).trim(), "{{ a }} et {% b %} {{ c }}");
    }
}

mod html {
    use super::*;

    #[test]
    fn tags_inside_a_line_have_their_nodes() {
        let found = blocks(
            "a<br>b <b>c *d*</b> <span lang=en>e</span> <abbr title=\"X Y\">XY</abbr> <kbd>f</kbd>",
        );
        let Block::Paragraph(it) = &found[0] else { panic!("{found:#?}") };
        let inlines = &it.text.inlines;
        assert!(matches!(inlines[1], Inline::HardBreak));
        assert!(
            matches!(&inlines[3], Inline::Styled(Style::Strong, inner) if inner.len() == 2)
        );
        assert!(
            matches!(&inlines[5], Inline::Span(it) if it.language == Some(Language::new("en")))
        );
        assert!(
            matches!(&inlines[7], Inline::Styled(Style::Abbreviation(Some(it)), _) if it == "X Y")
        );
        assert!(matches!(&inlines[9], Inline::Styled(Style::Keyboard, _)));
    }

    #[test]
    fn header_cells_without_a_scope_head_what_html_says() {
        let scopes = |html: &str| {
            let found = blocks(html);
            let [Block::Table(table)] = found.as_slice() else { panic!("{found:#?}") };
            let rows = table.head.iter().chain(&table.body);
            let row = |it: &Row| {
                let sign = |it: &Cell| match it.scope {
                    Some(Scope::Row) => 'r',
                    Some(Scope::Column) => 'c',
                    None => '.',
                };
                it.cells.iter().map(sign).collect::<String>()
            };
            rows.map(row).collect::<Vec<_>>().join(" ")
        };
        for (html, expected) in [
            ("<tr><td><th>a<th>b<tr><th>c<td>1<td>2<tr><th>d<td>3<td>4", ".cc r.. r.."),
            ("<tr><th>a<td>1<tr><th>b<td>2", "r. r."),
            ("<tr><th>a<th>b<tr><td>1<td>2", "cc .."),
            ("<tr><th>a<th>b<tr><th>c<td>2", "cc r."),
            ("<tr><th rowspan=2>a<th>b<td>1<tr><th>c<td>2", "rr. r."),
            ("<tr><td>1<td>2<tr><td>3<th>a", ".. .c"),
            ("<tr><td>1<td>2<tr><th>a<td>3", ".. r."),
            ("<tr><th scope=col>a<td>1<tr><th>b<td>2", "c. r."),
            ("<tr><th scope=nowhere>a<td>1", "r."),
        ] {
            assert_eq!(scopes(&format!("<table>{html}</table>")), expected, "{html}");
        }
    }

    #[test]
    fn a_bare_address_ends_before_what_closes_a_sentence() {
        for (text, address, after) in [
            ("«\u{a0}https://a.fr/b\u{a0}»", "https://a.fr/b", "\u{a0}»"),
            ("«https://a.fr/b».", "https://a.fr/b", "»."),
            ("https://a.fr/b… ", "https://a.fr/b", "…"),
            ("“https://a.fr/b”, c", "https://a.fr/b", "”, c"),
            ("l’adresse ‘https://a.fr/b’", "https://a.fr/b", "’"),
            ("(«https://a.fr/b»)", "https://a.fr/b", "»)"),
            ("(https://a.fr/b…)", "https://a.fr/b", "…)"),
            ("https://a.fr/b_(c)»", "https://a.fr/b_(c)", "»"),
            ("www.a.fr/b»", "http://www.a.fr/b", "»"),
            ("https://a.fr/l’eau", "https://a.fr/l’eau", ""),
            ("<https://a.fr/b»>", "https://a.fr/b»", ""),
            ("[https://a.fr/b»](https://a.fr/b»)", "https://a.fr/b»", ""),
        ] {
            let found = blocks(text);
            let [Block::Paragraph(it)] = found.as_slice() else { panic!("{found:#?}") };
            let at = it.text.inlines.iter().position(|it| matches!(it, Inline::Link(_)));
            let at = at.unwrap_or_else(|| panic!("{text}: {found:#?}"));
            let Inline::Link(link) = &it.text.inlines[at] else { unreachable!() };
            assert_eq!(link.address, address, "{text}");
            let words: String = match it.text.inlines.get(at + 1) {
                Some(Inline::Text(it)) => it.clone(),
                _ => String::new(),
            };
            assert_eq!(words, after, "{text}");
        }
    }

    #[test]
    fn a_table_gets_its_caption_head_and_missing_cells() {
        let found = blocks(concat!(
            "<table><caption>C</caption><thead><tr><th>a<th colspan=2>b</thead>",
            "<tr><th scope=row rowspan=2>c<td>1<td>2<tr><td>3</table>",
        ));
        let [Block::Table(table)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(table.caption.as_ref().map(Text::to_plain).as_deref(), Some("C"));
        assert_eq!((table.columns.len(), table.head.len(), table.body.len()), (3, 1, 2));
        assert_eq!(table.body[0].cells[0].scope, Some(Scope::Row));
        assert_eq!(table.body[1].cells.len(), 2, "one comes from above, one was missing");
    }

    #[test]
    fn markdown_between_tags_lies_inside_them() {
        let found = blocks(
            "<div lang=\"en\">\n\nA *b*\n\n</div>\n\n<blockquote>\n\n- c\n\n</blockquote>\n\n<details><summary>D</summary>\n\ne\n\n</details>\n",
        );
        assert!(
            matches!(&found[0], Block::Group(it) if it.attributes.language.is_some() && it.blocks.len() == 1)
        );
        assert!(
            matches!(&found[1], Block::Quote(it) if matches!(it.blocks[0], Block::List(_)))
        );
        assert!(
            matches!(&found[2], Block::Details(it) if it.summary.to_plain() == "D" && it.blocks.len() == 1)
        );
    }

    #[test]
    fn a_wrapper_with_nothing_of_its_own_disappears() {
        let found = blocks("<div>\n<center>\n\nA\n\n</center>\n</div>");
        assert!(matches!(found.as_slice(), [Block::Paragraph(_)]), "{found:#?}");
    }

    #[test]
    fn a_line_before_an_inner_list_is_no_paragraph() {
        let found = blocks("<ul><li>a <ul><li>b</ul><li>c</ul>");
        let [Block::List(list)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(list.tight);
        assert!(matches!(
            list.items[0].blocks.as_slice(),
            [Block::Plain(_), Block::List(_)]
        ));
    }

    #[test]
    fn figures_images_and_media_have_their_nodes() {
        let found = blocks(concat!(
            "<figure><div><iframe src=\"https://x.fr/v\" title=\"Une vidéo\"></iframe></div>",
            "<figcaption>Une vidéo</figcaption></figure>\n\n",
            "<p align=center><img src=a.png alt=\"A\"></p>\n\n",
            "<figure><a href=/x/><img src=b.png alt=B></a><figcaption>Lég <b>b</b></figcaption></figure>\n",
        ));
        let [Block::Media(media), Block::Figure(image), Block::Figure(figure)] =
            found.as_slice()
        else {
            panic!("{found:#?}")
        };
        assert_eq!(
            (media.kind, media.link.address.as_str()),
            (MediaKind::Frame, "https://x.fr/v")
        );
        assert_eq!(
            media.title.as_ref().map(Text::to_plain).as_deref(),
            Some("Une vidéo")
        );
        assert_eq!(image.alternative.as_ref().map(Text::to_plain).as_deref(), Some("A"));
        assert_eq!(figure.caption.as_ref().map(Text::to_plain).as_deref(), Some("Lég b"));
        assert!(figure.link.is_some());
    }

    #[test]
    fn unclosed_and_unbalanced_tags_lose_no_text() {
        for text in [
            "a <b>b <i>c</b> d</i> e",
            "<div>a <b>b <p>c</div> d</p> e",
            "<ul><li>a<li>b</ol>c</ul>d",
            "<table><tr>a<td>b</tr>c</table>d",
            "a </p> b </div> c",
            "<a href=x>a\n\nb\n\n</a>c",
            "- <div>a\n- b</div>\n\nc",
        ] {
            let words = words(&blocks(text));
            for word in ["a", "b", "c"] {
                assert!(
                    words.split(' ').any(|it| it.contains(word)),
                    "{word} of {text}: {words}"
                );
            }
        }
    }

    #[test]
    fn a_link_around_blocks_goes_to_their_lines() {
        let found = blocks("<a href=\"/x/\">\n\nA *b*\n\n</a>\n");
        let [Block::Paragraph(it)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(
            matches!(it.text.inlines.as_slice(), [Inline::Link(Link { inlines, .. })] if inlines.len() == 2)
        );
    }

    #[test]
    fn programs_are_dropped_by_name() {
        assert_eq!(codes("<script>alert(1)</script>\n"), ["html-dropped"]);
        assert_eq!(codes("a <script>alert(1)</script> b\n"), ["html-dropped"]);
        assert_eq!(codes("<p onclick=\"x()\">a</p>"), ["html-handler-dropped"]);
        assert_eq!(codes("[a](javascript:x)"), ["address-dangerous"]);
        assert_eq!(codes("<a href=\" java\tscript:x\">a</a>"), ["address-dangerous"]);
        assert_eq!(codes("<iframe src=\"data:text/html,x\"></iframe>"), ["html-dropped"]);
        assert_eq!(words(&blocks("x <script>alert(1)</script> y")).trim(), "x y");
    }

    #[test]
    fn a_video_at_the_start_of_a_line_is_no_sentence() {
        let text = "<video poster=p.png title=Film controls><source src=https://a.fr/b.mp4>Repli</video>";
        let found = blocks(text);
        let [Block::Figure(still), Block::Media(film), Block::Paragraph(_)] =
            found.as_slice()
        else {
            panic!("{found:#?}")
        };
        assert_eq!(still.image.address, "p.png");
        assert_eq!(
            (film.kind, film.link.address.as_str()),
            (MediaKind::Video, "https://a.fr/b.mp4")
        );
        // In the middle of one it is a link that leads somewhere.
        let found =
            blocks("Voir <audio title=Son><source src=https://a.fr/b.mp3></audio> ici");
        let Block::Paragraph(it) = &found[0] else { panic!("{found:#?}") };
        assert!(it.text.inlines.iter().any(
            |it| matches!(it, Inline::Link(it) if it.address == "https://a.fr/b.mp3")
        ));
        // Without an address it is its words.
        assert_eq!(codes("Voir <video>le film"), ["html-not-closed", "html-dropped"]);
        assert_eq!(words(&blocks("Voir <video>le film</video>")).trim(), "Voir le film");
    }

    #[test]
    fn elements_that_only_look_different_are_their_words() {
        let text =
            "<button class=b type=button>A</button> <u>b</u> <ruby>c<rt>d</rt></ruby>";
        assert_eq!(words(&blocks(text)).trim(), "A b c(d)");
        assert!(codes(text).is_empty(), "{:?}", codes(text));
        let map = "<map name=m><area href=https://a.fr alt=zone></map>";
        let Block::Paragraph(it) = &blocks(map)[0] else { panic!("{:#?}", blocks(map)) };
        assert!(
            matches!(&it.text.inlines[0], Inline::Link(it) if it.address == "https://a.fr")
        );
    }

    #[test]
    fn a_meaning_without_a_term_gets_one() {
        let found = blocks("<dl><dd>a<dt>b<dd>c</dl>");
        let [Block::Definitions(list)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(list.items.iter().all(|it| !it.terms.is_empty()), "{list:#?}");
    }

    #[test]
    fn columns_give_their_alignment() {
        let found = blocks(
            "<table><colgroup><col><col align=right span=2></colgroup><tr><td>a<td>b<td>c</table>",
        );
        let [Block::Table(table)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(table.columns, [Align::Start, Align::End, Align::End]);
    }

    #[test]
    fn an_item_of_markdown_among_items_of_html_is_one_of_them() {
        let found = blocks("<ul>\n<li>a</li>\n\n- b\n\n</ul>\n");
        let [Block::List(list)] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(list.items.len(), 2);
    }

    #[test]
    fn comments_are_named_when_they_are_left_out() {
        assert_eq!(codes("a <!-- b --> c"), ["html-comment-dropped"]);
        assert_eq!(codes("<!-- more -->\n\nx"), ["html-comment-dropped"]);
        assert_eq!(codes("<!-- oublié\n\nx"), ["html-comment-not-closed"]);
    }
}

mod files {
    use std::fs;

    use plantin::source::files;
    use tempfile::TempDir;

    use super::*;
    use crate::support::PNG;

    /// A folder with these files.
    fn folder(entries: &[(&str, &[u8])]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (path, bytes) in entries {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("made");
            fs::write(path, bytes).expect("a file can be written");
        }
        folder
    }

    fn fault<T>(checked: Checked<Option<T>>) -> Option<&'static str> {
        checked.diagnostics.first().map(|it| it.code)
    }

    #[test]
    fn pages_are_listed_in_order_without_what_is_hidden() {
        let folder = folder(&[
            ("b.md", b""),
            ("a/index.md", b""),
            ("a/x.png", b""),
            ("_brouillon.md", b""),
            (".git/a.md", b""),
            ("node_modules/a.md", b""),
        ]);
        let pages = files::pages(folder.path()).expect("it can be listed");
        assert_eq!(pages.value, ["a/index.md", "b.md"]);
        // What an author may take for a page is named.
        let told: Vec<_> =
            pages.diagnostics.iter().map(|it| (it.code, &*it.file)).collect();
        assert_eq!(told, [("name-hidden", "_brouillon.md")]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_the_root_is_read() {
        let outside = folder(&[("secret.md", b"secret"), ("secret.png", PNG)]);
        let folder = folder(&[("a.md", b"a")]);
        let link = |to: &str, name: &str| {
            let to = outside.path().join(to);
            std::os::unix::fs::symlink(to, folder.path().join(name))
                .expect("a link can be made");
        };
        link("secret.md", "lien.md");
        link("secret.png", "lien.png");
        link("", "dossier");
        let pages = files::pages(folder.path()).expect("it can be listed");
        assert_eq!(pages.value, ["a.md"]);
        assert_eq!(pages.diagnostics.len(), 2, "{:?}", pages.diagnostics);
        let root = folder.path();
        assert_eq!(
            fault(files::resource(root, "lien.png")),
            Some("link-out-of-workspace")
        );
        assert_eq!(
            fault(files::resource(root, "dossier/secret.png")),
            Some("link-out-of-workspace")
        );
        let absolute = outside.path().join("secret.png");
        let absolute = absolute.to_str().expect("the path is text");
        assert!(files::resource(root, absolute).value.is_none());
        let up = format!(
            "../{}/secret.png",
            outside.path().file_name().expect("a name").to_string_lossy()
        );
        assert!(files::resource(root, &up).value.is_none());
        assert!(files::text(root, "lien.md").value.is_none());
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_text_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        fs::write(folder.path().join(name), b"").expect("a file can be written");
        let pages = files::pages(folder.path()).expect("it can be listed");
        assert_eq!(pages.diagnostics[0].code, "file-name-unreadable");
    }

    #[test]
    fn a_page_that_is_too_large_is_refused_unread() {
        let folder = folder(&[("a.md", b"")]);
        let file = fs::OpenOptions::new().write(true).open(folder.path().join("a.md"));
        file.expect("it opens").set_len(100 << 20).expect("it grows");
        assert_eq!(fault(files::text(folder.path(), "a.md")), Some("file-too-large"));
    }

    #[test]
    fn images_are_known_by_their_bytes_and_broken_ones_are_reported() {
        let svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><g></g></svg>";
        let cut_jpeg = [0xff, 0xd8, 0xff, 0xe1, 0xff, 0xd9, 0xff, 0xda, 0x00];
        let folder = folder(&[
            ("a.txt", PNG),
            ("b.svg", svg),
            ("cut.svg", &svg[..svg.len() - 8]),
            ("cut.png", &PNG[..PNG.len() - 14]),
            ("cut.jpg", &cut_jpeg),
            ("text.png", b"not an image"),
            ("c.csv", b"a;b"),
        ]);
        let read = |path| files::resource(folder.path(), path);
        let png = read("a.txt").value.expect("it is read");
        assert_eq!((png.media_type, png.size), ("image/png", Some((1, 1))));
        let svg = read("b.svg").value.expect("it is read");
        assert_eq!((svg.media_type, svg.size), ("image/svg+xml", Some((4, 3))));
        for path in ["cut.svg", "cut.png", "cut.jpg", "text.png"] {
            assert_eq!(fault(read(path)), Some("image-unreadable"), "{path}");
        }
        assert_eq!(read("c.csv").value.expect("it is read").media_type, "text/csv");
        assert_eq!(fault(read("absent.png")), Some("file-unreadable"));
    }
}

mod limits {
    use super::*;

    /// Runs on a thread with the stack that threads have by default.
    fn on_a_small_stack(text: String) -> usize {
        let run = move || {
            let page = read(&text);
            let mut depth = 0;
            measure(&page.value.blocks, 1, &mut depth);
            depth
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run);
        thread.expect("a thread starts").join().expect("reading does not panic")
    }

    fn measure(blocks: &[Block], level: usize, deepest: &mut usize) {
        *deepest = level.max(*deepest);
        for block in blocks {
            match block {
                Block::List(it) => {
                    it.items
                        .iter()
                        .for_each(|it| measure(&it.blocks, level + 1, deepest));
                }
                Block::Quote(it) => measure(&it.blocks, level + 1, deepest),
                Block::Callout(it) => measure(&it.blocks, level + 1, deepest),
                Block::Group(it) => measure(&it.blocks, level + 1, deepest),
                Block::Details(it) => measure(&it.blocks, level + 1, deepest),
                Block::Table(it) => {
                    let cells = it.head.iter().chain(&it.body).flat_map(|it| &it.cells);
                    cells.for_each(|it| measure(&it.blocks, level + 1, deepest));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn deep_nesting_is_laid_flat() {
        let many = 10_000;
        for text in [
            ">".repeat(many) + " mot",
            "- ".repeat(many) + "mot",
            "[".repeat(many) + "mot" + &"](x)".repeat(many),
            "*a **b ".repeat(many) + &"b** a*".repeat(many),
            "<div>".repeat(many) + "mot",
            "<div class=x>\n\n".repeat(many) + "mot",
            "<blockquote>".repeat(many) + "mot",
            "<table><tr><td>".repeat(many) + "mot",
            "<ul><li>".repeat(many) + "mot",
            "x ".to_owned() + &"<b>".repeat(many) + "mot",
            "<p>".to_owned() + &"<b>".repeat(many) + "mot",
            "<b><p>".repeat(many) + "mot",
            ":::quote\n".repeat(many) + "mot",
            "> <blockquote>\n".repeat(many) + "mot",
        ] {
            let start: String = text.chars().take(20).collect();
            let deepest = on_a_small_stack(text);
            assert!(deepest <= 15, "{start}: {deepest}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_said_and_kept() {
        let text = format!("{} mot", ">".repeat(30));
        assert!(codes(&text).contains(&"nested-too-deep"));
        assert_eq!(words(&blocks(&text)).trim(), "mot");
        let text = format!("x {}mot{}", "<b>".repeat(40), "</b>".repeat(40));
        assert!(codes(&text).contains(&"nested-too-deep"));
        assert_eq!(words(&blocks(&text)).trim(), "x mot");
    }

    #[test]
    fn characters_that_no_format_can_hold_are_replaced() {
        let words = words(&blocks("a\u{1}b &#2; \u{FFFF} `\u{8}`\n\n```\n\u{B}\n```\n"));
        assert!(words.chars().all(|it| it >= ' ' && it != '\u{FFFF}'), "{words:?}");
    }
}

mod lines {
    use super::*;

    /// Writes what a page's first paragraph says.
    fn written(markdown: &str) -> String {
        match blocks(markdown).first() {
            Some(Block::Paragraph(it)) => line::write(&it.text.inlines),
            other => panic!("{markdown}: {other:?}"),
        }
    }

    #[test]
    fn a_line_is_written_with_the_fewest_escapes() {
        for (markdown, expected) in [
            (
                "L'*été*, c'est **bien** : a_b & <3 !",
                "L'*été*, c'est **bien** : a_b & <3 !",
            ),
            (
                "un [lien](/x/ \"t\"){.a #b lang=en}",
                "un [lien](/x/ \"t\"){.a #b lang=en}",
            ),
            ("__gras__ _ital_ ~~non~~ `a``b`", "**gras** *ital* ~~non~~ ```a``b```"),
            ("2 \\* 3 * 4 \\*5\\* [x] {y}", "2 * 3 * 4 \\*5* [x] {y}"),
            ("https://x.fr et a@b.fr", "<https://x.fr> et <a@b.fr>"),
            ("deux  \nlignes\nsouples", "deux<br/>lignes souples"),
            ("x^2^ H~2~O <kbd>a</kbd>", "x<sup>2</sup> H<sub>2</sub>O <kbd>a</kbd>"),
            ("\\# un\\_deux\\_", "# un_deux_"),
            ("![a *b*](c.png)x", "![a b](c.png)x"),
            ("a &lt;b&gt; \\`c\\` &amp;eacute;", "a \\<b> \\`c` \\&eacute;"),
        ] {
            assert_eq!(written(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn what_looks_like_a_block_is_only_words() {
        for text in [
            "# x",
            "- x",
            "1. x",
            "> x",
            "---",
            "| a | b |",
            ": x",
            "```",
            ":::quote",
            "[a]: b",
            "{.a}",
        ] {
            assert_eq!(line::read(text).value, [Inline::Text(text.to_owned())], "{text}");
            assert_eq!(line::write(&[Inline::Text(text.to_owned())]), text);
        }
        assert_eq!(
            text::plain(&line::read("a\n\n# b\n- c\n\n    d").value),
            "a # b - c d"
        );
    }

    #[test]
    fn the_calls_of_notes_are_kept_and_text_like_them_is_escaped() {
        let note = line::read("a[^n]").value;
        assert!(matches!(&note[1], Inline::Footnote(it) if it.label == "n"));
        assert_eq!(line::write(&note), "a[^n]");
        assert_eq!(line::write(&[Inline::Text("a[^n]".to_owned())]), "a\\[^n]");
    }

    #[test]
    fn a_line_from_anywhere_brings_no_program() {
        let checked =
            line::read("<script>x()</script> [a](javascript:x) <b onclick=x>c</b>");
        assert_eq!(text::plain(&checked.value).trim(), "a c");
        assert!(checked.diagnostics.len() >= 3);
    }
}

mod formulas {
    use super::*;

    fn page(text: &str) -> Checked<Document> {
        let dialect = Dialect { math: true, ..Dialect::default() };
        let options = Options { language: Language::new("fr"), name: "p".to_owned() };
        let text = format!("---\ntitle: T\n---\n{text}");
        source::read_in(&text, &options, &dialect, &Default::default())
    }

    #[test]
    fn dollars_are_formulas_where_the_workspace_says_so() {
        let text = "Soit $x^2$ :\n$$\na\n- b\n$$\nfin\n\n$$c$$\n";
        let blocks = page(text).value.blocks;
        let [
            Block::Paragraph(line),
            Block::Math(first),
            Block::Paragraph(_),
            Block::Math(_),
        ] = blocks.as_slice()
        else {
            panic!("{blocks:#?}")
        };
        assert_eq!(first.latex, "a - b");
        assert!(matches!(&line.text.inlines[1], Inline::Math(it) if it.latex == "x^2"));
        assert_eq!(words(&super::blocks(text)).matches('$').count(), 10);
    }

    #[test]
    fn a_formula_is_the_same_in_a_unit_whatever_the_workspace_says() {
        let blocks = page("Soit $x_1 * y$ et 5 \\$.").value.blocks;
        let Block::Paragraph(it) = &blocks[0] else { panic!("{blocks:#?}") };
        let written = line::write(&it.text.inlines);
        assert_eq!(written, "Soit $`x_1 * y`$ et 5 $.");
        assert_eq!(line::write(&line::read(&written).value), written);
        // What only looks like one is not.
        let code = [
            Inline::Text("$".to_owned()),
            Inline::Code("x".to_owned()),
            Inline::Text("$".to_owned()),
        ];
        let back = line::read(&line::write(&code)).value;
        assert!(!back.iter().any(|it| matches!(it, Inline::Math(_))), "{back:?}");
    }

    #[test]
    fn a_formula_that_cannot_be_read_is_named_and_shown_as_code() {
        let page = page("$\\nope{x}$\n\n$$\n\\frac{\n$$\n");
        let codes: Vec<_> = page.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["formula-unreadable", "formula-unreadable"]);
        assert!(matches!(page.value.blocks[1], Block::Code(_)));
        assert!(words(&page.value.blocks).contains("\\nope{x}"));
    }
}

/// The pages of the corpus, with their paths; none where it is absent.
fn corpus() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        crate::support::skip("there is no corpus beside the project");
        return Vec::new();
    }
    let paths = source::files::pages(&root).expect("the corpus can be listed").value;
    let read = |path: String| {
        let bytes = std::fs::read(root.join(&path)).expect("a page can be read");
        (path, source::decode(&bytes).value)
    };
    paths.into_iter().map(read).collect()
}

/// A text without its shortcodes: their diagnostics name them.
fn without_shortcodes(text: &str) -> String {
    let parts = text.split("{%").enumerate();
    parts
        .map(
            |(at, it)| {
                if at == 0 { it } else { it.split_once("%}").map_or(it, |it| it.1) }
            },
        )
        .collect()
}

/// A text without its tags and entities.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('<') { '>' } else { ';' };
        let end = rest[at..].find(close).filter(|&it| close == '>' || it < 12);
        rest = &rest[at + end.map_or(1, |it| it + 1)..];
        out.push(' ');
    }
    out + rest
}

/// The runs of letters and figures.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty())
}

#[test]
fn no_word_of_the_corpus_is_lost() {
    for (path, text) in corpus() {
        let page = read(&text);
        let body = text.splitn(3, "---").nth(2).unwrap_or(&text);
        let shown = format!("{} {:?}", all_words(&page.value), page.value);
        let named = format!("{:?}", page.diagnostics);
        // The numbers of lists are kept as a number to begin with.
        let marker = |it: &str| {
            it.trim_start_matches(|it: char| it == ' ' || it.is_ascii_digit()).to_owned()
        };
        let body = without_tags(&without_shortcodes(body));
        let body: Vec<String> = body.lines().map(marker).collect();
        let lost: Vec<_> = body
            .iter()
            .flat_map(|line| runs(line))
            .filter(|word| {
                !shown.contains(word) && !named.contains(word) && !MARKUP.contains(word)
            })
            .collect();
        assert!(lost.is_empty(), "{path}: {lost:?}");
    }
}

/// Words of the corpus that are markup: names of containers.
const MARKUP: &[&str] = &["callout", "quote"];

#[test]
fn every_line_of_the_corpus_is_read_back() {
    for (path, text) in corpus() {
        walk::texts(&read(&text).value, &mut |_, text| {
            let written = line::write(&text.inlines);
            let back = line::read(&written).value;
            assert_eq!(line::write(&back), written, "{path}");
            let squeeze = |it: &[Inline]| text::plain(it).replace(' ', "");
            assert_eq!(squeeze(&back), squeeze(&text.inlines), "{path}: {written}");
        });
    }
}

#[test]
fn places_of_texts_lead_to_their_words() {
    for (path, source) in corpus() {
        walk::texts(&read(&source).value, &mut |_, text| {
            let place = text.place;
            let slice = &source[place.start as usize..place.end as usize];
            let first = text.to_plain();
            let first = runs(&first).next().unwrap_or_default();
            assert!(
                slice.contains(first) || place.line == 0 || slice.contains('&'),
                "{path}: {first} in {slice}"
            );
        });
    }
}

/// Inlines as they can stand in a page: what the reader itself can give.
fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let signs = "[a-c éà«’ \\\\`*_\\[\\]<>&~^{}!#|.:\"'(){}@/=;1-]{1,12}";
    let leaf = prop_oneof![
        4 => signs.prop_map(Inline::Text),
        1 => "[a-z`*_ <&\\\\]{1,8}".prop_filter("code is not blank", |it| !it.trim().is_empty()).prop_map(Inline::Code),
        1 => Just(Inline::HardBreak),
        1 => Just(Inline::SoftBreak),
    ];
    let node = leaf.prop_recursive(3, 12, 3, |inner| {
        let inner = prop::collection::vec(inner, 1..3)
            .prop_filter("words", |it| !text::plain(it).trim().is_empty());
        let style = prop_oneof![
            Just(Style::Emphasis),
            Just(Style::Strong),
            Just(Style::Deleted),
            Just(Style::Superscript),
            Just(Style::Highlight),
            Just(Style::Abbreviation(Some("a \"b\" <c> & d".to_owned()))),
            Just(Style::Time("2026-03-02".to_owned())),
        ];
        (style, inner).prop_map(|(style, inner)| Inline::Styled(style, inner))
    });
    prop::collection::vec(node, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_that_is_written_is_read_back(inlines in inlines()) {
        // What is read is what pages hold; it must not change any more.
        let first = line::read(&line::write(&inlines)).value;
        let written = line::write(&first);
        prop_assert_eq!(&line::read(&written).value, &first, "{}", written);
        prop_assert_eq!(line::write(&line::read(&written).value), written);
    }

    #[test]
    fn no_word_is_lost_in_a_line(inlines in inlines()) {
        let squeeze = |it: &str| it.split_whitespace().collect::<String>();
        let read = line::read(&line::write(&inlines)).value;
        prop_assert_eq!(squeeze(&text::plain(&read)), squeeze(&text::plain(&inlines)), "{}", line::write(&inlines));
    }

    #[test]
    fn reading_never_panics(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        let page = read(&text).value;
        // Nor does what comes after: the lines of the page are written and read.
        walk::texts(&page, &mut |_, text| {
            line::read(&line::write(&text.inlines));
        });
    }

    #[test]
    fn words_between_markup_are_shown_or_named(pieces in prop::collection::vec(harmless(), 1..16)) {
        let text = pieces.concat();
        let page = read(&format!("---\ntitle: T\n---\n\n{text}"));
        let shown = format!("{} {:?}", all_words(&page.value), page.diagnostics);
        for word in runs(&text).filter(|it| it.starts_with('W')) {
            prop_assert!(shown.contains(word), "{} in {:?}: {}", word, text, shown);
        }
    }
}

/// A piece of Markdown or HTML, whole or cut.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(SNIPPETS).prop_map(str::to_owned),
        2 => (prop::sample::select(SNIPPETS), 0..12_usize).prop_map(|(it, cut)| it.chars().skip(cut).collect()),
        2 => (prop::sample::select(SNIPPETS), 0..12_usize).prop_map(|(it, cut)| it.chars().take(cut).collect()),
        1 => any::<String>(),
        1 => Just("\n".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => Just("    ".to_owned()),
    ]
}

/// A word to look for, or markup that hides nothing.
fn harmless() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "W[a-z]{3}[0-9]{3} ",
        3 => prop::sample::select(HARMLESS).prop_map(str::to_owned),
        2 => Just("\n".to_owned()),
        2 => Just("\n\n".to_owned()),
    ]
}

const SNIPPETS: &[&str] = &[
    "---\n",
    "title: é: b\n",
    "segments:\n  - url: /a/\n",
    "*a*",
    "**é",
    "_",
    "[a](b \"c\"){.d}",
    "![a](b)",
    "[^1]",
    "[^1]: note\n",
    "> ",
    "- ",
    "1. ",
    "- [x] ",
    "# ",
    "## é {#a}",
    "```\n",
    "`",
    "| a | b |\n|--|--|\n| c |\n",
    "\n: d\n",
    "> [!NOTE] é\n",
    ":::callout é : è\n",
    ":::\n",
    "??? a\n",
    "{% a \"b\", \"é\" %}",
    "{%",
    "%}",
    "{.a}",
    "{",
    "}",
    "<div class=\"a\">",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</i>",
    "<a href='x'>",
    "</a>",
    "<table>",
    "<tr>",
    "<td colspan=3 rowspan=9>",
    "</table>",
    "<caption>",
    "<ul>",
    "<li>",
    "<dl><dt>",
    "<dd>",
    "<figure>",
    "<figcaption>",
    "<img src=a>",
    "<iframe src=a>",
    "<details>",
    "<summary>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<!D",
    "<script>",
    "</script>",
    "<br/>",
    "&amp;",
    "&#0;",
    "&nbsp;",
    "\\newpage",
    "\\",
    "\r\n",
    "\r",
    "\t",
    "\u{FEFF}",
    "\u{0}",
    "\u{FDD0}0\u{FDD1}",
    "https://a.b/(é)",
    "<https://a.b>",
    "a@b.fr",
    "[a]: b\n",
    "***\n",
    "===\n",
    "~~",
    "^",
    "~",
    "é",
    "\u{301}",
    "\u{202E}",
    "🎉",
];

const HARMLESS: &[&str] = &[
    "*",
    "**",
    "_",
    "`",
    "[",
    "](b)",
    "> ",
    "- ",
    "1. ",
    "# ",
    "| ",
    "|--|--|",
    "\n: ",
    "> [!NOTE] ",
    ":::callout ",
    ":::\n",
    "\n??? ",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</i>",
    "<a href='x'>",
    "</a>",
    "<table>",
    "<tr>",
    "<td colspan=3>",
    "</td>",
    "</table>",
    "<caption>",
    "</caption>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<figure>",
    "<figcaption>",
    "</figcaption>",
    "<details>",
    "<summary>",
    "</summary>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<center>",
    "<h2>",
    "</h2>",
    "<span lang=en>",
    "</span>",
    "<code>",
    "</code>",
    "<br/>",
    "&amp;",
    "~~",
    "^",
    "~",
    "    ",
    "<unknown>",
    "</unknown>",
    "<button>",
    "<q>",
    "<abbr title=x>",
];
