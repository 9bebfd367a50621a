//! What the elements of raw HTML mean inside a line, and what is said of those that mean
//! nothing here.

use super::{
    attributes::{self, Written},
    inline::{plain_text, trim},
    moment::is_moment,
    reader::Reader,
    sense,
    tag::{MOST_ATTRIBUTES, Tag},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Attributes, Image, Inline, Link, Resource, Span, Style, Target, text},
};

/// Elements that have no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that may be left open.
pub(super) fn ends_by_itself(name: &str) -> bool {
    is_void(name)
        || matches!(
            name,
            "p" | "li"
                | "dt"
                | "dd"
                | "tr"
                | "td"
                | "th"
                | "thead"
                | "tbody"
                | "tfoot"
                | "colgroup"
                | "option"
                | "optgroup"
                | "rt"
                | "rp"
        )
}

/// Elements that play something, or show what is elsewhere.
pub(super) fn is_medium(name: &str) -> bool {
    matches!(name, "iframe" | "video" | "audio" | "embed" | "object")
}

/// Elements that stand inside a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "area"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "meter"
            | "nobr"
            | "output"
            | "picture"
            | "progress"
            | "q"
            | "ruby"
            | "rb"
            | "rt"
            | "rp"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// What an element inside a line becomes. Its text is never lost.
pub(super) fn inline(
    reader: &mut Reader<'_>,
    tag: &Tag,
    inner: Vec<Inline>,
    place: Place,
) -> Vec<Inline> {
    let style = match tag.name.as_str() {
        "br" => return vec![Inline::HardBreak],
        "wbr" => return vec![Inline::Text("\u{200B}".to_owned())],
        "a" => return anchor(reader, tag, inner, place),
        "img" => return vec![Inline::Image(image(reader, tag, place))],
        "code" | "samp" | "tt" => {
            keep_attributes(reader, tag, &[], place);
            return code(inner);
        }
        "iframe" | "video" | "audio" | "embed" | "object" => {
            return medium(reader, tag, inner, place);
        }
        "script" | "style" => {
            report_dropped(reader, tag, place);
            return Vec::new();
        }
        // The pictures to choose from; the `<img>` beside them is kept.
        "source" | "track" | "picture" => {
            let used =
                ["srcset", "src", "type", "media", "sizes", "kind", "label", "srclang"];
            keep_attributes(reader, tag, &used, place);
            return inner;
        }
        "area" => {
            let words = tag.get("alt").map(plain_text).filter(|it| !it.trim().is_empty());
            let words = words.map(Inline::Text).into_iter().collect();
            return anchor(reader, tag, words, place);
        }
        // How a word is said, in parentheses, which those who write them put into `<rp>`.
        "rp" => return Vec::new(),
        "rt" => {
            keep_attributes(reader, tag, &[], place);
            let mut inner = inner;
            inner.insert(0, Inline::Text("(".to_owned()));
            inner.push(Inline::Text(")".to_owned()));
            return inner;
        }
        "b" | "strong" => Style::Strong,
        "em" | "i" | "u" | "var" | "dfn" => Style::Emphasis,
        "del" | "s" | "strike" => Style::Deleted,
        "ins" => Style::Inserted,
        "sup" => Style::Superscript,
        "sub" => Style::Subscript,
        "mark" => Style::Highlight,
        "small" => Style::Small,
        "kbd" => Style::Keyboard,
        "cite" => Style::Cite,
        "q" => Style::Quoted,
        "time" if tag.get("datetime").is_some_and(|it| is_moment(it.trim())) => {
            let moment = tag.get("datetime").map(|it| it.trim().to_owned());
            Style::Time(moment.unwrap_or_default())
        }
        "abbr" | "acronym" => Style::Abbreviation(
            tag.get("title").map(plain_text).filter(|it| !it.is_empty()),
        ),
        name => {
            let used: &[&str] = match name {
                "button" => &["type", "name", "value", "disabled"],
                "data" => &["value"],
                "label" => &["for"],
                "bdo" => &["dir"],
                "font" => &["color", "size", "face"],
                _ => &[],
            };
            let mut attributes = keep_attributes(reader, tag, used, place);
            if !is_neutral(name) {
                report_unknown(reader, tag, place);
            }
            // The classes of a button make no button of its words.
            if name == "button" || !is_neutral(name) {
                attributes.classes.clear();
            }
            return span(attributes, inner, place);
        }
    };
    let used: &[&str] = match style {
        Style::Abbreviation(_) => &["title"],
        Style::Time(_) => &["datetime"],
        _ => &[],
    };
    let attributes = keep_attributes(reader, tag, used, place);
    if inner.is_empty() {
        return Vec::new();
    }
    span(attributes, vec![Inline::Styled(style, inner)], place)
}

