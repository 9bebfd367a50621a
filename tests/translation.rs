//! Units, catalogues, and documents in another language.

use std::{collections::BTreeMap, fmt::Write as _, process::Command};

use proptest::prelude::*;

use plantin::{
    diagnostic::Checked,
    document::{Document, Inline, Language, State, Text, text, walk},
    source,
    translation::{
        self, Catalogue, Context, OnMissing, OnStale, Outcome, Policy, Tally, extract,
    },
};

use super::support::{corpus, files, skip};

const HEADER: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\
    \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

fn document(text: &str) -> Document {
    let options =
        source::Options { language: Language::new("fr"), name: "page".to_owned() };
    let mut document = source::read(text, &options).value;
    translation::number(&mut document);
    document
}

fn english() -> Language {
    Language::new("en")
}

fn context() -> Context {
    Context {
        language: english(),
        source_language: Language::new("fr"),
        file: "content/page.md".into(),
        address: "https://essai.example/fr/page/".to_owned(),
        project: "essai".to_owned(),
    }
}

fn read(text: &str) -> Catalogue {
    Catalogue::read(text).value.expect("the test gives a catalogue")
}

/// The codes of what is wrong with a catalogue.
fn faults(text: &str) -> Vec<&'static str> {
    Catalogue::read(text).diagnostics.iter().map(|it| it.code).collect()
}

/// The catalogue of a page, brought up to date.
fn update(page: &str, old: &str) -> String {
    extract(&document(page), &context(), Some(&read(old))).value.write()
}

fn quote(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

/// A catalogue of these translations.
fn po(translations: &[(&str, &str)]) -> String {
    let mut text = HEADER.to_owned();
    for (id, translation) in translations {
        let (id, translation) = (quote(id), quote(translation));
        write!(text, "msgid {id}\nmsgstr {translation}\n\n").expect("a string takes all");
    }
    text
}

fn apply(page: &Document, catalogue: &str, policy: Policy) -> Checked<Outcome> {
    translation::apply(page, Some(&read(catalogue)), &english(), policy)
}

/// The texts of a page with their states and languages, the title left out.
fn shown(document: &Document) -> Vec<(String, State, Option<String>)> {
    let mut all = Vec::new();
    walk::texts(document, &mut |_, text| {
        let language = text.language.as_ref().map(ToString::to_string);
        all.push((text.to_plain(), text.state, language));
    });
    all.split_off(1)
}

/// A page of one paragraph.
fn line(markdown: &str) -> String {
    format!("---\ntitle: Titre\n---\n\n{markdown}\n")
}

/// What is shown of a page of one paragraph with this translation.
fn translated(markdown: &str, translation: &str) -> (String, State) {
    let page = document(&line(markdown));
    let mut id = String::new();
    walk::texts(&page, &mut |_, text| id = source::line::write(&text.inlines));
    let outcome = apply(&page, &po(&[(&id, translation)]), Policy::default()).value;
    let (words, state, _) = shown(&outcome.document).remove(0);
    (words, state)
}

/// The document without its words, their states and their languages.
fn structure(document: &Document) -> Document {
    let mut document = document.clone();
    document.language = Language::default();
    walk::texts_mut(&mut document, &mut |_, text| {
        *text = Text {
            place: text.place,
            unit: std::mem::take(&mut text.unit),
            ..Text::default()
        };
    });
    document
}

/// Every link, image, call of a footnote and code of a document, in order of names.
fn references(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    walk::texts(document, &mut |_, text| {
        walk::inlines(&text.inlines, &mut |inline| {
            all.extend(match inline {
                Inline::Link(it) => Some(format!("link {}", it.address)),
                Inline::Image(it) => Some(format!("image {}", it.address)),
                Inline::Footnote(it) => Some(format!("note {}", it.label)),
                Inline::Code(it) => Some(format!("code {it}")),
                _ => None,
            });
        });
    });
    all.sort();
    all
}

/// A catalogue that translates each unit by itself.
fn identity(page: &Document) -> String {
    let text = extract(page, &context(), None).value.write();
    let mut out = String::new();
    let mut id = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("msgid ") {
            id = rest.to_owned();
        } else if line.starts_with('"') {
            id.push('\n');
            id.push_str(line);
        }
        if line == "msgstr \"\"" && id != "\"\"" {
            writeln!(out, "msgstr {id}").expect("a string takes all");
        } else {
            writeln!(out, "{line}").expect("a string takes all");
        }
    }
    out
}

