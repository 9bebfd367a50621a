//! Markup that failed to be markup: what looks like a link, a heading, a table … and is
//! published as it is written. Each is told with its place, what can be meant in one way only
//! is read so, and what means itself is left in peace.

use plantin::{
    document::{Block, Inline, Language},
    source::{self, Options, stray},
    translation::{check, glossary::Glossary, proofreading::Rules},
};
use proptest::prelude::*;

use super::support::{FORMATS, PNG, Site};

/// What is said of the body of a page: codes and lines, from the body's first.
fn told(body: &str) -> Vec<(&'static str, u32)> {
    let read = source::read(body, &Options::default());
    let told = read.diagnostics.iter();
    told.filter(|it| it.code != "title-missing")
        .map(|it| (it.code, it.place.map_or(0, |it| it.line)))
        .collect()
}

/// Only what this file is about.
fn strays(body: &str) -> Vec<(&'static str, u32)> {
    let ours = |code: &str| {
        code.starts_with("stray-")
            || matches!(
                code,
                "code-not-closed"
                    | "table-cell-dropped"
                    | "merge-conflict"
                    | "link-without-address"
                    | "footnote-undefined"
                    | "address-with-spaces"
                    | "container-name-meant"
                    | "callout-text-beside-name"
                    | "pasted-from-office"
            )
    };
    told(body).into_iter().filter(|it| ours(it.0)).collect()
}

