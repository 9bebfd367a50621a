//! Catalogues as a translator meets them: what `extract` makes of a change, what the checks
//! say, and what `status` says is left to do.

use std::{collections::BTreeMap, process::Command};

use super::support::{Outcome, Site, corpus, files, skip};

/// A page of these paragraphs.
fn page(paragraphs: &[&str]) -> String {
    format!("---\ntitle: Titre\ndate: 2026-01-02\n---\n\n{}\n", paragraphs.join("\n\n"))
}

const HEADER: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\
    \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"X-Plantin-Rule: 1\\n\"\n\n";

/// A catalogue of entries, each with what stands before its `msgid`.
fn po(entries: &[(&str, &str, &str)]) -> String {
    let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text = HEADER.to_owned();
    for (before, id, translation) in entries {
        let (id, translation) = (quote(id), quote(translation));
        text.push_str(&format!("{before}msgid \"{id}\"\nmsgstr \"{translation}\"\n\n"));
    }
    text
}

const TITLE: (&str, &str, &str) = ("", "Titre", "Title");

/// A workspace of one page of one paragraph with one translation.
fn one(flags: &str, source: &str, translation: &str) -> Site {
    let entries = [TITLE, (flags, source, translation)];
    Site::new().page("p.md", &page(&[source])).catalogue("en", "p.md", &po(&entries))
}

fn extract(site: &Site) -> Outcome {
    let done = site.run_command("extract", &["--json"]);
    // Real pages have faults of their own.
    assert!(matches!(done.code, Some(0 | 1)), "{done}");
    done
}

fn catalogue(site: &Site) -> String {
    site.read("locales/en/content/p.po")
}

/// The codes of what is said of translations.
fn said(site: &Site) -> Vec<String> {
    let checked = site.run_command("check", &["--json"]);
    let all = checked.all_diagnostics().into_iter().map(|it| it.code);
    all.filter(|it| it.starts_with("translation-") || it.starts_with("catalogue-"))
        .collect()
}

#[test]
fn a_check_says_its_name_and_a_flag_switches_it_off() {
    for (source, translation, code, check) in [
        ("Un [mot](/p/).", "A word.", "translation-lacks", "link"),
        ("Un `mot`.", "A word.", "translation-lacks", "code"),
        ("Un {nom}.", "A name.", "translation-placeholder", "placeholder"),
        ("Un mot.", "A *word*.", "translation-marks", "marks"),
        ("Un mot.", "A <span>word.", "translation-tag", "tag"),
        ("En 2024.", "In 2023.", "translation-number", "number"),
        ("Un mot.", "A word", "translation-end", "end"),
        ("Le mot.", "The the word.", "translation-doubled", "doubled"),
        ("Un mot\u{a0}!", "A word !", "translation-typography", "typography"),
        (
            "Le mot est bien là.",
            "Le mot est bien là.",
            "translation-untranslated",
            "untranslated",
        ),
    ] {
        let told = said(&one("", source, translation));
        assert!(told.contains(&code.to_owned()), "{source} → {translation}: {told:?}");
        let flag = format!("#, no-check-{check}\n");
        let site = one(&flag, source, translation);
        assert!(!said(&site).contains(&code.to_owned()), "{source} → {translation}");
        let built = site.build_html().file("html/en/p/index.html");
        assert!(!built.contains("data-status=\"missing\""), "{translation}: {built}");
    }
}

#[test]
fn a_flag_that_switches_nothing_off_is_told_and_laws_stay() {
    let site =
        one("#, no-check-foreign, no-check-markup\n", "Un mot.", "A [word](/evil/).");
    let told = said(&site);
    assert!(told.contains(&"translation-adds".to_owned()), "{told:?}");
    assert!(told.contains(&"catalogue-flag".to_owned()), "{told:?}");
    assert!(!site.build_html().file("html/en/p/index.html").contains("/evil/"));
}

