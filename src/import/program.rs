//! The programs whose sites are imported: what each calls its things, as data.
//!
//! A row says where a program keeps its settings, its pages and the files that lie at the
//! root of its site, how it names translations, and which of its words mean ours. Nothing of
//! it is run.

/// What a program calls its things.
#[derive(Debug)]
pub(super) struct Program {
    /// Its name, as it is typed.
    pub(super) name: &'static str,
    /// The names of its settings; the first that is there counts.
    pub(super) settings: &'static [&'static str],
    /// Its folders of pages, and where each lies in the site. A first part `@` stands for the
    /// folder that the settings name.
    pub(super) pages: &'static [(&'static str, &'static str)],
    /// The name in the settings of the folder of pages.
    pub(super) folder: &'static str,
    /// The folders whose files lie at the root of the site.
    pub(super) public: &'static [&'static str],
    /// Folders of translations: what comes before the language, what comes after it, and
    /// where the pages lie in the site.
    pub(super) translated: &'static [(&'static str, &'static str, &'static str)],
    /// Whether `page.fr.md` is a page in French.
    pub(super) has_suffixes: bool,
    /// The names of the settings for the title, the description, the address and the
    /// language.
    pub(super) about: About,
    /// The keys of the front matter, and what we call them.
    pub(super) keys: &'static [(&'static str, &'static str)],
    /// The key of the front matter by which pages are put in order.
    pub(super) weight: &'static str,
    /// The files that say the order of pages, by the names of pages in them, and the word
    /// after which they say it.
    pub(super) order: &'static [(&'static str, &'static str)],
    /// Its kinds of boxes that are not ours, and what we call them.
    pub(super) boxes: &'static [(&'static str, &'static str)],
    /// What of its way of writing is not ours.
    pub(super) writing: Writing,
}

/// The names of what a site says of itself.
#[derive(Debug)]
pub(super) struct About {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) address: &'static str,
    pub(super) language: &'static [&'static str],
}

/// What of a program's way of writing is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// `::: name`, and parts of Vue.
    Vue,
    /// `:::name`, and parts of React.
    React,
    /// `!!! name "title"` with what is in it moved to the right.
    Admonitions,
    /// `{{< name >}}`.
    Shortcodes,
    /// `{{#include file}}`.
    Includes,
    /// `{% name %}`, `{: .class }`.
    Liquid,
}

/// The files that stand for their folder, whatever the program.
pub(super) const INDEXES: [&str; 4] = ["index", "_index", "readme", "README"];

/// The boxes of Material for `MkDocs` and of those that name theirs after them.
const BOXES: &[(&str, &str)] = &[
    ("abstract", "info"),
    ("summary", "info"),
    ("tldr", "info"),
    ("todo", "info"),
    ("question", "info"),
    ("help", "info"),
    ("faq", "info"),
    ("example", "info"),
    ("check", "success"),
    ("done", "success"),
    ("failure", "error"),
    ("fail", "error"),
    ("missing", "error"),
    ("bug", "error"),
    ("attention", "warning"),
    ("cite", "quote"),
    ("seealso", "info"),
    ("primary", "note"),
    ("secondary", "note"),
    ("code-group", "text"),
    ("v-pre", "text"),
    ("raw", "text"),
    ("alert", "warning"),
    ("notice", "note"),
];

pub(super) const PROGRAMS: [Program; 6] = [
    Program {
        name: "vitepress",
        settings: &[
            ".vitepress/config.ts",
            ".vitepress/config.mts",
            ".vitepress/config.js",
            ".vitepress/config.mjs",
            ".vitepress/config/index.ts",
            ".vitepress/config/index.mts",
            ".vitepress/config/index.js",
            ".vitepress/config/shared.ts",
        ],
        pages: &[("@", "")],
        folder: "srcDir",
        public: &["@/public"],
        translated: &[],
        has_suffixes: false,
        about: About {
            title: "title",
            description: "description",
            address: "hostname",
            language: &["lang"],
        },
        keys: &[("head", ""), ("outline", ""), ("aside", "")],
        weight: "order",
        order: &[(".vitepress/config", "sidebar")],
        boxes: BOXES,
        writing: Writing::Vue,
    },
    Program {
        name: "docusaurus",
        settings: &[
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "docusaurus.config.mjs",
            "docusaurus.config.cjs",
        ],
        pages: &[("docs", "docs"), ("blog", "blog"), ("src/pages", "")],
        folder: "path",
        public: &["static"],
        translated: &[
            ("i18n", "docusaurus-plugin-content-docs/current", "docs"),
            ("i18n", "docusaurus-plugin-content-blog", "blog"),
            ("i18n", "docusaurus-plugin-content-pages", ""),
        ],
        has_suffixes: false,
        about: About {
            title: "title",
            description: "tagline",
            address: "url",
            language: &["defaultLocale"],
        },
        keys: &[
            ("sidebar_label", ""),
            ("sidebar_position", ""),
            ("pagination_label", ""),
        ],
        weight: "sidebar_position",
        order: &[("sidebars", "")],
        boxes: BOXES,
        writing: Writing::React,
    },
    Program {
        name: "mkdocs",
        settings: &["mkdocs.yml", "mkdocs.yaml"],
        pages: &[("@", ""), ("docs", "")],
        folder: "docs_dir",
        public: &[],
        translated: &[],
        has_suffixes: true,
        about: About {
            title: "site_name",
            description: "site_description",
            address: "site_url",
            language: &["default_language", "language"],
        },
        keys: &[("icon", ""), ("hide", ""), ("template", "")],
        weight: "weight",
        order: &[("mkdocs.y", "nav")],
        boxes: BOXES,
        writing: Writing::Admonitions,
    },
    Program {
        name: "hugo",
        settings: &[
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "config.toml",
            "config.yaml",
            "config.yml",
            "config/_default/hugo.toml",
            "config/_default/hugo.yaml",
            "config/_default/config.toml",
            "config/_default/config.yaml",
        ],
        pages: &[("@", ""), ("content", "")],
        folder: "contentDir",
        public: &["static", "assets"],
        translated: &[],
        has_suffixes: true,
        about: About {
            title: "title",
            description: "description",
            address: "baseURL",
            language: &["defaultContentLanguage"],
        },
        keys: &[("url", "permalink"), ("summary", "description"), ("linkTitle", "")],
        weight: "weight",
        order: &[],
        boxes: BOXES,
        writing: Writing::Shortcodes,
    },
    Program {
        name: "mdbook",
        settings: &["book.toml"],
        pages: &[("@", ""), ("src", "")],
        folder: "src",
        public: &[],
        translated: &[],
        has_suffixes: false,
        about: About {
            title: "title",
            description: "description",
            address: "site-url",
            language: &["language"],
        },
        keys: &[],
        weight: "weight",
        order: &[("SUMMARY.md", "")],
        boxes: BOXES,
        writing: Writing::Includes,
    },
    Program {
        name: "jekyll",
        settings: &["_config.yml", "_config.yaml", "_config.toml"],
        pages: &[("@/_docs", "docs"), ("@/_posts", "blog"), ("@/_pages", ""), ("@", "")],
        folder: "source",
        public: &["@"],
        translated: &[],
        has_suffixes: false,
        about: About {
            title: "title",
            description: "description",
            address: "url",
            language: &["lang"],
        },
        keys: &[
            ("excerpt", "description"),
            ("ref", "translationKey"),
            ("nav_order", ""),
            ("parent", ""),
        ],
        weight: "nav_order",
        order: &[],
        boxes: BOXES,
        writing: Writing::Liquid,
    },
];
