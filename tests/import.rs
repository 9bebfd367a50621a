//! `plantin import eleventy`: a workspace of a site, nothing run, nothing written over.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::support::{Outcome, PNG, files, program, run};

/// An Eleventy site in a folder of its own, in which each kind of thing occurs.
struct Eleventy(tempfile::TempDir);

const CONFIG: &str = r#"
const navigation = require("@11ty/eleventy-navigation");
module.exports = function (eleventyConfig) {
  eleventyConfig.addPlugin(navigation);
  // eleventyConfig.addPlugin(unused);
  eleventyConfig.addPassthroughCopy("./public/");
  eleventyConfig.addAsyncShortcode("imageContent", async (src, alt) => fs.rmSync("/"));
  return { dir: { input: "content", data: "../_data", output: "_site" } };
};
"#;

const FILES: &[(&str, &str)] = &[
    ("eleventy.config.js", CONFIG),
    ("README.md", "# Le dépôt\n"),
    ("package.json", "{}"),
    ("node_modules/x/index.md", "# Pas une page\n"),
    ("_site/fr/index.html", "<p>construit</p>"),
    ("public/style.css", "a {}"),
    ("_includes/base.njk", "{{ content | safe }}"),
    (
        "_data/metadata.js",
        "module.exports = {\n  title: 'Le site',\n  url: 'https://site.example/',\n  \
      author: { name: 'La mission' },\n};\n",
    ),
    ("_data/menu.js", "module.exports = async () => fetch('https://x.example');\n"),
    (
        "_data/i18n/fr/index.js",
        "module.exports = {\n  home: 'Accueil',\n  you_are_here: \"vous êtes ici {là}\",\n  \
      'menu ouvert': 'Menu', count: n => `${n}`,\n};\n",
    ),
    (
        "_data/i18n/en/index.json",
        "{ \"home\": \"Front page\", \"menu\": { \"open\": \"Open\" } }",
    ),
    ("content/fr/index.md", "---\ntitle: Accueil\n---\n\nBonjour.\n"),
    ("content/en/index.md", "---\ntitle: Home\n---\n\nHello.\n"),
    ("content/index.njk", "<p>choix</p>"),
    (
        "content/fr/about/about.11tydata.js",
        "module.exports = {\n  layout: 'page.njk', // commun\n  tags: ['mission'],\n  \
      eleventyComputed: { permalink: d => `/fr/mission/${d.page.fileSlug}/` },\n};\n",
    ),
    (
        "content/fr/about/equipe.md",
        "---\ntitle: L'équipe\n---\n\n[Read the English version](/en/team/)\n\n![Photo](./photo.png)\n",
    ),
    ("content/en/team.md", "---\ntitle: The team\npermalink: /en/team/\n---\n\nWe.\n"),
    (
        "content/fr/plan.md",
        "---\ntitle: Le plan\ntranslationKey: plan\n---\n\nDix actions.\n",
    ),
    (
        "content/en/roadmap.md",
        "---\ntranslationKey: plan\ntitle: The plan\n---\n\nTen actions.\n",
    ),
    ("content/en/alone.md", "---\ntitle: Alone\n---\n\nOnly in English.\n"),
    ("content/fr/blog/blog.json", "{ \"layout\": \"post.njk\" }"),
    (
        "content/fr/blog/blog.11tydata.json",
        "{ \"tags\": [\"billet\"], \"permalink\": \"/{{ x }}/\" }",
    ),
    ("content/fr/blog/a.md", "---\ntitle: A\n---\n\nTexte.\n"),
    ("content/fr/blog/a.11tydata.js", "export default { description: 'Un billet' };\n"),
];

impl Eleventy {
    fn new() -> Self {
        let site = Self(tempfile::tempdir().expect("writable"));
        for (path, text) in FILES {
            site.write(path, text.as_bytes());
        }
        site.write("content/fr/about/photo.png", PNG);
        site
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("le-site")
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("espace")
    }

    fn import(&self) -> Outcome {
        import(&self.site(), &self.out())
    }

    fn made(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.out())
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path))
            .unwrap_or_else(|e| panic!("{path}: {e}"))
    }
}

fn import(site: &Path, out: &Path) -> Outcome {
    let mut command = program();
    command.args(["import", "eleventy", "--json", "--out"]).arg(out).arg(site);
    let (status, stdout, stderr) = run(command);
    Outcome { code: status.code(), stdout, stderr, exports: out.into(), folder: None }
}

fn build(workspace: &Path) -> Outcome {
    let mut command = program();
    command.args(["build", "--json", "--format", "html", "--workspace"]).arg(workspace);
    let (status, stdout, stderr) = run(command);
    let exports = workspace.join("exports");
    Outcome { code: status.code(), stdout, stderr, exports, folder: None }
}

