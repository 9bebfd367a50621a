//! What a file says of itself besides what Typst lets it say.
//!
//! Typst writes the title, the author, the language and the dates. Publisher, identifier,
//! rights, and where the original and the other formats are, are put into the same packet
//! here, by a splice: the packet is never compressed, and nothing else in the file moves
//! but the places of the objects after it. Terms of Dublin Core that PDF/A does not know
//! are declared in the packet, as ISO 19005-2, 6.6.2.3.3 asks.

use quick_xml::escape::escape;

use super::ends::{self, Splice};
use crate::site::metadata::Statement;

/// What stands in each packet of Typst's, and after which ours goes.
const PLACE: &str = "<dc:format>application/pdf</dc:format>";

/// The end of the declarations of what PDF/A does not know.
const DECLARATIONS: &str = "</rdf:Bag></pdfaExtension:schemas>";

/// The terms of Dublin Core that are younger than PDF/A.
const SCHEMA: &str = concat!(
    "<rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>DCMI Metadata Terms</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://purl.org/dc/terms/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>dcterms</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq>",
    "<rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The resource of which this is a translation",
    "</pdfaProperty:description>",
    "<pdfaProperty:name>isVersionOf</pdfaProperty:name>",
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>",
    "<rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:category>external</pdfaProperty:category>",
    "<pdfaProperty:description>The same resource in other formats",
    "</pdfaProperty:description>",
    "<pdfaProperty:name>hasFormat</pdfaProperty:name>",
    "<pdfaProperty:valueType>bag Text</pdfaProperty:valueType></rdf:li>",
    "</rdf:Seq></pdfaSchema:property></rdf:li>",
);

/// A file that says these statements too. One that is not built as expected stays as it
/// is.
pub(super) fn said(file: Vec<u8>, statements: &[Statement], language: &str) -> Vec<u8> {
    let file = spliced(&file, statements).unwrap_or(file);
    in_language(&file, language).unwrap_or(file)
}

/// A file whose language is said with its script: Typst knows none. Only a longer form of
/// what it says is put in its place.
fn in_language(file: &[u8], language: &str) -> Option<Vec<u8>> {
    const LABEL: &[u8] = b"/Lang(";
    let catalog = file.windows(14).rposition(|it| it == b"/Type/Catalog/")?;
    let end = catalog + find(&file[catalog..], b"endobj")?;
    let start = catalog + find(&file[catalog..end], LABEL)? + LABEL.len();
    let length = file[start..end].iter().position(|it| *it == b')')?;
    let said = str::from_utf8(&file[start..start + length]).ok()?;
    let first = |it: &str| it.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let is_plain = language.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    if said == language || first(said) != first(language) || !is_plain {
        return None;
    }
    // The document's own element says it too.
    let whole = format!("/Lang({said})").into_bytes();
    let mut splices = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&file[from..], &whole) {
        let start = from + at + LABEL.len();
        from += at + whole.len();
        splices.push(Splice { at: start..start + length, with: language.into() });
    }
    ends::spliced(file, &splices)
}

fn spliced(file: &[u8], statements: &[Statement]) -> Option<Vec<u8>> {
    let start = find(file, b"<?xpacket begin")?;
    let place = start + find(&file[start..], PLACE.as_bytes())? + PLACE.len();
    let declarations = start + find(&file[start..], DECLARATIONS.as_bytes())?;
    let words = words(statements);
    let with = |at: usize, words: &str| Splice { at: at..at, with: words.into() };
    let mut splices = vec![with(declarations, SCHEMA), with(place, &words)];
    splices.sort_by_key(|it| it.at.start);
    let added: usize = splices.iter().map(|it| it.with.len()).sum();
    splices.insert(0, longer(file, start, added)?);
    ends::spliced(file, &splices)
}

/// The length of the packet in its dictionary, and what was added.
fn longer(file: &[u8], start: usize, added: usize) -> Option<Splice> {
    const LABEL: &[u8] = b"/Length ";
    const NEAR: usize = 200;
    let from = start.saturating_sub(NEAR);
    let before = &file[from..start];
    let at = before.windows(LABEL.len()).rposition(|it| it == LABEL)? + LABEL.len();
    let digits = before[at..].iter().take_while(|it| it.is_ascii_digit()).count();
    let length: usize = str::from_utf8(&before[at..at + digits]).ok()?.parse().ok()?;
    let at = from + at;
    Some(Splice { at: at..at + digits, with: (length + added).to_string().into_bytes() })
}

/// The statements that Typst does not make.
fn words(statements: &[Statement]) -> String {
    const SPACE: &str = "xmlns:dcterms=\"http://purl.org/dc/terms/\"";
    let mut out = String::new();
    let mut formats = String::new();
    for (term, value) in statements {
        let value = escape(value.as_str());
        match *term {
            "publisher" => out.push_str(&format!(
                "<dc:publisher><rdf:Bag><rdf:li>{value}</rdf:li></rdf:Bag></dc:publisher>"
            )),
            "date" => out.push_str(&format!(
                "<dc:date><rdf:Seq><rdf:li>{value}</rdf:li></rdf:Seq></dc:date>"
            )),
            "identifier" => {
                out.push_str(&format!("<dc:identifier>{value}</dc:identifier>"));
            }
            "rights" => out.push_str(&format!(
                "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li>\
                 </rdf:Alt></dc:rights>"
            )),
            "isVersionOf" => out.push_str(&format!(
                "<dcterms:isVersionOf {SPACE}>{value}</dcterms:isVersionOf>"
            )),
            "hasFormat" => formats.push_str(&format!("<rdf:li>{value}</rdf:li>")),
            _ => {}
        }
    }
    if !formats.is_empty() {
        out.push_str(&format!(
            "<dcterms:hasFormat {SPACE}><rdf:Bag>{formats}</rdf:Bag></dcterms:hasFormat>"
        ));
    }
    out
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}
