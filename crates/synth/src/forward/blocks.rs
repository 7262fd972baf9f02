//! Tangents of blocks of memory: allocators, arenas of the user's, and frees.

use super::function::Writer;
use crate::room;
use crate::runtime::Runtime;
use rz_diag::Result;
use rz_llvm::{Builder, IntPredicate, Linkage, Type, Value as Ir};
use rz_rules::known::{Alloc, Arena, Delivery, Free, Length};
use rz_view::{Inst, Value};

impl Writer<'_, '_> {
    /// The greater of `bytes` and what the block that `inst` returns has room for ([`room`]).
    pub(super) fn room_of(&self, inst: Inst, bytes: Ir) -> Ir {
        Runtime::new(self.forward.imported.llvm()).room(&self.b, self.inst(inst), bytes)
    }

    /// A second, zeroed block.
    pub(super) fn allocate(
        &mut self,
        inst: Inst,
        alloc: &Alloc,
        args: &[Value],
    ) -> Result<Option<Ir>> {
        let slot = match alloc.delivery {
            Delivery::Memory(index) => {
                let Some(slot) = self.pointer(inst, args[usize::from(index)])? else {
                    return Ok(None);
                };
                Some((index, slot))
            }
            Delivery::Result | Delivery::Sized => None,
        };
        let mut replaced: Vec<(u8, Ir)> = slot.into_iter().collect();
        let call = self.inst(inst);
        let roomy = room::of_malloc(call).filter(|_| room::matters(&self.forward.imported.module));
        let mut bytes = self.known_length(inst, alloc.size, args)?;
        if let Some(alloc) = roomy {
            bytes = self.room_of(inst, bytes);
            replaced = room::arguments(&self.b, alloc, call, bytes);
        }
        let shadow = self.again(inst, &replaced);
        if alloc.zeroed {
            return Ok(slot.is_none().then_some(shadow));
        }
        let (pointer, failed) = match (alloc.delivery, slot) {
            (Delivery::Memory(_), Some((_, slot))) => {
                let pointer = self.b.load(shadow.context().pointer(0), slot, 0);
                (
                    pointer,
                    Some(self.b.icmp(IntPredicate::Ne, shadow, shadow.ty().zero())),
                )
            }
            (Delivery::Sized, _) => (self.b.extract_value(shadow, 0), None),
            _ => {
                let null = shadow.ty().zero();
                let failed = alloc
                    .nullable
                    .then(|| self.b.icmp(IntPredicate::Eq, shadow, null));
                (shadow, failed)
            }
        };
        // A failed allocation is the primal's problem; zeroing must not make it ours.
        let bytes = match failed {
            Some(failed) => self.b.select(failed, bytes.ty().zero(), bytes),
            None => bytes,
        };
        self.zero(pointer, bytes);
        Ok(slot.is_none().then_some(shadow))
    }

    /// Shadows live in the arena of their primals, so they go when it is closed.
    pub(super) fn in_arena(
        &mut self,
        inst: Inst,
        arena: Arena,
        args: &[Value],
    ) -> Result<Option<Ir>> {
        match arena {
            Arena::Alloc => {
                let shadow = self.again(inst, &[]);
                let bytes = self.known_length(inst, Length::Bytes(1), args)?;
                self.zero(shadow, bytes);
                Ok(Some(shadow))
            }
            Arena::Defer => {
                let free = Free {
                    pointer: 1,
                    size: None,
                    align: None,
                    nullable: true,
                };
                self.free(inst, free, args)
            }
            Arena::Open => Ok(Some(self.again(inst, &[]))),
            Arena::Close => {
                if let Some(shadow) = self.pointer(inst, args[0])? {
                    self.again(inst, &[(0, shadow)]);
                }
                Ok(None)
            }
            Arena::TakeOver => {
                if let Some(shadow) = self.pointer(inst, args[1])? {
                    self.again(inst, &[(1, shadow)]);
                }
                Ok(None)
            }
            Arena::Adopt | Arena::Reset => Ok(None),
        }
    }

    /// Releases the shadow, unless the pointer was its own shadow.
    pub(super) fn free(&mut self, inst: Inst, free: Free, args: &[Value]) -> Result<Option<Ir>> {
        let primal = args[usize::from(free.pointer)];
        let Some(shadow) = self.pointer(inst, primal)? else {
            return Ok(None);
        };
        let own = self.primal(primal);
        if free.nullable {
            let same = self.b.icmp(IntPredicate::Eq, shadow, own);
            let shadow = self.b.select(same, shadow.ty().zero(), shadow);
            self.again(inst, &[(free.pointer, shadow)]);
        } else {
            self.release_other(inst, free.pointer.into(), shadow, own);
        }
        Ok(None)
    }

    /// Calls the deallocator of `inst` for `shadow` unless that is `own`, in a function of its own: there are no further
    /// blocks here.
    fn release_other(&self, inst: Inst, index: u32, shadow: Ir, own: Ir) {
        let call = self.inst(inst);
        let callee = call
            .called_function()
            .expect("deallocators are known by name");
        let mut args: Vec<Ir> = (0..call.arg_count()).map(|i| call.operand(i)).collect();
        args[index as usize] = shadow;
        args.push(own);
        let name = format!("ribozyme.release_other.{}.{index}", callee.name());
        let module = self.forward.imported.llvm();
        let release = module.function(&name).unwrap_or_else(|| {
            let types: Vec<Type> = args.iter().map(|arg| arg.ty()).collect();
            let ty = shadow.context().void().function(&types, false);
            let function = module.add_function(&name, ty, Linkage::Internal);
            let blocks = ["entry", "other", "done"].map(|name| function.append_block(name));
            let [entry, other, done] = blocks;
            let mut params = function.params();
            let own = params.pop().expect("the last one");
            let b = Builder::at_end(entry);
            let same = b.icmp(IntPredicate::Eq, params[index as usize], own);
            b.cond_br(same, done, other);
            b.position_at_end(other);
            let call = b.call(callee, &params);
            call.set_call_convention(callee.calling_convention());
            b.br(done);
            b.position_at_end(done);
            b.ret(None);
            function
        });
        self.b.call(release, &args);
    }
}
