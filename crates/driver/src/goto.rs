//! Computed gotos of clones become switches.
//!
//! `&&label` tables hold addresses of the original's blocks, where a clone must not jump. In a clone
//! each address becomes a small number and the jump a switch over them, which every later step
//! understands.
//!
//! ```text
//! @table = constant [2 x ptr] [blockaddress(@f, %a), blockaddress(@f, %b)]
//! indirectbr ptr %t, [%a, %b]
//! →  @table.held = constant [2 x ptr] [inttoptr (1), inttoptr (2)]
//!    switch i64 (ptrtoint %t), label %none [1: %a, 2: %b]
//! ```
//!
//! Distances between labels, and tables of them, become distances of numbers.
//!
//! # Why this is legal
//!
//! Numbers must not meet addresses: a jump goes to what the clone's own constants, tables that nobody writes, or local
//! variables say, and the clone gives labels to nobody else. A label in memory that outlives the call may have been
//! written by the original, or be read by it; functions that keep one there are refused.

use crate::memory::is_only_read;
use crate::values::{is_copy, is_lifetime};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{
    Block, Builder, CastOp, Function, Global, Linkage, Opcode, Value, ValueKind, ValueMap,
};

/// Says which label is meant by what memory holds; a function that calls it is refused.
const UNKNOWN: &str = "rz.label.in.memory";

/// Lowers the computed gotos of `clone`, a copy of `original`.
///
/// Where labels are kept in memory that may change, a function that nobody knows says where the jumps lead, and the
/// clone is refused later. They must not stay: no address of the clone's blocks is taken, so the host would conclude
/// that they lead nowhere.
pub(crate) fn lower(original: Function, clone: Function, map: &ValueMap) {
    let is_jump = |inst: &Value| inst.opcode() == Some(Opcode::IndirectBr);
    let jumps: Vec<Value> = { clone.instructions().into_iter() }
        .filter(is_jump)
        .collect();
    if jumps.is_empty() {
        return;
    }
    let mut labels = Labels::new(original, map);
    let insts = clone.instructions();
    let known = insts.iter().all(|inst| {
        let operands = inst.operands();
        operands.into_iter().all(|operand| labels.find(operand))
    }) && labels.stay_inside(&insts);
    for &inst in insts.iter().filter(|_| known) {
        labels.new.remap(inst);
    }
    for jump in jumps {
        labels.switch(jump, known);
    }
}

/// Whether `inst` asks which label is meant by what memory holds.
pub(crate) fn is_unknown(inst: Value) -> bool {
    let name = |callee: Function| callee.name() == UNKNOWN;
    inst.opcode() == Some(Opcode::Call) && inst.called_function().is_some_and(name)
}

/// A number for every block whose address is taken, in the original and in the clone.
struct Labels {
    numbers: FxHashMap<Block, u64>,
    /// What labels, and tables of them, become.
    new: ValueMap,
    /// What was looked at, and whether it is known.
    seen: FxHashMap<Value, bool>,
}

impl Labels {
    fn new(original: Function, map: &ValueMap) -> Self {
        let mut numbers = FxHashMap::default();
        for (number, block) in (1..).zip(original.blocks()) {
            numbers.insert(block, number);
            if let Some(copy) = map.get(block.value()).and_then(Value::as_block) {
                numbers.insert(copy, number);
            }
        }
        Self {
            numbers,
            new: ValueMap::new(),
            seen: FxHashMap::default(),
        }
    }

    fn number(&self, address: Value) -> Option<u64> {
        if address.kind() != ValueKind::BlockAddress {
            return None;
        }
        // The block is the last operand, whether or not its function is one too.
        let block = address.operand(address.operand_count().checked_sub(1)?);
        self.numbers.get(&block.as_block()?).copied()
    }

    /// Finds the labels in `operand` and says what becomes of them. False where that cannot be said.
    fn find(&mut self, operand: Value) -> bool {
        if let Some(&known) = self.seen.get(&operand) {
            return known;
        }
        // A variable may hold its own address.
        self.seen.insert(operand, true);
        let known = match operand.kind() {
            ValueKind::BlockAddress => self.label(operand),
            ValueKind::GlobalVariable => self.table(operand),
            ValueKind::Aggregate | ValueKind::Expr => {
                let parts = operand.operands();
                parts.into_iter().all(|part| self.find(part))
            }
            _ => true,
        };
        self.seen.insert(operand, known);
        known
    }

