//! What Markdown must not look into: the templates' own constructs (`{% shortcode %}`,
//! `{{ expression }}`, `{# comment #}`), the fences of containers, and formulas that stand
//! alone.
//!
//! Before the Markdown parser sees a page, each of them is replaced by a token; a `:::` or
//! `???` line and a formula become a token that is a block of its own. The parser then
//! decides what is code, list or quotation, and the tokens that it left in code, addresses
//! and the like are put back as they were written.

use std::{borrow::Cow, collections::BTreeSet};

/// Begins a token. It is no character, and `clean` keeps it out of the pages.
const OPEN: char = '\u{FDD0}';
/// Ends a token.
const CLOSE: char = '\u{FDD1}';

/// What a token stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opaque {
    /// As it is written.
    pub(super) text: String,
    /// Its first byte in the file.
    pub(super) start: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What kind of construct a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{% name … %}`.
    Shortcode,
    /// `{{ expression }}`.
    Expression,
    /// `{# comment #}`.
    Comment,
    /// `{% raw %}` and `{% endraw %}`: what they hold is no construct.
    Raw,
    /// A line that begins with `:::` or `???`.
    Fence,
    /// `$$ … $$`, from the beginning of a line to the end of one.
    Formula,
}

impl Kind {
    /// Whether it stands for a block of its own.
    fn is_block(self) -> bool {
        matches!(self, Kind::Fence | Kind::Formula)
    }
}

/// The tokens of a page.
#[derive(Debug, Default)]
pub(super) struct Opaques {
    all: Vec<Opaque>,
    /// The names of the shortcodes that have an end: `x` where there is `{% endx %}`.
    paired: BTreeSet<String>,
}

/// Replaces constructs and fences by tokens, line ends by `\n`, and characters that no
/// format can hold by spaces. Lines keep their numbers and, but for lines with a short
/// construct, columns too. `base` is the offset of `text` in the file, `formulas` says
/// whether `$$` means one.
pub(super) fn mask(text: &str, base: usize, formulas: bool) -> (String, Opaques) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut found = Opaques::default();
    let mut ends = Ends::new(text);
    let mut closers = Closers::new(if formulas { text } else { "" });
    let mut is_raw = false;
    let mut at = 0;
    let mut line_begins = true;
    while at < text.len() {
        let rest = &text[at..];
        if line_begins {
            line_begins = false;
            let own = fence(rest).map(|it| (it, Kind::Fence));
            let own = own.or_else(|| {
                let found = if formulas { closers.formula(at) } else { None };
                found.map(|it| (it, Kind::Formula))
            });
            if let Some(((indent, length), kind)) = own {
                out.push_str(&rest[..indent]);
                let text = rest[indent..length].trim_end().to_owned();
                out.push_str(&format!("<?{OPEN}{}{CLOSE}?>", found.all.len()));
                out.extend(lines(&text));
                found.push(text, base + at + indent, kind);
                at += length;
                continue;
            }
        }
        if let Some((kind, length)) = ends.construct(at, is_raw) {
            is_raw = kind == Kind::Raw && !is_raw;
            let text = &rest[..length];
            let number = found.push(text.to_owned(), base + at, kind);
            // The zeros keep the columns of what follows on the line right.
            let width = length.saturating_sub(2 * OPEN.len_utf8());
            out.push_str(&format!("{OPEN}{number:0width$}{CLOSE}"));
            out.extend(lines(text));
            at += length;
            continue;
        }
        let next = rest.chars().next().expect("`at` is before the end");
        at += next.len_utf8();
        line_begins = matches!(next, '\n' | '\r');
        match next {
            '\r' if text[at..].starts_with('\n') => line_begins = false,
            '\r' => out.push('\n'),
            _ => out.push(clean(next)),
        }
        // What follows up to the next character of interest goes as it is.
        let run = text[at..]
            .bytes()
            .position(|it| it < b' ' || it == b'{' || it >= 0x7F)
            .unwrap_or(text.len() - at);
        if !line_begins {
            out.push_str(&text[at..at + run]);
            at += run;
        }
    }
    (out, found)
}

/// A character that XML and HTML can hold: others become a space or U+FFFD.
pub(super) fn clean(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1F}' => ' ',
        '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => char::REPLACEMENT_CHARACTER,
        _ if u32::from(character) & 0xFFFE == 0xFFFE => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// The indent and the length (without line end) of a line that opens or closes a container.
fn fence(line: &str) -> Option<(usize, usize)> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[indent..];
    if !rest.starts_with(":::") && !rest.starts_with("???") {
        return None;
    }
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    // `????` is a way to wonder, not to fold.
    let marks = rest.len() - rest.trim_start_matches(['?', ':']).len();
    let folds = rest.starts_with("???")
        && (marks > 3 || rest[3..].starts_with(char::is_alphanumeric));
    (!folds).then_some((indent, indent + length))
}

