//! What an archive is given: the list of what was built, with checksums, and the packages
//! in which it travels.
//!
//! - `manifest`: what lies in the exports;
//! - `profile`: what an archive service wants to know, and no page says;
//! - `package`: what a deposit holds; `refusal`: why it is not made;
//! - `seda`: a SEDA transfer; `pronom`: the format of a file, from what is in it;
//! - `bag`: BagIt (RFC 8493); `check`, `transfer`, `tree`: whether a bag or a transfer is whole;
//! - `digest`: checksums in streams; `licences`: those of the fonts.
//!
//! Everything here is a function from values to values: files are read and written by the
//! caller, piece by piece.

pub mod bag;
pub mod check;
pub mod digest;
mod licences;
pub mod manifest;
pub mod package;
pub mod profile;
pub mod pronom;
pub mod refusal;
pub mod seda;
pub mod transfer;
pub mod tree;

pub use manifest::{Manifest, Scope};

/// How a workspace deposits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The profile's path in the workspace.
    pub profile: String,
    /// How many units of a page in a hundred a second person must have checked, in each
    /// language.
    pub reviewed: u8,
    /// Commands that must end well on what is deposited.
    pub validators: Vec<Vec<String>>,
    /// The command that signs `{file}` into `{signature}`; none when it is empty.
    pub sign: Vec<String>,
    /// The command that checks `{signature}` of `{file}`; none when it is empty.
    pub check_signature: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: "deposit.toml".to_owned(),
            reviewed: 0,
            validators: Vec::new(),
            sign: Vec::new(),
            check_signature: Vec::new(),
        }
    }
}
