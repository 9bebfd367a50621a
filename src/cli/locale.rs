//! The user's language: what was typed, else what the environment says.

use std::ffi::OsString;

use sys_locale::get_locale;

/// The option by which it is typed. It is looked for before anything is understood, so
/// that what is wrong with the rest is told in this language too.
const OPTION: &str = "--locale";

/// The user's locale, such as `fr_FR.UTF-8`: that which was typed, `PLANTIN_LOCALE`,
/// `LC_ALL`, `LC_MESSAGES`, `LANG`, in the order of POSIX, else what the system says.
pub(super) fn user(typed: &[OsString]) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the user's language is read"
    )]
    let variable = |name: &str| std::env::var(name).ok();
    let own = || variable("PLANTIN_LOCALE").filter(|it| !it.is_empty());
    let chosen = said(typed).or_else(own).or_else(|| choose(&variable));
    chosen.or_else(get_locale).unwrap_or_default()
}

/// What was typed after the option, last.
fn said(typed: &[OsString]) -> Option<String> {
    let mut said = None;
    for (at, it) in typed.iter().enumerate() {
        let text = it.to_string_lossy();
        let value = match text.strip_prefix(OPTION) {
            Some("") => typed.get(at + 1).map(|it| it.to_string_lossy().into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        said = value.or(said);
    }
    said
}

/// The first of the variables that is not empty; `LANGUAGE` goes before it where it is
/// set, as for other programs, unless the locale is that of no country.
fn choose(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name: &str| variable(name).filter(|it| !it.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?;
    if locale == "C" || locale == "POSIX" {
        return Some(locale);
    }
    let preferred =
        set("LANGUAGE").and_then(|it| it.split(':').next().map(str::to_owned));
    preferred.or(Some(locale))
}

#[cfg(test)]
mod tests {
    use super::choose;

    fn with(variables: &[(&str, &str)]) -> Option<String> {
        choose(&|name| variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned()))
    }

    #[test]
    fn the_first_variable_that_is_not_empty_counts() {
        let variables = [("LC_ALL", ""), ("LC_MESSAGES", "fr_FR.UTF-8"), ("LANG", "C")];
        assert_eq!(with(&variables).as_deref(), Some("fr_FR.UTF-8"));
    }

    #[test]
    fn a_preferred_language_goes_before_the_locale() {
        let variables = [("LANG", "en_GB.UTF-8"), ("LANGUAGE", "fr:en")];
        assert_eq!(with(&variables).as_deref(), Some("fr"));
        let variables = [("LC_ALL", "C"), ("LANGUAGE", "fr:en")];
        assert_eq!(with(&variables).as_deref(), Some("C"));
    }

    #[test]
    fn without_variables_the_system_is_asked() {
        assert_eq!(with(&[]), None);
    }
}
