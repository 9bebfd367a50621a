//! Languages: which there are, what they are called, in which direction they are written.
//!
//! Names are those of Unicode CLDR (`languages.tsv`). Which tags are well-formed and known is
//! asked of ICU, which knows the languages of the IANA registry that are in use somewhere.

use icu_locale::{
    Direction, LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality,
    LocaleExpander, TransformResult,
};

const TABLE: &str = include_str!("languages.tsv");

/// What is called a language and is none that a text is written in.
const NONE: [&str; 5] = ["und", "mul", "mis", "zxx", "root"];

/// Codes of countries that are taken for the language spoken there, and that language.
const COUNTRIES: [(&str, &str); 16] = [
    ("uk", "en"),
    ("gb", "en"),
    ("us", "en"),
    ("ch", "zh"),
    ("cn", "zh"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("se", "sv"),
    ("dk", "da"),
    ("gr", "el"),
    ("cz", "cs"),
    ("ua", "uk"),
    ("be", "nl"),
    ("at", "de"),
    ("il", "he"),
    ("vn", "vi"),
];

/// A row of the table: a tag, and the names of the language.
fn rows() -> impl Iterator<Item = (&'static str, [&'static str; 3])> {
    TABLE.lines().filter(|it| !it.starts_with('#')).filter_map(|line| {
        let mut parts = line.split('\t');
        let tag = parts.next()?;
        Some((tag, [parts.next()?, parts.next()?, parts.next()?]))
    })
}

fn names(tag: &str) -> Option<[&'static str; 3]> {
    rows().find(|it| it.0 == tag).map(|it| it.1)
}

/// The names of a language, or of the one that it is a form of.
fn nearest_names(tag: &str) -> Option<[&'static str; 3]> {
    let mut tag = tag;
    loop {
        match (names(tag), tag.rsplit_once('-')) {
            (Some(names), _) => return Some(names),
            (None, Some((shorter, _))) => tag = shorter,
            (None, None) => return None,
        }
    }
}

/// What a language calls itself; its tag where that is not known.
pub fn own_name(tag: &str) -> String {
    let own = nearest_names(tag).map_or("", |it| it[0]);
    if own.is_empty() { tag.to_owned() } else { own.to_owned() }
}

/// What a language is called in French or in English; its tag where that is not known.
pub fn name_in(tag: &str, reader: &str) -> String {
    let names = nearest_names(tag);
    let is_french = reader.split('-').next() == Some("fr");
    let name = names.map(|it| if is_french { it[1] } else { it[2] });
    name.unwrap_or(tag).to_owned()
}

/// The language that a country's code may have been meant to be, where it is one itself.
pub fn doubt(tag: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|it| it.0 == tag).map(|it| it.1)
}

/// Whether a language is written from right to left (CLDR, `characterOrder`).
pub fn is_right_to_left(tag: &str) -> bool {
    let tag: Option<LanguageIdentifier> = tag.parse().ok();
    tag.and_then(|it| LocaleDirectionality::new_common().get(&it))
        .is_some_and(|it| it == Direction::RightToLeft)
}

/// The tag of a language that there is, as BCP 47 writes it.
///
/// # Errors
///
/// When there is no such language, or another tag stands for it: the tag that may have been
/// meant, where one can be seen.
pub fn checked(written: &str) -> Result<String, Option<String>> {
    let Ok(tag) = written.parse::<LanguageIdentifier>() else {
        return Err(meant(written));
    };
    let language = tag.language.to_string();
    if NONE.contains(&language.as_str()) || !is_known(&tag) {
        return Err(meant(written));
    }
    let mut canonical = Locale::from(tag.clone());
    LocaleCanonicalizer::new_extended().canonicalize(&mut canonical);
    // `eng` and `en-UK` are `en` and `en-GB`; only the tag's own parts are asked about.
    match canonical.id == tag {
        true => Ok(tag.to_string()),
        false => Err(Some(canonical.id.to_string())),
    }
}

