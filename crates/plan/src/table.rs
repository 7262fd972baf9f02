//! Functions that are called through pointers: tables of derivatives (section 10 of the convention).
//!
//! The shadow of a function pointer points to a constant table, which a caller reads the derivative
//! from. Caller and function agree on nothing but the function's LLVM type, so it decides
//! everything: floats are active by value, everything else comes with a shadow.
//!
//! ```text
//! double f(double x, struct s *p, int n)
//!   augmented  { ptr tape, double } (double x, ptr p, ptr p', i32 n, i32 n')
//!   reverse    { double } (double x, ptr p, ptr p', i32 n, i32 n', double seed, ptr tape)
//!   tangent    { double, double } (double x, double x', ptr p, ptr p', i32 n, i32 n')
//! ```
//!
//! The shadow of an integer is not looked at. A result with both floats and pointers is active and has a shadow; of its
//! adjoint only the floats mean something, so pointers are left out of its type.

use crate::context::Context;
use crate::request::{ArgActivity, Derivative, Mode, RetActivity};
use crate::segments;
use rz_analysis::types::{self, Class, FuncTypes};
use rz_diag::{Code, Diagnostic, Result};
use rz_view::{Body, Constant, Func, Global, Inst, Module, Type, TypeKind, TypeTable, Value};

/// How a value of a type is passed to a function that is called through a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passing {
    /// A float, or a vector or aggregate of nothing but floats.
    Active,
    /// A pointer with its shadow.
    Pointer,
    /// Floats beside other data: active, and with a shadow. Reverse mode has no parameters of this kind.
    Mixed,
    /// Anything else; what takes the place of its shadow has no meaning.
    Plain,
}

impl Passing {
    /// Part of it is a number whose derivative is passed.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Active | Self::Mixed)
    }

    /// Part of it is a pointer that comes with its shadow.
    pub fn has_pointers(self) -> bool {
        matches!(self, Self::Pointer | Self::Mixed)
    }
}

/// How values of type `ty` are passed.
pub fn passing(types: &TypeTable, ty: Type) -> Passing {
    let (mut floats, mut pointers, mut others) = (false, false, false);
    types.leaves(ty, 0, &mut |_, leaf| match types.kind(types.scalar(leaf)) {
        TypeKind::Float(_) => floats = true,
        TypeKind::Pointer { .. } => pointers = true,
        _ => others = true,
    });
    match (floats, pointers, others) {
        (true, false, false) => Passing::Active,
        (true, ..) => Passing::Mixed,
        (false, true, _) => Passing::Pointer,
        (false, false, _) => Passing::Plain,
    }
}

/// The derivative that the entries of the table of `func` wrap.
pub fn key(module: &Module, func: Func, mode: Mode, width: u32) -> Result<Derivative> {
    let data = &module.funcs[func];
    let refuse = |code, message: &str| Err(refuse(code, &data.name, message));
    if data.varargs {
        return refuse(Code::Varargs, "it takes a variable number of arguments");
    }
    let Some(stand_in) = data.stand_in else {
        return refuse(Code::NoBody, "its body is not available");
    };
    let mut args = Vec::new();
    for param in &data.params {
        let forward = mode == Mode::Forward;
        args.push(match passing(&module.types, param.ty) {
            Passing::Mixed if !forward => {
                return refuse(
                    Code::UnsupportedType,
                    "a parameter mixes floats with other data",
                );
            }
            Passing::Active if !forward => ArgActivity::Out,
            Passing::Active | Passing::Pointer | Passing::Mixed => ArgActivity::Dup,
            Passing::Plain => ArgActivity::Const,
        });
    }
    let ret = match passing(&module.types, data.ret) {
        _ if module.types.is_void(data.ret) => RetActivity::Const,
        Passing::Active => RetActivity::Active,
        Passing::Pointer => RetActivity::Dup,
        Passing::Mixed => RetActivity::Both,
        Passing::Plain => RetActivity::Const,
    };
    Ok(Derivative {
        func: stand_in,
        mode,
        // Nobody knows what the caller does next.
        overwritten: vec![mode == Mode::Split; args.len()],
        globals_overwritten: mode == Mode::Split,
        args,
        ret,
        primal_return: true,
        width,
        repeatable: false,
        caller: None,
    })
}

/// Refuses integer parameters that carry floats: a caller through a pointer passes them as integers.
pub fn check_params(module: &Module, body: &Body, types: &FuncTypes<'_>, func: Func) -> Result<()> {
    for &param in &body.params {
        let plain = passing(&module.types, body.ty(param)) == Passing::Plain;
        let float = |s: &types::Segment| matches!(s.class, Class::Float(_));
        if plain && types.segments(param).iter().any(float) {
            let why = "an integer parameter carries floats";
            return Err(refuse(Code::UnsupportedType, &module.funcs[func].name, why));
        }
    }
    Ok(())
}

fn refuse(code: Code, name: &str, why: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        code,
        format!("{name} cannot be differentiated where it is called through a pointer: {why}"),
    )
    .fix(format!(
        "call {name} directly, or pass a pointer to a function that does"
    ))
}

/// Checks a call through a pointer against what can be passed.
pub(crate) fn check_call(cx: &Context<'_>, inst: Inst) -> Result<()> {
    let refuse = |what: String| {
        Err(Diagnostic::error(Code::UnsupportedType, what)
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("pass floats by themselves, or in memory"))
    };
    let result = cx.body.insts[inst].result;
    for &value in cx.body.call_args(inst).iter().chain(&result) {
        match passing(&cx.module.types, cx.body.ty(value)) {
            Passing::Mixed if Some(value) != result => {
                return refuse(format!(
                    "{value} mixes floats with other data in a call through a pointer"
                ));
            }
            Passing::Active | Passing::Pointer => {}
            Passing::Mixed | Passing::Plain => {
                let active = cx.activity.differentiable(value);
                if active && !segments::of_integers(cx, value)?.is_empty() {
                    return refuse(format!(
                        "{value} carries floats as an integer through a call of a pointer"
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The functions whose addresses are in the constant `value`, or in what it points to.
pub(crate) fn functions_in(module: &Module, body: &Body, value: Value, found: &mut Vec<Func>) {
    let Some(constant) = body.constant(value) else {
        return;
    };
    match constant {
        Constant::Func(func) if !found.contains(func) => found.push(*func),
        Constant::Global(global) => functions_behind(module, *global, found),
        Constant::Offset { base, .. } | Constant::Splat(base) => {
            functions_in(module, body, *base, found);
        }
        Constant::Aggregate(parts) => {
            for &part in parts {
                functions_in(module, body, part, found);
            }
        }
        _ => {}
    }
}

/// The functions whose addresses a global holds, directly or through other globals.
pub fn functions_behind(module: &Module, global: Global, found: &mut Vec<Func>) {
    let mut globals = vec![global];
    let mut next = 0;
    while let Some(&global) = globals.get(next) {
        next += 1;
        let contents = &module.globals[global].contents;
        for &(_, func) in &contents.functions {
            if !found.contains(&func) {
                found.push(func);
            }
        }
        for (_, behind) in &contents.globals {
            if !globals.contains(&behind.global) {
                globals.push(behind.global);
            }
        }
    }
}
