//! Tables, from Markdown and from raw HTML, with as many cells in each row as columns.

use std::{collections::HashSet, mem};

use comrak::nodes::{AstNode, NodeTable, NodeValue, TableAlignment};

use super::{
    attributes,
    element::{self, keep_attributes},
    grid,
    html::{self, Loose},
    inline,
    reader::Reader,
    tag::Tag,
    tree::{Element, Node},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Align, Block, Cell, Inline, Row, Scope, Table, Text},
};

/// How many columns or rows a cell may span: more is a slip, and would cost memory.
const WIDEST: u32 = 100;
/// How many cells a table may have, those counted that are missing or spanned over.
const MOST_SLOTS: usize = 500_000;

/// A table of the Markdown parser.
pub(super) fn of_node<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    table: &NodeTable,
    place: Place,
) -> Vec<Block> {
    let align = |it: &TableAlignment| match it {
        TableAlignment::None | TableAlignment::Left => Align::Start,
        TableAlignment::Center => Align::Center,
        TableAlignment::Right => Align::End,
    };
    let columns: Vec<Align> = table.alignments.iter().map(align).collect();
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for line in node.children() {
        let ast = line.data();
        let header = matches!(ast.value, NodeValue::TableRow(true));
        let place = reader.place(ast.sourcepos);
        report_dropped(reader, place, columns.len());
        let cells = line.children().map(|it| of_cell(reader, it, header)).collect();
        let row = Row { place, cells };
        if header { head.push(row) } else { body.push(row) }
    }
    finished(reader, Table { place, caption: None, columns, head, body })
}

/// Says which cells of a row the Markdown parser leaves out: those beyond the columns that
/// the head of the table has.
fn report_dropped(reader: &mut Reader<'_>, row: Place, columns: usize) {
    let text = reader.places.text();
    let source = text.get(row.start as usize..row.end as usize).unwrap_or_default();
    let cells = cells(source);
    let dropped: Vec<&str> = cells.iter().skip(columns).map(|it| it.trim()).collect();
    if dropped.iter().any(|it| !it.is_empty()) {
        let error = Diagnostic::error("table-cell-dropped").at(row);
        let error = error.with("text", dropped.join(" | "));
        reader.report(error.with("cells", cells.len()).with("columns", columns));
    }
}

/// The cells of a row, split as the parser does: also inside code, but not at `\|`, and not
/// inside the constructs of templates, which it does not see.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut cells, mut start, mut at) = (Vec::new(), 0, 0);
    // What closes a construct and was looked for in vain: nothing further on has it.
    let mut missing = Vec::new();
    while let Some(found) = row[at..].find(['|', '\\', '{']) {
        at += found;
        let rest = &row[at..];
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => "",
        };
        let is_looked_for = !close.is_empty() && !missing.contains(&close);
        let length = is_looked_for.then(|| rest.find(close)).flatten();
        if is_looked_for && length.is_none() {
            missing.push(close);
        }
        if rest.starts_with('|') {
            cells.push(&row[start..at]);
            start = at + 1;
            at += 1;
        } else if let Some(escaped) = rest.strip_prefix('\\') {
            at += 1 + escaped.chars().next().map_or(0, char::len_utf8);
        } else {
            at += length.map_or(1, |it| it + close.len());
        }
    }
    if start < row.len() {
        cells.push(&row[start..]);
    }
    cells
}

/// A table with as many cells in each row as columns. One that would have far too many
/// becomes its words: a wide row among thousands of narrow ones would cost memory.
fn finished(reader: &mut Reader<'_>, mut table: Table) -> Vec<Block> {
    drop_silent_head(&mut table);
    if square(&mut table).is_some() {
        return vec![Block::Table(table)];
    }
    let error = Diagnostic::error("table-too-large").at(table.place);
    reader.report(error.with("most", MOST_SLOTS));
    let caption = table.caption.map(Block::Plain).into_iter();
    let rows = table.head.into_iter().chain(table.body);
    let cells = rows.flat_map(|row| row.cells);
    caption.chain(cells.flat_map(|cell| cell.blocks)).collect()
}

