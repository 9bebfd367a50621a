//! What an archive is given: bags and transfers, what speaks against them, and what is
//! found in those of others.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
};

use plantin::deposit::{
    digest::{Algorithm, Sums},
    profile::Profile,
};
use serde_json::Value;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::{Outcome, PNG, Site, files, program, root};

const PO: &str = r#"msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: en\n"

msgid "Objectifs"
msgstr "Aims"
"#;

/// Three pages, an image, a catalogue, built as a site and as books.
fn site() -> Site {
    let page = |title: &str, tags: &str| {
        format!(
            "---\ntitle: {title}\ndescription: De {title}.\ntags: [{tags}]\n---\n\nTexte.\n"
        )
    };
    let site = Site::new()
        .more_config("formats = [\"html\", \"epub\"]\ndate = \"2026-01-31\"\n")
        .page("index.md", &page("Accueil", "tout"))
        .page("mission/index.md", &page("Mission", "tout, essai"))
        .page(
            "mission/objectifs.md",
            &(page("Objectifs", "") + "\n![Un point](pixel.png)\n"),
        )
        .bytes("content/mission/pixel.png", PNG)
        .catalogue("en", "mission/objectifs.md", PO);
    let built = site.build_with(&[]);
    assert_eq!(built.code, Some(0), "{built}");
    site
}

/// Runs `plantin deposit` with messages in JSON.
fn deposit(site: &Site, arguments: &[&str]) -> Outcome {
    let mut command = program();
    command.current_dir(site.folder()).arg("deposit").args(arguments).arg("--json");
    // Whether commands may run is asked in the tests of consent.
    command.env("PLANTIN_ALLOW_COMMANDS", "1");
    if arguments[0] != "check" {
        command.arg("--workspace").arg(site.workspace());
        command.arg("--exports").arg(site.exports()).arg("--out").arg(out(site));
    }
    site.run(command)
}

/// Where deposits go.
fn out(site: &Site) -> PathBuf {
    site.folder().join("archives")
}

fn check(site: &Site, bag: &Path) -> Outcome {
    deposit(site, &["check", &bag.display().to_string()])
}

/// A bag of the three pages.
fn bag(site: &Site) -> PathBuf {
    let made = deposit(site, &["bag"]);
    assert_eq!(made.code, Some(0), "{made}");
    PathBuf::from(made.json()["deposit"].as_str().expect("it says where it is"))
}

fn codes(outcome: &Outcome) -> Vec<String> {
    outcome.all_diagnostics().into_iter().map(|it| it.code).collect()
}

#[test]
fn a_bag_holds_the_exports_and_all_that_they_were_made_of() {
    let site = site();
    let bag = bag(&site);
    let there = files(&bag);
    for path in [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha512.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha512.txt",
        "tagmanifest-sha256.txt",
        "data/exports/manifest.json",
        "data/exports/html/en/mission/objectifs/index.html",
        "data/exports/epub/essai.fr.epub",
        "data/content/mission/objectifs.md",
        "data/content/mission/pixel.png",
        "data/locales/en/content/mission/objectifs.po",
        "data/licences/LibertinusSerif-OFL.txt",
        "data/plantin.toml",
    ] {
        assert!(there.contains_key(path), "{path} in {:#?}", there.keys());
    }
    let built = files(&site.exports());
    for (path, bytes) in built.iter().filter(|it| it.0.contains('/')) {
        assert_eq!(there.get(&format!("data/exports/{path}")), Some(bytes), "{path}");
    }
    let info = String::from_utf8_lossy(&there["bag-info.txt"]).into_owned();
    let payload = || there.iter().filter(|it| it.0.starts_with("data/"));
    let bytes: usize = payload().map(|it| it.1.len()).sum();
    let oxum = format!("Payload-Oxum: {bytes}.{}\n", payload().count());
    assert!(info.contains(&oxum), "{info}");
    assert!(info.contains("Bagging-Date: 2026-01-31\n"), "{info}");
    let checked = check(&site, &bag);
    assert_eq!(checked.code, Some(0), "{checked}");
    assert_eq!(checked.json()["algorithms"], serde_json::json!(["sha256", "sha512"]));
}