/// All cases are looked at, so that one run says all that is wrong.
#[track_caller]
fn assert_told<'a>(cases: impl IntoIterator<Item = (&'a str, &'static str, u32)>) {
    let mut wrong = Vec::new();
    for (body, code, line) in cases {
        let found = strays(body);
        if found != [(code, line)] {
            wrong.push(format!("{body:?}: {found:?}, not {code} in line {line}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn markup_that_failed_is_told_with_its_line() {
    let cases = [
        ("Voir ![x](photo été 2026) ici.", "stray-image", 1),
        ("Voir ![x] (images/a.jpg) ici.", "stray-image", 1),
        ("Voir ![[plan.png]] ici.", "stray-image", 1),
        ("Une image : ![Plan du site]", "stray-image", 1),
        ("Un\n[texte](ma page) ici.", "stray-link", 2),
        ("Un [**gras** ici](ma page).", "stray-link", 1),
        ("Le [site] (https://exemple.fr/) ici.", "stray-link", 1),
        ("Le [site] (/fr/page/) ici.", "stray-link", 1),
        ("Le (site)[https://exemple.fr/] ici.", "stray-link", 1),
        ("Voir [[Ma page]].", "stray-link", 1),
        ("Voir [](ma page).", "stray-link", 1),
        ("Voir [x][nope].", "stray-reference", 1),
        ("Voir [x][].", "stray-reference", 1),
        ("Voir [ici].\n\n[ici] : https://exemple.fr/", "stray-reference", 3),
        ("Un mot[^note à moi].", "stray-footnote", 1),
        ("Un mot^[la note] ici.", "stray-footnote", 1),
        ("Un mot[^absente].", "footnote-undefined", 1),
        ("> [!TRUC]\n> Texte.", "stray-callout", 1),
        ("[!NOTE]\nTexte.", "stray-callout", 1),
        ("## Un {#délai}", "stray-attributes", 1),
        ("Terme {#terme}\n: Sens.", "stray-attributes", 1),
        ("| a {.b} | c |\n| - | - |", "stray-attributes", 1),
        ("Un **gras ** ici.", "stray-emphasis", 1),
        ("Un ** gras** ici.", "stray-emphasis", 1),
        ("The ** word ** is there.", "stray-emphasis", 1),
        ("C’est**« très »**important.", "stray-emphasis", 1),
        ("Un __gras __ ici.", "stray-emphasis", 1),
        ("Un *mot * ici.", "stray-emphasis", 1),
        ("Un _mot _ ici.", "stray-emphasis", 1),
        ("Le **mot et la suite.", "stray-emphasis", 1),
        ("Un ~~mot barré ~~ ici.", "stray-emphasis", 1),
        ("Un ==mot surligné== ici.", "stray-emphasis", 1),
        ("Tapez `ls ici.", "stray-code", 1),
        ("Le code ```ls ici.", "stray-fence", 1),
        ("##Collé", "stray-heading", 1),
        ("Un.\n\n##\u{a0}Titre", "stray-heading", 3),
        ("#\u{a0}Titre", "stray-heading", 1),
        ("\u{a0}## Titre", "stray-heading", 1),
        ("\u{200b}## Titre", "stray-heading", 1),
        ("####### Titre", "stray-heading", 1),
        ("-\u{a0}puce", "stray-list", 1),
        ("Un :\n-\u{a0}puce\n-\u{a0}puce", "stray-list", 2),
        ("•\tun\n•\tdeux", "stray-list", 1),
        ("• un", "stray-list", 1),
        ("·\u{a0}un", "stray-list", 1),
        ("o\tun", "stray-list", 1),
        ("\u{f0b7}\tun", "stray-list", 1),
        ("-un\n-deux", "stray-list", 1),
        ("Un :\n2. deux\n3. trois", "stray-list", 2),
        ("| a | b |\n| 1 | 2 |", "stray-table", 1),
        ("| a | b |\n|---|\n| 1 | 2 |", "stray-table", 1),
        ("a | b\n1 | 2\n3 | 4", "stray-table", 1),
        ("| a | b |", "stray-table", 1),
        ("> | a | b |\n> | 1 | 2 |", "stray-table", 1),
        ("Nom\tPrénom\nDupont\tJean", "stray-tabs", 1),
        ("Nom \u{e001} ici", "stray-sign", 1),
        ("Le télé\u{ad}phone sonne", "stray-hidden", 1),
        ("Une pho\u{200b}to", "stray-hidden", 1),
        ("Un.\n\n```\ncode\n\nsuite", "code-not-closed", 3),
        ("~~~ sh\ncode\n```\n\nsuite", "code-not-closed", 1),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "table-cell-dropped", 3),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 | 3", "table-cell-dropped", 3),
        ("[a]()", "link-without-address", 1),
        (
            "<details>\n<summary>x</summary>\nUn **gras** ici.\n</details>",
            "stray-unread",
            3,
        ),
        ("<details><summary>x</summary>\n- un\n- deux\n</details>", "stray-unread", 2),
        ("<div>\n## Titre\n</div>", "stray-unread", 2),
        ("<div>\nUn [lien](/fr/a/) ici.\n</div>", "stray-unread", 2),
        ("> Un **gras ** ici.", "stray-emphasis", 1),
        ("- Un **gras ** ici.", "stray-emphasis", 1),
        ("1. a\n\n   Un **gras ** ici.", "stray-emphasis", 3),
        ("| a |\n|---|\n| **gras ** |", "stray-emphasis", 3),
        ("Un[^n].\n\n[^n]: Une note **grasse **.", "stray-emphasis", 3),
        ("[un **gras **](/fr/a/)", "stray-emphasis", 1),
    ];
    assert_told(cases);
}

#[test]
fn what_stands_in_front_matter_is_told_too() {
    for title in ["Un **gras** titre", "Voir [ici](/fr/a/)", "Du `code`"] {
        let page = format!("---\ntitle: \"{title}\"\n---\n\nTexte.");
        assert_told([(page.as_str(), "stray-unread", 2)]);
    }
}

#[test]
fn what_is_lost_is_an_error_and_what_is_only_shown_a_warning() {
    let severity = |body: &str, code: &str| {
        let told = source::read(body, &Options::default()).diagnostics;
        told.iter().find(|it| it.code == code).map(|it| it.severity.name())
    };
    let dropped = "| a | b |\n|---|---|\n| 1 | 2 | trois |";
    assert_eq!(severity(dropped, "table-cell-dropped"), Some("error"));
    assert_eq!(
        severity("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "merge-conflict"),
        Some("error")
    );
    assert_eq!(severity("**a **", "stray-emphasis"), None, "a letter is no word");
    assert_eq!(severity("**un **", "stray-emphasis"), Some("warning"));
    assert_eq!(severity("```\na", "code-not-closed"), Some("warning"));
    assert_eq!(severity("![x](a b.jpg)", "address-with-spaces"), Some("note"));
}

#[test]
fn the_cell_that_is_dropped_is_named() {
    let told = |body: &str| {
        let told = source::read(body, &Options::default()).diagnostics;
        let told = told.into_iter().find(|it| it.code == "table-cell-dropped");
        told.map(|it| it.args)
    };
    let args =
        told("| a | b |\n|---|---|\n| 1 | 2 | **trois** | 4 |").expect("it is told");
    assert_eq!(args[0], ("text", "**trois** | 4".to_owned()));
    for body in [
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a | b\n---|---\n1 | 2",
        "| a | b |\n|---|---|\n| 1 | 2 | |",
        "| a | b |\n|---|---|\n| 1 | 2 \\| 3 |",
        "| a | b |\n|---|---|\n| 1 |",
    ] {
        assert_eq!(told(body), None, "{body}");
    }
}

#[test]
fn what_means_itself_is_left_in_peace() {
    let bodies = [
        "Code : `**gras ** [x][y] | a |`.",
        "```\n##Collé\n**gras **\n[a](ma page)\n| a | b |\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```",
        "    ##Collé\n    - puce",
        "Échappé : \\*\\*gras \\*\\*, \\*mot \\*, \\[a](ma page), \\[a\\](b c.md), \\!\\[x](a b.jpg).",
        "\\##Collé\n\n\\- puce\n\n\\| a | b |\n\n\\[x][y] et \\[^une note].",
        "&#42;&#42;gras &#42;&#42; et &#35;&#35;Collé",
        "3 * 4 * 5 = 60, 2 ** 3, 2**3 + 4**2, a * b * c, x ** y ** z.",
        "Prix\\* hors taxes. Prix* HT et délai* en jours. Prix** TTC et coût** HT.",
        "** hors taxes\n** toutes taxes comprises",
        "* : provisoire ; ** : définitif.",
        "Un m**de et un p***in.",
        "#ServicePublic et #France : un mot-dièse.",
        "#ServicePublic simplifie vos démarches",
        "Le n° #12, la couleur #FFAA00 et `#id`.",
        "[…] le texte coupé [sic] et [NDLR : repris ici] (page 12).",
        "Voir [1] (https://exemple.fr/) et [2][3], l’intervalle [0, 1](0, 2).",
        "Attention ! [Voir la page](/fr/a/) ! Bravo ![…]",
        "Mots-clés : a | b | c",
        "Accueil | Aide | Contact",
        "|x| + |y| = |x + y|",
        "— Bonjour, dit-il.\n— Bonsoir.",
        "– Bonjour, dit-il.\n– Bonsoir.",
        "Il fait\n-5 °C ou\n+3 °C",
        "-5 °C",
        "Paris • Lyon • Marseille",
        "Paris • Lyon\n• Marseille • Lille",
        "Le fichier C:\\Documents\\a_b_c.txt, mon_fichier_ici.txt et __init__.py.",
        "Nom : ______ Prénom : ______",
        "contact@exemple.fr, a_b@c.fr, https://exemple.fr/a_b_(c)",
        "Il est 5 h ~ 6 h, ~100 personnes, 10 ~ 20.",
        "a == b, a === b, « == », -- et ==> ici.",
        "L’ensemble {a, b}, {x | x > 0} et {…}.",
        "| a |\n|---|\n| - |\n| # |\n| * |\n| - 5 % |\n| # dossier |\n| + |",
        "Il naquit en\n1802. Ce siècle avait deux ans.\n",
        "1° un ; 2° deux. a) un ; b) deux.",
        "Question : oui ☐ non ☐",
        "<span translate=\"no\">**mot ** et [x][y]</span>",
        "<div translate=\"no\">\n\n**mot ** et ##x\n\n</div>",
        "- [ ] à faire\n- [x] fait",
        "Un mot[^n].\n\n[^n]: Note.",
        "[un][lien].\n\n[lien]: https://exemple.fr/",
        "Un **gras**, un *italique*, un __gras__, ~~barré~~, H~2~O, x^2^.",
        "**Un *double* mot** et ***trois***",
        "# Titre\n\nTitre\n=====\n\n- a\n- b\n\n1. a\n2. b",
        "L'heure : 10:30 ; ratio 3:2 ::: fin",
        "> [!NOTE]\n> Texte.",
        "```\n\u{20}\n```",
        "Les fichiers *.txt et *.md, *.socket et *, ou **/*.rs.",
        "Tapez <kbd>*</kbd> puis <kbd>*</kbd>",
        "§ 3.* et § 4.*",
        "5*, 4* et 3* : hôtels classés",
        "Le symbole * (astérisque) et le symbole * encore.",
        "Les signes ( * ) et ( ** ) sont réservés.",
    ];
    let found = bodies.iter().map(|it| (it, strays(it)));
    let wrong: Vec<_> = found.filter(|it| !it.1.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_address_with_spaces_is_read_as_it_was_meant() {
    let link = |body: &str| {
        let read = source::read(body, &Options::default());
        let codes: Vec<&str> = read.diagnostics.iter().map(|it| it.code).collect();
        assert!(codes.contains(&"address-with-spaces"), "{body}: {codes:?}");
        match read.value.blocks.into_iter().next() {
            Some(Block::Figure(it)) => {
                (it.image.address, it.alternative.map(|it| it.to_plain()))
            }
            Some(Block::Paragraph(it)) => {
                let found = it.text.inlines.iter().find_map(|it| match it {
                    Inline::Link(it) => Some((it.address.clone(), None)),
                    Inline::Image(it) => Some((it.address.clone(), None)),
                    _ => None,
                });
                found.unwrap_or_else(|| panic!("no link: {:?}", it.text.inlines))
            }
            other => panic!("{other:?}"),
        }
    };
    let photo = ("images/photo été 2026.jpg".to_owned(), Some("Une photo".to_owned()));
    assert_eq!(link("![Une photo](images/photo été 2026.jpg)"), photo);
    let to = |address: &str| (address.to_owned(), None);
    assert_eq!(link("Un [a](ma page.md)."), to("ma page.md"));
    assert_eq!(link("Un [**a** b](ma page.md)."), to("ma page.md"));
    assert_eq!(link("Un [a](faq.md#Comment annuler)"), to("faq.md#Comment annuler"));
    assert_eq!(link("Un [a](photo (2) b.jpg)"), to("photo (2) b.jpg"));
    assert_eq!(link("Un [a](/ma page/)"), to("/ma page/"));
    assert_eq!(link("Un [a](../ma page)"), to("../ma page"));
    assert_eq!(link("Un [a](ma page.md \"Titre\")"), to("ma page.md"));
    assert_eq!(link("Un ![a](b c.png) et [d](e f.md)"), to("b c.png"));
    for body in
        ["Un \\[a](ma page.md)", "Un [a](une note de bas de page)", "`[a](b c.md)`"]
    {
        let read = source::read(body, &Options::default());
        let codes: Vec<&str> = read.diagnostics.iter().map(|it| it.code).collect();
        assert!(!codes.contains(&"address-with-spaces"), "{body}: {codes:?}");
    }
}

#[test]
fn boxes_have_names_in_french_and_of_other_programs() {
    let kind = |body: &str| {
        let read = source::read(body, &Options::default());
        match read.value.blocks.into_iter().next() {
            Some(Block::Callout(it)) => {
                let title = it.title.map(|it| it.to_plain()).unwrap_or_default();
                (it.kind.name(), title, it.blocks.len())
            }
            other => panic!("{body}: {other:?}"),
        }
    };
    let of = |name, title: &str, blocks| (name, title.to_owned(), blocks);
    assert_eq!(kind("> [!ATTENTION]\n> Texte."), of("warning", "", 1));
    assert_eq!(kind("> [!AVERTISSEMENT]\n> Texte.\n>\n> Deux."), of("warning", "", 2));
    assert_eq!(kind("> [!Remarque] Un titre\n> Texte."), of("note", "Un titre", 1));
    assert_eq!(kind("> [!ASTUCE] texte"), of("tip", "", 1));
    assert_eq!(kind("> [!NOTE] texte"), of("note", "", 1));
    assert_eq!(kind("> [!NOTE] Titre\n> texte"), of("note", "Titre", 1));
    assert_eq!(kind("> [!DANGER]\n> Texte."), of("error", "", 1));
    assert_eq!(kind("> [!À noter]\n> Texte."), of("note", "", 1));
    assert_eq!(kind(">[!NOTE]\n>Texte."), of("note", "", 1));
    assert_eq!(kind("> [!info]- Titre\n> Texte."), of("info", "Titre", 1));
    assert_eq!(kind("> [!ATTENTION]\n> - a\n> - b"), of("warning", "", 1));
    assert_eq!(kind(":::attention Titre\n\nTexte.\n\n:::"), of("warning", "Titre", 1));
    assert_eq!(kind("::: Remarque\n\nTexte.\n\n:::"), of("note", "", 1));
    assert_eq!(strays("> [!ATTENTION]\n> Texte."), [("container-name-meant", 1)]);
    assert_eq!(strays("> [!NOTE] texte"), [("callout-text-beside-name", 1)]);
    assert_eq!(strays(":::astuce\n\nTexte.\n\n:::"), [("container-name-meant", 1)]);
    let escaped = source::read("> \\[!ATTENTION]\n> Texte.", &Options::default());
    assert!(matches!(escaped.value.blocks[0], Block::Quote(_)));
    assert_eq!(
        escaped.diagnostics.iter().filter(|it| it.code.starts_with("stray")).count(),
        0
    );
}

#[test]
fn a_pasted_passage_is_told_once() {
    let outlook = "Avant.\n\n\
        <p class=MsoNormal><b><span style='color:red'>Bonjour,<o:p></o:p></span></b></p>\n\
        <!--[if !supportLists]--><span style='mso-list:Ignore'>·</span><!--[endif]-->\n\
        <p class=\"MsoListParagraph\" style='text-indent:-18pt' align=center>Un<o:p></o:p></p>\n\n\
        <p class=MsoNormal>Deux<o:p>&nbsp;</o:p></p>\n\nAprès.";
    assert_eq!(told(outlook), [("pasted-from-office", 3)]);
    let twice = format!(
        "{outlook}\n{}<p class=MsoNormal>Trois<o:p></o:p></p>",
        "\nUn.\n".repeat(9)
    );
    assert_eq!(told(&twice).len(), 2);
    let word = "•\tun\n\n•\tdeux\n\n•\ttrois\n\nNom\tPrix\nA\t1\nB\t2";
    assert_eq!(told(word), [("stray-list", 1), ("stray-tabs", 7)]);
    for code in [
        "`<o:p>` et `class=MsoNormal`",
        "```html\n<p class=MsoNormal>a<o:p></o:p></p>\n```",
    ] {
        assert_eq!(told(code), [], "{code}");
    }
    // What is lost is still told by itself.
    let lost = told("<p class=MsoNormal>a</p>\n<script>b</script>");
    assert!(lost.iter().any(|it| it.0 == "html-dropped"), "{lost:?}");
}

/// What the proof-reader says of a translation, of our kind.
fn in_translation(source: &str, translation: &str) -> Vec<String> {
    let (language, glossary) = (Language::new("en"), Glossary::default());
    let rules = Rules { language: &language, glossary: &glossary };
    let found = check::findings(source, translation, &[], &rules);
    let ours = found.into_iter().filter(|it| it.check == "stray");
    ours.map(|it| it.diagnostic.args[0].1.clone()).collect()
}

#[test]
fn markup_that_failed_in_a_translation_is_told() {
    let cases = [
        ("C’est **« très »** important.", "This is**“very”**important.", "emphasis"),
        ("Le **mot** est là.", "The ** word ** is there.", "emphasis"),
        ("Les deux.", "# The two.", "heading"),
        ("Les deux.", "##The two.", "heading"),
        ("Les deux.", "- The two.", "list"),
        ("Les deux.", "• The two.", "list"),
        ("Note", "::: note", "container"),
        ("Délai", "Deadline {#deadline}", "attributes"),
        ("Un lien ici", "A [link](my page) here", "link"),
        ("Un lien ici", "A [link] (https://example.org/) here", "link"),
        ("Une note ici", "A note[^my note] here", "footnote"),
        ("Attention", "[!WARNING] Beware", "callout"),
        ("Un mot", "A *word * here", "emphasis"),
        ("a b", "| a | b |", "table"),
    ];
    for (source, translation, kind) in cases {
        assert_eq!(in_translation(source, translation), [kind], "{translation}");
    }
}

#[test]
fn a_translation_may_say_what_its_source_says() {
    let cases = [
        ("Un **gras ** ici", "A **bold ** here"),
        ("Le **mot** est là.", "The **word** is there."),
        ("3 \\* 4", "3 \\* 4"),
        ("Prix\\*", "Price\\*"),
        ("Le n° 5", "# 5"),
        ("Les deux.", "\\# The two."),
        ("Le mot", "The \\*\\* word \\*\\*"),
    ];
    for (source, translation) in cases.into_iter().filter(|it| it.1 != "# 5") {
        assert_eq!(
            in_translation(source, translation),
            Vec::<String>::new(),
            "{translation}"
        );
    }
}

#[test]
fn the_flag_that_the_message_names_silences_it() {
    let (language, glossary) = (Language::new("en"), Glossary::default());
    let rules = Rules { language: &language, glossary: &glossary };
    let flags = ["no-check-stray".to_owned()];
    let found = check::findings("Les deux.", "# The two.", &flags, &rules);
    assert!(found.iter().all(|it| it.check != "stray"), "{found:?}");
    assert!(check::CHECKS.contains(&"stray"));
}

#[test]
fn a_page_that_git_could_not_merge_is_withheld() {
    let conflict =
        "---\ntitle: A\n---\n\n<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> autre\n";
    let built = Site::new()
        .page("a.md", conflict)
        .page("b.md", "---\ntitle: B\n---\n\nTexte.\n")
        .build_html();
    built.told("merge-conflict").at("content/a.md", 5).is("error");
    let others =
        built.all_diagnostics().into_iter().filter(|it| it.file == "content/a.md");
    assert_eq!(others.count(), 1, "{built}");
    assert_eq!(built.code, Some(1), "{built}");
    assert!(!built.has("html/fr/a/index.html"));
    assert!(built.has("html/fr/b/index.html"));
    // In the front matter as well, and where one side has code.
    for page in [
        "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\n---\n\nTexte.\n",
        "<<<<<<< HEAD\n```\na\n=======\nb\n>>>>>>> x\n",
        "Un.\n\n>>>>>>> x\n\n=======\n>>>>>>> y\n",
    ] {
        let told = source::read(page, &Options::default()).diagnostics;
        assert!(told.iter().any(|it| it.code == "merge-conflict"), "{page}");
    }
}

/// A page with everything that is read as it was meant.
const MEANT: &str = "---\ntitle: A\n---\n\n\
    ![Une photo](images/photo été 2026.png)\n\n\
    Voir [la **page**](ma page.md) et [un titre](ma page.md#Comment annuler), \
    puis ![petite](images/photo été 2026.png) ici.\n\n\
    > [!ATTENTION] Un titre\n> Texte.\n\n\
    > [!ASTUCE]\n> Texte.\n\n\
    > [!NOTE] texte seul\n\n\
    :::remarque\n\nUn texte.\n\n:::\n\n\
    | a | b |\n|---|---|\n| 1 | [c](ma page.md) |\n";

#[test]
fn what_is_read_as_meant_comes_out_in_every_format() {
    let site = Site::new()
        .page("a.md", MEANT)
        .page("ma page.md", "---\ntitle: Ma page\n---\n\n## Comment annuler\n\nAinsi.\n")
        .bytes("content/images/photo été 2026.png", PNG);
    let built = site.build_with(&["--format", FORMATS, "--verify"]);
    assert_eq!(built.code, Some(0), "{built}");
    let page = built.file("html/fr/a/index.html");
    assert!(page.contains("alt=\"Une photo\""), "{page}");
    assert!(page.contains("ma%20page/#comment-annuler"), "{page}");
    for raw in ["](", "[!", "remarque"] {
        assert!(!page.contains(raw), "{raw}: {page}");
    }
    let notes = built.diagnostics("address-with-spaces");
    assert_eq!(notes.len(), 5, "{built}");
    built.told("link-to-heading-words").is("note");
    assert!(
        built.all_diagnostics().iter().all(|it| it.code != "link-to-nothing"),
        "{built}"
    );
}

#[test]
fn an_address_that_nobody_would_type_leads_where_it_was_meant_to() {
    let site = Site::new()
        .page("index.md", "---\ntitle: Accueil\n---\n\nBonjour.\n")
        .page("p/a.md", "---\ntitle: P\n---\n\nTexte.\n")
        .bytes("content/images/x.png", PNG);
    let built = |body: &str| {
        let page = format!("---\ntitle: B\n---\n\n{body}\n");
        let page = site.path("content/b.md").parent().map(|_| page).unwrap_or_default();
        std::fs::write(site.path("content/b.md"), page).expect("it can be written");
        let built = site.build_with(&["--format", "html", "--verify"]);
        let codes: Vec<String> = built
            .all_diagnostics()
            .into_iter()
            .map(|it| it.code)
            .filter(|it| it != "no-date")
            .collect();
        (built.file("html/fr/b/index.html"), codes)
    };
    for (body, shown, code) in [
        ("![x](images\\x.png)", "content/images/x.png", "address-with-backslash"),
        ("[p](p\\a.md)", "href=\"../p/a/\"", "address-with-backslash"),
        ("[p](/p/\u{ad}a/)", "href=\"../p/a/\"", "address-with-hidden-signs"),
        (
            "[p](https://exemple.\u{200b}org/)",
            "https://exemple.org/",
            "address-with-hidden-signs",
        ),
    ] {
        let (html, codes) = built(body);
        assert!(html.contains(shown), "{body}: {html}");
        assert_eq!(codes, [code], "{body}");
    }
    // What leads nowhere is told as it is written.
    assert_eq!(built("![x](images\\y.png)").1, ["image-missing"]);
}

#[test]
fn a_link_into_another_language_names_it() {
    let site = Site::new()
        .page("index.md", "---\ntitle: Accueil\n---\n\n[a](/en/) et [b](/fr/)\n");
    let html = site.build_html().file("html/fr/index.html");
    assert!(html.contains("/en/\" hreflang=\"en\">a</a>"), "{html}");
    assert!(html.contains(">b</a>") && !html.contains("hreflang=\"fr\">b"), "{html}");
}

#[test]
fn an_address_of_one_computer_or_of_an_email_is_named_so() {
    let body = "---\ntitle: A\n---\n\n\
        ![Une](C:\\Users\\a\\photo.jpg)\n\n\
        ![Une](file:///C:/photo.jpg)\n\n\
        ![Une](cid:image001.png@01D)\n\n\
        [a](C:/Users/a.pdf)\n\n\
        [b](www.exemple.fr)\n\n\
        [c](presse@exemple.fr)\n\n\
        [d](page.md)\n";
    let built = Site::new().page("a.md", body).build_html();
    let lines = |code: &str| {
        built.diagnostics(code).into_iter().map(|it| it.line).collect::<Vec<_>>()
    };
    assert_eq!(lines("address-on-a-computer"), [Some(5), Some(7), Some(11)], "{built}");
    assert_eq!(lines("address-in-an-email"), [Some(9)], "{built}");
    assert_eq!(lines("link-without-scheme"), [Some(13), Some(15)], "{built}");
    assert_eq!(lines("link-to-nothing"), [Some(17)], "{built}");
    assert_eq!(lines("image-on-another-host"), [], "{built}");
}

/// Ordinary words, signs and numbers, as people write them in running text.
fn ordinary() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zéèàç]{2,9}",
        1 => Just("l’été".to_owned()),
        1 => "[1-9][0-9]{0,3}(,[0-9]{2})?\u{202f}€",
        1 => "[1-9] \\* [1-9]",
        1 => "[a-z] \\* [a-z]",
        1 => "[1-9] × [1-9]",
        1 => "#[A-Z][a-z]{3,8}",
        1 => "[a-z]{3,6}@[a-z]{3,6}\\.fr",
        1 => "https://[a-z]{3,6}\\.fr/[a-z_]{1,8}",
        1 => "«\u{a0}[a-z]{3,6}\u{a0}»",
        1 => "\\([a-z]{3,6}\\)",
        1 => "\\[[a-z]{3,6}\\]",
        1 => "\\[…\\]",
        1 => "[a-z]{2,5}_[a-z]{2,5}\\.txt",
        1 => "[a-z]{3,6}/[a-z]{3,6}\\.pdf",
        1 => "C:\\\\[A-Z][a-z]{3,6}",
        1 => "[1-9]\u{a0}%",
        1 => "~[1-9]0",
        1 => "n° [1-9]",
        1 => "§ [1-9]",
        1 => "[a-z]{3,6}·e·s",
        1 => "[a-z]{3,6}\\(s\\)",
        1 => "& [a-z]{3,6}",
        1 => "[a-z]{2,4} = [0-9]",
        1 => "[0-9] < [0-9]",
        1 => "[a-z]{3,5}\\*",
        1 => "— [a-z]{3,6} —",
        1 => "– [a-z]{3,6} –",
        1 => "[a-z]{3,6}…",
        1 => "[a-z]{3,6}\u{a0}: [a-z]{3,6}",
        1 => "[a-z]{3,6}\u{202f}!",
        1 => "1er",
        1 => "[a-z]{3,5}\\^2",
        1 => "\\$[0-9]{1,3}",
        1 => "\"[a-z]{3,6}\"",
        1 => "[a-z]{3,6} \\| [a-z]{3,6}",
    ];
    proptest::collection::vec(piece, 1..14).prop_map(|it| format!("{}.", it.join(" ")))
}

/// Good markup, and the same with a slip.
fn slips() -> impl Strategy<Value = (String, String)> {
    let word = || "[a-zéà]{3,8}";
    prop_oneof![
        word().prop_map(|it| (format!("**{it}**"), format!("**{it} **"))),
        word().prop_map(|it| (format!("**{it}**"), format!("** {it}**"))),
        word().prop_map(|it| (format!("**{it}**"), format!("** {it} **"))),
        word().prop_map(|it| (format!("*{it}*"), format!("*{it} *"))),
        word().prop_map(|it| (format!("[{it}](/fr/a/)"), format!("[{it}] (/fr/a/)"))),
        word().prop_map(|it| (format!("[{it}](/fr/a/)"), format!("({it})[/fr/a/]"))),
        word().prop_map(|it| (format!("[{it}](<a b>)"), format!("[{it}](a b)"))),
        word().prop_map(|it| (format!("![{it}](<a b>)"), format!("![{it}](a b)"))),
        word().prop_map(|it| (format!("`{it}`"), format!("`{it}"))),
        word().prop_map(|it| (format!("~~{it}~~"), format!("~~{it} ~~"))),
    ]
}

proptest! {
    #[test]
    fn ordinary_prose_gives_no_alarm(first in ordinary(), second in ordinary()) {
        let body = format!("{first}\n\n- {second}\n\n> {first}\n{second}\n");
        // A line may begin with what makes a list or a heading there.
        let found = strays(&body);
        prop_assert!(found.is_empty(), "{:?}\n{}", found, body);
    }

    #[test]
    fn good_markup_gives_no_alarm_and_a_slip_in_it_one(
        (good, slip) in slips(),
        before in "[a-zé]{2,8}( [a-zé]{2,8}){0,4}",
        after in "[a-zé]{2,8}( [a-zé]{2,8}){0,4}",
    ) {
        prop_assert_eq!(strays(&format!("{before} {good} {after}")), []);
        let found = strays(&format!("{before} {slip} {after}"));
        prop_assert_eq!(found.len(), 1, "{} {:?}", slip, found);
    }

    #[test]
    fn any_signs_are_looked_at(text in "[*_#|`~\\[\\](){}!^:<>. \n\tab\\\\-]{0,60}") {
        for setting in [stray::Setting::Block, stray::Setting::Cell, stray::Setting::Unit] {
            let words = [Inline::Text(text.replace('\n', " "))];
            for found in stray::strays(&words, &text, setting) {
                prop_assert!(text.get(found.range).is_some());
            }
        }
        source::read(&text, &Options::default());
    }
}
