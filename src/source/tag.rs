//! Raw HTML, cut into tags and text.
//!
//! A parser made for browsers gives no places, and needs the whole of an element at once,
//! while raw HTML in a page comes in pieces with Markdown between them. So the cutting is
//! done here; `html` knows what the elements mean.

use std::ops::Range;

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, entities decoded.
    Text(String),
    /// `<name …>`.
    Start(Tag),
    /// `</name>`.
    End(String),
    /// An element whose content is no text: `<script>…</script>`.
    Raw(Tag, String),
    /// `<!-- … -->`, and whether it has its end.
    Comment(String, bool),
    /// `<!…>`, `<?…>`: declarations and instructions, as they are written.
    Other(String),
}

/// An opening tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Its attributes: names in lower case, entities of the values decoded.
    pub(super) attributes: Vec<(String, String)>,
    /// Whether it is written `<name/>`.
    pub(super) closed: bool,
    /// How many attributes are not among these, for being too many.
    pub(super) left_out: usize,
}

/// How many attributes of one tag are read.
pub(super) const MOST_ATTRIBUTES: usize = 100;

impl Tag {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "template", "noscript", "xmp", "noembed"];

/// Cuts raw HTML into pieces, each with its range of bytes. The ranges follow one another
/// and cover the whole text. What seems to begin a tag, and has no end, is read in vain:
/// `afford` is told each time how many bytes that were, and says whether to go on; when it
/// does not, the rest is text.
pub(super) fn tokens(
    text: &str,
    afford: &mut dyn FnMut(usize) -> bool,
) -> Vec<(Token, Range<usize>)> {
    let mut found = Vec::new();
    // Past the last `>` there is no tag: text like `<a <a <a` is not searched again and
    // again.
    let last = text.rfind('>').unwrap_or(0);
    let last_instruction = text.rfind("?>").unwrap_or(0);
    let (mut at, mut begins) = (0, 0);
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        if start > last && !text[start..].starts_with("<!--") {
            at = start + 1;
            continue;
        }
        let (token, length) = match markup(&text[start..], start < last_instruction) {
            Ok(found) => found,
            Err(read) => {
                if !afford(read) {
                    break;
                }
                at = start + 1;
                continue;
            }
        };
        push_text(&mut found, text, begins..start);
        at = start + length;
        begins = at;
        found.push((token, start..at));
    }
    push_text(&mut found, text, begins..text.len());
    found
}

fn push_text(found: &mut Vec<(Token, Range<usize>)>, text: &str, range: Range<usize>) {
    if !range.is_empty() {
        found.push((Token::Text(decode(&text[range.clone()])), range));
    }
}

/// The markup with which a text begins, and its length; where `<` is just a sign, how many
/// bytes had to be read to know. `instruction` says whether there is a `?>` in it.
fn markup(text: &str, instruction: bool) -> Result<(Token, usize), usize> {
    let rest = &text[1..];
    let first = rest.bytes().next().ok_or(1_usize)?;
    if let Some(comment) = rest.strip_prefix("!--") {
        return Ok(match comment.find("-->") {
            Some(end) => (Token::Comment(comment[..end].to_owned(), true), 4 + end + 3),
            None => (Token::Comment(comment.to_owned(), false), text.len()),
        });
    }
    if matches!(first, b'!' | b'?') {
        return declaration(text, instruction).ok_or(text.len());
    }
    if rest.starts_with('/') {
        return closing(text);
    }
    if !first.is_ascii_alphabetic() {
        return Err(1);
    }
    let (tag, length) = opening(text)?;
    if RAW.contains(&tag.name.as_str()) && !tag.closed {
        let (content, whole) = raw_content(&text[length..], &tag.name);
        return Ok((Token::Raw(tag, content.to_owned()), length + whole));
    }
    Ok((Token::Start(tag), length))
}

/// `<!…>` or `<?…?>`, and its length. An instruction without an end of its own ends as a
/// declaration does.
fn declaration(text: &str, instruction: bool) -> Option<(Token, usize)> {
    let whole = text.starts_with("<?") && instruction;
    let end = match whole {
        true => text.find("?>")? + 2,
        false => text.find('>')? + 1,
    };
    Some((Token::Other(text[..end].to_owned()), end))
}

