//! What an archive is given: the list of what was built, with checksums.

pub mod manifest;

pub use manifest::{Manifest, Scope};
