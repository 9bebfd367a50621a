//! A document in another language: the words of its units are replaced, nothing else.
//!
//! The structure of a page is never built again from a translation, so all languages
//! have the same blocks by construction. A unit without a translation that may be shown
//! keeps its source, marked with its language and its state; what happens to the page
//! then is a [`Policy`].

use std::collections::{HashMap, HashSet};

use super::{Catalogue, catalogue::Found, quantity, unit};
use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::{Document, Inline, Language, State, Text, Wording, text, walk},
};

/// What a reader gets for what is not translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// For a unit that nobody has translated, or only a machine.
    pub missing: OnMissing,
    /// For a unit whose source changed since it was translated.
    pub stale: OnStale,
}

/// What a reader gets for a unit that nobody has translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnMissing {
    /// The source, marked.
    #[default]
    Source,
    /// Nothing of the page.
    OmitPage,
    /// The source, marked; and the build counts as failed.
    Fail,
}

/// What a reader gets for a unit whose source changed since it was translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnStale {
    /// The source, marked.
    #[default]
    Source,
    /// The translation of the former source, marked; where that no longer has the links,
    /// the images and the marks of the present source, the source.
    Previous,
    /// Nothing of the page.
    OmitPage,
    /// The source, marked; and the build counts as failed.
    Fail,
}

/// A page in another language.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The document.
    pub document: Document,
    /// Whether the policy leaves the page out of this language.
    pub omit: bool,
}

/// Shows a document in another language with what its catalogue has. The document is
/// [numbered](super::number), the catalogue was read from a text. The diagnostics are
/// about the catalogue, and their places are in it.
pub fn apply(
    document: &Document,
    catalogue: Option<&Catalogue>,
    language: &Language,
    policy: Policy,
) -> Checked<Outcome> {
    let mut document = document.clone();
    let source = std::mem::replace(&mut document.language, language.clone());
    if source == *language {
        return Checked::fine(Outcome { document, omit: false });
    }
    let mut count = Count::default();
    // A page of which nothing is translated is shown as its author wrote it.
    let (mut own, mut foreign) = (false, false);
    walk::texts_mut(&mut document, &mut |_, text| {
        if unit::is_unit(text) {
            let found = catalogue.and_then(|it| it.find(text));
            let shown = shown(text, found, policy);
            count.add(text, shown.state, found);
            text.state = shown.state;
            own |= shown.inlines.is_some() || !shown.state.is_marked();
            foreign |= shown.inlines.is_none() && shown.state.is_marked();
            match shown.inlines {
                Some(inlines) => text.inlines = inlines,
                None if shown.state.is_marked() => text.language = Some(source.clone()),
                None => {}
            }
        }
    });
    if own || !foreign {
        walk::texts_mut(&mut document, &mut |_, text| as_is(text, &source, language));
    }
    let mut diagnostics = count.diagnostics(catalogue);
    let omit = count.policy(policy, language, &mut diagnostics);
    Checked { value: Outcome { document, omit }, diagnostics }
}

/// Shows what is no unit in another language; a unit stays as it is.
pub(super) fn as_is(text: &mut Text, source: &Language, language: &Language) {
    match text.wording {
        Wording::Name if text.language.is_none() => text.language = Some(source.clone()),
        Wording::Quantity => {
            let run = quantity::run_mut(&mut text.inlines);
            if let Some(run) = run
                && let Some(written) = quantity::written(run, source, language)
            {
                *run = written;
            }
        }
        Wording::Words | Wording::Name | Wording::Address | Wording::Asked => {}
    }
}

/// What is shown of a unit.
struct Shown {
    state: State,
    /// The translation; `None` for the source.
    inlines: Option<Vec<Inline>>,
}

fn shown(text: &Text, found: Option<Found<'_>>, policy: Policy) -> Shown {
    let Some(found) = found else {
        return Shown { state: State::Missing, inlines: None };
    };
    let wanted = match found.state {
        State::Translated | State::Reviewed => true,
        State::Stale => policy.stale == OnStale::Previous,
        State::Draft | State::Missing | State::Source => false,
    };
    if !wanted || found.is_source {
        return Shown { state: found.state, inlines: None };
    }
    match found.inlines.and_then(|it| adopt(text, it, found.lenient)) {
        Some(inlines) => Shown { state: found.state, inlines: Some(inlines) },
        // It was made for other links, images or footnotes than the page has now.
        None => Shown { state: State::Stale, inlines: None },
    }
}

