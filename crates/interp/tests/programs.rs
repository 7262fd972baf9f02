//! Small programs whose values and derivatives are known in closed form.

use rz_interp::{Error, Machine, Val};
use rz_view::{Module, text::parse};

fn module(text: &str) -> Module {
    parse(text).unwrap_or_else(|e| panic!("{e}"))
}

fn run(text: &str, args: &[Val]) -> Result<Val, Error> {
    let module = module(text);
    let f = module.func_named("f").unwrap();
    Machine::new(&module).call(f, args)
}

fn close((value, tangent): (f64, f64), expected: (f64, f64)) {
    assert!(
        (value - expected.0).abs() < 1e-12 * expected.0.abs().max(1.0),
        "{value} {expected:?}"
    );
    assert!(
        (tangent - expected.1).abs() < 1e-12 * expected.1.abs().max(1.0),
        "{tangent} {expected:?}"
    );
}

#[test]
fn a_loop_sums_squares() {
    let text = "
        func @f(v0: ptr, v1: i64) -> double {
        block0:
          br(block1)
        block1:
          v2 = phi(block0, block1) i64 (i64 0), v6
          v3 = phi(block0, block1) double (double 0.0), v5
          v7 = gep(0 v2 x 8) ptr v0, v2
          v8 = load(align 8) double v7
          v4 = fmul double v8, v8
          v5 = fadd double v3, v4
          v6 = add i64 v2, (i64 1)
          v9 = icmp(slt) i1 v6, v1
          condbr(block1, block2) v9
        block2:
          ret v5
        }";
    let module = module(text);
    let mut machine = Machine::new(&module);
    let x = machine
        .memory
        .doubles(&[(1.0, 1.0), (2.0, 10.0), (3.0, 100.0)]);
    let f = module.func_named("f").unwrap();
    let result = machine.call(f, &[Val::int(x), Val::int(3)]).unwrap();
    close(result.as_f64(), (14.0, 2.0 + 40.0 + 600.0));
}

#[test]
fn integers_carry_tangents_of_the_bytes_they_move() {
    let text = "
        declare @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1) -> void intrinsic \"llvm.memcpy\"
        func @f(v0: ptr) -> double {
        block0:
          v1 = alloca([2 x double] align 8 static) ptr (i32 1)
          v2 = load(align 8) i64 v0
          store(align 8) v2, v1
          v3 = gep(8) ptr v1
          v4 = gep(8) ptr v0
          call(@llvm.memcpy.p0.p0.i64) v3, v4, (i64 8), (i1 0)
          v5 = load(align 8) double v1
          v6 = load(align 8) i64 v3
          v7 = xor i64 v6, (i64 -9223372036854775808)
          v8 = bitcast double v7
          v9 = fmul double v5, v8
          ret v9
        }";
    let module = module(text);
    let mut machine = Machine::new(&module);
    let x = machine.memory.doubles(&[(3.0, 1.0), (5.0, 10.0)]);
    let f = module.func_named("f").unwrap();
    let result = machine.call(f, &[Val::int(x)]).unwrap();
    close(result.as_f64(), (-15.0, -(5.0 + 30.0)));
    assert_eq!(machine.memory.live(), 1, "locals are released");
}

#[test]
fn phis_of_a_block_are_read_together() {
    let text = "
        func @f(v0: double, v1: double, v2: i32) -> double {
        block0:
          br(block1)
        block1:
          v3 = phi(block0, block1) double v0, v4
          v4 = phi(block0, block1) double v1, v3
          v5 = phi(block0, block1) i32 v2, v6
          v6 = sub i32 v5, (i32 1)
          v7 = icmp(eq) i1 v5, (i32 0)
          condbr(block2, block1) v7
        block2:
          ret v3
        }";
    let args = |n| [Val::f64(2.0, 1.0), Val::f64(3.0, 7.0), Val::int(n)];
    close(run(text, &args(0)).unwrap().as_f64(), (2.0, 1.0));
    close(run(text, &args(1)).unwrap().as_f64(), (3.0, 7.0));
    close(run(text, &args(4)).unwrap().as_f64(), (2.0, 1.0));
}