/// The words of a cell, which are final where it ends with `{.notranslate}`. Other attributes
/// are for no cell.
fn final_words(mut inlines: Vec<Inline>, place: Place) -> Vec<Inline> {
    let Some(Inline::Text(text)) = inlines.last_mut() else { return inlines };
    let found = attributes::at_end(text).filter(|it| it.0.kept.is_final());
    let Some((written, length)) = found.filter(|it| it.0.ignored.is_empty()) else {
        return inlines;
    };
    text.truncate(length);
    element::span(written.kept, inline::trim(inlines), place)
}

fn of_cell<'n>(reader: &mut Reader<'_>, node: &'n AstNode<'n>, header: bool) -> Cell {
    let place = reader.place(node.data().sourcepos);
    let inlines = inline::trim(final_words(inline::of_node(reader, node), place));
    let blocks = match inlines.is_empty() {
        true => Vec::new(),
        false => vec![Block::Plain(Text::new(place, inlines))],
    };
    let scope = header.then_some(Scope::Column);
    Cell { place, scope, columns: 1, rows: 1, blocks }
}

/// A table of raw HTML.
pub(super) fn of_element(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let used = ["border", "cellpadding", "cellspacing", "width", "summary", "align"];
    let attributes = keep_attributes(reader, tag, &used, place);
    let mut parts = Parts::default();
    parts.add(reader, nodes, Section::Body, depth);
    let Parts { caption, mut head, mut body, foot, loose, mut aligns, columns, unsaid } =
        parts;
    body.extend(foot);
    if columns.iter().any(|it| *it != Align::Start)
        && let (Some(head), Some(body)) = (widths(&head), widths(&body))
    {
        let width = head.into_iter().chain(body).max().unwrap_or(0);
        aligns = columns.into_iter().take(width).collect();
    }
    if head.is_empty() {
        let heads =
            |row: &Row| row.cells.iter().all(|it| it.scope == Some(Scope::Column));
        let count =
            body.iter().take_while(|row| !row.cells.is_empty() && heads(row)).count();
        // A table of nothing but header cells has no head.
        if count < body.len() {
            head = body.drain(..count).collect();
        }
    }
    let mut blocks = Vec::new();
    if !loose.is_empty() {
        reader.report(Diagnostic::note("table-text-outside-cells").at(place));
        blocks.extend(loose);
    }
    grid::settle(&mut head, &mut body, &mut aligns);
    grid::infer(&mut body, &unsaid);
    if head.iter().chain(&body).any(|it| !it.cells.is_empty()) {
        let table = Table { place, caption, columns: aligns, head, body };
        blocks.extend(finished(reader, table));
    } else if let Some(text) = caption {
        blocks.push(Block::Plain(text));
    }
    html::group(attributes, blocks, place)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Body,
    Foot,
}

/// What a table is made of.
#[derive(Default)]
struct Parts {
    caption: Option<Text>,
    head: Vec<Row>,
    body: Vec<Row>,
    foot: Vec<Row>,
    /// What stands outside the cells, where nothing may.
    loose: Vec<Block>,
    /// The alignments that the first row with any gives.
    aligns: Vec<Align>,
    /// The alignments that its columns are given.
    columns: Vec<Align>,
    /// The header cells that do not say what they head; until that is known, a column.
    unsaid: HashSet<Place>,
}

