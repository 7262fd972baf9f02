//! Malformed and hostile IR: a diagnostic or a verified module, never a crash or a hang.

mod support;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use support::{plugin, root, run, scratch};

/// Runs a pipeline over a file; the verifier runs after it.
fn survives(file: &Path, passes: &str) {
    let done = run(Command::new("opt-22")
        .arg(format!("-load-pass-plugin={}", plugin().display()))
        .arg(format!("-passes={passes},verify"))
        .arg("-disable-output")
        .arg(file));
    let shown = format!("{} {passes}\n{}", file.display(), done.stderr);
    match done.code {
        Some(0) => {}
        Some(1) => assert!(done.stderr.contains("Enzyme: "), "no diagnostic: {shown}"),
        other => panic!("{other:?}: {shown}"),
    }
    // An internal error is a bug even when it is reported.
    assert!(!done.stderr.contains("RZ0024"), "{shown}");
}

/// Requests that no compiler writes: unusual operands, callees, blocks, types.
#[test]
fn odd_requests() {
    for entry in std::fs::read_dir(root().join("tests/files/hostile")).unwrap() {
        let file = entry.unwrap().path();
        for passes in ["ribozyme", "default<O0>", "default<O2>"] {
            survives(&file, passes);
        }
    }
}

/// A sample of LLVM's random functions with requests added; `RZ_STRESS=FIRST..LAST` chooses seeds.
#[test]
fn random_functions() {
    let seeds = std::env::var("RZ_STRESS").unwrap_or_else(|_| "1..40".into());
    let (first, last) = seeds.split_once("..").expect("FIRST..LAST");
    let dir = scratch("stress");
    for seed in first.parse::<u32>().unwrap()..last.parse::<u32>().unwrap() {
        let size = 50 + seed % 7 * 60;
        let made = run(Command::new("llvm-stress-22")
            .args([&format!("-seed={seed}"), &format!("-size={size}")]));
        assert_eq!(
            made.code,
            Some(0),
            "llvm-stress-22 is in the package llvm-22"
        );
        let mut text = made.stdout;
        let args = "ptr %a, ptr %b, ptr %b, ptr %c, ptr %c, ptr %a, i32 %d, i64 %e, i8 %f";
        let name = text
            .lines()
            .find_map(|line| line.split_once("define ")?.1.split_once('@'))
            .and_then(|(_, rest)| rest.split_once('('))
            .map(|(name, _)| name.to_owned())
            .expect("llvm-stress defines a function");
        write!(
            text,
            "declare void @__enzyme_autodiff(...)\ndeclare void @__enzyme_fwddiff(...)\n\
             define void @request(ptr %a, ptr %b, ptr %c, i32 %d, i64 %e, i8 %f) {{\n\
             call void (...) @__enzyme_autodiff(ptr @{name}, {args})\n\
             call void (...) @__enzyme_fwddiff(ptr @{name}, {args})\nret void\n}}\n"
        )
        .unwrap();
        let file = dir.join(format!("{seed}.ll"));
        std::fs::write(&file, text).unwrap();
        survives(&file, "ribozyme");
    }
}

/// A chain of calls longer than a thread's stack is deep, for code that follows calls by recursion.
#[test]
fn long_chains_of_calls() {
    const LENGTH: usize = 3_000;
    let mut text = String::from(
        "declare double @__enzyme_autodiff(...)\n\
         define internal double @g0(double %a) noinline {\n\
         %y = fmul double %a, %a\nret double %y\n}\n",
    );
    for index in 1..LENGTH {
        write!(
            text,
            "define internal double @g{index}(double %a) noinline {{\n\
             %b = fmul double %a, 0x3FF0100000000000\n\
             %c = call double @g{}(double %b)\n%y = fmul double %c, %b\nret double %y\n}}\n",
            index - 1
        )
        .unwrap();
    }
    write!(
        text,
        "define double @request(double %x) {{\n\
         %d = call double (...) @__enzyme_autodiff(ptr @g{}, double %x)\nret double %d\n}}\n",
        LENGTH - 1
    )
    .unwrap();
    let file = scratch("chain").join("chain.ll");
    std::fs::write(&file, text).unwrap();
    survives(&file, "ribozyme");
}
