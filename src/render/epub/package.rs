//! What `epub-builder` writes, made right.
//!
//! The crate makes three documents for us: the package (metadata, manifest, spine), the
//! table of contents and its older form, the NCX. Version 0.8.3 gets the following wrong;
//! each has a test in `tests/epub.rs` that fails once the crate does better, so that the
//! repair can go.
//!
//! | | fault | what is done |
//! | --- | --- | --- |
//! | E1 | `dc:language` and `dc:creator` have the same `id` | the language's goes |
//! | E2 | landmarks without a list, unless each has a title that also enters the contents | written here |
//! | E3 | `MetadataOpfV3::add_refines` writes the `id` | not called |
//! | E4 | `MetadataOpfV3.content` is not escaped | escaped in `metadata` |
//! | E5 | entries of the archive carry the time | `archive` writes it |
//! | E6 | neither language nor direction on the package, the contents and the NCX | set here |
//! | E7 | no `properties` on items | set here |
//! | E8 | `a/b` and `a_b` have the same `id` | `names` makes no `_` |
//! | E9 | no place for `dc:publisher`, `dc:source`, `dc:date` as a day, a URN that is no UUID; a `guide` always | put in and taken out here |
//! | E10 | `epub_direction` has no effect; the default version is 2 | `metadata("direction")`, `epub_version` |
//! | E11 | its traits `Zip` and `MetadataRenderer` are not exported | its archive is read back |
//! | E12 | the date of change is the clock's, unless one depends on `chrono` too | set here |
//! | E13 | an entry of the contents always is a link | a heading that leads nowhere becomes a `span` |
//! | E14 | the NCX has the contents' name for a title, no identifier, and two steps for two links to one page | set here |
//!
//! The pass is structured: tags are read, changed and written, whatever their layout.

use std::collections::BTreeMap;

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, Event},
};

use crate::render::html::element::escape;

/// What the documents must say.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    /// The language of the edition.
    pub(super) language: &'a str,
    /// The language of the interface's words and their direction, where they are borrowed
    /// from another.
    pub(super) borrowed: Option<(&'a str, &'static str)>,
    /// `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// The title of the edition.
    pub(super) title: &'a str,
    /// The identifier of the edition.
    pub(super) identifier: &'a str,
    /// When it was changed last, as `dcterms:modified` wants it.
    pub(super) modified: &'a str,
    /// Further metadata, as finished XML.
    pub(super) metadata: &'a str,
    /// The files whose item has properties, and these.
    pub(super) properties: &'a BTreeMap<&'a str, &'static str>,
    /// The lines of the contents in reading order.
    pub(super) contents: &'a [Line],
    /// The heading of the landmarks.
    pub(super) landmarks_title: &'a str,
    /// The landmarks: kind, file, words.
    pub(super) landmarks: &'a [(&'static str, &'a str, &'a str)],
}

/// A line of the contents.
#[derive(Debug)]
pub(super) struct Line {
    /// The file it leads to, if any.
    pub(super) file: Option<String>,
    /// The language of its words, where that is not the edition's.
    pub(super) language: Option<String>,
}

/// The package, made right. Besides, the contents become a page after the first one,
/// the cover: a landmark may only lead to what can be read.
pub(super) fn package(xml: &str, facts: &Facts<'_>) -> quick_xml::Result<String> {
    let mut is_first = true;
    pass(xml, &mut |tag| match tag.name.as_str() {
        "package" => {
            tag.set("xml:lang", facts.language);
            tag.set("dir", facts.direction);
        }
        "metadata" => tag.last = facts.metadata.to_owned(),
        "dc:identifier" => tag.inner = Some(escape(facts.identifier)),
        "dc:language" => tag.remove("id"),
        "meta" if tag.get("property") == Some("dcterms:modified") => {
            tag.inner = Some(escape(facts.modified));
        }
        "item" => {
            let properties = tag.get("href").and_then(|it| facts.properties.get(it));
            if let Some(properties) = properties {
                tag.set("properties", properties);
            }
        }
        "itemref" if std::mem::take(&mut is_first) => {
            tag.after = "\n    <itemref idref=\"nav\"/>".to_owned();
        }
        "guide" => tag.drop = true,
        _ => {}
    })
}

