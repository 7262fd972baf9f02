//! Points of a row's domain, the same on every machine and in every run.

use crate::row::Operand;
use crate::rule::Rule;

/// A small deterministic generator (xorshift64*).
#[derive(Clone, Debug)]
pub struct Sampler(u64);

impl Sampler {
    /// Starts at `seed`, which may be anything.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Uniform in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in `[low, high)`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

impl Rule {
    /// One point of every box of the domain: a number per operand, integral for integers.
    pub fn sample(&self, sampler: &mut Sampler) -> Vec<Vec<f64>> {
        let point = |ranges: &[std::ops::Range<f64>], sampler: &mut Sampler| {
            let pairs = ranges.iter().zip(self.operands());
            pairs
                .map(|(range, operand)| {
                    let value = sampler.between(range.start, range.end);
                    match operand {
                        Operand::Int => value.round(),
                        Operand::Real | Operand::Fixed | Operand::Long => value,
                        Operand::RealOut | Operand::IntOut => 0.0,
                    }
                })
                .collect()
        };
        let boxes = self.domain().iter();
        boxes.map(|ranges| point(ranges, sampler)).collect()
    }
}
