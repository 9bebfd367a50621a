//! The interface's words of a language beside those of the source language: what is
//! missing, what is too much, what no longer says the same.
//!
//! A Fluent file holds no trace of what its messages were translated from. So a file beside
//! it (`ui.fingerprints`) keeps, for each message, a fingerprint of the source and one of
//! the translation as they were when both were last seen to agree. When the source changes
//! and the translation does not, the translation is out of date; when somebody touches it,
//! or takes its line out of that file, the two agree again.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{
        Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, Variant,
        VariantKey,
    },
    serializer,
};

use super::labels::BUILT_IN;
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::Language,
    fluent,
    words::Words,
};

/// The file beside `ui.ftl` that keeps the fingerprints.
pub const FINGERPRINTS: &str = "ui.fingerprints";

/// What the file of fingerprints begins with.
const HEAD: &str = "# Kept by `plantin extract`: each message of ui.ftl with the fingerprints of its source and of\n\
                    # its translation when they last agreed. Take a line out to say that a translation that was\n\
                    # reported as out of date is right as it is, then run `plantin extract` again.\n";

/// What counts as a category of plurals.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The interface's words of a language, and what they are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Interface<'a> {
    /// The language.
    pub language: &'a Language,
    /// The source language.
    pub source_language: &'a Language,
    /// The text of the source language's own file.
    pub source: &'a str,
    /// The text of the language's own file.
    pub text: &'a str,
    /// The text of the file of fingerprints.
    pub fingerprints: &'a str,
}

/// Compares them. The value is the text that the file of fingerprints is to have; the
/// diagnostics are about the language's own file.
pub fn compare(interface: &Interface<'_>) -> Checked<String> {
    let ours = messages(interface.source);
    let theirs = messages(interface.text);
    let known = built_in(interface.language);
    let reference = built_in(interface.source_language);
    let mut faults = Faults::new(interface.text);
    // A language of which nothing is there at all is told in one message, elsewhere.
    let is_begun = !interface.text.is_empty() || !known.is_empty();
    let is_there = |id: &String| theirs.contains_key(id) || known.contains_key(id);
    for id in ours.keys().filter(|it| is_begun && !is_there(it)) {
        faults.all.push(Diagnostic::warning("interface-lacks").with("id", id));
    }
    // A language without words in the program needs all of those that the program shows.
    if known.is_empty() {
        let missing = reference.keys().filter(|it| !theirs.contains_key(*it));
        let missing: Vec<&str> =
            missing.filter(|it| !it.starts_with('-')).map(String::as_str).collect();
        if !missing.is_empty() && !interface.text.is_empty() {
            let fault = Diagnostic::warning("interface-lacks-many");
            let fault = fault.with("count", missing.len());
            faults.all.push(fault.with("ids", missing.join(", ")));
        }
    }
    let mut defined: BTreeSet<&String> = theirs.keys().chain(known.keys()).collect();
    defined.extend(reference.keys());
    let plurals = categories(interface.language);
    for (id, message) in &theirs {
        let source = ours.get(id).or_else(|| reference.get(id));
        if source.is_none() && !known.contains_key(id) && !id.starts_with('-') {
            faults.say(id, Diagnostic::warning("interface-extra").with("id", id));
        }
        if let Some(source) = source.or_else(|| known.get(id)) {
            faults.variables(id, source, message);
        }
        for used in message.uses.iter().filter(|it| !defined.contains(it)) {
            let fault = Diagnostic::error("interface-undefined").with("id", id);
            faults.say(id, fault.with("used", used));
        }
        for (variable, has) in &message.plurals {
            let lacks: Vec<&str> =
                plurals.iter().filter(|it| !has.contains(**it)).copied().collect();
            if !lacks.is_empty() {
                let fault = Diagnostic::warning("interface-plural").with("id", id);
                let fault = fault.with("variable", variable);
                faults.say(id, fault.with("categories", lacks.join(", ")));
            }
        }
    }
    let record = record(interface, &ours, &theirs, &mut faults);
    Checked { value: record, diagnostics: faults.all }
}

