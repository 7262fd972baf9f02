//! Memory: every active access is repeated on the shadow.

use super::function::Writer;
use rz_diag::{Code, Result};
use rz_llvm::{IntPredicate, Value as Ir};
use rz_view::op::{Access, RmwOp};
use rz_view::{Inst, Op};

impl Writer<'_, '_> {
    /// A second, zeroed allocation.
    pub(super) fn alloca(&mut self, inst: Inst) -> Ir {
        let copy = self.inst(inst);
        let Op::Alloca { ty, align, .. } = &self.body.insts[inst].op else {
            unreachable!("called for allocas");
        };
        let shadow = copy.clone_instruction();
        self.b.insert(shadow);
        shadow.keep_metadata(&[]);
        let context = copy.context();
        let element = self.forward.imported.module.types.alloc_size(*ty);
        let count = self.b.int_cast(copy.operand(0), context.int(64), false);
        let bytes = self.b.mul(count, context.int(64).int_const(element));
        self.b.memset(shadow, context.int(8).zero(), bytes, *align);
        shadow
    }

    pub(super) fn load(&mut self, inst: Inst, access: Access) -> Result<Option<Ir>> {
        let copy = self.inst(inst);
        let Some(pointer) = self.pointer(inst, self.body.insts[inst].operands[0])? else {
            return Ok(None);
        };
        if access.atomic {
            let shadow = copy.clone_instruction();
            shadow.set_operand(0, pointer);
            shadow.keep_metadata(&[]);
            self.b.insert(shadow);
            return self.loaded(inst, pointer, shadow).map(Some);
        }
        let align = self.shadow_align(copy.ty(), access.align);
        let shadow = self.b.load(copy.ty(), pointer, align);
        copy_tbaa(copy, shadow);
        if copy.ty().is_float() && shadow.is_instruction() {
            let context = copy.context();
            shadow.set_metadata(
                context.metadata_kind(super::TANGENT),
                Some(context.metadata_node(&[])),
            );
        }
        self.loaded(inst, pointer, shadow).map(Some)
    }

    /// What was loaded from shadow memory; floats of memory that is its own shadow have zero
    /// tangents, and pointers are their own shadows.
    fn loaded(&mut self, inst: Inst, pointer: Ir, shadow: Ir) -> Result<Ir> {
        let data = &self.body.insts[inst];
        let result = data.result.expect("a load has a result");
        if !self.mixed(data.operands[0]) {
            return Ok(shadow);
        }
        let primal = self.primal(data.operands[0]);
        let same = self.b.icmp(IntPredicate::Eq, pointer, primal);
        let own = self.inactive(inst, result, &self.types.segments(result))?;
        Ok(self.b.select(same, own, shadow))
    }

    /// The shadow of memory that is written to: scratch memory where it is the primal.
    pub(super) fn target(
        &mut self,
        inst: Inst,
        address: rz_view::Value,
        ty: rz_llvm::Type,
    ) -> Result<Option<Ir>> {
        let Some(pointer) = self.pointer(inst, address)? else {
            return Ok(None);
        };
        if !self.mixed(address) {
            return Ok(Some(pointer));
        }
        let scratch = self
            .b
            .entry_alloca(ty, self.forward.imported.llvm().align(ty));
        let same = self.b.icmp(IntPredicate::Eq, pointer, self.primal(address));
        Ok(Some(self.b.select(same, scratch, pointer)))
    }

    /// True for a pointer whose shadow may be the pointer itself.
    pub(super) fn mixed(&self, pointer: rz_view::Value) -> bool {
        self.forward.options.runtime_activity || self.activity.mixed(pointer)
    }

    /// How many bytes of the shadow `pointer` of `address` are written.
    pub(super) fn written(&self, address: rz_view::Value, pointer: Ir, bytes: Ir) -> Ir {
        if !self.mixed(address) {
            return bytes;
        }
        let same = self.b.icmp(IntPredicate::Eq, pointer, self.primal(address));
        self.b.select(same, bytes.ty().zero(), bytes)
    }

