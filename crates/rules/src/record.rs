//! The tracing numbers: partial derivatives are ordinary Rust over [`Num`], [`Int`] and [`Truth`],
//! and running that Rust once records it into a [`Dag`].
//!
//! Literals and named constants carry no recorder until they meet a recorded number, so
//! `2.0 * x` and a partial that is plainly `1.0` both read naturally.
//!
//! ```
//! use rz_rules::record::{Recorder, cos, exp};
//! let recorder = Recorder::default();
//! let x = recorder.operand(0);
//! let twice = 2.0 * cos(x) + exp(cos(x));
//! # let _ = twice;
//! assert_eq!(recorder.finish().len(), 6); // x, cos x (once), 2, product, exp, sum
//! ```

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::dag::{Arith, Cmp, Dag, Expr, Node};
use crate::fun::{Constant, Fun};

/// Owns the DAG while it is being recorded.
#[derive(Debug, Default)]
pub struct Recorder(RefCell<Dag>);

impl Recorder {
    fn put(&self, node: Node) -> Expr {
        self.0.borrow_mut().intern(node)
    }

    /// A real operand of the primal.
    pub fn operand(&self, index: u8) -> Num<'_> {
        Num::Node(self, self.put(Node::Operand(index)))
    }

    /// An integer operand of the primal.
    pub fn int_operand(&self, index: u8) -> Int<'_> {
        Int(self, self.put(Node::Operand(index)))
    }

    /// A real output of the primal.
    pub fn output(&self, index: u8) -> Num<'_> {
        Num::Node(self, self.put(Node::Output(index)))
    }

    /// An integer output of the primal.
    pub fn int_output(&self, index: u8) -> Int<'_> {
        Int(self, self.put(Node::Output(index)))
    }

    /// The id of a number in this recorder.
    pub fn expr<'d>(&'d self, num: impl Into<Num<'d>>) -> Expr {
        match num.into() {
            Num::Literal(value) => self.put(Node::Literal(value.to_bits())),
            Num::Constant(constant) => self.put(Node::Constant(constant)),
            Num::Node(_, expr) => expr,
        }
    }

    /// Ends the recording.
    pub fn finish(self) -> Dag {
        self.0.into_inner()
    }
}

/// A real number that remembers how it was computed.
#[derive(Clone, Copy, Debug)]
pub enum Num<'d> {
    /// A literal that has not met a recorded number yet.
    Literal(f64),
    /// A named constant that has not met a recorded number yet.
    Constant(Constant),
    /// A recorded number.
    Node(&'d Recorder, Expr),
}

/// π.
pub const PI: Constant = Constant::Pi;
/// ln 2.
pub const LN_2: Constant = Constant::Ln2;
/// ln 10.
pub const LN_10: Constant = Constant::Ln10;
/// 2/√π.
pub const TWO_OVER_SQRT_PI: Constant = Constant::TwoOverSqrtPi;
/// √π/2.
pub const HALF_SQRT_PI: Constant = Constant::HalfSqrtPi;
/// 1/√(2π).
pub const NORMAL_HEIGHT: Constant = Constant::NormalHeight;
/// √(2π).
pub const SQRT_TWO_PI: Constant = Constant::SqrtTwoPi;
/// π/180.
pub const DEGREE: Constant = Constant::Degree;

impl From<f64> for Num<'_> {
    fn from(value: f64) -> Self {
        Num::Literal(value)
    }
}

impl From<Constant> for Num<'_> {
    fn from(constant: Constant) -> Self {
        Num::Constant(constant)
    }
}

fn recorder<'d>(a: Num<'d>, b: Num<'d>) -> Option<&'d Recorder> {
    match (a, b) {
        (Num::Node(r, _), _) | (_, Num::Node(r, _)) => Some(r),
        _ => None,
    }
}

fn is(num: Num<'_>, value: f64) -> bool {
    matches!(num, Num::Literal(v) if v.to_bits() == value.to_bits())
}

