//! Typesetting: Typst lays documents out and writes files.
//!
//! What goes wrong is tried again with less: a workspace's theme gives way to the
//! built-in one; the image that was refused is painted, or goes; the characters that were
//! named go; and only where nothing of that helps all images and rare characters of the
//! page do. Each step is said in a diagnostic; a reader gets a file wherever one can be
//! made.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use typst::{
    WorldExt,
    comemo::{self, Track},
    diag::{Severity, SourceDiagnostic},
    ecow::{EcoString, EcoVec},
    foundations::{Bytes, Content, Datetime, NativeElement, Smart},
    introspection::Introspector as _,
    model::{Document as _, DocumentInfo, HeadingElem, LateLinkResolver},
    syntax::DiagSpan,
};
use typst_layout::{Page as Sheet, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{
    Attachment, Options,
    bind::{self, Binding, Sheets},
    block::{self, Scene},
    book::{self, Manuscript, Margin, Starts},
    ends, identify, leaves,
    preflight::{Care, Gallery, Images, Refusal, is_plain},
    probe,
    world::{self, Desk, Shared},
    xmp,
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{Date, Language, PageKey},
    render::{File, Format},
    site::{Edition, Metadata, Page, Site, address},
};

/// How often characters that were named are taken out of a page before all rare ones are.
const PATIENCE: usize = 8;

/// The most characters that a page may have to be printed: about 350 pages of paper.
const LONGEST: usize = 1_000_000;

/// Where documents are made.
pub(super) struct Workshop<'a> {
    /// The publication.
    pub(super) site: &'a Site,
    /// How PDFs are made.
    pub(super) options: &'a Options,
    /// What all documents share.
    pub(super) shared: &'a Shared,
    /// What is known of the images.
    pub(super) gallery: &'a Gallery,
}

/// What became of a document.
pub(super) struct Setting {
    /// Its file, where one was wanted and could be made.
    pub(super) file: Option<File>,
    /// Its pages of paper.
    pub(super) sheets: Option<Sheets>,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Why Typst did not do it.
#[derive(Default)]
struct Failure {
    /// What it says.
    refusal: Refusal,
    /// The same as diagnostics of the workspace's theme.
    theme: Vec<Diagnostic>,
    /// Whether it was laid out, and could not be written.
    is_laid_out: bool,
}

/// What a file says of itself, and what travels in it.
struct Cover<'a> {
    info: DocumentInfo,
    said: Metadata,
    attached: Vec<&'a Attachment>,
    name: &'a str,
}

/// A document that was laid out.
struct Layout {
    sheets: Vec<Sheet>,
    info: DocumentInfo,
    warnings: Vec<Diagnostic>,
}

impl<'a> Workshop<'a> {
    /// Lays out a page, and makes its file if one is wanted.
    pub(super) fn page(
        &self,
        edition: &Edition,
        page: &Page,
        wants_file: bool,
    ) -> Setting {
        let length = block::length(&page.document);
        if length > LONGEST {
            let fault = Diagnostic::error("pdf-too-long").with("length", length);
            let diagnostics = vec![fault.in_file(&page.file)];
            return Setting { file: None, sheets: None, diagnostics };
        }
        let made = self.attempt(edition, |scene| self.try_page(scene, page, wants_file));
        let setting = match made {
            Ok(made) => {
                let (file, sheets) = made.value;
                Setting { file, sheets: Some(sheets), diagnostics: made.diagnostics }
            }
            Err(diagnostics) => Setting { file: None, sheets: None, diagnostics },
        };
        let diagnostics = setting.diagnostics.into_iter();
        let diagnostics = diagnostics.map(|it| it.in_file(&page.file)).collect();
        Setting { diagnostics, ..setting }
    }

    fn try_page(
        &self,
        scene: Scene<'_>,
        page: &Page,
        wants_file: bool,
    ) -> Result<Checked<(Option<File>, Sheets)>, Failure> {
        let manuscript = book::page(scene, page);
        let mut diagnostics = manuscript.diagnostics.clone();
        let layout = self.lay_out(&manuscript)?;
        diagnostics.extend(layout.warnings);
        let (key, leads) = (page.key.clone(), manuscript.leads);
        // What Typst remembers would share the sheets: they are changed in place.
        comemo::evict(0);
        let mut sheets = layout.sheets;
        bind::tag_contents(&mut sheets, &book::depths(&manuscript.data));
        let is_leftward = scene.edition.right_to_left;
        let sheets =
            Sheets::new(key.as_str(), Some(key.clone()), sheets, leads, is_leftward);
        let file = if wants_file {
            let margins = book::margins_of(scene, page, sheets.len());
            let info = self.page_info(scene, page, layout.info);
            let mut binding = Binding::default();
            binding.add(sheets.clone(), "");
            let name = page.key.as_str();
            let said = Metadata::of_page(self.site, scene.edition, page);
            let attached = self.attached(scene, Some(&page.key));
            let cover = Cover { info, said, attached, name };
            let bytes = self.export(scene, binding, &margins, cover)?;
            Some(file(&scene, Some(&page.key), bytes))
        } else {
            None
        };
        Ok(Checked { value: (file, sheets), diagnostics })
    }

