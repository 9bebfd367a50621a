//! What we publish, judged by programs that are not ours.
//!
//! This repository's own pages are built once; each validator reads every file of its
//! kind. Beside each stands a test that it finds a fault which we plant, since a check
//! that cannot fail is no check.
//!
//! `tests/validators/setup.sh` installs the validators (`make test` does it first). One
//! that is missing is skipped by name, except in continuous integration.

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::MutexGuard,
};

use serde_json::Value;
use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::support::{files, ours, root, validators};

/// What the Nu checker says of a breadcrumb as the State's design system writes it:
/// with a role that the element has by itself, for screen readers that do not know that.
const NAVIGATION_TWICE: &str = "The “navigation” role is unnecessary for element “nav”.";

/// A validator, named as `setup.sh` names it.
struct Validator {
    name: &'static str,
    folder: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// What a validator found.
#[derive(Debug, Default)]
struct Verdict {
    /// How many files it says that it read.
    checked: usize,
    /// What is wrong, a line each.
    failures: Vec<String>,
}

#[test]
fn our_books_pass_epubcheck() {
    let Some(validator) = Validator::find("EPUBCheck") else { return };
    let books = published("epub");
    validator.epubcheck(&books).is_clean(books.len());
}

#[test]
fn epubcheck_finds_a_book_without_its_date() {
    let Some(validator) = Validator::find("EPUBCheck") else { return };
    let folder = TempDir::new().expect("the temporary folder is writable");
    let book = spoilt_book(folder.path(), "dcterms:modified", "dcterms:created");
    validator.epubcheck(&[book]).names("dcterms:modified");
}

#[test]
fn our_books_pass_ace() {
    let Some(validator) = Validator::find("Ace") else { return };
    let books = published("epub");
    validator.ace(&books).is_clean(books.len());
}

#[test]
fn ace_finds_a_book_without_its_languages() {
    let Some(validator) = Validator::find("Ace") else { return };
    let folder = TempDir::new().expect("the temporary folder is writable");
    let book = spoilt_book(folder.path(), " lang=\"", " data-tongue=\"");
    let book = spoilt(&book, "xml:lang=\"", "data-language=\"");
    validator.ace(&[book]).names("lang");
}

#[test]
fn our_site_passes_the_nu_html_checker() {
    let Some(validator) = Validator::find("Nu") else { return };
    let site = ours().join("html");
    let pages = published("html");
    let verdict = validator.nu(&site);
    assert!(verdict.failures.is_empty(), "{verdict:#?}");
    assert!(pages.len() > 10, "{pages:?}");
}

#[test]
fn the_nu_html_checker_finds_what_does_not_nest() {
    let Some(validator) = Validator::find("Nu") else { return };
    let folder = one_page("<p>Bonjour <em>à <strong>tous</em></strong></p>");
    validator.nu(folder.path()).names("nest");
}

#[test]
fn our_site_passes_axe_in_a_browser() {
    let Some(validator) = Validator::find("axe") else { return };
    let pages = published("html");
    validator.axe(&ours().join("html")).is_clean(pages.len());
}

#[test]
fn axe_finds_an_image_without_alternative() {
    let Some(validator) = Validator::find("axe") else { return };
    let folder = one_page("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>");
    validator.axe(folder.path()).names("image-alt");
}

#[test]
fn axe_finds_grey_on_white() {
    let Some(validator) = Validator::find("axe") else { return };
    let folder = one_page("<p style='color: #aaa; background: #fff'>Bonjour</p>");
    validator.axe(folder.path()).names("color-contrast");
}

#[test]
fn axe_finds_a_page_that_asks_for_something_elsewhere() {
    let Some(validator) = Validator::find("axe") else { return };
    let folder = one_page("<img alt='Plan' src='https://elsewhere.example/plan.png'>");
    validator.axe(folder.path()).names("request to elsewhere");
}

#[test]
fn axe_finds_a_page_that_is_too_wide() {
    let Some(validator) = Validator::find("axe") else { return };
    let folder = one_page("<p style='width: 600px'>Bonjour</p>");
    validator.axe(folder.path()).names("reflow");
}

#[test]
fn our_pdfs_pass_verapdf() {
    let Some(validator) = Validator::find("veraPDF") else { return };
    let pdfs = published("pdf");
    validator.verapdf(&pdfs).is_clean(pdfs.len() * 2);
}

#[test]
fn our_pdfs_pass_page() {
    let Some(validator) = Validator::find("page") else { return };
    let pdfs = published("pdf");
    validator.page(&pdfs).is_clean(pdfs.len() * 2);
}

#[test]
fn verapdf_finds_a_pdf_without_language() {
    let Some(validator) = Validator::find("veraPDF") else { return };
    let folder = TempDir::new().expect("the temporary folder is writable");
    validator.verapdf(&[spoilt_pdf(folder.path())]).names("7.2");
}

#[test]
fn page_finds_a_pdf_without_language() {
    let Some(validator) = Validator::find("page") else { return };
    let folder = TempDir::new().expect("the temporary folder is writable");
    validator.page(&[spoilt_pdf(folder.path())]).names("LANGUAGE");
}

#[test]
fn our_catalogues_pass_msgfmt() {
    let Some(validator) = Validator::find("msgfmt") else { return };
    let locales = root().join("locales");
    let catalogues: Vec<PathBuf> = paths(&locales, "po");
    validator.msgfmt(&catalogues).is_clean(catalogues.len());
}

#[test]
fn msgfmt_finds_a_catalogue_cut_in_half() {
    let Some(validator) = Validator::find("msgfmt") else { return };
    let folder = TempDir::new().expect("the temporary folder is writable");
    let catalogue = folder.path().join("half.po");
    fs::write(&catalogue, "msgid \"Bonjour\"\nmsgstr \"Hel").expect("it is writable");
    validator.msgfmt(&[catalogue]).names("string");
}

impl Validator {
    /// The validator, when it is installed; it is the turn of nobody else while it lives.
    fn find(name: &'static str) -> Option<Self> {
        let (folder, turn) = validators::find(name)?;
        Some(Self { name, folder, _turn: turn })
    }

