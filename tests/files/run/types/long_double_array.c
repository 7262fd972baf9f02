// Sixteen-byte slots with ten bytes of value: the padding stays.
//! ret REALL
//! dup REALL a[3] = fill
#include "case.h"
REALL f(REALL *a) {
  a[0] = a[0] * a[1];
  REALL t = a[2];
  a[2] = t * a[0] + a[1];
  return a[2] * t;
}
