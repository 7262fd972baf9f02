//! One derivative: the copy of the primal, the walk over it, the result.

use super::{Forward, Key};
use crate::directions::{Directions, pack, unpack};
use crate::{attributes, scaffold};
use cranelift_entity::SecondaryMap;
use rz_analysis::activity::{Activity, Typed};
use rz_analysis::types::FuncTypes;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Builder, CloneChanges, Function, Place, ValueMap};
use rz_view::{Block, Body, Cfg, Inst, Op, Value, ValueDef};
use std::rc::Rc;

/// What an instruction gave for each direction.
pub(super) type Tangents = Vec<Option<rz_llvm::Value>>;

/// Writes one derivative.
pub(super) struct Writer<'w, 'a> {
    pub(super) forward: &'w mut Forward<'a>,
    pub(super) key: Key,
    pub(super) body: &'a Body,
    pub(super) types: Rc<FuncTypes<'a>>,
    pub(super) activity: Activity,
    pub(super) b: Builder,
    /// The copy of every parameter and instruction result.
    primals: SecondaryMap<Value, Option<rz_llvm::Value>>,
    /// The copy of every instruction.
    insts: SecondaryMap<Inst, Option<rz_llvm::Value>>,
    blocks: SecondaryMap<Block, Option<rz_llvm::Block>>,
    /// For each direction, tangents of active values and shadows of active pointers; `None` is a zero
    /// tangent, or a pointer that is inactive.
    pub(super) tangents: Directions<SecondaryMap<Value, Option<rz_llvm::Value>>>,
    phis: Vec<Inst>,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// Writes the body of `target`, which was declared for `key`; `requested` by the user or for a call.
    pub(super) fn write(
        forward: &'w mut Forward<'a>,
        key: Key,
        target: Function,
        requested: bool,
    ) -> Result<()> {
        let imported = forward.imported;
        let body = imported.module.body(key.func());
        let types = forward.types.solve(key.types.clone());
        let activity = forward
            .activity
            .analyze(&key.activity, &Typed(types.clone()))?;
        forward.hear(body, &activity, requested)?;
        let mut writer = Writer {
            b: Builder::new(imported.llvm().context()),
            tangents: Directions::new(key.width, SecondaryMap::new()),
            forward,
            key,
            body,
            types,
            activity,
            primals: SecondaryMap::new(),
            insts: SecondaryMap::new(),
            blocks: SecondaryMap::new(),
            phis: Vec::new(),
        };
        writer.copy(target);
        writer.walk()?;
        writer.finish_phis()?;
        target.ensure_call_locations();
        target.verify().map_err(|message| {
            let name = &imported.module.funcs[writer.key.func()].name;
            Diagnostic::error(
                Code::Internal,
                format!("the forward derivative of {name} is invalid"),
            )
            .note(message)
            .fix("please report this")
        })
    }

    /// Copies the primal's body; parameters passed by value in memory become copies of our own.
    fn copy(&mut self, target: Function) {
        let imported = self.forward.imported;
        let func = self.key.func();
        let primal = imported.func(func);
        let mut map = ValueMap::new();
        let mut next = 0;
        let mut take = || {
            next += 1;
            target.param(next - 1)
        };
        let mut params = Vec::new();
        for (original, &shadowed) in primal.params().into_iter().zip(&self.key.shadowed) {
            let copy = take();
            copy.set_name(&original.name());
            map.set(original, copy);
            let shadow = shadowed.then(&mut take);
            if let Some(shadow) = shadow.filter(|_| !original.name().is_empty()) {
                shadow.set_name(&format!("{}'", original.name()));
            }
            params.push((copy, shadow));
        }
        target.clone_from(primal, &mut map, CloneChanges::Local, "");
        // Calls were written before the body; they use the default convention.
        target.set_calling_convention(0);
        attributes::reset(target, primal);
        for inst in self.body.insts.keys() {
            let copy = map
                .get(imported.inst(func, inst))
                .expect("every instruction is copied");
            self.insts[inst] = Some(copy);
        }
        for block in self.body.blocks.keys() {
            let copy = map
                .get(imported.block(func, block).value())
                .and_then(rz_llvm::Value::as_block);
            self.blocks[block] = copy;
        }
        for (value, data) in &self.body.values {
            self.primals[value] = match &data.def {
                ValueDef::Param(index) => Some(params[*index as usize].0),
                ValueDef::Inst(inst) => self.insts[*inst],
                ValueDef::Const(_) => None,
            };
        }
        for (index, &value) in self.body.params.iter().enumerate() {
            let (copy, shadows) = self.own_copy(index, params[index]);
            self.primals[value] = Some(copy);
            if self.activity.value(value) {
                for (tangents, shadow) in self.tangents.iter_mut().zip(shadows) {
                    tangents[value] = Some(shadow);
                }
            }
        }
    }

