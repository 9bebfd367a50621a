//! Proposals of a translation engine for the units that nobody has translated.
//!
//! Nothing is sent unless it is asked for, with the address of the engine. A unit goes out
//! as words and codes, so that no markup, no address and no code is the engine's to
//! change; what comes back without the codes of its source is not used, and what is used
//! is a draft, never published before somebody has looked.
//!
//! - `engine`: what each engine is asked, and how its answers are read;
//! - [`http`]: the one module that speaks to the network.

pub mod engine;
#[cfg(feature = "propose")]
pub mod http;

use std::{collections::HashMap, fmt, time::Duration};

pub use engine::{Engine, Protocol};

use super::{
    Catalogue,
    exchange::{codes, tmx, xliff},
    glossary::Term,
    status,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::State,
    source::line,
    translation::{check, excerpt},
};

/// How often a request is tried.
const ATTEMPTS: u32 = 5;
/// How long to wait before the second attempt, when the engine does not say; twice as
/// long before each further one.
const WAIT: Duration = Duration::from_secs(1);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(120);
/// The most texts of one request …
const MOST_TEXTS: usize = 20;
/// … and the most bytes.
const MOST_BYTES: usize = 16_000;

/// A request to an engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// `POST` or `DELETE`.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// The value of `Authorization`, where the protocol has it.
    pub authorization: Option<String>,
    /// The body, as JSON.
    pub body: String,
}

/// The answer of an engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// After how many seconds to try again, where it says so.
    pub retry_after: Option<u64>,
    /// The body.
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It took too long.
    Timeout,
    /// The engine cannot be reached, or hung up.
    Unreachable(String),
    /// It has too much to do.
    Busy(Option<u64>),
    /// It does not want to.
    Refused(u16, String),
    /// Its answer makes no sense.
    Broken(String),
    /// It gave another number of texts than it got.
    Count(usize, usize),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => write!(f, "time-out"),
            Self::Unreachable(reason) => f.write_str(reason),
            Self::Busy(_) => write!(f, "HTTP 429"),
            Self::Refused(status, message) => write!(f, "HTTP {status} {message}"),
            Self::Broken(reason) => f.write_str(reason),
            Self::Count(sent, got) => write!(f, "{sent} → {got}"),
        }
    }
}

impl Failure {
    /// Whether the same request may succeed later.
    fn may_pass(&self) -> bool {
        match self {
            Self::Timeout | Self::Unreachable(_) | Self::Busy(_) => true,
            Self::Broken(_) | Self::Count(..) => true,
            Self::Refused(status, _) => *status >= 500,
        }
    }

    /// Whether it is the answer that is wrong, and not the engine that is away.
    fn is_of_the_answer(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Count(..))
    }

    fn diagnostic(&self) -> Diagnostic {
        let error = match self {
            Self::Refused(401 | 403, _) => Diagnostic::error("propose-key"),
            Self::Refused(456, _) => Diagnostic::error("propose-quota"),
            Self::Refused(..) => Diagnostic::error("propose-refused"),
            Self::Busy(_) => Diagnostic::error("propose-busy"),
            Self::Timeout | Self::Unreachable(_) => Diagnostic::error("propose-away"),
            Self::Broken(_) | Self::Count(..) => Diagnostic::error("propose-broken"),
        };
        let (cause, answer) = match self {
            Self::Timeout => ("late", ""),
            Self::Unreachable(_) => ("away", ""),
            Self::Busy(_) => ("busy", ""),
            Self::Refused(_, answer) => ("answer", answer.as_str()),
            Self::Broken(_) => ("broken", ""),
            Self::Count(..) => ("count", ""),
        };
        let cause = if cause == "answer" && answer.is_empty() { "silent" } else { cause };
        let status = match self {
            Self::Refused(status, _) => status.to_string(),
            _ => String::new(),
        };
        let error = error.with("answer", excerpt(answer)).with("status", status);
        error.because(cause, excerpt(&self.to_string()))
    }
}

/// The world outside: who sends requests and who waits.
pub struct Outside<'a> {
    /// Sends a request.
    pub send: &'a mut dyn FnMut(&Request) -> Result<Reply, Failure>,
    /// Waits.
    pub wait: &'a mut dyn FnMut(Duration),
    /// How long to wait between two requests.
    pub pause: Duration,
}

/// What became of the units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that got a proposal.
    pub proposed: usize,
    /// Units whose proposal could not be used.
    pub unusable: usize,
    /// Units that are still missing, because the engine stopped.
    pub left: usize,
    /// How many characters were sent.
    pub sent: usize,
}

