//! The cover: a drawing made of the publication's own words, and the page that shows it.
//!
//! The drawing asks for no font of its own, so the width of the words can only be
//! estimated; lines are broken early enough for wide fonts.

use super::names;
use crate::{
    render::html::element::{Xhtml, escape},
    site::{Edition, Publication},
};

/// Width and height of the drawing: readers ask for ten to sixteen.
const SIZE: (u32, u32) = (1600, 2560);
/// The space around the words.
const MARGIN: u32 = 170;
/// Where the title's first line begins, and where the words above the foot must end.
const TOP: u32 = 690;
const BOTTOM: u32 = 2040;

/// The drawing, as SVG.
pub(super) fn drawing(publication: &Publication, edition: &Edition) -> String {
    let width = SIZE.0 - 2 * MARGIN;
    let publisher = Lines::fit(&edition.publisher, Face::Sans, width, &[58, 50], 3);
    let title =
        Lines::fit(&edition.title, Face::Serif, width, &[158, 140, 122, 106, 92, 80], 6);
    let mut out = String::new();
    let mut pen = Pen { out: &mut out, right_to_left: edition.right_to_left, y: 250 };
    pen.write(&publisher, "#d3dfea");
    pen.y = TOP;
    pen.write(&title, "#ffffff");
    let room = BOTTOM.saturating_sub(pen.y) / 80;
    let about =
        Lines::fit(&edition.description, Face::Sans, width, &[54], room.min(5) as usize);
    pen.y += 70;
    pen.write(&about, "#d3dfea");
    pen.y = SIZE.1 - 230;
    let date = edition.labels.date(publication.date);
    let language = edition.labels.text("language-name");
    for words in [language, date] {
        pen.write(&Lines::fit(&words, Face::Sans, width, &[50], 1), "#d3dfea");
    }
    frame(edition, &out)
}

/// The drawing around the words: a blue ground, a bar, and the arcs of a compass, the
/// device of Christophe Plantin.
fn frame(edition: &Edition, words: &str) -> String {
    let (width, height) = SIZE;
    let arcs = (0..5).map(|i| {
        let (x, radius) = (if edition.right_to_left { 0 } else { width }, 270 + 145 * i);
        format!("<circle cx=\"{x}\" cy=\"{height}\" r=\"{radius}\"/>")
    });
    let bar = if edition.right_to_left { width - MARGIN - 200 } else { MARGIN };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{language}\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#0b3554\"/>\n\
         <g fill=\"none\" stroke=\"#2f5d86\" stroke-opacity=\"0.75\" stroke-width=\"5\">{arcs}</g>\n\
         <rect x=\"{bar}\" y=\"480\" width=\"200\" height=\"14\" fill=\"#e8a08c\"/>\n\
         {words}</svg>\n",
        // All words on it are the interface's.
        language = escape(edition.labels.spoken().as_str()),
        title = escape(&edition.title),
        arcs = arcs.collect::<String>(),
    )
}

/// The page that shows the drawing.
pub(super) fn page(publication: &Publication, edition: &Edition) -> String {
    let labels = &edition.labels;
    let date = labels.date(publication.date);
    let words = [edition.title.as_str(), &edition.publisher, &date];
    let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
    let words = labels.format("cover-alternative", &[("words", words.join(". ").into())]);
    let mut out = super::chapter::document(edition, &labels.text("cover"));
    out.start("body").attr("epub:type", "cover").open();
    out.line();
    out.start("p").attr("class", "cover").open();
    out.start("img")
        .attr("src", names::COVER_IMAGE)
        .attr("alt", &words)
        .attr("role", "doc-cover")
        .language(super::book::borrowed(edition).map(|it| it.0))
        .void();
    out.end();
    finish(out)
}

fn finish(mut out: Xhtml) -> String {
    super::chapter::close(&mut out);
    out.finish()
}

/// A face of type.
#[derive(Clone, Copy)]
enum Face {
    Serif,
    Sans,
}

/// Words broken into lines, and how large they are set.
struct Lines {
    face: Face,
    size: u32,
    lines: Vec<String>,
}