    /// The parameter and its shadows as the body uses them: of `byval` parameters the callee makes the
    /// copies, since the attribute is not on generated functions.
    fn own_copy(
        &mut self,
        index: usize,
        (copy, shadow): (rz_llvm::Value, Option<rz_llvm::Value>),
    ) -> (rz_llvm::Value, Vec<rz_llvm::Value>) {
        let entry = self.block(Block::from_u32(0));
        let first = entry.first().expect("a copied block has a terminator");
        self.b.position_before(first);
        let shadows = shadow.map_or_else(Vec::new, |s| unpack(&self.b, s, self.key.width));
        let bytes = self.forward.imported.module.funcs[self.key.func()].params[index].byval;
        if bytes == 0 {
            return (copy, shadows);
        }
        let context = copy.context();
        let memory = context.int(8).array(bytes);
        let size = context.int(64).int_const(bytes);
        let primal = self.forward.imported.func(self.key.func());
        let stated = primal.attribute(Place::Param(index as u32), "align");
        let align = stated.and_then(Attribute::int_value).unwrap_or(16).max(16) as u32;
        let local = self.b.alloca(memory, None, align);
        // The parameter's uses all mean the copy; only the memcpy reads the parameter itself.
        copy.replace_all_uses(local);
        self.b.memcpy(local, align, copy, 1, size);
        let duplicate = |from: rz_llvm::Value| {
            let local = self.b.alloca(memory, None, align);
            self.b.memcpy(local, align, from, 1, size);
            local
        };
        (local, shadows.into_iter().map(duplicate).collect())
    }

    fn walk(&mut self) -> Result<()> {
        let cfg = Cfg::new(self.body);
        for &block in cfg.rpo() {
            for &inst in &self.body.blocks[block].insts {
                self.visit(inst)?;
            }
        }
        // Code that cannot be reached still has to return the right type.
        for block in self.body.blocks.keys().filter(|&b| !cfg.is_reachable(b)) {
            let inst = self.body.terminator(block);
            if self.body.insts[inst].op == Op::Ret {
                self.ret(inst)?;
            }
        }
        Ok(())
    }

    /// True when derivative work is due for the instruction.
    pub(super) fn is_active(&self, inst: Inst) -> bool {
        let data = &self.body.insts[inst];
        if data.op.call().is_some() {
            return self.activity.inst(inst);
        }
        self.activity.inst(inst) || data.result.is_some_and(|r| self.activity.value(r))
    }

    fn visit(&mut self, inst: Inst) -> Result<()> {
        if self.body.insts[inst].op == Op::Ret {
            return self.ret(inst);
        }
        if let Some(call) = self.body.insts[inst].op.call()
            && call.returns_twice
        {
            return Err(self.refuse(
                inst,
                Code::ReturnsTwice,
                "a function that returns twice is called",
            ));
        }
        if !self.is_active(inst) {
            return Ok(());
        }
        let copy = self.inst(inst);
        if !copy.is_terminator() {
            self.b.position_after(copy);
        }
        self.b.set_debug_loc(copy.debug_loc());
        let tangents = self.tangents_of(inst)?;
        if let Some(result) = self.body.insts[inst].result {
            self.set_tangents(result, &tangents);
        }
        Ok(())
    }

