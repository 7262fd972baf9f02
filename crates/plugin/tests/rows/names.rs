//! The float types that functions are called at, and the names that a row has there.

use rz_rules::{Operand, Rule, Spelling, Width, rules};

/// A float type that the functions are called at.
pub(crate) struct Float {
    pub(crate) width: Width,
    pub(crate) c: &'static str,
    /// What is wrong by less is right: relative, and for small derivatives absolute.
    pub(crate) tolerance: f64,
}

pub(crate) const FLOATS: &[Float] = &[
    Float {
        width: Width::Double,
        c: "double",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Single,
        c: "float",
        tolerance: 2e-4,
    },
    Float {
        width: Width::Long,
        c: "long double",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Quad,
        c: "__float128",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Half,
        c: "_Float16",
        tolerance: 3e-2,
    },
];

/// Intrinsics that this machine has no code for: of vectors only, and of another system's library.
const NOWHERE: &[&str] = &["roundtozero", "sincospi", "ssa.copy"];
/// A function by one of its names.
pub(crate) struct Named {
    pub(crate) rule: &'static Rule,
    pub(crate) symbol: String,
    pub(crate) how: How,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum How {
    /// The library's function of that name.
    Library,
    /// An intrinsic.
    Intrinsic,
    /// An operator of C.
    Operator(&'static str),
    /// A function of the user's that is registered to be like the row.
    Registered,
}

fn operator(base: &str) -> Option<&'static str> {
    let operators = [("fadd", "+"), ("fsub", "-"), ("fmul", "*"), ("fdiv", "/")];
    let found = operators.iter().find(|(name, _)| *name == base);
    found.map(|(_, c)| *c)
}

/// The names of a rule for functions of one type. Aliases lead to the same row by a table of names, so one build
/// has all of them.
pub(crate) fn named(rule: &'static Rule, float: &Float, aliases: bool) -> Vec<Named> {
    let mut list = Vec::new();
    let mut add = |symbol: String, how| list.push(Named { rule, symbol, how });
    let suffixes: &[&str] = match float.width {
        Width::Single if !aliases => &["f"],
        Width::Double if !aliases => &[""],
        Width::Single => &["f", "f32"],
        Width::Long => &["l", "f64x"],
        Width::Quad => &["f128"],
        Width::Half => &["f16"],
        Width::Double | Width::Any => &["", "f64", "f32x"],
    };
    let bits = match float.width {
        Width::Single => Some("f32"),
        Width::Double => Some("f64"),
        _ => None,
    };
    for spelling in rule.symbols() {
        match *spelling {
            Spelling::C(base) => {
                for suffix in suffixes {
                    add(format!("{base}{suffix}"), How::Library);
                }
                if aliases {
                    add(format!("__{base}{}_finite", suffixes[0]), How::Library);
                }
            }
            Spelling::Tailed(base, tail) => {
                for suffix in suffixes {
                    add(format!("{base}{suffix}{tail}"), How::Library);
                }
            }
            Spelling::Exact(name, width) if width == float.width => {
                add(name.to_owned(), How::Library);
            }
            Spelling::Exact(..) => {}
            Spelling::Llvm(base) => {
                // C returns a pair of floats otherwise than the intrinsic does.
                let single_pair = float.width == Width::Single && !rule.is_plain();
                let has_int = rule.operands().contains(&Operand::Int)
                    || rule.outputs().iter().any(|output| !output.real);
                let int = if has_int { ".i32" } else { "" };
                if let Some(bits) = bits.filter(|_| !single_pair && !NOWHERE.contains(&base)) {
                    add(format!("llvm.{base}.{bits}{int}"), How::Intrinsic);
                }
            }
            Spelling::Op(base) => {
                if let Some(c) = operator(base) {
                    add(base.to_owned(), How::Operator(c));
                }
            }
        }
    }
    if rule.symbols().is_empty() && matches!(float.width, Width::Single | Width::Double) {
        add(format!("own_{}", rule.name()), How::Registered);
    }
    list
}

pub(crate) fn every(float: &Float) -> impl Iterator<Item = Named> {
    rules().flat_map(|rule| named(rule, float, true))
}
