//! Finding a direct call's row in the tables of rules and known functions.
//!
//! A name alone is not enough: users define functions called `gamma`, `dot` or `time`. A table
//! applies to an intrinsic, to a declaration whose prototype fits, or to what is registered as
//! being like a function of the table.

use rz_rules::known::{self, Known};
use rz_rules::signature::Kind;
use rz_rules::{Form, Match, Width, lookup, named};
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

/// The library function that a call is declared to be like: what the call itself says counts first.
fn declared<'a>(module: &'a Module, body: &'a Body, call: Inst, func: Func) -> Option<&'a str> {
    let tags = body.insts[call].op.call().map(|call| &call.tags[..]);
    let mut tags = tags.unwrap_or_default().iter();
    let math = tags.find(|(name, _)| name == "enzyme_math");
    math.map(|(_, name)| name.as_str())
        .or_else(|| stands_for(module, func))
}

/// The name a call is looked up by.
fn called<'a>(module: &'a Module, body: &'a Body, call: Inst, func: Func) -> &'a str {
    declared(module, body, call, func).unwrap_or_else(|| name(module, func))
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
    data.intrinsic.is_some()
        || !data.defined
        || declared(module, body, call, func).is_some()
        || known::is_runtime(&data.name)
}

/// The rule for a direct call of `func`.
pub fn rule(module: &Module, body: &Body, call: Inst, func: Func) -> Option<Match> {
    let (ret, args) = prototype(module, body, call);
    let found = match declared(module, body, call, func) {
        Some(declared) => named(declared),
        None => lookup(name(module, func)),
    };
    found
        .filter(|found| is_named(module, body, call, func) && found.accepts(ret, &args))
        .filter(|found| !found.lanes || of_vectors(module, body, call))
        .or_else(|| wide_rule(module, body, call, func))
}

/// The result is a vector.
fn of_vectors(module: &Module, body: &Body, call: Inst) -> bool {
    matches!(
        module.types.kind(body.insts[call].ty),
        TypeKind::Vector { .. }
    )
}

/// The rule of a function whose result is of another float type than its operands.
fn wide_rule(module: &Module, body: &Body, call: Inst, func: Func) -> Option<Match> {
    Some(Match {
        rule: known(module, body, call, func)?.wide_rule()?,
        width: Width::Any,
        form: Form::Constrained,
        lanes: false,
    })
}

/// What is declared about an allocator, a deallocator, or a function that computes an address.
fn memory(module: &Module, body: &Body, call: Inst, func: Func) -> Option<&'static Known> {
    let said = body.insts[call].op.call().map(|call| &call.tags[..]);
    let tags = said
        .unwrap_or_default()
        .iter()
        .chain(&module.funcs[func].tags);
    let tag = |wanted: &str| {
        let found = tags.clone().find(|(name, _)| name == wanted);
        found.and_then(|(_, argument)| argument.parse().ok())
    };
    tag("enzyme_allocator")
        .and_then(known::declared_allocator)
        .or_else(|| tag("enzyme_releases").and_then(known::declared_deallocator))
        .or_else(|| tag("enzyme_pointermath").and_then(known::declared_pointer))
}

/// What is known about a direct call of `func`, which has no rule.
pub fn known(module: &Module, body: &Body, call: Inst, func: Func) -> Option<&'static Known> {
    if let Some(known) = memory(module, body, call, func) {
        return Some(known);
    }
    let (ret, args) = prototype(module, body, call);
    let intrinsic = module.funcs[func].intrinsic.is_some();
    known::lookup(called(module, body, call, func)).filter(|k| {
        is_named(module, body, call, func) && (intrinsic || k.signature.accepts(ret, &args))
    })
}
