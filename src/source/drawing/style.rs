//! The CSS of a drawing, read token by token and written again.
//!
//! What fetches something (`url` of another file, `@import`, `image-set` and whatever is
//! not known to fetch nothing) is left out with its declaration; the rest is kept as it
//! was written. Escapes are undone where a name or an address is compared, so
//! `\75 rl(…)` is read as what a browser makes of it.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
    serialize_identifier, serialize_string,
};

use super::{
    data::{self, Data},
    names,
};

/// How deep functions and blocks may lie in each other.
const DEPTH: u8 = 24;

/// A piece of CSS as it is published.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Css {
    /// It.
    pub(super) text: String,
    /// Whether something that fetches was left out.
    pub(super) is_cut: bool,
}

/// The names that parts of the drawing have after it is written anew.
pub(super) type Renamed<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A value of a property or of an attribute; `None` where it would fetch something.
pub(super) fn value(css: &str, renamed: Renamed<'_>) -> Option<String> {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(DEPTH);
    let mut out = String::with_capacity(css.len());
    tokens(&mut parser, &mut out, Kind::Value, renamed).ok()?;
    Some(out)
}

/// The declarations of a `style` attribute.
pub(super) fn declarations(css: &str, renamed: Renamed<'_>) -> Css {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(DEPTH);
    let mut body = Body { holds: Holds::Declarations, is_cut: false, renamed };
    let parts = body.parts(&mut parser);
    Css { text: parts.join(";"), is_cut: body.is_cut }
}

/// The declarations of a `style` attribute, by name.
pub(super) fn declared(css: &str) -> Vec<(String, String)> {
    let keep = |name: &str| Some(name.to_owned());
    let text = declarations(css, &keep).text;
    let mut parser = Parser::new(&text);
    let mut all = Vec::new();
    // It was written by this module: names and values, parted by semicolons.
    while let Ok(name) = parser.expect_ident_cloned() {
        let value = parser.parse_until_after::<_, _, ()>(
            cssparser::Delimiter::Semicolon,
            |input| {
                input.expect_colon()?;
                let start = input.position();
                while input.next().is_ok() {}
                Ok(input.slice_from(start).trim().to_owned())
            },
        );
        if let Ok(value) = value {
            all.push((name.to_ascii_lowercase(), value));
        }
    }
    all
}

/// A style sheet.
pub(super) fn sheet(css: &str, renamed: Renamed<'_>) -> Css {
    let mut parser = Parser::new(css);
    parser.set_nested_block_limit(DEPTH);
    let mut body = Body { holds: Holds::Rules, is_cut: false, renamed };
    let rules: Vec<String> =
        StyleSheetParser::new(&mut parser, &mut body).flatten().collect();
    Css { text: rules.join("\n"), is_cut: body.is_cut }
}

/// How many of its parts each selector of a sheet that was written here looks for among all
/// that lies around an element: two in `g #a > b rect`.
pub(super) fn ancestors(css: &str) -> Vec<usize> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, sign) in css.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '{' | ',' => {
                all.push(ancestors_of(&css[start..at]));
                start = at + 1;
            }
            '}' | ';' => start = at + 1,
            _ => {}
        }
    }
    all
}

fn ancestors_of(selector: &str) -> usize {
    let words: Vec<&str> = selector.split_whitespace().collect();
    let joins = |it: char| matches!(it, '>' | '+' | '~');
    let is_apart = |it: &&[&str]| !it[0].ends_with(joins) && !it[1].starts_with(joins);
    words.windows(2).filter(is_apart).count()
}

/// What would fetch something, or is no CSS.
#[derive(Debug)]
enum Refused {
    Fetches,
    Invalid,
}

type Fault = ParseError<Refused>;

fn refused(why: Refused) -> Fault {
    ParseError::custom(why)
}

/// Where tokens stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In a value.
    Value,
    /// Before a block, where functions (`:not`) choose and nothing is fetched.
    Prelude,
}

