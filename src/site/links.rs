//! Where links and images lead.
//!
//! An address as an author writes it (`/fr/mission/`, `../x.md`, `#engagements`,
//! `https://…`) becomes a [`Target`], once per language. What leads nowhere is said, and
//! shown as its words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Publication, address};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{
        Document, Language, PageKey, Resource, Target,
        walk::{self, ReferenceMut},
    },
    source::slug::slug,
};

/// The schemes that a link may have; any other leads nowhere.
const SCHEMES: [&str; 14] = [
    "http", "https", "mailto", "tel", "sms", "xmpp", "irc", "ircs", "matrix", "ftp",
    "ftps", "geo", "magnet", "news",
];

/// How many faults a page may have before the nearest anchor is no longer looked for: each
/// is compared with all there are.
const MOST_SUGGESTIONS: usize = 50;

/// What links can lead to, in one language.
#[derive(Debug)]
pub struct Map<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Every language of the publication.
    pub languages: &'a [Language],
    /// The language whose links are resolved.
    pub language: &'a Language,
    /// The pages, by key, with their anchors.
    pub pages: BTreeMap<PageKey, BTreeSet<String>>,
    /// The pages that this edition leaves out, and the language that has them.
    pub omitted: BTreeMap<PageKey, Language>,
    /// The key of the page that each file holds, by its path under `content`.
    pub files: &'a BTreeMap<String, PageKey>,
    /// The media types of the files that are there; `None` for those that cannot be used.
    pub resources: &'a BTreeMap<String, Option<&'static str>>,
    /// Prefixes under the base that other systems publish.
    pub elsewhere: &'a [String],
}

/// Where a page stands: what relative addresses start from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Its path under `content`.
    pub path: &'a str,
    /// Its key.
    pub key: &'a PageKey,
    /// The language its author writes: addresses that begin with it mean "this edition".
    pub authored: &'a Language,
}

/// Resolves every link and image of a document.
pub fn resolve(
    document: &mut Document,
    origin: Origin<'_>,
    map: &Map<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    walk::references_mut(document, &mut |reference| match reference {
        ReferenceMut::Link(link) => {
            link.target = target(&link.address, link.place, origin, map, diagnostics);
        }
        ReferenceMut::Image(image) => {
            image.resource =
                resource(&image.address, image.place, origin, map, diagnostics);
        }
    });
}

/// The anchors of a document: its headings', and the identifiers that its author gave.
pub fn anchors(document: &Document) -> BTreeSet<String> {
    use crate::document::{Block, Inline};
    let mut anchors = BTreeSet::new();
    let notes = document.footnotes.iter().map(|note| &note.blocks);
    for part in std::iter::once(&document.blocks).chain(notes) {
        walk::blocks(part, &mut |block| match block {
            Block::Heading(it) => drop(anchors.insert(it.anchor.clone())),
            Block::Paragraph(it) => anchors.extend(it.attributes.id.clone()),
            Block::Group(it) => anchors.extend(it.attributes.id.clone()),
            Block::Figure(it) => anchors.extend(it.image.attributes.id.clone()),
            _ => {}
        });
    }
    walk::texts(document, &mut |_, text| {
        anchors.insert(text.unit.clone());
        walk::inlines(&text.inlines, &mut |inline| match inline {
            Inline::Span(it) => anchors.extend(it.attributes.id.clone()),
            Inline::Link(it) => anchors.extend(it.attributes.id.clone()),
            _ => {}
        });
    });
    anchors.remove("");
    anchors
}

/// The path under `content` of the file that an address may mean, for every address that
/// is neither a page's nor another host's. Used to read the files before links are
/// resolved. One that nobody would type means what it is read as.
pub fn candidates(address: &str, path: &str) -> Vec<String> {
    let meant = meant(address.trim(), Place::default()).map(|it| it.0);
    let all = meant.iter().map(String::as_str).chain([address.trim()]);
    all.filter_map(|it| candidate(it, path)).collect()
}

fn candidate(address: &str, path: &str) -> Option<String> {
    let (address, _) = split_fragment(address);
    if address.is_empty() || scheme(address).is_some() || address.starts_with("//") {
        return None;
    }
    join(path, &composed(address))
}

