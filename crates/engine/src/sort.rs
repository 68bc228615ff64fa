//! Putting things in order.

/// Sorts by heap. The library's sorts are faster on long lists, and each type that is sorted would add
/// four kilobytes to what a browser downloads; this one never takes more than n log n steps either.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    for root in (0..items.len() / 2).rev() {
        sift_down(items, root);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sift_down(&mut items[..end], 0);
    }
}

/// Lets an item sink below those that are greater.
fn sift_down<T: Ord>(items: &mut [T], mut root: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= items.len() {
            return;
        }
        if child + 1 < items.len() && items[child] < items[child + 1] {
            child += 1;
        }
        if items[root] >= items[child] {
            return;
        }
        items.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_sorted_as_the_library_sorts_them(mut items: Vec<u8>) {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            super::sort(&mut items);
            prop_assert_eq!(items, sorted);
        }
    }
}
