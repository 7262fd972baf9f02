//! Functions without a rule whose effects are known: copies, fills, allocations, lane movements.

use super::function::Writer;
use crate::room;
use crate::runtime::Runtime;
use rz_analysis::types::Class as Bytes;
use rz_diag::{Code, Result};
use rz_llvm::{Attribute, IntPredicate, Value as Ir};
use rz_rules::known::{Alloc, Arena, Class, Delivery, Free, Lanes, Length, Masked, Returns};
use rz_view::{Inst, Value};

/// The floats among the bytes of a copy.
#[derive(PartialEq)]
enum Copied {
    None,
    All,
    Some(Vec<rz_analysis::types::Segment>),
}

impl Writer<'_, '_> {
    /// Repeats on shadows what a known function does.
    pub(super) fn known_call(
        &mut self,
        inst: Inst,
        class: Class,
        args: &[Value],
    ) -> Result<Option<Ir>> {
        let arg = |i: u8| args[usize::from(i)];
        match class {
            Class::Inactive | Class::NoReturn | Class::Lifetime { .. } => Ok(None),
            Class::Kill(spans) => {
                for span in spans {
                    self.kill(inst, arg(span.pointer), span.length, args)?;
                }
                Ok(None)
            }
            Class::Set {
                dst,
                byte,
                length,
                returns,
            } => {
                self.fill(inst, arg(dst), byte.map(arg), length, args)?;
                self.returned(inst, arg(dst), returns)
            }
            Class::Pass { from, nullable } => self.pass(inst, arg(from), nullable),
            Class::Move {
                dst,
                src,
                length,
                overlap,
                returns,
            } => {
                self.copy_memory(inst, (arg(dst), arg(src)), length, overlap, args)?;
                self.returned(inst, arg(dst), returns)
            }
            Class::Alloc(alloc) => self.allocate(inst, &alloc, args),
            Class::Realloc(realloc) => {
                let Some(shadow) = self.pointer(inst, arg(realloc.pointer))? else {
                    return Ok(None);
                };
                if self.mixed(arg(realloc.pointer)) {
                    return Err(self.mixed_elsewhere(inst, "is given to realloc"));
                }
                let mut replaced = vec![(realloc.pointer, shadow)];
                if let (Length::Bytes(size), "free") = (realloc.size, realloc.release.symbol) {
                    let room = self.room_of(inst, self.primal(arg(size)));
                    replaced.push((size, room));
                }
                Ok(Some(self.again(inst, &replaced)))
            }
            Class::Free(free) => self.free(inst, free, args),
            Class::Arena(arena) => self.in_arena(inst, arena, args),
            Class::ReturnsTwice => Err(self.refuse(
                inst,
                Code::ReturnsTwice,
                "a function that returns twice is called",
            )),
            Class::Reduce(reduce) => self.reduce(inst, reduce, args),
            Class::Convert | Class::Narrow(_) => unreachable!("these have rules"),
            Class::Masked(masked) => self.masked(inst, masked, args),
            Class::Lanes(lanes) => self.lanes(inst, lanes, args),
            Class::Refuse(why) => {
                let name = self
                    .inst(inst)
                    .called_function()
                    .map(rz_llvm::Function::name);
                let what = format!(
                    "{} cannot be differentiated: {why}",
                    name.unwrap_or_default()
                );
                Err(self.refuse(inst, Code::UnsupportedInstruction, &what))
            }
        }
    }

    /// The same call once more, with some arguments replaced.
    fn again(&self, inst: Inst, replaced: &[(u8, Ir)]) -> Ir {
        let shadow = self.inst(inst).clone_instruction();
        for &(index, value) in replaced {
            shadow.set_operand(index.into(), value);
        }
        shadow.keep_metadata(&[]);
        self.b.insert(shadow);
        shadow
    }