/// Where an address leads; one with signs that cannot be seen, or with `\` for `/`, leads to
/// where it would lead without them.
fn target(
    address: &str,
    place: Place,
    origin: Origin<'_>,
    map: &Map<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Target {
    let address = address.trim();
    if let Some((meant, note)) = meant(address, place) {
        let mut faults = Vec::new();
        let target = target_as_written(&meant, place, origin, map, &mut faults);
        if target != Target::Nothing {
            diagnostics.push(note);
            diagnostics.extend(faults);
            return target;
        }
    }
    target_as_written(address, place, origin, map, diagnostics)
}

/// Signs that cannot be seen, and that no address holds on purpose.
const HIDDEN: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// The address that was meant by one that holds what nobody would type, and a note of it.
fn meant(address: &str, place: Place) -> Option<(String, Diagnostic)> {
    let is_local = scheme(address).is_none() && !address.starts_with("\\\\");
    let code = match () {
        () if address.contains(HIDDEN) => "address-with-hidden-signs",
        () if is_local && address.contains('\\') => "address-with-backslash",
        () => return None,
    };
    let mut meant = address.replace(HIDDEN, "");
    if is_local {
        meant = meant.replace('\\', "/");
    }
    let note = Diagnostic::note(code).at(place);
    Some((meant.clone(), note.with("address", meant)))
}

fn target_as_written(
    address: &str,
    place: Place,
    origin: Origin<'_>,
    map: &Map<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Target {
    if let Some(code) = astray(address) {
        let fault = Diagnostic::warning(code).at(place).with("address", address);
        diagnostics.push(fault);
        return Target::Nothing;
    }
    if let Some(scheme) = scheme(address) {
        let scheme = scheme.to_ascii_lowercase();
        if !SCHEMES.contains(&scheme.as_str()) {
            let fault = Diagnostic::warning("link-scheme-refused").at(place);
            diagnostics.push(fault.with("address", address).with("scheme", scheme));
            return Target::Nothing;
        }
        if !leads_somewhere(address, &scheme) {
            let fault = Diagnostic::warning("link-to-nothing").at(place);
            diagnostics.push(fault.with("address", address));
            return Target::Nothing;
        }
        let own = map.own(address, origin);
        if own.is_none() && map.is_like_own(address) {
            let fault = Diagnostic::warning("link-to-unknown-page-of-site").at(place);
            diagnostics.push(fault.with("address", address));
        }
        return own.unwrap_or_else(|| Target::Outside(address.to_owned()));
    }
    if address.starts_with("//") {
        let whole = format!("https:{address}");
        if !has_host(&whole) {
            let fault = Diagnostic::warning("link-to-nothing").at(place);
            diagnostics.push(fault.with("address", address));
            return Target::Nothing;
        }
        return Target::Outside(whole);
    }
    let (path, fragment) = split_fragment(address);
    let fragment = fragment.map(decode).filter(|it| !it.is_empty());
    match map.look_up(path, origin) {
        Found::Page(key) => map.anchored(key, fragment, address, place, diagnostics),
        Found::Other(target) => target,
        Found::Nothing => {
            let (code, wanted) = match beginning(address) {
                Some(begin) => ("link-without-scheme", format!("{begin}{address}")),
                None => ("link-to-nothing", String::new()),
            };
            let mut fault = Diagnostic::warning(code).at(place).with("address", address);
            if !wanted.is_empty() {
                fault = fault.with("wanted", wanted);
            }
            diagnostics.push(fault);
            Target::Nothing
        }
    }
}

/// The message for an address that means something on one computer or in one e-mail only.
fn astray(address: &str) -> Option<&'static str> {
    let begins = |with: &str| {
        address.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with))
    };
    let mut signs = address.chars();
    let drive = signs.next().is_some_and(|it| it.is_ascii_alphabetic())
        && signs.next() == Some(':')
        && matches!(signs.next(), Some('\\' | '/'));
    match () {
        () if drive || begins("file:") || address.starts_with("\\\\") => {
            Some("address-on-a-computer")
        }
        () if begins("cid:") => Some("address-in-an-email"),
        () if begins("blob:") || begins("about:") => Some("address-on-a-computer"),
        () => None,
    }
}

