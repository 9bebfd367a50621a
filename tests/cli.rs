//! The command line, as a user meets it: what can be typed, what is answered, in French
//! and in English, and the exit codes.

use std::{
    fs,
    process::{Command, Stdio},
};

use crate::support::{Outcome, Site, files, program};

const COMMANDS: [&str; 11] = [
    "init",
    "new",
    "build",
    "extract",
    "status",
    "check",
    "deposit",
    "import",
    "doctor",
    "completions",
    "man",
];

const ABOUT: &str =
    "---\ntitle: Essai\ndescription: Une page.\ndate: 2026-01-31\n---\n\n";

/// Runs the program in a language.
fn run(locale: &str, arguments: &[&str]) -> Outcome {
    let mut command = program();
    command.env("LC_ALL", locale).args(arguments);
    Site::new().run(command)
}

#[test]
fn help_is_in_the_language_of_the_user() {
    let french = run("fr_FR.UTF-8", &["--help"]);
    assert_eq!(french.code, Some(0), "{french}");
    for word in ["Utilisation\u{a0}:", "Commandes", "Options", "Codes de sortie\u{a0}:"] {
        assert!(french.stdout.contains(word), "{word}\n{french}");
    }
    let english = run("en_GB.UTF-8", &["--help"]);
    for word in ["Usage:", "Commands", "Options", "Exit codes:"] {
        assert!(english.stdout.contains(word), "{word}\n{english}");
    }
}

#[test]
fn french_help_has_nothing_of_the_english_one() {
    for command in COMMANDS {
        let help = run("fr_FR.UTF-8", &[command, "--help"]);
        assert_eq!(help.code, Some(0), "{help}");
        assert!(help.stdout.contains("Utilisation\u{a0}:"), "{help}");
        for word in ["Usage", "Print", "default", "possible values", "Arguments:\n  <"] {
            assert!(!help.stdout.contains(word), "{word}\n{help}");
        }
    }
}

#[test]
fn help_of_several_lines_stays_in_several_lines() {
    for locale in ["fr_FR.UTF-8", "en_GB.UTF-8"] {
        for arguments in
            COMMANDS.iter().map(|it| vec![*it, "--help"]).chain([vec!["--help"]])
        {
            let help = run(locale, &arguments).stdout;
            assert!(!help.contains("\\u{"), "{help}");
            if help.contains("  0  ") {
                assert!(help.contains("\n  0  ") && help.contains("\n  2  "), "{help}");
            }
        }
    }
}

#[test]
fn every_locale_without_words_gets_english() {
    for locale in ["C", "POSIX", "de_DE.UTF-8", "zz", "fr", "fr_CA.UTF-8", ""] {
        let help = run(locale, &["--help"]).stdout;
        let word = if locale.starts_with("fr") { "Commandes" } else { "Commands" };
        assert!(help.contains(word), "{locale}: {help}");
    }
}

#[test]
fn without_a_command_the_help_says_what_there_is() {
    let lost = run("fr_FR.UTF-8", &[]);
    assert_eq!(lost.code, Some(2), "{lost}");
    for command in COMMANDS {
        assert!(lost.stderr.contains(command), "{lost}");
    }
}

#[test]
fn a_misspelt_option_or_command_is_answered_with_the_nearest_one() {
    let option = run("fr_FR.UTF-8", &["build", "--langage", "fr"]);
    assert_eq!(option.code, Some(2), "{option}");
    assert!(option.stderr.contains("Vouliez-vous dire"), "{option}");
    assert!(option.stderr.contains("--language"), "{option}");
    let command = run("en_GB.UTF-8", &["biuld"]);
    assert_eq!(command.code, Some(2), "{command}");
    assert!(command.stderr.contains("Did you mean “build”?"), "{command}");
}

