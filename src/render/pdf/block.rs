//! Blocks, as data for the template.
//!
//! A body is a list of objects; `kind` says what each is. What Typst would refuse is
//! settled here: levels of headings, tables whose cells do not fit, images that cannot be
//! read, parts that stand too deep in each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::{Map, Value, json};

use super::{
    bind, formula, inline,
    preflight::{self, Care, Gallery, Images, Proofreader, Rare, Shape, Trouble},
    table, typography,
    world::{self, Shared},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{
        Attributes, Block, Callout, CodeBlock, DefinitionList, Details, Document, Figure,
        Footnote, Group, Heading, Image, Inline, Language, Link, List, ListKind, Media,
        MediaKind, Numerals, PageKey, Paragraph, Quote, Resource, Style, Target, Text,
        Unknown, text, walk,
    },
    render::code::{Token, tokens},
    site::{Edition, Page, Site, address},
    source::files::ResourceFile,
};

/// The deepest that parts may stand in each other; Typst itself ends at 16 quotations.
const DEEPEST: usize = 10;

/// The longest that a word may be before it may break, in the full width of the page.
const LONGEST_WORD: usize = 44;

/// A word longer than this makes the line before it gape.
const LONG_WORD: usize = 32;

/// The longest that a part of a line of code may be before it may break.
const LONGEST_CODE: usize = 64;

/// What is seen of a tab.
const TAB: &str = "    ";

/// The parts of a line of code that may stand on lines of their own.
fn broken(line: &str, longest: usize) -> impl Iterator<Item = &str> {
    typography::chunks(line, longest).into_iter()
}

/// Parts with a place between them where the line may break.
fn between(parts: Vec<Value>) -> Vec<Value> {
    let mut out = Vec::with_capacity(parts.len() * 2);
    for part in parts {
        if !out.is_empty() {
            out.push(inline::CHANCE.into());
        }
        out.push(part);
    }
    out
}

/// Where a link leads, and what a reader hears of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lead {
    /// Where it leads.
    pub(super) to: To,
    /// What a reader hears of it.
    pub(super) words: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum To {
    /// A page, and an anchor on it; its public address where it is not in the file.
    Page(PageKey, Option<String>, String),
    /// An address outside the publication.
    Outside(String),
}

/// What documents are made from.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The publication.
    pub(super) site: &'a Site,
    /// The edition.
    pub(super) edition: &'a Edition,
    /// What all documents share.
    pub(super) shared: &'a Shared,
    /// What is known of the images.
    pub(super) gallery: &'a Gallery,
    /// The name of the theme.
    pub(super) theme: &'static str,
    /// The paper, as Typst calls it.
    pub(super) paper: &'a str,
    /// What is printed for a character that no font has.
    pub(super) rare: Rare,
    /// What is held back.
    pub(super) care: &'a Care,
}

