//! `plantin serve`: the preview follows the sources, and only this machine can read it.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use super::support::{
    Site, root, validators,
    web::{PATIENCE, Server},
};

/// A preview that runs until it is dropped.
struct Preview {
    server: Server,
    site: Site,
}

impl Preview {
    fn of(site: Site) -> Self {
        let mut command = site.command("serve");
        command.args(["--port", "0"]);
        Self { server: Server::start(command), site }
    }

    /// The whole answer to a request, its status first.
    fn get(&self, path: &str) -> String {
        let answer = self.server.get(path.trim_start_matches('/'));
        format!("{} {:?}\n\n{}", answer.status, answer.headers, answer.body)
    }

    /// Writes a file of the workspace.
    fn write(&self, path: &str, text: &str) {
        fs::write(self.site.path(path), text).expect("writable");
    }

    /// Asks until an answer holds these words.
    fn wait(&self, path: &str, words: &str) -> String {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if answer.contains(words) {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "{words} in {answer}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn page(text: &str) -> String {
    format!("---\ntitle: A\n---\n\n{text}\n")
}

#[test]
fn a_change_is_shown_and_told_to_the_browser() {
    let preview = Preview::of(Site::new().page("a.md", &page("Avant.")));
    let before = preview.get("/fr/a/");
    assert!(before.starts_with("200") && before.contains("Avant."), "{before}");
    let version =
        before.split("data-version=\"").nth(1).and_then(|it| it.split('"').next());
    let version: u64 = version.and_then(|it| it.parse().ok()).expect("a version");
    preview.write("content/a.md", &page("Après."));
    let told = preview.get(&format!("/-/changes?since={version}"));
    assert!(told.contains("text/event-stream"), "{told}");
    assert!(told.contains(&format!("\ndata: {}\n\n", version + 1)), "{told}");
    assert!(preview.get("/fr/a/").contains("Après."));
    // What would be published has no script.
    let built = preview.site.build_html();
    assert!(!built.file("html/fr/a/index.html").contains("preview.js"));
}

#[test]
fn what_is_wrong_is_a_page_and_the_last_site_stays() {
    let preview = Preview::of(Site::new().page("a.md", &page("[x](rien.md)")));
    let shown = preview.get("/fr/a/");
    let problems = preview.server.path("-/problems");
    assert!(shown.contains(&format!("<a href=\"{problems}\">1 problem</a>")), "{shown}");
    let problems = preview.get("/-/problems");
    assert!(problems.contains("content/a.md:5"), "{problems}");
    let settings = preview.site.read("plantin.toml");
    preview.write("plantin.toml", "[publication\n");
    preview.wait("/fr/a/", "Nothing new is shown");
    assert!(preview.get("/-/problems").contains("plantin.toml:1"));
    preview.write("plantin.toml", &settings);
    preview.write("content/a.md", &page("Réparé."));
    let mended = preview.wait("/fr/a/", "Réparé.");
    assert!(!mended.contains("/-/problems"), "{mended}");
}

#[test]
fn the_preview_holds_the_site_alone() {
    let preview = Preview::of(Site::new().page("a.md", &page("Texte.")));
    for path in [
        "../plantin.toml",
        "fr/../../plantin.toml",
        "%2e%2e/plantin.toml",
        "%2e%2e%2fplantin.toml",
        "..%5cplantin.toml",
        "%252e%252e/plantin.toml",
        "//etc/passwd",
        "fr/%00",
        "pdf/../../plantin.toml",
        "epub/%2e%2e/essai.fr.epub",
        "%ff",
    ] {
        let answer = preview.server.get(path);
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!answer.body.contains("essai.example"), "{path}: {answer:?}");
    }
    let absent = preview.get("/fr/<b>/");
    assert!(!absent.contains("<b>"), "{absent}");
    let moved = preview.get("/fr/a");
    assert!(
        moved.starts_with("302") && moved.contains(&preview.server.path("fr/a/")),
        "{moved}"
    );
}

#[test]
fn books_are_made_when_they_are_asked_for() {
    let preview = Preview::of(Site::new().page("a.md", &page("Texte.")));
    let book = preview.get("/epub/essai.fr.epub");
    assert!(book.starts_with("200") && book.contains("application/epub+zip"));
    assert!(preview.get("/epub/essai.de.epub").starts_with("404"));
}

#[test]
fn what_is_attached_to_a_page_can_be_looked_at_and_does_nothing() {
    let trap =
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('.')</script></svg>";
    let text = page("[a](piege.svg)");
    let site = Site::new().page("a.md", &text).bytes("content/piege.svg", trap);
    let preview = Preview::of(site);
    let attached = preview.server.get("assets/content/piege.svg");
    assert_eq!(attached.status, 200, "{attached:?}");
    assert!(!attached.body.contains("preview.js"), "{attached:?}");
    let policy = &attached.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"));
    let page = preview.server.get("fr/a/");
    assert!(page.headers["content-security-policy"].starts_with("default-src 'self'"));
}

/// Each build takes every core: many at once would take the machine.
#[cfg(target_os = "linux")]
#[test]
fn what_many_ask_for_is_built_once_and_nothing_beside_it() {
    let preview = Preview::of(Site::new().page("a.md", &page("Texte.")));
    let server = &preview.server;
    let threads = || {
        let path = format!("/proc/{}/status", server.child.id());
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find_map(|it| it.strip_prefix("Threads:"));
        line.and_then(|it| it.trim().parse::<usize>().ok()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let most = std::thread::scope(|scope| {
        let ask = |number: usize| {
            let language = ["fr", "en"][number % 2];
            let book = server.get(&format!("epub/essai.{language}.epub"));
            assert_eq!(book.status, 200, "{book:?}");
        };
        let asking: Vec<_> =
            (0..40).map(|number| scope.spawn(move || ask(number))).collect();
        let mut most = 0;
        while asking.iter().any(|it| !it.is_finished()) {
            most = most.max(threads());
            std::thread::sleep(Duration::from_millis(1));
        }
        most
    });
    // The server, who looks for changes, four that may wait, and one build.
    assert!(most > 0 && most <= 2 + 4 + 2 * cores + 2, "{most} threads on {cores} cores");
}

#[test]
fn a_person_reads_the_preview_in_a_browser_and_another_server_does_not() {
    let Some((folder, _turn)) = validators::find("axe") else { return };
    let preview = Preview::of(Site::new().page("a.md", &page("Avant.")));
    let mut command = Command::new("node");
    command
        .arg(root().join("tests/validators/serve.mjs"))
        .arg(&preview.server.address)
        .arg(preview.site.path("content/a.md"))
        .env("PLANTIN_VALIDATORS", folder);
    let said = command.output().expect("there is node");
    let (out, err) =
        (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{out}\n{err}");
    assert!(!out.contains("\"fault\""), "{out}\n{err}");
    assert!(out.lines().count() >= 10, "{out}\n{err}");
}
