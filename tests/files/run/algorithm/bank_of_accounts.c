// Transactions by name on records found by search; overdrafts are charged, transfers may fail.
//! interpreted off it does not know the string functions
//! ret REAL
//! dup REAL amount[6] = 20 35 50 10 80 5
//! dup REAL start[3] = 100 40 10
#include "case.h"
struct account { char name[8]; REAL balance; unsigned failures; };
static struct account *find(struct account *a, const char *name) {
  for (int i = 0; i < 3; i++)
    if (!strncmp(a[i].name, name, sizeof a[i].name)) return &a[i];
  return NULL;
}
static int transfer(struct account *from, struct account *to, REAL x) {
  if (!to || from->balance < x) {
    from->failures++;
    from->balance *= 0.99;
    return 0;
  }
  from->balance -= x;
  to->balance += 0.98 * x;
  return 1;
}
REAL f(const REAL *amount, const REAL *start) {
  static const char *const route[6][2] = {{"ann", "bob"}, {"bob", "cy"}, {"cy", "ann"}, {"ann", "dee"}, {"bob", "ann"}, {"cy", "bob"}};
  struct account bank[3] = {{"ann", 0, 0}, {"bob", 0, 0}, {"cy", 0, 0}};
  REAL moved = 0;
  for (int i = 0; i < 3; i++) bank[i].balance = start[i];
  for (int k = 0; k < 6; k++) {
    struct account *from = find(bank, route[k][0]);
    if (transfer(from, find(bank, route[k][1]), amount[k] * (1 + 0.01 * from->failures))) moved += amount[k];
  }
  return bank[0].balance * bank[1].balance + bank[2].balance * moved;
}
