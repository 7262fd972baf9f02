//! Signatures of generated functions.
//!
//! Parameters: each primal parameter, directly followed by its shadow when it has one; then the
//! seed when the result is active; then, between internal derivatives, the tape and the arena.
//! Results: combined `{primal result if wanted, adjoints of out arguments}`; augmented
//! `{tape, primal result, shadow of the result}`; reverse the adjoints. A single component is
//! returned bare, none as `void`; the augmented result is always a struct. With width W a shadow, a
//! seed and an adjoint of type T are an array `[W x T]`. A derivative that is called from outside
//! takes the tape as its last parameter, has an arena of its own, and its augmented part returns no
//! tape.

use crate::Session;
use crate::directions::{spread, unpack};
use crate::reverse::code::Code;
use rz_llvm as llvm;
use rz_plan::{ArgActivity, Derivative};

/// Which function of a derivative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// Forward and reverse in one.
    Combined,
    /// The forward part of a split derivative.
    Augmented,
    /// The reverse part of a split derivative.
    Reverse,
    /// As `Augmented`, called from outside: the caller owns the tape and says where to write it.
    EscapingAugmented,
    /// As `Reverse`, called from outside, on a tape that `EscapingAugmented` wrote.
    EscapingReverse,
}

impl Form {
    /// The name of such a function begins with this.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Combined => "gradient",
            Self::Augmented | Self::EscapingAugmented => "augmented",
            Self::Reverse | Self::EscapingReverse => "reverse",
        }
    }

    fn is_augmented(self) -> bool {
        matches!(self, Self::Augmented | Self::EscapingAugmented)
    }
}

/// What one parameter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Primal parameter.
    Primal,
    /// Shadow of the last primal parameter.
    Shadow,
    /// Adjoint of the result.
    Seed,
    /// The tape.
    Tape,
    /// The arena.
    Arena,
}

/// The type of the adjoint that a derivative is given: that of the result. Between internal
/// derivatives pointers are dropped, as in the adjoint of any value, so that a derivative of the
/// derivative has no pointers beside active floats in its arguments.
pub(crate) fn seed_type(key: &Derivative, result: llvm::Type) -> llvm::Type {
    match key.caller {
        Some(_) => without_pointers(result).unwrap_or(result),
        None => result,
    }
}

/// `ty` with every pointer replaced by nothing; `None` when there are integers, which may hold
/// pointers or floats.
pub(crate) fn without_pointers(ty: llvm::Type) -> Option<llvm::Type> {
    let context = ty.context();
    match ty.kind() {
        llvm::TypeKind::Pointer => Some(context.structure(&[], false)),
        llvm::TypeKind::Int => None,
        llvm::TypeKind::Struct => {
            let fields: Option<Vec<_>> = ty.fields().into_iter().map(without_pointers).collect();
            Some(context.structure(&fields?, false))
        }
        llvm::TypeKind::Array if ty.array_len() > 0 => {
            Some(without_pointers(ty.element())?.array(ty.array_len()))
        }
        _ => Some(ty),
    }
}

/// An adjoint whose type has no pointers, in the type `ty` that has them.
pub(crate) fn with_pointers(
    b: &llvm::Builder,
    adjoint: llvm::Value,
    ty: llvm::Type,
) -> llvm::Value {
    if adjoint.ty() == ty {
        return adjoint;
    }
    let parts: Vec<llvm::Type> = match ty.kind() {
        llvm::TypeKind::Struct => ty.fields(),
        llvm::TypeKind::Array => vec![ty.element(); ty.array_len() as usize],
        _ => return ty.zero(),
    };
    let mut whole = ty.zero();
    for (index, &part) in parts.iter().enumerate() {
        let given = b.extract_value(adjoint, index as u32);
        whole = b.insert_value(whole, with_pointers(b, given, part), index as u32);
    }
    whole
}

/// Parameters and result of a generated function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Parameters in order.
    pub params: Vec<(Role, llvm::Type)>,
    /// Result.
    pub result: llvm::Type,
}

impl Signature {
    /// The signature of `form` of `key`.
    pub fn new(session: &Session<'_>, key: &Derivative, form: Form) -> Self {
        let primal = session.imported.func(key.func);
        let types = primal.ty().params();
        let result = primal.ty().return_type();
        let pointer = session.context.pointer(0);
        let mut params = Vec::new();
        for (activity, &ty) in key.args.iter().zip(&types) {
            params.push((Role::Primal, ty));
            if activity.has_shadow() {
                params.push((Role::Shadow, spread(ty, key.width)));
            }
        }
        if key.ret.has_seed() && !form.is_augmented() {
            params.push((Role::Seed, spread(seed_type(key, result), key.width)));
        }
        match form {
            // A request's derivative has an arena of its own.
            Form::Combined if key.caller.is_none() => {}
            Form::Combined | Form::Augmented => params.push((Role::Arena, pointer)),
            Form::Reverse => params.extend([(Role::Tape, pointer), (Role::Arena, pointer)]),
            Form::EscapingAugmented | Form::EscapingReverse => params.push((Role::Tape, pointer)),
        }
        let outs = key
            .args
            .iter()
            .zip(&types)
            .filter(|&(&a, _)| a == ArgActivity::Out)
            .map(|(_, &ty)| spread(ty, key.width));
        let components: Vec<llvm::Type> = match form {
            Form::Combined => {
                let primal = (key.primal_return && !result.is_void()).then_some(result);
                primal.into_iter().chain(outs).collect()
            }
            Form::Reverse | Form::EscapingReverse => outs.collect(),
            Form::Augmented | Form::EscapingAugmented => {
                let tape = (form == Form::Augmented).then_some(pointer);
                let primal = (!result.is_void()).then_some(result);
                let shadow = key.ret.has_shadow().then(|| spread(result, key.width));
                tape.into_iter().chain(primal).chain(shadow).collect()
            }
        };
        let result = match components[..] {
            _ if form == Form::Augmented => session.context.structure(&components, false),
            [] => session.context.void(),
            [only] => only,
            _ => session.context.structure(&components, false),
        };
        Self { params, result }
    }

    /// The LLVM function type.
    pub fn ty(&self) -> llvm::Type {
        let params: Vec<llvm::Type> = self.params.iter().map(|&(_, ty)| ty).collect();
        self.result.function(&params, false)
    }

    /// Gives the parameters of the function under construction their roles. What arrives for each
    /// direction is told apart by [`Signature::bind_directions`], which needs a place for code.
    pub fn bind(&self, code: &mut Code<'_, '_>) {
        for (&(role, _), value) in self.params.iter().zip(code.function.params()) {
            match role {
                Role::Primal => code.primals.push(value),
                Role::Arena => code.arena = Some(value),
                Role::Shadow | Role::Seed | Role::Tape => {}
            }
        }
    }

    /// Gives every direction its shadows and its seed, at the start of the function.
    pub fn bind_directions(&self, code: &mut Code<'_, '_>) {
        for (&(role, _), value) in self.params.iter().zip(code.function.params()) {
            let parts = match role {
                Role::Primal => {
                    code.each_direction(|c| c.own.shadow_params.push(None));
                    continue;
                }
                Role::Shadow | Role::Seed => unpack(&code.b, value, code.plan.key.width),
                Role::Tape | Role::Arena => continue,
            };
            for (own, part) in code.own.iter_mut().zip(parts) {
                if role == Role::Seed {
                    own.seed = Some(part);
                } else {
                    *own.shadow_params.last_mut().expect("after its primal") = Some(part);
                }
            }
        }
    }
}
