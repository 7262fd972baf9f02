// Whether what a load reads was written earlier in the same iteration of a loop: array sections by scalar evolution.
//
// A load may be from a neighbour on a ring, or behind an end that is clamped. Its index is one of two, and which one is
// decided so that it stays among the indices of the loop:
//
//   next = i == n - 1 ? 0 : i + 1        i + 1 is taken below the end only
//   last = i > 0 ? i - 1 : n - 1
//
// Or it is an index that a loop before it has chosen, as the place of a minimum.
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
#include "llvm/IR/PatternMatch.h"
#include <optional>
using namespace llvm;
using namespace llvm::PatternMatch;

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
    widenChoice(*Wanted, Common);
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

  // What an index can be while a loop runs, the ends included, as numbers without a sign.
  struct Indices {
    const SCEV *First, *Last;
  };

  // Selections of selections looked through.
  static constexpr unsigned Depth = 4;

  std::optional<Indices> indices(Value *V, const Loop *W, unsigned Level = 0) {
    if (auto *R = recurrence(SE.getSCEV(V), W)) {
      const SCEV *Last = last(W, R);
      if (!R->getStart()->isZero() || !R->getStepRecurrence(SE)->isOne() || !Last)
        return std::nullopt;
      return Indices{R->getStart(), Last};
    }
    auto *S = dyn_cast<SelectInst>(V);
    auto *Test = S ? dyn_cast<ICmpInst>(S->getCondition()) : nullptr;
    if (!Test || Level == Depth || !Test->getOperand(0)->getType()->isIntegerTy())
      return std::nullopt;
    for (bool If : {true, false})
      if (auto Found = neighbour(If ? S->getTrueValue() : S->getFalseValue(), If ? S->getFalseValue() : S->getTrueValue(),
                                 Test, If, W, Level))
        return Found;
    return std::nullopt;
  }

  // Moved, an index and one, is taken where the test says If, and never at the end to which it moves. Else it is Other,
  // which is an end, or the index itself. So all are among the values of that index.
  std::optional<Indices> neighbour(Value *Moved, Value *Other, ICmpInst *Test, bool If, const Loop *W, unsigned Level) {
    Value *From;
    const APInt *By;
    if (!match(Moved, m_Add(m_Value(From), m_APInt(By))) || !(By->isOne() || By->isAllOnes()))
      return std::nullopt;
    // Where the test says If, its operands differ.
    bool Differ = Test->isEquality() ? Test->getPredicate() == (If ? ICmpInst::ICMP_NE : ICmpInst::ICMP_EQ)
                                     : ICmpInst::isStrictPredicate(Test->getPredicate()) == If;
    auto Found = Differ ? indices(From, W, Level + 1) : std::nullopt;
    if (!Found)
      return std::nullopt;
    const SCEV *At = SE.getSCEV(From), *To = SE.getSCEV(Other);
    const SCEV *Left = SE.getSCEV(Test->getOperand(0)), *Right = SE.getSCEV(Test->getOperand(1));
    if (Left->getType() != At->getType())
      return std::nullopt;
    const SCEV *Beyond = SE.getMinusSCEV(At, By->isOne() ? Found->Last : Found->First);
    bool Stays = SE.getMinusSCEV(Left, Right) == Beyond || SE.getMinusSCEV(Right, Left) == Beyond;
    auto Is = [&](const SCEV *End) { return SE.getMinusSCEV(To, End)->isZero(); };
    if (!Stays || !(Is(Found->First) || Is(Found->Last) || Is(At)))
      return std::nullopt;
    return Found;
  }

  // The values in S that W changes, other than by recurrences.
  SmallPtrSet<Value *, 4> changed(const SCEV *S, const Loop *W) {
    struct Finder {
      ScalarEvolution &SE;
      const Loop *W;
      SmallPtrSet<Value *, 4> Found;
      bool follow(const SCEV *Part) {
        auto *Unknown = dyn_cast<SCEVUnknown>(Part);
        if (Unknown && !SE.isLoopInvariant(Part, W))
          Found.insert(Unknown->getValue());
        return true;
      }
      bool isDone() const { return false; }
    } Find{SE, W, {}};
    visitAll(S, Find);
    return Find.Found;
  }

  // The integer in S that W changes, other than by recurrences, if it is the only one.
  Value *index(const SCEV *S, const Loop *W) {
    auto Values = changed(S, W);
    return Values.size() == 1 && (*Values.begin())->getType()->isIntegerTy() ? *Values.begin() : nullptr;
  }

  // The least (or greatest) value of S, which grows with V, one of Range, while W runs; null if unknown.
  const SCEV *among(const SCEV *S, Value *V, const Indices &Range, const Loop *W, bool Least) {
    auto At = [&](const SCEV *Index) {
      ValueToSCEVMapTy Map;
      Map[V] = Index;
      return SCEVParameterRewriter::rewrite(S, SE, Map);
    };
    const SCEV *Index = SE.getSCEV(V);
    const SCEV *Step = SE.getMinusSCEV(At(SE.getAddExpr(Index, SE.getOne(Index->getType()))), S);
    const SCEV *End = At(Least ? Range.First : Range.Last);
    bool Grows = !isa<SCEVCouldNotCompute>(Step) && SE.isLoopInvariant(Step, W) &&
                 (SE.isKnownNonNegative(Step) || SE.isKnownNonNegative(SE.applyLoopGuards(Step, W)));
    return Grows && SE.isLoopInvariant(End, W) ? End : nullptr;
  }

  // The same for a number that W computes in each iteration.
  const SCEV *indexed(const SCEV *S, const Loop *W, bool Least) {
    Value *V = index(S, W);
    auto Range = V ? indices(V, W) : std::nullopt;
    return Range ? among(S, V, *Range, W, Least) : nullptr;
  }

  // Where loops in W choose one of their indices, or none and keep the first, all that they may choose.
  std::optional<Indices> chosen(Value *V, const Loop *W) {
    std::optional<Indices> Found;
    SmallPtrSet<Value *, 8> Seen;
    SmallPtrSet<const SCEV *, 2> Kept;
    SmallVector<Value *, 8> Work{V};
    while (!Work.empty()) {
      Value *One = Work.pop_back_val();
      if (!Seen.insert(One).second)
        continue;
      auto *R = dyn_cast<SCEVAddRecExpr>(SE.getSCEV(One));
      if (R && R->getLoop() != W && W->contains(R->getLoop())) {
        const SCEV *Last = R->isAffine() && R->getStepRecurrence(SE)->isOne() ? last(R->getLoop(), R) : nullptr;
        if (!Last || !SE.isKnownNonNegative(R->getStart()) || (Found && Found->Last != Last))
          return std::nullopt;
        Kept.insert(R->getStart());
        Found = Indices{R->getStart(), Last};
      } else if (auto *Phi = dyn_cast<PHINode>(One); Phi && W->contains(Phi) && Phi->getParent() != W->getHeader()) {
        append_range(Work, Phi->incoming_values());
      } else if (auto *Select = dyn_cast<SelectInst>(One)) {
        Work.append({Select->getTrueValue(), Select->getFalseValue()});
      } else if (isa<ConstantInt>(One)) {
        Kept.insert(SE.getSCEV(One));
      } else {
        return std::nullopt;
      }
    }
    return Kept.size() == 1 ? Found : std::nullopt;
  }

  // All that is touched whatever the loops in W choose.
  void widenChoice(Section &S, const Loop *W) {
    for (const SCEV **End : {&S.Low, &S.High}) {
      Value *V = index(*End, W);
      auto Range = V ? chosen(V, W) : std::nullopt;
      if (const SCEV *All = Range ? among(*End, V, *Range, W, End == &S.Low) : nullptr)
        *End = All;
    }
  }

  // The least (or greatest) value of S while W runs; null if unknown.
  const SCEV *bound(const SCEV *S, const Loop *W, bool Least) {
    if (SE.isLoopInvariant(S, W))
      return S;
    auto *R = recurrence(S, W);
    if (!R)
      return indexed(S, W, Least);
    // Steps of constant size: a loop long enough to wrap around the address space does not end.
    if (!isa<SCEVConstant>(R->getStepRecurrence(SE)))
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
