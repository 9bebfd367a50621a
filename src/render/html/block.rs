//! Blocks, written as XHTML: the body of a page, for the site and for the book.

use std::collections::HashSet;

use super::{
    element::{Start, Xhtml, web_address},
    formula, inline, table,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{
        Attributes, Block, Callout, CodeBlock, DefinitionList, Details, Document, Figure,
        Footnote, Group, Heading, Item, Language, Link, List, ListKind, Media, MediaKind,
        Quote, Target, Text, Unknown, walk,
    },
    languages,
    render::code::{Lines, tokens},
    site::Labels,
};

/// What the body of a page needs to know of the artifact it stands in.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where the body stands.
    pub flavour: Flavour,
    /// The interface's words.
    pub labels: &'a Labels,
    /// The language of the edition, which is that of the interface's words.
    pub edition: &'a Language,
    /// The language said around the body: the edition's, or the one in which a page that
    /// nobody translated is shown.
    pub around: &'a Language,
    /// Whether each unit that is not a current translation is marked as such.
    pub marks: bool,
    /// Where links and images lead.
    pub places: &'a dyn Places,
}

impl Context<'_> {
    /// Whether the body stands in a book.
    pub fn is_book(&self) -> bool {
        self.flavour == Flavour::Book
    }

    /// Whether parts of the body can be folded, or scrolled on their own.
    pub fn is_live(&self) -> bool {
        self.flavour == Flavour::Site
    }
}

/// Where a body stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// On a site, read as HTML in a browser.
    Site,
    /// In an EPUB, read as XML: nothing there can be folded or scrolled.
    Book,
    /// Beside the same page in another language, to be read and corrected.
    Proof,
}

/// Where links and images lead, seen from the page that is written.
pub trait Places {
    /// The address of a link; `None` where it leads nowhere.
    fn href(&self, target: &Target) -> Option<String>;
    /// The same with what a link adds: the page of a document that is shown (`#page=12`),
    /// what a version of it is called (`?v=2`).
    fn lead(&self, link: &Link) -> Option<String> {
        let href = self.href(&link.target)?;
        Some(match link.target {
            Target::File(_) => href + &web_address(link.ending()),
            Target::Page(..) if self.takes_queries() => queried(&href, link.query()),
            Target::Page(..)
            | Target::Outside(_)
            | Target::Nothing
            | Target::Unresolved => href,
        })
    }
    /// The language of what a link leads to, where it is that of another edition.
    fn leads_into(&self, _target: &Target) -> Option<String> {
        None
    }
    /// Whether a page may be asked something (`/fr/?q=aide`): by a script of the site, not
    /// in a book.
    fn takes_queries(&self) -> bool;
    /// The address of a place of the page itself, by its identifier.
    fn anchor(&self, id: &str) -> String {
        format!("#{id}")
    }
    /// The image at this path under `content`; `None` where there is none to show.
    fn picture(&self, path: &str) -> Option<Picture>;
}

/// The address of a page with a query, which stands before the fragment.
fn queried(href: &str, query: &str) -> String {
    let at = href.find('#').unwrap_or(href.len());
    format!("{}{}{}", &href[..at], web_address(query), &href[at..])
}

/// An image, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address, seen from the page.
    pub address: String,
    /// Its width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// Other sizes of it (`srcset`), and how wide it is shown (`sizes`), where a reader
    /// can choose.
    pub choice: Option<(String, String)>,
}

/// The body of a page, without its title: the blocks, then the footnotes.
pub fn body(document: &Document, context: &Context<'_>) -> Checked<String> {
    let mut to = Writer::new(document, context);
    blocks(&mut to, &document.blocks);
    footnotes(&mut to, &document.footnotes);
    Checked { value: to.out.finish(), diagnostics: to.diagnostics }
}

