//! The pages that the program makes by itself: lists of the pages that are there.
//!
//! - A folder, that is, a level of the addresses, that has no page of its own gets one that
//!   lists what is in it. It is a page like the others: it has its trail and its place in
//!   the contents, and books have it.
//! - Each tag has a page, and there is one that lists the tags. They, the map of the site and
//!   a generated home page are lists of what a book's own contents hold already, so books
//!   leave them out.
//!
//! A page of an author's at the same address takes the place of any of them. They are made
//! of documents in each language, and have no units: every word in them is an interface's or
//! is repeated from the page it leads to, where it is translated.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use unicode_normalization::UnicodeNormalization;

use super::{
    Labels, SourcePage, Version,
    breadcrumb::segment_key,
    listing::{self, Alphabet, Card},
    paths,
};
use crate::{
    diagnostic::Place,
    document::{
        Attributes, Block, Document, Inline, Language, Meta, PageKey, Segment, Span,
        State, Text, walk,
    },
    source::slug::slug,
};

/// Which pages the program makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// A page for each folder that has none.
    pub folders: bool,
    /// A page for each tag, and one that lists them.
    pub tags: bool,
    /// The map of the site.
    pub map: bool,
    /// The tags that only serve the source site's templates, and have no page.
    pub technical_tags: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        // What the starter of Eleventy itself leaves out of its lists of tags.
        let technical = ["all", "nav", "post", "posts"];
        Self {
            folders: true,
            tags: true,
            map: true,
            technical_tags: technical.map(str::to_owned).into(),
        }
    }
}

impl Options {
    /// The authors' pages and no other.
    pub fn nothing() -> Self {
        Self { folders: false, tags: false, map: false, technical_tags: Vec::new() }
    }
}

/// The address of the page that lists the tags.
pub const TAGS: &str = "/tags/";

/// The address of the map of the site.
pub const MAP: &str = "/sitemap/";

/// The pages that are made, in every language.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The pages.
    pub(super) pages: Vec<SourcePage>,
    /// Those among them that books leave out.
    pub(super) lists: BTreeSet<PageKey>,
    /// The page of each tag, by the tag as authors write it.
    pub(super) tags: BTreeMap<String, PageKey>,
}

/// Makes the pages of folders and tags.
pub(super) fn pages(
    authored: &[SourcePage],
    languages: &[(Language, Labels)],
    elsewhere: &[String],
    options: &Options,
) -> Made {
    let mut workshop = Workshop::new(authored, languages);
    let mut made = Made::default();
    if options.folders {
        let folders = folders(&workshop.taken, authored, elsewhere, options);
        made.pages = workshop.folders(&folders);
    }
    if options.tags {
        let mut tags = tags(authored, &options.technical_tags);
        let keys = authored.iter().map(|it| (paths::folded(it.key.as_str()), &it.key));
        let keys: HashMap<String, &PageKey> = keys.collect();
        tags.iter_mut().for_each(|it| it.settle(&keys));
        workshop.tags(&tags, &mut made);
    }
    made
}

/// The levels of the addresses that have no page, each before those under it.
fn folders(
    taken: &BTreeSet<String>,
    authored: &[SourcePage],
    elsewhere: &[String],
    options: &Options,
) -> BTreeSet<PageKey> {
    let mut folders = BTreeSet::new();
    let mut seen = taken.clone();
    if options.tags && authored.iter().any(|it| !tags_of(it).is_empty()) {
        seen.insert(TAGS.to_owned());
    }
    for page in authored {
        let mut key = page.key.clone();
        while let Some(above) = parent(&key) {
            let other = elsewhere.iter().any(|it| above.as_str().starts_with(it));
            // Two names that differ in their capitals are one on many disks.
            if !other && seen.insert(paths::folded(above.as_str())) {
                folders.insert(above.clone());
            }
            key = above;
        }
    }
    folders
}

/// The level above an address, home excepted.
fn parent(key: &PageKey) -> Option<PageKey> {
    let path = key.as_str().trim_end_matches('/');
    let above = &path[..=path.rfind('/')?];
    (above != "/").then(|| PageKey::new(above))
}

/// The folder in which a page lies, [folded](paths::folded).
fn folder_of(key: &PageKey) -> Option<String> {
    parent(key).map(|it| paths::folded(it.as_str()))
}

