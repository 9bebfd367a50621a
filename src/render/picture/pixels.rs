//! Decoding, sizing, encoding.

use std::{collections::HashSet, io::Cursor, sync::Arc};

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png},
    imageops::FilterType,
    metadata::Orientation,
};

use super::{Derived, Undecodable};
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
    /// Whether it is an animation; only its first frame is here.
    pub(super) moves: bool,
    /// Whether it has a colour profile that is not the web's.
    pub(super) own_colours: bool,
    /// Whether it lost something already when it was encoded, as photographs do.
    lossy: bool,
}

impl Decoded {
    /// Decodes an image, upright.
    pub(super) fn read(file: &ResourceFile) -> Result<Self, Undecodable> {
        let format = match file.media_type {
            "image/png" => ImageFormat::Png,
            "image/jpeg" => ImageFormat::Jpeg,
            "image/gif" => ImageFormat::Gif,
            "image/webp" => ImageFormat::WebP,
            _ => return Err(Undecodable),
        };
        decode(&file.bytes, format).map_err(|_| Undecodable).map(|read| Self {
            image: read.image,
            moves: moves(file),
            own_colours: read.own_colours,
            lossy: format == ImageFormat::Jpeg || is_lossy_webp(&file.bytes),
        })
    }

    /// An image that is in memory already.
    #[cfg(test)]
    pub(super) fn of(image: DynamicImage) -> Self {
        Self { image, moves: false, own_colours: false, lossy: false }
    }

    /// Its width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        (self.image.width(), self.image.height())
    }

    /// The image in another size.
    pub(super) fn sized(&self, size: (u32, u32)) -> DynamicImage {
        if size == self.size() {
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
        let mut colours = HashSet::new();
        self.image.to_rgba8().pixels().all(|it| {
            colours.insert(it.0);
            colours.len() <= DRAWN
        })
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
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let own_colours = profile.is_some_and(|it| !is_of_the_web(&it))
        || decoder.original_color_type() == ExtendedColorType::Cmyk8;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(Read { image, own_colours })
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

fn has_two_frames(bytes: &[u8]) -> bool {
    use image::{AnimationDecoder, codecs::gif::GifDecoder};
    let Ok(decoder) = GifDecoder::new(Cursor::new(bytes)) else { return false };
    decoder.into_frames().take(2).filter(Result::is_ok).count() == 2
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
