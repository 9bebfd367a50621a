//! Lists of pages: what the pages that the program makes are made of.
//!
//! A list shows each page by its [`Card`]: its title as a link, its date, its description,
//! in the language in which the page itself is shown.

use std::cmp::{Ordering, Reverse};

use icu_collator::{
    Collator, CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
    preferences::CollationNumericOrdering,
};

use super::{Labels, dates};
use crate::{
    diagnostic::Place,
    document::{
        Attributes, Block, Date, Document, Group, Inline, Item, Language, Link, List,
        ListKind, Numerals, PageKey, Paragraph, Span, State, Style, Target, Text,
    },
};

/// What a list says of a page, in one language.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// The page.
    pub(super) key: PageKey,
    /// Its title.
    pub(super) title: Text,
    /// What it is about.
    pub(super) description: Option<Text>,
    /// Its date.
    pub(super) date: Option<Date>,
    /// Whether it exists in this language, and is more than a copy of its source.
    pub(super) available: bool,
}

impl Card {
    /// The card of a page that somebody wrote.
    pub(super) fn new(key: &PageKey, document: &Document, available: bool) -> Self {
        let meta = &document.meta;
        let description = meta.description.as_ref().filter(|it| !it.is_empty());
        Self {
            key: key.clone(),
            title: repeated(&meta.title),
            description: description.map(repeated),
            date: dates::published(meta),
            available,
        }
    }
}

/// A text that stands on another page too: it is no unit, and the page that it comes from
/// says how its translation stands. Its language stays.
pub(super) fn repeated(text: &Text) -> Text {
    Text {
        unit: String::new(),
        state: State::Source,
        inlines: bare(&text.inlines),
        ..text.clone()
    }
}

/// Inlines without what cannot be repeated, or stand in a link: links, calls of notes,
/// images, identifiers.
fn bare(inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::SoftBreak | Inline::HardBreak => out.push(Inline::Text(" ".into())),
            Inline::Styled(style, inner) => {
                out.push(Inline::Styled(style.clone(), bare(inner)));
            }
            Inline::Link(link) => out.extend(bare(&link.inlines)),
            Inline::Image(image) => out.push(Inline::Text(image.alternative.clone())),
            Inline::Footnote(_) => {}
            Inline::Span(span) => out.push(Inline::Span(Span {
                attributes: Attributes { id: None, ..span.attributes.clone() },
                inlines: bare(&span.inlines),
                ..span.clone()
            })),
            other => out.push(other.clone()),
        }
    }
    out
}

/// The order of a language's words.
#[derive(Debug)]
pub(super) struct Alphabet(Option<CollatorBorrowed<'static>>);

impl Alphabet {
    /// The alphabet of a language; numbers stand in the order of what they count.
    pub(super) fn new(language: &Language) -> Self {
        let locale = language.as_str().parse::<icu_locale::Locale>().ok();
        let collator = locale.and_then(|locale| {
            let mut preferences = CollatorPreferences::from(&locale);
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            Collator::try_new(preferences, CollatorOptions::default()).ok()
        });
        Self(collator)
    }

    /// Compares two texts; those that the language holds for equal, by their letters.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let ours = self.0.as_ref().map(|it| it.compare(one, other));
        ours.unwrap_or(Ordering::Equal).then_with(|| one.cmp(other))
    }

    /// Puts cards in order: dated ones first, the newest on top, then by title.
    pub(super) fn sort(&self, cards: &mut [&Card]) {
        let mut titled: Vec<(String, &Card)> =
            cards.iter().map(|it| (plain(it), *it)).collect();
        titled.sort_by(|(title, one), (other_title, other)| {
            let dates = Reverse(one.date).cmp(&Reverse(other.date));
            let titles = || self.compare(title, other_title);
            dates.then_with(titles).then_with(|| one.key.cmp(&other.key))
        });
        for (place, (_, card)) in cards.iter_mut().zip(titled) {
            *place = card;
        }
    }
}

fn plain(card: &Card) -> String {
    card.title.to_plain()
}