#[test]
fn every_wrong_use_is_told_in_the_language_of_the_user() {
    for (arguments, said) in [
        (&["build", "--format", "docx"][..], "html, pdf, epub"),
        (&["build", "--jobs", "0"], "nombre entier"),
        (&["build", "--jobs", "beaucoup"], "nombre entier"),
        (&["build", "--out"], "plantin build --help"),
        (&["build", "--strict=yes"], "ne prend pas de valeur"),
        (&["build", "--out", "a", "--out", "b"], "deux fois"),
        (&["completions"], "TERMINAL"),
        (&["completions", "dos"], "bash"),
        (&["build", "ici"], "plantin build --help"),
        (&["init", "a", "b"], "plantin init --help"),
        (&["--loud"], "plantin --help"),
    ] {
        let wrong = run("fr_FR.UTF-8", arguments);
        assert_eq!(wrong.code, Some(2), "{arguments:?}\n{wrong}");
        assert!(wrong.stderr.contains(said), "{arguments:?}\n{wrong}");
        assert!(wrong.stderr.starts_with("erreur"), "{arguments:?}\n{wrong}");
        assert!(wrong.stdout.is_empty(), "{arguments:?}\n{wrong}");
    }
}

#[test]
fn wrong_use_is_an_object_when_one_is_asked_for() {
    let wrong = run("en_GB.UTF-8", &["build", "--json", "--nothing"]);
    assert_eq!(wrong.code, Some(2), "{wrong}");
    assert_eq!(wrong.json()["failures"][0]["code"], "unknown-argument");
    assert_eq!(wrong.json()["exit"], 2);
}

#[test]
fn a_typing_error_in_the_settings_is_shown_with_its_line() {
    let site = Site::new();
    let settings = site.read("plantin.toml").replace("languages", "langages");
    let site = site.config(&settings);
    let mut command = site.command("check");
    command.env("LC_ALL", "fr_FR.UTF-8");
    let wrong = site.run(command);
    assert_eq!(wrong.code, Some(2), "{wrong}");
    assert!(wrong.stderr.starts_with("plantin.toml:"), "{wrong}");
    assert!(wrong.stderr.contains("langages = "), "the line is shown\n{wrong}");
    assert!(wrong.stderr.contains("«\u{a0}languages\u{a0}»"), "the nearest one\n{wrong}");
}

#[test]
fn a_folder_without_settings_says_how_to_begin() {
    let site = Site::new().remove("plantin.toml");
    for command in ["build", "check", "extract"] {
        let wrong = site.run_command(command, &[]);
        assert_eq!(wrong.code, Some(2), "{wrong}");
        assert!(wrong.stderr.contains("plantin init"), "{wrong}");
    }
}

#[test]
fn check_says_everything_and_writes_nothing() {
    let site = Site::new().page("a.md", &format!("{ABOUT}[nulle part](/fr/absent/)\n"));
    let before = files(site.folder());
    let checked = site.run_command("check", &[]);
    assert_eq!(checked.code, Some(0), "{checked}");
    assert!(checked.stderr.contains("content/a.md:7:1: warning: "), "{checked}");
    assert!(checked.stderr.contains("| [nulle part](/fr/absent/)"), "{checked}");
    assert_eq!(files(site.folder()), before);
}

#[test]
fn strict_makes_a_warning_a_problem() {
    let site = Site::new().page("a.md", &format!("{ABOUT}[nulle part](/fr/absent/)\n"));
    let checked = site.run_command("check", &["--strict"]);
    assert_eq!(checked.code, Some(1), "{checked}");
}

#[test]
fn a_policy_can_make_what_is_not_translated_a_problem() {
    let site = Site::new().page("a.md", &format!("{ABOUT}Un texte.\n"));
    let site = site.more_config("[policy]\nmissing = \"fail\"");
    let checked = site.run_command("check", &[]);
    assert_eq!(checked.code, Some(1), "{checked}");
}

#[test]
fn catalogues_are_made_once_and_then_left_alone() {
    let site = Site::new().page("a.md", &format!("{ABOUT}Un texte.\n"));
    let made = site.run_command("extract", &["--json"]);
    assert_eq!(made.code, Some(0), "{made}");
    assert_eq!(made.json()["made"].as_array().map(Vec::len), Some(1), "{made}");
    let path = made.json()["made"][0].as_str().expect("a path").to_owned();
    assert!(site.read(&path).contains("Un texte."));
    let before = files(site.folder());
    let again = site.run_command("extract", &["--json"]);
    assert_eq!(again.json()["made"].as_array().map(Vec::len), Some(0), "{again}");
    assert_eq!(files(site.folder()), before);
}