#[test]
fn every_unit_has_an_address_and_the_same_text_another() {
    let page = document("# Un\n\nDeux.\n\n12\n\nDeux.\n\nDeux .\n");
    let mut units = Vec::new();
    walk::texts(&page, &mut |_, text| units.push((text.to_plain(), text.unit.clone())));
    let of = |words: &str| -> Vec<&str> {
        units.iter().filter(|it| it.0 == words).map(|it| it.1.as_str()).collect()
    };
    let two = of("Deux.");
    assert!(two[0].starts_with("u-") && two[0].len() == 10, "{two:?}");
    assert_eq!(two[1], format!("{}-2", two[0]));
    assert_ne!(of("Deux .")[0], two[0]);
    assert_eq!(of("12"), [""]);
}

#[test]
fn a_catalogue_tells_what_each_unit_is_and_where_it_stands() {
    let page = document(
        "---\ntitle: Titre\n---\n\n## Partie\n\nUn *mot* et [lien](/fr/x/).\n\n| A |\n|---|\n| b |\n",
    );
    let text = extract(&page, &context(), None).value.write();
    let expected = r#"msgid ""
msgstr ""
"Project-Id-Version: essai\n"
"PO-Revision-Date: \n"
"Last-Translator: \n"
"Language-Team: \n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Plantin\n"
"X-Source-Language: fr\n"
"X-Plantin-Rule: 1\n"
"X-Plantin-Page: content/page.md\n"

#. page title
#. https://essai.example/fr/page/
#: content/page.md:2
msgid "Titre"
msgstr ""

#. heading 2
#. https://essai.example/fr/page/
#: content/page.md:5
msgid "Partie"
msgstr ""

#. paragraph
#. https://essai.example/fr/page/
#: content/page.md:7
msgid "Un *mot* et [lien](/fr/x/)."
msgstr ""

#. table header, column 1
#. https://essai.example/fr/page/
#: content/page.md:9
msgid "A"
msgstr ""

#. table cell, column 1
#. https://essai.example/fr/page/
#: content/page.md:11
msgid "b"
msgstr ""
"#;
    assert_eq!(text, expected);
}

#[test]
fn the_same_text_in_two_places_is_one_entry() {
    let text = extract(&document("# Un\n\nUn\n\n- Un\n"), &context(), None).value.write();
    let entry = text.split("\n\n").nth(1).expect("there is an entry");
    assert_eq!(text.matches("msgid \"Un\"").count(), 1);
    assert!(entry.contains("#. paragraph\n#. list item\n"), "{entry}");
    assert!(entry.contains("content/page.md:3 content/page.md:5"), "{entry}");
}

#[test]
fn the_path_of_a_catalogue_mirrors_its_page() {
    assert_eq!(
        translation::path(&english(), "mission/index.md"),
        "en/content/mission/index.po"
    );
}

#[test]
fn a_page_is_shown_with_what_its_catalogue_has() {
    let page = document("---\ntitle: Titre\n---\n\nUn.\n\nDeux.\n\n12\n");
    let catalogue = po(&[("Titre", "Title"), ("Un.", "One."), ("Deux.", "")]);
    let shown_page = apply(&page, &catalogue, Policy::default());
    assert_eq!(shown_page.diagnostics, []);
    assert_eq!(shown_page.value.document.meta.title.to_plain(), "Title");
    assert_eq!(
        shown(&shown_page.value.document),
        [
            ("One.".to_owned(), State::Translated, None),
            ("Deux.".to_owned(), State::Missing, Some("fr".to_owned())),
            ("12".to_owned(), State::Source, None),
        ]
    );
}

#[test]
fn without_a_catalogue_everything_is_missing_and_shown() {
    let page = document("# Titre\n\nUn.\n");
    let outcome = translation::apply(&page, None, &english(), Policy::default()).value;
    assert!(shown(&outcome.document).iter().all(|it| it.1 == State::Missing));
    assert!(!outcome.omit);
}

#[test]
fn a_page_in_its_own_language_is_left_as_it_is() {
    let page = document("# Titre\n\nUn.\n");
    let french = Language::new("fr");
    let outcome = translation::apply(&page, None, &french, Policy::default()).value;
    assert_eq!(outcome.document, page);
}

#[test]
fn flags_tell_where_a_translation_stands() {
    let states = [
        ("", State::Translated),
        ("#, reviewed\n", State::Reviewed),
        ("#, fuzzy\n", State::Draft),
        ("#, draft\n", State::Draft),
        ("#, fuzzy, draft\n#| msgid \"Uns.\"\n", State::Draft),
        ("#, fuzzy\n#| msgid \"Uns.\"\n", State::Stale),
    ];
    for (flags, state) in states {
        let catalogue = format!("{HEADER}{flags}msgid \"Un.\"\nmsgstr \"One.\"\n");
        let outcome = apply(&document(&line("Un.")), &catalogue, Policy::default()).value;
        let words = if state.is_marked() { "Un." } else { "One." };
        let language = state.is_marked().then(|| "fr".to_owned());
        assert_eq!(
            shown(&outcome.document),
            [(words.to_owned(), state, language)],
            "{flags}"
        );
    }
}

