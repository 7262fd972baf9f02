//! Functions whose addresses are taken in differentiated code.
//!
//! What a pointer may hold is not always known, so every such function needs a table of derivatives
//! that calls through pointers find at run time. Its body is differentiated in a clone that stands
//! in for it; the address stays the original's, since programs compare addresses.

use crate::dispatch::is_through_pointer;
use crate::hold::is_ours;
use rustc_hash::FxHashSet;
use rz_llvm::{Function, Value, ValueKind};
use rz_rules::known::{self, Class};

/// The functions whose addresses `functions` use other than to call them or to hand them to code
/// outside. Constant tables count when some call goes through a pointer.
pub(crate) fn taken(functions: &[Function]) -> Vec<Function> {
    let calls = functions
        .iter()
        .any(|f| f.instructions().into_iter().any(is_through_pointer));
    let mut search = Search {
        tables: calls,
        seen: FxHashSet::default(),
        found: Vec::new(),
    };
    for function in functions {
        for inst in function.instructions() {
            for operand in operands(inst) {
                search.visit(operand);
            }
        }
    }
    search.found
}

/// The functions whose addresses are in a constant, or in what it points to.
pub(crate) fn inside(constant: Value) -> Vec<Function> {
    let mut search = Search {
        tables: true,
        seen: FxHashSet::default(),
        found: Vec::new(),
    };
    search.visit(constant);
    search.found
}

/// The operands through which an address may reach a call: what is handed to code outside is called there, but what
/// is copied from a constant table may come back.
fn operands(inst: Value) -> Vec<Value> {
    if !inst.is_call() {
        return inst.operands();
    }
    match inst.called_function() {
        Some(callee) if !is_ours(callee) && !copies(callee) => Vec::new(),
        _ => inst.args(),
    }
}

fn copies(callee: Function) -> bool {
    let name = callee.name();
    let intrinsic = ["llvm.memcpy.", "llvm.memmove."];
    intrinsic.iter().any(|start| name.starts_with(start))
        || known::lookup(&name).is_some_and(|known| matches!(known.class, Class::Move { .. }))
}

struct Search {
    tables: bool,
    seen: FxHashSet<Value>,
    found: Vec<Function>,
}

impl Search {
    fn visit(&mut self, value: Value) {
        if !value.is_constant() || !self.seen.insert(value) {
            return;
        }
        match value.kind() {
            ValueKind::Function => self.found.extend(value.as_function()),
            ValueKind::Alias => {
                if let Some(aliasee) = value.aliasee() {
                    self.visit(aliasee);
                }
            }
            ValueKind::GlobalVariable if self.tables => {
                let initializer = value.as_global().and_then(rz_llvm::Global::initializer);
                if let Some(initializer) = initializer {
                    self.visit(initializer);
                }
            }
            ValueKind::Expr | ValueKind::Aggregate => {
                for part in value.operands() {
                    self.visit(part);
                }
            }
            _ => {}
        }
    }
}