/// A session with an engine.
pub struct Session<'a> {
    engine: Engine,
    outside: Outside<'a>,
    /// What it has said already, by the text as it was sent.
    known: HashMap<String, String>,
    requests: usize,
    /// The glossary that was left with the engine.
    glossary: Option<String>,
}

impl<'a> Session<'a> {
    /// Begins a session. The glossary goes along where the protocol has one.
    pub fn begin(
        engine: Engine,
        terms: &[Term],
        outside: Outside<'a>,
    ) -> Result<Self, Diagnostic> {
        let mut session =
            Self { engine, outside, known: HashMap::new(), requests: 0, glossary: None };
        if let Some(request) = session.engine.glossary(terms) {
            let read = |reply: &Reply| engine::glossary_of(reply);
            let id = session.ask(&request, read).map_err(|it| it.diagnostic())?;
            session.glossary = Some(id);
        }
        Ok(session)
    }

    /// Takes the glossary back.
    pub fn end(mut self) {
        if let Some(id) = self.glossary.take() {
            let request = self.engine.forget(&id);
            drop((self.outside.send)(&request));
        }
    }

    /// Proposes a translation for each missing unit of a catalogue. After each request
    /// that succeeds `save` gets the catalogue, so that nothing is asked for twice. An
    /// error says why the engine stopped.
    pub fn propose(
        &mut self,
        catalogue: &Catalogue,
        save: &mut dyn FnMut(&Catalogue) -> Result<(), Diagnostic>,
    ) -> Checked<(Tally, bool)> {
        let mut tally = Tally::default();
        let mut diagnostics = Vec::new();
        let mut file = catalogue.file.clone();
        let missing: Vec<usize> = (0..file.entries.len())
            .filter(|it| {
                let entry = &file.entries[*it];
                let open = status::state(entry) == State::Missing;
                open && !entry.is_header() && !entry.obsolete
            })
            .collect();
        let mut done = 0;
        for batch in batches(&missing, |it| file.entries[it].id.len()) {
            let texts: Vec<String> =
                batch.iter().map(|it| outgoing(&file.entries[*it].id)).collect();
            let answers = match self.translate(&texts, &mut tally) {
                Ok(answers) => answers,
                Err(failure) => {
                    diagnostics.push(failure.diagnostic());
                    tally.left += missing.len() - done;
                    return Checked { value: (tally, false), diagnostics };
                }
            };
            for (number, answer) in batch.iter().zip(answers) {
                let entry = &mut file.entries[*number];
                let text = answer.and_then(|it| incoming(&entry.id, &it));
                match text {
                    Some(text) => {
                        tmx::draft(entry, text, None, self.engine.name());
                        tally.proposed += 1;
                    }
                    None => {
                        tally.unusable += 1;
                        let note = Diagnostic::note("propose-unusable");
                        diagnostics.push(note.with("source", excerpt(&entry.id)));
                    }
                }
            }
            done += batch.len();
            if let Err(fault) = save(&Catalogue::of(file.clone())) {
                diagnostics.push(fault);
                tally.left += missing.len() - done;
                return Checked { value: (tally, false), diagnostics };
            }
        }
        Checked { value: (tally, true), diagnostics }
    }

    /// What the engine makes of these texts; `None` where it gave no answer that can be
    /// read.
    fn translate(
        &mut self,
        texts: &[String],
        tally: &mut Tally,
    ) -> Result<Vec<Option<String>>, Failure> {
        let mut fresh: Vec<String> = Vec::new();
        for text in texts {
            if !self.known.contains_key(text) && !fresh.contains(text) {
                fresh.push(text.clone());
            }
        }
        if !fresh.is_empty() {
            tally.sent += fresh.iter().map(|it| it.chars().count()).sum::<usize>();
            match self.request(&fresh) {
                Ok(answers) => self.known.extend(fresh.into_iter().zip(answers)),
                // Perhaps one of them is too much for it: one by one, then.
                Err(failure) if failure.is_of_the_answer() => self.one_by_one(&fresh)?,
                Err(failure) => return Err(failure),
            }
        }
        Ok(texts.iter().map(|it| self.known.get(it).cloned()).collect())
    }

    fn one_by_one(&mut self, texts: &[String]) -> Result<(), Failure> {
        let mut failed = None;
        let mut succeeded = texts.len() == 1;
        for text in texts.iter().filter(|_| texts.len() > 1) {
            match self.request(std::slice::from_ref(text)) {
                Ok(answers) => {
                    succeeded = true;
                    self.known.extend(answers.into_iter().map(|it| (text.clone(), it)));
                }
                Err(failure) if failure.is_of_the_answer() => {
                    failed = Some(failure);
                    // An engine that never makes sense is not asked for each text.
                    if !succeeded {
                        break;
                    }
                }
                Err(failure) => return Err(failure),
            }
        }
        match failed {
            Some(failure) if !succeeded => Err(failure),
            _ => Ok(()),
        }
    }

