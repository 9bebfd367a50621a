//! Catalogues sent to other tools and taken back: XLIFF, TMX, spreadsheets.

use std::fs;

use crate::support::{Outcome, Site, program};

const PAGE: &str = "---\ntitle: Accueil\ndescription: Une page.\n---\n\n\
    Le **logiciel libre** est [partout](https://a.example/x).\n\n\
    Une phrase sans rien.\n\nUn `code` ici.\n";

/// A catalogue of that page in which each state occurs, as `extract` writes it.
fn workspace() -> Site {
    let site = Site::new().page("index.md", PAGE);
    let made = site.run_command("extract", &["--language", "en"]);
    assert_eq!(made.code, Some(0), "{made}");
    let text = site.read("locales/en/content/index.po");
    let text = text
        .replace("msgid \"Accueil\"\nmsgstr \"\"", "msgid \"Accueil\"\nmsgstr \"Home\"")
        .replace(
            "msgid \"Une page.\"\nmsgstr \"\"",
            "#, reviewed\nmsgid \"Une page.\"\nmsgstr \"A page.\"",
        )
        .replace(
            "msgid \"Une phrase sans rien.\"\nmsgstr \"\"",
            "# Une note.\n#, fuzzy\n#| msgid \"Une phrase avec [un lien](/b).\"\n\
             msgid \"Une phrase sans rien.\"\nmsgstr \"A sentence with [a link](/b).\"",
        );
    site.bytes("locales/en/content/index.po", ordered(&text).as_bytes())
}

