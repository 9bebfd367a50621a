//! Pages that were translated elsewhere, made into catalogues.

use std::fs;

use crate::support::{Outcome, Site};

const FRENCH: &str = "---\ntitle: Le logiciel libre\n---\n\n\
    ## Publier du code\n\n\
    La DINUM publie du code depuis 2018 sur [la forge](/fr/forge/).\n\n\
    - [Le catalogue](https://a.example/catalogue) compte 494 logiciels.\n\
    - Les contributeurs utilisent `git`.\n\n\
    Une phrase que la page anglaise n’a pas du tout, au sujet de 1789.\n\n\
    Pour toute question, écrivez à <contact@a.example>.\n";

const ENGLISH: &str = "---\ntitle: Free software\n---\n\n\
    ## Publish code\n\n\
    DINUM has published code since 2018 on [the forge](/en/forge/).\n\n\
    - [The catalogue](https://a.example/catalogue) holds 494 pieces of software.\n\
    - Contributors use `git`.\n\n\
    For any question, write to <contact@a.example>.\n";

fn site() -> Site {
    Site::new().page("libre.md", FRENCH).bytes("autre/en/free.md", ENGLISH.as_bytes())
}

fn align(site: &Site, more: &[&str]) -> Outcome {
    let source = site.path("content/libre.md").display().to_string();
    let target = site.path("autre/en/free.md").display().to_string();
    site.run_command("align", &[&[source.as_str(), &target, "--json"], more].concat())
}

#[test]
fn a_page_that_was_translated_elsewhere_becomes_a_catalogue() {
    let site = site();
    let done = align(&site, &[]);
    assert_eq!(done.code, Some(0), "{done}");
    let page = &done.json()["pages"][0];
    assert_eq!(
        (page["translated"].as_u64(), page["missing"].as_u64()),
        (Some(6), Some(1)),
        "{done}"
    );
    let text = site.read("locales/en/content/libre.po");
    for line in [
        "msgid \"Le logiciel libre\"\nmsgstr \"Free software\"",
        "msgstr \"DINUM has published code since 2018 on [the forge](/fr/forge/).\"",
        "msgstr \"[The catalogue](https://a.example/catalogue) holds 494 pieces of software.\"",
        "msgstr \"Contributors use `git`.\"",
        "au sujet de 1789.\"\nmsgstr \"\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let again = site.run_command("extract", &[]);
    assert_eq!(site.read("locales/en/content/libre.po"), text, "{again}");
}

#[test]
fn what_is_translated_already_stays_as_it_is() {
    let site = site();
    site.run_command("extract", &[]);
    let path = "locales/en/content/libre.po";
    let mine = site.read(path).replace(
        "msgid \"Publier du code\"\nmsgstr \"\"",
        "msgid \"Publier du code\"\nmsgstr \"Mine\"",
    );
    let site = site.bytes(path, mine.as_bytes());
    let done = align(&site, &[]);
    assert_eq!(done.json()["pages"][0]["kept"], 1, "{done}");
    assert!(site.read(path).contains("msgstr \"Mine\""));
}

#[test]
fn nothing_is_written_on_trial() {
    let site = site();
    let before = site.surroundings();
    let tried = align(&site, &["--dry-run"]);
    let pairs = tried.json()["pages"][0]["pairs"].as_array().map(Vec::len);
    assert_eq!(pairs, Some(6), "{tried}");
    assert_eq!(site.surroundings(), before);
}

#[test]
fn an_unsure_pair_is_a_draft_with_its_confidence() {
    let french = "---\ntitle: Recette\n---\n\nAjoutez le sel, le beurre et le reste de la farine.\n";
    let english =
        "---\ntitle: Recipe\n---\n\nTrains are often late on this day of the week.\n";
    let site = Site::new()
        .page("libre.md", french)
        .bytes("autre/en/free.md", english.as_bytes());
    let done = align(&site, &[]);
    assert_eq!(done.code, Some(0), "{done}");
    let text = site.read("locales/en/content/libre.po");
    let entry =
        text.split("\n\n").find(|it| it.contains("Ajoutez")).expect("it is there");
    assert!(
        !entry.contains("msgstr \"Trains") || entry.contains("#, fuzzy, draft"),
        "{entry}"
    );
    assert!(!site.build_html().file("html/en/libre/index.html").contains("Trains"));
}

#[test]
fn two_trees_are_paired_by_path_and_by_what_the_pages_say() {
    let other =
        "---\ntitle: Contact\n---\n\nÉcrivez à <x@a.example> ou au 01 23 45 67 89.\n";
    let english =
        "---\ntitle: Contact\n---\n\nWrite to <x@a.example> or call 01 23 45 67 89.\n";
    let site = Site::new()
        .page("libre.md", FRENCH)
        .page("contact.md", other)
        .page("seule.md", "---\ntitle: Seule\n---\n\nSeule au monde.\n")
        .bytes("autre/en/contact.md", english.as_bytes())
        .bytes("autre/en/free.md", ENGLISH.as_bytes());
    let source = site.path("content").display().to_string();
    let target = site.path("autre/en").display().to_string();
    let done = site.run_command("align", &[&source, &target, "--json"]);
    let pages = done.json()["pages"].as_array().cloned().unwrap_or_default();
    let pairs: Vec<_> =
        pages.iter().map(|it| (it["source"].clone(), it["target"].clone())).collect();
    assert_eq!(
        pairs,
        [
            ("contact.md".into(), "contact.md".into()),
            ("libre.md".into(), "free.md".into())
        ],
        "{done}"
    );
    assert!(done.told("align-page-guessed").message.contains("free.md"));
    assert!(done.told("align-page-alone").message.contains("seule.md"));
    assert!(site.path("locales/en/content/contact.po").is_file());
}

#[test]
fn two_pages_can_be_aligned_without_a_workspace() {
    let site = site();
    fs::remove_file(site.path("plantin.toml")).expect("it is there");
    let done = align(&site, &[]);
    assert_eq!(done.code, Some(0), "{done}");
    let text = site.read("locales/en/content/libre.po");
    assert!(text.contains("msgstr \"Free software\""), "{text}");
    assert!(text.contains("\"Language: en\\n\""), "{text}");
}

#[test]
fn a_page_that_is_not_there_is_told() {
    let site = site();
    let done = site.run_command("align", &["rien.md", "rien-non-plus.md", "--json"]);
    assert_eq!(done.code, Some(2), "{done}");
    assert!(
        done.json()["failures"][0]["message"]
            .as_str()
            .is_some_and(|it| it.contains("rien.md"))
    );
}
