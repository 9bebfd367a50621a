//! A page in HTML or XHTML, as a reader meets it: the outline of a tree.
//!
//! What the site puts around a page (menus, languages, downloads) is passed over; the roles
//! of ARIA and of DPUB, the elements and a few names of classes say what the rest is.

use super::{
    outline::{Builder, Cell, Frame, Kind, Outline, Step, normal},
    tree::{Element, Node},
};
use crate::{document::Numerals, limits};

/// What the reading of a page needs to know of where it stands.
pub(super) struct Context<'a> {
    /// The element that says what the page says.
    pub(super) main: &'a Element,
    /// The element that holds the trail besides, if it lies outside of it.
    pub(super) around: &'a Element,
    /// The language that the document says it is in.
    pub(super) language: &'a str,
    /// Where a link leads.
    pub(super) lead: &'a dyn Fn(&str) -> String,
}

/// The outline of a page.
pub(super) fn outline(context: &Context<'_>) -> Outline {
    let own = context.main.get("lang").or_else(|| context.main.get("xml:lang"));
    let mut reader = Reader {
        out: Builder::new(context.language),
        languages: vec![own.unwrap_or(context.language).to_owned()],
        lead: context.lead,
        notices: Vec::new(),
        explained: Vec::new(),
        in_link: false,
    };
    let trail = context.around.find(&is_trail).map(|it| reader.trail(it));
    reader.around(context.around, context.main);
    reader.inside(context.main);
    let mut outline = reader.out.build();
    outline.trail = Some(trail.unwrap_or_default());
    outline.notices = Some(reader.notices);
    outline
}

fn is_trail(element: &Element) -> bool {
    let class = element.get("class").unwrap_or_default();
    element.name == "nav" && class.contains("breadcrumb")
}

/// What is being read.
struct Reader<'a> {
    out: Builder,
    languages: Vec<String>,
    lead: &'a dyn Fn(&str) -> String,
    notices: Vec<String>,
    /// The abbreviations that were met before.
    explained: Vec<String>,
    in_link: bool,
}

