//! A glossary that comes back from a spreadsheet, put into its file.

use std::collections::BTreeMap;

use fluent_syntax::{ast, parser};

use crate::{fluent, translation::glossary::Term};

fn words(text: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let resource = parser::parse(text).unwrap_or_else(|it| it.0);
    let mut words = BTreeMap::new();
    for entry in resource.body {
        let ast::Entry::Term(term) = entry else { continue };
        let forbidden = term.attributes.iter().find(|it| it.id.name == "forbidden");
        let forbidden = forbidden.map(|it| plain(&it.value)).unwrap_or_default();
        let forbidden = forbidden.split(',').map(|it| it.trim().to_owned());
        let forbidden = forbidden.filter(|it| !it.is_empty()).collect();
        words.insert(term.id.name.to_owned(), (plain(&term.value), forbidden));
    }
    words
}

fn plain(pattern: &ast::Pattern<&str>) -> String {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { value } => out.push_str(value),
            ast::PatternElement::Placeable {
                expression:
                    ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }),
            } => out.push_str(&value.replace("\\\"", "\"")),
            ast::PatternElement::Placeable { .. } => {}
        }
    }
    out.trim().to_owned()
}

/// Puts terms into a glossary, as its source words or as its translations: the new text,
/// and how many terms are new or changed. Comments and what the sheet does not speak of
/// stay.
pub fn update<'a>(
    text: &str,
    terms: impl Iterator<Item = &'a Term>,
    is_source: bool,
) -> (String, usize) {
    // What is not read could not be written again.
    if !fluent::bounded("", text).1.is_empty() {
        return (text.to_owned(), 0);
    }
    let known = words(text);
    let mut resource = parser::parse(text.to_owned()).unwrap_or_else(|it| it.0);
    let mut count = 0;
    for term in terms {
        let word = if is_source { &term.source } else { &term.target };
        let forbidden = if is_source { &[][..] } else { &term.forbidden[..] };
        let old = known.get(&term.name);
        let same = old.is_some_and(|(old, others)| {
            old == word && (is_source || *others == term.forbidden)
        });
        if same || word.is_empty() {
            continue;
        }
        count += 1;
        let place = resource.body.iter_mut().find_map(|it| match it {
            ast::Entry::Term(it) if it.id.name == term.name => Some(it),
            _ => None,
        });
        match place {
            Some(there) => {
                there.value = pattern(word);
                if !is_source {
                    set_forbidden(there, forbidden);
                }
            }
            None => {
                let mut fresh = ast::Term {
                    id: ast::Identifier { name: term.name.clone() },
                    value: pattern(word),
                    attributes: Vec::new(),
                    comment: None,
                };
                set_forbidden(&mut fresh, forbidden);
                resource.body.push(ast::Entry::Term(fresh));
            }
        }
    }
    let new = if count == 0 {
        text.to_owned()
    } else {
        fluent_syntax::serializer::serialize(&resource)
    };
    (new, count)
}

fn set_forbidden(term: &mut ast::Term<String>, forbidden: &[String]) {
    term.attributes.retain(|it| it.id.name != "forbidden");
    if !forbidden.is_empty() {
        term.attributes.push(ast::Attribute {
            id: ast::Identifier { name: "forbidden".to_owned() },
            value: pattern(&forbidden.join(", ")),
        });
    }
}

/// A text as Fluent has it: braces and what would begin something else are guarded.
fn pattern(text: &str) -> ast::Pattern<String> {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut elements = Vec::new();
    let mut plain = String::new();
    for (place, sign) in line.chars().enumerate() {
        let guarded = matches!(sign, '{' | '}')
            || place == 0 && matches!(sign, '.' | '*' | '[' | '#' | '"');
        if guarded {
            if !plain.is_empty() {
                let value = std::mem::take(&mut plain);
                elements.push(ast::PatternElement::TextElement { value });
            }
            let value = if sign == '"' { "\\\"".to_owned() } else { sign.to_string() };
            let literal = ast::InlineExpression::StringLiteral { value };
            let expression = ast::Expression::Inline(literal);
            elements.push(ast::PatternElement::Placeable { expression });
        } else {
            plain.push(sign);
        }
    }
    if !plain.is_empty() {
        elements.push(ast::PatternElement::TextElement { value: plain });
    }
    ast::Pattern { elements }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glossary_keeps_its_comments_and_gets_new_terms() {
        let old = "# Les mots.\n\n# Une page.\n-page = page\n    .also = pages\n";
        let term = |name: &str, target: &str| Term {
            name: name.into(),
            source: name.into(),
            target: target.into(),
            forbidden: vec!["x".into()],
            ..Term::default()
        };
        let terms = [term("page", "sheet"), term("livre", "book {a}")];
        let (new, count) = update(old, terms.iter(), false);
        assert_eq!(count, 2);
        for kept in ["# Les mots.", "# Une page.", ".also = pages", "-page = sheet"] {
            assert!(new.contains(kept), "{kept}: {new}");
        }
        assert!(new.contains(".forbidden = x"), "{new}");
        assert_eq!(update(&new, terms.iter(), false), (new, 0));
    }
}
