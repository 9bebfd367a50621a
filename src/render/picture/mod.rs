//! Images, made fit for where they are shown.
//!
//! A photograph as its author took it is too large for a screen, a book and a printer
//! alike. Here it is given the sizes and the formats that each of the three is best
//! served with; never more pixels and never more bytes than it has. That takes seconds
//! for a site, so what was made is kept by a [`Cache`], under a name made of the image's
//! content and of all that it was asked; the bytes are the same with a cache and without.
//!
//! - `pixels`: decoding, sizing, encoding; `ink`: the colours of a printing press;
//! - `drawing`: a drawing painted dot by dot, where paper is better served so;
//! - `entry`: what a cache holds, and why it is not believed blindly.

#[cfg(feature = "pdf")]
mod drawing;
mod entry;
mod ink;
mod pixels;

use std::{fmt, sync::Arc};

use sha2::{Digest, Sha256};

#[cfg(feature = "pdf")]
pub(super) use drawing::{Unprinted, in_dots, painted};
pub use entry::Cache;

use self::pixels::Decoded;
use crate::site::ResourceFile;

/// Where a cache keeps what it is given, by name.
pub trait Store: Send + Sync + fmt::Debug {
    /// What was kept under this name, if it is still there.
    fn get(&self, name: &str) -> Option<Vec<u8>>;
    /// Keeps something; nobody is told when that fails.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// An image in another size or format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its media type.
    pub media_type: &'static str,
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
}

/// The image cannot be decoded, or would take more memory than a small machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecodable;

/// The widths that a screen is offered: a telephone, a column of text, and a column on
/// a screen with twice as many pixels.
const WIDTHS: [u32; 3] = [400, 800, 1344];
/// Smaller files are not worth another request.
const SMALL: usize = 16 * 1024;
/// The quality of lossy WebP.
const QUALITY: u8 = 82;
/// The quality of JPEG.
const PRINTED: u8 = 88;

/// What an image is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The most pixels in a row and in a column.
    pub size: (u32, u32),
    /// The media types that need not be changed.
    pub kept: &'static [&'static str],
}

/// The sizes of an image that a browser can choose from, in rising order, as WebP; none
/// where the image is best as it is: it is small, it moves, it is a drawing, or its
/// colours are its own.
pub fn responsive(
    file: &ResourceFile,
    cache: &Cache,
) -> Result<Vec<Derived>, Undecodable> {
    if !is_raster(file) || file.bytes.len() < SMALL {
        return Ok(Vec::new());
    }
    let recipe = format!("webp {WIDTHS:?} {QUALITY}");
    cache.made(&recipe, &file.bytes, || {
        let _room = cache.room(file);
        let most = (WIDTHS[WIDTHS.len() - 1], u32::MAX);
        let decoded = Decoded::read(file, most)?;
        if decoded.moves || decoded.own_colours {
            return Ok(Vec::new());
        }
        let width = decoded.size().0;
        let own = (width <= WIDTHS[WIDTHS.len() - 1]).then_some(width);
        let widths = WIDTHS.iter().copied().filter(|it| *it < width).chain(own);
        let made = widths.filter_map(|it| decoded.webp(it, QUALITY));
        // One that is no lighter than the original is no help.
        Ok(made.filter(|it| it.bytes.len() < file.bytes.len()).collect())
    })
}

/// The image within limits; `None` where it already is.
pub fn within(
    file: &ResourceFile,
    limit: Limit,
    cache: &Cache,
) -> Result<Option<Derived>, Undecodable> {
    // Not every reader turns an image that lies on its side.
    let is_upright = file.media_type != "image/jpeg" || !pixels::is_turned(&file.bytes);
    let is_printed = file.media_type == "image/jpeg" && ink::is_printed(&file.bytes);
    let is_kept = is_upright && !is_printed && limit.kept.contains(&file.media_type);
    let fits = file.size.is_some_and(|it| it.0 <= limit.size.0 && it.1 <= limit.size.1);
    if !is_raster(file) || is_kept && fits {
        return Ok(None);
    }
    let (width, height) = limit.size;
    let recipe = format!("within {width} {height} {is_kept} {PRINTED}");
    let made = cache.made(&recipe, &file.bytes, || {
        let _room = cache.room(file);
        let decoded = Decoded::read(file, limit.size)?;
        // A smaller copy would lose the colours, or the movement, of the original.
        if is_kept && (decoded.own_colours || decoded.moves) {
            return Ok(Vec::new());
        }
        let made = decoded.within(limit.size, PRINTED);
        let lighter = |it: &Derived| !is_kept || it.bytes.len() < file.bytes.len();
        Ok(made.into_iter().filter(lighter).collect())
    })?;
    Ok(made.into_iter().next())
}

/// The width and height at which an image is seen: a camera that was held upright says
/// so beside the pixels.
pub fn seen_size(file: &ResourceFile) -> Option<(u32, u32)> {
    let (width, height) = file.size?;
    let turned = file.media_type == "image/jpeg" && pixels::is_turned(&file.bytes);
    Some(if turned { (height, width) } else { (width, height) })
}

