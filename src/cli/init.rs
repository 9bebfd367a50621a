//! `plantin init`: a small workspace that can be built at once.

use std::path::Path;

use super::folder::Folder;
use crate::diagnostic::Diagnostic;

/// The files of a new workspace: path and text. `{name}` in a text is the publication's
/// name.
type Starter = [(&'static str, &'static str)];

const FRENCH: &Starter = &[
    ("plantin.toml", include_str!("starter/fr/plantin.toml")),
    ("content/index.md", include_str!("starter/fr/index.md")),
    ("content/premiers-pas.md", include_str!("starter/fr/premiers-pas.md")),
    ("locales/fr/ui.ftl", include_str!("starter/ui.fr.ftl")),
    ("locales/en/ui.ftl", include_str!("starter/ui.en.ftl")),
    (".gitignore", include_str!("starter/gitignore")),
];

const ENGLISH: &Starter = &[
    ("plantin.toml", include_str!("starter/en/plantin.toml")),
    ("content/index.md", include_str!("starter/en/index.md")),
    ("content/first-steps.md", include_str!("starter/en/first-steps.md")),
    ("locales/fr/ui.ftl", include_str!("starter/ui.fr.ftl")),
    ("locales/en/ui.ftl", include_str!("starter/ui.en.ftl")),
    (".gitignore", include_str!("starter/gitignore")),
];

/// Writes the files of a new workspace in the user's language, and says which. Nothing
/// that is there already is touched.
pub(super) fn write(root: &Path, locale: &str) -> Result<Vec<&'static str>, Diagnostic> {
    let starter = if locale.starts_with("fr") { FRENCH } else { ENGLISH };
    let is_there = |path: &str| root.join(path).symlink_metadata().is_ok();
    // A folder under version control has one of its own, with other things in it.
    let wanted: Vec<_> =
        starter.iter().filter(|it| it.0 != ".gitignore" || !is_there(it.0)).collect();
    if let Some((path, _)) = wanted.iter().find(|it| is_there(it.0)) {
        let path = root.join(path);
        return Err(Diagnostic::error("init-exists").with("path", path.display()));
    }
    let folder = Folder::open(root)?;
    let name = name(root);
    for (path, text) in &wanted {
        folder.write(path, text.replace("{name}", &name).as_bytes())?;
    }
    Ok(wanted.iter().map(|it| it.0).collect())
}

/// A publication's name made from the folder's: lower-case letters, digits, hyphens.
fn name(root: &Path) -> String {
    let path = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let folder = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain: String = folder.chars().map(plain).collect();
    let parts: Vec<&str> = plain.split('-').filter(|it| !it.is_empty()).collect();
    let name: String = parts.join("-").chars().take(40).collect();
    match name.trim_matches('-') {
        "" => "publication".to_owned(),
        name => name.to_owned(),
    }
}

fn plain(letter: char) -> char {
    match letter {
        'a'..='z' | '0'..='9' => letter,
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        _ => '-',
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::name;

    #[test]
    fn a_publication_is_named_after_its_folder() {
        assert_eq!(name(Path::new("Le Guide de l’été 2026")), "le-guide-de-l-ete-2026");
        assert_eq!(name(Path::new("日本語")), "publication");
    }
}
