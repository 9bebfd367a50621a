//! Honest mistakes of people who do not program: none of them publishes what was to be kept
//! back, and none of them loses a page, its name or its date without a word.

use plantin::{
    document::{Gate, Language},
    languages,
    source::{self, Options},
};
use proptest::prelude::*;

use super::support::{FORMATS, Outcome, Site, Told};

fn page(front: &str) -> Site {
    Site::new()
        .page("index.md", "---\ntitle: Accueil\ndate: 2024-09-16\n---\n\nBonjour.\n")
        .page("a.md", &format!("---\n{front}\n---\n\nTexte.\n"))
}

fn is_published(built: &Outcome) -> bool {
    built.has("html/fr/a/index.html")
}

/// What is told of the page, except what follows from its being kept back.
fn told(built: &Outcome) -> Vec<Told> {
    let all = built.all_diagnostics().into_iter();
    all.filter(|it| it.file == "content/a.md").collect()
}

fn codes(told: &[Told]) -> Vec<(&str, Option<u64>)> {
    told.iter().map(|it| (it.code.as_str(), it.line)).collect()
}

#[test]
fn a_yes_in_other_words_keeps_the_page_back_and_is_told() {
    for line in [
        "draft: \"true\"",
        "draft: oui",
        "draft: 1",
        "draft: vrai",
        "draft: 'yes'",
        "draft: “true”",
        "Draft: true",
        "brouillon: oui",
        "drfat: true",
        "published: non",
        "Published: false",
        "statut: brouillon",
    ] {
        let built = page(&format!("title: A\n{line}")).build_html();
        assert!(!is_published(&built), "{line}");
        let told = told(&built);
        assert_eq!(codes(&told), [("gate-taken", Some(3))], "{line}");
        assert_eq!(told[0].severity, "note", "{line}");
    }
}

#[test]
fn a_plain_gate_keeps_the_page_back_like_a_draft() {
    for line in ["draft: true", "published: false", "hidden: true", "publish: false"] {
        let built = page(&format!("title: A\n{line}")).build_html();
        assert!(!is_published(&built), "{line}");
        assert_eq!(codes(&told(&built)), [("page-draft", None)], "{line}");
    }
}

#[test]
fn what_is_not_understood_keeps_the_page_back_with_its_line() {
    for line in [
        "draft: peut-être",
        "draft:",
        "draft: [true]",
        "draft: 2",
        "Draft: x",
        "hidden: x",
        "publishDate: bientôt",
        "expires: un jour",
        "published: 2030-01-01",
    ] {
        let built = page(&format!("title: A\n{line}")).build_html();
        assert!(!is_published(&built), "{line}");
        let told = told(&built);
        assert_eq!(codes(&told), [("gate-unclear", Some(3))], "{line}");
        assert_eq!((told[0].severity.as_str(), built.code), ("error", Some(1)), "{line}");
    }
}

#[test]
fn a_gate_counts_wherever_it_is_written() {
    for front in [
        "title: A\ndraft:true",
        "draft: true\ntitle: A : B",
        "draft: false\ntitle: A\ndraft: true",
        "title: \"A\ndraft: true",
        "- draft: true",
    ] {
        assert!(!is_published(&page(front).build_html()), "{front}");
    }
    let folder = |name: &str, text: &str| {
        Site::new()
            .page("index.md", "---\ntitle: Accueil\n---\n\nBonjour.\n")
            .page("d/a.md", "---\ntitle: A\n---\n\nTexte.\n")
            .bytes(&format!("content/d/{name}"), text.as_bytes())
            .build_html()
    };
    for (name, text, code) in [
        ("_defaults.yaml", "draft: oui\n", "gate-taken"),
        ("_defaults.yaml", "draft: peut-être\n", "gate-unclear"),
        ("_defaults.yaml", "tags: [a\ndraft: true\n", "front-matter-broken"),
        ("d.11tydata.json", "{\"draft\": true,,}", "folder-data-broken"),
    ] {
        let built = folder(name, text);
        assert!(!built.has("html/fr/d/a/index.html"), "{text}");
        built.told(code).in_file(&format!("content/d/{name}"));
        let kept = built.all_diagnostics();
        assert!(kept.iter().any(|it| it.file == "content/d/a.md"), "{text}: {built}");
    }
}

