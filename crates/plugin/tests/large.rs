//! What makes code large does not make its derivatives larger still: functions that one caller has many of do not become
//! one giant, nor does its derivative, and functions that several requests reach have one derivative for all.

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

/// What clang makes of `source`.
fn compiled(name: &str, source: &str) -> String {
    let folder = scratch(name);
    let path = folder.join("a.c");
    std::fs::write(&path, source).expect("the file is written");
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
    let built = run(compile.arg(&path));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    built.stdout
}

/// Instructions of the largest derivative.
fn largest(count: usize) -> usize {
    let code = compiled(&format!("large-{count}"), &program(count));
    let (mut most, mut now) = (0, None);
    for line in code.lines() {
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

/// So many requests of functions that all call the same three.
fn requests(count: usize) -> String {
    let mut out = String::from(
        "extern int enzyme_dup, enzyme_const;\ndouble __enzyme_autodiff(void *, ...);\n\
         double __enzyme_fwddiff(void *, ...);\ndouble sin(double);\n",
    );
    for i in 0..3 {
        let loops = (0..5).map(|k| {
            format!(
                "  for (int i = 0; i < n; i++) {{
                   double t = x[i] * s + {k};
                   if (t > {i}) t = sin(t); else t = t / (1 + t * t);
                   s += t * x[{k}];
                 }}
"
            )
        });
        let loops: String = loops.collect();
        let _ = writeln!(
            out,
            "static double g{i}(const double *x, double s, int n) {{\n{loops}  return s;\n}}"
        );
    }
    for i in 0..count {
        let _ = writeln!(
            out,
            "static double f{i}(const double *x, int n) {{
               return g0(x, x[{i}], n) * g1(x, x[{i}] * {i}.5, n) + g2(x, g0(x, x[0] + {i}.5, n), n);
             }}
             void gradient{i}(const double *x, double *dx, int n) {{
               __enzyme_autodiff((void *)f{i}, enzyme_dup, x, dx, enzyme_const, n);
             }}
             double tangent{i}(const double *x, const double *dx, int n) {{
               return __enzyme_fwddiff((void *)f{i}, enzyme_dup, x, dx, enzyme_const, n);
             }}"
        );
    }
    out
}

/// Derivatives of what requests call.
fn made(code: &str) -> usize {
    let definitions = code.lines().filter(|line| line.starts_with("define "));
    let name = definitions.filter_map(|line| line.split_once("@ribozyme."));
    name.filter(|(_, name)| name.contains(".g")).count()
}

#[test]
fn requests_share_the_derivatives_of_what_they_call() {
    let [few, many] = [2, 8].map(|count| compiled(&format!("shared-{count}"), &requests(count)));
    let (few, many) = (made(&few), made(&many));
    assert!(few >= 6, "all of it is in one derivative: {few}");
    assert_eq!(many, few, "they grow with the number of requests");
}

/// A function that calls itself with less and less of a list, and has loops of `count` kinds.
fn recursive(count: usize) -> String {
    let mut out = String::from(
        "extern int enzyme_dup, enzyme_const;\ndouble __enzyme_autodiff(void *, ...);\n\
         struct plan { int length, factors[64]; double turns[1]; };\n\
         static void work(double *out, const double *in, int stride, const int *factors, const struct plan *plan) {
           int p = factors[0], m = factors[1];
           factors += 2;
           for (int q = 0; q < p; q++) {
             if (m == 1) out[q] = in[q * stride];
             else work(out + q * m, in + q * stride, stride * p, factors, plan);
           }
           switch (p) {
",
    );
    for i in 0..count {
        let _ = writeln!(
            out,
            "case {i}: for (int k = 1; k < m; k++) out[k] = out[k - 1] * plan->turns[k * stride + {i}] + out[k] * {i}.5; break;"
        );
    }
    out + "  }
}
static double f(const double *x, double *y, int n) {
  struct plan *plan = __builtin_malloc(sizeof(struct plan) + n * sizeof(double));
  int rest = n, p = 2, *factors = plan->factors;
  for (int i = 0; i < n; i++) plan->turns[i] = 1.0 / (i + 1);
  while (rest > 1) {
    while (rest % p) p++;
    rest /= p;
    *factors++ = p;
    *factors++ = rest;
  }
  work(y, x, 1, plan->factors, plan);
  __builtin_free(plan);
  return y[0];
}
void gradient(const double *x, double *dx, double *y, double *dy, int n) {
  __enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_const, n);
}
"
}

#[test]
fn what_calls_itself_has_one_derivative_however_often() {
    let code = compiled("recursive", &recursive(30));
    let parts = code.lines().filter(|line| line.starts_with("  switch "));
    // Both ways through the first call, and through all others.
    assert!(parts.count() <= 4);
}
