// Values, constants, types, attributes: what LLVM's C API lacks.
#include "common.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/IR/Attributes.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GetElementPtrTypeIterator.h"
#include "llvm/IR/GlobalAlias.h"
#include "llvm/IR/GlobalIFunc.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/ModRef.h"
#include "llvm/Support/raw_ostream.h"
using namespace llvm;

extern "C" {

unsigned rz_opcode(LLVMValueRef V) { return (unsigned)LLVMGetInstructionOpcode(V); }
unsigned rz_const_opcode(LLVMValueRef V) { return (unsigned)LLVMGetConstOpcode(V); }
const char *rz_const_opcode_name(LLVMValueRef V) {
  return Instruction::getOpcodeName(cast<ConstantExpr>(unwrap(V))->getOpcode());
}
const char *rz_opcode_name(LLVMValueRef V) { return unwrap<Instruction>(V)->getOpcodeName(); }
unsigned rz_type_kind(LLVMTypeRef T) { return (unsigned)LLVMGetTypeKind(T); }
unsigned rz_rmw_op(LLVMValueRef V) { return (unsigned)unwrap<AtomicRMWInst>(V)->getOperation(); }
int rz_is_atomic(LLVMValueRef V) { return unwrap<Instruction>(V)->isAtomic(); }
unsigned rz_linkage(LLVMValueRef V) { return (unsigned)unwrap<GlobalValue>(V)->getLinkage(); }
void rz_set_linkage(LLVMValueRef V, unsigned L) {
  unwrap<GlobalValue>(V)->setLinkage((GlobalValue::LinkageTypes)L);
}
int rz_is_interposable(LLVMValueRef V) { return unwrap<GlobalValue>(V)->isInterposable(); }
int rz_dso_local(LLVMValueRef V) { return unwrap<GlobalValue>(V)->isDSOLocal(); }
void rz_set_dso_local(LLVMValueRef V, int On) { unwrap<GlobalValue>(V)->setDSOLocal(On); }
void rz_set_comdat_none(LLVMValueRef V) { unwrap<GlobalObject>(V)->setComdat(nullptr); }
void rz_set_comdat_any(LLVMValueRef V) {
  auto *G = unwrap<GlobalObject>(V);
  G->setComdat(G->getParent()->getOrInsertComdat(G->getName()));
}

// The global an alias or ifunc stands for, through any number of aliases; null when it is an expression.
LLVMValueRef rz_aliasee(LLVMValueRef V) {
  if (auto *A = dyn_cast<GlobalAlias>(unwrap(V)))
    return wrap(A->getAliasee());
  return nullptr;
}

// Bits of a scalar (or splat vector) float constant, zero extended; null kind is excluded by the caller.
int rz_float_bits(LLVMValueRef V, uint64_t *Lo, uint64_t *Hi) {
  auto *C = dyn_cast<ConstantFP>(unwrap(V));
  if (!C)
    return 0;
  APInt Bits = C->getValueAPF().bitcastToAPInt().zext(128);
  *Lo = Bits.extractBitsAsZExtValue(64, 0);
  *Hi = Bits.extractBitsAsZExtValue(64, 64);
  return 1;
}
LLVMValueRef rz_float_from_bits(LLVMTypeRef T, uint64_t Lo, uint64_t Hi) {
  Type *Ty = unwrap(T);
  uint64_t Words[2] = {Lo, Hi};
  APInt Bits = APInt(128, ArrayRef<uint64_t>(Words, 2)).trunc(Ty->getScalarSizeInBits());
  return wrap(ConstantFP::get(Ty, APFloat(Ty->getScalarType()->getFltSemantics(), Bits)));
}
// The double nearest in the float type; works for vectors (splat) as well.
LLVMValueRef rz_float_from_f64(LLVMTypeRef T, double D) {
  return wrap(ConstantFP::get(unwrap(T), D));
}
// 1 and the value when the integer constant (or splat) has at most 128 bits, 2 when it is wider, 0 otherwise.
int rz_int_bits(LLVMValueRef V, uint64_t *Lo, uint64_t *Hi) {
  auto *C = dyn_cast<ConstantInt>(unwrap(V));
  if (!C)
    return 0;
  if (C->getBitWidth() > 128)
    return 2;
  APInt Bits = C->getValue().zext(128);
  *Lo = Bits.extractBitsAsZExtValue(64, 0);
  *Hi = Bits.extractBitsAsZExtValue(64, 64);
  return 1;
}
LLVMValueRef rz_int_from_bits(LLVMTypeRef T, uint64_t Lo, uint64_t Hi) {
  uint64_t Words[2] = {Lo, Hi};
  unsigned W = unwrap(T)->getScalarSizeInBits();
  return wrap(ConstantInt::get(unwrap(T), APInt(128, ArrayRef<uint64_t>(Words, 2)).zextOrTrunc(W)));
}
LLVMValueRef rz_splat(LLVMTypeRef VectorTy, LLVMValueRef Elem) {
  return wrap(ConstantVector::getSplat(cast<VectorType>(unwrap(VectorTy))->getElementCount(),
                                       unwrap<Constant>(Elem)));
}
LLVMValueRef rz_splat_value(LLVMValueRef V) {
  auto *C = dyn_cast<Constant>(unwrap(V));
  return C && C->getType()->isVectorTy() ? wrap(C->getSplatValue()) : nullptr;
}
LLVMValueRef rz_aggregate_element(LLVMValueRef V, unsigned I) {
  return wrap(cast<Constant>(unwrap(V))->getAggregateElement(I));
}
int rz_constant_kind(LLVMValueRef V) {
  Value *C = unwrap(V);
  // Most that is asked about is one of these.
  if (isa<Instruction>(C)) return 20;
  if (isa<Argument>(C)) return 19;
  if (isa<PoisonValue>(C)) return 1;
  if (isa<UndefValue>(C)) return 2;
  if (isa<ConstantPointerNull>(C)) return 3;
  if (isa<ConstantAggregateZero>(C)) return 4;
  if (isa<ConstantTokenNone>(C)) return 5;
  if (isa<ConstantInt>(C)) return 6;
  if (isa<ConstantFP>(C)) return 7;
  if (isa<Function>(C)) return 8;
  if (isa<GlobalVariable>(C)) return 9;
  if (isa<GlobalAlias>(C)) return 10;
  if (isa<GlobalIFunc>(C)) return 11;
  if (isa<ConstantDataSequential>(C)) return 12;
  if (isa<ConstantAggregate>(C)) return 13;
  if (isa<ConstantExpr>(C)) return 14;
  if (isa<BlockAddress>(C)) return 15;
  if (isa<InlineAsm>(C)) return 16;
  if (isa<MetadataAsValue>(C)) return 17;
  if (isa<Constant>(C)) return 18;
  if (isa<BasicBlock>(C)) return 21;
  return 0;
}
int rz_asm_side_effects(LLVMValueRef V) { return unwrap<InlineAsm>(V)->hasSideEffects(); }

// Address arithmetic of a getelementptr (instruction or constant): base + *Offset + sum of operand[Index[i]] * Scale[i].
// Returns the number of terms, or -1 when it cannot be written so (scalable types). Room for getNumOperands() terms.
int rz_gep_decompose(LLVMModuleRef M, LLVMValueRef V, int64_t *Offset, unsigned *Index, uint64_t *Scale) {
  const DataLayout &DL = unwrap(M)->getDataLayout();
  auto *G = cast<GEPOperator>(unwrap(V));
  uint64_t Sum = 0;
  int N = 0;
  unsigned Op = 1;
  for (auto It = gep_type_begin(G), E = gep_type_end(G); It != E; ++It, ++Op) {
    Value *Idx = It.getOperand();
    auto *C = dyn_cast<Constant>(Idx);
    if (C && C->getType()->isVectorTy())
      C = C->getSplatValue();
    auto *CI = dyn_cast_or_null<ConstantInt>(C);
    if (StructType *ST = It.getStructTypeOrNull()) {
      if (!CI)
        return -1;
      TypeSize Off = DL.getStructLayout(ST)->getElementOffset((unsigned)CI->getZExtValue());
      if (Off.isScalable())
        return -1;
      Sum += Off.getFixedValue();
      continue;
    }
    TypeSize Stride = It.getSequentialElementStride(DL);
    if (Stride.isScalable())
      return -1;
    if (CI) {
      Sum += CI->getValue().sextOrTrunc(64).getZExtValue() * Stride.getFixedValue();
    } else if (Stride.getFixedValue() != 0) {
      Index[N] = Op;
      Scale[N] = Stride.getFixedValue();
      ++N;
    }
  }
  *Offset = (int64_t)Sum;
  return N;
}

// Memory effects, two bits a location (1 read, 2 write): argument memory, inaccessible, errno, everything else.
static unsigned packed(MemoryEffects ME) {
  auto Bits = [&](IRMemLocation L) { return (unsigned)ME.getModRef(L) & 3u; };
  unsigned Other = Bits(IRMemLocation::Other);
  unsigned Hidden = Bits(IRMemLocation::InaccessibleMem) | Bits(IRMemLocation::TargetMem0) |
                    Bits(IRMemLocation::TargetMem1);
  return Bits(IRMemLocation::ArgMem) | Hidden << 2 | Bits(IRMemLocation::ErrnoMem) << 4 | Other << 6;
}
unsigned rz_call_effects(LLVMValueRef V) { return packed(unwrap<CallBase>(V)->getMemoryEffects()); }
unsigned rz_function_effects(LLVMValueRef V) { return packed(unwrap<Function>(V)->getMemoryEffects()); }
// Call-site facts that combine the attributes of the call and of its callee.
int rz_call_has_attr(LLVMValueRef V, unsigned Kind) {
  auto *CB = unwrap<CallBase>(V);
  if (Kind == Attribute::NoBuiltin)
    return CB->isNoBuiltin();
  return CB->hasFnAttr((Attribute::AttrKind)Kind);
}
int rz_call_arg_has_attr(LLVMValueRef V, unsigned Arg, unsigned Kind) {
  return unwrap<CallBase>(V)->paramHasAttr(Arg, (Attribute::AttrKind)Kind);
}
int rz_call_arg_nocapture(LLVMValueRef V, unsigned Arg) {
  return unwrap<CallBase>(V)->doesNotCapture(Arg);
}
LLVMTypeRef rz_call_byval(LLVMValueRef V, unsigned Arg) {
  auto *CB = unwrap<CallBase>(V);
  return CB->isByValArgument(Arg) ? wrap(CB->getParamByValType(Arg)) : nullptr;
}
int rz_call_returns_noalias(LLVMValueRef V) { return unwrap<CallBase>(V)->returnDoesNotAlias(); }
unsigned rz_call_num_bundles(LLVMValueRef V) { return unwrap<CallBase>(V)->getNumOperandBundles(); }
int rz_param_nocapture(LLVMValueRef F, unsigned Arg) {
  return unwrap<Function>(F)->getArg(Arg)->hasNoCaptureAttr();
}
int rz_func_has_attr(LLVMValueRef F, unsigned Kind) {
  return unwrap<Function>(F)->hasFnAttribute((Attribute::AttrKind)Kind);
}
char *rz_attr_name(LLVMAttributeRef A) {
  Attribute At = unwrap(A);
  if (At.isStringAttribute())
    return rzString(At.getKindAsString());
  return rzString(Attribute::getNameFromAttrKind(At.getKindAsEnum()));
}
char *rz_attr_text(LLVMAttributeRef A) { return rzString(unwrap(A).getAsString()); }
void rz_strip_function_attrs(LLVMValueRef F) { unwrap<Function>(F)->setAttributes(AttributeList()); }
void rz_strip_call_attrs(LLVMValueRef C) { unwrap<CallBase>(C)->setAttributes(AttributeList()); }

void rz_drop_poison_flags(LLVMValueRef V) { unwrap<Instruction>(V)->dropPoisonGeneratingFlags(); }
LLVMValueRef rz_phi_remove(LLVMValueRef P, LLVMBasicBlockRef B) {
  auto *Phi = unwrap<PHINode>(P);
  int I = Phi->getBasicBlockIndex(unwrap(B));
  return I < 0 ? nullptr : wrap(Phi->removeIncomingValue((unsigned)I, false));
}
void rz_phi_set_block(LLVMValueRef P, unsigned I, LLVMBasicBlockRef B) {
  unwrap<PHINode>(P)->setIncomingBlock(I, unwrap(B));
}

// Positions leave the builder's debug location alone, unlike LLVM's own.
static void at(IRBuilder<> &B, BasicBlock *Block, BasicBlock::iterator It) {
  DebugLoc Loc = B.getCurrentDebugLocation();
  B.SetInsertPoint(Block, It);
  B.SetCurrentDebugLocation(Loc);
}
void rz_position_before(LLVMBuilderRef B, LLVMValueRef I) {
  auto *In = unwrap<Instruction>(I);
  at(*unwrap(B), In->getParent(), In->getIterator());
}
void rz_position_after(LLVMBuilderRef B, LLVMValueRef I) {
  auto *In = unwrap<Instruction>(I);
  BasicBlock *Block = In->getParent();
  if (isa<PHINode>(In))
    return at(*unwrap(B), Block, Block->getFirstInsertionPt());
  at(*unwrap(B), Block, std::next(In->getIterator()));
}
void rz_position_start(LLVMBuilderRef B, LLVMBasicBlockRef Block) {
  at(*unwrap(B), unwrap(Block), unwrap(Block)->getFirstNonPHIIt());
}
void rz_position_end(LLVMBuilderRef B, LLVMBasicBlockRef Block) {
  at(*unwrap(B), unwrap(Block), unwrap(Block)->end());
}
void rz_builder_set_fast(LLVMBuilderRef B, unsigned Bits) {
  FastMathFlags F;
  F.setAllowReassoc(Bits & 1);
  F.setNoNaNs(Bits & 2);
  F.setNoInfs(Bits & 4);
  F.setNoSignedZeros(Bits & 8);
  F.setAllowReciprocal(Bits & 16);
  F.setAllowContract(Bits & 32);
  F.setApproxFunc(Bits & 64);
  unwrap(B)->setFastMathFlags(F);
}
LLVMBasicBlockRef rz_split_block(LLVMValueRef Before, const char *Name) {
  auto *I = unwrap<Instruction>(Before);
  return wrap(I->getParent()->splitBasicBlock(I->getIterator(), Name));
}

void rz_delete_block(LLVMBasicBlockRef B) {
  auto *Block = unwrap(B);
  // Debug records that stood before a terminator that is gone are kept by the address of the block: the next one there would
  // find them before its phis.
  if (DbgMarker *Left = Block->getTrailingDbgRecords()) {
    Left->eraseFromParent();
    Block->deleteTrailingDbgRecords();
  }
  Block->eraseFromParent();
}

char *rz_verify_function(LLVMValueRef F) {
  std::string Text;
  raw_string_ostream OS(Text);
  return verifyFunction(*unwrap<Function>(F), &OS) ? rzString(Text) : nullptr;
}
char *rz_verify_module(LLVMModuleRef M) {
  std::string Text;
  raw_string_ostream OS(Text);
  return verifyModule(*unwrap(M), &OS) ? rzString(Text) : nullptr;
}
char *rz_struct_name(LLVMTypeRef T) {
  auto *S = dyn_cast<StructType>(unwrap(T));
  return S && S->hasName() ? rzString(S->getName()) : nullptr;
}
int rz_type_sized(LLVMTypeRef T) { return unwrap(T)->isSized(); }
LLVMTypeRef rz_vector_type(LLVMTypeRef Elem, unsigned Len, int Scalable) {
  return wrap(VectorType::get(unwrap(Elem), ElementCount::get(Len, Scalable != 0)));
}
uint64_t rz_fixed_alloc_size(LLVMModuleRef M, LLVMTypeRef T) {
  return unwrap(M)->getDataLayout().getTypeAllocSize(unwrap(T)).getKnownMinValue();
}
uint64_t rz_fixed_store_size(LLVMModuleRef M, LLVMTypeRef T) {
  return unwrap(M)->getDataLayout().getTypeStoreSize(unwrap(T)).getKnownMinValue();
}
}
