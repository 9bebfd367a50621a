//! The life of a publication in edits, and what each asks of its translators.
//!
//! A small workspace is translated whole; then its pages are edited as people edit them,
//! one thing at a time, and after each edit its units stand where a person would expect
//! them. The table below is what is expected: every unit that is not simply translated.

use std::{collections::BTreeMap, fs};

use plantin::{
    document::{Language, State},
    pipeline::{self, Workspace},
    translation::{Change, Listed},
};

use super::support::Site;

/// The pages, by their paths under `content/`.
type Pages = BTreeMap<String, String>;

/// One edit.
struct Edit {
    /// What is done.
    what: &'static str,
    /// It.
    edit: fn(&mut Pages),
    /// The units that are not simply translated: how their source begins, and how they
    /// stand in each language.
    expected: &'static [(&'static str, &'static str)],
    /// Whether the translators finish their work before the next edit.
    finish: bool,
}

const fn edit(
    what: &'static str,
    edit: fn(&mut Pages),
    expected: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { what, edit, expected, finish: false }
}

const fn finished(
    what: &'static str,
    edit: fn(&mut Pages),
    expected: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { what, edit, expected, finish: true }
}

const ACCUEIL: &str = "---
title: Accueil
description: L'accueil du site
---

L'État soutient les logiciels libres depuis longtemps.

Voir [la mission](/mission/) et \"ses objectifs\"...

Le code source est publié par Weblate. Chacun peut le lire.

Une **politique** claire *et* durable - dit-on.

![Une carte](carte.png)

- Premier engagement de la mission
- Deuxième engagement des équipes
- Troisième engagement pour les usagers
";

const MISSION: &str = "---
title: La mission
---

## Ce que fait la mission

La mission aide les ministères à publier leurs codes sources.

Elle anime aussi une communauté d'agents publics.

| Année | Action |
|---|---|
| 2023 | Le premier catalogue |
| 2024 | Le deuxième catalogue |
";

const CONTACT: &str = "---
title: Nous écrire
---

Écrivez à la mission à tout moment.

Nous répondons en deux jours ouvrés.
";

fn on(pages: &mut Pages, page: &str, from: &str, to: &str) {
    let text = pages.get_mut(page).unwrap_or_else(|| panic!("there is no {page}"));
    assert!(text.contains(from), "{page} lacks {from:?}: {text}");
    *text = text.replacen(from, to, 1);
}

fn rename(pages: &mut Pages, from: &str, to: &str) {
    let text = pages.remove(from).unwrap_or_else(|| panic!("there is no {from}"));
    pages.insert(to.to_owned(), text);
}

