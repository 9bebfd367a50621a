//! What elements of raw HTML and containers mean: a tree of them into our blocks.

use std::mem;

use super::{
    container::Container,
    element::{self, keep_attributes},
    inline::{self, Part, plain_text},
    markdown,
    opaque::Piece,
    reader::{DEEPEST_BLOCK, DEEPEST_INLINE, Reader, join},
    shortcode, table,
    tag::Tag,
    tree::{Element, Fence, Node, Tree, is_container},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{
        Attributes, Block, Callout, CodeBlock, Definition, DefinitionList, Details,
        Document, Figure, Group, Heading, Image, Inline, Item, Link, List, ListKind,
        Media, MediaKind, Numerals, Paragraph, Quote, Resource, Role, Style, Target,
        Text, Unknown, walk,
    },
};

/// The blocks of a Markdown container, when it ends.
pub(super) fn blocks(reader: &mut Reader<'_>, tree: Tree, depth: usize) -> Vec<Block> {
    let nodes = tree.finish(reader);
    let simple = nodes.iter().all(|it| matches!(it, Node::Block(_)));
    if simple {
        let block = |it| match it {
            Node::Block(block) => Some(block),
            Node::Element(_) | Node::Text(..) => None,
        };
        return nodes.into_iter().filter_map(block).collect();
    }
    flow(reader, nodes, depth, Loose::Paragraph)
}

/// What text that stands by itself becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loose {
    /// A paragraph.
    Paragraph,
    /// A line, when there is nothing else.
    Line,
}

/// Nodes into blocks. Elements that only hold others, and those that lie too deep, are
/// opened here and not by a call, so that calls go no deeper than blocks do.
pub(super) fn flow(
    reader: &mut Reader<'_>,
    nodes: Vec<Node>,
    depth: usize,
    loose: Loose,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut line = Vec::new();
    // Which blocks were text that stands by itself.
    let mut texts = Vec::new();
    let mut left = vec![nodes.into_iter()];
    while let Some(nodes) = left.last_mut() {
        let node = nodes.next();
        match node {
            Some(node) if is_line(&node) => {
                line.push(node);
                continue;
            }
            Some(_) => {}
            None => {
                left.pop();
            }
        }
        if let Some(block) =
            paragraph(reader, mem::take(&mut line), Attributes::default())
        {
            texts.push(blocks.len());
            blocks.push(block);
        }
        match node {
            Some(Node::Block(block)) => blocks.push(block),
            Some(Node::Element(it)) => match opened(reader, it, depth) {
                Ok(nodes) => left.push(nodes.into_iter()),
                Err(it) => blocks.extend(element(reader, *it, depth)),
            },
            Some(Node::Text(..)) | None => {}
        }
    }
    // `<li>a <ul>…` begins with a line, `<li>a <p>b` with a paragraph.
    let alone = !blocks.iter().skip(1).any(|it| matches!(it, Block::Paragraph(_)));
    if loose == Loose::Line && texts == [0] && alone {
        let line = |block| match block {
            Block::Paragraph(it) => Block::Plain(it.text),
            block => block,
        };
        return blocks.into_iter().map(line).collect();
    }
    blocks
}

/// What is in an element that is nothing by itself; the element otherwise.
fn opened(
    reader: &mut Reader<'_>,
    it: Element,
    depth: usize,
) -> Result<Vec<Node>, Box<Element>> {
    let wrapper = it.fence.is_none() && is_wrapper(&it.tag.name);
    if wrapper && it.tag.attributes.is_empty() {
        return Ok(it.nodes);
    }
    let leaf =
        it.nodes.iter().all(is_line) && it.fence.is_none() && !is_container(&it.tag.name);
    if depth < DEEPEST_BLOCK || leaf {
        return Err(Box::new(it));
    }
    reader.report_depth(it.place);
    let mut nodes = it.nodes;
    if let Some(fence) = it.fence
        && !fence.rest.0.is_empty()
    {
        let title = title(reader, &fence.rest.0, fence.rest.1);
        nodes.insert(0, Node::Block(Block::Plain(title)));
    }
    Ok(nodes)
}

