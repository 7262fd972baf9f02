//! From symbol names to rules.
//!
//! Every spelling in a row stands for a finite list of exact names, so a user function whose name merely
//! contains a known one never matches. The list is not written out, for every process that loads the
//! plugin would pay for it: a lookup takes a name apart and looks for what remains. A hit says nothing
//! about the *signature*: users do define `gamma` or `y0`, so callers check
//! [`Match::accepts`](crate::Match::accepts) and that the function is a declaration first.

use crate::row::Spelling;
use rustc_hash::FxHashMap;

/// The float type a name implies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Width {
    /// Taken from the IR type: opcodes and intrinsics.
    Any,
    /// `_Float16`.
    Half,
    /// `float`.
    Single,
    /// `double`.
    Double,
    /// `long double`, whatever the target makes of it.
    Long,
    /// `_Float128`.
    Quad,
}

/// What surrounds the operands of the plain operation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// Not a call: an LLVM opcode.
    Opcode,
    /// Nothing.
    Plain,
    /// `llvm.experimental.constrained.*`: metadata operands follow.
    Constrained,
    /// `llvm.vp.*`: a mask and an explicit vector length follow; disabled lanes contribute zero.
    Predicated,
}

impl Width {
    /// Each of them, in order.
    pub(crate) const ALL: [Self; 6] = [
        Self::Any,
        Self::Half,
        Self::Single,
        Self::Double,
        Self::Long,
        Self::Quad,
    ];
}

const SUFFIXES: &[(&str, Width)] = &[
    ("", Width::Double),
    ("f", Width::Single),
    ("l", Width::Long),
    ("f16", Width::Half),
    ("f32", Width::Single),
    ("f32x", Width::Double),
    ("f64", Width::Double),
    ("f64x", Width::Long),
    ("f128", Width::Quad),
    ("q", Width::Quad),
];

const LLVM: &str = "llvm.";
const CONSTRAINED: &str = "llvm.experimental.constrained.";
const PREDICATED: &str = "llvm.vp.";
/// glibc's -ffinite-math-only entry points, gone from new links but present in old bitcode.
const FINITE: (&str, &str) = ("__", "_finite");

/// `llvm.vp.trunc` truncates integers; floats have `llvm.vp.roundtozero`.
fn is_predicated(base: &str) -> bool {
    base != "trunc"
}

/// Calls `visit` with every name that `spelling` stands for: what [`Names::find`] finds.
pub(crate) fn expand(spelling: Spelling, mut visit: impl FnMut(&str, Width, Form)) {
    let (base, tail) = match spelling {
        Spelling::Exact(name, width) => return visit(name, width, Form::Plain),
        Spelling::Op(base) | Spelling::Llvm(base) => {
            let intrinsic = [LLVM, base].concat();
            match spelling {
                Spelling::Op(_) => visit(base, Width::Any, Form::Opcode),
                _ => visit(&intrinsic, Width::Any, Form::Plain),
            }
            let constrained = [CONSTRAINED, base].concat();
            visit(&constrained, Width::Any, Form::Constrained);
            if is_predicated(base) {
                visit(&[PREDICATED, base].concat(), Width::Any, Form::Predicated);
            }
            return;
        }
        Spelling::C(base) => (base, ""),
        Spelling::Tailed(base, tail) => (base, tail),
    };
    for &(suffix, width) in SUFFIXES {
        let name = [base, suffix, tail].concat();
        visit(&name, width, Form::Plain);
        visit(&[FINITE.0, &name, FINITE.1].concat(), width, Form::Plain);
    }
}

/// What of a name a spelling is found by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Part {
    /// All of it.
    Exact,
    /// All of it, as an opcode.
    Opcode,
    /// What follows `llvm.`.
    Intrinsic,
    /// What follows the prefix of a constrained or a predicated intrinsic.
    Variant,
    /// What is before the float suffix and this one of the tails.
    Base(usize),
}

/// Values by spelling.
pub(crate) struct Names<T> {
    values: FxHashMap<(Part, &'static str), (T, Width)>,
    /// What follows the float suffix.
    tails: Vec<&'static str>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            values: FxHashMap::default(),
            tails: vec![""],
        }
    }
}

