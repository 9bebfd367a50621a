//! The one program of tests: one file per subject.
#![expect(unreachable_pub, reason = "a program of tests exports nothing")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make workspaces on the disk and look at what is written there"
)]

mod align;
mod architecture;
mod bad_input;
mod bounds;
mod cli;
mod code;
// The validators judge what is published, and that is all formats.
#[cfg(feature = "pdf")]
mod conformance;
#[cfg(unix)]
mod consent;
mod constructs;
mod deposit;
mod documented;
mod drawings;
mod epub;
mod exchange;
mod expected;
mod exports;
mod faults;
mod feeds;
mod front;
mod fuzz;
mod history;
mod html;
mod images;
mod import;
mod laws;
mod limits;
mod links;
#[cfg(feature = "review")]
mod local;
mod made;
mod malformed;
// It is made of the table of messages.
#[cfg(all(feature = "pdf", feature = "review"))]
mod marks;
// A table of what is said has the messages of all formats and servers.
#[cfg(all(feature = "pdf", feature = "review"))]
mod messages;
#[cfg(feature = "pdf")]
mod metadata;
mod mistakes;
mod own_pages;
mod paths;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "review")]
mod preview;
mod propose;
mod quantities;
mod random;
mod readers;
#[cfg(feature = "review")]
mod review;
mod settings;
mod site;
mod source;
mod stray;
mod supply;
mod support;
#[cfg(unix)]
mod terminal;
mod theme;
mod translation;
mod typography;
mod units;
mod verify;
mod words;