    /// The byte count as a 64-bit integer; `None` when it is not among the arguments.
    fn length(&self, length: Length, args: &[Value]) -> Option<Ir> {
        let int = self.b.context().int(64);
        let arg = |i: u8| {
            let value = self.primal(args[usize::from(i)]);
            self.b.int_cast(value, int, false)
        };
        match length {
            Length::Bytes(i) => Some(arg(i)),
            Length::Scaled(i, scale) => Some(self.b.mul(arg(i), int.int_const(scale.into()))),
            Length::Product(i, j) => Some(self.b.mul(arg(i), arg(j))),
            Length::Const(bytes) => Some(int.int_const(bytes.into())),
            Length::Unknown => None,
        }
    }

    fn known_length(&self, inst: Inst, length: Length, args: &[Value]) -> Result<Ir> {
        self.length(length, args).ok_or_else(|| {
            self.refuse(
                inst,
                Code::UnsupportedMemory,
                "how much memory is overwritten is not known",
            )
        })
    }

    fn kill(&mut self, inst: Inst, pointer: Value, length: Length, args: &[Value]) -> Result<()> {
        if let Some(shadow) = self.pointer(inst, pointer)? {
            let bytes = self.known_length(inst, length, args)?;
            let bytes = self.written(pointer, shadow, bytes);
            self.zero(shadow, bytes);
        }
        Ok(())
    }

    /// Floats become constant, so their tangents zero; null pointers have null shadows.
    fn fill(
        &mut self,
        inst: Inst,
        dst: Value,
        byte: Option<Value>,
        length: Length,
        args: &[Value],
    ) -> Result<()> {
        let Some(shadow) = self.pointer(inst, dst)? else {
            return Ok(());
        };
        let zero = byte.is_none_or(|b| self.body.const_int(b) == Some(0));
        if !zero && self.holds(dst, length, args, &[Bytes::Pointer, Bytes::Unknown]) {
            return Err(self
                .refuse(
                    inst,
                    Code::UnknownType,
                    "active memory is filled with a byte pattern",
                )
                .note("it may hold pointers, whose shadows a pattern does not give"));
        }
        let bytes = self.known_length(inst, length, args)?;
        let bytes = self.written(dst, shadow, bytes);
        self.zero(shadow, bytes);
        Ok(())
    }

    /// True when the memory may hold bytes of one of these classes.
    fn holds(&self, pointer: Value, length: Length, args: &[Value], classes: &[Bytes]) -> bool {
        let bytes = match length {
            Length::Bytes(i) => self.body.const_int(args[usize::from(i)]),
            Length::Const(bytes) => Some(bytes.into()),
            Length::Scaled(..) | Length::Product(..) | Length::Unknown => None,
        };
        let segments = match bytes {
            Some(bytes) if bytes <= 1 << 12 => self.types.pointee(pointer, 0, bytes as u64),
            _ => match self.types.run(pointer) {
                Some(run) => run.segments,
                None => return classes.contains(&Bytes::Unknown),
            },
        };
        segments.iter().any(|s| classes.contains(&s.class))
    }

    fn copy_memory(
        &mut self,
        inst: Inst,
        (dst, src): (Value, Value),
        length: Length,
        overlap: bool,
        args: &[Value],
    ) -> Result<()> {
        let Some(to) = self.pointer(inst, dst)? else {
            return Ok(());
        };
        let bytes = self.known_length(inst, length, args)?;
        let from = match self.pointer(inst, src)? {
            Some(from) => from,
            // Inactive floats have zero tangents; inactive pointers are their own shadows.
            None if !self.holds(src, length, args, &[Bytes::Pointer, Bytes::Unknown])
                || !self.holds(dst, length, args, &[Bytes::Pointer, Bytes::Unknown]) =>
            {
                let bytes = self.written(dst, to, bytes);
                self.zero(to, bytes);
                return Ok(());
            }
            None => {
                let floats = |p: Value| {
                    let floats = [
                        rz_view::FloatKind::Half,
                        rz_view::FloatKind::BFloat,
                        rz_view::FloatKind::Single,
                        rz_view::FloatKind::Double,
                        rz_view::FloatKind::X86Fp80,
                        rz_view::FloatKind::Fp128,
                        rz_view::FloatKind::PpcFp128,
                    ]
                    .map(Bytes::Float);
                    self.holds(p, length, args, &floats)
                        || self.holds(p, length, args, &[Bytes::Unknown])
                };
                if floats(src) && floats(dst) {
                    return self.copy_inactive(inst, (dst, src), to, length, args);
                }
                self.primal(src)
            }
        };
        let bytes = self.written(dst, to, bytes);
        if self.mixed(src) {
            let floats = self.copied_floats(inst, (dst, src), length, args)?;
            self.b.memmove(to, 1, from, 1, bytes);
            self.forget_inactive(src, from, to, bytes, floats);
        } else if overlap {
            self.b.memmove(to, 1, from, 1, bytes);
        } else {
            self.b.memcpy(to, 1, from, 1, bytes);
        }
        Ok(())
    }

