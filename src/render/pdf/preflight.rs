//! What Typst would refuse, found in the model, where the page's line is known.
//!
//! PDF/UA and PDF/A allow no character without a glyph, none of the private use area and
//! no image that cannot be read: one of them and there is no file at all. So each text
//! and each image is looked at before Typst sees it, what cannot be printed is replaced
//! by something visible, and a diagnostic names it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use typst::{
    World,
    comemo::Track,
    foundations::{Bytes, Smart},
    visualize::{ExchangeFormat, RasterFormat, RasterImage, SvgImage},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    fonts::Fonts,
    world::{self, Desk, Shared},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    source::files::ResourceFile,
};

/// The most pixels of an image: more would fill the memory of a small machine.
const MOST_PIXELS: u64 = 64_000_000;

/// Looks at every character of a page.
pub(super) struct Proofreader<'a> {
    fonts: &'a Fonts,
    reported: BTreeSet<char>,
    /// Whether to trust only the characters that every text has.
    pub(super) cautious: bool,
    /// What was found.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What becomes of a character.
enum Fate {
    /// It is printed.
    Printed,
    /// It has no look of its own and only confuses: left out.
    Dropped,
    /// It parts words in a way that Typst does not read: a space.
    Space,
    /// It cannot be printed: its code stands in.
    Replaced,
}

impl<'a> Proofreader<'a> {
    /// A proofreader that knows what these fonts can print.
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            reported: BTreeSet::new(),
            cautious: false,
            diagnostics: Vec::new(),
        }
    }

    /// The text as it can be printed.
    pub(super) fn read<'t>(&mut self, text: &'t str, place: Place) -> Cow<'t, str> {
        if text.chars().all(|letter| self.is_plain(letter)) {
            return Cow::Borrowed(text);
        }
        let composed: Cow<'_, str> = if text.chars().any(is_combining_mark) {
            text.nfc().collect::<String>().into()
        } else {
            text.into()
        };
        let mut out = String::with_capacity(composed.len());
        let mut before = ' ';
        for letter in composed.chars() {
            match self.fate(letter, before) {
                Fate::Printed => out.push(letter),
                Fate::Dropped => continue,
                Fate::Space => out.push(' '),
                Fate::Replaced => {
                    out.push_str(&stand_in(letter));
                    self.report(letter, place);
                }
            }
            before = letter;
        }
        Cow::Owned(out)
    }

    /// Whether nothing needs to be thought about: most characters of most texts.
    fn is_plain(&self, letter: char) -> bool {
        matches!(
            letter,
            ' '..='~' | '\n' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}'
                | '\u{2010}'..='\u{2022}' | '\u{2026}' | '\u{202f}' | '\u{20ac}'
        )
    }

    fn fate(&self, letter: char, before: char) -> Fate {
        match letter {
            '\n' => Fate::Printed,
            '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Fate::Space
            }
            // Spaces of fonts' own widths, which not every font has.
            '\u{2000}'..='\u{200a}' | '\u{205f}' => Fate::Space,
            // Variation selectors, isolates, tags: no glyph of their own.
            '\u{fe00}'..='\u{fe0f}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}' => Fate::Dropped,
            // What joins, parts or turns: Typst reads these itself.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' => {
                Fate::Printed
            }
            _ if self.cautious && !self.is_plain(letter) => Fate::Replaced,
            _ if letter.is_control() => Fate::Replaced,
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Fate::Replaced,
            _ if is_combining_mark(letter) => {
                if self.fonts.covers_mark(before, letter) {
                    Fate::Printed
                } else {
                    Fate::Replaced
                }
            }
            _ if self.fonts.covers(letter) => Fate::Printed,
            _ => Fate::Replaced,
        }
    }

    /// Says once for each page which character could not be printed.
    fn report(&mut self, letter: char, place: Place) {
        if self.reported.insert(letter) {
            // A control character would garble the message itself.
            let shown = if letter.is_control() { ' ' } else { letter };
            let fault = Diagnostic::warning("pdf-character").at(place);
            let fault = fault.with("character", shown).with("code", code(letter));
            self.diagnostics.push(fault);
        }
    }
}

/// `U+1F9E2`.
fn code(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

fn stand_in(letter: char) -> String {
    format!("[{}]", code(letter))
}

/// Why an image cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is damaged, or of a kind that PDF does not know.
    Unreadable,
    /// It has too many pixels.
    TooLarge,
}

/// An image that can be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Its width in points at its natural size.
    pub(super) width: f64,
    /// Its height in points at its natural size.
    pub(super) height: f64,
    /// What Typst calls its format.
    pub(super) format: &'static str,
}

/// What is known of the images, each looked at once for all documents.
#[derive(Default)]
pub(super) struct Gallery {
    known: Mutex<BTreeMap<String, Result<Shape, Trouble>>>,
}

