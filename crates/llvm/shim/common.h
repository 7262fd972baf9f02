// Shared by every topic of the shim. C++ only translates here: no decisions, no C++ types across the boundary.
#pragma once
#include "llvm-c/Core.h"
#include "llvm/ADT/StringRef.h"
#include <cstdlib>
#include <cstring>
#include <string>

// A string the caller frees with LLVMDisposeMessage.
inline char *rzString(llvm::StringRef S) {
  char *Out = static_cast<char *>(std::malloc(S.size() + 1));
  std::memcpy(Out, S.data(), S.size());
  Out[S.size()] = 0;
  return Out;
}
