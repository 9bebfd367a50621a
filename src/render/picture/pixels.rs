//! Decoding, sizing, encoding.

use std::{collections::HashSet, io::Cursor, sync::Arc};

use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader,
    Limits, Rgba, RgbaImage,
    codecs::{jpeg::JpegEncoder, png},
    error::{DecodingError, ImageFormatHint},
    imageops::FilterType,
    metadata::Orientation,
};

use super::{Derived, Undecodable, ink};
use crate::site::ResourceFile;

/// The most memory that decoding an image may take.
const MEMORY: u64 = 512 << 20;
/// A drawing has no more colours than this; it is encoded without loss, since its edges
/// would show it.
const DRAWN: usize = 256;
/// The longest side that WebP knows.
const LONGEST: u32 = 16_383;

/// An image in memory.
pub(super) struct Decoded {
    image: DynamicImage,
    /// Its width and height, whatever of it is kept here.
    full: (u32, u32),
    /// Whether it is an animation; only its first frame is here.
    pub(super) moves: bool,
    /// Whether it has a colour profile that is not the web's.
    pub(super) own_colours: bool,
    /// Whether it lost something already when it was encoded, as photographs do.
    lossy: bool,
    /// Whether it has few colours, where it was made smaller and has more by that.
    drawn: Option<bool>,
}

/// An image with more pixels is made smaller as soon as it is decoded: no copy of it is
/// ever made at its full size.
const LARGE: u64 = 16_000_000;

impl Decoded {
    /// Decodes an image, upright, which will be asked for no more than so many pixels in a
    /// row and in a column.
    pub(super) fn read(
        file: &ResourceFile,
        most: (u32, u32),
    ) -> Result<Self, Undecodable> {
        let format = match file.media_type {
            "image/png" => ImageFormat::Png,
            "image/jpeg" => ImageFormat::Jpeg,
            "image/gif" => ImageFormat::Gif,
            "image/webp" => ImageFormat::WebP,
            _ => return Err(Undecodable),
        };
        let Read { image, own_colours } =
            decode(&file.bytes, format).map_err(|_| Undecodable)?;
        let lossy = format == ImageFormat::Jpeg || is_lossy_webp(&file.bytes);
        let moves = moves(file);
        let full = (image.width(), image.height());
        let read = Self { image, full, moves, own_colours, lossy, drawn: None };
        Ok(read.reduced(most))
    }

    /// The image with a fraction of its pixels, where it has far more than it will be
    /// asked for; twice as many are left, so that nothing of it is seen.
    fn reduced(self, most: (u32, u32)) -> Self {
        let (width, height) = self.size();
        let wide = width / most.0.max(1);
        let step = wide.max(height / most.1.max(1)) / 2;
        if u64::from(width) * u64::from(height) <= LARGE || step < 2 {
            return self;
        }
        let drawn = Some(!self.lossy && self.is_drawing());
        Self { image: averaged(&self.image, step), drawn, ..self }
    }

    /// An image that is in memory already.
    #[cfg(test)]
    pub(super) fn of(image: DynamicImage) -> Self {
        let (moves, own_colours, lossy) = (false, false, false);
        let full = (image.width(), image.height());
        Self { image, full, moves, own_colours, lossy, drawn: None }
    }

