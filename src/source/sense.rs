//! In which sense a text is meant: what its author says so that it is told from the same
//! words with another meaning.
//!
//! `context` in the front matter holds for the whole page. A comment holds for the text in
//! which it stands, or else for the next one: `<!-- context: verb -->`.

use crate::{
    diagnostic::Place,
    document::{Document, walk},
};

/// The sense that a comment gives.
pub(super) fn of_comment(text: &str) -> Option<String> {
    let (name, sense) = text.split_once(':')?;
    let is_sense = matches!(name.trim(), "context" | "contexte");
    let sense = sense.trim();
    (is_sense && !sense.is_empty()).then(|| sense.to_owned())
}

/// Gives the texts of a document the senses that were said.
pub(super) fn settle(contexts: &[(Place, String)], document: &mut Document) {
    if contexts.is_empty() && document.meta.context.is_none() {
        return;
    }
    let mut places = Vec::new();
    walk::texts(document, &mut |_, text| places.push((text.place.start, text.place.end)));
    let mut senses: Vec<Option<String>> =
        vec![document.meta.context.clone(); places.len()];
    let texts = Texts::new(&places);
    for (place, sense) in contexts {
        if let Some(at) = texts.around(*place).or_else(|| texts.after(*place)) {
            senses[at] = Some(sense.clone());
        }
    }
    let mut senses = senses.into_iter();
    walk::texts_mut(document, &mut |_, text| text.context = senses.next().flatten());
}

/// The texts of a page by where they begin.
struct Texts {
    /// Where each begins and ends, the furthest end of those up to it, and its number.
    all: Vec<(u32, u32, u32, usize)>,
}

impl Texts {
    fn new(places: &[(u32, u32)]) -> Self {
        let mut all: Vec<_> =
            places.iter().zip(0..).map(|(it, number)| (it.0, it.1, 0, number)).collect();
        all.sort_by_key(|it| (it.0, it.3));
        let mut furthest = 0;
        for text in &mut all {
            furthest = furthest.max(text.1);
            text.2 = furthest;
        }
        Self { all }
    }

    /// The number of the first text in which a place lies.
    fn around(&self, place: Place) -> Option<usize> {
        let before = self.all.partition_point(|it| it.0 <= place.start);
        let reaching = self.all[..before].iter().rev();
        let reaching = reaching.take_while(|it| it.2 >= place.end);
        reaching.filter(|it| it.1 >= place.end).map(|it| it.3).min()
    }

    /// The number of the text that begins next behind a place.
    fn after(&self, place: Place) -> Option<usize> {
        let next = self.all.partition_point(|it| it.0 < place.end);
        self.all.get(next).map(|it| it.3)
    }
}