/// Where the next `$$` at the end of a line stands; looked for once, however many formulas
/// seem to begin.
#[derive(Debug)]
struct Closers<'a> {
    text: &'a str,
    next: Option<usize>,
}

impl<'a> Closers<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, next: closer(text, 0) }
    }

    /// The first from an offset on.
    fn from(&mut self, at: usize) -> Option<usize> {
        if self.next? < at {
            self.next = closer(self.text, at);
        }
        self.next
    }

    /// The indent and the length (without line end) of the lines of a formula that stands
    /// alone: from `$$` at the beginning of one to `$$` at the end of one, without an empty
    /// one between them.
    fn formula(&mut self, at: usize) -> Option<(usize, usize)> {
        /// Longer ones are not formulas but prices.
        const LONGEST: usize = 2048;
        let text = &self.text[at..];
        let indent = text.len() - text.trim_start_matches(' ').len();
        let inner = text[indent..].strip_prefix("$$").filter(|_| indent < 4)?;
        let start = at + indent + 2;
        let end = self.from(start)? - start;
        if end > LONGEST || inner[..inner.find("$$")?].trim().is_empty() {
            return None;
        }
        let formula = inner[..end].trim();
        if formula.contains("\n\n") || formula.contains("\n\r\n") {
            return None;
        }
        let after = &inner[end + 2..];
        let line = after.find(['\n', '\r']).unwrap_or(after.len());
        Some((indent, indent + 2 + end + 2 + line))
    }
}

/// The first `$$` from an offset on that is no escaped one and ends its line.
fn closer(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text[at..].find("$$")?;
        let mut after = text[at + 2..].chars();
        let blank = |it: &char| it.is_whitespace() && !matches!(it, '\n' | '\r');
        let ends = after.find(|it| !blank(it)).is_none_or(|it| matches!(it, '\n' | '\r'));
        if ends && !text[..at].ends_with('\\') {
            return Some(at);
        }
        at += 1;
    }
}

/// As many line ends as a text has.
fn lines(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&it| it == '\n')
}

/// What begins and ends a construct of a template, the longest that one is, and its kind.
/// Longer ones are not constructs but forgotten ends.
const CONSTRUCTS: [(&str, &str, usize, Kind); 3] = [
    ("{%", "%}", 4096, Kind::Shortcode),
    ("{{", "}}", 400, Kind::Expression),
    ("{#", "#}", 4096, Kind::Comment),
];

/// Where the next construct of each kind may end; looked for once, however many seem to
/// begin.
#[derive(Debug)]
struct Ends<'a> {
    text: &'a str,
    next: [Option<usize>; 3],
}

impl<'a> Ends<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, next: CONSTRUCTS.map(|it| text.find(it.1)) }
    }

    /// The construct that begins at an offset, if one does, and its length. Where
    /// constructs are shown as they are written, only the end of that is one.
    fn construct(&mut self, at: usize, is_raw: bool) -> Option<(Kind, usize)> {
        let rest = &self.text[at..];
        let which = CONSTRUCTS.iter().position(|it| rest.starts_with(it.0))?;
        let (_, close, longest, kind) = CONSTRUCTS[which];
        let inner = at + 2;
        if self.next[which]? < inner {
            self.next[which] = self.text[inner..].find(close).map(|it| inner + it);
        }
        let length = self.next[which]? + 2 - at;
        let text = rest.get(..length).filter(|_| length <= longest)?;
        let kind = match (kind, name(text)) {
            (Kind::Shortcode, "endraw" | "endverbatim") => Kind::Raw,
            (Kind::Shortcode, "raw" | "verbatim") if !is_raw => Kind::Raw,
            (kind, _) => kind,
        };
        let is_one = match kind {
            Kind::Raw => true,
            // `{#id}` is an attribute.
            Kind::Comment => rest[2..].starts_with([' ', '\t', '\n', '\r', '-']),
            Kind::Expression => {
                !text[2..length - 2].trim().is_empty() && !text.contains("\n\n")
            }
            _ => true,
        };
        (is_one && (!is_raw || kind == Kind::Raw)).then_some((kind, length))
    }
}

/// The name of a shortcode.
pub(super) fn name(text: &str) -> &str {
    let inner = text.trim_start_matches("{%").trim_start_matches('-').trim_start();
    let inner = inner.trim_end_matches("%}").trim_end_matches('-');
    inner
        .split(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | ',' | '('))
        .next()
        .unwrap_or_default()
}

