//! Minima and maxima. One operand takes the whole derivative.
//!
//! Ties are ties of *value* (−0 and +0 too). Optimizers exchange equivalent select, min and max
//! forms, so nothing outside this crate may rely on what happens at a tie.

use super::{NAN, tie};
use crate::record::{Num, Truth, eq, fabs, gt, is_nan, lt, pick};
use crate::row::Spelling::{C, Llvm};
use crate::row::rows;

/// `x < y`, or `y` is no number: the minimum of two numbers is `x`.
fn min_takes_first<'d>(x: Num<'d>, y: Num<'d>) -> Truth<'d> {
    lt(x, y).or(is_nan(y))
}

/// `x < y`, or `x` is no number: the maximum of two numbers is `y`.
fn max_takes_second<'d>(x: Num<'d>, y: Num<'d>) -> Truth<'d> {
    lt(x, y).or(is_nan(x))
}

/// The NaN-propagating minimum is `x`: NaN operands win, `x` first.
fn minimum_takes_first<'d>(x: Num<'d>, y: Num<'d>) -> Truth<'d> {
    lt(x, y).or(is_nan(x))
}

/// The NaN-propagating maximum is `y`.
fn maximum_takes_second<'d>(x: Num<'d>, y: Num<'d>) -> Truth<'d> {
    lt(x, y).or(is_nan(y).and(!is_nan(x)))
}

/// `magnitude`, or by `plain` when the magnitudes are equal.
fn by_magnitude<'d>(x: Num<'d>, y: Num<'d>, magnitude: Truth<'d>, plain: Truth<'d>) -> Truth<'d> {
    let unordered = is_nan(x).or(is_nan(y));
    magnitude.or(plain.and(eq(fabs(x), fabs(y)).or(unordered)))
}

