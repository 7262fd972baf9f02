//! What consumers ask of type analysis: classes, segments, runs, contexts, refusals.

use rz_analysis::types::{Class, FuncTypes, Segment, TypeAnalysis};
use rz_diag::Code;
use rz_view::{FloatKind, Inst, Module, Op, Value};
use std::rc::Rc;

const DOUBLE: Class = Class::Float(FloatKind::Double);
const FLOAT: Class = Class::Float(FloatKind::Single);

const MEMCPY: &str = "declare @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1) -> void \
                      intrinsic \"llvm.memcpy\"\n";

/// Asks about the first function of a module.
fn ask<R>(
    text: &str,
    question: impl FnOnce(&Module, &TypeAnalysis<'_>, Rc<FuncTypes<'_>>) -> R,
) -> R {
    let module = rz_view::text::parse(&format!("{MEMCPY}{text}")).expect("the input parses");
    let (func, _) = module
        .funcs
        .iter()
        .find(|(_, f)| f.body.is_some())
        .expect("a function");
    let analysis = TypeAnalysis::new(&module);
    let types = analysis.root(func);
    question(&module, &analysis, types)
}

fn value(types: &FuncTypes<'_>, module: &Module, index: usize) -> Value {
    let values = &module.body(types.func()).values;
    values.keys().nth(index).expect("so many values")
}

fn call(module: &Module, types: &FuncTypes<'_>) -> Inst {
    let insts = &module.body(types.func()).insts;
    let found = insts
        .iter()
        .find(|(_, data)| matches!(data.op, Op::Call(_)));
    found.expect("a call").0
}

fn seg(offset: u64, bytes: u64, class: Class) -> Segment {
    Segment {
        offset,
        bytes,
        class,
    }
}

#[test]
fn a_pair_in_one_integer_is_two_segments() {
    let text = "func @f(v0: i64) -> float {\nblock0:\n  v1 = trunc i32 v0\n  v2 = bitcast float v1\n  \
                v3 = lshr i64 v0, (i64 32)\n  v4 = trunc i32 v3\n  v5 = mul i32 v4, v4\n  ret v2\n}\n";
    ask(text, |module, _, types| {
        let v0 = value(&types, module, 0);
        assert_eq!(
            types.segments(v0),
            [seg(0, 4, FLOAT), seg(4, 4, Class::Integer)]
        );
        assert_eq!(types.class(v0, 2), FLOAT);
        assert_eq!(types.class(v0, 5), Class::Integer);
        assert_eq!(types.whole(v0), Class::Unknown);
        assert!(types.reason(v0, 0)[0].contains("bitcast"));
    });
}

#[test]
fn what_is_not_known_is_refused_with_its_code() {
    let text = "func @f(v0: ptr, v1: ptr) -> void {\nblock0:\n  v2 = load(align 8) i64 v0\n  \
                store(align 8) v2, v1\n  ret\n}\n";
    ask(text, |module, _, types| {
        let v0 = value(&types, module, 0);
        let inst = module
            .body(types.func())
            .insts
            .keys()
            .next()
            .expect("a load");
        assert_eq!(types.pointee(v0, 0, 8), [seg(0, 8, Class::Unknown)]);
        let error = types.refuse(inst, v0, 0, 8);
        assert_eq!(error.code, Code::UnknownType);
        assert!(error.fix.is_some());
    });
}

#[test]
fn contradictions_are_refused_with_both_reasons() {
    let text = "func @f(v0: ptr, v1: float) -> double {\nblock0:\n  \
                store(align 4) v1, v0\n  v2 = load(align 8) double v0\n  ret v2\n}\n";
    ask(text, |module, _, types| {
        let v0 = value(&types, module, 0);
        let mut insts = module.body(types.func()).insts.keys();
        let inst = insts.nth(1).expect("a load");
        assert_eq!(types.class(v0, 0), Class::Pointer);
        assert_eq!(types.pointee(v0, 0, 4), [seg(0, 4, Class::Unknown)]);
        let error = types.refuse(inst, v0, 0, 8);
        assert_eq!(error.code, Code::TypeConflict);
        assert_eq!(error.notes.len(), 2);
    });
}

