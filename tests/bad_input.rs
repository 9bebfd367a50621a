//! What people get wrong: each is told in words with the file, the line and what to do,
//! and the other pages are built.

use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::symlink,
    process::Command,
};

use super::support::{FORMATS, Outcome, PNG, Site, files, run, skip};

/// The page with nothing wrong, beside the one of the test.
const GOOD: &str = "---\ntitle: Bonne page\ndate: 2026-01-02\n---\n\nTout va bien.\n";

/// A catalogue of [`GOOD`]'s words, and of nothing else.
const GOOD_CATALOGUE: &str = "msgid \"\"\nmsgstr \"\"\n\
    \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: en\\n\"\n\n\
    msgid \"Bonne page\"\nmsgstr \"A good page\"\n\n\
    msgid \"Tout va bien.\"\nmsgstr \"All is well.\"\n";

// Front matter

#[test]
fn broken_front_matter_is_told_with_its_line() {
    let site =
        beside().page("p.md", "---\ntitle: \"Jamais fermé\nlang: fr\n---\n\nDu texte.\n");
    let built = build(&site, 1);
    let told = built.all_diagnostics().into_iter().find(|it| it.file == "content/p.md");
    let told = told.unwrap_or_else(|| panic!("{built}"));
    assert!(told.line.is_some_and(|line| line <= 4), "{told:?}");
    assert!(built.file("html/fr/p/index.html").contains("Du texte."));
}

#[test]
fn front_matter_that_is_never_closed_is_told() {
    let site = beside().page("p.md", "---\ntitle: Titre\n\nDu texte.\n");
    let built = build_whatever(&site);
    let told = built.all_diagnostics().into_iter().find(|it| it.file == "content/p.md");
    assert!(told.is_some(), "{built}");
    assert!(built.file("html/fr/p/index.html").contains("Du texte."));
}

#[test]
fn a_page_without_front_matter_is_published_under_its_name() {
    let site = beside().page("premiers-pas.md", "Du texte.\n");
    let built = build(&site, 0);
    assert!(built.file("html/fr/premiers-pas/index.html").contains("Du texte."));
}

#[test]
fn front_matter_of_the_wrong_types_is_told_key_by_key() {
    let text = "---\ntitle: [un, deux]\ndate: hier\nsegments: oui\nshowBreadcrumb: peut-être\n\
                tags:\n  a: b\n---\n\nDu texte.\n";
    let built = build_whatever(&beside().page("p.md", text));
    let lines: Vec<u64> = built
        .all_diagnostics()
        .into_iter()
        .filter(|it| it.file == "content/p.md")
        .filter_map(|it| it.line)
        .collect();
    for line in 2..=5 {
        assert!(lines.contains(&line), "line {line} is not told: {built}");
    }
    assert!(built.file("html/fr/p/index.html").contains("Du texte."));
}

#[test]
fn two_pages_with_one_address_are_told_and_the_first_is_kept() {
    let site = beside()
        .page("a.md", "---\ntitle: A\npermalink: /meme/\n---\n\nPremière.\n")
        .page("b.md", "---\ntitle: B\npermalink: /meme/\n---\n\nSeconde.\n");
    let built = build(&site, 1);
    let told = built.told("address-twice").is("error").in_file("content/b.md");
    assert!(told.message.contains("content/a.md"), "{told:?}");
    assert!(built.file("html/fr/meme/index.html").contains("Première."));
}

// Bytes