/// Comments of translators come first in an entry.
fn ordered(text: &str) -> String {
    let blocks = text.split("\n\n").map(|block| {
        let rank = |line: &&str| match line.get(..2) {
            Some("# ") => 0,
            Some("#.") => 1,
            Some("#:") => 2,
            Some("#,") => 3,
            Some("#|") => 4,
            _ => 5,
        };
        let mut lines: Vec<&str> = block.lines().collect();
        lines.sort_by_key(rank);
        lines.join("\n")
    });
    blocks.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn catalogue(site: &Site) -> String {
    site.read("locales/en/content/index.po")
}

/// Sends everything, in a version of XLIFF; the file.
fn send(site: &Site, version: &str) -> String {
    let sent = run(site, "xliff", &["export", "--language", "en", "--version", version]);
    assert_eq!(sent.code, Some(0), "{sent}");
    site.read("exchange/essai.en.xlf")
}

fn run(site: &Site, command: &str, arguments: &[&str]) -> Outcome {
    site.run_command(command, &[arguments, &["--json"]].concat())
}

/// Takes a file back.
fn take(site: &Site, text: &str) -> Outcome {
    let path = site.folder().join("back.en.xlf");
    fs::write(&path, text).expect("the folder is writable");
    run(site, "xliff", &["import", &path.display().to_string()])
}

fn count(outcome: &Outcome, name: &str) -> u64 {
    outcome.json()[name].as_u64().unwrap_or_else(|| panic!("no {name}: {outcome}"))
}

/// A target for the unit whose source, in the file, begins with these words.
fn translate(file: &str, source: &str, target: &str) -> String {
    let start = file.find(&format!("<source>{source}")).expect("the source is there");
    let end = start + file[start..].find("</source>").expect("it ends") + 9;
    format!("{}\n<target>{target}</target>{}", &file[..end], &file[end..])
}

#[test]
fn what_is_sent_and_comes_back_untouched_changes_nothing() {
    for version in ["1.2", "2.1"] {
        let site = workspace();
        let before = catalogue(&site);
        let again = site.run_command("extract", &[]);
        assert_eq!(catalogue(&site), before, "it is as `extract` writes it: {again}");
        let file = send(&site, version);
        let back = take(&site, &file);
        assert_eq!(back.code, Some(0), "{back}");
        assert_eq!(
            (count(&back, "imported"), count(&back, "unchanged")),
            (0, 5),
            "{back}"
        );
        assert_eq!(catalogue(&site), before);
    }
}

#[test]
fn a_translator_sees_words_and_codes_and_no_address() {
    let site = workspace();
    let old = send(&site, "1.2");
    assert!(
        old.contains("Le <g id=\"1\" ctype=\"bold\" clone=\"no\">logiciel libre</g> est")
    );
    assert!(old.contains(
        "Un <x id=\"1\" ctype=\"x-code\" clone=\"no\" equiv-text=\"code\"/> ici."
    ));
    let new = send(&site, "2.1");
    assert!(new.contains("subType=\"xlf:b\""), "{new}");
    assert!(new.contains("<data id=\"d2\">[</data>"), "{new}");
    for file in [old, new] {
        let texts =
            file.split("<source>").skip(1).filter_map(|it| it.split("</source>").next());
        assert!(texts.clone().count() >= 5);
        assert!(texts.clone().all(|it| !it.contains("a.example")));
    }
}

#[test]
fn states_notes_and_the_former_source_are_sent() {
    let file = send(&workspace(), "1.2");
    assert!(file.contains("<target state=\"translated\">Home</target>"), "{file}");
    assert!(file.contains("<target state=\"final\">A page.</target>"), "{file}");
    assert!(file.contains("<note from=\"translator\">Une note.</note>"), "{file}");
    assert!(file.contains("alttranstype=\"previous-version\""), "{file}");
    assert!(file.contains("<context context-type=\"linenumber\">6</context>"), "{file}");
    let stale = file.split("<source>Une phrase sans rien.").nth(1).expect("it is sent");
    let unit = stale.split("</trans-unit>").next().expect("it ends");
    assert!(unit.contains("Une phrase avec <g"), "the former source: {unit}");
    assert!(unit.contains(">a link</g>"), "the former translation: {unit}");
}

#[test]
fn only_what_is_to_be_done_is_sent_on_demand() {
    let site = workspace();
    let sent = run(&site, "xliff", &["export", "--language", "en", "--changed"]);
    assert_eq!(sent.code, Some(0), "{sent}");
    let file = site.read("exchange/essai.en.xlf");
    assert!(!file.contains("<source>Accueil"), "{file}");
    assert_eq!(file.matches("<trans-unit").count(), 3);
}

#[test]
fn terms_of_the_glossary_go_along() {
    let site = workspace()
        .bytes("locales/fr/glossary.ftl", "-libre = logiciel libre\n".as_bytes())
        .bytes("locales/en/glossary.ftl", b"-libre = free software\n");
    assert!(send(&site, "1.2").contains("logiciel libre → free software"));
    let new = send(&site, "2.1");
    assert!(new.contains("<gls:translation>free software</gls:translation>"), "{new}");
}

#[test]
fn a_translation_comes_back_with_the_codes_of_its_source() {
    for (version, target) in [
        ("1.2", "<g id=\"2\">Everywhere</g> is <g id=\"1\">free software</g>."),
        ("2.1", "<pc id=\"2\">Everywhere</pc> is <pc id=\"1\">free software</pc>."),
    ] {
        let site = workspace();
        let file = translate(&send(&site, version), "Le <", target);
        let back = take(&site, &file);
        assert_eq!(count(&back, "imported"), 1, "{back}");
        let expected =
            "msgstr \"[Everywhere](https://a.example/x) is **free software**.\"";
        assert!(catalogue(&site).contains(expected), "{}", catalogue(&site));
        let again = take(&site, &file);
        assert_eq!((count(&again, "imported"), count(&again, "unchanged")), (0, 5));
    }
}

#[test]
fn what_a_file_says_of_a_text_is_kept() {
    let site = workspace();
    let file = send(&site, "1.2")
        .replace(
            "<target state=\"translated\">Home</target>",
            "<target state=\"final\">Home</target>",
        )
        .replace("<target state=\"final\">A page.</target>", "<target>A page.</target>");
    let back = take(&site, &file);
    assert_eq!(count(&back, "imported"), 1, "{back}");
    let text = catalogue(&site);
    assert!(text.contains("#, reviewed\nmsgid \"Accueil\""), "{text}");
    assert!(
        text.contains("#, reviewed\nmsgid \"Une page.\""),
        "saying nothing is no change: {text}"
    );
}

#[test]
fn a_text_that_the_tool_calls_unfinished_is_a_draft_unless_accepted() {
    let site = workspace();
    let file = send(&site, "1.2");
    let unit = translate(&file, "Une phrase", "A plain sentence.")
        .replace("<target>A plain", "<target state=\"needs-translation\">A plain");
    let back = take(&site, &unit);
    assert_eq!(count(&back, "drafts"), 1, "{back}");
    assert!(catalogue(&site).contains("#, fuzzy, draft\n"), "{}", catalogue(&site));

    let site = workspace();
    let path = site.folder().join("back.xlf");
    fs::write(&path, unit).expect("the folder is writable");
    let accepted =
        run(&site, "xliff", &["import", "--accept", &path.display().to_string()]);
    assert_eq!(count(&accepted, "imported"), 1, "{accepted}");
    assert!(
        catalogue(&site)
            .contains("msgid \"Une phrase sans rien.\"\nmsgstr \"A plain sentence.\"")
    );
}

#[test]
fn a_code_that_is_lost_or_doubled_is_an_error_with_its_place() {
    for (target, kind) in [
        ("Free software is <g id=\"2\">everywhere</g>.", "missing from"),
        (
            "<g id=\"1\">Free</g> <g id=\"1\">software</g> is <g id=\"2\">everywhere</g>.",
            "twice",
        ),
        (
            "<g id=\"1\">Free</g> is <g id=\"2\">everywhere</g> <x id=\"7\"/>.",
            "not in the source",
        ),
    ] {
        let site = workspace();
        let before = catalogue(&site);
        let file = translate(&send(&site, "1.2"), "Le <", target);
        let line =
            file[..file.find("<target>").expect("it was added")].matches('\n').count()
                + 1;
        let back = take(&site, &file);
        assert_eq!((back.code, count(&back, "refused")), (Some(1), 1), "{back}");
        let told = back.told("exchange-code").is("error");
        assert_eq!(told.line, Some(line as u64), "{told:?}");
        assert!(told.message.contains(kind), "{told:?}");
        assert_eq!(catalogue(&site), before);
    }
}

#[test]
fn a_text_that_moved_on_comes_in_as_stale_with_its_old_source() {
    let site = workspace();
    let target = "<g id=\"1\">Free software</g> is <g id=\"2\">everywhere</g>.";
    let file = translate(&send(&site, "1.2"), "Le <", target);
    let site = site.page("index.md", &PAGE.replace("est [partout]", "reste [partout]"));
    let back = take(&site, &file);
    assert_eq!(count(&back, "stale"), 1, "{back}");
    assert_eq!(back.told("exchange-stale").severity, "note");
    let text = catalogue(&site);
    let expected = "#, fuzzy\n#| msgid \"Le **logiciel libre** est [partout](https://a.example/x).\"\n\
        msgid \"Le **logiciel libre** reste [partout](https://a.example/x).\"\n\
        msgstr \"**Free software** is [everywhere](https://a.example/x).\"";
    assert!(text.contains(expected), "{text}");
    assert_eq!(count(&take(&site, &file), "unchanged"), 5);
}

#[test]
fn a_text_that_is_gone_is_kept_as_obsolete_and_comes_back_with_its_text() {
    let site = workspace();
    let file = translate(&send(&site, "1.2"), "Un <x", "Some <x id=\"1\"/> here.");
    let site = site.page("index.md", &PAGE.replace("Un `code` ici.", "Tout autre."));
    let back = take(&site, &file);
    assert_eq!(count(&back, "obsolete"), 1, "{back}");
    assert!(catalogue(&site).contains("#~ msgstr \"Some `code` here.\""));
    let site = site.page("index.md", PAGE);
    site.run_command("extract", &[]);
    assert!(catalogue(&site).contains("\nmsgstr \"Some `code` here.\""));
}

#[test]
fn newer_work_of_ours_is_listed_and_not_overwritten() {
    let site = workspace();
    let file = send(&site, "1.2").replace(">Home</target>", ">Welcome</target>");
    let newer = catalogue(&site).replace("msgstr \"Home\"", "msgstr \"Start\"");
    let site = site.bytes("locales/en/content/index.po", newer.as_bytes());
    let back = take(&site, &file);
    assert_eq!(count(&back, "conflicts"), 1, "{back}");
    let told = back.told("exchange-conflict").is("warning");
    assert!(told.message.contains("Accueil") && told.hint.contains("Start"), "{told:?}");
    assert_eq!(catalogue(&site), newer);
    // What nobody touched there is no conflict, whatever was done here since.
    let file = send(&workspace(), "1.2");
    assert_eq!(count(&take(&site, &file), "conflicts"), 0);
    assert_eq!(catalogue(&site), newer);
}

#[test]
fn a_file_of_another_tool_is_read() {
    let site = workspace();
    let file = "<?xml version='1.0'?>\n<!-- a tool -->\n\
        <xlf:xliff xmlns:xlf='urn:oasis:names:tc:xliff:document:1.2' version='1.2'>\n\
        <xlf:file target-language='en-GB' datatype='plaintext' source-language='fr' original='content/index.md'>\n\
        <xlf:body><xlf:group>\n\
        <xlf:trans-unit xml:space='preserve' id='u-a'>\n\
          <xlf:source>Le <xlf:g ctype='bold' id='1'>logiciel libre</xlf:g> est <xlf:g id='2'>partout</xlf:g>.</xlf:source>\n\
          <xlf:seg-source><xlf:mrk mtype='seg' mid='0'>Le …</xlf:mrk></xlf:seg-source>\n\
          <xlf:target xml:lang='en' state='translated'>\n\
            <xlf:mrk mid='0' mtype='seg'>Free &amp; <xlf:g id='1'><![CDATA[open <software>]]></xlf:g></xlf:mrk>\n\
            <xlf:mrk mtype='seg' mid='1'>is <xlf:bx id='2' rid='2'/>everywhere<xlf:ex rid='2' id='3'/>&#33;</xlf:mrk>\n\
          </xlf:target>\n\
        </xlf:trans-unit>\n\
        <xlf:trans-unit id='u-b'><xlf:source>Une phrase sans rien.</xlf:source>\
          <xlf:target>Une phrase sans rien.</xlf:target></xlf:trans-unit>\n\
        </xlf:group></xlf:body></xlf:file></xlf:xliff>";
    // The names of units are those of the file that we sent.
    let ours = send(&site, "1.2");
    let name = |source: &str| {
        let before = ours.split(&format!("<source>{source}")).next().expect("it is sent");
        let id = before.rsplit("id=\"u-").next().expect("it has a name");
        format!("u-{}", &id[..8])
    };
    let file = file.replace("u-a", &name("Le <")).replace("u-b", &name("Une phrase"));
    let back = take(&site, &file);
    assert_eq!((count(&back, "imported"), count(&back, "unchanged")), (1, 1), "{back}");
    let expected =
        "msgstr \"Free & **open \\\\<software>** is [everywhere](https://a.example/x)!\"";
    assert!(catalogue(&site).contains(expected), "{}", catalogue(&site));
}

#[test]
fn segments_of_a_unit_are_joined_and_half_a_unit_is_not_taken() {
    let site = workspace();
    let file = send(&site, "2.1");
    let start = file.find("<source>Le <").expect("it is sent");
    let start = file[..start].rfind("<segment").expect("it lies in a segment");
    let end = start + file[start..].find("</segment>").expect("it ends") + 10;
    let with = |second: &str| {
        format!(
            "{}<segment id=\"s1\" state=\"translated\"><source>Le <pc id=\"1\">logiciel libre</pc></source>\
             <target order=\"3\"><pc id=\"1\">free software</pc></target></segment>\
             <ignorable><source> </source></ignorable>\
             <segment id=\"s2\" state=\"final\"><source>est <pc id=\"2\">partout</pc>.</source>{second}</segment>{}",
            &file[..start],
            &file[end..]
        )
    };
    let half = take(&site, &with(""));
    assert_eq!(half.told("exchange-partial").severity, "warning");
    assert_eq!(count(&half, "imported"), 0);
    let whole = with("<target order=\"1\"><pc id=\"2\">Everywhere</pc>:</target>");
    assert_eq!(count(&take(&site, &whole), "imported"), 1);
    let expected = "msgstr \"[Everywhere](https://a.example/x): **free software**\"";
    assert!(catalogue(&site).contains(expected), "{}", catalogue(&site));
}

#[test]
fn a_file_that_is_no_xliff_is_refused_with_its_line() {
    let site = workspace();
    let before = catalogue(&site);
    let file = send(&site, "1.2");
    let cut = take(&site, &file[..file.len() / 2]);
    assert_eq!(cut.code, Some(1), "{cut}");
    assert!(cut.told("exchange-xml").line.is_some());
    take(&site, "<html/>").told("exchange-not-xliff");
    take(&site, "un mot").told("exchange-xml");
    take(&site, &file.replace("content/index.md", "content/autre.md"))
        .told("exchange-page-unknown");
    let grown = "<!DOCTYPE x [<!ENTITY a \"b\">]><xliff version=\"1.2\">&a;</xliff>";
    take(&site, grown).told("exchange-xml");
    assert_eq!(catalogue(&site), before);
}

#[test]
fn a_memory_gives_drafts_to_a_workspace_that_has_nothing() {
    let site = workspace();
    let sent = run(&site, "tmx", &["export", "--language", "en"]);
    assert_eq!(sent.code, Some(0), "{sent}");
    let memory = site.path("exchange/essai.en.tmx").display().to_string();
    assert!(
        site.read("exchange/essai.en.tmx")
            .contains("<tuv xml:lang=\"en\"><seg>Home</seg>")
    );
    let other =
        Site::new().page("index.md", &PAGE.replace("Une page.", "Une belle page."));
    let back = run(&other, "tmx", &["import", &memory]);
    assert_eq!(count(&back, "drafts"), 2, "{back}");
    let text = catalogue(&other);
    assert!(text.contains("# essai.en.tmx\n"), "{text}");
    assert!(
        text.contains("#, fuzzy, draft\nmsgid \"Accueil\"\nmsgstr \"Home\""),
        "{text}"
    );
    assert!(
        text.contains(
            "#| msgid \"Une page.\"\nmsgid \"Une belle page.\"\nmsgstr \"A page.\""
        ),
        "{text}"
    );
    let built = other.build_html();
    assert!(
        !built.file("html/en/index.html").contains("A page."),
        "a draft is not published"
    );
}

#[test]
fn a_spreadsheet_goes_and_comes_back() {
    let site = workspace();
    let before = catalogue(&site);
    let sent = run(&site, "csv", &["export", "--language", "en"]);
    assert_eq!(sent.code, Some(0), "{sent}");
    let sheet = site.read("exchange/essai.en.csv");
    assert!(sheet.starts_with("\u{feff}page;unit;"), "{sheet}");
    let path = site.folder().join("back.en.csv");
    let take = |text: &str| {
        fs::write(&path, text).expect("the folder is writable");
        run(&site, "csv", &["import", &path.display().to_string()])
    };
    let same = take(&sheet);
    assert_eq!((count(&same, "imported"), count(&same, "unchanged")), (0, 5), "{same}");
    assert_eq!(catalogue(&site), before);
    let back = take(&sheet.replace(";Home;", ";\"Home, sweet home\";"));
    assert_eq!(count(&back, "imported"), 1, "{back}");
    assert!(catalogue(&site).contains("msgstr \"Home, sweet home\""));
    let lost = take(&sheet.replace(";translation;", ";autre;"));
    lost.told("exchange-column").is("error");
}

#[test]
fn no_cell_is_a_formula() {
    let site =
        Site::new().page("a.md", "---\ntitle: \"=1+cmd|x\"\n---\n\n@somme et plus\n");
    run(&site, "csv", &["export", "--language", "en"]);
    let sheet = site.read("exchange/essai.en.csv");
    assert!(sheet.contains(";'=1+cmd|x;"), "{sheet}");
    assert!(sheet.contains(";\"'@somme et plus\";"), "{sheet}");
    let path = site.path("exchange/essai.en.csv").display().to_string();
    let back = run(&site, "csv", &["import", &path]);
    assert_eq!((back.code, count(&back, "unchanged")), (Some(0), 2), "{back}");
}

#[test]
fn a_glossary_goes_through_a_spreadsheet() {
    let site = workspace()
        .bytes(
            "locales/fr/glossary.ftl",
            "# Nos mots.\n-page = page\n-libre = logiciel libre\n".as_bytes(),
        )
        .bytes(
            "locales/en/glossary.ftl",
            b"# Our words.\n-page = page\n-libre = free software\n",
        );
    run(&site, "csv", &["export", "--language", "en", "--glossary"]);
    let sheet = site.read("exchange/essai.en.glossary.csv");
    let path = site.folder().join("mots.en.glossary.csv");
    let changed = sheet.replace(
        "\"free software\";",
        "\"open source software\";\"freeware, shareware\"",
    ) + "ancre;ancre;anchor;\r\n";
    fs::write(&path, changed).expect("the folder is writable");
    let back = run(&site, "csv", &["import", "--glossary", &path.display().to_string()]);
    assert_eq!((back.code, count(&back, "imported")), (Some(0), 2), "{back}");
    let english = site.read("locales/en/glossary.ftl");
    for line in [
        "# Our words.",
        "-libre = open source software",
        ".forbidden = freeware, shareware",
        "-ancre = anchor",
    ] {
        assert!(english.contains(line), "{line}: {english}");
    }
    assert!(site.read("locales/fr/glossary.ftl").contains("-ancre = ancre"));
}

#[test]
fn help_is_in_the_language_of_the_user() {
    for command in [
        &["xliff", "export"][..],
        &["tmx", "import"],
        &["csv", "export"],
        &["align"],
        &["propose"],
    ] {
        let mut help = program();
        help.env("LC_ALL", "fr_FR.UTF-8").args(command).arg("--help");
        let help = Site::new().run(help);
        assert_eq!(help.code, Some(0), "{help}");
        assert!(help.stdout.contains("Utilisation\u{a0}:"), "{help}");
        for word in ["Usage", "Print", "default", "possible values"] {
            assert!(!help.stdout.contains(word), "{word}\n{help}");
        }
    }
    let mut manual = program();
    manual.arg("man");
    let manual = Site::new().run(manual);
    assert!(manual.stdout.contains(".SS plantin xliff export"), "{manual}");
}
