//! Plantin: one source, every language, every format, and a proof that they are the same
//! document.
//!
//! The stages, in order; each is a folder and a set of functions from values to values:
//!
//! 1. [`source`] reads Markdown pages into [`document`]s;
//! 2. [`translation`] shows each document in every language, unit by unit;
//! 3. [`typography`] sets its words as their language's printers do;
//! 4. [`site`] gives each page its address, its trail and its links;
//! 5. [`render`] writes HTML, PDF and EPUB;
//! 6. [`verify`] reads them back from their files and compares them.
//!
//! [`deposit`] packs what was published for an archive, and [`import`] begins with another
//! program's site.
//!
//! [`pipeline`] is that list in code; `review` serves the page on which a person corrects
//! translations, `preview` the publication as it is written, both through `local`. What is wrong with a page is a
//! [`diagnostic`]; what is wrong with the machine is an `Err`.

mod cause;
pub mod cli;
pub mod config;
pub mod deposit;
pub mod diagnostic;
pub mod document;
mod fluent;
pub mod import;
pub mod languages;
pub mod limits;
#[cfg(feature = "review")]
pub mod local;
pub mod pipeline;
#[cfg(feature = "review")]
pub mod preview;
pub mod render;
#[cfg(feature = "review")]
pub mod review;
pub mod site;
pub mod source;
pub mod translation;
pub mod typography;
pub mod verify;
pub mod words;
