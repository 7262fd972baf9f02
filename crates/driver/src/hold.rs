//! Holding: private copies of what requests reach, kept differentiable while the host simplifies.
//!
//! At the start of the pipeline every function that a request reaches is cloned, the request is
//! redirected to the clone, and the clone is protected from what loses derivatives or structure:
//!
//! * loops are marked `llvm.loop.unroll.disable`, since full unrolling is part of simplification;
//! * float equality compares are hidden (`compares`);
//! * what is stored in variables that carry no derivative is opaque too ([`stored`]);
//! * accesses of floats are tagged, since they lose their type where their bits are asked for ([`kinds`]);
//! * accesses of members are tagged, since their addresses lose the type of the record ([`members`]);
//! * so are copies of records, and variables ([`copies`]);
//! * so are copies by which the standard library moves arrays ([`elements`]);
//! * indices are computed as wide as addresses, for what says that narrow ones do not overflow gets lost ([`indices`]);
//! * calls through pointers stay calls where an original may compare floats ([`through`]).
//!
//! ```text
//! define double @f(double %x) noinline optnone { … }     ; untouched
//! define internal double @rz.held.f(double %x) "ribozyme-held"="f" { … }
//! call double @__enzyme_autodiff(ptr @rz.held.f, double %x)
//! ```
//!
//! The user's own functions are never marked. The protections come off with [`release`].

use crate::addresses;
use crate::byval;
use crate::coerced;
use crate::compares::{hide_compares, show_compares};
use crate::copies;
use crate::derive::GENERATED;
use crate::elements;
use crate::goto;
use crate::headers;
use crate::indices;
use crate::kept::{UNCALLED, keep};
use crate::kinds;
use crate::library;
use crate::locate::{self, HELD, Site, held_name};
use crate::members::{self, Described};
use crate::opaque::{call_instead, opaque, show_registered, stood_for};
use crate::outline;
use crate::register;
use crate::resolve;
use crate::stored;
use crate::through;
use crate::used;
use crate::variadic;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{
    Analyses, Attribute, Builder, Context, Function, Linkage, Metadata, Module, Place, Type,
    TypeKind, Value,
};
use rz_plan::Mode;
use rz_rules::known;
use rz_synth::custom;

/// Attribute of clones that the host has not simplified.
pub(crate) const RAW: &str = "ribozyme-raw";
/// Attribute of clones that code outside of what was looked at may call: primals of requests, and
/// functions that stand for one whose address is taken.
pub(crate) const OPEN: &str = "ribozyme-open";
/// Attribute of clones that [`keep_scalar`] has marked.
const SCALAR: &str = "ribozyme-scalar";
const UNROLL: &str = "llvm.loop.unroll.disable";

/// The clones of a module.
pub(crate) struct Held {
    analyses: Analyses,
    module: Module,
    clones: FxHashMap<Function, Function>,
    described: Described,
    /// The host will simplify the clones made now.
    host_simplifies: bool,
}

impl Held {
    /// Finds the clones made before that may get new callers.
    pub(crate) fn find(analyses: Analyses, host_simplifies: bool) -> Self {
        let module = analyses.module();
        let mut clones = FxHashMap::default();
        for function in module.functions() {
            if let Some(name) = held_name(function)
                && let Some(original) = module.function(&name)
                && (has(function, RAW) || !is_specialized(function) && !is_specialized(original))
            {
                clones.insert(original, function);
            }
        }
        Self {
            analyses,
            module,
            clones,
            described: Described::new(module),
            host_simplifies,
        }
    }

    /// Redirects each resolvable request to a clone. True when something changed.
    pub(crate) fn hold_requests(&mut self) -> bool {
        used::keep_shadows(self.module);
        let mut changed = false;
        // Clones contain the requests of their originals, so later rounds find nested ones.
        loop {
            let sites: Vec<Site> = locate::requests(self.module)
                .into_values()
                .flatten()
                .collect();
            let mut again = false;
            for site in sites {
                again |= self.hold_request(site);
            }
            if !again {
                break;
            }
            changed = true;
        }
        if self.host_simplifies && changed {
            self.hold_addresses();
            let clones: Vec<Function> = self.clones.values().copied().collect();
            through::keep(&clones);
            outline::bound(self.module);
            for &clone in &clones {
                self.described.tell(clone);
            }
        }
        changed
    }

