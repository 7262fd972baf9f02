//! Lowering: every request becomes a call of a generated function.
//!
//! Requests nested in a primal are lowered before the request that differentiates it, so a
//! derivative of a derivative sees ordinary code. A refused request stays in place together with
//! its error; the others of its function are still examined. Before linking, a refusal for lack of
//! a body is no error: the request is left to the link step.

mod ahead;

use crate::addresses;
use crate::batch::{BatchSite, Batches};
use crate::canonical;
use crate::choice;
use crate::coerced;
use crate::derive::{self, Derived, GENERATED, Reached, Wish, derive};
use crate::explain::{self, About, Explanation};
use crate::goto;
use crate::hints;
use crate::hold::{self, Held, reach};
use crate::kept;
use crate::late;
use crate::locate::{self, HELD, Site, user_name};
use crate::memory::declare_constants;
use crate::opaque;
use crate::options::{OPTIONS, Options};
use crate::outline;
use crate::pairs::Pairs;
use crate::passes::Passes;
use crate::pointers;
use crate::prepare::prepare;
use crate::record::{Records, tangent_only, wrapped};
use crate::register;
use crate::replace::Bound;
use crate::report::Reports;
use crate::request::{Entry, Return, parse, parse_batch};
use crate::resolve;
use crate::stop;
use crate::sweep;
use crate::values::position;
use crate::virtual_reverse;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use rz_llvm::{Analyses, Function, Module, Opcode, Place, Value};
use rz_plan::Mode;
use rz_synth::custom;

use ahead::Ahead;

/// Why a request was not lowered.
enum Refusal {
    /// For a reason to report at this request.
    Here(Box<Diagnostic>),
    /// Because a request inside its primal was not lowered, which is reported there.
    Inner,
}

impl From<Box<Diagnostic>> for Refusal {
    fn from(error: Box<Diagnostic>) -> Self {
        Self::Here(error)
    }
}

