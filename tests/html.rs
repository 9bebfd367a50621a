//! The HTML writer: a site made by hand, written, and read as text.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use plantin::{
    diagnostic::{Diagnostic, Place},
    document::{
        Align, Attributes, Block, Callout, CalloutKind, Cell, CodeBlock, Date,
        Definition, DefinitionList, Details, Document, Figure, Footnote,
        FootnoteReference, Group, Heading, Image, Inline, Item, Language, Link, List,
        ListKind, Media, MediaKind, Meta, Numerals, PageKey, Paragraph, Quote, Resource,
        Row, Scope, Segment, Span, State, Style, Table, Target, Text, Unknown,
    },
    render::{
        Format,
        html::{Links, Options, Writer},
    },
    site::{
        Labels, Publication, ResourceFile, Site,
        assemble::{Input, SourcePage, Version, assemble},
    },
};

const HERE: Place = Place { line: 1, column: 1, start: 0, end: 0 };

fn fr() -> Language {
    Language::new("fr")
}

fn en() -> Language {
    Language::new("en")
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

/// A text whose unit is named after its first letters.
fn text(words: &str) -> Text {
    rich(self::words(words))
}

fn rich(inlines: Vec<Inline>) -> Text {
    let plain = plantin::document::text::plain(&inlines);
    let name: String =
        plain.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    Text { unit: format!("u-{name}"), ..Text::new(HERE, inlines) }
}

fn paragraph(text: Text) -> Block {
    Block::Paragraph(Paragraph { place: HERE, text, attributes: Attributes::default() })
}

fn heading(level: u8, anchor: &str, words: &str) -> Block {
    Block::Heading(Heading {
        place: HERE,
        level,
        written: level,
        anchor: anchor.to_owned(),
        text: text(words),
        attributes: Attributes::default(),
    })
}

fn link(address: &str, words: &str) -> Link {
    Link {
        place: HERE,
        address: address.to_owned(),
        target: Target::Unresolved,
        title: None,
        inlines: self::words(words),
        attributes: Attributes::default(),
    }
}

fn image(address: &str, alternative: &str) -> Image {
    Image {
        place: HERE,
        address: address.to_owned(),
        resource: Resource::Unresolved,
        alternative: alternative.to_owned(),
        title: None,
        attributes: Attributes::default(),
    }
}

fn item(task: Option<bool>, blocks: Vec<Block>) -> Item {
    Item { place: HERE, number: None, task, blocks }
}

fn list(kind: ListKind, items: Vec<Item>) -> Block {
    Block::List(List {
        place: HERE,
        kind,
        numerals: Numerals::default(),
        reversed: false,
        tight: true,
        items,
    })
}

fn cell(scope: Option<Scope>, words: &str) -> Cell {
    let blocks = vec![Block::Plain(text(words))];
    Cell { place: HERE, scope, columns: 1, rows: 1, blocks }
}

fn document(title: &str, blocks: Vec<Block>) -> Document {
    let meta = Meta { title: text(title), ..Meta::default() };
    Document { language: fr(), meta, blocks, footnotes: Vec::new() }
}

/// A page of each kind of node.
fn everything() -> Document {
    let call = |occurrence| {
        Inline::Footnote(FootnoteReference {
            place: HERE,
            label: "a".to_owned(),
            number: 1,
            occurrence,
        })
    };
    let styled = |style, text: &str| Inline::Styled(style, words(text));
    let mut table = Table {
        place: HERE,
        caption: Some(text("Les chiffres de l’année")),
        columns: vec![Align::Start, Align::Center, Align::End],
        head: vec![Row {
            place: HERE,
            cells: vec![
                cell(Some(Scope::Column), "Ministère"),
                cell(Some(Scope::Column), "Logiciels libres publiés"),
                cell(Some(Scope::Column), "Part"),
            ],
        }],
        body: Vec::new(),
    };
    for (name, count, part) in [("Culture", "12", "24 %"), ("Intérieur", "38", "76 %")] {
        table.body.push(Row {
            place: HERE,
            cells: vec![
                cell(Some(Scope::Row), name),
                cell(None, count),
                cell(None, part),
            ],
        });
    }
    let callout = |kind, title: Option<&str>, words: &str| {
        Block::Callout(Callout {
            place: HERE,
            kind,
            title: title.map(text),
            blocks: vec![paragraph(text(words))],
        })
    };
    let blocks = vec![
        paragraph(rich(vec![
            Inline::Text("Un paragraphe avec ".into()),
            styled(Style::Emphasis, "une emphase"),
            Inline::Text(", ".into()),
            styled(Style::Strong, "du gras"),
            Inline::Text(", ".into()),
            styled(Style::Deleted, "du barré"),
            Inline::Text(", ".into()),
            styled(Style::Inserted, "de l’ajouté"),
            Inline::Text(", H".into()),
            styled(Style::Subscript, "2"),
            Inline::Text("O, 1".into()),
            styled(Style::Superscript, "er"),
            Inline::Text(", ".into()),
            styled(Style::Highlight, "du marqué"),
            Inline::Text(", ".into()),
            styled(Style::Small, "du petit"),
            Inline::Text(", ".into()),
            styled(Style::Keyboard, "Ctrl"),
            Inline::Text(", ".into()),
            styled(Style::Cite, "Les Misérables"),
            Inline::Text(", ".into()),
            styled(Style::Quoted, "une citation"),
            Inline::Text(", ".into()),
            styled(Style::Abbreviation(Some("Direction du numérique".into())), "DINUM"),
            Inline::Text(", ".into()),
            Inline::Code("cargo <build>".into()),
            Inline::SoftBreak,
            Inline::Text("et ".into()),
            Inline::Span(Span {
                place: HERE,
                language: Some(en()),
                attributes: Attributes::default(),
                inlines: words("free software"),
            }),
            Inline::HardBreak,
            Inline::Text("puis un lien vers ".into()),
            Inline::Link(link("/fr/mission/", "la mission")),
            Inline::Text(", un vers ".into()),
            Inline::Link(link("https://www.example.org/é", "ailleurs")),
            Inline::Text(", un vers ".into()),
            Inline::Link(link("/nulle/part/", "nulle part")),
            Inline::Text(" et une note".into()),
            call(1),
            Inline::Text(".".into()),
        ])),
        heading(2, "listes", "Les listes"),
        list(
            ListKind::Bullet,
            vec![
                item(None, vec![Block::Plain(text("Une ligne"))]),
                item(
                    None,
                    vec![
                        Block::Plain(text("Une autre, qui en contient")),
                        list(
                            ListKind::Ordered(3),
                            vec![item(None, vec![Block::Plain(text("Troisième"))])],
                        ),
                    ],
                ),
                item(None, vec![paragraph(text("Un paragraphe dans une liste"))]),
            ],
        ),
        list(
            ListKind::Bullet,
            vec![
                item(Some(true), vec![Block::Plain(text("Écrire la page"))]),
                item(Some(false), vec![Block::Plain(text("La faire relire"))]),
            ],
        ),
        Block::Definitions(DefinitionList {
            place: HERE,
            items: vec![Definition {
                place: HERE,
                terms: vec![text("Unité")],
                details: vec![vec![Block::Plain(text("Un texte traduit d’un seul tenant."))]],
            }],
        }),
        heading(2, "encadres", "Les encadrés"),
        Block::Quote(Quote {
            place: HERE,
            blocks: vec![paragraph(text("Le travail et la constance."))],
            attribution: Some(text("Christophe Plantin")),
            image: None,
        }),
        Block::Quote(Quote {
            place: HERE,
            blocks: vec![paragraph(text("Une citation seule."))],
            attribution: None,
            image: None,
        }),
        callout(CalloutKind::Note, None, "Une note sans titre."),
        callout(CalloutKind::Warning, Some("Avant de commencer : lire"), "Un avis."),
        Block::Details(Details {
            place: HERE,
            summary: text("En savoir plus"),
            blocks: vec![paragraph(text("Le détail."))],
        }),
        heading(3, "code", "Le code"),
        Block::Code(CodeBlock {
            place: HERE,
            language: Some("rust".into()),
            text: "\nfn main() {\n    println!(\"une ligne longue, bien trop longue pour un téléphone & étroit\");\n}".into(),
        }),
        heading(2, "tableaux", "Les tableaux"),
        Block::Table(table),
        heading(2, "images", "Les images"),
        Block::Figure(Figure {
            place: HERE,
            image: image("/images/carte.png", ""),
            alternative: Some(text("Une carte de France")),
            caption: Some(text("La carte, au premier janvier")),
            link: None,
        }),
        Block::Figure(Figure {
            place: HERE,
            image: image("images/absente.png", ""),
            alternative: Some(text("Un portrait")),
            caption: None,
            link: None,
        }),
        Block::Media(Media {
            place: HERE,
            kind: MediaKind::Video,
            link: link("https://video.example/v/1", ""),
            title: Some(text("La conférence de rentrée")),
        }),
        Block::Rule(HERE),
        Block::PageBreak(HERE),
        Block::Group(Group {
            place: HERE,
            attributes: Attributes { language: Some(en()), ..Attributes::default() },
            blocks: vec![paragraph(text("A paragraph in English."))],
        }),
        Block::Unknown(Unknown {
            place: HERE,
            what: "{% carte %}".into(),
            text: text("{% carte %}"),
        }),
    ];
    let mut page = document("Toutes les formes d’une page", blocks);
    page.meta.description =
        Some(text("Cette page contient chaque chose qu’une page peut contenir."));
    page.meta.date = Some(Date { year: 2024, month: 9, day: 16 });
    page.meta.show_breadcrumb = Some(true);
    page.meta.segments = vec![
        Segment { place: HERE, url: "/mission/".into(), title: text("Notre mission") },
        Segment { place: HERE, url: "/vide/".into(), title: text("Sans page") },
    ];
    page.footnotes = vec![Footnote {
        place: HERE,
        label: "a".into(),
        number: 1,
        references: 1,
        blocks: vec![paragraph(text("Le texte de la note."))],
    }];
    page
}

/// The document in English, of which this state.
fn in_english(document: &Document, state: State) -> Document {
    let mut document = document.clone();
    document.language = en();
    plantin::document::walk::texts_mut(&mut document, &mut |_, text| {
        text.state = state;
        if state.is_marked() {
            text.language = Some(fr());
        }
    });
    document
}

fn site(pages: Vec<(&str, Document, State)>) -> Site {
    let pages = pages
        .into_iter()
        .map(|(key, document, state)| {
            let english = in_english(&document, state);
            let version = |document| Version {
                file: Arc::from(format!("content{key}index.md")),
                path: format!("{}index.md", key.trim_start_matches('/')),
                authored: fr(),
                document,
                omit: false,
            };
            SourcePage {
                key: PageKey::new(key),
                versions: vec![version(document), version(english)],
            }
        })
        .collect();
    let labels = |language: &Language, own: &str| {
        let (labels, faults) = Labels::new(language, &fr(), Some(("ui.ftl", own)));
        assert_eq!(faults, []);
        (language.clone(), labels)
    };
    let map = ResourceFile {
        path: "images/carte.png".into(),
        bytes: Arc::new(b"png".to_vec()),
        media_type: "image/png",
        size: Some((640, 480)),
    };
    let input = Input {
        publication: Publication {
            name: "essai".into(),
            base: "https://essai.example".into(),
            source: fr(),
            date: Date { year: 2025, month: 1, day: 2 },
            identifier: "urn:uuid:0".into(),
            licence: Some("https://licence.example/2.0".into()),
        },
        languages: vec![
            labels(
                &fr(),
                "publication-title = Essais & erreurs\npublisher = Ministère\n",
            ),
            labels(&en(), "publication-title = Trial & error\npublisher = Ministry\n"),
        ],
        pages,
        resources: BTreeMap::from([("images/carte.png".into(), Some(Arc::new(map)))]),
        order: Vec::new(),
        elsewhere: Vec::new(),
        made: plantin::site::made::Options::nothing(),
    };
    assemble(input).value
}

/// Every file of the site, by its path, and what was wrong.
fn written(
    site: &Site,
    options: &Options,
) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let writer = Writer::new(site, options).take(&mut diagnostics);
    let mut files = writer.common().take(&mut diagnostics);
    for edition in &site.editions {
        for page in &edition.pages {
            files.push(writer.page(edition, page).take(&mut diagnostics));
        }
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let files = files.into_iter().map(|file| (file.path, text(&file.bytes))).collect();
    (files, diagnostics)
}

fn options() -> Options {
    Options { formats: BTreeSet::from(Format::ALL), ..Options::default() }
}

fn sample() -> Site {
    site(vec![
        ("/", document("Accueil", vec![paragraph(text("Bienvenue."))]), State::Reviewed),
        (
            "/mission/",
            document("Notre mission", vec![paragraph(text("La mission."))]),
            State::Reviewed,
        ),
        ("/mission/tout/", everything(), State::Missing),
    ])
}

/// The pages of the sample in both languages, with every format on offer.
fn sample_files() -> BTreeMap<String, String> {
    let (files, diagnostics) = written(&sample(), &options());
    assert_eq!(diagnostics, []);
    files
}

/// A site of a home page and of one page at `/a/` with these blocks.
fn one_page(
    blocks: Vec<Block>,
    english: State,
) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let home = document("Accueil", vec![paragraph(text("Bienvenue."))]);
    let pages =
        vec![("/", home, State::Translated), ("/a/", document("Titre", blocks), english)];
    written(&site(pages), &options())
}

