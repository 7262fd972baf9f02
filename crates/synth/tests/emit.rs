//! Every rule can be emitted at every float type, and what is emitted computes what the rule says.

use rz_llvm::{Builder, Linkage, Module, OwnedContext, Type, Value};
use rz_rules::{Emission, Eval, Operand, Rule, rules};
use rz_synth::IrEmit;
use std::fmt::Write as _;

/// Writes `void name(ptr in, ptr out)`: operands, outputs and one seed in; the adjoint of every operand out.
fn write(module: Module, rule: &Rule, name: &str, ty: Type, fast: u8) {
    let context = module.context();
    let pointer = context.pointer(0);
    let fn_ty = context.void().function(&[pointer, pointer], false);
    let function = module.add_function(name, fn_ty, Linkage::External);
    let b = Builder::at_end(function.append_block("entry"));
    let stride = module.alloc_size(ty) as i64;
    let load = |i: usize| b.load(ty, b.ptr_offset(function.param(0), i as i64 * stride), 0);
    // `long` and `long long` operands of the C library.
    let bits = if matches!(rule.name(), "scalbln" | "pown" | "compoundn") {
        64
    } else {
        32
    };
    let operands: Vec<Option<Value>> = rule
        .operands()
        .iter()
        .enumerate()
        .map(|(i, kind)| operand(&b, *kind, ty, load(i), bits))
        .collect();
    let arity = rule.arity();
    let outputs: Vec<Option<Value>> = rule
        .outputs()
        .iter()
        .enumerate()
        .map(|(o, output)| {
            let kind = if output.real {
                Operand::Real
            } else {
                Operand::Int
            };
            operand(&b, kind, ty, load(arity + o), 32)
        })
        .collect();
    let seeds: Vec<Option<Value>> = rule
        .outputs()
        .iter()
        .enumerate()
        .map(|(o, output)| output.real.then(|| load(arity + outputs.len() + o)))
        .collect();
    let mut emit = IrEmit::new(&b, ty, fast);
    let adjoints = Emission::new(rule, &operands, &outputs).adjoints(&mut emit, &seeds, !0);
    drop(emit);
    for (i, adjoint) in adjoints.into_iter().enumerate() {
        let value = adjoint.unwrap_or(ty.zero());
        b.store(value, b.ptr_offset(function.param(1), i as i64 * stride), 0);
    }
    b.ret(None);
    function
        .verify()
        .unwrap_or_else(|e| panic!("{name}: {e}\n{function}"));
    for inst in function.instructions() {
        assert_eq!(
            inst.fast_math() & 0b111,
            0,
            "reassoc, nnan or ninf in {inst}"
        );
    }
}

/// Integers arrive as floats; pointers are not read.
fn operand(b: &Builder, kind: Operand, ty: Type, loaded: Value, bits: u32) -> Option<Value> {
    match kind {
        Operand::Real | Operand::Fixed | Operand::Long => Some(loaded),
        Operand::Int => {
            let lane = if ty.is_vector() {
                b.extract_element(loaded, ty.context().int(32).zero())
            } else {
                loaded
            };
            Some(b.cast(rz_llvm::CastOp::FpToSi, lane, ty.context().int(bits)))
        }
        Operand::RealOut | Operand::IntOut => None,
    }
}

#[test]
fn every_rule_at_every_type() {
    let context = OwnedContext::new();
    let cx = context.get();
    let owned = cx.module("rules");
    let types = [
        cx.half(),
        cx.bfloat(),
        cx.float(),
        cx.double(),
        cx.x86_fp80(),
        cx.fp128(),
        cx.ppc_fp128(),
        cx.double().vector(4),
        cx.float().vector(2),
        cx.half().vector(8),
        cx.x86_fp80().vector(2),
    ];
    for rule in rules() {
        // A vector of integers is another operand type than these tests make.
        let ints =
            rule.operands().contains(&Operand::Int) || rule.outputs().iter().any(|o| !o.real);
        for (i, ty) in types
            .iter()
            .enumerate()
            .filter(|(_, ty)| !(ints && ty.is_vector()))
        {
            write(
                owned.get(),
                rule,
                &format!("{}_{i}", rule.name()),
                *ty,
                0x7f,
            );
        }
    }
    owned.get().verify().unwrap();
}

