//! The folder of exports: each file whole, nothing left behind, nothing touched outside,
//! whatever happens to the program.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::{Outcome, Site, files, program, root};

fn site() -> Site {
    let page = |title: &str| format!("---\ntitle: {title}\n---\n\nTexte de {title}.\n");
    Site::new()
        .more_config("formats = [\"html\", \"epub\"]")
        .page("index.md", &page("Accueil"))
        .page("mission/index.md", &page("Mission"))
        .page("mission/objectifs.md", &page("Objectifs"))
}

/// The files that a manifest lists, by path.
fn listed(manifest: &Value) -> BTreeMap<String, Value> {
    let files = manifest["files"].as_array().expect("a manifest lists files");
    let path = |it: &Value| it["path"].as_str().expect("a file has a path").to_owned();
    files.iter().map(|it| (path(it), it.clone())).collect()
}

/// The files that are for readers.
fn published(outcome: &Outcome) -> BTreeMap<String, Vec<u8>> {
    let mut files = outcome.files();
    files.retain(|path, _| path.contains('/') && !path.starts_with(".plantin-"));
    files
}

/// Checks that the manifest tells the truth about the folder.
fn assert_true(outcome: &Outcome) {
    let listed = listed(&outcome.manifest());
    let there = published(outcome);
    assert_eq!(
        listed.keys().collect::<Vec<_>>(),
        there.keys().collect::<Vec<_>>(),
        "{outcome}"
    );
    for (path, bytes) in there {
        let sum: String =
            Sha256::digest(&bytes).iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(listed[&path]["sha256"], sum, "{path}");
        assert_eq!(listed[&path]["size"], bytes.len(), "{path}");
    }
}

