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
    for (place, sense) in contexts {
        let inside = |it: &(u32, u32)| it.0 <= place.start && place.end <= it.1;
        let after = places.iter().enumerate().filter(|it| it.1.0 >= place.end);
        let next = after.min_by_key(|it| it.1.0).map(|it| it.0);
        if let Some(at) = places.iter().position(inside).or(next) {
            senses[at] = Some(sense.clone());
        }
    }
    let mut senses = senses.into_iter();
    walk::texts_mut(document, &mut |_, text| text.context = senses.next().flatten());
}
