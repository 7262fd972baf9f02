//! Recorded primals: copies that keep a log of what a later pass cannot compute again.
//!
//! `__enzyme_fwdsplit` carries tangents along the path that `__enzyme_augmentfwd` took, without running the
//! primal again. Where a file asks for both of a function, the augmented forward differentiates a *recorded*
//! copy of it. That copy has one more parameter, the log, and keeps in it everything that comes from memory or
//! from outside: what is loaded, what calls return, the addresses of locals, and how pointers compare.
//!
//! ```text
//! %a = load double, ptr %p                  %a = load double, ptr %p
//! store double %y, ptr %q              →    call void @…log_double(ptr %log, double %a)
//!                                           store double %y, ptr %q, !ribozyme.effect
//! ```
//!
//! The tangent of a recorded copy is made by forward mode; [`crate::replay`] then lets it take from the log
//! what the copy put there, and leaves out the effects.

use crate::derive::GENERATED;
use crate::hold::{is_ours, reach};
use crate::locate::{COPY, HELD, user_name};
use crate::values::position;
use rustc_hash::FxHashMap;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{
    Attribute, Builder, CastOp, CloneChanges, Function, Linkage, Module, Opcode, Place, Type,
    Value, ValueMap,
};
use rz_plan::Mode;
use rz_rules::Operand;
use rz_synth::custom;
use rz_synth::runtime::Runtime;

/// Metadata of what a replay leaves out.
pub(crate) const EFFECT: &str = "ribozyme.effect";
/// Prefix of the functions that enter values in a log.
const LOG: &str = "__ribozyme_1_log_value_";
/// Attribute of recorded copies.
const RECORDED: &str = "ribozyme-recorded";

/// The function whose tape only a tangent can read, if `recorded` calls one: a registered split derivative goes
/// without a gradient.
pub(crate) fn tangent_only(recorded: Function) -> Option<Function> {
    let reached = reach(recorded, Mode::Split);
    let calls = reached.into_iter().flat_map(Function::instructions);
    let mut callees = calls
        .filter(|inst| inst.is_call())
        .filter_map(Value::called_function);
    callees.find(|&f| custom::is_tangent_only(f))
}

/// A function that only calls `primal`, whose rules then are those of a call.
pub(crate) fn wrapped(primal: Function) -> Function {
    // The copy of `primal` itself has the suffix once.
    let (wrapper, _) = primal.duplicate(&format!("{}{COPY}{COPY}", primal.name()));
    wrapper.erase_body();
    wrapper.remove_attribute(Place::Function, HELD);
    let context = wrapper.context();
    let mark = Attribute::string(context, GENERATED, "");
    wrapper.add_attribute(Place::Function, mark);
    // Its rules above all.
    for kind in wrapper.value().global_metadata_kinds() {
        wrapper.value().set_global_metadata(kind, None);
    }
    let b = Builder::at_end(wrapper.append_block("entry"));
    let call = b.call(primal, &wrapper.params());
    call.set_call_convention(primal.calling_convention());
    for index in 0..wrapper.param_count() {
        for attribute in primal.attributes(Place::Param(index)) {
            call.add_call_attribute(Place::Param(index), attribute);
        }
    }
    b.ret(Some(call).filter(|_| !call.ty().is_void()));
    wrapper
}

/// The recorded copies of a module.
#[derive(Default)]
pub(crate) struct Records {
    copies: FxHashMap<Function, Function>,
}

/// True for a function that enters a value in a log.
pub(crate) fn is_log(function: Function) -> bool {
    function.name().starts_with(LOG)
}

/// True for a recorded copy.
pub(crate) fn is_recorded(function: Function) -> bool {
    function.attribute(Place::Function, RECORDED).is_some()
}

/// True when `recorded`, or what it calls, keeps anything.
pub(crate) fn logs(recorded: Function) -> bool {
    let reached = reach(recorded, Mode::Forward);
    let calls = reached.into_iter().flat_map(Function::instructions);
    let mut callees = calls
        .filter(|inst| inst.is_call())
        .filter_map(Value::called_function);
    callees.any(|f| is_log(f) || custom::is_copy(f))
}

impl Records {
    /// The recorded copy of `function`, which must be in prepared form as all that it calls.
    pub(crate) fn copy(&mut self, function: Function) -> Result<Function> {
        if let Some(&copy) = self.copies.get(&function) {
            return Ok(copy);
        }
        let mut work = vec![(function, self.declare(function))];
        while let Some((original, copy)) = work.pop() {
            let mut recorder = Recorder {
                records: self,
                copy,
                log: copy.param(copy.param_count() - 1),
                b: Builder::new(copy.context()),
                work: &mut work,
            };
            if let Err(error) = recorder.record(original) {
                // Half of a copy is no copy.
                self.copies.clear();
                return Err(error);
            }
        }
        Ok(self.copies[&function])
    }