/// The cards as a list, each with its date and its description.
pub(super) fn list(cards: &[&Card], labels: &Labels) -> Block {
    let tight = cards.iter().all(|it| it.description.is_none());
    let items = cards.iter().map(|card| {
        let mut line = vec![link(&card.key, &card.title)];
        if let Some(date) = card.date {
            let day = vec![Inline::Text(labels.date(date))];
            line.push(Inline::Text("\u{a0}– ".to_owned()));
            line.push(Inline::Styled(Style::Small, day));
        }
        let line = Text::new(Place::default(), line);
        match &card.description {
            None if tight => vec![Block::Plain(line)],
            description => {
                std::iter::once(line).chain(description.clone()).map(paragraph).collect()
            }
        }
    });
    Block::Group(Group {
        place: Place::default(),
        attributes: Attributes {
            classes: vec!["listing".into()],
            ..Attributes::default()
        },
        blocks: vec![bullets(items.collect(), tight)],
    })
}

/// Cards as a list of links, each with how many pages it leads to.
pub(super) fn counted(cards: &[(&Card, usize)], labels: &Labels) -> Block {
    let items = cards.iter().map(|(card, count)| {
        let count = labels.format("page-count", &[("count", (*count).into())]);
        let line =
            vec![link(&card.key, &card.title), Inline::Text(format!("\u{a0}– {count}"))];
        vec![Block::Plain(Text::new(Place::default(), line))]
    });
    bullets(items.collect(), true)
}

/// A list of items that hold these blocks.
pub(super) fn bullets(items: Vec<Vec<Block>>, tight: bool) -> Block {
    let place = Place::default();
    let item = |blocks| Item { place, number: None, task: None, blocks };
    let items = items.into_iter().map(item).collect();
    Block::List(List {
        place,
        kind: ListKind::Bullet,
        numerals: Numerals::default(),
        reversed: false,
        tight,
        items,
    })
}

fn paragraph(text: Text) -> Block {
    let attributes = Attributes::default();
    Block::Paragraph(Paragraph { place: Place::default(), text, attributes })
}

/// A link to a page, with its title.
pub(super) fn link(key: &PageKey, title: &Text) -> Inline {
    let place = Place::default();
    let inlines = match &title.language {
        None => title.inlines.clone(),
        Some(language) => vec![Inline::Span(Span {
            place,
            language: Some(language.clone()),
            attributes: Attributes::default(),
            inlines: title.inlines.clone(),
        })],
    };
    Inline::Link(Link {
        place,
        address: key.to_string(),
        target: Target::Page(key.clone(), None),
        title: None,
        inlines,
        attributes: Attributes::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str, date: Option<&str>) -> Card {
        Card {
            key: PageKey::new(&format!("/{title}/")),
            title: Text::plain(Place::default(), title),
            description: None,
            date: date.and_then(Date::parse),
            available: true,
        }
    }

    fn sorted(tag: &str, cards: &[Card]) -> Vec<String> {
        let mut cards: Vec<&Card> = cards.iter().collect();
        Alphabet::new(&Language::new(tag)).sort(&mut cards);
        cards.into_iter().map(plain).collect()
    }

    #[test]
    fn titles_stand_in_the_order_of_their_language() {
        let titles = ["zèbre", "Été", "ete 10", "ete 9", "côte", "coté", "Ångström"];
        let cards = titles.map(|it| card(it, None));
        let french = ["Ångström", "coté", "côte", "Été", "ete 9", "ete 10", "zèbre"];
        assert_eq!(sorted("fr", &cards), french);
        assert_eq!(sorted("sv", &cards).last().map(String::as_str), Some("Ångström"));
    }

    #[test]
    fn dated_pages_come_first_and_the_newest_on_top() {
        let cards = [
            card("b", None),
            card("c", Some("2023-01-01")),
            card("d", Some("2024-01-01")),
            card("a", None),
        ];
        assert_eq!(sorted("fr", &cards), ["d", "c", "a", "b"]);
    }

    #[test]
    fn a_title_is_repeated_without_its_notes_and_links() {
        let link = link(&PageKey::new("/a/"), &Text::plain(Place::default(), "mot"));
        let text = Text {
            unit: "u-1".to_owned(),
            ..Text::new(Place::default(), vec![link, Inline::HardBreak])
        };
        let repeated = repeated(&text);
        assert_eq!(repeated.unit, "");
        assert_eq!(
            repeated.inlines,
            [Inline::Text("mot".into()), Inline::Text(" ".into())]
        );
    }
}
