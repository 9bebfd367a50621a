//! YAML values with their places and, for what is not text, their spelling.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Spanned, options::DuplicateKeyPolicy};

/// A value and the bytes that it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The value.
    pub(super) value: Value,
    /// Its first byte, and the one after its last.
    pub(super) range: (usize, usize),
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; its spelling is in the source.
    Number,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Entry>),
    /// A mapping, in the order in which it is written, with keys that come twice.
    Map(Vec<(Entry, Entry)>),
}

/// A value as the parser gives it.
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Number))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Number))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Number))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Text(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// What is wrong with a text: the line on which it shows, from 1, where that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line.
    pub(super) line: Option<usize>,
}

/// Reads a YAML text. Aliases may not make a small text large, nor nesting a deep value.
pub(super) fn read(text: &str) -> Result<Entry, Fault> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        budget: serde_saphyr::budget! {
            max_depth: 10,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 1_000,
            max_replay_stack_depth: 8,
        },
    };
    let read: Result<Spanned<Raw>, _> =
        serde_saphyr::from_str_with_options(text, options);
    read.map(|raw| entry(raw, text)).map_err(|error| {
        let line = error.location().and_then(|it| usize::try_from(it.line()).ok());
        Fault { line: line.filter(|it| *it > 0) }
    })
}

/// A value with the bytes that it takes in its text. The parser gives the beginning of lists
/// and mappings; they reach to the end of the last value in them.
fn entry(raw: Spanned<Raw>, text: &str) -> Entry {
    let span = raw.defined.span();
    let byte = |it: Option<u64>| it.and_then(|it| usize::try_from(it).ok());
    let start = byte(span.byte_offset()).unwrap_or(0);
    let end = start + byte(span.byte_len()).unwrap_or(text.len().saturating_sub(start));
    let value = match raw.value {
        Raw::Scalar(value) => return Entry { value, range: (start, end) },
        Raw::List(list) => {
            Value::List(list.into_iter().map(|it| entry(it, text)).collect())
        }
        Raw::Map(map) => {
            let pair = |it: (_, _)| (entry(it.0, text), entry(it.1, text));
            Value::Map(map.into_iter().map(pair).collect())
        }
    };
    let inner = match &value {
        Value::List(entries) => entries.iter().map(|it| it.range.1).max(),
        Value::Map(pairs) => {
            pairs.iter().flat_map(|it| [it.0.range.1, it.1.range.1]).max()
        }
        Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) => None,
    };
    let end = end.max(inner.unwrap_or(end)).min(text.len());
    // The bracket that closes it.
    let after = text.get(end..).unwrap_or_default();
    let rest = after.trim_start_matches(' ').trim_start_matches([']', '}']);
    let closes = rest.len() < after.trim_start_matches(' ').len();
    let end = if closes { text.len() - rest.len() } else { end };
    Entry { value, range: (start, end) }
}
