//! The reader: Markdown pages into documents.

pub mod files;
