//! What becomes of calls that release memory: entries in the arena, carried out when the reverse part is done.
//!
//! ```text
//! call void @put(ptr %pool, ptr %p)
//! →  %own = two words on the stack: room for %p, and %pool
//!    call void @…defer_call(ptr %arena, ptr %p, ptr @ribozyme.release.put.1, ptr %own, i64 16)
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
        if callee.name().ends_with("defer_call") {
            let entry = [self.arena(), pointer, call.operand(2)];
            return runtime.defer_call(&self.b, entry, (call.operand(3), call.operand(4)));
        }
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
        let others: Vec<llvm::Value> = (0..call.arg_count())
            .filter(|&i| i != index)
            .map(|i| call.operand(i))
            .collect();
        let types: Vec<llvm::Type> = std::iter::once(pointer.ty())
            .chain(others.iter().map(|arg| arg.ty()))
            .collect();
        let module = self.session.llvm;
        let own = self.session.context.structure(&types, false);
        let memory = self.b.entry_alloca(own, module.align(own).max(8));
        for (field, &arg) in (1..).zip(&others) {
            let at = self
                .b
                .ptr_offset(memory, module.field_offset(own, field) as i64);
            self.b.store(arg, at, module.align(arg.ty()));
        }
        let release = self.release(callee, own, index).value();
        let bytes = self.int(module.alloc_size(own));
        runtime.defer_call(&self.b, [self.arena(), pointer, release], (memory, bytes));
    }

    /// Which argument of `call` is the memory it releases.
    fn released_argument(call: llvm::Value) -> u32 {
        let stated = call
            .called_function()
            .and_then(|f| f.attribute(llvm::Place::Function, crate::custom::RELEASES));
        let stated = stated.and_then(llvm::Attribute::string_value);
        stated.and_then(|index| index.parse().ok()).unwrap_or(0)
    }

    /// A function that calls `callee` with the arguments in memory of type `own`, of which the first is argument `index`.
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
        let mut args: Vec<llvm::Value> = (0..)
            .zip(own.fields())
            .map(|(field, ty)| {
                let offset = self.session.llvm.field_offset(own, field);
                let at = b.ptr_offset(memory, offset as i64);
                b.load(ty, at, self.session.llvm.align(ty))
            })
            .collect();
        // A pointer that was its own shadow is released once.
        let (some, done) = (function.append_block("some"), function.append_block("done"));
        let pointer = args.remove(0);
        args.insert(index as usize, pointer);
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