#[test]
fn an_old_translation_is_shown_where_the_policy_asks_for_it() {
    let page = document(&line("Un [lien](/a)."));
    let entry = |previous: &str, translation: &str| {
        format!(
            "{HEADER}#, fuzzy\n#| msgid \"{previous}\"\nmsgid \"Un [lien](/a).\"\nmsgstr \"{translation}\"\n"
        )
    };
    let policy = Policy { stale: OnStale::Previous, ..Policy::default() };
    let show = |catalogue: String| {
        let outcome = apply(&page, &catalogue, policy);
        assert_eq!(outcome.diagnostics, []);
        shown(&outcome.value.document).remove(0)
    };
    let old = show(entry("Le [lien](/a).", "The [link](/a)."));
    assert_eq!(old, ("The link.".to_owned(), State::Stale, None));
    for unfit in ["The [link](/b).", "The *[link](/a)*.", "The [link](/a){.big}."] {
        let source = show(entry("Le [lien](/b).", unfit));
        assert_eq!(source, ("Un lien.".to_owned(), State::Stale, Some("fr".to_owned())));
    }
}

#[test]
fn policies_leave_a_page_out_or_fail() {
    let page = document("# Titre\n\nUn.\n");
    let missing = po(&[("Titre", "Title")]);
    let stale = format!(
        "{}#, fuzzy\n#| msgid \"Uns.\"\nmsgid \"Un.\"\nmsgstr \"One.\"\n",
        po(&[("Titre", "Title")])
    );
    let cases = [
        (&missing, OnMissing::Source, OnStale::Fail, false, None),
        (
            &missing,
            OnMissing::OmitPage,
            OnStale::Source,
            true,
            Some("policy-omit-missing"),
        ),
        (&missing, OnMissing::Fail, OnStale::Source, false, Some("policy-fail-missing")),
        (&stale, OnMissing::Fail, OnStale::Source, false, None),
        (&stale, OnMissing::Source, OnStale::OmitPage, true, Some("policy-omit-stale")),
        (&stale, OnMissing::Source, OnStale::Fail, false, Some("policy-fail-stale")),
    ];
    for (catalogue, missing, stale, omit, code) in cases {
        let outcome = apply(&page, catalogue, Policy { missing, stale });
        let codes: Vec<_> = outcome.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!((outcome.value.omit, codes), (omit, code.into_iter().collect()));
        assert!(shown(&outcome.value.document).iter().any(|it| it.0 == "Un."));
    }
}

#[test]
fn links_and_notes_keep_their_places_and_numbers() {
    let text =
        "---\ntitle: Titre\n---\n\nUn[^a] et [deux](/x)[^b].\n\n[^a]: A.\n\n[^b]: B.\n";
    let page = document(text);
    let catalogue = po(&[("Un[^a] et [deux](/x)[^b].", "[Two](/x)[^b] and one[^a].")]);
    let outcome = apply(&page, &catalogue, Policy::default()).value;
    let mut found = BTreeMap::new();
    for document in [&page, &outcome.document] {
        walk::texts(document, &mut |_, text| {
            walk::inlines(&text.inlines, &mut |inline| match inline {
                Inline::Footnote(it) => {
                    found
                        .entry(it.label.clone())
                        .or_insert_with(Vec::new)
                        .push(it.clone());
                }
                Inline::Link(it) => assert!(it.place.line == 5, "{it:?}"),
                _ => {}
            });
        });
    }
    for notes in found.values() {
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert_eq!(notes[0], notes[1]);
    }
}

#[test]
fn a_translation_that_keeps_what_its_source_holds_is_shown() {
    let fine = [
        ("Un *mot*.", "A word."),
        ("Un *mot*.", "A *word*, *really*."),
        ("Le [lien](/a) et `code`.", "`code` and the [link](/a)."),
        ("[Un](/a) et [deux](/a).", "[Two](/a) and [one](/a)."),
        ("Une <span lang=\"en\">culture</span>.", "A culture."),
        ("Le 1<sup>er</sup> janvier.", "The first of January."),
        ("L’heure : 10 h !", "The time: 10!"),
        ("Une ![carte](carte.png).", "A ![map](carte.png)."),
        ("Écrire à <contact@essai.example>.", "Write to <contact@essai.example>."),
        ("Oui", "# Yes"),
        ("Oui", "- yes"),
    ];
    for (source, translation) in fine {
        let (words, state) = translated(source, translation);
        assert_eq!(state, State::Translated, "{source} → {translation}: {words}");
    }
    assert_eq!(translated("Oui", "# Yes").0, "# Yes");
}

