//! Damaged pages: two hundred of them, made by cutting, doubling and losing pieces of good
//! ones. None may stop the program, and what comes out must be whole.

use std::path::Path;

use plantin::{
    document::Language,
    source::{self, Dialect, Options, files},
};
use quick_xml::{Reader, events::Event};

use super::support::{EVERYTHING, PNG, Site, corpus};

/// How many damaged pages there are.
const COUNT: u64 = 200;

/// Pieces that begin or end something.
const PIECES: [&str; 30] = [
    "<div>",
    "</p>",
    "<table><tr>",
    "</td>",
    "<details>",
    "<ul><li>",
    "</a>",
    "<a href=\"x",
    ":::callout Un : titre\n",
    ":::\n",
    "???\n",
    "```\n",
    "~~~\n",
    "<!--",
    "-->",
    "{% x",
    "%}",
    "{{",
    "}}",
    "{#",
    "$$\n",
    "$",
    "> ",
    "| a | b\n",
    "[^n]: ",
    "**",
    "`",
    "<script>",
    "&#x0;",
    "---\n",
];

/// A page with what [`EVERYTHING`] has little of: HTML and Markdown in one another.
const TANGLED: &str = "---\ntitle: Emmêlé\nsegments:\n  - url: /a/\n    title: A\n---\n\n\
    <div class=\"a\">\n\n- un <b>deux\n  > trois\n\n</div>\n\n:::info Titre : ici\n\n\
    <table><tr><td>\n\n| x | y |\n|--|--|\n| $a$ | `b` |\n\n</table>\n\n:::\n\n\
    ???\u{20}Question\n\n```sh\necho $$\n```\n\n???\n\n$$\n\\frac{a}{b}\n$$\n\n\
    {% accordion \"x\" %}\n\n<figure><img src=p.png alt=\"é\"><figcaption>c</figure>\n\n\
    {% endaccordion %}\n\n1. a[^n]\n\n   b\n\n[^n]: note <q>d\n\n# Un\n\n#### Deux {#x .y}\n";

/// Numbers that are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

/// A page with a few things wrong in it.
fn damaged(page: &str, seed: u64) -> String {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut page = page.to_owned();
    for _ in 0..=dice.roll(4) {
        page = match dice.roll(7) {
            0 => cut(&page, &mut dice),
            1 => without_a_piece(&page, &['<', '>'], &mut dice),
            2 => without_a_piece(&page, &['\n', '\n'], &mut dice),
            3 => with_a_line_twice(&page, &mut dice, |it| {
                [":::", "```", "???", "---", "$$"].iter().any(|mark| it.starts_with(mark))
            }),
            4 => with_a_line_twice(&page, &mut dice, |_| true),
            5 => without_a_piece(&page, &['*', '*'], &mut dice),
            _ => {
                let at = place(&page, &mut dice);
                let piece = PIECES[dice.roll(PIECES.len())];
                format!("{}{piece}{}", &page[..at], &page[at..])
            }
        };
    }
    page
}

/// A place between two letters.
fn place(page: &str, dice: &mut Dice) -> usize {
    let mut at = dice.roll(page.len() + 1);
    while !page.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn cut(page: &str, dice: &mut Dice) -> String {
    page[..place(page, dice)].to_owned()
}

/// Loses what stands between two signs, and the signs.
fn without_a_piece(page: &str, ends: &[char; 2], dice: &mut Dice) -> String {
    let at = place(page, dice);
    let Some(start) = page[at..].find(ends[0]).map(|it| at + it) else {
        return page.to_owned();
    };
    let after = start + ends[0].len_utf8();
    let Some(end) = page[after..].find(ends[1]).map(|it| after + it + ends[1].len_utf8())
    else {
        return page[..start].to_owned();
    };
    format!("{}{}", &page[..start], &page[end..])
}

/// Doubles one of the lines of some kind.
fn with_a_line_twice(page: &str, dice: &mut Dice, kind: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = page.split_inclusive('\n').collect();
    let some: Vec<usize> = (0..lines.len()).filter(|it| kind(lines[*it])).collect();
    let Some(&twice) = some.get(dice.roll(some.len())) else { return page.to_owned() };
    let line = |(at, line): (usize, &&str)| line.repeat(if at == twice { 2 } else { 1 });
    lines.iter().enumerate().map(line).collect()
}

/// A publication of damaged pages.
fn publication(pages: &[String]) -> Site {
    let site = Site::new()
        .more_config("[markdown]\nmath = true\n")
        .bytes("content/pixel.png", PNG)
        .bytes("content/p.png", PNG);
    let numbered = (0..COUNT).zip(pages.iter().cycle());
    numbered.fold(site, |site, (seed, page)| {
        site.page(&format!("p{seed}.md"), &damaged(page, seed))
    })
}

fn assert_whole(what: &str, text: &str) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{what}: {error} in\n{text}"),
        }
    }
}

fn build(pages: &[String]) {
    let built = publication(pages).build_with(&["--format", "html", "epub"]);
    assert!(matches!(built.code, Some(0 | 1)), "{built}");
    let mut count = 0;
    for (path, bytes) in built.files().iter().filter(|it| it.0.ends_with("index.html")) {
        assert_whole(path, &String::from_utf8_lossy(bytes));
        count += 1;
    }
    // A page may have lost its address with its head, and two may have got the same.
    assert!(count > 350, "{count} pages were written: {built}");
    for code in ["pdf-failed", "epub-failed", "html-failed"] {
        assert!(built.diagnostics(code).is_empty(), "{built}");
    }
}

#[test]
fn two_hundred_damaged_pages_become_whole_files() {
    build(&[EVERYTHING.to_owned(), TANGLED.to_owned()]);
}

#[test]
fn two_hundred_damaged_pages_of_the_corpus_become_whole_files() {
    let Some(folder) = corpus("codegouvfr/content/fr") else { return };
    let paths = files::pages(&folder).expect("it can be listed").value;
    let page = |path: &String| {
        let bytes = files::bytes(&Path::new(&folder).join(path)).expect("it can be read");
        source::decode(&bytes).value
    };
    build(&paths.iter().map(page).collect::<Vec<_>>());
}

#[test]
fn damage_of_every_kind_is_read() {
    let dialect = Dialect { math: true, ..Dialect::default() };
    let options = Options { language: Language::new("fr"), name: "p".to_owned() };
    for page in [EVERYTHING, TANGLED] {
        for seed in 0..1500 {
            let text = damaged(page, seed);
            source::read_in(&text, &options, &dialect, &Default::default());
        }
    }
}

#[cfg(feature = "pdf")]
#[test]
fn damaged_pages_are_printed() {
    let site = Site::new()
        .more_config("[markdown]\nmath = true\n")
        .bytes("content/pixel.png", PNG)
        .bytes("content/p.png", PNG);
    let pages = [EVERYTHING, TANGLED];
    let site = (0..40).zip(pages.iter().cycle()).fold(site, |site, (seed, page)| {
        site.page(&format!("p{seed}.md"), &damaged(page, seed + 1000))
    });
    let built = site.build_with(&["--format", "pdf", "--language", "fr"]);
    assert!(matches!(built.code, Some(0 | 1)), "{built}");
    assert!(built.diagnostics("pdf-failed").is_empty(), "{built}");
    let count = built.files().keys().filter(|it| it.ends_with(".pdf")).count();
    assert!(count > 30, "{count} files: {built}");
}
