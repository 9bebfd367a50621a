//! The fonts: Typst's own, those beside the theme, and those that a workspace brings.
//!
//! The built-in ones are part of the program and are read once in its life, when the
//! first PDF is made.

use std::sync::OnceLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontInfo},
};
use typst_kit::fonts::FontStore;

use crate::render::Theme;

/// The families of the theme, in the order in which a character looks for a glyph. A
/// mark is only set on a letter when one of these has both.
pub(super) const FAMILIES: [&str; 3] =
    ["Libertinus Serif", "Source Sans 3", "Noto Emoji"];

/// The faces beside the theme.
const FACES: [&[u8]; 5] = [
    include_bytes!("theme/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("theme/fonts/SourceSans3-Italic.ttf"),
    include_bytes!("theme/fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("theme/fonts/SourceSans3-SemiBoldItalic.ttf"),
    include_bytes!("theme/fonts/NotoEmoji-Regular.ttf"),
];

/// Where a workspace puts fonts of its own.
const FOLDERS: [&str; 2] = ["pdf/fonts/", "fonts/"];

/// Every font that a document may use.
pub(super) struct Fonts {
    /// The fonts, as Typst asks for them.
    pub(super) store: FontStore,
    covered: Letters,
    /// What the families of the theme and the fonts of the workspace cover, each.
    families: Vec<Letters>,
}

impl Fonts {
    /// The built-in fonts and those of the workspace's theme. Files that are no fonts are
    /// named in the second value.
    pub(super) fn new(theme: &Theme) -> (Self, Vec<String>) {
        let built_in = built_in();
        let mut covered = built_in.covered.clone();
        let mut store = FontStore::new();
        let mut unreadable = Vec::new();
        let mut families = built_in.families.clone();
        let is_here = |path: &str| FOLDERS.iter().any(|it| path.starts_with(it));
        for (path, bytes) in theme.iter().filter(|it| is_here(it.0)) {
            if !is_font(path) {
                continue;
            }
            let mut found = false;
            for font in Font::iter(Bytes::new(bytes.to_vec())) {
                found = true;
                covered.add(font.info());
                let mut letters = Letters::default();
                letters.add(font.info());
                families.push(letters);
                let info = font.info().clone();
                store.push((font, info));
            }
            if !found {
                unreadable.push(path.clone());
            }
        }
        store.extend(built_in.faces.iter().cloned());
        (Self { store, covered, families }, unreadable)
    }

    /// Whether some font has a glyph for it.
    pub(super) fn covers(&self, letter: char) -> bool {
        self.covered.has(letter)
    }

    /// Whether one family of the theme has glyphs for both a letter and the mark on it.
    pub(super) fn covers_mark(&self, letter: char, mark: char) -> bool {
        self.families.iter().any(|it| it.has(letter) && it.has(mark))
    }
}

/// Whether a file is meant to be a font, by its name.
fn is_font(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    ["ttf", "otf", "ttc", "woff", "woff2"]
        .iter()
        .any(|end| name.rsplit_once('.').is_some_and(|it| it.1 == *end))
}

struct BuiltIn {
    faces: Vec<(Font, FontInfo)>,
    covered: Letters,
    families: Vec<Letters>,
}

fn built_in() -> &'static BuiltIn {
    static BUILT_IN: OnceLock<BuiltIn> = OnceLock::new();
    BUILT_IN.get_or_init(|| {
        let ours = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face)));
        let faces: Vec<(Font, FontInfo)> = typst_kit::fonts::embedded()
            .chain(ours.map(|font| {
                let info = font.info().clone();
                (font, info)
            }))
            .collect();
        let mut covered = Letters::default();
        faces.iter().for_each(|(_, info)| covered.add(info));
        let families = FAMILIES.iter().map(|family| {
            // The upright face stands for its family.
            let mut letters = Letters::default();
            if let Some(face) = faces.iter().find(|it| it.1.family == *family) {
                letters.add(&face.1);
            }
            letters
        });
        let families = families.collect();
        BuiltIn { faces, covered, families }
    })
}

/// A set of characters, one bit each.
#[derive(Clone, Default)]
struct Letters(Vec<u64>);

impl Letters {
    fn add(&mut self, font: &FontInfo) {
        for code in font.coverage.iter() {
            let (word, bit) = (code as usize / 64, code % 64);
            if self.0.len() <= word {
                self.0.resize(word + 1, 0);
            }
            self.0[word] |= 1 << bit;
        }
    }

    fn has(&self, letter: char) -> bool {
        let code = u32::from(letter);
        self.0.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_have_what_french_needs() {
        let (fonts, _) = Fonts::new(&Theme::new());
        for letter in "éèêëàâçîïôùûüÿœŒæ«»–—…€’“”°№\u{a0}\u{202f}\u{2011}→✓☐☑🧢".chars()
        {
            assert!(fonts.covers(letter), "{letter:?}");
        }
        assert!(!fonts.covers('漢'));
    }

    #[test]
    fn a_mark_needs_a_font_that_has_its_letter_too() {
        let (fonts, _) = Fonts::new(&Theme::new());
        assert!(fonts.covers_mark('e', '\u{301}'));
        assert!(!fonts.covers_mark('1', '\u{f71}'));
    }
}