#[test]
fn a_translation_that_brings_in_or_leaves_out_what_it_must_not_is_refused() {
    let refused = [
        ("Un [lien](/a).", "A link.", "translation-lacks"),
        ("Un [lien](/a).", "A [link](/b).", "translation-lacks"),
        ("Un [lien](/a).", "A [](/a) link.", "translation-construct"),
        ("Un `mot`.", "A `word`.", "translation-lacks"),
        ("Une ![carte](c.png).", "A map.", "translation-lacks"),
        ("Une ![carte](c.png).", "A ![](c.png).", "translation-lacks"),
        ("Un ~~mot~~.", "A word.", "translation-lacks"),
        ("Un mot.", "A [word](/a).", "translation-adds"),
        ("Un mot.", "A [word](javascript:alert(1)).", "address-dangerous"),
        ("Un mot.", "<https://evil.example>", "translation-adds"),
        ("Un mot.", "![word](https://evil.example/x.png)", "translation-adds"),
        ("Un mot.", "A `word`.", "translation-adds"),
        ("Un mot.", "<a href=\"https://evil.example\">word</a>", "translation-adds"),
        ("Un [lien](/a).", "A [link](/a){.grand}.", "translation-lacks"),
        ("Un mot.", "<span class=\"grand\">A word.</span>", "translation-adds"),
        ("Un mot.", "A *word*.", "translation-marks"),
        ("Un mot.", "A<br>word.", "translation-marks"),
        ("Un mot.", "<span lang=\"de\">Ein</span> word.", "translation-marks"),
        ("Un mot.", "A <script>alert(1)</script> word.", "translation-construct"),
        ("Un mot.", "A wo\u{202e}rd.", "translation-hidden"),
        ("Un mot.", "A wo&#x202e;rd.", "translation-hidden"),
        ("Un mot.", "One.\n\nTwo.", "translation-paragraphs"),
        ("Un mot.", "&nbsp;", "translation-empty"),
    ];
    for (source, translation, code) in refused {
        assert_eq!(
            translated(source, translation),
            (translated(source, "").0, State::Missing),
            "{source} → {translation}"
        );
        let found = faults(&po(&[(source, translation)]));
        assert!(found.contains(&code), "{source} → {translation}: {found:?}");
    }
}

#[test]
fn a_translation_many_times_longer_than_its_source_is_refused() {
    let long = "word ".repeat(200_000);
    assert_eq!(faults(&po(&[("Un mot.", &long)])), ["translation-long"]);
    assert_eq!(translated("Un mot.", &long).1, State::Missing);
}

#[test]
fn a_refused_translation_is_reported_at_its_line() {
    let found = Catalogue::read(&po(&[("Un.", "One."), ("Un [lien](/a).", "A link.")]));
    let fault = &found.diagnostics[0];
    assert_eq!(fault.place.map(|it| it.line), Some(10));
    let args = [("kind", "link"), ("item", "/a"), ("source", "Un [lien](/a).")];
    assert_eq!(fault.args, args.map(|it| (it.0, it.1.to_owned())));
}

#[test]
fn a_translation_survives_a_change_of_typography() {
    let old =
        update(&line("L'été : « oui » !"), &po(&[("L'été : « oui » !", "Summer!")]));
    let new = update(&line("L’été\u{a0}: «\u{202f}oui\u{202f}»\u{202f}!"), &old);
    assert!(new.contains(
        "msgid \"L’été\u{a0}: «\u{202f}oui\u{202f}»\u{202f}!\"\nmsgstr \"Summer!\""
    ));
    assert!(!new.contains("#~") && !new.contains("fuzzy"), "{new}");
}

#[test]
fn a_text_that_is_gone_becomes_obsolete_and_comes_back() {
    let both = line("Un.\n\nDeux.");
    let first = update(&both, &po(&[("Un.", "One."), ("Deux.", "Two.")]));
    let gone = update(&line("Un."), &first);
    assert!(gone.ends_with("#~ msgid \"Deux.\"\n#~ msgstr \"Two.\"\n"), "{gone}");
    assert_eq!(update(&both, &gone), first);
}

#[test]
fn a_text_that_was_never_translated_is_forgotten_when_it_is_gone() {
    let gone = update(&line("Un."), &po(&[("Deux.", "")]));
    assert!(!gone.contains("Deux"), "{gone}");
}

