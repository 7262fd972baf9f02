//! Which memory still holds in the reverse pass what the primal read from it.
//!
//! A load may be repeated in the reverse pass only if no write that can execute after it may touch
//! its location: later code, later iterations of every common loop, callees, and — in a split
//! derivative — the caller. LLVM's answers hold within one iteration, so a writer that shares a
//! loop with the load is asked about across iterations ([`When::Crossing`]).
//!
//! Frees do not count: the derivative delays them until the reverse pass is done.

use crate::request::{Derivative, Mode};
use crate::shape::Shape;
use crate::writers::Writers;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_rules::known::{self, Arena, Class, Delivery};
use rz_view::{
    Block, Body, Callee, Constant, Facts, Inst, Location, Loop, Module, Op, Value, ValueDef, When,
};
use std::cell::{Cell, RefCell};

/// Past this many alias questions per function the answer is "may be overwritten" (so: store).
const QUERY_BUDGET: u32 = 400_000;

/// Past this many steps through the blocks of a function, what comes later in it may be reached.
const VISIT_BUDGET: usize = 4_000_000;

/// The objects a pointer may point into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Root {
    /// Memory reachable from a parameter.
    Param(u32),
    /// An allocation of this function, stack or heap.
    Local(Inst),
    /// A global that is never written.
    ConstantGlobal,
    /// A global.
    Global,
    /// Anything.
    Unknown,
}

/// Answers questions about later writes for one derivative.
pub struct Memory<'a> {
    module: &'a Module,
    body: &'a Body,
    shape: &'a Shape,
    facts: &'a dyn Facts,
    key: &'a Derivative,
    writers: Writers,
    reach: RefCell<FxHashMap<Block, FxHashSet<Block>>>,
    visited: Cell<usize>,
    queries: Cell<u32>,
    escapes: bool,
}

impl<'a> Memory<'a> {
    /// Prepares the answers for `key`, whose primal is `body`.
    pub fn new(
        module: &'a Module,
        body: &'a Body,
        shape: &'a Shape,
        facts: &'a dyn Facts,
        key: &'a Derivative,
    ) -> Self {
        let reachable = |inst: &Inst| shape.cfg.is_reachable(body.insts[*inst].block);
        let writers = body
            .insts
            .keys()
            .filter(|&i| writes(module, body, i))
            .filter(reachable);
        let writers = Writers::new(body, shape, writers);
        let escapes = body.insts.values().any(|data| match data.op {
            Op::Store(_) => may_hold_pointer(module, body, data.operands[0]),
            Op::Ret => data
                .operands
                .first()
                .is_some_and(|&v| may_hold_pointer(module, body, v)),
            Op::Call(_) | Op::Invoke(..) => data
                .operands
                .iter()
                .any(|&v| may_hold_pointer(module, body, v)),
            _ => false,
        });
        Self {
            module,
            body,
            shape,
            facts,
            key,
            writers,
            reach: RefCell::default(),
            visited: Cell::new(0),
            queries: Cell::new(0),
            escapes,
        }
    }

    /// True when repeating `load` anywhere in the reverse pass yields what it yielded.
    pub fn reloadable(&self, load: Inst) -> bool {
        let data = &self.body.insts[load];
        let Op::Load(access) = data.op else {
            return false;
        };
        if access.volatile || access.atomic {
            return false;
        }
        let ptr = data.operands[0];
        let size = self.module.types.store_size(data.ty);
        let size = Some(size);
        self.stays(load, Location { ptr, size })
    }

    /// True when memory that `reader` reads still holds the same in the reverse pass.
    pub fn stays(&self, reader: Inst, location: Location) -> bool {
        !self.changed_by_caller(location.ptr) && !self.changed_later(reader, location)
    }

