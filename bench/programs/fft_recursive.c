/* The Fourier transform of n complex numbers, a power of two, by recursion; the objective is the
 * spectrum's energy under given weights. Numbers are pairs (real, imaginary). */
#include "program.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

/* `sign` is -1 for the transform and 1 for its adjoint. */
static void transform(long n, long stride, double sign, const double *restrict in,
                      double *restrict out) {
    if (n == 1) {
        out[0] = in[0];
        out[1] = in[1];
        return;
    }
    long half = n / 2;
    transform(half, 2 * stride, sign, in, out);
    transform(half, 2 * stride, sign, in + 2 * stride, out + n);
    double wr = 1, wi = 0, cr = cos(2 * PI / (double)n), ci = sign * sin(2 * PI / (double)n);
    for (long k = 0; k < half; k++) {
        double ar = out[2 * k], ai = out[2 * k + 1];
        double br = out[n + 2 * k], bi = out[n + 2 * k + 1];
        double tr = wr * br - wi * bi, ti = wr * bi + wi * br;
        out[2 * k] = ar + tr;
        out[2 * k + 1] = ai + ti;
        out[n + 2 * k] = ar - tr;
        out[n + 2 * k + 1] = ai - ti;
        double r = wr * cr - wi * ci;
        wi = wr * ci + wi * cr;
        wr = r;
    }
}

static double energy(long n, const double *restrict weights, const double *restrict x) {
    double *y = (double *)malloc(sizeof(double) * (size_t)(2 * n));
    transform(n, 1, -1, x, y);
    double sum = 0;
    for (long k = 0; k < n; k++)
        sum += weights[k] * (y[2 * k] * y[2 * k] + y[2 * k + 1] * y[2 * k + 1]);
    free(y);
    return 0.5 * sum;
}

PROGRAM(energy, p->size[0], FIXED(p->data))

#ifdef HAND
void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0];
    double *y = malloc(sizeof(double) * (size_t)(4 * n)), *z = y + 2 * n;
    transform(n, 1, -1, p->x, y);
    for (long k = 0; k < 2 * n; k++)
        y[k] *= p->data[k / 2];
    transform(n, 1, 1, y, z);
    for (long k = 0; k < 2 * n; k++)
        dx[k] += z[k];
    free(y);
}

static size_t inputs(const long *size) { return (size_t)(2 * size[0]); }
static size_t data(const long *size) { return (size_t)size[0]; }
const Spec spec = {"fft-recursive", 1, {"n"}, {4096}, inputs, data};
#endif
