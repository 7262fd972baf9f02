//! Variadic functions of the user's: their clones take the address of the arguments instead.
//!
//! ```text
//! call double (i32, ...) @sum(i32 2, double %x, double %y)
//!                             →  %rest = alloca [16 x i8]
//!                                store double %x, ptr %rest; store double %y, ptr (%rest + 8)
//!                                call double @rz.held.sum(i32 2, ptr %rest)
//! call void @llvm.va_start(ptr %list)
//!                             →  what a list holds that has no registers left, only memory: %rest
//! ```
//!
//! So `va_arg` is what the front end wrote for it: a load, after a test that optimizers decide. The layout is
//! that of the System V interface for x86-64, where arguments in memory lie in slots of eight bytes, in order.
//! On other targets variadic functions stay as they are and are refused where they are active.

use rz_llvm::{Attribute, Builder, CloneChanges, Function, Linkage, Place, Type, Value, ValueMap};
use rz_llvm::{Block, Opcode};

/// Bytes of a slot.
const SLOT: u64 = 8;
/// What a list says when all registers that hold integers, and all that hold floats, were taken.
const NO_INTEGERS: u64 = 48;
const NO_FLOATS: u64 = 176;
/// Bytes of a list, and where its fields lie.
const LIST: u64 = 24;
const FLOATS: i64 = 4;
const MEMORY: i64 = 8;
const REGISTERS: i64 = 16;

/// True for a function that [`copy`] makes a copy of.
pub(crate) fn is_lowered(function: Function) -> bool {
    let triple = function.module().triple();
    function.ty().is_varargs()
        && !function.is_declaration()
        && triple.starts_with("x86_64")
        && !["windows", "uefi", "cygwin"]
            .iter()
            .any(|system| triple.contains(system))
        && function.instructions().into_iter().all(|inst| {
            // Arguments that are passed on are in nobody's memory.
            inst.opcode() != Some(Opcode::VaArg) && !(inst.is_call() && inst.is_musttail())
        })
}

/// A copy of `original` that takes the address of its variable arguments last.
pub(crate) fn copy(original: Function, name: &str) -> (Function, ValueMap) {
    let context = original.context();
    let mut params = original.ty().params();
    params.push(context.pointer(0));
    let ty = original.return_type().function(&params, false);
    let copy = original.module().add_function(name, ty, Linkage::Internal);
    let mut map = ValueMap::new();
    for (old, new) in original.params().into_iter().zip(copy.params()) {
        new.set_name(&old.name());
        map.set(old, new);
    }
    copy.clone_from(original, &mut map, CloneChanges::Local, "");
    // What was inferred does not know of the parameter.
    copy.remove_attribute(Place::Function, "memory");
    let rest = copy.param(copy.param_count() - 1);
    for inst in copy.instructions() {
        let Some(callee) = inst.is_call().then(|| inst.called_function()).flatten() else {
            continue;
        };
        let name = callee.intrinsic_name().unwrap_or_default();
        let b = Builder::new(context);
        b.position_before(inst);
        b.set_debug_loc(inst.debug_loc());
        if name.starts_with("llvm.va_start") {
            start(&b, inst.operand(0), rest);
        } else if name.starts_with("llvm.va_copy") {
            let bytes = context.int(64).int_const(LIST);
            b.memcpy(inst.operand(0), 8, inst.operand(1), 8, bytes);
        } else if !name.starts_with("llvm.va_end") {
            continue;
        }
        inst.erase();
    }
    (copy, map)
}

/// A list of arguments of which none is in a register.
fn start(b: &Builder, list: Value, rest: Value) {
    let int = b.context().int(32);
    b.store(int.int_const(NO_INTEGERS), list, 8);
    b.store(int.int_const(NO_FLOATS), b.ptr_offset(list, FLOATS), 4);
    b.store(rest, b.ptr_offset(list, MEMORY), 8);
    b.store(rest.ty().zero(), b.ptr_offset(list, REGISTERS), 8);
}

/// Replaces a call of a variadic function by one of its [`copy`].
pub(crate) fn call(call: Value, copy: Function) {
    let fixed = copy.param_count() - 1;
    let b = Builder::new(call.context());
    b.position_before(call);
    b.set_debug_loc(call.debug_loc());
    let mut args = call.args();
    let rest = args.split_off(fixed as usize);
    args.push(spread(&b, call, fixed, &rest));
    let new = if call.opcode() == Some(Opcode::Invoke) {
        let (normal, unwind): (Block, Block) = (call.normal_dest(), call.unwind_dest());
        b.invoke(copy.ty(), copy.value(), &args, normal, unwind)
    } else {
        b.call(copy, &args)
    };
    new.set_call_convention(copy.calling_convention());
    for index in 0..fixed {
        for attribute in call.call_attributes(Place::Param(index)) {
            new.add_call_attribute(Place::Param(index), attribute);
        }
    }
    for attribute in call.call_attributes(Place::Function) {
        if attribute.is_string() {
            new.add_call_attribute(Place::Function, attribute);
        }
    }
    if !call.ty().is_void() {
        let name = call.name();
        call.replace_all_uses(new);
        new.set_name(&name);
    }
    call.erase();
}

/// The address of the variable arguments, stored in memory.
fn spread(b: &Builder, call: Value, first: u32, rest: &[Value]) -> Value {
    let module = b.module();
    let context = b.context();
    let mut places: Vec<(u64, Value, Option<Type>)> = Vec::new();
    let (mut end, mut widest) = (0, SLOT);
    for (index, &arg) in (first..).zip(rest) {
        let copied = call.arg_byval(index);
        let ty = copied.unwrap_or(arg.ty());
        let stated = call.call_attributes(Place::Param(index));
        let stated = stated.into_iter().find(|a| a.name() == "align");
        let align = match (copied, stated.and_then(Attribute::int_value)) {
            (Some(_), Some(stated)) => stated,
            _ => u64::from(module.align(ty)),
        };
        let align = align.max(SLOT);
        widest = widest.max(align);
        let at = u64::next_multiple_of(end, align);
        places.push((at, arg, copied));
        end = at + module.alloc_size(ty).next_multiple_of(SLOT);
    }
    let memory = context.int(8).array(end.max(SLOT));
    let memory = b.entry_alloca(memory, widest as u32);
    for (at, arg, copied) in places {
        let slot = b.ptr_offset(memory, at as i64);
        match copied {
            Some(ty) => {
                let bytes = context.int(64).int_const(module.alloc_size(ty));
                b.memcpy(slot, SLOT as u32, arg, 1, bytes);
            }
            None => {
                b.store(arg, slot, SLOT as u32);
            }
        }
    }
    memory
}
