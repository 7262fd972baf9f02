// Alias and mod/ref questions about one function, within an iteration and across iterations.
#include "common.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/Analysis/MemoryLocation.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
using namespace llvm;

namespace {

class Oracle {
  Function &F;
  BatchAAResults Same, Cross;
  SmallPtrSet<const BasicBlock *, 16> Cyclic;
  DenseMap<std::pair<const Value *, uint64_t>, AAMDNodes> Tags;

public:
  Oracle(Function &F, AAResults &AA) : F(F), Same(AA), Cross(AA) {
    Cross.enableCrossIterationMode();
    for (auto It = scc_begin(&F); !It.isAtEnd(); ++It)
      if (It.hasCycle())
        Cyclic.insert((*It).begin(), (*It).end());
  }
  BatchAAResults &batch(bool Crossing) { return Crossing ? Cross : Same; }

  // A pointer that may have another value in another iteration.
  bool isVariant(const Value *P) const {
    auto *I = dyn_cast<Instruction>(P);
    return I && Cyclic.contains(I->getParent());
  }

  // The TBAA tag every direct access through P of that size has; a location is only known by its pointer, so a tag
  // is used only if nothing but such accesses (and address arithmetic, which makes other pointers) uses P.
  AAMDNodes tags(const Value *P, uint64_t Size) {
    if (isa<Constant>(P))
      return AAMDNodes();
    auto [It, New] = Tags.try_emplace({P, Size});
    if (!New)
      return It->second;
    MDNode *Tag = nullptr;
    unsigned Seen = 0;
    const DataLayout &DL = F.getDataLayout();
    for (const User *U : P->users()) {
      if (++Seen > 64)
        return AAMDNodes();
      if (isa<GetElementPtrInst>(U) || isa<ICmpInst>(U))
        continue;
      const Value *Pointer = getLoadStorePointerOperand(U);
      auto *S = dyn_cast<StoreInst>(U);
      if (!Pointer || Pointer != P || (S && S->getValueOperand() == P))
        return AAMDNodes();
      TypeSize Bytes = DL.getTypeStoreSize(getLoadStoreType(const_cast<User *>(U)));
      MDNode *T = cast<Instruction>(U)->getMetadata(LLVMContext::MD_tbaa);
      if (Bytes.isScalable() || Bytes.getFixedValue() != Size || !T || (Tag && Tag != T))
        return AAMDNodes();
      Tag = T;
    }
    AAMDNodes Found;
    Found.TBAA = Tag;
    Tags[{P, Size}] = Found;
    return Found;
  }

  MemoryLocation location(const Value *P, bool Sized, uint64_t Size, bool Crossing) {
    if (!Sized)
      return MemoryLocation::getBeforeOrAfter(P);
    AAMDNodes T = tags(P, Size);
    if (Crossing && isVariant(P))
      return MemoryLocation::getBeforeOrAfter(P, T);
    return MemoryLocation(P, LocationSize::upperBound(Size), T);
  }

  // An access without the facts that hold in one iteration only.
  MemoryLocation crossing(MemoryLocation L) const {
    L.AATags.Scope = nullptr;
    L.AATags.NoAlias = nullptr;
    L.AATags.NoAliasAddrSpace = nullptr;
    return isVariant(L.Ptr) ? L.getWithNewSize(LocationSize::beforeOrAfterPointer()) : L;
  }

  ModRefInfo modRef(Instruction *I, const MemoryLocation &Loc, bool Crossing) {
    if (!Crossing || isa<CallBase>(I))
      return batch(Crossing).getModRefInfo(I, Loc);
    if (!I->mayReadOrWriteMemory())
      return ModRefInfo::NoModRef;
    auto Own = MemoryLocation::getOrNone(I);
    if (!Own || I->isVolatile() || I->isAtomic())
      return ModRefInfo::ModRef;
    ModRefInfo Kind = isa<StoreInst>(I) ? ModRefInfo::Mod : isa<LoadInst>(I) ? ModRefInfo::Ref : ModRefInfo::ModRef;
    Kind &= Cross.getModRefInfoMask(Loc);
    if (isNoModRef(Kind) || Cross.alias(crossing(*Own), Loc) == AliasResult::NoAlias)
      return ModRefInfo::NoModRef;
    return Kind;
  }
};

} // namespace

extern "C" {

void *rz_oracle_new(void *FAM, LLVMValueRef F) {
  auto &Fn = *unwrap<Function>(F);
  return new Oracle(Fn, static_cast<FunctionAnalysisManager *>(FAM)->getResult<AAManager>(Fn));
}
void rz_oracle_free(void *O) { delete static_cast<Oracle *>(O); }
// Bit 0: the instruction may read the location; bit 1: it may write it.
unsigned rz_oracle_modref(void *O, LLVMValueRef I, LLVMValueRef P, int Sized, uint64_t Size, int Crossing) {
  auto *Or = static_cast<Oracle *>(O);
  MemoryLocation Loc = Or->location(unwrap(P), Sized, Size, Crossing);
  ModRefInfo R = Or->modRef(unwrap<Instruction>(I), Loc, Crossing);
  return (isRefSet(R) ? 1u : 0u) | (isModSet(R) ? 2u : 0u);
}
// 0 no alias, 1 may, 2 must.
unsigned rz_oracle_alias(void *O, LLVMValueRef P, int PSized, uint64_t PSize, LLVMValueRef Q, int QSized,
                         uint64_t QSize, int Crossing) {
  auto *Or = static_cast<Oracle *>(O);
  AliasResult R = Or->batch(Crossing).alias(Or->location(unwrap(P), PSized, PSize, Crossing),
                                            Or->location(unwrap(Q), QSized, QSize, Crossing));
  if (R == AliasResult::NoAlias)
    return 0;
  bool Varies = Crossing && (Or->isVariant(unwrap(P)) || Or->isVariant(unwrap(Q)));
  return R == AliasResult::MustAlias && !Varies ? 2 : 1;
}
}
