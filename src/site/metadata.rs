//! What is said of a publication and of each of its pages: made once, said by each format.
//!
//! The terms are those of Dublin Core. A translation names the version that it is made
//! from (`isVersionOf`), and each format the others in which the same can be had
//! (`hasFormat`), by their public addresses.

use std::collections::{BTreeMap, HashSet};

use sha2::{Digest as _, Sha256};

use super::{Edition, Page, Publication, Site, address};
use crate::document::{Date, Language, PageKey, Text};

/// What is said of an edition or of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Who wrote it: those whom pages name, else who publishes it.
    pub creators: Vec<String>,
    /// Who publishes it; may be empty.
    pub publisher: String,
    /// The language of what it says.
    pub language: Language,
    /// Its date.
    pub date: Date,
    /// What it is known by.
    pub identifier: String,
    /// The address of its licence.
    pub rights: Option<String>,
    /// Where it is published, by the name of the format.
    pub places: BTreeMap<&'static str, String>,
    /// The same of the version that it is a translation of.
    pub originals: BTreeMap<&'static str, String>,
}

/// A statement: a term of Dublin Core, without its prefix, and its value.
pub type Statement = (&'static str, String);

impl Metadata {
    /// What is said of an edition.
    pub fn of_edition(site: &Site, edition: &Edition) -> Self {
        let publication = &site.publication;
        let is_original = edition.language == publication.source;
        let originals = match is_original {
            true => BTreeMap::new(),
            false => book_places(publication, &publication.source),
        };
        Self {
            title: one_line(&edition.title),
            description: one_line(&edition.description),
            creators: creators(edition),
            publisher: one_line(&edition.publisher),
            language: edition.language.clone(),
            date: publication.date,
            identifier: identifier(publication, &edition.language),
            rights: publication.licence.clone(),
            places: book_places(publication, &edition.language),
            originals,
        }
    }

    /// What is said of a page. Where nothing of it is translated, it is the original,
    /// published again at another address.
    pub fn of_page(site: &Site, edition: &Edition, page: &Page) -> Self {
        let publication = &site.publication;
        let original = original(site, edition, page);
        let originals = original.map(|it| page_places(publication, it, page));
        let plain = |text: &Text| one_line(&text.to_plain());
        let meta = &page.document.meta;
        let language = if page.fallback { &page.authored } else { &edition.language };
        Self {
            title: plain(&meta.title),
            description: meta.description.as_ref().map(plain).unwrap_or_default(),
            creators: creators_of(edition, page).collect(),
            publisher: one_line(&edition.publisher),
            language: language.clone(),
            date: page.date.unwrap_or(publication.date),
            identifier: address::public(publication, &edition.language, &page.key),
            rights: publication.licence.clone(),
            places: page_places(publication, &edition.language, page),
            originals: originals.unwrap_or_default(),
        }
    }

    /// What a format says, in one order. `published` are the formats that there are.
    pub fn statements(&self, format: &str, published: &[&str]) -> Vec<Statement> {
        let mut statements: Vec<Statement> = vec![
            ("title", self.title.clone()),
            ("description", self.description.clone()),
            ("publisher", self.publisher.clone()),
            ("language", self.language.to_string()),
            ("date", self.date.to_string()),
            ("identifier", self.identifier.clone()),
            ("rights", self.rights.clone().unwrap_or_default()),
            ("isVersionOf", self.originals.get(format).cloned().unwrap_or_default()),
        ];
        let creators = self.creators.iter().map(|it| ("creator", it.clone()));
        statements.splice(2..2, creators);
        let others = self.places.iter().filter(|it| *it.0 != format);
        let others = others.filter(|it| published.contains(it.0));
        statements.extend(others.map(|it| ("hasFormat", it.1.clone())));
        statements.retain(|it| !it.1.is_empty());
        statements
    }
}

/// Who wrote a page: those whom it names, else who publishes it.
fn creators_of<'a>(
    edition: &'a Edition,
    page: &'a Page,
) -> impl Iterator<Item = String> + 'a {
    let authors = &page.document.meta.authors;
    let publisher = authors.is_empty().then_some(&edition.publisher);
    let all = authors.iter().chain(publisher).map(|it| one_line(it));
    all.filter(|it| !it.is_empty())
}

