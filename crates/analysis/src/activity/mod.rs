//! Activity: which values, memory and instructions can carry a derivative, and why.
//!
//! A value is active when it may depend on an active input *and* may influence an active output.
//! Both questions are reachability in one graph whose nodes are the function's values and abstract
//! objects (pieces of memory); see [`summary`] for calls. Bytes that type analysis calls integer
//! carry nothing. Pointers are not active or inactive by themselves: a pointer needs a *shadow* iff
//! some active access, or the caller, asks for it.
//!
//! ```text
//! define double @f(double %x, ptr %table, i64 %i)      ; x: active, table: const
//!   %p = getelementptr double, ptr %table, i64 %i      ; nothing: the memory is inactive
//!   %c = load double, ptr %p                           ; nothing
//!   %y = fmul double %x, %c                            ; active: depends on x, is returned
//!   ret double %y                                      ; active
//! ```
//!
//! *Invariants.* (1) Everything over-approximates: an inactive verdict is proved, an active one is
//! not. (2) Where the convention itself declares something inactive (constant arguments, unmarked
//! globals), the verdict follows the convention and [`Activity::findings`] says what is lost.
//! (3) If an instruction is active, every address it accesses actively has a shadow
//! ([`Activity::value`]). (4) A store is active when the memory may hold a derivative that matters,
//! even if the stored value is inactive: it resets the shadow.
//!
//! Absent on purpose: order of execution. A buffer that is active once is active everywhere.

mod acts;
mod analyzer;
mod carry;
pub(crate) mod classify;
mod converted;
mod explain;
mod findings;
mod graph;
mod images;
mod inclusion;
mod known;
mod mixed;
pub mod object;
mod points;
mod shadows;
mod solve;
mod summarize;
pub mod summary;
#[cfg(test)]
mod tests;
mod typed;
mod working;

pub use analyzer::{Analyzer, TypeSource};
pub use carry::{Carry, LlvmTypes, TypeQuery};
pub use findings::mixed_elsewhere;
pub use object::ObjectKind;
pub use typed::Typed;

/// What callers know about the types of a function's arguments and result.
pub use crate::types::Context as TypeContext;

use rz_view::{Func, Global, Inst, Value};
use solve::{Cause, Need, Prepared, Solved};
use std::rc::Rc;

/// What the convention leaves to the user.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Globals without a mark are inactive (the convention's default).
    pub inactive_globals: bool,
    /// The source says so itself: what is lost in them is meant to be.
    pub declared_globals: bool,
    /// Functions without body and rule are inactive.
    pub inactive_declarations: bool,
    /// Inactive pointers may be mixed with active ones: they are told apart when the derivative runs.
    pub runtime_activity: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            inactive_globals: true,
            declared_globals: false,
            inactive_declarations: false,
            runtime_activity: false,
        }
    }
}

/// What an argument brings along.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ArgState {
    /// No derivative and no shadow; memory behind it is inactive.
    Const,
    /// An active value.
    Active,
    /// A shadow pointer (and, in forward mode, a tangent).
    Dup {
        /// The memory it points to may hold derivatives.
        memory: bool,
        /// Shadow pointers in the shadow are valid, and the memory behind them may hold derivatives.
        reach: bool,
        /// The shadow of the pointer, or of one behind it, may be that pointer itself: inactive memory.
        mixed: bool,
    },
}

impl ArgState {
    /// A duplicated argument as a user passes it.
    pub const DUP: Self = Self::Dup {
        memory: true,
        reach: true,
        mixed: false,
    };
}

/// The context a function is analyzed in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Context {
    /// The function.
    pub func: Func,
    /// One entry per parameter.
    pub args: Vec<ArgState>,
    /// The result's derivative matters, or its shadow is wanted.
    pub ret: bool,
}

/// How an active call passes activity on: the callee's [`Context`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallActivity {
    /// One entry per argument of the call (callee's parameters first, then variable arguments).
    pub args: Vec<ArgState>,
    /// The result is active, or its shadow is needed.
    pub ret: bool,
    /// The callee has neither body nor rule: to be refused unless the planner knows it.
    pub opaque: bool,
}

