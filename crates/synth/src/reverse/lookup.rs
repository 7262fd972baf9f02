//! Items in the reverse pass: given, repeated, or read from the tape, as the plan says.

use super::code::Code;
use super::count::evaluate;
use super::tape::Side;
use crate::scopes::Kind;
use rz_llvm as llvm;
use rz_plan::{Item, Source};
use rz_view::{Block, Count, Inst, Loop, Op, Value, ValueDef};

impl Code<'_, '_> {
    /// The primal value `value` in the reverse pass.
    pub fn primal(&mut self, value: Value) -> llvm::Value {
        self.lookup(Item::Primal(value))
    }

    /// The shadow of `value` in the reverse pass.
    pub fn shadow(&mut self, value: Value) -> llvm::Value {
        self.lookup(Item::Shadow(value))
    }

    /// An item at the current reverse position, emitted at most once per reverse block; the shadow of
    /// the direction in hand.
    pub fn lookup(&mut self, item: Item) -> llvm::Value {
        let direction = match item {
            Item::Shadow(_) => self.own.current(),
            _ => 0,
        };
        if let Some(&value) = self.memo.get(&(item, direction)) {
            return value;
        }
        let source = self.plan.source(item).clone();
        let value = match (source, item) {
            (Source::Free, _) => self.given(item),
            (Source::Slot(slot), _) => self.read_slot(slot),
            (Source::Affine { start, step, id }, _) => self.affine(item, &start, &step, id),
            (Source::Recompute, Item::Primal(value)) => self.repeat(value),
            (Source::Recompute, Item::Shadow(value)) => self.repeat_shadow(value),
            (Source::Recompute, Item::Trips(id)) => self.trips(id),
            (Source::Recompute, other) => {
                unreachable!("{other:?} is looked up through its condition or stored")
            }
        };
        self.memo.insert((item, direction), value);
        value
    }

    fn given(&mut self, item: Item) -> llvm::Value {
        match item {
            Item::Primal(value) => self.forward_value(value),
            Item::Shadow(value) => match self.body.values[value].def {
                ValueDef::Param(index) => {
                    self.own.shadow_params[index as usize].unwrap_or(self.primals[index as usize])
                }
                ValueDef::Const(_) => self
                    .session
                    .shadow_constant(self.original(value), self.own.current()),
                ValueDef::Inst(_) => self.own.shadows[value].expect("a fixed alloca has a shadow"),
            },
            other => unreachable!("{other:?} is never free"),
        }
    }

    /// Repeats the instruction that defines `value` on looked-up operands.
    fn repeat(&mut self, value: Value) -> llvm::Value {
        let inst = self
            .body
            .def(value)
            .expect("only instructions are repeated");
        let operands: Vec<Value> = self.body.insts[inst].operands.to_vec();
        let operands: Vec<llvm::Value> = operands.iter().map(|&v| self.primal(v)).collect();
        let copy = self.repeat_on(inst, &operands);
        if matches!(self.body.insts[inst].op, Op::Load(_)) {
            self.mark(copy, Kind::Primal);
        }
        copy
    }

    fn repeat_shadow(&mut self, value: Value) -> llvm::Value {
        let inst = self
            .body
            .def(value)
            .expect("only instructions are repeated");
        let data = &self.body.insts[inst];
        if matches!(data.op, Op::Phi { .. }) {
            return self.shadow_at_distance(value);
        }
        if self.reads_inactive(inst) {
            return self.primal(value);
        }
        let operands: Vec<Value> = data.operands.to_vec();
        let shadowed = |op: &Op, index: usize| match op {
            Op::Select => index > 0,
            _ => index == 0,
        };
        let op = data.op.clone();
        let operands: Vec<llvm::Value> = operands
            .iter()
            .enumerate()
            .map(|(i, &v)| {
                if shadowed(&op, i) {
                    self.shadow(v)
                } else {
                    self.primal(v)
                }
            })
            .collect();
        self.repeat_on(inst, &operands)
    }

    /// The shadow of a phi whose ways all lead back to one pointer.
    fn shadow_at_distance(&mut self, value: Value) -> llvm::Value {
        let base = self.plan.bases[&value];
        let i64 = self.i64();
        let (from, to) = (self.primal(base), self.primal(value));
        let from = self.b.cast(llvm::CastOp::PtrToInt, from, i64);
        let to = self.b.cast(llvm::CastOp::PtrToInt, to, i64);
        let distance = self.b.sub(to, from);
        let shadow = self.shadow(base);
        self.b.ptr_add(shadow, distance)
    }

    /// A copy of `inst` on other operands, without the metadata and result facts of the original.
    pub fn repeat_on(&mut self, inst: Inst, operands: &[llvm::Value]) -> llvm::Value {
        let copy = self.original_inst(inst).clone_instruction();
        for (index, &operand) in operands.iter().enumerate() {
            copy.set_operand(index as u32, operand);
        }
        copy.keep_metadata(&[]);
        if copy.is_call() {
            copy.strip_call_attributes();
            // The original's promise not to see locals of its caller does not hold here.
            copy.set_tail_call(false);
        }
        self.b.insert(copy);
        copy
    }

    fn affine(&mut self, item: Item, start: &Count, step: &Count, id: Loop) -> llvm::Value {
        let (value, is_shadow) = match item {
            Item::Primal(value) => (value, false),
            Item::Shadow(value) => (value, true),
            other => unreachable!("{other:?} is no induction variable"),
        };
        let ty = self.ty(value);
        let n = self.iteration_of(id, Side::Reverse);
        let step = self.count(step);
        if ty.is_pointer() {
            let Count::Value(base) = *start else {
                unreachable!("a pointer starts at a pointer")
            };
            let base = if is_shadow {
                self.shadow(base)
            } else {
                self.primal(base)
            };
            let n = self.b.int_cast(n, step.ty(), false);
            let moved = self.b.mul(n, step);
            return self.b.ptr_add(base, moved);
        }
        let start = self.count(start);
        let n = self.b.int_cast(n, step.ty(), false);
        let moved = self.b.mul(n, step);
        let result = self.b.add(start, moved);
        self.b.int_cast(result, ty, false)
    }

    /// Evaluates a count at the current reverse position.
    fn count(&mut self, count: &Count) -> llvm::Value {
        evaluate(self, count, &mut |c, v| c.primal(v), &mut |c, header| {
            let id = c.plan.shape.loops.headed_by(header).expect("a loop header");
            c.iteration_of(id, Side::Reverse)
        })
    }

    /// Back edges taken by `id`, evaluated.
    fn trips(&mut self, id: Loop) -> llvm::Value {
        let count = self.plan.loops[id]
            .as_ref()
            .and_then(|l| l.count.clone())
            .expect("recomputed trip counts are known");
        let value = self.count(&count);
        let ty = self.i64();
        self.b.int_cast(value, ty, false)
    }

    /// Which predecessor `block` was entered from, as an index into its merge.
    pub fn edge_index(&mut self, block: Block) -> llvm::Value {
        match self.plan.source(Item::Edge(block)).clone() {
            Source::Slot(slot) => self.read_slot(slot),
            other => unreachable!("an edge without condition is stored, not {other:?}"),
        }
    }
}
