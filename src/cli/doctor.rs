//! `plantin doctor`: what is installed, and how this workspace differs from a plain one, to
//! read oneself or to send to who helps.

use std::path::Path;

use serde_json::json;

use super::{Exit, cache, fail, json::Output, open, print::Terminal, shown, table};
use crate::{config, pipeline::Workspace, source::files, words::Value};

/// What is said of a workspace.
struct Found {
    pages: usize,
    languages: Vec<String>,
    fonts: Vec<String>,
    settings: Vec<String>,
}

/// Says what there is. A folder that is no workspace is only told as such.
pub(super) fn run(terminal: &Terminal, root: &Path) -> Exit {
    let has_settings = root.join(config::FILE).exists();
    let found = match has_settings.then(|| open(root)).transpose() {
        Ok(workspace) => workspace.map(|it| look(&it)),
        Err(failures) => return fail(terminal, "doctor", &failures, root),
    };
    let kept = cache::kept();
    let features = features();
    if terminal.manner.json {
        let exit = Exit::Fine as u8;
        let mut output = Output::new("doctor", exit, &[], root, &terminal.words)
            .with("version", env!("CARGO_PKG_VERSION"))
            .with("features", features)
            .with("cache", kept.as_ref().map(|it| it.0.display().to_string()))
            .with("cache_files", kept.as_ref().map(|it| it.1))
            .with("cache_bytes", kept.as_ref().map(|it| it.2));
        if let Some(it) = &found {
            output = output.with(
                "workspace",
                json!({
                    "pages": it.pages, "languages": it.languages, "fonts": it.fonts,
                    "settings": it.settings,
                }),
            );
        }
        terminal.print(output.write());
        return Exit::Fine;
    }
    let words = &terminal.words;
    let mut lines = vec![words.format(
        "doctor-program",
        &[
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("features", features.join(", ").into()),
        ],
    )];
    lines.push(match kept {
        Some((folder, files, bytes)) => words.format(
            "doctor-cache",
            &[
                ("folder", shown(&folder).into()),
                ("files", files.into()),
                ("bytes", table::bytes(words, bytes).into()),
            ],
        ),
        None => words.text("doctor-no-cache"),
    });
    lines.extend(workspace(terminal, root, found.as_ref()));
    terminal.print(format!("{}\n", lines.join("\n")));
    Exit::Fine
}

fn workspace(terminal: &Terminal, root: &Path, found: Option<&Found>) -> Vec<String> {
    let words = &terminal.words;
    let folder = || ("folder", Value::from(shown(root)));
    let Some(found) = found else {
        return vec![words.format("doctor-no-workspace", &[folder()])];
    };
    let list = |it: &[String]| Value::from(it.join(", "));
    vec![
        words.format(
            "doctor-workspace",
            &[
                folder(),
                ("pages", found.pages.into()),
                ("languages", list(&found.languages)),
            ],
        ),
        match found.fonts.as_slice() {
            [] => words.text("doctor-no-fonts"),
            fonts => words.format("doctor-fonts", &[("fonts", list(fonts))]),
        },
        match found.settings.as_slice() {
            [] => words.text("doctor-no-settings"),
            own => words.format("doctor-settings", &[("settings", list(own))]),
        },
    ]
}

/// What was built into this program.
fn features() -> Vec<&'static str> {
    let all = [
        ("html", true),
        ("pdf", cfg!(feature = "pdf")),
        ("epub", true),
        ("review", cfg!(feature = "review")),
    ];
    all.into_iter().filter(|it| it.1).map(|it| it.0).collect()
}

fn look(workspace: &Workspace) -> Found {
    let paths = &workspace.config.paths;
    let pages = files::pages(&workspace.root.join(&paths.content));
    let theme = files::theme(&workspace.root.join(&paths.themes)).unwrap_or_default();
    let fonts = theme.into_keys().filter_map(|it| {
        let name = it.strip_prefix("fonts/")?;
        let is_font = [".ttf", ".otf", ".ttc"].iter().any(|end| name.ends_with(end));
        is_font.then(|| name.to_owned())
    });
    let text = files::text(&workspace.root, config::FILE).value.unwrap_or_default();
    Found {
        pages: pages.map_or(0, |it| it.value.len()),
        languages: workspace.config.languages.iter().map(ToString::to_string).collect(),
        fonts: fonts.collect(),
        settings: own_settings(&text),
    }
}

/// The settings without which the publication would be another: `html.links = "files"`. What
/// each publication must say of itself is not among them.
fn own_settings(text: &str) -> Vec<String> {
    const ALWAYS: [&str; 4] = ["name", "address", "source", "languages"];
    let Ok(settings) = text.parse::<toml::Table>() else { return Vec::new() };
    let whole = config::read(text).value;
    let mut own = Vec::new();
    for (section, entries) in &settings {
        let Some(entries) = entries.as_table() else { continue };
        for (key, value) in entries {
            if section == "publication" && ALWAYS.contains(&key.as_str()) {
                continue;
            }
            let mut without = settings.clone();
            if let Some(entries) =
                without.get_mut(section).and_then(|it| it.as_table_mut())
            {
                entries.remove(key);
            }
            let without = toml::to_string(&without).unwrap_or_default();
            if config::read(&without).value != whole {
                own.push(format!("{section}.{key} = {value}"));
            }
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::own_settings;

    #[test]
    fn a_setting_that_says_what_holds_anyway_is_none_of_ones_own() {
        let settings = "[publication]\nname = \"a\"\naddress = \"https://a.example\"\n\
                        source = \"fr\"\nlanguages = [\"fr\"]\n\n[html]\nlinks = \"files\"\n\n\
                        [policy]\nmissing = \"source\"\n";
        assert_eq!(own_settings(settings), ["html.links = \"files\""]);
    }
}
