//! Loops that do not stay as they are: short ones over small local arrays, and those that choose a number.

mod support;

use std::process::Command;
use support::{plugin, run, scratch};

/// What is planned for the derivative of `body`, a function `double f(long n, const double *x)`, under `flags`.
fn plan(name: &str, body: &str, flags: &[&str]) -> String {
    let folder = scratch(name);
    let source = folder.join("a.c");
    let text = format!(
        "extern void __enzyme_autodiff(void *, ...);
         extern int enzyme_const, enzyme_dup;
         void take(double *);
         static double f(long n, const double *x) {{ {body} }}
         void gradient(long n, double *x, double *dx) {{
           __enzyme_autodiff((void *)f, enzyme_const, n, enzyme_dup, x, dx);
         }}"
    );
    std::fs::write(&source, text).expect("the file is written");
    let load = format!("-fpass-plugin={}", plugin().display());
    let mut compile = Command::new("clang-22");
    compile.args(["-O2", "-w", "-c", "-mllvm", "-ribozyme-print-plan"]);
    compile
        .arg(&load)
        .args(flags)
        .arg("-o")
        .arg(folder.join("a.o"));
    let built = run(compile.arg(&source));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    built.stderr
}

const DIFFERENCES: &str = "
  double sum = 0;
  for (long i = 1; i < n; i++) {
    double d[3];
    for (int c = 0; c < 3; c++) d[c] = x[3 * i + c] - x[3 * i + c - 3];
    for (int c = 0; c < 3; c++) sum += d[c] * d[2 - c] * sum;
  }
  return sum;";

#[test]
fn small_arrays_are_taken_apart() {
    let off = ["-mllvm", "-ribozyme-unroll=0"];
    assert!(plan("short-off", DIFFERENCES, &off).contains("loop2 at"));
    let plan = plan("short", DIFFERENCES, &[]);
    assert!(
        plan.contains("loop0 at") && !plan.contains("loop1 at"),
        "{plan}"
    );
}

const PRODUCT: &str = "
  double m[3][3], r[3][3], sum = 0;
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) m[i][j] = x[3 * i + j];
  for (long t = 0; t < n; t++) {
    for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) {
      r[i][j] = 0;
      for (int k = 0; k < 3; k++) r[i][j] += m[i][k] * m[k][j];
    }
    for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) m[i][j] = r[i][j];
  }
  for (int i = 0; i < 3; i++) sum += m[i][i];
  return sum;";

#[test]
fn so_are_small_matrices() {
    let plan = plan("short-nest", PRODUCT, &[]);
    assert!(
        plan.contains("loop0 at") && !plan.contains("loop1 at"),
        "{plan}"
    );
}

#[test]
fn loops_stay_where_an_array_does() {
    // The index of the second access is any number; the loop over the first one is not short.
    let any = "double d[3], sum = 0;
      for (int c = 0; c < 3; c++) d[c] = x[c] * x[c + 3];
      for (long i = 0; i < n; i++) sum += d[i % 3] * x[i];
      return sum;";
    assert!(plan("short-any", any, &[]).contains("loop1 at"));
    let long = "double d[20], sum = 0;
      for (int c = 0; c < 20; c++) d[c] = x[c] * x[c + 1];
      for (int c = 0; c < 20; c++) sum += d[c] * d[19 - c];
      return sum;";
    assert!(plan("short-long", long, &[]).contains("loop1 at"));
    let wide = "double d[8], sum = 0;
      for (long t = 0; t < n; t++) {
        for (int c = 0; c < 8; c++) d[c] = x[c] * x[8 * t + c];
        for (int c = 0; c < 8; c++) sum += d[c] * d[c];
      }
      return sum;";
    assert!(plan("short-wide", wide, &[]).contains("loop1 at"));
}

/// The plan of a loop that does `body`, which chooses `best`.
fn choice(name: &str, body: &str, flags: &[&str]) -> String {
    let body = format!(
        "double best = 1;
         for (long i = 0; i < n; i++) {{ {body} }}
         return best * x[n];"
    );
    plan(name, &body, flags)
}

const STEPPED_OVER: &str = "stepped over, it carries no derivative";

#[test]
fn loops_that_choose_are_not_undone() {
    let body = "double v = x[i] * x[n - 1 - i]; if (v > best) best = v;";
    let plan = choice("chosen", body, &[]);
    assert!(
        plan.contains(STEPPED_OVER) && !plan.contains("arrays of a loop"),
        "{plan}"
    );
    let body = "best = __builtin_fmin(best, x[i] * x[n - 1 - i]);";
    assert!(choice("chosen-least", body, &[]).contains(STEPPED_OVER));
    let off = ["-mllvm", "-ribozyme-chosen=0"];
    assert!(!choice("chosen-off", body, &off).contains(STEPPED_OVER));
}

#[test]
fn they_are_where_more_than_the_last_choice_matters() {
    for (name, body) in [
        (
            "written",
            "double v = x[i] * x[n - 1 - i]; ((double *)x)[i] = 0.5; if (v > best) best = v;",
        ),
        ("used", "best = x[i] > best ? x[i] * best : best;"),
        (
            "carried",
            "static const double c = 2; best = x[i] > best * c ? x[i] : best + c;",
        ),
    ] {
        let plan = choice(&format!("chosen-{name}"), body, &[]);
        assert!(!plan.contains(STEPPED_OVER), "{plan}");
    }
}

const KEPT_READ: &str = "read from memory that may be overwritten";
const KEPT_WAY: &str = "it depends on the way control took";

#[test]
fn numbers_of_scratch_arrays_are_computed_anew() {
    let filled = |name: &str, fill: &str, flags: &[&str]| {
        let body = format!(
            "double s[64], sum = 0;
             for (long i = 0; i < n; i++) {{
               for (long c = 0; c < n; c++) {{ {fill} }}
               for (long c = 0; c < n; c++) sum += s[c] * s[c] * s[c];
             }}
             return sum;"
        );
        plan(&format!("anew-{name}"), &body, flags)
    };
    let difference = "s[c] = x[i * n + c] - x[c];";
    let on = filled("on", difference, &[]);
    assert!(!on.contains(KEPT_READ) && !on.contains("loop3 at"), "{on}");
    let off = ["-mllvm", "-ribozyme-anew=0"];
    assert!(filled("off", difference, &off).contains(KEPT_READ));
    for (name, fill) in [
        ("dear", "s[c] = x[i * n + c] / x[c];"),
        ("some", "if (x[c] > 0) s[c] = x[i * n + c] - x[c];"),
        ("long", "s[c] = x[c] * x[n - c] + x[i * n + c];"),
    ] {
        let plan = filled(name, fill, &[]);
        assert!(plan.contains(KEPT_READ), "{plan}");
    }
}

#[test]
fn places_in_triangles_are_computed() {
    let body = "double sum = 0;
         for (long i = 0; i < n; i++) {
           for (long j = 0; j < n - i; j++) sum += x[j] * x[j];
           x += n - i;
         }
         return sum;";
    let on = plan("triangle", body, &[]);
    assert!(!on.contains(KEPT_WAY), "{on}");
    let off = ["-mllvm", "-ribozyme-triangles=0"];
    assert!(plan("triangle-off", body, &off).contains(KEPT_WAY));
}
