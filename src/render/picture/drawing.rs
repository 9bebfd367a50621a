//! A drawing painted dot by dot, where paper is better served so.
//!
//! A PDF shows a drawing as lines and shapes, sharp at any size. It has no filters,
//! though: each part under a filter (a shadow, a blur) is painted as dots, finer than
//! paper needs, again wherever it is used and in each file. Where these parts are
//! together larger than the drawing, the whole is painted once, as paper can show it. So
//! is a drawing that the PDF's writer refuses. `work` is how much there is to paint, known
//! before it is begun.

mod work;

use image::{DynamicImage, RgbaImage};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Group, ImageKind, Node, Paint, Tree},
};
use sha2::{Digest, Sha256};

use super::{Cache, Derived, Undecodable, pixels};
use crate::site::ResourceFile;

/// Why a drawing is not printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Unprinted {
    /// What was made of it cannot be read.
    Undecodable,
    /// Painting it would take more time or memory than a small machine has.
    Costly,
}

/// The drawing as PNG, as large as this has room for; `None` where it is better as it is.
/// The tree is what was read of the file, with the fonts that its words are set in.
pub(in crate::render) fn painted(
    file: &ResourceFile,
    tree: &Tree,
    room: (u32, u32),
    cache: &Cache,
) -> Result<Option<Derived>, Unprinted> {
    let whole = area(tree.size().width(), tree.size().height());
    let are_lines = filtered(tree.root(), whole) <= whole;
    match are_lines {
        true if work::of_lines(tree).is_too_much() => Err(Unprinted::Costly),
        true => Ok(None),
        false => in_dots(file, tree, room, cache),
    }
}

/// The drawing as PNG, whether or not it is better as it is.
pub(in crate::render) fn in_dots(
    file: &ResourceFile,
    tree: &Tree,
    room: (u32, u32),
    cache: &Cache,
) -> Result<Option<Derived>, Unprinted> {
    if work::of_dots(tree, room).is_too_much() {
        return Err(Unprinted::Costly);
    }
    let recipe = format!("painted {} {} {}", room.0, room.1, fonts(tree));
    let made = cache
        .made(&recipe, &file.bytes, || Ok(vec![paint(tree, room).ok_or(Undecodable)?]))
        .map_err(|Undecodable| Unprinted::Undecodable)?;
    Ok(made.into_iter().next())
}

/// A fingerprint of the fonts that the words of a drawing are set in.
fn fonts(tree: &Tree) -> String {
    let mut all = Sha256::new();
    let fonts = tree.fontdb();
    for face in fonts.faces() {
        fonts.with_face_data(face.id, |bytes, number| {
            all.update(number.to_be_bytes());
            all.update(Sha256::digest(bytes));
        });
    }
    all.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How much of a drawing stands under filters, each part as often as it is used; no
/// further than is asked.
fn filtered(group: &Group, enough: f64) -> f64 {
    if !group.filters().is_empty() {
        let part = group.abs_layer_bounding_box();
        return area(part.width(), part.height());
    }
    let mut found = 0.0;
    let mut add = |group: &Group| {
        if found <= enough {
            found += filtered(group, enough - found);
        }
    };
    if let Some(mask) = group.mask() {
        add(mask.root());
        if let Some(mask) = mask.mask() {
            add(mask.root());
        }
    }
    for node in group.children() {
        match node {
            Node::Group(group) => add(group),
            Node::Path(path) => {
                let paints = [
                    path.fill().map(|it| it.paint()),
                    path.stroke().map(|it| it.paint()),
                ];
                for paint in paints.into_iter().flatten() {
                    if let Paint::Pattern(pattern) = paint {
                        add(pattern.root());
                    }
                }
            }
            Node::Image(image) => {
                if let ImageKind::SVG(tree) = image.kind() {
                    add(tree.root());
                }
            }
            Node::Text(_) => {}
        }
    }
    found
}

/// The size of a drawing in dots, and how many of them a unit of it has.
fn sized(tree: &Tree, room: (u32, u32)) -> ((u32, u32), f64) {
    let whole = tree.size();
    let scale = (f64::from(room.0) / f64::from(whole.width()))
        .min(f64::from(room.1) / f64::from(whole.height()));
    ((dots(whole.width(), scale), dots(whole.height(), scale)), scale)
}

fn area(width: f32, height: f32) -> f64 {
    f64::from(width) * f64::from(height)
}

#[expect(clippy::cast_precision_loss, reason = "paper has no more dots than it counts")]
fn paint(tree: &Tree, room: (u32, u32)) -> Option<Derived> {
    let whole = tree.size();
    let ((width, height), _) = sized(tree, room);
    let mut paper = Pixmap::new(width, height)?;
    let scale = Transform::from_scale(
        width as f32 / whole.width(),
        height as f32 / whole.height(),
    );
    resvg::render(tree, scale, &mut paper.as_mut());
    let is_seen_through = paper.pixels().iter().any(|it| !it.is_opaque());
    let pixels = paper.pixels().iter().flat_map(|it| {
        let it = it.demultiply();
        [it.red(), it.green(), it.blue(), it.alpha()]
    });
    let image = RgbaImage::from_raw(width, height, pixels.collect())?;
    let image = DynamicImage::ImageRgba8(image);
    pixels::png(&match is_seen_through {
        true => image,
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    })
}

/// How many dots a length has, and one at least.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between none and what there is room for"
)]
fn dots(length: f32, scale: f64) -> u32 {
    (f64::from(length) * scale).round().max(1.0) as u32
}
