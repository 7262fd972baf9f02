// Words of a text become keys of records, each with its own copy of the word; numbers are summed by key.
//! interpreted off it does not know the string functions
//! ret REAL
//! dup REAL a[5] = fill
//! const char text[24] = "ab b ab c b"
#include "case.h"
struct bin { char *key; int count; REAL sum; };
REAL f(const REAL *a, const char *text) {
  struct bin bins[5];
  int n = 0, at = 0;
  for (const char *p = text; *p; at++) {
    size_t length = strcspn(p, " ");
    char *word = strndup(p, length);
    int k = 0;
    while (k < n && strcmp(bins[k].key, word)) k++;
    if (k == n) {
      bins[n].key = word;
      bins[n].count = 0;
      bins[n++].sum = 0;
    } else free(word);
    bins[k].count++;
    bins[k].sum += a[at] * a[at];
    p += length;
    if (*p) p++;
  }
  REAL r = 1;
  for (int k = 0; k < n; k++) {
    r *= bins[k].sum / bins[k].count + k;
    free(bins[k].key);
  }
  return r;
}
