//! Complex numbers as the tables have them: two scalar arguments, or the two fields of a result.
//!
//! | target | argument | result |
//! |---|---|---|
//! | x86-64 `float` | `<2 x float>` | `<2 x float>` |
//! | x86-64 `long double` | in memory, `byval` | `{x86_fp80, x86_fp80}` |
//! | x86-64 `_Float128` | in memory, `byval` | in memory, `sret` |
//! | `AArch64` | `[2 x double]` | `{double, double}` |
//!
//! Darwin's `__sincosf_stret` returns its pair like a complex number.
//!
//! The stand-in packs the scalars as the original wants them, in memory of its own where need be.

use super::{Rewritten, STAND_IN, StandIn};
use rz_llvm::{Builder, Function, Place, Type, TypeKind, Value};
use rz_rules::{Operand, Output, Rule};

/// How the original takes one operand, or a complex pair of them.
#[derive(Clone, Copy)]
enum Slot {
    /// One argument for one operand.
    Plain,
    /// Two scalar arguments.
    Scalars,
    /// A vector of two lanes.
    Lanes,
    /// A struct or array of two fields.
    Fields(Type),
    /// The address of such a struct or array, which is passed by value.
    Memory(Type),
}

/// How the original returns.
#[derive(Clone, Copy)]
enum Result {
    /// As the tables have it.
    Plain,
    /// A vector of two lanes.
    Lanes,
    /// An array of two elements.
    Array,
    /// Through its first argument.
    Memory(Type),
}

/// Calls a complex function through a stand-in, unless its prototype is plain.
pub(super) fn rewrite(b: &Builder, call: Value, callee: Function) -> Option<Rewritten> {
    rewrite_registered(b, call, callee).or_else(|| {
        let name = callee.name();
        rewrite_like(b, call, callee, &name, rz_rules::lookup(&name)?.rule)
    })
}

/// The same for a function of the user's that is registered to be like one, or a call of it that is.
pub(super) fn rewrite_registered(b: &Builder, call: Value, callee: Function) -> Option<Rewritten> {
    const LIKE: &str = "enzyme_math";
    if callee.attribute(Place::Function, STAND_IN).is_some() {
        return None;
    }
    let of_call = call.call_attributes(Place::Function);
    let of_call = of_call.into_iter().find(|a| a.name() == LIKE);
    let found = of_call.or_else(|| callee.attribute(Place::Function, LIKE))?;
    let like = found.string_value()?;
    rewrite_like(b, call, callee, &like, rz_rules::named(&like)?.rule)
}

/// Calls `callee`, which follows the rule of `like`, through a stand-in.
fn rewrite_like(
    b: &Builder,
    call: Value,
    callee: Function,
    like: &str,
    rule: &Rule,
) -> Option<Rewritten> {
    let complex_result = rule.outputs().iter().copied().all(is_field) && rule.outputs().len() == 2;
    if rule.pairs() == 0 && !(complex_result && call.ty().is_vector()) {
        return None;
    }
    let (result, first) = result(call, complex_result)?;
    let slots = slots(rule, call, first)?;
    let plain = |slot: &Slot| matches!(slot, Slot::Plain | Slot::Scalars);
    if matches!(result, Result::Plain) && slots.iter().all(plain) {
        return None;
    }
    let args = unpack_all(b, call, &slots, first);
    let scalar = args.first()?.ty();
    let context = scalar.context();
    let returned = if complex_result {
        context.structure(&[scalar, scalar], false)
    } else {
        scalar
    };
    let effects = call.call_effects();
    let stand_in = StandIn {
        label: &callee.name(),
        rule: like,
        params: args.iter().map(|a| a.ty()).collect(),
        result: returned,
        errno: effects.errno.write || effects.other.write,
    };
    let function = stand_in.function(callee.module(), |b, params| {
        make_call(b, call, params, &slots, result, returned)
    });
    let value = b.call(function, &args);
    Some(match result {
        Result::Plain => Rewritten::Value(value),
        Result::Lanes | Result::Array => {
            let parts = [b.extract_value(value, 0), b.extract_value(value, 1)];
            Rewritten::Value(pack(b, call.ty(), parts))
        }
        Result::Memory(ty) => {
            for part in 0..2 {
                let to = b.field(ty, call.operand(0), part);
                b.store(b.extract_value(value, part), to, 0);
            }
            Rewritten::Done
        }
    })
}

fn is_field(output: Output) -> bool {
    output.real && matches!(output.place, rz_rules::Place::Field(_))
}

/// How the call returns, and the number of its first argument that is an operand.
fn result(call: Value, complex: bool) -> Option<(Result, u32)> {
    let ty = call.ty();
    Some(match ty.kind() {
        _ if !complex => (Result::Plain, 0),
        TypeKind::Struct if is_pair(ty) => (Result::Plain, 0),
        TypeKind::Vector if ty.vector_len() == 2 => (Result::Lanes, 0),
        TypeKind::Array if is_pair(ty) => (Result::Array, 0),
        TypeKind::Void => (Result::Memory(in_memory(call, 0, "sret")?), 1),
        _ => return None,
    })
}

