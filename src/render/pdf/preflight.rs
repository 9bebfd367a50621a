//! What Typst would refuse, found in the model, where the page's line is known.
//!
//! PDF/UA and PDF/A allow no character without a glyph, none of the private use area and
//! no image that cannot be read: one of them and there is no file at all. So each text
//! and each image is looked at before Typst sees it, what cannot be printed is replaced
//! by something visible, and a diagnostic names it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use typst::{
    World,
    comemo::Track,
    foundations::{Bytes, Smart},
    visualize::{ExchangeFormat, RasterFormat, RasterImage, SvgImage},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    fonts::{FAMILIES, Fonts},
    probe,
    world::{self, Desk, Shared},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    limits,
    render::picture::{self, Cache, Derived, Limit, Unprinted},
    source::files::ResourceFile,
};

/// What is held back of a document that Typst refused with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Care {
    /// What becomes of images.
    pub(super) images: Images,
    /// Characters that are not printed.
    pub(super) letters: BTreeSet<char>,
    /// Whether only the characters are printed that every text has.
    pub(super) plain_letters: bool,
}

/// What becomes of images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Images {
    /// They are shown.
    #[default]
    Shown,
    /// Each was tried alone; those that failed are painted, or their words stand in.
    Tried,
    /// Their words stand in.
    Left,
}

/// Looks at every character of a page.
pub(super) struct Proofreader<'a> {
    fonts: &'a Fonts,
    rare: Rare,
    care: &'a Care,
    reported: BTreeSet<char>,
    /// What was found.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What is printed for a character that no font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rare {
    /// Its code, between brackets: nothing of it is lost.
    #[default]
    Keep,
    /// A box, the same for all.
    Replace,
    /// Nothing.
    Drop,
}

impl Rare {
    /// Every choice, by the name that settings give it.
    pub const ALL: [(&str, Rare); 3] =
        [("keep", Rare::Keep), ("replace", Rare::Replace), ("drop", Rare::Drop)];

    fn name(self) -> &'static str {
        match self {
            Rare::Keep => "keep",
            Rare::Replace => "replace",
            Rare::Drop => "drop",
        }
    }
}

/// A box, which the program's own fonts have.
const BOX: char = '□';

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
    pub(super) fn new(fonts: &'a Fonts, rare: Rare, care: &'a Care) -> Self {
        Self { fonts, rare, care, reported: BTreeSet::new(), diagnostics: Vec::new() }
    }

    /// The text as it can be printed.
    pub(super) fn read<'t>(&mut self, text: &'t str, place: Place) -> Cow<'t, str> {
        if text.chars().all(is_plain) {
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
                    self.replace(&mut out, letter);
                    self.report(letter, place);
                }
            }
            before = letter;
        }
        Cow::Owned(out)
    }

    /// The text as it is heard: characters that no font has are as good as others.
    pub(super) fn heard(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = ' ';
        for letter in text.chars() {
            match self.fate(letter, before) {
                Fate::Printed => out.push(letter),
                Fate::Replaced if !letter.is_control() => out.push(letter),
                Fate::Replaced | Fate::Dropped => continue,
                Fate::Space => out.push(' '),
            }
            before = letter;
        }
        out
    }

    /// Puts in what stands for a character that cannot be printed.
    fn replace(&self, out: &mut String, letter: char) {
        match self.rare {
            // Where nothing is trusted, nothing is lost either.
            _ if self.care.plain_letters => out.push_str(&stand_in(letter)),
            Rare::Keep => out.push_str(&stand_in(letter)),
            Rare::Replace => out.push(BOX),
            Rare::Drop => {}
        }
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
            _ if self.care.plain_letters && !is_plain(letter) => Fate::Replaced,
            _ if self.care.letters.contains(&letter) => Fate::Replaced,
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
            let fault = fault.with("character", shown).with("code", code_of(letter));
            let fault = fault.with("rare", self.rare.name());
            self.diagnostics.push(fault);
        }
    }
}

/// Whether nothing needs to be thought about: most characters of most texts.
pub(super) fn is_plain(letter: char) -> bool {
    matches!(
        letter,
        ' '..='~' | '\n' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}'
            | '\u{2010}'..='\u{2022}' | '\u{2026}' | '\u{202f}' | '\u{20ac}'
    )
}