#[test]
fn a_page_that_is_not_utf_8_is_told_at_its_first_wrong_byte() {
    let site = beside().bytes("content/p.md", b"# Titre\n\nUn \xe9t\xe9 fran\xe7ais.\n");
    let built = build_whatever(&site);
    built.told("not-utf-8").at("content/p.md", 3);
    assert!(built.file("html/fr/p/index.html").contains("Titre"));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_page() {
    let site = beside().page("p.md", "\u{FEFF}---\ntitle: Un titre\n---\n\nDu texte.\n");
    let built = build(&site, 0);
    let page = built.file("html/fr/p/index.html");
    assert!(page.contains("<h1") && page.contains("Un titre"), "{page}");
    assert!(!page.contains('\u{FEFF}'));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let text = "---\ntitle: Un titre\nsegments:\n  - title: Ici\n    url: /ici/\n---\n\n\
                ## Partie\n\nUne ligne\nqui continue.\n\n- un\n- deux\n\n```\ncode\n```\n\n\
                | a | b |\n|---|---|\n| c | d |\n";
    let unix = beside().page("p.md", text).build_html();
    let windows = beside().page("p.md", &text.replace('\n', "\r\n")).build_html();
    assert_eq!(unix.code, windows.code, "{windows}");
    assert_eq!(unix.file("html/fr/p/index.html"), windows.file("html/fr/p/index.html"));
}

#[test]
fn an_empty_file_is_told() {
    let built = build_whatever(&beside().page("vide.md", ""));
    let told =
        built.all_diagnostics().into_iter().find(|it| it.file == "content/vide.md");
    assert!(told.is_some(), "{built}");
}

#[test]
fn a_file_of_100_megabytes_is_told_and_not_read() {
    let site = beside().page("grosse.md", "# Titre\n");
    let file = File::options().write(true).open(site.path("content/grosse.md"));
    file.and_then(|it| it.set_len(100 << 20)).expect("a file with a hole takes no room");
    let built = build(&site, 1);
    built.told("file-too-large").is("error").in_file("content/grosse.md");
}

#[test]
fn a_named_pipe_is_not_waited_for() {
    let site = beside();
    let made = Command::new("mkfifo").arg(site.path("content/tube.md")).status();
    if !made.is_ok_and(|it| it.success()) {
        return skip("mkfifo cannot be run");
    }
    let built = site.build_html();
    assert_eq!(built.code, Some(1), "{built}");
    assert!(built.has("html/fr/bonne/index.html"), "{built}");
}

// Deep nesting

#[test]
fn ten_thousand_quotes_do_not_bring_it_down() {
    nested(&format!("{} fond\n", ">".repeat(10_000)));
}

#[test]
fn ten_thousand_lists_do_not_bring_it_down() {
    nested(&format!("{}fond\n", "- ".repeat(10_000)));
}

#[test]
fn ten_thousand_marks_do_not_bring_it_down() {
    nested(&format!("{}fond{}\n", "*a **b ".repeat(5_000), " b** a*".repeat(5_000)));
}

#[test]
fn ten_thousand_brackets_do_not_bring_it_down() {
    nested(&format!("{}fond{}\n", "[".repeat(10_000), "](/bonne/)".repeat(10_000)));
}

#[test]
fn ten_thousand_elements_do_not_bring_it_down() {
    nested(&format!(
        "{}\n\nfond\n\n{}\n",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    ));
    nested(&format!("{}fond\n", "<b><i>".repeat(5_000)));
}

#[test]
fn ten_thousand_containers_do_not_bring_it_down() {
    nested(&format!("{}fond\n", ":::info\n".repeat(10_000)));
}

#[test]
fn deep_front_matter_does_not_bring_it_down() {
    let text = format!("---\ntitle: Un titre\nx: {}\n---\n\nfond\n", "[".repeat(10_000));
    let built = build_whatever(&beside().page("p.md", &text));
    assert!(built.file("html/fr/p/index.html").contains("fond"));
    let aliases: String =
        (1..30).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
    let text = format!("---\na0: &a0 [x]\n{aliases}title: Un titre\n---\n\nfond\n");
    let built = build_whatever(&beside().page("p.md", &text));
    assert!(built.file("html/fr/p/index.html").contains("fond"));
}

// Images and paths

#[test]
fn a_missing_image_is_told_and_its_alternative_published() {
    let site = beside().page("p.md", "---\ntitle: P\n---\n\n![Un plan](plan.png)\n");
    let built = build(&site, 1);
    built.told("image-missing").is("error").at("content/p.md", 5);
    assert!(built.file("html/fr/p/index.html").contains("Un plan"));
}

#[test]
fn a_broken_image_is_told_and_its_alternative_published() {
    for bytes in [&PNG[..20], b"", b"ceci n'est pas une image", &PNG[..50]] {
        let site = beside()
            .page("p.md", "---\ntitle: P\n---\n\n![Un plan](plan.png)\n")
            .bytes("content/plan.png", bytes);
        let built = build(&site, 1);
        let told = built.all_diagnostics();
        assert!(told.iter().any(|it| it.file.starts_with("content/p")), "{built}");
        assert!(built.file("html/fr/p/index.html").contains("Un plan"));
    }
}

#[test]
fn an_image_outside_the_workspace_is_told_and_not_published() {
    for address in ["../../secret.png", "/../../secret.png", "%2e%2e/%2e%2e/secret.png"] {
        let text = format!("---\ntitle: P\n---\n\n![Un plan]({address})\n");
        let site = beside().page("p.md", &text);
        fs::write(site.folder().join("secret.png"), PNG).expect("the folder is writable");
        let built = build(&site, 1);
        let told = built.all_diagnostics().into_iter().find(|it| it.line == Some(5));
        assert!(told.is_some(), "{built}");
        is_nowhere(&built, PNG);
    }
}

#[test]
fn a_file_of_the_machine_is_not_published() {
    for address in ["/etc/hostname", "file:///etc/hostname", "../../../../etc/hostname"] {
        let text =
            format!("---\ntitle: P\n---\n\n![Un plan]({address}) et [là]({address})\n");
        let built = build_whatever(&beside().page("p.md", &text));
        let told = built.all_diagnostics().into_iter().find(|it| it.line == Some(5));
        assert!(told.is_some(), "{built}");
    }
}

#[test]
fn links_out_of_the_workspace_are_told_and_not_followed() {
    let site = beside()
        .page("p.md", "---\ntitle: P\n---\n\n![Un plan](plan.png) et [là](note.txt)\n")
        .page("dossier/q.md", "---\ntitle: Q\n---\n\nDedans.\n");
    fs::write(site.folder().join("secret.png"), PNG).expect("the folder is writable");
    fs::write(site.folder().join("secret.md"), "Un secret.")
        .expect("the folder is writable");
    fs::create_dir(site.folder().join("ailleurs")).expect("the folder is writable");
    fs::write(site.folder().join("ailleurs/r.md"), "Un secret.").expect("it is writable");
    symlink(site.folder().join("secret.png"), site.path("content/plan.png"))
        .expect("links");
    symlink("../../secret.md", site.path("content/note.txt")).expect("links");
    symlink("../../secret.md", site.path("content/s.md")).expect("links");
    symlink("../../ailleurs", site.path("content/ailleurs")).expect("links");
    symlink("boucle.md", site.path("content/boucle.md")).expect("links");
    symlink(".", site.path("content/dossier/encore")).expect("links");
    let built = build(&site, 1);
    let told: Vec<String> = built
        .diagnostics("link-out-of-workspace")
        .into_iter()
        .map(|it| it.file)
        .collect();
    assert!(told.contains(&"content/s.md".to_owned()), "{built}");
    assert!(told.contains(&"content/ailleurs".to_owned()), "{built}");
    assert!(built.has("html/fr/dossier/q/index.html"), "{built}");
    is_nowhere(&built, PNG);
    is_nowhere(&built, b"Un secret.");
}

#[test]
fn a_permalink_out_of_the_exports_is_told_and_refused() {
    for permalink in [
        "../../x",
        "/../../../x/",
        "/fr/../../../x/",
        "/a/%2e%2e/%2e%2e/%2e%2e/x/",
        "..\\\\..\\\\x",
        "/a//../../b/",
    ] {
        let text =
            format!("---\ntitle: P\npermalink: \"{permalink}\"\n---\n\nDu texte.\n");
        let built = build_whatever(&beside().page("p.md", &text));
        built.told("permalink-refused").at("content/p.md", 3);
        let all = built.files();
        let page = all.iter().find(|(file, bytes)| {
            file.starts_with("html/fr/") && contains(bytes, b"Du texte.")
        });
        assert!(page.is_some(), "{permalink}: the page is not published: {built}");
    }
}

#[test]
fn a_name_that_is_too_long_for_a_file_stops_nothing_else() {
    let long = "tres-".repeat(80);
    let text = format!("---\ntitle: P\npermalink: /{long}/\n---\n\nDu texte.\n");
    let built = build_whatever(&beside().page("p.md", &text));
    let told = built.all_diagnostics().into_iter().find(|it| it.file == "content/p.md");
    assert!(told.is_some(), "{built}");
}

// Catalogues

#[test]
fn a_catalogue_cut_in_half_is_told_and_its_first_half_used() {
    let end = GOOD_CATALOGUE.len() - 10;
    let site = beside().catalogue("en", "bonne.md", &GOOD_CATALOGUE[..end]);
    let built = build_whatever(&site);
    let told = built
        .all_diagnostics()
        .into_iter()
        .find(|it| it.file == "locales/en/content/bonne.po" && it.line.is_some());
    assert!(told.is_some(), "{built}");
    let page = built.file("html/en/bonne/index.html");
    assert!(page.contains("A good page"), "{page}");
    assert!(page.contains("Tout va bien."), "{page}");
}

#[test]
fn a_catalogue_of_another_page_is_told() {
    let site = beside()
        .page("autre.md", "---\ntitle: Autre page\n---\n\nD’autres mots.\n")
        .catalogue("en", "autre.md", GOOD_CATALOGUE);
    let built = build_whatever(&site);
    let told = built.all_diagnostics();
    let told = told.iter().find(|it| it.file == "locales/en/content/autre.po");
    assert!(told.is_some(), "{built}");
    assert!(built.file("html/en/autre/index.html").contains("D’autres mots."));
}

#[test]
fn a_catalogue_without_page_is_told() {
    let site = beside().catalogue("en", "disparue.md", GOOD_CATALOGUE);
    let built = build_whatever(&site);
    built.told("catalogue-without-page").in_file("locales/en/content/disparue.po");
}

#[test]
fn a_catalogue_that_is_no_catalogue_is_told_and_left_alone() {
    for bytes in [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"", b"<html>", &[0; 4096]] {
        let site = beside().bytes("locales/en/content/bonne.po", bytes);
        let built = build_whatever(&site);
        let told = built.all_diagnostics();
        let told = told.iter().find(|it| it.file == "locales/en/content/bonne.po");
        assert!(told.is_some(), "{built}");
        assert!(built.file("html/en/bonne/index.html").contains("Tout va bien."));
    }
}

// Settings and what was asked for

#[test]
fn an_unknown_language_is_told_with_those_there_are() {
    let site = beside();
    let built = site.build_with(&["--language", "de"]);
    assert_eq!(built.code, Some(2), "{built}");
    let told = built.told("language-unknown");
    assert!(told.hint.contains("fr") && told.hint.contains("en"), "{told:?}");
    assert!(!built.has("manifest.json"), "{built}");
}

#[test]
fn a_language_that_cannot_be_is_told_with_its_line() {
    let site = beside();
    let config = site.read("plantin.toml").replace("\"en\"", "\"anglais britannique\"");
    let built = site.config(&config).build_html();
    assert_eq!(built.code, Some(2), "{built}");
    let told = &built.all_diagnostics()[0];
    assert_eq!((told.file.as_str(), told.line), ("plantin.toml", Some(5)), "{built}");
}

#[test]
fn a_page_in_an_unknown_language_is_told() {
    let site = beside().page("p.md", "---\ntitle: P\nlang: de\n---\n\nHallo.\n");
    let built = build_whatever(&site);
    built.told("page-language-unknown").in_file("content/p.md");
}

#[test]
fn settings_that_are_wrong_are_told_with_their_line() {
    let cases = [
        ("[publication]\nname = \"essai\n", 2),
        ("[publication]\nname = \"essai\"\nadress = \"https://essai.example\"\n", 3),
        (
            "[publication]\nname = 3\naddress = \"https://e.example\"\nsource = \"fr\"\nlanguages = [\"fr\"]\n",
            2,
        ),
        (
            "[publication]\nname = \"../x\"\naddress = \"https://e.example\"\nsource = \"fr\"\nlanguages = [\"fr\"]\n",
            2,
        ),
    ];
    for (config, line) in cases {
        let built = beside().config(config).build_html();
        assert_eq!(built.code, Some(2), "{config}\n{built}");
        let told = &built.all_diagnostics()[0];
        assert_eq!(told.file, "plantin.toml", "{built}");
        assert!(!told.hint.is_empty(), "{built}");
        let lines: Vec<_> = built.all_diagnostics().iter().map(|it| it.line).collect();
        assert!(lines.contains(&Some(line)), "{config}\n{built}");
    }
}

#[test]
fn a_folder_without_settings_is_told() {
    let built = beside().remove("plantin.toml").build_html();
    assert_eq!(built.code, Some(2), "{built}");
    assert!(!built.told("settings-absent").hint.is_empty());
}

#[test]
fn a_workspace_without_pages_is_told() {
    let built = Site::new().build_html();
    assert_eq!(built.code, Some(1), "{built}");
    built.told("no-pages");
}

// Where it is written

#[test]
fn a_file_where_the_exports_should_be_is_told_and_kept() {
    let site = beside();
    fs::write(site.exports(), "À moi.").expect("the folder is writable");
    let built = site.build_html();
    assert_eq!(built.code, Some(2), "{built}");
    let told = &built.all_diagnostics()[0];
    assert!(told.message.contains("exports"), "{told:?}");
    assert!(!told.hint.is_empty(), "{told:?}");
    assert_eq!(fs::read_to_string(site.exports()).expect("it is there"), "À moi.");
}

#[test]
fn a_disk_that_is_read_only_is_told() {
    let site = beside();
    let Some((code, said, _)) = on_a_disk_of_its_own(&site, "ro,size=8m", "true") else {
        return;
    };
    assert_eq!(code, Some(2), "{said}");
    let said: serde_json::Value = serde_json::from_str(&said).expect("it speaks JSON");
    assert!(said.to_string().contains("read-only"), "{said}");
}

#[test]
fn a_full_disk_is_told_and_what_is_there_is_whole() {
    let site = beside().page(
        "p.md",
        &format!("---\ntitle: P\n---\n\n{}", "Beaucoup de mots.\n\n".repeat(20_000)),
    );
    let whole = site.build_with(&["--format", FORMATS]);
    assert_eq!(whole.code, Some(0), "{whole}");
    let keep = format!("cp -r disk/exports {}", site.folder().join("kept").display());
    let Some((code, said, site)) = on_a_disk_of_its_own(&site, "size=400k", &keep) else {
        return;
    };
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("disk-full"), "{said}");
    let kept = files(&site.folder().join("kept"));
    assert!(!kept.contains_key("manifest.json"), "the manifest would not be true");
    for (file, bytes) in kept.iter().filter(|(file, _)| !file.starts_with('.')) {
        assert_eq!(Some(bytes), whole.files().get(file), "{file} is not whole");
    }
}

