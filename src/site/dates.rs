//! What a page says of when: its publication, its last change, the event that it announces.

use super::labels::{Labels, Value};
use crate::{
    document::{Date, Event, Meta, Moment},
    site::Page,
};

/// A line that says when, in the interface's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The moment, as machines read it.
    pub iso: String,
    /// The words.
    pub words: String,
}

/// The day on which a page was published. A page that announces an event may give that
/// event's day as its own: it is then none of publication.
pub fn published(meta: &Meta) -> Option<Date> {
    let is_past =
        |date: &Date| meta.event.as_ref().is_none_or(|it| *date < it.start.date);
    meta.date.filter(is_past)
}

/// The lines of a page, in one order.
pub fn lines(page: &Page, labels: &Labels) -> Vec<Line> {
    let meta = &page.document.meta;
    let on = |id: &str, date: Date| {
        let day = labels.spoken_date(date);
        let words = labels.format(id, &[("date", day.as_str().into())]);
        Line { iso: date.to_string(), words }
    };
    let event = meta.event.as_ref().map(|it| event(it, labels));
    let published = page.date.map(|it| on("published-on", it));
    let updated = meta.updated.map(|it| on("updated-on", it));
    [event, published, updated].into_iter().flatten().collect()
}

/// When an event takes place, and where.
fn event(event: &Event, labels: &Labels) -> Line {
    let start = moment(event.start, labels);
    // On the day on which it begins, only the hour of its end is news.
    let end = event.end.filter(|it| *it != event.start);
    let same_day = end.filter(|it| it.date == event.start.date);
    let end = match (same_day, end) {
        (Some(end), _) => time(end, labels).unwrap_or_default(),
        (None, Some(end)) => moment(end, labels),
        (None, None) => String::new(),
    };
    let kind = match (end.is_empty(), same_day.is_some()) {
        (true, _) => "start",
        (false, true) => "hours",
        (false, false) => "days",
    };
    let args: [(&str, Value<'_>); 3] = [
        ("kind", kind.into()),
        ("start", start.as_str().into()),
        ("end", end.as_str().into()),
    ];
    let mut words = labels.format("event-on", &args);
    if let Some(place) = &event.location {
        let args = [("when", words.as_str().into()), ("place", place.as_str().into())];
        words = labels.format("event-at", &args);
    }
    Line { iso: event.start.to_string(), words }
}

fn moment(moment: Moment, labels: &Labels) -> String {
    let day = labels.spoken_date(moment.date);
    match time(moment, labels) {
        Some(time) => labels.format(
            "event-moment",
            &[("date", day.as_str().into()), ("time", time.as_str().into())],
        ),
        None => day,
    }
}

fn time(moment: Moment, labels: &Labels) -> Option<String> {
    let time = moment.time?;
    let (hour, minute) = (time.hour.to_string(), format!("{:02}", time.minute));
    let sharp = if time.minute == 0 { "yes" } else { "no" };
    let args: [(&str, Value<'_>); 3] = [
        ("hour", hour.as_str().into()),
        ("minute", minute.as_str().into()),
        ("sharp", sharp.into()),
    ];
    Some(labels.format("event-time", &args))
}
