//! The HTML writer: a whole site, a folder a language.
//!
//! - [`element`]: well-formed XHTML, escaped and closed;
//! - [`block`], [`inline`], [`table`]: the body of a page, which EPUB shares;
//! - [`trail`]: the breadcrumb, which EPUB shares too.

pub mod block;
pub mod element;
pub mod inline;
pub mod table;
pub mod trail;
