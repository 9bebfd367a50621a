//! The commands that send catalogues to other tools and take them back, and those that
//! fill them from elsewhere.

use std::{num::NonZeroU32, path::PathBuf, time::Duration};

use clap::{
    Arg, ArgMatches, Command, ValueHint,
    builder::{NonEmptyStringValueParser, PossibleValuesParser},
    value_parser,
};

use super::{flag, language, list, localised, manner, many, path, switch, workspace};
use crate::{
    document::Language,
    translation::{
        exchange::{csv::Separator, xliff::Version},
        propose::Protocol,
    },
    words::Words,
};

/// What to send, and where to.
#[derive(Debug)]
pub(in crate::cli) struct Export {
    /// The workspace.
    pub(in crate::cli) workspace: PathBuf,
    /// The languages; all when empty.
    pub(in crate::cli) languages: Vec<String>,
    /// The pages; all when empty.
    pub(in crate::cli) pages: Vec<String>,
    /// The folder to write in.
    pub(in crate::cli) out: Option<PathBuf>,
    /// Only what somebody has to look at.
    pub(in crate::cli) changed: bool,
    /// In which form.
    pub(in crate::cli) form: Form,
}

/// What to take back.
#[derive(Debug)]
pub(in crate::cli) struct Import {
    /// The workspace.
    pub(in crate::cli) workspace: PathBuf,
    /// The files.
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The language, where the file does not say it.
    pub(in crate::cli) language: Option<Language>,
    /// A changed text counts as translated.
    pub(in crate::cli) accept: bool,
    /// In which form.
    pub(in crate::cli) form: Form,
}

/// A form of exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Form {
    /// XLIFF.
    Xliff(Version),
    /// TMX.
    Tmx,
    /// A sheet of units.
    Units(Separator),
    /// A sheet of terms.
    Terms(Separator),
}

/// Export or import, of one form.
#[derive(Debug)]
pub(in crate::cli) enum Exchange {
    /// Send.
    Export(Export),
    /// Take back.
    Import(Import),
}

/// The commands `xliff`, `tmx` and `csv`.
pub(super) fn commands(words: &Words) -> [Command; 3] {
    let xliff = both(
        words,
        "xliff",
        ["about-xliff", "about-xliff-export", "about-xliff-import"],
        vec![
            switch(words, "changed", None),
            value(words, "version", "arg-xliff-version", "value-version")
                .value_parser(PossibleValuesParser::new(["1.2", "2.1"]))
                .hide_possible_values(true),
        ],
        vec![switch(words, "accept", None)],
    );
    let abouts = ["about-tmx", "about-tmx-export", "about-tmx-import"];
    let tmx = both(words, "tmx", abouts, Vec::new(), Vec::new());
    let csv = both(
        words,
        "csv",
        ["about-csv", "about-csv-export", "about-csv-import"],
        vec![
            switch(words, "changed", None),
            switch(words, "glossary", None),
            value(words, "separator", "arg-separator", "value-separator")
                .value_parser(PossibleValuesParser::new(["comma", "semicolon", "tab"]))
                .hide_possible_values(true),
        ],
        vec![switch(words, "glossary", None), switch(words, "accept", None)],
    );
    [xliff, tmx, csv]
}

