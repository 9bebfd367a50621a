//! Catalogues on their way to other tools and back.
//!
//! An agency works in XLIFF, a memory travels as TMX, a colleague has a spreadsheet. Each
//! format is a way of writing [`Sheet`]s, and of reading [`Incoming`] translations; what
//! becomes of those is decided here, once ([`import`]):
//!
//! - a text that is as it was sent changes nothing, whatever else the file says;
//! - a text whose source is still in the page becomes its translation;
//! - a text whose source has moved on becomes a stale translation of what took its place,
//!   with the old source beside it; where nothing did, it is kept as obsolete;
//! - where somebody here has changed the translation since the file was sent, it stays as
//!   it is, and the conflict is listed;
//! - a text that has lost or doubled a code of its source is refused, with its place.
//!
//! What a file does not say is never taken for better than it is.
//!
//! - `codes`: a unit's text as words and codes;
//! - `xliff`, `tmx`, `csv`: the formats;
//! - `xml`: XML in and out.

pub(super) mod codes;
pub mod csv;
pub mod glossary;
mod incoming;
pub mod tmx;
pub mod xliff;
pub(super) mod xml;

use std::sync::Arc;

use codes::Piece;
pub use incoming::{Incoming, Options, Report, import};

use super::{
    Catalogue,
    po::Entry,
    status,
    unit::{self, Key},
};
use crate::document::{Language, State};

/// A page's catalogue, brought up to date, and what is to be said of the page.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The page's file, relative to the workspace.
    pub file: Arc<str>,
    /// The page's public address.
    pub address: String,
    /// The language that the page is written in.
    pub source: Language,
    /// What its translators wrote.
    pub catalogue: Catalogue,
}

/// The texts of a file that another tool wrote: UTF-8, or UTF-16 with its mark.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes[2..].chunks_exact(2).map(|it| from([it[0], it[1]])).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// The entries of a sheet whose text is in the page.
fn entries(catalogue: &Catalogue) -> impl Iterator<Item = &Entry> {
    catalogue.entries().filter(|it| !it.obsolete)
}

/// What an entry is called in its file: the beginning of its fingerprint. The same text
/// with another meaning has another name.
fn name(entry: &Entry) -> String {
    match &entry.context {
        None => Key::of(&entry.id).address(),
        Some(context) => Key::of(&format!("{context}\u{4}{}", entry.id)).address(),
    }
}

/// A text and its codes as they go out, and what came back with them is compared with.
struct Outgoing {
    source: Vec<Piece>,
    codes: codes::Codes,
    /// The translation; empty when there is none, or none with the codes of the source.
    target: Vec<Piece>,
    /// The translation could not be sent as such.
    withheld: bool,
    state: State,
}

impl Outgoing {
    fn of(entry: &Entry) -> Self {
        let (source, codes) = codes::source(&entry.id);
        let state = status::state(entry);
        let (target, whole) = codes::target(entry.translation(), &codes);
        let sound = whole && codes.faults(&target).is_empty();
        // An older text is not to fail the checks of the tool that it is sent to: it goes
        // along as a proposal.
        let withheld = !sound
            && !matches!(state, State::Translated | State::Reviewed | State::Missing);
        let target = if withheld { Vec::new() } else { target };
        Self { source, codes, target, withheld, state }
    }

    /// What tells whether the translation has changed since.
    fn base(&self) -> Base {
        Base { target: fingerprint(&codes::signature(&self.target)), state: self.state }
    }
}

/// What a translation was when it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Base {
    target: String,
    state: State,
}

impl Base {
    fn write(&self) -> String {
        format!("{}-{}", self.target, self.state.name())
    }

    fn read(text: &str) -> Option<Self> {
        let (target, state) = text.trim().split_once('-')?;
        Some(Self { target: target.to_owned(), state: state_of(state)? })
    }
}

fn state_of(name: &str) -> Option<State> {
    let all =
        [State::Reviewed, State::Translated, State::Draft, State::Stale, State::Missing];
    all.into_iter().find(|it| it.name() == name)
}

fn fingerprint(text: &str) -> String {
    unit::fingerprint(text).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn a_file_in_utf_16_is_read() {
        assert_eq!(decode(&[0xff, 0xfe, 0xe9, 0]).as_deref(), Some("é"));
        assert_eq!(decode(&[0xfe, 0xff, 0, 0xe9]).as_deref(), Some("é"));
        assert_eq!(decode(&[0xe9]), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(parts in vec(prop_oneof![
            Just("<xliff version=\"1.2\">"), Just("<xliff version='2.1'>"),
            Just("<file original=\"a\">"), Just("<trans-unit id='u'>"),
            Just("<unit id='u'>"), Just("<segment>"),
            Just("<source>é"), Just("<target>"), Just("<g id='1'>"),
            Just("<pc id='99999999999999999999999'>"), Just("<ec startRef='2'/>"),
            Just("<x/>"), Just("<cp hex='110000'/>"), Just("</"),
            Just("g>"), Just("&#0;"), Just("&#xD800;"),
            Just("<tmx><tu>"), Just("<tuv xml:lang='fr'><seg>"),
            Just("<ept i='-1'/>"), Just("<![CDATA["), Just("]]>"),
            Just("\""), Just("page;source;translation\n"), Just(";"),
            Just("\n"), Just("\u{feff}"), Just("</target></trans-unit></file></xliff>"),
        ], 0..30)) {
            let text = parts.concat();
            let _ = (xliff::read(&text), tmx::read(&text), csv::read_units(&text), csv::read_terms(&text));
            let _ = xliff::fragment(&text);
        }
    }
}
