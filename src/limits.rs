//! The bounds on what is read: one place that every stage, and the manual, can name.
//!
//! Each is far above what an honest publication needs, and low enough that no file makes
//! the program run for minutes, fill the memory, or end without a message. What goes beyond
//! a bound is refused or left out with a diagnostic that names the bound.

/// A mebibyte.
const MIB: u64 = 1 << 20;

/// The largest text that is read as a page, a catalogue, settings or an exchange. The largest
/// catalogue that we know has 3 MB.
pub const TEXT_BYTES: u64 = 10 * MIB;

/// The largest image or other file that is published, and the largest file of a theme.
pub const RESOURCE_BYTES: u64 = 50 * MIB;

/// The most pixels of an image that is published. A small file may hold so many that a
/// reader's machine, and ours, runs out of memory.
pub const PIXELS: u64 = 64_000_000;

/// How deep folders of a workspace may lie in each other.
pub const FOLDER_DEPTH: usize = 32;
