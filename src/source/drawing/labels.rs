//! Words that a program keeps as HTML inside a drawing, set as words of the drawing.
//!
//! Mermaid, draw.io and others write their labels as HTML in a `foreignObject`. Most
//! readers of books, and PDF, show nothing of it, and HTML inside a drawing may run. So
//! its words are set as lines of text, where its box is, in its size and colour; tables,
//! images and pieces of style inside a label are not followed further.

use roxmltree::Node;

use super::{
    names::{SVG, XHTML},
    style,
};

/// The size of words where nothing says it.
const SIZE: f64 = 16.0;
/// The height of a line, in parts of the size of its words.
const LINE: f64 = 1.2;
/// How far below the middle of a line its letters stand, in parts of their size.
const BASELINE: f64 = 0.35;
/// How wide a letter is, in parts of its size, on average.
const LETTER: f64 = 0.5;

/// A label as it is set.
#[derive(Debug, PartialEq)]
pub(super) struct Label {
    /// What the group of its lines says of itself.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// Its lines.
    pub(super) lines: Vec<Line>,
}

/// A line of a label.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    /// Where it begins, ends, or has its middle.
    pub(super) x: f64,
    /// Where its letters stand.
    pub(super) y: f64,
    /// What it says.
    pub(super) words: String,
}

/// What is shown of a choice.
pub(super) enum Chosen<'a, 'input> {
    /// The words of this, where something stands instead for readers that cannot show it.
    Label {
        /// What holds the words.
        of: Node<'a, 'input>,
        /// What stands for it.
        instead: Option<Node<'a, 'input>>,
    },
    /// This part.
    Part(Node<'a, 'input>),
}

/// Whether a `switch` is a choice that does not depend on the reader's language.
pub(super) fn is_choice(node: Node<'_, '_>) -> bool {
    let asks = |it: Node<'_, '_>| {
        is_foreign(it)
            || it.has_attribute("requiredFeatures")
            || it.has_attribute("requiredExtensions")
    };
    let mut parts = node.children().filter(Node::is_element);
    let depends = |it: Node<'_, '_>| it.has_attribute("systemLanguage");
    parts.clone().any(asks) && !parts.any(depends)
}

/// What is shown of such a choice: the first part that everybody can show.
pub(super) fn chosen<'a, 'input>(node: Node<'a, 'input>) -> Option<Chosen<'a, 'input>> {
    let mut parts =
        node.children().filter(|it| it.tag_name().namespace() == Some(SVG)).peekable();
    while let Some(part) = parts.next() {
        let extensions = part.attribute("requiredExtensions").unwrap_or_default();
        if !extensions.trim().is_empty() && !holds_html(part) {
            continue;
        }
        if !is_foreign(part) {
            return Some(Chosen::Part(part));
        }
        let said = plain(part);
        if said.is_empty() {
            continue;
        }
        let instead = parts.peek().copied();
        let is_same = |it: Node<'_, '_>| squeezed(&plain(it)) == squeezed(&said);
        return Some(match instead {
            Some(it) if is_same(it) => Chosen::Part(it),
            instead => Chosen::Label { of: part, instead },
        });
    }
    None
}

/// Whether it holds HTML, and not what a program keeps for itself.
pub(super) fn holds_html(node: Node<'_, '_>) -> bool {
    node.descendants().any(|it| it.tag_name().namespace() == Some(XHTML))
}

/// Whether it shows more than words: an image, a field, a formula.
pub(super) fn shows_more(node: Node<'_, '_>) -> bool {
    let is_plain = |it: Node<'_, '_>| {
        let name = it.tag_name().name();
        is_block(name)
            || matches!(
                name,
                "span"
                    | "br"
                    | "b"
                    | "i"
                    | "em"
                    | "strong"
                    | "a"
                    | "u"
                    | "code"
                    | "font"
                    | "sub"
                    | "sup"
                    | "small"
                    | "tbody"
            )
    };
    let inside = node.descendants().skip(1).filter(Node::is_element);
    holds_html(node) && inside.into_iter().any(|it| !is_plain(it))
}

/// Every word in an element, as it is written.
pub(super) fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|it| it.text()).collect()
}