#[test]
fn integer_memory_that_is_read_as_a_float_holds_the_float() {
    let text = "func @f(v0: ptr, v1: i64) -> double {\nblock0:\n  v2 = mul i64 v1, v1\n  \
                store(align 8) v2, v0\n  v3 = load(align 8) double v0\n  ret v3\n}\n";
    ask(text, |module, _, types| {
        let v0 = value(&types, module, 0);
        assert_eq!(types.pointee(v0, 0, 8), [seg(0, 8, DOUBLE)]);
        // The product stays an integer whatever memory it is stored to, and resets what was there.
        let product = value(&types, module, 2);
        assert_eq!(types.whole(product), Class::Integer);
        assert_eq!(types.stored(product, v0), [seg(0, 8, DOUBLE)]);
    });
}

#[test]
fn a_union_of_alternatives_is_a_contradiction_only_where_they_overlap() {
    let text = "func @f(v0: ptr, v1: i64) -> double {\nblock0:\n  v2 = mul i64 v1, v1\n  \
                store(align 8) v2, v0\n  v3 = gep(8) ptr v0\n  v4 = load(align 8) double v3\n  ret v4\n}\n";
    ask(text, |module, _, types| {
        let v0 = value(&types, module, 0);
        let expected = [seg(0, 8, Class::Integer), seg(8, 8, DOUBLE)];
        assert_eq!(types.pointee(v0, 0, 16), expected);
    });
}

#[test]
fn the_count_of_a_copy_says_how_large_its_elements_are() {
    let copy = |shift: u32| {
        format!(
            "func @f(v0: ptr, v1: ptr, v2: i64) -> double {{\nblock0:\n  v3 = shl i64 v2, (i64 {shift})\n  \
             call(@llvm.memcpy.p0.p0.i64) v0, v1, v3, (i1 0)\n  v4 = load(align 8) double v0\n  ret v4\n}}\n"
        )
    };
    ask(&copy(3), |module, _, types| {
        let (inst, v0) = (call(module, &types), value(&types, module, 0));
        let run = types.run_at(inst, v0).expect("an array of doubles");
        assert_eq!((run.period, run.segments), (8, vec![seg(0, 8, DOUBLE)]));
    });
    // Records of 16 bytes: nothing is known about their second half.
    ask(&copy(4), |module, _, types| {
        let (inst, v0) = (call(module, &types), value(&types, module, 0));
        assert_eq!(types.run_at(inst, v0), None);
    });
}

#[test]
fn a_callee_is_solved_for_what_its_caller_knows() {
    let text = "func @f(v0: ptr, v1: ptr) -> double {\nblock0:\n  v2 = load(align 8) double v1\n  \
                call(@move) v0, v1\n  ret v2\n}\nfunc @move(v0: ptr, v1: ptr) -> void {\nblock0:\n  \
                call(@llvm.memcpy.p0.p0.i64) v0, v1, (i64 8), (i1 0)\n  ret\n}\n";
    ask(text, |module, analysis, types| {
        let context = types.callee(call(module, &types)).expect("a context");
        let callee = analysis.solve(context.clone());
        let (to, from) = (value(&callee, module, 0), value(&callee, module, 1));
        let inst = call(module, &callee);
        assert_eq!(callee.copied(inst, to, from, 8), [seg(0, 8, DOUBLE)]);
        // Alone it cannot know.
        let alone = analysis.root(callee.func());
        assert_eq!(alone.copied(inst, to, from, 8), [seg(0, 8, Class::Unknown)]);
        // Said by a tree, it does.
        let doubles = analysis.pointer(analysis.array(DOUBLE));
        let unknown = rz_analysis::types::Tree::unknown();
        let told = analysis.function(callee.func(), &[unknown.clone(), doubles], &unknown);
        assert_eq!(told.copied(inst, to, from, 8), [seg(0, 8, DOUBLE)]);
    });
}

