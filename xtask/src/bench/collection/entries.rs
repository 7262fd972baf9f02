//! The programs that are measured, their sizes and targets.

use std::path::PathBuf;

use crate::programs::{self, Source};
use crate::project;

/// Sizes on the command line of a program.
pub(super) type Sizes = &'static [u32];

/// What a tape may take beyond the primal's own memory and as much again for shadows.
#[derive(Clone, Copy)]
pub(super) enum Tape {
    /// Nothing is asked.
    Any,
    /// Nothing.
    None,
    /// So many numbers, given the sizes.
    Numbers(fn(Sizes) -> u64),
}

impl Tape {
    /// The most bytes, given the primal's own.
    pub(super) fn limit(self, sizes: Sizes, own: u64) -> Option<u64> {
        match self {
            Self::Any => None,
            Self::None => Some(own),
            Self::Numbers(count) => Some(own + 8 * count(sizes)),
        }
    }
}

/// One program.
pub(super) struct Entry {
    /// A file in `bench/programs`, or an example's name.
    name: &'static str,
    /// The sizes at which it runs.
    pub(super) sizes: &'static [Sizes],
    /// The ratio of gradient to primal that is the target.
    pub(super) target: Option<f64>,
    pub(super) tape: Tape,
    /// Sizes that grow by a factor each, over three decades of work where that is possible.
    pub(super) scaling: &'static [Sizes],
}

const fn entry(name: &'static str, sizes: &'static [Sizes]) -> Entry {
    Entry {
        name,
        sizes,
        target: None,
        tape: Tape::Any,
        scaling: &[],
    }
}

impl Entry {
    const fn target(mut self, ratio: f64) -> Self {
        self.target = Some(ratio);
        self
    }

    const fn tape(mut self, tape: Tape) -> Self {
        self.tape = tape;
        self
    }

    const fn scaling(mut self, sizes: &'static [Sizes]) -> Self {
        self.scaling = sizes;
        self
    }

    /// Where the program is.
    pub(super) fn source(&self) -> Source {
        let example = programs::ALL.iter().find(|known| known.name == self.name);
        example.map_or_else(
            || {
                let folder: PathBuf = project::root().join("bench/programs");
                Source::File(folder.join(self.name))
            },
            |known| Source::Example(*known),
        )
    }

    /// No optimization is developed on it.
    pub(super) fn held_out(&self) -> bool {
        self.name.starts_with("held_out/")
    }

    /// The entries whose name contains this.
    pub(super) fn named(part: &str) -> impl Iterator<Item = &'static Self> {
        ENTRIES
            .iter()
            .filter(move |entry| entry.name.contains(part))
    }
}

/// Two numbers for each of the four gates of a cell: layers, characters, bits.
fn two_a_gate(sizes: Sizes) -> u64 {
    8 * product(sizes)
}

fn product(sizes: Sizes) -> u64 {
    sizes.iter().map(|size| u64::from(*size)).product()
}

const ENTRIES: &[Entry] = &[
    entry(
        "gmm",
        &[
            &[2, 5, 1000],
            &[10, 25, 1000],
            &[20, 50, 1000],
            &[32, 25, 1000],
            &[64, 5, 1000],
        ],
    )
    .target(2.5)
    .tape(Tape::None)
    .scaling(&[
        &[10, 10, 10],
        &[10, 10, 100],
        &[10, 10, 1000],
        &[10, 10, 10_000],
    ]),
    entry("ba", &[&[2, 10, 10], &[49, 7776, 31_843]])
        .target(6.0)
        .tape(Tape::None)
        .scaling(&[
            &[9, 90, 100],
            &[9, 90, 1000],
            &[9, 90, 10_000],
            &[9, 90, 100_000],
        ]),
    entry("lstm", &[&[2, 64, 14], &[2, 1024, 14], &[4, 1024, 14]])
        .target(2.5)
        .tape(Tape::Numbers(two_a_gate))
        .scaling(&[
            &[2, 16, 14],
            &[2, 160, 14],
            &[2, 1600, 14],
            &[2, 16_000, 14],
        ]),
    entry("log_sum_exp.c", &[&[400], &[100_000]])
        .target(1.3)
        .tape(Tape::None)
        .scaling(&[&[100], &[1000], &[10_000], &[100_000]]),
    entry("least_squares.c", &[&[1000, 50]])
        .target(1.5)
        .tape(Tape::None)
        .scaling(&[&[10, 50], &[100, 50], &[1000, 50], &[10_000, 50]]),
    entry("k_means.c", &[&[1000, 10, 8]])
        .target(1.5)
        .tape(Tape::None)
        .scaling(&[
            &[10, 10, 8],
            &[100, 10, 8],
            &[1000, 10, 8],
            &[10_000, 10, 8],
        ]),
    entry("determinant.c", &[&[5], &[7], &[10]])
        .target(2.5)
        .tape(Tape::None)
        .scaling(&[&[4], &[5], &[6], &[7], &[8], &[9]]),
    entry("brusselator.c", &[&[32, 100]])
        .target(2.5)
        .tape(Tape::Numbers(|sizes| {
            2 * product(sizes) * u64::from(sizes[0])
        }))
        .scaling(&[&[32, 10], &[32, 100], &[32, 1000], &[32, 10_000]]),
    entry("rk4.c", &[&[40, 200]])
        .target(3.0)
        .tape(Tape::Numbers(product))
        .scaling(&[&[40, 20], &[40, 200], &[40, 2000], &[40, 20_000]]),
    entry("dopri5.cpp", &[&[500]])
        .target(3.0)
        .tape(Tape::Numbers(|sizes| 8 * product(sizes)))
        .scaling(&[&[50], &[500], &[5000], &[50_000]]),
    entry("fft_recursive.c", &[&[4096]])
        .target(2.5)
        .scaling(&[&[64], &[512], &[4096], &[65_536]]),
    entry("fft_iterative.c", &[&[4096]])
        .target(2.5)
        .scaling(&[&[64], &[512], &[4096], &[65_536]]),
    entry("hand_jacobian.c", &[&[544, 500]])
        .target(20.0)
        .scaling(&[&[20, 50], &[200, 500], &[2000, 5000], &[20_000, 50_000]]),
    entry("hand_tracking.c", &[&[22, 500]]).scaling(&[
        &[22, 10],
        &[22, 100],
        &[22, 1000],
        &[22, 10_000],
    ]),
    entry("particle.c", &[&[8, 1000]])
        .tape(Tape::Any)
        .scaling(&[&[8, 10], &[8, 100], &[8, 1000], &[8, 10_000]]),
    entry("matrix_descent.c", &[&[16, 24, 50]]),
    entry("held_out/black_scholes.c", &[&[64, 1000]]),
    entry("held_out/n_body.c", &[&[20, 50]]),
    entry("held_out/registration.c", &[&[64, 11]]),
    entry("held_out/kalman.c", &[&[6, 200]]),
    entry("held_out/conv_net.c", &[&[16, 4, 20]]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_is_there() {
        for entry in ENTRIES {
            let path = match entry.source() {
                Source::File(file) => file,
                Source::Example(program) => project::root().join(program.folder).join(program.name),
            };
            assert!(path.exists(), "{}", path.display());
        }
    }

    #[test]
    fn tapes_are_allowed_the_shadows_of_own_memory() {
        assert_eq!(Tape::Any.limit(&[4], 100), None);
        assert_eq!(Tape::None.limit(&[4], 100), Some(100));
        assert_eq!(Tape::Numbers(product).limit(&[4, 5], 100), Some(260));
    }
}
