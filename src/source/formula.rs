//! Formulas: LaTeX into a small tree of MathML.
//!
//! `math-core` reads the LaTeX and writes MathML as text. That text is read back here, and
//! of it only the elements and attributes below are kept: so no formula brings in a
//! script, a style or a link, and writers of HTML, EPUB and PDF start from one tree.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use quick_xml::{Reader, XmlVersion, escape::resolve_predefined_entity, events::Event};

use crate::document::Formula;

/// The longest LaTeX that is read as a formula.
const LONGEST: usize = 2_000;
/// How deep groups may lie in one another in LaTeX.
const DEEPEST_GROUP: usize = 24;
/// How deep elements may lie in one another. The writer for print counts on it.
const DEEPEST: usize = 28;
/// How many elements a formula may have.
const MOST: usize = 4_000;

/// The elements of MathML that are kept; of any other, what is inside it.
const ELEMENTS: [&str; 24] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// The attributes that are kept.
const ATTRIBUTES: [&str; 21] = [
    "accent",
    "accentunder",
    "columnalign",
    "columnspan",
    "display",
    "displaystyle",
    "form",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "width",
];

/// An element of MathML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name: `mfrac`.
    pub name: &'static str,
    /// Its attributes, in order.
    pub attributes: Vec<(&'static str, String)>,
    /// Its text, when it holds signs.
    pub text: String,
    /// What is inside it, when it holds elements.
    pub nodes: Vec<Node>,
}

impl Node {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// The formula of this LaTeX, put on one line as it stands in units.
pub(super) fn formula(latex: &str, place: crate::diagnostic::Place) -> Formula {
    let words: Vec<&str> = latex.split_whitespace().collect();
    // Only a grave accent before a dollar sign would end a formula in a unit.
    let latex = words.join(" ").replace("`$", "` $");
    Formula { place, latex }
}

/// The tree of a formula.
///
/// # Errors
///
/// What is wrong with the LaTeX, in the words of its reader.
pub fn read(latex: &str, block: bool) -> Result<Node, String> {
    if latex.len() > LONGEST || group_depth(latex) > DEEPEST_GROUP {
        return Err("Hard limit exceeded: too long or too deep".to_owned());
    }
    let converter = LatexToMathML::new(MathCoreConfig::default())
        .map_err(|_| "no converter".to_owned())?;
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    let converted = converter
        .convert_with_local_state(&without_numbers(latex), display)
        .map_err(|error| error.error_message())?;
    tree(&converted.mathml).ok_or_else(|| "Hard limit exceeded: too deep".to_owned())
}

/// Whether the signs of formulas in a paragraph are so many, and so few of them have an end,
/// that the Markdown parser would look for these ends for ever: from each opening that nothing
/// closes, and from each `$` behind which all others are escaped, it goes to the end again.
pub(super) fn is_tangled(text: &str) -> bool {
    /// How many signs may be looked at in vain.
    const MOST: usize = 4_000_000;
    let mut signs = 0_usize;
    let (mut escaped, mut opened) = (0_usize, 0_usize);
    let mut before = '\n';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '$' {
            signs += 1;
            escaped += usize::from(before == '\\');
            match (before, letters.peek()) {
                // What was open so far has an end here.
                ('`', _) => opened = 0,
                (_, Some('`')) => opened += 1,
                _ => {}
            }
        }
        before = letter;
    }
    signs.saturating_mul(escaped + opened) > MOST
}

/// The environments that LaTeX numbers, as those that it does not: a number would be the
/// formula's own each time, and so the same for all.
fn without_numbers(latex: &str) -> String {
    let names = ["equation", "align", "alignat", "gather", "multline", "flalign"];
    names.iter().fold(latex.to_owned(), |latex, name| {
        latex.replace(&format!("{{{name}}}"), &format!("{{{name}*}}"))
    })
}

/// How deep braces and environments lie in one another, and how many commands follow one
/// another without a brace, which nest as well (`\sqrt\sqrt x`).
fn group_depth(latex: &str) -> usize {
    let (mut depth, mut deepest, mut run) = (0_usize, 0_usize, 0_usize);
    let mut rest = latex;
    while let Some(sign) = rest.chars().next() {
        let opens =
            sign == '{' || rest.starts_with("\\left") || rest.starts_with("\\begin");
        let closes =
            sign == '}' || rest.starts_with("\\right") || rest.starts_with("\\end");
        depth = if closes { depth.saturating_sub(1) } else { depth + usize::from(opens) };
        rest = &rest[sign.len_utf8()..];
        let is_command =
            sign == '\\' && rest.starts_with(|it: char| it.is_ascii_alphabetic());
        run = match sign {
            '\\' if is_command => run + 1,
            '^' | '_' => run + 1,
            sign if sign.is_ascii_alphabetic() || sign == ' ' => run,
            _ => 0,
        };
        deepest = deepest.max(depth).max(run.saturating_sub(DEEPEST_GROUP * 4));
    }
    deepest
}

