//! Bodies of the functions that partials use and no C library exports.
//!
//! A helper is straight-line code recorded into the same DAG as partials, so one description
//! serves every float type and vector width, the evaluator, and `synth`, which emits it once per
//! module as a hidden `linkonce_odr` function named by [`Helper::symbol`]. It is ordinary code and
//! is differentiated as such; where a branch is not taken its operand is replaced by a harmless
//! one first, so that a derivative of the body never meets the other branch's pole.
//!
//! Accuracy in double: about 1e-12, relative for values above 1 and absolute below, over
//! (−20, 30) and 1e-8 … 1e8. The series ends where double does; wide types get no more digits.

use std::sync::LazyLock;

use crate::dag::{Dag, Expr};
use crate::emit::{Emit, Terms};
use crate::fun::Fun;
use crate::record::{Num, PI, Recorder, eq, floor, le, log, lt, pick, sin, tan};

/// A function with a body of its own.
pub struct Helper {
    fun: Fun,
    dag: Dag,
    root: Expr,
    hash: u64,
}

impl Helper {
    fn record(fun: Fun, body: for<'d> fn(Num<'d>) -> Num<'d>) -> Self {
        let recorder = Recorder::default();
        let root = recorder.expr(body(recorder.operand(0)));
        let dag = recorder.finish();
        // FNV-1a over the printed nodes: changes whenever the body does, never with the host.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for node in dag.nodes() {
            for byte in format!("{node:?};").bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Self {
            fun,
            dag,
            root,
            hash,
        }
    }

    /// The function it implements.
    pub fn fun(&self) -> Fun {
        self.fun
    }

    /// The body's nodes.
    pub fn dag(&self) -> &Dag {
        &self.dag
    }

    /// The symbol of the body for the type printed as `ty` (`"f64"`, `"v4f32"`). The hash keeps
    /// objects of two releases apart when they are linked together.
    pub fn symbol(&self, ty: &str) -> String {
        format!(
            "__ribozyme_{}_{ty}_{:08x}",
            self.fun.name(),
            (self.hash >> 32) as u32 ^ self.hash as u32
        )
    }

    /// Emits the body.
    pub fn emit<E: Emit>(&self, e: &mut E, args: &[E::V]) -> E::V {
        let operands: Vec<_> = args.iter().copied().map(Some).collect();
        Terms::new(&self.dag, &operands, &[]).value(e, self.root)
    }
}

static HELPERS: LazyLock<[Helper; 3]> = LazyLock::new(|| {
    [
        Helper::record(Fun::Digamma, digamma),
        Helper::record(Fun::Trigamma, trigamma),
        Helper::record(Fun::Tetragamma, tetragamma),
    ]
});

/// All helpers.
pub fn helpers() -> &'static [Helper] {
    &*HELPERS
}

/// The body of `fun`, when it has one.
pub fn helper(fun: Fun) -> Option<&'static Helper> {
    HELPERS.iter().find(|helper| helper.fun == fun)
}

/// The argument moved to where the asymptotic series holds, and how it got there.
struct Shifted<'d> {
    /// `1 − x` for `x ≤ 0`, else `x`: positive.
    positive: Num<'d>,
    /// `positive + 10` when below 10.
    far: Num<'d>,
    below: crate::record::Truth<'d>,
    reflected: crate::record::Truth<'d>,
    /// `x − ⌊x⌋` when reflected, else ½.
    fraction: Num<'d>,
}

const STEPS: usize = 10;

fn shift(x: Num<'_>) -> Shifted<'_> {
    let reflected = le(x, 0.0);
    let positive = pick(reflected, 1.0 - x, x);
    let below = lt(positive, 10.0);
    Shifted {
        positive,
        far: pick(below, positive + 10.0, positive),
        below,
        reflected,
        fraction: pick(reflected, x - floor(x), 0.5),
    }
}

impl<'d> Shifted<'d> {
    /// Σ 1/(x+k)ᵖ over the steps taken.
    fn steps(&self, power: usize) -> Num<'d> {
        // Ten harmless terms when no step was taken.
        let start = pick(self.below, self.positive, 10.0);
        let sum = (0..STEPS).map(|k| {
            let inverse = 1.0 / if k == 0 { start } else { start + k as f64 };
            (1..power).fold(inverse, |product, _| product * inverse)
        });
        let sum = sum.reduce(|a, b| a + b).unwrap_or(Num::Literal(0.0));
        pick(self.below, sum, 0.0)
    }
}

/// Σ cᵢ·(−j)ⁱ by Horner's rule.
fn series<'d>(j: Num<'d>, coefficients: &[f64]) -> Num<'d> {
    let (last, rest) = coefficients
        .split_last()
        .expect("a series has a first coefficient");
    rest.iter()
        .rev()
        .fold(Num::Literal(*last), |sum, &c| c - j * sum)
}

/// ψ: log x − 1/(2x) − Σ B₂ₖ/(2k x²ᵏ), stepped up by ψ(x) = ψ(x+1) − 1/x and reflected by
/// ψ(x) = ψ(1−x) − π/tan πx.
fn digamma(x: Num<'_>) -> Num<'_> {
    let at = shift(x);
    let u = at.far;
    let j = 1.0 / (u * u);
    let tail = j * series(
        j,
        &[
            1.0 / 12.0,
            1.0 / 120.0,
            1.0 / 252.0,
            1.0 / 240.0,
            1.0 / 132.0,
            691.0 / 32760.0,
            1.0 / 12.0,
        ],
    );
    let asymptotic = log(u) - 0.5 / u - tail;
    let pole = pick(eq(at.fraction, 0.0), f64::NAN, PI / tan(PI * at.fraction));
    asymptotic - at.steps(1) - pick(at.reflected, pole, 0.0)
}

/// ψ₁: 1/x + 1/(2x²) + Σ B₂ₖ/x²ᵏ⁺¹, stepped by +1/x², reflected by
/// ψ₁(x) = (π/sin πx)² − ψ₁(1−x).
fn trigamma(x: Num<'_>) -> Num<'_> {
    let at = shift(x);
    let u = at.far;
    let j = 1.0 / (u * u);
    let tail = series(
        j,
        &[
            1.0 / 6.0,
            1.0 / 30.0,
            1.0 / 42.0,
            1.0 / 30.0,
            5.0 / 66.0,
            691.0 / 2730.0,
            7.0 / 6.0,
        ],
    );
    let value = 1.0 / u + 0.5 * j + j / u * tail + at.steps(2);
    let pole = PI / sin(PI * at.fraction);
    pick(at.reflected, pole * pole - value, value)
}

/// ψ₂: the derivative of ψ₁ term by term; ψ₂(x) = ψ₂(1−x) − 2π³ cos πx / sin³ πx.
fn tetragamma(x: Num<'_>) -> Num<'_> {
    let at = shift(x);
    let u = at.far;
    let j = 1.0 / (u * u);
    let tail = series(
        j,
        &[
            3.0 / 6.0,
            5.0 / 30.0,
            7.0 / 42.0,
            9.0 / 30.0,
            55.0 / 66.0,
            8983.0 / 2730.0,
            105.0 / 6.0,
        ],
    );
    let value = -(j + j / u + j * j * tail + 2.0 * at.steps(3));
    let pole = PI / sin(PI * at.fraction);
    let pole = 2.0 * pole * pole * (PI / tan(PI * at.fraction));
    pick(at.reflected, value - pole, value)
}
