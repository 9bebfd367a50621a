//! The bounds on what is read: one place that every stage, and the manual, can name.
//!
//! Each is far above what an honest publication needs, and low enough that no file makes
//! the program run for minutes, fill the memory, or end without a message. What goes beyond
//! a bound is refused or left out with a diagnostic that names the bound.

use std::num::NonZeroUsize;

/// A mebibyte.
const MIB: u64 = 1 << 20;

/// The largest text that is read as a page, a catalogue, settings or an exchange. The largest
/// catalogue that we know has 3 MB.
pub const TEXT_BYTES: u64 = 10 * MIB;

/// The largest image or other file that is published, and the largest file of a theme.
pub const RESOURCE_BYTES: u64 = 50 * MIB;

/// The largest file of another tool's that is taken back: the memory of a whole ministry has
/// some ten megabytes.
pub const EXCHANGE_BYTES: u64 = 64 * MIB;

/// The largest exported file that is read back.
pub const EXPORT_BYTES: u64 = 512 * MIB;

/// The largest tag file of a bag that is read: a manifest of a million files has some 200 MB.
pub const TAG_FILE_BYTES: u64 = 256 * MIB;

/// The most manifests of a bag, and the most of its tag files: there are six algorithms, and
/// each may be there once.
pub const MANIFESTS: usize = 16;

/// The most lines of a manifest that are read: more files than any bag has.
pub const MANIFEST_LINES: usize = 2_000_000;

/// The most files of a bag, and the most entries of a zip.
pub const BAG_FILES: usize = 2_000_000;

/// How large the content of a zip may be, whatever the size of the zip: below it, a ratio says
/// nothing.
pub const UNPACKED_BYTES: u64 = 256 * MIB;

/// How many times larger than a zip its content may be, once it is large.
pub const UNPACKED_RATIO: u64 = 200;

/// The most faults of a deposit that are told.
pub const DEPOSIT_FAULTS: usize = 10_000;

/// The most pixels of an image that is published. A small file may hold so many that a
/// reader's machine, and ours, runs out of memory.
pub const PIXELS: u64 = 64_000_000;

/// How deep folders of a workspace may lie in each other.
pub const FOLDER_DEPTH: usize = 32;

/// The most faults that are told of one file one by one; of the others, how many there are.
pub const FAULTS: usize = 100;

/// The most languages of a publication: four times those of the European Union.
pub const LANGUAGES: usize = 100;

/// The most braces and parentheses that open in one message of a Fluent file. The parser
/// calls itself for each that lies in another.
pub const FLUENT_OPENINGS: usize = 200;

/// The most colons in one message of a Fluent file: each may begin an argument with a name,
/// which the parser compares with all before it.
pub const FLUENT_ARGUMENTS: usize = 1_000;

/// The most placeables that formatting a message of a Fluent file may take, with all the
/// messages to which it refers. The formatter stops at a hundred.
pub const FLUENT_PLACEABLES: usize = 90;

/// How deep elements may lie in each other in HTML, XHTML and XML that is read. Browsers stop
/// at 512; what we write stays below 50.
pub const MARKUP_DEPTH: usize = 200;

/// The most spaces, quotation marks and slashes of a page of HTML in which no element and no
/// text ends: they may stand between attributes of one tag.
pub const HELD_SEPARATORS: usize = 30_000;

/// How deep archive units may lie in each other in the manifest of a transfer: an archive
/// keeps the folders of others as they were.
pub const SEDA_DEPTH: usize = 1_000;

/// The most attributes of one element: a reader compares each with all before it.
pub const ATTRIBUTES: usize = 1_000;

/// The most places of a table that cells take by spanning rows and columns.
pub const SPANNED_CELLS: usize = 1_000_000;

/// How deep dictionaries, arrays and references may lie in each other in a PDF.
pub const PDF_DEPTH: usize = 600;

/// The longest that the name of a place in a PDF may be.
pub const PDF_NAME_BYTES: usize = 4_096;

/// What a stream of a PDF may inflate to while the file is loaded, when it is alone: the
/// more streams, the less each.
pub const PDF_LOADED_BYTES: usize = 256 << 20;

/// The stack on which exported files are read back: what lies in each other there is read by
/// functions that call themselves, as deep as the bounds above allow, with ease.
pub const READING_STACK: usize = 64 << 20;

/// The steps that reading a file may take, whatever its size: letters read, tags, names, places
/// compared. See [`steps`].
const STEPS: usize = 64 << 20;

/// The steps that reading a PDF or a book of so many bytes may take. Its size counts, so that
/// no honest file is too long; a small file that unfolds into a large one is.
pub fn steps(bytes: usize) -> usize {
    STEPS.saturating_add(bytes.saturating_mul(64))
}

/// The most jobs for each processor of the machine, whatever is asked for.
pub const JOBS_PER_CORE: NonZeroUsize = NonZeroUsize::new(8).expect("eight is not zero");