#[test]
fn recursion_pointers_and_structs() {
    let text = "
        func @power(v0: double, v1: i32) -> double {
        block0:
          v2 = icmp(eq) i1 v1, (i32 0)
          condbr(block1, block2) v2
        block1:
          ret (double 1.0)
        block2:
          v3 = sub i32 v1, (i32 1)
          v4 = call(@power) double v0, v3
          v5 = fmul double v4, v0
          ret v5
        }
        func @f(v0: double) -> double {
        block0:
          v1 = alloca(ptr align 8 static) ptr (i32 1)
          store(align 8) (ptr @power), v1
          v2 = load(align 8) ptr v1
          v3 = call(indirect) double v2, v0, (i32 5)
          v4 = insertvalue(1) {i32, double} ({i32, double} zero), v3
          v5 = extractvalue(1) double v4
          ret v5
        }";
    close(
        run(text, &[Val::f64(2.0, 1.0)]).unwrap().as_f64(),
        (32.0, 80.0),
    );
}

#[test]
fn vectors_and_narrow_floats() {
    let text = "
        declare @reduce(float, <4 x float>) -> float intrinsic \"llvm.vector.reduce.fadd\"
        declare @fma(<4 x float>, <4 x float>, <4 x float>) -> <4 x float> intrinsic \"llvm.fma\"
        func @f(v0: float) -> float {
        block0:
          v1 = insertelement <4 x float> (<4 x float> zero), v0, (i32 2)
          v2 = shuffle(2, 2, 0, 2) <4 x float> v1, v1
          v3 = call(@fma) <4 x float> v2, v2, v1
          v4 = call(@reduce) float (float 0.5), v3
          ret v4
        }";
    let kind = rz_view::FloatKind::Single;
    let result = run(text, &[Val::float(kind, 3.0, 1.0)]).unwrap();
    // 3x² + x + 0.5
    close(result.as_float(kind), (30.5, 19.0));
}

#[test]
fn elementary_functions_agree_with_differences() {
    let one = [
        "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "atanh",
        "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt", "fabs", "exp10",
    ];
    let two = [
        "pow",
        "atan2",
        "hypot",
        "fmod",
        "fmin",
        "fmax",
        "copysign",
        "fdim",
        "remainder",
    ];
    for name in one {
        let text = format!(
            "declare @{name}(double) -> double library \"{name}\"
             func @f(v0: double, v1: double) -> double {{
             block0:
               v2 = call(@{name}) double v0
               ret v2
             }}"
        );
        check_difference(&text, name);
    }
    for name in two {
        let text = format!(
            "declare @{name}(double, double) -> double library \"{name}\"
             func @f(v0: double, v1: double) -> double {{
             block0:
               v2 = call(@{name}) double v0, v1
               ret v2
             }}"
        );
        check_difference(&text, name);
    }
}

fn check_difference(text: &str, name: &str) {
    let module = module(text);
    let f = module.func_named("f").unwrap();
    let mut machine = Machine::new(&module);
    for (x, y) in [(0.3, 0.7), (0.9, 0.4), (0.62, -1.3)] {
        let (dx, dy) = (0.7, -1.3);
        let mut at = |x: f64, y: f64, dx: f64, dy: f64| {
            let args = [Val::f64(x, dx), Val::f64(y, dy)];
            machine.call(f, &args).unwrap().as_f64()
        };
        let tangent = at(x, y, dx, dy).1;
        let h = 1e-6;
        let difference = (at(x + h * dx, y + h * dy, 0., 0.).0
            - at(x - h * dx, y - h * dy, 0., 0.).0)
            / (2.0 * h);
        assert!(
            (tangent - difference).abs() < 1e-6 * (1.0 + tangent.abs()),
            "{name} {x} {y}: {tangent} {difference}"
        );
    }
}

#[test]
fn what_is_not_known_is_an_error() {
    let unknown = "
        declare @mystery(double) -> double
        func @f(v0: double) -> double {
        block0:
          v1 = call(@mystery) double v0
          ret v1
        }";
    assert!(matches!(
        run(unknown, &[Val::f64(1.0, 0.0)]),
        Err(Error::Unsupported(_))
    ));
    let overrun = "
        func @f(v0: ptr) -> double {
        block0:
          v1 = gep(8) ptr v0
          v2 = load(align 8) double v1
          ret v2
        }";
    let module = module(overrun);
    let mut machine = Machine::new(&module);
    let x = machine.memory.doubles(&[(1.0, 0.0)]);
    let f = module.func_named("f").unwrap();
    assert!(matches!(
        machine.call(f, &[Val::int(x)]),
        Err(Error::Trap(_))
    ));
    let endless = "
        func @f(v0: ptr) -> double {
        block0:
          br(block1)
        block1:
          br(block1)
        }";
    assert_eq!(run(endless, &[Val::int(0)]), Err(Error::Steps));
}
