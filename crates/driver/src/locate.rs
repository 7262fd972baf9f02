//! The requests of a module.

use crate::memory::loaded_value;
use crate::request::{Entry, Operand, Primal};
use crate::resolve::marker_name;
use crate::values::{callee, shape, text};
use rustc_hash::FxHashSet;
use rz_diag::Diagnostic;
use rz_llvm::{Analyses, Function, Linkage, Module, Opcode, Place, Value, ValueKind};
use rz_view::ordered::IndexMap;

/// A request's call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// The call or invoke.
    pub(crate) call: Value,
    /// What it asks for.
    pub(crate) entry: Entry,
}

impl Site {
    /// Position of the function operand: behind the result's memory, if there is any.
    pub(crate) fn function_operand(self) -> u32 {
        u32::from(self.call.arg_count() > 0 && self.call.arg_has_attribute(0, "sret"))
    }
}

/// True when the module calls an entry point at all.
pub(crate) fn has_requests(module: Module) -> bool {
    module
        .functions()
        .into_iter()
        .any(|function| Entry::of(&function.name()).is_some())
}

/// Turns definitions of entry points into declarations: their bodies mean nothing, and the host
/// must not inline them before their calls are lowered. True when there were any.
pub(crate) fn forget_bodies(analyses: Analyses) -> bool {
    let mut changed = false;
    for function in analyses.module().functions() {
        if !function.is_declaration() && Entry::of(&function.name()).is_some() {
            analyses.forget(function);
            function.erase_body();
            function.value().clear_comdat();
            function.set_linkage(Linkage::External);
            changed = true;
        }
    }
    changed
}

/// All requests, by enclosing function, both in module order.
pub(crate) fn requests(module: Module) -> IndexMap<Function, Vec<Site>> {
    let mut callers = FxHashSet::default();
    for function in module.functions() {
        if Entry::of(&function.name()).is_some() {
            collect_callers(function.value(), &mut callers);
        }
    }
    let mut found = IndexMap::default();
    for function in module.functions() {
        if callers.contains(&function) {
            let sites = requests_in(function);
            if !sites.is_empty() {
                found.insert(function, sites);
            }
        }
    }
    found
}

fn collect_callers(value: Value, callers: &mut FxHashSet<Function>) {
    for user in value.users() {
        if user.is_instruction() {
            callers.insert(user.function());
        } else if user.is_constant() && user.as_global().is_none() && user.as_function().is_none() {
            collect_callers(user, callers);
        }
    }
}

/// The requests of one function, in order.
pub(crate) fn requests_in(function: Function) -> Vec<Site> {
    let mut sites = Vec::new();
    for call in function.instructions() {
        if call.is_call()
            && let Some(entry) = callee(call).and_then(|callee| Entry::of(&callee.name()))
        {
            sites.push(Site { call, entry });
        }
    }
    sites
}

/// Attribute of held clones; its value is the original's name.
pub(crate) const HELD: &str = "ribozyme-held";

/// The original's name, for a clone.
pub(crate) fn held_name(function: Function) -> Option<String> {
    function
        .attribute(Place::Function, HELD)
        .and_then(rz_llvm::Attribute::string_value)
}

/// The name of a function as the user knows it.
pub(crate) fn user_name(function: Function) -> String {
    held_name(function).unwrap_or_else(|| function.name())
}

/// Prefix of the names of held clones.
pub(crate) const CLONE: &str = "rz.held.";

/// What the names of recorded copies end in.
pub(crate) const COPY: &str = ".recorded";

/// Names functions as the user knows them; the analyses see clones.
pub(crate) fn with_user_names(mut diagnostic: Box<Diagnostic>) -> Box<Diagnostic> {
    let plain = |text: &str| text.replace(CLONE, "").replace(COPY, "");
    diagnostic.message = plain(&diagnostic.message);
    for note in &mut diagnostic.notes {
        *note = plain(note);
    }
    diagnostic.fix = diagnostic.fix.map(|fix| plain(&fix));
    diagnostic
}

/// Summarizes the primal for the grammar.
pub(crate) fn primal(function: Function) -> Primal {
    let params = function.ty().params();
    Primal {
        name: user_name(function),
        params: params.iter().map(|&ty| shape(ty)).collect(),
        param_texts: params.iter().map(ToString::to_string).collect(),
        sret: function.attribute(Place::Param(0), "sret").is_some(),
        ret: shape(function.return_type()),
        ret_text: function.return_type().to_string(),
    }
}

/// Summarizes the operands of a request for the grammar.
pub(crate) fn operands(site: Site) -> Vec<Operand> {
    let module = site.call.function().module();
    let first = site.function_operand() as usize;
    site.call
        .args()
        .into_iter()
        .enumerate()
        .map(|(index, value)| Operand {
            marker: (index > first)
                .then(|| marker_name(module, value))
                .flatten(),
            constant: constant(module, value, 8),
            shape: shape(value.ty()),
            text: text(value),
        })
        .collect()
}

/// The integer an operand must be. Unoptimized code keeps sizes in local variables.
fn constant(module: Module, value: Value, depth: u32) -> Option<i128> {
    if value.kind() == ValueKind::Int {
        return sign_extend(value.int_value()?, value.ty().int_bits());
    }
    if depth == 0 || !value.ty().is_int() {
        return None;
    }
    let bits = value.ty().int_bits();
    match value.opcode()? {
        Opcode::Load => {
            let stored = loaded_value(module, value.operand(0), value.ty())?;
            constant(module, stored, depth - 1)
        }
        Opcode::SExt => constant(module, value.operand(0), depth - 1),
        Opcode::Trunc => {
            let wide = constant(module, value.operand(0), depth - 1)?;
            sign_extend(
                wide as u128 & (u128::MAX >> 128u32.checked_sub(bits)?),
                bits,
            )
        }
        Opcode::ZExt => {
            let narrow = constant(module, value.operand(0), depth - 1)?;
            let from = value.operand(0).ty().int_bits();
            Some((narrow as u128 & (u128::MAX >> 128u32.checked_sub(from)?)) as i128)
        }
        _ => None,
    }
}

fn sign_extend(bits: u128, width: u32) -> Option<i128> {
    let shift = 128u32.checked_sub(width)?;
    Some(((bits << shift) as i128) >> shift)
}
