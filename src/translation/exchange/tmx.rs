//! TMX 1.4: the memory, what was translated and how.
//!
//! Codes travel with their Markdown in them (`bpt`, `ept`, `ph`), so that another tool
//! can show them. They are known again by their order in the source, because each tool
//! numbers them in its own way. What a memory knows becomes a draft, never more.

use std::collections::{BTreeSet, HashMap};

use super::{
    Report, Sheet,
    codes::{self, Codes, Piece, tidy},
    entries,
    incoming::{alike, words},
    xml::{self, Element, Node, attribute, text},
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Inline, Language, State},
    source::line,
    translation::{
        Catalogue,
        po::{Entry, File, Previous},
        status::{self, DRAFT, FUZZY},
        unit::Key,
    },
};

/// How alike a text must be to one of the memory for its translation to be proposed.
const ALIKE: f64 = 0.75;
/// A memory of more texts than this is only searched for the same text.
const MOST_COMPARED: usize = 20_000;

/// What a file of TMX holds.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    units: Vec<Vec<(String, Vec<Piece>)>>,
}

impl Memory {
    /// How many texts there are in it.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}

/// What was translated in these pages, each pair of texts once; `None` when nothing was.
pub fn write(sheets: &[Sheet], language: &Language) -> Option<String> {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut body = String::new();
    let source = sheets.first()?.source.clone();
    for sheet in sheets {
        for entry in entries(&sheet.catalogue) {
            let done =
                matches!(status::state(entry), State::Translated | State::Reviewed);
            if done && seen.insert((&entry.id, entry.translation())) {
                unit(sheet, entry, language, &mut body);
            }
        }
    }
    let header = format!(
        "  <header creationtool=\"Plantin\"{} segtype=\"block\" o-tmf=\"PO\" adminlang=\"en\"{} \
         datatype=\"x-markdown\"/>\n",
        attribute("creationtoolversion", env!("CARGO_PKG_VERSION")),
        attribute("srclang", source.as_str())
    );
    (!body.is_empty()).then(|| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n\
             <tmx version=\"1.4\">\n{header}  <body>\n{body}  </body>\n</tmx>\n"
        )
    })
}

fn unit(sheet: &Sheet, entry: &Entry, language: &Language, out: &mut String) {
    let (source, codes) = codes::source(&entry.id);
    let (target, _) = codes::target(entry.translation(), &codes);
    out.push_str(&format!(
        "    <tu>\n      <prop type=\"x-page\">{}</prop>\n      <prop type=\"x-state\">{}</prop>\n",
        text(&sheet.file),
        status::state(entry).name()
    ));
    for (language, pieces) in [(&sheet.source, &source), (language, &target)] {
        out.push_str(&format!(
            "      <tuv{}><seg>{}</seg></tuv>\n",
            attribute("xml:lang", language.as_str()),
            segment(pieces, &codes)
        ));
    }
    out.push_str("    </tu>\n");
}

fn segment(pieces: &[Piece], codes: &Codes) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (number, kind) = match piece {
            Piece::Words(words) => {
                out.push_str(&text(words));
                continue;
            }
            Piece::Open(number) => (*number, "bpt"),
            Piece::Close(number) => (*number, "ept"),
            Piece::Alone(number) => (*number, "ph"),
        };
        let (open, close) =
            codes.get(number).map(codes::Code::markdown).unwrap_or_default();
        out.push_str(&match kind {
            "bpt" => format!("<bpt i=\"{number}\" x=\"{number}\">{}</bpt>", text(&open)),
            "ept" => format!("<ept i=\"{number}\">{}</ept>", text(&close)),
            _ => format!("<ph x=\"{number}\">{}</ph>", text(&open)),
        });
    }
    out
}

/// Reads a memory; `None` when the file is none.
pub fn read(text: &str) -> Checked<Option<Memory>> {
    let root = match xml::read(text) {
        Ok(root) if root.name == "tmx" => root,
        Ok(root) => {
            let fault = Diagnostic::error("exchange-not-tmx").at(root.place);
            let found = crate::translation::excerpt(&root.name);
            let diagnostics = vec![fault.with("found", found)];
            return Checked { value: None, diagnostics };
        }
        Err(fault) => return Checked { value: None, diagnostics: vec![fault] },
    };
    let mut found = Vec::new();
    root.all("tu", &mut found);
    let mut memory = Memory::default();
    for unit in found {
        let variants = unit.elements().filter(|it| it.name == "tuv").filter_map(|it| {
            let language = it.get("xml:lang").or(it.get("lang"))?.to_lowercase();
            let mut pieces = Vec::new();
            push(it.child("seg")?, &mut pieces);
            Some((language, tidy(pieces)))
        });
        memory.units.push(variants.collect());
    }
    Checked::fine(Some(memory))
}

fn push(element: &Element, pieces: &mut Vec<Piece>) {
    for node in &element.nodes {
        let inner = match node {
            Node::Text(text) => {
                pieces.push(Piece::Words(text.clone()));
                continue;
            }
            Node::Element(inner) => inner,
        };
        let number = |name: &str| inner.get(name).and_then(|it| it.parse().ok());
        match inner.name.as_str() {
            "bpt" => pieces.push(Piece::Open(number("i").unwrap_or(0))),
            "ept" => pieces.push(Piece::Close(number("i").unwrap_or(0))),
            "ph" | "it" | "ut" => pieces.push(Piece::Alone(number("x").unwrap_or(0))),
            _ => push(inner, pieces),
        }
    }
}

/// What a memory knows in two languages.
struct Pair {
    source: Vec<Piece>,
    target: Vec<Piece>,
}

