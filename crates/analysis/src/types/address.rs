//! Addresses: `getelementptr`, scalar and of vectors.
//!
//! Constant offsets move a place; a variable index makes it an element of an array whose stride is
//! the index' scale times what divides the index.

use super::build::{Builder, Repr};
use super::graph::Place;
use super::stride::divisor;
use rz_view::op::GepData;
use rz_view::{Inst, InstData, Value};

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
        let place = self.displaced(base, gep).every(self.cycles.stride(result));
        self.reprs[result] = Repr::Pointer(place);
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
