//! Objects in JSON and JavaScript, read without running anything.
//!
//! A program is read as far as it says plainly what it gives: `module.exports = { … }` or
//! `export default { … }` with texts, numbers, lists and objects in it. Each entry that must
//! be computed is left out, and named.

use serde_json::{Map, Value};

/// What an object says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Object {
    /// Its entries, in their order.
    pub(super) entries: Map<String, Value>,
    /// The keys of those that must be computed.
    pub(super) computed: Vec<String>,
}

/// The object that a file gives; `None` when it gives none that can be seen.
pub(super) fn object(path: &str, text: &str) -> Option<Object> {
    if path.ends_with(".json") {
        let value: Value = json5::from_str(text).ok()?;
        let Value::Object(entries) = value else { return None };
        return Some(Object { entries, computed: Vec::new() });
    }
    let body = exported(text)?;
    let mut object = Object::default();
    for entry in split(body) {
        let Some((key, value)) = entry else { continue };
        match value.and_then(value_of) {
            Some(value) => drop(object.entries.insert(key, value)),
            None => object.computed.push(key),
        }
    }
    Some(object)
}

/// What stands between the braces of the object that a program exports.
fn exported(program: &str) -> Option<&str> {
    let starts = ["module.exports", "export default"];
    let after = starts.iter().find_map(|start| {
        let at = program.find(start)?;
        let rest = program[at + start.len()..].trim_start();
        let rest = rest.strip_prefix('=').unwrap_or(rest).trim_start();
        rest.starts_with('{').then_some(rest)
    })?;
    let end = Signs::new(after).find(|it| it.depth == 0 && it.sign == '}')?.at;
    Some(&after[1..end])
}

/// An entry of an object: its key, and the text of its value where it has one of its own.
type Entry<'a> = Option<(String, Option<&'a str>)>;

/// The entries of an object, by the commas between them.
fn split(body: &str) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let mut start = 0;
    let mut colon = None;
    for it in Signs::new(body).filter(|it| it.depth == 0) {
        match it.sign {
            ':' if colon.is_none() => colon = Some(it.at),
            ',' => {
                entries.push(entry(body, start, colon, it.at));
                (start, colon) = (it.at + 1, None);
            }
            _ => {}
        }
    }
    entries.push(entry(body, start, colon, body.len()));
    entries
}

fn entry(body: &str, start: usize, colon: Option<usize>, end: usize) -> Entry<'_> {
    let name = without_comments(&body[start..colon.unwrap_or(end)]);
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    // A method, a spread or a name alone has no value that can be read.
    let key: String = match json5::from_str::<String>(name) {
        Ok(key) => key,
        Err(_) => name.chars().take_while(|it| *it != '(' && *it != '\n').collect(),
    };
    Some((key.trim().to_owned(), colon.map(|at| &body[at + 1..end])))
}

fn value_of(text: &str) -> Option<Value> {
    let text = without_comments(text);
    let text = text.trim();
    let literal = text.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    match literal {
        Some(literal) if !literal.contains(['`', '\\']) && !literal.contains("${") => {
            Some(Value::String(literal.to_owned()))
        }
        Some(_) => None,
        None => json5::from_str(text).ok(),
    }
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut kept = 0;
    for (start, end) in Signs::comments(text) {
        out.push_str(&text[kept..start]);
        kept = end;
    }
    out.push_str(&text[kept..]);
    out
}

/// A sign of a program that stands in no text and no comment.
struct Sign {
    at: usize,
    sign: char,
    /// How many brackets are open around it, after it if it closes one.
    depth: usize,
}

/// The signs of a program, one by one.
struct Signs<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    comments: Vec<(usize, usize)>,
}

impl<'a> Signs<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, comments: Vec::new() }
    }

    /// Where the comments of a text stand.
    fn comments(text: &'a str) -> Vec<(usize, usize)> {
        let mut signs = Self::new(text);
        while signs.next().is_some() {}
        signs.comments
    }

    /// Goes to the end of a comment, if one begins here.
    fn comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |it| it + 2)
        } else {
            return false;
        };
        self.comments.push((self.at, self.at + length));
        self.at += length;
        true
    }

    /// Goes to the end of a text in quotes.
    fn quoted(&mut self, quote: char) {
        let mut escaped = false;
        for (at, sign) in self.text[self.at..].char_indices() {
            if sign == quote && !escaped {
                self.at += at + sign.len_utf8();
                return;
            }
            escaped = sign == '\\' && !escaped;
        }
        self.at = self.text.len();
    }
}

impl Iterator for Signs<'_> {
    type Item = Sign;

    fn next(&mut self) -> Option<Sign> {
        loop {
            if self.comment() {
                continue;
            }
            let at = self.at;
            let sign = self.text[at..].chars().next()?;
            self.at += sign.len_utf8();
            match sign {
                '"' | '\'' | '`' => {
                    self.quoted(sign);
                    continue;
                }
                '{' | '[' | '(' => self.depth += 1,
                '}' | ']' | ')' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            return Some(Sign { at, sign, depth: self.depth });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_is_read_without_being_run() {
        let program = "// {\nmodule.exports = {\n  home: 'Accueil', // ,\n  \"see_more\": `Voir`,\n  \
                       url: 'https://a.fr', list: [1, {a: 2}],\n};\n";
        let object = object("a.js", program).expect("an object");
        let expected = json!({
            "home": "Accueil", "see_more": "Voir", "url": "https://a.fr", "list": [1, {"a": 2}]
        });
        assert_eq!(Value::Object(object.entries), expected);
        assert!(object.computed.is_empty());
    }

    #[test]
    fn what_must_be_computed_is_named_and_the_rest_is_kept() {
        let program = "export default {\n layout: \"page.njk\",\n eleventyComputed: {\n permalink: \
                       (data) => `/${data.lang}/x,y/`,\n },\n size() { return 1, 2; },\n ...other,\n \
                       now: Date.now(),\n}";
        let object = object("a.mjs", program).expect("an object");
        assert_eq!(Value::Object(object.entries), json!({ "layout": "page.njk" }));
        assert_eq!(object.computed, ["eleventyComputed", "size", "...other", "now"]);
    }

    #[test]
    fn a_function_gives_nothing_that_can_be_seen() {
        assert_eq!(object("a.js", "module.exports = () => ({ a: 1 });"), None);
        assert_eq!(object("a.js", "module.exports = { a: 1"), None);
        assert_eq!(object("a.json", "[1]"), None);
        assert_eq!(object("a.js", "module.exports = { a: 'é"), None);
    }
}
