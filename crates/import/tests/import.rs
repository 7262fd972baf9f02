//! Bodies, constants, calls and metadata as the view sees them.

use rz_import::testing::parse_ir;
use rz_view::module::Inside;
use rz_view::op::{Access, GepData};
use rz_view::{Block, Callee, Constant, Func, Module, Op, TypeKind};

fn func(module: &Module, name: &str) -> Func {
    module.func_named(name).expect("declared")
}

/// The opcodes of a function's instructions, and the module.
fn ops(text: &str, name: &str) -> Vec<Op> {
    let imported = parse_ir(text).import(&[name]);
    let body = imported.module.body(func(&imported.module, name)).clone();
    body.insts.values().map(|data| data.op.clone()).collect()
}

#[test]
fn operands_are_values_in_order_without_blocks_and_callees() {
    let text = r"
declare double @g(double, ptr)
define double @f(double %x, ptr %p, i1 %c, ptr %fn) {
entry:
  br i1 %c, label %a, label %b
a:
  %r = call double @g(double %x, ptr %p)
  %s = call double %fn(double %r)
  store double %s, ptr %p, align 4
  br label %b
b:
  %m = phi double [ %x, %entry ], [ %s, %a ]
  ret double %m
}";
    let parsed = parse_ir(text);
    let imported = parsed.import(&["f"]);
    let f = func(&imported.module, "f");
    let body = imported.module.body(f);
    let (x, p, c, pointer) = (
        body.params[0],
        body.params[1],
        body.params[2],
        body.params[3],
    );
    let insts: Vec<_> = body.insts.values().collect();
    assert_eq!(insts[0].operands[..], [c]);
    assert_eq!(insts[1].operands[..], [x, p]);
    assert_eq!(
        insts[1].op.call().unwrap().callee,
        Callee::Direct(func(&imported.module, "g"))
    );
    let r = insts[1].result.unwrap();
    assert_eq!(insts[2].operands[..], [pointer, r]);
    assert_eq!(insts[2].op.call().unwrap().callee, Callee::Indirect);
    let s = insts[2].result.unwrap();
    assert_eq!(insts[3].operands[..], [s, p]);
    assert!(matches!(
        insts[3].op,
        Op::Store(Access {
            align: 4,
            volatile: false,
            atomic: false
        })
    ));
    assert_eq!(insts[5].operands[..], [x, s]);
    let Op::Phi { blocks } = &insts[5].op else {
        panic!("a phi")
    };
    assert_eq!(blocks.len(), 2);
    for value in body.values.keys() {
        let handle = imported.value(f, value);
        assert_eq!(imported.value_id(f, handle), Some(value));
    }
    for (block, _) in &body.blocks {
        assert_eq!(imported.block_id(f, imported.block(f, block)), Some(block));
    }
    for inst in body.insts.keys() {
        assert_eq!(imported.inst_id(f, imported.inst(f, inst)), Some(inst));
    }
    assert_eq!(imported.func(f).name(), "f");
}

#[test]
fn addresses_are_bytes() {
    let text = r"
%s = type { i32, [4 x double], ptr }
@table = global [10 x %s] zeroinitializer
define void @f(ptr %p, i64 %i, i32 %j) {
  %a = getelementptr inbounds %s, ptr %p, i64 %i, i32 1, i32 %j
  %b = getelementptr %s, ptr %p, i64 -1, i32 2
  %c = load double, ptr getelementptr inbounds ([10 x %s], ptr @table, i64 0, i64 2, i32 1, i64 1)
  ret void
}";
    let imported = parse_ir(text).import(&["f"]);
    let f = func(&imported.module, "f");
    let body = imported.module.body(f);
    let gep = |index: usize| match &body.insts.values().nth(index).unwrap().op {
        Op::Gep(data) => data.clone(),
        other => panic!("{other:?}"),
    };
    let terms = vec![(body.params[1], 48), (body.params[2], 8)];
    assert_eq!(gep(0), GepData { offset: 8, terms });
    assert_eq!(
        gep(1),
        GepData {
            offset: -8,
            terms: vec![]
        }
    );
    let address = body.insts.values().nth(2).unwrap().operands[0];
    let Some(&Constant::Offset { base, offset: 112 }) = body.constant(address) else {
        panic!("{:?}", body.constant(address))
    };
    let Some(&Constant::Global(table)) = body.constant(base) else {
        panic!("{:?}", body.constant(base))
    };
    assert_eq!(imported.module.globals[table].name, "table");
}