/// The head of a page: its title, then its description.
pub fn head(document: &Document, context: &Context<'_>) -> Checked<String> {
    let mut to = Writer::new(document, context);
    to.hold("h1", &document.meta.title, None, "");
    if let Some(description) = &document.meta.description
        && !description.is_empty()
    {
        to.out.line();
        to.hold("p", description, None, "lead");
    }
    Checked { value: to.out.finish(), diagnostics: to.diagnostics }
}

/// A page as a proof: its parts, in the order in which a reader meets them. A page has the
/// same parts in every language.
pub fn proof(document: &Document, context: &Context<'_>) -> Checked<Vec<Part>> {
    let mut to = Writer::new(document, context);
    let mut parts = Vec::new();
    let meta = &document.meta;
    for segment in &meta.segments {
        to.hold("p", &segment.title, None, "");
        parts.push(Part { kind: PartKind::Segment, text: to.out.take() });
    }
    to.hold("h1", &meta.title, None, "");
    parts.push(Part { kind: PartKind::Head, text: to.out.take() });
    if let Some(description) = meta.description.as_ref().filter(|it| !it.is_empty()) {
        to.hold("p", description, None, "lead");
        parts.push(Part { kind: PartKind::Head, text: to.out.take() });
    }
    for block in &document.blocks {
        self::block(&mut to, block);
        parts.push(Part { kind: PartKind::Block, text: to.out.take() });
    }
    for note in &document.footnotes {
        to.out.start("ol").number("start", note.number).open();
        footnote(&mut to, note);
        to.out.end();
        parts.push(Part { kind: PartKind::Note, text: to.out.take() });
    }
    Checked { value: parts, diagnostics: to.diagnostics }
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its text, as XHTML.
    pub text: String,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// An entry of the trail.
    Segment,
    /// The title or the description.
    Head,
    /// A block of the text.
    Block,
    /// A footnote.
    Note,
}

