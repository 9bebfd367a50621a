//! Stray markup: signs that were meant as markup, failed to be it, and would reach readers
//! as they are written.
//!
//! What is looked at are the words that remain once a text is read, so code, formulas and
//! all that became markup are no part of it. Each find must stand in the source in the same
//! letters: what is escaped there (`\*`, `&#42;`) was meant as it is. Of each kind one find
//! is told in a text, the first.

mod emphasis;
mod lines;
mod passage;

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{line, reader::Reader, slug::slug};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Document, Inline, Role, walk},
};
use passage::{Passage, Source};

/// What signs were probably meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `![x](two words.jpg)`.
    Image,
    /// `[x](two words)`, `[x] (address)`, `[[x]]`.
    Link,
    /// `[x][name]`, where nothing has this name.
    Reference,
    /// `[^a note]`.
    Footnote,
    /// `[!NAME]`.
    Callout,
    /// `{#name}` where none is read.
    Attributes,
    /// `**word **`.
    Emphasis,
    /// `` `word ``.
    Code,
    /// Three of them in the middle of a line.
    Fence,
    /// `##Title`.
    Heading,
    /// `-` and a no-break space, a bullet of a word processor.
    List,
    /// Lines with `|`, without the line that makes them a table.
    Table,
    /// Lines of cells between tabs.
    Tabs,
    /// `:::name`.
    Container,
    /// A sign that only one font has.
    Sign,
    /// A word with a sign that cannot be seen, and that no search finds.
    Hidden,
}

impl Kind {
    /// The word used in messages and machine output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Image => "image",
            Kind::Link => "link",
            Kind::Reference => "reference",
            Kind::Footnote => "footnote",
            Kind::Callout => "callout",
            Kind::Attributes => "attributes",
            Kind::Emphasis => "emphasis",
            Kind::Code => "code",
            Kind::Fence => "fence",
            Kind::Heading => "heading",
            Kind::List => "list",
            Kind::Table => "table",
            Kind::Tabs => "tabs",
            Kind::Container => "container",
            Kind::Sign => "sign",
            Kind::Hidden => "hidden",
        }
    }

    fn has_brackets(self) -> bool {
        matches!(self, Kind::Image | Kind::Link | Kind::Reference | Kind::Footnote)
    }

    /// Whether it comes from another program, and so in text after text.
    fn is_pasted(self) -> bool {
        matches!(self, Kind::List | Kind::Tabs | Kind::Sign | Kind::Hidden)
    }

    /// The message that tells it of a page.
    pub(super) fn code(self) -> &'static str {
        match self {
            Kind::Image => "stray-image",
            Kind::Link => "stray-link",
            Kind::Reference => "stray-reference",
            Kind::Footnote => "stray-footnote",
            Kind::Callout => "stray-callout",
            Kind::Attributes => "stray-attributes",
            Kind::Emphasis => "stray-emphasis",
            Kind::Code => "stray-code",
            Kind::Fence => "stray-fence",
            Kind::Heading => "stray-heading",
            Kind::List => "stray-list",
            Kind::Table => "stray-table",
            Kind::Tabs => "stray-tabs",
            Kind::Container => "stray-container",
            Kind::Sign => "stray-sign",
            Kind::Hidden => "stray-hidden",
        }
    }
}

/// Signs that were probably meant as markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// What they look like.
    pub kind: Kind,
    /// They, and some of what is around them.
    pub text: String,
    /// Where they stand in the source.
    pub range: Range<usize>,
    /// Whether they are good markup, in a place where none is read.
    pub sound: bool,
}

/// What kind of text is looked at: what is a slip in one is ordinary in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A paragraph, a heading or the line of a list.
    Block,
    /// A cell of a table, where `- 5` and `# 12` are what they say.
    Cell,
    /// The text of a unit by itself, of which no line can be a block.
    Unit,
}

