// The first and the last iteration of a loop: where conditions hold only there, and what is computed there.
#include "common.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"
#include <optional>
using namespace llvm;

namespace {

const Loop *loopAt(FunctionAnalysisManager &FA, Function &F, BasicBlock *Header) {
  const Loop *L = FA.getResult<LoopAnalysis>(F).getLoopFor(Header);
  return L && L->getHeader() == Header ? L : nullptr;
}

// A - B, if it goes up or down by one in each iteration of L. Null otherwise.
const SCEVAddRecExpr *counting(ScalarEvolution &SE, const Loop *L, Value *A, Value *B) {
  if (!A->getType()->isIntegerTy() || A->getType() != B->getType())
    return nullptr;
  auto *R = dyn_cast<SCEVAddRecExpr>(SE.getMinusSCEV(SE.getSCEV(A), SE.getSCEV(B)));
  if (!R || R->getLoop() != L || !R->isAffine())
    return nullptr;
  auto *Step = dyn_cast<SCEVConstant>(R->getStepRecurrence(SE));
  return Step && (Step->getAPInt().isOne() || Step->getAPInt().isAllOnes()) ? R : nullptr;
}

std::optional<int64_t> small(const SCEV *S) {
  auto *C = dyn_cast<SCEVConstant>(S);
  if (!C || C->getAPInt().getSignificantBits() > 8)
    return std::nullopt;
  return C->getAPInt().getSExtValue();
}

// The numbers that A takes in the iterations of L follow each other in the order of the predicate, without a jump from
// the greatest number to the least.
bool isOrdered(ScalarEvolution &SE, const Loop *L, Value *A, bool Signed) {
  auto *R = dyn_cast<SCEVAddRecExpr>(SE.getSCEV(A));
  const SCEV *Count = SE.getBackedgeTakenCount(L);
  if (!R || R->getLoop() != L || !R->isAffine() || isa<SCEVCouldNotCompute>(Count) || Count->getType() != R->getType())
    return false;
  if (Signed ? R->hasNoSignedWrap() : R->hasNoUnsignedWrap() && R->getStepRecurrence(SE)->isOne())
    return true;
  const SCEV *Last = R->evaluateAtIteration(Count, SE);
  bool Up = R->getStepRecurrence(SE)->isOne();
  CmpPredicate P = Signed ? (Up ? CmpInst::ICMP_SLE : CmpInst::ICMP_SGE) : (Up ? CmpInst::ICMP_ULE : CmpInst::ICMP_UGE);
  return SE.isKnownPredicate(P, R->getStart(), Last) || SE.isLoopEntryGuardedByCond(L, P, R->getStart(), Last);
}

} // namespace

extern "C" {

// `A Pred B` is the same in all iterations of the loop at Header but one: 1 if that is the first, 2 if it is the last, else 0.
// Out is what it is in the others. The loop leaves at its end when `ExitA` and `ExitB` are equal.
int rz_end(void *FAM, LLVMValueRef F, LLVMBasicBlockRef Header, unsigned Pred, LLVMValueRef A, LLVMValueRef B,
           LLVMValueRef ExitA, LLVMValueRef ExitB, int *Out) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  Function &Fn = *unwrap<Function>(F);
  const Loop *L = loopAt(FA, Fn, unwrap(Header));
  auto &SE = FA.getResult<ScalarEvolutionAnalysis>(Fn);
  if (!L)
    return 0;
  Value *X = unwrap(A), *Y = unwrap(B);
  auto P = static_cast<CmpInst::Predicate>(Pred);
  if (L->isLoopInvariant(X)) {
    std::swap(X, Y);
    P = CmpInst::getSwappedPredicate(P);
  }
  const SCEVAddRecExpr *D = counting(SE, L, X, Y);
  const SCEVAddRecExpr *Leaves = counting(SE, L, unwrap(ExitA), unwrap(ExitB));
  if (!D || !Leaves || D->getType() != Leaves->getType() || !L->isLoopInvariant(Y))
    return 0;
  bool Up = D->getStepRecurrence(SE)->isOne();
  // What is behind the first iteration where the difference is zero, or before the last: -1, 0 or 1.
  std::optional<int64_t> First = small(D->getStart());
  std::optional<int64_t> Last = small(SE.getMinusSCEV(D, Leaves));
  if (!Last)
    Last = small(SE.getAddExpr(D, Leaves));
  if (ICmpInst::isEquality(P)) {
    *Out = P == CmpInst::ICMP_NE;
    return First == 0 ? 1 : Last == 0 ? 2 : 0;
  }
  // The two differences between which the answer changes.
  bool Strict = P == CmpInst::ICMP_SLT || P == CmpInst::ICMP_ULT || P == CmpInst::ICMP_SGE || P == CmpInst::ICMP_UGE;
  int64_t Low = Strict ? -1 : 0, High = Low + 1;
  int End = First == (Up ? Low : High) ? 1 : Last == (Up ? High : Low) ? 2 : 0;
  if (!End || !isOrdered(SE, L, X, ICmpInst::isSigned(P)))
    return 0;
  bool Greater = P == CmpInst::ICMP_SGE || P == CmpInst::ICMP_UGE || P == CmpInst::ICMP_SGT || P == CmpInst::ICMP_UGT;
  bool AboveElsewhere = (End == 1) == Up;
  *Out = Greater == AboveElsewhere;
  return End;
}
// What pointer V, which moves by a number of bytes in each iteration of the loop at Header, is in the first and in the last
// one, computed before At. 0 if that cannot be computed there.
int rz_first_and_last(void *FAM, LLVMValueRef F, LLVMValueRef V, LLVMBasicBlockRef Header, LLVMValueRef At,
                      LLVMValueRef *First, LLVMValueRef *Last) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  Function &Fn = *unwrap<Function>(F);
  const Loop *L = loopAt(FA, Fn, unwrap(Header));
  auto &SE = FA.getResult<ScalarEvolutionAnalysis>(Fn);
  if (!L)
    return 0;
  const SCEV *Count = SE.getBackedgeTakenCount(L), *S = SE.getSCEV(unwrap(V));
  auto *R = dyn_cast<SCEVAddRecExpr>(S);
  if (isa<SCEVCouldNotCompute>(Count) || !R || R->getLoop() != L || !R->isAffine())
    return 0;
  Type *Wide = R->getStepRecurrence(SE)->getType();
  if (SE.getTypeSizeInBits(Count->getType()) > SE.getTypeSizeInBits(Wide))
    return 0;
  const SCEV *End = R->evaluateAtIteration(SE.getNoopOrZeroExtend(Count, Wide), SE);
  SCEVExpander E(SE, "end");
  Instruction *Before = unwrap<Instruction>(At);
  if (!E.isSafeToExpandAt(R->getStart(), Before) || !E.isSafeToExpandAt(End, Before))
    return 0;
  *First = wrap(E.expandCodeFor(R->getStart(), unwrap(V)->getType(), Before));
  *Last = wrap(E.expandCodeFor(End, unwrap(V)->getType(), Before));
  return 1;
}
}
