//! What the templates' constructs become: shortcodes what the settings say, the others
//! what they are to a reader.
//!
//! The program runs no template. A shortcode is mapped to a line of Markdown in which
//! `{1}`, `{2}` and `{name}` stand for its arguments: `![{2}]({1})` makes an image of it,
//! `[{2}]({1})` a link, `{1}` words, and an empty line nothing. The line is read first and
//! filled in afterwards, so that no argument can be taken for markup.

use std::collections::BTreeMap;

use super::{
    container::{self, Container},
    element,
    inline::{self, folded_text},
    line,
    opaque::{self, Kind},
    reader::Reader,
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Inline, walk},
};

/// The shortcodes that need no setting: those of image plugins.
pub const BUILT_IN: [(&str, &str); 2] =
    [("imageContent", "![{2}]({1})"), ("image", "![{2}]({1})")];

/// What a reader of Markdown is told of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The line of Markdown that each shortcode becomes, besides the built-in ones.
    pub shortcodes: BTreeMap<String, String>,
    /// What the containers of each name are, besides the known ones.
    pub containers: BTreeMap<String, Container>,
    /// Whether `$…$` and `$$…$$` are formulas.
    pub math: bool,
}

impl Dialect {
    /// What a container of this name is; `None` where nobody knows.
    pub(super) fn container(&self, name: &str) -> Option<Container> {
        self.containers.get(name).copied().or_else(|| container::known(name))
    }

    fn line(&self, name: &str) -> Option<&str> {
        let own = self.shortcodes.get(name).map(String::as_str);
        own.or_else(|| BUILT_IN.iter().find(|it| it.0 == name).map(|it| it.1))
    }
}

/// What a construct becomes inside a line.
pub(super) fn inlines(
    reader: &mut Reader<'_>,
    kind: Kind,
    text: &str,
    start: usize,
) -> Vec<Inline> {
    let place = reader.places.place(start, start + text.len());
    let shown = folded_text(text);
    let fault = match kind {
        Kind::Raw => return Vec::new(),
        Kind::Fence => return vec![Inline::Text(shown)],
        Kind::Formula => return inline::formula(reader, text.trim_matches('$'), place),
        Kind::Shortcode => return shortcode(reader, text, place),
        Kind::Expression => Diagnostic::error("template-expression"),
        Kind::Comment => Diagnostic::note("template-comment-dropped"),
    };
    let excerpt: String = shown.chars().take(60).collect();
    reader.report(fault.at(place).with("text", excerpt));
    if kind == Kind::Comment { Vec::new() } else { vec![Inline::Text(shown)] }
}

/// Whether a construct that stands alone has no meaning here and is shown as its text; then
/// what its author would call it.
pub(super) fn unknown(reader: &Reader<'_>, kind: Kind, text: &str) -> Option<String> {
    let name = opaque::name(text);
    let known = kind != Kind::Shortcode
        || reader.dialect.line(name).is_some()
        || is_logic(name)
        || is_half(reader, name);
    (!known).then(|| format!("{{% {name} %}}"))
}

fn shortcode(reader: &mut Reader<'_>, text: &str, place: Place) -> Vec<Inline> {
    let call = Call::read(text);
    let line = reader.dialect.line(&call.name).map(str::to_owned);
    if let Some(line) = line {
        return filled(reader, &line, &call, place);
    }
    // The end of a pair was spoken of where it begins.
    let ends = call.name.strip_prefix("end").map(str::to_owned);
    if let Some(begins) = &ends
        && (reader.dialect.line(begins).is_some()
            || (reader.opened.contains(begins) && !is_logic(begins)))
    {
        return Vec::new();
    }
    let half = is_half(reader, &call.name);
    let code = match () {
        () if is_logic(&call.name) => "template-tag",
        () if half => "shortcode-around",
        () => "shortcode-not-supported",
    };
    let name = format!("{{% {} %}}", call.name);
    let error = Diagnostic::error(code).at(place).with("name", name);
    reader.report(error.with("shortcode", &call.name));
    match code {
        "template-tag" => Vec::new(),
        "shortcode-around" => {
            // Its tags go, what it says itself stays: a title, for the most part.
            let words = call.arguments.iter().chain(call.named.iter().map(|it| &it.1));
            let words: Vec<&str> = words.map(String::as_str).collect();
            reader.opened.insert(call.name);
            vec![Inline::Text(folded_text(&words.join(" ")))]
        }
        _ => vec![Inline::Text(folded_text(text))],
    }
}