/// The French body of a page of these blocks.
fn french(blocks: Vec<Block>) -> String {
    let (files, diagnostics) = one_page(blocks, State::Translated);
    assert_eq!(diagnostics, []);
    files["html/fr/a/index.html"].clone()
}

#[track_caller]
fn assert_has(page: &str, wanted: &[&str]) {
    for it in wanted {
        assert!(page.contains(it), "missing: {it}\nin: {page}");
    }
}

#[test]
fn a_site_is_whole_in_every_language() {
    let files = sample_files();
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let wanted = [
        "html/404.html",
        "html/assets/content/images/carte.png",
        "html/assets/site.css",
        "html/en/404.html",
        "html/en/index.html",
        "html/en/mission/index.html",
        "html/en/mission/tout/index.html",
        "html/fr/404.html",
        "html/fr/feed.json",
        "html/fr/feed.xml",
        "html/fr/index.html",
        "html/fr/mission/index.html",
        "html/fr/mission/tout/index.html",
        "html/index.html",
        "html/robots.txt",
        "html/sitemap.xml",
    ];
    assert_eq!(paths, wanted);
}

#[test]
fn every_page_is_well_formed_xml() {
    for (path, text) in sample_files().iter().filter(|it| it.0.ends_with(".html")) {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{path}: {error}"),
            }
        }
    }
}

