//! Small bodies in text form, checked by what is active in them.

use super::{
    Activity, Analyzer, ArgState, Carry, Context, LlvmTypes, Options, TypeContext, TypeQuery,
    TypeSource,
};
use rz_view::{Inst, Module, Value};

/// LLVM's types, except that narrow integers and the index type carry nothing.
struct Plain<'a>(&'a Module);

struct PlainFunc<'a>(LlvmTypes<'a>);

impl TypeQuery for PlainFunc<'_> {
    fn value(&self, value: Value) -> Carry {
        if self.0.types.is_int(self.0.body.ty(value)) {
            Carry::NONE
        } else {
            self.0.value(value)
        }
    }
    fn memory(&self, ptr: Value, bytes: Option<u64>) -> Carry {
        self.0.memory(ptr, bytes)
    }
}

impl TypeSource for Plain<'_> {
    fn types<'a>(&'a self, context: &TypeContext) -> Box<dyn TypeQuery + 'a> {
        Box::new(PlainFunc(LlvmTypes {
            types: &self.0.types,
            body: self.0.body(context.func),
        }))
    }
}

const CONST: ArgState = ArgState::Const;
const OUT: ArgState = ArgState::Active;
const DUP: ArgState = ArgState::DUP;

fn solve_with(text: &str, args: &[ArgState], ret: bool, options: Options) -> (Module, Activity) {
    let module = rz_view::text::parse(text).unwrap_or_else(|e| panic!("{e}"));
    let types = Plain(&module);
    let func = module.func_named("f").expect("a function f");
    let context = Context {
        func,
        args: args.to_vec(),
        ret,
    };
    let activity = Analyzer::new(&module, &types, options)
        .analyze_alone(&context)
        .unwrap();
    (module, activity)
}

/// The dump's lines below the header, joined; instructions without work left out.
fn dump(text: &str, args: &[ArgState], ret: bool) -> String {
    let (module, activity) = solve_with(text, args, ret, Options::default());
    brief(&activity.print(&module))
}

fn brief(text: &str) -> String {
    text.lines()
        .skip(1)
        .filter(|l| !l.ends_with(": -") && !l.starts_with("block"))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn arithmetic_is_active_where_both_questions_say_yes() {
    let text = "func @f(v0: double, v1: double) -> double {
      block0:
        v2 = fmul double v0, v0
        v3 = fmul double v1, v1
        v4 = fadd double v2, v3
        v5 = fmul double v0, (double 3.0)
        ret v4
      }";
    assert_eq!(
        dump(text, &[OUT, CONST], true),
        "argument 0 v0: active\ninst0 fmul v2: active\ninst2 fadd v4: active\ninst4 ret: work"
    );
    assert_eq!(dump(text, &[OUT, CONST], false), "");
}

#[test]
fn constant_memory_is_inactive_and_duplicated_memory_is_active() {
    let text = "func @f(v0: ptr, v1: ptr, v2: i64) -> double {
      block0:
        v3 = gep(0 v2 x 8) ptr v0, v2
        v4 = load(align 8) double v3
        v5 = gep(0 v2 x 8) ptr v1, v2
        v6 = load(align 8) double v5
        v7 = fmul double v4, v6
        ret v7
      }";
    assert_eq!(
        dump(text, &[DUP, CONST, CONST], true),
        "argument 0 v0: shadow
memory of argument 0: active, holds shadows
memory reached from argument 0: active, holds shadows
inst0 gep v3: shadow
inst1 load v4: active
inst4 fmul v7: active
inst5 ret: work"
    );
}

#[test]
fn a_store_of_inactive_data_into_active_memory_is_work() {
    let text = "func @f(v0: ptr) -> void {
      block0:
        store(align 8) (double 1.0), v0
        ret
      }";
    assert!(dump(text, &[DUP], false).contains("inst0 store: work"));
    assert_eq!(dump(text, &[CONST], false), "");
}