/// The body of a page that is being made.
pub(super) struct Writer<'a> {
    /// What it is made from.
    pub(super) scene: Scene<'a>,
    /// The language said around what is written next.
    pub(super) language: Language,
    /// Reads every character.
    pub(super) letters: Proofreader<'a>,
    /// Whether a link is open: it can hold no other.
    pub(super) in_link: bool,
    /// What the open link is called, when it has no words of its own.
    pub(super) link_name: Option<String>,
    /// Whether a note is open: it can hold no other.
    pub(super) in_note: bool,
    /// The longest that a word may be before it may break.
    pub(super) longest: usize,
    /// The abbreviations that were explained, each in the text or in the note of this number.
    explained: BTreeSet<(u32, String)>,
    /// The first note in which an abbreviation stands; 0 where the text has it.
    abbreviations: BTreeMap<String, u32>,
    /// The number of the note that is open; 0 in the text.
    note: u32,
    /// How many runs of words have a number.
    pub(super) runs: usize,
    /// The language of the page, in which its notes are.
    pub(super) own_language: Language,
    /// The links, in the order in which the data numbers them.
    pub(super) leads: Vec<Lead>,
    /// The images, in the order in which the data numbers them.
    pub(super) images: Vec<Arc<ResourceFile>>,
    key: &'a PageKey,
    /// Whether units that are no current translation are marked.
    marks: bool,
    numbers: BTreeMap<String, usize>,
    notes: BTreeMap<u32, &'a Footnote>,
    /// The notes that were set.
    set: BTreeSet<u32>,
    ids: BTreeSet<String>,
    level: u8,
    depth: usize,
    too_deep: bool,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    /// A writer for one page of an edition.
    pub(super) fn new(scene: Scene<'a>, page: &'a Page) -> Self {
        let language = if page.fallback {
            page.authored.clone()
        } else {
            scene.edition.language.clone()
        };
        let mut to = Self::bare(scene, &page.key, language);
        to.marks = !page.fallback;
        to.notes = page.document.footnotes.iter().map(|it| (it.number, it)).collect();
        to.abbreviations = abbreviations(&page.document);
        to
    }

    /// A writer for words that stand on no page: titles in the contents.
    pub(super) fn bare(scene: Scene<'a>, key: &'a PageKey, language: Language) -> Self {
        let letters = Proofreader::new(&scene.shared.fonts, scene.rare, scene.care);
        Self {
            scene,
            language: language.clone(),
            letters,
            in_link: false,
            link_name: None,
            in_note: false,
            longest: LONGEST_WORD,
            explained: BTreeSet::new(),
            abbreviations: BTreeMap::new(),
            note: 0,
            runs: 0,
            own_language: language,
            leads: Vec::new(),
            images: Vec::new(),
            key,
            marks: false,
            numbers: BTreeMap::new(),
            notes: BTreeMap::new(),
            set: BTreeSet::new(),
            ids: BTreeSet::new(),
            level: 1,
            depth: 0,
            too_deep: false,
            diagnostics: Vec::new(),
        }
    }

    /// Everything that was wrong, the characters included.
    pub(super) fn faults(&mut self) -> Vec<Diagnostic> {
        let mut faults = std::mem::take(&mut self.diagnostics);
        faults.append(&mut self.letters.diagnostics);
        faults
    }

    /// Names under which this place can be reached, each once in a page.
    pub(super) fn anchors<const N: usize>(
        &mut self,
        ids: [Option<&str>; N],
    ) -> Vec<String> {
        let ids = ids.into_iter().flatten().filter(|it| !it.is_empty());
        let ids: Vec<String> = ids.map(|it| format!("#{}", destination(it))).collect();
        ids.into_iter().filter(|it| self.ids.insert(it.clone())).collect()
    }

    /// The number of a link in the data; `None` where it leads nowhere.
    pub(super) fn lead(&mut self, link: &Link) -> Option<usize> {
        let title = link.title.as_deref().filter(|it| !it.trim().is_empty());
        match &link.target {
            Target::Page(key, anchor) => self.lead_to_page(key, anchor.as_deref(), title),
            Target::File(path) => {
                let path = address::file(path);
                let address = address::public_file(&self.scene.site.publication, &path);
                let address = address + link.ending();
                self.lead_outside(&address, title)
            }
            Target::Outside(address) => self.lead_outside(address, title),
            Target::Unresolved | Target::Nothing => None,
        }
    }

    /// The number of a link to a page.
    pub(super) fn lead_to_page(
        &mut self,
        key: &PageKey,
        anchor: Option<&str>,
        title: Option<&str>,
    ) -> Option<usize> {
        let edition = self.scene.edition;
        let mut public =
            address::public(&self.scene.site.publication, &edition.language, key);
        if !is_absolute(&public) && key != self.key {
            return None;
        }
        if let Some(anchor) = anchor {
            public.push('#');
            public.push_str(&destination(anchor));
        }
        let words = title.map(str::to_owned).or_else(|| {
            edition.page(key).map(|page| page.document.meta.title.to_plain())
        });
        let words = words.unwrap_or_else(|| public.clone());
        let anchor = anchor.map(destination);
        Some(self.push_lead(Lead { to: To::Page(key.clone(), anchor, public), words }))
    }

    /// The number of a link to another place of this page.
    pub(super) fn lead_here(&mut self, anchor: &str, words: &str) -> Option<usize> {
        let key = self.key;
        self.lead_to_page(key, Some(anchor), Some(words))
    }

    /// The number of a link to an address; `None` where it is none that a file can hold.
    pub(super) fn lead_outside(
        &mut self,
        address: &str,
        title: Option<&str>,
    ) -> Option<usize> {
        if !is_absolute(address) || address.len() > 8_000 {
            return None;
        }
        let words = title.unwrap_or(address).to_owned();
        Some(self.push_lead(Lead { to: To::Outside(address.to_owned()), words }))
    }

    fn push_lead(&mut self, mut lead: Lead) -> usize {
        // Where there is nothing to hear, the address is.
        if lead.words.trim_matches(text::is_blank).is_empty() {
            let (To::Page(_, _, address) | To::Outside(address)) = &lead.to;
            lead.words.clone_from(address);
        }
        self.leads.push(lead);
        self.leads.len() - 1
    }

    /// An image as data; `None` where it cannot be shown.
    pub(super) fn picture(&mut self, image: &Image) -> Option<Value> {
        let Resource::File(path) = &image.resource else { return None };
        let file = self.scene.site.resources.get(path)?;
        let Scene { gallery, shared, care, .. } = self.scene;
        let looked = match care.images {
            Images::Shown => gallery.look(file, shared).map(|it| (it, None)),
            Images::Tried => gallery.try_out(file, shared),
            Images::Left => return None,
        };
        match looked {
            Ok(((file, shape), refusal)) => {
                let painted = refusal.map(|it| it.told("pdf-image-painted"));
                let painted = painted.map(|it| it.at(image.place));
                self.diagnostics
                    .extend(painted.map(|it| it.with("file", &image.address)));
                Some(self.show(&file, shape))
            }
            Err(trouble) => {
                let fault = match trouble {
                    Trouble::Unreadable => Diagnostic::error("pdf-image-unreadable"),
                    Trouble::TooLarge => Diagnostic::error("pdf-image-too-large"),
                    Trouble::Refused(refusal) => refusal.told("pdf-image-refused"),
                    Trouble::Costly => Diagnostic::error("pdf-drawing-too-costly"),
                };
                let fault = fault.at(image.place).with("file", &image.address);
                self.diagnostics.push(fault);
                None
            }
        }
    }

    fn show(&mut self, file: &Arc<ResourceFile>, shape: Shape) -> Value {
        let next = self.images.len();
        let number = *self.numbers.entry(file.path.clone()).or_insert(next);
        if number == next {
            self.images.push(Arc::clone(file));
        }
        node! {
            "path": world::image(number),
            "format": shape.format,
            "width": shape.width,
            "height": shape.height,
            "nested": self.depth > 0,
        }
    }

    /// A word of the interface.
    pub(super) fn label(&mut self, id: &str) -> String {
        let text = self.scene.edition.labels.text(id);
        self.letters.read(&text, Place::default()).into_owned()
    }

    /// The language of the interface, where that is not the one around.
    pub(super) fn interface_language(&self) -> Value {
        let spoken = self.scene.edition.labels.spoken();
        if *spoken == self.language { Value::Null } else { lang(spoken) }
    }

    /// Says once that parts stand too deep in each other.
    pub(super) fn report_depth(&mut self, place: Place) {
        if !std::mem::replace(&mut self.too_deep, true) {
            self.diagnostics.push(Diagnostic::warning("pdf-too-deep").at(place));
        }
    }

    /// Whether there is a note of this number.
    pub(super) fn has_note(&self, number: u32) -> bool {
        self.notes.contains_key(&number) || self.set.contains(&number)
    }

    /// Whether an abbreviation is explained here: where it is read first. Notes are read
    /// behind the text, wherever they are called.
    pub(super) fn explains(&mut self, short: &str) -> bool {
        let first = self.abbreviations.get(short).copied().unwrap_or(self.note);
        first == self.note && self.explained.insert((self.note, short.to_owned()))
    }

    /// A note that was not set yet.
    pub(super) fn take_note(&mut self, number: u32) -> Option<&'a Footnote> {
        let note = self.notes.remove(&number)?;
        self.set.insert(number);
        Some(note)
    }

    /// What a note says.
    pub(super) fn note(&mut self, note: &'a Footnote) -> Vec<Value> {
        let id = inline::note_anchor(note.number);
        let anchors = self.anchors([Some(id.as_str())]);
        let was_deep = std::mem::replace(&mut self.depth, DEEPEST / 2);
        self.in_note = true;
        let around = std::mem::replace(&mut self.note, note.number);
        let language = std::mem::replace(&mut self.language, self.own_language.clone());
        let mut body = vec![node! { "kind": "anchors", "anchors": anchors }];
        // The first paragraph is a line: it would stand apart from the number of its note.
        match note.blocks.as_slice() {
            [Block::Paragraph(it), rest @ ..] => {
                body.push(self.text(&it.text, "plain"));
                body.extend(self.blocks(rest));
            }
            blocks => {
                // The number must stand in a line: it is a link.
                let words = vec![inline::nothing()];
                body.push(node! { "kind": "plain", "content": words });
                body.extend(self.blocks(blocks));
            }
        }
        self.in_note = false;
        self.note = around;
        self.language = language;
        self.depth = was_deep;
        body
    }

    /// A text as data: its names, its language, its mark, its words.
    pub(super) fn text(&mut self, text: &Text, kind: &str) -> Value {
        Value::Object(self.unit(text, kind, None))
    }

    /// A text as data without its name and its mark: it has them elsewhere.
    pub(super) fn repeated(&mut self, text: &Text) -> Value {
        let marks = std::mem::replace(&mut self.marks, false);
        let node = self.text(&Text { unit: String::new(), ..text.clone() }, "plain");
        self.marks = marks;
        node
    }

    /// A text as data, with the attributes of the block it stands in.
    fn unit(
        &mut self,
        text: &Text,
        kind: &str,
        attributes: Option<&Attributes>,
    ) -> Map<String, Value> {
        let id = attributes.and_then(|it| it.id.as_deref());
        let anchors = self.anchors([Some(text.unit.as_str()), id]);
        let own = attributes.and_then(|it| it.language.as_ref());
        let around = self.enter(text.language.as_ref().or(own));
        let mut node = Map::new();
        node.insert("kind".to_owned(), kind.into());
        if !anchors.is_empty() {
            node.insert("anchors".to_owned(), anchors.into());
        }
        if self.language != around {
            node.insert("lang".to_owned(), lang(&self.language));
        }
        let content = inline::inlines(self, &text.inlines, text.place);
        if kind == "paragraph" && content.iter().any(has_long_word) {
            node.insert("ragged".to_owned(), true.into());
        }
        node.insert("content".to_owned(), content.into());
        if self.marks && text.state.is_marked() {
            let words = self.label(&format!("mark-{}", text.state.name()));
            node.insert("mark".to_owned(), words.into());
            node.insert("mark-lang".to_owned(), lang(self.scene.edition.labels.spoken()));
        }
        self.language = around;
        node
    }

    /// Goes into a part in this language; gives the one around.
    fn enter(&mut self, language: Option<&Language>) -> Language {
        let language = language.unwrap_or(&self.language).clone();
        std::mem::replace(&mut self.language, language)
    }

    /// Blocks as data.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Vec<Value> {
        let mut out = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            // A line behind something else is a paragraph of its own for those who hear it;
            // an image in a line would be heard as a figure.
            if let Block::Plain(it) = block
                && (at > 0 || inline::has_figure(&it.inlines))
            {
                out.push(self.text(it, "paragraph"));
            } else {
                self.block(&mut out, block);
            }
        }
        out
    }

    fn block(&mut self, out: &mut Vec<Value>, block: &Block) {
        if self.depth >= DEEPEST
            && let Some(place) = part(block)
        {
            self.report_depth(place);
            return self.flat(out, block);
        }
        match block {
            Block::Heading(it) => self.heading(out, it),
            Block::Paragraph(it) => self.paragraph(out, it),
            Block::Plain(it) => {
                let node = self.text(it, "plain");
                out.push(node);
            }
            Block::List(it) => self.inside(out, |to| to.list(it)),
            Block::Definitions(it) => self.inside(out, |to| to.definitions(it)),
            Block::Quote(it) => self.inside(out, |to| to.quote(it)),
            Block::Callout(it) => self.inside(out, |to| to.callout(it)),
            Block::Details(it) => self.inside(out, |to| to.details(it)),
            Block::Code(it) => {
                let node = self.code(it);
                out.push(node);
            }
            Block::Table(it) => {
                self.depth += 1;
                out.extend(table::table(self, it));
                self.depth -= 1;
            }
            Block::Figure(it) => {
                let node = self.figure(it);
                out.push(node);
            }
            Block::Media(it) => {
                let node = self.media(it);
                out.push(node);
            }
            Block::Rule(_) => out.push(node! { "kind": "rule" }),
            Block::PageBreak(place) => self.page_break(out, *place),
            Block::Group(it) => self.group(out, it),
            Block::Unknown(it) => self.unknown(out, it),
            Block::Math(it) => {
                let node = formula::formula(self, it, true);
                out.push(node);
            }
        }
    }

    /// A part with blocks inside it.
    fn inside(&mut self, out: &mut Vec<Value>, write: impl FnOnce(&mut Self) -> Value) {
        self.depth += 1;
        out.push(write(self));
        self.depth -= 1;
    }

    /// What stands too deep: its texts, one after the other.
    fn flat(&mut self, out: &mut Vec<Value>, block: &Block) {
        walk::blocks(std::slice::from_ref(block), &mut |inner| match inner {
            Block::Heading(it) => out.push(self.text(&it.text, "paragraph")),
            Block::Plain(it) => out.push(self.text(it, "paragraph")),
            Block::Callout(it) => {
                out.extend(it.title.as_ref().map(|it| self.text(it, "paragraph")));
            }
            Block::Details(it) => out.push(self.text(&it.summary, "paragraph")),
            Block::Quote(it) => {
                out.extend(it.attribution.as_ref().map(|it| self.text(it, "paragraph")));
            }
            Block::Definitions(it) => {
                let terms = it.items.iter().flat_map(|it| &it.terms);
                out.extend(terms.map(|it| self.text(it, "paragraph")));
            }
            Block::Table(it) => {
                out.extend(it.caption.as_ref().map(|it| self.text(it, "paragraph")));
            }
            Block::List(_) | Block::Group(_) => {}
            Block::Paragraph(_)
            | Block::Code(_)
            | Block::Figure(_)
            | Block::Media(_)
            | Block::Rule(_)
            | Block::PageBreak(_)
            | Block::Math(_)
            | Block::Unknown(_) => self.block(out, inner),
        });
    }

    fn heading(&mut self, out: &mut Vec<Value>, heading: &Heading) {
        let mut node = self.unit(&heading.text, "heading", Some(&heading.attributes));
        let mut anchors = self.anchors([Some(heading.anchor.as_str())]);
        if let Some(Value::Array(more)) = node.remove("anchors") {
            anchors.extend(more.iter().filter_map(|it| it.as_str().map(str::to_owned)));
        }
        let mut words = plain_words(&node);
        if words.trim_matches(text::is_blank).is_empty() {
            let spoken = self.letters.heard(&text::plain(&heading.text.inlines));
            if spoken.trim_matches(text::is_blank).is_empty() {
                let fault = Diagnostic::warning("pdf-heading-empty").at(heading.place);
                self.diagnostics.push(fault);
                // What shows nothing may still hold the call of a note.
                node.insert("kind".to_owned(), "paragraph".into());
                node.insert("anchors".to_owned(), anchors.into());
                return out.push(Value::Object(node));
            }
            // An image has a text alternative, which is what the bookmark shows.
            words = spoken;
        }
        node.insert("title".to_owned(), words.trim_matches(text::is_blank).into());
        // No level may be skipped, whatever is written inside quotations or notes.
        self.level = heading.level.clamp(2, (self.level + 1).min(6));
        node.insert("level".to_owned(), self.level.into());
        node.insert("anchors".to_owned(), anchors.into());
        out.push(Value::Object(node));
    }

    fn paragraph(&mut self, out: &mut Vec<Value>, paragraph: &Paragraph) {
        let node = self.unit(&paragraph.text, "paragraph", Some(&paragraph.attributes));
        out.push(Value::Object(node));
    }

    fn list(&mut self, list: &List) -> Value {
        let items = list.items.iter().map(|item| {
            let mut content = self.blocks(&item.blocks);
            content.retain(|it| !is_nothing(it));
            content
        });
        let items: Vec<Vec<Value>> = items.collect();
        let is_task = list.items.iter().any(|it| it.task.is_some());
        let tasks = list.items.iter().map(|it| match it.task {
            Some(true) => "☑",
            Some(false) => "☐",
            None => "•",
        });
        let tasks = is_task.then(|| tasks.collect::<Vec<_>>());
        let start = match list.kind {
            ListKind::Bullet => None,
            ListKind::Ordered(start) => Some(start),
        };
        // Numbers that do not simply rise, and letters, are given one by one.
        let is_plain = !list.reversed
            && list.numerals == Numerals::Decimal
            && list.items.iter().all(|it| it.number.is_none());
        let numbers = list.labels().filter(|_| !is_plain);
        node! {
            "kind": "list", "tight": list.tight, "start": start, "numbers": numbers,
            "tasks": tasks, "items": items,
        }
    }

    fn definitions(&mut self, list: &DefinitionList) -> Value {
        let items = list.items.iter().map(|item| {
            let terms: Vec<Value> =
                item.terms.iter().map(|it| self.text(it, "plain")).collect();
            let mut details: Vec<Value> =
                item.details.iter().flat_map(|it| self.blocks(it)).collect();
            // The first paragraph is in one piece with its term, so that no page ends
            // between them.
            if let Some(first) = details.first_mut().and_then(Value::as_object_mut)
                && first.get("kind").is_some_and(|it| it == "paragraph")
                && !holds_image(first)
            {
                first.insert("kind".to_owned(), "plain".into());
            }
            node! { "terms": terms, "details": details }
        });
        let items: Vec<Value> = items.collect();
        node! { "kind": "definitions", "items": items }
    }

    fn quote(&mut self, quote: &Quote) -> Value {
        let content = self.blocks(&quote.blocks);
        let attribution = quote.attribution.as_ref().map(|it| self.text(it, "plain"));
        let picture = quote.image.as_ref().and_then(|it| self.picture(it));
        let missing = match (&quote.image, &picture) {
            (Some(image), None) => inline::missing(self, image, ""),
            _ => Value::Null,
        };
        node! {
            "kind": "quote", "content": content, "attribution": attribution,
            "picture": picture, "missing": missing,
        }
    }

    fn callout(&mut self, callout: &Callout) -> Value {
        let kind = callout.kind.name();
        let label = self.label(&format!("callout-{kind}"));
        let title = callout.title.as_ref().map(|it| self.text(it, "plain"));
        let content = self.blocks(&callout.blocks);
        node! {
            "kind": "callout", "type": kind, "label": label,
            "label-lang": self.interface_language(), "title": title, "content": content,
        }
    }

    fn details(&mut self, details: &Details) -> Value {
        let summary = self.text(&details.summary, "plain");
        let content = self.blocks(&details.blocks);
        node! { "kind": "details", "summary": summary, "content": content }
    }

    fn code(&mut self, code: &CodeBlock) -> Value {
        let text = self.printable(&code.text, code.place);
        let longest = if self.depth > 0 { LONGEST_CODE / 2 } else { LONGEST_CODE };
        // Typst would make spaces of a tab.
        let is_special = |line: &str| {
            let is_long = |word: &str| word.chars().count() > longest;
            let is_special = |it: char| it == '\t' || bind::is_leftward_letter(it);
            line.contains(is_special) || line.split(' ').any(is_long)
        };
        let is_leftward = code.text.contains(bind::is_leftward_letter);
        let lines = match tokens(code).filter(|_| !is_leftward) {
            Some(lines) => {
                let lines =
                    lines.iter().map(|it| self.code_line(it, code.place, longest));
                Some(lines.collect::<Vec<_>>())
            }
            None => code.text.split('\n').any(is_special).then(|| {
                let plain = |line: &str| Token { text: line.to_owned(), kind: None };
                let lines = code.text.split('\n').map(|it| [plain(it)]);
                lines.map(|it| self.code_line(&it, code.place, longest)).collect()
            }),
        };
        node! { "kind": "listing", "text": text.as_str(), "lines": lines }
    }

    /// Code as it can be printed. What else Typst takes for the end of a line would give
    /// it more lines than there are.
    fn printable(&mut self, text: &str, place: Place) -> String {
        let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
        let text = text.replace(ends, " ");
        self.letters.read(&text, place).into_owned()
    }

    /// A line of code: its pieces, and the places where it may break.
    fn code_line(&mut self, line: &[Token], place: Place, longest: usize) -> Vec<Value> {
        let mut out = Vec::new();
        for token in line {
            for (at, words) in token.text.split('\t').enumerate() {
                if at > 0 {
                    out.push(node! { "as": "\t", "content": TAB });
                }
                let text = self.printable(words, place);
                let parts = broken(&text, longest).filter(|it| !it.is_empty());
                let parts: Vec<Value> = parts
                    .map(|part| match token.kind {
                        Some(kind) => json!([kind.name(), part]),
                        None if part.contains(bind::is_leftward_letter) => {
                            node! { "colour": inline::colour(self), "content": part }
                        }
                        None => Value::from(part),
                    })
                    .collect();
                out.extend(between(parts));
            }
        }
        if out.is_empty() { vec![Value::from("")] } else { out }
    }

    fn figure(&mut self, figure: &Figure) -> Value {
        let unit = figure.alternative.as_ref().map(|it| it.unit.as_str());
        let id = figure.image.attributes.id.as_deref();
        let anchors = self.anchors([unit, id]);
        let spoken = figure.alternative.as_ref().map(|it| it.to_plain());
        let language = figure.alternative.as_ref().and_then(|it| it.language.as_ref());
        let language = language.or(figure.image.attributes.language.as_ref());
        let own_lang = language.filter(|it| **it != self.language).map(lang);
        let alternative = spoken.as_deref().unwrap_or_default().trim();
        let alternative = self.letters.heard(alternative);
        let to = figure.link.as_ref().and_then(|it| self.lead(it));
        let picture = self.picture(&figure.image);
        // A link holds no other link.
        let was_in_link = std::mem::replace(&mut self.in_link, to.is_some());
        let missing = match picture {
            Some(_) => Value::Null,
            None => {
                let around = self.enter(language);
                let missing = inline::missing(self, &figure.image, &alternative);
                self.language = around;
                match own_lang.clone() {
                    Some(lang) => {
                        node! { "kind": "span", "lang": lang, "content": vec![missing] }
                    }
                    None => missing,
                }
            }
        };
        self.in_link = was_in_link;
        // An image that is all there is of a link says where the link leads.
        let alternative = match &figure.link {
            Some(link) if alternative.is_empty() && to.is_some() => {
                let name = link.title.as_ref().unwrap_or(&link.address);
                self.letters.heard(name)
            }
            _ => alternative,
        };
        let state = figure.alternative.as_ref().map(|it| it.state);
        let state = state.filter(|it| self.marks && it.is_marked());
        let mark = state.map(|it| self.label(&format!("mark-{}", it.name())));
        let caption = figure.caption.as_ref().map(|it| self.text(it, "plain"));
        node! {
            "kind": "figure", "anchors": anchors, "picture": picture, "lang": own_lang,
            "alternative": alternative, "missing": missing, "to": to,
            "caption": caption, "mark": mark,
            "mark-lang": lang(self.scene.edition.labels.spoken()),
        }
    }

    fn media(&mut self, media: &Media) -> Value {
        let label = self.label(match media.kind {
            MediaKind::Video => "video",
            MediaKind::Audio => "audio",
            MediaKind::Frame => "frame",
            MediaKind::Slides => "slides",
        });
        let to = self.lead(&media.link);
        let address = media.link.address.clone();
        let title = media.title.as_ref().map(|it| self.text(it, "plain"));
        let address = self.letters.read(&address, media.place).into_owned();
        let parts = typography::chunks(&address, LONGEST_WORD);
        node! {
            "kind": "media", "label": label, "label-lang": self.interface_language(),
            "title": title, "to": to, "address": parts,
        }
    }

    fn page_break(&mut self, out: &mut Vec<Value>, place: Place) {
        if self.depth == 0 && !self.in_note {
            out.push(node! { "kind": "page-break" });
        } else {
            self.diagnostics.push(Diagnostic::warning("pdf-page-break-inside").at(place));
        }
    }

    fn group(&mut self, out: &mut Vec<Value>, group: &Group) {
        let anchors = self.anchors([group.attributes.id.as_deref()]);
        if !anchors.is_empty() {
            out.push(node! { "kind": "anchors", "anchors": anchors });
        }
        let around = self.enter(group.attributes.language.as_ref());
        let content = self.blocks(&group.blocks);
        if self.language == around {
            out.extend(content);
        } else {
            let lang = lang(&self.language);
            out.push(node! { "kind": "group", "lang": lang, "content": content });
        }
        self.language = around;
    }

    fn unknown(&mut self, out: &mut Vec<Value>, unknown: &Unknown) {
        if !unknown.text.is_empty() {
            let node = self.text(&unknown.text, "paragraph");
            out.push(node);
        }
    }

    /// The notes that nothing called, so that nothing is lost.
    pub(super) fn rest_of_notes(&mut self) -> Vec<Value> {
        let rest: Vec<&'a Footnote> =
            std::mem::take(&mut self.notes).into_values().collect();
        self.set.extend(rest.iter().map(|it| it.number));
        let notes = rest.into_iter().map(|note| {
            let number = note.number.to_string();
            // Another note may call it.
            let call = format!("call_{}_1", note.number);
            let back =
                if note.references > 0 { self.lead_here(&call, &number) } else { None };
            node! { "number": number, "to": back, "content": self.note(note) }
        });
        notes.collect()
    }
}

