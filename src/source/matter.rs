//! The front matter told from the body of a page, and read as YAML, JSON or TOML.
//!
//! It is found where it was meant to be: after an empty line, indented, between dashes that
//! a word processor made long, or in the signs of another program. What is read although it
//! is written otherwise than the manual says is named.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::{
    gate,
    places::Places,
    yaml::{self, Entry, Fault, Value},
};

/// The language that front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// YAML, or the JSON that is YAML too.
    Yaml,
    /// TOML.
    Toml,
    /// A program, or a language that is not read.
    Other,
}

/// What is unusual about the place of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// An empty line or a space stands before it.
    Before,
    /// Its dashes are not three.
    Dashes,
    /// It has no line above it.
    Opening,
}

impl Oddity {
    /// What its message calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Oddity::Before => "before",
            Oddity::Dashes => "dashes",
            Oddity::Opening => "opening",
        }
    }
}

/// The front matter and the body of a file, as byte ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// The front matter, if there is any.
    pub(super) matter: Option<(usize, usize)>,
    /// What it is written in.
    pub(super) kind: Kind,
    /// The body's first byte, at the beginning of a line.
    pub(super) body: usize,
    /// Whether the closing line is there.
    pub(super) closed: bool,
    /// What is unusual about it.
    pub(super) oddity: Option<Oddity>,
}

/// How many lines front matter without a line above it may have.
const MOST_BARE_LINES: usize = 40;

/// Splits a file. Without a closing line the front matter ends at the first empty line.
pub(super) fn split(places: &Places<'_>) -> Split {
    let text = places.text();
    let begin = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let none =
        Split { matter: None, kind: Kind::Yaml, body: begin, closed: true, oddity: None };
    let splitter = Splitter { places };
    if splitter.line(1)[begin..].trim_end() == "---" {
        return splitter.plain().unwrap_or(none);
    }
    let Some(first) = (1..=places.lines()).find(|it| !splitter.bare(*it).is_empty())
    else {
        return none;
    };
    splitter.fenced(first).or_else(|| splitter.unopened(first)).unwrap_or(none)
}

struct Splitter<'a> {
    places: &'a Places<'a>,
}