/// Whether a node stands inside a line.
fn is_line(node: &Node) -> bool {
    match node {
        Node::Text(..) => true,
        Node::Block(_) => false,
        Node::Element(it) => {
            it.fence.is_none()
                && element::is_inline(&it.tag.name)
                && it.nodes.iter().all(is_line)
        }
    }
}

/// A run of inline nodes into a paragraph, or a figure when it is one image.
fn paragraph(
    reader: &mut Reader<'_>,
    nodes: Vec<Node>,
    attributes: Attributes,
) -> Option<Block> {
    let place = place_of(&nodes)?;
    if let [Node::Text(text, _)] = nodes.as_slice()
        && let Some(block) = unknown_shortcode(reader, text)
    {
        return Some(block);
    }
    let inlines = inlines(reader, nodes);
    markdown::paragraph(reader, inlines, attributes, place)
}

/// The block of a shortcode that stands alone and has no meaning here.
pub(super) fn unknown_shortcode(reader: &mut Reader<'_>, text: &str) -> Option<Block> {
    if !text.contains('\u{FDD0}') {
        return None;
    }
    let pieces = reader.opaques.pieces(text.trim());
    let [Piece::Opaque(opaque)] = pieces.as_slice() else { return None };
    let (kind, text, start) = (opaque.kind, opaque.text.clone(), opaque.start);
    let what = shortcode::unknown(reader, kind, &text)?;
    let place = reader.places.place(start, start + text.len());
    let inlines = shortcode::inlines(reader, kind, &text, start);
    Some(Block::Unknown(Unknown { place, what, text: Text::new(place, inlines) }))
}

fn place_of(nodes: &[Node]) -> Option<Place> {
    let place = |node: &Node| match node {
        Node::Element(it) => Some(it.place),
        Node::Text(text, place) => (!text.trim().is_empty()).then_some(*place),
        Node::Block(_) => None,
    };
    let mut places = nodes.iter().filter_map(place);
    let first = places.next()?;
    Some(places.fold(first, join))
}

/// Nodes into inlines; what lies in blocks among them is joined by spaces.
pub(super) fn inlines(reader: &mut Reader<'_>, nodes: Vec<Node>) -> Vec<Inline> {
    inlines_at(reader, nodes, 0)
}

fn inlines_at(reader: &mut Reader<'_>, nodes: Vec<Node>, level: usize) -> Vec<Inline> {
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text, _) => push_text(reader, &mut out, &text),
            Node::Element(it) => {
                let inner = inlines_at(reader, it.nodes, level + 1);
                if let Some(fence) = it.fence {
                    out.push(Inline::Text(format!(" {} ", plain_text(&fence.rest.0))));
                    out.extend(inner);
                } else if level >= DEEPEST_INLINE && !inner.is_empty() {
                    reader.report_depth(it.place);
                    out.extend(inner);
                } else {
                    out.extend(element::inline(reader, &it.tag, inner, it.place));
                }
            }
            Node::Block(block) => {
                for text in texts(block) {
                    out.push(Inline::Text(" ".to_owned()));
                    out.extend(text.inlines);
                }
            }
        }
    }
    inline::tidy(collapse(out))
}

/// The texts of a block, in reading order, then its code.
fn texts(block: Block) -> Vec<Text> {
    let document = Document { blocks: vec![block], ..Document::default() };
    let mut found = Vec::new();
    walk::texts(&document, &mut |role, text| {
        if role != Role::Title {
            found.push(text.clone());
        }
    });
    walk::blocks(&document.blocks, &mut |block| {
        if let Block::Code(it) = block {
            found.push(Text::new(it.place, vec![Inline::Code(plain_text(&it.text))]));
        }
    });
    found
}

/// Text of raw HTML: runs of spaces and line ends are one space.
fn push_text(reader: &mut Reader<'_>, out: &mut Vec<Inline>, text: &str) {
    for part in inline::parts(reader, text) {
        match part {
            Part::Text(text) => {
                let shown = plain_text(&squeezed(&text));
                if !shown.is_empty() {
                    out.push(Inline::Text(shown));
                }
            }
            Part::Construct(kind, text, start) => {
                out.extend(shortcode::inlines(reader, kind, &text, start));
            }
        }
    }
}

