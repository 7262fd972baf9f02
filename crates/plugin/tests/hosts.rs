//! The plugin in its hosts: what it needs, who accepts it, who is told why not.

mod support;

use std::fmt::Write as _;
use std::process::Command;
use support::{Done, plugin, run, scratch};

const SQUARE: &str = "
double square(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double derivative(double x) { return __enzyme_autodiff((void *)square, x); }
";

fn tool(name: &str) -> Command {
    Command::new(name)
}

/// An LLVM inside the plugin would be a second one in every host.
#[test]
fn needs_no_llvm() {
    let done = run(tool("readelf").arg("-d").arg(plugin()));
    let needed: Vec<&str> = done
        .stdout
        .lines()
        .filter(|line| line.contains("(NEEDED)"))
        .collect();
    assert!(!needed.is_empty());
    for line in needed {
        let known = ["libstdc++", "libgcc_s", "libc.so", "libm.so", "ld-linux"];
        assert!(known.iter().any(|name| line.contains(name)), "{line}");
    }
}

/// Options of the convention that mean nothing here are named once and change nothing.
#[test]
fn options_of_the_convention_warn_once() {
    let dir = scratch("options");
    std::fs::write(dir.join("a.c"), SQUARE).unwrap();
    let done = run(tool("clang-22")
        .current_dir(&dir)
        .args(["-O2", "-c", "a.c"])
        .args([
            "-mllvm",
            "-enzyme-new-cache=1",
            "-mllvm",
            "-enzyme_whatever",
        ])
        .arg(format!("-fpass-plugin={}", plugin().display())));
    let expected =
        "Enzyme: options without effect: enzyme-new-cache, enzyme-whatever (unknown) [RZ0026]";
    assert_eq!(done.stderr.matches(expected).count(), 1, "{}", done.stderr);
}

#[test]
fn unknown_own_options_are_errors() {
    let dir = scratch("own-options");
    std::fs::write(dir.join("a.c"), SQUARE).unwrap();
    let done = run(tool("clang-22")
        .current_dir(&dir)
        .args(["-O2", "-c", "a.c", "-mllvm", "-ribozyme-stict"])
        .arg(format!("-fpass-plugin={}", plugin().display())));
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr
            .contains("Enzyme: unknown option `ribozyme-stict` [RZ0026]"),
        "{}",
        done.stderr
    );
    assert!(!dir.join("a.o").exists());
}

/// The environment reaches hosts whose command line takes no options.
#[test]
fn the_environment_switches_the_plugin_off() {
    let dir = scratch("environment");
    std::fs::write(dir.join("a.c"), SQUARE).unwrap();
    let done = run(tool("clang-22")
        .current_dir(&dir)
        .env("RIBOZYME_ENABLE", "0")
        .args(["-O2", "-c", "a.c"])
        .arg(format!("-fpass-plugin={}", plugin().display())));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
}

/// A program that pretends to be another LLVM: it defines every symbol the plugin leaves open and
/// says it is version 19. Skipped by nobody: it needs only a C compiler.
#[test]
fn another_llvm_is_refused() {
    let dir = scratch("other-llvm");
    let symbols = run(tool("nm").args(["-D", "--undefined-only"]).arg(plugin())).stdout;
    let mut stubs = String::from(".data\n");
    for name in symbols
        .lines()
        .filter_map(|line| line.split_whitespace().last())
    {
        // Symbols with a version belong to the C and C++ runtimes, which the plugin really links.
        if name.contains('@') || name.starts_with("_ITM") || name.starts_with("__gmon") {
            continue;
        }
        let _ = writeln!(stubs, ".globl {name}\n{name}: .quad 0");
    }
    stubs.push_str(".section .note.GNU-stack,\"\",@progbits\n");
    std::fs::write(dir.join("stubs.s"), stubs).unwrap();
    std::fs::write(
        dir.join("host.c"),
        r#"
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
void LLVMGetVersion(unsigned *a, unsigned *b, unsigned *c) { *a = 19; *b = 1; *c = 7; }
/* The record of LLVM 19, which ends before the field that 22 added, and a guard behind it. */
struct record { unsigned api; const char *name, *version; void *callback; };
struct guarded { struct record record; unsigned long long guard; };
int main(int argc, char **argv) {
  void *plugin = dlopen(argv[1], RTLD_LAZY | RTLD_GLOBAL);
  if (!plugin) { puts(dlerror()); return 2; }
  struct record *(*entry)(struct record *) =
      (struct record *(*)(struct record *))dlsym(plugin, "llvmGetPassPluginInfo");
  struct guarded out = {.guard = 0x1234567890abcdefULL};
  entry(&out.record);
  if (out.guard != 0x1234567890abcdefULL) { puts("overrun"); return 3; }
  if (out.record.api == 1 || out.record.api == 2 || out.record.callback) { puts("accepted"); return 4; }
  return 0;
}
"#,
    )
    .unwrap();
    let built = run(tool("clang-22").current_dir(&dir).args([
        "-rdynamic",
        "host.c",
        "stubs.s",
        "-ldl",
        "-o",
        "host",
    ]));
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let Done {
        code,
        stdout,
        stderr,
    } = run(Command::new(dir.join("host")).arg(plugin()));
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    assert!(
        stderr.contains("this plugin was built for LLVM 22.1, but the tool that loads it has LLVM 19.1.7 [RZ0018]"),
        "{stderr}"
    );
}

