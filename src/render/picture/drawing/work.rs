//! How much there is to paint in a drawing, known before it is begun.
//!
//! A filter may ask for a region of a thousand times the drawing, a pattern for a tile
//! as large as a town: what a painter would reserve for them stops the whole program. So
//! each surface that it would need is measured first, with the operations on it, as often
//! as they are needed. How many parts there are is bounded where the drawing is read.

use resvg::{
    tiny_skia::Transform,
    usvg::{Group, Image, ImageKind, Node, Paint, Path, Tree, filter},
};

/// The most operations on a dot: some seconds of a small machine.
const MOST_WORK: f64 = 2e9;
/// The most dots that are held at once: of four bytes each, half a gigabyte.
const MOST_DOTS: f64 = 1.2e8;
/// How much larger a surface may be than what it is painted on (resvg).
const LARGER: f64 = 25.0;
/// How many dots of a part under filters stand for a unit of the drawing in a PDF
/// (krilla): four for each point, of which a unit has three quarters.
const FILTERED: f64 = 3.0;
/// The most dots in a row or a column of such a part (krilla).
const LONGEST: f64 = 5000.0;

/// What painting takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Work {
    /// How many operations on a dot.
    done: f64,
    /// How many dots are held at once.
    held: f64,
}

impl Work {
    /// Whether a small machine should not be asked for it.
    pub(super) fn is_too_much(self) -> bool {
        // What cannot be counted is too much.
        !(self.done <= MOST_WORK && self.held <= MOST_DOTS)
    }

    /// Something that is painted before or after; what it held is given back.
    fn and(&mut self, other: Work) {
        self.done += other.done;
        self.held = self.held.max(other.held);
    }
}

/// What it takes to paint a drawing as dots.
pub(super) fn of_dots(tree: &Tree, room: (u32, u32)) -> Work {
    let ((width, height), scale) = super::sized(tree, room);
    let canvas = f64::from(width) * f64::from(height);
    let mut work = Brush { canvas }.group(tree.root(), scaled(scale));
    work.held += canvas * 3.0;
    work
}

/// What it takes to paint those parts of a drawing that cannot be lines.
pub(super) fn of_lines(tree: &Tree) -> Work {
    let mut work = Work::default();
    lines(tree.root(), Transform::identity(), &mut work);
    work
}

fn lines(group: &Group, around: Transform, work: &mut Work) {
    if work.is_too_much() {
        return;
    }
    let inside = around.pre_concat(group.transform());
    if !group.filters().is_empty() {
        let part = group.layer_bounding_box();
        let (width, height) = (f64::from(part.width()), f64::from(part.height()));
        let scale = (magnified(inside).sqrt() * FILTERED)
            .min(LONGEST / width)
            .min(LONGEST / height);
        let canvas = width * height * scale * scale;
        let mut part = Brush { canvas }.group(group, scaled(scale));
        part.held += canvas * 3.0;
        work.and(part);
        return;
    }
    let mut mask = group.mask();
    while let Some(one) = mask {
        lines(one.root(), inside, work);
        mask = one.mask();
    }
    for node in group.children() {
        match node {
            Node::Group(group) => lines(group, inside, work),
            Node::Path(path) => {
                for pattern in patterns(path) {
                    lines(pattern.root(), inside.pre_concat(pattern.transform()), work);
                }
            }
            Node::Image(image) => match image.kind() {
                ImageKind::SVG(tree) => lines(tree.root(), inside, work),
                ImageKind::JPEG(_)
                | ImageKind::PNG(_)
                | ImageKind::GIF(_)
                | ImageKind::WEBP(_) => work.and(decoded(image)),
            },
            Node::Text(text) => lines(text.flattened(), inside, work),
        }
    }
}

/// A painter with a surface of so many dots before it.
#[derive(Clone, Copy)]
struct Brush {
    canvas: f64,
}

impl Brush {
    fn group(self, group: &Group, around: Transform) -> Work {
        let inside = around.pre_concat(group.transform());
        let mut work = Work::default();
        for node in group.children() {
            if work.is_too_much() {
                return work;
            }
            work.and(self.node(node, inside));
        }
        if !group.should_isolate() {
            return work;
        }
        let part = group.layer_bounding_box();
        let layer = self.layer(part.width(), part.height(), inside);
        let mut behind = Work::default();
        for filter in group.filters() {
            behind.and(self.filter(filter, layer, inside));
        }
        let mut mask = group.mask();
        while let Some(one) = mask {
            let mut painted = self.group(one.root(), inside);
            painted.done += layer * 4.0;
            painted.held += layer * 2.25;
            behind.and(painted);
            mask = one.mask();
        }
        if let Some(clip) = group.clip_path() {
            let mut painted = self.group(clip.root(), inside);
            painted.done += layer * 2.0;
            painted.held += layer * 1.25;
            behind.and(painted);
        }
        work.and(behind);
        work.done += layer * 3.0;
        work.held += layer;
        work
    }

    /// How many dots a surface of this size has.
    fn layer(self, width: f32, height: f32, inside: Transform) -> f64 {
        let part = super::area(width, height) * magnified(inside);
        // Two dots more on each side.
        let rim = (part.sqrt() + 4.0).powi(2);
        rim.max(64.0).min(self.canvas * LARGER)
    }

    fn node(self, node: &Node, inside: Transform) -> Work {
        match node {
            Node::Group(group) => self.group(group, inside),
            Node::Path(path) => self.path(path, inside),
            Node::Image(image) => self.image(image, inside),
            Node::Text(text) => self.group(text.flattened(), inside),
        }
    }

