//! What a Fluent file may hold, seen before it is parsed and before it is formatted.
//!
//! The parser calls itself for each brace and parenthesis that opens in another, and the
//! formatter for each message that another refers to: a file of a few kilobytes could fill
//! the stack, or give a text of any length. Messages beyond the bounds are blanked out, so
//! that all the others keep their places and are used.

mod escape;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource},
    parser::{self, ErrorKind, ParserError},
};

use crate::{
    cause,
    diagnostic::{Diagnostic, Place},
    limits,
};

/// A fault in a Fluent file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named to `words::Words::new`.
    pub file: String,
    /// The byte offset of the fault.
    pub offset: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong in a Fluent file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It cannot be read; what Fluent says of it.
    Unreadable(ErrorKind),
    /// More opens in this message than is read.
    TooNested(String),
    /// This message refers to itself, or to more than is followed.
    TooManyReferences(String),
    /// So many more faults.
    More(usize),
}

impl Fault {
    /// It as a diagnostic at its place in the text; `unreadable` is the code for what cannot
    /// be read in files of this sort.
    pub fn diagnostic(&self, text: &str, unreadable: &'static str) -> Diagnostic {
        let fault = match &self.kind {
            FaultKind::Unreadable(kind) => {
                Diagnostic::error(unreadable).because(cause::fluent(kind), kind)
            }
            FaultKind::TooNested(id) => Diagnostic::error("fluent-too-nested")
                .with("id", id)
                .with("limit", limits::FLUENT_OPENINGS),
            FaultKind::TooManyReferences(id) => {
                Diagnostic::error("fluent-too-many-references")
                    .with("id", id)
                    .with("limit", limits::FLUENT_PLACEABLES)
            }
            FaultKind::More(count) => {
                Diagnostic::error("fluent-more-faults").with("count", count)
            }
        };
        fault.at(Place::of_offset(text, self.offset))
    }
}

/// The text as it can be parsed: without the messages that open more than is read, each
/// blanked out in its place, and without escapes that stop the parser.
pub(crate) fn bounded<'t>(file: &str, text: &'t str) -> (Cow<'t, str>, Vec<Fault>) {
    let refused = |it: &Range<usize>| {
        // Counted, not matched: the parser may take a sign that closes for one of a text.
        let (mut openings, mut colons) = (0, 0);
        for line in text[it.clone()].lines().filter(|it| !it.starts_with('#')) {
            for sign in line.bytes() {
                openings += usize::from(matches!(sign, b'{' | b'('));
                colons += usize::from(sign == b':');
            }
        }
        openings > limits::FLUENT_OPENINGS || colons > limits::FLUENT_ARGUMENTS
    };
    let ranges: Vec<_> = entries(text).into_iter().filter(refused).collect();
    let faults = refusals(file, text, &ranges, FaultKind::TooNested);
    let text = match blanked(text, &ranges) {
        Cow::Borrowed(text) => escape::parseable(text),
        Cow::Owned(text) => Cow::Owned(escape::parseable(&text).into_owned()),
    };
    (text, faults)
}

/// Reads a text that is [`bounded`]: what could be read, and what could not, bounded too.
pub(crate) fn parse<'t>(file: &str, text: &'t str) -> (Resource<&'t str>, Vec<Fault>) {
    match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, unreadable(file, &errors)),
    }
}

fn unreadable(file: &str, errors: &[ParserError]) -> Vec<Fault> {
    let fault = |offset, kind| Fault { file: file.to_owned(), offset, kind };
    let told = errors.iter().take(limits::FAULTS);
    let mut faults: Vec<Fault> = told
        .map(|it| fault(it.pos.start, FaultKind::Unreadable(it.kind.clone())))
        .collect();
    if let Some(next) = errors.get(limits::FAULTS) {
        let more = FaultKind::More(errors.len() - limits::FAULTS);
        faults.push(fault(next.pos.start, more));
    }
    faults
}

/// The text without the messages that refer to themselves or to too much.
pub(crate) fn unravelled<'t>(file: &str, text: &'t str) -> (Cow<'t, str>, Vec<Fault>) {
    let (resource, mut faults) = parse(file, text);
    let endless = endless(&resource);
    if endless.is_empty() {
        return (Cow::Borrowed(text), faults);
    }
    let is_refused = |it: &Range<usize>| endless.contains(name(&text[it.clone()]));
    let ranges: Vec<_> = entries(text).into_iter().filter(is_refused).collect();
    faults.extend(refusals(file, text, &ranges, FaultKind::TooManyReferences));
    (blanked(text, &ranges), faults)
}

