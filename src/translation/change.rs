//! What a change of the source asks of its translation.
//!
//! Two versions of a text are compared in a loose form, in which a space, a quotation
//! mark, an apostrophe or a dash of another shape is the same. When the words are the
//! same, the translation is still right: at most its marks or its addresses are brought
//! into line with those of the new source, where there is only one way to do that. When
//! a word differs, somebody has to look.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::check;
use crate::{
    document::{Image, Inline, Link, Style, walk},
    source::line,
};

/// How many marks are brought into line one by one. A text with more is a page in itself:
/// somebody looks at it.
const MOST_MARKS: usize = 500;

/// In what two versions of a text differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// In nothing.
    None,
    /// In spaces, apostrophes, quotation marks, dashes or wrapping.
    Typographic,
    /// In the addresses of links, images or notes.
    Link,
    /// In what sets words apart, and in nothing that they say.
    Markup,
    /// In words.
    Wording,
}

impl Change {
    /// The word used in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Change::None => "none",
            Change::Typographic => "typographic",
            Change::Link => "link-only",
            Change::Markup => "markup-only",
            Change::Wording => "wording",
        }
    }

    /// In what two versions of a text, given as Markdown, differ.
    pub fn between(before: &str, after: &str) -> Self {
        if before == after {
            return Change::None;
        }
        let (before, after) = (Loose::of(before), Loose::of(after));
        before.change(&after)
    }
}

/// The words of a text in their loose form: what two texts share that differ in marks,
/// addresses and typography alone.
pub(super) fn words(text: &str) -> String {
    Loose::of(text).words
}

/// The same for a text that holds no Markdown.
pub(super) fn words_alone(text: &str) -> String {
    let mut loose =
        Loose { words: String::new(), length: 0, marks: Vec::new(), space: false };
    loose.text(text);
    loose.words
}

/// The translation of a text as it serves another that has the same words. `None` when
/// the words differ, and when what would have to change in the translation cannot be
/// told.
pub(super) fn carry(before: &str, after: &str, translation: &str) -> Option<String> {
    let (old, new) = (Loose::of(before), Loose::of(after));
    match old.change(&new) {
        Change::None | Change::Typographic => Some(translation.to_owned()),
        Change::Wording => None,
        _ if old.is_crowded() || new.is_crowded() => None,
        Change::Link | Change::Markup => {
            let inlines = line::read(translation).value;
            let changed = Rewrite::new(&old, &new, &inlines).apply(inlines.clone());
            let text = match changed == inlines {
                true => translation.to_owned(),
                false => line::write(&changed),
            };
            check::read(after, &line::read(after), &text).is_ok().then_some(text)
        }
    }
}

/// A text as far as typography does not matter.
struct Loose {
    words: String,
    /// How many signs the words have, spaces left out.
    length: usize,
    marks: Vec<Mark>,
    space: bool,
}

/// What sets a part of a text apart.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    kind: Kind,
    value: String,
    /// Counted in signs of the words, spaces left out.
    start: usize,
    end: usize,
    /// The inline without what it holds.
    shell: Inline,
    /// The words it holds, as they are written.
    held: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Style,
    Link,
    Image,
    Code,
    Footnote,
    Span,
    Break,
}

impl Loose {
    fn of(markdown: &str) -> Self {
        let mut loose =
            Self { words: String::new(), length: 0, marks: Vec::new(), space: false };
        loose.add(&line::read(markdown).value);
        loose
    }

