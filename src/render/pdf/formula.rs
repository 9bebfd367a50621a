//! Formulas, as data for the template.
//!
//! The tree of MathML becomes nested objects, each of which the template turns into one
//! call of Typst's `math` module; no text of a formula is ever read as code.

use serde_json::Value;

use super::block::Writer;
use crate::{
    document::Formula,
    source::formula::{self, Node},
};

/// Signs that Typst sets over or under something as an accent, besides combining marks.
const ACCENTS: &str = "^ˆ~˜¯‾ˉ˙¨⃛⃜´`ˇ˘→←↔⃗˚\u{302}\u{303}\u{304}\u{307}\u{308}\u{20d7}";

/// Signs that are as high as what they stand around, where they are not told otherwise.
const FENCES: &str = "()[]{}|‖⌈⌉⌊⌋⟨⟩⟦⟧⟮⟯⎰⎱";

/// A formula; its source as code where it cannot be set.
pub(super) fn formula(to: &mut Writer<'_>, formula: &Formula, block: bool) -> Value {
    let Ok(tree) = formula::read(&formula.latex, block) else {
        // `source` lets none of these through.
        let kind = if block { "listing" } else { "code" };
        let text = formula.latex.as_str();
        return node! { "kind": kind, "text": text, "parts": Value::Null, "lines": Value::Null };
    };
    let spoken = to.letters.heard(&formula.latex);
    let content = match tree.nodes.as_slice() {
        [only] if is_aligned(only) => lines(to, formula, only),
        nodes => row(to, formula, nodes),
    };
    node! { "kind": "formula", "block": block, "spoken": spoken, "content": content }
}

/// Whether a table is lines that are aligned at some sign, rather than a matrix.
fn is_aligned(it: &Node) -> bool {
    let mut cells = it.nodes.iter().flat_map(|it| &it.nodes);
    it.name == "mtable" && cells.any(|it| it.get("columnalign") == Some("right"))
}

