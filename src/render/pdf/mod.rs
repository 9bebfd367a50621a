//! The PDF writer: one file a page, and one for the whole publication in each language.
//!
//! Every file is tagged and keeps to PDF/UA-1 and PDF/A-2a together. Typst sets it, as a
//! library: a template that a designer can edit (`theme/book.typ`, or the workspace's
//! `themes/pdf/book.typ`) is given the document as data, and never as markup.
//!
//! - `book`, `block`, `table`, `inline`, `formula`: the model as data for the template;
//! - `typography`: how words are set;
//! - `preflight`, `probe`: what Typst would refuse, found where the page's line is known;
//! - `world`, `fonts`: what Typst sees, which is neither disk nor clock;
//! - `typesetting`, `bind`: Typst sets pages of paper, which become a file;
//! - `leaves`, `identify`, `xmp`, `ends`: what Typst leaves to be done in that file.
//!
//! Named destinations: in the PDF of a page, each unit (`u-1a2b3c4d`), each heading and
//! each note is a place of that name. In the PDF of the publication the page's address
//! goes before it: `mission/objectifs/u-1a2b3c4d`, `/u-1a2b3c4d` on the home page, and
//! `mission/objectifs/` is the head of that page. What is not ASCII is percent-encoded.

/// An object of the data, of what it is given: unlike `serde_json::json`, nothing is
/// copied.
macro_rules! node {
    ($($name:literal: $value:expr),* $(,)?) => {{
        let mut node = serde_json::Map::new();
        $(node.insert($name.to_owned(), serde_json::Value::from($value));)*
        serde_json::Value::Object(node)
    }};
}

mod bind;
mod block;
mod book;
mod ends;
mod fonts;
mod formula;
mod identify;
mod inline;
mod leaves;
mod preflight;
mod probe;
mod table;
mod typesetting;
mod typography;
mod world;
mod xmp;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

pub use self::preflight::Rare;
use self::{
    bind::Sheets,
    preflight::Gallery,
    typesetting::{Setting, Workshop},
    world::Shared,
};
use super::{File, Format, Theme, picture::Cache};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Language, PageKey},
    site::{Edition, Page, Site},
};

/// The memory that a deeply nested page may take on the stack.
const STACK: usize = 32 * 1024 * 1024;

/// How PDFs are made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The workspace's own theme files.
    pub theme: Theme,
    /// The program and its version, for the file's properties.
    pub creator: String,
    /// The paper, as Typst calls it: `a4`, `a5`, `us-letter`; A4 when it is empty.
    pub paper: String,
    /// What is printed for a character that no font has.
    pub rare: Rare,
    /// Where images are kept that were made smaller.
    pub cache: Cache,
    /// The formats that are published.
    pub formats: BTreeSet<Format>,
    /// What is attached to the PDF of each page, and to that of the publication. With any,
    /// a file keeps to PDF/A-3a in place of PDF/A-2a.
    pub attachments: Attachments,
}

/// What is attached to the PDF of each page, by language and page.
pub type Attachments = BTreeMap<(Language, PageKey), Vec<Attachment>>;

/// A file that travels in a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its path, with `/`; no two in a file have the same.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is to the document (`AFRelationship`).
    pub relationship: Relationship,
    /// What it is, in the language of the document.
    pub description: String,
}

/// What an attached file is to the document (ISO 19005-3, 6.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// The document was made from it.
    Source,
    /// What the document says, as data.
    Data,
    /// What completes the document.
    Supplement,
}

impl Relationship {
    /// As Typst calls it.
    fn name(self) -> &'static str {
        match self {
            Relationship::Source => "source",
            Relationship::Data => "data",
            Relationship::Supplement => "supplement",
        }
    }
}

/// A file to make.
#[derive(Clone, Copy, Debug)]
pub enum Job<'a> {
    /// The PDF of a page.
    Page(&'a Edition, &'a Page),
    /// The PDF of the whole publication in a language.
    Book(&'a Edition),
}

/// Why a file was not made. The diagnostics are complete: they say what, where and why.
#[derive(Clone, Debug, Default)]
pub struct Error {
    /// What was wrong, the errors that stopped it among them.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.diagnostics.iter().map(|it| it.code).collect();
        write!(f, "no PDF could be made: {}", codes.join(", "))
    }
}

impl std::error::Error for Error {}

/// What became of a job.
pub type Outcome = Result<Checked<File>, Error>;

/// Makes the files, on so many threads of its own, and tells of each as it is finished:
/// its number among the jobs, and what became of it. The order of telling is open; the
/// bytes are not.
///
/// Typst never runs inside a rayon job: while it waits, rayon would start the next
/// document on top of the first, until the stack is full. So there are plain threads,
/// each with a pool of one thread for what Typst does in parallel.
pub fn render(
    site: &Site,
    jobs: &[Job<'_>],
    options: &Options,
    threads: NonZeroUsize,
    finished: &(dyn Fn(usize, Outcome) + Sync),
) {
    let (shared, unreadable) = Shared::new(&options.theme);
    let gallery = Gallery::new(&options.cache, &options.paper);
    let workshop = Workshop { site, options, shared: &shared, gallery: &gallery };
    let fonts = unreadable.into_iter().map(|path| {
        Diagnostic::error("pdf-font-unreadable").in_file(&format!("themes/{path}").into())
    });
    let plan = Plan::new(jobs, fonts.collect());
    let (send, receive) = crossbeam_channel::unbounded();
    for task in &plan.tasks {
        send.send(task).expect("the receiver is still there");
    }
    drop(send);
    std::thread::scope(|scope| {
        for _ in 0..threads.get().min(plan.tasks.len()) {
            let receive = receive.clone();
            let (workshop, plan) = (&workshop, &plan);
            scope.spawn(move || {
                let pool =
                    rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK);
                let pool = pool.build().expect("a thread can be started");
                for task in &receive {
                    pool.install(|| run(workshop, task, plan, finished));
                }
            });
        }
    });
}

