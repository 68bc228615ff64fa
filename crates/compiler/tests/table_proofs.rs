//! The sweep over decision tables against every single combination of inputs.

use std::collections::BTreeSet;

use counterfoil_compiler::proofs::table::{Interval, RowBox, sweep};
use proptest::prelude::*;

fn interval(width: i128) -> impl Strategy<Value = Interval> {
    (0..width, 0..width).prop_map(|(a, b)| Interval {
        first: a.min(b) - 1,
        last: a.max(b) + 1,
    })
}

fn tables() -> impl Strategy<Value = (Vec<Vec<Interval>>, Vec<RowBox>)> {
    let widths = prop::collection::vec(1..7_i128, 1..4);
    widths.prop_flat_map(|widths| {
        let domains: Vec<_> = widths
            .iter()
            .map(|&width| {
                // A hole in the middle, as blank beside a range of numbers makes one.
                if width > 4 {
                    vec![
                        Interval { first: 0, last: 1 },
                        Interval {
                            first: 3,
                            last: width,
                        },
                    ]
                } else {
                    vec![Interval {
                        first: 0,
                        last: width,
                    }]
                }
            })
            .collect();
        let cells: Vec<_> = widths
            .iter()
            .map(|&width| prop::collection::vec(interval(width), 1..3))
            .collect();
        (Just(domains), prop::collection::vec(cells, 0..6))
    })
}

fn points(domains: &[Vec<Interval>]) -> Vec<Vec<i128>> {
    domains.iter().fold(vec![Vec::new()], |points, domain| {
        points
            .iter()
            .flat_map(|point| {
                domain
                    .iter()
                    .flat_map(|i| i.first..=i.last)
                    .map(move |value| [point.as_slice(), &[value]].concat())
            })
            .collect()
    })
}

fn matching(rows: &[RowBox], point: &[i128]) -> Vec<usize> {
    let accepts =
        |cells: &[Interval], value: i128| cells.iter().any(|i| i.first <= value && value <= i.last);
    (0..rows.len())
        .filter(|&row| {
            rows[row]
                .iter()
                .zip(point)
                .all(|(cells, &value)| accepts(cells, value))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn finds_what_trying_every_input_finds((domains, rows) in tables()) {
        let findings = sweep(&domains, &rows);
        prop_assert!(findings.proved);

        let mut gap = false;
        let mut pairs = BTreeSet::new();
        let mut first: BTreeSet<usize> = BTreeSet::new();
        for point in points(&domains) {
            let hits = matching(&rows, &point);
            gap |= hits.is_empty();
            first.extend(hits.first());
            for (index, &a) in hits.iter().enumerate() {
                pairs.extend(hits[index + 1..].iter().map(|&b| (a, b)));
            }
        }
        prop_assert_eq!(!findings.gaps.is_empty(), gap);
        let found: BTreeSet<_> = findings.overlaps.iter().map(|o| (o.first, o.second)).collect();
        prop_assert_eq!(found.len(), findings.overlaps.len());
        prop_assert_eq!(found, pairs);
        let never: Vec<_> = (0..rows.len()).filter(|row| !first.contains(row)).collect();
        prop_assert_eq!(&findings.never_first, &never);

        for region in &findings.gaps {
            let corner: Vec<_> = region.iter().map(|i| i.first).collect();
            prop_assert!(matching(&rows, &corner).is_empty());
        }
        for overlap in &findings.overlaps {
            let corner: Vec<_> = overlap.region.iter().map(|i| i.last).collect();
            let hits = matching(&rows, &corner);
            prop_assert!(hits.contains(&overlap.first) && hits.contains(&overlap.second));
        }
    }
}

#[test]
fn gives_up_on_what_is_too_much() {
    // Rows whose every combination leaves other rows.
    let domains = vec![vec![Interval { first: 0, last: 1 }]; 22];
    let rows: Vec<RowBox> = (0..22)
        .map(|row| {
            let cell = |column| if row == column { 0 } else { 1 };
            (0..22)
                .map(|column| {
                    vec![Interval {
                        first: 0,
                        last: cell(column),
                    }]
                })
                .collect()
        })
        .collect();
    assert!(!sweep(&domains, &rows).proved);
}