impl Reader<'_> {
    fn language(&self) -> &str {
        self.languages.last().map_or("", String::as_str)
    }

    fn trail(&self, nav: &Element) -> Vec<Step> {
        let mut items = Vec::new();
        nav.all(&|it| it.name == "li", &mut items);
        let step = |item: &&Element| Step {
            text: normal(&item.text()),
            target: item
                .find(&|it| it.name == "a")
                .and_then(|it| it.get("href"))
                .map(|it| (self.lead)(it)),
        };
        items.iter().map(step).collect()
    }

    /// What is said of the page before its text, where that lies outside of `main`.
    fn around(&mut self, around: &Element, main: &Element) {
        if std::ptr::eq(around, main) {
            return;
        }
        for element in around.elements() {
            if std::ptr::eq(element, main) {
                return;
            }
            if element.says("class", "banner") {
                self.notice(element);
            }
        }
    }

    /// What the program says of the page, without the ways to other languages.
    fn notice(&mut self, element: &Element) {
        let mut words = String::new();
        element.words(&mut words, &|it| it.name != "a");
        self.notices.push(normal(&words));
    }

    fn inside(&mut self, element: &Element) {
        for node in &element.nodes {
            match node {
                Node::Text(words) => self.words(words),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn words(&mut self, words: &str) {
        let language = self.languages.last().map_or("", String::as_str);
        self.out.words(language, words);
    }

    fn element(&mut self, element: &Element) {
        let own = element.get("lang").or_else(|| element.get("xml:lang"));
        if let Some(own) = own {
            self.languages.push(own.to_owned());
        }
        self.known(element);
        if own.is_some() {
            self.languages.pop();
        }
    }

    fn known(&mut self, element: &Element) {
        if self.is_aside(element) {
            return;
        }
        let name = element.name.as_str();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.piece(element, Kind::Heading(level));
            }
            "ul" | "ol" => self.list(element),
            "li" => self.frame(element, Frame::Item),
            "dl" => self.frame(element, Frame::Definitions),
            "dt" => self.piece(element, Kind::Term),
            "dd" => self.frame(element, Frame::Meaning),
            "blockquote" => self.frame(element, Frame::Quote),
            "details" => self.frame(element, Frame::Details),
            "figcaption" => self.caption(element),
            "caption" => self.piece(element, Kind::Caption),
            "pre" => self.code(element),
            "table" => self.table(element),
            "p" if element.says("class", "media") => self.media(element),
            "div" | "aside" | "section" if element.get("role") == Some("note") => {
                self.frame(element, Frame::Callout);
            }
            _ if is_inline(name) => self.inline(element),
            _ => {
                self.out.end();
                self.block(element);
            }
        }
    }

    /// What is no part of the text, or read elsewhere.
    fn is_aside(&mut self, element: &Element) -> bool {
        if element.says("class", "banner") || element.says("class", "page-date") {
            self.notice(element);
            return true;
        }
        if element.get("role") == Some("doc-endnotes") {
            self.notes(element);
            return true;
        }
        matches!(
            element.name.as_str(),
            "nav"
                | "script"
                | "style"
                | "template"
                | "noscript"
                | "hr"
                | "head"
                | "source"
        ) || element.get("hidden").is_some()
    }

    fn names(&mut self, element: &Element) {
        let id = element.get("id").filter(|it| !it.starts_with("callout_"));
        if let Some(id) = id {
            self.out.name(id);
        }
    }

    /// An element that is one piece.
    fn piece(&mut self, element: &Element, kind: Kind) {
        self.out.end();
        self.names(element);
        self.out.begin(kind);
        self.inside(element);
        self.out.end();
    }

    fn block(&mut self, element: &Element) {
        self.names(element);
        self.inside(element);
        self.out.end();
    }

    fn frame(&mut self, element: &Element, frame: Frame) {
        self.out.enter(frame);
        self.block(element);
        self.out.leave();
    }

    /// A caption; under a quotation, who said it.
    fn caption(&mut self, element: &Element) {
        self.piece(element, Kind::Caption);
    }

    fn list(&mut self, list: &Element) {
        let is_ordered = list.name == "ol";
        self.out.enter(Frame::List(is_ordered));
        self.names(list);
        let is_reversed = list.get("reversed").is_some();
        let items = list.elements().filter(|it| it.name == "li").count();
        let usual = if is_reversed { i64::try_from(items).unwrap_or(1) } else { 1 };
        let start = list.get("start").and_then(|it| it.parse::<i64>().ok());
        let mut number = start.unwrap_or(usual);
        let numerals = list.get("type").and_then(Numerals::of_type).unwrap_or_default();
        for node in &list.nodes {
            match node {
                Node::Element(item) if item.name == "li" => {
                    let task = sign_of_task(item);
                    let own = item.get("value").and_then(|it| it.parse().ok());
                    number = own.unwrap_or(number);
                    match task {
                        Some(task) => self.out.label(task.text().trim()),
                        None if is_ordered => self.out.label(&numerals.label(number)),
                        None => {}
                    }
                    number += if is_reversed { -1 } else { 1 };
                    self.element(item);
                }
                Node::Element(other) => self.element(other),
                Node::Text(words) => self.words(words),
            }
        }
        self.out.leave();
    }

    fn code(&mut self, element: &Element) {
        self.out.end();
        self.names(element);
        self.out.begin(Kind::Code);
        self.words(&element.text());
        self.out.end();
    }

    fn table(&mut self, table: &Element) {
        self.out.enter(Frame::Table);
        self.names(table);
        // Its own: a table in one of its cells has another.
        table
            .elements()
            .filter(|it| it.name == "caption")
            .for_each(|it| self.element(it));
        let mut rows = Vec::new();
        table.all(&|it| it.name == "tr", &mut rows);
        let mut grid = Grid::default();
        for (y, row) in rows.iter().enumerate() {
            self.out.row();
            let is_cell = |it: &&Element| matches!(it.name.as_str(), "td" | "th");
            for cell in row.elements().filter(is_cell) {
                let span = |name| {
                    cell.get(name).and_then(|it| it.parse::<usize>().ok()).unwrap_or(1)
                };
                let (rows, columns) =
                    (span("rowspan").clamp(1, 1000), span("colspan").clamp(1, 1000));
                let x = grid.place(y, rows, columns);
                let heads = match (cell.name.as_str(), cell.get("scope")) {
                    ("th", Some("row" | "rowgroup")) => "row",
                    ("th", _) => "column",
                    _ => "",
                };
                self.cell(cell, Cell { row: y + 1, column: x + 1, rows, columns, heads });
            }
        }
        self.out.leave();
    }

    fn cell(&mut self, element: &Element, cell: Cell) {
        self.out.enter(Frame::Cell(cell));
        let before = self.out.count();
        self.element_of_cell(element);
        if self.out.count() == before {
            self.out.begin(Kind::Text);
            self.out.end_even_empty();
        }
        self.out.leave();
    }

    fn element_of_cell(&mut self, element: &Element) {
        let own = element.get("lang").or_else(|| element.get("xml:lang"));
        if let Some(own) = own {
            self.languages.push(own.to_owned());
        }
        self.block(element);
        if own.is_some() {
            self.languages.pop();
        }
    }

    /// A video, a sound or an embedded page: what stands in for it, then its address.
    fn media(&mut self, element: &Element) {
        self.out.end();
        self.names(element);
        let mut parts = Vec::new();
        let is_part = |it: &Element| {
            it.get("class").is_some_and(|it| it.starts_with("media-")) || it.name == "a"
        };
        element.all(&is_part, &mut parts);
        let titled = element.find(&|it| it.says("class", "media-address")).is_some();
        for (at, part) in parts.iter().enumerate() {
            match at {
                0 => {}
                1 if titled => self.words(" · "),
                _ => self.out.end(),
            }
            self.element(part);
        }
        self.out.end();
    }

    fn notes(&mut self, section: &Element) {
        let mut items = Vec::new();
        let is_note = |it: &Element| {
            it.name == "li" && it.get("id").is_some_and(|it| it.starts_with("note_"))
        };
        section.all(&is_note, &mut items);
        self.out.settle();
        for item in items {
            let number = item.get("id").and_then(|it| it.strip_prefix("note_"));
            self.frame(item, Frame::Note(number.unwrap_or_default().to_owned()));
        }
    }

    fn inline(&mut self, element: &Element) {
        match element.name.as_str() {
            "br" | "wbr" => self.words(if element.name == "br" { " " } else { "" }),
            "img" => {
                let alternative = element.get("alt").unwrap_or_default().to_owned();
                self.image(element, &alternative);
            }
            "svg" => {
                let alternative =
                    element.get("aria-label").unwrap_or_default().to_owned();
                self.image(element, &alternative);
            }
            "math" => {
                let alternative = element.get("alttext").map(str::to_owned);
                let alternative = alternative.unwrap_or_else(|| element.text());
                self.image(element, &alternative);
            }
            "q" => {
                self.words("“");
                self.block_inline(element);
                self.words("”");
            }
            "abbr" => self.abbreviation(element),
            "a" => self.link(element),
            "span" if element.says("class", "unit-mark") => {
                self.out.piece().mark = normal(&element.text());
            }
            "span"
                if element.says("class", "box") && element.get("role") == Some("img") => {
            }
            name => {
                let around = self.out.set_apart(match name {
                    "b" => "strong",
                    "i" => "em",
                    "s" => "del",
                    "u" => "ins",
                    name => name,
                });
                self.block_inline(element);
                self.out.set_as(around);
            }
        }
    }

    fn block_inline(&mut self, element: &Element) {
        self.names(element);
        self.inside(element);
    }

    /// An image; one that says nothing is not met, except for its name.
    fn image(&mut self, element: &Element, alternative: &str) {
        self.names(element);
        if !alternative.trim().is_empty() {
            let language = self.language().to_owned();
            self.out.image(&language, alternative);
        }
    }

    /// What an abbreviation stands for is told where it is met first.
    fn abbreviation(&mut self, element: &Element) {
        self.block_inline(element);
        let short = element.text();
        let meaning = element.get("title").unwrap_or_default().trim();
        if !self.explained.contains(&short) {
            self.explained.push(short);
            if !meaning.is_empty() {
                self.words(&format!(" ({meaning})"));
            }
        }
    }

    fn link(&mut self, element: &Element) {
        let target = element.get("href").map(|it| (self.lead)(it));
        match (element.get("role"), target) {
            (Some("doc-noteref"), _) => {
                self.names(element);
                // Its name is in the interface's language; a number is in that of its line.
                let around = self.languages.len().saturating_sub(1);
                let around =
                    if element.get("lang").is_some() { around } else { around + 1 };
                let language =
                    self.languages[..around].last().cloned().unwrap_or_default();
                self.out.call(&language, &element.text());
            }
            (Some("doc-backlink"), Some(target)) => {
                let anchor = target.rsplit('#').next().unwrap_or_default().to_owned();
                self.out.piece().returns.push(anchor);
            }
            (_, Some(target)) if !self.in_link => {
                self.names(element);
                self.in_link = true;
                self.out.open_link(target);
                let before = self.out.letters();
                self.inside(element);
                // What has no words of its own is called by its name.
                if let Some(name) = element.get("aria-label")
                    && self.out.is_silent_since(before)
                {
                    let language = self.language().to_owned();
                    match element.find(&|it| it.name == "img") {
                        Some(_) => self.out.image(&language, name),
                        None => self.words(name),
                    }
                }
                self.out.close_link();
                self.in_link = false;
            }
            _ => self.block_inline(element),
        }
    }
}

