//! The function being written and what both of its parts share.

use super::tape::LaidOut;
use super::travel::Travels;
use crate::Session;
use crate::directions::{Directions, pack};
use crate::scopes::{Kind, Scopes};
use crate::signature::{Form, Signature};
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_plan::{Allocation, CallKind, Item, Plan, Slot};
use rz_view::{Body, Inst, Loop, Value, ValueDef};
use std::cell::RefCell;
use std::rc::Rc;

/// Where slots outside all loops live.
pub enum Root {
    /// In promotable allocas of a combined derivative.
    Locals(SecondaryMap<Slot, Option<llvm::Value>>),
    /// In the tape of a split derivative.
    Record {
        /// A literal struct with one field per root slot.
        ty: llvm::Type,
        /// The tape.
        tape: llvm::Value,
        /// What the address of the tape is a multiple of; a user's buffer may lie anywhere.
        align: u32,
        /// Field of each slot.
        fields: FxHashMap<Slot, u32>,
    },
}

/// What belongs to one direction.
#[derive(Clone, Default)]
pub struct Own {
    /// Per parameter: its shadow, when it has one.
    pub shadow_params: Vec<Option<llvm::Value>>,
    /// The incoming adjoint of the result.
    pub seed: Option<llvm::Value>,
    /// Forward shadows of a function with a forward part.
    pub shadows: SecondaryMap<Value, Option<llvm::Value>>,
    /// Adjoint allocas.
    pub adjoints: SecondaryMap<Value, Option<llvm::Value>>,
    /// Adjoints in the reverse block or edge being written that are not in variables.
    pub open: FxHashMap<Value, llvm::Value>,
}

/// A derivative function under construction.
pub struct Code<'s, 'a> {
    /// The module, memo and imported view.
    pub session: &'s mut Session<'a>,
    /// What is written.
    pub plan: Rc<Plan>,
    /// Which of its functions.
    pub form: Form,
    /// The primal.
    pub body: &'a Body,
    /// Writes instructions.
    pub b: llvm::Builder,
    /// The function.
    pub function: llvm::Function,
    /// Per parameter: its primal.
    pub primals: Vec<llvm::Value>,
    /// What belongs to each direction.
    pub own: Directions<Own>,
    /// Where chunks of tape come from.
    pub arena: Option<llvm::Value>,
    /// Slots outside all loops.
    pub root: Root,
    /// Forward values of a function with a forward part.
    pub forward: SecondaryMap<Value, Option<llvm::Value>>,
    /// How far adjoints travel.
    pub travels: Rc<Travels>,
    /// An edge back into a reverse block is being written.
    pub crossing: bool,
    /// Reverse iteration number of each loop.
    pub iteration: SecondaryMap<Loop, Option<llvm::Value>>,
    /// Reverse record of each loop that keeps records.
    pub record: SecondaryMap<Loop, Option<llvm::Value>>,
    /// Items looked up in the reverse block being written, shadows for each direction.
    pub memo: FxHashMap<(Item, usize), llvm::Value>,
    /// The clone of each instruction of the primal.
    pub copies: FxHashMap<Inst, llvm::Value>,
    /// Source location of each cloned instruction, in the scope of this function.
    pub locations: FxHashMap<Inst, llvm::DebugLoc>,
    /// Slots at home in fused loops.
    pub fused_slots: FxHashMap<Slot, llvm::Value>,
    /// State of the arena before the current iteration of each fused loop.
    pub marks: SecondaryMap<Loop, Option<llvm::Value>>,
    /// Layouts of the tape, made when first asked for.
    pub layouts: RefCell<FxHashMap<Option<Loop>, Rc<LaidOut>>>,
    /// What accesses say of the memory they go to, if anything.
    pub scopes: Option<Scopes>,
    /// Loop structure values of the forward part.
    pub loops: SecondaryMap<Loop, crate::reverse::sweep::ForwardLoop>,
}

/// The scopes of a derivative. None where a shadow may be its primal, or where variables are allocated beside
/// the tape ([`crate::scopes`]).
fn scopes(session: &Session<'_>, plan: &Plan, body: &Body) -> Option<Scopes> {
    let mut ops = body.insts.values().map(|data| &data.op);
    let mut calls = plan.calls.values();
    let beside = ops.any(|op| plan.is_taped(op))
        || calls.any(|c| matches!(c, CallKind::Alloc(Allocation::Arena(_) | Allocation::Open)));
    let mixed = session.flags.runtime_activity || plan.mixed.values().any(|&m| m);
    let wanted = session.flags.scopes && !mixed;
    (wanted && !beside).then(|| Scopes::new(session.context))
}