/// What may stand in the name of a place in a PDF: printable ASCII without what ends a
/// fragment. The rest is percent-encoded, as in an address.
pub(super) fn destination(id: &str) -> String {
    address::encode(id).replace('/', "%2F")
}

/// Whether an address says how to get there.
fn is_absolute(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, rest)| {
        !scheme.is_empty()
            && !rest.is_empty()
            && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
    })
}

/// A language as Typst takes it: the language and the region, or nothing where Typst
/// cannot say it.
pub(super) fn lang(language: &Language) -> Value {
    let mut parts = language.as_str().split('-');
    let tag = parts.next().unwrap_or_default();
    let is_tag = |it: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&it.len()) && it.chars().all(|it| it.is_ascii_alphabetic())
    };
    if !is_tag(tag, 2..=3) {
        return Value::Null;
    }
    let region = parts.find(|it| is_tag(it, 2..=2)).map(str::to_ascii_uppercase);
    json!([tag.to_ascii_lowercase(), region])
}

/// Where each abbreviation of a page stands first: in this note, or in the text (0).
fn abbreviations(document: &Document) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    if document.footnotes.is_empty() {
        return found;
    }
    let mut collect = |document: &Document, number: u32| {
        walk::texts(document, &mut |_, text| {
            walk::inlines(&text.inlines, &mut |it| {
                if let Inline::Styled(Style::Abbreviation(_), inner) = it {
                    found.entry(text::plain(inner)).or_insert(number);
                }
            });
        });
    };
    collect(&Document { footnotes: Vec::new(), ..document.clone() }, 0);
    let mut notes: Vec<&Footnote> = document.footnotes.iter().collect();
    notes.sort_by_key(|it| it.number);
    for note in notes {
        let blocks = note.blocks.clone();
        collect(&Document { blocks, ..Document::default() }, note.number);
    }
    found
}

