//! The order of evaluation.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
};

/// Orders nodes so that each stands behind those it depends on, and otherwise as declared.
///
/// # Errors
/// A node on a circle of dependencies.
pub(crate) fn dependency_order(dependencies: &[BTreeSet<usize>]) -> Result<Vec<usize>, usize> {
    let mut dependants = vec![Vec::new(); dependencies.len()];
    let mut open: Vec<_> = dependencies.iter().map(BTreeSet::len).collect();
    for (node, needs) in dependencies.iter().enumerate() {
        for &need in needs {
            dependants[need].push(node);
        }
    }
    let mut ready: BinaryHeap<_> = (0..open.len())
        .filter(|&n| open[n] == 0)
        .map(Reverse)
        .collect();
    let mut order = Vec::with_capacity(open.len());
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for &dependant in &dependants[node] {
            open[dependant] -= 1;
            if open[dependant] == 0 {
                ready.push(Reverse(dependant));
            }
        }
    }
    match open.iter().position(|&count| count > 0) {
        Some(node) => Err(node),
        None => Ok(order),
    }
}