#[test]
fn other_keys_and_a_plain_no_publish() {
    for line in [
        "draft: false",
        "published: true",
        "draft: non",
        "publisher: Moi",
        "craft: x",
        "public: agents",
        "status: en vigueur",
    ] {
        assert!(is_published(&page(&format!("title: A\n{line}")).build_html()), "{line}");
    }
}

/// Whether a page of this text is kept back.
fn is_kept_back(text: &str) -> bool {
    let options = Options { language: Language::new("fr"), name: "a".to_owned() };
    source::read(text, &options).value.meta.gate != Gate::Open
}

/// The values by which a page says that it is to be published.
const NO: [&str; 11] = [
    "false",
    "no",
    "n",
    "off",
    "0",
    "non",
    "faux",
    "published",
    "publié",
    "publiée",
    "en ligne",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is written after `draft`, nothing but a plain no publishes the page.
    #[test]
    fn nothing_that_is_not_understood_publishes(
        key in prop::sample::select(vec![
            "draft", "Draft", "DRAFT", "brouillon", "hidden", "drafts", "is_draft", "\"draft\"",
            "draft ", "draft\u{A0}",
        ]),
        colon in prop::sample::select(vec![": ", ":\t", " : ", ":\u{A0}", ":  "]),
        value in prop_oneof![
            "[a-zA-Z0-9éè '\"!?.,:;#&*%@\\[\\]{}|>-]{0,12}",
            prop::sample::select(vec!["true", "false", "oui", "non", "TRUE", "Non", "~", "null",
                "\"false", "false]", "falsee", "fa lse", "no way", "0.0", "00", "-0", "!!bool no",
                "&a false", "*a", "|", ">", "[false]", "{false: true}", "'false'",
            ]).prop_map(str::to_owned),
        ],
    ) {
        let text = format!("---\ntitle: A\n{key}{colon}{value}\n---\n\nTexte.\n");
        if !is_kept_back(&text) {
            let said = value.split(" #").next().unwrap_or_default();
            let said = said.trim_matches(|it: char| it.is_whitespace() || "'\"".contains(it));
            // A tag, an anchor or a comma does not make a no another word.
            let word = said.split_whitespace().last().unwrap_or_default();
            let word = word.trim_matches(|it: char| "},;'\"".contains(it)).to_lowercase();
            prop_assert!(NO.contains(&word.as_str()), "{text}");
        }
    }
}

#[test]
fn a_key_that_is_nearly_right_is_named_with_the_right_one() {
    let built = page("titre: Un titre\nauteur: Moi\ndescritpion: b").build_html();
    let told = told(&built);
    assert_eq!(
        codes(&told),
        [("front-matter-key-like", Some(2)), ("front-matter-key-near", Some(4)),]
    );
    assert!(told[0].message.contains("title") && told[1].hint.contains("description"));
    assert!(built.file("html/fr/a/index.html").contains("<h1 id="), "{built}");
    assert!(built.file("html/fr/a/index.html").contains("Un titre</h1>"), "{built}");
    // The right key counts before its likes.
    let both = page("Title: B\ntitle: A").build_html();
    assert!(both.file("html/fr/a/index.html").contains("A</h1>"));
}