/// Whether an image stands in a line.
fn holds_image(node: &Map<String, Value>) -> bool {
    fn holds(node: &Value) -> bool {
        match node {
            Value::Array(nodes) => nodes.iter().any(holds),
            Value::Object(it) => {
                let kind = it.get("kind").and_then(Value::as_str).unwrap_or_default();
                matches!(kind, "image" | "formula")
                    || kind != "note" && it.get("content").is_some_and(holds)
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    node.get("content").is_some_and(holds)
}

/// What a node is called, without its notes and its images.
pub(super) fn plain_words(node: &Map<String, Value>) -> String {
    fn push(out: &mut String, node: &Value) {
        match node {
            Value::String(words) => out.push_str(words),
            Value::Object(it) if it.get("kind").is_some_and(|it| it == "image") => {}
            Value::Object(it) if is_call(it) => {}
            Value::Object(it) if it.get("kind").is_some_and(|it| it == "quoted") => {
                out.push('“');
                it.get("content").into_iter().for_each(|it| push(out, it));
                out.push('”');
            }
            // A place where the line ends.
            Value::Number(it) if it.as_u64() == Some(inline::BREAK.into()) => {
                out.push(' ');
            }
            Value::Object(it) => {
                it.get("text").into_iter().for_each(|it| push(out, it));
                it.get("content").into_iter().for_each(|it| push(out, it));
            }
            Value::Array(nodes) => nodes.iter().for_each(|it| push(out, it)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut out = String::new();
    node.get("content").into_iter().for_each(|it| push(&mut out, it));
    preflight::without_stand_ins(&out)
}

/// Whether a node is the call of a note.
fn is_call(node: &Map<String, Value>) -> bool {
    let kind = node.get("kind").and_then(Value::as_str).unwrap_or_default();
    matches!(kind, "note" | "note-again") || node.contains_key("call")
}

/// Whether a word is so long that a justified line beside it would gape.
fn has_long_word(node: &Value) -> bool {
    match node {
        Value::String(words) => {
            words.len() > LONG_WORD && words.split(' ').any(|it| it.len() > LONG_WORD)
        }
        Value::Object(it) => {
            ["content", "text"].iter().filter_map(|name| it.get(*name)).any(has_long_word)
        }
        Value::Array(nodes) => nodes.iter().any(has_long_word),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a node shows nothing and names nothing.
fn is_nothing(node: &Value) -> bool {
    let empty = |name: &str| {
        node.get(name).is_none_or(|it| it.as_array().is_some_and(Vec::is_empty))
    };
    node.get("kind").is_some_and(|it| it == "plain")
        && empty("content")
        && empty("anchors")
}

/// The place of a block that has others inside it and a look of its own.
fn part(block: &Block) -> Option<Place> {
    match block {
        Block::List(it) => Some(it.place),
        Block::Definitions(it) => Some(it.place),
        Block::Quote(it) => Some(it.place),
        Block::Callout(it) => Some(it.place),
        Block::Details(it) => Some(it.place),
        Block::Table(it) => Some(it.place),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Plain(_)
        | Block::Code(_)
        | Block::Figure(_)
        | Block::Media(_)
        | Block::Rule(_)
        | Block::PageBreak(_)
        | Block::Group(_)
        | Block::Math(_)
        | Block::Unknown(_) => None,
    }
}

/// How long a page is, in characters: what decides whether it can be printed.
pub(super) fn length(document: &Document) -> usize {
    let mut length = 0;
    walk::texts(document, &mut |_, text| {
        length += text.to_plain().len();
    });
    walk::blocks(&document.blocks, &mut |block| {
        if let Block::Code(code) = block {
            length += code.text.len();
        }
    });
    length
}
