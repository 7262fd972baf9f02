// Exact backedge counts and affine forms, exported as flat prefix trees.
#include "common.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PassManager.h"
#include <vector>
using namespace llvm;

namespace {

enum Tag : uint64_t { Const, Leaf, Add, Mul, UDiv, UMax, SMax, UMin, SMin, ZExt, SExt, Trunc, Affine };

// Writes an expression that is to be evaluated on entry to loop L; fails on anything that is not exact there.
class Exporter {
  ScalarEvolution &SE;
  DominatorTree &DT;
  AssumptionCache &AC;
  const Loop *L;
  std::vector<uint64_t> &Out;

public:
  Exporter(ScalarEvolution &SE, DominatorTree &DT, AssumptionCache &AC, const Loop *L, std::vector<uint64_t> &Out)
      : SE(SE), DT(DT), AC(AC), L(L), Out(Out) {}

  bool nary(Tag T, const SCEVNAryExpr *N) {
    Out.push_back(T);
    Out.push_back(N->getNumOperands());
    for (const SCEV *Op : N->operands())
      if (!write(Op))
        return false;
    return true;
  }
  bool cast(Tag T, const SCEVCastExpr *C) {
    Out.push_back(T);
    Out.push_back(SE.getTypeSizeInBits(C->getType()));
    return write(C->getOperand());
  }
  bool leaf(Value *V) {
    if (isa<UndefValue>(V)) // another value at each use
      return false;
    if (auto *I = dyn_cast<Instruction>(V))
      if (!DT.dominates(I, L->getHeader()) || L->contains(I))
        return false;
    Out.push_back(Leaf);
    Out.push_back(reinterpret_cast<uint64_t>(wrap(V)));
    return true;
  }
  // No leaf may be poison: a sequential minimum stops at zero before it looks at later operands, ours does not.
  bool isDefined(const SCEV *S) {
    return !SCEVExprContains(S, [&](const SCEV *Op) {
      auto *U = dyn_cast<SCEVUnknown>(Op);
      return U && !isGuaranteedNotToBePoison(U->getValue(), &AC, L->getHeader()->getTerminator(), &DT);
    });
  }
  bool write(const SCEV *S) {
    if (Out.size() > 512)
      return false;
    switch (S->getSCEVType()) {
    case scConstant: {
      const APInt &V = cast_const(S);
      if (V.getActiveBits() > 64)
        return false;
      Out.push_back(Const);
      Out.push_back(V.getBitWidth());
      Out.push_back(V.getZExtValue());
      return true;
    }
    case scUnknown:
      return leaf(llvm::cast<SCEVUnknown>(S)->getValue());
    case scPtrToInt:
      return write(llvm::cast<SCEVPtrToIntExpr>(S)->getOperand());
    case scTruncate:
      return cast(Trunc, llvm::cast<SCEVCastExpr>(S));
    case scZeroExtend:
      return cast(ZExt, llvm::cast<SCEVCastExpr>(S));
    case scSignExtend:
      return cast(SExt, llvm::cast<SCEVCastExpr>(S));
    case scAddExpr:
      return nary(Add, llvm::cast<SCEVNAryExpr>(S));
    case scMulExpr:
      return nary(Mul, llvm::cast<SCEVNAryExpr>(S));
    case scUMaxExpr:
      return nary(UMax, llvm::cast<SCEVNAryExpr>(S));
    case scSMaxExpr:
      return nary(SMax, llvm::cast<SCEVNAryExpr>(S));
    case scUMinExpr:
      return nary(UMin, llvm::cast<SCEVNAryExpr>(S));
    case scSMinExpr:
      return nary(SMin, llvm::cast<SCEVNAryExpr>(S));
    case scSequentialUMinExpr: {
      auto *N = llvm::cast<SCEVNAryExpr>(S);
      for (unsigned I = 1; I < N->getNumOperands(); ++I)
        if (!isDefined(N->getOperand(I)))
          return false;
      return nary(UMin, N);
    }
    case scUDivExpr: {
      auto *D = llvm::cast<SCEVUDivExpr>(S);
      // Evaluated unconditionally on entry, so the divisor must never be zero.
      if (!SE.isKnownNonZero(D->getRHS()) || !isDefined(D->getRHS()))
        return false;
      Out.push_back(UDiv);
      return write(D->getLHS()) && write(D->getRHS());
    }
    case scAddRecExpr: {
      auto *R = llvm::cast<SCEVAddRecExpr>(S);
      if (!R->isAffine() || R->getLoop() == L || !R->getLoop()->contains(L))
        return false;
      Out.push_back(Affine);
      Out.push_back(reinterpret_cast<uint64_t>(wrap(R->getLoop()->getHeader())));
      return write(R->getStart()) && write(R->getStepRecurrence(SE));
    }
    case scVScale:
    case scCouldNotCompute:
      return false;
    }
    return false;
  }

private:
  static const APInt &cast_const(const SCEV *S) { return llvm::cast<SCEVConstant>(S)->getAPInt(); }
};

struct Scope {
  ScalarEvolution &SE;
  DominatorTree &DT;
  AssumptionCache &AC;
  const Loop *L;
};

Scope scope(void *FAM, Function &F, BasicBlock *Header) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  const Loop *L = FA.getResult<LoopAnalysis>(F).getLoopFor(Header);
  if (L && L->getHeader() != Header)
    L = nullptr;
  return {FA.getResult<ScalarEvolutionAnalysis>(F), FA.getResult<DominatorTreeAnalysis>(F),
          FA.getResult<AssumptionAnalysis>(F), L};
}