rows! {
    /// Minimum of two numbers; a NaN operand is ignored. Ties go to the second.
    minnum(x: Real, y: Real) -> r
    names [Llvm("minnum"), Llvm("minimumnum"), C("fmin"), C("fminimum_num")]
    primal |x, y| x.min(y);
    domain [[-4.0..0.9, 1.0..4.0], [1.0..4.0, -4.0..0.9]]
    partials [
        pick(min_takes_first(x, y), 1.0, 0.0),
        pick(min_takes_first(x, y), 0.0, 1.0),
    ]
    special [
        tie(&[2.0, 2.0], &[0.0, 1.0], "ties go to the second operand"),
        tie(&[-0.0, 0.0], &[0.0, 1.0], "zeros tie by value"),
        tie(&[NAN, 2.0], &[0.0, 1.0], "a NaN operand gets nothing"),
        tie(&[2.0, NAN], &[1.0, 0.0], "a NaN operand gets nothing"),
    ]

    /// Maximum of two numbers; a NaN operand is ignored. Ties go to the first.
    maxnum(x: Real, y: Real) -> r
    names [Llvm("maxnum"), Llvm("maximumnum"), C("fmax"), C("fmaximum_num")]
    primal |x, y| x.max(y);
    domain [[-4.0..0.9, 1.0..4.0], [1.0..4.0, -4.0..0.9]]
    partials [
        pick(max_takes_second(x, y), 0.0, 1.0),
        pick(max_takes_second(x, y), 1.0, 0.0),
    ]
    special [
        tie(&[2.0, 2.0], &[1.0, 0.0], "ties go to the first operand"),
        tie(&[-0.0, 0.0], &[1.0, 0.0], "zeros tie by value"),
        tie(&[NAN, 2.0], &[0.0, 1.0], "a NaN operand gets nothing"),
        tie(&[2.0, NAN], &[1.0, 0.0], "a NaN operand gets nothing"),
    ]

    /// Minimum that returns NaN when an operand is NaN.
    minimum(x: Real, y: Real) -> r
    names [Llvm("minimum"), C("fminimum")]
    primal |x, y| if x.is_nan() || x < y { x } else { y };
    domain [[-4.0..0.9, 1.0..4.0], [1.0..4.0, -4.0..0.9]]
    partials [
        pick(minimum_takes_first(x, y), 1.0, 0.0),
        pick(minimum_takes_first(x, y), 0.0, 1.0),
    ]
    special [
        tie(&[2.0, 2.0], &[0.0, 1.0], "ties go to the second operand"),
        tie(&[NAN, 2.0], &[1.0, 0.0], "the NaN operand is the result"),
        tie(&[2.0, NAN], &[0.0, 1.0], "the NaN operand is the result"),
        tie(&[NAN, NAN], &[1.0, 0.0], "the first of two NaN"),
    ]

    /// Maximum that returns NaN when an operand is NaN.
    maximum(x: Real, y: Real) -> r
    names [Llvm("maximum"), C("fmaximum")]
    primal |x, y| if x.is_nan() || x >= y { x } else { y };
    domain [[-4.0..0.9, 1.0..4.0], [1.0..4.0, -4.0..0.9]]
    partials [
        pick(maximum_takes_second(x, y), 0.0, 1.0),
        pick(maximum_takes_second(x, y), 1.0, 0.0),
    ]
    special [
        tie(&[2.0, 2.0], &[1.0, 0.0], "ties go to the first operand"),
        tie(&[NAN, 2.0], &[1.0, 0.0], "the NaN operand is the result"),
        tie(&[2.0, NAN], &[0.0, 1.0], "the NaN operand is the result"),
        tie(&[NAN, NAN], &[1.0, 0.0], "the first of two NaN"),
    ]

    /// The operand of larger magnitude, unsigned value passed through; `maximum` when equal.
    fmaximum_mag(x: Real, y: Real) -> r
    names [C("fmaximum_mag")]
    primal |x, y| if y.abs() > x.abs() { y } else { x };
    domain [[2.0..4.0, -1.5..1.5], [-1.5..1.5, -4.0..-2.0]]
    partials [
        pick(by_magnitude(x, y, lt(fabs(x), fabs(y)), maximum_takes_second(x, y)), 0.0, 1.0),
        pick(by_magnitude(x, y, lt(fabs(x), fabs(y)), maximum_takes_second(x, y)), 1.0, 0.0),
    ]
    special [
        tie(&[2.0, -2.0], &[1.0, 0.0], "equal magnitudes: the greater value"),
        tie(&[-2.0, 2.0], &[0.0, 1.0], "equal magnitudes: the greater value"),
        tie(&[2.0, NAN], &[0.0, 1.0], "the NaN operand is the result"),
    ]

    /// The operand of larger magnitude; a NaN operand is ignored.
    fmaximum_mag_num(x: Real, y: Real) -> r
    names [C("fmaximum_mag_num"), C("fmaxmag")]
    primal |x, y| if y.abs() > x.abs() { y } else { x };
    domain [[2.0..4.0, -1.5..1.5], [-1.5..1.5, -4.0..-2.0]]
    partials [
        pick(by_magnitude(x, y, lt(fabs(x), fabs(y)), max_takes_second(x, y)), 0.0, 1.0),
        pick(by_magnitude(x, y, lt(fabs(x), fabs(y)), max_takes_second(x, y)), 1.0, 0.0),
    ]
    special [
        tie(&[-2.0, 2.0], &[0.0, 1.0], "equal magnitudes: the greater value"),
        tie(&[2.0, NAN], &[1.0, 0.0], "a NaN operand gets nothing"),
        tie(&[NAN, 2.0], &[0.0, 1.0], "a NaN operand gets nothing"),
    ]

    /// The operand of smaller magnitude, unsigned value passed through; `minimum` when equal.
    fminimum_mag(x: Real, y: Real) -> r
    names [C("fminimum_mag")]
    primal |x, y| if x.abs() < y.abs() { x } else { y };
    domain [[2.0..4.0, -1.5..1.5], [-1.5..1.5, -4.0..-2.0]]
    partials [
        pick(by_magnitude(x, y, gt(fabs(y), fabs(x)), minimum_takes_first(x, y)), 1.0, 0.0),
        pick(by_magnitude(x, y, gt(fabs(y), fabs(x)), minimum_takes_first(x, y)), 0.0, 1.0),
    ]
    special [
        tie(&[2.0, -2.0], &[0.0, 1.0], "equal magnitudes: the lesser value"),
        tie(&[2.0, NAN], &[0.0, 1.0], "the NaN operand is the result"),
        tie(&[NAN, 2.0], &[1.0, 0.0], "the NaN operand is the result"),
    ]

    /// The operand of smaller magnitude; a NaN operand is ignored.
    fminimum_mag_num(x: Real, y: Real) -> r
    names [C("fminimum_mag_num"), C("fminmag")]
    primal |x, y| if x.abs() < y.abs() { x } else { y };
    domain [[2.0..4.0, -1.5..1.5], [-1.5..1.5, -4.0..-2.0]]
    partials [
        pick(by_magnitude(x, y, gt(fabs(y), fabs(x)), min_takes_first(x, y)), 1.0, 0.0),
        pick(by_magnitude(x, y, gt(fabs(y), fabs(x)), min_takes_first(x, y)), 0.0, 1.0),
    ]
    special [
        tie(&[2.0, -2.0], &[0.0, 1.0], "equal magnitudes: the lesser value"),
        tie(&[2.0, NAN], &[1.0, 0.0], "a NaN operand gets nothing"),
        tie(&[NAN, 2.0], &[0.0, 1.0], "a NaN operand gets nothing"),
    ]
}