// All at once

#[test]
fn many_wrong_pages_stop_no_other() {
    let site = beside()
        .page("a.md", "---\ntitle: [\n---\n\nA.\n")
        .page("b.md", "---\npermalink: ../../b\n---\n\nB.\n")
        .page("c.md", "")
        .bytes("content/d.md", b"\xff\xfe\0D")
        .page(
            "e.md",
            "![](absente.png) [rien](/rien/) [ancre](#rien) <script>alert(1)</script>\n",
        )
        .page("f.md", &">".repeat(20_000))
        .page(
            "g.md",
            "---\ntitle: G\nlang: zz\nsegments: 3\n---\n\n:::inconnu\n\n{% rien %}\n",
        )
        .catalogue("en", "bonne.md", GOOD_CATALOGUE)
        .catalogue("en", "a.md", "msgid \"");
    let built = site.build();
    assert_eq!(built.code, Some(1), "{built}");
    let english = built.file("html/en/bonne/index.html");
    assert!(english.contains("All is well."), "{english}");
    assert!(built.has("epub/essai.fr.epub"), "{built}");
    assert!(built.has("manifest.json"), "{built}");
    #[cfg(feature = "pdf")]
    assert!(built.has("pdf/essai.fr.pdf") && built.has("pdf/fr/bonne.pdf"), "{built}");
}