fn arith<'d>(op: Arith, a: Num<'d>, b: Num<'d>) -> Num<'d> {
    match op {
        // Exact for every operand, NaN and signed zeros included.
        Arith::Mul if is(a, 1.0) => return b,
        Arith::Mul | Arith::Div if is(b, 1.0) => return a,
        _ => {}
    }
    if let (Num::Literal(x), Num::Literal(y)) = (a, b) {
        return Num::Literal(match op {
            Arith::Add => x + y,
            Arith::Sub => x - y,
            Arith::Mul => x * y,
            Arith::Div => x / y,
        });
    }
    let recorder = recorder(a, b)
        .expect("arithmetic on named constants alone would round them to double: add a Constant");
    let node = Node::Arith(op, recorder.expr(a), recorder.expr(b));
    Num::Node(recorder, recorder.put(node))
}

macro_rules! operators {
    ($($trait:ident $method:ident),*) => {$(
        impl<'d> $trait for Num<'d> {
            type Output = Num<'d>;
            fn $method(self, other: Num<'d>) -> Num<'d> { arith(Arith::$trait, self, other) }
        }
        impl<'d> $trait<f64> for Num<'d> {
            type Output = Num<'d>;
            fn $method(self, other: f64) -> Num<'d> { arith(Arith::$trait, self, other.into()) }
        }
        impl<'d> $trait<Num<'d>> for f64 {
            type Output = Num<'d>;
            fn $method(self, other: Num<'d>) -> Num<'d> { arith(Arith::$trait, self.into(), other) }
        }
        impl<'d> $trait<Constant> for Num<'d> {
            type Output = Num<'d>;
            fn $method(self, other: Constant) -> Num<'d> { arith(Arith::$trait, self, other.into()) }
        }
        impl<'d> $trait<Num<'d>> for Constant {
            type Output = Num<'d>;
            fn $method(self, other: Num<'d>) -> Num<'d> { arith(Arith::$trait, self.into(), other) }
        }
    )*};
}
operators!(Add add, Sub sub, Mul mul, Div div);

impl<'d> Neg for Num<'d> {
    type Output = Num<'d>;
    fn neg(self) -> Num<'d> {
        match self {
            Num::Literal(value) => Num::Literal(-value),
            Num::Constant(_) => panic!("negate after multiplying by a recorded number"),
            Num::Node(recorder, expr) => Num::Node(recorder, recorder.put(Node::Neg(expr))),
        }
    }
}

/// A truth value that remembers how it was computed.
#[derive(Clone, Copy, Debug)]
pub struct Truth<'d>(&'d Recorder, Expr);

impl<'d> Truth<'d> {
    /// Both.
    #[must_use]
    pub fn and(self, other: Truth<'d>) -> Truth<'d> {
        Truth(self.0, self.0.put(Node::And(self.1, other.1)))
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Truth<'d>) -> Truth<'d> {
        Truth(self.0, self.0.put(Node::Or(self.1, other.1)))
    }
}

impl<'d> std::ops::Not for Truth<'d> {
    type Output = Truth<'d>;
    fn not(self) -> Truth<'d> {
        Truth(self.0, self.0.put(Node::Not(self.1)))
    }
}

fn compare<'d>(cmp: Cmp, a: Num<'d>, b: Num<'d>) -> Truth<'d> {
    let recorder = recorder(a, b).expect("a comparison of literals is not a condition");
    let node = Node::Compare(cmp, recorder.expr(a), recorder.expr(b));
    Truth(recorder, recorder.put(node))
}

/// `a < b`, false for NaN.
pub fn lt<'d>(a: Num<'d>, b: impl Into<Num<'d>>) -> Truth<'d> {
    compare(Cmp::Lt, a, b.into())
}

/// `a > b`, false for NaN.
pub fn gt<'d>(a: Num<'d>, b: impl Into<Num<'d>>) -> Truth<'d> {
    compare(Cmp::Gt, a, b.into())
}

/// `a <= b`, false for NaN.
pub fn le<'d>(a: Num<'d>, b: impl Into<Num<'d>>) -> Truth<'d> {
    compare(Cmp::Le, a, b.into())
}

/// `a >= b`, false for NaN.
pub fn ge<'d>(a: Num<'d>, b: impl Into<Num<'d>>) -> Truth<'d> {
    compare(Cmp::Ge, a, b.into())
}

/// `a == b`, false for NaN: policy pZ must let NaN through.
pub fn eq<'d>(a: Num<'d>, b: impl Into<Num<'d>>) -> Truth<'d> {
    compare(Cmp::Eq, a, b.into())
}

/// True for NaN.
pub fn is_nan(a: Num<'_>) -> Truth<'_> {
    compare(Cmp::Ne, a, a)
}

/// `if c { a } else { b }`. As the outermost form of a partial it becomes a select between two
/// scaled adjoints, so an infinite or NaN value in the branch not taken never meets the seed.
pub fn pick<'d>(c: Truth<'d>, a: impl Into<Num<'d>>, b: impl Into<Num<'d>>) -> Num<'d> {
    let recorder = c.0;
    let node = Node::Pick(c.1, recorder.expr(a), recorder.expr(b));
    Num::Node(recorder, recorder.put(node))
}

/// An integer that remembers how it was computed.
#[derive(Clone, Copy, Debug)]
pub struct Int<'d>(&'d Recorder, Expr);

