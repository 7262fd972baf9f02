//! Options, from the command line, the environment and function attributes.
//!
//! One row of [`OPTIONS`] is an option: its name, what it does, how it is set, and its equivalent
//! in the option family of the convention. The same name is spelled `-mllvm -ribozyme-NAME` in
//! opt and clang, `RIBOZYME_NAME` in the environment (lld and rustc accept no unknown options) and
//! `"ribozyme-NAME"` as an attribute of the function that contains the request. Attributes win over
//! the command line, which wins over the environment.
//!
//! ```text
//! clang-22 -O2 -fpass-plugin=libribozyme.so -mllvm -ribozyme-print=plan a.c
//! RIBOZYME_PRINT=plan clang-22 -O2 -fpass-plugin=libribozyme.so a.c
//! ```

use rz_diag::{Code, Diagnostic, Result, Severity};

/// What is printed on standard error while a request is lowered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Print {
    /// Type facts.
    pub types: bool,
    /// Activity verdicts.
    pub activity: bool,
    /// The plan.
    pub plan: bool,
    /// The generated functions.
    pub ir: bool,
}

/// The options of one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Lower requests at all.
    pub enable: bool,
    /// Warnings about lost derivatives are errors.
    pub strict: bool,
    /// Adjoint sums keep their order: no reassociation of accumulations.
    pub strict_order: bool,
    /// Run loop iterations in the reverse pass where that is invisible.
    pub fuse: bool,
    /// Run calls in the reverse pass where that is invisible.
    pub combine: bool,
    /// Undo calls directly after they ran where their adjoint is known.
    pub at_once: bool,
    /// Keep what repeats in a loop once for all its iterations.
    pub repeats: bool,
    /// Save what iterations start from and run them again, where that takes less.
    pub rerun: bool,
    /// Do not undo loops on whose results nothing depends.
    pub skip: bool,
    /// Say of integers on the tape what they can be.
    pub ranges: bool,
    /// Short loops over small local arrays are unrolled before they are differentiated.
    pub unroll: bool,
    /// What a loop has chosen in the end is computed again behind it.
    pub chosen: bool,
    /// Numbers of scratch arrays are computed anew where they are read.
    pub anew: bool,
    /// What moves by more in each iteration is computed from the number of the iteration.
    pub triangles: bool,
    /// Sums at places that several iterations add to are carried in registers.
    pub carry: bool,
    /// Loops around sums do a few iterations at once.
    pub jam: bool,
    /// Iterations that would only add tangents that are zero do not.
    pub zeros: bool,
    /// First and last iterations that choose something else are taken from their loops.
    pub ends: bool,
    /// Loops ask when they run whether what they touch lies apart.
    pub apart: bool,
    /// Loops that go downwards in memory and need not are turned around.
    pub turn: bool,
    /// Numbers for the next iteration are loaded before those of the last one are stored.
    pub early: bool,
    /// Loops over adjoints that are nearly zero keep denormal numbers from the multiplier.
    pub faint: bool,
    /// Loops in loops that run backwards check for themselves what lies apart.
    pub nests: bool,
    /// Accesses say that primal memory, shadows and the tape are apart.
    pub scopes: bool,
    /// Indices of type `int` are computed as wide as addresses.
    pub indices: bool,
    /// Hold clones of what requests reach from the start of the pipeline.
    pub hold: bool,
    /// Simplify what was written.
    pub cleanup: bool,
    /// Loads from globals without a marked shadow are inactive.
    pub inactive_globals: bool,
    /// The source says that globals without a mark are inactive: no warnings.
    pub declared_globals: bool,
    /// Functions without body and rule are inactive.
    pub inactive_declarations: bool,
    /// A shadow equal to its primal means inactive, in every request.
    pub runtime_activity: bool,
    /// A zero seed gives zero whatever the partial, in every request.
    pub strong_zero: bool,
    /// A refused request ends the program where it is reached, not the compilation.
    pub runtime_error: bool,
    /// Bytes that the tape of a gradient may take, where a request says nothing else.
    pub tape_budget: Option<u64>,
    /// Gradients that allocate memory are refused.
    pub no_alloc: bool,
    /// Verify what stages write.
    pub verify: bool,
    /// What to print.
    pub print: Print,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            enable: true,
            strict: false,
            strict_order: false,
            fuse: true,
            combine: true,
            at_once: true,
            repeats: true,
            rerun: true,
            skip: true,
            ranges: true,
            unroll: true,
            chosen: true,
            anew: true,
            triangles: true,
            carry: true,
            jam: true,
            zeros: true,
            ends: true,
            apart: true,
            turn: true,
            early: true,
            faint: true,
            nests: true,
            scopes: true,
            indices: true,
            hold: true,
            cleanup: true,
            inactive_globals: true,
            declared_globals: false,
            inactive_declarations: false,
            runtime_activity: false,
            strong_zero: false,
            runtime_error: false,
            tape_budget: None,
            no_alloc: false,
            verify: cfg!(debug_assertions),
            print: Print::default(),
        }
    }
}