/// The table of contents, made right.
pub(super) fn contents(xml: &str, facts: &Facts<'_>) -> quick_xml::Result<String> {
    let mut lines = facts.contents.iter();
    pass(xml, &mut |tag| match tag.name.as_str() {
        "html" => {
            tag.set("lang", facts.language);
            tag.set("xml:lang", facts.language);
            tag.set("dir", facts.direction);
        }
        "nav" if tag.get("epub:type") == Some("landmarks") => {
            tag.set("hidden", "");
            tag.set("aria-label", facts.landmarks_title);
            tag.inner = Some(landmarks(facts.landmarks));
            borrow(tag, facts);
        }
        "title" | "h1" => borrow(tag, facts),
        "nav" => {
            tag.set("role", "doc-toc");
            tag.set("aria-labelledby", "toc-title");
        }
        "a" => {
            // The contents of a book without chapters are the cover alone.
            let Some(line) = lines.next() else { return };
            match &line.file {
                Some(file) => tag.set("href", file),
                None => {
                    tag.name = "span".to_owned();
                    tag.remove("href");
                }
            }
            if let Some(language) = &line.language {
                tag.set("lang", language);
                tag.set("xml:lang", language);
            }
        }
        _ => {}
    })
}

/// Marks an element whose words are the interface's with their language.
fn borrow(tag: &mut Tag, facts: &Facts<'_>) {
    if let Some((language, direction)) = facts.borrowed {
        tag.set("lang", language);
        tag.set("xml:lang", language);
        tag.set("dir", direction);
    }
}

fn landmarks(landmarks: &[(&'static str, &str, &str)]) -> String {
    let items = landmarks.iter().map(|(kind, file, words)| {
        let (file, words) = (escape(file), escape(words));
        format!("      <li><a epub:type=\"{kind}\" href=\"{file}\">{words}</a></li>\n")
    });
    format!("\n    <ol>\n{}    </ol>\n  ", items.collect::<String>())
}

/// The NCX, made right.
pub(super) fn ncx(xml: &str, facts: &Facts<'_>) -> quick_xml::Result<String> {
    let mut lines = facts.contents.iter();
    let (mut order, mut was_heading) = (0usize, false);
    pass(xml, &mut |tag| match tag.name.as_str() {
        "ncx" => tag.set("xml:lang", facts.language),
        "head" => {
            let identifier = escape(facts.identifier);
            tag.last = format!("  <meta name=\"dtb:uid\" content=\"{identifier}\"/>\n  ");
        }
        "navPoint" => {
            // A heading without a page leads where the first page under it does, and the
            // two are one step of the reading order.
            order += usize::from(!was_heading);
            was_heading = lines.next().is_some_and(|line| line.file.is_none());
            tag.set("playOrder", &order.to_string());
        }
        "docTitle" => tag.inner = Some(format!("<text>{}</text>", escape(facts.title))),
        _ => {}
    })
}

/// A start tag on its way through, and what is asked for its element.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    /// Names and escaped values.
    attributes: Vec<(String, String)>,
    /// The whole element is left out.
    drop: bool,
    /// What it holds from now on.
    inner: Option<String>,
    /// What it holds at the end, after the rest.
    last: String,
    /// What follows it.
    after: String,
}

impl Tag {
    fn read(start: &BytesStart<'_>) -> quick_xml::Result<Self> {
        let mut tag = Self { name: start.name().as_ref().to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute?;
            let name = attribute.key.as_ref().to_owned();
            tag.attributes.push((name, attribute.value.into_owned()));
        }
        Ok(tag)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.attributes.push((name.to_owned(), escape(value)));
    }

    fn remove(&mut self, name: &str) {
        self.attributes.retain(|it| it.0 != name);
    }

    /// The start tag, without its end sign.
    fn text(&self) -> String {
        let attributes =
            self.attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\""));
        format!("<{}{}", self.name, attributes.collect::<String>())
    }
}

/// Reads a document tag by tag and writes it again with the changes asked for.
fn pass(xml: &str, change: &mut dyn FnMut(&mut Tag)) -> quick_xml::Result<String> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::with_capacity(xml.len() * 2));
    let mut open: Vec<Tag> = Vec::new();
    loop {
        let event = reader.read_event()?;
        let (start, is_empty) = match &event {
            Event::Eof => break,
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                let tag = open.pop().expect("the reader checks that ends match");
                let end = format!("{}</{}>{}", tag.last, tag.name, tag.after);
                writer.get_mut().extend(end.into_bytes());
                continue;
            }
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {
                writer.write_event(event)?;
                continue;
            }
        };
        let mut tag = Tag::read(start)?;
        change(&mut tag);
        if !is_empty && (tag.drop || tag.inner.is_some()) {
            reader.read_to_end(start.name())?;
        }
        let text = match (&tag.inner, is_empty) {
            _ if tag.drop => String::new(),
            (Some(inner), _) => {
                format!("{}>{inner}{}</{}>{}", tag.text(), tag.last, tag.name, tag.after)
            }
            (None, true) => format!("{}/>{}", tag.text(), tag.after),
            (None, false) => format!("{}>", tag.text()),
        };
        writer.get_mut().extend(text.into_bytes());
        if !is_empty && !tag.drop && tag.inner.is_none() {
            open.push(tag);
        }
    }
    Ok(String::from_utf8(writer.into_inner()).expect("UTF-8 goes in and comes out"))
}
