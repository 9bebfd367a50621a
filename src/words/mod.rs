//! Words in a language: Fluent messages, formatted.
//!
//! Two sets use this: the program's own words (help, diagnostics, the closing table; the
//! `.ftl` files beside this one) and the interface of a publication (`site::labels`).

mod number;
pub mod visible;

use std::{borrow::Cow, fmt};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::fluent;
pub use crate::fluent::Fault;

/// Messages of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Whether they are the program's own, in which nothing may be wrong.
    is_own: bool,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("locales", &self.bundle.locales).finish()
    }
}

/// The program's own words, by language: the files beside this one, in the order of the stages.
macro_rules! program_words {
    ($($language:literal),*) => {
        &[$(($language, &[
            ("cli.ftl", include_str!(concat!($language, "/cli.ftl"))),
            ("source.ftl", include_str!(concat!($language, "/source.ftl"))),
            ("translation.ftl", include_str!(concat!($language, "/translation.ftl"))),
            ("exchange.ftl", include_str!(concat!($language, "/exchange.ftl"))),
            ("site.ftl", include_str!(concat!($language, "/site.ftl"))),
            ("html.ftl", include_str!(concat!($language, "/html.ftl"))),
            ("pdf.ftl", include_str!(concat!($language, "/pdf.ftl"))),
            ("epub.ftl", include_str!(concat!($language, "/epub.ftl"))),
            ("import.ftl", include_str!(concat!($language, "/import.ftl"))),
            ("verify.ftl", include_str!(concat!($language, "/verify.ftl"))),
            ("review.ftl", include_str!(concat!($language, "/review.ftl"))),
            ("deposit.ftl", include_str!(concat!($language, "/deposit.ftl"))),
        ])),*]
    };
}

/// Every language of the program's own words, and its files: name and text.
pub const PROGRAM: &[(&str, &[(&str, &str)])] = program_words!("en", "fr");

impl Words {
    /// Reads messages; a later file overrides an earlier one. What cannot be read is
    /// returned as faults, the rest is kept.
    pub fn new(language: &str, files: &[(&str, &str)]) -> (Self, Vec<Fault>) {
        let locale: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The isolating marks would end up in attributes, in file names and in the text
        // that is copied from a PDF.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(number::format));
        bundle.add_builtins().expect("a new bundle has no functions");
        let mut faults = Vec::new();
        for (name, text) in files {
            let (text, nested) = fluent::bounded(name, text);
            let (text, broken) = fluent::unravelled(name, &text);
            faults.extend(nested.into_iter().chain(broken));
            let resource = FluentResource::try_new(text.into_owned())
                .unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        (Self { bundle, is_own: false }, faults)
    }

    /// The program's own words for a user's locale such as `fr_FR.UTF-8`; English when
    /// there are none in it.
    pub fn of_program(locale: &str) -> Self {
        let wanted = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        let (language, files) =
            PROGRAM.iter().find(|it| it.0 == wanted).unwrap_or(&PROGRAM[0]);
        let (words, faults) = Self::new(language, files);
        debug_assert!(faults.is_empty(), "{faults:?}");
        Self { is_own: true, ..words }
    }

    /// Whether there is such a message.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message without variables. An unknown one gives its identifier in braces.
    pub fn text(&self, id: &str) -> String {
        self.format(id, &[])
    }

    /// A message with its variables. Numbers are given as numbers, so that plurals and
    /// separators are the language's.
    pub fn format(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        self.pattern(id, None, args).unwrap_or_else(|| format!("{{{id}}}"))
    }

    /// An attribute of a message, such as `hint`, where there is one.
    pub fn attribute(
        &self,
        id: &str,
        name: &str,
        args: &[(&str, Value<'_>)],
    ) -> Option<String> {
        self.pattern(id, Some(name), args)
    }

    fn pattern(
        &self,
        id: &str,
        attribute: Option<&str>,
        args: &[(&str, Value<'_>)],
    ) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| {
                let value: FluentValue<'_> = match value {
                    // The program's own words are read on a terminal, and say names that
                    // anybody may have given: each in one line, with everything visible.
                    Value::Text(text) if self.is_own => {
                        visible::line(text).into_owned().into()
                    }
                    Value::Text(text) => text.clone().into(),
                    Value::Number(number) => FluentValue::from(*number),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty() || !self.is_own, "{id}: {errors:?}");
        Some(text.into_owned())
    }
}

/// The value of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl From<usize> for Value<'_> {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn from(number: usize) -> Self {
        Value::Number(number as f64)
    }
}
