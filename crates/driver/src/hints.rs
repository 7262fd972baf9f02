//! Calls with a special meaning inside a primal (section 14): read by the analyses, gone at the end.
//!
//! Nobody defines these functions, so a call that outlives lowering would fail the link.
//!
//! ```text
//! call void (...) @__enzyme_double(ptr %p, i64 8)                 → nothing
//! %n = call i32 @__enzyme_iter(i32 %m)                            → %m
//! %r = call double (ptr, ...) @__enzyme_call_inactive(ptr @f, double %x)  → %r = call double @f(double %x)
//! %v = call double @__enzyme_sample(ptr @draw, ptr @pdf, ptr @.a, double %x)     → %v = call double @draw(double %x)
//! %v = call double @__enzyme_observe(double %y, ptr @pdf, ptr @.a, double %x)    → %y
//! ```

use crate::sweep;
use crate::values::{position, strip_casts};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Builder, Function, Module, Opcode, Place, Type, Value};
use rz_rules::known::hint;

const INACTIVE: &str = "__enzyme_call_inactive";
const ITERATIONS: &str = "__enzyme_iter";
/// Where nobody asks for a trace a sample is drawn and an observation is what was observed.
const SAMPLE: &str = "__enzyme_sample";
const OBSERVE: &str = "__enzyme_observe";
/// Operands of a sample that are no arguments of the sampler: it, the density, the address.
const SAMPLER: usize = 3;

/// LLVM's number for "may access memory that IR cannot see": enough to keep a call where it is, and
/// no reason to distrust anything else.
const HIDDEN_MEMORY: u64 = 0b11 << 2;

/// True when the module makes calls that mean something outside of differentiated code too.
pub(crate) fn has_calls(module: Module) -> bool {
    let means = |function: Function| {
        let name = function.name();
        function.is_declaration()
            && ([INACTIVE, SAMPLE, OBSERVE]
                .iter()
                .any(|stem| name.contains(stem))
                || name == ITERATIONS
                || hint(&name).is_some())
    };
    module.functions().into_iter().any(means)
}

/// Before the host simplifies: hints must stand in no optimization's way.
pub(crate) fn prepare(module: Module) -> bool {
    let mut changed = false;
    for function in module.functions() {
        if !function.is_declaration() {
            continue;
        }
        if hint(&function.name()).is_some() {
            claim_little(function);
            changed = true;
        } else {
            changed |= plain(function);
        }
    }
    changed
}

/// What means the same with and without derivatives. True when a call was replaced.
fn plain(function: Function) -> bool {
    let name = function.name();
    if name == ITERATIONS || name.contains(OBSERVE) {
        first_operand(function)
    } else if name.contains(SAMPLE) {
        samples(function)
    } else {
        false
    }
}

/// A hint touches nothing.
fn claim_little(function: Function) {
    let context = function.context();
    let add = |name: &str, value: u64| {
        if let Some(attribute) = Attribute::named(context, name, value) {
            function.add_attribute(Place::Function, attribute);
        }
    };
    add("memory", HIDDEN_MEMORY);
    for name in ["nounwind", "willreturn", "nofree", "nosync", "nocallback"] {
        add(name, 0);
    }
    for call in calls(function) {
        let ends = call.arg_count() > 0 && call.operand(0).ty().is_pointer();
        if let Some(attribute) = Attribute::named(context, "captures", 0).filter(|_| ends) {
            call.add_call_attribute(Place::Param(0), attribute);
        }
    }
}

/// A call is its first operand.
fn first_operand(function: Function) -> bool {
    let mut changed = false;
    for call in calls(function) {
        if call.arg_count() > 0 && call.operand(0).ty() == call.ty() {
            call.replace_all_uses(call.operand(0));
            sweep::erase_request(call);
            changed = true;
        }
    }
    changed
}

/// A call draws a sample.
fn samples(function: Function) -> bool {
    let mut changed = false;
    for call in calls(function) {
        let args = call.args();
        if args.len() < SAMPLER || call.opcode() == Some(Opcode::Invoke) {
            continue;
        }
        let sampler = strip_casts(args[0]).as_function();
        let args = &args[SAMPLER..];
        let fits = |f: &Function| {
            let params = f.ty().params();
            f.return_type() == call.ty()
                && params
                    .iter()
                    .eq(args.iter().map(|a| a.ty()).collect::<Vec<_>>().iter())
        };
        let Some(sampler) = sampler.filter(fits) else {
            continue;
        };
        let b = Builder::new(call.context());
        b.position_before(call);
        b.set_debug_loc(call.debug_loc());
        let drawn = b.call(sampler, args);
        if !call.ty().is_void() {
            call.replace_all_uses(drawn);
        }
        sweep::erase_request(call);
        changed = true;
    }
    changed
}

