//! Type analysis: what each byte of each value and of memory holds.
//!
//! LLVM's integer types and untyped copies hide where floats lie, and a derivative depends on it:
//! an 8-byte copy of one double is one addition, of two floats two, of a pointer none. Sources of
//! truth are accesses of float or pointer type, arithmetic, TBAA, known functions, and the types of
//! initializers. **Integer loads, stores, phis and arguments prove nothing**; neither do the types
//! of allocas and geps.
//!
//! ```text
//! define void @f(ptr %d, ptr %s) {
//!   %x = load i64, ptr %s            ; memcpy(d, s, 8), optimized
//!   store i64 %x, ptr %d
//!   %y = load double, ptr %d         ⇒  %x: double   %d: ptr{0: double}   %s: ptr{0: double}
//! ```
//!
//! * `graph`: bytes that hold the same are one class of a union-find; memory is `regions`.
//! * `build`, `constants`, `address`, `bits`, `partial`, `parts`, `memory`, `calls`: instructions to graph, each visited once.
//! * `joins`, `pointers`, `choice`: pointers to one of several objects, from phis and from memory.
//! * `stated`, `spelled`: what sources say by calls and attributes.
//! * `evidence`: hints, which give way to facts.
//! * `relations`: facts that follow from facts (sums, comparisons, arrays).
//! * `outline`, `exchange`, `targets`, `solve`, `recursion`: trees across calls, a worklist over contexts.
//! * `bytes`, `query`, `repeat`, `explain`: the answers, with reasons.
//! * `refined`: bytes without a type. `doubts`: words that are only moved. `moved`: words that are copied and converted.
//!
//! Invariants: facts only grow; an integer access of a float or pointer moves its bytes, so the float
//! or pointer is what the memory holds; other contradicting facts are kept side by side and answer
//! [`Class::Unknown`], never one of them; fewer facts are sound (an error, never a wrong
//! derivative). Everything is near-linear in the size of the code.

mod address;
mod bits;
mod build;
mod bytes;
mod calls;
mod choice;
mod constants;
mod doubts;
mod evidence;
mod exchange;
mod explain;
mod graph;
mod joins;
mod letters;
mod memory;
mod moved;
mod outline;
mod partial;
mod parts;
mod pointers;
mod query;
mod recursion;
mod refined;
mod regions;
mod relations;
mod repeat;
mod solve;
mod spelled;
mod stated;
mod stride;
mod targets;
mod tbaa;
mod tree;

pub use graph::{Reason, Source};
pub use moved::{MOVED, TEXT};
pub use query::{FuncTypes, Segment};
pub use repeat::Run;
pub use solve::Context;
pub use spelled::Spelled;
pub use tree::{Class, Entry, Tree, Trees};

use crate::flow::Flows;
use rustc_hash::FxHashMap;
use rz_view::{Func, Module};
use solve::{ContextId, Solver};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Types of all functions of a module, solved on demand and memoized by context.
pub struct TypeAnalysis<'m> {
    module: &'m Module,
    solver: RefCell<Solver<'m>>,
    trees: Rc<RefCell<Trees>>,
    flows: Option<Rc<Flows<'m>>>,
    doubts: Option<Rc<Flows<'m>>>,
}

impl<'m> TypeAnalysis<'m> {
    /// An analysis that has solved nothing yet.
    pub fn new(module: &'m Module) -> Self {
        Self {
            module,
            solver: RefCell::new(Solver::new(module)),
            trees: Rc::new(RefCell::new(Trees::default())),
            flows: None,
            doubts: None,
        }
    }

    /// Says which functions code outside of the module calls, besides those whose address is taken: then
    /// bytes without a type are judged by where they come from and go.
    #[must_use]
    pub fn called_from_outside(self, entries: Vec<Func>) -> Self {
        let flows = Some(Rc::new(Flows::new(self.module, entries)));
        Self { flows, ..self }
    }

    /// As [`TypeAnalysis::called_from_outside`], but types alone judge, and flows only take back what is
    /// said about words that are moved and in truth may be something else.
    #[must_use]
    pub fn doubted(self, entries: Vec<Func>) -> Self {
        let doubts = Some(Rc::new(Flows::new(self.module, entries)));
        Self { doubts, ..self }
    }

    /// The module.
    pub fn module(&self) -> &'m Module {
        self.module
    }

    /// The tree of a value of so many bytes that is wholly of one class.
    pub fn leaf(&self, class: Class, bytes: u64) -> Tree {
        self.trees.borrow_mut().leaf(class, bytes)
    }

    /// The tree of a pointer to memory described by `pointee`.
    pub fn pointer(&self, pointee: Tree) -> Tree {
        let bytes = self.module.pointer_bytes;
        self.trees.borrow_mut().pointer(pointee, bytes)
    }

    /// The tree of memory that is an array of one class.
    pub fn array(&self, class: Class) -> Tree {
        let bytes = class.element_bytes(self.module.pointer_bytes);
        self.trees.borrow_mut().array(class, bytes)
    }

    /// Types of `func` when nothing is known about its arguments.
    pub fn root(&self, func: Func) -> Rc<FuncTypes<'m>> {
        self.solve(Context::unknown(self.module, func))
    }

    /// Types of `func` for arguments and a result described by trees.
    pub fn function(&self, func: Func, args: &[Tree], ret: &Tree) -> Rc<FuncTypes<'m>> {
        let mut context = Context::unknown(self.module, func);
        for (slot, tree) in context.args.iter_mut().zip(args) {
            *slot = tree.clone();
        }
        context.ret = ret.clone();
        self.solve(context)
    }

    /// Types of a function in a context, such as [`FuncTypes::callee`] gives.
    ///
    /// # Panics
    /// When the function's body was not imported.
    pub fn solve(&self, context: Context) -> Rc<FuncTypes<'m>> {
        let mut solver = self.solver.borrow_mut();
        let id = solver.solve(&mut self.trees.borrow_mut(), context);
        Rc::new(self.result(&solver, id))
    }

    fn result(&self, solver: &Solver<'m>, id: ContextId) -> FuncTypes<'m> {
        let data = &solver.contexts[id];
        let callee = |(&inst, &id): (&rz_view::Inst, &ContextId)| {
            (inst, solver.contexts[id].context.clone())
        };
        let callees: FxHashMap<_, _> = data.callees.iter().map(callee).collect();
        FuncTypes {
            state: data.state.clone().expect("solved contexts have a state"),
            trees: self.trees.clone(),
            context: data.context.clone(),
            callees,
            flows: self.flows.clone(),
            doubts: self.doubts.clone(),
            moved: OnceCell::new(),
        }
    }
}
