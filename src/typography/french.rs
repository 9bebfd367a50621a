//! French: spaces around punctuation, apostrophes, ellipses, ordinals, numbers.

use super::{
    Profile, SPACE, THIN,
    line::{OBJECT, Sign},
};

/// The spaces of a profile; `None` for no space at all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spaces {
    /// Before `;`, `!` and `?`.
    high: Option<char>,
    /// Before the colon.
    colon: Option<char>,
    /// Inside guillemets.
    guillemets: Option<char>,
    /// Between thousands.
    thousands: char,
}

impl Spaces {
    /// The spaces of a profile, if it is a French one.
    pub(super) fn of(profile: Profile) -> Option<Self> {
        let (high, colon, guillemets, thousands) = match profile {
            Profile::FrenchFrance => (Some(THIN), Some(SPACE), Some(THIN), THIN),
            Profile::FrenchEurope => (None, None, None, SPACE),
            Profile::FrenchCanada => (None, Some(SPACE), Some(SPACE), SPACE),
            Profile::English | Profile::Off => return None,
        };
        Some(Self { high, colon, guillemets, thousands })
    }
}

/// Words behind which a number does not go to the next line.
const BEFORE_NUMBER: [&str; 12] =
    ["n°", "N°", "nº", "Nº", "p.", "pp.", "art.", "fig.", "vol.", "chap.", "t.", "§"];
/// Titles behind which a name does not go to the next line.
const BEFORE_NAME: [&str; 6] = ["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles"];
/// Units, which do not leave their number.
const UNITS: [&str; 40] = [
    "km", "m", "cm", "mm", "kg", "g", "mg", "t", "h", "min", "s", "ms", "Mo", "Go", "To",
    "ko", "Ko", "Mb", "Gb", "Hz", "kHz", "MHz", "GHz", "W", "kW", "MW", "kWh", "MWh",
    "V", "A", "ha", "L", "l", "mL", "ml", "cl", "M€", "k€", "Md€", "°C",
];

/// Whether it is of a word, or stands for one.
pub(super) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == OBJECT
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | SPACE | THIN | '\u{2009}')
}

/// Sets a row; says whether that changed something.
pub(super) fn set(signs: &mut Vec<Sign>, spaces: &Spaces) -> bool {
    let shortened = ellipsis(signs);
    let mut setter = Setter { signs, spaces, out: Vec::with_capacity(signs.len() + 8) };
    let mut at = 0;
    while at < setter.signs.len() {
        at = setter.step(at);
    }
    let mut out = setter.out;
    let raised = ordinals(&mut out);
    let changed = shortened || raised || out != *signs;
    *signs = out;
    changed
}

/// Turns three dots into an ellipsis, in prose: no path, no range, no fourth dot.
pub(super) fn ellipsis(signs: &mut Vec<Sign>) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| signs.get(at)).map(|it| it.letter);
    let is_three = |at: usize| {
        signs[at..].len() >= 3
            && signs[at..at + 3].iter().all(|it| it.letter == '.' && !it.frozen)
            && !matches!(letter(at.checked_sub(1)), Some('.' | '/' | '…'))
            && !matches!(letter(Some(at + 3)), Some('.' | '/' | '…'))
            // `...rest` is code.
            && (letter(at.checked_sub(1)).is_some_and(|it| !it.is_whitespace())
                || !letter(Some(at + 3)).is_some_and(char::is_alphanumeric))
    };
    let found: Vec<usize> = (0..signs.len())
        .filter(|&at| signs[at].letter == '.')
        .filter(|&at| is_three(at))
        .collect();
    found.iter().for_each(|&at| signs[at].letter = '…');
    let mut starts = found.iter().copied().peekable();
    let (mut at, mut dots) = (0, 0_u8);
    signs.retain(|_| {
        let dropped = dots > 0;
        let begins = starts.next_if_eq(&at).is_some();
        dots = if begins { 2 } else { dots.saturating_sub(1) };
        at += 1;
        !dropped
    });
    !found.is_empty()
}

/// A row that is being set.
struct Setter<'a> {
    signs: &'a [Sign],
    spaces: &'a Spaces,
    out: Vec<Sign>,
}

