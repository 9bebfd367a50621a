//! Formulas, written as MathML.

use super::block::Writer;
use crate::{
    document::Formula,
    source::formula::{self, Node},
};

/// What names the elements of MathML where they are read as XML.
const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// A formula longer than this may not fit into the page's width.
const LONG: usize = 60;

/// Writes a formula that stands alone.
pub(super) fn block(to: &mut Writer<'_>, formula: &Formula) {
    // What can be scrolled must be reached with the keyboard, and then have a name.
    let scrolled = formula.latex.chars().count() > LONG && !to.context.is_book();
    let words = to.context.labels.text("formula");
    let said = to.lang(Some(to.context.edition)).filter(|_| scrolled);
    let start = to.out.start("div").attr("class", "formula").language(said);
    start
        .maybe("role", scrolled.then_some("region"))
        .maybe("tabindex", scrolled.then_some("0"))
        .maybe("aria-label", scrolled.then_some(words.as_str()))
        .open();
    self::formula(to, formula, true);
    to.out.end();
}

/// Writes a formula of a line.
pub(super) fn inline(to: &mut Writer<'_>, formula: &Formula) {
    self::formula(to, formula, false);
}

fn formula(to: &mut Writer<'_>, formula: &Formula, block: bool) {
    let Ok(tree) = formula::read(&formula.latex, block) else {
        // `source` lets none of these through.
        return to.out.words("code", "formula", &formula.latex);
    };
    let start = to.out.start("math").attr("xmlns", NAMESPACE);
    start
        .maybe("display", block.then_some("block"))
        .attr("alttext", &formula.latex)
        .open();
    tree.nodes.iter().for_each(|it| node(to, it));
    to.out.end();
}

fn node(to: &mut Writer<'_>, node: &Node) {
    let start = node
        .attributes
        .iter()
        .fold(to.out.start(node.name), |start, (name, value)| start.attr(name, value));
    if node.text.is_empty() && node.nodes.is_empty() {
        return start.void();
    }
    start.open();
    to.out.text(&node.text);
    node.nodes.iter().for_each(|it| self::node(to, it));
    to.out.end();
}
