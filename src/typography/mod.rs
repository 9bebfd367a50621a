//! How a language's printers set its words: spaces, quotation marks, apostrophes.
//!
//! A pass on the model, between translation and site, so that all three formats say the
//! same signs. Units have their keys before it: nothing here can make a translation
//! stale. Nothing changes in code, in addresses, times, ratios, shortcodes and formulas,
//! and applying the pass twice changes nothing more.
//!
//! - `line`: the words of a text as one row of signs, whatever elements they stand in;
//! - `frozen`: the parts of a row that are no prose;
//! - `quotes`: straight quotation marks, in pairs;
//! - `french`, `english`: the rules of each.

mod english;
mod french;
mod frozen;
mod line;
mod page;
mod quotes;

use std::{borrow::Cow, collections::BTreeMap};

use crate::document::Language;

pub use page::document;

/// A narrow no-break space.
const THIN: char = '\u{202f}';
/// A no-break space.
const SPACE: char = '\u{a0}';

/// The rules that a text is set by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Profile {
    /// National French use: a narrow space before `; ! ?` and inside guillemets, a
    /// no-break space before the colon.
    FrenchFrance,
    /// The French of the European institutions: no space before `; : ! ?`, none inside
    /// guillemets.
    FrenchEurope,
    /// The French of Quebec: no space before `; ! ?`, a no-break space before the colon
    /// and inside guillemets.
    FrenchCanada,
    /// English quotation marks and apostrophes.
    English,
    /// As it is written.
    Off,
}

impl Profile {
    /// Every profile, by the name that settings give it.
    pub const ALL: [(&str, Profile); 5] = [
        ("fr-FR", Profile::FrenchFrance),
        ("fr-EU", Profile::FrenchEurope),
        ("fr-CA", Profile::FrenchCanada),
        ("en", Profile::English),
        ("off", Profile::Off),
    ];
}

/// The profile of each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(BTreeMap<Language, Profile>);

impl Rules {
    /// The rules in which these languages have these profiles, and others their usual one.
    pub fn new(chosen: BTreeMap<Language, Profile>) -> Self {
        Self(chosen)
    }

    /// The profile of a language: its own, else that of the language without a country,
    /// else the usual one.
    pub fn profile(&self, language: &Language) -> Profile {
        let primary = language.as_str().split('-').next().unwrap_or_default();
        let chosen = self.0.get(language).or_else(|| self.0.get(&Language::new(primary)));
        chosen.copied().unwrap_or(match (primary, language.as_str()) {
            (_, "fr-CA") => Profile::FrenchCanada,
            ("fr", _) => Profile::FrenchFrance,
            ("en", _) => Profile::English,
            _ => Profile::Off,
        })
    }
}

/// Words that stand in no document: a title, a word of the interface.
pub fn words(text: &str, profile: Profile) -> Cow<'_, str> {
    if profile == Profile::Off || !line::is_notable(text) {
        return Cow::Borrowed(text);
    }
    let mut row = line::Row::default();
    row.push_text(text, false);
    if !row.set(profile) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(row.signs.iter().map(|it| it.letter).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_language_has_its_usual_profile_unless_it_is_given_another() {
        let rules = Rules::default();
        let usual = |tag: &str| rules.profile(&Language::new(tag));
        assert_eq!(usual("fr"), Profile::FrenchFrance);
        assert_eq!(usual("fr-BE"), Profile::FrenchFrance);
        assert_eq!(usual("fr-CA"), Profile::FrenchCanada);
        assert_eq!(usual("en-GB"), Profile::English);
        assert_eq!(usual("de"), Profile::Off);
        let chosen = [(Language::new("fr"), Profile::FrenchEurope)];
        let rules = Rules::new(chosen.into());
        assert_eq!(rules.profile(&Language::new("fr-BE")), Profile::FrenchEurope);
        assert_eq!(rules.profile(&Language::new("en")), Profile::English);
    }

    #[test]
    fn a_space_that_is_taken_away_shows_a_pair_at_once() {
        for text in ["\"«\u{202f}\"", "\"\u{a0};»\""] {
            let once = words(text, Profile::FrenchEurope);
            assert_eq!(words(&once, Profile::FrenchEurope), once);
        }
    }

    /// What is looked for again from each sign would take an hour here.
    #[test]
    fn a_long_text_takes_as_long_as_it_is() {
        let units = [
            "{% ",
            "{{ ",
            "$a ",
            "\" ",
            "\"a ",
            "\"a\" ",
            "\"a \"b\"\" ",
            "'a ",
            "'a' ",
            "a' ",
            "« ",
            "a... ",
            "1er ",
            "12 000 ",
            ":a",
            "/a",
            " ;",
            "1",
        ];
        for (profile, unit) in [Profile::FrenchFrance, Profile::English]
            .iter()
            .flat_map(|profile| units.map(|unit| (profile, unit)))
        {
            let text = unit.repeat(200_000 / unit.len());
            let set = words(&text, *profile);
            let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).count();
            assert_eq!(letters(&set), letters(&text), "{unit}");
        }
    }

    #[test]
    fn a_sign_is_set_as_in_a_short_text_however_many_come_before() {
        let set = |text: &str| words(text, Profile::FrenchFrance).into_owned();
        let (one, many) = (set("a... \"b\" 1er"), set(&"a... \"b\" 1er ".repeat(9)));
        assert_eq!(many.trim_end(), [one.as_str(); 9].join(" "));
        assert_eq!(set("\"a \"b\" \"c\"\" \"d\""), {
            let (open, close) = ("«\u{202f}", "\u{202f}»");
            format!("{open}a “b” “c”{close} {open}d{close}")
        });
        let set = |text: &str| words(text, Profile::English).into_owned();
        assert_eq!(set("'a' 'b c' d' '90s 'e"), "‘a’ ‘b c’ d’ ’90s 'e");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn setting_twice_changes_nothing_more(
            text in "[a-eXI1-3 \u{a0}\u{202f}.,;:!?«»“”'’\"()%€°/…-]{0,16}",
            at in 0usize..5,
        ) {
            let profile = Profile::ALL[at].1;
            let once = words(&text, profile).into_owned();
            let twice = words(&once, profile).into_owned();
            prop_assert_eq!(&twice, &once, "{:?} from {:?}", profile, text);
        }

        #[test]
        fn no_letter_and_no_digit_is_lost(text in "\\PC{0,40}", at in 0usize..5) {
            let profile = Profile::ALL[at].1;
            let kept = |it: &str| -> String {
                it.chars().filter(|it| it.is_alphanumeric()).collect()
            };
            prop_assert_eq!(kept(&words(&text, profile)), kept(&text));
        }
    }
}