    fn page_info(
        &self,
        scene: Scene<'_>,
        page: &Page,
        info: DocumentInfo,
    ) -> DocumentInfo {
        let meta = &page.document.meta;
        let title = one_line(&meta.title.to_plain());
        // A PDF without a title is none that keeps to PDF/UA.
        let title = if title.is_empty() { page.key.to_string() } else { title };
        DocumentInfo {
            title: Some(title.into()),
            description: meta
                .description
                .as_ref()
                .map(|it| one_line(&it.to_plain()).into()),
            keywords: meta.tags.iter().map(|it| one_line(it).into()).collect(),
            author: creators(&Metadata::of_page(self.site, scene.edition, page)),
            ..self.info(scene, page.date.unwrap_or(self.site.publication.date), info)
        }
    }

    fn info(&self, scene: Scene<'_>, date: Date, info: DocumentInfo) -> DocumentInfo {
        let day = Datetime::from_ymd(i32::from(date.year), date.month, date.day);
        DocumentInfo {
            author: creators(&Metadata::of_edition(self.site, scene.edition)),
            date: Smart::Custom(day),
            ..info
        }
    }

    /// Makes the book of an edition of its pages, in order. Those that could not be laid
    /// out are not in it.
    pub(super) fn book(
        &self,
        edition: &Edition,
        pages: Vec<Option<Checked<Option<Sheets>>>>,
    ) -> Setting {
        let mut diagnostics = Vec::new();
        let mut chapters = Vec::new();
        for page in pages.into_iter().flatten() {
            diagnostics.extend(page.diagnostics);
            chapters.extend(page.value);
        }
        let mut made = self.attempt(edition, |scene| self.try_book(scene, &chapters));
        if made.is_err() {
            // A page may have spoilt it, whose own file nobody wanted.
            chapters = self.amended(edition, chapters, &mut diagnostics);
            made = self.attempt(edition, |scene| self.try_book(scene, &chapters));
        }
        let file = match made {
            Ok(made) => {
                diagnostics.extend(made.diagnostics);
                Some(made.value)
            }
            Err(faults) => {
                diagnostics.extend(faults);
                None
            }
        };
        Setting { file, sheets: None, diagnostics }
    }

