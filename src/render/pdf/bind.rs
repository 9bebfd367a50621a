//! Binding: pages that were laid out become a file.
//!
//! Each page of the site is laid out once, alone, and bound twice: by itself, and into
//! the book of its edition. So a book costs no second layout, needs little memory, and a
//! page that cannot be laid out stops no other. What a page cannot know while it is laid
//! out is filled in here: where its links lead, the numbers of its pages, its running
//! headers.
//!
//! Typst gives each element a location that is unique in its document; documents bound
//! together get theirs moved apart.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    num::NonZeroUsize,
};

use typst::{
    ecow::EcoString,
    foundations::{Content, NativeElement, Smart, StyleChain, Value},
    introspection::{Location, MetadataElem, Tag},
    layout::{Frame, FrameItem, Point},
    model::{
        Destination, FootnoteElem, FootnoteEntry, HeadingElem, LinkMarker, ListElem,
        OutlineEntry, Supplement, Url,
    },
    pdf::{PdfMarkerTag, PdfMarkerTagKind},
    text::{Glyph, TextElem, TextItem},
    utils::hash128,
};
use typst_layout::Page;

use super::{
    block::{Lead, To},
    preflight::LEFT_TO_RIGHT,
};
use crate::document::PageKey;

/// How the data calls a link: `to:12` is the twelfth of the document.
const LINK: &str = "to:";

/// A word joiner.
const JOINER: char = '\u{2060}';

/// What is only there while lines are made, each as long as the others.
const UNHEARD: [char; 2] = [JOINER, LEFT_TO_RIGHT];

/// A document that was laid out, and what its links and names mean.
#[derive(Clone, Debug)]
pub(super) struct Sheets {
    /// The page of the site that it shows, if it shows one.
    pub(super) key: Option<PageKey>,
    /// Its pages of paper.
    pages: Vec<Page>,
    /// Where its links lead, by the number that the data gave them.
    leads: Vec<Lead>,
    /// The names of its places.
    names: Vec<(Location, String)>,
}

impl Sheets {
    /// The pages of a document. `name` is its own among all that it may be bound with:
    /// its locations are moved apart from theirs by it. `is_leftward` says whether it is read
    /// from right to left.
    pub(super) fn new(
        name: &str,
        key: Option<PageKey>,
        mut pages: Vec<Page>,
        leads: Vec<Lead>,
        is_leftward: bool,
    ) -> Self {
        let mut names = Vec::new();
        let apart = hash128(name);
        for page in &mut pages {
            read_otherwise(&mut page.frame);
            put_in_order(&mut page.frame, is_leftward);
            change(&mut page.frame, &has_something, &mut |item| {
                move_apart(item, apart, &mut names);
                true
            });
        }
        lead_by_name(&mut pages);
        Self { key, pages, leads, names }
    }

    /// How many pages of paper there are.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }
}

/// Several documents in one.
#[derive(Default)]
pub(super) struct Binding {
    pages: Vec<Page>,
    anchors: Vec<(Location, EcoString)>,
    names: BTreeMap<(PageKey, String), Location>,
    taken: BTreeSet<EcoString>,
    /// Where links lead: those of each document, from its first page on.
    leads: Vec<(usize, Vec<Lead>)>,
}

impl Binding {
    /// Adds a document. `prefix` goes before the names of its places, so that each is
    /// once in the file.
    pub(super) fn add(&mut self, sheets: Sheets, prefix: &str) {
        self.leads.push((self.pages.len(), sheets.leads));
        self.pages.extend(sheets.pages);
        for (location, name) in sheets.names {
            let full: EcoString = format!("{prefix}{name}").into();
            if let Some(key) = &sheets.key {
                self.names.entry((key.clone(), name)).or_insert(location);
            }
            if !full.is_empty() && self.taken.insert(full.clone()) {
                self.anchors.push((location, full));
            }
        }
    }

    /// Lays headers and footers over the pages, one for each.
    pub(super) fn overlay(&mut self, margins: Sheets) {
        for (page, margin) in self.pages.iter_mut().zip(margins.pages) {
            page.frame.push_frame(Point::zero(), margin.frame);
        }
    }

    /// How many pages of paper there are.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// The pages on which documents begin.
    pub(super) fn starts(&self) -> Vec<usize> {
        self.leads.iter().map(|it| it.0).collect()
    }

    /// The document, with every link led to its place: in the file where it is, else at
    /// its public address.
    pub(super) fn finish(mut self) -> (Vec<Page>, Vec<(Location, EcoString)>) {
        let leads = std::mem::take(&mut self.leads);
        let ends = leads.iter().skip(1).map(|it| it.0).chain([self.pages.len()]);
        let ends: Vec<usize> = ends.collect();
        for ((first, leads), end) in leads.iter().zip(ends) {
            for page in &mut self.pages[*first..end] {
                change(&mut page.frame, &has_link, &mut |item| {
                    lead(item, leads, &self.names);
                    true
                });
            }
        }
        for (number, page) in self.pages.iter_mut().enumerate() {
            page.number = number as u64 + 1;
        }
        (self.pages, self.anchors)
    }
}

