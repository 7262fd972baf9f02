//! C functions of a given size for the compile-time benchmark.
//!
//! Each shape stresses another part: one long block, many branches, many loops with memory, many
//! calls. The text depends on the shape and the size only. LLVM's own passes take quadratic time on
//! thousands of loops in one function, so loops are spread over functions of a few.

use std::fmt::Write as _;

/// What the function is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// One block of arithmetic.
    Straight,
    /// A chain of `if`s whose branches assign variables.
    Branches,
    /// Functions with a few loops over arrays each.
    Loops,
    /// Many small functions that call each other in a chain.
    Calls,
}

impl Shape {
    /// Every shape.
    pub(super) const ALL: &'static [Self] =
        &[Self::Straight, Self::Branches, Self::Loops, Self::Calls];

    /// Its name in tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Straight => "straight line",
            Self::Branches => "branches",
            Self::Loops => "loops",
            Self::Calls => "calls",
        }
    }

    /// Statements of this shape compile to about this many instructions each.
    fn instructions(self) -> usize {
        match self {
            Self::Straight => 3,
            Self::Branches => 5,
            Self::Loops => 18,
            Self::Calls => 4,
        }
    }
}

/// Live variables: few enough that the work a statement does not grow with the size.
const VARIABLES: usize = 8;

/// A file with a function of about `instructions` instructions and a request for its gradient.
pub(super) fn source(shape: Shape, instructions: usize) -> String {
    let count = (instructions / shape.instructions()).max(1);
    let mut out = String::from("extern int enzyme_dup, enzyme_const;\n");
    out.push_str("void __enzyme_autodiff_void(void *, ...);\ndouble sin(double);\n");
    match shape {
        Shape::Calls => chained(&mut out, count),
        Shape::Loops => loops(&mut out, count),
        Shape::Straight | Shape::Branches => {}
    }
    out.push_str("static double f(const double *restrict x, double *restrict y, int n) {\n");
    for v in 0..VARIABLES {
        let _ = writeln!(out, "  double v{v} = x[{v}];");
    }
    for index in 0..count {
        statement(&mut out, shape, index);
    }
    let sum: Vec<_> = (0..VARIABLES).map(|v| format!("v{v}")).collect();
    let _ = writeln!(out, "  return {};\n}}", sum.join(" + "));
    out.push_str(
        "void gradient(const double *x, double *dx, double *y, double *dy, int n) {\n  \
         __enzyme_autodiff_void((void *)f, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_const, n);\n}\n",
    );
    out
}

fn statement(out: &mut String, shape: Shape, index: usize) {
    // Different strides so that neighbouring statements do not share operands.
    let a = index % VARIABLES;
    let b = (index * 3 + 1) % VARIABLES;
    let c = (index * 5 + 2) % VARIABLES;
    // Constants keep values near 1 however long the chain is.
    let scale = 0.25 + (index % 7) as f64 * 0.0625;
    let _ = match shape {
        Shape::Straight if index % 16 == 15 => writeln!(out, "  v{a} = sin(v{b}) * {scale};"),
        Shape::Straight => writeln!(out, "  v{a} = v{b} * v{c} * {scale} + v{a} * 0.5;"),
        Shape::Branches => writeln!(
            out,
            "  if (v{a} < v{b}) {{ v{c} = v{a} * v{b} * {scale}; }} else {{ v{c} = v{c} * 0.5 + {scale}; }}"
        ),
        Shape::Loops if !index.is_multiple_of(GROUP) => Ok(()),
        Shape::Loops => writeln!(out, "  v{a} = h{}(x, y, n, v{b});", index / GROUP),
        Shape::Calls => writeln!(out, "  v{a} = g{index}(v{b}, v{c});"),
    };
}

/// Loops a function.
const GROUP: usize = 8;

/// Functions that together have `count` loops.
fn loops(out: &mut String, count: usize) {
    for first in (0..count).step_by(GROUP) {
        let _ = writeln!(
            out,
            "__attribute__((noinline)) static double h{}(const double *restrict x, \
             double *restrict y, int n, double a) {{\n  double s = a;",
            first / GROUP
        );
        for index in first..count.min(first + GROUP) {
            let scale = 0.25 + (index % 7) as f64 * 0.0625;
            let _ = writeln!(
                out,
                "  for (int i = 0; i < n; i++) {{ y[i] = y[i] * x[i] * {scale} + a; s += y[i] * x[i]; }}"
            );
        }
        out.push_str("  return s;\n}\n");
    }
}

/// Each helper calls the one before the one before it, so that inlining does not make one block.
fn chained(out: &mut String, count: usize) {
    for index in 0..count {
        let inner = if index % 4 == 3 {
            format!("g{}(a * 0.5, b)", index - 1)
        } else {
            "a * 0.5".to_owned()
        };
        let _ = writeln!(
            out,
            "__attribute__((noinline)) static double g{index}(double a, double b) \
             {{ return {inner} * b + {}.0 / 16; }}",
            index % 13
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_in_proportion() {
        for shape in Shape::ALL {
            let (small, large) = (source(*shape, 1_000).len(), source(*shape, 10_000).len());
            assert!(
                (8 * small..12 * small).contains(&large),
                "{shape:?}: {small} {large}"
            );
        }
    }
}