/// The faults of messages that are refused; beyond so many, how many there are.
fn refusals(
    file: &str,
    text: &str,
    ranges: &[Range<usize>],
    kind: fn(String) -> FaultKind,
) -> Vec<Fault> {
    let fault = |offset, kind| Fault { file: file.to_owned(), offset, kind };
    let told = ranges.iter().take(limits::FAULTS);
    let mut faults: Vec<Fault> = told
        .map(|it| fault(it.start, kind(name(&text[it.clone()]).to_owned())))
        .collect();
    if let Some(next) = ranges.get(limits::FAULTS) {
        faults.push(fault(next.start, FaultKind::More(ranges.len() - limits::FAULTS)));
    }
    faults
}

fn blanked<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.push_str(&text[at..range.start]);
        let blank = |it: u8| if it == b'\n' { '\n' } else { ' ' };
        out.extend(text[range.clone()].bytes().map(blank));
        at = range.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Where each message or term stands: from the line with its name to the next. The parser
/// may see fewer, never one that goes on past such a line: what opens in a message cannot
/// hold a name with an equals sign at the head of a line.
fn entries(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && !name(line).is_empty() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The name with which a message or a term (with its hyphen) begins; empty when nothing does.
fn name(entry: &str) -> &str {
    let bare = entry.strip_prefix('-').unwrap_or(entry);
    if !bare.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return "";
    }
    let in_name = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let end = entry.find(|it| !in_name(it)).unwrap_or(entry.len());
    let is_entry = entry[end..].trim_start_matches(' ').starts_with('=');
    if is_entry { &entry[..end] } else { "" }
}

/// What formatting a message or an attribute of it costs at most, and to what it refers.
#[derive(Default)]
struct Cost<'t> {
    placeables: usize,
    references: Vec<Cow<'t, str>>,
}

/// The messages and terms that refer to themselves, or whose text takes more placeables
/// than are formatted, directly or by what they refer to.
fn endless(resource: &Resource<&str>) -> BTreeSet<String> {
    let mut costs: BTreeMap<String, Cost<'_>> = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(it) => {
                let cost = costs.entry(it.id.name.to_owned()).or_default();
                let attributes = it.attributes.iter().map(|it| &it.value);
                it.value.iter().chain(attributes).for_each(|it| cost.pattern(it));
            }
            Entry::Term(it) => {
                let cost = costs.entry(format!("-{}", it.id.name)).or_default();
                cost.pattern(&it.value);
                it.attributes.iter().for_each(|it| cost.pattern(&it.value));
            }
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
    let totals = totals(&costs);
    let over = costs.keys().zip(totals).filter(|it| it.1 > limits::FLUENT_PLACEABLES);
    over.map(|it| it.0.clone()).collect()
}

/// The placeables of each message with all that it refers to, or some number beyond the
/// bound. Each is looked at once; what is to be looked at is a list, not the stack: a chain of
/// messages may be as long as the file.
fn totals(costs: &BTreeMap<String, Cost<'_>>) -> Vec<usize> {
    const TOO_MANY: usize = limits::FLUENT_PLACEABLES + 1;
    let numbers: BTreeMap<&str, usize> =
        costs.keys().enumerate().map(|(number, id)| (id.as_str(), number)).collect();
    let referred = |cost: &Cost<'_>| -> Vec<Option<usize>> {
        cost.references.iter().map(|it| numbers.get(&**it).copied()).collect()
    };
    let graph: Vec<Vec<Option<usize>>> = costs.values().map(referred).collect();
    let mut totals: Vec<usize> =
        costs.values().map(|it| it.placeables.min(TOO_MANY)).collect();
    let mut state = vec![Visit::Not; graph.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for first in 0..graph.len() {
        if state[first] == Visit::Not {
            state[first] = Visit::Open;
            open.push((first, 0));
        }
        while let Some((number, next)) = open.last_mut() {
            let (number, at) = (*number, *next);
            let Some(reference) = graph[number].get(at) else {
                state[number] = Visit::Done;
                open.pop();
                continue;
            };
            let cost = match reference.map(|it| (it, state[it])) {
                // What is not there is written as its name.
                None => Some(1),
                // It refers to what refers to it.
                Some((_, Visit::Open)) => Some(TOO_MANY),
                Some((other, Visit::Done)) => Some(totals[other]),
                Some((other, Visit::Not)) => {
                    state[other] = Visit::Open;
                    open.push((other, 0));
                    None
                }
            };
            if let Some(cost) = cost {
                totals[number] = (totals[number] + cost).min(TOO_MANY);
                if let Some(last) = open.last_mut() {
                    last.1 += 1;
                }
            }
        }
    }
    totals
}

/// Whether a message was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    Not,
    Open,
    Done,
}

