//! Moments and durations as machines read them, in the forms that HTML knows.

use crate::document::Date;

/// Whether this is a moment, a part of one, or a duration.
pub(super) fn is_moment(text: &str) -> bool {
    match text.split_once(['T', ' ']) {
        _ if text.starts_with('P') => is_duration(&text[1..]),
        Some((day, hour)) => is_day(day) && is_hour(without_zone(hour)),
        None => {
            is_day(text)
                || is_part_of_year(text)
                || is_hour(without_zone(text))
                || zone_of(text) == Some("")
        }
    }
}

/// `2026-03-02`.
fn is_day(text: &str) -> bool {
    Date::parse(text).is_some()
}

/// `2026`, `2026-03`, `2026-W10`, `03-02`.
fn is_part_of_year(text: &str) -> bool {
    match text.split_once('-') {
        None => number(text, 4).is_some_and(|it| it > 0),
        Some((year, week)) if week.starts_with('W') => {
            number(year, 4).is_some() && is_within(&week[1..], 1, 53)
        }
        Some((year, month)) if year.len() == 4 => is_day(&format!("{year}-{month}-01")),
        // A leap year has every day.
        Some((month, day)) => is_day(&format!("2000-{month}-{day}")),
    }
}

/// `14:30`, `14:30:05`, `14:30:05.25`.
fn is_hour(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let (Some(hour), Some(minute)) = (parts.next(), parts.next()) else { return false };
    let second = parts.next().is_none_or(|it| match it.split_once('.') {
        None => is_within(it, 0, 59),
        Some((whole, part)) => {
            is_within(whole, 0, 59) && (1..=3).contains(&part.len()) && is_digits(part)
        }
    });
    is_within(hour, 0, 23) && is_within(minute, 0, 59) && second
}

/// What stands before the zone of `14:30Z` and `14:30+02:00`.
fn without_zone(text: &str) -> &str {
    zone_of(text).unwrap_or(text)
}

fn zone_of(text: &str) -> Option<&str> {
    if let Some(before) = text.strip_suffix('Z') {
        return Some(before);
    }
    let at = text.rfind(['+', '-'])?;
    let (before, zone) = (&text[..at], &text[at + 1..]);
    let (hour, minute) = zone.split_once(':').or_else(|| zone.split_at_checked(2))?;
    (is_within(hour, 0, 23) && is_within(minute, 0, 59)).then_some(before)
}

/// `2D`, `1DT4H`, `T1H30M2.5S`.
fn is_duration(text: &str) -> bool {
    let (days, rest) = match text.split_once('T') {
        Some((days, rest)) => (days, Some(rest)),
        None => (text, None),
    };
    let is_days = days.is_empty() || days.strip_suffix('D').is_some_and(is_digits);
    let Some(mut rest) = rest else { return is_days && !days.is_empty() };
    let is_empty = rest.is_empty();
    for unit in ['H', 'M'] {
        if let Some((count, after)) = rest.split_once(unit) {
            if !is_digits(count) {
                return false;
            }
            rest = after;
        }
    }
    let is_seconds = rest.is_empty()
        || rest.strip_suffix('S').is_some_and(|it| match it.split_once('.') {
            None => is_digits(it),
            Some((whole, part)) => is_digits(whole) && is_digits(part) && part.len() <= 3,
        });
    is_days && is_seconds && !is_empty
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && is_digits(text)).then(|| text.parse().ok())?
}

/// Whether two digits say a number between these.
fn is_within(text: &str, least: u16, most: u16) -> bool {
    number(text, 2).is_some_and(|it| (least..=most).contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_knows_is_a_moment() {
        for text in [
            "2026",
            "2026-03",
            "2026-03-02",
            "03-02",
            "2026-W10",
            "14:30",
            "14:30:05",
            "14:30:05.25",
            "2026-03-02T14:30",
            "2026-03-02 14:30:05Z",
            "2026-03-02T14:30+02:00",
            "2026-03-02T14:30-0330",
            "Z",
            "+02:00",
            "P2D",
            "PT1H30M",
            "P1DT2.5S",
            "PT20S",
        ] {
            assert!(is_moment(text), "{text}");
        }
    }

    #[test]
    fn what_it_does_not_know_is_none() {
        for text in [
            "",
            "hier",
            "2026-13",
            "2026-02-30",
            "02/03/2026",
            "24:00",
            "14h30",
            "T14:30",
            "2026-03-02T",
            "2026-W54",
            "P",
            "PT",
            "P2M",
            "P1H",
            "14:30:61",
            "é",
            "+é9:00",
            "2026-03-02T14:30+25:00",
        ] {
            assert!(!is_moment(text), "{text}");
        }
    }
}
