//! What must be refused, with its exact diagnostic, beside a twin that must pass.
//!
//! A case is a file in `tests/files/reject`, C or LLVM IR. Its first comments say:
//!
//! ```c
//! // LEVELS: 0,2                      (default 0,2)
//! // FLAGS: -std=c99                  (more compiler flags)
//! // ERROR: 7:10: error: Enzyme: too few arguments for `f`: 2 required, 1 found [RZ0003]
//! // TEXT: help: `f` takes (double, double)
//! ```
//!
//! `ERROR` (or `WARNING`) lines are the diagnostics, in order, with line and column; every
//! diagnostic must be expected. `TEXT` lines must follow in the output of the one before. A refused
//! file leaves the compiler alive (exit code 1) and writes no object. A file whose name ends in
//! `.ok.c` or `.ok.ll` must compile; it may expect warnings.

mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{plugin, root, run, scratch};

struct Case {
    path: PathBuf,
    name: String,
    levels: Vec<String>,
    flags: Vec<String>,
    /// `(is a diagnostic, text)` in order.
    expected: Vec<(bool, String)>,
}

fn read(path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).expect("a case is readable");
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut case = Case {
        path,
        name,
        levels: vec!["0".into(), "2".into()],
        flags: Vec::new(),
        expected: Vec::new(),
    };
    for line in text.lines() {
        let Some(line) = line.strip_prefix("//").or_else(|| line.strip_prefix(';')) else {
            continue;
        };
        let line = line.trim_start();
        if let Some(levels) = line.strip_prefix("LEVELS: ") {
            case.levels = levels.split(',').map(|level| level.trim().into()).collect();
        } else if let Some(flags) = line.strip_prefix("FLAGS: ") {
            case.flags = flags.split_whitespace().map(Into::into).collect();
        } else if let Some(text) = line
            .strip_prefix("ERROR: ")
            .or_else(|| line.strip_prefix("WARNING: "))
        {
            case.expected.push((true, text.into()));
        } else if let Some(text) = line.strip_prefix("TEXT: ") {
            case.expected.push((false, text.into()));
        }
    }
    case
}

/// Compiles the case at a level and checks everything its header promises.
fn check(case: &Case, level: &str) -> Result<(), Failed> {
    let dir = scratch(&format!("{}-O{level}", case.name));
    let object = dir.join("out.o");
    let mut command = Command::new("clang-22");
    command
        .current_dir(case.path.parent().unwrap_or(Path::new(".")))
        .arg(format!("-O{level}"))
        .args(["-g", "-fno-caret-diagnostics", "-c"])
        .args(&case.flags)
        .arg(format!("-fpass-plugin={}", plugin().display()))
        .arg(&case.name)
        .arg("-o")
        .arg(&object);
    if Path::new(&case.name).extension().is_some_and(|e| e == "ll") {
        // The driver does not pass warnings flags to IR inputs, but the back end prints the same.
        command.args(["-x", "ir"]);
    }
    let done = run(&mut command);
    let fail = |what: &str| Err(format!("{what}\n{command:?}\n{}", done.stderr).into());
    let passes = case.name.contains(".ok.");
    match done.code {
        Some(0) if passes => {}
        Some(1) if !passes => {}
        None => return fail("the compiler crashed"),
        Some(code) => return fail(&format!("exit code {code}")),
    }
    if object.exists() != passes {
        return fail("an object file must exist exactly when the case passes");
    }
    let mut rest = done.stderr.as_str();
    for (_, text) in &case.expected {
        match rest.find(text.as_str()) {
            Some(at) => rest = &rest[at + text.len()..],
            None => return fail(&format!("missing, or out of order: {text}")),
        }
    }
    let found = done.stderr.matches(": Enzyme: ").count();
    let expected = case.expected.iter().filter(|(first, _)| *first).count();
    if found != expected {
        return fail(&format!("{expected} diagnostics expected, {found} found"));
    }
    if !passes && expected == 0 {
        return fail("a refused case must expect its diagnostic");
    }
    Ok(())
}

fn main() {
    let arguments = Arguments::from_args();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("tests/files/reject"))
        .expect("the cases are in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "c" || ext == "ll")
        })
        .collect();
    paths.sort();
    let mut trials = Vec::new();
    for path in paths {
        let case = std::sync::Arc::new(read(path));
        for level in case.levels.clone() {
            let case = case.clone();
            trials.push(Trial::test(format!("{}@O{level}", case.name), move || {
                check(&case, &level)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
