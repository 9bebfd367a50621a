//! What a reader should meet of a page: the outline of the page itself, before any format.
//!
//! It is read from the document and not from a file, so that a difference can say where in
//! the source the unit stands, and so that what every export lacks is missed too.

use super::{
    markup,
    outline::{Builder, Cell, Frame, Kind, Outline, Step, normal},
    place,
};
use crate::{
    document::{
        Attributes, Block, Figure, FootnoteReference, Formula, Image, Inline, Language,
        Link, List, Media, MediaKind, Resource, Row, Scope, Style, Target, Text, text,
        walk,
    },
    site::{Edition, Page, Site},
};

/// The outline of a page of an edition.
pub(super) fn outline(site: &Site, edition: &Edition, page: &Page) -> Outline {
    let around = if page.fallback { &page.authored } else { &edition.language };
    let mut reader = Reader {
        site,
        edition,
        out: Builder::new(edition.language.as_str()),
        language: around.clone(),
        marks: !page.fallback,
        explained: Vec::new(),
        in_link: false,
    };
    let meta = &page.document.meta;
    reader.piece(&meta.title, Kind::Heading(1), None);
    if let Some(description) = meta.description.as_ref().filter(|it| !it.is_empty()) {
        reader.piece(description, Kind::Text, None);
    }
    reader.blocks(&page.document.blocks);
    reader.out.settle();
    for note in &page.document.footnotes {
        reader.out.enter(Frame::Note(note.number.to_string()));
        reader.out.name(&format!("note_{}", note.number));
        reader.blocks(&note.blocks);
        reader.out.leave();
        if let Some(last) = reader.out.outline.pieces.last_mut() {
            last.returns = (1..=note.references)
                .map(|call| format!("call_{}_{call}", note.number))
                .collect();
        }
    }
    let trail = reader.trail(page);
    let mut outline = reader.out.build();
    outline.title = Some(normal(&meta.title.to_plain()));
    outline.trail = Some(trail);
    outline
}

struct Reader<'a> {
    site: &'a Site,
    edition: &'a Edition,
    out: Builder,
    language: Language,
    /// Whether units that are no current translation are marked.
    marks: bool,
    explained: Vec<String>,
    in_link: bool,
}

