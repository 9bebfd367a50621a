//! Tables, written as XHTML.

use super::block::{Writer, flow};
use crate::document::{Align, Block, Cell, Language, Row, Scope, Table};

/// A table with this many columns may not fit into a narrow window.
const WIDE: usize = 3;

/// Writes a table. One that may be wider than the window scrolls inside a region of its
/// own, which the keyboard reaches and which has a name.
pub(super) fn table(to: &mut Writer<'_>, table: &Table) {
    to.tables += 1;
    let region = to.context.is_live() && is_wide(table);
    if !region {
        return element(to, table, Some("narrow"), None);
    }
    // The region is named in words of the interface; the table speaks its own language.
    let around = to.enter(Some(to.context.edition));
    let inner = (around != to.language).then(|| around.clone());
    let said = inner.as_ref().map(|_| to.context.edition.as_str());
    let number = to.tables.to_string();
    let name = to.context.labels.format("table", &[("number", number.as_str().into())]);
    let name = match &table.caption {
        Some(caption) => caption.to_plain(),
        None => name,
    };
    let start = to.out.start("div").attr("class", "scroll").attr("role", "region");
    start.attr("tabindex", "0").attr("aria-label", &name).language(said).open();
    to.out.line();
    to.language = around;
    element(to, table, None, inner.as_ref().map(Language::as_str));
    to.out.line();
    to.out.end();
}

fn element(
    to: &mut Writer<'_>,
    table: &Table,
    class: Option<&str>,
    language: Option<&str>,
) {
    to.out.start("table").maybe("class", class).language(language).open();
    to.out.line();
    if let Some(caption) = &table.caption {
        to.hold("caption", caption, None, "");
        to.out.line();
    }
    rows(to, "thead", &table.head, &table.columns);
    rows(to, "tbody", &table.body, &table.columns);
    to.out.end();
}

fn is_wide(table: &Table) -> bool {
    let plain = |cell: &Cell| matches!(cell.blocks.as_slice(), [] | [Block::Plain(_)]);
    let mut cells = table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
    table.columns.len() >= WIDE || !cells.all(plain)
}

fn rows(to: &mut Writer<'_>, group: &'static str, rows: &[Row], columns: &[Align]) {
    if rows.is_empty() {
        return;
    }
    to.out.start(group).open();
    to.out.line();
    for (index, row) in rows.iter().enumerate() {
        to.out.start("tr").open();
        to.out.line();
        let left = u32::try_from(rows.len() - index).unwrap_or(u32::MAX);
        let mut column = 0;
        for cell in &row.cells {
            let align = columns.get(column).copied().unwrap_or_default();
            self::cell(to, cell, align, left);
            column += usize::try_from(cell.columns.max(1)).unwrap_or(1);
            to.out.line();
        }
        to.out.end();
        to.out.line();
    }
    to.out.end();
    to.out.line();
}

/// Writes a cell; `left` is how many rows of its group it may span.
fn cell(to: &mut Writer<'_>, cell: &Cell, align: Align, left: u32) {
    // A header without words would head its cells with nothing.
    let scope = cell.scope.filter(|_| !cell.is_silent()).map(|scope| match scope {
        Scope::Column => "col",
        Scope::Row => "row",
    });
    let align = match align {
        Align::Start => None,
        Align::Center => Some("center"),
        Align::End => Some("end"),
    };
    let columns = (cell.columns > 1).then(|| cell.columns.to_string());
    let rows = cell.rows.min(left);
    let rows = (rows > 1).then(|| rows.to_string());
    flow(to, if scope.is_some() { "th" } else { "td" }, &cell.blocks, |start| {
        start
            .maybe("class", align)
            .maybe("scope", scope)
            .maybe("colspan", columns.as_deref())
            .maybe("rowspan", rows.as_deref())
    });
}