    /// EPUBCheck; its warnings count.
    fn epubcheck(&self, books: &[PathBuf]) -> Verdict {
        let folder = TempDir::new().expect("the temporary folder is writable");
        let reports: Vec<PathBuf> =
            (0..books.len()).map(|at| folder.path().join(format!("{at}.json"))).collect();
        let mut command = self.java("EpubCheck");
        command
            .args(books.iter().zip(&reports).flat_map(|(book, report)| [book, report]));
        let said = self.run(&mut command);
        let mut verdict = Verdict::default();
        for (book, report) in books.iter().zip(&reports) {
            let report: Value = read_json(report).unwrap_or_else(|| panic!("{said:?}"));
            verdict.checked += 1;
            for message in list(&report["messages"]) {
                if message["severity"] != "USAGE" && message["severity"] != "INFO" {
                    verdict.failures.push(format!(
                        "{}: {} {} {}",
                        book.display(),
                        message["ID"],
                        message["message"],
                        message["locations"][0]
                    ));
                }
            }
        }
        verdict
    }

    /// Ace by DAISY; every assertion that fails counts.
    fn ace(&self, books: &[PathBuf]) -> Verdict {
        let mut verdict = Verdict::default();
        for book in books {
            let folder = TempDir::new().expect("the temporary folder is writable");
            let mut command = Command::new("node");
            command
                .arg(self.folder.join("node/node_modules/@daisy/ace-cli/bin/ace.js"))
                .args(["--silent", "--force", "--outdir"])
                .arg(folder.path().join("report"))
                .arg(book)
                // It writes its settings at home, and opens the browser too slowly for its
                // own patience on a busy machine.
                .env("HOME", folder.path())
                .env("ACE_TIMEOUT_INITIAL", "180000")
                .env("PUPPETEER_EXECUTABLE_PATH", self.folder.join("bin/chromium"));
            let said = self.run(&mut command);
            let report = read_json(&folder.path().join("report/report.json"));
            let report: Value = report.unwrap_or_else(|| panic!("{said:?}"));
            verdict.checked += 1;
            for part in list(&report["assertions"]) {
                for assertion in list(&part["assertions"]) {
                    if assertion["earl:result"]["earl:outcome"] == "fail" {
                        verdict.failures.push(format!(
                            "{}: {}: {} {}",
                            book.display(),
                            part["earl:testSubject"]["url"],
                            assertion["earl:test"]["dct:title"],
                            assertion["earl:result"]["dct:description"]
                        ));
                    }
                }
            }
        }
        verdict
    }

