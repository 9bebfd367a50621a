//! The structure tree of a PDF, with what its tags hold.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::{
    budget::{Budget, Spent},
    content::{self, Part, text_string},
    font::Font,
};
use crate::{
    limits,
    verify::{Aspect, place},
};

/// The parts of pages, by page and number.
pub(super) type Parts = BTreeMap<(usize, i64), Part>;

/// A PDF, read back.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Its title.
    pub(super) title: String,
    /// Its language.
    pub(super) language: String,
    /// The root of its structure tree.
    pub(super) root: Tag,
    /// The parts of its pages, by page and number.
    pub(super) parts: Parts,
    /// Its outline, in order: the titles, and the page to which each leads.
    pub(super) bookmarks: Vec<(String, Option<usize>)>,
    /// The names of the heads of its pages, where it holds several.
    pub(super) heads: BTreeSet<String>,
    /// What is wrong with how elements and places are called.
    pub(super) faults: Vec<(Aspect, String)>,
}

/// A tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// The object that it is.
    pub(super) object: Option<ObjectId>,
    /// The names that lead to it.
    pub(super) names: Vec<String>,
    /// Its own name among all tags.
    pub(super) id: Option<Vec<u8>>,
    /// What it is: `P`, `H1`, `Table` …
    pub(super) kind: String,
    /// Its language, where it says one.
    pub(super) language: Option<String>,
    /// What it says to those who do not see it.
    pub(super) alternative: Option<String>,
    /// How a list is numbered.
    pub(super) numbering: Option<String>,
    /// What a header cell heads.
    pub(super) scope: Option<String>,
    /// Whether it stands on lines of its own.
    pub(super) is_block: bool,
    /// How many rows a cell spans.
    pub(super) rows: usize,
    /// How many columns a cell spans.
    pub(super) columns: usize,
    /// What it holds.
    pub(super) kids: Vec<Kid>,
}

/// What a tag holds.
#[derive(Debug)]
pub(super) enum Kid {
    /// Another tag.
    Tag(Tag),
    /// A part of a page, by page and number.
    Part((usize, i64)),
    /// A link: its address, or `#` and the name of a place in the file.
    Link(String),
}

impl Tag {
    /// The tags in it.
    pub(super) fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.kids.iter().filter_map(|it| match it {
            Kid::Tag(tag) => Some(tag),
            Kid::Part(_) | Kid::Link(_) => None,
        })
    }

    /// The first tag of a kind in it.
    pub(super) fn find(&self, kind: &str) -> Option<&Tag> {
        self.tags().find_map(|it| if it.kind == kind { Some(it) } else { it.find(kind) })
    }

    /// Where the links in it lead.
    pub(super) fn links(&self, found: &mut Vec<String>) {
        for kid in &self.kids {
            match kid {
                Kid::Link(address) => found.push(address.clone()),
                Kid::Tag(tag) => tag.links(found),
                Kid::Part(_) => {}
            }
        }
    }
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<File, String> {
    let options = LoadOptions::with_max_decompressed_size(inflated(bytes));
    let file = Document::load_mem_with_options(bytes, options);
    let file = file.map_err(|it| it.to_string())?;
    let budget = Budget::new(limits::steps(bytes.len()));
    Reader::new(&file, &budget)?.read()
}

/// What each stream may inflate to while the file is loaded, so that all together stay within
/// a bound.
fn inflated(bytes: &[u8]) -> usize {
    const SMALLEST: usize = 1 << 20;
    const END: &[u8] = b"endstream";
    let count = 1 + bytes.windows(END.len()).filter(|it| *it == END).count();
    (limits::PDF_LOADED_BYTES / count).max(SMALLEST)
}

/// What was met in the structure tree.
#[derive(Default)]
struct Seen {
    tags: BTreeSet<ObjectId>,
    parts: BTreeSet<(usize, i64)>,
    /// The parts that were met again: each is read as often as it is named.
    again: Vec<(usize, i64)>,
}

impl Seen {
    /// A part of a page.
    fn part(&mut self, page: usize, number: i64) -> Kid {
        if !self.parts.insert((page, number)) {
            self.again.push((page, number));
        }
        Kid::Part((page, number))
    }
}

pub(super) fn too_deep(what: &str) -> String {
    format!("{what} > {}", limits::PDF_DEPTH)
}

/// A place in the file that has a name: a point on a page, and the tag that stands there.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) page: usize,
    x: f32,
    pub(super) y: f32,
    pub(super) tag: Option<ObjectId>,
}

