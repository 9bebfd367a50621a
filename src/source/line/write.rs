//! Inlines into canonical Markdown.

use std::collections::BTreeSet;

use super::super::inline;
use crate::{
    diagnostic::Place,
    document::{Attributes, Image, Inline, Link, Resource, Style, Target, walk},
};

/// The signs that may mean something inside a line; those whose escapes are the least
/// natural first, since where one of two escapes is enough the first is left out.
const SIGNS: &str = "{!~^&]\\_<`*[";

/// The longest text, in bytes, of which escapes are left out. To know whether one is needed
/// is to read the whole again, and nobody translates a chapter as one text.
const LONGEST_TRIED: usize = 1 << 15;

/// How many escapes are looked at one by one.
const MOST_TRIED: usize = 16;

/// Whether a sign may mean something inside a line.
pub(super) fn is_sign(sign: char) -> bool {
    SIGNS.contains(sign)
}

/// How inlines are written.
#[derive(Clone, Debug, Default)]
struct Plan {
    /// The signs that get a backslash wherever they are words.
    escaped: BTreeSet<char>,
    /// Whether what has both a Markdown and an HTML form takes the latter.
    tags: bool,
}

/// Writes inlines as Markdown in one line, with as few escapes as possible. What Markdown
/// cannot say is written as HTML tags. [`read`](super::read) gives the same inlines back:
/// neighbouring texts are joined, a soft break is a space, places and numbers are lost.
pub fn write(inlines: &[Inline]) -> String {
    let mut plan = Plan::default();
    let plain = render(inlines, &plan);
    if !plain.contains(is_sign) {
        return plain;
    }
    let wanted = normal(inlines);
    let fits = |text: &str| normal(&super::read(text).value) == wanted;
    if fits(&plain) {
        return plain;
    }
    plan.escaped = SIGNS.chars().collect();
    if !fits(&render(inlines, &plan)) {
        plan.escaped.clear();
        plan.tags = true;
        let tags = render(inlines, &plan);
        if fits(&tags) {
            return tags;
        }
        plan.escaped = SIGNS.chars().collect();
    }
    fewest(inlines, plan, &fits)
}

/// Leaves out the escapes that are not needed: first sign by sign, then one by one.
fn fewest(inlines: &[Inline], mut plan: Plan, fits: &dyn Fn(&str) -> bool) -> String {
    let mut best = render(inlines, &plan);
    if best.len() > LONGEST_TRIED {
        return best;
    }
    for sign in SIGNS.chars() {
        if !best.contains(['\\', sign].iter().collect::<String>().as_str()) {
            continue;
        }
        plan.escaped.remove(&sign);
        let text = render(inlines, &plan);
        if fits(&text) {
            best = text;
        } else {
            plan.escaped.insert(sign);
        }
    }
    if best.matches('\\').count() > MOST_TRIED {
        return best;
    }
    // From the end, so that where one escape of a pair is enough the first stays.
    let mut until = best.len();
    while let Some(at) = best[..until].rfind('\\') {
        let mut text = best.clone();
        text.remove(at);
        if fits(&text) {
            best = text;
        }
        until = at;
    }
    best
}

/// What `write` keeps of inlines.
fn normal(inlines: &[Inline]) -> Vec<Inline> {
    let mut inlines = inlines.to_vec();
    walk::inlines_mut(&mut inlines, &mut |inline| match inline {
        Inline::SoftBreak => *inline = Inline::Text(" ".to_owned()),
        Inline::Link(it) => {
            it.place = Place::default();
            it.target = Target::Unresolved;
        }
        Inline::Image(it) => {
            it.place = Place::default();
            it.resource = Resource::Unresolved;
        }
        Inline::Footnote(it) => {
            it.place = Place::default();
            (it.number, it.occurrence) = (0, 0);
        }
        Inline::Span(it) => it.place = Place::default(),
        Inline::Math(it) => it.place = Place::default(),
        Inline::Text(_) | Inline::HardBreak | Inline::Code(_) | Inline::Styled(..) => {}
    });
    inline::trim(inline::tidied(inlines))
}