impl Lines {
    /// Breaks words in the largest size in which they need no more than `most` lines; in
    /// the smallest one, what goes beyond is cut off.
    fn fit(words: &str, face: Face, width: u32, sizes: &[u32], most: usize) -> Self {
        let mut it = Self { face, size: 0, lines: Vec::new() };
        // Bold signs are wider.
        let room = match face {
            Face::Serif => width * 90,
            Face::Sans => width * 100,
        };
        for &size in sizes {
            it.size = size;
            it.lines = wrap(words, room / size);
            if it.lines.len() <= most {
                return it;
            }
        }
        it.lines.truncate(most);
        if let Some(last) = it.lines.last_mut() {
            last.push('…');
        }
        it
    }
}

/// Breaks words into lines of this many hundredths of an em at most.
fn wrap(words: &str, width: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(|sign: char| sign.is_whitespace() && !is_no_break(sign)) {
        if word.is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some(line) if ems(line) + ems(" ") + ems(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(String::new()),
        }
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            let mut pieces = pieces(word, width);
            *line = pieces.remove(0);
            lines.extend(pieces);
        }
    }
    lines
}

/// A word, or its pieces where it is wider than a line. There is at least one.
fn pieces(word: &str, width: u32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for sign in word.chars() {
        let last = pieces.last_mut().expect("there is a piece");
        if !last.is_empty() && ems(last) + em(sign) > width {
            pieces.push(sign.to_string());
        } else {
            last.push(sign);
        }
    }
    pieces
}

fn is_no_break(sign: char) -> bool {
    matches!(sign, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn ems(text: &str) -> u32 {
    text.chars().map(em).sum()
}

/// How wide a sign is in the wider fonts that readers have, in hundredths of an em.
fn em(sign: char) -> u32 {
    match sign {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '!' | '\'' | '’'
        | '|' | '(' | ')' | ' ' | '\u{A0}' | '\u{202F}' => 36,
        'm' | 'w' | 'M' | 'W' | '—' | '…' | '@' | '%' => 96,
        'A'..='Z' | 'À'..='Þ' => 74,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{FFEF}' | '\u{1F000}'.. => 105,
        _ => 57,
    }
}

/// Where the next line goes.
struct Pen<'a> {
    out: &'a mut String,
    right_to_left: bool,
    y: u32,
}

impl Pen<'_> {
    fn write(&mut self, lines: &Lines, colour: &str) {
        let (family, weight, leading) = match lines.face {
            Face::Serif => ("Georgia, serif", "bold", 118),
            Face::Sans => ("Helvetica, Arial, sans-serif", "normal", 140),
        };
        let (x, direction) =
            if self.right_to_left { (SIZE.0 - MARGIN, "rtl") } else { (MARGIN, "ltr") };
        for line in &lines.lines {
            self.y += lines.size * leading / 100;
            self.out.push_str(&format!(
                "<text x=\"{x}\" y=\"{}\" direction=\"{direction}\" font-family=\"{family}\" \
                 font-weight=\"{weight}\" font-size=\"{}\" fill=\"{colour}\">{}</text>\n",
                self.y,
                lines.size,
                escape(line),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_title_is_set_smaller_and_then_cut() {
        let short = Lines::fit("Mission", Face::Serif, 1260, &[158, 80], 6);
        assert_eq!((short.size, short.lines.len()), (158, 1));
        let long = Lines::fit(&"mot ".repeat(200), Face::Serif, 1260, &[158, 80], 6);
        assert_eq!((long.size, long.lines.len()), (80, 6));
        assert!(long.lines[5].ends_with('…'));
    }

    #[test]
    fn a_no_break_space_holds_its_words_together() {
        assert_eq!(wrap("aaaa bb\u{A0}: c", 360), ["aaaa", "bb\u{A0}: c"]);
    }

    proptest! {
        #[test]
        fn lines_hold_all_words_and_none_is_too_wide(words in "[a-zA-Z éÉ]{0,80}") {
            let lines = wrap(&words, 600);
            prop_assert!(lines.iter().all(|it| ems(it) <= 600));
            let all = |text: &str| text.replace(' ', "");
            prop_assert_eq!(all(&lines.concat()), all(&words));
        }
    }
}