/// Sets the words of a `foreignObject`; `None` where it has none. Something that stands
/// for it in another reader says where they are best set.
pub(super) fn read(node: Node<'_, '_>, instead: Option<Node<'_, '_>>) -> Option<Label> {
    let mut said = Said::default();
    said.walk(node, &Look::default());
    let said = said.finished()?;
    let size = said.look.size.or_else(|| inherited_size(node)).unwrap_or(SIZE);
    let place = place(node, instead, &said.look, size);
    let lines = wrapped(&said.lines, &place, size, said.look.is_whole);
    let attributes = attributes(node, &said, &place);
    Some(Label { attributes, lines: place.set(lines, size) })
}

fn is_foreign(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace() == Some(SVG) && node.tag_name().name() == "foreignObject"
}

/// The words of an element, with one space between.
fn plain(node: Node<'_, '_>) -> String {
    let mut said = Said::default();
    said.walk(node, &Look::default());
    said.finished().map(|it| it.lines.join(" ")).unwrap_or_default()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How words look.
#[derive(Clone, Debug, Default)]
struct Look {
    size: Option<f64>,
    colour: Option<String>,
    family: Option<String>,
    is_bold: bool,
    is_italic: bool,
    /// Whether lines are not broken where they are long.
    is_whole: bool,
    /// `left`, `center`, `right`.
    align: Option<String>,
    /// Where draw.io sets its box: from the left, from the top, how wide, and how the
    /// words lie in it.
    flex: Option<Flex>,
    classes: Vec<String>,
}

#[derive(Clone, Debug)]
struct Flex {
    left: f64,
    top: f64,
    width: f64,
    along: String,
    across: String,
}

/// What a label says, line by line, and how it begins to look.
#[derive(Debug, Default)]
struct Said {
    lines: Vec<String>,
    line: String,
    look: Option<Look>,
}

/// What a label says, and how it looks.
struct Finished {
    lines: Vec<String>,
    look: Look,
}

impl Said {
    fn walk(&mut self, node: Node<'_, '_>, look: &Look) {
        for child in node.children() {
            if child.is_text() {
                self.text(child.text().unwrap_or_default(), look);
                continue;
            }
            let name = child.tag_name().name().to_ascii_lowercase();
            if !child.is_element() || matches!(name.as_str(), "script" | "style") {
                continue;
            }
            let look = look.inside(child, &name);
            let Some(look) = look else { continue };
            let is_block = is_block(&name);
            if is_block || name == "br" {
                self.end_line();
            }
            self.walk(child, &look);
            if is_block {
                self.end_line();
            }
        }
    }

    fn text(&mut self, text: &str, look: &Look) {
        if !text.trim().is_empty() && self.look.is_none() {
            self.look = Some(look.clone());
        }
        self.line.push_str(text);
    }

    fn end_line(&mut self) {
        let line = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            self.lines.push(line);
        }
        self.line.clear();
    }

    fn finished(mut self) -> Option<Finished> {
        self.end_line();
        let look = self.look.take()?;
        Some(Finished { lines: self.lines, look })
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "blockquote"
            | "section"
            | "hr"
            | "body"
            | "text"
    )
}

impl Look {
    /// How words look in this element; `None` where they are not seen.
    fn inside(&self, node: Node<'_, '_>, name: &str) -> Option<Self> {
        let mut look = self.clone();
        look.is_bold |= matches!(name, "b" | "strong" | "th");
        look.is_italic |= matches!(name, "i" | "em");
        look.classes.extend(node.attribute("class").map(str::to_owned));
        let all = style::declared(node.attribute("style").unwrap_or_default());
        let said =
            |name: &str| all.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
        if said("display") == Some("none") || said("visibility") == Some("hidden") {
            return None;
        }
        look.size =
            said("font-size").and_then(length).filter(|it| *it > 0.0).or(look.size);
        look.colour = said("color").map(first_colour).or(look.colour);
        look.family = said("font-family").map(str::to_owned).or(look.family);
        look.align = said("text-align").map(str::to_owned).or(look.align);
        if let Some(weight) = said("font-weight") {
            look.is_bold =
                matches!(weight, "bold" | "bolder" | "600" | "700" | "800" | "900");
        }
        if let Some(kind) = said("font-style") {
            look.is_italic = matches!(kind, "italic" | "oblique");
        }
        if let Some(space) = said("white-space") {
            look.is_whole = space == "nowrap";
        }
        if said("display") == Some("flex") && look.flex.is_none() {
            let side = |name| said(name).and_then(length);
            look.flex = side("width").zip(side("padding-top")).map(|(width, top)| Flex {
                left: side("margin-left").unwrap_or_default(),
                top,
                width,
                along: said("justify-content").unwrap_or_default().to_owned(),
                across: said("align-items").unwrap_or_default().to_owned(),
            });
        }
        Some(look)
    }
}