/// Visits every item of a frame in which there is one of interest; it stays where `visit`
/// says so. The other frames are shared rather than copied.
fn change(
    frame: &mut Frame,
    interests: &dyn Fn(&FrameItem) -> bool,
    visit: &mut dyn FnMut(&mut FrameItem) -> bool,
) {
    if !holds(frame, interests) {
        return;
    }
    frame.retain(|item| {
        if let FrameItem::Group(group) = item {
            change(&mut group.frame, interests, visit);
        }
        visit(item)
    });
}

fn holds(frame: &Frame, interests: &dyn Fn(&FrameItem) -> bool) -> bool {
    frame.items().any(|(_, item)| {
        let inside = match item {
            FrameItem::Group(group) => holds(&group.frame, interests),
            FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => false,
        };
        inside || interests(item)
    })
}

/// Gives what is laid out the words that it stands for, where the template says others.
fn read_otherwise(frame: &mut Frame) {
    let mut words: Option<EcoString> = None;
    change(frame, &has_something_to_read, &mut |item| {
        match item {
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(said) = stated(element, '=') {
                    words = Some(said.into()).filter(|it: &EcoString| !it.is_empty());
                }
            }
            FrameItem::Text(text) => {
                if let Some(words) = &words {
                    text.text = words.clone();
                    let whole = 0..u16::try_from(words.len()).unwrap_or(u16::MAX);
                    text.glyphs.iter_mut().for_each(|it| it.range = whole.clone());
                }
            }
            FrameItem::Tag(Tag::End(..))
            | FrameItem::Group(_)
            | FrameItem::Link(..)
            | FrameItem::Shape(..)
            | FrameItem::Image(..) => {}
        }
        true
    });
}

fn has_something_to_read(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Tag(Tag::Start(element, _)) if stated(element, '=').is_some())
}

/// Whether it is anything but something to see.
fn has_something(item: &FrameItem) -> bool {
    match item {
        FrameItem::Group(group) => group.parent.is_some(),
        FrameItem::Link(..) | FrameItem::Tag(_) => true,
        FrameItem::Text(text) => text.text.contains(UNHEARD),
        FrameItem::Shape(..) | FrameItem::Image(..) => false,
    }
}

/// Whether it is a link that the data numbered.
fn has_link(item: &FrameItem) -> bool {
    match item {
        FrameItem::Link(Destination::Url(url), _) => url.starts_with(LINK),
        FrameItem::Tag(Tag::Start(element, _)) => element.is::<LinkMarker>(),
        FrameItem::Link(..)
        | FrameItem::Tag(Tag::End(..))
        | FrameItem::Group(_)
        | FrameItem::Text(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..) => false,
    }
}

/// Puts words that are read from right to left in the order in which they are read: Typst
/// gives the words of a run from left to right, as they stand. Each run has a colour of its own
/// by which it is known, and each sign says where it stands in its run. Nothing moves on the
/// paper.
fn put_in_order(frame: &mut Frame, is_whole_leftward: bool) {
    if !is_whole_leftward && !holds(frame, &is_leftward) {
        return;
    }
    frame.retain(|item| {
        if let FrameItem::Group(group) = item {
            put_in_order(&mut group.frame, is_whole_leftward);
        }
        true
    });
    let words = frame.items().flat_map(|(at, item)| {
        if let FrameItem::Text(text) = item
            && is_backwards(text)
        {
            let mut letters = letters(*at, text);
            letters.reverse();
            letters
        } else {
            vec![(*at, item.clone())]
        }
    });
    let words: Vec<(Point, FrameItem)> = words.collect();
    // What is drawn over a word, as a line through it or where a link is, goes along with it.
    let mut words: Vec<_> = words.chunk_by(|_, it| is_over_text(&it.1)).collect();
    for run in words.chunk_by_mut(|a, b| are_of_one_run(&a[0], &b[0])) {
        run.sort_by_key(|it| place_in_run(&it[0].1));
    }
    let mut items = words.concat();
    for (_, item) in &mut items {
        if let FrameItem::Text(text) = item {
            text.stroke = None;
        }
    }
    frame.clear();
    frame.push_multiple(items);
}

/// Whether it is what stands over the text before it.
fn is_over_text(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Shape(..) | FrameItem::Link(..))
}

