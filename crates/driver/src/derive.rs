//! From a primal in prepared form to its derivative function.

mod together;

pub(crate) use together::together;

use crate::alike;
use crate::canonical;
use crate::cleanup::{Choices, cleanup};
use crate::compares;
use crate::explain::{self, Explanation};
use crate::members;
use crate::options::Options;
use crate::panics::guarded;
use crate::passes::Passes;
use rz_analysis::activity::{self, Analyzer};
use rz_analysis::types::TypeAnalysis;
use rz_diag::{Code, Diagnostic, Result};
use rz_import::records::RECORDS;
use rz_import::{Imported, LlvmFacts, import};
use rz_llvm::{Analyses, Attribute, Function, Opcode, Place, Value};
use rz_plan::{ArgActivity, Derivative, Mode, Planner, RetActivity};
use rz_synth::Flags;
use rz_synth::directions::spread;
use rz_synth::forward::Forward;
use rz_synth::{Escaping, Session};
use rz_view::{Func, Module};
use std::rc::Rc;

/// What is wanted: the key under which generated functions are shared.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Wish {
    /// The held primal.
    pub(crate) primal: Function,
    /// Which code.
    pub(crate) mode: Mode,
    /// One entry for each parameter.
    pub(crate) args: Vec<ArgActivity>,
    /// The result.
    pub(crate) ret: RetActivity,
    /// The primal result is wanted as well.
    pub(crate) primal_return: bool,
    /// Directions carried at once.
    pub(crate) width: u32,
    /// A shadow equal to its primal means inactive.
    pub(crate) runtime_activity: bool,
    /// A zero seed gives zero whatever the partial.
    pub(crate) strong_zero: bool,
    /// The primal is a recorded copy; its tangent follows the log.
    pub(crate) recorded: bool,
    /// What is written is differentiated again, or may be.
    pub(crate) again: bool,
    /// The file asks for halves of gradients, which may find tables of functions that this derivative leaves in memory.
    pub(crate) halves: bool,
    /// Combined: bytes that the tape may take.
    pub(crate) budget: Option<u64>,
    /// No memory may be allocated.
    pub(crate) no_alloc: bool,
    /// Split: per parameter, memory reachable from it may change before the reverse pass.
    pub(crate) overwritten: Vec<bool>,
}

/// What was written for a wish.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Derived {
    /// One function.
    Whole(Function),
    /// An augmented forward and a reverse.
    Split(Escaping),
}

impl Derived {
    /// The functions that requests call.
    pub(crate) fn roots(self) -> Vec<Function> {
        match self {
            Self::Whole(function) => vec![function],
            Self::Split(split) => vec![split.augmented, split.reverse],
        }
    }
}

/// What a primal reaches, in prepared form.
pub(crate) struct Reached {
    /// The primal and everything it calls.
    pub(crate) functions: Vec<Function>,
    /// Functions whose addresses are taken, each with the clone that stands in for it.
    pub(crate) stand_ins: Vec<(Function, Function)>,
}

/// Attribute of functions that were written here: they are never cloned.
pub(crate) const GENERATED: &str = "ribozyme-generated";

/// Writes the derivative and simplifies it. After a refusal nothing that was written stays. `lost` receives warnings about
/// derivatives that the convention loses.
pub(crate) fn derive(
    passes: &Passes,
    options: &Options,
    wish: &Wish,
    reached: &Reached,
    explanation: &mut Explanation,
    lost: &mut Vec<Diagnostic>,
) -> Result<Derived> {
    let wanted = explain::is_wanted(options.print);
    twice(lost, |judge, lost| {
        let explained = wanted.then_some(&mut *explanation);
        let write = || {
            write(
                passes.analyses(),
                options,
                wish,
                reached,
                judge,
                explained,
                lost,
            )
        };
        finished(passes, options, reached, write, |&derived| {
            fix_seed(wish, derived);
            vec![derived.roots()]
        })
    })
}

