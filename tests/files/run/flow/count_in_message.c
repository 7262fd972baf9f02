// A count is copied out of a buffer of bytes and converted: it came there as a number, or is used as one.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 3 | 5
#include "case.h"
#include <string.h>
static NOINLINE REAL scale(const char *message) {
  long long count;
  memcpy(&count, message, sizeof count);
  return (REAL)count / 4;
}
static NOINLINE REAL sum(const REAL *a, const char *message) {
  long long count;
  REAL s = 0;
  memcpy(&count, message + sizeof count, sizeof count);
  for (long long i = 0; i < count; i++) s += a[i] * a[i] / (REAL)count;
  return s;
}
REAL f(const REAL *a, int n) {
  char message[2 * sizeof(long long)];
  long long count = n + 1;
  memcpy(message, &count, sizeof count);
  memcpy(message + sizeof count, &count, sizeof count);
  return a[0] * scale(message) + sum(a, message);
}
