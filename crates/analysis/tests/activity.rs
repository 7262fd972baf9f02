//! Golden tests of activity analysis: `tests/files/activity/*.rz`.
//!
//! The first line names the context, `; f(dup, const, active) -> active`. A module in the view's
//! text form follows, a line `====`, and the expected dump of that context and of every context
//! reached by active calls. `RIBOZYME_BLESS=1` rewrites the expectations.

mod golden;

use rz_analysis::activity::{Analyzer, ArgState, Context, Options};
use rz_analysis::types::TypeAnalysis;
use rz_view::Module;
use rz_view::op::Callee;

fn context(module: &Module, line: &str) -> Option<Context> {
    let (call, ret) = line.strip_prefix("; ")?.split_once(" -> ")?;
    let (name, args) = call.strip_suffix(')')?.split_once('(')?;
    let state = |word: &str| {
        Some(match word.trim() {
            "const" => ArgState::Const,
            "active" => ArgState::Active,
            "dup" => ArgState::DUP,
            _ => return None,
        })
    };
    Some(Context {
        func: module.func_named(name)?,
        args: args.split(',').map(state).collect::<Option<_>>()?,
        ret: ret.trim() == "active",
    })
}

fn dump(source: &str) -> String {
    let module = rz_view::text::parse(source).expect("the input parses");
    let first = source.lines().next().unwrap_or_default();
    let root = context(&module, first).expect("the first line names a context");
    let types = TypeAnalysis::new(&module);
    let options = Options {
        inactive_globals: !source.contains("; globals active"),
        ..Options::default()
    };
    let mut analyzer = Analyzer::new(&module, &types, options);
    let mut todo = vec![root];
    let mut next = 0;
    let mut out = String::new();
    while let Some(context) = todo.get(next).cloned() {
        next += 1;
        let activity = analyzer.analyze_alone(&context).expect("a body");
        out.push_str(&activity.print(&module));
        for (inst, data) in &module.body(context.func).insts {
            let Some(Callee::Direct(func)) = data.op.call().map(|c| c.callee.clone()) else {
                continue;
            };
            if let Some(call) = activity.call_activity(inst)
                && module.funcs[func].body.is_some()
            {
                let reached = Context {
                    func,
                    args: call.args.clone(),
                    ret: call.ret,
                };
                if !todo.contains(&reached) {
                    todo.push(reached);
                }
            }
        }
    }
    out
}

#[test]
fn golden_files() {
    golden::check("activity", dump);
}
