//! Well-formed XHTML, being written.
//!
//! The one place where text and attributes are escaped and where elements are closed.
//! What comes out is well-formed XML and valid HTML at once: every element is closed, no
//! attribute is without a value, no named character reference is used.

use std::borrow::Cow;

use crate::languages;

/// A fragment of XHTML, being written.
#[derive(Clone, Debug, Default)]
pub struct Xhtml {
    out: String,
    open: Vec<&'static str>,
    /// Languages are said twice, for readers of HTML and for readers of XML; and signs
    /// that old readers of books do not show give way.
    xml: bool,
    /// Two renderings of one page stand beside each other: see [`Xhtml::proof`].
    proof: bool,
    /// A part that is written from right to left is or was around what follows, so that the
    /// other direction is to be said too.
    turned: bool,
}

/// A narrow no-break space. A browser takes it from another font where the page's own has
/// none; many readers of books show a question mark instead, so in books it is as wide as
/// any other.
const NARROW: char = '\u{202f}';
const NO_BREAK: &str = "\u{a0}";

impl Xhtml {
    /// An empty fragment, with room for this many bytes. `xml` is for fragments that are
    /// read as XML: `xml:lang` stands beside `lang`.
    pub fn new(bytes: usize, xml: bool) -> Self {
        Self {
            out: String::with_capacity(bytes),
            open: Vec::new(),
            xml,
            proof: false,
            turned: false,
        }
    }

    /// Makes it a proof, which stands beside another of the same page: nothing in it has
    /// an identifier, leads anywhere or can be reached with the keyboard, and the address
    /// of a unit is its `data-unit`.
    #[must_use]
    pub fn proof(self) -> Self {
        Self { proof: true, ..self }
    }

    /// Says in which direction the text around the fragment is written.
    #[must_use]
    pub fn within(self, right_to_left: bool) -> Self {
        Self { turned: right_to_left, ..self }
    }

    /// Starts an element; its attributes follow, then [`Start::open`] or [`Start::void`].
    #[must_use]
    pub fn start(&mut self, name: &'static str) -> Start<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Start { to: self, name }
    }

    /// Closes the innermost open element.
    pub fn end(&mut self) {
        let name = self.open.pop().expect("each end has its start");
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes words.
    pub fn text(&mut self, text: &str) {
        push_escaped(&mut self.out, &fit(text, self.xml), false);
    }

    /// Writes an element that holds words alone.
    pub fn words(&mut self, name: &'static str, class: &str, text: &str) {
        self.start(name).attr("class", class).open();
        self.text(text);
        self.end();
    }

    /// Writes an element that holds words alone, on a line of its own.
    pub fn entry(&mut self, name: &'static str, text: &str) {
        self.start(name).open();
        self.text(text);
        self.end();
        self.line();
    }

    /// Ends a line, for those who read the source.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// Writes a fragment that is finished.
    pub fn fragment(&mut self, fragment: &str) {
        self.out.push_str(fragment);
    }

    /// What was written since the last time; every element is closed.
    pub fn take(&mut self) -> String {
        debug_assert!(self.open.is_empty(), "left open: {:?}", self.open);
        std::mem::take(&mut self.out)
    }

    /// The finished fragment.
    pub fn finish(self) -> String {
        debug_assert!(self.open.is_empty(), "left open: {:?}", self.open);
        self.out
    }
}

/// A start tag, being written.
#[derive(Debug)]
pub struct Start<'a> {
    to: &'a mut Xhtml,
    name: &'static str,
}

impl Start<'_> {
    /// Gives an attribute its value.
    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        let kept =
            if self.to.proof { in_proof(self.name, name, value) } else { Some(name) };
        let Some(name) = kept else { return self };
        let value = fit(value, self.to.xml);
        let out = &mut self.to.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_escaped(out, &value, true);
        out.push('"');
        self
    }

    /// Gives an attribute its value, where there is one.
    #[must_use]
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Says in which language the content is, where that is to be said.
    #[must_use]
    pub fn language(self, language: Option<&str>) -> Self {
        let xml = if self.to.xml { language } else { None };
        let turns = language.is_some_and(languages::is_right_to_left);
        let says = language.is_some() && (turns || self.to.turned);
        self.to.turned |= turns;
        let direction = says.then_some(if turns { "rtl" } else { "ltr" });
        self.maybe("lang", language).maybe("xml:lang", xml).maybe("dir", direction)
    }

    /// Gives an attribute a number.
    #[must_use]
    pub fn number(self, name: &str, value: u32) -> Self {
        self.attr(name, &value.to_string())
    }

    /// Finishes the start tag; what follows is inside the element.
    pub fn open(self) {
        self.to.out.push('>');
        self.to.open.push(self.name);
    }

    /// Finishes the tag of an element that has no content.
    pub fn void(self) {
        self.to.out.push_str("/>");
    }
}

