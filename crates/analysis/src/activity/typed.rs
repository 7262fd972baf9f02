//! Activity's questions answered by type analysis.

use super::{Carry, TypeContext, TypeQuery, TypeSource};
use crate::types::{Class, FuncTypes, Segment, TypeAnalysis};
use rz_view::{Inst, Value};
use std::rc::Rc;

/// Longer ranges are asked about by what repeats in them.
const LONG: u64 = 1 << 12;

/// [`FuncTypes`] shared with its owner.
pub struct Typed<'m>(pub Rc<FuncTypes<'m>>);

fn carry_of(class: Class) -> Carry {
    match class {
        Class::Unknown => Carry::ANY,
        Class::Pointer => Carry::POINTERS,
        Class::Float(_) => Carry::FLOATS,
        Class::Integer | Class::Anything => Carry::NONE,
    }
}

fn carry(segments: &[Segment]) -> Carry {
    segments
        .iter()
        .fold(Carry::NONE, |all, s| all.or(carry_of(s.class)))
}

impl TypeQuery for Typed<'_> {
    fn value(&self, value: Value) -> Carry {
        carry(&self.0.segments(value))
    }

    fn memory(&self, ptr: Value, bytes: Option<u64>) -> Carry {
        match bytes {
            Some(bytes) if bytes <= LONG => carry(&self.0.pointee(ptr, 0, bytes)),
            Some(_) | None => self.run(ptr),
        }
    }

    fn copied(&self, inst: Inst, dst: Value, src: Value, bytes: Option<u64>) -> Carry {
        match bytes {
            Some(bytes) if bytes <= LONG => carry(&self.0.copied(inst, dst, src, bytes)),
            // Either side knows what moves; both may know only a part of it.
            Some(_) | None => {
                let run = |ptr| self.0.run_at(inst, ptr).map(|run| carry(&run.segments));
                let known = |ptr| run(ptr).unwrap_or(Carry::ANY);
                let (dst, src) = (known(dst), known(src));
                if dst == Carry::ANY { src } else { dst }
            }
        }
    }

    fn stored(&self, value: Value, addr: Value, _: u64) -> Carry {
        carry(&self.0.stored(value, addr))
    }

    fn image(&self, value: Value) -> u64 {
        self.0.image(value)
    }

    fn mantissa(&self, value: Value) -> u128 {
        self.0.mantissa(value)
    }

    fn moves_floats_as_letters(&self, call: Inst) -> bool {
        self.0.moves_floats_as_letters(call)
    }

    fn only_converted(&self, value: Value) -> bool {
        self.0.only_converted(value)
    }

    fn callee(&self, call: Inst) -> Option<TypeContext> {
        self.0.callee(call).cloned()
    }
}

impl Typed<'_> {
    fn run(&self, ptr: Value) -> Carry {
        self.0
            .run(ptr)
            .map_or(Carry::ANY, |run| carry(&run.segments))
    }
}

impl TypeSource for TypeAnalysis<'_> {
    fn types<'a>(&'a self, context: &TypeContext) -> Box<dyn TypeQuery + 'a> {
        Box::new(Typed(self.solve(context.clone())))
    }
}