    /// The pages of a book, those that cannot be written laid out again with as much care
    /// as a file of their own needs.
    fn amended(
        &self,
        edition: &Edition,
        chapters: Vec<Sheets>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Sheets> {
        let mut amended = Vec::with_capacity(chapters.len());
        for chapter in chapters {
            if self.stands_alone(edition, &chapter) {
                amended.push(chapter);
            } else if let Some(page) =
                chapter.key.as_ref().and_then(|it| edition.page(it))
            {
                let again = self.page(edition, page, true);
                amended.extend(again.sheets);
                let new = again.diagnostics.into_iter();
                let new: Vec<_> = new.filter(|it| !diagnostics.contains(it)).collect();
                diagnostics.extend(new);
            }
        }
        amended
    }

    fn stands_alone(&self, edition: &Edition, chapter: &Sheets) -> bool {
        let made = self.attempt(edition, |scene| {
            let mut binding = Binding::default();
            binding.add(chapter.clone(), "");
            let margins = vec![Margin::default(); binding.len()];
            let info =
                DocumentInfo { title: Some("?".into()), ..DocumentInfo::default() };
            let info = self.info(scene, self.site.publication.date, info);
            let said = Metadata::of_edition(self.site, scene.edition);
            let cover = Cover { info, said, attached: Vec::new(), name: "" };
            self.export(scene, binding, &margins, cover)?;
            Ok(Checked::fine(()))
        });
        made.is_ok()
    }

    fn try_book(
        &self,
        scene: Scene<'_>,
        chapters: &[Sheets],
    ) -> Result<Checked<File>, Failure> {
        let (layout, manuscript) = self.front(scene, chapters)?;
        let mut diagnostics = manuscript.diagnostics;
        diagnostics.extend(layout.warnings);
        let mut margins: Vec<Margin> = Vec::new();
        for number in 0..layout.sheets.len() {
            let address = book::short_address(&self.site.publication.base);
            margins.push(Margin { folio: number > 0, address, ..Margin::default() });
        }
        margins[0].address = String::new();
        let mut binding = Binding::default();
        let mut pages = layout.sheets;
        bind::tag_contents(&mut pages, &book::depths(&manuscript.data));
        let front = Sheets::new(
            "front",
            None,
            pages,
            manuscript.leads,
            scene.edition.right_to_left,
        );
        binding.add(front, "");
        for chapter in chapters {
            let Some(page) = chapter.key.as_ref().and_then(|it| scene.edition.page(it))
            else {
                continue;
            };
            margins.extend(book::margins_of(scene, page, chapter.len()));
            binding.add(chapter.clone(), &prefix(&page.key));
        }
        let date = self.site.publication.date;
        let description = one_line(&scene.edition.description);
        let info = DocumentInfo {
            title: Some(one_line(&scene.edition.title).into()),
            description: Some(description).filter(|it| !it.is_empty()).map(Into::into),
            ..self.info(scene, date, layout.info)
        };
        let said = Metadata::of_edition(self.site, scene.edition);
        let attached = self.attached(scene, None);
        let cover = Cover { info, said, attached, name: "book" };
        let bytes = self.export(scene, binding, &margins, cover)?;
        Ok(Checked { value: file(&scene, None, bytes), diagnostics })
    }

    /// The pages before the first one. How many there are moves the numbers that they
    /// show, so they are laid out again until both agree.
    fn front(
        &self,
        scene: Scene<'_>,
        chapters: &[Sheets],
    ) -> Result<(Layout, Manuscript), Failure> {
        let mut count = 2;
        for _ in 0..4 {
            let manuscript = book::front(scene, &starts(chapters, count));
            let layout = self.lay_out(&manuscript)?;
            if layout.sheets.len() == count {
                return Ok((layout, manuscript));
            }
            count = layout.sheets.len();
        }
        let manuscript = book::front(scene, &starts(chapters, count));
        Ok((self.lay_out(&manuscript)?, manuscript))
    }

    /// Tries with the theme, then with the built-in one, each time with more care.
    fn attempt<T>(
        &self,
        edition: &Edition,
        make: impl Fn(Scene<'_>) -> Result<Checked<T>, Failure>,
    ) -> Result<Checked<T>, Vec<Diagnostic>> {
        let own = (self.shared.theme == world::OWN).then_some(world::OWN);
        let mut theme_faults = Vec::new();
        let mut reason = String::new();
        for theme in own.into_iter().chain([world::BUILT_IN]) {
            let mut step = Some(Step::default());
            while let Some(now) = step {
                let (site, shared, gallery) = (self.site, self.shared, self.gallery);
                let paper = self.options.paper.as_str();
                let rare = self.options.rare;
                let care = &now.care;
                let scene =
                    Scene { site, edition, shared, gallery, theme, paper, rare, care };
                let made = catch_unwind(AssertUnwindSafe(|| make(scene)));
                // The memory of Typst is the process's own and has no end: it is emptied
                // after each document, failed ones included.
                comemo::evict(0);
                let failure = match made {
                    Ok(Ok(mut made)) => {
                        if now.is_last_resort() {
                            let fault = Diagnostic::error("pdf-simplified");
                            made.diagnostics.push(fault.because("other", &reason));
                        } else if theme == world::BUILT_IN {
                            made.diagnostics.append(&mut theme_faults);
                        }
                        return Ok(made);
                    }
                    Ok(Err(failure)) => failure,
                    Err(_) => Failure::panicked(),
                };
                reason.clone_from(&failure.refusal.reason);
                step = now.next(&failure.refusal);
                if theme == world::OWN {
                    // The built-in theme may do it without what is lost then.
                    step = step.filter(|it| failure.is_laid_out && !it.is_last_resort());
                    theme_faults = failure.theme;
                }
            }
        }
        Err(vec![Diagnostic::error("pdf-failed").because("other", reason)])
    }

    /// Lays a document out.
    fn lay_out(&self, manuscript: &Manuscript) -> Result<Layout, Failure> {
        let data = Bytes::new(manuscript.data.to_string().into_bytes());
        let desk = Desk {
            shared: self.shared,
            data,
            images: manuscript.images.clone(),
            attachments: manuscript.attachments.clone(),
        };
        let compiled = typst::compile::<PagedDocument>(&desk);
        match compiled.output {
            Ok(document) => Ok(Layout {
                sheets: document.pages().to_vec(),
                info: document.info().clone(),
                warnings: self.warnings(&compiled.warnings),
            }),
            Err(errors) => Err(self.failure(&errors)),
        }
    }

    /// Writes a file: headers and footers, links, names of places, tags.
    fn export(
        &self,
        scene: Scene<'_>,
        mut binding: Binding,
        margins: &[Margin],
        cover: Cover<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let Cover { info, said, attached, name } = cover;
        let headers = self.lay_out(&book::margins(scene, margins, &attached))?.sheets;
        binding.overlay(Sheets::new("margins", None, headers, Vec::new(), false));
        let starts = binding.starts();
        let (pages, anchors) = binding.finish();
        let document = PagedDocument::new(pages.into_iter().collect(), info);
        let introspector = document.introspector();
        let resolver = LateLinkResolver::new(None, introspector.as_ref());
        let publication = &self.site.publication.name;
        // Only the third part of PDF/A lets files of any kind travel in a file.
        let archival =
            if attached.is_empty() { PdfStandard::A_2a } else { PdfStandard::A_3a };
        let published: Vec<&str> =
            self.options.formats.iter().map(|it| it.name()).collect();
        let statements = said.statements("pdf", &published);
        let options = PdfOptions {
            ident: Smart::Custom(format!(
                "plantin:{publication}:{name}:{}",
                scene.edition.language
            )),
            creator: Smart::Custom(Some(self.options.creator.clone())),
            timestamp: None,
            page_ranges: None,
            standards: PdfStandards::new(&[PdfStandard::Ua_1, archival])
                .expect("the two standards go together"),
            tagged: true,
            pretty: false,
        };
        let headings = introspector.query(&HeadingElem::ELEM.select());
        let places = anchors.iter().map(|it| it.0);
        let places = places.chain(headings.iter().filter_map(Content::location));
        let leaves =
            leaves::leaves(document.pages(), &places.collect::<Vec<_>>(), &starts);
        let names: Vec<&EcoString> = anchors.iter().map(|it| &it.1).collect();
        typst_pdf::pdf_in_bundle(&document, &options, &anchors, resolver.track())
            .map(|file| {
                let file = identify::identified(file, &names, &leaves);
                let language = scene.edition.language.as_str();
                ends::settled(xmp::said(file, &statements, language))
            })
            .map_err(|errors| Failure { is_laid_out: true, ..self.failure(&errors) })
    }

    /// What is attached to the PDF of a page, or to the book: what its pages have, each
    /// file once.
    fn attached(&self, scene: Scene<'_>, key: Option<&PageKey>) -> Vec<&'a Attachment> {
        let language = &scene.edition.language;
        let all = &self.options.attachments;
        let own: Vec<&'a Attachment> = match key {
            Some(key) => {
                let own = all.get(&(language.clone(), key.clone()));
                own.into_iter().flatten().collect()
            }
            None => {
                all.iter().filter(|it| it.0.0 == *language).flat_map(|it| it.1).collect()
            }
        };
        let mut paths = BTreeSet::new();
        own.into_iter().filter(|it| paths.insert(&it.path)).collect()
    }

    fn failure(&self, errors: &EcoVec<SourceDiagnostic>) -> Failure {
        let refusal = probe::said(errors);
        let theme = errors.iter().map(|error| {
            let fault = Diagnostic::error("pdf-theme").because("other", &error.message);
            let place = self.place(error).unwrap_or_default();
            fault.at(place).in_file(&theme_file())
        });
        Failure { refusal, theme: theme.collect(), is_laid_out: false }
    }

    /// What Typst noticed in the workspace's theme.
    fn warnings(&self, warnings: &EcoVec<SourceDiagnostic>) -> Vec<Diagnostic> {
        if self.shared.theme != world::OWN {
            return Vec::new();
        }
        let warnings = warnings.iter().filter(|it| it.severity == Severity::Warning);
        let warnings = warnings.map(|warning| {
            let font = warning.message.strip_prefix("unknown font family: ");
            let fault = match font {
                Some(font) => Diagnostic::warning("pdf-theme-font").with("font", font),
                None => Diagnostic::warning("pdf-theme-warning")
                    .because("other", &warning.message),
            };
            let named = || font.and_then(|font| self.place_of_name(font));
            let place = self.place(warning).or_else(named);
            let fault = place.map_or(fault.clone(), |it| fault.at(it));
            fault.in_file(&theme_file())
        });
        warnings.collect()
    }

    /// Where in the workspace's theme it is: there, or where the theme was called.
    fn place(&self, fault: &SourceDiagnostic) -> Option<Place> {
        let spans = std::iter::once(fault.span);
        let trace = fault.trace.iter().map(|it| DiagSpan::from(it.span));
        spans.chain(trace).find_map(|span| self.place_of(span))
    }

    /// Where the workspace's theme first writes a name, which Typst tells in small letters.
    fn place_of_name(&self, name: &str) -> Option<Place> {
        let source = self.shared.source(world::id(world::OWN))?;
        let text = source.text();
        let same = |at: &usize| {
            let found = text.get(*at..*at + name.len());
            found.is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        let start = text.char_indices().map(|it| it.0).find(same)?;
        let (line, column) = source.lines().byte_to_line_column(start)?;
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Some(Place {
            line: number(line + 1),
            column: number(column + 1),
            start: number(start),
            end: number(start + name.len()),
        })
    }

    fn place_of(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        if world::name(id) != world::OWN {
            return None;
        }
        let desk = Desk {
            shared: self.shared,
            data: Bytes::new([]),
            images: Vec::new(),
            attachments: Vec::new(),
        };
        let range = desk.range(span)?;
        let source = self.shared.source(id)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Some(Place {
            line: number(line + 1),
            column: number(column + 1),
            start: number(range.start),
            end: number(range.end),
        })
    }
}

impl Failure {
    fn panicked() -> Self {
        let refusal = Refusal { reason: "panic".to_owned(), ..Refusal::default() };
        Self { refusal, ..Self::default() }
    }
}

/// A try to make a document, with some care.
#[derive(Clone, Debug, Default)]
struct Step {
    care: Care,
    /// How often characters were taken out that were named.
    patience: usize,
}

impl Step {
    /// What is tried after this failed; `None` where nothing is left to try.
    fn next(mut self, refusal: &Refusal) -> Option<Self> {
        let named = refusal.letters.iter().filter(|it| !is_plain(**it));
        let named: BTreeSet<char> =
            named.copied().filter(|it| !self.care.letters.contains(it)).collect();
        match self.care.images {
            Images::Shown => self.care.images = Images::Tried,
            Images::Tried if !named.is_empty() && self.patience < PATIENCE => {
                self.care.letters.extend(named);
                self.patience += 1;
            }
            Images::Tried if !self.care.plain_letters => self.care.plain_letters = true,
            Images::Tried => {
                self.care.images = Images::Left;
                self.care.plain_letters = false;
            }
            Images::Left if !self.care.plain_letters => self.care.plain_letters = true,
            Images::Left => return None,
        }
        Some(self)
    }

    /// Whether more is given up than what was refused.
    fn is_last_resort(&self) -> bool {
        self.care.plain_letters || self.care.images == Images::Left
    }
}

fn theme_file() -> Arc<str> {
    Arc::from(world::OWN.trim_start_matches('/'))
}

/// The sheet on which each page begins, from 1, after so many sheets.
fn starts(chapters: &[Sheets], before: usize) -> Starts {
    let mut next = before + 1;
    let mut starts = Starts::new();
    for chapter in chapters {
        starts.extend(chapter.key.clone().map(|key| (key, next)));
        next += chapter.len();
    }
    starts
}

/// What goes before the names of the places of a page in a book.
fn prefix(key: &PageKey) -> String {
    let path = address::encode(key.as_str().trim_start_matches('/'));
    if path.is_empty() { "/".to_owned() } else { path }
}

/// A text in one line without characters that cannot be seen.
fn creators(said: &Metadata) -> Vec<EcoString> {
    said.creators.iter().map(Into::into).collect()
}

fn one_line(text: &str) -> String {
    let words = text
        .split_whitespace()
        .map(|word| word.chars().filter(|it| !it.is_control()).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

fn file(scene: &Scene<'_>, key: Option<&PageKey>, bytes: Vec<u8>) -> File {
    let language: &Language = &scene.edition.language;
    File {
        path: match key {
            Some(key) => address::pdf(language, key),
            None => address::pdf_book(&scene.site.publication, language),
        },
        bytes: Arc::new(bytes),
        format: Format::Pdf,
        language: Some(language.clone()),
        page: key.cloned(),
    }
}