/// A length in pixels.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, scale) = match text {
        it if it.ends_with("px") => (it.trim_end_matches("px"), 1.0),
        it if it.ends_with("pt") => (it.trim_end_matches("pt"), 4.0 / 3.0),
        it if it.ends_with("em") || it.ends_with('%') => return None,
        it => (it, 1.0),
    };
    let number: f64 = number.trim().parse().ok()?;
    (number.abs() < 1e6).then_some(number * scale)
}

/// The colour for a light ground, where there is one for a dark one too.
fn first_colour(value: &str) -> String {
    let Some(rest) = value.strip_prefix("light-dark(") else { return value.to_owned() };
    let mut depth = 0;
    let end = rest.find(|it: char| {
        depth += i32::from(it == '(') - i32::from(it == ')');
        it == ',' && depth == 0
    });
    let whole = || rest.strip_suffix(')').unwrap_or(rest);
    end.map_or_else(whole, |it| &rest[..it]).to_owned()
}

/// The size of the words around an element, as its drawing says it.
fn inherited_size(node: Node<'_, '_>) -> Option<f64> {
    let said = |it: Node<'_, '_>| {
        let styled = style::declared(it.attribute("style").unwrap_or_default());
        let styled = styled.into_iter().rev().find(|it| it.0 == "font-size");
        let value = styled.map(|it| it.1);
        value.as_deref().or_else(|| it.attribute("font-size")).and_then(length)
    };
    let around = node.ancestors().find_map(said);
    around.or_else(|| {
        // Mermaid says it once, in the rule for the whole drawing.
        let sheet = node.document().root_element().descendants();
        let sheet = sheet.filter(|it| it.tag_name().name() == "style").find_map(|it| {
            let text = words(it);
            let (_, rest) = text.split_once("font-size:")?;
            length(rest.split([';', '}']).next()?)
        });
        sheet.filter(|it| *it > 0.0)
    })
}

/// Where lines are set.
#[derive(Debug)]
struct Place {
    /// The place of lines across, and what of them stands there.
    x: f64,
    anchor: &'static str,
    /// The place of lines down, and what of them stands there: 0 their top, 1 their foot.
    y: f64,
    share: f64,
    /// How wide and how high they may be together.
    width: Option<f64>,
    height: Option<f64>,
}

fn place(
    node: Node<'_, '_>,
    instead: Option<Node<'_, '_>>,
    look: &Look,
    size: f64,
) -> Place {
    let align = look.align.as_deref();
    if let Some(flex) = &look.flex {
        let (x, anchor) = across(flex.left, flex.width, &flex.along, align);
        let share = match &flex.across {
            it if it.contains("center") => 0.5,
            it if it.contains("end") => 1.0,
            _ => 0.0,
        };
        return Place {
            x,
            anchor,
            y: flex.top,
            share,
            width: Some(flex.width),
            height: None,
        };
    }
    let side = |name| node.attribute(name).and_then(length);
    let (x, y) = (side("x").unwrap_or_default(), side("y").unwrap_or_default());
    if let (Some(width), Some(height)) = (side("width"), side("height")) {
        let (x, anchor) = across(x, width, "", align);
        let place = Place {
            x,
            anchor,
            y: y + height / 2.0,
            share: 0.5,
            width: Some(width),
            height: Some(height),
        };
        if width > 0.0 && height > 0.0 {
            return place;
        }
    }
    let text = instead.filter(|it| it.tag_name().name() == "text");
    if let Some(text) = text {
        let side = |name| text.attribute(name).and_then(length).unwrap_or_default();
        let anchor = match text.attribute("text-anchor") {
            Some("end") => "end",
            Some("start") => "start",
            Some(_) | None => "middle",
        };
        let y = side("y") - size * BASELINE;
        return Place { x: side("x"), anchor, y, share: 0.5, width: None, height: None };
    }
    Place { x, anchor: "start", y, share: 0.0, width: None, height: None }
}