    fn add(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let start = self.length;
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text),
                Inline::Math(formula) => self.text(&formula.latex),
                Inline::SoftBreak | Inline::HardBreak => self.space = true,
                Inline::Styled(Style::Abbreviation(full), inner) => {
                    self.add(inner);
                    self.aside(full.as_deref());
                }
                Inline::Styled(_, inner) => self.add(inner),
                Inline::Link(link) => {
                    self.add(&link.inlines);
                    self.aside(link.title.as_deref());
                }
                Inline::Image(image) => {
                    self.text(&image.alternative);
                    self.aside(image.title.as_deref());
                }
                Inline::Span(span) => self.add(&span.inlines),
                Inline::Footnote(_) => {}
            }
            if let Some((kind, value)) = identity(inline) {
                let held = crate::document::text::plain(std::slice::from_ref(inline));
                let shell = shell(inline);
                let end = self.length;
                self.marks.push(Mark { kind, value, start, end, shell, held });
            }
        }
    }

    /// Words that stand beside the text.
    fn aside(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.words.push('\u{1}');
            self.text(text);
            self.words.push('\u{1}');
        }
    }

    fn text(&mut self, text: &str) {
        for sign in text.nfc() {
            match sign {
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                '…' => (0..3).for_each(|_| self.sign('.')),
                '’' | '‘' | 'ʼ' | '′' => self.sign('\''),
                '«' | '»' | '“' | '”' | '„' | '‟' => self.sign('"'),
                '\u{2010}'..='\u{2015}' | '−' => self.sign('-'),
                it if it.is_whitespace() => self.space = true,
                it => self.sign(it),
            }
        }
    }

    fn sign(&mut self, sign: char) {
        let free = matches!(sign, ':' | ';' | '!' | '?' | '%' | '"');
        if std::mem::take(&mut self.space)
            && !free
            && !self.words.is_empty()
            && !self.words.ends_with('"')
        {
            self.words.push(' ');
        }
        self.words.push(sign);
        self.length += 1;
    }

    fn change(&self, after: &Loose) -> Change {
        if self.words != after.words {
            return Change::Wording;
        }
        if self.is_crowded() || after.is_crowded() {
            let pairs = || self.marks.iter().zip(&after.marks);
            let is_same = self.marks.len() == after.marks.len()
                && pairs().all(|(one, other)| same(one, other));
            return if is_same { Change::Typographic } else { Change::Markup };
        }
        let (removed, added) = self.differences(after);
        if removed.is_empty() && added.is_empty() {
            return Change::Typographic;
        }
        let addresses = [Kind::Link, Kind::Image, Kind::Footnote];
        let moved = |it: &Mark, others: &[Mark]| {
            addresses.contains(&it.kind)
                && others.iter().any(|other| same_spot(it, other))
        };
        let links = removed.len() == added.len()
            && removed.iter().all(|it| moved(it, &added))
            && added.iter().all(|it| moved(it, &removed));
        if links { Change::Link } else { Change::Markup }
    }

    fn is_crowded(&self) -> bool {
        self.marks.len() > MOST_MARKS
    }

    /// The marks that only the first has, and those that only the second has.
    fn differences(&self, after: &Loose) -> (Vec<Mark>, Vec<Mark>) {
        let mut added = after.marks.clone();
        let mut removed = Vec::new();
        for mark in &self.marks {
            match added.iter().position(|it| same(it, mark)) {
                Some(at) => drop(added.remove(at)),
                None => removed.push(mark.clone()),
            }
        }
        (removed, added)
    }
}

fn same(one: &Mark, other: &Mark) -> bool {
    one.value == other.value && same_spot(one, other)
}

fn same_spot(one: &Mark, other: &Mark) -> bool {
    (one.kind, one.start, one.end) == (other.kind, other.start, other.end)
}

/// What an inline is, when it is more than words.
fn identity(inline: &Inline) -> Option<(Kind, String)> {
    Some(match inline {
        Inline::Text(_) | Inline::SoftBreak => return None,
        Inline::HardBreak => (Kind::Break, String::new()),
        Inline::Styled(Style::Abbreviation(_), _) => {
            (Kind::Style, "abbreviation".to_owned())
        }
        Inline::Styled(style, _) => (Kind::Style, format!("{style:?}")),
        Inline::Code(code) => (Kind::Code, code.clone()),
        // A formula is code of another kind.
        Inline::Math(formula) => (Kind::Code, format!("$`{}`$", formula.latex)),
        Inline::Link(it) => {
            (Kind::Link, check::with_attributes(&it.address, &it.attributes))
        }
        Inline::Image(it) => {
            (Kind::Image, check::with_attributes(&it.address, &it.attributes))
        }
        Inline::Footnote(it) => (Kind::Footnote, it.label.clone()),
        Inline::Span(it) => {
            let language = it.language.as_ref().map(ToString::to_string);
            let attributes = check::with_attributes("", &it.attributes);
            (Kind::Span, format!("{} {attributes}", language.unwrap_or_default()))
        }
    })
}

/// The inline without what it holds.
fn shell(inline: &Inline) -> Inline {
    let mut shell = inline.clone();
    if let Some(inner) = inner(&mut shell) {
        inner.clear();
    }
    shell
}

fn inner(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match inline {
        Inline::Styled(_, inner) => Some(inner),
        Inline::Link(it) => Some(&mut it.inlines),
        Inline::Span(it) => Some(&mut it.inlines),
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Image(_)
        | Inline::Footnote(_) => None,
    }
}

/// What becomes of a mark of the translation.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Unwrap,
    Become(Inline),
}

