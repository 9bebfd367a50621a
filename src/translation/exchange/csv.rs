//! CSV: the units and the glossary as sheets, for people who have a spreadsheet.
//!
//! A spreadsheet guesses. A byte-order mark tells it that the text is UTF-8; the separator
//! is a choice, because it depends on the country; and a cell that begins like a formula
//! gets an apostrophe in front, so that no text of a page is ever computed. The
//! apostrophe goes away again when the sheet comes back.

use std::{borrow::Cow, rc::Rc};

use super::{
    Sheet, entries,
    incoming::{Given, Incoming, Said, base_of_text},
    name,
};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{Language, State},
    translation::{glossary::Term, status},
};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, as spreadsheets in French expect it.
    #[default]
    Semicolon,
    /// A tabulation.
    Tab,
}

impl Separator {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// The columns of a sheet of units.
const UNITS: [&str; 9] = [
    "page",
    "unit",
    "role",
    "state",
    "source",
    "translation",
    "previous source",
    "comment",
    "reference",
];

/// The columns of a sheet of terms.
const TERMS: [&str; 4] = ["term", "source", "translation", "forbidden"];

/// With what a spreadsheet begins a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The units of these pages as a sheet; `None` when there is nothing in it.
pub fn units(sheets: &[Sheet], changed: bool, separator: Separator) -> Option<String> {
    let mut table = Table::new(separator, &UNITS);
    let mut count = 0;
    for sheet in sheets {
        for entry in entries(&sheet.catalogue) {
            let state = status::state(entry);
            if changed && matches!(state, State::Translated | State::Reviewed) {
                continue;
            }
            let comments: Vec<&str> = entry.comments.iter().map(|it| it.trim()).collect();
            let base = base_of_text(entry.translation(), state).write();
            table.row(&[
                &sheet.file,
                &name(entry),
                entry.extracted.first().map_or("", String::as_str),
                state.name(),
                &entry.id,
                entry.translation(),
                entry.previous.id.as_deref().unwrap_or_default(),
                &comments.join("\n"),
                &base,
            ]);
            count += 1;
        }
    }
    (count > 0).then(|| table.finish())
}

/// A glossary as a sheet.
pub fn terms(terms: &[Term], separator: Separator) -> String {
    let mut table = Table::new(separator, &TERMS);
    for term in terms {
        table.row(&[&term.name, &term.source, &term.target, &term.forbidden.join(", ")]);
    }
    table.finish()
}

/// Reads a sheet of units.
pub fn read_units(text: &str) -> Checked<Vec<Incoming>> {
    let mut diagnostics = Vec::new();
    let mut units = Vec::new();
    let Some(rows) = rows(text, &["page", "source", "translation"], &mut diagnostics)
    else {
        return Checked { value: units, diagnostics };
    };
    for row in rows {
        let state = row.cell("state").to_lowercase();
        units.push(Incoming {
            page: row.cell("page").to_owned(),
            unit: row.cell("unit").to_owned(),
            place: row.place,
            markdown: Some(row.cell("source").to_owned()),
            source: Vec::new(),
            target: Given::Markdown(row.cell("translation").trim().to_owned()),
            state: said(state.trim()),
            base: Some(row.cell("reference").to_owned()).filter(|it| !it.is_empty()),
        });
    }
    Checked { value: units, diagnostics }
}

fn said(state: &str) -> Said {
    match state {
        "reviewed" => Said::Reviewed,
        "translated" => Said::Translated,
        "draft" => Said::ToReview,
        // The state of what nobody had translated says nothing of what somebody wrote.
        "stale" => Said::Unfinished,
        _ => Said::Nothing,
    }
}

/// Reads a sheet of terms.
pub fn read_terms(text: &str) -> Checked<Vec<(Term, Place)>> {
    let mut diagnostics = Vec::new();
    let mut terms = Vec::new();
    let Some(rows) = rows(text, &["term", "translation"], &mut diagnostics) else {
        return Checked { value: terms, diagnostics };
    };
    for row in rows {
        let forbidden = row.cell("forbidden").split(',').map(|it| it.trim().to_owned());
        let term = Term {
            name: row.cell("term").trim().to_owned(),
            source: row.cell("source").trim().to_owned(),
            target: row.cell("translation").trim().to_owned(),
            forbidden: forbidden.filter(|it| !it.is_empty()).collect(),
            ..Term::default()
        };
        let mut letters = term.name.chars();
        let fine = letters.next().is_some_and(|it| it.is_ascii_alphabetic())
            && letters.all(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_'));
        if fine {
            terms.push((term, row.place));
        } else {
            let fault = Diagnostic::error("exchange-term-name").at(row.place);
            let name = crate::translation::excerpt(&term.name);
            diagnostics.push(fault.with("term", name));
        }
    }
    Checked { value: terms, diagnostics }
}

struct Table {
    out: String,
    separator: char,
}

impl Table {
    fn new(separator: Separator, columns: &[&str]) -> Self {
        let separator = char::from(separator.byte());
        let mut table = Self { out: "\u{feff}".to_owned(), separator };
        table.row(columns);
        table
    }

    fn row(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.out.push(self.separator);
            }
            let cell = guarded(cell);
            if cell.contains([self.separator, '"', '\n', '\r', ' ', ';', ',', '\t']) {
                self.out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
            } else {
                self.out.push_str(&cell);
            }
        }
        self.out.push_str("\r\n");
    }

