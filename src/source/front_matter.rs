//! The front matter: split off, read as YAML, and made into what the page says of itself.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    attributes, day, element, gate,
    gate::{Bound, Sense},
    inline::{self, plain_text},
    matter::{self, Kind, Split},
    places::Places,
    yaml::{Entry, Fault, Value},
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{
        Attributes, Date, Event, Gate, Image, Link, Media, MediaKind, Meta, Moment,
        Navigation, Permalink, Resource, Segment, Target, Text,
    },
};

/// How deep values are looked at for marks that were meant as others.
const MOST_LEVELS: usize = 4;

/// How many tags, levels of a trail or media a page may name.
const MOST_ENTRIES: usize = 200;

/// Reads the front matter of a file, as it was split off.
pub(super) fn read(
    places: &Places<'_>,
    split: &Split,
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta {
    let Some((start, end)) = split.matter else { return Meta::default() };
    let text = &places.text()[start..end];
    let text = match split.kind {
        Kind::Yaml => matter::spaced(text),
        Kind::Toml | Kind::Other => Cow::Borrowed(text),
    };
    let mut front = Front {
        places,
        text: &text,
        start,
        diagnostics,
        meta: Meta::default(),
        fallback: None,
    };
    if let Some(oddity) = split.oddity {
        let place = places.place(start, start + text.trim_end().len());
        let note = Diagnostic::note("front-matter-displaced").at(place);
        front.report(note.with("oddity", oddity.name()));
    }
    if text.trim().is_empty() {
        return front.meta;
    }
    match matter::read(&text, split.kind) {
        Ok(Entry { value: Value::Map(entries), .. }) => front.map(entries),
        Ok(Entry { value: Value::Null, .. }) => {}
        Ok(_) => {
            let place = places.place(start, end);
            front.report(Diagnostic::error("front-matter-not-a-mapping").at(place));
            front.mentions();
        }
        Err(_) if split.kind == Kind::Other => {
            let place = places.place(start, end);
            front.report(Diagnostic::error("front-matter-kind").at(place));
            front.mentions();
        }
        Err(fault) => front.broken(fault, split.kind),
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
    let split = Split {
        matter: Some((0, text.len())),
        kind: Kind::Yaml,
        body: text.len(),
        closed: true,
        oddity: None,
    };
    let value = read(&places, &split, &mut diagnostics);
    Checked { value, diagnostics }
}

/// What a text that cannot be read at all still says of whether pages are published.
pub(super) fn gate_in(text: &str) -> Gate {
    let kept_back = |it: &(gate::Gate, &str, &str, _)| match it.0.shuts(it.2) {
        Some(is_shut) => is_shut,
        None => it.0.sense != Sense::Loose,
    };
    match gate::mentions(text).iter().any(kept_back) {
        true => Gate::Unclear,
        false => Gate::Open,
    }
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
        let (start, end) = entry.range;
        // Spaces and line ends after a value are not the value.
        let end = end.min(self.text.len()).max(start);
        let length = self.text.get(start..end).map_or(0, |it| it.trim_end().len());
        self.places.place(self.start + start, self.start + start + length)
    }

    /// The spelling of a scalar, as text; `None` for lists, mappings and nothing.
    fn text(&self, entry: &Entry) -> Option<String> {
        match &entry.value {
            Value::Text(text) => {
                let text = text.trim();
                Some(plain_text(curly(text).unwrap_or(text)))
            }
            Value::Bool(_) | Value::Number => {
                Some(plain_text(self.written(entry).trim()))
            }
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// A value as it is written.
    fn written(&self, entry: &Entry) -> &str {
        self.text.get(entry.range.0..entry.range.1).unwrap_or_default()
    }

    fn map(&mut self, entries: Vec<(Entry, Entry)>) {
        let mut seen: BTreeMap<String, bool> = BTreeMap::new();
        let mut rest = Vec::new();
        for (key, value) in entries {
            let name = self.text(&key).unwrap_or_default();
            // Each of them counts: the page is kept back if one of them says so.
            let is_gate = self.gate(&name, &key, &value);
            if !is_gate {
                self.curls(&name, &value, MOST_LEVELS);
            }
            if let Some(said) = seen.get_mut(&name) {
                if !std::mem::replace(said, true) && !is_gate {
                    let warning = Diagnostic::warning("front-matter-key-twice")
                        .at(self.place(&key));
                    self.report(warning.with("key", &name));
                }
                continue;
            }
            seen.insert(name.clone(), false);
            if !is_gate && !self.known(&name, &value) {
                rest.push((name, key, value));
            }
        }
        let mut unknown: Vec<String> = Vec::new();
        let mut first_unknown = None;
        for (name, key, value) in rest {
            if AUTHORS.contains(&gate::bare(&name).as_str()) {
                if value.value != Value::Null {
                    self.authors(&name, &value);
                }
                continue;
            }
            if self.like(&name, &key, &value, &seen) {
                continue;
            }
            if !self.near(&name, &key) {
                first_unknown = first_unknown.or(Some(self.place(&key)));
                unknown.push(name.clone());
            }
            let kept = self.written(&value).trim_end().to_owned();
            self.meta.other.insert(name, kept);
        }
        if let Some(place) = first_unknown {
            let note = Diagnostic::note("front-matter-unknown-keys").at(place);
            self.report(note.with("keys", unknown.join(", ")));
        }
    }

    /// Tells of the values between typographic quotation marks, which are no quotation marks
    /// to YAML: they would be published with the words.
    fn curls(&mut self, name: &str, value: &Entry, levels: usize) {
        match &value.value {
            Value::Text(text) => {
                if let Some(inner) = curly(text.trim()) {
                    self.taken(name, value, text.trim(), inner);
                }
            }
            Value::List(entries) if levels > 0 => {
                for entry in entries.iter().take(MOST_ENTRIES) {
                    self.curls(name, entry, levels - 1);
                }
            }
            Value::Map(pairs) if levels > 0 => {
                for (key, entry) in pairs.iter().take(MOST_ENTRIES) {
                    let name = self.text(key).unwrap_or_default();
                    self.curls(&name, entry, levels - 1);
                }
            }
            Value::List(_) | Value::Map(_) => {}
            Value::Null | Value::Bool(_) | Value::Number => {}
        }
    }

    /// Takes a key that says whether the page is published; says whether it is one.
    fn gate(&mut self, name: &str, key: &Entry, value: &Entry) -> bool {
        let Some(gate) = gate::of(name) else { return false };
        if let Some(bound) = gate::bound(name)
            && let Some(day) = self.day(value)
        {
            match bound {
                Bound::From => self.meta.from = self.meta.from.max(Some(day)),
                Bound::Until => {
                    let until = [self.meta.until, Some(day)];
                    self.meta.until = until.into_iter().flatten().min();
                }
            }
            return true;
        }
        let plain = match &value.value {
            Value::Bool(it) => Some(*it),
            _ => None,
        };
        let shuts = match plain {
            Some(said) => Some(said == gate.shut),
            None => self.text(value).and_then(|it| gate.shuts(&it)),
        };
        let written = match &value.value {
            Value::List(_) | Value::Map(_) => "…".to_owned(),
            Value::Null => String::new(),
            _ => plain_text(self.written(value).trim()),
        };
        let place = Place { end: self.place(value).end, ..self.place(key) };
        match (shuts, gate.sense) {
            (None, Sense::Loose) => return false,
            (None, _) => self.unclear(name, &written, place),
            (Some(shuts), sense) => {
                let is_plain = plain.is_some() && sense == Sense::Known;
                self.gated(shuts, is_plain, name, &written, place);
            }
        }
        true
    }

    /// A key that says whether the page is published, and was understood.
    fn gated(&mut self, shuts: bool, plain: bool, name: &str, value: &str, place: Place) {
        if shuts {
            let gate = if plain { Gate::Draft } else { Gate::Told };
            self.meta.gate = self.meta.gate.max(gate);
        }
        if !plain {
            let outcome = if shuts { "kept" } else { "published" };
            let note = Diagnostic::note("gate-taken").at(place);
            let note = note.with("key", name).with("value", value);
            self.report(note.with("outcome", outcome));
        }
    }

    /// A key that says whether the page is published, and was not understood.
    fn unclear(&mut self, name: &str, value: &str, place: Place) {
        self.meta.gate = Gate::Unclear;
        let error = Diagnostic::error("gate-unclear").at(place);
        self.report(error.with("key", name).with("value", value));
    }

    /// What is said of gates in a text that cannot be read as a mapping.
    fn mentions(&mut self) {
        let text = self.text;
        for (gate, name, value, (start, end)) in gate::mentions(text) {
            let place = self.places.place(self.start + start, self.start + end);
            match gate.shuts(value) {
                Some(shuts) => self.gated(shuts, true, name, value, place),
                None if gate.sense == Sense::Loose => {}
                None => self.unclear(name, value, place),
            }
        }
    }

    /// Takes a key that is another word, or another spelling, of one that means something
    /// here and is not there; says whether it is one.
    fn like(
        &mut self,
        name: &str,
        key: &Entry,
        value: &Entry,
        seen: &BTreeMap<String, bool>,
    ) -> bool {
        let bare = gate::bare(name);
        let other = OTHER_WORDS.iter().find(|it| it.0 == bare).map(|it| it.1);
        let meant = other.or_else(|| KNOWN.into_iter().find(|it| gate::bare(it) == bare));
        let Some(meant) = meant.filter(|it| !seen.contains_key(*it)) else {
            return false;
        };
        let warning = Diagnostic::warning("front-matter-key-like").at(self.place(key));
        self.report(warning.with("key", name).with("meant", meant));
        self.known(meant, value)
    }

    /// Names the key that another one may have been meant to be.
    fn near(&mut self, name: &str, key: &Entry) -> bool {
        let bare = gate::bare(name);
        let most = if bare.chars().count() < 6 { 1 } else { 2 };
        let distance = |it: &str| strsim::damerau_levenshtein(&bare, &gate::bare(it));
        let nearest = KNOWN.into_iter().min_by_key(|it| distance(it));
        let nearest = nearest.filter(|it| {
            bare.chars().count() > 3
                && distance(it) <= most
                && !WORDS.contains(&bare.as_str())
        });
        if let Some(nearest) = nearest {
            let warning =
                Diagnostic::warning("front-matter-key-near").at(self.place(key));
            self.report(warning.with("key", name).with("nearest", nearest));
        }
        nearest.is_some()
    }

    /// Takes a key that means something here; says whether it does.
    fn known(&mut self, name: &str, value: &Entry) -> bool {
        let nothing = value.value == Value::Null;
        match name {
            _ if nothing && name != "eleventyNavigation" => return is_known(name),
            "updated" => self.meta.updated = self.date(name, value),
            "event" => self.event(value),
            "title" => self.meta.title = self.words(name, value).unwrap_or_default(),
            "description" => self.meta.description = self.words(name, value),
            "date" => self.meta.date = self.date(name, value),
            "layout" => self.meta.layout = self.expect_text(name, value),
            "segments" => self.segments(value),
            "showBreadcrumb" => self.meta.show_breadcrumb = self.expect_bool(name, value),
            "permalink" => self.permalink(value),
            "slugOverride" => self.meta.slug = self.expect_text(name, value),
            "image" => self.image(value),
            "tags" => {
                let tags = self.list(name, value);
                self.meta.tags.extend(tags);
            }
            "notranslate" => {
                let names = self.list(name, value);
                self.meta.names.extend(names);
            }
            "lang" => self.language(value),
            "context" => self.meta.context = self.expect_text(name, value),
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
        if let Value::Bool(it) = &value.value {
            return Some(*it);
        }
        let written = self.text(value).unwrap_or_default();
        let found = gate::truth(&written);
        match found {
            None => self.wrong(name, value, "bool"),
            Some(said) => self.taken(name, value, &written, said),
        }
        found
    }

    /// Says how a value that is written in another way was understood.
    fn taken(&mut self, name: &str, value: &Entry, written: &str, said: impl ToString) {
        let note = Diagnostic::note("front-matter-taken").at(self.place(value));
        let note = note.with("key", name).with("value", written);
        self.report(note.with("said", said));
    }

    /// A text that is translated.
    fn words(&mut self, name: &str, value: &Entry) -> Option<Text> {
        let text = self.expect_text(name, value)?;
        let text = self.whole(name, value, text);
        Some(inline::text_of(self.place(value), &text))
    }

    /// A text with the number that YAML takes for a comment: `Guide # 2`. Other words after
    /// such a sign are told.
    fn whole(&mut self, name: &str, value: &Entry, text: String) -> String {
        let (start, end) = value.range;
        let is_plain =
            !self.written(value).trim_start().starts_with(['"', '\'', '|', '>']);
        let after = self.text.get(end..).unwrap_or_default();
        let after = after.lines().next().unwrap_or_default().trim_end();
        let gap = self.text.get(start..end).is_some_and(|it| it.ends_with([' ', '\t']));
        let comment = after.trim_start();
        if !is_plain || !comment.starts_with('#') || !gap && comment.len() == after.len()
        {
            return text;
        }
        let number = comment.trim_start_matches('#').trim_start();
        if number.starts_with(|it: char| it.is_ascii_digit()) {
            let whole = format!("{text} {comment}");
            self.taken(name, value, &text, &whole);
            return plain_text(&whole);
        }
        let (from, to) = (end + after.len() - comment.len(), end + after.len());
        let place = self.places.place(self.start + from, self.start + to);
        let warning = Diagnostic::warning("front-matter-comment").at(place);
        self.report(warning.with("key", name).with("comment", comment));
        text
    }

    /// The day that a value is, if there is no doubt.
    fn day(&self, value: &Entry) -> Option<Date> {
        let text = self.text(value)?;
        date(&text).or_else(|| match day::read(&text) {
            day::Reading::Sure(date) => Some(date),
            day::Reading::Guess(_) | day::Reading::None => None,
        })
    }

    /// Who wrote the page: a name, names, or lists of what is said of people.
    fn authors(&mut self, name: &str, value: &Entry) {
        let entries = match &value.value {
            Value::List(entries) => self.first(name, entries),
            _ => std::slice::from_ref(value),
        };
        for entry in entries {
            let is_name = |it: &&(Entry, Entry)| {
                matches!(self.text(&it.0).as_deref(), Some("name" | "nom"))
            };
            let said = match &entry.value {
                Value::Map(pairs) => {
                    pairs.iter().find(is_name).and_then(|it| self.text(&it.1))
                }
                Value::Text(_) => self.text(entry),
                Value::Null | Value::Bool(_) | Value::Number | Value::List(_) => None,
            };
            match said.filter(|it| !it.is_empty()) {
                Some(author) => {
                    if !self.meta.authors.contains(&author) {
                        self.meta.authors.push(author);
                    }
                }
                None => self.wrong(name, entry, "author"),
            }
        }
    }

    fn date(&mut self, name: &str, value: &Entry) -> Option<Date> {
        let text = self.text(value).unwrap_or_default();
        if let Some(date) = date(&text) {
            return Some(date);
        }
        match day::read(&text) {
            day::Reading::Sure(date) => {
                self.taken(name, value, &text, date);
                Some(date)
            }
            day::Reading::Guess(date) => {
                let warning = Diagnostic::warning("date-unclear").at(self.place(value));
                let warning = warning.with("key", name).with("value", text);
                self.report(warning.with("date", date));
                None
            }
            day::Reading::None => {
                self.wrong(name, value, "date");
                None
            }
        }
    }

    /// What takes place, and when and where: a day, or `start`, `end` and `place`.
    fn event(&mut self, value: &Entry) {
        let mut event = Event { place: self.place(value), ..Event::default() };
        let mut start = None;
        match &value.value {
            Value::Map(pairs) => {
                for (key, value) in pairs {
                    let name = self.text(key).unwrap_or_default();
                    match gate::bare(&name).as_str() {
                        "start" | "debut" | "début" | "date" => {
                            start = self.moment("start", value);
                        }
                        "end" | "fin" => event.end = self.moment("end", value),
                        "place" | "lieu" | "location" => {
                            event.location = self.expect_text("place", value);
                        }
                        _ => {
                            let warning = Diagnostic::warning("event-key-unknown");
                            let warning = warning.at(self.place(key));
                            self.report(warning.with("key", name));
                        }
                    }
                }
            }
            _ => start = self.moment("event", value),
        }
        let Some(start) = start else {
            let error = Diagnostic::error("event-without-start").at(self.place(value));
            return self.report(error);
        };
        event.start = start;
        if event.end.is_some_and(|end| end.is_before(start)) {
            let warning = Diagnostic::warning("event-ends-before").at(self.place(value));
            self.report(warning);
            event.end = None;
        }
        self.meta.event = Some(event);
    }

    fn moment(&mut self, name: &str, value: &Entry) -> Option<Moment> {
        let text = self.text(value).unwrap_or_default();
        let moment = day::moment(&text);
        if moment.is_none() {
            self.wrong(name, value, "moment");
        }
        moment
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
            let title = find("title").and_then(|it| Some((self.text(it)?, it)));
            let title = title.filter(|it| !it.0.is_empty());
            let title = title.map(|(words, entry)| {
                (self.whole("title", entry, words), self.place(entry))
            });
            let place = self.place(entry);
            let (Some(url), Some((words, at))) = (url, title) else {
                let warning = Diagnostic::warning("segment-incomplete").at(place);
                self.report(warning);
                continue;
            };
            self.meta.segments.push(Segment {
                place,
                url,
                title: inline::text_of(at, &words),
            });
        }
    }

    fn permalink(&mut self, value: &Entry) {
        self.meta.permalink = match &value.value {
            Value::Bool(false) => Some(Permalink::Nowhere),
            Value::Text(text) if gate::truth(text) == Some(false) => {
                let text = text.clone();
                self.taken("permalink", value, &text, false);
                Some(Permalink::Nowhere)
            }
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

    /// One text, or a list of them.
    fn list(&mut self, name: &str, value: &Entry) -> Vec<String> {
        let Value::List(entries) = &value.value else {
            return self.expect_text(name, value).into_iter().collect();
        };
        let entries = self.first(name, entries);
        let entries = entries.iter().filter(|it| it.value != Value::Null);
        entries.filter_map(|it| self.expect_text(name, it)).collect()
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
                        title = text.map(|it| inline::text_of(self.place(value), &it));
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
                self.fallback = Some(inline::text_of(place, &text));
                return;
            }
        }
    }

    /// Front matter that cannot be read, most often for a colon in a title: the lines that
    /// say `key: value` are still taken at their word.
    fn broken(&mut self, fault: Fault, kind: Kind) {
        let (cause, line) = match kind {
            Kind::Yaml => matter::cause(self.text, fault),
            Kind::Toml | Kind::Other => ("toml", fault.line.unwrap_or(1)),
        };
        let first = self.places.line_of(self.start);
        let (start, end) = (
            self.places.line_start(first + line - 1),
            self.places.line_end(first + line - 1),
        );
        let start = start.max(self.start).min(end);
        let error =
            Diagnostic::error("front-matter-broken").at(self.places.place(start, end));
        self.report(error.with("cause", cause));
        self.mentions();
        let mut offset = self.start;
        for line in self.text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let apart = if kind == Kind::Toml { " = " } else { ": " };
            let Some((key, value)) = line.split_once(apart) else { continue };
            let value = plain_text(unquoted(value.trim()));
            let text = || {
                let place = self.places.place(start, start + line.trim_end().len());
                inline::text_of(place, &value)
            };
            match key {
                _ if value.is_empty() => {}
                "title" => self.meta.title = text(),
                "description" => self.meta.description = Some(text()),
                "date" => self.meta.date = date(&value),
                "showBreadcrumb" => self.meta.show_breadcrumb = value.parse().ok(),
                "lang" => self.meta.language = attributes::language(&value),
                "updated" => self.meta.updated = date(&value),
                _ => {}
            }
        }
    }
}

/// The keys that mean something here, those that say whether a page is published apart.
const KNOWN: [&str; 19] = [
    "title",
    "description",
    "date",
    "updated",
    "event",
    "layout",
    "segments",
    "showBreadcrumb",
    "permalink",
    "slugOverride",
    "image",
    "tags",
    "lang",
    "context",
    "eleventyNavigation",
    "toc",
    "video",
    "slides",
    "notranslate",
];

/// Other words for some of them, without what tells spellings apart.
const OTHER_WORDS: [(&str, &str); 12] = [
    ("titre", "title"),
    ("langue", "lang"),
    ("étiquettes", "tags"),
    ("etiquettes", "tags"),
    ("motsclés", "tags"),
    ("motscles", "tags"),
    ("miseàjour", "updated"),
    ("miseajour", "updated"),
    ("lastmod", "updated"),
    ("événement", "event"),
    ("evenement", "event"),
    ("datepublished", "date"),
];

/// What is said of who wrote a page.
const AUTHORS: [&str; 6] =
    ["author", "authors", "auteur", "auteurs", "autrice", "auteure"];

/// Words that are near one of the keys, and mean something of their own.
const WORDS: [&str; 4] = ["data", "content", "contents", "contexte"];

pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The words of a value that stands between typographic quotation marks and holds no other.
/// French ones may be meant: a title is a quotation at times.
fn curly(text: &str) -> Option<&str> {
    const MARKS: [char; 6] = ['“', '”', '„', '‟', '‘', '‛'];
    let pairs = [("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("“", "“"), ("‘", "’")];
    pairs.into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?.trim();
        (!inner.is_empty() && !inner.contains(MARKS)).then_some(inner)
    })
}

fn unquoted(text: &str) -> &str {
    if let Some(inner) = curly(text) {
        return inner;
    }
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
