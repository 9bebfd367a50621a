//! Inlines, written as XHTML.

use super::{block::Writer, element::web_address, formula};
use crate::document::{
    Attributes, FootnoteReference, Image, Inline, Link, Resource, Span, Style, Target,
    text,
};
use crate::site::links;

/// Writes inlines.
pub fn inlines(to: &mut Writer<'_>, inlines: &[Inline]) {
    for inline in inlines {
        self::inline(to, inline);
    }
}

fn inline(to: &mut Writer<'_>, inline: &Inline) {
    match inline {
        Inline::Text(words) => to.out.text(words),
        Inline::SoftBreak => to.out.line(),
        Inline::HardBreak => {
            to.out.start("br").void();
            to.out.line();
        }
        Inline::Styled(style, inner) => styled(to, style, inner),
        Inline::Code(code) => {
            // Code is in no natural language.
            to.out.start("code").attr("translate", "no").open();
            to.out.text(code);
            to.out.end();
        }
        Inline::Link(it) => link(to, it),
        Inline::Image(it) => image(to, it, Some(&it.attributes), &it.alternative, None),
        Inline::Footnote(it) => footnote(to, it),
        Inline::Span(it) => span(to, it),
        Inline::Math(it) => formula::inline(to, it),
    }
}

fn styled(to: &mut Writer<'_>, style: &Style, inner: &[Inline]) {
    let name = match style {
        Style::Emphasis => "em",
        Style::Strong => "strong",
        Style::Deleted => "del",
        Style::Inserted => "ins",
        Style::Superscript => "sup",
        Style::Subscript => "sub",
        Style::Highlight => "mark",
        Style::Small => "small",
        Style::Keyboard => "kbd",
        Style::Cite => "cite",
        Style::Quoted => "q",
        Style::Abbreviation(_) => "abbr",
        Style::Time(_) => "time",
    };
    let (attribute, said) = match style {
        Style::Abbreviation(meaning) => ("title", meaning.as_deref()),
        Style::Time(moment) => ("datetime", Some(moment.as_str())),
        Style::Emphasis
        | Style::Strong
        | Style::Deleted
        | Style::Inserted
        | Style::Superscript
        | Style::Subscript
        | Style::Highlight
        | Style::Small
        | Style::Keyboard
        | Style::Cite
        | Style::Quoted => ("", None),
    };
    to.out.start(name).maybe(attribute, said).open();
    inlines(to, inner);
    to.out.end();
}

fn link(to: &mut Writer<'_>, link: &Link) {
    let opened = open_link(to, link, || text::plain(&link.inlines));
    let around = to.enter(link.attributes.language.as_ref());
    inlines(to, &link.inlines);
    to.language = around;
    close_link(to, opened);
}

/// Opens the element of a link: an anchor, or a `span` where it leads nowhere or stands
/// inside another link. `words` gives what a reader hears of it: a link without words is
/// named by its title or its address.
pub(super) fn open_link(
    to: &mut Writer<'_>,
    link: &Link,
    words: impl FnOnce() -> String,
) -> bool {
    let context = to.context;
    let language = to.lang(link.attributes.language.as_ref());
    let href = if to.in_link { None } else { context.places.lead(link) };
    let into = href.as_ref().and_then(|_| context.places.leads_into(&link.target));
    let name = match &href {
        Some(_) if words().trim().is_empty() => {
            Some(link.title.as_deref().unwrap_or(&link.address))
        }
        _ => None,
    };
    let start = if href.is_some() { "a" } else { "span" };
    let own =
        if href.is_none() && link.target == Target::Nothing { "nowhere" } else { "" };
    let tag = to.tag(start, Some(&link.attributes), own);
    tag.language(language)
        .maybe("href", href.as_deref())
        .maybe("hreflang", into.as_deref())
        .maybe("title", link.title.as_deref())
        .maybe("aria-label", name)
        .open();
    let outer = to.in_link;
    to.in_link |= href.is_some();
    outer
}