#[test]
fn a_changed_text_is_stale_and_keeps_what_was_translated() {
    let before = line("Un.\n\nLe mouvement est libre.\n\nTrois.");
    let after = line("Un.\n\nLe mouvement est très libre.\n\nTrois.");
    let pairs =
        [("Un.", "One."), ("Le mouvement est libre.", "It is free."), ("Trois.", "3.")];
    let first = update(&before, &po(&pairs));
    let second = update(&after, &first);
    let changed = "#, fuzzy\n#| msgid \"Le mouvement est libre.\"\n\
                   msgid \"Le mouvement est très libre.\"\nmsgstr \"It is free.\"\n";
    assert!(second.contains(changed), "{second}");
    assert!(!second.contains("#~"), "{second}");

    let third = update(&line("Un.\n\nLe mouvement reste très libre.\n\nTrois."), &second);
    assert!(third.contains("#| msgid \"Le mouvement est libre.\""), "{third}");
    assert_eq!(update(&before, &third), first, "the former text is back");
}

#[test]
fn another_text_in_the_same_place_is_not_taken_for_a_change() {
    let old = po(&[
        ("Un.", "One."),
        ("Les moutons paissent.", "Sheep graze."),
        ("Trois.", "3."),
    ]);
    let new = update(&line("Un.\n\nVotre mairie ouvre lundi.\n\nTrois."), &old);
    assert!(new.contains("msgid \"Votre mairie ouvre lundi.\"\nmsgstr \"\"\n"), "{new}");
    assert!(new.contains("#~ msgid \"Les moutons paissent.\""), "{new}");
}

#[test]
fn of_several_changed_texts_each_finds_its_own() {
    let old = po(&[
        ("Le premier point de la liste est court.", "The first."),
        ("Une remarque sur la licence du logiciel.", "The second."),
    ]);
    let new = update(
        &line(
            "Une remarque sur la licence de ce logiciel.\n\nLe premier point de la liste est très court.",
        ),
        &old,
    );
    let at = |text: &str| new.find(text).unwrap_or_else(|| panic!("{text} in {new}"));
    assert!(at("The second.") < at("The first."), "{new}");
    assert_eq!(new.matches("#, fuzzy").count(), 2);
}

#[test]
fn a_proposal_for_a_changed_text_remains_a_proposal() {
    let old = format!(
        "{HEADER}#, fuzzy\nmsgid \"Le logiciel est libre.\"\nmsgstr \"It is free.\"\n"
    );
    let new = update(&line("Le logiciel est très libre."), &old);
    assert!(
        new.contains("#, fuzzy, draft\n#| msgid \"Le logiciel est libre.\""),
        "{new}"
    );
    assert_eq!(read(&new).tally(), Tally { draft: 1, missing: 1, ..Tally::default() });
}

#[test]
fn what_translators_add_is_kept() {
    let old = "# Jeanne\nmsgid \"\"\nmsgstr \"\"\n\"Last-Translator: Jeanne <j@essai.example>\\n\"\n\
               \"X-Domain: pages\\n\"\n\n# À revoir avec le service juridique.\n#, reviewed, no-wrap\n\
               msgid \"Un.\"\nmsgstr \"One.\"\n\n# la fin\n";
    let new = update(&line("Un."), old);
    for kept in [
        "# Jeanne\nmsgid \"\"",
        "\"Last-Translator: Jeanne <j@essai.example>\\n\"",
        "\"X-Domain: pages\\n\"",
        "# À revoir avec le service juridique.\n#. paragraph",
        "#, reviewed, no-wrap\n",
        "\n# la fin\n",
    ] {
        assert!(new.contains(kept), "{kept} in {new}");
    }
}

#[test]
fn what_other_tools_say_in_a_header_stays_when_it_is_right() {
    let header = |language: &str| {
        let fields = ["Language", "Plural-Forms", "X-Generator"];
        let values = [language, "nplurals=2; plural=n!=1;", "Poedit 3.4"];
        let lines = fields.iter().zip(values).map(|it| format!("{}: {}\\n", it.0, it.1));
        format!("msgid \"\"\nmsgstr \"{}\"\n", lines.collect::<String>())
    };
    let kept = update(&line("Un."), &header("en_GB"));
    for part in ["Language: en_GB", "plural=n!=1;", "Poedit 3.4"] {
        assert!(kept.contains(part), "{part} in {kept}");
    }
    let mended = update(&line("Un."), &header("de"));
    assert!(
        mended.contains("Language: en\\n") && mended.contains("(n != 1);"),
        "{mended}"
    );
}

#[test]
fn to_extract_twice_is_to_extract_once() {
    let page = "# Un\n\nDeux, changé un peu.\n\n- Trois\n- Un\n";
    let old = format!(
        "{}#~ msgid \"Vieux\"\n#~ msgstr \"Old\"\n",
        po(&[("Deux, un peu.", "Two."), ("Un", "One"), ("Parti.", "Gone.")])
    );
    let once = update(page, &old);
    assert_eq!(update(page, &once), once);
    assert_eq!(faults(&once), [""; 0]);
}