#[test]
fn a_zip_is_the_same_bag_and_the_same_bytes_each_time() {
    let site = site();
    let zip = |name: &str| {
        let made = deposit(&site, &["bag", "--zip"]);
        assert_eq!(made.code, Some(0), "{made}");
        let path = out(&site).join("essai-2026-01-31.zip");
        let checked = check(&site, &path);
        assert_eq!(checked.code, Some(0), "{checked}");
        let bytes = fs::read(&path).expect("it is there");
        fs::rename(path, out(&site).join(name)).expect("it can be moved");
        bytes
    };
    let first = zip("un.zip");
    assert!(first == zip("deux.zip"), "two zips of the same have the same bytes");
    let bag = bag(&site);
    let mut archive = zip::ZipArchive::new(Cursor::new(first)).expect("it is a zip");
    let names: Vec<String> = (0..archive.len())
        .map(|it| {
            archive.by_index(it).expect("an entry").name().expect("a name").into_owned()
        })
        .collect();
    for path in files(&bag).into_keys() {
        assert!(names.contains(&format!("essai-2026-01-31/{path}")), "{path}");
    }
}

#[test]
fn a_deposit_is_not_made_over_another() {
    let site = site();
    let bag = bag(&site);
    let before = files(&bag);
    let again = deposit(&site, &["bag"]);
    assert_eq!(again.code, Some(2), "{again}");
    assert_eq!(codes(&again), ["deposit-exists"]);
    assert!(files(&bag) == before, "nothing in it was touched");
    assert_eq!(fs::read_dir(out(&site)).expect("it is there").count(), 1);
}