/// Closes what [`open_link`] opened.
pub(super) fn close_link(to: &mut Writer<'_>, outer: bool) {
    to.out.end();
    to.in_link = outer;
}

/// Writes an image, or what stands in for it. `unit` identifies its alternative text
/// where that is a text of its own; then `attributes` stand elsewhere.
pub(super) fn image(
    to: &mut Writer<'_>,
    image: &Image,
    attributes: Option<&Attributes>,
    alternative: &str,
    unit: Option<&str>,
) {
    let picture = match &image.resource {
        Resource::File(path) => to.context.places.picture(path),
        Resource::Missing | Resource::Unresolved => None,
    };
    let Some(picture) = picture else {
        return missing_image(to, image, alternative, unit);
    };
    let (width, height) = picture.size.unzip();
    let (width, height) =
        (width.map(|it| it.to_string()), height.map(|it| it.to_string()));
    // The first image is likely to be seen at once; the others come when they are near.
    let waits = to.images > 0 && !to.context.is_book();
    to.images += 1;
    let (others, sizes) = picture.choice.unzip();
    let said = to.lang(attributes.and_then(|it| it.language.as_ref()));
    let tag = to.tag("img", attributes, "").language(said);
    tag.maybe("id", unit)
        .attr("src", &picture.address)
        .maybe("srcset", others.as_deref())
        .maybe("sizes", sizes.as_deref())
        .attr("alt", alternative)
        .maybe("width", width.as_deref())
        .maybe("height", height.as_deref())
        .maybe("loading", waits.then_some("lazy"))
        .maybe("title", image.title.as_deref())
        .void();
}

/// A visible placeholder; it leads to the image when that is on another host.
fn missing_image(
    to: &mut Writer<'_>,
    image: &Image,
    alternative: &str,
    unit: Option<&str>,
) {
    let shown = if alternative.is_empty() { &image.address } else { alternative };
    let (before, behind) = to.context.labels.around("missing-image", "alternative");
    // The words are the interface's, but for those that stand for the image.
    let said = to.lang(Some(to.context.edition));
    let own = said.filter(|_| !alternative.is_empty()).map(|_| to.language.clone());
    let start = to.out.start("span").maybe("id", unit);
    start.attr("class", "missing-image").language(said).open();
    let is_link = links::is_web(&image.address) && !to.in_link;
    if is_link {
        to.out.start("a").attr("href", &web_address(&image.address)).open();
    }
    to.out.text(&before);
    if let Some(own) = &own {
        to.out.start("span").language(Some(own.as_str())).open();
    }
    to.out.text(shown);
    if own.is_some() {
        to.out.end();
    }
    to.out.text(&behind);
    if is_link {
        to.out.end();
    }
    to.out.end();
}

fn footnote(to: &mut Writer<'_>, call: &FootnoteReference) {
    let number = call.number.to_string();
    if to.in_link {
        // A link holds no other link: the number alone stays.
        return to.out.words("sup", "call", &number);
    }
    let name =
        to.context.labels.format("footnote", &[("number", number.as_str().into())]);
    let kind = to.context.is_book().then_some("noteref");
    let said = to.lang(Some(to.context.edition));
    to.out.start("sup").attr("class", "call").open();
    to.out
        .start("a")
        .attr("id", &super::block::call_id(call.number, call.occurrence))
        .attr("href", &to.context.places.anchor(&super::block::note_id(call.number)))
        .attr("role", "doc-noteref")
        .maybe("epub:type", kind)
        .attr("aria-label", &name)
        .language(said)
        .open();
    to.out.text(&number);
    to.out.end();
    to.out.end();
}

fn span(to: &mut Writer<'_>, span: &Span) {
    let language = span.language.as_ref().or(span.attributes.language.as_ref());
    let said = to.lang(language);
    let outer = to.enter(language);
    to.tag("span", Some(&span.attributes), "").language(said).open();
    inlines(to, &span.inlines);
    to.out.end();
    to.language = outer;
}
