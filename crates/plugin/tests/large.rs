//! Functions that one caller has many of do not become one giant, nor does its derivative.

mod support;

use std::fmt::Write as _;
use std::process::Command;
use support::{plugin, run, scratch};

/// A program of `count` functions with a loop each, called once each.
fn program(count: usize) -> String {
    let mut out = String::from(
        "extern int enzyme_dup, enzyme_const;\ndouble __enzyme_autodiff(void *, ...);\ndouble sin(double);\n",
    );
    for i in 0..count {
        let _ = writeln!(
            out,
            "static double g{i}(const double *x, double *y, int n) {{
               double s = {i}.5;
               for (int i = 0; i < n; i++) {{
                 double t = x[i] * s;
                 if (t > {i}) t = sin(t);
                 y[i] = y[i] * 0.5 + t;
                 s += t * x[{i}];
               }}
               return s;
             }}"
        );
    }
    out.push_str("static double f(const double *x, double *y, int n) {\n  double s = 0;\n");
    for i in 0..count {
        let _ = writeln!(out, "  s += g{i}(x, y, n);");
    }
    out + "  return s;
}
void gradient(const double *x, double *dx, double *y, double *dy, int n) {
  __enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_const, n);
}
"
}

/// Instructions of the largest derivative.
fn largest(count: usize) -> usize {
    let folder = scratch(&format!("large-{count}"));
    let source = folder.join("a.c");
    std::fs::write(&source, program(count)).expect("the file is written");
    let mut compile = Command::new("clang-22");
    compile.args([
        "-O2",
        "-w",
        "-fno-vectorize",
        "-fno-slp-vectorize",
        "-fno-unroll-loops",
    ]);
    compile.args(["-S", "-emit-llvm", "-o", "-"]);
    compile.arg(format!("-fpass-plugin={}", plugin().display()));
    let built = run(compile.arg(&source));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let (mut most, mut now) = (0, None);
    for line in built.stdout.lines() {
        match now {
            _ if line.starts_with("define ") => now = line.contains("ribozyme").then_some(0),
            Some(size) if line.starts_with("  ") => {
                now = Some(size + 1);
                most = most.max(size + 1);
            }
            _ => {}
        }
    }
    most
}

#[test]
fn derivatives_do_not_grow_without_end() {
    let (few, many) = (largest(100), largest(600));
    assert!(few > 1_000, "all of it is in one derivative: {few}");
    assert!(many < 20_000, "{many} instructions after {few}");
}