    fn finish(self) -> String {
        self.out
    }
}

/// A cell that no spreadsheet computes.
fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches('\'').starts_with(FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

struct Row {
    columns: Rc<[String]>,
    cells: Vec<String>,
    place: Place,
}

impl Row {
    fn cell(&self, name: &str) -> &str {
        let column = self.columns.iter().position(|it| it == name);
        column.and_then(|it| self.cells.get(it)).map_or("", |it| unguarded(it))
    }
}

/// The rows of a sheet that has these columns, whatever stands between its cells.
fn rows(
    text: &str,
    wanted: &[&'static str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Row>> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let count = |it: &char| head.matches(*it).count();
    let separator = [';', ',', '\t'].into_iter().max_by_key(count).unwrap_or(';');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b';'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns: Option<Rc<[String]>> = None;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let fault = Diagnostic::error("exchange-csv");
                diagnostics.push(fault.because("other", error));
                break;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let place = Place {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: 1,
            ..Place::default()
        };
        let cells: Vec<String> =
            record.iter().map(|it| it.replace("\r\n", "\n")).collect();
        match &columns {
            None => {
                let found: Vec<String> =
                    cells.iter().map(|it| it.trim().to_lowercase()).collect();
                if let Some(lost) =
                    wanted.iter().find(|it| !found.iter().any(|c| c == **it))
                {
                    let fault = Diagnostic::error("exchange-column").at(place);
                    diagnostics.push(fault.with("column", lost));
                    return None;
                }
                columns = Some(Rc::from(found));
            }
            Some(columns) if cells.iter().any(|it| !it.trim().is_empty()) => {
                let columns = Rc::clone(columns);
                rows.push(Row { columns, cells, place });
            }
            Some(_) => {}
        }
    }
    Some(rows)
}

/// The languages are not in a sheet: its name says it, between two dots.
pub fn language_of(file: &str) -> Option<Language> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut parts: Vec<&str> = name.split('.').collect();
    parts.pop()?;
    let last = parts.pop().filter(|it| *it != "glossary").or_else(|| parts.pop())?;
    let fine = !parts.is_empty() && (2..=11).contains(&last.len());
    fine.then(|| Language::new(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_comes_back_as_it_was() {
        for cell in ["=1+1", "-3", "+a", "@x", "'=a", "''-b", "'quoted'", "a", ""] {
            let guarded = guarded(cell);
            assert!(!guarded.starts_with(FORMULA), "{guarded}");
            assert_eq!(unguarded(&guarded), cell);
        }
    }

    #[test]
    fn the_separator_is_found_in_the_first_line() {
        for separator in [";", ",", "\t"] {
            let head = ["page", "source", "translation"].join(separator);
            let text =
                format!("\u{feff}{head}\r\n{}\r\n", ["p", "a", "b"].join(separator));
            let read = read_units(&text);
            assert_eq!(read.diagnostics, []);
            assert_eq!(read.value[0].target, Given::Markdown("b".into()));
        }
    }

    #[test]
    fn a_sheet_says_its_language_in_its_name() {
        let of = |it| language_of(it).map(|it| it.to_string());
        assert_eq!(of("a/site.en.csv").as_deref(), Some("en"));
        assert_eq!(of("site.pt-BR.glossary.csv").as_deref(), Some("pt-BR"));
        assert_eq!(of("site.csv"), None);
    }
}
