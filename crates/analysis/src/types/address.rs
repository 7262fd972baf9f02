//! Addresses: `getelementptr`, scalar and of vectors.
//!
//! Constant offsets move a place; a variable index makes it an element of an array whose stride is
//! the index' scale times what divides the index. A pointer that is kept at one of a few offsets
//! (`node->child[key > node->key]`) is in one of those places: the rest of the node is no array of pointers.

use super::build::{Builder, Repr};
use super::graph::Place;
use crate::divisor::divisor;
use rustc_hash::FxHashSet;
use rz_view::op::{CastOp, GepData};
use rz_view::{Body, Inst, InstData, Module, Op, TypeKind, Value};

/// Offsets told apart.
const MAX_OFFSETS: usize = 4;

impl Builder<'_> {
    pub(super) fn gep(&mut self, inst: Inst, data: &InstData, gep: &GepData) {
        let Some(result) = data.result else { return };
        for &(index, _) in &gep.terms {
            self.hint_integer(index, Self::reason(inst, "index of an address"));
        }
        if self.module.types.lanes(self.body.ty(result)) > 1 {
            return self.vector_gep(inst, result, data.operands[0], gep);
        }
        let Some(base) = self.place(data.operands[0]) else {
            return self.fresh_result(inst, data, "type of the result");
        };
        let place = match self.few_offsets(result, gep) {
            Some(offsets) => {
                let place = self.graph.new_place();
                for offset in offsets {
                    self.graph.choose(place, base.plus(offset));
                }
                place
            }
            None => self.displaced(base, gep).every(self.cycles.stride(result)),
        };
        self.reprs[result] = Repr::Pointer(place);
    }

    /// The offsets of an address of pointers, when there are only a few.
    fn few_offsets(&self, result: Value, gep: &GepData) -> Option<Vec<i64>> {
        let &[(index, scale)] = &gep.terms[..] else {
            return None;
        };
        if self.cycles.of[result].is_some() || !self.links.contains(&result) {
            return None;
        }
        let mut numbers = Vec::new();
        self.numbers(index, 4, &mut numbers)?;
        numbers.sort_unstable();
        numbers.dedup();
        let scale = i64::try_from(scale).ok()?;
        let offset = |n: &i64| gep.offset.checked_add(n.checked_mul(scale)?);
        numbers.iter().map(offset).collect()
    }

    /// All numbers that an integer may be.
    fn numbers(&self, value: Value, depth: u32, found: &mut Vec<i64>) -> Option<()> {
        if let Some(number) = self.signed_constant(value) {
            found.push(number);
            return (found.len() <= MAX_OFFSETS).then_some(());
        }
        let data = &self.body.insts[self.body.def(value).filter(|_| depth > 0)?];
        let truth = || {
            let ty = self.body.ty(*data.operands.first()?);
            matches!(self.module.types.kind(ty), TypeKind::Int(1)).then_some(())
        };
        match &data.op {
            Op::Select => {
                self.numbers(data.operands[1], depth - 1, found)?;
                self.numbers(data.operands[2], depth - 1, found)
            }
            Op::Phi { .. } => {
                let mut operands = data.operands.iter();
                operands.try_for_each(|&v| self.numbers(v, depth - 1, found))
            }
            Op::Cast(CastOp::ZExt) => truth().map(|()| found.extend([0, 1])),
            Op::Cast(CastOp::SExt) => truth().map(|()| found.extend([0, -1])),
            _ => None,
        }
    }

    fn displaced(&self, base: Place, gep: &GepData) -> Place {
        gep.terms
            .iter()
            .fold(base.plus(gep.offset), |place, &(index, scale)| {
                place.every(scale.saturating_mul(divisor(self.body, index, 8)))
            })
    }

    fn vector_gep(&mut self, inst: Inst, result: Value, base: Value, gep: &GepData) {
        self.define(result, Self::reason(inst, "type of the result"));
        let bytes = self.module.pointer_bytes;
        for lane in 0..u64::from(self.module.types.lanes(self.body.ty(result))) {
            let Some(cell) = self.byte(result, lane * bytes) else {
                return;
            };
            let base = match self.place(base) {
                Some(place) => place,
                None => match self.byte(base, lane * bytes) {
                    Some(cell) => self.graph.behind(cell),
                    None => return,
                },
            };
            let place = self.displaced(base, gep);
            self.graph.points_to(cell, place);
        }
    }
}

/// The addresses at which pointers are loaded and stored.
pub(super) fn links(module: &Module, body: &Body) -> FxHashSet<Value> {
    let pointer = |v: Value| module.types.is_pointer(body.ty(v));
    let address = |data: &InstData| match &data.op {
        Op::Load(_) => data
            .result
            .filter(|&v| pointer(v))
            .map(|_| data.operands[0]),
        Op::Store(_) => Some(data.operands[1]).filter(|_| pointer(data.operands[0])),
        _ => None,
    };
    body.insts.values().filter_map(address).collect()
}
