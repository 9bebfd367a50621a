//! The profile of a deposit: what an archive service wants to know, and no page says.
//!
//! It is a file of the workspace, `deposit.toml` unless the settings name another, and
//! each of its keys may be left out. Its schema is `docs/deposit.schema.json`.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::{
    diagnostic::{Checked, Diagnostic, Place},
    document::Date,
    site::Site,
};

/// What an archive service wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Profile {
    /// Who deposits. Without a name: who publishes.
    organisation: Organisation,
    /// Whom to ask.
    pub contact: Contact,
    /// What a bag says besides.
    pub bag: Bag,
    /// What a transfer says besides.
    pub seda: Seda,
    /// The persistent identifiers (ARK, DOI) of pages, by their addresses without a
    /// language.
    pub identifiers: BTreeMap<String, String>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its postal address.
    pub address: String,
    /// Its identifier with the archive service.
    pub identifier: String,
}

/// Whom to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The address.
    pub email: String,
}

/// What a bag says besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Bag {
    /// More identifiers of what is deposited.
    pub identifiers: Vec<String>,
    /// The set of bags that this one belongs to.
    pub group: String,
    /// Which of the set it is: `2 of 5`.
    pub count: String,
    /// What the depositor calls it.
    pub description: String,
}

/// What a SEDA transfer says besides. Empty texts are left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Seda {
    /// The version of the standard: `2.3`, else `2.2`.
    pub version: Option<Version>,
    /// What this transfer is called; the publication and its date when it is empty.
    pub message: String,
    /// What the archive service is told.
    pub comment: String,
    /// The agreement under which the transfer is made.
    pub agreement: String,
    /// The archive service.
    pub archival_agency: Organisation,
    /// Who transfers; the organisation when it says nothing.
    pub transferring_agency: Organisation,
    /// Who made what is transferred; the organisation when it says nothing.
    pub originating_agency: Organisation,
    /// Who hands it over for the originating agency.
    pub submission_agency: Organisation,
    /// The archival profile.
    pub archival_profile: String,
    /// The level of service that is asked for.
    pub service_level: String,
    /// How it was acquired.
    pub acquisition: String,
    /// Its legal status.
    pub legal_status: Option<LegalStatus>,
    /// The management rules.
    pub rules: Rules,
}

/// A version of SEDA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Version {
    /// 2.2, of January 2022.
    #[serde(rename = "2.2")]
    V2_2,
    /// 2.3, of June 2024.
    #[default]
    #[serde(rename = "2.3")]
    V2_3,
}

impl Version {
    /// Every version, the latest first.
    pub const ALL: [Version; 2] = [Version::V2_3, Version::V2_2];

    /// The number.
    pub fn name(self) -> &'static str {
        match self {
            Version::V2_2 => "2.2",
            Version::V2_3 => "2.3",
        }
    }
}

/// The legal status of archives, as the standard words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalStatus {
    /// Public archives.
    Public,
    /// Private archives.
    Private,
    /// Both.
    Both,
}

/// The management rules, by their kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Rules {
    /// How long it is used, and what then.
    pub storage: Option<Final<StorageAction>>,
    /// What becomes of it in the end.
    pub appraisal: Option<Final<AppraisalAction>>,
    /// When it may be seen.
    pub access: Option<Rule>,
    /// When it may be published.
    pub dissemination: Option<Rule>,
    /// When it may be used again.
    pub reuse: Option<Rule>,
}

/// A management rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// Its identifier with the archive service.
    pub rule: String,
    /// From when on; the publication's date when it is left out.
    pub start: Option<Day>,
}

/// A management rule at whose end something is done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Final<T> {
    /// Its identifier with the archive service.
    #[serde(default)]
    pub rule: String,
    /// From when on; the publication's date when it is left out.
    pub start: Option<Day>,
    /// What is done in the end.
    pub action: T,
}

/// A day in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Date::parse(&text).map(Day).ok_or_else(|| format!("{text}: YYYY-MM-DD"))
    }
}

/// What is done after the time of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum StorageAction {
    /// It is no longer shown.
    RestrictAccess,
    /// It goes to another service.
    Transfer,
    /// A copy goes to another service.
    Copy,
}

/// What becomes of it in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum AppraisalAction {
    /// It is kept for ever.
    Keep,
    /// It is destroyed.
    Destroy,
}

impl Profile {
    /// Reads a profile. What is wrong is one diagnostic with its place, and the profile
    /// is then the one that says nothing.
    pub fn read(text: &str, file: &str) -> Checked<Self> {
        let error = match toml::from_str::<Self>(text) {
            Ok(profile) => return Checked::fine(profile),
            Err(error) => error,
        };
        let message = error.message().trim();
        let cause = match message.split([' ', ':', '`']).next().unwrap_or_default() {
            "unknown" => "unknown",
            "missing" => "missing",
            "invalid" if message.starts_with("invalid type") => "type",
            _ => "other",
        };
        let piece = message.split('`').nth(1).unwrap_or_default();
        let fault = Diagnostic::error("profile-unreadable")
            .with("piece", piece)
            .because(cause, message)
            .at(place(text, error.span().map_or(0, |it| it.start)));
        let diagnostics = vec![fault.in_file(&Arc::from(file))];
        Checked { value: Self::default(), diagnostics }
    }

    /// What a transfer needs and the profile does not say.
    pub fn lacks(&self) -> Option<Diagnostic> {
        let is_named = !self.seda.archival_agency.identifier.is_empty();
        (!is_named).then(|| Diagnostic::warning("deposit-no-archival-agency"))
    }

    /// Who deposits: as the profile says, else who publishes.
    pub fn organisation(&self, site: &Site) -> Organisation {
        let mut organisation = self.organisation.clone();
        if organisation.name.is_empty() {
            organisation.name.clone_from(&site.source().publisher);
        }
        if organisation.identifier.is_empty() {
            organisation.identifier.clone_from(&organisation.name);
        }
        organisation
    }
}

fn place(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Place {
        line: number(before.matches('\n').count() + 1),
        column: number(line.chars().count() + 1),
        start: number(before.len()),
        end: number(before.len()),
    }
}
