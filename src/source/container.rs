//! Containers: what stands between `:::name` and `:::`, or `???` and `???`.
//!
//! Their names differ from one program to the next; those that several share are known, and a
//! workspace says what the others are.

use super::{
    attributes::{self, Written},
    slug::slug,
};
use crate::document::CalloutKind;

/// What a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A box that asks for attention.
    Callout(CalloutKind),
    /// A quotation; what follows the name is a picture of who is quoted.
    Quote,
    /// A part that can be folded; what follows the name is always seen.
    Details,
    /// Nothing but what is in it.
    Text,
}

/// The containers that are known without being told. The first nine names are ours and those
/// of GitHub's alerts; the others are those of `VitePress`, Docusaurus and Material for `MkDocs`.
pub const NAMES: [(&str, Container); 15] = [
    ("callout", Container::Callout(CalloutKind::Callout)),
    ("info", Container::Callout(CalloutKind::Info)),
    ("warning", Container::Callout(CalloutKind::Warning)),
    ("success", Container::Callout(CalloutKind::Success)),
    ("error", Container::Callout(CalloutKind::Error)),
    ("note", Container::Callout(CalloutKind::Note)),
    ("tip", Container::Callout(CalloutKind::Tip)),
    ("important", Container::Callout(CalloutKind::Important)),
    ("caution", Container::Callout(CalloutKind::Caution)),
    ("hint", Container::Callout(CalloutKind::Tip)),
    ("danger", Container::Callout(CalloutKind::Error)),
    ("quote", Container::Quote),
    ("details", Container::Details),
    ("text", Container::Text),
    ("div", Container::Text),
];

/// What a container of this name is, if it is known.
pub(super) fn known(name: &str) -> Option<Container> {
    NAMES.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// What people who write in French, or for other programs, call the containers of [`NAMES`];
/// as [`slug`] writes it.
const OTHER_NAMES: [(&str, &str); 40] = [
    ("a-noter", "note"),
    ("nb", "note"),
    ("nota", "note"),
    ("nota-bene", "note"),
    ("notice", "note"),
    ("remarque", "note"),
    ("remarques", "note"),
    ("a-savoir", "info"),
    ("information", "info"),
    ("informations", "info"),
    ("infos", "info"),
    ("pour-en-savoir-plus", "info"),
    ("astuce", "tip"),
    ("astuces", "tip"),
    ("bon-a-savoir", "tip"),
    ("conseil", "tip"),
    ("conseils", "tip"),
    ("tips", "tip"),
    ("a-retenir", "important"),
    ("essentiel", "important"),
    ("alert", "warning"),
    ("alerte", "warning"),
    ("attention", "warning"),
    ("avertissement", "warning"),
    ("vigilance", "warning"),
    ("warn", "warning"),
    ("mise-en-garde", "caution"),
    ("precaution", "caution"),
    ("prudence", "caution"),
    ("reussite", "success"),
    ("succes", "success"),
    ("erreur", "error"),
    ("failure", "error"),
    ("encadre", "callout"),
    ("mise-en-avant", "callout"),
    ("mise-en-exergue", "callout"),
    ("citation", "quote"),
    ("detail", "details"),
    ("deplier", "details"),
    ("texte", "text"),
];

/// The container that is meant by a name that is none, and its own name.
pub(super) fn meant(name: &str) -> Option<(Container, &'static str)> {
    let name = slug(name);
    let other = OTHER_NAMES.iter().find(|it| it.0 == name).map(|it| it.1);
    let own = NAMES.iter().find(|it| Some(it.0) == other || it.0 == name)?;
    Some((own.1, own.0))
}

/// What stands on the line that begins a container, behind its colons.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    /// `callout`.
    pub(super) name: &'a str,
    /// The words behind it: `Title`, or `[Title]`.
    pub(super) words: &'a str,
    /// What is written between braces after them.
    pub(super) attributes: Written,
}

/// Reads the line `name words {attributes}`, `name[words]{attributes}`, or of a part that is
/// folded (`named` is false) `words`.
pub(super) fn opening(line: &str, named: bool) -> Opening<'_> {
    let line = line.trim();
    let is_end = |it: char| it.is_whitespace() || matches!(it, '[' | '{');
    let end = if named { line.find(is_end).unwrap_or(line.len()) } else { 0 };
    let (name, rest) = line.split_at(end);
    let (mut words, mut attributes) = (rest.trim(), Written::default());
    if let Some(label) = rest.strip_prefix('[').filter(|_| named)
        && let Some(end) = end_of_label(label)
    {
        words = label[..end].trim();
        let after = label[end + 1..].trim_start();
        if let Some((written, _)) = attributes::at_start(after) {
            attributes = written;
        }
    } else if let Some((written, length)) = attributes::at_end(words) {
        attributes = written;
        words = words[..length].trim_end();
    }
    Opening { name, words, attributes }
}

/// Where the bracket is that closes a label; others in it come in pairs.
fn end_of_label(label: &str) -> Option<usize> {
    let mut depth = 0_usize;
    label.char_indices().find_map(|(at, letter)| {
        match letter {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_opened_as_other_programs_do() {
        let read = |line| {
            let it = opening(line, true);
            (it.name.to_owned(), it.words.to_owned(), it.attributes.kept.id)
        };
        let of = |name: &str, words: &str, id: Option<&str>| {
            (name.to_owned(), words.to_owned(), id.map(str::to_owned))
        };
        assert_eq!(read("info Un : [titre](/x/)"), of("info", "Un : [titre](/x/)", None));
        assert_eq!(read("info[Un [lien](/x/)]"), of("info", "Un [lien](/x/)", None));
        assert_eq!(read("fr-x[Titre]{id=a valign=top}"), of("fr-x", "Titre", Some("a")));
        assert_eq!(read("note {#a .b}"), of("note", "", Some("a")));
        assert_eq!(read("note{#a}"), of("note", "", Some("a")));
        assert_eq!(read("info[Sans fin"), of("info", "[Sans fin", None));
        assert_eq!(opening("[Titre] et suite", false).words, "[Titre] et suite");
    }
}