impl<'s, 'a> Code<'s, 'a> {
    /// Starts the function of `form` for `plan`; its entry block is made by the caller.
    pub fn new(session: &'s mut Session<'a>, plan: &Rc<Plan>, form: Form) -> Self {
        let body: &'a Body = session.imported.module.body(plan.key.func);
        let signature = Signature::new(session, &plan.key, form);
        let function = session.function(&plan.key, form);
        let b = llvm::Builder::new(session.context);
        let mut code = Self {
            form,
            body,
            b,
            function,
            primals: Vec::new(),
            own: Directions::new(plan.key.width, Own::default()),
            arena: None,
            root: Root::Locals(SecondaryMap::new()),
            forward: SecondaryMap::new(),
            travels: Rc::new(Travels::new(body)),
            crossing: false,
            iteration: SecondaryMap::new(),
            record: SecondaryMap::new(),
            memo: FxHashMap::default(),
            loops: SecondaryMap::new(),
            copies: FxHashMap::default(),
            fused_slots: FxHashMap::default(),
            marks: SecondaryMap::new(),
            layouts: RefCell::default(),
            locations: FxHashMap::default(),
            scopes: scopes(session, plan, body),
            plan: plan.clone(),
            session,
        };
        signature.bind(&mut code);
        code
    }

    /// Runs `each` once for each direction, with that direction in hand.
    pub fn each_direction<T>(&mut self, mut each: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let results = (0..self.own.width())
            .map(|direction| {
                self.own.choose(direction);
                each(self)
            })
            .collect();
        self.own.choose(0);
        results
    }

    /// What `each` gives for every direction, as one value.
    pub fn packed(&mut self, each: impl FnMut(&mut Self) -> llvm::Value) -> llvm::Value {
        let values = self.each_direction(each);
        pack(&self.b, &values)
    }

    /// The LLVM type of a primal value.
    pub fn ty(&self, value: Value) -> llvm::Type {
        self.session.imported.ty(self.body.ty(value))
    }

    /// The LLVM value of a value in the primal itself.
    pub fn original(&self, value: Value) -> llvm::Value {
        self.session.imported.value(self.plan.key.func, value)
    }

    /// The instruction of the primal itself.
    pub fn original_inst(&self, inst: Inst) -> llvm::Value {
        self.session.imported.inst(self.plan.key.func, inst)
    }

    /// The type of 64-bit counters.
    pub fn i64(&self) -> llvm::Type {
        self.session.context.int(64)
    }

    /// A 64-bit constant.
    pub fn int(&self, value: u64) -> llvm::Value {
        self.i64().int_const(value)
    }

    /// The default pointer type.
    pub fn ptr(&self) -> llvm::Type {
        self.session.context.pointer(0)
    }

    /// An alloca in the entry block, promotable because only loads and stores use it.
    pub fn variable(&self, ty: llvm::Type) -> llvm::Value {
        self.b.entry_alloca(ty, self.session.llvm.align(ty))
    }

    /// Loads a variable or a tape entry at its natural alignment.
    pub fn load(&self, ty: llvm::Type, pointer: llvm::Value) -> llvm::Value {
        self.b.load(ty, pointer, self.session.llvm.align(ty))
    }

    /// Stores to a variable or a tape entry at its natural alignment.
    pub fn store(&self, value: llvm::Value, pointer: llvm::Value) -> llvm::Value {
        self.b
            .store(value, pointer, self.session.llvm.align(value.ty()))
    }

    /// Says what memory an access goes to.
    pub fn mark(&self, access: llvm::Value, kind: Kind) {
        if let Some(scopes) = &self.scopes {
            scopes.mark(access, kind);
        }
    }

    /// The value of a constant, parameter or anything the forward part of this function computed.
    pub fn forward_value(&self, value: Value) -> llvm::Value {
        match self.body.values[value].def {
            ValueDef::Const(_) => self.original(value),
            ValueDef::Param(index) => self.primals[index as usize],
            ValueDef::Inst(_) => self.forward[value].expect("the forward part computed it"),
        }
    }
}
