//! The source of every decision of the generator: a seed, or bytes of an outer fuzzer.

/// A stream of choices. Bytes that ran out read as zero, which makes the smallest program.
pub(crate) enum Choices {
    /// splitmix64 over a state.
    Seed(u64),
    /// Given bytes, then zeros.
    Bytes(std::vec::IntoIter<u8>),
}

impl Choices {
    /// The choices of program `index` under `seed`.
    pub(crate) fn of(seed: u64, index: u64) -> Choices {
        Choices::Seed(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03),
        )
    }
    /// The choices written in bytes.
    pub(crate) fn bytes(bytes: Vec<u8>) -> Choices {
        Choices::Bytes(bytes.into_iter())
    }
    fn next(&mut self) -> u64 {
        match self {
            Choices::Seed(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut z = *state;
                z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                z ^ (z >> 31)
            }
            Choices::Bytes(bytes) => {
                u64::from(bytes.next().unwrap_or(0)) << 8 | u64::from(bytes.next().unwrap_or(0))
            }
        }
    }
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    /// True in `percent` of 100 cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    /// An index chosen by weight.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (i, w) in weights.iter().enumerate() {
            if at < *w {
                return i;
            }
            at -= w;
        }
        0
    }
    /// One of a list.
    pub(crate) fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}
