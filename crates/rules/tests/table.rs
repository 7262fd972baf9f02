//! The table as a whole: closed under differentiation, no name twice, names and signatures match
//! what they should and nothing else.

use rz_rules::{Form, Fun, Kind, Node, Source, Width, base_name, helper, lookup, rule, rules};

#[test]
fn partials_use_only_functions_that_can_be_differentiated() {
    for fun in Fun::ALL.iter().copied() {
        let known = match fun.source() {
            Source::Intrinsic(name) | Source::Library(name) => rule(name).is_some(),
            Source::Helper => helper(fun).is_some(),
        };
        assert!(
            known || fun.returns_int(),
            "{fun:?} has neither row nor body"
        );
    }
    for rule in rules() {
        for node in rule.dag().nodes() {
            if let Node::Call(fun, _, second) = node {
                assert_eq!(fun.arity() == 2, second.is_some(), "{}", rule.name());
            }
        }
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = rules().map(rz_rules::Rule::name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn needs_are_minimal() {
    let needs = |name: &str, active| {
        let needs = rule(name).unwrap().needs(active);
        (needs.operands, needs.result)
    };
    assert_eq!(needs("fadd", 0b11), (0, false));
    assert_eq!(needs("fmul", 0b01), (0b10, false));
    assert_eq!(needs("fmul", 0b11), (0b11, false));
    assert_eq!(needs("fdiv", 0b01), (0b10, false));
    assert_eq!(needs("fdiv", 0b10), (0b10, true));
    assert_eq!(needs("exp", 1), (0, true));
    assert_eq!(needs("llvm.sqrt", 1), (0, true));
    assert_eq!(needs("tan", 1), (0, true));
    assert_eq!(needs("floor", 1), (0, false));
    assert_eq!(needs("llvm.fma", 0b100), (0, false));
    assert_eq!(needs("llvm.ldexp", 1), (0b10, false));
}

#[test]
fn one_row_serves_every_spelling() {
    for (symbol, name, width, form) in [
        ("sin", "sin", Width::Double, Form::Plain),
        ("sinf", "sin", Width::Single, Form::Plain),
        ("sinl", "sin", Width::Long, Form::Plain),
        ("sinf128", "sin", Width::Quad, Form::Plain),
        ("__pow_finite", "pow", Width::Double, Form::Plain),
        ("__powf_finite", "pow", Width::Single, Form::Plain),
        ("llvm.sin.v4f64", "sin", Width::Any, Form::Plain),
        (
            "llvm.experimental.constrained.fadd.f64",
            "fadd",
            Width::Any,
            Form::Constrained,
        ),
        ("llvm.vp.fmul.nxv2f64", "fmul", Width::Any, Form::Predicated),
        ("lgammaf_r", "lgamma_r", Width::Single, Form::Plain),
        ("_ZGVbN2v_cos", "cos", Width::Double, Form::Plain),
        ("__svml_powf8", "pow", Width::Single, Form::Plain),
        ("sinq", "sin", Width::Quad, Form::Plain),
        ("__addtf3", "fadd", Width::Quad, Form::Plain),
        ("drem", "remainder", Width::Double, Form::Plain),
        ("fmod", "frem", Width::Double, Form::Plain),
    ] {
        let found = lookup(symbol).unwrap_or_else(|| panic!("{symbol} is not found"));
        assert_eq!(found.rule.name(), name, "{symbol}");
        assert_eq!((found.width, found.form), (width, form), "{symbol}");
    }
}

#[test]
fn names_that_contain_a_known_one_do_not_match() {
    for name in [
        "my_sin",
        "sinus",
        "sin_",
        "_sin",
        "std_like::sin",
        "copy_",
        "norm",
        "f90iox",
        "llvm.sine",
        "llvm.",
        "",
        "fadd.f64",
        "expf32y",
        "y",
        "powerf",
        "nan",
    ] {
        assert!(
            rule(name).is_none(),
            "{name} -> {}",
            rule(name).unwrap().name()
        );
    }
    assert_eq!(base_name("llvm.sin"), "llvm.sin");
    // Opcodes have rules, but a function that is called like one has not.
    for opcode in ["fadd", "fsub", "fmul", "fdiv", "frem", "fneg"] {
        assert!(
            rule(opcode).is_some() && lookup(opcode).is_none(),
            "{opcode}"
        );
    }
}

#[test]
fn namesakes_are_told_apart_by_signature() {
    let gamma = lookup("gamma").unwrap();
    assert!(gamma.accepts(Kind::Double, &[Kind::Double]));
    assert!(!gamma.accepts(Kind::Double, &[Kind::Double, Kind::Double]));
    assert!(!gamma.accepts(Kind::Void, &[Kind::Pointer]));
    let y0 = lookup("y0").unwrap();
    assert!(!y0.accepts(Kind::Int, &[Kind::Int]));
    let sincos = lookup("sincosf").unwrap();
    assert!(sincos.accepts(Kind::Void, &[Kind::Float, Kind::Pointer, Kind::Pointer]));
    let constrained = lookup("llvm.experimental.constrained.sqrt.f64").unwrap();
    assert!(constrained.accepts(Kind::Double, &[Kind::Double, Kind::Other, Kind::Other]));
}

#[test]
fn helper_symbols_carry_a_hash_of_the_body() {
    let digamma = helper(Fun::Digamma).unwrap();
    let trigamma = helper(Fun::Trigamma).unwrap();
    assert!(digamma.symbol("f64").starts_with("__ribozyme_digamma_f64_"));
    let tail = |symbol: String| symbol.rsplit('_').next().unwrap().to_owned();
    assert_eq!(tail(digamma.symbol("f64")), tail(digamma.symbol("f32")));
    assert_ne!(tail(digamma.symbol("f64")), tail(trigamma.symbol("f64")));
}
