//! The table of messages: what each is said about, and what it says in French and English.
//!
//! `tests/messages/*.txt` hold a case for each message that a small workspace can bring about;
//! `make accept` rewrites what is said in them. `tests/messages/elsewhere.tsv` names the
//! messages that only the machine, the network or another part brings about, each with the
//! test that reaches it.
//!
//! A case is a name, files, commands and what is said:
//!
//! ```text
//! === page-without-title
//! @@ content/a.md
//! Bonjour.
//! $ check
//! warning page-without-title content/a.md:1
//!   fr: …
//!    → …
//! ```
//!
//! A file is written as it stands, with a line feed at its end. After its path, `(escaped)` says that
//! it ends without one and that `\xNN` and `\\` stand for bytes; `(hex)` that all of it is bytes;
//! `(times N)` that it is repeated. Where a case has no settings, it has those of other tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use fluent_syntax::{ast::Entry, parser};
use plantin::words::{PROGRAM, Value, Words};

use super::support::{CONFIG, Told, files, program, root, run};

/// How many programs run at once.
const THREADS: usize = 4;

/// The languages of the program, as the table writes them.
pub const LANGUAGES: [&str; 2] = ["fr", "en"];

/// A workspace, what is done with it, and what is said.
#[derive(Clone, Debug, Default)]
struct Case {
    name: String,
    /// The lines as they are written, up to what is said.
    written: String,
    files: Vec<(String, Vec<u8>)>,
    commands: Vec<String>,
    /// What is said, as it is written.
    said: String,
}

/// What is said about one fault, in every language.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its code.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The file and the line.
    place: String,
    /// What is wrong and what to do, in the languages of [`LANGUAGES`].
    pub said: Vec<(String, String)>,
}

#[test]
fn every_case_says_what_the_table_says() {
    let accept = std::env::var_os("PLANTIN_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for (path, cases) in tables() {
        let told = run_all(cases);
        let mut text = String::new();
        for (case, messages) in cases.iter().zip(told) {
            let said: String = messages.iter().map(written).collect();
            if said != case.said {
                wrong.push(format!("{}\n- {}\n+ {said}", case.name, case.said));
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&case.written);
            text.push_str(&said);
        }
        if accept {
            fs::write(path, text).expect("the sources are writable");
        }
    }
    assert!(accept || wrong.is_empty(), "`make accept` rewrites:\n{}", wrong.join("\n"));
}

#[test]
fn every_message_is_in_the_table_once() {
    let codes = codes();
    let said: BTreeSet<String> = cases().flat_map(messages).map(|it| it.code).collect();
    let elsewhere: BTreeSet<String> = elsewhere().into_keys().collect();
    let absent: Vec<_> = codes
        .keys()
        .filter(|it| !said.contains(*it) && !elsewhere.contains(*it))
        .collect();
    assert!(absent.is_empty(), "no case brings about {absent:?}");
    let twice: Vec<_> = said.intersection(&elsewhere).collect();
    assert!(twice.is_empty(), "there are cases for {twice:?}: no row is needed");
    let strange: Vec<_> =
        said.union(&elsewhere).filter(|it| !codes.contains_key(*it)).collect();
    assert!(strange.is_empty(), "these are no messages: {strange:?}");
}

#[test]
fn a_case_says_the_message_whose_name_it_has() {
    let mut names = BTreeSet::new();
    for case in cases() {
        let (code, _) = case.name.split_once(' ').unwrap_or((&case.name, ""));
        assert!(
            messages(case).iter().any(|it| it.code == code),
            "the case {:?} does not say {code}",
            case.name
        );
        assert!(names.insert(&case.name), "there are two cases {:?}", case.name);
    }
}

#[test]
fn what_is_said_elsewhere_has_a_test_there() {
    let sources = ["src", "tests"].into_iter().flat_map(|it| files(&root().join(it)));
    let sources: Vec<String> = sources
        .filter(|it| it.0.ends_with(".rs"))
        .map(|it| String::from_utf8_lossy(&it.1).into_owned())
        .collect();
    for (message, test) in elsewhere() {
        let Some(test) = test else { continue };
        let name = format!("fn {}(", test.rsplit("::").next().unwrap_or_default());
        // The tests of what is read back name a difference by what it is about.
        let aspect: String = message.split('-').skip(1).map(capitalised).collect();
        let [code, aspect] = [format!("\"{message}\""), format!("[Aspect::{aspect}")];
        let is_there = |text: &String| {
            text.contains("#[test]")
                && text.contains(&name)
                && (text.contains(&code) || text.contains(&aspect))
        };
        assert!(sources.iter().any(is_there), "{message}: no test {test} reaches it");
    }
}