/// Copies what is left of the input.
fn tokens(
    input: &mut Parser<'_>,
    out: &mut String,
    kind: Kind,
    renamed: Renamed<'_>,
) -> Result<(), Fault> {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            return Ok(());
        };
        let token = token.clone();
        let raw = input.slice_from(start);
        match &token {
            Token::Comment(_) => out.push_str("/**/"),
            Token::UnquotedUrl(address) => out.push_str(&url(address, renamed)?),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let address = input.parse_nested_block(|it| {
                    it.expect_string_cloned().map_err(Fault::from)
                })?;
                out.push_str(&url(&address, renamed)?);
            }
            Token::Function(name) => {
                if kind == Kind::Value && !names::is_function(name) {
                    return Err(refused(Refused::Fetches));
                }
                identifier(out, raw, name);
                block(input, out, ("(", ")"), kind, renamed)?;
            }
            Token::ParenthesisBlock => block(input, out, ("(", ")"), kind, renamed)?,
            Token::SquareBracketBlock => block(input, out, ("[", "]"), kind, renamed)?,
            Token::IDHash(name) if kind == Kind::Prelude => {
                out.push('#');
                let name = renamed(name).unwrap_or_else(|| name.to_string());
                _ = serialize_identifier(&name, out);
            }
            Token::Ident(name) => identifier(out, raw, name),
            Token::QuotedString(text) => _ = serialize_string(text, out),
            Token::CurlyBracketBlock
            | Token::BadUrl(_)
            | Token::BadString(_)
            | Token::CloseParenthesis
            | Token::CloseSquareBracket
            | Token::CloseCurlyBracket => return Err(refused(Refused::Invalid)),
            Token::AtKeyword(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Delim(_)
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::WhiteSpace(_)
            | Token::Colon
            | Token::Semicolon
            | Token::Comma
            | Token::IncludeMatch
            | Token::DashMatch
            | Token::PrefixMatch
            | Token::SuffixMatch
            | Token::SubstringMatch
            | Token::CDO
            | Token::CDC => out.push_str(raw),
        }
    }
}

/// A name; where it was written with escapes, only those that it needs.
fn identifier(out: &mut String, raw: &str, name: &str) {
    match raw.contains('\\') {
        true => _ = serialize_identifier(name, out),
        false => out.push_str(raw.trim_end_matches('(')),
    }
}

fn block(
    input: &mut Parser<'_>,
    out: &mut String,
    (open, close): (&str, &str),
    kind: Kind,
    renamed: Renamed<'_>,
) -> Result<(), Fault> {
    out.push_str(open);
    input.parse_nested_block(|input| tokens(input, out, kind, renamed))?;
    out.push_str(close);
    Ok(())
}

/// An address, when it leads to a part of the drawing, or is what it leads to.
fn url(address: &str, renamed: Renamed<'_>) -> Result<String, Fault> {
    let address = address.trim();
    if let Some(id) = address.strip_prefix('#') {
        let Some(id) = renamed(id) else { return Ok("none".to_owned()) };
        let is_plain = |it: char| it.is_alphanumeric() || "-_.".contains(it);
        return Ok(match id.chars().all(is_plain) {
            true => format!("url(#{id})"),
            false => quoted(&format!("#{id}")),
        });
    }
    match data::read(address) {
        Some(Data::Font) => Ok(quoted(address)),
        Some(Data::Image { .. } | Data::Drawing(_)) | None => {
            Err(refused(Refused::Fetches))
        }
    }
}

fn quoted(address: &str) -> String {
    let mut out = "url(".to_owned();
    _ = serialize_string(address, &mut out);
    out.push(')');
    out
}

/// What a block holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Declarations,
    Rules,
}

/// A block of a style sheet.
struct Body<'a> {
    holds: Holds,
    is_cut: bool,
    renamed: Renamed<'a>,
}

impl Body<'_> {
    /// What is kept of a block.
    fn parts(&mut self, input: &mut Parser<'_>) -> Vec<String> {
        RuleBodyParser::new(input, self).flatten().collect()
    }

    /// The block behind a prelude.
    fn inside(&mut self, input: &mut Parser<'_>, holds: Holds) -> String {
        let mut body = Body { holds, is_cut: false, renamed: self.renamed };
        let parts = body.parts(input);
        self.is_cut |= body.is_cut;
        parts.join(if holds == Holds::Rules { "\n" } else { ";" })
    }

    /// The words before a block.
    fn prelude(&mut self, input: &mut Parser<'_>) -> Result<String, Fault> {
        let mut out = String::new();
        tokens(input, &mut out, Kind::Prelude, self.renamed)?;
        Ok(out.trim().to_owned())
    }
}

impl<'i> DeclarationParser<'i> for Body<'_> {
    type Declaration = String;
    type Error = Refused;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _: &ParserState,
    ) -> Result<String, Fault> {
        let mut out = String::new();
        _ = serialize_identifier(&name, &mut out);
        out.push(':');
        let start = out.len();
        let copied = tokens(input, &mut out, Kind::Value, self.renamed);
        // What a property of one's own refers to is shown who knows where.
        let is_far = name.starts_with("--") && out[start..].contains("url(");
        let binds =
            ["behavior", "-moz-binding"].iter().any(|it| name.eq_ignore_ascii_case(it));
        let fetches = matches!(&copied, Err(it) if matches!(it.kind, cssparser::ParseErrorKind::Custom(Refused::Fetches)));
        self.is_cut |= fetches || is_far || binds;
        copied?;
        match is_far || binds {
            true => Err(refused(Refused::Fetches)),
            false => Ok(out.trim().to_owned()),
        }
    }
}