fn render(inlines: &[Inline], plan: &Plan) -> String {
    let mut out = String::new();
    push_all(&mut out, inlines, plan);
    out.trim_matches(' ').to_owned()
}

fn push_all(out: &mut String, inlines: &[Inline], plan: &Plan) {
    for inline in inlines {
        push(out, inline, plan);
    }
}

fn push(out: &mut String, inline: &Inline, plan: &Plan) {
    match inline {
        Inline::Text(text) => push_text(out, text, plan),
        Inline::SoftBreak => out.push(' '),
        Inline::HardBreak => out.push_str("<br/>"),
        Inline::Styled(style, inner) => push_styled(out, style, inner, plan),
        // In a tag, spaces would be one.
        Inline::Code(code) if plan.tags && !code.contains("  ") => {
            let all = Plan { escaped: SIGNS.chars().collect(), tags: true };
            out.push_str("<code>");
            push_text(out, code, &all);
            out.push_str("</code>");
        }
        Inline::Code(code) => push_code(out, code),
        Inline::Link(link) => push_link(out, link, plan),
        Inline::Image(image) => push_image(out, image, plan),
        Inline::Footnote(note) => {
            out.push_str("[^");
            out.push_str(&note.label);
            out.push(']');
        }
        Inline::Math(formula) => out.push_str(&format!("$`{}`$", formula.latex)),
        Inline::Span(span) => {
            let mut attributes = span.attributes.clone();
            attributes.language.clone_from(&span.language);
            push_tag(out, "span", &[], &attributes);
            push_all(out, &span.inlines, plan);
            out.push_str("</span>");
        }
    }
}

fn push_text(out: &mut String, text: &str, plan: &Plan) {
    for character in text.chars() {
        if plan.escaped.contains(&character) {
            out.push('\\');
        }
        out.push(character);
    }
}

fn push_styled(out: &mut String, style: &Style, inner: &[Inline], plan: &Plan) {
    let (mark, name, said) = match style {
        Style::Emphasis => ("*", "em", None),
        Style::Strong => ("**", "strong", None),
        Style::Deleted => ("~~", "del", None),
        Style::Inserted => ("", "ins", None),
        Style::Superscript => ("", "sup", None),
        Style::Subscript => ("", "sub", None),
        Style::Highlight => ("", "mark", None),
        Style::Small => ("", "small", None),
        Style::Keyboard => ("", "kbd", None),
        Style::Cite => ("", "cite", None),
        Style::Quoted => ("", "q", None),
        Style::Abbreviation(title) => {
            ("", "abbr", title.as_deref().map(|it| ("title", it)))
        }
        Style::Time(moment) => ("", "time", Some(("datetime", moment.as_str()))),
    };
    if mark.is_empty() || plan.tags {
        push_tag(out, name, said.as_slice(), &Attributes::default());
        push_all(out, inner, plan);
        out.push_str(&format!("</{name}>"));
    } else {
        out.push_str(mark);
        push_all(out, inner, plan);
        out.push_str(mark);
    }
}

fn push_code(out: &mut String, code: &str) {
    let longest = code.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(if longest == 0 { 1 } else { longest + 1 });
    let spaces = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
    let pad =
        if spaces || code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&fence, pad, code, pad, &fence] {
        out.push_str(part);
    }
}

fn push_link(out: &mut String, link: &Link, plan: &Plan) {
    if plan.tags {
        let title = link.title.as_deref().map(|it| ("title", it));
        let named: Vec<_> =
            [("href", link.address.as_str())].into_iter().chain(title).collect();
        push_tag(out, "a", &named, &link.attributes);
        push_all(out, &link.inlines, plan);
        return out.push_str("</a>");
    }
    if let Some(bare) = bare(link) {
        out.push_str(&format!("<{bare}>"));
        return push_attributes(out, &link.attributes);
    }
    out.push('[');
    push_all(out, &link.inlines, plan);
    out.push_str("](");
    push_address(out, &link.address, link.title.as_deref());
    out.push(')');
    push_attributes(out, &link.attributes);
}