#[test]
fn what_goes_wrong_many_times_is_summed_up() {
    let links: String = (0..40)
        .map(|number| format!("[lien {number}](/fr/absent-{number}/)\n\n"))
        .collect();
    let site = Site::new().page("a.md", &format!("{ABOUT}{links}"));
    let checked = site.run_command("check", &[]);
    let shown = |it: &Outcome| it.stderr.matches("content/a.md:").count();
    assert_eq!(shown(&checked), 10, "{checked}");
    assert!(checked.stderr.contains("and 30 other messages"), "{checked}");
    let everything = site.run_command("check", &["--verbose"]);
    assert_eq!(shown(&everything), 40, "{everything}");
    let object = site.run_command("check", &["--json"]).json();
    let told = object["diagnostics"].as_array().into_iter().flatten();
    assert_eq!(told.filter(|it| it["file"] == "content/a.md").count(), 40);
}

#[test]
fn an_object_says_all_that_a_message_does() {
    let site = Site::new().page("a.md", &format!("{ABOUT}[nulle part](/fr/absent/)\n"));
    let object = site.run_command("check", &["--json"]).json();
    let diagnostic = &object["diagnostics"][0];
    assert_eq!(diagnostic["code"], "link-to-nothing");
    assert_eq!(diagnostic["severity"], "warning");
    assert_eq!(diagnostic["file"], "content/a.md");
    assert_eq!(diagnostic["line"], 7);
    assert_eq!(diagnostic["column"], 1);
    assert_eq!(diagnostic["excerpt"], "[nulle part](/fr/absent/)");
    assert_eq!(diagnostic["args"]["address"], "/fr/absent/");
    assert!(diagnostic["message"].as_str().is_some_and(|it| it.contains("/fr/absent/")));
    assert!(diagnostic["hint"].is_string());
    assert_eq!(object["problems"]["warnings"], 1);
    assert_eq!(object["exit"], 0);
}

#[test]
fn a_page_cannot_play_with_the_terminal() {
    let page = format!("{ABOUT}[nulle part](/fr/absent\u{1b}[2J/) \u{1b}]0;titre\u{7}\n");
    let checked = Site::new().page("a.md", &page).run_command("check", &[]);
    assert!(!checked.stderr.contains(['\u{1b}', '\u{7}']), "{checked}");
}

#[test]
fn the_dates_may_come_from_the_environment() {
    let site = Site::new().page("a.md", "---\ntitle: Essai\n---\n\nTexte.\n");
    let site = site.env("SOURCE_DATE_EPOCH", "1726444800");
    let built = site.build_html();
    assert_eq!(built.manifest()["publication"]["date"], "2024-09-16", "{built}");
}

#[test]
fn a_build_that_is_asked_to_be_quiet_says_nothing_when_all_is_well() {
    let site = Site::new().page("index.md", &format!("{ABOUT}Tout va bien.\n"));
    let site = site.config(&site_in_french());
    let mut command = site.command("build");
    command.args(["--quiet", "--format", "html", "--out"]).arg(site.exports());
    let built = site.run(command);
    assert_eq!(
        (built.code, &*built.stdout, &*built.stderr),
        (Some(0), "", ""),
        "{built}"
    );
}

fn site_in_french() -> String {
    let settings = Site::new().read("plantin.toml");
    settings.replace("[\"fr\", \"en\"]", "[\"fr\"]")
}

#[test]
fn a_build_ends_with_a_table() {
    let site = Site::new().page("index.md", &format!("{ABOUT}Tout va bien.\n"));
    let mut command = site.command("build");
    command.env("LC_ALL", "fr_FR.UTF-8");
    command.args(["--format", "html", "--out"]).arg(site.exports());
    let built = site.run(command);
    assert_eq!(built.code, Some(0), "{built}");
    for word in
        ["Langue", "Traduit", "Français (fr)", "English (en)", "original", "0\u{a0}%"]
    {
        assert!(built.stdout.contains(word), "{word}\n{built}");
    }
}

