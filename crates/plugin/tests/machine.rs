//! Every machine intrinsic that survives in optimized code, in each of its forms, is differentiated
//! in both modes. What the derivatives are is checked by the run cases `x86/*`.

mod support;

use std::fmt::Write as _;
use std::process::Command;
use support::{plugin, run, scratch};

/// One call a line: result, name, arguments. Arguments are loaded, floats from active memory; or
/// constants when they have a value.
const CALLS: &str = "
    <4 x float> sse.min.ps(<4 x float>, <4 x float>)
    <4 x float> sse.max.ss(<4 x float>, <4 x float>)
    <2 x double> sse2.min.sd(<2 x double>, <2 x double>)
    <2 x double> sse2.max.pd(<2 x double>, <2 x double>)
    <4 x double> avx.min.pd.256(<4 x double>, <4 x double>)
    <8 x float> avx.max.ps.256(<8 x float>, <8 x float>)
    <8 x double> avx512.min.pd.512(<8 x double>, <8 x double>, i32 4)
    <16 x float> avx512.max.ps.512(<16 x float>, <16 x float>, i32 8)
    <2 x double> sse2.cmp.pd(<2 x double>, <2 x double>, i8 1)
    <4 x float> sse.cmp.ss(<4 x float>, <4 x float>, i8 2)
    <4 x double> avx.cmp.pd.256(<4 x double>, <4 x double>, i8 30)
    <4 x float> sse3.hadd.ps(<4 x float>, <4 x float>)
    <2 x double> sse3.hsub.pd(<2 x double>, <2 x double>)
    <8 x float> avx.hadd.ps.256(<8 x float>, <8 x float>)
    <4 x float> sse3.addsub.ps(<4 x float>, <4 x float>)
    <4 x double> avx.addsub.pd.256(<4 x double>, <4 x double>)
    <4 x float> sse41.dpps(<4 x float>, <4 x float>, i8 -15)
    <2 x double> sse41.dppd(<2 x double>, <2 x double>, i8 49)
    <8 x float> avx.dp.ps.256(<8 x float>, <8 x float>, i8 -1)
    <8 x double> avx512.vfmaddsub.pd.512(<8 x double>, <8 x double>, <8 x double>, i32 4)
    <4 x float> sse41.blendvps(<4 x float>, <4 x float>, <4 x float>)
    <4 x double> avx.blendv.pd.256(<4 x double>, <4 x double>, <4 x double>)
    <4 x float> sse.rcp.ps(<4 x float>)
    <4 x float> sse.rsqrt.ss(<4 x float>)
    <8 x float> avx.rsqrt.ps.256(<8 x float>)
    <8 x double> avx512.rcp14.pd.512(<8 x double>, <8 x double>, i8)
    <2 x double> avx512.rcp14.sd(<2 x double>, <2 x double>, <2 x double>, i8)
    <4 x float> avx512.rsqrt14.ps.128(<4 x float>, <4 x float>, i8)
    <4 x float> sse41.round.ss(<4 x float>, <4 x float>, i32 3)
    <2 x double> sse41.round.sd(<2 x double>, <2 x double>, i32 1)
    <8 x double> avx512.mask.rndscale.pd.512(<8 x double>, i32 3, <8 x double>, i8, i32 4)
    <4 x float> avx512.mask.getexp.ps.128(<4 x float>, <4 x float>, i8)
    <8 x double> avx512.mask.reduce.pd.512(<8 x double>, i32 3, <8 x double>, i8, i32 4)
    <8 x double> avx512.mask.scalef.pd.512(<8 x double>, <8 x double>, <8 x double>, i8, i32 4)
    <8 x double> avx512.mask.getmant.pd.512(<8 x double>, i32 4, <8 x double>, i8, i32 4)
    <4 x float> avx512.mask.getmant.ps.128(<4 x float>, i32 8, <4 x float>, i8)
    <4 x float> avx512.mask.getmant.ss(<4 x float>, <4 x float>, i32 2, <4 x float>, i8, i32 4)
    <8 x double> avx512.add.pd.512(<8 x double>, <8 x double>, i32 4)
    <8 x double> avx512.mul.pd.512(<8 x double>, <8 x double>, i32 9)
    <16 x float> avx512.div.ps.512(<16 x float>, <16 x float>, i32 10)
    <8 x double> avx512.sqrt.pd.512(<8 x double>, i32 11)
    <8 x double> avx512.vfmadd.pd.512(<8 x double>, <8 x double>, <8 x double>, i32 8)
    <2 x double> avx512.mask.add.sd.round(<2 x double>, <2 x double>, <2 x double>, i8, i32 4)
    <4 x float> avx512.mask.min.ss.round(<4 x float>, <4 x float>, <4 x float>, i8, i32 4)
    <2 x double> avx512.mask.sqrt.sd(<2 x double>, <2 x double>, <2 x double>, i8, i32 4)
    <4 x float> avx.vpermilvar.ps(<4 x float>, <4 x i32>)
    <4 x double> avx.vpermilvar.pd.256(<4 x double>, <4 x i64>)
    <8 x float> avx2.permps(<8 x float>, <8 x i32>)
    <8 x double> avx512.permvar.df.512(<8 x double>, <8 x i64>)
    <8 x double> avx512.vpermi2var.pd.512(<8 x double>, <8 x i64>, <8 x double>)
    <4 x double> avx.maskload.pd.256(ptr, <4 x i64>)
    void avx.maskstore.ps(ptr, <4 x i32>, <4 x float>)
    <4 x i32> avx2.maskload.d(ptr, <4 x i32>)
    <2 x double> avx2.gather.d.pd(<2 x double>, ptr, <4 x i32>, <2 x double>, i8 8)
    <4 x float> avx2.gather.q.ps(<4 x float>, ptr, <2 x i64>, <4 x float>, i8 4)
    <8 x double> avx512.mask.gather.dpd.512(<8 x double>, ptr, <8 x i32>, <8 x i1>, i32 8)
    void avx512.mask.scatter.dpd.512(ptr, <8 x i1>, <8 x i32>, <8 x double>, i32 8)
    <4 x float> sse2.cvtsd2ss(<4 x float>, <2 x double>)
    <4 x float> sse2.cvtpd2ps(<2 x double>)
    <4 x float> avx.cvt.pd2.ps.256(<4 x double>)
    <8 x bfloat> vcvtneps2bf16128(<4 x float>)
    <8 x bfloat> vcvtneps2bf16256(<8 x float>)
    <16 x bfloat> avx512bf16.cvtneps2bf16.512(<16 x float>)
    <8 x bfloat> avx512bf16.mask.cvtneps2bf16.128(<4 x float>, <8 x bfloat>, <4 x i1>)
    <16 x bfloat> avx512bf16.cvtne2ps2bf16.256(<8 x float>, <8 x float>)
    <4 x float> avx512bf16.dpbf16ps.128(<4 x float>, <8 x bfloat>, <8 x bfloat>)
    <16 x float> avx512bf16.dpbf16ps.512(<16 x float>, <32 x bfloat>, <32 x bfloat>)
    <8 x i16> vcvtps2ph.128(<4 x float>, i32 0)
    <8 x i16> vcvtps2ph.256(<8 x float>, i32 12)";

