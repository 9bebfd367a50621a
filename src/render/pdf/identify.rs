//! The elements of a PDF and their names, tied to each other.
//!
//! Typst's writer gives a name a point on a page, and an element no name. Here each name says
//! which element it is of (`SD`, a structure destination beside the point), each element that
//! has a name says it (`ID`, with the tree of them), and each bookmark says which heading it is
//! of (`SE`). Readers that know none of these pass over them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId, xref::XrefEntry};
use typst::ecow::EcoString;

use super::{
    ends::{Splice, spliced},
    leaves::{Leaf, Leaves},
};

/// A file in which names and elements are tied. `names` are those of its places, in the order
/// in which `leaves` numbers them; its headings are the places behind those. A file that is
/// not built as expected is not changed.
pub(super) fn identified(
    file: Vec<u8>,
    names: &[&EcoString],
    leaves: &Leaves,
) -> Vec<u8> {
    let changed = Ties::of(&file, names, leaves).and_then(|it| it.splices());
    let changed = changed.and_then(|it| spliced(&file, &it));
    debug_assert!(changed.is_some(), "names are tied to elements in every file");
    changed.unwrap_or(file)
}

/// What is read of a file to be tied.
struct Ties<'a> {
    bytes: &'a [u8],
    file: Document,
    /// The number of each page.
    pages: HashMap<ObjectId, usize>,
    /// The element of each piece of marked content, by page.
    parents: Vec<Vec<ObjectId>>,
    names: &'a [&'a EcoString],
    leaves: &'a Leaves,
}