/// A body that is being written.
pub struct Writer<'a> {
    /// What is written.
    pub(super) out: Xhtml,
    /// What the body needs to know.
    pub(super) context: &'a Context<'a>,
    /// Whether a link is open: it can hold no other.
    pub(super) in_link: bool,
    /// The language said around what is written next.
    pub(super) language: Language,
    document: &'a Document,
    /// The identifiers that stand in the page; made when an author first gives one.
    ids: Option<HashSet<String>>,
    callouts: usize,
    pub(super) tables: usize,
    pub(super) listings: usize,
    /// How many images there are so far.
    pub(super) images: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, context: &'a Context<'a>) -> Self {
        let out = Xhtml::new(16 * 1024, context.is_book())
            .within(languages::is_right_to_left(context.around.as_str()));
        Self {
            out: if context.flavour == Flavour::Proof { out.proof() } else { out },
            context,
            in_link: false,
            language: context.around.clone(),
            document,
            ids: None,
            callouts: 0,
            tables: 0,
            listings: 0,
            images: 0,
            diagnostics: Vec::new(),
        }
    }

    /// The language to say for something in `language`: none when it is said already.
    pub(super) fn lang<'l>(&self, language: Option<&'l Language>) -> Option<&'l str> {
        language.filter(|it| **it != self.language).map(Language::as_str)
    }

    /// Goes into something in `language`; gives the language to go back to.
    pub(super) fn enter(&mut self, language: Option<&Language>) -> Language {
        let inner = language.unwrap_or(&self.language).clone();
        std::mem::replace(&mut self.language, inner)
    }

    /// Starts an element with the author's identifier and classes, if any, and a class of
    /// our own, if not empty.
    pub(super) fn tag(
        &mut self,
        name: &'static str,
        attributes: Option<&Attributes>,
        own: &str,
    ) -> Start<'_> {
        let id = attributes.and_then(|it| self.claim(it.id.as_deref()));
        self.start(name, id, attributes, own)
    }

    fn start(
        &mut self,
        name: &'static str,
        id: Option<&str>,
        attributes: Option<&Attributes>,
        own: &str,
    ) -> Start<'_> {
        let class = attributes.map_or(String::new(), |it| it.classes.join(" "));
        let class = match (own, class.as_str()) {
            (own, "") => own.to_owned(),
            ("", class) => class.to_owned(),
            (own, class) => format!("{own} {class}"),
        };
        let is_final = attributes.is_some_and(Attributes::is_final);
        let start = self.out.start(name).maybe("id", id);
        let start = start.maybe("translate", is_final.then_some("no"));
        start.maybe("class", (!class.is_empty()).then_some(class.as_str()))
    }

    /// The author's identifier, if it is the first of its name and can be one at all.
    fn claim<'i>(&mut self, id: Option<&'i str>) -> Option<&'i str> {
        let id = id.filter(|id| !id.is_empty())?;
        let ids = self.ids.get_or_insert_with(|| reserved_ids(self.document));
        let free = !id.contains(char::is_whitespace) && ids.insert(id.to_owned());
        if !free {
            self.diagnostics.push(Diagnostic::warning("id-left-out").with("id", id));
        }
        free.then_some(id)
    }

    /// Writes an element that holds a text: its unit's identifier, its language, how its
    /// translation stands.
    pub(super) fn hold(
        &mut self,
        name: &'static str,
        text: &Text,
        attributes: Option<&Attributes>,
        class: &str,
    ) {
        self.open_text(name, None, text, attributes, class);
        self.out.end();
    }

    /// As [`Writer::hold`], but leaves the element open after the text. `anchor` is the
    /// identifier that links lead to, where the program knows it.
    fn open_text(
        &mut self,
        name: &'static str,
        anchor: Option<&str>,
        text: &Text,
        attributes: Option<&Attributes>,
        class: &str,
    ) {
        let own_id = match (anchor, attributes) {
            (Some(anchor), _) => Some(anchor),
            (None, Some(attributes)) => self.claim(attributes.id.as_deref()),
            (None, None) => None,
        };
        let unit = (!text.unit.is_empty()).then_some(text.unit.as_str());
        // An element has one identifier: the author's goes before, since links lead to it.
        let inner = own_id.and(unit);
        let outer = own_id.or(unit);
        let state = self.state(text);
        let language = attributes.and_then(|it| it.language.as_ref());
        let language = text.language.as_ref().or(language);
        let said = self.lang(language);
        let around = self.enter(language);
        let says_so = attributes.is_some_and(Attributes::is_final);
        let is_final = text.wording.is_final() && !says_so;
        self.start(name, outer, attributes, class)
            .language(said)
            .maybe("translate", is_final.then_some("no"))
            .maybe("data-state", state)
            .open();
        self.words(text, inner);
        self.language = around;
    }

    /// Writes the words of a text, in a `span` where `unit` is to be found there, and its
    /// mark.
    pub(super) fn words(&mut self, text: &Text, unit: Option<&str>) {
        if unit.is_some() {
            self.out.start("span").maybe("id", unit).open();
        }
        inline::inlines(self, &text.inlines);
        if unit.is_some() {
            self.out.end();
        }
        self.mark(text);
    }

    /// The state of a text, where the reader is to be told.
    fn state(&self, text: &Text) -> Option<&'static str> {
        (self.context.marks && text.state.is_marked()).then(|| text.state.name())
    }

    /// Tells the reader that a text is not a current translation.
    pub(super) fn mark(&mut self, text: &Text) {
        let Some(state) = self.state(text) else { return };
        let words = self.context.labels.text(&format!("mark-{state}"));
        let said = self.lang(Some(self.context.edition));
        self.out.text(" ");
        self.out.start("span").attr("class", "unit-mark").language(said).open();
        self.out.text(&words);
        self.out.end();
    }
}

/// The identifiers of the parts of a page. Anchors made from headings have no underscore.
const PARTS: [&str; 4] = ["notes_title", "page_content", "page_navigation", "page_toc"];

