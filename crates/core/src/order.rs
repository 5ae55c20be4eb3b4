//! Sorting with one copy of the machine code. The standard sorts are compiled anew for every type and key (five
//! kilobytes each in wasm, a tenth of the whole program); here only places are sorted, and then the items moved.
//! Must behave like the standard stable sort.

use std::cmp::Ordering;

/// Stable sorts for slices.
pub trait Order<T> {
    /// Like `sort_by`.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);
    /// Like `sort_by_key`.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let mut ranks = ranks(self.len(), &|a, b| compare(&self[a], &self[b]));
        for place in 0..self.len() {
            while ranks[place] != place {
                let target = ranks[place];
                self.swap(place, target);
                ranks.swap(place, target);
            }
        }
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// For each old place the new one.
fn ranks(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    let mut ranks = vec![0; len];
    for (new, old) in places.into_iter().enumerate() {
        ranks[old] = new;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_standard_stable_sort(list: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (list.clone(), list);
            ours.order_by_key(|pair| pair.0);
            theirs.sort_by_key(|pair| pair.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
