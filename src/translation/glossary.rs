//! The words that are always translated in one way: `locales/<language>/glossary.ftl`.
//!
//! A term of the glossary of the source language gives the word, the term of the same
//! name in the other one says how it is translated. Attributes say more: `.also` other
//! forms that are right, `.forbidden` words that must not stand for it, both separated
//! by commas.
//!
//! ```ftl
//! # What holds the pages, their translations and the settings.
//! -workspace = workspace
//!     .also = work areas
//!     .forbidden = project, working directory
//! ```

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::{diagnostic::Checked, fluent};

/// The terms of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The terms that both languages have, in order of names.
    pub terms: Vec<Term>,
}

/// A word that is always translated in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// What it is called in both files, without its hyphen.
    pub name: String,
    /// The word in the source language.
    pub source: String,
    /// Its other forms there.
    pub source_forms: Vec<String>,
    /// The word in the language.
    pub target: String,
    /// Its other forms there.
    pub target_forms: Vec<String>,
    /// What must not stand for it.
    pub forbidden: Vec<String>,
    /// What the files say about it.
    pub note: String,
}

/// The terms of one file.
#[derive(Default)]
struct Side {
    word: String,
    also: Vec<String>,
    forbidden: Vec<String>,
    note: String,
}

impl Glossary {
    /// Reads the glossaries of the source language and of another one. Diagnostics are
    /// about the second.
    pub fn read(source: &str, target: &str) -> Checked<Self> {
        let source = sides(source).value;
        let Checked { value: mut target, diagnostics } = sides(target);
        let mut terms = Vec::new();
        for (name, ours) in source {
            let Some(theirs) = target.remove(&name) else { continue };
            terms.push(Term {
                name,
                source: ours.word,
                source_forms: ours.also,
                target: theirs.word,
                target_forms: theirs.also,
                forbidden: theirs.forbidden,
                note: if theirs.note.is_empty() { ours.note } else { theirs.note },
            });
        }
        Checked { value: Self { terms }, diagnostics }
    }

    /// The terms that stand in a text of the source language.
    pub fn terms_in<'a>(&'a self, source: &str) -> impl Iterator<Item = &'a Term> {
        // Most publications have no glossary, and their texts need no reading.
        let words = if self.terms.is_empty() { Vec::new() } else { words(source) };
        self.terms.iter().filter(move |term| {
            let mut forms = std::iter::once(&term.source).chain(&term.source_forms);
            forms.any(|form| holds(&words, form))
        })
    }
}

impl Term {
    /// Whether a translation has the word, in one of its forms.
    pub fn is_in(&self, translation: &str) -> bool {
        let words = words(translation);
        let mut forms = std::iter::once(&self.target).chain(&self.target_forms);
        forms.any(|form| holds(&words, form))
    }

    /// The first word of a translation that must not stand for it.
    pub fn forbidden_in(&self, translation: &str) -> Option<&str> {
        let words = words(translation);
        let mut forbidden = self.forbidden.iter();
        forbidden.find(|it| holds(&words, it)).map(String::as_str)
    }
}

fn sides(text: &str) -> Checked<BTreeMap<String, Side>> {
    let (bounded, nested) = fluent::bounded("", text);
    let (resource, broken) = fluent::parse("", &bounded);
    let faults = nested.iter().chain(&broken);
    let diagnostics =
        faults.map(|it| it.diagnostic(text, "glossary-unreadable")).collect();
    let mut sides = BTreeMap::new();
    for entry in resource.body {
        let Entry::Term(term) = entry else { continue };
        let mut side = Side { word: plain(&term.value), ..Side::default() };
        let note = term.comment.map(|it| it.content.join(" "));
        side.note = note.unwrap_or_default();
        for attribute in &term.attributes {
            let words = plain(&attribute.value);
            let words = words.split(',').map(|it| it.trim().to_owned());
            let words = words.filter(|it| !it.is_empty());
            match attribute.id.name {
                "also" => side.also.extend(words),
                "forbidden" => side.forbidden.extend(words),
                _ => {}
            }
        }
        if !side.word.is_empty() {
            sides.insert(term.id.name.to_owned(), side);
        }
    }
    Checked { value: sides, diagnostics }
}

/// The words of a pattern; what is computed in it is left out.
fn plain(pattern: &Pattern<&str>) -> String {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => out.push_str(value),
            PatternElement::Placeable { .. } => {}
        }
    }
    out.trim().to_owned()
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric());
    words.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Whether a form stands among words; the plurals and the feminine of French and of
/// English count.
fn holds(text: &[String], form: &str) -> bool {
    let form = words(form);
    !form.is_empty()
        && text.windows(form.len()).any(|window| {
            window.iter().zip(&form).all(|(word, wanted)| is_form(word, wanted))
        })
}

fn is_form(word: &str, wanted: &str) -> bool {
    if word == wanted {
        return true;
    }
    let ending = |stem: &str, endings: &[&str]| {
        word.strip_prefix(stem).is_some_and(|it| endings.contains(&it))
    };
    ending(wanted, &["s", "x", "es", "e"])
        || wanted.strip_suffix('y').is_some_and(|stem| ending(stem, &["ies"]))
        || wanted.strip_suffix("al").is_some_and(|stem| ending(stem, &["aux"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_in_its_forms_and_its_forbidden_words_too() {
        let glossary = Glossary::read(
            "-logiciel-libre = logiciel libre\n-seul = seul\n",
            "# Never open source.\n-logiciel-libre = free software\n    .also = libre software\n    \
             .forbidden = open source, freeware\n-autre = other\n",
        );
        assert_eq!(glossary.diagnostics, []);
        assert_eq!(glossary.value.terms.len(), 1);
        let term = glossary.value.terms_in("Les Logiciels libres.").next();
        let term = term.expect("the plural counts");
        assert_eq!(term.note, "Never open source.");
        assert!(term.is_in("Libre software.") && !term.is_in("Free beer."));
        assert_eq!(term.forbidden_in("Open-source code"), Some("open source"));
        assert_eq!(term.forbidden_in("An opening, sources"), None);
        assert_eq!(glossary.value.terms_in("un logiciel").count(), 0);
    }

    #[test]
    fn a_term_that_opens_too_deep_is_told_with_its_line() {
        let deep = format!("-a = one\n-b = {}\n-c = three\n", "{".repeat(100_000));
        let glossary = Glossary::read("-a = un\n-b = deux\n-c = trois\n", &deep);
        let told: Vec<_> = glossary
            .diagnostics
            .iter()
            .map(|it| (it.code, it.place.map(|it| it.line)))
            .collect();
        assert_eq!(told, [("fluent-too-nested", Some(2))]);
        let names: Vec<_> = glossary.value.terms.iter().map(|it| &it.name).collect();
        assert_eq!(names, ["a", "c"]);
    }

    #[test]
    fn a_broken_line_is_reported_and_the_rest_is_used() {
        let glossary = Glossary::read("-a = un\n", "zut\n-a = one\n");
        assert_eq!(glossary.diagnostics[0].code, "glossary-unreadable");
        assert_eq!(glossary.value.terms.len(), 1);
    }
}
