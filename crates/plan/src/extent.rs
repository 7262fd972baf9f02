//! How large memory is, and whether saving it takes less than a tape.
//!
//! Sizes are expressions of values that nobody knows here. They are compared by trying some numbers for these: what is
//! smaller whichever of `n` and `m` is large is taken to be smaller. A wrong guess costs time or memory only.
//!
//! What is saved is bought with time: a step of a simulation computes little for each number that it leaves on the tape, a
//! convolution or an exponential much.

use crate::context::Context;
use crate::plan::{Item, SlotData};
use crate::recompute;
use crate::rerun::Needs;
use crate::shape::Reversal;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::ordered::IndexSet;
use rz_view::{Block, Count, Inst, Loop, Op, Value};

/// The size of a block of memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// So many bytes.
    Bytes(u64),
    /// The bytes that a value says.
    Value(Value),
    /// As many bytes as the product of two values.
    Product(Value, Value),
}

impl Extent {
    /// The values it depends on.
    pub fn values(&self) -> impl Iterator<Item = Value> {
        let values = match *self {
            Extent::Bytes(_) => [None, None],
            Extent::Value(v) => [Some(v), None],
            Extent::Product(a, b) => [Some(a), Some(b)],
        };
        values.into_iter().flatten()
    }
}

/// Iterations of a loop that is counted while it runs: they are not relied upon.
const UNKNOWN: f64 = 1.0;

/// So many operations may run again for eight bytes less on the tape.
const WORTH: f64 = 24.0;

/// As many operations as a call costs about that computes something.
const CALL: f64 = 12.0;

/// How often different numbers are tried.
const TRIALS: u32 = 4;

/// True when saving the contents of the states, and the phis of the header among the inputs, before each iteration of
/// `id` takes at most half of what `slots` hold of an iteration, and what runs again is little for that. A loop without
/// a state in memory has its scalars on the tape alone, or computes something anew rather than a next step.
pub fn pays<'s>(
    cx: &Context<'_>,
    reversal: &Reversal,
    id: Loop,
    needs: &Needs,
    slots: &(impl Iterator<Item = &'s SlotData> + Clone),
) -> bool {
    let phis = needs.inputs.iter().filter(|&&v| {
        let affine = matches!(
            recompute::way(cx, reversal, Item::Primal(v)),
            recompute::Way::Affine { .. }
        );
        cx.is_header_phi(v, |header| header == id) && !affine
    });
    let phis: u64 = phis.filter_map(|&v| cx.bytes(Item::Primal(v))).sum();
    let mut guess = Guess {
        cx,
        reversal,
        trial: 0,
        values: IndexSet::default(),
    };
    (0..TRIALS).all(|trial| {
        guess.trial = trial;
        let saved: f64 = needs
            .states
            .values()
            .map(|extent| guess.extent(*extent))
            .sum();
        let taped: f64 = slots.clone().map(|slot| guess.slot(id, slot)).sum();
        let saved = saved + phis as f64;
        let work: f64 = needs.needed.iter().map(|&i| guess.work(id, i)).sum();
        !needs.states.is_empty() && 2.0 * saved <= taped && work <= WORTH / 8.0 * (taped - saved)
    })
}

struct Guess<'c, 'a> {
    cx: &'c Context<'a>,
    reversal: &'c Reversal,
    trial: u32,
    /// Values that are nothing but numbers, in order of appearance.
    values: IndexSet<Value>,
}

impl Guess<'_, '_> {
    /// What a slot takes for one iteration of `id`.
    fn slot(&mut self, id: Loop, slot: &SlotData) -> f64 {
        let nest = self.cx.shape.nest(slot.home);
        let Some(at) = nest.iter().position(|&l| l == id) else {
            return 0.0;
        };
        let repeats = |&&l: &&Loop| !self.cx.repeats(l, slot.item);
        let inner: Vec<Loop> = nest[at + 1..].iter().filter(repeats).copied().collect();
        let times: f64 = inner.into_iter().map(|l| self.iterations(l)).product();
        slot.bytes as f64 * times
    }

