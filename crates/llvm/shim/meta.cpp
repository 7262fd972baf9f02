// Metadata, alias scopes and loop identifiers.
#include "common.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"
using namespace llvm;

extern "C" {

char *rz_md_kind_name(LLVMContextRef C, unsigned Kind) {
  SmallVector<StringRef, 64> Names;
  unwrap(C)->getMDKindNames(Names);
  return Kind < Names.size() ? rzString(Names[Kind]) : nullptr;
}
LLVMMetadataRef rz_inst_md(LLVMValueRef V, unsigned Kind) {
  return wrap(unwrap<Instruction>(V)->getMetadata(Kind));
}
void rz_inst_set_md(LLVMValueRef V, unsigned Kind, LLVMMetadataRef MD) {
  unwrap<Instruction>(V)->setMetadata(Kind, MD ? cast<MDNode>(unwrap(MD)) : nullptr);
}
LLVMMetadataRef rz_global_md(LLVMValueRef V, unsigned Kind) {
  return wrap(unwrap<GlobalObject>(V)->getMetadata(Kind));
}
void rz_global_set_md(LLVMValueRef V, unsigned Kind, LLVMMetadataRef MD) {
  unwrap<GlobalObject>(V)->setMetadata(Kind, MD ? cast<MDNode>(unwrap(MD)) : nullptr);
}
// Constants that nothing uses count as users until they are destroyed.
void rz_global_drop_dead_users(LLVMValueRef V) { unwrap<GlobalValue>(V)->removeDeadConstantUsers(); }
// Kinds attached to an instruction, debug location excluded. Returns how many there are.
unsigned rz_inst_md_kinds(LLVMValueRef V, unsigned *Out, unsigned Room) {
  SmallVector<std::pair<unsigned, MDNode *>, 8> All;
  unwrap<Instruction>(V)->getAllMetadataOtherThanDebugLoc(All);
  for (unsigned I = 0; I < All.size() && I < Room; ++I)
    Out[I] = All[I].first;
  return (unsigned)All.size();
}
unsigned rz_global_md_kinds(LLVMValueRef V, unsigned *Out, unsigned Room) {
  SmallVector<std::pair<unsigned, MDNode *>, 8> All;
  unwrap<GlobalObject>(V)->getAllMetadata(All);
  for (unsigned I = 0; I < All.size() && I < Room; ++I)
    Out[I] = All[I].first;
  return (unsigned)All.size();
}
// What a metadata operand is: 0 null or unknown, 1 node, 2 string, 3 constant integer, 4 other value.
unsigned rz_md_class(LLVMMetadataRef MD) {
  if (!MD)
    return 0;
  Metadata *M = unwrap(MD);
  if (isa<MDNode>(M)) return 1;
  if (isa<MDString>(M)) return 2;
  if (auto *C = dyn_cast<ConstantAsMetadata>(M))
    return isa<ConstantInt>(C->getValue()) ? 3 : 4;
  return isa<ValueAsMetadata>(M) ? 4 : 0;
}
unsigned rz_md_len(LLVMMetadataRef MD) { return cast<MDNode>(unwrap(MD))->getNumOperands(); }
LLVMMetadataRef rz_md_operand(LLVMMetadataRef MD, unsigned I) {
  return wrap(cast<MDNode>(unwrap(MD))->getOperand(I).get());
}
char *rz_md_string(LLVMMetadataRef MD) { return rzString(cast<MDString>(unwrap(MD))->getString()); }
int64_t rz_md_int(LLVMMetadataRef MD) {
  return cast<ConstantInt>(cast<ConstantAsMetadata>(unwrap(MD))->getValue())->getSExtValue();
}
LLVMValueRef rz_md_value(LLVMMetadataRef MD) {
  return wrap(cast<ValueAsMetadata>(unwrap(MD))->getValue());
}
LLVMMetadataRef rz_md_of_value(LLVMValueRef V) {
  return wrap(cast<MetadataAsValue>(unwrap(V))->getMetadata());
}
int rz_md_distinct(LLVMMetadataRef MD) { return cast<MDNode>(unwrap(MD))->isDistinct(); }
LLVMMetadataRef rz_alias_domain(LLVMContextRef C, const char *Name) {
  return wrap(MDBuilder(*unwrap(C)).createAnonymousAliasScopeDomain(Name));
}
LLVMMetadataRef rz_alias_scope(LLVMContextRef C, LLVMMetadataRef Domain, const char *Name) {
  return wrap(MDBuilder(*unwrap(C)).createAnonymousAliasScope(cast<MDNode>(unwrap(Domain)), Name));
}
// A new self-referential loop identifier with the options of `Old` (may be null) and `Extra`
// (a node; may be null), without the options whose name starts with `Drop` (may be null).
LLVMMetadataRef rz_loop_id(LLVMContextRef C, LLVMMetadataRef Old, LLVMMetadataRef Extra, const char *Drop) {
  SmallVector<Metadata *, 4> Ops = {nullptr};
  if (Old) {
    auto *N = cast<MDNode>(unwrap(Old));
    for (unsigned I = 1; I < N->getNumOperands(); ++I) {
      auto *Option = dyn_cast_or_null<MDNode>(N->getOperand(I).get());
      auto *Name = Option && Option->getNumOperands()
                       ? dyn_cast_or_null<MDString>(Option->getOperand(0).get())
                       : nullptr;
      if (Drop && Name && Name->getString().starts_with(Drop))
        continue;
      Ops.push_back(N->getOperand(I).get());
    }
  }
  if (Extra)
    Ops.push_back(unwrap(Extra));
  MDNode *Id = MDNode::getDistinct(*unwrap(C), Ops);
  Id->replaceOperandWith(0, Id);
  return wrap(Id);
}
}