fn squeezed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let space = matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{C}');
        match space {
            true if shown.ends_with(' ') => {}
            true => shown.push(' '),
            false => shown.push(character),
        }
    }
    shown
}

/// Leaves one space where two pieces of text both have one.
fn collapse(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut space = false;
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                let text =
                    if space { text.trim_start_matches(' ').to_owned() } else { text };
                if text.is_empty() {
                    continue;
                }
                space = text.ends_with(' ');
                out.push(Inline::Text(text));
            }
            other => {
                space = matches!(other, Inline::HardBreak);
                out.push(other);
            }
        }
    }
    out
}

/// A unit of inline nodes.
fn unit(reader: &mut Reader<'_>, nodes: Vec<Node>, place: Place) -> Text {
    let place = place_of(&nodes).unwrap_or(place);
    let inlines = inlines(reader, nodes);
    Text::new(place, inline::trim(inlines))
}

/// An element that is not inside a line.
fn element(reader: &mut Reader<'_>, element: Element, depth: usize) -> Vec<Block> {
    if let Some(fence) = element.fence {
        return container(reader, fence, element.nodes, element.place, depth);
    }
    let Element { tag, place, nodes, .. } = element;
    match tag.name.as_str() {
        "p" => paragraphs(reader, &tag, nodes, place, depth),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(reader, &tag, nodes, place),
        "ul" | "ol" | "menu" => list(reader, &tag, nodes, place, depth),
        "dl" => definitions(reader, &tag, nodes, place, depth),
        "blockquote" => quote(reader, &tag, nodes, place, depth),
        "pre" | "listing" | "plaintext" | "textarea" => code(reader, &tag, &nodes, place),
        "hr" => {
            keep_attributes(reader, &tag, &["id", "class"], place);
            vec![Block::Rule(place)]
        }
        "table" => table::of_element(reader, &tag, nodes, place, depth),
        "figure" => figure(reader, &tag, nodes, place, depth),
        "details" => details(reader, &tag, nodes, place, depth),
        name if element::is_medium(name) => media(reader, &tag, nodes, place, depth),
        "link" | "meta" | "base" | "param" | "col" => {
            element::report_dropped(reader, &tag, place);
            Vec::new()
        }
        // The pictures to choose from lie in it; the links on them are kept.
        "map" => {
            keep_attributes(reader, &tag, &["name"], place);
            flow(reader, nodes, depth, Loose::Paragraph)
        }
        name if element::is_inline(name) => {
            around_blocks(reader, &tag, nodes, place, depth)
        }
        name => {
            if !is_wrapper(name) {
                element::report_unknown(reader, &tag, place);
            }
            let attributes = keep_attributes(reader, &tag, &[], place);
            let blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
            group(attributes, blocks, place)
        }
    }
}

fn heading(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &[], place);
    let written = tag.name.as_bytes()[1] - b'0';
    let text = unit(reader, nodes, place);
    markdown::heading(reader, written, text, attributes, place).into_iter().collect()
}

fn quote(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &["cite"], place);
    let (nodes, attribution) = take_child(nodes, &["footer", "figcaption"]);
    let attribution = attribution.map(|it| unit(reader, it.nodes, it.place));
    let blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    let quote = Quote { place, blocks, attribution, image: None };
    group(attributes, vec![Block::Quote(quote)], place)
}

fn details(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &["open"], place);
    let (nodes, summary) = take_child(nodes, &["summary"]);
    let summary =
        summary.map(|it| unit(reader, it.nodes, it.place)).filter(|it| !it.is_empty());
    let summary = summary.unwrap_or_else(|| {
        reader.report(Diagnostic::warning("details-without-summary").at(place));
        Text::plain(place, "…")
    });
    let blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    let details = Details { place, summary, blocks };
    group(attributes, vec![Block::Details(details)], place)
}

/// Elements that only hold others.
fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "center"
            | "div"
            | "footer"
            | "header"
            | "hgroup"
            | "html"
            | "main"
            | "nav"
            | "search"
            | "section"
    )
}

