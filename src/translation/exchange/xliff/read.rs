//! Reading XLIFF, whoever wrote it.

use super::{
    super::{
        codes::{Piece, tidy},
        incoming::{Given, Incoming, Said},
        xml::{self, Element, Node},
    },
    BASE, MARKDOWN,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::Language,
};

/// What a file of XLIFF holds.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The language it was translated into, when it says so.
    pub language: Option<Language>,
    /// The translations.
    pub units: Vec<Incoming>,
}

/// Reads a file; `None` when it is no XLIFF.
pub fn read(text: &str) -> Checked<Option<File>> {
    let root = match xml::read(text) {
        Ok(root) => root,
        Err(fault) => return Checked { value: None, diagnostics: vec![fault] },
    };
    let version = root.get("version").unwrap_or_default();
    let is_new = version.starts_with('2');
    if root.name != "xliff" || !(is_new || version.starts_with('1')) {
        let fault = Diagnostic::error("exchange-not-xliff").at(root.place);
        let found = if root.name == "xliff" { version } else { &root.name };
        let fault = fault.with("found", crate::translation::excerpt(found));
        return Checked { value: None, diagnostics: vec![fault] };
    }
    let mut file = File::default();
    let mut diagnostics = Vec::new();
    file.language = root.get("trgLang").map(language);
    for page in root.elements().filter(|it| it.name == "file") {
        let original = page.get("original").or(page.get("id")).unwrap_or_default();
        let found = page.get("target-language").map(language);
        file.language = file.language.or(found);
        let mut units = Vec::new();
        page.all(if is_new { "unit" } else { "trans-unit" }, &mut units);
        for unit in units {
            let read = if is_new { new_unit(unit) } else { old_unit(unit) }
                .take(&mut diagnostics);
            if let Some(mut unit) = read {
                unit.page = original.replace('\\', "/");
                file.units.push(unit);
            }
        }
    }
    Checked { value: Some(file), diagnostics }
}

fn language(tag: &str) -> Language {
    Language::new(&tag.replace('_', "-"))
}

fn old_unit(unit: &Element) -> Checked<Option<Incoming>> {
    let mut incoming = Incoming {
        unit: unit.get("id").unwrap_or_default().to_owned(),
        place: unit.place,
        ..Incoming::default()
    };
    if let Some(source) = unit.child("source") {
        incoming.source = pieces(source);
    }
    if let Some(target) = unit.child("target") {
        incoming.place = target.place;
        incoming.target = Given::Pieces(pieces(target));
        incoming.state = old_state(target.get("state"));
    } else {
        incoming.target = Given::Pieces(Vec::new());
    }
    if unit.get("approved") == Some("yes") {
        incoming.state = Said::Reviewed;
    }
    let groups = unit.elements().filter(|it| it.name == "context-group");
    for context in groups.flat_map(Element::elements) {
        match context.get("context-type") {
            Some(MARKDOWN) => incoming.markdown = Some(context.text()),
            Some(BASE) => incoming.base = Some(context.text()),
            _ => {}
        }
    }
    Checked::fine(Some(incoming))
}

fn old_state(state: Option<&str>) -> Said {
    match state {
        Some("final" | "signed-off") => Said::Reviewed,
        Some("translated") => Said::Translated,
        Some(it) if it.starts_with("needs-review") => Said::ToReview,
        Some("new" | "needs-translation" | "needs-adaptation" | "needs-l10n") => {
            Said::Unfinished
        }
        _ => Said::Nothing,
    }
}

/// A unit of 2.x: its segments, joined in the order of the target.
fn new_unit(unit: &Element) -> Checked<Option<Incoming>> {
    let mut incoming = Incoming {
        unit: unit.get("id").unwrap_or_default().to_owned(),
        place: unit.place,
        ..Incoming::default()
    };
    let mut metadata = Vec::new();
    unit.all("meta", &mut metadata);
    for meta in metadata {
        match meta.get("type") {
            Some(MARKDOWN) => incoming.markdown = Some(meta.text()),
            Some(BASE) => incoming.base = Some(meta.text()),
            _ => {}
        }
    }
    let parts: Vec<&Element> = unit
        .elements()
        .filter(|it| matches!(it.name.as_str(), "segment" | "ignorable"))
        .collect();
    let mut source = Vec::new();
    for part in &parts {
        source.extend(part.child("source").map(raw).unwrap_or_default());
    }
    incoming.source = tidy(source);
    let segments = || parts.iter().filter(|it| it.name == "segment");
    incoming.state = segments().map(|it| new_state(it)).min().unwrap_or(Said::Nothing);
    let has_target = |it: &&&Element| {
        let target = it.child("target");
        target.is_some_and(|it| !it.nodes.is_empty())
    };
    let done = segments().filter(has_target).count();
    incoming.target = Given::Pieces(Vec::new());
    if let Some(target) = segments().find_map(|it| it.child("target")) {
        incoming.place = target.place;
    }
    if done == 0 {
        return Checked::fine(Some(incoming));
    }
    if done < segments().count() {
        let warning = Diagnostic::warning("exchange-partial").at(incoming.place);
        let warning = warning.with("unit", &incoming.unit);
        return Checked { value: None, diagnostics: vec![warning] };
    }
    incoming.target = Given::Pieces(joined(&parts));
    Checked::fine(Some(incoming))
}

