//! XLIFF 1.2 and 2.1: what agencies' tools read and write.
//!
//! A page is a `file`, a unit is a `trans-unit` (1.2) or a `unit` of one segment (2.1).
//! Beside the two texts each carries, for people, what it is, where it stands, what the
//! translators noted, the glossary's words and the former source; and for the way back,
//! the source as Markdown and a fingerprint of the translation that was sent.
//!
//! Reading takes what other tools make of it: segments (`mrk`, or several of them),
//! attributes in any order, other prefixes, CDATA, states of every kind, `bx` and `ex`
//! for `g`, line ends inside texts. The schemas allow no element of ours, so what is for
//! the way back stands in `context` (1.2) and in the metadata module (2.1).

mod read;
mod write;

pub(in crate::translation) use read::fragment;
pub use read::{File, read};
pub use write::write;

/// The version of the standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// 1.2, which every tool reads.
    #[default]
    V1_2,
    /// 2.1.
    V2_1,
}

/// What to write.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The version.
    pub version: Version,
    /// Only what is not translated, or no longer.
    pub changed: bool,
    /// The glossary of the language.
    pub glossary: &'a crate::translation::Glossary,
}

/// The name under which our own data travels.
const OURS: &str = "plantin";
/// The source as Markdown.
const MARKDOWN: &str = "x-plantin-source";
/// What the translation was when it was sent.
const BASE: &str = "x-plantin-base";

/// The namespaces of 2.1 and of the modules that are used.
const CORE: &str = "urn:oasis:names:tc:xliff:document:2.0";
const MATCHES: &str = "urn:oasis:names:tc:xliff:matches:2.0";
const GLOSSARY: &str = "urn:oasis:names:tc:xliff:glossary:2.0";
const METADATA: &str = "urn:oasis:names:tc:xliff:metadata:2.0";
/// The namespace of 1.2.
const OLD: &str = "urn:oasis:names:tc:xliff:document:1.2";