/// Who wrote the pages of an edition, each once, in the order of the pages.
fn creators(edition: &Edition) -> Vec<String> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for page in edition.pages.iter().filter(|it| !it.generated) {
        for creator in creators_of(edition, page) {
            if seen.insert(creator.clone()) {
                all.push(creator);
            }
        }
    }
    all
}

/// The language of the version that a page is made from: the one that it was read in, or,
/// for a page with a file of its own, the authors' language where it is written in that too.
fn original<'a>(
    site: &'a Site,
    edition: &'a Edition,
    page: &'a Page,
) -> Option<&'a Language> {
    let source = &site.publication.source;
    if edition.language != page.authored {
        return Some(&page.authored);
    }
    let is_there = site.source().page(&page.key).is_some_and(|it| it.authored == *source);
    (edition.language != *source && is_there).then_some(source)
}

fn book_places(
    publication: &Publication,
    language: &Language,
) -> BTreeMap<&'static str, String> {
    let file = |path: &str| address::public_file(publication, path);
    BTreeMap::from([
        ("html", address::public(publication, language, &PageKey::new("/"))),
        ("pdf", file(&address::pdf_book(publication, language))),
        ("epub", file(&address::epub(publication, language))),
    ])
}

fn page_places(
    publication: &Publication,
    language: &Language,
    page: &Page,
) -> BTreeMap<&'static str, String> {
    let mut places =
        BTreeMap::from([("html", address::public(publication, language, &page.key))]);
    if !page.generated {
        let path = address::pdf(language, &page.key);
        places.insert("pdf", address::public_file(publication, &path));
    }
    places
}

/// A text in one line without characters that cannot be seen.
fn one_line(text: &str) -> String {
    let words = text
        .split_whitespace()
        .map(|word| word.chars().filter(|it| !it.is_control()).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

/// The identifier of an edition: the publication's with the language, in the form that
/// the publication's allows. It never changes as long as these do not.
pub fn identifier(publication: &Publication, language: &Language) -> String {
    let identifier = publication.identifier.trim();
    let lower = identifier.to_ascii_lowercase();
    if lower.starts_with("urn:uuid:") {
        format!("urn:uuid:{}", uuid(&format!("{lower} {language}")))
    } else if lower.starts_with("urn:") {
        format!("{identifier}:{language}")
    } else {
        format!("{}/{language}", identifier.trim_end_matches('/'))
    }
}

/// A UUID made of a text (RFC 9562, version 8).
fn uuid(text: &str) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(text).into();
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;

    fn identifier_of(identifier: &str) -> String {
        let publication = Publication {
            name: "essai".to_owned(),
            base: "https://essai.example".to_owned(),
            source: Language::new("fr"),
            date: Date::default(),
            identifier: identifier.to_owned(),
            licence: None,
        };
        super::identifier(&publication, &Language::new("en"))
    }

    #[test]
    fn each_edition_has_its_identifier() {
        assert_eq!(identifier_of("ark:/12148/x"), "ark:/12148/x/en");
        assert_eq!(identifier_of("https://essai.example/"), "https://essai.example/en");
        assert_eq!(identifier_of("urn:isbn:978"), "urn:isbn:978:en");
    }

    #[test]
    fn an_identifier_that_is_a_uuid_gives_uuids() {
        let id = identifier_of("urn:uuid:F81D4FAE-7dec-11d0-a765-00a0c91e6bf6");
        assert_eq!(id, identifier_of("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        assert_eq!(id.len(), "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6".len());
        assert_eq!(&id[23..24], "8");
    }
}
