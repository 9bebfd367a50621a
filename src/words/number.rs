//! Numbers as the language writes them (`1 234,5`, `1,234.5`).
//!
//! Fluent's own number formatting ignores the language; ICU's does not.

use fluent_bundle::{FluentValue, memoizer::MemoizerKind};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

struct Formatter(DecimalFormatter);

impl Memoizable for Formatter {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: icu_locale::Locale = language.to_string().parse().map_err(drop)?;
        DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())
            .map(Self)
            .map_err(drop)
    }
}

/// Formats a Fluent number; everything else keeps Fluent's own form.
pub(super) fn format<M: MemoizerKind>(
    value: &FluentValue<'_>,
    memoizer: &M,
) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal: Decimal = number.as_string().parse().ok()?;
    memoizer
        .with_try_get_threadsafe::<Formatter, _, _>((), |it| {
            it.0.format(&decimal).to_string()
        })
        .ok()
}
