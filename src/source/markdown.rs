//! Markdown blocks into our blocks.
//!
//! The parser's tree lives in an arena and is converted at once. Blocks that lie deeper
//! than the model allows are laid side by side, so that nothing that walks a document can
//! run out of stack.

use std::cell::Cell;

use comrak::{
    Arena, Options,
    nodes::{
        AlertType, AstNode, ListType, NodeCodeBlock, NodeList, NodeValue, Sourcepos,
    },
};

use super::{
    attributes, callout, formula, html,
    inline::{self, plain_text},
    opaque::Kind,
    reader::{DEEPEST_BLOCK, Reader},
    table,
    tree::Tree,
};
use crate::{
    cause,
    diagnostic::{Diagnostic, Place},
    document::{
        Attributes, Block, CalloutKind, CodeBlock, Definition, DefinitionList, Footnote,
        Heading, Inline, Item, List, ListKind, Numerals, Paragraph, Text, text,
    },
};

/// What the Markdown parser is asked for; one dialect for pages and for translated lines.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.alerts = true;
    extension.autolink = true;
    extension.description_lists = true;
    extension.fenced_code_attributes = true;
    extension.footnotes = true;
    extension.header_attributes = true;
    extension.inline_code_attributes = true;
    extension.link_attributes = true;
    extension.strikethrough = true;
    extension.subscript = true;
    extension.superscript = true;
    extension.table = true;
    extension.tasklist = true;
    // We number the notes ourselves, and a note that nothing refers to is kept.
    options.parse.leave_footnote_definitions = true;
    options
}

/// The body of a page.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Its notes, as they come.
    pub(super) notes: Vec<Footnote>,
}

/// Reads the body of a page.
pub(super) fn read(reader: &mut Reader<'_>, masked: &str) -> Body {
    let arena = Arena::new();
    let mut options = options();
    let math = reader.dialect.math && !has_tangled_formulas(reader, masked);
    options.extension.math_dollars = math;
    options.extension.math_code = math;
    let Some(root) = parse(&arena, masked, &options) else {
        let start = reader.places.line_start(reader.lines_before + 1);
        let place = reader.places.place(start, reader.places.text().len());
        reader.report_tangled(place);
        return Body { blocks: unread(reader, masked), notes: Vec::new() };
    };
    let mut notes = Vec::new();
    let blocks = children(reader, root, 0, false, &mut notes);
    Body { blocks, notes }
}

/// Whether the formulas of a paragraph have so few ends that none of the page are read; says
/// where.
fn has_tangled_formulas(reader: &mut Reader<'_>, masked: &str) -> bool {
    let mut line = 1 + reader.lines_before;
    for paragraph in masked.split("\n\n") {
        let lines = paragraph.matches('\n').count();
        if formula::is_tangled(paragraph) {
            let start = reader.places.line_start(line);
            let end = reader.places.line_end(line + lines);
            reader.report_tangled(reader.places.place(start, end));
            return true;
        }
        line += lines + 2;
    }
    false
}

/// What the Markdown parser makes of a text; `None` where that would take far more steps
/// than the text has bytes, which is what lists in thousands of lists do.
pub(super) fn parse<'a>(
    arena: &'a Arena<'a>,
    text: &str,
    options: &Options<'_>,
) -> Option<&'a AstNode<'a>> {
    /// The parser asks after so many steps.
    const STEPS: usize = 256;
    /// An ordinary page takes one or two for each byte.
    const MOST: usize = 32;
    if has_endless_quotes(text) {
        return None;
    }
    let left = Cell::new(text.len().saturating_mul(MOST) / STEPS + 1_000);
    let tired = || {
        left.set(left.get().saturating_sub(1));
        left.get() == 0
    };
    comrak::try_parse_document(arena, text, options, &tired).ok()
}

/// Whether there are so many `>` in a row that the parser, which looks at the rest of the row
/// from each of them, would not come to an end.
fn has_endless_quotes(text: &str) -> bool {
    /// How many signs may be looked at.
    const MOST: usize = 200_000_000;
    let row = |it: &str| it.len().saturating_mul(it.len());
    let rows = text.split(|it| it != '>').filter(|it| it.len() > 1).map(row);
    rows.fold(0, usize::saturating_add) > MOST
}