impl<'a> Ties<'a> {
    fn of(
        bytes: &'a [u8],
        names: &'a [&'a EcoString],
        leaves: &'a Leaves,
    ) -> Option<Self> {
        let file = Document::load_mem(bytes).ok()?;
        let parents = parents(&file)?;
        // Were another number of pieces counted than were written, each would be another's.
        let written: Vec<usize> = parents.iter().map(Vec::len).collect();
        let pages = file.page_iter().enumerate().map(|(at, id)| (id, at)).collect();
        (written == leaves.counts).then_some(Self {
            bytes,
            file,
            pages,
            parents,
            names,
            leaves,
        })
    }

    fn splices(&self) -> Option<Vec<Splice>> {
        let root = self.file.catalog().ok()?.get(b"StructTreeRoot").ok()?;
        let root = root.as_reference().ok()?;
        let mut elements: BTreeMap<&str, ObjectId> = BTreeMap::new();
        let mut moved: BTreeMap<&str, String> = BTreeMap::new();
        for (name, found) in self
            .names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((name.as_str(), *self.leaves.at.get(&at)?)))
        {
            let element = self.element(found.leaf)?;
            let table = found.is_of_table.then(|| self.table(element)).flatten();
            elements.insert(name, table.unwrap_or(element));
            if let Some((x, y)) = found.moved_to {
                let page = self.pages.iter().find(|it| *it.1 == found.leaf.0)?.0;
                moved.insert(name, format!("[{} 0 R/XYZ {x:.3} {y:.3} 0]", page.0));
            }
        }
        let mut ids = self.known_ids(root)?;
        let mut splices = self.given_ids(&elements, &mut ids)?;
        splices.push(self.tree(root, &ids)?);
        splices.extend(self.destinations(&elements, &moved)?);
        splices.extend(self.bookmarks()?);
        splices.sort_by_key(|it| it.at.start);
        Some(splices)
    }

    fn dictionary(&self, id: ObjectId) -> Option<&Dictionary> {
        self.file.get_dictionary(id).ok()
    }

    fn kind(&self, id: ObjectId) -> Option<&[u8]> {
        self.dictionary(id)?.get(b"S").ok()?.as_name().ok()
    }

    /// The element that begins with a piece: the outermost one that is no part of the page but
    /// something in it. Where the piece begins none, the one in which it stands.
    fn element(&self, leaf: Leaf) -> Option<ObjectId> {
        let mut element = *self.parents.get(leaf.0)?.get(leaf.1)?;
        while self.kind(element).is_some_and(is_in_line) {
            let parent = self.dictionary(element)?.get(b"P").ok()?.as_reference().ok()?;
            if self.first_leaf(parent) != Some(leaf) {
                break;
            }
            element = parent;
        }
        Some(element)
    }

    /// The outermost table around an element that begins it, with its caption where it has one.
    fn table(&self, element: ObjectId) -> Option<ObjectId> {
        let parent =
            |id: ObjectId| self.dictionary(id)?.get(b"P").ok()?.as_reference().ok();
        let first = self.first_leaf(element);
        let (mut table, mut at) = (None, element);
        while let Some(next) = parent(at).filter(|it| self.kind(*it).is_some()) {
            at = next;
            if self.kind(at) == Some(b"Table") && self.first_cell(at) == first {
                table = Some(at);
            }
        }
        let table = table?;
        let around = parent(table)?;
        let is_caption = |it: &Object| {
            it.as_reference().is_ok_and(|it| self.kind(it) == Some(b"Caption"))
        };
        let kids = self.dictionary(around)?.get(b"K").and_then(Object::as_array);
        let is_captioned = kids.is_ok_and(|it| it.iter().any(is_caption));
        Some(if is_captioned { around } else { table })
    }

    /// The piece with which the cells of a table begin. Its caption stands first among what it
    /// holds, wherever it is printed.
    fn first_cell(&self, table: ObjectId) -> Option<Leaf> {
        let kids = self.dictionary(table)?.get(b"K").ok()?.as_array().ok()?;
        let mut kids = kids.iter().filter_map(|it| it.as_reference().ok());
        self.first_leaf(kids.find(|it| self.kind(*it) != Some(b"Caption"))?)
    }

    /// The piece with which an element begins.
    fn first_leaf(&self, element: ObjectId) -> Option<Leaf> {
        let element = self.dictionary(element)?;
        let page = element.get(b"Pg").and_then(Object::as_reference);
        let kid = element.get(b"K").ok()?.as_array().ok()?.first()?;
        if let Object::Reference(inner) = kid {
            return self.first_leaf(*inner);
        }
        if let Object::Integer(number) = kid {
            return Some((*self.pages.get(&page.ok()?)?, index(*number)?));
        }
        let Object::Dictionary(content) = kid else { return None };
        let page = content.get(b"Pg").and_then(Object::as_reference).ok()?;
        let number = content.get(b"MCID").and_then(Object::as_i64).ok()?;
        Some((*self.pages.get(&page)?, index(number)?))
    }

    /// The names that elements have already: those of notes and of head cells.
    fn known_ids(&self, root: ObjectId) -> Option<BTreeMap<Vec<u8>, ObjectId>> {
        let Ok(tree) = self.dictionary(root)?.get(b"IDTree") else {
            return Some(BTreeMap::new());
        };
        let names = tree.as_dict().ok()?.get(b"Names").ok()?.as_array().ok()?;
        let pairs = names.chunks(2).map(|pair| match pair {
            [name, element] => {
                Some((name.as_str().ok()?.to_vec(), element.as_reference().ok()?))
            }
            _ => None,
        });
        pairs.collect()
    }

    /// Gives each element that has none the first of its names.
    fn given_ids(
        &self,
        elements: &BTreeMap<&str, ObjectId>,
        ids: &mut BTreeMap<Vec<u8>, ObjectId>,
    ) -> Option<Vec<Splice>> {
        let mut taken: BTreeSet<ObjectId> = ids.values().copied().collect();
        let mut splices = Vec::new();
        // A unit's name comes before one that its author gave it: both may be there.
        let is_unit = |it: &(&&str, &ObjectId)| {
            it.0.rsplit('/').next().is_some_and(|it| it.starts_with("u-"))
        };
        let (units, others): (Vec<_>, Vec<_>) = elements.iter().partition(is_unit);
        for (name, element) in units.into_iter().chain(others) {
            let is_free = !ids.contains_key(name.as_bytes());
            if !name.is_empty() && is_free && taken.insert(*element) {
                ids.insert(name.as_bytes().to_vec(), *element);
                let at = self.after(*element, b"/Type/StructElem")?;
                splices.push(Splice {
                    at: at..at,
                    with: format!("/ID{}", literal(name.as_bytes())).into_bytes(),
                });
            }
        }
        Some(splices)
    }

    /// The tree of the names of elements.
    fn tree(&self, root: ObjectId, ids: &BTreeMap<Vec<u8>, ObjectId>) -> Option<Splice> {
        let mut tree = String::new();
        if !ids.is_empty() {
            tree.push_str("/IDTree<</Names[");
            for (name, element) in ids {
                tree.push_str(&format!("{}{} 0 R", literal(name), element.0));
            }
            tree.push_str("]>>");
        }
        let at = match self.dictionary(root)?.has(b"IDTree") {
            true => self.value(root, b"/IDTree<<", b"]>>")?,
            false => {
                let at = self.after(root, b"/Type/StructTreeRoot")?;
                at..at
            }
        };
        Some(Splice { at, with: tree.into_bytes() })
    }

    /// The names of places, each with its element.
    fn destinations(
        &self,
        elements: &BTreeMap<&str, ObjectId>,
        moved: &BTreeMap<&str, String>,
    ) -> Option<Vec<Splice>> {
        let catalogue = self.file.trailer.get(b"Root").ok()?.as_reference().ok()?;
        let places = self.dictionary(catalogue)?.get(b"Names").ok();
        let Some(places) = places.and_then(|it| it.as_dict().ok()?.get(b"Dests").ok())
        else {
            return Some(Vec::new());
        };
        let names = places.as_dict().ok()?.get(b"Names").ok()?.as_array().ok()?;
        let mut tree = String::from("/Dests<</Names[");
        for pair in names.chunks(2) {
            let [name, place] = pair else { return None };
            let (name, place) = (name.as_str().ok()?, place.as_reference().ok()?);
            tree.push_str(&literal(name));
            let name = str::from_utf8(name).ok()?;
            let point = format!(" {} 0 R", place.0);
            match elements.get(name) {
                Some(element) => tree.push_str(&format!(
                    "<</D{}/SD[{} 0 R/XYZ null null null]>>",
                    moved.get(name).unwrap_or(&point),
                    element.0
                )),
                None => tree.push_str(&point),
            }
        }
        tree.push_str("]>>");
        let at = self.value(catalogue, b"/Dests<<", b"]>>")?;
        Some(vec![Splice { at, with: tree.into_bytes() }])
    }

    /// The bookmarks, each with its heading: there is one for each, in their order.
    fn bookmarks(&self) -> Option<Vec<Splice>> {
        let outlines = self.file.catalog().ok()?.get(b"Outlines").ok();
        let outlines = outlines.and_then(|it| self.dictionary(it.as_reference().ok()?));
        let Some(outlines) = outlines else { return Some(Vec::new()) };
        let mut items = Vec::new();
        let mut next: Vec<ObjectId> = Vec::new();
        let get = |of: &Dictionary, name: &[u8]| {
            of.get(name).and_then(Object::as_reference).ok()
        };
        next.extend(get(outlines, b"First"));
        while let Some(id) = next.pop() {
            items.push(id);
            next.extend(get(self.dictionary(id)?, b"Next"));
            next.extend(get(self.dictionary(id)?, b"First"));
        }
        let splice = |(item, place): (&ObjectId, usize)| {
            let heading = self.heading(self.leaves.at.get(&place)?.leaf)?;
            let at = self.after(*item, b"<<")?;
            Some(Splice {
                at: at..at,
                with: format!("/SE {} 0 R", heading.0).into_bytes(),
            })
        };
        items.iter().zip(self.names.len()..).map(splice).collect()
    }

    /// The heading in which a piece stands.
    fn heading(&self, leaf: Leaf) -> Option<ObjectId> {
        let mut element = *self.parents.get(leaf.0)?.get(leaf.1)?;
        loop {
            if let [b'H', b'1'..=b'9', ..] = self.kind(element)? {
                return Some(element);
            }
            element = self.dictionary(element)?.get(b"P").ok()?.as_reference().ok()?;
        }
    }

    /// Where an object goes on behind its first words.
    fn after(&self, id: ObjectId, words: &[u8]) -> Option<usize> {
        let object = self.object(id)?;
        let head = object.get(..64.max(words.len()).min(object.len()))?;
        let at = position(head, words)? + words.len();
        Some(self.offset(id)? + at)
    }

    /// Where something stands in an object, from its first words to its last.
    fn value(
        &self,
        id: ObjectId,
        first: &[u8],
        last: &[u8],
    ) -> Option<std::ops::Range<usize>> {
        let object = self.object(id)?;
        let start = position(object, first)?;
        let end = start + position(&object[start..], last)? + last.len();
        let offset = self.offset(id)?;
        Some(offset + start..offset + end)
    }

    fn object(&self, id: ObjectId) -> Option<&[u8]> {
        let object = self.bytes.get(self.offset(id)?..)?;
        object.get(..position(object, b"\nendobj")?)
    }

    fn offset(&self, id: ObjectId) -> Option<usize> {
        let entry = self.file.reference_table.get(id.0)?;
        let XrefEntry::Normal { offset, .. } = entry else { return None };
        usize::try_from(*offset).ok()
    }
}

