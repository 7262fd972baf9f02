//! Tangents of memory that is filled, copied or freed by known functions.

use super::function::Writer;
use rz_analysis::types::Class as Bytes;
use rz_diag::{Code, Result};
use rz_llvm::{IntPredicate, Value as Ir};
use rz_rules::known::Length;
use rz_view::{Inst, Value};

/// The floats among the bytes of a copy.
#[derive(PartialEq)]
enum Copied {
    None,
    All,
    Some(Vec<rz_analysis::types::Segment>),
}

impl Writer<'_, '_> {
    pub(super) fn kill(
        &mut self,
        inst: Inst,
        pointer: Value,
        length: Length,
        args: &[Value],
    ) -> Result<()> {
        if let Some(shadow) = self.pointer(inst, pointer)? {
            let bytes = self.known_length(inst, length, args)?;
            let bytes = self.written(pointer, shadow, bytes);
            self.zero(shadow, bytes);
        }
        Ok(())
    }

    /// Floats become constant, so their tangents zero. What is no address (a null pointer, a mark, a pattern that finds
    /// uses of what was never set) has a null shadow: nobody goes there.
    pub(super) fn fill(
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
        let bytes = self.known_length(inst, length, args)?;
        if !zero
            && self.is_less_than_pointer(length, args)
            && self.holds(dst, length, args, &[Bytes::Pointer, Bytes::Unknown])
        {
            return Err(self
                .refuse(
                    inst,
                    Code::UnknownType,
                    "a part of a pointer in active memory is filled with a byte pattern",
                )
                .note("where its shadow points to then is not known"));
        }
        let bytes = self.written(dst, shadow, bytes);
        self.zero(shadow, bytes);
        Ok(())
    }

    fn is_less_than_pointer(&self, length: Length, args: &[Value]) -> bool {
        self.constant_length(length, args)
            .is_some_and(|bytes| bytes < self.forward.imported.module.pointer_bytes.into())
    }

    fn constant_length(&self, length: Length, args: &[Value]) -> Option<u128> {
        match length {
            Length::Bytes(i) => self.body.const_int(args[usize::from(i)]),
            Length::Const(bytes) => Some(bytes.into()),
            Length::Scaled(..) | Length::Product(..) | Length::Unknown => None,
        }
    }

    /// True when the memory may hold bytes of one of these classes.
    fn holds(&self, pointer: Value, length: Length, args: &[Value], classes: &[Bytes]) -> bool {
        let segments = match self.constant_length(length, args) {
            Some(bytes) if bytes <= 1 << 12 => self.types.pointee(pointer, 0, bytes as u64),
            _ => match self.types.run(pointer) {
                Some(run) => run.segments,
                None => return classes.contains(&Bytes::Unknown),
            },
        };
        segments.iter().any(|s| classes.contains(&s.class))
    }

    pub(super) fn copy_memory(
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
}