/// Reads MathML; `None` when there is too much of it.
fn tree(mathml: &str) -> Option<Node> {
    let mut reader = Reader::from_str(mathml);
    let mut open: Vec<Node> = vec![Node::default()];
    let mut count = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                count += 1;
                open.push(element(&tag));
            }
            Event::Empty(tag) => {
                let node = styled(element(&tag));
                // Ones without a width are there for a browser's sake.
                let idle = node.name == "mspace" && node.get("width").is_none();
                if !node.name.is_empty() && !idle {
                    open.last_mut()?.nodes.push(node);
                }
            }
            Event::End(_) => {
                let node = open.pop()?;
                close(open.last_mut()?, styled(node));
            }
            Event::Text(text) => {
                open.last_mut()?.text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(name) => {
                let sign = match name.resolve_char_ref().ok()? {
                    Some(sign) => sign.to_string(),
                    None => resolve_predefined_entity(&name.xml10_content())?.to_owned(),
                };
                open.last_mut()?.text.push_str(&sign);
            }
            Event::Eof => break,
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
        if open.len() > DEEPEST || count > MOST {
            return None;
        }
    }
    let root = open.pop().filter(|_| open.is_empty())?;
    root.nodes.into_iter().find(|it| it.name == "math")
}

/// An element with the attributes that are kept; without a name when it is not.
fn element(tag: &quick_xml::events::BytesStart<'_>) -> Node {
    let named =
        |list: &[&'static str], name: &str| list.iter().find(|it| **it == name).copied();
    let name = named(&ELEMENTS, tag.name().as_ref());
    let mut node = Node { name: name.unwrap_or_default(), ..Node::default() };
    for attribute in tag.attributes().flatten() {
        let key = attribute.key.as_ref();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let Ok(value) = value else { continue };
        // A unit of CSS that MathML does not have.
        if value.ends_with("rem") {
            continue;
        }
        if let Some(key) = named(&ATTRIBUTES, key) {
            node.attributes.push((key, value.into_owned()));
        } else if key == "style" && value.contains("text-align") {
            // What a browser does by style, MathML says by an attribute.
            let side = if value.contains("left") { "left" } else { "right" };
            node.attributes.push(("columnalign", side.to_owned()));
        }
    }
    node
}

/// Browsers take `displaystyle` and `scriptlevel` on any element; MathML 3, which books are
/// checked against, on `mstyle` alone, but for the first on tables.
fn styled(mut node: Node) -> Node {
    let is_style = |it: &(&'static str, String)| {
        it.0 == "scriptlevel" || it.0 == "displaystyle" && node.name != "mtable"
    };
    if matches!(node.name, "mstyle" | "") || !node.attributes.iter().any(is_style) {
        return node;
    }
    if node.name == "mrow" {
        node.name = "mstyle";
        return node;
    }
    let (style, own): (Vec<_>, Vec<_>) =
        std::mem::take(&mut node.attributes).into_iter().partition(is_style);
    let is_table = node.name == "mtable";
    node.attributes = own;
    // The level of a table's cells is that of the formula; nothing more is meant.
    if is_table {
        return node;
    }
    Node { name: "mstyle", attributes: style, nodes: vec![node], ..Node::default() }
}

/// Puts a finished element into the one around it.
fn close(around: &mut Node, node: Node) {
    if node.name.is_empty() {
        around.text.push_str(&node.text);
        around.nodes.extend(node.nodes);
    } else {
        around.nodes.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(node: &Node) -> String {
        let inner: String = node.nodes.iter().map(shape).collect();
        format!("{}({}{inner})", node.name, node.text)
    }

    fn shown(latex: &str) -> String {
        read(latex, false).map_or_else(|it| it, |it| shape(&it))
    }

    #[test]
    fn a_fraction_and_a_power_have_their_elements() {
        assert_eq!(
            shown("\\frac{1}{x^2} < y"),
            "math(mfrac(mn(1)msup(mi(x)mn(2)))mo(<)mi(y))"
        );
    }

    #[test]
    fn the_style_of_a_part_is_where_books_may_have_it() {
        let shown =
            format!("{:?}", read("\\dfrac{a}{b} \\begin{matrix} c \\end{matrix}", false));
        assert!(!shown.contains("scriptlevel"), "{shown}");
        assert!(shown.contains("mstyle"), "{shown}");
    }

    #[test]
    fn what_is_no_latex_is_refused_with_a_reason() {
        for latex in ["\\frac{1", "}", "\\nope", "x^2^3", "\\begin{a}"] {
            assert!(read(latex, true).is_err(), "{latex}");
        }
    }

    #[test]
    fn nothing_but_known_elements_and_attributes_comes_through() {
        let shown = format!("{:?}", read("\\href{javascript:x}{a} \\color{red} b", true));
        assert!(!shown.contains("javascript") && !shown.contains("style"), "{shown}");
    }

    #[test]
    fn depth_is_refused_before_it_can_hurt() {
        for part in ["{", "\\sqrt{", "\\left(", "x^{", "\\sqrt", "\\frac", "\\hat", "_"] {
            drop(read(&part.repeat(5_000), true));
            drop(read(&part.repeat(300), true));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_formula_makes_the_reader_panic(latex in "[a-z0-9{}^_\\\\&$#~ ()|'-]{0,40}") {
            drop(read(&latex, true));
        }

        #[test]
        fn no_commands_make_the_reader_panic(
            commands in proptest::collection::vec(
                proptest::sample::select(&[
                    "\\frac", "\\sqrt", "[3]", "\\left(", "\\right)", "{", "}", "x", "^", "_",
                    "\\begin{matrix}", "\\end{matrix}", "&", "\\\\", "\\text{a}", "\\hat",
                    "\\begin{cases}", "\\end{cases}", "\\over", "\\mathbb", "\\sum", "\\limits",
                    "\\middle|", "\\operatorname", "\\overbrace", "\\not", "'", "\\tag{1}",
                ][..]),
                0..24,
            )
        ) {
            drop(read(&commands.concat(), true));
        }
    }
}
