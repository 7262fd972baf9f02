// Cars that follow one another: acceleration by gap and speed, a queue of structs sorted by position.
//! ret REAL
//! dup struct car c[5] { .x .v } = 0 1 3 1.2 7 0.8 12 1.1 15 0.6
//! out REAL desired = 1.5
#include "case.h"
struct car { REAL x, v; short lane; };
REAL f(struct car *c, REAL desired) {
  REAL fuel = 0;
  for (int t = 0; t < 6; t++) {
    for (int i = 0; i < 5; i++) {
      REAL accel = 1 - pow(c[i].v / desired, 4);
      if (i < 4) {
        REAL gap = c[i + 1].x - c[i].x - 0.5, wish = 0.5 + 1.2 * c[i].v + c[i].v * (c[i].v - c[i + 1].v) / 2;
        accel -= wish / gap * (wish / gap);
      }
      c[i].v += 0.2 * accel;
      if (c[i].v < 0) c[i].v = 0;
      fuel += accel > 0 ? accel * c[i].v : 0 * accel;
    }
    for (int i = 0; i < 5; i++) c[i].x += 0.2 * c[i].v;
  }
  return fuel + c[0].x;
}