/// What has to change in a translation.
struct Rewrite {
    /// By what a mark is and which of its like it is (from 0).
    steps: BTreeMap<(Kind, String, usize), Step>,
    added: Vec<Mark>,
    /// The marks of the new source.
    new: Vec<Mark>,
    length: usize,
}

impl Rewrite {
    fn new(old: &Loose, new: &Loose, translation: &[Inline]) -> Self {
        let (removed, mut added) = old.differences(new);
        let mut there: BTreeMap<(Kind, String), usize> = BTreeMap::new();
        walk::inlines(translation, &mut |inline| {
            if let Some(name) = identity(inline) {
                *there.entry(name).or_default() += 1;
            }
        });
        let in_order = sequence(translation)
            == old
                .marks
                .iter()
                .filter(|it| it.kind != Kind::Break)
                .map(name)
                .collect::<Vec<_>>();
        let mut steps = BTreeMap::new();
        let mut wished: BTreeMap<(Kind, String), Vec<(usize, Step)>> = BTreeMap::new();
        for mark in &removed {
            let like = |it: &&Mark| name(it) == name(mark);
            let number = old
                .marks
                .iter()
                .filter(like)
                .position(|it| same(it, mark))
                .unwrap_or_default();
            let partner = added.iter().position(|it| same_spot(it, mark));
            let step = match partner {
                Some(at) => Step::Become(added.remove(at).shell),
                None => Step::Unwrap,
            };
            wished.entry(name(mark)).or_default().push((number, step));
        }
        for (name, wishes) in wished {
            let count = old.marks.iter().filter(|it| self::name(it) == name).count();
            let found = there.get(&name).copied().unwrap_or_default();
            let one = wishes.iter().all(|it| it.1 == wishes[0].1);
            let mut put = |number, step: &Step| {
                steps.insert((name.0, name.1.clone(), number), step.clone());
            };
            if one && wishes.len() == count {
                (0..found).for_each(|number| put(number, &wishes[0].1));
            } else if in_order && found == count {
                wishes.iter().for_each(|(number, step)| put(*number, step));
            }
        }
        Self { steps, added, new: new.marks.clone(), length: old.length }
    }

    fn apply(&self, inlines: Vec<Inline>) -> Vec<Inline> {
        let mut seen = BTreeMap::new();
        let mut inlines = self.rewrite(inlines, &mut seen);
        for mark in &self.added {
            inlines = self.add(inlines, mark);
        }
        inlines
    }

    fn rewrite(
        &self,
        inlines: Vec<Inline>,
        seen: &mut BTreeMap<(Kind, String), usize>,
    ) -> Vec<Inline> {
        let mut out = Vec::new();
        for mut inline in inlines {
            let step = identity(&inline).and_then(|name| {
                let number = seen.entry(name.clone()).or_default();
                *number += 1;
                self.steps.get(&(name.0, name.1, *number - 1))
            });
            if let Some(inner) = inner(&mut inline) {
                *inner = self.rewrite(std::mem::take(inner), seen);
            }
            match step {
                None => out.push(inline),
                Some(Step::Unwrap) => out.extend(unwrap(inline)),
                Some(Step::Become(shell)) => out.push(dress(shell, inline)),
            }
        }
        out
    }

    /// Brings in a mark, where there is only one place for it.
    fn add(&self, mut inlines: Vec<Inline>, mark: &Mark) -> Vec<Inline> {
        match mark.kind {
            Kind::Break | Kind::Image => return inlines,
            Kind::Footnote => {
                call(&mut inlines, mark, self.length);
                return inlines;
            }
            Kind::Code => {
                surround(&mut inlines, mark);
                return inlines;
            }
            Kind::Style | Kind::Link | Kind::Span => {}
        }
        if mark.start == 0 && mark.end == self.length {
            return vec![wrap(&mark.shell, inlines)];
        }
        let inside = self.new.iter().find(|it| {
            (it.start, it.end) == (mark.start, mark.end) && name(it) != name(mark)
        });
        if let Some(inside) = inside.map(name)
            && count(&inlines, &inside) == 1
        {
            around(&mut inlines, &inside, &mark.shell);
            return inlines;
        }
        surround(&mut inlines, mark);
        inlines
    }
}

fn name(mark: &Mark) -> (Kind, String) {
    (mark.kind, mark.value.clone())
}