#[test]
fn a_catalogue_that_cannot_be_read_whole_is_not_rewritten() {
    let whole = po(&[("Un.", "One."), ("Deux.", "Two.")]);
    for damaged in [
        whole[..whole.len() - 6].to_owned(),
        format!("{whole}<<<<<<< HEAD\n"),
        format!("{whole}msgid \"Un.\"\nmsgstr \"Another.\"\n"),
    ] {
        let old = read(&damaged);
        assert!(old.is_damaged());
        let new = extract(&document(&line("Un.")), &context(), Some(&old));
        assert_eq!(new.value.write(), damaged);
        assert_eq!(new.diagnostics[0].code, "catalogue-not-updated");
    }
}

#[test]
fn a_catalogue_that_was_cut_is_used_up_to_there() {
    let whole = po(&[("Un.", "One."), ("Deux.", "Two.")]);
    let cut = &whole[..whole.len() - 6];
    assert_eq!(faults(cut), ["catalogue-open-text"]);
    let outcome = apply(&document(&line("Un.\n\nDeux.")), cut, Policy::default()).value;
    let states: Vec<_> = shown(&outcome.document).into_iter().map(|it| it.1).collect();
    assert_eq!(states, [State::Translated, State::Missing]);
}

#[test]
fn what_is_no_catalogue_says_so() {
    for (text, code) in [
        ("", "catalogue-empty"),
        ("\u{feff}\n \n", "catalogue-empty"),
        ("# Bonjour\n\nTout le monde.\n", "catalogue-unreadable"),
        ("\u{0}\u{1}PNG", "catalogue-unreadable"),
    ] {
        let found = Catalogue::read(text);
        assert!(found.value.is_none());
        assert_eq!(found.diagnostics[0].code, code);
    }
}

#[test]
fn what_is_odd_about_a_catalogue_is_reported() {
    let entry = "msgid \"Un.\"\nmsgstr \"One.\"\n";
    let header = |field: &str| format!("msgid \"\"\nmsgstr \"{field}\\n\"\n\n{entry}");
    for (text, code) in [
        (entry.to_owned(), "catalogue-no-header"),
        (header("X-Plantin-Rule: 99"), "catalogue-rule"),
        (header("Content-Type: text/plain; charset=ISO-8859-1"), "catalogue-charset"),
        (format!("{HEADER}{entry}\n{entry}"), "catalogue-duplicate"),
        (
            format!("{HEADER}msgid \"Un\"\nmsgid_plural \"Des\"\nmsgstr[0] \"One\"\n"),
            "catalogue-plural",
        ),
    ] {
        assert_eq!(faults(&text), [code], "{text}");
    }
    assert_eq!(faults(&header("X-Plantin-Rule: 1")), [""; 0]);
}

#[test]
fn a_catalogue_of_another_page_or_language_is_reported_and_used() {
    let codes = |header: &str| -> Vec<&str> {
        let text =
            format!("msgid \"\"\nmsgstr \"{header}\"\n\nmsgid \"a\"\nmsgstr \"b\"\n");
        let found = read(&text).belongs("content/page.md", &Language::new("pt-BR"));
        found.iter().map(|it| it.code).collect()
    };
    assert_eq!(codes("X-Plantin-Page: content/page.md\\nLanguage: pt_BR\\n"), [""; 0]);
    assert_eq!(codes("Language: pt\\n"), [""; 0]);
    assert_eq!(codes("Language: pt_PT\\n"), ["catalogue-other-language"]);
    assert_eq!(codes("Language: de\\n"), ["catalogue-other-language"]);
    assert_eq!(codes("X-Plantin-Page: content/x.md\\n"), ["catalogue-other-page"]);

    let page = document(&line("Un."));
    let outcome = apply(&page, &po(&[("Ailleurs.", "Elsewhere.")]), Policy::default());
    assert_eq!(outcome.diagnostics[0].code, "catalogue-matches-nothing");
    let outcome =
        apply(&page, &po(&[("Un.", "1."), ("Parti.", "Gone.")]), Policy::default());
    assert_eq!(outcome.diagnostics[0].code, "catalogue-out-of-date");
}

/// The real texts of a kind: path and text.
fn real(folder: &str, extension: &str) -> Vec<(String, String)> {
    let files = corpus(folder).map(|it| files(&it)).unwrap_or_default().into_iter();
    let text = |bytes| String::from_utf8(bytes).expect("the corpus is text");
    files.filter(|it| it.0.ends_with(extension)).map(|it| (it.0, text(it.1))).collect()
}

