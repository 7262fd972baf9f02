//! Execution of bodies, block by block.

use crate::ops::{map, zip};
use crate::{Error, Machine, Result, Val, ints};
use cranelift_entity::EntityRef;
use rz_view::op::{Access, Op, RmwOp};
use rz_view::{Block, Body, Constant, Func, Inst, Type, Value, ValueDef};

/// One activation of a function.
pub(crate) struct Frame<'m> {
    pub(crate) body: &'m Body,
    values: Vec<Option<Val>>,
    /// Stack allocations, released on return.
    locals: Vec<u64>,
}

/// Deepest recursion.
const MAX_DEPTH: u32 = 400;

enum Next {
    Block(Block),
    Return(Val),
}

impl<'m> Machine<'m> {
    /// Runs a function that has a body.
    ///
    /// # Errors
    /// When it does something unknown or undefined, or runs out of steps.
    pub fn call(&mut self, func: Func, args: &[Val]) -> Result<Val> {
        let module = self.module;
        let Some(body) = &module.funcs[func].body else {
            return self.call_known(func, args);
        };
        if self.depth >= MAX_DEPTH {
            return Err(Error::Trap("recursion is too deep".into()));
        }
        if args.len() != body.params.len() {
            return Err(Error::Trap("wrong number of arguments".into()));
        }
        let mut frame = Frame {
            body,
            values: vec![None; body.values.len()],
            locals: Vec::new(),
        };
        for ((&param, arg), data) in body.params.iter().zip(args).zip(&module.funcs[func].params) {
            let arg = self.by_value(&mut frame, arg, data.byval)?;
            frame.values[param.index()] = Some(arg);
        }
        self.depth += 1;
        let result = self.run(&mut frame);
        self.depth -= 1;
        for local in frame.locals {
            self.memory.release(local)?;
        }
        result
    }

    fn by_value(&mut self, frame: &mut Frame<'m>, arg: &Val, bytes: u64) -> Result<Val> {
        if bytes == 0 {
            return Ok(arg.clone());
        }
        let copy = self.memory.allocate(bytes);
        frame.locals.push(copy);
        let (data, shadow) = self.memory.read(arg.scalar().0 as u64, bytes as usize)?;
        self.memory.write(copy, &data, &shadow)?;
        Ok(Val::int(copy))
    }

    fn run(&mut self, frame: &mut Frame<'m>) -> Result<Val> {
        let (mut block, mut from) = (Block::new(0), None);
        loop {
            self.phis(frame, block, from)?;
            let insts = &frame.body.blocks[block].insts;
            let mut next = None;
            for &inst in insts {
                self.steps = self.steps.checked_sub(1).ok_or(Error::Steps)?;
                if !matches!(frame.body.insts[inst].op, Op::Phi { .. }) {
                    next = self.step(frame, inst)?;
                }
            }
            match next {
                Some(Next::Return(value)) => return Ok(value),
                Some(Next::Block(to)) => (from, block) = (Some(block), to),
                None => return Err(Error::Trap("a block without terminator".into())),
            }
        }
    }

    /// All phis of a block read their operands before any is written.
    fn phis(&mut self, frame: &mut Frame<'m>, block: Block, from: Option<Block>) -> Result<()> {
        let mut arrived = Vec::new();
        for &inst in &frame.body.blocks[block].insts {
            let data = &frame.body.insts[inst];
            let Op::Phi { blocks } = &data.op else { break };
            let edge = blocks
                .iter()
                .position(|b| Some(*b) == from)
                .ok_or_else(|| Error::Trap("a phi without this edge".into()))?;
            arrived.push((data.result, self.value(frame, data.operands[edge])?));
        }
        for (result, value) in arrived {
            if let Some(result) = result {
                frame.values[result.index()] = Some(value);
            }
        }
        Ok(())
    }

    /// The run-time value of an operand.
    pub(crate) fn value(&mut self, frame: &Frame<'_>, value: Value) -> Result<Val> {
        if let Some(known) = &frame.values[value.index()] {
            return Ok(known.clone());
        }
        let data = &frame.body.values[value];
        match &data.def {
            ValueDef::Const(constant) => self.constant(frame, data.ty, constant),
            ValueDef::Param(_) | ValueDef::Inst(_) => {
                Err(Error::Trap(format!("{value} is used before it is defined")))
            }
        }
    }