    fn path(self, path: &Path, inside: Transform) -> Work {
        let shape = path.stroke_bounding_box();
        let seen = super::area(shape.width(), shape.height()) * magnified(inside);
        let seen = seen.min(self.canvas);
        let points = f64::from(u32::try_from(path.data().len()).unwrap_or(u32::MAX));
        let mut work = Work { done: points * 20.0 + seen, held: 0.0 };
        if let Some(stroke) = path.stroke() {
            work.done += seen + dashes(path, stroke.dasharray());
        }
        for pattern in patterns(path) {
            let inside = inside.pre_concat(pattern.transform());
            let rect = pattern.rect();
            let tile = super::area(rect.width(), rect.height()) * magnified(inside);
            let mut painted = Brush { canvas: tile }.group(pattern.root(), inside);
            painted.done += tile + seen * 8.0;
            painted.held += tile;
            work.and(painted);
        }
        work
    }

    fn image(self, image: &Image, inside: Transform) -> Work {
        let shape = image.bounding_box();
        let seen = super::area(shape.width(), shape.height()) * magnified(inside);
        let mut work = match image.kind() {
            ImageKind::SVG(tree) => self.group(tree.root(), inside),
            ImageKind::JPEG(_)
            | ImageKind::PNG(_)
            | ImageKind::GIF(_)
            | ImageKind::WEBP(_) => decoded(image),
        };
        let seen = seen.min(self.canvas);
        work.done += seen * 8.0;
        work.held += seen;
        work
    }

    fn filter(self, filter: &filter::Filter, layer: f64, inside: Transform) -> Work {
        let magnified = magnified(inside);
        // What a step paints is as large as the region asks, however little of it is seen
        // (resvg).
        let rect = filter.rect();
        let region = super::area(rect.width(), rect.height()) * magnified;
        let layer = region.max(layer);
        let mut work = Work { done: layer, held: layer * 2.0 };
        for primitive in filter.primitives() {
            let (each, painted) =
                self.primitive(primitive.kind(), magnified, layer, inside);
            work.done += each * layer + painted.done;
            // Each result is kept: a later step may ask for it.
            work.held += layer + painted.held;
        }
        work
    }

    /// How many operations a step of a filter takes for each dot, and what it paints.
    fn primitive(
        self,
        kind: &filter::Kind,
        magnified: f64,
        layer: f64,
        inside: Transform,
    ) -> (f64, Work) {
        use filter::Kind;
        let mut painted = Work::default();
        let each = match kind {
            Kind::GaussianBlur(_) | Kind::DropShadow(_) => 20.0,
            Kind::Turbulence(it) => 40.0 * f64::from(it.num_octaves().max(1)),
            Kind::Morphology(it) => {
                let window = |radius: f32| (f64::from(radius) * 2.0).max(1.0);
                let window = window(it.radius_x().get()) * window(it.radius_y().get());
                4.0 + (window * magnified).min(layer)
            }
            Kind::ConvolveMatrix(it) => {
                let size = it.matrix().data().len();
                8.0 + 2.0 * f64::from(u32::try_from(size).unwrap_or(u32::MAX))
            }
            Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 60.0,
            Kind::Image(it) => {
                painted = self.group(it.root(), inside);
                8.0
            }
            Kind::ColorMatrix(_) | Kind::ComponentTransfer(_) | Kind::Composite(_) => {
                12.0
            }
            Kind::Blend(_)
            | Kind::DisplacementMap(_)
            | Kind::Flood(_)
            | Kind::Merge(_)
            | Kind::Offset(_)
            | Kind::Tile(_) => 8.0,
        };
        (each, painted)
    }
}

fn patterns(path: &Path) -> impl Iterator<Item = &resvg::usvg::Pattern> {
    let paints = [path.fill().map(|it| it.paint()), path.stroke().map(|it| it.paint())];
    paints.into_iter().flatten().filter_map(|it| match it {
        Paint::Pattern(pattern) => Some(&**pattern),
        Paint::Color(_) | Paint::LinearGradient(_) | Paint::RadialGradient(_) => None,
    })
}

/// What it takes to read an image of dots.
fn decoded(image: &Image) -> Work {
    let size = match image.kind() {
        ImageKind::JPEG(bytes)
        | ImageKind::PNG(bytes)
        | ImageKind::GIF(bytes)
        | ImageKind::WEBP(bytes) => imagesize::blob_size(bytes).ok(),
        ImageKind::SVG(_) => None,
    };
    let side = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    let dots = size.map_or(0.0, |it| side(it.width) * side(it.height));
    Work { done: dots * 10.0, held: dots }
}

/// What it takes to part a line into dashes.
fn dashes(path: &Path, pattern: Option<&[f32]>) -> f64 {
    /// A painter gives up there (tiny-skia).
    const MOST: f64 = 1e6;
    let Some(pattern) = pattern else { return 0.0 };
    let period: f64 = pattern.iter().map(|it| f64::from(*it)).sum();
    let points = path.data().points();
    let length: f64 = points
        .windows(2)
        .map(|it| f64::from((it[1].x - it[0].x).hypot(it[1].y - it[0].y)))
        .sum();
    let count = f64::from(u32::try_from(pattern.len()).unwrap_or(u32::MAX));
    (length / period * count).clamp(0.0, MOST) * 200.0
}

/// How many times larger an area is after it was transformed.
fn magnified(it: Transform) -> f64 {
    let side = |a: f32, b: f32| f64::from(a).hypot(f64::from(b));
    side(it.sx, it.ky) * side(it.kx, it.sy)
}

#[expect(clippy::cast_possible_truncation, reason = "a scale needs no more digits")]
fn scaled(scale: f64) -> Transform {
    Transform::from_scale(scale as f32, scale as f32)
}
