//! Anchors, made as the source site makes them.
//!
//! The rules are those of `@sindresorhus/slugify` 1.1.0 without `decamelize` (Eleventy's
//! `slugify` filter) and of markdown-it-anchor 8, so that links written for the source
//! site keep leading somewhere. Combinations of two letters that the former knows for
//! Armenian and Arabic are left out.

mod letters;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// The anchor for a heading's words; empty when none of them can be part of an address.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            'a'..='z' | '0'..='9' => out.push(character),
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            _ if is_dropped(character) => {}
            _ => match letters::LETTERS.iter().find(|it| it.1.contains(character)) {
                Some((letters, _)) => out.push_str(letters),
                None => out.push('-'),
            },
        }
    }
    // A hyphen at most between two words.
    let words: Vec<&str> = out.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Marks that are dropped without a hyphen in their place.
fn is_dropped(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{33F}' | '\u{342}' | '\u{345}'..='\u{36F}' | '\u{42A}' | '\u{42C}'
        | '\u{44A}' | '\u{44C}' | '\u{7B0}' | '\u{20D0}'..='\u{20F0}' | '\u{FE20}'..='\u{FE23}')
}

/// The anchors of a page, each with the number to try next when it is wanted again.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<String, u32>);

impl Anchors {
    /// Makes an anchor unique in its page: `-1`, `-2` … where it is taken.
    pub(super) fn unique(&mut self, anchor: &str) -> String {
        let mut number = self.0.get(anchor).copied().unwrap_or(0);
        let mut unique = anchor.to_owned();
        while self.0.contains_key(&unique) {
            number += 1;
            unique = format!("{anchor}-{number}");
        }
        self.0.insert(unique.clone(), 0);
        self.0.insert(anchor.to_owned(), number);
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_the_source_site() {
        for (text, expected) in [
            ("Été à Paris & l'an 1", "ete-a-paris-and-l-an-1"),
            ("C'est l’été… déjà !", "c-est-l-ete-deja"),
            ("n°1 : « Œuvre »", "n-1-oeuvre"),
            ("Łódź straße", "lodz-strasse"),
            ("a_b__c -- d", "a-b-c-d"),
            ("🦄 x ♥", "unicorn-x-love"),
            ("10 %, 20 €", "10-20"),
            ("İstanbul K e\u{301}", "istanbul-k-e"),
            ("ﬁ ½", ""),
            ("½ œ æ Ÿ", "oe-ae-y"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn a_second_heading_of_the_same_words_gets_a_number() {
        let mut anchors = Anchors::default();
        let unique = ["a", "a", "a-1", "a"].map(|it| anchors.unique(it));
        assert_eq!(unique, ["a", "a-1", "a-1-1", "a-2"]);
    }
}
