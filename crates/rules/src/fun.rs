//! The functions and irrational constants that partial derivatives may use.
//!
//! Invariants (tested in `tests/table.rs`):
//! - every [`Fun`] has a row of its own or a [`Helper`](crate::Helper) body, so the code that a
//!   rule emits can itself be differentiated;
//! - a function without an LLVM intrinsic is spelled by its C name and only appears in the partials
//!   of functions from the same library, so emitting it never adds a link dependency that the
//!   primal did not have.

/// A mathematical function, independent of the float type it works on.
///
/// Operand kinds: all real, except the leading `n` of [`Fun::Jn`] and [`Fun::Yn`] and the trailing
/// `n` of [`Fun::Powi`], [`Fun::Pown`], [`Fun::Compoundn`], [`Fun::Ldexp`] and [`Fun::Scalbln`],
/// which are integers. [`Fun::Ilogb`] returns a C `int`; everything else returns a real.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Fun {
    Sin,
    Cos,
    Sinpi,
    Cospi,
    Sinh,
    Cosh,
    Tan,
    Exp,
    Exp2,
    Exp10,
    Log,
    Log1p,
    Lgamma,
    Sqrt,
    Pow,
    Powi,
    Pown,
    Compoundn,
    Hypot,
    Atan2,
    Fabs,
    Floor,
    Rint,
    Copysign,
    Ldexp,
    Scalbln,
    Ilogb,
    J0,
    J1,
    Jn,
    Y0,
    Y1,
    Yn,
    Digamma,
    Trigamma,
    Tetragamma,
}

/// How a [`Fun`] is obtained in generated code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// The intrinsic of this base name, overloaded on the float type (and on the integer type for
    /// `llvm.powi` and `llvm.ldexp`).
    Intrinsic(&'static str),
    /// The C function of this name with the suffix of the float type (`""`, `"f"`, `"l"`).
    Library(&'static str),
    /// A body that the tool emits; see [`mod@crate::helper`].
    Helper,
}

impl Fun {
    /// All functions, in declaration order.
    pub const ALL: &'static [Fun] = &[
        Fun::Sin,
        Fun::Cos,
        Fun::Sinpi,
        Fun::Cospi,
        Fun::Sinh,
        Fun::Cosh,
        Fun::Tan,
        Fun::Exp,
        Fun::Exp2,
        Fun::Exp10,
        Fun::Log,
        Fun::Log1p,
        Fun::Lgamma,
        Fun::Sqrt,
        Fun::Pow,
        Fun::Powi,
        Fun::Pown,
        Fun::Compoundn,
        Fun::Hypot,
        Fun::Atan2,
        Fun::Fabs,
        Fun::Floor,
        Fun::Rint,
        Fun::Copysign,
        Fun::Ldexp,
        Fun::Scalbln,
        Fun::Ilogb,
        Fun::J0,
        Fun::J1,
        Fun::Jn,
        Fun::Y0,
        Fun::Y1,
        Fun::Yn,
        Fun::Digamma,
        Fun::Trigamma,
        Fun::Tetragamma,
    ];

    /// The name used in documentation and the C spelling for `double`.
    pub const fn name(self) -> &'static str {
        match self {
            Fun::Sin => "sin",
            Fun::Cos => "cos",
            Fun::Sinpi => "sinpi",
            Fun::Cospi => "cospi",
            Fun::Sinh => "sinh",
            Fun::Cosh => "cosh",
            Fun::Tan => "tan",
            Fun::Exp => "exp",
            Fun::Exp2 => "exp2",
            Fun::Exp10 => "exp10",
            Fun::Log => "log",
            Fun::Log1p => "log1p",
            Fun::Lgamma => "lgamma",
            Fun::Sqrt => "sqrt",
            Fun::Pow => "pow",
            Fun::Powi => "powi",
            Fun::Pown => "pown",
            Fun::Compoundn => "compoundn",
            Fun::Hypot => "hypot",
            Fun::Atan2 => "atan2",
            Fun::Fabs => "fabs",
            Fun::Floor => "floor",
            Fun::Rint => "rint",
            Fun::Copysign => "copysign",
            Fun::Ldexp => "ldexp",
            Fun::Scalbln => "scalbln",
            Fun::Ilogb => "ilogb",
            Fun::J0 => "j0",
            Fun::J1 => "j1",
            Fun::Jn => "jn",
            Fun::Y0 => "y0",
            Fun::Y1 => "y1",
            Fun::Yn => "yn",
            Fun::Digamma => "digamma",
            Fun::Trigamma => "trigamma",
            Fun::Tetragamma => "tetragamma",
        }
    }

    /// Where the function comes from. Intrinsics are preferred: they vectorize and carry no errno.
    pub const fn source(self) -> Source {
        match self {
            Fun::Sin => Source::Intrinsic("llvm.sin"),
            Fun::Cos => Source::Intrinsic("llvm.cos"),
            Fun::Sinh => Source::Intrinsic("llvm.sinh"),
            Fun::Cosh => Source::Intrinsic("llvm.cosh"),
            Fun::Tan => Source::Intrinsic("llvm.tan"),
            Fun::Exp => Source::Intrinsic("llvm.exp"),
            Fun::Exp2 => Source::Intrinsic("llvm.exp2"),
            Fun::Exp10 => Source::Intrinsic("llvm.exp10"),
            Fun::Log => Source::Intrinsic("llvm.log"),
            Fun::Sqrt => Source::Intrinsic("llvm.sqrt"),
            Fun::Pow => Source::Intrinsic("llvm.pow"),
            Fun::Powi => Source::Intrinsic("llvm.powi"),
            Fun::Atan2 => Source::Intrinsic("llvm.atan2"),
            Fun::Fabs => Source::Intrinsic("llvm.fabs"),
            Fun::Floor => Source::Intrinsic("llvm.floor"),
            Fun::Rint => Source::Intrinsic("llvm.rint"),
            Fun::Copysign => Source::Intrinsic("llvm.copysign"),
            Fun::Ldexp => Source::Intrinsic("llvm.ldexp"),
            Fun::Sinpi
            | Fun::Log1p
            | Fun::Lgamma
            | Fun::Cospi
            | Fun::Pown
            | Fun::Compoundn
            | Fun::Hypot
            | Fun::Scalbln
            | Fun::Ilogb
            | Fun::J0
            | Fun::J1
            | Fun::Jn
            | Fun::Y0
            | Fun::Y1
            | Fun::Yn => Source::Library(self.name()),
            Fun::Digamma | Fun::Trigamma | Fun::Tetragamma => Source::Helper,
        }
    }

    /// Number of operands.
    pub const fn arity(self) -> usize {
        match self {
            Fun::Pow
            | Fun::Powi
            | Fun::Pown
            | Fun::Compoundn
            | Fun::Hypot
            | Fun::Atan2
            | Fun::Copysign
            | Fun::Ldexp
            | Fun::Scalbln
            | Fun::Jn
            | Fun::Yn => 2,
            _ => 1,
        }
    }

    /// The operand that is an integer, if any.
    pub const fn integer_operand(self) -> Option<usize> {
        match self {
            Fun::Jn | Fun::Yn => Some(0),
            Fun::Powi | Fun::Pown | Fun::Compoundn | Fun::Ldexp | Fun::Scalbln => Some(1),
            _ => None,
        }
    }

    /// True when the result is a C `int`.
    pub const fn returns_int(self) -> bool {
        matches!(self, Fun::Ilogb)
    }
}

