//! Numbers of a scratch array are computed anew where a later loop reads them.
//!
//! ```text
//! for each center                               for each center
//!   for c { s[c] = x[c] - center[c]; }            for c { y[c] = scale[c] * (x[c] - center[c]); }
//!   for c { y[c] = scale[c] * s[c]; }       ⇒
//! ```
//!
//! The next center overwrites the array, so each loop that multiplies by its numbers keeps them on the tape: once for
//! each center, and once for each such loop. What they are made of stays in memory. A load and a subtraction cost no more
//! than the tape does, and the array, its shadow and the loop that fills it are gone when nobody reads it any more.
//!
//! # Why this is legal
//!
//! A load of iteration `i` of its loop reads what iteration `i` of the loop that fills the array wrote, and the same
//! number is computed where it is read:
//!
//! - the array was allocated here, its address is used for loads and stores only, and one instruction stores to it: in each
//!   iteration of a loop that ends at its latch only, to another place each time;
//! - the loops are side by side in the same loop, run equally often, and the addresses start at the same place and move by
//!   as much. The one that fills lies on each way from the start of the iteration around them to the load;
//! - what is stored is arithmetic of values from before both loops, of counters that both loops have, and of few loads
//!   from memory that nothing in the loop around them may write to.
//!
//! The copies of loads say nothing of scopes, which may have been declared for one iteration.

use crate::jam::phis;
use crate::natural::{Natural, natural};
use crate::passes::Passes;
use crate::ring::{pointer, size};
use crate::values::calls;
use rustc_hash::FxHashSet;
use rz_diag::Result;
use rz_llvm::{AliasOracle, Analyses, Block, Builder, Extent, Function, Opcode, Value, ValueMap};
use rz_rules::known::{self, Class};

/// Instructions that a number is computed by, at most.
const LONG: usize = 12;
/// Loads among them.
const LOADS: usize = 2;
/// Instructions in the loop around both.
const LARGE: usize = 2_000;

/// Loops get one latch and exits of their own.
const CLOSE: &str = "loop-simplify";
/// Takes away loops that do nothing any more.
const TIDY: &str = "adce,loop(loop-deletion),simplifycfg";

/// A load, and what is stored where it reads.
struct Reader {
    load: Value,
    stored: Value,
    /// Instructions that the number is computed by, each behind those it uses.
    copied: Vec<Value>,
    /// Counters of the loop that fills, and those of the loop that reads.
    counters: Vec<(Value, Value)>,
}

/// Computes numbers of scratch arrays of `clone` anew. True when there were any.
pub(crate) fn settle(passes: &Passes, clone: Function) -> Result<bool> {
    let analyses = passes.analyses();
    let is_read = |array: &Array| array.loads.iter().any(|&load| is_multiplied(load));
    if !analyses.has_loops(clone) || !arrays(clone).iter().any(is_read) {
        return Ok(false);
    }
    passes.run(clone, CLOSE)?;
    let found: Vec<(Value, Vec<Reader>)> = {
        let search = Search {
            analyses,
            function: clone,
            loops: natural(analyses, clone),
            oracle: AliasOracle::new(analyses, clone),
        };
        { arrays(clone).into_iter() }
            .map(|array| (array.store, search.readers(&array)))
            .filter(|(_, readers)| !readers.is_empty())
            .collect()
    };
    for (store, readers) in &found {
        readers.iter().for_each(Reader::write);
        let left = arrays(clone).into_iter().find(|a| a.store == *store);
        if left.is_some_and(|array| array.loads.is_empty()) {
            store.erase();
        }
    }
    if found.is_empty() {
        return Ok(false);
    }
    analyses.invalidate(clone);
    passes.check(clone, "anew")?;
    passes.run(clone, TIDY)?;
    Ok(true)
}

/// Memory that one instruction stores to.
struct Array {
    store: Value,
    loads: Vec<Value>,
}

/// The arrays that `clone` allocates and stores floating point numbers to in one place.
fn arrays(clone: Function) -> Vec<Array> {
    let is_own = |inst: &Value| match inst.opcode() {
        Some(Opcode::Alloca) => true,
        Some(Opcode::Call) => inst.returns_noalias(),
        _ => false,
    };
    let own = clone.instructions().into_iter().filter(is_own);
    own.filter_map(array).collect()
}