/// Lines that are aligned at some sign.
fn lines(to: &mut Writer<'_>, formula: &Formula, it: &Node) -> Value {
    let rows = it.nodes.iter().filter(|it| it.name == "mtr").map(|line| {
        line.nodes.iter().map(|cell| row(to, formula, &cell.nodes)).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    node! { "math": "lines", "rows": rows }
}

/// Nodes that follow one another. Between two that stretch, they are as high as what they
/// hold.
fn row(to: &mut Writer<'_>, formula: &Formula, nodes: &[Node]) -> Value {
    let content: Vec<Value> = nodes.iter().map(|it| node(to, formula, it)).collect();
    let stretches = |it: Option<&Node>| {
        it.is_some_and(|it| {
            it.name == "mo"
                && it.get("stretchy") != Some("false")
                && !it.text.is_empty()
                && FENCES.contains(it.text.as_str())
        })
    };
    let fenced = stretches(nodes.first()) || stretches(nodes.last());
    if fenced && nodes.len() > 1 {
        return node! { "math": "fenced", "content": content };
    }
    Value::Array(content)
}

fn node(to: &mut Writer<'_>, formula: &Formula, it: &Node) -> Value {
    let text =
        |to: &mut Writer<'_>| to.letters.read(&it.text, formula.place).into_owned();
    match it.name {
        "mi" | "mo" => {
            let words = text(to);
            let mut signs = words.chars();
            match (signs.next(), signs.next()) {
                (Some(_), None) => {
                    let upright = it.get("mathvariant") == Some("normal");
                    node! { "math": "sign", "text": words, "upright": upright }
                }
                _ if it.name == "mo" => node! { "math": "operator", "text": words },
                _ => node! { "math": "words", "text": words },
            }
        }
        "mn" | "mtext" => node! { "math": "words", "text": text(to) },
        "mspace" => node! { "math": "space", "width": width(it) },
        "mfrac" => {
            let line = it.get("linethickness") != Some("0");
            let [above, below] = children(to, formula, it);
            node! { "math": "fraction", "above": above, "below": below, "line": line }
        }
        "msqrt" => node! { "math": "root", "content": row(to, formula, &it.nodes) },
        "mroot" => {
            let [content, index] = children(to, formula, it);
            node! { "math": "root", "content": content, "index": index }
        }
        "msub" => scripts(to, formula, it, ["", "b", ""], false),
        "msup" => scripts(to, formula, it, ["", "t", ""], false),
        "msubsup" => scripts(to, formula, it, ["", "b", "t"], false),
        "munder" => placed(to, formula, it, ["", "b", ""]),
        "mover" => placed(to, formula, it, ["", "t", ""]),
        "munderover" => scripts(to, formula, it, ["", "b", "t"], true),
        "mphantom" => node! { "math": "phantom", "content": row(to, formula, &it.nodes) },
        "mtable" => table(to, formula, it),
        "mmultiscripts" => multiscripts(to, formula, it),
        _ => row(to, formula, &it.nodes),
    }
}

/// What each child of an element becomes; nothing for those that are missing.
fn children<const N: usize>(
    to: &mut Writer<'_>,
    formula: &Formula,
    it: &Node,
) -> [Value; N] {
    std::array::from_fn(|index| match it.nodes.get(index) {
        Some(child) => node(to, formula, child),
        None => Value::Array(Vec::new()),
    })
}

/// Something with what stands at its corners, or above and below it.
fn scripts(
    to: &mut Writer<'_>,
    formula: &Formula,
    it: &Node,
    places: [&str; 3],
    limits: bool,
) -> Value {
    let [base, first, second] = children(to, formula, it);
    let mut node = node! { "math": "scripts", "base": base, "limits": limits };
    if let Some(node) = node.as_object_mut() {
        for (place, value) in places.iter().zip([Value::Null, first, second]) {
            if !place.is_empty() {
                node.insert((*place).to_owned(), value);
            }
        }
    }
    node
}

/// Something with an accent, a brace or words above or below it.
fn placed(to: &mut Writer<'_>, formula: &Formula, it: &Node, places: [&str; 3]) -> Value {
    let sign = it.nodes.get(1).filter(|it| it.name == "mo").map(|it| it.text.as_str());
    let above = places[1] == "t";
    let name = match sign {
        Some("⏞" | "⏟") => "brace",
        Some("⏜" | "⏝") => "paren",
        Some("⎴" | "⎵") => "bracket",
        Some("‾" | "_" | "\u{332}" | "\u{305}") => "line",
        Some(sign) if above && ACCENTS.contains(sign) && sign.chars().count() == 1 => {
            "accent"
        }
        _ => return scripts(to, formula, it, places, true),
    };
    let [content] = children(to, formula, it);
    let sign = sign.unwrap_or_default();
    node! { "math": name, "content": content, "above": above, "sign": sign }
}

/// Signs at all four corners.
fn multiscripts(to: &mut Writer<'_>, formula: &Formula, it: &Node) -> Value {
    let [base] = children(to, formula, it);
    let mut out = node! { "math": "scripts", "base": base, "limits": false };
    let Some(fields) = out.as_object_mut() else { return out };
    let mut names = ["br", "tr"].iter().cycle();
    let mut before = ["bl", "tl"].iter().cycle();
    let mut is_before = false;
    for child in it.nodes.iter().skip(1) {
        if child.name == "mprescripts" {
            is_before = true;
            continue;
        }
        let name = if is_before { before.next() } else { names.next() };
        let value = node(to, formula, child);
        if let Some(name) = name {
            fields.entry(*name).or_insert(value);
        }
    }
    out
}

fn table(to: &mut Writer<'_>, formula: &Formula, it: &Node) -> Value {
    let rows = it.nodes.iter().filter(|it| it.name == "mtr");
    let width = rows.clone().map(|row| row.nodes.len()).max().unwrap_or(0);
    let sides: Vec<&str> = (0..width)
        .map(|column| {
            let cell = rows.clone().find_map(|row| row.nodes.get(column));
            cell.and_then(|cell| cell.get("columnalign")).unwrap_or("center")
        })
        .collect();
    let rows: Vec<Vec<Value>> = rows
        .clone()
        .map(|line| {
            let mut cells: Vec<Value> =
                line.nodes.iter().map(|cell| row(to, formula, &cell.nodes)).collect();
            cells.resize(width, Value::Array(Vec::new()));
            cells
        })
        .collect();
    node! { "math": "table", "rows": rows, "sides": sides }
}

/// The width of a space, in ems.
fn width(it: &Node) -> f64 {
    let width = it.get("width").unwrap_or_default();
    let number = width.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let number: f64 = number.parse().unwrap_or(0.0);
    let ems = match &width[number_length(width)..] {
        "pt" => number / 10.0,
        "px" => number / 16.0,
        "ex" => number * 0.45,
        "rem" | "em" => number,
        _ => 0.0,
    };
    ems.clamp(-2.0, 10.0)
}

fn number_length(width: &str) -> usize {
    width.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(width.len())
}