/// An irrational constant, kept by name so that wide float types get all their digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Constant {
    Pi,
    Ln2,
    Ln10,
    /// 2/√π, the slope of erf at the origin.
    TwoOverSqrtPi,
    /// √π/2, the slope of its inverse.
    HalfSqrtPi,
    /// 1/√(2π), the height of the normal density.
    NormalHeight,
    /// √(2π).
    SqrtTwoPi,
    /// π/180.
    Degree,
}

impl Constant {
    /// Enough decimal digits for `fp128` (parse them at the target's precision).
    pub const fn digits(self) -> &'static str {
        match self {
            Constant::Pi => "3.14159265358979323846264338327950288419717",
            Constant::Ln2 => "0.693147180559945309417232121458176568075500",
            Constant::Ln10 => "2.30258509299404568401799145468436420760110",
            Constant::TwoOverSqrtPi => "1.12837916709551257389615890312154517168810",
            Constant::HalfSqrtPi => "0.886226925452758013649083741670572591398774",
            Constant::NormalHeight => "0.398942280401432677939946059934381868475859",
            Constant::SqrtTwoPi => "2.50662827463100050241576528481104525300699",
            Constant::Degree => "0.0174532925199432957692369076848861271344287",
        }
    }

    /// The nearest `f64`.
    pub const fn value(self) -> f64 {
        match self {
            Constant::Pi => std::f64::consts::PI,
            Constant::Ln2 => std::f64::consts::LN_2,
            Constant::Ln10 => std::f64::consts::LN_10,
            Constant::TwoOverSqrtPi => std::f64::consts::FRAC_2_SQRT_PI,
            Constant::HalfSqrtPi => 0.886_226_925_452_758,
            Constant::NormalHeight => 0.398_942_280_401_432_7,
            Constant::SqrtTwoPi => 2.506_628_274_631_000_7,
            Constant::Degree => std::f64::consts::PI / 180.0,
        }
    }

    /// The symbol in documentation.
    pub const fn symbol(self) -> &'static str {
        match self {
            Constant::Pi => "π",
            Constant::Ln2 => "ln 2",
            Constant::Ln10 => "ln 10",
            Constant::TwoOverSqrtPi => "(2/√π)",
            Constant::HalfSqrtPi => "(√π/2)",
            Constant::NormalHeight => "(1/√(2π))",
            Constant::SqrtTwoPi => "√(2π)",
            Constant::Degree => "(π/180)",
        }
    }
}