const MAIN: &str = r#"
#include <stdio.h>
double f(double *x, int n);
double __enzyme_autodiff(void *, ...);
extern int enzyme_dup, enzyme_const;
int main(void) {
  double x[3] = {1, 2, 3}, d[3] = {0, 0, 0};
  __enzyme_autodiff((void *)f, enzyme_dup, x, d, enzyme_const, 3);
  printf("%g %g %g\n", d[0], d[1], d[2]);
  return 0;
}
"#;

const OTHER: &str = "
static double g(double x) { return x * x; }
double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * g(x[i]);
  return s;
}
";

/// Runs clang in `dir` and demands success.
fn clang(dir: &std::path::Path, args: &[&str]) {
    let done = run(tool("clang-22").current_dir(dir).args(args));
    assert_eq!(done.code, Some(0), "{args:?}\n{}", done.stderr);
}

/// The function lies in another file: full LTO differentiates it at link time, whether or not the
/// compile step had the plugin.
#[test]
fn full_lto_differentiates_across_files() {
    let plugin = plugin();
    let pass = format!("-fpass-plugin={}", plugin.display());
    let link = format!("-Wl,--load-pass-plugin={}", plugin.display());
    for (name, level, compile) in [
        ("both-steps", "-O2", pass.as_str()),
        ("link-only", "-O2", "-DNO_PLUGIN"),
        ("unoptimized", "-O0", pass.as_str()),
    ] {
        let dir = scratch(&format!("lto-{name}"));
        std::fs::write(dir.join("main.c"), MAIN).unwrap();
        std::fs::write(dir.join("other.c"), OTHER).unwrap();
        for file in ["main.c", "other.c"] {
            clang(&dir, &[level, "-flto", compile, "-c", file]);
        }
        clang(
            &dir,
            &[
                level,
                "-flto",
                "-fuse-ld=lld",
                &link,
                "main.o",
                "other.o",
                "-o",
                "prog",
            ],
        );
        let done = run(&mut Command::new(dir.join("prog")));
        assert_eq!(done.stdout, "3 12 27\n", "{name}");
    }
}

/// The gradient was written in a compile step; the link step differentiates it, tape and all.
#[test]
fn full_lto_differentiates_derivatives_of_the_compile_step() {
    const OUTER: &str = r#"
#include <stdio.h>
extern int enzyme_dup, enzyme_const;
extern void __enzyme_fwddiff_void(void *, ...);
void gradient(const double *x, double *dx, int n);
int main(void) {
  double x[2] = {1.5, 2.5}, v[2] = {1, -2}, dx[2] = {0}, hv[2] = {0};
  __enzyme_fwddiff_void((void *)gradient, enzyme_dup, x, v, enzyme_dup, dx, hv, enzyme_const, 2);
  printf("%g %g\n", hv[0], hv[1]);
}
"#;
    const INNER: &str = r"
extern int enzyme_dup, enzyme_const;
extern void __enzyme_autodiff_void(void *, ...);
static double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double y = x[i];
    while (y < 4) y = y * y;
    s += y * x[n - 1 - i];
  }
  return s;
}
void gradient(const double *x, double *dx, int n) {
  __enzyme_autodiff_void((void *)f, enzyme_dup, x, dx, enzyme_const, n);
}
";
    let plugin = plugin();
    let pass = format!("-fpass-plugin={}", plugin.display());
    let link = format!("-Wl,--load-pass-plugin={}", plugin.display());
    for level in ["-O1", "-O2"] {
        let dir = scratch(&format!("lto-nested{level}"));
        std::fs::write(dir.join("outer.c"), OUTER).unwrap();
        std::fs::write(dir.join("inner.c"), INNER).unwrap();
        for file in ["outer.c", "inner.c"] {
            clang(&dir, &[level, "-flto", &pass, "-c", file]);
        }
        let mut args = vec![level, "-flto", "-fuse-ld=lld", &link];
        args.extend(["outer.o", "inner.o", "-o", "prog"]);
        clang(&dir, &args);
        let done = run(&mut Command::new(dir.join("prog")));
        // f = x₀⁴·x₁ + x₁²·x₀.
        assert_eq!(done.stdout, "30.5 12.5\n", "{level}");
    }
}

