//! What is final in every language: names, and what only machines read.
//!
//! A text is final when its author says so (`translate="no"`, `{.notranslate}`), or when it
//! holds nothing but terms of the publication's or the page's list, postal addresses, telephone
//! numbers, e-mail addresses and addresses of the web. It is no unit.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{quantity, unit};
use crate::document::{
    Attributes, Block, Document, Inline, Language, Role, Text, Wording, walk,
};

/// A longer text, in bytes, is prose, whatever names are in it.
const LONGEST: usize = 400;

/// What becomes of quantities in other languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantities {
    /// They are written as the language writes them.
    #[default]
    Convert,
    /// They are units.
    Translate,
    /// They are shown as in the source.
    Keep,
}

/// What a workspace says of texts that need no translator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settling {
    /// What becomes of quantities.
    pub quantities: Quantities,
    /// The terms that are the same in every language.
    pub names: Vec<String>,
}

impl Settling {
    /// Says of each text of a document, which is in the language of its author, what it is to
    /// translators. It is to be done before the document is [numbered](super::number).
    pub fn settle(&self, document: &mut Document) {
        mark(&mut document.blocks);
        for note in &mut document.footnotes {
            mark(&mut note.blocks);
        }
        let terms = Terms::of(self.names.iter().chain(&document.meta.names));
        let language = document.language.clone();
        walk::texts_mut(document, &mut |role, text| {
            if text.wording == Wording::Words {
                text.wording = self.wording(&role, text, &terms, &language);
            }
        });
    }

    fn wording(
        &self,
        role: &Role,
        text: &Text,
        terms: &Terms,
        language: &Language,
    ) -> Wording {
        let final_wording = Remains::of(&text.inlines).and_then(|it| it.wording(terms));
        if let Some(wording) = final_wording {
            return wording;
        }
        let is_head = matches!(role, Role::Title | Role::Segment | Role::Heading(_));
        let run = quantity::run(&text.inlines).filter(|_| !is_head);
        match self.quantities {
            Quantities::Keep => Wording::Words,
            Quantities::Convert if run.is_some() && !unit::is_unit(text) => {
                Wording::Quantity
            }
            Quantities::Translate
                if run.is_some_and(|it| quantity::is_one(it, language)) =>
            {
                Wording::Asked
            }
            Quantities::Convert | Quantities::Translate => Wording::Words,
        }
    }
}

/// Marks the texts of the parts of a page that their author says are final.
fn mark(blocks: &mut [Block]) {
    walk::blocks_mut(blocks, &mut |block| match block {
        Block::Paragraph(it) => it.text.wording = said(&it.attributes),
        Block::Heading(it) => it.text.wording = said(&it.attributes),
        _ => {}
    });
    walk::blocks_mut(blocks, &mut |block| {
        let Block::Group(group) = block else { return };
        let wording = said(&group.attributes);
        if wording != Wording::Words {
            // What is in a part that is final already needs no second look.
            walk::block_texts_mut(
                &mut group.blocks,
                &mut |_| Role::Paragraph,
                &mut |_, text| {
                    if text.wording == Wording::Words {
                        text.wording = wording;
                    }
                },
            );
        }
    });
}

/// What an author says of the words of an element.
fn said(attributes: &Attributes) -> Wording {
    match (attributes.is_final(), &attributes.language) {
        (false, _) => Wording::Words,
        (true, None) => Wording::Name,
        // It says in which language it is.
        (true, Some(_)) => Wording::Address,
    }
}

/// What of a text may need a translator.
#[derive(Default)]
struct Remains {
    words: String,
    /// Whether an author said of something that it is final.
    any_final: bool,
}

impl Remains {
    /// `None` where a part needs a translator whatever its words are.
    fn of(inlines: &[Inline]) -> Option<Self> {
        let mut remains = Self::default();
        remains.inlines(inlines).then_some(remains)
    }

    fn inlines(&mut self, inlines: &[Inline]) -> bool {
        self.words.len() <= LONGEST && inlines.iter().all(|it| self.inline(it))
    }

    fn inline(&mut self, inline: &Inline) -> bool {
        match inline {
            Inline::Text(text) => {
                self.words.push_str(text);
                true
            }
            Inline::SoftBreak | Inline::HardBreak => self.skip(),
            Inline::Code(_) | Inline::Math(_) | Inline::Footnote(_) => self.skip(),
            Inline::Styled(_, inner) => self.inlines(inner),
            Inline::Span(span) if span.attributes.is_final() => self.pass(),
            Inline::Span(span) => self.inlines(&span.inlines),
            Inline::Link(link) if unit::letter_in(link.title.as_deref()) => false,
            Inline::Link(link) if link.attributes.is_final() => self.pass(),
            Inline::Link(link) if unit::is_bare(link) => self.skip(),
            Inline::Link(link) => self.inlines(&link.inlines),
            Inline::Image(image) => {
                let title = unit::letter_in(image.title.as_deref());
                !title && !unit::letter(&image.alternative) && self.skip()
            }
        }
    }

    fn skip(&mut self) -> bool {
        self.words.push(' ');
        true
    }

    fn pass(&mut self) -> bool {
        self.any_final = true;
        self.skip()
    }

    /// What a text is of which this remains, where that is final.
    fn wording(&self, terms: &Terms) -> Option<Wording> {
        if self.words.len() > LONGEST {
            return None;
        }
        let words = plain(&self.words);
        if POSTAL.is_match(words.trim()) {
            return Some(Wording::Name);
        }
        let found = MACHINE.find(&words).is_some();
        let left = MACHINE.replace_all(&words, " ");
        let (left, named) = terms.taken_from(&left);
        let is_final = (found || named || self.any_final) && !unit::letter(&left);
        match is_final {
            false => None,
            true if named || self.any_final => Some(Wording::Name),
            true => Some(Wording::Address),
        }
    }
}