#[test]
fn a_new_workspace_can_be_built_at_once() {
    for locale in ["fr_FR.UTF-8", "en_GB.UTF-8"] {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let root = folder.path().join("Ma première publication");
        let mut command = program();
        command.env("LC_ALL", locale).arg("init").arg(&root);
        let made = Site::new().run(command);
        assert_eq!(made.code, Some(0), "{made}");
        let settings =
            fs::read_to_string(root.join("plantin.toml")).expect("it is there");
        assert!(settings.contains("name = \"ma-premiere-publication\""), "{settings}");
        let mut command = program();
        command.args(["build", "--strict", "--json", "--format", "html", "--workspace"]);
        let built = Site::new().run({
            command.arg(&root);
            command
        });
        assert_eq!(built.code, Some(0), "{locale}\n{built}");
        assert_eq!(built.json()["problems"]["warnings"], 0, "{built}");
        assert!(root.join("exports/html/fr/index.html").exists(), "{built}");
        assert!(root.join("exports/html/en/index.html").exists(), "{built}");
    }
}

#[test]
fn a_workspace_is_not_written_over_another() {
    let site = Site::new().page("index.md", "Ici.\n");
    let before = files(site.folder());
    let mut command = program();
    command.arg("init").arg(site.workspace());
    let refused = site.run(command);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stderr.contains("plantin.toml"), "{refused}");
    assert_eq!(files(site.folder()), before);
}

#[test]
fn completions_and_the_manual_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run("fr_FR.UTF-8", &["completions", shell]);
        assert_eq!(script.code, Some(0), "{script}");
        for command in COMMANDS {
            assert!(script.stdout.contains(command), "{shell}: {command}");
        }
    }
    let manual = run("fr_FR.UTF-8", &["man"]);
    for heading in [".SH NOM", ".SH OPTIONS", ".SH COMMANDES", ".SH CODES DE SORTIE"] {
        assert!(manual.stdout.lines().any(|it| it.trim_end() == heading), "{manual}");
    }
    for command in COMMANDS {
        assert!(manual.stdout.contains(&format!(".SS plantin {command}")), "{manual}");
    }
    assert!(!manual.stdout.contains("SUBCOMMANDS"), "{manual}");
}

#[cfg(unix)]
#[test]
fn a_reader_who_stops_listening_is_no_fault() {
    let mut command = program();
    let mut child = command
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    drop(child.stdout.take());
    let outcome = child.wait_with_output().expect("the program ends");
    assert_eq!(outcome.stderr, b"");
    assert!(outcome.status.code().is_none_or(|it| it == 0), "{outcome:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_could_not_be_printed_is_a_failure() {
    let full = fs::File::options().write(true).open("/dev/full").expect("it is there");
    let mut command = program();
    let outcome =
        command.arg("man").stdout(full).output().expect("the program can be run");
    assert_eq!(outcome.status.code(), Some(2), "{outcome:?}");
    let said = String::from_utf8_lossy(&outcome.stderr);
    assert!(said.contains("The disk is full: the result"), "{said}");
}

/// A terminal gets drawings; `script` gives the program one.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_the_line_drawn() {
    let site = Site::new().page("a.md", &format!("{ABOUT}[nulle part](/fr/absent/)\n"));
    let mut command = Command::new("script");
    let line = format!(
        "{} check --workspace {}",
        env!("CARGO_BIN_EXE_plantin"),
        site.workspace().display()
    );
    command.args(["-qec", &line, "/dev/null"]).env("LC_ALL", "fr_FR.UTF-8");
    command.env_remove("NO_COLOR").env("TERM", "xterm");
    let Ok(outcome) = command.stdin(Stdio::null()).output() else {
        eprintln!("skipped: there is no `script`");
        return;
    };
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(said.contains("content/a.md:7:1"), "{said}");
    assert!(said.contains('╭') && said.contains("\u{1b}["), "{said}");
}

#[test]
fn the_language_of_the_program_can_be_chosen() {
    let said = |locale: &str, chosen: &str, arguments: &[&str]| {
        let mut command = program();
        command.env("LC_ALL", locale).env("PLANTIN_LOCALE", chosen).args(arguments);
        Site::new().run(command)
    };
    let is_french = |it: &Outcome| it.stdout.contains("Utilisation");
    for (arguments, expected) in [
        (&["build", "--help", "--locale", "fr"][..], true),
        (&["--locale", "fr", "build", "--help"], true),
        (&["--locale=fr", "--help"], true),
        (&["--locale=en", "--help", "--locale=fr"], true),
        (&["--help"], false),
    ] {
        // Without a language in the environment there is still a choice.
        let help = said("", "", arguments);
        assert_eq!(is_french(&help), expected, "{arguments:?}\n{help}");
    }
    assert!(is_french(&said("", "fr", &["--help"])));
    assert!(is_french(&said("en_GB.UTF-8", "fr_FR.UTF-8", &["--help"])));
    assert!(!is_french(&said("fr_FR.UTF-8", "en", &["--help"])));
    assert!(!is_french(&said("fr_FR.UTF-8", "fr", &["--help", "--locale", "en"])));
    // What is wrong with the rest is told in the language that was chosen.
    let wrong = said("", "", &["biuld", "--locale", "fr"]);
    assert!(wrong.stderr.contains("Vouliez-vous dire «\u{a0}build\u{a0}»"), "{wrong}");
    let wrong = said("", "", &["check", "--locale", "de"]);
    assert_eq!(wrong.code, Some(2), "{wrong}");
    assert!(wrong.stderr.contains("Choose among: en, fr"), "{wrong}");
}

