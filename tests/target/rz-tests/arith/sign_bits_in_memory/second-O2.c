#include "case.h"
#include "/work/wt/lead/tests/files/run/arith/sign_bits_in_memory.c"
#include "harness.h"

struct rz_args {
  REAL a[8] __attribute__((aligned(32)));
  REALF b[8] __attribute__((aligned(32)));
  int n;
};
struct rz_result { REAL r; };
static const struct rz_leaf rz_active[] = {
  RZ_LEAF(rz_args, a[0])
  RZ_LEAF(rz_args, a[1])
  RZ_LEAF(rz_args, a[2])
  RZ_LEAF(rz_args, a[3])
  RZ_LEAF(rz_args, a[4])
  RZ_LEAF(rz_args, a[5])
  RZ_LEAF(rz_args, a[6])
  RZ_LEAF(rz_args, a[7])
  RZ_LEAF(rz_args, b[0])
  RZ_LEAF(rz_args, b[1])
  RZ_LEAF(rz_args, b[2])
  RZ_LEAF(rz_args, b[3])
  RZ_LEAF(rz_args, b[4])
  RZ_LEAF(rz_args, b[5])
  RZ_LEAF(rz_args, b[6])
  RZ_LEAF(rz_args, b[7])
  {0, RZ_U8}};
static const struct rz_leaf rz_inactive[] = {
  RZ_LEAF(rz_args, n)
  {0, RZ_U8}};
static const struct rz_leaf rz_ret[] = {
  RZ_LEAF(rz_result, r)
  {0, RZ_U8}};
enum { ACTIVE = 16, INACTIVE = 1, RET = 1, POINTS = 2 };
static const rz_num rz_active_values[][1 + (ACTIVE > INACTIVE ? ACTIVE : INACTIVE)] = {
  {1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 0},
  {1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 0},
};
static const rz_num rz_inactive_values[][1 + (ACTIVE > INACTIVE ? ACTIVE : INACTIVE)] = {
  {8, 0},
  {3, 0},
};
static void rz_links(struct rz_args *A) {
  (void)A;
}
static void rz_init(struct rz_args *A, int point) {
  memset((void *)A, 0, sizeof *A);
  rz_set(A, rz_active, ACTIVE, rz_active_values[point]);
  rz_set(A, rz_inactive, INACTIVE, rz_inactive_values[point]);
  rz_links(A);
}
static __typeof__(f) *volatile rz_function = f;
static void rz_call(struct rz_args *A, struct rz_result *R) {
  (void)R;
  R->r = rz_function(A->a, A->b, A->n);
}

#define rz_same(...) ((void)0)
extern int enzyme_const, enzyme_dup, enzyme_dupnoneed, enzyme_out, enzyme_interleave, enzyme_primal_return, enzyme_const_return, enzyme_nofree, enzyme_byref;

static void rz_outer_directions(rz_num *b, int n) {
  for (int k = 0; k < n; k++) b[k] = ((k * 3 + 1) % 7 - 3.25L) / 4;
}
struct rz_grad { char none; };
static const struct rz_leaf rz_grad_leaves[] = {
  {0, RZ_U8}};