/// A tag, and the pages that have it.
#[derive(Debug)]
struct Tag {
    /// Its page.
    key: PageKey,
    /// The way in which it is most often written.
    name: String,
    /// Every way in which it is written.
    spellings: BTreeSet<String>,
    /// The pages that have it.
    pages: Vec<PageKey>,
}

impl Tag {
    /// Leads to the author's own page where that has the tag's address, in whichever capitals.
    fn settle(&mut self, authored: &HashMap<String, &PageKey>) {
        if let Some(own) = authored.get(&paths::folded(self.key.as_str())) {
            self.key = (*own).clone();
        }
    }
}

/// The tags of a page, in whichever language its author gives them.
fn tags_of(page: &SourcePage) -> BTreeSet<&str> {
    let versions = page.versions.iter().flat_map(|it| &it.document.meta.tags);
    versions.map(|it| it.trim()).filter(|it| !it.is_empty()).collect()
}

/// The tags of the pages. Capitals and the signs between words make no difference.
fn tags(authored: &[SourcePage], technical: &[String]) -> Vec<Tag> {
    #[derive(Default)]
    struct Found<'a> {
        spellings: BTreeMap<&'a str, usize>,
        pages: Vec<PageKey>,
    }
    let mut found: BTreeMap<String, Found<'_>> = BTreeMap::new();
    for page in authored {
        for tag in tags_of(page) {
            if technical.iter().any(|it| it == tag) {
                continue;
            }
            let entry = found.entry(folded(tag)).or_default();
            *entry.spellings.entry(tag).or_default() += 1;
            if entry.pages.last() != Some(&page.key) {
                entry.pages.push(page.key.clone());
            }
        }
    }
    let mut taken = TakenNames::default();
    let tags = found.into_iter().filter_map(|(folded, found)| {
        let key = tag_key(&folded, &mut taken)?;
        let most =
            found.spellings.iter().max_by_key(|it| (*it.1, std::cmp::Reverse(it.0)))?;
        Some(Tag {
            key,
            name: (*most.0).to_owned(),
            spellings: found.spellings.keys().map(|it| (*it).to_owned()).collect(),
            pages: found.pages,
        })
    });
    tags.collect()
}

/// A tag in small letters, with a space between its words.
fn folded(tag: &str) -> String {
    let words = tag.split(|it: char| it.is_whitespace() || matches!(it, '-' | '_'));
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    words.join(" ").nfc().collect::<String>().to_lowercase()
}

/// The names that tags' pages have.
#[derive(Debug, Default)]
struct TakenNames {
    /// The names, [folded](paths::folded).
    all: BTreeSet<String>,
    /// From which number on a name may be free.
    next: BTreeMap<String, usize>,
}

impl TakenNames {
    /// Takes a name, with a number where it is another's already.
    fn take(&mut self, name: &str) -> String {
        let next = self.next.entry(name.to_owned()).or_insert(1);
        loop {
            let numbered = match *next {
                1 => name.to_owned(),
                number => format!("{name}-{number}"),
            };
            *next += 1;
            if self.all.insert(paths::folded(&numbered)) {
                return numbered;
            }
        }
    }
}

/// The longest name of a tag's page, in bytes: a number and an ending are added to it.
const LONGEST_NAME: usize = 200;

/// The address of a tag's page: `C` and `C++` are two. `None` for a tag without letters.
fn tag_key(tag: &str, taken: &mut TakenNames) -> Option<PageKey> {
    let mut name = slug(tag);
    if name.is_empty() {
        let letters = |it: char| if it.is_alphanumeric() { it } else { '-' };
        name = tag.chars().map(letters).collect();
        name = name.trim_matches('-').chars().take(60).collect();
    }
    name.truncate(name.floor_char_boundary(LONGEST_NAME));
    if name.is_empty() {
        return None;
    }
    Some(PageKey::new(&format!("{TAGS}{}/", taken.take(&name))))
}

/// The pages as lists show them, in every language, and those that are made of them.
struct Workshop<'a> {
    /// The addresses that are taken, [folded](paths::folded).
    taken: BTreeSet<String>,
    shelves: Vec<Shelf<'a>>,
}

