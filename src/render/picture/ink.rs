//! Photographs in the colours of a printing press, as print shops give them.
//!
//! A JPEG of four inks (cyan, magenta, yellow, black) is none that a PDF of ours may hold,
//! and reading devices show it in false colours. It becomes one of the web's colours: by
//! the profile of the press that it carries, else as if each ink took its own part of the
//! light.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// Whether a JPEG is in the colours of a printing press.
pub(super) fn is_printed(bytes: &[u8]) -> bool {
    frame(bytes).is_some_and(|it| it.components == 4)
}

/// The image in the web's colours; `None` where it cannot be decoded.
pub(super) fn read(bytes: &[u8]) -> Option<RgbImage> {
    // Of its own it would take no more than 16,384 pixels in a row.
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let colours = decoder.input_colorspace()?;
    decoder.set_options(decoder.options().jpeg_set_out_colorspace(colours));
    let mut inks = decoder.decode().ok()?;
    if colours == ColorSpace::YCCK {
        inks.as_chunks_mut().0.iter_mut().for_each(of_light);
    } else if colours != ColorSpace::CMYK {
        return None;
    } else if frame(bytes)?.is_adobes {
        inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    let (width, height) = decoder.dimensions()?;
    let size = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let pixels = decoder
        .icc_profile()
        .and_then(|it| by_profile(&inks, &it))
        .unwrap_or_else(|| inks.as_chunks().0.iter().flat_map(plain).collect());
    RgbImage::from_raw(size.0, size.1, pixels)
}

/// Inks of a pixel that was written as light and colour, and black: Adobe's programs do,
/// with what they do not cover in place of what they cover.
fn of_light(pixel: &mut [u8; 4]) {
    let [light, blue, red, black] = pixel.map(f32::from);
    let (blue, red) = (blue - 128.0, red - 128.0);
    *pixel = [
        level(light + 1.402 * red),
        level(light - 0.344_136 * blue - 0.714_136 * red),
        level(light + 1.772 * blue),
        level(255.0 - black),
    ];
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between 0 and 255"
)]
fn level(number: f32) -> u8 {
    number.round().clamp(0.0, 255.0) as u8
}

/// What is left of white light under the inks of a pixel.
fn plain([cyan, magenta, yellow, black]: &[u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let left = u32::from(255 - ink) * u32::from(255 - black);
        u8::try_from((left + 127) / 255).unwrap_or(u8::MAX)
    })
}

/// The colours that a press has by its profile; `None` where the profile is none of one.
fn by_profile(inks: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    let press = ColorProfile::new_from_slice(profile).ok()?;
    if press.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let web = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let change = press.create_transform_8bit(Layout::Rgba, &web, Layout::Rgb, options);
    let mut pixels = vec![0; inks.len() / 4 * 3];
    change.ok()?.transform(inks, &mut pixels).ok()?;
    Some(pixels)
}

/// What a JPEG says of its pixels.
struct Frame {
    components: u8,
    /// Whether a program of Adobe's wrote it: then inks are the other way round.
    is_adobes: bool,
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut is_adobes = false;
    let mut at = 2;
    loop {
        let segment = bytes.get(at..)?;
        let &[0xff, mark, high, low, ..] = segment else { return None };
        if mark == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = segment.get(4..)?;
        match mark {
            0xee => is_adobes |= content.starts_with(b"Adobe"),
            // The marks of frames, without those of tables.
            0xc0..=0xcf if !matches!(mark, 0xc4 | 0xc8 | 0xcc) => {
                return Some(Frame { components: *content.get(5)?, is_adobes });
            }
            0xd9 | 0xda => return None,
            _ => {}
        }
        at += 2 + length.max(2);
    }
}
