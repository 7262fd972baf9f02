// Numbers are kept in records that own a copy of a name, found again by name.
//! interpreted off it does not know the string functions
//! ret REAL
//! dup REAL a[3] = fill
//! const char text[12] = "b*a+c-a"
#include "case.h"
struct symbol { char *name; REAL value; struct symbol *next; };
static struct symbol *define(struct symbol *table, const char *name, REAL value) {
  struct symbol *s = (struct symbol *)malloc(sizeof *s);
  s->name = strdup(name);
  s->value = value;
  s->next = table;
  return s;
}
static REAL find(const struct symbol *table, const char *name) {
  for (; table; table = table->next)
    if (!strcmp(table->name, name)) return table->value;
  return 0;
}
REAL f(const REAL *a, const char *text) {
  struct symbol *table = NULL;
  for (int i = 0; i < 3; i++) {
    char name[2] = {(char)('a' + i), 0};
    table = define(table, name, a[i] * a[i]);
  }
  REAL r = 0;
  char op = '+';
  for (const char *p = text; *p; p++) {
    char name[2] = {*p, 0};
    if (*p < 'a') { op = *p; continue; }
    REAL v = find(table, name);
    r = op == '+' ? r + v : op == '-' ? r - v : r * v;
  }
  while (table) {
    struct symbol *next = table->next;
    free(table->name);
    free(table);
    table = next;
  }
  return r;
}
