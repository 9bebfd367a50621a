//! A document, text by text, each in the language that it is shown in.

use super::{Rules, line, words};
use crate::document::{Attributes, Block, Document, Figure, Image, Language, Text};

/// Sets every text of a document.
pub fn document(document: &mut Document, rules: &Rules) {
    let language = document.language.clone();
    let mut setter = Setter { rules, language };
    let meta = &mut document.meta;
    setter.text(&mut meta.title, None);
    meta.description.iter_mut().for_each(|it| setter.text(it, None));
    meta.segments.iter_mut().for_each(|it| setter.text(&mut it.title, None));
    meta.image.iter_mut().for_each(|it| setter.image(it));
    setter.blocks(&mut document.blocks);
    for note in &mut document.footnotes {
        setter.blocks(&mut note.blocks);
    }
}

/// A way through a document.
struct Setter<'a> {
    rules: &'a Rules,
    /// The language of what comes next.
    language: Language,
}

impl Setter<'_> {
    fn text(&mut self, text: &mut Text, attributes: Option<&Attributes>) {
        let own = attributes.and_then(|it| it.language.clone());
        let language = text.language.clone().or(own);
        line::set(
            &mut text.inlines,
            language.as_ref().unwrap_or(&self.language),
            self.rules,
        );
    }

    fn optional(&mut self, text: &mut Option<Text>) {
        text.iter_mut().for_each(|it| self.text(it, None));
    }

    fn plain(&self, text: &mut String) {
        *text = words(text, self.rules.profile(&self.language)).into_owned();
    }

    fn image(&self, image: &mut Image) {
        self.plain(&mut image.alternative);
        image.title.iter_mut().for_each(|it| self.plain(it));
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        blocks.iter_mut().for_each(|it| self.block(it));
    }

    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Heading(it) => self.text(&mut it.text, Some(&it.attributes)),
            Block::Paragraph(it) => self.text(&mut it.text, Some(&it.attributes)),
            Block::Plain(it) => self.text(it, None),
            Block::List(it) => {
                it.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
            }
            Block::Definitions(it) => {
                for item in &mut it.items {
                    item.terms.iter_mut().for_each(|term| self.text(term, None));
                    item.details.iter_mut().for_each(|detail| self.blocks(detail));
                }
            }
            Block::Quote(it) => {
                self.blocks(&mut it.blocks);
                self.optional(&mut it.attribution);
                it.image.iter_mut().for_each(|image| self.image(image));
            }
            Block::Callout(it) => {
                self.optional(&mut it.title);
                self.blocks(&mut it.blocks);
            }
            Block::Details(it) => {
                self.text(&mut it.summary, None);
                self.blocks(&mut it.blocks);
            }
            Block::Table(it) => {
                self.optional(&mut it.caption);
                let rows = it.head.iter_mut().chain(&mut it.body);
                for cell in rows.flat_map(|row| &mut row.cells) {
                    self.blocks(&mut cell.blocks);
                }
            }
            Block::Figure(it) => self.figure(it),
            Block::Media(it) => {
                self.optional(&mut it.title);
                it.link.title.iter_mut().for_each(|title| self.plain(title));
            }
            Block::Group(it) => {
                let inner = it.attributes.language.clone();
                let inner = inner.unwrap_or_else(|| self.language.clone());
                let around = std::mem::replace(&mut self.language, inner);
                self.blocks(&mut it.blocks);
                self.language = around;
            }
            Block::Unknown(it) => self.text(&mut it.text, None),
            Block::Code(_) | Block::Math(_) | Block::Rule(_) | Block::PageBreak(_) => {}
        }
    }

    fn figure(&mut self, figure: &mut Figure) {
        self.image(&mut figure.image);
        self.optional(&mut figure.alternative);
        self.optional(&mut figure.caption);
        let link = figure.link.as_mut().and_then(|it| it.title.as_mut());
        link.into_iter().for_each(|title| self.plain(title));
    }
}