#[test]
fn a_path_that_leads_to_nothing_is_a_slip_and_no_broken_disk() {
    let site = || Site::new().page("a.md", ABOUT).bytes("traductions/retour.xlf", b"x");
    for (arguments, named, near) in [
        (&["import", "eleventy", "SITE/contnet"][..], "contnet", "content"),
        (&["xliff", "import", "SITE/traductions/retuor.xlf"], "retuor.xlf", "retour.xlf"),
        (&["xliff", "import", "SITE/traductions/retour"], "retour", "retour.xlf"),
        (&["xliff", "import", "SITE/traduction/retour.xlf"], "traduction", "traductions"),
        (
            &["align", "--language", "en", "SITE/content/a.md", "SITE/content/b.md"],
            "b.md",
            "a.md",
        ),
        (&["deposit", "check", "SITE/xyz"], "xyz", ""),
        (&["import", "eleventy", "SITE/content/nulle/part"], "nulle", ""),
    ] {
        let site = site();
        let place = site.workspace().display().to_string();
        let mut command = program();
        command.env("LC_ALL", "fr_FR.UTF-8");
        command.args(arguments.iter().map(|it| it.replace("SITE", &place)));
        command.arg("--workspace").arg(site.workspace());
        if arguments[0] == "import" {
            command = program();
            command.env("LC_ALL", "fr_FR.UTF-8");
            command.args(arguments.iter().map(|it| it.replace("SITE", &place)));
        }
        let told = site.run(command);
        assert_eq!(told.code, Some(2), "{arguments:?}\n{told}");
        let line = told.stderr.lines().next().unwrap_or_default();
        assert!(
            line.starts_with("erreur") && line.ends_with(named),
            "{arguments:?}\n{told}"
        );
        assert!(
            !told.stderr.contains("disque") && !told.stderr.contains("os error"),
            "{told}"
        );
        let suggestion = format!("{near}\u{a0}»\u{a0}?");
        let is_near = told.stderr.contains("Vouliez-vous dire");
        assert_eq!(is_near, !near.is_empty(), "{arguments:?}\n{told}");
        assert!(near.is_empty() || told.stderr.contains(&suggestion), "{told}");
    }
}

#[test]
fn a_port_that_no_machine_has_is_told_with_what_it_may_be() {
    for port in ["80000", "-1", "65536", "quatre"] {
        let wrong = run("fr_FR.UTF-8", &["review", "--port", port]);
        assert_eq!(wrong.code, Some(2), "{wrong}");
        if cfg!(feature = "review") && port != "-1" {
            assert!(wrong.stderr.contains("de 0 à 65535"), "{wrong}");
        }
    }
}

#[test]
fn verify_says_of_the_folder_that_it_is_read() {
    for (locale, good, bad) in [
        ("fr_FR.UTF-8", "Le dossier qui est relu", "Où écrire"),
        ("en", "read back", "Where to write;"),
    ] {
        let help = run(locale, &["verify", "--help"]);
        assert!(help.stdout.contains(good) && !help.stdout.contains(bad), "{help}");
    }
}

