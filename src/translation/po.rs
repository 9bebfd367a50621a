//! The PO format: text to entries and back, with nothing lost.
//!
//! Catalogues pass through many hands: Weblate, Poedit, agencies, mail. Reading therefore
//! accepts whatever bytes come, says which lines it does not understand, and keeps all
//! the rest: translator's comments, flags, previous texts, obsolete entries.
//!
//! A new catalogue has the layout of `msgcat --no-wrap`: a line of the catalogue is a line
//! of text, so that a changed word changes one line. One that a tool has wrapped, or saved
//! with the line ends of Windows, stays so: a text that did not change keeps its lines, so
//! that the program and the tool do not take turns at rewriting the file.
//!
//! What an entry means for a page is not known here: see `catalogue`.

use super::excerpt;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// After this many faults a file is taken for something else than a catalogue; the
/// other faults are only counted.
const MOST_FAULTS: usize = 10;

/// The greatest number of plural forms that a language has is six.
const MOST_FORMS: usize = 10;

/// Around a file name with spaces in a reference: first strong isolate, pop isolate.
const ISOLATES: (char, char) = ('\u{2068}', '\u{2069}');

/// How wide the lines of a wrapped file are, quotation marks included.
const WIDTH: usize = 77;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct File {
    /// The entries in order, the header among them.
    pub(super) entries: Vec<Entry>,
    /// Comments after the last entry, as they are written after `#`.
    pub(super) tail: Vec<String>,
    /// How it is laid out.
    pub(super) style: Style,
}

/// How a file is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Its lines end as those of Windows do.
    pub(super) returns: bool,
    /// It begins with a byte-order mark.
    pub(super) mark: bool,
    /// Its long texts are broken into lines.
    pub(super) wrapped: bool,
}

/// How the texts of an entry were broken into lines: the bytes of each line.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    id: Vec<usize>,
    previous: Vec<usize>,
    translation: Vec<usize>,
}

/// One message and its translation.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Where its `msgid` stands; line zero when it was not read from a file.
    pub(super) place: Place,
    /// Where its `msgstr` stands.
    pub(super) translation_place: Place,
    /// `#`: the translator's comments, as they are written after the sign.
    pub(super) comments: Vec<String>,
    /// `#.`: what the program tells the translator.
    pub(super) extracted: Vec<String>,
    /// `#:`: where the text stands.
    pub(super) references: Vec<String>,
    /// `#,`: fuzzy and others.
    pub(super) flags: Vec<String>,
    /// `#|`: what the translation was made from.
    pub(super) previous: Previous,
    /// `msgctxt`.
    pub(super) context: Option<String>,
    /// `msgid`.
    pub(super) id: String,
    /// `msgid_plural`.
    pub(super) plural: Option<String>,
    /// `msgstr`, or one for each plural form.
    pub(super) translations: Vec<String>,
    /// `#~`: its text is no longer in the page.
    pub(super) obsolete: bool,
    /// How its texts were broken into lines.
    pub(super) lines: Lines,
}

/// What a translation was made from, when that is not the present text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Previous {
    /// `#| msgctxt`.
    pub(super) context: Option<String>,
    /// `#| msgid`.
    pub(super) id: Option<String>,
    /// `#| msgid_plural`.
    pub(super) plural: Option<String>,
}

/// Entries are equal when they say the same, wherever they stand.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        fn said(it: &Entry) -> impl PartialEq + '_ {
            let comments = (&it.comments, &it.extracted, &it.references, &it.flags);
            let texts = (&it.context, &it.id, &it.plural, &it.translations);
            (comments, &it.previous, texts, it.obsolete)
        }
        said(self) == said(other)
    }
}

impl Entry {
    /// The translation; empty when there is none.
    pub(super) fn translation(&self) -> &str {
        self.translations.first().map_or("", String::as_str)
    }

    /// Whether it is the header.
    pub(super) fn is_header(&self) -> bool {
        self.id.is_empty() && self.context.is_none() && !self.obsolete
    }

    /// Whether it carries this flag.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|it| it == flag)
    }
}