impl Parts {
    fn add(
        &mut self,
        reader: &mut Reader<'_>,
        nodes: Vec<Node>,
        section: Section,
        depth: usize,
    ) {
        let mut loose = Vec::new();
        let mut cells = Vec::new();
        for node in nodes {
            let Node::Element(it) = node else {
                loose.push(node);
                continue;
            };
            match it.tag.name.as_str() {
                "thead" => self.add(reader, it.nodes, Section::Head, depth),
                "tbody" => self.add(reader, it.nodes, Section::Body, depth),
                "tfoot" => self.add(reader, it.nodes, Section::Foot, depth),
                "caption" => {
                    let inlines = html::inlines(reader, it.nodes);
                    let text = Text::new(it.place, inline::trim(inlines));
                    self.caption = Some(text).filter(|it| !it.is_empty());
                }
                "colgroup" => self.columns(&it),
                "col" => {
                    let tag = Tag { name: "colgroup".to_owned(), ..Tag::default() };
                    let place = it.place;
                    self.columns(&Element::new(tag, place, vec![Node::Element(it)]));
                }
                "tr" => self.row(reader, it, section, depth),
                "td" | "th" => cells.push(Node::Element(it)),
                _ => loose.push(Node::Element(it)),
            }
        }
        // Cells whose row was forgotten.
        if let Some(Node::Element(first)) = cells.first() {
            let place = first.place;
            let tag = Tag { name: "tr".to_owned(), ..Tag::default() };
            self.row(reader, Element::new(tag, place, cells), section, depth);
        }
        self.loose.extend(html::flow(reader, loose, depth, Loose::Paragraph));
    }

    /// How a group of columns, or each of its columns, is aligned.
    fn columns(&mut self, group: &Element) {
        let span = |tag: &Tag| {
            let span = tag.get("span").and_then(|it| it.trim().parse::<u32>().ok());
            span.unwrap_or(1).clamp(1, WIDEST) as usize
        };
        let inside = group.nodes.iter().filter_map(|it| match it {
            Node::Element(it) if it.tag.name == "col" => Some(&it.tag),
            Node::Element(_) | Node::Text(..) | Node::Block(_) => None,
        });
        let mut columns: Vec<&Tag> = inside.collect();
        if columns.is_empty() {
            columns.push(&group.tag);
        }
        for column in columns {
            let own = align(column);
            let align = if own == Align::Start { align(&group.tag) } else { own };
            self.columns.extend(std::iter::repeat_n(align, span(column)));
        }
        self.columns.truncate(WIDEST as usize);
    }

    fn row(
        &mut self,
        reader: &mut Reader<'_>,
        row: Element,
        section: Section,
        depth: usize,
    ) {
        keep_attributes(reader, &row.tag, &["align", "valign", "id", "class"], row.place);
        let (mut cells, mut loose, mut aligns) = (Vec::new(), Vec::new(), Vec::new());
        for node in row.nodes {
            match node {
                Node::Element(it) if matches!(it.tag.name.as_str(), "td" | "th") => {
                    aligns.push(align(&it.tag));
                    if it.tag.name == "th" && said(&it.tag).is_none() {
                        self.unsaid.insert(it.place);
                    }
                    cells.push(cell(reader, it, section, depth));
                }
                other => loose.push(other),
            }
        }
        if self.aligns.is_empty() && aligns.iter().any(|it| *it != Align::Start) {
            self.aligns = aligns;
        }
        self.loose.extend(html::flow(reader, loose, depth, Loose::Paragraph));
        let row = Row { place: row.place, cells };
        match section {
            Section::Head => self.head.push(row),
            Section::Body => self.body.push(row),
            Section::Foot => self.foot.push(row),
        }
    }
}

fn cell(
    reader: &mut Reader<'_>,
    element: Element,
    section: Section,
    depth: usize,
) -> Cell {
    let Element { tag, place, nodes, .. } = element;
    let used = [
        "colspan", "rowspan", "scope", "align", "valign", "width", "height", "headers",
        "id", "class", "style", "bgcolor", "nowrap", "abbr",
    ];
    let attributes = keep_attributes(reader, &tag, &used, place);
    let span = |name: &str| {
        let number =
            tag.get(name).and_then(|it| it.trim().parse::<u32>().ok()).unwrap_or(1);
        number.clamp(1, WIDEST)
    };
    let scope = match tag.name.as_str() {
        "th" => Some(said(&tag).unwrap_or(Scope::Column)),
        _ if section == Section::Head => Some(Scope::Column),
        _ => None,
    };
    let blocks = html::flow(reader, nodes, depth + 1, Loose::Line);
    let blocks = html::group(attributes, blocks, place);
    Cell { place, scope, columns: span("colspan"), rows: span("rowspan"), blocks }
}

