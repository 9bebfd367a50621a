//! The closing table of a build: what there is now, and how much of it is translated.

use super::{exports::Written, progress};
use crate::{
    deposit::Scope,
    document::Language,
    render::Format,
    site::{Counts, Edition, Site},
    words::{Value, Words, visible},
};

/// Where a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

/// Draws the closing table: a row for each language that was built.
pub(super) fn draw(
    words: &Words,
    site: &Site,
    written: &Written,
    scope: &Scope,
) -> String {
    let built =
        |format: Format| written.files.iter().any(|it| it.format == format.name());
    let formats: Vec<Format> = Format::ALL.into_iter().filter(|it| built(*it)).collect();
    let mut head = ["table-language", "table-pages", "table-translated"]
        .map(|it| words.text(it))
        .to_vec();
    head.extend(formats.iter().map(|it| words.text(progress::name(*it))));
    let mut rows = vec![head];
    for edition in &site.editions {
        if scope.languages.is_empty() || scope.languages.contains(&edition.language) {
            rows.push(row(words, site, edition, written, scope, &formats));
        }
    }
    lay_out(&rows)
}

fn row(
    words: &Words,
    site: &Site,
    edition: &Edition,
    written: &Written,
    scope: &Scope,
    formats: &[Format],
) -> Vec<String> {
    let asked = |key| scope.pages.is_empty() || scope.pages.contains(key);
    let pages = edition.pages.iter().filter(|it| !it.generated && asked(&it.key)).count();
    let translated = if edition.language == site.publication.source {
        words.text("table-source")
    } else {
        words.format("percent", &[("number", translated(edition).into())])
    };
    let name = edition.labels.text("language-name");
    let mut cells = vec![
        format!("{} ({})", name, edition.language),
        words.format("number", &[("number", pages.into())]),
        translated,
    ];
    cells.extend(
        formats.iter().map(|it| bytes(words, size(written, &edition.language, *it))),
    );
    cells
}

/// How much of what there is to translate in an edition is translated, in percent. Only
/// what is wholly translated has a hundred.
pub(super) fn translated(edition: &Edition) -> usize {
    let counts = edition.pages.iter().map(|it| it.counts);
    let (done, marked) = counts.fold((0, 0), |(done, marked), it: Counts| {
        (done + it.translated + it.reviewed, marked + it.marked())
    });
    if marked == 0 { 100 } else { done * 100 / (done + marked) }
}

fn size(written: &Written, language: &Language, format: Format) -> u64 {
    written
        .files
        .iter()
        .filter(|it| it.same_as.is_none() && it.format == format.name())
        .filter(|it| it.language.as_deref() == Some(language.as_str()))
        .map(|it| it.size)
        .sum()
}

/// A number of bytes, in the unit in which it is easily read.
#[expect(clippy::cast_precision_loss, reason = "only three digits are shown")]
pub(super) fn bytes(words: &Words, bytes: u64) -> String {
    let (id, number) = match bytes {
        0..1_000 => ("bytes", bytes as f64),
        1_000..1_000_000 => ("bytes-kilo", (bytes as f64 / 1e3).round()),
        1_000_000..1_000_000_000 => ("bytes-mega", tenths(bytes as f64 / 1e6)),
        _ => ("bytes-giga", tenths(bytes as f64 / 1e9)),
    };
    words.format(id, &[("number", Value::Number(number))])
}

/// A number with one decimal.
pub(super) fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Lays out rows of cells: the first row is the head, the first column stands on the
/// left, numbers on the right.
pub(super) fn lay_out(rows: &[Vec<String>]) -> String {
    let in_one_line = |it: &String| visible::line(it).into_owned();
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(in_one_line).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|it| it.get(column));
            cells.map(|it| width(it)).max().unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            pad(cell, *width, if column == 0 { Align::Left } else { Align::Right })
        });
        let line = cells.collect::<Vec<_>>().join("   ");
        out.push_str(&format!("  {}\n", line.trim_end()));
        if index == 0 {
            let rule = widths.iter().sum::<usize>() + 3 * (columns.max(1) - 1);
            out.push_str(&format!("  {}\n", "─".repeat(rule)));
        }
    }
    out
}

fn pad(text: &str, to: usize, align: Align) -> String {
    let blank = " ".repeat(to.saturating_sub(width(text)));
    match align {
        Align::Left => format!("{text}{blank}"),
        Align::Right => format!("{blank}{text}"),
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_their_heads() {
        let rows = [
            vec!["Langue".to_owned(), "Pages".to_owned()],
            vec!["Français (fr)".to_owned(), "1".to_owned()],
        ];
        let expected = "  Langue          Pages\n  ─────────────────────\n  \
                        Français (fr)       1\n";
        assert_eq!(lay_out(&rows), expected);
    }

    #[test]
    fn sizes_are_written_as_the_language_does() {
        let french = Words::of_program("fr_FR.UTF-8");
        assert_eq!(bytes(&french, 999), "999\u{a0}o");
        assert_eq!(bytes(&french, 12_345_678), "12,3\u{a0}Mo");
        assert_eq!(bytes(&french, 4_000_000), "4,0\u{a0}Mo");
        assert_eq!(bytes(&Words::of_program("en"), 12_345), "12\u{a0}kB");
    }
}