impl Setter<'_> {
    fn letter(&self, at: usize) -> Option<char> {
        self.signs.get(at).map(|it| it.letter)
    }

    /// What was set last.
    fn last(&self) -> Option<char> {
        self.out.last().map(|it| it.letter)
    }

    /// Sets a sign or a run of spaces; gives the place of the next.
    fn step(&mut self, at: usize) -> usize {
        let sign = self.signs[at];
        if sign.frozen {
            self.out.push(sign);
            return at + 1;
        }
        match sign.letter {
            letter if is_space(letter) => return self.space(at),
            ';' | '!' | '?' if self.is_high(at) => self.join(sign, self.spaces.high),
            ':' if self.is_colon(at) => self.join(sign, self.spaces.colon),
            '»' if self.last().is_some_and(|it| !it.is_whitespace() && it != '«') => {
                self.join(sign, self.spaces.guillemets);
            }
            '%' | '‰' | '€' if self.follows_number(at) => {
                self.join(sign, Some(SPACE));
            }
            '\'' if self.is_apostrophe(at) => self.out.push(sign.with('’')),
            '«' => {
                self.out.push(sign);
                let after = self.letter(at + 1);
                if let Some(space) = self.spaces.guillemets
                    && after.is_some_and(|it| !it.is_whitespace())
                {
                    self.out.push(sign.with(space));
                }
            }
            _ => self.out.push(sign),
        }
        at + 1
    }

    /// Sets a sign behind what stands before it.
    fn join(&mut self, sign: Sign, space: Option<char>) {
        if let Some(space) = space
            && self.last().is_some_and(|it| !it.is_whitespace())
            && (!matches!(sign.letter, ';' | '!' | '?' | ':')
                || self.ends_word(sign.letter))
        {
            self.out.push(sign.with(space));
        }
        self.out.push(sign);
    }

    /// Whether what was set last takes a space before punctuation.
    fn ends_word(&self, before: char) -> bool {
        self.last().is_some_and(|it| {
            is_word(it)
                || ")]}»”’%‰€°".contains(it)
                || it == '.' && matches!(before, ';' | ':')
        })
    }

    /// Whether high punctuation ends a part of a sentence: it is no operator.
    fn is_high(&self, at: usize) -> bool {
        let is_end = |it: char| it.is_whitespace() || ")]}»”’\"!?….,".contains(it);
        match (self.letter(at), self.letter(at + 1)) {
            (_, None) => true,
            // `;)` smiles.
            (Some(';'), Some(after)) => after.is_whitespace() || after == '»',
            (_, Some(after)) => is_end(after),
        }
    }

    fn is_colon(&self, at: usize) -> bool {
        self.letter(at + 1).is_none_or(|it| it.is_whitespace() || "«»“”\"".contains(it))
    }

    /// Whether a sign of percent or money stands behind a number.
    fn follows_number(&self, at: usize) -> bool {
        self.last().is_some_and(|it| it.is_ascii_digit())
            && !self.letter(at + 1).is_some_and(char::is_alphanumeric)
    }

    fn is_apostrophe(&self, at: usize) -> bool {
        let after = self.letter(at + 1);
        self.last().is_some_and(char::is_alphabetic)
            && after.is_some_and(|it| is_word(it) || "«“\"".contains(it))
    }

    /// Sets a run of spaces; gives the place behind it.
    fn space(&mut self, at: usize) -> usize {
        let run =
            self.signs[at..].iter().take_while(|it| is_space(it.letter) && !it.frozen);
        let end = at + run.count();
        let sign = self.signs[at];
        match self.wanted(end, end - at == 1) {
            Wanted::AsIs => self.out.extend_from_slice(&self.signs[at..end]),
            Wanted::This(letter) => self.out.push(sign.with(letter)),
            Wanted::Nothing => {}
        }
        end
    }

    /// What a run of spaces becomes before the sign at `next`.
    fn wanted(&self, next: usize, single: bool) -> Wanted {
        let Some(sign) = self.signs.get(next) else { return Wanted::AsIs };
        let Some(last) = self.last() else { return Wanted::AsIs };
        let wish = |it: Option<char>| it.map_or(Wanted::Nothing, Wanted::This);
        if last == '«' {
            return wish(self.spaces.guillemets);
        }
        if sign.frozen {
            return Wanted::AsIs;
        }
        match sign.letter {
            // A sign that begins a line or follows another is no punctuation of a word.
            ';' | '!' | '?' if self.is_high(next) && !last.is_whitespace() => {
                wish(self.spaces.high)
            }
            ':' if self.is_colon(next) && !last.is_whitespace() => {
                wish(self.spaces.colon)
            }
            '»' if !last.is_whitespace() => wish(self.spaces.guillemets),
            '%' | '‰' | '€' if self.follows_number(next) => Wanted::This(SPACE),
            digit if digit.is_ascii_digit() && single => self.before_digit(next),
            letter if single && letter.is_uppercase() && self.ends_with(&BEFORE_NAME) => {
                Wanted::This(SPACE)
            }
            letter if single && last.is_ascii_digit() && is_unit_start(letter) => {
                match self.is_unit(next) {
                    true => Wanted::This(SPACE),
                    false => Wanted::AsIs,
                }
            }
            _ => Wanted::AsIs,
        }
    }

    /// What a space before a number becomes.
    fn before_digit(&self, next: usize) -> Wanted {
        let last = self.last();
        if last.is_some_and(|it| it.is_ascii_digit()) && self.is_thousand(next) {
            return Wanted::This(self.spaces.thousands);
        }
        let is_hour = last == Some('h')
            && self.out.len() > 2
            && is_space(self.out[self.out.len() - 2].letter)
            && self.out[self.out.len() - 3].letter.is_ascii_digit();
        match is_hour || self.ends_with(&BEFORE_NUMBER) {
            true => Wanted::This(SPACE),
            false => Wanted::AsIs,
        }
    }

    /// Whether the three digits at `next` go on a number, as in `12 345`: safe where the
    /// digits before are one to three, begin it, and are no year or code.
    fn is_thousand(&self, next: usize) -> bool {
        let digit = |at: usize| self.letter(at).is_some_and(|it| it.is_ascii_digit());
        let three = (next..next + 3).all(digit);
        if !three || self.letter(next + 3).is_some_and(char::is_alphanumeric) {
            return false;
        }
        let before = self.out.iter().rev().take_while(|it| it.letter.is_ascii_digit());
        let count = before.count();
        let first = self.out[self.out.len() - count].letter;
        let rest = &self.out[..self.out.len() - count];
        let Some(edge) = rest.last().map(|it| it.letter) else {
            return count <= 3 && first != '0';
        };
        let follows_digit = is_space(edge)
            && rest.len() > 1
            && rest[rest.len() - 2].letter.is_ascii_digit();
        if follows_digit {
            return count == 3 && edge == self.spaces.thousands;
        }
        count <= 3 && first != '0' && !is_word(edge) && !".,/-:+_".contains(edge)
    }

    /// Whether what was set ends with one of these words.
    fn ends_with(&self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            let count = word.chars().count();
            let Some(start) = self.out.len().checked_sub(count) else { return false };
            let is_same = self.out[start..].iter().map(|it| it.letter).eq(word.chars());
            let before = start.checked_sub(1).map(|it| self.out[it].letter);
            is_same && before.is_none_or(|it| it.is_whitespace() || "([«'’".contains(it))
        })
    }

    fn is_unit(&self, next: usize) -> bool {
        let is_of_unit = |it: &char| it.is_alphabetic() || matches!(it, '€' | '°');
        let rest = self.signs[next..].iter().map(|it| it.letter);
        let unit: String = rest.take_while(is_of_unit).take(4).collect();
        UNITS.contains(&unit.as_str())
    }
}

