//! Completeness and overlap of decision tables, by a sweep over their columns.
//!
//! A column is a set of whole numbers: numbers and dates at their scale, options and booleans by
//! position. Column by column, the ends of the rows' intervals cut the domain into segments within
//! which the same rows apply; what remains after the last column with no row is a gap, with two
//! rows an overlap. (After Calvanese, Dumas and others, “Semantics and analysis of DMN decision
//! tables”, BPM 2016.)

use std::collections::HashSet;

/// Segments that a proof may look at before it gives up.
const MAX_STEPS: usize = 200_000;
/// Findings of one kind beyond which no more are collected.
const MAX_FINDINGS: usize = 20;

/// Whole numbers from the first to the second, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The least.
    pub first: i128,
    /// The greatest.
    pub last: i128,
}

impl Interval {
    /// An interval; `None` where it is empty.
    pub fn new(first: i128, last: i128) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The interval of one number.
    pub const fn point(value: i128) -> Self {
        Self {
            first: value,
            last: value,
        }
    }

    fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// What a row accepts: for each column a union of intervals.
pub type RowBox = Vec<Vec<Interval>>;

/// A part of the table's inputs: an interval for each column.
pub type Region = Vec<Interval>;

/// Two rows that apply at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The earlier row.
    pub first: usize,
    /// The later row.
    pub second: usize,
    /// Where.
    pub region: Region,
}

/// What a sweep has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Parts that no row covers; at least one if there is any.
    pub gaps: Vec<Region>,
    /// Pairs of rows that apply at once, each pair once.
    pub overlaps: Vec<Overlap>,
    /// Rows that are never the first to apply.
    pub never_first: Vec<usize>,
    /// Whether the sweep went through; where not, what is absent above is not proved to be absent.
    pub proved: bool,
}

/// Sweeps the rows over the columns' domains. Each domain is a list of disjoint intervals.
pub fn sweep(domains: &[Vec<Interval>], rows: &[RowBox]) -> Findings {
    let mut sweep = Sweep {
        domains,
        rows,
        steps: 0,
        seen: HashSet::new(),
        pairs: HashSet::new(),
        reached: vec![false; rows.len()],
        path: Vec::new(),
        findings: Findings {
            proved: true,
            ..Findings::default()
        },
    };
    sweep.column(&(0..rows.len()).collect::<Vec<_>>());
    let mut findings = sweep.findings;
    findings.never_first = (0..rows.len()).filter(|&row| !sweep.reached[row]).collect();
    findings
}

struct Sweep<'a> {
    domains: &'a [Vec<Interval>],
    rows: &'a [RowBox],
    steps: usize,
    /// Columns with the rows that were left: what lies behind is the same wherever they are met.
    seen: HashSet<(usize, Vec<usize>)>,
    pairs: HashSet<(usize, usize)>,
    reached: Vec<bool>,
    path: Region,
    findings: Findings,
}

impl Sweep<'_> {
    /// Goes through the column after those of the path, where just the given rows still apply.
    fn column(&mut self, active: &[usize]) {
        let column = self.path.len();
        if active.is_empty() {
            self.gap();
            return;
        }
        let Some(domain) = self.domains.get(column) else {
            self.leaf(active);
            return;
        };
        if !self.seen.insert((column, active.to_vec())) {
            return;
        }
        for segment in self.segments(domain, column, active) {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                self.findings.proved = false;
                return;
            }
            let left: Vec<usize> = active
                .iter()
                .copied()
                .filter(|&row| self.rows[row][column].iter().any(|i| i.meets(segment)))
                .collect();
            self.path.push(segment);
            self.column(&left);
            self.path.pop();
        }
    }

    /// Cuts a domain at the ends of the rows' intervals, and joins neighbours that the same rows accept.
    fn segments(&self, domain: &[Interval], column: usize, active: &[usize]) -> Vec<Interval> {
        let mut starts: Vec<i128> = domain.iter().map(|interval| interval.first).collect();
        for &row in active {
            for interval in &self.rows[row][column] {
                starts.push(interval.first);
                starts.extend(interval.last.checked_add(1));
            }
        }
        starts.sort_unstable();
        starts.dedup();

        let accepting = |segment: Interval| -> Vec<bool> {
            active
                .iter()
                .map(|&row| self.rows[row][column].iter().any(|i| i.meets(segment)))
                .collect()
        };
        let mut segments: Vec<(Interval, Vec<bool>)> = Vec::new();
        for part in domain {
            let inner = starts
                .iter()
                .copied()
                .filter(|&start| start > part.first && start <= part.last);
            let ends = inner.clone().map(|start| start - 1).chain([part.last]);
            for (first, last) in [part.first].into_iter().chain(inner).zip(ends) {
                let segment = Interval { first, last };
                let rows = accepting(segment);
                match segments.last_mut() {
                    Some((before, same))
                        if before.last.checked_add(1) == Some(first) && *same == rows =>
                    {
                        before.last = last;
                    }
                    _ => segments.push((segment, rows)),
                }
            }
        }
        segments.into_iter().map(|(segment, _)| segment).collect()
    }

    fn gap(&mut self) {
        if self.findings.gaps.len() < MAX_FINDINGS {
            let region = self.region();
            self.findings.gaps.push(region);
        }
    }

    fn leaf(&mut self, active: &[usize]) {
        self.reached[active[0]] = true;
        for (index, &first) in active.iter().enumerate() {
            for &second in &active[index + 1..] {
                if self.pairs.len() < MAX_FINDINGS && self.pairs.insert((first, second)) {
                    let region = self.region();
                    self.findings.overlaps.push(Overlap {
                        first,
                        second,
                        region,
                    });
                }
            }
        }
    }

    /// The path, and of the columns beyond it their whole domains, as one interval each.
    fn region(&self) -> Region {
        let beyond = self.domains[self.path.len()..]
            .iter()
            .filter_map(|domain| Interval::new(domain.first()?.first, domain.last()?.last));
        self.path.iter().copied().chain(beyond).collect()
    }
}