/// The identifiers that links of the program's own lead to. No author's identifier may
/// stand in their way.
fn reserved_ids(document: &Document) -> HashSet<String> {
    let mut ids: HashSet<String> = PARTS.iter().map(|&it| it.to_owned()).collect();
    walk::blocks(&document.blocks, &mut |block| {
        if let Block::Heading(heading) = block {
            ids.insert(heading.anchor.clone());
        }
    });
    walk::texts(document, &mut |_, text| {
        if !text.unit.is_empty() {
            ids.insert(text.unit.clone());
        }
    });
    for note in &document.footnotes {
        ids.insert(note_id(note.number));
        ids.extend((1..=note.references).map(|call| call_id(note.number, call)));
    }
    ids
}

/// The identifier of a note. Anchors made from headings have no underscore.
pub(super) fn note_id(number: u32) -> String {
    format!("note_{number}")
}

/// The identifier of a call of a note.
pub(super) fn call_id(number: u32, occurrence: u32) -> String {
    format!("call_{number}_{occurrence}")
}

/// Writes blocks, each on lines of its own.
pub(super) fn blocks(to: &mut Writer<'_>, blocks: &[Block]) {
    for block in blocks {
        self::block(to, block);
        to.out.line();
    }
}

fn block(to: &mut Writer<'_>, block: &Block) {
    match block {
        Block::Heading(it) => heading(to, it),
        Block::Paragraph(it) => to.hold("p", &it.text, Some(&it.attributes), ""),
        Block::Plain(text) => to.hold("div", text, None, "line"),
        Block::List(it) => list(to, it),
        Block::Definitions(it) => definitions(to, it),
        Block::Quote(it) => quote(to, it),
        Block::Callout(it) => callout(to, it),
        Block::Details(it) => details(to, it),
        Block::Code(it) => code(to, it),
        Block::Table(it) => table::table(to, it),
        Block::Figure(it) => figure(to, it),
        Block::Media(it) => media(to, it),
        Block::Rule(_) => to.out.start("hr").void(),
        Block::PageBreak(_) => {
            to.out.start("div").attr("class", "page-break").open();
            to.out.end();
        }
        Block::Group(it) => group(to, it),
        Block::Unknown(it) => unknown(to, it),
        Block::Math(it) => formula::block(to, it),
    }
}

fn heading(to: &mut Writer<'_>, heading: &Heading) {
    let name = match heading.level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        6.. => "h6",
    };
    // A heading without words would be announced as one and say nothing.
    let name = if heading.text.is_empty() { "div" } else { name };
    let attributes = Some(&heading.attributes);
    to.open_text(name, Some(&heading.anchor), &heading.text, attributes, "");
    to.out.end();
}

fn list(to: &mut Writer<'_>, list: &List) {
    let tasks = !list.items.is_empty() && list.items.iter().all(|it| it.task.is_some());
    let class = match (tasks, list.tight) {
        (true, _) => Some("tasks"),
        (false, true) => None,
        (false, false) => Some("loose"),
    };
    match list.kind {
        ListKind::Bullet => to.out.start("ul").maybe("class", class).open(),
        ListKind::Ordered(first) => {
            let numerals = list.numerals.to_type();
            let start = to.out.start("ol").maybe("class", class).maybe("type", numerals);
            let start = if first == 1 && !list.reversed {
                start
            } else {
                start.number("start", first)
            };
            start.maybe("reversed", list.reversed.then_some("reversed")).open();
        }
    }
    to.out.line();
    for item in &list.items {
        self::item(to, item);
    }
    to.out.end();
}

fn item(to: &mut Writer<'_>, item: &Item) {
    match item.task {
        None => flow(to, "li", &item.blocks, |start| match item.number {
            Some(number) => start.number("value", number),
            None => start,
        }),
        Some(done) => {
            to.out.start("li").attr("class", "task").open();
            task(to, done);
            flow_inside(to, &item.blocks);
            to.out.end();
        }
    }
    to.out.line();
}