#[test]
fn front_matter_is_read_where_and_as_it_was_meant() {
    for (text, code) in [
        ("\n---\ntitle: Vu\n---\n\nTexte.\n", Some("front-matter-displaced")),
        (" ---\n title: Vu\n ---\n\nTexte.\n", Some("front-matter-displaced")),
        (
            "\u{A0}---\n\u{A0}title: Vu\n\u{A0}---\n\nTexte.\n",
            Some("front-matter-displaced"),
        ),
        ("---\n\u{A0}title\u{A0}: Vu\n---\n\nTexte.\n", None),
        ("title: Vu\n---\n\nTexte.\n", Some("front-matter-displaced")),
        ("—\ntitle: Vu\n—\n\nTexte.\n", Some("front-matter-displaced")),
        ("---json\n{\n\t\"title\": \"Vu\"\n}\n---\n\nTexte.\n", None),
        ("{\n  \"title\": \"Vu\"\n}\n\nTexte.\n", None),
        ("---toml\ntitle = \"Vu\"\n---\n\nTexte.\n", None),
        ("+++\ntitle = \"Vu\"\n+++\n\nTexte.\n", None),
    ] {
        let built = Site::new().page("a.md", text).build_html();
        let page = built.file("html/fr/a/index.html");
        assert!(page.contains("Vu</h1>"), "{text}");
        let body = &page[page.find("page-body").expect("a body")..];
        let body = &body[..body.find("</main>").expect("an end")];
        assert!(!body.contains("title") && body.contains("Texte."), "{text}: {body}");
        let told = told(&built);
        let expected: Vec<&str> = code.into_iter().collect();
        assert_eq!(
            told.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }
    let built =
        Site::new().page("a.md", "---js\n{ draft: true }\n---\n\nTexte.\n").build_html();
    built.told("front-matter-kind").at("content/a.md", 2).is("error");
    assert!(!is_published(&built));
}

#[test]
fn the_end_of_a_title_is_not_cut_without_a_word() {
    let built = page("title: Guide # 2").build_html();
    assert!(built.file("html/fr/a/index.html").contains("Guide # 2</h1>"));
    built.told("front-matter-taken").at("content/a.md", 2).is("note");
    let built = page("title: Guide # à revoir").build_html();
    built.told("front-matter-comment").at("content/a.md", 2).is("warning");
    assert!(told(&page("title: C#\ndraft: false # pas encore").build_html()).is_empty());
}

#[test]
fn what_is_wrong_with_front_matter_is_told_in_words_on_its_own_line() {
    let english = ["expected", "block collection", "found", "mapping values"];
    for (front, line, word) in [
        (
            "title: A\nsegments:\n  - url: /a/\n    title: B\n  - url: /b/\n   title: C",
            7,
            "aligned",
        ),
        ("title: A\nsegments:\n\t- url: /a/", 4, "tab"),
        ("title: A\nsegments:\n  - url: /a/\n\ttitle: B", 5, "tab"),
        ("lang: fr\ntitle: Bilan : une année", 3, "colon"),
        ("title: \"A\nlang: fr\ndescription: b", 2, "quotation mark"),
        ("title: 'l'été'", 2, "quotation mark"),
        ("title: @contact", 2, "reserved sign"),
        ("title: A\ndescription:b", 3, "key: value"),
    ] {
        let built = page(front).build_html();
        let told = told(&built);
        assert_eq!(codes(&told), [("front-matter-broken", Some(line))], "{front}");
        assert!(told[0].message.contains(word), "{told:?}");
        assert!(english.iter().all(|it| !told[0].message.contains(it)), "{told:?}");
    }
}

#[test]
fn settings_that_cannot_be_read_are_told_in_words() {
    for (line, word) in [
        ("languages = [\"fr\" \"en\"]", "comma"),
        ("licence = “https://a.example”", "curly"),
        ("licence \"https://a.example\"", "="),
        ("licence = \"https://a.example", "does not close"),
    ] {
        let settings = format!(
            "[publication]\nname = \"essai\"\naddress = \"https://essai.example\"\nsource = \"fr\"\n{line}\n"
        );
        let built = Site::new().config(&settings).build_html();
        let told = built.told("settings-unreadable");
        assert!(told.message.contains(word), "{line}: {told:?}");
        assert_eq!(told.line, Some(5), "{line}");
    }
}

#[test]
fn texts_that_are_no_pages_are_named() {
    let built = page("title: A")
        .page("b.md", "---\ntitle: B\n---\n\n[lien](suite.txt)\n")
        .page("page.MD", "Texte.\n")
        .page("page2.markdown", "Texte.\n")
        .page("note.txt", "Texte.\n")
        .page("suite.txt", "Texte.\n")
        .page("page.md.txt", "Texte.\n")
        .page("note.docx", "PK")
        .page("note.odt", "PK")
        .page("~$note.docx", "PK")
        .page("photo.xyz", "PK")
        .build_html();
    let told: Vec<(String, String)> = built
        .diagnostics("file-not-a-page")
        .into_iter()
        .map(|it| (it.file.replace("content/", ""), it.severity))
        .collect();
    let expected = [
        ("note.docx", "warning"),
        ("note.odt", "warning"),
        ("note.txt", "warning"),
        ("page.MD", "error"),
        ("page.md.txt", "warning"),
        ("page2.markdown", "error"),
    ];
    assert_eq!(told, expected.map(|it| (it.0.to_owned(), it.1.to_owned())));
}

#[test]
fn a_name_is_one_name_however_its_accents_are_stored() {
    const NFD: &str = "e\u{301}te\u{301}";
    let built = Site::new()
        .page(&format!("{NFD}.md"), "---\ntitle: Été\n---\n\n![Une tasse](tasse\u{e9}.png)\n")
        .bytes("content/tassee\u{301}.png", super::support::PNG)
        .page("a.md", "---\ntitle: A\n---\n\n[un](été.md) [deux](e\u{301}te\u{301}.md) [trois](/été/)\n")
        .catalogue("en", NFD, "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Été\"\nmsgstr \"Summer\"\n")
        .build_html();
    let page = built.file("html/fr/a/index.html");
    let body = &page[page.find("page-body").expect("a body")..];
    let body = &body[..body.find("</main>").expect("an end")];
    assert_eq!(body.matches("href=\"../%C3%A9t%C3%A9/\"").count(), 3, "{body}");
    assert!(built.file("html/en/été/index.html").contains("Summer</h1>"));
    assert!(built.all_diagnostics().iter().all(|it| it.severity != "error"), "{built}");
    assert!(built.diagnostics("link-to-nothing").is_empty(), "{built}");
}

#[test]
fn a_folder_of_translations_with_another_name_is_named() {
    let po = "msgid \"\"\nmsgstr \"\"\n";
    let settings = super::support::CONFIG.replace("\"en\"", "\"en\", \"pt-BR\"");
    let built = page("title: A")
        .config(&settings)
        .bytes("locales/pt_BR/content/a.po", po.as_bytes())
        .bytes("locales/EN/content/a.po", po.as_bytes())
        .bytes("locales/de/ui.ftl", b"home = Start\n")
        .bytes("locales/outils/liste.csv", b"a")
        .build_html();
    let misnamed = built.diagnostics("locale-misnamed");
    let files: Vec<&str> = misnamed.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(files, ["locales/EN", "locales/pt_BR"]);
    assert!(misnamed[1].hint.contains("pt-BR") && misnamed[1].severity == "error");
    built.told("locale-unknown").in_file("locales/de").is("warning");
    assert_eq!(built.diagnostics("locale-unknown").len(), 1);
}

#[test]
fn a_catalogue_that_is_gone_is_an_error_with_what_is_lost() {
    let po = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"A\"\nmsgstr \"One\"\n\nmsgid \"Texte.\"\nmsgstr \"Text.\"\n";
    let site = page("title: A").catalogue("en", "a.md", po);
    assert!(site.build_html().diagnostics("catalogue-gone").is_empty());
    let site = site.remove("locales/en/content/a.po");
    let built = site.build_html();
    let told =
        built.told("catalogue-gone").in_file("locales/en/content/a.po").is("error");
    assert!(told.message.contains('2'), "{told:?}");
    assert_eq!(built.code, Some(1));
    // A page that went with its catalogue has nothing to translate.
    let site = page("title: A").catalogue("en", "a.md", po);
    site.build_html();
    let site = site.remove("locales/en/content/a.po").remove("content/a.md");
    assert!(site.build_html().diagnostics("catalogue-gone").is_empty());
}

#[test]
fn a_catalogue_that_is_gone_is_told_until_it_is_back_or_its_loss_is_confirmed() {
    let po = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"A\"\nmsgstr \"One\"\n\nmsgid \"Texte.\"\nmsgstr \"Text.\"\n";
    let file = "locales/en/content/a.po";
    let site = page("title: A").catalogue("en", "a.md", po);
    let build = |site: &Site| site.run_command("build", &["--json", "--format", "html"]);
    build(&site);
    let site = site.remove(file);
    for _ in 0..3 {
        build(&site).told("catalogue-gone").in_file(file);
    }
    // Making it anew would hide that it is lost; all others are made.
    let extracted = site.run_command("extract", &["--json"]);
    extracted.told("catalogue-gone").in_file(file).is("error");
    assert_eq!(extracted.code, Some(1));
    assert!(!site.path(file).exists());
    assert!(site.path("locales/en/content/index.po").exists());
    build(&site).told("catalogue-gone");
    let back = site.catalogue("en", "a.md", po);
    assert!(build(&back).diagnostics("catalogue-gone").is_empty());
    let site = back.remove(file);
    build(&site).told("catalogue-gone");
    let confirmed = site.run_command("extract", &["--renew", "--json"]);
    assert!(
        confirmed.diagnostics("catalogue-gone").is_empty() && site.path(file).exists()
    );
    assert!(build(&site).diagnostics("catalogue-gone").is_empty());
}

#[test]
fn two_versions_in_a_catalogue_or_in_the_settings_are_told_as_what_they_are() {
    let marks = |ours: &str, theirs: &str| {
        format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> branche\n")
    };
    let po = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Texte.\"\n";
    let both = marks("msgstr \"Text.\"\n", "msgstr \"A text.\"\n");
    let po = format!("{po}{both}");
    let site = page("title: A").catalogue("en", "a.md", &po);
    let built = site.build_html();
    let all = built.all_diagnostics();
    let all: Vec<&Told> = all.iter().filter(|it| it.file.ends_with("a.po")).collect();
    assert_eq!(all.len(), 1, "{built}");
    built.told("merge-conflict-file").at("locales/en/content/a.po", 5).is("error");
    assert!(!built.file("html/en/a/index.html").contains("ext.</p>"), "{built}");
    // Nobody's work is written over.
    site.run_command("extract", &["--json"]).told("catalogue-not-updated");
    assert_eq!(site.read("locales/en/content/a.po"), po);

    let words = marks("home = Chez nous\n", "home = Maison\n");
    let built = page("title: A").labels("fr", &words).build_html();
    built.told("merge-conflict-file").at("locales/fr/ui.ftl", 1);
    assert!(built.diagnostics("interface-unreadable").is_empty(), "{built}");

    let site = page("title: A");
    let settings = site.read("plantin.toml");
    let built =
        site.config(&format!("{settings}{}", marks("a = 1\n", "a = 2\n"))).build_html();
    let line = settings.lines().count() as u64 + 1;
    built.told("merge-conflict-file").at("plantin.toml", line);
    assert_eq!(built.code, Some(2));
}

#[test]
fn a_page_in_utf_16_is_read_and_told_once() {
    let text = "---\ntitle: Été\n---\n\nDéjà.\n";
    let little = |it: u16| it.to_le_bytes();
    let big = |it: u16| it.to_be_bytes();
    let forms = [
        ("\u{feff}", little as fn(u16) -> [u8; 2]),
        ("\u{feff}", big),
        ("", little),
        ("", big),
    ];
    for (mark, bytes) in forms {
        let wide = format!("{mark}{text}");
        let bytes: Vec<u8> = wide.encode_utf16().flat_map(bytes).collect();
        let site = Site::new().page("index.md", "---\ntitle: Accueil\n---\n\nBonjour.\n");
        let built = site.bytes("content/a.md", &bytes).build_html();
        assert_eq!(codes(&told(&built)), [("utf-16", None)], "{built}");
        assert!(built.file("html/fr/a/index.html").contains("Déjà."));
    }
}

#[test]
fn a_page_is_published_on_the_days_that_it_names() {
    let built = |line: &str| page(&format!("title: A\n{line}")).build_html();
    for line in
        ["publishDate: 2999-01-01", "embargo: 2999-01-01", "publish_on: 1er mai 2999"]
    {
        let built = built(line);
        assert!(!is_published(&built), "{line}");
        assert_eq!(codes(&told(&built)), [("page-not-yet", None)], "{line}");
    }
    for line in
        ["expiryDate: 2020-01-01", "expires: 2020-01-01", "unpublish-date: 2020-01-01"]
    {
        let built = built(line);
        assert!(!is_published(&built), "{line}");
        assert_eq!(codes(&told(&built)), [("page-expired", None)], "{line}");
    }
    let past = built("publishDate: 2020-01-01T08:00:00Z");
    assert!(is_published(&past) && told(&past).is_empty(), "{past}");
    let limited = built("expiryDate: 2999-01-01");
    assert!(is_published(&limited), "{limited}");
    assert_eq!(codes(&told(&limited)), [("page-expires", None)]);
    // The day is that of the sources where they say one.
    let early =
        page("title: A\nexpires: 2020-01-01").env("SOURCE_DATE_EPOCH", "1500000000");
    assert!(is_published(&early.build_html()));
}

#[test]
fn typographic_quotation_marks_around_a_value_are_not_of_it() {
    let built =
        page("title: “Un titre”\ntags: [“un”, ‘deux’]\n“description”: x").build_html();
    let told = told(&built);
    let expected = [
        ("front-matter-taken", Some(2)),
        ("front-matter-taken", Some(3)),
        ("front-matter-taken", Some(3)),
    ];
    assert_eq!(codes(&told), expected, "{built}");
    let html = built.file("html/fr/a/index.html");
    assert!(html.contains("Un titre</h1>") && !html.contains('“'), "{html}");
    // What quotes something keeps its marks.
    for title in ["« La mission »", "“Un” et “deux”", "L’été", "‘Tis ’ere"]
    {
        let built = page(&format!("title: {title}")).build_html();
        assert!(self::told(&built).is_empty(), "{title}: {built}");
    }
}

#[test]
fn who_wrote_a_page_is_said_in_every_format() {
    let site = Site::new()
        .page("index.md", "---\ntitle: Accueil\ndate: 2024-09-16\n---\n\nBonjour.\n")
        .page("a.md", "---\ntitle: A\nauteur: Ana Bé\n---\n\nTexte.\n")
        .page(
            "b.md",
            "---\ntitle: B\nauthors:\n  - name: Cy Dé\n  - Ana Bé\n---\n\nTexte.\n",
        );
    let built = site.build();
    let html = built.file("html/fr/b/index.html");
    assert!(html.contains("<meta name=\"author\" content=\"Cy Dé, Ana Bé\"/>"), "{html}");
    assert!(!built.file("html/fr/index.html").contains("Ana Bé"));
    let book = built.chapter("fr", "content.opf");
    assert!(
        book.contains(">Ana Bé</dc:creator>") && book.contains(">Cy Dé</dc:creator>")
    );
    let pdf = built.bytes("pdf/fr/b.pdf");
    assert!(String::from_utf8_lossy(&pdf).contains("<rdf:li>Cy Dé, Ana Bé</rdf:li>"));
}

#[test]
fn two_pages_of_a_folder_with_one_title_are_told() {
    let built = page("title: Accès").page("b.md", "---\ntitle: accès\n---\n\nTexte.\n");
    built.build_html().told("title-twice").at("content/b.md", 2).is("warning");
    // Their trails tell pages of two folders apart, and a translation is the same page.
    let built = page("title: Accès")
        .page("d/b.md", "---\ntitle: Accès\n---\n\nTexte.\n")
        .page("en/a.md", "---\ntitle: Accès\n---\n\nText.\n")
        .build_html();
    assert!(built.diagnostics("title-twice").is_empty(), "{built}");
}

#[test]
fn a_page_that_is_only_in_another_language_belongs_to_its_edition_alone() {
    let site = Site::new()
        .page("index.md", "---\ntitle: Accueil\n---\n\nVoir [la page](/en/news/).\n")
        .page(
            "a.md",
            "---\ntitle: A\nsegments:\n- url: /news/\n  title: News\n---\n\nTexte.\n",
        )
        .page("en/news.md", "---\ntitle: News\n---\n\nText, and [a](/a/).\n");
    let built = site.build_with(&["--format", "html", "--verify"]);
    assert!(
        !built.has("html/fr/news/index.html") && built.has("html/en/news/index.html")
    );
    built.told("page-in-one-language").in_file("content/en/news.md").is("note");
    assert!(built.all_diagnostics().iter().all(|it| it.severity != "error"), "{built}");
    // Who reads French is led to it in English, and back.
    let home = built.file("html/fr/index.html");
    assert!(home.contains("/en/news/\" hreflang=\"en\">la page</a>"), "{home}");
    let news = built.file("html/en/news/index.html");
    assert!(
        !news.contains("hreflang=\"fr\" href=\"https://essai.example/fr/news/\""),
        "{news}"
    );
    assert!(!built.file("html/sitemap.xml").contains("/fr/news/"));
    // Once something of it is translated, the other edition has it.
    let po = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"News\"\nmsgstr \"Nouvelles\"\n";
    let built = site.catalogue("fr", "en/news.md", po).build_html();
    assert!(built.has("html/fr/news/index.html"), "{built}");
}

#[test]
fn what_is_no_language_is_refused_with_the_one_that_was_meant() {
    for (written, meant) in [
        ("anglais", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("pt_BR", "pt-BR"),
        ("jp", "ja"),
    ] {
        let settings =
            super::support::CONFIG.replace("\"en\"", &format!("\"{written}\""));
        let built = page("title: A").config(&settings).build_html();
        assert_eq!(built.code, Some(2), "{written}");
        let told = built.told("settings-language").at("plantin.toml", 5).is("error");
        assert!(told.hint.contains(&format!("“{meant}”")), "{told:?}");
    }
}

#[test]
fn a_language_without_words_borrows_them_and_says_so() {
    let settings = super::support::CONFIG.replace("\"en\"", "\"ar\", \"uk\"");
    let built = page("title: A").config(&settings).build_html();
    let told = built.diagnostics("interface-missing");
    assert_eq!(told.len(), 2, "{built}");
    assert!(told[0].message.contains("Arabic") && told[0].message.contains("French"));
    assert!(told[1].message.contains("Ukrainian") && told[1].hint.contains("“en”"));
    let page = built.file("html/ar/a/index.html");
    for part in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "<body lang=\"fr\" dir=\"ltr\">",
        "<main id=\"page_content\" tabindex=\"-1\" lang=\"ar\" dir=\"rtl\">",
        "<div class=\"page-body\" lang=\"fr\" dir=\"ltr\">",
        "<span aria-current=\"true\" lang=\"ar\">العربية</span>",
        "<span lang=\"uk\">Українська</span>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // Words of its own need no mark.
    let words = "home = الرئيسية\n";
    let built = Site::new().config(&settings).page("a.md", "---\ntitle: A\n---\n\nB.\n");
    let page = built.labels("ar", words).build_html().file("html/ar/a/index.html");
    assert!(page.contains("<body>"), "{page}");
}

#[test]
fn a_book_marks_the_words_that_its_interface_borrows() {
    let settings = super::support::CONFIG.replace("\"en\"", "\"uk\"");
    let built = page("title: A").config(&settings).build();
    let contents = built.chapter("uk", "nav.xhtml");
    let mark = "lang=\"fr\" xml:lang=\"fr\" dir=\"ltr\"";
    assert!(contents.contains(&format!("<h1 id=\"toc-title\" {mark}>")), "{contents}");
    assert!(contents.contains(&format!("aria-label=\"Repères\" {mark}>")), "{contents}");
    assert!(contents.contains(&format!("<title {mark}>")), "{contents}");
    assert!(
        built.chapter("uk", "cover.xhtml").contains("role=\"doc-cover\" lang=\"fr\"")
    );
    assert!(built.chapter("uk", "cover.svg").contains("xml:lang=\"fr\""));
    assert!(!built.chapter("fr", "nav.xhtml").contains("toc-title\" lang"));
}

#[test]
fn a_passage_in_the_other_direction_says_so() {
    let settings = super::support::CONFIG.replace("\"en\"", "\"ar\"");
    let po = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"A\"\nmsgstr \"ا\"\n\nmsgid \"Un.\"\nmsgstr \"واحد.\"\n";
    let built = Site::new()
        .config(&settings)
        .page("a.md", "---\ntitle: A\n---\n\nUn.\n\nDeux.\n")
        .catalogue("ar", "a.md", po)
        .build_with(&["--format", FORMATS, "--verify"]);
    let page = built.file("html/ar/a/index.html");
    let chapter = built.chapter("ar", "page-a.xhtml");
    for text in [&page, &chapter] {
        let at = text.find("Deux.").expect("it is there");
        let tag = &text[text[..at].rfind("<p").expect("a paragraph")..at];
        assert!(tag.contains("lang=\"fr\"") && tag.contains("dir=\"ltr\""), "{tag}");
    }
    assert!(
        built.all_diagnostics().iter().all(|it| !it.code.starts_with("verify")),
        "{built}"
    );
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_says_the_script_of_its_language() {
    let settings = super::support::CONFIG.replace("\"en\"", "\"sr-Latn\"");
    let built =
        page("title: A").config(&settings).build_with(&["--format", FORMATS, "--verify"]);
    for file in ["pdf/sr-Latn/a.pdf", "pdf/essai.sr-Latn.pdf"] {
        let pdf = lopdf::Document::load_mem(&built.bytes(file)).expect("a PDF");
        let language =
            pdf.catalog().and_then(|it| it.get(b"Lang")).and_then(|it| it.as_str());
        assert_eq!(language.expect("a language"), b"sr-Latn", "{file}");
    }
    assert!(
        built.all_diagnostics().iter().all(|it| !it.code.starts_with("verify")),
        "{built}"
    );
}

#[test]
fn every_language_of_the_table_is_one() {
    for tag in ["fr", "ar", "zh-Hant", "oc", "br"] {
        assert_eq!(languages::checked(tag).as_deref(), Ok(tag));
        assert_ne!(languages::own_name(tag), tag);
    }
}

#[test]
fn a_date_in_words_is_read_and_one_in_doubt_is_not() {
    let built = page("title: A\ndate: 1er mars 2026").build_html();
    built.told("front-matter-taken").at("content/a.md", 3).is("note");
    assert!(built.file("html/fr/a/index.html").contains("Publié le 1er mars 2026<"));
    for (date, code) in [
        ("12/05/2026", "date-unclear"),
        ("2026-02-30", "front-matter-wrong-type"),
        ("bientôt", "front-matter-wrong-type"),
    ] {
        let built = page(&format!("title: A\ndate: {date}")).build_html();
        built.told(code).at("content/a.md", 3).is("warning");
        assert!(!built.file("html/fr/a/index.html").contains("page-date"), "{date}");
    }
    let told = page("title: A\ndate: 12/05/2026").build_html().told("date-unclear");
    assert!(told.hint.contains("2026-05-12"), "{told:?}");
}

#[test]
fn a_date_to_come_is_not_the_publications() {
    let built = page("title: A\ndate: 2999-01-01").build_html();
    built.told("page-date-ahead").in_file("content/a.md").is("warning");
    let told = built.told("date-from-pages").in_file("plantin.toml").is("note");
    assert!(told.message.contains("2024-09-16"), "{told:?}");
    assert_eq!(built.manifest()["publication"]["date"], "2024-09-16");
}

#[test]
fn an_event_is_announced_with_its_file_and_not_published_on_its_day() {
    let front = "title: Portes ouvertes\ndate: 2026-05-12\nupdated: 2026-03-01\nevent:\n  \
                 start: 2026-05-12 14:30\n  end: 2026-05-12 18:00\n  place: Mairie, Lyon";
    let built = page(front).build_with(&["--format", FORMATS, "--verify"]);
    assert_eq!(built.code, Some(0), "{built}");
    let page = built.file("html/fr/a/index.html");
    let line = "Événement : 12 mai 2026 à 14 h 30 – 18 h, Mairie, Lyon";
    let plain = |text: &str| text.replace(['\u{A0}', '\u{202F}'], " ");
    assert!(plain(&page).contains(line), "{page}");
    assert!(!plain(&page).contains("Publié le 12 mai"), "{page}");
    assert!(plain(&page).contains("Mis à jour le 1er mars 2026"), "{page}");
    assert!(page.contains("\"@type\":\"Event\"") && page.contains("2026-05-12T14:30:00"));
    assert!(page.contains("\"dateModified\":\"2026-03-01\""), "{page}");
    assert!(page.contains("<a href=\"event.ics\" type=\"text/calendar\">"), "{page}");
    assert!(plain(&built.chapter("fr", "page-a.xhtml")).contains(line));
    let file = built.file("html/fr/a/event.ics");
    for part in [
        "BEGIN:VCALENDAR\r\n",
        "UID:https://essai.example/fr/a/\r\n",
        "DTSTART:20260512T143000\r\n",
        "DTEND:20260512T180000\r\n",
        "SUMMARY:Portes ouvertes\r\n",
        "LOCATION:Mairie\\, Lyon\r\n",
    ] {
        assert!(file.contains(part), "{part} in {file}");
    }
    assert!(built.file("html/sitemap.xml").contains("<lastmod>2026-03-01</lastmod>"));
}

#[test]
fn an_event_that_says_too_little_is_told() {
    for (event, code, severity) in [
        ("event:\n  place: Lyon", "event-without-start", "error"),
        ("event:\n  start: bientôt", "event-without-start", "error"),
        (
            "event:\n  start: 2026-05-12\n  end: 2026-05-11",
            "event-ends-before",
            "warning",
        ),
        ("event:\n  start: 2026-05-12\n  salle: 3", "event-key-unknown", "warning"),
    ] {
        let built = page(&format!("title: A\n{event}")).build_html();
        built.told(code).is(severity);
        assert!(is_published(&built), "{event}");
    }
    let days =
        page("title: A\nevent:\n  start: 2026-05-12\n  end: 14 mai 2026").build_html();
    let file = days.file("html/fr/a/event.ics");
    assert!(
        file.contains("DTSTART;VALUE=DATE:20260512\r\nDTEND;VALUE=DATE:20260515\r\n"),
        "{file}"
    );
}
