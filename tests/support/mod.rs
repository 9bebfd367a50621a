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

pub mod hostile;
pub mod publication;
pub mod validators;
#[cfg(feature = "review")]
pub mod web;

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{Arc, LazyLock},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The settings of a workspace that has none of its own.
pub const CONFIG: &str = r#"[publication]
name = "essai"
address = "https://essai.example"
source = "fr"
languages = ["fr", "en"]
"#;

/// A page in which each kind of node occurs, with words to look for; it shows `pixel.png`
/// and leads to `/bonne/` and `/cassis/`.
pub const EVERYTHING: &str = include_str!("everything.md");

/// A PNG of one pixel.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00,
    0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xda, 0x63, 0x60, 0x88, 0x5a, 0xf0, 0x1f, 0x00, 0x03, 0x52, 0x01, 0xfa, 0xba, 0x31,
    0x70, 0x6a, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The formats that the program under test can make.
pub const FORMATS: &str =
    if cfg!(feature = "pdf") { "html,pdf,epub" } else { "html,epub" };

/// How long a run may take before the test gives up: far longer than any should.
const PATIENCE: Duration = Duration::from_secs(300);

/// A small workspace in a folder of its own, which goes away with it.
///
/// The folder holds `workspace/` and, once built, `exports/`; nothing else must ever
/// appear in it.
#[derive(Debug)]
pub struct Site {
    folder: Arc<TempDir>,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

/// A diagnostic, as a user is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, where it is about a place.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hint: String,
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
    /// The files stay as long as somebody may look at them.
    pub folder: Option<Arc<TempDir>>,
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
        Self { folder: Arc::new(folder), arguments: Vec::new(), environment: Vec::new() }
            .config(CONFIG)
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

    /// Builds all formats that this program can make, with messages in JSON.
    pub fn build(&self) -> Outcome {
        self.build_with(&["--format", FORMATS])
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
        command.arg("--json").args(arguments);
        if !arguments.contains(&"--out") {
            command.arg("--out").arg(self.exports());
        }
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
    pub fn run(&self, command: Command) -> Outcome {
        let (status, stdout, stderr) = run(command);
        let folder = Some(Arc::clone(&self.folder));
        Outcome { code: status.code(), stdout, stderr, exports: self.exports(), folder }
    }

    /// Every file around the exports: what a build must leave as it is.
    pub fn surroundings(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = files(self.folder());
        files.retain(|file, _| !file.starts_with("exports/"));
        files
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

    /// A file of the EPUB in a language, by its name.
    pub fn chapter(&self, language: &str, name: &str) -> String {
        let bytes = self.bytes(&format!("epub/essai.{language}.epub"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut file = archive.by_name(&format!("OEBPS/{name}")).expect("it is there");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        text
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

    /// The diagnostics of a code, in order.
    pub fn diagnostics(&self, code: &str) -> Vec<Told> {
        let all = self.all_diagnostics();
        all.into_iter().filter(|it| it.code == code).collect()
    }

    /// The first diagnostic of a code, which must be there.
    pub fn told(&self, code: &str) -> Told {
        let found = self.diagnostics(code).into_iter().next();
        found.unwrap_or_else(|| panic!("there is no diagnostic {code:?}\n{self}"))
    }

    /// Every diagnostic, and what kept the program from working.
    pub fn all_diagnostics(&self) -> Vec<Told> {
        Told::all(&self.json())
    }

    /// `manifest.json`.
    pub fn manifest(&self) -> serde_json::Value {
        serde_json::from_str(&self.file("manifest.json"))
            .unwrap_or_else(|e| panic!("manifest.json: {e}\n{self}"))
    }
}

impl Told {
    /// Every diagnostic of what the program printed with `--json`, and what kept it from
    /// working.
    pub fn all(json: &serde_json::Value) -> Vec<Self> {
        let faults = [&json["failures"], &json["diagnostics"]];
        faults
            .into_iter()
            .filter_map(|it| it.as_array())
            .flatten()
            .map(Self::read)
            .collect()
    }

    fn read(fault: &serde_json::Value) -> Self {
        let text = |name: &str| fault[name].as_str().unwrap_or_default().to_owned();
        Self {
            code: text("code"),
            severity: text("severity"),
            file: text("file"),
            line: fault["line"].as_u64(),
            message: text("message"),
            hint: text("hint"),
        }
    }

    /// Asserts where it is.
    pub fn at(self, file: &str, line: u64) -> Self {
        assert_eq!((self.file.as_str(), self.line), (file, Some(line)), "{self:?}");
        self
    }

    /// Asserts in which file it is, whatever the line.
    pub fn in_file(self, file: &str) -> Self {
        assert_eq!(self.file, file, "{self:?}");
        self
    }

    /// Asserts how much it matters.
    pub fn is(self, severity: &str) -> Self {
        assert_eq!(self.severity, severity, "{self:?}");
        self
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

/// This repository's own pages, built once into a folder of the tests.
pub fn ours() -> &'static Path {
    static EXPORTS: LazyLock<PathBuf> = LazyLock::new(|| {
        let exports = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
        if exports.exists() {
            fs::remove_dir_all(&exports)
                .expect("what an earlier run left can be removed");
        }
        let mut command = program();
        command.args(["build", "--format", FORMATS]);
        command.arg("--workspace").arg(root()).arg("--out").arg(&exports);
        let (status, stdout, stderr) = run(command);
        assert!(
            status.success(),
            "our own pages do not build: {status}\n{stdout}{stderr}"
        );
        exports
    });
    &EXPORTS
}

/// Compares a text with the file of `tests/expected` that holds what is expected, or
/// rewrites that file for `make accept`.
pub fn expect(file: &str, actual: &str) {
    let path = root().join("tests/expected").join(file);
    if std::env::var_os("PLANTIN_ACCEPT").is_some() {
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("writable");
        fs::write(path, actual).expect("the sources are writable");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differs = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
    let line =
        differs.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    assert!(
        expected == actual,
        "tests/expected/{file} differs from line {} on (`make accept` rewrites it):\n- {}\n+ {}",
        line + 1,
        expected.lines().nth(line).unwrap_or_default(),
        actual.lines().nth(line).unwrap_or_default(),
    );
}

/// Runs a command to its end, and loses patience when there is none.
pub fn run(mut command: Command) -> (ExitStatus, String, String) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let stdout = listen(child.stdout.take().expect("it is piped"));
    let stderr = listen(child.stderr.take().expect("it is piped"));
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                drop(child.kill());
                panic!("it does not end: {command:?}");
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    let said = |it: JoinHandle<String>| it.join().expect("what is read is kept");
    (status, said(stdout), said(stderr))
}

fn listen(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(pipe.read_to_end(&mut bytes));
        String::from_utf8(bytes).expect("the program prints UTF-8")
    })
}

/// Says that a test is skipped, and why. Unlike what a test prints, it is always seen.
pub fn skip(why: &str) {
    let test = thread::current().name().unwrap_or("a test").to_owned();
    drop(writeln!(std::io::stderr(), "skipped: {test}: {why}"));
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

/// Copies every file under a folder into another.
pub fn copy(from: &Path, to: &Path) {
    for (file, bytes) in files(from) {
        let path = to.join(file);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the folder is writable");
        fs::write(path, bytes).expect("the folder is writable");
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
    skip(&format!("there is no {}", folder.display()));
    None
}
