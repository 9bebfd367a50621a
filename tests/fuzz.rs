//! The laws of `fuzz/laws`, without a fuzzer: over the kept inputs of each target, and over
//! a few hundred of their mutations that are the same each time.
//!
//! What a fuzzer found once is kept in `fuzz/corpus`, under a name that says what it was.

use std::{
    any::Any,
    fs,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
};

use super::support::root;

#[expect(unreachable_pub, reason = "the targets of the fuzzer use them too")]
#[path = "../fuzz/laws/mod.rs"]
mod laws;

/// How many mutations of the inputs of a target are tried, unless `PLANTIN_MUTATIONS` says.
const MUTATIONS: u64 = 300;

/// How much input is mutated: what is longer takes long to read again and again.
const LONGEST: usize = 8_000;

#[test]
fn every_target_has_a_law_inputs_and_words() {
    let targets = names("fuzz_targets");
    let mut known: Vec<String> = laws::LAWS.iter().map(|it| it.0.to_owned()).collect();
    known.sort();
    let with =
        |end: &str| known.iter().map(|it| format!("{it}{end}")).collect::<Vec<_>>();
    assert_eq!(targets, with(".rs"));
    assert_eq!(names("corpus"), known);
    assert_eq!(names("dictionaries"), with(".dict"));
    let manifest = fs::read_to_string(fuzz("Cargo.toml")).expect("it is there");
    for target in known {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        assert!(!inputs(&target).is_empty(), "{target}");
    }
}

#[test]
fn the_kept_inputs_obey_their_laws() {
    for (target, _) in laws::LAWS {
        for (name, input) in inputs(target) {
            assert_obeyed(target, &name, &input);
        }
    }
}

/// One test a law, so that they run beside one another.
macro_rules! mutations {
    ($($test:ident: $target:literal)*) => {$(
        #[test]
        fn $test() {
            mutate_and_obey($target);
        }
    )*};
}

mutations! {
    any_front_matter_leaves_the_text_alone: "front_matter"
    any_page_is_read_and_has_a_whole_catalogue: "page"
    any_shortcode_or_container_is_read: "construct"
    any_formula_is_mathml: "formula"
    any_page_is_whole_html_that_says_the_same: "html"
    any_catalogue_is_the_same_once_written: "po"
    any_catalogue_comes_back_as_it_was_sent: "exchange"
    any_xliff_leaves_a_sound_catalogue: "xliff"
    any_memory_leaves_a_sound_catalogue: "tmx"
    any_sheet_leaves_a_sound_catalogue: "csv"
    any_interface_words_leave_those_of_the_program: "fluent"
    any_settings_lead_nowhere_outside: "settings"
    any_profile_is_read: "profile"
    any_bag_is_whole_or_said_not_to_be: "bag"
    any_zip_of_a_bag_is_read_or_refused: "bag_zip"
    any_transfer_is_whole_or_said_not_to_be: "transfer"
    any_book_is_read_or_said_to_be_unreadable: "epub"
    any_pdf_is_read_or_said_to_be_unreadable: "pdf"
    any_html_is_read_or_said_to_be_unreadable: "html_file"
    any_drawing_that_is_fit_is_harmless: "svg"
    any_site_of_another_program_is_read: "import"
}

fn mutate_and_obey(target: &str) {
    let mut inputs: Vec<Vec<u8>> = inputs(target).into_iter().map(|it| it.1).collect();
    inputs.retain(|it| it.len() <= LONGEST);
    let words = words(target);
    let asked = std::env::var("PLANTIN_MUTATIONS").ok().and_then(|it| it.parse().ok());
    for seed in 0..asked.unwrap_or(MUTATIONS) {
        let input = mutated(&inputs, &words, seed);
        assert_obeyed(target, &format!("mutation {seed}"), &input);
    }
}

fn assert_obeyed(target: &str, name: &str, input: &[u8]) {
    let law = AssertUnwindSafe(|| laws::obey(target, input));
    if let Err(why) = panic::catch_unwind(law) {
        let why = said(why.as_ref());
        panic!("{target}, {name}: {why}\ninput: {}", input.escape_ascii());
    }
}

fn said(why: &dyn Any) -> &str {
    let text = why.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| why.downcast_ref::<&str>().copied()).unwrap_or("it panicked")
}

/// An input with a few things changed in it.
fn mutated(inputs: &[Vec<u8>], words: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut input = dice.one_of(inputs).clone();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(input.len() + 1);
        let end = at + dice.roll((input.len() - at).min(40) + 1);
        match dice.roll(6) {
            0 => input.truncate(at),
            1 => drop(input.drain(at..end)),
            2 => {
                let piece = input[at..end].to_vec();
                let to = dice.roll(input.len() + 1);
                input.splice(to..to, piece);
            }
            3 => {
                let other = dice.one_of(inputs);
                let from = dice.roll(other.len() + 1);
                let to = from + dice.roll((other.len() - from).min(200) + 1);
                input.splice(at..end, other[from..to].iter().copied());
            }
            4 if at < input.len() => {
                input[at] = u8::try_from(dice.roll(256)).unwrap_or(0);
            }
            _ => {
                let word = dice.one_of(words).clone();
                input.splice(at..at, word);
            }
        }
    }
    input
}

/// Numbers that are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    fn one_of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.roll(some.len())]
    }
}

fn fuzz(path: &str) -> PathBuf {
    root().join("fuzz").join(path)
}

/// The names in a folder, sorted.
fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(fuzz(folder)).expect("the folder is there");
    let name = |it: std::io::Result<fs::DirEntry>| {
        it.expect("it can be listed").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// The kept inputs of a target, by name.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("corpus/{target}");
    let read = |name: String| {
        let bytes = fs::read(fuzz(&folder).join(&name)).expect("it can be read");
        (name, bytes)
    };
    names(&folder).into_iter().map(read).collect()
}

/// The words of a target's dictionary, in the form of libFuzzer: `"a\x0Ab"`.
fn words(target: &str) -> Vec<Vec<u8>> {
    let path = fuzz(&format!("dictionaries/{target}.dict"));
    let text = fs::read_to_string(path).expect("it can be read");
    text.lines().map(|it| unquoted(it).expect("a word in quotation marks")).collect()
}

fn unquoted(line: &str) -> Option<Vec<u8>> {
    let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut word = Vec::new();
    while let Some(byte) = rest.next() {
        word.push(match byte {
            b'\\' => match rest.next()? {
                b'x' => {
                    let digits = [rest.next()?, rest.next()?];
                    u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
                }
                other => other,
            },
            other => other,
        });
    }
    Some(word)
}