/// The words of a page that nobody can make sense of, in paragraphs, as they are written.
fn unread(reader: &mut Reader<'_>, masked: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut first = 1;
    for (number, line) in (1..).zip(masked.lines().chain([""])) {
        if !line.trim().is_empty() {
            if lines.is_empty() {
                first = number;
            }
            lines.push(line.trim());
            continue;
        }
        if lines.is_empty() {
            continue;
        }
        let (from, to) = (first + reader.lines_before, number + reader.lines_before - 1);
        let (start, end) = (reader.places.line_start(from), reader.places.line_end(to));
        let place = reader.places.place(start, end);
        let words = std::mem::take(&mut lines).join(" ");
        let words = plain_text(&reader.restore(&words));
        let text = Text::new(place, inline::trim(vec![Inline::Text(words)]));
        let attributes = Attributes::default();
        blocks.push(Block::Paragraph(Paragraph { place, text, attributes }));
    }
    blocks
}

/// The blocks in a node. `tight` says that paragraphs are lines of a list.
fn children<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    depth: usize,
    tight: bool,
    notes: &mut Vec<Footnote>,
) -> Vec<Block> {
    let mut tree = Tree::default();
    for child in node.children() {
        let depth = depth + tree.depth();
        add(reader, child, depth, tight, notes, &mut tree);
    }
    html::blocks(reader, tree, depth)
}

/// Adds what a node says to the tree.
fn add<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    depth: usize,
    tight: bool,
    notes: &mut Vec<Footnote>,
    tree: &mut Tree,
) {
    let ast = node.data();
    let place = reader.place(ast.sourcepos);
    if depth >= DEEPEST_BLOCK && is_container(&ast.value) {
        reader.report_depth(place);
        for leaf in node.descendants().filter(|it| is_leaf(&it.data().value)) {
            add(reader, leaf, depth, false, notes, tree);
        }
        return;
    }
    let block = match &ast.value {
        NodeValue::HtmlBlock(it) => return raw(reader, &it.literal, ast.sourcepos, tree),
        NodeValue::FootnoteDefinition(it) => {
            let label = reader.restore(&it.name).into_owned();
            let blocks = children(reader, node, depth + 1, false, notes);
            notes.push(Footnote { place, label, number: 0, references: 0, blocks });
            return;
        }
        NodeValue::Paragraph => {
            if let Some(html) = lone_medium(reader, node, ast.sourcepos) {
                return raw(reader, &html, ast.sourcepos, tree);
            }
            match paragraph_of(reader, node, place, tight) {
                Some(block) => block,
                None => return,
            }
        }
        NodeValue::Heading(it) => {
            let written = it.level;
            let attributes =
                ast.attrs.as_deref().map(inline::written).unwrap_or_default();
            let attributes = reader.attributes(attributes, place);
            let text = Text::new(place, inline::trim(inline::of_node(reader, node)));
            match heading(reader, written, text, attributes, place) {
                Some(block) => block,
                None => return,
            }
        }
        NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
            let blocks = children(reader, node, depth + 1, false, notes);
            callout::of_quote(reader, blocks, place)
        }
        NodeValue::Alert(it) => {
            let kind = alert(it.alert_type);
            let title =
                it.title.as_deref().map(|title| alert_title(reader, title, place));
            let blocks = children(reader, node, depth + 1, false, notes);
            callout::of_alert(reader, kind, title, blocks, place)
        }
        NodeValue::List(it) => Block::List(list(reader, node, it, depth, place, notes)),
        NodeValue::DescriptionList => {
            Block::Definitions(definitions(reader, node, depth, place, notes))
        }
        NodeValue::CodeBlock(it) => {
            let written = ast.attrs.as_deref().map(inline::written).unwrap_or_default();
            let mut attributes = reader.attributes(written, place);
            if it.fenced && !it.closed {
                report_open_fence(reader, place);
            }
            let classes = std::mem::take(&mut attributes.classes);
            let code = Block::Code(code(reader, it, &classes, place));
            let blocks = html::group(attributes, vec![code], place);
            return blocks.into_iter().for_each(|block| tree.block(block));
        }
        NodeValue::ThematicBreak => Block::Rule(place),
        NodeValue::Table(it) => {
            let blocks = table::of_node(reader, node, it, place);
            return blocks.into_iter().for_each(|block| tree.block(block));
        }
        // Not asked for in `options`, or inside the nodes above.
        _ => {
            for child in node.children().filter(|it| it.data().value.block()) {
                add(reader, child, depth, tight, notes, tree);
            }
            return;
        }
    };
    tree.block(block);
}

