//! A page of the site: its head, its surroundings and its body.

use std::sync::Arc;

use minijinja::{Value, context};

use super::{
    Links, Shelf, Writer,
    block::{self, Context, Flavour, Picture, Places},
    element::{self, Xhtml},
    feed, navigation, trail,
};
use crate::{
    diagnostic::Checked,
    document::{Block, Event, Language, PageKey, Resource, Target, Text},
    languages,
    render::{File, Format},
    site::{Crumb, Edition, Metadata, Page, address, dates, made},
};

/// The path of the template in a theme.
pub(super) const TEMPLATE: &str = "html/page.html";

/// A page and where it stands.
pub(super) struct Here<'a> {
    pub(super) writer: &'a Writer<'a>,
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) page: &'a Page,
    /// Its path in the site: `fr/mission/index.html`.
    path: String,
    /// The language said around its text.
    pub(super) around: &'a Language,
}

/// Writes a page of an edition.
pub(super) fn page<'a>(
    writer: &'a Writer<'a>,
    edition: &'a Edition,
    page: &'a Page,
) -> Checked<File> {
    let shelf = writer.shelves.iter().find(|it| it.edition.language == edition.language);
    let shelf = shelf.expect("the writer was made for the site of this edition");
    let path = address::html(&edition.language, &page.key);
    let around = if page.fallback { &page.authored } else { &edition.language };
    let here = Here { writer, shelf, page, path, around };
    let mut diagnostics = Vec::new();
    let data = here.data().take(&mut diagnostics);
    diagnostics.iter_mut().for_each(|it| *it = it.clone().in_file(&page.file));
    let text = writer.templates.render(TEMPLATE, &data).take(&mut diagnostics);
    let file = File {
        path: format!("html/{}", here.path),
        bytes: Arc::new(text.into_bytes()),
        format: Format::Html,
        language: Some(edition.language.clone()),
        page: Some(page.key.clone()),
    };
    Checked { value: file, diagnostics }
}

impl Places for Here<'_> {
    fn takes_queries(&self) -> bool {
        true
    }

    fn leads_into(&self, target: &Target) -> Option<String> {
        self.writer
            .site
            .other_edition(target, &self.shelf.edition.language)
            .map(Language::to_string)
    }

    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(key, anchor) => self.page_href(key, anchor.as_deref()),
            Target::File(path) => Some(self.to(&address::file(path))),
            Target::Outside(address) => Some(element::web_address(address)),
            Target::Nothing | Target::Unresolved => None,
        }
    }

    fn picture(&self, path: &str) -> Option<Picture> {
        let file = self.writer.site.resources.get(path)?;
        Some(self.writer.pictures.picture(file, &|path| self.to(path)))
    }
}

