//! What the package says of an edition: Dublin Core, and how it can be read.
//!
//! EPUB Accessibility 1.1 asks for the modes, features and hazards of each book. What is
//! said here is what is true of every book this writer makes, or was counted in this one;
//! conformance is not claimed, since only a person can certify it.

use epub_builder::MetadataOpfV3;

use crate::{
    document::PageKey,
    render::html::element::escape,
    site::{Edition, Publication, address, metadata::Statement},
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

/// What has no place in `epub-builder`: who publishes, when, from what, and where the
/// same can be had in other formats. The rest of what is said of an edition stands in the
/// package already.
pub(super) fn dublin_core(publication: &Publication, statements: &[Statement]) -> String {
    let source = address::public(publication, &publication.source, &PageKey::new("/"));
    let mut lines = vec![format!("<dc:source>{}</dc:source>", escape(&source))];
    lines.extend(statements.iter().filter_map(|(term, value)| {
        let value = escape(value);
        match *term {
            "publisher" | "date" => Some(format!("<dc:{term}>{value}</dc:{term}>")),
            "isVersionOf" | "hasFormat" => {
                Some(format!("<meta property=\"dcterms:{term}\">{value}</meta>"))
            }
            _ => None,
        }
    }));
    lines.iter().map(|line| format!("  {line}\n  ")).collect()
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