    /// What it costs to run an instruction again in each iteration of `id`.
    fn work(&mut self, id: Loop, inst: Inst) -> f64 {
        let data = &self.cx.body.insts[inst];
        let inner = self.cx.shape.loops.nest(data.block);
        let inner: Vec<Loop> = inner.take_while(|&l| l != id).collect();
        let times: f64 = inner.into_iter().map(|l| self.iterations(l)).product();
        match data.op {
            Op::Call(_) if !recompute::is_cheap_call(self.cx, inst) => CALL * times,
            Op::Gep(_) | Op::Phi { .. } | Op::Br(_) | Op::CondBr(..) => 0.0,
            _ => times,
        }
    }

    fn iterations(&mut self, id: Loop) -> f64 {
        match recompute::count_of(self.cx, self.reversal, id) {
            Some(count) => self.count(&count) + 1.0,
            None => UNKNOWN,
        }
    }

    fn extent(&mut self, extent: Extent) -> f64 {
        match extent {
            Extent::Bytes(bytes) => bytes as f64,
            Extent::Value(v) => self.value(v, 0),
            Extent::Product(a, b) => self.value(a, 0) * self.value(b, 0),
        }
    }

    fn value(&mut self, value: Value, depth: u32) -> f64 {
        let body = self.cx.body;
        if let Some(bits) = body.const_int(value) {
            // Negative ones have many bits, of which 64 tell.
            return bits as u64 as i64 as f64;
        }
        if let Some(inst) = body.def(value).filter(|_| depth < 16) {
            let data = &body.insts[inst];
            let mut operand = |i: usize| self.value(data.operands[i], depth + 1);
            match data.op {
                Op::Binary(BinaryOp::Add) => return operand(0) + operand(1),
                Op::Binary(BinaryOp::Sub) => return operand(0) - operand(1),
                Op::Binary(BinaryOp::Mul) => return operand(0) * operand(1),
                Op::Binary(BinaryOp::Shl) => return operand(0) * operand(1).exp2(),
                Op::Cast(CastOp::ZExt | CastOp::SExt | CastOp::Trunc) => return operand(0),
                _ => {}
            }
        }
        let (index, _) = self.values.insert_full(value);
        // 8, 32, 128 and 512, dealt in another order each time.
        f64::from(8 << (2 * ((index as u32 + self.trial) % TRIALS)))
    }

    fn count(&mut self, count: &Count) -> f64 {
        let mut all = |list: &[Count]| -> Vec<f64> { list.iter().map(|c| self.count(c)).collect() };
        match count {
            Count::Const { value, bits } => {
                let spare = 64 - (*bits).min(64);
                (((*value << spare) as i64) >> spare) as f64
            }
            Count::Value(value) => self.value(*value, 0),
            Count::Add(list) => all(list).into_iter().sum(),
            Count::Mul(list) => all(list).into_iter().product(),
            Count::UDiv(a, b) => self.count(a) / self.count(b).max(1.0),
            Count::UMax(list) | Count::SMax(list) => {
                all(list).into_iter().fold(f64::NEG_INFINITY, f64::max)
            }
            Count::UMin(list) | Count::SMin(list) => {
                all(list).into_iter().fold(f64::INFINITY, f64::min)
            }
            Count::ZExt(a, _) | Count::SExt(a, _) | Count::Trunc(a, _) => self.count(a),
            Count::Affine {
                start,
                step,
                header,
            } => self.count(start) + self.count(step) * self.half_way(*header),
        }
    }

    /// The iteration in the middle of a loop.
    fn half_way(&mut self, header: Block) -> f64 {
        let id = self.cx.shape.loops.headed_by(header);
        id.map_or(1.0, |id| self.iterations(id) / 2.0)
    }
}