/// The pair that an argument with an attribute such as `byval` points to.
fn in_memory(call: Value, arg: u32, attribute: &str) -> Option<Type> {
    let place = Place::Param(arg);
    let mut all = call.call_attributes(place);
    all.extend(call.called_function()?.attributes(place));
    let found = all.into_iter().find(|a| a.name() == attribute)?;
    found.type_value().filter(|&ty| is_pair(ty))
}

/// Two fields of one float type.
fn is_pair(ty: Type) -> bool {
    match ty.kind() {
        TypeKind::Struct => {
            matches!(ty.fields().as_slice(), [a, b] if a == b && a.is_float())
        }
        TypeKind::Array => ty.array_len() == 2 && ty.element().is_float(),
        _ => false,
    }
}

fn slots(rule: &Rule, call: Value, first: u32) -> Option<Vec<Slot>> {
    let mut slots = Vec::new();
    let (mut operand, mut arg) = (0, first);
    while operand < rule.arity() {
        if arg >= call.arg_count() {
            return None;
        }
        if rule.pairs() >> operand & 1 == 0 {
            let real = matches!(rule.operands()[operand], Operand::Real | Operand::Fixed);
            if !real || !call.operand(arg).ty().is_float() {
                return None;
            }
            slots.push(Slot::Plain);
            operand += 1;
            arg += 1;
            continue;
        }
        let ty = call.operand(arg).ty();
        let slot = match ty.kind() {
            TypeKind::Vector if ty.vector_len() == 2 => Slot::Lanes,
            TypeKind::Pointer => Slot::Memory(in_memory(call, arg, "byval")?),
            _ if is_pair(ty) => Slot::Fields(ty),
            _ if ty.is_float() && !ty.is_vector() => {
                arg += 1;
                Slot::Scalars
            }
            _ => return None,
        };
        slots.push(slot);
        operand += 2;
        arg += 1;
    }
    (arg == call.arg_count()).then_some(slots)
}

/// The operands of the rule, as scalars.
fn unpack_all(b: &Builder, call: Value, slots: &[Slot], first: u32) -> Vec<Value> {
    let mut values = Vec::new();
    let mut arg = first;
    let int = b.context().int(32);
    for &slot in slots {
        let value = call.operand(arg);
        match slot {
            Slot::Plain => values.push(value),
            Slot::Scalars => {
                arg += 1;
                values.extend([value, call.operand(arg)]);
            }
            Slot::Lanes => {
                values.extend((0..2).map(|i| b.extract_element(value, int.int_const(i))));
            }
            Slot::Fields(_) => values.extend((0..2).map(|i| b.extract_value(value, i))),
            Slot::Memory(ty) => {
                values.extend((0..2).map(|i| b.load(part_type(ty), b.field(ty, value, i), 0)));
            }
        }
        arg += 1;
    }
    values
}

fn part_type(pair: Type) -> Type {
    match pair.kind() {
        TypeKind::Array => pair.element(),
        _ => pair.fields()[0],
    }
}

/// A vector, struct or array of two parts.
fn pack(b: &Builder, ty: Type, parts: [Value; 2]) -> Value {
    let int = b.context().int(32);
    let mut whole = ty.poison();
    for (index, part) in (0..).zip(parts) {
        whole = if ty.is_vector() {
            b.insert_element(whole, part, int.int_const(u64::from(index)))
        } else {
            b.insert_value(whole, part, index)
        };
    }
    whole
}

/// The original call on `params`, inside of the stand-in.
fn make_call(
    b: &Builder,
    call: Value,
    params: &[Value],
    slots: &[Slot],
    result: Result,
    returned: Type,
) -> Value {
    let copy = call.clone_instruction();
    copy.keep_metadata(&[]);
    copy.set_debug_loc(None);
    let mut arg = 0;
    let mut set = |value: Value| {
        copy.set_operand(arg, value);
        arg += 1;
    };
    let memory = match result {
        Result::Memory(ty) => Some((ty, b.entry_alloca(ty, 16))),
        Result::Plain | Result::Lanes | Result::Array => None,
    };
    if let Some((_, at)) = memory {
        set(at);
    }
    let mut values = params.iter().copied();
    let mut next = || values.next().expect("a parameter for each operand");
    for &slot in slots {
        match slot {
            Slot::Plain => set(next()),
            Slot::Scalars => {
                set(next());
                set(next());
            }
            Slot::Lanes => {
                let parts = [next(), next()];
                set(pack(b, parts[0].ty().vector(2), parts));
            }
            Slot::Fields(ty) => {
                let parts = [next(), next()];
                set(pack(b, ty, parts));
            }
            Slot::Memory(ty) => {
                let at = b.entry_alloca(ty, 16);
                for part in 0..2 {
                    b.store(next(), b.field(ty, at, part), 0);
                }
                set(at);
            }
        }
    }
    b.insert(copy);
    let parts = match result {
        Result::Plain => return copy,
        Result::Lanes => {
            let int = b.context().int(32);
            [0, 1].map(|i| b.extract_element(copy, int.int_const(i)))
        }
        Result::Array => [0, 1].map(|i| b.extract_value(copy, i)),
        Result::Memory(ty) => {
            let at = memory.expect("made above").1;
            [0, 1].map(|i| b.load(part_type(ty), b.field(ty, at, i), 0))
        }
    };
    pack(b, returned, parts)
}