    /// Makes the clones compute their indices as wide as addresses, where the host will simplify them.
    pub(crate) fn widen_indices(&self) {
        if self.host_simplifies {
            for &clone in self.clones.values() {
                indices::widen(clone);
                self.analyses.invalidate(clone);
            }
        }
    }

    /// Clones the functions whose addresses clones take. Where the host finds out that a pointer holds one of
    /// them, it calls the original, and there must be a clone that such a call can go to.
    fn hold_addresses(&mut self) {
        loop {
            let clones: Vec<Function> = self.clones.values().copied().collect();
            let mut again = false;
            for function in addresses::taken(&clones) {
                let by_body = may_clone(function) && !register::speaks_for_body(function);
                if function.is_declaration() || !by_body || held_name(function).is_some() {
                    continue;
                }
                let clone = self.hold(function);
                if !has(clone, UNCALLED) {
                    let theirs = used::is_kept(self.module, function.value());
                    let kept = if theirs { "" } else { "original" };
                    let mark = Attribute::string(clone.context(), UNCALLED, kept);
                    clone.add_attribute(Place::Function, mark);
                    keep(self.module, clone);
                    again = true;
                }
            }
            if !again {
                return;
            }
        }
    }

    fn hold_request(&mut self, site: Site) -> bool {
        let index = site.function_operand();
        if index >= site.call.arg_count() || !site.entry.differentiates() {
            return false;
        }
        let operand = site.call.operand(index);
        let Ok(targets) = resolve::functions(self.module, operand) else {
            return false;
        };
        if let Some(&target) = targets.first() {
            byval::expose_shadows(site, target);
            coerced::mark(site, target);
        }
        // A choice between functions is split into one request each when it is lowered.
        let &[target] = targets.as_slice() else {
            return false;
        };
        let fixed = !target.ty().is_varargs();
        if target.is_declaration() || held_name(target).is_some() || !fixed || !may_clone(target) {
            return false;
        }
        let clone = self.hold(target);
        site.call
            .set_operand(index, pointer_as(clone.value(), operand.ty()));
        true
    }

    /// The clone of `function`, made together with clones of what it reaches.
    pub(crate) fn hold(&mut self, function: Function) -> Function {
        if held_name(function).is_some() {
            return function;
        }
        let mut work = Vec::new();
        let root = self.clone_one(function, &mut work);
        while let Some(clone) = work.pop() {
            self.redirect_calls(clone, &mut work, true);
        }
        root
    }

    fn clone_one(&mut self, original: Function, work: &mut Vec<Function>) -> Function {
        if let Some(&clone) = self.clones.get(&original) {
            return clone;
        }
        let name = original.name();
        let held = format!("{}{name}", locate::CLONE);
        let (clone, map) = if variadic::is_lowered(original) {
            variadic::copy(original, &held)
        } else {
            original.duplicate(&held)
        };
        goto::lower(original, clone, &map);
        library::open(self.analyses, clone);
        let context = clone.context();
        // Unoptimized code has both on every function; `noinline` alone is the user's.
        if !self.host_simplifies || clone.has_attribute("optnone") {
            clone.remove_attribute(Place::Function, "noinline");
        }
        clone.remove_attribute(Place::Function, "optnone");
        clone.value().clear_comdat();
        clone.add_attribute(Place::Function, Attribute::string(context, HELD, &name));
        if !self.host_simplifies {
            clone.add_attribute(Place::Function, Attribute::string(context, RAW, ""));
            headers::mark(original, clone);
        }
        self.clones.insert(original, clone);
        self.protect(clone);
        work.push(clone);
        clone
    }