impl Here<'_> {
    /// The way to a path of the site.
    fn to(&self, path: &str) -> String {
        address::relative(&self.path, path)
    }

    /// The way to a page of this edition or, where a policy leaves it out, of the source's.
    fn page_href(&self, key: &PageKey, anchor: Option<&str>) -> Option<String> {
        let anchor = anchor.map(|it| format!("#{}", address::encode(it)));
        if *key == self.page.key
            && let Some(anchor) = anchor
        {
            return Some(anchor);
        }
        let shelves = [self.shelf, &self.writer.shelves[0]];
        let shelf = shelves.into_iter().find(|it| it.pages.contains_key(key))?;
        let address = self.edition_href(&shelf.edition.language, key);
        Some(address + anchor.as_deref().unwrap_or_default())
    }

    fn edition_href(&self, language: &Language, key: &PageKey) -> String {
        match self.writer.options.links {
            Links::Clean => self.to(&format!("{language}{key}")),
            Links::Files => self.to(&address::html(language, key)),
        }
    }

    fn public(&self, language: &Language, key: &PageKey) -> String {
        address::public(&self.writer.site.publication, language, key)
    }

    /// What the template can use.
    fn data(&self) -> Checked<Value> {
        let mut diagnostics = Vec::new();
        let (page, edition) = (self.page, self.shelf.edition);
        let labels = &edition.labels;
        let fallback = page.fallback;
        let said = Metadata::of_page(self.writer.site, edition, page);
        let inner = Context {
            flavour: Flavour::Site,
            labels,
            edition: edition.labels.spoken(),
            around: self.around,
            marks: !fallback,
            places: self,
        };
        // The trail stands outside the text, where the edition's language is said.
        let outer = Context { around: &edition.language, marks: false, ..inner };
        let trail = page.show_breadcrumb.then(|| safe(trail::trail(&page.trail, &outer)));
        let body = block::body(&page.document, &inner).take(&mut diagnostics);
        let title = &page.document.meta.title;
        let head = block::head(&page.document, &inner).take(&mut diagnostics);
        let spoken = Some(labels.spoken()).filter(|it| **it != edition.language);
        let around = self.around.as_str();
        let turns = languages::is_right_to_left(around) != edition.right_to_left;
        let data = context! {
            lang => edition.language.as_str(),
            dir => direction(edition.language.as_str()),
            words_lang => spoken.map(Language::as_str),
            words_dir => direction(labels.spoken().as_str()),
            content_lang => fallback.then_some(around),
            content_dir => (fallback && turns).then(|| direction(around)),
            labels => self.shelf.labels.clone(),
            title => title.to_plain(),
            description => plain(page.document.meta.description.as_ref()),
            authors => said.creators.join(", "),
            keywords => page.document.meta.tags.join(", "),
            home => page.key.as_str() == "/",
            site => self.site_data(),
            style => self.to(address::STYLE),
            canonical => self.canonical(),
            alternates => self.alternates(),
            feeds => self.feeds(),
            preview => self.preview_image(),
            preview_words => self.preview_words(),
            dublin_core => safe(self.dublin_core(&said)),
            page_data => safe(self.page_data(&said)),
            breadcrumb_data => self.breadcrumb_data().map(safe),
            breadcrumb => trail,
            navigation => safe(navigation::contents(self)),
            toc => navigation::on_this_page(self).map(safe),
            languages => self.languages(),
            banner => self.banner(),
            head => safe(head),
            date => page.date.map(|day| context! {
                iso => day.to_string(),
                words => labels.format(
                    "published-on", &[("date", self.shelf.days[&day].as_str().into())]),
            }),
            dates => self.dates(),
            updated => page.document.meta.updated.map(|it| it.to_string()),
            event => page.document.meta.event.as_ref().map(|_| context! {
                href => self.to(&address::event(&edition.language, &page.key)),
            }),
            body => safe(body),
            tags => self.tags(),
            downloads => self.downloads(),
            previous => self.neighbour(page.previous.as_ref()),
            next => self.neighbour(page.next.as_ref()),
        };
        Checked { value: data, diagnostics }
    }

    /// The lines that say when.
    fn dates(&self) -> Vec<Value> {
        let lines = dates::lines(self.page, &self.shelf.edition.labels);
        lines
            .into_iter()
            .map(|it| context! { iso => it.iso, words => it.words })
            .collect()
    }

    fn site_data(&self) -> Value {
        let publication = &self.writer.site.publication;
        let edition = self.shelf.edition;
        let day = self.shelf.days[&publication.date].as_str();
        let home = self.edition_href(&edition.language, &PageKey::new("/"));
        let map = PageKey::new(made::MAP);
        let map =
            self.shelf.page(&map).map(|it| self.edition_href(&edition.language, &it.key));
        context! {
            title => edition.title.as_str(),
            description => edition.description.as_str(),
            publisher => edition.publisher.as_str(),
            home => home,
            map => map,
            licence => publication.licence.as_deref().map(element::web_address),
            date => publication.date.to_string(),
            published => edition.labels.format("published-on", &[("date", day.into())]),
        }
    }

    /// The address that stands for the page: its own, or its source's where it is only a
    /// copy of it.
    fn canonical(&self) -> String {
        let language = if self.page.fallback {
            &self.page.authored
        } else {
            &self.shelf.edition.language
        };
        self.public(language, &self.page.key)
    }

    /// The versions of the page, itself included.
    fn alternates(&self) -> Vec<Value> {
        let versions = address::versions(&self.writer.site.publication, self.page);
        let one = |(lang, href): (String, String)| context! { lang, href };
        versions.into_iter().map(one).collect()
    }

    /// The feeds of the edition.
    fn feeds(&self) -> Vec<Value> {
        let title = &self.shelf.edition.title;
        let one = |form: &feed::Form| {
            context! {
                href => self.to(&form.path(self.shelf.edition)),
                type => form.media_type(),
                title => format!("{title} ({})", form.name()),
            }
        };
        self.shelf.news.forms.iter().map(one).collect()
    }

    /// The absolute address of the page's image.
    fn preview_image(&self) -> Option<String> {
        match &self.page.document.meta.image.as_ref()?.resource {
            Resource::File(path) if self.writer.site.resources.contains_key(path) => {
                let publication = &self.writer.site.publication;
                Some(address::public_file(publication, &address::file(path)))
            }
            Resource::File(_) | Resource::Missing | Resource::Unresolved => None,
        }
    }

    /// What the page's image shows, where its words are in the language of the edition.
    fn preview_words(&self) -> Option<String> {
        let document = &self.page.document;
        let image = document.meta.image.as_ref()?;
        // An image that says something is the first thing on its page.
        let Block::Figure(figure) = document.blocks.first()? else { return None };
        let is_it = figure.place == image.place && figure.image.address == image.address;
        let words = figure.alternative.as_ref().filter(|_| is_it)?;
        let around = &self.shelf.edition.language;
        let said = words.language.as_ref().unwrap_or(self.around);
        Some(words.to_plain()).filter(|_| said == around)
    }

    /// The trail as schema.org's `BreadcrumbList`. Search engines want an address for each
    /// entry, so one that leads to no page is left out.
    fn breadcrumb_data(&self) -> Option<String> {
        if !self.page.show_breadcrumb {
            return None;
        }
        let language = &self.shelf.edition.language;
        let crumbs = &self.page.trail.crumbs;
        let last = crumbs.len().saturating_sub(1);
        let addressed = crumbs.iter().enumerate().filter_map(|(index, crumb)| {
            let own = (index == last).then_some(&self.page.key);
            let key = own.or(crumb.page.as_ref())?;
            Some((crumb.text.to_plain(), self.public(language, key)))
        });
        let items: Vec<serde_json::Value> = (1..)
            .zip(addressed)
            .map(|(position, (name, item))| {
                serde_json::json!({
                    "@type": "ListItem", "position": position, "name": name, "item": item,
                })
            })
            .collect();
        if items.len() < 2 {
            return None;
        }
        let list = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": items,
        });
        Some(script(&list))
    }

    /// What is said of the page, in the terms of Dublin Core.
    fn dublin_core(&self, said: &Metadata) -> String {
        let mut out = Xhtml::new(1024, false);
        let space = "http://purl.org/dc/terms/";
        out.start("link").attr("rel", "schema.dcterms").attr("href", space).void();
        for (term, value) in said.statements("html", &self.published()) {
            out.line();
            let name = format!("dcterms.{term}");
            out.start("meta").attr("name", &name).attr("content", &value).void();
        }
        out.finish()
    }

    fn published(&self) -> Vec<&'static str> {
        self.writer.options.formats.iter().map(|it| it.name()).collect()
    }

    /// The same in the terms of schema.org: what the page is a translation of, its
    /// translations, and the formats in which it can be had besides.
    fn page_data(&self, said: &Metadata) -> String {
        let page = self.page;
        let id = |address: &String| serde_json::json!({ "@id": address });
        let mut data = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "WebPage",
            "@id": said.identifier,
            "url": said.identifier,
            "name": said.title,
            "inLanguage": said.language.as_str(),
            "datePublished": said.date.to_string(),
        });
        let mut add = |name: &str, value: serde_json::Value| {
            data[name] = value;
        };
        if let Some(updated) = page.document.meta.updated {
            add("dateModified", updated.to_string().into());
        }
        if let Some(event) = &page.document.meta.event {
            add("mainEntity", event_data(event, said));
        }
        if !said.description.is_empty() {
            add("description", said.description.as_str().into());
        }
        let authors = page.document.meta.authors.iter();
        let authors =
            authors.map(|it| serde_json::json!({ "@type": "Person", "name": it }));
        let authors: Vec<_> = authors.collect();
        if !authors.is_empty() {
            add("author", authors.into());
        }
        if !said.publisher.is_empty() {
            let publisher =
                serde_json::json!({ "@type": "Organization", "name": said.publisher });
            add("publisher", publisher);
        }
        if let Some(licence) = &said.rights {
            add("license", licence.as_str().into());
        }
        match said.originals.get("html") {
            Some(original) if !page.fallback => add("translationOfWork", id(original)),
            Some(_) => {}
            None => {
                let others = page.available.iter().filter(|it| **it != page.authored);
                let others = others.map(|it| id(&self.public(it, &page.key)));
                let others: Vec<_> = others.collect();
                if !others.is_empty() {
                    add("workTranslation", others.into());
                }
            }
        }
        let pdf = said.places.get("pdf").filter(|_| self.published().contains(&"pdf"));
        if let Some(pdf) = pdf {
            let pdf = serde_json::json!({
                "@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf,
            });
            add("encoding", pdf);
        }
        script(&data)
    }

    /// The page in each language, as a reader can choose it.
    fn languages(&self) -> Vec<Value> {
        let one = |shelf: &Shelf<'_>| {
            let language = &shelf.edition.language;
            let other = shelf.page(&self.page.key);
            let key = other.map_or_else(|| PageKey::new("/"), |page| page.key.clone());
            let note = match other {
                Some(page) if page.fallback => Some("switch-fallback"),
                Some(_) => None,
                None => Some("switch-absent"),
            };
            // A copy of the source is in the language of the source.
            let copy = other.filter(|page| page.fallback).map(|page| &page.authored);
            context! {
                lang => language.as_str(),
                text_lang => copy.unwrap_or(language).as_str(),
                name => shelf.labels.get_attr("language_name").unwrap_or_default(),
                href => self.edition_href(language, &key),
                current => *language == self.shelf.edition.language,
                note => note.map(|id| self.shelf.edition.labels.text(id)),
            }
        };
        self.writer.shelves.iter().map(one).collect()
    }

    /// What the reader is told before the text, when it is not wholly in his language.
    fn banner(&self) -> Option<Value> {
        let text = self.shelf.edition.banner(self.page)?;
        if !self.page.fallback {
            return Some(context! { href => (), text });
        }
        let shelves = &self.writer.shelves;
        let authored = |it: &&Shelf<'_>| it.edition.language == self.page.authored;
        let source = shelves.iter().find(authored).unwrap_or(&shelves[0]);
        let language = &source.edition.language;
        Some(context! {
            text,
            lang => language.as_str(),
            href => self.edition_href(language, &self.page.key),
            link => source.labels.get_attr("read_in_language").unwrap_or_default(),
        })
    }

    fn tags(&self) -> Vec<Value> {
        let own = &self.shelf.edition.language;
        let one = |crumb: &Crumb| {
            let key = crumb.page.clone()?;
            let said = crumb.text.language.as_ref().filter(|it| *it != own);
            Some(context! {
                href => self.href(&Target::Page(key, None)),
                title => crumb.text.to_plain(),
                lang => said.map(Language::as_str),
                dir => said.and_then(|it| self.turned(it)),
            })
        };
        self.page.tags.iter().filter_map(one).collect()
    }

    fn downloads(&self) -> Vec<Value> {
        let publication = &self.writer.site.publication;
        let language = &self.shelf.edition.language;
        let one = |path: &str, label: &str, kind: &str| {
            context! {
                href => self.to(path),
                label => self.shelf.labels.get_attr(label).unwrap_or_default(),
                type => kind,
            }
        };
        let offered = |format| self.writer.options.formats.contains(&format);
        let mut found = Vec::new();
        if offered(Format::Pdf) {
            const PDF: &str = "application/pdf";
            if self.page.in_books {
                let path = address::pdf(language, &self.page.key);
                found.push(one(&path, "download_pdf", PDF));
            }
            let path = address::pdf_book(publication, language);
            found.push(one(&path, "download_book_pdf", PDF));
        }
        if offered(Format::Epub) {
            let path = address::epub(publication, language);
            found.push(one(&path, "download_epub", "application/epub+zip"));
        }
        found
    }

    /// The direction of a language, where it is not that of the edition.
    fn turned(&self, language: &Language) -> Option<&'static str> {
        let turns = languages::is_right_to_left(language.as_str());
        (turns != self.shelf.edition.right_to_left).then(|| direction(language.as_str()))
    }

    fn neighbour(&self, key: Option<&PageKey>) -> Option<Value> {
        let page = self.shelf.page(key?)?;
        let title = &page.document.meta.title;
        let own = &self.shelf.edition.language;
        let said = title.language.as_ref().filter(|it| *it != own);
        Some(context! {
            href => self.edition_href(own, &page.key),
            title => title.to_plain(),
            lang => said.map(Language::as_str),
            dir => said.and_then(|it| self.turned(it)),
        })
    }
}

/// An event in the terms of schema.org.
fn event_data(event: &Event, said: &Metadata) -> serde_json::Value {
    let mut data = serde_json::json!({
        "@type": "Event",
        "name": said.title,
        "startDate": event.start.to_string(),
        "url": said.identifier,
    });
    if let Some(end) = event.end {
        data["endDate"] = end.to_string().into();
    }
    if let Some(location) = &event.location {
        data["location"] = serde_json::json!({ "@type": "Place", "name": location });
    }
    data
}

/// The direction in which a language is written, as HTML says it.
fn direction(language: &str) -> &'static str {
    if languages::is_right_to_left(language) { "rtl" } else { "ltr" }
}

/// JSON as it may stand in a script element: neither `</script>` nor `<!--` nor a bare `&`
/// may be in it.
fn script(data: &serde_json::Value) -> String {
    let text = data.to_string().replace('<', "\\u003c").replace('>', "\\u003e");
    // They end a line to whoever takes the data for a program.
    let text = text.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    text.replace('&', "\\u0026")
}

fn safe(text: String) -> Value {
    Value::from_safe_string(text)
}

fn plain(text: Option<&Text>) -> Option<String> {
    text.filter(|it| !it.is_empty()).map(Text::to_plain)
}
