//! The page on which translations are reviewed: who may ask, what is saved, and what a
//! person meets in a browser.

use std::{collections::BTreeMap, ops::Deref, process::Command, thread};

use serde_json::{Value, json};

use super::support::{
    Site, files, root, validators,
    web::{Answer, Server},
};

const PAGE: &str = "---
title: Accueil
---

Un premier paragraphe.

Un [lien](/fr/accueil/) et du `code`.

Un paragraphe nouveau.
";

const CATALOGUE: &str = r#"msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Plantin-Rule: 1\n"

#. page title
msgid "Accueil"
msgstr "Home"

# Said on the phone.
#, reviewed
msgid "Un premier paragraphe."
msgstr "A first paragraph."

#, fuzzy
#| msgid "Un vieux [lien](/fr/accueil/) et du `code`."
msgid "Un [lien](/fr/accueil/) et du `code`."
msgstr "An old [link](/fr/accueil/) and `code`."
"#;

const STORE: &str = "locales/en/content/accueil.po";

#[test]
fn the_page_is_shown_to_who_knows_the_address() {
    let site = site();
    let review = Review::of(&site);
    let answer = review.get("page?language=en&page=/accueil/");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("A first paragraph."), "{}", answer.body);
    assert!(answer.body.contains("data-unit=\"u-"), "{}", answer.body);
    let policy = &answer.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let list = review.get("");
    assert!(list.body.contains("/accueil/"), "{}", list.body);
}

#[test]
fn no_path_leads_out_of_what_pages_show() {
    let site = site().bytes("content/plan.png", super::support::PNG);
    let site = site.page("image.md", "# Image\n\n![Un plan](/plan.png)\n");
    let review = Review::of(&site);
    for path in [
        "files?path=../plantin.toml",
        "files?path=/etc/passwd",
        "files?path=accueil.md",
        "files?path=%2e%2e%2fplantin.toml",
        "assets/../../plantin.toml",
        "assets/%2e%2e/page.html",
        "page?language=de&page=/accueil/",
        "page?language=en&page=/../../etc/passwd",
        "page?language=en&page=/nulle-part/",
        "nothing",
    ] {
        let answer = review.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
    }
    assert_eq!(review.get("files?path=plan.png").headers["content-type"], "image/png");
}

#[test]
fn what_is_attached_is_shown_where_it_is_an_image_and_can_do_nothing() {
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    let site = site()
        .bytes("content/plan.svg", drawing)
        .bytes("content/piege.html", b"<script src=\"assets/review.js\"></script>")
        .page("image.md", "# Image\n\n![Un plan](/plan.svg) [a](/piege.html)\n");
    let review = Review::of(&site);
    let image = review.get("files?path=plan.svg");
    assert_eq!(image.headers["content-type"], "image/svg+xml", "{image:?}");
    let policy = &image.headers["content-security-policy"];
    assert!(policy.contains("default-src 'none'") && policy.ends_with("sandbox"));
    assert_eq!(review.get("files?path=piege.html").status, 404);
}

#[test]
fn corrections_come_from_its_own_pages_alone() {
    let site = site();
    let review = Review::of(&site);
    let body = review.correction("Un paragraphe nouveau.", "New.", "translated");
    let text = body.to_string();
    let own = format!("http://{}", review.host);
    let json = ("Content-Type", "application/json");
    for headers in [
        vec![json],
        vec![json, ("Origin", "http://evil.example")],
        vec![json, ("Origin", "null")],
        vec![json, ("Origin", &own), ("Sec-Fetch-Site", "cross-site")],
        vec![("Content-Type", "text/plain"), ("Origin", &own)],
        vec![("Origin", &own)],
    ] {
        let answer = review.known("POST", "api/save", &headers, text.as_bytes());
        assert_eq!(answer.status, 403, "{headers:?}: {answer:?}");
    }
    assert_eq!(site.read(STORE), CATALOGUE, "nothing was written");
    assert_eq!(review.post("save", &body).status, 200);
}

