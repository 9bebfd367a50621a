//! Writing XLIFF.

use super::{
    super::{
        Outgoing, Sheet,
        codes::{self, Codes, Kind, Piece},
        entries, name,
        xml::{attribute, text},
    },
    BASE, CORE, GLOSSARY, MARKDOWN, MATCHES, METADATA, OLD, OURS, Options, Version,
};
use crate::{
    document::{Language, State},
    translation::{Glossary, glossary::Term, po::Entry},
};

/// Writes these pages for translation into a language; `None` when there is nothing in
/// them to send.
pub fn write(
    sheets: &[Sheet],
    language: &Language,
    options: &Options<'_>,
) -> Option<String> {
    let mut files = String::new();
    let source = sheets.first()?.source.clone();
    for (number, sheet) in sheets.iter().enumerate() {
        let units: Vec<Unit<'_>> = entries(&sheet.catalogue)
            .map(|entry| Unit { entry, out: Outgoing::of(entry) })
            .filter(|it| !options.changed || it.is_open())
            .collect();
        if !units.is_empty() {
            let page = Page { sheet, number: number + 1, language, options };
            match options.version {
                Version::V1_2 => page.old_page(&units, &mut files),
                Version::V2_1 => page.new_page(&units, &mut files),
            }
        }
    }
    (!files.is_empty()).then(|| document(&files, &source, language, options.version))
}

fn document(
    files: &str,
    source: &Language,
    language: &Language,
    version: Version,
) -> String {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let root = match version {
        Version::V1_2 => format!("<xliff version=\"1.2\" xmlns=\"{OLD}\">"),
        Version::V2_1 => format!(
            "<xliff version=\"2.1\" xmlns=\"{CORE}\" xmlns:mtc=\"{MATCHES}\" \
             xmlns:gls=\"{GLOSSARY}\" xmlns:mda=\"{METADATA}\"{}{}>",
            attribute("srcLang", source.as_str()),
            attribute("trgLang", language.as_str())
        ),
    };
    format!("{head}{root}\n{files}</xliff>\n")
}

struct Unit<'a> {
    entry: &'a Entry,
    out: Outgoing,
}

impl Unit<'_> {
    /// Whether somebody has something to do.
    fn is_open(&self) -> bool {
        matches!(self.out.state, State::Missing | State::Stale | State::Draft)
    }

    /// What is to be read beside it: for whom it is from, and what it says.
    fn notes(&self, glossary: &Glossary) -> Vec<(&'static str, String)> {
        let mut notes = Vec::new();
        let entry = self.entry;
        let roles = entry.extracted.iter().map(|it| ("plantin", it.clone()));
        notes.extend(roles);
        if let Some(context) = &entry.context {
            notes.push(("plantin", context.clone()));
        }
        let comments = entry.comments.iter().map(|it| it.trim());
        let comments = comments.filter(|it| !it.is_empty());
        notes.extend(comments.map(|it| ("translator", it.to_owned())));
        if let Some(previous) = &entry.previous.id {
            notes.push(("previous-source", previous.clone()));
        }
        for (number, code) in self.out.codes.iter() {
            let shown = code.shown();
            if matches!(code.kind, Kind::Link | Kind::Image | Kind::Code | Kind::Note) {
                notes.push(("codes", format!("{number}: {shown}")));
            }
        }
        for term in glossary.terms_in(&codes::plain(&self.out.source)) {
            let mut note = format!("{} → {}", term.source, term.target);
            if !term.forbidden.is_empty() {
                note.push_str(&format!(" (≠ {})", term.forbidden.join(", ")));
            }
            notes.push(("glossary", note));
        }
        notes
    }
}

struct Page<'a> {
    sheet: &'a Sheet,
    number: usize,
    language: &'a Language,
    options: &'a Options<'a>,
}