/// Whether the language of a tag is one, and its script and country are some.
fn is_known(tag: &LanguageIdentifier) -> bool {
    let expander = LocaleExpander::new_extended();
    let grows = |text: &str| {
        let parsed: Option<LanguageIdentifier> = text.parse().ok();
        parsed
            .is_some_and(|mut it| expander.maximize(&mut it) == TransformResult::Modified)
    };
    let language = tag.language.to_string();
    let known = names(&language).is_some() || grows(&language) || is_alias(&language);
    let script = tag.script.is_none_or(|it| grows(&format!("und-{it}")));
    let region = tag
        .region
        .is_none_or(|it| grows(&format!("und-{it}")) || is_alias(&format!("und-{it}")));
    known && script && region
}

/// Whether a tag stands for another one.
fn is_alias(tag: &str) -> bool {
    let Ok(mut locale) = tag.parse::<Locale>() else { return false };
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale)
        == TransformResult::Modified
}

/// The tag of a language that is called so, or that a country's code or a slip may mean.
fn meant(written: &str) -> Option<String> {
    let word = written.trim().to_lowercase();
    if word.is_empty() {
        return None;
    }
    let called = |names: [&str; 3]| names.iter().any(|it| it.to_lowercase() == word);
    if let Some((tag, _)) = rows().find(|it| called(it.1)) {
        return Some(tag.to_owned());
    }
    let dashed = word.replace('_', "-");
    if dashed != written
        && let Ok(tag) = checked(&dashed)
    {
        return Some(tag);
    }
    let first = dashed.split('-').next().unwrap_or_default();
    if let Some((_, tag)) = COUNTRIES.iter().find(|it| it.0 == first) {
        return Some((*tag).to_owned());
    }
    // A name with a slip in it.
    let close = |it: &str| {
        !it.is_empty() && strsim::damerau_levenshtein(&it.to_lowercase(), &word) <= 1
    };
    let near =
        rows().find(|it| word.chars().count() > 4 && it.1.iter().any(|it| close(it)));
    let begins = (first != dashed).then(|| checked(first).ok()).flatten();
    near.map(|it| it.0.to_owned()).or(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_language_is_one() {
        for tag in
            ["fr", "en", "pt-BR", "zh-Hans", "sr-Latn", "br", "gsw", "uk", "ar-EG", "oc"]
        {
            assert_eq!(checked(tag).as_deref(), Ok(tag), "{tag}");
        }
        // Known to the registry, though hardly anybody has a name for it.
        assert_eq!(checked("aau").as_deref(), Ok("aau"));
    }

    #[test]
    fn what_is_no_tag_is_refused_with_the_one_that_was_meant() {
        for (written, meant) in [
            ("anglais", Some("en")),
            ("Anglais", Some("en")),
            ("english", Some("en")),
            ("Deutsch", Some("de")),
            ("eng", Some("en")),
            ("fra", Some("fr")),
            ("pt_BR", Some("pt-BR")),
            ("jp", Some("ja")),
            ("en-UK", Some("en-GB")),
            ("espagol", Some("es")),
            ("fr-ZQ", Some("fr")),
            ("xx", None),
            ("mul", None),
            ("", None),
        ] {
            assert_eq!(checked(written), Err(meant.map(str::to_owned)), "{written}");
        }
    }

    #[test]
    fn languages_have_names() {
        assert_eq!(own_name("ar"), "العربية");
        assert_eq!(own_name("pt-BR"), "Português (Brasil)");
        assert_eq!(own_name("de-AT"), "Deutsch");
        assert_eq!(own_name("aau"), "aau");
        assert_eq!(
            (name_in("uk", "fr"), name_in("uk", "en")),
            ("ukrainien".into(), "Ukrainian".into())
        );
        assert_eq!((doubt("uk"), doubt("fr")), (Some("en"), None));
        assert!(is_right_to_left("ar") && !is_right_to_left("fr"));
    }
}
