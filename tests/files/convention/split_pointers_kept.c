// SANITIZED
// Calls through pointers whose target is not known, undone several times on one tape: the tapes of the calls last as long
// as the caller's, and everything is released with it.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern int enzyme_dup, enzyme_const, enzyme_width, enzyme_nofree;
struct half { void *tape; double result; };
struct half __enzyme_augmentfwd(void *, ...);
double __enzyme_reverse(void *, ...), __enzyme_autodiff(void *, ...);
void *__enzyme_virtualreverse(void *);

// Scratch memory of its own, numbers that are overwritten, and a loop: the call has a tape.
static double bend(double *v, double t) { double s = t; for (int i = 0; i < 2; i++) v[i] = v[i] * s + 0.5, s = 1 + sin(s * v[i]); return s; }
static double twist(double *v, double t) {
  double *m = malloc(2 * sizeof *m), s;
  m[0] = cos(v[0] * t), m[1] = exp(v[1]) * m[0], v[1] = m[0] * 0.5, s = m[0] * m[1];
  free(m);
  return s;
}
struct node { double (*f)(double *, double); double v[2]; struct node *next; };
__attribute__((noinline)) double apply(const double *x, int n) {
  struct node nodes[6];
  double s = 0.5;
  for (int i = 0; i < n; i++) nodes[i] = (struct node){i % 2 ? bend : twist, {x[i], 1}, 0};
  for (int i = 0; i < 2 * n; i++) s = nodes[i % n].f(nodes[i % n].v, s);
  return s;
}

// Objects that call the next one, as deep as the list is long.
struct link { double (*value)(const struct link *, double); const struct link *next; double a; };
static double pass(const struct link *l, double t) { double u = t * l->a; return l->next ? sin(u) + l->next->value(l->next, cos(u)) : u; }
static double turn(const struct link *l, double t) { double u = cos(t) * l->a; return l->next ? u * l->next->value(l->next, u + t) : t; }
__attribute__((noinline)) double chain(const double *x, int n) {
  struct link *links = malloc(n * sizeof *links);
  for (int i = 0; i < n; i++) links[i] = (struct link){x[i % 4] > 0.7 ? pass : turn, i + 1 < n ? links + i + 1 : 0, x[i % 4]};
  double r = links->value(links, 1.5);
  free(links);
  return r;
}

// Its own functions release objects.
struct box { double (*take)(struct box *); double v; };
static double take(struct box *b) { double r = b->v * b->v; free(b); return r; }
static double lose(struct box *b) { double r = sin(b->v); b->v = 0, free(b); return r; }
__attribute__((noinline)) double boxes(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; i++) {
    struct box *b = malloc(sizeof *b);
    b->take = i % 2 ? take : lose, b->v = x[i] * s;
    s += b->take(b);
  }
  return s;
}

// A table written by hand: its tape is its own business, here none.
struct pair { double (*f)(double); };
static double cube(double t) { return t * t * t; }
static struct half cube_forward(double t) { return (struct half){(void *)3, t * t * t}; }
static double cube_back(double t, double seed, void *tape) { return seed * t * t * (long)tape; }
static void *by_hand[2] = {cube_forward, cube_back};
__attribute__((noinline)) double given(const struct pair *p, double *x) { return p->f(x[0]) * p->f(x[1] * x[0]); }

static void show(const char *what, double r, const double *d, int n) {
  printf("%s %.6g:", what, r);
  for (int i = 0; i < n; i++) printf(" %.6g", d[i]);
  printf("\n");
}
static int same(const double *a, const double *b, int n) { return !memcmp(a, b, n * sizeof *a); }

