//! XML, being written: indented for those who read it, without anything empty in it.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// XML, being written.
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// An empty document.
    pub(super) fn new() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self { out, open: Vec::new() }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        let name = self.open.pop().expect("each end has its start");
        self.indent();
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// An element without content.
    pub(super) fn void(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element that holds words; none when there are none.
    pub(super) fn words(&mut self, name: &'static str, words: &str) {
        self.words_with(name, &[], words);
    }

    /// The same, with attributes.
    pub(super) fn words_with(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        words: &str,
    ) {
        if words.trim().is_empty() {
            return;
        }
        self.start(name, attributes);
        self.out.push_str(&format!(">{}</{name}>\n", safe(words)));
    }

    /// The finished document.
    pub(super) fn finish(self) -> String {
        debug_assert!(self.open.is_empty(), "left open: {:?}", self.open);
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push_str(&format!("<{name}"));
        for (attribute, value) in attributes {
            self.out.push_str(&format!(" {attribute}=\"{}\"", safe(value)));
        }
    }

    fn indent(&mut self) {
        self.out.push_str(&"  ".repeat(self.open.len()));
    }
}

/// A text that XML can hold.
fn safe(text: &str) -> String {
    let allowed = |it: &char| {
        matches!(it, '\t' | '\n' | '\r')
            || !it.is_control() && !matches!(it, '\u{fffe}' | '\u{ffff}')
    };
    let plain: String = text.chars().filter(allowed).collect();
    let escaped: Cow<'_, str> = escape(plain.as_str());
    escaped.into_owned()
}
