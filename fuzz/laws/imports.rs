//! Sites of other programs.

use std::collections::BTreeMap;

use plantin::import;

use super::{files, text};

/// Of any site a workspace is made, twice alike; no file of it lies outside, and what is
/// copied is there.
pub(super) fn eleventy(bytes: &[u8]) {
    import::programs().for_each(|program| of(program, bytes));
}

fn of(program: &str, bytes: &[u8]) {
    let files = files(bytes);
    let paths: Vec<String> = files.iter().map(|it| it.0.clone()).collect();
    let texts: BTreeMap<String, String> = files
        .iter()
        .filter(|it| import::is_read(program, &it.0))
        .map(|(path, content)| (path.clone(), text(content)))
        .collect();
    let site = import::Site { name: "essai".to_owned(), paths, texts };
    let plan = import::plan(program, &site).value;
    let again = import::plan(program, &site).value;
    assert!(again.files == plan.files && again.copies == plan.copies, "read twice");
    for (from, _) in &plan.copies {
        assert!(site.paths.contains(from), "{from} is not there");
    }
    let made = plan.files.keys().chain(plan.copies.iter().map(|it| &it.1));
    let inside = |path: &str| path.split('/').all(|it| !["", "..", "."].contains(&it));
    for path in made {
        let is_own = !site.paths.iter().all(|it| inside(it));
        assert!(is_own || inside(path), "{path} leads outside");
    }
}