fn code(outcome: &Outcome) -> String {
    outcome.json()["failures"][0]["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_manifest_lists_every_file_with_its_checksum() {
    let site = site();
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert_true(&built);
    let manifest = built.manifest();
    let page = &listed(&manifest)["html/en/mission/index.html"];
    assert_eq!(page["page"], "/mission/");
    assert_eq!(page["language"], "en");
    assert_eq!(page["format"], "html");
    assert_eq!(page["media_type"], "text/html");
}

#[test]
fn the_manifest_says_how_each_unit_stands_in_each_language() {
    let site = site();
    let built = site.build_html();
    let manifest = built.manifest();
    let pages = manifest["pages"].as_array().expect("a manifest lists pages");
    let page = pages.iter().find(|it| it["key"] == "/mission/").expect("it is listed");
    assert_eq!(page["source"], "content/mission/index.md");
    let units = page["units"].as_array().expect("a page has units");
    assert_eq!(units.len(), 2, "a title and a paragraph\n{page:#}");
    for unit in units {
        assert_eq!(unit["states"]["fr"], "source");
        assert_eq!(unit["states"]["en"], "missing");
    }
    assert_eq!(page["editions"]["en"]["counts"]["missing"], 2);
}

#[test]
fn the_manifest_keeps_to_its_schema() {
    let site = site();
    let built = site.build_with(&[]);
    let schema = fs::read_to_string(root().join("docs/manifest.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema is there"))
        .expect("the schema is JSON");
    let mut faults = Vec::new();
    validate(&schema, &schema, &built.manifest(), "manifest", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Checks a value against the few words of JSON Schema that ours uses.
fn validate(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
    faults: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        validate(root, &root["$defs"][name], value, at, faults);
    }
    let is = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        _ => true,
    };
    let allowed = schema["enum"].as_array().is_none_or(|it| it.contains(value));
    let same = schema.get("const").is_none_or(|it| it == value);
    if !(is && allowed && same) {
        faults.push(format!("{at}: {value}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        validate(root, &schema["items"], item, &format!("{at}[{index}]"), faults);
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap_or_default()).is_none() {
            faults.push(format!("{at} lacks {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(schema), _) => validate(root, schema, inner, &at, faults),
            (None, Value::Bool(false)) => {
                faults.push(format!("{at} is not in the schema"));
            }
            (None, schema) => validate(root, schema, inner, &at, faults),
        };
    }
}

#[test]
fn what_did_not_change_is_left_alone() {
    let site = site();
    let first = site.build_html();
    let age = |path: &str| {
        let metadata = fs::metadata(first.exports.join(path)).expect("it is there");
        metadata.modified().expect("the file system keeps times")
    };
    let mut paths: Vec<String> = first.files().into_keys().collect();
    // It says who builds, in each build anew.
    paths.retain(|it| it != ".plantin-lock");
    let before: Vec<_> = paths.iter().map(|it| age(it)).collect();
    thread::sleep(Duration::from_millis(20));
    let second = site.build_html();
    assert_eq!(second.json()["changed"], 0, "{second}");
    let after: Vec<_> = paths.iter().map(|it| age(it)).collect();
    assert_eq!(before, after);
    assert_eq!(first.files(), second.files());
}

#[test]
fn a_file_that_was_spoilt_is_written_again() {
    let site = site();
    let path = site.build_html().exports.join("html/fr/index.html");
    let size = fs::metadata(&path).expect("it is there").len();
    let spoilt = vec![b'x'; usize::try_from(size).expect("it is small")];
    fs::write(&path, &spoilt).expect("it can be spoilt");
    let built = site.build_html();
    assert_eq!(built.json()["changed"], 1, "{built}");
    assert_true(&built);
}

#[test]
fn what_is_no_longer_built_is_removed_with_its_folder() {
    let site = site();
    site.build_html();
    let site = site.remove("content/mission/objectifs.md");
    let built = site.build_html();
    assert!(!built.has("html/fr/mission/objectifs/index.html"), "{built}");
    assert!(!built.exports.join("html/fr/mission/objectifs").exists());
    assert!(built.has("html/fr/mission/index.html"));
    assert_true(&built);
}

/// What people keep in a folder that is published.
const OF_OTHERS: [&str; 8] = [
    "LISEZ-MOI.txt",
    "html/.git/HEAD",
    "html/CNAME",
    "html/.htaccess",
    "html/.nojekyll",
    "html/.well-known/security.txt",
    "html/fr/vieux.html",
    "pdf/mine.pdf",
];

#[test]
fn a_whole_build_keeps_what_others_put_into_the_folder() {
    let site = site();
    let built = site.build_with(&[]);
    for path in OF_OTHERS {
        write(&built.exports.join(path), "à moi");
    }
    fs::create_dir_all(built.exports.join("pdf/de/vide")).expect("it can be made");
    let site = site
        .page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n")
        .remove("content/mission/objectifs.md");
    let built = site.build_with(&[]);
    assert_eq!(built.code, Some(0), "{built}");
    for path in OF_OTHERS {
        assert_eq!(built.file(path), "à moi", "{path}");
    }
    assert!(built.exports.join("pdf/de/vide").is_dir());
    assert!(built.file("html/fr/index.html").contains("Nouveau."));
    let removed = built.json()["removed_files"].to_string();
    assert!(removed.contains("html/fr/mission/objectifs/index.html"), "{removed}");
    assert!(!removed.contains("vieux"), "{removed}");
    assert!(!built.exports.join("html/fr/mission/objectifs").exists());
}

#[test]
fn what_is_removed_is_named() {
    let site = site();
    site.build_html();
    let site = site.remove("content/mission/objectifs.md");
    let mut command = site.command("build");
    command.args(["--format", "html", "--out"]).arg(site.exports());
    let built = site.run(command);
    assert_eq!(built.code, Some(0), "{built}");
    let said = format!("{}{}", built.stdout, built.stderr);
    assert!(said.contains("html/fr/mission/objectifs/index.html"), "{said}");
}

#[test]
fn a_file_of_others_is_not_written_over() {
    for (mine, other) in [
        ("mission/neuf.md", "html/fr/mission/neuf/index.html"),
        ("mission/neuf.md", "html/fr/mission/neuf"),
        ("mission/neuf.md", "html/fr/mission/neuf/index.html/ici/a.txt"),
    ] {
        let site = site();
        let exports = site.build_html().exports;
        write(&exports.join(other), "à moi");
        let before = files(&exports);
        let site = site.page(mine, "---\ntitle: Neuf\n---\n\nTexte.\n");
        let refused = site.build_html();
        assert_eq!(refused.code, Some(2), "{other}\n{refused}");
        assert_eq!(code(&refused), "out-others-file", "{other}");
        assert_eq!(files(&exports), before, "{other}");
    }
}

#[test]
fn another_publication_is_not_written_over() {
    let one = site();
    let other = Site::new().page("index.md", "---\ntitle: Autre\n---\n\nTexte.\n");
    rename(&other, "autre");
    let shared = tempfile::tempdir().expect("the temporary folder is writable");
    let out = shared.path().join("www");
    assert_eq!(build_html_into(&one, &out).code, Some(0));
    let before = files(&out);
    let refused = build_html_into(&other, &out);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "out-other-publication");
    assert_eq!(files(&out), before);
    assert_eq!(build_html_into(&one, &out).code, Some(0), "it is still its own");
}

#[test]
fn a_publication_that_changed_its_name_keeps_its_own_folder() {
    let site = site();
    let mut command = site.command("build");
    command.args(["--format", "html", "--json"]);
    assert_eq!(site.run(command).code, Some(0));
    rename(&site, "nouveau");
    let mut command = site.command("build");
    command.args(["--format", "html", "--json"]);
    let built = site.run(command);
    assert_eq!(built.code, Some(0), "{built}");
}

/// Gives a publication another name.
fn rename(site: &Site, name: &str) {
    let settings = site.read("plantin.toml");
    assert!(settings.contains("\"essai\""), "{settings}");
    let settings = settings.replace("\"essai\"", &format!("\"{name}\""));
    write(&site.workspace().join("plantin.toml"), &settings);
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("made");
    fs::write(path, text).expect("it can be written");
}

#[test]
fn a_build_of_one_language_leaves_the_others_as_they_are() {
    let site = site();
    let before = site.build_html();
    let site = site.page("index.md", "---\ntitle: Autre titre\n---\n\nAutre texte.\n");
    let built = site.build_with(&["--format", "html", "--language", "fr"]);
    assert_eq!(built.code, Some(0), "{built}");
    assert!(built.file("html/fr/index.html").contains("Autre texte."));
    let english = "html/en/mission/index.html";
    assert_eq!(built.file(english), before.file(english));
    assert_true(&built);
}

#[test]
fn a_build_of_one_page_keeps_the_rest_in_the_manifest() {
    let site = site();
    let before = site.build_html();
    let site = site.page("mission/index.md", "---\ntitle: Mission\n---\n\nNouveau.\n");
    let built = site.build_with(&["--format", "html", "--page", "/mission/"]);
    assert_eq!(built.code, Some(0), "{built}");
    assert!(built.file("html/fr/mission/index.html").contains("Nouveau."));
    assert_true(&built);
    assert_eq!(
        listed(&built.manifest()).keys().collect::<Vec<_>>(),
        listed(&before.manifest()).keys().collect::<Vec<_>>()
    );
    let pages = |it: &Outcome| it.manifest()["pages"].as_array().map(Vec::len);
    assert_eq!(pages(&built), pages(&before));
}

#[test]
fn a_build_of_one_format_forgets_nothing_of_the_others() {
    let site = site();
    site.build_html();
    let built = site.build_with(&["--format", "epub"]);
    assert!(listed(&built.manifest()).contains_key("html/fr/index.html"), "{built}");
    assert_true(&built);
}

#[test]
fn the_site_is_whole_by_itself() {
    let site = site();
    let built = site.build_with(&[]);
    let book = "epub/essai.fr.epub";
    assert_eq!(built.bytes(book), built.bytes(&format!("html/{book}")), "{built}");
    let listed = listed(&built.manifest());
    assert_eq!(listed[&format!("html/{book}")]["same_as"], book);
    assert_true(&built);
}

#[test]
fn a_folder_with_files_of_others_is_refused_and_left_alone() {
    let site = site();
    let exports = site.exports();
    fs::create_dir_all(exports.join("html")).expect("it can be made");
    fs::write(exports.join("html/mon-site.html"), "à moi").expect("it can be written");
    fs::write(exports.join("lettre.odt"), "à moi").expect("it can be written");
    let before = files(site.folder());
    let refused = site.build_html();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "out-not-ours");
    assert_eq!(files(site.folder()), before);
}

#[test]
fn nothing_is_exported_among_the_sources() {
    let site = site();
    let before = files(site.folder());
    for folder in ["content", "content/ici", "locales", ".", "..", "content/../content/x"]
    {
        let mut command = site.command("build");
        command.arg("--json").arg("--out").arg(site.workspace().join(folder));
        let refused = site.run(command);
        assert_eq!(refused.code, Some(2), "{folder}\n{refused}");
        assert_eq!(code(&refused), "out-in-sources", "{folder}");
    }
    assert_eq!(files(site.folder()), before);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let site = site();
    fs::write(site.exports(), "à moi").expect("it can be written");
    let refused = site.build_html();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "not-a-folder");
    assert_eq!(fs::read(site.exports()).expect("it is there"), "à moi".as_bytes());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let site = site();
    let exports = site.build_with(&[]).exports;
    let elsewhere = tempfile::tempdir().expect("the temporary folder is writable");
    fs::write(elsewhere.path().join("a.txt"), "à moi").expect("it can be written");
    let before = files(elsewhere.path());
    // A link in the place of a file of ours is replaced, not followed; a link that others
    // put there stays, and is not entered.
    let page = exports.join("html/fr/index.html");
    fs::remove_file(&page).expect("it is there");
    symlink(elsewhere.path().join("a.txt"), &page).expect("links can be made");
    symlink(elsewhere.path(), exports.join("html/fr/lien")).expect("links can be made");
    let built = site.build_with(&[]);
    assert_eq!(built.code, Some(0), "{built}");
    assert!(built.file("html/fr/index.html").contains("Texte de Accueil."));
    let is_link = |it: fs::Metadata| it.is_symlink();
    assert!(fs::symlink_metadata(exports.join("html/fr/lien")).is_ok_and(is_link));
    assert_eq!(files(elsewhere.path()), before);
    // A link in the place of a folder of ours is refused.
    fs::remove_dir_all(exports.join("html/fr")).expect("it is there");
    symlink(elsewhere.path(), exports.join("html/fr")).expect("links can be made");
    let refused = site.build_with(&[]);
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "link-elsewhere");
    assert_eq!(files(elsewhere.path()), before);
}

