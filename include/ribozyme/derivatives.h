/* Ribozyme: gradients, Hessians and Jacobians of a function, by name.
 *
 *     #include <ribozyme/derivatives.h>
 *
 *     static double energy(size_t n, const double *x, const void *data) { ... }
 *     RIBOZYME_SCALAR(energy)
 *
 *     double e = energy_gradient(n, x, gradient, data);
 *
 * RIBOZYME_SCALAR(f) and RIBOZYME_MAP(f) define the functions below for the function `f`, which is visible here, as
 * `static inline`. They are calls of __enzyme_autodiff and __enzyme_fwddiff and choose the mode and the number of
 * directions at once. The header is for C (from C99) and C++.
 *
 * Conventions. All numbers are `double`. `n` is the number of variables, `m` the number of results. Matrices are
 * row-major without gaps. Outputs are overwritten, not added to, and must not overlap inputs or each other. A derivative has the unit
 * of the result divided by the unit of the variable. `data` is passed on to `f`, is constant, and may be null.
 * Functions that need scratch memory return 0, or 1 if they cannot allocate it: then outputs hold nothing of use. The others
 * allocate only what the gradient's tape needs, and stop the program if that fails. Nothing is shared: different threads
 * may call them at the same time.
 */
#ifndef RIBOZYME_DERIVATIVES_H
#define RIBOZYME_DERIVATIVES_H

#include "ribozyme.h"
#include <stdlib.h>
#include <string.h>

/* Nobody has to use all that is defined. */
#define RIBOZYME_HELPER_ static inline __attribute__((unused))

/* Directions at once. */
#define RIBOZYME_CHUNK 4

/* For `double f(size_t n, const double *x, const void *data)`, a function of n variables with one result:
 *
 * double f_gradient(size_t n, const double *x, double *gradient, const void *data)
 *     gradient[n] = df/dx. Returns f(x). Reverse mode: the cost does not grow with n.
 *
 * void f_hvp(size_t n, const double *x, const double *v, double *gradient, double *product, const void *data)
 *     product[n] = H v, for the matrix H of second derivatives and v[n]; gradient[n] as above. Forward over reverse mode: the
 *     cost does not grow with n.
 *
 * int f_hessian(size_t n, const double *x, double *hessian, const void *data)
 *     hessian[n * n] = H, symmetric up to rounding: [i * n + j] = d2f / dx[i] dx[j]. Forward over reverse mode, a few rows at a
 *     time. Scratch memory: (RIBOZYME_CHUNK + 1) n numbers.
 */