    pub(super) fn store(&mut self, inst: Inst, access: Access) -> Result<()> {
        let copy = self.inst(inst);
        let [value, address] = self.body.insts[inst].operands[..] else {
            return Ok(());
        };
        let ty = self.primal(value).ty();
        let Some(pointer) = self.target(inst, address, ty)? else {
            return Ok(());
        };
        let shadow_value = self.stored_shadow(inst, value, address)?;
        if access.atomic {
            let shadow = copy.clone_instruction();
            shadow.set_operand(0, shadow_value);
            shadow.set_operand(1, pointer);
            shadow.keep_metadata(&[]);
            self.b.insert(shadow);
            return Ok(());
        }
        let align = self.shadow_align(shadow_value.ty(), access.align);
        let shadow = self.b.store(shadow_value, pointer, align);
        copy_tbaa(copy, shadow);
        Ok(())
    }

    /// The shadow of an address that is accessed; `None` when the memory is inactive.
    pub(super) fn pointer(&mut self, inst: Inst, address: rz_view::Value) -> Result<Option<Ir>> {
        if self.tangent(address).is_none() && !self.activity.shadow(address) {
            return Ok(None);
        }
        let shadow = self.shadow(inst, address)?;
        // An inactive pointer is its own shadow, and writing there would change the primal.
        Ok((shadow != self.primal(address)).then_some(shadow))
    }

    /// The same offset from the shadow of the base.
    pub(super) fn gep(&mut self, inst: Inst) -> Result<Option<Ir>> {
        let base = self.body.insts[inst].operands[0];
        let Some(shadow_base) = self.pointer(inst, base)? else {
            return Ok(None);
        };
        let shadow = self.inst(inst).clone_instruction();
        shadow.set_operand(0, shadow_base);
        shadow.keep_metadata(&[]);
        self.b.insert(shadow);
        Ok(Some(shadow))
    }

    pub(super) fn atomic_rmw(&mut self, inst: Inst, op: RmwOp) -> Result<Option<Ir>> {
        match op {
            RmwOp::Xchg | RmwOp::FAdd | RmwOp::FSub => {}
            RmwOp::FMinMax | RmwOp::Integer => {
                return Err(self.refuse(
                    inst,
                    Code::UnsupportedInstruction,
                    "an atomic minimum, maximum or integer operation on active data",
                ));
            }
        }
        let [address, value] = self.body.insts[inst].operands[..] else {
            return Ok(None);
        };
        let ty = self.primal(value).ty();
        let Some(pointer) = self.target(inst, address, ty)? else {
            return Ok(None);
        };
        let operand = self.stored_shadow(inst, value, address)?;
        let shadow = self.inst(inst).clone_instruction();
        shadow.set_operand(0, pointer);
        shadow.set_operand(1, operand);
        shadow.keep_metadata(&[]);
        self.b.insert(shadow);
        Ok(Some(shadow))
    }

    pub(super) fn shadow_align(&self, ty: rz_llvm::Type, primal: u32) -> u32 {
        crate::shadow::alignment(self.forward.imported.llvm(), ty, primal)
    }

    /// Sets shadow memory to zero.
    pub(super) fn zero(&self, pointer: Ir, bytes: Ir) {
        let byte = pointer.context().int(8).zero();
        self.b.memset(pointer, byte, bytes, 1);
    }
}

/// Type-based alias facts hold for shadows too, except that their memory is not constant.
fn copy_tbaa(primal: Ir, shadow: Ir) {
    if let Some(tag) = primal.metadata_named("tbaa")
        && tag.operands().len() <= 3
        && shadow.is_instruction()
    {
        let kind = primal.context().metadata_kind("tbaa");
        shadow.set_metadata(kind, Some(tag));
    }
}
