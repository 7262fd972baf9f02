// What integers can be where they are computed.
#include "common.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LazyValueInfo.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/ConstantRange.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Operator.h"
#include "llvm/IR/PassManager.h"
using namespace llvm;

namespace {

// A phi that starts positive and is only ever multiplied by something positive stays what it was, or grows: where it
// would not, the product is poison. Scalar evolution knows no such recurrences.
//
//   %length = phi [ 2, %entry ], [ %twice, %loop ]      2 … 2^63 - 1
//   %twice = shl nsw %length, 1
ConstantRange growing(ScalarEvolution &SE, Instruction *I) {
  unsigned Bits = I->getType()->getIntegerBitWidth();
  auto Full = ConstantRange::getFull(Bits);
  BinaryOperator *Step;
  Value *Start, *By;
  auto *P = dyn_cast<PHINode>(I);
  if (!P || !matchSimpleRecurrence(P, Step, Start, By) || Step->getOperand(0) != P)
    return Full;
  bool Grows = Step->getOpcode() == Instruction::Shl ||
               (Step->getOpcode() == Instruction::Mul && SE.getSignedRange(SE.getSCEV(By)).getSignedMin().isStrictlyPositive());
  if (!Grows)
    return Full;
  if (Step->hasNoSignedWrap()) {
    APInt Least = SE.getSignedRange(SE.getSCEV(Start)).getSignedMin();
    if (Least.isStrictlyPositive())
      return ConstantRange(Least, APInt::getSignedMinValue(Bits));
  }
  if (Step->hasNoUnsignedWrap()) {
    APInt Least = SE.getUnsignedRange(SE.getSCEV(Start)).getUnsignedMin();
    if (!Least.isZero())
      return ConstantRange(Least, APInt::getZero(Bits));
  }
  return Full;
}

} // namespace

extern "C" {

// 1 if V, an instruction, is in Out[0] ... Out[1] - 1 (modulo the size of its type) where it is computed, or poison.
int rz_range(void *FAM, LLVMValueRef F, LLVMValueRef V, uint64_t *Out) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  auto &Fn = *unwrap<Function>(F);
  auto *I = dyn_cast<Instruction>(unwrap(V));
  if (!I || !I->getType()->isIntegerTy() || I->getType()->getIntegerBitWidth() > 64)
    return 0;
  auto &SE = FA.getResult<ScalarEvolutionAnalysis>(Fn);
  Instruction *At = isa<PHINode>(I) ? &*I->getParent()->getFirstNonPHIIt() : I;
  ConstantRange R = FA.getResult<LazyValueAnalysis>(Fn).getConstantRange(I, At, /*UndefAllowed=*/false);
  const SCEV *S = SE.getSCEV(I);
  R = R.intersectWith(SE.getUnsignedRange(S)).intersectWith(SE.getSignedRange(S), ConstantRange::Signed);
  R = R.intersectWith(growing(SE, I));
  if (R.isFullSet() || R.isEmptySet())
    return 0;
  Out[0] = R.getLower().getZExtValue();
  Out[1] = R.getUpper().getZExtValue();
  return 1;
}
}