/// The stray markup of a text that was read from this source.
pub fn strays(inlines: &[Inline], source: &str, setting: Setting) -> Vec<Stray> {
    let mut found = Vec::new();
    let source = Source::new(source);
    let passages = Passage::all(inlines, &source);
    for passage in &passages {
        for (kind, range) in inside(passage) {
            add(&mut found, passage, kind, range);
        }
    }
    for stray in passages.first().map(|it| lines::strays(it, setting)).unwrap_or_default()
    {
        if !found.iter().any(|it| it.kind == stray.kind) {
            found.push(stray);
        }
    }
    // A bullet that only one font has is the slip of the whole line.
    let list = found.iter().find(|it| it.kind == Kind::List).map(|it| it.range.clone());
    let is_bullet = |it: &Stray| {
        it.kind == Kind::Sign
            && list.as_ref().is_some_and(|list| list.contains(&it.range.start))
    };
    found.retain(|it| !is_bullet(it));
    found.sort_by_key(|it| (it.range.start, it.kind));
    found
}

/// Adds a find in the words, if it stands in the source as well and is the first of its kind.
fn add(found: &mut Vec<Stray>, passage: &Passage<'_>, kind: Kind, range: Range<usize>) {
    if found.iter().any(|it| it.kind == kind) {
        return;
    }
    let Some(place) = passage.in_source(range.clone()) else { return };
    let overlaps = |it: &Stray| {
        let apart = it.range.end <= place.start || place.end <= it.range.start;
        !apart && it.kind.has_brackets() && kind.has_brackets()
    };
    // An image is a link as well, and the first to be looked for.
    if found.iter().any(overlaps) {
        return;
    }
    let text = passage.shown(range.clone());
    found.push(Stray { kind, text, range: place, sound: is_sound(passage, range) });
}

/// Whether signs are markup wherever markup is read: by themselves, and with all that is
/// around them.
fn is_sound(passage: &Passage<'_>, range: Range<usize>) -> bool {
    let read = line::read(&passage.around(range.clone())).value;
    let is_markup =
        read.iter().any(|it| !matches!(it, Inline::Text(_) | Inline::SoftBreak));
    is_markup && {
        let all = line::read(passage.source()).value;
        !Passage::says_plainly(&all, passage.part(range))
    }
}

/// A pattern of words, in which group 1, or else all, is the find.
struct Pattern {
    kind: Kind,
    regex: Regex,
}

/// What an address may begin with, or a link that was read in its place.
const ADDRESS: &str = r"(?:\x{FDD2}|(?i:https?:|www\.|mailto:)|\.{0,2}/[\p{L}\p{N}]|#\p{L}|[^\s()\[\]]+\.(?i:md|html?|pdf|jpe?g|png|gif|svg|webp|docx?|odt|xlsx?|ods|pptx?|odp|csv|zip)\b)";

