// The bits of a code, decoded by switches in a loop, decide what is done: a disassembler's shape.
//! ret REAL
//! dup REAL r[4] = fill
//! const unsigned code[6] = 0x12 0x23 0x31 0x02 0x13 0x30
#include "case.h"
REAL f(REAL *r, const unsigned *code) {
  REAL acc = r[0];
  for (int pc = 0; pc < 6; pc++) {
    unsigned op = code[pc] >> 4, arg = code[pc] & 15;
    switch (op) {
    case 0: r[arg] = acc; break;
    case 1: acc += r[arg]; break;
    case 2: acc *= r[arg]; break;
    case 3:
      if (acc > 1.5) { acc /= r[arg]; break; }
      /* fall through */
    default: acc -= 0.25;
    }
  }
  return acc * r[2];
}
