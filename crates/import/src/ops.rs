//! Opcodes with everything that is not a value operand.

use crate::body::BodyBuilder;
use rz_llvm as llvm;
use rz_llvm::Opcode as O;
use rz_view::op::{Access, BinaryOp, CastOp, FloatPredicate, GepData, IntPredicate, RmwOp};
use rz_view::{Op, Value};

impl BodyBuilder<'_> {
    /// The view's opcode and operands of an instruction.
    pub(crate) fn op(&mut self, inst: llvm::Value) -> (Op, Vec<Value>) {
        let Some(opcode) = inst.opcode() else {
            return (Op::Opaque("not an instruction".into()), Vec::new());
        };
        if let Some(op) = binary(opcode) {
            return (Op::Binary(op), self.values(&inst.operands()));
        }
        if let Some(op) = cast(opcode) {
            return (Op::Cast(op), self.values(&inst.operands()));
        }
        match opcode {
            O::Br | O::Switch | O::IndirectBr | O::Ret | O::Unreachable | O::Resume => {
                self.control(opcode, inst)
            }
            O::Invoke | O::CallBr | O::Call => self.any_call(opcode, inst),
            O::CleanupRet | O::CatchRet | O::CatchSwitch => {
                let successors = self.blocks(&inst.successors());
                (
                    Op::FuncletControl(successors),
                    self.values(&inst.operands()),
                )
            }
            O::CatchPad | O::CleanupPad => (Op::FuncletPad, self.values(&inst.operands())),
            O::Phi => self.phi(inst),
            O::Gep => self.gep(inst),
            O::Alloca => {
                let op = Op::Alloca {
                    ty: self.importer.ty(inst.allocated_type()),
                    align: inst.align(),
                    is_static: self.is_static_alloca(inst),
                };
                (op, self.values(&inst.operands()))
            }
            other => (simple(other, inst), self.values(&inst.operands())),
        }
    }

    fn control(&mut self, opcode: O, inst: llvm::Value) -> (Op, Vec<Value>) {
        let successors = self.blocks(&inst.successors());
        match (opcode, &successors[..]) {
            (O::Br, &[only]) => (Op::Br(only), Vec::new()),
            (O::Br, &[yes, no]) => (Op::CondBr(yes, no), vec![self.value(inst.condition())]),
            (O::Switch, &[default, ..]) => {
                let scrutinee = vec![self.value(inst.condition())];
                let cases: Option<Vec<_>> = inst
                    .switch_cases()
                    .into_iter()
                    .map(|(value, block)| Some((value.int_value()?, self.block(block))))
                    .collect();
                match cases {
                    Some(cases) => (Op::Switch { default, cases }, scrutinee),
                    // Cases wider than 128 bits: an unknown choice among the destinations.
                    None => (Op::IndirectBr(successors), scrutinee),
                }
            }
            (O::IndirectBr, _) => (
                Op::IndirectBr(successors),
                vec![self.value(inst.operand(0))],
            ),
            (O::Ret, _) => (Op::Ret, self.values(&inst.operands())),
            (O::Resume, _) => (Op::Resume, self.values(&inst.operands())),
            _ => (Op::Unreachable, Vec::new()),
        }
    }

    fn any_call(&mut self, opcode: O, inst: llvm::Value) -> (Op, Vec<Value>) {
        let (data, operands) = self.call(inst);
        let op = match opcode {
            O::Invoke => {
                let (normal, unwind) = (inst.normal_dest(), inst.unwind_dest());
                Op::Invoke(data, self.block(normal), self.block(unwind))
            }
            O::CallBr => Op::CallBr(data, self.blocks(&inst.successors())),
            _ => Op::Call(data),
        };
        (op, operands)
    }

    fn phi(&mut self, inst: llvm::Value) -> (Op, Vec<Value>) {
        let incoming = inst.incoming();
        let blocks = incoming.iter().map(|&(_, b)| self.block(b)).collect();
        let operands = incoming.iter().map(|&(v, _)| self.value(v)).collect();
        (Op::Phi { blocks }, operands)
    }

    fn gep(&mut self, inst: llvm::Value) -> (Op, Vec<Value>) {
        let operands = self.values(&inst.operands());
        let op = match inst.gep_terms(self.importer.out.llvm) {
            Some((offset, terms)) => Op::Gep(GepData {
                offset,
                terms: terms
                    .into_iter()
                    .map(|(index, scale)| (operands[index as usize], scale))
                    .collect(),
            }),
            None => Op::Opaque("getelementptr over a scalable type".into()),
        };
        (op, operands)
    }
}

