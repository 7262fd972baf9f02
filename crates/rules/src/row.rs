//! What a row of the table is, and the macro that rows are written with.
//!
//! A row is plain data plus two closures: the primal over `f64`, used by tests and by the
//! interpreter, and the partials over recording numbers. [`crate::Rule`] is a row whose partials
//! have been recorded.

use std::ops::Range;

use crate::record::{Num, Recorder};

/// What an operand of a rule is. Operands are the arguments of the call, in order, pointers
/// included, so operand numbers are argument numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A real of the rule's float type; may be active.
    Real,
    /// A real of the rule's float type that has no partial: an error when active.
    Fixed,
    /// A `long double` whatever the rule's float type; its partial is zero (`nexttoward`).
    Long,
    /// An integer; never active.
    Int,
    /// A pointer to a real of the rule's float type that the function writes.
    RealOut,
    /// A pointer to an integer that the function writes.
    IntOut,
}

/// Where an output of a rule is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The result.
    Result,
    /// A field of the result, a struct.
    Field(u8),
    /// The memory the operand of this number points to.
    Memory(u8),
}

/// One output of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Output {
    /// Where it is.
    pub place: Place,
    /// True for a real; integers carry no derivative, but memory they overwrite loses its own.
    pub real: bool,
}

/// The single output of most rules.
pub const RESULT: &[Output] = &[Output {
    place: Place::Result,
    real: true,
}];

/// Why a special point has the partial it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// IEEE arithmetic is left to produce an infinity or NaN: the derivative really is infinite or
    /// undefined, and hiding it would hide a fault of the model.
    Ieee,
    /// Exactly zero, by an ordered compare so that NaN stays NaN: the minimum of a norm.
    Zero,
    /// A stated one-sided choice at a kink, or the limit where the plain formula has none.
    Tie,
}

/// A special point: the partials there are part of the contract and pinned by a test.
#[derive(Clone, Copy, Debug)]
pub struct Special {
    /// Operand values, one per operand (0 for pointers).
    pub at: &'static [f64],
    /// Partials of output 0, one per operand (0 for operands that are never active).
    pub partials: &'static [f64],
    /// Which policy.
    pub policy: Policy,
    /// The reason, for the documentation.
    pub why: &'static str,
}

pub(crate) const fn special(
    policy: Policy,
    at: &'static [f64],
    partials: &'static [f64],
    why: &'static str,
) -> Special {
    Special {
        at,
        partials,
        policy,
        why,
    }
}

