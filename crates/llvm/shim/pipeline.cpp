// Textual pass pipelines, inside a host (its analysis managers) or standing alone (tests, tools).
#include "common.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/LoopAnalysisManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/Error.h"
using namespace llvm;

namespace {
struct Managers {
  LoopAnalysisManager LAM;
  FunctionAnalysisManager FAM;
  CGSCCAnalysisManager CGAM;
  ModuleAnalysisManager MAM;
};
} // namespace

extern "C" {

void *rz_managers_new() {
  auto *A = new Managers();
  PassBuilder PB;
  PB.registerModuleAnalyses(A->MAM);
  PB.registerCGSCCAnalyses(A->CGAM);
  PB.registerFunctionAnalyses(A->FAM);
  PB.registerLoopAnalyses(A->LAM);
  PB.crossRegisterProxies(A->LAM, A->FAM, A->CGAM, A->MAM);
  return A;
}
void rz_managers_free(void *A) { delete static_cast<Managers *>(A); }
void *rz_managers_mam(void *A) { return &static_cast<Managers *>(A)->MAM; }
void *rz_fam_of(void *MAM, LLVMModuleRef M) {
  auto &Proxy =
      static_cast<ModuleAnalysisManager *>(MAM)->getResult<FunctionAnalysisManagerModuleProxy>(*unwrap(M));
  return &Proxy.getManager();
}
// Null on success, otherwise why the pipeline text is wrong. `Out` receives the pipeline.
char *rz_pipeline_new(const char *Text, void **Out) {
  PassBuilder PB;
  auto FPM = std::make_unique<FunctionPassManager>();
  if (Error E = PB.parsePassPipeline(*FPM, Text))
    return rzString(toString(std::move(E)));
  *Out = FPM.release();
  return nullptr;
}
void rz_pipeline_free(void *P) { delete static_cast<FunctionPassManager *>(P); }
void rz_pipeline_run(void *P, void *FAM, LLVMValueRef F) {
  auto &Fn = *unwrap<Function>(F);
  auto &FA = *static_cast<FunctionAnalysisManager *>(FAM);
  FA.invalidate(Fn, static_cast<FunctionPassManager *>(P)->run(Fn, FA));
}
char *rz_run_module(void *MAM, LLVMModuleRef M, const char *Text) {
  PassBuilder PB;
  ModulePassManager MPM;
  if (Error E = PB.parsePassPipeline(MPM, Text))
    return rzString(toString(std::move(E)));
  auto &MA = *static_cast<ModuleAnalysisManager *>(MAM);
  MA.invalidate(*unwrap(M), MPM.run(*unwrap(M), MA));
  return nullptr;
}
void rz_invalidate_function(void *FAM, LLVMValueRef F) {
  static_cast<FunctionAnalysisManager *>(FAM)->invalidate(*unwrap<Function>(F), PreservedAnalyses::none());
}
// To be called before a function is erased, so that no cached result outlives it.
void rz_forget_function(void *FAM, LLVMValueRef F) {
  auto *Fn = unwrap<Function>(F);
  static_cast<FunctionAnalysisManager *>(FAM)->clear(*Fn, Fn->getName());
}
void rz_invalidate_module(void *MAM, LLVMModuleRef M) {
  static_cast<ModuleAnalysisManager *>(MAM)->invalidate(*unwrap(M), PreservedAnalyses::none());
}
}