enum { OUT = 0 };
extern void __enzyme_autodiff_case(void *, ...);
#ifdef RZ_SPLIT
struct rz_augmented { void *tape; REAL r; };
extern struct rz_augmented __enzyme_augmentfwd_case(void *, ...);
extern void __enzyme_reverse_case(void *, ...);
extern void __enzyme_reverse_again(void *, ...);
static __attribute__((noinline)) void rz_scribble(struct rz_args *A) {
  volatile char below[1 << 16];
  for (unsigned i = 0; i < sizeof below; i++) below[i] = (char)0xfe;
  memset((void *)&A->a, 0xfe, sizeof A->a);
  memset((void *)&A->b, 0xfe, sizeof A->b);
}
static void rz_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_grad *G, const struct rz_result *R) {
  (void)S, (void)D, (void)G, (void)R;
  struct rz_augmented augmented = __enzyme_augmentfwd_case((void *)f, enzyme_dup, A->a, S->a, enzyme_dup, A->b, S->b, enzyme_const, A->n);
  struct rz_result P;
  P.r = augmented.r;
  rz_same("augmented primal", R, &P, 0, rz_ret, RET, 0);
  static _Thread_local struct rz_args primal, shadow;
  struct rz_result seed = *D, one;
  primal = *A, shadow = *S;
  rz_num ones[RET + 1];
  for (int i = 0; i < RET; i++) ones[i] = 1;
  rz_set(&one, rz_ret, RET, ones);
  rz_scribble(A);
  __enzyme_reverse_again((void *)f, enzyme_dup, A->a, S->a, enzyme_dup, A->b, S->b, enzyme_const, A->n, enzyme_byref, sizeof one.r, &one.r, augmented.tape, enzyme_nofree);
  *S = shadow, *D = seed;
  __enzyme_reverse_case((void *)f, enzyme_dup, A->a, S->a, enzyme_dup, A->b, S->b, enzyme_const, A->n, enzyme_byref, sizeof one.r, &one.r, augmented.tape);
  *A = primal;
}
#else
static void rz_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_grad *G, const struct rz_result *R) {
  (void)S, (void)D, (void)G, (void)R;
  __enzyme_autodiff_case((void *)f, enzyme_dup, A->a, S->a, enzyme_dup, A->b, S->b, enzyme_const, A->n);
}
#endif
extern REAL __enzyme_fwddiff_case(void *, ...);
static void rz_forward(struct rz_args *A, struct rz_args *S, struct rz_result *T, const struct rz_result *R) {
  (void)A, (void)S, (void)T, (void)R;
  T->r = __enzyme_fwddiff_case((void *)f, enzyme_dup, A->a, S->a, enzyme_dup, A->b, S->b, enzyme_const, A->n);
}
#define RZ_FR 1
#define RZ_FF 1
#define RZ_RF 1
#define RZ_RR 1
static const bool rz_is_by_value[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

extern void __enzyme_fwddiff_second(void *, ...);
extern void __enzyme_autodiff_second(void *, ...);
struct rz_second {
  struct rz_args A, dA, S, dS;
  struct rz_result D, dD;
  struct rz_grad G, dG;
};

/* Memory like the primal's whose active scalars are v and whose other scalars are zero. */
static void rz_shadow(struct rz_args *S, int point, const rz_num *v) {
  static const rz_num zero[INACTIVE + 1];
  rz_init(S, point);
  rz_set(S, rz_inactive, INACTIVE, zero);
  rz_set(S, rz_active, ACTIVE, v);
  rz_links(S);
}

static void rz_by_value(rz_num *v, bool keep) {
  for (int k = 0; k < ACTIVE; k++)
    if (rz_is_by_value[k] != keep) v[k] = 0;
}

static const rz_num rz_zero[ACTIVE + RET + 1];

/* The inner shadow starts as v, the outer ones at zero; the result's inner shadow is a cotangent in reverse mode. */
static void rz_start(struct rz_second *s, int point, bool reverse) {
  rz_num v[ACTIVE + RET + 1];
  memset(s, 0, sizeof *s);
  rz_init(&s->A, point);
  rz_shadow(&s->dA, point, rz_zero);
  rz_shadow(&s->dS, point, rz_zero);
  if (reverse) rz_cotangents(v, ACTIVE, 0);
  else rz_directions(v, ACTIVE);
  rz_shadow(&s->S, point, v);
  rz_cotangents(v, RET, 100);
  if (reverse) rz_set(&s->D, rz_ret, RET, v);
}

static void rz_seed_direction(struct rz_second *s, int point) {
  rz_num u[ACTIVE + 1];
  rz_outer_directions(u, ACTIVE);
  rz_shadow(&s->dA, point, u);
}

/* The outer cotangents: of memory, of the result (tangent) and of the returned gradients. */
static void rz_seed_cotangents(struct rz_second *s, int point, bool result) {
  rz_num c[ACTIVE + RET + OUT + 1];
  if (result) {
    rz_cotangents(c, ACTIVE, 0);
    rz_by_value(c, false);
    rz_shadow(&s->dS, point, c);
    rz_cotangents(c, RET, 100);
    rz_set(&s->dD, rz_ret, RET, c);
    return;
  }
  rz_directions(c, ACTIVE);
  rz_num outs[OUT + 1];
  for (int k = 0, n = 0; k < ACTIVE; k++)
    if (rz_is_by_value[k]) outs[n++] = c[k];
  rz_by_value(c, false);
  rz_shadow(&s->dS, point, c);
  rz_set(&s->dG, rz_grad_leaves, OUT, outs);
}

static void rz_print_projected(const char *name, int point, struct rz_second *s) {
  rz_num got[2 * ACTIVE + 2], u[ACTIVE + 1];
  rz_outer_directions(u, ACTIVE);
  rz_get(&s->dA, rz_active, ACTIVE, got + 1);
  got[0] = 0;
  for (int k = 0; k < ACTIVE; k++) got[0] += u[k] * got[k + 1];
  rz_get(&s->dS, rz_active, ACTIVE, got + 1);
  rz_print(name, point, got, ACTIVE + 1);
}

#define RZ_OPERANDS(s, inner)                                                                           \
  (void *)inner, enzyme_dup, &s->A, &s->dA, enzyme_dup, &s->S, &s->dS, enzyme_dup, &s->D, &s->dD

int main(void) {
  static struct rz_second state, *s = &state;
  static rz_num got[OUT + RET + ACTIVE + 1];
  for (int point = 0; point < POINTS; point++) {
#if RZ_FR
    rz_start(s, point, true);
    rz_seed_direction(s, point);
    __enzyme_fwddiff_second(RZ_OPERANDS(s, rz_reverse), enzyme_dup, &s->G, &s->dG, enzyme_const, (void *)0);
    rz_get(&s->dG, rz_grad_leaves, OUT, got);
    rz_get(&s->dS, rz_active, ACTIVE, got + OUT);
    rz_print("fr", point, got, OUT + ACTIVE);
#endif
#if RZ_FF
    rz_start(s, point, false);
    rz_seed_direction(s, point);
    __enzyme_fwddiff_second(RZ_OPERANDS(s, rz_forward), enzyme_const, (void *)0);
    rz_get(&s->dD, rz_ret, RET, got);
    rz_get(&s->dS, rz_active, ACTIVE, got + RET);
    rz_print("ff", point, got, RET + ACTIVE);
#endif
#if RZ_RF
    rz_start(s, point, false);
    rz_seed_cotangents(s, point, true);
    __enzyme_autodiff_second(RZ_OPERANDS(s, rz_forward), enzyme_const, (void *)0);
    rz_print_projected("rf", point, s);
#endif
#if RZ_RR
    rz_start(s, point, true);
    rz_seed_cotangents(s, point, false);
    __enzyme_autodiff_second(RZ_OPERANDS(s, rz_reverse), enzyme_dup, &s->G, &s->dG, enzyme_const, (void *)0);
    rz_print_projected("rr", point, s);
#endif
  }
  printf("\n@ end\n");
}
