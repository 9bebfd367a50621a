//! Interface strings as Fluent messages.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{diagnostic::Diagnostic, site::labels};

/// Interface strings as Fluent messages: the name of each, and its lines. Objects in objects
/// are made flat; names that Fluent does not know are changed, and told; what is no text is
/// left out, and told.
pub(super) fn messages(
    strings: &Map<String, Value>,
    told: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let mut writer = Writer { out: Vec::new(), taken: BTreeSet::new(), told };
    writer.object("", strings);
    writer.out
}

struct Writer<'a> {
    out: Vec<(String, String)>,
    taken: BTreeSet<String>,
    told: &'a mut Vec<Diagnostic>,
}

impl Writer<'_> {
    fn object(&mut self, prefix: &str, strings: &Map<String, Value>) {
        for (key, value) in strings {
            let key = match prefix {
                "" => key.clone(),
                prefix => format!("{prefix}.{key}"),
            };
            match value {
                Value::String(text) => self.message(&key, text),
                Value::Number(number) => self.message(&key, &number.to_string()),
                Value::Object(inner) => self.object(&key, inner),
                Value::Null | Value::Bool(_) | Value::Array(_) => {
                    self.told
                        .push(Diagnostic::warning("import-string-left").with("key", key));
                }
            }
        }
    }

    fn message(&mut self, key: &str, text: &str) {
        let wished = identifier(key);
        let unique = |number: usize| match number {
            1 => wished.clone(),
            number => format!("{wished}-{number}"),
        };
        let id = (1..).map(unique).find(|it| self.taken.insert(it.clone()));
        let id = id.expect("there is always a next number");
        if id != key {
            let note = Diagnostic::note("import-string-renamed");
            self.told.push(note.with("key", key).with("id", &id));
        }
        let line = line(&id, text);
        self.out.push((id, line));
    }
}

/// A message: its name and its text.
pub(super) fn line(id: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_matches('\n');
    if !text.contains('\n') {
        return format!("{id} = {}\n", pattern(text));
    }
    let lines = text.lines().map(|it| match it {
        "" => "\n".to_owned(),
        it => format!("    {}\n", first(it)),
    });
    format!("{id} =\n{}", lines.collect::<String>())
}

/// A line of a text of several, which may not begin with a sign of Fluent's.
fn first(line: &str) -> String {
    match line.chars().next() {
        Some(sign @ ('.' | '*' | '[')) => {
            format!("{{ \"{sign}\" }}{}", pattern(&line[1..]))
        }
        _ => pattern(line),
    }
}

/// A text as Fluent writes it. `{{ name }}` is a variable; any other brace is a sign.
fn pattern(text: &str) -> String {
    if text.trim().is_empty() {
        return format!("{{ \"{text}\" }}");
    }
    let begin = text.len() - text.trim_start_matches(' ').len();
    let end = text.trim_end_matches(' ').len();
    let blank = |it: &str| match it {
        "" => String::new(),
        it => format!("{{ \"{it}\" }}"),
    };
    let mut out = blank(&text[..begin]);
    let mut rest = &text[begin..end];
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, after)) = variable(rest) {
            out.push_str(&format!("{{ ${name} }}"));
            rest = after;
        } else {
            out.push_str(&format!("{{ \"{}\" }}", &rest[..1]));
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.push_str(&blank(&text[end..]));
    out
}

/// The name in `{{ name }}`, and what follows.
fn variable(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix("{{")?.split_once("}}")?;
    let name = name.trim();
    (is_identifier(name)).then_some((name, after))
}

fn is_identifier(name: &str) -> bool {
    let good = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    name.starts_with(|it: char| it.is_ascii_alphabetic()) && name.chars().all(good)
}

/// A name that Fluent can have. One that differs from a word of the interface only in its
/// hyphens is that word.
fn identifier(key: &str) -> String {
    let good = |it: char| if it.is_ascii_alphanumeric() || it == '_' { it } else { '-' };
    let mut id: String = key.chars().map(good).collect();
    if !id.starts_with(|it: char| it.is_ascii_alphabetic()) {
        id.insert_str(0, "text-");
    }
    let ours = id.replace('_', "-");
    if is_ours(&ours) { ours } else { id }
}

/// Whether the interface has a word of this name that takes no variables.
fn is_ours(id: &str) -> bool {
    let lines = labels::BUILT_IN.iter().flat_map(|it| it.1.lines());
    let mut values = lines.filter_map(|it| it.split_once(" = ").filter(|it| it.0 == id));
    values.next().is_some_and(|it| !it.1.contains('{'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use serde_json::json;

    /// What Fluent reads where this text was written.
    fn read_back(text: &str) -> String {
        let (words, faults) = Words::new("fr", &[("a.ftl", &line("a", text))]);
        assert!(faults.is_empty(), "{faults:?}");
        words.format("a", &[("name", "NAME".into())])
    }

    #[test]
    fn every_text_comes_back_as_it_was() {
        for text in [
            "Accueil",
            "",
            " ",
            " a b  ",
            "{ x }",
            "}",
            "a { b",
            "# a",
            ".b",
            "[a]",
            "* a",
            "un\ndeux",
            "un\n\n.deux\n  trois",
            "[a]\n*b\n}c",
            "\"a\" = b",
            "{$x}",
            "é – …",
        ] {
            assert_eq!(read_back(text), text.trim_end_matches('\n'), "{text:?}");
        }
        assert_eq!(read_back("Bonjour {{ name }} !"), "Bonjour NAME !");
    }

    #[test]
    fn names_are_made_fit_and_told() {
        let strings = json!({
            "home": "Accueil", "you_are_here": "ici", "2fa": "x", "a b": "1", "a-b": "2",
            "menu": { "open": "Ouvrir" }, "list": [1]
        });
        let mut told = Vec::new();
        let messages = messages(strings.as_object().expect("an object"), &mut told);
        let text: String = messages.into_iter().map(|it| it.1).collect();
        assert_eq!(
            text,
            "home = Accueil\nyou-are-here = ici\ntext-2fa = x\na-b = 1\na-b-2 = 2\n\
             menu-open = Ouvrir\n"
        );
        let codes: Vec<_> = told.iter().map(|it| it.code).collect();
        assert_eq!(codes.iter().filter(|it| **it == "import-string-renamed").count(), 5);
        assert_eq!(codes.iter().filter(|it| **it == "import-string-left").count(), 1);
    }
}