#[test]
fn a_page_is_made_from_its_title_and_none_is_written_over() {
    let site = Site::new().page("a.md", ABOUT);
    let new = |arguments: &[&str]| {
        let mut command = program();
        command.env("LC_ALL", "fr_FR.UTF-8").args(["new", "page"]).args(arguments);
        command.arg("--workspace").arg(site.workspace());
        site.run(command)
    };
    let made = new(&["L’accès : « l’été » # 2", "guides/pratiques"]);
    assert_eq!(made.code, Some(0), "{made}");
    let path = "content/guides/pratiques/l-acces-l-ete-2.md";
    assert!(made.stdout.trim().ends_with(path), "{made}");
    assert_eq!(
        site.read(path),
        "---\ntitle: \"L’accès : « l’été » # 2\"\ndescription:\n---\n\n"
    );
    assert!(!made.stderr.is_empty(), "it says what to do next");
    // Typed from the workspace, it is the same folder.
    let again = new(&["L’accès : « l’été » # 2", "content/guides/pratiques/"]);
    assert_eq!(again.code, Some(2), "{again}");
    assert!(again.stderr.contains("déjà une page"), "{again}");
    for (arguments, said) in [
        (&["Titre", "../dehors"][..], "ailleurs"),
        (&["Titre", "/tmp"], "ailleurs"),
        (&["— !"], "aucun nom de fichier"),
        (&[], "plantin new --help"),
    ] {
        let wrong = new(arguments);
        assert_eq!(wrong.code, Some(2), "{arguments:?}\n{wrong}");
        assert!(wrong.stderr.contains(said), "{arguments:?}\n{wrong}");
    }
    let built = site.build_html();
    assert!(
        built
            .file("html/fr/guides/pratiques/l-acces-l-ete-2/index.html")
            .contains("l’été")
    );
}

#[test]
fn what_is_installed_and_what_is_particular_can_be_asked() {
    let site = Site::new()
        .page("a.md", ABOUT)
        .more_config("[html]\nlinks = \"files\"\n")
        .bytes("themes/fonts/A.ttf", b"x");
    let mut command = program();
    command.args(["doctor", "--workspace"]).arg(site.workspace());
    let said = site.run(command);
    assert_eq!(said.code, Some(0), "{said}");
    for word in
        [env!("CARGO_PKG_VERSION"), "1 file", "fr, en", "A.ttf", "html.links = \"files\""]
    {
        assert!(said.stdout.contains(word), "{word}\n{said}");
    }
    let empty = tempfile::tempdir().expect("writable");
    let mut command = program();
    command.args(["doctor", "--json", "--workspace"]).arg(empty.path());
    let said = site.run(command);
    assert_eq!(said.code, Some(0), "{said}");
    assert_eq!(said.json()["version"], env!("CARGO_PKG_VERSION"));
    assert!(said.json()["workspace"].is_null(), "{said}");
}

#[test]
fn a_build_ends_with_the_way_to_see_the_site() {
    let site = Site::new().page("a.md", ABOUT);
    let said = |site: &Site| {
        let mut command = program();
        command.env("LC_ALL", "fr_FR.UTF-8").args(["build", "--format", "html"]);
        command.arg("--workspace").arg(site.workspace());
        site.run(command).stderr
    };
    assert!(said(&site).contains("Pour voir le site\u{a0}: plantin serve --workspace"));
    let site = site.more_config("[html]\nlinks = \"files\"\n");
    let said = said(&site);
    assert!(said.contains("ouvrez dans votre navigateur\u{a0}:"), "{said}");
    assert!(
        said.contains("html/index.html") && !said.contains("plantin serve"),
        "{said}"
    );
}

#[test]
fn what_init_makes_can_be_opened_from_the_disk() {
    for locale in ["fr_FR.UTF-8", "en_GB.UTF-8"] {
        let folder = tempfile::tempdir().expect("writable");
        let root = folder.path().join("essai");
        let run = |arguments: &[&str]| {
            let mut command = program();
            command.env("LC_ALL", locale).args(arguments).arg(&root);
            Site::new().run(command)
        };
        assert_eq!(run(&["init"]).code, Some(0));
        assert_eq!(run(&["build", "--format", "html", "--workspace"]).code, Some(0));
        let site = root.join("exports/html");
        let front = fs::read_to_string(site.join("index.html")).expect("it is built");
        let links =
            front.split("<a href=\"").skip(1).filter_map(|it| it.split('"').next());
        let links: Vec<&str> = links.collect();
        assert_eq!(links.len(), 2, "{front}");
        assert!(links.iter().all(|it| site.join(it).is_file()), "{links:?}");
    }
}
