//! Forward mode: tangents are carried along with the primal.
//!
//! The derivative of a function is a copy of it in which every active operation is directly followed
//! by its tangent, every active memory access by the same access of the shadow. Calls of functions
//! with bodies become calls of their derivatives, which are memoized; recursion works because a
//! derivative is declared before its body is written.
//!
//! ```text
//! define double @f(double %x, ptr %p)            define double @ribozyme.forward.f(double %x, double %x', ptr %p, ptr %p')
//!   %a = load double, ptr %p                       %a = load double, ptr %p
//!                                                  %a' = load double, ptr %p'
//!   %y = fmul double %x, %a                        %y = fmul double %x, %a
//!                                                  %1 = fmul double %x', %a
//!                                                  %2 = fmul double %a', %x
//!                                                  %y' = fadd double %1, %2
//!   ret double %y                                  ret double %y'
//! ```
//!
//! Signature: each parameter, directly followed by its shadow when it has one. Result: the primal
//! result if wanted and the tangent if the result is active; both as a struct. With width W a shadow or
//! tangent of type T is an array `[W x T]`.
//!
//! Invariants:
//! - primal functions are only read; nothing that was imported changes;
//! - an operation whose tangents are all zero writes nothing; a zero tangent is written only where
//!   memory, a phi or the caller needs one;
//! - moving data needs no types: shadows are moved alike. Types decide only what the shadow of
//!   *inactive* bytes is (zero for floats, the pointer itself for pointers);
//! - after an error every function this request made is erased.
//!
//! * `function`: one derivative: signature, copy, walk, result.
//! * `values`: tangents and shadows of operands.
//! * `arith`, `bits`, `reduce`: operations on values. `memory`, `calls`, `known`: the rest.

mod arith;
mod bits;
mod blocks;
mod calls;
mod copies;
mod function;
mod known;
mod lanes;
mod memory;
mod reduce;
mod table;
mod values;

use crate::custom;
use crate::directions::spread;
use crate::globals;
use crate::session::Flags;
use function::Writer;
use rustc_hash::FxHashMap;
use rz_analysis::activity::{self, Analyzer, ArgState, Finding};
use rz_analysis::types::{self, TypeAnalysis};
use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use rz_import::Imported;
use rz_llvm::{Function, Linkage, Type};
use rz_plan::{ArgActivity, Derivative, RetActivity};
use rz_view::{Func, TypeKind};
use std::cell::RefCell;

/// The kind of metadata that loads of tangents carry.
pub const TANGENT: &str = "ribozyme.tangent";

/// What identifies a forward derivative.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Key {
    types: types::Context,
    activity: activity::Context,
    /// Per parameter: a shadow follows it.
    shadowed: Vec<bool>,
    /// The primal result is returned too.
    primal_return: bool,
    /// Directions carried at once.
    width: u32,
    /// A registered tangent function speaks for the body.
    by_rule: bool,
}

impl Key {
    fn func(&self) -> Func {
        self.activity.func
    }
}

