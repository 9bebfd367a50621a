//! How far a build is: bars on a terminal, a line for each format elsewhere.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Mutex, PoisonError},
};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::print::Terminal;
use crate::{pipeline::Progress, render::Format};

/// What is shown while a build goes on.
#[derive(Debug)]
pub(super) struct Bars<'a> {
    terminal: &'a Terminal,
    all: MultiProgress,
    bars: Mutex<BTreeMap<Format, ProgressBar>>,
}

impl<'a> Bars<'a> {
    /// Shows nothing yet.
    pub(super) fn new(terminal: &'a Terminal) -> Self {
        Self { terminal, all: MultiProgress::new(), bars: Mutex::default() }
    }

    /// Shows how far it is. Threads may report out of order.
    pub(super) fn show(&self, progress: &Progress) {
        let manner = self.terminal.manner;
        if manner.quiet || manner.json {
            return;
        }
        if self.terminal.is_terminal {
            self.draw(progress);
        } else if progress.done == progress.total {
            self.tell(progress);
        }
    }

    /// Takes the bars away.
    pub(super) fn clear(&self) {
        // A terminal that went away needs no clearing.
        drop(self.all.clear());
    }

    fn draw(&self, progress: &Progress) {
        let mut bars = self.bars.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = match bars.entry(progress.format) {
            Entry::Occupied(bar) => bar.into_mut(),
            Entry::Vacant(place) => place.insert(self.bar(progress)),
        };
        bar.set_length(progress.total as u64);
        bar.set_position(bar.position().max(progress.done as u64));
    }

    fn bar(&self, progress: &Progress) -> ProgressBar {
        let style =
            ProgressStyle::with_template("  {prefix:5} {bar:32.cyan} {pos}/{len}")
                .expect("the template is well formed")
                .progress_chars("━╸─");
        let bar = ProgressBar::new(progress.total as u64).with_style(style);
        self.all.add(bar.with_prefix(self.terminal.words.text(name(progress.format))))
    }

    fn tell(&self, progress: &Progress) {
        let words = &self.terminal.words;
        let args = [
            ("format", words.text(name(progress.format)).into()),
            ("done", progress.done.into()),
            ("total", progress.total.into()),
        ];
        self.terminal.say(format!("{}\n", words.format("progress", &args)));
    }
}

/// The message that names a format.
pub(super) fn name(format: Format) -> &'static str {
    match format {
        Format::Html => "format-html",
        Format::Pdf => "format-pdf",
        Format::Epub => "format-epub",
    }
}