    /// True when memory that `reader`, in `id`, reads is changed by nothing behind the loop, nor by anybody else: what is
    /// written in the loop is not looked at.
    pub fn changes_only_in(&self, reader: Inst, location: Location, id: Loop) -> bool {
        let from = self.body.insts[reader].block;
        !self.changed_by_caller(location.ptr)
            && !self.writers.blocks().any(|(to, list)| {
                let behind = || self.follows(from, to);
                !self.shape.loops.contains(id, to)
                    && behind()
                        .is_some_and(|when| list.iter().any(|&w| self.may_write(w, location, when)))
            })
    }

    /// True when nothing that runs in the loop may write to what `load`, in it, reads.
    pub fn is_unchanged_in(&self, load: Inst, id: Loop) -> bool {
        let data = &self.body.insts[load];
        let Op::Load(access) = data.op else {
            return false;
        };
        let location = Location {
            ptr: data.operands[0],
            size: Some(self.module.types.store_size(data.ty)),
        };
        !access.volatile
            && !access.atomic
            && !self.writers.blocks().any(|(block, list)| {
                let write = |&w| self.may_write(w, location, When::Crossing);
                self.shape.loops.contains(id, block) && list.iter().any(write)
            })
    }

    /// Asks LLVM, until the budget is used up.
    pub fn may_write(&self, writer: Inst, location: Location, when: When) -> bool {
        let asked = self.queries.get();
        self.queries.set(asked + 1);
        asked > QUERY_BUDGET || self.facts.may_write(self.key.func, writer, location, when)
    }

    /// True when what `ptr` points to, or memory reached through it, may change between `call` and
    /// the reverse of `call`.
    pub fn overwritten_after(&self, call: Inst, ptr: Value) -> bool {
        let roots = self.roots(ptr);
        if roots.iter().all(|&r| r == Root::ConstantGlobal) {
            return false;
        }
        // Memory reached through pointers stored in the pointee has no location to ask about:
        // any later write may be to it. The pointee itself is asked about exactly.
        let held_by_local = roots.iter().any(|r| matches!(r, Root::Local(_)));
        self.changed_by_caller(ptr)
            || held_by_local && self.caller_changes_anything()
            || self.writer_follows(call)
    }

    /// True when the caller may write to some memory between this derivative's two parts.
    fn caller_changes_anything(&self) -> bool {
        self.key.mode == Mode::Split
            && (self.key.globals_overwritten || self.key.overwritten.iter().any(|&o| o))
    }