/// A workspace with a page in which nothing is wrong.
fn beside() -> Site {
    Site::new().page("bonne.md", GOOD)
}

/// Builds, and asserts the exit code.
fn build(site: &Site, code: i32) -> Outcome {
    let built = build_whatever(site);
    assert_eq!(built.code, Some(code), "{built}");
    built
}

/// Builds, and asserts what holds of every build: it ends by itself, every message is in
/// words and says what to do, the good page is there, and nothing else was touched.
fn build_whatever(site: &Site) -> Outcome {
    let before = site.surroundings();
    let built = site.build();
    assert!(matches!(built.code, Some(0 | 1)), "{built}");
    for told in built.all_diagnostics() {
        assert!(!told.message.is_empty() && !told.message.starts_with('{'), "{told:?}");
        assert!(!told.hint.is_empty() && !told.hint.contains("{ $"), "{told:?}");
        assert!(!told.file.is_empty(), "{told:?}");
    }
    assert!(built.file("html/fr/bonne/index.html").contains("Tout va bien."), "{built}");
    assert!(built.has("epub/essai.fr.epub"), "{built}");
    #[cfg(feature = "pdf")]
    assert!(built.has("pdf/fr/bonne.pdf") && built.has("pdf/essai.en.pdf"), "{built}");
    assert!(site.surroundings() == before, "something outside the exports was touched");
    built
}

