//! Completeness and overlap of decision tables, by a sweep over their columns.
//!
//! A column is a set of whole numbers: numbers and dates at their scale, options and booleans by
//! position. Column by column, the ends of the rows' intervals cut the domain into segments within
//! which the same rows apply; what remains after the last column with no row is a gap, with two
//! rows an overlap. (After Calvanese, Dumas and others, “Semantics and analysis of DMN decision
//! tables”, BPM 2016.)

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// Segments that a proof may look at before it gives up.
const MAX_STEPS: usize = 200_000;
/// Most rows that are looked at, for all segments together.
const MAX_LOOKS: usize = 500_000_000;
/// Most rows that are remembered, for all parts together.
const MAX_KEPT: usize = 5_000_000;
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

/// A part of the table's inputs: for each column a union of intervals, in order. Of columns that are left
/// out at the end everything is meant.
pub type Region = Vec<Vec<Interval>>;

/// Two rows that apply at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The earlier row.
    pub first: usize,
    /// The later row.
    pub second: usize,
    /// Where, or one of the parts where they do.
    pub region: Region,
}

/// What a sweep has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Parts that no row covers, none of which meets another: all of them, or the first 20.
    pub gaps: Vec<Region>,
    /// Pairs of rows that apply at once, each pair once: all of them, or the first 20.
    pub overlaps: Vec<Overlap>,
    /// Rows that apply together with an earlier one somewhere.
    pub behind: Vec<usize>,
    /// Rows that are never the first to apply.
    pub never_first: Vec<usize>,
    /// Whether the sweep went through; where not, what is absent above is not proved to be absent.
    pub proved: bool,
}

/// Sweeps the rows over the columns' domains. Each domain is a list of disjoint intervals, in order.
pub fn sweep(domains: &[Vec<Interval>], rows: &[RowBox]) -> Findings {
    let mut sweep = Sweep {
        domains,
        rows,
        steps: 0,
        looks: 0,
        kept: 0,
        seen: HashMap::new(),
        pairs: HashSet::new(),
        reached: vec![false; rows.len()],
        behind: vec![false; rows.len()],
        path: Vec::new(),
        findings: Findings {
            proved: true,
            ..Findings::default()
        },
    };
    let all: Vec<usize> = (0..rows.len()).collect();
    let gaps = sweep.column(&all);
    let marked = |rows: &[bool], mark: bool| -> Vec<usize> {
        let rows = rows.iter().enumerate();
        rows.filter_map(|(row, marked)| (*marked == mark).then_some(row))
            .collect()
    };
    Findings {
        gaps: gaps.iter().map(Gap::region).collect(),
        behind: marked(&sweep.behind, true),
        never_first: marked(&sweep.reached, false),
        ..sweep.findings
    }
}

/// What no row covers, from a column on.
#[derive(Clone)]
enum Gap {
    /// Everything.
    All,
    /// In this column these intervals, and in those after it what follows.
    Part(Rc<(Vec<Interval>, Self)>),
}

impl Gap {
    fn region(&self) -> Region {
        let mut region = Vec::new();
        let mut rest = self;
        while let Self::Part(part) = rest {
            region.push(part.0.clone());
            rest = &part.1;
        }
        region
    }
}

struct Sweep<'a> {
    domains: &'a [Vec<Interval>],
    rows: &'a [RowBox],
    steps: usize,
    looks: usize,
    kept: usize,
    /// Columns with the rows that were left, and the gaps behind them: what lies behind is the same
    /// wherever they are met.
    seen: HashMap<(usize, Vec<usize>), Vec<Gap>>,
    pairs: HashSet<(usize, usize)>,
    reached: Vec<bool>,
    behind: Vec<bool>,
    path: Region,
    findings: Findings,
}

impl Sweep<'_> {
    /// Goes through the column after those of the path, where just the given rows still apply; the gaps
    /// from there on.
    fn column(&mut self, active: &[usize]) -> Vec<Gap> {
        let column = self.path.len();
        if active.is_empty() {
            return vec![Gap::All];
        }
        let Some(domain) = self.domains.get(column) else {
            self.leaf(active);
            return Vec::new();
        };
        let key = (column, active.to_vec());
        if let Some(gaps) = self.seen.get(&key) {
            return gaps.clone();
        }
        let mut gaps = Vec::new();
        let parts = self.parts(domain, column, active);
        if self.steps > MAX_STEPS {
            self.findings.proved = false;
            return gaps;
        }
        for (part, left) in parts {
            if self.steps > MAX_STEPS {
                self.findings.proved = false;
                return gaps;
            }
            self.path.push(part);
            let behind = self.column(&left);
            let part = self.path.pop().unwrap_or_default();
            let room = MAX_FINDINGS - gaps.len();
            let found = behind.into_iter().take(room);
            gaps.extend(found.map(|gap| Gap::Part(Rc::new((part.clone(), gap)))));
        }
        self.seen.insert(key, gaps.clone());
        gaps
    }

    /// Cuts a domain at the ends of the rows' intervals. Segments that the same rows accept are one part,
    /// which stands where the first of them does.
    fn parts(
        &mut self,
        domain: &[Interval],
        column: usize,
        active: &[usize],
    ) -> Vec<(Vec<Interval>, Rc<[usize]>)> {
        let mut starts: Vec<i128> = domain.iter().map(|interval| interval.first).collect();
        for &row in active {
            for interval in &self.rows[row][column] {
                starts.push(interval.first);
                starts.extend(interval.last.checked_add(1));
            }
        }
        starts.sort_unstable();
        starts.dedup();

        let mut parts: Vec<(Vec<Interval>, Rc<[usize]>)> = Vec::new();
        let mut places: HashMap<Rc<[usize]>, usize> = HashMap::new();
        for within in domain {
            let inner = starts
                .iter()
                .copied()
                .filter(|&start| start > within.first && start <= within.last);
            let ends = inner.clone().map(|start| start - 1).chain([within.last]);
            for (first, last) in [within.first].into_iter().chain(inner).zip(ends) {
                self.steps += 1;
                let segment = Interval { first, last };
                self.looks += active.len();
                if self.looks > MAX_LOOKS || self.kept > MAX_KEPT {
                    self.steps = MAX_STEPS + 1;
                    return parts;
                }
                let left: Rc<[usize]> = active
                    .iter()
                    .copied()
                    .filter(|&row| self.rows[row][column].iter().any(|i| i.meets(segment)))
                    .collect();
                let place = *places.entry(left).or_insert_with_key(|left| {
                    self.kept += left.len();
                    parts.push((Vec::new(), Rc::clone(left)));
                    parts.len() - 1
                });
                let part = &mut parts[place].0;
                match part.last_mut() {
                    Some(before) if before.last.checked_add(1) == Some(first) => before.last = last,
                    _ => part.push(segment),
                }
            }
        }
        parts
    }

    fn leaf(&mut self, active: &[usize]) {
        self.reached[active[0]] = true;
        for &row in &active[1..] {
            self.behind[row] = true;
        }
        for (index, &first) in active.iter().enumerate() {
            for &second in &active[index + 1..] {
                if self.pairs.len() == MAX_FINDINGS {
                    return;
                }
                if self.pairs.insert((first, second)) {
                    let region = self.path.clone();
                    self.findings.overlaps.push(Overlap {
                        first,
                        second,
                        region,
                    });
                }
            }
        }
    }
}
