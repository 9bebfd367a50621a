//! A chapter: a page of the edition, as a file of the book.
//!
//! The trail, the title and what is said of the page stand at its head; the body is
//! written by the writer that the site uses too, so that both say the same.

use std::{cell::RefCell, collections::BTreeSet};

use super::{images::Images, names};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Language, PageKey, Target},
    render::html::{
        block::{self, Context, Flavour, Picture, Places},
        element::{Xhtml, web_address},
        headings, trail,
    },
    site::{Edition, Page, Site, address, dates},
};

/// A chapter, written.
#[derive(Debug)]
pub(super) struct Chapter {
    /// Its file in the book.
    pub(super) file: String,
    /// Its text.
    pub(super) xhtml: String,
    /// The images it shows, or would show if they were fit, by their path.
    pub(super) images: BTreeSet<String>,
}

/// Writes the chapter of a page. `chapters` are the pages that are in the book.
pub(super) fn chapter(
    site: &Site,
    edition: &Edition,
    page: &Page,
    chapters: &BTreeSet<&PageKey>,
    images: &Images<'_>,
) -> Checked<Chapter> {
    let places =
        Inside { site, edition, page, chapters, images, used: RefCell::default() };
    // A page that nobody translated is in its author's language.
    let shown = page.fallback.then_some(&page.authored);
    let around = shown.unwrap_or(&edition.language);
    let outer = Context {
        flavour: Flavour::Book,
        labels: &edition.labels,
        edition: edition.labels.spoken(),
        around: &edition.language,
        marks: false,
        places: &places,
    };
    let inner = Context { around, marks: shown.is_none(), ..outer };
    let mut diagnostics = Vec::new();
    let title = page.document.meta.title.to_plain();
    let mut out = document(edition, &title);
    out.start("body").attr("epub:type", "bodymatter").open();
    out.line();
    if page.show_breadcrumb {
        out.fragment(&trail::trail(&page.trail, &outer));
        out.line();
    }
    banner(&mut out, edition, page);
    let section = out.start("section").attr("epub:type", "chapter");
    section.attr("role", "doc-chapter").language(shown.map(Language::as_str)).open();
    out.line();
    diagnostics.extend(head(&mut out, page, &inner));
    contents(&mut out, page, &inner);
    out.fragment(&block::body(&page.document, &inner).take(&mut diagnostics));
    out.end();
    close(&mut out);
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&page.file)).collect();
    let images = places.used.into_inner();
    let chapter =
        Chapter { file: names::chapter(&page.key), xhtml: out.finish(), images };
    Checked { value: chapter, diagnostics }
}

/// Title, description and date.
fn head(out: &mut Xhtml, page: &Page, context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    out.start("header").attr("class", "page-head").open();
    out.line();
    out.fragment(&block::head(&page.document, context).take(&mut diagnostics));
    out.line();
    for line in dates::lines(page, context.labels) {
        let said = Some(context.edition).filter(|it| *it != context.around);
        let start = out.start("p").attr("class", "page-date");
        start.language(said.map(Language::as_str)).open();
        out.start("time").attr("datetime", &line.iso).open();
        out.text(&line.words);
        out.end();
        out.end();
        out.line();
    }
    out.end();
    out.line();
    diagnostics
}

/// The page's own contents, where its author asks for them.
fn contents(out: &mut Xhtml, page: &Page, context: &Context<'_>) {
    let headings = page.printed_headings();
    if headings.is_empty() {
        return;
    }
    let start = out.start("nav").attr("class", "page-toc");
    start.attr("role", "doc-toc").attr("aria-labelledby", "page_toc_title").open();
    out.line();
    let said = Some(context.edition).filter(|it| *it != context.around);
    let title = out.start("p").attr("class", "page-toc-title");
    title.attr("id", "page_toc_title").language(said.map(Language::as_str)).open();
    out.text(&context.labels.text("on-this-page"));
    out.end();
    out.line();
    let href = |anchor: &str| {
        let target = Target::Page(page.key.clone(), Some(anchor.to_owned()));
        context.places.href(&target)
    };
    out.fragment(&headings::list(&headings, context.around, &href));
    out.line();
    out.end();
    out.line();
}

/// Tells the reader that the page is not, or not wholly, translated.
fn banner(out: &mut Xhtml, edition: &Edition, page: &Page) {
    let Some(words) = edition.banner(page) else { return };
    let said = Some(edition.labels.spoken()).filter(|it| **it != edition.language);
    let start = out.start("p").attr("class", "banner").attr("role", "note");
    start.language(said.map(Language::as_str)).open();
    out.text(&words);
    out.end();
    out.line();
}

/// The beginning of a file of the book, up to its body.
pub(super) fn document(edition: &Edition, title: &str) -> Xhtml {
    let mut out = Xhtml::new(16 * 1024, true).within(edition.right_to_left);
    out.fragment("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    out.start("html")
        .attr("xmlns", "http://www.w3.org/1999/xhtml")
        .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
        .attr("lang", edition.language.as_str())
        .attr("xml:lang", edition.language.as_str())
        .attr("dir", if edition.right_to_left { "rtl" } else { "ltr" })
        .open();
    out.line();
    out.start("head").open();
    out.line();
    out.start("meta").attr("charset", "utf-8").void();
    out.line();
    out.start("title").open();
    out.text(title);
    out.end();
    out.line();
    let style = out.start("link").attr("rel", "stylesheet").attr("type", "text/css");
    style.attr("href", names::STYLE).void();
    out.line();
    out.end();
    out.line();
    out
}

/// The end of a file of the book.
pub(super) fn close(out: &mut Xhtml) {
    for _ in ["body", "html"] {
        out.line();
        out.end();
    }
    out.line();
}

/// Where links and images lead, seen from a chapter.
struct Inside<'a> {
    site: &'a Site,
    edition: &'a Edition,
    page: &'a Page,
    chapters: &'a BTreeSet<&'a PageKey>,
    images: &'a Images<'a>,
    used: RefCell<BTreeSet<String>>,
}

impl Inside<'_> {
    /// The public address of a page that is not in the book: in this language or, where a
    /// policy leaves it out, in the source's.
    fn public(&self, key: &PageKey) -> String {
        let is_here = self.edition.page(key).is_some();
        let source = &self.site.publication.source;
        let language = if is_here { &self.edition.language } else { source };
        address::public(&self.site.publication, language, key)
    }
}

impl Places for Inside<'_> {
    fn takes_queries(&self) -> bool {
        false
    }

    fn leads_into(&self, target: &Target) -> Option<String> {
        self.site.other_edition(target, &self.edition.language).map(Language::to_string)
    }

    fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(key, anchor) => {
                let anchor =
                    anchor.as_ref().map(|it| format!("#{}", address::encode(it)));
                let file = if !self.chapters.contains(key) {
                    self.public(key)
                } else if *key == self.page.key && anchor.is_some() {
                    String::new()
                } else {
                    names::chapter(key)
                };
                Some(file + anchor.as_deref().unwrap_or_default())
            }
            Target::File(path) => {
                let path = address::file(path);
                Some(address::public_file(&self.site.publication, &path))
            }
            Target::Outside(address) => Some(web_address(address)),
            Target::Nothing | Target::Unresolved => None,
        }
    }

    fn picture(&self, path: &str) -> Option<Picture> {
        self.used.borrow_mut().insert(path.to_owned());
        let image = self.images.get(path)?;
        Some(Picture { address: image.name.clone(), size: image.size, choice: None })
    }
}
