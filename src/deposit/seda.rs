//! A SEDA transfer: `manifest.xml`, which describes what is in `content/`.
//!
//! One archive unit a page under one for the publication. Each page has one group of
//! objects, in which each file has a usage: the PDFs are what is kept (`BinaryMaster`), the
//! pages of the site are what is shown (`Dissemination`), the sources and the catalogues are
//! the text (`TextContent`), each numbered, the authors' language first. Object identifiers
//! are made of numbers, so that names of files are safe on every system; the names that
//! the files had stand in `FileInfo`.
//!
//! What no page says comes from the profile. Version 2.2 has no persistent identifiers:
//! there they are the originating agency's own.

mod xml;

use std::collections::BTreeMap;

use self::xml::Xml;
use super::{
    digest::{Algorithm, Sums},
    manifest::Manifest,
    package::{Chosen, Item, Origin, is_at},
    profile::{
        AppraisalAction, Day, LegalStatus, Organisation, Profile, Rule, StorageAction,
        Version,
    },
    pronom::{Format, REGISTRY},
};
use crate::{
    document::Text,
    site::{Edition, Page, Site},
};

/// Where in the description a file belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// The publication: its books.
    Publication,
    /// A page, by its place in the reading order.
    Page(usize, String),
    /// What the pages of the site share: styles, images.
    Shared,
    /// What everything was made with: settings, themes, licences, the manifest.
    Sources,
}

/// What a file is for, in the order in which usages are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Usage {
    BinaryMaster,
    Dissemination,
    TextContent,
}

impl Usage {
    fn name(self) -> &'static str {
        match self {
            Usage::BinaryMaster => "BinaryMaster",
            Usage::Dissemination => "Dissemination",
            Usage::TextContent => "TextContent",
        }
    }
}

/// A file of the transfer.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    /// The file of the deposit.
    pub item: &'a Item,
    /// Its path in the transfer.
    pub uri: String,
    group: Group,
    usage: Usage,
    /// Its number among those of its usage.
    number: usize,
    /// The place of its language among the editions.
    language: Option<usize>,
    format: String,
}

impl Object<'_> {
    fn id(&self) -> String {
        let stem = self.uri.rsplit('/').next().unwrap_or_default();
        stem.split('.').next().unwrap_or_default().to_owned()
    }
}

/// An object, and what was found in its file.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// The object.
    pub object: Object<'a>,
    /// Its size and its checksums.
    pub sums: Sums,
    /// Its format.
    pub format: Format,
}

/// The files of a transfer, in their order. PDFs and EPUBs that lie in the site too are in
/// it once. `folder` is that of the pages.
pub fn plan<'a>(
    site: &Site,
    manifest: &Manifest,
    items: &'a [Item],
    folder: &str,
) -> Vec<Object<'a>> {
    let entries: BTreeMap<&str, _> =
        manifest.files.iter().map(|it| (it.path.as_str(), it)).collect();
    let mut objects: Vec<Object<'a>> = Vec::new();
    for item in items {
        let entry = match &item.origin {
            Origin::Exports(path, _) => entries.get(path.as_str()),
            _ => None,
        };
        if entry.is_some_and(|it| it.same_as.is_some()) {
            continue;
        }
        let (group, usage, language, format) = match entry {
            Some(entry) => {
                let page = entry.page.as_deref().and_then(|key| page_group(site, key));
                let shared = || match entry.format.as_str() {
                    "html" => Group::Shared,
                    _ => Group::Publication,
                };
                let usage = match entry.format.as_str() {
                    "pdf" => Usage::BinaryMaster,
                    _ => Usage::Dissemination,
                };
                let language = entry.language.as_deref();
                (page.unwrap_or_else(shared), usage, language, entry.format.clone())
            }
            None => {
                let (group, language) = source_group(site, item, folder);
                (group, Usage::TextContent, language, String::new())
            }
        };
        let language = language.and_then(|language| {
            site.editions.iter().position(|it| it.language.as_str() == language)
        });
        let uri = String::new();
        objects.push(Object { item, uri, group, usage, number: 0, language, format });
    }
    objects.sort_by(|a, b| {
        let key = |it: &Object<'_>| (it.group.clone(), it.usage, it.language);
        key(a).cmp(&key(b)).then_with(|| a.item.path.cmp(&b.item.path))
    });
    number(&mut objects);
    objects
}

