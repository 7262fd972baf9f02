// Structs in structs in arrays.
//! ret REAL
//! dup struct outer o[2] { .in[0..2].a .in[0..2].b .c } = fill
#include "case.h"
struct inner { REAL a; int n; REAL b; };
struct outer { struct inner in[2]; REAL c; };
REAL f(struct outer *o) {
  REAL s = 0;
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) {
      o[i].in[j].a *= o[1 - i].in[j].b;
      s += o[i].in[j].a * o[i].c;
    }
  return s;
}
