//! Whether a bag is whole and unharmed (RFC 8493, and the drafts before it). What is no
//! bag, and has the manifest of a SEDA transfer, is checked as one.
//!
//! Any bag, whoever made it: what is wrong is a list of diagnostics that name the file in
//! the bag. A bag is *complete* when each file that a manifest lists is there and nothing
//! else is in its payload, and *valid* when each has its checksum too.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use super::{
    digest::{Algorithm, Digests},
    transfer,
    tree::{Tree, is_safe},
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    limits,
    source::files::Kind,
};

/// The versions of the standard that are known, the oldest first.
const VERSIONS: [&str; 6] = ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"];

/// The folder of the payload.
const PAYLOAD: &str = "data/";

/// The file that says that it is a bag.
const DECLARATION: &str = "bagit.txt";

/// The standard that a deposit keeps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    /// BagIt.
    #[default]
    Bagit,
    /// SEDA.
    Seda,
}

/// What a deposit says of itself, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The standard.
    pub standard: Standard,
    /// The version of the standard.
    pub version: String,
    /// The algorithms of its manifests.
    pub algorithms: Vec<String>,
    /// How many files there are in the payload.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// Its tag files.
    pub tag_files: Vec<String>,
    /// What `bag-info.txt` says; of a transfer, what it and its agencies are called.
    pub info: Vec<(String, String)>,
}

/// Checks a deposit.
pub fn check(tree: &mut dyn Tree) -> Checked<Report> {
    if tree.found().iter().all(|it| it.path != DECLARATION)
        && let Some(manifest) = transfer::manifest(tree)
    {
        return transfer::check(tree, &manifest);
    }
    let mut checker = Checker::new(tree);
    checker.declaration();
    checker.places();
    checker.info();
    let payload = checker.manifests("manifest-");
    let tags = checker.manifests("tagmanifest-");
    if payload.is_empty() {
        checker.fault(Diagnostic::error("bag-no-manifest"), "");
    }
    let broken = |it: &Manifest| it.algorithm.is_some_and(Algorithm::is_broken);
    if !payload.is_empty() && payload.iter().all(broken) {
        let names: Vec<&str> = payload.iter().map(|it| it.name.as_str()).collect();
        let fault = Diagnostic::warning("bag-algorithm-broken");
        checker.fault(fault.with("algorithms", names.join(", ")), "");
    }
    checker.tags(&payload, &tags);
    checker.alike();
    let to_fetch = checker.fetch(&payload);
    checker.completeness(&payload, &to_fetch);
    checker.sums(&payload, &tags);
    checker.finish(&payload)
}

/// A manifest, read.
struct Manifest {
    file: String,
    name: String,
    algorithm: Option<Algorithm>,
    /// What it lists, by the path in the bag: the checksum.
    lines: BTreeMap<String, String>,
}

struct Checker<'a> {
    tree: &'a mut dyn Tree,
    /// The files, by path; links and devices are none.
    sizes: BTreeMap<String, u64>,
    /// The same, by their names in the form of Unicode that most systems write.
    composed: BTreeMap<String, String>,
    report: Report,
    encoding: String,
    faults: Faults,
}

/// What is wrong, as far as it is told.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Diagnostic>);

impl Faults {
    /// Another one, in this file.
    pub(super) fn push(&mut self, fault: Diagnostic, file: &str) {
        match self.0.len() {
            count if count < limits::DEPOSIT_FAULTS => {
                self.0.push(fault.in_file(&file.into()));
            }
            limits::DEPOSIT_FAULTS => self.0.push(Diagnostic::error("bag-more-faults")),
            _ => {}
        }
    }

    /// All of them, in order.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        crate::diagnostic::sort(&mut self.0);
        self.0
    }
}

/// What may not lie in a deposit at all, and where it lies.
pub(super) fn odd(tree: &dyn Tree) -> Vec<(Diagnostic, String)> {
    let odd = tree.found().iter().filter(|it| it.kind != Kind::File);
    odd.map(|it| {
        let code = match it.kind {
            Kind::Link => "bag-link",
            Kind::Unnamed => "bag-name-unreadable",
            Kind::File | Kind::Special => "bag-special",
        };
        (Diagnostic::error(code).with("path", &it.path), it.path.clone())
    })
    .collect()
}

