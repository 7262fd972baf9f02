// Cloning functions with a value map.
#include "common.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/ValueMapper.h"
using namespace llvm;

extern "C" {

void *rz_map_new() { return new ValueToValueMapTy(); }
void rz_map_free(void *M) { delete static_cast<ValueToValueMapTy *>(M); }
void rz_map_set(void *M, LLVMValueRef K, LLVMValueRef V) {
  (*static_cast<ValueToValueMapTy *>(M))[unwrap(K)] = unwrap(V);
}
LLVMValueRef rz_map_get(void *M, LLVMValueRef K) {
  return wrap(static_cast<ValueToValueMapTy *>(M)->lookup(unwrap(K)));
}
// Appends a copy of Old's body to New. Every parameter of Old must be mapped. CloneFunctionInto copies
// Old's linkage-dependent properties and drops dso_local, so both are put back.
void rz_clone_into(LLVMValueRef New, LLVMValueRef Old, void *M, int GlobalChanges, const char *Suffix) {
  auto *N = unwrap<Function>(New);
  auto *O = unwrap<Function>(Old);
  auto Linkage = N->getLinkage();
  auto Visibility = N->getVisibility();
  auto Storage = N->getDLLStorageClass();
  bool Local = N->isDSOLocal();
  Comdat *Group = N->getComdat();
  SmallVector<ReturnInst *, 8> Returns;
  CloneFunctionInto(N, O, *static_cast<ValueToValueMapTy *>(M),
                    GlobalChanges ? CloneFunctionChangeType::GlobalChanges
                                  : CloneFunctionChangeType::LocalChangesOnly,
                    Returns, Suffix);
  N->setLinkage(Linkage);
  if (!N->hasLocalLinkage()) {
    N->setVisibility(Visibility);
    N->setDLLStorageClass(Storage);
  }
  N->setComdat(Group);
  N->setDSOLocal(Local || N->hasLocalLinkage());
}
// A constant with its parts rewritten through the map; what is not in the map stays.
LLVMValueRef rz_map_constant(void *M, LLVMValueRef C) {
  return wrap(MapValue(unwrap<Constant>(C), *static_cast<ValueToValueMapTy *>(M), RF_NoModuleLevelChanges));
}
// Rewrites the operands of an instruction through the map; what is not in the map stays.
void rz_map_remap(void *M, LLVMValueRef I) {
  RemapInstruction(unwrap<Instruction>(I), *static_cast<ValueToValueMapTy *>(M),
                   RF_NoModuleLevelChanges | RF_IgnoreMissingLocals);
}
}