/// Elements that say nothing but what their attributes say.
fn is_neutral(name: &str) -> bool {
    matches!(
        name,
        "bdi"
            | "bdo"
            | "big"
            | "button"
            | "data"
            | "font"
            | "label"
            | "nobr"
            | "output"
            | "p"
            | "rb"
            | "ruby"
            | "span"
            | "time"
    )
}

/// Words with attributes of their own; without any, just the words.
pub(super) fn span(
    mut attributes: Attributes,
    inlines: Vec<Inline>,
    place: Place,
) -> Vec<Inline> {
    let language = attributes.language.take();
    if language.is_none() && attributes.is_empty() {
        return inlines;
    }
    vec![Inline::Span(Span { place, language, attributes, inlines })]
}

/// Code holds nothing but text.
fn code(inner: Vec<Inline>) -> Vec<Inline> {
    let is_text = |it: &Inline| matches!(it, Inline::Text(_) | Inline::SoftBreak);
    if inner.iter().all(is_text) {
        let text = text::plain(&inner);
        return if text.is_empty() { Vec::new() } else { vec![Inline::Code(text)] };
    }
    let code = |it: Inline| match it {
        Inline::Text(text) if !text.trim().is_empty() => Inline::Code(text),
        other => other,
    };
    inner.into_iter().map(code).collect()
}

fn anchor(
    reader: &mut Reader<'_>,
    tag: &Tag,
    inner: Vec<Inline>,
    place: Place,
) -> Vec<Inline> {
    let used =
        ["href", "title", "name", "alt", "shape", "coords", "download", "hreflang"];
    let mut attributes = keep_attributes(reader, tag, &used, place);
    let Some(address) = tag.get("href") else {
        // An old way to write an anchor.
        if attributes.id.is_none() {
            attributes.id =
                tag.get("name").filter(|it| !it.is_empty()).map(str::to_owned);
        }
        return span(attributes, inner, place);
    };
    let inline = Link {
        place,
        address: plain_text(address.trim()),
        target: Target::Unresolved,
        title: tag.get("title").filter(|it| !it.is_empty()).map(plain_text),
        inlines: trim(inner),
        attributes,
    };
    link(reader, inline)
}

/// A link, if its address may be followed and it has words; else its words.
pub(super) fn link(reader: &mut Reader<'_>, link: Link) -> Vec<Inline> {
    if is_dangerous(&link.address) {
        let error = Diagnostic::error("address-dangerous");
        reader.report(error.at(link.place).with("address", &link.address));
        return span(link.attributes, link.inlines, link.place);
    }
    let mut link = link;
    if link.address.trim().is_empty() {
        let words = text::plain(&link.inlines);
        let warning = Diagnostic::warning("link-without-address").at(link.place);
        reader.report(warning.with("text", words.trim()));
        return span(link.attributes, link.inlines, link.place);
    }
    if link.inlines.is_empty() {
        let address = link.address.clone();
        let warning = Diagnostic::warning("link-without-words");
        reader.report(warning.at(link.place).with("address", &address));
        link.inlines = vec![Inline::Text(address)];
    }
    vec![Inline::Link(link)]
}

/// Whether an address would run a program.
pub(super) fn is_dangerous(address: &str) -> bool {
    let scheme: String = address
        .chars()
        .filter(|it| !it.is_whitespace() && !it.is_control())
        .take_while(|&it| it != ':')
        .take(12)
        .collect();
    let followed = address.contains(':');
    followed
        && ["javascript", "vbscript", "data"]
            .iter()
            .any(|it| scheme.eq_ignore_ascii_case(it))
}

/// The image of an `<img>`.
pub(super) fn image(reader: &mut Reader<'_>, tag: &Tag, place: Place) -> Image {
    let used = ["src", "alt", "title", "width", "height", "loading", "srcset", "sizes"];
    let attributes = keep_attributes(reader, tag, &used, place);
    if tag.get("alt").is_none() {
        reader.report(Diagnostic::warning("image-without-alternative").at(place));
    }
    Image {
        place,
        address: plain_text(tag.get("src").unwrap_or_default().trim()),
        resource: Resource::Unresolved,
        alternative: plain_text(tag.get("alt").unwrap_or_default().trim()),
        title: tag.get("title").filter(|it| !it.is_empty()).map(plain_text),
        attributes,
    }
}