/// A fact the user should hear about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Active data is stored to a global that is inactive by convention.
    LostInGlobal {
        /// The global.
        global: Global,
        /// The store or call.
        inst: Inst,
    },
    /// Active data is stored to memory only foreign code or an unmarked global knows.
    LostInForeign {
        /// The store or call.
        inst: Inst,
    },
    /// Active data is stored to memory of a constant argument, and memory of constant arguments is
    /// read where it matters. Only worth saying in a context that the user wrote: in the others
    /// the caller's analysis has proved that nothing is lost.
    LostInArgument {
        /// Parameter position.
        index: u32,
        /// The store or call.
        inst: Inst,
    },
    /// Active data is thrown, and caught here by code to which it comes from nowhere.
    LostInException {
        /// The throw.
        inst: Inst,
    },
    /// An active call of this function pointer, which was read from memory without shadows.
    BareFunction {
        /// The pointer.
        value: Value,
    },
    /// The shadow of this pointer is needed, but it was read from memory in which nobody keeps
    /// shadows of pointers.
    MissingShadow {
        /// The pointer.
        value: Value,
    },
}

/// The solved activity of a function in a context.
pub struct Activity {
    pub(crate) context: Context,
    pub(crate) prepared: Rc<Prepared>,
    pub(crate) solved: Solved,
    pub(crate) findings: Vec<Finding>,
}

impl Activity {
    /// The context this answers for.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// True for a value whose derivative may flow and matter, and for a pointer that needs a shadow.
    pub fn value(&self, value: Value) -> bool {
        self.differentiable(value) || self.shadow(value)
    }

    /// True when `value` carries float data whose derivative may flow and matter.
    pub fn differentiable(&self, value: Value) -> bool {
        let node = value.as_u32() as usize;
        self.solved.forward[node] != Cause::No && self.solved.backward[node] != Cause::No
    }

    /// True when `value` carries a pointer whose shadow is needed.
    pub fn shadow(&self, value: Value) -> bool {
        self.solved.need[value.as_u32() as usize] != Need::No
    }

    /// True when `inst` needs derivative work: its result is active, or it may move or reset
    /// derivatives in memory, or it stores shadow pointers.
    pub fn inst(&self, inst: Inst) -> bool {
        self.solved.insts[inst.as_u32() as usize]
    }

    /// True when memory accessed through `ptr` may hold derivatives that matter.
    pub fn memory(&self, ptr: Value) -> bool {
        self.points_to(ptr).iter().any(|&object| {
            object == object::Object::UNKNOWN
                || solve::active_object(&self.solved, &self.prepared.graph, object)
        })
    }

    /// True when the shadow of `value` may be `value` itself, because the memory it points to may be
    /// inactive: derivatives compare the two before they touch the shadow.
    pub fn mixed(&self, value: Value) -> bool {
        self.shadow(value) && mixed::is_mixed(self, value)
    }

    /// Where a pointer that may be its own shadow is put where code outside finds it.
    pub fn mixed_outside(&self) -> Option<Inst> {
        mixed::outside(self)
    }

    /// True when shadow pointers stored in memory accessed through `ptr` must be kept valid.
    pub fn memory_holds_shadows(&self, ptr: Value) -> bool {
        self.points_to(ptr)
            .iter()
            .any(|&object| self.solved.holds[object.index()] != Need::No)
    }

    /// The abstract objects `ptr` may point to.
    pub fn objects(&self, ptr: Value) -> Vec<ObjectKind> {
        let list = self.points_to(ptr);
        list.iter()
            .map(|&o| self.prepared.objects.kind(o))
            .collect()
    }

    fn points_to(&self, ptr: Value) -> smallvec::SmallVec<[object::Object; 4]> {
        self.prepared.points.of(&self.prepared.objects, ptr)
    }

    /// The activity to differentiate the callee of an active call with; `None` for a call that is
    /// inactive or is not a call of a function with memory effects (operations on values, copies,
    /// allocations: those follow from [`Activity::value`] and [`Activity::inst`]).
    pub fn call_activity(&self, inst: Inst) -> Option<&CallActivity> {
        self.solved.calls.get(&inst)
    }

    /// True for a pointer whose shadow is needed, but would come from memory in which nobody keeps
    /// shadows of pointers.
    pub fn keeps_no_shadow(&self, value: Value) -> bool {
        self.solved.missing.contains(&value)
    }

    /// What the user should hear about.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