const HISTORY: &[Edit] = &[
    edit(
        "an apostrophe is retyped",
        |it| on(it, "accueil.md", "L'État", "L’État"),
        &[("L’État", "carried")],
    ),
    edit(
        "a paragraph is wrapped",
        |it| on(it, "accueil.md", "libres depuis", "libres\ndepuis"),
        &[("L’État", "carried")],
    ),
    edit(
        "and gets a no-break space",
        |it| on(it, "contact.md", "deux jours", "deux\u{a0}jours"),
        &[("L’État", "carried"), ("Nous répondons", "carried")],
    ),
    edit(
        "the apostrophe and the space are undone",
        |it| {
            on(it, "accueil.md", "L’État", "L'État");
            on(it, "contact.md", "deux\u{a0}jours", "deux jours");
        },
        &[],
    ),
    edit(
        "quotation marks and an ellipsis are set",
        |it| on(it, "accueil.md", "\"ses objectifs\"...", "« ses objectifs »…"),
        &[("Voir", "carried")],
    ),
    finished(
        "a hyphen becomes a dash",
        |it| on(it, "accueil.md", "durable - dit-on", "durable – dit-on"),
        &[("Voir", "carried"), ("Une **politique**", "carried")],
    ),
    edit(
        "bold becomes italic",
        |it| on(it, "accueil.md", "**politique**", "*politique*"),
        &[("Une *politique*", "carried")],
    ),
    edit(
        "italics are taken away",
        |it| on(it, "accueil.md", "*et*", "et"),
        &[("Une *politique*", "carried")],
    ),
    edit(
        "a paragraph is set in bold, whole",
        |it| {
            on(
                it,
                "mission.md",
                "Elle anime aussi une communauté d'agents publics.",
                "**Elle anime aussi une communauté d'agents publics.**",
            );
        },
        &[("Une *politique*", "carried"), ("**Elle anime", "carried")],
    ),
    finished(
        "a name becomes code",
        |it| on(it, "accueil.md", "Weblate", "`Weblate`"),
        &[
            ("Une *politique*", "carried"),
            ("**Elle anime", "carried"),
            ("Le code source", "carried"),
        ],
    ),
    edit(
        "an address changes",
        |it| on(it, "accueil.md", "](/mission/)", "](/mission/#ce-que-fait-la-mission)"),
        &[("Voir", "carried")],
    ),
    edit(
        "and changes again",
        |it| on(it, "accueil.md", "](/mission/#ce-que-fait-la-mission)", "](/contact/)"),
        &[("Voir", "carried")],
    ),
    finished(
        "the link is taken away",
        |it| on(it, "accueil.md", "[la mission](/contact/)", "la mission"),
        &[("Voir la mission", "carried")],
    ),
    finished(
        "words that the translation has too become a link",
        |it| on(it, "accueil.md", "la mission et «", "[la mission](/mission/) et «"),
        &[("Voir [la", "carried")],
    ),
    edit(
        "a word is changed",
        |it| on(it, "mission.md", "à publier leurs codes", "à partager leurs codes"),
        &[("La mission aide", "stale")],
    ),
    edit(
        "another word of the same paragraph",
        |it| on(it, "mission.md", "à partager leurs codes", "à ouvrir leurs codes"),
        &[("La mission aide", "stale")],
    ),
    edit(
        "the first wording is back",
        |it| on(it, "mission.md", "à ouvrir leurs codes", "à publier leurs codes"),
        &[],
    ),
    finished(
        "a letter becomes a capital: that is a word",
        |it| on(it, "mission.md", "les ministères", "les Ministères"),
        &[("La mission aide", "stale")],
    ),
    finished(
        "a heading changes by a word",
        |it| {
            on(
                it,
                "mission.md",
                "## Ce que fait la mission",
                "## Ce que fait notre mission",
            );
        },
        &[("Ce que fait", "stale")],
    ),
    edit(
        "a paragraph moves up",
        |it| {
            on(
                it,
                "accueil.md",
                "L'État soutient les logiciels libres\ndepuis longtemps.\n\n",
                "",
            );
            on(
                it,
                "accueil.md",
                "![Une",
                "L'État soutient les logiciels libres\ndepuis longtemps.\n\n![Une",
            );
        },
        &[],
    ),
    edit(
        "a paragraph moves to another page",
        |it| {
            on(
                it,
                "mission.md",
                "**Elle anime aussi une communauté d'agents publics.**\n\n",
                "",
            );
            it.get_mut("contact.md")
                .expect("it is there")
                .push_str("\n**Elle anime aussi une communauté d'agents publics.**\n");
        },
        &[],
    ),
    finished(
        "it changes there",
        |it| on(it, "contact.md", "d'agents publics", "d'agents du public"),
        &[("**Elle anime", "stale")],
    ),
    finished(
        "a paragraph moves to another page and changes on the way",
        |it| {
            on(it, "contact.md", "Écrivez à la mission à tout moment.\n\n", "");
            it.get_mut("mission.md")
                .expect("it is there")
                .push_str("\nÉcrivez donc à la mission à tout moment.\n");
        },
        &[("Écrivez donc", "stale")],
    ),
    edit(
        "a paragraph is deleted",
        |it| on(it, "contact.md", "Nous répondons en deux jours ouvrés.\n\n", ""),
        &[],
    ),
    edit(
        "and restored",
        |it| {
            on(
                it,
                "contact.md",
                "**Elle",
                "Nous répondons en deux jours ouvrés.\n\n**Elle",
            );
        },
        &[],
    ),
    edit(
        "a paragraph is split",
        |it| on(it, "accueil.md", "`Weblate`. Chacun", "`Weblate`.\n\nChacun"),
        &[("Le code source", "stale"), ("Chacun peut", "stale")],
    ),
    edit(
        "and is one again",
        |it| on(it, "accueil.md", "`Weblate`.\n\nChacun", "`Weblate`. Chacun"),
        &[],
    ),
    edit(
        "two paragraphs are joined",
        |it| on(it, "contact.md", "ouvrés.\n\n**Elle", "ouvrés. **Elle"),
        &[("Nous répondons", "carried")],
    ),
    edit(
        "and are two again",
        |it| on(it, "contact.md", "ouvrés. **Elle", "ouvrés.\n\n**Elle"),
        &[],
    ),
    edit(
        "an item is added between others",
        |it| on(it, "accueil.md", "- Deuxième", "- Un engagement de plus\n- Deuxième"),
        &[("Un engagement de plus", "missing")],
    ),
    finished(
        "the items are put in another order",
        |it| {
            on(it, "accueil.md", "- Premier engagement de la mission\n", "");
            it.get_mut("accueil.md")
                .expect("it is there")
                .push_str("- Premier engagement de la mission\n");
        },
        &[("Un engagement de plus", "missing")],
    ),
    finished(
        "a cell changes",
        |it| on(it, "mission.md", "Le deuxième catalogue", "Le troisième catalogue"),
        &[("Le troisième", "stale")],
    ),
    finished(
        "two neighbours change at once, and change places",
        |it| {
            on(it, "contact.md", "Nous répondons en deux jours ouvrés.\n\n", "");
            it.get_mut("contact.md")
                .expect("it is there")
                .push_str("\nNous répondons en trois jours ouvrés.\n");
            on(it, "contact.md", "Elle anime aussi", "Elle anime encore");
        },
        &[("**Elle anime", "stale"), ("Nous répondons", "stale")],
    ),
    edit("a page is renamed", |it| rename(it, "contact.md", "ecrire.md"), &[]),
    edit(
        "a page moves into a folder, as its index",
        |it| rename(it, "ecrire.md", "mission/ecrire/index.md"),
        &[],
    ),
    finished(
        "a page is renamed and its title changes",
        |it| {
            rename(it, "mission/ecrire/index.md", "ecrivez-nous.md");
            on(
                it,
                "ecrivez-nous.md",
                "title: Nous écrire",
                "title: Nous écrire à tout moment",
            );
        },
        &[("Nous écrire", "stale")],
    ),
    edit("a page is deleted", |it| drop(it.remove("ecrivez-nous.md")), &[]),
    edit(
        "and comes back under another name",
        |it| {
            let text = "---\ntitle: Nous écrire à tout moment\n---\n\n**Elle anime encore une communauté d'agents du public.**\n\nNous répondons en trois jours ouvrés.\n";
            it.insert("contacts/index.md".to_owned(), text.to_owned());
        },
        &[],
    ),
    edit(
        "a page says what another says",
        |it| {
            it.get_mut("mission.md")
                .expect("it is there")
                .push_str("\nNous répondons en trois jours ouvrés.\n");
        },
        &[("Nous répondons", "draft")],
    ),
    finished(
        "that is told from the other",
        |it| {
            on(
                it,
                "mission.md",
                "\nNous répondons",
                "\n<!-- context: délais -->\nNous répondons",
            );
        },
        &[("Nous répondons", "draft")],
    ),
    finished(
        "a new page repeats a heading and brings in words",
        |it| {
            let text = "---\ntitle: Un nouveau sujet\n---\n\n## Ce que fait notre mission\n\nRien de ce qui précède.\n";
            it.insert("nouveau.md".to_owned(), text.to_owned());
        },
        &[
            ("Un nouveau sujet", "missing"),
            ("Ce que fait", "draft"),
            ("Rien de ce", "missing"),
        ],
    ),
];

