//! The reader: Markdown pages into documents.

mod encoding;
pub mod files;

pub use encoding::decode;