/// Reads a file. The diagnostics are what was not understood, and is not in the file.
pub(super) fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    reader.file.style.mark = text.starts_with('\u{feff}');
    reader.file.style.returns = text.contains("\r\n");
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let body = if number == 0 { line.trim_start_matches('\u{feff}') } else { line };
        let body = body.trim();
        reader.place = Place {
            line: u32::try_from(number + 1).unwrap_or(u32::MAX),
            column: 1,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(start + line.len()).unwrap_or(u32::MAX),
        };
        start += line.len();
        reader.line(body);
    }
    reader.finish()
}

/// The part of an entry that a line beginning with a quotation mark goes on with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    PreviousContext,
    PreviousId,
    PreviousPlural,
    Context,
    Id,
    Plural,
    Translation,
}

#[derive(Default)]
struct Reader {
    file: File,
    faults: Vec<Diagnostic>,
    /// How many there were after that, and how much they matter.
    more_faults: usize,
    more_severe: Option<Severity>,
    place: Place,
    entry: Entry,
    field: Option<Field>,
    has_id: bool,
    broken: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let (line, obsolete, previous) = match line.strip_prefix("#~") {
            Some(rest) => match rest.strip_prefix('|') {
                Some(rest) => (rest.trim_start(), true, true),
                None => (rest.trim_start(), true, false),
            },
            None => match line.strip_prefix("#|") {
                Some(rest) => (rest.trim_start(), false, true),
                None => (line, false, false),
            },
        };
        if line.is_empty() {
            return;
        }
        match line.strip_prefix('#') {
            Some(rest) => self.comment(rest),
            None if line.starts_with('"') => self.append(line),
            None => self.keyword(line, obsolete, previous),
        }
    }

    fn comment(&mut self, rest: &str) {
        self.begin();
        let rest = rest.replace(|it: char| it.is_control() && it != '\t', " ");
        let rest = rest.trim_end();
        let mut chars = rest.chars();
        let kind = chars.next();
        let body = chars.as_str();
        match kind {
            Some('.') => {
                let text = body.strip_prefix(' ').unwrap_or(body);
                self.entry.extracted.push(text.to_owned());
            }
            Some(':') => self.entry.references.extend(references(body)),
            Some(',') => {
                let flags = body.split(',').map(str::trim).filter(|it| !it.is_empty());
                self.entry.flags.extend(flags.map(str::to_owned));
            }
            // Twice a sign that makes a line obsolete or previous.
            Some('~' | '|') => self.fault("catalogue-syntax", rest),
            _ => self.entry.comments.push(rest.to_owned()),
        }
    }

    fn keyword(&mut self, line: &str, obsolete: bool, previous: bool) {
        let end =
            line.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(line.len());
        let (keyword, rest) = line.split_at(end);
        let field = match (previous, keyword) {
            (true, "msgctxt") => Field::PreviousContext,
            (true, "msgid") => Field::PreviousId,
            (true, "msgid_plural") => Field::PreviousPlural,
            (false, "msgctxt") => Field::Context,
            (false, "msgid") => Field::Id,
            (false, "msgid_plural") => Field::Plural,
            (false, "msgstr") if self.entry.translations.is_empty() => Field::Translation,
            (false, "msgstr") => {
                // Which of the two is meant is for a person to say: what two people changed
                // at once is often kept twice.
                self.field = None;
                self.broken = true;
                return self.fault("catalogue-two-translations", &self.entry.id.clone());
            }
            (false, it) if self.is_next_form(it) => Field::Translation,
            _ => return self.fault("catalogue-syntax", line),
        };
        if !matches!(field, Field::Plural | Field::Translation) {
            self.begin();
        }
        if matches!(field, Field::Plural | Field::Translation) && !self.has_id {
            self.field = None;
            return self.fault("catalogue-syntax", line);
        }
        self.open(field);
        self.entry.obsolete |= obsolete;
        self.append(rest.trim_start());
    }

    /// Whether this is `msgstr[N]` for the form that must come next.
    fn is_next_form(&self, keyword: &str) -> bool {
        let number = keyword.strip_prefix("msgstr[").and_then(|it| it.strip_suffix(']'));
        let next = self.entry.translations.len();
        next < MOST_FORMS && number.is_some_and(|it| it == next.to_string())
    }

    fn open(&mut self, field: Field) {
        self.field = Some(field);
        let entry = &mut self.entry;
        match field {
            Field::PreviousContext => entry.previous.context = Some(String::new()),
            Field::PreviousId => entry.previous.id = Some(String::new()),
            Field::PreviousPlural => entry.previous.plural = Some(String::new()),
            Field::Context => entry.context = Some(String::new()),
            Field::Plural => entry.plural = Some(String::new()),
            Field::Id => {
                self.has_id = true;
                entry.place = self.place;
            }
            Field::Translation => {
                if entry.translations.is_empty() {
                    entry.translation_place = self.place;
                }
                entry.translations.push(String::new());
            }
        }
    }

    /// Adds quoted text to the open field.
    fn append(&mut self, quoted: &str) {
        let Some(field) = self.field else {
            return self.fault("catalogue-syntax", quoted);
        };
        let mut bytes = Vec::new();
        let unquoted = unquote(quoted, &mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        if let Err(fault) = unquoted {
            self.broken |= fault.is_loss();
            match fault {
                Quoting::Open => self.fault("catalogue-open-text", quoted),
                Quoting::Outside => self.fault("catalogue-syntax", quoted),
                Quoting::Escape(sign) => {
                    let sequence = excerpt(&format!("\\{sign}"));
                    let warning = Diagnostic::warning("catalogue-escape");
                    self.report(warning.with("sequence", sequence));
                }
            }
        }
        let entry = &mut self.entry;
        let lines = match field {
            Field::PreviousId => Some(&mut entry.lines.previous),
            Field::Id => Some(&mut entry.lines.id),
            Field::Translation if entry.translations.len() == 1 => {
                Some(&mut entry.lines.translation)
            }
            _ => None,
        };
        if let Some(lines) = lines {
            lines.push(text.len());
        }
        let target = match field {
            Field::PreviousContext => entry.previous.context.as_mut(),
            Field::PreviousId => entry.previous.id.as_mut(),
            Field::PreviousPlural => entry.previous.plural.as_mut(),
            Field::Context => entry.context.as_mut(),
            Field::Id => Some(&mut entry.id),
            Field::Plural => entry.plural.as_mut(),
            Field::Translation => entry.translations.last_mut(),
        };
        let target = target.expect("an open field has its text");
        self.file.style.wrapped |= !target.is_empty() && !target.ends_with('\n');
        target.push_str(&text);
    }

    /// A line comes that can only belong to a new entry once this one has its text.
    fn begin(&mut self) {
        self.field = None;
        if self.has_id {
            self.close();
        }
    }

    fn close(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let broken = std::mem::take(&mut self.broken);
        self.has_id = false;
        if entry.translations.is_empty() {
            let place = std::mem::replace(&mut self.place, entry.place);
            self.fault("catalogue-cut-entry", &entry.id);
            self.place = place;
        } else if !broken {
            self.file.entries.push(entry);
        }
    }

    fn fault(&mut self, code: &'static str, text: &str) {
        self.report(Diagnostic::error(code).with("text", excerpt(text)));
    }

    fn report(&mut self, fault: Diagnostic) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault.at(self.place));
        } else {
            self.more_faults += 1;
            self.more_severe = self.more_severe.max(Some(fault.severity));
        }
    }

    fn finish(mut self) -> (File, Vec<Diagnostic>) {
        self.begin();
        self.file.tail = self.entry.comments;
        if let Some(severity) = self.more_severe {
            let more = Diagnostic::new(severity, "catalogue-more-faults");
            self.faults.push(more.at(self.place).with("count", self.more_faults));
        }
        (self.file, self.faults)
    }
}