#[test]
fn every_message_can_be_said_in_every_language() {
    for language in LANGUAGES {
        for code in codes().keys() {
            let (message, hint) = rendered(code, language);
            for text in [message, hint] {
                assert!(
                    !text.trim().is_empty() && !text.contains("{$"),
                    "{code}: {text}"
                );
            }
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| {
        it.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// The messages about faults: those that say what to do next, with the file of words that they are in.
pub fn codes() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for (file, text) in PROGRAM[0].1 {
        let resource = parser::parse(*text).unwrap_or_else(|it| it.0);
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            if message.attributes.iter().any(|it| it.id.name == "hint") {
                found.insert(message.id.name.to_owned(), *file);
            }
        }
    }
    found
}

/// What a message says when nothing is known of what it is about.
pub fn rendered(code: &str, language: &str) -> (String, String) {
    static WORDS: LazyLock<Vec<(&str, Words)>> =
        LazyLock::new(|| LANGUAGES.map(|it| (it, Words::of_program(it))).into());
    let words = &WORDS.iter().find(|it| it.0 == language).expect("it is a language").1;
    let variables = variables(code);
    let values: Vec<(&str, Value<'_>)> =
        variables.iter().map(|it| (it.as_str(), Value::from("…"))).collect();
    let message = words.format(code, &values);
    let hint = words.attribute(code, "hint", &values).unwrap_or_default();
    (message, hint)
}

/// The names of the variables of a message, in any language.
fn variables(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in PROGRAM.iter().flat_map(|it| it.1) {
        let from = text.starts_with(&format!("{code} ="));
        let start = text.find(&format!("\n{code} =")).or(from.then_some(0));
        let Some(start) = start else { continue };
        let rest = &text[start + 1..];
        let end = rest.find('\n').map_or(rest.len(), |first| {
            let lines = rest[first + 1..].split_inclusive('\n');
            let own = lines.take_while(|it| it.starts_with([' ', '}']) || *it == "\n");
            first + 1 + own.map(str::len).sum::<usize>()
        });
        for part in rest[..end].split('$').skip(1) {
            let is_name = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
            found.insert(part.chars().take_while(|it| is_name(*it)).collect());
        }
    }
    found
}

/// The messages that no small workspace brings about, and the test that reaches each.
pub fn elsewhere() -> BTreeMap<String, Option<String>> {
    let path = root().join("tests/messages/elsewhere.tsv");
    let text = fs::read_to_string(path).expect("the table is there");
    let rows = text.lines().filter(|it| !it.starts_with('#') && !it.is_empty());
    rows.map(|row| {
        let (code, test) = row.split_once('\t').expect("a code, a tab and a test");
        (code.to_owned(), (test != "-").then(|| test.to_owned()))
    })
    .collect()
}

fn tables() -> &'static [(PathBuf, Vec<Case>)] {
    static TABLES: LazyLock<Vec<(PathBuf, Vec<Case>)>> = LazyLock::new(|| {
        let folder = root().join("tests/messages");
        files(&folder)
            .into_iter()
            .filter(|it| it.0.ends_with(".txt"))
            .map(|(name, bytes)| {
                let text = String::from_utf8(bytes).expect("the table is text");
                (folder.join(name), read(&text))
            })
            .collect()
    });
    &TABLES
}

fn cases() -> impl Iterator<Item = &'static Case> {
    tables().iter().flat_map(|it| &it.1)
}

/// Reads a table.
fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut how = "";
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("=== ") {
            let name = name.trim_end().to_owned();
            cases.push(Case { name, ..Case::default() });
            how = "";
        }
        let Some(case) = cases.last_mut() else { continue };
        if case.commands.is_empty() || line.starts_with("$ ") {
            case.written.push_str(line);
        } else if !line.trim().is_empty() {
            case.said.push_str(line);
        }
        if let Some(name) = line.strip_prefix("@@ ") {
            let (path, rest) =
                name.trim_end().split_once(" (").unwrap_or((name.trim_end(), ""));
            how = rest.trim_end_matches(')');
            case.files.push((path.to_owned(), Vec::new()));
        } else if let Some(command) = line.strip_prefix("$ ") {
            case.commands.push(command.trim_end().to_owned());
        } else if let (true, Some((_, bytes))) =
            (case.commands.is_empty(), case.files.last_mut())
        {
            add(bytes, line, how);
        }
    }
    cases
}

/// Adds a line of the table to the file that it is of.
fn add(bytes: &mut Vec<u8>, line: &str, how: &str) {
    let times = how.strip_prefix("times ").and_then(|it| it.parse::<usize>().ok());
    match (how, times) {
        (_, Some(times)) => bytes.extend(line.repeat(times).into_bytes()),
        ("hex", _) => {
            let digits: Vec<u8> = line.trim().bytes().collect();
            bytes.extend(digits.chunks(2).map(hex));
        }
        ("escaped", _) => {
            let mut rest = line.strip_suffix('\n').unwrap_or(line).as_bytes();
            while let Some((first, after)) = rest.split_first() {
                rest = after;
                match (first, after) {
                    (b'\\', [b'x', a, b, after @ ..]) => {
                        bytes.push(hex(&[*a, *b]));
                        rest = after;
                    }
                    (b'\\', [b'\\', after @ ..]) => {
                        bytes.push(b'\\');
                        rest = after;
                    }
                    _ => bytes.push(*first),
                }
            }
        }
        _ => bytes.extend(line.bytes()),
    }
}

