#include "tape.hpp"

static const double step = 0.01;

static void slope(long n, const adouble *x, adouble *y) {
    for (long i = 0; i < n; i++) {
        long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
        long before = last == 0 ? n - 1 : last - 1;
        y[i] = (x[next] - x[before]) * x[last] - x[i] + 8;
    }
}

static void shifted(long n, const adouble *x, double h, const adouble *k, adouble *y) {
    for (long i = 0; i < n; i++)
        y[i] = x[i] + h * k[i];
}

static adouble rk4(const long *size, const double *, const adouble *start) {
    long n = size[0];
    std::vector<adouble> x(start, start + n), y(static_cast<size_t>(n));
    std::vector<adouble> stages(static_cast<size_t>(4 * n));
    adouble *k = stages.data();
    for (long t = 0; t < size[1]; t++) {
        slope(n, x.data(), k);
        shifted(n, x.data(), step / 2, k, y.data());
        slope(n, y.data(), k + n);
        shifted(n, x.data(), step / 2, k + n, y.data());
        slope(n, y.data(), k + 2 * n);
        shifted(n, x.data(), step, k + 2 * n, y.data());
        slope(n, y.data(), k + 3 * n);
        for (long i = 0; i < n; i++)
            x[size_t(i)] += step / 6 * (k[i] + 2 * k[n + i] + 2 * k[2 * n + i] + k[3 * n + i]);
    }
    adouble sum = 0;
    for (const adouble &v : x)
        sum += v * v;
    return 0.5 * sum;
}

TAPE(rk4)
