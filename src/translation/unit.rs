//! What is translated: which texts are units, and what two of them must share to be one.
//!
//! A unit is a text with at least one letter of its own. A text that holds only numbers,
//! signs, code or bare addresses is never asked of a translator, nor is what is final in every
//! language (`settle`). A quantity is written as each language writes it (`quantity`), unless
//! the workspace asks translators for it.
//!
//! A unit's key is a fingerprint of its *normalised* canonical Markdown. What a typist
//! or an editor changes without changing a word does not change the key: how lines are
//! wrapped, which kind of space is used and whether one stands before `: ; ! ? »` or
//! after `«`, and the shape of the apostrophe. Code, tags and addresses count as they
//! are. [`RULE_VERSION`] names this rule in each catalogue.

use std::{borrow::Cow, collections::HashMap, fmt};

use sha2::{Digest, Sha256};

use crate::{
    document::{Document, Inline, Link, Role, Text, Wording, walk},
    source::line,
};

/// The version of the rule that normalises a text. A catalogue names it in its header.
pub const RULE_VERSION: u32 = 1;

/// Between a context and its text, as in the compiled catalogues of gettext.
const CONTEXT_END: &str = "\u{4}";

/// The fingerprint of a unit's normalised text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of a unit's canonical Markdown.
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(normalise(text)).into())
    }

    /// The key of a unit whose author said in which sense it is meant.
    pub(super) fn within(context: Option<&str>, text: &str) -> Self {
        let Some(context) = context else { return Self::of(text) };
        let text = [context, &normalise(text)].join(CONTEXT_END);
        Self(Sha256::digest(text).into())
    }

    /// The address inside its page of a unit with this key.
    pub(super) fn address(self) -> String {
        let Self([a, b, c, d, ..]) = self;
        format!("u-{:08x}", u32::from_be_bytes([a, b, c, d]))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The fingerprint of a unit's canonical Markdown, in hexadecimal digits.
pub fn fingerprint(text: &str) -> String {
    Key::of(text).to_string()
}

/// Gives each unit of the document its address inside the page.
pub fn number(document: &mut Document) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    walk::texts_mut(document, &mut |_, text| {
        if !is_unit(text) {
            return;
        }
        text.markdown = line::write(&text.inlines);
        text.unit = Key::within(text.context.as_deref(), &text.markdown).address();
        let count = seen.entry(text.unit.clone()).or_default();
        *count += 1;
        if *count > 1 {
            text.unit.push_str(&format!("-{count}"));
        }
    });
}

/// The source of a unit as translators see it.
pub(super) fn canonical(unit: &Text) -> Cow<'_, str> {
    match unit.markdown.is_empty() {
        true => Cow::Owned(line::write(&unit.inlines)),
        false => Cow::Borrowed(&unit.markdown),
    }
}

/// A unit's address without what tells repeats of one text apart.
pub(super) fn address(unit: &Text) -> &str {
    unit.unit.get(..10).unwrap_or_default()
}

/// Whether a text is to be translated.
pub fn is_unit(text: &Text) -> bool {
    match text.wording {
        Wording::Words => has_letter(&text.inlines),
        Wording::Name | Wording::Address | Wording::Quantity => false,
        Wording::Asked => true,
    }
}

fn has_letter(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text) => letter(text),
        Inline::Styled(_, inner) => has_letter(inner),
        Inline::Span(span) => has_letter(&span.inlines),
        Inline::Link(link) => {
            letter_in(link.title.as_deref())
                || !is_bare(link) && has_letter(&link.inlines)
        }
        Inline::Image(image) => {
            letter(&image.alternative) || letter_in(image.title.as_deref())
        }
        Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Footnote(_) => false,
    })
}

pub(super) fn letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

pub(super) fn letter_in(text: Option<&str>) -> bool {
    text.is_some_and(letter)
}

/// Whether the words of a link are its address.
pub(super) fn is_bare(link: &Link) -> bool {
    let [Inline::Text(words)] = link.inlines.as_slice() else { return false };
    let words = words.trim();
    let schemes = ["", "https://", "http://", "mailto:", "tel:"];
    schemes.iter().any(|scheme| link.address.strip_prefix(scheme) == Some(words))
}

/// What a role is called before a translator.
pub fn describe(role: &Role) -> String {
    let words = match role {
        Role::Title => "page title",
        Role::Description => "page description",
        Role::Segment => "breadcrumb segment",
        Role::Heading(level) => return format!("heading {level}"),
        Role::Paragraph => "paragraph",
        Role::Item => "list item",
        Role::Cell { column, header: false } => {
            return format!("table cell, column {column}");
        }
        Role::Cell { column, header: true } => {
            return format!("table header, column {column}");
        }
        Role::Caption => "caption",
        Role::Alternative => "alternative text",
        Role::Term => "term of a definition",
        Role::CalloutTitle => "title of a callout",
        Role::Summary => "title of a folded part",
        Role::Attribution => "author of a quotation",
        Role::MediaTitle => "title of a video, a sound or an embedded page",
        Role::Unknown => "construct that the program does not know",
    };
    words.to_owned()
}

