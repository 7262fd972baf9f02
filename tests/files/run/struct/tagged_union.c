// A tag says whether the slot holds a number or an index. At O0 nothing says that the tag is no address.
//! ret REAL
//! dup REAL a[3] = fill
//! const int tag = 0 | 1
#include "case.h"
struct var {
  int tag;
  union { REAL number; long index; } u;
};
NOINLINE static REAL get(const struct var *v, const REAL *a) { return v->tag ? a[v->u.index] : v->u.number; }
REAL f(const REAL *a, int tag) {
  struct var v;
  v.tag = tag;
  if (tag) v.u.index = 2;
  else v.u.number = a[0] * a[1];
  return get(&v, a) * a[0];
}