// Two tapes at a time, each undone three times: with one seed, with another, and with the first again.
#define THREE_TIMES(f, n)                                                                                                \
  do {                                                                                                                   \
    double x[4] = {0.9, 0.6, 1.1, 0.8}, y[4] = {1.2, 0.5, 0.3, 0.9}, d[3][4] = {{0}}, e[2][4] = {{0}}, g[4] = {0};       \
    struct half h = __enzyme_augmentfwd((void *)f, x, d[0], n), k = __enzyme_augmentfwd((void *)f, y, e[0], n);          \
    memset(x, 0xfe, sizeof x), memset(y, 0xfe, sizeof y);                                                                \
    __enzyme_reverse((void *)f, enzyme_nofree, x, d[0], n, 1.0, h.tape);                                                 \
    __enzyme_reverse((void *)f, enzyme_nofree, y, e[0], n, 1.0, k.tape);                                                 \
    __enzyme_reverse((void *)f, enzyme_nofree, x, d[1], n, 2.0, h.tape);                                                 \
    __enzyme_reverse((void *)f, x, d[2], n, 1.0, h.tape);                                                                \
    __enzyme_reverse((void *)f, y, e[1], n, 1.0, k.tape);                                                                \
    double z[4] = {0.9, 0.6, 1.1, 0.8};                                                                                  \
    __enzyme_autodiff((void *)f, z, g, n);                                                                               \
    show(#f, h.result, d[0], 4);                                                                                         \
    for (int i = 0; i < 4; i++) d[1][i] /= 2;                                                                            \
    int close = 1;                                                                                                       \
    for (int i = 0; i < 4; i++) close &= fabs(d[0][i] - g[i]) <= 1e-12 * (1 + fabs(g[i])) && fabs(d[1][i] - g[i]) <= 1e-12 * (1 + fabs(g[i])); \
    printf("%d %d %d\n", close, same(d[0], d[2], 4), same(e[0], e[1], 4));                                               \
  } while (0)

int main() {
  THREE_TIMES(apply, 4);
  THREE_TIMES(chain, 5);
  THREE_TIMES(chain, 3000);
  THREE_TIMES(boxes, 4);
  // Two directions at once.
  double x[4] = {0.9, 0.6, 1.1, 0.8}, d[4][4] = {{0}};
  struct half h = __enzyme_augmentfwd((void *)apply, enzyme_width, 2, enzyme_dup, x, d[0], d[1], 4);
  struct { double v[2]; } seeds[2] = {{{1, 10}}, {{10, 1}}};
  extern int enzyme_byref;
  __enzyme_reverse((void *)apply, enzyme_nofree, enzyme_width, 2, enzyme_dup, x, d[0], d[1], 4, enzyme_byref, (int)sizeof seeds[0], &seeds[0], h.tape);
  __enzyme_reverse((void *)apply, enzyme_width, 2, enzyme_dup, x, d[2], d[3], 4, enzyme_byref, (int)sizeof seeds[1], &seeds[1], h.tape);
  show("two directions", h.result, d[0], 4);
  printf("%d %d\n", same(d[0], d[3], 4), same(d[1], d[2], 4));
  // A table by hand, and one that users get.
  struct pair p = {cube}, dp = {(double (*)(double))by_hand}, dq = {(double (*)(double))__enzyme_virtualreverse((void *)cube)};
  for (int i = 0; i < 2; i++) {
    double e[2][2] = {{0}};
    h = __enzyme_augmentfwd((void *)given, &p, i ? &dq : &dp, x, e[0]);
    __enzyme_reverse((void *)given, enzyme_nofree, &p, i ? &dq : &dp, x, e[0], 1.0, h.tape);
    __enzyme_reverse((void *)given, &p, i ? &dq : &dp, x, e[1], 1.0, h.tape);
    show("given", h.result, e[0], 2);
    printf("%d\n", same(e[0], e[1], 2));
  }
  // Who calls the table of a function that calls through pointers releases the tape by undoing the call.
  double (*of[])(const double *, int) = {chain, apply};
  void **tables[] = {__enzyme_virtualreverse((void *)chain), __enzyme_virtualreverse((void *)apply)};
  for (int j = 0; j < 2; j++) {
    double g[2][4] = {{0}};
    for (int i = 0; i < 2; i++) {
      h = ((struct half (*)(double *, double *, int, int))tables[j][0])(x, g[i], 4, 0);
      ((void (*)(double *, double *, int, int, double, void *))tables[j][1])(x, g[i], 4, 0, 1.0, h.tape);
    }
    show("table", h.result - of[j](x, 4), g[0], 4);
    printf("%d\n", same(g[0], g[1], 4));
  }
}
