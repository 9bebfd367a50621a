//! Ways through a document, in reading order.
//!
//! [`texts`] and [`texts_mut`] are one walk written once: what is extracted for
//! translation and what a translation is applied to cannot differ.

use super::{Block, Document, Image, Inline, Link, Role, Text};

macro_rules! text_walk {
    ($document_walk:ident, $block_walk:ident, $iter:ident, $as:ident $(, $mut:tt)?) => {
        /// Visits every text of the document in reading order: the title, the
        /// description, the breadcrumb entries, the
        /// body, then the footnotes.
        pub fn $document_walk(
            document: & $($mut)? Document,
            visit: &mut dyn FnMut(Role, & $($mut)? Text),
        ) {
            visit(Role::Title, & $($mut)? document.meta.title);
            if let Some(description) = document.meta.description.$as() {
                visit(Role::Description, description);
            }
            for segment in document.meta.segments.$iter() {
                visit(Role::Segment, & $($mut)? segment.title);
            }
            $block_walk(& $($mut)? document.blocks, &mut |_| Role::Paragraph, visit);
            for note in document.footnotes.$iter() {
                $block_walk(& $($mut)? note.blocks, &mut |_| Role::Paragraph, visit);
            }
        }

        /// Visits every text of these blocks in reading order. `plain` names the role of
        /// a text that is no paragraph of its own.
        pub fn $block_walk(
            blocks: & $($mut)? [Block],
            plain: &mut dyn FnMut(&Text) -> Role,
            visit: &mut dyn FnMut(Role, & $($mut)? Text),
        ) {
            for block in blocks.$iter() {
                match block {
                    Block::Heading(it) => {
                        visit(Role::Heading(it.level), & $($mut)? it.text);
                    }
                    Block::Paragraph(it) => visit(Role::Paragraph, & $($mut)? it.text),
                    Block::Plain(text) => {
                        let role = plain(text);
                        visit(role, text);
                    }
                    Block::List(it) => {
                        for item in it.items.$iter() {
                            $block_walk(& $($mut)? item.blocks, &mut |_| Role::Item, visit);
                        }
                    }
                    Block::Definitions(it) => {
                        for item in it.items.$iter() {
                            for term in item.terms.$iter() {
                                visit(Role::Term, term);
                            }
                            for detail in item.details.$iter() {
                                $block_walk(detail, &mut |_| Role::Paragraph, visit);
                            }
                        }
                    }
                    Block::Quote(it) => {
                        $block_walk(& $($mut)? it.blocks, &mut |_| Role::Paragraph, visit);
                        if let Some(text) = it.attribution.$as() {
                            visit(Role::Attribution, text);
                        }
                    }
                    Block::Callout(it) => {
                        if let Some(text) = it.title.$as() {
                            visit(Role::CalloutTitle, text);
                        }
                        $block_walk(& $($mut)? it.blocks, &mut |_| Role::Paragraph, visit);
                    }
                    Block::Details(it) => {
                        visit(Role::Summary, & $($mut)? it.summary);
                        $block_walk(& $($mut)? it.blocks, &mut |_| Role::Paragraph, visit);
                    }
                    Block::Table(it) => {
                        if let Some(text) = it.caption.$as() {
                            visit(Role::Caption, text);
                        }
                        for row in it.head.$iter().chain(it.body.$iter()) {
                            let mut column = 1;
                            for cell in row.cells.$iter() {
                                let (number, header) = (column, cell.scope.is_some());
                                column += cell.columns.max(1);
                                $block_walk(
                                    & $($mut)? cell.blocks,
                                    &mut |_| Role::Cell { column: number, header },
                                    visit,
                                );
                            }
                        }
                    }
                    Block::Figure(it) => {
                        if let Some(text) = it.alternative.$as() {
                            visit(Role::Alternative, text);
                        }
                        if let Some(text) = it.caption.$as() {
                            visit(Role::Caption, text);
                        }
                    }
                    Block::Media(it) => {
                        if let Some(text) = it.title.$as() {
                            visit(Role::MediaTitle, text);
                        }
                    }
                    Block::Group(it) => $block_walk(& $($mut)? it.blocks, plain, visit),
                    Block::Unknown(it) => visit(Role::Unknown, & $($mut)? it.text),
                    Block::Code(_)
                    | Block::Math(_)
                    | Block::Rule(_)
                    | Block::PageBreak(_) => {}
                }
            }
        }
    };
}

text_walk!(texts, block_texts, iter, as_ref);
text_walk!(texts_mut, block_texts_mut, iter_mut, as_mut, mut);

/// Visits every block, each before the blocks inside it.
pub fn blocks(blocks: &[Block], visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        visit(block);
        for_children(block, &mut |inner| self::blocks(inner, visit));
    }
}

