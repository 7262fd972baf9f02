//! Which items the reverse of each instruction uses.
//!
//! Example: the reverse of `r = x·y` with only `x` active needs `y`; of `store v, p` it needs the
//! shadow of `p`; of a phi it needs to know which way control came.

use crate::calls::{Allocation, CallKind, Masked, Reduce};
use crate::context::Context;
use crate::plan::{Item, Needs};
use crate::request::Mode;
use crate::shape::{Back, Reversal};
use crate::table::{Passing, passing};
use crate::work::Work;
use rz_rules::Rule;
use rz_view::ordered::IndexSet;
use rz_view::{Inst, Op, Value};

/// Everything the reverse pass uses directly.
pub fn all(
    cx: &Context<'_>,
    reversal: &Reversal,
    work: &Work,
    needs_of: &impl Fn(Inst) -> Needs,
) -> IndexSet<Item> {
    let mut demand = Demand {
        cx,
        work,
        items: control_items(reversal),
    };
    for &block in reversal.order() {
        for &inst in &cx.body.blocks[block].insts {
            if work.reverses[inst] {
                demand.of_inst(inst, needs_of);
            }
        }
    }
    demand.items
}

/// The merges and loops of the reverse pass need these whatever else is demanded.
fn control_items(reversal: &Reversal) -> IndexSet<Item> {
    reversal
        .order()
        .iter()
        .filter_map(|&block| match reversal.back(block)? {
            Back::Header { id, .. } => Some(Item::Trips(*id)),
            Back::Merge(_) => Some(Item::Edge(block)),
            Back::End | Back::To(_) => None,
        })
        .collect()
}

struct Demand<'c, 'a> {
    cx: &'c Context<'a>,
    work: &'c Work,
    items: IndexSet<Item>,
}

impl Demand<'_, '_> {
    fn primal(&mut self, value: Value) {
        self.items.insert(Item::Primal(value));
    }

    fn shadow(&mut self, value: Value) {
        self.items.insert(Item::Shadow(value));
    }

    /// The shadow of memory that is written to; that of a mixed pointer is compared with it.
    fn target(&mut self, pointer: Value) {
        self.shadow(pointer);
        if self.work.mixed[pointer] {
            self.primal(pointer);
        }
    }

    fn of_inst(&mut self, inst: Inst, needs_of: &impl Fn(Inst) -> Needs) {
        let data = &self.cx.body.insts[inst];
        let operand = |i: usize| data.operands[i];
        if let Some(rule) = self.work.rules.get(&inst) {
            self.of_rule(inst, rule);
            return;
        }
        if let Some(masking) = self.work.maskings.get(&inst) {
            if masking
                .effects
                .iter()
                .any(|(_, effect)| effect.reads_sign())
            {
                self.primal(masking.source);
            }
            return;
        }
        match &data.op {
            Op::Load(_) | Op::AtomicRmw(..) => self.target(operand(0)),
            Op::Store(_) => self.target(operand(1)),
            Op::Alloca { .. } => {
                self.items.extend(data.result.map(Item::Shadow));
                self.primal(operand(0));
            }
            Op::Select => self.primal(operand(0)),
            Op::ExtractElement => self.primal(operand(1)),
            Op::InsertElement => self.primal(operand(2)),
            Op::Call(_) => self.of_call(inst, needs_of),
            _ => {}
        }
    }

    fn of_rule(&mut self, inst: Inst, rule: &Rule) {
        let operands: Vec<Value> = self.cx.body.call_args(inst).to_vec();
        let active = operands
            .iter()
            .enumerate()
            .filter(|&(_, &v)| self.work.has_adjoint[v])
            .fold(0, |mask, (index, _)| mask | 1 << index);
        let needs = rule.needs(active);
        for (index, &operand) in operands.iter().enumerate() {
            if needs.operands >> index & 1 != 0 {
                self.primal(operand);
            }
        }
        if rule.is_plain() {
            if needs.result {
                self.items
                    .extend(self.cx.body.insts[inst].result.map(Item::Primal));
            }
        } else {
            self.of_outputs(inst, rule, needs, &operands);
        }
    }