    /// A function with one more parameter, and the body of `original`.
    fn declare(&mut self, original: Function) -> Function {
        let pointer = original.context().pointer(0);
        let mut params = original.ty().params();
        params.push(pointer);
        let ty = original.return_type().function(&params, false);
        let name = format!("{}{COPY}", original.name());
        let copy = original.module().add_function(&name, ty, Linkage::Internal);
        let mut map = ValueMap::new();
        for (old, new) in original.params().into_iter().zip(copy.params()) {
            new.set_name(&old.name());
            map.set(old, new);
        }
        copy.clone_from(original, &mut map, CloneChanges::Local, "");
        // It writes to the log.
        for claim in ["memory", "speculatable", "nosync", "willreturn"] {
            copy.remove_attribute(Place::Function, claim);
        }
        let context = copy.context();
        copy.add_attribute(Place::Function, Attribute::string(context, RECORDED, ""));
        self.copies.insert(original, copy);
        copy
    }
}

struct Recorder<'r> {
    records: &'r mut Records,
    copy: Function,
    log: Value,
    b: Builder,
    work: &'r mut Vec<(Function, Function)>,
}

impl Recorder<'_> {
    fn record(&mut self, original: Function) -> Result<()> {
        for inst in self.copy.instructions() {
            self.visit(inst)
                .map_err(|error| error.at(position(inst)))
                .map_err(|mut error| {
                    error
                        .notes
                        .push(format!("in function {}", user_name(original)));
                    error
                })?;
        }
        self.copy.ensure_call_locations();
        Ok(())
    }

    fn visit(&mut self, inst: Value) -> Result<()> {
        let Some(opcode) = inst.opcode() else {
            return Ok(());
        };
        match opcode {
            Opcode::Call => return self.call(inst),
            Opcode::Alloca | Opcode::Load | Opcode::PtrToInt | Opcode::Freeze => self.keep(inst),
            Opcode::ICmp if inst.operand(0).ty().scalar().is_pointer() => self.keep(inst),
            Opcode::Store | Opcode::Fence => mark(inst),
            Opcode::AtomicRmw | Opcode::CmpXchg => {
                self.keep(inst);
                mark(inst);
            }
            Opcode::Invoke | Opcode::CallBr | Opcode::LandingPad | Opcode::Resume => {
                return Err(not_yet("exceptions are handled")
                    .fix("compile with -fno-exceptions, or use __enzyme_fwddiff"));
            }
            Opcode::VaArg => {
                return Err(not_yet("variable arguments are read").fix("use __enzyme_fwddiff"));
            }
            _ => {}
        }
        Ok(())
    }

    fn call(&mut self, call: Value) -> Result<()> {
        let callee = call.called_function();
        if let Some(callee) = callee {
            let name = callee.intrinsic_name().unwrap_or_default();
            if name.starts_with("llvm.lifetime") {
                // The replay has other locals.
                call.erase();
                return Ok(());
            }
            if name.starts_with("llvm.dbg") || name == "llvm.assume" {
                return Ok(());
            }
            if custom::rule(callee, custom::SPLIT_DERIVATIVE).is_some() {
                return self.call_split(call, callee);
            }
            if custom::has_any(callee) {
                return Err(not_yet(&format!(
                    "`{}`, which has a registered derivative, is called",
                    user_name(callee)
                ))
                .fix("register a split derivative of it, or use __enzyme_fwddiff"));
            }
            if is_ours(callee) {
                self.call_copy(call, callee);
                return Ok(());
            }
            if self.write_to_scratch(call, callee) {
                return Ok(());
            }
        }
        let effects = call.call_effects();
        let touches = [effects.args, effects.hidden, effects.errno, effects.other];
        if touches.iter().any(|at| at.read || at.write) {
            self.keep(call);
            mark(call);
        }
        Ok(())
    }

    /// Calls the recorded copy instead.
    fn call_copy(&mut self, call: Value, callee: Function) {
        let known = self.records.copies.get(&callee).copied();
        let copy = known.unwrap_or_else(|| {
            let copy = self.records.declare(callee);
            self.work.push((callee, copy));
            copy
        });
        self.b.position_before(call);
        self.call_with_log(call, copy, self.log);
    }

    /// Calls a copy that keeps the tape of a registered split derivative in the log.
    fn call_split(&mut self, call: Value, callee: Function) -> Result<()> {
        let known = self.records.copies.get(&callee).copied();
        let copy = if let Some(copy) = known {
            copy
        } else {
            let copy = custom::record(callee, &format!("{}{COPY}", callee.name()))?;
            let mark = Attribute::string(copy.context(), RECORDED, "");
            copy.add_attribute(Place::Function, mark);
            self.records.copies.insert(callee, copy);
            copy
        };
        self.b.position_before(call);
        let int = self.b.context().int(64);
        let log = self.b.cast(CastOp::PtrToInt, self.log, int);
        self.call_with_log(call, copy, log);
        Ok(())
    }

    fn call_with_log(&self, call: Value, copy: Function, log: Value) {
        self.b.set_debug_loc(call.debug_loc());
        let mut args = call.args();
        args.push(log);
        let new = self.b.call(copy, &args);
        new.set_call_convention(copy.calling_convention());
        if !call.ty().is_void() {
            let name = call.name();
            call.replace_all_uses(new);
            new.set_name(&name);
        }
        call.erase();
    }

    /// Library functions that write results to memory write them to memory of their own first, so they
    /// can be called again. True when the call is one.
    ///
    /// ```text
    /// %m = call double @frexp(double %x, ptr %e)   →   %m = call double @frexp(double %x, ptr %own)
    ///                                                  store (load %own), ptr %e
    /// ```
    fn write_to_scratch(&mut self, call: Value, callee: Function) -> bool {
        let Some(found) = rz_rules::lookup(&callee.name()) else {
            return false;
        };
        let rule = found.rule;
        let real = (rule.operands().iter()).position(|kind| matches!(kind, Operand::Real));
        let mut written = false;
        for output in rule.outputs() {
            let rz_rules::Place::Memory(index) = output.place else {
                continue;
            };
            let index = u32::from(index);
            let (Some(real), true) = (real, index < call.arg_count()) else {
                continue;
            };
            let ty = if output.real {
                call.operand(real as u32).ty()
            } else {
                call.context().int(32)
            };
            let align = call.function().module().align(ty);
            self.b.position_before(call);
            self.b.set_debug_loc(call.debug_loc());
            let own = self.b.entry_alloca(ty, align);
            let target = call.operand(index);
            call.set_operand(index, own);
            self.b.position_after(call);
            let value = self.b.load(ty, own, align);
            mark(self.b.store(value, target, 1));
            written = true;
        }
        written
    }

    /// Enters the result of `inst` in the log.
    fn keep(&self, inst: Value) {
        let ty = inst.ty();
        if ty.is_void() || !ty.is_sized() {
            return;
        }
        let entry = log_function(inst.function().module(), ty);
        self.b.position_after(inst);
        self.b.set_debug_loc(inst.debug_loc());
        self.b.call(entry, &[self.log, inst]);
    }
}