/// One lowering run over a module.
pub(crate) struct Lowering<'a> {
    analyses: Analyses,
    passes: Passes,
    module: Module,
    options: &'a Options,
    reports: &'a mut Reports,
    held: Held,
    /// More of the program is known at the link step.
    pre_link: bool,
    prepared: FxHashSet<Function>,
    generated: FxHashMap<Wish, Derived>,
    /// Written together with others, before their requests are lowered.
    ahead: FxHashMap<Wish, Ahead>,
    /// Shadows of constants, asked for by `__enzyme_virtualreverse`.
    shadows: FxHashMap<Value, Value>,
    batches: Batches,
    /// Halves of gradients.
    pairs: Pairs,
    /// Held primals whose tapes are read in forward mode, and the copies that keep a log for it.
    recorded: FxHashSet<Function>,
    /// The file asks for halves of gradients: a tape may be read several times.
    halves: bool,
    records: Records,
    /// Functions that call registered ones, which those tapes are of.
    wrappers: FxHashMap<Function, Function>,
    /// Functions whose requests are being lowered, to detect a request on itself.
    active: Vec<Function>,
    /// Some primal makes requests.
    nested: bool,
    /// Requests left to the link step.
    left: usize,
    changed: bool,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(
        analyses: Analyses,
        options: &'a Options,
        reports: &'a mut Reports,
        pre_link: bool,
    ) -> Self {
        Self {
            analyses,
            passes: Passes::new(analyses, options.verify),
            module: analyses.module(),
            options,
            reports,
            held: Held::find(analyses, false),
            pre_link,
            prepared: FxHashSet::default(),
            generated: FxHashMap::default(),
            ahead: FxHashMap::default(),
            shadows: FxHashMap::default(),
            batches: Batches::default(),
            pairs: Pairs::default(),
            recorded: FxHashSet::default(),
            halves: false,
            records: Records::default(),
            wrappers: FxHashMap::default(),
            active: Vec::new(),
            nested: false,
            left: 0,
            changed: false,
        }
    }

    /// Lowers all requests. True when the module changed.
    pub(crate) fn run(mut self) -> bool {
        self.changed = outline::inline(self.analyses);
        // From here on the callers of a clone count again.
        kept::drop_kept(self.module);
        self.find_recorded();
        self.halves = (locate::requests(self.module).into_values().flatten())
            .any(|site| matches!(site.entry, Entry::AugmentForward | Entry::Reverse));
        let (inner, functions): (Vec<Function>, Vec<Function>) = locate::requests(self.module)
            .into_keys()
            .partition(|function| locate::held_name(*function).is_some());
        self.nested = !inner.is_empty();
        if !functions.is_empty() {
            declare_constants(self.module);
        }
        self.write_ahead(&functions);
        for function in functions {
            // Failures are reported where they happen.
            let _ = self.lower_function(function);
        }
        for (function, error) in self.pairs.disagreements() {
            self.reports.send(function, &error);
        }
        if !self.reports.failed() {
            self.finish();
        }
        self.changed
    }

    /// Lowers the requests of one function; false when one of them could not be.
    fn lower_function(&mut self, function: Function) -> bool {
        if self.active.contains(&function) {
            return true;
        }
        self.active.push(function);
        let mut complete = true;
        self.simplify_operands(function);
        // A choice between functions splits one request into several, so start over after it.
        while self.split_choices(function) {}
        let mut sites = locate::requests_in(function);
        // The size of a tape may be the size of the memory that another request writes it to.
        sites.sort_by_key(|site| site.entry != Entry::AugmentSize);
        for site in sites {
            match self.lower(site) {
                Ok(()) => self.changed = true,
                Err(Refusal::Here(error)) => complete &= self.refuse(function, site, error),
                Err(Refusal::Inner) => {
                    complete = false;
                    self.left += 1;
                }
            }
        }
        self.analyses.invalidate(function);
        self.active.pop();
        complete
    }

    /// Unoptimized code may keep functions where nothing is proved about them; then the function
    /// that makes the request is simplified a little.
    fn simplify_operands(&mut self, function: Function) {
        let unresolved = locate::requests_in(function).into_iter().any(|site| {
            let index = site.function_operand();
            site.entry.is_supported()
                && index < site.call.arg_count()
                && resolve::functions(self.module, site.call.operand(index)).is_err()
        });
        if !unresolved {
            return;
        }
        // Passes leave functions alone that are marked so.
        let optnone = (function.attributes(Place::Function).into_iter())
            .find(|attribute| attribute.name() == "optnone");
        function.remove_attribute(Place::Function, "optnone");
        if self.passes.run(function, "sroa,gvn").is_ok() {
            self.analyses.invalidate(function);
            self.changed = true;
        }
        if let Some(optnone) = optnone {
            function.add_attribute(Place::Function, optnone);
        }
    }

    /// Reports why a request is refused; true when the program is told instead, at run time.
    fn refuse(&mut self, function: Function, site: Site, error: Box<Diagnostic>) -> bool {
        let waits = matches!(
            error.code,
            Code::UnresolvedFunction | Code::NoBody | Code::UnknownFunction
        );
        if self.pre_link && waits {
            self.left += 1;
            return false;
        }
        let here = position(site.call);
        let mut error = locate::with_user_names(error);
        if let (Some(at), Some(here)) = (&error.position, &here)
            && (at.file != here.file || at.line != here.line)
        {
            let request = format!("the request is at {}:{}", here.file, here.line);
            error = error.note(request);
        }
        let mut error = error.at(here);
        let at_run_time =
            (self.options_of(function, false)).is_ok_and(|options| options.runtime_error);
        if at_run_time {
            error.severity = Severity::Warning;
            stop::stop(site, &error);
            self.changed = true;
        }
        self.reports.send(function, &error);
        at_run_time
    }

    fn split_choices(&mut self, function: Function) -> bool {
        for site in locate::requests_in(function) {
            let index = site.function_operand();
            if index >= site.call.arg_count() || !site.entry.is_supported() {
                continue;
            }
            let operand = site.call.operand(index);
            if let Ok(targets) = resolve::functions(self.module, operand)
                && targets.len() > 1
            {
                choice::split(site, &targets);
                self.analyses.invalidate(function);
                self.changed = true;
                return true;
            }
        }
        false
    }

    /// The options of a request: those of the run, changed by attributes of the function that makes it. `again`: what is
    /// written may be differentiated again.
    fn options_of(&self, function: Function, again: bool) -> Result<Options> {
        let mut options = self.options.clone();
        for row in OPTIONS {
            let name = format!("ribozyme-{}", row.name);
            if let Some(attribute) = function.attribute(Place::Function, &name) {
                let value = attribute.string_value().unwrap_or_default();
                options.set(&format!("{}={value}", row.name))?;
            }
        }
        if again {
            // Both look at whether adjoints are zero. A zero may have a derivative that is not.
            options.skip = false;
            options.carry = false;
        }
        Ok(options)
    }

    /// True when derivatives that are written now are differentiated again, or may be after linking.
    fn is_again(&self) -> bool {
        self.pre_link || { self.active.iter() }.any(|&f| locate::held_name(f).is_some())
    }

    fn lower(&mut self, site: Site) -> std::result::Result<(), Refusal> {
        // The shadow of a constant is made once, and primals may call what is in it.
        let shadow = site.entry == Entry::VirtualReverse;
        let again = self.is_again() || self.nested && shadow;
        let options = self.options_of(site.call.function(), again)?;
        self.reports.set_strict(options.strict);
        if shadow {
            return self.lower_shadow(site, &options);
        }
        let target = self.target(site)?;
        if site.entry == Entry::Batch {
            let first = site.function_operand() as usize + 1;
            return self.lower_batch(site, target, first, &options);
        }
        let bound = self.bind(site, target, &options)?;
        let mode = bound.wish().mode;
        let primal = self.held.hold(target);
        self.held.complete(primal);
        self.lower_nested(primal, mode)?;
        pointers::resolve(&self.passes, &mut self.held, primal, mode)?;
        if bound.request.budget.is_some() && !self.prepared.contains(&primal) {
            outline::inline_all(self.analyses, primal);
        }
        let reached = self.reached(primal, mode)?;
        let (bound, reached) = self.record(Bound { primal, ..bound }, reached)?;
        let wish = bound.wish();
        let derived = self.derived(site, &options, &wish, &reached)?;
        if let Derived::Split(split) = derived {
            bound.check_tape(split.tape)?;
        }
        self.warn(&bound, target);
        // Replacing erases the request.
        let (function, here) = (site.call.function(), position(site.call));
        if !bound.needs_no_tape()? {
            (self.pairs).note(&bound.request, &wish, function, here.clone());
        }
        // One declaration often serves all requests; only a result that is read can surprise.
        let read = site.call.has_uses();
        let undefined = match derived {
            Derived::Whole(generated) if bound.recorded => {
                bound.replace_tangent(&wish, generated)?
            }
            Derived::Whole(generated) => bound.replace(&wish, generated)?,
            Derived::Split(split) => bound.replace_split(&wish, split)?,
        };
        if undefined && read {
            self.warn_undefined(&bound, function, here);
        }
        Ok(())
    }

    /// What `site` asks for of `target`, checked.
    fn bind(&self, site: Site, target: Function, options: &Options) -> Result<Bound> {
        let first = site.function_operand() as usize + 1;
        let operands = locate::operands(site);
        let mut request = parse(site.entry, &locate::primal(target), &operands, first)?;
        request.runtime_activity |= options.runtime_activity;
        request.strong_zero |= options.strong_zero;
        if site.entry == Entry::Autodiff {
            // Snapshots cannot be differentiated, so inner gradients have them only if they ask for them.
            let inner = locate::held_name(site.call.function()).is_some();
            let general = options.tape_budget.filter(|_| !inner);
            request.budget = request.budget.or(general);
            request.no_alloc |= options.no_alloc;
        }
        let bound = Bound {
            site,
            request,
            primal: target,
            recorded: false,
            again: self.is_again(),
            halves: self.halves,
        };
        bound.check(&bound.wish())?;
        Ok(bound)
    }

    /// Differentiates the recorded copy of a primal that someone reads the tape of in forward mode.
    fn record(
        &mut self,
        bound: Bound,
        reached: Reached,
    ) -> std::result::Result<(Bound, Reached), Refusal> {
        if !bound.request.entry.is_split() || !self.recorded.contains(&bound.primal) {
            return Ok((bound, reached));
        }
        let mut primal = bound.primal;
        if custom::rule(primal, custom::SPLIT_DERIVATIVE).is_some() {
            primal = self.wrapped(primal);
        } else if custom::has_any(primal) {
            let error = Diagnostic::error(
                Code::NotSupportedYet,
                format!(
                    "__enzyme_fwdsplit of `{}`, which has a registered derivative, is not supported yet",
                    user_name(primal)
                ),
            );
            let fix = "register a split derivative of it, or use __enzyme_fwddiff";
            return Err(error.fix(fix).into());
        }
        // All that any of the passes looks at, in prepared form.
        self.reached(primal, Mode::Forward)?;
        let primal = self.records.copy(primal)?;
        if let Some(callee) = tangent_only(primal)
            && bound.request.entry == Entry::Reverse
        {
            let name = user_name(callee);
            let error = Diagnostic::error(
                Code::Registration,
                format!(
                    "the tape of the split derivative registered for `{name}` is read by no gradient"
                ),
            );
            let note = "__enzyme_fwdsplit reads the same tape in this file, so its augmented forward is used";
            let fix = format!("register a gradient of `{name}` with the same augmented forward");
            return Err(error.note(note).fix(fix).into());
        }
        let reached = Reached {
            functions: reach(primal, Mode::Split),
            ..reached
        };
        let recorded = true;
        Ok((
            Bound {
                primal,
                recorded,
                ..bound
            },
            reached,
        ))
    }

    /// A function that calls a registered one, made once.
    fn wrapped(&mut self, primal: Function) -> Function {
        *(self.wrappers.entry(primal)).or_insert_with(|| wrapped(primal))
    }

    /// Primals whose tapes are read in forward mode.
    fn find_recorded(&mut self) {
        for site in locate::requests(self.module).into_values().flatten() {
            let index = site.function_operand();
            if site.entry != Entry::ForwardSplit || index >= site.call.arg_count() {
                continue;
            }
            let targets = resolve::functions(self.module, site.call.operand(index));
            for target in targets.unwrap_or_default() {
                if !target.is_declaration() {
                    let primal = self.held.hold(target);
                    self.recorded.insert(primal);
                }
            }
        }
    }

    /// Lowers a request that takes no derivative.
    fn lower_batch(
        &mut self,
        site: Site,
        target: Function,
        first: usize,
        options: &Options,
    ) -> std::result::Result<(), Refusal> {
        let request = parse_batch(&locate::primal(target), &locate::operands(site), first)?;
        if !locate::requests_in(target).is_empty() && !self.lower_function(target) {
            return Err(Refusal::Inner);
        }
        let batch = BatchSite {
            site,
            request: &request,
            target,
        };
        let caller = site.call.function();
        let written = (self.batches).lower(&self.passes, options, &batch)?;
        // Inside a primal that is differentiated, what is called must be a clone.
        if let Some(written) = written
            && locate::held_name(caller).is_some()
        {
            self.held.complete(written);
        }
        Ok(())
    }

    /// What `wish` asks for, written now unless an earlier request wanted the same.
    fn derived(
        &mut self,
        site: Site,
        options: &Options,
        wish: &Wish,
        reached: &Reached,
    ) -> Result<Derived> {
        if let Some(&derived) = self.generated.get(wish) {
            return Ok(derived);
        }
        let mut explanation = Explanation::default();
        let mut lost = Vec::new();
        let outcome = if let Some(ahead) = self.ahead.remove(wish) {
            lost = ahead.lost;
            Ok(ahead.derived)
        } else {
            derive(
                &self.passes,
                options,
                wish,
                reached,
                &mut explanation,
                &mut lost,
            )
        };
        if explain::is_wanted(options.print) {
            let about = About {
                entry: site.entry.stem(),
                primal: &user_name(wish.primal),
                at: position(site.call),
            };
            let refusal = outcome.as_ref().err().map(|error| &**error);
            explanation.publish(options.print, &about, refusal);
        }
        let derived = outcome?;
        for warning in lost {
            let warning = locate::with_user_names(Box::new(warning));
            self.reports.send(site.call.function(), &warning);
        }
        if options.print.ir {
            for function in derived.roots() {
                eprint!("{function}");
            }
        }
        self.generated.insert(wish.clone(), derived);
        Ok(derived)
    }

    /// Lowers a request for the shadow of a constant.
    fn lower_shadow(&mut self, site: Site, options: &Options) -> std::result::Result<(), Refusal> {
        let constant = virtual_reverse::constant(site)?;
        let shadow = if let Some(&known) = self.shadows.get(&constant) {
            known
        } else {
            let functions = addresses::inside(constant);
            let reached = self.reached_from(Vec::new(), &functions, Mode::Split)?;
            let mut lost = Vec::new();
            let shadow = derive::shadow(&self.passes, options, constant, &reached, &mut lost)?;
            for warning in lost {
                let warning = locate::with_user_names(Box::new(warning));
                self.reports.send(site.call.function(), &warning);
            }
            self.shadows.insert(constant, shadow);
            shadow
        };
        virtual_reverse::replace(site, shadow)?;
        Ok(())
    }

    /// Everything `primal` reaches, through pointers too, in prepared form.
    fn reached(&mut self, primal: Function, mode: Mode) -> std::result::Result<Reached, Refusal> {
        let functions = reach(primal, mode);
        for &function in &functions {
            check(function)?;
        }
        self.reached_from(functions, &[], mode)
    }

    /// Everything reached from `functions`, and from `addresses` through pointers.
    fn reached_from(
        &mut self,
        functions: Vec<Function>,
        addresses: &[Function],
        mode: Mode,
    ) -> std::result::Result<Reached, Refusal> {
        let mut reached = Reached {
            functions,
            stand_ins: Vec::new(),
        };
        loop {
            let known = |f: &Function| reached.stand_ins.iter().any(|(original, _)| original == f);
            let new: Vec<Function> = addresses::taken(&reached.functions)
                .into_iter()
                .chain(addresses.iter().copied())
                .filter(|f| !known(f))
                .collect();
            let before = reached.stand_ins.len();
            for function in new {
                if let Some(stand_in) = self.stand_in(function, mode)? {
                    reached.stand_ins.push((function, stand_in));
                    for function in reach(stand_in, mode) {
                        if !reached.functions.contains(&function) {
                            reached.functions.push(function);
                        }
                    }
                }
            }
            if reached.stand_ins.len() == before {
                break;
            }
        }
        self.prepare_all(&mut reached.functions, mode)?;
        Ok(reached)
    }

    /// Prepares `functions`, and adds to them what they turn out to call.
    fn prepare_all(
        &mut self,
        functions: &mut Vec<Function>,
        mode: Mode,
    ) -> std::result::Result<(), Refusal> {
        let inactive = self.options.inactive_globals || self.options.declared_globals;
        let mut next = 0;
        while let Some(&function) = functions.get(next) {
            next += 1;
            if !self.prepared.insert(function) {
                continue;
            }
            let written = function.attribute(Place::Function, GENERATED).is_some();
            if !prepare(&self.passes, function, inactive, self.options)? && !written {
                continue;
            }
            // It calls originals now where pointers to them were in a local array, and where an inner request
            // used a registered rule.
            self.held.complete(function);
            for callee in reach(function, mode) {
                if !functions.contains(&callee) {
                    check(callee)?;
                    functions.push(callee);
                }
            }
        }
        Ok(())
    }

    /// The clone that stands in for `function` where its address is called. None for what no step
    /// understands: that is an error only if it is called.
    fn stand_in(
        &mut self,
        function: Function,
        mode: Mode,
    ) -> std::result::Result<Option<Function>, Refusal> {
        let Some(clone) = self.held.stand_in(function) else {
            return Ok(None);
        };
        // A registered rule takes part in what a call says; a table is for all calls.
        let clone = if custom::has_any(clone) {
            self.wrapped(clone)
        } else {
            clone
        };
        self.held.complete(clone);
        self.lower_nested(clone, mode)?;
        pointers::resolve(&self.passes, &mut self.held, clone, mode)?;
        let understood = |f: Function| check(f).is_ok();
        Ok(reach(clone, mode)
            .into_iter()
            .all(understood)
            .then_some(clone))
    }

    /// The function to differentiate, checked.
    fn target(&self, site: Site) -> Result<Function> {
        if !site.entry.is_supported() {
            return Err(Diagnostic::error(
                Code::NotSupportedYet,
                format!("{} is not supported yet", site.entry.stem()),
            )
            .fix(site.entry.instead()));
        }
        let index = site.function_operand();
        if index >= site.call.arg_count() {
            return Err(Diagnostic::error(
                Code::TooFewArguments,
                format!("too few arguments: {} needs a function", site.entry.stem()),
            )
            .fix("pass the function to differentiate first"));
        }
        let targets = resolve::functions(self.module, site.call.operand(index))?;
        let &[target] = targets.as_slice() else {
            return Err(Diagnostic::error(
                Code::UnresolvedFunction,
                "cannot determine which function to differentiate",
            )
            .fix("pass the function by name"));
        };
        if target.is_declaration() {
            return Err(Diagnostic::error(
                Code::NoBody,
                format!(
                    "the body of `{}` is not available",
                    user_name(target)
                ),
            )
            .note("only its declaration is known where the derivative is requested")
            .fix("define it in the same file, or compile both files with -flto=full and load the plugin in the linker too (`ribozyme cc -flto` does both)"));
        }
        if target.ty().is_varargs() {
            return Err(Diagnostic::error(
                Code::Varargs,
                format!(
                    "`{}` takes a variable number of arguments",
                    user_name(target)
                ),
            )
            .fix("differentiate a function with a fixed parameter list that calls it"));
        }
        Ok(target)
    }

    /// Lowers the requests inside everything `primal` reaches.
    fn lower_nested(&mut self, primal: Function, mode: Mode) -> std::result::Result<(), Refusal> {
        for function in reach(primal, mode) {
            if locate::requests_in(function).is_empty() {
                continue;
            }
            if self.active.contains(&function) {
                let error = Diagnostic::error(
                    Code::UnresolvedFunction,
                    format!(
                        "`{}` requests a derivative of itself, which would never end",
                        user_name(function)
                    ),
                );
                return Err(error
                    .fix("differentiate a function that does not make this request")
                    .into());
            }
            if !self.lower_function(function) {
                return Err(Refusal::Inner);
            }
            self.held.complete(function);
        }
        Ok(())
    }

    fn warn(&mut self, bound: &Bound, target: Function) {
        let function = bound.site.call.function();
        let here = position(bound.site.call);
        let about_struct = coerced::warning(bound.site.call, &user_name(target)).map(|w| *w);
        for warning in bound.request.warnings.iter().chain(&about_struct) {
            self.reports
                .send(function, &Box::new(warning.clone()).at(here.clone()));
        }
        // The clone is internal; what counts is the function it was made from.
        let original = self.module.function(&user_name(target)).unwrap_or(target);
        if original.value().is_interposable() {
            let mut warning = Diagnostic::error(
                Code::Interposable,
                format!(
                    "`{}` may be replaced at link time; the derivative is that of the definition in this file",
                    user_name(target)
                ),
            )
            .fix("define it without `weak`");
            warning.severity = Severity::Warning;
            self.reports.send(function, &warning.at(here));
        }
    }

    fn warn_undefined(&mut self, bound: &Bound, function: Function, here: Option<Position>) {
        if bound.request.ret == Return::Const && bound.primal.return_type().is_void() {
            return;
        }
        let mut warning = Diagnostic::error(
            Code::LostDerivative,
            format!(
                "{} of `{}` returns nothing, but the request is declared to return a value",
                bound.request.entry.stem(),
                user_name(bound.primal)
            ),
        )
        .fix("declare the request to return void; its value is zero");
        warning.severity = Severity::Warning;
        self.reports.send(function, &warning.at(here));
    }

    /// Erases halves of split derivatives that no request wanted.
    fn erase_unwanted(&mut self) {
        let ahead = self.ahead.values().map(|ahead| &ahead.derived);
        let all = self.generated.values().chain(ahead);
        let mut work: Vec<Function> = all.flat_map(|derived| derived.roots()).collect();
        while let Some(function) = work.pop() {
            let ours = function.attribute(Place::Function, GENERATED).is_some();
            if !ours || function.value().has_uses() {
                continue;
            }
            let calls = function.instructions().into_iter();
            let callees = calls.filter(|inst| inst.is_call());
            work.extend(callees.filter_map(rz_llvm::Value::called_function));
            work.retain(|&other| other != function);
            self.analyses.forget(function);
            function.erase();
        }
    }

    /// Removes what only holding needed.
    fn finish(&mut self) {
        self.erase_unwanted();
        let clones: Vec<Function> = self
            .module
            .functions()
            .into_iter()
            .filter(|function| locate::held_name(*function).is_some())
            .collect();
        let live = live_clones(&clones, self.left > 0);
        for &clone in &clones {
            if live.contains(&clone) {
                if self.left == 0 {
                    hold::release(self.analyses, clone, false);
                    clone.remove_attribute(Place::Function, HELD);
                    clone.remove_attribute(Place::Function, hold::RAW);
                    clone.remove_attribute(Place::Function, kept::UNCALLED);
                    clone.remove_attribute(Place::Function, outline::MERGED);
                } else {
                    hold::keep_scalar(clone);
                }
            } else {
                clone.erase_body();
                self.changed = true;
            }
        }
        for clone in clones {
            if !live.contains(&clone) {
                self.analyses.forget(clone);
                clone.erase();
            }
        }
        sweep::erase_unread_markers(self.module);
        canonical::forget_stand_ins(self.analyses);
        opaque::forget_stand_ins(self.analyses);
        kept::keep_again(self.module);
        // What is linked later may differentiate again what was written here.
        let last = self.left == 0 && !self.pre_link;
        for function in self.module.functions() {
            let ours = function.attribute(Place::Function, GENERATED).is_some();
            if last
                && ours
                && let Err(error) = late::widen(&self.passes, function, self.options)
            {
                self.reports.send(function, &error);
            }
            function.remove_attribute(Place::Function, GENERATED);
            hold::keep_runtime(function, self.pre_link);
        }
        if self.left == 0 && !self.pre_link {
            self.changed |= register::forget(self.module);
            self.changed |= register::keep::release(self.module);
        } else {
            self.changed |= register::keep::hold_variables(self.module);
        }
        if self.left == 0 {
            let mut errors = Vec::new();
            self.changed |= hints::erase(self.module, &mut errors);
            for (function, error) in errors {
                self.reports.send(function, &error);
            }
        }
    }
}

