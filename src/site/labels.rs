//! The interface's words in one language.
//!
//! The words built into the program (`labels/*.ftl`) are overridden, message by message,
//! by the workspace's `locales/<language>/ui.ftl`.

use crate::{
    document::{Date, Language},
    typography::{self, Profile},
    words::{Fault, Words},
};

pub use crate::words::Value;

/// The words built in, by language.
pub const BUILT_IN: &[(&str, &str)] =
    &[("fr", include_str!("labels/fr.ftl")), ("en", include_str!("labels/en.ftl"))];

/// The interface's words in one language.
#[derive(Debug)]
pub struct Labels {
    language: Language,
    /// The language that the words are in: another one where this one has none.
    spoken: Language,
    words: Words,
    profile: Profile,
}

impl Labels {
    /// Puts together the words of a language: the source language's built-in ones as the
    /// last resort, then the language's own, then the workspace's file.
    pub fn new(
        language: &Language,
        fallback: &Language,
        own: Option<(&str, &str)>,
    ) -> (Self, Vec<Fault>) {
        let mut files = Vec::new();
        for tag in ["en", fallback.as_str(), primary(language), language.as_str()] {
            if let Some(file) = BUILT_IN.iter().find(|it| it.0 == tag)
                && !files.contains(file)
            {
                files.push(*file);
            }
        }
        // The language's own words come last of the built-in ones.
        files.sort_by_key(|file| file.0 == primary(language));
        // A language calls itself by its name, though the program has no other words in it.
        let name = crate::languages::own_name(language.as_str());
        let name = format!("language-name = {name}\nread-in-language = {name}\n");
        if !Self::is_built_in(language) {
            files.push((language.as_str(), &name));
        }
        let has_own = own.is_some_and(|it| !it.1.trim().is_empty());
        files.extend(own);
        let (words, faults) = Words::new(language.as_str(), &files);
        let spoken = match Self::is_built_in(language) || has_own {
            true => language.clone(),
            false if Self::is_built_in(fallback) => fallback.clone(),
            false => Language::new("en"),
        };
        let language = language.clone();
        (Self { language, spoken, words, profile: Profile::Off }, faults)
    }

    /// The words, set by the rules of this profile.
    #[must_use]
    pub fn set_by(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// Whether the words of this language are built in.
    pub fn is_built_in(language: &Language) -> bool {
        BUILT_IN.iter().any(|it| it.0 == primary(language))
    }

    /// A message without variables.
    pub fn text(&self, id: &str) -> String {
        self.set(self.words.text(id))
    }

    /// A message without variables that a workspace may have or not.
    pub fn optional(&self, id: &str) -> Option<String> {
        self.words.has(id).then(|| self.words.text(id))
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The language that the words are in: another one where this one has none.
    pub fn spoken(&self) -> &Language {
        &self.spoken
    }

    /// A message with its variables.
    pub fn format(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        self.set(self.words.format(id, args))
    }

    /// What a message says before and behind one of its variables, whose words may be in
    /// another language than the message.
    pub fn around(&self, id: &str, variable: &str) -> (String, String) {
        const PLACE: &str = "\u{fffc}";
        let whole = self.format(id, &[(variable, PLACE.into())]);
        let (before, behind) = whole.split_once(PLACE).unwrap_or((&whole, ""));
        (before.to_owned(), behind.to_owned())
    }

    fn set(&self, text: String) -> String {
        match typography::words(&text, self.profile) {
            std::borrow::Cow::Owned(set) => set,
            std::borrow::Cow::Borrowed(_) => text,
        }
    }

    /// A day, written out as the language does: `16 septembre 2024`.
    pub fn date(&self, date: Date) -> String {
        long_date(&self.language, date)
    }

    /// The same, in the language that the words are in.
    pub fn spoken_date(&self, date: Date) -> String {
        long_date(&self.spoken, date)
    }
}

fn primary(language: &Language) -> &str {
    language.as_str().split('-').next().unwrap_or_default()
}

/// French calls the first day of a month by its ordinal, which CLDR leaves out.
fn ordinal(language: &Language, date: String) -> String {
    match date.strip_prefix("1 ") {
        Some(rest) if primary(language) == "fr" => format!("1er {rest}"),
        _ => date,
    }
}

/// Writes a day out with ICU; where ICU does not know the language, as ISO 8601 does.
fn long_date(language: &Language, date: Date) -> String {
    use icu_datetime::{DateTimeFormatter, fieldsets::YMD, input::Date as IcuDate};
    // English without a country is the world's: `en` alone means American dates.
    let tag = if language.as_str() == "en" { "en-001" } else { language.as_str() };
    let day = IcuDate::try_new_iso(i32::from(date.year), date.month, date.day);
    let formatter = tag
        .parse::<icu_locale::Locale>()
        .ok()
        .and_then(|locale| DateTimeFormatter::try_new(locale.into(), YMD::long()).ok());
    match (formatter, day) {
        (Some(formatter), Ok(day)) => {
            ordinal(language, formatter.format(&day).to_string())
        }
        _ => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_language_does() {
        let date = Date { year: 2024, month: 9, day: 16 };
        let written = |tag: &str| long_date(&Language::new(tag), date);
        assert_eq!(written("fr"), "16 septembre 2024");
        assert_eq!(written("en"), "16 September 2024");
        let first = Date { year: 2026, month: 3, day: 1 };
        let written_first = |tag: &str| long_date(&Language::new(tag), first);
        assert_eq!(written_first("fr"), "1er mars 2026");
        assert_eq!(written_first("en"), "1 March 2026");
        assert_eq!(written("en-US"), "September 16, 2024");
    }
}
