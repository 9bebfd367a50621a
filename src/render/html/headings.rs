//! The headings of a page as its own contents, written as XHTML.

use super::element::Xhtml;
use crate::document::{Heading, Language};

/// Headings as a list of links, those of the second level inside those of the first.
/// `around` is the language said around it, `href` where an anchor of the page is.
pub fn list(
    headings: &[&Heading],
    around: &Language,
    href: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut out = Xhtml::new(2048, false);
    out.start("ul").open();
    let mut inner = false;
    for (index, heading) in headings.iter().enumerate() {
        let deeper = heading.level > 2;
        match (index, inner, deeper) {
            (0, _, _) => {}
            (_, false, true) => {
                out.line();
                out.start("ul").open();
                inner = true;
            }
            (_, true, false) => {
                out.end();
                out.end();
                out.end();
                inner = false;
            }
            _ => out.end(),
        }
        out.line();
        out.start("li").open();
        let said = heading.text.language.as_ref().filter(|it| *it != around);
        out.start("a")
            .maybe("href", href(&heading.anchor).as_deref())
            .language(said.map(|it| it.as_str()))
            .open();
        out.text(heading.text.to_plain().trim());
        out.end();
    }
    if inner {
        out.end();
        out.end();
    }
    out.end();
    out.line();
    out.end();
    out.finish()
}