fn is_unit_start(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '°'
}

/// What a run of spaces becomes.
enum Wanted {
    /// It stays.
    AsIs,
    /// One of this kind.
    This(char),
    /// None.
    Nothing,
}

/// Raises what makes a number an ordinal: `1er`, `2e`, `XXIe`; says whether there was one.
fn ordinals(signs: &mut [Sign]) -> bool {
    let mut found = false;
    let mut at = 0;
    while at < signs.len() {
        let begins = |at: usize| at == 0 || is_before_number(signs[at - 1].letter);
        let numeral = match signs[at].letter {
            '0'..='9' | 'I' | 'V' | 'X' if !begins(at) => 0,
            '0'..='9' => run(signs, at, |it| it.is_ascii_digit()),
            'I' | 'V' | 'X' => run(signs, at, |it| matches!(it, 'I' | 'V' | 'X')),
            _ => 0,
        };
        let end = at + numeral;
        if numeral > 0
            && let Some(length) = suffix(&signs[at..end], &signs[end..])
        {
            found |= raise(&mut signs[end..end + length]);
            at = end + length;
        } else {
            at += numeral.max(1);
        }
    }
    found
}

fn is_before_number(letter: char) -> bool {
    letter.is_whitespace() || "([«“\"'’".contains(letter)
}

fn run(signs: &[Sign], from: usize, is: impl Fn(char) -> bool) -> usize {
    signs[from..].iter().take_while(|it| is(it.letter) && !it.frozen).count()
}