/// A short name that only this content has.
pub fn name_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn is_raster(file: &ResourceFile) -> bool {
    matches!(file.media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, io::Cursor, sync::Mutex};

    use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

    use super::*;

    /// A picture with more colours than a drawing has.
    fn picture(width: u32, height: u32, format: ImageFormat) -> ResourceFile {
        let image = RgbaImage::from_fn(width, height, |x, y| {
            let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
            Rgba([(noise & 255) as u8, (x & 255) as u8, (y & 255) as u8, 255])
        });
        let image = DynamicImage::ImageRgba8(image);
        let image = match format == ImageFormat::Jpeg {
            true => DynamicImage::ImageRgb8(image.to_rgb8()),
            false => image,
        };
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("it can be encoded");
        ResourceFile {
            path: "a".to_owned(),
            bytes: Arc::new(bytes.into_inner()),
            media_type: format.to_mime_type(),
            size: Some((width, height)),
        }
    }

    #[derive(Debug, Default)]
    struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

    impl Store for Memory {
        fn get(&self, name: &str) -> Option<Vec<u8>> {
            self.0.lock().expect("no thread panicked").get(name).cloned()
        }

        fn put(&self, name: &str, bytes: &[u8]) {
            let mut kept = self.0.lock().expect("no thread panicked");
            kept.insert(name.to_owned(), bytes.to_owned());
        }
    }

    const PRINT: Limit = Limit { size: (300, 300), kept: &["image/png", "image/jpeg"] };

    #[test]
    fn a_screen_is_offered_sizes_below_the_images_own_as_webp() {
        let made = responsive(&picture(900, 90, ImageFormat::Png), &Cache::default());
        let made = made.expect("it can be decoded");
        let widths: Vec<u32> = made.iter().map(|it| it.size.0).collect();
        assert_eq!(widths, [400, 800, 900]);
        assert_eq!(made[0].size.1, 40);
        assert!(made.iter().all(|it| it.bytes.starts_with(b"RIFF")));
    }

    #[test]
    fn an_image_is_never_made_larger() {
        let small = picture(90, 90, ImageFormat::Jpeg);
        assert_eq!(within(&small, PRINT, &Cache::default()), Ok(None));
        let large = picture(600, 300, ImageFormat::Jpeg);
        let made = within(&large, PRINT, &Cache::default()).expect("it can be decoded");
        let made = made.expect("it has too many pixels");
        assert_eq!((made.size, made.media_type), ((300, 150), "image/jpeg"));
        assert!(made.bytes.len() < large.bytes.len());
    }

    #[test]
    fn a_photograph_that_lies_on_its_side_is_set_upright() {
        let mut file = picture(90, 60, ImageFormat::Jpeg);
        // What a camera that was held upright writes behind the first marker.
        let exif: &[u8] = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\
            \0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut bytes = file.bytes[..2].to_vec();
        bytes.extend(exif);
        bytes.extend(&file.bytes[2..]);
        file.bytes = Arc::new(bytes);
        assert_eq!(seen_size(&file), Some((60, 90)));
        let made = within(&file, PRINT, &Cache::default()).expect("it can be decoded");
        assert_eq!(made.map(|it| it.size), Some((60, 90)));
    }

    #[test]
    fn what_is_no_format_of_the_place_is_turned_into_one() {
        let webp = picture(90, 60, ImageFormat::WebP);
        let made = within(&webp, PRINT, &Cache::default()).expect("it can be decoded");
        assert_eq!(
            made.map(|it| (it.size, it.media_type)),
            Some(((90, 60), "image/png"))
        );
    }

    #[test]
    fn a_cache_gives_the_same_bytes_and_is_not_believed_when_it_is_damaged() {
        let file = picture(600, 300, ImageFormat::Png);
        let without = within(&file, PRINT, &Cache::default());
        let store = Arc::new(Memory::default());
        // Each asks a cache that has nothing in memory yet.
        let asked = |file: &ResourceFile| {
            within(file, PRINT, &Cache::new(Arc::<Memory>::clone(&store)))
        };
        assert_eq!(asked(&file), without);
        let names = || -> Vec<String> {
            store.0.lock().expect("no thread panicked").keys().cloned().collect()
        };
        let all = names();
        let [name] = &all[..] else { panic!("{all:?}") };
        assert_eq!(asked(&file), without, "from the cache");
        for at in [0, 20, 40, 90, 150] {
            let mut bytes = store.get(name).expect("it was kept");
            bytes[at] ^= 1;
            store.put(name, &bytes);
            assert_eq!(asked(&file), without, "byte {at}");
        }
        let other = picture(602, 300, ImageFormat::Png);
        let made = asked(&other);
        let entry = store.get(name).expect("it was kept");
        names().iter().for_each(|it| store.put(it, &entry));
        assert_eq!(asked(&other), made, "another's entry");
    }

    #[test]
    fn an_image_that_two_editions_show_is_made_once() {
        let file = picture(600, 300, ImageFormat::Png);
        let store = Arc::new(Memory::default());
        let cache = Cache::new(Arc::<Memory>::clone(&store));
        let first = within(&file, PRINT, &cache).expect("made").expect("smaller");
        store.0.lock().expect("no thread panicked").clear();
        let second = within(&file, PRINT, &cache).expect("made").expect("smaller");
        assert!(Arc::ptr_eq(&first.bytes, &second.bytes));
        assert!(store.0.lock().expect("no thread panicked").is_empty());
    }

    #[test]
    fn what_cannot_be_decoded_is_said() {
        let mut file = picture(600, 300, ImageFormat::Png);
        file.bytes = Arc::new(file.bytes[..file.bytes.len() / 2].to_vec());
        assert_eq!(within(&file, PRINT, &Cache::default()), Err(Undecodable));
    }

    #[test]
    fn what_is_seen_through_keeps_its_colours_at_its_edges() {
        let image = RgbaImage::from_fn(800, 8, |x, _| match x % 2 {
            0 => Rgba([255, 0, 0, 255]),
            _ => Rgba([0, 255, 0, 0]),
        });
        let decoded = Decoded::of(DynamicImage::ImageRgba8(image));
        let small = decoded.sized((400, 4)).to_rgba8();
        let middle = small.get_pixel(200, 2);
        assert!(middle[0] > 250 && middle[1] < 5, "{middle:?}");
        assert!((100..156).contains(&middle[3]), "{middle:?}");
    }
}