/// Blocks with attributes of their own; without any, just the blocks.
pub(super) fn group(
    attributes: Attributes,
    blocks: Vec<Block>,
    place: Place,
) -> Vec<Block> {
    if attributes.is_empty() || (blocks.is_empty() && attributes.id.is_none()) {
        return blocks;
    }
    vec![Block::Group(Group { place, attributes, blocks })]
}

fn paragraphs(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &[], place);
    if nodes.iter().all(is_line) {
        return paragraph(reader, nodes, attributes).into_iter().collect();
    }
    let blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    group(attributes, blocks, place)
}

/// Splits off the first child of one of these names.
fn take_child(mut nodes: Vec<Node>, names: &[&str]) -> (Vec<Node>, Option<Element>) {
    let named = |it: &Node| matches!(it, Node::Element(it) if it.fence.is_none() && names.contains(&it.tag.name.as_str()));
    let Some(at) = nodes.iter().position(named) else { return (nodes, None) };
    match nodes.remove(at) {
        Node::Element(element) => (nodes, Some(element)),
        Node::Text(..) | Node::Block(_) => unreachable!("the position is an element's"),
    }
}

fn list(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &["start", "type", "reversed"], place);
    let mut items: Vec<Item> = Vec::new();
    let mut loose = Vec::new();
    for node in nodes {
        match node {
            Node::Element(it) if it.tag.name == "li" => {
                push_loose(reader, &mut items, mem::take(&mut loose), place, depth);
                let number = it.tag.get("value").and_then(|it| it.trim().parse().ok());
                let number = number.filter(|_| tag.name == "ol");
                let used: &[&str] = if number.is_some() { &["value"] } else { &[] };
                let used = keep_attributes(reader, &it.tag, used, it.place);
                let blocks = flow(reader, it.nodes, depth + 1, Loose::Line);
                let blocks = group(used, blocks, it.place);
                items.push(Item { place: it.place, number, task: None, blocks });
            }
            other => loose.push(other),
        }
    }
    if items.is_empty() {
        let blocks = flow(reader, loose, depth + 1, Loose::Paragraph);
        return group(attributes, blocks, place);
    }
    push_loose(reader, &mut items, loose, place, depth);
    let reversed = tag.name == "ol" && tag.get("reversed").is_some();
    let usual = if reversed { u32::try_from(items.len()).unwrap_or(1) } else { 1 };
    let start = tag.get("start").and_then(|it| it.trim().parse().ok()).unwrap_or(usual);
    let kind = if tag.name == "ol" { ListKind::Ordered(start) } else { ListKind::Bullet };
    let numerals = tag.get("type").filter(|_| tag.name == "ol");
    let numerals = numerals.and_then(|it| Numerals::of_type(it.trim()));
    let numerals = numerals.unwrap_or_default();
    let is_line =
        |it: &Item| it.blocks.iter().all(|it| !matches!(it, Block::Paragraph(_)));
    let tight = items.iter().all(is_line);
    group(
        attributes,
        vec![Block::List(List { place, kind, numerals, reversed, tight, items })],
        place,
    )
}

/// What stands in a list outside its items becomes one.
fn push_loose(
    reader: &mut Reader<'_>,
    items: &mut Vec<Item>,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) {
    let place = place_of(&nodes).unwrap_or(place);
    let mut blocks = flow(reader, nodes, depth + 1, Loose::Line);
    // `- item` among `<li>`s is an item as they are.
    if let [Block::List(list)] = blocks.as_mut_slice() {
        return items.append(&mut list.items);
    }
    if !blocks.is_empty() {
        items.push(Item { place, number: None, task: None, blocks });
    }
}

