//! Stand-ins for forward mode: a tangent function that calls the user's.

use super::pass::{Call, read};
use super::shape::{self, is_active};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, Function, Type, Value};

/// What the stand-in is like.
pub(crate) struct Wanted<'k> {
    /// Per parameter of the primal: its shadow follows.
    pub(crate) shadowed: &'k [bool],
    /// The primal result is wanted.
    pub(crate) primal: bool,
    /// The tangent of the result is wanted.
    pub(crate) tangent: bool,
}

/// Writes the body of `target`, the forward derivative of `primal`.
pub(crate) fn write(target: Function, primal: Function, wanted: &Wanted<'_>) -> Result<()> {
    let rule = shape::derivative(primal)?;
    let b = Builder::at_end(target.append_block("entry"));
    let mut given = target.params().into_iter();
    let mut take = || given.next();
    let mut params: Vec<(Value, Option<Value>)> = Vec::new();
    for &shadowed in wanted.shadowed {
        if let Some(value) = take() {
            let shadow = if shadowed { take() } else { None };
            params.push((value, shadow));
        }
    }
    let skip = usize::from(rule.primal.in_memory);
    let mut call = Call::new(&b, rule.tangent);
    for &(value, shadow) in &params[skip..] {
        call.pass(value);
        call.pass(shadow.unwrap_or_else(|| constant(value)));
    }
    let memory = call.finish();
    let result = memory.zip(rule.primal.ret).map(|(memory, ty)| {
        let module = target.module();
        let pair = ty.context().structure(&[ty, ty], false);
        (
            read(&b, ty, memory, 0),
            read(&b, ty, memory, module.field_offset(pair, 1)),
        )
    });
    let components: Vec<Value> = match result {
        Some((value, tangent)) if rule.primal.in_memory => {
            b.store(value, params[0].0, 1);
            if let Some(shadow) = params[0].1 {
                b.store(tangent, shadow, 1);
            }
            Vec::new()
        }
        Some((value, tangent)) => [(wanted.primal, value), (wanted.tangent, tangent)]
            .into_iter()
            .filter_map(|(on, value)| on.then_some(value))
            .collect(),
        None => Vec::new(),
    };
    give_back(&b, target.return_type(), &components);
    target.ensure_call_locations();
    target.verify().map_err(|message| {
        Diagnostic::error(Code::Internal, "a registered derivative is called wrongly")
            .note(format!("in {}", target.name()))
            .note(message)
    })
}

/// What stands for the tangent of a constant argument.
fn constant(value: Value) -> Value {
    if is_active(value.ty()) {
        value.ty().zero()
    } else {
        value
    }
}

fn give_back(b: &Builder, ty: Type, components: &[Value]) {
    match components {
        [] => b.ret(None),
        [only] => b.ret(Some(*only)),
        _ => {
            let mut result = ty.poison();
            for (index, &component) in components.iter().enumerate() {
                result = b.insert_value(result, component, index as u32);
            }
            b.ret(Some(result))
        }
    };
}
