//! Atomic accesses of local variables as plain ones.
//!
//! What no other thread can reach needs no atomic access, and plain ones have derivatives. Memory that others
//! may reach keeps its atomic accesses, and what has no derivative is refused there.
//!
//! ```text
//! %old = atomicrmw xchg ptr %a, double %v   →   %old = load double, ptr %a
//!                                               store double %v, ptr %a
//! ```

use rz_llvm::{BinaryOp, Builder, Function, IntPredicate, Opcode, RmwOp, Value};

/// Users of a variable are followed so far.
const DEEP: u32 = 6;

/// Makes atomic accesses of `clone`'s own variables plain. True when there were any.
pub(crate) fn lower_local(clone: Function) -> bool {
    let mut changed = false;
    for inst in clone.instructions() {
        let address = match inst.opcode() {
            Some(Opcode::AtomicRmw | Opcode::CmpXchg) => inst.operand(0),
            Some(Opcode::Load) if inst.is_atomic() => inst.operand(0),
            Some(Opcode::Store) if inst.is_atomic() => inst.operand(1),
            _ => continue,
        };
        if inst.is_volatile() || !is_local(address) {
            continue;
        }
        let builder = Builder::new(clone.context());
        builder.position_before(inst);
        builder.set_debug_loc(inst.debug_loc());
        changed |= lower(&builder, inst);
    }
    changed
}

fn lower(b: &Builder, inst: Value) -> bool {
    let align = inst.align();
    let plain = match inst.opcode() {
        Some(Opcode::Load) => b.load(inst.ty(), inst.operand(0), align),
        Some(Opcode::Store) => b.store(inst.operand(0), inst.operand(1), align),
        Some(Opcode::AtomicRmw) => {
            let (address, value) = (inst.operand(0), inst.operand(1));
            let update: fn(&Builder, Value, Value) -> Value = match inst.rmw_op() {
                RmwOp::Xchg => |_, _, value| value,
                RmwOp::FAdd => |b, old, value| b.binary(BinaryOp::FAdd, old, value),
                RmwOp::FSub => |b, old, value| b.binary(BinaryOp::FSub, old, value),
                RmwOp::FMinMax | RmwOp::Integer => return false,
            };
            let old = b.load(inst.ty(), address, align);
            b.store(update(b, old, value), address, align);
            old
        }
        Some(Opcode::CmpXchg) => {
            let (address, expected, new) = (inst.operand(0), inst.operand(1), inst.operand(2));
            let old = b.load(expected.ty(), address, align);
            let same = b.icmp(IntPredicate::Eq, old, expected);
            b.store(b.select(same, new, old), address, align);
            let pair = b.insert_value(inst.ty().poison(), old, 0);
            b.insert_value(pair, same, 1)
        }
        _ => return false,
    };
    if !inst.ty().is_void() {
        inst.replace_all_uses(plain);
    }
    inst.erase();
    true
}

/// True for the address of a variable that only the function itself accesses.
fn is_local(address: Value) -> bool {
    let mut base = address;
    for _ in 0..DEEP {
        match base.opcode() {
            Some(Opcode::Gep) => base = base.operand(0),
            Some(Opcode::Alloca) => return stays(base, 0),
            _ => return false,
        }
    }
    false
}

/// True when nothing keeps `pointer` or passes it on.
fn stays(pointer: Value, depth: u32) -> bool {
    pointer.users().into_iter().all(|user| match user.opcode() {
        Some(Opcode::Load | Opcode::ICmp) => true,
        Some(Opcode::Store) => user.operand(0) != pointer,
        Some(Opcode::AtomicRmw) => user.operand(1) != pointer,
        Some(Opcode::CmpXchg) => user.operand(1) != pointer && user.operand(2) != pointer,
        Some(Opcode::Gep) => depth < DEEP && stays(user, depth + 1),
        Some(Opcode::Call) => user
            .called_function()
            .and_then(Function::intrinsic_name)
            .is_some_and(|name| {
                name.starts_with("llvm.lifetime")
                    || name.starts_with("llvm.mem")
                    || name.starts_with("llvm.dbg")
            }),
        _ => false,
    })
}
