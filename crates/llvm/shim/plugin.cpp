// The plugin's side of LLVM: extension points, pass names, command-line options, diagnostics.
//
// Everything here translates; what to do at an extension point is decided by the Rust function
// that `rz_plugin_set_callback` stored. Nothing runs before `rz_plugin_version_ok` agreed: the
// layout of every LLVM class used below is only known for one version of LLVM.
//
// Deliberately absent: static constructors (they would run before the version check), link-time
// references to Rust, decisions.

#include "llvm-c/Core.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"
#include "llvm/Support/CommandLine.h"
#include <cstdint>

using namespace llvm;

// Numbers shared with `src/plugin.rs`.
enum RzPoint : int { RzStart, RzEarly, RzFullLto, RzNamed, RzRegister };
enum RzPhase : int { RzWhole, RzThinPre, RzThinPost, RzFullPre, RzFullPost };

struct RzSite {
  int32_t point;
  int32_t phase;
  int32_t speed; // 0..3
  int32_t size;  // 0..2
};

using RzCallback = int (*)(LLVMModuleRef, void *analyses, const RzSite *);
static RzCallback Callback = nullptr;

namespace {
struct RibozymePass : PassInfoMixin<RibozymePass> {
  RzSite Site;
  explicit RibozymePass(RzSite Site) : Site(Site) {}

  PreservedAnalyses run(Module &M, ModuleAnalysisManager &MAM) {
    if (!Callback)
      return PreservedAnalyses::all();
    return Callback(wrap(&M), &MAM, &Site) ? PreservedAnalyses::none()
                                           : PreservedAnalyses::all();
  }
  // Runs on optnone functions and under -opt-bisect-limit: a request is part of the program.
  static bool isRequired() { return true; }
};

RzPhase phaseOf(ThinOrFullLTOPhase P) {
  switch (P) {
  case ThinOrFullLTOPhase::None:
    return RzWhole;
  case ThinOrFullLTOPhase::ThinLTOPreLink:
    return RzThinPre;
  case ThinOrFullLTOPhase::ThinLTOPostLink:
    return RzThinPost;
  case ThinOrFullLTOPhase::FullLTOPreLink:
    return RzFullPre;
  case ThinOrFullLTOPhase::FullLTOPostLink:
    return RzFullPost;
  }
  return RzWhole;
}

RibozymePass passAt(RzPoint Point, OptimizationLevel L, RzPhase Phase) {
  return RibozymePass(RzSite{Point, Phase, int(L.getSpeedupLevel()),
                             int(L.getSizeLevel())});
}

void registerCallbacks(PassBuilder &PB) {
  PB.registerPipelineParsingCallback(
      [](StringRef Name, ModulePassManager &MPM,
         ArrayRef<PassBuilder::PipelineElement>) {
        // A pass named on the command line sees whatever IR the user wrote, so it prepares the
        // held functions itself, as at -O0.
        if (Name == "ribozyme" || Name == "enzyme")
          MPM.addPass(passAt(RzNamed, OptimizationLevel::O0, RzWhole));
        else if (Name == "preserve-nvvm")
          MPM.addPass(passAt(RzRegister, OptimizationLevel::O0, RzWhole));
        else
          return false;
        return true;
      });
  PB.registerPipelineStartEPCallback(
      [](ModulePassManager &MPM, OptimizationLevel L) {
        MPM.addPass(passAt(RzStart, L, RzWhole));
      });
  PB.registerOptimizerEarlyEPCallback(
      [](ModulePassManager &MPM, OptimizationLevel L, ThinOrFullLTOPhase P) {
        MPM.addPass(passAt(RzEarly, L, phaseOf(P)));
      });
  PB.registerFullLinkTimeOptimizationEarlyEPCallback(
      [](ModulePassManager &MPM, OptimizationLevel L) {
        MPM.addPass(passAt(RzFullLto, L, RzFullPost));
      });
}

struct Options {
  // Prefix options take everything after their name, so that each build line of the convention
  // is accepted; Rust knows the names and says which have no effect.
  cl::list<std::string> Own{
      "ribozyme-", cl::Prefix, cl::Hidden,
      cl::desc("Options of the Ribozyme plugin, see `ribozyme doctor`")};
  cl::list<std::string> Dash{"enzyme-", cl::Prefix, cl::Hidden,
                             cl::desc("Accepted for compatibility")};
  cl::list<std::string> Underscore{"enzyme_", cl::Prefix, cl::Hidden,
                                   cl::desc("Accepted for compatibility")};
};
Options *Registered = nullptr;

// Located like `DiagnosticInfoUnsupported`, which clang maps to source lines; prints without the
// function's type, which means nothing to the user, in every other host.
struct RequestDiagnostic : DiagnosticInfoUnsupported {
  using DiagnosticInfoUnsupported::DiagnosticInfoUnsupported;
  void print(DiagnosticPrinter &DP) const override {
    if (isLocationAvailable())
      DP << getLocationStr() << ": ";
    DP << getMessage();
  }
};

DiagnosticLocation locationIn(const Function &F, const char *File,
                              unsigned Line, unsigned Column) {
  DISubprogram *SP = F.getSubprogram();
  if (!SP || !File)
    return DiagnosticLocation();
  LLVMContext &C = F.getContext();
  DILocalScope *Scope = SP;
  if (SP->getFilename() != File)
    Scope = DILexicalBlockFile::get(
        C, SP, DIFile::get(C, File, SP->getDirectory()), 0);
  return DiagnosticLocation(DebugLoc(DILocation::get(C, Line, Column, Scope)));
}
} // namespace

extern "C" void rz_plugin_set_callback(RzCallback C) { Callback = C; }

// Fills the plugin record of this LLVM's layout; `Out` is the memory the host provided.
extern "C" void rz_plugin_info(PassPluginLibraryInfo *Out, const char *Name,
                               const char *Version) {
  Out->APIVersion = LLVM_PLUGIN_API_VERSION;
  Out->PluginName = Name;
  Out->PluginVersion = Version;
  Out->RegisterPassBuilderCallbacks = registerCallbacks;
  Out->PreCodeGenCallback = nullptr;
}

extern "C" int rz_plugin_version_ok(unsigned Major, unsigned Minor) {
  return Major == LLVM_VERSION_MAJOR && Minor == LLVM_VERSION_MINOR;
}

// Adds the options to the host's command line, once. Never removed: the host's table keeps
// pointers to them until it exits.
extern "C" void rz_plugin_register_options() {
  static Options *Made = new Options();
  Registered = Made;
}

// Option `Index` of family 0 (ribozyme-), 1 (enzyme-) or 2 (enzyme_), null past the last one.
extern "C" const char *rz_plugin_option(int Family, size_t Index) {
  if (!Registered)
    return nullptr;
  auto &List = Family == 0   ? Registered->Own
               : Family == 1 ? Registered->Dash
                             : Registered->Underscore;
  return Index < List.size() ? List[Index].c_str() : nullptr;
}

// Reports through the host. `File` is null when the position is unknown.
extern "C" void rz_plugin_report(LLVMValueRef Fn, int IsWarning,
                                 const char *Message, const char *File,
                                 unsigned Line, unsigned Column) {
  Function &F = *unwrap<Function>(Fn);
  Twine Text(Message);
  RequestDiagnostic D(F, Text, locationIn(F, File, Line, Column),
                      IsWarning ? DS_Warning : DS_Error);
  F.getContext().diagnose(D);
}
