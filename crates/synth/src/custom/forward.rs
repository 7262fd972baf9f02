//! Stand-ins for forward mode: a tangent function that calls the user's.

use super::pass::{Call, read};
use super::recorded;
use super::shape::{self, is_active};
use crate::directions::{pack, unpack};
use crate::runtime::Runtime;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, CastOp, Function, Type, Value};

/// What the stand-in is like.
pub(crate) struct Wanted<'k> {
    /// Per parameter of the primal: its shadow follows.
    pub(crate) shadowed: &'k [bool],
    /// The primal result is wanted.
    pub(crate) primal: bool,
    /// The tangent of the result is wanted.
    pub(crate) tangent: bool,
    /// Directions carried at once.
    pub(crate) width: u32,
}

/// Writes the body of `target`, the forward derivative of `primal`.
pub(crate) fn write(target: Function, primal: Function, wanted: &Wanted<'_>) -> Result<()> {
    let rule = shape::derivative(primal)?;
    let followed = recorded::is_copy(primal);
    let once = followed && recorded::is_for_one_direction(primal);
    if wanted.width > 1 {
        super::check_directions(&rule.primal, once)?;
    }
    let b = Builder::at_end(target.append_block("entry"));
    let mut given = target.params().into_iter();
    let mut take = || given.next();
    // Each parameter with its shadows, one for each direction.
    let mut params: Vec<(Value, Vec<Value>)> = Vec::new();
    for &shadowed in wanted.shadowed {
        if let Some(value) = take() {
            let shadow = if shadowed { take() } else { None };
            let shadows = shadow.map_or_else(Vec::new, |s| unpack(&b, s, wanted.width));
            params.push((value, shadows));
        }
    }
    let skip = usize::from(rule.primal.in_memory);
    let log = params.last().filter(|_| followed).map(|&(log, _)| log);
    let log = log.map(|log| b.cast(CastOp::IntToPtr, log, b.context().pointer(0)));
    let start = log.map(|log| Runtime::new(b.module()).mark_log(&b, log));
    let mut results = Vec::new();
    for direction in 0..wanted.width as usize {
        if let (Some(log), Some(start), true) = (log, start, direction > 0) {
            // Each direction reads the same.
            Runtime::new(b.module()).return_to(&b, log, start);
        }
        let mut call = Call::new(&b, rule.tangent);
        for (value, shadows) in &params[skip..] {
            call.pass(*value);
            let shadow = shadows.get(direction).copied();
            call.pass(shadow.unwrap_or_else(|| constant(*value)));
        }
        let memory = call.finish();
        results.extend(memory.zip(rule.primal.ret).map(|(memory, ty)| {
            let module = target.module();
            let pair = ty.context().structure(&[ty, ty], false);
            (
                read(&b, ty, memory, 0),
                read(&b, ty, memory, module.field_offset(pair, 1)),
            )
        }));
    }
    let components: Vec<Value> = match results.first() {
        Some(&(value, _)) if rule.primal.in_memory => {
            // Where the log is followed the primal has its result already.
            if !followed {
                b.store(value, params[0].0, 1);
            }
            for (&shadow, &(_, tangent)) in params[0].1.iter().zip(&results) {
                b.store(tangent, shadow, 1);
            }
            Vec::new()
        }
        Some(&(value, _)) => {
            let tangents: Vec<Value> = results.iter().map(|&(_, t)| t).collect();
            let primal = wanted.primal.then_some(value);
            let tangent = wanted.tangent.then(|| pack(&b, &tangents));
            primal.into_iter().chain(tangent).collect()
        }
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
