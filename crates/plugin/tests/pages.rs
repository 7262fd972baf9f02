//! A gradient that is called again and again has the system make no new pages for its tape: what
//! one call releases, the next one finds. Tapes that are too large for that come in large pages. Only for the GNU C
//! library, whose way of keeping memory it is about.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod support;

use std::process::Command;
use support::{plugin, run, scratch};

/// A decomposition whose tape is two arrays of less than 128 KiB, recursion whose tape is chunks that add up to
/// more than twice the largest, or to more than the allocator learns from, and a recurrence with one array of 64 MiB.
const PROGRAM: &str = r#"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;

static double decompose(long n, double *restrict x) {
  double *a = malloc(sizeof(double) * n * n), sum = 0;
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) a[i * n + j] = 0.01 * x[i * n + j] + (i == j ? n : 0);
  for (long j = 0; j < n; j++) {
    double s = a[j * n + j];
    for (long k = 0; k < j; k++) s -= a[j * n + k] * a[j * n + k];
    a[j * n + j] = sqrt(s);
    for (long i = j + 1; i < n; i++) {
      double t = a[i * n + j];
      for (long k = 0; k < j; k++) t -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = t / a[j * n + j];
    }
  }
  for (long i = 0; i < n; i++) sum += log(a[i * n + i]);
  free(a);
  return sum;
}
static void halve(long n, double *x) {
  if (n == 1) return;
  halve(n / 2, x);
  halve(n / 2, x + n / 2);
  for (long k = 0; k < n / 2; k++) {
    double low = x[k] * x[n / 2 + k];
    x[n / 2 + k] = x[k] - 0.5 * low;
    x[k] = x[k] + 0.25 * low;
  }
}
static double recursive(long n, double *restrict x) {
  double *y = malloc(sizeof(double) * n), sum = 0;
  for (long i = 0; i < n; i++) y[i] = 0.1 * x[i];
  halve(n, y);
  for (long i = 0; i < n; i++) sum += y[i] * y[i];
  free(y);
  return sum;
}
static double repeated(long n, const double *x) {
  double y = x[0];
  for (long i = 0; i < n; i++) y = y * y * 0.5 + x[1];
  return y;
}
enum { MOST = 1 << 17 };
static double x[MOST], dx[MOST];
static long faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}
int main(void) {
  for (int i = 0; i < MOST; i++) x[i] = 0.5 + 0.0001 * (i % 8192);
  for (int which = 0; which < 4; which++) {
    long start = 0;
    for (int call = 0; call < (which < 2 ? 60 : 15); call++) {
      if (call == 10) start = faults();
      switch (which) {
      case 0: __enzyme_autodiff((void *)decompose, enzyme_const, 40L, enzyme_dup, x, dx); break;
      case 1: __enzyme_autodiff((void *)recursive, enzyme_const, 8192L, enzyme_dup, x, dx); break;
      case 2: __enzyme_autodiff((void *)recursive, enzyme_const, (long)MOST, enzyme_dup, x, dx); break;
      default: __enzyme_autodiff((void *)repeated, enzyme_const, 8L << 20, enzyme_dup, x, dx);
      }
    }
    printf("%ld\n", faults() - start);
  }
  return dx[1] == 0;
}
"#;

/// What the system makes of a program that asks for large pages.
fn large_pages() -> bool {
    let setting = std::fs::read_to_string("/sys/kernel/mm/transparent_hugepage/enabled");
    setting.is_ok_and(|text| !text.contains("[never]"))
}

#[test]
fn a_gradient_finds_the_memory_that_the_last_one_released() {
    let folder = scratch("pages");
    let (source, program) = (folder.join("pages.c"), folder.join("pages"));
    std::fs::write(&source, PROGRAM).expect("the file is written");
    let load = format!("-fpass-plugin={}", plugin().display());
    let mut compile = Command::new("clang-22");
    compile.args(["-O2", "-w", &load, "-o"]).arg(&program);
    let built = run(compile.arg(&source).arg("-lm"));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let output = Command::new(&program).output().expect("the program runs");
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    let faults: Vec<u64> = text.lines().map(|l| l.parse().expect("a number")).collect();
    let [small, chunks, many, large] = faults[..] else {
        panic!("{faults:?}");
    };
    // Fifty calls; the tapes have more than fifty pages.
    assert!(small < 200 && chunks < 200, "{faults:?}");
    // Five calls, of 9,000 pages.
    assert!(many < 200, "{faults:?}");
    // Five calls of 16,384 pages.
    assert!(!large_pages() || large < 40_000, "{faults:?}");
}
