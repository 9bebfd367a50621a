//! What `verify` reads: books, PDF, pages of HTML, whoever made them.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use plantin::verify::{self, Files, Medium, Setting};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::files;

/// A book is read or said to be unreadable, twice alike. An input that is no zip is what
/// lies in one: each file begins with a line `@@ path`.
pub(super) fn epub(bytes: &[u8]) {
    let book = if bytes.starts_with(b"PK") { bytes.to_vec() } else { zipped(bytes) };
    let language = ("fr".to_owned(), String::new());
    assert_read(&[("epub/essai.fr.epub", book)], |shelf| {
        let cover = shelf.pages.get(&language);
        cover.is_some_and(|it| it.contains_key(&Medium::Epub))
            || shelf.unreadable.iter().any(|it| it.1 == Medium::Epub)
    });
}

/// A PDF is read or said to be unreadable, twice alike. An input that is none is its
/// objects, each after a line `@@ number`; the trailer is made here.
pub(super) fn pdf(bytes: &[u8]) {
    let pdf = if bytes.starts_with(b"%PDF") { bytes.to_vec() } else { laid_out(bytes) };
    assert_read(&[("pdf/fr/essai.pdf", pdf.clone())], |shelf| {
        holds(shelf, "/essai/", Medium::Pdf)
    });
    assert_read(&[("pdf/essai.fr.pdf", pdf)], |shelf| holds(shelf, "", Medium::Whole));
}

/// A page of HTML is read or said to be unreadable, twice alike.
pub(super) fn html_file(bytes: &[u8]) {
    assert_read(&[("html/fr/essai/index.html", bytes.to_vec())], |shelf| {
        holds(shelf, "/essai/", Medium::Html)
    });
}

/// Whether a page was read, or is said to be unreadable, in this medium.
fn holds(shelf: &verify::Shelf, key: &str, medium: Medium) -> bool {
    let page = ("fr".to_owned(), key.to_owned());
    shelf.pages.get(&page).is_some_and(|it| it.contains_key(&medium))
        || shelf.unreadable.iter().any(|it| it.0 == page && it.1 == medium)
}

fn assert_read(files: &[(&str, Vec<u8>)], is_told: impl Fn(&verify::Shelf) -> bool) {
    let files: Files = files.iter().map(|it| (it.0.to_owned(), it.1.clone())).collect();
    let setting = Setting {
        base: "https://essai.example".to_owned(),
        languages: vec!["fr".to_owned()],
        intros: vec!["Vous êtes ici :".to_owned()],
        marks: vec!["non traduit".to_owned()],
        covers: BTreeMap::from([("fr".to_owned(), vec!["Essai".to_owned()])]),
        notices: BTreeMap::new(),
    };
    let shelf = verify::read(&files, &setting);
    assert!(is_told(&shelf), "neither read nor said to be unreadable: {shelf:?}");
    let again = verify::read(&files, &setting);
    assert!(again.pages == shelf.pages && again.orders == shelf.orders, "read twice");
    assert_eq!(again.unreadable, shelf.unreadable, "read twice");
    // Against itself nothing differs.
    let report = verify::against(&files, &files, &setting, ["un", "autre"]);
    assert!(report.differences.is_empty(), "{:?}", report.differences);
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (path, content) in files(bytes) {
        // Of two files with one name the first is kept.
        if zip.start_file(path, options).is_ok() {
            zip.write_all(&content).expect("memory can be written");
        }
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// A PDF of these objects; the first of them is its catalogue. A stream says its length.
fn laid_out(bytes: &[u8]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    let objects = files(bytes);
    let number = |it: &str| it.parse::<u32>().ok().filter(|it| *it < 10_000);
    for (name, content) in &objects {
        let Some(number) = number(name) else { continue };
        let place = pdf.len();
        let _ = writeln!(places, "{number} 1\n{place:010} 00000 n ");
        pdf.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        pdf.extend_from_slice(&measured(content));
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let start = pdf.len();
    let root = objects.first().and_then(|it| number(&it.0)).unwrap_or(1);
    let trailer = format!(
        "xref\n0 1\n0000000000 65535 f \n{places}trailer\n<< /Size 10000 /Root {root} 0 R >>\n\
         startxref\n{start}\n%%EOF\n"
    );
    pdf.extend_from_slice(trailer.as_bytes());
    pdf
}

/// The object of a PDF, its stream measured: `@LENGTH` stands for its length.
fn measured(object: &[u8]) -> Vec<u8> {
    const BEGIN: &[u8] = b"stream\n";
    const END: &[u8] = b"\nendstream";
    let find = |what: &[u8], from: usize| {
        object[from..].windows(what.len()).position(|it| it == what).map(|it| it + from)
    };
    let Some(begin) = find(BEGIN, 0).map(|it| it + BEGIN.len()) else {
        return object.to_vec();
    };
    let length = find(END, begin).map_or(0, |end| end - begin).to_string();
    let (head, stream) = object.split_at(begin);
    let head = String::from_utf8_lossy(head).replace("@LENGTH", &length);
    [head.as_bytes(), stream].concat()
}