fn is_container(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::BlockQuote
            | NodeValue::Alert(_)
            | NodeValue::List(_)
            | NodeValue::DescriptionList
            | NodeValue::FootnoteDefinition(_)
    )
}

fn is_leaf(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::HtmlBlock(_)
            | NodeValue::Table(_)
            | NodeValue::ThematicBreak
    )
}

/// A heading; its level and anchor are set when all are known. One without words would be
/// nothing to see and an empty entry in every table of contents.
pub(super) fn heading(
    reader: &mut Reader<'_>,
    written: u8,
    text: Text,
    attributes: Attributes,
    place: Place,
) -> Option<Block> {
    if text.is_empty() {
        reader.report(Diagnostic::warning("heading-empty").at(place));
        return None;
    }
    if text.to_plain().chars().all(text::is_blank) {
        reader.report(Diagnostic::warning("heading-silent").at(place));
        return Some(Block::Paragraph(Paragraph { place, text, attributes }));
    }
    let anchor = String::new();
    Some(Block::Heading(Heading {
        place,
        level: written,
        written,
        anchor,
        text,
        attributes,
    }))
}

/// A piece of raw HTML, or the fence of a container.
fn raw(reader: &mut Reader<'_>, literal: &str, at: Sourcepos, tree: &mut Tree) {
    if let Some(own) = reader.opaques.block(literal) {
        let (kind, text, start) = (own.kind, own.text.clone(), own.start);
        if kind == Kind::Formula {
            let place = reader.places.place(start, start + text.len());
            return block_formula(reader, text.trim_matches('$'), place, tree);
        }
        return tree.fence(reader, (text, start));
    }
    // Where each line of the piece begins: inside it, and in the file. The piece lacks
    // the marks of the quotations and lists around it.
    let mut lines = Vec::new();
    let mut offset = 0;
    for (index, line) in literal.split_inclusive('\n').enumerate() {
        let number = at.start.line + reader.lines_before + index;
        let end = reader.places.line_end(number);
        let start = end.saturating_sub(line.trim_end_matches('\n').len());
        lines.push((offset, start.max(reader.places.line_start(number))));
        offset += line.len();
    }
    let offset = move |at: usize| {
        let line = lines.partition_point(|line| line.0 <= at).saturating_sub(1);
        lines.get(line).map_or(0, |line| line.1 + (at - line.0))
    };
    let place = |reader: &Reader<'_>, start: usize, end: usize| {
        reader.places.place(offset(start), offset(end))
    };
    tree.html(reader, literal, &place);
}

/// The raw HTML of a paragraph that is one video or the like. Markdown takes `<video …>`
/// with something behind it for the beginning of a paragraph.
fn lone_medium<'n>(
    reader: &Reader<'_>,
    node: &'n AstNode<'n>,
    at: Sourcepos,
) -> Option<String> {
    let NodeValue::HtmlInline(first) = &node.first_child()?.data().value else {
        return None;
    };
    let name = first.strip_prefix('<')?;
    let name = &name[..name.find(|it: char| !it.is_ascii_alphanumeric())?];
    let NodeValue::HtmlInline(last) = &node.last_child()?.data().value else {
        return None;
    };
    let ends = last.strip_prefix("</").and_then(|it| it.strip_suffix('>'));
    let is_one = super::element::is_medium(&name.to_ascii_lowercase())
        && ends.is_some_and(|it| it.trim().eq_ignore_ascii_case(name));
    // On several lines there may be the marks of quotations and lists between them.
    let outside =
        node.parent().is_some_and(|it| matches!(it.data().value, NodeValue::Document));
    if !is_one || (at.start.line != at.end.line && !outside) {
        return None;
    }
    let (start, end) = reader.range(at);
    reader.places.text().get(start..end).map(str::to_owned)
}