    /// Everything in this function that may change memory.
    pub fn writers(&self) -> impl Iterator<Item = Inst> + '_ {
        let lists = self.writers.blocks().map(|(_, list)| list);
        lists.flatten().copied()
    }

    /// True when any memory at all may change between `call` and its reverse.
    pub fn anything_after(&self, call: Inst) -> bool {
        self.caller_changes_anything() || self.writer_follows(call)
    }

    fn writer_follows(&self, call: Inst) -> bool {
        self.writers.any_after(self.body, self.shape, call)
    }

    /// The objects `ptr` may point into, found by walking back through pointer arithmetic.
    pub fn roots(&self, ptr: Value) -> Vec<Root> {
        let mut roots = Vec::new();
        let mut seen = Vec::new();
        // Whether the pointer itself was read from the memory that a value points to.
        let mut stack = vec![(ptr, false)];
        while let Some(at @ (v, read)) = stack.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            if seen.len() > 256 {
                return vec![Root::Unknown];
            }
            let mut next = Vec::new();
            let root = match &self.body.values[v].def {
                ValueDef::Param(index) => Some(Root::Param(*index)),
                ValueDef::Const(constant) => self.constant_root(constant, &mut next),
                ValueDef::Inst(inst) => self.inst_root(*inst, &mut next),
            };
            let read_here = read || self.is_load(v);
            stack.extend(next.into_iter().map(|v| (v, read_here)));
            let root = match root {
                None => continue,
                // Memory reached through memory belongs to the same parameter's flag; a table of
                // this function, or a constant one, may hold pointers to anything.
                Some(root) if !read || matches!(root, Root::Param(_)) => root,
                Some(_) => Root::Unknown,
            };
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        roots
    }

    fn constant_root(&self, constant: &Constant, stack: &mut Vec<Value>) -> Option<Root> {
        match constant {
            Constant::Global(global) if self.is_constant_data(*global) => {
                Some(Root::ConstantGlobal)
            }
            Constant::Global(_) => Some(Root::Global),
            Constant::Func(_) | Constant::Null | Constant::Undef | Constant::Poison => {
                Some(Root::ConstantGlobal)
            }
            Constant::Offset { base, .. } => {
                stack.push(*base);
                None
            }
            _ => Some(Root::Unknown),
        }
    }

    /// True for a constant without pointers: what a constant table points to may be written.
    fn is_constant_data(&self, global: rz_view::Global) -> bool {
        let data = &self.module.globals[global];
        let types = &self.module.types;
        let mut pointers = false;
        types.leaves(data.ty, 0, &mut |_, leaf| {
            pointers |= types.is_pointer(types.scalar(leaf));
        });
        data.constant && !pointers
    }

    fn is_load(&self, value: Value) -> bool {
        self.body
            .def(value)
            .is_some_and(|inst| matches!(self.body.insts[inst].op, Op::Load(_)))
    }

    fn inst_root(&self, inst: Inst, stack: &mut Vec<Value>) -> Option<Root> {
        let data = &self.body.insts[inst];
        match &data.op {
            Op::Alloca { .. } => Some(Root::Local(inst)),
            Op::Gep(_) | Op::Load(_) | Op::Freeze | Op::Cast(_) => {
                if self.module.types.is_pointer(self.body.ty(data.operands[0])) {
                    stack.push(data.operands[0]);
                    None
                } else {
                    Some(Root::Unknown)
                }
            }
            Op::Select => {
                stack.extend_from_slice(&data.operands[1..]);
                None
            }
            Op::Phi { .. } => {
                stack.extend_from_slice(&data.operands);
                None
            }
            Op::Call(call) => match call.callee {
                Callee::Direct(func) if is_allocation(self.module, func) => Some(Root::Local(inst)),
                _ => Some(Root::Unknown),
            },
            _ => Some(Root::Unknown),
        }
    }

    fn changed_by_caller(&self, ptr: Value) -> bool {
        if self.key.mode != Mode::Split {
            return false;
        }
        let anything = self.caller_changes_anything();
        self.roots(ptr).iter().any(|root| match root {
            Root::Param(index) => self.key.overwritten[*index as usize],
            Root::Local(inst) => {
                let on_heap = !matches!(self.body.insts[*inst].op, Op::Alloca { .. });
                on_heap && self.escapes && anything
            }
            Root::ConstantGlobal => false,
            Root::Global => self.key.globals_overwritten,
            Root::Unknown => anything,
        })
    }

    fn changed_later(&self, reader: Inst, location: Location) -> bool {
        if self
            .roots(location.ptr)
            .iter()
            .all(|&r| r == Root::ConstantGlobal)
        {
            return false;
        }
        let from = self.body.insts[reader].block;
        self.writer_follows(reader)
            && self.writers.blocks().any(|(to, list)| {
                let Some(when) = self.follows(from, to) else {
                    return false;
                };
                let list = if from == to && when == When::SameIteration {
                    self.writers.in_block_after(self.shape, to, reader)
                } else {
                    list
                };
                list.iter().any(|&w| self.may_write(w, location, when))
            })
    }

    /// True when something that this function does after `store` may read what it wrote.
    pub fn read_later(&self, store: Inst, location: Location) -> bool {
        let from = self.body.insts[store].block;
        self.body.insts.iter().any(|(inst, data)| {
            let to = data.block;
            if !may_read(&data.op) || !self.shape.cfg.is_reachable(to) {
                return false;
            }
            let Some(when) = self.follows(from, to) else {
                return false;
            };
            let position = |inst| self.shape.dom.position(inst);
            let before =
                from == to && when == When::SameIteration && position(inst) < position(store);
            !before && self.facts.may_read(self.key.func, inst, location, when)
        })
    }

    /// How instructions of `to` may execute after one of `from`; `None` when they cannot.
    fn follows(&self, from: Block, to: Block) -> Option<When> {
        let loops = &self.shape.loops;
        if loops.nest(from).any(|l| loops.contains(l, to)) {
            return Some(When::Crossing);
        }
        (from == to || self.reaches(from, to)).then_some(When::SameIteration)
    }

    /// True when `to` may execute after `from`, which is in no loop with it.
    fn reaches(&self, from: Block, to: Block) -> bool {
        // Without a common loop control goes forward only.
        if self.entry(to, from) < self.entry(from, to) {
            return false;
        }
        let mut reach = self.reach.borrow_mut();
        if let Some(set) = reach.get(&from) {
            return set.contains(&to);
        }
        if self.visited.get() > VISIT_BUDGET {
            return true;
        }
        let mut set = FxHashSet::default();
        let mut stack = self.shape.cfg.succs(from).to_vec();
        while let Some(block) = stack.pop() {
            if set.insert(block) {
                stack.extend_from_slice(self.shape.cfg.succs(block));
            }
        }
        self.visited.set(self.visited.get() + set.len());
        let found = set.contains(&to);
        reach.insert(from, set);
        found
    }

    /// Position in the order of execution of the part of the function that is `block`, or the
    /// outermost loop around it without `other`.
    fn entry(&self, block: Block, other: Block) -> Option<u32> {
        let loops = &self.shape.loops;
        let apart = loops.nest(block).take_while(|&l| !loops.contains(l, other));
        let part = apart.last().map_or(block, |l| loops.get(l).header);
        self.shape.cfg.order(part)
    }
}

