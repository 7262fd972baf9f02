#include "tape.hpp"

static const double step = 1e-3, diffusion = 0.1;

static void advance(long n, const adouble *now, adouble *then) {
    const adouble *u = now, *v = now + n * n;
    double scale = diffusion * double(n * n) / 100;
    for (long i = 0; i < n; i++) {
        long up = (i == 0 ? n - 1 : i - 1) * n, down = (i == n - 1 ? 0 : i + 1) * n;
        for (long j = 0; j < n; j++) {
            long left = j == 0 ? n - 1 : j - 1, right = j == n - 1 ? 0 : j + 1, at = i * n + j;
            const adouble &a = u[at], &b = v[at];
            adouble lap_u = u[up + j] + u[down + j] + u[i * n + left] + u[i * n + right] - 4 * a;
            adouble lap_v = v[up + j] + v[down + j] + v[i * n + left] + v[i * n + right] - 4 * b;
            adouble reaction = a * a * b;
            then[at] = a + step * (1 + reaction - 4.4 * a + scale * lap_u);
            then[n * n + at] = b + step * (3.4 * a - reaction + scale * lap_v);
        }
    }
}

static adouble brusselator(const long *size, const double *, const adouble *x) {
    long n = size[0], m = 2 * n * n;
    std::vector<adouble> now(x, x + m), then(static_cast<size_t>(m));
    for (long t = 0; t < size[1]; t++) {
        advance(n, now.data(), then.data());
        now.swap(then);
    }
    adouble sum = 0;
    for (const adouble &v : now)
        sum += v * v;
    return 0.5 * sum;
}

TAPE(brusselator)