impl Reader<'_> {
    fn trail(&self, page: &Page) -> Vec<Step> {
        if !page.show_breadcrumb {
            return Vec::new();
        }
        let last = page.trail.crumbs.len().saturating_sub(1);
        let steps = page.trail.crumbs.iter().enumerate().map(|(index, crumb)| {
            let key = crumb.page.clone().filter(|_| index < last);
            Step {
                text: normal(&text::plain(&crumb.text.inlines)),
                target: key.and_then(|key| self.target(&Target::Page(key, None))),
            }
        });
        steps.collect()
    }

    /// Where a link leads, with what it asks of a file.
    fn lead(&self, link: &Link) -> Option<String> {
        let target = self.target(&link.target)?;
        Some(match link.target {
            Target::File(_) => target + &place::decoded(link.ending()),
            Target::Page(..)
            | Target::Outside(_)
            | Target::Nothing
            | Target::Unresolved => target,
        })
    }

    /// Where a link leads, in the words of all formats.
    fn target(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(key, anchor) => {
                let is_here = self.edition.page(key).is_some();
                let source = &self.site.publication.source;
                let language = if is_here { &self.edition.language } else { source };
                let page = format!("/{language}{key}");
                Some(anchor.as_ref().map_or(page.clone(), |it| format!("{page}#{it}")))
            }
            Target::File(path) => Some(format!("/assets/content/{path}")),
            Target::Outside(address) => {
                Some(place::on_site(address, "/", &self.site.publication.base))
            }
            Target::Nothing | Target::Unresolved => None,
        }
    }

    fn enter(&mut self, language: Option<&Language>) -> Language {
        let inner = language.unwrap_or(&self.language).clone();
        std::mem::replace(&mut self.language, inner)
    }

    fn words(&mut self, words: &str) {
        self.out.words(self.language.as_str(), words);
    }

    /// Words of the interface.
    fn label(&mut self, words: &str) {
        self.out.words(self.edition.labels.spoken().as_str(), words);
    }

    fn attributes(&mut self, attributes: Option<&Attributes>) {
        let id = attributes.and_then(|it| it.id.as_deref());
        if let Some(id) =
            id.filter(|it| !it.is_empty() && !it.contains(char::is_whitespace))
        {
            self.out.name(id);
        }
    }

    /// A text that is a piece.
    fn piece(&mut self, text: &Text, kind: Kind, attributes: Option<&Attributes>) {
        self.out.end();
        self.out.begin(kind);
        self.attributes(attributes);
        self.unit(text, attributes);
        self.out.end();
    }

    /// A text in the open piece, with its name, its place and its mark.
    fn unit(&mut self, text: &Text, attributes: Option<&Attributes>) {
        let own = attributes.and_then(|it| it.language.as_ref());
        let around = self.enter(text.language.as_ref().or(own));
        if !text.unit.is_empty() {
            self.out.name(&text.unit);
        }
        self.inlines(&text.inlines);
        self.language = around;
        let piece = self.out.piece();
        piece.place = Some(text.place);
        if self.marks && text.state.is_marked() {
            let words = self.edition.labels.text(&format!("mark-{}", text.state.name()));
            piece.mark = normal(&words);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|it| self.block(it));
    }

    fn framed(&mut self, frame: Frame, blocks: &[Block]) {
        self.out.enter(frame);
        self.blocks(blocks);
        self.out.leave();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(it) => {
                self.out.end();
                self.out.name(&it.anchor);
                let is_empty = it.text.is_empty();
                let kind = if is_empty { Kind::Text } else { Kind::Heading(it.level) };
                self.piece(&it.text, kind, Some(&without_id(&it.attributes)));
            }
            Block::Paragraph(it) => {
                self.piece(&it.text, Kind::Text, Some(&it.attributes));
            }
            Block::Plain(it) => self.piece(it, Kind::Text, None),
            Block::List(it) => self.list(it),
            Block::Definitions(it) => {
                self.out.enter(Frame::Definitions);
                for item in &it.items {
                    item.terms.iter().for_each(|it| self.piece(it, Kind::Term, None));
                    item.details.iter().for_each(|it| self.framed(Frame::Meaning, it));
                }
                self.out.leave();
            }
            Block::Quote(it) => {
                if let Some(image) = &it.image {
                    self.out.end();
                    self.image(image, "");
                    self.out.end();
                }
                self.framed(Frame::Quote, &it.blocks);
                if let Some(who) = &it.attribution {
                    self.piece(who, Kind::Caption, None);
                }
            }
            Block::Callout(it) => {
                self.out.enter(Frame::Callout);
                match &it.title {
                    Some(title) => self.piece(title, Kind::Text, None),
                    None => {
                        let name = format!("callout-{}", it.kind.name());
                        self.label(&self.edition.labels.text(&name));
                        self.out.end();
                    }
                }
                self.blocks(&it.blocks);
                self.out.leave();
            }
            Block::Details(it) => {
                self.out.enter(Frame::Details);
                self.piece(&it.summary, Kind::Text, None);
                self.blocks(&it.blocks);
                self.out.leave();
            }
            Block::Code(it) => {
                self.out.end();
                self.out.begin(Kind::Code);
                self.out.piece().place = Some(it.place);
                self.words(&it.text);
                self.out.end();
            }
            Block::Table(it) => {
                self.out.enter(Frame::Table);
                if let Some(caption) = &it.caption {
                    self.piece(caption, Kind::Caption, None);
                }
                let mut grid = markup::Grid::default();
                self.rows(&it.head, 0, &mut grid);
                self.rows(&it.body, it.head.len(), &mut grid);
                self.out.leave();
            }
            Block::Figure(it) => self.figure(it),
            Block::Media(it) => self.media(it),
            Block::Rule(_) | Block::PageBreak(_) => self.out.end(),
            Block::Group(it) => {
                self.out.end();
                self.attributes(Some(&it.attributes));
                let around = self.enter(it.attributes.language.as_ref());
                self.blocks(&it.blocks);
                self.language = around;
            }
            Block::Math(it) => {
                self.out.end();
                self.formula(it);
                self.out.end();
            }
            Block::Unknown(it) => {
                if !it.text.is_empty() {
                    self.piece(&it.text, Kind::Text, None);
                }
            }
        }
    }

    fn list(&mut self, list: &List) {
        let numbers = list.labels();
        self.out.enter(Frame::List(numbers.is_some()));
        for (index, item) in list.items.iter().enumerate() {
            let number = numbers.as_ref().and_then(|it| it.get(index));
            match (item.task, number) {
                (Some(true), _) => self.out.label("☑"),
                (Some(false), _) => self.out.label("☐"),
                (None, Some(number)) => self.out.label(number),
                (None, None) => {}
            }
            self.framed(Frame::Item, &item.blocks);
        }
        self.out.leave();
    }

    fn rows(&mut self, rows: &[Row], above: usize, grid: &mut markup::Grid) {
        for (y, row) in rows.iter().enumerate() {
            self.out.row();
            for cell in &row.cells {
                let size = |it: u32| usize::try_from(it).unwrap_or(1).clamp(1, 1000);
                let (high, wide) =
                    (size(cell.rows).min(rows.len() - y), size(cell.columns));
                let x = grid.place(above + y, high, wide);
                let heads = match cell.scope.filter(|_| !cell.is_silent()) {
                    Some(Scope::Column) => "column",
                    Some(Scope::Row) => "row",
                    None => "",
                };
                let place = Cell {
                    row: above + y + 1,
                    column: x + 1,
                    rows: high,
                    columns: wide,
                    heads,
                };
                self.out.enter(Frame::Cell(place));
                let before = self.out.count();
                self.blocks(&cell.blocks);
                self.out.end();
                if self.out.count() == before {
                    self.out.begin(Kind::Text);
                    self.out.piece().place = Some(cell.place);
                    self.out.end_even_empty();
                }
                self.out.leave();
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.out.end();
        self.attributes(Some(&figure.image.attributes));
        let language = figure.alternative.as_ref().and_then(|it| it.language.clone());
        let language = language.or_else(|| figure.image.attributes.language.clone());
        let words = figure.alternative.as_ref().map_or(String::new(), Text::to_plain);
        let around = self.enter(language.as_ref());
        let target = figure.link.as_ref().and_then(|it| self.lead(it));
        if let Some(target) = target.clone() {
            self.out.open_link(target);
        }
        if let Some(unit) = figure.alternative.as_ref().filter(|it| !it.unit.is_empty()) {
            self.out.piece().place = Some(unit.place);
            self.out.name(&unit.unit);
        }
        let name = figure.link.as_ref().filter(|_| target.is_some()).map(name);
        // An image that says nothing of itself is called as its link is.
        let name =
            name.filter(|_| words.trim().is_empty() && self.is_there(&figure.image));
        let was_in_link = std::mem::replace(&mut self.in_link, target.is_some());
        self.image(&figure.image, &name.unwrap_or(words));
        self.in_link = was_in_link;
        self.out.close_link();
        self.language = around;
        if let Some(text) = &figure.alternative
            && self.marks
            && text.state.is_marked()
        {
            let words = self.edition.labels.text(&format!("mark-{}", text.state.name()));
            self.out.piece().mark = normal(&words);
        }
        self.out.end();
        if let Some(caption) = &figure.caption {
            self.piece(caption, Kind::Caption, None);
        }
    }

    /// Whether there is an image in a line, and whether there is one that can be shown.
    fn images_in(&self, inlines: &[Inline]) -> (bool, bool) {
        let (mut any, mut shown) = (false, false);
        walk::inlines(inlines, &mut |it| {
            if let Inline::Image(image) = it {
                any = true;
                shown |= self.is_there(image);
            }
        });
        (any, shown)
    }

    fn is_there(&self, image: &Image) -> bool {
        match &image.resource {
            Resource::File(path) => self.site.resources.contains_key(path),
            Resource::Missing | Resource::Unresolved => false,
        }
    }

    /// An image, or what stands in for it.
    fn image(&mut self, image: &Image, alternative: &str) {
        if self.is_there(image) {
            if !alternative.trim().is_empty() {
                let language = self.language.clone();
                self.out.image(language.as_str(), alternative);
            }
            return;
        }
        let shown = if alternative.is_empty() { &image.address } else { alternative };
        let (before, behind) = self.edition.labels.around("missing-image", "alternative");
        let is_remote = crate::site::links::is_web(&image.address);
        let linked = is_remote && !self.in_link;
        if linked {
            self.out.open_link(place::decoded(&image.address));
        }
        self.label(&before);
        if alternative.is_empty() {
            self.label(shown);
        } else {
            self.words(shown);
        }
        self.label(&behind);
        if linked {
            self.out.close_link();
        }
    }

    /// A formula, which is heard as its source.
    fn formula(&mut self, formula: &Formula) {
        let language = self.language.clone();
        self.out.image(language.as_str(), &formula.latex);
    }

    fn media(&mut self, media: &Media) {
        self.out.end();
        self.attributes(Some(&media.link.attributes));
        let label = match media.kind {
            MediaKind::Video => "video",
            MediaKind::Audio => "audio",
            MediaKind::Frame => "frame",
            MediaKind::Slides => "slides",
        };
        self.label(&self.edition.labels.text(label));
        let target = self.lead(&media.link);
        let title = media.title.as_ref().filter(|it| !it.is_empty());
        let Some(title) = title else {
            self.out.end();
            self.linked(target, |to| to.words(&media.link.address));
            return self.out.end();
        };
        self.words(" · ");
        self.linked(target, |to| to.unit(title, None));
        self.out.end();
        self.words(&media.link.address);
        self.out.end();
    }

    /// Reads what is in a link; a link holds no other.
    fn linked(&mut self, target: Option<String>, read: impl FnOnce(&mut Self)) {
        match target.filter(|_| !self.in_link) {
            Some(target) => {
                self.in_link = true;
                self.out.open_link(target);
                read(self);
                self.out.close_link();
                self.in_link = false;
            }
            None => read(self),
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|it| self.inline(it));
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(words) => self.words(words),
            Inline::Code(words) => self.set_apart("code", |to| to.words(words)),
            Inline::SoftBreak | Inline::HardBreak => self.words(" "),
            Inline::Styled(style, inner) => self.styled(style, inner),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => {
                let around = self.enter(image.attributes.language.as_ref());
                self.attributes(Some(&image.attributes));
                self.image(image, &image.alternative);
                self.language = around;
            }
            Inline::Math(it) => self.formula(it),
            Inline::Footnote(call) => self.call(call),
            Inline::Span(span) => {
                let own = span.language.as_ref().or(span.attributes.language.as_ref());
                let around = self.enter(own);
                self.attributes(Some(&span.attributes));
                self.inlines(&span.inlines);
                self.language = around;
            }
        }
    }

    fn styled(&mut self, style: &Style, inner: &[Inline]) {
        match style {
            Style::Quoted => {
                self.words("“");
                self.inlines(inner);
                self.words("”");
            }
            Style::Abbreviation(meaning) => {
                self.inlines(inner);
                let short = text::plain(inner);
                let meaning = meaning.as_deref().unwrap_or_default().trim();
                if !self.explained.contains(&short) {
                    self.explained.push(short);
                    if !meaning.is_empty() {
                        self.words(&format!(" ({meaning})"));
                    }
                }
            }
            Style::Emphasis => self.set_apart("em", |to| to.inlines(inner)),
            Style::Strong => self.set_apart("strong", |to| to.inlines(inner)),
            Style::Deleted => self.set_apart("del", |to| to.inlines(inner)),
            Style::Inserted => self.set_apart("ins", |to| to.inlines(inner)),
            Style::Superscript => self.set_apart("sup", |to| to.inlines(inner)),
            Style::Subscript => self.set_apart("sub", |to| to.inlines(inner)),
            Style::Highlight => self.set_apart("mark", |to| to.inlines(inner)),
            Style::Small => self.set_apart("small", |to| to.inlines(inner)),
            Style::Keyboard => self.set_apart("kbd", |to| to.inlines(inner)),
            Style::Cite => self.set_apart("cite", |to| to.inlines(inner)),
            Style::Time(_) => self.inlines(inner),
        }
    }

    /// Reads what is set apart from what is around it.
    fn set_apart(&mut self, name: &str, read: impl FnOnce(&mut Self)) {
        let around = self.out.set_apart(name);
        read(self);
        self.out.set_as(around);
    }

    fn link(&mut self, link: &Link) {
        let around = self.enter(link.attributes.language.as_ref());
        let target = self.lead(link).filter(|_| !self.in_link);
        let is_link = target.is_some();
        self.attributes(Some(&link.attributes));
        self.linked(target, |to| {
            let is_silent = text::plain(&link.inlines).trim().is_empty();
            let (has_image, shows_one) = to.images_in(&link.inlines);
            if is_silent && is_link && shows_one {
                let language = to.language.clone();
                to.out.image(language.as_str(), &name(link));
            } else if is_silent && is_link && !has_image {
                to.words(&name(link));
            } else {
                to.inlines(&link.inlines);
            }
        });
        self.language = around;
    }

    fn call(&mut self, call: &FootnoteReference) {
        let number = call.number.to_string();
        if self.in_link {
            return self.words(&number);
        }
        self.out.name(&format!("call_{number}_{}", call.occurrence));
        let language = self.language.clone();
        self.out.call(language.as_str(), &number);
    }
}

/// What a link without words is called.
fn name(link: &Link) -> String {
    link.title.clone().unwrap_or_else(|| link.address.clone())
}

/// A heading has one name of its own; the author's gave it that name.
fn without_id(attributes: &Attributes) -> Attributes {
    Attributes { id: None, ..attributes.clone() }
}