/// A formula that stands alone, if it can be read; else its source as code.
fn block_formula(reader: &mut Reader<'_>, latex: &str, place: Place, tree: &mut Tree) {
    let found = formula::formula(&plain_text(latex), place);
    match formula::read(&found.latex, true) {
        Ok(_) => tree.block(Block::Math(found)),
        Err(message) => {
            let error = Diagnostic::error("formula-unreadable").at(place);
            let (cause, piece) = cause::formula(&message);
            let error = error.with("formula", &found.latex).with("piece", piece);
            reader.report(error.because(cause, message));
            let language = Some("latex".to_owned());
            let text = latex.trim().to_owned();
            tree.block(Block::Code(CodeBlock { place, language, text }));
        }
    }
}

/// A paragraph of the Markdown parser.
fn paragraph_of<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    place: Place,
    tight: bool,
) -> Option<Block> {
    if let Some(only) = node.first_child().filter(|it| it.next_sibling().is_none())
        && let NodeValue::Text(text) = &only.data().value
    {
        if matches!(text.trim(), "\\newpage" | "\\pagebreak") {
            return Some(Block::PageBreak(place));
        }
        if let Some(block) = html::unknown_shortcode(reader, text) {
            return Some(block);
        }
    }
    let mut inlines = inline::of_node(reader, node);
    let attributes = trailing_attributes(reader, &mut inlines, place);
    if !tight {
        return paragraph(reader, inlines, attributes, place);
    }
    let inlines = trimmed(reader, inlines, place)?;
    // A line of a list has no attributes of its own: its words take them.
    let inlines = super::element::span(attributes, inlines, place);
    Some(Block::Plain(Text::new(place, inlines)))
}

/// A paragraph of these inlines; a figure when they are one image; nothing when they are
/// nothing.
pub(super) fn paragraph(
    reader: &mut Reader<'_>,
    inlines: Vec<Inline>,
    attributes: Attributes,
    place: Place,
) -> Option<Block> {
    let mut inlines = trimmed(reader, inlines, place)?;
    match inlines.as_mut_slice() {
        [Inline::Image(image)] => {
            let figure = html::image_figure(image.clone(), None, attributes);
            return Some(Block::Figure(figure));
        }
        [Inline::Math(formula)] => return Some(Block::Math(formula.clone())),
        [Inline::Link(link)] => {
            if let [Inline::Image(image)] = link.inlines.as_slice() {
                let (image, mut link) = (image.clone(), link.clone());
                link.inlines.clear();
                let figure = html::image_figure(image, Some(link), attributes);
                return Some(Block::Figure(figure));
            }
        }
        _ => {}
    }
    Some(Block::Paragraph(Paragraph {
        place,
        text: Text::new(place, inlines),
        attributes,
    }))
}

/// Inlines without spaces and breaks at their ends; `None` when nothing is left.
fn trimmed(
    reader: &mut Reader<'_>,
    inlines: Vec<Inline>,
    place: Place,
) -> Option<Vec<Inline>> {
    if inline::has_idle_break(&inlines) {
        reader.report_once("", Diagnostic::note("break-ignored").at(place));
    }
    let inlines = inline::trim(inlines);
    (!inlines.is_empty()).then_some(inlines)
}

/// Takes `{.class}` off the end of a paragraph.
fn trailing_attributes(
    reader: &mut Reader<'_>,
    inlines: &mut [Inline],
    place: Place,
) -> Attributes {
    let Some(Inline::Text(text)) = inlines.last_mut() else {
        return Attributes::default();
    };
    let Some((written, length)) = attributes::at_end(text) else {
        return Attributes::default();
    };
    text.truncate(length);
    // Braces right after a link, image or code are theirs; the parser took those it knew.
    reader.attributes(written, place)
}

fn alert(kind: AlertType) -> CalloutKind {
    match kind {
        AlertType::Note => CalloutKind::Note,
        AlertType::Tip => CalloutKind::Tip,
        AlertType::Important => CalloutKind::Important,
        AlertType::Warning => CalloutKind::Warning,
        AlertType::Caution => CalloutKind::Caution,
    }
}