#[test]
fn two_writings_are_the_same_bytes() {
    assert_eq!(sample_files(), sample_files());
}

#[test]
fn every_kind_of_node_is_shown() {
    let page = &sample_files()["html/fr/mission/tout/index.html"];
    assert_has(
        page,
        &[
            "<h1 id=\"u-Touteslesformesdunepage\">Toutes les formes d’une page</h1>",
            "<p id=\"u-Cettepagecontientchaquec\" class=\"lead\">",
            "<time datetime=\"2024-09-16\">Publié le 16 septembre 2024</time>",
            "<em>une emphase</em>",
            "<strong>du gras</strong>",
            "<del>du barré</del>",
            "<ins>de l’ajouté</ins>",
            "H<sub>2</sub>O, 1<sup>er</sup>",
            "<mark>du marqué</mark>",
            "<small>du petit</small>",
            "<kbd>Ctrl</kbd>",
            "<cite>Les Misérables</cite>",
            "<q>une citation</q>",
            "<abbr title=\"Direction du numérique\">DINUM</abbr>",
            "<code translate=\"no\">cargo &lt;build&gt;</code>\net ",
            "<span lang=\"en\">free software</span><br/>",
            "<a href=\"../\">la mission</a>",
            "<a href=\"https://www.example.org/%C3%A9\">ailleurs</a>",
            "<span class=\"nowhere\">nulle part</span>",
            "<h2 id=\"listes\"><span id=\"u-Leslistes\">Les listes</span></h2>",
            "<li id=\"u-Uneligne\">Une ligne</li>",
            "<ol start=\"3\">",
            "<span class=\"box done\" role=\"img\" aria-label=\"fait\">☑</span>",
            "<span class=\"box\" role=\"img\" aria-label=\"à faire\">☐</span>",
            "<dt id=\"u-Unit\">Unité</dt>",
            "<dd id=\"u-Untextetraduitdunseulten\">",
            "<blockquote>",
            "<figcaption id=\"u-ChristophePlantin\">Christophe Plantin</figcaption>",
            "role=\"note\" aria-labelledby=\"callout_1\"",
            "<p class=\"callout-title\" id=\"callout_1\">Note</p>",
            "<div class=\"callout callout-warning\" role=\"note\"",
            "<details>\n<summary id=\"u-Ensavoirplus\">En savoir plus</summary>",
            "<code class=\"language-rust\" translate=\"no\">\n<span class=\"k\">fn </span>\
             <span class=\"f\">main</span>() {",
            "<caption id=\"u-Leschiffresdelanne\">Les chiffres de l’année</caption>",
            "<th class=\"center\" scope=\"col\" id=\"u-Logicielslibrespublis\">",
            "<th scope=\"row\" id=\"u-Culture\">Culture</th>",
            "<td class=\"end\" id=\"u-24\">24 %</td>",
            "<img id=\"u-UnecartedeFrance\" src=\"../../../assets/content/images/carte.png\" \
             alt=\"Une carte de France\" width=\"640\" height=\"480\"/>",
            "<figcaption id=\"u-Lacarteaupremierjanvier\">",
            "class=\"missing-image\">Image absente\u{a0}: Un portrait</span>",
            "<span class=\"media-kind\">Vidéo</span> <a href=\"https://video.example/v/1\">",
            "<span class=\"media-address\">https://video.example/v/1</span>",
            "<hr/>",
            "<div class=\"page-break\"></div>",
            "<div lang=\"en\">\n<p id=\"u-AparagraphinEnglish\">",
            "<p id=\"u-carte\" class=\"unknown\">{% carte %}</p>",
        ],
    );
}