#[test]
fn an_error_keeps_a_translation_from_being_shown_and_a_warning_does_not() {
    let site = one("", "Un [mot](/p/).", "A word.");
    let checked = site.run_command("check", &["--json"]);
    checked.told("translation-lacks").is("error").at("locales/en/content/p.po", 11);
    assert!(site.build_html().file("html/en/p/index.html").contains("lang=\"fr\""));
    let site = one("", "Un mot.", "A word");
    let checked = site.run_command("check", &["--json"]);
    checked.told("translation-end").is("warning").at("locales/en/content/p.po", 11);
    assert!(site.build_html().file("html/en/p/index.html").contains("A word"));
}

#[test]
fn the_glossary_is_respected() {
    let with = |translation: &str| {
        one("", "Le logiciel libre.", translation)
            .bytes("locales/fr/glossary.ftl", b"-libre = logiciel libre\n")
            .bytes(
                "locales/en/glossary.ftl",
                b"-libre = free software\n    .forbidden = open source\n",
            )
    };
    assert_eq!(said(&with("Free software.")), [""; 0]);
    assert_eq!(said(&with("The programs.")), ["translation-term"]);
    assert_eq!(said(&with("The open source.")), ["translation-term-forbidden"]);
}

#[test]
fn what_is_carried_over_is_flagged_and_shown() {
    let site = one("#, reviewed\n", "Un [mot](/p/).", "A [word](/p/).")
        .page("p.md", &page(&["Un **[mot](/p/#x)**."]));
    let done = extract(&site).json();
    assert_eq!(done["units"]["en"]["markup-only"], 1, "{done}");
    let text = catalogue(&site);
    let entry = "#, carried\n#| msgid \"Un [mot](/p/).\"\nmsgid \"Un **[mot](/p/#x)**.\"\n\
                 msgstr \"A **[word](/p/#x)**.\"\n";
    assert!(text.contains(entry), "{text}");
    assert!(site.build_html().file("html/en/p/index.html").contains("word"));
    // A tool that drops the former source has shown the text to somebody.
    let site =
        site.catalogue("en", "p.md", &text.replace("#| msgid \"Un [mot](/p/).\"\n", ""));
    extract(&site);
    assert!(!catalogue(&site).contains("carried"), "{}", catalogue(&site));
}

#[test]
fn two_paragraphs_that_become_one_keep_their_translations() {
    let entries = [TITLE, ("", "Un mot.", "A word."), ("", "Deux mots.", "Two words.")];
    let site = Site::new().page("p.md", &page(&["Un mot. Deux mots."])).catalogue(
        "en",
        "p.md",
        &po(&entries),
    );
    extract(&site);
    let text = catalogue(&site);
    assert!(
        text.contains("msgid \"Un mot. Deux mots.\"\nmsgstr \"A word. Two words.\"\n")
    );
    assert!(text.contains("#, carried\n#| msgid \"\"\n#| \"Un mot.\\n\"\n"), "{text}");
}

#[test]
fn the_parts_of_a_paragraph_get_their_sentences_to_look_at() {
    let entries = [TITLE, ("", "Un mot. Deux mots.", "A word. Two words.")];
    let site = Site::new().page("p.md", &page(&["Un mot.", "Deux mots."])).catalogue(
        "en",
        "p.md",
        &po(&entries),
    );
    extract(&site);
    let text = catalogue(&site);
    let part = |id: &str, translation: &str| {
        format!(
            "#, fuzzy\n#| msgid \"Un mot. Deux mots.\"\nmsgid \"{id}\"\nmsgstr \"{translation}\"\n"
        )
    };
    assert!(text.contains(&part("Un mot.", "A word.")), "{text}");
    assert!(text.contains(&part("Deux mots.", "Two words.")), "{text}");
}

#[test]
fn a_renamed_page_takes_its_catalogue_with_it() {
    let site = one("# À voir.\n", "Un mot.", "A word.");
    extract(&site);
    let site = site.remove("content/p.md").page("dossier/q.md", &page(&["Un mot."]));
    let done = extract(&site).json();
    let moved = serde_json::json!([[
        "locales/en/content/p.po",
        "locales/en/content/dossier/q.po"
    ]]);
    assert_eq!(done["moved"], moved, "{done}");
    assert!(!site.path("locales/en/content/p.po").exists());
    let text = site.read("locales/en/content/dossier/q.po");
    assert!(text.contains("# À voir.\n"), "{text}");
    assert!(text.contains("msgstr \"A word.\""), "{text}");
    assert!(text.contains("X-Plantin-Page: content/dossier/q.md"), "{text}");
}