impl Gallery {
    /// Whether and how an image can be shown.
    pub(super) fn look(
        &self,
        file: &Arc<ResourceFile>,
        shared: &Shared,
    ) -> Result<Shape, Trouble> {
        if let Some(known) = self.lock().get(&file.path) {
            return known.clone();
        }
        // Decoded outside the lock: two threads may do it twice, and find the same.
        let shape = shape(file, shared);
        self.lock().insert(file.path.clone(), shape.clone());
        shape
    }

    fn lock(
        &self,
    ) -> std::sync::MutexGuard<'_, BTreeMap<String, Result<Shape, Trouble>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads an image as Typst will.
fn shape(file: &Arc<ResourceFile>, shared: &Shared) -> Result<Shape, Trouble> {
    let pixels = file.size.map_or(0, |it| u64::from(it.0) * u64::from(it.1));
    if pixels > MOST_PIXELS && file.media_type != "image/svg+xml" {
        return Err(Trouble::TooLarge);
    }
    let (raster, name) = match file.media_type {
        "image/png" => (ExchangeFormat::Png, "png"),
        "image/jpeg" => (ExchangeFormat::Jpg, "jpg"),
        "image/gif" => (ExchangeFormat::Gif, "gif"),
        "image/webp" => (ExchangeFormat::Webp, "webp"),
        "image/svg+xml" => {
            let (width, height) = drawing(file, shared).ok_or(Trouble::Unreadable)?;
            return measured(width, height, "svg");
        }
        _ => return Err(Trouble::Unreadable),
    };
    let format = RasterFormat::Exchange(raster);
    let image = RasterImage::new(world::bytes(file), format, Smart::Auto)
        .map_err(|_| Trouble::Unreadable)?;
    measured(f64::from(image.width()), f64::from(image.height()), name)
}

/// The width and height of a drawing, when it can be read with all that it refers to.
fn drawing(file: &Arc<ResourceFile>, shared: &Shared) -> Option<(f64, f64)> {
    let images = vec![Arc::clone(file)];
    let desk = Desk { shared, data: Bytes::new([]), images };
    let world: &dyn World = &desk;
    let name = world::id(&world::image(0));
    let bytes = world::bytes(file);
    let image =
        SvgImage::with_fonts_images(bytes, world.track(), &[], Some(name)).ok()?;
    Some((image.width(), image.height()))
}

/// A shape of so many pixels. Screens count 96 pixels to the inch; what an image says of
/// itself is seldom meant.
fn measured(width: f64, height: f64, format: &'static str) -> Result<Shape, Trouble> {
    let (width, height) = (width * 72.0 / 96.0, height * 72.0 / 96.0);
    let sensible = |it: f64| it.is_finite() && it > 0.1;
    if sensible(width) && sensible(height) {
        Ok(Shape { width, height, format })
    } else {
        Err(Trouble::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Theme;

    fn read(text: &str) -> (String, Vec<Diagnostic>) {
        let (fonts, _) = Fonts::new(&Theme::new());
        let mut reader = Proofreader::new(&fonts);
        let text = reader.read(text, Place::default()).into_owned();
        (text, reader.diagnostics)
    }

    #[test]
    fn a_character_that_no_font_has_is_shown_by_its_code_and_reported_once() {
        let (text, faults) = read("漢 et 漢");
        assert_eq!(text, "[U+6F22] et [U+6F22]");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "pdf-character");
    }

    #[test]
    fn emoji_and_their_joiners_stay() {
        assert_eq!(read("🧢 👩\u{200d}💻").0, "🧢 👩\u{200d}💻");
        assert_eq!(read("⚠\u{fe0f}").0, "⚠");
        assert!(read("🧢").1.is_empty());
    }

    #[test]
    fn what_is_thought_plain_has_a_glyph() {
        let (fonts, _) = Fonts::new(&Theme::new());
        let reader = Proofreader::new(&fonts);
        let plain = (' '..='\u{ffff}').filter(|it| reader.is_plain(*it));
        for letter in plain {
            assert!(fonts.covers(letter), "{letter:?}");
        }
    }

    #[test]
    fn private_and_control_characters_are_reported() {
        assert_eq!(read("a\u{e000}b").0, "a[U+E000]b");
        assert_eq!(read("a\u{7}b").0, "a[U+0007]b");
        assert_eq!(read("a\u{e000}\u{7}").1.len(), 2);
    }

    #[test]
    fn a_letter_and_its_mark_become_one() {
        assert_eq!(read("e\u{301}te\u{301}").0, "été");
        assert_eq!(read("1\u{f71}").0, "1[U+0F71]");
    }

    #[test]
    fn what_only_parts_words_becomes_a_space() {
        assert_eq!(read("a\u{2028}b\u{2003}c").0, "a b c");
    }

    proptest::proptest! {
        #[test]
        fn what_was_read_once_is_plain(text in ".{0,40}") {
            let (once, _) = read(&text);
            let (twice, faults) = read(&once);
            proptest::prop_assert_eq!(&once, &twice);
            proptest::prop_assert!(faults.is_empty());
        }
    }
}
