//! Days and hours as people write them: `12 mai 2026`, `12/05/2026`, `2026-05-12 à 14 h 30`.

use crate::document::{Date, Moment, Time};

/// How a day that is not written as machines do is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It can mean no other day.
    Sure(Date),
    /// It means this day in France, and may mean another one elsewhere.
    Guess(Date),
    /// It is none.
    None,
}

/// The months, in French and in English, with the beginnings that are used for them.
const MONTHS: [[&str; 5]; 12] = [
    ["janvier", "january", "janv", "jan", ""],
    ["février", "february", "févr", "feb", "fevrier"],
    ["mars", "march", "mar", "", ""],
    ["avril", "april", "avr", "apr", ""],
    ["mai", "may", "", "", ""],
    ["juin", "june", "jun", "", ""],
    ["juillet", "july", "juil", "jul", ""],
    ["août", "august", "aout", "aug", ""],
    ["septembre", "september", "sept", "sep", ""],
    ["octobre", "october", "oct", "", ""],
    ["novembre", "november", "nov", "", ""],
    ["décembre", "december", "déc", "dec", "decembre"],
];

/// Reads a day.
pub(super) fn read(text: &str) -> Reading {
    let text = text.trim();
    if let Some(date) = in_words(text) {
        return Reading::Sure(date);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let [one, two, three] = parts.as_slice() else { return Reading::None };
    let date = |year: &str, month: &str, day: &str| {
        let is_year = year.len() == 4;
        let short = (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        (is_year && short)
            .then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")))
            .flatten()
    };
    match (date(one, two, three), date(three, two, one), date(three, one, two)) {
        (Some(date), ..) => Reading::Sure(date),
        (_, Some(date), Some(other)) if date != other => Reading::Guess(date),
        (_, Some(date), _) => Reading::Sure(date),
        // A month that comes before its day.
        (.., Some(date)) => Reading::Guess(date),
        _ => Reading::None,
    }
}

/// `mardi 12 mai 2026`, `1er mars 2026`, `May 12, 2026`.
fn in_words(text: &str) -> Option<Date> {
    use unicode_normalization::UnicodeNormalization as _;
    let text: String = text.nfc().flat_map(char::to_lowercase).collect();
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split(|it: char| it.is_whitespace() || it == ',') {
        let word = word.trim_end_matches('.');
        let number = ["er", "st", "nd", "rd", "th"]
            .iter()
            .find_map(|it| word.strip_suffix(it))
            .unwrap_or(word);
        let digits = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        if digits && number.len() <= 2 && day.replace(number.to_owned()).is_some()
            || digits && number.len() == 4 && year.replace(number.to_owned()).is_some()
        {
            return None;
        }
        if digits {
            continue;
        }
        let found = MONTHS.iter().position(|it| !word.is_empty() && it.contains(&word));
        match found {
            Some(found) if month.replace(found + 1).is_some() => return None,
            Some(_) => {}
            None if word.is_empty() || WEEKDAYS.contains(&word) => {}
            None => return None,
        }
    }
    Date::parse(&format!("{}-{:02}-{:0>2}", year?, month?, day?))
}

const WEEKDAYS: [&str; 16] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "le",
    "of",
];

/// Reads a day with the hour, where there is one: `2026-05-12T14:30+02:00`,
/// `12 mai 2026 à 14 h 30`.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Some(date) = day(text) {
        return Some(Moment { date, time: None });
    }
    // The hour begins at one of these; what stands before must be a day.
    let ends =
        text.char_indices().filter(|it| matches!(it.1, 'T' | 't' | ' ' | '\u{A0}'));
    let mut found = ends.filter_map(|(at, sign)| {
        let date = day(text[..at].trim().trim_end_matches('à').trim_end_matches(" at"))?;
        let hour = text[at + sign.len_utf8()..].trim();
        let hour = hour.strip_prefix("à ").or(hour.strip_prefix("at ")).unwrap_or(hour);
        Some(Moment { date, time: Some(time(hour)?) })
    });
    found.next()
}

fn day(text: &str) -> Option<Date> {
    match read(text) {
        Reading::Sure(date) => Some(date),
        Reading::Guess(_) | Reading::None => None,
    }
}

/// `14:30`, `14:30:00Z`, `14 h`, `14h30`, `9 h 05`.
fn time(text: &str) -> Option<Time> {
    let (text, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(before) => (before, Some(0)),
        None => match text.rfind(['+', '-']) {
            Some(at) => (&text[..at], Some(offset(&text[at..])?)),
            None => (text, None),
        },
    };
    let mut parts = text.split([':', 'h']).map(str::trim);
    let hour: u8 = number(parts.next()?)?;
    let minute = match parts.next() {
        Some("") | None if text.contains('h') => 0,
        minute => number(minute?)?,
    };
    // Nothing begins on a second.
    let seconds = parts.next();
    let fine =
        seconds.is_none_or(|it| it.bytes().all(|it| it.is_ascii_digit() || it == b'.'));
    let is_time = hour < 24 && minute < 60 && fine && parts.next().is_none();
    is_time.then_some(Time { hour, minute, offset })
}

fn number(text: &str) -> Option<u8> {
    let digits =
        (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// `+02:00`, in minutes.
fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':').or_else(|| rest.split_at_checked(2))?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    let total = i16::from(number(hours).filter(|it| *it < 15)?) * 60 + i16::from(minutes);
    Some(if sign == "-" { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_words_is_a_day() {
        for (text, day) in [
            ("12 mai 2026", "2026-05-12"),
            ("le mardi 12 mai 2026", "2026-05-12"),
            ("1er mars 2026", "2026-03-01"),
            ("1er août 2026", "2026-08-01"),
            ("15 fe\u{301}vrier 2026", "2026-02-15"),
            ("May 12, 2026", "2026-05-12"),
            ("12 sept. 2026", "2026-09-12"),
            ("31/12/2026", "2026-12-31"),
            ("2026/5/2", "2026-05-02"),
        ] {
            let date = Date::parse(day).expect(day);
            assert_eq!(read(text), Reading::Sure(date), "{text}");
        }
    }

    #[test]
    fn a_day_that_may_be_another_one_is_a_guess() {
        let day = Date::parse("2026-05-12").expect("a day");
        assert_eq!(read("12/05/2026"), Reading::Guess(day));
        assert_eq!(read("12.5.2026"), Reading::Guess(day));
        for text in
            ["", "hier", "31 février 2026", "12/05/26", "mai 2026", "12 12 2026 mai"]
        {
            assert_eq!(read(text), Reading::None, "{text}");
        }
    }

    #[test]
    fn an_hour_is_read_with_its_clock() {
        for (text, iso) in [
            ("2026-05-12", "2026-05-12"),
            ("2026-05-12T14:30", "2026-05-12T14:30:00"),
            ("2026-05-12 14:30:00+02:00", "2026-05-12T14:30:00+02:00"),
            ("2026-05-12T14:30Z", "2026-05-12T14:30:00Z"),
            ("12 mai 2026 à 14 h 30", "2026-05-12T14:30:00"),
            ("12 mai 2026, 9h", "2026-05-12T09:00:00"),
            ("1er mars 2026 à 18h05", "2026-03-01T18:05:00"),
        ] {
            assert_eq!(
                moment(text).map(|it| it.to_string()).as_deref(),
                Some(iso),
                "{text}"
            );
        }
        for text in ["demain", "2026-05-12T25:00", "14:30", "2026-05-12 midi"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