/// What is wrong with quoted text.
enum Quoting {
    /// It has no end: the file was cut.
    Open,
    /// There is something outside the quotation marks.
    Outside,
    /// A backslash before a sign that has no meaning there; both are kept.
    Escape(char),
}

impl Quoting {
    /// Whether a part of the text is lost, so that the rest must not be used.
    fn is_loss(&self) -> bool {
        matches!(self, Quoting::Open | Quoting::Outside)
    }
}

/// Reads one or more quoted texts into `out`, and says the worst that was wrong. They are
/// bytes, since an escape with a number is one.
fn unquote(quoted: &str, out: &mut Vec<u8>) -> Result<(), Quoting> {
    let mut chars = quoted.chars().peekable();
    let mut result = Ok(());
    while let Some(sign) = chars.next() {
        if sign.is_whitespace() {
            continue;
        }
        if sign != '"' {
            return Err(Quoting::Outside);
        }
        loop {
            match chars.next() {
                None => return Err(Quoting::Open),
                Some('"') => break,
                Some('\\') => {
                    if let Err(fault) = escape(&mut chars, out) {
                        result = Err(fault);
                    }
                }
                Some(it) => push(out, it),
            }
        }
    }
    result
}

/// Reads what follows a backslash.
fn escape(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    out: &mut Vec<u8>,
) -> Result<(), Quoting> {
    let sign = chars.next().ok_or(Quoting::Open)?;
    let is_hex = |it: Option<&char>| it.is_some_and(char::is_ascii_hexdigit);
    out.push(match sign {
        '"' => b'"',
        '\\' => b'\\',
        'n' => b'\n',
        't' => b'\t',
        'r' => b'\r',
        'a' => 0x07,
        'b' => 0x08,
        'v' => 0x0b,
        'f' => 0x0c,
        '0'..='7' => number(sign.to_digit(8), 8, 2, chars),
        'x' if is_hex(chars.peek()) => number(None, 16, 2, chars),
        _ => {
            // A translator who writes `\*` means the escape of Markdown.
            out.push(b'\\');
            push(out, sign);
            return Err(Quoting::Escape(sign));
        }
    });
    Ok(())
}

