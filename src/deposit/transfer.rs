//! Whether a SEDA transfer is whole and unharmed (versions 2.0 to 2.3).
//!
//! Any transfer, whoever made it: its manifest can be read, each object that it describes
//! has a file with its size and its checksum, each file has an object, and whatever refers
//! to something inside refers to something that is there. Whether the manifest keeps to
//! the schema is for the archive's own tools to say.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    check::{Faults, Report, Standard, compare, odd, too_large},
    digest::Algorithm,
    tree::{Tree, is_safe},
};
use crate::{
    cause,
    diagnostic::{Checked, Diagnostic, Place},
    limits,
    source::files::Kind,
};

/// The manifest's name. Some programs give it another, at the same place.
pub const MANIFEST: &str = "manifest.xml";

/// The namespace of the standard, without its version.
const SPACE: &str = "fr:gouv:culture:archivesdefrance:seda:v";

/// The versions that are known.
const VERSIONS: [&str; 4] = ["2.0", "2.1", "2.2", "2.3"];

/// How much of a file is read to see whether it is a manifest.
const BEGINNING: usize = 1 << 16;

/// The elements whose words count.
const READ: [&str; 9] = [
    "Uri",
    "MessageDigest",
    "Size",
    "DataObjectGroupId",
    "DataObjectGroupReferenceId",
    "DataObjectReferenceId",
    "ArchiveUnitRefId",
    "MessageIdentifier",
    "Identifier",
];

/// The manifest of a transfer, if this is one.
pub(super) fn manifest(tree: &mut dyn Tree) -> Option<String> {
    let at_root = |it: &&crate::source::files::Found| {
        it.kind == Kind::File && !it.path.contains('/')
    };
    let names: Vec<String> = tree
        .found()
        .iter()
        .filter(at_root)
        .map(|it| it.path.clone())
        .filter(|it| it.to_ascii_lowercase().ends_with(".xml"))
        .collect();
    if names.iter().any(|it| it == MANIFEST) {
        return Some(MANIFEST.to_owned());
    }
    names.into_iter().find(|name| {
        let mut beginning = Vec::new();
        let read = tree.stream(name, &mut |piece| {
            let room = BEGINNING - beginning.len();
            beginning.extend_from_slice(&piece[..piece.len().min(room)]);
        });
        let text = String::from_utf8_lossy(&beginning);
        read.is_ok() && text.contains("ArchiveTransfer") && text.contains(SPACE)
    })
}

/// Checks a transfer whose manifest has this name.
pub(super) fn check(tree: &mut dyn Tree, manifest: &str) -> Checked<Report> {
    let mut faults = Faults::default();
    for (fault, path) in odd(tree) {
        faults.push(fault, &path);
    }
    let sizes: BTreeMap<String, u64> = tree
        .found()
        .iter()
        .filter(|it| it.kind == Kind::File)
        .map(|it| (it.path.clone(), it.size))
        .collect();
    let described = match text(tree, manifest, sizes[manifest]) {
        Ok(text) => match Reading::default().read(&text) {
            Ok(described) => described,
            Err(fault) => {
                faults.push(fault, manifest);
                return report(&sizes, manifest, Reading::default(), faults);
            }
        },
        Err(fault) => {
            faults.push(fault, manifest);
            return report(&sizes, manifest, Reading::default(), faults);
        }
    };
    described.standard(manifest, &mut faults);
    described.references(manifest, &mut faults);
    described.files(tree, &sizes, manifest, &mut faults);
    report(&sizes, manifest, described, faults)
}

fn report(
    sizes: &BTreeMap<String, u64>,
    manifest: &str,
    described: Reading,
    faults: Faults,
) -> Checked<Report> {
    let payload = || sizes.iter().filter(|it| it.0 != manifest);
    let algorithms: BTreeSet<String> =
        described.objects.iter().filter_map(|it| it.algorithm.clone()).collect();
    let report = Report {
        standard: Standard::Seda,
        version: described.version,
        algorithms: algorithms.into_iter().collect(),
        files: payload().count(),
        bytes: payload().map(|it| it.1).sum(),
        tag_files: vec![manifest.to_owned()],
        info: described.info,
    };
    Checked { value: report, diagnostics: faults.finish() }
}

/// The text of the manifest.
fn text(tree: &mut dyn Tree, manifest: &str, size: u64) -> Result<String, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        let fault = Diagnostic::error("bag-file-unreadable").with("path", manifest);
        fault.because_of(&error)
    };
    if size > limits::TAG_FILE_BYTES {
        return Err(too_large(manifest));
    }
    let mut bytes = Vec::new();
    tree.stream(manifest, &mut |piece| bytes.extend_from_slice(piece))
        .map_err(unreadable)?;
    let text = crate::translation::exchange::decode(&bytes);
    text.ok_or_else(|| Diagnostic::error("seda-not-utf-8"))
}

