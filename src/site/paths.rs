//! Which paths can lie beside each other, here and where a publication may be copied to.
//!
//! Two pages with two addresses may still ask for one file, or one of them for a folder
//! where the other has a file. And what are two names for one system are one for another:
//! neither capitals, nor the two ways of writing an accent, nor dots and spaces at the end
//! of a name tell files apart everywhere.

use std::collections::HashMap;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// The longest name of a file or folder, in bytes.
const LONGEST_NAME: usize = 255;

/// The longest path under the folder of exports, in bytes: Linux takes 4,096 with all that
/// leads to that folder.
const LONGEST_PATH: usize = 3_000;

/// A path in the form in which two are equal that are one file on some system.
pub fn folded(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(folded_name).collect();
    parts.join("/")
}

/// A name without its capitals, with its accents written in one way (Unicode, 3.13, D145)
/// and without what Windows leaves out at its end.
fn folded_name(name: &str) -> String {
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // The letters come apart before, since some fold otherwise with their accents.
    let letters = name.chars().nfd().default_case_fold();
    letters.nfc().collect()
}

/// The paths that are taken, and by whom: the first who asks for a path has it.
#[derive(Debug)]
pub struct Claims<T> {
    /// What lies where, by the folded path.
    taken: HashMap<String, Taken<T>>,
}

#[derive(Debug)]
struct Taken<T> {
    /// Whether a folder lies there, and no file.
    folder: bool,
    /// Who asked for it first.
    by: T,
}

impl<T> Default for Claims<T> {
    fn default() -> Self {
        Self { taken: HashMap::new() }
    }
}

impl<T: Clone> Claims<T> {
    /// Takes the path of a file.
    ///
    /// # Errors
    ///
    /// When it is another's, or lies where another has a file or a folder: who that is.
    pub fn file(&mut self, path: &str, by: T) -> Result<(), T> {
        self.take(path, by, false)
    }

    /// Takes the path of a folder in which others may have files too.
    ///
    /// # Errors
    ///
    /// When another has a file there, or on the way: who that is.
    pub fn folder(&mut self, path: &str, by: T) -> Result<(), T> {
        self.take(path, by, true)
    }

    fn take(&mut self, path: &str, by: T, folder: bool) -> Result<(), T> {
        let path = folded(path);
        let above = || path.match_indices('/').map(|(end, _)| &path[..end]);
        let in_the_way = |name: &str, may_be_folder: bool| {
            let taken = self.taken.get(name)?;
            (!(taken.folder && may_be_folder)).then(|| taken.by.clone())
        };
        let other = above().find_map(|it| in_the_way(it, true));
        if let Some(other) = other.or_else(|| in_the_way(&path, folder)) {
            return Err(other);
        }
        for name in above().filter(|it| !it.is_empty()) {
            if !self.taken.contains_key(name) {
                let taken = Taken { folder: true, by: by.clone() };
                self.taken.insert(name.to_owned(), taken);
            }
        }
        self.taken.entry(path).or_insert(Taken { folder, by });
        Ok(())
    }
}

/// The paths, among these, that cannot be written since an earlier one is the same file on
/// some system, or a folder where this is a file, or a file where this wants a folder: each
/// with that earlier path.
pub fn collisions<'a>(
    paths: impl IntoIterator<Item = &'a str>,
) -> Vec<(&'a str, &'a str)> {
    let mut claims = Claims::default();
    let lost = |path: &'a str| claims.file(path, path).err().map(|first| (path, first));
    paths.into_iter().filter_map(lost).collect()
}

/// What keeps a path from being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It, or a name in it, is too long for any system.
    TooLong,
    /// Windows refuses a name in it.
    NotForWindows,
}

/// The first name in a path that cannot be written, on this system or on another.
pub fn odd_name(path: &str) -> Option<(Oddity, &str)> {
    if path.len() > LONGEST_PATH {
        return Some((Oddity::TooLong, path));
    }
    let too_long = path.split('/').find(|name| name.len() > LONGEST_NAME);
    let refused = || path.split('/').find(|name| is_refused_by_windows(name));
    too_long
        .map(|name| (Oddity::TooLong, name))
        .or_else(|| refused().map(|name| (Oddity::NotForWindows, name)))
}

/// Whether Windows has no file or folder of this name (“Naming Files, Paths, and
/// Namespaces”).
fn is_refused_by_windows(name: &str) -> bool {
    let is_refused = |it: char| it.is_ascii_control() || r#"<>:"|?*\"#.contains(it);
    name.ends_with(['.', ' ']) || name.contains(is_refused) || is_device(name)
}

