//! The pages that the program makes by itself: folders, tags, the map of the site.

use super::support::Site;

fn page(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\n{more}---\n\nTexte.\n")
}

/// The body of a page.
fn body(page: &str) -> &str {
    let start = page.find("<div class=\"page-body\"").expect("a body");
    &page[start..start + page[start..].find("</main>").expect("an end")]
}

/// Whether these words stand in the text in this order.
fn in_order(text: &str, words: &[&str]) -> bool {
    let places: Vec<_> = words.iter().map(|it| text.find(it)).collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

#[test]
fn a_folder_without_a_page_of_its_own_gets_one_that_lists_what_is_in_it() {
    let site = Site::new()
        .page("blog/été.md", &page("Été", ""))
        .page("blog/a.md", &page("Zèbre", "date: 2024-01-02\ndescription: Rayé.\n"))
        .page("blog/b.md", &page("Ancien", "date: 2023-01-02\n"))
        .page("blog/c.md", &page("éclair", ""))
        .page("blog/notes/d.md", &page("Dedans", ""));
    let built = site.build_html();
    let folder = built.file("html/fr/blog/index.html");
    assert!(folder.contains("<h1>Blog</h1>"), "{folder}");
    assert!(
        in_order(
            body(&folder),
            &[
                "Zèbre",
                "2 janvier 2024",
                "Rayé.",
                "Ancien",
                "éclair",
                "Été",
                "notes/\">Notes"
            ]
        ),
        "{folder}"
    );
    assert!(!body(&folder).contains("Dedans"), "{folder}");
    let inner = built.file("html/fr/blog/notes/index.html");
    let trail = &inner[inner.find("fr-breadcrumb").expect("a trail")..];
    assert!(in_order(trail, &["Accueil", "href=\"../\">Blog", "Notes"]), "{inner}");
}

#[test]
fn what_an_author_wrote_is_not_made_again() {
    let site = Site::new()
        .page("blog/index.md", &page("Le blog", ""))
        .page("blog/a.md", &page("A", "tags: [Droit]\n"))
        .page("tags/droit.md", &page("Le droit, par nous", ""))
        .page("sitemap.md", &page("Mon plan", ""));
    let built = site.build_html();
    assert!(built.file("html/fr/blog/index.html").contains(">Le blog</h1>"));
    assert!(built.file("html/fr/tags/droit/index.html").contains("par nous</h1>"));
    assert!(built.file("html/fr/sitemap/index.html").contains(">Mon plan</h1>"));
    let own = built.file("html/fr/blog/a/index.html");
    assert!(own.contains("<a href=\"../../tags/droit/\" rel=\"tag\">Droit</a>"), "{own}");
}

#[test]
fn links_and_breadcrumbs_lead_to_the_pages_that_are_made() {
    let more = "segments:\n  - url: /blog/\n    title: Le journal\n";
    let site = Site::new()
        .page("blog/a.md", &page("A", more))
        .page("b.md", "---\ntitle: B\n---\n\n[le blog](/fr/blog/)\n");
    let built = site.build_html();
    assert!(built.diagnostics("segment-without-page").is_empty(), "{built}");
    assert!(built.diagnostics("link-to-nothing").is_empty(), "{built}");
    let link = built.file("html/fr/b/index.html");
    assert!(link.contains("<a href=\"../blog/\">le blog</a>"), "{link}");
    // The folder is called as breadcrumbs call it.
    assert!(built.file("html/fr/blog/index.html").contains("<h1>Le journal</h1>"));
}

#[test]
fn a_folder_and_a_tag_have_the_names_that_the_workspace_gives_them() {
    let site = Site::new()
        .page("fr/retours/a.md", &page("A", "tags: [Logiciel libre]\n"))
        .page("en/retours/a.md", &page("An A", "tags: [Logiciel libre]\n"))
        .labels("en", "folder-retours = Feedback\ntag-logiciel-libre = Free software\n");
    let built = site.build_html();
    assert!(built.file("html/en/retours/index.html").contains("<h1>Feedback</h1>"));
    assert!(built.file("html/fr/retours/index.html").contains("<h1>Retours</h1>"));
    let tag = built.file("html/en/tags/logiciel-libre/index.html");
    assert!(tag.contains("<h1>Keyword: Free software</h1>"), "{tag}");
    let tag = built.file("html/fr/tags/logiciel-libre/index.html");
    assert!(tag.contains("<h1>Mot-clé\u{a0}: Logiciel libre</h1>"), "{tag}");
}

#[test]
fn a_list_of_pages_that_nobody_translated_is_no_translation() {
    let site = Site::new()
        .page("fr/blog/a.md", &page("Été", ""))
        .page("fr/mixte/a.md", &page("Hiver", ""))
        .page("fr/mixte/b.md", &page("Printemps", ""))
        .page("en/mixte/b.md", &page("Spring", ""));
    let built = site.build_html();
    let blog = built.file("html/en/blog/index.html");
    let canonical = "rel=\"canonical\" href=\"https://essai.example/fr/blog/\"";
    assert!(blog.contains(canonical), "{blog}");
    assert!(blog.contains("<div class=\"page-body\" lang=\"fr\">"), "{blog}");
    let mixed = built.file("html/en/mixte/index.html");
    assert!(mixed.contains("hreflang=\"en\" href=\"https://essai.example/en/mixte/\""));
    assert!(body(&mixed).contains("<span lang=\"fr\">Hiver</span>"), "{mixed}");
    assert!(body(&mixed).contains("<a href=\"b/\">Spring</a>"), "{mixed}");
    // The folder's name is French, and said to be.
    assert!(mixed.contains("<h1 lang=\"fr\">Mixte</h1>"), "{mixed}");
}

#[test]
fn tags_have_pages_whatever_their_capitals_but_technical_ones() {
    let site = Site::new()
        .page("a.md", &page("A", "tags: [BlueHats, posts]\n"))
        .page("b.md", &page("B", "tags: bluehats\n"))
        .page("c.md", &page("C", "tags: bluehats\n"));
    let built = site.build_html();
    let list = built.file("html/fr/tags/index.html");
    let line = "<li><a href=\"bluehats/\">bluehats</a>\u{a0}– 3 pages</li>";
    assert!(list.contains(line), "{list}");
    assert_eq!(body(&list).matches("<li>").count(), 1, "{list}");
    let tag = built.file("html/fr/tags/bluehats/index.html");
    assert!(in_order(body(&tag), &[">A<", ">B<", ">C<"]), "{tag}");
    let page = built.file("html/fr/a/index.html");
    let own = "<a href=\"../tags/bluehats/\" rel=\"tag\">BlueHats</a>";
    assert!(page.contains(own) && !page.contains("tags/posts"), "{page}");
}

#[test]
fn the_map_of_the_site_leads_to_every_page() {
    let site = Site::new()
        .page("index.md", &page("Accueil", ""))
        .page("blog/a.md", &page("A", "tags: droit\n"));
    let built = site.build_html();
    let map = built.file("html/fr/sitemap/index.html");
    for link in
        ["../\">Accueil", "../blog/\">Blog", "../blog/a/\">A", "../tags/\">Mots-clés"]
    {
        assert!(body(&map).contains(link), "{link}: {map}");
    }
    let home = built.file("html/fr/index.html");
    assert!(home.contains("<a href=\"sitemap/\">Plan du site</a>"), "{home}");
}

#[test]
fn a_policy_that_leaves_pages_out_leaves_them_out_of_lists() {
    let site = Site::new()
        .page("fr/blog/a.md", &page("Caché", "tags: droit\n"))
        .page("fr/mixte/a.md", &page("Caché", ""))
        .page("fr/mixte/b.md", &page("Montré", ""))
        .page("en/mixte/b.md", &page("Shown", ""))
        .more_config("[policy]\nmissing = \"omit-page\"\n");
    let built = site.build_html();
    assert!(
        !built.has("html/en/blog/index.html") && !built.has("html/en/tags/index.html")
    );
    let mixed = built.file("html/en/mixte/index.html");
    assert!(mixed.contains("Shown") && !mixed.contains("Caché"), "{mixed}");
    assert!(built.has("html/fr/blog/index.html"));
}

#[test]
fn each_kind_of_page_that_is_made_can_be_left_out() {
    let site = Site::new()
        .page("blog/a.md", &page("A", "tags: droit\n"))
        .more_config("[site]\nfolders = false\ntags = false\nmap = false\n");
    let built = site.build_html();
    for page in ["blog", "tags", "tags/droit", "sitemap"] {
        assert!(!built.has(&format!("html/fr/{page}/index.html")), "{page}");
    }
    let page = built.file("html/fr/blog/a/index.html");
    assert!(!page.contains("Plan du site") && !page.contains("rel=\"tag\""), "{page}");
}

#[test]
fn books_have_folders_but_no_lists_of_tags() {
    let site = Site::new()
        .page("blog/a.md", &page("Le billet", "tags: droit\n"))
        .page("blog/b.md", &page("Un autre", ""));
    let built = site.build_with(&["--format", "html,epub"]);
    let bytes = built.bytes("epub/essai.fr.epub");
    let names = names(&bytes);
    let chapters = names.iter().filter(|it| it.contains("blog")).count();
    assert_eq!(chapters, 3, "{names:?}");
    assert!(!names.iter().any(|it| it.contains("droit") || it.contains("sitemap")));
    let nav = entry(bytes, "OEBPS/nav.xhtml");
    let list: String = nav.chars().filter(|it| !it.is_whitespace()).collect();
    assert!(list.contains(">Blog</a><ol><li><ahref="), "{nav}");
    let manifest = built.manifest();
    let pages = manifest["pages"].as_array().expect("pages").iter();
    let made: Vec<&str> = pages
        .filter(|it| it["generated"] == true)
        .filter_map(|it| it["key"].as_str())
        .collect();
    assert_eq!(made, ["/", "/blog/", "/sitemap/", "/tags/", "/tags/droit/"]);
}

/// The names of the files of a book.
fn names(book: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a book");
    (0..archive.len())
        .map(|it| {
            archive.by_index(it).expect("a file").name().expect("a name").into_owned()
        })
        .collect()
}

/// The text of a file of a book.
fn entry(book: Vec<u8>, name: &str) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a book");
    let mut text = String::new();
    let mut file = archive.by_name(name).expect("the contents");
    file.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_tag_leads_to_the_authors_page_at_its_address_in_whichever_capitals() {
    let text = "---\ntitle: A\npermalink: /tags/X/\ntags: [x]\n---\n\nTexte.\n";
    let built = Site::new().page("a.md", text).build_html();
    assert!(built.diagnostics("link-to-nothing").is_empty(), "{built}");
    let page = built.file("html/fr/tags/X/index.html");
    assert!(page.contains("href=\"./\" rel=\"tag\""), "{page}");
}