impl<T: Copy> Names<T> {
    /// Makes room for so many more spellings.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.values.reserve(count);
    }

    /// The names that `spelling` stands for have this value.
    pub(crate) fn add(&mut self, spelling: Spelling, value: T) {
        let mut add = |part, base, width| {
            self.values.insert((part, base), (value, width));
        };
        match spelling {
            Spelling::Exact(name, width) => add(Part::Exact, name, width),
            Spelling::Op(base) => {
                add(Part::Opcode, base, Width::Any);
                add(Part::Variant, base, Width::Any);
            }
            Spelling::Llvm(base) => {
                add(Part::Intrinsic, base, Width::Any);
                add(Part::Variant, base, Width::Any);
            }
            Spelling::C(base) => add(Part::Base(0), base, Width::Any),
            Spelling::Tailed(base, tail) => {
                let known = self.tails.iter().position(|other| *other == tail);
                let index = known.unwrap_or(self.tails.len());
                add(Part::Base(index), base, Width::Any);
                if known.is_none() {
                    self.tails.push(tail);
                }
            }
        }
    }

    /// The value of `name` and what the name says besides.
    pub(crate) fn find(&self, name: &str) -> Option<(T, Width, Form)> {
        let get = |part, base, form| {
            let &(value, width) = self.values.get(&(part, base))?;
            Some((value, width, form))
        };
        if let Some(found) = get(Part::Exact, name, Form::Plain) {
            return Some(found);
        }
        if let Some(base) = name.strip_prefix(CONSTRAINED) {
            return get(Part::Variant, base, Form::Constrained);
        }
        if let Some(base) = name.strip_prefix(PREDICATED) {
            return get(Part::Variant, base, Form::Predicated).filter(|_| is_predicated(base));
        }
        if let Some(base) = name.strip_prefix(LLVM) {
            return get(Part::Intrinsic, base, Form::Plain);
        }
        let inside = || name.strip_prefix(FINITE.0)?.strip_suffix(FINITE.1);
        get(Part::Opcode, name, Form::Opcode)
            .or_else(|| self.of_c(name))
            .or_else(|| self.of_c(inside()?))
    }

    /// A base with a float suffix and a tail.
    fn of_c(&self, name: &str) -> Option<(T, Width, Form)> {
        self.tails.iter().enumerate().find_map(|(index, tail)| {
            let name = name.strip_suffix(tail)?;
            SUFFIXES.iter().find_map(|&(suffix, width)| {
                let base = name.strip_suffix(suffix)?;
                let &(value, _) = self.values.get(&(Part::Base(index), base))?;
                Some((value, width, Form::Plain))
            })
        })
    }
}

/// Strips what surrounds a symbol's own name: the `\01` escape, Darwin's version suffixes, and the
/// overload types of an intrinsic (`llvm.powi.v2f64.i32` is `llvm.powi`).
pub fn base_name(symbol: &str) -> &str {
    let mut name = symbol.strip_prefix('\u{1}').unwrap_or(symbol);
    if name.starts_with("llvm.") {
        while let Some((head, tail)) = name.rsplit_once('.') {
            if head == "llvm" || !is_overload(tail) {
                break;
            }
            name = head;
        }
        return name;
    }
    for suffix in [
        "$INODE64",
        "$UNIX2003",
        "$DARWIN_EXTSN",
        "$NEWLAPACK$ILP64",
        "$NEWLAPACK",
    ] {
        name = name.strip_suffix(suffix).unwrap_or(name);
    }
    name
}

/// The scalar function behind a vector library's name, all of whose operands are vectors:
/// `_ZGVbN2v_sin` (GNU vector ABI, unmasked), `__svml_sinf8`. Rules apply to vectors lane by lane.
/// Forms with masks or pointers have other prototypes and are left alone.
pub(crate) fn scalar_name(name: &str) -> Option<String> {
    let families: &[fn(&str) -> Option<String>] = &[
        gnu, svml, amd, arm, simd, sleef, portland, massv, accelerate,
    ];
    families.iter().find_map(|family| family(name))
}

/// `_ZGVdN4vv_pow`: set, no mask, lanes, a `v` for each operand.
fn gnu(name: &str) -> Option<String> {
    let rest = name.strip_prefix("_ZGV")?;
    let rest = rest.strip_prefix(|isa: char| isa.is_ascii_lowercase())?;
    let rest = rest.strip_prefix('N')?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let scalar = rest.trim_start_matches('v');
    let scalar = (scalar.len() < rest.len()).then(|| scalar.strip_prefix('_'))??;
    Some(scalar.to_owned())
}