impl Splitter<'_> {
    fn line(&self, number: usize) -> &str {
        &self.places.text()[self.places.line_start(number)..self.places.line_end(number)]
    }

    /// A line without what is not seen around it.
    fn bare(&self, number: usize) -> &str {
        self.line(number).trim_matches(unseen)
    }

    /// From the line below the first to the closing one.
    fn between(&self, first: usize, last: usize, kind: Kind) -> Split {
        let (start, end) = (self.places.line_start(first), self.places.line_start(last));
        Split {
            matter: Some((start, end)),
            kind,
            body: self.places.line_start(last + 1),
            closed: true,
            oddity: None,
        }
    }

    /// Front matter that begins as it should, with `---` on the first line.
    fn plain(&self) -> Option<Split> {
        let mut empty = None;
        for number in 2..=self.places.lines() {
            let content = self.line(number).trim_end();
            if content == "---" || content == "..." && empty.is_none() {
                return Some(self.between(2, number, Kind::Yaml));
            }
            if empty.is_none() && dashes(content) {
                let split = self.between(2, number, Kind::Yaml);
                return Some(Split { oddity: Some(Oddity::Dashes), ..split });
            }
            if content.is_empty() && empty.is_none() {
                empty = Some(self.places.line_start(number));
            }
        }
        let start = self.places.line_start(2);
        let end = empty.unwrap_or(self.places.text().len());
        // Without a colon, it is a rule at the top of a page.
        let first = self.places.text()[start..end].lines().next();
        first.is_some_and(|it| it.contains(':')).then_some(Split {
            matter: Some((start, end)),
            kind: Kind::Yaml,
            body: end,
            closed: false,
            oddity: None,
        })
    }

    /// Front matter in the signs of another program, or further down or in than it should
    /// be. What is not closed, or says nothing, is the page's own text.
    fn fenced(&self, first: usize) -> Option<Split> {
        let opening = self.bare(first);
        let (kind, end) = match opening {
            "+++" => (Kind::Toml, "+++"),
            ";;;" => (Kind::Yaml, ";;;"),
            "{" => return self.braced(first),
            _ if opening.starts_with("{\"") => return self.braced(first),
            _ if dashes(opening) || opening == "---" => (Kind::Yaml, "---"),
            _ => (named(opening.strip_prefix("---")?.trim())?, "---"),
        };
        let is_end = |number: &usize| {
            let line = self.bare(*number);
            line == end || end == "---" && (dashes(line) || line == "...")
        };
        let last = (first + 1..=self.places.lines()).find(is_end)?;
        let speaks = |number: usize| {
            let line = self.bare(number);
            line.starts_with('{') || line.contains([':', '='])
        };
        let mut content = (first + 1..last).filter(|it| !self.bare(*it).is_empty());
        if kind != Kind::Other && !content.next().is_some_and(speaks) {
            return None;
        }
        let oddity = match self.line(first) {
            _ if dashes(opening) => Some(Oddity::Dashes),
            line if first == 1
                && line.trim_start_matches('\u{FEFF}').trim_end() == opening =>
            {
                None
            }
            _ => Some(Oddity::Before),
        };
        Some(Split { oddity, ..self.between(first + 1, last, kind) })
    }

    /// JSON without a line around it: from one bracket to the other.
    fn braced(&self, first: usize) -> Option<Split> {
        let start = self.places.line_start(first);
        let text = self.places.text()[start..].trim_start_matches(unseen);
        let start = self.places.text().len() - text.len();
        let mut values =
            serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
        let value = values.next()?.ok()?;
        let end = start + values.byte_offset();
        let says =
            |it: &String| super::front_matter::is_known(it) || gate::of(it).is_some();
        let is_matter = value.as_object().is_some_and(|it| it.keys().any(says));
        let line = self.places.line_of(end);
        let alone = self.places.text()[end..self.places.line_end(line)].trim().is_empty();
        (is_matter && alone).then_some(Split {
            matter: Some((start, end)),
            kind: Kind::Yaml,
            body: self.places.line_start(line + 1).max(end),
            closed: true,
            oddity: None,
        })
    }

    /// Lines that say `title: …` at the top of a page, down to a closing `---`.
    fn unopened(&self, first: usize) -> Option<Split> {
        const KEYS: [&str; 9] = [
            "title",
            "titre",
            "layout",
            "draft",
            "brouillon",
            "lang",
            "langue",
            "segments",
            "permalink",
        ];
        let (key, _) = self.bare(first).split_once(':')?;
        if !KEYS.contains(&gate::bare(key).as_str()) || key.contains(' ') {
            return None;
        }
        let lines = first + 1..(first + MOST_BARE_LINES).min(self.places.lines() + 1);
        for number in lines {
            let line = self.line(number).trim_end_matches(unseen);
            if line == "---" {
                let split = self.between(first, number, Kind::Yaml);
                return Some(Split { oddity: Some(Oddity::Opening), ..split });
            }
            let is_more = line.starts_with([' ', '\t', '-', '\u{A0}']);
            let key = line.split_once(':').map(|it| it.0.trim_matches(unseen));
            if line.is_empty() || !is_more && key.is_none_or(|it| it.contains(' ')) {
                return None;
            }
        }
        None
    }
}

/// Whether a sign takes no ink.
fn unseen(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{FEFF}' | '\u{200B}' | '\u{2060}')
}

/// Whether a line is made of dashes, though not of three short ones.
fn dashes(line: &str) -> bool {
    let is_one = |it: char| matches!(it, '-' | '–' | '—' | '‐' | '‑' | '−' | '―');
    let is_short = line.bytes().all(|it| it == b'-');
    line != "---"
        && line.chars().all(is_one)
        && (!is_short || line.len() > 3)
        && !line.is_empty()
}

/// The language that a name after three dashes means.
fn named(name: &str) -> Option<Kind> {
    match name.to_ascii_lowercase().as_str() {
        "yaml" | "yml" | "json" | "json5" => Some(Kind::Yaml),
        "toml" => Some(Kind::Toml),
        "js" | "javascript" | "ts" | "coffee" | "cson" | "xml" | "ini" | "njk" => {
            Some(Kind::Other)
        }
        _ => None,
    }
}

/// Reads front matter. What is said of bytes is true of the text that is given.
pub(super) fn read(text: &str, kind: Kind) -> Result<Entry, Fault> {
    match kind {
        Kind::Yaml => yaml::read(text),
        Kind::Toml => toml(text),
        Kind::Other => Err(Fault::default()),
    }
}

fn toml(text: &str) -> Result<Entry, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |it| it.start).min(text.len());
        Fault { line: Some(text[..at].matches('\n').count() + 1) }
    })?;
    let range = (table.span().start, table.span().end);
    Ok(Entry { value: mapping(table.get_ref(), text), range })
}

fn mapping(table: &DeTable<'_>, text: &str) -> Value {
    let mut pairs: Vec<(Entry, Entry)> = Vec::new();
    for (key, value) in table {
        let name = Value::Text(key.get_ref().to_string());
        let key = Entry { value: name, range: (key.span().start, key.span().end) };
        let range = (value.span().start, value.span().end);
        pairs.push((key, Entry { value: toml_value(value.get_ref(), text), range }));
    }
    pairs.sort_by_key(|it| it.0.range);
    Value::Map(pairs)
}