fn not_yet(what: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::NotSupportedYet,
        format!("__enzyme_fwdsplit is not supported yet where {what}"),
    )
}

fn mark(inst: Value) {
    let context = inst.context();
    let kind = context.metadata_kind(EFFECT);
    inst.set_metadata(kind, Some(context.metadata_node(&[])));
}

/// What the attribute `memory` says of what reads and writes the log alone, whose chunks nobody else sees.
const LOG_ONLY: u64 = 0b1111;

/// The function that enters values of type `ty` in a log. It has a body, but to derivatives it does nothing.
fn log_function(module: Module, ty: Type) -> Function {
    let name = format!("{LOG}{ty}");
    if let Some(function) = module.function(&name) {
        return function;
    }
    let context = module.context();
    let params = [context.pointer(0), ty];
    let function = module.add_function(
        &name,
        context.void().function(&params, false),
        Linkage::Internal,
    );
    let mark = Attribute::string(context, "enzyme_inactive", "");
    function.add_attribute(Place::Function, mark);
    for (name, value) in [("memory", LOG_ONLY), ("nounwind", 0), ("nocallback", 0)] {
        if let Some(attribute) = Attribute::named(context, name, value) {
            function.add_attribute(Place::Function, attribute);
        }
    }
    if ty.is_pointer() {
        for (name, value) in [("readnone", 0), ("captures", 0)] {
            if let Some(attribute) = Attribute::named(context, name, value) {
                function.add_attribute(Place::Param(1), attribute);
            }
        }
    }
    let b = Builder::at_end(function.append_block("entry"));
    let slot = Runtime::new(module).log_put(&b, function.param(0), module.alloc_size(ty));
    b.store(function.param(1), slot, 8);
    b.ret(None);
    function
}
