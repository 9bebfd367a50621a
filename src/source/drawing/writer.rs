//! A drawing, written anew from its tree.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use roxmltree::{Attribute, Node};

use super::{
    Change, NESTED,
    data::{self, Data},
    labels,
    names::{self, SVG, XHTML, XLINK, XML},
    references::{self, Parts, may_lead},
    style,
};

/// What must not stand in an address that holds its content.
const ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');

/// A drawing as it was written.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) changes: BTreeSet<Change>,
}

/// Writes a drawing that lies so deep in others.
pub(super) fn write(root: Node<'_, '_>, level: usize) -> Written {
    let mut writer = Writer {
        parts: Parts::new(root),
        level,
        out: String::new(),
        changes: BTreeSet::new(),
        has_links: false,
    };
    writer.element(root, Within::Nothing);
    let mut text = format!("<svg xmlns=\"{SVG}\"");
    if writer.has_links {
        text.push_str(&format!(" xmlns:xlink=\"{XLINK}\""));
    }
    text.push_str(writer.out.strip_prefix("<svg").unwrap_or(&writer.out));
    text.push('\n');
    Written { text, changes: writer.changes }
}

/// What an element lies in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Nothing that shows words.
    Nothing,
    /// An element whose words are shown, or said.
    Words,
}

struct Writer<'a> {
    parts: Parts<'a>,
    /// How many drawings this one lies in.
    level: usize,
    out: String,
    changes: BTreeSet<Change>,
    /// Whether an attribute of `XLink` was written.
    has_links: bool,
}