    /// Its width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        self.full
    }

    /// The image in another size.
    pub(super) fn sized(&self, size: (u32, u32)) -> DynamicImage {
        if size == (self.image.width(), self.image.height()) {
            return self.image.clone();
        }
        let (width, height) = size;
        if !self.image.color().has_alpha() {
            let image = DynamicImage::ImageRgb8(self.image.to_rgb8());
            return image.resize_exact(width, height, FilterType::Lanczos3);
        }
        // What is not seen must not colour what is: colours count as much as they cover.
        let mut image = self.image.to_rgba8();
        for pixel in image.pixels_mut() {
            let alpha = u16::from(pixel[3]);
            for part in &mut pixel.0[..3] {
                *part = share(u16::from(*part) * alpha, 255);
            }
        }
        let image = DynamicImage::ImageRgba8(image);
        let mut image =
            image.resize_exact(width, height, FilterType::Lanczos3).to_rgba8();
        for pixel in image.pixels_mut() {
            let alpha = u16::from(pixel[3]).max(1);
            for part in &mut pixel.0[..3] {
                *part = share(u16::from(*part) * 255, alpha);
            }
        }
        DynamicImage::ImageRgba8(image)
    }

    /// The image as WebP, so wide.
    pub(super) fn webp(&self, width: u32, quality: u8) -> Option<Derived> {
        let size = scaled(self.size(), (width, LONGEST));
        if size.0 > LONGEST {
            return None;
        }
        let image = self.sized(size);
        let is_seen_through = image.color().has_alpha();
        let pixels = match is_seen_through {
            true => image.to_rgba8().into_raw(),
            false => image.to_rgb8().into_raw(),
        };
        let encoder = match is_seen_through {
            true => webp::Encoder::from_rgba(&pixels, size.0, size.1),
            false => webp::Encoder::from_rgb(&pixels, size.0, size.1),
        };
        let lossless = !self.lossy && self.is_drawing();
        let quality = if lossless { 75.0 } else { f32::from(quality) };
        let bytes = encoder.encode_simple(lossless, quality).ok()?;
        let bytes = Arc::new(bytes.to_vec());
        Some(Derived { media_type: "image/webp", size, bytes })
    }

    /// The image as JPEG, where it was lossy, else as PNG, no larger than this.
    pub(super) fn within(&self, limit: (u32, u32), quality: u8) -> Option<Derived> {
        let size = scaled(self.size(), limit);
        let image = self.sized(size);
        if !self.lossy || image.color().has_alpha() {
            return png(&image);
        }
        let mut bytes = Cursor::new(Vec::new());
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        image.to_rgb8().write_with_encoder(encoder).ok()?;
        let bytes = Arc::new(bytes.into_inner());
        Some(Derived { media_type: "image/jpeg", size, bytes })
    }

    fn is_drawing(&self) -> bool {
        self.drawn.unwrap_or_else(|| {
            let mut colours = HashSet::new();
            self.image.pixels().all(|(_, _, it)| {
                colours.insert(it.0);
                colours.len() <= DRAWN
            })
        })
    }
}

/// An image in which each square of so many pixels is one. What is not seen does not
/// colour what is.
fn averaged(image: &DynamicImage, step: u32) -> DynamicImage {
    let size = (image.width().div_ceil(step), image.height().div_ceil(step));
    let small = RgbaImage::from_fn(size.0, size.1, |x, y| {
        let right = (x * step + step).min(image.width());
        let bottom = (y * step + step).min(image.height());
        let (mut sums, mut count) = ([0_u64; 4], 0);
        for y in y * step..bottom {
            for x in x * step..right {
                let Rgba([red, green, blue, alpha]) = image.get_pixel(x, y);
                let alpha = u64::from(alpha);
                for (sum, part) in sums.iter_mut().zip([red, green, blue]) {
                    *sum += u64::from(part) * alpha;
                }
                sums[3] += alpha;
                count += 1;
            }
        }
        let [red, green, blue, alpha] = sums;
        let part = |sum: u64, of: u64| {
            u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX)
        };
        let [red, green, blue] = [red, green, blue].map(|it| part(it, alpha));
        Rgba([red, green, blue, part(alpha, count)])
    });
    let small = DynamicImage::ImageRgba8(small);
    match image.color().has_alpha() {
        true => small,
        false => DynamicImage::ImageRgb8(small.into_rgb8()),
    }
}

/// An image as PNG.
pub(super) fn png(image: &DynamicImage) -> Option<Derived> {
    let image = match image.color().has_alpha() {
        true => DynamicImage::ImageRgba8(image.to_rgba8()),
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    };
    let mut bytes = Cursor::new(Vec::new());
    let encoder = png::PngEncoder::new_with_quality(
        &mut bytes,
        png::CompressionType::Default,
        png::FilterType::Adaptive,
    );
    image.write_with_encoder(encoder).ok()?;
    let size = (image.width(), image.height());
    Some(Derived { media_type: "image/png", size, bytes: Arc::new(bytes.into_inner()) })
}

/// A part of a whole, rounded.
fn share(part: u16, whole: u16) -> u8 {
    u8::try_from((part + whole / 2) / whole).unwrap_or(u8::MAX)
}