    /// Makes `caller` call clones instead of originals.
    fn redirect_calls(&mut self, caller: Function, work: &mut Vec<Function>, protect: bool) {
        for call in caller.instructions() {
            if !call.is_call() {
                continue;
            }
            if call.is_musttail() {
                call.set_tail_call(false);
            }
            let Some(callee) = call.called_function() else {
                continue;
            };
            if callee.is_declaration() || held_name(callee).is_some() {
                continue;
            }
            let target = if may_clone(callee) {
                self.clone_one(callee, work)
            } else {
                callee
            };
            let lowered = callee.ty().is_varargs() && !target.ty().is_varargs();
            if lowered && call.called_type() == callee.ty() {
                variadic::call(call, target);
                continue;
            }
            if lowered {
                // Declared otherwise where it is called.
                continue;
            }
            if protect && (register::speaks_for_body(callee) || register::attributes::says(call)) {
                call_instead(call, opaque(self.module, target));
            } else if target != callee {
                call_instead(call, target);
            }
        }
        self.analyses.invalidate(caller);
    }

    /// Clones what a clone has come to call since it was made (by inlining or devirtualization). True when there was
    /// anything.
    pub(crate) fn complete(&mut self, clone: Function) -> bool {
        let before = self.clones.len();
        let mut work = Vec::new();
        // The protections of this clone may be off already.
        self.redirect_calls(clone, &mut work, false);
        while let Some(clone) = work.pop() {
            self.redirect_calls(clone, &mut work, true);
        }
        self.clones.len() > before
    }

    /// The clone whose body speaks for `function` where its address is called. Code without a body
    /// here is wrapped, so that it is refused, or known, only where it is called.
    pub(crate) fn stand_in(&mut self, function: Function) -> Option<Function> {
        let entry = crate::request::Entry::of(&function.name()).is_some();
        if entry || function.intrinsic_name().is_some() || held_name(function).is_some() {
            return None;
        }
        if function.ty().is_varargs() {
            return None;
        }
        if !function.is_declaration() && may_clone(function) {
            return Some(self.hold(function));
        }
        if let Some(&wrapper) = self.clones.get(&function) {
            return Some(wrapper);
        }
        let name = function.name();
        let wrapped = format!("{}{name}", locate::CLONE);
        let wrapper = self
            .module
            .add_function(&wrapped, function.ty(), Linkage::Internal);
        let mark = Attribute::string(wrapper.context(), HELD, &name);
        wrapper.add_attribute(Place::Function, mark);
        let builder = Builder::at_end(wrapper.append_block("entry"));
        let result = builder.call(function, &wrapper.params());
        result.set_call_convention(function.calling_convention());
        builder.ret(Some(result).filter(|r| !r.ty().is_void()));
        self.clones.insert(function, wrapper);
        Some(wrapper)
    }

    /// Forgets a clone that relies on who calls it: code found later gets another one.
    pub(crate) fn close(&mut self, clone: Function) {
        self.clones.retain(|_, known| *known != clone);
    }

    fn protect(&mut self, clone: Function) {
        let context = clone.context();
        let kind = context.metadata_kind("llvm.loop");
        let option = context.metadata_node(&[
            context.metadata_string(UNROLL),
            // Explicitly 1: LLVM reads the number.
            context.int(32).int_const(1).as_metadata(),
        ]);
        for latch in self.analyses.latches(clone) {
            let id = context.loop_id(latch.metadata(kind), Some(option), None);
            latch.set_metadata(kind, Some(id));
        }
        hide_compares(clone);
        stored::hide(clone);
        members::tag(clone, &mut self.described);
        if !self.host_simplifies {
            self.described.tell(clone);
        }
        copies::tag(clone);
        elements::tag(clone);
        kinds::tag(clone);
        self.analyses.invalidate(clone);
    }
}

/// `primal` and every clone or generated function that it calls, directly or not.
///
/// Functions with a registered gradient are left out, for nobody looks at their bodies. A registered
/// tangent is not used where an argument is constant, so forward mode may need the body.
pub(crate) fn reach(primal: Function, mode: Mode) -> Vec<Function> {
    let skips = |function: Function| mode != Mode::Forward && custom::derives(function, mode);
    let mut seen = FxHashSet::from_iter([primal]);
    let mut order = vec![primal];
    let mut next = 0;
    while let Some(&function) = order.get(next) {
        next += 1;
        if skips(function) {
            continue;
        }
        for call in function.instructions() {
            if call.is_call()
                && let Some(callee) = call.called_function()
                && let callee = stood_for(callee).unwrap_or(callee)
                && is_ours(callee)
                && !skips(callee)
                && seen.insert(callee)
            {
                order.push(callee);
            }
        }
    }
    order
}

