// Accounts by name: the names are texts that are copied with their end, and without it through a buffer.
//! ret REAL
//! dup REAL x[6] = fill
#include "case.h"
struct account { char name[12]; int uses; REAL sum; };
static struct account *named(struct account *all, int *n, const char *name) {
  for (int i = 0; i < *n; i++)
    if (!strcmp(all[i].name, name)) return &all[i];
  struct account *fresh = &all[(*n)++];
  memset(fresh, 0, sizeof *fresh);
  memcpy(fresh->name, name, strlen(name) + 1);
  return fresh;
}
REAL f(const REAL *x) {
  static const char *const names[] = {"rent", "food", "travel", "food"};
  struct account all[4];
  int n = 0;
  for (int i = 0; i < 6; i++) {
    char short_name[8] = {0};
    memcpy(short_name, names[i % 4], strlen(names[i % 4]));
    struct account *a = named(all, &n, short_name);
    a->sum += x[i] * x[i];
    a->uses++;
  }
  struct account last = all[n - 1];
  REAL s = last.sum * last.uses;
  for (int i = 0; i < n; i++) s += all[i].sum * all[i].sum * all[i].uses * all[i].name[0];
  return s / 100;
}
