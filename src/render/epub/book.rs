//! The book: an edition's pages as chapters, its contents, its cover, its images.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io,
};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, TocElement, ZipLibrary};
use rayon::prelude::*;

use super::{
    Error, Options,
    archive::{self, Entry},
    chapter::{Chapter, chapter},
    cover,
    images::{Images, Shown},
    metadata::{self, Pictures},
    names,
    package::{self, Facts, Line},
};
use crate::{
    diagnostic::Checked,
    document::PageKey,
    languages,
    render::{File, Format, theme},
    site::{self, Edition, Metadata, Page, Site, address},
};

/// The folder of the archive in which `epub-builder` puts everything.
const FOLDER: &str = "OEBPS";

/// Makes the book of an edition.
pub fn book(
    site: &Site,
    edition: &Edition,
    options: &Options,
) -> Result<Checked<File>, Error> {
    let mut diagnostics = Vec::new();
    let images = Images::new(site, &options.cache);
    let contents = Contents::new(edition);
    let keys: BTreeSet<&PageKey> = contents.pages.iter().map(|page| &page.key).collect();
    let written: Vec<Checked<Chapter>> = contents
        .pages
        .par_iter()
        .map(|page| chapter(site, edition, page, &keys, &images))
        .collect();
    let chapters: Vec<Chapter> =
        written.into_iter().map(|it| it.take(&mut diagnostics)).collect();
    let mut used = BTreeSet::new();
    for (page, chapter) in contents.pages.iter().zip(&chapters) {
        for path in &chapter.images {
            // An image is spoken of once, on the first page that shows it.
            if used.insert(path.as_str()) {
                let diagnostic = images.diagnostic(path).cloned();
                diagnostics.extend(diagnostic.map(|it| it.in_file(&page.file)));
            }
        }
    }
    let shown: Vec<&Shown<'_>> =
        used.iter().filter_map(|path| images.get(path)).collect();

    let book =
        Book { site, edition, contents: &contents, chapters: &chapters, images: &shown };
    let bytes = archive::write(&book.entries(options)?)?;
    let file = File {
        path: address::epub(&site.publication, &edition.language),
        bytes: bytes.into(),
        format: Format::Epub,
        language: Some(edition.language.clone()),
        page: None,
    };
    Ok(Checked { value: file, diagnostics })
}

/// The parts of a book.
struct Book<'a> {
    site: &'a Site,
    edition: &'a Edition,
    contents: &'a Contents<'a>,
    chapters: &'a [Chapter],
    images: &'a [&'a Shown<'a>],
}

impl<'a> Book<'a> {
    /// The files of the archive, in their order.
    fn entries(&self, options: &'a Options) -> Result<Vec<Entry<'a>>, Error> {
        let style = theme::style(&options.theme, "epub/book.css");
        let drawing = cover::drawing(&self.site.publication, self.edition);
        let cover = cover::page(&self.site.publication, self.edition);
        let mut entries = self.package(options)?;
        entries.extend([
            inside(names::STYLE, style, false),
            inside(names::COVER_IMAGE, Cow::Owned(drawing.into_bytes()), false),
            inside(names::COVER, Cow::Owned(cover.into_bytes()), false),
        ]);
        entries.extend(
            self.chapters
                .iter()
                .map(|it| inside(&it.file, Cow::Borrowed(it.xhtml.as_bytes()), false)),
        );
        entries.extend(self.images.iter().map(|it| {
            let packed = it.media_type != "image/svg+xml";
            inside(&it.name, Cow::Borrowed(it.bytes.as_ref()), packed)
        }));
        Ok(entries)
    }

    /// The documents that `epub-builder` makes, mended.
    fn package(&self, options: &Options) -> Result<Vec<Entry<'a>>, Error> {
        let publication = &self.site.publication;
        let labels = &self.edition.labels;
        let said = Metadata::of_edition(self.site, self.edition);
        let published = options.formats.iter().map(|it| it.name()).collect::<Vec<_>>();
        let statements = said.statements("epub", &published);
        let modified = format!("{}T00:00:00Z", publication.date);
        let dublin_core = metadata::dublin_core(publication, &statements);
        let texts =
            ["landmarks", "cover", "contents", "start-of-text"].map(|it| labels.text(it));
        let mut landmarks = vec![
            ("cover", names::COVER, texts[1].as_str()),
            ("toc", "nav.xhtml#toc", texts[2].as_str()),
        ];
        if let Some(first) = self.chapters.first() {
            landmarks.push(("bodymatter", &first.file, &texts[3]));
        }
        let facts = Facts {
            language: self.edition.language.as_str(),
            borrowed: borrowed(self.edition),
            direction: direction(self.edition),
            title: &self.edition.title,
            identifier: &said.identifier,
            modified: &modified,
            metadata: &dublin_core,
            properties: &self.properties(),
            contents: &self.contents.lines,
            landmarks_title: &texts[0],
            landmarks: &landmarks,
        };
        let raw = self.raw()?;
        let read = |name: &str| archive::read(&raw, name);
        let container = read("META-INF/container.xml")?;
        let opf = package::package(&read("OEBPS/content.opf")?, &facts)?;
        let nav = package::contents(&read("OEBPS/nav.xhtml")?, &facts)?;
        let ncx = package::ncx(&read("OEBPS/toc.ncx")?, &facts)?;
        Ok(vec![
            Entry {
                path: "META-INF/container.xml".to_owned(),
                bytes: Cow::Owned(container.into_bytes()),
                packed: false,
            },
            inside("content.opf", Cow::Owned(opf.into_bytes()), false),
            inside(names::CONTENTS, Cow::Owned(nav.into_bytes()), false),
            inside("toc.ncx", Cow::Owned(ncx.into_bytes()), false),
        ])
    }

