//! How much there is to paint once everything that is repeated is counted.
//!
//! A drawing of a few lines can ask for more than a machine has: parts that repeat parts
//! that repeat parts, patterns filled with patterns. What each part costs is counted once,
//! with all that it refers to, so the count itself takes no longer than the drawing is.
//! Where a style sheet might or might not mean an element, it is taken to mean it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use roxmltree::{Node, NodeId};

use super::{
    data::{self, Data},
    labels,
    names::SVG,
    references, style,
};

/// The most parts that repeating may add to a drawing: more than any map or plan needs,
/// and painted in a few seconds.
pub(super) const LIMIT: u64 = 400_000;
/// How many bytes of attributes take as long as an element.
const BYTES: u64 = 32;
/// How many pixels of an image take as long as an element.
const PIXELS: u64 = 512;

/// How many letters of one text take as long as they are many: each is set with regard
/// to all others.
const LETTERS: u64 = 2_000;

/// The most times that a selector of a style sheet is held against an element.
pub(super) const COMPARISONS: u64 = 50_000_000;

/// Whether a drawing can be painted in a time that does not grow faster than it.
pub(super) fn is_bounded(root: Node<'_, '_>) -> bool {
    let plain = root.descendants().map(own).fold(0, u64::saturating_add);
    let mut counter = Counter::new(root);
    let most = LIMIT.saturating_add(plain);
    // An image is no larger for being the only one.
    let images = root.descendants().map(image).fold(0, u64::saturating_add);
    let whole = counter.cost(root, &[]);
    images <= LIMIT && whole.is_some_and(|it| it <= most)
}

/// How often a selector may be held against an element: each against each, and for each of
/// its parts that may be any element around (`g g rect`), each choice of those.
pub(super) fn comparisons(root: Node<'_, '_>) -> u64 {
    let sheets = root.descendants().filter(|it| it.has_tag_name((SVG, "style")));
    let mut selectors = BTreeMap::new();
    for ancestors in sheets.flat_map(|it| style::ancestors(&labels::words(it))) {
        *selectors.entry(ancestors).or_insert(0_u64) += 1;
    }
    if selectors.is_empty() {
        return 0;
    }
    let depths = depths(root);
    let mut sum = 0_u64;
    for (ancestors, times) in selectors {
        for (depth, elements) in depths.iter().enumerate() {
            let each = choices(depth, ancestors).saturating_mul(times);
            sum = sum.saturating_add(each.saturating_mul(*elements));
        }
    }
    sum
}

/// How many elements lie so deep in others.
fn depths(root: Node<'_, '_>) -> Vec<u64> {
    let mut depths = Vec::new();
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        if depths.len() <= depth {
            depths.resize(depth + 1, 0);
        }
        depths[depth] += 1;
        open.extend(node.children().filter(Node::is_element).map(|it| (it, depth + 1)));
    }
    depths
}

/// In how many ways so many ancestors, or fewer, are chosen of those that an element has.
fn choices(depth: usize, ancestors: usize) -> u64 {
    let number = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let mut ways = 1_u64;
    let mut sum = 1_u64;
    for chosen in 0..ancestors.min(depth) {
        ways = ways.saturating_mul(number(depth - chosen)) / number(chosen + 1);
        sum = sum.saturating_add(ways);
    }
    sum
}

/// What an element or a text costs by itself, without the images it holds.
fn own(node: Node<'_, '_>) -> u64 {
    let count = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    if node.is_text() {
        return count(node.text().unwrap_or_default().trim().len());
    }
    if !node.is_element() {
        return 0;
    }
    let shown = node.attributes().filter(|it| it.name() != "href");
    1 + shown.map(|it| count(it.value().len())).sum::<u64>() / BYTES
}

/// What a text costs for being long.
fn long(node: Node<'_, '_>) -> u64 {
    if !node.has_tag_name((SVG, "text")) {
        return 0;
    }
    let letters = u64::try_from(labels::words(node).len()).unwrap_or(u64::MAX);
    letters.saturating_mul(letters) / LETTERS
}

/// What the image that an element holds costs.
fn image(node: Node<'_, '_>) -> u64 {
    let of_image = matches!(node.tag_name().name(), "image" | "feImage");
    let address = references::address(node).filter(|_| of_image);
    match address.and_then(data::read) {
        Some(Data::Image { pixels }) => pixels / PIXELS,
        Some(Data::Drawing(bytes)) => drawing(&bytes).unwrap_or(u64::MAX),
        Some(Data::Font) | None => 0,
    }
}

/// What a drawing in a drawing costs; it was made fit before.
fn drawing(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tree = super::parsed(text).ok()?;
    Counter::new(tree.root_element()).cost(tree.root_element(), &[])
}

/// A property that refers to a part, and the parts that may be meant.
type Meant<'a> = (&'static str, Vec<Node<'a, 'a>>);