fn toml_value(value: &DeValue<'_>, text: &str) -> Value {
    match value {
        DeValue::String(it) => Value::Text(it.to_string()),
        DeValue::Boolean(it) => Value::Bool(*it),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => Value::Number,
        DeValue::Array(all) => Value::List(
            all.iter()
                .map(|it| Entry {
                    value: toml_value(it.get_ref(), text),
                    range: (it.span().start, it.span().end),
                })
                .collect(),
        ),
        DeValue::Table(table) => mapping(table, text),
    }
}

/// The same text, in as many bytes, with the spaces that YAML knows in place of those that
/// look like them: before a key, before its colon, and after it.
pub(super) fn spaced(text: &str) -> Cow<'_, str> {
    let is_odd = |it: char| {
        it != ' ' && it != '\t' && it.is_whitespace() && !it.is_ascii()
            || matches!(it, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let indented = line.trim_start_matches(|it| it == ' ' || it == '-' || is_odd(it));
        let indent = &line[..line.len() - indented.len()];
        let colon = indented.find(':').filter(|it| {
            indented[..*it].chars().all(|it| !it.is_ascii_whitespace() || it == ' ')
        });
        let key = colon.map_or("", |it| &indented[..it]);
        let is_key = !key.is_empty() && !key.starts_with(['"', '\'', '#']);
        let after = if is_key { &indented[key.len() + 1..] } else { indented };
        let value = after.trim_start_matches(|it| it == ' ' || is_odd(it));
        let between = after.len() - value.len();
        let odd = |it: &str| {
            it.chars().filter(|it| is_odd(*it)).map(|it| it.len_utf8() - 1).sum::<usize>()
        };
        // Bytes that a space is shorter than what it stands for are made up for where
        // spaces mean nothing.
        let spare = odd(indent);
        out.extend(indent.chars().map(|it| if is_odd(it) { ' ' } else { it }));
        if is_key {
            let name = key.trim_end_matches(|it| it == ' ' || is_odd(it));
            out.push_str(name);
            // A space before the colon means nothing either.
            out.push_str(&" ".repeat(key.len() - name.len()));
            out.push(':');
            out.push_str(&" ".repeat(between + spare));
            out.push_str(value);
        } else {
            let end = after.trim_end_matches(['\n', '\r']);
            out.push_str(end);
            out.push_str(&" ".repeat(spare));
            out.push_str(&after[end.len()..]);
        }
    }
    debug_assert_eq!(out.len(), text.len(), "places hold");
    Cow::Owned(out)
}

/// Why front matter cannot be read, as its message names it, and the line on which the cause
/// is, from 1.
pub(super) fn cause(text: &str, fault: Fault) -> (&'static str, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let shown = fault.line.unwrap_or(lines.len()).clamp(1, lines.len().max(1));
    let tabbed = |number: &usize| {
        let line = lines.get(number - 1).copied().unwrap_or_default();
        let indent = &line[..line.len() - line.trim_start().len()];
        indent.contains('\t')
    };
    // What the parser stumbles over is often a line below what is wrong.
    if let Some(line) = (1..=(shown + 1).min(lines.len())).find(tabbed) {
        return ("tab", line);
    }
    let last = (shown + 1).min(lines.len());
    let near = (shown..=last).chain((1..shown).rev());
    for number in near {
        if let Some(cause) = lines.get(number - 1).and_then(|it| cause_in(it)) {
            return (cause, number);
        }
    }
    ("indent", shown)
}

/// What is certainly wrong in one line of YAML.
fn cause_in(line: &str) -> Option<&'static str> {
    let content = line.trim().trim_start_matches("- ").trim_start();
    if content.is_empty() || content.starts_with(['#', '|', '>']) {
        return None;
    }
    let value = match content.split_once(": ") {
        Some((key, value)) if !key.contains(['"', '\'', '{', '[']) => value.trim(),
        _ if content.ends_with(':') || content.starts_with(['"', '\'', '{', '[']) => {
            content
        }
        _ if line.trim().starts_with("- ") => content,
        _ => return Some("colon-missing"),
    };
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    if let Some(quote) = quote {
        let inner = &value[1..];
        let end = closing(inner, quote);
        return match end {
            None => Some("quote"),
            Some(end) => {
                let after = inner[end + 1..].trim_start();
                let fine =
                    after.is_empty() || after.starts_with(['#', ',', ':', ']', '}']);
                (!fine).then_some("quote-inside")
            }
        };
    }
    if value.starts_with(['@', '`', '%', '&', '*', '!', ']', '}', ',']) {
        return Some("sign");
    }
    if let Some(close) = match value.chars().next() {
        Some('[') => Some(']'),
        Some('{') => Some('}'),
        _ => None,
    } {
        let bare = value.split(" #").next().unwrap_or(value).trim_end();
        return (!bare.ends_with(close)).then_some("sign");
    }
    (value.contains(": ") || value.ends_with(':') && value != content).then_some("colon")
}

