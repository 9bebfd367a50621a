//! Which criteria of accessibility a kind of difference speaks of.
//!
//! The criteria are those of the Référentiel général d'amélioration de l'accessibilité (RGAA) of the
//! French administration, as data with a version: another version is another file.

use super::Aspect;

/// The version, what each kind of difference speaks of, and the words of each criterion.
const RGAA: &str = include_str!("rgaa.tsv");

/// A criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its number, as `13.4`.
    pub number: &'static str,
    /// Its words, in French.
    pub words: &'static str,
}

/// The version of the reference.
pub fn version() -> &'static str {
    row("version").unwrap_or_default()
}

/// The criteria that a difference of this kind speaks of; none where it is about bytes.
pub fn criteria(aspect: Aspect) -> impl Iterator<Item = Criterion> {
    let numbers = row(aspect.code()).unwrap_or_default().split(' ');
    numbers.filter_map(|number| Some(Criterion { number, words: row(number)? }))
}

fn row(name: &str) -> Option<&'static str> {
    let rows = RGAA.lines().filter(|it| !it.starts_with('#'));
    let mut rows = rows.map(|it| it.split_once('\t').unwrap_or((it, "")));
    rows.find(|it| it.0 == name).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_difference_has_its_criteria_and_each_criterion_its_words() {
        assert!(version().contains('.'));
        for aspect in Aspect::ALL {
            let numbers = row(aspect.code()).unwrap_or_else(|| panic!("{aspect:?}"));
            let known = criteria(aspect).filter(|it| !it.words.is_empty()).count();
            assert_eq!(known, numbers.split_whitespace().count(), "{aspect:?}");
        }
    }
}
