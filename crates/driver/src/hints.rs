//! Calls with a special meaning inside a primal (section 14): read by the analyses, gone at the end.
//!
//! Nobody defines these functions, so a call that outlives lowering would fail the link.

use crate::sweep;
use rz_llvm::{Function, Module, Opcode, Value};

/// Type hints; their arguments are a pointer and a byte count.
const HINTS: [&str; 4] = [
    "__enzyme_float",
    "__enzyme_double",
    "__enzyme_integer",
    "__enzyme_pointer",
];

/// Erases all hints. True when there were any.
pub(crate) fn erase(module: Module) -> bool {
    let mut changed = false;
    for function in module.functions() {
        let name = function.name();
        if HINTS.iter().any(|hint| name.contains(hint)) && function.is_declaration() {
            for call in calls(function) {
                if !call.has_uses() {
                    sweep::erase_request(call);
                    changed = true;
                }
            }
        } else if name == "__enzyme_iter" {
            for call in calls(function) {
                if call.arg_count() > 0 && call.operand(0).ty() == call.ty() {
                    call.replace_all_uses(call.operand(0));
                    sweep::erase_request(call);
                    changed = true;
                }
            }
        }
    }
    changed
}

fn calls(function: Function) -> Vec<Value> {
    function
        .value()
        .users()
        .into_iter()
        .filter(|user| {
            matches!(user.opcode(), Some(Opcode::Call | Opcode::Invoke))
                && user.called_value() == function.value()
        })
        .collect()
}
