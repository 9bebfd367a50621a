//! Feeds, the map for search engines, and the file that leads them to it.

use std::collections::BTreeMap;

use quick_xml::{Reader, events::Event};
use serde_json::Value;

use super::support::{PNG, Site};

fn page(title: &str, date: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n---\n\nTexte de {title}.\n")
}

/// An element of XML, read back.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(tag) => open.push(Self::start(&tag)),
                Event::Empty(tag) => {
                    let last = open.last_mut().expect("the root");
                    last.children.push(Self::start(&tag));
                }
                Event::End(_) => {
                    let done = open.pop().expect("an open element");
                    open.last_mut().expect("its parent").children.push(done);
                }
                Event::Text(text) => {
                    open.last_mut().expect("the root").text.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let sign = match name.as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        other => panic!("&{other};"),
                    };
                    open.last_mut().expect("the root").text.push(sign);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "everything is closed");
        open.remove(0).children.remove(0)
    }

    fn start(tag: &quick_xml::events::BytesStart<'_>) -> Self {
        let pair = |it: quick_xml::events::attributes::Attribute<'_>| {
            let value = it.value.replace("&quot;", "\"").replace("&amp;", "&");
            (it.key.as_ref().to_owned(), value)
        };
        let attributes = tag.attributes().map(|it| pair(it.expect("an attribute")));
        let name = tag.name().as_ref().to_owned();
        Self { name, attributes: attributes.collect(), ..Self::default() }
    }

    fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> + use<'a> {
        let name = name.to_owned();
        self.children.iter().filter(move |it| it.name == name)
    }

    fn one(&self, name: &str) -> &Self {
        let found: Vec<_> = self.all(name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        found[0]
    }

    fn text(&self, name: &str) -> &str {
        &self.one(name).text
    }
}

/// The addresses that HTML leads to or shows.
fn addresses(html: &str) -> Vec<&str> {
    let after = |mark: &'static str| {
        html.split(mark).skip(1).filter_map(|it| it.split('"').next())
    };
    after(" href=\"").chain(after(" src=\"")).collect()
}

#[test]
fn a_feed_is_what_the_standard_wants() {
    let site = Site::new()
        .page("a.md", "---\ntitle: \"L'été & <nous>\"\ndate: 2024-01-02\ntags: [Droit]\n---\n\nMot.\n")
        .page("b.md", &page("B", "2025-03-04"))
        .page("c.md", "---\ntitle: Sans date\n---\n\nTexte.\n")
        .labels("fr", "publisher = La mission & Cie\npublication-title = Essai\n");
    let built = site.build_html();
    let feed = Element::read(&built.file("html/fr/feed.xml"));
    assert_eq!(
        (feed.name.as_str(), feed.attributes["xmlns"].as_str()),
        ("feed", "http://www.w3.org/2005/Atom")
    );
    assert_eq!(feed.attributes["xml:lang"], "fr");
    let own = "https://essai.example/fr/feed.xml";
    assert_eq!((feed.text("id"), feed.text("title")), (own, "Essai"));
    assert_eq!(feed.text("updated"), "2025-03-04T00:00:00Z");
    assert_eq!(feed.one("author").text("name"), "La mission & Cie");
    let links: Vec<_> = feed
        .all("link")
        .map(|it| (&*it.attributes["rel"], &*it.attributes["href"]))
        .collect();
    assert_eq!(links, [("self", own), ("alternate", "https://essai.example/fr/")]);
    let entries: Vec<&Element> = feed.all("entry").collect();
    let titles: Vec<&str> = entries.iter().map(|it| it.text("title")).collect();
    assert_eq!(titles, ["B", "L’été & <nous>"]);
    let entry = entries[1];
    assert_eq!(entry.text("id"), "https://essai.example/fr/a/");
    assert_eq!(entry.one("link").attributes["href"], "https://essai.example/fr/a/");
    assert_eq!(entry.text("published"), "2024-01-02T00:00:00Z");
    assert_eq!(entry.text("updated"), "2024-01-02T00:00:00Z");
    assert_eq!(entry.one("category").attributes["term"], "Droit");
    assert_eq!(entry.one("content").attributes["type"], "html");
    assert!(entry.text("content").contains(">Mot.</p>"), "{entry:?}");
}