/// The pages in one language.
struct Shelf<'a> {
    language: &'a Language,
    labels: &'a Labels,
    alphabet: Alphabet,
    /// The pages that this edition has.
    cards: BTreeMap<PageKey, Card>,
    /// The pages in each folder, by its folded address.
    inside: HashMap<String, Vec<PageKey>>,
    /// What breadcrumbs call each address.
    segments: BTreeMap<PageKey, Text>,
}

impl Shelf<'_> {
    fn put(&mut self, card: Card) {
        if let Some(folder) = folder_of(&card.key) {
            self.inside.entry(folder).or_default().push(card.key.clone());
        }
        self.cards.insert(card.key.clone(), card);
    }

    /// The pages in a folder.
    fn inside(&self, folder: &PageKey) -> Vec<&Card> {
        let inside = self.inside.get(&paths::folded(folder.as_str()));
        inside.into_iter().flatten().map(|key| &self.cards[key]).collect()
    }
}

impl<'a> Workshop<'a> {
    fn new(authored: &'a [SourcePage], languages: &'a [(Language, Labels)]) -> Self {
        let tags: Vec<Language> = languages.iter().map(|it| it.0.clone()).collect();
        let shelf = |(index, (language, labels)): (usize, &'a (Language, Labels))| {
            let versions =
                || authored.iter().map(move |it| (&it.key, &it.versions[index]));
            let present = versions().filter(|it| !it.1.omit);
            let card = |(key, it): (&PageKey, &Version)| {
                let available = !super::assemble::is_fallback(it);
                Card::new(key, &it.document, available)
            };
            let mut segments = BTreeMap::new();
            for segment in versions().flat_map(|it| &it.1.document.meta.segments) {
                if let Some(key) = segment_key(segment, &tags) {
                    segments
                        .entry(key)
                        .or_insert_with(|| listing::repeated(&segment.title));
                }
            }
            let mut shelf = Shelf {
                language,
                labels,
                alphabet: Alphabet::new(language),
                cards: BTreeMap::new(),
                inside: HashMap::new(),
                segments,
            };
            present.map(card).for_each(|card| shelf.put(card));
            shelf
        };
        Self {
            taken: authored.iter().map(|it| paths::folded(it.key.as_str())).collect(),
            shelves: languages.iter().enumerate().map(shelf).collect(),
        }
    }

