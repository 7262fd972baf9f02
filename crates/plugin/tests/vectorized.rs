//! Loops of reverse parts that the vectorizer must be able to take, and others that are made shorter.

mod support;

use std::process::Command;
use support::{plugin, run, scratch};

/// The optimized gradient of `text` with names, under `flags`.
fn gradient(name: &str, text: &str, flags: &[&str]) -> String {
    let folder = scratch(name);
    let (source, made) = (folder.join("a.c"), folder.join("a.ll"));
    std::fs::write(&source, text).expect("the file is written");
    let load = format!("-fpass-plugin={}", plugin().display());
    let mut compile = Command::new("clang-22");
    compile.args(["-O2", "-w", "-S", "-emit-llvm", "-fno-discard-value-names"]);
    compile.arg(&load).args(flags).arg("-o").arg(&made);
    let built = run(compile.arg(&source));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    std::fs::read_to_string(made).expect("it was written")
}

const STENCIL: &str = "
#include <stdlib.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double heat(long n, const double *restrict x) {
  double *u = malloc(sizeof(double) * n), sum = 0;
  for (long i = 1; i + 1 < n; i++) u[i] = x[i] + 0.1 * (x[i - 1] - 2 * x[i] + x[i + 1]);
  for (long i = 1; i + 1 < n; i++) sum += u[i] * u[i];
  free(u);
  return sum;
}
void gradient(long n, double *x, double *dx) {
  __enzyme_autodiff((void *)heat, enzyme_const, n, enzyme_dup, x, dx);
}";

const RESIDUALS: &str = "
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double residuals(long n, long d, const double *restrict a, const double *restrict x) {
  double sum = 0;
  for (long i = 0; i < n; i++) {
    double r = -1;
    for (long j = 0; j < d; j++) r += a[i * d + j] * x[j];
    sum += r * r;
  }
  return sum;
}
void gradient(long n, long d, double *a, double *x, double *dx) {
  __enzyme_autodiff((void *)residuals, enzyme_const, n, enzyme_const, d, enzyme_const, a, enzyme_dup, x, dx);
}";

const ELIMINATION: &str = "
#include <math.h>
#include <stdlib.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double determinant(long n, const double *restrict x) {
  double *a = malloc(sizeof(double) * n * n), sum = 0;
  for (long i = 0; i < n * n; i++) a[i] = x[i];
  for (long k = 0; k < n; k++)
    for (long i = k + 1; i < n; i++) {
      double l = a[i * n + k] / a[k * n + k];
      for (long j = k + 1; j < n; j++) a[i * n + j] -= l * a[k * n + j];
    }
  for (long i = 0; i < n; i++) sum += log(a[i * n + i]);
  free(a);
  return sum;
}
void gradient(long n, double *x, double *dx) {
  __enzyme_autodiff((void *)determinant, enzyme_const, n, enzyme_dup, x, dx);
}";

const SCALED: &str = "
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static void scaled(long n, const double *restrict x, const double *restrict y, double *restrict z) {
  for (long i = 0; i < n; i++) z[i] = x[i] * y[i];
}
void gradient(long n, double *x, double *dx, double *y, double *dy, double *z, double *dz) {
  __enzyme_autodiff((void *)scaled, enzyme_const, n, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_dup, z, dz);
}";

const RING: &str = "
#include <stdlib.h>
#include <string.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double heat(long n, long steps, const double *x) {
  double *u = malloc(sizeof(double) * n), *v = malloc(sizeof(double) * n), sum = 0;
  memcpy(u, x, sizeof(double) * n);
  for (long t = 0; t < steps; t++) {
    for (long i = 0; i < n; i++) {
      long l = i == 0 ? n - 1 : i - 1, r = i == n - 1 ? 0 : i + 1;
      v[i] = u[i] + 0.1 * (u[l] - 2 * u[i] + u[r]) + 1e-3 * u[i] * (1 - u[i]);
    }
    double *swap = u;
    u = v;
    v = swap;
  }
  for (long i = 0; i < n; i++) sum += u[i] * u[i];
  free(u);
  free(v);
  return sum;
}
void gradient(long n, long steps, double *x, double *dx) {
  __enzyme_autodiff((void *)heat, enzyme_const, n, enzyme_const, steps, enzyme_dup, x, dx);
}";