impl<'t> Cost<'t> {
    fn pattern(&mut self, pattern: &Pattern<&'t str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.placeables += 1;
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'t str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                self.choice(variants.iter().map(|it| &it.value));
            }
        }
    }

    /// Of several texts one is formatted: the dearest counts, and what any refers to.
    fn choice<'p>(&mut self, patterns: impl Iterator<Item = &'p Pattern<&'t str>>)
    where
        't: 'p,
    {
        let mut dearest = 0;
        for pattern in patterns {
            let mut cost = Self::default();
            cost.pattern(pattern);
            dearest = dearest.max(cost.placeables);
            self.references.append(&mut cost.references);
        }
        self.placeables += dearest;
    }

    fn inline(&mut self, inline: &InlineExpression<&'t str>) {
        match inline {
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.push(format!("-{}", id.name).into());
                let arguments = arguments.iter();
                arguments.flat_map(|it| &it.positional).for_each(|it| self.inline(it));
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.push(Cow::Borrowed(id.name));
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|it| self.inline(it));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::VariableReference { .. }
            | InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    /// What is wrong with a file, and what its message `fine` says all the same.
    fn read(text: &str) -> (Vec<FaultKind>, String) {
        let text = format!("first = 1\n{text}\n# Note.\nfine = yes\n");
        let (words, faults) = Words::new("en", &[("a.ftl", &text)]);
        (faults.into_iter().map(|it| it.kind).collect(), words.text("fine"))
    }

    #[test]
    fn what_opens_too_deep_is_blanked_out_before_it_is_parsed() {
        const DEEP: usize = 100_000;
        for deep in [
            format!("a = {}", "{".repeat(DEEP)),
            format!("a = {}x{}", "{ ".repeat(DEEP), " }".repeat(DEEP)),
            format!("a = {{ {}", "F(".repeat(DEEP)),
            format!("a =\n{}", " { $x ->\n *[a] ".repeat(DEEP)),
            format!("a = {{\n{}", "{\n".repeat(DEEP)),
            // What closes in a text closes nothing.
            format!("a = {}", "{ $x ->\n *[a] {\"}\"}".repeat(DEEP)),
            format!("-a = x\n .b = {}", "{".repeat(DEEP)),
        ] {
            let (faults, fine) = read(&deep);
            let name = if deep.starts_with('-') { "-a" } else { "a" };
            assert_eq!(faults, [FaultKind::TooNested(name.to_owned())], "{deep:.20}");
            assert_eq!(fine, "yes", "{deep:.20}");
        }
    }

    #[test]
    fn a_message_of_many_arguments_is_not_compared_with_itself() {
        let arguments: String = (0..100_000).map(|it| format!(", a{it}: 1")).collect();
        let (faults, _) = read(&format!("a = {{ NUMBER($x{arguments}) }}"));
        assert_eq!(faults, [FaultKind::TooNested("a".to_owned())]);
    }

    #[test]
    fn what_refers_to_itself_or_to_too_much_is_left_out() {
        let (faults, fine) =
            read("a = {a}\nb = {c}\nc = { $x ->\n *[d] {b}\n }\n-d = {-d}");
        let names = ["-d", "a", "b", "c"].map(|it| it.to_owned());
        let mut found: Vec<String> = faults
            .into_iter()
            .map(|it| match it {
                FaultKind::TooManyReferences(name) => name,
                other => panic!("{other:?}"),
            })
            .collect();
        found.sort();
        assert_eq!((found, fine.as_str()), (names.to_vec(), "yes"));
        // Each says the next twice: the first would be 2⁶⁰ words long.
        let laughs: String =
            (0..60).map(|it| format!("m{it} = {{m{0}}}{{m{0}}}\n", it + 1)).collect();
        let (faults, _) = read(&format!("{laughs}m60 = ha"));
        assert!(!faults.is_empty() && faults.len() < 60, "{faults:?}");
        // A chain as long as the file, from its beginning and from its end.
        let chain: String =
            (0..50_000).map(|it| format!("m{it} = {{m{}}}\n", it + 1)).collect();
        let (faults, fine) = read(&format!("{chain}m50000 = {{m0}}"));
        assert_eq!((faults.len(), fine.as_str()), (limits::FAULTS + 1, "yes"));
    }

    #[test]
    fn honest_messages_stay() {
        let text = "a = { $n ->\n    [one] { NUMBER($n) } page ({ -t })\n   *[other] {b} { \"{\" }\n }\n\
                    b = {c}\nc = (d) : e\n-t = term\n";
        assert_eq!(read(text), (Vec::new(), "yes".to_owned()));
        let many: String =
            (0..2_000).map(|it| format!("m{it} = {{ $a }} (b)\n")).collect();
        assert_eq!(read(&many).0, []);
        let commented = format!("# {}\na = b", "{".repeat(500));
        assert_eq!(read(&commented).0, []);
    }

    #[test]
    fn a_file_of_anything_else_gives_few_faults() {
        let (faults, _) = read(&"zut\n".repeat(100_000));
        assert_eq!(faults.len(), limits::FAULTS + 1);
        assert_eq!(faults.last(), Some(&FaultKind::More(100_000 - limits::FAULTS)));
    }
}