/// Whether a task is done: a sign that is read aloud as a word.
fn task(to: &mut Writer<'_>, done: bool) {
    let (label, sign) = if done { ("task-done", "☑") } else { ("task-open", "☐") };
    let class = if done { "box done" } else { "box" };
    let words = to.context.labels.text(label);
    let said = to.lang(Some(to.context.edition));
    let start = to.out.start("span").attr("class", class).attr("role", "img");
    start.attr("aria-label", &words).language(said).open();
    to.out.text(sign);
    to.out.end();
    to.out.text(" ");
}

/// Writes an element whose whole content is blocks. A lone line needs no element of its
/// own: the element holds it.
pub(super) fn flow(
    to: &mut Writer<'_>,
    name: &'static str,
    blocks: &[Block],
    more: impl FnOnce(Start<'_>) -> Start<'_>,
) {
    if let [Block::Plain(text)] = blocks {
        let state = to.state(text);
        let said = to.lang(text.language.as_ref());
        let around = to.enter(text.language.as_ref());
        let unit = (!text.unit.is_empty()).then_some(text.unit.as_str());
        let start = more(to.out.start(name)).maybe("id", unit).language(said);
        let is_final = text.wording.is_final().then_some("no");
        start.maybe("translate", is_final).maybe("data-state", state).open();
        to.words(text, None);
        to.language = around;
    } else {
        more(to.out.start(name)).open();
        flow_inside(to, blocks);
    }
    to.out.end();
}

fn flow_inside(to: &mut Writer<'_>, blocks: &[Block]) {
    match blocks {
        [Block::Plain(text), rest @ ..] => {
            to.hold("span", text, None, "");
            if !rest.is_empty() {
                to.out.line();
                self::blocks(to, rest);
            }
        }
        blocks => {
            to.out.line();
            self::blocks(to, blocks);
        }
    }
}

fn definitions(to: &mut Writer<'_>, list: &DefinitionList) {
    to.out.start("dl").open();
    to.out.line();
    for entry in &list.items {
        for term in &entry.terms {
            to.hold("dt", term, None, "");
            to.out.line();
        }
        for detail in &entry.details {
            flow(to, "dd", detail, |start| start);
            to.out.line();
        }
    }
    to.out.end();
}

fn quote(to: &mut Writer<'_>, quote: &Quote) {
    let bare = quote.attribution.is_none() && quote.image.is_none();
    if !bare {
        to.out.start("figure").attr("class", "quote").open();
        to.out.line();
    }
    if let Some(image) = &quote.image {
        inline::image(to, image, Some(&image.attributes), "", None);
        to.out.line();
    }
    to.out.start("blockquote").open();
    to.out.line();
    blocks(to, &quote.blocks);
    to.out.end();
    if let Some(attribution) = &quote.attribution {
        to.out.line();
        to.hold("figcaption", attribution, None, "");
    }
    if !bare {
        to.out.line();
        to.out.end();
    }
}

fn callout(to: &mut Writer<'_>, callout: &Callout) {
    to.callouts += 1;
    let title = match &callout.title {
        Some(text) if !text.unit.is_empty() => text.unit.clone(),
        _ => format!("callout_{}", to.callouts),
    };
    let class = format!("callout callout-{}", callout.kind.name());
    let start = to.out.start("div").attr("class", &class).attr("role", "note");
    start.attr("aria-labelledby", &title).open();
    to.out.line();
    match &callout.title {
        Some(text) if !text.unit.is_empty() => to.hold("p", text, None, "callout-title"),
        own => {
            let said = to.lang(Some(to.context.edition)).filter(|_| own.is_none());
            let start = to.out.start("p").attr("class", "callout-title");
            start.attr("id", &title).language(said).open();
            match own {
                Some(text) => to.words(text, None),
                None => {
                    let label = format!("callout-{}", callout.kind.name());
                    let words = to.context.labels.text(&label);
                    to.out.text(&words);
                }
            }
            to.out.end();
        }
    }
    to.out.line();
    blocks(to, &callout.blocks);
    to.out.end();
}

fn details(to: &mut Writer<'_>, details: &Details) {
    let open = (!to.context.is_live()).then_some("open");
    to.out.start("details").maybe("open", open).open();
    to.out.line();
    to.hold("summary", &details.summary, None, "");
    to.out.line();
    blocks(to, &details.blocks);
    to.out.end();
}

/// Code longer than this may not fit into the page's width.
const LONG_LINE: usize = 48;

fn code(to: &mut Writer<'_>, code: &CodeBlock) {
    to.listings += 1;
    let number = to.listings;
    let wide = code.text.lines().any(|line| line.chars().count() > LONG_LINE);
    // What can be scrolled must be reached with the keyboard, and then have a name.
    let start = if wide && to.context.is_live() {
        let words = to.context.labels.format("listing", &[("number", number.into())]);
        let said = to.lang(Some(to.context.edition));
        let start = to.out.start("pre").attr("role", "region").attr("tabindex", "0");
        start.attr("aria-label", &words).language(said)
    } else {
        to.out.start("pre")
    };
    start.open();
    let class = code.language.as_ref().map(|it| format!("language-{it}"));
    let start = to.out.start("code").maybe("class", class.as_deref());
    start.attr("translate", "no").open();
    match tokens(code) {
        Some(lines) => coloured(to, &lines),
        None => to.out.text(&code.text),
    }
    to.out.end();
    to.out.end();
}

/// Code of which each piece says what it is.
fn coloured(to: &mut Writer<'_>, lines: &Lines) {
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            to.out.line();
        }
        for token in line {
            match token.kind {
                Some(kind) => to.out.words("span", kind.name(), &token.text),
                None => to.out.text(&token.text),
            }
        }
    }
}