#[test]
fn constants_are_summarized() {
    let text = r"
@big = constant [1000 x double] zeroinitializer
declare void @use(...)
define void @f() {
  call void (...) @use(i128 -1, i200 5, double 1.5, float 1.5, x86_fp80 0xK3FFF8000000000000000, ptr null,
    <2 x double> <double 1.0, double 2.0>, <4 x i32> splat (i32 7), {i32, ptr} zeroinitializer,
    {i32, double} {i32 1, double 2.0}, i32 undef, i32 poison, ptr @use, [70 x i8] c'@',
    i64 ptrtoint (ptr @big to i64))
  ret void
}";
    let data: String = (0..70).map(|_| "x").collect();
    let imported = parse_ir(&text.replace("c'@'", &format!("c\"{data}\""))).import(&["f"]);
    let f = func(&imported.module, "f");
    let body = imported.module.body(f);
    let call = body.insts.keys().next().unwrap();
    let args: Vec<Constant> = body
        .call_args(call)
        .iter()
        .map(|&v| body.constant(v).unwrap().clone())
        .collect();
    assert_eq!(args[0], Constant::Int(u128::MAX));
    assert_eq!(args[1], Constant::WideInt);
    assert_eq!(args[2], Constant::Float(u128::from(1.5_f64.to_bits())));
    assert_eq!(args[3], Constant::Float(u128::from(1.5_f32.to_bits())));
    assert_eq!(args[4], Constant::Float(0x3fff_8000_0000_0000_0000));
    assert_eq!(args[5], Constant::Null);
    assert!(matches!(&args[6], Constant::Aggregate(lanes) if lanes.len() == 2));
    let Constant::Splat(lane) = args[7] else {
        panic!("{:?}", args[7])
    };
    assert_eq!(body.const_int(lane), Some(7));
    assert_eq!(args[8], Constant::Zero);
    assert!(matches!(&args[9], Constant::Aggregate(fields) if fields.len() == 2));
    assert_eq!(args[10], Constant::Undef);
    assert_eq!(args[11], Constant::Poison);
    assert_eq!(args[12], Constant::Func(func(&imported.module, "use")));
    assert_eq!(args[13], Constant::Data);
    assert!(
        matches!(&args[14], Constant::Expr { op: "ptrtoint", operands } if operands.len() == 1)
    );
}

#[test]
fn layouts_come_from_the_module() {
    let text = r#"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
define void @f({i8, double, <3 x float>} %s, x86_fp80 %l, <{i8, double}> %p, <vscale x 2 x double> %v) {
  ret void
}"#;
    let parsed = parse_ir(text);
    let imported = parsed.import(&["f"]);
    let (types, f) = (&imported.module.types, func(&imported.module, "f"));
    let param = |i: usize| imported.module.funcs[f].params[i].ty;
    let TypeKind::Struct {
        fields,
        packed: false,
    } = types.kind(param(0))
    else {
        panic!()
    };
    assert_eq!(
        fields.iter().map(|f| f.offset).collect::<Vec<_>>(),
        [0, 8, 16]
    );
    assert_eq!(types.alloc_size(param(0)), 32);
    assert_eq!(types.align(param(0)), 16);
    assert_eq!(
        (types.store_size(param(1)), types.alloc_size(param(1))),
        (10, 16)
    );
    assert_eq!(types.alloc_size(param(2)), 9);
    assert!(matches!(
        types.kind(param(3)),
        TypeKind::Vector {
            scalable: true,
            len: 2,
            ..
        }
    ));
    assert_eq!(imported.type_id(imported.ty(param(1))), Some(param(1)));
}

