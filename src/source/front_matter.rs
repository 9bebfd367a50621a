//! The front matter: split off, read as YAML, and made into what the page says of itself.

use std::collections::BTreeMap;

use super::{
    attributes, element,
    inline::plain_text,
    places::Places,
    yaml::{self, Entry, Value},
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{
        Attributes, Date, Image, Link, Media, MediaKind, Meta, Navigation, Permalink,
        Resource, Segment, Target, Text,
    },
};

/// How many tags, levels of a trail or media a page may name.
const MOST_ENTRIES: usize = 200;

/// The front matter and the body of a file, as byte ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// The YAML, if there is any.
    pub(super) matter: Option<(usize, usize)>,
    /// The body's first byte, at the beginning of a line.
    pub(super) body: usize,
    /// Whether the closing `---` is there.
    pub(super) closed: bool,
}

/// Splits a file. Without a closing `---` the front matter ends at the first empty line.
pub(super) fn split(places: &Places<'_>) -> Split {
    let text = places.text();
    let begin = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let none = Split { matter: None, body: begin, closed: true };
    let line = |number: usize| &text[places.line_start(number)..places.line_end(number)];
    if text[begin..places.line_end(1)].trim_end() != "---" {
        return none;
    }
    let start = places.line_start(2);
    let mut empty = None;
    for number in 2..=places.lines() {
        let content = line(number).trim_end();
        if content == "---" {
            let matter = Some((start, places.line_start(number)));
            return Split { matter, body: places.line_start(number + 1), closed: true };
        }
        if content.is_empty() && empty.is_none() {
            empty = Some(places.line_start(number));
        }
    }
    let end = empty.unwrap_or(text.len());
    let looks = text[start..end].lines().next().is_some_and(|it| it.contains(':'));
    if !looks {
        // A rule at the top of a page.
        return none;
    }
    Split { matter: Some((start, end)), body: end, closed: false }
}

