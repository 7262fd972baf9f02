//! What becomes of calls that release memory: entries in the arena, carried out when the reverse part is done.
//!
//! ```text
//! call void @put(ptr %pool, ptr %p)
//! →  %own = two words in the arena: %pool, %p
//!    call void @…defer_call(ptr %arena, ptr %own, ptr @ribozyme.release.put.1)
//! ```

use super::code::Code;
use crate::runtime::Whose;
use rz_llvm as llvm;
use rz_llvm::IntPredicate;

impl Code<'_, '_> {
    /// Does what `call` does, to `pointer` instead of what it releases, when the reverse part is done.
    pub(super) fn defer_release(&self, whose: Whose, call: llvm::Value, pointer: llvm::Value) {
        let runtime = self.session.runtime();
        let Some(callee) = call.called_function() else {
            return self.defer_free(whose, pointer);
        };
        // An entry of an inner derivative's arena.
        if callee.name().ends_with("defer_free") || callee.name().ends_with("defer_own") {
            return runtime.defer_free(&self.b, whose, self.arena(), pointer, call.operand(2));
        }
        let sized = match callee.name().as_str() {
            "_ZdlPvm" | "_ZdlPvj" => Some("_ZdlPv"),
            "_ZdaPvm" | "_ZdaPvj" => Some("_ZdaPv"),
            _ => None,
        };
        let plain = match sized {
            Some(name) => {
                let ty = self.session.context.void().function(&[self.ptr()], false);
                Some(self.session.llvm.get_or_declare(name, ty))
            }
            None => Some(callee).filter(|f| f.param_count() == 1 && f.return_type().is_void()),
        };
        if let Some(release) = plain {
            return runtime.defer_free(&self.b, whose, self.arena(), pointer, release.value());
        }
        let index = Self::released_argument(call);
        let args: Vec<llvm::Value> = (0..call.arg_count())
            .map(|i| if i == index { pointer } else { call.operand(i) })
            .collect();
        let types: Vec<llvm::Type> = args.iter().map(|arg| arg.ty()).collect();
        let own = self.session.context.structure(&types, false);
        let memory = self.arena_alloc(self.int(self.session.llvm.alloc_size(own)));
        for (field, &arg) in (0..).zip(&args) {
            let offset = self.session.llvm.field_offset(own, field);
            let at = self.b.ptr_offset(memory, offset as i64);
            self.b.store(arg, at, 8);
        }
        let release = self.release(callee, own, index);
        runtime.defer_call(&self.b, self.arena(), memory, release.value());
    }

    /// Which argument of `call` is the memory it releases.
    fn released_argument(call: llvm::Value) -> u32 {
        let stated = call
            .called_function()
            .and_then(|f| f.attribute(llvm::Place::Function, crate::custom::RELEASES));
        let stated = stated.and_then(llvm::Attribute::string_value);
        stated.and_then(|index| index.parse().ok()).unwrap_or(0)
    }

    /// A function that calls `callee` with the arguments in memory of type `own`.
    fn release(&self, callee: llvm::Function, own: llvm::Type, index: u32) -> llvm::Function {
        let name = format!("ribozyme.release.{}.{index}", callee.name());
        if let Some(function) = self.session.llvm.function(&name) {
            return function;
        }
        let context = self.session.context;
        let ty = context.void().function(&[self.ptr()], false);
        let function = (self.session.llvm).add_function(&name, ty, llvm::Linkage::Internal);
        let b = llvm::Builder::at_end(function.append_block("entry"));
        let memory = function.param(0);
        let args: Vec<llvm::Value> = (0..)
            .zip(own.fields())
            .map(|(field, ty)| {
                let offset = self.session.llvm.field_offset(own, field);
                b.load(ty, b.ptr_offset(memory, offset as i64), 8)
            })
            .collect();
        // A pointer that was its own shadow is released once.
        let (some, done) = (function.append_block("some"), function.append_block("done"));
        let pointer = args[index as usize];
        let none = b.icmp(IntPredicate::Eq, pointer, pointer.ty().zero());
        b.cond_br(none, done, some);
        b.position_at_end(some);
        let call = b.call(callee, &args);
        call.set_call_convention(callee.calling_convention());
        b.br(done);
        b.position_at_end(done);
        b.ret(None);
        function
    }
}
