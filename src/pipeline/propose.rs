//! Proposals of an engine for what is not translated.

use super::{Error, Workspace, exchange};
use crate::{
    diagnostic::{Checked, Diagnostic},
    translation::{
        Catalogue,
        propose::{Engine, Outside, Session, Tally},
    },
};

/// What to ask for, and whom.
pub struct Job<'a> {
    /// The engine.
    pub engine: Engine,
    /// The pages; all when empty.
    pub pages: &'a [String],
    /// The world outside.
    pub outside: Outside<'a>,
    /// Gets each catalogue whenever it has grown: path and text.
    pub save: &'a mut dyn FnMut(&str, &str) -> Result<(), Diagnostic>,
}

/// Asks for a proposal for each unit that has no translation. What is proposed is saved
/// at once; when the engine stops, the next run goes on from there.
pub fn propose(workspace: &Workspace, job: Job<'_>) -> Result<Checked<Tally>, Error> {
    let language = job.engine.target.clone();
    let Checked { value: desks, mut diagnostics } =
        exchange::desks(workspace, &language, job.pages)?;
    let terms = exchange::glossary(workspace, &language).terms;
    let mut total = Tally::default();
    let begun = Session::begin(job.engine, &terms, job.outside);
    let mut session = match begun {
        Ok(session) => session,
        Err(fault) => {
            diagnostics.push(fault);
            return Ok(Checked { value: total, diagnostics });
        }
    };
    let mut goes_on = true;
    for desk in desks.into_iter().filter(|it| !it.damaged) {
        let mut save = |catalogue: &Catalogue| (job.save)(&desk.path, &catalogue.write());
        if !goes_on {
            total.left += desk.sheet.catalogue.tally().missing;
            continue;
        }
        let part = session.propose(&desk.sheet.catalogue, &mut save);
        let (tally, whole) = part.value;
        goes_on = whole;
        let file = desk.path.as_str().into();
        diagnostics.extend(part.diagnostics.into_iter().map(|it| it.in_file(&file)));
        total.proposed += tally.proposed;
        total.unusable += tally.unusable;
        total.left += tally.left;
        total.sent += tally.sent;
    }
    session.end();
    Ok(Checked { value: total, diagnostics })
}