/// The workspace of the history.
struct Desk {
    site: Site,
    pages: Pages,
    languages: Vec<&'static str>,
}

impl Desk {
    fn new() -> Self {
        let mut pages = Pages::new();
        for (path, text) in
            [("accueil.md", ACCUEIL), ("mission.md", MISSION), ("contact.md", CONTACT)]
        {
            pages.insert(path.to_owned(), text.to_owned());
        }
        Self { site: Site::new(), pages, languages: vec!["en"] }
    }

    fn workspace(&self) -> Workspace {
        let languages: Vec<String> =
            ["fr"].iter().chain(&self.languages).map(|it| format!("\"{it}\"")).collect();
        let config = format!(
            "[publication]\nname = \"essai\"\naddress = \"https://essai.example\"\n\
             source = \"fr\"\nlanguages = [{}]\n",
            languages.join(", ")
        );
        fs::write(self.site.path("plantin.toml"), config).expect("it is writable");
        let content = self.site.path("content");
        fs::remove_dir_all(&content).expect("it is there");
        for (path, text) in &self.pages {
            let path = content.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder"))
                .expect("it is writable");
            fs::write(path, text).expect("it is writable");
        }
        pipeline::open(&self.site.workspace()).expect("the settings are right")
    }

    /// Runs `extract`; says how many files changed.
    fn extract(&self) -> usize {
        let done =
            pipeline::extract(&self.workspace(), &[], false).expect("it can be read");
        let done = done.value;
        for (path, text) in &done.files {
            let path = self.site.path(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder"))
                .expect("it is writable");
            fs::write(path, text).expect("it is writable");
        }
        for (from, _) in &done.moved {
            fs::remove_file(self.site.path(from)).expect("it is there");
        }
        done.files.len() + done.moved.len()
    }

    /// Every unit of a language.
    fn units(&self, language: &str) -> Vec<Listed> {
        let languages = [Language::new(language)];
        let mut report =
            pipeline::status(&self.workspace(), &languages).expect("it can be read");
        let report = report.value.languages.remove(0);
        report.pages.into_iter().flat_map(|it| it.units).collect()
    }

    /// Translates all that is not, and confirms all that was proposed or carried over.
    fn finish(&self) {
        for (path, bytes) in super::support::files(&self.site.path("locales")) {
            let text = String::from_utf8(bytes).expect("catalogues are text");
            fs::write(self.site.path("locales").join(path), translated(&text))
                .expect("it is writable");
        }
    }

    /// The texts of all translations, published or kept.
    fn kept(&self) -> String {
        let files = super::support::files(&self.site.path("locales")).into_values();
        files.map(|it| String::from_utf8(it).expect("catalogues are text")).collect()
    }
}

/// A catalogue whose every entry is translated; our translation is the source in capitals
/// after a sign, so that links and marks stay.
fn translated(text: &str) -> String {
    let mut out = String::new();
    for entry in text.split("\n\n") {
        let mut id = String::new();
        let mut obsolete = false;
        for line in entry.lines() {
            obsolete |= line.starts_with("#~");
            if let Some(rest) = line.strip_prefix("msgid \"") {
                id = rest.trim_end_matches('"').to_owned();
            }
        }
        for line in entry.lines() {
            let ours = !obsolete && !id.is_empty();
            if ours && (line.starts_with("#|") || line.starts_with("#,")) {
                continue;
            }
            if ours && line.starts_with("msgstr ") {
                let now = line.trim_start_matches("msgstr \"").trim_end_matches('"');
                let stale = entry.contains("fuzzy") || now.is_empty();
                let text = if stale { format!("T {id}") } else { now.to_owned() };
                out.push_str(&format!("msgstr \"{text}\"\n"));
            } else {
                out.push_str(line);
                out.push('\n');
            }
        }
        out.push('\n');
    }
    format!("{}\n", out.trim_end())
}

/// How a unit stands, in a word.
fn stands(unit: &Listed) -> &'static str {
    match unit.state {
        State::Translated if unit.carried => "carried",
        state => state.name(),
    }
}