#[test]
fn what_is_no_correction_is_refused() {
    let site = site();
    let review = Review::of(&site);
    let own = format!("http://{}", review.host);
    let headers = [("Content-Type", "application/json"), ("Origin", own.as_str())];
    let huge = vec![b' '; 2 << 20];
    assert_eq!(review.known("POST", "api/save", &headers, &huge).status, 413);
    assert_eq!(review.known("POST", "api/save", &headers, b"{").status, 400);
    assert_eq!(review.known("POST", "api/save", &headers, b"{}").status, 400);
    for (method, path) in [("GET", "api/save"), ("DELETE", "page"), ("PUT", "")] {
        let answer = review.known(method, path, &headers, b"");
        assert_eq!(answer.status, 405, "{method} {path}: {answer:?}");
    }
    for (key, value) in
        [("page", "/rien/"), ("language", "fr"), ("language", "de"), ("unit", "00")]
    {
        let mut body = review.correction("Accueil", "Welcome", "translated");
        body[key] = value.into();
        assert_eq!(review.post("save", &body).status, 404, "{key} {value}");
    }
    assert_eq!(site.read(STORE), CATALOGUE, "nothing was written");
}

#[test]
fn a_translation_is_saved_at_once_and_nothing_else_is_lost() {
    let site = site();
    let review = Review::of(&site);
    let body = review.correction("Un paragraphe nouveau.", "A new one.", "reviewed");
    let answer = review.post("save", &body).json();
    assert_eq!(answer["unit"]["state"], "reviewed", "{answer}");
    assert!(
        answer["rows"][0]["html"].as_str().is_some_and(|it| it.contains("A new one"))
    );
    let store = site.read(STORE);
    let saved = "#, reviewed\nmsgid \"Un paragraphe nouveau.\"\nmsgstr \"A new one.\"\n";
    assert!(store.contains(saved), "{store}");
    assert!(store.contains("# Said on the phone.\n"), "{store}");
    assert!(store.contains("#| msgid \"Un vieux [lien]"), "{store}");
    let built = site.build_html();
    assert!(built.file("html/en/accueil/index.html").contains("A new one."), "{built}");
}

#[test]
fn a_translation_that_is_brought_up_to_date_is_stale_no_more() {
    let site = site();
    let review = Review::of(&site);
    let source = "Un [lien](/fr/accueil/) et du `code`.";
    let stale = review.unit(source);
    assert_eq!(stale["state"], "stale");
    let gone = json!(["gone", "vieux "]);
    assert!(stale["changes"].as_array().is_some_and(|it| it.contains(&gone)), "{stale}");
    let body =
        review.correction(source, "A [link](/fr/accueil/) and `code`.", "translated");
    assert_eq!(review.post("save", &body).json()["unit"]["state"], "translated");
    let store = site.read(STORE);
    assert!(!store.contains("fuzzy") && !store.contains("#|"), "{store}");
}

#[test]
fn a_first_translation_makes_the_catalogue() {
    let site = site().remove(STORE);
    let review = Review::of(&site);
    let body = review.correction("Accueil", "Home", "translated");
    assert_eq!(review.post("save", &body).status, 200);
    assert!(site.read(STORE).contains("msgid \"Accueil\"\nmsgstr \"Home\"\n"));
}

#[test]
fn an_emptied_translation_is_missing() {
    let site = site();
    let review = Review::of(&site);
    let body = review.correction("Un premier paragraphe.", "  \n", "reviewed");
    assert_eq!(review.post("save", &body).json()["unit"]["state"], "missing");
    assert!(!site.read(STORE).contains("reviewed"));
}

#[test]
fn what_the_checks_refuse_is_kept_as_a_draft_alone() {
    let site = site();
    let review = Review::of(&site);
    let source = "Un [lien](/fr/accueil/) et du `code`.";
    let bad = "A [link](https://evil.example/) <script>alert(1)</script>";
    let checked = review.post("check", &review.correction(source, bad, "translated"));
    let faults = checked.json()["unit"]["faults"].clone();
    assert!(faults.as_array().is_some_and(|it| it.len() > 1), "{faults}");
    assert!(!faults.to_string().contains("{$"), "{faults}");
    for standing in ["translated", "reviewed"] {
        let answer = review.post("save", &review.correction(source, bad, standing));
        assert_eq!(answer.status, 422, "{answer:?}");
        let faults = answer.json()["faults"].clone();
        assert!(
            !faults[0]["message"].as_str().unwrap_or_default().is_empty(),
            "{faults}"
        );
    }
    assert_eq!(site.read(STORE), CATALOGUE, "nothing was written");
    let answer = review.post("save", &review.correction(source, bad, "draft"));
    assert_eq!(answer.json()["unit"]["state"], "draft");
    let built = site.build_html().file("html/en/accueil/index.html");
    assert!(!built.contains("alert(1)") && !built.contains("evil.example"), "{built}");
}