impl Page<'_> {
    fn old_page(&self, units: &[Unit<'_>], out: &mut String) {
        let sheet = self.sheet;
        out.push_str(&format!(
            "  <file{}{}{} datatype=\"x-markdown\" tool-id=\"{OURS}\">\n    <header>\n",
            attribute("original", &sheet.file),
            attribute("source-language", sheet.source.as_str()),
            attribute("target-language", self.language.as_str()),
        ));
        out.push_str(&format!("      <note>{}</note>\n", text(&sheet.address)));
        out.push_str(&format!(
            "      <tool tool-id=\"{OURS}\" tool-name=\"Plantin\"{}/>\n    </header>\n    <body>\n",
            attribute("tool-version", env!("CARGO_PKG_VERSION"))
        ));
        units.iter().for_each(|unit| self.old_unit(unit, out));
        out.push_str("    </body>\n  </file>\n");
    }

    fn old_unit(&self, unit: &Unit<'_>, out: &mut String) {
        let sent = &unit.out;
        let approved =
            if sent.state == State::Reviewed { " approved=\"yes\"" } else { "" };
        out.push_str(&format!(
            "      <trans-unit{} xml:space=\"preserve\"{approved}>\n        <source>{}</source>\n",
            attribute("id", &name(unit.entry)),
            old_pieces(&sent.source, &sent.codes)
        ));
        if !sent.target.is_empty() {
            let state = match sent.state {
                State::Reviewed => "final",
                State::Translated => "translated",
                State::Draft => "needs-review-translation",
                State::Stale | State::Missing | State::Source => "needs-translation",
            };
            out.push_str(&format!(
                "        <target state=\"{state}\">{}</target>\n",
                old_pieces(&sent.target, &sent.codes)
            ));
        }
        old_contexts(unit, out);
        for (from, note) in unit.notes(self.options.glossary) {
            let (from, note) = (attribute("from", from), text(&note));
            out.push_str(&format!("        <note{from}>{note}</note>\n"));
        }
        if let Some(other) = Other::of(unit) {
            let kind = if other.is_former { "previous-version" } else { "proposal" };
            out.push_str(&format!(
                "        <alt-trans alttranstype=\"{kind}\"{} xml:space=\"preserve\">\n          \
                 <source>{}</source>\n          <target>{}</target>\n        </alt-trans>\n",
                attribute("origin", OURS),
                old_pieces(&other.source, &other.codes),
                old_pieces(&other.target, &other.codes),
            ));
        }
        out.push_str("      </trans-unit>\n");
    }

    fn new_page(&self, units: &[Unit<'_>], out: &mut String) {
        out.push_str(&format!(
            "  <file id=\"f{}\"{}>\n    <notes>\n      <note category=\"address\">{}</note>\n    </notes>\n",
            self.number,
            attribute("original", &self.sheet.file),
            text(&self.sheet.address)
        ));
        units.iter().for_each(|unit| self.new_unit(unit, out));
        out.push_str("  </file>\n");
    }

    fn new_unit(&self, unit: &Unit<'_>, out: &mut String) {
        let sent = &unit.out;
        out.push_str(&format!(
            "    <unit{} xml:space=\"preserve\">\n",
            attribute("id", &name(unit.entry))
        ));
        if let Some(other) = Other::of(unit) {
            out.push_str(&format!(
                "      <mtc:matches>\n        <mtc:match ref=\"#s1\"{}>\n          \
                 <source>{}</source>\n          <target>{}</target>\n        </mtc:match>\n      </mtc:matches>\n",
                attribute("origin", OURS),
                new_pieces(&other.source, &other.codes, false),
                new_pieces(&other.target, &other.codes, false),
            ));
        }
        self.new_glossary(unit, out);
        new_metadata(unit, out);
        out.push_str("      <notes>\n");
        for (from, note) in unit.notes(self.options.glossary) {
            let (from, note) = (attribute("category", from), text(&note));
            out.push_str(&format!("        <note{from}>{note}</note>\n"));
        }
        for reference in &unit.entry.references {
            let reference = text(reference);
            out.push_str(&format!(
                "        <note category=\"location\">{reference}</note>\n"
            ));
        }
        out.push_str("      </notes>\n");
        new_data(&sent.codes, out);
        let state = match sent.state {
            State::Reviewed => " state=\"reviewed\"",
            State::Translated => " state=\"translated\"",
            State::Draft => " state=\"initial\" subState=\"plantin:draft\"",
            State::Stale => " state=\"initial\" subState=\"plantin:stale\"",
            State::Missing | State::Source => "",
        };
        out.push_str(&format!(
            "      <segment id=\"s1\"{state}>\n        <source>{}</source>\n",
            new_pieces(&sent.source, &sent.codes, true)
        ));
        if !sent.target.is_empty() {
            let target = new_pieces(&sent.target, &sent.codes, true);
            out.push_str(&format!("        <target>{target}</target>\n"));
        }
        out.push_str("      </segment>\n    </unit>\n");
    }

    fn new_glossary(&self, unit: &Unit<'_>, out: &mut String) {
        let words = codes::plain(&unit.out.source);
        let found: Vec<&Term> = self.options.glossary.terms_in(&words).collect();
        if found.is_empty() {
            return;
        }
        out.push_str("      <gls:glossary>\n");
        for term in found {
            out.push_str(&format!(
                "        <gls:glossEntry><gls:term>{}</gls:term><gls:translation>{}</gls:translation></gls:glossEntry>\n",
                text(&term.source),
                text(&term.target)
            ));
        }
        out.push_str("      </gls:glossary>\n");
    }
}

/// A translation that goes along as a proposal: the one of the former source, or one that
/// does not have the codes of the present.
struct Other {
    source: Vec<Piece>,
    target: Vec<Piece>,
    codes: Codes,
    is_former: bool,
}

impl Other {
    fn of(unit: &Unit<'_>) -> Option<Self> {
        let entry = unit.entry;
        let is_former = entry.previous.id.is_some();
        if entry.translation().trim().is_empty() || !is_former && !unit.out.withheld {
            return None;
        }
        let (source, codes) =
            codes::source(entry.previous.id.as_deref().unwrap_or(&entry.id));
        let (target, _) = codes::target(entry.translation(), &codes);
        Some(Self { source, target, codes, is_former })
    }
}

/// Where a unit stands, and what the way back needs.
fn old_contexts(unit: &Unit<'_>, out: &mut String) {
    let context = |kind: &str, value: &str| {
        format!("<context context-type=\"{kind}\">{}</context>", text(value))
    };
    for reference in &unit.entry.references {
        let (file, line) = reference.rsplit_once(':').unwrap_or((reference, ""));
        let mut both = context("sourcefile", file);
        if !line.is_empty() {
            both.push_str(&context("linenumber", line));
        }
        out.push_str(&format!(
            "        <context-group purpose=\"location\">{both}</context-group>\n"
        ));
    }
    out.push_str(&format!(
        "        <context-group purpose=\"information\">{}{}</context-group>\n",
        context(MARKDOWN, &unit.entry.id),
        context(BASE, &unit.out.base().write())
    ));
}

fn new_metadata(unit: &Unit<'_>, out: &mut String) {
    out.push_str(&format!(
        "      <mda:metadata><mda:metaGroup category=\"{OURS}\"><mda:meta type=\"{MARKDOWN}\">{}</mda:meta>\
         <mda:meta type=\"{BASE}\">{}</mda:meta></mda:metaGroup></mda:metadata>\n",
        text(&unit.entry.id),
        text(&unit.out.base().write())
    ));
}

/// What the codes stand for, for a tool to show.
fn new_data(codes: &Codes, out: &mut String) {
    if codes.iter().next().is_none() {
        return;
    }
    out.push_str("      <originalData>\n");
    for (number, code) in codes.iter() {
        let (open, close) = code.markdown();
        out.push_str(&format!("        <data id=\"d{number}\">{}</data>\n", text(&open)));
        if code.paired {
            let close = text(&close);
            out.push_str(&format!("        <data id=\"e{number}\">{close}</data>\n"));
        }
    }
    out.push_str("      </originalData>\n");
}

fn old_pieces(pieces: &[Piece], codes: &Codes) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => out.push_str(&text(words)),
            Piece::Close(_) => out.push_str("</g>"),
            Piece::Open(number) => {
                let kind = codes
                    .get(*number)
                    .map_or("x-span".into(), |it| old_kind(it.kind, true));
                out.push_str(&format!(
                    "<g id=\"{number}\"{} clone=\"no\">",
                    attribute("ctype", &kind)
                ));
            }
            Piece::Alone(number) => {
                let code = codes.get(*number);
                let kind = code.map_or("x-code".into(), |it| old_kind(it.kind, false));
                let shown = code.map(codes::Code::shown).unwrap_or_default();
                out.push_str(&format!(
                    "<x id=\"{number}\"{} clone=\"no\"{}/>",
                    attribute("ctype", &kind),
                    attribute("equiv-text", &shown)
                ));
            }
        }
    }
    out
}