/// Reads the front matter at these bytes of a file.
pub(super) fn read(
    places: &Places<'_>,
    (start, end): (usize, usize),
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta {
    let text = &places.text()[start..end];
    let mut front =
        Front { places, text, start, diagnostics, meta: Meta::default(), fallback: None };
    if text.trim().is_empty() {
        return front.meta;
    }
    match yaml::read(text) {
        Ok(Entry { value: Value::Map(entries), .. }) => front.map(entries),
        Ok(Entry { value: Value::Null, .. }) => {}
        Ok(_) => {
            let place = places.place(start, end);
            front.report(Diagnostic::error("front-matter-not-a-mapping").at(place));
        }
        Err(fault) => front.broken(&fault),
    }
    if front.meta.title.is_empty()
        && let Some(title) = front.fallback.take()
    {
        front.meta.title = title;
    }
    front.meta
}

/// Reads what a folder says of its pages: YAML, or the JSON that is YAML too.
pub(super) fn defaults(text: &str) -> Checked<Meta> {
    let mut diagnostics = Vec::new();
    let places = Places::new(text);
    let value = read(&places, (0, text.len()), &mut diagnostics);
    Checked { value, diagnostics }
}

/// The front matter being read.
struct Front<'a, 'd> {
    places: &'a Places<'a>,
    text: &'a str,
    start: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
    meta: Meta,
    /// The title that the navigation gives.
    fallback: Option<Text>,
}

impl Front<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn place(&self, entry: &Entry) -> Place {
        let (start, end) = yaml::range(entry, self.text).unwrap_or((0, self.text.len()));
        // Spaces and line ends after a value are not the value.
        let end = end.min(self.text.len()).max(start);
        let length = self.text.get(start..end).map_or(0, |it| it.trim_end().len());
        self.places.place(self.start + start, self.start + start + length)
    }

    /// The spelling of a scalar, as text; `None` for lists, mappings and nothing.
    fn text(&self, entry: &Entry) -> Option<String> {
        match &entry.value {
            Value::Text(text) => Some(plain_text(text.trim())),
            Value::Bool(_) | Value::Number => {
                let (start, end) = yaml::range(entry, self.text)?;
                Some(plain_text(self.text.get(start..end)?.trim()))
            }
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    fn map(&mut self, entries: Vec<(Entry, Entry)>) {
        let mut seen: BTreeMap<String, bool> = BTreeMap::new();
        let mut unknown: Vec<String> = Vec::new();
        let mut first_unknown = None;
        for (key, value) in entries {
            let place = self.place(&key);
            let name = self.text(&key).unwrap_or_default();
            if let Some(said) = seen.get_mut(&name) {
                if !std::mem::replace(said, true) {
                    let warning = Diagnostic::warning("front-matter-key-twice").at(place);
                    self.report(warning.with("key", &name));
                }
                continue;
            }
            seen.insert(name.clone(), false);
            if !self.known(&name, &value) {
                first_unknown = first_unknown.or(Some(place));
                let kept = yaml::range(&value, self.text)
                    .and_then(|(start, end)| self.text.get(start..end))
                    .map(|it| it.trim_end().to_owned());
                unknown.push(name.clone());
                self.meta.other.insert(name, kept.unwrap_or_default());
            }
        }
        if let Some(place) = first_unknown {
            let note = Diagnostic::note("front-matter-unknown-keys").at(place);
            self.report(note.with("keys", unknown.join(", ")));
        }
    }

    /// Takes a key that means something here; says whether it does.
    fn known(&mut self, name: &str, value: &Entry) -> bool {
        let nothing = value.value == Value::Null;
        match name {
            _ if nothing && name != "eleventyNavigation" => return is_known(name),
            "title" => self.meta.title = self.words(name, value).unwrap_or_default(),
            "description" => self.meta.description = self.words(name, value),
            "date" => self.meta.date = self.date(value),
            "layout" => self.meta.layout = self.expect_text(name, value),
            "segments" => self.segments(value),
            "showBreadcrumb" => self.meta.show_breadcrumb = self.expect_bool(name, value),
            "permalink" => self.permalink(value),
            "slugOverride" => self.meta.slug = self.expect_text(name, value),
            "image" => self.image(value),
            "tags" => self.tags(value),
            "lang" => self.language(value),
            "context" => self.meta.context = self.expect_text(name, value),
            "draft" => self.meta.draft = self.expect_bool(name, value).unwrap_or(false),
            "eleventyNavigation" => self.navigation(value),
            "toc" => self.meta.toc = self.expect_bool(name, value),
            "video" => self.media(name, MediaKind::Video, value),
            "slides" => self.media(name, MediaKind::Slides, value),
            _ => return false,
        }
        true
    }

    fn wrong(&mut self, name: &str, value: &Entry, expected: &str) {
        let warning =
            Diagnostic::warning("front-matter-wrong-type").at(self.place(value));
        self.report(warning.with("key", name).with("expected", expected));
    }

    fn expect_text(&mut self, name: &str, value: &Entry) -> Option<String> {
        let text = self.text(value);
        if text.is_none() {
            self.wrong(name, value, "text");
        }
        text.filter(|it| !it.is_empty())
    }

    fn expect_bool(&mut self, name: &str, value: &Entry) -> Option<bool> {
        let found = match &value.value {
            Value::Bool(it) => Some(*it),
            _ => None,
        };
        if found.is_none() {
            self.wrong(name, value, "bool");
        }
        found
    }

    /// A text that is translated.
    fn words(&mut self, name: &str, value: &Entry) -> Option<Text> {
        let text = self.expect_text(name, value)?;
        Some(Text::plain(self.place(value), text))
    }

    fn date(&mut self, value: &Entry) -> Option<Date> {
        let date = self.text(value).and_then(|text| date(&text));
        if date.is_none() {
            self.wrong("date", value, "date");
        }
        date
    }

    /// As many entries of a list as are read: each of them is a page, or a part of one.
    fn first<'e>(&mut self, name: &str, entries: &'e [Entry]) -> &'e [Entry] {
        if let Some(next) = entries.get(MOST_ENTRIES) {
            let error = Diagnostic::error("front-matter-list-too-long");
            let error = error.at(self.place(next)).with("key", name);
            self.report(error.with("count", entries.len()).with("most", MOST_ENTRIES));
        }
        &entries[..entries.len().min(MOST_ENTRIES)]
    }

    fn segments(&mut self, value: &Entry) {
        let Value::List(entries) = &value.value else {
            return self.wrong("segments", value, "segments");
        };
        for entry in self.first("segments", entries) {
            let Value::Map(pairs) = &entry.value else {
                self.wrong("segments", entry, "segments");
                continue;
            };
            let find = |name: &str| {
                let named =
                    |it: &&(Entry, Entry)| self.text(&it.0).as_deref() == Some(name);
                pairs.iter().find(named).map(|it| &it.1)
            };
            let url =
                find("url").and_then(|it| self.text(it)).filter(|it| !it.is_empty());
            let title =
                find("title").and_then(|it| Some((self.text(it)?, self.place(it))));
            let title = title.filter(|it| !it.0.is_empty());
            let place = self.place(entry);
            let (Some(url), Some((words, at))) = (url, title) else {
                let warning = Diagnostic::warning("segment-incomplete").at(place);
                self.report(warning);
                continue;
            };
            self.meta.segments.push(Segment {
                place,
                url,
                title: Text::plain(at, words),
            });
        }
    }

    fn permalink(&mut self, value: &Entry) {
        self.meta.permalink = match &value.value {
            Value::Bool(false) => Some(Permalink::Nowhere),
            _ => {
                let place = self.place(value);
                self.expect_text("permalink", value)
                    .map(|it| Permalink::Address(it, place))
            }
        };
    }

    fn image(&mut self, value: &Entry) {
        let mut image = Image {
            place: self.place(value),
            address: String::new(),
            resource: Resource::Unresolved,
            alternative: String::new(),
            title: None,
            attributes: Attributes::default(),
        };
        match &value.value {
            Value::Map(pairs) => {
                for (key, value) in pairs {
                    match self.text(key).as_deref() {
                        Some("path" | "src" | "url") => {
                            image.address =
                                self.expect_text("image", value).unwrap_or_default();
                        }
                        Some("alt") if value.value != Value::Null => {
                            image.alternative =
                                self.expect_text("image", value).unwrap_or_default();
                        }
                        _ => {}
                    }
                }
            }
            _ => image.address = self.text(value).unwrap_or_default(),
        }
        if image.address.is_empty() {
            return self.wrong("image", value, "image");
        }
        self.meta.image = Some(image);
    }

    fn tags(&mut self, value: &Entry) {
        let Value::List(entries) = &value.value else {
            let tag = self.expect_text("tags", value);
            return self.meta.tags.extend(tag);
        };
        for entry in self.first("tags", entries) {
            if entry.value != Value::Null {
                let tag = self.expect_text("tags", entry);
                self.meta.tags.extend(tag);
            }
        }
    }

    fn language(&mut self, value: &Entry) {
        self.meta.language = self.text(value).and_then(|it| attributes::language(&it));
        if self.meta.language.is_none() {
            self.wrong("lang", value, "lang");
        }
    }

    /// An address, an address and a title, or a list of these.
    fn media(&mut self, name: &str, kind: MediaKind, value: &Entry) {
        if let Value::List(entries) = &value.value {
            let entries = self.first(name, entries);
            return entries.iter().for_each(|it| self.media(name, kind, it));
        }
        let (mut address, mut title) = (self.text(value), None);
        if let Value::Map(pairs) = &value.value {
            for (key, value) in pairs {
                let text = self.text(value).filter(|it| !it.is_empty());
                match self.text(key).as_deref() {
                    Some("src" | "url" | "path" | "href") => address = text,
                    Some("title" | "alt") => {
                        title = text.map(|it| Text::plain(self.place(value), it));
                    }
                    _ => {}
                }
            }
        }
        let Some(address) = address.filter(|it| !it.is_empty()) else {
            return self.wrong(name, value, "media");
        };
        let place = self.place(value);
        if element::is_dangerous(&address) {
            let error = Diagnostic::error("address-dangerous").at(place);
            return self.report(error.with("address", address));
        }
        let link = Link {
            place,
            address,
            target: Target::Unresolved,
            title: None,
            inlines: Vec::new(),
            attributes: Attributes::default(),
        };
        self.meta.media.push(Media { place, kind, link, title });
    }

    /// The place in the source site's navigation. Its key serves as title where there is
    /// none.
    fn navigation(&mut self, value: &Entry) {
        let Value::Map(pairs) = &value.value else { return };
        let mut navigation =
            Navigation { place: self.place(value), ..Navigation::default() };
        for (key, value) in pairs {
            let text = self.text(value).filter(|it| !it.is_empty());
            match self.text(key).as_deref() {
                Some("key") => navigation.key = text.unwrap_or_default(),
                Some("title") => navigation.title = text,
                Some("url") => navigation.url = text,
                Some("parent") => {
                    navigation.parent = text;
                    navigation.place = self.place(value);
                }
                Some("order") => {
                    navigation.order = text.and_then(|it| order(&it));
                    if navigation.order.is_none() {
                        self.wrong("order", value, "number");
                    }
                }
                _ => {}
            }
        }
        self.meta.navigation = Some(navigation);
        for wanted in ["title", "key"] {
            let named =
                |it: &&(Entry, Entry)| self.text(&it.0).as_deref() == Some(wanted);
            let found = pairs.iter().find(named).map(|it| &it.1);
            if let Some(text) =
                found.and_then(|it| self.text(it)).filter(|it| !it.is_empty())
            {
                let place = found.map(|it| self.place(it)).unwrap_or_default();
                self.fallback = Some(Text::plain(place, text));
                return;
            }
        }
    }

    /// YAML that cannot be read, most often for a colon in a title: the lines that say
    /// `key: value` are still taken at their word.
    fn broken(&mut self, fault: &yaml::Fault) {
        let at = fault.at.unwrap_or(0).min(self.text.len());
        let place = self.places.place(self.start + at, self.start + at);
        let line = self.places.line_end(place.line as usize);
        let place = self.places.place(self.start + at, line.max(self.start + at));
        let message = fault.message.lines().next().unwrap_or_default();
        let error = Diagnostic::error("front-matter-broken").at(place);
        self.report(error.with("message", plain_text(message)));
        let mut offset = self.start;
        for line in self.text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let Some((key, value)) = line.split_once(": ") else { continue };
            let value = plain_text(unquoted(value.trim()));
            let text = || {
                Text::plain(
                    self.places.place(start, start + line.trim_end().len()),
                    value.as_str(),
                )
            };
            match key {
                _ if value.is_empty() => {}
                "title" => self.meta.title = text(),
                "description" => self.meta.description = Some(text()),
                "date" => self.meta.date = date(&value),
                "showBreadcrumb" => self.meta.show_breadcrumb = value.parse().ok(),
                "lang" => self.meta.language = attributes::language(&value),
                "draft" => self.meta.draft = value == "true",
                _ => {}
            }
        }
    }
}

fn is_known(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "description"
            | "date"
            | "layout"
            | "segments"
            | "showBreadcrumb"
            | "permalink"
            | "slugOverride"
            | "image"
            | "tags"
            | "lang"
            | "draft"
            | "context"
            | "eleventyNavigation"
            | "toc"
            | "video"
            | "slides"
    )
}

fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) =
            text.strip_prefix(quote).and_then(|it| it.strip_suffix(quote))
        {
            return inner;
        }
    }
    text
}

/// A place in an order, in thousandths: `1.5` stands between `1` and `2`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is between minus and plus a million"
)]
fn order(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    (-1e6..1e6).contains(&number).then(|| (number * 1000.0).round() as i64)
}

/// The day of `2024-09-16`, with or without an hour after it.
fn date(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let after = text[10..].chars().next();
    if !after.is_none_or(|it| matches!(it, 'T' | 't' | ' ')) {
        return None;
    }
    Date::parse(day)
}