/// `U+1F9E2`.
fn code_of(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// The code between brackets, which is read from left to right in every script.
fn stand_in(letter: char) -> String {
    format!("{LEFT_TO_RIGHT}[{}]{LEFT_TO_RIGHT}", code_of(letter))
}

/// A text in which characters stand again for which codes were put in.
pub(super) fn without_stand_ins(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let start = format!("{LEFT_TO_RIGHT}[U+");
    while let Some((before, after)) = rest.split_once(start.as_str()) {
        out.push_str(before);
        let code = after.split(']').next().unwrap_or_default();
        let letter = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        let end = after.get(code.len()..).and_then(|it| it.strip_prefix(']'));
        let end = end.and_then(|it| it.strip_prefix(LEFT_TO_RIGHT));
        match letter.zip(end) {
            Some((letter, end)) => {
                out.push(letter);
                rest = end;
            }
            None => {
                out.push_str(&start);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Makes what stands beside it be read from left to right; taken out once it is laid out.
pub(super) const LEFT_TO_RIGHT: char = '\u{200e}';

/// Why an image cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is damaged, or of a kind that PDF does not know.
    Unreadable,
    /// It has too many pixels.
    TooLarge,
    /// It is a drawing that takes too long to paint.
    Costly,
    /// A file of ours may not hold it.
    Refused(Refusal),
}

/// What Typst says of something that a file of ours may not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    /// In its own words.
    pub(super) reason: String,
    /// The characters that it names.
    pub(super) letters: BTreeSet<char>,
}

impl Refusal {
    /// As a diagnostic: what it names goes before what it says.
    pub(super) fn told(&self, code: &'static str) -> Diagnostic {
        let fault = match code {
            "pdf-image-painted" => Diagnostic::warning("pdf-image-painted"),
            _ => Diagnostic::error("pdf-image-refused"),
        };
        let letters = self.letters.iter().filter(|it| !is_plain(**it));
        let letters: Vec<String> =
            letters.map(|it| format!("{it} ({})", code_of(*it))).collect();
        let cause = if letters.is_empty() { "other" } else { "letters" };
        fault.with("letters", letters.join(", ")).because(cause, &self.reason)
    }
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
pub(super) struct Gallery {
    known: Mutex<BTreeMap<String, Known>>,
    /// What became of those that were tried alone.
    tried: Mutex<BTreeMap<String, Tried>>,
    cache: Cache,
    /// The most pixels that paper can show.
    most: (u32, u32),
}

/// An image as it is printed, and its shape.
type Known = Result<Printed, Trouble>;
type Printed = (Arc<ResourceFile>, Shape);
/// The same, and why it is painted, if it is.
type Tried = Result<(Printed, Option<Refusal>), Trouble>;

/// How many dots of an inch a reader can tell apart on paper.
const RESOLUTION: u32 = 220;

/// The widest and the highest that an image is on each paper, in millimetres: `measure`
/// and `tallest` in `theme/book.typ`.
const PAPERS: [(&str, u32, u32); 4] =
    [("a4", 142, 150), ("a5", 112, 105), ("a3", 201, 215), ("us-letter", 142, 140)];

impl Gallery {
    /// A gallery in which nothing was looked at yet.
    pub(super) fn new(cache: &Cache, paper: &str) -> Self {
        let paper = PAPERS.iter().find(|it| it.0 == paper).unwrap_or(&PAPERS[0]);
        let pixels = |millimetres: u32| (millimetres * RESOLUTION * 10).div_ceil(254);
        let most = (pixels(paper.1), pixels(paper.2));
        let (known, tried) = (Mutex::default(), Mutex::default());
        Self { known, tried, cache: cache.clone(), most }
    }

    /// Whether and how an image can be shown.
    pub(super) fn look(&self, file: &Arc<ResourceFile>, shared: &Shared) -> Known {
        if let Some(known) = lock(&self.known).get(&file.path) {
            return known.clone();
        }
        // Decoded outside the lock: two threads may do it twice, and find the same.
        let shape = self.shape(file, shared);
        lock(&self.known).insert(file.path.clone(), shape.clone());
        shape
    }

    /// The same, once it is seen that a file of ours may hold the image. One that it may
    /// not hold is painted as dots, in colours that it may.
    pub(super) fn try_out(&self, file: &Arc<ResourceFile>, shared: &Shared) -> Tried {
        if let Some(tried) = lock(&self.tried).get(&file.path) {
            return tried.clone();
        }
        let tried = self.look(file, shared).and_then(|known| {
            let Some(refusal) = probe::refusal(&known.0, known.1.format, shared) else {
                return Ok((known, None));
            };
            let painted = self.painted(file, &known, shared);
            let painted = painted.filter(|(file, shape)| {
                probe::refusal(file, shape.format, shared).is_none()
            });
            match painted {
                Some(painted) => Ok((painted, Some(refusal))),
                None => Err(Trouble::Refused(refusal)),
            }
        });
        lock(&self.tried).insert(file.path.clone(), tried.clone());
        tried
    }

    /// The image as dots; `None` where it cannot be painted.
    fn painted(
        &self,
        file: &Arc<ResourceFile>,
        known: &Printed,
        shared: &Shared,
    ) -> Option<Printed> {
        let shape = known.1;
        if file.media_type == "image/svg+xml" {
            let image = drawing(file, shared)?;
            let room = self.room(shape);
            let made = picture::in_dots(file, image.tree(), room, &self.cache).ok()??;
            return in_place_of(file, made, (image.width(), image.height())).ok();
        }
        let limit = Limit { size: self.most, kept: &[] };
        let made = picture::within(file, limit, &self.cache).ok()??;
        let (width, height) = picture::seen_size(file).unwrap_or(made.size);
        in_place_of(file, made, (f64::from(width), f64::from(height))).ok()
    }

    /// The most dots that a shape has room for.
    fn room(&self, shape: Shape) -> (u32, u32) {
        (dots(shape.width, self.most.0), dots(shape.height, self.most.1))
    }

    /// The image with as many pixels as paper can show, at the size that it has with all.
    fn shape(&self, file: &Arc<ResourceFile>, shared: &Shared) -> Known {
        let pixels = file.size.map_or(0, |it| u64::from(it.0) * u64::from(it.1));
        if file.media_type == "image/svg+xml" {
            return self.drawing(file, shared);
        }
        if pixels > limits::PIXELS {
            return Err(Trouble::TooLarge);
        }
        let limit = Limit { size: self.most, kept: &["image/png", "image/jpeg"] };
        let made = picture::within(file, limit, &self.cache);
        let Some(made) = made.map_err(|_| Trouble::Unreadable)? else {
            return Ok((Arc::clone(file), shape(file)?));
        };
        let (width, height) = picture::seen_size(file).unwrap_or(made.size);
        in_place_of(file, made, (f64::from(width), f64::from(height)))
    }

    /// The drawing, as it is or painted, at its own size.
    fn drawing(&self, file: &Arc<ResourceFile>, shared: &Shared) -> Known {
        let image = drawing(file, shared).ok_or(Trouble::Unreadable)?;
        let size = (image.width(), image.height());
        let shape = measured(size.0, size.1, "svg")?;
        let room = self.room(shape);
        let painted = picture::painted(file, image.tree(), room, &self.cache);
        let painted = painted.map_err(|fault| match fault {
            Unprinted::Undecodable => Trouble::Unreadable,
            Unprinted::Costly => Trouble::Costly,
        })?;
        match painted {
            Some(made) => in_place_of(file, made, size),
            None => Ok((Arc::clone(file), shape)),
        }
    }
}

/// Locks, whatever became of the thread that held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was made of an image, shown in its place and at its size.
fn in_place_of(file: &ResourceFile, made: Derived, size: (f64, f64)) -> Known {
    let format = if made.media_type == "image/jpeg" { "jpg" } else { "png" };
    let shape = measured(size.0, size.1, format)?;
    let file = ResourceFile {
        path: file.path.clone(),
        bytes: made.bytes,
        media_type: made.media_type,
        size: Some(made.size),
    };
    Ok((Arc::new(file), shape))
}

/// How many dots a length in points has in print, where there is room for so many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between one and what there is room for"
)]
fn dots(points: f64, most: u32) -> u32 {
    let dots = (points * f64::from(RESOLUTION) / 72.0).ceil();
    dots.clamp(1.0, f64::from(most)) as u32
}

/// Reads an image of pixels as Typst will.
fn shape(file: &Arc<ResourceFile>) -> Result<Shape, Trouble> {
    let (raster, name) = match file.media_type {
        "image/png" => (ExchangeFormat::Png, "png"),
        "image/jpeg" => (ExchangeFormat::Jpg, "jpg"),
        "image/gif" => (ExchangeFormat::Gif, "gif"),
        "image/webp" => (ExchangeFormat::Webp, "webp"),
        _ => return Err(Trouble::Unreadable),
    };
    let format = RasterFormat::Exchange(raster);
    let image = RasterImage::new(world::bytes(file), format, Smart::Auto)
        .map_err(|_| Trouble::Unreadable)?;
    measured(f64::from(image.width()), f64::from(image.height()), name)
}

/// A drawing, when it can be read with all that it refers to.
fn drawing(file: &Arc<ResourceFile>, shared: &Shared) -> Option<SvgImage> {
    let images = vec![Arc::clone(file)];
    let desk = Desk { shared, data: Bytes::new([]), images, attachments: Vec::new() };
    let world: &dyn World = &desk;
    let name = world::id(&world::image(0));
    let bytes = world::bytes(file);
    // Words that ask for no font that is here are set as those around the drawing.
    SvgImage::with_fonts_images(bytes, world.track(), &FAMILIES, Some(name)).ok()
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
        read_with(text, Rare::Keep)
    }

    /// The number that stands for a sign: read from left to right, also among Hebrew words.
    fn code(number: &str) -> String {
        format!("{LEFT_TO_RIGHT}[U+{number}]{LEFT_TO_RIGHT}")
    }

    fn read_with(text: &str, rare: Rare) -> (String, Vec<Diagnostic>) {
        let (fonts, _) = Fonts::new(&Theme::new());
        let care = Care::default();
        let mut reader = Proofreader::new(&fonts, rare, &care);
        let text = reader.read(text, Place::default()).into_owned();
        (text, reader.diagnostics)
    }

    #[test]
    fn a_character_that_no_font_has_is_shown_by_its_code_and_reported_once() {
        let (text, faults) = read("漢 et 漢");
        assert_eq!(text, format!("{0} et {0}", code("6F22")));
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "pdf-character");
    }

    #[test]
    fn paper_shows_no_more_pixels_than_the_theme_has_room_for() {
        let theme = include_str!("theme/book.typ");
        for (name, wide, high) in PAPERS {
            let line = theme.lines().find(|it| {
                it.contains(&format!("  {name}: ("))
                    || name == "a4" && it.contains("measure")
            });
            let start = line.and_then(|it| theme.find(it)).expect("the paper is there");
            let rest = &theme[start..];
            assert!(rest.contains(&format!("measure: {wide}mm")), "{name}");
            assert!(rest.contains(&format!("tallest: {high}mm")), "{name}");
        }
        assert_eq!(Gallery::new(&Cache::default(), "a4").most, (1230, 1300));
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
        let plain = (' '..='\u{ffff}').filter(|it| is_plain(*it));
        for letter in plain {
            assert!(fonts.covers(letter), "{letter:?}");
        }
    }

    #[test]
    fn the_settings_choose_what_stands_for_a_rare_character() {
        assert_eq!(read_with("a漢b", Rare::Replace).0, "a□b");
        assert_eq!(read_with("a漢b", Rare::Drop).0, "ab");
        assert_eq!(read_with("a漢b", Rare::Drop).1.len(), 1, "it is told all the same");
        assert!(read("□").1.is_empty(), "the box itself can be printed");
    }

    #[test]
    fn private_and_control_characters_are_reported() {
        assert_eq!(read("a\u{e000}b").0, format!("a{}b", code("E000")));
        assert_eq!(read("a\u{7}b").0, format!("a{}b", code("0007")));
        assert_eq!(read("a\u{e000}\u{7}").1.len(), 2);
    }

    #[test]
    fn a_letter_and_its_mark_become_one() {
        assert_eq!(read("e\u{301}te\u{301}").0, "été");
        assert_eq!(read("1\u{f71}").0, format!("1{}", code("0F71")));
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
