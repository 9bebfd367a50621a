//! A page of another program, in our way of writing: its front matter, its boxes, its
//! shortcodes. What cannot be brought over is told with its line; the words in it stay.

use super::{
    Site,
    program::{Program, Writing},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    site::address,
};

/// How many bytes of other files are put into a page: one that asks for more is a mistake, or
/// is meant to fill the disk.
const ROOM: usize = 1 << 20;

/// How many boxes may lie in one another.
const DEPTH: usize = 16;

/// A page in our way of writing.
pub(super) fn page(
    program: &Program,
    site: &Site,
    path: &str,
    text: &str,
    told: &mut Vec<Diagnostic>,
) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (matter, body, before) = split(&text);
    let mut matter = matter.map(|it| front(program, &it)).unwrap_or_default();
    let mut writer = Writer { program, site, path, told, left: Vec::new(), room: ROOM };
    let lines: Vec<(usize, String)> =
        body.lines().enumerate().map(|it| (it.0 + before, it.1.to_owned())).collect();
    let lines = match program.writing {
        Writing::Admonitions => writer.admonitions(&lines, 0),
        _ => lines,
    };
    let mut body = writer.lines(&lines);
    writer.report();
    if top(&matter, "title").is_none()
        && let Some((title, rest)) = heading(&body)
    {
        matter.insert_str(0, &format!("title: {}\n", serde_json::Value::String(title)));
        body = rest;
    }
    match matter.is_empty() {
        true => body,
        false => format!("---\n{matter}---\n\n{}", body.trim_start_matches('\n')),
    }
}

/// A page in our way of writing with this title, unless it has one.
pub(super) fn titled(text: &str, title: &str) -> String {
    let line = format!("title: {}\n", serde_json::Value::String(title.to_owned()));
    match split(text) {
        (Some(matter), _, _) if top(&matter, "title").is_some() => text.to_owned(),
        (Some(matter), body, _) => format!("---\n{line}{matter}---\n{body}"),
        (None, body, _) => format!("---\n{line}---\n\n{}", body.trim_start_matches('\n')),
    }
}

/// The paths of the files that a text asks for, seen from its own.
pub(super) fn asked(path: &str, text: &str) -> Vec<String> {
    let parts = text.split("{{#").skip(1).filter_map(|it| it.split_once("}}"));
    let parts =
        parts.filter_map(|it| it.0.strip_prefix("include ")?.split_whitespace().next());
    let paths = parts.map(|it| beside(path, it.split(':').next().unwrap_or(it)));
    paths.collect()
}

/// What front matter says of the page under a name, in one line.
fn top(matter: &str, key: &str) -> Option<String> {
    let mut lines =
        matter.lines().filter_map(|it| it.strip_prefix(key)?.strip_prefix(':'));
    let value = lines.next()?.trim().trim_matches(['"', '\'']).to_owned();
    (!value.is_empty()).then_some(value)
}

/// The heading of the first level with which a body begins, which is its title, and the rest.
fn heading(body: &str) -> Option<(String, String)> {
    let (line, rest) = body.trim_start().split_once('\n')?;
    let words = line.strip_prefix("# ")?.trim().trim_end_matches(['#', ' ']);
    // A name between braces is the heading's; a title has none.
    let words = words.split(" {#").next().unwrap_or_default().trim();
    (!words.is_empty()).then(|| (words.to_owned(), rest.to_owned()))
}

/// The front matter as YAML, the body, and the number of lines before it.
fn split(text: &str) -> (Option<String>, &str, usize) {
    for (mark, is_toml) in [("---", false), ("+++", true)] {
        let Some(rest) = text.strip_prefix(mark).and_then(|it| it.strip_prefix('\n'))
        else {
            continue;
        };
        let end = rest.find(&format!("\n{mark}\n")).map(|it| (it, it + mark.len() + 2));
        let end = end.or_else(|| {
            let end = rest.strip_suffix(mark)?.strip_suffix('\n')?;
            Some((end.len(), rest.len()))
        });
        let Some((end, body)) = end else { continue };
        let matter = format!("{}\n", &rest[..end]);
        let body = &rest[body..];
        let before = text.len() - body.len();
        let before = text[..before].matches('\n').count();
        let matter = if is_toml { of_toml(&matter) } else { matter };
        return (Some(matter), body, before);
    }
    (None, text, 0)
}

