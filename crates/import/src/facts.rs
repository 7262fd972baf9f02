//! [`Facts`] answered by LLVM's analyses.
//!
//! # Invariants
//! * Past the query budget every answer is the conservative one, so compile time stays near-linear.
//! * Calls of library functions whose only effect is on `errno` write nothing that is asked about.
//! * Trip counts and affine forms are exact and made of values that are available on entry to the loop.

use crate::Imported;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_llvm::{AliasOracle, Expr, Extent, Overlap};
use rz_view::{Alias, Block, Count, Facts, Func, Inst, Location, Range, Value, When};
use std::cell::{Cell, RefCell};

/// Alias queries answered per import before the answer is "may".
const BUDGET: u32 = 4_000_000;

type ModRefKey = (Func, Inst, Location, When);
type AliasKey = (Func, Location, Location, When);

/// Facts about the imported bodies. The functions must not change while this lives.
pub struct LlvmFacts<'a> {
    imported: &'a Imported,
    analyses: llvm::Analyses,
    oracles: RefCell<FxHashMap<Func, AliasOracle>>,
    mod_refs: RefCell<FxHashMap<ModRefKey, (bool, bool)>>,
    aliases: RefCell<FxHashMap<AliasKey, Alias>>,
    budget: Cell<u32>,
}

impl<'a> LlvmFacts<'a> {
    /// Facts from the host's (or a test's) analyses.
    pub fn new(imported: &'a Imported, analyses: llvm::Analyses) -> Self {
        Self::with_budget(imported, analyses, BUDGET)
    }

    /// Facts for several requests that are planned together.
    pub fn for_requests(imported: &'a Imported, analyses: llvm::Analyses, requests: usize) -> Self {
        let requests = u32::try_from(requests).unwrap_or(u32::MAX);
        Self::with_budget(imported, analyses, BUDGET.saturating_mul(requests))
    }

    /// Facts that give up after so many alias queries.
    pub fn with_budget(imported: &'a Imported, analyses: llvm::Analyses, queries: u32) -> Self {
        Self {
            imported,
            analyses,
            oracles: RefCell::default(),
            mod_refs: RefCell::default(),
            aliases: RefCell::default(),
            budget: Cell::new(queries),
        }
    }

    /// Alias queries left before every answer is conservative.
    pub fn budget_left(&self) -> u32 {
        self.budget.get()
    }

    fn spend(&self) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(1));
        left > 0
    }

    fn with_oracle<T>(&self, func: Func, ask: impl FnOnce(&AliasOracle) -> T) -> T {
        let mut oracles = self.oracles.borrow_mut();
        let oracle = oracles
            .entry(func)
            .or_insert_with(|| AliasOracle::new(self.analyses, self.imported.func(func)));
        ask(oracle)
    }

    fn extent(&self, func: Func, location: Location) -> Extent {
        Extent {
            pointer: self.imported.value(func, location.ptr),
            size: location.size,
        }
    }

    /// `(may read, may write)`.
    fn mod_ref(&self, func: Func, inst: Inst, location: Location, when: When) -> (bool, bool) {
        let data = &self.imported.module.body(func).insts[inst];
        if let Some(call) = data.op.call()
            && (call.effects.hidden_only || !(call.effects.reads || call.effects.writes))
        {
            return (false, false);
        }
        if !self.is_scalar_pointer(func, location.ptr) {
            return (true, true);
        }
        let key = (func, inst, location, when);
        if let Some(&known) = self.mod_refs.borrow().get(&key) {
            return known;
        }
        if !self.spend() {
            return (true, true);
        }
        let (at, writer) = (self.extent(func, location), self.imported.inst(func, inst));
        let answer = self.with_oracle(func, |o| o.mod_ref(writer, at, when == When::Crossing));
        self.mod_refs.borrow_mut().insert(key, answer);
        answer
    }

    /// LLVM's alias analysis is about single pointers; anything else may be anywhere.
    fn is_scalar_pointer(&self, func: Func, value: Value) -> bool {
        let module = &self.imported.module;
        let ty = module.body(func).ty(value);
        matches!(module.types.kind(ty), rz_view::TypeKind::Pointer { .. })
    }

    fn count(&self, func: Func, expr: &Expr) -> Option<Count> {
        let one = |e: &Expr| self.count(func, e).map(Box::new);
        let list = |es: &[Expr]| -> Option<Vec<Count>> {
            es.iter().map(|e| self.count(func, e)).collect()
        };
        Some(match expr {
            Expr::Const { value, bits } => Count::Const {
                value: *value,
                bits: *bits,
            },
            Expr::Value(value) => match value.int_value() {
                Some(bits) => Count::Const {
                    value: u64::try_from(bits).ok()?,
                    bits: value.ty().int_bits(),
                },
                None => Count::Value(self.imported.value_id(func, *value)?),
            },
            Expr::Add(es) => Count::Add(list(es)?),
            Expr::Mul(es) => Count::Mul(list(es)?),
            Expr::UDiv(a, b) => Count::UDiv(one(a)?, one(b)?),
            Expr::UMax(es) => Count::UMax(list(es)?),
            Expr::SMax(es) => Count::SMax(list(es)?),
            Expr::UMin(es) => Count::UMin(list(es)?),
            Expr::SMin(es) => Count::SMin(list(es)?),
            Expr::ZExt(e, bits) => Count::ZExt(one(e)?, *bits),
            Expr::SExt(e, bits) => Count::SExt(one(e)?, *bits),
            Expr::Trunc(e, bits) => Count::Trunc(one(e)?, *bits),
            Expr::Affine {
                start,
                step,
                header,
            } => Count::Affine {
                start: one(start)?,
                step: one(step)?,
                header: self.imported.block_id(func, *header)?,
            },
        })
    }
}