/// The properties by which a part is painted with another; whether what lies in an
/// element inherits them.
const PROPERTIES: [(&str, bool); 8] = [
    ("fill", true),
    ("stroke", true),
    ("marker-start", true),
    ("marker-mid", true),
    ("marker-end", true),
    ("clip-path", false),
    ("mask", false),
    ("filter", false),
];

struct Counter<'a> {
    parts: HashMap<&'a str, Node<'a, 'a>>,
    rules: Vec<Rule>,
    /// The rules that mean an element with this name, and those that may mean any.
    by_name: HashMap<String, Vec<usize>>,
    for_any: Vec<usize>,
    /// What is known of elements, and which are being counted.
    known: HashMap<NodeId, Option<u64>>,
    shapes: HashMap<NodeId, u64>,
}

/// A rule of a style sheet that paints with other parts.
struct Rule {
    /// The names of which an element must have one: of its kind, class, or itself; none
    /// where any element may be meant.
    names: BTreeSet<String>,
    property: &'static str,
    targets: Vec<String>,
}

impl<'a> Counter<'a> {
    fn new(root: Node<'a, 'a>) -> Self {
        let mut parts = HashMap::new();
        let mut rules = Vec::new();
        for node in root.descendants() {
            if let Some(id) = node.attribute("id") {
                parts.entry(id).or_insert(node);
            }
            if node.has_tag_name((SVG, "style")) {
                rules.extend(read_rules(&labels::words(node)));
            }
        }
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut for_any = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            for name in &rule.names {
                by_name.entry(name.clone()).or_default().push(at);
            }
            if rule.names.is_empty() {
                for_any.push(at);
            }
        }
        let (known, shapes) = (HashMap::new(), HashMap::new());
        Self { parts, rules, by_name, for_any, known, shapes }
    }

    /// The rules that may mean an element.
    fn rules_for(&self, node: Node<'a, 'a>) -> Vec<&Rule> {
        let id = node.attribute("id").map(|it| format!("#{it}"));
        let classes = node.attribute("class").unwrap_or_default().split_whitespace();
        let names = classes.map(|it| format!(".{it}")).chain(id);
        let names = names.chain([node.tag_name().name().to_owned()]);
        let mut found: Vec<usize> =
            names.filter_map(|it| self.by_name.get(&it)).flatten().copied().collect();
        found.extend(&self.for_any);
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.rules[at]).collect()
    }

    /// What an element costs with all that it repeats; `None` where it repeats itself.
    fn cost(&mut self, node: Node<'a, 'a>, inherited: &[Meant<'a>]) -> Option<u64> {
        if !node.is_element() {
            return Some(own(node));
        }
        if let Some(known) = self.known.get(&node.id()) {
            return *known;
        }
        self.known.insert(node.id(), None);
        let meant = self.meant(node, inherited);
        let mut sum = own(node).saturating_add(image(node)).saturating_add(long(node));
        for child in node.children() {
            sum = sum.saturating_add(self.cost(child, &meant)?);
        }
        let shapes = self.shapes(node, 0);
        let vertices = vertices(node);
        for (property, targets) in &meant {
            let is_inherited = PROPERTIES.iter().any(|it| it.0 == *property && it.1);
            let is_leaf = is_leaf(node);
            let times = match (*property, is_leaf) {
                ("marker-start" | "marker-mid" | "marker-end", true) => vertices,
                (_, true) => 1,
                // What lies in a group was counted with it.
                (_, false) if node.has_tag_name((SVG, "use")) => shapes,
                (_, false) if is_inherited => 0,
                (_, false) => 1,
            };
            for target in targets.iter().filter(|_| times > 0) {
                let cost = self.target(*target)?.saturating_mul(times);
                sum = sum.saturating_add(cost);
            }
        }
        if let Some(target) = self.repeated(node) {
            sum = sum.saturating_add(self.target(target)?);
        }
        self.known.insert(node.id(), Some(sum));
        Some(sum)
    }

    /// What a part costs that is referred to, with what it inherits where it stands.
    fn target(&mut self, node: Node<'a, 'a>) -> Option<u64> {
        if let Some(known) = self.known.get(&node.id()) {
            return *known;
        }
        let around: Vec<_> = node.ancestors().skip(1).collect();
        let mut inherited = Vec::new();
        for node in around.into_iter().rev().filter(Node::is_element) {
            inherited = self.meant(node, &inherited);
        }
        self.cost(node, &inherited)
    }

    /// The part that an element repeats: a `use`, a gradient that begins as another.
    fn repeated(&self, node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
        if matches!(
            node.tag_name().name(),
            "a" | "animate" | "set" | "animateTransform" | "animateMotion" | "mpath"
        ) {
            return None;
        }
        let id = references::address(node)?.strip_prefix('#')?;
        self.parts.get(id).copied()
    }

    /// How many shapes there are in an element, with those that it repeats.
    fn shapes(&mut self, node: Node<'a, 'a>, depth: usize) -> u64 {
        if let Some(known) = self.shapes.get(&node.id()) {
            return *known;
        }
        // Whoever is deeper repeats itself, which is found elsewhere.
        if !node.is_element() || depth > 600 {
            return 0;
        }
        self.shapes.insert(node.id(), 0);
        let mut sum = if is_leaf(node) { vertices(node) } else { 0 };
        for child in node.children() {
            sum = sum.saturating_add(self.shapes(child, depth + 1));
        }
        let repeated = node.has_tag_name((SVG, "use")).then(|| self.repeated(node));
        if let Some(target) = repeated.flatten() {
            sum = sum.saturating_add(self.shapes(target, depth + 1));
        }
        self.shapes.insert(node.id(), sum);
        sum
    }

    /// The parts that an element may be painted with, by property.
    fn meant(&self, node: Node<'a, 'a>, inherited: &[Meant<'a>]) -> Vec<Meant<'a>> {
        let styled = style::declared(node.attribute("style").unwrap_or_default());
        let rules = self.rules_for(node);
        let mut all = Vec::new();
        for (property, is_inherited) in PROPERTIES {
            let is_meant = |name: &str| {
                name == property || name == "marker" && property.starts_with("marker-")
            };
            let said = styled.iter().rev().find(|it| is_meant(&it.0));
            let said = said.map(|it| it.1.as_str());
            let said = said.or_else(|| node.attribute(property));
            let mut targets: Vec<Node<'a, 'a>> = match said {
                Some(value) => targets(value).filter_map(|id| self.find(&id)).collect(),
                None if is_inherited => {
                    let around = inherited.iter().find(|it| it.0 == property);
                    around.map(|it| it.1.clone()).unwrap_or_default()
                }
                None => Vec::new(),
            };
            for rule in rules.iter().filter(|it| it.property == property) {
                targets.extend(rule.targets.iter().filter_map(|id| self.find(id)));
            }
            let mut seen = HashSet::new();
            targets.retain(|it| seen.insert(it.id()));
            if !targets.is_empty() {
                all.push((property, targets));
            }
        }
        all
    }

    fn find(&self, id: &str) -> Option<Node<'a, 'a>> {
        self.parts.get(id).copied()
    }
}

/// Whether an element is painted itself.
fn is_leaf(node: Node<'_, '_>) -> bool {
    matches!(
        node.tag_name().name(),
        "path"
            | "rect"
            | "circle"
            | "ellipse"
            | "line"
            | "polyline"
            | "polygon"
            | "text"
            | "tspan"
            | "textPath"
            | "image"
    )
}

/// How many points a shape may have, each of which may have a mark.
fn vertices(node: Node<'_, '_>) -> u64 {
    let points = node.attribute("d").or_else(|| node.attribute("points"));
    let many = points.map_or(0, |it| it.split([' ', ',', '\n', '-']).count());
    let letters =
        points.map_or(0, |it| it.bytes().filter(u8::is_ascii_alphabetic).count());
    1 + u64::try_from(many + letters).unwrap_or(u64::MAX)
}

/// The parts that a value refers to.
fn targets(value: &str) -> impl Iterator<Item = String> {
    let parts: Vec<String> = value
        .split("url(")
        .skip(1)
        .filter_map(|it| {
            let it = it.trim_start_matches(['"', '\'', ' ']).strip_prefix('#')?;
            Some(it.split(['"', '\'', ')', ' ']).next()?.to_owned())
        })
        .collect();
    parts.into_iter()
}

/// The rules of a sheet, as `style` writes it, that paint with other parts.
fn read_rules(sheet: &str) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (prelude, body) in sheet.split('}').filter_map(|it| it.rsplit_once('{')) {
        if !body.contains("url(") {
            continue;
        }
        let prelude = prelude.rsplit('{').next().unwrap_or(prelude);
        let names = names(prelude);
        for (name, value) in style::declared(body) {
            let of_rule = PROPERTIES.iter().map(|it| it.0).filter(|it| {
                *it == name || name == "marker" && it.starts_with("marker-")
            });
            for property in of_rule {
                let targets: Vec<String> = targets(&value).collect();
                rules.push(Rule { names: names.clone(), property, targets });
            }
        }
    }
    rules
}

/// The names in the last part of each selector: who has none of them is not meant. None
/// at all where that cannot be told.
fn names(prelude: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if prelude.contains(['[', '(', '*', '\\', '&']) {
        return names;
    }
    for selector in prelude.split(',') {
        let last =
            selector.split([' ', '>', '+', '~', '\n', '\t']).rfind(|it| !it.is_empty());
        let last = last.unwrap_or_default().split(':').next().unwrap_or_default();
        let start = last.strip_prefix(['.', '#']).map_or(0, |_| 1);
        let end = last[start..].find(['.', '#']).map_or(last.len(), |it| it + start);
        if last.is_empty() {
            return BTreeSet::new();
        }
        names.insert(last[..end].to_owned());
    }
    names
}
