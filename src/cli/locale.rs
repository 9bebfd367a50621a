//! The user's language, from the environment.

use sys_locale::get_locale;

/// The user's locale, such as `fr_FR.UTF-8`: `LC_ALL`, `LC_MESSAGES`, `LANG`, in the
/// order of POSIX, else what the system says.
pub(super) fn user() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the user's language is read"
    )]
    let variable = |name: &str| std::env::var(name).ok();
    choose(&variable).or_else(get_locale).unwrap_or_default()
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
