// A string drives a stack machine.
//! ret REAL
//! out REAL x = 0.7
//! out REAL y = 1.3
//! const char code[16] = "xy*sx+y/q" | "xx*yy*+q"
#include "case.h"
REAL f(REAL x, REAL y, const char *code) {
  REAL stack[8];
  int top = 0;
  for (const char *p = code; *p; p++) switch (*p) {
    case 'x': stack[top++] = x; break;
    case 'y': stack[top++] = y; break;
    case '*': top--; stack[top - 1] *= stack[top]; break;
    case '+': top--; stack[top - 1] += stack[top]; break;
    case '/': top--; stack[top - 1] /= stack[top]; break;
    case 's': stack[top - 1] = sin(stack[top - 1]); break;
    case 'q': stack[top - 1] = sqrt(stack[top - 1]); break;
    }
  return stack[0];
}