/// What a header cell says that it heads.
fn said(tag: &Tag) -> Option<Scope> {
    match tag.get("scope")?.trim().to_ascii_lowercase().as_str() {
        "row" | "rowgroup" => Some(Scope::Row),
        "col" | "colgroup" => Some(Scope::Column),
        _ => None,
    }
}

fn align(tag: &Tag) -> Align {
    let style = tag.get("style").unwrap_or_default();
    let value = match tag.get("align") {
        Some(value) => value,
        None => style.split_once("text-align:").map_or("", |it| it.1),
    };
    let value = value.trim().to_ascii_lowercase();
    match () {
        () if value.starts_with("center") => Align::Center,
        () if value.starts_with("right") || value.starts_with("end") => Align::End,
        () => Align::Start,
    }
}

/// A head that says nothing is how Markdown writes a table without one.
fn drop_silent_head(table: &mut Table) {
    let says = |row: &Row| row.cells.iter().any(|it| !it.blocks.is_empty());
    if !table.body.is_empty() && !table.head.iter().any(says) {
        table.head.clear();
    }
}

/// Gives each row as many cells as the table has columns, those that reach down from
/// rows above counted, and cuts cells that reach below the last row. `None` when it would
/// have too many cells then.
fn square(table: &mut Table) -> Option<()> {
    let mut width = table.columns.len();
    for rows in [&table.head, &table.body] {
        width = width.max(widths(rows)?.into_iter().max().unwrap_or(0));
    }
    let rows = table.head.len() + table.body.len();
    (rows.saturating_mul(width) <= MOST_SLOTS).then_some(())?;
    for rows in [&mut table.head, &mut table.body] {
        let last = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let left = u32::try_from(last - index).unwrap_or(u32::MAX);
            row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(left));
        }
        let widths = widths(rows)?;
        for (row, has) in rows.iter_mut().zip(widths) {
            let header = row
                .cells
                .last()
                .and_then(|it| it.scope)
                .filter(|it| *it == Scope::Column);
            let place = Place { start: row.place.end, ..row.place };
            let empty =
                Cell { place, scope: header, columns: 1, rows: 1, blocks: Vec::new() };
            row.cells.resize(row.cells.len() + width - has, empty);
        }
    }
    table.columns.resize(width, Align::Start);
    Some(())
}

/// How many columns the cells of each row take, with those that reach down to it; `None`
/// when they are too many.
fn widths(rows: &[Row]) -> Option<Vec<usize>> {
    let mut slots = 0;
    // For each column, how many more rows are taken by a cell above.
    let mut taken: Vec<u32> = Vec::new();
    let mut widths = Vec::with_capacity(rows.len());
    for row in rows {
        let mut next = taken.iter().map(|it| it.saturating_sub(1)).collect::<Vec<_>>();
        let mut column = 0;
        for cell in &row.cells {
            while taken.get(column).is_some_and(|&it| it > 0) {
                column += 1;
            }
            for _ in 0..cell.columns {
                if next.len() <= column {
                    next.resize(column + 1, 0);
                }
                next[column] = next[column].max(cell.rows.saturating_sub(1));
                column += 1;
            }
        }
        let reached = taken.iter().rposition(|&it| it > 0).map_or(0, |it| it + 1);
        widths.push(column.max(reached));
        mem::swap(&mut taken, &mut next);
        slots += taken.len().max(column);
        if slots > MOST_SLOTS {
            return None;
        }
    }
    Some(widths)
}