const LIBRARY: &str = r"
double square(double x) { return x * x; }
double square_aug(double x) { return x * x; }
double square_rev(double x, double seed) { return 100 * seed; }
void *__enzyme_register_gradient_square[] = {(void *)square, (void *)square_aug, (void *)square_rev};
double user(double x) { return 2 * square(x); }
double logged(double x) { return x * x; }
void *__enzyme_inactivefn_logged[] = {(void *)logged};
double product(double x) { return logged(x) * x; }
";

const CALLER: &str = r#"
#include <stdio.h>
double __enzyme_autodiff(void *, double);
double square(double), user(double), product(double);
double here(double x) { return user(x) + square(x); }
int main() {
  printf("%g ", __enzyme_autodiff((void *)here, 3.0));
  printf("%g ", __enzyme_autodiff((void *)user, 3.0));
  printf("%g\n", __enzyme_autodiff((void *)product, 3.0));
}
"#;

/// Registrations in one file count in the derivatives another file requests: at the start of its
/// compile step nothing is inlined away.
#[test]
fn registrations_reach_other_files() {
    let pass = format!("-fpass-plugin={}", plugin().display());
    let link = format!("-Wl,--load-pass-plugin={}", plugin().display());
    for level in ["-O0", "-O2"] {
        let dir = scratch(&format!("lto-registered{level}"));
        std::fs::write(dir.join("caller.c"), CALLER).unwrap();
        std::fs::write(dir.join("library.c"), LIBRARY).unwrap();
        for file in ["caller.c", "library.c"] {
            clang(&dir, &[level, "-flto", &pass, "-c", file]);
        }
        let objects = ["caller.o", "library.o", "-o", "prog"];
        let mut args = vec![level, "-flto", "-fuse-ld=lld", &link];
        args.extend(objects);
        clang(&dir, &args);
        let done = run(&mut Command::new(dir.join("prog")));
        assert_eq!(done.stdout, "300 200 9\n", "{level}");
    }
}

/// Without LTO the same program is refused where the derivative is requested.
#[test]
fn a_function_in_another_file_needs_lto() {
    let dir = scratch("no-lto");
    std::fs::write(dir.join("main.c"), MAIN).unwrap();
    let done = run(tool("clang-22")
        .current_dir(&dir)
        .args(["-O2", "-c", "main.c"])
        .arg(format!("-fpass-plugin={}", plugin().display())));
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr
            .contains("the body of `f` is not available [RZ0002]"),
        "{}",
        done.stderr
    );
}

/// Two objects with gradients of their own link together, as position-independent code too.
#[test]
fn two_objects_with_gradients_link() {
    let dir = scratch("two-objects");
    let pass = format!("-fpass-plugin={}", plugin().display());
    let one = |name: &str| {
        format!(
            "extern int enzyme_out;\ndouble __enzyme_autodiff(void *, ...);\n\
             static double f(double x) {{ double s = 1; while (s < 40) s *= x; return s; }}\n\
             double {name}(double x) {{ return __enzyme_autodiff((void *)f, enzyme_out, x); }}\n"
        )
    };
    std::fs::write(dir.join("a.c"), one("a")).unwrap();
    std::fs::write(dir.join("b.c"), one("b")).unwrap();
    std::fs::write(
        dir.join("main.c"),
        "#include <stdio.h>\ndouble a(double), b(double);\n\
         int main(void) { printf(\"%g %g\\n\", a(3), b(2)); return 0; }\n",
    )
    .unwrap();
    for file in ["a.c", "b.c"] {
        clang(&dir, &["-O2", "-g", "-fPIC", &pass, "-c", file]);
    }
    clang(&dir, &["-shared", "a.o", "b.o", "-o", "libab.so"]);
    clang(
        &dir,
        &["main.c", "-L.", "-lab", "-Wl,-rpath,$ORIGIN", "-o", "prog"],
    );
    // x⁴ at 3 is 4·27, x⁶ at 2 is 6·32.
    let done = run(&mut Command::new(dir.join("prog")));
    assert_eq!(done.stdout, "108 192\n", "{}", done.stderr);
}

