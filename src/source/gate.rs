//! The words by which a page says whether it is to be published.
//!
//! Whoever writes one of them may not want the page to be seen yet. So a value that is not
//! understood keeps the page back, whatever the key is made of: the right one, its French
//! or English like, or one with a letter too many.

/// A key that says whether a page is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    /// The value that keeps the page back.
    pub(super) shut: bool,
    /// How sure it is that the key means this.
    pub(super) sense: Sense,
}

/// How sure it is what a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// The key is one that the manual or another program knows.
    Known,
    /// The key is another word for one of these, or one in other letters: this one.
    Like(&'static str),
    /// The key may well mean something else: a value that is not understood is none.
    Loose,
}

/// A key, the value that keeps the page back, and the key that it is another word for.
type Row = (&'static str, bool, Option<&'static str>);

/// Keys as programs know them, and their likes, without what tells spellings apart.
const KEYS: &[Row] = &[
    ("draft", true, None),
    ("hidden", true, None),
    ("unpublished", true, None),
    ("published", false, None),
    ("publish", false, None),
    ("isdraft", true, Some("draft")),
    ("drafts", true, Some("draft")),
    ("brouillon", true, Some("draft")),
    ("ebauche", true, Some("draft")),
    ("ébauche", true, Some("draft")),
    ("hide", true, Some("hidden")),
    ("masquer", true, Some("hidden")),
    ("masqué", true, Some("hidden")),
    ("masquée", true, Some("hidden")),
    ("caché", true, Some("hidden")),
    ("cachée", true, Some("hidden")),
    ("confidentiel", true, Some("hidden")),
    ("nonpublié", true, Some("hidden")),
    ("nepaspublier", true, Some("hidden")),
    ("ispublished", false, Some("published")),
    ("publié", false, Some("published")),
    ("publie", false, Some("published")),
    ("publiée", false, Some("published")),
    ("publier", false, Some("published")),
    ("enligne", false, Some("published")),
    // The days from which and until which other programs publish: see `bound`.
    ("publishdate", false, None),
    ("publishon", false, None),
    ("publishat", false, None),
    ("publierle", false, None),
    ("àpublierle", false, None),
    ("apublierle", false, None),
    ("embargo", true, None),
    ("embargountil", true, None),
    ("unpublishdate", true, None),
    ("unpublishon", true, None),
    ("unpublishat", true, None),
    ("expirydate", true, None),
    ("expirationdate", true, None),
    ("expires", true, None),
    ("expireson", true, None),
    ("expiry", true, None),
    ("expiration", true, None),
    ("dateexpiration", true, None),
    ("expirele", true, None),
];

/// The side of a day on which a page is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// That day and after it.
    From,
    /// Before it.
    Until,
}

/// What a key says of the day that stands after it, if it is one of those that do.
pub(super) fn bound(key: &str) -> Option<Bound> {
    match bare(key).as_str() {
        "publishdate" | "publishon" | "publishat" | "publierle" | "àpublierle"
        | "apublierle" | "embargo" | "embargountil" => Some(Bound::From),
        "unpublishdate" | "unpublishon" | "unpublishat" | "expirydate"
        | "expirationdate" | "expires" | "expireson" | "expiry" | "expiration"
        | "dateexpiration" | "expirele" => Some(Bound::Until),
        _ => None,
    }
}

/// Keys that often mean something else: an audience, an access, a state of a decision.
const LOOSE: &[(&str, bool)] = &[
    ("private", true),
    ("privé", true),
    ("prive", true),
    ("privée", true),
    ("secret", true),
    ("interne", true),
    ("internal", true),
    ("wip", true),
    ("masque", true),
    ("public", false),
    ("visible", false),
    ("live", false),
    ("online", false),
    ("status", false),
    ("statut", false),
    ("state", false),
    ("état", false),
    ("etat", false),
    ("visibility", false),
    ("visibilité", false),
    ("access", false),
    ("accès", false),
];

/// The keys that a letter more or less may still mean.
const NEAR: [&str; 5] = ["draft", "brouillon", "published", "publish", "hidden"];

/// Words that are a letter away from one of these, and mean something of their own.
const OTHERS: [&str; 6] = ["publisher", "craft", "drift", "graft", "kraft", "raft"];

/// The gate that a key names.
pub(super) fn of(key: &str) -> Option<Gate> {
    let written = key.trim();
    let bare = bare(key);
    if let Some((name, shut, like)) = KEYS.iter().find(|it| it.0 == bare) {
        let is_known =
            like.is_none() && (written == *name || NEAR.iter().all(|it| it != name));
        let sense =
            if is_known { Sense::Known } else { Sense::Like(like.unwrap_or(name)) };
        return Some(Gate { shut: *shut, sense });
    }
    if let Some((_, shut)) = LOOSE.iter().find(|it| it.0 == bare) {
        return Some(Gate { shut: *shut, sense: Sense::Loose });
    }
    let close = |it: &&&str| strsim::damerau_levenshtein(&bare, it) == 1;
    let near = NEAR.iter().find(close).filter(|_| !OTHERS.contains(&bare.as_str()))?;
    let shut = KEYS.iter().any(|it| it.0 == *near && it.1);
    // The likes of a near word are near it too.
    let like = if *near == "brouillon" { "draft" } else { near };
    Some(Gate { shut, sense: Sense::Like(like) })
}

