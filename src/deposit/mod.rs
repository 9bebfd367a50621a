//! What an archive is given.
