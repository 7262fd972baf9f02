//! Instructions and what is arithmetic in all but name.

use super::{INF, NAN, ieee, tie};
use crate::names::Width;
use crate::record::{copysign, eq, ge, lt, pick, rint};
use crate::row::Spelling::{C, Exact, Llvm, Op};
use crate::row::rows;

rows! {
    /// Negation.
    fneg(x: Real) -> y
    names [Op("fneg"), Exact("__negtf2", Width::Quad), Exact("__negxf2", Width::Long), Exact("__negdf2", Width::Double), Exact("__negsf2", Width::Single), Exact("_chgsign", Width::Double), Exact("_chgsignf", Width::Single),
        Exact("__aeabi_dneg", Width::Double), Exact("__aeabi_fneg", Width::Single)]
    primal |x| -x;
    domain [[-9.0..9.0]]
    partials [-1.0]

    /// Sum.
    fadd(a: Real, b: Real) -> y
    names [Op("fadd"), Exact("__addtf3", Width::Quad), Exact("__addxf3", Width::Long), Exact("__adddf3", Width::Double), Exact("__addsf3", Width::Single),
        Exact("__aeabi_dadd", Width::Double), Exact("__aeabi_fadd", Width::Single)]
    primal |a, b| a + b;
    domain [[-9.0..9.0, -9.0..9.0]]
    partials [1.0, 1.0]

    /// Difference.
    fsub(a: Real, b: Real) -> y
    names [Op("fsub"), Exact("__subtf3", Width::Quad), Exact("__subxf3", Width::Long), Exact("__subdf3", Width::Double), Exact("__subsf3", Width::Single),
        Exact("__aeabi_dsub", Width::Double), Exact("__aeabi_fsub", Width::Single)]
    primal |a, b| a - b;
    domain [[-9.0..9.0, -9.0..9.0]]
    partials [1.0, -1.0]

    /// Difference with the operands exchanged, of the ARM run-time library.
    rsub(a: Real, b: Real) -> y
    names [Exact("__aeabi_drsub", Width::Double), Exact("__aeabi_frsub", Width::Single)]
    primal |a, b| b - a;
    domain [[-9.0..9.0, -9.0..9.0]]
    partials [-1.0, 1.0]

    /// Product. Only the other factor is kept, and only for an active operand.
    fmul(a: Real, b: Real) -> y
    names [Op("fmul"), Exact("__multf3", Width::Quad), Exact("__mulxf3", Width::Long), Exact("__muldf3", Width::Double), Exact("__mulsf3", Width::Single),
        Exact("__aeabi_dmul", Width::Double), Exact("__aeabi_fmul", Width::Single)]
    primal |a, b| a * b;
    domain [[-9.0..9.0, -9.0..9.0]]
    partials [b, a]

    /// Quotient. The partial of the divisor goes through the result: squaring the divisor would
    /// overflow early.
    fdiv(a: Real, b: Real) -> y
    names [Op("fdiv"), Exact("__divtf3", Width::Quad), Exact("__divxf3", Width::Long), Exact("__divdf3", Width::Double), Exact("__divsf3", Width::Single),
        Exact("__aeabi_ddiv", Width::Double), Exact("__aeabi_fdiv", Width::Single)]
    primal |a, b| a / b;
    domain [[-9.0..9.0, 0.2..5.0], [-9.0..9.0, -5.0..-0.2]]
    partials [1.0 / b, -((1.0 / b) * y)]
    special [
        ieee(&[1.0, 0.0], &[INF, -INF], "a pole"),
        ieee(&[1e300, 1e-200], &[1e200, -INF], "the primal overflows and so does its slope"),
        ieee(&[1e200, 1e200], &[1e-200, -1e-200], "no intermediate overflow"),
    ]

    /// Remainder of the truncated quotient. The jumps are ignored; the quotient is recovered from
    /// the result, because truncating `x / y` is wrong when the quotient rounds up (6.0 rem 0.1 has
    /// quotient 59).
    frem(x: Real, y: Real) -> r
    names [Op("frem"), C("fmod")]
    primal |x, y| x % y;
    domain [[2.2..2.8, 0.96..1.04], [-2.8..-2.2, 0.96..1.04], [7.2..7.4, -3.4..-3.3]]
    partials [1.0, -rint((x - r) / y)]
    special [
        tie(&[6.0, 0.1], &[1.0, -59.0], "the quotient is 59, though 6.0 / 0.1 rounds to 60"),
        ieee(&[1.0, 0.0], &[1.0, NAN], "the primal is NaN"),
    ]

    /// Remainder of the quotient rounded to nearest even.
    remainder(x: Real, y: Real) -> r
    names [C("remainder"), C("drem")]
    primal |x, y| x - y * (x / y).round_ties_even();
    domain [[2.1..2.4, 0.98..1.02], [2.6..2.9, 0.98..1.02], [-2.4..-2.1, -1.02..-0.98]]
    partials [1.0, -rint((x - r) / y)]
    special [tie(&[2.5, 1.0], &[1.0, -2.0], "ties go to the even quotient 2, not 3")]

    /// Fused multiply-add, and its relaxed form.
    fma(a: Real, b: Real, c: Real) -> y
    names [Llvm("fma"), Llvm("fmuladd"), C("fma")]
    primal |a, b, c| a * b + c;
    domain [[-9.0..9.0, -9.0..9.0, -9.0..9.0]]
    partials [b, a, 1.0]

    /// Absolute value. The kink takes the slope of `x < 0 ? -x : x`.
    fabs(x: Real) -> y
    names [Llvm("fabs"), C("fabs")]
    primal |x| x.abs();
    domain [[0.1..9.0], [-9.0..-0.1]]
    partials [pick(lt(x, 0.0), -1.0, 1.0)]
    special [
        tie(&[0.0], &[1.0], "the slope from the right"),
        tie(&[-0.0], &[1.0], "the slope from the right"),
    ]

    /// Magnitude of the first operand with the sign of the second, compared by sign bits.
    copysign(x: Real, y: Real) -> r
    names [Llvm("copysign"), C("copysign"), Exact("_copysign", Width::Double), Exact("_copysignf", Width::Single)]
    primal |x, y| x.copysign(y);
    domain [[0.1..9.0, -9.0..-0.1], [-9.0..-0.1, -9.0..-0.1], [-9.0..-0.1, 0.1..9.0]]
    partials [pick(eq(copysign(1.0, x), copysign(1.0, y)), 1.0, -1.0), 0.0]
    special [
        tie(&[-0.0, 1.0], &[-1.0, 0.0], "sign bits, not values, decide"),
        tie(&[0.0, 1.0], &[1.0, 0.0], "sign bits, not values, decide"),
        tie(&[1.0, -0.0], &[-1.0, 0.0], "sign bits, not values, decide"),
    ]

    /// Positive difference. The tie has both slopes, as `max(x − y, 0)` with the tie to the first.
    fdim(x: Real, y: Real) -> r
    names [C("fdim")]
    primal |x, y| if x > y { x - y } else { 0.0 };
    domain [[1.0..4.0, -4.0..0.9], [-4.0..0.9, 1.0..4.0]]
    partials [
        pick(ge(x, y), 1.0, 0.0),
        pick(ge(x, y), -1.0, 0.0),
    ]
    special [tie(&[2.0, 2.0], &[1.0, -1.0], "both slopes at the tie")]

    /// Canonical form, fences and copies: the value is unchanged.
    identity(x: Real) -> y
    names [Llvm("canonicalize"), Llvm("arithmetic.fence"), Llvm("ssa.copy")]
    primal |x| x;
    domain [[-9.0..9.0]]
    partials [1.0]

    /// The next representable number: the step is below resolution.
    nextafter(x: Real, y: Real) -> r
    names [C("nextafter"), Exact("_nextafter", Width::Double), Exact("_nextafterf", Width::Single)]
    primal |x, _y| x;
    domain [[0.5..2.0, 3.0..4.0]]
    partials [1.0, 0.0]

    /// As `nextafter`, towards a `long double`.
    nexttoward(x: Real, y: Long) -> r
    names [C("nexttoward")]
    primal |x, _y| x;
    domain [[0.5..2.0, 3.0..4.0]]
    partials [1.0]

    /// The next number up or down.
    nextup(x: Real) -> r
    names [C("nextup"), C("nextdown")]
    primal |x| x;
    domain [[0.5..2.0]]
    partials [1.0]
}
