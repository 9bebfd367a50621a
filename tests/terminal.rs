//! Nothing that anybody wrote into a workspace, or into a bag, plays with the terminal.

use std::{fs, path::Path};

use super::support::{Outcome, Site, program};

/// An escape sequence, a bell, one that C1 has, marks of direction, a sign without width.
const TRAP: &str = "\u{1b}]0;x\u{7}\u{1b}[2K\u{9b}1m\u{202e}\u{2066}\u{200b}\u{2028}\t";

/// The same in a text of TOML or YAML, which holds no such sign as it is.
const WRITTEN: &str =
    "\\u001b]0;x\\u0007\\u001b[2K\\u009b1m\\u202e\\u2066\\u200b\\u2028\\t";

/// A workspace in which every name and every text holds the trap.
fn site() -> Site {
    let page = format!(
        "---\ntitle: \"T{WRITTEN}\"\n\"k{WRITTEN}\": 1\npermalink: \"/{WRITTEN}/\"\n\
         tags: [\"t{WRITTEN}\"]\n---\n\n\
         Un {TRAP} [lien {TRAP}](rien{TRAP}.md) [x](<javascript:{TRAP}>).\n\n\
         <p onclick=\"{TRAP}\">a</p> <{TRAP}>\n\n:::{TRAP}\n:::\n\n![](/{TRAP}.png)\n"
    );
    let catalogue = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-{TRAP}: y\\n\"\n\n\
         #, fuzzy, {TRAP}\n#| msgid \"b{TRAP}\"\nmsgid \"a{TRAP}\"\nmsgstr \"c{TRAP}\"\n\n\
         msgid \"a{TRAP}\"\nmsgstr \"{TRAP}\nnonsense {TRAP}\n"
    );
    let settings = format!(
        "date = \"2026-01-31\"\n\"k{WRITTEN}\" = 1\nlicence = \"javascript:{WRITTEN}\"\n\
         [deposit]\nvalidators = [[\"nulle-part\", \"{WRITTEN}\"]]\n"
    );
    Site::new()
        .more_config("date = \"2026-01-31\"\n")
        .page(&format!("a{TRAP}\n.md"), &page)
        .page(&format!("d{TRAP}/index.md"), "---\ntitle: [\n---\n\nx\n")
        .page("bonne.md", "---\ntitle: Bonne\n---\n\nTexte.\n")
        .bytes("locales/en/content/bonne.po", catalogue.as_bytes())
        .bytes(&format!("locales/en/content/e{TRAP}.po"), catalogue.as_bytes())
        .bytes(
            "locales/en/ui.ftl",
            format!("k{TRAP} = {TRAP}\nlicence = {TRAP}\n").as_bytes(),
        )
        .bytes(&format!("autre{TRAP}/en/free.md"), page.as_bytes())
        .bytes(
            "ailleurs/plantin.toml",
            format!("{}{settings}", super::support::CONFIG).as_bytes(),
        )
}

/// A bag of which every part holds the trap.
fn bag(at: &Path) {
    fs::create_dir_all(at.join(format!("data/{TRAP}"))).expect("writable");
    let write =
        |name: &str, text: String| fs::write(at.join(name), text).expect("writable");
    write(
        "bagit.txt",
        format!("BagIt-Version: 1.0{TRAP}\nTag-File-Character-Encoding: UTF-8{TRAP}\n"),
    );
    write("bag-info.txt", format!("K{TRAP}: v{TRAP}\nPayload-Oxum: {TRAP}\n"));
    write(&format!("data/{TRAP}/a{TRAP}"), "x".into());
    write("manifest-sha256.txt", format!("{:064}  data/b{TRAP}\n{TRAP}\n", 0));
    write(&format!("manifest-{TRAP}.txt"), String::new());
    write(&format!("t{TRAP}\n"), String::new());
}

/// What was printed has no sign that is hidden, but for the ends of our own lines.
fn shows_everything(command: &str, said: &Outcome) {
    for text in [&said.stdout, &said.stderr] {
        let hidden = |it: char| {
            it != '\n'
                && (it.is_control() || "\u{202e}\u{2066}\u{200b}\u{2028}".contains(it))
        };
        let at = text.find(hidden);
        let near = at.map(|at| text[..at].chars().rev().take(80).collect::<Vec<_>>());
        let near: Option<String> = near.map(|it| it.into_iter().rev().collect());
        assert!(at.is_none(), "{command}: after {near:?}\n{text:?}");
    }
}

