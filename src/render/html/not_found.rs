//! What a server shows where there is no page: `404.html`, the name by which servers look
//! for it, at the root in every language and in each language's folder in its own.
//!
//! It is shown under whatever address was asked for, so no way in it may be relative. It is
//! no page of the publication: nothing leads to it, and no list has it.

use std::sync::Arc;

use minijinja::{Value, context};

use super::{Links, Shelf, Writer};
use crate::{
    diagnostic::Checked,
    document::PageKey,
    render::{File, Format},
    site::{address, made},
};

/// The path of the template in a theme.
pub(super) const TEMPLATE: &str = "html/404.html";

/// Writes the files.
pub(super) fn files(writer: &Writer<'_>) -> Checked<Vec<File>> {
    let mut diagnostics = Vec::new();
    let all: Vec<&Shelf<'_>> = writer.shelves.iter().collect();
    let mut files = Vec::new();
    let own = writer
        .shelves
        .iter()
        .map(|it| (address::not_found(&it.edition.language), vec![it]));
    for (path, shelves) in [(address::NOT_FOUND.to_owned(), all)].into_iter().chain(own) {
        let data = data(writer, &shelves);
        let text = writer.templates.render(TEMPLATE, &data).take(&mut diagnostics);
        files.push(File {
            path: format!("html/{path}"),
            bytes: Arc::new(text.into_bytes()),
            format: Format::Html,
            language: shelves.first().map(|it| it.edition.language.clone()),
            page: None,
        });
    }
    // A fault of the theme's is the same in each of them.
    diagnostics.dedup();
    Checked { value: files, diagnostics }
}

fn data(writer: &Writer<'_>, shelves: &[&Shelf<'_>]) -> Value {
    let root = root(&writer.site.publication.base);
    let one = |shelf: &&Shelf<'_>| {
        let edition = shelf.edition;
        let href = |key: &PageKey| match writer.options.links {
            Links::Clean => {
                format!("{root}{}{}", edition.language, address::encode(key.as_str()))
            }
            Links::Files => {
                root.clone() + &address::encode(&address::html(&edition.language, key))
            }
        };
        let map = PageKey::new(made::MAP);
        context! {
            lang => edition.language.as_str(),
            dir => if edition.right_to_left { "rtl" } else { "ltr" },
            title => edition.title.as_str(),
            href => href(&PageKey::new("/")),
            map => shelf.page(&map).map(|_| href(&map)),
            labels => shelf.labels.clone(),
        }
    };
    let first = shelves.first().expect("a site has a language").edition;
    context! {
        lang => first.language.as_str(),
        dir => if first.right_to_left { "rtl" } else { "ltr" },
        labels => shelves[0].labels.clone(),
        title => first.title.as_str(),
        publisher => first.publisher.as_str(),
        style => format!("{root}{}", address::STYLE),
        editions => shelves.iter().map(one).collect::<Vec<_>>(),
    }
}

/// The path at which the site begins on its server, with a slash at its end.
fn root(base: &str) -> String {
    let path =
        url::Url::parse(base).map_or_else(|_| String::new(), |it| it.path().to_owned());
    format!("{}/", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn a_site_begins_where_its_address_says() {
        assert_eq!(root("https://a.example"), "/");
        assert_eq!(root("https://a.example/guide/"), "/guide/");
        assert_eq!(root("https://a.example/a/b"), "/a/b/");
    }
}
