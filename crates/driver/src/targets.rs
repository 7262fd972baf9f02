//! Which functions a pointer may hold, when that can be proved.
//!
//! ```text
//! %op = getelementptr ptr, ptr @table, i64 %i      ; a constant table: the functions in it
//! %g = load ptr, ptr %op
//! %h = select i1 %c, ptr %g, ptr @square           ; and one more
//! ```
//!
//! A set of constants (functions and globals) per value, iterated until nothing changes. It is
//! complete or there is none: one source that cannot be followed makes the whole answer unknown.
//! A parameter is followed to the calls of its function when the function is closed: a held clone
//! that is only ever called, directly, by code of this module.

use crate::hold::OPEN;
use crate::locate::held_name;
use crate::memory::{is_only_read, loaded_value};
use crate::values::strip_casts;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Function, Linkage, Module, Opcode, Place, Value, ValueKind};

/// Values looked at for one pointer.
const LIMIT: usize = 512;

/// The functions a pointer may hold, and what the proof rests on.
pub(crate) struct Targets {
    /// In a fixed order.
    pub(crate) functions: Vec<Function>,
    /// Functions whose callers were all looked at: no caller may be added later.
    pub(crate) closed: Vec<Function>,
}

/// All functions `pointer` may hold where it is called; `None` when they are not known.
pub(crate) fn of(module: Module, pointer: Value) -> Option<Targets> {
    let mut search = Search {
        module,
        sets: FxHashMap::default(),
        order: Vec::new(),
        closed: Vec::new(),
    };
    let root = search.node(pointer)?;
    search.solve()?;
    let mut functions = Vec::new();
    for constant in &search.sets[&root] {
        // A variable that is called is undefined behavior, and so is null.
        functions.extend(constant.as_function());
    }
    Some(Targets {
        functions,
        closed: search.closed,
    })
}

struct Search {
    module: Module,
    /// The functions and globals that each value may be the address of, or point into.
    sets: FxHashMap<Value, Vec<Value>>,
    order: Vec<Value>,
    closed: Vec<Function>,
}

impl Search {
    fn node(&mut self, value: Value) -> Option<Value> {
        let value = strip_casts(value);
        if !self.sets.contains_key(&value) {
            if self.order.len() >= LIMIT {
                return None;
            }
            self.sets.insert(value, Vec::new());
            self.order.push(value);
        }
        Some(value)
    }

    fn solve(&mut self) -> Option<()> {
        loop {
            let mut changed = false;
            let mut next = 0;
            while let Some(&value) = self.order.get(next) {
                next += 1;
                for constant in self.step(value)? {
                    let set = self.sets.get_mut(&value).expect("a node has a set");
                    if !set.contains(&constant) {
                        set.push(constant);
                        changed = true;
                    }
                }
            }
            if !changed {
                return Some(());
            }
        }
    }

    /// What `value` may be, by what its sources may be so far.
    fn step(&mut self, value: Value) -> Option<Vec<Value>> {
        match value.kind() {
            ValueKind::Function | ValueKind::GlobalVariable => Some(vec![value]),
            ValueKind::NullPointer | ValueKind::Undef | ValueKind::Poison => Some(Vec::new()),
            ValueKind::Alias if !value.is_interposable() => self.all([value.aliasee()?]),
            ValueKind::Expr if value.expr_opcode() == Opcode::Gep => self.all([value.operand(0)]),
            ValueKind::Argument => self.argument(value),
            ValueKind::Instruction => match value.opcode()? {
                Opcode::Gep => self.all([value.operand(0)]),
                Opcode::Select => self.all([value.operand(1), value.operand(2)]),
                Opcode::Phi => self.all(value.incoming().into_iter().map(|(arm, _)| arm)),
                Opcode::Load => self.load(value),
                Opcode::Call | Opcode::Invoke => self.result(value),
                _ => None,
            },
            _ => None,
        }
    }

    fn all(&mut self, sources: impl IntoIterator<Item = Value>) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        for source in sources {
            let node = self.node(source)?;
            for constant in &self.sets[&node] {
                if !found.contains(constant) {
                    found.push(*constant);
                }
            }
        }
        Some(found)
    }

    /// A pointer from constant memory: the one at a known place, or any of those in the table.
    fn load(&mut self, load: Value) -> Option<Vec<Value>> {
        if let Some(stored) = loaded_value(self.module, load.operand(0), load.ty()) {
            return self.all([stored]);
        }
        let mut found = Vec::new();
        for table in self.all([load.operand(0)])? {
            let global = table.as_global()?;
            let fixed = global.is_constant() || is_only_read(table);
            if !fixed || table.is_interposable() {
                return None;
            }
            addresses(global.initializer()?, &mut found)?;
        }
        Some(found)
    }

    fn argument(&mut self, parameter: Value) -> Option<Vec<Value>> {
        let index = parameter.param_index()?;
        let function = parameter.param_function()?;
        let calls = callers(function)?;
        if !self.closed.contains(&function) {
            self.closed.push(function);
        }
        self.all(calls.into_iter().map(|call| call.operand(index)))
    }

    /// The result of a call of a function whose body is final here.
    fn result(&mut self, call: Value) -> Option<Vec<Value>> {
        let function = call.called_function()?;
        if held_name(function).is_none() || function.is_declaration() {
            return None;
        }
        let returned = function.blocks().into_iter().filter_map(|block| {
            let end = block.terminator()?;
            (end.opcode() == Some(Opcode::Ret)).then(|| end.operand(0))
        });
        let returned: Vec<Value> = returned.collect();
        self.all(returned)
    }
}

/// The addresses inside a constant; `None` when one of them is part of an expression.
fn addresses(constant: Value, found: &mut Vec<Value>) -> Option<()> {
    match constant.kind() {
        ValueKind::Function | ValueKind::GlobalVariable => {
            if !found.contains(&constant) {
                found.push(constant);
            }
        }
        ValueKind::Alias if !constant.is_interposable() => {
            addresses(constant.aliasee()?, found)?;
        }
        ValueKind::Aggregate => {
            let mut seen = FxHashSet::default();
            for part in constant.operands() {
                if seen.insert(part) {
                    addresses(part, found)?;
                }
            }
        }
        ValueKind::Poison
        | ValueKind::Undef
        | ValueKind::NullPointer
        | ValueKind::AggregateZero
        | ValueKind::Int
        | ValueKind::Float
        | ValueKind::Data => {}
        _ => return None,
    }
    Some(())
}

/// Every call of a function that is used in no other way, by a held clone of this module.
fn callers(function: Function) -> Option<Vec<Value>> {
    let is_ours = held_name(function).is_some()
        && function.attribute(Place::Function, OPEN).is_none()
        && matches!(function.linkage(), Linkage::Internal | Linkage::Private);
    if !is_ours {
        return None;
    }
    let address = function.value();
    let only_calls = |user: &Value| {
        user.is_call()
            && user.called_function() == Some(function)
            && user.called_type() == function.ty()
            && !user.args().contains(&address)
    };
    let users = address.users();
    users.iter().all(only_calls).then_some(users)
}