#[test]
fn a_flipped_byte_a_missing_and_an_extra_file_are_found() {
    let site = site();
    let bag = bag(&site);
    let page = bag.join("data/content/index.md");
    let text = fs::read(&page).expect("it is there");
    let mut flipped = text.clone();
    flipped[3] ^= 1;
    fs::write(&page, &flipped).expect("it can be written");
    let found = check(&site, &bag);
    assert_eq!(found.code, Some(1), "{found}");
    let told = found.told("bag-file-changed");
    assert_eq!(told.file, "data/content/index.md");
    fs::remove_file(&page).expect("it is there");
    let found = check(&site, &bag);
    assert_eq!(found.told("bag-file-missing").file, "data/content/index.md");
    assert!(codes(&found).contains(&"bag-oxum".to_owned()), "{found}");
    fs::write(&page, &text).expect("it can be written");
    assert_eq!(check(&site, &bag).code, Some(0), "it is as it was");
    fs::write(bag.join("data/en-trop.txt"), "x").expect("it can be written");
    assert_eq!(check(&site, &bag).told("bag-file-extra").file, "data/en-trop.txt");
    fs::remove_file(bag.join("data/en-trop.txt")).expect("it is there");
    let info = bag.join("bag-info.txt");
    let said = fs::read_to_string(&info).expect("it is there");
    fs::write(&info, said.replace("essai", "Essai")).expect("it can be written");
    assert_eq!(check(&site, &bag).told("bag-file-changed").file, "bag-info.txt");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_bag_is_refused_and_not_followed() {
    let site = site();
    let bag = bag(&site);
    std::os::unix::fs::symlink("/etc", bag.join("data/etc")).expect("links can be made");
    let found = check(&site, &bag);
    assert_eq!(found.code, Some(1), "{found}");
    assert_eq!(codes(&found), ["bag-link"], "{found}");
}

/// A zip of these entries.
fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        zip.start_file(*name, options).expect("memory can be written");
        zip.write_all(bytes).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

const DECLARATION: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

fn small_bag(folder: &str) -> Vec<u8> {
    let sums = Sums::of(b"a", &[Algorithm::Sha512]);
    let manifest = format!("{}  data/a\n", sums.get(Algorithm::Sha512));
    zip_of(&[
        (&format!("{folder}bagit.txt"), DECLARATION),
        (&format!("{folder}manifest-sha512.txt"), manifest.as_bytes()),
        (&format!("{folder}data/a"), b"a"),
    ])
}

/// Checks bytes that claim to be a zip.
fn check_bytes(site: &Site, bytes: &[u8]) -> Outcome {
    let path = site.folder().join("hostile.zip");
    fs::write(&path, bytes).expect("the temporary folder is writable");
    let checked = check(site, &path);
    assert!(matches!(checked.code, Some(0 | 1)), "{checked}");
    checked
}

#[test]
fn the_zip_of_another_is_read_with_or_without_a_folder() {
    let site = Site::new();
    for folder in ["", "sac/", "sac de l’été/"] {
        let checked = check_bytes(&site, &small_bag(folder));
        assert_eq!(checked.code, Some(0), "{folder} {checked}");
    }
}

#[test]
fn a_zip_that_leads_outside_is_refused() {
    let site = Site::new();
    for name in ["../a", "sac/../../a", "/etc/passwd", "C:/a", "sac\\..\\..\\a"] {
        let found =
            check_bytes(&site, &zip_of(&[("sac/bagit.txt", DECLARATION), (name, b"a")]));
        assert_eq!(codes(&found), ["bag-path-refused"], "{name}");
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("sac/data", "/etc", SimpleFileOptions::default()).expect("memory");
    let found = check_bytes(&site, &zip.finish().expect("memory").into_inner());
    assert_eq!(codes(&found), ["bag-link"]);
}

#[test]
fn a_zip_that_explodes_is_refused_unread() {
    let site = Site::new();
    let mut zip =
        zip_of(&[("sac/bagit.txt", DECLARATION), ("sac/data/a", &[0; 100_000])]);
    // The directory at the end says that one entry has four gigabytes.
    let directory =
        zip.windows(4).rposition(|it| it == b"PK\x01\x02").expect("it is there");
    zip[directory + 24..directory + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    let found = check_bytes(&site, &zip);
    assert_eq!(codes(&found), ["bag-bomb"], "{found}");
    // Two entries of one content: the well known bomb is made of thousands of them.
    let mut zip = zip_of(&[("sac/data/a", &[0; 1000]), ("sac/data/b", &[0; 1000])]);
    let directory =
        zip.windows(4).rposition(|it| it == b"PK\x01\x02").expect("it is there");
    zip[directory + 42..directory + 46].copy_from_slice(&0_u32.to_le_bytes());
    let found = check_bytes(&site, &zip);
    assert_eq!(codes(&found), ["bag-entries-overlap"], "{found}");
}

#[test]
fn damaged_zips_and_other_bytes_never_stop_the_program() {
    let site = Site::new();
    let whole = small_bag("sac/");
    assert_eq!(check_bytes(&site, &whole).code, Some(0));
    for length in (0..whole.len()).step_by(37) {
        assert_eq!(check_bytes(&site, &whole[..length]).code, Some(1), "{length}");
    }
    for at in (0..whole.len()).step_by(23) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        check_bytes(&site, &bytes);
    }
    assert_eq!(check_bytes(&site, b"").code, Some(1));
    let nowhere = check(&site, Path::new("/nulle/part"));
    assert_eq!(
        (nowhere.code, codes(&nowhere)),
        (Some(2), vec!["bag-not-found".to_owned()])
    );
}

#[test]
fn pages_that_changed_since_the_build_are_not_deposited() {
    let site = site();
    let site =
        site.page("mission/index.md", "---\ntitle: Mission\n---\n\nAutre texte.\n");
    let refused = deposit(&site, &["bag"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert_eq!(refused.diagnostics("deposit-exports-stale").len(), 1, "{refused}");
    assert!(!out(&site).exists(), "nothing was written");
    let forced = deposit(&site, &["bag", "--force"]);
    assert_eq!(forced.code, Some(0), "{forced}");
    assert_eq!(forced.told("deposit-exports-stale").severity, "warning");
    let info = fs::read_to_string(out(&site).join("essai-2026-01-31/bag-info.txt"));
    let info = info.expect("it was made");
    assert!(info.contains("Plantin-Forced: deposit-exports-stale: "), "{info}");
    assert_eq!(check(&site, &out(&site).join("essai-2026-01-31")).code, Some(0));
}

#[test]
fn exports_that_were_touched_are_not_deposited() {
    let site = site();
    let page = site.exports().join("html/fr/index.html");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text.replace("Accueil", "accueiL")).expect("it can be written");
    fs::remove_file(site.exports().join("epub/essai.en.epub")).expect("it is there");
    let refused = deposit(&site, &["bag"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert_eq!(refused.diagnostics("deposit-export-differs").len(), 2, "{refused}");
    fs::remove_file(site.exports().join("manifest.json")).expect("it is there");
    assert_eq!(codes(&deposit(&site, &["bag"])), ["deposit-no-exports"]);
    assert!(!out(&site).exists(), "nothing was written");
}

#[test]
fn exports_that_do_not_say_the_same_are_not_deposited() {
    let site = site();
    // A paragraph goes, and the manifest is made to say that all is well.
    let path = "html/fr/mission/index.html";
    let page = site.exports().join(path);
    let text = fs::read_to_string(&page).expect("it is there");
    let altered = text.replace("Texte.", "Tout autre chose.");
    assert_ne!(text, altered);
    fs::write(&page, &altered).expect("it can be written");
    let manifest = site.exports().join("manifest.json");
    let said = fs::read_to_string(&manifest).expect("it is there");
    let sum = |text: &str| {
        Sums::of(text.as_bytes(), &[Algorithm::Sha256]).get(Algorithm::Sha256).to_owned()
    };
    let said = said.replace(&sum(&text), &sum(&altered));
    fs::write(&manifest, said).expect("it can be written");
    let refused = deposit(&site, &["bag"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    let told = refused.told("deposit-difference");
    assert!(told.message.contains("/mission/"), "{told:?}");
    assert!(!out(&site).exists(), "nothing was written");
    let forced = deposit(&site, &["bag", "--force"]);
    assert_eq!(forced.code, Some(0), "{forced}");
    let info = fs::read_to_string(out(&site).join("essai-2026-01-31/bag-info.txt"));
    assert!(info.expect("made").contains("Plantin-Forced: deposit-difference"));
    let elsewhere = deposit(&site, &["bag", "--page", "/mission/objectifs/", "--zip"]);
    assert_eq!(elsewhere.code, Some(0), "the other pages are well: {elsewhere}");
}

#[test]
fn pages_that_nobody_reviewed_are_not_deposited_where_that_is_asked() {
    let site = site().more_config("[deposit]\nreviewed = 60\n");
    let refused = deposit(&site, &["bag"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    let told = refused.told("deposit-not-reviewed");
    assert!(told.file.starts_with("content/"), "{told:?}");
    assert_eq!(refused.diagnostics("deposit-not-reviewed").len(), 3, "only in English");
}

#[cfg(unix)]
#[test]
fn the_validators_of_the_workspace_are_asked() {
    let validator = |script: &str| {
        site().more_config(&format!(
            "[deposit]\nvalidators = [[\"sh\", \"-c\", '{script}', \"sh\", \"{{epub}}\"]]\n"
        ))
    };
    let fine = validator("test $# -eq 2 && test -f \"$1\"");
    let made = deposit(&fine, &["bag"]);
    assert_eq!(made.code, Some(0), "{made}");
    let refused = deposit(&validator("echo non; exit 3"), &["bag"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused.told("deposit-validator-failed").message.contains("non"),
        "{refused}"
    );
    let site =
        site().more_config("[deposit]\nvalidators = [[\"nulle-part-ailleurs\"]]\n");
    assert_eq!(codes(&deposit(&site, &["bag"])), ["deposit-validator-failed"]);
}

/// A workspace whose deposits are signed with what every system has.
#[cfg(unix)]
fn signing() -> Site {
    site().more_config(
        "[deposit]\n\
         sign = [\"sh\", \"-c\", 'cksum < \"$1\" > \"$2\"', \"sh\", \"{file}\", \"{signature}\"]\n\
         check-signature = [\"sh\", \"-c\", 'cksum < \"$1\" | cmp - \"$2\"', \"sh\", \
         \"{file}\", \"{signature}\"]\n",
    )
}

#[cfg(unix)]
#[test]
fn a_bag_is_signed_and_the_signature_checked() {
    let site = signing();
    let bag = bag(&site);
    let name = "tagmanifest-sha512.txt.sig";
    assert!(bag.join(name).exists());
    let workspace = site.workspace().display().to_string();
    let verify = |bag: &Path| {
        let bag = bag.display().to_string();
        deposit(&site, &["check", &bag, "--workspace", &workspace])
    };
    let good = verify(&bag);
    assert_eq!(good.code, Some(0), "{good}");
    assert_eq!(good.json()["signature"], true);
    let alone = check(&site, &bag);
    assert_eq!(codes(&alone), ["bag-signature-unchecked"], "a note: it is no fault");
    assert_eq!(alone.code, Some(0), "{alone}");
    fs::write(bag.join(name), "1 2\n").expect("it can be written");
    assert_eq!(codes(&verify(&bag)), ["bag-signature-refused"]);
    fs::remove_file(bag.join(name)).expect("it is there");
    assert_eq!(codes(&verify(&bag)), ["bag-signature-missing"]);
    let zip = deposit(&site, &["bag", "--zip"]);
    let path = PathBuf::from(zip.json()["deposit"].as_str().expect("it was made"));
    assert_eq!(verify(&path).json()["signature"], true);
    let broken = site.config(&site_config("sign = [\"false\", \"{file}{signature}\"]"));
    fs::remove_dir_all(out(&broken)).expect("it is there");
    let refused = deposit(&broken, &["bag"]);
    assert_eq!(codes(&refused), ["deposit-not-signed"], "{refused}");
    assert!(!out(&broken).exists(), "nothing was written");
}

fn site_config(deposit: &str) -> String {
    format!(
        "{}formats = [\"html\", \"epub\"]\ndate = \"2026-01-31\"\n[deposit]\n{deposit}\n",
        crate::support::CONFIG
    )
}

#[test]
fn some_pages_are_deposited_alone_with_what_they_need() {
    let site = site();
    let made =
        deposit(&site, &["bag", "--page", "/mission/objectifs/", "--tag", "essai"]);
    assert_eq!(made.code, Some(0), "{made}");
    let there = files(&out(&site).join("essai-2026-01-31"));
    let has = |path: &str| there.contains_key(path);
    for path in [
        "data/exports/html/fr/mission/index.html",
        "data/exports/html/en/mission/objectifs/index.html",
        "data/exports/html/assets/site.css",
        "data/content/mission/objectifs.md",
        "data/content/mission/pixel.png",
        "data/locales/en/content/mission/objectifs.po",
    ] {
        assert!(has(path), "{path} in {:#?}", there.keys());
    }
    for path in [
        "data/content/index.md",
        "data/exports/html/fr/index.html",
        "data/exports/epub/essai.fr.epub",
    ] {
        assert!(!has(path), "{path}");
    }
    let manifest: Value =
        serde_json::from_slice(&there["data/exports/manifest.json"]).expect("it is JSON");
    for file in manifest["files"].as_array().expect("it lists files") {
        let path = file["path"].as_str().expect("a path");
        assert!(has(&format!("data/exports/{path}")), "{path}");
    }
    assert_eq!(manifest["pages"].as_array().map(Vec::len), Some(2));
    let unknown = deposit(&site, &["bag", "--tag", "inconnue", "--page", "/nulle-part/"]);
    assert_eq!(unknown.code, Some(2), "{unknown}");
    let mut told = codes(&unknown);
    told.sort();
    assert_eq!(told, ["page-unknown", "tag-unknown"]);
}

/// The elements of a document, as names with what they hold.
fn elements(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("it is well formed") {
            Event::Start(it) => {
                open.push(it.name().as_ref().to_owned());
                found.push((open.join("/"), String::new()));
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(it) => {
                if let Some(last) = found.last_mut() {
                    last.1.push_str(&it);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn a_transfer_describes_each_of_its_files() {
    let profile = "[seda]\nagreement = \"ACC-1\"\n\
                   archival-agency = { identifier = \"FRAN\" }\n\
                   rules.appraisal = { rule = \"APP-1\", action = \"Keep\" }\n\
                   [identifiers]\n\"/mission/\" = \"ark:/12148/x\"\n";
    for version in ["2.3", "2.2"] {
        let site = site().bytes("deposit.toml", profile.as_bytes());
        let made = deposit(&site, &["seda", "--schema", version]);
        assert_eq!(made.code, Some(0), "{made}");
        let folder = out(&site).join("essai-2026-01-31-seda");
        let there = files(&folder);
        let xml = String::from_utf8(there["manifest.xml"].clone()).expect("it is text");
        assert!(xml.contains(&format!("seda:v{version}\"")), "{xml}");
        let found = elements(&xml);
        let values = |name: &str| -> Vec<&str> {
            let end = format!("/{name}");
            let found = found.iter().filter(|it| it.0.ends_with(&end));
            found.map(|it| it.1.trim()).collect()
        };
        let uris = values("Uri");
        assert_eq!(uris.len(), there.len() - 1, "each file is described, once");
        let described = uris.iter().zip(values("MessageDigest")).zip(values("Size"));
        for ((uri, sum), size) in described {
            let sums = Sums::of(&there[*uri], &[Algorithm::Sha512]);
            assert_eq!(sum, sums.get(Algorithm::Sha512), "{uri}");
            assert_eq!(size, there[*uri].len().to_string(), "{uri}");
        }
        let titles = values("Title");
        for title in ["Objectifs", "Aims", "Mission"] {
            assert!(titles.contains(&title), "{title} in {titles:?}");
        }
        assert_eq!(values("ArchivalAgreement"), ["ACC-1"]);
        assert_eq!(values("FinalAction"), ["Keep"]);
        assert!(xml.contains("ark:/12148/x"), "{xml}");
        let formats = values("FormatId");
        for puid in ["fmt/471", "fmt/483", "fmt/1149", "fmt/817"] {
            assert!(formats.contains(&puid), "{puid} in {formats:?}");
        }
        let kinds = |kind: &str| xml.matches(&format!("type=\"{kind}\"")).count();
        assert!(kinds("isVersionOf") >= 3, "each English page points to the French one");
    }
}

#[test]
fn a_transfer_in_a_zip_has_its_manifest_at_the_root() {
    let site = site();
    let made = deposit(&site, &["seda", "--zip"]);
    assert_eq!(made.code, Some(0), "{made}");
    assert_eq!(codes(&made), ["deposit-no-archival-agency"]);
    let bytes = fs::read(out(&site).join("essai-2026-01-31-seda.zip")).expect("made");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    assert!(archive.by_name("manifest.xml").is_ok());
    assert!(archive.by_name("content/o1.epub").is_ok());
}

#[test]
fn a_profile_that_is_wrong_is_told_with_its_line() {
    let site = site().bytes("deposit.toml", b"[contact]\nnom = \"x\"\n");
    let refused = deposit(&site, &["bag"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    refused.told("profile-unreadable").at("deposit.toml", 2);
}

#[test]
fn the_schema_of_the_profile_says_what_the_program_reads() {
    let schema = fs::read_to_string(root().join("docs/deposit.schema.json"));
    let schema: Value =
        serde_json::from_str(&schema.expect("it is there")).expect("JSON");
    let mut tried = 0;
    keys(&schema, &schema, "", &mut |path, value| {
        let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
        let text = match table {
            "" => format!("{key} = {value}\n"),
            _ => format!("[{table}]\n{key} = {value}\n"),
        };
        // A rule has to say which, and what is done in the end.
        let text = match table.rsplit('.').next() {
            Some("storage") if key != "action" => format!("{text}action = \"Copy\"\n"),
            Some("appraisal") if key != "action" => format!("{text}action = \"Keep\"\n"),
            Some("access" | "dissemination" | "reuse") if key != "rule" => {
                format!("{text}rule = \"x\"\n")
            }
            _ => text,
        };
        let read = Profile::read(&text, "deposit.toml");
        assert!(read.diagnostics.is_empty(), "{text}{:?}", read.diagnostics);
        assert_ne!(read.value, Profile::default(), "{text} is read and kept");
        tried += 1;
    });
    assert!(tried > 40, "{tried}");
}

/// Each key of a schema that has a value, with the values that it may have.
fn keys(root: &Value, schema: &Value, path: &str, visit: &mut dyn FnMut(&str, &str)) {
    let reference = schema["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/"));
    let schema = reference.map_or(schema, |name| &root["$defs"][name]);
    let at = |key: &str| {
        if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
    };
    if let Some(properties) = schema["properties"].as_object() {
        for (key, inner) in properties {
            keys(root, inner, &at(key), visit);
        }
        return;
    }
    for value in schema["enum"].as_array().into_iter().flatten() {
        visit(path, &value.to_string());
    }
    for value in schema["examples"].as_array().into_iter().flatten() {
        match value.as_object() {
            Some(table) => {
                let pairs =
                    table.iter().map(|(key, value)| format!("\"{key}\" = {value}"));
                visit(path, &format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", ")));
            }
            None => visit(path, &value.to_string()),
        }
    }
    if schema["type"] == "string" && schema["examples"].is_null() {
        visit(path, "\"quelque chose\"");
    }
}

/// A transfer of the three pages.
fn transfer(site: &Site, arguments: &[&str]) -> PathBuf {
    let made = deposit(site, &[&["seda"], arguments].concat());
    assert_eq!(made.code, Some(0), "{made}");
    PathBuf::from(made.json()["deposit"].as_str().expect("it says where it is"))
}

#[test]
fn a_transfer_is_checked_as_a_folder_and_as_a_zip() {
    let site = site();
    for arguments in [&["--schema", "2.2"][..], &["--schema", "2.3", "--zip"]] {
        let made = transfer(&site, arguments);
        let checked = check(&site, &made);
        assert_eq!(checked.code, Some(0), "{checked}");
        assert_eq!(codes(&checked), [""; 0], "{checked}");
        assert_eq!(checked.json()["standard"], "seda");
        assert_eq!(checked.json()["version"], arguments[1]);
        assert_eq!(checked.json()["algorithms"], serde_json::json!(["SHA-512"]));
    }
}

#[test]
fn a_flipped_byte_a_missing_and_an_extra_file_are_found_in_a_transfer() {
    let site = site();
    let made = transfer(&site, &[]);
    let object = made.join("content/o1.epub");
    let whole = fs::read(&object).expect("it is there");
    let mut harmed = whole.clone();
    let middle = harmed.len() / 2;
    harmed[middle] ^= 1;
    fs::write(&object, harmed).expect("it can be written");
    assert_eq!(codes(&check(&site, &made)), ["bag-file-changed"]);
    fs::write(&object, &whole[1..]).expect("it can be written");
    assert_eq!(codes(&check(&site, &made)), ["bag-file-changed", "seda-size"]);
    fs::remove_file(&object).expect("it is there");
    let missing = check(&site, &made);
    assert_eq!(codes(&missing), ["bag-file-missing"]);
    assert_eq!(missing.code, Some(1), "{missing}");
    fs::write(&object, &whole).expect("it can be written");
    assert_eq!(codes(&check(&site, &made)), [""; 0]);
    fs::write(made.join("content/de-trop.txt"), "x").expect("it can be written");
    assert_eq!(codes(&check(&site, &made)), ["bag-file-extra"]);
    fs::remove_file(made.join("content/de-trop.txt")).expect("it is there");
    fs::write(made.join("lettre.txt"), "x").expect("it can be written");
    assert_eq!(codes(&check(&site, &made)), ["bag-file-extra"]);
}

/// A transfer of another program: one file, and its manifest with something replaced.
fn small_transfer(replace: (&str, &str)) -> Vec<u8> {
    let sums = Sums::of(b"texte", &[Algorithm::Sha256]);
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <s:ArchiveTransfer xmlns:s=\"fr:gouv:culture:archivesdefrance:seda:v2.1\">\
         <s:DataObjectPackage>\
         <s:BinaryDataObject id=\"B1\"><s:DataObjectGroupId>G1</s:DataObjectGroupId>\
         <s:Uri>content/un%20texte.txt</s:Uri>\
         <s:MessageDigest algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\">{}\
         </s:MessageDigest><s:Size>5</s:Size></s:BinaryDataObject>\n\
         <s:DescriptiveMetadata><s:ArchiveUnit id=\"U1\"><s:DataObjectReference>\
         <s:DataObjectGroupReferenceId>G1</s:DataObjectGroupReferenceId>\
         </s:DataObjectReference></s:ArchiveUnit></s:DescriptiveMetadata>\
         </s:DataObjectPackage></s:ArchiveTransfer>\n",
        sums.get(Algorithm::Sha256)
    );
    let changed = manifest.replace(replace.0, replace.1);
    assert!(replace.0.is_empty() || changed != manifest, "{replace:?}");
    zip_of(&[("manifest.xml", changed.as_bytes()), ("content/un texte.txt", b"texte")])
}

#[test]
fn the_transfers_of_others_are_checked_and_what_is_wrong_with_them_is_told() {
    let site = Site::new();
    let whole = check_bytes(&site, &small_transfer(("", "")));
    assert_eq!(whole.code, Some(0), "{whole}");
    assert_eq!(codes(&whole), [""; 0]);
    assert_eq!(whole.json()["version"], "2.1");
    let group = "<s:DataObjectGroupReferenceId>G1</s:DataObjectGroupReferenceId>";
    let object = "<s:DataObjectReferenceId>B1</s:DataObjectReferenceId>";
    assert_eq!(codes(&check_bytes(&site, &small_transfer((group, object)))), [""; 0]);
    let twice = "<s:ArchiveUnit id=\"B1\">";
    for (replace, expected) in [
        (("seda:v2.1", "seda:v3.0"), vec!["seda-version-unknown"]),
        (("</s:Size>", "</s:Taille>"), vec!["seda-unreadable"]),
        (("</s:ArchiveTransfer>", ""), vec!["seda-unreadable"]),
        (
            ("encoding=\"UTF-8\"?>", "?><!DOCTYPE a [<!ENTITY b \"c\">]>"),
            vec!["seda-unreadable"],
        ),
        (("content/un", "&b;"), vec!["seda-unreadable"]),
        (
            ("content/un%20texte.txt", "../../etc/passwd"),
            vec!["bag-path-refused", "bag-file-extra"],
        ),
        (
            ("content/un%20texte.txt", "content/%2e%2e/x"),
            vec!["bag-file-missing", "bag-file-extra"],
        ),
        (
            ("<s:Uri>content/un%20texte.txt</s:Uri>", ""),
            vec!["seda-object-without-file", "bag-file-extra"],
        ),
        (("xmlenc#sha256", "xmlenc#ripemd160"), vec!["seda-sum-unchecked"]),
        (("<s:Size>5<", "<s:Size>6<"), vec!["seda-size"]),
        (
            (">G1</s:DataObjectGroupReferenceId>", ">G2</s:DataObjectGroupReferenceId>"),
            vec!["seda-reference-broken", "seda-object-alone"],
        ),
        ((group, ""), vec!["seda-object-alone"]),
        (("<s:ArchiveUnit id=\"U1\">", twice), vec!["seda-id-twice"]),
    ] {
        let mut told = codes(&check_bytes(&site, &small_transfer(replace)));
        let mut expected = expected;
        told.sort();
        expected.sort_unstable();
        assert_eq!(told, expected, "{replace:?}");
    }
}

#[test]
fn damaged_transfers_never_stop_the_program() {
    let site = Site::new();
    let manifest =
        "<ArchiveTransfer xmlns=\"fr:gouv:culture:archivesdefrance:seda:v2.3\">";
    for end in
        ["", "<", "<a b=>", "<![CDATA[", "<!--", "&#0;", "\u{0}", "<a xml:id='", "</"]
    {
        let bytes = zip_of(&[("manifest.xml", format!("{manifest}{end}").as_bytes())]);
        assert_eq!(codes(&check_bytes(&site, &bytes)), ["seda-unreadable"], "{end:?}");
    }
    let deep = format!("{manifest}{}", "<a>".repeat(100_000));
    let bytes = zip_of(&[("manifest.xml", deep.as_bytes())]);
    assert_eq!(codes(&check_bytes(&site, &bytes)), ["seda-unreadable"]);
    let bytes = zip_of(&[("manifest.xml", &[0xff, 0xc3, 0x28])]);
    assert_eq!(codes(&check_bytes(&site, &bytes)), ["seda-not-utf-8"]);
}

#[cfg(unix)]
#[test]
fn a_transfer_is_signed_beside_and_the_signature_checked() {
    let site = signing();
    let workspace = site.workspace().display().to_string();
    let verify = |made: &Path| {
        let made = made.display().to_string();
        deposit(&site, &["check", &made, "--workspace", &workspace])
    };
    for arguments in [&[][..], &["--zip"]] {
        let made = transfer(&site, arguments);
        let name = made.file_name().and_then(|it| it.to_str()).expect("it has one");
        let signature = made.with_file_name(format!("{name}.manifest.xml.sig"));
        let good = verify(&made);
        assert_eq!(good.code, Some(0), "{good}");
        assert_eq!(good.json()["signature"], true);
        let alone = check(&site, &made);
        assert_eq!(codes(&alone), ["bag-signature-unchecked"], "a note: it is no fault");
        fs::write(&signature, "1 2\n").expect("it can be written");
        assert_eq!(codes(&verify(&made)), ["bag-signature-refused"]);
        fs::remove_file(&signature).expect("it is there");
        assert_eq!(codes(&verify(&made)), ["bag-signature-missing"]);
    }
    let broken = site.config(&site_config("sign = [\"false\", \"{file}{signature}\"]"));
    fs::remove_dir_all(out(&broken)).expect("it is there");
    let refused = deposit(&broken, &["seda"]);
    assert_eq!(codes(&refused), ["deposit-not-signed"], "{refused}");
    assert!(!out(&broken).exists(), "nothing was written");
}
