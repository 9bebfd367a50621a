//! `plantin serve`: the preview follows the sources, and only this machine can read it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use super::support::Site;

/// How long a change may take to be seen, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that runs until it is dropped.
struct Preview {
    child: Child,
    port: u16,
    site: Site,
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Preview {
    fn of(site: Site) -> Self {
        let mut command = site.command("serve");
        command.args(["--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program can be run");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("an address");
        let port = line.trim().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|it| it.parse().ok()).expect(&line);
        Self { child, port, site }
    }

    /// The whole answer to a request.
    fn get(&self, path: &str) -> String {
        self.ask(path, &format!("127.0.0.1:{}", self.port))
    }

    fn ask(&self, path: &str, host: &str) -> String {
        let mut stream =
            TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time is set");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
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
    assert!(before.starts_with("HTTP/1.1 200") && before.contains("Avant."), "{before}");
    let version =
        before.split("data-version=\"").nth(1).and_then(|it| it.split('"').next());
    let version: u64 = version.and_then(|it| it.parse().ok()).expect("a version");
    preview.write("content/a.md", &page("Après."));
    let told = preview.get(&format!("/-/changes?since={version}"));
    assert!(told.contains("content-type: text/event-stream"), "{told}");
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
    assert!(shown.contains("<a href=\"/-/problems\">1 problem</a>"), "{shown}");
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
fn the_preview_answers_to_its_own_name_alone_and_holds_the_site_alone() {
    let preview = Preview::of(Site::new().page("a.md", &page("Texte.")));
    let rebound = preview.ask("/fr/a/", "evil.example");
    assert!(
        rebound.starts_with("HTTP/1.1 421") && !rebound.contains("Texte."),
        "{rebound}"
    );
    for path in ["/../plantin.toml", "/fr/../../plantin.toml", "/%2e%2e/plantin.toml"] {
        let answer = preview.get(path);
        assert!(
            answer.starts_with("HTTP/1.1 404") && !answer.contains("essai"),
            "{answer}"
        );
    }
    let absent = preview.get("/fr/<b>/");
    assert!(!absent.contains("<b>"), "{absent}");
    let moved = preview.get("/fr/a");
    assert!(
        moved.starts_with("HTTP/1.1 302") && moved.contains("location: /fr/a/"),
        "{moved}"
    );
}

#[test]
fn books_are_made_when_they_are_asked_for() {
    let preview = Preview::of(Site::new().page("a.md", &page("Texte.")));
    let book = preview.get("/epub/essai.fr.epub");
    assert!(book.starts_with("HTTP/1.1 200") && book.contains("application/epub+zip"));
    assert!(preview.get("/epub/essai.de.epub").starts_with("HTTP/1.1 404"));
}