/// One option.
pub struct OptionRow {
    /// Name without prefix.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Its name in the convention's family, without prefix, when there is an equivalent.
    pub compatible: Option<&'static str>,
    /// What may stand behind `=`, for messages.
    pub values: &'static str,
    set: fn(&mut Options, &str) -> bool,
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "" | "1" | "true" | "on" | "TRUE" | "True" => Some(true),
        "0" | "false" | "off" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

macro_rules! flag_row {
    ($name:literal, $compatible:expr, $doc:literal, $($field:ident).+) => {
        OptionRow {
            name: $name,
            doc: $doc,
            compatible: $compatible,
            values: "0 or 1",
            set: |options, text| flag(text).map(|on| options.$($field).+ = on).is_some(),
        }
    };
}

/// Every option.
pub const OPTIONS: &[OptionRow] = &[
    flag_row!("enable", Some("enable"), "lower requests (on)", enable),
    flag_row!(
        "strict",
        None,
        "warnings about lost derivatives are errors",
        strict
    ),
    flag_row!(
        "strict-order",
        None,
        "adjoint sums keep their order, without reassociation",
        strict_order
    ),
    flag_row!(
        "fuse",
        None,
        "run loop iterations in the reverse pass where that is invisible (on)",
        fuse
    ),
    flag_row!(
        "combine",
        None,
        "run calls in the reverse pass where that is invisible (on)",
        combine
    ),
    flag_row!(
        "at-once",
        None,
        "undo calls directly after they ran where their adjoint is known (on)",
        at_once
    ),
    flag_row!(
        "repeats",
        None,
        "keep what repeats in a loop once for all its iterations (on)",
        repeats
    ),
    flag_row!(
        "rerun",
        None,
        "save what loop iterations start from and run them again, where that takes less (on)",
        rerun
    ),
    flag_row!(
        "skip",
        None,
        "loops are not undone where the adjoints of their results are zero (on)",
        skip
    ),
    flag_row!(
        "ranges",
        None,
        "integers on the tape are said to be what they can be (on)",
        ranges
    ),
    flag_row!(
        "unroll",
        None,
        "short loops over small local arrays are unrolled before they are differentiated (on)",
        unroll
    ),
    flag_row!(
        "chosen",
        None,
        "what a loop has chosen in the end is computed again behind it (on)",
        chosen
    ),
    flag_row!(
        "anew",
        None,
        "numbers of scratch arrays are computed anew where they are read (on)",
        anew
    ),
    flag_row!(
        "triangles",
        None,
        "what moves by more in each iteration is computed from the number of the iteration (on)",
        triangles
    ),
    flag_row!(
        "carry",
        None,
        "sums at places that several iterations add to are carried in registers (on)",
        carry
    ),
    flag_row!(
        "jam",
        None,
        "loops around sums do a few iterations at once (on)",
        jam
    ),
    flag_row!(
        "zeros",
        None,
        "iterations that would only add zero tangents do not (on)",
        zeros
    ),
    flag_row!(
        "ends",
        None,
        "first and last iterations that choose something else are taken from their loops (on)",
        ends
    ),
    flag_row!(
        "apart",
        None,
        "loops ask when they run whether what they touch lies apart (on)",
        apart
    ),
    flag_row!(
        "turn",
        None,
        "loops that go downwards in memory and need not are turned around (on)",
        turn
    ),
    flag_row!(
        "early",
        None,
        "numbers for the next iteration are loaded before those of the last one are stored (on)",
        early
    ),
    flag_row!(
        "faint",
        None,
        "loops over adjoints that are nearly zero keep denormal numbers from the multiplier (on)",
        faint
    ),
    flag_row!(
        "nests",
        None,
        "loops in loops that run backwards check for themselves what lies apart (on)",
        nests
    ),
    flag_row!(
        "scopes",
        None,
        "primal memory, shadows and the tape are said to be apart (on)",
        scopes
    ),
    flag_row!(
        "indices",
        None,
        "narrow indices are computed as wide as addresses before simplification (on)",
        indices
    ),
    flag_row!(
        "hold",
        None,
        "hold what requests reach from the start of the pipeline (on)",
        hold
    ),
    flag_row!(
        "cleanup",
        Some("postopt"),
        "simplify what was written (on)",
        cleanup
    ),
    flag_row!(
        "inactive-globals",
        Some("nonmarkedglobals_inactiveloads"),
        "loads from globals without a marked shadow are inactive (on)",
        inactive_globals
    ),
    flag_row!(
        "declared-globals",
        Some("globals-default-inactive"),
        "globals without a mark are inactive and meant to be: no warnings",
        declared_globals
    ),
    flag_row!(
        "inactive-declarations",
        Some("emptyfn-inactive"),
        "functions without body and rule are inactive",
        inactive_declarations
    ),
    flag_row!(
        "runtime-activity",
        Some("runtime-activity"),
        "a shadow equal to its primal means inactive, in every request",
        runtime_activity
    ),
    flag_row!(
        "strong-zero",
        Some("strong-zero"),
        "a zero seed gives zero whatever the partial, in every request",
        strong_zero
    ),
    flag_row!(
        "runtime-error",
        Some("runtime-error"),
        "a refused request ends the program where it is reached, not the compilation",
        runtime_error
    ),
    OptionRow {
        name: "tape-budget",
        doc: "bytes that the tape of a gradient may take (no limit)",
        compatible: None,
        values: "a number of bytes",
        set: |options, text| {
            let bytes = text.parse().ok();
            options.tape_budget = bytes.or(options.tape_budget);
            bytes.is_some()
        },
    },
    flag_row!(
        "no-alloc",
        None,
        "refuse gradients that allocate memory",
        no_alloc
    ),
    flag_row!(
        "verify",
        None,
        "verify what stages write; it is on in debug builds",
        verify
    ),
    flag_row!(
        "print-types",
        Some("print-type"),
        "print type facts",
        print.types
    ),
    flag_row!(
        "print-activity",
        Some("print-activity"),
        "print activity verdicts",
        print.activity
    ),
    flag_row!("print-plan", None, "print the plan", print.plan),
    flag_row!(
        "print-ir",
        Some("print"),
        "print the generated functions",
        print.ir
    ),
];

/// Options of the convention that have no equivalent and are ignored with one warning.
pub const IGNORED: &[&str] = &[
    "inline",
    "always-inline",
    "noalias",
    "preopt",
    "print-perf",
    "loose-types",
    "strict-aliasing",
    "type-warning",
    "max-type-depth",
    "max-type-offset",
    "max-int-offset",
    "rust-type",
    "fast-math",
    "assume-unknown-nofree",
    "truncate-all",
    "auto-sparsity",
    "new-cache",
    "mincut-cache",
    "rematerialize",
    "omp-opt",
    "attributor",
    "zero-cache",
    "smallbool",
    "blas-copy",
    "lapack-copy",
];

impl Options {
    /// Sets one option from its spelling without prefix: `name` or `name=value`.
    pub fn set(&mut self, spelling: &str) -> Result<()> {
        let (name, value) = spelling.split_once('=').unwrap_or((spelling, ""));
        let Some(row) = OPTIONS.iter().find(|row| row.name == name) else {
            let known: Vec<_> = OPTIONS.iter().map(|row| row.name).collect();
            return Err(Diagnostic::error(
                Code::IgnoredOption,
                format!("unknown option `ribozyme-{name}`"),
            )
            .fix(format!("the options are: {}", known.join(", "))));
        };
        if (row.set)(self, value) {
            Ok(())
        } else {
            Err(Diagnostic::error(
                Code::IgnoredOption,
                format!("`{value}` is not a value of `ribozyme-{name}`"),
            )
            .fix(format!("use {}", row.values)))
        }
    }