impl Memory {
    fn pairs(&self, source: &Language, target: &Language) -> Vec<Pair> {
        let of = |unit: &[(String, Vec<Piece>)], language: &Language| {
            let tag = language.as_str().to_lowercase();
            let primary = |it: &str| it.split(['-', '_']).next().map(str::to_owned);
            let exact = unit.iter().find(|it| it.0 == tag);
            let near = || unit.iter().find(|it| primary(&it.0) == primary(&tag));
            exact.or_else(near).map(|it| it.1.clone())
        };
        let pairs = self.units.iter().filter_map(|unit| {
            let pair = renumbered(of(unit, source)?, of(unit, target)?);
            (!pair.target.is_empty() && !pair.source.is_empty()).then_some(pair)
        });
        pairs.collect()
    }
}

/// Codes have the number of their place in the source.
fn renumbered(source: Vec<Piece>, target: Vec<Piece>) -> Pair {
    let mut numbers: HashMap<(bool, usize), usize> = HashMap::new();
    for piece in &source {
        let key = match piece {
            Piece::Open(number) => (true, *number),
            Piece::Alone(number) => (false, *number),
            Piece::Words(_) | Piece::Close(_) => continue,
        };
        let next = numbers.len() + 1;
        numbers.entry(key).or_insert(next);
    }
    let renumber = |pieces: Vec<Piece>| -> Vec<Piece> {
        let of = |paired, number| *numbers.get(&(paired, number)).unwrap_or(&usize::MAX);
        let piece = |piece| match piece {
            Piece::Words(words) => Piece::Words(words),
            Piece::Open(number) => Piece::Open(of(true, number)),
            Piece::Close(number) => Piece::Close(of(true, number)),
            Piece::Alone(number) => Piece::Alone(of(false, number)),
        };
        pieces.into_iter().map(piece).collect()
    };
    Pair { source: renumber(source), target: renumber(target) }
}

/// Proposes what a memory knows for the units that nobody has translated. `origin` is
/// told to the translator.
pub fn propose(
    catalogue: &Catalogue,
    memory: &Memory,
    languages: (&Language, &Language),
    origin: &str,
) -> (Catalogue, Report) {
    let pairs = memory.pairs(languages.0, languages.1);
    let key = |pieces: &[Piece]| Key::of(&codes::signature(pieces));
    let mut exact: HashMap<Key, usize> = HashMap::new();
    for (number, pair) in pairs.iter().enumerate() {
        exact.entry(key(&pair.source)).or_insert(number);
    }
    let compared = if pairs.len() > MOST_COMPARED { &[][..] } else { &pairs[..] };
    let bags: Vec<Vec<String>> =
        compared.iter().map(|it| words(&codes::plain(&it.source))).collect();
    let mut file: File = catalogue.file.clone();
    let mut report = Report::default();
    for entry in &mut file.entries {
        let is_open = status::state(entry) == State::Missing;
        if entry.is_header() || entry.obsolete || !is_open {
            continue;
        }
        let (source, codes) = codes::source(&entry.id);
        let same = exact.get(&key(&source)).copied();
        let near = || nearest(&words(&codes::plain(&source)), &bags);
        let Some(number) = same.or_else(near) else {
            report.unchanged += 1;
            continue;
        };
        let pair = &pairs[number];
        match codes.markdown(&pair.target) {
            Ok(text) if codes.faults(&pair.target).is_empty() => {
                let former = same
                    .is_none()
                    .then(|| line::write(&[Inline::Text(codes::plain(&pair.source))]));
                draft(entry, text, former, origin);
                report.drafts += 1;
            }
            _ => report.unchanged += 1,
        }
    }
    (Catalogue::of(file), report)
}

fn nearest(wanted: &[String], bags: &[Vec<String>]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (number, bag) in bags.iter().enumerate() {
        // Two texts of very different lengths cannot be alike.
        if bag.len() * 2 < wanted.len() || wanted.len() * 2 < bag.len() {
            continue;
        }
        let alike = alike(wanted, bag);
        if alike >= ALIKE && best.is_none_or(|it| alike > it.0) {
            best = Some((alike, number));
        }
    }
    best.map(|it| it.1)
}

/// Writes a proposal into an entry, with where it comes from.
pub(in crate::translation) fn draft(
    entry: &mut Entry,
    text: String,
    former: Option<String>,
    origin: &str,
) {
    entry.translations = vec![text];
    entry.flags.retain(|it| it != FUZZY && it != DRAFT);
    entry.flags.insert(0, FUZZY.to_owned());
    entry.flags.push(DRAFT.to_owned());
    entry.previous = Previous { id: former, ..Previous::default() };
    let origin: String = origin.chars().filter(|it| !it.is_control()).collect();
    let comment = format!(" {origin}");
    if !origin.is_empty() && !entry.comments.contains(&comment) {
        entry.comments.push(comment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_another_tool_are_known_by_their_order() {
        let text = "<tmx version='1.1'><body><tu>\
            <tuv lang='FR-FR'><seg>Un <bpt i='0' x='7'>&lt;b></bpt>mot<ept i='0'>&lt;/b></ept> et <ph x='3'/></seg></tuv>\
            <tuv lang='EN'><seg><ph x='3'/> and a <bpt i='0' x='7'>&lt;b></bpt>word<ept i='0'>&lt;/b></ept></seg></tuv>\
            </tu></body></tmx>";
        let memory = read(text).value.expect("it is a memory");
        let pairs = memory.pairs(&Language::new("fr"), &Language::new("en"));
        assert_eq!(codes::signature(&pairs[0].source), "Un <1>mot</1> et <2/>");
        assert_eq!(codes::signature(&pairs[0].target), "<2/> and a <1>word</1>");
    }
}
