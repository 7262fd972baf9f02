// A list whose nodes lead to active or constant numbers.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL b[4] = 1.5 2.5 -0.5 0.25
//! const int n = 5 | 1
#include "case.h"
struct node {
  const REAL *value;
  struct node *next;
};
REAL f(const REAL *a, const REAL *b, int n) {
  struct node *head = NULL;
  for (int i = 0; i < n; i++) {
    struct node *node = (struct node *)malloc(sizeof(struct node));
    node->value = i % 2 ? &a[i % 4] : &b[i % 4];
    node->next = head;
    head = node;
  }
  REAL s = 1.0;
  while (head) {
    struct node *next = head->next;
    s = s * *head->value + a[0];
    free(head);
    head = next;
  }
  return s;
}