fn push(out: &mut Vec<u8>, sign: char) {
    out.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The byte that a number says, of so many more digits at most (GNU gettext, `po-lex.c`).
fn number(
    first: Option<u32>,
    base: u32,
    most: usize,
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
) -> u8 {
    let mut value = first.unwrap_or_default();
    for _ in 0..most {
        let Some(digit) = chars.peek().and_then(|it| it.to_digit(base)) else { break };
        value = value * base + digit;
        chars.next();
    }
    // As in C, what is too large for a byte loses its first bit.
    value.to_le_bytes()[0]
}

/// The references of a line: words, or what stands between isolates.
fn references(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut isolated = false;
    for sign in line.chars() {
        if sign == ISOLATES.0 {
            isolated = true;
        } else if sign == ISOLATES.1 {
            isolated = false;
        } else if sign.is_whitespace() && !isolated {
            all.push(String::new());
        } else if let Some(last) = all.last_mut() {
            last.push(sign);
        }
    }
    all.retain(|it| !it.is_empty());
    all
}

/// Writes a file.
pub(super) fn write(file: &File) -> String {
    let mut out = Out { text: String::new(), style: file.style };
    for entry in &file.entries {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        out.entry(entry);
    }
    if !file.tail.is_empty() {
        out.text.push('\n');
        out.lines("#", &file.tail);
    }
    let mark = if file.style.mark { "\u{feff}" } else { "" };
    match file.style.returns {
        true => format!("{mark}{}", out.text.replace('\n', "\r\n")),
        false => format!("{mark}{}", out.text),
    }
}

/// A file that is being written.
struct Out {
    text: String,
    style: Style,
}

impl Out {
    fn entry(&mut self, entry: &Entry) {
        self.lines("#", &entry.comments);
        for line in &entry.extracted {
            let prefix = if line.is_empty() { "#." } else { "#. " };
            self.lines(prefix, std::slice::from_ref(line));
        }
        self.references(&entry.references);
        if !entry.flags.is_empty() {
            self.lines("#, ", &[entry.flags.join(", ")]);
        }
        let (prefix, previous) =
            if entry.obsolete { ("#~ ", "#~| ") } else { ("", "#| ") };
        let before = &entry.previous;
        self.optional(previous, "msgctxt", before.context.as_deref(), &[]);
        self.optional(previous, "msgid", before.id.as_deref(), &entry.lines.previous);
        self.optional(previous, "msgid_plural", before.plural.as_deref(), &[]);
        self.optional(prefix, "msgctxt", entry.context.as_deref(), &[]);
        self.quoted(prefix, "msgid", &entry.id, &entry.lines.id);
        self.optional(prefix, "msgid_plural", entry.plural.as_deref(), &[]);
        let lines = &entry.lines.translation;
        if entry.plural.is_some() || entry.translations.len() > 1 {
            for (form, text) in entry.translations.iter().enumerate() {
                let lines = if form == 0 { lines.as_slice() } else { &[] };
                self.quoted(prefix, &format!("msgstr[{form}]"), text, lines);
            }
        } else {
            self.quoted(prefix, "msgstr", entry.translation(), lines);
        }
    }

    fn lines(&mut self, prefix: &str, lines: &[String]) {
        for line in lines {
            self.text.push_str(prefix);
            // A line end inside a comment would let its rest become an entry.
            let fit = |it: char| if it.is_control() && it != '\t' { ' ' } else { it };
            self.text.extend(line.chars().map(fit));
            self.text.push('\n');
        }
    }

    fn references(&mut self, references: &[String]) {
        let mut line = String::new();
        // Kept, not counted again: a text may stand in thousands of places.
        let mut width = 0;
        for reference in references.iter().map(|it| isolate(it)) {
            let more = reference.chars().count();
            if self.style.wrapped && !line.is_empty() && width + more + 1 > WIDTH - 3 {
                self.lines("#: ", &[std::mem::take(&mut line)]);
                width = 0;
            }
            if !line.is_empty() {
                line.push(' ');
                width += 1;
            }
            line.push_str(&reference);
            width += more;
        }
        if !line.is_empty() {
            self.lines("#: ", &[line]);
        }
    }

    fn optional(
        &mut self,
        prefix: &str,
        keyword: &str,
        text: Option<&str>,
        lines: &[usize],
    ) {
        if let Some(text) = text {
            self.quoted(prefix, keyword, text, lines);
        }
    }

    /// A keyword and its text, in the lines that it had, where they still fit.
    fn quoted(&mut self, prefix: &str, keyword: &str, text: &str, lines: &[usize]) {
        self.text.push_str(prefix);
        self.text.push_str(keyword);
        self.text.push(' ');
        let had = if self.style.wrapped { had(text, lines) } else { None };
        let width = prefix.len() + keyword.len() + 1 + quoted_width(text);
        let pieces = match had {
            Some(had) => had,
            None if self.style.wrapped && width > WIDTH => {
                let wrap = |it| wrap(it, WIDTH - prefix.len() - 2);
                std::iter::once("")
                    .chain(text.split_inclusive('\n').flat_map(wrap))
                    .collect()
            }
            None if is_long(text) => {
                std::iter::once("").chain(text.split_inclusive('\n')).collect()
            }
            None => vec![text],
        };
        for (number, piece) in pieces.into_iter().enumerate() {
            if number > 0 {
                self.text.push_str(prefix);
            }
            quote(&mut self.text, piece);
        }
    }
}

/// Whether each of the lines of a text gets one of its own.
fn is_long(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n') || text.ends_with("\n\n") || text == "\n"
}

/// A text in the lines that it had, when they are lines of this text.
fn had<'a>(text: &'a str, lines: &[usize]) -> Option<Vec<&'a str>> {
    let mut rest = text;
    let mut pieces = Vec::new();
    for length in lines {
        let (piece, after) = rest.split_at_checked(*length)?;
        pieces.push(piece);
        rest = after;
    }
    (!pieces.is_empty() && rest.is_empty()).then_some(pieces)
}

