//! The work that reading a file may take.
//!
//! A file can say the same thing many times over, and what it says can unfold without end.
//! Each step of reading is paid for here; a file that takes more than its size can explain is
//! not read.

use std::cell::Cell;

/// The steps that are left.
#[derive(Debug)]
pub(super) struct Budget {
    total: usize,
    left: Cell<usize>,
    is_spent: Cell<bool>,
}

/// More steps were needed than this, which is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spent(usize);

impl Budget {
    /// So many steps.
    pub(super) fn new(total: usize) -> Self {
        Self { total, left: Cell::new(total), is_spent: Cell::new(false) }
    }

    /// Takes so many steps.
    pub(super) fn spend(&self, steps: usize) -> Result<(), Spent> {
        match self.left.get().checked_sub(steps) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.is_spent.set(true);
                Err(self.spent())
            }
        }
    }

    /// The same, where the fault is told at the end by [`Budget::is_kept`].
    pub(super) fn has(&self, steps: usize) -> bool {
        self.spend(steps).is_ok()
    }

    /// How many steps are left.
    pub(super) fn left(&self) -> usize {
        self.left.get()
    }

    /// Whether there were always enough.
    pub(super) fn is_kept(&self) -> Result<(), String> {
        if self.is_spent.get() { Err(self.spent().into()) } else { Ok(()) }
    }

    /// The fault that all steps are taken.
    pub(super) fn spent(&self) -> Spent {
        Spent(self.total)
    }
}

impl From<Spent> for String {
    fn from(spent: Spent) -> Self {
        format!("> {} steps", spent.0)
    }
}