impl<'d> Int<'d> {
    fn literal(self, value: i64) -> Expr {
        self.0.put(Node::Int(Some(self.1), value))
    }

    /// `self + value`, wrapping.
    #[must_use]
    pub fn plus(self, value: i64) -> Int<'d> {
        let literal = self.literal(value);
        Int(self.0, self.0.put(Node::IntAdd(self.1, literal)))
    }

    /// `-self`, wrapping.
    #[must_use]
    pub fn negated(self) -> Int<'d> {
        let zero = self.literal(0);
        Int(self.0, self.0.put(Node::IntSub(zero, self.1)))
    }

    /// `self == value`.
    pub fn is(self, value: i64) -> Truth<'d> {
        let literal = self.literal(value);
        Truth(
            self.0,
            self.0.put(Node::IntCompare(Cmp::Eq, self.1, literal)),
        )
    }

    /// `self < value`, signed.
    pub fn below(self, value: i64) -> Truth<'d> {
        let literal = self.literal(value);
        Truth(
            self.0,
            self.0.put(Node::IntCompare(Cmp::Lt, self.1, literal)),
        )
    }

    /// `if c { a } else { b }`.
    pub fn pick(c: Truth<'d>, a: Int<'d>, b: Int<'d>) -> Int<'d> {
        Int(c.0, c.0.put(Node::Pick(c.1, a.1, b.1)))
    }

    /// The real number of the same value.
    pub fn real(self) -> Num<'d> {
        Num::Node(self.0, self.0.put(Node::IntToReal(self.1)))
    }
}