#[test]
fn calls_carry_effects_and_attributes() {
    let text = r#"
target triple = "x86_64-pc-linux-gnu"
declare double @sin(double)
declare float @powf(float, float)
declare double @frexp(double, ptr)
declare i32 @cos(ptr)
declare ptr @malloc(i64) "enzyme_shape"="x"
declare void @reader(ptr readonly captures(none)) memory(argmem: read) nounwind
declare double @llvm.sin.f64(double)
define internal double @exp(double %x) { ret double %x }
define void @f(double %x, ptr noalias sret({double, i64}) %p, ptr byval({double, i64}) %q) "enzyme_inactive"="1" {
  %a = call double @sin(double %x)
  %b = call double @sin(double %x) nobuiltin
  %c = call double @frexp(double %x, ptr %p)
  call void @reader(ptr noalias %p), !enzyme_inactive !0
  %d = call double @llvm.sin.f64(double %x)
  %e = call ptr @malloc(i64 8)
  ret void
}
!0 = !{}
"#;
    let imported = parse_ir(text).import(&["f"]);
    let module = &imported.module;
    let data = |name: &str| &module.funcs[func(module, name)];
    assert_eq!(data("sin").library.as_deref(), Some("sin"));
    assert!(data("sin").effects.hidden_only && !data("sin").effects.reads);
    assert_eq!(data("powf").library.as_deref(), Some("powf"));
    assert!(data("powf").effects.hidden_only);
    assert_eq!(data("frexp").library.as_deref(), Some("frexp"));
    assert!(!data("frexp").effects.hidden_only);
    assert_eq!(data("cos").library, None, "another prototype");
    assert_eq!(data("exp").library, None, "a local function");
    assert_eq!(data("llvm.sin.f64").intrinsic.as_deref(), Some("llvm.sin"));
    assert_eq!(data("malloc").tags, [("enzyme_shape".into(), "x".into())]);
    let f = data("f");
    assert_eq!(f.tags, [("enzyme_inactive".into(), "1".into())]);
    assert!(f.params[1].facts.sret && f.params[1].facts.noalias);
    assert_eq!(f.params[2].byval, 16);
    let body = module.body(func(module, "f"));
    let calls: Vec<_> = body.insts.values().filter_map(|d| d.op.call()).collect();
    assert!(calls[0].effects.hidden_only);
    assert!(!calls[1].effects.hidden_only && calls[1].effects.reads);
    assert!(calls[2].effects.writes && !calls[2].effects.hidden_only);
    assert!(calls[3].effects.reads && !calls[3].effects.writes && calls[3].effects.args_only);
    assert!(calls[3].nounwind);
    assert!(calls[3].args[0].noalias && calls[3].args[0].nocapture && calls[3].args[0].readonly);
    assert!(!calls[4].effects.reads && !calls[4].effects.writes);
    assert_eq!(calls[5].tags, [("enzyme_shape".into(), "x".into())]);
    let tagged = body.insts.values().nth(3).unwrap();
    assert_eq!(tagged.tags, ["enzyme_inactive"]);
}

#[test]
fn tbaa_is_flattened() {
    let text = r#"
define void @f(ptr %p, ptr %q) {
  %a = load double, ptr %p, !tbaa !1
  %b = load double, ptr %p, !tbaa !8
  call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %q, i64 24, i1 false), !tbaa.struct !9
  %c = load ptr, ptr %p, !tbaa !12
  ret void
}
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
!0 = !{!"double", !2, i64 0}
!1 = !{!0, !0, i64 0}
!2 = !{!"omnipotent char", !3, i64 0}
!3 = !{!"Simple C/C++ TBAA"}
!4 = !{!"int", !2, i64 0}
!5 = !{!"inner", !4, i64 0, !0, i64 8}
!6 = !{!"outer", !4, i64 0, !5, i64 8, !7, i64 24}
!7 = !{!"single", !0, i64 0}
!8 = !{!6, !0, i64 16}
!9 = !{i64 0, i64 8, !1, i64 8, i64 4, !10, i64 16, i64 8, !8}
!10 = !{!4, !4, i64 0}
!11 = !{!"p1 double", !13, i64 0}
!12 = !{!11, !11, i64 0}
!13 = !{!"any pointer", !2, i64 0}
"#;
    let imported = parse_ir(text).import(&["f"]);
    let body = imported.module.body(func(&imported.module, "f"));
    let show = |entries: &[rz_view::body::TbaaEntry]| {
        let list: Vec<_> = entries
            .iter()
            .map(|e| format!("{}:{}:{}", e.offset, e.name, e.size))
            .collect();
        list.join(" ")
    };
    let inst = |i: usize| body.insts.values().nth(i).unwrap();
    assert_eq!(show(&inst(0).tbaa), "0:double:0");
    assert_eq!(inst(0).tbaa_base, None);
    assert_eq!(show(&inst(1).tbaa), "0:double:0");
    let (offset, base) = inst(1).tbaa_base.clone().unwrap();
    assert_eq!(
        (offset, show(&base).as_str()),
        (16, "0:int:0 8:int:0 16:double:0 24:double:0")
    );
    assert_eq!(show(&inst(2).tbaa), "0:double:8 8:int:4 16:double:8");
    assert_eq!(show(&inst(3).tbaa), "0:p1 double:0");
}

#[test]
fn debug_locations_survive() {
    let text = r#"
define double @f(double %x) !dbg !4 {
  %y = fmul double %x, %x, !dbg !7
  %z = fadd double %y, %x, !dbg !8
  ret double %z
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}
!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, producer: "x", emissionKind: FullDebug)
!1 = !DIFile(filename: "a.c", directory: "/")
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 3, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocation(line: 4, column: 9, scope: !4)
!8 = !DILocation(line: 0, scope: !4)
"#;
    let imported = parse_ir(text).import(&["f"]);
    let body = imported.module.body(func(&imported.module, "f"));
    let locs: Vec<_> = body.insts.values().map(|d| d.loc.clone()).collect();
    let first = locs[0].clone().unwrap();
    assert_eq!((&*first.file, first.line, first.column), ("a.c", 4, 9));
    assert_eq!((&locs[1], &locs[2]), (&None, &None));
}