fn page_group(site: &Site, key: &str) -> Option<Group> {
    let place = site.source().pages.iter().position(|it| it.key.as_str() == key)?;
    Some(Group::Page(place, key.to_owned()))
}

/// Where a source belongs, and its language where it has one.
fn source_group<'a>(
    site: &'a Site,
    item: &'a Item,
    folder: &str,
) -> (Group, Option<&'a str>) {
    let at = |path: &str| {
        let mut all = site.editions.iter().flat_map(|it| &it.pages);
        let page = all.find(|it| is_at(&it.file, folder, path))?;
        page_group(site, page.key.as_str())
    };
    let (page, language) = match &item.origin {
        Origin::Content(path) if path.ends_with(".md") => {
            (at(path), Some(site.publication.source.as_str()))
        }
        Origin::Locales(path) => {
            let (language, rest) = path.split_once('/').unwrap_or((path, ""));
            let page =
                rest.strip_prefix("content/").and_then(|it| it.strip_suffix(".po"));
            (page.and_then(|it| at(&format!("{it}.md"))), Some(language))
        }
        _ => (None, None),
    };
    (page.unwrap_or(Group::Sources), language)
}

fn number(objects: &mut [Object<'_>]) {
    let mut numbers: BTreeMap<(Group, Usage), usize> = BTreeMap::new();
    for (index, object) in objects.iter_mut().enumerate() {
        let number = numbers.entry((object.group.clone(), object.usage)).or_default();
        *number += 1;
        object.number = *number;
        let name = object.item.path.rsplit('/').next().unwrap_or_default();
        let end = name.rsplit_once('.').map_or("", |it| it.1);
        let plain = !end.is_empty() && end.chars().all(|it| it.is_ascii_alphanumeric());
        let end =
            if plain { format!(".{}", end.to_ascii_lowercase()) } else { String::new() };
        object.uri = format!("content/o{}{end}", index + 1);
    }
}

/// What a transfer says.
#[derive(Clone, Copy, Debug)]
pub struct Transfer<'a> {
    /// The publication.
    pub site: &'a Site,
    /// The pages that it is about.
    pub chosen: &'a Chosen,
    /// What no page says.
    pub profile: &'a Profile,
    /// The version of the standard.
    pub version: Version,
    /// What was wrong and was transferred all the same.
    pub forced: &'a [String],
}