    /// Sets the equivalents of options of the convention, given without prefix. Those that have
    /// none are named in one warning.
    pub fn set_compatible<'a>(
        &mut self,
        spellings: impl Iterator<Item = &'a str>,
    ) -> Option<Box<Diagnostic>> {
        let mut ignored = Vec::new();
        for spelling in spellings {
            let (name, value) = spelling.split_once('=').unwrap_or((spelling, ""));
            let acted = OPTIONS
                .iter()
                .find(|row| row.compatible == Some(name))
                .is_some_and(|row| (row.set)(self, value));
            if !acted {
                ignored.push(name);
            }
        }
        ignored.sort_unstable();
        ignored.dedup();
        if ignored.is_empty() {
            return None;
        }
        let list: Vec<_> = ignored
            .iter()
            .map(|name| {
                let known = if IGNORED.contains(name) {
                    ""
                } else {
                    " (unknown)"
                };
                format!("enzyme-{name}{known}")
            })
            .collect();
        let mut warning = Diagnostic::error(
            Code::IgnoredOption,
            format!("options without effect: {}", list.join(", ")),
        )
        .fix("remove them from the build line; the gradients do not depend on them");
        warning.severity = Severity::Warning;
        Some(warning)
    }

    /// Applies `RIBOZYME_NAME` variables; `lookup` reads the environment.
    pub fn set_environment(&mut self, lookup: impl Fn(&str) -> Option<String>) -> Result<()> {
        for row in OPTIONS {
            let variable = format!("RIBOZYME_{}", row.name.replace('-', "_").to_uppercase());
            if let Some(value) = lookup(&variable)
                && !(row.set)(self, &value)
            {
                return Err(Diagnostic::error(
                    Code::IgnoredOption,
                    format!("`{value}` is not a value of the environment variable {variable}"),
                )
                .fix(format!("use {}", row.values)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{IGNORED, OPTIONS, Options};

    #[test]
    fn own_options() {
        let mut options = Options::default();
        options.set("strict").unwrap();
        options.set("hold=0").unwrap();
        options.set("print-plan=true").unwrap();
        assert!(options.strict && !options.hold && options.print.plan);
        options.set("tape-budget=1048576").unwrap();
        assert_eq!(options.tape_budget, Some(1 << 20));
        let error = options.set("tape-budget=-1").unwrap_err();
        assert!(error.text().contains("use a number of bytes"));
        let error = options.set("stict").unwrap_err();
        assert!(error.text().contains("unknown option `ribozyme-stict`"));
        assert!(options.set("strict=maybe").is_err());
    }

    #[test]
    fn compatible_options_act_or_warn_once() {
        let mut options = Options::default();
        let warning = options
            .set_compatible(
                [
                    "enable=0",
                    "print",
                    "new-cache=1",
                    "smallbool",
                    "smallbool",
                    "whatever=3",
                ]
                .into_iter(),
            )
            .unwrap();
        assert!(!options.enable && options.print.ir);
        assert_eq!(
            warning.message,
            "options without effect: enzyme-new-cache, enzyme-smallbool, enzyme-whatever (unknown)"
        );
        assert!(options.set_compatible(["enable"].into_iter()).is_none());
        assert!(options.enable);
    }

    #[test]
    fn environment() {
        let mut options = Options::default();
        let read = |name: &str| (name == "RIBOZYME_PRINT_PLAN").then(|| "1".to_owned());
        options.set_environment(read).unwrap();
        assert!(options.print.plan);
        assert!(
            options
                .set_environment(|name| (name == "RIBOZYME_HOLD").then(|| "x".to_owned()))
                .is_err()
        );
    }

    #[test]
    fn each_option_of_the_convention_has_one_fate() {
        for row in OPTIONS {
            assert!(row.compatible.is_none_or(|name| !IGNORED.contains(&name)));
        }
    }
}