/// Where lines stand in a box, and what of them stands there.
fn across(
    left: f64,
    width: f64,
    along: &str,
    align: Option<&str>,
) -> (f64, &'static str) {
    let is_end =
        along.contains("end") || align.is_some_and(|it| matches!(it, "right" | "end"));
    let is_start = along.contains("start")
        || align.is_some_and(|it| matches!(it, "left" | "start" | "justify"));
    match (is_start, is_end, along.contains("center")) {
        (_, _, true) | (false, false, _) => (left + width / 2.0, "middle"),
        (_, true, _) => (left + width, "end"),
        (true, false, _) => (left, "start"),
    }
}

/// The lines of a label, none wider than its box as far as can be told without its font,
/// and no more of them than there is room for.
fn wrapped(lines: &[String], place: &Place, size: f64, is_whole: bool) -> Vec<String> {
    let Some(width) = place.width.filter(|_| !is_whole) else { return lines.to_vec() };
    let room = place.height.map_or(f64::INFINITY, |it| it / (size * LINE));
    let most = lines.len().max(count(room));
    // What is a little too wide for a guess is broken no better than it was.
    let mut letters = count(width * 1.1 / (size * LETTER)).max(1);
    loop {
        let broken: Vec<String> =
            lines.iter().flat_map(|line| broken(line, letters)).collect();
        if broken.len() <= most || letters > 10_000 {
            return broken;
        }
        letters += letters / 8 + 1;
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is clamped to what can be counted"
)]
fn count(number: f64) -> usize {
    number.clamp(0.0, 1e6).round() as usize
}

fn broken(line: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ') {
        match lines.last_mut() {
            Some(last) if last.chars().count() + word.chars().count() < letters => {
                last.push(' ');
                last.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

impl Place {
    fn set(&self, lines: Vec<String>, size: f64) -> Vec<Line> {
        let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
        let many = number(lines.len());
        // Lines that are many for their box stand closer.
        let room = self.height.map_or(f64::INFINITY, |it| it / many.max(1.0));
        let height = (size * LINE).min(room.max(size * 0.9));
        let top = self.y - height * many * self.share;
        let set = |(at, words): (usize, String)| Line {
            x: rounded(self.x),
            y: rounded(top + height * (number(at) + 0.5) + size * BASELINE),
            words,
        };
        lines.into_iter().enumerate().map(set).collect()
    }
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// What the group of the lines says of itself.
fn attributes(
    node: Node<'_, '_>,
    said: &Finished,
    place: &Place,
) -> Vec<(&'static str, String)> {
    let look = &said.look;
    let mut all = Vec::new();
    for name in ["transform", "opacity", "visibility", "display"] {
        all.extend(node.attribute(name).map(|it| (name, it.to_owned())));
    }
    let mut classes: Vec<&str> = node.attribute("class").into_iter().collect();
    classes.extend(look.classes.iter().map(String::as_str));
    if !classes.is_empty() {
        all.push(("class", classes.join(" ")));
    }
    // HTML knows the colour of words, and neither how shapes are filled nor their lines.
    let colour = look.colour.as_deref().unwrap_or("currentColor");
    let mut css = format!("fill:{colour};stroke:none;text-anchor:{}", place.anchor);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            css.push_str(&format!(";{name}:{value}"));
        }
    };
    add("font-size", look.size.map(|it| format!("{it}px")));
    add("font-family", look.family.clone());
    add("font-weight", look.is_bold.then(|| "bold".to_owned()));
    add("font-style", look.is_italic.then(|| "italic".to_owned()));
    all.push(("style", css));
    all
}
