//! Text that may go to a terminal.
//!
//! Whatever is printed passes through here, so that no name and no quotation can play with
//! the terminal: only this type's own constructors know an escape sequence.

use serde::Serialize;

use crate::words::visible;

/// Text that may go to a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Printed(String);

impl Printed {
    /// A text in a style of the terminal, such as `1` for bold.
    pub(super) fn styled(text: &str, style: &'static str) -> Self {
        Self(format!("\u{1b}[{style}m{}\u{1b}[0m", visible::lines(text)))
    }

    /// What is drawn of texts that were made visible before, with the styles of who drew it.
    pub(super) fn drawn(draw: impl FnOnce(&mut String)) -> Self {
        let mut text = String::new();
        draw(&mut text);
        Self(text)
    }

    /// A script, whose tabs mean something.
    pub(super) fn script(text: &str) -> Self {
        let parts: Vec<_> = text.split('\t').map(visible::lines).collect();
        Self(parts.join("\t"))
    }

    /// An object, as a program reads it: what cannot be seen is escaped as JSON does.
    pub(super) fn json(value: &impl Serialize) -> Self {
        let text = serde_json::to_string_pretty(value);
        Self::of_json(&text.expect("it holds only texts and numbers"))
    }

    /// The same in one line.
    #[cfg(feature = "review")]
    pub(super) fn json_line(value: &serde_json::Value) -> Self {
        Self::of_json(&value.to_string())
    }

    fn of_json(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 1);
        let mut before = None;
        for sign in text.chars() {
            // Outside of its texts, JSON has nothing that is hidden but the ends of lines.
            if sign != '\n' && visible::is_hidden(sign, before.replace(sign)) {
                let mut units = [0; 2];
                for unit in sign.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                out.push(sign);
            }
        }
        out.push('\n');
        Self(out)
    }

    /// Adds to it.
    pub(super) fn push(&mut self, more: impl Into<Self>) {
        self.0.push_str(&more.into().0);
    }

    /// The bytes to be written.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl From<&str> for Printed {
    fn from(text: &str) -> Self {
        Self(visible::lines(text).into_owned())
    }
}

impl From<&String> for Printed {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Printed {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn only_styles_are_escape_sequences() {
        let mut text = Printed::styled("a\u{1b}]0;x\u{7}", "1");
        text.push("\u{1b}[2Jb\n");
        let expected = "\u{1b}[1ma\\u{1b}]0;x\\u{7}\u{1b}[0m\\u{1b}[2Jb\n";
        assert_eq!(text.as_bytes(), expected.as_bytes());
    }

    #[test]
    fn json_says_the_same_without_what_is_hidden() {
        let value = json!({ "a\u{9b}": "\u{1b}\u{7f}\u{202e}\u{2028}\u{e0041}\n\t«é»" });
        let text = Printed::json(&value);
        let text = std::str::from_utf8(text.as_bytes()).expect("UTF-8");
        assert!(text.contains("\\u202e\\u2028\\udb40\\udc41"), "{text}");
        assert!(text.chars().all(|it| it == '\n' || !it.is_control()), "{text:?}");
        assert_eq!(serde_json::from_str::<Value>(text).expect("JSON"), value);
    }
}
