//! Lowering: every request becomes a call of a generated function.
//!
//! Requests nested in a primal are lowered before the request that differentiates it, so a
//! derivative of a derivative sees ordinary code. A refused request stays in place together with
//! its error; the others of its function are still examined. Before linking, a refusal for lack of
//! a body is no error: the request is left to the link step.

mod ahead;
mod bind;
mod finish;
mod reach;
mod refuse;

use crate::addresses;
use crate::batch::{BatchSite, Batches};
use crate::choice;
use crate::derive::{self, Derived, Reached, Wish, derive};
use crate::explain::{self, About, Explanation};
use crate::hold::{Held, reach};
use crate::kept;
use crate::locate::{self, Site, user_name};
use crate::memory::declare_constants;
use crate::options::{OPTIONS, Options};
use crate::outline;
use crate::pairs::Pairs;
use crate::passes::Passes;
use crate::pointers;
use crate::record::{Records, tangent_only, wrapped};
use crate::replace::Bound;
use crate::report::Reports;
use crate::request::{Entry, parse_batch};
use crate::resolve;
use crate::values::position;
use crate::virtual_reverse;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Analyses, Function, Module, Place, Value};
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
}
