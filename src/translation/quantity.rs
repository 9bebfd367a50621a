//! Quantities: texts that are only a number, a percentage or an amount, and how each language
//! writes them.
//!
//! Digits never change, only the signs between and around them. What could be something else
//! stays as it is: a year, a telephone number, a date, a reference, the number of a version.
//! How languages write is Unicode CLDR's (`numbers.tsv`).

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    document::{Inline, Language, Style},
    languages,
};

const TABLE: &str = include_str!("numbers.tsv");

/// The longest text that is looked at, in bytes; the longest amount has fewer.
const LONGEST: usize = 60;

/// Signs that may stand before a number: about, at least, more than …
const BEFORE: &str = "<>≤≥≈~±";

/// From so many digits on, groups between spaces may as well be the number of a company or of
/// a telephone.
const MANY: usize = 9;

/// How a language writes numbers.
#[derive(Clone, Copy, Debug)]
struct Manner {
    decimal: char,
    group: char,
    /// How many digits stand before the first group of a number that is grouped.
    least: usize,
    /// How many digits are in each group after the first.
    size: usize,
    percent: &'static str,
    amount: &'static str,
}

/// A quantity, in no language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Quantity {
    /// What stands before it, with its space.
    before: String,
    sign: Option<char>,
    whole: String,
    fraction: String,
    /// What stood between groups of digits.
    group: Option<char>,
    /// A sign of percentage or of a currency.
    unit: Option<char>,
}

static MANNERS: LazyLock<BTreeMap<&'static str, Manner>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|it| !it.starts_with('#'));
    lines.filter_map(manner_of_line).collect()
});

fn manner_of_line(line: &'static str) -> Option<(&'static str, Manner)> {
    let mut parts = line.split('\t');
    let tag = parts.next()?;
    let mut sign = || parts.next()?.chars().next();
    let (decimal, group) = (sign()?, sign()?);
    let mut number = || parts.next()?.parse().ok();
    let (least, size) = (number()?, number()?);
    let (percent, amount) = (parts.next()?, parts.next()?);
    let group = shown(group);
    Some((tag, Manner { decimal, group, least, size, percent, amount }))
}

/// The sign that one of the table stands for.
fn shown(sign: char) -> char {
    match sign {
        '_' => '\u{a0}',
        '~' => '\u{202f}',
        '\'' => '’',
        it => it,
    }
}

fn manner(language: &Language) -> Option<Manner> {
    let mut tag = language.as_str();
    loop {
        match (MANNERS.get(tag), tag.rsplit_once('-')) {
            (Some(manner), _) => return Some(*manner),
            (None, Some((shorter, _))) => tag = shorter,
            (None, None) => return None,
        }
    }
}

/// Writes a quantity of one language as another writes it; `None` where the text is none, or
/// may be something else, or is written so already.
pub(super) fn written(text: &str, from: &Language, to: &Language) -> Option<String> {
    let (source, target) = (manner(from)?, manner(to)?);
    let trimmed = text.trim();
    let quantity = read(trimmed, source).filter(|it| is_certain(it, source))?;
    // In a line from right to left, a sign before digits would need marks around it.
    if quantity.sign.is_some() && languages::is_right_to_left(to.as_str()) {
        return None;
    }
    let written = write(&quantity, target);
    (written != trimmed).then(|| text.replacen(trimmed, &written, 1))
}

/// Whether a text is a quantity that languages write in more than one way.
pub(super) fn is_one(text: &str, language: &Language) -> bool {
    let Some(manner) = manner(language) else { return false };
    read(text.trim(), manner).is_some_and(|it| {
        let is_plain = it.fraction.is_empty() && it.group.is_none() && it.unit.is_none();
        !is_plain && is_certain(&it, manner)
    })
}