#[test]
fn a_site_becomes_a_workspace_that_can_be_built() {
    let site = Eleventy::new();
    let imported = site.import();
    assert_eq!(imported.code, Some(0), "{imported}");
    let names: Vec<String> = site.made().into_keys().collect();
    assert_eq!(
        names,
        [
            "content/en/alone.md",
            "content/en/team.md",
            "content/fr/about/_defaults.yaml",
            "content/fr/about/equipe.md",
            "content/fr/about/photo.png",
            "content/fr/blog/_defaults.yaml",
            "content/fr/blog/a.11tydata.json",
            "content/fr/blog/a.md",
            "content/fr/index.md",
            "content/fr/plan.md",
            "locales/en/content/fr/index.po",
            "locales/en/content/fr/plan.po",
            "locales/en/ui.ftl",
            "locales/fr/ui.ftl",
            "plantin.toml",
        ]
    );
    assert_eq!(
        site.text("plantin.toml"),
        "[publication]\nname = \"le-site\"\naddress = \"https://site.example\"\nsource = \"fr\"\n\
         languages = [\"fr\", \"en\"]\n"
    );
    let built = build(&site.out());
    assert!(built.has("html/fr/about/equipe/index.html"), "{built}");
    let home = built.file("html/fr/index.html");
    assert!(home.contains("Le site") && home.contains("La mission"), "{home}");
    let page = built.file("html/en/plan/index.html");
    assert!(page.contains("Ten actions."), "{page}");
}

#[test]
fn folders_say_of_their_pages_what_can_be_seen_without_running() {
    let site = Eleventy::new();
    let imported = site.import();
    let about = site.text("content/fr/about/_defaults.yaml");
    assert_eq!(about, "layout: \"page.njk\"\ntags: [\"mission\"]\n");
    let told = imported.told("import-data-partly");
    assert!(
        imported.diagnostics("import-data-partly").iter().any(|it| {
            it.file == "content/fr/about/about.11tydata.js"
                && it.message.contains("eleventyComputed")
        }),
        "{told:?}"
    );
    let blog = site.text("content/fr/blog/_defaults.yaml");
    assert_eq!(blog, "layout: \"post.njk\"\ntags: [\"billet\"]\n");
    let page = site.text("content/fr/blog/a.11tydata.json");
    assert_eq!(page, "{\n  \"description\": \"Un billet\"\n}\n");
}

#[test]
fn interface_strings_become_messages() {
    let site = Eleventy::new();
    let imported = site.import();
    assert_eq!(
        site.text("locales/fr/ui.ftl"),
        "publication-title = Le site\npublisher = La mission\nhome = Accueil\n\
         you-are-here = vous êtes ici { \"{\" }là{ \"}\" }\nmenu-ouvert = Menu\n"
    );
    assert!(
        site.text("locales/en/ui.ftl").ends_with("home = Front page\nmenu-open = Open\n")
    );
    assert_eq!(imported.diagnostics("import-string-renamed").len(), 3, "{imported}");
}

#[test]
fn translations_are_found_and_have_the_address_of_their_source() {
    let site = Eleventy::new();
    let imported = site.import();
    let pairs = imported.json()["pairs"].clone();
    let pairs: Vec<(&str, &str)> = pairs
        .as_array()
        .expect("pairs")
        .iter()
        .map(|it| {
            let text = |key: &str| it[key].as_str().expect("a path");
            (text("source"), text("translation"))
        })
        .collect();
    assert_eq!(
        pairs,
        [
            ("content/fr/index.md", "content/en/index.md"),
            ("content/fr/plan.md", "content/en/roadmap.md"),
            ("content/fr/about/equipe.md", "content/en/team.md"),
        ]
    );
    let team = site.text("content/en/team.md");
    assert_eq!(team, "---\npermalink: /en/about/equipe/\ntitle: The team\n---\n\nWe.\n");
    let moved = imported.diagnostics("import-pair-moved");
    assert_eq!(moved.len(), 2, "{imported}");
    assert!(moved.iter().any(|it| it.message.contains("/en/team/")), "{moved:?}");
}

const GUIDE: &str = "---\ntitle: Guide de publication\n---\n\n## Publier sur GitHub\n\n\
    La liste des licences est sur [data.gouv.fr](https://data.gouv.fr/a) depuis 2018.\n\n\
    Créez un compte sur [GitHub](https://github.com) avec votre adresse.\n";

const GUIDE_IN_ENGLISH: &str = "---\ntitle: Publication guide\n---\n\n## Publish on GitHub\n\n\
    The list of licences is on [data.gouv.fr](https://data.gouv.fr/a) since 2018.\n\n\
    Create an account on [GitHub](https://github.com) with your address.\n\n\
    This paragraph is for readers abroad, who may write to the embassy in Vienna.\n";

