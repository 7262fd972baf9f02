// SANITIZED
// Registered split derivatives: what the augmented forward leaves is what the tangent is given. The rules are wrong on
// purpose, so that the bodies cannot help.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern int enzyme_const, enzyme_nofree, enzyme_allocated, enzyme_tape, enzyme_width;
typedef struct { double a, b; } D2;
typedef struct { double a, b, c; } D3;
typedef struct { double a, b, c, d; } D4;
typedef struct { void *tape; double r; } TR;
TR __enzyme_augmentfwd(void *, ...);
double __enzyme_augmentfwd_result(void *, ...);
double __enzyme_fwdsplit(void *, ...), __enzyme_reverse(void *, ...);
D2 __enzyme_fwdsplit_2(void *, ...);

// A tape of another type than the result.
static int augmented, followed;
typedef struct { int tape; double r; } IntTape;
double g(double x) { return x * x; }
IntTape g_aug(double x) { augmented++; return (IntTape){(int)x + 10, x * x}; }
D2 g_tan(double x, double dx, int tape) { followed++; return (D2){x * x, 100 * dx + tape}; }
void *__enzyme_register_splitderivative_g[] = {(void *)g, (void *)g_aug, (void *)g_tan};
double fg(double x) { return 2 * g(x) * x; }
double loop(double x, int n) {
  double s = 0;
  for (int i = 0; s < 40 && i < n; i++) s += g(x + i) * (i & 1 ? 1 : x);
  return s;
}

// No tape at all, two arguments.
double k(double x, double y) { return x * y; }
double k_aug(double x, double y) { return x * y; }
D2 k_tan(double x, double dx, double y, double dy) { return (D2){x * y, 300 * dx + 400 * dy}; }
void *__enzyme_register_splitderivative_k[] = {(void *)k, (void *)k_aug, (void *)k_tan};
double fk(double x, double y) { return k(x, 3) + k(y, x); }

// Works on memory, which has changed since; the tape is memory of its own.
void scale(double *p, int n) { for (int i = 0; i < n; i++) p[i] *= p[i]; }
void *scale_aug(double *p, double *dp, int n, int dn) {
  double *old = malloc(n * sizeof *old);
  memcpy(old, p, n * sizeof *old);
  scale(p, n);
  return old;
}
void scale_tan(double *p, double *dp, int n, int dn, void *tape) {
  for (int i = 0; i < n; i++) dp[i] *= 7 * ((double *)tape)[i];
  free(tape);
}
void *__enzyme_register_splitderivative_scale[] = {(void *)scale, (void *)scale_aug, (void *)scale_tan};
double fs(double *p, int n) {
  scale(p, n);
  double s = 0;
  for (int i = 0; i < n; i++) s += p[i] * (i + 1);
  p[0] = 0;
  return s;
}
static double fl(double x) { double own[2] = {x, 3 * x}; scale(own, 2); return own[0] + own[1]; }

// A pointer comes back, with its shadow; a big tape.
typedef struct { D3 tape; double *r, *d; } PickTape;
typedef struct { double *r, *d; } Picked;
static int picks;
double *pick(double *p, int i) { picks++; return p + i; }
PickTape pick_aug(double *p, double *dp, int i, int di) { return (PickTape){{i, 2 * i, 3 * i}, p + i, dp + i}; }
Picked pick_tan(double *p, double *dp, int i, int di, D3 tape) {
  return (Picked){p + (int)tape.a, dp + (int)(tape.c - tape.b)};
}
void *__enzyme_register_splitderivative_pick[] = {(void *)pick, (void *)pick_aug, (void *)pick_tan};
double fp(double *p, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += *pick(p, i) * (i + 2);
  return s;
}

// A struct comes back through memory.
D3 three(double x) { return (D3){x, 2 * x, 3 * x}; }
typedef struct { double tape; D3 r; } ThreeTape;
typedef struct { D3 r, d; } ThreeTangent;
ThreeTape three_aug(double x) { return (ThreeTape){5 * x, three(x)}; }
ThreeTangent three_tan(double x, double dx, double tape) { return (ThreeTangent){three(x), {dx * tape, dx, 0}}; }
void *__enzyme_register_splitderivative_three[] = {(void *)three, (void *)three_aug, (void *)three_tan};
double ft(double x) { D3 t = three(x); return t.a * t.b + t.c; }