    /// The Nu HTML checker over all pages and style sheets of a folder; warnings count.
    fn nu(&self, site: &Path) -> Verdict {
        let mut command = Command::new("java");
        command
            .arg("-jar")
            .arg(self.folder.join("node/node_modules/vnu-jar/build/dist/vnu.jar"))
            .args(["--format", "json", "--stdout", "--skip-non-html", "--also-check-css"])
            .arg(site);
        let said = self.run(&mut command);
        let report: Value = serde_json::from_slice(&said.stdout)
            .unwrap_or_else(|error| panic!("Nu gave no answer: {error} {said:?}"));
        let failures = list(&report["messages"])
            .filter(|message| {
                message["type"] != "info" || message["subType"] == "warning"
            })
            .filter(|message| message["message"] != NAVIGATION_TWICE)
            .map(|message| {
                format!(
                    "{} line {}: {}",
                    message["url"], message["lastLine"], message["message"]
                )
            });
        Verdict { checked: 0, failures: failures.collect() }
    }

    /// axe over each page of a folder, in a browser that reaches nothing else.
    fn axe(&self, site: &Path) -> Verdict {
        let mut command = Command::new("node");
        command.arg(root().join("tests/validators/axe.mjs")).arg(site);
        self.lines(command.env("PLANTIN_VALIDATORS", &self.folder))
    }

    /// The engine of veraPDF, for PDF/UA-1 and PDF/A-2a.
    fn verapdf(&self, pdfs: &[PathBuf]) -> Verdict {
        self.lines(self.java("VeraPdf").arg("ua1,2a").args(pdfs))
    }

    /// The second engine, for the same.
    fn page(&self, pdfs: &[PathBuf]) -> Verdict {
        let mut command = Command::new(self.folder.join("venv/bin/python"));
        command.arg(root().join("tests/validators/pdf_page.py")).arg("ua1,2a").args(pdfs);
        let mut verdict = self.lines(&mut command);
        verdict.failures.retain(|failure| !is_mistaken_about_a_length(failure, pdfs));
        verdict
    }

    /// msgfmt of GNU gettext, with its checks of the header and of formats.
    fn msgfmt(&self, catalogues: &[PathBuf]) -> Verdict {
        let mut verdict = Verdict::default();
        for catalogue in catalogues {
            let mut command = Command::new("msgfmt");
            command
                .args(["--check", "--output-file=/dev/null"])
                .arg(catalogue)
                .env("LC_ALL", "C");
            let said = self.run(&mut command);
            verdict.checked += 1;
            if !said.status.success() {
                verdict.failures.push(String::from_utf8_lossy(&said.stderr).into_owned());
            }
        }
        verdict
    }

    /// One of our small Java programs around a validator.
    fn java(&self, class: &str) -> Command {
        let list = self.folder.join(format!("java/{class}.classpath"));
        let classpath = fs::read_to_string(list).expect("setup.sh wrote it");
        let mut command = Command::new("java");
        command.arg("-cp").arg(classpath.trim()).arg(class);
        command
    }

    /// Runs a program that prints a JSON object a line: a file, or a fault in it.
    fn lines(&self, command: &mut Command) -> Verdict {
        let said = self.run(command);
        assert!(said.status.success(), "{} broke: {said:?}", self.name);
        let mut verdict = Verdict::default();
        for line in String::from_utf8_lossy(&said.stdout).lines() {
            let line: Value = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{line}: {error}"));
            if line["rule"].is_null() {
                verdict.checked += 1;
            } else {
                verdict.failures.push(format!(
                    "{}: {}: {}",
                    line["file"], line["rule"], line["message"]
                ));
            }
        }
        verdict
    }