/// Whether a shortcode has something between its beginning and its end.
fn is_half(reader: &Reader<'_>, name: &str) -> bool {
    let begins = name.strip_prefix("end").unwrap_or(name);
    reader.opaques.is_paired(begins) && !begins.is_empty()
}

/// Tags with which templates decide, repeat and compose: they need the site's own data.
fn is_logic(name: &str) -> bool {
    let name = name.strip_prefix("end").unwrap_or(name);
    matches!(
        name,
        "if" | "elif"
            | "elsif"
            | "elseif"
            | "else"
            | "unless"
            | "for"
            | "asyncEach"
            | "asyncAll"
            | "set"
            | "assign"
            | "capture"
            | "block"
            | "extends"
            | "include"
            | "import"
            | "from"
            | "macro"
            | "call"
            | "filter"
            | "switch"
            | "case"
            | "default"
            | "render"
            | "layout"
    )
}

/// The line that stands for a shortcode, with its arguments in their places.
fn filled(reader: &mut Reader<'_>, line: &str, call: &Call, place: Place) -> Vec<Inline> {
    let mut inlines = line::read(line).value;
    let mut silent = false;
    walk::inlines_mut(&mut inlines, &mut |inline| match inline {
        Inline::Text(text) | Inline::Code(text) => *text = call.fill(text),
        Inline::Link(it) => {
            it.place = place;
            it.address = call.fill(&it.address).trim().to_owned();
            it.title =
                it.title.as_deref().map(|it| call.fill(it)).filter(|it| !it.is_empty());
        }
        Inline::Image(it) => {
            it.place = place;
            it.address = call.fill(&it.address).trim().to_owned();
            let said = !it.alternative.trim().is_empty();
            it.alternative = call.fill(&it.alternative);
            it.title =
                it.title.as_deref().map(|it| call.fill(it)).filter(|it| !it.is_empty());
            silent |= said && !call.says(&it.alternative);
        }
        Inline::Span(it) => it.place = place,
        Inline::Math(it) => it.place = place,
        Inline::Footnote(it) => it.place = place,
        Inline::SoftBreak | Inline::HardBreak | Inline::Styled(..) => {}
    });
    if silent {
        reader.report(Diagnostic::note("image-without-alternative").at(place));
    }
    inlines.retain(|it| !matches!(it, Inline::Text(text) if text.is_empty()));
    checked(reader, inlines)
}

/// Links whose address would run a program are taken away, those without words get some.
fn checked(reader: &mut Reader<'_>, inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Link(mut it) => {
                it.inlines = checked(reader, it.inlines);
                it.inlines
                    .retain(|it| !matches!(it, Inline::Text(text) if text.is_empty()));
                out.extend(element::link(reader, it));
            }
            Inline::Styled(style, inner) => {
                out.push(Inline::Styled(style, checked(reader, inner)));
            }
            Inline::Span(mut it) => {
                it.inlines = checked(reader, it.inlines);
                out.push(Inline::Span(it));
            }
            other => out.push(other),
        }
    }
    out
}

/// A shortcode, read: `{% name "argument", key="value", [1, 2] %}`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Call {
    name: String,
    arguments: Vec<String>,
    named: Vec<(String, String)>,
}