/// A video or the like in the middle of a line becomes a link.
fn medium(
    reader: &mut Reader<'_>,
    tag: &Tag,
    inner: Vec<Inline>,
    place: Place,
) -> Vec<Inline> {
    let used = [
        "src",
        "data",
        "title",
        "width",
        "height",
        "poster",
        "controls",
        "type",
        "preload",
        "autoplay",
        "loop",
        "muted",
        "allow",
        "allowfullscreen",
        "frameborder",
    ];
    keep_attributes(reader, tag, &used, place);
    let address = tag.get("src").or_else(|| tag.get("data")).unwrap_or_default();
    if address.trim().is_empty() {
        report_dropped(reader, tag, place);
        return inner;
    }
    let title = tag.get("title").filter(|it| !it.trim().is_empty()).map(plain_text);
    let words = match title {
        Some(title) => vec![Inline::Text(title)],
        None => inner,
    };
    let warning = Diagnostic::warning("medium-in-line").at(place);
    reader
        .report(warning.with("name", format!("<{}>", tag.name)).with("address", address));
    link(
        reader,
        Link {
            place,
            address: plain_text(address.trim()),
            target: Target::Unresolved,
            title: None,
            inlines: words,
            attributes: Attributes::default(),
        },
    )
}

/// The attributes that the model has a place for. `used` are those that the caller reads;
/// the others are named in a diagnostic.
pub(super) fn keep_attributes(
    reader: &mut Reader<'_>,
    tag: &Tag,
    used: &[&str],
    place: Place,
) -> Attributes {
    let mut written = Written::default();
    for (name, value) in &tag.attributes {
        if used.contains(&name.as_str()) {
            continue;
        }
        if name.starts_with("on") && name.len() > 2 {
            let warning = Diagnostic::warning("html-handler-dropped");
            reader.report(warning.at(place).with("name", name));
        } else if name == "xml:lang" {
            attributes::add(&mut written, "lang", value);
        } else {
            attributes::add(&mut written, name, value);
        }
    }
    written.ignored.retain(|name| !is_decoration(name));
    reader.attributes(written, place)
}

/// Attributes that say how something looks or behaves in a browser, not what it is. Our
/// own themes decide that; it would help nobody to hear of each.
fn is_decoration(name: &str) -> bool {
    name.starts_with("aria-")
        || name.starts_with("data-")
        || matches!(
            name,
            "role"
                | "rel"
                | "target"
                | "tabindex"
                | "hidden"
                | "loading"
                | "referrerpolicy"
        )
}

/// Says that a tag has more attributes than are read.
pub(super) fn report_left_out(reader: &mut Reader<'_>, tag: &Tag, place: Place) {
    if tag.left_out > 0 {
        let error = Diagnostic::error("html-too-many-attributes").at(place);
        let error = error.with("name", format!("<{}>", tag.name));
        reader.report(error.with("most", MOST_ATTRIBUTES).with("count", tag.left_out));
    }
}

/// Says that an element and its content are left out.
pub(super) fn report_dropped(reader: &mut Reader<'_>, tag: &Tag, place: Place) {
    let name = format!("<{}>", tag.name);
    reader.report(Diagnostic::error("html-dropped").at(place).with("name", name));
}

/// Says that an element means nothing here; its text is kept.
pub(super) fn report_unknown(reader: &mut Reader<'_>, tag: &Tag, place: Place) {
    let name = format!("<{}>", tag.name);
    let warning = Diagnostic::warning("html-unknown").at(place).with("name", &name);
    reader.report_once(&name, warning);
}

/// Says that a comment is left out.
pub(super) fn report_comment(
    reader: &mut Reader<'_>,
    text: &str,
    closed: bool,
    place: Place,
) {
    if let Some(context) = sense::of_comment(text).filter(|_| closed) {
        return reader.contexts.push((place, context));
    }
    let start: String = text.trim().chars().take(40).collect();
    let diagnostic = if closed {
        Diagnostic::note("html-comment-dropped")
    } else {
        Diagnostic::error("html-comment-not-closed")
    };
    reader.report(diagnostic.at(place).with("text", plain_text(&start)));
}

/// Says that a declaration or an instruction means nothing here; its text is kept.
pub(super) fn report_other(reader: &mut Reader<'_>, text: &str, place: Place) {
    let start: String = text.chars().take(20).collect();
    reader.report(
        Diagnostic::warning("html-unknown").at(place).with("name", plain_text(&start)),
    );
}
