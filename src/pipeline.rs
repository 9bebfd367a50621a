//! The stages, in order, in code.
