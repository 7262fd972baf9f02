#include "tape.hpp"

#include <math.h>

static const double pi = 3.14159265358979323846;

static void transform(long n, long stride, const adouble *in, adouble *out) {
    if (n == 1) {
        out[0] = in[0];
        out[1] = in[1];
        return;
    }
    long half = n / 2;
    transform(half, 2 * stride, in, out);
    transform(half, 2 * stride, in + 2 * stride, out + n);
    double wr = 1, wi = 0, cr = cos(2 * pi / double(n)), ci = -sin(2 * pi / double(n));
    for (long k = 0; k < half; k++) {
        adouble ar = out[2 * k], ai = out[2 * k + 1];
        adouble br = out[n + 2 * k], bi = out[n + 2 * k + 1];
        adouble tr = wr * br - wi * bi, ti = wr * bi + wi * br;
        out[2 * k] = ar + tr;
        out[2 * k + 1] = ai + ti;
        out[n + 2 * k] = ar - tr;
        out[n + 2 * k + 1] = ai - ti;
        double r = wr * cr - wi * ci;
        wi = wr * ci + wi * cr;
        wr = r;
    }
}

static adouble energy(const long *size, const double *weights, const adouble *x) {
    size_t n = size_t(size[0]);
    std::vector<adouble> y(2 * n);
    transform(size[0], 1, x, y.data());
    adouble sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += weights[k] * (y[2 * k] * y[2 * k] + y[2 * k + 1] * y[2 * k + 1]);
    return 0.5 * sum;
}

TAPE(energy)