/// Where a quoted text ends.
fn closing(inner: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let mut signs = inner.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if escaped {
            escaped = false;
        } else if sign == '\\' && quote == '"' {
            escaped = true;
        } else if sign == quote {
            if quote == '\'' && signs.peek().is_some_and(|it| it.1 == '\'') {
                signs.next();
                continue;
            }
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(text: &str) -> Option<(&str, Option<Oddity>)> {
        let split = split(&Places::new(text));
        split.matter.map(|(start, end)| (text[start..end].trim(), split.oddity))
    }

    #[test]
    fn front_matter_is_found_where_it_was_meant_to_be() {
        for (text, oddity) in [
            ("---\ntitle: A\n---\nB\n", None),
            ("\u{FEFF}---\ntitle: A\n---\nB\n", None),
            ("---\ntitle: A\n...\nB\n", None),
            ("\n---\ntitle: A\n---\nB\n", Some(Oddity::Before)),
            ("\n\u{A0}\n---\ntitle: A\n---\nB\n", Some(Oddity::Before)),
            (" ---\ntitle: A\n ---\nB\n", Some(Oddity::Before)),
            ("\u{A0}---\n\u{A0}title: A\n\u{A0}---\nB\n", Some(Oddity::Before)),
            ("—\ntitle: A\n—\nB\n", Some(Oddity::Dashes)),
            ("---\ntitle: A\n----\n\nB\n", Some(Oddity::Dashes)),
            ("-----\ntitle: A\n-----\nB\n", Some(Oddity::Dashes)),
            ("title: A\n---\nB\n", Some(Oddity::Opening)),
            ("---yaml\ntitle: A\n---\nB\n", None),
        ] {
            let found = matter(text).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(
                (found.0.trim_matches(unseen), found.1),
                ("title: A", oddity),
                "{text:?}"
            );
        }
        assert_eq!(matter("+++\ntitle = \"A\"\n+++\n"), Some(("title = \"A\"", None)));
        assert_eq!(
            matter("{\n\"title\": \"A\"\n}\n\nB"),
            Some(("{\n\"title\": \"A\"\n}", None))
        );
    }

    #[test]
    fn a_rule_or_a_sentence_at_the_top_of_a_page_is_none() {
        for text in [
            "---\n\nTexte\n",
            "\n---\n\nTexte\n\n---\n",
            "Attention : ceci\n---\n\nTexte\n",
            "----\nTexte\n----\n",
            "title: A\n\nTexte\n\n---\n",
            "{\"a\": 1}\n",
            "{% if a %}\n",
            "—\n\n— Bonjour, dit-il.\n\n—\n",
            "",
            "\n\n",
        ] {
            assert_eq!(matter(text), None, "{text:?}");
        }
    }

    #[test]
    fn spaces_that_are_none_are_made_ones_without_moving_a_byte() {
        for (text, spaced_text) in [
            ("\u{A0}title: A\n", " title:  A\n"),
            ("title\u{A0}: A\n", "title  : A\n"),
            ("title:\u{A0}A\u{A0}?\n", "title:  A\u{A0}?\n"),
            ("a:\n\u{A0}\u{A0}- b\n", "a:\n  - b  \n"),
        ] {
            assert_eq!(spaced(text), spaced_text);
        }
    }

    #[test]
    fn the_cause_of_a_fault_is_named_with_its_line() {
        for (text, expected) in [
            ("title: A\nsegments:\n\t- url: /a/\n", ("tab", 3)),
            ("title: A : b\nlang: fr\n", ("colon", 1)),
            ("title: \"A\nlang: fr\ndescription: b\n", ("quote", 1)),
            ("title: 'l'été'\n", ("quote-inside", 1)),
            ("title: @a\n", ("sign", 1)),
            ("title: [a] b\n", ("sign", 1)),
            ("title: A\ndraft:true\n", ("colon-missing", 2)),
            (
                "segments:\n  - url: /a/\n    title: A\n  - url: /b/\n   title: B\n",
                ("indent", 5),
            ),
        ] {
            let fault = yaml::read(text).expect_err(text);
            assert_eq!(cause(text, fault), expected, "{text:?} {fault:?}");
        }
    }
}