#[test]
fn a_footnote_and_its_call_lead_to_each_other() {
    let page = &sample_files()["html/fr/mission/tout/index.html"];
    assert_has(
        page,
        &[
            "<a id=\"call_1_1\" href=\"#note_1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a>",
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"notes_title\">",
            "<li id=\"note_1\">\n<p id=\"u-Letextedelanote\">Le texte de la note. <a",
            "href=\"#call_1_1\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1\"",
        ],
    );
}

#[test]
fn the_trail_is_that_of_the_design_system() {
    let page = &sample_files()["html/fr/mission/tout/index.html"];
    assert_has(
        page,
        &[
            "<nav role=\"navigation\" class=\"fr-breadcrumb\" aria-label=\"Vous êtes ici\u{a0}:\">\n\
           <ol class=\"fr-breadcrumb__list\">\n\
           <li><a class=\"fr-breadcrumb__link\" href=\"../../\">Accueil</a></li>\n\
           <li><a class=\"fr-breadcrumb__link\" href=\"../\">Notre mission</a></li>\n\
           <li><span class=\"fr-breadcrumb__link\">Sans page</span></li>\n\
           <li><span class=\"fr-breadcrumb__link\" aria-current=\"page\">\
           Toutes les formes d’une page</span></li>\n</ol>\n</nav>",
        ],
    );
    assert!(!sample_files()["html/fr/index.html"].contains("fr-breadcrumb"));
}