const SKELETON: &str = "
extern void __enzyme_fwddiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static void skin(long n, long m, const double *restrict points, const double *restrict angles, double *restrict out) {
  double t[12 * 40];
  for (long k = 0; k < 12 * m; k++) t[k] = angles[k % 5] * k;
  for (long i = 0; i < n; i++) {
    const double *p = points + 3 * i;
    double x = 0, y = 0, z = 0;
    for (long b = 0; b < m; b++) {
      const double *c = t + 12 * b;
      x += p[b] * (c[0] * p[0] + c[1] * p[1] + c[2] * p[2] + c[3]);
      y += p[b] * (c[4] * p[0] + c[5] * p[1] + c[6] * p[2] + c[7]);
      z += p[b] * (c[8] * p[0] + c[9] * p[1] + c[10] * p[2] + c[11]);
    }
    out[i] = x * y * z;
  }
}
void gradient(long n, long m, double *p, double *a, double *da, double *o, double *d) {
  __enzyme_fwddiff((void *)skin, enzyme_const, n, enzyme_const, m, enzyme_const, p, enzyme_dup, a, da, enzyme_dup, o, d);
}";

#[test]
fn zero_tangents_are_stepped_over() {
    let all = gradient("zeros", SKELETON, &[]);
    assert!(all.contains("zeros.end"), "{all}");
    let off = ["-mllvm", "-ribozyme-zeros=0"];
    let without = gradient("zeros-off", SKELETON, &off);
    assert!(!without.contains("zeros.end"), "{without}");
}

#[test]
fn the_reverse_of_a_ring_whose_arrays_change_roles_is_vectorized_upwards() {
    let count =
        |name: &str, what, flags: &[&str]| gradient(name, RING, flags).matches(what).count();
    let without = |name| {
        let flag = format!("-ribozyme-{name}=0");
        let all = count(&format!("ring-{name}"), "vector.recur", &[]);
        (
            all,
            count(
                &format!("ring-no-{name}"),
                "vector.recur",
                &["-mllvm", &flag],
            ),
        )
    };
    for name in ["ends", "apart"] {
        let (with, without) = without(name);
        assert!(with > without, "{name}: {with} {without}");
    }
    // Vectors of loops that go downwards are turned around.
    let flags = ["-mllvm", "-ribozyme-turn=0"];
    assert!(count("ring", "reverse", &[]) < count("ring-no-turn", "reverse", &flags));
}

const PRODUCTS: &str = "
#include <stdlib.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double products(long n, const double *restrict x) {
  double *y = malloc(sizeof(double) * n), sum = 0;
  for (long i = 0; i < n; i++) {
    long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
    long before = last == 0 ? n - 1 : last - 1;
    y[i] = (x[next] - x[before]) * x[last] - x[i] + 8;
  }
  for (long i = 0; i < n; i++) sum += y[i] * y[i];
  free(y);
  return sum;
}
void gradient(long n, double *x, double *dx) {
  __enzyme_autodiff((void *)products, enzyme_const, n, enzyme_dup, x, dx);
}";

#[test]
fn what_is_carried_with_the_other_sign_does_not_keep_a_ring_from_it() {
    let stores = |name, flags: &[&str]| gradient(name, PRODUCTS, flags).matches("store <").count();
    let with = stores("products", &[]);
    let without = stores("products-no-carry", &["-mllvm", "-ribozyme-carry=0"]);
    assert!(with > without, "{with} {without}");
}

#[test]
fn loops_in_loops_that_run_backwards_check_addresses_for_themselves() {
    // A check for all iterations of a loop around compares its step, too, and fails where that is negative.
    let steps = |name, flags: &[&str]| {
        gradient(name, ELIMINATION, flags)
            .matches("stride.check")
            .count()
    };
    let off = ["-mllvm", "-ribozyme-nests=0"];
    assert!(steps("nest-off", &off) > 0);
    assert!(steps("nest", &[]) < steps("nest-off-again", &off));
}

#[test]
fn the_reverse_of_a_stencil_carries_its_sums_through_vectors() {
    // The primal has such loops, too.
    let carried = |name, flags: &[&str]| {
        gradient(name, STENCIL, flags)
            .matches("vector.recur")
            .count()
    };
    let off = ["-mllvm", "-ribozyme-carry=0"];
    assert!(carried("stencil", &[]) > carried("stencil-off", &off));
}

#[test]
fn points_with_a_sum_each_are_undone_a_few_at_once() {
    assert!(gradient("jammed", RESIDUALS, &[]).contains("jam.loop:"));
    let off = ["-mllvm", "-ribozyme-jam=0"];
    assert!(!gradient("jammed-off", RESIDUALS, &off).contains("jam.loop"));
    // One sum after the other: their order is the primal's.
    let chained = RESIDUALS.replace("double r = -1", "double r = sum");
    assert!(!gradient("jammed-chain", &chained, &[]).contains("jam.loop"));
}

