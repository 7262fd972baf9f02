// Which functions do the same, if functions of one class do.
//
// Two bodies are compared in the order of their blocks: the same operations with the same flags, attributes and
// metadata on operands that correspond. Callees correspond if they are one function or of one class. Nodes of scopes and
// loops are distinct for each function; they correspond one to one.
#include "common.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Metadata.h"
#include <cstdint>
using namespace llvm;

namespace {

using Classes = DenseMap<const Value *, uint32_t>;

class Pair {
  const Classes &Class;
  DenseMap<const Value *, const Value *> Values;
  DenseMap<const Metadata *, const Metadata *> There, Back;

public:
  explicit Pair(const Classes &Class) : Class(Class) {}

  bool functions(const Function &L, const Function &R) {
    if (!frames(L, R))
      return false;
    for (unsigned I = 0; I < L.arg_size(); I++)
      Values[L.getArg(I)] = R.getArg(I);
    // What is used may come later, so first everything is numbered.
    auto RB = R.begin();
    for (const BasicBlock &LB : L) {
      if (RB == R.end() || LB.size() != RB->size())
        return false;
      Values[&LB] = &*RB;
      auto RI = RB->begin();
      for (const Instruction &LI : LB)
        Values[&LI] = &*RI++;
      ++RB;
    }
    if (RB != R.end())
      return false;
    for (const BasicBlock &LB : L)
      for (const Instruction &LI : LB)
        if (!instructions(LI, *cast<Instruction>(Values.lookup(&LI))))
          return false;
    return true;
  }

private:
  static bool frames(const Function &L, const Function &R) {
    auto Plain = [](const Function &F) {
      return !F.hasPersonalityFn() && !F.hasPrefixData() && !F.hasPrologueData() && !F.hasGC() && !F.hasSection();
    };
    return Plain(L) && Plain(R) && L.getFunctionType() == R.getFunctionType() && L.getAttributes() == R.getAttributes() &&
           L.getCallingConv() == R.getCallingConv() && L.getAlign() == R.getAlign();
  }

  bool instructions(const Instruction &L, const Instruction &R) {
    if (!L.isSameOperationAs(&R) || L.getRawSubclassOptionalData() != R.getRawSubclassOptionalData())
      return false;
    for (unsigned I = 0; I < L.getNumOperands(); I++)
      if (!values(L.getOperand(I), R.getOperand(I)))
        return false;
    if (auto *Phi = dyn_cast<PHINode>(&L))
      for (unsigned I = 0; I < Phi->getNumIncomingValues(); I++)
        if (!values(Phi->getIncomingBlock(I), cast<PHINode>(R).getIncomingBlock(I)))
          return false;
    if (auto *Switch = dyn_cast<SwitchInst>(&L)) {
      auto Case = cast<SwitchInst>(R).case_begin();
      for (auto &Own : Switch->cases()) {
        if (Own.getCaseValue() != Case->getCaseValue())
          return false;
        ++Case;
      }
    }
    return notes(L, R);
  }

  bool values(const Value *L, const Value *R) {
    if (auto *Note = dyn_cast<MetadataAsValue>(L)) {
      auto *Other = dyn_cast<MetadataAsValue>(R);
      return Other && nodes(Note->getMetadata(), Other->getMetadata());
    }
    if (isa<Instruction>(L) || isa<Argument>(L) || isa<BasicBlock>(L))
      return Values.lookup(L) == R;
    if (L == R)
      return true;
    auto Left = Class.find(L), Right = Class.find(R);
    return Left != Class.end() && Right != Class.end() && Left->second == Right->second;
  }

  // Where in the source an instruction is from is not compared.
  bool notes(const Instruction &L, const Instruction &R) {
    SmallVector<std::pair<unsigned, MDNode *>, 8> Left, Right;
    L.getAllMetadataOtherThanDebugLoc(Left);
    R.getAllMetadataOtherThanDebugLoc(Right);
    if (Left.size() != Right.size())
      return false;
    for (unsigned I = 0; I < Left.size(); I++)
      if (Left[I].first != Right[I].first || !nodes(Left[I].second, Right[I].second))
        return false;
    return true;
  }

  bool nodes(const Metadata *L, const Metadata *R) {
    if (!L || !R)
      return L == R;
    auto [Known, New] = There.try_emplace(L, R);
    if (!New)
      return Known->second == R;
    if (!Back.try_emplace(R, L).second)
      return false;
    auto *Left = dyn_cast<MDTuple>(L), *Right = dyn_cast<MDTuple>(R);
    if (!Left || !Right)
      return L == R;
    if (Left->isDistinct() != Right->isDistinct() || Left->getNumOperands() != Right->getNumOperands())
      return false;
    for (unsigned I = 0; I < Left->getNumOperands(); I++)
      if (!nodes(Left->getOperand(I), Right->getOperand(I)))
        return false;
    return true;
  }
};

} // namespace

extern "C" {

// Alike for functions that may do the same.
uint64_t rz_outline_of_code(LLVMValueRef V) {
  auto &F = *unwrap<Function>(V);
  hash_code Hash = hash_combine(F.getFunctionType(), F.size());
  for (const BasicBlock &B : F)
    for (const Instruction &I : B) {
      Hash = hash_combine(Hash, I.getOpcode(), I.getType(), I.getNumOperands());
      for (const Value *Operand : I.operands())
        if (isa<Constant>(Operand) && !isa<Function>(Operand))
          Hash = hash_combine(Hash, Operand);
    }
  return Hash;
}
// Parts each class into functions that do the same if those of one class do. A class has the number of one of its
// members. True when a class was parted.
int rz_part_classes(const LLVMValueRef *Functions, uint32_t *Numbers, uint32_t Count) {
  Classes Before;
  for (uint32_t I = 0; I < Count; I++)
    Before[unwrap(Functions[I])] = Numbers[I];
  DenseMap<uint32_t, SmallVector<uint32_t, 2>> Parts;
  bool Parted = false;
  for (uint32_t I = 0; I < Count; I++) {
    auto &Firsts = Parts[Numbers[I]];
    auto &Own = *unwrap<Function>(Functions[I]);
    uint32_t Found = I;
    // Many that look alike and differ would take quadratic time; the last of them are not compared.
    const size_t Room = 8;
    for (uint32_t First : ArrayRef<uint32_t>(Firsts).take_front(Room))
      if (Pair(Before).functions(Own, *unwrap<Function>(Functions[First]))) {
        Found = First;
        break;
      }
    if (Found == I) {
      Parted |= !Firsts.empty();
      Firsts.push_back(I);
    }
    Numbers[I] = Found;
  }
  return Parted;
}
}
