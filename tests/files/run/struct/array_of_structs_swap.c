// Structs exchanged through a temporary: memcpy of mixed bytes. At O0 nothing says that keys which are only compared are no floats.
//! ret REAL
//! dup struct e s[3] { .v .w } = fill
//! set @->s[0].key = 3
//! set @->s[1].key = 1
//! set @->s[2].key = 2
#include "case.h"
struct e { int key; REAL v; REALF w; };
REAL f(struct e *s) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j + 1 < 3; j++)
      if (s[j].key > s[j + 1].key) {
        struct e t = s[j];
        s[j] = s[j + 1];
        s[j + 1] = t;
      }
  return s[0].v * s[1].v * s[1].v + s[2].w;
}