fn definitions(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &[], place);
    let mut items: Vec<Definition> = Vec::new();
    let mut after = Vec::new();
    for node in unwrap_groups(nodes) {
        match node {
            Node::Element(it) if it.tag.name == "dt" => {
                let term = unit(reader, it.nodes, it.place);
                match items.last_mut().filter(|last| last.details.is_empty()) {
                    Some(last) => last.terms.push(term),
                    None => items.push(Definition {
                        place: it.place,
                        terms: vec![term],
                        details: Vec::new(),
                    }),
                }
            }
            Node::Element(it) if it.tag.name == "dd" => {
                let blocks = flow(reader, it.nodes, depth + 1, Loose::Paragraph);
                match items.last_mut() {
                    Some(last) => last.details.push(blocks),
                    None => items.push(Definition {
                        place: it.place,
                        terms: Vec::new(),
                        details: vec![blocks],
                    }),
                }
            }
            other => after.push(other),
        }
    }
    let mut blocks = Vec::new();
    give_term(&mut items);
    if !items.is_empty() {
        blocks.push(Block::Definitions(DefinitionList { place, items }));
    }
    blocks.extend(flow(reader, after, depth + 1, Loose::Paragraph));
    group(attributes, blocks, place)
}

/// A list of meanings that begins without a term gets one, as neither site nor book may
/// hold it otherwise.
pub(super) fn give_term(items: &mut [Definition]) {
    if let Some(first) = items.first_mut()
        && first.terms.is_empty()
    {
        first.terms.push(Text::plain(first.place, "…"));
    }
}

/// `<dl>` may hold its entries in `<div>`s.
fn unwrap_groups(nodes: Vec<Node>) -> Vec<Node> {
    let unwrap = |node| match node {
        Node::Element(it) if it.tag.name == "div" => it.nodes,
        other => vec![other],
    };
    nodes.into_iter().flat_map(unwrap).collect()
}

fn code(reader: &mut Reader<'_>, tag: &Tag, nodes: &[Node], place: Place) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &["class", "width"], place);
    let mut language = class_language(tag);
    let mut text = String::new();
    raw_text(reader, nodes, &mut text, &mut language);
    let text = text.strip_prefix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\n').unwrap_or(text).to_owned();
    let code = markdown::coloured(reader, CodeBlock { place, language, text });
    group(attributes, vec![Block::Code(code)], place)
}

fn raw_text(
    reader: &Reader<'_>,
    nodes: &[Node],
    out: &mut String,
    language: &mut Option<String>,
) {
    for node in nodes {
        match node {
            Node::Text(text, _) => out.push_str(&reader.restore(text)),
            Node::Element(it) => {
                if language.is_none() && it.tag.name == "code" {
                    *language = class_language(&it.tag);
                }
                if it.tag.name == "br" {
                    out.push('\n');
                }
                if let Some(fence) = &it.fence {
                    out.push_str(&fence.rest.0);
                    out.push('\n');
                }
                raw_text(reader, &it.nodes, out, language);
            }
            Node::Block(Block::Code(it)) => out.push_str(&it.text),
            Node::Block(block) => {
                for text in texts(block.clone()) {
                    out.push_str(&text.to_plain());
                    out.push('\n');
                }
            }
        }
    }
}

fn class_language(tag: &Tag) -> Option<String> {
    let classes = tag.get("class")?;
    let language = |it: &str| {
        it.strip_prefix("language-").or(it.strip_prefix("lang-")).map(str::to_owned)
    };
    classes.split_ascii_whitespace().find_map(language)
}

fn figure(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let attributes = keep_attributes(reader, tag, &[], place);
    let (nodes, caption) = take_child(nodes, &["figcaption"]);
    let caption = caption.map(|it| unit(reader, it.nodes, it.place));
    let caption = caption.filter(|it| !it.is_empty());
    let mut blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    let rest = match blocks.as_mut_slice() {
        [Block::Figure(it)] => mem::replace(&mut it.caption, caption),
        [Block::Table(it)] if it.caption.is_none() => {
            mem::replace(&mut it.caption, caption)
        }
        [Block::Quote(it)] if it.attribution.is_none() => {
            mem::replace(&mut it.attribution, caption)
        }
        // A caption that only repeats the title would be read twice.
        [Block::Media(it)] => match (&it.title, caption) {
            (Some(title), Some(caption)) if title.to_plain() == caption.to_plain() => {
                None
            }
            (None, caption) => mem::replace(&mut it.title, caption),
            (_, caption) => caption,
        },
        _ => caption,
    };
    if let Some(text) = rest {
        let place = text.place;
        blocks.push(Block::Paragraph(Paragraph {
            place,
            text,
            attributes: Attributes::default(),
        }));
    }
    group(attributes, blocks, place)
}

