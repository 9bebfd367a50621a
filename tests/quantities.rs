//! What needs no translator: quantities, and what is final in every language.

use super::support::Site;

/// A workspace of one page with a table of these rows, of which all words are translated.
fn site(rows: &[&str], config: &str) -> Site {
    let rows = rows.join("\n");
    let page =
        format!("---\ntitle: Titre\n---\n\n| Nom | Part |\n| --- | --- |\n{rows}\n");
    let words = [("Titre", "Title"), ("Nom", "Name"), ("Part", "Share")];
    let entries =
        words.map(|(id, text)| format!("msgid \"{id}\"\nmsgstr \"{text}\"\n\n"));
    let po = format!("{HEADER}{}", entries.concat());
    Site::new().page("p.md", &page).catalogue("en", "p.md", &po).more_config(config)
}

const HEADER: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\
    \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"X-Plantin-Rule: 1\\n\"\n\n";

fn english(site: &Site) -> String {
    let built = site.build();
    assert_eq!(built.code, Some(0), "{built}");
    built.file("html/en/p/index.html")
}

/// Lays the pages of all formats and languages side by side.
fn is_verified(site: &Site) {
    let exports = site.exports();
    let out = exports.to_str().expect("the path is text");
    let read = site.run_command("verify", &["--json", "--out", out]);
    assert_eq!(read.code, Some(0), "{read}");
}

#[test]
fn numbers_percentages_and_amounts_are_written_as_the_language_writes_them() {
    let site = site(&["| 0,9 | 12 % |", "| 1 234,5 | **1 234,50 €** |"], "");
    let page = english(&site);
    for cell in [
        "<td>0.9</td>",
        "<td>12%</td>",
        "<td>1,234.5</td>",
        "<td><strong>€1,234.50</strong></td>",
    ] {
        assert!(page.contains(cell), "{cell} in {page}");
    }
    is_verified(&site);
}

#[test]
fn what_may_be_no_quantity_stays_as_it_is_written() {
    let site = site(&["| 2026 | 12/05/2026 |", "| 1.234 | 3.1.2 |"], "");
    let page = english(&site);
    for cell in ["2026", "12/05/2026", "1.234", "3.1.2"] {
        assert!(page.contains(&format!("<td>{cell}</td>")), "{cell} in {page}");
    }
}

#[test]
fn a_page_of_which_nothing_is_translated_keeps_its_numbers() {
    let site = Site::new().page("p.md", "---\ntitle: Titre\n---\n\n0,9\n");
    let page = english(&site);
    assert!(page.contains("<p>0,9</p>"), "{page}");
    is_verified(&site);
}

#[test]
fn settings_say_what_becomes_of_numbers() {
    let kept = site(&["| 0,9 | 2026 |"], "[translation]\nnumbers = \"keep\"\n");
    assert!(english(&kept).contains("<td>0,9</td>"));
    let asked = site(&["| 0,9 | 2026 |"], "[translation]\nnumbers = \"translate\"\n");
    asked.run_command("extract", &[]);
    let catalogue = asked.read("locales/en/content/p.po");
    assert!(catalogue.contains("msgid \"0,9\""), "{catalogue}");
    assert!(!catalogue.contains("2026\""), "{catalogue}");
}

#[test]
fn what_its_author_says_is_final_is_asked_of_nobody() {
    let rows = [
        "| Anne Petit {.notranslate} | <span translate=\"no\">Marc Noir</span> |",
        "| Jeanne Martin | DINUM, 01 23 45 67 89 |",
        "| nom@exemple.fr | 12 rue de la Paix, 75002 Paris |",
    ];
    let config = "[translation]\nnames = [\"Jeanne Martin\", \"DINUM\"]\n";
    let site = site(&rows, config);
    let page = english(&site);
    assert!(!page.contains("unit-mark"), "{page}");
    assert!(
        page.contains("<td lang=\"fr\" translate=\"no\">Jeanne Martin</td>"),
        "{page}"
    );
    assert_eq!(page.matches("translate=\"no\">Anne Petit").count(), 0, "{page}");
    assert!(
        page.contains("translate=\"no\" class=\"notranslate\">Anne Petit</span>"),
        "{page}"
    );
    site.run_command("extract", &[]);
    let catalogue = site.read("locales/en/content/p.po");
    assert_eq!(catalogue.matches("msgid").count(), 4, "{catalogue}");
    is_verified(&site);
}

#[test]
fn a_page_names_its_own_final_terms() {
    let page = "---\ntitle: Titre\nnotranslate: [Les Amis du vélo]\n---\n\nLes Amis du vélo\n\n\
                <div translate=\"no\">\n\nUn nom.\n\n</div>\n\nLoire bleue {.notranslate}\n";
    let po = format!("{HEADER}msgid \"Titre\"\nmsgstr \"Title\"\n");
    let site = Site::new().page("p.md", page).catalogue("en", "p.md", &po);
    let page = english(&site);
    assert!(!page.contains("unit-mark"), "{page}");
    assert!(
        page.contains("<p lang=\"fr\" translate=\"no\">Les Amis du vélo</p>"),
        "{page}"
    );
    is_verified(&site);
}

#[test]
fn a_translation_of_what_became_final_is_kept_as_obsolete() {
    let po = format!(
        "{HEADER}msgid \"Titre\"\nmsgstr \"Title\"\n\nmsgid \"Pomme\"\nmsgstr \"Apple\"\n"
    );
    let page = "---\ntitle: Titre\nnotranslate: Pomme\n---\n\nPomme\n";
    let site = Site::new().page("p.md", page).catalogue("en", "p.md", &po);
    let done = site.run_command("extract", &[]);
    assert_eq!(done.code, Some(0), "{done}");
    let catalogue = site.read("locales/en/content/p.po");
    assert!(catalogue.contains("#~ msgstr \"Apple\""), "{catalogue}");
    assert!(english(&site).contains("Pomme</p>"));
}