    /// Makes the pages of these folders.
    fn folders(&mut self, folders: &BTreeSet<PageKey>) -> Vec<SourcePage> {
        // The deepest first: a folder that only holds folders is what they are.
        for key in folders.iter().rev() {
            self.taken.insert(paths::folded(key.as_str()));
            let titles = self.titles(key);
            for (shelf, title) in self.shelves.iter_mut().zip(titles) {
                let inside = shelf.inside(key);
                if !inside.is_empty() {
                    let available = inside.iter().any(|it| it.available);
                    let (key, description, date) = (key.clone(), None, None);
                    shelf.put(Card { key, title, description, date, available });
                }
            }
        }
        let inside = |shelf: &Shelf<'_>, folder: &PageKey| {
            let mut inside = shelf.inside(folder);
            shelf.alphabet.sort(&mut inside);
            vec![listing::list(&inside, shelf.labels)]
        };
        let page = |key: &PageKey| {
            self.page(key, &|shelf| {
                let card = shelf.cards.get(key)?;
                let way = std::iter::successors(parent(key), parent).collect::<Vec<_>>();
                let way = way.iter().rev().filter_map(|it| shelf.cards.get(it));
                let way = way.map(|it| segment(&it.key, it.title.clone())).collect();
                Some((card.available, card.title.clone(), way, inside(shelf, key)))
            })
        };
        folders.iter().map(page).collect()
    }

    /// What a folder is called in each language: as the workspace's words call it, else as
    /// breadcrumbs do, else by its name.
    fn titles(&self, key: &PageKey) -> Vec<Text> {
        let id = format!("folder-{}", slug(&key.as_str().replace('/', " ")));
        let source = &self.shelves[0];
        let called = |shelf: &Shelf<'_>| {
            let own =
                shelf.labels.optional(&id).map(|it| Text::plain(Place::default(), it));
            own.or_else(|| shelf.segments.get(key).cloned())
        };
        let last = || {
            let name = key.as_str().trim_end_matches('/').rsplit('/').next();
            called(source).unwrap_or_else(|| {
                Text::plain(Place::default(), humane(name.unwrap_or_default()))
            })
        };
        let title = |shelf: &Shelf<'_>| {
            called(shelf).unwrap_or_else(|| {
                let mut text = last();
                text.language = (shelf.language != source.language)
                    .then(|| text.language.unwrap_or_else(|| source.language.clone()));
                text
            })
        };
        self.shelves.iter().map(title).collect()
    }

    /// Makes the pages of these tags, and the one that lists them.
    fn tags(&mut self, tags: &[Tag], made: &mut Made) {
        let free = |key: &PageKey| !self.taken.contains(&paths::folded(key.as_str()));
        let list = PageKey::new(TAGS);
        for tag in tags {
            for spelling in &tag.spellings {
                made.tags.insert(spelling.clone(), tag.key.clone());
            }
            if free(&tag.key) {
                made.pages.push(self.tag(tag));
                made.lists.insert(tag.key.clone());
            }
        }
        if free(&list) && !tags.is_empty() {
            made.pages.push(self.page(&list, &|shelf| {
                let mut cards: Vec<(Card, usize)> =
                    tags.iter().filter_map(|tag| self.tag_card(shelf, tag)).collect();
                cards.sort_by(|one, other| {
                    let titles = |it: &(Card, usize)| it.0.title.to_plain();
                    shelf.alphabet.compare(&titles(one), &titles(other))
                });
                let available = cards.iter().any(|it| it.0.available);
                let shown: Vec<(&Card, usize)> =
                    cards.iter().map(|it| (&it.0, it.1)).collect();
                let title = Text::plain(Place::default(), shelf.labels.text("tags"));
                let blocks = vec![listing::counted(&shown, shelf.labels)];
                (!cards.is_empty()).then_some((available, title, Vec::new(), blocks))
            }));
            made.lists.insert(list);
        }
    }

    fn tag(&self, tag: &Tag) -> SourcePage {
        self.page(&tag.key, &|shelf| {
            let mut cards: Vec<&Card> =
                tag.pages.iter().filter_map(|key| shelf.cards.get(key)).collect();
            shelf.alphabet.sort(&mut cards);
            let available = cards.iter().any(|it| it.available);
            let title = tagged(shelf.labels, &self.tag_words(shelf, tag));
            let above = Text::plain(Place::default(), shelf.labels.text("tags"));
            let way = vec![segment(&PageKey::new(TAGS), above)];
            let blocks = vec![listing::list(&cards, shelf.labels)];
            (!cards.is_empty()).then_some((available, title, way, blocks))
        })
    }

    /// A tag as the list of tags shows it, and how many pages have it.
    fn tag_card(&self, shelf: &Shelf<'_>, tag: &Tag) -> Option<(Card, usize)> {
        let cards: Vec<&Card> =
            tag.pages.iter().filter_map(|key| shelf.cards.get(key)).collect();
        let card = Card {
            key: tag.key.clone(),
            title: self.tag_words(shelf, tag),
            description: None,
            date: None,
            available: cards.iter().any(|it| it.available),
        };
        (!cards.is_empty()).then_some((card, cards.len()))
    }

    fn tag_words(&self, shelf: &Shelf<'_>, tag: &Tag) -> Text {
        tag_words(
            &tag.name,
            &tag.key,
            shelf.labels,
            shelf.language,
            self.shelves[0].language,
        )
    }

    /// A page in every language. `content` gives, for a language that has it, whether it is
    /// more than a list of copies, its title, the way to it and its body.
    fn page(
        &self,
        key: &PageKey,
        content: &dyn Fn(&Shelf<'_>) -> Option<Content>,
    ) -> SourcePage {
        let contents: Vec<Option<Content>> = self.shelves.iter().map(content).collect();
        let is_own = |it: &Option<Content>| it.as_ref().is_some_and(|it| it.0);
        let base = contents.iter().position(is_own).unwrap_or(0);
        let version = |index: usize| {
            let own = is_own(&contents[index]);
            let from = if own { index } else { base };
            let language = self.shelves[from].language;
            let mut document = document(language, contents[from].clone());
            if !own {
                lend(&mut document, self.shelves[index].language);
            }
            Version {
                file: Arc::from(""),
                path: String::new(),
                authored: language.clone(),
                document,
                omit: contents[index].is_none(),
            }
        };
        SourcePage {
            key: key.clone(),
            versions: (0..contents.len()).map(version).collect(),
        }
    }
}