#define RIBOZYME_SCALAR(f)                                                                                             \
  RIBOZYME_HELPER_ double f##_gradient(size_t n, const double *x, double *gradient, const void *data) {                \
    memset(gradient, 0, n * sizeof(double));                                                                           \
    return __enzyme_autodiff((void *)f, enzyme_primal_return, enzyme_const, n, enzyme_dup, x, gradient, enzyme_const,  \
                             data);                                                                                    \
  }                                                                                                                    \
  RIBOZYME_HELPER_ void f##_add_gradient_(size_t n, const double *x, double *gradient, const void *data) {             \
    __enzyme_autodiff_void((void *)f, enzyme_const, n, enzyme_dup, x, gradient, enzyme_const, data);                   \
  }                                                                                                                    \
  RIBOZYME_HELPER_ void f##_hvp(size_t n, const double *x, const double *v, double *gradient, double *product,         \
                             const void *data) {                                                                       \
    memset(gradient, 0, n * sizeof(double));                                                                           \
    memset(product, 0, n * sizeof(double));                                                                            \
    __enzyme_fwddiff_void((void *)f##_add_gradient_, enzyme_const, n, enzyme_dup, x, v, enzyme_dup, gradient, product, \
                          enzyme_const, data);                                                                         \
  }                                                                                                                    \
  RIBOZYME_HELPER_ int f##_hessian(size_t n, const double *x, double *hessian, const void *data) {                     \
    const size_t row = n * sizeof(double);                                                                             \
    double *v = (double *)calloc(RIBOZYME_CHUNK + 1, row ? row : 1), *gradient = v + RIBOZYME_CHUNK * n;               \
    size_t i = 0, k;                                                                                                   \
    if (!v)                                                                                                            \
      return 1;                                                                                                        \
    memset(hessian, 0, n * row);                                                                                       \
    for (; i + RIBOZYME_CHUNK <= n; i += RIBOZYME_CHUNK) {                                                             \
      for (k = 0; k < RIBOZYME_CHUNK; k++)                                                                             \
        v[k * n + i + k] = 1;                                                                                          \
      __enzyme_fwddiff_void((void *)f##_add_gradient_, enzyme_width, RIBOZYME_CHUNK, enzyme_const, n, enzyme_dupv,     \
                            row, x, v, enzyme_dupv, row, gradient, hessian + i * n, enzyme_const, data);               \
      for (k = 0; k < RIBOZYME_CHUNK; k++)                                                                             \
        v[k * n + i + k] = 0;                                                                                          \
    }                                                                                                                  \
    for (; i < n; i++) {                                                                                               \
      v[i] = 1;                                                                                                        \
      f##_hvp(n, x, v, gradient, hessian + i * n, data);                                                               \
      v[i] = 0;                                                                                                        \
    }                                                                                                                  \
    free(v);                                                                                                           \
    return 0;                                                                                                          \
  }                                                                                                                    \
  RIBOZYME_DEFINED_(f)

/* For `void f(size_t n, const double *x, size_t m, double *y, const void *data)`, which writes all m results to y and
 * does not read what was there, with the matrix J of derivatives, J[i * n + j] = dy[i] / dx[j]:
 *
 * void f_jvp(size_t n, const double *x, const double *v, size_t m, double *y, double *product, const void *data)
 *     y[m] = f(x), product[m] = J v, for v[n]. Forward mode.
 *
 * int f_vjp(size_t n, const double *x, size_t m, const double *w, double *y, double *product, const void *data)
 *     y[m] = f(x), product[n] = w^T J, for w[m]. Reverse mode. Scratch memory: m numbers.
 *
 * int f_jacobian(size_t n, const double *x, size_t m, double *y, double *jacobian, const void *data)
 *     y[m] = f(x), jacobian[m * n] = J. Columns in forward mode where n <= m, rows in reverse mode where there are fewer
 *     results, a few at a time. Scratch memory: RIBOZYME_CHUNK (n + m) numbers.
 */
