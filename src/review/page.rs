//! What the browser is shown: the list of the pages, and a page beside its translation.

use std::collections::BTreeMap;

use minijinja::{Error, Value, context};
use serde_json::{Value as Json, json};

use super::{
    changes::{Change, Kind},
    session::{self, Entry, Listed, Row, Session, Sheet},
};
use crate::{
    diagnostic::Diagnostic,
    document::{Language, PageKey, Role},
    render::html::{block::PartKind, template},
    translation::{Finding, Listed as Unit, Tally, excerpt},
};

/// The style of these pages, over that of the site.
pub(super) const STYLE: &str = include_str!("theme/review.css");

/// What makes the page of a sheet work.
pub(super) const SCRIPT: &str = include_str!("theme/review.js");

const LIST: &str = include_str!("theme/list.html");
const PAGE: &str = include_str!("theme/page.html");

/// The words that the pages use, as `words.review_title`; variables stay as they are
/// called, in braces, for the script to fill in.
const WORDS: &[(&str, &[&str])] = &[
    ("review-title", &[]),
    ("review-pages", &[]),
    ("review-page", &[]),
    ("review-progress", &[]),
    ("review-left", &[]),
    ("review-languages", &[]),
    ("review-all-pages", &[]),
    ("review-previous-page", &["title"]),
    ("review-next-page", &["title"]),
    ("review-terms", &[]),
    ("review-skip", &[]),
    ("review-show", &[]),
    ("review-show-all", &[]),
    ("review-show-left", &[]),
    ("review-state-missing", &[]),
    ("review-state-stale", &[]),
    ("review-state-draft", &[]),
    ("review-state-translated", &[]),
    ("review-state-reviewed", &[]),
    ("review-done-of", &["done", "total"]),
    ("review-position", &["number", "total"]),
    ("review-editor", &[]),
    ("review-source", &[]),
    ("review-before", &[]),
    ("review-after", &[]),
    ("review-translation", &[]),
    ("review-notes", &[]),
    ("review-previous", &[]),
    ("review-next", &[]),
    ("review-next-left", &[]),
    ("review-save", &[]),
    ("review-save-reviewed", &[]),
    ("review-save-draft", &[]),
    ("review-copy", &[]),
    ("review-revert", &[]),
    ("review-checks", &[]),
    ("review-checks-fine", &[]),
    ("review-unsaved", &[]),
    ("review-saved", &[]),
    ("review-refused", &[]),
    ("review-nothing-left", &[]),
    ("review-none-shown", &[]),
    ("review-absent", &[]),
    ("review-failed", &[]),
    ("review-stopped", &[]),
    ("review-damaged", &[]),
    ("review-conflict", &[]),
    ("review-conflict-text", &[]),
    ("review-yours", &[]),
    ("review-theirs", &[]),
    ("review-keep-mine", &[]),
    ("review-take-theirs", &[]),
    ("review-decide-later", &[]),
    ("review-help", &[]),
    ("review-close", &[]),
    ("review-keys", &[]),
    ("review-keys-off", &[]),
    ("review-key-next", &[]),
    ("review-key-next-left", &[]),
    ("review-key-edit", &[]),
    ("review-key-leave", &[]),
    ("review-key-filter", &[]),
    ("review-key-always", &[]),
    ("review-empty", &[]),
];

/// A page, filled in.
type Filled = Result<String, Error>;

/// The list of the pages in a language.
pub(super) fn list(session: &Session, language: &Language, pages: &[Listed]) -> Filled {
    let rows: Vec<Value> = pages.iter().map(|it| listed(language, it)).collect();
    let mut tally = Tally::default();
    pages.iter().for_each(|it| tally.join(&it.tally));
    let (total, finished) = (tally.total(), tally.done());
    let data = context! {
        pages => rows,
        progress => done(session, finished, total),
        done => finished,
        total,
        ..common(session, language)
    };
    fill(LIST, &data)
}

/// A page beside its translation.
pub(super) fn sheet(
    session: &Session,
    language: &Language,
    key: &str,
    sheet: &Sheet,
) -> Filled {
    let neighbour = |(key, title): &(PageKey, String)| {
        context! { href => session::page_address(language, key), title }
    };
    let rows: Vec<Value> = sheet.rows.iter().map(row).collect();
    let units: Vec<Json> = sheet.units.iter().map(|it| unit(session, it)).collect();
    let damage: Vec<Value> = sheet.damage.iter().map(|it| damage(session, it)).collect();
    let data = json!({
        "language": language.as_str(),
        "page": key,
        "hash": sheet.hash,
        "damaged": !damage.is_empty(),
        "units": units,
        "words": words(session).collect::<BTreeMap<_, _>>(),
    });
    let data = context! {
        key,
        title => sheet.title.as_str(),
        source_lang => sheet.source_language.as_str(),
        rows,
        damage,
        previous => sheet.previous.as_ref().map(neighbour),
        next => sheet.next.as_ref().map(neighbour),
        data => Value::from_safe_string(in_script(&data)),
        ..common(session, language)
    };
    fill(PAGE, &data)
}

