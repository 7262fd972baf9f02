//! Registered split derivatives, `{ f, augmented, tangent }`, in recorded copies.
//!
//! A recorded copy calls `f` through a copy of its own that takes the log. The copy, and its derivatives that
//! are written here, all enter the same in the log, so whoever follows it may be any of them:
//!
//! ```text
//! f.recorded(x…, log)              calls augmented, enters tape and result, returns the result
//! augmented(x, x'…, log, log')     the same, and returns what a registered augmented forward does
//! tangent(x, x'…, log, log')       reads the tape and calls the user's tangent
//! replayed(x…, log)                reads both and returns the result
//! ```
//!
//! They are registered with the copy as rules with shapes of our own, so derivatives need no other case. The log
//! travels as an integer, which has no shadow.

use super::pass::{Call, covers, read, result_bytes, spread};
use super::shape::{self, Augmented, Primal, is_active};
use super::{
    AUGMENT, DERIVATIVE, GRADIENT, REPLAYED, SPLIT_AUGMENT, SPLIT_DERIVATIVE, attach, rule,
};
use crate::runtime::Runtime;
use rz_diag::Result;
use rz_llvm::{Attribute, Builder, CastOp, Function, Linkage, Place, Type, Value};

/// Attribute of the copies.
const COPY: &str = "ribozyme-split-copy";
/// Attribute of copies whose tape only a tangent can read.
const TANGENT_ONLY: &str = "ribozyme-tangent-only";
/// Attribute of copies whose tape serves one direction.
const ONE_DIRECTION: &str = "ribozyme-one-direction";

/// True for a copy made by [`record`].
pub fn is_copy(function: Function) -> bool {
    has(function, COPY)
}

/// True for a copy whose tape no registered gradient reads.
pub fn is_tangent_only(function: Function) -> bool {
    has(function, TANGENT_ONLY)
}

/// True for a copy whose tape may hold pointers, so that reading it twice may not be the same.
pub(super) fn is_for_one_direction(function: Function) -> bool {
    has(function, ONE_DIRECTION)
}

fn has(function: Function, attribute: &str) -> bool {
    function.attribute(Place::Function, attribute).is_some()
}

/// A registered split derivative, checked.
struct Split {
    primal: Primal,
    augment: Function,
    tangent: Function,
    augmented: Augmented,
    /// The gradient that reads the same tape, when one is registered.
    gradient: Option<Function>,
}

/// Checks the split derivative registered for `primal`.
pub fn check_split(primal: Function) -> Result<()> {
    split(primal).map(|_| ())
}

fn split(function: Function) -> Result<Split> {
    let primal = Primal::of(function);
    let missing = || shape::missing(&primal, "split derivative");
    // In LLVM IR one augmented forward is said for both.
    let augment = rule(function, SPLIT_AUGMENT).or_else(|| rule(function, AUGMENT));
    let augment = augment.ok_or_else(missing)?;
    let tangent = rule(function, SPLIT_DERIVATIVE).ok_or_else(missing)?;
    let module = primal.module();
    shape::check_augment(&primal, augment)?;
    let params = primal.forward_params();
    let wrong = |expected: String| shape::wrong(&primal, "the split derivative", tangent, expected);
    let Some(rest) = spread(module, &params, tangent) else {
        let list = shape::list(&params);
        return Err(wrong(format!(
            "it must take {list}, then the tape if there is one"
        )));
    };
    let augmented = shape::augmented_of(&primal, augment, rest > 0)?;
    if let Some(bytes) = augmented.tape
        && !covers(module, tangent, &params, bytes)
    {
        return Err(wrong(format!(
            "its last parameter must be the tape of {bytes} bytes"
        )));
    }
    if let Some(ret) = primal.ret
        && result_bytes(tangent) < module.alloc_size(ret) + module.store_size(ret)
    {
        return Err(wrong(format!(
            "it must return {{{ret}, {ret}}}, the result and its tangent"
        )));
    }
    // Another augmented forward leaves another tape.
    let same = rule(function, AUGMENT) == Some(augment);
    let gradient = rule(function, GRADIENT).filter(|_| same);
    Ok(Split {
        primal,
        augment,
        tangent,
        augmented,
        gradient,
    })
}

/// The copy of `primal`, whose split derivative is registered, that takes the log of a recorded copy.
pub fn record(primal: Function, name: &str) -> Result<Function> {
    let split = split(primal)?;
    let int = primal.context().int(64);
    let mut params = primal.ty().params();
    params.push(int);
    let ty = primal.return_type().function(&params, false);
    let copy = primal.module().add_function(name, ty, Linkage::Internal);
    if let Some(memory) = super::sret(primal)
        && let Some(attribute) = Attribute::typed(primal.context(), "sret", memory)
    {
        copy.add_attribute(Place::Param(0), attribute);
    }
    let inactive = Attribute::string(primal.context(), "enzyme_inactive", "");
    copy.add_attribute(Place::Param(copy.param_count() - 1), inactive);
    let writer = Writer { split, name };
    writer.mark(copy);
    writer.body(copy);
    attach(copy, AUGMENT, writer.augmented());
    attach(copy, GRADIENT, writer.gradient()?);
    attach(copy, DERIVATIVE, writer.tangent());
    attach(copy, REPLAYED, writer.replayed(ty));
    Ok(copy)
}