#[test]
fn the_tail_of_a_long_double_is_padding() {
    let text = "func @f(v0: ptr, v1: ptr) -> x86_fp80 {\nblock0:\n  \
                call(@llvm.memcpy.p0.p0.i64) v0, v1, (i64 32), (i1 0)\n  v2 = load(align 16) x86_fp80 v0\n  \
                v3 = gep(16) ptr v0\n  v4 = load(align 16) x86_fp80 v3\n  ret v4\n}\n";
    ask(text, |module, _, types| {
        let long = Class::Float(FloatKind::X86Fp80);
        let expected = [
            seg(0, 10, long),
            seg(10, 6, Class::Anything),
            seg(16, 10, long),
            seg(26, 6, Class::Anything),
        ];
        let (to, from) = (value(&types, module, 0), value(&types, module, 1));
        assert_eq!(types.copied(call(module, &types), to, from, 32), expected);
    });
}

#[test]
fn addresses_that_overflow_are_no_problem() {
    let far = i64::MAX;
    let text = format!(
        "func @f(v0: ptr, v1: i64) -> void {{\nblock0:\n  v2 = gep({far}) ptr v0\n  v3 = gep({far}) ptr v2\n  \
         v4 = load(align 8) double v3\n  v5 = gep(0 v1 x 9223372036854775815) ptr v3, v1\n  \
         v6 = load(align 8) i64 v5\n  store(align 8) v6, v3\n  v7 = gep({min}) ptr v5\n  \
         store(align 8) v4, v7\n  ret\n}}\n",
        min = i64::MIN
    );
    ask(&text, |module, _, types| {
        let v2 = value(&types, module, 2);
        assert!(!types.print().is_empty());
        assert_eq!(types.pointee(v2, far, 8), [seg(0, 8, DOUBLE)]);
        let covered: u64 = types
            .pointee(v2, i64::MIN, 64)
            .iter()
            .map(|s| s.bytes)
            .sum();
        assert_eq!(covered, 64);
    });
}

#[test]
fn arrays_inside_records_do_not_reach_into_other_fields() {
    // struct { double pos[3]; float w; int id; } a[]: a[i].pos[j], a[i].w, a[i].id, and a[0] as a whole.
    let text = "func @f(v0: ptr, v1: i64, v2: i64, v3: ptr) -> double {\nblock0:\n  \
                v4 = gep(0 v1 x 32) ptr v0, v1\n  v5 = gep(0 v2 x 8) ptr v4, v2\n  \
                v6 = load(align 8) double v5\n  v7 = gep(24) ptr v4\n  v8 = load(align 8) float v7\n  \
                v9 = gep(28) ptr v4\n  v10 = load(align 4) i32 v9\n  v11 = mul i32 v10, v10\n  \
                call(@llvm.memcpy.p0.p0.i64) v3, v4, (i64 32), (i1 0)\n  ret v6\n}\n";
    ask(text, |module, _, types| {
        let v4 = value(&types, module, 4);
        let segments = types.pointee(v4, 0, 32);
        let said = |byte: u64| {
            segments
                .iter()
                .find(|s| byte >= s.offset && byte < s.offset + s.bytes)
        };
        assert_eq!(said(0).map(|s| s.class), Some(DOUBLE));
        assert_ne!(said(24).map(|s| s.class), Some(DOUBLE));
        assert_ne!(said(28).map(|s| s.class), Some(DOUBLE));
        // From the outside the same holds for the second record.
        let v0 = value(&types, module, 0);
        let second = types.pointee(v0, 32 + 24, 8);
        assert!(second.iter().all(|s| s.class != DOUBLE), "{second:?}");
    });
}
