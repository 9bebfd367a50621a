//! What the tests share: small workspaces, and the program run on them.
//!
//! A test makes the smallest workspace that shows its point, runs the real program on
//! it, and looks at what a user would see: the exit code, the messages and the files.
//!
//! ```ignore
//! let site = Site::new().page("bonjour.md", "# Bonjour\n\nTout le monde.\n");
//! let built = site.build();
//! assert_eq!(built.code, 0, "{built}");
//! assert!(built.file("html/fr/bonjour/index.html").contains("Tout le monde."));
//! ```
//!
//! A workspace has French as its source and English beside it unless its settings say
//! otherwise. The program speaks English in tests, whatever the locale of the machine.

#![expect(dead_code, reason = "the tests that use all of it come with their stages")]

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// The settings of a workspace that has none of its own.
pub const CONFIG: &str = r#"[publication]
name = "essai"
address = "https://essai.example"
source = "fr"
languages = ["fr", "en"]
"#;

/// A small workspace in a folder of its own, which goes away with it.
///
/// The folder holds `workspace/` and, once built, `exports/`; nothing else must ever
/// appear in it.
#[derive(Debug)]
pub struct Site {
    folder: TempDir,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

/// What a run of the program left behind.
pub struct Outcome {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it printed for machines.
    pub stdout: String,
    /// What it told the user.
    pub stderr: String,
    /// Where the files are.
    pub exports: PathBuf,
}

impl Site {
    /// A workspace of [`CONFIG`] without any page.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("plantin-test-")
            .tempdir()
            .expect("the temporary folder is writable");
        fs::create_dir_all(folder.path().join("workspace/content"))
            .expect("the temporary folder is writable");
        Self { folder, arguments: Vec::new(), environment: Vec::new() }.config(CONFIG)
    }

    /// Adds or replaces a page: its path under `content/` and its text.
    pub fn page(self, path: &str, text: &str) -> Self {
        self.bytes(&format!("content/{path}"), text.as_bytes())
    }

    /// Replaces the settings.
    pub fn config(self, toml: &str) -> Self {
        self.bytes("plantin.toml", toml.as_bytes())
    }

    /// Adds settings to those of [`CONFIG`]: tables, or keys of the last table.
    pub fn more_config(self, toml: &str) -> Self {
        let config = format!("{}\n{toml}", self.read("plantin.toml"));
        self.config(&config)
    }

    /// Adds the catalogue of a page: language, the page's path under `content/`, PO text.
    pub fn catalogue(self, language: &str, page: &str, po: &str) -> Self {
        let page = page.strip_suffix(".md").unwrap_or(page);
        self.bytes(&format!("locales/{language}/content/{page}.po"), po.as_bytes())
    }

    /// Adds or replaces the interface strings of a language.
    pub fn labels(self, language: &str, fluent: &str) -> Self {
        self.bytes(&format!("locales/{language}/ui.ftl"), fluent.as_bytes())
    }

    /// Adds or replaces any file: its path in the workspace and its bytes.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.path(path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the temporary folder is writable");
        fs::write(path, bytes).expect("the temporary folder is writable");
        self
    }

    /// Removes a file.
    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).expect("the file is there");
        self
    }

    /// Adds an argument to every later run, such as `--strict`.
    pub fn arg(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets a variable of the environment for every later run.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A path in the workspace.
    pub fn path(&self, path: &str) -> PathBuf {
        self.workspace().join(path)
    }

    /// The text of a file of the workspace.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// The folder around the workspace and its exports.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The workspace.
    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// Where [`Site::build`] writes.
    pub fn exports(&self) -> PathBuf {
        self.folder.path().join("exports")
    }

    /// Builds all formats of which the program is capable, with messages in JSON.
    pub fn build(&self) -> Outcome {
        self.build_with(&[])
    }

    /// Builds only the site: enough, and quick, for most tests.
    pub fn build_html(&self) -> Outcome {
        self.build_with(&["--format", "html"])
    }

    /// Builds with more arguments.
    pub fn build_with(&self, arguments: &[&str]) -> Outcome {
        self.run(self.build_command(arguments))
    }

    /// The command of [`Site::build_with`], for those who want to change or stop it.
    pub fn build_command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("build");
        command.arg("--out").arg(self.exports()).arg("--json").args(arguments);
        command
    }

    /// Runs any subcommand on the workspace.
    pub fn run_command(&self, subcommand: &str, arguments: &[&str]) -> Outcome {
        let mut command = self.command(subcommand);
        command.args(arguments);
        self.run(command)
    }

    /// A subcommand on the workspace.
    pub fn command(&self, subcommand: &str) -> Command {
        let mut command = program();
        command
            .current_dir(self.folder.path())
            .arg(subcommand)
            .arg("--workspace")
            .arg(self.workspace())
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, mut command: Command) -> Outcome {
        let Output { status, stdout, stderr } =
            command.output().expect("the program can be run");
        Outcome {
            code: status.code(),
            stdout: String::from_utf8(stdout).expect("the program prints UTF-8"),
            stderr: String::from_utf8(stderr).expect("the program prints UTF-8"),
            exports: self.exports(),
        }
    }
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl Outcome {
    /// The text of a built file, by its path under `exports/`.
    pub fn file(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// The bytes of a built file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.exports.join(path)).unwrap_or_else(|e| {
            let there: Vec<String> = self.files().into_keys().collect();
            panic!("{path}: {e}; there are {there:#?}\n{self}")
        })
    }

    /// Whether a file was built.
    pub fn has(&self, path: &str) -> bool {
        self.exports.join(path).is_file()
    }

    /// All built files, by their paths with `/`.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.exports)
    }

    /// What the program printed with `--json`.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("stdout is not JSON: {e}\n{self}"))
    }

    /// `manifest.json`.
    pub fn manifest(&self) -> serde_json::Value {
        serde_json::from_str(&self.file("manifest.json"))
            .unwrap_or_else(|e| panic!("manifest.json: {e}\n{self}"))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code {:?}", self.code)?;
        writeln!(f, "--- stdout\n{}", self.stdout)?;
        writeln!(f, "--- stderr\n{}", self.stderr)
    }
}

/// The program, with an environment that says nothing about the machine: English, no
/// colours, no home, no clock's zone, nothing to read.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plantin"));
    command
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "TMPDIR"))
        .env("LC_ALL", "en_GB.UTF-8")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// Every file under a folder, by its path with `/`. A folder that is not there is empty.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, String::new(), &mut found);
    found
}

fn collect(folder: &Path, prefix: String, found: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.expect("the folder can be listed");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("the folder can be listed");
        if kind.is_dir() {
            collect(&entry.path(), format!("{name}/"), found);
        } else {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            found.insert(name, bytes);
        }
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the real texts that some tests read when they are beside the project,
/// and do without when they are not.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/corpus").join(name);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: there is no {}", folder.display());
    None
}
