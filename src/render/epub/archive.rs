//! The archive: an EPUB is a zip whose first entry says so, uncompressed.
//!
//! Everything that could change from one build to the next is fixed here: the order of
//! the entries is the caller's, their time is the first that a zip can tell, their
//! compression level is one. `epub-builder` has an archive of its own; it is only read.

use std::{
    borrow::Cow,
    io::{Cursor, Read, Write},
};

use zip::{
    CompressionMethod, DateTime, ZipArchive, ZipWriter,
    result::{ZipError, ZipResult},
    write::SimpleFileOptions,
};

/// A file of the book, by its path inside the archive.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The path, with `/`.
    pub(super) path: String,
    /// The bytes.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Whether the bytes are compressed already, as those of most images are.
    pub(super) packed: bool,
}

/// Writes the archive, its entries in the order given.
pub(super) fn write(entries: &[Entry<'_>]) -> ZipResult<Vec<u8>> {
    let size: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(size / 2)));
    archive.start_file("mimetype", options(true))?;
    archive.write_all(b"application/epub+zip")?;
    for entry in entries {
        archive.start_file(&entry.path, options(entry.packed))?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn options(packed: bool) -> SimpleFileOptions {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    if packed {
        options.compression_method(CompressionMethod::Stored)
    } else {
        options.compression_method(CompressionMethod::Deflated).compression_level(Some(6))
    }
}

/// Reads one text out of an archive.
pub(super) fn read(archive: &[u8], path: &str) -> ZipResult<String> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut text = String::new();
    archive.by_name(path)?.read_to_string(&mut text).map_err(ZipError::Io)?;
    Ok(text)
}