struct Call<'a> {
    result: &'a str,
    name: &'a str,
    args: Vec<&'a str>,
}

fn calls() -> Vec<Call<'static>> {
    let lines = CALLS.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (head, args) = line.trim_end_matches(')').split_once('(').unwrap();
            let (result, name) = head.rsplit_once(' ').unwrap();
            Call {
                result,
                name,
                args: args.split(", ").collect(),
            }
        })
        .collect()
}

/// A type followed by a value.
fn constant(arg: &str) -> Option<(&str, &str)> {
    arg.split_once(' ').filter(|_| arg.starts_with('i'))
}

/// A double made of the result of a call.
fn number(text: &mut String, result: &str) -> &'static str {
    let (vector, lane) = match result {
        "void" => {
            text.push_str("  %s = load double, ptr %p\n");
            return "%s";
        }
        "<8 x i16>" => {
            text.push_str("  %v = bitcast <8 x i16> %r to <8 x half>\n");
            ("<8 x half> %v", "half")
        }
        "<4 x i32>" => {
            text.push_str("  %v = bitcast <4 x i32> %r to <4 x float>\n");
            ("<4 x float> %v", "float")
        }
        _ if result.contains("double") => ("", "double"),
        _ if result.contains("bfloat") => ("", "bfloat"),
        _ => ("", "float"),
    };
    let vector = if vector.is_empty() {
        format!("{result} %r")
    } else {
        vector.to_owned()
    };
    writeln!(text, "  %l = extractelement {vector}, i32 0").unwrap();
    if lane == "double" {
        return "%l";
    }
    writeln!(text, "  %s = fpext {lane} %l to double").unwrap();
    "%s"
}