impl Writer<'_> {
    /// An element with what is in it, where it is known.
    fn element(&mut self, node: Node<'_, '_>, within: Within) {
        let tag = node.tag_name();
        let name = tag.name();
        match tag.namespace() {
            Some(SVG) if name == "foreignObject" => self.label(node, None),
            Some(SVG) if name == "switch" && labels::is_choice(node) => self.choice(node),
            Some(SVG) if name == "style" => self.sheet(node),
            Some(SVG) if names::is_element(name) && is_harmless(node) => {
                self.known(node, within);
            }
            // What is said of a drawing for other programs is no loss.
            Some(SVG) if name == "metadata" => {}
            Some(SVG | XHTML) => self.removed(name),
            // What a drawing program keeps for itself: nobody misses it.
            Some(_) | None => {}
        }
    }

    fn removed(&mut self, name: &str) {
        self.changes.insert(Change::Element(name.to_owned()));
    }

    fn known(&mut self, node: Node<'_, '_>, within: Within) {
        let name = node.tag_name().name();
        let is_text = matches!(name, "text" | "tspan" | "textPath" | "title" | "desc");
        let within = match is_text || name == "a" && within == Within::Words {
            true => Within::Words,
            false => Within::Nothing,
        };
        let written = self.start(node);
        let start = self.out.len();
        self.out.push('>');
        for child in node.children() {
            if child.is_element() {
                self.element(child, within);
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                // Elsewhere words are not shown, and only make a drawing invalid.
                if within == Within::Words || text.trim().is_empty() {
                    escape(&mut self.out, text, false);
                }
            }
        }
        if self.out.len() == start + 1 {
            self.out.truncate(start);
            self.out.push_str("/>");
        } else {
            self.out.push_str(&format!("</{written}>"));
        }
    }

    /// The beginning of a start tag: the name, which is returned, and the attributes.
    fn start(&mut self, node: Node<'_, '_>) -> &'static str {
        let name = node.tag_name().name();
        let name = names::ELEMENTS
            .iter()
            .find(|it| **it == name)
            .expect("only known elements are written");
        // What would repeat a part that is not there shows nothing, as an empty group.
        let is_dead = *name == "use" && !self.leads_somewhere(node);
        let written = if is_dead { "g" } else { name };
        self.out.push('<');
        self.out.push_str(written);
        for attribute in node.attributes() {
            let own = attribute.name();
            let is_of_use = matches!(own, "x" | "y" | "width" | "height" | "href");
            if is_dead && is_of_use {
                if own == "href" {
                    self.value(node, attribute);
                }
                continue;
            }
            self.attribute(node, attribute);
        }
        written
    }

    fn leads_somewhere(&self, node: Node<'_, '_>) -> bool {
        let id = references::address(node).and_then(|it| it.trim().strip_prefix('#'));
        id.is_some_and(|it| self.parts.find(it).is_some())
    }

    fn attribute(&mut self, node: Node<'_, '_>, attribute: Attribute<'_, '_>) {
        let name = match attribute.namespace() {
            None => attribute.name().to_owned(),
            Some(XLINK) => format!("xlink:{}", attribute.name()),
            Some(XML) => format!("xml:{}", attribute.name()),
            Some(_) => return,
        };
        if let Some(value) = self.value(node, attribute) {
            self.has_links |= name.starts_with("xlink:");
            self.out.push_str(&format!(" {name}=\""));
            escape(&mut self.out, &value, true);
            self.out.push('"');
        }
    }

    /// The value of an attribute as it is published.
    fn value(
        &mut self,
        node: Node<'_, '_>,
        attribute: Attribute<'_, '_>,
    ) -> Option<String> {
        let (name, value) = (attribute.name(), attribute.value());
        match (attribute.namespace(), name) {
            (None | Some(XLINK), "href") => self.link(node, value),
            (Some(XLINK), "title") | (Some(XML), "space" | "lang") => {
                Some(value.to_owned())
            }
            // Where others begin, or how links are opened: nothing that shows.
            (Some(_), name) => {
                if name == "base" {
                    self.changes.insert(Change::Attribute(name.to_owned()));
                }
                None
            }
            (None, "id") => self.id(node, value),
            (None, "style") => self.declarations(value),
            (None, name) if name.starts_with("aria-") => Some(self.meant(name, value)),
            (None, name) if names::is_attribute(name) => self.plain(node, name, value),
            (None, name) => {
                // A browser that reads SVG as HTML does not mind how it is written.
                if name.to_ascii_lowercase().starts_with("on") {
                    self.changes.insert(Change::Attribute(name.to_owned()));
                }
                None
            }
        }
    }

    fn id(&mut self, node: Node<'_, '_>, value: &str) -> Option<String> {
        let name = self.parts.name_of(node.id()).map(str::to_owned);
        if name.is_none() && !value.is_empty() {
            self.changes.insert(Change::Twin(value.to_owned()));
        }
        name
    }

    /// An attribute that may hold functions of CSS.
    fn plain(&mut self, node: Node<'_, '_>, name: &str, value: &str) -> Option<String> {
        if !names::is_styled(name) || !value.contains(['(', '\\', '@']) {
            return Some(value.to_owned());
        }
        let element = node.tag_name().name();
        let mut dead = Vec::new();
        let out = {
            let found = std::cell::RefCell::new(&mut dead);
            style::value(value, &|id| {
                let part = self.parts.find(id).filter(|it| may_lead(element, name, it.1));
                if part.is_none() {
                    found.borrow_mut().push(id.to_owned());
                }
                part.map(|it| it.0.to_owned())
            })
        };
        let Some(out) = out else {
            self.changes.insert(Change::Attribute(name.to_owned()));
            return None;
        };
        if dead.is_empty() {
            // Numbers and texts as they were written.
            let is_new = value.contains(['\\', '@']) || out.contains("url(");
            return Some(if is_new { out } else { value.to_owned() });
        }
        self.changes.extend(dead.into_iter().map(Change::Dead));
        // What stands behind a paint that is not there takes its place.
        let paint = matches!(name, "fill" | "stroke");
        let rest = out.trim().strip_prefix("none").map(str::trim);
        match rest {
            Some("") if paint => Some("none".to_owned()),
            Some(rest) if paint => Some(rest.to_owned()),
            Some(_) | None => None,
        }
    }

    fn declarations(&mut self, value: &str) -> Option<String> {
        let css = style::declarations(value, &|id| self.renamed(id));
        if css.is_cut {
            self.changes.insert(Change::Attribute("style".to_owned()));
        }
        (!css.text.is_empty()).then_some(css.text)
    }

    /// The name that a part has once it is written, or would have.
    fn renamed(&self, id: &str) -> Option<String> {
        let found = self.parts.find(id).map(|it| it.0.to_owned());
        found.or_else(|| references::other_name(id)).or_else(|| Some(id.to_owned()))
    }

    /// Words that may name other parts: what labels this one.
    fn meant(&mut self, name: &str, value: &str) -> String {
        let leads = matches!(
            name,
            "aria-labelledby"
                | "aria-describedby"
                | "aria-controls"
                | "aria-owns"
                | "aria-details"
                | "aria-flowto"
                | "aria-activedescendant"
                | "aria-errormessage"
        );
        if !leads {
            return value.to_owned();
        }
        let mut kept = Vec::new();
        for id in value.split_whitespace() {
            match self.parts.find(id) {
                Some((id, _)) => kept.push(id.to_owned()),
                None => _ = self.changes.insert(Change::Dead(id.to_owned())),
            }
        }
        kept.join(" ")
    }

    /// Where something leads: a part of the drawing, an image that it holds, and from a
    /// link, a page of the web.
    fn link(&mut self, node: Node<'_, '_>, value: &str) -> Option<String> {
        let element = node.tag_name().name();
        let address = value.trim();
        if let Some(id) = address.strip_prefix('#') {
            let part = self.parts.find(id).filter(|it| may_lead(element, "href", it.1));
            let part = part.map(|it| format!("#{}", it.0));
            if part.is_none() && !id.is_empty() {
                self.changes.insert(Change::Dead(id.to_owned()));
            }
            return part;
        }
        let shown = match element {
            "a" => is_web(address).then(|| address.to_owned()),
            "image" | "feImage" => self.image(address),
            _ => None,
        };
        if shown.is_none() && !address.is_empty() {
            self.changes.insert(Change::Attribute("href".to_owned()));
        }
        shown
    }

    /// An image that the drawing holds; another drawing is made fit as well.
    fn image(&mut self, address: &str) -> Option<String> {
        match data::read(address)? {
            Data::Image { .. } => Some(address.to_owned()),
            Data::Drawing(bytes) if self.level < NESTED => {
                let drawing = super::nested(&bytes, self.level + 1).ok()?;
                self.changes.extend(drawing.changes);
                let text = utf8_percent_encode(drawing.text.trim_end(), ADDRESS);
                Some(format!("data:image/svg+xml,{text}"))
            }
            Data::Drawing(_) | Data::Font => None,
        }
    }

    fn sheet(&mut self, node: Node<'_, '_>) {
        let kind = node.attribute("type").unwrap_or("text/css").trim();
        let words = labels::words(node);
        let css = style::sheet(&words, &|id| self.renamed(id));
        if css.is_cut || !(kind.is_empty() || kind.eq_ignore_ascii_case("text/css")) {
            self.removed("style");
        }
        if !css.text.is_empty()
            && (kind.is_empty() || kind.eq_ignore_ascii_case("text/css"))
        {
            self.start(node);
            self.out.push('>');
            escape(&mut self.out, &css.text, false);
            self.out.push_str("</style>");
        }
    }

    /// The words that a program keeps as HTML, set as text.
    fn label(&mut self, node: Node<'_, '_>, instead: Option<Node<'_, '_>>) {
        if labels::shows_more(node) {
            self.removed("foreignObject");
        }
        let Some(label) = labels::read(node, instead) else { return };
        self.changes.insert(Change::Label);
        self.out.push_str("<g");
        for (name, value) in &label.attributes {
            // It passes where an attribute of the file would.
            let value = match *name {
                "style" => self.declarations(value),
                _ => self.plain(node, name, value),
            };
            if let Some(value) = value {
                self.out.push_str(&format!(" {name}=\""));
                escape(&mut self.out, &value, true);
                self.out.push('"');
            }
        }
        self.out.push('>');
        for line in &label.lines {
            self.out.push_str(&format!("<text x=\"{}\" y=\"{}\">", line.x, line.y));
            escape(&mut self.out, &line.words, false);
            self.out.push_str("</text>");
        }
        self.out.push_str("</g>");
    }

    /// What is shown of a choice between HTML and something for readers without.
    fn choice(&mut self, node: Node<'_, '_>) {
        match labels::chosen(node) {
            Some(labels::Chosen::Label { of, instead }) => self.label(of, instead),
            Some(labels::Chosen::Part(part)) => self.element(part, Within::Nothing),
            None => {}
        }
    }
}

/// Whether an element changes nothing that must stay as it is: an animation may not turn
/// a link into another.
fn is_harmless(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    if !matches!(name, "animate" | "set" | "animateTransform") {
        return true;
    }
    match node.attribute("attributeName") {
        Some(named) => names::is_animated(named.trim()),
        // A turn or a move needs no name; anything else without one changes nothing.
        None => name == "animateTransform",
    }
}

fn is_web(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let has_scheme = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    has_scheme && !address.contains(|it: char| it.is_control() || it.is_whitespace())
}

/// Writes a text so that XML reads it back; what XML does not allow is left out.
fn escape(out: &mut String, text: &str, is_value: bool) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_value => out.push_str("&quot;"),
            '\n' | '\t' if is_value => out.push_str(&format!("&#{};", u32::from(letter))),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
}
