//! Publications made by hand, node by node, for the tests of the writers.

use std::{collections::BTreeMap, sync::Arc};

use plantin::{
    diagnostic::Place,
    document::{
        Align, Attributes, Block, Callout, CalloutKind, Cell, CodeBlock, Date,
        Definition, DefinitionList, Details, Document, Figure, Footnote,
        FootnoteReference, Group, Heading, Image, Inline, Item, Language, Link, List,
        ListKind, Media, MediaKind, Meta, Numerals, PageKey, Paragraph, Quote, Resource,
        Row, Scope, Segment, Span, State, Style, Table, Target, Text, Unknown,
    },
    site::{
        Labels, Publication, ResourceFile, Site,
        assemble::{Input, SourcePage, Version, assemble},
    },
};

pub const HERE: Place = Place { line: 1, column: 1, start: 0, end: 0 };

pub fn fr() -> Language {
    Language::new("fr")
}

pub fn en() -> Language {
    Language::new("en")
}

pub fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

/// A text whose unit is named after its first letters.
pub fn text(words: &str) -> Text {
    rich(self::words(words))
}

pub fn rich(inlines: Vec<Inline>) -> Text {
    let plain = plantin::document::text::plain(&inlines);
    let name: String =
        plain.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    Text { unit: format!("u-{name}"), ..Text::new(HERE, inlines) }
}

pub fn paragraph(text: Text) -> Block {
    Block::Paragraph(Paragraph { place: HERE, text, attributes: Attributes::default() })
}

pub fn heading(level: u8, anchor: &str, words: &str) -> Block {
    Block::Heading(Heading {
        place: HERE,
        level,
        written: level,
        anchor: anchor.to_owned(),
        text: text(words),
        attributes: Attributes::default(),
    })
}

pub fn link(address: &str, words: &str) -> Link {
    Link {
        place: HERE,
        address: address.to_owned(),
        target: Target::Unresolved,
        title: None,
        inlines: self::words(words),
        attributes: Attributes::default(),
    }
}

pub fn image(address: &str, alternative: &str) -> Image {
    Image {
        place: HERE,
        address: address.to_owned(),
        resource: Resource::Unresolved,
        alternative: alternative.to_owned(),
        title: None,
        attributes: Attributes::default(),
    }
}

pub fn item(task: Option<bool>, blocks: Vec<Block>) -> Item {
    Item { place: HERE, number: None, task, blocks }
}

pub fn list(kind: ListKind, items: Vec<Item>) -> Block {
    Block::List(List {
        place: HERE,
        kind,
        numerals: Numerals::default(),
        reversed: false,
        tight: true,
        items,
    })
}

pub fn cell(scope: Option<Scope>, words: &str) -> Cell {
    let blocks = vec![Block::Plain(text(words))];
    Cell { place: HERE, scope, columns: 1, rows: 1, blocks }
}

pub fn document(title: &str, blocks: Vec<Block>) -> Document {
    let meta = Meta { title: text(title), ..Meta::default() };
    Document { language: fr(), meta, blocks, footnotes: Vec::new() }
}

/// A page of each kind of node.
pub fn everything() -> Document {
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
pub fn in_english(document: &Document, state: State) -> Document {
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

pub fn site(pages: Vec<(&str, Document, State)>) -> Site {
    site_with(pages, Vec::new())
}

/// A publication with these files beside its pages: path, type and bytes.
pub fn site_with(
    pages: Vec<(&str, Document, State)>,
    files: Vec<(&str, &'static str, Vec<u8>)>,
) -> Site {
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
    let resources = files.into_iter().map(|(path, media_type, bytes)| {
        let size = None;
        let bytes = Arc::new(bytes);
        let file = ResourceFile { path: path.into(), bytes, media_type, size };
        (path.to_owned(), Some(Arc::new(file)))
    });
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
        resources: resources.collect::<BTreeMap<_, _>>(),
        order: Vec::new(),
        elsewhere: Vec::new(),
        made: plantin::site::made::Options::nothing(),
    };
    assemble(input).value
}
