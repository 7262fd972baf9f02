//! What was found out about a derivative and decided for it, as text for people.
//!
//! One [`Section`] a function: the requested one first, then everything differentiated through its
//! body, in the order of the calls. A refused derivative has sections too, up to where it failed.
//!
//! ```text
//! activity @f(dup) -> active
//!   v3 = fmul double v2, v2, f.c:3: active
//!     v3 depends on the active argument 0, …
//! ```

use crate::plan::Plan;
use crate::print::inst_text;
use crate::request::{Derivative, Mode};
use rz_analysis::activity::Activity;
use rz_analysis::types::FuncTypes;
use rz_diag::Result;
use rz_view::{Body, Func, Inst, Module};
use std::fmt::Write;

/// The explanation of one function.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// Name of the primal.
    pub name: String,
    /// The code, in which the other parts name values.
    pub code: String,
    /// What each byte of each value is.
    pub types: String,
    /// What carries derivatives, and why; the diagnostic when that was refused.
    pub activity: String,
    /// What is recomputed, stored, reversed; empty when that was refused.
    pub plan: String,
}

/// Steps of a chain of reasons that are shown.
const STEPS: usize = 4;

/// The section of one derivative.
pub fn section(
    module: &Module,
    key: &Derivative,
    types: &FuncTypes<'_>,
    activity: &Result<Activity>,
    plan: Option<&Plan>,
) -> Section {
    let plan = match (plan, key.mode) {
        (Some(plan), _) => plan.print(module),
        (None, Mode::Forward) => {
            "tangents are computed along with the primal: nothing is stored\n".to_owned()
        }
        (None, Mode::Combined | Mode::Split) => String::new(),
    };
    Section {
        name: module.funcs[key.func].name.clone(),
        code: code(module, key.func),
        types: types.print(),
        activity: match activity {
            Ok(activity) => reasons(module, activity),
            Err(error) => format!("{}\n", error.text()),
        },
        plan,
    }
}

/// The function in short: constants, then one line an instruction, no metadata.
fn code(module: &Module, func: Func) -> String {
    let body = module.body(func);
    let mut out = String::new();
    let text = module.func_text(func);
    let constants = text.lines().filter(|line| line.starts_with("  const "));
    let params: Vec<String> = body.params.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        out,
        "code @{}({})",
        module.funcs[func].name,
        params.join(", ")
    );
    for line in constants {
        let _ = writeln!(out, "{line}");
    }
    for (block, data) in &body.blocks {
        let _ = writeln!(out, "{block}:");
        for &inst in &data.insts {
            let _ = writeln!(out, "  {}", inst_text(module, body, inst));
        }
    }
    out
}

/// Every active instruction with the reasons for it.
fn reasons(module: &Module, activity: &Activity) -> String {
    let func = activity.context().func;
    let body = module.body(func);
    let mut out = String::new();
    let args: Vec<String> = activity
        .context()
        .args
        .iter()
        .map(ToString::to_string)
        .collect();
    let ret = if activity.context().ret {
        "active"
    } else {
        "const"
    };
    let _ = writeln!(
        out,
        "activity @{}({}) -> {ret}",
        module.funcs[func].name,
        args.join(", ")
    );
    for data in body.blocks.values() {
        for &inst in &data.insts {
            if let Some(word) = word(body, activity, inst) {
                let _ = writeln!(out, "  {}: {word}", inst_text(module, body, inst));
                let chain = activity.inst_reason(body, inst);
                for step in chain.iter().take(STEPS) {
                    let _ = writeln!(out, "    {step}");
                }
                if chain.len() > STEPS {
                    let _ = writeln!(out, "    … {} more steps", chain.len() - STEPS);
                }
            }
        }
    }
    out
}

fn word(body: &Body, activity: &Activity, inst: Inst) -> Option<&'static str> {
    let result = body.insts[inst].result;
    let (active, shadow) = result.map_or((false, false), |v| {
        (activity.differentiable(v), activity.shadow(v))
    });
    match (active, shadow) {
        (true, true) => Some("active, shadow"),
        (true, false) => Some("active"),
        (false, true) => Some("shadow"),
        (false, false) => activity.inst(inst).then_some("moves a derivative"),
    }
}