/// Whether two texts are of one run, on whatever lines.
fn are_of_one_run(a: &(Point, FrameItem), b: &(Point, FrameItem)) -> bool {
    let (FrameItem::Text(first), FrameItem::Text(second)) = (&a.1, &b.1) else {
        return false;
    };
    first.stroke.is_some() && first.stroke == second.stroke
}

/// Where what a text says stands in its run.
fn place_in_run(item: &FrameItem) -> u16 {
    let FrameItem::Text(text) = item else { return 0 };
    text.glyphs.iter().map(|it| it.span.1).min().unwrap_or_default()
}

/// Whether the signs of a text stand in an order that is not that of its letters.
fn is_backwards(text: &TextItem) -> bool {
    let mut pairs = text.glyphs.windows(2);
    let is_apart = |it: &[Glyph]| it[0].range != it[1].range;
    text.glyphs.windows(2).any(is_apart)
        && pairs.all(|it| !is_apart(it) || it[0].range.start >= it[1].range.end)
}

/// The letters of a text and each sign between them, where it stands: the writer gives signs
/// that are turned round, as brackets, apart, and letters that look like others of the text.
fn letters(at: Point, text: &TextItem) -> Vec<(Point, FrameItem)> {
    let letters = text.glyphs.chunk_by(|a, b| a.range == b.range);
    let mut x = at.x;
    let letters = letters.map(|glyphs| {
        let letter = TextItem { glyphs: glyphs.to_vec(), ..text.clone() };
        let place = Point::new(x, at.y);
        x += letter.width();
        (place, FrameItem::Text(letter))
    });
    letters.collect()
}

/// Whether it is text in which letters go from right to left.
fn is_leftward(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(text) if text.text.chars().any(is_leftward_letter))
}

/// A letter of a script that is written from right to left.
pub(super) fn is_leftward_letter(letter: char) -> bool {
    letter.is_alphabetic()
        && matches!(
            letter,
            '\u{590}'..='\u{8ff}'
                | '\u{fb1d}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefc}'
                | '\u{10800}'..='\u{10fff}'
                | '\u{1e800}'..='\u{1efff}'
        )
}

/// Takes out what kept words together, or in their order, while lines were made: a reader
/// who searches or copies must not meet them. They have no width, and stand at the edge
/// of what a glyph says.
fn without_joiners(text: &mut TextItem) {
    if !text.text.contains(UNHEARD) {
        return;
    }
    let words = text.text.clone();
    let size = u16::try_from(JOINER.len_utf8()).expect("a character is short");
    text.glyphs.retain_mut(|glyph| {
        let said = |it: &Glyph| words.get(it.range()).unwrap_or_default();
        while said(glyph).starts_with(UNHEARD) {
            glyph.range.start += size;
        }
        while said(glyph).ends_with(UNHEARD) {
            glyph.range.end -= size;
        }
        !glyph.range.is_empty()
    });
}

/// Makes a table of contents of the first list, for those who hear it: Typst makes one of
/// headings only. `depths` are those of its entries; without any, no list is one.
pub(super) fn tag_contents(pages: &mut [Page], depths: &[usize]) {
    let mut dropped = BTreeSet::new();
    let mut depths = depths.iter().copied();
    let mut is_open = false;
    for page in pages {
        if depths.len() == 0 && dropped.is_empty() {
            return;
        }
        change(&mut page.frame, &has_something, &mut |item| match item {
            FrameItem::Tag(Tag::Start(element, _)) if depths.len() > 0 => {
                let Some(location) = element.location() else { return true };
                if is_marker(element, PdfMarkerTagKind::ListItemLabel) {
                    dropped.insert(location.hash());
                    return false;
                }
                if element.is::<ListElem>() && !std::mem::replace(&mut is_open, true) {
                    *element = PdfMarkerTag::OutlineBody(Content::empty());
                    element.set_location(location);
                } else if is_marker(element, PdfMarkerTagKind::ListItemBody)
                    && let Some(depth) = depths.next()
                {
                    let level = NonZeroUsize::MIN.saturating_add(depth);
                    *element = OutlineEntry::new(level, Content::empty()).pack();
                    element.set_location(location);
                }
                true
            }
            FrameItem::Tag(Tag::End(location, ..)) => !dropped.contains(&location.hash()),
            FrameItem::Tag(Tag::Start(..))
            | FrameItem::Group(_)
            | FrameItem::Link(..)
            | FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Image(..) => true,
        });
    }
}

fn is_marker(element: &Content, kind: PdfMarkerTagKind) -> bool {
    element.to_packed::<PdfMarkerTag>().is_some_and(|it| it.kind == kind)
}