/// The translated inlines with the source's places and numbers; `None` when they have a
/// link, an image or a footnote that the source does not have, or, unless a flag allows
/// it, lack one of its own.
pub(super) fn adopt(
    text: &Text,
    translation: &[Inline],
    lenient: bool,
) -> Option<Vec<Inline>> {
    let mut own: HashMap<(u8, String), Vec<&Inline>> = HashMap::new();
    walk::inlines(&text.inlines, &mut |inline| {
        if let Some(name) = name(inline) {
            own.entry(name).or_default().push(inline);
        }
    });
    own.values_mut().for_each(|it| it.reverse());
    let mut left: usize = own.values().map(Vec::len).sum();
    let mut strange = false;
    let mut inlines = translation.to_vec();
    walk::inlines_mut(&mut inlines, &mut |inline| {
        if let Inline::Span(span) = inline {
            span.place = text.place;
        }
        let Some(name) = name(inline) else { return };
        match own.get_mut(&name).and_then(Vec::pop) {
            Some(original) => {
                left -= 1;
                settle(inline, original);
            }
            None => strange = true,
        }
    });
    ((left == 0 || lenient) && !strange).then_some(inlines)
}

/// What an inline is known by in its source and in a translation alike.
fn name(inline: &Inline) -> Option<(u8, String)> {
    let (kind, which) = match inline {
        Inline::Link(it) => (0, &it.address),
        Inline::Image(it) => (1, &it.address),
        Inline::Footnote(it) => (2, &it.label),
        Inline::Code(it) => (3, it),
        Inline::Math(it) => (4, &it.latex),
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Styled(..)
        | Inline::Span(_) => return None,
    };
    Some((kind, which.clone()))
}

/// Gives a translated inline what it has from its source.
fn settle(inline: &mut Inline, original: &Inline) {
    match (inline, original) {
        (Inline::Link(it), Inline::Link(source)) => {
            it.place = source.place;
            it.target = source.target.clone();
        }
        (Inline::Image(it), Inline::Image(source)) => {
            it.place = source.place;
            it.resource = source.resource.clone();
        }
        (Inline::Footnote(it), Inline::Footnote(source)) => it.clone_from(source),
        (Inline::Math(it), Inline::Math(source)) => it.place = source.place,
        _ => {}
    }
}

/// What `apply` has met.
#[derive(Default)]
struct Count {
    units: usize,
    /// The numbers of the entries that were found.
    found: HashSet<usize>,
    missing: Tracked,
    stale: Tracked,
}

/// How many, and which is the first: where it stands in the catalogue, if it does, and
/// what it says.
#[derive(Default)]
struct Tracked {
    count: usize,
    first: Option<(Option<Place>, String)>,
}

impl Tracked {
    fn add(&mut self, text: &Text, found: Option<Found<'_>>) {
        self.count += 1;
        self.first.get_or_insert_with(|| {
            let place = found.map(|it| it.place);
            (place, super::excerpt(&text::plain(&text.inlines)))
        });
    }

    fn diagnostic(&self, mut diagnostic: Diagnostic, language: &Language) -> Diagnostic {
        let (place, source) = self.first.clone().unwrap_or_default();
        diagnostic.place = place;
        let diagnostic = diagnostic.with("count", self.count);
        diagnostic.with("language", language).with("source", source)
    }
}

impl Count {
    fn add(&mut self, text: &Text, state: State, found: Option<Found<'_>>) {
        self.units += 1;
        self.found.extend(found.map(|it| it.number));
        match state {
            State::Missing | State::Draft => self.missing.add(text, found),
            State::Stale => self.stale.add(text, found),
            State::Source | State::Translated | State::Reviewed => {}
        }
    }

    /// Says when the catalogue and the page do not fit together.
    fn diagnostics(&self, catalogue: Option<&Catalogue>) -> Vec<Diagnostic> {
        let Some(catalogue) = catalogue else { return Vec::new() };
        let unused = catalogue.translated().filter(|it| !self.found.contains(it)).count();
        if unused == 0 {
            return Vec::new();
        }
        let nothing = self.found.is_empty() && self.units > 0;
        let code =
            if nothing { "catalogue-matches-nothing" } else { "catalogue-out-of-date" };
        vec![Diagnostic::warning(code).with("count", unused)]
    }

    /// What the policy makes of it: whether the page is left out.
    fn policy(
        &self,
        policy: Policy,
        language: &Language,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let mut say = |tracked: &Tracked, diagnostic| {
            diagnostics.push(tracked.diagnostic(diagnostic, language));
        };
        let mut omit = false;
        if self.missing.count > 0 {
            match policy.missing {
                OnMissing::Source => {}
                OnMissing::Fail => {
                    say(&self.missing, Diagnostic::error("policy-fail-missing"));
                }
                OnMissing::OmitPage => {
                    omit = true;
                    say(&self.missing, Diagnostic::note("policy-omit-missing"));
                }
            }
        }
        if self.stale.count > 0 {
            match policy.stale {
                OnStale::Source | OnStale::Previous => {}
                OnStale::Fail => say(&self.stale, Diagnostic::error("policy-fail-stale")),
                OnStale::OmitPage => {
                    omit = true;
                    say(&self.stale, Diagnostic::note("policy-omit-stale"));
                }
            }
        }
        omit
    }
}