/// The new text of the file of fingerprints; reports what is out of date.
fn record(
    interface: &Interface<'_>,
    ours: &BTreeMap<String, Message>,
    theirs: &BTreeMap<String, Message>,
    faults: &mut Faults<'_>,
) -> String {
    let mut before: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for line in interface.fingerprints.lines().filter(|it| !it.starts_with('#')) {
        let mut parts = line.split_whitespace();
        if let (Some(id), Some(one), Some(other)) =
            (parts.next(), parts.next(), parts.next())
        {
            before.insert(id, (one, other));
        }
    }
    let mut text = String::new();
    for (id, message) in theirs {
        let Some(source) = ours.get(id) else { continue };
        let now = (source.fingerprint.as_str(), message.fingerprint.as_str());
        let kept = match before.get(id.as_str()) {
            Some(then) if then.0 != now.0 && then.1 == now.1 => {
                let fault = Diagnostic::warning("interface-stale").with("id", id);
                faults.say(id, fault.with("source", &source.shown));
                *then
            }
            _ => now,
        };
        text.push_str(&format!("{id} {} {}\n", kept.0, kept.1));
    }
    if text.is_empty() { text } else { format!("{HEAD}{text}") }
}

/// What is wrong, each at the line of its message.
struct Faults<'a> {
    /// Where each message begins.
    places: BTreeMap<&'a str, Place>,
    all: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    fn new(text: &'a str) -> Self {
        let mut places = BTreeMap::new();
        let (mut offset, mut number) = (0, 0);
        for line in text.split_inclusive('\n') {
            number += 1;
            if let Some((name, _)) = line.split_once('=') {
                let place = Place { line: number, column: 1, start: offset, end: offset };
                places.entry(name.trim_end()).or_insert(place);
            }
            offset = offset.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        }
        Self { places, all: Vec::new() }
    }

    fn say(&mut self, id: &str, fault: Diagnostic) {
        self.all.push(match self.places.get(id) {
            Some(place) => fault.at(*place),
            None => fault,
        });
    }

    fn variables(&mut self, id: &str, source: &Message, message: &Message) {
        let differing = [
            ("lacks", source.variables.difference(&message.variables)),
            ("adds", message.variables.difference(&source.variables)),
        ];
        for (kind, variables) in differing {
            for variable in variables {
                let fault = Diagnostic::warning("interface-variable").with("id", id);
                self.say(id, fault.with("kind", kind).with("variable", variable));
            }
        }
    }
}

/// What a message is made of.
#[derive(Default)]
struct Message {
    fingerprint: String,
    /// The message as it is written.
    shown: String,
    variables: BTreeSet<String>,
    /// The terms and messages that it refers to, terms with their hyphen.
    uses: BTreeSet<String>,
    /// The categories of each choice by a number.
    plurals: Vec<(String, BTreeSet<String>)>,
}

/// The messages and the terms (with their hyphen) of a file.
fn messages(text: &str) -> BTreeMap<String, Message> {
    let (text, _) = fluent::bounded("", text);
    let (resource, _) = fluent::parse("", &text);
    let mut all = BTreeMap::new();
    for entry in resource.body {
        let mut message = Message::default();
        let (id, entry) = match entry {
            Entry::Message(mut it) => {
                it.comment = None;
                let attributes = it.attributes.iter().map(|it| &it.value);
                it.value.iter().chain(attributes).for_each(|it| message.pattern(it));
                (it.id.name.to_owned(), Entry::Message(it))
            }
            Entry::Term(mut it) => {
                it.comment = None;
                message.pattern(&it.value);
                // What a term's attributes hold is for translators and for choices.
                it.attributes.iter().for_each(|it| message.pattern(&it.value));
                message.variables.clear();
                (format!("-{}", it.id.name), Entry::Term(it))
            }
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => continue,
        };
        message.shown = serializer::serialize(&Resource { body: vec![entry] });
        message.shown.truncate(message.shown.trim_end().len());
        message.fingerprint =
            crate::translation::fingerprint(&message.shown)[..16].to_owned();
        all.insert(id, message);
    }
    all
}

/// The messages that the program has in a language.
fn built_in(language: &Language) -> BTreeMap<String, Message> {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    let file = BUILT_IN.iter().find(|it| it.0 == primary);
    file.map(|it| messages(it.1)).unwrap_or_default()
}