impl Call {
    fn read(text: &str) -> Self {
        let inner = text.trim_start_matches("{%").trim_start_matches('-').trim_start();
        let inner = inner.trim_end_matches("%}").trim_end_matches('-');
        let mut call = Self { name: opaque::name(text).to_owned(), ..Self::default() };
        let mut rest = &inner[call.name.len()..];
        loop {
            rest = rest.trim_start_matches(|it: char| {
                it.is_whitespace() || matches!(it, ',' | '(' | ')')
            });
            if rest.is_empty() {
                return call;
            }
            let (value, after) = argument(rest);
            rest = after;
            match rest.trim_start().strip_prefix(['=', ':']) {
                Some(after) if is_key(&value) => {
                    let (given, after) = argument(after.trim_start());
                    rest = after;
                    call.named.push((value, given));
                }
                _ => call.arguments.push(value),
            }
        }
    }

    /// A text with `{1}` and `{name}` replaced by the arguments; by nothing where there is
    /// no such argument.
    fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, next)) = after.split_once('}').filter(|it| is_key(it.0))
            else {
                out.push('{');
                rest = after;
                continue;
            };
            out.push_str(self.get(name).unwrap_or_default());
            rest = next;
        }
        out.push_str(rest);
        folded_text(&out)
    }

    fn get(&self, name: &str) -> Option<&str> {
        if let Ok(number) = name.parse::<usize>() {
            return self.arguments.get(number.checked_sub(1)?).map(String::as_str);
        }
        self.named.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether a text that was filled in says something, or was meant to be empty.
    fn says(&self, filled: &str) -> bool {
        let all = self.arguments.iter().chain(self.named.iter().map(|it| &it.1));
        !filled.trim().is_empty() || all.skip(1).any(String::is_empty)
    }
}

fn is_key(text: &str) -> bool {
    let fine = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    !text.is_empty() && text.chars().all(fine)
}

/// The argument with which a text begins, and what follows it.
fn argument(text: &str) -> (String, &str) {
    let Some(first) = text.chars().next() else { return (String::new(), text) };
    if let Some(found) = quoted(text, first) {
        return found;
    }
    let closes = match first {
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    };
    if let Some(end) = closes.and_then(|it| text.find(it)) {
        return (text[..=end].to_owned(), &text[end + 1..]);
    }
    let end = |it: char| it.is_whitespace() || matches!(it, ',' | '=' | ':' | ')' | '"');
    let end =
        text.char_indices().skip(1).find(|it| end(it.1)).map_or(text.len(), |it| it.0);
    // An address without quotes has a colon in it.
    let end = match text[end..].starts_with("://") {
        true => {
            text.find(|it: char| it.is_whitespace() || it == ',').unwrap_or(text.len())
        }
        false => end,
    };
    (text[..end].to_owned(), &text[end..])
}

/// The text in quotes with which a text begins, without its backslashes.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    if !matches!(quote, '"' | '\'' | '`') {
        return None;
    }
    let mut out = String::new();
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            sign if sign == quote && !escaped => return Some((out, &text[at + 1..])),
            sign => out.push(sign),
        }
        escaped = false;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_a_shortcode_are_told_apart() {
        let call = Call::read(
            "{%- video \"a \\\"b\\\"\", 'c', [1, 2] id=\"x\", width: 3, y -%}",
        );
        assert_eq!(call.name, "video");
        assert_eq!(call.arguments, ["a \"b\"", "c", "[1, 2]", "y"]);
        assert_eq!(
            call.named,
            [("id".to_owned(), "x".to_owned()), ("width".to_owned(), "3".to_owned())]
        );
        assert_eq!(call.fill("{1}-{id}-{9}-{a b}-{"), "a \"b\"-x--{a b}-{");
        let call = Call::read("{% youtube https://a.fr/x?y=1 %}");
        assert_eq!(call.arguments, ["https://a.fr/x?y=1"]);
    }

    proptest::proptest! {
        #[test]
        fn no_shortcode_makes_the_reader_panic(inner in "[a-z\"'`=:,é\\[\\]{}\\\\() %-]{0,30}") {
            Call::read(&format!("{{%{inner}%}}"));
        }
    }
}
