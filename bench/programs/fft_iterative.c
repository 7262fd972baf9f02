/* The Fourier transform of n complex numbers, a power of two, in place; the objective is the
 * spectrum's energy under given weights. Numbers are pairs (real, imaginary). */
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

/* `sign` is -1 for the transform and 1 for its adjoint. */
static void transform(long n, double sign, double *restrict y) {
    for (long i = 1, j = 0; i < n; i++) {
        long bit = n / 2;
        for (; j & bit; bit /= 2)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            double r = y[2 * i], m = y[2 * i + 1];
            y[2 * i] = y[2 * j];
            y[2 * i + 1] = y[2 * j + 1];
            y[2 * j] = r;
            y[2 * j + 1] = m;
        }
    }
    for (long length = 2; length <= n; length *= 2) {
        double cr = cos(2 * PI / (double)length), ci = sign * sin(2 * PI / (double)length);
        for (long first = 0; first < n; first += length) {
            double wr = 1, wi = 0, *a = y + 2 * first, *b = a + length;
            for (long k = 0; k < length / 2; k++) {
                double tr = wr * b[2 * k] - wi * b[2 * k + 1];
                double ti = wr * b[2 * k + 1] + wi * b[2 * k];
                b[2 * k] = a[2 * k] - tr;
                b[2 * k + 1] = a[2 * k + 1] - ti;
                a[2 * k] += tr;
                a[2 * k + 1] += ti;
                double r = wr * cr - wi * ci;
                wi = wr * ci + wi * cr;
                wr = r;
            }
        }
    }
}

static double energy(long n, const double *restrict weights, const double *restrict x) {
    double *y = (double *)malloc(sizeof(double) * (size_t)(2 * n));
    memcpy(y, x, sizeof(double) * (size_t)(2 * n));
    transform(n, -1, y);
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
    double *y = malloc(sizeof(double) * (size_t)(2 * n));
    memcpy(y, p->x, sizeof(double) * (size_t)(2 * n));
    transform(n, -1, y);
    for (long k = 0; k < 2 * n; k++)
        y[k] *= p->data[k / 2];
    transform(n, 1, y);
    for (long k = 0; k < 2 * n; k++)
        dx[k] += y[k];
    free(y);
}

static size_t inputs(const long *size) { return (size_t)(2 * size[0]); }
static size_t data(const long *size) { return (size_t)size[0]; }
const Spec spec = {"fft-iterative", 1, {"n"}, {4096}, inputs, data};
#endif
