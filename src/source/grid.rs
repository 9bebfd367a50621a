//! The grid of a table of raw HTML, in which each cell has its place.
//!
//! HTML lets cells reach over others, rows and columns be nothing but what reaches into
//! them; checkers refuse both, since no reader can say what such a row or column is.

use std::collections::HashSet;

use crate::{
    diagnostic::Place,
    document::{Align, Cell, Row, Scope},
};

/// Settles the cells of a table: none reaches over another, and each row and each column
/// has a cell that begins in it. What is written in the cells stays.
pub(super) fn settle(head: &mut Vec<Row>, body: &mut Vec<Row>, columns: &mut Vec<Align>) {
    for rows in [&mut *head, &mut *body] {
        let last = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let left = u32::try_from(last - index).unwrap_or(u32::MAX);
            row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(left));
        }
        part(rows);
        drop_covered_rows(rows);
    }
    drop_covered_columns(head, body, columns);
}

/// Shortens cells that reach over others.
fn part(rows: &mut [Row]) {
    walk(rows, &mut |cell, _, free| cell.columns = cell.columns.min(free));
}

/// Takes out the rows in which nothing begins: cells above reach all through them.
fn drop_covered_rows(rows: &mut Vec<Row>) {
    let mut index = 0;
    while index < rows.len() {
        let reached = |(at, row): (usize, &Row)| {
            row.cells.iter().any(|it| at + it.rows as usize > index)
        };
        if !rows[index].cells.is_empty() || !rows[..index].iter().enumerate().any(reached)
        {
            index += 1;
            continue;
        }
        for (at, row) in rows[..index].iter_mut().enumerate() {
            let over = |it: &&mut Cell| at + it.rows as usize > index;
            row.cells.iter_mut().filter(over).for_each(|it| it.rows -= 1);
        }
        rows.remove(index);
    }
}

/// Takes out the columns in which nothing begins.
fn drop_covered_columns(head: &mut [Row], body: &mut [Row], columns: &mut Vec<Align>) {
    let mut begun: Vec<bool> = Vec::new();
    let mut begin = |cell: &mut Cell, column: usize, _: u32| {
        let end = column + cell.columns as usize;
        begun.resize(begun.len().max(end), false);
        begun[column] = true;
    };
    walk(head, &mut begin);
    walk(body, &mut begin);
    if begun.iter().all(|it| *it) {
        return;
    }
    let mut shorten = |cell: &mut Cell, column: usize, _: u32| {
        let end = column + cell.columns as usize;
        let kept = begun[column..end].iter().filter(|it| **it).count();
        cell.columns = u32::try_from(kept).unwrap_or(1).max(1);
    };
    walk(head, &mut shorten);
    walk(body, &mut shorten);
    let mut column = 0;
    columns.retain(|_| {
        column += 1;
        begun.get(column - 1).copied().unwrap_or(true)
    });
}

/// Says what the header cells of a body head whose scope nobody wrote, as HTML does ("forming
/// relationships between data cells and header cells", 4.9.12.2): a column, when no row of
/// theirs has data; their rows, when no column of theirs has. An empty cell is no data: it
/// fills the corner of a table. Where HTML finds neither, the first cell of a row heads it.
pub(super) fn infer(body: &mut [Row], unsaid: &HashSet<Place>) {
    if unsaid.is_empty() {
        return;
    }
    let has_data = |it: &Cell| it.scope.is_none() && !it.blocks.is_empty();
    let mut rows_of_data = vec![false; body.len()];
    for (at, row) in body.iter().enumerate() {
        for cell in row.cells.iter().filter(|it| has_data(it)) {
            let end = (at + cell.rows as usize).min(body.len());
            rows_of_data[at..end].fill(true);
        }
    }
    let mut columns_of_data: Vec<bool> = Vec::new();
    walk(body, &mut |cell, column, _| {
        let end = column + cell.columns as usize;
        columns_of_data.resize(columns_of_data.len().max(end), false);
        if has_data(cell) {
            columns_of_data[column..end].fill(true);
        }
    });
    let heads_columns: HashSet<Place> = body
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.cells.iter().map(move |it| (at, it)))
        .filter(|(at, it)| {
            let end = (at + it.rows as usize).min(rows_of_data.len());
            !rows_of_data[*at..end].contains(&true)
        })
        .map(|(_, it)| it.place)
        .collect();
    walk(body, &mut |cell, column, _| {
        if !unsaid.contains(&cell.place) || heads_columns.contains(&cell.place) {
            return;
        }
        let end = column + cell.columns as usize;
        let heads_rows = !columns_of_data[column..end].contains(&true);
        if heads_rows || column == 0 {
            cell.scope = Some(Scope::Row);
        }
    });
}