fn for_children(block: &Block, visit: &mut dyn FnMut(&[Block])) {
    match block {
        Block::List(it) => it.items.iter().for_each(|item| visit(&item.blocks)),
        Block::Definitions(it) => {
            it.items.iter().flat_map(|item| &item.details).for_each(|it| visit(it));
        }
        Block::Quote(it) => visit(&it.blocks),
        Block::Callout(it) => visit(&it.blocks),
        Block::Details(it) => visit(&it.blocks),
        Block::Group(it) => visit(&it.blocks),
        Block::Table(it) => {
            let rows = it.head.iter().chain(&it.body);
            rows.flat_map(|row| &row.cells).for_each(|cell| visit(&cell.blocks));
        }
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Plain(_)
        | Block::Code(_)
        | Block::Figure(_)
        | Block::Media(_)
        | Block::Rule(_)
        | Block::PageBreak(_)
        | Block::Math(_)
        | Block::Unknown(_) => {}
    }
}

/// Visits every block, each before the blocks inside it, and lets it be changed.
pub fn blocks_mut(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List(it) => {
                it.items.iter_mut().for_each(|item| blocks_mut(&mut item.blocks, visit));
            }
            Block::Definitions(it) => {
                let details = it.items.iter_mut().flat_map(|item| &mut item.details);
                details.for_each(|it| blocks_mut(it, visit));
            }
            Block::Quote(it) => blocks_mut(&mut it.blocks, visit),
            Block::Callout(it) => blocks_mut(&mut it.blocks, visit),
            Block::Details(it) => blocks_mut(&mut it.blocks, visit),
            Block::Group(it) => blocks_mut(&mut it.blocks, visit),
            Block::Table(it) => {
                let rows = it.head.iter_mut().chain(&mut it.body);
                let cells = rows.flat_map(|row| &mut row.cells);
                cells.for_each(|cell| blocks_mut(&mut cell.blocks, visit));
            }
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Plain(_)
            | Block::Code(_)
            | Block::Figure(_)
            | Block::Media(_)
            | Block::Rule(_)
            | Block::PageBreak(_)
            | Block::Math(_)
            | Block::Unknown(_) => {}
        }
    }
}

/// Visits every inline, each before the inlines inside it.
pub fn inlines<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Styled(_, inner) => self::inlines(inner, visit),
            Inline::Link(link) => self::inlines(&link.inlines, visit),
            Inline::Span(span) => self::inlines(&span.inlines, visit),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::HardBreak
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Math(_)
            | Inline::Footnote(_) => {}
        }
    }
}

/// Visits every inline, each before the inlines inside it, and lets it be changed.
pub fn inlines_mut(inlines: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Styled(_, inner) => inlines_mut(inner, visit),
            Inline::Link(link) => inlines_mut(&mut link.inlines, visit),
            Inline::Span(span) => inlines_mut(&mut span.inlines, visit),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::HardBreak
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Math(_)
            | Inline::Footnote(_) => {}
        }
    }
}

/// A link or an image, wherever it stands.
pub enum Reference<'a> {
    /// A link, of a line, of a figure or of a medium.
    Link(&'a Link),
    /// An image, of a line, of a figure, of a quotation or of the front matter.
    Image(&'a Image),
}

/// A link or an image that can be changed.
pub enum ReferenceMut<'a> {
    /// See [`Reference::Link`].
    Link(&'a mut Link),
    /// See [`Reference::Image`].
    Image(&'a mut Image),
}

macro_rules! reference_walk {
    (
        $walk:ident, $reference:ident, $texts:ident, $blocks:ident, $inlines:ident,
        $iter:ident $(, $mut:tt)?
    ) => {
        /// Visits every link and image of the document, those of its texts included.
        pub fn $walk(document: & $($mut)? Document, visit: &mut dyn FnMut($reference<'_>)) {
            document.meta.image.$iter().for_each(|it| visit($reference::Image(it)));
            let notes = document.footnotes.$iter().map(|note| & $($mut)? note.blocks);
            for part in std::iter::once(& $($mut)? document.blocks).chain(notes) {
                $blocks(part, &mut |block| match block {
                    Block::Figure(it) => {
                        visit($reference::Image(& $($mut)? it.image));
                        it.link.$iter().for_each(|link| visit($reference::Link(link)));
                    }
                    Block::Media(it) => visit($reference::Link(& $($mut)? it.link)),
                    Block::Quote(it) => {
                        it.image.$iter().for_each(|image| visit($reference::Image(image)));
                    }
                    _ => {}
                });
            }
            $texts(document, &mut |_, text| {
                $inlines(& $($mut)? text.inlines, &mut |inline| match inline {
                    Inline::Link(link) => visit($reference::Link(link)),
                    Inline::Image(image) => visit($reference::Image(image)),
                    _ => {}
                });
            });
        }
    };
}

reference_walk!(references, Reference, texts, blocks, inlines, iter);
reference_walk!(
    references_mut,
    ReferenceMut,
    texts_mut,
    blocks_mut,
    inlines_mut,
    iter_mut,
    mut
);
