//! The manual page, from the definition of the command line.

use std::io;

use clap_mangen::Man;

use super::args;
use crate::words::Words;

/// How the text of clap's sections writes apostrophes.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// The page, as roff: the program first, then each command.
pub(super) fn page(words: &Words) -> String {
    let mut command = args::command(words);
    command.build();
    let mut page = render(&command, &|man, out| {
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)
    });
    page.push_str(&format!(".SH {}\n", words.text("man-commands")));
    for inner in command.get_subcommands() {
        page.push_str(&inner_command("plantin", inner));
        for deeper in inner.get_subcommands() {
            page.push_str(&inner_command(
                &format!("plantin {}", inner.get_name()),
                deeper,
            ));
        }
    }
    let exit = escape(&words.text("help-after"));
    page.push_str(&format!(".SH {}\n.nf\n{exit}\n.fi\n", words.text("man-exit")));
    format!("{PREAMBLE}{}", translate(&page, words))
}

/// A command of the program, or one of its own.
fn inner_command(before: &str, command: &clap::Command) -> String {
    let name = command.get_name();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let sections = render(command, &|man, out| {
        man.render_synopsis_section(out)?;
        man.render_options_section(out)
    });
    format!(
        ".SS {} {}\n{}\n.PP\n{}",
        escape(before),
        escape(name),
        escape(&about),
        inner_sections(&sections)
    )
}

fn render(
    command: &clap::Command,
    sections: &dyn Fn(&Man, &mut dyn io::Write) -> io::Result<()>,
) -> String {
    let mut out = Vec::new();
    sections(&Man::new(command.clone()), &mut out)
        .expect("writing to memory cannot fail");
    String::from_utf8_lossy(&out).into_owned()
}

/// The sections of a command as paragraphs of the page, without their headings.
fn inner_sections(roff: &str) -> String {
    let lines =
        roff.lines().filter(|it| !it.starts_with(".SH")).map(|it| format!("{it}\n"));
    lines.collect()
}

/// Puts the headings into the user's language; clap's are in English.
fn translate(roff: &str, words: &Words) -> String {
    let heading = |line: &str| {
        let id = match line.trim_start_matches(".SH ").trim_matches('"') {
            "NAME" => "man-name",
            "SYNOPSIS" => "man-synopsis",
            "DESCRIPTION" => "man-description",
            "OPTIONS" => "man-options",
            _ => return None,
        };
        line.starts_with(".SH ").then(|| format!(".SH {}", words.text(id)))
    };
    roff.lines()
        .map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n")
        .collect()
}

/// Text as roff shows it: no escapes, no requests, hyphens that are hyphens.
fn escape(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('-', "\\-");
    escaped
        .lines()
        .map(|line| {
            if line.starts_with(['.', '\'']) {
                format!("\\&{line}")
            } else {
                line.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}