    /// The archive that `epub-builder` makes of the same files, all of them empty: only
    /// the documents that it writes itself are taken from it.
    fn raw(&self) -> Result<Vec<u8>, Error> {
        let publication = &self.site.publication;
        let labels = &self.edition.labels;
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder
            .epub_version(EpubVersion::V33)
            .metadata("title", one_line(&self.edition.title))?
            .metadata("lang", self.edition.language.as_str())?
            .metadata("direction", direction(self.edition))?
            .metadata("generator", concat!("Plantin ", env!("CARGO_PKG_VERSION")))?
            .metadata("toc_name", one_line(&labels.text("contents")))?;
        for creator in Metadata::of_edition(self.site, self.edition).creators {
            builder.metadata("author", creator)?;
        }
        if !self.edition.description.is_empty() {
            builder.metadata("description", one_line(&self.edition.description))?;
        }
        if let Some(licence) = &publication.licence {
            builder.metadata("license", licence.as_str())?;
        }
        for statement in metadata::accessibility(self.edition, self.pictures()) {
            builder.add_metadata_opf(Box::new(statement));
        }
        builder.stylesheet(io::empty())?;
        builder.add_cover_image(names::COVER_IMAGE, io::empty(), "image/svg+xml")?;
        let mut content = EpubContent::new(names::COVER, io::empty());
        if self.chapters.is_empty() {
            // A table of contents cannot be empty.
            content = content.title(labels.text("cover"));
        }
        builder.add_content(content)?;
        for chapter in self.chapters {
            let mut content = EpubContent::new(chapter.file.as_str(), io::empty());
            if let Some(tree) = self.contents.trees.get(&chapter.file) {
                content.toc = tree.clone();
            }
            builder.add_content(content)?;
        }
        for image in self.images {
            builder.add_resource(&image.name, io::empty(), image.media_type)?;
        }
        let mut bytes = Vec::new();
        builder.generate(&mut bytes)?;
        Ok(bytes)
    }

    /// The files that hold something that their item must announce.
    fn properties(&self) -> BTreeMap<&'a str, &'static str> {
        let all = self.chapters.iter().filter_map(|it| {
            let drawn = it.xhtml.contains("<svg");
            let properties = match (drawn, it.xhtml.contains("<math ")) {
                (true, true) => "svg mathml",
                (true, false) => "svg",
                (false, true) => "mathml",
                (false, false) => return None,
            };
            Some((it.file.as_str(), properties))
        });
        all.collect()
    }

    /// The images that are shown, counted in what was written.
    fn pictures(&self) -> Pictures {
        let tags = self.chapters.iter().flat_map(|it| it.xhtml.split("<img ").skip(1));
        let mut pictures = Pictures::default();
        let formulas = self.chapters.iter().map(|it| it.xhtml.matches("<math ").count());
        pictures.formulas = formulas.sum();
        for tag in tags.filter_map(|it| it.split('>').next()) {
            let silent = tag.contains("alt=\"\"");
            pictures.decorative += usize::from(silent);
            pictures.described += usize::from(!silent);
        }
        pictures
    }
}

