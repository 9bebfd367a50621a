//! The most likely pairing of two lists of texts, and how likely each pair is.
//!
//! A pairing is a way from the first texts to the last, in steps: one text with one, one
//! with two, or one with none. Each step weighs as much as speaks for it; the sums over
//! all ways through a step, from both ends, give its probability (forward–backward).

use std::ops::Range;

use super::evidence::{self, Unit};

/// What a text that only one page has costs.
const ALONE: f64 = -1.8;
/// What it costs that a text was cut in two.
const CUT: f64 = -4.0;
/// How far from the diagonal a pair may lie, beyond the difference of the lists.
const BAND: usize = 150;
/// The longest pages that are compared: text by text.
const MOST_COMPARED: usize = 16_000_000;
/// A pair that nothing speaks for is as likely as not at this evidence …
const EVEN: f64 = 0.6;
/// … and this is how fast more of it makes it likely.
const SLOPE: f64 = 1.6;

/// Between two pairs that much speaks for, with as many texts on both sides, a pair needs
/// less evidence of its own …
const EVEN_BETWEEN: f64 = -0.9;
/// … where those are worth this …
const STRONG: f64 = 2.5;
/// … and no more texts than this lie between them.
const MOST_BETWEEN: usize = 5;

/// Texts that belong together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bead {
    pub(super) source: Range<usize>,
    pub(super) target: Range<usize>,
    pub(super) confidence: f64,
}

/// A place, and the step that leads out of it.
type Step = ((usize, usize), (usize, usize));

/// The steps: how many texts of the source, how many of the target.
const STEPS: [(usize, usize); 5] = [(1, 1), (1, 0), (0, 1), (1, 2), (2, 1)];

/// The pairs of the most likely pairing, in order.
pub(super) fn beads(source: &[Unit], target: &[Unit]) -> Vec<Bead> {
    if source.len().saturating_mul(target.len()) > MOST_COMPARED {
        return Vec::new();
    }
    let lattice = Lattice::new(source, target);
    let (forward, backward) = (lattice.sums(true), lattice.sums(false));
    let whole = forward[lattice.index(source.len(), target.len())];
    let steps = lattice.best();
    let weights: Vec<f64> = steps.iter().map(|it| lattice.weight(it.0, it.1)).collect();
    let mut beads = Vec::new();
    for (number, (from, step)) in steps.iter().enumerate() {
        let (i, j) = *from;
        if step.0 == 0 || step.1 == 0 {
            continue;
        }
        let weight = weights[number];
        let after = lattice.index(i + step.0, j + step.1);
        let chance = forward[lattice.index(i, j)] + weight + backward[after] - whole;
        let between = is_between(&steps, &weights, number);
        let even = if between { EVEN_BETWEEN } else { EVEN };
        let likely = 1.0 / (1.0 + (-(weight - even) * SLOPE).exp());
        beads.push(Bead {
            source: i..i + step.0,
            target: j..j + step.1,
            confidence: chance.exp().clamp(0.0, 1.0) * likely,
        });
    }
    beads
}

/// Whether a pair lies between two strong ones with nothing but pairs around it.
fn is_between(steps: &[Step], weights: &[f64], number: usize) -> bool {
    let is_pair = |it: &usize| steps[*it].1 == (1, 1);
    let leads_to_strong = |mut way: Box<dyn Iterator<Item = usize>>| {
        let mut near = way.by_ref().take(MOST_BETWEEN).take_while(is_pair);
        near.any(|it| weights[it] >= STRONG)
    };
    is_pair(&number)
        && leads_to_strong(Box::new((0..number).rev()))
        && leads_to_strong(Box::new(number + 1..steps.len()))
}

/// What the best pairing is worth, by text of the longer page: what two pages share.
#[expect(clippy::cast_precision_loss, reason = "a page has less than 2^52 texts")]
pub(super) fn worth(source: &[Unit], target: &[Unit]) -> f64 {
    let pairs = beads(source, target);
    let sure = pairs.iter().map(|it| it.confidence).sum::<f64>();
    let longer = source.len().max(target.len()).max(1);
    sure * 2.0 / longer as f64
}

struct Lattice<'a> {
    source: &'a [Unit],
    target: &'a [Unit],
    ratio: f64,
    /// By place: the weights of one to one, one to two, two to one.
    weights: Vec<[f64; 3]>,
}

impl<'a> Lattice<'a> {
    fn new(source: &'a [Unit], target: &'a [Unit]) -> Self {
        let mut lattice =
            Self { source, target, ratio: ratio(source, target), weights: Vec::new() };
        let pairs: Vec<Unit> = target.windows(2).map(|it| it[0].and(&it[1])).collect();
        let mut weights = Vec::with_capacity((source.len() + 1) * (target.len() + 1));
        for i in 0..=source.len() {
            let both = source.get(i..i + 2).map(|it| it[0].and(&it[1]));
            for j in 0..=target.len() {
                weights.push(lattice.weights_at(i, j, both.as_ref(), &pairs));
            }
        }
        lattice.weights = weights;
        lattice
    }

