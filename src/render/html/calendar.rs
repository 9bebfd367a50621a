//! The file for calendars of a page that announces an event (iCalendar, RFC 5545).

use std::{fmt::Write as _, sync::Arc};

use crate::{
    document::{Date, Event, Moment},
    render::{File, Format},
    site::{Edition, Metadata, Page, Site, address},
};

/// How many bytes a line may have without its end.
const LONGEST_LINE: usize = 75;

/// Writes the file, where the page announces an event.
pub(super) fn file(site: &Site, edition: &Edition, page: &Page) -> Option<File> {
    let event = page.document.meta.event.as_ref()?;
    let said = Metadata::of_page(site, edition, page);
    let path = address::event(&edition.language, &page.key);
    Some(File {
        path: format!("html/{path}"),
        bytes: Arc::new(calendar(event, &said, site.publication.date).into_bytes()),
        format: Format::Html,
        language: Some(edition.language.clone()),
        page: Some(page.key.clone()),
    })
}

fn calendar(event: &Event, said: &Metadata, stamp: Date) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Plantin//Plantin//EN");
    line("BEGIN:VEVENT");
    line(&format!("UID:{}", said.identifier));
    // The same sources make the same file: its date is the publication's.
    line(&format!("DTSTAMP:{}T000000Z", compact(stamp)));
    line(&format!("DTSTART{}", value(event.start)));
    match event.end {
        // The end of whole days is the day after them.
        Some(end) if end.time.is_none() || event.start.time.is_none() => {
            let day = Moment { date: end.date.next(), time: None };
            if event.start.time.is_none() {
                line(&format!("DTEND{}", value(day)));
            } else {
                line(&format!("DTEND:{}T000000", compact(day.date)));
            }
        }
        Some(end) => line(&format!("DTEND{}", value(end))),
        None => {}
    }
    line(&format!("SUMMARY:{}", escaped(&said.title)));
    if !said.description.is_empty() {
        line(&format!("DESCRIPTION:{}", escaped(&said.description)));
    }
    if let Some(location) = &event.location {
        line(&format!("LOCATION:{}", escaped(location)));
    }
    line(&format!("URL:{}", said.identifier));
    line("END:VEVENT");
    line("END:VCALENDAR");
    out
}

/// A moment as the value of a property: a day, an hour of the place, or universal time.
fn value(moment: Moment) -> String {
    let Some(time) = moment.time else {
        return format!(";VALUE=DATE:{}", compact(moment.date));
    };
    let minutes = i32::from(time.hour) * 60 + i32::from(time.minute);
    let Some(offset) = time.offset else {
        return format!(":{}T{:02}{:02}00", compact(moment.date), time.hour, time.minute);
    };
    let minutes = minutes - i32::from(offset);
    let date = match minutes.div_euclid(24 * 60) {
        0 => moment.date,
        ..0 => moment.date.previous(),
        1.. => moment.date.next(),
    };
    let minutes = minutes.rem_euclid(24 * 60);
    format!(":{}T{:02}{:02}00Z", compact(date), minutes / 60, minutes % 60)
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year, date.month, date.day)
}

/// A text as the value of a property.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => {
                write!(out, "\\{sign}").expect("writing to a string cannot fail");
            }
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Writes a line, in pieces that are no longer than a line may be.
fn fold(out: &mut String, text: &str) {
    let mut length = 0;
    for sign in text.chars() {
        if length + sign.len_utf8() > LONGEST_LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(sign);
        length += sign.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Time;

    fn moment(day: &str, time: Option<(u8, u8, Option<i16>)>) -> Moment {
        let time = time.map(|(hour, minute, offset)| Time { hour, minute, offset });
        Moment { date: Date::parse(day).expect("a day"), time }
    }

    #[test]
    fn a_moment_is_a_day_an_hour_or_universal_time() {
        for (moment, written) in [
            (moment("2026-05-12", None), ";VALUE=DATE:20260512"),
            (moment("2026-05-12", Some((14, 30, None))), ":20260512T143000"),
            (moment("2026-05-12", Some((14, 30, Some(120)))), ":20260512T123000Z"),
            (moment("2026-03-01", Some((0, 30, Some(60)))), ":20260228T233000Z"),
            (moment("2026-12-31", Some((23, 0, Some(-300)))), ":20270101T040000Z"),
        ] {
            assert_eq!(value(moment), written);
        }
    }

    #[test]
    fn a_long_line_is_folded_between_letters() {
        let mut out = String::new();
        fold(&mut out, &format!("SUMMARY:{}", "é".repeat(80)));
        assert!(out.lines().all(|it| it.len() <= LONGEST_LINE), "{out}");
        assert_eq!(
            out.replace("\r\n ", "").trim_end(),
            format!("SUMMARY:{}", "é".repeat(80))
        );
        assert_eq!(escaped("a, b; c\\\nd"), "a\\, b\\; c\\\\\\nd");
    }
}