impl Facts for LlvmFacts<'_> {
    fn may_write(&self, func: Func, writer: Inst, location: Location, when: When) -> bool {
        self.mod_ref(func, writer, location, when).1
    }

    fn may_read(&self, func: Func, reader: Inst, location: Location, when: When) -> bool {
        self.mod_ref(func, reader, location, when).0
    }

    fn alias(&self, func: Func, a: Location, b: Location, when: When) -> Alias {
        if !self.is_scalar_pointer(func, a.ptr) || !self.is_scalar_pointer(func, b.ptr) {
            return Alias::May;
        }
        let key = (func, a, b, when);
        if let Some(&known) = self.aliases.borrow().get(&key) {
            return known;
        }
        if !self.spend() {
            return Alias::May;
        }
        let (ea, eb) = (self.extent(func, a), self.extent(func, b));
        let overlap = self.with_oracle(func, |o| o.alias(ea, eb, when == When::Crossing));
        let answer = match overlap {
            Overlap::No => Alias::No,
            Overlap::May => Alias::May,
            Overlap::Must => Alias::Must,
        };
        self.aliases.borrow_mut().insert(key, answer);
        answer
    }

    fn backedge_count(&self, func: Func, header: Block) -> Option<Count> {
        let (function, block) = (self.imported.func(func), self.imported.block(func, header));
        let expr = self.analyses.backedge_count(function, block)?;
        self.count(func, &expr)
    }

    fn affine(&self, func: Func, value: Value, header: Block) -> Option<(Count, Count)> {
        let (function, block) = (self.imported.func(func), self.imported.block(func, header));
        let value = self.imported.value(func, value);
        let (start, step) = self.analyses.affine(function, value, block)?;
        Some((self.count(func, &start)?, self.count(func, &step)?))
    }

    fn written_range(
        &self,
        func: Func,
        writer: Inst,
        header: Block,
    ) -> Option<(Value, Count, Count)> {
        let (function, block) = (self.imported.func(func), self.imported.block(func, header));
        let inst = self.imported.inst(func, writer);
        let (base, low, high) = self.analyses.written_range(function, inst, block)?;
        let Count::Value(base) = self.count(func, &base)? else {
            return None;
        };
        Some((base, self.count(func, &low)?, self.count(func, &high)?))
    }

    fn written_before(&self, func: Func, reader: Inst, header: Block) -> bool {
        let (function, block) = (self.imported.func(func), self.imported.block(func, header));
        let load = self.imported.inst(func, reader);
        self.spend() && self.analyses.written_before(function, load, block)
    }

    fn range(&self, func: Func, value: Value) -> Option<Range> {
        let (function, value) = (self.imported.func(func), self.imported.value(func, value));
        if !self.spend() {
            return None;
        }
        let (low, high) = self.analyses.range(function, value)?;
        Some(Range { low, high })
    }
}