    fn weights_at(
        &self,
        i: usize,
        j: usize,
        both: Option<&Unit>,
        pairs: &[Unit],
    ) -> [f64; 3] {
        let (Some(one), Some(other)) = (self.source.get(i), self.target.get(j)) else {
            return [f64::NEG_INFINITY; 3];
        };
        if !self.is_near(i, j) {
            return [f64::NEG_INFINITY; 3];
        }
        let cut = |allowed: bool, source: Option<&Unit>, target: Option<&Unit>| {
            let (Some(source), Some(target)) = (source, target) else {
                return f64::NEG_INFINITY;
            };
            if allowed {
                evidence::of(source, target, self.ratio) + CUT
            } else {
                f64::NEG_INFINITY
            }
        };
        let next = self.target.get(j + 1);
        let next_source = self.source.get(i + 1);
        [
            evidence::of(one, other, self.ratio),
            cut(next.is_some_and(|it| other.goes_with(it)), Some(one), pairs.get(j)),
            cut(next_source.is_some_and(|it| one.goes_with(it)), both, Some(other)),
        ]
    }

    /// Whether a pair is near enough to the diagonal.
    fn is_near(&self, i: usize, j: usize) -> bool {
        let (n, m) = (self.source.len().max(1), self.target.len().max(1));
        let expected = i * m / n;
        expected.abs_diff(j) <= BAND + n.abs_diff(m)
    }

    fn index(&self, i: usize, j: usize) -> usize {
        i * (self.target.len() + 1) + j
    }

    fn weight(&self, (i, j): (usize, usize), step: (usize, usize)) -> f64 {
        let weights = &self.weights[self.index(i, j)];
        match step {
            (1, 1) => weights[0],
            (1, 2) => weights[1],
            (2, 1) => weights[2],
            _ => ALONE,
        }
    }

    /// The steps that lead out of a place.
    fn steps(&self, i: usize, j: usize) -> impl Iterator<Item = (usize, usize)> {
        let (n, m) = (self.source.len(), self.target.len());
        STEPS.into_iter().filter(move |step| i + step.0 <= n && j + step.1 <= m)
    }

    /// For each place, the logarithm of the sum of all ways to it, or from it.
    fn sums(&self, forward: bool) -> Vec<f64> {
        let (n, m) = (self.source.len(), self.target.len());
        let mut sums = vec![f64::NEG_INFINITY; (n + 1) * (m + 1)];
        sums[if forward { 0 } else { self.index(n, m) }] = 0.0;
        let places = (0..=n).flat_map(|i| (0..=m).map(move |j| (i, j)));
        if forward {
            for (i, j) in places {
                for step in self.steps(i, j) {
                    let sum = sums[self.index(i, j)] + self.weight((i, j), step);
                    let after = self.index(i + step.0, j + step.1);
                    sums[after] = add(sums[after], sum);
                }
            }
        } else {
            for (i, j) in places.collect::<Vec<_>>().into_iter().rev() {
                for step in self.steps(i, j) {
                    let after = self.index(i + step.0, j + step.1);
                    let sum = sums[after] + self.weight((i, j), step);
                    let here = self.index(i, j);
                    sums[here] = add(sums[here], sum);
                }
            }
        }
        sums
    }

    /// The steps of the best way, from the first to the last.
    fn best(&self) -> Vec<Step> {
        let (n, m) = (self.source.len(), self.target.len());
        let mut best = vec![(f64::NEG_INFINITY, (0, 0)); (n + 1) * (m + 1)];
        best[0].0 = 0.0;
        for i in 0..=n {
            for j in 0..=m {
                for step in self.steps(i, j) {
                    let sum = best[self.index(i, j)].0 + self.weight((i, j), step);
                    let after = &mut best[self.index(i + step.0, j + step.1)];
                    if sum > after.0 {
                        *after = (sum, step);
                    }
                }
            }
        }
        let (mut i, mut j) = (n, m);
        let mut steps = Vec::new();
        while i + j > 0 {
            let step = best[self.index(i, j)].1;
            if step == (0, 0) {
                break;
            }
            (i, j) = (i - step.0, j - step.1);
            steps.push(((i, j), step));
        }
        steps.reverse();
        steps
    }
}

/// How long the whole translation is by length of its source, kept within reason.
#[expect(clippy::cast_precision_loss, reason = "a page has less than 2^52 characters")]
fn ratio(source: &[Unit], target: &[Unit]) -> f64 {
    let sum = |units: &[Unit]| units.iter().map(|it| it.length).sum::<usize>() as f64;
    ((sum(target) + 50.0) / (sum(source) + 50.0)).clamp(0.5, 2.0)
}

/// The logarithm of a sum of two, given by their logarithms.
fn add(one: f64, other: f64) -> f64 {
    let (most, least) = if one > other { (one, other) } else { (other, one) };
    if least == f64::NEG_INFINITY { most } else { most + (least - most).exp().ln_1p() }
}
