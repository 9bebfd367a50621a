//! An image tried alone: whether a file of ours may hold it.
//!
//! Typst says that a document may not be written, but not for the sake of which image. So
//! where a page fails, each of its images is written into a document of its own, once.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use typst::{
    Library, World, comemo,
    diag::FileResult,
    diag::SourceDiagnostic,
    ecow::EcoVec,
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{
    fonts::FAMILIES,
    preflight::Refusal,
    world::{self, Desk, Shared},
};
use crate::source::files::ResourceFile;

/// The name of the program that shows one image.
const MAIN: &str = "/probe.typ";

/// Why a file of ours may not hold an image; `None` where it may.
pub(super) fn refusal(
    file: &Arc<ResourceFile>,
    format: &str,
    shared: &Shared,
) -> Option<Refusal> {
    let images = vec![Arc::clone(file)];
    let desk = Desk { shared, data: Bytes::new([]), images, attachments: Vec::new() };
    let stand = Stand { desk, main: Source::new(world::id(MAIN), program(format)) };
    let written = catch_unwind(AssertUnwindSafe(|| write(&stand)));
    // The memory of Typst is emptied after each document.
    comemo::evict(0);
    match written {
        Ok(Ok(())) => None,
        Ok(Err(errors)) => Some(said(&errors)),
        Err(_) => Some(Refusal { reason: "panic".to_owned(), ..Refusal::default() }),
    }
}

/// A document that shows the first image.
fn program(format: &str) -> String {
    let path = world::image(0);
    format!(
        "#set document(title: \"?\", date: datetime(year: 2000, month: 1, day: 1))\n\
         #set page(width: auto, height: auto)\n\
         #set text(lang: \"fr\", font: (\"{}\",))\n\
         #image({path:?}, format: {format:?}, alt: \"?\")\n",
        FAMILIES.join("\", \""),
    )
}

fn write(stand: &Stand<'_>) -> Result<(), EcoVec<SourceDiagnostic>> {
    let document = typst::compile::<PagedDocument>(stand).output?;
    typst_pdf::pdf(&document, &options()).map(|_| ())
}

fn options() -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom("probe".to_owned()),
        creator: Smart::Custom(None),
        timestamp: None,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .expect("the two standards go together"),
        tagged: true,
        pretty: false,
    }
}

/// What Typst says, and the characters that it names.
pub(super) fn said(errors: &EcoVec<SourceDiagnostic>) -> Refusal {
    let reason = errors.first().map(|it| it.message.to_string()).unwrap_or_default();
    let letters = errors.iter().flat_map(|it| named(&it.message)).collect();
    Refusal { reason, letters }
}

/// The characters of the texts that a message names, which Typst writes as its own
/// programs would: `"…"`, with `\u{e000}` for what cannot be seen.
fn named(message: &str) -> Vec<char> {
    let Some((_, rest)) = message.split_once("`\"") else { return Vec::new() };
    let Some((text, _)) = rest.split_once("\"`") else { return Vec::new() };
    let mut letters = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let code = rest.strip_prefix("\\u{").and_then(|it| it.split_once('}'));
        let code = code.and_then(|(code, after)| {
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after))
        });
        let (letter, after) = code.unwrap_or((letter, &rest[letter.len_utf8()..]));
        letters.push(letter);
        rest = after;
    }
    letters
}

/// The world of one image.
struct Stand<'a> {
    desk: Desk<'a>,
    main: Source,
}

impl World for Stand<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.desk.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.desk.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { self.desk.source(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.desk.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.desk.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Theme;

    fn tried(bytes: &[u8], media_type: &'static str, format: &str) -> Option<Refusal> {
        let (shared, _) = Shared::new(&Theme::new());
        let file = ResourceFile {
            path: "a".to_owned(),
            bytes: Arc::new(bytes.to_vec()),
            media_type,
            size: None,
        };
        refusal(&Arc::new(file), format, &shared)
    }

    fn drawn(inside: &str) -> Option<Refusal> {
        let text = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>{inside}</svg>"
        );
        tried(text.as_bytes(), "image/svg+xml", "svg")
    }

    #[test]
    fn an_ordinary_image_is_taken() {
        assert_eq!(drawn("<rect width='4' height='3'/><text y='9'>Été</text>"), None);
    }

    #[test]
    fn what_may_not_be_written_is_named() {
        let gradient = drawn(
            "<linearGradient id='g' spreadMethod='reflect' x2='.2'><stop/>\
             <stop offset='1' stop-color='#fff'/></linearGradient>\
             <rect width='40' height='20' fill='url(#g)'/>",
        );
        let reason = gradient.expect("it is refused").reason;
        assert!(reason.contains("PostScript"), "{reason}");
        let text = drawn("<text y='9'>a漢</text>").expect("it is refused");
        assert!(text.letters.contains(&'漢'), "{text:?}");
    }

    #[test]
    fn the_texts_of_a_message_are_read() {
        assert_eq!(named("the text `\"a\\u{e000}漢\"` could"), ['a', '\u{e000}', '漢']);
        assert!(named("no text").is_empty());
    }
}
