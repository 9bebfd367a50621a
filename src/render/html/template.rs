//! Templates: the built-in ones, and those of the workspace's theme in their place.
//!
//! A template of the theme that cannot be read or filled in is named in a diagnostic, and
//! the built-in one is used, so that a slip in a theme never costs a page. A theme's
//! template may also extend the built-in one: `{% extends "built-in/html/page.html" %}`.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
};

use super::element;
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    render::Theme,
};

/// Where every template of the program is filled in: what is not given is a fault, and
/// words are escaped as the writer of elements escapes them, whatever the template's name.
pub fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // By default a file name decides, and `.xhtml` would not be escaped.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(format);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    environment.set_syntax(syntax.build().expect("the usual delimiters"));
    environment
}

/// The templates of a format, ready to be filled in.
#[derive(Debug)]
pub(super) struct Templates {
    environment: Environment<'static>,
    /// The theme's own templates, with their texts, to say where a fault is.
    own: BTreeMap<&'static str, Arc<Vec<u8>>>,
}

impl Templates {
    /// Reads the built-in templates, given with their paths, and the theme's in their place.
    pub(super) fn new(
        built_in: &[(&'static str, &'static str)],
        theme: &Theme,
    ) -> Checked<Self> {
        let mut environment = environment();
        let mut diagnostics = Vec::new();
        let mut own = BTreeMap::new();
        for &(path, text) in built_in {
            environment
                .add_template_owned(built_in_name(path), text)
                .expect("the built-in templates are checked by a test");
            let Some(bytes) = theme.get(path) else { continue };
            let text = match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => {
                    diagnostics.push(fault(path, "theme-not-utf-8"));
                    continue;
                }
            };
            match environment.add_template_owned(path, text) {
                Ok(()) => drop(own.insert(path, Arc::clone(bytes))),
                Err(error) => diagnostics.push(broken(path, bytes, &error)),
            }
        }
        Checked { value: Self { environment, own }, diagnostics }
    }

    /// Fills in the template of this path.
    pub(super) fn render(&self, path: &'static str, data: &Value) -> Checked<String> {
        let mut diagnostics = Vec::new();
        if let Some(bytes) = self.own.get(path) {
            let template = self.environment.get_template(path);
            match template.and_then(|template| template.render(data)) {
                Ok(text) => return Checked::fine(text),
                Err(error) => diagnostics.push(broken(path, bytes, &error)),
            }
        }
        let template = self.environment.get_template(&built_in_name(path));
        let value = template
            .and_then(|template| template.render(data))
            .expect("the built-in templates use what they are given: checked by tests");
        Checked { value, diagnostics }
    }
}

fn built_in_name(path: &str) -> String {
    format!("built-in/{path}")
}

/// Writes a value as the writer of elements does: one escaping for all.
fn format(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            out.write_str(&element::escape(text)).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

fn fault(path: &str, code: &'static str) -> Diagnostic {
    Diagnostic::error(code).in_file(&Arc::from(format!("themes/{path}")))
}

fn broken(path: &str, bytes: &[u8], error: &Error) -> Diagnostic {
    let cause = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => "syntax",
        ErrorKind::UndefinedError => "undefined",
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod => "unknown",
        ErrorKind::UnknownBlock => "block",
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => "absent",
        ErrorKind::InvalidOperation
        | ErrorKind::MissingArgument
        | ErrorKind::TooManyArguments => "operation",
        // The list of kinds is open.
        ErrorKind::NonPrimitive
        | ErrorKind::NonKey
        | ErrorKind::BadSerialization
        | ErrorKind::EvalBlock
        | ErrorKind::CannotUnpack
        | ErrorKind::WriteFailure
        | ErrorKind::InvalidDelimiter
        | _ => "other",
    };
    // The innermost cause speaks of the author's line; what is around it repeats.
    let original = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    let diagnostic = fault(path, "theme-template-broken").because(cause, original);
    match error.line() {
        Some(line) => diagnostic.at(place(bytes, line)),
        None => diagnostic,
    }
}

/// The place of a line.
fn place(bytes: &[u8], line: usize) -> Place {
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let start: usize = lines().take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let length = lines().nth(line.saturating_sub(1)).map_or(0, <[u8]>::len);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Place {
        line: number(line),
        column: 1,
        start: number(start),
        end: number(start + length),
    }
}