    fn request(&mut self, texts: &[String]) -> Result<Vec<String>, Failure> {
        let request = self.engine.translate(texts, self.glossary.as_deref());
        let engine = self.engine.clone();
        self.ask(&request, |reply| engine.answers(reply, texts.len()))
    }

    /// Sends a request until it succeeds or there is no hope.
    fn ask<T>(
        &mut self,
        request: &Request,
        read: impl Fn(&Reply) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut wait = WAIT;
        let mut attempt = 1;
        loop {
            if self.requests > 0 {
                (self.outside.wait)(self.outside.pause);
            }
            self.requests += 1;
            let answer = (self.outside.send)(request);
            let answer = answer.and_then(|it| status_of(&it).and_then(|()| read(&it)));
            let failure = match answer {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            // An answer that makes no sense twice will not make sense later.
            let most = if failure.is_of_the_answer() { 2 } else { ATTEMPTS };
            if attempt >= most || !failure.may_pass() {
                return Err(failure);
            }
            let asked = match &failure {
                Failure::Busy(Some(seconds)) => Duration::from_secs(*seconds),
                _ => wait,
            };
            (self.outside.wait)(asked.min(LONGEST_WAIT));
            wait = (wait * 2).min(LONGEST_WAIT);
            attempt += 1;
        }
    }
}

/// What the status of an answer says.
fn status_of(reply: &Reply) -> Result<(), Failure> {
    match reply.status {
        200..=299 => Ok(()),
        429 | 503 | 529 => Err(Failure::Busy(reply.retry_after)),
        status => Err(Failure::Refused(status, engine::message_of(&reply.body))),
    }
}

/// Units in groups that one request can hold.
fn batches(units: &[usize], length: impl Fn(usize) -> usize) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut bytes = 0;
    for unit in units {
        let length = length(*unit);
        let fits = bytes + length <= MOST_BYTES;
        match batches.last_mut() {
            Some(last) if fits && last.len() < MOST_TEXTS => {
                last.push(*unit);
                bytes += length;
            }
            _ => {
                batches.push(vec![*unit]);
                bytes = length;
            }
        }
    }
    batches
}

/// A unit as an engine gets it: words between tags that mean nothing to it.
fn outgoing(markdown: &str) -> String {
    let (pieces, _) = codes::source(markdown);
    let mut out = String::new();
    for piece in pieces {
        match piece {
            codes::Piece::Words(words) => super::exchange::xml::push(&mut out, &words),
            codes::Piece::Open(number) => out.push_str(&format!("<g id=\"{number}\">")),
            codes::Piece::Close(_) => out.push_str("</g>"),
            codes::Piece::Alone(number) => out.push_str(&format!("<x id=\"{number}\"/>")),
        }
    }
    out
}

/// What an engine made of a unit, as Markdown, when it can be used.
fn incoming(markdown: &str, answer: &str) -> Option<String> {
    let (_, codes) = codes::source(markdown);
    let pieces = xliff::fragment(answer)?;
    if !codes.faults(&pieces).is_empty() {
        return None;
    }
    let text = codes.markdown(&pieces).ok()?;
    check::read(markdown, &line::read(markdown), &text).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_out_as_codes_and_comes_back_in_any_order() {
        let source = "Le **logiciel** & [lien](/a), `code`";
        let sent = outgoing(source);
        assert_eq!(
            sent,
            "Le <g id=\"1\">logiciel</g> &amp; <g id=\"2\">lien</g>, <x id=\"3\"/>"
        );
        let answer =
            "<x id=\"3\"></x>, the <g id=\"2\">link</g> & <g id='1'>software</g>";
        assert_eq!(
            incoming(source, answer).as_deref(),
            Some("`code`, the [link](/a) & **software**")
        );
    }

    #[test]
    fn an_answer_without_the_codes_or_with_markup_of_its_own_is_not_used() {
        let source = "Le **logiciel**";
        for answer in [
            "The software",
            "<g id=\"1\">a</g><g id=\"1\">b</g>",
            "<g id=\"2\">a</g>",
            "<g id=\"1\">a",
            "<g id=\"1\"></g>",
            "",
        ] {
            assert_eq!(incoming(source, answer), None, "{answer}");
        }
        let text = incoming(source, "<g id=\"1\">x</g> <script>[a](/b)</script>");
        assert_eq!(text.as_deref(), Some("**x** \\[a](/b)"));
    }
}
