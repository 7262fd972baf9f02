//! Forward derivatives of C functions against central differences, at every optimization level.

mod refuse;

use rz_analysis::activity::{self, Analyzer};
use rz_analysis::types::TypeAnalysis;
use rz_llvm::{Function, Linkage, OwnedContext};
use rz_plan::{ArgActivity, Derivative, Mode, RetActivity};
use rz_synth::Flags;
use rz_synth::forward::Forward;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

const CASES: &str = include_str!("cases.c");

/// A directory of its own for each test.
fn scratch(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("rz-forward-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// C to IR text.
fn compile(dir: &std::path::Path, text: &str, flags: &[&str]) -> String {
    let (source, output) = (dir.join("in.c"), dir.join("in.ll"));
    std::fs::write(&source, text).unwrap();
    let status = Command::new("clang-22")
        .args([
            "-S",
            "-emit-llvm",
            "-w",
            "-Xclang",
            "-disable-O0-optnone",
            "-o",
        ])
        .arg(&output)
        .args(flags)
        .arg(&source)
        .status()
        .unwrap();
    assert!(status.success());
    let text = std::fs::read_to_string(output).unwrap();
    if flags.iter().any(|f| f.contains("avx512")) {
        // The vectorizer may use what this machine lacks; the back end then does without.
        return without(&without(&text, "\"target-cpu\"="), "\"target-features\"=");
    }
    text
}

/// Removes `key"value"` wherever it occurs.
fn without(text: &str, key: &str) -> String {
    let mut parts = text.split(key);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.splitn(3, '"').nth(2).unwrap_or_default());
    }
    out
}

/// `f(x: dup, n: const)` with an active result.
fn request(func: rz_view::Func, primal_return: bool) -> Derivative {
    Derivative {
        func,
        mode: Mode::Forward,
        args: vec![ArgActivity::Dup, ArgActivity::Const],
        ret: RetActivity::Active,
        primal_return,
        width: 1,
        overwritten: vec![false; 2],
        globals_overwritten: false,
        repeatable: false,
        caller: None,
    }
}

/// Differentiates every named function; the module's text, or what was refused.
fn differentiate(text: &str, names: &[&str]) -> (String, Vec<(String, String)>) {
    let context = OwnedContext::new();
    let owned = context.get().parse("cases", text).expect("parses");
    let module = owned.get();
    let bodies: Vec<Function> = module
        .functions()
        .into_iter()
        .filter(|f| !f.is_declaration())
        .collect();
    let imported = rz_import::import(module, &bodies, &module.functions());
    let types = TypeAnalysis::new(&imported.module);
    let activity = Analyzer::new(&imported.module, &types, activity::Options::default());
    let mut forward = Forward::new(&imported, &types, activity, Flags::default());
    let mut refused = Vec::new();
    for name in names {
        let func = imported.module.func_named(name).unwrap();
        for primal in [false, true] {
            match forward.derivative(&request(func, primal)) {
                Ok(function) => {
                    function.set_linkage(Linkage::External);
                    let prefix = if primal { "both" } else { "fwd" };
                    function.value().set_name(&format!("{prefix}_{name}"));
                }
                Err(refusal) if !primal => refused.push(((*name).to_owned(), refusal.text())),
                Err(_) => {}
            }
        }
    }
    module.verify().unwrap();
    (module.to_string(), refused)
}