fn figure(to: &mut Writer<'_>, figure: &Figure) {
    let own = figure.image.attributes.language.as_ref();
    let said_around = to.lang(own).map(str::to_owned);
    let outside = to.enter(own);
    to.tag("figure", Some(&figure.image.attributes), "")
        .language(said_around.as_deref())
        .open();
    to.out.line();
    let alternative = figure.alternative.as_ref();
    let words = alternative.map_or(String::new(), Text::to_plain);
    let unit = alternative.map(|it| it.unit.as_str()).filter(|it| !it.is_empty());
    let language = alternative.and_then(|it| it.language.as_ref());
    let opened =
        figure.link.as_ref().map(|it| inline::open_link(to, it, || words.clone()));
    // The language of a text in an attribute is that of its element.
    let said = to.lang(language).map(str::to_owned);
    let around = to.enter(language);
    if said.is_some() {
        to.out.start("span").language(said.as_deref()).open();
    }
    inline::image(to, &figure.image, None, &words, unit);
    if said.is_some() {
        to.out.end();
    }
    to.language = around;
    if let Some(outer) = opened {
        inline::close_link(to, outer);
    }
    if let Some(text) = alternative {
        to.mark(text);
    }
    to.out.line();
    if let Some(caption) = &figure.caption {
        // What is said of the image is not said of the words below it.
        let language = caption.language.clone().or_else(|| Some(outside.clone()));
        let caption = Text { language, ..caption.clone() };
        to.hold("figcaption", &caption, None, "");
        to.out.line();
    }
    to.out.end();
    to.language = outside;
}