/// A unit, as the script knows it.
pub(super) fn unit(session: &Session, entry: &Entry) -> Json {
    let it = &entry.unit;
    json!({
        "address": address(it),
        "fingerprint": it.fingerprint,
        "source": it.source,
        "translation": it.translation,
        "state": it.state.name(),
        "role": role(session, &it.role),
        "changes": entry.changes.iter().map(change).collect::<Vec<_>>(),
        "faults": findings(session, &it.source, &entry.findings),
        "comments": it.comments.iter().map(|it| it.trim()).collect::<Vec<_>>(),
        "terms": entry.terms,
        "context": it.context,
        "place": entry.place,
    })
}

/// The address of a unit without what tells repeats of one text apart.
pub(super) fn address(unit: &Unit) -> &str {
    unit.address.get(..10).unwrap_or(&unit.address)
}

/// What the checks found of a translation of this source, in the words of who reviews.
pub(super) fn findings(session: &Session, source: &str, findings: &[Finding]) -> Json {
    let named = |it: &Finding| it.diagnostic.clone().with("source", excerpt(source));
    let diagnostics: Vec<_> = findings.iter().map(named).collect();
    faults(session, &diagnostics)
}

/// Diagnostics, in the words of who reviews.
pub(super) fn faults(session: &Session, diagnostics: &[Diagnostic]) -> Json {
    let one = |it: &Diagnostic| {
        let (message, hint) = (session.hands.say)(it);
        json!({ "severity": it.severity.name(), "message": message, "hint": hint })
    };
    diagnostics.iter().map(one).collect()
}

fn damage(session: &Session, fault: &Diagnostic) -> Value {
    let (message, hint) = (session.hands.say)(fault);
    context! { message, hint }
}

fn listed(language: &Language, page: &Listed) -> Value {
    let counts = page.tally;
    context! {
        title => page.title.as_str(),
        key => page.key.as_str(),
        href => session::page_address(language, &page.key),
        missing => counts.missing,
        stale => counts.stale,
        draft => counts.draft,
        translated => counts.translated,
        reviewed => counts.reviewed,
        left => counts.total() - counts.done(),
        total => counts.total(),
    }
}

fn row(row: &Row) -> Value {
    let kind = match row.source.kind {
        PartKind::Segment => "segment",
        PartKind::Head => "head",
        PartKind::Block => "block",
        PartKind::Note => "note",
    };
    context! {
        kind,
        source => Value::from_safe_string(row.source.text.clone()),
        target => Value::from_safe_string(row.target.text.clone()),
    }
}

fn change(change: &Change) -> Json {
    let kind = match change.kind {
        Kind::Kept => "kept",
        Kind::Gone => "gone",
        Kind::New => "new",
    };
    json!([kind, change.text])
}

/// What a unit is, in the words of who reviews.
fn role(session: &Session, role: &Role) -> String {
    let words = &session.words;
    let id = match role {
        Role::Title => "review-role-title",
        Role::Description => "review-role-description",
        Role::Segment => "review-role-segment",
        Role::Heading(level) => {
            let level = ("level", usize::from(*level).into());
            return words.format("review-role-heading", &[level]);
        }
        Role::Paragraph => "review-role-paragraph",
        Role::Item => "review-role-item",
        Role::Cell { header: false, .. } => "review-role-cell",
        Role::Cell { header: true, .. } => "review-role-header",
        Role::Caption => "review-role-caption",
        Role::Alternative => "review-role-alternative",
        Role::Term => "review-role-term",
        Role::CalloutTitle => "review-role-callout",
        Role::Summary => "review-role-summary",
        Role::Attribution => "review-role-attribution",
        Role::MediaTitle => "review-role-media",
        Role::Unknown => "review-role-unknown",
    };
    words.text(id)
}

/// What both pages use.
fn common(session: &Session, language: &Language) -> Value {
    let words: BTreeMap<String, Value> = words(session)
        .map(|(id, text)| (id.replace('-', "_"), Value::from(text)))
        .collect();
    let languages: Vec<Value> = session
        .languages
        .iter()
        .map(|it| context! { tag => it.as_str(), name => name(session, it) })
        .collect();
    let tag = session.words.text("review-tag");
    context! {
        ui => tag,
        lang => language.as_str(),
        language_name => name(session, language),
        source_name => name(session, &session.workspace.config.source),
        languages,
        words => Value::from(words),
    }
}

/// The words of the pages, by their identifiers.
fn words(session: &Session) -> impl Iterator<Item = (&'static str, String)> {
    WORDS.iter().map(|(id, variables)| {
        let names: Vec<(&str, String)> =
            variables.iter().map(|it| (*it, format!("{{{it}}}"))).collect();
        let args: Vec<_> =
            names.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
        (*id, session.words.format(id, &args))
    })
}

/// What a language is called, where the program knows its name.
fn name(session: &Session, language: &Language) -> String {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    let id = match primary {
        "fr" => "review-language-fr",
        "en" => "review-language-en",
        "de" => "review-language-de",
        "es" => "review-language-es",
        "it" => "review-language-it",
        "pt" => "review-language-pt",
        "nl" => "review-language-nl",
        _ => return language.to_string(),
    };
    session.words.text(id)
}

fn done(session: &Session, done: usize, total: usize) -> String {
    session
        .words
        .format("review-done-of", &[("done", done.into()), ("total", total.into())])
}

/// JSON that can stand in a `script` element: neither `</script>` nor `<!--` is in it.
fn in_script(data: &Json) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e")
}

fn fill(template: &str, data: &Value) -> Filled {
    template::environment().render_str(template, data)
}
