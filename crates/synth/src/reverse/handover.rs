//! Memory that a function called through a pointer frees, while its caller still needs it.
//!
//! ```text
//! delete shape;      // through the virtual table: the block and its shadow go
//! ```
//!
//! Such frees wait in the arena of the call's tape, but what undoes the allocation runs later than the
//! reverse entry, which ends the tape. So the caller's arena takes over what the callee's has to free, in
//! the forward pass. Only our own entries have such an arena: a table may be written by hand, and its tape
//! may be anything. The reverse entry tells: functions that may free memory of others share one for their
//! type, and that finds what to call on the tape.
//!
//! ```text
//! caller:         %1 = call { ptr } %augmented(…)
//!                 call void @…take_over(ptr %arena, ptr %tape, i1 (%reverse == @…undo_ppp))
//! @…undo_ppp:     %f = load ptr, ptr (what the tape says)
//!                 call void %f(…)
//! ```

use crate::Session;
use crate::runtime::{ENTRY_TAPE, FREES, Kit, Runtime};
use rz_llvm as llvm;
use rz_llvm::{Builder, IntPredicate, TypeKind};
use std::fmt::Write as _;

/// Where an entry that shares its reverse keeps the tape of the internal derivative, behind the function to call.
const INNER_TAPE: i64 = 8;

impl Session<'_> {
    /// The reverse entry that functions share which may free memory of others, for entries of type `ty`.
    pub(super) fn shared_reverse(&self, ty: llvm::Type) -> llvm::Function {
        let mut name = "undo_".to_owned();
        mangle(ty, &mut name);
        let (result, params) = (ty.return_type(), ty.params());
        self.runtime().define(&name, result, &params, |b, f| {
            let given = f.params();
            let own = owned(b, *given.last().expect("the tape is last"));
            let reverse = b.load(b.context().pointer(0), own, 8);
            let undone = b.call_value(ty, reverse, &given);
            b.ret(Some(undone).filter(|_| !result.is_void()));
        })
    }

    /// What the tape of a shared reverse entry says: what to call, and the tape for that.
    pub(super) fn own_of_shared(
        &self,
        b: &Builder,
        arena: llvm::Value,
        inner: llvm::Value,
        reverse: llvm::Value,
    ) -> llvm::Value {
        let bytes = self.context.int(64).int_const(INNER_TAPE as u64 + 8);
        let own = self.runtime().alloc(b, arena, bytes);
        b.store(reverse, own, 8);
        b.store(inner, b.ptr_offset(own, INNER_TAPE), 8);
        own
    }
}

/// What [`Session::own_of_shared`] made for the tape of a call.
fn owned(b: &Builder, tape: llvm::Value) -> llvm::Value {
    b.load(b.context().pointer(0), b.ptr_offset(tape, ENTRY_TAPE), 8)
}

/// The internal tape of a call whose reverse entry is shared.
pub(super) fn inner_of_shared(b: &Builder, tape: llvm::Value) -> llvm::Value {
    let own = owned(b, tape);
    b.load(b.context().pointer(0), b.ptr_offset(own, INNER_TAPE), 8)
}

impl Runtime {
    /// `arena` takes over all that `tape` holds if that is `ours` and has anything to free.
    pub(super) fn take_over(
        self,
        b: &Builder,
        arena: llvm::Value,
        tape: llvm::Value,
        ours: llvm::Value,
    ) {
        let kit = Kit::of(self.module);
        let params = [kit.ptr, kit.ptr, kit.context.int(1)];
        let function = self.define("take_over", kit.context.void(), &params, |b, f| {
            let (arena, tape, ours) = (f.param(0), f.param(1), f.param(2));
            let (look, take, done) = (
                f.append_block("look"),
                f.append_block("take"),
                f.append_block("done"),
            );
            b.cond_br(ours, look, done);
            b.position_at_end(look);
            let frees = b.load(kit.ptr, b.ptr_offset(tape, FREES), 8);
            let any = b.icmp(IntPredicate::Ne, frees, kit.ptr.zero());
            b.cond_br(any, take, done);
            b.position_at_end(take);
            self.adopt(b, arena, tape);
            b.br(done);
            b.position_at_end(done);
            b.ret(None);
        });
        b.call(function, &[arena, tape, ours]);
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
