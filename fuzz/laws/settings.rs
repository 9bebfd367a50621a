//! What the people of a workspace set: interface words, `plantin.toml`, profiles.

use plantin::{
    config::{self, Config},
    deposit::profile::Profile,
    document::Language,
    site::Labels,
    translation::Glossary,
    words::Value,
};

use super::{assert_places, has_errors, text};

/// Words that cannot be read are told with their place, and every message of the program's
/// own is there all the same and can be formatted.
pub(super) fn fluent(bytes: &[u8]) {
    let text = text(bytes);
    let french = Language::new("fr");
    let (labels, faults) = Labels::new(&french, &french, Some(("ui.ftl", &text)));
    for fault in faults {
        assert_eq!(fault.file, "ui.ftl", "{fault:?}");
        assert!(fault.offset <= text.len(), "{fault:?}");
    }
    let values =
        [("count", Value::from(2_usize)), ("page", "a".into()), ("language", "b".into())];
    assert!(labels.optional("you-are-here").is_some());
    for id in text.lines().filter_map(|it| it.split_once('=')).map(|it| it.0.trim()) {
        let _ = labels.format(id, &values);
        let _ = labels.optional(id);
    }
    assert_places(&text, &Glossary::read(&text, &text).diagnostics);
}

/// Settings are there only when nothing is wrong with them; those that are lead nowhere
/// outside the workspace.
pub(super) fn settings(bytes: &[u8]) {
    let text = text(bytes);
    let read = config::read(&text);
    assert_places(&text, &read.diagnostics);
    assert_eq!(read.value.is_none(), has_errors(&read.diagnostics), "{read:?}");
    assert_eq!(config::read(&text).value, read.value, "read twice");
    if let Some(config) = read.value {
        assert_usable(&config);
    }
}

fn assert_usable(config: &Config) {
    assert_eq!(config.languages.first(), Some(&config.source));
    assert!(!config.name.is_empty() && !config.formats.is_empty());
    assert!(!config.address.ends_with('/'));
    let paths = &config.paths;
    for path in [&paths.content, &paths.locales, &paths.themes, &paths.exports] {
        let inside = path.split(['/', '\\']).all(|it| !it.is_empty() && it != "..");
        assert!(inside && !path.contains('\0'), "{path:?} leads outside");
    }
}

/// A profile that cannot be read is told, and says nothing.
pub(super) fn profile(bytes: &[u8]) {
    let text = text(bytes);
    let read = Profile::read(&text, "profil.toml");
    assert_places(&text, &read.diagnostics);
    if has_errors(&read.diagnostics) {
        assert_eq!(read.value, Profile::default());
    }
    let _ = read.value.lacks();
}