impl Transfer<'_> {
    /// `manifest.xml`.
    pub fn write(&self, stored: &[Stored<'_>]) -> String {
        let mut xml = Xml::new();
        let space =
            format!("fr:gouv:culture:archivesdefrance:seda:v{}", self.version.name());
        let seda = &self.profile.seda;
        let date = self.site.publication.date;
        let message = match seda.message.as_str() {
            "" => format!("{}-{date}", self.site.publication.name),
            message => message.to_owned(),
        };
        xml.open("ArchiveTransfer", &[("xmlns", &space), ("xml:id", "transfer")]);
        xml.words("Comment", &seda.comment);
        for reason in self.forced {
            xml.words("Comment", reason);
        }
        xml.words("Date", &format!("{date}T00:00:00Z"));
        xml.words("MessageIdentifier", &message);
        xml.words("ArchivalAgreement", &seda.agreement);
        xml.open("CodeListVersions", &[]);
        xml.words("FileFormatCodeListVersion", REGISTRY);
        xml.close();
        xml.open("DataObjectPackage", &[]);
        self.objects(&mut xml, stored);
        xml.open("DescriptiveMetadata", &[]);
        self.publication(&mut xml, stored);
        xml.close();
        self.management(&mut xml);
        xml.close();
        self.agency(&mut xml, "ArchivalAgency", &seda.archival_agency);
        self.agency(&mut xml, "TransferringAgency", &seda.transferring_agency);
        xml.close();
        xml.finish()
    }

    /// An organisation, or the depositor where the profile names none.
    fn identifier(&self, agency: &Organisation) -> String {
        match agency.identifier.as_str() {
            "" => self.profile.organisation(self.site).identifier,
            identifier => identifier.to_owned(),
        }
    }

    fn agency(&self, xml: &mut Xml, name: &'static str, agency: &Organisation) {
        let identifier = self.identifier(agency);
        let identifier = if identifier.trim().is_empty() {
            self.site.publication.name.clone()
        } else {
            identifier
        };
        xml.open(name, &[]);
        xml.words("Identifier", &identifier);
        xml.close();
    }

    fn objects(&self, xml: &mut Xml, stored: &[Stored<'_>]) {
        for group in stored.chunk_by(|a, b| a.object.group == b.object.group) {
            xml.open("DataObjectGroup", &[("id", &group_id(&group[0].object.group))]);
            for one in group {
                self.object(xml, one, group);
            }
            xml.close();
        }
    }

    fn object(&self, xml: &mut Xml, stored: &Stored<'_>, group: &[Stored<'_>]) {
        let object = &stored.object;
        xml.open("BinaryDataObject", &[("id", &object.id())]);
        for (kind, other) in relations(object, group) {
            xml.void("Relationship", &[("target", &other), ("type", kind)]);
        }
        let version = format!("{}_{}", object.usage.name(), object.number);
        xml.words("DataObjectVersion", &version);
        xml.words("Uri", &object.uri);
        let sum = stored.sums.get(Algorithm::Sha512);
        xml.words_with("MessageDigest", &[("algorithm", "SHA-512")], sum);
        xml.words("Size", &stored.sums.size.to_string());
        xml.open("FormatIdentification", &[]);
        xml.words("FormatLitteral", stored.format.name);
        xml.words("MimeType", stored.format.media_type);
        xml.words("FormatId", stored.format.puid.unwrap_or_default());
        xml.words("Encoding", if stored.format.is_text { "UTF-8" } else { "" });
        xml.close();
        xml.open("FileInfo", &[]);
        xml.words("Filename", &object.item.path);
        if matches!(object.item.origin, Origin::Exports(..) | Origin::Made(_)) {
            let date = self.site.publication.date;
            xml.words("CreatingApplicationName", "Plantin");
            xml.words("CreatingApplicationVersion", env!("CARGO_PKG_VERSION"));
            xml.words("DateCreatedByApplication", &format!("{date}T00:00:00Z"));
        }
        xml.close();
        xml.close();
    }

    /// The publication, with its pages under it.
    fn publication(&self, xml: &mut Xml, stored: &[Stored<'_>]) {
        let publication = &self.site.publication;
        let has = |group: &Group| stored.iter().any(|it| it.object.group == *group);
        xml.open("ArchiveUnit", &[("id", "u0")]);
        xml.open("Content", &[]);
        xml.words("DescriptionLevel", "RecordGrp");
        self.each(xml, "Title", &|edition| edition.title.clone());
        xml.words("OriginatingSystemId", &publication.identifier);
        self.agency_identifier(xml, &publication.identifier);
        self.each(xml, "Description", &|edition| edition.description.clone());
        for edition in &self.site.editions {
            xml.words("Language", edition.language.as_str());
        }
        xml.words("DescriptionLanguage", publication.source.as_str());
        let maker = &self.profile.seda.originating_agency;
        self.agency(xml, "OriginatingAgency", maker);
        let submitter = &self.profile.seda.submission_agency;
        if !submitter.identifier.is_empty() {
            self.agency(xml, "SubmissionAgency", submitter);
        }
        xml.words("Source", &publication.base);
        let dates = || self.pages().filter_map(|it| it.date);
        let date = publication.date;
        xml.words("StartDate", &dates().min().unwrap_or(date).min(date).to_string());
        xml.words("EndDate", &dates().max().unwrap_or(date).max(date).to_string());
        self.persistent(xml, &publication.identifier);
        xml.close();
        if has(&Group::Publication) {
            reference(xml, &Group::Publication);
        }
        for group in stored.chunk_by(|a, b| a.object.group == b.object.group) {
            if let Group::Page(place, _) = &group[0].object.group {
                let page = &self.site.source().pages[*place];
                self.page(xml, page, &group[0].object.group);
            }
        }
        if has(&Group::Shared) {
            folder(xml, &Group::Shared, "u-site", "Fichiers communs aux pages du site");
        }
        if has(&Group::Sources) {
            folder(
                xml,
                &Group::Sources,
                "u-sources",
                "Réglages, thèmes, licences et manifeste",
            );
        }
        xml.close();
    }

    fn pages(&self) -> impl Iterator<Item = &Page> {
        let pages = self.site.source().pages.iter();
        pages.filter(|it| self.chosen.holds(it.key.as_str()))
    }

    fn page(&self, xml: &mut Xml, page: &Page, group: &Group) {
        let identifier = self.profile.identifiers.get(page.key.as_str());
        let identifier = identifier.map(String::as_str).unwrap_or_default();
        let id = group_id(group).replace('g', "u");
        xml.open("ArchiveUnit", &[("id", &id)]);
        xml.open("Content", &[]);
        xml.words("DescriptionLevel", "Item");
        let plain = |text: &Text| text.to_plain();
        self.each(xml, "Title", &|edition| {
            edition
                .page(&page.key)
                .map(|it| plain(&it.document.meta.title))
                .unwrap_or_default()
        });
        xml.words("OriginatingSystemId", page.key.as_str());
        self.agency_identifier(xml, identifier);
        self.each(xml, "Description", &|edition| {
            let page = edition.page(&page.key);
            let description = page.and_then(|it| it.document.meta.description.as_ref());
            description.map(plain).unwrap_or_default()
        });
        let available = &page.available;
        for edition in &self.site.editions {
            if available.contains(&edition.language) || edition.language == page.authored
            {
                xml.words("Language", edition.language.as_str());
            }
        }
        xml.words("DescriptionLanguage", self.site.publication.source.as_str());
        for tag in &page.document.meta.tags {
            xml.words("Tag", tag);
        }
        let date = page.date.map(|it| it.to_string()).unwrap_or_default();
        xml.words("CreatedDate", &date);
        self.persistent(xml, identifier);
        xml.close();
        reference(xml, group);
        xml.close();
    }

    /// The same in each language, where it says something.
    fn each(&self, xml: &mut Xml, name: &'static str, text: &dyn Fn(&Edition) -> String) {
        for edition in &self.site.editions {
            let text = text(edition);
            xml.words_with(name, &[("xml:lang", edition.language.as_str())], text.trim());
        }
    }

    fn agency_identifier(&self, xml: &mut Xml, identifier: &str) {
        if self.version == Version::V2_2 && persistent(identifier).is_some() {
            xml.words("OriginatingAgencyArchiveUnitIdentifier", identifier);
        }
    }

    fn persistent(&self, xml: &mut Xml, identifier: &str) {
        let Some((kind, content)) = persistent(identifier) else { return };
        if self.version == Version::V2_3 {
            xml.open("PersistentIdentifier", &[]);
            xml.words("PersistentIdentifierType", kind);
            xml.words("PersistentIdentifierContent", content);
            xml.close();
        }
    }

    fn management(&self, xml: &mut Xml) {
        let seda = &self.profile.seda;
        xml.open("ManagementMetadata", &[]);
        xml.words("ArchivalProfile", &seda.archival_profile);
        xml.words("ServiceLevel", &seda.service_level);
        xml.words("AcquisitionInformation", &seda.acquisition);
        let status = seda.legal_status.map(|it| match it {
            LegalStatus::Public => "Public Archive",
            LegalStatus::Private => "Private Archive",
            LegalStatus::Both => "Public and Private Archive",
        });
        xml.words("LegalStatus", status.unwrap_or_default());
        let maker = self.identifier(&seda.originating_agency);
        xml.words("OriginatingAgencyIdentifier", &maker);
        xml.words("SubmissionAgencyIdentifier", &seda.submission_agency.identifier);
        let rules = &seda.rules;
        if let Some(it) = &rules.storage {
            let action = match it.action {
                StorageAction::RestrictAccess => "RestrictAccess",
                StorageAction::Transfer => "Transfer",
                StorageAction::Copy => "Copy",
            };
            self.rule(xml, "StorageRule", &it.rule, it.start, action);
        }
        if let Some(it) = &rules.appraisal {
            let action = match it.action {
                AppraisalAction::Keep => "Keep",
                AppraisalAction::Destroy => "Destroy",
            };
            self.rule(xml, "AppraisalRule", &it.rule, it.start, action);
        }
        let rule = |xml: &mut Xml, name, rule: &Option<Rule>| {
            if let Some(it) = rule {
                self.rule(xml, name, &it.rule, it.start, "");
            }
        };
        rule(xml, "AccessRule", &rules.access);
        rule(xml, "DisseminationRule", &rules.dissemination);
        rule(xml, "ReuseRule", &rules.reuse);
        xml.close();
    }

    fn rule(
        &self,
        xml: &mut Xml,
        name: &'static str,
        rule: &str,
        start: Option<Day>,
        action: &str,
    ) {
        let start = start.map_or(self.site.publication.date, |it| it.0);
        xml.open(name, &[]);
        if !rule.trim().is_empty() {
            xml.words("Rule", rule);
            xml.words("StartDate", &start.to_string());
        }
        xml.words("FinalAction", action);
        xml.close();
    }
}

/// What an object is to the others of its group: a translation is a version of the file in
/// the authors' language, and each format of a page in a language has the others.
fn relations(object: &Object<'_>, group: &[Stored<'_>]) -> Vec<(&'static str, String)> {
    if object.format.is_empty() {
        return Vec::new();
    }
    let mut relations = Vec::new();
    for other in group.iter().map(|it| &it.object) {
        let same_format = other.format == object.format;
        let translates = object.language.is_some_and(|it| it > 0);
        if same_format && translates && other.language == Some(0) {
            relations.push(("isVersionOf", other.id()));
        } else if !same_format
            && !other.format.is_empty()
            && other.language == object.language
        {
            relations.push(("hasFormat", other.id()));
        }
    }
    relations
}