#[test]
fn adjoints_that_are_nearly_zero_have_a_loop_of_their_own() {
    let aside = |name, flags: &[&str]| gradient(name, SCALED, flags).contains("@ribozyme.faint");
    assert!(aside("faint", &[]));
    // An inner loop that would have to ask each time.
    assert!(!gradient("faint-inner", ELIMINATION, &[]).contains("@ribozyme.faint"));
    assert!(!aside("faint-off", &["-mllvm", "-ribozyme-faint=0"]));
    // Denormal numbers are none there.
    assert!(!aside(
        "faint-flushed",
        &["-fdenormal-fp-math=preserve-sign"]
    ));
}

const NARROW: &str = "
#include <stdlib.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
#define AT(a, i, j, k) a[((i) * n + (j)) * n + (k)]
static void step(int n, const double *restrict u, double *restrict v) {
  for (int i = 1; i < n - 1; i++)
    for (int j = 1; j < n - 1; j++)
      for (int k = 1; k < n - 1; k++)
        AT(v, i, j, k) = AT(u, i, j, k) + 0.1 * (AT(u, i, j - 1, k) + AT(u, i, j, k - 1) + AT(u, i, j, k + 1));
}
static double heat(int n, int steps, const double *restrict x) {
  double *u = malloc(sizeof(double) * n * n * n), *v = calloc(n * n * n, sizeof(double)), sum = 0;
  for (int i = 0; i < n * n * n; i++) u[i] = x[i];
  for (int t = 0; t < steps; t++) {
    step(n, u, v);
    step(n, v, u);
  }
  for (int i = 0; i < n * n * n; i++) sum += u[i] * u[i];
  free(u);
  free(v);
  return sum;
}
void gradient(int n, int steps, double *x, double *dx) {
  __enzyme_autodiff((void *)heat, enzyme_const, n, enzyme_const, steps, enzyme_dup, x, dx);
}";

#[test]
fn neighbours_by_indices_of_narrow_types_are_neighbours() {
    let carried = |name, flags: &[&str]| {
        gradient(name, NARROW, flags)
            .matches("vector.recur")
            .count()
    };
    let off = ["-mllvm", "-ribozyme-indices=0"];
    assert!(carried("narrow", &[]) > carried("narrow-off", &off));
}

const MATRICES: &str = "
#include <stdlib.h>
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double product(long n, const double *restrict x, const double *restrict y) {
  double *z = malloc(sizeof(double) * n * n), sum = 0;
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      double s = 0;
      for (long k = 0; k < n; k++) s += x[i * n + k] * y[k * n + j];
      z[i * n + j] = s;
    }
  for (long i = 0; i < n * n; i++) sum += z[i] * z[i];
  free(z);
  return sum;
}
void gradient(long n, double *x, double *dx, double *y, double *dy) {
  __enzyme_autodiff((void *)product, enzyme_const, n, enzyme_dup, x, dx, enzyme_dup, y, dy);
}";

#[test]
fn iterations_that_add_to_the_same_places_are_undone_a_few_at_once() {
    assert!(gradient("matrices", MATRICES, &[]).contains("jam.loop"));
    let off = ["-mllvm", "-ribozyme-jam=0"];
    assert!(!gradient("matrices-off", MATRICES, &off).contains("jam.loop"));
}

const SQUARES: &str = "
extern void __enzyme_autodiff(void *, ...);
extern int enzyme_const, enzyme_dup;
static double squares(long m, long n, const double *restrict a, const double *restrict x) {
  double sum = 0;
  for (long i = 0; i < m; i++) {
    double residual = -a[m * n + i];
    for (long j = 0; j < n; j++) residual += a[i * n + j] * x[j];
    sum += residual * residual;
  }
  return 0.5 * sum;
}
void gradient(long m, long n, double *a, double *x, double *dx) {
  __enzyme_autodiff((void *)squares, enzyme_const, m, enzyme_const, n, enzyme_const, a, enzyme_dup, x, dx);
}";

/// One nest leads straight to the next, here those of the forward and of the reverse part.
#[test]
fn nests_that_are_entered_from_nests_are_left_whole() {
    let apart = ["-mllvm", "-ribozyme-fuse=0", "-mllvm", "-ribozyme-verify"];
    assert!(gradient("squares", SQUARES, &apart).contains("jam.loop"));
}
