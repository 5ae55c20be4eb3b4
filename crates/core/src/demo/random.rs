//! Repeatable choices from a seed (the splitmix64 sequence). Not for anything that must be unguessable.
//! Must not be seeded from a clock or a browser: the seed comes in as an argument.

/// A sequence of choices; the same seed gives the same sequence on every machine.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Independent sequences for different `index` of one `seed`.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut dice = Self(seed);
        let mixed = dice.next() ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(mixed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 ≤ result < `count`; 0 when `count` is 0.
    pub fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(count)) >> 64) as u64
    }

    /// Between both, inclusive; `low` when they are the wrong way round.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len() as u64) as usize)
    }

    /// A UUID of version 7 made at `ms` (UTC milliseconds since 1970).
    pub fn uuid(&mut self, ms: u64) -> String {
        let (a, b) = (self.next() & 0xfff, self.next());
        let (variant, node) = (0x8000 | (b >> 50 & 0x3fff), b & 0xffff_ffff_ffff);
        format!("{:08x}-{:04x}-7{a:03x}-{variant:04x}-{node:012x}", ms >> 16 & 0xffff_ffff, ms & 0xffff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_stay_in_range_and_repeat() {
        let mut dice = Dice::new(7, 3);
        let drawn: Vec<u64> = (0..2_000).map(|_| dice.between(5, 9)).collect();
        for value in 5..=9 {
            assert!(drawn.contains(&value), "{value} never came");
        }
        assert!(drawn.iter().all(|value| (5..=9).contains(value)));
        let mut again = Dice::new(7, 3);
        assert_eq!(drawn, (0..2_000).map(|_| again.between(5, 9)).collect::<Vec<_>>());
        assert_ne!(Dice::new(7, 3).next(), Dice::new(7, 4).next());
        assert_ne!(Dice::new(7, 3).next(), Dice::new(8, 3).next());
        assert_eq!((dice.below(0), dice.pick::<u8>(&[])), (0, None));
    }

    #[test]
    fn ids_have_the_form_of_version_7() {
        let id = Dice::new(1, 1).uuid(0x0123_4567_89ab);
        assert_eq!((id.len(), &id[..15]), (36, "01234567-89ab-7"), "{id}");
        assert!(matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
    }
}