#[test]
fn two_builds_do_not_write_in_one_folder_at_once() {
    let site = site();
    let exports = site.build_html().exports;
    let lock = fs::File::options()
        .write(true)
        .open(exports.join(".plantin-lock"))
        .expect("the lock is there");
    lock.lock().expect("the file system has locks");
    let refused = site.build_html();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "out-busy");
    lock.unlock().expect("it was locked");
    assert_eq!(site.build_html().code, Some(0));
}

/// The folder that stands beside the exports while they change.
/// What lies beside the exports for the moment in which they change.
fn beside(exports: &Path) -> Option<PathBuf> {
    let name = exports.file_name().and_then(|it| it.to_str()).expect("it has a name");
    let begin = format!(".{name}.plantin-");
    let around = exports.parent().expect("it is in a folder");
    let mut entries = fs::read_dir(around).expect("it can be listed").flatten();
    let is_twin =
        |it: &fs::DirEntry| it.file_name().to_string_lossy().starts_with(&begin);
    entries.find(is_twin).map(|it| it.path())
}

/// Starts a build of HTML that can be killed.
fn start(site: &Site) -> std::process::Child {
    let mut command = site.build_command(&["--format", "html"]);
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program can be run")
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_build_that_was_stopped_leaves_the_old_publication_or_the_new_one() {
    let mut site = many_pages();
    let mut old = site.build_html().files();
    let mut caught = 0;
    for round in 0..12 {
        for number in (round % 3..60).step_by(3) {
            site = site.page(&format!("page-{number}.md"), &page(number, round));
        }
        let mut child = start(&site);
        // A third at any moment, the others while the folder changes.
        if round % 3 == 0 {
            thread::sleep(Duration::from_millis(20 * round));
        } else {
            wait_for(&site.exports(), &mut child);
            thread::sleep(Duration::from_micros(600 * round));
        }
        child.kill().expect("it can be killed, or has ended");
        child.wait().expect("it has ended");
        caught += usize::from(beside(&site.exports()).is_some());
        let stopped = files(&site.exports());
        assert_true(&Outcome { exports: site.exports(), ..empty() });
        let next = site.build_html();
        assert_eq!(next.code, Some(0), "{next}");
        assert_eq!(beside(&site.exports()), None, "nothing is left behind");
        let new = next.files();
        let is = |whole: &BTreeMap<String, Vec<u8>>| {
            let mut files = whole.iter().filter(|it| it.0 != ".plantin-lock");
            files.all(|(path, bytes)| stopped.get(path) == Some(bytes))
        };
        assert!(is(&old) || is(&new), "round {round}: neither the old nor the new one");
        old = new;
    }
    assert!(caught > 0, "no build was stopped while the folder changed");
    let names: Vec<_> = old.keys().filter(|it| it.starts_with(".plantin-")).collect();
    assert_eq!(names, [".plantin-lock"], "nothing is left behind");
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn the_folder_stays_the_same_folder_with_all_that_others_keep_in_it() {
    use std::os::unix::fs::MetadataExt as _;
    let site = site();
    let exports = site.build_html().exports;
    fs::write(exports.join("LISEZ-MOI.txt"), "à moi").expect("it can be written");
    fs::create_dir_all(exports.join(".git/objects")).expect("it can be made");
    fs::write(exports.join(".git/HEAD"), "à moi").expect("it can be written");
    let number =
        |path: &str| fs::metadata(exports.join(path)).expect("it is there").ino();
    let folders = [".", "html", "html/fr/mission", ".git", "LISEZ-MOI.txt"];
    let before = folders.map(number);
    let site = site.page("mission/index.md", "---\ntitle: Mission\n---\n\nNouveau.\n");
    let built = site.build_html();
    assert_ne!(built.json()["changed"], 0, "{built}");
    assert_eq!(folders.map(number), before, "a shell that stands there still does");
    assert!(built.file("html/fr/mission/index.html").contains("Nouveau."));
    assert_eq!(built.file(".git/HEAD"), "à moi");
    assert_eq!(beside(&site.exports()), None);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_that_is_not_built_stays() {
    let site = Site::new()
        .more_config("formats = [\"epub\"]")
        .page("index.md", "---\ntitle: Accueil\n---\n\nTexte.\n");
    let exports = site.build_with(&[]).exports;
    let elsewhere = tempfile::tempdir().expect("the temporary folder is writable");
    fs::write(elsewhere.path().join("a.txt"), "à moi").expect("it can be written");
    std::os::unix::fs::symlink(elsewhere.path(), exports.join("html")).expect("made");
    let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
    let built = site.build_with(&[]);
    assert_ne!(built.json()["changed"], 0, "{built}");
    assert_eq!(built.file("html/a.txt"), "à moi");
    assert!(fs::symlink_metadata(exports.join("html")).is_ok_and(|it| it.is_symlink()));
}

/// A folder of somebody else, and what is in it.
struct Stranger {
    around: tempfile::TempDir,
    before: BTreeMap<String, Vec<u8>>,
}

impl Stranger {
    /// Another publication, with all that Plantin would know as its own.
    fn new() -> Self {
        let around = tempfile::tempdir().expect("the temporary folder is writable");
        let out = around.path().join("www");
        assert_eq!(build_html_into(&site(), &out).code, Some(0));
        write(&out.join(".plantin-twin"), "");
        write(&out.join("photos/ete.jpg"), "à moi");
        let before = files(around.path());
        Self { around, before }
    }

    fn folder(&self) -> PathBuf {
        self.around.path().join("www")
    }

    fn assert_untouched(&self, what: &str) {
        assert_eq!(files(self.around.path()), self.before, "{what}");
    }
}

/// What a repository may carry to make a build write elsewhere, by name.
#[cfg(unix)]
const TRAPS: [&str; 9] = [
    "exports is a link to a folder",
    "exports is a link to a file",
    "exports is a link that leads nowhere",
    "exports is the first of a chain of links",
    "a folder on the way is a link",
    "a folder beside is a link",
    "a folder beside is a link, with a mark",
    "html is a link",
    "the lock is a link",
];

#[cfg(unix)]
fn set_trap(site: &Site, trap: &str, stranger: &Path) -> PathBuf {
    use std::os::unix::fs::symlink;
    let link = |to: &Path, from: &Path| symlink(to, from).expect("links can be made");
    let workspace = site.workspace();
    let exports = workspace.join("exports");
    match trap {
        "exports is a link to a folder" => link(stranger, &exports),
        "exports is a link to a file" => link(&stranger.join("photos/ete.jpg"), &exports),
        "exports is a link that leads nowhere" => {
            link(&stranger.join("nouveau"), &exports);
        }
        "exports is the first of a chain of links" => {
            link(stranger, &workspace.join("deux"));
            link(Path::new("deux"), &workspace.join("un"));
            link(Path::new("un"), &exports);
        }
        "a folder on the way is a link" => {
            link(stranger.parent().expect("it has one"), &workspace.join("public"));
            return workspace.join("public/www");
        }
        "a folder beside is a link" => {
            link(stranger, &workspace.join(".exports.plantin"));
        }
        "a folder beside is a link, with a mark" => {
            let name = ".exports.plantin-0123456789abcdef";
            link(stranger, &workspace.join(name));
            write(&exports.join(".plantin-twin"), "");
            let claim = serde_json::json!({
                "name": name,
                "identity": identity(stranger),
                "original": identity(&exports),
            });
            let lock = serde_json::json!({ "twin": claim });
            write(&exports.join(".plantin-lock"), &lock.to_string());
        }
        "html is a link" => {
            fs::create_dir(&exports).expect("it can be made");
            write(&exports.join(".plantin-lock"), "");
            link(&stranger.join("html"), &exports.join("html"));
        }
        "the lock is a link" => {
            fs::create_dir(&exports).expect("it can be made");
            link(&stranger.join("manifest.json"), &exports.join(".plantin-lock"));
        }
        other => panic!("there is no trap called {other:?}"),
    }
    exports
}

/// What the file system calls a folder, whatever its name.
#[cfg(unix)]
fn identity(path: &Path) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let about = fs::symlink_metadata(path).expect("it is there");
    (about.dev(), about.ino())
}

#[cfg(unix)]
#[test]
fn no_link_of_a_repository_leads_a_build_elsewhere() {
    for trap in TRAPS {
        let stranger = Stranger::new();
        let site = site();
        let out = set_trap(&site, trap, &stranger.folder());
        for _ in 0..2 {
            let mut command = site.command("build");
            command.args(["--format", "html", "--json", "--out"]).arg(&out);
            let built = site.run(command);
            stranger.assert_untouched(trap);
            match trap.starts_with("a folder beside") {
                true => assert_eq!(built.code, Some(0), "{trap}\n{built}"),
                false => {
                    assert_eq!(built.code, Some(2), "{trap}\n{built}");
                    assert_eq!(code(&built), "link-elsewhere", "{trap}");
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn exports_that_a_link_replaces_during_a_build_lead_nowhere() {
    let stranger = Stranger::new();
    for round in 0..6 {
        let site = many_pages();
        let exports = site.exports();
        site.build_html();
        let site = site.page("page-1.md", &page(1, 7));
        let mut child = start(&site);
        let away = exports.with_file_name("ailleurs");
        thread::sleep(Duration::from_millis(15 * round));
        if fs::rename(&exports, &away).is_ok() {
            std::os::unix::fs::symlink(stranger.folder(), &exports).expect("it is made");
        }
        child.wait().expect("it ends");
        stranger.assert_untouched(&format!("round {round}"));
    }
}

/// What somebody's files are called is no proof that they are ours.
#[cfg(unix)]
#[test]
fn files_that_are_called_like_ours_are_not_written_over() {
    let stranger = Stranger::new();
    let of_others = stranger.folder().join("photos/ete.jpg");
    let own = |path: &Path| {
        fs::remove_file(path).expect("it is there");
        write(path, "à moi");
    };
    let same = |path: &Path| {
        fs::remove_file(path).expect("it is there");
        fs::hard_link(&of_others, path).expect("links can be made");
    };
    for make in [&own as &dyn Fn(&Path), &same] {
        let site = site();
        let exports = site.build_html().exports;
        make(&exports.join(".plantin-lock"));
        let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
        let refused = site.build_html();
        assert_eq!(code(&refused), "out-others-file", "{refused}");
        stranger.assert_untouched("the lock");
    }
    let site = site();
    let exports = site.build_html().exports;
    write(&exports.join(".plantin-manifest.json/notes.txt"), "à moi");
    let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert_eq!(built.file(".plantin-manifest.json/notes.txt"), "à moi");
}

/// A lock that somebody wrote by hand: it names what is not a twin.
#[cfg(unix)]
#[test]
fn a_lock_that_was_written_by_hand_removes_nothing_and_stops_no_build() {
    for name in
        ["vide", "a\0b", &"n".repeat(300), "..", ".exports.plantin-0123456789abcdef"]
    {
        let site = site();
        let exports = site.build_html().exports;
        fs::create_dir(exports.with_file_name("vide")).expect("it can be made");
        let twin = serde_json::json!({ "name": name, "original": [1, 2] });
        let lock = serde_json::json!({ "twin": twin }).to_string();
        fs::write(exports.join(".plantin-lock"), lock).expect("it can be written");
        let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
        let built = site.build_html();
        assert_eq!(built.code, Some(0), "{name:?}\n{built}");
        assert!(exports.with_file_name("vide").is_dir());
        assert_true(&built);
    }
}

#[test]
fn a_folder_with_the_longest_name_changes_too() {
    let site = site();
    let out = site.folder().join("n".repeat(254));
    assert_eq!(build_html_into(&site, &out).code, Some(0));
    let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
    let built = build_html_into(&site, &out);
    assert_eq!(built.code, Some(0), "{built}");
    let page = fs::read_to_string(out.join("html/fr/index.html")).expect("it is there");
    assert!(page.contains("Nouveau."));
}

/// A manifest by hand that lists what is outside: it is not ours, and stops nothing.
#[test]
fn a_manifest_that_lists_what_is_outside_removes_nothing() {
    let site = site();
    let built = site.build_html();
    let outside = site.folder().join("lettre.odt");
    write(&outside, "à moi");
    let path = built.exports.join("manifest.json");
    let manifest = fs::read_to_string(&path).expect("it is there");
    let entry = "html/fr/mission/objectifs/index.html";
    write(&path, &manifest.replace(entry, "html/../../lettre.odt"));
    fs::remove_file(built.exports.join(entry)).expect("it is there");
    let site = site.remove("content/mission/objectifs.md");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert!(outside.exists());
    assert_true(&built);
}

#[cfg(unix)]
#[test]
fn a_report_is_not_written_through_a_link_of_the_workspace() {
    use std::os::unix::fs::symlink;
    let stranger = Stranger::new();
    let site = site();
    site.build_html();
    let workspace = site.workspace();
    symlink(stranger.folder(), workspace.join("public")).expect("links can be made");
    symlink(stranger.folder().join("photos/ete.jpg"), workspace.join("etat.html"))
        .expect("links can be made");
    for file in ["public/etat.html", "etat.html"] {
        let file = workspace.join(file);
        let mut status = site.command("status");
        status.arg("--html").arg(&file);
        let mut verify = site.command("verify");
        verify.arg("--out").arg(site.exports()).arg("--html").arg(&file);
        for command in [status, verify] {
            let refused = site.run(command);
            assert_eq!(refused.code, Some(2), "{refused}");
            stranger.assert_untouched(&format!("{}", file.display()));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_deposit_is_not_put_through_a_link_and_replaces_nothing() {
    use std::os::unix::fs::symlink;
    let stranger = Stranger::new();
    let site = site().more_config("[deposit]\n");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    let link = site.workspace().join("depots");
    symlink(stranger.folder(), &link).expect("links can be made");
    let mut command = program();
    command.args(["deposit", "bag", "--force", "--json", "--workspace"]);
    command.arg(site.workspace()).arg("--exports").arg(site.exports());
    command.arg("--out").arg(&link);
    let refused = site.run(command);
    assert_ne!(refused.code, Some(0), "{refused}");
    assert!(refused.stdout.contains("link-elsewhere"), "{refused}");
    stranger.assert_untouched("depots");
}

/// A catalogue may be kept elsewhere by a link: it is not replaced by a file.
#[cfg(unix)]
#[test]
fn a_catalogue_that_is_a_link_is_left_alone_and_the_others_are_written() {
    let site = site();
    let elsewhere = tempfile::tempdir().expect("the temporary folder is writable");
    let real = elsewhere.path().join("index.po");
    fs::write(&real, "").expect("it can be written");
    let link = site.workspace().join("locales/en/content/index.po");
    fs::create_dir_all(link.parent().expect("it is in a folder")).expect("made");
    std::os::unix::fs::symlink(&real, &link).expect("links can be made");
    let mut command = site.command("extract");
    command.arg("--json");
    let done = site.run(command);
    assert_eq!(done.code, Some(1), "{done}");
    assert!(done.stdout.contains("link-out-of-workspace"), "{done}");
    assert!(fs::symlink_metadata(&link).is_ok_and(|it| it.is_symlink()));
    assert_eq!(fs::read(&real).expect("it is there"), b"");
    assert!(site.workspace().join("locales/en/content/mission/index.po").exists());
}

/// As a build leaves the folder that was killed after the new publication appeared: the
/// folder that was there before, and what others keep in it, stands beside.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn halfway(site: &Site) {
    let exports = site.exports();
    let name = ".exports.plantin-0123456789abcdef";
    let beside = exports.with_file_name(name);
    fs::rename(&exports, &beside).expect("it can be renamed");
    copy(&beside, &exports);
    let lock = exports.join(".plantin-lock");
    fs::remove_file(&lock).expect("it is there");
    fs::hard_link(beside.join(".plantin-lock"), &lock).expect("links can be made");
    let claim = serde_json::json!({
        "name": name, "identity": identity(&exports), "original": identity(&beside),
    });
    fs::write(&lock, serde_json::json!({ "twin": claim }).to_string()).expect("written");
    fs::create_dir(beside.join(".git")).expect("it can be made");
    fs::write(beside.join(".git/HEAD"), "à moi").expect("it can be written");
    fs::write(beside.join("html/fr/index.html"), "ancien").expect("it can be written");
    std::os::unix::fs::symlink(format!("../{name}/.git"), exports.join(".git"))
        .expect("links can be made");
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("made");
        fs::write(to, bytes).expect("it can be written");
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn what_a_build_left_halfway_is_brought_to_its_end() {
    let site = site();
    let built = site.build_html();
    let before = built.files();
    halfway(&site);
    assert_eq!(built.file(".git/HEAD"), "à moi", "it is there all the time");
    assert_true(&Outcome { exports: site.exports(), ..empty() });
    // Someone works on meanwhile.
    fs::write(site.exports().join("LISEZ-MOI.txt"), "à moi").expect("it can be written");
    fs::create_dir(site.exports().join("notes")).expect("it can be made");
    let next = site.build_html();
    assert_eq!(next.code, Some(0), "{next}");
    assert_eq!(next.json()["changed"], 0, "{next}");
    let mut after = next.files();
    assert_eq!(after.remove(".git/HEAD"), Some("à moi".into()));
    assert_eq!(after.remove("LISEZ-MOI.txt"), Some("à moi".into()));
    assert_eq!(after, before);
    assert!(site.exports().join("notes").is_dir());
    assert!(site.exports().join(".git").symlink_metadata().is_ok_and(|it| it.is_dir()));
    assert_eq!(beside(&site.exports()), None);
}

/// The catalogues' staging folder of a command that was killed goes with the next one; a
/// folder that only bears such a name stays.
#[cfg(unix)]
#[test]
fn what_a_killed_command_left_among_the_sources_goes_and_nothing_else() {
    let site = site();
    let left = site.workspace().join(".plantin-tmp-00000000000000aa");
    write(&left.join("2"), "moitié");
    let (disk, number) = identity(&left);
    write(&left.join("owner"), &format!("plantin {disk} {number}\n"));
    let carried = site.workspace().join(".plantin-tmp-00000000000000cc");
    write(&carried.join("owner"), "plantin 1 2\n");
    let done = site.run_command("extract", &[]);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(!left.exists());
    assert!(carried.exists());
}

/// A twin of another build, carried into the repository with its lock: its number is not
/// that of the folder which was copied.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_beside_the_exports_that_is_not_known_is_left_alone_and_told() {
    let site = site();
    site.build_html();
    let name = ".exports.plantin-0123456789abcdef";
    let beside = site.exports().with_file_name(name);
    write(&beside.join("lettre.odt"), "à moi");
    let claim =
        serde_json::json!({ "name": name, "identity": [1, 2], "original": [1, 3] });
    let lock = site.exports().join(".plantin-lock");
    fs::write(lock, serde_json::json!({ "twin": claim }).to_string()).expect("written");
    let site = site.page("index.md", "---\ntitle: Accueil\n---\n\nNouveau.\n");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert!(built.stdout.contains("left-alone"), "{built}");
    assert!(built.file("html/fr/index.html").contains("Nouveau."));
    assert_true(&built);
    assert_eq!(files(&beside).len(), 1);
    let again = site.build_html();
    assert!(!again.stdout.contains("left-alone"), "it is told once\n{again}");
}

/// What another program puts into the new publication, while the build is killed before
/// the end of its change, is not lost.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_twin_in_which_others_wrote_last_is_not_emptied() {
    let site = site();
    site.build_html();
    let exports = site.exports();
    let name = ".exports.plantin-0123456789abcdef";
    let beside = exports.with_file_name(name);
    write(&beside.join("html/fr/lettre.html"), "à moi");
    let claim = serde_json::json!({
        "name": name, "identity": identity(&beside), "original": identity(&exports),
        "is_done": true,
    });
    let lock = exports.join(".plantin-lock");
    fs::write(lock, serde_json::json!({ "twin": claim }).to_string()).expect("written");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert!(built.stdout.contains("left-alone"), "{built}");
    assert_eq!(files(&beside).len(), 1);
}

fn empty() -> Outcome {
    Outcome {
        code: None,
        stdout: String::new(),
        stderr: String::new(),
        exports: PathBuf::new(),
        folder: None,
    }
}

fn many_pages() -> Site {
    (0..60).fold(Site::new(), |site, number| {
        site.page(&format!("page-{number}.md"), &page(number, 0))
    })
}

fn page(number: u64, version: u64) -> String {
    let text = format!("Un mot, {version}. ").repeat(200);
    format!("---\ntitle: Page {number}\n---\n\n{text}\n")
}

/// Waits until the exports change, or the program has ended.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn wait_for(path: &Path, child: &mut std::process::Child) {
    while beside(path).is_none() && child.try_wait().is_ok_and(|it| it.is_none()) {
        thread::yield_now();
    }
}

#[test]
fn after_a_stop_only_what_is_true_stays_listed() {
    let site = site();
    let exports = site.build_html().exports;
    // As a build leaves it that was stopped after replacing one file.
    fs::rename(exports.join("manifest.json"), exports.join(".plantin-manifest.json"))
        .expect("it is there");
    let staging = exports.join(".plantin-tmp-00000000000000aa");
    write(&staging.join("0"), "moitié");
    write(&exports.join(".plantin-tmp-00000000000000bb/lettre.odt"), "à moi");
    write(&exports.join(".plantin-tmp-00000000000000bb/owner"), "plantin 1 2\n");
    let (disk, number) = identity(&staging);
    write(&staging.join("owner"), &format!("plantin {disk} {number}\n"));
    let page = exports.join("html/en/index.html");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text.replace("Accueil", "accueiL")).expect("it can be written");
    let built = site.build_with(&["--format", "html", "--language", "fr"]);
    assert_eq!(built.code, Some(0), "{built}");
    let listed = listed(&built.manifest());
    assert!(!listed.contains_key("html/en/index.html"), "its bytes are not those listed");
    assert!(listed.contains_key("html/en/mission/index.html"));
    assert!(!staging.exists());
    assert!(
        exports.join(".plantin-tmp-00000000000000bb/lettre.odt").exists(),
        "a name proves nothing"
    );
    assert!(!exports.join(".plantin-manifest.json").exists());
    assert_true(&site.build_html());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_no_half_publication() {
    let site = many_pages();
    let disk = tempfile::tempdir().expect("the temporary folder is writable");
    let Some(_mounted) = small_disk(disk.path(), "256k") else {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    };
    let exports = disk.path().join("exports");
    let full = build_html_into(&site, &exports);
    assert_eq!(full.code, Some(2), "{full}");
    assert_eq!(code(&full), "disk-full", "{full}");
    assert_eq!(files(&exports).into_keys().collect::<Vec<_>>(), [".plantin-lock"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_halfway_leaves_the_old_publication_whole() {
    let site = many_pages();
    let disk = tempfile::tempdir().expect("the temporary folder is writable");
    let size = files(&site.build_html().exports).values().map(Vec::len).sum::<usize>();
    let Some(_mounted) = small_disk(disk.path(), &(size * 9 / 5).to_string()) else {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    };
    let exports = disk.path().join("exports");
    assert_eq!(build_html_into(&site, &exports).code, Some(0));
    let before = files(&exports);
    let site = (0..60).fold(site, |site, number| {
        site.page(&format!("page-{number}.md"), &page(number, 1))
    });
    let full = build_html_into(&site, &exports);
    assert_eq!(full.code, Some(2), "{full}");
    assert_eq!(code(&full), "disk-full", "{full}");
    assert_eq!(files(&exports), before);
    let left = fs::read_dir(disk.path()).expect("it can be listed").count();
    assert_eq!(left, 1, "nothing is left beside it");
}

/// A folder that is a disk of its own cannot change places with another.
#[cfg(target_os = "linux")]
#[test]
fn exports_on_a_disk_of_their_own_change_file_by_file() {
    let site = many_pages();
    let disk = tempfile::tempdir().expect("the temporary folder is writable");
    let Some(_mounted) = small_disk(disk.path(), "64m") else {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    };
    assert_eq!(build_html_into(&site, disk.path()).code, Some(0));
    let site = site.page("page-7.md", &page(7, 1)).remove("content/page-8.md");
    let built = build_html_into(&site, disk.path());
    assert_eq!(built.code, Some(0), "{built}");
    assert_eq!(files(disk.path()), site.build_html().files());
    assert_eq!(beside(disk.path()), None, "nothing is left beside it");
}

#[cfg(target_os = "linux")]
fn build_html_into(site: &Site, exports: &Path) -> Outcome {
    let mut command = site.command("build");
    command.args(["--format", "html", "--json", "--out"]).arg(exports);
    site.run(command)
}

/// A small disk, which goes away again.
#[cfg(target_os = "linux")]
struct Mounted(PathBuf);

#[cfg(target_os = "linux")]
impl Drop for Mounted {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).status());
    }
}

#[cfg(target_os = "linux")]
fn small_disk(folder: &Path, size: &str) -> Option<Mounted> {
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
        .arg(folder)
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|it| it.success());
    mounted.then(|| Mounted(folder.to_owned()))
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = site();
    fs::create_dir(site.exports()).expect("it can be made");
    fs::set_permissions(site.exports(), fs::Permissions::from_mode(0o555))
        .expect("it can be closed");
    if fs::write(site.exports().join("essai"), "").is_ok() {
        eprintln!("skipped: nothing is forbidden to this user");
        fs::remove_file(site.exports().join("essai")).expect("it was just written");
        return;
    }
    let refused = site.build_html();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert_eq!(code(&refused), "not-writable");
}

#[test]
fn a_page_that_turns_into_a_folder_takes_its_place() {
    let site = site();
    let exports = site.build_html().exports;
    // A file where the next build needs a folder, and the reverse: both were ours.
    let manifest =
        fs::read_to_string(exports.join("manifest.json")).expect("it is there");
    let manifest = manifest.replace("html/fr/mission/index.html", "html/fr/mission");
    write(&exports.join("manifest.json"), &manifest);
    fs::remove_dir_all(exports.join("html/fr/mission")).expect("it is there");
    fs::write(exports.join("html/fr/mission"), "un fichier").expect("it can be written");
    fs::remove_file(exports.join("html/fr/index.html")).expect("it is there");
    fs::create_dir_all(exports.join("html/fr/index.html/dedans"))
        .expect("it can be made");
    let built = site.build_html();
    assert_eq!(built.code, Some(0), "{built}");
    assert_true(&built);
}