/// The element of each piece of marked content, by page.
fn parents(file: &Document) -> Option<Vec<Vec<ObjectId>>> {
    let root = file.catalog().ok()?.get(b"StructTreeRoot").ok()?.as_reference().ok()?;
    let tree = file.get_dictionary(root).ok()?.get(b"ParentTree").ok()?;
    let numbers = tree.as_dict().ok()?.get(b"Nums").ok()?.as_array().ok()?;
    let numbers: BTreeMap<i64, &Object> = numbers
        .chunks(2)
        .filter_map(|it| Some((it.first()?.as_i64().ok()?, it.get(1)?)))
        .collect();
    let of_page = |id: ObjectId| {
        let Ok(key) = file.get_dictionary(id).ok()?.get(b"StructParents") else {
            return Some(Vec::new());
        };
        let row = numbers.get(&key.as_i64().ok()?)?;
        let (_, row) = file.dereference(row).ok()?;
        row.as_array().ok()?.iter().map(|it| it.as_reference().ok()).collect()
    };
    file.page_iter().map(of_page).collect()
}

/// Whether an element stands in a line.
fn is_in_line(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"Span"
            | b"Strong"
            | b"Em"
            | b"Link"
            | b"Code"
            | b"Quote"
            | b"Reference"
            | b"Datetime"
    )
}

fn index(number: i64) -> Option<usize> {
    usize::try_from(number).ok()
}

fn position(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|it| it == words)
}

/// A text of bytes, as a file has it.
fn literal(bytes: &[u8]) -> String {
    let mut out = String::from("(");
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            b' '..=b'~' => out.push(char::from(*byte)),
            other => out.push_str(&format!("\\{other:03o}")),
        }
    }
    out.push(')');
    out
}