/// TOML as YAML, of which JSON is a part.
fn of_toml(text: &str) -> String {
    let Ok(table) = text.parse::<toml::Table>() else { return String::new() };
    let mut out = String::new();
    for (key, value) in table {
        let value = match value {
            toml::Value::Datetime(date) => {
                date.date.map_or(date.to_string(), |it| it.to_string())
            }
            value => serde_json::to_string(&value).unwrap_or_default(),
        };
        out.push_str(&format!("{key}: {value}\n"));
    }
    out
}

/// Front matter with our names. What has no name with us, and is no part of the page, is
/// left out.
fn front(program: &Program, matter: &str) -> String {
    let has = |key: &str| matter.lines().any(|it| it.starts_with(&format!("{key}:")));
    let mut out = String::new();
    let mut skips = false;
    for line in matter.lines() {
        let is_inner = line.starts_with([' ', '\t', '-', '#']) || line.is_empty();
        if is_inner {
            if !skips {
                out.push_str(&format!("{line}\n"));
            }
            continue;
        }
        skips = false;
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let ours = program.keys.iter().find(|it| it.0 == key).map(|it| it.1);
        match ours {
            Some("") => skips = true,
            Some(ours) if has(ours) => skips = true,
            Some(ours) => out.push_str(&format!("{ours}:{value}\n")),
            None if key == "published" && value.trim() == "false" => {
                out.push_str("draft: true\n");
            }
            None => out.push_str(&format!("{line}\n")),
        }
    }
    let title = top(&out, "title");
    let label = || top(matter, "sidebar_label").or_else(|| top(matter, "linkTitle"));
    if let (None, Some(label)) = (title, label()) {
        out.insert_str(0, &format!("title: {}\n", serde_json::Value::String(label)));
    }
    out
}

struct Writer<'a> {
    program: &'a Program,
    site: &'a Site,
    path: &'a str,
    told: &'a mut Vec<Diagnostic>,
    /// What could not be brought over: its line and its name.
    left: Vec<(usize, String)>,
    /// How many bytes of other files may still be put into the page.
    room: usize,
}