size_t deliver(const std::vector<uint64_t> &Words, uint64_t *Out, size_t Room) {
  if (Words.size() > Room)
    return 0;
  std::memcpy(Out, Words.data(), Words.size() * sizeof(uint64_t));
  return Words.size();
}

// The least (or greatest) value of S, an integer, in the iterations of W; null if unknown. What S stands for is the
// distance of an address that each iteration accesses, so it does not wrap around on the way.
const SCEV *extreme(ScalarEvolution &SE, const SCEV *S, const Loop *W, bool Least) {
  if (SE.isLoopInvariant(S, W))
    return S;
  auto *R = dyn_cast<SCEVAddRecExpr>(S);
  const SCEV *Count = SE.getBackedgeTakenCount(W);
  if (!R || R->getLoop() != W || !R->isAffine() || isa<SCEVCouldNotCompute>(Count) ||
      SE.getTypeSizeInBits(Count->getType()) > SE.getTypeSizeInBits(R->getType()))
    return nullptr;
  const SCEV *First = R->getStart(), *Step = R->getStepRecurrence(SE);
  const SCEV *Last = R->evaluateAtIteration(SE.getNoopOrZeroExtend(Count, R->getType()), SE);
  const SCEV *Guarded = SE.applyLoopGuards(Step, W);
  if (SE.isKnownNonNegative(Step) || SE.isKnownNonNegative(Guarded))
    return Least ? First : Last;
  if (SE.isKnownNonPositive(Step) || SE.isKnownNonPositive(Guarded))
    return Least ? Last : First;
  return Least ? SE.getSMinExpr(First, Last) : SE.getSMaxExpr(First, Last);
}

} // namespace