    /// The number of a label becomes its address.
    fn label(&mut self, address: Value) -> bool {
        let Some(number) = self.number(address) else {
            return false;
        };
        let context = address.context();
        let value = context.int(64).int_const(number);
        // A constant folds without a position.
        let pointer = Builder::new(context).cast(CastOp::IntToPtr, value, address.ty());
        self.new.set(address, pointer);
        true
    }

    /// A table of labels gets a copy that holds numbers.
    fn table(&mut self, value: Value) -> bool {
        let Some(initializer) = value.as_global().and_then(Global::initializer) else {
            return true;
        };
        if !holds_labels(initializer, &mut Seen::default()) {
            return true;
        }
        if !is_only_read(value) || !self.find(initializer) {
            return false;
        }
        let name = format!("{}.held", value.name());
        let module = value.global_module();
        let copy = module.add_global(&name, initializer.ty(), Linkage::Internal);
        copy.set_initializer(self.new.constant(initializer));
        copy.set_constant(true);
        self.new.set(value, copy.value());
        true
    }

    fn switch(&self, jump: Value, known: bool) {
        let function = jump.function();
        let builder = Builder::new(jump.context());
        builder.position_before(jump);
        builder.set_debug_loc(jump.debug_loc());
        let (int, label) = (jump.context().int(64), jump.operand(0));
        let number = if known {
            builder.cast(CastOp::PtrToInt, label, int)
        } else {
            let ty = int.function(&[label.ty()], false);
            builder.call(function.module().get_or_declare(UNKNOWN, ty), &[label])
        };
        let mut cases: Vec<(Value, Block)> = Vec::new();
        for block in jump.successors() {
            if let Some(&number) = self.numbers.get(&block)
                && !cases.iter().any(|&(_, other)| other == block)
            {
                cases.push((int.int_const(number), block));
            }
        }
        let none = function.append_block("no.label");
        builder.switch(number, none, &cases);
        jump.erase();
        builder.position_at_end(none);
        builder.unreachable();
    }
}

/// Values that were looked at, as they may go round in loops.
type Seen = FxHashSet<Value>;

/// Where labels come from and go to.
impl Labels {
    /// True when every jump goes to a label that this function made, and none of those leaves it.
    fn stay_inside(&self, insts: &[Value]) -> bool {
        let leaves = |value| self.may_be(value, &mut Seen::default());
        insts.iter().all(|&inst| match inst.opcode() {
            Some(Opcode::IndirectBr) => self.is_own(inst.operand(0), &mut Seen::default()),
            Some(Opcode::Store) => is_local(inst.operand(1)) || !leaves(inst.operand(0)),
            Some(Opcode::Call) if is_lifetime(inst) => true,
            Some(Opcode::Call) if is_copy(inst) && is_local(inst.operand(0)) => true,
            // Nobody else is given labels, nor memory that holds some.
            Some(Opcode::Call | Opcode::Invoke | Opcode::Ret) => {
                let holds = |value| self.may_hold(value, &mut Seen::default());
                let operands = inst.operands();
                !operands.into_iter().any(|one| leaves(one) || holds(one))
            }
            _ => true,
        })
    }

    /// True when `value` is a label of this function, whatever it takes to compute it.
    fn is_own(&self, value: Value, seen: &mut Seen) -> bool {
        if !seen.insert(value) {
            return true;
        }
        match value.opcode() {
            _ if value.kind() != ValueKind::Instruction => {
                holds_labels(value, &mut Seen::default())
            }
            Some(Opcode::Load) => self.holds_own(value.operand(0), seen),
            _ => sources(value)
                .is_some_and(|from| from.into_iter().all(|one| self.is_own(one, seen))),
        }
    }

    /// True when the pointers behind `pointer` are labels of this function: it points to a table of them that nobody
    /// writes, or to a local variable.
    fn holds_own(&self, pointer: Value, seen: &mut Seen) -> bool {
        if !seen.insert(pointer) {
            return true;
        }
        match (pointer.kind(), pointer.opcode()) {
            (ValueKind::GlobalVariable, _) => self.new.get(pointer).is_some(),
            (ValueKind::Expr, _) => self.holds_own(pointer.operand(0), seen),
            (ValueKind::Instruction, Some(Opcode::Alloca)) => {
                self.gets(pointer, &mut |value| self.is_own(value, seen))
            }
            // Where a pointer variable points to.
            (ValueKind::Instruction, Some(Opcode::Load)) => {
                let variable = pointer.operand(0);
                variable.opcode() == Some(Opcode::Alloca)
                    && self.gets(variable, &mut |value| self.holds_own(value, seen))
            }
            (ValueKind::Instruction, _) => sources(pointer)
                .is_some_and(|from| from.into_iter().all(|one| self.holds_own(one, seen))),
            _ => false,
        }
    }