/// Moves the locations of an item apart from those of other documents, and notes the
/// names that it gives to places.
fn move_apart(item: &mut FrameItem, apart: u128, found: &mut Vec<(Location, String)>) {
    let moved = |it: Location| Location::new(hash128(&(it.hash(), apart)));
    match item {
        FrameItem::Tag(Tag::Start(element, _)) => {
            if let Some(location) = element.location() {
                call_by_words(element);
                let location = moved(location);
                element.set_location(location);
                if let Some(name) = name(element) {
                    found.push((location, name));
                }
            }
        }
        FrameItem::Tag(Tag::End(location, ..)) => *location = moved(*location),
        FrameItem::Link(Destination::Location(location), _) => {
            *location = moved(*location);
        }
        FrameItem::Group(group) => {
            if let Some(parent) = &mut group.parent {
                parent.location = moved(parent.location);
            }
        }
        FrameItem::Text(text) => without_joiners(text),
        FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) => {}
    }
}

/// Calls a heading by the words that the data gives for it, which a bookmark shows: without
/// its notes, and with the characters that no font has. What is laid out is there already,
/// and stays.
fn call_by_words(element: &mut Content) {
    let Some(heading) = element.to_packed_mut::<HeadingElem>() else { return };
    let given = heading.supplement.get_ref(StyleChain::default());
    let Smart::Custom(Some(Supplement::Content(given))) = given else { return };
    if let Some(words) = given.plain_text().strip_prefix('=') {
        heading.body = TextElem::packed(words);
    }
}

/// Leads from calls to notes, and back, by the names of these places: Typst leads to points,
/// and other things may have the same.
fn lead_by_name(pages: &mut [Page]) {
    let mut named: HashMap<u128, Location> = HashMap::new();
    let (mut before, mut entry) = (None, None);
    for page in pages.iter_mut() {
        change(&mut page.frame, &has_something, &mut |item| {
            let FrameItem::Tag(Tag::Start(element, _)) = item else { return true };
            let Some(location) = element.location() else { return true };
            if let Some(name) = name(element) {
                if let Some(entry) = entry.take_if(|_| name.starts_with("note_")) {
                    named.insert(entry, location);
                }
                before = name.starts_with("call_").then_some(location);
            } else if element.is::<FootnoteEntry>() {
                entry = Some(hash128(&location));
            } else if element.is::<FootnoteElem>()
                && let Some(call) = before.take()
            {
                named.insert(hash128(&location), call);
            }
            true
        });
    }
    for page in pages {
        change(&mut page.frame, &has_something, &mut |item| {
            if let FrameItem::Link(Destination::Location(location), _) = item
                && let Some(place) = named.get(&hash128(location))
            {
                *location = *place;
            }
            true
        });
    }
}

/// The name that an element gives to its place: the template writes `metadata("#u-…")`.
fn name(element: &Content) -> Option<String> {
    stated(element, '#')
}

/// What the template states behind this sign.
fn stated(element: &Content, sign: char) -> Option<String> {
    let Value::Str(value) = &element.to_packed::<MetadataElem>()?.value else {
        return None;
    };
    value.as_str().strip_prefix(sign).map(str::to_owned)
}

/// Leads a link to its place.
fn lead(
    item: &mut FrameItem,
    leads: &[Lead],
    names: &BTreeMap<(PageKey, String), Location>,
) {
    match item {
        FrameItem::Link(destination, _) => {
            let Destination::Url(url) = &*destination else { return };
            if let Some(lead) = numbered(url.as_str(), leads)
                && let Some(real) = real(lead, names)
            {
                *destination = real;
            }
        }
        FrameItem::Tag(Tag::Start(element, _)) => {
            let number = element.to_packed::<LinkMarker>().and_then(|it| it.alt.clone());
            if let Some(lead) = number.and_then(|it| numbered(&it, leads))
                && let Some(marker) = element.to_packed_mut::<LinkMarker>()
            {
                marker.alt = Some(lead.words.as_str().into());
            }
        }
        FrameItem::Tag(Tag::End(..))
        | FrameItem::Group(_)
        | FrameItem::Text(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..) => {}
    }
}

fn numbered<'l>(address: &str, leads: &'l [Lead]) -> Option<&'l Lead> {
    leads.get(address.strip_prefix(LINK)?.parse::<usize>().ok()?)
}

fn real(
    lead: &Lead,
    names: &BTreeMap<(PageKey, String), Location>,
) -> Option<Destination> {
    let address = match &lead.to {
        To::Outside(address) => address,
        To::Page(key, anchor, public) => {
            let at = |name: &str| names.get(&(key.clone(), name.to_owned()));
            // An anchor that is not there leads to the head of its page.
            let place = anchor.as_deref().and_then(at).or_else(|| at(""));
            if let Some(place) = place {
                return Some(Destination::Location(*place));
            }
            public
        }
    };
    Url::new(address.as_str()).ok().map(Destination::Url)
}
