//! Tangents of accesses and movements of single lanes.

use super::function::Writer;
use rz_diag::Result;
use rz_llvm::{Attribute, IntPredicate, Value as Ir};
use rz_rules::known::{Lanes, Masked};
use rz_view::{Inst, Value};

impl Writer<'_, '_> {
    pub(super) fn masked(
        &mut self,
        inst: Inst,
        masked: Masked,
        args: &[Value],
    ) -> Result<Option<Ir>> {
        let (value, address) = match masked {
            Masked::Load | Masked::Gather | Masked::ExpandLoad => (2, 0),
            Masked::Store | Masked::Scatter | Masked::CompressStore => (0, 1),
        };
        let pointer = self.pointer(inst, args[address])?;
        let loads = address == 0;
        let mask = self.primal(args[if loads { 1 } else { 2 }]);
        let owned = pointer.map_or(mask, |pointer| {
            self.owned_lanes(args[address], pointer, mask)
        });
        if loads {
            let pass = self.shadow(inst, args[value])?;
            let Some(pointer) = pointer else {
                // Inactive memory: only disabled lanes carry a tangent.
                let any = self.tangent(args[value]).is_some();
                return Ok(any.then(|| self.b.select(mask, pass.ty().zero(), pass)));
            };
            let pass = if owned == mask {
                pass
            } else {
                let result = self.body.insts[inst].result.expect("a load has a result");
                let own = self.inactive(inst, result, &self.types.segments(result))?;
                self.b.select(mask, own, pass)
            };
            let shadow = self.again(inst, &[(0, pointer), (1, owned), (2, pass)]);
            self.realign(shadow, 0, pass.ty());
            return Ok(Some(shadow));
        }
        let Some(pointer) = pointer else {
            return Ok(None);
        };
        let stored = self.stored_shadow(inst, args[value], args[address])?;
        let shadow = self.again(inst, &[(0, stored), (1, pointer), (2, owned)]);
        self.realign(shadow, 1, stored.ty());
        Ok(None)
    }

    /// The lanes of `mask` whose memory is not its own shadow.
    fn owned_lanes(&self, address: Value, pointer: Ir, mask: Ir) -> Ir {
        if !self.mixed(address) {
            return mask;
        }
        let other = self.b.icmp(IntPredicate::Ne, pointer, self.primal(address));
        if other.ty().is_vector() {
            return self.b.and(mask, other);
        }
        self.b.select(other, mask, mask.ty().zero())
    }

    /// Shadows are aligned like their elements and no better.
    fn realign(&self, call: Ir, arg: u32, ty: rz_llvm::Type) {
        let place = rz_llvm::Place::Param(arg);
        let old = call
            .call_attributes(place)
            .into_iter()
            .find(|a| a.name() == "align");
        let Some(old) = old.and_then(Attribute::int_value) else {
            return;
        };
        let align = self.shadow_align(ty, old as u32);
        call.remove_call_attribute(place, "align");
        if let Some(attribute) = Attribute::named(call.context(), "align", align.into()) {
            call.add_call_attribute(place, attribute);
        }
    }

    pub(super) fn lanes(&mut self, inst: Inst, lanes: Lanes, args: &[Value]) -> Result<Option<Ir>> {
        let vectors = match lanes {
            Lanes::Insert | Lanes::Splice => 2,
            Lanes::Extract | Lanes::Reverse | Lanes::Deinterleave => 1,
            Lanes::Interleave => args.len(),
        };
        if args[..vectors].iter().all(|&a| self.tangent(a).is_none()) {
            return Ok(None);
        }
        let mut replaced = Vec::with_capacity(vectors);
        for (index, &arg) in args[..vectors].iter().enumerate() {
            replaced.push((index as u8, self.shadow(inst, arg)?));
        }
        Ok(Some(self.again(inst, &replaced)))
    }
}
