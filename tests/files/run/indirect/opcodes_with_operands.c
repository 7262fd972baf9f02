// A machine with registers: a constant table of functions that take the machine and two operands.
//! ret REAL
//! dup REAL r[4] = fill
//! const unsigned char code[15] = 0 1 2 1 0 3 2 2 1 3 1 0 0 3 3
#include "case.h"
struct machine { REAL reg[4]; int steps; };
typedef void (*operation)(struct machine *, int, int);
static void add(struct machine *m, int a, int b) { m->reg[a] += m->reg[b]; }
static void mul(struct machine *m, int a, int b) { m->reg[a] *= m->reg[b]; }
static void mix(struct machine *m, int a, int b) { REAL t = m->reg[a]; m->reg[a] = sin(m->reg[b]); m->reg[b] = t; }
static void div_(struct machine *m, int a, int b) { m->reg[a] /= 1 + m->reg[b] * m->reg[b]; }
static const operation table[4] = {add, mul, mix, div_};
REAL f(const REAL *r, const unsigned char *code) {
  struct machine m;
  memcpy(m.reg, r, sizeof m.reg);
  m.steps = 0;
  for (int pc = 0; pc + 2 < 15; pc += 3, m.steps++) table[code[pc]](&m, code[pc + 1], code[pc + 2]);
  return m.reg[0] * m.reg[1] + m.reg[2] * m.reg[3] * m.steps;
}