/// How much room a text takes between quotation marks, and they.
fn quoted_width(text: &str) -> usize {
    let width = |it: char| if matches!(it, '"' | '\\' | '\n' | '\t') { 2 } else { 1 };
    text.chars().map(width).sum::<usize>() + 2
}

/// Breaks a line at its spaces.
fn wrap(line: &str, width: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut end, mut room) = (0, 0, width);
    for word in line.split_inclusive(' ') {
        let wide = quoted_width(word) - 2;
        if wide > room && end > start {
            pieces.push(&line[start..end]);
            (start, room) = (end, width);
        }
        room = room.saturating_sub(wide);
        end += word.len();
    }
    pieces.push(&line[start..]);
    pieces
}

fn isolate(reference: &str) -> String {
    if reference.contains(char::is_whitespace) {
        format!("{}{reference}{}", ISOLATES.0, ISOLATES.1)
    } else {
        reference.to_owned()
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0'..='\x1f' | '\x7f' => out.push_str(&format!("\\{:03o}", sign as u32)),
            _ => out.push(sign),
        }
    }
    out.push_str("\"\n");
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        read(text).1.iter().map(|it| it.code).collect()
    }

    fn only(text: &str) -> Entry {
        let (mut file, faults) = read(text);
        assert_eq!(faults, [], "{text}");
        assert_eq!(file.entries.len(), 1, "{text}");
        file.entries.remove(0)
    }

    #[test]
    fn every_part_of_an_entry_is_read_and_written_back() {
        let text = "# à relire\n#no space\n#. heading 2\n#: a.md:1 \u{2068}b c.md:2\u{2069}\n\
                    #, fuzzy, reviewed\n#| msgctxt \"old\"\n#| msgid \"un\"\n\
                    #| msgid_plural \"deux\"\nmsgctxt \"x\"\nmsgid \"one\"\n\
                    msgid_plural \"two\"\nmsgstr[0] \"a\"\nmsgstr[1] \"\"\n\
                    \"b\\n\"\n\"\\\"c\\\\\"\n";
        let entry = only(text);
        assert_eq!(entry.comments, [" à relire", "no space"]);
        assert_eq!(entry.references, ["a.md:1", "b c.md:2"]);
        assert_eq!(entry.flags, ["fuzzy", "reviewed"]);
        assert_eq!(entry.previous.plural.as_deref(), Some("deux"));
        assert_eq!(entry.translations, ["a", "b\n\"c\\"]);
        assert_eq!(entry.place.line, 10);
        assert_eq!(write(&read(text).0), text);
    }

    #[test]
    fn an_obsolete_entry_keeps_its_previous_text() {
        let text = "#, fuzzy\n#~| msgid \"un\"\n#~ msgid \"deux\"\n#~ msgstr \"two\"\n";
        let entry = only(text);
        assert!(entry.obsolete);
        assert_eq!(entry.previous.id.as_deref(), Some("un"));
        assert_eq!(write(&read(text).0), text);
    }

    #[test]
    fn a_byte_order_mark_and_the_line_ends_of_windows_are_read() {
        let entry = only("\u{feff}msgid \"a\"\r\nmsgstr \"\"\r\n\"b\\n\"\r\n\"c\"\r\n");
        assert_eq!((entry.id.as_str(), entry.translation()), ("a", "b\nc"));
    }

    #[test]
    fn layouts_of_other_tools_are_read() {
        let entry = only("#,fuzzy\n#~msgid\"a\"\n#~msgstr \"b\" \"\\143\\t\"\n");
        assert_eq!((entry.id.as_str(), entry.translation()), ("a", "bc\t"));
        assert!(entry.has("fuzzy") && entry.obsolete);
    }

    #[test]
    fn what_was_cut_is_reported_and_not_used() {
        let whole = "msgid \"a\"\nmsgstr \"b\"\n\n";
        for cut in ["msgid \"c", "msgid \"c\"\n", "msgid \"c\"\nmsgstr \"d"] {
            let (file, faults) = read(&format!("{whole}{cut}"));
            assert_eq!(file.entries.len(), 1, "{cut}");
            assert!(!faults.is_empty(), "{cut}");
            assert!(faults.iter().all(|it| it.severity == Severity::Error));
        }
    }

    #[test]
    fn a_line_that_is_no_line_of_a_catalogue_is_reported_and_the_rest_is_used() {
        let text =
            "msgstr \"x\"\n\"x\"\nbonjour\n<<<<<<< HEAD\nmsgid \"a\"\nmsgstr \"b\"\n";
        let (file, faults) = read(text);
        assert_eq!(file.entries.len(), 1);
        let lines: Vec<_> =
            faults.iter().filter_map(|it| it.place).map(|it| it.line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn a_number_in_an_escape_is_a_byte() {
        let text = r#""\303\251t\xC3\xA9 \1a \xzz""#;
        let (file, faults) = read(&format!("msgid \"a\"\nmsgstr {text}\n"));
        assert_eq!(file.entries[0].translation(), "été \u{1}a \\xzz");
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[test]
    fn two_translations_of_one_text_are_told_and_neither_is_used() {
        let twice = "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n\"d\"\n\nmsgid \"e\"\nmsgstr \"f\"\n";
        let (file, faults) = read(twice);
        assert_eq!(faults[0].code, "catalogue-two-translations");
        assert_eq!(file.entries.len(), 1);
        assert_eq!(file.entries[0].translation(), "f");
    }

    #[test]
    fn a_backslash_of_markdown_is_kept_and_reported() {
        assert_eq!(codes("msgid \"a\"\nmsgstr \"\\*b\"\n"), ["catalogue-escape"]);
        assert_eq!(
            read("msgid \"a\"\nmsgstr \"\\*b\"\n").0.entries[0].translation(),
            "\\*b"
        );
    }

    #[test]
    fn a_file_of_anything_else_gives_few_faults() {
        assert!(codes(&"zut\n".repeat(1000)).len() <= MOST_FAULTS + 1);
    }

    fn word() -> impl Strategy<Value = String> {
        "[a-zé«\u{2019}.]{1,6}"
    }

    fn text() -> impl Strategy<Value = String> {
        "[a\"\\\\\n\t\r\u{7}é «n]{0,8}"
    }

    prop_compose! {
        fn entry()(
            comments in vec(word().prop_map(|it| format!(" {it}")), 0..2),
            extracted in vec(word(), 0..2),
            references in vec("[a-z]{1,3}( [a-z]{1,3})?", 0..3),
            flags in vec("[a-z]{1,5}", 0..3),
            (previous_context, previous_id) in (option::of(text()), option::of(text())),
            (context, id) in (option::of(text()), text()),
            (plural, forms) in (option::of(text()), vec(text(), 1..4)),
            obsolete in any::<bool>(),
        ) -> Entry {
            let translations = if plural.is_some() { forms } else { forms[..1].to_vec() };
            let previous =
                Previous { context: previous_context, id: previous_id, plural: None };
            Entry {
                comments, extracted, references, flags, previous, context, id, plural,
                translations, obsolete, ..Entry::default()
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(entries in vec(entry(), 0..4), tail in vec(" [a-z]{1,4}", 0..2)) {
            let file = File { entries, tail, style: Style::default() };
            let text = write(&file);
            let (back, faults) = read(&text);
            prop_assert_eq!(faults, []);
            prop_assert_eq!(back, file);
        }

        #[test]
        fn reading_never_panics(parts in vec(prop_oneof![
            Just("msgid "), Just("msgstr "), Just("msgstr[0] "), Just("msgstr[9999999999]"),
            Just("msgid_plural"), Just("msgctxt"), Just("\""), Just("\"\"\n"), Just("\n"),
            Just("#~"), Just("#|"), Just("#~| "), Just("#,"), Just("#:"), Just("#."),
            Just("#"), Just("\\"), Just("\\7"), Just("é"), Just("\u{2068}"), Just("\r"),
            Just("\0"), Just("\u{feff}"), Just("\"a\"\n"),
        ], 0..30)) {
            let (file, _) = read(&parts.concat());
            let again = read(&write(&file)).0;
            prop_assert_eq!((again.entries, again.tail), (file.entries, file.tail));
        }
    }
}