#[test]
fn a_text_that_another_page_translates_is_proposed_with_its_origin() {
    let site = one("", "Un mot.", "A word.").page("q.md", &page(&["Un mot."]));
    extract(&site);
    let text = site.read("locales/en/content/q.po");
    let proposal = "#. proposed from content/p.md\n#: content/q.md:6\n#, fuzzy, draft\n\
                    msgid \"Un mot.\"\nmsgstr \"A word.\"\n";
    assert!(text.contains(proposal), "{text}");
    let built = site.build_html().file("html/en/q/index.html");
    assert!(!built.contains("A word."), "a proposal is not published");
}

#[test]
fn one_text_with_two_translations_is_told() {
    let site = one("", "Un mot.", "A word.").page("q.md", &page(&["Un mot."])).catalogue(
        "en",
        "q.md",
        &po(&[TITLE, ("", "Un mot.", "One word.")]),
    );
    let told = extract(&site).told("translation-two-ways").is("warning");
    assert!(told.message.contains("A word.") && told.message.contains("One word."));
}

#[test]
fn a_context_tells_the_same_words_apart() {
    let text = page(&["Ferme.", "<!-- context: adjectif -->\nFerme.", "Un mot."]);
    let site = Site::new().page("p.md", &text);
    extract(&site);
    let text = catalogue(&site);
    assert!(text.contains("msgctxt \"adjectif\"\nmsgid \"Ferme.\"\n"), "{text}");
    assert_eq!(text.matches("msgid \"Ferme.\"").count(), 2, "{text}");
    let text = po(&[
        TITLE,
        ("", "Ferme.", "Farm."),
        ("msgctxt \"adjectif\"\n", "Ferme.", "Firm."),
        ("", "Un mot.", "A word."),
    ]);
    let site = site.catalogue("en", "p.md", &text);
    let built = site.build_html().file("html/en/p/index.html");
    let at =
        |words: &str| built.find(words).unwrap_or_else(|| panic!("{words}: {built}"));
    assert!(at("Farm.") < at("Firm."), "{built}");
    let whole = "---\ntitle: Titre\ncontext: menu\n---\n\nFerme.\n";
    let site = Site::new().page("p.md", whole);
    extract(&site);
    assert_eq!(catalogue(&site).matches("msgctxt \"menu\"").count(), 2);
}

