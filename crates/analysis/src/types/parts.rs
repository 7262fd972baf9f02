//! Elements of vectors and aggregates: byte ranges of their representation.

use super::build::{Builder, Repr};
use super::graph::Graph;
use crate::taken::low;
use rz_view::{Inst, InstData, Type, Value};

impl Builder<'_> {
    /// Byte offset of the element a constant path names.
    fn offset(&self, ty: Type, path: &[u32]) -> Option<u64> {
        self.module.types.path(ty, path).map(|(_, offset)| offset)
    }

    pub(crate) fn extract_value(&mut self, inst: Inst, data: &InstData, path: &[u32]) {
        let Some(result) = data.result else { return };
        let whole = data.operands[0];
        let offset = self.offset(self.body.ty(whole), path);
        self.take(inst, result, whole, offset);
    }

    /// `result` is the part of `whole` at `offset`.
    fn take(&mut self, inst: Inst, result: Value, whole: Value, offset: Option<u64>) {
        let why = Self::reason(inst, "part of a value");
        let size = self.size(self.body.ty(result));
        match (self.reprs[whole], offset) {
            (Repr::Bytes { first, len }, Some(offset)) if offset + size <= len => {
                if offset < 64 && self.zeros[whole] != u64::MAX {
                    self.zeros[result] = self.zeros[whole] >> offset;
                }
                self.gather(result, why, &mut |_, k| Graph::nth(first, offset + k));
            }
            _ => self.define(result, why),
        }
    }

    /// `result` is `whole` with `part` put at `offset`.
    fn put(&mut self, inst: Inst, result: Value, whole: Value, part: Value, offset: Option<u64>) {
        let why = Self::reason(inst, "part of a value");
        self.define(result, why);
        let size = self.size(self.body.ty(part));
        let Repr::Bytes { first, len } = self.reprs[result] else {
            return;
        };
        let Some(offset) = offset.filter(|o| o + size <= len) else {
            return;
        };
        self.equate((result, 0), (whole, 0), offset);
        let end = offset + size;
        self.equate((result, end), (whole, end), len - end);
        self.spread(part, why, &mut |_, k| Graph::nth(first, offset + k));
        let replaced = low(end) & !low(offset);
        let put = self.zeros[part].checked_shl(offset as u32).unwrap_or(0) & replaced;
        self.zeros[result] = self.zeros[whole] & !replaced & low(len) | put;
    }

    pub(crate) fn insert_value(&mut self, inst: Inst, data: &InstData, path: &[u32]) {
        let Some(result) = data.result else { return };
        let offset = self.offset(self.body.ty(result), path);
        self.put(inst, result, data.operands[0], data.operands[1], offset);
    }

    fn lane_offset(&self, vector: Value, index: Value) -> Option<u64> {
        let index = u64::try_from(self.body.const_int(index)?).ok()?;
        let element = self.module.types.element(self.body.ty(vector), index)?;
        Some(element.1)
    }

    pub(crate) fn extract_element(&mut self, inst: Inst, data: &InstData) {
        let Some(result) = data.result else { return };
        let (vector, index) = (data.operands[0], data.operands[1]);
        self.hint_integer(index, Self::reason(inst, "index of a lane"));
        if let Some(offset) = self.lane_offset(vector, index) {
            return self.take(inst, result, vector, Some(offset));
        }
        // An unknown lane: all lanes hold the same kind of data.
        let lanes = u64::from(self.module.types.lanes(self.body.ty(vector)));
        let stride = self.size(self.body.ty(result));
        self.take(inst, result, vector, Some(0));
        for lane in 1..lanes {
            self.equate((vector, lane * stride), (vector, 0), stride);
        }
    }

    pub(crate) fn insert_element(&mut self, inst: Inst, data: &InstData) {
        let Some(result) = data.result else { return };
        let (vector, part, index) = (data.operands[0], data.operands[1], data.operands[2]);
        self.hint_integer(index, Self::reason(inst, "index of a lane"));
        if let Some(offset) = self.lane_offset(vector, index) {
            return self.put(inst, result, vector, part, Some(offset));
        }
        self.define(result, Self::reason(inst, "type of the result"));
        let (size, stride) = (
            self.size(self.body.ty(result)),
            self.size(self.body.ty(part)),
        );
        self.equate((result, 0), (vector, 0), size);
        for lane in 0..u64::from(self.module.types.lanes(self.body.ty(result))) {
            self.equate((result, lane * stride), (part, 0), stride);
        }
    }

    pub(crate) fn shuffle(&mut self, inst: Inst, data: &InstData, mask: &[Option<u32>]) {
        let Some(result) = data.result else { return };
        self.define(result, Self::reason(inst, "type of the result"));
        let ty = self.body.ty(data.operands[0]);
        let types = &self.module.types;
        let (lanes, stride) = (types.lanes(ty), types.store_size(types.scalar(ty)));
        for (to, from) in mask.iter().enumerate() {
            let Some(from) = *from else { continue };
            let source = data.operands[usize::from(from >= lanes)];
            let lane = u64::from(from % lanes.max(1));
            self.equate(
                (result, to as u64 * stride),
                (source, lane * stride),
                stride,
            );
        }
    }
}
