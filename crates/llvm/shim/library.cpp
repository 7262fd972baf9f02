// Which functions are C library functions on this target, by name and prototype.
#include "common.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"
using namespace llvm;

namespace {
struct Library {
  TargetLibraryInfoImpl Impl;
  TargetLibraryInfo Info;
  explicit Library(const Triple &T) : Impl(T), Info(Impl) {}
};
} // namespace

extern "C" {

void *rz_library_new(LLVMModuleRef M) { return new Library(Triple(unwrap(M)->getTargetTriple())); }
void rz_library_free(void *L) { delete static_cast<Library *>(L); }
int rz_library_knows(void *L, LLVMValueRef F) {
  auto *Fn = unwrap<Function>(F);
  LibFunc Func;
  auto &Info = static_cast<Library *>(L)->Info;
  return Info.getLibFunc(*Fn, Func) && Info.has(Func);
}
}
