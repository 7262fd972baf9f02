//! The grammar from outside: operand lists in, requests or coded errors out.

use super::grammar::{Operand, Primal, parse};
use super::{Activity, Entry, Request, Return, Shadow, Shape};
use rz_diag::Code;

/// A parameter or result by a word: `f` float, `p` pointer, `i` integer, `v` void.
fn shape(word: &str) -> Shape {
    match word {
        "f" => Shape::Float,
        "p" => Shape::Pointer,
        "i" => Shape::Int(32),
        "v" => Shape::Void,
        "ff" => Shape::Struct(vec![Shape::Float, Shape::Float]),
        "fi" => Shape::Struct(vec![Shape::Float, Shape::Int(32)]),
        _ => panic!("no shape {word}"),
    }
}

pub(super) fn primal(ret: &str, params: &[&str]) -> Primal {
    Primal {
        name: "g".into(),
        params: params.iter().map(|p| shape(p)).collect(),
        param_texts: params.iter().map(|p| (*p).to_owned()).collect(),
        sret: false,
        ret: shape(ret),
        ret_text: ret.into(),
    }
}

/// Operands by words: a marker without its prefix after `@`, a number, or a shape.
pub(super) fn operands(words: &str) -> Vec<Operand> {
    std::iter::once("p")
        .chain(words.split_whitespace())
        .map(|word| Operand {
            marker: word.strip_prefix('@').map(|name| format!("enzyme_{name}")),
            constant: word.parse().ok(),
            shape: if word.starts_with('@') || word.parse::<i128>().is_ok() {
                Shape::Int(32)
            } else {
                shape(word)
            },
            text: word.into(),
        })
        .collect()
}

fn run(entry: Entry, primal: &Primal, words: &str) -> rz_diag::Result<Request> {
    parse(entry, primal, &operands(words), 1)
}