/// What a tool makes of a file, if the tool is installed.
fn tool(program: &str, arguments: &[&str], text: &str) -> Option<(bool, String)> {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let file = folder.path().join("page.po");
    std::fs::write(&file, text).expect("the temporary folder is writable");
    let output = Command::new(program)
        .args(arguments)
        .arg(&file)
        .env("LC_ALL", "C.UTF-8")
        .output();
    let Ok(output) = output else {
        skip(&format!("{program} (GNU gettext) is not installed"));
        return None;
    };
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

#[test]
fn catalogues_of_others_are_written_back_with_nothing_lost() {
    for (path, text) in real("po", ".po") {
        let catalogue = read(&text);
        assert!(!catalogue.is_damaged(), "{path}");
        let written = catalogue.write();
        assert_eq!(read(&written), catalogue, "{path}");
        let arguments = ["--no-wrap", "--sort-output"];
        let Some(before) = tool("msgcat", &arguments, &text) else { return };
        let after = tool("msgcat", &arguments, &written).expect("it is installed");
        assert!(before.0 && after.0, "{path}: {}", after.1);
        assert!(before.1 == after.1, "{path}");
    }
}

#[test]
fn the_catalogues_of_real_pages_are_right_for_gettext() {
    for (path, text) in real("codegouvfr/content", ".md") {
        let catalogue = extract(&document(&text), &context(), None).value;
        let written = catalogue.write();
        assert_eq!(faults(&written), [""; 0], "{path}");
        assert_eq!(read(&written), catalogue, "{path}");
        let again = extract(&document(&text), &context(), Some(&catalogue)).value;
        assert_eq!(again.write(), written, "{path}");
        if let Some((fine, said)) = tool("msgfmt", &["-c", "-o", "/dev/null"], &written) {
            assert!(fine && said.is_empty(), "{path}: {said}");
        }
    }
}

#[test]
fn a_catalogue_of_identities_changes_nothing_of_real_pages() {
    for (path, text) in real("codegouvfr/content", ".md") {
        let page = document(&text);
        let catalogue = identity(&page);
        assert_eq!(faults(&catalogue), [""; 0], "{path}");
        let outcome = apply(&page, &catalogue, Policy::default());
        assert_eq!(outcome.diagnostics, [], "{path}");
        let mut back = outcome.value.document;
        back.language = page.language.clone();
        walk::texts_mut(&mut back, &mut |_, text| {
            let unit = translation::is_unit(text);
            assert_eq!(
                text.state == State::Translated,
                unit,
                "{path}: {}",
                text.to_plain()
            );
            text.state = State::Source;
        });
        assert!(back == page, "{path}");
    }
}

#[test]
fn a_translation_of_real_pages_has_their_structure_and_their_links() {
    for (path, text) in real("codegouvfr/content", ".md") {
        let page = document(&text);
        // A zero-width joiner makes each translation another text with the same marks.
        let catalogue = identity(&page).replace("\nmsgstr \"", "\nmsgstr \"\u{200d}");
        let outcome = apply(&page, &catalogue, Policy::default()).value;
        assert!(structure(&outcome.document) == structure(&page), "{path}");
        assert_eq!(references(&outcome.document), references(&page), "{path}");
        walk::texts(&outcome.document, &mut |_, text| {
            let wanted = if translation::is_unit(text) {
                State::Translated
            } else {
                State::Source
            };
            assert_eq!(text.state, wanted, "{path}: {}", text::plain(&text.inlines));
        });
    }
}

proptest! {
    #[test]
    fn no_translation_reaches_the_structure_of_a_page(parts in proptest::collection::vec(
        prop_oneof![
            Just("[x](/a)"), Just("[x](javascript:alert(1))"), Just("<script>"),
            Just("</script>"), Just("<img src=x onerror=alert(1)>"), Just("`c`"), Just("`"),
            Just("*"), Just("**"), Just("~~"), Just("[^n]"), Just("![i](i.png)"), Just("\n"),
            Just("# "), Just("- "), Just("> "), Just("| a | b |"), Just("\u{202e}"),
            Just("&#x202e;"), Just("<a href=\"//e\">"), Just("</a>"), Just("{.c}"), Just("["),
            Just("]("), Just(")"), Just("<"), Just("https://e.example"), Just("www.e.example"),
            Just("::: x"), Just("{% s %}"), Just("\\"), Just("mot "), Just("<!--"), Just("-->"),
            Just("<span lang=en>"), Just("</span>"), Just("\u{0}"), Just("&lt;script&gt;"),
        ],
        0..12,
    )) {
        let source = "Un [mot](/a) et `c`[^n] ![i](i.png).";
        let page = document(&format!("{}\n[^n]: Note.\n", line(source)));
        let catalogue = po(&[(source, &parts.concat())]);
        let outcome = apply(&page, &catalogue, Policy::default()).value;
        prop_assert_eq!(structure(&outcome.document), structure(&page));
        prop_assert_eq!(references(&outcome.document), references(&page));
        let mut words = String::new();
        walk::texts(&outcome.document, &mut |_, text| words.push_str(&text.to_plain()));
        prop_assert!(!words.contains(['\u{202e}', '\0']), "{}", words);
    }

    #[test]
    fn reading_a_catalogue_never_panics(text in "(msg(id|str|ctxt) |\"|\\\\|#[~|,.: ]|\n|[a-z\u{0}é]|\"a\"\n){0,40}") {
        let found = Catalogue::read(&text);
        if let Some(catalogue) = found.value {
            let page = document("# a\n\na\n");
            let once = extract(&page, &context(), Some(&catalogue)).value.write();
            prop_assert!(catalogue.is_damaged() || Catalogue::read(&once).value.is_some());
        }
    }
}

/// Paragraphs that have words in common, and marks.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        Just("un"),
        Just("mot"),
        Just("de"),
        Just("plus"),
        Just("*mot*"),
        Just("**un**"),
        Just("[mot](/a)"),
        Just("[mot](/b)"),
        Just("`mot`"),
        Just("l'un"),
        Just("l’un"),
        Just("oui !"),
        Just("oui\u{a0}!"),
        Just("Mot."),
        Just("« un »"),
        Just("\"un\""),
    ];
    let paragraph = proptest::collection::vec(word, 1..7).prop_map(|it| it.join(" "));
    proptest::collection::vec(paragraph, 1..7)
}