/// The places of a table that its cells take.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Row>,
    /// How many places cells took beyond their first.
    spanned: usize,
}

/// A row of a grid: which places are taken, and from where on one may be free.
#[derive(Debug, Default)]
struct Row {
    taken: Vec<bool>,
    from: usize,
}

impl Grid {
    /// The first column that is free in a row, for a cell that spans so much. Once the cells
    /// of a table span more than any table has, each takes one place.
    pub(super) fn place(&mut self, y: usize, rows: usize, columns: usize) -> usize {
        let area = (rows * columns).saturating_sub(1);
        let fits = self.spanned + area <= limits::SPANNED_CELLS;
        let (rows, columns) = if fits { (rows, columns) } else { (1, 1) };
        self.spanned += (rows * columns).saturating_sub(1);
        self.rows.resize_with(self.rows.len().max(y + rows), Row::default);
        let row = &mut self.rows[y];
        let is_free = |x: &usize| !row.taken.get(*x).copied().unwrap_or(false);
        let x = (row.from..).find(is_free).unwrap_or(0);
        row.from = x + columns;
        for row in &mut self.rows[y..y + rows] {
            row.taken.resize(row.taken.len().max(x + columns), false);
            row.taken[x..x + columns].fill(true);
        }
        x
    }
}

/// The sign of a task, which is not that of a task in it.
fn sign_of_task(item: &Element) -> Option<&Element> {
    let own = item.elements().filter(|it| !matches!(it.name.as_str(), "ul" | "ol"));
    own.into_iter().find_map(|it| match it.says("class", "box") {
        true => Some(it),
        false => sign_of_task(it),
    })
}

/// Whether an element stands in a line.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "math"
            | "picture"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_the_places_that_others_leave() {
        let mut grid = Grid::default();
        let places = [(0, 2, 1), (0, 1, 2), (1, 1, 1), (1, 1, 1), (2, 1, 1)];
        let columns = places.map(|(y, rows, columns)| grid.place(y, rows, columns));
        assert_eq!(columns, [0, 1, 1, 2, 0]);
    }

    #[test]
    fn a_table_of_cells_that_span_everything_is_bounded() {
        let mut grid = Grid::default();
        for _ in 0..200_000 {
            grid.place(0, 1_000, 1_000);
        }
        let places: usize = grid.rows.iter().map(|it| it.taken.len()).sum();
        assert!(places <= limits::SPANNED_CELLS + 2 * 200_000 + 1_000, "{places}");
    }
}
