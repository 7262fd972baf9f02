// AVX-512 in functions with targets of their own: products of bfloat16, mantissas. What a processor lacks is not run.
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
void __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
extern int enzyme_dup;

#define BRAIN __attribute__((target("avx512f,avx512vl,avx512bf16")))
#define WIDE __attribute__((target("avx512f,avx512vl")))

// Sum of k * (c[k] + the dot product of neighbours), all rounded to eight bits.
BRAIN static double dots(const float *x) {
  __m128 c = _mm_loadu_ps(x), a = _mm_loadu_ps(x + 4), b = _mm_loadu_ps(x + 8);
  __m128bh both = _mm_cvtne2ps_pbh(a, b), low = _mm_cvtneps_pbh(a);
  __m128bh some = _mm_mask_cvtneps_pbh(low, 5, b);
  float s[4];
  _mm_storeu_ps(s, _mm_dpbf16_ps(_mm_dpbf16_ps(c, both, both), some, low));
  return s[0] + 2 * s[1] + 3 * s[2] + 4 * s[3];
}
WIDE static double mantissas(const double *x) {
  __m512d v = _mm512_loadu_pd(x);
  __m512d m = _mm512_getmant_pd(v, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
  __m512d n = _mm512_mask_getmant_pd(v, 0x0f, v, _MM_MANT_NORM_p5_1, _MM_MANT_SIGN_zero);
  return _mm512_reduce_add_pd(_mm512_mul_pd(m, n));
}
BRAIN static void check_dots(void) {
  // Powers of two and small integers are exact.
  float x[12] = {1, 2, 3, 4, 5, 6, 7, 8, 0.5f, 0.25f, 2, 3}, d[12] = {0};
  double worst = 0;
  __enzyme_autodiff((void *)dots, enzyme_dup, x, d);
  for (int i = 0; i < 12; i++) {
    float t[12] = {0}, h = 0.125f, at = x[i];
    t[i] = 1;
    double forward = __enzyme_fwddiff((void *)dots, enzyme_dup, x, t);
    x[i] = at + h;
    double above = dots(x);
    x[i] = at - h;
    double below = dots(x);
    x[i] = at;
    double slope = (above - below) / (2 * h);
    worst = fmax(worst, fmax(fabs(d[i] - slope), fabs(forward - slope)));
  }
  printf("dots %s\n", worst < 1e-9 ? "ok" : "wrong");
}
WIDE static void check_mantissas(void) {
  double x[8] = {1.5, -3, 0.3, -100, 7, -0.6, 12, 1e-3}, d[8] = {0}, worst = 0;
  __enzyme_autodiff((void *)mantissas, enzyme_dup, x, d);
  for (int i = 0; i < 8; i++) {
    double t[8] = {0}, at = x[i], h = 1e-3 * fabs(at);
    t[i] = 1;
    double forward = __enzyme_fwddiff((void *)mantissas, enzyme_dup, x, t);
    x[i] = at + h;
    double above = mantissas(x);
    x[i] = at - h;
    double below = mantissas(x);
    x[i] = at;
    double slope = (above - below) / (2 * h);
    worst = fmax(worst, fmax(fabs(d[i] - slope), fabs(forward - slope)) / (1 + fabs(slope)));
  }
  printf("mantissas %s\n", worst < 1e-7 ? "ok" : "wrong");
}
int main(void) {
  __builtin_cpu_init();
  int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
  if (wide && __builtin_cpu_supports("avx512bf16")) check_dots();
  else puts("dots ok");
  if (wide) check_mantissas();
  else puts("mantissas ok");
}