fn read(text: &str, manner: Manner) -> Option<Quantity> {
    if text.len() > LONGEST {
        return None;
    }
    let number =
        text.trim_start_matches(|it| BEFORE.contains(it)).trim_start_matches(is_gap);
    let before = text[..text.len() - number.len()].to_owned();
    let (sign, rest) = signed(number);
    let first = rest.chars().next().filter(|it| is_unit(*it));
    let rest = first.map_or(rest, |it| rest[it.len_utf8()..].trim_start_matches(is_gap));
    let (sign, rest) = if sign.is_none() { signed(rest) } else { (sign, rest) };
    let last = rest.chars().next_back().filter(|it| is_unit(*it));
    let digits = last
        .map_or(rest, |it| rest[..rest.len() - it.len_utf8()].trim_end_matches(is_gap));
    if first.is_some() && last.is_some() {
        return None;
    }
    let (whole, fraction) = match digits.split_once(manner.decimal) {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let (whole, group) = ungrouped(whole, manner)?;
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let is_fine = is_number(fraction) && (whole.len() == 1 || !whole.starts_with('0'));
    let fraction = fraction.to_owned();
    is_fine.then(|| Quantity {
        before,
        sign,
        whole,
        fraction,
        group,
        unit: first.or(last),
    })
}

/// The sign with which a number begins, and what follows.
fn signed(text: &str) -> (Option<char>, &str) {
    match text.chars().next().filter(|it| matches!(it, '-' | '−' | '+')) {
        Some(sign) => (Some(sign), &text[sign.len_utf8()..]),
        None => (None, text),
    }
}

/// The digits before the decimal sign, and what stood between their groups; `None` where these
/// are no groups of this language, nor of the kind with spaces that all understand.
fn ungrouped(text: &str, manner: Manner) -> Option<(String, Option<char>)> {
    let same = |it: char| match it {
        '\'' | '’' => '’',
        it if is_gap(it) => ' ',
        it => it,
    };
    let own = same(manner.group);
    let Some(group) = text.chars().find(|it| !it.is_ascii_digit()) else {
        return (!text.is_empty()).then(|| (text.to_owned(), None));
    };
    let is_group = |it: char| same(it) == same(group);
    if same(group) != own && !is_gap(group) {
        return None;
    }
    let groups: Vec<&str> = text.split(is_group).collect();
    let (first, others) = groups.split_first()?;
    let (last, middle) = others.split_last()?;
    let size = |it: &str| it.bytes().all(|it| it.is_ascii_digit()).then_some(it.len());
    let sizes = |wide: usize| {
        let is_first = size(first).is_some_and(|it| (1..=wide).contains(&it));
        is_first
            && middle.iter().all(|it| size(it) == Some(wide))
            && size(last) == Some(3)
    };
    (sizes(3) || sizes(manner.size)).then(|| (groups.concat(), Some(group)))
}

fn is_gap(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Whether a sign says of what a number is: of a hundred, of a thousand, or of a currency.
fn is_unit(sign: char) -> bool {
    matches!(sign, '%' | '‰' | '$' | '£' | '¥' | '\u{20a0}'..='\u{20c0}')
}

/// Whether it can be nothing but a quantity.
fn is_certain(quantity: &Quantity, manner: Manner) -> bool {
    if quantity.unit.is_some() {
        return true;
    }
    let is_signed = matches!(quantity.sign, Some('-' | '−'));
    match (quantity.group, quantity.fraction.as_str()) {
        (None, "") => true,
        // `+33 612 345 678` is dialled, and `552 100 554` names a company.
        (Some(group), "") => {
            quantity.sign != Some('+') && (!is_gap(group) || quantity.whole.len() < MANY)
        }
        (Some(_), _) => true,
        // `3.1` may be the number of a version or of a part.
        (None, _) => manner.decimal != '.' || is_signed || !quantity.before.is_empty(),
    }
}

fn write(quantity: &Quantity, manner: Manner) -> String {
    let mut number = match quantity.group {
        Some(_) => grouped(&quantity.whole, manner),
        None => quantity.whole.clone(),
    };
    if !quantity.fraction.is_empty() {
        number.push(manner.decimal);
        number.push_str(&quantity.fraction);
    }
    let pattern = match quantity.unit {
        None => "#",
        Some('%' | '‰') => manner.percent,
        Some(_) => manner.amount,
    };
    let mut out = quantity.before.clone();
    out.extend(quantity.sign);
    for sign in pattern.chars() {
        match sign {
            '#' => out.push_str(&number),
            '%' | '¤' => out.extend(quantity.unit),
            it => out.push(shown(it)),
        }
    }
    out
}

fn grouped(whole: &str, manner: Manner) -> String {
    let Some(mut at) = whole.len().checked_sub(3).filter(|it| *it >= manner.least) else {
        return whole.to_owned();
    };
    let mut groups = vec![&whole[at..]];
    while at > manner.size {
        groups.push(&whole[at - manner.size..at]);
        at -= manner.size;
    }
    groups.push(&whole[..at]);
    groups.reverse();
    groups.join(manner.group.encode_utf8(&mut [0; 4]))
}

/// The one run of words that a text consists of, whatever it is set apart by.
pub(super) fn run(inlines: &[Inline]) -> Option<&str> {
    match inlines {
        [Inline::Text(text)] => Some(text),
        [Inline::Styled(style, inner)] if is_plain(style) => run(inner),
        _ => None,
    }
}

/// As [`run`], to be changed.
pub(super) fn run_mut(inlines: &mut [Inline]) -> Option<&mut String> {
    match inlines {
        [Inline::Text(text)] => Some(text),
        [Inline::Styled(style, inner)] if is_plain(style) => run_mut(inner),
        _ => None,
    }
}

/// Whether words that are set apart so are still read as words.
fn is_plain(style: &Style) -> bool {
    match style {
        Style::Emphasis
        | Style::Strong
        | Style::Deleted
        | Style::Inserted
        | Style::Highlight
        | Style::Small => true,
        Style::Superscript
        | Style::Subscript
        | Style::Keyboard
        | Style::Cite
        | Style::Quoted
        | Style::Abbreviation(_)
        | Style::Time(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown_in(text: &str, from: &str, to: &str) -> String {
        let (from, to) = (Language::new(from), Language::new(to));
        written(text, &from, &to).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_quantity_is_written_as_the_other_language_writes_it() {
        for (french, english) in [
            ("0,9", "0.9"),
            ("1 234,5", "1,234.5"),
            ("1\u{202f}234\u{a0}567", "1,234,567"),
            ("12 %", "12%"),
            ("12,5\u{202f}%", "12.5%"),
            ("1 234,50 €", "€1,234.50"),
            ("−5", "−5"),
            ("−5,2 €", "−€5.2"),
            ("≥ 0,5", "≥ 0.5"),
            ("+ 3", "+ 3"),
            (" 0,9 ", " 0.9 "),
        ] {
            assert_eq!(shown_in(french, "fr", "en"), english);
        }
        assert_eq!(shown_in("1,234.5", "en", "fr"), "1\u{202f}234,5");
        assert_eq!(shown_in("€1,234.50", "en", "de"), "1.234,50\u{a0}€");
        assert_eq!(shown_in("1.234", "de", "en"), "1,234");
        assert_eq!(shown_in("1 234", "fr", "es"), "1234");
        assert_eq!(shown_in("12 345 678", "fr", "hi"), "1,23,45,678");
        assert_eq!(shown_in("12 %", "fr", "tr"), "%12");
        assert_eq!(shown_in("0,9", "fr", "en-GB"), "0.9");
    }

    #[test]
    fn what_may_be_no_quantity_stays() {
        for text in [
            "2026",
            "75001",
            "01 23 45 67 89",
            "0 800 123 456",
            "+33 612 345 678",
            "552 100 554",
            "552 100 554 00012",
            "12/05/2026",
            "12.05.2026",
            "3.1.2",
            "1.234",
            "12:30",
            "1,2,3",
            "1,",
            ",5",
            "007,5",
            "1 23",
            "12 34 567",
            "1 234.5",
            "€ 5 %",
            "%",
            "",
        ] {
            assert_eq!(shown_in(text, "fr", "en"), text);
        }
        assert_eq!(shown_in("3.1", "en", "fr"), "3.1");
        assert_eq!(shown_in("−5,2", "fr", "ar"), "−5,2");
        assert_eq!(shown_in("0,9", "fr", "tlh"), "0,9");
    }

    #[test]
    fn only_what_languages_write_otherwise_is_asked_of_translators() {
        let is_one = |text: &str| is_one(text, &Language::new("fr"));
        assert!(is_one("0,9") && is_one("12 %") && is_one("1 234"));
        assert!(!is_one("2026") && !is_one("−5") && !is_one("01 23 45 67 89"));
    }

    #[test]
    fn every_line_of_the_table_can_be_read() {
        let lines = TABLE.lines().filter(|it| !it.starts_with('#')).count();
        assert_eq!(MANNERS.len(), lines);
        for manner in MANNERS.values() {
            assert_ne!(manner.decimal, manner.group);
            assert!(manner.percent.contains('#') && manner.percent.contains('%'));
            assert!(manner.amount.contains('#') && manner.amount.contains('¤'));
        }
    }

    proptest! {
        #[test]
        fn what_a_language_writes_is_read_there_with_the_same_value(
            whole in "0|[1-9][0-9]{0,11}",
            fraction in "[0-9]{0,4}",
            sign in proptest::option::of(prop_oneof![Just('-'), Just('−'), Just('+')]),
            unit in proptest::option::of(prop_oneof![Just('%'), Just('€'), Just('$')]),
            grouped in any::<bool>(),
            before in prop_oneof![Just(""), Just("≥ "), Just("<")],
            at in any::<prop::sample::Index>(),
        ) {
            let mut tags: Vec<&str> = MANNERS.keys().copied().collect();
            tags.sort_unstable();
            let manner = MANNERS[*at.get(&tags)];
            let before = before.to_owned();
            let group = grouped.then_some(manner.group);
            let number = Quantity { before, sign, whole, fraction, group, unit };
            let again = read(&write(&number, manner), manner);
            // Few digits are not grouped: this is no part of the value.
            let again = again.map(|it| Quantity { group, ..it });
            prop_assert_eq!(again, Some(number));
        }

        #[test]
        fn whatever_is_written_its_digits_stay(
            text in "[0-9 ,.%€$+−/\u{a0}\u{202f}-]{0,14}",
            to in prop_oneof![Just("en"), Just("de"), Just("de-CH"), Just("es"), Just("hi"), Just("ar"), Just("pt")],
        ) {
            let digits = |it: &str| -> String { it.chars().filter(char::is_ascii_digit).collect() };
            prop_assert_eq!(digits(&shown_in(&text, "fr", to)), digits(&text));
        }
    }
}
