//! What was typed: the commands and their options, and what is wrong with them.
//!
//! One definition serves the program, its help, its completions and its manual page. All
//! words are messages, so that they are the user's.

pub(super) mod exchange;

use std::{ffi::OsString, num::NonZeroUsize, path::PathBuf};

use clap::{
    Arg, ArgAction, ArgMatches, Command, ValueHint,
    builder::{NonEmptyStringValueParser, PossibleValuesParser, styling},
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};
use clap_complete::Shell;

use crate::{
    deposit::profile::Version,
    diagnostic::Diagnostic,
    render::Format,
    words::{PROGRAM, Words},
};

/// What was asked for.
#[derive(Debug)]
pub(super) struct Arguments {
    /// What to do.
    pub(super) task: Task,
    /// How to speak of it.
    pub(super) manner: Manner,
}

/// What to do.
#[derive(Debug)]
pub(super) enum Task {
    /// Send catalogues to another tool, or take them back.
    Exchange(exchange::Exchange),
    /// Make catalogues of pages that were translated elsewhere.
    Align(exchange::Align),
    /// Ask an engine for drafts.
    Propose(exchange::Propose),
    /// Prepare a workspace in this folder.
    Init(PathBuf),
    /// Build.
    Build(Build),
    /// Make or update catalogues.
    Extract {
        /// The workspace.
        workspace: PathBuf,
        /// The languages; all when empty.
        languages: Vec<String>,
        /// What becomes of those that are not as they should be.
        how: super::extract::How,
    },
    /// Say how far the translations are.
    Status(super::status::Asked),
    /// Say what is wrong.
    Check(PathBuf),
    /// Read the exports back and compare them.
    Verify(Verify),
    /// Serve the page on which translations are reviewed.
    #[cfg(feature = "review")]
    Review(Review),
    /// Make a workspace of another program's site.
    Import(Import),
    /// Make a page.
    NewPage(NewPage),
    /// Say what is installed, and what is particular about this workspace.
    Doctor(PathBuf),
    /// Make or check what an archive is given.
    Deposit(DepositTask),
    /// Serve the preview.
    #[cfg(feature = "review")]
    Serve(Serve),
    /// Print completions.
    Completions(Shell),
    /// Print the manual page.
    Man,
}

/// What to build, and where.
#[derive(Debug)]
pub(super) struct Build {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// Where to write, when it is not where the workspace says.
    pub(super) out: Option<PathBuf>,
    /// The languages; all when empty.
    pub(super) languages: Vec<String>,
    /// The formats; all when empty.
    pub(super) formats: Vec<Format>,
    /// The pages; all when empty.
    pub(super) pages: Vec<String>,
    /// How many threads.
    pub(super) jobs: Option<NonZeroUsize>,
    /// Whether to read everything back at the end.
    pub(super) verify: bool,
}

/// What to read back.
#[derive(Debug)]
pub(super) struct Verify {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// Where the exports are, when it is not where the workspace says.
    pub(super) out: Option<PathBuf>,
    /// Where to write what was found as a page.
    pub(super) html: Option<PathBuf>,
    /// Other exports to compare with.
    pub(super) against: Option<PathBuf>,
}

/// What to review.
#[cfg(feature = "review")]
#[derive(Debug)]
pub(super) struct Review {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// The languages; all but the source when empty.
    pub(super) languages: Vec<String>,
    /// The page to begin with.
    pub(super) page: Option<String>,
    /// The port; any that is free when it is zero.
    pub(super) port: u16,
}

/// What to make a workspace of, and where.
#[derive(Debug)]
pub(super) struct Import {
    /// The program that built it.
    pub(super) kind: String,
    /// The site.
    pub(super) folder: PathBuf,
    /// The workspace, when it is not to be beside where we are.
    pub(super) out: Option<PathBuf>,
}

/// Which page to make, and where.
#[derive(Debug)]
pub(super) struct NewPage {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// The folder, among the pages.
    pub(super) folder: Option<PathBuf>,
    /// Its title.
    pub(super) title: String,
}

/// What to do with a deposit.
#[derive(Debug)]
pub(super) enum DepositTask {
    /// Make one.
    Make(MakeDeposit),
    /// Say whether a bag is whole.
    Check {
        /// The bag: a folder or a zip.
        bag: PathBuf,
        /// The workspace that says how signatures are checked.
        workspace: Option<PathBuf>,
        /// The commands of the workspace may run.
        allow_commands: bool,
    },
}