impl Writer<'_> {
    fn report(self) {
        let mut seen = std::collections::BTreeSet::new();
        for (line, name) in self.left {
            if seen.insert(name.clone()) {
                let number = u32::try_from(line + 1).unwrap_or(u32::MAX);
                let place = Place { line: number, column: 1, start: 0, end: 0 };
                let fault = Diagnostic::warning("import-syntax-left").with("name", name);
                self.told.push(fault.at(place));
            }
        }
    }

    /// The lines, each in our way of writing; code stays as it is.
    fn lines(&mut self, lines: &[(usize, String)]) -> String {
        let mut out = String::new();
        let mut fence: Option<String> = None;
        let mut hidden: Option<&str> = None;
        for (number, line) in lines {
            let trimmed = line.trim_start();
            if let Some(mark) = &fence {
                if trimmed.starts_with(mark.as_str())
                    && trimmed.trim_matches(['`', '~', ' ']).is_empty()
                {
                    fence = None;
                }
                let line = match self.program.writing {
                    Writing::Includes => self.included(*number, line),
                    _ => line.clone(),
                };
                out.push_str(&line);
                out.push('\n');
                continue;
            }
            if let Some(end) = hidden {
                if trimmed.contains(end) {
                    hidden = None;
                }
                continue;
            }
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                let sign = &trimmed[..1];
                let count =
                    trimmed.chars().take_while(|it| sign.starts_with(*it)).count();
                fence = Some(sign.repeat(count));
                out.push_str(&format!("{line}\n"));
                continue;
            }
            if let Some(end) = self.program_ends(*number, trimmed) {
                hidden = (!trimmed.contains(end)).then_some(end);
                continue;
            }
            if let Some(line) = self.line(*number, line) {
                out.push_str(&format!("{line}\n"));
            }
        }
        out
    }

    /// Where a program in a page ends, if one begins on this line.
    fn program_ends(&mut self, number: usize, line: &str) -> Option<&'static str> {
        let begins = match self.program.writing {
            Writing::Vue => [("<script", "</script>"), ("<style", "</style>")],
            Writing::React => [("{/*", "*/}"), ("<!-- truncate", "-->")],
            _ => return None,
        };
        let (begin, end) = begins.into_iter().find(|it| line.starts_with(it.0))?;
        if begin.starts_with('<') && !begin.starts_with("<!") {
            self.left.push((number, begin.to_owned()));
        }
        Some(end)
    }

    /// A line of text in our way of writing; none when it is no text.
    fn line(&mut self, number: usize, line: &str) -> Option<String> {
        let line = self.boxed(line);
        let line = match self.program.writing {
            Writing::Vue => {
                let is_contents = line.trim() == "[[toc]]";
                (!is_contents).then_some(line)?
            }
            Writing::React => self.react(number, &line)?,
            Writing::Admonitions => {
                let is_contents = line.trim() == "[TOC]";
                if line.trim_start().starts_with("--8<--") {
                    self.left.push((number, "--8<--".to_owned()));
                    return None;
                }
                (!is_contents).then_some(line)?
            }
            Writing::Shortcodes => self.shortcodes(number, &line),
            Writing::Includes => self.included(number, &line),
            Writing::Liquid => self.liquid(number, &line)?,
        };
        Some(links(&line))
    }

    /// The name of a box as ours.
    fn boxed(&self, line: &str) -> String {
        let trimmed = line.trim_start();
        let colons = trimmed.chars().take_while(|it| *it == ':').count();
        if colons < 3 {
            return line.to_owned();
        }
        let rest = trimmed[colons..].trim_start();
        let end = rest
            .find(|it: char| !(it.is_alphanumeric() || it == '-'))
            .unwrap_or(rest.len());
        let ours = self.program.boxes.iter().find(|it| it.0 == &rest[..end]);
        ours.map_or_else(
            || line.to_owned(),
            |(_, ours)| {
                let begin = &line[..line.len() - trimmed.len()];
                format!("{begin}{} {ours}{}", ":".repeat(colons), &rest[end..])
            },
        )
    }

    /// What is no text for React: what is brought in, and the marks of tabs.
    fn react(&mut self, number: usize, line: &str) -> Option<String> {
        let is_program = line.starts_with("import ") && line.contains(['\'', '"'])
            || line.starts_with("export ");
        if is_program {
            self.left
                .push((number, line.split(' ').next().unwrap_or_default().to_owned()));
            return None;
        }
        let trimmed = line.trim();
        if ["<Tabs", "</Tabs", "</TabItem"].iter().any(|it| trimmed.starts_with(it)) {
            return Some(String::new());
        }
        if trimmed.starts_with("<TabItem") {
            let value = |name: &str| {
                let rest = trimmed.split_once(&format!("{name}=\""))?.1;
                rest.split('"').next().map(str::to_owned)
            };
            let label = value("label").or_else(|| value("value")).unwrap_or_default();
            return Some(format!("**{label}**\n"));
        }
        if let Some(name) = trimmed.strip_prefix('<')
            && name.starts_with(|it: char| it.is_ascii_uppercase())
        {
            let end = name.find(|it: char| !it.is_alphanumeric()).unwrap_or(name.len());
            self.left.push((number, format!("<{}>", &name[..end])));
        }
        Some(line.to_owned())
    }

    /// Boxes whose text is moved to the right, and tabs.
    fn admonitions(
        &mut self,
        lines: &[(usize, String)],
        depth: usize,
    ) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let (number, line) = &lines[at];
            at += 1;
            let trimmed = line.trim_start();
            let indent = line.len() - trimmed.len();
            let opening = self.opening(trimmed).filter(|_| depth < DEPTH);
            let Some(opening) = opening else {
                out.push((*number, line.clone()));
                continue;
            };
            let mut inner = Vec::new();
            while let Some((number, line)) = lines.get(at) {
                let own = line.len() - line.trim_start().len();
                if !line.trim().is_empty() && own < indent + 4 {
                    break;
                }
                let from = (indent + 4).min(line.len());
                inner.push((*number, line.get(from..).unwrap_or_default().to_owned()));
                at += 1;
            }
            let blank =
                inner.iter().rev().take_while(|it| it.1.trim().is_empty()).count();
            inner.truncate(inner.len() - blank);
            let inner = self.admonitions(&inner, depth + 1);
            let begin = " ".repeat(indent);
            let last = inner.last().map_or(*number, |it| it.0);
            if opening.starts_with("**") {
                out.push((*number, format!("{begin}{opening}")));
                out.push((*number, String::new()));
                out.extend(
                    inner.into_iter().map(|it| (it.0, format!("{begin}{}", it.1))),
                );
            } else {
                let most = inner.iter().map(|it| {
                    it.1.trim_start().chars().take_while(|it| *it == ':').count()
                });
                let colons = ":".repeat(most.max().unwrap_or_default().max(2) + 1);
                out.push((*number, format!("{begin}{colons} {opening}")));
                out.extend(
                    inner.into_iter().map(|it| (it.0, format!("{begin}{}", it.1))),
                );
                out.push((last, format!("{begin}{colons}")));
            }
            out.extend((0..blank.min(1)).map(|_| (last, String::new())));
        }
        out
    }

    /// The first line of a box or of a tab, in our way of writing.
    fn opening(&self, line: &str) -> Option<String> {
        let title = |rest: &str| {
            let title = rest.split_once('"').and_then(|it| it.1.rsplit_once('"'));
            title.map(|it| it.0.to_owned()).unwrap_or_default()
        };
        if let Some(rest) = line.strip_prefix("===").filter(|it| it.contains('"')) {
            return Some(format!("**{}**", title(rest)));
        }
        let is_folded = line.starts_with("??? ") || line.starts_with("???+ ");
        let rest =
            line.strip_prefix("!!! ").or_else(|| line.split_once(' ').map(|it| it.1))?;
        if !is_folded && !line.starts_with("!!! ") {
            return None;
        }
        let name = rest.split([' ', '"']).next().unwrap_or_default();
        let ours =
            self.program.boxes.iter().find(|it| it.0 == name).map_or(name, |it| it.1);
        let title = title(rest);
        let words = if title.is_empty() { String::new() } else { format!(" {title}") };
        Some(match is_folded {
            true if title.is_empty() => format!("details {name}"),
            true => format!("details{words}"),
            false => format!("{ours}{words}"),
        })
    }

    /// A line whose shortcodes are in our way of writing.
    fn shortcodes(&mut self, number: usize, line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find("{{") {
            let end = match rest[at + 2..].chars().next() {
                Some('<') => ">}}",
                Some('%') => "%}}",
                _ => {
                    out.push_str(&rest[..at + 2]);
                    rest = &rest[at + 2..];
                    continue;
                }
            };
            let Some(length) = rest[at..].find(end) else { break };
            out.push_str(&rest[..at]);
            let inside = rest.get(at + 3..at + length).unwrap_or_default().trim();
            out.push_str(&self.shortcode(number, inside));
            rest = &rest[at + length + end.len()..];
        }
        out + rest
    }

    fn shortcode(&mut self, number: usize, inside: &str) -> String {
        let is_end = inside.starts_with('/');
        let inside = inside.trim_matches(['-', '/']).trim();
        let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let named = |key: &str| {
            let rest = rest.split_once(&format!("{key}=\""))?.1;
            rest.split('"').next().map(str::to_owned)
        };
        let first = || rest.trim().trim_matches('"').to_owned();
        match name {
            "figure" | "image" | "img" if named("src").is_some() => {
                let words =
                    named("alt").or_else(|| named("caption")).or_else(|| named("title"));
                let source = named("src").unwrap_or_default();
                format!("![{}](<{source}>)", words.unwrap_or_default())
            }
            "ref" | "relref" => self.page_named(&first()),
            "highlight" if is_end => "```".to_owned(),
            "highlight" => {
                format!("```{}", first().split(' ').next().unwrap_or_default())
            }
            "details" | "expand" | "alert" | "notice" | "hint" | "callout"
            | "admonition" | "note" | "tip" | "warning" | "info" | "important"
            | "caution" | "danger" => self.shortcode_box(name, rest, is_end),
            "youtube" => format!("<https://www.youtube.com/watch?v={}>", first()),
            "vimeo" => format!("<https://vimeo.com/{}>", first()),
            name => {
                self.left.push((number, name.to_owned()));
                String::new()
            }
        }
    }

    /// The way to a page that is named by its file, or by the end of its path, wherever it is.
    fn page_named(&self, name: &str) -> String {
        let (name, anchor) =
            name.split_once('#').map_or((name, None), |it| (it.0, Some(it.1)));
        let plain = |it: &str| {
            let it = it.strip_suffix(".md").unwrap_or(it);
            let it = it.strip_suffix("/index").or_else(|| it.strip_suffix("/_index"));
            it.map(str::to_owned)
        };
        let bare = name.trim_matches('/').trim_end_matches(".md");
        let ends = |path: &&String| {
            let path =
                plain(path).unwrap_or_else(|| path.trim_end_matches(".md").to_owned());
            path == bare || path.ends_with(&format!("/{bare}"))
        };
        let shared = |path: &str| {
            path.bytes().zip(self.path.bytes()).take_while(|it| it.0 == it.1).count()
        };
        let is_beside = self.site.texts.contains_key(&beside(self.path, name));
        let pages = self.site.texts.keys().filter(|it| it.ends_with(".md"));
        let found = pages.filter(ends).max_by_key(|it| shared(it)).filter(|_| !is_beside);
        let mut way = match found {
            Some(path) => links(&format!("]({})", address::relative(self.path, path)))
                .trim_start_matches("](")
                .trim_end_matches(')')
                .to_owned(),
            None => name.to_owned(),
        };
        if let Some(anchor) = anchor {
            way.push_str(&format!("#{anchor}"));
        }
        way
    }

    /// The line that begins or ends a box, or the whole of one whose text is given with it.
    fn shortcode_box(&self, name: &str, rest: &str, is_end: bool) -> String {
        if is_end {
            return ":::".to_owned();
        }
        let named = |key: &str| {
            let rest = rest.split_once(&format!("{key}=\""))?.1;
            rest.split('"').next().map(str::to_owned)
        };
        let kind = |it: &str| {
            let ours = self.program.boxes.iter().find(|own| own.0 == it).map(|own| own.1);
            let known = crate::source::container::NAMES.iter().find(|own| own.0 == it);
            ours.or(known.map(|own| own.0))
        };
        let words: Vec<&str> = rest.trim().split('"').collect();
        let quoted =
            (words.len() == 3 && words[0].is_empty()).then(|| words[1].to_owned());
        let first = rest.split_whitespace().next().unwrap_or_default();
        let said =
            named("type").or_else(|| named("color")).unwrap_or_else(|| first.to_owned());
        let ours = match name {
            "details" | "expand" => "details",
            name => kind(&said).or_else(|| kind(name)).unwrap_or("note"),
        };
        let title =
            named("title").or_else(|| named("summary")).or(quoted).unwrap_or_default();
        let opening = format!("::: {ours} {title}");
        match named("text") {
            Some(text) => format!("{}\n{text}\n:::", opening.trim_end()),
            None => opening.trim_end().to_owned(),
        }
    }

    /// A line with the files that it asks for.
    fn included(&mut self, number: usize, line: &str) -> String {
        let Some((before, rest)) = line.split_once("{{#") else { return line.to_owned() };
        let Some((inside, after)) = rest.split_once("}}") else { return line.to_owned() };
        let (name, what) = inside.split_once(' ').unwrap_or((inside, ""));
        let what = what.split_whitespace().next().unwrap_or_default();
        let (path, part) = what.split_once(':').unwrap_or((what, ""));
        let asks =
            ["include", "rustdoc_include", "playground", "playpen", "shiftinclude"];
        if !asks.contains(&name) && name != "title" {
            // Another program's, which a page of a book speaks of.
            return line.to_owned();
        }
        let text =
            asks.contains(&name).then(|| self.site.texts.get(&beside(self.path, path)));
        let text = text.flatten();
        match text {
            Some(text) if text.len() <= self.room => {
                self.room -= text.len();
                format!("{before}{}{after}", portion(text, part))
            }
            _ if name == "title" => format!("{before}{after}"),
            _ => {
                self.left.push((number, format!("{{{{#{inside}}}}}")));
                format!("{before}{after}")
            }
        }
    }

    /// What Liquid writes in a line, as far as it is plain.
    fn liquid(&mut self, number: usize, line: &str) -> Option<String> {
        let trimmed = line.trim();
        if trimmed.starts_with("{:") && trimmed.ends_with('}')
            || trimmed == "* TOC"
            || trimmed == "- TOC"
        {
            return None;
        }
        if let Some(name) = trimmed.strip_prefix("{% highlight ") {
            let name = name.split([' ', '%']).next().unwrap_or_default();
            return Some(format!("```{name}"));
        }
        if trimmed.starts_with("{% endhighlight") {
            return Some("```".to_owned());
        }
        if trimmed.starts_with("{% raw") || trimmed.starts_with("{% endraw") {
            return None;
        }
        let mut out = line.to_owned();
        for root in
            ["{{ site.baseurl }}", "{{site.baseurl}}", "{{ site.url }}", "{{site.url}}"]
        {
            out = out.replace(root, "");
        }
        Some(self.filled(number, &out))
    }

    /// A line in which what Liquid fills in is filled in, as far as it is plain.
    fn filled(&mut self, number: usize, line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('{') {
            let end = match rest[at + 1..].chars().next() {
                Some('{') => "}}",
                Some('%') => "%}",
                _ => {
                    out.push_str(&rest[..=at]);
                    rest = &rest[at + 1..];
                    continue;
                }
            };
            let Some(length) = rest[at + 2..].find(end) else { break };
            out.push_str(&rest[..at]);
            let inside = rest[at + 2..at + 2 + length].trim_matches(['-', ' ']);
            let words = match end {
                "}}" => self.liquid_value(number, inside),
                _ => self.liquid_tag(number, inside),
            };
            out.push_str(&words);
            rest = &rest[at + 2 + length + end.len()..];
        }
        out + rest
    }

    /// `{{ '/a/' | relative_url }}` is an address.
    fn liquid_value(&mut self, number: usize, inside: &str) -> String {
        let plain = inside.split('|').next().unwrap_or_default().trim();
        let quoted = plain.trim_matches(['"', '\'']);
        if quoted.len() == plain.len() {
            self.left.push((number, format!("{{{{ {inside} }}}}")));
            return String::new();
        }
        quoted.to_owned()
    }

    fn liquid_tag(&mut self, number: usize, inside: &str) -> String {
        let mut words = inside.split_whitespace();
        let name = words.next().unwrap_or_default();
        let first = words.next().unwrap_or_default().trim_matches(['"', '\'']);
        match name {
            "link" => {
                let path = first.trim_start_matches('/').replacen("_docs", "docs", 1);
                format!("/{}", path.replacen("_posts", "blog", 1))
            }
            "post_url" => format!("/blog/{first}.md"),
            name => {
                self.left.push((number, format!("{{% {name} %}}")));
                String::new()
            }
        }
    }
}

