//! The text form reads back as the same module, and says where a bad text is wrong.

use rz_view::{Module, ValueDef, text::parse};

/// Every opcode, constant and annotation.
const EVERYTHING: &str = include_str!("everything.rz");

fn same(a: &Module, b: &Module) {
    assert_eq!(
        a.types.iter().collect::<Vec<_>>(),
        b.types.iter().collect::<Vec<_>>()
    );
    assert_eq!(a.funcs, b.funcs);
    assert_eq!(a.globals, b.globals);
    assert_eq!(a.pointer_bytes, b.pointer_bytes);
}

fn round_trip(text: &str) -> String {
    let module = parse(text).unwrap();
    let printed = module.to_string();
    let again = parse(&printed).unwrap_or_else(|e| panic!("{e}\n{printed}"));
    same(&module, &again);
    assert_eq!(printed, again.to_string());
    printed
}

#[test]
fn everything_round_trips() {
    let printed = round_trip(EVERYTHING);
    // Nothing is lost between what is written and what is printed.
    assert_eq!(printed.trim(), EVERYTHING.trim());
}

#[test]
fn hand_written_text_is_completed() {
    let text = "
        declare @llvm.sin.f64(double) -> double intrinsic \"llvm.sin\" effects none
        func @f(v0: double, v1: ptr) -> double {
        block0:
          v2 = fmul double v0, (double 2.5) ; a comment
          v3 = call(@llvm.sin.f64) double v2
          v4 = gep(8) ptr v1, (i64 1)
          v5 = load(align 8) double v4
          v6 = fadd double v5, v3
          ret v6
        }";
    let printed = round_trip(text);
    assert!(printed.contains("const v7 = double 2.5"), "{printed}");
    assert!(printed.contains("v2 = fmul double v0, v7"), "{printed}");
    let module = parse(text).unwrap();
    let body = module.body(module.func_named("f").unwrap());
    assert!(matches!(
        body.values[body.params[1]].def,
        ValueDef::Param(1)
    ));
    assert_eq!(module.types.alloc_size(body.ty(body.params[0])), 8);
}

#[test]
fn usual_layouts_are_those_of_x86_64() {
    let module = parse(
        "types void, i1, i24, i128, x86_fp80, float, <3 x float>, <4 x i1>, {i8, double, i8}, \
         <{i8, double}>, double, i8, [3 x {i8, double, i8}]"
            .replace("double, i8, [3", "[3")
            .replace("{i8, double, i8}, <{", "i8, double, {i8, double, i8}, <{")
            .as_str(),
    )
    .unwrap();
    let layout = |text: &str| {
        let (ty, _) = module
            .types
            .iter()
            .find(|(ty, _)| module.type_text(*ty) == text)
            .unwrap_or_else(|| panic!("{text}"));
        let t = &module.types;
        (t.store_size(ty), t.alloc_size(ty), t.align(ty))
    };
    assert_eq!(layout("i1"), (1, 1, 1));
    assert_eq!(layout("i24"), (3, 4, 4));
    assert_eq!(layout("i128"), (16, 16, 16));
    assert_eq!(layout("x86_fp80"), (10, 16, 16));
    assert_eq!(layout("<3 x float>"), (12, 16, 16));
    assert_eq!(layout("<4 x i1>"), (1, 1, 1));
    assert_eq!(layout("{i8, double, i8}"), (24, 24, 8));
    assert_eq!(layout("<{i8, double}>"), (9, 9, 1));
    assert_eq!(layout("[3 x {i8, double, i8}]"), (72, 72, 8));
}

#[test]
fn errors_name_the_line() {
    for (text, line, part) in [
        (
            "func @f() -> void {\nblock0:\n  v0 = fadd double v1, v1\n  ret\n}",
            5,
            "v1 is never",
        ),
        (
            "func @f() -> void {\nblock0:\n  v0 = frob double\n}",
            3,
            "frob",
        ),
        ("func @f() -> void {\nblock0:\n  br(block7)\n}", 4, "block7"),
        ("func @f() -> void {\nblock0:\n}", 3, "terminator"),
        ("func @f() -> void {\n}", 2, "at least one block"),
        (
            "func @f() -> void {\nblock0:\n  call(@g)\n  ret\n}",
            3,
            "no function `@g`",
        ),
        ("declare @f(i32", 1, "expected `,`"),
        ("declare @f(\"", 1, "does not end"),
        (
            "func @f(v0: i32, v0: i32) -> void {\nblock0:\n ret\n}",
            1,
            "twice",
        ),
        (
            "func @f() -> void {\nblock0:\n  v0 = add i32 (i32 x), (i32 1)\n}",
            3,
            "not a constant",
        ),
        ("bogus", 1, "does not start"),
        ("func @f() -> ty9 {", 1, "types"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.message.contains(part), "{error}\n{text}");
        assert_eq!(error.line, line, "{error}\n{text}");
    }
}

#[test]
fn no_prefix_of_a_text_panics() {
    for end in 0..EVERYTHING.len() {
        if EVERYTHING.is_char_boundary(end) {
            let _ = parse(&EVERYTHING[..end]);
        }
    }
}