#[test]
fn vector_calls_of_the_library_go_lane_by_lane() {
    let context = OwnedContext::new();
    let cx = context.get();
    let owned = cx.module("lanes");
    let rule = rz_rules::rule("j0").unwrap();
    write(owned.get(), rule, "lanes", cx.float().vector(2), 0);
    let text = owned.get().to_string();
    assert_eq!(text.matches("call float @j1f(float").count(), 2, "{text}");
}

/// Functions of C23 that today's libraries lack.
const MISSING: &str = "
double sinpi(double x) { return sin(M_PI * x); }
double cospi(double x) { return cos(M_PI * x); }
double pown(double x, long long n) { return pow(x, n); }
double compoundn(double x, long long n) { return pow(1 + x, n); }
";

/// Compiles the emitted code and compares it with the rule's own evaluation.
#[test]
fn emitted_code_computes_the_partials() {
    let context = OwnedContext::new();
    let cx = context.get();
    let owned = cx.module("run");
    let mut cases = String::new();
    let mut expected = Vec::new();
    for rule in rules() {
        write(
            owned.get(),
            rule,
            &format!("rz_{}", rule.name()),
            cx.double(),
            0,
        );
        let _ = writeln!(cases, "void rz_{}(double*, double*);", rule.name());
        points(rule, &mut expected);
    }
    let mut calls = String::new();
    for (name, input, adjoints) in &expected {
        let list: Vec<String> = input.iter().map(|x| format!("{x:e}")).collect();
        let _ = writeln!(
            calls,
            "{{double in[]={{{}}},out[8]; rz_{name}(in,out); for(int i=0;i<{};i++)printf(\"%.17g\\n\",out[i]);}}",
            list.join(","),
            adjoints.len()
        );
    }
    let main = format!(
        "#include <stdio.h>\n#include <math.h>\n{MISSING}{cases}int main(void){{\n{calls}}}\n"
    );
    let dir = std::env::temp_dir().join(format!("rz-emit-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let path = |name: &str| dir.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("rules.ll"), owned.get().to_string()).unwrap();
    std::fs::write(path("main.c"), main).unwrap();
    let clang = std::process::Command::new("clang-22")
        .args([
            "-O1",
            "-w",
            "-o",
            &path("run"),
            &path("main.c"),
            &path("rules.ll"),
            "-lm",
        ])
        .status()
        .unwrap();
    assert!(clang.success());
    let output = std::process::Command::new(path("run")).output().unwrap();
    let numbers: Vec<f64> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|l| l.replace("nan", "NaN").parse().unwrap())
        .collect();
    std::fs::remove_dir_all(&dir).unwrap();
    let mut at = numbers.iter();
    for (name, input, adjoints) in &expected {
        for (i, want) in adjoints.iter().enumerate() {
            let found = *at.next().expect("one number an operand");
            let close = (found - want).abs() <= 1e-9 * want.abs().max(1e-3)
                || found.is_nan() && want.is_nan();
            assert!(
                close,
                "{name} operand {i} at {input:?}: emitted {found:e}, rule {want:e}"
            );
        }
    }
    assert!(at.next().is_none());
}

/// Sample points of a rule: operands, outputs and seeds, and the adjoints that the evaluator gives.
fn points(rule: &'static Rule, list: &mut Vec<(&'static str, Vec<f64>, Vec<f64>)>) {
    for part in rule.domain() {
        for t in [0.21, 0.5, 0.83] {
            let mut input: Vec<f64> = part
                .iter()
                .enumerate()
                .map(|(i, r)| r.start + (r.end - r.start) * (t + 0.1 * i as f64).fract())
                .collect();
            for (x, kind) in input.iter_mut().zip(rule.operands()) {
                if *kind == Operand::Int {
                    *x = x.trunc();
                }
            }
            let primal = rule.primal(&input);
            let operands: Vec<Option<f64>> = input.iter().copied().map(Some).collect();
            let outputs: Vec<Option<f64>> =
                (0..rule.outputs().len()).map(|o| Some(primal[o])).collect();
            let seeds: Vec<Option<f64>> = rule
                .outputs()
                .iter()
                .enumerate()
                .map(|(o, output)| output.real.then_some(1.5 - 2.0 * o as f64))
                .collect();
            let adjoints = Emission::new(rule, &operands, &outputs).adjoints(&mut Eval, &seeds, !0);
            input.extend(outputs.iter().flatten());
            input.extend((0..outputs.len()).map(|o| 1.5 - 2.0 * o as f64));
            let adjoints = adjoints.into_iter().map(|a| a.unwrap_or(0.0)).collect();
            list.push((rule.name(), input, adjoints));
        }
    }
}
