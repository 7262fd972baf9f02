// A list with express lanes: nodes of different sizes, with a flexible array of links.
//! ret REAL
//! dup REAL a[7] = 0.3 1.1 0.7 2.2 1.6 0.1 1.9
#include "case.h"
struct node { REAL key; int height; struct node *next[]; };
static struct node *make(REAL key, int height) {
  struct node *n = (struct node *)malloc(sizeof *n + height * sizeof(struct node *));
  n->key = key, n->height = height;
  for (int i = 0; i < height; i++) n->next[i] = NULL;
  return n;
}
REAL f(const REAL *a) {
  struct node *head = make(-1, 3);
  for (int i = 0; i < 7; i++) {
    int height = 1 + (i % 2 == 0) + (i % 4 == 0);
    struct node *n = make(a[i], height), *at = head;
    for (int l = 2; l >= 0; l--) {
      while (at->next[l] && at->next[l]->key < n->key) at = at->next[l];
      if (l < height) n->next[l] = at->next[l], at->next[l] = n;
    }
  }
  REAL r = 0;
  for (int l = 0; l < 3; l++) {
    REAL run = 1;
    for (struct node *n = head->next[l]; n; n = n->next[l]) run = run * n->key + l, r += run;
  }
  while (head) {
    struct node *next = head->next[0];
    free(head);
    head = next;
  }
  return r;
}