/// The text as books can show it.
fn fit(text: &str, xml: bool) -> Cow<'_, str> {
    match xml && text.contains(NARROW) {
        true => Cow::Owned(text.replace(NARROW, NO_BREAK)),
        false => Cow::Borrowed(text),
    }
}

/// What an attribute of this element is called in a proof, if it has it there.
fn in_proof<'a>(element: &str, name: &'a str, value: &str) -> Option<&'a str> {
    match name {
        "id" => value.starts_with("u-").then_some("data-unit"),
        "href" | "tabindex" | "aria-labelledby" => None,
        // The box of a task is a picture; all else that has a role is a place to go to.
        "role" | "aria-label" => (element == "span").then_some(name),
        _ => Some(name),
    }
}

/// Text, escaped for use between tags or inside a double-quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text, true);
    out
}

fn push_escaped(out: &mut String, text: &str, attribute: bool) {
    let mut plain = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        // Most bytes are letters: one look tells.
        if !NOTABLE[usize::from(byte)] {
            continue;
        }
        let sign = text[at..].chars().next().expect("a notable byte begins a sign");
        let replaced = match sign {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if attribute => "&quot;",
            // A parser would turn them into spaces.
            '\n' if attribute => "&#10;",
            '\t' if attribute => "&#9;",
            // A parser would turn it into a line feed.
            '\r' => "&#13;",
            sign if is_forbidden(sign) => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(replaced);
        plain = at + sign.len_utf8();
    }
    out.push_str(&text[plain..]);
}

/// The first bytes of the signs that may have to be replaced: markup, controls (the
/// upper ones begin with C2) and what Unicode calls noncharacters (EF, F0 to F4).
const NOTABLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(
            byte as u8,
            b'&' | b'<' | b'>' | b'"' | 0..=0x1F | 0x7F | 0xC2 | 0xEF..=0xF4
        );
        byte += 1;
    }
    table
};

/// An address of the web in which every sign may stand in an address: what its author
/// typed by hand, such as a space or an accent, is percent-encoded.
pub fn web_address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    // Brackets may stand around a host's number, and nowhere else.
    let path = address.find("://").map_or(0, |at| {
        at + 3 + address[at + 3..].find('/').unwrap_or(address.len() - at - 3)
    });
    let fragment = address.find('#');
    for (at, sign) in address.char_indices() {
        let encoded = match sign {
            '[' | ']' => at >= path,
            // A fragment holds no second one; rooms of Matrix are written so.
            '#' => fragment != Some(at),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            // A lone percent sign announces digits that do not come.
            '%' => !is_encoded(&address[at..]),
            sign => !sign.is_ascii() || sign.is_ascii_control(),
        };
        if encoded {
            let mut buffer = [0; 4];
            for byte in sign.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(sign);
        }
    }
    out
}

/// Whether the text begins with a percent sign and two hexadecimal digits.
fn is_encoded(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
}

/// Whether XML or HTML forbids the sign even as a character reference.
fn is_forbidden(sign: char) -> bool {
    match sign {
        '\t' | '\n' | '\r' => false,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => true,
        _ => u32::from(sign) & 0xFFFE == 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut out = Xhtml::default();
        out.start("p").attr("title", "\"a\" < b\n").open();
        out.text("1 < 2 & \"c\"\u{1}\u{85}\u{FFFE}\u{1FFFF}, « déjà »\u{202F}😀");
        out.start("br").void();
        out.end();
        assert_eq!(
            out.finish(),
            "<p title=\"&quot;a&quot; &lt; b&#10;\">1 &lt; 2 &amp; \"c\"\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}, « déjà »\u{202F}😀<br/></p>",
        );
    }

    #[test]
    fn an_address_typed_by_hand_is_encoded() {
        let typed = "https://[::1]/a b/é[1]%20%?q={x}";
        let encoded = "https://[::1]/a%20b/%C3%A9%5B1%5D%20%25?q=%7Bx%7D";
        assert_eq!(web_address(typed), encoded);
        assert_eq!(web_address(encoded), encoded);
        assert_eq!(web_address("mailto:a@b.fr"), "mailto:a@b.fr");
        assert_eq!(web_address("https://a.fr/#/#b"), "https://a.fr/#/%23b");
    }
}
