//! Whether the tags of a PDF, its names and its places agree with each other: what no
//! validator looks at, and what a reader's program leads by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lopdf::{Dictionary, Object, ObjectId};

use super::{
    budget::Spent,
    tags::{Kid, Parts, Reader, Tag, too_deep},
};
use crate::{
    limits,
    verify::{Aspect, place},
};

/// How far above the words that it names, and how far below them, a point may lie: places
/// are set a little above their lines, and images are as high as they are.
const NEAR: f32 = 60.0;

/// Where a tag stands: its first and its last page, and how far up and down it reaches there.
#[derive(Clone, Copy, Debug)]
struct Extent {
    first: (usize, f32),
    last: (usize, f32),
}

impl Reader<'_> {
    /// What is wrong with how tags and places are called.
    pub(super) fn faults(
        &self,
        root: &Tag,
        parts: &Parts,
        tree: &Dictionary,
    ) -> Result<Vec<(Aspect, String)>, String> {
        let mut all = Vec::new();
        collect(root, false, &mut all);
        let mut faults = self.identifiers(&all, tree)?;
        faults.extend(self.misplaced(&all, root, parts)?);
        Ok(faults)
    }

    /// Names of tags that are there twice, and those that their tree does not lead to.
    fn identifiers(
        &self,
        all: &[(&Tag, bool)],
        tree: &Dictionary,
    ) -> Result<Vec<(Aspect, String)>, String> {
        let mut listed = BTreeMap::new();
        if let Ok(node) = tree.get(b"IDTree") {
            self.listed(node, 0, &mut listed, &mut BTreeSet::new())?;
        }
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for (tag, _) in all {
            let Some(id) = &tag.id else { continue };
            self.budget.spend(id.len())?;
            let is_new = seen.insert(id.clone());
            let is_listed = listed.get(id).copied() == tag.object;
            if !is_new || !is_listed {
                let sign = if is_new { "" } else { " ×2" };
                let fault = format!("{}{sign}", String::from_utf8_lossy(id));
                faults.push((Aspect::Identifier, fault));
            }
        }
        Ok(faults)
    }

    /// The names of tags, as their tree lists them.
    fn listed(
        &self,
        node: &Object,
        depth: usize,
        found: &mut BTreeMap<Vec<u8>, ObjectId>,
        seen: &mut BTreeSet<ObjectId>,
    ) -> Result<(), String> {
        self.budget.spend(1)?;
        if depth > limits::PDF_DEPTH {
            return Err(too_deep("/IDTree"));
        }
        if let Ok(id) = node.as_reference()
            && !seen.insert(id)
        {
            return Err(format!("/IDTree: {} {} R, {} {} R", id.0, id.1, id.0, id.1));
        }
        let node = self.file.dereference(node).ok().and_then(|it| it.1.as_dict().ok());
        let Some(node) = node else { return Ok(()) };
        let array =
            |name: &[u8]| node.get_deref(name, self.file).and_then(Object::as_array);
        for pair in array(b"Names").into_iter().flat_map(|it| it.chunks(2)) {
            self.budget.spend(1)?;
            let [name, tag] = pair else { continue };
            if let (Ok(name), Ok(tag)) = (name.as_str(), tag.as_reference()) {
                self.budget.spend(name.len())?;
                found.insert(name.to_vec(), tag);
            }
        }
        for kid in array(b"Kids").into_iter().flatten() {
            self.listed(kid, depth + 1, found, seen)?;
        }
        Ok(())
    }

    /// Names whose point is not where their tag stands: on another page, or so far above or
    /// below that something else stands there.
    fn misplaced(
        &self,
        all: &[(&Tag, bool)],
        root: &Tag,
        parts: &Parts,
    ) -> Result<Vec<(Aspect, String)>, Spent> {
        let mut tags: HashMap<ObjectId, (&Tag, bool)> = HashMap::new();
        for tag in all {
            tags.extend(tag.0.object.map(|it| (it, *tag)));
        }
        let mut order = Vec::new();
        parts_of(root, &mut order);
        self.budget.spend(order.len())?;
        let at: HashMap<(usize, i64), usize> =
            order.iter().enumerate().map(|(at, part)| (*part, at)).collect();
        let start = |at: Option<usize>| {
            let part = order.get(at?)?;
            Some((part.0, parts.get(part)?.start?.1))
        };
        let mut faults = Vec::new();
        for named in &self.places {
            let Some((tag, is_in_cell)) = named.tag.and_then(|it| tags.get(&it)) else {
                continue;
            };
            let mut own = Vec::new();
            parts_of(tag, &mut own);
            self.budget.spend(own.len())?;
            let Some(extent) = extent(&own, parts) else { continue };
            let (first, last) = (extent.first, extent.last);
            let known = |it: Option<&(usize, i64)>| it.and_then(|it| at.get(it).copied());
            let before = start(known(own.first()).and_then(|it| it.checked_sub(1)));
            let behind = start(known(own.last()).map(|it| it + 1));
            let is_above = |of: (usize, f32), by: f32| {
                named.page < of.0 || named.page == of.0 && named.y > of.1 + by
            };
            let is_below = |of: (usize, f32), by: f32| {
                named.page > of.0 || named.page == of.0 && named.y < of.1 - by
            };
            // A cell is as high as its row, and what it says stands anywhere in it; a picture
            // stands on its foot.
            let near = if *is_in_cell { f32::MAX } else { NEAR };
            let is_high = named.page < first.0
                || is_above(first, near) && before.is_none_or(|it| is_above(it, -1.0));
            let is_low =
                is_below(last, near) && behind.is_some_and(|it| is_below(it, 1.0));
            if is_high || is_low {
                faults.push((Aspect::Place, place::decoded(&named.name)));
            }
        }
        Ok(faults)
    }
}

/// All tags, and whether each lies in a cell or in a picture, of which no line is known.
fn collect<'t>(tag: &'t Tag, is_in_cell: bool, found: &mut Vec<(&'t Tag, bool)>) {
    let is_in_cell =
        is_in_cell || matches!(tag.kind.as_str(), "TH" | "TD" | "Figure" | "Formula");
    found.push((tag, is_in_cell));
    tag.tags().for_each(|it| collect(it, is_in_cell, found));
}

/// The parts of the pages of paper that a tag holds; notes stand elsewhere.
fn parts_of(tag: &Tag, found: &mut Vec<(usize, i64)>) {
    for kid in &tag.kids {
        match kid {
            Kid::Tag(inner) if inner.kind == "Note" && !found.is_empty() => {}
            Kid::Tag(inner) => parts_of(inner, found),
            Kid::Part(part) => found.push(*part),
            Kid::Link(_) => {}
        }
    }
}

fn extent(own: &[(usize, i64)], parts: &Parts) -> Option<Extent> {
    let found = own.iter().filter_map(|it| Some((it.0, parts.get(it)?)));
    let mut extent: Option<Extent> = None;
    for (page, part) in found {
        let Some(start) = part.start else { continue };
        let (top, foot) = (start.1, part.end.unwrap_or(start).1.min(start.1));
        let all = extent.get_or_insert(Extent { first: (page, top), last: (page, foot) });
        if page < all.first.0 || page == all.first.0 && top > all.first.1 {
            all.first = (page, top);
        }
        if page > all.last.0 || page == all.last.0 && foot < all.last.1 {
            all.last = (page, foot);
        }
    }
    extent
}
