//! The program speaks French and English, wholly: every message is in both, with the same
//! variables, and none is there for nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use plantin::words::PROGRAM;

use crate::support::root;

/// What a language says: the variables of each message and attribute (`id`, `id.hint`).
type Said = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_file_of_messages_can_be_read() {
    for (language, files) in PROGRAM {
        for (name, text) in *files {
            if let Err((_, faults)) = parser::parse(*text) {
                panic!("{language}/{name}: {faults:?}");
            }
        }
    }
}

#[test]
fn no_message_is_said_twice() {
    for (language, files) in PROGRAM {
        let mut seen = BTreeSet::new();
        for (name, text) in *files {
            for id in messages(text).into_keys().filter(|it| !it.contains('.')) {
                assert!(seen.insert(id.clone()), "{id} again in {language}/{name}");
            }
        }
        let count: usize = files.iter().map(|it| count(it.1)).sum();
        assert_eq!(
            count,
            seen.len(),
            "a message is said twice in one file of {language}"
        );
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let (first, rest) = PROGRAM.split_first().expect("there are languages");
    let expected = said(first.1);
    for (language, files) in rest {
        let said = said(files);
        let missing: Vec<_> =
            expected.keys().filter(|it| !said.contains_key(*it)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let extra: Vec<_> =
            said.keys().filter(|it| !expected.contains_key(*it)).collect();
        assert!(extra.is_empty(), "{language} alone has {extra:?}");
        for (id, variables) in &expected {
            assert_eq!(&said[id], variables, "variables of {id} in {language}");
        }
    }
}

#[test]
fn every_diagnostic_has_words_and_says_what_to_do_next() {
    let said = said(PROGRAM[0].1);
    let mut missing = Vec::new();
    for (file, diagnostic) in diagnostics() {
        let Diagnostic { code, given } = &diagnostic;
        let hint = format!("{code}.hint");
        for id in [code, &hint] {
            match said.get(id) {
                None => missing.push(format!("{file}: no message {id}")),
                Some(wanted) => {
                    missing.extend(wanted.difference(given).map(|it| {
                        format!("{file}: {id} wants ${it}, which is not given")
                    }));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_message_is_there_for_nothing() {
    let mut code = String::new();
    for (_, text) in sources() {
        code.push_str(&text);
    }
    let unused: Vec<String> = said(PROGRAM[0].1)
        .into_keys()
        .filter(|it| !it.contains('.') && !code.contains(&format!("\"{it}\"")))
        .filter(|it| {
            !PROGRAM[0].1.iter().any(|file| file.1.contains(&format!("{{ {it} }}")))
        })
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:#?}");
}

#[test]
fn french_is_set_as_french_is() {
    let (_, files) = PROGRAM.iter().find(|it| it.0 == "fr").expect("there is French");
    for (name, text) in *files {
        for (number, line) in text.lines().enumerate() {
            // Comments are for programmers; what stands in braces is for Fluent.
            if line.starts_with('#') || line.trim_start().starts_with(['[', '*', '}']) {
                continue;
            }
            for wrong in ["« ", " »", "'", " :", " ;", " ?", " !", " %"] {
                let found = line.contains(wrong);
                assert!(!found, "fr/{name}:{}: {wrong:?} in {line}", number + 1);
            }
        }
    }
}

/// Stands before the name of a message that another holds.
const HELD: char = '@';

/// A diagnostic that the code makes.
struct Diagnostic {
    code: String,
    given: BTreeSet<String>,
}

/// The diagnostics that the code makes, with the variables that its stage gives: where
/// they are given in another function, nothing says to which message.
fn diagnostics() -> Vec<(String, Diagnostic)> {
    const MAKERS: [&str; 4] = ["error", "warning", "note", "new"];
    let mut found = Vec::new();
    let sources = sources();
    let mut stages: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in &sources {
        stages.entry(stage(file)).or_default().extend(given(text));
    }
    for (file, text) in &sources {
        for (at, _) in text.match_indices("Diagnostic::") {
            let rest = &text[at + "Diagnostic::".len()..];
            let Some(maker) = MAKERS.iter().find(|it| rest.starts_with(**it)) else {
                continue;
            };
            let call = rest[maker.len()..].split(')').next().unwrap_or_default();
            let Some(code) = call.split('"').nth(1) else { continue };
            let (code, given) = (code.to_owned(), stages[stage(file)].clone());
            found.push((file.clone(), Diagnostic { code, given }));
        }
    }
    assert!(found.len() > 10, "the code makes diagnostics");
    found
}

/// The folder of `src` that a file lies in.
fn stage(file: &str) -> &str {
    file.split('/').next().unwrap_or_default()
}

fn given(code: &str) -> BTreeSet<String> {
    let compact: String = code.split_whitespace().collect();
    let cause = compact.contains(".because").then(|| "cause".to_owned());
    [".with(\"", ".push((\""]
        .into_iter()
        .flat_map(|call| compact.split(call).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .chain(cause)
        .collect()
}

/// The program's code: each file's path and text, tests left out.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).expect("sources are text");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let name = path.strip_prefix(root().join("src")).expect("it is in src");
            found.push((name.display().to_string(), text.to_owned()));
        }
    }
}

/// What the files say; a message that holds another has its variables too.
fn said(files: &[(&str, &str)]) -> Said {
    let alone: Said = files.iter().flat_map(|it| messages(it.1)).collect();
    let mut said = alone.clone();
    for variables in said.values_mut() {
        let held: Vec<String> =
            variables.extract_if(.., |it| it.starts_with(HELD)).collect();
        for id in held {
            let id = id.trim_start_matches(HELD);
            variables.extend(alone.get(id).cloned().unwrap_or_else(|| panic!("no {id}")));
        }
    }
    said
}

fn count(text: &str) -> usize {
    let resource = parser::parse(text).unwrap_or_else(|it| it.0);
    resource.body.iter().filter(|it| matches!(it, Entry::Message(_))).count()
}

fn messages(text: &str) -> Said {
    let resource = parser::parse(text).unwrap_or_else(|it| it.0);
    let mut said = Said::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            let id = message.id.name;
            if let Some(pattern) = &message.value {
                said.insert(id.to_owned(), variables(pattern));
            }
            for attribute in &message.attributes {
                let id = format!("{id}.{}", attribute.id.name);
                said.insert(id, variables(&attribute.value));
            }
        }
    }
    said
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    in_pattern(pattern, &mut found);
    found
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants.iter().for_each(|it| in_pattern(&it.value, found));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|it| in_inline(it, found));
        }
        InlineExpression::MessageReference { id, .. } => {
            found.insert(format!("{HELD}{}", id.name));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}
