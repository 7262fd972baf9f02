//! Golden tests of plans: `tests/files/plan/*.c`, each beside the plan it must get.
//!
//! The first line names the derivative, `// f(dup, const) -> active`, perhaps with a tape budget (`, budget 1000`). The file is compiled and
//! brought into the form the planner requires; the expected text is that of the plan of `f` and of
//! everything it calls, in the file `*.plan`. `RIBOZYME_BLESS=1` rewrites the expectations.
//!
//! The planner builds and tests without LLVM, but trip counts and aliasing are LLVM's to know, so
//! its goldens are here.

use rz_analysis::activity::Options;
use rz_analysis::types::TypeAnalysis;
use rz_import::{LlvmFacts, testing};
use rz_plan::Options as Choices;
use rz_plan::{Analyses, ArgActivity, Derivative, Mode, Planner, RetActivity};
use rz_view::Module;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

/// What the planner requires; the driver's preparation ends with the same.
const SHAPE: &str = "sroa,simplifycfg,mergereturn,loop-simplify,lcssa";

fn key(module: &Module, line: &str) -> Option<Derivative> {
    let line = line.split(", budget").next()?;
    let (call, ret) = line.strip_prefix("// ")?.split_once(" -> ")?;
    let (name, args) = call.strip_suffix(')')?.split_once('(')?;
    let activity = |word: &str| {
        Some(match word.trim() {
            "const" => ArgActivity::Const,
            "out" => ArgActivity::Out,
            "dup" => ArgActivity::Dup,
            "dupnoneed" => ArgActivity::DupNoNeed,
            _ => return None,
        })
    };
    let args: Vec<ArgActivity> = args.split(',').map(activity).collect::<Option<_>>()?;
    Some(Derivative {
        func: module.func_named(name)?,
        mode: Mode::Combined,
        overwritten: vec![false; args.len()],
        args,
        ret: match ret.trim() {
            "const" => RetActivity::Const,
            "active" => RetActivity::Active,
            _ => return None,
        },
        primal_return: false,
        width: 1,
        globals_overwritten: false,
        repeatable: false,
        caller: None,
    })
}

/// Optimized as before planning: nothing unrolled or vectorized.
fn compile(path: &Path) -> String {
    let file = path.file_name().expect("a file");
    let output = Command::new("clang-22")
        .args(["-S", "-emit-llvm", "-O2", "-gline-tables-only", "-o", "-"])
        .args(["-fno-unroll-loops", "-fno-vectorize", "-fno-slp-vectorize"])
        .args(["-fno-math-errno", "--target=x86_64-unknown-linux-gnu"])
        .current_dir(folder())
        .arg(file)
        .output()
        .expect("clang-22 runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", path.display());
    String::from_utf8(output.stdout).expect("text")
}

fn plans(path: &Path) -> String {
    let source = std::fs::read_to_string(path).expect("readable");
    let first = source.lines().next().unwrap_or_default();
    let parsed = testing::parse_ir(&compile(path));
    parsed.prepare(SHAPE);
    let imported = parsed.import(&[]);
    let module = &imported.module;
    let key = Rc::new(key(module, first).expect("the first line names a derivative"));
    let types = TypeAnalysis::new(module);
    let facts = LlvmFacts::new(&imported, parsed.analyses());
    let analyses = Analyses::new(module, &types, Options::default());
    let budget = first
        .split_once(", budget ")
        .map(|(_, bytes)| bytes.parse().expect("bytes"));
    let choices = Choices {
        budget,
        ..Choices::default()
    };
    let mut planner = Planner::new(module, &facts, analyses).with(choices);
    if let Err(error) = planner.plan(key.clone()) {
        return format!("{}\n", error.text());
    }
    let sections = planner.explain(&key);
    let texts: Vec<String> = sections.into_iter().map(|section| section.plan).collect();
    texts.join("\n")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/files/plan")
}

#[test]
fn golden() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("folder of tests")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "c"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut failures = Vec::new();
    for path in paths {
        let beside = path.with_extension("plan");
        let found = plans(&path);
        if std::fs::read_to_string(&beside).is_ok_and(|expected| expected == found) {
            continue;
        }
        if std::env::var_os("RIBOZYME_BLESS").is_some() {
            std::fs::write(&beside, found).expect("writable");
        } else {
            failures.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A plan explains itself the same way however often it is asked.
#[test]
fn the_text_is_stable() {
    let path = folder().join("overwritten.c");
    assert_eq!(plans(&path), plans(&path));
}
