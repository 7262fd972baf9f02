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

use crate::memory::is_only_read;
use rustc_hash::FxHashMap;
use rz_llvm::{
    Block, Builder, CastOp, Function, Global, Linkage, Opcode, TypeKind, Value, ValueKind, ValueMap,
};

/// Lowers the computed gotos of `clone`, a copy of `original`. When the labels are kept in memory
/// that may change, the jumps stay, and the function is refused later.
pub(crate) fn lower(original: Function, clone: Function, map: &ValueMap) {
    let jumps: Vec<Value> = clone
        .instructions()
        .into_iter()
        .filter(|inst| inst.opcode() == Some(Opcode::IndirectBr))
        .collect();
    if jumps.is_empty() {
        return;
    }
    let lowering = Numbers::new(original, map);
    let mut tables = FxHashMap::default();
    let mut new = Vec::new();
    for inst in clone.instructions() {
        for index in 0..inst.operand_count() {
            match lowering.replaced(inst.operand(index), &mut tables) {
                Replaced::Same => {}
                Replaced::By(value) => new.push((inst, index, value)),
                Replaced::Unknown => return,
            }
        }
    }
    for (inst, index, value) in new {
        inst.set_operand(index, value);
    }
    for jump in jumps {
        lowering.switch(jump);
    }
}

/// What becomes of an operand.
#[derive(Clone, Copy)]
enum Replaced {
    /// It holds no labels.
    Same,
    /// The number of a label, or a table of numbers.
    By(Value),
    /// Labels in memory that may change, or in an unknown form.
    Unknown,
}

/// A number for every block whose address is taken, in the original and in the clone.
struct Numbers {
    of: FxHashMap<Block, u64>,
}

impl Numbers {
    fn new(original: Function, map: &ValueMap) -> Self {
        let mut of = FxHashMap::default();
        for (number, block) in (1..).zip(original.blocks()) {
            of.insert(block, number);
            if let Some(copy) = map.get(block.value()).and_then(Value::as_block) {
                of.insert(copy, number);
            }
        }
        Self { of }
    }

    fn number(&self, address: Value) -> Option<u64> {
        if address.kind() != ValueKind::BlockAddress {
            return None;
        }
        // The block is the last operand, whether or not its function is one too.
        let block = address.operand(address.operand_count().checked_sub(1)?);
        self.of.get(&block.as_block()?).copied()
    }

    /// The number of a block address, as a pointer.
    fn pointer(&self, address: Value) -> Option<Value> {
        let number = self.number(address)?;
        let context = address.context();
        let builder = Builder::new(context);
        let value = context.int(64).int_const(number);
        // A constant folds without a position.
        Some(builder.cast(CastOp::IntToPtr, value, address.ty()))
    }

    fn replaced(&self, operand: Value, tables: &mut FxHashMap<Value, Replaced>) -> Replaced {
        match operand.kind() {
            ValueKind::BlockAddress => self
                .pointer(operand)
                .map_or(Replaced::Unknown, Replaced::By),
            ValueKind::GlobalVariable => {
                *tables.entry(operand).or_insert_with(|| self.table(operand))
            }
            ValueKind::Expr => {
                let labels = operand
                    .operands()
                    .into_iter()
                    .any(|inner| !matches!(self.replaced(inner, tables), Replaced::Same));
                if labels {
                    Replaced::Unknown
                } else {
                    Replaced::Same
                }
            }
            _ => Replaced::Same,
        }
    }

    fn table(&self, value: Value) -> Replaced {
        let Some(initializer) = value.as_global().and_then(Global::initializer) else {
            return Replaced::Same;
        };
        if !self.holds_labels(initializer) {
            return Replaced::Same;
        }
        let ty = initializer.ty();
        if ty.kind() != TypeKind::Array || !ty.element().is_pointer() || !is_only_read(value) {
            return Replaced::Unknown;
        }
        let numbers: Vec<Value> = (0..ty.array_len() as u32)
            .filter_map(|index| initializer.aggregate_element(index))
            .map(|element| self.pointer(element).unwrap_or(element))
            .collect();
        let name = format!("{}.held", value.name());
        let copy = value
            .global_module()
            .add_global(&name, ty, Linkage::Internal);
        copy.set_initializer(ty.element().array_const(&numbers));
        copy.set_constant(true);
        Replaced::By(copy.value())
    }

    /// Some part of an aggregate constant is the address of a block of ours.
    fn holds_labels(&self, constant: Value) -> bool {
        match constant.kind() {
            ValueKind::BlockAddress => self.number(constant).is_some(),
            ValueKind::Aggregate | ValueKind::Expr => constant
                .operands()
                .into_iter()
                .any(|part| self.holds_labels(part)),
            _ => false,
        }
    }

    fn switch(&self, jump: Value) {
        let function = jump.function();
        let builder = Builder::new(jump.context());
        builder.position_before(jump);
        builder.set_debug_loc(jump.debug_loc());
        let int = jump.context().int(64);
        let number = builder.cast(CastOp::PtrToInt, jump.operand(0), int);
        let mut cases: Vec<(Value, Block)> = Vec::new();
        for block in jump.successors() {
            if let Some(&number) = self.of.get(&block)
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
