//! What the package says of an edition: Dublin Core, and how it can be read.
//!
//! EPUB Accessibility 1.1 asks for the modes, features and hazards of each book. What is
//! said here is what is true of every book this writer makes, or was counted in this one;
//! conformance is not claimed, since only a person can certify it.

use epub_builder::MetadataOpfV3;
use sha2::{Digest, Sha256};

use crate::{
    document::{Language, PageKey},
    render::html::element::escape,
    site::{Edition, Publication, address},
};

/// The images of the book, the cover's apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pictures {
    /// How many formulas there are, which are MathML.
    pub(super) formulas: usize,
    /// Those that have words for those who do not see them.
    pub(super) described: usize,
    /// Those that have none: their authors say so that they are decorative.
    pub(super) decorative: usize,
}

/// What has no place in `epub-builder`: who publishes, when, and from what.
pub(super) fn dublin_core(publication: &Publication, edition: &Edition) -> String {
    let source = address::public(publication, &publication.source, &PageKey::new("/"));
    let date = publication.date.to_string();
    let statements = [
        ("dc:publisher", &edition.publisher),
        ("dc:date", &date),
        ("dc:source", &source),
    ];
    let said = statements.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("  <{name}>{}</{name}>\n  ", escape(value)))
        .collect()
}

/// How the book can be read, as `schema.org` words it.
pub(super) fn accessibility(edition: &Edition, pictures: Pictures) -> Vec<MetadataOpfV3> {
    let mut out = vec![meta("accessMode", "textual")];
    if pictures.described > 0 {
        out.push(meta("accessMode", "visual"));
        out.push(meta("accessModeSufficient", "textual,visual"));
    }
    out.push(meta("accessModeSufficient", "textual"));
    let features = [
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
    ];
    out.extend(features.map(|feature| meta("accessibilityFeature", feature)));
    if pictures.described > 0 {
        out.push(meta("accessibilityFeature", "alternativeText"));
    }
    if pictures.formulas > 0 {
        out.push(meta("accessibilityFeature", "MathML"));
    }
    out.push(meta("accessibilityHazard", "none"));
    let summary = match (pictures.described, pictures.decorative) {
        (0, 0) => "accessibility-summary",
        (0, _) => "accessibility-summary-decorative",
        (_, 0) => "accessibility-summary-images",
        (_, _) => "accessibility-summary-some-images",
    };
    out.push(meta("accessibilitySummary", &edition.labels.text(summary)));
    out
}

/// A statement, its words escaped: the crate writes them as they are.
fn meta(property: &str, content: &str) -> MetadataOpfV3 {
    MetadataOpfV3::new(format!("schema:{property}"), escape(content))
}

/// The identifier of an edition: the publication's with the language, in the form that
/// the publication's allows. It never changes as long as these do not.
pub(super) fn identifier(publication: &Publication, language: &Language) -> String {
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
