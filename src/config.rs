//! The settings of a workspace: `plantin.toml`, and what each stage makes of it.
//!
//! The only place where settings are read. Unknown keys are refused with their place,
//! since a misspelt setting that is ignored is worse than a message.
