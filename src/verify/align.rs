//! Which piece of an outline is which of another's.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Which pieces of two rows belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// For each piece of the first, that of the second.
    of: Vec<Option<usize>>,
    /// The pieces that stand elsewhere in the second.
    moved: BTreeSet<usize>,
    /// The pieces of the second that the first lacks, by the piece before which they stand.
    extras: BTreeMap<usize, Vec<usize>>,
    /// The pieces of the second that are moved or too many.
    odd: BTreeSet<usize>,
}

impl Alignment {
    /// The piece of the second that belongs to a piece of the first.
    pub(super) fn of(&self, at: usize) -> Option<usize> {
        self.of.get(at).copied().flatten()
    }

    /// Whether a piece of the first stands elsewhere in the second.
    pub(super) fn is_moved(&self, at: usize) -> bool {
        self.moved.contains(&at)
    }

    /// What the first lacks before a piece of its own.
    pub(super) fn extras(&self, at: usize) -> impl Iterator<Item = usize> {
        self.extras.get(&at).into_iter().flatten().copied()
    }

    /// Whether each piece has its own, in order.
    pub(super) fn is_plain(&self) -> bool {
        self.odd.is_empty() && self.of.iter().all(Option::is_some)
    }

    /// The pieces of the first that are not there, are moved, or stand beside something
    /// that is too many.
    pub(super) fn disturbed(&self) -> impl Iterator<Item = usize> {
        let absent = (0..self.of.len()).filter(|it| self.of[*it].is_none());
        let beside = self.extras.keys().flat_map(|it| [it.saturating_sub(1), *it]);
        absent.chain(self.moved.iter().copied()).chain(beside)
    }

    /// Whether what stands before a pair is not a pair too.
    pub(super) fn has_odd_neighbour(&self, at: usize, index: usize) -> bool {
        let before = at.checked_sub(1);
        let absent = before.is_some_and(|it| self.of[it].is_none() || self.is_moved(it));
        let odd = index.checked_sub(1).is_some_and(|it| self.odd.contains(&it));
        absent || odd || self.extras.contains_key(&at)
    }
}

/// Lays two rows side by side, by what tells their pieces apart.
pub(super) fn align(first: &[String], second: &[String]) -> Alignment {
    let mut out = Alignment { of: vec![None; first.len()], ..Alignment::default() };
    if first == second {
        out.of = (0..first.len()).map(Some).collect();
        return out;
    }
    let mut blocks = Vec::new();
    for op in operations(first, second) {
        let (own, its) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => own.zip(its).for_each(|it| out.of[it.0] = Some(it.1)),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                blocks.push((own, its));
            }
        }
    }
    let mut comparisons = MOST_COMPARED;
    let mut left: BTreeSet<usize> = blocks.iter().flat_map(|it| it.1.clone()).collect();
    moved(first, second, &blocks, &mut left, &mut out);
    for (own, its) in blocks {
        let own: Vec<usize> = own.filter(|it| out.of[*it].is_none()).collect();
        let free: Vec<usize> = its.clone().filter(|it| left.contains(it)).collect();
        let mut from = 0_usize;
        for at in &own {
            let mut near = from..free.len().min(from.saturating_add(FARTHEST));
            let alike = near.find(|it| {
                let is_plain = own.len() == free.len();
                comparisons = comparisons.saturating_sub(usize::from(!is_plain));
                is_plain || comparisons > 0 && are_alike(&first[*at], &second[free[*it]])
            });
            if let Some(index) = alike {
                out.of[*at] = Some(free[index]);
                left.remove(&free[index]);
                from = index + 1;
            }
        }
    }
    rest(&left, second.len(), &mut out);
    out
}

/// The most pieces of two rows that are compared letter by letter.
const MOST_COMPARED: usize = 20_000;

/// How far ahead a piece is looked for that is nearly the same.
const FARTHEST: usize = 200;

/// The most pairs of pieces that are searched for the shortest way from one row to the other.
const MOST_PAIRS: usize = 16_000_000;