/// `</name>`, and its length; else how many bytes were read.
fn closing(text: &str) -> Result<(Token, usize), usize> {
    let inner = &text[2..];
    let end = inner.find(['<', '>']).ok_or(text.len())?;
    let name = inner[..end].trim().split(char::is_whitespace).next();
    let fine = |it: &&str| it.starts_with(|it: char| it.is_ascii_alphabetic());
    let name = name.filter(fine).filter(|_| inner[end..].starts_with('>'));
    let name = name.ok_or(end + 2)?;
    Ok((Token::End(name.to_ascii_lowercase()), 2 + end + 1))
}

/// What stands before the end tag, and the length with that tag.
fn raw_content<'a>(text: &'a str, name: &str) -> (&'a str, usize) {
    let mut at = 0;
    while let Some(next) = text[at..].find("</") {
        let start = at + next;
        let after = &text[start + 2..];
        let named =
            after.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        if named {
            // Without a `>` here there is none behind the next end tag either.
            let Some(end) = after.find('>') else { break };
            return (&text[..start], start + 2 + end + 1);
        }
        at = start + 2;
    }
    (text, text.len())
}

/// The opening tag with which a text begins, and its length; else how many bytes were read.
fn opening(text: &str) -> Result<(Tag, usize), usize> {
    let end = |it: char| it.is_whitespace() || matches!(it, '/' | '>');
    let name_end = text.find(end).ok_or(text.len())?;
    let mut tag = Tag { name: text[1..name_end].to_ascii_lowercase(), ..Tag::default() };
    let fine =
        tag.name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_:.".contains(&it));
    if !fine {
        return Err(name_end);
    }
    let mut at = name_end;
    loop {
        at += text[at..].find(|it: char| !it.is_whitespace()).ok_or(text.len())?;
        let rest = &text[at..];
        if rest.starts_with('>') {
            return Ok((tag, at + 1));
        }
        if rest.starts_with('<') {
            return Err(at);
        }
        if rest.starts_with('/') {
            tag.closed = rest.starts_with("/>");
            at += 1;
            continue;
        }
        at += attribute(rest, &mut tag).ok_or(text.len())?;
    }
}

/// Reads one attribute and gives its length.
fn attribute(text: &str, tag: &mut Tag) -> Option<usize> {
    let first = text.chars().next()?.len_utf8();
    let end = |it: char| it.is_whitespace() || matches!(it, '=' | '>' | '/');
    let end = first + text[first..].find(end)?;
    let name = text[..end].to_ascii_lowercase();
    let after = text[end..].trim_start();
    let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
        push_attribute(tag, name, "");
        return Some(end);
    };
    let at = text.len() - value.len();
    let quote = value.chars().next()?;
    let (value, length) = if matches!(quote, '"' | '\'') {
        let length = value[1..].find(quote)?;
        (&value[1..1 + length], length + 2)
    } else {
        let length = value.find(|it: char| it.is_whitespace() || it == '>')?;
        (&value[..length], length)
    };
    push_attribute(tag, name, value);
    Some(at + length)
}

/// The first of two attributes of one name holds, as in a browser.
fn push_attribute(tag: &mut Tag, name: String, value: &str) {
    if tag.get(&name).is_some() {
        return;
    }
    if tag.attributes.len() < MOST_ATTRIBUTES {
        tag.attributes.push((name, decode(value)));
    } else {
        tag.left_out += 1;
    }
}

/// Decodes entities.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The entity with which a text begins, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    /// `&CounterClockwiseContourIntegral;` is the longest.
    const LONGEST: usize = 34;
    let end = text.bytes().take(LONGEST).position(|it| it == b';')?;
    let name = &text[1..end];
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
                .filter(|&it| it != '\0')
                .unwrap_or('\u{FFFD}')
                .to_string()
        }
        None => named(name)?,
    };
    Some((decoded, end + 1))
}