    /// The tangents of floats copied from memory that is its own shadow are zero.
    fn forget_inactive(&mut self, src: Value, from: Ir, to: Ir, bytes: Ir, floats: Copied) {
        let same = self.b.icmp(IntPredicate::Eq, from, self.primal(src));
        let none = bytes.ty().zero();
        let Copied::Some(floats) = floats else {
            if floats == Copied::All {
                let bytes = self.b.select(same, bytes, none);
                self.zero(to, bytes);
            }
            return;
        };
        // Where nothing was written nothing is taken back.
        let written = self.b.icmp(IntPredicate::Ne, bytes, none);
        let same = self.b.and(same, written);
        for segment in floats {
            let at = self.b.ptr_offset(to, segment.offset as i64);
            let bytes = self
                .b
                .select(same, none.ty().int_const(segment.bytes), none);
            self.zero(at, bytes);
        }
    }

    /// The floats among what is copied.
    fn copied_floats(
        &self,
        inst: Inst,
        (dst, src): (Value, Value),
        length: Length,
        args: &[Value],
    ) -> Result<Copied> {
        let count = match length {
            Length::Bytes(i) => self.body.const_int(args[usize::from(i)]),
            _ => None,
        };
        let count = count.filter(|&count| count <= 1 << 12);
        let run = |pointer| self.types.run_at(inst, pointer).map(|run| run.segments);
        let segments = match count {
            Some(count) => self.types.copied(inst, dst, src, count as u64),
            _ => run(src).or_else(|| run(dst)).unwrap_or_default(),
        };
        let any = |wanted: &dyn Fn(Bytes) -> bool| segments.iter().any(|s| wanted(s.class));
        let is_float = |class: Bytes| matches!(class, Bytes::Float(_));
        let unknown = segments.is_empty() || any(&|class| class == Bytes::Unknown);
        Ok(
            match (any(&is_float), any(&|class| class == Bytes::Pointer)) {
                (true, false) if !unknown => Copied::All,
                (false, _) if !unknown => Copied::None,
                (true, true) if !unknown && count.is_some() => {
                    Copied::Some(segments.into_iter().filter(|s| is_float(s.class)).collect())
                }
                _ => {
                    let what = "a copy of floats and other data from memory that may be inactive \
                            is not supported yet";
                    return Err(self
                        .refuse(inst, Code::NotSupportedYet, what)
                        .fix("copy the members one by one"));
                }
            },
        )
    }

    /// Copies inactive memory of known layout into active memory: floats become zero, pointers are copied.
    fn copy_inactive(
        &mut self,
        inst: Inst,
        (dst, src): (Value, Value),
        to: Ir,
        length: Length,
        args: &[Value],
    ) -> Result<()> {
        let count = match length {
            Length::Bytes(i) => self.body.const_int(args[usize::from(i)]),
            _ => None,
        };
        let refused = |writer: &Self| {
            writer
                .types
                .refuse(inst, dst, 0, count.unwrap_or(1).min(1 << 12) as u64)
        };
        let Some(count) = count.filter(|&c| c <= 1 << 12) else {
            return Err(refused(self));
        };
        let segments = self.types.copied(inst, dst, src, count as u64);
        if segments.iter().any(|s| s.class == Bytes::Unknown) {
            return Err(refused(self));
        }
        let int = to.context().int(64);
        let room = to.context().int(8).array(count as u64);
        let to = self.target(inst, dst, room)?.unwrap_or(to);
        for segment in segments {
            let at = self.b.ptr_offset(to, segment.offset as i64);
            let bytes = int.int_const(segment.bytes);
            match segment.class {
                Bytes::Pointer | Bytes::Integer => {
                    let from = self.b.ptr_offset(self.primal(src), segment.offset as i64);
                    self.b.memmove(at, 1, from, 1, bytes);
                }
                Bytes::Float(_) | Bytes::Anything | Bytes::Unknown => self.zero(at, bytes),
            }
        }
        Ok(())
    }