/// What marks there are, in order, inner before outer as [`Loose::add`] meets them.
fn sequence(inlines: &[Inline]) -> Vec<(Kind, String)> {
    let mut all = Vec::new();
    for inline in inlines {
        let mut copy = inline.clone();
        if let Some(inner) = inner(&mut copy) {
            all.extend(sequence(inner));
        }
        all.extend(identity(inline).filter(|it| it.0 != Kind::Break));
    }
    all
}

fn count(inlines: &[Inline], name: &(Kind, String)) -> usize {
    let mut count = 0;
    walk::inlines(inlines, &mut |it| {
        count += usize::from(identity(it).as_ref() == Some(name));
    });
    count
}

/// What an inline holds.
fn unwrap(mut inline: Inline) -> Vec<Inline> {
    match &mut inline {
        Inline::Styled(_, inner) => std::mem::take(inner),
        Inline::Link(it) => std::mem::take(&mut it.inlines),
        Inline::Span(it) => std::mem::take(&mut it.inlines),
        Inline::Code(it) => vec![Inline::Text(std::mem::take(it))],
        Inline::Math(it) => vec![Inline::Text(std::mem::take(&mut it.latex))],
        Inline::Image(it) => vec![Inline::Text(std::mem::take(&mut it.alternative))],
        Inline::HardBreak => vec![Inline::Text(" ".to_owned())],
        Inline::Footnote(_) => Vec::new(),
        Inline::Text(_) | Inline::SoftBreak => vec![inline],
    }
}

/// Another mark, with what the translation put into the one before.
fn dress(shell: &Inline, inline: Inline) -> Inline {
    match (shell, inline) {
        (Inline::Link(shell), Inline::Link(it)) => Inline::Link(Link {
            address: shell.address.clone(),
            attributes: shell.attributes.clone(),
            ..it
        }),
        (Inline::Image(shell), Inline::Image(it)) => Inline::Image(Image {
            address: shell.address.clone(),
            attributes: shell.attributes.clone(),
            ..it
        }),
        (Inline::Code(_) | Inline::Math(_) | Inline::Footnote(_), _) => shell.clone(),
        (_, inline) => wrap(shell, unwrap(inline)),
    }
}

fn wrap(shell: &Inline, inlines: Vec<Inline>) -> Inline {
    let mut shell = shell.clone();
    if let Some(inner) = inner(&mut shell) {
        *inner = inlines;
    }
    shell
}

/// Puts a mark around the one inline of this name.
fn around(inlines: &mut [Inline], name: &(Kind, String), shell: &Inline) -> bool {
    for inline in inlines {
        if identity(inline).as_ref() == Some(name) {
            let held = std::mem::replace(inline, Inline::SoftBreak);
            *inline = wrap(shell, vec![held]);
            return true;
        }
        if inner(inline).is_some_and(|it| around(it, name, shell)) {
            return true;
        }
    }
    false
}

/// Puts a mark around words that the translation has as the source has them, once.
fn surround(inlines: &mut Vec<Inline>, mark: &Mark) {
    let held = mark.held.trim();
    let mut found = 0;
    walk::inlines(inlines, &mut |inline| {
        if let Inline::Text(text) = inline {
            found += occurrences(text, held).len();
        }
    });
    if found == 1 && !held.is_empty() {
        cut(inlines, held, &mark.shell);
    }
}

/// Where whole words stand in a text.
fn occurrences(text: &str, words: &str) -> Vec<usize> {
    if words.is_empty() {
        return Vec::new();
    }
    let bounds = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric)
            && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words).map(|it| it.0).filter(|at| bounds(*at)).collect()
}

fn cut(inlines: &mut Vec<Inline>, words: &str, shell: &Inline) -> bool {
    for at in 0..inlines.len() {
        if let Inline::Text(text) = &inlines[at] {
            let Some(&start) = occurrences(text, words).first() else { continue };
            let (before, rest) = text.split_at(start);
            let after = &rest[words.len()..];
            let held = match shell {
                Inline::Code(_) => Inline::Code(words.to_owned()),
                shell => wrap(shell, vec![Inline::Text(words.to_owned())]),
            };
            let parts = [
                (!before.is_empty()).then(|| Inline::Text(before.to_owned())),
                Some(held),
                (!after.is_empty()).then(|| Inline::Text(after.to_owned())),
            ];
            inlines.splice(at..=at, parts.into_iter().flatten());
            return true;
        }
        if inner(&mut inlines[at]).is_some_and(|it| cut(it, words, shell)) {
            return true;
        }
    }
    false
}

