//! YAML values with their places and, for what is not text, their spelling.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Spanned, options::DuplicateKeyPolicy};

/// A value and where it is written.
pub(super) type Entry = Spanned<Value>;

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

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Value::Map(map))
    }
}

/// What is wrong with a YAML text, and its first byte where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// In the parser's words.
    pub(super) message: String,
    /// Where.
    pub(super) at: Option<usize>,
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
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let at = error.location().and_then(|it| it.span().byte_offset());
        let message = error.without_snippet().to_string();
        Fault { message, at: at.and_then(|it| usize::try_from(it).ok()) }
    })
}

/// The bytes that a value takes in its text. The parser gives the beginning of lists and
/// mappings; they reach to the end of the last value in them.
pub(super) fn range(entry: &Entry, text: &str) -> Option<(usize, usize)> {
    let span = entry.defined.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let end = start + usize::try_from(span.byte_len()?).ok()?;
    let reach = |it: &Entry| range(it, text).map(|it| it.1);
    let inner = match &entry.value {
        Value::List(entries) => entries.iter().filter_map(reach).max(),
        Value::Map(pairs) => {
            pairs.iter().flat_map(|it| [&it.0, &it.1]).filter_map(reach).max()
        }
        Value::Null | Value::Bool(_) | Value::Number | Value::Text(_) => {
            return Some((start, end));
        }
    };
    let end = end.max(inner.unwrap_or(end));
    // The bracket that closes it.
    let after = text.get(end..)?;
    let rest = after.trim_start_matches(' ').trim_start_matches([']', '}']);
    let closes = rest.len() < after.trim_start_matches(' ').len();
    Some((start, if closes { text.len() - rest.len() } else { end }))
}
