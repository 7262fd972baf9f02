//! Loops of reverse parts that the vectorizer must be able to take.

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