fn array(object: Value) -> Option<Array> {
    let (mut stores, mut loads) = (Vec::new(), Vec::new());
    let mut work = vec![object];
    while let Some(value) = work.pop() {
        for user in value.users() {
            match user.opcode()? {
                Opcode::Gep if user.operand(0) == value => work.push(user),
                Opcode::Load if is_plain(user) => loads.push(user),
                Opcode::Store if is_plain(user) && user.operand(0) != value => stores.push(user),
                Opcode::ICmp => {}
                Opcode::Call if forgets(user) => {}
                _ => return None,
            }
        }
    }
    let [store] = stores[..] else {
        return None;
    };
    let is_float = store.operand(0).ty().is_float();
    is_float.then_some(Array { store, loads })
}

fn is_plain(access: Value) -> bool {
    !access.is_volatile() && !access.is_atomic()
}

/// True for a call that writes nothing to its argument that anybody may read.
fn forgets(call: Value) -> bool {
    let name = call.called_function().map(Function::name);
    name.is_some_and(|name| {
        name.starts_with("llvm.lifetime.")
            || known::lookup(&name).is_some_and(|known| matches!(known.class, Class::Free(_)))
    })
}

struct Search {
    analyses: Analyses,
    function: Function,
    /// Each before those around it.
    loops: Vec<Natural>,
    oracle: AliasOracle,
}

impl Search {
    fn readers(&self, array: &Array) -> Vec<Reader> {
        let Some(fills) = self.around(array.store.block()) else {
            return Vec::new();
        };
        if !self.is_full(fills, array.store) {
            return Vec::new();
        }
        let reader = |&load: &Value| self.reader(fills, array.store, load);
        array.loads.iter().filter_map(reader).collect()
    }

    /// The innermost loop around `block`.
    fn around(&self, block: Block) -> Option<&Natural> {
        self.loops.iter().find(|one| one.body.contains(&block))
    }

    fn parent(&self, inner: &Natural) -> Option<&Natural> {
        self.loops.iter().find(|one| inner.is_inside(one))
    }

    /// True when each iteration of `fills`, which ends at its latch only, stores to another place.
    fn is_full(&self, fills: &Natural, store: Value) -> bool {
        let latch = fills.latch.block();
        let stays = |block: &Block| {
            let inside = |to: &Block| fills.body.contains(to);
            *block == latch || block.successors().iter().all(inside)
        };
        let always = [latch, fills.header].contains(&store.block());
        let step = { self.analyses }.step(self.function, pointer(store), fills.header);
        fills.body.iter().all(stays)
            && always
            && step.is_some_and(|step| step.unsigned_abs() >= size(store))
    }

    fn reader(&self, fills: &Natural, store: Value, load: Value) -> Option<Reader> {
        let reads = self.around(load.block())?;
        let stored = store.operand(0);
        if load.ty() != stored.ty() || !is_multiplied(load) || reads.body.contains(&fills.header) {
            return None;
        }
        let around = self.parent(fills);
        if around.map(|one| one.latch) != self.parent(reads).map(|one| one.latch)
            || self.may_miss(around, fills, load.block())
            || !self.run_alike(fills, reads)
            || !self.move_alike((pointer(store), fills), (pointer(load), reads))
        {
            return None;
        }
        let mut reader = Reader {
            load,
            stored,
            copied: Vec::new(),
            counters: Vec::new(),
        };
        self.collect(&mut reader, fills, reads, stored)?;
        let loads = |inst: &&Value| inst.opcode() == Some(Opcode::Load);
        let loads: Vec<Value> = reader.copied.iter().filter(loads).copied().collect();
        let cheap = loads.len() <= LOADS && !reader.copied.is_empty();
        (cheap && self.stay(around, &loads)).then_some(reader)
    }

    /// True when `block` may be reached in an iteration of `around` that did not pass through `fills`.
    fn may_miss(&self, around: Option<&Natural>, fills: &Natural, block: Block) -> bool {
        let start = around.map_or(self.function.entry(), |one| Some(one.header));
        let mut seen: FxHashSet<Block> = start.into_iter().collect();
        let mut work: Vec<Block> = seen.iter().copied().collect();
        while let Some(at) = work.pop() {
            if at == block {
                return true;
            }
            if at == fills.header {
                continue;
            }
            for to in at.successors() {
                let inside = around.is_none_or(|one| one.body.contains(&to));
                if inside && Some(to) != start && seen.insert(to) {
                    work.push(to);
                }
            }
        }
        false
    }

