//! Lines that were meant to begin a block.
//!
//! Lines are those of the source: raw HTML has none once it is read.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    Kind, Setting, Stray,
    passage::{Passage, shown},
};

/// Spaces that are none to Markdown, and signs that nobody sees.
const STRANGE: [char; 7] =
    ['\u{a0}', '\u{202f}', '\u{2007}', '\u{2009}', '\u{200b}', '\u{feff}', '\u{ad}'];

/// The bullets of word processors; in the fonts of some, signs of their own.
const BULLETS: [char; 9] = ['•', '◦', '▪', '▫', '‣', '⁃', '●', '○', '·'];

/// A line of the source.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// Whether spaces that are none to Markdown stand before it.
    astray: bool,
}

/// What looks like the beginning of a block.
pub(super) fn strays(passage: &Passage<'_>, setting: Setting) -> Vec<Stray> {
    let lines = lines(passage.source());
    let mut found = Vec::new();
    let mut say = |kind: Kind, line: Line<'_>, sound: bool| {
        let text = shown(line.text);
        let range = line.start..line.start + line.text.len();
        found.push(Stray { kind, text, range, sound });
    };
    let said = |line: &Line<'_>| passage.says(&beginning(line.text));
    for line in &lines {
        if let Some(sound) = heading(line.text, setting).filter(|_| said(line)) {
            say(Kind::Heading, *line, sound && !line.astray);
        }
        if line.text.starts_with(":::") && said(line) {
            say(Kind::Container, *line, false);
        }
    }
    if let Some((line, sound)) = list(&lines, setting, &said) {
        say(Kind::List, line, sound);
    } else if let Some(line) = tabs(&lines).filter(|_| setting == Setting::Block) {
        say(Kind::Tabs, line, false);
    }
    if let Some(line) = table(&lines, setting).filter(|_| passage.says("|")) {
        say(Kind::Table, line, false);
    }
    found
}

/// The lines, without what stands before their words.
fn lines(source: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (number, whole) in source.split_inclusive('\n').enumerate() {
        let text = whole.trim_end_matches(['\n', '\r', ' ', '\t']);
        let quote = |it: char| matches!(it, ' ' | '\t') || (it == '>' && number > 0);
        let marked = text.trim_start_matches(quote);
        let inner = marked.trim_start_matches(STRANGE);
        let astray = inner.len() < marked.len();
        let inner = inner.trim_start_matches([' ', '\t']);
        if !inner.is_empty() {
            let start = start + text.len() - inner.len();
            lines.push(Line { text: inner, start, astray });
        }
        start += whole.len();
    }
    lines
}

/// The marks of a line and its first word, with one space where there are several.
fn beginning(line: &str) -> String {
    let mark = line.find(|it: char| it.is_alphanumeric()).unwrap_or(line.len());
    let word = line[mark..].find(|it: char| !it.is_alphanumeric());
    let line = &line[..word.map_or(line.len(), |it| mark + it)];
    let words: Vec<&str> = line.split([' ', '\t']).filter(|it| !it.is_empty()).collect();
    // What sets words apart is not in what is read.
    let words = words.join(" ");
    let end = words.get(1..).and_then(|it| it.find(['*', '_', '[', '`', '<', '\\', '&']));
    words[..end.map_or(words.len(), |it| it + 1)].trim_end_matches(' ').to_owned()
}

static GLUED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^#{2,6}[\p{L}\p{N}«“"(]"#));
static APART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:#{1,6}[\x{A0}\x{202F}\x{2007}\x{2009}\x{200B}\x{FEFF}]+\s*\S|#{7,}\s+\S)",
    )
});
static SOUND: LazyLock<Regex> = LazyLock::new(|| pattern(r"^#{1,6} +[^\s#]"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is ours")
}

/// Whether a line was meant as a heading, and is a good one.
fn heading(line: &str, setting: Setting) -> Option<bool> {
    if !line.starts_with('#') {
        return None;
    }
    if SOUND.is_match(line) {
        // `# 12` in a cell is a number.
        return (setting != Setting::Cell).then_some(true);
    }
    (GLUED.is_match(line) || APART.is_match(line)).then_some(false)
}

/// What begins the line of a list, and whether it is good.
fn item(line: &str) -> Option<Mark> {
    let mut signs = line.chars();
    let (first, next) = (signs.next()?, signs.next()?);
    let third = signs.next();
    let private = ('\u{e000}'..='\u{f8ff}').contains(&first);
    if private || BULLETS.contains(&first) {
        let apart = next.is_whitespace() || STRANGE.contains(&next);
        return (apart || first == '•').then_some(Mark::Certain);
    }
    match first {
        '-' | '*' | '+' if next == ' ' || next == '\t' => Some(Mark::Sound),
        '-' | '*' | '+' if STRANGE.contains(&next) => Some(Mark::Certain),
        '-' | '*' if next.is_alphabetic() => Some(Mark::Likely),
        'o' if next == '\t' => Some(Mark::Certain),
        '0'..='9' => {
            let rest = line.trim_start_matches(|it: char| it.is_ascii_digit());
            let after = rest.strip_prefix(['.', ')'])?.chars().next()?;
            let strange = STRANGE.contains(&after) || after.is_whitespace();
            (strange && third.is_some()).then_some(Mark::Likely)
        }
        _ => None,
    }
}

/// How sure it is that a line was meant as that of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It can be nothing else.
    Certain,
    /// It is one, where lists are read.
    Sound,
    /// It is one if the next line is like it.
    Likely,
}