pub(super) struct Reader<'a> {
    pub(super) file: &'a Document,
    pub(super) budget: &'a Budget,
    catalogue: &'a Dictionary,
    pages: HashMap<ObjectId, usize>,
    /// The places that have names.
    pub(super) places: Vec<Named>,
    /// The names of each tag.
    names: HashMap<ObjectId, Vec<String>>,
    roles: Option<&'a Dictionary>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a Document, budget: &'a Budget) -> Result<Self, String> {
        let catalogue = file.catalog().map_err(|it| it.to_string())?;
        let pages = file.page_iter().enumerate().map(|(at, id)| (id, at)).collect();
        let mut it = Self {
            file,
            budget,
            catalogue,
            pages,
            places: Vec::new(),
            names: HashMap::new(),
            roles: None,
        };
        let places = it.dictionary(catalogue, "Names");
        if let Some(places) = places.and_then(|it| it.get(b"Dests").ok()) {
            it.places(places, 0, &mut BTreeSet::new())?;
        }
        for named in &it.places {
            let names = named.tag.map(|tag| it.names.entry(tag).or_default());
            names.into_iter().for_each(|it| it.push(place::decoded(&named.name)));
        }
        Ok(it)
    }

    fn get(&self, of: &'a Dictionary, name: &str) -> Option<&'a Object> {
        let object = of.get(name.as_bytes()).ok()?;
        self.file.dereference(object).ok().map(|it| it.1)
    }

    fn dictionary(&self, of: &'a Dictionary, name: &str) -> Option<&'a Dictionary> {
        self.get(of, name)?.as_dict().ok()
    }

    fn text(&self, of: &'a Dictionary, name: &str) -> Option<String> {
        let text = self.get(of, name)?.as_str().ok()?;
        self.budget.has(text.len()).then(|| text_string(text))
    }

    fn word(&self, of: &'a Dictionary, name: &str) -> Option<String> {
        let name = self.get(of, name)?.as_name().ok()?;
        self.budget.has(name.len()).then(|| String::from_utf8_lossy(name).into_owned())
    }

    fn read(mut self) -> Result<File, String> {
        let root = self.dictionary(self.catalogue, "StructTreeRoot");
        let root = root.ok_or("StructTreeRoot")?;
        self.roles = self.dictionary(root, "RoleMap");
        let mut seen = Seen::default();
        let mut tag = Tag { kind: "Document".to_owned(), ..Tag::default() };
        if let Some(kids) = self.get(root, "K") {
            self.kids(kids, None, &mut tag.kids, &mut seen, 0)?;
        }
        let parts = self.parts()?;
        for part in seen.again.iter().filter_map(|it| parts.get(it)) {
            self.budget.spend(part.text.len())?;
        }
        let bookmarks = self.bookmarks()?;
        let faults = self.faults(&tag, &parts, root)?;
        let language = self.text(self.catalogue, "Lang").unwrap_or_default();
        self.budget.is_kept()?;
        let names = self.places.iter().map(|it| place::decoded(&it.name));
        let heads = names.filter(|it| it.ends_with('/')).collect();
        Ok(File {
            heads,
            title: self.title(),
            language,
            root: tag,
            parts,
            bookmarks,
            faults,
        })
    }

    /// The title in its properties, which a reader's program shows.
    fn title(&self) -> String {
        let properties =
            self.get(self.catalogue, "Metadata").and_then(|it| it.as_stream().ok());
        let most = self.budget.left();
        let properties =
            properties.and_then(|it| it.get_plain_content_with_limit(most).ok());
        let properties = properties.filter(|it| self.budget.has(it.len()));
        let xml = properties.map(|it| String::from_utf8_lossy(&it).into_owned());
        let tree = xml.and_then(|it| super::super::tree::xml(&it).ok());
        let title = tree.as_ref().and_then(|it| it.find(&|it| it.name == "dc:title"));
        // Where there are several, the first is that of the file's own language.
        let first = title.map(|it| it.find(&|it| it.name == "rdf:li").unwrap_or(it));
        first.map(|it| it.text().trim().to_owned()).unwrap_or_default()
    }

    /// The entries of the outline, each before those in it.
    fn bookmarks(&self) -> Result<Vec<(String, Option<usize>)>, String> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let outlines = self.dictionary(self.catalogue, "Outlines");
        // What is to be read, the next last: nothing calls itself here, however deep it is.
        let mut next: Vec<&'a Object> =
            outlines.and_then(|it| it.get(b"First").ok()).into_iter().collect();
        while let Some(object) = next.pop() {
            self.budget.spend(1)?;
            if let Ok(id) = object.as_reference()
                && !seen.insert(id)
            {
                return Err(format!(
                    "/Outlines: {} {} R, {} {} R",
                    id.0, id.1, id.0, id.1
                ));
            }
            let item = self.file.dereference(object).ok().map(|it| it.1);
            let Some(item) = item.and_then(|it| it.as_dict().ok()) else { continue };
            let place = self.get(item, "Dest").and_then(|it| self.place(it));
            let title = self.text(item, "Title").unwrap_or_default();
            found.push((title, place.map(|it| it.0)));
            next.extend(item.get(b"Next").ok());
            next.extend(item.get(b"First").ok());
        }
        Ok(found)
    }

    fn places(
        &mut self,
        node: &'a Object,
        depth: usize,
        seen: &mut BTreeSet<ObjectId>,
    ) -> Result<(), String> {
        self.budget.spend(1)?;
        if depth > limits::PDF_DEPTH {
            return Err(too_deep("/Dests"));
        }
        if let Ok(id) = node.as_reference()
            && !seen.insert(id)
        {
            return Err(format!("/Dests: {} {} R, {} {} R", id.0, id.1, id.0, id.1));
        }
        let node = self.file.dereference(node).ok().and_then(|it| it.1.as_dict().ok());
        let Some(node) = node else { return Ok(()) };
        if let Some(Object::Array(pairs)) = self.get(node, "Names") {
            self.budget.spend(pairs.len())?;
            for pair in pairs.chunks(2) {
                let [name, place] = pair else { continue };
                let Ok(name) = name.as_str() else { continue };
                let Ok((_, place)) = self.file.dereference(place) else { continue };
                if let Some((page, x, y)) = self.place(place)
                    && name.len() <= limits::PDF_NAME_BYTES
                {
                    self.budget.spend(name.len())?;
                    let name = String::from_utf8_lossy(name).into_owned();
                    let tag = self.tag_at(place);
                    self.places.push(Named { name, page, x, y, tag });
                }
            }
        }
        if let Some(Object::Array(kids)) = self.get(node, "Kids") {
            for kid in kids {
                self.places(kid, depth + 1, seen)?;
            }
        }
        Ok(())
    }

    /// The page and the point of a destination.
    fn place(&self, place: &'a Object) -> Option<(usize, f32, f32)> {
        let place = match place {
            Object::Dictionary(it) => self.get(it, "D")?,
            other => other,
        };
        let parts = place.as_array().ok()?;
        let page = *self.pages.get(&parts.first()?.as_reference().ok()?)?;
        let number = |at: usize| parts.get(at).and_then(|it| it.as_float().ok());
        Some((page, number(2).unwrap_or(0.0), number(3).unwrap_or(f32::MAX)))
    }

    /// The tag to which a destination leads.
    fn tag_at(&self, place: &'a Object) -> Option<ObjectId> {
        let structure = self.get(place.as_dict().ok()?, "SD")?.as_array().ok()?;
        structure.first()?.as_reference().ok()
    }

    fn kids(
        &self,
        object: &'a Object,
        page: Option<usize>,
        out: &mut Vec<Kid>,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), String> {
        self.budget.spend(1)?;
        if depth > limits::PDF_DEPTH {
            return Err(too_deep("/StructTreeRoot"));
        }
        match object {
            Object::Array(kids) => {
                for kid in kids {
                    self.kids(kid, page, out, seen, depth + 1)?;
                }
            }
            Object::Reference(id) => {
                // Each tag is in the tree once, whatever the file says.
                if seen.tags.insert(*id)
                    && let Ok(object) = self.file.get_object(*id)
                {
                    let before = out.len();
                    self.kids(object, page, out, seen, depth + 1)?;
                    if let [Kid::Tag(tag)] = &mut out[before..] {
                        tag.object = tag.object.or(Some(*id));
                        tag.names = self.names.get(id).cloned().unwrap_or_default();
                    }
                }
            }
            Object::Integer(number) => {
                out.extend(page.map(|page| seen.part(page, *number)));
            }
            Object::Dictionary(it) => self.kid(it, page, out, seen, depth)?,
            _ => {}
        }
        Ok(())
    }

    fn kid(
        &self,
        it: &'a Dictionary,
        page: Option<usize>,
        out: &mut Vec<Kid>,
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), String> {
        let own = it.get(b"Pg").and_then(Object::as_reference).ok();
        let page = own.and_then(|it| self.pages.get(&it).copied()).or(page);
        match self.word(it, "Type").as_deref() {
            Some("MCR") => {
                let number = self.get(it, "MCID").and_then(|it| it.as_i64().ok());
                out.extend(page.zip(number).map(|it| seen.part(it.0, it.1)));
            }
            Some("OBJR") => {
                let object = self.dictionary(it, "Obj");
                out.extend(object.and_then(|it| self.link(it)).map(Kid::Link));
            }
            _ => {
                let mut tag = self.tag(it);
                if let Ok(kids) = it.get(b"K") {
                    self.kids(kids, page, &mut tag.kids, seen, depth + 1)?;
                }
                out.push(Kid::Tag(tag));
            }
        }
        Ok(())
    }

    fn tag(&self, it: &'a Dictionary) -> Tag {
        let kind = self.word(it, "S").unwrap_or_default();
        let role = self.roles.and_then(|roles| self.word(roles, &kind));
        let mut tag = Tag {
            kind: role.unwrap_or(kind),
            language: self.text(it, "Lang"),
            alternative: self.text(it, "Alt"),
            id: self.get(it, "ID").and_then(|it| it.as_str().ok()).map(<[u8]>::to_vec),
            rows: 1,
            columns: 1,
            ..Tag::default()
        };
        match self.get(it, "A") {
            Some(Object::Array(all)) => {
                for object in all.iter().filter(|_| self.budget.has(1)) {
                    if let Ok((_, Object::Dictionary(it))) = self.file.dereference(object)
                    {
                        self.attributes(it, &mut tag);
                    }
                }
            }
            Some(Object::Dictionary(it)) => self.attributes(it, &mut tag),
            _ => {}
        }
        tag
    }

    fn attributes(&self, it: &'a Dictionary, tag: &mut Tag) {
        let size = |name: &str| {
            let number = self.get(it, name).and_then(|it| it.as_i64().ok());
            number.and_then(|it| usize::try_from(it).ok())
        };
        tag.numbering = self.word(it, "ListNumbering").or(tag.numbering.take());
        tag.is_block |= self.word(it, "Placement").as_deref() == Some("Block");
        tag.scope = self.word(it, "Scope").or(tag.scope.take());
        tag.rows = size("RowSpan").unwrap_or(tag.rows);
        tag.columns = size("ColSpan").unwrap_or(tag.columns);
    }

    /// Where an annotation leads.
    fn link(&self, it: &'a Dictionary) -> Option<String> {
        if let Some(action) = self.dictionary(it, "A") {
            if let Some(address) = self.get(action, "URI").and_then(|it| it.as_str().ok())
            {
                let is_kept = self.budget.has(address.len());
                return is_kept.then(|| String::from_utf8_lossy(address).into_owned());
            }
            return self.inner(self.get(action, "D")?);
        }
        self.inner(self.get(it, "Dest")?)
    }

    /// A place of the file, by its name; the head of the file has none.
    fn inner(&self, place: &'a Object) -> Option<String> {
        if let Ok(name) = place.as_str() {
            if name.len() > limits::PDF_NAME_BYTES || !self.budget.has(name.len()) {
                return None;
            }
            return Some(format!("#{}", String::from_utf8_lossy(name)));
        }
        // A bare point: the first name of it.
        let (page, x, y) = self.place(place)?;
        let is_here = |it: &&Named| {
            it.page == page && (it.x - x).abs() < 0.01 && (it.y - y).abs() < 0.01
        };
        let is_looked_for = self.budget.has(self.places.len());
        let name = self.places.iter().filter(|_| is_looked_for).find(is_here);
        Some(format!("#{}", name.map_or("", |it| it.name.as_str())))
    }

    fn parts(&self) -> Result<BTreeMap<(usize, i64), Part>, Spent> {
        let mut known: HashMap<ObjectId, Arc<Font>> = HashMap::new();
        let mut all = BTreeMap::new();
        for (page, id) in self.file.page_iter().enumerate() {
            let mut fonts = HashMap::new();
            let found = self.file.get_dictionary(id).ok().and_then(|it| self.fonts(it));
            for (name, object) in found.into_iter().flat_map(Dictionary::iter) {
                self.budget.spend(1)?;
                let Ok(reference) = object.as_reference() else { continue };
                let font = known.entry(reference).or_insert_with(|| {
                    let font = self.file.get_dictionary(reference);
                    let font = font.map(|it| Font::new(self.file, it, self.budget));
                    Arc::new(font.unwrap_or_default())
                });
                fonts.insert(name.clone(), Arc::clone(font));
            }
            let content = self.file.get_page_content_with_limit(id, self.budget.left());
            let Ok(content) = content else { return Err(self.budget.spent()) };
            self.budget.spend(content.len())?;
            let parts = content::parts(&content, &fonts, self.budget)?;
            all.extend(parts.into_iter().map(|(number, part)| ((page, number), part)));
        }
        Ok(all)
    }

    /// The fonts of a page, which may be its parents'.
    fn fonts(&self, page: &'a Dictionary) -> Option<&'a Dictionary> {
        let mut node = page;
        for _ in 0..limits::PDF_DEPTH {
            if let Some(resources) = self.dictionary(node, "Resources") {
                return self.dictionary(resources, "Font");
            }
            node = self.dictionary(node, "Parent")?;
        }
        None
    }
}