/// A page to lay out: for its own file, for a book, or for both.
struct Task<'a> {
    edition: &'a Edition,
    page: &'a Page,
    /// The jobs that want its own file.
    jobs: Vec<usize>,
    /// The book that wants its sheets, and its place in it.
    book: Option<(usize, usize)>,
}

/// A book that waits for its pages.
struct Book<'a> {
    edition: &'a Edition,
    jobs: Vec<usize>,
    /// The pages, in order, once they are laid out.
    pages: Mutex<Vec<Option<Checked<Option<Sheets>>>>>,
    /// How many are still to come.
    waiting: AtomicUsize,
}

/// What is to be done, in the order in which it is begun.
struct Plan<'a> {
    tasks: Vec<Task<'a>>,
    books: Vec<Book<'a>>,
    /// What is wrong with the theme.
    theme: Vec<Diagnostic>,
}

impl<'a> Plan<'a> {
    fn new(jobs: &[Job<'a>], theme: Vec<Diagnostic>) -> Self {
        let mut books: BTreeMap<&Language, (&'a Edition, Vec<usize>)> = BTreeMap::new();
        let mut pages: BTreeMap<(&Language, &PageKey), Vec<usize>> = BTreeMap::new();
        let mut wanted: Vec<(&'a Edition, &'a Page)> = Vec::new();
        for (index, job) in jobs.iter().enumerate() {
            match job {
                Job::Book(edition) => {
                    let book =
                        books.entry(&edition.language).or_insert((edition, Vec::new()));
                    book.1.push(index);
                    wanted.extend(
                        edition
                            .pages
                            .iter()
                            .filter(|it| it.in_books)
                            .map(|it| (*edition, it)),
                    );
                }
                Job::Page(edition, page) => {
                    pages.entry((&edition.language, &page.key)).or_default().push(index);
                    wanted.push((edition, page));
                }
            }
        }
        let mut tasks: BTreeMap<(&Language, &PageKey), Task<'a>> = BTreeMap::new();
        for (edition, page) in wanted {
            let name = (&edition.language, &page.key);
            let jobs = pages.get(&name).cloned().unwrap_or_default();
            tasks.entry(name).or_insert(Task { edition, page, jobs, book: None });
        }
        let books: Vec<(&'a Edition, Vec<usize>)> = books.into_values().collect();
        for (number, (edition, _)) in books.iter().enumerate() {
            let keys = edition.pages.iter().filter(|it| it.in_books).map(|it| &it.key);
            for (place, key) in keys.enumerate() {
                if let Some(task) = tasks.get_mut(&(&edition.language, key)) {
                    task.book = Some((number, place));
                }
            }
        }
        let mut tasks: Vec<Task<'a>> = tasks.into_values().collect();
        // A book at a time, so that only its sheets wait in memory; the long pages first,
        // so that no thread begins one while the others have nothing left to do.
        tasks.sort_by_cached_key(|task| {
            let book = task.book.map_or(usize::MAX, |it| it.0);
            let length = block::length(&task.page.document);
            (
                book,
                std::cmp::Reverse(length),
                task.edition.language.clone(),
                task.page.key.clone(),
            )
        });
        let books = books.into_iter().map(|(edition, jobs)| {
            let count = edition.pages.iter().filter(|it| it.in_books).count();
            let pages = Mutex::new((0..count).map(|_| None).collect());
            Book { edition, jobs, pages, waiting: AtomicUsize::new(count) }
        });
        Self { tasks, books: books.collect(), theme }
    }
}

/// Locks, whatever became of the thread that held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lays a page out and makes its file; and the book too, when it is the last page that
/// the book waits for.
fn run(
    workshop: &Workshop<'_>,
    task: &Task<'_>,
    plan: &Plan<'_>,
    finished: &(dyn Fn(usize, Outcome) + Sync),
) {
    let Setting { file, sheets, mut diagnostics } =
        workshop.page(task.edition, task.page, !task.jobs.is_empty());
    diagnostics.extend(plan.theme.iter().cloned());
    for job in &task.jobs {
        finished(*job, outcome(file.clone(), diagnostics.clone()));
    }
    let Some((number, place)) = task.book else { return };
    let book = &plan.books[number];
    lock(&book.pages)[place] = Some(Checked { value: sheets, diagnostics });
    if book.waiting.fetch_sub(1, Ordering::AcqRel) > 1 {
        return;
    }
    let pages = std::mem::take(&mut *lock(&book.pages));
    let Setting { file, diagnostics, .. } = workshop.book(book.edition, pages);
    for job in &book.jobs {
        finished(*job, outcome(file.clone(), diagnostics.clone()));
    }
}

fn outcome(file: Option<File>, diagnostics: Vec<Diagnostic>) -> Outcome {
    match file {
        Some(value) => Ok(Checked { value, diagnostics }),
        None => Err(Error { diagnostics }),
    }
}