fn media(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let kind = match tag.name.as_str() {
        "video" => MediaKind::Video,
        "audio" => MediaKind::Audio,
        _ => MediaKind::Frame,
    };
    let source = nodes.iter().find_map(|it| match it {
        Node::Element(it) if it.tag.name == "source" => {
            it.tag.get("src").map(str::to_owned)
        }
        _ => None,
    });
    let address =
        tag.get("src").or_else(|| tag.get("data")).map(str::to_owned).or(source);
    let address = plain_text(address.unwrap_or_default().trim());
    let keep = |it: &Node| !matches!(it, Node::Element(it) if matches!(it.tag.name.as_str(), "source" | "track"));
    let nodes = nodes.into_iter().filter(keep).collect();
    let inner = flow(reader, nodes, depth + 1, Loose::Paragraph);
    if address.is_empty() || element::is_dangerous(&address) {
        element::report_dropped(reader, tag, place);
        return inner;
    }
    let title = tag.get("title").map(plain_text).filter(|it| !it.trim().is_empty());
    if title.is_none() {
        let warning = Diagnostic::warning("medium-without-title").at(place);
        reader.report(
            warning.with("name", format!("<{}>", tag.name)).with("address", &address),
        );
    }
    let attributes = media_attributes(reader, tag, place);
    let link = Link {
        place,
        address,
        target: Target::Unresolved,
        title: None,
        inlines: Vec::new(),
        attributes: Attributes::default(),
    };
    let title = title.map(|it| inline::text_of(place, &it));
    let mut blocks: Vec<Block> = poster(tag, place).into_iter().collect();
    blocks.push(Block::Media(Media { place, kind, link, title }));
    // What stands between the tags is for readers who cannot play it, as in print.
    blocks.extend(inner);
    group(attributes, blocks, place)
}

/// The still that a video gives, for where nothing can play; its title says what it is.
fn poster(tag: &Tag, place: Place) -> Option<Block> {
    let address = plain_text(tag.get("poster")?.trim());
    let image = Image {
        place,
        address,
        resource: Resource::Unresolved,
        alternative: String::new(),
        title: None,
        attributes: Attributes::default(),
    };
    let fine = !image.address.is_empty() && !element::is_dangerous(&image.address);
    fine.then(|| Block::Figure(image_figure(image, None, Attributes::default())))
}

/// The attributes of a player are its own business.
fn media_attributes(reader: &mut Reader<'_>, tag: &Tag, place: Place) -> Attributes {
    let kept = |it: &&(String, String)| {
        matches!(it.0.as_str(), "id" | "class" | "lang") || it.0.starts_with("on")
    };
    let tag = Tag {
        name: tag.name.clone(),
        attributes: tag.attributes.iter().filter(kept).cloned().collect(),
        ..Tag::default()
    };
    keep_attributes(reader, &tag, &[], place)
}

/// What an element around blocks may weigh, in bytes, without being counted: far more than an
/// address and a few classes.
const HEAVY: usize = 2_000;

/// An element that stands inside lines, around blocks: each line of the blocks gets it.
fn around_blocks(
    reader: &mut Reader<'_>,
    tag: &Tag,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let mut blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    let template =
        element::inline(reader, tag, vec![Inline::Text("\u{FDD0}".to_owned())], place);
    let [template] = template.as_slice() else { return blocks };
    // An element of which nothing is kept marks no line.
    if matches!(template, Inline::Text(_)) {
        return blocks;
    }
    let mut used = false;
    // Each line gets a copy of it.
    let weight = format!("{template:?}").len();
    for block in &mut blocks {
        if weight > HEAVY && !reader.afford(weight, place) {
            break;
        }
        match block {
            Block::Figure(it) => {
                if let (Inline::Link(link), None) = (template, &it.link) {
                    it.link = Some(Link { inlines: Vec::new(), ..link.clone() });
                    used = true;
                }
            }
            Block::Heading(Heading { text, .. })
            | Block::Paragraph(Paragraph { text, .. })
            | Block::Plain(text) => {
                text.inlines = vec![fill(template, mem::take(&mut text.inlines))];
                used = true;
            }
            _ => {}
        }
    }
    if let Inline::Link(link) = template
        && !used
    {
        let error = Diagnostic::error("link-around-blocks").at(place);
        reader.report(error.with("address", &link.address));
    }
    blocks
}