    /// The shadow of a pointer into what `from` points to.
    fn pass(&mut self, inst: Inst, from: Value, nullable: bool) -> Result<Option<Ir>> {
        let Some(shadow) = self.pointer(inst, from)? else {
            return Ok(None);
        };
        let result = self.inst(inst);
        let moved = self.displaced(result, self.primal(from), shadow);
        if !nullable {
            return Ok(Some(moved));
        }
        let null = result.ty().zero();
        let none = self.b.icmp(IntPredicate::Eq, result, null);
        Ok(Some(self.b.select(none, null, moved)))
    }

    /// `shadow + (result - primal)`.
    fn displaced(&self, result: Ir, primal: Ir, shadow: Ir) -> Ir {
        let int = self.b.context().int(64);
        let address = |p: Ir| self.b.cast(rz_llvm::CastOp::PtrToInt, p, int);
        let distance = self.b.sub(address(result), address(primal));
        self.b.ptr_add(shadow, distance)
    }

    /// The shadow of what a copying or filling function returns.
    fn returned(&mut self, inst: Inst, dst: Value, returns: Returns) -> Result<Option<Ir>> {
        let Some(result) = self.body.insts[inst]
            .result
            .filter(|&r| self.activity.value(r))
        else {
            return Ok(None);
        };
        let _ = result;
        let Some(shadow) = self.pointer(inst, dst)? else {
            return Ok(None);
        };
        Ok(match returns {
            Returns::Nothing => None,
            Returns::Dst => Some(shadow),
            Returns::DstEnd => Some(self.displaced(self.inst(inst), self.primal(dst), shadow)),
        })
    }

    /// The greater of `bytes` and what the block that `inst` returns has room for ([`room`]).
    fn room_of(&self, inst: Inst, bytes: Ir) -> Ir {
        Runtime::new(self.forward.imported.llvm()).room(&self.b, self.inst(inst), bytes)
    }

    /// A second, zeroed block.
    fn allocate(&mut self, inst: Inst, alloc: &Alloc, args: &[Value]) -> Result<Option<Ir>> {
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
    fn in_arena(&mut self, inst: Inst, arena: Arena, args: &[Value]) -> Result<Option<Ir>> {
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
            Arena::Adopt | Arena::Reset => Ok(None),
        }
    }

    /// Releases the shadow, unless the pointer was its own shadow.
    fn free(&mut self, inst: Inst, free: Free, args: &[Value]) -> Result<Option<Ir>> {
        let primal = args[usize::from(free.pointer)];
        let Some(shadow) = self.pointer(inst, primal)? else {
            return Ok(None);
        };
        let same = self.b.icmp(IntPredicate::Eq, shadow, self.primal(primal));
        // Only the C and C++ deallocators accept null; the others are told sizes.
        let shadow = match (free.size, free.align) {
            (None, None) => self.b.select(same, shadow.ty().zero(), shadow),
            _ => shadow,
        };
        self.again(inst, &[(free.pointer, shadow)]);
        Ok(None)
    }

    fn masked(&mut self, inst: Inst, masked: Masked, args: &[Value]) -> Result<Option<Ir>> {
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

    fn lanes(&mut self, inst: Inst, lanes: Lanes, args: &[Value]) -> Result<Option<Ir>> {
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
