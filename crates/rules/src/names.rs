//! From symbol names to rules.
//!
//! Every spelling in a row expands to a finite list of exact names, so a lookup is one hash probe
//! and a user function whose name merely contains a known one never matches. A hit says nothing
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

/// Calls `visit` with every name that `spelling` stands for.
pub(crate) fn expand(spelling: Spelling, mut visit: impl FnMut(&str, Width, Form)) {
    match spelling {
        Spelling::Op(base) => {
            visit(base, Width::Any, Form::Opcode);
            intrinsics(base, visit);
        }
        Spelling::Llvm(base) => {
            visit(&joined(&["llvm.", base]), Width::Any, Form::Plain);
            intrinsics(base, visit);
        }
        Spelling::C(base) => c_names(base, "", visit),
        Spelling::Tailed(base, tail) => c_names(base, tail, visit),
        Spelling::Exact(name, width) => visit(name, width, Form::Plain),
    }
}

fn intrinsics(base: &str, mut visit: impl FnMut(&str, Width, Form)) {
    let constrained = joined(&["llvm.experimental.constrained.", base]);
    visit(&constrained, Width::Any, Form::Constrained);
    // `llvm.vp.trunc` truncates integers; floats have `llvm.vp.roundtozero`.
    if base != "trunc" {
        visit(&joined(&["llvm.vp.", base]), Width::Any, Form::Predicated);
    }
}

fn c_names(base: &str, tail: &str, mut visit: impl FnMut(&str, Width, Form)) {
    const FINITE: &str = "_finite";
    let mut name = String::with_capacity(64);
    for &(suffix, width) in SUFFIXES {
        name.clear();
        for part in ["__", base, suffix, tail, FINITE] {
            name.push_str(part);
        }
        visit(
            &name["__".len()..name.len() - FINITE.len()],
            width,
            Form::Plain,
        );
        // glibc's -ffinite-math-only entry points, gone from new links but present in old bitcode.
        visit(&name, width, Form::Plain);
    }
}

fn joined(parts: &[&str]) -> String {
    parts.concat()
}

/// A table of names, made once by every process that loads the plugin: all names share one allocation.
pub(crate) struct Names<T> {
    text: String,
    entries: Vec<(std::ops::Range<usize>, T)>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            text: String::new(),
            entries: Vec::new(),
        }
    }
}

impl<T> Names<T> {
    pub(crate) fn add(&mut self, name: &str, value: T) {
        let start = self.text.len();
        self.text.push_str(name);
        self.entries.push((start..self.text.len(), value));
    }

    /// The table. `clash` is told of a name with two values, and panics where that is wrong.
    pub(crate) fn table(self, clash: impl Fn(&str, &T, &T)) -> FxHashMap<&'static str, T> {
        let text: &'static str = self.text.leak();
        let mut table = FxHashMap::default();
        table.reserve(self.entries.len());
        for (range, value) in self.entries {
            let name = &text[range];
            if let Some(old) = table.get(name) {
                clash(name, old, &value);
            }
            table.insert(name, value);
        }
        table
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
mod tests {
    use super::{base_name, scalar_name};

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