/// What stands between `<` and `>` for a link whose words are its address.
fn bare(link: &Link) -> Option<&str> {
    let [Inline::Text(words)] = link.inlines.as_slice() else { return None };
    let same =
        link.address == *words || link.address.strip_prefix("mailto:") == Some(words);
    let fine = link.title.is_none()
        && (words.contains("://")
            || (words.contains('@') && link.address.starts_with("mailto:")))
        && !words.contains(|it: char| {
            it.is_whitespace() || matches!(it, '<' | '>' | '&' | '\\')
        });
    (same && fine).then_some(words)
}

fn push_image(out: &mut String, image: &Image, plan: &Plan) {
    if plan.tags {
        let title = image.title.as_deref().map(|it| ("title", it));
        let named = [("src", image.address.as_str()), ("alt", &image.alternative)];
        let named: Vec<_> = named.into_iter().chain(title).collect();
        return push_tag(out, "img", &named, &image.attributes);
    }
    out.push_str("![");
    push_text(out, &image.alternative, plan);
    out.push_str("](");
    push_address(out, &image.address, image.title.as_deref());
    out.push(')');
    push_attributes(out, &image.attributes);
}

/// An address and a title between the parentheses of a link.
fn push_address(out: &mut String, address: &str, title: Option<&str>) {
    let angled = address.is_empty() != title.is_none() && address.is_empty()
        || address.starts_with('<')
        || address.contains(|it: char| it == ' ' || it.is_control())
        || !is_balanced(address);
    let guarded = guard(address, if angled { "<>" } else { "" });
    if angled {
        out.push_str(&format!("<{guarded}>"));
    } else {
        out.push_str(&guarded);
    }
    if let Some(title) = title {
        out.push_str(&format!(" \"{}\"", guard(title, "\"")));
    }
}

fn is_balanced(address: &str) -> bool {
    let mut depth = 0_i32;
    for character in address.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if !(0..16).contains(&depth) {
            return false;
        }
    }
    depth == 0
}

/// Escapes these signs, backslashes that would escape, and what would be an entity.
fn guard(text: &str, signs: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let escapes =
            character == '\\' && rest.starts_with(|it: char| it.is_ascii_punctuation());
        let entity = character == '&' && is_entity(rest);
        if escapes
            || entity
            || signs.contains(character)
            || (character == '\\' && rest.is_empty())
        {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn is_entity(text: &str) -> bool {
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '#');
    end.is_some_and(|end| end > 0 && text[end..].starts_with(';'))
}

/// `{.class #id lang=en}`; nothing when there is nothing to say.
fn push_attributes(out: &mut String, attributes: &Attributes) {
    if attributes.is_empty() {
        return;
    }
    let id = attributes.id.iter().map(|it| format!("#{}", quoted(it)));
    let classes = attributes.classes.iter().map(|it| format!(".{}", quoted(it)));
    let language = attributes.language.iter().map(|it| format!("lang={it}"));
    let words: Vec<String> = classes.chain(id).chain(language).collect();
    out.push_str(&format!("{{{}}}", words.join(" ")));
}

fn quoted(value: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_:.%".contains(it);
    match value.chars().all(plain) {
        true => value.to_owned(),
        false => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

fn push_tag(
    out: &mut String,
    name: &str,
    named: &[(&str, &str)],
    attributes: &Attributes,
) {
    out.push_str(&format!("<{name}"));
    let mut push = |name: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        let value = value.replace('<', "&lt;").replace('>', "&gt;");
        out.push_str(&format!(" {name}=\"{value}\""));
    };
    named.iter().for_each(|(name, value)| push(name, value));
    if let Some(id) = &attributes.id {
        push("id", id);
    }
    if !attributes.classes.is_empty() {
        push("class", &attributes.classes.join(" "));
    }
    if let Some(language) = &attributes.language {
        push("lang", language.as_str());
    }
    out.push_str(if name == "img" { "/>" } else { ">" });
}