    /// True when all pointers that are stored behind `local` are such, and nobody else gets to write there.
    fn gets(&self, local: Value, such: &mut dyn FnMut(Value) -> bool) -> bool {
        local.users().into_iter().all(|user| match user.opcode() {
            Some(Opcode::Load) => true,
            Some(Opcode::Gep) => self.gets(user, such),
            Some(Opcode::Store) => {
                let value = user.operand(0);
                value != local && (!value.ty().is_pointer() || such(value))
            }
            Some(Opcode::Call) => {
                is_lifetime(user) || { user.operands().into_iter() }.any(|one| self.is_table(one))
            }
            _ => false,
        })
    }

    fn is_table(&self, value: Value) -> bool {
        value.kind() == ValueKind::GlobalVariable && self.new.get(value).is_some()
    }

    /// False when `value` is no label for sure.
    fn may_be(&self, value: Value, seen: &mut Seen) -> bool {
        let ty = value.ty();
        if !(ty.is_pointer() || ty.is_int()) || !seen.insert(value) {
            return false;
        }
        match value.opcode() {
            _ if value.kind() != ValueKind::Instruction => {
                holds_labels(value, &mut Seen::default())
            }
            Some(Opcode::Load) => self.may_hold(value.operand(0), seen),
            // Those that were given labels are refused for it; what others return is none.
            Some(Opcode::Call | Opcode::Invoke | Opcode::ICmp) => false,
            // An address may be the second summand, too, or be mixed with whatever.
            _ => { value.operands().into_iter() }.any(|one| self.may_be(one, seen)),
        }
    }

    /// False when there is no label behind `pointer` for sure.
    fn may_hold(&self, pointer: Value, seen: &mut Seen) -> bool {
        if !seen.insert(pointer) {
            return false;
        }
        match (pointer.kind(), pointer.opcode()) {
            (ValueKind::GlobalVariable, _) => self.is_table(pointer),
            (ValueKind::Expr, _) => self.may_hold(pointer.operand(0), seen),
            (ValueKind::Instruction, Some(Opcode::Alloca)) => self.may_get(pointer, seen),
            (ValueKind::Instruction, Some(Opcode::Load)) => self.may_hold(pointer.operand(0), seen),
            (ValueKind::Instruction, _) => sources(pointer)
                .is_some_and(|from| from.into_iter().any(|one| self.may_hold(one, seen))),
            _ => false,
        }
    }

    /// True when a label may be stored behind `local`. Others who write there were given none.
    fn may_get(&self, local: Value, seen: &mut Seen) -> bool {
        local.users().into_iter().any(|user| match user.opcode() {
            Some(Opcode::Gep) => self.may_get(user, seen),
            Some(Opcode::Store) => self.may_be(user.operand(0), seen),
            Some(Opcode::Call) => { user.operands().into_iter() }.any(|one| self.is_table(one)),
            _ => false,
        })
    }
}

/// True for the address of a local variable, or of a part of one.
fn is_local(pointer: Value) -> bool {
    match pointer.opcode() {
        Some(Opcode::Alloca) => true,
        Some(Opcode::Gep) => is_local(pointer.operand(0)),
        _ => false,
    }
}

/// What a pointer or a distance is computed from; nothing if it is not.
fn sources(inst: Value) -> Option<Vec<Value>> {
    Some(match inst.opcode()? {
        Opcode::Phi => inst
            .incoming()
            .into_iter()
            .map(|(value, _)| value)
            .collect(),
        Opcode::Select => vec![inst.operand(1), inst.operand(2)],
        Opcode::Gep
        | Opcode::PtrToInt
        | Opcode::IntToPtr
        | Opcode::BitCast
        | Opcode::Freeze
        | Opcode::Add
        | Opcode::Sub => vec![inst.operand(0)],
        Opcode::SExt | Opcode::ZExt | Opcode::Trunc => vec![inst.operand(0)],
        _ => return None,
    })
}

/// Some part of a constant is the address of a block.
fn holds_labels(constant: Value, seen: &mut Seen) -> bool {
    match constant.kind() {
        ValueKind::BlockAddress => true,
        ValueKind::Aggregate | ValueKind::Expr => {
            let parts = constant.operands();
            seen.insert(constant) && parts.into_iter().any(|part| holds_labels(part, seen))
        }
        _ => false,
    }
}
