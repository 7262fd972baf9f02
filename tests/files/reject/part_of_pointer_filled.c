// LEVELS: 0,1,2,3
// ERROR: 12:3: error: Enzyme: a part of a pointer in active memory is filled with a byte pattern [RZ0012]
// A tag is put into the top bytes of an address. What the same bytes of the shadow's address are to be, nobody says.
#include <string.h>
double __enzyme_fwddiff(void *, ...);
int enzyme_dup;

struct node { double *value; double weight; };

double f(struct node *n) {
  double *kept = n->value;
  memset((char *)&n->value + 5, 0x2a, 3);
  double weight = n->weight * *kept;
  n->value = kept;
  return weight;
}

double g(struct node *n, struct node *dn) {
  return __enzyme_fwddiff((void *)f, enzyme_dup, n, dn);
}
