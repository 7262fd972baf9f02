//! Finding a direct call's row in the tables of rules and known functions.
//!
//! A name alone is not enough: users define functions called `gamma`, `dot` or `time`. A table
//! applies to an intrinsic, or to a declaration whose prototype fits.

use rz_rules::known::{self, Known};
use rz_rules::signature::Kind;
use rz_rules::{Match, lookup};
use rz_view::{Body, Func, Inst, Module, Type, TypeKind};

/// The kind of a value of an LLVM type in a table's signature; vectors count as their lanes.
pub fn kind(module: &Module, ty: Type) -> Kind {
    match module.types.kind(ty) {
        TypeKind::Void => Kind::Void,
        TypeKind::Int(_) => Kind::Int,
        TypeKind::Float(_) => Kind::Real,
        TypeKind::Pointer { .. } => Kind::Pointer,
        TypeKind::Vector { elem, .. } => kind(module, *elem),
        TypeKind::Struct { .. } | TypeKind::Array { .. } => Kind::Struct,
        TypeKind::Label
        | TypeKind::Token
        | TypeKind::Metadata
        | TypeKind::Function
        | TypeKind::Opaque(_) => Kind::Other,
    }
}

/// The library function that `func` is declared to stand for (`enzyme_math`).
fn stands_for(module: &Module, func: Func) -> Option<&str> {
    let tags = &module.funcs[func].tags;
    let found = tags.iter().find(|(name, _)| name == "enzyme_math");
    found.map(|(_, name)| name.as_str())
}

/// The name a function is looked up by.
pub fn name(module: &Module, func: Func) -> &str {
    let data = &module.funcs[func];
    stands_for(module, func)
        .or(data.intrinsic.as_deref())
        .or(data.library.as_deref())
        .unwrap_or(&data.name)
}

/// The name a call is looked up by: what the call itself says counts first.
fn called<'a>(module: &'a Module, body: &'a Body, call: Inst, func: Func) -> &'a str {
    let tags = body.insts[call].op.call().map(|call| &call.tags[..]);
    let mut tags = tags.unwrap_or_default().iter();
    let math = tags.find(|(name, _)| name == "enzyme_math");
    math.map_or_else(|| name(module, func), |(_, name)| name)
}

fn prototype(module: &Module, body: &Body, call: Inst) -> (Kind, Vec<Kind>) {
    let args = body
        .call_args(call)
        .iter()
        .map(|&a| kind(module, body.ty(a)))
        .collect();
    (kind(module, body.insts[call].ty), args)
}

/// True when a table may speak for `func`: a body of its own speaks louder than its name.
fn is_named(module: &Module, body: &Body, call: Inst, func: Func) -> bool {
    let data = &module.funcs[func];
    let declared = |call: &rz_view::op::CallData| call.tags.iter().any(|(n, _)| n == "enzyme_math");
    data.intrinsic.is_some()
        || !data.defined
        || stands_for(module, func).is_some()
        || body.insts[call].op.call().is_some_and(declared)
}

/// The rule for a direct call of `func`.
pub fn rule(module: &Module, body: &Body, call: Inst, func: Func) -> Option<Match> {
    let (ret, args) = prototype(module, body, call);
    lookup(called(module, body, call, func))
        .filter(|found| is_named(module, body, call, func) && found.accepts(ret, &args))
}

/// What is known about a direct call of `func`, which has no rule.
pub fn known(module: &Module, body: &Body, call: Inst, func: Func) -> Option<&'static Known> {
    let (ret, args) = prototype(module, body, call);
    let intrinsic = module.funcs[func].intrinsic.is_some();
    known::lookup(called(module, body, call, func)).filter(|k| {
        is_named(module, body, call, func) && (intrinsic || k.signature.accepts(ret, &args))
    })
}