/// The names of the convention's passes work in opt.
#[test]
fn opt_runs_the_passes_by_name() {
    let dir = scratch("opt");
    std::fs::write(dir.join("a.c"), SQUARE).unwrap();
    clang(&dir, &["-O1", "-S", "-emit-llvm", "a.c", "-o", "a.ll"]);
    for passes in [
        "ribozyme",
        "enzyme",
        "preserve-nvvm,enzyme",
        "function(mem2reg),enzyme,enzyme",
    ] {
        let done = run(tool("opt-22")
            .current_dir(&dir)
            .arg(format!("-load-pass-plugin={}", plugin().display()))
            .args([&format!("-passes={passes}"), "-S", "a.ll"]));
        assert_eq!(done.code, Some(0), "{passes}: {}", done.stderr);
        assert!(
            !done.stdout.contains("call double (ptr, ...) @__enzyme"),
            "{passes}"
        );
        assert!(
            !done.stdout.contains("rz.held"),
            "clones are gone\n{}",
            done.stdout
        );
    }
}

/// flang loads the plugin and a Fortran function is differentiated by the convention's interface.
#[test]
fn fortran() {
    if run(Command::new("sh").args(["-c", "command -v flang-22"])).code != Some(0) {
        eprintln!("flang-22 is not installed");
        return;
    }
    let dir = scratch("fortran");
    let source = "
module m
contains
  function square(x) result(y)
    double precision, intent(in) :: x
    double precision :: y
    y = x * x
  end function
end module
program p
  use m
  interface
    subroutine square__enzyme_autodiff(f, x, dx)
      interface
        function f(x) result(y)
          double precision, intent(in) :: x
          double precision :: y
        end function
      end interface
      double precision, intent(in) :: x
      double precision, intent(inout) :: dx
    end subroutine
  end interface
  double precision :: x, dx
  x = 3
  dx = 0
  call square__enzyme_autodiff(square, x, dx)
  print '(f6.2)', dx
end program
";
    std::fs::write(dir.join("a.f90"), source).unwrap();
    let done = run(tool("flang-22")
        .current_dir(&dir)
        .args(["-O2", "a.f90", "-o", "prog"])
        .arg(format!("-fpass-plugin={}", plugin().display())));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let done = run(&mut Command::new(dir.join("prog")));
    assert_eq!(done.stdout.trim(), "6.00", "{}", done.stderr);
}

/// A refused request is a warning and ends the program where it is reached, and only there.
#[test]
fn runtime_errors() {
    let dir = scratch("runtime-error");
    let text = "#include <stdio.h>\n\
        double unknown(double);\n\
        double opaque(double x) { return unknown(x); }\n\
        double square(double x) { return x * x; }\n\
        double __enzyme_autodiff(void *, ...);\n\
        int main(int count, char **words) {\n\
          printf(\"%g\\n\", __enzyme_autodiff((void *)square, 3.0));\n\
          if (count > 1) printf(\"%g\\n\", __enzyme_autodiff((void *)opaque, 3.0));\n\
        }\n";
    std::fs::write(dir.join("a.c"), text).unwrap();
    let other = "double unknown(double x) { return x; }\n";
    std::fs::write(dir.join("b.c"), other).unwrap();
    for option in ["-ribozyme-runtime-error", "-enzyme-runtime-error=1"] {
        let built = run(tool("clang-22")
            .current_dir(&dir)
            .args(["-O2", "a.c", "b.c", "-o", "prog", "-mllvm", option])
            .arg(format!("-fpass-plugin={}", plugin().display())));
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        let warned = built.stderr.contains("a.c:") && built.stderr.contains("warning: Enzyme: ");
        assert!(warned, "{}", built.stderr);
        let done = run(&mut Command::new(dir.join("prog")));
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), "6\n"));
        let done = run(Command::new(dir.join("prog")).arg("more"));
        assert_eq!(done.code, Some(1));
        let reason = done.stdout.strip_prefix("6\n").expect("what came before");
        assert!(
            reason.contains("Enzyme: ") && reason.contains("unknown"),
            "{reason}"
        );
    }
}