fn inside<'a>(name: &str, bytes: Cow<'a, [u8]>, packed: bool) -> Entry<'a> {
    Entry { path: format!("{FOLDER}/{name}"), bytes, packed }
}

/// The language and the direction of the interface's words, where they are borrowed.
pub(super) fn borrowed(edition: &Edition) -> Option<(&str, &'static str)> {
    let spoken = Some(edition.labels.spoken()).filter(|it| **it != edition.language)?;
    let turns = languages::is_right_to_left(spoken.as_str());
    Some((spoken.as_str(), if turns { "rtl" } else { "ltr" }))
}

fn direction(edition: &Edition) -> &'static str {
    if edition.right_to_left { "rtl" } else { "ltr" }
}

/// Words on one line, without what XML cannot hold.
fn one_line(words: &str) -> String {
    let words: Vec<&str> = words
        .split(|it: char| it.is_control() || it == ' ')
        .filter(|it| !it.is_empty())
        .collect();
    // Some readers have no narrow space: see `element`.
    words.join(" ").replace('\u{202f}', "\u{a0}")
}

/// The contents of a book: which pages are in it, in their order, and the table that
/// leads to them.
struct Contents<'a> {
    /// The pages, in the order of the table: readers expect the one of the chapters.
    pages: Vec<&'a Page>,
    /// The branches of the table, by the first chapter in each.
    trees: BTreeMap<String, TocElement>,
    /// The lines of the table.
    lines: Vec<Line>,
}

impl<'a> Contents<'a> {
    fn new(edition: &'a Edition) -> Self {
        let mut it =
            Self { pages: Vec::new(), trees: BTreeMap::new(), lines: Vec::new() };
        // Lists of pages are the site's: a book has contents of its own.
        let mut left: BTreeMap<&PageKey, &Page> = edition
            .pages
            .iter()
            .filter(|page| page.in_books)
            .map(|page| (&page.key, page))
            .collect();
        for entry in &edition.contents {
            it.branch(edition, entry, &mut left);
        }
        // Nothing is lost, even if the contents forgot it.
        for page in edition.pages.iter().filter(|page| page.in_books) {
            if left.contains_key(&page.key) {
                let text = page.document.meta.title.clone();
                let page = Some(page.key.clone());
                let entry = site::Entry { text, page, children: Vec::new() };
                it.branch(edition, &entry, &mut left);
            }
        }
        it
    }

    /// Adds a branch of the table.
    fn branch(
        &mut self,
        edition: &'a Edition,
        entry: &site::Entry,
        left: &mut BTreeMap<&PageKey, &'a Page>,
    ) {
        let first = self.pages.len();
        if let Some(tree) = self.entry(edition, entry, left) {
            self.trees.insert(names::chapter(&self.pages[first].key), tree);
        }
    }

    /// Adds an entry and what lies under it; `None` where that is no page of the book.
    /// `epub-builder` wants a link for each, and takes it for the chapter's own on top:
    /// a heading without a page gets that of the first page under it, and `package`
    /// takes it away.
    fn entry(
        &mut self,
        edition: &'a Edition,
        entry: &site::Entry,
        left: &mut BTreeMap<&PageKey, &'a Page>,
    ) -> Option<TocElement> {
        let (first, line) = (self.pages.len(), self.lines.len());
        let page = entry.page.as_ref().and_then(|key| left.remove(key));
        self.pages.extend(page);
        self.lines.push(Line {
            file: page.map(|page| names::chapter(&page.key)),
            language: (entry.text.language.as_ref())
                .filter(|it| **it != edition.language)
                .map(ToString::to_string),
        });
        let children: Vec<TocElement> = (entry.children.iter())
            .filter_map(|child| self.entry(edition, child, left))
            .collect();
        let Some(file) = self.pages.get(first).map(|page| names::chapter(&page.key))
        else {
            self.lines.truncate(line);
            return None;
        };
        let words = one_line(&entry.text.to_plain());
        let words = if words.is_empty() { file.clone() } else { words };
        Some(children.into_iter().fold(TocElement::new(file, words), TocElement::child))
    }
}