/// The patterns inside a line. `\x{FDD2}` stands for a link, `\x{FDD3}` for anything else
/// that is no words.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let letter = r"[\p{L}\x{FDD2}\x{FDD3}]";
    let all = [
        (
            Kind::Image,
            r"!\[[^\[\]]*\] ?(?:\((?:[^()\]]|\([^()\]]*\))*\)?|\[[^)\]]*[)\]]?)".to_owned(),
        ),
        (Kind::Image, r"!\[\[[^\[\]]+\]\]".to_owned()),
        (
            Kind::Image,
            r"(?:^|[^\p{L}\p{N}#!\s])\s?(!\[[^\[\]]*\p{L}{3}[^\[\]]*\])".to_owned(),
        ),
        (
            Kind::Link,
            format!(
                r"\[(?:[^\[\]]*\[[^\[\]]*\])?[^\[\]]*{letter}[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)?"
            ),
        ),
        (Kind::Link, r"\[\]\([^)]*\)".to_owned()),
        (Kind::Link, format!(r"\[[^\[\]]*{letter}[^\[\]]*\] \({ADDRESS}[^)]*\)?")),
        (Kind::Link, format!(r"\([^()]*{letter}[^()]*\)\[{ADDRESS}[^\]]*\]?")),
        (Kind::Link, r"\[\[[^\[\]]*\p{L}[^\[\]]*\]\]".to_owned()),
        (
            Kind::Reference,
            r"\[[^\[\]^]*\p{L}[^\[\]]*\]\[(?:[^\[\]^]*[\p{L}\p{N}][^\[\]]*)?\]".to_owned(),
        ),
        (
            Kind::Reference,
            format!(r"(?m)^(\[[^\[\]^]*\p{{L}}[^\[\]]*\][ \x{{A0}}\x{{202F}}]?: ?{ADDRESS}\S*)$"),
        ),
        (Kind::Footnote, r"\[\^[^\[\]]*\s[^\[\]]*\]".to_owned()),
        (Kind::Footnote, r"\^\[[^\[\]]*\p{L}{2}[^\[\]]*\]".to_owned()),
        (Kind::Attributes, r"\{:?\s*[.#][\p{L}_][^{}\n]*\}".to_owned()),
        (
            Kind::Attributes,
            r"\{:?\s*(?:lang|id|class|width|height|target|rel|align|title|style)\s*=[^{}\n]+\}"
                .to_owned(),
        ),
        (Kind::Callout, r"(?m)^\s*(\[!\p{L}[\p{L}\x{A0} -]*\])".to_owned()),
        (Kind::Code, r"(?:^|[\s\p{Ps}«“])(`[^\s`][^`\n]*`?)".to_owned()),
        (Kind::Fence, "`{3,}|~{3,}".to_owned()),
        (Kind::Emphasis, r"~~[^~]*\p{L}[^~]*~~".to_owned()),
        (
            Kind::Emphasis,
            r#"(?:^|[\s(«“"])(==[^\s=](?:[^=]*[^\s=])?==)(?:$|[\s.,;:!?)»”"])"#.to_owned(),
        ),
        (Kind::Sign, r"[\x{E000}-\x{F8FF}]".to_owned()),
        // Other scripts need such signs between their words.
        (
            Kind::Hidden,
            r"[\p{Latin}\p{Greek}\p{Cyrillic}]+(?:[\x{AD}\x{200B}\x{FEFF}]+[\p{Latin}\p{Greek}\p{Cyrillic}]+)+"
                .to_owned(),
        ),
    ];
    let pattern = |(kind, pattern): (Kind, String)| {
        let regex = Regex::new(&pattern).expect("the pattern is ours");
        Pattern { kind, regex }
    };
    all.into_iter().map(pattern).collect()
});

/// Signs that cannot be seen, inside of words.
const HIDDEN: [char; 3] = ['\u{ad}', '\u{200b}', '\u{feff}'];

/// How many finds of a pattern are looked up in the source: each may cost as much as it has
/// bytes.
const MOST_TRIED: usize = 8;

/// What looks like markup inside a line.
fn inside(passage: &Passage<'_>) -> Vec<(Kind, Range<usize>)> {
    let words = passage.words();
    let mut found = Vec::new();
    if !words.contains(['[', ']', '{', '`', '~', '=', '*', '_'])
        && !words.contains(|it| ('\u{e000}'..='\u{f8ff}').contains(&it))
        && !words.contains(HIDDEN)
    {
        return found;
    }
    for Pattern { kind, regex } in PATTERNS.iter() {
        for captures in regex.captures_iter(words).take(MOST_TRIED) {
            let whole = captures.get(1).or_else(|| captures.get(0));
            found.extend(whole.map(|it| (*kind, it.range())));
        }
    }
    found.extend(emphasis::runs(words).into_iter().map(|it| (Kind::Emphasis, it)));
    found
}

