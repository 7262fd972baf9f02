//! Activity is sound: forgetting every derivative it calls inactive changes no result.
//!
//! Random programs of structs, pointers, branches, loops, calls and recursion run over dual numbers
//! twice: as they are, and rewritten so that inactive values lose their tangents, inactive stores
//! leave tangents in memory alone, and calls go to functions rewritten for the activity that
//! [`Activity::call_activity`] names. Results and memory of duplicated arguments must agree. All
//! numbers are integers, so that `floor` forgets a tangent and changes nothing else.

#[path = "sound/program.rs"]
mod program;
#[path = "sound/rewrite.rs"]
mod rewrite;

use program::{Program, Rng};
use rewrite::Rewriter;
use rz_analysis::activity::{Analyzer, ArgState, Context, Options, Typed};
use rz_analysis::types::TypeAnalysis;
use rz_interp::{Machine, Val};
use rz_view::{Func, Module};

/// How a case ended.
#[derive(PartialEq, Eq, Debug)]
enum Outcome {
    Agrees,
    /// The convention says that something is lost, or a number left the integers.
    Skipped,
}

/// Two nodes of memory per pointer argument: `{double, double, ptr}`, the first points to the second.
const NODES: usize = 2;

struct Run {
    ret: (f64, f64),
    memory: Vec<(f64, f64)>,
}

fn run(module: &Module, func: Func, case: &Case) -> Option<Run> {
    let mut machine = Machine::new(module);
    machine.steps = 200_000;
    let mut nodes = Vec::new();
    for index in 0..2 * NODES {
        let tangent = |k: usize| {
            if case.args[index / NODES] == ArgState::Const {
                0.0
            } else {
                (index * 2 + k + 1) as f64
            }
        };
        let at = machine.memory.allocate(24);
        for k in 0..2 {
            let value = (index + 2 * k) as f64;
            let bytes = value.to_le_bytes();
            machine
                .memory
                .write(at + 8 * k as u64, &bytes, &tangent(k).to_le_bytes())
                .ok()?;
        }
        nodes.push(at);
    }
    for (index, &at) in nodes.iter().enumerate() {
        let next = nodes[index ^ 1];
        let bytes = next.to_le_bytes();
        machine.memory.write(at + 16, &bytes, &[0; 8]).ok()?;
    }
    let scalar = |k: usize| {
        let tangent = if case.args[k] == ArgState::Const {
            0.0
        } else {
            k as f64
        };
        Val::f64(k as f64, tangent)
    };
    // Duplicated arguments may be the same memory.
    let second = if case.same { nodes[0] } else { nodes[NODES] };
    let args = [
        Val::int(nodes[0]),
        Val::int(second),
        scalar(2),
        scalar(3),
        Val::int(case.seed % 4),
    ];
    let ret = machine.call(func, &args).ok()?.as_f64();
    let mut memory = Vec::new();
    for (index, &at) in nodes.iter().enumerate() {
        let active = case.args[index / NODES] != ArgState::Const;
        for double in machine.memory.read_doubles(at, 2).ok()? {
            memory.push((double.0, if active { double.1 } else { 0.0 }));
        }
    }
    Some(Run {
        ret: (ret.0, if case.ret { ret.1 } else { 0.0 }),
        memory,
    })
}

struct Case {
    seed: u64,
    args: Vec<ArgState>,
    ret: bool,
    same: bool,
}

fn check(seed: u64) -> Outcome {
    let mut rng = Rng::new(seed);
    let text = Program::new(&mut rng).text(14);
    let mut pick = |active: ArgState| {
        if rng.below(2) == 0 {
            ArgState::Const
        } else {
            active
        }
    };
    let args = vec![
        pick(ArgState::DUP),
        pick(ArgState::DUP),
        pick(ArgState::Active),
        pick(ArgState::Active),
        ArgState::Const,
    ];
    let same = args[0] == args[1] && rng.below(2) == 0;
    let case = Case {
        seed,
        args,
        ret: rng.below(4) != 0,
        same,
    };
    compare(&text, &case)
}

