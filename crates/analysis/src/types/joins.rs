//! Values that are one of several: `phi`, `select`, `freeze`.
//!
//! A pointer that walks (`p = phi [a, entry], [p + 8, latch]`) is derived from what enters its cycle
//! from outside, its *bases*. With one base it points into the same object; pointers to several objects
//! are choices (`choice.rs`). All values of a cycle point into one region.

use super::build::{Builder, Repr};
use super::choice::widen;
use super::graph::Place;
use rz_view::{Inst, InstData, Op, TypeKind, Value};

/// A pointer whose bases were not all known where it was visited.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    place: Place,
    bases: Vec<Value>,
}

impl Builder<'_> {
    /// `phi`, `select`, `freeze`: the result is one of the operands.
    pub(super) fn pass(&mut self, inst: Inst, data: &InstData, operands: &[Value]) {
        let Some(result) = data.result else { return };
        let kind = self.module.types.kind(self.body.ty(result));
        if matches!(kind, TypeKind::Pointer { .. }) {
            self.reprs[result] = Repr::Pointer(self.joined(result, operands));
        } else {
            self.define(result, Self::reason(inst, "type of the result"));
        }
        self.mixed_with_constants(inst, data);
        if !matches!(data.op, Op::Phi { .. }) {
            self.close(result, operands);
        }
    }

    /// Operands of phis may be defined later than the phi.
    pub(super) fn close_phi(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        if let (Op::Phi { .. }, Some(result)) = (&data.op, data.result) {
            self.close(result, &data.operands);
        }
    }

    fn close(&mut self, result: Value, operands: &[Value]) {
        if let Repr::Pointer(place) = self.reprs[result] {
            let cycle = self.cycles.of[result];
            for &operand in operands {
                if cycle.is_some()
                    && self.cycles.of[operand] == cycle
                    && let Some(inside) = self.place(operand)
                {
                    self.graph.unify_places(place, inside);
                }
            }
            return;
        }
        for &operand in operands {
            self.same(result, operand);
        }
        let zeros = operands.iter().map(|&v| self.zeros[v]);
        self.zeros[result] = zeros.fold(u64::MAX, |a, b| a & b);
    }

    /// Where a pointer points that is one of several.
    fn joined(&mut self, result: Value, operands: &[Value]) -> Place {
        let cycle = self.cycles.of[result];
        let (bases, stride) = match cycle {
            Some(cycle) => {
                if let Some(place) = self.cycle_places[cycle] {
                    return place;
                }
                let cycle = &self.cycles.list[cycle];
                (cycle.bases.clone(), cycle.stride)
            }
            None => (operands.to_vec(), 0),
        };
        let seen = |&v: &Value| self.reprs[v] != Repr::None || self.body.constant(v).is_some();
        let known: Vec<Place> = bases.iter().filter_map(|&v| self.place(v)).collect();
        let place = match known.split_first() {
            Some((&first, others))
                if bases.iter().all(seen) && others.iter().all(|p| is_one(first, *p, stride)) =>
            {
                others.iter().fold(first, |a, &b| widen(a, b))
            }
            _ => {
                let place = self.graph.new_place();
                self.joins.push(Join { place, bases });
                place
            }
        };
        let place = place.every(stride);
        if let Some(cycle) = cycle {
            self.cycle_places[cycle] = Some(place);
        }
        place
    }

    /// All values are visited: where joined pointers may point.
    pub(super) fn close_joins(&mut self) {
        for join in std::mem::take(&mut self.joins) {
            for &base in &join.bases {
                if let Some(target) = self.place(base) {
                    self.graph.choose(join.place, target);
                }
            }
        }
    }
}

/// Offsets that differ within one object are elements of an array, unless both are exact: then they may
/// be different members.
fn is_one(first: Place, other: Place, stride: u64) -> bool {
    let walks = stride != 0 || first.stride != 0 || other.stride != 0;
    first.region == other.region && (walks || first.start == other.start)
}