/// What to deposit, and where.
#[derive(Debug)]
pub(super) struct MakeDeposit {
    /// In which package.
    pub(super) package: Package,
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// The folder in which it is put.
    pub(super) out: PathBuf,
    /// The exports, when they are not where the workspace says.
    pub(super) exports: Option<PathBuf>,
    /// As a zip.
    pub(super) zip: bool,
    /// In spite of what speaks against it.
    pub(super) force: bool,
    /// The commands of the workspace may run.
    pub(super) allow_commands: bool,
    /// The pages; all when there are neither pages nor tags.
    pub(super) pages: Vec<String>,
    /// The tags whose pages are wanted.
    pub(super) tags: Vec<String>,
}

/// A package in which deposits travel.
#[derive(Clone, Copy, Debug)]
pub(super) enum Package {
    /// A bag (RFC 8493).
    Bag,
    /// A SEDA transfer, in this version when it is not the profile's.
    Seda(Option<Version>),
}

/// What to preview, and where.
#[cfg(feature = "review")]
#[derive(Debug)]
pub(super) struct Serve {
    /// The workspace.
    pub(super) workspace: PathBuf,
    /// The port; any that is free when it is zero.
    pub(super) port: u16,
    /// Whether the browser stays closed.
    pub(super) no_open: bool,
}

/// How to speak of it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that was typed")]
pub(super) struct Manner {
    /// A warning counts as a problem.
    pub(super) strict: bool,
    /// As JSON.
    pub(super) json: bool,
    /// Only what is wrong.
    pub(super) quiet: bool,
    /// Everything.
    pub(super) verbose: bool,
}

/// Why there is nothing to do.
#[derive(Debug)]
pub(super) enum Stop {
    /// Help or version was asked for.
    Shown(clap::Error),
    /// Nothing was asked for: the help says what can be.
    Lost(clap::Error),
    /// What was typed is wrong.
    Wrong(Diagnostic),
}

/// Reads what was typed.
pub(super) fn parse(
    typed: impl IntoIterator<Item = OsString>,
    words: &Words,
) -> Result<Arguments, Stop> {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let matches =
        command(words).try_get_matches_from(&typed).map_err(|it| stop(it, &typed))?;
    let (name, mut matches) = matches.subcommand().expect("a subcommand is required");
    let mut inner = "";
    if let Some(deeper) = matches.subcommand() {
        (inner, matches) = deeper;
    }
    let manner = Manner {
        strict: flag(matches, "strict"),
        json: flag(matches, "json"),
        quiet: flag(matches, "quiet"),
        verbose: flag(matches, "verbose"),
    };
    let workspace = || path(matches, "workspace").unwrap_or_else(|| ".".into());
    let task = match name {
        "xliff" | "tmx" | "csv" => Task::Exchange(exchange::read(name, inner, matches)),
        "align" => Task::Align(exchange::read_align(matches)),
        "propose" => Task::Propose(exchange::read_propose(matches)),
        "init" => Task::Init(path(matches, "folder").unwrap_or_else(|| ".".into())),
        "build" => Task::Build(build(matches, workspace())),
        "extract" => {
            let how = super::extract::How {
                migrate: flag(matches, "migrate"),
                renew: flag(matches, "renew"),
            };
            let languages = many(matches, "language");
            Task::Extract { workspace: workspace(), languages, how }
        }
        "status" => Task::Status(super::status::Asked {
            workspace: workspace(),
            languages: many(matches, "language"),
            min: matches.get_one("min").copied(),
            html: path(matches, "html"),
        }),
        "check" => Task::Check(workspace()),
        "verify" => Task::Verify(Verify {
            workspace: workspace(),
            out: path(matches, "out"),
            html: path(matches, "html"),
            against: path(matches, "against"),
        }),
        #[cfg(feature = "review")]
        "review" => Task::Review(Review {
            workspace: workspace(),
            languages: many(matches, "language"),
            page: matches.get_one("page").cloned(),
            port: matches.get_one("port").copied().unwrap_or_default(),
        }),
        "import" => Task::Import(Import {
            kind: matches.get_one("kind").cloned().expect("the argument is required"),
            folder: path(matches, "folder").expect("the argument is required"),
            out: path(matches, "out"),
        }),
        "new" => Task::NewPage(NewPage {
            workspace: workspace(),
            folder: path(matches, "folder"),
            title: matches.get_one("title").cloned().unwrap_or_default(),
        }),
        "doctor" => Task::Doctor(workspace()),
        "deposit" => Task::Deposit(deposit_task(inner, matches)),
        #[cfg(feature = "review")]
        "serve" => Task::Serve(Serve {
            workspace: workspace(),
            port: matches.get_one("port").copied().unwrap_or(PORT),
            no_open: flag(matches, "no-open"),
        }),
        "completions" => {
            let shell = matches.get_one("shell").copied();
            Task::Completions(shell.expect("the argument is required"))
        }
        _ => Task::Man,
    };
    Ok(Arguments { task, manner })
}

