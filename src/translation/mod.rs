//! The translation layer: units, catalogues, and documents in another language.
//!
//! A [`Document`](crate::document::Document) is a structure with texts in it. The texts
//! that have words are units (`unit`): `number` gives each its address. For each page
//! and language there is a catalogue, a PO file that people and their tools edit
//! (`catalogue`); [`extract()`](extract::extract()) makes it from the page and brings it
//! up to date, and [`apply()`](apply::apply()) shows the page with what it holds. Both go
//! the same way through the document ([`document::walk::texts`](crate::document::walk::texts)),
//! so what is asked for and what is used cannot differ.
//!
//! - [`exchange`]: catalogues on their way to other tools and back;
//! - [`align`](mod@align): pages that were translated elsewhere, made into catalogues;
//! - [`propose`]: drafts of a translation engine;
//! - `po`: the format, with nothing lost;
//! - `change`: what a change of the source asks of its translation;
//! - `memory`: what the other pages of the publication have translated;
//! - `check`: whether a translation may stand in for its source;
//! - `proofreading`: what else there is to remark of it;
//! - `glossary`: the words that are always translated in one way;
//! - `settle`: what is final in every language;
//! - `quantity`: numbers, as each language writes them;
//! - `status`: where the translation of each entry stands;
//! - `listing`: each unit with all that is known of it;
//! - `revision`: a catalogue in the hands of somebody who corrects it.

pub mod align;
pub mod apply;
pub mod catalogue;
pub mod change;
pub mod check;
pub mod exchange;
pub mod extract;
pub mod glossary;
pub mod listing;
pub mod memory;
mod po;
pub mod proofreading;
pub mod propose;
mod quantity;
pub mod revision;
pub mod settle;
pub mod status;
pub mod unit;

pub use apply::{OnMissing, OnStale, Outcome, Policy, apply};
pub use catalogue::{Catalogue, path};
pub use change::Change;
pub use check::Finding;
pub use extract::{Context, Merged, News, extract, merge};
pub use glossary::Glossary;
pub use listing::{Listed, list};
pub use memory::{Holders, Keys, Memory};
pub use proofreading::Rules;
pub use settle::{Quantities, Settling};
pub use status::Tally;
pub use unit::{RULE_VERSION, fingerprint, is_unit, number};

/// The longest piece of a text that a message repeats, in characters.
const EXCERPT: usize = 60;

/// The beginning of a text on one line, fit to be shown on a terminal: a sign that is
/// not seen there, or that would command it, is replaced.
pub fn excerpt(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(EXCERPT).collect();
    let line = words.join(" ");
    let mut signs = line.chars().map(|it| {
        let hidden = matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if hidden || it.is_control() { char::REPLACEMENT_CHARACTER } else { it }
    });
    let mut out: String = signs.by_ref().take(EXCERPT).collect();
    if signs.next().is_some() {
        out.push('…');
    }
    out
}