fn may_hold_pointer(module: &Module, body: &Body, value: Value) -> bool {
    let ty = body.ty(value);
    let mut found = false;
    module
        .types
        .leaves(ty, 0, &mut |_, leaf| found |= module.types.is_pointer(leaf));
    found && body.constant(value).is_none()
}

fn is_allocation(module: &Module, func: rz_view::Func) -> bool {
    matches!(
        known::lookup(&module.funcs[func].name).map(|k| k.class),
        Some(Class::Alloc(_) | Class::Realloc(_) | Class::Arena(Arena::Alloc | Arena::Open))
    )
}

/// True when executing `inst` may change memory that a later reload could read.
fn writes(module: &Module, body: &Body, inst: Inst) -> bool {
    let data = &body.insts[inst];
    match &data.op {
        Op::Store(_) | Op::CmpXchg(_) | Op::AtomicRmw(..) | Op::Opaque(_) | Op::VaArg => true,
        Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) => {
            if !call.effects.writes || call.effects.hidden_only {
                return false;
            }
            match call.callee {
                Callee::Direct(func) => {
                    let data = &module.funcs[func];
                    let name = data.intrinsic.as_deref().unwrap_or(&data.name);
                    !harmless(name)
                }
                Callee::Indirect | Callee::Asm { .. } => true,
            }
        }
        _ => false,
    }
}

/// True for operations that may read memory.
fn may_read(op: &Op) -> bool {
    match op {
        Op::Load(_) | Op::CmpXchg(_) | Op::AtomicRmw(..) | Op::Opaque(_) | Op::VaArg => true,
        Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) => call.effects.reads,
        _ => false,
    }
}

/// Known functions whose only "writes" are not to data that can be reloaded.
fn harmless(name: &str) -> bool {
    name.starts_with("llvm.lifetime")
        || name.starts_with("llvm.dbg")
        || matches!(
            name,
            "llvm.assume" | "llvm.prefetch" | "llvm.experimental.noalias.scope.decl"
        )
        // Frees under other names are not delayed, and some allocators store the pointer.
        || name == "free"
        || match known::lookup(name).map(|k| k.class) {
            Some(Class::Alloc(alloc)) => !matches!(alloc.delivery, Delivery::Memory(_)),
            Some(Class::NoReturn | Class::Lifetime { .. } | Class::Arena(_)) => true,
            _ => false,
        }
}
