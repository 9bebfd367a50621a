//! The PDF writer: publications made by hand, written, and read back as a stranger would.
