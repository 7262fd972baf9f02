//! Reductions of vectors of floats.
//!
//! A sum is reduced alike. Products and extrema are written lane by lane, as the product rule and the
//! rule of the two-operand operation have them.

use super::function::Writer;
use rz_diag::{Code, Result};
use rz_llvm::Value as Ir;
use rz_rules::known::Reduce;
use rz_rules::{Emit, rule};
use rz_view::{Inst, Value};

/// `reassoc`, `nsz`, `arcp`, `contract` and `afn`: a sum of tangents may be reordered like its primal.
const SUM_FAST: u8 = 0b111_1001;

impl Writer<'_, '_> {
    /// The tangent of `llvm.vector.reduce.f*`.
    pub(super) fn reduce(&mut self, inst: Inst, op: Reduce, args: &[Value]) -> Result<Option<Ir>> {
        if args.iter().all(|&a| self.tangent(a).is_none()) {
            return Ok(None);
        }
        let intrinsic = match op {
            Reduce::Add => {
                let (start, vector) = (self.shadow(inst, args[0])?, self.shadow(inst, args[1])?);
                let sum = self.inst(inst).clone_instruction();
                sum.set_operand(0, start);
                sum.set_operand(1, vector);
                sum.keep_metadata(&[]);
                sum.set_fast_math(self.body.insts[inst].fast & SUM_FAST);
                self.b.insert(sum);
                return Ok(Some(sum));
            }
            Reduce::Mul => return self.product(inst, args).map(Some),
            Reduce::MinNum => "llvm.minnum",
            Reduce::MaxNum => "llvm.maxnum",
            Reduce::Minimum => "llvm.minimum",
            Reduce::Maximum => "llvm.maximum",
        };
        self.extremum(inst, intrinsic, args[0]).map(Some)
    }

    /// Lanes of a vector and of its tangent.
    fn pairs(&mut self, inst: Inst, vector: Value) -> Result<Vec<(Ir, Ir)>> {
        let (primal, tangent) = (self.primal(vector), self.shadow(inst, vector)?);
        if primal.ty().kind() != rz_llvm::TypeKind::Vector {
            return Err(self.refuse(
                inst,
                Code::UnsupportedInstruction,
                "a reduction of a vector whose length is not known",
            ));
        }
        let int = primal.context().int(32);
        let lane = |vector: Ir, i: u32| self.b.extract_element(vector, int.int_const(i.into()));
        Ok((0..primal.ty().vector_len())
            .map(|i| (lane(primal, i), lane(tangent, i)))
            .collect())
    }

    /// `(p·x)' = p'·x + p·x'`, from the first lane to the last.
    fn product(&mut self, inst: Inst, args: &[Value]) -> Result<Ir> {
        let mut product = self.primal(args[0]);
        let mut tangent = self.shadow(inst, args[0])?;
        let pairs = self.pairs(inst, args[1])?;
        let mut emit = self.emitter(inst, product.ty());
        for (x, dx) in pairs {
            let (left, right) = (emit.scale(tangent, x), emit.scale(dx, product));
            tangent = emit.add(left, right);
            product = emit.mul(product, x);
        }
        Ok(tangent)
    }

    /// The tangent of the lane that is chosen.
    fn extremum(&mut self, inst: Inst, intrinsic: &str, vector: Value) -> Result<Ir> {
        let pairs = self.pairs(inst, vector)?;
        let missing = || format!("{intrinsic} has no rule");
        let Some(rule) = rule(intrinsic) else {
            return Err(self.refuse(inst, Code::Internal, &missing()));
        };
        let mut lanes = pairs.into_iter();
        let Some((mut best, mut tangent)) = lanes.next() else {
            return Err(self.refuse(inst, Code::Internal, "an empty vector"));
        };
        for (x, dx) in lanes {
            let Some(next) = self.b.intrinsic(intrinsic, &[best.ty()], &[best, x]) else {
                return Err(self.refuse(inst, Code::Internal, &missing()));
            };
            let mut emit = self.emitter(inst, best.ty());
            let operands = [Some(best), Some(x)];
            let chosen = rule.tangent(&mut emit, &operands, Some(next), &[Some(tangent), Some(dx)]);
            tangent = chosen.unwrap_or_else(|| next.ty().zero());
            best = next;
        }
        Ok(tangent)
    }
}