fn call1(fun: Fun, x: Num<'_>) -> Num<'_> {
    let Num::Node(recorder, expr) = x else {
        panic!("call of {} on a constant", fun.name());
    };
    Num::Node(recorder, recorder.put(Node::Call(fun, expr, None)))
}

macro_rules! functions {
    ($($name:ident $fun:ident),*) => {$(
        #[doc = concat!("Records a call of `", stringify!($name), "`.")]
        pub fn $name(x: Num<'_>) -> Num<'_> { call1(Fun::$fun, x) }
    )*};
}
functions!(
    sin Sin, cos Cos, sinpi Sinpi, cospi Cospi, sinh Sinh, cosh Cosh, tan Tan, exp Exp, exp2 Exp2,
    exp10 Exp10, log Log, sqrt Sqrt, fabs Fabs, floor Floor, rint Rint, j0 J0, j1 J1, y0 Y0, y1 Y1,
    digamma Digamma, trigamma Trigamma, tetragamma Tetragamma, log1p Log1p, lgamma Lgamma
);

fn call2<'d>(fun: Fun, a: Num<'d>, b: Num<'d>) -> Num<'d> {
    let recorder = recorder(a, b).expect("a call on constants");
    let node = Node::Call(fun, recorder.expr(a), Some(recorder.expr(b)));
    Num::Node(recorder, recorder.put(node))
}

/// Records a call of `pow`.
pub fn pow<'d>(x: Num<'d>, y: Num<'d>) -> Num<'d> {
    call2(Fun::Pow, x, y)
}

/// Records a call of `atan2`.
pub fn atan2<'d>(y: Num<'d>, x: Num<'d>) -> Num<'d> {
    call2(Fun::Atan2, y, x)
}

/// Records a call of `hypot`.
pub fn hypot<'d>(x: Num<'d>, y: Num<'d>) -> Num<'d> {
    call2(Fun::Hypot, x, y)
}

/// Records a call of `copysign`.
pub fn copysign<'d>(magnitude: impl Into<Num<'d>>, sign: Num<'d>) -> Num<'d> {
    call2(Fun::Copysign, magnitude.into(), sign)
}

fn call_int<'d>(fun: Fun, x: Num<'d>, n: Int<'d>) -> Num<'d> {
    let x = n.0.expr(x);
    let node = match fun.integer_operand() {
        Some(0) => Node::Call(fun, n.1, Some(x)),
        _ => Node::Call(fun, x, Some(n.1)),
    };
    Num::Node(n.0, n.0.put(node))
}

/// Records a call of `powi`.
pub fn powi<'d>(x: Num<'d>, n: Int<'d>) -> Num<'d> {
    call_int(Fun::Powi, x, n)
}

/// Records a call of `pown`.
pub fn pown<'d>(x: Num<'d>, n: Int<'d>) -> Num<'d> {
    call_int(Fun::Pown, x, n)
}

/// Records a call of `compoundn`.
pub fn compoundn<'d>(x: Num<'d>, n: Int<'d>) -> Num<'d> {
    call_int(Fun::Compoundn, x, n)
}

/// Records `2ⁿ` as `ldexp(1, n)`; the seed takes the place of the 1, so no power of two that is
/// out of range is ever formed.
pub fn exp2i(n: Int<'_>) -> Num<'_> {
    call_int(Fun::Ldexp, 1.0.into(), n)
}

/// As [`exp2i`] for an exponent of C type `long`.
pub fn exp2l(n: Int<'_>) -> Num<'_> {
    call_int(Fun::Scalbln, 1.0.into(), n)
}

/// Records a call of `ilogb`.
pub fn ilogb(x: Num<'_>) -> Int<'_> {
    let Num::Node(recorder, _) = call1(Fun::Ilogb, x) else {
        unreachable!("call1 records");
    };
    let expr = recorder.expr(call1(Fun::Ilogb, x));
    Int(recorder, expr)
}

/// Records a call of `jn` with a recorded order.
pub fn jn<'d>(n: Int<'d>, x: Num<'d>) -> Num<'d> {
    call_int(Fun::Jn, x, n)
}

/// Records a call of `yn` with a recorded order.
pub fn yn<'d>(n: Int<'d>, x: Num<'d>) -> Num<'d> {
    call_int(Fun::Yn, x, n)
}

/// A C `int` literal, for functions whose order is fixed (`jn(2, x)`).
pub fn int(like: Num<'_>, value: i64) -> Int<'_> {
    let Num::Node(recorder, _) = like else {
        panic!("an integer literal needs a recorder");
    };
    Int(recorder, recorder.put(Node::Int(None, value)))
}
