//! Numbers that are as good as thrown, the same in every run.

/// SplitMix64, by Sebastiano Vigna.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 on and below the end.
    pub fn up_to(&mut self, end: i64) -> i64 {
        (self.next() % end.unsigned_abs()) as i64
    }

    pub fn one_in(&mut self, of: i64) -> bool {
        self.up_to(of) == 0
    }

    pub fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.up_to(items.len() as i64) as usize]
    }
}