/// Tells of the stray markup of a page.
pub(super) fn report(reader: &mut Reader<'_>, document: &Document) {
    let kept = kept(reader.places.text());
    let mut found: Vec<(Place, Stray, bool)> = Vec::new();
    let mut before: Vec<Kind> = Vec::new();
    walk::texts(document, &mut |role, text| {
        let (start, end) = extent(reader, &role, text.place);
        let Some(source) = reader.places.text().get(start..end) else { return };
        let in_body = text.place.line as usize > reader.lines_before;
        // A title that is the first heading is looked at there.
        if in_body && is_plain(&role) {
            return;
        }
        let setting = match role {
            Role::Cell { .. } => Setting::Cell,
            _ => Setting::Block,
        };
        let all = strays(&text.inlines, source, setting);
        let kinds = all.iter().map(|it| it.kind).collect();
        let told = std::mem::replace(&mut before, kinds);
        for stray in all {
            // A list that was pasted is as many paragraphs, and one slip.
            if told.contains(&stray.kind) && stray.kind.is_pasted() {
                continue;
            }
            let range = start + stray.range.start..start + stray.range.end;
            let next = kept.partition_point(|it| it.end <= range.start);
            if !kept.get(next).is_some_and(|it| it.contains(&range.start)) {
                let place = reader.places.place(range.start, range.end);
                found.push((place, stray, is_plain(&role)));
            }
        }
    });
    for (place, stray, is_plain) in found {
        reader.report(told(&stray, is_plain).at(place));
    }
}

/// The bytes of a text in the file. The Markdown parser does not say where a term ends whose
/// meaning is on the next line.
fn extent(reader: &Reader<'_>, role: &Role, place: Place) -> (usize, usize) {
    let (start, end) = (place.start as usize, place.end as usize);
    match role {
        Role::Term => (start, end.max(reader.places.line_end(place.line as usize))),
        _ => (start, end),
    }
}

/// Whether a text of this role is no Markdown.
fn is_plain(role: &Role) -> bool {
    matches!(role, Role::Title | Role::Description | Role::Segment | Role::MediaTitle)
}

fn told(stray: &Stray, is_plain: bool) -> Diagnostic {
    if stray.kind != Kind::Hidden && (stray.sound || is_plain) {
        let place = if is_plain { "plain" } else { "html" };
        let warning = Diagnostic::warning("stray-unread").with("kind", stray.kind.name());
        return warning.with("text", &stray.text).with("where", place);
    }
    let warning = Diagnostic::warning(stray.kind.code());
    match stray.kind {
        Kind::Attributes => {
            let name = stray.text.split_once('#').map_or("", |it| it.1);
            let end = name.find([' ', '}']).unwrap_or(name.len());
            warning.with("text", &stray.text).with("name", slug(&name[..end]))
        }
        Kind::Sign => {
            let sign = stray.text.chars().next().map_or(0, u32::from);
            warning.with("character", format!("U+{sign:04X}"))
        }
        Kind::Hidden => {
            let sign = stray.text.chars().find(|it| HIDDEN.contains(it));
            let sign = format!("U+{:04X}", sign.map_or(0, u32::from));
            warning.with("character", sign).with("text", stray.text.replace(HIDDEN, ""))
        }
        _ => warning.with("text", &stray.text),
    }
}

/// The parts of a page whose words are final: of elements with `translate="no"`.
fn kept(text: &str) -> Vec<Range<usize>> {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            r#"(?i)<([a-z][a-z0-9-]*)\b[^<>]*\btranslate\s*=\s*["']?no\b[^<>]*>"#;
        Regex::new(pattern).expect("the pattern is ours")
    });
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(captures) = START.captures_at(text, at) {
        let (Some(tag), Some(name)) = (captures.get(0), captures.get(1)) else { break };
        let end = format!("</{}", name.as_str());
        let length = text[tag.end()..].find(&end).unwrap_or(text.len() - tag.end());
        at = tag.end() + length;
        ranges.push(tag.start()..at);
    }
    ranges
}
