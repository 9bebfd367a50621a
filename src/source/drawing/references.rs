//! What leads to which part of a drawing, and parts that share a name.

use std::collections::{BTreeMap, HashMap};

use roxmltree::{Node, NodeId};

use super::names::{SVG, XLINK, is_element};

/// The parts of a drawing that are published and have a name.
pub(super) struct Parts<'a> {
    /// The element of each, by the name that it has in the file.
    kinds: HashMap<&'a str, &'a str>,
    /// Who has each name: the first.
    owners: HashMap<NodeId, &'a str>,
    /// The names that XML does not allow, and what they are called instead.
    others: BTreeMap<&'a str, String>,
}

impl<'a> Parts<'a> {
    /// Finds the named parts among what is published of a drawing.
    pub(super) fn new(root: Node<'a, '_>) -> Self {
        let mut parts = Self {
            kinds: HashMap::new(),
            owners: HashMap::new(),
            others: BTreeMap::new(),
        };
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let tag = node.tag_name();
            if tag.namespace() != Some(SVG) || !is_element(tag.name()) {
                continue;
            }
            if let Some(id) = node.attribute("id").filter(|it| !it.is_empty()) {
                parts.add(node.id(), id, tag.name());
            }
            // In the order of the file, since the first of two twins keeps its name.
            let children: Vec<_> = node.children().filter(Node::is_element).collect();
            open.extend(children.into_iter().rev());
        }
        parts
    }

    fn add(&mut self, node: NodeId, id: &'a str, kind: &'a str) {
        if self.kinds.contains_key(id) {
            return;
        }
        self.kinds.insert(id, kind);
        self.owners.insert(node, id);
        if let Some(other) = other_name(id) {
            self.others.insert(id, other);
        }
    }

    /// The name that a part has once it is written; `None` where another has it already.
    pub(super) fn name_of(&self, node: NodeId) -> Option<&str> {
        self.owners.get(&node).map(|id| self.called(id))
    }

    /// What the part with this name is called, and which element it is.
    pub(super) fn find(&self, id: &str) -> Option<(&str, &str)> {
        let (id, kind) = self.kinds.get_key_value(id)?;
        Some((self.called(id), kind))
    }

    fn called<'s>(&'s self, id: &'s str) -> &'s str {
        self.others.get(id).map_or(id, String::as_str)
    }
}

/// Whether an attribute of this element may lead to such a part: `fill` to a gradient,
/// `use` to anything.
pub(super) fn may_lead(element: &str, attribute: &str, target: &str) -> bool {
    let is_gradient = matches!(target, "linearGradient" | "radialGradient");
    match (attribute, element) {
        ("fill" | "stroke", _) => is_gradient || target == "pattern",
        ("clip-path", _) => target == "clipPath",
        ("mask", _) => target == "mask",
        ("filter", _) => target == "filter",
        ("marker" | "marker-start" | "marker-mid" | "marker-end", _) => {
            target == "marker"
        }
        ("href", "linearGradient" | "radialGradient") => is_gradient,
        ("href", "pattern") => target == "pattern",
        ("href", "filter") => target == "filter",
        ("href", "mpath") => target == "path",
        ("href", "textPath") => matches!(
            target,
            "path" | "rect" | "circle" | "ellipse" | "line" | "polyline" | "polygon"
        ),
        // An image of a part would be a document within itself.
        ("href", "image") => false,
        _ => true,
    }
}

/// Where an element leads, by `href` or, as SVG 1.1 has it, `xlink:href`.
pub(super) fn address<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("href").or_else(|| node.attribute((XLINK, "href")))
}

/// The name of a part whose own XML does not allow; `None` where it is a good one.
/// Programs on the web give parts names such as `68d56f1214`.
pub(super) fn other_name(id: &str) -> Option<String> {
    let is_start = |it: char| it.is_alphabetic() || it == '_';
    let is_good = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.');
    if id.starts_with(is_start) && id.chars().all(is_good) {
        return None;
    }
    let mut name = "id-".to_owned();
    for letter in id.chars() {
        match is_good(letter) {
            true => name.push(letter),
            false => name.push_str(&format!(".{:x}.", u32::from(letter))),
        }
    }
    Some(name)
}