#[test]
fn globals_tell_the_addresses_they_hold() {
    let text = r"
@vtable = constant { [2 x ptr], ptr, i64 } { [2 x ptr] [ptr @a, ptr @b], ptr @other, i64 8 }
@other = internal global double 1.0, !enzyme_shadow !0
@inside = constant ptr getelementptr (i8, ptr @other, i64 4)
@number = constant ptr inttoptr (i64 -16 to ptr)
@difference = constant i64 sub (i64 ptrtoint (ptr @a to i64), i64 ptrtoint (ptr @b to i64))
@extern = external global double
@alias = alias double, ptr @other
define void @a() { ret void }
define void @b() { ret void }
define void @f(ptr %p) {
  store ptr @vtable, ptr %p
  store ptr @inside, ptr %p
  store ptr @number, ptr %p
  store ptr @difference, ptr %p
  store ptr @extern, ptr %p
  store ptr @alias, ptr %p
  ret void
}
!0 = !{}
";
    let imported = parse_ir(text).import(&["f"]);
    let module = &imported.module;
    let global = |name: &str| {
        let found = module.globals.iter().find(|(_, d)| d.name == name);
        found.expect("imported")
    };
    let vtable = global("vtable").1;
    let functions = [(0, func(module, "a")), (8, func(module, "b"))];
    assert_eq!(vtable.contents.functions, functions);
    let inside = |offset| Inside {
        global: global("other").0,
        offset,
    };
    assert_eq!(vtable.contents.globals, [(16, inside(0))]);
    assert!(vtable.contents.complete && vtable.constant && vtable.defined);
    let contents = |name: &str| &global(name).1.contents;
    assert_eq!(contents("inside").globals, [(0, inside(4))]);
    assert!(contents("inside").complete && contents("number").complete);
    assert!(contents("number").globals.is_empty() && !contents("difference").complete);
    assert!(!global("extern").1.defined && !global("extern").1.contents.complete);
    let other = global("other").1;
    assert!(other.local && !other.constant);
    assert_eq!(other.tags, ["enzyme_shadow"]);
    let body = module.body(func(module, "f"));
    let stored = body.insts.values().nth(5).unwrap().operands[0];
    assert_eq!(
        body.constant(stored),
        Some(&Constant::Global(global("other").0))
    );
}

#[test]
fn terminators_name_their_destinations() {
    let text = r"
define i32 @f(i32 %x, i200 %w) {
entry:
  switch i32 %x, label %d [ i32 -1, label %a  i32 5, label %b ]
a:
  switch i200 %w, label %b [ i200 1, label %d ]
b:
  unreachable
d:
  ret i32 0
}";
    let ops = ops(text, "f");
    let [entry, a, b, d] = [0, 1, 2, 3].map(Block::from_u32);
    let _ = entry;
    assert_eq!(
        ops[0],
        Op::Switch {
            default: d,
            cases: vec![(0xffff_ffff, a), (5, b)]
        }
    );
    assert_eq!(ops[1], Op::IndirectBr(vec![b, d]));
    assert_eq!(ops[2], Op::Unreachable);
}

#[test]
fn unreachable_code_may_refer_forward() {
    let text = r"
define double @f(double %x) {
entry:
  ret double %x
dead:
  %a = fadd double %b, %x
  %b = fmul double %a, %x
  br label %dead
}";
    assert_eq!(ops(text, "f").len(), 4);
}

/// A module with many requests is imported once for each: what a request does not reach costs nothing.
#[test]
fn only_what_is_mentioned_is_imported() {
    let text = r"
@table = constant [1 x ptr] [ptr @behind]
declare double @sin(double)
declare double @cos(double)
declare ptr @realloc(ptr, i64)
declare void @_ZN1aC1Ev()
declare void @_ZN1bC1Ev()
define void @behind() { ret void }
define void @beside() { ret void }
define double @other(double %x) { ret double %x }
define double @f(double %x) {
  %p = load ptr, ptr @table
  call void %p()
  %a = call double @sin(double %x)
  ret double %a
}
";
    let parsed = parse_ir(text);
    let f = parsed.function("f");
    let imported = rz_import::import(parsed.module(), &[f], &[parsed.function("beside")]);
    let module = &imported.module;
    let names: Vec<_> = module
        .funcs
        .values()
        .map(|data| data.name.as_str())
        .collect();
    // One function of C++ and `realloc` say something about the whole module.
    assert_eq!(
        names,
        ["f", "beside", "realloc", "_ZN1aC1Ev", "sin", "behind"]
    );
    assert!(imported.func_id(parsed.function("other")).is_none());
}
