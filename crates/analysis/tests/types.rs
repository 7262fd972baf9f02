//! Golden tests of type analysis: `tests/files/types/*.rz`.
//!
//! A file is a module in the view's text form, a line `====`, and the expected dump of its first
//! function and, behind it, of every context reached by calls. `RIBOZYME_BLESS=1` rewrites them.

use rz_analysis::types::{Context, TypeAnalysis};
use std::path::{Path, PathBuf};

fn dump(source: &str) -> String {
    let module = rz_view::text::parse(source).expect("the input parses");
    let analysis = TypeAnalysis::new(&module);
    let first = module.funcs.iter().find(|(_, data)| data.body.is_some());
    let mut todo = vec![Context::unknown(&module, first.expect("a function").0)];
    let mut next = 0;
    let mut out = String::new();
    while let Some(context) = todo.get(next).cloned() {
        next += 1;
        let types = analysis.solve(context);
        out.push_str(&types.print());
        for inst in module.body(types.func()).insts.keys() {
            if let Some(callee) = types.callee(inst)
                && !todo.contains(callee)
            {
                todo.push(callee.clone());
            }
        }
    }
    out
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/files/types")
}

#[test]
fn golden() {
    let mut failures = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder())
        .expect("folder of tests")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rz"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("readable");
        let (source, expected) = text.split_once("====\n").unwrap_or((&text, ""));
        let found = dump(source);
        if found == expected {
            continue;
        }
        if std::env::var_os("RIBOZYME_BLESS").is_some() {
            std::fs::write(&path, format!("{source}====\n{found}")).expect("writable");
        } else {
            failures.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