/// The words with one kind of space and of apostrophe.
fn plain(text: &str) -> String {
    let plain = |it: char| match it {
        '’' => '\'',
        it if it.is_whitespace() => ' ',
        it => it,
    };
    text.chars().map(plain).collect()
}

/// E-mail addresses, addresses of the web, telephone numbers with their country or as they are
/// written in France.
static MACHINE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>«»]+|\+\d[\d .()/-]{6,20}\d|\b0\d(?:[ .-]?\d\d){4}\b";
    Regex::new(pattern).expect("the pattern is ours")
});

/// A postal address of France, from the number of the house to the town.
static POSTAL: LazyLock<Regex> = LazyLock::new(|| {
    let street = "rue|avenue|av\\.|boulevard|bd|place|quai|impasse|allée|allées|chemin|\
                  route|cours|square|passage|esplanade";
    let town =
        r"\p{Lu}[\p{L}'-]*(?: (?:\p{Lu}[\p{L}'-]*|sur|sous|en|la|le|les|de|du)){0,4}";
    let pattern = format!(
        r"^\d{{1,4}}(?: ?(?:bis|ter|quater))?,? (?:{street}) [\p{{L}}\d .'-]{{2,60}}, ?\d{{5}} {town}(?: (?i:cedex)(?: \d{{1,2}})?)?$"
    );
    Regex::new(&pattern).expect("the pattern is ours")
});

/// Terms that are the same in every language, by the word with which they begin.
struct Terms(BTreeMap<String, Vec<String>>);

impl Terms {
    fn of<'a>(terms: impl Iterator<Item = &'a String>) -> Self {
        let mut by_first: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for term in terms {
            let term = plain(term.trim());
            if !term.is_empty() {
                by_first.entry(first(&term).to_owned()).or_default().push(term);
            }
        }
        for terms in by_first.values_mut() {
            // The longest first: `Île-de-France Mobilités` is not `Île-de-France` and a word.
            terms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Self(by_first)
    }

    /// A text without the terms in it, and whether there was any.
    fn taken_from(&self, text: &str) -> (String, bool) {
        let (mut left, mut found) = (String::new(), false);
        let mut rest = text;
        while !rest.is_empty() {
            let word = first(rest);
            let begins = |it: &&String| {
                let after = rest.strip_prefix(it.as_str());
                after.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
            };
            let term = self.0.get(word).and_then(|it| it.iter().find(begins));
            let length = term.map_or(word.len(), String::len);
            found |= term.is_some();
            left.push_str(if term.is_some() { " " } else { word });
            rest = &rest[length..];
        }
        (left, found)
    }
}

/// The first word of a text, or its first sign where that is of no word.
fn first(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    let sign = text.chars().next().map_or(0, char::len_utf8);
    &text[..end.max(sign)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::line;

    fn wording(text: &str, names: &[&str]) -> Wording {
        let settling = Settling {
            names: names.iter().map(ToString::to_string).collect(),
            ..Settling::default()
        };
        let text = Text::new(Default::default(), line::read(text).value);
        let terms = Terms::of(settling.names.iter());
        settling.wording(&Role::Item, &text, &terms, &Language::new("fr"))
    }

    #[test]
    fn what_only_machines_read_is_final() {
        for text in [
            "prenom.nom@exemple.gouv.fr",
            "01 23 45 67 89",
            "+33 1 23 45 67 89, a@b.fr",
            "<https://exemple.fr/a> / www.exemple.fr",
            "[01 23 45 67 89](tel:+33123456789)",
        ] {
            assert_eq!(wording(text, &[]), Wording::Address, "{text}");
        }
        for text in ["Tél. : 01 23 45 67 89", "Écrire à a@b.fr", "[nous](mailto:a@b.fr)"]
        {
            assert_eq!(wording(text, &[]), Wording::Words, "{text}");
        }
    }

    #[test]
    fn terms_of_a_list_are_final_alone_and_side_by_side() {
        let names = ["Jeanne d’Arc", "DINUM", "Île-de-France"];
        for text in
            ["Jeanne d'Arc", "**DINUM** (Île-de-France)", "DINUM – 01 23 45 67 89"]
        {
            assert_eq!(wording(text, &names), Wording::Name, "{text}");
        }
        for text in ["la DINUM", "DINUMS", "Jeanne", "dinum"] {
            assert_eq!(wording(text, &names), Wording::Words, "{text}");
        }
    }

    #[test]
    fn a_postal_address_is_final_only_where_it_can_be_nothing_else() {
        for text in [
            "12 rue de la Paix, 75002 Paris",
            "3 bis, avenue de l’Europe, 78000 Versailles Cedex 2",
        ] {
            assert_eq!(wording(text, &[]), Wording::Name, "{text}");
        }
        for text in [
            "12 rue de la Paix",
            "rue de la Paix, 75002 Paris",
            "12 rue de la Paix, 75002 Paris est loin",
        ] {
            assert_eq!(wording(text, &[]), Wording::Words, "{text}");
        }
    }

    #[test]
    fn what_an_author_says_is_final_is() {
        let span = "<span class=\"notranslate\">Les Amis du vélo</span>";
        assert_eq!(wording(span, &[]), Wording::Name);
        assert_eq!(wording(&format!("{span}, à Lyon"), &[]), Wording::Words);
    }
}