impl Message {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|it| self.pattern(&it.value));
                if let Some(variable) = variable(selector) {
                    self.choice(variable, variants);
                }
            }
        }
    }

    /// A choice by a number, when its variants are categories of plurals.
    fn choice(&mut self, variable: &str, variants: &[Variant<&str>]) {
        let names: BTreeSet<String> = variants
            .iter()
            .filter_map(|it| match &it.key {
                VariantKey::Identifier { name } => Some((*name).to_owned()),
                VariantKey::NumberLiteral { .. } => None,
            })
            .collect();
        let counts = names.iter().any(|it| CATEGORIES.contains(&it.as_str()));
        let only = names.iter().all(|it| CATEGORIES.contains(&it.as_str()));
        if counts && only {
            self.plurals.push((variable.to_owned(), names));
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.uses.insert(format!("-{}", id.name));
                let named = arguments.iter().flat_map(|it| &it.named);
                named.for_each(|it| self.inline(&it.value));
            }
            InlineExpression::MessageReference { id, .. } => {
                self.uses.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|it| self.inline(it));
                arguments.named.iter().for_each(|it| self.inline(&it.value));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// The variable by which a choice is made, formatted as a number or not.
fn variable<'a>(selector: &'a InlineExpression<&str>) -> Option<&'a str> {
    match selector {
        InlineExpression::VariableReference { id } => Some(id.name),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.first().and_then(variable)
        }
        _ => None,
    }
}

/// The categories of plurals that a language tells apart when it counts things, found by
/// counting.
fn categories(language: &Language) -> BTreeSet<&'static str> {
    const COUNTED: usize = 200;
    let variants: String =
        CATEGORIES[..5].iter().map(|it| format!("    [{it}] {it}\n")).collect();
    let text = format!("c = {{ $n ->\n{variants}   *[other] other\n}}\n");
    let (words, _) = Words::new(language.as_str(), &[("c", &text)]);
    let found: BTreeSet<String> =
        (0..=COUNTED).map(|it| words.format("c", &[("n", it.into())])).collect();
    CATEGORIES.into_iter().filter(|it| found.contains(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(
        language: &str,
        source: &str,
        text: &str,
        fingerprints: &str,
    ) -> Checked<String> {
        compare(&Interface {
            language: &Language::new(language),
            source_language: &Language::new("fr"),
            source,
            text,
            fingerprints,
        })
    }

    fn codes(checked: &Checked<String>) -> Vec<&'static str> {
        checked.diagnostics.iter().map(|it| it.code).collect()
    }

    #[test]
    fn a_message_whose_source_changed_is_stale_until_it_is_touched() {
        let first = compared("en", "a = Un\n", "a = One\n", "");
        assert_eq!(codes(&first), [""; 0]);
        let stale = compared("en", "a = Uns\n", "a = One\n", &first.value);
        assert_eq!(codes(&stale), ["interface-stale"]);
        assert_eq!(stale.diagnostics[0].place.map(|it| it.line), Some(1));
        assert_eq!(stale.value, first.value, "it stays so");
        let touched = compared("en", "a = Uns\n", "a = Ones\n", &stale.value);
        assert_eq!(codes(&touched), [""; 0]);
        assert_ne!(touched.value, first.value);
        let back = compared("en", "a = Un\n", "a = One\n", &stale.value);
        assert_eq!(codes(&back), [""; 0]);
        let spaced = compared("en", "a    =   Un\n", "a = One\n", &first.value);
        assert_eq!(codes(&spaced), [""; 0], "spaces around a message are none of it");
    }

    #[test]
    fn what_is_missing_or_too_much_or_differs_is_told() {
        for (source, text, code) in [
            ("a = Un\n", "", "interface-lacks"),
            ("", "zut = One\n", "interface-extra"),
            ("a = { $n } mots\n", "a = words\n", "interface-variable"),
            ("a = mots\n", "a = { $n } words\n", "interface-variable"),
            ("a = Un\n", "a = { -term }\n", "interface-undefined"),
            ("a = Un\n", "a = { b }\n", "interface-undefined"),
            (
                "a = { $n ->\n    [one] un\n   *[other] des\n}\n",
                "a = { $n ->\n    [two] one\n   *[other] some\n}\n",
                "interface-plural",
            ),
        ] {
            assert_eq!(
                codes(&compared("en", source, text, "")),
                [code],
                "{source}{text}"
            );
        }
    }

    #[test]
    fn a_language_needs_its_own_categories_of_plurals() {
        let needs = |tag: &str| -> Vec<&str> {
            categories(&Language::new(tag)).into_iter().collect()
        };
        assert_eq!(needs("en"), ["one", "other"]);
        assert_eq!(needs("ja"), ["other"]);
        assert_eq!(needs("pl"), ["few", "many", "one"]);
        assert_eq!(needs("ar").len(), 6);
    }
}
