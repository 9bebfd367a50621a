//! The reader: Markdown pages into documents.