#[test]
fn locals_without_active_data_have_no_shadow() {
    let text = "func @f(v0: double, v1: ptr) -> double {
      block0:
        v2 = alloca(double align 8 static) ptr (i64 1)
        v3 = alloca(i32 align 8 static) ptr (i64 1)
        v4 = alloca(double align 8 static) ptr (i64 1)
        store(align 8) v0, v2
        store(align 4) (i32 1), v3
        v5 = load(align 8) double v1
        store(align 8) v5, v4
        v6 = load(align 8) double v2
        v7 = load(align 8) double v4
        v8 = fmul double v6, v7
        ret v8
      }";
    let out = dump(text, &[OUT, CONST], true);
    assert!(out.contains("inst0 alloca v2: shadow"), "{out}");
    assert!(!out.contains("v3"), "{out}");
    assert!(!out.contains("v4"), "{out}");
}

#[test]
fn pointers_stored_in_local_memory_get_shadows_when_used() {
    let text = "func @f(v0: ptr, v1: ptr) -> double {
      block0:
        v2 = alloca([2 x i64] align 8 static) ptr (i64 1)
        store(align 8) v0, v2
        v3 = load(align 8) ptr v2
        v4 = load(align 8) double v3
        ret v4
      }";
    let out = dump(text, &[DUP, CONST], true);
    assert!(out.contains("inst0 alloca v2: shadow"), "{out}");
    assert!(out.contains("inst1 store: work"), "{out}");
    assert!(out.contains("inst2 load v3: shadow"), "{out}");
}

#[test]
fn summaries_carry_activity_through_calls_and_recursion() {
    let text = "func @f(v0: ptr, v1: ptr, v2: i64) -> double {
      block0:
        v3 = alloca(double align 8 static) ptr (i64 1)
        call(@square) v0, v3, v2
        v4 = load(align 8) double v3
        call(@square) v1, v1, v2
        ret v4
      }
      func @square(v0: ptr, v1: ptr, v2: i64) -> void {
      block0:
        v3 = icmp(eq) i1 v2, (i64 0)
        condbr(block2, block1) v3
      block1:
        v4 = load(align 8) double v0
        v5 = fmul double v4, v4
        store(align 8) v5, v1
        v6 = sub i64 v2, (i64 1)
        call(@square) v0, v1, v6
        br(block2)
      block2:
        ret
      }";
    let out = dump(text, &[DUP, CONST, CONST], true);
    assert!(
        out.contains("inst1 call: work (dup, dup memory, const) -> const"),
        "{out}"
    );
    assert!(out.contains("inst0 alloca v3: shadow"), "{out}");
    assert!(!out.contains("inst3"), "{out}");
}

#[test]
fn active_data_in_an_unmarked_global_is_lost_and_said_so() {
    let text = "global @g: double local defined
      func @f(v0: double) -> double {
      block0:
        store(align 8) v0, (ptr @g)
        v1 = load(align 8) double (ptr @g)
        v2 = fmul double v1, v0
        ret v2
      }";
    let out = dump(text, &[OUT], true);
    assert!(out.contains("finding lost in global0 at inst0"), "{out}");
    assert!(!out.contains("load"), "{out}");
    let on = Options {
        inactive_globals: false,
        ..Options::default()
    };
    let (module, activity) = solve_with(text, &[OUT], true, on);
    let out = brief(&activity.print(&module));
    assert!(out.contains("inst1 load v1: active"), "{out}");
    assert!(activity.findings().is_empty());
}

#[test]
fn unknown_functions_are_opaque_only_when_something_active_passes() {
    let text = "declare @ext(ptr, double) -> void effects readwrite
      func @f(v0: ptr, v1: ptr, v2: double) -> void {
      block0:
        call(@ext) v1, (double 1.0)
        call(@ext) v0, v2
        ret
      }";
    let out = dump(text, &[DUP, CONST, CONST], false);
    assert!(!out.contains("inst0"), "{out}");
    assert!(
        out.contains("inst1 call: work (dup, const) -> const opaque"),
        "{out}"
    );
}