/// Builds a page of this text, and asserts that its words and the other page are there.
fn nested(text: &str) {
    let site = beside().page("p.md", &format!("---\ntitle: Profonde\n---\n\n{text}"));
    let built = build_whatever(&site);
    let page = built.file("html/fr/p/index.html");
    assert!(
        page.contains("fond"),
        "its words are gone: {} bytes\n{}",
        page.len(),
        built.stderr
    );
}

/// Asserts that no built file has these bytes in it.
fn is_nowhere(built: &Outcome, bytes: &[u8]) {
    for (file, content) in built.files() {
        assert!(!contains(&content, bytes), "{file} has what is not ours");
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// Builds onto a file system of its own, then runs a command there; both see it, nobody
/// else does, and it goes away with them. `None` where the machine does not let us.
fn on_a_disk_of_its_own<'a>(
    site: &'a Site,
    options: &str,
    then: &str,
) -> Option<(Option<i32>, String, &'a Site)> {
    let disk = site.folder().join("disk");
    fs::create_dir(&disk).expect("the folder is writable");
    let mut allowed = Command::new("unshare");
    allowed
        .args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none"])
        .arg(&disk);
    if !allowed.output().is_ok_and(|it| it.status.success()) {
        skip("this machine lets us mount no file system");
        return None;
    }
    let build = site.build_command(&["--format", FORMATS, "--out", "disk/exports"]);
    let script = site.folder().join("script.sh");
    let mut text = File::create(&script).expect("the folder is writable");
    writeln!(text, "mount -t tmpfs -o {options} none disk || exit 99")
        .expect("it is writable");
    writeln!(text, "\"$@\"; code=$?; {then}; exit $code").expect("it is writable");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh"]).arg(&script);
    command.arg(build.get_program()).args(build.get_args()).current_dir(site.folder());
    for (name, value) in build.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let (status, stdout, stderr) = run(command);
    assert_ne!(status.code(), Some(99), "{stderr}");
    Some((status.code(), stdout, site))
}