    fn constant(&mut self, frame: &Frame<'_>, ty: Type, constant: &Constant) -> Result<Val> {
        let unsupported = || Err(Error::Unsupported(format!("the constant {constant:?}")));
        Ok(match constant {
            Constant::Int(bits) => Val::bits(*bits),
            Constant::Float(bits) => Val::bits(*bits),
            Constant::Null | Constant::Zero | Constant::Undef | Constant::Poison => {
                self.zero(ty)?
            }
            Constant::None | Constant::Metadata(_) => Val::int(0),
            Constant::Global(global) => Val::int(self.global(*global)?),
            Constant::Func(func) => Val::int(Self::func_address(*func)),
            Constant::Aggregate(elems) => {
                let elems: Result<Vec<Val>> = elems.iter().map(|e| self.value(frame, *e)).collect();
                Val::Many(elems?)
            }
            Constant::Splat(elem) => {
                let elem = self.value(frame, *elem)?;
                Val::Many(vec![elem; self.module.types.lanes(ty) as usize])
            }
            Constant::Offset { base, offset } => {
                let base = self.value(frame, *base)?.scalar().0 as u64;
                Val::int(base.wrapping_add_signed(*offset))
            }
            Constant::Expr {
                op: "ptrtoint" | "inttoptr" | "addrspacecast",
                operands,
            } => self.value(frame, operands[0])?,
            Constant::WideInt
            | Constant::Data
            | Constant::BlockAddress(_)
            | Constant::Expr { .. }
            | Constant::Asm
            | Constant::Opaque(_) => return unsupported(),
        })
    }

    fn step(&mut self, frame: &mut Frame<'m>, inst: Inst) -> Result<Option<Next>> {
        let data = &frame.body.insts[inst];
        let mut ops = Vec::with_capacity(data.operands.len());
        // Branches name conditions only; metadata and labels of calls evaluate to zero.
        for &operand in &data.operands {
            ops.push(self.value(frame, operand)?);
        }
        let next = match &data.op {
            Op::Ret => Some(Next::Return(ops.pop().unwrap_or(Val::int(0)))),
            Op::Br(to) => Some(Next::Block(*to)),
            Op::CondBr(yes, no) => {
                let taken = ops[0].scalar().0 & 1 == 1;
                Some(Next::Block(if taken { *yes } else { *no }))
            }
            Op::Switch { default, cases } => {
                let value = ops[0].scalar().0;
                let case = cases.iter().find(|c| c.0 == value);
                Some(Next::Block(case.map_or(*default, |c| c.1)))
            }
            Op::Invoke(_, normal, _) => {
                let result = self.call_inst(frame, inst, &ops)?;
                set(frame, inst, result);
                Some(Next::Block(*normal))
            }
            Op::Unreachable => return Err(Error::Trap("unreachable".into())),
            Op::IndirectBr(_) | Op::Resume | Op::CallBr(..) | Op::FuncletControl(_) => {
                return Err(Error::Unsupported(format!("{:?}", data.op)));
            }
            _ => {
                let result = self.compute(frame, inst, &ops)?;
                set(frame, inst, result);
                None
            }
        };
        Ok(next)
    }