/// `__svml_sin4_ha`. Eight lanes of float and four of double look alike: the `f` decides.
fn svml(name: &str) -> Option<String> {
    let rest = name.strip_prefix("__svml_")?;
    let rest = ["_ha", "_ep"]
        .iter()
        .find_map(|accuracy| rest.strip_suffix(accuracy))
        .unwrap_or(rest);
    let scalar = rest
        .strip_suffix("16")
        .filter(|scalar| scalar.ends_with('f'))
        .or_else(|| rest.strip_suffix(['2', '4', '8']))?;
    (!scalar.is_empty()).then(|| scalar.to_owned())
}

/// `amd_vrd4_sin`, `amd_vrs8_sinf`.
fn amd(name: &str) -> Option<String> {
    let rest = name.strip_prefix("amd_vr")?;
    let rest = rest.strip_prefix(['d', 's'])?;
    let scalar = ["2_", "4_", "8_", "16_"]
        .iter()
        .find_map(|lanes| rest.strip_prefix(lanes))?;
    Some(scalar.to_owned())
}

/// `armpl_vsinq_f64`, `armpl_vsinq_f32`.
fn arm(name: &str) -> Option<String> {
    let (base, width) = name.strip_prefix("armpl_v")?.rsplit_once("q_f")?;
    suffixed(base, width == "32", width == "64")
}

/// `_simd_sin_d2`, `_simd_sin_f4`.
fn simd(name: &str) -> Option<String> {
    let (base, width) = name.strip_prefix("_simd_")?.rsplit_once('_')?;
    suffixed(base, width.starts_with('f'), width.starts_with('d'))
}

/// `Sleef_sind4_u10`, `Sleef_sinf8_u35avx2`.
fn sleef(name: &str) -> Option<String> {
    let (head, _) = name.strip_prefix("Sleef_")?.split_once("_u")?;
    let head = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'x');
    let (base, width) = head.split_at_checked(head.len().checked_sub(1)?)?;
    suffixed(base, width == "f", width == "d")
}

/// `__fd_sin_2`, `__rs_sin_8`: Portland Group and NVIDIA HPC, one lane included.
fn portland(name: &str) -> Option<String> {
    let rest = name.strip_prefix("__")?.strip_prefix(['f', 'r', 'p'])?;
    let (width, rest) = rest.split_once('_')?;
    let base = ["_1", "_2", "_4", "_8"]
        .iter()
        .find_map(|lanes| rest.strip_suffix(lanes))?;
    suffixed(base, width == "s", width == "d")
}

/// `__sind2`, `__sinf4`.
fn massv(name: &str) -> Option<String> {
    let rest = name.strip_prefix("__")?;
    let single = rest.strip_suffix("f4");
    let double = rest.strip_suffix("d2");
    suffixed(single.or(double)?, single.is_some(), double.is_some())
}

/// `vsinf`.
fn accelerate(name: &str) -> Option<String> {
    let scalar = name
        .strip_prefix('v')
        .filter(|scalar| scalar.ends_with('f'))?;
    (scalar.len() > 2).then(|| scalar.to_owned())
}

fn suffixed(base: &str, single: bool, double: bool) -> Option<String> {
    (!base.is_empty() && (single || double))
        .then(|| format!("{base}{}", if single { "f" } else { "" }))
}