/// Reads a file once and compares all its checksums.
pub(super) fn compare(
    tree: &mut dyn Tree,
    path: &str,
    expected: &[(Algorithm, String)],
) -> Option<Diagnostic> {
    let algorithms: BTreeSet<Algorithm> = expected.iter().map(|it| it.0).collect();
    let algorithms: Vec<Algorithm> = algorithms.into_iter().collect();
    let mut digests = Digests::new(&algorithms);
    let read = tree.stream(path, &mut |bytes| digests.update(bytes));
    if let Err(error) = read {
        let fault = Diagnostic::error("bag-file-unreadable").with("path", path);
        return Some(fault.because_of(&error));
    }
    let sums = digests.finish();
    let wrong: Vec<&str> = expected
        .iter()
        .filter(|it| !it.1.eq_ignore_ascii_case(sums.get(it.0)))
        .map(|it| it.0.name())
        .collect();
    let fault = Diagnostic::error("bag-file-changed").with("path", path);
    (!wrong.is_empty()).then(|| fault.with("algorithms", wrong.join(", ")))
}

impl<'a> Checker<'a> {
    fn new(tree: &'a mut dyn Tree) -> Self {
        let files = tree.found().iter().filter(|it| it.kind == Kind::File);
        let sizes: BTreeMap<String, u64> =
            files.map(|it| (it.path.clone(), it.size)).collect();
        let composed = sizes.keys().map(|it| (it.nfc().collect(), it.clone())).collect();
        let encoding = "UTF-8".to_owned();
        let report = Report::default();
        Self { tree, sizes, composed, report, encoding, faults: Faults::default() }
    }

    fn fault(&mut self, fault: Diagnostic, file: &str) {
        self.faults.push(fault, file);
    }

    fn finish(mut self, payload: &[Manifest]) -> Checked<Report> {
        let in_payload = self.sizes.iter().filter(|it| it.0.starts_with(PAYLOAD));
        let (files, bytes) =
            in_payload.fold((0, 0), |(files, bytes), it| (files + 1, bytes + it.1));
        self.report.files = files;
        self.report.bytes = bytes;
        self.report.algorithms = payload.iter().map(|it| it.name.clone()).collect();
        let tags = self.sizes.keys().filter(|it| !it.starts_with(PAYLOAD));
        self.report.tag_files = tags.cloned().collect();
        Checked { value: self.report, diagnostics: self.faults.finish() }
    }

    /// The version, from `0.93` to `1.0`; `0.97` and before are older drafts.
    fn is_draft(&self) -> bool {
        self.report.version.starts_with("0.")
    }