/// Who says what bytes are that have no type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Judge {
    /// Nobody, but what flows contradict is unknown.
    Types,
    /// Where they come from and where they go.
    Flows,
}

/// Tries with types alone, which is enough almost always, and where it is not, with flows too. If neither
/// is enough, the first refusal names what the user can do.
fn twice<T>(
    lost: &mut Vec<Diagnostic>,
    mut attempt: impl FnMut(Judge, &mut Vec<Diagnostic>) -> Result<T>,
) -> Result<T> {
    let told = lost.len();
    let refusal = match attempt(Judge::Types, lost) {
        Err(refusal) if is_about_types(&refusal) => refusal,
        done => return done,
    };
    let mut again = lost[..told].to_vec();
    let done = attempt(Judge::Flows, &mut again).map_err(|_| refusal)?;
    *lost = again;
    Ok(done)
}

/// Other knowledge of what bytes hold may help.
fn is_about_types(refusal: &Diagnostic) -> bool {
    matches!(
        refusal.code,
        Code::UnknownType | Code::TypeConflict | Code::BitTrick | Code::UnsupportedType
    )
}

/// Writes the shadow of a constant with the tables of all functions in it.
pub(crate) fn shadow(
    passes: &Passes,
    options: &Options,
    constant: Value,
    reached: &Reached,
    lost: &mut Vec<Diagnostic>,
) -> Result<Value> {
    let analyses = passes.analyses();
    twice(lost, |judge, lost| {
        let write = || shadow_of(analyses, options, constant, reached, judge, lost);
        finished(passes, options, reached, write, |_| Vec::new())
    })
}

fn shadow_of(
    analyses: Analyses,
    options: &Options,
    constant: Value,
    reached: &Reached,
    judge: Judge,
    lost: &mut Vec<Diagnostic>,
) -> Result<Value> {
    let imported = imported(analyses, reached, Mode::Split);
    let module = &imported.module;
    let types = types(module, judge, Vec::new());
    let plans = rz_plan::Analyses::new(module, &types, globals(options));
    let facts = LlvmFacts::new(&imported, analyses);
    let choices = rz_plan::Options {
        fuse: options.fuse && !options.runtime_activity,
        combine: options.combine,
        at_once: options.at_once && !options.strong_zero,
        repeats: options.repeats,
        rerun: options.rerun && !options.runtime_activity,
        skip: options.skip,
        ranges: options.ranges,
        runtime_activity: options.runtime_activity,
        budget: None,
        no_alloc: false,
        tables_undo_again: true,
    };
    let mut planner = Planner::new(module, &facts, plans).with(choices);
    for &(function, _) in &reached.stand_ins {
        let Some(func) = imported.func_id(function) else {
            continue;
        };
        let planned = planner.plan_table(func, 1);
        // In a table of functions, one that cannot be differentiated matters when it is called.
        if function.value() == constant {
            planned?;
        }
    }
    lost.extend_from_slice(planner.warnings());
    let flags = Flags {
        runtime_activity: options.runtime_activity,
        scopes: options.scopes,
        strong_zero: options.strong_zero,
        replay: false,
    };
    Session::new(&imported, planner)
        .with(flags)
        .shadow_of(constant)
}

/// Types of a module of which code outside calls `entries`.
fn types(module: &Module, judge: Judge, entries: Vec<Func>) -> TypeAnalysis<'_> {
    let types = TypeAnalysis::new(module);
    match judge {
        Judge::Types => types.doubted(entries),
        Judge::Flows => types.called_from_outside(entries),
    }
}

