//! `{.class #id lang=en}`, after a link or at the end of a paragraph.

use crate::document::{Attributes, FINAL, Language};

/// What is written between braces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// What the model keeps.
    pub(super) kept: Attributes,
    /// The names of the others.
    pub(super) ignored: Vec<String>,
}

/// Adds an attribute by its name, as in `lang=en`; one that the model has no place for is
/// noted by its name.
pub(super) fn add(written: &mut Written, name: &str, value: &str) {
    match name {
        "id" if is_word(value) => written.kept.id = Some(value.to_owned()),
        "class" => {
            written
                .kept
                .classes
                .extend(value.split_ascii_whitespace().map(str::to_owned));
        }
        "translate" if value.eq_ignore_ascii_case("no") => {
            if !written.kept.is_final() {
                written.kept.classes.push(FINAL.to_owned());
            }
        }
        "lang" => match language(value) {
            Some(language) => written.kept.language = Some(language),
            None => written.ignored.push(format!("lang={value}")),
        },
        _ => written.ignored.push(name.to_owned()),
    }
}

/// Whether a value can be an identifier: not empty, without spaces.
fn is_word(value: &str) -> bool {
    !value.is_empty() && !value.contains(char::is_whitespace)
}

/// A language tag, when it has the form of one (BCP 47).
pub(super) fn language(tag: &str) -> Option<Language> {
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fine = (2..=8).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len())
                && part.bytes().all(|it| it.is_ascii_alphanumeric())
        });
    fine.then(|| Language::new(tag))
}

/// The attributes at the end of a text, and the length of the text before them.
pub(super) fn at_end(text: &str) -> Option<(Written, usize)> {
    let inner = text.trim_end().strip_suffix('}')?;
    let start = inner.rfind('{')?;
    let written = parse(&inner[start + 1..])?;
    // `code{.class}` in the middle of a word is no attribute of its paragraph.
    let before = &inner[..start];
    let apart = before.is_empty() || before.ends_with(char::is_whitespace);
    apart.then_some((written, before.trim_end().len()))
}

/// The attributes at the start of a text, and the length they take there.
pub(super) fn at_start(text: &str) -> Option<(Written, usize)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find('}')?;
    Some((parse(&inner[..end])?, end + 2))
}

/// Reads what stands between the braces; `None` when it is ordinary text.
fn parse(inner: &str) -> Option<Written> {
    let mut written = Written::default();
    let mut rest = inner.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (name, value, after) = word(rest)?;
        match name {
            "." => written.kept.classes.push(value.to_owned()),
            "#" => written.kept.id = Some(value.to_owned()),
            _ => add(&mut written, name, value),
        }
        rest = after.trim_start();
    }
    Some(written)
}

/// The first of `.class`, `#id`, `name=value` and `name="a value"`, and what follows it.
fn word(text: &str) -> Option<(&str, &str, &str)> {
    let end = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    if text.starts_with(['.', '#']) {
        let value = &text[1..end(text)];
        let fine = !value.is_empty() && !value.contains(['"', '=', '{', '<', '>', '#']);
        return fine.then(|| (&text[..1], value, &text[1 + value.len()..]));
    }
    let (name, rest) = text.split_once('=')?;
    let fine = !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_:".contains(&it));
    if !fine {
        return None;
    }
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, after) = quoted.split_once('"')?;
        return (after.is_empty() || after.starts_with(char::is_whitespace))
            .then_some((name, value, after));
    }
    let value = &rest[..end(rest)];
    (!value.is_empty()).then(|| (name, value, &rest[value.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_at_the_end_are_parsed_off() {
        let (written, length) = at_end("mot {.a .b #c lang=en target=\"_blank x\"}")
            .expect("there are attributes");
        assert_eq!(length, 3);
        assert_eq!(written.kept.classes, ["a", "b"]);
        assert_eq!(written.kept.id.as_deref(), Some("c"));
        assert_eq!(written.kept.language, Some(Language::new("en")));
        assert_eq!(written.ignored, ["target"]);
    }

    #[test]
    fn braces_of_another_kind_are_text() {
        for text in ["{}", "{ }", "a {b}", "a {x y}", "a {.b", "f{.a}", "{.a=b}", "{%x%}"]
        {
            assert_eq!(at_end(text), None, "{text}");
        }
        assert_eq!(at_start("{.a} b").map(|it| it.1), Some(4));
    }
}