    /// `bagit.txt`: two lines, the version and the encoding of the tag files.
    fn declaration(&mut self) {
        const FILE: &str = DECLARATION;
        let Some(bytes) = self.bytes(FILE) else {
            if !self.sizes.contains_key(FILE) {
                self.fault(Diagnostic::error("bag-declaration-missing"), "");
            }
            return;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (version, encoding) = declared(&text);
        let is_exact = is_exact(&text);
        let (Some(version), Some(encoding)) = (version, encoding) else {
            return self.fault(Diagnostic::error("bag-declaration-wrong"), FILE);
        };
        if !is_exact && !version.starts_with("0.") {
            self.fault(Diagnostic::error("bag-declaration-wrong"), FILE);
        }
        if !VERSIONS.contains(&version.as_str()) {
            let fault = Diagnostic::error("bag-version-unknown");
            self.fault(fault.with("version", &version), FILE);
        }
        if !is_known_encoding(&encoding) {
            let fault = Diagnostic::error("bag-encoding-unknown");
            self.fault(fault.with("encoding", &encoding), FILE);
        }
        self.report.version = version;
        self.encoding = encoding;
    }

    /// What may not lie in a bag at all.
    fn places(&mut self) {
        for (fault, path) in odd(self.tree) {
            self.fault(fault, &path);
        }
        if !self.sizes.keys().any(|it| it.starts_with(PAYLOAD)) {
            self.fault(Diagnostic::warning("bag-payload-empty"), "");
        }
    }

    /// `bag-info.txt`: its lines, and whether the payload is as large as it says.
    fn info(&mut self) {
        let old = matches!(self.report.version.as_str(), "0.93" | "0.94");
        let file = if old { "package-info.txt" } else { "bag-info.txt" };
        let Some(text) = self.text(file) else { return };
        let (info, wrong) = fields(&text);
        for line in wrong {
            self.fault(Diagnostic::error("bag-info-line").with("number", line), file);
        }
        let in_payload = self.sizes.iter().filter(|it| it.0.starts_with(PAYLOAD));
        let (bytes, files) =
            in_payload.fold((0_u64, 0_u64), |sum, it| (sum.0 + it.1, sum.1 + 1));
        let found = format!("{bytes}.{files}");
        for (label, value) in &info {
            if label.eq_ignore_ascii_case("Payload-Oxum") && *value != found {
                let fault = Diagnostic::error("bag-oxum").with("declared", value);
                self.fault(fault.with("found", &found), file);
            }
        }
        self.report.info = info;
    }

    /// The manifests whose names begin so.
    fn manifests(&mut self, prefix: &str) -> Vec<Manifest> {
        let is = |it: &&String| {
            it.strip_prefix(prefix).is_some_and(|it| it.ends_with(".txt"))
                && !it.contains('/')
        };
        let mut files: Vec<String> = self.sizes.keys().filter(is).cloned().collect();
        if files.len() > limits::MANIFESTS {
            let fault = Diagnostic::error("bag-too-many-manifests");
            let fault = fault.with("count", files.len()).with("limit", limits::MANIFESTS);
            self.fault(fault, &files[limits::MANIFESTS]);
            files.truncate(limits::MANIFESTS);
        }
        let mut known: BTreeMap<Algorithm, String> = BTreeMap::new();
        let mut manifests = Vec::new();
        for file in files {
            let manifest = self.manifest(file, prefix);
            // One of each (RFC 8493, 2.1.3), however its name is written.
            if let Some(algorithm) = manifest.algorithm
                && let Some(other) = known.insert(algorithm, manifest.file.clone())
            {
                let fault = Diagnostic::error("bag-algorithm-twice");
                let fault = fault.with("algorithm", algorithm.name());
                self.fault(fault.with("other", other), &manifest.file);
            }
            manifests.push(manifest);
        }
        manifests
    }

    fn manifest(&mut self, file: String, prefix: &str) -> Manifest {
        let name = file.trim_start_matches(prefix).trim_end_matches(".txt").to_owned();
        let algorithm = Algorithm::named(&name);
        if algorithm.is_none() {
            let fault = Diagnostic::error("bag-algorithm-unknown");
            self.fault(fault.with("algorithm", &name), &file);
        }
        let is_payload = prefix == "manifest-";
        let mut lines = BTreeMap::new();
        let text = self.text(&file).unwrap_or_default();
        for (number, line) in split_lines(&text) {
            if number > limits::MANIFEST_LINES {
                let fault = Diagnostic::error("bag-manifest-too-long");
                self.fault(fault.with("limit", limits::MANIFEST_LINES), &file);
                break;
            }
            let Some((sum, path)) = listed(line) else {
                let fault = Diagnostic::error("bag-manifest-line").with("number", number);
                self.fault(fault, &file);
                continue;
            };
            let path = self.path(path, &file);
            if !is_safe(&path) || path.starts_with(PAYLOAD) != is_payload {
                let fault = Diagnostic::error("bag-path-refused").with("path", &path);
                self.fault(fault, &file);
            } else if is_tag_manifest(&path) && !self.is_draft() {
                // It would have to hold its own checksum, or that of one that holds its own.
                let fault = Diagnostic::error("bag-tag-manifest-listed");
                self.fault(fault.with("path", &path), &file);
            } else if lines.insert(path.clone(), sum).is_some() {
                let fault = Diagnostic::error("bag-listed-twice").with("path", &path);
                self.fault(fault, &file);
            }
        }
        Manifest { file, name, algorithm, lines }
    }

    /// The path in the bag that a line means: percent-encoded, as a tool of its time may
    /// have left it, or in another form of Unicode than on this disk.
    fn path(&mut self, raw: &str, file: &str) -> String {
        let raw = raw.trim_start_matches("./");
        let decoded = decode(raw, !self.is_draft());
        if self.sizes.contains_key(&decoded) {
            return decoded;
        }
        if self.sizes.contains_key(raw) {
            let fault = Diagnostic::warning("bag-name-not-encoded");
            self.fault(fault.with("path", raw), file);
            return raw.to_owned();
        }
        let composed: String = decoded.nfc().collect();
        match self.composed.get(&composed) {
            Some(there) => {
                let there = there.clone();
                let fault = Diagnostic::warning("bag-name-otherwise");
                self.fault(fault.with("path", &there), &there);
                there
            }
            None => decoded,
        }
    }

    /// Each tag manifest lists every payload manifest, and all list the same files (RFC
    /// 8493, 2.2.1). What none of them lists, nothing protects.
    fn tags(&mut self, payload: &[Manifest], tags: &[Manifest]) {
        if tags.is_empty() {
            return;
        }
        let listed: BTreeSet<&String> =
            tags.iter().flat_map(|it| it.lines.keys()).collect();
        let manifests = payload.iter().map(|it| &it.file);
        let expected: BTreeSet<&String> = match self.is_draft() {
            true => BTreeSet::new(),
            false => listed.iter().copied().chain(manifests).collect(),
        };
        for path in expected.iter().copied().filter(|it| self.sizes.contains_key(*it)) {
            let without: Vec<&str> = tags
                .iter()
                .filter(|it| !it.lines.contains_key(path))
                .map(|it| it.file.as_str())
                .collect();
            if !without.is_empty() {
                let fault = Diagnostic::error("bag-file-unlisted").with("path", path);
                self.faults.push(fault.with("manifests", without.join(", ")), path);
            }
        }
        let is_bare = |it: &&String| {
            !it.starts_with(PAYLOAD)
                && !is_tag_manifest(it)
                && !listed.contains(*it)
                && !expected.contains(*it)
        };
        let bare: Vec<String> = self.sizes.keys().filter(is_bare).cloned().collect();
        for path in bare {
            let fault = Diagnostic::note("bag-tag-unlisted").with("path", &path);
            self.fault(fault, &path);
        }
    }

    /// Names that some systems take for one: the bag could not be copied there.
    fn alike(&mut self) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut alike = Vec::new();
        for path in self.sizes.keys() {
            let plain: String = path.nfc().flat_map(char::to_lowercase).nfc().collect();
            if let Some(other) = seen.insert(plain, path.clone()) {
                alike.push((path.clone(), other));
            }
        }
        for (path, other) in alike {
            let fault = Diagnostic::warning("bag-names-alike").with("path", &path);
            self.fault(fault.with("other", other), &path);
        }
    }

