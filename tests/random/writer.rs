//! A page of any seed: every kind of node, in each other, in several scripts.

use std::fmt::Write as _;

/// The deepest that blocks lie in each other. Print flattens what lies deeper, and says so.
const DEEPEST: usize = 4;

/// Words by script; the last have signs that no font of the program has.
const WORDS: [&[&str]; 7] = [
    &[
        "été",
        "œuvre",
        "l’agent",
        "aujourd’hui",
        "déclaration",
        "à",
        "service",
        "public",
        "ça",
    ],
    &["the", "public", "service", "isn’t", "well-known", "of", "administration", "and"],
    &["خدمة", "عامة", "وزارة", "في", "المواطن", "نص"],
    &["שירות", "ציבורי", "אזרח", "של", "טקסט"],
    &["Δημόσια", "служба", "υπηρεσία", "гражданин"],
    &["公共", "服务", "日本語", "行政", "東京"],
    &[
        "𐎀",
        "ꦲ",
        "n°",
        "€",
        "½",
        "ﬁn",
        "e\u{301}te\u{301}",
        "a_b",
        "R&D",
        "1\u{a0}250,5",
        "50 %",
    ],
];

/// The tongue of each script, as `lang` says it.
const TONGUES: [&str; 6] = ["fr", "en", "ar", "he", "el", "zh"];

/// Numbers that are the same each time (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("a small number");
        usize::try_from(self.next() % end).expect("a small number")
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// Whether what happens once in so many times does.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// The page of a seed, as Markdown.
pub(super) fn page(seed: u64) -> String {
    let mut dice = Dice(seed);
    let script = if dice.once_in(3) { dice.below(6) } else { 0 };
    let mut to = Writer { dice, script, notes: 0, names: 0, in_note: false };
    let mut page = to.front();
    for _ in 0..to.dice.between(1, 9) {
        for line in to.block(0) {
            page.push_str(&line);
            page.push('\n');
        }
        page.push('\n');
    }
    page.push_str(&to.foot());
    page
}

/// A catalogue of which most texts are translated: those without markup into other words,
/// those that call two notes with the calls the other way round.
pub(super) fn translated(catalogue: &str, language: &str, seed: u64) -> String {
    let script = usize::from(language == "en") + 2 * usize::from(language == "ar");
    let mut to = Writer { dice: Dice(seed), script, notes: 0, names: 0, in_note: false };
    let mut out = String::new();
    let mut source: Option<String> = None;
    let mut is_header = true;
    for line in catalogue.lines() {
        if line.starts_with("msgid ") {
            source = unquoted(line.trim_start_matches("msgid "));
        } else if line.starts_with('"') {
            // A text of several lines stays as it is.
            source = None;
        }
        match (&source, line) {
            (Some(words), "msgstr \"\"") if !is_header && !to.dice.once_in(4) => {
                let target = to.translation(words);
                writeln!(out, "msgstr {target:?}").expect("a text has room");
            }
            _ => writeln!(out, "{line}").expect("a text has room"),
        }
        is_header &= !line.is_empty();
    }
    out
}

fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('\\') && !inner.is_empty()).then(|| inner.to_owned())
}

struct Writer {
    dice: Dice,
    script: usize,
    notes: usize,
    names: usize,
    in_note: bool,
}

impl Writer {
    fn translation(&mut self, source: &str) -> String {
        let is_plain = |it: char| it.is_alphabetic() || " ’,.-".contains(it);
        if source.chars().all(is_plain) {
            return self.words(2, 6);
        }
        let calls: Vec<&str> = source.match_indices("[^").map(|it| it.1).collect();
        if calls.len() == 2 {
            let call = |from: usize| {
                let start = from + source[from..].find("[^")?;
                let end = start + source[start..].find(']')? + 1;
                Some(start..end)
            };
            if let Some((a, b)) = call(0).and_then(|a| Some((a.clone(), call(a.end)?))) {
                return format!(
                    "{}{}{}{}{}",
                    &source[..a.start],
                    &source[b.clone()],
                    &source[a.end..b.start],
                    &source[a],
                    &source[b.end..]
                );
            }
        }
        source.to_owned()
    }

    fn front(&mut self) -> String {
        let mut out = format!("---\ntitle: {:?}\n", self.words(1, 5));
        if self.dice.once_in(2) {
            writeln!(out, "description: {:?}", self.words(2, 8)).expect("room");
        }
        for (times, line) in [
            (2, "showBreadcrumb: true\n"),
            (4, "showToc: true\n"),
            (4, "date: 2025-11-03\n"),
            (6, "tags: [un, deux]\n"),
        ] {
            if self.dice.once_in(times) {
                out.push_str(line);
            }
        }
        out.push_str("---\n\n");
        out
    }

