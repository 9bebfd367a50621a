//! Code in colours: what each piece of it is.
//!
//! Nine kinds are told apart, whatever the programming language, so that three writers
//! can give them colours that are read on paper, on a screen and in the dark. Each piece
//! of code is read once for all languages and formats. A language that is not known is
//! set plain, and the grammars, which take a while to load, are loaded when the first
//! page has code that needs them.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::document::CodeBlock;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A remark.
    Comment,
    /// Text.
    Text,
    /// A number, or another value that the language knows.
    Value,
    /// A word of the language, or a tag.
    Keyword,
    /// The name of something that is called.
    Function,
    /// The name of a type, or of a part of a document.
    Type,
    /// The name of an attribute or of a setting.
    Attribute,
    /// An added line.
    Added,
    /// A removed line.
    Removed,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 9] = [
        Kind::Comment,
        Kind::Text,
        Kind::Value,
        Kind::Keyword,
        Kind::Function,
        Kind::Type,
        Kind::Attribute,
        Kind::Added,
        Kind::Removed,
    ];

    /// The name of its class in style sheets and themes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Comment => "c",
            Kind::Text => "s",
            Kind::Value => "n",
            Kind::Keyword => "k",
            Kind::Function => "f",
            Kind::Type => "t",
            Kind::Attribute => "a",
            Kind::Added => "i",
            Kind::Removed => "d",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is, where that is to be seen.
    pub kind: Option<Kind>,
    /// Its text, without the end of the line.
    pub text: String,
}

/// The lines of a piece of code, in tokens.
pub type Lines = Vec<Vec<Token>>;

/// The longest code that is worth the time.
const LONGEST: usize = 100_000;
/// The longest line: a program wrote what is longer.
const LONGEST_LINE: usize = 2_000;
/// How deep the parts of code may lie in one another: the grammars look at all of them, sign
/// by sign.
const DEEPEST: usize = 100;
/// How many pieces of code are remembered.
const MOST: usize = 4_096;

/// The tokens of a piece of code; `None` where it is set plain.
pub fn tokens(code: &CodeBlock) -> Option<Arc<Lines>> {
    let language = name(code.language.as_deref()?)?;
    let is_long = code.text.len() > LONGEST;
    if is_long || code.text.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let key = (language.to_owned(), code.text.clone());
    if let Some(known) = memory().get(&key) {
        return known.clone();
    }
    // Read outside the lock: two threads may do it twice, and find the same.
    let lines = read(language, &code.text).map(Arc::new);
    let mut memory = memory();
    if memory.len() >= MOST {
        memory.clear();
    }
    memory.insert(key, lines.clone());
    lines
}

type Memory = HashMap<(String, String), Option<Arc<Lines>>>;

/// What was read before, by any writer.
fn memory() -> std::sync::MutexGuard<'static, Memory> {
    static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a language without what some add to it, such as `{1,3}`; `None` where
/// nothing could be told apart.
fn name(written: &str) -> Option<&str> {
    let end = written.find(|it: char| it.is_whitespace() || "{,:".contains(it));
    let name = &written[..end.unwrap_or(written.len())];
    let is_plain = ["", "text", "txt", "plain", "plaintext", "none"]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it));
    (!is_plain).then_some(name)
}

fn read(language: &str, text: &str) -> Option<Lines> {
    static GRAMMARS: LazyLock<SyntaxSet> =
        LazyLock::new(two_face::syntax::extra_newlines);
    let grammars = &*GRAMMARS;
    let other = match language {
        "console" | "shell-session" => "sh",
        "jsonc" | "json5" => "json",
        other => other,
    };
    let grammar = grammars.find_syntax_by_token(other)?;
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    let mut lines = Vec::new();
    let mut is_told = false;
    for line in text.split('\n') {
        let ended = format!("{line}\n");
        let changes = state.parse_line(&ended, grammars).ok()?;
        let mut tokens = Vec::new();
        let mut at = 0;
        for (to, change) in changes {
            let to = to.min(line.len());
            push(&mut tokens, line.get(at..to)?, kind(&scopes));
            at = to;
            scopes.apply(&change).ok()?;
            if scopes.len() > DEEPEST {
                return None;
            }
        }
        push(&mut tokens, line.get(at..)?, kind(&scopes));
        is_told |= tokens.iter().any(|it| it.kind.is_some());
        lines.push(tokens);
    }
    is_told.then_some(lines)
}

fn push(tokens: &mut Vec<Token>, text: &str, kind: Option<Kind>) {
    if text.is_empty() {
        return;
    }
    match tokens.last_mut() {
        // A space looks the same in every colour.
        Some(last) if last.kind == kind || text.trim().is_empty() => {
            last.text.push_str(text);
        }
        _ => tokens.push(Token { kind, text: text.to_owned() }),
    }
}