/// Runs `write` and simplifies what it wrote but for its roots, those of each request. After a refusal nothing of it stays.
fn finished<T>(
    passes: &Passes,
    options: &Options,
    reached: &Reached,
    write: impl FnOnce() -> Result<T>,
    roots: impl FnOnce(&T) -> Vec<Vec<Function>>,
) -> Result<T> {
    let analyses = passes.analyses();
    let module = analyses.module();
    // Nothing here may take time for the whole module: this runs for each request.
    let (last, last_global) = (module.last_function(), module.last_global());
    let records = members::told(&reached.functions);
    // Half-written functions must not stay behind, whatever stopped the writer.
    let outcome = guarded(write).and_then(std::convert::identity);
    let written: Vec<Function> = module
        .functions_after(last)
        .into_iter()
        .filter(|function| !function.is_declaration())
        .collect();
    let finished = outcome.and_then(|derived| {
        for &function in &written {
            function
                .value()
                .set_name(&function.name().replace(crate::locate::CLONE, ""));
            let mark = Attribute::string(function.context(), GENERATED, "");
            function.add_attribute(Place::Function, mark);
            let kind = function.context().metadata_kind(RECORDS);
            function.value().set_global_metadata(kind, records);
            canonical::dissolve(analyses, function);
        }
        let roots = roots(&derived);
        if options.strict_order {
            written.iter().copied().for_each(keep_order);
        }
        if options.cleanup {
            // What is written may be differentiated again.
            let written = alike::join(analyses, written, &roots.concat());
            written.iter().copied().for_each(compares::hide_compares);
            let left = cleanup(passes, &written, &roots, Choices::of(options))?;
            left.into_iter().for_each(compares::show_compares);
        }
        Ok(derived)
    });
    if finished.is_err() {
        let fresh = module.globals_after(last_global);
        // Tables and shadows of tables refer to functions and to each other.
        for global in &fresh {
            global.set_initializer(global.value_type().zero());
        }
        erase_new(analyses, last);
        for global in fresh {
            if !global.value().is_referred_to() {
                global.erase();
            }
        }
    }
    finished
}

/// Requests seed with one, so the seed folds into the code, unless the derivative is recursive and
/// calls itself with other seeds.
fn fix_seed(wish: &Wish, derived: Derived) {
    let Derived::Whole(root) = derived else {
        return;
    };
    let seeded = wish.mode == Mode::Combined && wish.ret == RetActivity::Active;
    if !seeded || root.value().has_uses() {
        return;
    }
    if let Some(&seed) = root.params().last() {
        let ty = spread(wish.primal.return_type(), wish.width);
        seed.replace_all_uses(crate::replace::seed(ty));
    }
}

/// Takes the permission to reassociate from adjoint sums; what the user's code allows stays.
fn keep_order(function: Function) {
    const REASSOC: u8 = 1;
    const NSZ: u8 = 8;
    for inst in function.instructions() {
        if inst.opcode() == Some(Opcode::FAdd) && inst.fast_math() == REASSOC | NSZ {
            inst.set_fast_math(NSZ);
        }
    }
}

/// Erases every function after the one that was the last.
fn erase_new(analyses: Analyses, last: Option<Function>) {
    let new = analyses.module().functions_after(last);
    for &function in &new {
        if !function.is_declaration() {
            function.erase_body();
        }
    }
    for function in new {
        if !function.value().is_referred_to() {
            analyses.forget(function);
            function.erase();
        }
    }
}

/// Marks the functions whose registered derivative speaks for them in this mode.
fn mark_custom(imported: &mut Imported, mode: Mode) {
    let functions: Vec<Func> = imported.module.funcs.keys().collect();
    for func in functions {
        let custom = rz_synth::custom::derives(imported.func(func), mode);
        imported.module.funcs[func].custom = custom;
    }
}

fn imported(analyses: Analyses, reached: &Reached, mode: Mode) -> Imported {
    let taken = reached.stand_ins.iter().flat_map(|&(f, clone)| [f, clone]);
    let taken: Vec<Function> = taken.collect();
    let mut imported = import(analyses.module(), &reached.functions, &taken);
    for &(function, stand_in) in &reached.stand_ins {
        imported.set_stand_in(function, stand_in);
    }
    mark_custom(&mut imported, mode);
    imported
}