    fn compute(&mut self, frame: &mut Frame<'m>, inst: Inst, ops: &[Val]) -> Result<Val> {
        let data = &frame.body.insts[inst];
        let operand_ty = |i: usize| frame.body.ty(data.operands[i]);
        let address = |i: usize| ops[i].scalar().0 as u64;
        match &data.op {
            Op::Binary(op) => self.binary(*op, data.ty, &ops[0], &ops[1]),
            Op::FNeg => {
                let kind = self.kind(data.ty)?;
                map(&ops[0], &mut |v| {
                    let (x, dx) = v.as_float(kind);
                    Ok(Val::float(kind, -x, -dx))
                })
            }
            Op::Freeze => Ok(ops[0].clone()),
            Op::Cast(op) => self.cast(*op, operand_ty(0), data.ty, &ops[0]),
            Op::ICmp(predicate) => {
                let bits = self.width(operand_ty(0))?;
                zip(&ops[0], &ops[1], &mut |a, b| {
                    let holds = ints::compare(*predicate, bits, a.scalar().0, b.scalar().0);
                    Ok(Val::bits(holds.into()))
                })
            }
            Op::FCmp(predicate) => self.fcmp(*predicate, operand_ty(0), &ops[0], &ops[1]),
            Op::Select => Ok(select(&ops[0], &ops[1], &ops[2])),
            Op::Alloca { ty, .. } => {
                let count = ops[0].scalar().0 as u64;
                let size = self.module.types.alloc_size(*ty).saturating_mul(count);
                if size > 1 << 30 {
                    return Err(Error::Trap("a huge stack allocation".into()));
                }
                let local = self.memory.allocate(size);
                frame.locals.push(local);
                Ok(Val::int(local))
            }
            Op::Load(_) => self.load(data.ty, address(0)),
            Op::Store(_) => {
                self.store(operand_ty(0), &ops[0], address(1))?;
                Ok(Val::int(0))
            }
            Op::Gep(gep) => self.gep(frame, &ops[0], gep),
            Op::CmpXchg(Access { .. }) => {
                let old = self.load(operand_ty(1), address(0))?;
                let same = old.scalar().0 == ops[1].scalar().0;
                if same {
                    self.store(operand_ty(1), &ops[2], address(0))?;
                }
                Ok(Val::Many(vec![old, Val::bits(same.into())]))
            }
            Op::AtomicRmw(op, _) => self.rmw(*op, operand_ty(1), address(0), &ops[1]),
            Op::Fence => Ok(Val::int(0)),
            Op::ExtractValue(path) => Ok(path
                .iter()
                .fold(&ops[0], |v, &i| &v.lanes()[i as usize])
                .clone()),
            Op::InsertValue(path) => {
                let mut whole = ops[0].clone();
                *place(&mut whole, path)? = ops[1].clone();
                Ok(whole)
            }
            Op::ExtractElement => {
                let index = ops[1].scalar().0 as usize;
                let lane = ops[0].lanes().get(index);
                Ok(lane.cloned().unwrap_or(Val::int(0)))
            }
            Op::InsertElement => {
                let mut lanes = ops[0].lanes().to_vec();
                if let Some(lane) = lanes.get_mut(ops[2].scalar().0 as usize) {
                    *lane = ops[1].clone();
                }
                Ok(Val::Many(lanes))
            }
            Op::Shuffle(mask) => {
                let all: Vec<Val> = ops[0]
                    .lanes()
                    .iter()
                    .chain(ops[1].lanes())
                    .cloned()
                    .collect();
                let lane = |m: &Option<u32>| {
                    m.and_then(|m| all.get(m as usize).cloned())
                        .unwrap_or(Val::int(0))
                };
                Ok(Val::Many(mask.iter().map(lane).collect()))
            }
            Op::Call(_) => self.call_inst(frame, inst, ops),
            op => Err(Error::Unsupported(format!("{op:?}"))),
        }
    }

    fn rmw(&mut self, op: RmwOp, ty: Type, address: u64, operand: &Val) -> Result<Val> {
        let old = self.load(ty, address)?;
        let new = match op {
            RmwOp::Xchg => operand.clone(),
            RmwOp::FAdd => self.binary(rz_view::op::BinaryOp::FAdd, ty, &old, operand)?,
            RmwOp::FSub => self.binary(rz_view::op::BinaryOp::FSub, ty, &old, operand)?,
            RmwOp::FMinMax | RmwOp::Integer => {
                return Err(Error::Unsupported(format!("atomicrmw {op:?}")));
            }
        };
        self.store(ty, &new, address)?;
        Ok(old)
    }
}

fn set(frame: &mut Frame<'_>, inst: Inst, value: Val) {
    if let Some(result) = frame.body.insts[inst].result {
        frame.values[result.index()] = Some(value);
    }
}

fn select(condition: &Val, yes: &Val, no: &Val) -> Val {
    match condition {
        Val::Scalar { bits, .. } if bits & 1 == 1 => yes.clone(),
        Val::Scalar { .. } => no.clone(),
        Val::Many(lanes) => Val::Many(
            lanes
                .iter()
                .zip(yes.lanes())
                .zip(no.lanes())
                .map(|((c, y), n)| select(c, y, n))
                .collect(),
        ),
    }
}

fn place<'v>(value: &'v mut Val, path: &[u32]) -> Result<&'v mut Val> {
    path.iter().try_fold(value, |value, &index| {
        match value {
            Val::Many(list) => list.get_mut(index as usize),
            Val::Scalar { .. } => None,
        }
        .ok_or_else(|| Error::Trap("an index outside an aggregate".into()))
    })
}
