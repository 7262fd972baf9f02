//! Operations on values: rules, conversions, and whatever only moves its operands.

use super::function::{Tangents, Writer};
use crate::IrEmit;
use rz_diag::{Code, Result};
use rz_llvm::Value as Ir;
use rz_rules::{Emission, Rule, rule};
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Inst, Op, Value};

impl Writer<'_, '_> {
    /// The tangents of an operation that has a rule and one result.
    pub(super) fn rule(&mut self, inst: Inst, name: &str) -> Result<Tangents> {
        let Some(rule) = rule(name) else {
            return Err(self.refuse(
                inst,
                Code::UnsupportedInstruction,
                &format!("{name} has no rule"),
            ));
        };
        let operands: Vec<Value> = self.body.insts[inst].operands.to_vec();
        self.apply(inst, rule, &operands)
    }

    /// Applies a rule with one result to operands; the partials are written once for all directions.
    pub(super) fn apply(
        &mut self,
        inst: Inst,
        rule: &'static Rule,
        operands: &[Value],
    ) -> Result<Tangents> {
        let values: Vec<Option<Ir>> = operands.iter().map(|&v| Some(self.primal(v))).collect();
        let tangents = self
            .each_direction(|w| Ok(operands.iter().map(|&v| w.tangent(v)).collect::<Vec<_>>()))?;
        let result = self.inst(inst);
        // Conversions and narrowing arithmetic: everything at the type of the operands.
        let mut pairs = values.iter().zip(rule.operands());
        let real = pairs.find(|(_, kind)| **kind == rz_rules::Operand::Real);
        let wide = real.and_then(|(v, _)| *v).unwrap_or(result).ty();
        let outputs = [Some(self.b.float_cast(result, wide))];
        let mut emit = self.emitter(inst, wide);
        let mut emission = Emission::new(rule, &values, &outputs);
        let each = |tangents: &Vec<_>| emission.tangents(&mut emit, tangents)[0];
        let tangents: Vec<Option<Ir>> = tangents.iter().map(each).collect();
        drop(emit);
        let narrow = |tangent: Option<Ir>| tangent.map(|t| self.b.float_cast(t, result.ty()));
        Ok(tangents.into_iter().map(narrow).collect())
    }

    /// An emitter with the flags of an instruction.
    pub(super) fn emitter(&self, inst: Inst, ty: rz_llvm::Type) -> IrEmit<'_> {
        IrEmit::new(&self.b, ty, self.body.insts[inst].fast)
            .with_strong_zero(self.forward.options.strong_zero)
    }

    /// Two-operand arithmetic.
    pub(super) fn binary(&mut self, inst: Inst, op: BinaryOp) -> Result<Tangents> {
        let name = match op {
            BinaryOp::FAdd => "fadd",
            BinaryOp::FSub => "fsub",
            BinaryOp::FMul => "fmul",
            BinaryOp::FDiv => "fdiv",
            BinaryOp::FRem => "frem",
            BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::UDiv
            | BinaryOp::SDiv
            | BinaryOp::URem
            | BinaryOp::SRem
            | BinaryOp::Shl
            | BinaryOp::LShr
            | BinaryOp::AShr
            | BinaryOp::And
            | BinaryOp::Or
            | BinaryOp::Xor => return self.each_direction(|w| w.int_binary(inst, op)),
        };
        self.rule(inst, name)
    }

    /// Conversions: floats are converted alike, bits are moved alike, integers have no tangent.
    pub(super) fn cast(&mut self, inst: Inst, op: CastOp) -> Result<Option<Ir>> {
        let operand = self.body.insts[inst].operands[0];
        if matches!(op, CastOp::SiToFp | CastOp::UiToFp) {
            return self.converted(inst, operand);
        }
        let Some(tangent) = self.tangent(operand) else {
            return Ok(None);
        };
        let ty = self.inst(inst).ty();
        let cast = match op {
            CastOp::FpTrunc | CastOp::FpExt => return Ok(Some(self.b.float_cast(tangent, ty))),
            CastOp::FpToUi | CastOp::FpToSi | CastOp::UiToFp | CastOp::SiToFp => return Ok(None),
            CastOp::SExt => {
                return if self.carries(self.body.insts[inst].result) {
                    Err(self.bit_trick(inst, "sign extension"))
                } else {
                    Ok(None)
                };
            }
            CastOp::Trunc => rz_llvm::CastOp::Trunc,
            CastOp::ZExt => rz_llvm::CastOp::ZExt,
            CastOp::PtrToInt => rz_llvm::CastOp::PtrToInt,
            CastOp::PtrToAddr => rz_llvm::CastOp::PtrToAddr,
            CastOp::IntToPtr => rz_llvm::CastOp::IntToPtr,
            CastOp::BitCast => rz_llvm::CastOp::BitCast,
            CastOp::AddrSpaceCast => rz_llvm::CastOp::AddrSpaceCast,
        };
        Ok(Some(self.b.cast(cast, tangent, ty)))
    }

    /// A number has no tangent; the bits of a float have none that is right. What is loaded without a type is
    /// a number by its use.
    fn converted(&self, inst: Inst, operand: Value) -> Result<Option<Ir>> {
        let loaded = (self.body.def(operand))
            .is_some_and(|def| matches!(self.body.insts[def].op, Op::Load(_)));
        let number = loaded && self.types.mantissa(operand) == 0;
        if !number && self.activity.value(operand) && self.activity.inst(inst) {
            return Err(self.bit_trick(inst, "a conversion of an integer"));
        }
        Ok(None)
    }

    /// Operations that move their operands do the same to their shadows.
    pub(super) fn moved(&mut self, inst: Inst) -> Result<Option<Ir>> {
        let data = &self.body.insts[inst];
        let operands: Vec<Value> = data.operands.to_vec();
        // Conditions and lane numbers are not moved.
        let sources: &[Value] = match data.op {
            Op::Select => &operands[1..3],
            Op::InsertElement | Op::InsertValue(_) | Op::Shuffle(_) => &operands[..2],
            _ => &operands[..1],
        };
        let mut any = false;
        let mut shadows = Vec::with_capacity(2);
        for &source in sources {
            any |= self.tangent(source).is_some() || self.activity.shadow(source);
        }
        if !any {
            return Ok(None);
        }
        for &source in sources {
            shadows.push(self.shadow(inst, source)?);
        }
        let b = &self.b;
        let result = match &data.op {
            Op::Freeze => b.freeze(shadows[0]),
            Op::Select => b.select(self.primal(operands[0]), shadows[0], shadows[1]),
            Op::ExtractValue(path) => b.extract_path(shadows[0], path),
            Op::InsertValue(path) => b.insert_path(shadows[0], shadows[1], path),
            Op::ExtractElement => b.extract_element(shadows[0], self.primal(operands[1])),
            Op::InsertElement => b.insert_element(shadows[0], shadows[1], self.primal(operands[2])),
            Op::Shuffle(mask) => b.shuffle(shadows[0], shadows[1], mask),
            _ => return Err(self.refuse(inst, Code::Internal, "not an operation that moves data")),
        };
        Ok(Some(result))
    }
}