/// The parser gives an alert's title as text; it is on the alert's first line.
fn alert_title(reader: &mut Reader<'_>, title: &str, place: Place) -> Text {
    let title = reader.restore(title.trim()).into_owned();
    let line = place.line as usize;
    let (start, end) = (reader.places.line_start(line), reader.places.line_end(line));
    let at = reader.places.text()[start..end].rfind(&title).unwrap_or(0);
    html::title(reader, &title, start + at)
}

fn list<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    list: &NodeList,
    depth: usize,
    place: Place,
    notes: &mut Vec<Footnote>,
) -> List {
    let kind = match list.list_type {
        ListType::Bullet => ListKind::Bullet,
        ListType::Ordered => {
            ListKind::Ordered(u32::try_from(list.start).unwrap_or(u32::MAX))
        }
    };
    let item = |it: &'n AstNode<'n>| {
        let ast = it.data();
        let task = match &ast.value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        };
        let place = reader.place(ast.sourcepos);
        let blocks = children(reader, it, depth + 1, list.tight, notes);
        Item { place, number: None, task, blocks }
    };
    let items = node.children().map(item).collect();
    List {
        place,
        kind,
        numerals: Numerals::default(),
        reversed: false,
        tight: list.tight,
        items,
    }
}

fn definitions<'n>(
    reader: &mut Reader<'_>,
    node: &'n AstNode<'n>,
    depth: usize,
    place: Place,
    notes: &mut Vec<Footnote>,
) -> DefinitionList {
    let mut items: Vec<Definition> = Vec::new();
    for entry in node.children() {
        let place = reader.place(entry.data().sourcepos);
        let mut item = Definition { place, terms: Vec::new(), details: Vec::new() };
        for part in entry.children() {
            let term = matches!(part.data().value, NodeValue::DescriptionTerm);
            if !term {
                item.details.push(children(reader, part, depth + 1, false, notes));
                continue;
            }
            for line in part.children() {
                let place = reader.place(line.data().sourcepos);
                let inlines = inline::trim(inline::of_node(reader, line));
                if !inlines.is_empty() {
                    item.terms.push(Text::new(place, inlines));
                }
            }
        }
        // The parser begins an entry for each meaning.
        match items.last_mut().filter(|_| item.terms.is_empty()) {
            Some(last) => last.details.extend(item.details),
            None => items.push(item),
        }
    }
    html::give_term(&mut items);
    DefinitionList { place, items }
}

/// Says where code begins that has no end: all that follows is shown as code.
fn report_open_fence(reader: &mut Reader<'_>, place: Place) {
    let (start, end) = (place.start as usize, place.end as usize);
    let text = reader.places.text();
    let first = reader.places.line_end(place.line as usize).clamp(start, end.max(start));
    let lines = text.get(first..end).unwrap_or_default().trim().lines().count();
    let place = reader.places.place(start, first);
    let warning = Diagnostic::warning("code-not-closed").at(place);
    reader.report(warning.with("count", lines));
}

/// A block of code. Of what follows its fence, the first word is its language.
fn code(
    reader: &mut Reader<'_>,
    code: &NodeCodeBlock,
    classes: &[String],
    place: Place,
) -> CodeBlock {
    let info = plain_text(&reader.restore(&code.info));
    let (word, rest) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
    if !rest.trim().is_empty() {
        let note =
            Diagnostic::note("attribute-ignored").at(place).with("name", rest.trim());
        reader.report_once(rest, note);
    }
    let language = Some(word.to_owned()).filter(|it| !it.is_empty());
    let text = reader.restore(&code.literal);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.chars().map(super::opaque::clean).collect();
    let language = language.or_else(|| classes.first().cloned());
    coloured(reader, CodeBlock { place, language, text })
}

/// Code with its language, if its colours are worth the time.
pub(super) fn coloured(reader: &mut Reader<'_>, mut code: CodeBlock) -> CodeBlock {
    if code.language.is_some() && !reader.afford_colours(&code.text, code.place) {
        code.language = None;
    }
    code
}
