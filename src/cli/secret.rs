//! Secrets by which a local server knows who may ask.

use crate::{diagnostic::Diagnostic, local::Access};

/// New secrets, of 128 bits each.
pub(super) fn access() -> Result<Access, Diagnostic> {
    Ok(Access { room: secret()?, key: secret()?, cookie: secret()? })
}

fn secret() -> Result<String, Diagnostic> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|it| Diagnostic::error("review-no-secret").because("other", it))?;
    Ok(bytes.iter().map(|it| format!("{it:02x}")).collect())
}