/// True for the mangled form of a type in an intrinsic's name.
fn is_overload(part: &str) -> bool {
    let scalar = |text: &str| {
        matches!(
            text,
            "f16" | "bf16" | "f32" | "f64" | "f80" | "f128" | "ppcf128" | "isVoid" | "Metadata"
        ) || ["i", "p"].iter().any(|letter| {
            text.strip_prefix(letter)
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    let vector = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && scalar(&text[digits..])
    };
    scalar(part)
        || part
            .strip_prefix("nxv")
            .or_else(|| part.strip_prefix('v'))
            .is_some_and(vector)
        || part.starts_with("sl_")
        || part.starts_with("s_")
        || part.starts_with('a') && part[1..].starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Form, Names, Width, base_name, expand, scalar_name};
    use crate::row::Spelling;

    /// Checks that each name that a spelling stands for is found, with the spelling's value, and that no two
    /// different values have a name in common.
    pub(crate) fn are_found<T: Copy + PartialEq + std::fmt::Debug>(
        names: &Names<T>,
        spellings: impl Iterator<Item = (Spelling, T)>,
    ) {
        for (spelling, value) in spellings {
            expand(spelling, |name, width, form| {
                assert_eq!(names.find(name), Some((value, width, form)), "{name}");
            });
        }
    }

    #[test]
    fn spellings_are_found_by_all_of_their_names_and_no_other() {
        let spellings = [
            Spelling::Op("frem"),
            Spelling::Llvm("trunc"),
            Spelling::C("sin"),
            Spelling::C("erf"),
            Spelling::Tailed("lgamma", "_r"),
            Spelling::Exact("__adddf3", Width::Double),
        ];
        let mut names = Names::default();
        for (index, spelling) in spellings.into_iter().enumerate() {
            names.add(spelling, index);
        }
        are_found(&names, spellings.into_iter().zip(0..));
        for name in [
            "frem_finite",
            "__frem_finite",
            "llvm.frem",
            "llvm.vp.trunc",
            "llvm.sin",
            "sinus",
            "sin_r",
            "lgamma",
            "lgamma_rf",
            "__sin_finitef",
            "__sin",
            "__adddf3f",
            "",
        ] {
            assert_eq!(names.find(name), None, "{name}");
        }
        let found = names.find("erff").map(|(_, width, form)| (width, form));
        assert_eq!(found, Some((Width::Single, Form::Plain)));
    }

    #[test]
    fn vector_names_lead_to_scalar_ones() {
        let cases = [
            ("_ZGVbN2v_sin", Some("sin")),
            ("_ZGVeN16v_sinf", Some("sinf")),
            ("_ZGVdN4vv_pow", Some("pow")),
            ("_ZGVnN2v_log10", Some("log10")),
            ("_ZGVbM2v_sin", None),
            ("_ZGVbN2vl8_sincos", None),
            ("_ZGVbN2_sin", None),
            ("_ZGVZ4mainE1x", None),
            ("__svml_sin2", Some("sin")),
            ("__svml_exp24", Some("exp2")),
            ("__svml_atan22_ha", Some("atan2")),
            ("__svml_log10f16", Some("log10f")),
            ("__svml_2", None),
            ("amd_vrd4_exp", Some("exp")),
            ("amd_vrs16_expf", Some("expf")),
            ("armpl_vexp10q_f64", Some("exp10")),
            ("armpl_vexpq_f32", Some("expf")),
            ("armpl_svexp_f64_x", None),
            ("_simd_sin_d2", Some("sin")),
            ("_simd_sin_f4", Some("sinf")),
            ("Sleef_sind4_u10", Some("sin")),
            ("Sleef_log1pf8_u10avx2", Some("log1pf")),
            ("__fd_sin_1", Some("sin")),
            ("__rs_pow_8", Some("powf")),
            ("__sind2", Some("sin")),
            ("__sinf4", Some("sinf")),
            ("vsinf", Some("sinf")),
            ("sin", None),
        ];
        for (name, scalar) in cases {
            assert_eq!(scalar_name(name).as_deref(), scalar, "{name}");
        }
    }

    #[test]
    fn overloads_are_stripped_and_names_are_not() {
        let cases = [
            ("llvm.sin.f64", "llvm.sin"),
            ("llvm.powi.v2f64.i32", "llvm.powi"),
            ("llvm.sincos.nxv2f32", "llvm.sincos"),
            ("llvm.memcpy.p0.p0.i64", "llvm.memcpy"),
            ("llvm.vector.reduce.fadd.v4f64", "llvm.vector.reduce.fadd"),
            ("llvm.log2", "llvm.log2"),
            ("llvm.exp10.f128", "llvm.exp10"),
            ("llvm.va_start.p0", "llvm.va_start"),
            ("llvm.assume", "llvm.assume"),
            ("\u{1}fopen$UNIX2003", "fopen"),
            ("sin.f64", "sin.f64"),
        ];
        for (symbol, base) in cases {
            assert_eq!(base_name(symbol), base);
        }
    }
}