/// A line whose links name files as a workspace has them.
fn links(line: &str) -> String {
    let mut out = line.to_owned();
    for end in [")", "#"] {
        for (theirs, ours) in [
            ("README.md", "index.md"),
            ("readme.md", "index.md"),
            ("_index.md", "index.md"),
            (".mdx", ".md"),
        ] {
            let (from, to) = (format!("{theirs}{end}"), format!("{ours}{end}"));
            if out.contains("](") && out.contains(&from) && !out.contains("://") {
                out = out.replace(&from, &to);
            }
        }
    }
    out
}

/// The path of what is named in a file.
fn beside(path: &str, named: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in named.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The part of a file that is asked for: `2:5`, or the name of an anchor.
fn portion(text: &str, part: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_mark = |it: &&str| it.contains("ANCHOR: ") || it.contains("ANCHOR_END: ");
    let (first, last) = part.split_once(':').unwrap_or((part, part));
    let number = |it: &str| it.parse::<usize>().ok();
    let chosen: Vec<&str> = match (part, number(first)) {
        ("", _) => lines,
        (_, Some(first)) => {
            let last = if part.ends_with(':') { None } else { number(last) };
            let from = first.saturating_sub(1).min(lines.len());
            let to = last.unwrap_or(lines.len()).clamp(from, lines.len());
            lines[from..to].to_vec()
        }
        (name, None) => {
            let is = |mark: &str| {
                let mark = format!("{mark}: {name}");
                lines.iter().position(|it| it.trim_end().ends_with(&mark))
            };
            let from = is("ANCHOR").map_or(0, |it| it + 1);
            let to = is("ANCHOR_END").unwrap_or(lines.len()).max(from);
            lines[from..to].to_vec()
        }
    };
    chosen.into_iter().filter(|it| !is_mark(it)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::program::PROGRAMS;

    fn written(name: &str, text: &str) -> String {
        let program = PROGRAMS.iter().find(|it| it.name == name).expect("a program");
        let mut site = Site::default();
        site.texts.insert(
            "src/a.rs".into(),
            "one\n// ANCHOR: x\ntwo\n// ANCHOR_END: x\n".into(),
        );
        page(program, &site, "src/page.md", text, &mut Vec::new())
    }

    #[test]
    fn boxes_that_are_moved_to_the_right_have_colons() {
        let text = "!!! question \"Qui ?\"\n    A\n\n    ??? note\n        B\n\nC\n";
        let expected = ":::: info Qui ?\nA\n\n::: details note\nB\n:::\n::::\n\nC\n";
        assert_eq!(written("mkdocs", text), expected);
        assert_eq!(written("mkdocs", "=== \"Un\"\n\n    a\n"), "**Un**\n\n\na\n");
    }

    #[test]
    fn front_matter_has_our_names() {
        let text =
            "+++\ntitle = \"A\"\ndate = 2024-05-01T10:00:00Z\nurl = \"/a/\"\n+++\nB\n";
        let page = written("hugo", text);
        assert!(
            page.contains("title: \"A\"\n") && page.contains("permalink: \"/a/\"\n"),
            "{page}"
        );
        assert!(
            page.contains("date: 2024-05-01\n") && page.ends_with("---\n\nB\n"),
            "{page}"
        );
        let text = "---\nref: a\npublished: false\n---\nB\n";
        assert_eq!(
            written("jekyll", text),
            "---\ntranslationKey: a\ndraft: true\n---\n\nB\n"
        );
    }

    #[test]
    fn what_programs_fill_in_is_filled_in_or_left_out() {
        assert_eq!(
            written("hugo", "{{< figure src=\"a.png\" alt=\"B\" >}}"),
            "![B](<a.png>)\n"
        );
        let alert = written("hugo", "{{< alert icon=\"x\" text=\"A\" />}}");
        assert_eq!(alert, "::: warning\nA\n:::\n");
        let folded = written("hugo", "{{< details \"A\" >}}\nB\n{{< /details >}}");
        assert_eq!(folded, "::: details A\nB\n:::\n");
        assert_eq!(written("mdbook", "# A {#b}\n\nC\n"), "---\ntitle: \"A\"\n---\n\nC\n");
        assert_eq!(written("mdbook", "{{#each x}}\n"), "{{#each x}}\n");
        assert_eq!(written("hugo", "[a]({{< relref \"b.md\" >}})"), "[a](b.md)\n");
        assert_eq!(
            written("mdbook", "```\n{{#include a.rs:x}}\n```\n"),
            "```\ntwo\n```\n"
        );
        assert_eq!(
            written("jekyll", "[a]({{ site.baseurl }}{% link _docs/b.md %})"),
            "[a](/docs/b.md)\n"
        );
        assert_eq!(written("docusaurus", "import A from 'a';\n\nB\n"), "\nB\n");
        assert_eq!(
            written("vitepress", "::: code-group\n```js\n[[toc]]\n```\n:::\n"),
            "::: text\n```js\n[[toc]]\n```\n:::\n"
        );
    }
}