#[test]
fn a_translation_becomes_the_catalogue_that_align_makes() {
    let site = Eleventy::new();
    site.write("content/fr/guide.md", GUIDE.as_bytes());
    site.write("content/en/guide.md", GUIDE_IN_ENGLISH.as_bytes());
    let imported = site.import();
    let catalogue = "locales/en/content/fr/guide.po";
    let pairs = imported.json()["pairs"].clone();
    let pairs = pairs.as_array().expect("pairs");
    let pair = pairs
        .iter()
        .find(|it| it["source"] == "content/fr/guide.md")
        .expect("they have one place");
    assert_eq!(pair["catalogue"], catalogue);
    let counts = ["translated", "drafts", "missing", "alone"].map(|it| pair[it].as_u64());
    assert_eq!(counts, [Some(4), Some(0), Some(0), Some(1)], "{pair}");
    assert!(!site.out().join("content/en/guide.md").exists(), "it is the catalogue now");
    let alone = imported.told("import-pair-alone");
    assert!(alone.message.contains("This paragraph"), "{}", alone.message);
    alone.at("content/en/guide.md", 11);

    let ours = site.text(catalogue);
    fs::remove_file(site.out().join(catalogue)).expect("it is there");
    let mut command = program();
    command.args(["align", "--language", "en", "--workspace"]).arg(site.out());
    command.arg(site.out().join("content/fr/guide.md"));
    command.arg(site.site().join("content/en/guide.md"));
    run(command);
    assert_eq!(ours, site.text(catalogue));

    let built = build(&site.out());
    let page = built.file("html/en/guide/index.html");
    assert!(page.contains("Create an account on"), "{page}");
}

#[test]
fn a_translation_that_says_something_else_stays_a_page() {
    let site = Eleventy::new();
    let imported = site.import();
    imported.told("import-pair-kept").in_file("content/en/team.md");
    assert!(site.out().join("content/en/team.md").exists());
    assert!(!site.out().join("locales/en/content/fr/about/equipe.po").exists());
    let built = build(&site.out());
    let page = built.file("html/en/about/equipe/index.html");
    assert!(page.contains("The team"), "{page}");
}

#[test]
fn a_translation_that_is_a_draft_is_not_published_by_a_catalogue() {
    let site = Eleventy::new();
    let draft = GUIDE_IN_ENGLISH.replacen("---\n", "---\ndraft: true\n", 1);
    site.write("content/fr/guide.md", GUIDE.as_bytes());
    site.write("content/en/guide.md", draft.as_bytes());
    site.import();
    assert_eq!(site.text("content/en/guide.md"), draft);
    assert!(!site.out().join("locales/en/content/fr/guide.po").exists());
}

#[test]
fn what_could_not_be_carried_is_told() {
    let site = Eleventy::new();
    let imported = site.import();
    imported.told("import-plugin").at("eleventy.config.js", 4);
    imported.told("import-passthrough").at("eleventy.config.js", 6);
    assert!(imported.told("import-shortcode").message.contains("imageContent"));
    assert_eq!(imported.diagnostics("import-plugin").len(), 1, "a comment is no call");
    let templates = imported.diagnostics("import-template");
    let templates: Vec<&str> = templates.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(templates, ["_includes/base.njk", "content/index.njk"]);
    imported.told("import-data-left").in_file("_data/menu.js");
}

#[test]
fn nothing_is_written_over_and_a_second_time_changes_nothing() {
    let site = Eleventy::new();
    site.import();
    let before = site.made();
    let again = site.import();
    assert_eq!((again.code, again.json()["written"].as_u64()), (Some(0), Some(0)));
    assert_eq!(site.made(), before);
    let own = "---\ntitle: À moi\n---\n\nÉcrit depuis.\n";
    fs::write(site.out().join("content/fr/plan.md"), own).expect("writable");
    fs::remove_file(site.out().join("content/fr/index.md")).expect("it is there");
    let refused = site.import();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.told("import-exists").message.contains("plan.md"), "{refused}");
    assert_eq!(site.text("content/fr/plan.md"), own);
    assert!(!site.out().join("content/fr/index.md").exists(), "nothing was written");
}

#[test]
fn a_workspace_is_made_apart_from_the_site_which_stays_as_it_is() {
    let site = Eleventy::new();
    let before = files(&site.site());
    let refused = import(&site.site(), &site.site().join("espace"));
    assert_eq!(refused.code, Some(2), "{refused}");
    refused.told("import-in-site");
    let refused = import(&site.site(), site.0.path());
    refused.told("import-in-site");
    site.import();
    assert_eq!(files(&site.site()), before);
}

#[test]
fn a_folder_without_pages_is_refused() {
    let folder = tempfile::tempdir().expect("writable");
    let refused = import(folder.path(), &folder.path().with_extension("out"));
    assert_eq!(refused.code, Some(2), "{refused}");
    refused.told("import-no-pages");
}
