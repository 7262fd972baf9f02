//! What forward mode refuses, with its code, leaving the module as it was.

use super::{compile, differentiate, scratch};

fn refused(name: &str, text: &str, code: &str) {
    let dir = scratch(name);
    let ir = compile(&dir, text, &["-O1", "-g"]);
    let before = count(&ir);
    let (after, refusals) = differentiate(&ir, &["f"]);
    let [(_, message)] = &refusals[..] else {
        panic!("{name} was not refused")
    };
    assert!(message.contains(code), "{name}: {message}");
    assert_eq!(before, count(&after), "half-written functions are erased");
    std::fs::remove_dir_all(dir).unwrap();
}

fn count(text: &str) -> usize {
    text.lines().filter(|l| l.starts_with("define")).count()
}

#[test]
fn unknown_function() {
    refused(
        "unknown",
        "double g(double); double f(double *x, int n) { return g(x[0]); }",
        "RZ0011",
    );
}

#[test]
fn unknown_function_in_a_callee() {
    refused(
        "nested",
        "double g(double); __attribute__((noinline)) static double h(double x) { return g(x) * x; }
         double f(double *x, int n) { return h(x[0]); }",
        "RZ0011",
    );
}

#[test]
fn inline_assembly() {
    refused(
        "asm",
        "double f(double *x, int n) { double y = x[0]; __asm__(\"\" : \"+x\"(y)); return y; }",
        "RZ0014",
    );
}

#[test]
fn bit_trick() {
    refused(
        "bits",
        "double f(double *x, int n) { union { double d; unsigned long long u; } a = { x[0] };
         a.u += 1ull << 52; return a.d; }",
        "RZ0015",
    );
}

#[test]
fn setjmp() {
    refused(
        "setjmp",
        "#include <setjmp.h>\njmp_buf b; double f(double *x, int n) { if (setjmp(b)) return 0; return x[0]; }",
        "RZ0016",
    );
}

#[test]
fn variable_arguments() {
    refused(
        "varargs",
        "#include <stdarg.h>\n__attribute__((noinline)) static double g(int n, ...) { va_list a; va_start(a, n);
         double r = va_arg(a, double); va_end(a); return r; }
         double f(double *x, int n) { return g(1, x[0]); }",
        "RZ0017",
    );
}

#[test]
fn pointer_call() {
    refused(
        "indirect",
        "double (*p)(double); double f(double *x, int n) { return p(x[0]); }",
        "RZ0019",
    );
}
