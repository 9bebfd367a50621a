//! Tables, as data for the template: cells that fit, and columns as wide as they need.
//!
//! Typst refuses cells that overlap or leave the table, so they are placed here first.

use serde_json::Value;

use super::{block::Writer, inline};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Align, Block, Cell, Image, Inline, Resource, Row, Scope, Table, text, walk,
};

/// About as many characters as a line of a table holds.
const LINE: f64 = 84.0;

/// About as many characters as a line holds where there are many columns: they are set smaller,
/// and reach into the margins.
const SMALL_LINE: f64 = 145.0;

/// The white around the words of a cell there, in characters.
const SMALL_AROUND: f64 = 2.4;

/// So many letters of a word must have room side by side, or it is not read.
const READABLE: usize = 4;

/// A column is at least this wide, in characters.
const NARROWEST: usize = 4;

/// Words longer than this are hyphenated or broken rather than given room.
const LONGEST: usize = 17;

/// A table of at most so many lines stays on one page: a header that is repeated for two rows
/// helps nobody.
const SHORT: usize = 16;

/// The room around the words of a cell, in characters.
const AROUND: usize = 4;

/// The most columns that paper can show, were each as wide as a hair.
const MOST_COLUMNS: usize = 400;

/// A table as data, and what found no room in it.
pub(super) fn table(to: &mut Writer<'_>, table: &Table) -> Vec<Value> {
    let mut rest = Vec::new();
    if table.head.is_empty() && table.body.is_empty() {
        return rest;
    }
    let caption = table.caption.as_ref().map(|it| to.text(it, "plain"));
    let columns = columns(table);
    let (widths, words) = widths(table, columns);
    let is_crowded = is_crowded(&widths, &words);
    if is_crowded {
        let warning = Diagnostic::warning("pdf-table-too-wide").at(table.place);
        to.diagnostics.push(warning.with("columns", columns));
    }
    let is_short = is_short(table, &widths);
    // Words in pieces are better than words on one another.
    let longest = if is_crowded { 1 } else { longest_word(columns) };
    let outer = std::mem::replace(&mut to.longest, longest);
    let head = rows(to, &table.head, columns, &mut rest);
    let body = rows(to, &table.body, columns, &mut rest);
    to.longest = outer;
    let align: Vec<&str> = (0..columns)
        .map(|it| match table.columns.get(it).copied().unwrap_or_default() {
            Align::Start => "start",
            Align::Center => "center",
            Align::End => "end",
        })
        .collect();
    let table = node! {
        "kind": "table", "caption": caption, "widths": widths, "align": align,
        "head": head, "body": body, "repeat": !leads(&table.head), "whole": is_short,
    };
    rest.insert(0, table);
    rest
}

/// How many columns there are: as many as are said, or as the widest row fills.
fn columns(table: &Table) -> usize {
    let rows = table.head.iter().chain(&table.body);
    let widest = rows.map(|row| {
        row.cells.iter().map(|cell| cell.columns.clamp(1, 1_000) as usize).sum::<usize>()
    });
    widest.max().unwrap_or(0).max(table.columns.len()).clamp(1, MOST_COLUMNS)
}

/// How long a word may be in a cell before it may break.
fn longest_word(columns: usize) -> usize {
    match columns {
        0..=2 => 30,
        3..=4 => 20,
        5..=6 => 14,
        _ => 10,
    }
}

/// Whether a word stands in a column that has no room for four of its letters.
fn is_crowded(widths: &[f64], words: &[usize]) -> bool {
    let sum: f64 = widths.iter().sum();
    let room = |width: f64| width / sum.max(SMALL_LINE) * SMALL_LINE - SMALL_AROUND;
    #[expect(clippy::cast_precision_loss, reason = "a word of four letters at most")]
    let needed = |word: usize| word.min(READABLE) as f64;
    widths.iter().zip(words).any(|(width, word)| room(*width) < needed(*word))
}

/// The rows of a part of the table, each cell in a place of its own.
fn rows(
    to: &mut Writer<'_>,
    rows: &[Row],
    columns: usize,
    rest: &mut Vec<Value>,
) -> Vec<Value> {
    let mut taken = vec![vec![false; columns]; rows.len()];
    let mut out = Vec::new();
    for (y, row) in rows.iter().enumerate() {
        let mut cells = Vec::new();
        for cell in &row.cells {
            let Some(x) = (0..columns).find(|x| !taken[y][*x]) else {
                // No room is left in the row: what it says follows the table.
                rest.extend(to.blocks(&cell.blocks));
                continue;
            };
            let (width, height) = room(&taken, x, y, cell);
            for line in taken.iter_mut().skip(y).take(height) {
                line[x..x + width].fill(true);
            }
            cells.push(self::cell(to, cell, x, y, width, height));
        }
        out.push(Value::Array(cells));
    }
    out
}

/// How many columns and rows a cell can fill from here.
fn room(taken: &[Vec<bool>], x: usize, y: usize, cell: &Cell) -> (usize, usize) {
    let free = taken[y][x..].iter().take_while(|it| !**it).count();
    let width = (cell.columns.max(1) as usize).min(free.max(1));
    let below =
        taken[y..].iter().take_while(|row| row[x..x + width].iter().all(|it| !it));
    let height = (cell.rows.max(1) as usize).min(below.count().max(1));
    (width, height)
}

fn cell(
    to: &mut Writer<'_>,
    cell: &Cell,
    x: usize,
    y: usize,
    width: usize,
    height: usize,
) -> Value {
    let content = named_content(to.blocks(&cell.blocks));
    let scope = cell.scope.filter(|_| !cell.is_silent()).map(|it| match it {
        Scope::Column => "column",
        Scope::Row => "row",
    });
    node! {
        "x": x, "y": y, "columns": width, "rows": height, "scope": scope,
        "content": content,
    }
}