/// `activity operand [shadow]` of each argument.
fn args(request: &Request) -> String {
    let one = |arg: &super::Argument| {
        let activity = match arg.activity {
            Activity::Const => "const",
            Activity::Out => "out",
            Activity::Dup => "dup",
            Activity::DupNoNeed => "dupnoneed",
        };
        match &arg.shadow {
            Shadow::None => format!("{activity} {}", arg.operand),
            Shadow::Lanes(lanes) => format!("{activity} {} {lanes:?}", arg.operand),
            Shadow::Strided { pointer, stride } => {
                format!("{activity} {} {pointer}+{stride}", arg.operand)
            }
        }
    };
    request.args.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn arguments_and_shadows() {
    let reverse = Entry::Autodiff;
    let forward = Entry::ForwardDiff;
    let rows: &[(Entry, &str, &[&str], &str, &str)] = &[
        (reverse, "f", &["f"], "f", "out 1"),
        (
            reverse,
            "f",
            &["f", "f"],
            "@const f @out f",
            "const 2; out 4",
        ),
        (reverse, "f", &["p", "i"], "p p i", "dup 1 [2]; const 3"),
        (
            reverse,
            "v",
            &["p", "p"],
            "@dup p p @dupnoneed p p",
            "dup 2 [3]; dupnoneed 5 [6]",
        ),
        (reverse, "f", &["f"], "@const @out f", "out 3"),
        (
            reverse,
            "f",
            &["p"],
            "@not_overwritten @dup p p",
            "dup 3 [4]",
        ),
        (reverse, "f", &["f"], "@width 1 f", "out 3"),
        (reverse, "f", &["f"], "f @primal_return", "out 1"),
        (reverse, "v", &["p"], "p p p @width 2", "dup 1 [2, 3]"),
        (forward, "f", &["f"], "@width 2 f f f", "dup 3 [4, 5]"),
        (
            reverse,
            "f",
            &["p", "i"],
            "@width 2 @dupv 16 p p i",
            "dup 5 6+4; const 7",
        ),
        (
            reverse,
            "f",
            &["p"],
            "@width 2 @dupnoneedv i p p",
            "dupnoneed 5 6+4",
        ),
        (
            forward,
            "v",
            &["p", "f"],
            "@width 2 @dup p f @interleave p p f f",
            "dup 4 [7, 8]; dup 5 [9, 10]",
        ),
        (
            reverse,
            "v",
            &["p", "p"],
            "@width 2 @dupv 8 p p @interleave p p",
            "dup 5 8+4; dup 6 9+4",
        ),
        (
            reverse,
            "v",
            &["p", "p"],
            "@dup p @dupnoneed p @interleave p p",
            "dup 2 [6]; dupnoneed 4 [7]",
        ),
        (
            reverse,
            "v",
            &["p", "i", "p"],
            "p @const i @dup p @interleave p p",
            "dup 1 [7]; const 3; dup 5 [8]",
        ),
        (forward, "f", &["f"], "f f", "dup 1 [2]"),
        (
            forward,
            "f",
            &["f", "f"],
            "f f @const f",
            "dup 1 [2]; const 4",
        ),
        (
            forward,
            "f",
            &["f", "f"],
            "@dup f f @interleave f f",
            "dup 2 [5]; dup 3 [6]",
        ),
        (forward, "f", &["p", "i"], "p p i", "dup 1 [2]; const 3"),
    ];
    for (entry, ret, params, words, expected) in rows {
        let request = run(*entry, &primal(ret, params), words)
            .unwrap_or_else(|error| panic!("{words}: {}", error.text()));
        assert_eq!(args(&request), *expected, "{words}");
        assert!(request.warnings.is_empty(), "{words}");
    }
}

#[test]
fn interleave_repeats_the_previous_activity() {
    let request = run(
        Entry::Autodiff,
        &primal("f", &["f", "f", "p"]),
        "@const f f @dup p @interleave p",
    )
    .unwrap();
    assert_eq!(args(&request), "const 2; const 3; dup 5 [7]");
}

#[test]
fn return_activities() {
    let rows: &[(Entry, &str, &str, Return)] = &[
        (Entry::Autodiff, "f", "f", Return::Active),
        (Entry::Autodiff, "f", "@const_return f", Return::Const),
        (Entry::Autodiff, "f", "f @const_return", Return::Const),
        (Entry::Autodiff, "v", "f", Return::Const),
        (Entry::Autodiff, "i", "f", Return::Const),
        (Entry::Autodiff, "p", "f", Return::Dup),
        (Entry::Autodiff, "ff", "f", Return::Active),
        (
            Entry::Autodiff,
            "f",
            "@const_return @active_return f",
            Return::Active,
        ),
        (Entry::ForwardDiff, "f", "@dup_return f f", Return::Active),
        (Entry::ForwardDiff, "p", "f f", Return::Dup),
        (Entry::ForwardDiff, "f", "@noret f f", Return::Active),
    ];
    for (entry, ret, words, expected) in rows {
        let request = run(*entry, &primal(ret, &["f"]), words).unwrap();
        assert_eq!(request.ret, *expected, "{ret}: {words}");
    }
}

#[test]
fn errors() {
    use Code::{
        MisplacedMarker, MissingShadow, TooFewArguments, TooManyArguments, UnknownMarker,
        UnsupportedType, WrongArgumentType,
    };
    let reverse = Entry::Autodiff;
    let forward = Entry::ForwardDiff;
    let rows: &[(Entry, &str, &[&str], &str, Code)] = &[
        (reverse, "f", &["f", "f"], "f", TooFewArguments),
        (reverse, "f", &["f"], "@out", TooFewArguments),
        (reverse, "f", &["f"], "f @const", TooFewArguments),
        (reverse, "f", &["f"], "f f", TooManyArguments),
        (reverse, "f", &["p"], "p", MissingShadow),
        (reverse, "f", &["p", "f"], "p @out f", MissingShadow),
        (forward, "f", &["f"], "f", MissingShadow),
        (
            reverse,
            "v",
            &["p", "p"],
            "@dup p p @interleave p",
            MissingShadow,
        ),
        (
            reverse,
            "v",
            &["p"],
            "@dup p @interleave p p",
            TooManyArguments,
        ),
        (
            reverse,
            "v",
            &["p"],
            "@dup p p @interleave p",
            TooManyArguments,
        ),
        (reverse, "f", &["f"], "@dup_ f", UnknownMarker),
        (reverse, "f", &["f"], "@foo f", UnknownMarker),
        (reverse, "f", &["p"], "@out p", MisplacedMarker),
        (forward, "f", &["f"], "@out f", MisplacedMarker),
        (reverse, "i", &["f"], "@active_return f", MisplacedMarker),
        (reverse, "v", &["f"], "@primal_return f", MisplacedMarker),
        (reverse, "p", &["f"], "@primal_return f", MisplacedMarker),
        (forward, "v", &["f"], "@primal_return f f", MisplacedMarker),
        (reverse, "f", &["f"], "@vector f", MisplacedMarker),
        (reverse, "f", &["f"], "f @width", MisplacedMarker),
        (reverse, "f", &["f"], "@width f f", MisplacedMarker),
        (reverse, "f", &["f"], "@width 0 f", MisplacedMarker),
        (reverse, "f", &["f"], "@width 1 @width 1 f", MisplacedMarker),
        (reverse, "f", &["f"], "@width 1025 f", MisplacedMarker),
        (forward, "f", &["f"], "@width 2 f f", MissingShadow),
        (reverse, "v", &["p"], "@width 3 p p p", MissingShadow),
        (reverse, "v", &["p"], "@width 2 @dupv 8 p", MissingShadow),
        (reverse, "v", &["p"], "@width 2 @dupv p p", MisplacedMarker),
        (
            reverse,
            "v",
            &["p"],
            "@width 2 p p p @dupv",
            MisplacedMarker,
        ),
        (reverse, "v", &["p"], "@width 2 @dupv", MisplacedMarker),
        (
            reverse,
            "v",
            &["p"],
            "@width 2 @dupnoneedv f p p",
            MisplacedMarker,
        ),
        (
            reverse,
            "v",
            &["p"],
            "@width 2 @dupv 8 p f",
            WrongArgumentType,
        ),
        (
            forward,
            "f",
            &["f"],
            "@width 2 @dupv 8 f f",
            WrongArgumentType,
        ),
        (
            reverse,
            "v",
            &["p"],
            "@width 2 @dupv 8 p p p",
            TooManyArguments,
        ),
        (reverse, "f", &["f"], "@allocated 8 f", MisplacedMarker),
        (reverse, "fi", &["f"], "f", UnsupportedType),
        (reverse, "f", &["fi"], "fi", UnsupportedType),
    ];
    for (entry, ret, params, words, code) in rows {
        let error = match run(*entry, &primal(ret, params), words) {
            Ok(request) => panic!("{words}: accepted as {}", args(&request)),
            Err(error) => error,
        };
        assert_eq!(error.code, *code, "{words}: {}", error.text());
        assert!(error.fix.is_some(), "{words}: no fix");
    }
}

#[test]
fn lost_derivatives_warn() {
    let request = run(Entry::Autodiff, &primal("f", &["f"]), "@dup f f").unwrap();
    assert_eq!(request.warnings.len(), 1);
    let request = run(Entry::Autodiff, &primal("f", &["f"]), "@dup_return f").unwrap();
    assert_eq!(request.ret, Return::Const);
    assert_eq!(request.warnings.len(), 1);
}

#[test]
fn an_sret_primal_takes_the_shadow_first() {
    let mut primal = primal("v", &["p", "f"]);
    primal.sret = true;
    let request = run(Entry::Autodiff, &primal, "p f").unwrap();
    assert_eq!(request.sret_shadows, [1]);
    assert_eq!(args(&request), "out 2");
    let request = run(Entry::ForwardDiff, &primal, "f f").unwrap();
    assert_eq!(request.sret_shadows, [0usize; 0]);
    let error = run(Entry::Autodiff, &primal, "f").unwrap_err();
    assert_eq!(error.code, Code::MissingShadow);
}

#[test]
fn seed_and_tape_of_a_reverse_pass() {
    // Result, parameters, operands; seed and tape by operand index.
    let rows: &[(&str, &[&str], &str, &str)] = &[
        ("f", &["f"], "f f p", "seed [2] tape 3"),
        ("v", &["p"], "p p p", "no seed tape 3"),
        ("p", &["p"], "p p p", "no seed tape 3"),
        ("f", &["f"], "f p @allocated 8 @tape p", "seed [2] tape 6"),
        ("f", &["f"], "f @allocated 8 @tape p", "no seed tape 5"),
        ("f", &["f"], "f @tape p", "no seed tape 3"),
        ("f", &["f"], "@const_return f p", "no seed tape 3"),
        ("f", &["f"], "f @byref 8 p p", "seed [4] tape 5"),
        ("f", &["f"], "f f @nofree p", "seed [2] tape 4"),
        ("f", &["f"], "f f p @nofree", "seed [2] tape 3"),
        ("ff", &["f"], "f f f p", "seed [2, 3] tape 4"),
        ("ff", &["f"], "f p p", "seed [2] tape 3"),
        ("f", &["p"], "@dup p @interleave p f p", "seed [5] tape 6"),
        ("f", &["f"], "f f f @allocated 8", "seed [2] tape 3"),
    ];
    for (ret, params, words, expected) in rows {
        let request = run(Entry::Reverse, &primal(ret, params), words)
            .unwrap_or_else(|error| panic!("{words}: {}", error.text()));
        let seed = match &request.seed {
            Some(seed) => format!("seed {:?}", seed.operands),
            None => "no seed".to_owned(),
        };
        let tape = request.tape.operand.expect("a tape");
        assert_eq!(format!("{seed} tape {tape}"), *expected, "{words}");
    }
}

#[test]
fn errors_of_the_halves() {
    use Code::{MisplacedMarker, Tape, TooFewArguments, TooManyArguments, WrongArgumentType};
    let (augment, reverse, size) = (Entry::AugmentForward, Entry::Reverse, Entry::AugmentSize);
    let rows: &[(Entry, &str, &[&str], &str, Code)] = &[
        (augment, "f", &["f"], "@primal_return f", MisplacedMarker),
        (
            reverse,
            "f",
            &["f"],
            "@primal_return f f p",
            MisplacedMarker,
        ),
        (augment, "f", &["f"], "f @allocated 8", Tape),
        (augment, "f", &["f"], "f @tape p", Tape),
        (augment, "f", &["f"], "f @allocated 8 @tape", Tape),
        (augment, "f", &["f"], "f @allocated 8 @tape 5", Tape),
        (
            augment,
            "f",
            &["f"],
            "f @allocated f @tape p",
            MisplacedMarker,
        ),
        (augment, "f", &["f"], "f @allocated", MisplacedMarker),
        (augment, "f", &["f"], "f f", TooManyArguments),
        (reverse, "f", &["f"], "f", Tape),
        (reverse, "f", &["f"], "f f", Tape),
        (reverse, "f", &["f"], "f f f", Tape),
        (reverse, "f", &["f"], "f p", WrongArgumentType),
        (reverse, "f", &["f"], "f f f p", TooManyArguments),
        (reverse, "v", &["p"], "p p f p", TooManyArguments),
        (reverse, "f", &["f"], "f f p @const", TooFewArguments),
        (reverse, "f", &["f"], "f @byref f p p", MisplacedMarker),
        (reverse, "f", &["f"], "f @byref", MisplacedMarker),
        (size, "f", &["p", "f"], "@dup", TooFewArguments),
        (size, "f", &["p"], "@dup @out", TooManyArguments),
        (size, "f", &["p"], "@out", MisplacedMarker),
        (size, "f", &["p"], "", TooFewArguments),
    ];
    for (entry, ret, params, words, code) in rows {
        let error = match run(*entry, &primal(ret, params), words) {
            Ok(request) => panic!("{words}: accepted as {}", args(&request)),
            Err(error) => error,
        };
        assert_eq!(error.code, *code, "{words}: {}", error.text());
        assert!(error.fix.is_some(), "{words}: no fix");
    }
}

#[test]
fn markers_alone_ask_for_a_size() {
    let request = run(
        Entry::AugmentSize,
        &primal("f", &["p", "f", "i"]),
        "@not_overwritten @dup @out @const",
    )
    .unwrap();
    assert_eq!(args(&request), "dup 2; out 3; const 4");
    assert!(request.args[0].not_overwritten && !request.args[1].not_overwritten);
    let request = run(Entry::AugmentSize, &primal("f", &["p"]), "p p").unwrap();
    assert_eq!(args(&request), "dup 1 [2]");
}