/// The units that are not simply translated.
fn unfinished(units: &[Listed]) -> Vec<(&str, &'static str)> {
    let all = units.iter().map(|it| (it.source.as_str(), stands(it)));
    all.filter(|it| it.1 != "translated").collect()
}

#[test]
fn after_each_edit_the_units_stand_where_a_person_expects_them() {
    assert!(HISTORY.len() >= 40);
    let mut unforeseen: Vec<String> = Vec::new();
    let mut desk = Desk::new();
    desk.extract();
    desk.finish();
    for (number, step) in HISTORY.iter().enumerate() {
        if number == HISTORY.len() / 2 {
            // A language joins the others, and is translated too.
            desk.languages.push("de");
            assert_eq!(desk.extract(), desk.pages.len(), "a catalogue for each page");
            assert!(desk.units("de").iter().all(|it| it.state == State::Missing));
            desk.finish();
        }
        let before: Vec<Vec<Listed>> =
            desk.languages.iter().map(|it| desk.units(it)).collect();
        (step.edit)(&mut desk.pages);
        let foreseen: Vec<Vec<Listed>> =
            desk.languages.iter().map(|it| desk.units(it)).collect();
        desk.extract();
        let what = step.what;
        assert_eq!(desk.extract(), 0, "{what}: to merge twice is to merge once");
        let kept = desk.kept();
        for (at, language) in desk.languages.iter().enumerate() {
            let units = desk.units(language);
            let states = |units: &[Listed]| -> Vec<_> {
                units.iter().map(|it| (it.source.clone(), it.state)).collect()
            };
            assert_eq!(states(&foreseen[at]), states(&units), "{what}: said beforehand");
            let found = unfinished(&units);
            let fits = found.len() == step.expected.len()
                && step.expected.iter().all(|(source, state)| {
                    found.iter().any(|it| it.0.starts_with(source) && it.1 == *state)
                });
            if !fits {
                unforeseen.push(format!("{language}: {what}: {found:#?}"));
            }
            lost_nothing(what, &before[at], &units, &kept);
        }
        if step.finish {
            desk.finish();
            let left = desk.units("en");
            assert_eq!(unfinished(&left), [], "{what}: everything can be finished");
        }
    }
    assert!(unforeseen.is_empty(), "{}", unforeseen.join("\n"));
}

/// Every translation that was finished is still there: shown, or kept for the day when its
/// text is back; unless it was brought into line with its source.
fn lost_nothing(what: &str, before: &[Listed], after: &[Listed], kept: &str) {
    for unit in before.iter().filter(|it| it.state == State::Translated) {
        let text = unit.translation.replace('\\', "\\\\").replace('"', "\\\"");
        let shown = after.iter().find(|it| it.previous.as_deref() == Some(&unit.source));
        let brought = shown.is_some_and(|it| {
            it.carried && matches!(it.change, Some(Change::Link | Change::Markup))
        });
        // A translation that was brought into line twice has the first source beside it.
        let again = unit.carried && after.iter().any(|it| it.previous == unit.previous);
        assert!(
            brought || again || kept.contains(&text),
            "{what}: {:?} is lost, of {:?}",
            unit.translation,
            unit.source
        );
    }
}