/// What the manifest says of a file.
#[derive(Debug, Default)]
struct Object {
    id: String,
    uri: String,
    algorithm: Option<String>,
    sum: String,
    size: String,
    /// The group that it is in.
    group: Option<Arc<str>>,
}

/// What a reference may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Group,
    Object,
    Unit,
}

/// A manifest on its way through the reader, and what was read.
#[derive(Debug, Default)]
struct Reading {
    version: String,
    info: Vec<(String, String)>,
    objects: Vec<Object>,
    /// Everything that can be referred to.
    ids: BTreeMap<String, Target>,
    twice: BTreeSet<String>,
    /// What is referred to, and whether by an archive unit.
    references: BTreeMap<(String, Target), bool>,
    /// The elements that are open, and the words of the innermost.
    open: Vec<String>,
    words: String,
    group: Option<Arc<str>>,
    object: Option<Object>,
}

impl Reading {
    fn read(mut self, text: &str) -> Result<Self, Diagnostic> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let mut roots = 0;
        loop {
            let event = reader.read_event().map_err(|error| {
                broken(text, reader.error_position(), "")
                    .because(cause::xml(&error), error)
            })?;
            let at = reader.buffer_position();
            let wrong = |why: &Wrong| broken(text, at, &why.1).because(why.0, "");
            match event {
                Event::Start(tag) => {
                    roots += usize::from(self.open.is_empty());
                    self.start(&tag).map_err(|it| wrong(&it))?;
                    if self.open.len() > limits::SEDA_DEPTH {
                        return Err(wrong(&("deep", limits::SEDA_DEPTH.to_string())));
                    }
                    if roots > 1 {
                        return Err(wrong(&("root", String::new())));
                    }
                }
                Event::Empty(tag) => {
                    roots += usize::from(self.open.is_empty());
                    self.start(&tag).map_err(|it| wrong(&it))?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(words) => self.say(&words).map_err(|it| wrong(&it))?,
                Event::CData(words) => self.say(&words).map_err(|it| wrong(&it))?,
                Event::GeneralRef(reference) => {
                    let sign = reference.resolve_char_ref().ok().flatten();
                    let known = quick_xml::escape::resolve_predefined_entity(&reference);
                    match (sign, known) {
                        (Some(sign), _) => self.words.push(sign),
                        (None, Some(known)) => self.words.push_str(known),
                        (None, None) => {
                            let piece = format!("&{};", &*reference);
                            return Err(wrong(&("reference", piece)));
                        }
                    }
                }
                // A manifest has none, and one could make it grow in memory or read
                // what lies outside.
                Event::DocType(_) => {
                    return Err(wrong(&("entity", "<!DOCTYPE>".to_owned())));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        match self.open.is_empty() && roots == 1 {
            true => Ok(self),
            false => Err(broken(text, text.len() as u64, "").because("root", "")),
        }
    }

    fn say(&mut self, words: &str) -> Result<(), Wrong> {
        match self.open.is_empty() && !words.trim().is_empty() {
            true => Err(("root", String::new())),
            false => {
                self.words.push_str(words);
                Ok(())
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Wrong> {
        let full: &str = tag.name().into_inner();
        let (prefix, name) = full.rsplit_once(':').unwrap_or(("", full));
        let mut attributes: BTreeMap<String, String> = BTreeMap::new();
        for attribute in tag.attributes() {
            if attributes.len() == limits::ATTRIBUTES {
                return Err(("attributes", limits::ATTRIBUTES.to_string()));
            }
            let attribute = attribute.map_err(|_| ("attribute", String::new()))?;
            let value = quick_xml::escape::unescape(&attribute.value);
            let value = value.map_err(|_| ("reference", "&…;".to_owned()))?.into_owned();
            let key: &str = attribute.key.as_ref();
            attributes.insert(key.to_owned(), value);
        }
        if self.open.is_empty() {
            let space = match prefix {
                "" => "xmlns".to_owned(),
                prefix => format!("xmlns:{prefix}"),
            };
            let space = attributes.get(&space).and_then(|it| it.strip_prefix(SPACE));
            if name == "ArchiveTransfer" {
                self.version = space.unwrap_or_default().to_owned();
            }
        }
        let mut taken = |name: &str| attributes.remove(name).unwrap_or_default();
        match name {
            "DataObjectGroup" => {
                let id = taken("id");
                self.know(&id, Target::Group);
                self.group = Some(Arc::from(id));
            }
            "BinaryDataObject" | "PhysicalDataObject" => {
                let id = taken("id");
                self.know(&id, Target::Object);
                let group = self.group.clone();
                self.object = Some(Object { id, group, ..Object::default() });
            }
            "ArchiveUnit" => {
                let id = taken("id");
                self.know(&id, Target::Unit);
            }
            "MessageDigest" => {
                let algorithm = taken("algorithm");
                if let Some(object) = &mut self.object {
                    object.algorithm = Some(algorithm);
                }
            }
            "Attachment" => {
                let (file, uri) = (taken("filename"), taken("uri"));
                if let Some(object) = &mut self.object
                    && object.uri.is_empty()
                {
                    object.uri = if uri.is_empty() { file } else { uri };
                }
            }
            "Relationship" => {
                let target = taken("target");
                if self.object.is_some() {
                    self.refer(target, Target::Object);
                }
            }
            _ => {}
        }
        self.open.push(name.to_owned());
        self.words.clear();
        Ok(())
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let words = std::mem::take(&mut self.words);
        let words = match READ.contains(&name.as_str()) {
            true => words.trim().to_owned(),
            false => String::new(),
        };
        match (name.as_str(), &mut self.object) {
            ("Uri", Some(object)) => object.uri = words,
            ("MessageDigest", Some(object)) => object.sum = words,
            ("Size", Some(object)) => object.size = words,
            // The first object of a group names it, the others say that they are in it.
            ("DataObjectGroupId", Some(object)) => {
                object.group = Some(Arc::from(words.as_str()));
                self.know(&words, Target::Group);
            }
            ("DataObjectGroupReferenceId", Some(object)) => {
                object.group = Some(Arc::from(words.as_str()));
                self.references.entry((words, Target::Group)).or_default();
            }
            ("DataObjectGroupReferenceId", None) => self.refer(words, Target::Group),
            ("DataObjectReferenceId", _) => self.refer(words, Target::Object),
            ("ArchiveUnitRefId", _) => self.refer(words, Target::Unit),
            ("DataObjectGroup", _) => self.group = None,
            ("BinaryDataObject", _) => self.objects.extend(self.object.take()),
            ("PhysicalDataObject", _) => self.object = None,
            ("MessageIdentifier", None) if self.open.len() == 1 => {
                self.info.push((name, words));
            }
            ("Identifier", None) if self.open.len() == 2 => {
                let of = self.open.last().cloned().unwrap_or_default();
                self.info.push((of, words));
            }
            _ => {}
        }
    }

    fn know(&mut self, id: &str, target: Target) {
        let id = id.trim();
        if !id.is_empty() && self.ids.insert(id.to_owned(), target).is_some() {
            self.twice.insert(id.to_owned());
        }
    }

    fn refer(&mut self, id: String, target: Target) {
        let by_unit = self.open.iter().any(|it| it == "ArchiveUnit");
        *self.references.entry((id, target)).or_default() |= by_unit;
    }

    /// What the manifest says that it is.
    fn standard(&self, manifest: &str, faults: &mut Faults) {
        if !VERSIONS.contains(&self.version.as_str()) {
            let fault = Diagnostic::error("seda-version-unknown");
            faults.push(fault.with("version", &self.version), manifest);
        }
        if self.objects.is_empty() {
            faults.push(Diagnostic::warning("seda-empty"), manifest);
        }
        let used = || self.objects.iter().filter_map(|it| algorithm(it).ok());
        if used().next().is_some() && used().all(Algorithm::is_broken) {
            let names: BTreeSet<&str> = used().map(Algorithm::name).collect();
            let names: Vec<&str> = names.into_iter().collect();
            let fault = Diagnostic::warning("bag-algorithm-broken");
            faults.push(fault.with("algorithms", names.join(", ")), manifest);
        }
    }

    /// Each identifier is there once, and whatever is referred to is there.
    fn references(&self, manifest: &str, faults: &mut Faults) {
        for id in &self.twice {
            let fault = Diagnostic::error("seda-id-twice").with("id", id);
            faults.push(fault, manifest);
        }
        for (id, target) in self.references.keys() {
            if self.ids.get(id) != Some(target) {
                let fault = Diagnostic::error("seda-reference-broken").with("id", id);
                faults.push(fault, manifest);
            }
        }
        let (mut groups, mut objects) = (BTreeSet::new(), BTreeSet::new());
        for ((id, target), _) in self.references.iter().filter(|it| *it.1) {
            match target {
                Target::Group => groups.insert(id.as_str()),
                Target::Object => objects.insert(id.as_str()),
                Target::Unit => false,
            };
        }
        // A unit that has one object of a group has the group.
        let of_units = self.objects.iter().filter(|it| objects.contains(it.id.as_str()));
        groups.extend(of_units.filter_map(|it| it.group.as_deref()));
        for object in &self.objects {
            let group = object.group.as_deref();
            if !objects.contains(object.id.as_str())
                && !group.is_some_and(|it| groups.contains(it))
            {
                let fault = Diagnostic::warning("seda-object-alone");
                faults.push(fault.with("id", &object.id), manifest);
            }
        }
    }

    /// Each object has its file, each file its object.
    fn files(
        &self,
        tree: &mut dyn Tree,
        sizes: &BTreeMap<String, u64>,
        manifest: &str,
        faults: &mut Faults,
    ) {
        // Several objects may name one file, which is read once.
        let mut described: BTreeMap<String, Vec<(Algorithm, String)>> = BTreeMap::new();
        for object in &self.objects {
            if object.uri.is_empty() {
                let fault = Diagnostic::error("seda-object-without-file");
                faults.push(fault.with("id", &object.id), manifest);
                continue;
            }
            let path = path(&object.uri, sizes);
            if !is_safe(&path) {
                let fault = Diagnostic::error("bag-path-refused").with("path", &path);
                faults.push(fault, manifest);
                continue;
            }
            if described.contains_key(&path) {
                let fault = Diagnostic::error("bag-listed-twice").with("path", &path);
                faults.push(fault, manifest);
            }
            let expected = described.entry(path.clone()).or_default();
            match sizes.get(&path) {
                None => {
                    let fault = Diagnostic::error("bag-file-missing").with("path", &path);
                    faults.push(fault, &path);
                }
                Some(size) => expected.extend(declared(object, &path, *size, faults)),
            }
        }
        for (path, expected) in &described {
            if !expected.is_empty()
                && let Some(fault) = compare(tree, path, expected)
            {
                faults.push(fault, path);
            }
        }
        let is_extra = |it: &&String| *it != manifest && !described.contains_key(*it);
        let extra = sizes.keys().filter(is_extra);
        for path in extra {
            faults.push(Diagnostic::error("bag-file-extra").with("path", path), path);
        }
    }
}

/// The checksum that an object declares of its file, and whether its size is what it says.
fn declared(
    object: &Object,
    path: &str,
    size: u64,
    faults: &mut Faults,
) -> Option<(Algorithm, String)> {
    if !object.size.is_empty() && object.size.parse() != Ok(size) {
        let fault = Diagnostic::error("seda-size").with("path", path);
        let fault = fault.with("declared", &object.size).with("found", size);
        faults.push(fault, path);
    }
    match algorithm(object) {
        Ok(algorithm) => Some((algorithm, object.sum.clone())),
        Err(name) => {
            let fault = Diagnostic::error("seda-sum-unchecked").with("path", path);
            faults.push(fault.with("algorithm", name), path);
            None
        }
    }
}

/// The algorithm of an object's checksum, or what stands in its place: a name, or the
/// address that XML signatures give it.
fn algorithm(object: &Object) -> Result<Algorithm, &str> {
    let name = object.algorithm.as_deref().unwrap_or_default().trim();
    let last = name.rsplit(['#', '/']).next().unwrap_or_default();
    match Algorithm::named(last) {
        Some(algorithm) if !object.sum.is_empty() => Ok(algorithm),
        _ => Err(name),
    }
}

/// The file that an address in the manifest means: as it stands there, or, as addresses
/// are, percent-encoded.
fn path(uri: &str, sizes: &BTreeMap<String, u64>) -> String {
    let plain = uri.trim_start_matches("./");
    if sizes.contains_key(plain) {
        return plain.to_owned();
    }
    let decoded = percent_encoding::percent_decode_str(plain).decode_utf8_lossy();
    match sizes.contains_key(&*decoded) {
        true => decoded.into_owned(),
        false => plain.to_owned(),
    }
}

/// Why an event of the manifest is refused, and the piece or the bound that it is about.
type Wrong = (&'static str, String);

/// XML that is none, and in which line; the caller says why.
fn broken(text: &str, at: u64, piece: &str) -> Diagnostic {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    let before = text.as_bytes()[..at].iter().filter(|it| **it == b'\n').count();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let place =
        Place { line: number(before + 1), column: 1, start: number(at), end: number(at) };
    let piece: String = piece.chars().take(200).collect();
    Diagnostic::error("seda-unreadable").at(place).with("piece", piece)
}