#[test]
fn a_file_that_changed_underneath_is_not_written_over() {
    let site = site();
    let review = Review::of(&site);
    let body = review.correction("Accueil", "Welcome", "translated");
    let theirs = CATALOGUE.replace("\"Home\"", "\"Home page\"");
    let site = site.bytes(STORE, theirs.as_bytes());
    let answer = review.post("save", &body);
    assert_eq!(answer.status, 409, "{answer:?}");
    assert_eq!(answer.json()["unit"]["translation"], "Home page");
    assert_eq!(site.read(STORE), theirs, "nothing was written");
    // Who has seen both may decide.
    let mut again = body;
    again["hash"] = answer.json()["hash"].clone();
    assert_eq!(review.post("save", &again).status, 200);
    assert!(site.read(STORE).contains("msgstr \"Welcome\""));
}

#[test]
fn of_two_corrections_at_once_one_is_refused() {
    let site = site();
    let review = Review::of(&site);
    let bodies = ["One", "Two", "Three", "Four"]
        .map(|it| (it, review.correction("Un paragraphe nouveau.", it, "translated")));
    let statuses: Vec<(&str, u16)> = thread::scope(|scope| {
        let ask = |(text, body): &(&'static str, Value)| {
            let (text, body, review) = (*text, body.clone(), &review);
            scope.spawn(move || (text, review.post("save", &body).status))
        };
        let asked: Vec<_> = bodies.iter().map(ask).collect();
        asked.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    let won: Vec<&str> =
        statuses.iter().filter(|it| it.1 == 200).map(|it| it.0).collect();
    assert_eq!(won.len(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|it| [200, 409].contains(&it.1)), "{statuses:?}");
    assert!(site.read(STORE).contains(&format!("msgstr \"{}\"", won[0])));
}

#[test]
fn a_damaged_catalogue_is_left_as_it_is() {
    let damaged = format!("{CATALOGUE}\nmsgid \"Cut\nmsgstr \"here\"\n");
    let site = site().bytes(STORE, damaged.as_bytes());
    let review = Review::of(&site);
    let answer =
        review.post("save", &review.correction("Accueil", "Welcome", "translated"));
    assert_eq!(answer.status, 423, "{answer:?}");
    assert_eq!(site.read(STORE), damaged);
}

#[test]
fn what_authors_change_meanwhile_is_seen() {
    let site = site();
    let review = Review::of(&site);
    let body = review.correction("Un premier paragraphe.", "A first.", "translated");
    let page = PAGE.replace("Un premier paragraphe.", "Un tout autre début.");
    let site = site.page("accueil.md", &page);
    assert_eq!(review.post("save", &body).status, 404);
    assert!(review.get("page?language=en&page=/accueil/").body.contains("tout autre"));
    assert_eq!(site.read(STORE), CATALOGUE, "nothing was written");
}

#[test]
fn the_glossary_and_the_pages_beside_are_at_hand() {
    let site = site()
        .page("autre.md", "# Autre « page »\n\nUn paragraphe.\n")
        .bytes("locales/fr/glossary.ftl", b"-paragraph = paragraphe\n")
        .bytes("locales/en/glossary.ftl", b"-paragraph = paragraph\n");
    let review = Review::of(&site);
    let terms = review.unit("Un premier paragraphe.")["terms"].clone();
    assert_eq!(terms, json!([["paragraphe", "paragraph"]]));
    let page = review.get("page?language=en&page=/accueil/").body;
    let next = "href=\"page?language=en&amp;page=/autre/\" rel=\"next\"";
    assert!(page.contains(next) && !page.contains("rel=\"prev\""), "{page}");
    assert!(page.contains("aria-label=\"Next page: Autre"), "{page}");
}

#[test]
fn a_page_can_bring_nothing_of_its_own_into_the_script() {
    let site =
        site().page("piege.md", "# Piège\n\nUn `</script><script>` dans le texte.\n");
    let review = Review::of(&site);
    let body = review.get("page?language=en&page=/piege/").body;
    assert_eq!(body.matches("<script").count(), 2, "{body}");
}

#[test]
fn the_page_speaks_the_language_of_who_reviews() {
    for (locale, words) in [("fr_FR.UTF-8", "Toutes les pages"), ("en_GB", "All pages")] {
        let site = site().env("LC_ALL", locale);
        let review = Review::of(&site);
        let body = review.get("page?language=en&page=/accueil/").body;
        assert!(body.contains(words), "{locale}: {body}");
        assert!(!body.contains("{review-"), "{locale}: {body}");
    }
}

#[test]
fn what_cannot_be_reviewed_is_said_at_once() {
    let site = site();
    for (arguments, code) in [
        (vec!["--page", "/rien/"], "page-unknown"),
        (vec!["--language", "de"], "language-unknown"),
        (vec!["--language", "fr"], "review-no-language"),
    ] {
        let outcome = site.run_command("review", &[&["--json"], &arguments[..]].concat());
        assert_eq!(outcome.code, Some(2), "{outcome}");
        outcome.told(code);
    }
    let review = Review::of(&site);
    let port = review.host.rsplit(':').next().expect("a host has a port");
    let outcome = site.run_command("review", &["--json", "--port", port]);
    outcome.told("review-port-busy");
}

#[test]
#[cfg(unix)]
fn a_program_that_is_interrupted_leaves_nothing_behind() {
    let site = site();
    let before = files(site.folder());
    let mut review = Review::of(&site);
    let body = review.correction("Accueil", "Welcome", "translated");
    assert_eq!(review.post("save", &body).status, 200);
    let process = review.child.id().to_string();
    // What is begun in the background by a shell does not hear that it is interrupted.
    let has_ended = ["-INT", "-TERM"].into_iter().any(|signal| {
        let told = Command::new("kill").args([signal, &process]).status();
        assert!(told.expect("there is kill").success());
        ends(&mut review.0.child)
    });
    assert!(has_ended, "it goes on");
    let after: BTreeMap<_, _> = files(site.folder());
    assert_eq!(
        after.keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>(),
        "files came or went"
    );
}

/// Whether a program ends within ten seconds.
fn ends(child: &mut std::process::Child) -> bool {
    (0..200).any(|_| {
        let ended = child.try_wait().is_ok_and(|it| it.is_some());
        if !ended {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        ended
    })
}

#[test]
fn a_person_reviews_a_page_in_a_browser() {
    let Some((folder, _turn)) = validators::find("axe") else { return };
    let site = site();
    let review = Review::of(&site);
    let mut command = Command::new("node");
    command
        .arg(root().join("tests/validators/review.mjs"))
        .arg(&review.address)
        .arg(site.path(STORE))
        .env("PLANTIN_VALIDATORS", folder);
    let said = command.output().expect("there is node");
    let (out, err) =
        (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{out}\n{err}");
    let (mut steps, mut faults) = (0, Vec::new());
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).expect("a line is JSON");
        match line["fault"].as_str() {
            None => steps += 1,
            Some(fault) => faults.push(format!("{}: {fault}", line["step"])),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(steps > 15, "{out}");
}

fn site() -> Site {
    Site::new().page("accueil.md", PAGE).catalogue("en", "accueil.md", CATALOGUE)
}

/// The program, serving.
struct Review(Server);

impl Deref for Review {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.0
    }
}

impl Review {
    /// Starts it on a workspace.
    fn of(site: &Site) -> Self {
        Self(Server::start(site.command("review")))
    }

    /// Asks as its own page does.
    fn post(&self, what: &str, body: &Value) -> Answer {
        let own = format!("http://{}", self.host);
        let headers = [("Content-Type", "application/json"), ("Origin", &own)];
        let path = format!("api/{what}");
        self.known("POST", &path, &headers, body.to_string().as_bytes())
    }

    /// What the page knows of the unit with this source.
    fn unit(&self, source: &str) -> Value {
        let data = self.data();
        let units = data["units"].as_array().expect("a page has units");
        let found = units.iter().find(|it| it["source"] == source);
        found.unwrap_or_else(|| panic!("no {source:?} in {data}")).clone()
    }

    fn data(&self) -> Value {
        let page = self.get("page?language=en&page=/accueil/").body;
        let start = "<script type=\"application/json\" id=\"data\">";
        let data = page.split(start).nth(1).and_then(|it| it.split("</script>").next());
        serde_json::from_str(data.expect("the page has its data")).expect("JSON")
    }

    /// A correction of the unit with this source, as the page would send it now.
    fn correction(&self, source: &str, translation: &str, standing: &str) -> Value {
        json!({
            "language": "en",
            "page": "/accueil/",
            "unit": self.unit(source)["fingerprint"],
            "translation": translation,
            "standing": standing,
            "hash": self.data()["hash"],
        })
    }
}