fn globals(options: &Options) -> activity::Options {
    activity::Options {
        inactive_globals: options.inactive_globals || options.declared_globals,
        declared_globals: options.declared_globals,
        inactive_declarations: options.inactive_declarations,
        runtime_activity: options.runtime_activity,
    }
}

/// The derivative that `wish` is for, of the imported primal.
fn key(wish: &Wish, func: Func) -> Derivative {
    Derivative {
        func,
        mode: wish.mode,
        args: wish.args.clone(),
        ret: wish.ret,
        primal_return: wish.primal_return,
        width: wish.width,
        overwritten: wish.overwritten.clone(),
        globals_overwritten: wish.mode == Mode::Split,
        repeatable: wish.mode == Mode::Split,
        caller: None,
    }
}

/// What the planner may choose for `wish`.
fn choices(options: &Options, wish: &Wish) -> rz_plan::Options {
    rz_plan::Options {
        fuse: options.fuse && !wish.runtime_activity,
        combine: options.combine,
        at_once: options.at_once && !wish.strong_zero,
        repeats: options.repeats,
        rerun: options.rerun && !wish.runtime_activity,
        skip: options.skip,
        ranges: options.ranges,
        runtime_activity: wish.runtime_activity,
        budget: wish.budget.filter(|_| !wish.runtime_activity),
        no_alloc: wish.no_alloc,
        tables_undo_again: wish.mode == Mode::Split || wish.halves,
    }
}

fn flags(options: &Options, wish: &Wish) -> Flags {
    Flags {
        runtime_activity: wish.runtime_activity,
        scopes: options.scopes,
        strong_zero: wish.strong_zero,
        replay: wish.recorded && wish.mode == Mode::Forward,
    }
}

fn globals_of(options: &Options, wish: &Wish) -> activity::Options {
    activity::Options {
        runtime_activity: wish.runtime_activity,
        ..globals(options)
    }
}

/// Writes what is planned for `key`.
fn written(session: &mut Session<'_>, key: &Derivative) -> Result<Derived> {
    match key.mode {
        Mode::Split => session.escaping(key).map(Derived::Split),
        _ => session.combined(key).map(Derived::Whole),
    }
}

fn write(
    analyses: Analyses,
    options: &Options,
    wish: &Wish,
    reached: &Reached,
    judge: Judge,
    mut explanation: Option<&mut Explanation>,
    lost: &mut Vec<Diagnostic>,
) -> Result<Derived> {
    let imported = imported(analyses, reached, wish.mode);
    let func = imported.func_id(wish.primal).ok_or_else(not_imported)?;
    let key = key(wish, func);
    let module = &imported.module;
    let types = types(module, judge, vec![func]);
    let globals = globals_of(options, wish);
    let mut plans = rz_plan::Analyses::new(module, &types, globals);
    if let Some(explanation) = &mut explanation {
        **explanation = vec![plans.explain(module, &key, None)].into();
    }
    match wish.mode {
        Mode::Combined | Mode::Split => {
            let facts = LlvmFacts::new(&imported, analyses);
            let mut planner = Planner::new(module, &facts, plans).with(choices(options, wish));
            let key = Rc::new(key);
            if !module.funcs[func].custom {
                planner.plan(key.clone())?;
                lost.extend_from_slice(planner.warnings());
                if let Some(explanation) = explanation {
                    *explanation = planner.explain(&key).into();
                }
            }
            let mut session = Session::new(&imported, planner).with(flags(options, wish));
            written(&mut session, &key)
        }
        Mode::Forward => {
            let activity = Analyzer::new(module, &types, globals);
            let mut forward = Forward::new(&imported, &types, activity, flags(options, wish));
            let function = forward.derivative(&key)?;
            if wish.recorded {
                crate::replay::replay(&forward.written());
            }
            lost.extend_from_slice(forward.warnings());
            Ok(Derived::Whole(function))
        }
    }
}

fn not_imported() -> Box<Diagnostic> {
    Diagnostic::error(Code::Internal, "the primal was not imported")
}
