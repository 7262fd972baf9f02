#include "tape.hpp"

#include <math.h>

static const double pi = 3.14159265358979323846;

static void swap(adouble &a, adouble &b) {
    adouble c = a;
    a = b;
    b = c;
}

static void transform(long n, adouble *y) {
    for (long i = 1, j = 0; i < n; i++) {
        long bit = n / 2;
        for (; j & bit; bit /= 2)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            swap(y[2 * i], y[2 * j]);
            swap(y[2 * i + 1], y[2 * j + 1]);
        }
    }
    for (long length = 2; length <= n; length *= 2) {
        double cr = cos(2 * pi / double(length)), ci = -sin(2 * pi / double(length));
        for (long first = 0; first < n; first += length) {
            double wr = 1, wi = 0;
            adouble *a = y + 2 * first, *b = a + length;
            for (long k = 0; k < length / 2; k++) {
                adouble tr = wr * b[2 * k] - wi * b[2 * k + 1];
                adouble ti = wr * b[2 * k + 1] + wi * b[2 * k];
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

static adouble energy(const long *size, const double *weights, const adouble *x) {
    long n = size[0];
    std::vector<adouble> y(x, x + 2 * n);
    transform(n, y.data());
    adouble sum = 0;
    for (size_t k = 0; k < size_t(n); k++)
        sum += weights[k] * (y[2 * k] * y[2 * k] + y[2 * k + 1] * y[2 * k + 1]);
    return 0.5 * sum;
}

TAPE(energy)