/// The letters and digits of a key, small: what is left when spellings are not told apart.
pub(super) fn bare(key: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = key.nfc().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Gate {
    /// Whether a value keeps the page back; `None` when that cannot be understood.
    pub(super) fn shuts(self, value: &str) -> Option<bool> {
        let word = word(value);
        if KEPT_BACK.contains(&word.as_str()) {
            return Some(true);
        }
        if SHOWN.contains(&word.as_str()) {
            return Some(false);
        }
        truth(value).map(|it| it == self.shut)
    }
}

/// Values that keep a page back whatever the key.
const KEPT_BACK: [&str; 20] = [
    "draft",
    "brouillon",
    "ébauche",
    "ebauche",
    "private",
    "privé",
    "prive",
    "privée",
    "hidden",
    "masqué",
    "masquée",
    "caché",
    "cachée",
    "unpublished",
    "non publié",
    "non publiée",
    "confidentiel",
    "confidentielle",
    "wip",
    "à relire",
];

/// Values that show a page whatever the key.
const SHOWN: [&str; 5] = ["published", "publié", "publiée", "en ligne", "online"];

/// Yes or no, as people write it in French or English.
pub(super) fn truth(value: &str) -> Option<bool> {
    match word(value).as_str() {
        "true" | "yes" | "y" | "on" | "1" | "oui" | "vrai" => Some(true),
        "false" | "no" | "n" | "off" | "0" | "non" | "faux" => Some(false),
        _ => None,
    }
}

/// A value without its quotation marks, in small letters.
fn word(value: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let quoted =
        |it: char| it.is_whitespace() || "\"'“”„«»‘’‹›`\u{200B}\u{FEFF}".contains(it);
    let value: String = value.nfc().collect();
    value.trim_matches(quoted).to_lowercase()
}

/// What a text says of gates that cannot be read as front matter: each key that is one, with
/// what is written after it, and the bytes that both take.
pub(super) fn mentions(text: &str) -> Vec<(Gate, &str, &str, (usize, usize))> {
    let mut found = Vec::new();
    let mut offset = 0;
    // JSON may say all in one line.
    let is_json = text.trim_start().starts_with('{');
    let is_apart = |it: char| it == '\n' || is_json && matches!(it, '{' | ',');
    for line in text.split_inclusive(is_apart) {
        let start = offset;
        offset += line.len();
        let around = |it: char| it.is_whitespace() || "-{?,\"'“”".contains(it);
        let said = line.trim_start_matches(around);
        let start = start + line.len() - said.len();
        let said = said.trim_end_matches(|it: char| it.is_whitespace() || it == ',');
        let apart =
            said.find([':', '=', '：']).or_else(|| said.find(char::is_whitespace));
        let (key, value) = said.split_at(apart.unwrap_or(said.len()));
        let value = value.trim_start_matches([':', '=', '：']);
        let value = value.split(" #").next().unwrap_or(value);
        let value =
            value.trim_matches(|it: char| it.is_whitespace() || "},;".contains(it));
        let key = key.trim_matches(around);
        // A sentence that begins with such a word is none.
        let is_short =
            said.split_whitespace().count() <= 3 || said.contains([':', '=', '：']);
        if let Some(gate) = of(key).filter(|_| is_short) {
            found.push((gate, key, value, (start, start + said.len())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_page_back_is_known_in_many_spellings() {
        for key in [
            "draft",
            "Draft",
            "DRAFT",
            "is_draft",
            "drfat",
            "darft",
            "drafts",
            "brouillon",
            "Brouillons",
            "hidden",
            "masqué",
            "masque\u{301}",
            "draft\u{A0}",
        ] {
            let gate = of(key).unwrap_or_else(|| panic!("{key} is a gate"));
            assert!(gate.shut, "{key}");
            assert_eq!(gate.shuts("oui"), Some(true), "{key}");
        }
        for key in ["published", "Published", "publier", "publihsed", "is-published"] {
            let gate = of(key).unwrap_or_else(|| panic!("{key} is a gate"));
            assert_eq!(gate.shuts("non"), Some(true), "{key}");
        }
    }

    #[test]
    fn other_words_are_no_gates() {
        for key in
            ["title", "publisher", "craft", "date", "layout", "tags", "cache", "marque"]
        {
            assert_eq!(of(key), None, "{key}");
        }
    }

    #[test]
    fn a_text_that_is_no_front_matter_may_still_mention_a_gate() {
        let found = |text: &str| {
            let all = mentions(text);
            all.iter().map(|it| it.0.shuts(it.2)).collect::<Vec<_>>()
        };
        assert_eq!(found("title: a\n  draft:true\n"), [Some(true)]);
        assert_eq!(found("{\"title\": \"a\", \"draft\": false"), [Some(false)]);
        assert_eq!(found("draft"), [None]);
        assert_eq!(found("publier un livre prend du temps\n"), []);
    }
}