/// A clone, or a function that was written here: what may be prepared and differentiated.
pub(crate) fn is_ours(function: Function) -> bool {
    !function.is_declaration()
        && !known::is_runtime(&function.name())
        && (held_name(function).is_some()
            || function.attribute(Place::Function, GENERATED).is_some())
}

/// Before linking, keeps calls of run-time functions visible: the link step may differentiate the
/// derivatives made here, and knows those functions by name.
pub(crate) fn keep_runtime(function: Function, pre_link: bool) {
    if function.is_declaration() || !known::is_runtime(&function.name()) {
        return;
    }
    if !pre_link {
        function.remove_attribute(Place::Function, "noinline");
    } else if let Some(noinline) = Attribute::named(function.context(), "noinline", 0) {
        function.add_attribute(Place::Function, noinline);
    }
}

/// True for a function that the host simplified knowing all of its callers: it may rely on what they pass, and have
/// lost parameters and results that they do not need.
fn is_specialized(function: Function) -> bool {
    let address = function.value();
    let only_calls = |user: &Value| {
        user.is_call() && user.called_value() == address && !user.args().contains(&address)
    };
    let local = matches!(function.linkage(), Linkage::Internal | Linkage::Private);
    local && !has(function, UNCALLED) && address.users().iter().all(only_calls)
}

fn has(function: Function, attribute: &str) -> bool {
    function.attribute(Place::Function, attribute).is_some()
}

/// A function address in the type of the operand it replaces.
fn pointer_as(function: Value, ty: Type) -> Value {
    if ty.kind() == TypeKind::Int {
        function.const_ptr_to_int(ty)
    } else {
        function
    }
}

/// Not for functions that keep their name because derivatives know them by it. A definition that
/// happens to be called like a library function is the user's: its body counts, so it is cloned.
fn may_clone(function: Function) -> bool {
    let name = function.name();
    crate::request::Entry::of(&name).is_none()
        && !name.starts_with("__enzyme_")
        && !register::is_opaque(function)
        && function.attribute(Place::Function, GENERATED).is_none()
        && !known::is_runtime(&name)
}

/// Keeps the host from vectorizing a clone that waits for the link step: what runs after lowering
/// in a compile step would turn its loops into code that is harder to reverse.
pub(crate) fn keep_scalar(clone: Function) {
    let context = clone.context();
    if let Some(attribute) = Attribute::named(context, "noimplicitfloat", 0)
        && !clone.has_attribute("noimplicitfloat")
    {
        clone.add_attribute(Place::Function, attribute);
        clone.add_attribute(Place::Function, Attribute::string(context, SCALAR, ""));
    }
}

/// Takes the protections off `clone`. `inactive`: variables without a mark carry no derivative.
pub(crate) fn release(analyses: Analyses, clone: Function, inactive: bool) {
    let context = clone.context();
    if clone.attribute(Place::Function, SCALAR).is_some() {
        clone.remove_attribute(Place::Function, SCALAR);
        clone.remove_attribute(Place::Function, "noimplicitfloat");
    }
    let kind = context.metadata_kind("llvm.loop");
    for block in clone.blocks() {
        let Some(terminator) = block.terminator() else {
            continue;
        };
        if let Some(id) = terminator.metadata(kind) {
            remove_mark(context, terminator, kind, id);
        }
    }
    show_compares(clone);
    through::release(clone);
    stored::show(clone, inactive);
    show_registered(clone);
    analyses.invalidate(clone);
}

/// Takes our option (the one that carries a number) off the loop identifier of `terminator`.
fn remove_mark(context: Context, terminator: Value, kind: u32, id: Metadata) {
    let ours = |option: &Metadata| {
        let operands = option.operands();
        operands.len() == 2 && operands[0].and_then(Metadata::string).as_deref() == Some(UNROLL)
    };
    let options: Vec<Metadata> = id.operands().into_iter().skip(1).flatten().collect();
    if !options.iter().any(ours) {
        return;
    }
    let mut new = None;
    for option in options.into_iter().filter(|option| !ours(option)) {
        new = Some(context.loop_id(new, Some(option), None));
    }
    terminator.set_metadata(kind, new);
}
