//! The source site's own navigation (`eleventyNavigation`), made into trails.
//!
//! There each page has a key and names the key of the page above it. Where a page has such
//! a place, that decides its trail, whatever its `segments` say, as on the source site; a
//! diagnostic says when the two differ.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    document::{Document, Language, Navigation, Segment, Text},
};

/// How many entries a trail may have.
const LONGEST: usize = 16;

/// An entry of the navigation: a page, or a place in a menu that is no page.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it says of itself.
    pub navigation: Navigation,
    /// The address it leads to, if any.
    pub address: Option<String>,
}

/// The entries, by language and key.
#[derive(Clone, Debug, Default)]
pub struct Menu(BTreeMap<(Language, String), Entry>);

impl Menu {
    /// Adds the place that a page has; `address` is the page's own, if it is published.
    pub fn add(
        &mut self,
        language: &Language,
        document: &Document,
        address: Option<&str>,
    ) {
        let Some(navigation) = document.meta.navigation.clone() else { return };
        if navigation.key.is_empty() {
            return;
        }
        let address = address.map(str::to_owned).or_else(|| navigation.url.clone());
        let key = (language.clone(), navigation.key.clone());
        self.0.entry(key).or_insert(Entry { navigation, address });
    }

    /// Gives a page that has a place in the navigation the trail that leads there.
    pub fn lead(&self, language: &Language, document: &mut Document) -> Vec<Diagnostic> {
        let Some(navigation) = document.meta.navigation.clone() else {
            return Vec::new();
        };
        let mut diagnostics = Vec::new();
        let segments = self.segments(language, &navigation, &mut diagnostics);
        let titles = |it: &[Segment]| -> Vec<String> {
            it.iter().map(|it| it.title.to_plain()).collect()
        };
        let written = titles(&document.meta.segments);
        let led = titles(&segments);
        if !written.is_empty() && written != led {
            let shown = |it: &[String]| match it {
                [] => "–".to_owned(),
                it => it.join(" › "),
            };
            let fault =
                Diagnostic::warning("navigation-and-segments").at(navigation.place);
            let fault = fault.with("navigation", shown(&led));
            diagnostics.push(fault.with("segments", shown(&written)));
        }
        document.meta.segments = segments;
        diagnostics
    }

    /// The entries above one, the highest first.
    fn segments(
        &self,
        language: &Language,
        own: &Navigation,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut seen = vec![own.key.clone()];
        let mut parent = own.parent.clone();
        while let Some(key) = parent {
            if seen.contains(&key) || seen.len() > LONGEST {
                let fault = Diagnostic::warning("navigation-circle").at(own.place);
                diagnostics.push(fault.with("key", &key));
                break;
            }
            let entry = self.0.get(&(language.clone(), key.clone()));
            let title = entry.and_then(|it| it.navigation.title.clone());
            let url = entry.and_then(|it| it.address.clone()).unwrap_or_default();
            if entry.is_none() {
                let fault =
                    Diagnostic::warning("navigation-parent-unknown").at(own.place);
                diagnostics.push(fault.with("key", &key));
            }
            segments.push(Segment {
                place: own.place,
                url,
                title: Text::plain(own.place, title.unwrap_or_else(|| key.clone())),
            });
            parent = entry.and_then(|it| it.navigation.parent.clone());
            seen.push(key);
        }
        segments.reverse();
        segments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Meta;

    fn page(key: &str, parent: Option<&str>) -> Document {
        let navigation = Navigation {
            key: key.to_owned(),
            parent: parent.map(str::to_owned),
            ..Navigation::default()
        };
        let meta = Meta { navigation: Some(navigation), ..Meta::default() };
        Document { meta, ..Document::default() }
    }

    fn trail(menu: &Menu, mut page: Document) -> (String, Vec<&'static str>) {
        let told = menu.lead(&Language::new("fr"), &mut page);
        let crumbs = page.meta.segments.iter();
        let crumbs: Vec<String> =
            crumbs.map(|it| format!("{}({})", it.title.to_plain(), it.url)).collect();
        (crumbs.join(" "), told.iter().map(|it| it.code).collect())
    }

    #[test]
    fn a_page_is_led_to_by_its_parents_published_or_not() {
        let fr = Language::new("fr");
        let mut menu = Menu::default();
        menu.add(&fr, &page("A", None), None);
        menu.add(&fr, &page("B", Some("A")), Some("/b/"));
        assert_eq!(trail(&menu, page("C", Some("B"))), ("A() B(/b/)".into(), vec![]));
        assert_eq!(trail(&menu, page("D", None)), (String::new(), vec![]));
        let (crumbs, told) = trail(&menu, page("E", Some("?")));
        assert_eq!((crumbs.as_str(), told), ("?()", vec!["navigation-parent-unknown"]));
    }

    #[test]
    fn parents_that_name_each_other_end_somewhere() {
        let fr = Language::new("fr");
        let mut menu = Menu::default();
        menu.add(&fr, &page("A", Some("B")), None);
        menu.add(&fr, &page("B", Some("A")), None);
        let (crumbs, told) = trail(&menu, page("A", Some("B")));
        assert_eq!((crumbs.as_str(), told), ("B()", vec!["navigation-circle"]));
    }

    #[test]
    fn the_navigation_goes_before_segments_and_says_so() {
        let mut both = page("C", Some("A"));
        both.meta.segments.push(Segment {
            place: Default::default(),
            url: "/x/".into(),
            title: Text::plain(Default::default(), "X"),
        });
        let mut menu = Menu::default();
        menu.add(&Language::new("fr"), &page("A", None), None);
        assert_eq!(trail(&menu, both), ("A()".into(), vec!["navigation-and-segments"]));
    }
}