/// How a symbol is spelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spelling {
    /// An LLVM opcode, with its constrained and vector-predicated intrinsics.
    Op(&'static str),
    /// An intrinsic, without `llvm.`, with its constrained and vector-predicated forms.
    Llvm(&'static str),
    /// A C library function in all its float types (`sin`, `sinf`, `sinl`, `sinf128`, …).
    C(&'static str),
    /// As [`Spelling::C`] for names where the float suffix is followed by a tail: `lgamma` `_r`.
    Tailed(&'static str, &'static str),
    /// A C++ or compiler symbol for one float type.
    Exact(&'static str, crate::names::Width),
}

/// A box that operands are sampled from: one range per operand (any range for pointers).
pub type Domain = &'static [Range<f64>];

/// The untraced form of a rule.
pub struct Row {
    /// Short name, unique in the table.
    pub name: &'static str,
    /// One sentence or more for the documentation.
    pub doc: &'static str,
    /// Symbols it applies to.
    pub spellings: &'static [Spelling],
    /// Kinds of the operands.
    pub operands: &'static [Operand],
    /// Mask of real operands that are the real part of a complex one; the next operand is its
    /// imaginary part. Fields 0 and 1 of a result are those of a complex one then.
    pub pairs: u32,
    /// Outputs; a single result unless stated.
    pub outputs: &'static [Output],
    /// Boxes for the self-test, away from kinks and jumps.
    pub domain: &'static [Domain],
    /// The primal over `f64`, one value per output.
    pub primal: fn(&[f64]) -> [f64; 2],
    /// Partials, output-major over real outputs and [`Operand::Real`] operands.
    pub partials: for<'d> fn(&'d Recorder) -> Vec<Num<'d>>,
    /// Special points.
    pub special: &'static [Special],
}

/// Declares one operand inside the recording closure.
macro_rules! declare {
    ($recorder:ident, $index:ident, Int) => {
        $recorder.int_operand($index)
    };
    ($recorder:ident, $index:ident, $kind:ident) => {
        $recorder.operand($index)
    };
}
pub(crate) use declare;

/// Declares one output inside the recording closure.
macro_rules! declare_output {
    ($recorder:ident, $index:ident, int) => {
        $recorder.int_output($index)
    };
    ($recorder:ident, $index:ident, real) => {
        $recorder.output($index)
    };
}
pub(crate) use declare_output;

/// Writes a slice of rows; see the crate's documentation for the grammar by example.
macro_rules! rows {
    ($($(#[doc = $doc:literal])+
       $name:ident($($x:ident: $kind:ident),+) -> $y:ident
       names [$($spelling:expr),* $(,)?]
       $(pairs $pairs:literal)?
       primal |$($p:pat_param),+| $primal:expr;
       domain [$([$($range:expr),+]),+]
       partials [$($partial:expr),* $(,)?]
       $(special [$($special:expr),* $(,)?])?
    )+) => {
        pub(super) static ROWS: &[crate::row::Row] = &[$(crate::row::Row {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),+),
            spellings: &[$($spelling),*],
            operands: &[$(crate::row::Operand::$kind),+],
            pairs: 0 $(| $pairs)?,
            outputs: crate::row::RESULT,
            domain: &[$(&[$($range),+]),+],
            primal: |values| {
                let primal: fn($(crate::row::as_f64!($x)),+) -> f64 = |$($p),+| $primal;
                let mut values = values.iter().copied();
                [primal($({ let $x = values.next().unwrap_or(f64::NAN); $x }),+), 0.0]
            },
            partials: |recorder| {
                let mut index = 0u8;
                $(#[allow(unused)] let $x = crate::row::declare!(recorder, index, $kind); index += 1;)+
                let _ = index;
                #[allow(unused)]
                let $y = recorder.output(0);
                vec![$(crate::record::Num::from($partial)),*]
            },
            special: &[$($($special),*)?],
        }),+];
    };
}
pub(crate) use rows;

macro_rules! as_f64 {
    ($name:ident) => {
        f64
    };
}
pub(crate) use as_f64;

/// Writes a slice of rows with several outputs or outputs in memory.
macro_rules! multi_rows {
    ($($(#[doc = $doc:literal])+
       $name:ident($($x:ident: $kind:ident),+) -> ($($y:ident: $out:ident in $place:expr),+)
       names [$($spelling:expr),* $(,)?]
       $(pairs $pairs:literal)?
       primal |$p:ident| $primal:expr;
       domain [$([$($range:expr),+]),+]
       partials [$($partial:expr),* $(,)?]
    )+) => {
        pub(super) static ROWS: &[crate::row::Row] = &[$(crate::row::Row {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),+),
            spellings: &[$($spelling),*],
            operands: &[$(crate::row::Operand::$kind),+],
            pairs: 0 $(| $pairs)?,
            outputs: &[$(crate::row::Output {
                place: $place,
                real: crate::row::is_real!($out),
            }),+],
            domain: &[$(&[$($range),+]),+],
            primal: |$p| $primal,
            partials: |recorder| {
                let mut index = 0u8;
                $(#[allow(unused)] let $x = crate::row::declare!(recorder, index, $kind); index += 1;)+
                let _ = index;
                let mut index = 0u8;
                $(#[allow(unused)]
                  let $y = crate::row::declare_output!(recorder, index, $out); index += 1;)+
                let _ = index;
                vec![$(crate::record::Num::from($partial)),*]
            },
            special: &[],
        }),+];
    };
}
pub(crate) use multi_rows;

macro_rules! is_real {
    (real) => {
        true
    };
    (int) => {
        false
    };
}
pub(crate) use is_real;

/// The two parts of a complex result.
pub const PARTS: &[Output] = &[
    Output {
        place: Place::Field(0),
        real: true,
    },
    Output {
        place: Place::Field(1),
        real: true,
    },
];

/// Writes a slice of rows of holomorphic functions: operands are complex, `slopes` are complex
/// derivatives, one per operand. Operands after a semicolon are real and have none.
macro_rules! complex_rows {
    ($($(#[doc = $doc:literal])+
       $name:ident($($z:ident),+ $(; $x:ident: $kind:ident)?) -> $r:ident
       names [$($spelling:expr),* $(,)?]
       primal |$($p:ident),+| $primal:expr;
       domain [$([$($range:expr),+]),+]
       slopes [$($slope:expr),+ $(,)?]
       $(special [$($special:expr),* $(,)?])?
    )+) => {
        pub(super) static ROWS: &[crate::row::Row] = &[$(crate::row::Row {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),+),
            spellings: &[$($spelling),*],
            operands: &[
                $(crate::row::part!($z), crate::row::part!($z),)+
                $(crate::row::Operand::$kind)?
            ],
            pairs: crate::row::alternate(&[$(stringify!($z)),+]),
            outputs: crate::row::PARTS,
            domain: &[$(&[$($range),+]),+],
            primal: |values| {
                let mut parts = values.chunks_exact(2);
                let mut next = || {
                    let pair = parts.next().unwrap_or(&[f64::NAN, f64::NAN]);
                    crate::complex64::C64(pair[0], pair[1])
                };
                $(let $p = next();)+
                let value = $primal;
                [value.0, value.1]
            },
            partials: |recorder| {
                let mut index = 0u8;
                $(#[allow(unused)]
                  let $z = crate::complex::Cx::new(recorder.operand(index), recorder.operand(index + 1));
                  index += 2;)+
                let _ = index;
                #[allow(unused)]
                let $r = crate::complex::Cx::new(recorder.output(0), recorder.output(1));
                crate::complex::partials(&[$($slope),+])
            },
            special: &[$($($special),*)?],
        }),+];
    };
}
pub(crate) use complex_rows;

macro_rules! part {
    ($name:ident) => {
        crate::row::Operand::Real
    };
}
pub(crate) use part;

/// Every second operand begins a pair.
pub(crate) const fn alternate(operands: &[&str]) -> u32 {
    let mut mask = 0;
    let mut index = 0;
    while index < operands.len() {
        mask |= 1 << (2 * index);
        index += 1;
    }
    mask
}