/// What is in a cell. One that says nothing and has a name has something for it to stand at.
fn named_content(mut content: Vec<Value>) -> Vec<Value> {
    let is_name = |it: &Value| it.get("kind").is_some_and(|it| it == "anchors");
    if !content.is_empty() && content.iter().all(is_name) {
        content.push(node! { "kind": "plain", "content": vec![inline::nothing()] });
    }
    content
}

/// Whether something leads elsewhere: what is repeated may not.
fn leads(rows: &[Row]) -> bool {
    let mut found = false;
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.for_each(|cell| {
        for_texts(cell, &mut |it| {
            walk::inlines(&it.inlines, &mut |it| {
                // An image that is elsewhere is a link.
                let is_elsewhere = |it: &Image| !matches!(it.resource, Resource::File(_));
                found |= matches!(it, Inline::Footnote(_) | Inline::Link(_))
                    || matches!(it, Inline::Image(it) if is_elsewhere(it));
            });
        });
    });
    found
}

fn for_texts(cell: &Cell, visit: &mut dyn FnMut(&crate::document::Text)) {
    walk::blocks(&cell.blocks, &mut |block| match block {
        Block::Plain(it) => visit(it),
        Block::Paragraph(it) => visit(&it.text),
        Block::Heading(it) => visit(&it.text),
        Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Callout(_)
        | Block::Details(_)
        | Block::Code(_)
        | Block::Table(_)
        | Block::Figure(_)
        | Block::Media(_)
        | Block::Rule(_)
        | Block::PageBreak(_)
        | Block::Group(_)
        | Block::Math(_)
        | Block::Unknown(_) => {}
    });
}

/// The share of the width that each column gets: enough for its longest word, and of the
/// rest as much as it has to say. Typst's own automatic columns would lay each cell out
/// several times. With them goes the length of the longest word of each column.
fn widths(table: &Table, columns: usize) -> (Vec<f64>, Vec<usize>) {
    let mut least = vec![NARROWEST; columns];
    let mut most = vec![NARROWEST; columns];
    let mut words = vec![0; columns];
    for row in table.head.iter().chain(&table.body) {
        let mut x = 0;
        for cell in &row.cells {
            if cell.columns <= 1 && x < columns {
                let (word, line) = measure(cell);
                words[x] = words[x].max(word.saturating_sub(AROUND));
                least[x] = least[x].max(word);
                most[x] = most[x].max(line).max(word);
            }
            x += cell.columns.max(1) as usize;
        }
    }
    (share(&least, &most), words)
}

#[expect(clippy::cast_precision_loss, reason = "cells are far shorter than 2^52")]
fn share(least: &[usize], most: &[usize]) -> Vec<f64> {
    let sum = |it: &[usize]| it.iter().sum::<usize>() as f64;
    let (low, high) = (sum(least), sum(most));
    let part =
        if high > low { ((LINE - low) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
    let columns = least.iter().zip(most);
    columns
        .map(|(least, most)| {
            let width = *least as f64 + (*most - *least) as f64 * part;
            (width * 100.0).round() / 100.0
        })
        .collect()
}

/// Whether the table takes a small part of a page: about as many lines as its cells have
/// words for, in columns of these widths. A cell with more than words may be of any height.
fn is_short(table: &Table, widths: &[f64]) -> bool {
    let mut lines = 0;
    for row in table.head.iter().chain(&table.body) {
        let mut tallest = 1;
        let mut x = 0;
        for cell in &row.cells {
            let columns = cell.columns.max(1) as usize;
            let width: f64 = widths.iter().skip(x).take(columns).sum();
            x += columns;
            let Some(height) = height(cell, width) else { return false };
            tallest = tallest.max(height);
        }
        lines += tallest;
    }
    lines <= SHORT
}

/// How many lines a cell of this width takes, if it holds nothing but words.
fn height(cell: &Cell, width: f64) -> Option<usize> {
    let only_words =
        cell.blocks.iter().all(|it| matches!(it, Block::Plain(_) | Block::Paragraph(_)));
    let mut lines = 0;
    for_texts(cell, &mut |it| {
        let characters = text::plain(&it.inlines).chars().count();
        #[expect(clippy::cast_precision_loss, reason = "cells are far shorter than 2^52")]
        let full = characters as f64 / (width - AROUND as f64 / 2.0).max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number"
        )]
        let full = full.ceil() as usize;
        lines += full;
    });
    only_words.then_some(lines)
}

/// The longest word and the longest line of a cell, in characters.
fn measure(cell: &Cell) -> (usize, usize) {
    let (mut word, mut line) = (0, 0);
    for_texts(cell, &mut |it| {
        let plain = text::plain(&it.inlines);
        let words = plain.split_whitespace().map(|it| it.chars().count());
        word = word.max(words.max().unwrap_or(0));
        line = line.max(plain.chars().count());
    });
    ((word + AROUND).min(LONGEST), (line + AROUND).min(120))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_longest_word() {
        let widths = share(&[4, 12], &[4, 120]);
        assert_eq!(widths, [4.0, LINE - 4.0]);
    }

    #[test]
    fn columns_without_room_for_four_letters_are_crowded() {
        let table = |columns: usize, word: usize| {
            let least = vec![word + AROUND; columns];
            is_crowded(&share(&least, &least), &vec![word; columns])
        };
        assert!(!table(12, 9) && !table(20, 4) && !table(40, 1));
        assert!(table(30, 9) && table(80, 1));
    }

    #[test]
    fn a_small_table_gets_what_it_asks_for() {
        assert_eq!(share(&[4, 6], &[10, 20]), [10.0, 20.0]);
    }
}