    /// `fetch.txt`: what has to be fetched before the bag is complete.
    fn fetch(&mut self, payload: &[Manifest]) -> BTreeSet<String> {
        const FILE: &str = "fetch.txt";
        let mut missing = BTreeSet::new();
        let Some(text) = self.text(FILE) else { return missing };
        for (number, line) in split_lines(&text) {
            let Some((address, length, path)) = fetched(line) else {
                let fault = Diagnostic::error("bag-fetch-line").with("number", number);
                self.fault(fault, FILE);
                continue;
            };
            let path = self.path(path, FILE);
            if !is_safe(&path) || !path.starts_with(PAYLOAD) {
                let fault = Diagnostic::error("bag-path-refused").with("path", &path);
                self.fault(fault, FILE);
                continue;
            }
            // In each manifest; the drafts ask for one.
            let lists = |it: &Manifest| it.lines.contains_key(&path);
            let is_listed = match self.is_draft() {
                true => payload.iter().any(lists),
                false => payload.iter().all(lists),
            };
            if !is_listed {
                let fault = Diagnostic::error("bag-fetch-unlisted").with("path", &path);
                self.fault(fault, FILE);
            }
            match self.sizes.get(&path) {
                None => {
                    let fault = Diagnostic::error("bag-to-fetch").with("path", &path);
                    self.fault(fault.with("address", address), &path);
                    missing.insert(path);
                }
                Some(size) if length.is_some_and(|it| it != *size) => {
                    let fault = Diagnostic::error("bag-fetch-length");
                    self.fault(fault.with("path", &path), &path);
                }
                Some(_) => {}
            }
        }
        missing
    }

    /// Each file of the payload is in each manifest (in the drafts: in one of them), and
    /// each file of a manifest is there.
    fn completeness(&mut self, payload: &[Manifest], to_fetch: &BTreeSet<String>) {
        let there: Vec<String> =
            self.sizes.keys().filter(|it| it.starts_with(PAYLOAD)).cloned().collect();
        for path in &there {
            let without: Vec<&str> = payload
                .iter()
                .filter(|it| !it.lines.contains_key(path))
                .map(|it| it.file.as_str())
                .collect();
            if !payload.is_empty() && without.len() == payload.len() {
                self.fault(Diagnostic::error("bag-file-extra").with("path", path), path);
            } else if !without.is_empty() && !self.is_draft() {
                let fault = Diagnostic::error("bag-file-unlisted").with("path", path);
                self.fault(fault.with("manifests", without.join(", ")), path);
            }
        }
        let listed: BTreeSet<&String> =
            payload.iter().flat_map(|it| it.lines.keys()).collect();
        for path in listed {
            if !self.sizes.contains_key(path) && !to_fetch.contains(path) {
                self.fault(
                    Diagnostic::error("bag-file-missing").with("path", path),
                    path,
                );
            }
        }
    }

    /// Reads each listed file once and compares all its checksums.
    fn sums(&mut self, payload: &[Manifest], tags: &[Manifest]) {
        let mut expected: BTreeMap<String, Vec<(Algorithm, String)>> = BTreeMap::new();
        for manifest in payload.iter().chain(tags) {
            for (path, sum) in &manifest.lines {
                let is_tag = !path.starts_with(PAYLOAD);
                if is_tag && !self.sizes.contains_key(path) {
                    let fault = Diagnostic::error("bag-file-missing").with("path", path);
                    self.fault(fault, path);
                } else if let Some(algorithm) = manifest.algorithm {
                    expected
                        .entry(path.clone())
                        .or_default()
                        .push((algorithm, sum.clone()));
                }
            }
        }
        for (path, sums) in expected {
            if self.sizes.contains_key(&path)
                && let Some(fault) = compare(self.tree, &path, &sums)
            {
                self.fault(fault, &path);
            }
        }
    }

