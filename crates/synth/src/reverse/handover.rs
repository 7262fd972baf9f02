//! What a call through a pointer holds longer than until it is undone for the first time.
//!
//! ```text
//! delete shape;      // through the virtual table: the block and its shadow go
//! ```
//!
//! The reverse entry of a table ends the tape of a call. Frees of memory that the caller still needs wait in the arena
//! of that tape, but what undoes the allocation runs later. And where a call may be undone several times, as the
//! reverse part of an escaping tape may run again, the tape must outlive all of them. So the caller's arena takes
//! over what the callee's holds, in the forward pass: the frees alone, or everything. Then nothing is left for the
//! reverse entry to release; the reverse part of a split derivative allocates nothing, so it only reads the tape.
//!
//! Only our own entries have such an arena: a table may be written by hand, and its tape may be anything. What its
//! reverse function does with that is up to who wrote it. The reverse entry tells: functions share one for their type
//! if a caller may have to take over what they hold, and that finds what to call on the tape.
//!
//! ```text
//! caller:         %1 = call { ptr } %augmented(…)
//!                 call void @…take_over(ptr %arena, ptr %tape, ptr %reverse, ptr @…undo_ppp)
//! @…undo_ppp:     %f = load ptr, ptr (%tape + 40)
//!                 call void %f(…)
//! ```

use crate::Session;
use crate::runtime::{ENTRY_REVERSE, FREES, Kit, Runtime};
use rz_llvm as llvm;
use rz_llvm::{Builder, IntPredicate, TypeKind};
use std::fmt::Write as _;

/// What a caller takes over from the tape of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Deferred frees, and with them the memory they lie in.
    Frees,
    /// All there is: the call may be undone several times.
    Everything,
}

impl Session<'_> {
    /// The reverse entry that functions share whose callers may take over what they hold, for entries of type `ty`.
    pub(super) fn shared_reverse(&self, ty: llvm::Type) -> llvm::Function {
        let mut name = "undo_".to_owned();
        mangle(ty, &mut name);
        let (result, params) = (ty.return_type(), ty.params());
        self.runtime().define(&name, result, &params, |b, f| {
            let given = f.params();
            let tape = *given.last().expect("the tape is last");
            let own = b.ptr_offset(tape, ENTRY_REVERSE);
            let reverse = b.load(b.context().pointer(0), own, 8);
            let undone = b.call_value(ty, reverse, &given);
            b.ret(Some(undone).filter(|_| !result.is_void()));
        })
    }
}

impl Runtime {
    /// `arena` takes over what `tape` holds if its table is ours: if its reverse entry is the shared one.
    pub(super) fn take_over(
        self,
        b: &Builder,
        what: Held,
        arena: llvm::Value,
        tape: llvm::Value,
        reverse_and_shared: [llvm::Value; 2],
    ) {
        let kit = Kit::of(self.module);
        let name = match what {
            Held::Frees => "take_over_frees",
            Held::Everything => "take_over",
        };
        let function = self.define(name, kit.context.void(), &[kit.ptr; 4], |b, f| {
            let (arena, tape) = (f.param(0), f.param(1));
            let (take, done) = (f.append_block("take"), f.append_block("done"));
            let ours = b.icmp(IntPredicate::Eq, f.param(2), f.param(3));
            match what {
                Held::Everything => {
                    b.cond_br(ours, take, done);
                }
                Held::Frees => {
                    let look = f.append_block("look");
                    b.cond_br(ours, look, done);
                    b.position_at_end(look);
                    let frees = b.load(kit.ptr, b.ptr_offset(tape, FREES), 8);
                    let any = b.icmp(IntPredicate::Ne, frees, kit.ptr.zero());
                    b.cond_br(any, take, done);
                }
            }
            b.position_at_end(take);
            self.adopt(b, arena, tape);
            b.br(done);
            b.position_at_end(done);
            b.ret(None);
        });
        let [reverse, shared] = reverse_and_shared;
        b.call(function, &[arena, tape, reverse, shared]);
    }
}

/// Writes a type so that equal text means the same machine type, whatever structs are called.
fn mangle(ty: llvm::Type, to: &mut String) {
    let all = |open: char, of: &[llvm::Type], to: &mut String| {
        to.push(open);
        for &ty in of {
            mangle(ty, to);
        }
        to.push('_');
    };
    let plain = match ty.kind() {
        TypeKind::Void => 'v',
        TypeKind::Half => 'h',
        TypeKind::BFloat => 'b',
        TypeKind::Float => 'f',
        TypeKind::Double => 'd',
        TypeKind::X86Fp80 => 'x',
        TypeKind::Fp128 => 'q',
        TypeKind::PpcFp128 => 'g',
        TypeKind::Function => {
            mangle(ty.return_type(), to);
            return all('F', &ty.params(), to);
        }
        TypeKind::Struct => return all(if ty.is_packed() { 'T' } else { 'S' }, &ty.fields(), to),
        TypeKind::Array => return counted('A', ty.array_len(), ty.element(), to),
        TypeKind::Vector => return counted('V', u64::from(ty.vector_len()), ty.element(), to),
        TypeKind::ScalableVector => {
            return counted('W', u64::from(ty.vector_len()), ty.element(), to);
        }
        TypeKind::Int => return number('i', u64::from(ty.int_bits()), to),
        TypeKind::Pointer if ty.address_space() == 0 => 'p',
        TypeKind::Pointer => return number('P', u64::from(ty.address_space()), to),
        TypeKind::Label
        | TypeKind::Metadata
        | TypeKind::Token
        | TypeKind::X86Amx
        | TypeKind::TargetExt
        | TypeKind::Unknown => unreachable!("the planner refuses such parameters"),
    };
    to.push(plain);
}

fn counted(letter: char, len: u64, element: llvm::Type, to: &mut String) {
    number(letter, len, to);
    mangle(element, to);
}

fn number(letter: char, number: u64, to: &mut String) {
    write!(to, "{letter}{number}").expect("text grows");
}