    /// Runs `each` once for each direction, with that direction in hand.
    pub(super) fn each_direction<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<T>> {
        let results = (0..self.tangents.width())
            .map(|direction| {
                self.tangents.choose(direction);
                each(self)
            })
            .collect();
        self.tangents.choose(0);
        results
    }

    /// Writes what the instruction needs and returns the tangents or shadows of its result: for all
    /// directions together where they share work.
    fn tangents_of(&mut self, inst: Inst) -> Result<Tangents> {
        match &self.body.insts[inst].op {
            Op::Binary(op) => self.binary(inst, *op),
            Op::FNeg => self.rule(inst, "fneg"),
            Op::Call(_) => self.call(inst),
            Op::Phi { .. } => {
                self.phis.push(inst);
                self.each_direction(|w| w.tangent_of(inst))
            }
            _ => self.each_direction(|w| w.tangent_of(inst)),
        }
    }

    /// As [`Writer::tangents_of`], for the direction in hand.
    fn tangent_of(&mut self, inst: Inst) -> Result<Option<rz_llvm::Value>> {
        let data = &self.body.insts[inst];
        match &data.op {
            Op::Binary(op) => self.int_binary(inst, *op),
            Op::Cast(op) => self.cast(inst, *op),
            Op::ICmp(_) | Op::FCmp(_) => Ok(None),
            Op::Freeze
            | Op::Select
            | Op::ExtractValue(_)
            | Op::InsertValue(_)
            | Op::ExtractElement
            | Op::InsertElement
            | Op::Shuffle(_) => self.moved(inst),
            Op::Phi { .. } => {
                let copy = self.inst(inst);
                self.b.position_before(copy);
                Ok(Some(self.b.phi(copy.ty())))
            }
            Op::Alloca { .. } => Ok(Some(self.alloca(inst))),
            Op::Load(access) => self.load(inst, *access),
            Op::Store(access) => self.store(inst, *access).map(|()| None),
            Op::Gep(_) => self.gep(inst),
            Op::AtomicRmw(op, _) => self.atomic_rmw(inst, *op),
            Op::FNeg | Op::Call(_) => {
                unreachable!("written for all directions together")
            }
            Op::Invoke(..) => Err(self
                .refuse(inst, Code::Exceptions, "an active call may throw")
                .fix("mark the callee noexcept, or compile with -fno-exceptions")),
            Op::VaArg => Err(self.refuse(inst, Code::Varargs, "a variable argument is active")),
            Op::CmpXchg(_) => Err(self.refuse(
                inst,
                Code::UnsupportedInstruction,
                "an atomic compare-and-exchange of active data",
            )),
            Op::Opaque(name) => {
                let what = format!("the instruction {name} is active");
                Err(self.refuse(inst, Code::UnsupportedInstruction, &what))
            }
            Op::CallBr(..) => Err(self.refuse(inst, Code::InlineAssembly, "an active asm goto")),
            Op::FuncletPad | Op::FuncletControl(_) | Op::LandingPad | Op::Resume => {
                Err(self.refuse(inst, Code::Exceptions, "active exception handling"))
            }
            // Control flow and ordering are the primal's.
            Op::Fence
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::Switch { .. }
            | Op::IndirectBr(_)
            | Op::Unreachable
            | Op::Ret => Ok(None),
        }
    }

