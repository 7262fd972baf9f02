//! Functions without a rule whose effects are known: copies, fills, allocations, lane movements.

use super::function::Writer;
use rz_diag::{Code, Result};
use rz_llvm::{IntPredicate, Value as Ir};
use rz_rules::known::{Class, Length, Returns};
use rz_view::{Inst, Value};

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
    pub(super) fn again(&self, inst: Inst, replaced: &[(u8, Ir)]) -> Ir {
        let shadow = self.inst(inst).clone_instruction();
        for &(index, value) in replaced {
            shadow.set_operand(index.into(), value);
        }
        shadow.keep_metadata(&[]);
        self.b.insert(shadow);
        shadow
    }

    /// The byte count as a 64-bit integer; `None` when it is not among the arguments.
    pub(super) fn length(&self, length: Length, args: &[Value]) -> Option<Ir> {
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

    pub(super) fn known_length(&self, inst: Inst, length: Length, args: &[Value]) -> Result<Ir> {
        self.length(length, args).ok_or_else(|| {
            self.refuse(
                inst,
                Code::UnsupportedMemory,
                "how much memory is overwritten is not known",
            )
        })
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
}