impl Opaques {
    fn push(&mut self, text: String, start: usize, kind: Kind) -> usize {
        if let Some(end) = name(&text).strip_prefix("end")
            && kind == Kind::Shortcode
        {
            self.paired.insert(end.to_owned());
        }
        self.all.push(Opaque { text, start, kind });
        self.all.len() - 1
    }

    /// Whether a shortcode of this name has an end in the page.
    pub(super) fn is_paired(&self, name: &str) -> bool {
        self.paired.contains(name)
    }

    /// Puts back what tokens stand for.
    pub(super) fn restore<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.all.is_empty() || !text.contains(OPEN) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for piece in self.pieces(text) {
            out.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Opaque(Opaque { kind: Kind::Raw, .. }) => "",
                Piece::Opaque(opaque) => &opaque.text,
            });
        }
        Cow::Owned(out)
    }

    /// The text between tokens, and what the tokens stand for.
    pub(super) fn pieces<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, opaque, after)) = self.split(rest) {
            let block = opaque.kind.is_block();
            let before =
                if block { before.strip_suffix("<?").unwrap_or(before) } else { before };
            rest = if block { after.strip_prefix("?>").unwrap_or(after) } else { after };
            // The line ends that keep the numbers of lines are in the construct already.
            for _ in lines(&opaque.text) {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            pieces.push(Piece::Opaque(opaque));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }

    fn split<'a, 'b>(&'a self, text: &'b str) -> Option<(&'b str, &'a Opaque, &'b str)> {
        let (before, rest) = text.split_once(OPEN)?;
        let (number, after) = rest.split_once(CLOSE)?;
        let opaque = self.all.get(number.parse::<usize>().ok()?)?;
        Some((before, opaque, after))
    }

    /// What this text stands for when it is one block and nothing else.
    pub(super) fn block(&self, text: &str) -> Option<&Opaque> {
        let text = text.trim();
        let inner = text.strip_prefix("<?")?.strip_suffix("?>")?;
        let number = inner.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        self.all.get(number.parse::<usize>().ok()?).filter(|it| it.kind.is_block())
    }
}

/// A piece of a text with tokens.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// What a token stands for.
    Opaque(&'a Opaque),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_comes_back_and_lines_stay() {
        let text = "a {% b \"c\" %} é\r\n  :::callout Le « titre » : ici\r\nx\r:::\n";
        let (masked, opaques) = mask(text, 10, false);
        assert_eq!(masked.lines().count(), 4);
        assert!(!masked.contains("{%") && !masked.contains(":::"));
        assert_eq!(masked.find('é'), text.find('é'));
        assert_eq!(
            opaques.restore(&masked),
            text.replace("\r\n", "\n").replace('\r', "\n")
        );
        assert_eq!(
            opaques.all[1].start,
            10 + text.find(":::").expect("there is a fence")
        );
    }

    #[test]
    fn characters_that_no_format_can_hold_are_replaced() {
        let (masked, _) = mask("a\u{1}b\u{FDD0}7\u{FDD1}c\u{FFFF}", 0, false);
        assert_eq!(masked, "a b\u{FFFD}7\u{FFFD}c\u{FFFD}");
    }

    #[test]
    fn a_shortcode_without_end_is_text() {
        assert_eq!(mask("{% a\n\nb", 0, false).0, "{% a\n\nb");
    }

    #[test]
    fn each_construct_of_a_template_is_told_apart() {
        let text =
            "{% a %} {{ b }} {# c #} {#d} {{}} {% raw %}{% e %} {{ f }}{% endraw %}";
        let (_, opaques) = mask(text, 0, false);
        let kinds: Vec<Kind> = opaques.all.iter().map(|it| it.kind).collect();
        use Kind::{Comment, Expression, Raw, Shortcode};
        assert_eq!(kinds, [Shortcode, Expression, Comment, Raw, Raw]);
    }

    #[test]
    fn a_construct_of_several_lines_comes_back_with_as_many() {
        for text in ["{% a\nb\nc %}\nd", "```\n$$\na\n- b\n$$\nc\n```"] {
            let (masked, opaques) = mask(text, 0, true);
            assert_eq!(masked.lines().count(), text.lines().count());
            assert_eq!(opaques.restore(&masked), text);
        }
    }

    #[test]
    fn a_formula_that_stands_alone_is_told_from_prices() {
        let found = |text: &str| mask(text, 0, true).1.all.len();
        assert_eq!(found("$$x$$\n"), 1);
        assert_eq!(found("  $$\na\n- b\n$$  \n"), 1);
        for text in ["$$5 et $$6 francs", "$$a\n\nb$$", "$$$$", "    $$x$$", "$$x\\$$"] {
            assert_eq!(found(text), 0, "{text}");
        }
        assert_eq!(mask("$$x$$", 0, false).1.all.len(), 0);
    }
}