/// What an address lacks at its beginning, if it is that of a site or of a mailbox.
fn beginning(address: &str) -> Option<&'static str> {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |host: &str| {
        let name = |it: char| it.is_alphanumeric() || matches!(it, '-' | '.');
        let last = host.rsplit_once('.').map_or("", |it| it.1);
        host.chars().all(name) && (2..).contains(&last.len())
    };
    if host.to_ascii_lowercase().starts_with("www.") && is_host(host) {
        return Some("https://");
    }
    let (who, at) = address.split_once('@')?;
    let is_name = !who.is_empty() && !who.contains(['/', ' ', ':', '?', '#']);
    (is_name && is_host(at)).then_some("mailto:")
}

fn resource(
    address: &str,
    place: Place,
    origin: Origin<'_>,
    map: &Map<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Resource {
    let address = address.trim();
    if let Some((meant, note)) = meant(address, place)
        && let Some(path) = candidate(&meant, origin.path)
        && map.resources.contains_key(&path)
    {
        diagnostics.push(note);
        return resource_as_written(&meant, place, origin, map, diagnostics);
    }
    resource_as_written(address, place, origin, map, diagnostics)
}

fn resource_as_written(
    address: &str,
    place: Place,
    origin: Origin<'_>,
    map: &Map<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Resource {
    let mut missing = |code| {
        let fault = Diagnostic::error(code).at(place).with("address", address);
        diagnostics.push(fault);
        Resource::Missing
    };
    if let Some(code) = astray(address) {
        return missing(code);
    }
    if scheme(address).is_some() || address.starts_with("//") {
        return missing("image-on-another-host");
    }
    let Some(path) = candidate(address, origin.path) else {
        return missing("image-outside");
    };
    match map.resources.get(&path) {
        // Fit for a link, but not for a page: browsers do not show it.
        Some(Some("image/tiff")) => {
            let fault = Diagnostic::error("image-kind").at(place);
            diagnostics.push(fault.with("kind", "TIFF"));
            Resource::Missing
        }
        Some(Some(media)) if media.starts_with("image/") => Resource::File(path),
        // `source` has said what is wrong with the file; here we say where it is used.
        Some(_) => missing("image-broken"),
        None => missing("image-missing"),
    }
}

enum Found {
    Page(PageKey),
    Other(Target),
    Nothing,
}

impl Map<'_> {
    /// What an absolute address under the publication's own base leads to, when that is a
    /// page of it.
    fn own(&self, address: &str, origin: Origin<'_>) -> Option<Target> {
        let path = address.strip_prefix(&self.publication.base)?;
        let (path, fragment) = split_fragment(path);
        if !path.starts_with('/') {
            return None;
        }
        match self.page_at(path, origin)? {
            Found::Page(key) => {
                let known = &self.pages[&key];
                let fragment = fragment.map(decode).filter(|it| known.contains(it));
                Some(Target::Page(key, fragment))
            }
            Found::Other(target) => Some(target),
            Found::Nothing => None,
        }
    }

    /// Whether an absolute address is made like those of the publication's own pages:
    /// its base, then one of its languages.
    fn is_like_own(&self, address: &str) -> bool {
        let path = address.strip_prefix(&self.publication.base);
        let first = path.and_then(|it| it.strip_prefix('/')?.split('/').next());
        let is_language =
            first.is_some_and(|it| self.languages.iter().any(|l| l.as_str() == it));
        let path = path.unwrap_or_default();
        is_language && !self.elsewhere.iter().any(|it| path.starts_with(it.as_str()))
    }

    fn look_up(&self, path: &str, origin: Origin<'_>) -> Found {
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return Found::Page(origin.key.clone());
        }
        let decoded = composed(path);
        if self.elsewhere.iter().any(|it| decoded.starts_with(it.as_str())) {
            let address =
                format!("{}{}", self.publication.base, address::encode(&decoded));
            return Found::Other(Target::Outside(address));
        }
        if decoded.starts_with('/') {
            if let Some(found) = self.page_at(path, origin) {
                return found;
            }
        } else if let Some(found) = self.beside(&decoded, origin) {
            return found;
        }
        match join(origin.path, &decoded) {
            Some(path) if self.resources.get(&path).is_some_and(Option::is_some) => {
                Found::Other(Target::File(path))
            }
            _ => Found::Nothing,
        }
    }

    /// The page at a path of the site, with or without its language.
    fn page_at(&self, path: &str, origin: Origin<'_>) -> Option<Found> {
        let path = path.split('?').next().unwrap_or_default();
        let (key, language) =
            address::from_permalink(&composed(path), self.languages).ok()?;
        let other = language.filter(|it| it != self.language && it != origin.authored);
        self.page(key, other.as_ref())
    }

    /// The page that a relative address leads to: first the file it names beside the
    /// page's own, then the address it names beside the page's.
    fn beside(&self, path: &str, origin: Origin<'_>) -> Option<Found> {
        let file = join(origin.path, path)?;
        let files = [file.clone(), format!("{}/index.md", file.trim_end_matches('/'))];
        let stem = file.trim_end_matches('/');
        let files = files.into_iter().chain([format!("{stem}.md")]);
        for file in files {
            if let Some(key) = self.files.get(&file) {
                return self.page(key.clone(), None);
            }
        }
        let base = format!("{}index.html", origin.key.as_str().trim_start_matches('/'));
        let path = join(&base, path)?;
        let (key, _) = address::from_permalink(&path, &[]).ok()?;
        self.page(key, None)
    }

    /// The page with this key, in this edition or, when a language is named or the edition
    /// leaves it out, at its public address.
    fn page(&self, key: PageKey, language: Option<&Language>) -> Option<Found> {
        let omitted = self.omitted.get(&key);
        if omitted.is_none() && !self.pages.contains_key(&key) {
            return None;
        }
        let elsewhere = language.or(omitted);
        Some(match elsewhere {
            Some(language) => Found::Other(Target::Outside(address::public(
                self.publication,
                language,
                &key,
            ))),
            None => Found::Page(key),
        })
    }

    fn anchored(
        &self,
        key: PageKey,
        fragment: Option<String>,
        address: &str,
        place: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let known = self.pages.get(&key);
        let Some(fragment) = fragment else { return Target::Page(key, None) };
        if known.is_some_and(|it| it.contains(&fragment)) {
            return Target::Page(key, Some(fragment));
        }
        // Whoever copies the words of a heading means the heading.
        let meant = slug(&fragment);
        if known.is_some_and(|it| it.contains(&meant)) {
            let note = Diagnostic::note("link-to-heading-words").at(place);
            let note = note.with("address", address).with("anchor", &meant);
            diagnostics.push(note);
            return Target::Page(key, Some(meant));
        }
        // A text fragment is the browser's affair.
        if !fragment.starts_with(":~:") {
            let near = known.filter(|_| diagnostics.len() < MOST_SUGGESTIONS);
            let near = near.and_then(|it| nearest(&fragment, it)).unwrap_or_default();
            let fault = Diagnostic::warning("link-to-no-anchor").at(place);
            let fault = fault.with("address", address).with("anchor", &fragment);
            diagnostics.push(fault.with("page", &key).with("nearest", near));
        }
        Target::Page(key, None)
    }
}