/// A program that compares `fwd_NAME` with central differences and `both_NAME` with both.
fn harness(names: &[&str]) -> String {
    let mut out = String::from(
        "#include <math.h>\n#include <stdio.h>\n#include <string.h>\nstruct two { double p, t; };\n\
         static const double X[6] = {0.7, 1.3, 0.9, 1.7, 0.4, 1.1}, D[6] = {0.3, -0.8, 1.1, 0.5, -0.6, 0.9};\n\
         static int bad;\n\
         static void check(const char *n, double f, double d, double p, double v, double tol) {\n\
         if (!(fabs(f - d) <= tol * (1 + fabs(d))) || !(fabs(p - v) <= (tol > 1e-3 ? 1e-5 : 1e-12) * (1 + fabs(v))))\n\
         { printf(\"%s: tangent %.10g, difference %.10g; primal %.17g, is %.17g\\n\", n, f, d, p, v); bad = 1; } }\n",
    );
    for name in names {
        // Differences of single precision are coarse.
        let coarse = name.contains("float") || name.contains("register") || name.contains("halves");
        let (h, tol) = if coarse {
            ("1e-2", "2e-2")
        } else {
            ("1e-6", "1e-6")
        };
        let _ = writeln!(
            out,
            "double {name}(double*, int), fwd_{name}(double*, double*, int); struct two both_{name}(double*, double*, int);\n\
             static void t_{name}(void) {{ double a[6], b[6], d[6];\n\
             for (int i = 0; i < 6; i++) {{ a[i] = X[i] + {h} * D[i]; b[i] = X[i] - {h} * D[i]; }}\n\
             double diff = ({name}(a, 6) - {name}(b, 6)) / (2 * {h});\n\
             memcpy(a, X, sizeof a); double value = {name}(a, 6);\n\
             memcpy(b, X, sizeof b); memcpy(d, D, sizeof d); double f = fwd_{name}(b, d, 6);\n\
             if (memcmp(a, b, sizeof a)) {{ printf(\"{name}: memory differs\\n\"); bad = 1; }}\n\
             memcpy(b, X, sizeof b); memcpy(d, D, sizeof d); struct two r = both_{name}(b, d, 6);\n\
             check(\"{name}\", f, diff, r.p, value, {tol}); check(\"{name} (both)\", r.t, diff, r.p, value, {tol}); }}"
        );
    }
    out.push_str("int main(void) {\n");
    for name in names {
        let _ = writeln!(out, "t_{name}();");
    }
    out.push_str("return bad; }\n");
    out
}

fn names() -> Vec<&'static str> {
    CASES
        .lines()
        .filter_map(|l| l.strip_prefix("// case "))
        .collect()
}

/// Differentiates all cases at a level and runs them; `allowed` names cases that are refused there.
fn run(level: &str, flags: &[&str], allowed: &[&str]) {
    let dir = scratch(level);
    let text = compile(&dir, CASES, flags);
    let names = names();
    let (derived, refused) = differentiate(&text, &names);
    let unexpected: Vec<_> = refused
        .iter()
        .filter(|r| !allowed.contains(&r.0.as_str()))
        .collect();
    for (name, why) in &unexpected {
        eprintln!("{level}: {name}: {why}");
    }
    let done: Vec<&str> = names
        .into_iter()
        .filter(|n| !refused.iter().any(|r| r.0 == *n))
        .collect();
    std::fs::write(dir.join("out.ll"), derived).unwrap();
    std::fs::write(dir.join("main.c"), harness(&done)).unwrap();
    let status = Command::new("clang-22")
        .args(["-O1", "-w", "-fsanitize=address", "-o"])
        .args([dir.join("run"), dir.join("out.ll"), dir.join("main.c")])
        .arg("-lm")
        .status()
        .unwrap();
    assert!(status.success());
    let output = Command::new(dir.join("run")).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{level}:\n{text}{errors}");
    assert!(unexpected.is_empty());
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn unoptimized() {
    run("O0", &["-O0"], &[]);
}

#[test]
fn optimized() {
    run("O1", &["-O1"], &[]);
}

#[test]
fn vectorized() {
    run("O3", &["-O3", "-mavx2"], &[]);
}

#[test]
fn fast_math_with_debug_info() {
    run("fast", &["-O2", "-ffast-math", "-g"], &[]);
}

#[test]
fn masked_and_reduced() {
    let flags = [
        "-O3",
        "-ffast-math",
        "-mavx512f",
        "-mavx512dq",
        "-mavx512vl",
        "-mprefer-vector-width=512",
    ];
    run("wide", &flags, &[]);
}
