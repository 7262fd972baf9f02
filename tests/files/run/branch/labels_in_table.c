// Threaded code: a constant table of labels, an instruction pointer, a jump at the end of each operation.
//! interpreted off it has no computed gotos
//! ret REAL
//! dup REAL a[3] = fill
//! const int program[8] = 0 1 2 1 3 0 2 4
#include "case.h"
REAL f(const REAL *a, const int *program) {
  static const void *const table[] = {&&push, &&add, &&mul, &&swap, &&halt};
  REAL top = a[0], below = a[1], t;
  int next = 0;
  goto *table[program[next++]];
push:
  below = top;
  top = a[2];
  goto *table[program[next++]];
add:
  top += below;
  goto *table[program[next++]];
mul:
  top *= below;
  goto *table[program[next++]];
swap:
  t = top;
  top = below;
  below = t;
  goto *table[program[next++]];
halt:
  return top * top + below;
}