/// What 1.2 calls a code. A bare address is a link without words, for which it has no name.
fn old_kind(kind: Kind, paired: bool) -> String {
    let name = match kind {
        Kind::Link if paired => "link",
        Kind::Image if !paired => "image",
        Kind::Bold => "bold",
        Kind::Italic => "italic",
        Kind::Underlined => "underlined",
        Kind::Link => "x-link",
        Kind::Image => "x-image",
        Kind::Break => "lb",
        Kind::Code => "x-code",
        Kind::Note => "x-footnote",
        Kind::Title => "x-title",
        Kind::Quote => "x-quote",
        Kind::Other(name) => return format!("x-{name}"),
    };
    name.to_owned()
}

fn new_pieces(pieces: &[Piece], codes: &Codes, with_data: bool) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (number, paired) = match piece {
            Piece::Words(words) => {
                out.push_str(&text(words));
                continue;
            }
            Piece::Close(_) => {
                out.push_str("</pc>");
                continue;
            }
            Piece::Open(number) => (*number, true),
            Piece::Alone(number) => (*number, false),
        };
        let code = codes.get(number);
        let (kind, sub) = new_kind(code.map_or(Kind::Other("span"), |it| it.kind));
        let kind = format!(
            "{}{}",
            attribute("type", kind),
            sub.map(|it| attribute("subType", &it)).unwrap_or_default()
        );
        let rights = " canCopy=\"no\" canDelete=\"no\"";
        if paired {
            let data = if with_data {
                format!(" dataRefStart=\"d{number}\" dataRefEnd=\"e{number}\"")
            } else {
                String::new()
            };
            out.push_str(&format!("<pc id=\"{number}\"{kind}{rights}{data}>"));
        } else {
            let shown = code.map(codes::Code::shown).unwrap_or_default();
            let data =
                if with_data { format!(" dataRef=\"d{number}\"") } else { String::new() };
            let shown = attribute("equiv", &shown);
            out.push_str(&format!("<ph id=\"{number}\"{kind}{rights}{data}{shown}/>"));
        }
    }
    out
}

/// What 2.1 calls a code: its type and a closer one.
fn new_kind(kind: Kind) -> (&'static str, Option<String>) {
    let fmt = |name: &str| ("fmt", Some(format!("xlf:{name}")));
    match kind {
        Kind::Bold => fmt("b"),
        Kind::Italic => fmt("i"),
        Kind::Underlined => fmt("u"),
        Kind::Break => fmt("lb"),
        Kind::Link => ("link", None),
        Kind::Image => ("image", None),
        Kind::Quote => ("quote", None),
        Kind::Code => ("other", Some(format!("{OURS}:code"))),
        Kind::Note => ("other", Some(format!("{OURS}:footnote"))),
        Kind::Title => ("other", Some(format!("{OURS}:title"))),
        Kind::Other(name) => ("fmt", Some(format!("{OURS}:{name}"))),
    }
}
