//! What an instruction comes to where tangents are zero, and what has to do with each other.

use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Function, Opcode, Value};

/// What depends on different tangents is asked for apart, from so many operations on.
const GROUP: usize = 64;

/// What an instruction is where the tangents are zero.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Zero,
    Same(Value),
}

/// Tangents, and what is left out where they are zero, in order.
#[derive(Default)]
pub(super) struct Group {
    pub(super) tangents: Vec<Value>,
    pub(super) left_out: Vec<Value>,
}

/// What is zero, or another number, where `tangents` are zero, up to the first instruction that needs it; that
/// instruction; and what each is then.
pub(super) fn what_vanishes(
    insts: &[Value],
    tangents: &[Value],
) -> (Vec<Value>, Value, FxHashMap<Value, Then>) {
    let mut then: FxHashMap<Value, Then> = FxHashMap::default();
    let mut left_out = Vec::new();
    let start: FxHashSet<Value> = tangents.iter().copied().collect();
    for &inst in insts {
        let what = if start.contains(&inst) {
            Some(Then::Zero)
        } else {
            becomes(inst, &then)
        };
        let needs = || inst.operands().iter().any(|value| then.contains_key(value));
        match what {
            Some(what) => {
                then.insert(inst, what);
                left_out.push(inst);
            }
            None if inst.is_terminator() || inst.opcode() != Some(Opcode::Phi) && needs() => {
                return (left_out, inst, then);
            }
            None => {}
        }
    }
    unreachable!("a block ends")
}

/// What `inst` is then.
fn becomes(inst: Value, then: &FxHashMap<Value, Then>) -> Option<Then> {
    if !inst.ty().is_float() {
        return None;
    }
    let is_zero = |index| {
        let value: Value = inst.operand(index);
        matches!(then.get(&value), Some(Then::Zero))
    };
    let same = |index| {
        let value: Value = inst.operand(index);
        then.get(&value).copied().unwrap_or(Then::Same(value))
    };
    // A product with something that becomes another number is that product, not nothing.
    match inst.opcode()? {
        Opcode::FMul if is_zero(0) || is_zero(1) => Some(Then::Zero),
        Opcode::FDiv | Opcode::FNeg | Opcode::FpExt | Opcode::FpTrunc if is_zero(0) => {
            Some(Then::Zero)
        }
        Opcode::FAdd if is_zero(0) => Some(same(1)),
        Opcode::FAdd | Opcode::FSub if is_zero(1) => Some(same(0)),
        Opcode::FSub if is_zero(0) && is_zero(1) => Some(Then::Zero),
        Opcode::Select if is_zero(1) && is_zero(2) => Some(Then::Zero),
        Opcode::Call if is_multiply_add(inst) && (is_zero(0) || is_zero(1)) => Some(same(2)),
        _ => None,
    }
}

fn is_multiply_add(call: Value) -> bool {
    let name = call.called_function().map(Function::name);
    name.is_some_and(|name| name.starts_with("llvm.fma.") || name.starts_with("llvm.fmuladd."))
}

/// How many operations there are.
pub(super) fn work(insts: &[Value]) -> usize {
    let loads = |inst: &&Value| inst.opcode() == Some(Opcode::Load);
    insts.len() - insts.iter().filter(loads).count()
}

/// Takes apart what has nothing to do with each other, such as directions.
pub(super) fn groups(left_out: &[Value], tangents: &[Value]) -> Vec<Group> {
    let at: FxHashMap<Value, usize> = left_out.iter().copied().zip(0..).collect();
    // For each instruction the first one that it is connected with, by way of others.
    let mut first: Vec<usize> = (0..left_out.len()).collect();
    let root = |first: &[usize], mut index: usize| {
        while first[index] != index {
            index = first[index];
        }
        index
    };
    for (index, inst) in left_out.iter().enumerate() {
        for other in inst.operands().iter().filter_map(|value| at.get(value)) {
            let (a, b) = (root(&first, index), root(&first, *other));
            first[a.max(b)] = a.min(b);
        }
    }
    let mut parts: Vec<Group> = Vec::new();
    let mut part_of: FxHashMap<usize, usize> = FxHashMap::default();
    let tangents: FxHashSet<Value> = tangents.iter().copied().collect();
    for (index, &inst) in left_out.iter().enumerate() {
        let part = *part_of.entry(root(&first, index)).or_insert_with(|| {
            parts.push(Group::default());
            parts.len() - 1
        });
        let group = &mut parts[part];
        group.left_out.push(inst);
        if tangents.contains(&inst) {
            group.tangents.push(inst);
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut left = work(left_out);
    for part in parts {
        let small = |group: &Group| work(&group.left_out) < GROUP;
        // What remains for the last one must be worth it as well.
        let joins = groups
            .last()
            .is_some_and(|last| small(last) || left < GROUP / 2);
        left -= work(&part.left_out);
        if joins {
            let last = groups.last_mut().expect("there is one");
            last.tangents.extend(part.tangents);
            last.left_out.extend(part.left_out);
        } else {
            groups.push(part);
        }
    }
    groups
}
