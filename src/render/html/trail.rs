//! The trail, written as XHTML: structure, order and names as in the State's design system.

use super::block::{Context, Writer};
use crate::{
    document::{Document, Target},
    site::Trail,
};

/// The trail as a `nav`. The last entry is the page itself and has no link; one that leads
/// to no page is shown as text.
pub fn trail(trail: &Trail, context: &Context<'_>) -> String {
    let document = Document::default();
    let mut to = Writer::new(&document, context);
    let start = to.out.start("nav").attr("role", "navigation");
    let start = start.attr("class", "fr-breadcrumb");
    start.attr("aria-label", &context.labels.text("you-are-here")).open();
    to.out.line();
    to.out.start("ol").attr("class", "fr-breadcrumb__list").open();
    to.out.line();
    let last = trail.crumbs.len().saturating_sub(1);
    for (index, crumb) in trail.crumbs.iter().enumerate() {
        let page = crumb.page.clone().filter(|_| index != last);
        let href = page.and_then(|it| context.places.href(&Target::Page(it, None)));
        let name = if href.is_some() { "a" } else { "span" };
        let current = (index == last).then_some("page");
        to.out.start("li").open();
        let said = to.lang(crumb.text.language.as_ref());
        let around = to.enter(crumb.text.language.as_ref());
        let start = to.out.start(name).attr("class", "fr-breadcrumb__link");
        start
            .maybe("href", href.as_deref())
            .maybe("aria-current", current)
            .language(said)
            .open();
        to.words(&crumb.text, None);
        to.language = around;
        to.out.end();
        to.out.end();
        to.out.line();
    }
    to.out.end();
    to.out.line();
    to.out.end();
    to.out.finish()
}