/// The targets of the segments and what stands between them. A translator may have given
/// them another order than the source's.
fn joined(parts: &[&Element]) -> Vec<Piece> {
    let mut ordered: Vec<(usize, &&Element)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let order = part.child("target").and_then(|it| it.get("order"));
        let order = order.and_then(|it| it.parse::<usize>().ok());
        ordered.push((order.map_or(place, |it| it.saturating_sub(1)), part));
    }
    ordered.sort_by_key(|it| it.0);
    let mut pieces = Vec::new();
    for (_, part) in ordered {
        let text = part.child("target").or_else(|| part.child("source"));
        pieces.extend(text.map(raw).unwrap_or_default());
    }
    tidy(pieces)
}

fn new_state(segment: &Element) -> Said {
    let sub = segment.get("subState").unwrap_or_default();
    match segment.get("state") {
        Some("final" | "reviewed") => Said::Reviewed,
        Some("translated") => Said::Translated,
        Some("initial") if sub == "plantin:draft" => Said::ToReview,
        Some("initial") => Said::Unfinished,
        _ => Said::Nothing,
    }
}

/// A text with codes, as an engine gives it back; `None` when its tags make no sense.
pub(in crate::translation) fn fragment(text: &str) -> Option<Vec<Piece>> {
    xml::read_fragment(&guarded(text)).ok().map(|it| pieces(&it))
}

/// An ampersand that begins no reference means itself.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        out.push(sign);
        if sign == '&' {
            let rest = &text[at + 1..];
            let name = rest.split(';').next().unwrap_or_default();
            let is_reference = rest.len() > name.len()
                && (1..=10).contains(&name.len())
                && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '#');
            if !is_reference {
                out.push_str("amp;");
            }
        }
    }
    out
}

fn pieces(element: &Element) -> Vec<Piece> {
    tidy(raw(element))
}

fn raw(element: &Element) -> Vec<Piece> {
    let mut pieces = Vec::new();
    push(element, &mut pieces);
    pieces
}

fn push(element: &Element, pieces: &mut Vec<Piece>) {
    for node in &element.nodes {
        match node {
            Node::Text(text) => pieces.push(Piece::Words(text.clone())),
            Node::Element(inner) => code(inner, pieces),
        }
    }
}

/// A code, or a mark around words that is none of ours.
fn code(element: &Element, pieces: &mut Vec<Piece>) {
    // A code whose number is none of ours is unknown, and is refused as such.
    let number = |names: &[&str]| {
        let value = names.iter().find_map(|it| element.get(it));
        value.and_then(|it| it.parse().ok()).unwrap_or(usize::MAX)
    };
    match element.name.as_str() {
        "g" | "pc" => {
            pieces.push(Piece::Open(number(&["id"])));
            push(element, pieces);
            pieces.push(Piece::Close(number(&["id"])));
        }
        "bx" | "bpt" => pieces.push(Piece::Open(number(&["rid", "id"]))),
        "ex" | "ept" => pieces.push(Piece::Close(number(&["rid", "id"]))),
        "sc" => pieces.push(Piece::Open(number(&["id"]))),
        "ec" => pieces.push(Piece::Close(number(&["startRef", "id"]))),
        "x" | "ph" | "it" => pieces.push(Piece::Alone(number(&["id"]))),
        "cp" => {
            let sign = element.get("hex").and_then(|it| u32::from_str_radix(it, 16).ok());
            let sign =
                sign.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            pieces.push(Piece::Words(sign.to_string()));
        }
        // Marks of segments, terms and comments: `mrk`, and the points `sm` and `em`.
        _ => push(element, pieces),
    }
}