    /// Outputs in memory: their shadows, and when their values are read, all operands to call again.
    fn of_outputs(&mut self, inst: Inst, rule: &Rule, needs: rz_rules::Needs, operands: &[Value]) {
        use rz_rules::row::{Operand, Place};
        for (index, output) in rule.outputs().iter().enumerate() {
            let read = needs.outputs >> index & 1 != 0;
            match output.place {
                Place::Result | Place::Field(_) if read => {
                    self.items
                        .extend(self.cx.body.insts[inst].result.map(Item::Primal));
                }
                Place::Result | Place::Field(_) => {}
                Place::Memory(arg) => {
                    let pointer = operands[usize::from(arg)];
                    if output.real && self.work.has_shadow[pointer] {
                        self.target(pointer);
                    }
                    if read {
                        for (&operand, kind) in operands.iter().zip(rule.operands()) {
                            if !matches!(kind, Operand::RealOut | Operand::IntOut) {
                                self.primal(operand);
                            }
                        }
                    }
                }
            }
        }
    }

    fn of_call(&mut self, inst: Inst, needs_of: &impl Fn(Inst) -> Needs) {
        let args: Vec<Value> = self.cx.body.call_args(inst).to_vec();
        let result = self.cx.body.insts[inst].result;
        match self.work.calls.get(&inst) {
            Some(CallKind::Rule(rule)) => {
                let rule: &'static Rule = rule;
                self.of_rule(inst, rule);
            }
            Some(&CallKind::Copy {
                to, from, bytes, ..
            }) => {
                self.target(to);
                if self.work.has_shadow[from] {
                    self.target(from);
                }
                self.primal(bytes);
            }
            Some(&CallKind::Fill { to, bytes, .. }) => {
                self.target(to);
                self.primal(bytes);
            }
            Some(&CallKind::Alloc(Allocation::Resize { old, size })) => {
                self.shadow(old);
                self.items.extend(result.map(Item::Shadow));
                self.primal(size);
            }
            Some(&CallKind::Alloc(Allocation::Bytes(size) | Allocation::Arena(size))) => {
                self.items.extend(result.map(Item::Shadow));
                self.primal(size);
            }
            Some(&CallKind::Alloc(Allocation::Array(count, size))) => {
                self.items.extend(result.map(Item::Shadow));
                self.primal(count);
                self.primal(size);
            }
            Some(CallKind::Reduce(Reduce::Add)) => {}
            Some(CallKind::Reduce(_)) => {
                for &v in &args {
                    self.primal(v);
                }
                self.items.extend(result.map(Item::Primal));
            }
            Some(CallKind::Masked(Masked::Load | Masked::Gather | Masked::ExpandLoad)) => {
                self.target(args[0]);
                self.primal(args[1]);
            }
            Some(CallKind::Masked(Masked::Store | Masked::Scatter | Masked::CompressStore)) => {
                self.target(args[1]);
                self.primal(args[2]);
            }
            Some(&CallKind::Table { pointer }) => self.of_table(inst, pointer, &args),
            Some(CallKind::Body(_)) => self.of_split(inst, &args, &needs_of(inst)),
            Some(
                CallKind::Inactive
                | CallKind::Alloc(Allocation::Open)
                | CallKind::Free { .. }
                | CallKind::Close
                | CallKind::Reset
                | CallKind::Pass { .. },
            )
            | None => {}
        }
    }

    /// The reverse entry of a table is given everything the function was.
    fn of_table(&mut self, inst: Inst, pointer: Value, args: &[Value]) {
        self.shadow(pointer);
        self.items.insert(Item::Tape(inst));
        for &arg in args {
            self.primal(arg);
            let pointers = passing(&self.cx.module.types, self.cx.body.ty(arg));
            if pointers == Passing::Pointer && self.work.has_shadow[arg] {
                self.shadow(arg);
            }
        }
    }

    fn of_split(&mut self, inst: Inst, args: &[Value], needs: &Needs) {
        let split = &self.work.splits[&inst];
        let together = split.key.mode == Mode::Combined;
        let shadowed: Vec<bool> = split.key.args.iter().map(|a| a.has_shadow()).collect();
        if split.has_tape {
            self.items.insert(Item::Tape(inst));
        }
        for (index, &arg) in args.iter().enumerate() {
            if together || needs.primal[index] {
                self.primal(arg);
            }
            if (together || needs.shadow[index]) && shadowed[index] {
                self.shadow(arg);
            }
        }
    }
}