/// A catalogue in which each text that has none gets a translation of its own.
fn complete(catalogue: &str) -> String {
    let mut out = String::new();
    let mut id = String::new();
    for line in catalogue.lines() {
        if let Some(rest) = line.strip_prefix("msgid ") {
            id = rest.to_owned();
        }
        if line == "msgstr \"\"" && id != "\"\"" {
            writeln!(out, "msgstr {}", id.replacen('"', "\"T ", 1)).expect("a string");
        } else {
            writeln!(out, "{line}").expect("a string takes all");
        }
    }
    out
}

#[test]
fn a_text_that_came_by_two_ways_is_merged_once() {
    let page = |it: &[&str]| line(&it.join("\n\n"));
    let first = complete(&update(&page(&["oui ! Mot. oui !", "l'un `mot`"]), HEADER));
    let there = update(&page(&["oui ! un `mot`", "oui ! « un »"]), &first);
    let after = page(&["oui\u{a0}! « un »"]);
    let on = update(&after, &there);
    assert_eq!(update(&after, &on), on);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn to_merge_twice_is_to_merge_once_whatever_changed(
        before in paragraphs(), between in paragraphs(), after in paragraphs(),
    ) {
        let page = |it: &[String]| line(&it.join("\n\n"));
        let first = complete(&update(&page(&before), HEADER));
        for next in [&between, &after, &before] {
            let once = update(&page(next), &first);
            prop_assert_eq!(update(&page(next), &once), once.clone());
            prop_assert!(read(&once).tally().stale < 100, "{}", once);
        }
        // And after a way through another version, with a stop there.
        let there = update(&page(&between), &first);
        let on = update(&page(&after), &there);
        prop_assert_eq!(update(&page(&after), &on), on);
    }

    #[test]
    fn what_was_translated_is_back_when_its_text_is(
        before in paragraphs(), after in paragraphs(),
    ) {
        let page = |it: &[String]| line(&it.join("\n\n"));
        let first = complete(&update(&page(&before), HEADER));
        let back = update(&page(&before), &update(&page(&after), &first));
        let shown = |catalogue: &str| -> Vec<State> {
            let page = document(&page(&before));
            let outcome = apply(&page, catalogue, Policy::default()).value;
            shown(&outcome.document).into_iter().map(|it| it.1).collect()
        };
        // A text that differs from another in marks alone may have been taken for it.
        let is_back = shown(&back).iter().zip(shown(&first)).all(|(now, then)| {
            *now == then || *now == State::Stale
        });
        prop_assert!(is_back, "{}\n{}", first, back);
    }

    #[test]
    fn what_is_extracted_of_a_translated_page_is_what_was_applied(it in paragraphs()) {
        let page = document(&line(&it.join("\n\n")));
        let catalogue = complete(&extract(&page, &context(), None).value.write());
        let shown = apply(&page, &catalogue, Policy::default()).value.document;
        prop_assert_eq!(structure(&shown), structure(&page));
        let mut again = shown.clone();
        translation::number(&mut again);
        let texts = extract(&again, &context(), None).value.write();
        let translations = catalogue.lines().filter(|it| it.starts_with("msgstr \"T "));
        for text in translations {
            let id = text.replacen("msgstr", "msgid", 1);
            prop_assert!(texts.contains(&id), "{} is not in {}", id, texts);
        }
    }
}
