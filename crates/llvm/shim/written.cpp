// Whether what a load reads was written earlier in the same iteration of a loop: array sections by scalar evolution.
#include "common.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PassManager.h"
#include <optional>
using namespace llvm;

namespace {

// The bytes from Low up to High, addresses as pointers.
struct Section {
  const SCEV *Low, *High;
};

class Writes {
  ScalarEvolution &SE;
  LoopInfo &LI;
  DominatorTree &DT;
  const DataLayout &DL;

public:
  Writes(FunctionAnalysisManager &FA, Function &F)
      : SE(FA.getResult<ScalarEvolutionAnalysis>(F)), LI(FA.getResult<LoopAnalysis>(F)),
        DT(FA.getResult<DominatorTreeAnalysis>(F)), DL(F.getDataLayout()) {}

  // Every execution of Read in an iteration of the loop reads bytes that Write, or the loops around it, wrote before.
  bool before(const Loop *L, LoadInst *Read, Instruction *Write) {
    // The innermost loop around both: the write is complete, in each of its iterations, when the read begins.
    const Loop *Common = LI.getLoopFor(Read->getParent());
    while (Common && !Common->contains(Write))
      Common = Common->getParentLoop();
    if (!Common || !L->contains(Common))
      return false;
    std::optional<Section> Written = own(Write);
    if (!Written)
      return false;
    const BasicBlock *Done = Write->getParent();
    const Loop *Top = nullptr;
    for (const Loop *W = LI.getLoopFor(Done); W != Common; W = W->getParentLoop()) {
      if (!isFull(W, Done) || !extend(*Written, W))
        return false;
      Done = W->getHeader();
      Top = W;
    }
    bool First = Top ? !Top->contains(Read) && DT.dominates(Done, Read->getParent()) : DT.dominates(Write, Read);
    std::optional<Section> Wanted = First ? own(Read) : std::nullopt;
    if (!Wanted)
      return false;
    for (const Loop *R = LI.getLoopFor(Read->getParent()); R != Common; R = R->getParentLoop())
      if (!widen(*Wanted, R))
        return false;
    return isOrdered(Written->Low, Wanted->Low, Top ? Top : Common) &&
           isOrdered(Wanted->High, Written->High, Top ? Top : Common);
  }

private:
  // The loop runs all its iterations, and in each passes through Done.
  bool isFull(const Loop *W, const BasicBlock *Done) {
    const BasicBlock *Latch = W->getLoopLatch();
    return Latch && W->getExitingBlock() == Latch && DT.dominates(Done, Latch) &&
           !isa<SCEVCouldNotCompute>(SE.getBackedgeTakenCount(W));
  }

  std::optional<Section> section(Value *Pointer, const SCEV *Bytes) {
    const SCEV *Low = SE.getSCEV(Pointer);
    return Section{Low, SE.getAddExpr(Low, SE.getTruncateOrZeroExtend(Bytes, SE.getEffectiveSCEVType(Low->getType())))};
  }

  std::optional<Section> own(Instruction *I) {
    if (auto *Set = dyn_cast<MemSetInst>(I))
      return section(Set->getDest(), SE.getSCEV(Set->getLength()));
    Value *Pointer = getLoadStorePointerOperand(I);
    if (!Pointer)
      return std::nullopt;
    TypeSize Bytes = DL.getTypeStoreSize(getLoadStoreType(I));
    if (Bytes.isScalable())
      return std::nullopt;
    return section(Pointer, SE.getConstant(SE.getEffectiveSCEVType(Pointer->getType()), Bytes.getFixedValue()));
  }

  const SCEV *last(const Loop *W, const SCEVAddRecExpr *R) {
    const SCEV *Count = SE.getBackedgeTakenCount(W);
    if (isa<SCEVCouldNotCompute>(Count) || SE.getTypeSizeInBits(Count->getType()) > SE.getTypeSizeInBits(R->getType()))
      return nullptr;
    return R->evaluateAtIteration(SE.getNoopOrZeroExtend(Count, SE.getEffectiveSCEVType(R->getType())), SE);
  }

  const SCEVAddRecExpr *recurrence(const SCEV *S, const Loop *W) {
    auto *R = dyn_cast<SCEVAddRecExpr>(S);
    return R && R->getLoop() == W && R->isAffine() ? R : nullptr;
  }

  // Consecutive iterations of W write consecutive sections.
  bool extend(Section &S, const Loop *W) {
    auto *Low = recurrence(S.Low, W), *High = recurrence(S.High, W);
    if (!Low || !High)
      return false;
    const SCEV *Step = Low->getStepRecurrence(SE);
    if (High->getStepRecurrence(SE) != Step || !SE.isKnownPositive(Step))
      return false;
    const SCEV *Gap = SE.getMinusSCEV(S.High, S.Low);
    if (isa<SCEVCouldNotCompute>(Gap) || !SE.getMinusSCEV(Gap, Step)->isZero())
      return false;
    const SCEV *End = last(W, High);
    if (!End)
      return false;
    S = {Low->getStart(), End};
    return true;
  }

  // The least (or greatest) value of S while W runs; null if unknown.
  const SCEV *bound(const SCEV *S, const Loop *W, bool Least) {
    if (SE.isLoopInvariant(S, W))
      return S;
    auto *R = recurrence(S, W);
    // Steps of constant size: a loop long enough to wrap around the address space does not end.
    if (!R || !isa<SCEVConstant>(R->getStepRecurrence(SE)))
      return nullptr;
    bool Up = SE.isKnownNonNegative(R->getStepRecurrence(SE));
    return Up == Least ? R->getStart() : last(W, R);
  }

  // All that is touched while W runs.
  bool widen(Section &S, const Loop *W) {
    S = {bound(S.Low, W, true), bound(S.High, W, false)};
    return S.Low && S.High;
  }

  bool isOrdered(const SCEV *A, const SCEV *B, const Loop *At) {
    const SCEV *Gap = SE.getMinusSCEV(B, A);
    if (isa<SCEVCouldNotCompute>(Gap))
      return false;
    return Gap->isZero() || SE.isKnownNonNegative(Gap) || SE.isKnownNonNegative(SE.applyLoopGuards(Gap, At));
  }
};

} // namespace

extern "C" {

// 1 if every byte the load reads was written before in the same iteration of the loop at Header.
int rz_written_before(void *FAM, LLVMValueRef F, LLVMValueRef Load, LLVMBasicBlockRef Header) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  auto &Fn = *unwrap<Function>(F);
  const Loop *L = FA.getResult<LoopAnalysis>(Fn).getLoopFor(unwrap(Header));
  auto *Read = dyn_cast<LoadInst>(unwrap(Load));
  if (!L || L->getHeader() != unwrap(Header) || !Read || !L->contains(Read))
    return 0;
  const Value *Object = getUnderlyingObject(Read->getPointerOperand());
  Writes W(FA, Fn);
  for (BasicBlock *B : L->blocks())
    for (Instruction &I : *B) {
      const Value *To = isa<MemSetInst>(I) ? cast<MemSetInst>(I).getDest()
                        : isa<StoreInst>(I) ? cast<StoreInst>(I).getPointerOperand()
                                            : nullptr;
      if (To && getUnderlyingObject(To) == Object && W.before(L, Read, &I))
        return 1;
    }
  return 0;
}
}
