//! Why a deposit is not made: what an archive would keep for ever, and should not.

use std::collections::BTreeMap;

use super::package::Chosen;
use crate::{
    diagnostic::Diagnostic,
    site::{Counts, Site},
    verify::Report,
};

/// The pages that do not say the same in each format and language, and in how many places.
pub fn differences(report: &Report, chosen: &Chosen) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for it in report.differences.iter().filter(|it| chosen.holds(&it.page)) {
        *counts.entry((&it.page, &it.language)).or_default() += 1 + it.repeats;
    }
    let fault = |((page, language), count): ((&str, &str), usize)| {
        Diagnostic::error("deposit-difference")
            .with("page", page)
            .with("language", language)
            .with("count", count)
    };
    counts.into_iter().map(fault).collect()
}

/// The pages of which too little was checked by a second person, in each language.
pub fn reviewed(site: &Site, chosen: &Chosen, wanted: u8) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for edition in &site.editions {
        let pages = edition.pages.iter().filter(|it| !it.generated);
        for page in pages.filter(|it| chosen.holds(it.key.as_str())) {
            let share = share(page.counts);
            if share < wanted {
                let fault = Diagnostic::error("deposit-not-reviewed")
                    .with("page", &page.key)
                    .with("language", &edition.language)
                    .with("share", share)
                    .with("wanted", wanted);
                faults.push(fault.in_file(&page.file));
            }
        }
    }
    faults
}

/// How many units in a hundred of those that are translated a second person has checked;
/// all of them where nothing is translated.
fn share(counts: Counts) -> u8 {
    let translated = counts.total() - counts.source;
    let share = (counts.reviewed * 100).checked_div(translated).unwrap_or(100);
    u8::try_from(share).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_of_what_is_translated() {
        let counts = Counts { source: 10, ..Counts::default() };
        assert_eq!(share(counts), 100);
        assert_eq!(share(Counts { reviewed: 1, missing: 2, ..counts }), 33);
        assert_eq!(share(Counts { reviewed: 3, ..counts }), 100);
    }
}
