// A list of allocated nodes, built, walked and freed.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
struct node { REAL v; struct node *next; };
REAL f(const REAL *a, int n) {
  struct node *head = 0;
  for (int i = 0; i < n; i++) {
    struct node *fresh = (struct node *)malloc(sizeof *fresh);
    fresh->v = a[i] * a[i];
    fresh->next = head;
    head = fresh;
  }
  REAL s = 1;
  while (head) {
    struct node *next = head->next;
    s = s * 0.5 + head->v * s;
    free(head);
    head = next;
  }
  return s;
}