/// The length of what makes a number an ordinal, when that is all there is of the word.
fn suffix(numeral: &[Sign], rest: &[Sign]) -> Option<usize> {
    let number: String = numeral.iter().map(|it| it.letter).collect();
    let letters = run(rest, 0, char::is_alphabetic);
    let ending: String = rest[..letters].iter().map(|it| it.letter).collect();
    let is_first = matches!(number.as_str(), "1" | "I");
    let fits = match ending.as_str() {
        "er" | "ers" | "re" | "res" => is_first,
        "nd" | "nde" | "nds" | "ndes" => matches!(number.as_str(), "2" | "II"),
        "e" | "es" => !is_first && is_number(&number),
        _ => false,
    };
    // `1er.5`, `2e-3`: no ordinals.
    let mut after = rest[letters..].iter().map(|it| it.letter);
    let goes_on = match after.next() {
        Some('-' | '_' | '.' | '/' | '’' | '\'') => after.next().is_some_and(is_word),
        Some(letter) => is_word(letter),
        None => false,
    };
    (fits && !goes_on).then_some(letters)
}

/// Whether it is a number in digits, or a Roman one below forty.
fn is_number(text: &str) -> bool {
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        return text.len() <= 4;
    }
    let ones = text.trim_start_matches('X');
    text.len() - ones.len() <= 3
        && matches!(
            ones,
            "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
        )
}

fn raise(signs: &mut [Sign]) -> bool {
    let raised = signs.iter().any(|it| !it.raised);
    signs.iter_mut().for_each(|it| it.raised = true);
    raised
}

#[cfg(test)]
mod tests {
    use crate::typography::{Profile, words};

    fn france(text: &str) -> String {
        words(text, Profile::FrenchFrance).into_owned()
    }

    #[test]
    fn punctuation_gets_the_space_that_is_due() {
        assert_eq!(
            france("Quoi ? Oui: «non»; 10% de 5 €!"),
            "Quoi\u{202f}? Oui\u{a0}: «\u{202f}non\u{202f}»\u{202f}; 10\u{a0}% de 5\u{a0}€\u{202f}!"
        );
        assert_eq!(
            france("Vraiment?! (non!) (?)"),
            "Vraiment\u{202f}?! (non\u{202f}!) (?)"
        );
    }

    #[test]
    fn each_profile_has_its_own_spaces() {
        let text = "« Oui » : non ?";
        let set = |profile| words(text, profile).into_owned();
        assert_eq!(set(Profile::FrenchEurope), "«Oui»: non?");
        assert_eq!(set(Profile::FrenchCanada), "«\u{a0}Oui\u{a0}»\u{a0}: non?");
        assert_eq!(set(Profile::Off), text);
    }

    #[test]
    fn what_is_no_prose_stays() {
        for text in [
            "10:30",
            "16:9",
            "std::fs",
            "https://a.fr/?a=b;c#d'e",
            "voir www.a.fr/l'eau",
            "a@l'b.fr",
            "{% image 'x', \"y\" %}",
            "$a : b'$",
            ":smile: et",
            "../..",
            "1.2.3",
            "5\"",
            "fin ;)",
            "a!=b",
            "100%25",
            "chmod +x ./l'un",
        ] {
            assert_eq!(france(text), text);
        }
    }

    #[test]
    fn straight_quotation_marks_become_guillemets_with_high_marks_inside() {
        assert_eq!(
            france("Il dit \"un mot \"rare\" ici\"."),
            "Il dit «\u{202f}un mot “rare” ici\u{202f}»."
        );
        assert_eq!(france("« un \"mot\" »"), "«\u{202f}un “mot”\u{202f}»");
        assert_eq!(france("l'\"eau\""), "l’«\u{202f}eau\u{202f}»");
        assert_eq!(france("un \"seul"), "un \"seul");
    }

    #[test]
    fn apostrophes_and_ellipses_are_those_of_print() {
        assert_eq!(france("aujourd'hui... l'1"), "aujourd’hui… l’1");
        assert_eq!(france("a.... ../... ...rest"), "a.... ../... ...rest");
    }

    #[test]
    fn numbers_keep_together_where_that_is_safe() {
        assert_eq!(france("12 345 678 n° 5"), "12\u{202f}345\u{202f}678 n°\u{a0}5");
        for text in ["en 2024 100 agents", "06 123 456", "1 23 456", "12345", "3 1234"] {
            assert_eq!(france(text), text);
        }
        assert_eq!(
            france("5 km, 18 h 30, M. Dupont"),
            "5\u{a0}km, 18\u{a0}h\u{a0}30, M.\u{a0}Dupont"
        );
    }

    #[test]
    fn english_has_its_own_marks() {
        let set = |text: &str| words(text, Profile::English).into_owned();
        assert_eq!(set("\"Don't,\" she said."), "“Don’t,” she said.");
        assert_eq!(
            set("the users' '90s 'so-called' way..."),
            "the users’ ’90s ‘so-called’ way…"
        );
        assert_eq!(set("What ? Why : 10 %"), "What ? Why : 10 %");
    }
}