/// Refuses hints whose extent is not known.
pub(crate) fn check(function: Function) -> Result<()> {
    for call in function.instructions() {
        let Some(name) = call.is_call().then(|| call.called_function()).flatten() else {
            continue;
        };
        let name = name.name();
        if hint(&name).is_none() || call.arg_count() == 0 {
            continue;
        }
        let wrong = |what: &str| {
            Err(
                Diagnostic::error(Code::Registration, format!("`{name}` {what}"))
                    .at(position(call))
                    .fix("write a pointer, then how many bytes behind it, as a constant"),
            )
        };
        if !call.operand(0).ty().is_pointer() {
            return wrong("says nothing about a value that is no pointer");
        }
        if call.arg_count() > 1 && call.operand(1).int_value().is_none() {
            return wrong("needs a constant number of bytes");
        }
    }
    Ok(())
}

/// Erases hints and makes inactive calls plain ones. True when there were any; what cannot be
/// called is reported.
pub(crate) fn erase(module: Module, errors: &mut Vec<(Function, Diagnostic)>) -> bool {
    let mut changed = false;
    for function in module.functions() {
        if !function.is_declaration() {
            continue;
        }
        let name = function.name();
        if hint(&name).is_some() {
            for call in calls(function) {
                if !call.has_uses() {
                    sweep::erase_request(call);
                    changed = true;
                }
            }
        } else if name.contains(SAMPLE) || name.contains(OBSERVE) {
            changed |= plain(function);
            for call in calls(function) {
                let error = Diagnostic::error(
                    Code::WrongArgumentType,
                    format!("`{name}` does not fit the function it is given"),
                );
                let fix = "pass the sampler (or the value), the density, the address, and the sampler's arguments";
                errors.push((call.function(), *error.at(position(call)).fix(fix)));
            }
        } else if name == ITERATIONS {
            changed |= plain(function);
        } else if name.contains(INACTIVE) {
            for call in calls(function) {
                let caller = call.function();
                match plain_call(call) {
                    Ok(()) => changed = true,
                    Err(error) => errors.push((caller, *error)),
                }
            }
        }
    }
    changed
}

/// `__enzyme_call_inactive(fn, args…)` becomes `fn(args…)`, inactive.
fn plain_call(call: Value) -> Result<()> {
    let memory = call.arg_count() > 0 && call.arg_has_attribute(0, "sret");
    let first = u32::from(memory);
    if call.arg_count() <= first {
        return Err(Diagnostic::error(
            Code::TooFewArguments,
            format!("too few arguments: {INACTIVE} needs a function"),
        )
        .at(position(call))
        .fix("pass the function to call first"));
    }
    let args: Vec<Value> = (0..call.arg_count())
        .filter(|&index| index != first)
        .map(|index| call.operand(index))
        .collect();
    let params: Vec<Type> = args.iter().map(|arg| arg.ty()).collect();
    let ty = call.ty().function(&params, false);
    let target = strip_casts(call.operand(first));
    if let Some(function) = target.as_function()
        && function.ty() != ty
        && !function.ty().is_varargs()
    {
        return Err(Diagnostic::error(
            Code::WrongArgumentType,
            format!(
                "{INACTIVE} calls `{}` as {ty}, but it is {}",
                function.name(),
                function.ty()
            ),
        )
        .at(position(call))
        .fix("declare the request with the parameters and the result of the function"));
    }
    let ty = target.as_function().map_or(ty, Function::ty);
    let builder = Builder::new(call.context());
    builder.position_before(call);
    builder.set_debug_loc(call.debug_loc());
    let plain = if call.opcode() == Some(Opcode::Invoke) {
        let (normal, unwind) = (call.normal_dest(), call.unwind_dest());
        builder.invoke(ty, target, &args, normal, unwind)
    } else {
        builder.call_value(ty, target, &args)
    };
    let mark = Attribute::string(call.context(), "enzyme_inactive", "");
    plain.add_call_attribute(Place::Function, mark);
    if memory {
        for attribute in call.call_attributes(Place::Param(0)) {
            plain.add_call_attribute(Place::Param(0), attribute);
        }
    }
    if !call.ty().is_void() {
        call.replace_all_uses(plain);
    }
    call.erase();
    Ok(())
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