// A gradient reads the same tape.
typedef struct { double tape, r; } SameTape;
double s(double x) { return x * x; }
SameTape s_aug(double x) { return (SameTape){7 * x, x * x}; }
double s_rev(double x, double d, double tape) { return d * tape; }
D2 s_tan(double x, double dx, double tape) { return (D2){x * x, dx * tape + 1000}; }
void *__enzyme_register_gradient_s[] = {(void *)s, (void *)s_aug, (void *)s_rev};
void *__enzyme_register_splitderivative_s[] = {(void *)s, (void *)s_aug, (void *)s_tan};
double fsame(double x, double y) { return s(x) * y; }

int main() {
  {
    TR t = __enzyme_augmentfwd((void *)fg, 3.0);
    printf("called %g", t.r);
    printf(" %g", __enzyme_fwdsplit((void *)fg, enzyme_nofree, 3.0, 2.0, t.tape));
    printf(" %g: %d %d\n", __enzyme_fwdsplit((void *)fg, 3.0, 10.0, t.tape), augmented, followed);
  }
  {
    TR t = __enzyme_augmentfwd((void *)g, 3.0);
    printf("requested %g %g\n", t.r, __enzyme_fwdsplit((void *)g, 3.0, 2.0, t.tape));
  }
  {
    TR t = __enzyme_augmentfwd((void *)loop, 1.5, 20);
    printf("loop %g %g\n", t.r, __enzyme_fwdsplit((void *)loop, 1.5, 1.0, 20, t.tape));
  }
  {
    TR t = __enzyme_augmentfwd((void *)fk, 2.0, 5.0);
    printf("no tape %g %g", t.r, __enzyme_fwdsplit((void *)fk, enzyme_nofree, 2.0, 1.0, 5.0, 10.0, t.tape));
    printf(" %g\n", __enzyme_fwdsplit((void *)fk, 2.0, 1.0, enzyme_const, 5.0, t.tape));
  }
  {
    double x[2] = {3, 4}, d[2] = {1, 10};
    TR t = __enzyme_augmentfwd((void *)fs, x, d, 2);
    x[0] = x[1] = 99;
    printf("memory %g", t.r);
    printf(" %g %g %g\n", __enzyme_fwdsplit((void *)fs, x, d, 2, t.tape), d[0], d[1]);
  }
  {
    TR t = __enzyme_augmentfwd((void *)fl, 2.0);
    printf("local %g %g\n", t.r, __enzyme_fwdsplit((void *)fl, 2.0, 1.0, t.tape));
  }
  {
    double x[3] = {3, 4, 5}, d[3] = {1, 10, 100};
    TR t = __enzyme_augmentfwd((void *)fp, x, d, 3);
    printf("pointer %g %g\n", t.r, __enzyme_fwdsplit((void *)fp, x, d, 3, t.tape));
    printf("primal calls %d\n", picks);
  }
  {
    TR t = __enzyme_augmentfwd((void *)ft, 2.0);
    printf("struct %g %g\n", t.r, __enzyme_fwdsplit((void *)ft, 2.0, 1.0, t.tape));
  }
  {
    TR t = __enzyme_augmentfwd((void *)fsame, 2.0, 3.0);
    printf("both %g %g", t.r, __enzyme_fwdsplit((void *)fsame, enzyme_nofree, 2.0, 1.0, 3.0, 0.0, t.tape));
    D2 __enzyme_reverse_2(void *, ...);
    D2 r = __enzyme_reverse_2((void *)fsame, 2.0, 3.0, 1.0, t.tape);
    printf(" %g %g\n", r.a, r.b);
  }
  {
    TR t = __enzyme_augmentfwd((void *)loop, enzyme_width, 2, 1.5, 20);
    D2 d = __enzyme_fwdsplit_2((void *)loop, enzyme_width, 2, 1.5, 1.0, 10.0, 20, t.tape);
    printf("directions %g %g\n", d.a, d.b);
  }
  {
    char own[512];
    double r = __enzyme_augmentfwd_result((void *)fg, enzyme_allocated, 512, enzyme_tape, own, 3.0);
    printf("own memory %g %g\n", r, __enzyme_fwdsplit((void *)fg, enzyme_allocated, 512, enzyme_tape, own, 3.0, 2.0));
  }
}