extern "C" {

// Number of words written; 0 when the count is not exact or not expressible.
size_t rz_backedge_count(void *FAM, LLVMValueRef F, LLVMBasicBlockRef Header, uint64_t *Out, size_t Room) {
  Scope S = scope(FAM, *unwrap<Function>(F), unwrap(Header));
  if (!S.L)
    return 0;
  const SCEV *Count = S.SE.getBackedgeTakenCount(S.L);
  if (isa<SCEVCouldNotCompute>(Count))
    return 0;
  Count = S.SE.getSCEVAtScope(Count, S.L->getParentLoop());
  std::vector<uint64_t> Words;
  return Exporter(S.SE, S.DT, S.AC, S.L, Words).write(Count) ? deliver(Words, Out, Room) : 0;
}
// 1 if pointer V moves by Out bytes in each iteration of the loop at Header.
int rz_step(void *FAM, LLVMValueRef F, LLVMValueRef V, LLVMBasicBlockRef Header, int64_t *Out) {
  Scope S = scope(FAM, *unwrap<Function>(F), unwrap(Header));
  if (!S.L)
    return 0;
  auto *R = dyn_cast<SCEVAddRecExpr>(S.SE.getSCEV(unwrap(V)));
  if (!R || R->getLoop() != S.L || !R->isAffine())
    return 0;
  auto *Step = dyn_cast<SCEVConstant>(R->getStepRecurrence(S.SE));
  if (!Step || Step->getAPInt().getSignificantBits() > 32)
    return 0;
  *Out = Step->getAPInt().getSExtValue();
  return 1;
}
// 1 if pointer A is always Out bytes behind pointer B.
int rz_distance(void *FAM, LLVMValueRef F, LLVMValueRef A, LLVMValueRef B, int64_t *Out) {
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  auto &SE = FA.getResult<ScalarEvolutionAnalysis>(*unwrap<Function>(F));
  auto *D = dyn_cast<SCEVConstant>(SE.getMinusSCEV(SE.getSCEV(unwrap(A)), SE.getSCEV(unwrap(B))));
  if (!D || D->getAPInt().getSignificantBits() > 32)
    return 0;
  *Out = D->getAPInt().getSExtValue();
  return 1;
}
// Start, then step, of V as an affine recurrence of the loop at Header.
size_t rz_affine(void *FAM, LLVMValueRef F, LLVMValueRef V, LLVMBasicBlockRef Header, uint64_t *Out, size_t Room) {
  Scope S = scope(FAM, *unwrap<Function>(F), unwrap(Header));
  Value *Val = unwrap(V);
  if (!S.L || !S.SE.isSCEVable(Val->getType()))
    return 0;
  auto *R = dyn_cast<SCEVAddRecExpr>(S.SE.getSCEV(Val));
  if (!R || R->getLoop() != S.L || !R->isAffine())
    return 0;
  const Loop *Outer = S.L->getParentLoop();
  std::vector<uint64_t> Words;
  Exporter E(S.SE, S.DT, S.AC, S.L, Words);
  if (!E.write(S.SE.getSCEVAtScope(R->getStart(), Outer)) ||
      !E.write(S.SE.getSCEVAtScope(R->getStepRecurrence(S.SE), Outer)))
    return 0;
  return deliver(Words, Out, Room);
}
// Where Writer, which each iteration of the loops around it inside of the loop at Header executes, writes in one iteration of
// that loop, the same in each: a pointer, and the bytes behind it from the first to the last but one number.
size_t rz_written_range(void *FAM, LLVMValueRef F, LLVMValueRef Writer, LLVMBasicBlockRef Header, uint64_t *Out,
                        size_t Room) {
  Function &Fn = *unwrap<Function>(F);
  Scope S = scope(FAM, Fn, unwrap(Header));
  auto *I = dyn_cast<Instruction>(unwrap(Writer));
  if (!S.L || !I || !S.L->contains(I))
    return 0;
  ScalarEvolution &SE = S.SE;
  const DataLayout &DL = Fn.getDataLayout();
  Value *To = nullptr;
  const SCEV *Bytes = nullptr;
  if (auto *Block = dyn_cast<MemIntrinsic>(I)) {
    To = Block->getRawDest();
    Bytes = SE.getSCEV(Block->getLength());
  } else if (auto *Store = dyn_cast<StoreInst>(I)) {
    TypeSize Size = DL.getTypeStoreSize(Store->getValueOperand()->getType());
    if (Size.isScalable())
      return 0;
    To = Store->getPointerOperand();
    Bytes = SE.getConstant(Type::getInt64Ty(Fn.getContext()), Size.getFixedValue());
  } else {
    return 0;
  }
  const SCEV *At = SE.getSCEV(To), *Base = SE.getPointerBase(At);
  if (!isa<SCEVUnknown>(Base))
    return 0;
  const SCEV *Low = SE.removePointerBase(At);
  const SCEV *High = SE.getAddExpr(Low, SE.getTruncateOrZeroExtend(Bytes, Low->getType()));
  auto &LI = static_cast<FunctionAnalysisManager *>(FAM)->getResult<LoopAnalysis>(Fn);
  for (const Loop *W = LI.getLoopFor(I->getParent()); W != S.L; W = W->getParentLoop()) {
    Low = extreme(SE, Low, W, true);
    High = extreme(SE, High, W, false);
    if (!Low || !High)
      return 0;
  }
  if (!SE.isLoopInvariant(Low, S.L) || !SE.isLoopInvariant(High, S.L))
    return 0;
  std::vector<uint64_t> Words;
  Exporter E(SE, S.DT, S.AC, S.L, Words);
  return E.write(Base) && E.write(Low) && E.write(High) ? deliver(Words, Out, Room) : 0;
}
}
