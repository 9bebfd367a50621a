//! A correction: checked as it is typed, and saved.
//!
//! A translation is saved only into the catalogue that its reviewer has seen. When the
//! file has changed meanwhile, nothing is written: both texts are shown, and a person
//! decides. A translation that its checks refuse can be kept as a draft alone.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    page,
    session::{self, Session},
};
use crate::{
    diagnostic::Diagnostic,
    document::Language,
    pipeline::{self, Error, Revision},
    site::{Page, Site},
    translation::{Finding, Listed as Unit, check as checks, revision::Standing},
};

/// What the browser sends.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    /// The language.
    language: String,
    /// The page's key.
    page: String,
    /// The fingerprint of the unit.
    unit: String,
    /// The translation, as Markdown.
    translation: String,
    /// What becomes of it.
    #[serde(default)]
    standing: Wish,
    /// What the catalogue's file held when it was read.
    #[serde(default)]
    hash: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wish {
    Draft,
    #[default]
    Translated,
    Reviewed,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// It was done; here is what the page shows now.
    Done(Json),
    /// There is no such page, or no such unit any more.
    Absent,
    /// The checks refuse the translation.
    Refused(Json),
    /// The file has changed; here is what is in it.
    Conflict(Json),
    /// The catalogue cannot be written.
    Damaged(Json),
}

/// Says what the checks find in a translation, and how it looks; writes nothing.
pub(super) fn check(session: &Session, request: &Request) -> Result<Answer, Error> {
    let site = session.site()?;
    let Some(mut work) = Work::new(session, &site, request)? else {
        return Ok(Answer::Absent);
    };
    // What is being typed has no standing yet: only its words and its faults count.
    work.set(request);
    Ok(Answer::Done(work.describe(session, &site)))
}

/// Saves a translation.
pub(super) fn save(session: &Session, request: &Request) -> Result<Answer, Error> {
    let site = session.site()?;
    let Some(mut work) = Work::new(session, &site, request)? else {
        return Ok(Answer::Absent);
    };
    if !work.revision.damage.is_empty() {
        return Ok(Answer::Damaged(page::faults(session, &work.revision.damage)));
    }
    let hash = session::hash(work.revision.text.as_deref());
    if hash != request.hash {
        return Ok(Answer::Conflict(work.describe(session, &site)));
    }
    let findings = work.findings(&request.translation);
    let is_draft = matches!(request.standing, Wish::Draft);
    if !is_draft && findings.iter().any(Finding::is_error) {
        return Ok(Answer::Refused(page::findings(
            session,
            &work.unit.source,
            &findings,
        )));
    }
    work.set(request);
    let text = work.revision.catalogue.write();
    if let Err(fault) = (session.hands.write)(&work.revision.path, text.as_bytes()) {
        return Err(Error::Wrong(vec![fault]));
    }
    work.revision.text = Some(text);
    Ok(Answer::Done(work.describe(session, &site)))
}

/// A page in hand.
struct Work<'a> {
    page: &'a Page,
    language: Language,
    revision: Revision,
    /// The unit, as the file has it.
    unit: Unit,
}

impl<'a> Work<'a> {
    fn new(
        session: &Session,
        site: &'a Site,
        request: &Request,
    ) -> Result<Option<Self>, Error> {
        let known = |it: &&Language| it.as_str() == request.language;
        let Some(language) = session.languages.iter().find(known) else {
            return Ok(None);
        };
        let pages = session::bases(site, language);
        let page = pages.into_iter().find(|it| it.key.as_str() == request.page);
        let Some(page) = page else { return Ok(None) };
        let revision = pipeline::revise(&session.workspace, &page.file, language)?;
        let Some(revision) = revision else { return Ok(None) };
        let Some(unit) = revision.unit(&request.unit) else { return Ok(None) };
        Ok(Some(Self { page, language: language.clone(), revision, unit }))
    }

    fn set(&mut self, request: &Request) {
        let standing = match request.standing {
            Wish::Draft => Standing::Draft,
            Wish::Translated => Standing::Translated,
            Wish::Reviewed => Standing::Reviewed,
        };
        // Line ends are the browser's; a line of a catalogue ends in one way.
        let text = request.translation.replace("\r\n", "\n").replace('\r', "\n");
        self.revision.catalogue.set(&self.unit.fingerprint, &text, standing);
    }

    /// Everything that the checks say of a translation of the unit.
    fn findings(&self, translation: &str) -> Vec<Finding> {
        let Unit { source, flags, .. } = &self.unit;
        checks::findings(source, translation, flags, &self.revision.rules())
    }

    /// What the page shows of the unit now.
    fn describe(&self, session: &Session, site: &Site) -> Json {
        let fingerprint = &self.unit.fingerprint;
        let Some(unit) = self.revision.unit(fingerprint) else { return Json::Null };
        let rules = &session.workspace.config.typography;
        let catalogue = &self.revision.catalogue;
        let rows = session::rows(rules, site, self.page, catalogue, &self.language);
        let holder = format!("data-unit=\"{}", page::address(&unit));
        let changed = rows.iter().enumerate();
        let changed = changed.filter(|(_, row)| row.target.text.contains(&holder));
        let rows: Vec<Json> = changed
            .map(|(number, row)| json!({ "row": number, "html": row.target.text }))
            .collect();
        let entry = session::entry(&self.revision, unit);
        json!({
            "unit": page::unit(session, &entry),
            "rows": rows,
            "hash": session::hash(self.revision.text.as_deref()),
        })
    }
}

/// The fault for which a request failed, when it is not the machine's.
pub(super) fn told(session: &Session, error: &Error) -> Json {
    let fault = |it: &[Diagnostic]| page::faults(session, it);
    match error {
        Error::Wrong(diagnostics) => fault(diagnostics),
        Error::Io { path, source } => fault(&[Diagnostic::error("review-disk")
            .with("path", path.display())
            .because_of(source)]),
    }
}
