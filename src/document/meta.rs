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
    /// Whether the page is to be published.
    pub gate: Gate,
    /// The first day on which the page is to be published.
    pub from: Option<Date>,
    /// The first day on which the page is no longer to be published.
    pub until: Option<Date>,
    /// Who wrote the page, where it says so.
    pub authors: Vec<String>,
    /// When the page was last brought up to date.
    pub updated: Option<Date>,
    /// What takes place, when the page announces something.
    pub event: Option<Event>,
    /// Whether the page asks for its own contents; `None` when it does not say.
    pub toc: Option<bool>,
    /// The page's place in the source site's navigation.
    pub navigation: Option<Navigation>,
    /// The video and the slides of the page. `source` puts them at the end of its body.
    pub media: Vec<super::Media>,
    /// The terms of the page that are the same in every language.
    pub names: Vec<String>,
    /// The keys that mean nothing here, kept as they are written.
    pub other: BTreeMap<String, String>,
}

impl Meta {
    /// Takes from a folder's defaults what the page does not say itself. Tags are joined,
    /// and of a place in the navigation what is missing is filled in.
    pub fn inherit(&mut self, defaults: &Meta) {
        let moved = |text: &Text| Text { place: Place::default(), ..text.clone() };
        if self.title.is_empty() {
            self.title = moved(&defaults.title);
        }
        if self.segments.is_empty() {
            let moved = |it: &Segment| Segment {
                place: Place::default(),
                url: it.url.clone(),
                title: moved(&it.title),
            };
            self.segments = defaults.segments.iter().map(moved).collect();
        }
        if self.permalink.is_none() {
            self.permalink = defaults.permalink.clone().map(|it| match it {
                Permalink::Address(text, _) => Permalink::Address(text, Place::default()),
                Permalink::Nowhere => Permalink::Nowhere,
            });
        }
        self.description =
            self.description.take().or_else(|| defaults.description.as_ref().map(moved));
        self.date = self.date.or(defaults.date);
        self.layout = self.layout.take().or_else(|| defaults.layout.clone());
        self.show_breadcrumb = self.show_breadcrumb.or(defaults.show_breadcrumb);
        self.slug = self.slug.take().or_else(|| defaults.slug.clone());
        self.language = self.language.take().or_else(|| defaults.language.clone());
        self.gate = self.gate.max(match defaults.gate {
            Gate::Unclear | Gate::Inherited => Gate::Inherited,
            Gate::Draft | Gate::Told => Gate::Draft,
            Gate::Open => Gate::Open,
        });
        self.from = self.from.max(defaults.from);
        self.until = [self.until, defaults.until].into_iter().flatten().min();
        if self.authors.is_empty() {
            self.authors.clone_from(&defaults.authors);
        }
        self.updated = self.updated.or(defaults.updated);
        self.toc = self.toc.or(defaults.toc);
        if self.image.is_none() {
            self.image = defaults.image.clone();
            self.image.iter_mut().for_each(|it| it.place = Place::default());
        }
        let own = std::mem::take(&mut self.tags);
        self.tags.clone_from(&defaults.tags);
        for tag in own {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        self.names.extend(defaults.names.iter().cloned());
        match (&mut self.navigation, &defaults.navigation) {
            (Some(own), Some(defaults)) => own.inherit(defaults),
            (own @ None, Some(defaults)) => *own = Some(defaults.clone()),
            (_, None) => {}
        }
        for (key, value) in &defaults.other {
            self.other.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// Whether a page is to be published. The greater one counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Nothing speaks against it.
    #[default]
    Open,
    /// The page says no.
    Draft,
    /// The page says no in other words, which its reader was told.
    Told,
    /// What its folder says was not understood, so it is kept back.
    Inherited,
    /// What the page says was not understood, so it is kept back.
    Unclear,
}

/// What takes place, and when and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// Where it is written.
    pub place: Place,
    /// When it begins.
    pub start: Moment,
    /// When it ends, on the last day where no hour is given.
    pub end: Option<Moment>,
    /// Where it takes place: a name, the same in every language.
    pub location: Option<String>,
}

/// A day, and the hour where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The hour.
    pub time: Option<Time>,
}

/// An hour of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// The hour, from 0 to 23.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// How many minutes its clock is ahead of universal time; `None` where it is the clock
    /// of the place.
    pub offset: Option<i16>,
}

impl Moment {
    /// Whether this is before another moment, as far as their clocks are the same.
    pub fn is_before(self, other: Self) -> bool {
        match (self.time, other.time) {
            (Some(one), Some(two)) if one.offset == two.offset => {
                (self.date, one.hour, one.minute) < (other.date, two.hour, two.minute)
            }
            _ => self.date < other.date,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:00", time.hour, time.minute)?;
        match time.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let offset = offset.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
            }
        }
    }
}

/// A page's place in the source site's navigation (`eleventyNavigation`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Navigation {
    /// Where its parent is named, else where it is written.
    pub place: Place,
    /// What the page is called there.
    pub key: String,
    /// What is shown of it, when that is not the key.
    pub title: Option<String>,
    /// The key of the page above it.
    pub parent: Option<String>,
    /// Where it stands among those beside it, in thousandths.
    pub order: Option<i64>,
    /// Where it leads, when it is no page's own address.
    pub url: Option<String>,
}

impl Navigation {
    fn inherit(&mut self, defaults: &Self) {
        self.parent = self.parent.take().or_else(|| defaults.parent.clone());
        self.order = self.order.or(defaults.order);
        self.url = self.url.take().or_else(|| defaults.url.clone());
        self.title = self.title.take().or_else(|| defaults.title.clone());
    }
}

/// A breadcrumb entry as the page gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it is written.
    pub place: Place,
    /// The address of the page it leads to, without a language; empty for an entry of the
    /// source site's navigation that leads to no page.
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

impl Date {
    /// The day after.
    pub fn next(self) -> Self {
        let Self { year, month, day } = self;
        let next = |year: u16, month: u8, day: u8| {
            Self::parse(&format!("{year:04}-{month:02}-{day:02}"))
        };
        next(year, month, day + 1)
            .or_else(|| next(year, month + 1, 1))
            .or_else(|| next(year + 1, 1, 1))
            .unwrap_or(self)
    }

    /// The day before.
    pub fn previous(self) -> Self {
        let Self { year, month, day } = self;
        let before = |year: u16, month: u8| {
            (28..=31)
                .rev()
                .find_map(|day| Self::parse(&format!("{year:04}-{month:02}-{day:02}")))
        };
        match (day, month) {
            (2.., _) => Self { day: day - 1, ..self },
            (_, 2..) => before(year, month - 1).unwrap_or(self),
            _ => before(year.saturating_sub(1), 12).unwrap_or(self),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