/// Whether a page is more than a list of copies, its title, the way to it, its body.
type Content = (bool, Text, Vec<Segment>, Vec<Block>);

fn document(language: &Language, content: Option<Content>) -> Document {
    let (_, title, segments, blocks) = content.unwrap_or_default();
    let meta = Meta { title, segments, show_breadcrumb: Some(true), ..Meta::default() };
    Document { language: language.clone(), meta, blocks, footnotes: Vec::new() }
}

/// Shows a document where its language is a foreign one.
fn lend(document: &mut Document, to: &Language) {
    let from = std::mem::replace(&mut document.language, to.clone());
    walk::texts_mut(document, &mut |_, text| {
        text.language.get_or_insert_with(|| from.clone());
        text.state = State::Missing;
    });
}

/// A step of the way to a page that is made.
pub(super) fn segment(key: &PageKey, title: Text) -> Segment {
    Segment { place: Place::default(), url: key.to_string(), title }
}

/// What a tag is called: by the workspace's words (`tag-logiciel-libre`), else as authors
/// write it, in their language.
pub(super) fn tag_words(
    name: &str,
    key: &PageKey,
    labels: &Labels,
    language: &Language,
    source: &Language,
) -> Text {
    let slug = key.as_str().trim_start_matches(TAGS).trim_end_matches('/');
    match labels.optional(&format!("tag-{slug}")) {
        Some(words) => Text::plain(Place::default(), words),
        None => Text {
            language: (language != source).then(|| source.clone()),
            ..Text::plain(Place::default(), name)
        },
    }
}

/// The title of a tag's page: the interface's words around the tag, which is in a language
/// of its own.
fn tagged(labels: &Labels, tag: &Text) -> Text {
    const HERE: &str = "\u{fffc}";
    let title = labels.format("tagged", &[("tag", HERE.into())]);
    let (before, after) = title.split_once(HERE).unwrap_or((title.as_str(), ""));
    let word = |it: &str| Inline::Text(it.to_owned());
    let inlines = match &tag.language {
        None => vec![word(&format!("{before}{}{after}", tag.to_plain()))],
        Some(language) => vec![
            word(before),
            Inline::Span(Span {
                place: Place::default(),
                language: Some(language.clone()),
                attributes: Attributes::default(),
                inlines: tag.inlines.clone(),
            }),
            word(after),
        ],
    };
    Text::new(Place::default(), inlines)
}

/// The name of a folder as a title: `retours-d-experience` is “Retours d experience”.
fn humane(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|it: char| it.is_whitespace() || "-_".contains(it)).collect();
    let mut letters = words.join(" ").trim().to_owned().chars().collect::<Vec<char>>();
    let rest = letters.split_off(1.min(letters.len()));
    let first = letters.into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_of_an_address_is_above_the_next() {
        let key = PageKey::new("/a/b/c/");
        let above: Vec<PageKey> = std::iter::successors(parent(&key), parent).collect();
        assert_eq!(above, ["/a/b/", "/a/"].map(PageKey::new));
        assert_eq!(parent(&PageKey::new("/")), None);
    }

    #[test]
    fn a_folder_is_named_as_one_would_say_it() {
        assert_eq!(humane("été_à-paris"), "Été à paris");
        assert_eq!(humane(""), "");
    }

    #[test]
    fn tags_that_differ_in_more_than_their_capitals_have_pages_of_their_own() {
        let mut taken = TakenNames::default();
        let mut key =
            |tag: &str| tag_key(&folded(tag), &mut taken).map(|it| it.to_string());
        assert_eq!(folded("Logiciel-Libre"), folded("logiciel  libre"));
        assert_eq!(key("C").as_deref(), Some("/tags/c/"));
        assert_eq!(key("C++").as_deref(), Some("/tags/c-2/"));
        assert_eq!(key("日本"), Some("/tags/日本/".to_owned()));
        assert_eq!(key("…"), None);
        assert_eq!(folded("Été"), folded("e\u{301}te\u{301}"));
        let long = "mot ".repeat(100);
        let both = [key(&long), key(&format!("{long}!"))].map(Option::unwrap_or_default);
        assert!(both.iter().all(|it| it.len() < 220) && both[0] != both[1], "{both:?}");
    }
}
