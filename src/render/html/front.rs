//! What the pages share: the page that offers the languages, the style, the files.

use std::{borrow::Cow, sync::Arc};

use minijinja::{Value, context};

use super::{Links, Writer, element, feed, not_found, sitemap};
use crate::{
    diagnostic::Checked,
    document::Language,
    render::{self, File, Format, Theme},
    site::address,
};

/// The path of the template in a theme.
pub(super) const TEMPLATE: &str = "html/front.html";

/// The path of the style in a theme.
pub(super) const STYLE: &str = "html/site.css";

/// Writes what the pages share.
pub(super) fn common(writer: &Writer<'_>) -> Checked<Vec<File>> {
    let mut diagnostics = Vec::new();
    let front = writer.templates.render(TEMPLATE, &data(writer)).take(&mut diagnostics);
    let source = &writer.site.publication.source;
    let front = File { language: Some(source.clone()), ..file(address::FRONT, front) };
    let style = Arc::new(style(&writer.options.theme).into_owned());
    let mut files = vec![
        front,
        bytes(address::STYLE, style),
        file(address::ROBOTS, sitemap::robots(writer)),
    ];
    files.extend(
        sitemap::sitemap(writer).into_iter().map(|(path, text)| file(&path, text)),
    );
    files.extend(not_found::files(writer).take(&mut diagnostics));
    files.extend(feed::feeds(writer).take(&mut diagnostics));
    files.extend(theme_files(writer));
    files.extend(writer.site.resources.iter().map(|(path, resource)| {
        bytes(&address::file(path), Arc::clone(&resource.bytes))
    }));
    let sizes = writer.pictures.files();
    files.extend(sizes.into_iter().map(|(path, made)| bytes(path, Arc::clone(made))));
    Checked { value: files, diagnostics }
}

/// The style of a site: the theme's, else the one built in.
pub(super) fn style(theme: &Theme) -> Cow<'_, [u8]> {
    render::theme::style(theme, STYLE)
}

/// The files of the theme that are neither templates nor the style: images, fonts.
fn theme_files<'a>(writer: &'a Writer<'_>) -> impl Iterator<Item = File> + 'a {
    let theme = writer.options.theme.iter();
    theme.filter(|it| !super::is_own_file(it.0)).filter_map(|(path, content)| {
        let path = path.strip_prefix("html/")?;
        Some(bytes(&address::theme(path), Arc::clone(content)))
    })
}

fn file(path: &str, text: String) -> File {
    bytes(path, Arc::new(text.into_bytes()))
}

fn bytes(path: &str, bytes: Arc<Vec<u8>>) -> File {
    File {
        path: format!("html/{path}"),
        bytes,
        format: Format::Html,
        language: None,
        page: None,
    }
}

fn data(writer: &Writer<'_>) -> Value {
    let publication = &writer.site.publication;
    let source = &writer.shelves[0];
    let home = |language: &Language| match writer.options.links {
        Links::Clean => format!("{language}/"),
        Links::Files => format!("{language}/index.html"),
    };
    let one = |shelf: &super::Shelf<'_>| {
        let edition = shelf.edition;
        context! {
            lang => edition.language.as_str(),
            dir => if edition.right_to_left { "rtl" } else { "ltr" },
            title => edition.title.as_str(),
            description => edition.description.as_str(),
            publisher => edition.publisher.as_str(),
            href => home(&edition.language),
            labels => shelf.labels.clone(),
        }
    };
    let editions: Vec<Value> = writer.shelves.iter().map(one).collect();
    context! {
        lang => source.edition.language.as_str(),
        dir => if source.edition.right_to_left { "rtl" } else { "ltr" },
        labels => source.labels.clone(),
        title => source.edition.title.as_str(),
        description => source.edition.description.as_str(),
        publisher => source.edition.publisher.as_str(),
        licence => publication.licence.as_deref().map(element::web_address),
        canonical => format!("{}/", publication.base),
        style => address::STYLE,
        editions,
    }
}
