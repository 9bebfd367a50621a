//! The translation layer: units, catalogues, and documents in another language.