#[test]
fn reasons_are_chains() {
    let text = "func @f(v0: ptr) -> double {
      block0:
        v1 = load(align 8) double v0
        v2 = fmul double v1, v1
        ret v2
      }";
    let (module, activity) = solve_with(text, &[DUP], true, Options::default());
    let body = module.body(activity.context().func);
    let value = body.insts[Inst::from_u32(1)].result.unwrap();
    assert_eq!(
        activity.reason(body, value).join("\n"),
        "v2 depends on v1 by fmul (inst1)
v1 depends on memory of argument 0 by load (inst0)
memory of argument 0 is an active input
v2 influences the result by ret (inst2)
the result is an active output"
    );
}

/// The same with type analysis answering.
fn typed(text: &str, args: &[ArgState], ret: bool) -> String {
    let module = rz_view::text::parse(text).unwrap_or_else(|e| panic!("{e}"));
    let types = crate::types::TypeAnalysis::new(&module);
    let func = module.func_named("f").expect("a function f");
    let context = Context {
        func,
        args: args.to_vec(),
        ret,
    };
    let activity = Analyzer::new(&module, &types, Options::default())
        .analyze_alone(&context)
        .unwrap();
    brief(&activity.print(&module))
}

#[test]
fn doubles_copied_as_integers_stay_active_and_counters_do_not() {
    let text = "func @f(v0: ptr, v1: ptr, v2: i64) -> void {
      block0:
        br(block1)
      block1:
        v3 = phi(block0, block1) i64 (i64 0), v8
        v4 = gep(0 v3 x 8) ptr v0, v3
        v5 = load(align 8) i64 v4
        v6 = gep(0 v3 x 8) ptr v1, v3
        store(align 8) v5, v6
        v7 = load(align 8) double v6
        v8 = add i64 v3, (i64 1)
        v9 = icmp(eq) i1 v8, v2
        condbr(block2, block1) v9
      block2:
        ret
      }";
    let out = typed(text, &[DUP, DUP, CONST], false);
    assert!(out.contains("load v5: active"), "{out}");
    assert!(!out.contains("phi"), "{out}");
    assert!(!out.contains("add"), "{out}");
}

#[test]
fn the_integer_zero_resets_a_double() {
    let text = "func @f(v0: ptr) -> void {
      block0:
        v1 = load(align 8) double v0
        store(align 8) (i64 0), v0
        ret
      }";
    assert!(typed(text, &[DUP], false).contains("inst1 store: work"));
}

#[test]
fn known_functions_follow_their_rows() {
    let text = "declare @sin(double) -> double library \"sin\" effects write
      declare @floor(double) -> double library \"floor\" effects none
      declare @printf(ptr, varargs) -> i32 library \"printf\" effects readwrite
      declare @modf(double, ptr) -> double library \"modf\" effects write args
      declare @malloc(i64) -> ptr library \"malloc\" effects readwrite hidden noalias_return
      declare @free(ptr) -> void library \"free\" effects readwrite
      func @f(v0: double, v1: ptr) -> double {
      block0:
        v2 = call(@sin) double v0
        v3 = call(@floor) double v0
        v4 = call(@printf) i32 v1, v0
        v5 = call(@malloc) ptr (i64 8)
        v6 = call(@malloc) ptr (i64 8)
        store(align 8) v2, v5
        store(align 8) v3, v6
        v7 = load(align 8) double v5
        v8 = load(align 8) double v6
        v9 = call(@modf) double v7, v6
        v10 = fmul double v8, v9
        call(@free) v5
        ret v10
      }";
    let out = typed(text, &[OUT, CONST], true);
    assert!(out.contains("inst0 call v2: active"), "{out}");
    assert!(!out.contains("inst1 "), "{out}");
    assert!(!out.contains("inst2 "), "{out}");
    assert!(out.contains("inst3 call v5: shadow"), "{out}");
    assert!(out.contains("inst9 call v9: active"), "{out}");
    assert!(out.contains("inst11 call: work"), "{out}");
}