#[test]
fn no_name_and_no_text_plays_with_the_terminal() {
    let site = site();
    let bag_folder = site.folder().join(format!("bag{TRAP}"));
    bag(&bag_folder);
    let (bag_path, page) = (
        bag_folder.display().to_string(),
        site.path(&format!("autre{TRAP}/en/free.md")).display().to_string(),
    );
    let source = site.path("content/bonne.md").display().to_string();
    let out = site.folder().join(format!("out{TRAP}")).display().to_string();
    let elsewhere = site.path("ailleurs").display().to_string();
    let workspace = site.workspace().display().to_string();
    let here = ["--workspace", &workspace];
    let there = ["--workspace", &elsewhere];
    let commands: Vec<Vec<&str>> = vec![
        [&["check"][..], &here].concat(),
        [&["check", "--verbose"][..], &here].concat(),
        [&["build", "--format", "html,epub", "--verbose"][..], &here].concat(),
        [&["build", "--format", "html", "--out", &out][..], &here].concat(),
        [&["status"][..], &here].concat(),
        [&["verify"][..], &here].concat(),
        [&["extract"][..], &here].concat(),
        [&["status"][..], &here].concat(),
        [&["xliff", "export", "--language", "en", "--out", &out][..], &here].concat(),
        [&["csv", "export", "--language", "en", "--out", &out][..], &here].concat(),
        [&["align", &source, &page, "--language", "en"][..], &here].concat(),
        [&["deposit", "bag", "--out", &out][..], &here].concat(),
        vec!["deposit", "check", &bag_path],
        vec!["deposit", "check", &page],
        vec!["import", "eleventy", "--out", &out, &elsewhere],
        [&["check"][..], &there].concat(),
        [&["deposit", "bag", "--out", &out][..], &there].concat(),
        [&["build", "--page", TRAP, "--language", TRAP][..], &here].concat(),
        vec!["build", TRAP],
        vec![TRAP],
        vec!["--workspace", TRAP],
        vec!["check", "--workspace", TRAP],
        vec!["build", "--jobs", TRAP],
        vec!["init", &page],
    ];
    for arguments in commands {
        for more in [&[][..], &["--json"]] {
            let mut command = program();
            command.current_dir(site.folder()).args(&arguments).args(more);
            let said = site.run(command);
            let name = format!("{arguments:?} {more:?}");
            shows_everything(&name, &said);
            assert!(!said.stdout.is_empty() || !said.stderr.is_empty(), "{name}");
            if !more.is_empty() && said.stdout.starts_with('{') {
                let read: Result<serde_json::Value, _> =
                    serde_json::from_str(&said.stdout);
                assert!(read.is_ok(), "{name}: {}", said.stdout);
            }
        }
    }
    let told = site.run_command("check", &[]);
    assert!(told.stderr.contains("a\\u{1b}]0;x\\u{7}"), "{told}");
    assert!(
        told.stderr.contains("\\u{9}\\u{a}.md"),
        "the end of a line in a name: {told}"
    );
}

#[test]
fn what_the_program_was_started_as_is_not_printed() {
    use std::os::unix::process::CommandExt as _;
    let mut command = program();
    command.arg0(TRAP).arg("--help");
    let said = Site::new().run(command);
    assert_eq!(said.code, Some(0), "{said}");
    shows_everything("--help", &said);
}

/// On a terminal, messages are drawn: with colours, and still nothing of others'.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_only_our_own_styles_are_escape_sequences() {
    use std::process::{Command, Stdio};
    let site = site();
    let plantin = program();
    for subcommand in ["check", "status"] {
        let line = format!(
            "'{}' {subcommand} --workspace '{}'",
            plantin.get_program().display(),
            site.workspace().display()
        );
        let said = Command::new("script")
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .env_clear()
            .envs(plantin.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env_remove("NO_COLOR")
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::null())
            .output()
            .expect("there is script");
        let text = String::from_utf8_lossy(&said.stdout).replace("\r\n", "\n");
        assert!(text.contains("\\u{1b}]0;x\\u{7}"), "{subcommand}: {text}");
        if subcommand == "check" {
            assert!(text.contains("\u{1b}["), "there are colours: {text}");
        }
        let mut rest = text.as_str();
        let mut plain = String::new();
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            plain.push_str(before);
            let end = after.find(|it: char| !it.is_ascii_digit() && it != ';');
            let end = end.expect("a style ends");
            assert_eq!(&after[end..=end], "m", "{subcommand}: {after}");
            rest = &after[end + 1..];
        }
        plain.push_str(rest);
        let hidden = |it: char| it != '\n' && (it.is_control() || it == '\u{202e}');
        assert_eq!(plain.find(hidden), None, "{subcommand}: {plain:?}");
    }
}
