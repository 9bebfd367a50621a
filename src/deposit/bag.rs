//! A bag (RFC 8493): the texts around a payload.
//!
//! `bagit.txt` says that it is one, `bag-info.txt` whose it is, the manifests what is in
//! it. Each manifest is written with SHA-512, which the standard asks for, and with
//! SHA-256, which every archive reads.

use super::{digest::Algorithm, digest::Sums, profile::Profile};
use crate::site::Site;

/// The algorithms of our manifests.
pub const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha512, Algorithm::Sha256];

/// The file that says that it is a bag.
pub const DECLARATION: (&str, &str) =
    ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");

/// The file that says whose the bag is.
pub const INFO: &str = "bag-info.txt";

/// The manifest of the tag files. It lists the checksums of all manifests, and so stands
/// for every byte of the bag: it is what is signed.
pub const SIGNED: &str = "tagmanifest-sha512.txt";

/// What is added to the name of a signed file for its signature.
pub const SIGNATURE: &str = ".sig";

/// A file that was put in the bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Its path in the bag.
    pub path: String,
    /// Its checksums.
    pub sums: Sums,
}

/// The manifests of these files, payload or tag files by their prefix: name and text.
pub fn manifests(prefix: &str, files: &[Put]) -> Vec<(String, String)> {
    let one = |algorithm: Algorithm| {
        let lines = files
            .iter()
            .map(|it| format!("{}  {}\n", it.sums.get(algorithm), encoded(&it.path)));
        (format!("{prefix}manifest-{}.txt", algorithm.name()), lines.collect())
    };
    ALGORITHMS.map(one).into()
}

/// A path as manifests write it: line ends and the percent sign, and those only.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `bag-info.txt`. `forced` is what was wrong and was deposited all the same.
pub fn info(
    site: &Site,
    profile: &Profile,
    payload: &[Put],
    forced: &[String],
) -> String {
    let publication = &site.publication;
    let source = site.source();
    let bytes: u64 = payload.iter().map(|it| it.sums.size).sum();
    let oxum = format!("{bytes}.{}", payload.len());
    let size = size(bytes);
    let date = publication.date.to_string();
    let organisation = profile.organisation(site);
    let mut fields: Vec<(&str, &str)> = vec![
        ("Source-Organization", &organisation.name),
        ("Organization-Address", &organisation.address),
        ("Contact-Name", &profile.contact.name),
        ("Contact-Phone", &profile.contact.phone),
        ("Contact-Email", &profile.contact.email),
        ("External-Description", &source.title),
        ("External-Description", &source.description),
        // The publication's date: the same sources make the same bag, on any day.
        ("Bagging-Date", &date),
        ("External-Identifier", &publication.identifier),
    ];
    let more = profile.bag.identifiers.iter();
    fields.extend(more.map(|it| ("External-Identifier", it.as_str())));
    fields.extend([
        ("Bag-Size", size.as_str()),
        ("Payload-Oxum", &oxum),
        ("Bag-Group-Identifier", &profile.bag.group),
        ("Bag-Count", &profile.bag.count),
        ("Internal-Sender-Identifier", &publication.name),
        ("Internal-Sender-Description", &profile.bag.description),
        ("Bag-Software-Agent", concat!("Plantin ", env!("CARGO_PKG_VERSION"))),
    ]);
    let licence = publication.licence.as_deref().unwrap_or_default();
    fields.push(("Rights", licence));
    fields.extend(forced.iter().map(|it| ("Plantin-Forced", it.as_str())));
    let said = fields.iter().filter(|it| !it.1.trim().is_empty());
    said.map(|(label, value)| format!("{label}: {}\n", one_line(value))).collect()
}

/// A value in one line, as the file wants it.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A size for people, as the standard shows it.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    let mut tenths = bytes / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_ends_and_percent_signs_are_encoded() {
        assert_eq!(encoded("data/é 1%\r\n"), "data/é 1%25%0D%0A");
    }

    #[test]
    fn sizes_are_told_for_people() {
        assert_eq!(size(0), "0.0 KB");
        assert_eq!(size(45_678), "45.6 KB");
        assert_eq!(size(12_345_678), "12.3 MB");
    }
}
