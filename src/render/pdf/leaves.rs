//! Which piece of marked content stands where a name does, or where a heading begins.
//!
//! Typst gives a name a point on a page. What stands at that point is not to be guessed from
//! the point: in the order in which a page is written, it is what comes next. Each piece of
//! text and each image that is read is one piece of marked content there, numbered from the
//! first of its page on; what is decoration, or repeated on a new page, is none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use typst::{
    foundations::{Content, StyleChain},
    introspection::{Location, Tag},
    layout::{
        Abs, Frame, FrameItem, GridCell, GroupItem, HideElem, Inherit, RepeatElem,
        Transform,
    },
    model::{TableCell, TableElem},
    pdf::ArtifactElem,
    utils::hash128,
};
use typst_layout::Page;

/// A piece of marked content: its page and its number there, both from 0.
pub(super) type Leaf = (usize, usize);

/// What stands at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The piece.
    pub(super) leaf: Leaf,
    /// Where it begins, in points from the lower left corner, if that is on another page than
    /// the place: what did not fit there was moved on, and its place was not.
    pub(super) moved_to: Option<(f64, f64)>,
    /// Whether the place is that of a whole table, which begins with the piece.
    pub(super) is_of_table: bool,
}

/// What stands where in a document.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    /// What stands at each place, by its number.
    pub(super) at: BTreeMap<usize, Found>,
    /// How many pieces each page has.
    pub(super) counts: Vec<usize>,
}

/// Finds what stands at these places. `starts` are the pages on which documents begin that are
/// bound together: what stands in one is not looked for in the next.
pub(super) fn leaves(pages: &[Page], places: &[Location], starts: &[usize]) -> Leaves {
    let numbers = places.iter().enumerate().map(|(at, it)| (hash128(it), at)).collect();
    let mut walk = Walk { numbers, ..Walk::default() };
    for (number, page) in pages.iter().enumerate() {
        walk.page = number;
        if starts.contains(&number) {
            let rest = std::mem::take(&mut walk.flow);
            walk.settle(rest);
        }
        walk.found.counts.push(0);
        walk.height = page.frame.height();
        walk.frame(&page.frame, Transform::identity());
    }
    let rest = std::mem::take(&mut walk.flow);
    walk.settle(rest);
    for (_, flow) in std::mem::take(&mut walk.broken) {
        walk.settle(flow);
    }
    walk.found
}

/// How far above a piece its place is.
const ROOM: f64 = 10.0;

/// A run of pieces that follow one another in reading: the text, a note, a cell.
#[derive(Debug, Default)]
struct Flow {
    /// The places after which nothing came yet.
    waiting: Vec<Waiting>,
    last: Option<Leaf>,
    /// The elements that are open.
    open: Vec<Open>,
}

/// A place after which nothing came yet.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    number: usize,
    page: usize,
    /// Whether a table began since.
    is_of_table: bool,
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    place: u128,
    is_decoration: bool,
}

#[derive(Default)]
struct Walk {
    /// The numbers of the places that were not met yet.
    numbers: HashMap<u128, usize>,
    page: usize,
    height: Abs,
    flow: Flow,
    /// Cells that go on in another column or on another page, by their places.
    broken: BTreeMap<u128, Flow>,
    /// The cells that are repeated: decoration, wherever they go on.
    repeated: BTreeSet<u128>,
    /// How many of the runs around are decoration.
    decoration: usize,
    found: Leaves,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, around: Transform) {
        for (point, item) in frame.items() {
            let here = around.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => {
                    self.group(group, here.pre_concat(group.transform));
                }
                FrameItem::Text(text) => self.leaf(here, text.size),
                FrameItem::Image(..) => self.leaf(here, Abs::zero()),
                FrameItem::Tag(Tag::Start(element, flags)) => {
                    self.start(element, flags.tagged);
                }
                FrameItem::Tag(Tag::End(place, ..)) => {
                    let place = hash128(place);
                    let open = &mut self.flow.open;
                    if let Some(at) = open.iter().rposition(|it| it.place == place) {
                        open.remove(at);
                    }
                }
                FrameItem::Shape(..) | FrameItem::Link(..) => {}
            }
        }
    }

    /// What is laid out apart from what is around it: a note at the foot of the page, or a
    /// cell that goes on.
    fn group(&mut self, group: &GroupItem, here: Transform) {
        let Some(parent) = group.parent else { return self.frame(&group.frame, here) };
        let place = hash128(&parent.location);
        let goes_on = parent.inherit == Inherit::Yes;
        let own = if goes_on { self.broken.remove(&place) } else { None };
        let hides =
            if goes_on { self.repeated.contains(&place) } else { self.is_hidden() };
        let around = std::mem::replace(&mut self.flow, own.unwrap_or_default());
        let was_hidden = std::mem::replace(&mut self.decoration, usize::from(hides));
        self.frame(&group.frame, here);
        self.decoration = was_hidden;
        let own = std::mem::replace(&mut self.flow, around);
        if goes_on {
            self.broken.insert(place, own);
        } else {
            self.settle(own);
        }
    }

    fn is_hidden(&self) -> bool {
        self.decoration > 0 || self.flow.open.iter().any(|it| it.is_decoration)
    }

    fn start(&mut self, element: &Content, is_tagged: bool) {
        let Some(place) = element.location().map(|it| hash128(&it)) else { return };
        if let Some(number) = self.numbers.remove(&place) {
            let waiting = Waiting { number, page: self.page, is_of_table: false };
            self.flow.waiting.push(waiting);
        }
        if element.is::<TableElem>() {
            self.flow.waiting.iter_mut().for_each(|it| it.is_of_table = true);
        }
        if is_tagged {
            let repeated = is_repeated(element);
            if repeated {
                self.repeated.insert(place);
            }
            let is_decoration = repeated
                || element.is::<HideElem>()
                || element.is::<ArtifactElem>()
                || element.is::<RepeatElem>();
            self.flow.open.push(Open { place, is_decoration });
        }
    }

    /// A piece, so far above the point at which it is drawn.
    fn leaf(&mut self, here: Transform, above: Abs) {
        if self.is_hidden() {
            return;
        }
        let Some(count) = self.found.counts.last_mut() else { return };
        let leaf = (self.page, *count);
        *count += 1;
        self.flow.last = Some(leaf);
        let waiting = std::mem::take(&mut self.flow.waiting);
        // A reader sees a little of what is above it.
        let top = here.ty - above - Abs::pt(ROOM);
        let point = (here.tx.to_pt(), (self.height - top).min(self.height).to_pt());
        let found = waiting.into_iter().map(|it| {
            let moved_to = (it.page != leaf.0).then_some(point);
            (it.number, Found { leaf, moved_to, is_of_table: it.is_of_table })
        });
        self.found.at.extend(found);
    }

    /// What nothing follows stands behind what came last.
    fn settle(&mut self, flow: Flow) {
        if let Some(last) = flow.last.or(self.flow.last) {
            let found = Found { leaf: last, moved_to: None, is_of_table: false };
            self.found.at.extend(flow.waiting.into_iter().map(|it| (it.number, found)));
        }
    }
}

/// Whether it is a cell of a table's head that a new page shows again.
fn is_repeated(element: &Content) -> bool {
    let styles = StyleChain::default();
    let of_table = element.to_packed::<TableCell>();
    let of_grid = element.to_packed::<GridCell>();
    of_table.is_some_and(|it| it.is_repeated.get(styles))
        || of_grid.is_some_and(|it| it.is_repeated.get(styles))
}