struct Writer<'n> {
    split: Split,
    name: &'n str,
}

impl Writer<'_> {
    fn mark(&self, copy: Function) {
        let mark = |name: &str| {
            let attribute = Attribute::string(copy.context(), name, "");
            copy.add_attribute(Place::Function, attribute);
        };
        mark(COPY);
        if self.split.gradient.is_none() {
            mark(TANGENT_ONLY);
        }
        if self.split.augmented.may_hold_pointers() {
            mark(ONE_DIRECTION);
        }
    }

    fn tape_bytes(&self) -> u64 {
        self.split.augmented.tape.unwrap_or(0)
    }

    /// The result that callers see as a value.
    fn result(&self) -> Option<Type> {
        self.split
            .primal
            .ret
            .filter(|_| !self.split.primal.in_memory)
    }

    fn runtime(&self) -> Runtime {
        Runtime::new(self.split.primal.module())
    }

    /// A function that returns `result` through memory.
    fn function(&self, kind: &str, result: Option<Type>, params: &[Type]) -> (Function, Builder) {
        let context = self.split.primal.function.context();
        let mut all: Vec<Type> = result.iter().map(|_| context.pointer(0)).collect();
        all.extend_from_slice(params);
        let name = format!("{}.{kind}", self.name);
        let ty = context.void().function(&all, false);
        let module = self.split.primal.module();
        let function = module.add_function(&name, ty, Linkage::Internal);
        if let Some(attribute) = result.and_then(|ty| Attribute::typed(context, "sret", ty)) {
            function.add_attribute(Place::Param(0), attribute);
        }
        crate::attributes::keep(function, self.split.primal.function);
        let b = Builder::at_end(function.append_block("entry"));
        (function, b)
    }

    /// Calls the user's augmented forward, and enters tape and result in the log. Memory with what it returned.
    fn keep(&self, b: &Builder, params: &[Value], log: Value) -> Option<Value> {
        let split = &self.split;
        let mut call = Call::new(b, split.augment);
        for &param in params {
            call.pass(param);
        }
        let memory = call.finish();
        let log = b.cast(CastOp::IntToPtr, log, b.context().pointer(0));
        let enter = |at: Value, bytes: u64| {
            let slot = self.runtime().log_put(b, log, bytes);
            b.memcpy(slot, 1, at, 1, b.context().int(64).int_const(bytes));
        };
        let memory = memory?;
        if self.tape_bytes() > 0 {
            enter(memory, self.tape_bytes());
        }
        if let (Some(ty), Some(offset)) = (self.result(), split.augmented.primal) {
            let bytes = split.primal.module().store_size(ty);
            enter(b.ptr_offset(memory, offset as i64), bytes);
        }
        Some(memory)
    }

    /// A call that no derivative is due for: everything is its own shadow.
    fn body(&self, copy: Function) {
        let b = Builder::at_end(copy.append_block("entry"));
        let params = copy.params();
        let (log, params) = params.split_last().expect("the log is last");
        let own = &params[usize::from(self.split.primal.in_memory)..];
        let with_shadows = own.iter().flat_map(|&param| {
            let shadow = (!is_active(param.ty())).then_some(param);
            std::iter::once(param).chain(shadow)
        });
        let memory = self.keep(&b, &with_shadows.collect::<Vec<_>>(), *log);
        let part = |ty: Type| Some(read(&b, ty, memory?, self.split.augmented.primal?));
        let result = self.split.primal.ret.and_then(part);
        if let Some(result) = result.filter(|_| self.split.primal.in_memory) {
            b.store(result, copy.param(0), 1);
        }
        b.ret(result.filter(|_| !self.split.primal.in_memory));
    }

    fn with_log(&self, params: Vec<Type>) -> Vec<Type> {
        let int = self.split.primal.function.context().int(64);
        params.into_iter().chain([int, int]).collect()
    }

    /// What the rule's augmented forward returns: the tape if a gradient reads it, the result, its shadow.
    fn left(&self) -> Option<Type> {
        let context = self.split.primal.function.context();
        let tape = self.split.gradient.and(self.split.augmented.tape);
        let mut fields: Vec<Type> = tape
            .map(|bytes| context.int(8).array(bytes))
            .into_iter()
            .collect();
        let ret = self.split.primal.ret;
        fields.extend(ret);
        fields.extend(ret.filter(|&ty| !is_active(ty)));
        // A single field is what it is.
        match fields[..] {
            [] => None,
            [only] => Some(only),
            _ => Some(context.structure(&fields, true)),
        }
    }

    fn augmented(&self) -> Function {
        let left = self.left();
        let params = self.with_log(self.split.primal.reverse_params());
        let (function, b) = self.function("augmented", left, &params);
        let given = &function.params()[usize::from(left.is_some())..];
        let (params, log) = given.split_at(given.len() - 2);
        let memory = self.keep(&b, params, log[0]);
        if let (Some(_), Some(memory)) = (left, memory) {
            let to = function.param(0);
            let mut offset = 0;
            let mut copy = |from: u64, bytes: u64| {
                let source = b.ptr_offset(memory, from as i64);
                let count = b.context().int(64).int_const(bytes);
                b.memcpy(b.ptr_offset(to, offset as i64), 1, source, 1, count);
                offset += bytes;
            };
            if self.split.gradient.is_some() && self.tape_bytes() > 0 {
                copy(0, self.tape_bytes());
            }
            if let (Some(ret), Some(primal)) = (self.split.primal.ret, self.split.augmented.primal)
            {
                let bytes = self.split.primal.module().store_size(ret);
                copy(primal, bytes);
                if !is_active(ret) {
                    copy(self.split.augmented.shadow.unwrap_or(primal), bytes);
                }
            }
        }
        b.ret(None);
        function
    }

    /// Calls the user's gradient; without one nobody calls this.
    fn gradient(&self) -> Result<Function> {
        let context = self.split.primal.function.context();
        let types = self.split.primal.derivatives();
        let result = match types[..] {
            [] => None,
            [only] => Some(only),
            _ => Some(context.structure(&types, false)),
        };
        let seed = self.split.primal.seeded();
        let tape = self.split.gradient.and(self.split.augmented.tape);
        let count = self.split.primal.reverse_params().len();
        let mut params = self.with_log(self.split.primal.reverse_params());
        params.extend(seed);
        params.extend(tape.map(|_| context.pointer(0)));
        let (function, b) = self.function("gradient", result, &params);
        let Some(gradient) = self.split.gradient else {
            b.intrinsic("llvm.trap", &[], &[]);
            b.unreachable();
            return Ok(function);
        };
        shape::check_gradient(self.split.primal.function)?;
        let skip = usize::from(result.is_some());
        let given = &function.params()[skip..];
        let mut call = Call::new(&b, gradient);
        given[..count].iter().for_each(|&param| call.pass(param));
        if seed.is_some() {
            call.pass(given[count + 2]);
        }
        if let (Some(bytes), Some(&memory)) = (tape, given.last()) {
            call.pass_memory(memory, bytes);
            let byval = Attribute::typed(context, "byval", context.int(8).array(bytes));
            if let Some(byval) = byval {
                function.add_attribute(Place::Param(function.param_count() - 1), byval);
            }
        }
        let memory = call.finish();
        if let (Some(ty), Some(memory)) = (result, memory) {
            let bytes = self.split.primal.module().store_size(ty);
            let count = b.context().int(64).int_const(bytes);
            b.memcpy(function.param(0), 1, memory, 1, count);
        }
        b.ret(None);
        Ok(function)
    }

    fn tangent(&self) -> Function {
        let context = self.split.primal.function.context();
        let ret = self.split.primal.ret;
        let pair = ret.map(|ty| context.structure(&[ty, ty], false));
        let params = self.with_log(self.split.primal.forward_params());
        let (function, b) = self.function("tangent", pair, &params);
        let given = &function.params()[usize::from(pair.is_some())..];
        let (params, log) = given.split_at(given.len() - 2);
        let tape = self.follow(&b, log[0]).0;
        let mut call = Call::new(&b, self.split.tangent);
        for &param in params {
            call.pass(param);
        }
        if let (Some(bytes), Some(tape)) = (self.split.augmented.tape, tape) {
            call.pass_memory(tape, bytes);
        }
        let memory = call.finish();
        if let (Some(ty), Some(memory)) = (pair, memory) {
            let bytes = self.split.primal.module().store_size(ty);
            let count = b.context().int(64).int_const(bytes);
            b.memcpy(function.param(0), 1, memory, 1, count);
        }
        b.ret(None);
        function
    }

    /// Where the log holds tape and result.
    fn follow(&self, b: &Builder, log: Value) -> (Option<Value>, Option<Value>) {
        let log = b.cast(CastOp::IntToPtr, log, b.context().pointer(0));
        let next = |bytes: u64| self.runtime().log_get(b, log, bytes);
        let tape = (self.tape_bytes() > 0).then(|| next(self.tape_bytes()));
        let module = self.split.primal.module();
        let result = self.result().map(|ty| next(module.store_size(ty)));
        (tape, result)
    }

    fn replayed(&self, ty: Type) -> Function {
        let name = format!("{}.replayed", self.name);
        let module = self.split.primal.module();
        let function = module.add_function(&name, ty, Linkage::Internal);
        crate::attributes::keep(function, self.split.primal.function);
        let b = Builder::at_end(function.append_block("entry"));
        let log = *function.params().last().expect("the log is last");
        let result = self.follow(&b, log).1;
        let load = |at: Value| Some(b.load(self.result()?, at, 1));
        b.ret(result.and_then(load));
        function
    }
}
