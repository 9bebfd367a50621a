//! What the front matter says.

use std::{collections::BTreeMap, fmt, sync::Arc};

use super::Text;
use crate::diagnostic::Place;

/// A language tag (BCP 47), such as `fr` or `pt-BR`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(Arc<str>);

impl Language {
    /// The tag as it is given; whoever reads it from outside checks it first.
    pub fn new(tag: &str) -> Self {
        Self(Arc::from(tag))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a page is called in every language: its address without the language, such as
/// `/mission/objectifs/`. It begins and ends with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageKey(Arc<str>);

impl PageKey {
    /// The key as it is given: begins and ends with `/`.
    pub fn new(key: &str) -> Self {
        debug_assert!(key.starts_with('/') && key.ends_with('/'), "{key}");
        Self(Arc::from(key))
    }

    /// The key, with its slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the front matter says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The page's title. `source` makes sure that there is one: from the front matter,
    /// else the first heading, else the file's name, with a diagnostic.
    pub title: Text,
    /// What the page is about, in a sentence.
    pub description: Option<Text>,
    /// The page's date, `YYYY-MM-DD`, valid.
    pub date: Option<Date>,
    /// The source site's layout; kept, not used.
    pub layout: Option<String>,
    /// The breadcrumb entries between home and the page.
    pub segments: Vec<Segment>,
    /// Whether the page asks for a breadcrumb; `None` when it does not say.
    pub show_breadcrumb: Option<bool>,
    /// Where the page is published, when the path does not say it.
    pub permalink: Option<Permalink>,
    /// The last part of the address, in place of the file's or folder's name.
    pub slug: Option<String>,
    /// The page's image, for lists and link previews.
    pub image: Option<super::Image>,
    /// The page's tags.
    pub tags: Vec<String>,
    /// The language of the page, when it says so.
    pub language: Option<Language>,
    /// In which sense the texts of the page are meant, where the same words are meant in
    /// another one elsewhere.
    pub context: Option<String>,
    /// Whether the page is not to be published.
    pub draft: bool,
    /// The keys that mean nothing here, kept as they are written.
    pub other: BTreeMap<String, String>,
}

/// A breadcrumb entry as the page gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it is written.
    pub place: Place,
    /// The address of the page it leads to, without a language.
    pub url: String,
    /// Its title.
    pub title: Text,
}

/// Where a page asks to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permalink {
    /// At this address, as written.
    Address(String, Place),
    /// Nowhere.
    Nowhere,
}

/// A day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

impl Date {
    /// The day written `YYYY-MM-DD`, when there is such a day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut number = |digits: usize| {
            let part = parts.next().filter(|it| it.len() == digits)?;
            part.bytes()
                .all(|it| it.is_ascii_digit())
                .then(|| part.parse::<u16>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let leap = year.is_multiple_of(4)
            && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