    fn run_alike(&self, a: &Natural, b: &Natural) -> bool {
        let count = |one: &Natural| self.analyses.backedge_count(self.function, one.header);
        let known = count(a);
        known.is_some() && known == count(b)
    }

    /// True when two values are the same in iterations of the same number.
    fn move_alike(&self, a: (Value, &Natural), b: (Value, &Natural)) -> bool {
        let form = |(v, one): (Value, &Natural)| self.analyses.affine(self.function, v, one.header);
        let known = form(a);
        a.0.ty() == b.0.ty() && known.is_some() && known == form(b)
    }

    /// Finds out what `value` is computed by.
    fn collect(
        &self,
        reader: &mut Reader,
        fills: &Natural,
        reads: &Natural,
        value: Value,
    ) -> Option<()> {
        let is_inside = value.is_instruction() && fills.body.contains(&value.block());
        if !is_inside || reader.copied.contains(&value) {
            return Some(());
        }
        if value.opcode() == Some(Opcode::Phi) {
            let alike = |&phi: &Value| self.move_alike((value, fills), (phi, reads));
            let is_counter = value.block() == fills.header && !value.ty().is_float();
            let counter = is_counter.then(|| phis(reads.header).into_iter().find(alike))??;
            reader.counters.push((value, counter));
            return Some(());
        }
        if !is_repeatable(value) || reader.copied.len() == LONG {
            return None;
        }
        for operand in value.operands() {
            self.collect(reader, fills, reads, operand)?;
        }
        reader.copied.push(value);
        Some(())
    }

    /// True when nothing in the loop `around` may write to what `loads` read.
    fn stay(&self, around: Option<&Natural>, loads: &[Value]) -> bool {
        let insts: Vec<Value> = match around {
            Some(one) => { one.body.iter() }
                .flat_map(|block| block.instructions())
                .collect(),
            None => self.function.instructions(),
        };
        insts.len() <= LARGE
            && loads.iter().all(|&load| {
                let at = Extent {
                    pointer: pointer(load),
                    size: Some(size(load)),
                };
                let writes = |&inst: &Value| self.oracle.mod_ref(inst, at, true).1;
                !insts.iter().any(writes)
            })
    }
}

/// True for a number that something is multiplied by, or a function called with: what is only added is not kept.
fn is_multiplied(load: Value) -> bool {
    let multiplies = |user: &Value| {
        matches!(
            user.opcode(),
            Some(Opcode::FMul | Opcode::FDiv | Opcode::Call)
        )
    };
    load.users().iter().any(multiplies)
}

/// True for what may be done again, at little cost.
fn is_repeatable(inst: Value) -> bool {
    match inst.opcode() {
        Some(Opcode::Load) => is_plain(inst) && inst.ty().is_float(),
        Some(Opcode::Call) => calls(inst, "llvm.fmuladd."),
        Some(
            Opcode::FAdd
            | Opcode::FSub
            | Opcode::FMul
            | Opcode::FNeg
            | Opcode::Gep
            | Opcode::Add
            | Opcode::Sub
            | Opcode::Mul
            | Opcode::Shl
            | Opcode::And
            | Opcode::Or
            | Opcode::Xor
            | Opcode::Trunc
            | Opcode::ZExt
            | Opcode::SExt,
        ) => true,
        _ => false,
    }
}

impl Reader {
    fn write(&self) {
        let context = self.load.function().context();
        let b = Builder::new(context);
        let mut map = ValueMap::new();
        for &(from, to) in &self.counters {
            map.set(from, to);
        }
        b.position_before(self.load);
        for &inst in &self.copied {
            let copy = inst.clone_instruction();
            b.insert(copy);
            map.remap(copy);
            for name in ["alias.scope", "noalias"] {
                copy.set_metadata(context.metadata_kind(name), None);
            }
            map.set(inst, copy);
        }
        let number = map.get(self.stored).expect("it was copied");
        self.load.replace_all_uses(number);
        self.load.erase();
    }
}