fn group_id(group: &Group) -> String {
    match group {
        Group::Publication => "g0".to_owned(),
        Group::Page(place, _) => format!("g{}", place + 1),
        Group::Shared => "g-site".to_owned(),
        Group::Sources => "g-sources".to_owned(),
    }
}

fn reference(xml: &mut Xml, group: &Group) {
    xml.open("DataObjectReference", &[]);
    xml.words("DataObjectGroupReferenceId", &group_id(group));
    xml.close();
}

fn folder(xml: &mut Xml, group: &Group, id: &str, title: &str) {
    xml.open("ArchiveUnit", &[("id", id)]);
    xml.open("Content", &[]);
    xml.words("DescriptionLevel", "Item");
    xml.words_with("Title", &[("xml:lang", "fr")], title);
    xml.close();
    reference(xml, group);
    xml.close();
}

/// The kind of a persistent identifier, and what it is without the address that resolves
/// it.
fn persistent(identifier: &str) -> Option<(&'static str, &str)> {
    if let Some(at) = identifier.find("ark:") {
        return Some(("ARK", &identifier[at..]));
    }
    let doi = identifier.strip_prefix("doi:").or_else(|| {
        let rest = identifier.strip_prefix("https://")?;
        rest.strip_prefix("doi.org/").or_else(|| rest.strip_prefix("dx.doi.org/"))
    });
    doi.or_else(|| identifier.starts_with("10.").then_some(identifier))
        .map(|it| ("DOI", it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persistent_identifiers_are_told_by_their_kinds() {
        let known = |it| persistent(it);
        assert_eq!(known("ark:/12148/x"), Some(("ARK", "ark:/12148/x")));
        assert_eq!(known("https://n2t.net/ark:12148/x"), Some(("ARK", "ark:12148/x")));
        assert_eq!(known("https://doi.org/10.1/a"), Some(("DOI", "10.1/a")));
        assert_eq!(known("doi:10.1/a"), Some(("DOI", "10.1/a")));
        assert_eq!(known("urn:uuid:1"), None);
    }
}