/// Instructions whose operands are LLVM's.
fn simple(opcode: O, inst: llvm::Value) -> Op {
    match opcode {
        O::FNeg => Op::FNeg,
        O::Freeze => Op::Freeze,
        O::ICmp => Op::ICmp(int_predicate(inst.icmp_predicate())),
        O::FCmp => Op::FCmp(FloatPredicate(inst.fcmp_predicate() as u8)),
        O::Select => Op::Select,
        O::Load => Op::Load(access(inst)),
        O::Store => Op::Store(access(inst)),
        O::CmpXchg => Op::CmpXchg(access(inst)),
        O::AtomicRmw => Op::AtomicRmw(rmw(inst.rmw_op()), access(inst)),
        O::Fence => Op::Fence,
        O::ExtractValue => Op::ExtractValue(inst.indices()),
        O::InsertValue => Op::InsertValue(inst.indices()),
        O::ExtractElement => Op::ExtractElement,
        O::InsertElement => Op::InsertElement,
        O::ShuffleVector => Op::Shuffle(inst.shuffle_mask()),
        O::VaArg => Op::VaArg,
        O::LandingPad => Op::LandingPad,
        _ => Op::Opaque(inst.opcode_name()),
    }
}

fn access(inst: llvm::Value) -> Access {
    Access {
        align: inst.align(),
        volatile: inst.is_volatile(),
        atomic: inst.is_atomic(),
    }
}

fn rmw(op: llvm::RmwOp) -> RmwOp {
    match op {
        llvm::RmwOp::Xchg => RmwOp::Xchg,
        llvm::RmwOp::FAdd => RmwOp::FAdd,
        llvm::RmwOp::FSub => RmwOp::FSub,
        llvm::RmwOp::FMinMax => RmwOp::FMinMax,
        llvm::RmwOp::Integer => RmwOp::Integer,
    }
}

fn int_predicate(number: u32) -> IntPredicate {
    use IntPredicate::{Eq, Ne, Sge, Sgt, Sle, Slt, Uge, Ugt, Ule, Ult};
    const ORDER: [IntPredicate; 10] = [Eq, Ne, Ugt, Uge, Ult, Ule, Sgt, Sge, Slt, Sle];
    ORDER[(number as usize).min(9)]
}

fn binary(opcode: O) -> Option<BinaryOp> {
    use llvm::BinaryOp as L;
    Some(match llvm::BinaryOp::from_opcode(opcode)? {
        L::Add => BinaryOp::Add,
        L::FAdd => BinaryOp::FAdd,
        L::Sub => BinaryOp::Sub,
        L::FSub => BinaryOp::FSub,
        L::Mul => BinaryOp::Mul,
        L::FMul => BinaryOp::FMul,
        L::UDiv => BinaryOp::UDiv,
        L::SDiv => BinaryOp::SDiv,
        L::FDiv => BinaryOp::FDiv,
        L::URem => BinaryOp::URem,
        L::SRem => BinaryOp::SRem,
        L::FRem => BinaryOp::FRem,
        L::Shl => BinaryOp::Shl,
        L::LShr => BinaryOp::LShr,
        L::AShr => BinaryOp::AShr,
        L::And => BinaryOp::And,
        L::Or => BinaryOp::Or,
        L::Xor => BinaryOp::Xor,
    })
}

fn cast(opcode: O) -> Option<CastOp> {
    use llvm::CastOp as L;
    Some(match llvm::CastOp::from_opcode(opcode)? {
        L::Trunc => CastOp::Trunc,
        L::ZExt => CastOp::ZExt,
        L::SExt => CastOp::SExt,
        L::FpToUi => CastOp::FpToUi,
        L::FpToSi => CastOp::FpToSi,
        L::UiToFp => CastOp::UiToFp,
        L::SiToFp => CastOp::SiToFp,
        L::FpTrunc => CastOp::FpTrunc,
        L::FpExt => CastOp::FpExt,
        L::PtrToInt => CastOp::PtrToInt,
        L::PtrToAddr => CastOp::PtrToAddr,
        L::IntToPtr => CastOp::IntToPtr,
        L::BitCast => CastOp::BitCast,
        L::AddrSpaceCast => CastOp::AddrSpaceCast,
    })
}
