//! `plantin import`: a workspace of a site, nothing run, nothing written over.

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
    assert!(
        imported.diagnostics("import-passthrough").is_empty(),
        "it is looked through"
    );
    assert!(imported.told("import-shortcode").message.contains("imageContent"));
    assert_eq!(imported.diagnostics("import-plugin").len(), 1, "a comment is no call");
    let templates = imported.diagnostics("import-template");
    let templates: Vec<&str> = templates.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(templates, ["_includes/base.njk", "content/index.njk"]);
    imported.told("import-data-left").in_file("_data/menu.js");
}

#[test]
fn a_folder_that_is_copied_and_not_there_is_told() {
    let site = Eleventy::new();
    let config = CONFIG.replace("./public/", "./node_modules/x/polices");
    site.write("eleventy.config.js", config.as_bytes());
    site.import().told("import-passthrough").at("eleventy.config.js", 6);
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

/// A site of a program, imported.
struct Imported {
    folder: tempfile::TempDir,
    outcome: Outcome,
}

impl Imported {
    fn of(program_name: &str, site: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("writable");
        for (path, text) in site {
            let path = folder.path().join("site").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            let bytes = if *text == "PNG" { PNG } else { text.as_bytes() };
            fs::write(path, bytes).expect("writable");
        }
        let out = folder.path().join("espace");
        let mut command = program();
        command.args(["import", program_name, "--json", "--out"]).arg(&out);
        command.arg(folder.path().join("site"));
        let (status, stdout, stderr) = run(command);
        let outcome =
            Outcome { code: status.code(), stdout, stderr, exports: out, folder: None };
        assert_eq!(outcome.code, Some(0), "{program_name}: {outcome}");
        Self { folder, outcome }
    }

    fn names(&self) -> Vec<String> {
        files(&self.folder.path().join("espace")).into_keys().collect()
    }

    fn text(&self, path: &str) -> String {
        let path = self.folder.path().join("espace").join(path);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let json = self.outcome.json();
        let pairs = json["pairs"].as_array().expect("pairs").clone();
        let text = |it: &serde_json::Value| it.as_str().expect("a path").to_owned();
        pairs.iter().map(|it| (text(&it["source"]), text(&it["translation"]))).collect()
    }

    fn build(&self) -> Outcome {
        let built = build(&self.folder.path().join("espace"));
        assert_eq!(built.code, Some(0), "{built}");
        built
    }
}

#[test]
fn a_site_of_vitepress_is_imported() {
    let site = Imported::of(
        "vitepress",
        &[
            (
                ".vitepress/config.mts",
                "export default defineConfig({\n  title: 'Le guide',\n  lang: 'en-US',\n  \
                 themeConfig: { sidebar: [\n    { link: '/guide/b' },\n    // { link: '/x' },\n    \
                 { link: '/guide/a' } ] }\n})\n",
            ),
            ("package.json", "{}"),
            ("node_modules/x/a.md", "# X\n"),
            ("index.md", "---\ntitle: Home\n---\n\nHello.\n"),
            (
                "guide/a.md",
                "# A\n\n[[toc]]\n\n<script setup>\nimport x from 'x'\n</script>\n\n\
                 ::: danger Careful\nHot.\n:::\n\n![Map](/map.png)\n",
            ),
            ("guide/b.md", "# B\n\nText.\n"),
            ("fr/guide/a.md", "# A\n\nTexte.\n"),
            ("public/map.png", "PNG"),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("source = \"en\"\nlanguages = [\"en\", \"fr\"]"),
        "{settings}"
    );
    assert!(
        settings.contains("order = [\n    \"/guide/b/\",\n    \"/guide/a/\",\n]"),
        "{settings}"
    );
    assert_eq!(
        site.pairs(),
        [("content/en/guide/a.md".into(), "content/fr/guide/a.md".into())]
    );
    let page = site.text("content/en/guide/a.md");
    assert!(!page.contains("toc") && !page.contains("import"), "{page}");
    site.outcome.told("import-syntax-left").at("guide/a.md", 5);
    assert!(!site.names().iter().any(|it| it.contains("node_modules")));
    let page = site.build().file("html/en/guide/a/index.html");
    assert!(page.contains("Careful") && page.contains("map.png"), "{page}");
}

#[test]
fn a_site_is_found_in_a_folder_of_its_repository() {
    let site = Imported::of(
        "vitepress",
        &[
            ("README.md", "# Le dépôt\n"),
            (
                "docs/.vitepress/config.js",
                "export default { title: 'Le guide', lang: 'fr-FR' }\n",
            ),
            (
                "docs/a.md",
                "---\nhead: []\n---\n\n# A\n\n<Carte/>\n\n![Plan](/plan.png)\n",
            ),
            ("docs/public/plan.png", "PNG"),
        ],
    );
    assert_eq!(
        site.names(),
        ["content/a.md", "content/plan.png", "locales/fr/ui.ftl", "plantin.toml"]
    );
    assert!(site.text("content/a.md").starts_with("---\ntitle: \"A\"\n---\n"));
    assert!(site.build().file("html/fr/a/index.html").contains("plan.png"));
}

#[test]
fn a_site_of_docusaurus_is_imported() {
    let site = Imported::of(
        "docusaurus",
        &[
            (
                "docusaurus.config.js",
                "const config = {\n  title: 'Le guide',\n  url: 'https://guide.example',\n  \
                 i18n: { \n    defaultLocale: 'fr',\n    locales: ['fr', 'en'] },\n};\n\
                 module.exports = config;\n",
            ),
            (
                "sidebars.js",
                "module.exports = { a: [{type: 'autogenerated', dirName: '.'}] };\n",
            ),
            (
                "docs/b.mdx",
                "---\nsidebar_label: Bé\nsidebar_position: 1\n---\n\nimport Tabs from 'x';\n\n\
                 <Tabs>\n<TabItem value=\"un\" label=\"Un\">\n\nTexte[^1].\n\n</TabItem>\n</Tabs>\n\n\
                 [A](./a.md) et ![plan](/img/plan.png)\n\n[^1]: Note.\n",
            ),
            (
                "docs/a.md",
                "---\ntitle: A\nsidebar_position: 2\n---\n\n:::secondary\nTexte.\n:::\n",
            ),
            ("static/img/plan.png", "PNG"),
            (
                "i18n/en/docusaurus-plugin-content-docs/current/a.md",
                "---\ntitle: A\n---\n\n:::note\nText.\n:::\n",
            ),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("https://guide.example")
            && settings.contains("source = \"fr\"")
    );
    assert!(settings.contains("\"/docs/b/\",\n    \"/docs/a/\""), "{settings}");
    assert_eq!(
        site.pairs(),
        [("content/fr/docs/a.md".into(), "content/en/docs/a.md".into())]
    );
    let page = site.text("content/fr/docs/b.md");
    assert!(page.contains("title: \"Bé\"") && page.contains("**Un**"), "{page}");
    assert!(!page.contains("sidebar") && !page.contains("import"), "{page}");
    let built = site.build();
    let page = built.file("html/fr/docs/b/index.html");
    assert!(page.contains("plan.png") && page.contains("../a/"), "{page}");
}

#[test]
fn a_site_of_mkdocs_is_imported() {
    let site = Imported::of(
        "mkdocs",
        &[
            (
                "mkdocs.yml",
                "site_name: Le guide\nsite_url: https://guide.example/\ndocs_dir: pages\n\
                 plugins:\n  - i18n:\n      docs_structure: suffix\n      languages:\n        - locale: en\n          \
                 name: English\n        - locale: fr\n          default: true\nnav:\n  - Accueil: index.md\n  \
                 - Deux: b.md\n  - Un: a.md\n  - Trois et plus: c.md\nmarkdown_extensions:\n  - x: !!python/name:a.b\n",
            ),
            ("README.md", "# Le dépôt\n"),
            ("pages/index.fr.md", "# Accueil\n\nBonjour.\n"),
            ("pages/index.en.md", "# Home\n\nHello.\n"),
            (
                "pages/a.fr.md",
                "# A\n\n!!! question \"Qui ?\"\n\n    Vous.\n\n    - un\n    - deux\n\n\
                 ??? tip\n    Plié.\n\n![plan](img/plan.png)\n",
            ),
            ("pages/b.fr.md", "# B\n\nVoir [A](a.md).\n"),
            ("pages/c.fr.md", "---\ndescription: d\n---\nSans titre.\n"),
            ("pages/img/plan.png", "PNG"),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("source = \"fr\"\nlanguages = [\"fr\", \"en\"]"),
        "{settings}"
    );
    assert!(settings.contains("\"/\",\n    \"/b/\",\n    \"/a/\""), "{settings}");
    assert!(site.text("locales/fr/ui.ftl").contains("publication-title = Le guide"));
    assert_eq!(site.pairs().len(), 1, "{}", site.outcome);
    let page = site.text("content/fr/a.md");
    assert!(page.contains("::: info Qui ?\n\nVous.\n\n- un\n- deux\n:::"), "{page}");
    // A page that has no title has the one that the navigation gives it; others keep theirs.
    let untitled = site.text("content/fr/c.md");
    assert!(
        untitled.starts_with("---\ntitle: \"Trois et plus\"\ndescription: d\n---\n"),
        "{untitled}"
    );
    assert!(site.text("content/fr/b.md").contains("title: \"B\""));
    let page = site.build().file("html/fr/a/index.html");
    assert!(
        page.contains("Qui") && page.contains("<details") && page.contains("plan.png"),
        "{page}"
    );
}

#[test]
fn a_site_of_hugo_is_imported() {
    let site = Imported::of(
        "hugo",
        &[
            (
                "hugo.toml",
                "baseURL = 'https://guide.example/'\ntitle = 'Le guide'\ndefaultContentLanguage = 'fr'\n",
            ),
            ("content/_index.md", "+++\ntitle = \"Accueil\"\n+++\nBonjour.\n"),
            (
                "content/docs/a.md",
                "+++\ntitle = \"A\"\nweight = 20\ndate = 2024-05-01\n+++\n\
                 {{< notice tip >}}\nTexte.\n{{< /notice >}}\n\n\
                 {{< figure src=\"/img/plan.png\" alt=\"Le plan\" >}}\n\n[B]({{< relref \"b.md\" >}})\n\n\
                 {{< carte lieu=\"Paris\" >}}\n",
            ),
            ("content/docs/b.md", "---\ntitle: B\nweight: 10\n---\n\nTexte.\n"),
            ("content/docs/b.en.md", "---\ntitle: B\n---\n\nText.\n"),
            ("content/docs/c.en.md", "---\ntitle: C\n---\n\nOnly here.\n"),
            ("static/img/plan.png", "PNG"),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("source = \"fr\"\nlanguages = [\"fr\", \"en\"]"),
        "{settings}"
    );
    assert!(settings.contains("\"/docs/b/\",\n    \"/docs/a/\""), "{settings}");
    assert_eq!(
        site.pairs(),
        [("content/fr/docs/b.md".into(), "content/en/docs/b.md".into())]
    );
    site.outcome.told("import-alone").in_file("content/docs/c.en.md");
    let left = site.outcome.told("import-syntax-left").at("content/docs/a.md", 14);
    assert!(left.message.contains("carte"), "{}", left.message);
    let built = site.build();
    let page = built.file("html/fr/docs/a/index.html");
    assert!(page.contains("alt=\"Le plan\"") && page.contains("callout-tip"), "{page}");
    assert!(page.contains("href=\"../b/\""), "{page}");
}

#[test]
fn a_book_of_mdbook_is_imported() {
    let site = Imported::of(
        "mdbook",
        &[
            (
                "book.toml",
                "[book]\ntitle = \"Le guide\"\nlanguage = \"fr\"\nsrc = \"texte\"\n",
            ),
            (
                "texte/SUMMARY.md",
                "# Sommaire\n\n[Accueil](README.md)\n\n- [Deux](b.md)\n  - [Un](x/a.md)\n",
            ),
            ("texte/README.md", "# Accueil\n\nVoir [Un](x/a.md).\n"),
            ("texte/b.md", "# B\n\n[retour](README.md)\n"),
            (
                "texte/x/a.md",
                "# A\n\n```rust\n{{#include ../code/a.rs:main}}\n```\n\n{{#include absent.md}}\n\n\
                 {{#include ../part.md:2:2}}\n",
            ),
            ("texte/part.md", "Rien.\nUne partie.\nRien.\n"),
            ("texte/code/a.rs", "// ANCHOR: main\nfn main() {}\n// ANCHOR_END: main\n"),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(settings.contains("source = \"fr\"\nlanguages = [\"fr\"]"), "{settings}");
    assert!(settings.contains("\"/\",\n    \"/b/\",\n    \"/x/a/\""), "{settings}");
    assert!(!site.names().iter().any(|it| it.contains("SUMMARY")));
    assert!(site.text("content/x/a.md").contains("```rust\nfn main() {}\n```"));
    // What a page takes in is no page of its own.
    assert!(site.text("content/x/a.md").contains("\nUne partie.\n"));
    assert!(!site.names().iter().any(|it| it.contains("part.md")));
    assert!(site.text("content/b.md").contains("(index.md)"));
    site.outcome.told("import-syntax-left").at("texte/x/a.md", 7);
    site.build();
}

#[test]
fn the_catalogues_of_a_book_are_shared_out_among_its_pages() {
    let po = "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\n\
              #: src/SUMMARY.md:3 src/intro.md:1\nmsgid \"Intro\"\nmsgstr \"Préface\"\n\n\
              #: src/intro.md:3\nmsgid \"Hello *world*.\"\nmsgstr \"Bonjour *monde*.\"\n\n\
              #: src/two.md:3\n#, fuzzy\nmsgid \"Second page.\"\nmsgstr \"Page 2.\"\n";
    let site = Imported::of(
        "mdbook",
        &[
            ("book.toml", "[book]\ntitle = \"The guide\"\nlanguage = \"en\"\n"),
            ("src/SUMMARY.md", "# Summary\n\n- [Intro](intro.md)\n- [Two](two.md)\n"),
            ("src/intro.md", "# Intro\n\nHello *world*.\n\nNew.\n"),
            ("src/two.md", "# Two\n\nSecond page.\n"),
            ("po/fr.po", po),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("source = \"en\"\nlanguages = [\"en\", \"fr\"]"),
        "{settings}"
    );
    site.outcome.told("import-catalogue").in_file("po/fr.po").is("note");
    let intro = site.text("locales/fr/content/en/intro.po");
    assert!(
        intro.contains("msgstr \"Bonjour *monde*.\"") && !intro.contains("Page 2."),
        "{intro}"
    );
    let two = site.text("locales/fr/content/en/two.po");
    assert!(two.contains("fuzzy\nmsgid \"Second page.\"\nmsgstr \"Page 2.\""), "{two}");
    let page = site.build().file("html/fr/intro/index.html");
    assert!(
        page.contains("Préface</h1>") && page.contains("Bonjour <em>monde</em>."),
        "{page}"
    );
}

#[test]
fn a_site_of_jekyll_is_imported() {
    let site = Imported::of(
        "jekyll",
        &[
            (
                "_config.yml",
                "title: Le guide # le titre\nurl: \"https://guide.example\"\nlang: fr\n",
            ),
            ("Gemfile", "source 'x'\n"),
            (
                "index.md",
                "---\ntitle: Accueil\nlang: fr\nref: accueil\n---\n\n* TOC\n{:toc}\n\nBonjour.\n",
            ),
            ("home.md", "---\ntitle: Home\nlang: en\nref: accueil\n---\n\nHello.\n"),
            (
                "_posts/2024-05-01-bilan.md",
                "---\ntitle: Bilan\n---\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n\
                 ![plan]({{ site.baseurl }}/assets/plan.png) [A]({% link _docs/a.md %})\n\n{% include x.html %}\n",
            ),
            ("_docs/a.md", "---\ntitle: A\npublished: false\n---\n\nTexte.\n"),
            ("assets/plan.png", "PNG"),
            ("_includes/x.md", "Pas une page.\n"),
        ],
    );
    let settings = site.text("plantin.toml");
    assert!(
        settings.contains("https://guide.example")
            && settings.contains("source = \"fr\"")
    );
    assert_eq!(
        site.pairs(),
        [("content/fr/index.md".into(), "content/en/home.md".into())]
    );
    assert!(site.text("content/fr/docs/a.md").contains("draft: true"));
    let post = site.text("content/fr/blog/2024-05-01-bilan.md");
    assert!(
        post.contains("```ruby\nputs 1\n```") && post.contains("(/assets/plan.png)"),
        "{post}"
    );
    let left =
        site.outcome.told("import-syntax-left").at("_posts/2024-05-01-bilan.md", 11);
    assert!(left.message.contains("include"), "{}", left.message);
    assert!(!site.names().iter().any(|it| it.contains("_includes")));
    assert!(site.build().file("html/fr/blog/bilan/index.html").contains("plan.png"));
}

#[test]
fn images_of_a_folder_that_is_copied_to_the_root_are_found() {
    let site = Eleventy::new();
    site.write("public/img/plan de ville.png", PNG);
    site.write("public/img/inutile.png", PNG);
    site.write("ailleurs/logo.png", PNG);
    let config = CONFIG.replace(
        "eleventyConfig.addPassthroughCopy(\"./public/\");",
        "eleventyConfig.addPassthroughCopy(\"./public/\");\n  \
         eleventyConfig.addPassthroughCopy({ \"./ailleurs/\": \"/\" });",
    );
    site.write("eleventy.config.js", config.as_bytes());
    let page = "---\ntitle: Ville\n---\n\n![Plan](/img/plan%20de%20ville.png) ![Logo](/logo.png) \
                ![Le même](../../public/img/plan%20de%20ville.png)\n";
    site.write("content/fr/ville.md", page.as_bytes());
    let imported = site.import();
    assert_eq!(imported.code, Some(0), "{imported}");
    let names: Vec<String> =
        site.made().into_keys().filter(|it| it.ends_with(".png")).collect();
    assert_eq!(
        names,
        [
            "content/fr/about/photo.png",
            "content/img/plan de ville.png",
            "content/logo.png"
        ]
    );
    let built = build(&site.out());
    assert!(built.diagnostics("image-missing").is_empty(), "{built}");
    assert!(built.file("html/fr/ville/index.html").contains("logo.png"));
}

/// A page in French, one in English that says the same under another name, and others.
#[test]
fn pages_with_the_same_numbers_and_links_are_a_pair_and_the_others_are_told() {
    let site = Eleventy::new();
    let figures = |title: &str, word: &str| {
        format!(
            "---\ntitle: {title}\n---\n\n{word} 2021 : 1 240 000 [x](https://a.example/1).\n\n\
             {word} 2022 : 1 350 500 [y](https://a.example/2).\n\n## {word}\n\n\
             {word} 2023 : 87 [z](https://a.example/3).\n"
        )
    };
    site.write("content/fr/depenses.md", figures("Dépenses", "En").as_bytes());
    site.write("content/en/spending.md", figures("Spending", "In").as_bytes());
    let imported = site.import();
    let json = imported.json();
    let pair = json["pairs"].as_array().expect("pairs").iter().find(|it| {
        it["source"] == "content/fr/depenses.md"
            && it["translation"] == "content/en/spending.md"
    });
    assert!(pair.is_some(), "{imported}");
    imported.told("import-pair-alike").in_file("content/en/spending.md");
    let alone =
        imported.told("import-alone").in_file("content/en/alone.md").is("warning");
    assert!(alone.message.contains("“fr”"), "{}", alone.message);
}

#[test]
fn pages_are_paired_by_language_keys_folder_names_and_switches() {
    // By `lang`, beside one another.
    let site = Imported::of(
        "eleventy",
        &[
            (
                "content/a.md",
                "---\ntitle: A\nlang: fr\ntranslationKey: a\n---\n\nBonjour.\n",
            ),
            (
                "content/b.md",
                "---\ntitle: B\nlang: en\ntranslationKey: a\n---\n\nHello.\n",
            ),
        ],
    );
    assert_eq!(site.pairs(), [("content/a.md".into(), "content/b.md".into())]);
    // By folders that are named after languages in words.
    let site = Imported::of(
        "eleventy",
        &[
            ("content/francais/a.md", "---\ntitle: A\n---\n\nBonjour.\n"),
            ("content/english/a.md", "---\ntitle: A\n---\n\nHello.\n"),
        ],
    );
    assert_eq!(site.pairs(), [("content/fr/a.md".into(), "content/en/a.md".into())]);
    // By links that lead to and fro, whatever their words.
    let site = Imported::of(
        "eleventy",
        &[
            ("content/fr/a.md", "---\ntitle: A\n---\n\nBonjour. [EN](/en/b/)\n"),
            ("content/en/b.md", "---\ntitle: B\n---\n\nHello. [FR](/fr/a/)\n"),
        ],
    );
    assert_eq!(site.pairs(), [("content/fr/a.md".into(), "content/en/b.md".into())]);
}