/// Puts the call of a note where the source has it: at the end, or before its full stop.
fn call(inlines: &mut Vec<Inline>, mark: &Mark, length: usize) {
    if mark.start == length {
        inlines.push(mark.shell.clone());
    } else if mark.start + 1 == length
        && let Some(Inline::Text(last)) = inlines.last_mut()
        && let Some(stop) = last.pop_if_stop()
    {
        inlines.push(mark.shell.clone());
        inlines.push(Inline::Text(stop.to_string()));
    }
}

/// Takes the sign that ends a sentence off its end.
trait PopStop {
    fn pop_if_stop(&mut self) -> Option<char>;
}

impl PopStop for String {
    fn pop_if_stop(&mut self) -> Option<char> {
        let last = self.chars().next_back()?;
        let stop = matches!(last, '.' | '!' | '?' | ':' | ';' | ',' | '…' | '。');
        stop.then(|| self.pop()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_classed_by_what_it_touches() {
        for (before, after, change) in [
            ("L'été : oui", "L'été : oui", Change::None),
            (
                "L'été : \"oui\" !",
                "L’été\u{a0}: «\u{a0}oui\u{a0}»\u{202f}!",
                Change::Typographic,
            ),
            ("Fin...", "Fin…", Change::Typographic),
            ("2020-2024", "2020–2024", Change::Typographic),
            ("Un mot", "Un **mot**", Change::Markup),
            ("Un *mot*", "Un **mot**", Change::Markup),
            ("Un [mot](/a)", "Un mot", Change::Markup),
            ("Un `mot`", "Un mot", Change::Markup),
            ("Un [mot](/a)", "Un [mot](/b)", Change::Link),
            ("Un ![mot](/a.png)", "Un ![mot](/b.png)", Change::Link),
            ("Un mot", "Un Mot", Change::Wording),
            ("Un mot", "Un mots", Change::Wording),
            ("Un [mot](/a \"x\")", "Un [mot](/a \"y\")", Change::Wording),
            ("un mot", "unmot", Change::Wording),
        ] {
            assert_eq!(Change::between(before, after), change, "{before} → {after}");
        }
    }

    #[test]
    fn a_translation_follows_marks_and_addresses_where_there_is_one_way() {
        for (before, after, translation, carried) in [
            ("Un [mot](/a).", "Un [mot](/b).", "A [word](/a).", "A [word](/b)."),
            (
                "[Un](/a) et [deux](/a).",
                "[Un](/a) et [deux](/b).",
                "[One](/a) and [two](/a).",
                "[One](/a) and [two](/b).",
            ),
            ("Un *mot*.", "Un **mot**.", "A *word*.", "A **word**."),
            ("Un *mot*.", "Un mot.", "A *word*.", "A word."),
            ("Un [mot](/a).", "Un mot.", "A [word](/a).", "A word."),
            ("Un mot.", "**Un mot.**", "A word.", "**A word.**"),
            ("Un [mot](/a).", "Un **[mot](/a)**.", "A [word](/a).", "A **[word](/a)**."),
            ("Un [mot](/a).", "Un **[mot](/b)**.", "A [word](/a).", "A **[word](/b)**."),
            (
                "Voir Weblate.",
                "Voir [Weblate](/w).",
                "See Weblate.",
                "See [Weblate](/w).",
            ),
            ("Tapez make.", "Tapez `make`.", "Type make.", "Type `make`."),
            ("Un `mot`.", "Un mot.", "A `mot`.", "A mot."),
            (
                "Un ![mot](/a.png)",
                "Un ![mot](/b.png)",
                "A ![word](/a.png)",
                "A ![word](/b.png)",
            ),
            ("Un mot.", "Un mot[^n].", "A word.", "A word[^n]."),
            ("Un mot[^n].", "Un mot.", "A word[^n].", "A word."),
            // There is no telling which word; nothing is said wrong without it.
            ("Un mot ici.", "Un **mot** ici.", "A word here.", "A word here."),
        ] {
            assert_eq!(
                carry(before, after, translation).as_deref(),
                Some(carried),
                "{before} → {after}"
            );
        }
    }

    #[test]
    fn where_there_is_no_telling_a_translation_is_not_carried() {
        for (before, after, translation) in [
            ("Un mot ici.", "Un [mot](/a) ici.", "A word here."),
            ("[Un](/a) et [deux](/a).", "[Un](/a) et [deux](/b).", "[Two](/a) things."),
            ("Un mot.", "Un autre mot.", "A word."),
            ("Un mot ici.", "Un mot[^n] ici.", "A word here."),
        ] {
            assert_eq!(carry(before, after, translation), None, "{before} → {after}");
        }
    }
}