/// What leads from one row to the other. Where they are too long and too different, what stands
/// between the pieces that begin and end both is replaced as a whole.
fn operations(first: &[String], second: &[String]) -> Vec<DiffOp> {
    let same = |it: &(&String, &String)| it.0 == it.1;
    let head = first.iter().zip(second).take_while(same).count();
    let (own, its) = (&first[head..], &second[head..]);
    if own.len().saturating_mul(its.len()) <= MOST_PAIRS {
        return capture_diff_slices(Algorithm::Myers, first, second);
    }
    let tail = own.iter().rev().zip(its.iter().rev()).take_while(same).count();
    let (old_len, new_len) = (own.len() - tail, its.len() - tail);
    vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: head },
        DiffOp::Replace { old_index: head, old_len, new_index: head, new_len },
        DiffOp::Equal { old_index: head + old_len, new_index: head + new_len, len: tail },
    ]
}

/// Finds what stands elsewhere.
fn moved(
    first: &[String],
    second: &[String],
    blocks: &[(std::ops::Range<usize>, std::ops::Range<usize>)],
    left: &mut BTreeSet<usize>,
    out: &mut Alignment,
) {
    let mut free: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for index in left.iter().copied().filter(|it| !second[*it].is_empty()) {
        free.entry(&second[index]).or_default().push_back(index);
    }
    for at in blocks.iter().flat_map(|it| it.0.clone()) {
        let same = free.get_mut(first[at].as_str()).and_then(VecDeque::pop_front);
        if let Some(index) = same {
            out.of[at] = Some(index);
            out.moved.insert(at);
            out.odd.insert(index);
            left.remove(&index);
        }
    }
}

/// Says where what is left over stands.
fn rest(left: &BTreeSet<usize>, count: usize, out: &mut Alignment) {
    let mut before = vec![0; count];
    for (at, index) in out.of.iter().enumerate() {
        if let Some(index) = index.filter(|_| !out.moved.contains(&at)) {
            before[index] = at + 1;
        }
    }
    for at in 1..count {
        before[at] = before[at].max(before[at - 1]);
    }
    for index in left {
        out.odd.insert(*index);
        out.extras.entry(before[*index]).or_default().push(*index);
    }
}

/// Whether two texts are nearly the same.
fn are_alike(a: &str, b: &str) -> bool {
    const LONGEST: usize = 300;
    let start = |it: &str| it.chars().take(LONGEST).collect::<String>();
    strsim::normalized_levenshtein(&start(a), &start(b)) > 0.6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(first: &str, second: &str) -> Alignment {
        let words = |it: &str| it.split(' ').map(str::to_owned).collect::<Vec<_>>();
        align(&words(first), &words(second))
    }

    #[test]
    fn what_is_swapped_is_moved_and_what_is_changed_is_the_same_piece() {
        let swapped = laid("un deux trois", "deux un trois");
        assert_eq!(swapped.moved.len(), 1);
        let changed = laid("un deux trois", "un deus trois");
        assert_eq!(changed.of, [Some(0), Some(1), Some(2)]);
        assert!(changed.is_plain());
        let dropped = laid("un deux trois", "un trois");
        assert_eq!(dropped.of, [Some(0), None, Some(1)]);
        let added = laid("un trois", "un deux trois");
        assert_eq!(added.extras(1).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn rows_that_are_long_and_share_nothing_are_laid_in_few_steps() {
        // Letter by letter, or by the shortest way, these would take hours.
        let row = |mark: &str| -> Vec<String> {
            (0..50_000).map(|it| format!("{mark}{it:0300}")).collect()
        };
        let mut own = row("a");
        let mut its = row("b");
        own.insert(0, "début".to_owned());
        its.insert(0, "début".to_owned());
        own.push("fin".to_owned());
        its.truncate(40_000);
        its.push("fin".to_owned());
        let laid = align(&own, &its);
        assert_eq!(laid.of(0), Some(0));
        assert_eq!(laid.of(50_001), Some(40_000));
    }
}