#[test]
fn a_catalogue_of_another_rule_is_left_alone_until_it_is_migrated() {
    let old = po(&[
        TITLE,
        ("# Gardé.\n", "Un __mot__ \\\\[ici\\\\].", "A **word** \\\\[here\\\\]."),
    ])
    .replace("Rule: 1", "Rule: 0")
    .replace("\\\\\\\\", "\\\\");
    let site = Site::new()
        .page("p.md", &page(&["Un **mot** \\[ici\\]."]))
        .catalogue("en", "p.md", &old);
    let refused = site.run_command("extract", &["--json"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    refused.told("catalogue-rule-older").in_file("locales/en/content/p.po");
    assert_eq!(catalogue(&site), old);
    let done = site.run_command("extract", &["--json", "--migrate"]);
    assert_eq!(done.code, Some(0), "{done}");
    let text = catalogue(&site);
    assert!(text.contains("X-Plantin-Rule: 1"), "{text}");
    assert!(text.contains("# Gardé."), "{text}");
    assert!(!text.contains("#~") && !text.contains("fuzzy"), "{text}");
    assert!(!text.contains("carried"), "{text}");
    let newer = one("", "Un mot.", "A word.").catalogue(
        "en",
        "p.md",
        &po(&[TITLE]).replace("Rule: 1", "Rule: 99"),
    );
    let refused = newer.run_command("extract", &["--json", "--migrate"]);
    refused.told("catalogue-rule-newer");
    assert!(catalogue(&newer).contains("Rule: 99"));
}

#[test]
fn the_interface_gets_the_same_care() {
    let site = Site::new()
        .page("p.md", &page(&["Un mot."]))
        .labels("fr", "publication-title = Essai\nbonjour = Bonjour { $nom }\n")
        .labels("en", "publication-title = Trial\nbonjour = Hello { $nom }\n");
    extract(&site);
    let codes = |site: &Site| -> Vec<String> {
        let checked = site.run_command("check", &["--json"]);
        let all = checked.all_diagnostics().into_iter().map(|it| it.code);
        all.filter(|it| it.starts_with("interface-")).collect()
    };
    assert_eq!(codes(&site), [""; 0]);
    let site =
        site.labels("fr", "publication-title = Essais\nbonjour = Bonjour { $nom }\n");
    assert_eq!(codes(&site), ["interface-stale"]);
    extract(&site);
    let told = site.run_command("status", &["--json"]);
    told.told("interface-stale").at("locales/en/ui.ftl", 1);
    let site =
        site.labels("en", "publication-title = Trials\nbonjour = Hello { $name }\n");
    assert_eq!(codes(&site), ["interface-variable", "interface-variable"]);
}

#[test]
fn the_state_of_the_translations_is_told_with_what_to_do_next() {
    let entries = [
        ("#, reviewed\n", "Titre", "Title"),
        ("", "Un mot changé.", "A changed word."),
        ("#, fuzzy\n", "Trois mots ici.", "Three words here."),
        ("", "Voir [ici](/p/).", "See here."),
    ];
    let text = page(&[
        "Un mot bien changé.",
        "Trois mots ici.",
        "Quatre mots que voici.",
        "Voir [ici](/p/).",
    ]);
    let site = Site::new().page("p.md", &text).catalogue("en", "p.md", &po(&entries));
    let before = catalogue(&site);
    let told = site.run_command("status", &["--json"]);
    assert_eq!(told.code, Some(0), "{told}");
    let english = &told.json()["languages"][0];
    let expected = serde_json::json!({
        "reviewed": 1, "translated": 0, "draft": 1, "stale": 1, "missing": 2, "total": 5,
    });
    assert_eq!(english["units"], expected, "{english}");
    assert_eq!(english["words"]["stale"], 4, "{english}");
    let tasks: Vec<(&str, u64)> = english["tasks"]
        .as_array()
        .expect("there are tasks")
        .iter()
        .map(|it| {
            (it["task"].as_str().unwrap_or_default(), it["count"].as_u64().unwrap_or(0))
        })
        .collect();
    let expected =
        [("extract", 1), ("stale", 1), ("refused", 1), ("missing", 1), ("draft", 1)];
    assert_eq!(tasks, expected);
    assert_eq!(catalogue(&site), before, "status writes no catalogue");
    let enough = |min: &str| site.run_command("status", &["--min", min]).code;
    assert_eq!((enough("20"), enough("21")), (Some(0), Some(1)));
    let text = site.run_command("status", &[]).stdout;
    for part in ["1 text has changed", "locales/en/content/p.po:11  Un mot bien changé."]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_page_of_the_state_shows_what_changed_and_needs_nothing_else() {
    let site = one("", "Un mot changé.", "A <changed> word.")
        .page("p.md", &page(&["Un mot bien changé."]));
    let file = site.path("status.html");
    let file = file.to_str().expect("a path of this machine is text");
    for locale in ["fr_FR.UTF-8", "en_GB.UTF-8"] {
        let mut command = site.command("status");
        command.env("LC_ALL", locale).args(["--html", file]);
        let done = site.run(command);
        assert_eq!(done.code, Some(0), "{done}");
        let page = site.read("status.html");
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        let whole = ["<script", "http:", "https:", "src=", "url("];
        assert!(whole.iter().all(|it| !page.contains(it)), "{page}");
        assert!(page.contains("<ins>"), "{page}");
        assert!(page.contains("A &lt;changed&gt; word."), "what is written is escaped");
        assert!(page.contains(&format!("<html lang=\"{}\"", &locale[..2])), "{page}");
        assert!(!page.contains("{$") && !page.contains("{ $"), "{page}");
    }
}

#[test]
fn a_catalogue_keeps_the_layout_that_a_tool_gave_it() {
    let long = "Un paragraphe assez long pour que les outils des traducteurs le coupent en \
                deux lignes ou davantage.";
    let site = Site::new().page("p.md", &page(&[long, "Un mot."]));
    extract(&site);
    let text = catalogue(&site);
    let cut = text.find("pour que").expect("it is there");
    let wrapped = format!("{}\"\n\"{}", &text[..cut], &text[cut..])
        .replace("msgid \"Un paragraphe", "msgid \"\"\n\"Un paragraphe");
    for (what, text) in [
        ("wrapped", wrapped.clone()),
        ("the lines of Windows", wrapped.replace('\n', "\r\n")),
        ("a mark", format!("\u{feff}{text}")),
        ("no wrapping", text.clone()),
    ] {
        let site = Site::new()
            .page("p.md", &page(&[long, "Un mot."]))
            .catalogue("en", "p.md", &text);
        let done = extract(&site);
        assert_eq!(done.json()["updated"], serde_json::json!([]), "{what}: {done}");
        assert_eq!(catalogue(&site), text, "{what}");
        let site = site.page("p.md", &page(&[long, "Un autre mot."]));
        extract(&site);
        let changed = text.replace("\"Un mot.\"", "\"Un autre mot.\"");
        assert_eq!(catalogue(&site), changed, "{what}");
    }
}

#[test]
fn what_tools_write_is_read_or_refused_with_its_line() {
    let read = [
        (
            "a comment between entries",
            "# de passage\n\nmsgid \"Un mot.\"\nmsgstr \"A word.\"\n",
        ),
        (
            "no space after the comma",
            "#,reviewed\nmsgid \"Un mot.\"\nmsgstr \"A word.\"\n",
        ),
        ("no header", "msgid \"Un mot.\"\nmsgstr \"A word.\"\n"),
        ("wrapped", "msgid \"\"\n\"Un \"\n\"mot.\"\nmsgstr \"\"\n\"A \"\n\"word.\"\n"),
    ];
    for (what, text) in read {
        let header = if what == "no header" { "" } else { HEADER };
        for (ends, text) in
            [("\n", text.to_owned()), ("\r\n", text.replace('\n', "\r\n"))]
        {
            let site = Site::new().page("p.md", &page(&["Un mot."]));
            let site = site.catalogue("en", "p.md", &format!("{header}{text}"));
            let built = site.build_html().file("html/en/p/index.html");
            assert!(built.contains("A word."), "{what}, {ends:?}");
            extract(&site);
            assert!(catalogue(&site).contains("A "), "{what}, {ends:?}");
        }
    }
    let twice = po(&[TITLE, ("", "Un mot.", "A word."), ("", "Un mot.", "One word.")]);
    let site =
        Site::new().page("p.md", &page(&["Un mot."])).catalogue("en", "p.md", &twice);
    let refused = site.run_command("extract", &["--json"]);
    refused.told("catalogue-duplicate").at("locales/en/content/p.po", 13);
    assert_eq!(catalogue(&site), twice, "what is doubtful is not written over");
}

/// The statements of the tool, if it is installed.
fn tool(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output();
    let Ok(output) = output else {
        skip(&format!("{program} (GNU gettext) is not installed"));
        return None;
    };
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    Some(String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn gettext_takes_our_catalogues_and_gives_them_back() {
    let site = one("# Une remarque.\n#, reviewed\n", "Un [mot](/p/).", "A [word](/p/).")
        .page("p.md", &page(&["Un **[mot](/p/)**.", "Du neuf."]));
    extract(&site);
    let ours = catalogue(&site);
    let path = site.path("locales/en/content/p.po");
    let path = path.to_str().expect("a path of this machine is text");
    if tool("msgfmt", &["-c", "-o", "/dev/null", path]).is_none() {
        return;
    }
    let merged =
        tool("msgmerge", &["--quiet", "--previous", "-U", "--backup=none", path, path]);
    assert!(merged.is_some());
    extract(&site);
    let again = catalogue(&site);
    for part in ["# Une remarque.", "msgstr \"A **[word](/p/)**.\"", "msgid \"Du neuf.\""]
    {
        assert!(ours.contains(part) && again.contains(part), "{part}: {again}");
    }
}

/// A workspace of the real pages.
fn real() -> Option<Site> {
    let mut site = Site::new();
    for (path, bytes) in files(&corpus("codegouvfr/content")?) {
        if path.ends_with(".md") {
            site = site.bytes(&format!("content/{path}"), &bytes);
        }
    }
    Some(site)
}

/// The real catalogues with each text translated by itself behind a sign.
fn translate(site: Site) -> Site {
    let catalogues = files(&site.path("locales/en/content"));
    catalogues.into_iter().fold(site, |site, (path, bytes)| {
        let text = String::from_utf8(bytes).expect("catalogues are text");
        let mut out = String::new();
        let mut id = String::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("msgid \"") {
                id = rest.to_owned();
            }
            if line == "msgstr \"\"" && id != "\"" {
                out.push_str(&format!("msgstr \"\u{200d}{id}\n"));
            } else {
                out.push_str(&format!("{line}\n"));
            }
        }
        site.bytes(&format!("locales/en/content/{path}"), out.as_bytes())
    })
}

/// How many units stand where.
fn states(site: &Site) -> BTreeMap<String, u64> {
    let told = site.run_command("status", &["--json"]).json();
    let languages = told["languages"].as_array().cloned().unwrap_or_default();
    let english = languages.into_iter().find(|it| it["language"] == "en");
    let units =
        english.and_then(|it| it["units"].as_object().cloned()).unwrap_or_default();
    units.into_iter().map(|(name, count)| (name, count.as_u64().unwrap_or(0))).collect()
}

#[test]
fn of_real_pages_only_what_changed_in_words_is_asked_for_again() {
    let Some(site) = real() else { return };
    extract(&site);
    let site = translate(site);
    let before = states(&site);
    assert_eq!(before["translated"], before["total"], "{before:?}");
    // Every apostrophe is retyped, every page is renamed, one word in five pages changes.
    let mut pages = files(&site.path("content"));
    let mut changed = 0;
    for bytes in pages.values_mut() {
        let text = String::from_utf8(bytes.clone()).expect("pages are text");
        let (matter, body) =
            text.split_at(text[3..].find("\n---").map_or(0, |it| it + 7));
        let mut body = body.replace("d'", "d’").replace("l'", "l’");
        if changed < 5 && body.contains(" logiciels libres ") {
            body = body.replacen(" logiciels libres ", " logiciels vraiment libres ", 1);
            changed += 1;
        }
        *bytes = format!("{matter}{body}").into_bytes();
    }
    let site = pages.iter().fold(site, |site, (path, bytes)| {
        let (language, rest) = path.split_once('/').expect("each language has a folder");
        let site = site.remove(&format!("content/{path}"));
        site.bytes(&format!("content/{language}/ailleurs/{rest}"), bytes)
    });
    extract(&site);
    let after = states(&site);
    assert!((1..=5).contains(&after["stale"]), "{after:?}");
    assert_eq!(after["missing"] + after["draft"], 0, "{after:?}");
    assert_eq!(after["total"], before["total"]);
    let again = extract(&site).json();
    assert_eq!(
        again["updated"],
        serde_json::json!([]),
        "to merge twice is to merge once"
    );
}

/// What a translator must not bring in.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "<script>alert(666)</script>",
        "A <script src=\"https://evil.example/x.js\"></script> word",
        "<img src=\"https://evil.example/x.png\" onerror=\"alert(666)\">",
        "[word](javascript:alert(666))",
        "[word](data:text/html,666)",
        "<a href=\"https://evil.example\" onclick=\"alert(666)\">word</a>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<svg onload=alert(666)></svg>",
        "<style>body{background:url(https://evil.example)}</style>",
        "A \u{202e}evil.example\u{202c} word",
        "A &#x202e;evil.example word",
        "::: evil.example\n\n:::",
        "{% evil.example %}",
        "word\n\n# evil.example",
        "![word](https://evil.example/x.png)",
        "https://evil.example",
        "<https://evil.example>",
        "word[^evil.example]",
        "<!-- evil.example -->",
        "\u{0}evil.example",
        "<span style=\"background:url(https://evil.example)\">word</span>",
        "<span class=\"evil.example\">word</span>",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("evil.example ".repeat(80_000));
    all
}

#[test]
fn nothing_hostile_in_a_catalogue_reaches_an_export() {
    let hostile = hostile();
    let site = (0..hostile.len()).fold(Site::new(), |site, number| {
        let text = format!("Un mot numéro {number}.");
        let entries = [
            ("", "Titre", hostile[number].as_str()),
            ("", &text, &hostile[number]),
            ("", "Un [lien](/p0/) et `code`.", &hostile[number]),
        ];
        let page = page(&[&text, "Un [lien](/p0/) et `code`."]);
        let path = format!("p{number}.md");
        site.page(&path, &page).catalogue("en", &path, &po(&entries))
    });
    let built = site.build_with(&["--format", "html,epub"]);
    assert_eq!(built.code, Some(1), "it is told");
    let mut seen = 0;
    for (file, bytes) in built.files() {
        let inside = if file.ends_with(".epub") { unzipped(&bytes) } else { vec![bytes] };
        for text in inside.iter().map(|it| String::from_utf8_lossy(it)) {
            seen += 1;
            // An address that is not a link is words, which a translator may write.
            for sign in [
                "alert(666)",
                "html,666",
                "\u{202e}",
                "javascript:",
                "(https://evil",
                "=\"https://evil",
            ] {
                let shown = text.replace("content=\"https://evil", "");
                assert!(!shown.contains(sign), "{sign:?} in {file}");
            }
            assert!(text.len() < 400_000 || !file.starts_with("html/en"), "{file}");
        }
    }
    assert!(seen > hostile.len(), "{seen} files were looked at");
}

/// The texts in a book.
fn unzipped(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a book");
    let mut all = Vec::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).expect("it is there");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("it can be read");
        if file.name().expect("it has a name").ends_with("html") {
            all.push(bytes);
        }
    }
    all
}

#[test]
fn a_catalogue_of_identities_changes_no_byte_of_any_export() {
    let text = "---\ntitle: Titre d’ici\ndescription: Une page.\ndate: 2026-01-02\n---\n\n\
        ## Un **titre**\n\nUn [lien](/p/#un-titre), *deux* `codes` et une note[^1].\n\n\
        - Un\n- Deux\n\n| A | B |\n|---|---|\n| c | d |\n\n> Une citation.\n\n\
        Terme\n: Ce qu’il veut dire.\n\n[^1]: La note.\n";
    let config = "[publication]\nname = \"essai\"\naddress = \"https://essai.example\"\n\
                  source = \"fr\"\nlanguages = [\"fr\", \"fr-BE\"]\n";
    let translated = Site::new().config(config).page("p.md", text);
    extract(&translated);
    let po = translated.read("locales/fr-BE/content/p.po");
    let mut id = String::new();
    let mut same = String::new();
    for line in po.lines() {
        if let Some(rest) = line.strip_prefix("msgid ") {
            id = rest.to_owned();
        }
        let is_empty = line == "msgstr \"\"" && id != "\"\"";
        same.push_str(&if is_empty {
            format!("msgstr {id}\n")
        } else {
            format!("{line}\n")
        });
    }
    let translated = translated.bytes("locales/fr-BE/content/p.po", same.as_bytes());
    let written = Site::new()
        .config(config)
        .page("p.md", text)
        .page("fr-BE/p.md", &text.replace("---\n\n##", "lang: fr-BE\n---\n\n##"));
    let (translated, written) = (translated.build(), written.build());
    assert_eq!(
        (translated.code, written.code),
        (Some(0), Some(0)),
        "{translated}{written}"
    );
    let of = |outcome: &Outcome| -> BTreeMap<String, Vec<u8>> {
        let mut files = outcome.files();
        files.retain(|file, _| file.contains("fr-BE"));
        files
    };
    let (translated, written) = (of(&translated), of(&written));
    assert!(translated.len() >= 3, "{:?}", translated.keys());
    let names =
        |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&translated), names(&written));
    for (file, bytes) in &translated {
        assert!(written[file] == *bytes, "{file} differs");
    }
}