#[test]
fn a_json_feed_says_the_same() {
    let site = Site::new()
        .page("a.md", &page("A", "2024-01-02"))
        .page("b.md", "---\ntitle: B\ndate: 2025-03-04\ndescription: Un </script> mot\ntags: x\n---\n\nT.\n");
    let built = site.build_html();
    let feed: Value =
        serde_json::from_str(&built.file("html/fr/feed.json")).expect("JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://essai.example/fr/feed.json");
    assert_eq!(feed["home_page_url"], "https://essai.example/fr/");
    assert_eq!(feed["language"], "fr");
    assert!(feed["title"].is_string() && feed["authors"][0]["name"].is_string());
    let items = feed["items"].as_array().expect("items");
    let ids: Vec<_> = items.iter().map(|it| it["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["https://essai.example/fr/b/", "https://essai.example/fr/a/"]);
    assert_eq!(items[0]["summary"], "Un </script> mot");
    assert_eq!(items[0]["tags"][0], "x");
    assert_eq!(items[0]["date_published"], "2025-03-04T00:00:00Z");
    for item in items {
        assert_eq!(item["url"], item["id"]);
        assert!(
            item["content_html"].as_str().is_some_and(|it| it.contains("<p")),
            "{item}"
        );
    }
    assert_eq!(items[1]["summary"], "Texte de A.");
}

#[test]
fn no_address_in_a_feed_is_relative() {
    let text = "---\ntitle: A\ndate: 2024-01-02\n---\n\n# Un\n\n[b](b.md), [ici](#un), \
                [là](https://x.example/é), note[^1].\n\n![Alt](pixel.png)\n\n[^1]: Dite.\n";
    let site = Site::new()
        .page("a.md", text)
        .page("b.md", "---\ntitle: B\n---\n\nTexte.\n")
        .bytes("content/pixel.png", PNG);
    let built = site.build_html();
    let feed = Element::read(&built.file("html/fr/feed.xml"));
    let content = feed.one("entry").text("content");
    let found = addresses(content);
    assert!(found.len() >= 6, "{content}");
    for address in &found {
        assert!(address.starts_with("https://"), "{address} in {content}");
    }
    for expected in [
        "https://essai.example/fr/b/",
        "https://essai.example/fr/a/#note_1",
        "https://essai.example/fr/a/#call_1_1",
        "https://essai.example/assets/content/pixel.png",
    ] {
        assert!(found.contains(&expected), "{expected} in {found:?}");
    }
}

#[test]
fn a_feed_can_hold_summaries_or_not_be_there() {
    let pages = || Site::new().page("a.md", &page("A", "2024-01-02"));
    let built = pages().more_config("[site]\nfeeds = \"summary\"\n").build_html();
    let feed = Element::read(&built.file("html/fr/feed.xml"));
    let entry = feed.one("entry");
    assert_eq!(entry.text("summary"), "Texte de A.");
    assert_eq!(entry.all("content").count(), 0);
    let json: Value =
        serde_json::from_str(&built.file("html/fr/feed.json")).expect("JSON");
    assert_eq!(json["items"][0]["content_text"], "Texte de A.");
    let built = pages().more_config("[site]\nfeeds = \"none\"\n").build_html();
    assert!(!built.has("html/fr/feed.xml") && !built.has("html/fr/feed.json"));
    assert!(!built.file("html/fr/a/index.html").contains("application/atom+xml"));
}

#[test]
fn a_feed_announces_no_page_that_is_only_a_copy() {
    let site = Site::new()
        .page("fr/a.md", &page("A", "2024-01-02"))
        .page("fr/b.md", &page("B", "2024-01-03"))
        .page("en/b.md", &page("The B", "2024-01-03"));
    let built = site.build_html();
    let feed = Element::read(&built.file("html/en/feed.xml"));
    assert_eq!(feed.one("entry").text("title"), "The B");
    let site = Site::new().page("fr/a.md", &page("A", "2024-01-02"));
    let built = site.build_html();
    assert!(built.has("html/fr/feed.xml") && !built.has("html/en/feed.xml"));
}

#[test]
fn pages_lead_to_the_feeds_of_their_language() {
    let site = Site::new().page("blog/a.md", &page("A", "2024-01-02"));
    let built = site.build_html();
    let page = built.file("html/fr/blog/a/index.html");
    for (kind, name) in
        [("application/atom+xml", "feed.xml"), ("application/feed+json", "feed.json")]
    {
        let link =
            format!("<link rel=\"alternate\" type=\"{kind}\" href=\"../../{name}\"");
        assert!(page.contains(&link), "{link}: {page}");
    }
    assert!(!built.file("html/en/blog/a/index.html").contains("atom+xml"));
}

#[test]
fn the_map_has_every_version_and_no_copy() {
    let site = Site::new()
        .page("fr/a.md", &page("A", "2024-01-02"))
        .page("fr/b.md", "---\ntitle: B\n---\n\nTexte.\n")
        .page("en/b.md", "---\ntitle: The B\n---\n\nText.\n");
    let built = site.build_html();
    let map = Element::read(&built.file("html/sitemap.xml"));
    assert_eq!(map.name, "urlset");
    let urls: BTreeMap<&str, &Element> =
        map.all("url").map(|it| (it.text("loc"), it)).collect();
    assert_eq!(urls.len(), map.all("url").count(), "each once");
    assert!(urls.contains_key("https://essai.example/"));
    assert!(!urls.contains_key("https://essai.example/en/a/"));
    assert_eq!(urls["https://essai.example/fr/a/"].text("lastmod"), "2024-01-02");
    let versions = |loc: &str| -> Vec<(String, String)> {
        let links = urls[loc].all("xhtml:link").map(|it| &it.attributes);
        links.map(|it| (it["hreflang"].clone(), it["href"].clone())).collect()
    };
    let both = versions("https://essai.example/fr/b/");
    let address = |language: &str| format!("https://essai.example/{language}/b/");
    let expected = [("fr", "fr"), ("en", "en"), ("x-default", "fr")];
    assert_eq!(both, expected.map(|(tag, it)| (tag.to_owned(), address(it))));
    assert_eq!(both, versions("https://essai.example/en/b/"), "they name each other");
    // The map says what the heads of the pages say.
    let head = built.file("html/en/b/index.html");
    for (tag, href) in both {
        assert!(head.contains(&format!("hreflang=\"{tag}\" href=\"{href}\"")), "{head}");
    }
    // Every page that is there in its own right is in the map.
    for path in built.files().into_keys() {
        let Some(page) =
            path.strip_prefix("html/fr/").and_then(|it| it.strip_suffix("index.html"))
        else {
            continue;
        };
        let loc = format!("https://essai.example/fr/{page}");
        assert!(urls.contains_key(loc.as_str()), "{loc}");
    }
}

#[test]
fn search_engines_are_led_to_the_map() {
    let built = Site::new().page("a.md", &page("A", "2024-01-02")).build_html();
    let robots = built.file("html/robots.txt");
    assert!(robots.lines().any(|it| it == "Sitemap: https://essai.example/sitemap.xml"));
    assert!(robots.starts_with("User-agent: *\nAllow: /\n"), "{robots}");
}