fn both(
    words: &Words,
    name: &'static str,
    abouts: [&str; 3],
    export: Vec<Arg>,
    import: Vec<Arg>,
) -> Command {
    let export = Command::new("export")
        .about(words.text(abouts[1]))
        .arg(language(words))
        .arg(
            list(super::option(words, "page", Some('p')), words.text("value-page"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            value(words, "out", "arg-exchange-out", "value-folder")
                .short('o')
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf)),
        )
        .args(export)
        .arg(switch(words, "strict", None))
        .args(manner(words));
    let import = Command::new("import")
        .about(words.text(abouts[2]))
        .arg(files(words, "files").num_args(1..))
        .arg(
            value(words, "language", "arg-file-language", "value-language")
                .short('l')
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .args(import)
        .arg(switch(words, "strict", None))
        .args(manner(words));
    group(words, name, words.text(abouts[0]))
        .subcommands([export, import].map(|it| localised(words, it)))
}

/// A command that only holds others.
fn group(words: &Words, name: &'static str, about: String) -> Command {
    Command::new(name)
        .about(about)
        .arg(workspace(words).global(true))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_value_name(words.text("value-command"))
        .subcommand_help_heading(words.text("help-commands"))
}

/// Files that are named without an option.
pub(super) fn files(words: &Words, name: &'static str) -> Arg {
    Arg::new(name)
        .required(true)
        .value_name(words.text("value-file"))
        .value_hint(ValueHint::AnyPath)
        .value_parser(value_parser!(PathBuf))
        .help(words.text("arg-files"))
}

/// An option with one value.
pub(super) fn value(words: &Words, name: &'static str, help: &str, value: &str) -> Arg {
    Arg::new(name).long(name).help(words.text(help)).value_name(words.text(value))
}

/// What was typed after `xliff`, `tmx` or `csv`.
pub(super) fn read(name: &str, action: &str, matches: &ArgMatches) -> Exchange {
    let workspace = path(matches, "workspace").unwrap_or_else(|| ".".into());
    let form = form(name, matches);
    if action == "export" {
        Exchange::Export(Export {
            workspace,
            languages: many(matches, "language"),
            pages: many(matches, "page"),
            out: path(matches, "out"),
            changed: flag(matches, "changed"),
            form,
        })
    } else {
        let files = matches.get_many("files").into_iter().flatten().cloned().collect();
        let language = matches.get_one::<String>("language");
        Exchange::Import(Import {
            workspace,
            files,
            language: language.map(|it| Language::new(it)),
            accept: flag(matches, "accept"),
            form,
        })
    }
}

fn form(name: &str, matches: &ArgMatches) -> Form {
    let given = |id: &str| {
        let value = matches.try_get_one::<String>(id).ok().flatten();
        value.map(String::as_str).unwrap_or_default().to_owned()
    };
    let separator = match given("separator").as_str() {
        "comma" => Separator::Comma,
        "tab" => Separator::Tab,
        _ => Separator::Semicolon,
    };
    match name {
        "xliff" if given("version") == "2.1" => Form::Xliff(Version::V2_1),
        "xliff" => Form::Xliff(Version::V1_2),
        "tmx" => Form::Tmx,
        _ if flag(matches, "glossary") => Form::Terms(separator),
        _ => Form::Units(separator),
    }
}

/// Two pages or trees that say the same.
#[derive(Debug)]
pub(in crate::cli) struct Align {
    /// The workspace.
    pub(in crate::cli) workspace: PathBuf,
    /// The page of the source language, or a tree of them.
    pub(in crate::cli) source: PathBuf,
    /// The other one.
    pub(in crate::cli) target: PathBuf,
    /// The language of the other one.
    pub(in crate::cli) language: Option<Language>,
    /// The folder to write in.
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write nothing.
    pub(in crate::cli) dry_run: bool,
}

/// The command `align`.
pub(super) fn align(words: &Words) -> Command {
    let page = |name: &'static str, help: &str| {
        files(words, name).help(words.text(help)).value_name(words.text("value-page"))
    };
    Command::new("align")
        .about(words.text("about-align"))
        .arg(page("source", "arg-align-source"))
        .arg(page("target", "arg-align-target"))
        .arg(workspace(words))
        .arg(
            value(words, "language", "arg-align-language", "value-language")
                .short('l')
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            value(words, "out", "arg-align-out", "value-folder")
                .short('o')
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(switch(words, "dry-run", None))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

/// What was typed after `align`.
pub(super) fn read_align(matches: &ArgMatches) -> Align {
    let given = |name| path(matches, name).unwrap_or_default();
    let language = matches.get_one::<String>("language");
    Align {
        workspace: path(matches, "workspace").unwrap_or_else(|| ".".into()),
        source: given("source"),
        target: given("target"),
        language: language.map(|it| Language::new(it)),
        out: path(matches, "out"),
        dry_run: flag(matches, "dry-run"),
    }
}

/// Whom to ask for drafts, and for which pages.
#[derive(Debug)]
#[cfg_attr(not(feature = "propose"), expect(dead_code, reason = "nobody is asked"))]
pub(in crate::cli) struct Propose {
    /// The workspace.
    pub(in crate::cli) workspace: PathBuf,
    /// The protocol of the engine.
    pub(in crate::cli) protocol: Protocol,
    /// Its address.
    pub(in crate::cli) url: String,
    /// The language.
    pub(in crate::cli) language: String,
    /// The pages; all when empty.
    pub(in crate::cli) pages: Vec<String>,
    /// How long to wait between two requests.
    pub(in crate::cli) pause: Duration,
    /// How long to wait for an answer.
    pub(in crate::cli) patience: Duration,
}

/// The command `propose`.
pub(super) fn propose(words: &Words) -> Command {
    let number = |name: &'static str, help: &str| {
        value(words, name, help, "value-number").value_parser(value_parser!(NonZeroU32))
    };
    Command::new("propose")
        .about(words.text("about-propose"))
        .after_help(words.text("help-propose"))
        .arg(workspace(words))
        .arg(
            value(words, "engine", "arg-engine", "value-engine")
                .required(true)
                .value_parser(PossibleValuesParser::new(["libretranslate", "deepl"]))
                .hide_possible_values(true),
        )
        .arg(
            value(words, "url", "arg-url", "value-url")
                .required(true)
                .value_hint(ValueHint::Url)
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            value(words, "language", "arg-propose-language", "value-language")
                .short('l')
                .required(true)
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            list(super::option(words, "page", Some('p')), words.text("value-page"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(number("pause", "arg-pause"))
        .arg(number("timeout", "arg-timeout"))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

/// What was typed after `propose`.
pub(super) fn read_propose(matches: &ArgMatches) -> Propose {
    let given = |name| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let number = |name: &str, usual: u32| {
        u64::from(matches.get_one::<NonZeroU32>(name).map_or(usual, |it| it.get()))
    };
    Propose {
        workspace: path(matches, "workspace").unwrap_or_else(|| ".".into()),
        protocol: match given("engine").as_str() {
            "deepl" => Protocol::DeepL,
            _ => Protocol::LibreTranslate,
        },
        url: given("url"),
        language: given("language"),
        pages: many(matches, "page"),
        pause: Duration::from_millis(number("pause", 500)),
        patience: Duration::from_secs(number("timeout", 60)),
    }
}