/// A named entity of HTML, from the Markdown parser's table.
fn named(name: &str) -> Option<String> {
    let fine = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
    if !fine {
        return None;
    }
    let arena = comrak::Arena::new();
    let root =
        comrak::parse_document(&arena, &format!("&{name};"), &comrak::Options::default());
    let text = root.first_child()?.first_child()?.data().value.text()?.to_owned();
    (text != format!("&{name};")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<Token> {
        let tokens = tokens(text, &mut |_| true);
        let mut at = 0;
        for (_, range) in &tokens {
            assert_eq!(range.start, at, "{text}");
            at = range.end;
        }
        assert_eq!(at, text.len(), "{text}");
        tokens.into_iter().map(|it| it.0).collect()
    }

    #[test]
    fn tags_attributes_and_entities_are_read() {
        let found = shown("é &eacute;&#233;<A Href='x&amp;y' b c=d/>t</a >&nope; < 3");
        let Token::Start(tag) = &found[1] else { panic!("{found:?}") };
        assert_eq!(found[0], Token::Text("é éé".into()));
        assert_eq!(
            (tag.name.as_str(), tag.get("href"), tag.get("b")),
            ("a", Some("x&y"), Some(""))
        );
        assert_eq!(
            found[2..],
            [
                Token::Text("t".into()),
                Token::End("a".into()),
                Token::Text("&nope; < 3".into()),
            ]
        );
    }

    #[test]
    fn what_is_no_markup_is_text() {
        for text in ["a < b > c", "<", "<a", "<a b=\"c>", "</", "</ >", "<1>", "<a<b>"] {
            let found = shown(text);
            assert!(
                found.iter().all(|it| matches!(it, Token::Text(_) | Token::Start(_))),
                "{found:?}"
            );
            assert!(matches!(found[0], Token::Text(_)), "{found:?}");
        }
    }

    #[test]
    fn scripts_and_comments_are_taken_whole() {
        let found = shown("<script>if (a<b) {}</SCRIPT>x<!-- <p> --><?php ?><!-- y");
        assert!(matches!(&found[0], Token::Raw(_, content) if content == "if (a<b) {}"));
        assert_eq!(found[2], Token::Comment(" <p> ".into(), true));
        assert_eq!(found[3], Token::Other("<?php ?>".into()));
        assert_eq!(found[4], Token::Comment(" y".into(), false));
    }

    /// How many bytes are read in vain, and what is found.
    fn in_vain(text: &str) -> (usize, usize) {
        let mut spent = 0;
        let most = 4 * text.len();
        let found = tokens(text, &mut |read| {
            spent += read;
            spent <= most
        });
        (spent, found.len())
    }

    #[test]
    fn what_has_no_end_is_not_read_again_and_again() {
        for unit in [
            "<a aN=",
            "<a ",
            "<a b=\"",
            "<a b='",
            "<",
            "</",
            "</a ",
            "<!",
            "<!A ",
            "<?",
            "<?a",
            "<?a>",
            "<a<",
            "<a b c d ",
            "<a\n",
            "<a/",
            "<script></script",
            "<x <x y=z ",
        ] {
            for (before, after) in
                [("<div ", ""), ("", " >"), ("<p>", "?>"), ("'", "\">")]
            {
                let text = format!("{before}{}{after}", unit.repeat(20_000));
                let (spent, _) = in_vain(&text);
                assert!(spent <= 5 * text.len(), "{unit}: {spent}");
            }
        }
    }

    #[test]
    fn a_tag_has_a_hundred_attributes_at_most() {
        let attributes: String = (0..40_000).map(|it| format!("a{it}=1 ")).collect();
        let found = shown(&format!("<div {attributes}>x"));
        let Token::Start(tag) = &found[0] else { panic!("{:?}", found[0]) };
        assert_eq!((tag.attributes.len(), tag.left_out), (100, 39_900));
        assert_eq!(found[1], Token::Text("x".into()));
    }

    #[test]
    fn an_instruction_ends_where_it_says_or_at_the_next_angle() {
        let text = |it: &Token| matches!(it, Token::Other(text) if text == "<?a > b?>");
        assert!(text(&shown("<?a > b?>c<?d>")[0]));
        assert_eq!(shown("<?a > b?>c<?d>")[2], Token::Other("<?d>".into()));
    }
}