/// The template with these inlines in the place of its mark.
fn fill(template: &Inline, inlines: Vec<Inline>) -> Inline {
    match template {
        Inline::Styled(style, _) => Inline::Styled(style.clone(), inlines),
        Inline::Link(link) => {
            let words = link.inlines.clone();
            let inlines = if words == [Inline::Text("\u{FDD0}".to_owned())] {
                inlines
            } else {
                words
            };
            Inline::Link(Link { inlines, ..link.clone() })
        }
        Inline::Span(span) => {
            let mut span = span.clone();
            span.inlines = match span.inlines.as_slice() {
                [inner @ (Inline::Styled(..) | Inline::Link(_))] => {
                    vec![fill(inner, inlines)]
                }
                _ => inlines,
            };
            Inline::Span(span)
        }
        Inline::Code(_) => Inline::Styled(Style::Keyboard, inlines),
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Image(_)
        | Inline::Math(_)
        | Inline::Footnote(_) => template.clone(),
    }
}

/// A container into its block.
fn container(
    reader: &mut Reader<'_>,
    fence: Fence,
    nodes: Vec<Node>,
    place: Place,
    depth: usize,
) -> Vec<Block> {
    let (rest, start) = fence.rest;
    let title = (!rest.is_empty()).then(|| title(reader, &rest, start));
    let blocks = flow(reader, nodes, depth + 1, Loose::Paragraph);
    let what = match fence.mark {
        '?' => Some(Container::Details),
        _ => reader.container(&fence.name, place),
    };
    let blocks = match what {
        Some(Container::Callout(kind)) => {
            vec![Block::Callout(Callout { place, kind, title, blocks })]
        }
        Some(Container::Details) => {
            // What is folded needs words to unfold it.
            let named = || inline::text_of(place, &fence.name);
            let summary = title.unwrap_or_else(named);
            vec![Block::Details(Details { place, summary, blocks })]
        }
        Some(Container::Quote) => {
            let image = (!rest.is_empty()).then(|| Image {
                place: reader.places.place(start, start + rest.len()),
                address: plain_text(&rest),
                resource: Resource::Unresolved,
                alternative: String::new(),
                title: None,
                attributes: Attributes::default(),
            });
            vec![Block::Quote(Quote { place, blocks, attribution: None, image })]
        }
        Some(Container::Text) => {
            let attributes = Attributes::default();
            let text = title.map(|text| Paragraph { place, text, attributes });
            text.map(Block::Paragraph).into_iter().chain(blocks).collect()
        }
        None => {
            let name = format!(":::{}", fence.name);
            let warning =
                Diagnostic::warning("container-unknown").at(place).with("name", &name);
            reader.report_once(&name, warning);
            let text =
                title.map(|text| Block::Unknown(Unknown { place, what: name, text }));
            text.into_iter().chain(blocks).collect()
        }
    };
    group(fence.attributes, blocks, place)
}

/// The title of a container or an alert: Markdown inside one line.
pub(super) fn title(reader: &mut Reader<'_>, text: &str, start: usize) -> Text {
    let place = reader.places.place(start, start + text.len());
    let inlines = super::line::read_at(reader, text, start);
    Text::new(place, inlines)
}

/// The figure of an image that stands alone.
pub(super) fn image_figure(
    mut image: Image,
    link: Option<Link>,
    attributes: Attributes,
) -> Figure {
    let place = link.as_ref().map_or(image.place, |it| it.place);
    let alternative = mem::take(&mut image.alternative);
    let alternative = (!alternative.trim().is_empty())
        .then(|| inline::text_of(image.place, &alternative));
    let caption = image.title.take().map(|it| inline::text_of(image.place, &it));
    if image.attributes.is_empty() {
        image.attributes = attributes;
    }
    Figure { place, image, alternative, caption, link }
}
