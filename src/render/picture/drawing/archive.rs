//! What a PDF for archives (PDF/A) may not hold, found in a drawing. One such thing, and
//! there is no file at all; painted as dots, it is as good as any.

use std::io::Cursor;

use image::{ExtendedColorType, ImageDecoder, codecs::jpeg::JpegDecoder};
use resvg::usvg::{Group, ImageKind, Node, Paint, SpreadMethod, Text, Tree};

/// The most areas that may be cut out of one another: 28 in the standard, some of which
/// are the page's own.
const CLIPS: usize = 20;

/// Whether a drawing holds something that is refused.
pub(super) fn refuses(tree: &Tree) -> bool {
    group(tree.root(), 0)
}

fn group(it: &Group, clips: usize) -> bool {
    let mut clips = clips;
    let mut clip = it.clip_path();
    while let Some(path) = clip {
        clips += 1;
        clip = path.clip_path();
    }
    if clips > CLIPS || it.clip_path().is_some_and(|clip| group(clip.root(), clips)) {
        return true;
    }
    let mut mask = it.mask();
    while let Some(one) = mask {
        if group(one.root(), 0) {
            return true;
        }
        mask = one.mask();
    }
    it.children().iter().any(|node| refused(node, clips))
}

fn refused(node: &Node, clips: usize) -> bool {
    match node {
        Node::Group(it) => group(it, clips),
        Node::Path(path) => {
            let fill = path.fill().map(|it| it.paint());
            fill.into_iter().chain(path.stroke().map(|it| it.paint())).any(paint)
        }
        Node::Image(image) => match image.kind() {
            ImageKind::SVG(tree) => group(tree.root(), clips + 1),
            ImageKind::JPEG(bytes) => is_for_print(bytes),
            ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => false,
        },
        Node::Text(text) => has_unknown_letter(text) || group(text.flattened(), clips),
    }
}

fn paint(it: &Paint) -> bool {
    match it {
        Paint::Color(_) => false,
        // A gradient that begins anew needs a program in PDF, which PDF/A forbids.
        Paint::LinearGradient(it) => it.spread_method() != SpreadMethod::Pad,
        Paint::RadialGradient(it) => it.spread_method() != SpreadMethod::Pad,
        Paint::Pattern(it) => group(it.root(), 0),
    }
}

/// Whether an image has the colours of a printing machine, which need a profile.
fn is_for_print(bytes: &[u8]) -> bool {
    let decoder = JpegDecoder::new(Cursor::new(bytes));
    decoder.is_ok_and(|it| it.original_color_type() == ExtendedColorType::Cmyk8)
}

/// Whether no font has a sign of the text, or it is one without a meaning of its own.
fn has_unknown_letter(text: &Text) -> bool {
    let is_unknown = |letter: char| matches!(letter, '\0' | '\u{feff}' | '\u{fffe}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    let mut glyphs = text.layouted().iter().flat_map(|it| &it.positioned_glyphs);
    glyphs.any(|it| it.id.0 == 0 || it.text.is_empty() || it.text.chars().any(is_unknown))
}
