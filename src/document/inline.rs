//! What stands inside a line.

use super::{Attributes, Language, PageKey};
use crate::diagnostic::Place;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// A line end in the source that means a space.
    SoftBreak,
    /// A line end that the author asked for.
    HardBreak,
    /// Words set apart in one way.
    Styled(Style, Vec<Inline>),
    /// Code, never translated by itself.
    Code(String),
    /// A link.
    Link(Link),
    /// An image inside the line. One that stands alone is a `Figure`.
    Image(Image),
    /// The call of a footnote.
    Footnote(FootnoteReference),
    /// Words in another language, or with an identifier or classes of their own.
    Span(Span),
    /// A formula inside the line. One that stands alone is a block.
    Math(Formula),
}

/// A formula; never translated, as code is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Where it is written.
    pub place: Place,
    /// The formula in LaTeX, on one line. `source` has made sure that it can be read.
    pub latex: String,
}

/// How words are set apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Stressed.
    Emphasis,
    /// Important.
    Strong,
    /// No longer true.
    Deleted,
    /// Added.
    Inserted,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Marked for the reader.
    Highlight,
    /// A side remark.
    Small,
    /// A key or what is typed.
    Keyboard,
    /// The title of a work.
    Cite,
    /// A short quotation; the quotation marks are the language's.
    Quoted,
    /// An abbreviation and, where it is given, what it stands for.
    Abbreviation(Option<String>),
    /// A moment or a duration, and how machines read it.
    Time(String),
}

/// A link, as it is written and, once `site` has looked, where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it is written.
    pub place: Place,
    /// The address as it is written, unescaped.
    pub address: String,
    /// Where it leads.
    pub target: Target,
    /// Its title, if any.
    pub title: Option<String>,
    /// Its words.
    pub inlines: Vec<Inline>,
    /// `{.class #id lang=en}`.
    pub attributes: Attributes,
}

impl Link {
    /// What the address ends with, as it is written: its query and its fragment.
    pub fn ending(&self) -> &str {
        let start = self.address.find(['?', '#']).unwrap_or(self.address.len());
        self.address[start..].trim_end()
    }

    /// The query of the address, with its question mark; empty where there is none.
    pub fn query(&self) -> &str {
        let ending = self.ending();
        let end = ending.find('#').unwrap_or(ending.len());
        &ending[..end]
    }
}

/// Where a link leads, in no particular language or format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Nobody has looked yet.
    #[default]
    Unresolved,
    /// A page of the publication, and an anchor on it. A link inside one page names
    /// that page.
    Page(PageKey, Option<String>),
    /// A file published beside the pages, by its path under `content`.
    File(String),
    /// An address outside the publication (absolute, with a scheme that is allowed).
    Outside(String),
    /// Nowhere: a page or an anchor that does not exist, or a scheme that is not
    /// allowed. Shown as its words; a diagnostic has said so.
    Nothing,
}

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Where it is written.
    pub place: Place,
    /// The address as it is written, unescaped.
    pub address: String,
    /// What it is.
    pub resource: Resource,
    /// What it says to those who do not see it; empty when it is decorative.
    pub alternative: String,
    /// Its title, if any.
    pub title: Option<String>,
    /// `{.class #id lang=en}`.
    pub attributes: Attributes,
}

/// What an image's address leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// Nobody has looked yet.
    #[default]
    Unresolved,
    /// A file of the workspace, by its path under `content`; `Site::resources` has it.
    File(String),
    /// Nothing that can be shown: missing, broken, outside the workspace or on another
    /// host. A placeholder with the alternative text stands in; a diagnostic has said so.
    Missing,
}

/// The call of a footnote.
#[derive(Clone, Debug, PartialEq)]
pub struct FootnoteReference {
    /// Where it is written.
    pub place: Place,
    /// The label its author gave it.
    pub label: String,
    /// The note's number, from 1.
    pub number: u32,
    /// Which of the calls of this note it is, from 1, so that each has an address.
    pub occurrence: u32,
}

/// Words with a language, an identifier or classes of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Where it is written.
    pub place: Place,
    /// The language of the words, when it is given.
    pub language: Option<Language>,
    /// The rest of its attributes.
    pub attributes: Attributes,
    /// The words.
    pub inlines: Vec<Inline>,
}