#[test]
fn search_engines_read_the_trail_without_the_entry_that_leads_nowhere() {
    let page = &sample_files()["html/fr/mission/tout/index.html"];
    let (_, data) = page.split_once("ld+json\">").expect("the page has structured data");
    let (data, _) = data.split_once("</script>").expect("the element is closed");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    let items = data["itemListElement"].as_array().expect("a list");
    let found: Vec<_> = items
        .iter()
        .map(|it| (it["position"].as_u64(), it["name"].as_str(), it["item"].as_str()))
        .collect();
    let base = "https://essai.example/fr/";
    let wanted = [
        (Some(1), Some("Accueil"), Some(base.to_owned())),
        (Some(2), Some("Notre mission"), Some(format!("{base}mission/"))),
        (
            Some(3),
            Some("Toutes les formes d’une page"),
            Some(format!("{base}mission/tout/")),
        ),
    ];
    let wanted: Vec<_> = wanted.iter().map(|it| (it.0, it.1, it.2.as_deref())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_version_names_all_versions_and_itself() {
    let page = &sample_files()["html/en/mission/index.html"];
    assert_has(
        page,
        &[
            "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">",
            "<link rel=\"canonical\" href=\"https://essai.example/en/mission/\"/>",
            "hreflang=\"fr\" href=\"https://essai.example/fr/mission/\"/>",
            "hreflang=\"en\" href=\"https://essai.example/en/mission/\"/>",
            "hreflang=\"x-default\" href=\"https://essai.example/fr/mission/\"/>",
        ],
    );
}

#[test]
fn a_page_that_nobody_translated_says_so_once_and_is_no_version() {
    let files = sample_files();
    let page = &files["html/en/mission/tout/index.html"];
    assert_has(
        page,
        &[
            "<link rel=\"canonical\" href=\"https://essai.example/fr/mission/tout/\"/>",
            "<div class=\"banner\" role=\"note\">\n<p>This page has not been translated yet.",
            "<a href=\"../../../fr/mission/tout/\" hreflang=\"fr\" lang=\"fr\">Lire en français</a>",
            "<header class=\"page-head\" lang=\"fr\">",
            "<div class=\"page-body\" lang=\"fr\">",
            "<li id=\"u-Uneligne\">Une ligne</li>",
            "<p class=\"callout-title\" id=\"callout_1\" lang=\"en\">Note</p>",
            "<div lang=\"en\">\n<p id=\"u-AparagraphinEnglish\" lang=\"fr\">",
        ],
    );
    assert!(!page.contains("rel=\"alternate\" hreflang"));
    assert!(!page.contains("unit-mark"));
    let source = &files["html/fr/mission/tout/index.html"];
    assert!(!source.contains("hreflang=\"en\" href=\"https:"));
    // The reader who changes language is told before he goes there.
    assert_has(source, &["English</span> <small>(page pas encore traduite)</small></a>"]);
}

#[test]
fn a_passage_that_is_not_translated_is_marked() {
    let mut site = site(vec![(
        "/",
        document("Accueil", vec![heading(2, "un", "Un"), paragraph(text("Deux."))]),
        State::Translated,
    )]);
    let page = &mut site.editions[1].pages[0];
    plantin::document::walk::texts_mut(&mut page.document, &mut |role, text| {
        if role != plantin::document::Role::Title {
            (text.state, text.language) = (State::Stale, Some(fr()));
        }
    });
    page.counts.stale = 2;
    let (files, _) = written(&site, &options());
    assert_has(
        &files["html/en/index.html"],
        &[
            "<h2 id=\"un\" lang=\"fr\" data-state=\"stale\"><span id=\"u-Un\">Un</span> \
             <span class=\"unit-mark\" lang=\"en\">translation out of date</span></h2>",
            "<p id=\"u-Deux\" lang=\"fr\" data-state=\"stale\">Deux. <span class=\"unit-mark\"",
            "<p>2 passages of this page are not translated",
        ],
    );
}

#[test]
fn what_an_author_writes_is_never_markup() {
    let nasty = "</script><script>alert('1')</script>&\"<!--";
    let mut page = document(nasty, vec![paragraph(text(nasty))]);
    page.meta.description = Some(text(nasty));
    page.meta.tags = vec![nasty.to_owned()];
    page.meta.show_breadcrumb = Some(true);
    let home = document("Accueil", Vec::new());
    let pages = vec![("/", home, State::Translated), ("/a/", page, State::Translated)];
    let (files, _) = written(&site(pages), &options());
    for (path, text) in files.iter().filter(|it| it.0.ends_with(".html")) {
        assert!(!text.contains("<script>"), "{path}: {text}");
        assert!(!text.contains("<!--"), "{path}: {text}");
    }
    assert_has(
        &files["html/fr/a/index.html"],
        &["\\u003c/script\\u003e", "&lt;/script&gt;"],
    );
}

#[test]
fn the_contents_show_the_first_level_and_the_branch_of_the_page() {
    let page = |title: &str| (document(title, Vec::new()), State::Translated);
    let pages = ["/", "/a/", "/a/b/", "/a/b/c/", "/a/d/", "/e/", "/e/f/"];
    let pages = pages.iter().map(|&key| {
        let (document, state) = page(&format!("Page {key}"));
        (key, document, state)
    });
    let (files, _) = written(&site(pages.collect()), &options());
    let page = &files["html/fr/a/b/index.html"];
    let (_, nav) = page.split_once("<nav class=\"site-contents\"").expect("a navigation");
    let (nav, _) = nav.split_once("</nav>").expect("it is closed");
    let shown: Vec<&str> =
        nav.split("Page ").skip(1).filter_map(|it| it.split('<').next()).collect();
    assert_eq!(shown, ["/", "/a/", "/a/b/", "/a/b/c/", "/a/d/", "/e/"]);
    assert_has(nav, &["<a href=\"./\" aria-current=\"page\">Page /a/b/</a>"]);
    assert_has(
        page,
        &[
            "<a href=\"../\" rel=\"prev\">",
            "<a href=\"c/\" rel=\"next\">",
            "Page /a/</span>",
        ],
    );
}

#[test]
fn long_contents_are_folded_where_the_page_is_not() {
    let keys: Vec<String> = (10..40).map(|number| format!("/p{number}/")).collect();
    let page = |title: &str| document(title, Vec::new());
    let pages = keys.iter().map(|key| (key.as_str(), page(key), State::Translated));
    let pages = pages.chain([("/", page("Accueil"), State::Translated)]);
    let (files, _) = written(&site(pages.collect()), &options());
    let page = &files["html/fr/p20/index.html"];
    let (_, nav) = page.split_once("<nav class=\"site-contents\"").expect("a navigation");
    let (nav, _) = nav.split_once("</nav>").expect("it is closed");
    assert_has(
        nav,
        &["<summary>4 autres pages</summary>", "<summary>16 autres pages</summary>"],
    );
    // Nothing is left out, nothing changes its place.
    let places: Vec<_> =
        keys.iter().map(|key| nav.find(&format!(">{key}</a>"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{nav}");
}

#[test]
fn a_long_page_has_contents_of_its_own() {
    let headings = |count: usize| {
        let levels = [2, 3, 3, 2];
        let one = |(index, level): (usize, &u8)| {
            heading(*level, &format!("h{index}"), &format!("Titre {index}"))
        };
        french(levels.iter().enumerate().take(count).map(one).collect())
    };
    assert!(!headings(2).contains("page-toc"));
    assert_has(
        &headings(4),
        &[
            "<ul>\n<li><a href=\"#h0\">Titre 0</a>\n<ul>\n<li><a href=\"#h1\">Titre 1</a></li>\n\
           <li><a href=\"#h2\">Titre 2</a></li></ul></li>\n<li><a href=\"#h3\">Titre 3</a></li>\n</ul>",
        ],
    );
}

#[test]
fn only_what_is_published_is_offered() {
    let all = &sample_files()["html/fr/mission/index.html"];
    assert_has(
        all,
        &[
            "<a href=\"../../pdf/fr/mission.pdf\" type=\"application/pdf\">Cette page en PDF</a>",
            "<a href=\"../../pdf/essai.fr.pdf\" type=\"application/pdf\">",
            "<a href=\"../../epub/essai.fr.epub\" type=\"application/epub+zip\">",
        ],
    );
    let (files, _) = written(&sample(), &Options::default());
    let page = &files["html/fr/mission/index.html"];
    assert!(
        !page.contains(".pdf") && !page.contains(".epub") && !page.contains("downloads")
    );
}

#[test]
fn addresses_can_name_files_for_a_site_without_a_server() {
    let (files, _) = written(&sample(), &Options { links: Links::Files, ..options() });
    for (path, text) in files.iter().filter(|it| it.0.ends_with(".html")) {
        let links = text.split(" href=\"").skip(1).filter_map(|it| it.split('"').next());
        let local = links.filter(|it| !it.starts_with("http") && !it.starts_with('#'));
        local.for_each(|it| assert!(!it.ends_with('/'), "{path}: {it}"));
    }
    assert_has(
        &files["html/index.html"],
        &["<a href=\"fr/index.html\" hreflang=\"fr\">"],
    );
}

#[test]
fn an_identifier_stands_once_in_a_page() {
    let named = |words: &str| {
        Block::Paragraph(Paragraph {
            place: HERE,
            text: text(words),
            attributes: Attributes { id: Some("ici".into()), ..Attributes::default() },
        })
    };
    let blocks = vec![named("Un"), named("Deux"), heading(2, "trois", "Trois")];
    let (files, diagnostics) = one_page(blocks, State::Translated);
    let page = &files["html/fr/a/index.html"];
    assert_has(
        page,
        &["<p id=\"ici\"><span id=\"u-Un\">Un</span></p>", "<p id=\"u-Deux\">Deux</p>"],
    );
    let codes: BTreeSet<_> =
        diagnostics.iter().map(|it| (it.code, it.file.as_ref())).collect();
    assert_eq!(codes, BTreeSet::from([("id-left-out", "content/a/index.md")]));
}

#[test]
fn a_link_holds_no_other_link() {
    let mut outer = link("https://a.example/", "");
    outer.inlines = vec![Inline::Link(link("https://b.example/", "dedans"))];
    let page = french(vec![paragraph(rich(vec![Inline::Link(outer)]))]);
    assert_has(&page, &["<a href=\"https://a.example/\"><span>dedans</span></a>"]);
}

#[test]
fn a_link_without_words_has_a_name() {
    let page =
        french(vec![paragraph(rich(vec![Inline::Link(link("https://a.example/", ""))]))]);
    assert_has(
        &page,
        &["<a href=\"https://a.example/\" aria-label=\"https://a.example/\"></a>"],
    );
}

#[test]
fn an_image_of_another_host_is_a_link_to_it() {
    let figure = Figure {
        place: HERE,
        image: image("https://a.example/b.png", ""),
        alternative: Some(text("Un graphique")),
        caption: None,
        link: None,
    };
    let page = french(vec![Block::Figure(figure)]);
    let wanted =
        "<a href=\"https://a.example/b.png\">Image absente\u{a0}: Un graphique</a>";
    assert_has(&page, &[wanted]);
    assert!(!page.contains("<img"));
}

#[test]
fn a_wide_table_scrolls_in_a_region_that_has_a_name() {
    let table = |columns: usize| {
        let cells = |scope| (0..columns).map(|_| cell(scope, "x")).collect();
        Block::Table(Table {
            place: HERE,
            caption: None,
            columns: vec![Align::Start; columns],
            head: vec![Row { place: HERE, cells: cells(Some(Scope::Column)) }],
            body: vec![Row { place: HERE, cells: cells(None) }],
        })
    };
    let region =
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 1\">";
    assert!(french(vec![table(3)]).contains(region));
    let narrow = french(vec![table(2)]);
    assert!(
        !narrow.contains("role=\"region\"")
            && narrow.contains("<table class=\"narrow\">")
    );
}

#[test]
fn a_cell_never_leaves_its_group_of_rows() {
    let mut tall = cell(None, "haute");
    tall.rows = 65534;
    let row = |cells| Row { place: HERE, cells };
    let table = Table {
        place: HERE,
        caption: None,
        columns: vec![Align::Start; 2],
        head: vec![row(vec![
            cell(Some(Scope::Column), "a"),
            cell(Some(Scope::Column), ""),
        ])],
        body: vec![row(vec![tall, cell(None, "b")]), row(vec![cell(None, "c")])],
    };
    let page = french(vec![Block::Table(table)]);
    assert_has(
        &page,
        &["<td rowspan=\"2\" id=\"u-haute\">", "<th scope=\"col\" id=\"u-a\">"],
    );
    // A header without words heads nothing.
    assert_eq!(page.matches("<th ").count(), 1);
}

#[test]
fn a_template_of_the_theme_takes_the_place_of_ours() {
    let mut options = options();
    let own = "{% extends \"built-in/html/page.html\" %}{% block footer %}<p>{{ title }}</p>{% endblock %}";
    for (path, text) in [
        ("html/page.html", own),
        ("html/site.css", "p { color: red }"),
        ("html/a/b.svg", "<svg/>"),
    ] {
        options.theme.insert(path.into(), Arc::new(text.as_bytes().to_vec()));
    }
    let (files, diagnostics) = written(&sample(), &options);
    assert_eq!(diagnostics, []);
    let page = &files["html/fr/mission/index.html"];
    assert_has(page, &["<p>Notre mission</p>", "<p id=\"u-Lamission\">La mission.</p>"]);
    assert!(!page.contains("<footer"));
    assert_eq!(files["html/assets/site.css"], "p { color: red }");
    assert_eq!(files["html/assets/a/b.svg"], "<svg/>");
}

#[test]
fn a_broken_template_is_named_and_ours_is_used() {
    for (own, line) in [("a\n{% if %}", 2), ("\n\n{{ nothing }}", 3)] {
        let mut options = options();
        options.theme.insert("html/page.html".into(), Arc::new(own.as_bytes().to_vec()));
        let (files, mut diagnostics) = written(&sample(), &options);
        plantin::diagnostic::sort(&mut diagnostics);
        let [fault] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
        assert_eq!(
            (fault.code, fault.file.as_ref()),
            ("theme-template-broken", "themes/html/page.html")
        );
        assert_eq!(fault.place.map(|it| it.line), Some(line));
        assert_eq!(files, sample_files());
    }
}

#[test]
fn the_front_page_offers_each_language_in_its_own_words() {
    let front = &sample_files()["html/index.html"];
    assert_has(
        front,
        &[
            "<html lang=\"fr\" dir=\"ltr\">",
            "<link rel=\"canonical\" href=\"https://essai.example/\"/>",
            "<a href=\"fr/\" hreflang=\"fr\"><span class=\"name\">Français</span> \
             <span class=\"title\">Essais &amp; erreurs</span></a>",
            "<li lang=\"en\" dir=\"ltr\">\n<a href=\"en/\" hreflang=\"en\">",
            "Trial &amp; error",
        ],
    );
}

#[test]
fn what_is_shown_where_there_is_no_page_works_at_any_depth_and_is_in_no_list() {
    let mut site = sample();
    site.publication.base = "https://essai.example/guides".to_owned();
    let (files, diagnostics) = written(&site, &options());
    assert_eq!(diagnostics, []);
    let whole = &files["html/404.html"];
    assert_has(
        whole,
        &[
            "<html lang=\"fr\"",
            "<meta name=\"robots\" content=\"noindex\"/>",
            "href=\"/guides/assets/site.css\"",
            "<section lang=\"fr\"",
            "<h1>Page introuvable</h1>",
            "<section lang=\"en\"",
            "<h2>Page not found</h2>",
            "href=\"/guides/en/\"",
        ],
    );
    let english = &files["html/en/404.html"];
    assert_has(english, &["<html lang=\"en\"", "<h1>Page not found</h1>", "/guides/en/"]);
    assert!(!english.contains("introuvable"), "{english}");
    let ways = whole.split("href=\"").skip(1);
    assert!(
        ways.into_iter().all(|it| it.starts_with('/')),
        "no way is relative: {whole}"
    );
    for (path, text) in &files {
        assert!(
            path.ends_with("404.html") || !text.contains("404.html"),
            "{path} leads there"
        );
    }
}

#[test]
fn a_theme_has_its_own_page_for_what_is_not_there() {
    let mut options = options();
    let own = "{% extends \"built-in/html/404.html\" %}{% block body %}<h1>Perdu ?</h1>{% endblock %}";
    options.theme.insert("html/404.html".into(), Arc::new(own.as_bytes().to_vec()));
    let (files, diagnostics) = written(&sample(), &options);
    assert_eq!(diagnostics, []);
    assert!(files["html/fr/404.html"].contains("<h1>Perdu ?</h1>"));
    assert!(!files.contains_key("html/assets/404.html"));
}
