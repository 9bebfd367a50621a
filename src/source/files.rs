//! The only reader of the disk.

/// A file of the workspace that pages show or lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceFile {
    /// Its path under `content`, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, from its bytes: `image/png`, `image/svg+xml`, …
    pub media_type: &'static str,
    /// Width and height in pixels, for images where they are known.
    pub size: Option<(u32, u32)>,
}