/// Whether a name is that of a device, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let is_port = |it: &str| {
        let number = it.strip_prefix("COM").or_else(|| it.strip_prefix("LPT"));
        let mut signs = number.unwrap_or_default().chars();
        matches!((signs.next(), signs.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || is_port(&stem)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_are_one_file_somewhere_fold_to_one() {
        for (one, other) in [
            ("pdf/FR/X.pdf", "pdf/fr/x.pdf"),
            ("a/\u{e9}t\u{e9}", "a/e\u{301}te\u{301}"),
            ("a/É", "a/é"),
            ("STRASSE", "straße"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("a./b. .", "a/b"),
            // A letter whose folding depends on what its accents are taken for.
            ("\u{1f80}", "\u{1f88}"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("a/b"), folded("ab"));
        assert_ne!(folded("été"), folded("ete"));
        assert_ne!(folded(".a"), folded("a"));
    }

    #[test]
    fn a_file_cannot_be_where_another_has_a_file_or_a_folder() {
        let paths = ["pdf/x.pdf", "pdf/X.pdf/y.pdf", "pdf/a/b.pdf", "pdf/A", "pdf"];
        let lost =
            [("pdf/X.pdf/y.pdf", paths[0]), ("pdf/A", paths[2]), ("pdf", paths[0])];
        assert_eq!(collisions(paths), lost);
        assert!(collisions(["x/a", "x/b", "y/a", "xa"]).is_empty());
    }

    #[test]
    fn a_folder_can_be_shared_but_not_with_a_file() {
        let mut claims = Claims::default();
        assert_eq!(claims.folder("a/b", 1), Ok(()));
        assert_eq!(claims.folder("A/b", 2), Ok(()));
        assert_eq!(claims.file("a/b/c", 3), Ok(()));
        assert_eq!(claims.file("a/B", 4), Err(1));
        assert_eq!(claims.folder("a/b/c", 5), Err(3));
    }

    #[test]
    fn what_was_refused_takes_nothing() {
        let mut claims = Claims::default();
        assert_eq!(claims.file("a", 1), Ok(()));
        assert_eq!(claims.file("a/b/c", 2), Err(1));
        assert_eq!(claims.file("b", 3), Ok(()));
    }

    #[test]
    fn names_that_a_system_refuses_are_found() {
        for bad in [
            "con",
            "Con.pdf",
            "a/NUL/b",
            "com1",
            "LPT9.tar.gz",
            "COM¹",
            "aux .x",
            "a.",
            "a ",
            "a:b",
            "a?",
            "a\\b",
            "a|b",
            "x\u{1}",
            "conin$",
            "com0",
        ] {
            let odd = odd_name(bad);
            assert!(matches!(odd, Some((Oddity::NotForWindows, _))), "{bad}: {odd:?}");
        }
        for good in ["console", "com10", "comme", "lpt", "a.b", ".a", "a b", "nul-part"] {
            assert_eq!(odd_name(good), None, "{good}");
        }
        let long = "é".repeat(128);
        assert_eq!(odd_name(&format!("a/{long}")), Some((Oddity::TooLong, &*long)));
        assert_eq!(odd_name(&format!("a/{}", "x".repeat(255))), None);
        let deep = "abcdefghi/".repeat(301);
        assert_eq!(odd_name(&deep), Some((Oddity::TooLong, &*deep)));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(path in "\\PC{0,12}") {
            prop_assert_eq!(folded(&folded(&path)), folded(&path));
        }

        #[test]
        fn what_is_left_can_be_written_everywhere(
            paths in prop::collection::vec("[aAéÉ]?(/[xXe\u{301}. ]{1,2}){1,3}", 0..24),
        ) {
            let lost: Vec<&str> =
                collisions(paths.iter().map(String::as_str)).iter().map(|it| it.0).collect();
            let mut left = paths.iter().map(String::as_str).collect::<Vec<_>>();
            for it in &lost {
                let at = left.iter().rposition(|path| path == it);
                left.remove(at.expect("what is lost was there"));
            }
            let files: BTreeSet<String> = left.iter().map(|it| folded(it)).collect();
            prop_assert_eq!(files.len(), left.len());
            for file in &files {
                for (end, _) in file.match_indices('/') {
                    prop_assert!(!files.contains(&file[..end]), "{} {:?}", file, files);
                }
            }
        }
    }
}