/// `@f` calls the intrinsic on what it loads; `@g` and `@h` request its derivatives.
fn module(call: &Call) -> String {
    let mut text = String::from(
        "target triple = \"x86_64-unknown-linux-gnu\"\n@n = external constant [64 x i8]\n",
    );
    let mut types = Vec::new();
    let mut operands = Vec::new();
    let mut loads = String::new();
    for (index, arg) in call.args.iter().enumerate() {
        if let Some((ty, _)) = constant(arg) {
            types.push(ty.to_owned());
            operands.push((*arg).to_owned());
            continue;
        }
        types.push((*arg).to_owned());
        if *arg == "ptr" {
            operands.push("ptr %p".to_owned());
            continue;
        }
        let active = arg.contains("float") || arg.contains("double");
        let from = if active { "%q" } else { "@n" };
        writeln!(loads, "  %a{index} = load {arg}, ptr {from}, align 1").unwrap();
        operands.push(format!("{arg} %a{index}"));
    }
    let Call { result, name, .. } = call;
    let (types, operands) = (types.join(", "), operands.join(", "));
    let value = if *result == "void" { "" } else { "%r = " };
    writeln!(text, "declare {result} @llvm.x86.{name}({types})").unwrap();
    writeln!(text, "define double @f(ptr %p, ptr %q) {{\n{loads}  {value}call {result} @llvm.x86.{name}({operands})").unwrap();
    let number = number(&mut text, result);
    writeln!(text, "  ret double {number}\n}}").unwrap();
    text.push_str(
        "declare void @__enzyme_autodiff(...)\ndeclare double @__enzyme_fwddiff(...)\n\
         define void @g(ptr %p, ptr %dp, ptr %q, ptr %dq) {\n  \
         call void (...) @__enzyme_autodiff(ptr @f, ptr %p, ptr %dp, ptr %q, ptr %dq)\n  ret void\n}\n\
         define double @h(ptr %p, ptr %dp, ptr %q, ptr %dq) {\n  \
         %d = call double (...) @__enzyme_fwddiff(ptr @f, ptr %p, ptr %dp, ptr %q, ptr %dq)\n  ret double %d\n}\n",
    );
    text
}

#[test]
fn machine_intrinsics_are_differentiated() {
    let mut failures = String::new();
    let folder = scratch("machine");
    for call in calls() {
        let file = folder.join(format!("{}.ll", call.name));
        std::fs::write(&file, module(&call)).unwrap();
        let done = run(Command::new("opt-22")
            .arg(format!("-load-pass-plugin={}", plugin().display()))
            .arg("-passes=ribozyme,verify")
            .args(["-S", "-o", "-"])
            .arg(&file));
        let name = call.name;
        if done.code != Some(0) {
            writeln!(failures, "{name}: {}", done.stderr).unwrap();
        } else if done.stdout.contains("@rz.") {
            writeln!(failures, "{name}: a stand-in is left").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