fn hex(digits: &[u8]) -> u8 {
    let text = std::str::from_utf8(digits).expect("hexadecimal digits");
    u8::from_str_radix(text, 16).expect("hexadecimal digits")
}

/// Runs cases side by side, in their order.
fn run_all(cases: &[Case]) -> Vec<Vec<Message>> {
    let next = AtomicUsize::new(0);
    let told = Mutex::new(vec![Vec::new(); cases.len()]);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(number) else { break };
                    let messages = tell(case);
                    told.lock().expect("no case panics")[number] = messages;
                }
            });
        }
    });
    told.into_inner().expect("no case panics")
}

/// How many messages of one code a case shows.
const SHOWN: usize = 3;

/// Runs a case in each language, and puts together what is said: the first messages of each code.
fn tell(case: &Case) -> Vec<Message> {
    let [mut messages, english] = LANGUAGES.map(|language| said_in(case, language));
    assert_eq!(messages.len(), english.len(), "{}: {messages:?} {english:?}", case.name);
    for (message, other) in messages.iter_mut().zip(english) {
        let same = (&other.code, &other.severity, &other.place);
        assert_eq!((&message.code, &message.severity, &message.place), same);
        message.said.extend(other.said);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    messages.retain(|it| {
        let count = counts.entry(it.code.clone()).or_default();
        *count += 1;
        *count <= SHOWN
    });
    messages
}

fn said_in(case: &Case, language: &str) -> Vec<Message> {
    let folder = tempfile::Builder::new().prefix("plantin-message-").tempdir();
    let folder = folder.expect("the temporary folder is writable");
    let workspace = folder.path().join("workspace");
    put(&workspace.join("content/.keep"), b"");
    fs::remove_file(workspace.join("content/.keep")).expect("it was just made");
    if !case.files.iter().any(|it| it.0 == "plantin.toml") {
        put(&workspace.join("plantin.toml"), CONFIG.as_bytes());
    }
    for (path, bytes) in &case.files {
        put(&workspace.join(path), bytes);
    }
    let mut messages = Vec::new();
    for command in &case.commands {
        let mut process = program();
        process.current_dir(&workspace).env("LC_ALL", language);
        process.env("SOURCE_DATE_EPOCH", "1767225600");
        for word in words(command) {
            match word.split_once('=') {
                Some((name, value))
                    if name.chars().all(|it| it.is_ascii_uppercase() || it == '_') =>
                {
                    process.env(name, value);
                }
                _ => {
                    process.arg(word);
                }
            }
        }
        process.arg("--json");
        let (_, stdout, stderr) = run(process);
        let json = serde_json::from_str(&stdout)
            .unwrap_or_else(|e| panic!("{}: {e}\n{stdout}{stderr}", case.name));
        messages
            .extend(Told::all(&json).into_iter().map(|it| message(it, folder.path())));
    }
    messages
}

fn put(path: &Path, bytes: &[u8]) {
    let parent = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(parent).expect("the temporary folder is writable");
    fs::write(path, bytes).expect("the temporary folder is writable");
}

/// The words of a command: apart by spaces, unless they are in quotation marks.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for it in command.chars() {
        match it {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            it => words.last_mut().expect("there is one").push(it),
        }
    }
    words
}

/// A message as it is told, wherever the temporary folder is.
fn message(told: Told, folder: &Path) -> Message {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let plain = |text: &str| {
        let text = text.replace(&real.display().to_string(), "/dossier");
        text.replace(&folder.display().to_string(), "/dossier").replace('\n', " ")
    };
    let mut place = plain(&told.file);
    if let Some(line) = told.line {
        write!(place, ":{line}").expect("a text can be written to");
    }
    Message {
        code: told.code,
        severity: told.severity,
        place,
        said: vec![(plain(&told.message), plain(&told.hint))],
    }
}

/// A message as the table has it.
fn written(message: &Message) -> String {
    let mut text = format!("{} {} {}", message.severity, message.code, message.place);
    text.truncate(text.trim_end().len());
    text.push('\n');
    for (language, (said, hint)) in LANGUAGES.iter().zip(&message.said) {
        writeln!(text, "  {language}: {said}").expect("a text can be written to");
        if !hint.is_empty() {
            writeln!(text, "   → {hint}").expect("a text can be written to");
        }
    }
    text
}

/// The messages that a case has in the table.
fn messages(case: &Case) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    for line in case.said.lines() {
        if let Some(hint) = line.strip_prefix("   → ") {
            let said = found.last_mut().and_then(|it| it.said.last_mut());
            said.expect("a hint follows a message").1 = hint.to_owned();
        } else if let Some((_, said)) =
            line.strip_prefix("  ").and_then(|it| it.split_once(": "))
        {
            let message = found.last_mut().expect("words follow a code");
            message.said.push((said.to_owned(), String::new()));
        } else {
            let mut parts = line.splitn(3, ' ').map(str::to_owned);
            let mut part = || parts.next().unwrap_or_default();
            let (severity, code, place) = (part(), part(), part());
            found.push(Message { code, severity, place, said: Vec::new() });
        }
    }
    found
}
