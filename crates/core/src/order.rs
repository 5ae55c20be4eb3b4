//! Sorting with one copy of the machine code. The standard sorts are compiled anew for every type and key (five
//! kilobytes each in wasm, a tenth of the whole program); here only places are sorted, and then the items moved.
//! Must behave like the standard stable sort.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

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

/// Maps and sets that keep their items in order.
pub trait Tree: Default {}
impl<K: Ord, V> Tree for BTreeMap<K, V> {}
impl<K: Ord> Tree for BTreeSet<K> {}

/// Collecting into ordered maps and sets. The standard `collect` sorts first, with a sort of its own for every type;
/// this inserts one by one, which is as quick for the sizes at hand.
pub trait Gather: Iterator + Sized {
    fn gather<C: Tree + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

/// The same for items that may be errors: the first error ends it.
pub trait TryGather<T, E>: Iterator<Item = Result<T, E>> + Sized {
    fn try_gather<C: Tree + Extend<T>>(self) -> Result<C, E> {
        let mut all = C::default();
        for one in self {
            all.extend([one?]);
        }
        Ok(all)
    }
}

impl<T, E, I: Iterator<Item = Result<T, E>>> TryGather<T, E> for I {}

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
