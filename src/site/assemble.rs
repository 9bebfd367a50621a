//! Puts a site together.