fn list<'a>(
    lines: &[Line<'a>],
    setting: Setting,
    said: &dyn Fn(&Line<'_>) -> bool,
) -> Option<(Line<'a>, bool)> {
    let mark = |line: &Line<'_>| match item(line.text) {
        Some(Mark::Sound) if line.astray => Some(Mark::Certain),
        mark => mark,
    };
    let marks: Vec<Option<Mark>> = lines.iter().map(mark).collect();
    // Names between bullets, of which one line ends before a bullet.
    let separates = |at: usize| {
        let bullet = lines[at].text.chars().next().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|it| lines.get(it));
        before.is_some_and(|it| {
            !it.text.starts_with(bullet)
                && it
                    .text
                    .contains([' ', bullet, ' '].iter().collect::<String>().as_str())
        })
    };
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = marks[at].filter(|_| said(line)) else { continue };
        let again = marks.get(at + 1) == Some(&Some(mark))
            && lines
                .get(at + 1)
                .is_some_and(|it| said(it) && is_like(line.text, it.text));
        let fits = match mark {
            Mark::Certain => !separates(at),
            Mark::Sound => again || setting == Setting::Unit,
            Mark::Likely => again,
        };
        if fits {
            return Some((*line, mark == Mark::Sound));
        }
    }
    None
}

/// Whether two lines begin with the same mark, or with one number and the next.
fn is_like(first: &str, second: &str) -> bool {
    let number = |it: &str| {
        let end = it.find(|it: char| !it.is_ascii_digit()).unwrap_or(it.len());
        it[..end].parse::<u32>().ok()
    };
    match (number(first), number(second)) {
        (Some(first), Some(second)) => first.checked_add(1) == Some(second),
        (None, None) => first.chars().next() == second.chars().next(),
        _ => false,
    }
}

/// The first of two lines that have the same number of cells between tabs.
fn tabs<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    let count = |it: &Line<'_>| {
        let cells = it.text.split('\t').filter(|it| !it.trim().is_empty()).count();
        if it.text.contains('`') { 1 } else { cells }
    };
    let pair =
        lines.windows(2).find(|it| count(&it[0]) > 1 && count(&it[0]) == count(&it[1]));
    pair.map(|it| it[0])
}

static RULE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\|?[\s:|—–-]*[-—–]{2}[\s:|—–-]*$"));

/// The first of the lines that were meant as a table.
fn table<'a>(lines: &[Line<'a>], setting: Setting) -> Option<Line<'a>> {
    let pipes = |it: &Line<'_>| unescaped_pipes(it.text);
    let framed = |it: &Line<'_>| {
        it.text.len() > 1
            && it.text.starts_with('|')
            && it.text.ends_with('|')
            && pipes(it) > 1
    };
    if setting == Setting::Cell {
        return None;
    }
    let single =
        lines.iter().find(|it| framed(it) && it.text.starts_with("| ") && pipes(it) > 2);
    let ruled = |it: &&[Line<'_>]| {
        pipes(&it[0]) > 0 && it[1].text.contains('|') && RULE.is_match(it[1].text)
    };
    let pair =
        lines.windows(2).find(|it| (framed(&it[0]) && framed(&it[1])) || ruled(it));
    let alike = |it: &&[Line<'_>]| {
        let apart = |it: &Line<'_>| it.text.matches(" | ").count();
        let same = it.iter().all(|line| apart(line) == apart(&it[0]));
        apart(&it[0]) > 0 && same
    };
    let three = lines.windows(3).find(alike);
    single.copied().or_else(|| pair.map(|it| it[0])).or_else(|| three.map(|it| it[0]))
}

fn unescaped_pipes(text: &str) -> usize {
    text.match_indices('|').filter(|it| !text[..it.0].ends_with('\\')).count()
}