    /// The bytes of a tag file, if it is there and can be read.
    fn bytes(&mut self, file: &str) -> Option<Vec<u8>> {
        let size = *self.sizes.get(file)?;
        let mut bytes = Vec::new();
        if size > limits::TAG_FILE_BYTES {
            self.fault(too_large(file), file);
            return None;
        }
        match self.tree.stream(file, &mut |piece| bytes.extend_from_slice(piece)) {
            Ok(()) => Some(bytes),
            Err(error) => {
                let fault = Diagnostic::error("bag-file-unreadable").with("path", file);
                self.fault(fault.because_of(&error), file);
                None
            }
        }
    }

    /// The text of a tag file, in the encoding that the bag declares.
    fn text(&mut self, file: &str) -> Option<String> {
        let bytes = self.bytes(file)?;
        let text = decoded(&bytes, &self.encoding);
        if text.contains('\u{fffd}') {
            let fault = Diagnostic::error("bag-text-unreadable");
            self.fault(fault.with("encoding", self.encoding.clone()), file);
        }
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }
}

/// The fault that a tag file is larger than is read.
pub(super) fn too_large(path: &str) -> Diagnostic {
    Diagnostic::error("bag-tag-file-too-large")
        .with("path", path)
        .with("largest", limits::TAG_FILE_BYTES >> 20)
}

/// Whether a declaration has its two lines, in their order, and nothing else.
fn is_exact(text: &str) -> bool {
    let mut lines = text.lines();
    let mut begins = |label: &str| {
        lines.next().and_then(|it| it.strip_prefix(label)).is_some_and(|value| {
            value.strip_prefix(' ').is_some_and(|it| !it.is_empty() && it.trim() == it)
        })
    };
    begins("BagIt-Version:")
        && begins("Tag-File-Character-Encoding:")
        && lines.next().is_none()
}

/// A manifest of tag files, or its signature, which is made after it.
fn is_tag_manifest(path: &str) -> bool {
    path.starts_with("tagmanifest-") && !path.contains('/')
}

/// The version and the encoding that a declaration gives.
fn declared(text: &str) -> (Option<String>, Option<String>) {
    let value = |label: &str| {
        let lines = text.trim_start_matches('\u{feff}').lines();
        let mut values = lines.filter_map(|line| {
            let (found, value) = line.split_once(':')?;
            (found.trim() == label).then(|| value.trim().to_owned())
        });
        values.next()
    };
    let is_version = |it: &String| {
        let parts: Vec<&str> = it.split('.').collect();
        let number = |it: &&str| {
            !it.is_empty() && it.len() < 4 && it.bytes().all(|it| it.is_ascii_digit())
        };
        parts.len() == 2 && parts.iter().all(number)
    };
    (value("BagIt-Version").filter(is_version), value("Tag-File-Character-Encoding"))
}

fn is_known_encoding(name: &str) -> bool {
    let known = ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"];
    known.contains(&name.to_ascii_lowercase().as_str()) || is_latin(name)
}

fn is_latin(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "iso-8859-1" | "latin1" | "iso8859-1")
}

/// Text in an encoding; what is none becomes U+FFFD.
fn decoded(bytes: &[u8], encoding: &str) -> String {
    let name = encoding.to_ascii_lowercase();
    if is_latin(&name) {
        return bytes.iter().map(|it| char::from(*it)).collect();
    }
    if !name.starts_with("utf-16") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let little =
        name == "utf-16le" || name == "utf-16" && bytes.starts_with(&[0xff, 0xfe]);
    let units = bytes.chunks(2).map(|pair| match (pair, little) {
        ([a, b], true) => u16::from_le_bytes([*a, *b]),
        ([a, b], false) => u16::from_be_bytes([*a, *b]),
        _ => 0xd800,
    });
    char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()
}

/// The lines that hold something, numbered from 1, whatever ends them.
fn split_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split('\n').flat_map(|it| it.trim_end_matches('\r').split('\r'));
    (1..).zip(lines).filter(|it| !it.1.trim().is_empty())
}

/// A checksum and a path.
fn listed(line: &str) -> Option<(String, &str)> {
    let (sum, path) = line.split_once([' ', '\t'])?;
    let is_sum = !sum.is_empty() && sum.bytes().all(|it| it.is_ascii_hexdigit());
    // md5sum marks files that it read as binary.
    let path = path.trim_start_matches([' ', '\t']);
    let path = path.strip_prefix('*').unwrap_or(path);
    (is_sum && !path.is_empty()).then(|| (sum.to_ascii_lowercase(), path))
}

/// An address, a length where it is known, and a path.
fn fetched(line: &str) -> Option<(&str, Option<u64>, &str)> {
    let (address, rest) = line.split_once([' ', '\t'])?;
    let (length, path) = rest.trim_start_matches([' ', '\t']).split_once([' ', '\t'])?;
    let length = match length {
        "-" => None,
        length => Some(length.parse().ok()?),
    };
    let path = path.trim_start_matches([' ', '\t']);
    let is_address = address.contains(':');
    (is_address && !path.is_empty()).then_some((address, length, path))
}