/// Visits each cell with the column in which it begins, and the number of columns that
/// are free from there on. Where a cell stands is what it took before it was visited.
fn walk(rows: &mut [Row], visit: &mut dyn FnMut(&mut Cell, usize, u32)) {
    // For each column, how many more rows are taken by a cell above.
    let mut taken: Vec<u32> = Vec::new();
    for row in rows {
        let mut next: Vec<u32> = taken.iter().map(|it| it.saturating_sub(1)).collect();
        let mut column = 0;
        for cell in &mut row.cells {
            while taken.get(column).is_some_and(|it| *it > 0) {
                column += 1;
            }
            let free = taken.iter().skip(column).position(|it| *it > 0);
            let free = free.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX);
            let width = cell.columns.min(free) as usize;
            visit(cell, column, free);
            next.resize(next.len().max(column + width), 0);
            next[column..column + width].fill(cell.rows.saturating_sub(1));
            column += width;
        }
        taken = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    /// A table of cells that span so many columns and rows.
    fn rows(spans: &[&[(u32, u32)]]) -> Vec<Row> {
        let place = Place::default();
        let cell = |(columns, rows): &(u32, u32)| Cell {
            place,
            scope: None,
            columns: *columns,
            rows: *rows,
            blocks: Vec::new(),
        };
        let row =
            |it: &&[(u32, u32)]| Row { place, cells: it.iter().map(cell).collect() };
        spans.iter().map(row).collect()
    }

    fn settled(spans: &[&[(u32, u32)]]) -> Vec<Vec<(u32, u32)>> {
        let (mut head, mut body) = (Vec::new(), rows(spans));
        settle(&mut head, &mut body, &mut Vec::new());
        let span = |it: &Cell| (it.columns, it.rows);
        body.iter().map(|it| it.cells.iter().map(span).collect()).collect()
    }

    #[test]
    fn what_is_in_order_stays() {
        for table in [
            &[&[(1, 2), (1, 1)][..], &[(1, 1)]][..],
            &[&[(2, 1)], &[(1, 1), (1, 1)]],
            // Rows without cells that nothing reaches are filled elsewhere.
            &[&[(1, 1)], &[], &[(1, 1)]],
        ] {
            assert_eq!(settled(table), table);
        }
    }

    #[test]
    fn rows_and_columns_that_are_only_reached_into_go() {
        assert_eq!(
            settled(&[&[(1, 2), (1, 2)], &[], &[(1, 1), (1, 1)]]),
            [vec![(1, 1), (1, 1)], vec![(1, 1), (1, 1)]]
        );
        assert_eq!(settled(&[&[(1, 9)], &[], &[]]), [vec![(1, 1)]]);
        assert_eq!(settled(&[&[(3, 1)]]), [vec![(1, 1)]]);
        assert_eq!(
            settled(&[&[(3, 1), (1, 1)], &[(1, 1), (2, 1), (1, 1)]]),
            [vec![(2, 1), (1, 1)], vec![(1, 1), (1, 1), (1, 1)]]
        );
    }

    #[test]
    fn a_cell_ends_where_another_stands() {
        assert_eq!(
            settled(&[&[(1, 1), (1, 2)], &[(3, 1), (1, 1)]]),
            [vec![(1, 1), (1, 2)], vec![(1, 1), (1, 1)]]
        );
    }

    proptest::proptest! {
        #[test]
        fn each_row_and_column_begins_a_cell(spans in proptest::collection::vec(
            proptest::collection::vec((1u32..5, 1u32..5), 1..5), 1..6,
        )) {
            let spans: Vec<&[(u32, u32)]> = spans.iter().map(Vec::as_slice).collect();
            let (mut head, mut body) = (Vec::new(), rows(&spans));
            settle(&mut head, &mut body, &mut Vec::new());
            let (mut begun, mut width) = (std::collections::BTreeSet::new(), 0);
            walk(&mut body, &mut |cell, column, free| {
                assert!(cell.columns <= free);
                begun.insert(column);
                width = width.max(column + cell.columns as usize);
            });
            proptest::prop_assert_eq!(begun.len(), width);
            proptest::prop_assert!(body.iter().all(|it| !it.cells.is_empty()));
        }
    }
}
