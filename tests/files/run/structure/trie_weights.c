// A trie of words in one growing array; weights along the path of a text are multiplied.
//! refuse RZ0013
//! ret REAL
//! dup REAL w[6] = fill
//! const char text[16] = "abacabba"
#include "case.h"
struct trie { REAL weight; int child[3]; };
REAL f(const REAL *w, const char *text) {
  static const char *const words[] = {"ab", "aba", "b", "ca", "abb", "ac"};
  struct trie *t = (struct trie *)calloc(1, sizeof *t);
  int n = 1;
  for (int k = 0; k < 6; k++) {
    int at = 0;
    for (const char *p = words[k]; *p; p++) {
      if (!t[at].child[*p - 'a']) {
        t = (struct trie *)realloc(t, (n + 1) * sizeof *t);
        memset(&t[n], 0, sizeof *t);
        t[at].child[*p - 'a'] = n++;
      }
      at = t[at].child[*p - 'a'];
    }
    t[at].weight += w[k] * w[k];
  }
  REAL r = 0;
  for (const char *p = text; *p; p++) {
    REAL product = 1;
    int at = 0;
    for (const char *q = p; *q && (at = t[at].child[*q - 'a']); q++)
      if (t[at].weight > 0) product *= t[at].weight, r += product;
  }
  free(t);
  return r;
}