/// A path without its percent-encoding: line ends, and the sign itself since 1.0.
fn decode(path: &str, with_sign: bool) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let sign = match from.get(1..3).map(str::to_ascii_uppercase).as_deref() {
            Some("0A") => Some('\n'),
            Some("0D") => Some('\r'),
            Some("25") if with_sign => Some('%'),
            _ => None,
        };
        out.push(sign.unwrap_or('%'));
        rest = &from[if sign.is_some() { 3 } else { 1 }..];
    }
    out.push_str(rest);
    out
}

/// The labels and values of `bag-info.txt`, and the numbers of the lines that are none.
fn fields(text: &str) -> (Vec<(String, String)>, Vec<usize>) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut wrong = Vec::new();
    for (number, line) in split_lines(text) {
        let label = line.split_once(':').filter(|it| !it.0.trim().is_empty());
        match (line.starts_with([' ', '\t']), fields.last_mut(), label) {
            (true, Some(last), _) => {
                last.1.push(' ');
                last.1.push_str(line.trim());
            }
            (false, _, Some((label, value))) => {
                fields.push((label.trim().to_owned(), value.trim().to_owned()));
            }
            _ => wrong.push(number),
        }
    }
    (fields, wrong)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::{deposit::digest::Sums, source::files::Found};

    /// A bag in memory.
    struct Memory(Vec<(String, Vec<u8>)>, Vec<Found>, BTreeMap<String, usize>);

    impl Memory {
        fn new(files: &[(&str, &[u8])]) -> Self {
            let mut files: Vec<(String, Vec<u8>)> =
                files.iter().map(|it| (it.0.to_owned(), it.1.to_vec())).collect();
            files.sort();
            let found = files.iter().map(|(path, bytes)| Found {
                path: path.clone(),
                size: bytes.len() as u64,
                kind: Kind::File,
            });
            let found = found.collect();
            Self(files, found, BTreeMap::new())
        }
    }

    impl Tree for Memory {
        fn found(&self) -> &[Found] {
            &self.1
        }

        fn stream(&mut self, path: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
            *self.2.entry(path.to_owned()).or_default() += 1;
            let file = self.0.iter().find(|it| it.0 == path);
            each(&file.ok_or(io::ErrorKind::NotFound)?.1);
            Ok(())
        }
    }

    const DECLARATION: &[u8] =
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    fn sum(bytes: &[u8]) -> String {
        let sums = Sums::of(bytes, &[Algorithm::Sha256]);
        sums.get(Algorithm::Sha256).to_owned()
    }

    fn codes(files: &[(&str, &[u8])]) -> Vec<&'static str> {
        check(&mut Memory::new(files)).diagnostics.iter().map(|it| it.code).collect()
    }

    fn bag(manifest: &str) -> Vec<&'static str> {
        codes(&[
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("data/a", b"a"),
        ])
    }

    #[test]
    fn manifests_of_one_algorithm_are_told_and_each_file_is_read_once() {
        let manifest = format!("{}  data/a\n", sum(b"a"));
        // `sha256`, `SHA256`, `sha-256`, `s-h-a-2-5-6` … are one.
        let names: Vec<String> = (0..1_000)
            .map(|it| format!("manifest-sha{}256.txt", "-".repeat(it)))
            .collect();
        let mut files: Vec<(&str, &[u8])> =
            names.iter().map(|it| (it.as_str(), manifest.as_bytes())).collect();
        files.push(("bagit.txt", DECLARATION));
        files.push(("data/a", b"a"));
        let mut bag = Memory::new(&files);
        let codes: Vec<&str> =
            check(&mut bag).diagnostics.iter().map(|it| it.code).collect();
        assert!(codes.contains(&"bag-too-many-manifests"), "{codes:?}");
        let twice = codes.iter().filter(|it| **it == "bag-algorithm-twice").count();
        assert_eq!(twice, limits::MANIFESTS - 1);
        assert_eq!(bag.2["data/a"], 1);
        let read = names.iter().filter(|it| bag.2.contains_key(*it)).count();
        assert_eq!(read, limits::MANIFESTS);
    }

    #[test]
    fn a_tag_file_that_is_too_large_is_not_read() {
        let mut bag = Memory::new(&[("bagit.txt", DECLARATION), ("bag-info.txt", b"")]);
        for file in &mut bag.1 {
            if file.path == "bag-info.txt" {
                file.size = limits::TAG_FILE_BYTES + 1;
            }
        }
        let found = check(&mut bag).diagnostics;
        let fault = found.iter().find(|it| it.code == "bag-tag-file-too-large");
        assert!(fault.is_some_and(|it| it.args.contains(&("largest", "256".to_owned()))));
        assert!(!bag.2.contains_key("bag-info.txt"));
    }

    #[test]
    fn a_bag_that_is_whole_has_no_fault() {
        assert_eq!(bag(&format!("{}  data/a\n", sum(b"a"))), [""; 0]);
        assert_eq!(bag(&format!("{}\t*./data/a\r\n", sum(b"a").to_uppercase())), [""; 0]);
    }

    #[test]
    fn a_changed_a_missing_and_an_extra_file_are_told_apart() {
        assert_eq!(bag(&format!("{}  data/a\n", sum(b"b"))), ["bag-file-changed"]);
        let more = format!("{}  data/a\n{}  data/b\n", sum(b"a"), sum(b"b"));
        assert_eq!(bag(&more), ["bag-file-missing"]);
        assert_eq!(bag(""), ["bag-file-extra"]);
    }

    #[test]
    fn paths_that_lead_outside_are_refused() {
        for path in ["data/../../etc/passwd", "/etc/passwd", "C:/x", "~/x", "autre/x"] {
            let manifest = format!("{}  data/a\n{}  {path}\n", sum(b"a"), sum(b"a"));
            assert_eq!(bag(&manifest), ["bag-path-refused"], "{path}");
        }
    }

    #[test]
    fn line_ends_and_percent_signs_in_names_are_decoded() {
        let manifest = format!("{}  data/a%0Ab%2525\n", sum(b"x"));
        let files: [(&str, &[u8]); 3] = [
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("data/a\nb%25", b"x"),
        ];
        assert_eq!(codes(&files), [""; 0]);
        assert_eq!(decode("a%25b", false), "a%25b", "the drafts leave the sign alone");
    }

    #[test]
    fn the_old_drafts_are_read_as_they_were() {
        let md5 = Sums::of(b"a", &[Algorithm::Md5]);
        let sha1 = Sums::of(b"b", &[Algorithm::Sha1]);
        let first = format!("{} data/a\n", md5.get(Algorithm::Md5));
        let second = format!("{} *data/b\n", sha1.get(Algorithm::Sha1));
        let files: [(&str, &[u8]); 5] = [
            (
                "bagit.txt",
                b"BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n",
            ),
            ("manifest-md5.txt", first.as_bytes()),
            ("manifest-sha1.txt", second.as_bytes()),
            ("data/a", b"a"),
            ("data/b", b"b"),
        ];
        assert_eq!(codes(&files), ["bag-algorithm-broken"]);
    }

    #[test]
    fn a_sign_that_a_tool_did_not_encode_is_told() {
        let manifest = format!("{}  data/a%25\n", sum(b"x"));
        let files: [(&str, &[u8]); 3] = [
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("data/a%25", b"x"),
        ];
        assert_eq!(codes(&files), ["bag-name-not-encoded"]);
    }

    #[test]
    fn names_that_some_systems_take_for_one_are_told() {
        for (one, other) in [("data/a", "data/A"), ("data/\u{e9}", "data/e\u{301}")] {
            let manifest = format!("{0}  {one}\n{0}  {other}\n", sum(b"x"));
            let files: [(&str, &[u8]); 4] = [
                ("bagit.txt", DECLARATION),
                ("manifest-sha256.txt", manifest.as_bytes()),
                (one, b"x"),
                (other, b"x"),
            ];
            assert_eq!(codes(&files), ["bag-names-alike"], "{one}");
        }
    }

    #[test]
    fn tag_manifests_list_every_manifest_and_the_same_files() {
        let manifest = format!("{}  data/a\n", sum(b"a"));
        let of = |name: &str, bytes: &[u8]| format!("{}  {name}\n", sum(bytes));
        let (declaration, listed) = (
            of("bagit.txt", DECLARATION),
            of("manifest-sha256.txt", manifest.as_bytes()),
        );
        let with = |declared: &[u8], tags: &str| {
            codes(&[
                ("bagit.txt", declared),
                ("manifest-sha256.txt", manifest.as_bytes()),
                ("data/a", b"a"),
                ("tagmanifest-sha256.txt", tags.as_bytes()),
            ])
        };
        assert_eq!(with(DECLARATION, &format!("{declaration}{listed}")), [""; 0]);
        assert_eq!(with(DECLARATION, &declaration), ["bag-file-unlisted"]);
        assert_eq!(with(DECLARATION, &listed), ["bag-tag-unlisted"], "a note");
        let itself =
            format!("{declaration}{listed}{}", of("tagmanifest-sha256.txt", b""));
        assert_eq!(with(DECLARATION, &itself), ["bag-tag-manifest-listed"]);
        let draft = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n";
        assert_eq!(with(draft, &of("bagit.txt", draft)), ["bag-tag-unlisted"]);
        let md5 = Sums::of(DECLARATION, &[Algorithm::Md5]);
        let md5 = format!("{}  bagit.txt\n", md5.get(Algorithm::Md5));
        let two = codes(&[
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("data/a", b"a"),
            ("tagmanifest-md5.txt", md5.as_bytes()),
            ("tagmanifest-sha256.txt", format!("{declaration}{listed}").as_bytes()),
        ]);
        assert_eq!(two, ["bag-file-unlisted"], "the two do not list the same files");
    }

    #[test]
    fn what_is_to_be_fetched_is_in_every_manifest() {
        let (one, two) = (format!("{}  data/a\n", sum(b"a")), sum(b"b"));
        let sha512 = Sums::of(b"a", &[Algorithm::Sha512]);
        let first = format!("{one}{two}  data/b\n");
        let second = format!("{}  data/a\n", sha512.get(Algorithm::Sha512));
        let files: [(&str, &[u8]); 5] = [
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", first.as_bytes()),
            ("manifest-sha512.txt", second.as_bytes()),
            ("data/a", b"a"),
            ("fetch.txt", b"https://a.example/b - data/b\n"),
        ];
        assert_eq!(codes(&files), ["bag-to-fetch", "bag-fetch-unlisted"]);
    }

    #[test]
    fn what_is_to_be_fetched_is_not_there_yet() {
        let manifest = format!("{}  data/a\n{}  data/b\n", sum(b"a"), sum(b"b"));
        let files: [(&str, &[u8]); 4] = [
            ("bagit.txt", DECLARATION),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("data/a", b"a"),
            (
                "fetch.txt",
                b"https://a.example/b - data/b\nhttps://a.example 3 data/c\nx\n",
            ),
        ];
        let codes = codes(&files);
        for code in ["bag-to-fetch", "bag-fetch-unlisted", "bag-fetch-line"] {
            assert!(codes.contains(&code), "{code} in {codes:?}");
        }
    }

    #[test]
    fn the_size_that_is_declared_is_compared() {
        let manifest = format!("{}  data/a\n", sum(b"a"));
        let with = |info: &[u8]| {
            codes(&[
                ("bagit.txt", DECLARATION),
                ("bag-info.txt", info),
                ("manifest-sha256.txt", manifest.as_bytes()),
                ("data/a", b"a"),
            ])
        };
        assert_eq!(with(b"Payload-Oxum: 1.1\nTitle: a\n b: c\n"), [""; 0]);
        assert_eq!(with(b"Payload-Oxum: 2.1\n"), ["bag-oxum"]);
        assert_eq!(with(b"sans deux-points\n"), ["bag-info-line"]);
    }

    #[test]
    fn a_bag_with_countless_faults_tells_the_first_ones() {
        let codes = bag(&"x\n".repeat(limits::DEPOSIT_FAULTS + 100));
        assert!(codes.len() <= limits::DEPOSIT_FAULTS + 1, "{}", codes.len());
        assert!(codes.contains(&"bag-more-faults"));
    }

    proptest::proptest! {
        #[test]
        fn tag_files_of_any_bytes_are_read(
            declaration: Vec<u8>,
            info: Vec<u8>,
            manifest: Vec<u8>,
            fetch: Vec<u8>,
        ) {
            let with = |declaration: &[u8]| {
                codes(&[
                    ("bagit.txt", declaration),
                    ("bag-info.txt", &info),
                    ("manifest-sha256.txt", &manifest),
                    ("manifest-blake2b.txt", &manifest),
                    ("tagmanifest-md5.txt", &fetch),
                    ("fetch.txt", &fetch),
                    ("data/a", b"a"),
                ])
            };
            with(&declaration);
            for encoding in ["UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1", "EBCDIC"] {
                for version in ["0.93", "0.97", "1.0", "9.9"] {
                    with(format!(
                        "BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"
                    ).as_bytes());
                }
            }
        }

        #[test]
        fn lines_of_any_text_are_read(lines in "([0-9a-f]{0,8}[ \t]{0,2}[^\n]{0,20}\n?){0,8}") {
            bag(&lines);
            drop(fields(&lines));
            for line in lines.lines() {
                fetched(line);
                decode(line, true);
            }
        }
    }

    #[test]
    fn a_bag_says_what_it_is() {
        let none: [(&str, &[u8]); 1] = [("data/a", b"a")];
        assert_eq!(codes(&none), ["bag-declaration-missing", "bag-no-manifest"]);
        for text in [
            "",
            "BagIt-Version: 1.0\n",
            "\u{feff}BagIt-Version: un\n",
            "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
            "BagIt-Version:1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nA: b\n",
        ] {
            let files: [(&str, &[u8]); 1] = [("bagit.txt", text.as_bytes())];
            assert!(codes(&files).contains(&"bag-declaration-wrong"), "{text:?}");
        }
    }
}