fn compare(text: &str, case: &Case) -> Outcome {
    let module = rz_view::text::parse(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let func = module.func_named("f").unwrap();
    let Some(plain) = run(&module, func, case) else {
        return Outcome::Skipped;
    };
    let types = TypeAnalysis::new(&module);
    let context = Context {
        func,
        args: case.args.clone(),
        ret: case.ret,
    };
    let rewriter = Rewriter::new(&module, &types, Options::default());
    let Some((rewritten, root)) = rewriter.run(&context) else {
        return Outcome::Skipped;
    };
    let Some(pruned) = run(&rewritten, root, case) else {
        panic!(
            "seed {}: the rewritten program does not run\n{text}\n{rewritten}",
            case.seed
        );
    };
    let pairs = || {
        std::iter::once((&plain.ret, &pruned.ret)).chain(plain.memory.iter().zip(&pruned.memory))
    };
    if pairs().any(|(a, _)| !(a.0.abs() < 1e15 && a.1.abs() < 1e15)) {
        return Outcome::Skipped;
    }
    let wrong: Vec<_> = pairs().filter(|(a, b)| a != b).collect();
    assert!(
        wrong.is_empty(),
        "seed {}: {:?} -> {}: {wrong:?}\n{text}\n{}",
        case.seed,
        case.args,
        case.ret,
        rewriter.dumps(&context)
    );
    Outcome::Agrees
}

fn sweep(seeds: std::ops::Range<u64>) {
    let total = seeds.end - seeds.start;
    let agreed = seeds.filter(|&seed| check(seed) == Outcome::Agrees).count() as u64;
    println!("{agreed} of {total} compared");
    assert!(agreed * 3 > total, "only {agreed} of {total} were compared");
}

#[test]
fn inactive_derivatives_do_not_matter() {
    sweep(0..400);
}

/// `RIBOZYME_SEEDS=first..last cargo test -p rz-analysis --test activity_sound -- --ignored`.
#[test]
#[ignore = "long"]
fn many_seeds() {
    let range = std::env::var("RIBOZYME_SEEDS").unwrap_or_else(|_| "0..20000".to_owned());
    let (first, last) = range.split_once("..").expect("first..last");
    sweep(first.parse().unwrap()..last.parse().unwrap());
}

#[test]
fn a_callee_may_see_one_object_behind_two_constant_arguments() {
    let text = "
func @f(v0: ptr, v1: ptr, v2: double, v3: double, v4: i64) -> double {
block0:
  v5 = alloca([3 x double] align 8 static) ptr (i64 1)
  v6 = gep(16) ptr v5
  store(align 8) v5, v6
  v7 = call(@h) double v5, v5, v2
  ret v7
}
func @h(v0: ptr, v1: ptr, v2: double) -> double {
block0:
  v3 = alloca([3 x double] align 8 static) ptr (i64 1)
  store(align 8) (double 1.0), v3
  v4 = gep(16) ptr v0
  store(align 8) v3, v4
  v5 = gep(16) ptr v1
  v6 = load(align 8) ptr v5
  store(align 8) v2, v6
  v7 = load(align 8) double v3
  ret v7
}
declare @llvm.floor.f64(double) -> double intrinsic \"llvm.floor\" effects none";
    let case = Case {
        seed: 0,
        args: vec![
            ArgState::Const,
            ArgState::Const,
            ArgState::Active,
            ArgState::Const,
            ArgState::Const,
        ],
        ret: true,
        same: false,
    };
    assert_eq!(compare(text, &case), Outcome::Agrees);
}

/// Prints how long types and activity take on functions of growing length.
#[test]
#[ignore = "a measurement"]
fn scale() {
    for length in [100, 1000, 10_000] {
        let text = Program::new(&mut Rng::new(7)).text(length);
        let module = rz_view::text::parse(&text).unwrap();
        let func = module.func_named("f").unwrap();
        let insts = module.body(func).insts.len();
        let start = std::time::Instant::now();
        let types = TypeAnalysis::new(&module);
        let found = types.root(func);
        let typed = start.elapsed();
        let context = Context {
            func,
            args: vec![
                ArgState::DUP,
                ArgState::DUP,
                ArgState::Active,
                ArgState::Active,
                ArgState::Const,
            ],
            ret: true,
        };
        let mut analyzer = Analyzer::new(&module, &types, Options::default());
        let start = std::time::Instant::now();
        let activity = analyzer.analyze(&context, &Typed(found)).unwrap();
        println!(
            "{insts} instructions: types {typed:?}, activity {:?}, {} findings",
            start.elapsed(),
            activity.findings().len()
        );
    }
}
