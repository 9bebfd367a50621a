//! Whether a picture of dots is whole.
//!
//! Only its frame is looked at, piece by piece: that costs little, and what is in the
//! pieces is decoded where the picture is needed. Checksums that are wrong, as careless
//! programs write them, are made right where the pixels prove to be whole: checkers of
//! books, and some browsers, refuse the file for them.

use std::io::Read;

use flate2::{Crc, read::ZlibDecoder};

/// What is found of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Soundness {
    /// It is whole.
    Whole,
    /// It is whole once it is written so.
    Mended(Vec<u8>),
    /// Something of it is missing.
    Broken,
}

/// The most bytes that the pixels of a picture take: 64 million of eight bytes.
const MOST_BYTES: u64 = 64_000_000 * 9;

/// Looks at a picture of this media type.
pub(super) fn soundness(media_type: &str, bytes: &[u8]) -> Soundness {
    let is_whole = match media_type {
        "image/png" => return png(bytes).unwrap_or(Soundness::Broken),
        "image/jpeg" => is_whole_jpeg(bytes),
        "image/gif" => is_whole_gif(bytes),
        "image/webp" => {
            let length = bytes.get(4..8).and_then(|it| it.try_into().ok());
            length.is_some_and(|it| u32::from_le_bytes(it) as usize + 8 <= bytes.len())
        }
        _ => true,
    };
    if is_whole { Soundness::Whole } else { Soundness::Broken }
}

/// A piece of a PNG: its kind and content, and whether its checksum is right.
struct Piece<'a> {
    body: &'a [u8],
    is_right: bool,
}

impl Piece<'_> {
    fn is(&self, kind: &[u8; 4]) -> bool {
        self.body.starts_with(kind)
    }
}

/// `None` where pieces are missing.
fn png(bytes: &[u8]) -> Option<Soundness> {
    let mut pieces = Vec::new();
    let mut rest = bytes.get(8..)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let (body, after) = after.split_at_checked(length.checked_add(4)?)?;
        let (sum, after) = after.split_first_chunk::<4>()?;
        let is_right = sum_of(body) == *sum;
        pieces.push(Piece { body, is_right });
        rest = after;
        if body.starts_with(b"IEND") {
            break;
        }
    }
    if !pieces.first()?.is(b"IHDR") || !pieces.iter().any(|it| it.is(b"IDAT")) {
        return None;
    }
    if pieces.iter().all(|it| it.is_right) {
        return Some(Soundness::Whole);
    }
    if pieces.iter().any(|it| !it.is_right && it.is(b"IDAT")) {
        prove(&pieces)?;
    }
    let mut out = bytes[..8].to_vec();
    for piece in pieces {
        out.extend(u32::try_from(piece.body.len() - 4).ok()?.to_be_bytes());
        out.extend(piece.body);
        out.extend(sum_of(piece.body));
    }
    Some(Soundness::Mended(out))
}

fn sum_of(body: &[u8]) -> [u8; 4] {
    let mut sum = Crc::new();
    sum.update(body);
    sum.sum().to_be_bytes()
}

/// Proves that the pixels are whole: what they are packed in has a checksum of its own.
fn prove(pieces: &[Piece<'_>]) -> Option<()> {
    let pixels: Vec<u8> = pieces
        .iter()
        .filter(|it| it.is(b"IDAT"))
        .flat_map(|it| &it.body[4..])
        .copied()
        .collect();
    let mut unpacked = ZlibDecoder::new(pixels.as_slice()).take(MOST_BYTES);
    std::io::copy(&mut unpacked, &mut std::io::sink()).ok().map(|_| ())
}

/// Whether the segments of a JPEG lead to its pixels, and these to its end.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    // The image's end comes after its last scan; an end before it is a preview's.
    let last = |mark: u8| bytes.windows(2).rposition(|it| it == [0xff, mark]);
    let (end, scan) = (last(0xd9), last(0xda));
    end.is_some() && end > scan && leads_to_pixels(bytes)
}

fn leads_to_pixels(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        match bytes.get(at..) {
            // Filling.
            Some([0xff, 0xff, ..]) => at += 1,
            Some([0xff, 0xda, ..]) => return true,
            // Marks that stand alone have no place here: a second beginning, an end.
            Some([0xff, 0x00 | 0x01 | 0xd0..=0xd9, ..]) => return false,
            Some([0xff, _, high, low, ..]) => {
                let length = u16::from_be_bytes([*high, *low]);
                if length < 2 {
                    return false;
                }
                at += 2 + usize::from(length);
            }
            _ => return false,
        }
    }
}

fn is_whole_gif(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    (bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")) && tail.contains(&0x3b)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};

    use super::*;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::new_rgb8(20, 10);
        image.write_to(&mut bytes, format).expect("it can be encoded");
        bytes.into_inner()
    }

    /// Where a piece of a PNG begins, with its length.
    fn place(png: &[u8], kind: &[u8; 4]) -> usize {
        png.windows(4).position(|it| it == kind).expect("it is there") - 4
    }

    #[test]
    fn wrong_checksums_are_made_right() {
        let right = picture(ImageFormat::Png);
        assert_eq!(soundness("image/png", &right), Soundness::Whole);
        for kind in [b"IHDR", b"IDAT", b"IEND"] {
            let mut wrong = right.clone();
            let at = place(&right, kind);
            let length = u32::from_be_bytes(right[at..at + 4].try_into().expect("four"));
            wrong[at + 8 + length as usize] ^= 1;
            assert_eq!(
                soundness("image/png", &wrong),
                Soundness::Mended(right.clone()),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn pixels_that_were_changed_are_not_called_whole() {
        let right = picture(ImageFormat::Png);
        let mut wrong = right.clone();
        let at = place(&right, b"IEND");
        // The last byte of the pixels' own checksum.
        wrong[at - 5] ^= 1;
        assert_eq!(soundness("image/png", &wrong), Soundness::Broken);
        for length in 0..right.len() {
            assert_eq!(soundness("image/png", &right[..length]), Soundness::Broken);
        }
    }

    #[test]
    fn a_jpeg_leads_to_its_pixels() {
        let right = picture(ImageFormat::Jpeg);
        assert_eq!(soundness("image/jpeg", &right), Soundness::Whole);
        let twice = [&[0xff, 0xd8], right.as_slice()].concat();
        assert_eq!(soundness("image/jpeg", &twice), Soundness::Broken);
        for length in 0..right.len() - 1 {
            assert_eq!(soundness("image/jpeg", &right[..length]), Soundness::Broken);
        }
    }

    #[test]
    fn a_gif_has_a_version_that_exists() {
        let right = picture(ImageFormat::Gif);
        assert_eq!(soundness("image/gif", &right), Soundness::Whole);
        let mut wrong = right;
        wrong[4] = b'8';
        assert_eq!(soundness("image/gif", &wrong), Soundness::Broken);
    }
}