/// What the grammars' scopes mean; the innermost that is known counts. `None` is for
/// those that mean nothing by themselves and hide what is around them.
const MEANINGS: [(&str, Option<Kind>); 30] = [
    ("comment", Some(Kind::Comment)),
    ("meta.interpolation", None),
    ("string.unquoted", None),
    ("string", Some(Kind::Text)),
    ("constant.character.escape", Some(Kind::Value)),
    ("constant.numeric", Some(Kind::Value)),
    ("constant.language", Some(Kind::Value)),
    ("constant.other", Some(Kind::Value)),
    ("keyword.operator", None),
    ("keyword", Some(Kind::Keyword)),
    ("storage", Some(Kind::Keyword)),
    ("variable.language", Some(Kind::Keyword)),
    ("variable.function", Some(Kind::Function)),
    ("entity.name.function", Some(Kind::Function)),
    ("support.function", Some(Kind::Function)),
    ("entity.name.tag", Some(Kind::Keyword)),
    ("entity.other.attribute-name", Some(Kind::Attribute)),
    ("support.type.property-name", Some(Kind::Attribute)),
    ("entity.name.section", Some(Kind::Type)),
    ("entity.name.namespace", None),
    ("entity.name", Some(Kind::Type)),
    ("support.type", Some(Kind::Type)),
    ("support.class", Some(Kind::Type)),
    ("support.constant", Some(Kind::Value)),
    ("markup.heading", Some(Kind::Type)),
    ("markup.raw", Some(Kind::Text)),
    ("markup.underline.link", Some(Kind::Text)),
    ("markup.inserted", Some(Kind::Added)),
    ("markup.deleted", Some(Kind::Removed)),
    ("meta.mapping.key", Some(Kind::Attribute)),
];

fn kind(scopes: &ScopeStack) -> Option<Kind> {
    static KNOWN: LazyLock<Vec<(Scope, Option<Kind>)>> = LazyLock::new(|| {
        let known = MEANINGS.iter().filter_map(|it| Some((Scope::new(it.0).ok()?, it.1)));
        known.collect()
    });
    let known = &*KNOWN;
    let meaning = |scope: &Scope| known.iter().find(|it| it.0.is_prefix_of(*scope));
    let found = scopes.as_slice().iter().rev().find_map(meaning)?.1;
    // The name of a setting is written as a text in JSON.
    let is_key = || {
        scopes
            .as_slice()
            .iter()
            .filter_map(meaning)
            .any(|it| it.1 == Some(Kind::Attribute))
    };
    match found {
        Some(Kind::Text) if is_key() => Some(Kind::Attribute),
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn told(language: &str, text: &str) -> Vec<(&'static str, String)> {
        let code = CodeBlock {
            place: Place::default(),
            language: Some(language.to_owned()),
            text: text.to_owned(),
        };
        let Some(lines) = tokens(&code) else { return Vec::new() };
        let joined: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|it| it.text.as_str()).collect())
            .collect();
        assert_eq!(joined.join("\n"), text, "no sign is lost");
        let tokens = lines.iter().flatten();
        let told =
            tokens.filter_map(|it| Some((it.kind?.name(), it.text.trim().to_owned())));
        told.collect()
    }

    fn pair(kind: &'static str, text: &str) -> (&'static str, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn each_kind_is_told_in_languages_that_pages_show() {
        let rust = told("rust", "fn main() { // là\n    let x = \"é\";\n}\n");
        for wanted in
            [pair("k", "fn"), pair("f", "main"), pair("c", "// là"), pair("s", "\"é\"")]
        {
            assert!(rust.contains(&wanted), "{wanted:?} in {rust:?}");
        }
        assert!(told("python", "x = 12").contains(&pair("n", "12")));
        assert!(told("yaml", "nom: oui # là").contains(&pair("c", "# là")));
        assert!(told("toml", "a = \"b\"").contains(&pair("s", "\"b\"")));
        assert!(told("html", "<p class=\"a\">x</p>").contains(&pair("k", "p")));
        assert!(told("diff", "+un\n-deux\n").contains(&pair("i", "+un")));
        assert!(!told("sh", "echo \"a\"").is_empty());
        assert!(!told("bash", "echo \"a\"").is_empty());
        assert!(told("json", "{\"a\": 1}").contains(&pair("n", "1")));
    }

    #[test]
    fn an_unknown_language_and_none_are_plain() {
        assert!(told("inconnu", "fn main() {}").is_empty());
        assert!(told("text", "fn main() {}").is_empty());
        assert!(told("", "fn main() {}").is_empty());
    }

    #[test]
    fn what_follows_the_name_of_a_language_is_no_part_of_it() {
        assert_eq!(name("js{1,3}"), Some("js"));
        assert_eq!(name("python title=a"), Some("python"));
    }

    #[test]
    fn every_meaning_is_a_scope() {
        for (scope, _) in MEANINGS {
            assert!(Scope::new(scope).is_ok(), "{scope}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_sign_is_lost(text in "[a-z<>\"'#/{}\\[\\]()\n =é+-]{0,60}") {
            for language in ["rust", "html", "md", "sh", "yaml"] {
                drop(told(language, &text));
            }
        }
    }
}
