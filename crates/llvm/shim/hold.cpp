// What holding functions needs: loop latches of unsimplified code, inlining of one call.
#include "common.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Transforms/Utils/Cloning.h"
using namespace llvm;

extern "C" {

// Terminators of all latches of all loops of F, innermost loops included; returns how many there are.
size_t rz_loop_latches(void *FAM, LLVMValueRef F, LLVMValueRef *Out, size_t Room) {
  auto &LI = static_cast<FunctionAnalysisManager *>(FAM)->getResult<LoopAnalysis>(*unwrap<Function>(F));
  size_t N = 0;
  SmallVector<BasicBlock *, 4> Latches;
  for (Loop *L : LI.getLoopsInPreorder()) {
    Latches.clear();
    L->getLoopLatches(Latches);
    for (BasicBlock *B : Latches) {
      if (N < Room)
        Out[N] = wrap(B->getTerminator());
      ++N;
    }
  }
  return N;
}
int rz_is_musttail(LLVMValueRef V) {
  auto *C = dyn_cast<CallInst>(unwrap(V));
  return C && C->isMustTailCall();
}
// Inlines the call; 0 when LLVM refuses. The analyses of the caller are invalid afterwards.
int rz_inline_call(LLVMValueRef V) {
  InlineFunctionInfo Info;
  auto *Call = unwrap<CallBase>(V);
  Function *Caller = Call->getFunction();
  if (!InlineFunction(*Call, Info).isSuccess())
    return 0;
  // Inlining may leave debug records on phis, which the verifier rejects.
  if (Caller->getSubprogram())
    for (BasicBlock &B : *Caller)
      for (PHINode &Phi : B.phis())
        Phi.dropDbgRecords();
  return 1;
}
// Moves the source positions of instructions that were copied from other functions into the scope of
// this one: the line stays, the inlining chain goes. Debug records of other functions are dropped.
void rz_own_locations(LLVMValueRef F) {
  auto &Fn = *unwrap<Function>(F);
  DISubprogram *SP = Fn.getSubprogram();
  LLVMContext &C = Fn.getContext();
  auto Foreign = [&](const DILocation *L) { return L->getInlinedAtScope()->getSubprogram() != SP; };
  for (BasicBlock &B : Fn)
    for (Instruction &I : B) {
      for (DbgRecord &R : make_early_inc_range(I.getDbgRecordRange()))
        if (!R.getDebugLoc() || Foreign(R.getDebugLoc()))
          R.eraseFromParent();
      const DILocation *L = I.getDebugLoc();
      if (!L || !Foreign(L))
        continue;
      if (!SP) {
        I.setDebugLoc(DebugLoc());
        continue;
      }
      DILocalScope *Scope = SP;
      if (L->getFile() != SP->getFile())
        Scope = DILexicalBlockFile::get(C, SP, L->getFile(), 0);
      I.setDebugLoc(DILocation::get(C, L->getLine(), L->getColumn(), Scope));
    }
}
}