/// The definition of the command line, in the user's language.
pub(super) fn command(words: &Words) -> Command {
    let command = Command::new("plantin")
        .bin_name("plantin")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.text("about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_value_name(words.text("value-command"))
        .subcommand_help_heading(words.text("help-commands"))
        .after_help(format!(
            "{}\n\n{}",
            words.text("help-more"),
            words.text("help-after")
        ))
        .arg(option(words, "version", Some('V')).action(ArgAction::Version))
        .arg(
            option(words, "locale", None)
                .global(true)
                .value_name(words.text("value-language"))
                .value_parser(PossibleValuesParser::new(PROGRAM.iter().map(|it| it.0)))
                .hide_possible_values(true),
        );
    let commands = [
        init(words),
        builds(words),
        extract(words),
        status(words),
        check(words),
        verify(words),
        new(words),
        imports(words),
        deposit(words),
        completions(words),
    ];
    let man = Command::new("man").about(words.text("about-man"));
    let doctor = Command::new("doctor")
        .about(words.text("about-doctor"))
        .arg(workspace(words))
        .args(manner(words));
    let commands = commands.into_iter().chain(exchange::commands(words));
    let commands = commands.chain([exchange::align(words), exchange::propose(words)]);
    #[cfg(feature = "review")]
    let commands = commands.chain([review(words), serves(words)]);
    let commands = commands.chain([doctor, man]);
    localised(words, command).subcommands(commands.map(|it| localised(words, it)))
}

fn init(words: &Words) -> Command {
    Command::new("init").about(words.text("about-init")).arg(
        Arg::new("folder")
            .value_name(words.text("value-folder"))
            .value_hint(ValueHint::DirPath)
            .value_parser(value_parser!(PathBuf))
            .help(words.text("arg-folder")),
    )
}

fn builds(words: &Words) -> Command {
    let formats = PossibleValuesParser::new(Format::ALL.map(Format::name));
    Command::new("build")
        .about(words.text("about-build"))
        .after_help(words.text("help-after"))
        .arg(workspace(words))
        .arg(
            option(words, "out", Some('o'))
                .value_name(words.text("value-folder"))
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(language(words))
        .arg(
            list(option(words, "format", Some('f')), words.text("value-format"))
                .value_parser(formats)
                .hide_possible_values(true),
        )
        .arg(
            list(option(words, "page", Some('p')), words.text("value-page"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            option(words, "jobs", Some('j'))
                .value_name(words.text("value-number"))
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(switch(words, "verify", None))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

fn extract(words: &Words) -> Command {
    Command::new("extract")
        .about(words.text("about-extract"))
        .arg(workspace(words))
        .arg(language(words))
        .arg(switch(words, "migrate", None))
        .arg(switch(words, "renew", None))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

fn status(words: &Words) -> Command {
    Command::new("status")
        .about(words.text("about-status"))
        .after_help(words.text("help-after-status"))
        .arg(workspace(words))
        .arg(language(words))
        .arg(
            option(words, "min", None)
                .value_name(words.text("value-percent"))
                .value_parser(value_parser!(u8).range(0..=100)),
        )
        .arg(
            option(words, "html", None)
                .value_name(words.text("value-file"))
                .value_hint(ValueHint::FilePath)
                .value_parser(value_parser!(PathBuf)),
        )
        .args(manner(words))
}

fn check(words: &Words) -> Command {
    Command::new("check")
        .about(words.text("about-check"))
        .after_help(words.text("help-after"))
        .arg(workspace(words))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

fn verify(words: &Words) -> Command {
    let file = |name, value: &str, hint| {
        option(words, name, None)
            .value_name(words.text(value))
            .value_hint(hint)
            .value_parser(value_parser!(PathBuf))
    };
    Command::new("verify")
        .about(words.text("about-verify"))
        .after_help(words.text("help-after"))
        .arg(workspace(words))
        .arg(
            file("out", "value-folder", ValueHint::DirPath)
                .short('o')
                .help(words.text("arg-out-verify")),
        )
        .arg(file("html", "value-file", ValueHint::FilePath))
        .arg(file("against", "value-folder", ValueHint::DirPath))
        .args(manner(words))
}

#[cfg(feature = "review")]
fn review(words: &Words) -> Command {
    let page = Arg::new("page").long("page").short('p').help(words.text("arg-start"));
    Command::new("review")
        .about(words.text("about-review"))
        .arg(workspace(words))
        .arg(language(words))
        .arg(
            page.value_name(words.text("value-page"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            option(words, "port", None)
                .value_name(words.text("value-number"))
                .value_parser(value_parser!(u16)),
        )
        .args(manner(words))
}

fn imports(words: &Words) -> Command {
    Command::new("import")
        .about(words.text("about-import"))
        .arg(
            Arg::new("kind")
                .required(true)
                .value_name(words.text("value-kind"))
                .value_parser(PossibleValuesParser::new(crate::import::programs()))
                .hide_possible_values(true)
                .help(words.text("arg-kind")),
        )
        .arg(
            Arg::new("folder")
                .required(true)
                .value_name(words.text("value-folder"))
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf))
                .help(words.text("arg-site")),
        )
        .arg(
            option(words, "out", Some('o'))
                .value_name(words.text("value-folder"))
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf))
                .help(words.text("arg-import-out")),
        )
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

fn new(words: &Words) -> Command {
    let page = Command::new("page")
        .about(words.text("about-new-page"))
        .arg(
            Arg::new("title")
                .required(true)
                .value_name(words.text("value-title"))
                .value_parser(NonEmptyStringValueParser::new())
                .help(words.text("arg-title")),
        )
        .arg(
            Arg::new("folder")
                .value_name(words.text("value-folder"))
                .value_hint(ValueHint::DirPath)
                .value_parser(value_parser!(PathBuf))
                .help(words.text("arg-new-folder")),
        )
        .arg(workspace(words))
        .args(manner(words));
    Command::new("new")
        .about(words.text("about-new"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_value_name(words.text("value-command"))
        .subcommand_help_heading(words.text("help-commands"))
        .subcommand(localised(words, page))
}

fn deposit(words: &Words) -> Command {
    let commands = [
        make_deposit(words, "bag"),
        make_deposit(words, "seda").arg(
            option(words, "schema", None)
                .value_name(words.text("value-version"))
                .value_parser(PossibleValuesParser::new(Version::ALL.map(Version::name)))
                .hide_possible_values(true),
        ),
        Command::new("check")
            .about(words.text("about-deposit-check"))
            .after_help(words.text("help-after"))
            .arg(
                Arg::new("bag")
                    .required(true)
                    .value_name(words.text("value-bag"))
                    .value_hint(ValueHint::AnyPath)
                    .value_parser(value_parser!(PathBuf))
                    .help(words.text("arg-bag")),
            )
            .arg(workspace(words).help(words.text("arg-workspace-signature")))
            .arg(switch(words, "allow-commands", None))
            .arg(switch(words, "strict", None))
            .args(manner(words)),
    ];
    Command::new("deposit")
        .about(words.text("about-deposit"))
        .after_help(words.text("help-after"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_value_name(words.text("value-command"))
        .subcommand_help_heading(words.text("help-commands"))
        .subcommands(commands.map(|it| localised(words, it)))
}

fn make_deposit(words: &Words, name: &'static str) -> Command {
    let about = if name == "bag" { "about-deposit-bag" } else { "about-deposit-seda" };
    let folder = |argument: Arg| {
        argument
            .value_name(words.text("value-folder"))
            .value_hint(ValueHint::DirPath)
            .value_parser(value_parser!(PathBuf))
    };
    Command::new(name)
        .about(words.text(about))
        .after_help(words.text("help-after"))
        .arg(workspace(words))
        .arg(
            folder(option(words, "out", Some('o')))
                .help(words.text("arg-out-deposit"))
                .required(true),
        )
        .arg(folder(option(words, "exports", None)))
        .arg(switch(words, "zip", None))
        .arg(
            list(option(words, "page", Some('p')), words.text("value-page"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(
            list(option(words, "tag", Some('t')), words.text("value-tag"))
                .value_parser(NonEmptyStringValueParser::new()),
        )
        .arg(switch(words, "force", None))
        .arg(switch(words, "allow-commands", None))
        .arg(switch(words, "strict", None))
        .args(manner(words))
}

/// The port of the preview, where another is not asked for.
#[cfg(feature = "review")]
const PORT: u16 = 4000;

#[cfg(feature = "review")]
fn serves(words: &Words) -> Command {
    Command::new("serve")
        .about(words.text("about-serve"))
        .arg(workspace(words))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name(words.text("value-number"))
                .value_parser(value_parser!(u16))
                .help(words.text("arg-serve-port")),
        )
        .arg(switch(words, "no-open", None))
        .args(manner(words))
}

fn completions(words: &Words) -> Command {
    Command::new("completions").about(words.text("about-completions")).arg(
        Arg::new("shell")
            .required(true)
            .value_name(words.text("value-shell"))
            .value_parser(value_parser!(Shell))
            .hide_possible_values(true)
            .help(words.text("arg-shell")),
    )
}

/// Replaces what clap says by itself.
fn localised(words: &Words, command: Command) -> Command {
    let heading = words.text("help-usage");
    let style = styling::Style::new().bold().underline();
    command
        .disable_help_flag(true)
        .styles(styling::Styles::styled().header(style).usage(style))
        .max_term_width(100)
        .help_template(format!(
            "{{about-with-newline}}\n{style}{heading}{style:#} {{usage}}\n\n\
             {{all-args}}{{after-help}}"
        ))
        .mut_args(|argument| {
            let heading =
                if argument.is_positional() { "help-arguments" } else { "help-options" };
            argument.help_heading(words.text(heading))
        })
        .arg(
            option(words, "help", Some('h'))
                .action(ArgAction::Help)
                .help_heading(words.text("help-options")),
        )
}

fn workspace(words: &Words) -> Arg {
    option(words, "workspace", Some('w'))
        .value_name(words.text("value-folder"))
        .value_hint(ValueHint::DirPath)
        .value_parser(value_parser!(PathBuf))
}

fn language(words: &Words) -> Arg {
    list(option(words, "language", Some('l')), words.text("value-language"))
        .value_parser(NonEmptyStringValueParser::new())
}

fn manner(words: &Words) -> [Arg; 3] {
    [
        switch(words, "json", None),
        switch(words, "quiet", Some('q')),
        switch(words, "verbose", Some('v')),
    ]
}

fn option(words: &Words, name: &'static str, short: Option<char>) -> Arg {
    let help = match name {
        "changed" => "arg-changed",
        "accept" => "arg-accept",
        "glossary" => "arg-glossary",
        "dry-run" => "arg-dry-run",
        "workspace" => "arg-workspace",
        "out" => "arg-out",
        "language" => "arg-language",
        "locale" => "arg-locale",
        "no-open" => "arg-no-open",
        "format" => "arg-format",
        "page" => "arg-page",
        "jobs" => "arg-jobs",
        "migrate" => "arg-migrate",
        "renew" => "arg-renew",
        "min" => "arg-min",
        "html" => "arg-html",
        "port" => "arg-port",
        "exports" => "arg-exports",
        "zip" => "arg-zip",
        "tag" => "arg-tag",
        "allow-commands" => "arg-allow-commands",
        "force" => "arg-force",
        "schema" => "arg-schema",
        "strict" => "arg-strict",
        "json" => "arg-json",
        "quiet" => "arg-quiet",
        "verbose" => "arg-verbose",
        "against" => "arg-against",
        "verify" => "arg-verify",
        "version" => "arg-version",
        _ => "arg-help",
    };
    Arg::new(name).long(name).short(short).help(words.text(help))
}

fn switch(words: &Words, name: &'static str, short: Option<char>) -> Arg {
    option(words, name, short).action(ArgAction::SetTrue)
}

fn list(argument: Arg, value: String) -> Arg {
    argument
        .value_name(value)
        .num_args(1..)
        .value_delimiter(',')
        .action(ArgAction::Append)
}

fn build(matches: &ArgMatches, workspace: PathBuf) -> Build {
    let formats: Vec<String> = many(matches, "format");
    let named = |format: &Format| formats.iter().any(|it| it == format.name());
    Build {
        workspace,
        out: path(matches, "out"),
        languages: many(matches, "language"),
        formats: Format::ALL.into_iter().filter(named).collect(),
        pages: many(matches, "page"),
        jobs: jobs(matches),
        verify: flag(matches, "verify"),
    }
}

fn jobs(matches: &ArgMatches) -> Option<NonZeroUsize> {
    let jobs: u64 = matches.get_one("jobs").copied()?;
    NonZeroUsize::new(usize::try_from(jobs).ok()?)
}

fn deposit_task(name: &str, matches: &ArgMatches) -> DepositTask {
    let workspace = path(matches, "workspace");
    if name == "check" {
        let bag = path(matches, "bag").expect("the argument is required");
        let allow_commands = flag(matches, "allow-commands");
        return DepositTask::Check { bag, workspace, allow_commands };
    }
    let version = || {
        let name = matches.get_one::<String>("schema")?;
        Version::ALL.into_iter().find(|it| it.name() == name)
    };
    DepositTask::Make(MakeDeposit {
        package: if name == "seda" { Package::Seda(version()) } else { Package::Bag },
        workspace: workspace.unwrap_or_else(|| ".".into()),
        out: path(matches, "out").expect("the argument is required"),
        exports: path(matches, "exports"),
        zip: flag(matches, "zip"),
        force: flag(matches, "force"),
        allow_commands: flag(matches, "allow-commands"),
        pages: many(matches, "page"),
        tags: many(matches, "tag"),
    })
}

fn flag(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one(name).ok().flatten().copied().unwrap_or_default()
}

fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one(name).cloned()
}

fn many(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.get_many(name).into_iter().flatten().cloned().collect()
}

/// Tells in our words what clap found.
fn stop(error: clap::Error, typed: &[OsString]) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Shown(error),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Lost(error),
        kind => Stop::Wrong(explain(kind, &error, typed)),
    }
}

fn explain(kind: ErrorKind, error: &clap::Error, typed: &[OsString]) -> Diagnostic {
    let said = |kind| error.get(kind).map(text).unwrap_or_default();
    let is_command = kind == ErrorKind::InvalidSubcommand;
    let (argument, near) = if is_command {
        (ContextKind::InvalidSubcommand, said(ContextKind::SuggestedSubcommand))
    } else {
        (ContextKind::InvalidArg, said(ContextKind::SuggestedArg))
    };
    let value = said(ContextKind::InvalidValue);
    let argument = said(argument);
    let range = range(&argument);
    let code = match kind {
        ErrorKind::UnknownArgument if near.is_empty() => "unknown-argument",
        ErrorKind::UnknownArgument => "unknown-argument-near",
        ErrorKind::InvalidSubcommand if near.is_empty() => "unknown-command",
        ErrorKind::InvalidSubcommand => "unknown-command-near",
        ErrorKind::InvalidValue if value.is_empty() => "value-missing",
        ErrorKind::InvalidValue => "value-refused",
        ErrorKind::ValueValidation if range.is_some() => "number-out-of-range",
        ErrorKind::ValueValidation => "number-refused",
        ErrorKind::MissingRequiredArgument => "argument-missing",
        ErrorKind::ArgumentConflict => "argument-twice",
        ErrorKind::TooManyValues => "value-unwanted",
        ErrorKind::InvalidUtf8 => "argument-not-text",
        _ => "wrong-use",
    };
    let (from, to) = range.unwrap_or_default();
    Diagnostic::error(code)
        .with("argument", argument)
        .with("from", from)
        .with("to", to)
        .with("suggestion", near)
        .with("value", value)
        .with("values", said(ContextKind::ValidValue))
        .with("help", help(typed))
}

/// The numbers that an option takes, where it does not take any from 1: as clap names it.
fn range(argument: &str) -> Option<(u16, u16)> {
    match argument.split(' ').next() {
        Some("--port") => Some((0, u16::MAX)),
        Some("--min") => Some((0, 100)),
        _ => None,
    }
}

/// The command whose help says more.
fn help(typed: &[OsString]) -> String {
    let name = typed.get(1).and_then(|it| it.to_str());
    let known =
        |it: &&str| command(&Words::of_program("en")).find_subcommand(it).is_some();
    match name.filter(known) {
        Some(name) => format!("plantin {name} --help"),
        None => "plantin --help".to_owned(),
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound_in_every_language() {
        for locale in ["fr", "en"] {
            command(&Words::of_program(locale)).debug_assert();
        }
    }

    #[test]
    fn formats_are_in_their_own_order_and_only_once() {
        let typed =
            ["plantin", "build", "--format", "pdf", "html,pdf"].map(OsString::from);
        let arguments = parse(typed, &Words::of_program("en")).expect("this is right");
        let Task::Build(build) = arguments.task else { panic!("{:?}", arguments.task) };
        assert_eq!(build.formats, [Format::Html, Format::Pdf]);
    }
}