    fn run(&self, command: &mut Command) -> Output {
        command.output().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

impl Verdict {
    /// Asserts that so many files were read, and that nothing is wrong with them.
    fn is_clean(&self, files: usize) {
        assert!(self.failures.is_empty(), "{:#?}", self.failures);
        assert_eq!(self.checked, files);
        assert!(files > 0, "there is nothing to check");
    }

    /// Asserts that a planted fault was found.
    fn names(&self, what: &str) {
        assert!(
            self.failures.iter().any(|failure| failure.contains(what)),
            "{what:?} is not in {:#?}",
            self.failures
        );
    }
}

/// Whether `page` takes the last byte of a stream, a carriage return, for a part of the
/// line end that follows it, and then finds the stream one byte too short. ISO 32000-1,
/// 7.3.8.1, counts it as data, and so does veraPDF.
fn is_mistaken_about_a_length(failure: &str, pdfs: &[PathBuf]) -> bool {
    let named =
        |pdf: &&PathBuf| failure.contains(&format!("{:?}", pdf.display().to_string()));
    failure.contains("PDFA2A-STREAM-LENGTH-001")
        && pdfs.iter().find(named).is_some_and(|pdf| {
            let bytes = fs::read(pdf).expect("it was just checked");
            bytes.windows(12).any(|it| it == b"\r\nendstream\n")
        })
}

/// The files of a format that we publish. The site has copies of the others for download.
fn published(format: &str) -> Vec<PathBuf> {
    paths(&ours().join(format), format)
}

/// The files under a folder with this extension, in order.
fn paths(folder: &Path, extension: &str) -> Vec<PathBuf> {
    files(folder)
        .into_keys()
        .map(|file| folder.join(file))
        .filter(|file| file.extension().is_some_and(|it| it == extension))
        .collect()
}

/// A site of one page with this body.
fn one_page(body: &str) -> TempDir {
    let folder = TempDir::new().expect("the temporary folder is writable");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Essai</title></head>\
         <body><main><h1>Essai</h1>{body}</main></body></html>\n"
    );
    fs::write(folder.path().join("index.html"), page).expect("the folder is writable");
    folder
}

/// A copy of our first book in which some text is replaced by other.
fn spoilt_book(folder: &Path, from: &str, to: &str) -> PathBuf {
    let book = folder.join("spoilt.epub");
    let first = published("epub").into_iter().next().expect("we publish books");
    fs::copy(first, &book).expect("the folder is writable");
    spoilt(&book, from, to)
}

/// Replaces text in every file of a book.
fn spoilt(book: &Path, from: &str, to: &str) -> PathBuf {
    let bytes = fs::read(book).expect("the book is there");
    let mut old = ZipArchive::new(Cursor::new(bytes)).expect("a book is an archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for at in 0..old.len() {
        let mut entry = old.by_index(at).expect("the archive is whole");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("the archive is whole");
        if let Ok(text) = str::from_utf8(&bytes) {
            found |= text.contains(from);
            bytes = text.replace(from, to).into_bytes();
        }
        let stored =
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let name = entry.name().expect("names are UTF-8").into_owned();
        new.start_file(name, stored).expect("memory is writable");
        new.write_all(&bytes).expect("memory is writable");
    }
    assert!(found, "{from:?} is nowhere in {}", book.display());
    let bytes = new.finish().expect("memory is writable").into_inner();
    fs::write(book, bytes).expect("the folder is writable");
    book.to_owned()
}

/// A copy of one of our PDFs that does not say in which language it is.
fn spoilt_pdf(folder: &Path) -> PathBuf {
    let first = published("pdf").into_iter().next().expect("we publish PDFs");
    let mut pdf = lopdf::Document::load(first).expect("it is a PDF");
    let catalog = pdf.catalog_mut().expect("a PDF has a catalog");
    catalog.remove(b"Lang").expect("it says its language");
    let path = folder.join("spoilt.pdf");
    pdf.save(&path).expect("the folder is writable");
    path
}

fn read_json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