    /// The notes that were called, and some that were not.
    fn foot(&mut self) -> String {
        let mut out = String::new();
        self.in_note = true;
        let mut number = 0;
        let uncalled = usize::from(self.dice.once_in(5));
        while number < self.notes + uncalled && number < 12 {
            number += 1;
            writeln!(out, "[^n{number}]: {}", self.line(1)).expect("a text has room");
            if self.dice.once_in(4) {
                for line in self.block(DEEPEST - 1) {
                    writeln!(out, "{}", indented(&line, "    ")).expect("room");
                }
            }
            out.push('\n');
        }
        out
    }

    fn word(&mut self) -> &'static str {
        let script = match self.dice.below(12) {
            0 => self.dice.below(WORDS.len()),
            _ => self.script,
        };
        let all = WORDS[script];
        all[self.dice.below(all.len())]
    }

    fn words(&mut self, least: usize, most: usize) -> String {
        let count = self.dice.between(least, most);
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn name(&mut self) -> String {
        self.names += 1;
        let tail = self.dice.pick(&["", "-été", "_x"]);
        format!("nom{}{tail}", self.names)
    }

    /// What is in a line.
    fn line(&mut self, depth: usize) -> String {
        let mut parts = Vec::new();
        let longest = if self.dice.once_in(8) { 30 } else { 4 };
        for _ in 0..self.dice.between(1, 4) {
            let part = if self.dice.once_in(3) {
                self.part(depth)
            } else {
                self.words(1, longest)
            };
            parts.push(part);
        }
        let end = self.dice.pick(&["", ".", " !", " ?", "…"]);
        let glue = if self.dice.once_in(6) { "" } else { " " };
        format!("{}{end}", parts.join(glue))
    }

    /// What is set apart in a line. `depth` counts what it lies in.
    fn part(&mut self, depth: usize) -> String {
        if depth > 3 {
            return self.words(1, 2);
        }
        let inner = |to: &mut Self| to.line(depth + 1).trim().to_owned();
        match self.dice.below(27) {
            0 => format!("*{}*", self.words(1, 2)),
            1 => format!("**{}**", inner(self)),
            2 => format!("~~{}~~", self.words(1, 2)),
            3 => "`un\u{a0}code <x> é`".to_owned(),
            4 => {
                let to = self.dice.pick(&[
                    "/but/",
                    "/but/#ete",
                    "https://ailleurs.example/a?b=c&d=é#e",
                    "mailto:a@b.example",
                    "#u",
                ]);
                format!("[{}]({to})", self.words(1, 3))
            }
            5 => "[](https://vide.example/)".to_owned(),
            6 => format!("![{}](pixel.png)", self.words(1, 2)),
            7 => "![](pixel.png)".to_owned(),
            8 => format!("![{}](https://loin.example/a.png)", self.words(0, 1)),
            9 => format!("[![{}](pixel.png)](https://cadre.example/)", self.words(0, 2)),
            10 | 11 if self.notes < 10 => {
                self.notes += 1;
                format!("[^n{}]", self.notes)
            }
            12 if self.notes > 0 => {
                let number = self.dice.between(1, self.notes);
                format!("[^n{number}]")
            }
            13 => {
                let tongue = self.dice.below(TONGUES.len());
                let was = std::mem::replace(&mut self.script, tongue);
                let words = inner(self);
                self.script = was;
                format!("<span lang=\"{}\">{words}</span>", TONGUES[tongue])
            }
            14 => {
                let name = self.name();
                format!("<span id=\"{name}\">{}</span>", self.words(0, 2))
            }
            15 => {
                let name = self.dice.pick(&[
                    "sup", "sub", "ins", "mark", "small", "kbd", "cite", "q", "em",
                    "strong",
                ]);
                format!("<{name}>{}</{name}>", inner(self))
            }
            16 => format!("<abbr title=\"{}\">DINUM</abbr>", self.words(1, 3)),
            17 => "$\\frac{a}{b}^2$".to_owned(),
            18 => "\\\n".to_owned() + &self.words(1, 2),
            19 => "<time datetime=\"2026-03-02\">2 mars</time>".to_owned(),
            20 => "東\u{10a00}".to_owned(),
            21 => "https://nu.example/très/long/".repeat(self.dice.between(1, 3)),
            22 => "https://nu.example/a".to_owned(),
            23 => {
                let name = self.name();
                format!("[{}](/but/){{#{name} .x lang=en}}", self.words(1, 2))
            }
            24 => format!("\"{}\"", self.words(1, 3)),
            25 => "![absente](absente.png)".to_owned(),
            _ => self.words(1, 3),
        }
    }

    /// A block, as lines.
    fn block(&mut self, depth: usize) -> Vec<String> {
        let is_deep = depth >= DEEPEST;
        match self.dice.below(if is_deep { 9 } else { 30 }) {
            0..=3 => self.paragraph(),
            4 => vec![self.heading()],
            5 => self.code(),
            6 => self.figure(),
            7 => vec!["---".to_owned()],
            8 => self.media(),
            9..=11 => self.list(depth),
            12 => self.tasks(depth),
            13 => self.definitions(depth),
            14 => self.quote(depth),
            15 => self.alert(depth),
            16 | 17 => self.container(depth),
            18 => self.details(depth),
            19..=21 => self.table(),
            22 => self.raw_table(depth),
            23 => self.group(depth),
            24 => self.raw_list(),
            25 => vec!["$$".to_owned(), "\\sum_{i=0}^n i".to_owned(), "$$".to_owned()],
            26 if depth == 0 => vec!["\\newpage".to_owned()],
            27 => self.captioned_table(),
            28 => self.raw_quote(),
            29 => self.pictures(),
            _ => self.paragraph(),
        }
    }

    fn blocks(&mut self, depth: usize, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for at in 0..self.dice.between(1, most) {
            if at > 0 {
                lines.push(String::new());
            }
            lines.extend(self.block(depth));
        }
        lines
    }

    fn paragraph(&mut self) -> Vec<String> {
        let mut text = self.line(0);
        if self.dice.once_in(3) {
            text = format!("{text}\n{}", self.line(0));
        }
        if self.dice.once_in(8) {
            let name = self.name();
            let _ = write!(text, "\n{{#{name} .classe}}");
        }
        // What would begin another block is none.
        let text = text.trim_start();
        text.lines().map(str::to_owned).collect()
    }

    fn heading(&mut self) -> String {
        let level = self.dice.between(2, 5);
        let words = match self.dice.below(8) {
            0 => "![image seule](pixel.png)".to_owned(),
            1 => format!("東 {}", self.words(0, 2)),
            2 => self.line(1).replace('\n', " "),
            _ => self.words(1, 6),
        };
        let tail = if self.dice.once_in(6) {
            format!(" {{#{}}}", self.name())
        } else {
            String::new()
        };
        format!("{} {}{tail}", "#".repeat(level), words.trim())
    }

    fn code(&mut self) -> Vec<String> {
        let language = self.dice.pick(&["", "rust", "html", "inconnu"]);
        let mut lines = vec![format!("```{language}")];
        for _ in 0..self.dice.between(0, 4) {
            lines.push(match self.dice.below(7) {
                0 => "\tlet x = \"é\";\t// fin".to_owned(),
                1 => "    retrait  double".to_owned(),
                2 => String::new(),
                3 => "x".repeat(self.dice.between(60, 140)),
                4 => "<b>é</b> &amp; 東".to_owned(),
                _ => self.words(1, 12),
            });
        }
        lines.push("```".to_owned());
        lines
    }

    fn figure(&mut self) -> Vec<String> {
        let words = self.words(0, 4);
        let title = if self.dice.once_in(2) {
            format!(" \"{}\"", self.words(1, 4))
        } else {
            String::new()
        };
        let target = self.dice.pick(&[
            "pixel.png",
            "pixel.png",
            "https://loin.example/a.png",
            "absente.png",
        ]);
        let image = format!("![{words}]({target}{title})");
        vec![match self.dice.below(5) {
            0 => format!("[{image}](https://cadre.example/)"),
            1 => format!("{{% imageContent \"./pixel.png\", \"{words}\", [1000] %}}"),
            _ => image,
        }]
    }

    /// A row of images in one paragraph.
    fn pictures(&mut self) -> Vec<String> {
        let glue = self.dice.pick(&[" ", "", "\n"]);
        let images: Vec<String> = (0..self.dice.between(2, 4))
            .map(|_| {
                let image = format!("![{}](pixel.png)", self.words(0, 2));
                if self.dice.once_in(3) { format!("[{image}](/but/)") } else { image }
            })
            .collect();
        images.join(glue).lines().map(str::to_owned).collect()
    }

    fn media(&mut self) -> Vec<String> {
        let name = self.dice.pick(&["iframe", "video", "audio"]);
        let title = if self.dice.once_in(2) {
            format!(" title=\"{}\"", self.words(1, 4))
        } else {
            String::new()
        };
        let address =
            self.dice.pick(&["https://video.example/1?a=b", "//video.example/é"]);
        vec![format!("<{name} src=\"{address}\"{title}></{name}>")]
    }

    fn list(&mut self, depth: usize) -> Vec<String> {
        let is_numbered = self.dice.once_in(2);
        let is_loose = self.dice.once_in(3);
        let first = self.dice.between(0, 12);
        let mut lines = Vec::new();
        for number in first..first + self.dice.between(1, 4) {
            let sign = if is_numbered { format!("{number}. ") } else { "- ".to_owned() };
            let mut item = self.paragraph();
            if self.dice.once_in(3) {
                item.extend(is_loose.then(String::new));
                item.extend(self.block(depth + 1));
                if self.dice.once_in(3) {
                    item.push(String::new());
                    item.extend(self.blocks(depth + 1, 2));
                }
            }
            lines.extend(hung(&sign, &item));
            lines.extend(is_loose.then(String::new));
        }
        lines
    }

    fn tasks(&mut self, depth: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let sign = self.dice.pick(&["- [x] ", "- [ ] ", "- "]);
            let mut item = vec![self.words(1, 5)];
            if self.dice.once_in(4) {
                item.extend(self.list(depth + 1));
            }
            let mut item = item.into_iter();
            lines.push(format!("{sign}{}", item.next().unwrap_or_default()));
            lines.extend(item.map(|it| indented(&it, "  ")));
        }
        lines
    }

    fn definitions(&mut self, depth: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            lines.push(self.words(1, 3));
            for _ in 0..self.dice.between(1, 2) {
                let mut item = vec![self.line(1).replace('\n', " ")];
                if self.dice.once_in(4) {
                    item.push(String::new());
                    item.extend(self.block(depth + 1));
                }
                lines.extend(hung(": ", &item));
            }
            lines.push(String::new());
        }
        lines
    }

    fn quote(&mut self, depth: usize) -> Vec<String> {
        let inner = self.blocks(depth + 1, 3);
        inner.iter().map(|it| format!("> {it}").trim_end().to_owned()).collect()
    }

    fn alert(&mut self, depth: usize) -> Vec<String> {
        let kind = self.dice.pick(&["NOTE", "TIP", "WARNING", "CAUTION", "IMPORTANT"]);
        let mut lines = vec![format!("> [!{kind}]")];
        let inner = self.blocks(depth + 1, 2);
        lines.extend(inner.iter().map(|it| format!("> {it}").trim_end().to_owned()));
        lines
    }

    fn container(&mut self, depth: usize) -> Vec<String> {
        let colons = ":".repeat(3 + DEEPEST - depth.min(DEEPEST));
        let name = self
            .dice
            .pick(&["info", "callout", "success", "error", "quote", "details", "text"]);
        let title = if self.dice.once_in(2) {
            format!(" {}", self.words(1, 4))
        } else {
            String::new()
        };
        let title = if name == "quote" { String::new() } else { title };
        let mut lines = vec![format!("{colons}{name}{title}")];
        lines.extend(self.blocks(depth + 1, 3));
        lines.push(colons);
        lines
    }

    fn details(&mut self, depth: usize) -> Vec<String> {
        let summary = self.words(1, 5);
        let mut lines = vec!["<details>".to_owned()];
        lines.push(format!("<summary>{summary}</summary>"));
        lines.push(String::new());
        lines.extend(self.blocks(depth + 1, 3));
        lines.extend([String::new(), "</details>".to_owned()]);
        lines
    }

    fn table(&mut self) -> Vec<String> {
        let columns = match self.dice.below(12) {
            0 => self.dice.between(9, 80),
            1..=3 => self.dice.between(5, 9),
            _ => self.dice.between(1, 4),
        };
        let rows = self.dice.between(0, 5);
        let rule: Vec<&str> = (0..columns)
            .map(|_| self.dice.pick(&["---", ":---", "---:", ":---:"]))
            .collect();
        let mut lines = vec![self.row(columns), format!("| {} |", rule.join(" | "))];
        lines.extend((0..rows).map(|_| self.row(columns)));
        lines
    }

    fn row(&mut self, columns: usize) -> String {
        let cells: Vec<String> = (0..columns)
            .map(|_| match self.dice.below(6) {
                0 => String::new(),
                1 => "1\u{202f}250,5".to_owned(),
                2 if columns < 9 => self.line(1).replace(['\n', '|'], " "),
                _ => {
                    let most = if columns > 8 { 2 } else { 7 };
                    self.words(1, most)
                }
            })
            .collect();
        format!("| {} |", cells.join(" | "))
    }

    fn captioned_table(&mut self) -> Vec<String> {
        let mut lines = vec!["<figure>".to_owned(), String::new()];
        lines.extend(self.table());
        let caption = self.words(1, 6);
        lines.extend([
            String::new(),
            format!("<figcaption>{caption}</figcaption>"),
            "</figure>".to_owned(),
        ]);
        lines
    }

    fn raw_table(&mut self, depth: usize) -> Vec<String> {
        let columns = self.dice.between(1, 4);
        let mut lines = vec!["<table>".to_owned()];
        if self.dice.once_in(3) {
            lines.push(format!("<caption>{}</caption>", self.words(1, 4)));
        }
        for y in 0..self.dice.between(1, 4) {
            lines.push("<tr>".to_owned());
            for x in 0..columns {
                let is_head = y == 0 || x == 0 && self.dice.once_in(2);
                let name = if is_head { "th" } else { "td" };
                let scope = match (is_head, y) {
                    (true, 0) => " scope=\"col\"",
                    (true, _) => " scope=\"row\"",
                    _ => "",
                };
                let span = if self.dice.once_in(8) {
                    self.dice.pick(&[" colspan=\"2\"", " rowspan=\"2\""])
                } else {
                    ""
                };
                let id = if self.dice.once_in(6) {
                    format!(" id=\"{}\"", self.name())
                } else {
                    String::new()
                };
                if self.dice.once_in(5) && depth < DEEPEST {
                    lines.push(format!("<{name}{scope}{span}{id}>"));
                    lines.push(String::new());
                    lines.extend(self.block(DEEPEST - 1));
                    lines.extend([String::new(), format!("</{name}>")]);
                } else {
                    lines.push(format!(
                        "<{name}{scope}{span}{id}>{}</{name}>",
                        self.words(0, 5)
                    ));
                }
            }
            lines.push("</tr>".to_owned());
        }
        lines.push("</table>".to_owned());
        lines
    }

    fn raw_list(&mut self) -> Vec<String> {
        let open = self.dice.pick(&["<ol reversed>", "<ol start=\"5\">", "<ul>", "<ol>"]);
        let close = format!("</{}>", &open[1..3]);
        let mut lines = vec![open.to_owned()];
        for _ in 0..self.dice.between(1, 3) {
            let value = if self.dice.once_in(4) && close == "</ol>" {
                " value=\"9\""
            } else {
                ""
            };
            let words = self.words(1, 4);
            lines.push(match self.dice.below(5) {
                0 => format!(
                    "<li{value}><details><summary>{words}</summary><ul><li>{}</li></ul></details></li>",
                    self.words(1, 3)
                ),
                1 => {
                    let name = self.name();
                    format!("<li{value} id=\"{name}\">{words}<ul><li>{}</li></ul>{}</li>", self.word(), self.word())
                }
                _ => format!("<li{value}>{words}</li>"),
            });
        }
        lines.push(close);
        lines
    }

    fn raw_quote(&mut self) -> Vec<String> {
        let mut lines = vec!["<blockquote>".to_owned(), String::new()];
        lines.extend(self.paragraph());
        let who = self.words(1, 3);
        lines.extend([
            String::new(),
            format!("<footer>{who}, <cite>{}</cite></footer>", self.words(1, 2)),
            "</blockquote>".to_owned(),
        ]);
        lines
    }

    fn group(&mut self, depth: usize) -> Vec<String> {
        let name = self.name();
        if self.dice.once_in(3) {
            return vec![format!("<div id=\"{name}\"></div>")];
        }
        let tongue = self.dice.below(TONGUES.len());
        let lang = if self.dice.once_in(2) {
            format!(" lang=\"{}\"", TONGUES[tongue])
        } else {
            String::new()
        };
        let was = if lang.is_empty() {
            self.script
        } else {
            std::mem::replace(&mut self.script, tongue)
        };
        let mut lines = vec![format!("<div id=\"{name}\"{lang}>"), String::new()];
        lines.extend(self.blocks(depth + 1, 3));
        lines.extend([String::new(), "</div>".to_owned()]);
        self.script = was;
        lines
    }
}

fn indented(line: &str, by: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{by}{line}") }
}

/// Lines that hang on a sign.
fn hung(sign: &str, lines: &[String]) -> Vec<String> {
    let space = " ".repeat(sign.chars().count());
    let hang = |(at, line): (usize, &String)| {
        if at == 0 { format!("{sign}{line}") } else { indented(line, &space) }
    };
    lines.iter().enumerate().map(hang).collect()
}