/// Clones that something other than dead clones uses, or that requests that are `left` may come to use.
fn live_clones(clones: &[Function], left: bool) -> FxHashSet<Function> {
    let set: FxHashSet<Function> = clones.iter().copied().collect();
    let mut live = FxHashSet::default();
    let mut work = Vec::new();
    for &clone in clones {
        let used_outside = clone
            .value()
            .users()
            .into_iter()
            .any(|user| !user.is_instruction() || !set.contains(&user.function()));
        let waits = left && kept::is_uncalled(clone);
        if (used_outside || waits) && live.insert(clone) {
            work.push(clone);
        }
    }
    while let Some(function) = work.pop() {
        for call in function.instructions() {
            for operand in call.operands() {
                if let Some(callee) = operand.as_function()
                    && let callee = opaque::stood_for(callee).unwrap_or(callee)
                    && set.contains(&callee)
                    && live.insert(callee)
                {
                    work.push(callee);
                }
            }
        }
    }
    live
}

/// Refuses what no step understands.
fn check(function: Function) -> Result<()> {
    refuse_shapes(function)?;
    hints::check(function)?;
    register::attributes::check(function)
}

/// Refuses functions whose control flow no step understands.
fn refuse_shapes(function: Function) -> Result<()> {
    for inst in function.instructions() {
        let (what, code, fix) = match inst.opcode() {
            Some(opcode) if opcode == Opcode::IndirectBr || goto::is_unknown(inst) => (
                "computed gotos over labels that are kept in memory",
                Code::UnsupportedInstruction,
                "keep the labels in a constant table, or use a switch",
            ),
            Some(Opcode::Call | Opcode::Invoke) if inst.call_has_attribute("returns_twice") => (
                "setjmp or another function that returns twice",
                Code::ReturnsTwice,
                "report failure through a result instead, or differentiate a function that does not jump",
            ),
            Some(Opcode::CallBr) => (
                "`asm goto`",
                Code::InlineAssembly,
                "move the assembly to a function that is marked inactive",
            ),
            _ => continue,
        };
        return Err(
            Diagnostic::error(code, format!("`{}` uses {what}", user_name(function)))
                .at(position(inst))
                .fix(fix),
        );
    }
    Ok(())
}
