//! The pages of the preview itself, and what is put into the others.

use super::desk::Desk;
use crate::{diagnostic::Diagnostic, render::html::element::Xhtml};

/// The script that shows a page again when a source has changed.
pub(super) const SCRIPT: &str = include_str!("theme/preview.js");

/// The style of the preview's own pages and of its mark.
pub(super) const STYLE: &str = include_str!("theme/preview.css");

/// A page of the site with the script, and with a mark that leads to what is wrong.
pub(super) fn with_script(page: &str, desk: &Desk) -> String {
    let Some(at) = page.rfind("</body>") else { return page.to_owned() };
    let shown = desk.shown();
    let mut out = Xhtml::new(512, false);
    let style = out.start("link").attr("rel", "stylesheet");
    style.attr("href", &format!("{}/-/preview.css", desk.base)).void();
    if !shown.problems.is_empty() {
        let class =
            if shown.stopped { "plantin-problems stopped" } else { "plantin-problems" };
        let word = if shown.stopped { "preview-stopped" } else { "preview-problems" };
        out.start("p").attr("class", class).attr("lang", desk.hands.language).open();
        out.start("a").attr("href", &format!("{}/-/problems", desk.base)).open();
        out.text(&(desk.hands.word)(word, shown.problems.len()));
        out.end();
        out.end();
    }
    script(&mut out, desk);
    out.line();
    format!("{}{}{}", &page[..at], out.finish(), &page[at..])
}

fn script(out: &mut Xhtml, desk: &Desk) {
    let version = desk.version().to_string();
    out.start("script")
        .attr("src", &format!("{}/-/preview.js", desk.base))
        .attr("data-version", &version)
        .open();
    out.end();
}

/// What is wrong with the site.
pub(super) fn problems(desk: &Desk) -> String {
    faults(desk, &desk.shown().problems)
}

/// What is wrong, as a page.
pub(super) fn faults(desk: &Desk, faults: &[Diagnostic]) -> String {
    let title = match faults.len() {
        0 => (desk.hands.word)("no-problems", 0),
        count => (desk.hands.word)("preview-problems", count),
    };
    page(desk, &title, &|out| {
        out.start("ol").open();
        out.line();
        for fault in faults {
            self::fault(out, desk, fault);
        }
        out.end();
    })
}

fn fault(out: &mut Xhtml, desk: &Desk, fault: &Diagnostic) {
    let (text, hint) = (desk.hands.say)(fault);
    out.start("li").attr("class", fault.severity.name()).open();
    if !fault.file.is_empty() {
        let place = match fault.place.filter(|it| it.line > 0) {
            Some(place) => format!("{}:{}", fault.file, place.line),
            None => fault.file.to_string(),
        };
        out.words("p", "file", &place);
    }
    let severity = (desk.hands.word)(&format!("severity-{}", fault.severity.name()), 1);
    out.start("p").open();
    out.start("strong").open();
    out.text(&severity);
    out.end();
    out.text(" ");
    out.text(&text);
    out.end();
    if let Some(hint) = hint {
        out.words("p", "hint", &hint);
    }
    out.end();
    out.line();
}

/// The page that says that there is no such page.
pub(super) fn absent(desk: &Desk, path: &str) -> String {
    let title = (desk.hands.word)("preview-absent", 0);
    page(desk, &title, &|out| {
        out.start("p").open();
        out.start("code").open();
        out.text(&format!("/{path}"));
        out.end();
        out.end();
    })
}

/// A page of the preview's own.
fn page(desk: &Desk, title: &str, body: &dyn Fn(&mut Xhtml)) -> String {
    let mut out = Xhtml::new(4096, false);
    out.fragment("<!DOCTYPE html>\n");
    out.start("html").attr("lang", desk.hands.language).open();
    out.fragment("\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.fragment(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
    );
    out.start("title").open();
    out.text(title);
    out.end();
    out.line();
    let style = out.start("link").attr("rel", "stylesheet");
    style.attr("href", &format!("{}/-/preview.css", desk.base)).void();
    out.fragment("\n</head>\n");
    out.start("body").attr("class", "plantin-preview").open();
    out.start("main").open();
    out.start("h1").open();
    out.text(title);
    out.end();
    out.line();
    body(&mut out);
    out.start("p").open();
    out.start("a").attr("href", &format!("{}/", desk.base)).open();
    out.text(&(desk.hands.word)("preview-home", 0));
    out.end();
    out.end();
    out.end();
    script(&mut out, desk);
    out.end();
    out.end();
    out.finish()
}