/// A size within limits, in the same proportions; never larger.
fn scaled(size: (u32, u32), limit: (u32, u32)) -> (u32, u32) {
    let (width, height) = (u64::from(size.0.max(1)), u64::from(size.1.max(1)));
    let (most_wide, most_high) = (u64::from(limit.0), u64::from(limit.1));
    let (part, whole) = if width <= most_wide && height <= most_high {
        (1, 1)
    } else if most_wide * height <= most_high * width {
        (most_wide, width)
    } else {
        (most_high, height)
    };
    let scale =
        |it: u64| u32::try_from((it * part + whole / 2) / whole).unwrap_or(1).max(1);
    (scale(width), scale(height))
}

/// An image as its decoder gives it.
struct Read {
    image: DynamicImage,
    own_colours: bool,
}

fn decode(bytes: &[u8], format: ImageFormat) -> image::ImageResult<Read> {
    if format == ImageFormat::Jpeg && ink::is_printed(bytes) {
        return decode_printed(bytes);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let own_colours = profile.is_some_and(|it| !is_of_the_web(&it));
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(Read { image, own_colours })
}

/// Decodes a JPEG in the colours of a printing press, which it then has no more.
fn decode_printed(bytes: &[u8]) -> image::ImageResult<Read> {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    let orientation = reader.into_decoder()?.orientation();
    let image = ink::read(bytes).ok_or_else(|| {
        let kind = ImageFormatHint::Exact(ImageFormat::Jpeg);
        ImageError::Decoding(DecodingError::from_format_hint(kind))
    })?;
    let mut image = DynamicImage::ImageRgb8(image);
    image.apply_orientation(orientation.unwrap_or(Orientation::NoTransforms));
    Ok(Read { image, own_colours: false })
}

/// Whether a colour profile is sRGB, by what it calls itself.
fn is_of_the_web(profile: &[u8]) -> bool {
    let holds = |name: &[u8]| profile.windows(name.len()).any(|it| it == name);
    holds(b"sRGB") || holds(b"s\0R\0G\0B")
}

/// Whether a camera was held upright: then the pixels lie on their side.
pub(super) fn is_turned(bytes: &[u8]) -> bool {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    let orientation = reader.into_decoder().and_then(|mut it| it.orientation());
    matches!(
        orientation,
        Ok(Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH)
    )
}

/// Whether an image is an animation.
fn moves(file: &ResourceFile) -> bool {
    let bytes = file.bytes.as_slice();
    match file.media_type {
        "image/png" => {
            // What makes it move stands before the pixels.
            let pixels = bytes.windows(4).position(|it| it == b"IDAT");
            let head = &bytes[..pixels.unwrap_or(bytes.len())];
            head.windows(4).any(|it| it == b"acTL")
        }
        "image/webp" => {
            bytes.get(12..16) == Some(b"VP8X")
                && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
        }
        "image/gif" => has_two_frames(bytes),
        _ => false,
    }
}

/// Whether a GIF has more than one frame, by its blocks alone (`GIF89a`, 17 to 27).
fn has_two_frames(bytes: &[u8]) -> bool {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut frames = 0;
    loop {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2c) => {
                frames += 1;
                let flags = bytes.get(at + 9).copied().unwrap_or(0);
                at += 11 + table(flags);
            }
            _ => return false,
        }
        if frames == 2 {
            return true;
        }
        // What it holds comes in pieces, up to an empty one.
        while let Some(length) = bytes.get(at) {
            at += 1 + usize::from(*length);
            if *length == 0 {
                break;
            }
        }
    }
}

/// Whether a WebP image was encoded with loss: its first image is in a `VP8 ` chunk.
fn is_lossy_webp(bytes: &[u8]) -> bool {
    if bytes.get(8..12) != Some(b"WEBP") {
        return false;
    }
    let mut rest = &bytes[12..];
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, length @ ..] = *head;
        match &[a, b, c, d] {
            b"VP8 " => return true,
            b"VP8L" => return false,
            // A frame of an animation has the image inside it.
            b"ANMF" => rest = after.get(16..).unwrap_or_default(),
            _ => {
                let length = u32::from_le_bytes(length) as usize;
                let length = length.saturating_add(length % 2);
                rest = after.get(length..).unwrap_or_default();
            }
        }
    }
    false
}