fn media(to: &mut Writer<'_>, media: &Media) {
    let (class, label) = match media.kind {
        MediaKind::Video => ("media media-video", "video"),
        MediaKind::Audio => ("media media-audio", "audio"),
        MediaKind::Frame => ("media media-frame", "frame"),
        MediaKind::Slides => ("media media-slides", "slides"),
    };
    let kind = to.context.labels.text(label);
    let said = to.lang(Some(to.context.edition));
    to.tag("p", Some(&media.link.attributes), class).open();
    to.out.start("span").attr("class", "media-kind").language(said).open();
    to.out.text(&kind);
    to.out.end();
    to.out.text(" ");
    let link =
        crate::document::Link { attributes: Attributes::default(), ..media.link.clone() };
    let title = media.title.as_ref().filter(|it| !it.is_empty());
    let opened = inline::open_link(to, &link, || "named".to_owned());
    match title {
        Some(text) => to.hold("span", text, None, "media-title"),
        None => to.out.words("span", "media-title", &media.link.address),
    }
    inline::close_link(to, opened);
    // The address stands beside its title, for paper and for those who want to know
    // where they are led.
    if title.is_some() {
        to.out.text(" ");
        to.out.words("span", "media-address", &media.link.address);
    }
    to.out.end();
}

fn group(to: &mut Writer<'_>, group: &Group) {
    let language = group.attributes.language.as_ref();
    let said = to.lang(language);
    let around = to.enter(language);
    to.tag("div", Some(&group.attributes), "").language(said).open();
    to.out.line();
    blocks(to, &group.blocks);
    to.out.end();
    to.language = around;
}

fn unknown(to: &mut Writer<'_>, unknown: &Unknown) {
    if !unknown.text.is_empty() {
        to.hold("p", &unknown.text, None, "unknown");
    }
}

fn footnotes(to: &mut Writer<'_>, notes: &[Footnote]) {
    if notes.is_empty() {
        return;
    }
    let title = to.context.labels.text("footnotes");
    let said = to.lang(Some(to.context.edition));
    let kind = to.context.is_book().then_some("endnotes");
    let start = to.out.start("section").attr("class", "footnotes");
    let start = start.attr("role", "doc-endnotes").maybe("epub:type", kind);
    start.attr("aria-labelledby", "notes_title").open();
    to.out.line();
    to.out.start("h2").attr("id", "notes_title").language(said).open();
    to.out.text(&title);
    to.out.end();
    to.out.line();
    to.out.start("ol").open();
    to.out.line();
    for note in notes {
        footnote(to, note);
    }
    to.out.end();
    to.out.line();
    to.out.end();
    to.out.line();
}

fn footnote(to: &mut Writer<'_>, note: &Footnote) {
    to.out.start("li").attr("id", &note_id(note.number)).open();
    // The way back stands in the last line, where the eye is.
    match note.blocks.as_slice() {
        [before @ .., Block::Paragraph(last)] => {
            to.out.line();
            blocks(to, before);
            to.open_text("p", None, &last.text, Some(&last.attributes), "");
            ways_back(to, note);
            to.out.end();
            to.out.line();
        }
        [before @ .., Block::Plain(last)] => {
            to.out.line();
            blocks(to, before);
            to.open_text("p", None, last, None, "");
            ways_back(to, note);
            to.out.end();
            to.out.line();
        }
        all => {
            to.out.line();
            blocks(to, all);
            if note.references > 0 {
                to.out.start("p").open();
                ways_back(to, note);
                to.out.end();
                to.out.line();
            }
        }
    }
    to.out.end();
    to.out.line();
}

fn ways_back(to: &mut Writer<'_>, note: &Footnote) {
    for occurrence in 1..=note.references {
        let labels = to.context.labels;
        let number = ("number", note.number.to_string().into());
        let name = match occurrence {
            1 => labels.format("back-to-text", &[number]),
            more => {
                let occurrence = ("occurrence", more.to_string().into());
                labels.format("back-to-text-again", &[number, occurrence])
            }
        };
        let said = to.lang(Some(to.context.edition));
        to.out.text(" ");
        to.out
            .start("a")
            .attr("class", "back")
            .attr("href", &to.context.places.anchor(&call_id(note.number, occurrence)))
            .attr("role", "doc-backlink")
            .attr("aria-label", &name)
            .language(said)
            .open();
        to.out.text("↩");
        // U+FE0E asks for the sign of the text, not for a coloured picture.
        to.out.text("\u{FE0E}");
        to.out.end();
    }
}