    /// Phis get their operands last: those of loops come from later blocks.
    fn finish_phis(&mut self) -> Result<()> {
        for inst in std::mem::take(&mut self.phis) {
            let data = &self.body.insts[inst];
            let Op::Phi { blocks } = &data.op else {
                continue;
            };
            let Some(result) = data.result else { continue };
            let phis =
                self.each_direction(|w| Ok(w.tangents[result].expect("set when visited")))?;
            for (&operand, &from) in data.operands.iter().zip(blocks) {
                let from = self.block(from);
                let end = from.terminator().expect("copied blocks are complete");
                self.b.position_before(end);
                self.b.set_debug_loc(end.debug_loc());
                let tangents = self.each_direction(|w| w.shadow(inst, operand))?;
                for (phi, tangent) in phis.iter().zip(tangents) {
                    phi.add_incoming(tangent, from);
                }
            }
        }
        Ok(())
    }

    fn ret(&mut self, inst: Inst) -> Result<()> {
        let copy = self.inst(inst);
        let Some(&operand) = self.body.insts[inst].operands.first() else {
            return Ok(());
        };
        self.b.position_before(copy);
        self.b.set_debug_loc(copy.debug_loc());
        let primal = self.primal(operand);
        let result = match (self.key.primal_return, self.key.activity.ret) {
            (false, false) => None,
            (true, false) => Some(primal),
            (false, true) => Some(self.packed_shadow(inst, operand)?),
            (true, true) => {
                let tangent = self.packed_shadow(inst, operand)?;
                let ty = primal
                    .context()
                    .structure(&[primal.ty(), tangent.ty()], false);
                let pair = self.b.insert_value(ty.poison(), primal, 0);
                Some(self.b.insert_value(pair, tangent, 1))
            }
        };
        self.b.ret(result);
        copy.erase();
        Ok(())
    }

    /// The copy of an instruction.
    pub(super) fn inst(&self, inst: Inst) -> rz_llvm::Value {
        self.insts[inst].expect("every instruction is copied")
    }

    fn block(&self, block: Block) -> rz_llvm::Block {
        self.blocks[block].expect("every block is copied")
    }

    /// The primal value in the copy.
    pub(super) fn primal(&self, value: Value) -> rz_llvm::Value {
        match self.primals[value] {
            Some(copy) => copy,
            // Constants are the same everywhere.
            None => self.forward.imported.value(self.key.func(), value),
        }
    }

    /// Replaces a copied instruction by a value of the same type.
    pub(super) fn replace(&mut self, inst: Inst, by: Option<rz_llvm::Value>) {
        let old = self.inst(inst);
        if let (Some(result), Some(new)) = (self.body.insts[inst].result, by) {
            old.replace_all_uses(new);
            self.primals[result] = Some(new);
        }
        old.erase();
        self.insts[inst] = None;
    }

    /// Records tangents or shadows; what has none keeps what it had.
    fn set_tangents(&mut self, value: Value, new: &[Option<rz_llvm::Value>]) {
        let name = self.primals[value]
            .map(rz_llvm::Value::name)
            .unwrap_or_default();
        for (tangents, tangent) in self.tangents.iter_mut().zip(new) {
            let Some(tangent) = *tangent else { continue };
            if !name.is_empty() {
                self.b.named(tangent, &format!("{name}'"));
            }
            tangents[value] = Some(tangent);
        }
    }

    /// The tangents or shadows of an operand for all directions, as one value.
    pub(super) fn packed_shadow(&mut self, inst: Inst, value: Value) -> Result<rz_llvm::Value> {
        let shadows = self.each_direction(|w| w.shadow(inst, value))?;
        Ok(pack(&self.b, &shadows))
    }

    /// A refusal at an instruction, with the reasons why it is active.
    pub(super) fn refuse(&self, inst: Inst, code: Code, what: &str) -> Box<Diagnostic> {
        let module = &self.forward.imported.module;
        let mut refusal = Diagnostic::error(code, what)
            .at(scaffold::position(self.body, inst))
            .note(format!(
                "in {}: {}",
                module.funcs[self.key.func()].name,
                self.forward.imported.inst(self.key.func(), inst)
            ));
        for reason in self.activity.inst_reason(self.body, inst) {
            refusal = refusal.note(reason);
        }
        refusal
    }
}