#define RIBOZYME_MAP(f)                                                                                                \
  RIBOZYME_HELPER_ void f##_jvp(size_t n, const double *x, const double *v, size_t m, double *y, double *product,      \
                             const void *data) {                                                                       \
    memset(product, 0, m * sizeof(double));                                                                            \
    __enzyme_fwddiff_void((void *)f, enzyme_const, n, enzyme_dup, x, v, enzyme_const, m, enzyme_dup, y, product,       \
                          enzyme_const, data);                                                                         \
  }                                                                                                                    \
  RIBOZYME_HELPER_ void f##_rows_(size_t n, const double *x, size_t m, double *y, double *w, double *product,          \
                               const void *data) {                                                                     \
    memset(product, 0, n * sizeof(double));                                                                            \
    __enzyme_autodiff_void((void *)f, enzyme_const, n, enzyme_dup, x, product, enzyme_const, m, enzyme_dup, y, w,      \
                           enzyme_const, data);                                                                        \
  }                                                                                                                    \
  RIBOZYME_HELPER_ int f##_vjp(size_t n, const double *x, size_t m, const double *w, double *y, double *product,       \
                            const void *data) {                                                                        \
    double *seed = (double *)malloc(m ? m * sizeof(double) : 1);                                                       \
    if (!seed)                                                                                                         \
      return 1;                                                                                                        \
    memcpy(seed, w, m * sizeof(double));                                                                               \
    f##_rows_(n, x, m, y, seed, product, data);                                                                        \
    free(seed);                                                                                                        \
    return 0;                                                                                                          \
  }                                                                                                                    \
  RIBOZYME_HELPER_ void f##_columns_(size_t n, const double *x, size_t m, double *y, double *jacobian, double *v,      \
                                  double *product, const void *data) {                                                 \
    const size_t in = n * sizeof(double), out = m * sizeof(double);                                                    \
    size_t i, j = 0, k;                                                                                                \
    for (; j + RIBOZYME_CHUNK <= n; j += RIBOZYME_CHUNK) {                                                             \
      for (k = 0; k < RIBOZYME_CHUNK; k++)                                                                             \
        v[k * n + j + k] = 1;                                                                                          \
      memset(product, 0, RIBOZYME_CHUNK * out);                                                                        \
      __enzyme_fwddiff_void((void *)f, enzyme_width, RIBOZYME_CHUNK, enzyme_const, n, enzyme_dupv, in, x, v,           \
                            enzyme_const, m, enzyme_dupv, out, y, product, enzyme_const, data);                        \
      for (k = 0; k < RIBOZYME_CHUNK; k++) {                                                                           \
        v[k * n + j + k] = 0;                                                                                          \
        for (i = 0; i < m; i++)                                                                                        \
          jacobian[i * n + j + k] = product[k * m + i];                                                                \
      }                                                                                                                \
    }                                                                                                                  \
    for (; j < n; j++) {                                                                                               \
      v[j] = 1;                                                                                                        \
      f##_jvp(n, x, v, m, y, product, data);                                                                           \
      v[j] = 0;                                                                                                        \
      for (i = 0; i < m; i++)                                                                                          \
        jacobian[i * n + j] = product[i];                                                                              \
    }                                                                                                                  \
  }                                                                                                                    \
  RIBOZYME_HELPER_ int f##_jacobian(size_t n, const double *x, size_t m, double *y, double *jacobian, const void *data) { \
    const size_t in = n * sizeof(double), out = m * sizeof(double);                                                    \
    double *v = (double *)calloc(RIBOZYME_CHUNK, in + out ? in + out : 1), *w = v + RIBOZYME_CHUNK * n;                \
    size_t i = 0, k;                                                                                                   \
    if (!v)                                                                                                            \
      return 1;                                                                                                        \
    if (n == 0)                                                                                                        \
      f(n, x, m, y, data);                                                                                             \
    else if (n <= m)                                                                                                   \
      f##_columns_(n, x, m, y, jacobian, v, w, data);                                                                  \
    else {                                                                                                             \
      memset(jacobian, 0, m * in);                                                                                     \
      for (; i + RIBOZYME_CHUNK <= m; i += RIBOZYME_CHUNK) {                                                           \
        memset(w, 0, RIBOZYME_CHUNK * out);                                                                            \
        for (k = 0; k < RIBOZYME_CHUNK; k++)                                                                           \
          w[k * m + i + k] = 1;                                                                                        \
        __enzyme_autodiff_void((void *)f, enzyme_width, RIBOZYME_CHUNK, enzyme_const, n, enzyme_dupv, in, x,           \
                               jacobian + i * n, enzyme_const, m, enzyme_dupv, out, y, w, enzyme_const, data);         \
      }                                                                                                                \
      for (; i < m; i++) {                                                                                             \
        memset(w, 0, out);                                                                                             \
        w[i] = 1;                                                                                                      \
        f##_rows_(n, x, m, y, w, jacobian + i * n, data);                                                              \
      }                                                                                                                \
    }                                                                                                                  \
    free(v);                                                                                                           \
    return 0;                                                                                                          \
  }                                                                                                                    \
  RIBOZYME_DEFINED_(f)

/* Takes the semicolon behind a macro, if there is one, and is taken as often as wanted. */
#define RIBOZYME_DEFINED_(f) struct ribozyme_defined_##f

#endif