impl<'i> QualifiedRuleParser<'i> for Body<'_> {
    type Prelude = String;
    type QualifiedRule = String;
    type Error = Refused;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<String, Fault> {
        self.prelude(input)
    }

    fn parse_block(
        &mut self,
        prelude: String,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<String, Fault> {
        Ok(format!("{prelude}{{{}}}", self.inside(input, Holds::Declarations)))
    }
}

impl<'i> AtRuleParser<'i> for Body<'_> {
    type Prelude = (String, String);
    type AtRule = String;
    type Error = Refused;

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<(String, String), Fault> {
        let name = name.to_ascii_lowercase();
        let is_known = matches!(
            name.as_str(),
            "media"
                | "supports"
                | "layer"
                | "keyframes"
                | "-webkit-keyframes"
                | "font-face"
        );
        if !is_known {
            // Who takes a sheet from elsewhere, or names a namespace by its address.
            self.is_cut |= name == "import";
            return Err(refused(Refused::Invalid));
        }
        Ok((name, self.prelude(input)?))
    }

    fn parse_block(
        &mut self,
        (name, prelude): (String, String),
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<String, Fault> {
        let holds = if name == "font-face" { Holds::Declarations } else { Holds::Rules };
        let inside = self.inside(input, holds);
        Ok(format!("@{name} {prelude}{{{inside}}}"))
    }
}

impl RuleBodyItemParser<'_, String, Refused> for Body<'_> {
    fn parse_declarations(&self) -> bool {
        self.holds == Holds::Declarations
    }

    fn parse_qualified(&self) -> bool {
        self.holds == Holds::Rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    #[test]
    fn a_value_that_fetches_nothing_stays_as_it_was_written() {
        for css in [
            "url(#g) red",
            "rotate(1.50 2,3)",
            "light-dark(#000, rgb(1 2 3 / .5))",
            "calc(1px + (2px * 3))",
            "'Source Sans 3', sans-serif",
            "M0 0h9v-1.e3z",
            "1,2 3,4",
            "0;1;0",
            "50%",
        ] {
            let want = css.replace('\'', "\"");
            assert_eq!(value(css, &keep).as_deref(), Some(want.as_str()));
        }
    }

    #[test]
    fn what_fetches_is_refused_however_it_is_written() {
        for css in [
            "url(https://x.example/a)",
            "url( '//x.example/a' )",
            "\\75rl(//x.example)",
            "u\\72l('//x.example')",
            "URL(//x.example)",
            "image-set('a.png' 1x)",
            "-webkit-image-set(url(#a) 1x)",
            "image(a.png)",
            "cross-fade(url(#a), url(b))",
            "element(#a)",
            "src('a')",
            "rgb(url(a))",
            "url(javascript:alert(1))",
            "url(data:text/html,x)",
            "url(data:image/svg+xml,<svg/>)",
            "url(\\23g",
            "expression(alert(1))",
            "attr(x)",
            "} a{",
            "url(a b)",
        ] {
            let out = value(css, &keep);
            assert!(out.is_none() || css == "url(\\23g", "{css}: {out:?}");
        }
        let deep = format!("{}1{}", "calc(".repeat(9_999), ")".repeat(9_999));
        assert_eq!(value(&deep, &keep), None, "no stack is deep enough");
    }

    #[test]
    fn a_sheet_loses_only_the_declaration_that_fetches() {
        let out = sheet(
            "@import url(//x); @charset 'a'; /* a */ .a , #b > c{fill:red; stroke:url(//x);\
             opacity:.50} @media (min-width:1px){a:not(.b){fill:blue}}\
             @font-face{font-family:x;src:url(//y)} @x{a{b:c}} @namespace a 'x'; e{}",
            &keep,
        );
        assert_eq!(
            out.text,
            "/**/ .a , #b > c{fill:red;opacity:.50}\n\
             @media (min-width:1px){a:not(.b){fill:blue}}\n\
             @font-face {font-family:x}\ne{}"
                .replace("/**/ ", "")
        );
        assert!(out.is_cut);
    }

    #[test]
    fn ancestors_that_a_selector_looks_for_are_counted() {
        for (css, expected) in [
            ("", vec![]),
            ("rect{fill:red}", vec![0]),
            ("g rect, g > rect, g  g#a>b c{fill:red;x:a b c}", vec![1, 0, 2]),
            ("@media a b{g g g{fill:red}}c d{x:y}", vec![2, 2, 1]),
            ("a b [c=\"}\"] d{fill:red}", vec![3]),
        ] {
            assert_eq!(ancestors(css), expected, "{css}");
        }
    }

    #[test]
    fn declarations_can_be_looked_up() {
        let all = declared("COLOR : red; font-size:12px !important; x:url(//y); a");
        let names: Vec<&str> = all.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["color", "font-size"]);
        assert_eq!(all[0].1, "red");
    }
}