/// The anchor of a page that was probably meant. Of a page with thousands of them, the first
/// are looked at, and none that nobody would type.
fn nearest(anchor: &str, known: &BTreeSet<String>) -> Option<String> {
    const MOST: usize = 500;
    const LONGEST: usize = 200;
    let given = known.iter().filter(|it| !it.starts_with("u-"));
    let given = given.take(MOST).filter(|it| it.len().max(anchor.len()) <= LONGEST);
    given.min_by_key(|it| strsim::levenshtein(anchor, it)).cloned()
}

/// Whether an address leads to somewhere on the web.
pub fn is_web(address: &str) -> bool {
    let scheme = address.starts_with("https://") || address.starts_with("http://");
    scheme && has_host(address)
}

/// Whether an address with a scheme says where it leads.
fn leads_somewhere(address: &str, scheme: &str) -> bool {
    let rest = address.get(scheme.len() + 1..).unwrap_or_default();
    match scheme {
        "http" | "https" | "ftp" | "ftps" => has_host(address),
        _ if rest.starts_with("//") => has_host(address),
        // All of it may not be a fragment or nothing (RFC 3986, 3).
        _ => !rest.trim_matches('/').is_empty() && !rest.starts_with('#'),
    }
}

/// Whether an address names a host, as browsers (URL Standard, 4.4) and checkers of books
/// and pages read it: these want a name that could be in the DNS. Browsers would also take
/// an address without slashes, or with three: those are slips.
fn has_host(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |it| it.1);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.matches('@').count() > 1 {
        return false;
    }
    // Hosts are read the same whatever is asked of them, but only of some schemes.
    match url::Url::parse(&format!("https://{rest}")) {
        Ok(url) => match url.host() {
            Some(url::Host::Domain(name)) => could_be_in_the_dns(name),
            Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => true,
            None => false,
        },
        Err(_) => false,
    }
}