/// Writes forward derivatives of one imported module.
pub struct Forward<'a> {
    imported: &'a Imported,
    types: &'a TypeAnalysis<'a>,
    activity: Analyzer<'a>,
    options: Flags,
    memo: FxHashMap<Key, Function>,
    /// Tables of functions that are called through pointers, and the entries in them.
    tables: FxHashMap<Func, rz_llvm::Value>,
    entries: Vec<Function>,
    /// Shadows of variables that hold addresses.
    shadows: FxHashMap<(rz_llvm::Value, usize), rz_llvm::Value>,
    /// Directions of the request at work.
    width: u32,
    /// Declared, not written yet.
    pending: Vec<Key>,
    made: RefCell<globals::Made>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Forward<'a> {
    /// A writer that has written nothing yet.
    pub fn new(
        imported: &'a Imported,
        types: &'a TypeAnalysis<'a>,
        activity: Analyzer<'a>,
        options: Flags,
    ) -> Self {
        Self {
            imported,
            types,
            activity,
            options,
            memo: FxHashMap::default(),
            tables: FxHashMap::default(),
            entries: Vec::new(),
            shadows: FxHashMap::default(),
            width: 1,
            pending: Vec::new(),
            made: RefCell::default(),
            warnings: Vec::new(),
        }
    }

    /// The forward derivative `request` asks for, written if it is new.
    ///
    /// # Errors
    /// When something active cannot be differentiated. Nothing that was written for the request stays.
    pub fn derivative(&mut self, request: &Derivative) -> Result<Function> {
        self.width = request.width;
        let key = self.key(request)?;
        let known: Vec<Function> = self.memo.values().copied().collect();
        let result = self.write_all(&key).and_then(|root| {
            self.made.borrow().clear(root)?;
            Ok(root)
        });
        if result.is_err() {
            self.pending.clear();
            let made = |f: &Function| !known.contains(f);
            let dead: Vec<Function> = self.memo.values().copied().filter(made).collect();
            self.memo.retain(|_, f| known.contains(f));
            // Bodies first: they call each other.
            self.forget_tables();
            for function in &dead {
                function.erase_body();
            }
            for function in dead {
                function.erase();
            }
        }
        result
    }

    /// Where the convention itself loses derivatives.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Takes note of what activity found. That something is lost in an argument is said of the arguments of
    /// the request only: for others the caller's analysis has proved that nothing is. What the request's
    /// primal hands out is seen by code that does not know inactive pointers from active ones.
    fn hear(
        &mut self,
        body: &rz_view::Body,
        activity: &activity::Activity,
        requested: bool,
    ) -> Result<()> {
        for finding in activity.findings() {
            if matches!(finding, Finding::LostInArgument { .. }) && !requested {
                continue;
            }
            let diagnostic = finding.diagnostic(&self.imported.module, body, activity);
            match diagnostic.severity {
                Severity::Error => return Err(diagnostic),
                Severity::Warning if self.warnings.contains(&diagnostic) => {}
                Severity::Warning => self.warnings.push(*diagnostic),
            }
        }
        match activity.mixed_outside() {
            Some(inst) if requested && !self.options.runtime_activity => {
                let position = crate::scaffold::position(body, inst);
                let what = "is returned or stored in memory with a shadow";
                Err(activity::mixed_elsewhere(position, what))
            }
            _ => Ok(()),
        }
    }

    /// As [`crate::Session::makes_shadows`].
    pub fn makes_shadows(&self) -> bool {
        !self.made.borrow().is_empty()
    }

    /// Every function written so far.
    pub fn written(&self) -> Vec<Function> {
        self.memo.values().chain(&self.entries).copied().collect()
    }

    fn write_all(&mut self, key: &Key) -> Result<Function> {
        let function = self.declare(key)?;
        while let Some(next) = self.pending.pop() {
            let target = self.memo[&next];
            if next.by_rule {
                self.write_custom(&next, target)?;
            } else {
                let requested = next == *key;
                Writer::write(self, next, target, requested)?;
            }
        }
        Ok(function)
    }

    /// A registered tangent function speaks for the body.
    fn write_custom(&self, key: &Key, target: Function) -> Result<()> {
        let wanted = custom::Wanted {
            shadowed: &key.shadowed,
            primal: key.primal_return,
            tangent: key.activity.ret,
            width: key.width,
        };
        custom::write_forward(target, self.imported.func(key.func()), &wanted)
    }

    /// True when a registered tangent function is used: it wants the shadow of every pointer.
    fn by_rule(&mut self, func: Func, args: &[ArgState], at: Option<Position>) -> bool {
        let module = &self.imported.module;
        let data = &module.funcs[func];
        if !data.custom {
            return false;
        }
        if custom::is_copy(self.imported.func(func)) {
            // Its augmented forward got them as their own shadows, too.
            return true;
        }
        let pointer = |kind: &TypeKind| matches!(kind, TypeKind::Pointer { .. });
        let constant = args.iter().zip(&data.params).position(|(state, param)| {
            *state == ArgState::Const && !param.facts.sret && holds(module, param.ty, &pointer)
        });
        let Some(index) = constant else {
            return true;
        };
        let mut warning = Diagnostic::error(
            Code::Registration,
            format!(
                "the derivative registered for {} is not used where argument {index} is constant: it would get the pointer itself as its shadow",
                data.name
            ),
        )
        .at(at)
        .fix("pass the argument duplicated");
        warning.severity = Severity::Warning;
        if !self.warnings.contains(&warning) {
            self.warnings.push(*warning);
        }
        false
    }

    fn key(&mut self, request: &Derivative) -> Result<Key> {
        let module = &self.imported.module;
        let data = &module.funcs[request.func];
        let mut args = Vec::with_capacity(data.params.len());
        for (index, (param, activity)) in data.params.iter().zip(&request.args).enumerate() {
            // Integers may carry the bytes of floats or pointers; what they do not carry is not looked for.
            let other = |kind: &TypeKind| !matches!(kind, TypeKind::Float(_));
            args.push(match activity {
                ArgActivity::Const => ArgState::Const,
                ArgActivity::Dup | ArgActivity::DupNoNeed if holds(module, param.ty, &other) => {
                    ArgState::DUP
                }
                ArgActivity::Dup | ArgActivity::DupNoNeed => ArgState::Active,
                ArgActivity::Out => {
                    return Err(Diagnostic::error(
                        Code::MisplacedMarker,
                        format!(
                            "argument {index} of {} is marked enzyme_out in forward mode",
                            data.name
                        ),
                    )
                    .fix("pass the argument and its tangent, or mark it enzyme_const"));
                }
            });
        }
        let types = match &request.caller {
            Some(caller) => caller.types.clone(),
            None => types::Context::unknown(module, request.func),
        };
        let by_rule = self.by_rule(request.func, &args, None);
        Ok(Key {
            types,
            activity: activity::Context {
                func: request.func,
                args,
                ret: request.ret != RetActivity::Const,
            },
            shadowed: request.args.iter().map(|a| a.has_shadow()).collect(),
            primal_return: request.primal_return,
            width: request.width,
            by_rule,
        })
    }

    /// The function of a key, declared and put on the list when new.
    fn declare(&mut self, key: &Key) -> Result<Function> {
        if let Some(&function) = self.memo.get(key) {
            return Ok(function);
        }
        let data = &self.imported.module.funcs[key.func()];
        let primal = self.imported.func(key.func());
        if data.body.is_none() && !key.by_rule {
            return Err(Diagnostic::error(
                Code::NoBody,
                format!("the body of {} is not available", data.name),
            ));
        }
        if data.varargs {
            return Err(Diagnostic::error(
                Code::Varargs,
                format!("{} takes variable arguments", data.name),
            ));
        }
        let mut params = Vec::new();
        for (param, &shadowed) in primal.params().into_iter().zip(&key.shadowed) {
            params.push(param.ty());
            params.extend(shadowed.then(|| spread(param.ty(), key.width)));
        }
        let ty = result_type(primal.return_type(), key).function(&params, false);
        let name = format!("ribozyme.forward.{}", data.name);
        let module = self.imported.llvm();
        let function = module.add_function(&name, ty, Linkage::Internal);
        self.memo.insert(key.clone(), function);
        self.pending.push(key.clone());
        Ok(function)
    }
}

/// `void`, the primal result, the tangent, or a struct of both.
fn result_type(primal: Type, key: &Key) -> Type {
    let tangent = || spread(primal, key.width);
    match (key.primal_return, key.activity.ret) {
        _ if primal.is_void() => primal,
        (false, false) => primal.context().void(),
        (true, true) => primal.context().structure(&[primal, tangent()], false),
        (true, false) => primal,
        (false, true) => tangent(),
    }
}

/// True when a leaf of `ty` is of such a kind.
fn holds(module: &rz_view::Module, ty: rz_view::Type, kind: &dyn Fn(&TypeKind) -> bool) -> bool {
    let mut found = false;
    module.types.leaves(ty, 0, &mut |_, leaf| {
        found |= kind(module.types.kind(module.types.scalar(leaf)));
    });
    found
}