/// The text as the key sees it.
pub(super) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut rest = text;
    loop {
        // Most of a text is plain words.
        let words = rest.bytes().take_while(|it| is_plain(*it)).count();
        if words > 0 {
            let first = rest.as_bytes()[0] as char;
            if std::mem::take(&mut space) && keeps_space(&out, first) {
                out.push(' ');
            }
            out.push_str(&rest[..words]);
            rest = &rest[words..];
        }
        let Some(sign) = rest.chars().next() else { break };
        let verbatim = verbatim(rest);
        if verbatim == 0 {
            rest = &rest[sign.len_utf8()..];
            if is_space(sign) {
                space = true;
                continue;
            }
        }
        if std::mem::take(&mut space) && keeps_space(&out, sign) {
            out.push(' ');
        }
        if verbatim == 0 {
            out.push(if sign == '’' { '\'' } else { sign });
        } else {
            out.push_str(&rest[..verbatim]);
            rest = &rest[verbatim..];
        }
    }
    out
}

/// Whether a byte is a sign that stays as it is and begins nothing.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b",.-'()*/_#\"".contains(&byte)
}

fn is_space(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{a0}' | '\u{202f}')
}

/// Whether a space between these is more than typography.
fn keeps_space(before: &str, after: char) -> bool {
    !before.is_empty()
        && !before.ends_with('«')
        && !matches!(after, ':' | ';' | '!' | '?' | '»')
}

/// How many bytes from here on are code, a tag, an address or an escaped sign, in which
/// every sign counts.
fn verbatim(rest: &str) -> usize {
    match rest.as_bytes()[0] {
        b'`' => code(rest.as_bytes()),
        b'<' if rest[1..]
            .starts_with(|it: char| it.is_ascii_alphabetic() || it == '/') =>
        {
            let end = rest[1..].find(['<', '>']).map_or(0, |it| it + 2);
            if rest[..end].ends_with('>') { end } else { 0 }
        }
        b']' if rest.starts_with("](") => {
            rest.find(|it: char| it.is_whitespace() || it == ')').unwrap_or(rest.len())
        }
        b'\\' => {
            rest.chars().take(2).filter(|it| !is_space(*it)).map(char::len_utf8).sum()
        }
        _ => 0,
    }
}

/// The length of a code span, or of its fence when nothing closes it soon: to look as far
/// as the end for every fence would take a hostile text hours.
fn code(rest: &[u8]) -> usize {
    let run = |from: usize| rest[from..].iter().take_while(|it| **it == b'`').count();
    let fence = run(0);
    let mut at = fence;
    while at < rest.len().min(fence + 2000) {
        match run(at) {
            0 => at += 1,
            it if it == fence => return at + it,
            it => at += it,
        }
    }
    fence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) {
        assert_eq!(fingerprint(a), fingerprint(b), "{a:?} and {b:?}");
    }

    fn different(a: &str, b: &str) {
        assert_ne!(fingerprint(a), fingerprint(b), "{a:?} and {b:?}");
    }

    #[test]
    fn typography_does_not_change_a_fingerprint() {
        same("L'été : « oui » !", "L’été\u{a0}: «\u{202f}oui\u{a0}»\u{202f}!");
        same("L'été : « oui » !", "  L'été: «oui»!\n");
        same("une phrase\nsur deux lignes", "une phrase sur  deux lignes");
    }

    #[test]
    fn words_marks_and_addresses_change_a_fingerprint() {
        different("le logiciel libre", "les logiciels libres");
        different("le *logiciel* libre", "le logiciel libre");
        different("[lien](/a)", "[lien](/b)");
        different("un mot", "unmot");
        different("50 %", "50%");
    }

    #[test]
    fn code_tags_and_addresses_count_as_they_are() {
        different("`a :b`", "`a:b`");
        different("``a’ ` :b``", "``a' ` :b``");
        different("[lien](/l’un)", "[lien](/l'un)");
        different("<span lang=\"en\">x</span>", "<span  lang=\"en\">x</span>");
        same("`a` : b", "`a`: b");
        same("[lien](/a) : b", "[lien](/a)\u{a0}: b");
    }

    #[test]
    fn a_text_without_letters_is_no_unit() {
        let unit = |inlines| is_unit(&Text::new(Default::default(), inlines));
        assert!(!unit(vec![Inline::Text("12,5 % – 2024".into())]));
        assert!(!unit(vec![Inline::Code("cargo".into())]));
        assert!(unit(vec![Inline::Text("20 % libre".into())]));
        assert!(unit(vec![Inline::Text("言".into())]));
    }

    proptest::proptest! {
        #[test]
        fn to_normalise_twice_is_to_normalise_once(text in "[ab`<>\\\\\\[\\](){}’' :;!?«»\u{a0}\u{202f}\n]{0,40}") {
            let once = normalise(&text);
            proptest::prop_assert_eq!(normalise(&once), once);
        }
    }
}