/// Whether a name has no empty part, and none that is too long (RFC 1035, 2.3.4).
fn could_be_in_the_dns(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253 && name.split('.').all(|it| (1..=63).contains(&it.len()))
}

/// The scheme of an address (RFC 3986, 3.1), if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let good = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
    let first = scheme.chars().next()?;
    (first.is_ascii_alphabetic() && scheme.chars().all(good)).then_some(scheme)
}

fn split_fragment(address: &str) -> (&str, Option<&str>) {
    match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    }
}

/// The path that a relative path leads to from a file, both under one root; `None` when
/// it would leave the root.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from
            .rsplit_once('/')
            .map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// A path as files are called here: its accents written in one way, however the author's
/// system writes them.
fn composed(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    decode(path).nfc().collect()
}

/// Undoes percent-encoding; what is not UTF-8 then stays as it was.
fn decode(path: &str) -> String {
    match percent_encoding::percent_decode_str(path).decode_utf8() {
        Ok(text) if !text.contains('\0') => text.into_owned(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_its_root() {
        assert_eq!(join("a/b.md", "../c.png"), Some("c.png".into()));
        assert_eq!(join("a/b.md", "../../c.png"), None);
        assert_eq!(join("a/b.md", "/c.png"), Some("c.png".into()));
        assert_eq!(candidate("..%2F..%2Fetc/passwd", "a/b.md"), None);
    }

    #[test]
    fn an_address_of_the_web_has_a_host() {
        for good in [
            "https://a.fr",
            "http://été.fr:80/x",
            "https://[::1]/",
            "HTTPS://a?b",
            "https://a.fr./",
            "https://a_b.fr/",
            "http://1.2.3.4/",
            "ftp://a@b.fr/",
            "irc://a/x",
        ] {
            assert!(has_host(good), "{good}");
        }
        let (long, longer) = ("a".repeat(64), ["a"; 200].join(".a"));
        for bad in [
            "http://a..b/",
            "https://../",
            "http://.a.fr/",
            "http://a.fr../",
            "https://a@b@c.fr/",
            "https://xn--a.fr/",
            "https://a.fr:99999/",
            "http://[1]/",
            "ftp:///x",
            "ftp://a..b/",
            &format!("http://{long}.fr/"),
            &format!("http://{longer}/"),
            "https:a",
            "https:///x",
            "https:<ul>//a.fr",
            "https://a b/",
            "http://?",
            "https://%3Cb%3E.fr",
            "http://www.sen:::callout",
            "https://a.fr:port/",
        ] {
            assert!(!has_host(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_without_a_host_says_something() {
        let leads = |it: &str| leads_somewhere(it, scheme(it).expect("it has one"));
        for good in ["mailto:a@b.fr", "tel:+33 1", "irc:a", "magnet:?x", "xmpp:a@b"] {
            assert!(leads(good), "{good}");
        }
        for bad in ["mailto:", "tel:", "irc://", "ircs:#x", "ircs://a..b/", "ftp:a.fr"] {
            assert!(!leads(bad), "{bad}");
        }
    }

    #[test]
    fn a_colon_makes_a_scheme_only_after_letters() {
        assert_eq!(scheme("JavaScript:x"), Some("JavaScript"));
        assert_eq!(scheme("a b:c"), None);
        assert_eq!(scheme("/a:b"), None);
    }
}
