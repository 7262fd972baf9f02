//! Golden tests of type analysis: `tests/files/types/*.rz`.
//!
//! A file is a module in the view's text form, a line `====`, and the expected dump of its first
//! function and, behind it, of every context reached by calls. `RIBOZYME_BLESS=1` rewrites them.

mod golden;

use rz_analysis::types::{Context, TypeAnalysis};

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

#[test]
fn golden_files() {
    golden::check("types", dump);
}
