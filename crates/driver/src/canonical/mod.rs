//! Canonical calls: what tables and writers need not know about.
//!
//! In prepared clones some calls are written differently, with the same meaning:
//!
//! * machine intrinsics and vector operations that ordinary instructions can say become those
//!   ([`x86`], [`vectors`]), masked functions of vector libraries selects around unmasked ones ([`masked`]);
//! * functions that pass complex numbers in vectors, arrays or memory are called through a
//!   *stand-in* that takes and returns plain scalars ([`complex`]);
//! * an intrinsic with masks or rounding modes is called through a stand-in of the shape that its
//!   rule has.
//!
//! Constant addresses that are stored as integers are stored as addresses.
//!
//! A stand-in is an internal function with a body that makes the original call. It is registered
//! as being like the function whose rule it follows, so analyses, plans and writers look no further;
//! [`dissolve`] inlines it again when the derivative is written.
//!
//! ```text
//! %r = call <2 x float> @cexpf(<2 x float> %z)
//! ; becomes
//! %x = extractelement <2 x float> %z, i32 0
//! %y = extractelement <2 x float> %z, i32 1
//! %p = call { float, float } @rz.as.cexpf(float %x, float %y)
//! …
//! ```
//!
//! Each rewriting computes the same bits as the original, except that which NaN a NaN is may change.

mod complex;
mod lanes;
mod masked;
mod vectors;
mod x86;
mod x86_bfloat;
mod x86_masked;
mod x86_memory;

use rz_llvm::{
    Analyses, Attribute, Builder, Function, Linkage, Module, Opcode, Place, Type, Value, ValueKind,
};

/// Attribute of stand-ins.
const STAND_IN: &str = "ribozyme-stand-in";

/// What a rewriting puts in the place of a call.
enum Rewritten {
    /// A value, of the same type.
    Value(Value),
    /// Nothing: the call returned nothing, and what it did has been written.
    Done,
    /// The call stays: it is an operation on matrices, which LLVM has a pass for.
    Matrix,
}

/// What was found while calls were written in canonical form.
#[derive(Default)]
pub(crate) struct Canonical {
    /// Some were changed.
    pub(crate) changed: bool,
    /// Some are operations on matrices, which stay.
    pub(crate) matrices: bool,
    /// There are atomic exchanges besides calls.
    pub(crate) exchanges: bool,
}

/// Writes the calls of `clone` in canonical form.
pub(crate) fn canonicalize(clone: Function) -> Canonical {
    let mut found = Canonical::default();
    for call in clone.instructions() {
        let opcode = call.opcode();
        found.exchanges |= opcode == Some(Opcode::CmpXchg);
        found.changed |= opcode == Some(Opcode::Store) && store_address(call);
        if opcode != Some(Opcode::Call) || call.bundle_count() != 0 {
            continue;
        }
        let Some(callee) = call.called_function() else {
            continue;
        };
        let builder = Builder::new(clone.context());
        builder.position_before(call);
        builder.set_debug_loc(call.debug_loc());
        builder.set_fast_math(call.fast_math());
        let rewritten = rewrite(&builder, call, callee);
        builder.set_fast_math(0);
        match rewritten {
            None => continue,
            Some(Rewritten::Value(value)) => call.replace_all_uses(value),
            Some(Rewritten::Done) => {}
            Some(Rewritten::Matrix) => {
                found.matrices = true;
                continue;
            }
        }
        call.erase();
        found.changed = true;
    }
    found
}

/// Stores a constant address as such that is stored as an integer, such as a copy of a constant that is one is turned
/// into. True when `store` does.
///
/// ```text
/// store i64 ptrtoint (ptr @f to i64), ptr %p   →   store ptr @f, ptr %p
/// ```
fn store_address(store: Value) -> bool {
    let value = store.operand(0);
    if value.kind() != ValueKind::Expr || value.expr_opcode() != Opcode::PtrToInt {
        return false;
    }
    let address = value.operand(0);
    let module = store.function().module();
    let whole = address.ty().is_pointer()
        && module.store_size(address.ty()) == module.store_size(value.ty());
    if whole {
        store.set_operand(0, address);
    }
    whole
}

fn rewrite(b: &Builder, call: Value, callee: Function) -> Option<Rewritten> {
    let Some(intrinsic) = callee.intrinsic_name() else {
        if !callee.is_declaration() {
            return complex::rewrite_registered(b, call, callee);
        }
        return masked::rewrite(b, call, callee).or_else(|| complex::rewrite(b, call, callee));
    };
    match intrinsic.strip_prefix("llvm.x86.") {
        Some(name) => x86::rewrite(b, call, name)
            .or_else(|| x86_masked::rewrite(b, call, name))
            .or_else(|| x86_bfloat::rewrite(b, call, name))
            .map(Rewritten::Value)
            .or_else(|| x86_memory::rewrite(b, call, name)),
        None if intrinsic.starts_with("llvm.matrix.") => Some(Rewritten::Matrix),
        None => vectors::rewrite(b, call, &intrinsic),
    }
}

/// Inlines the stand-ins that `function` calls.
pub(crate) fn dissolve(analyses: Analyses, function: Function) {
    for call in function.instructions() {
        let stands_in = |f: &Function| f.attribute(Place::Function, STAND_IN).is_some();
        if call.is_call() && call.called_function().is_some_and(|f| stands_in(&f)) {
            analyses.inline(call);
        }
    }
}

/// Inlines every call of a stand-in that is left, and erases the stand-ins.
pub(crate) fn forget_stand_ins(analyses: Analyses) {
    for function in analyses.module().functions() {
        if function.attribute(Place::Function, STAND_IN).is_none() {
            continue;
        }
        for user in function.value().users() {
            if user.is_call() {
                analyses.inline(user);
            }
        }
        if !function.value().has_uses() {
            analyses.forget(function);
            function.erase();
        }
    }
}

/// What a stand-in is.
struct StandIn<'a> {
    /// Distinguishes its body from others.
    label: &'a str,
    /// The rule it follows.
    rule: &'a str,
    params: Vec<Type>,
    result: Type,
    /// Whether the call it makes may set `errno`.
    errno: bool,
}

impl StandIn<'_> {
    /// The function, written by `body` when it is not there yet.
    fn function(&self, module: Module, body: impl FnOnce(&Builder, &[Value]) -> Value) -> Function {
        let name = format!("rz.as.{}", self.label);
        if let Some(function) = module.function(&name) {
            return function;
        }
        let ty = self.result.function(&self.params, false);
        let function = module.add_function(&name, ty, Linkage::Internal);
        let context = module.context();
        for (key, value) in [("enzyme_math", self.rule), (STAND_IN, "")] {
            function.add_attribute(Place::Function, Attribute::string(context, key, value));
        }
        let memory = if self.errno { ERRNO_WRITTEN } else { 0 };
        let facts = [("memory", memory), ("nounwind", 0), ("willreturn", 0)];
        for (name, value) in facts {
            if let Some(attribute) = Attribute::named(context, name, value) {
                function.add_attribute(Place::Function, attribute);
            }
        }
        let builder = Builder::at_end(function.append_block("entry"));
        let result = body(&builder, &function.params());
        builder.ret(Some(result));
        function
    }
}

/// LLVM's code for `memory(errnomem: write)`: two bits for each location, `errno` the third.
const ERRNO_WRITTEN: u64 = 2 << 4;
