/* Registration of two images: displacements on a coarse grid, interpolated by cubic B-splines, say where
 * each pixel of the fixed image is looked up (bilinearly) in the moving one. The objective is half the
 * squared difference. Data: the fixed image, then the moving one, n x n each. */
#include "program.h"

#include <math.h>

static void weights(double t, double *restrict w) {
    double s = 1 - t;
    w[0] = s * s * s / 6;
    w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    w[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    w[3] = t * t * t / 6;
}

/* The pixel left of or above a place, such that the next one is also in the image. */
static long pixel(long n, double at) {
    long i = (long)floor(at);
    return i < 0 ? 0 : i > n - 2 ? n - 2 : i;
}

static double registration(long n, long g, const double *restrict images,
                           const double *restrict grid) {
    const double *moving = images + n * n;
    double spacing = (double)n / (double)(g - 3), sum = 0;
    for (long i = 0; i < n; i++) {
        double wy[4], wx[4], row = (double)i / spacing;
        weights(row - floor(row), wy);
        for (long j = 0; j < n; j++) {
            double column = (double)j / spacing, y = (double)i, x = (double)j;
            weights(column - floor(column), wx);
            for (long a = 0; a < 4; a++)
                for (long b = 0; b < 4; b++) {
                    long at = 2 * (((long)row + a) * g + (long)column + b);
                    y += wy[a] * wx[b] * grid[at];
                    x += wy[a] * wx[b] * grid[at + 1];
                }
            long r = pixel(n, y), c = pixel(n, x);
            double v = y - (double)r, u = x - (double)c;
            const double *m = moving + r * n + c;
            double value = (1 - v) * ((1 - u) * m[0] + u * m[1]) + v * ((1 - u) * m[n] + u * m[n + 1]);
            double difference = value - images[i * n + j];
            sum += difference * difference;
        }
    }
    return 0.5 * sum;
}

PROGRAM(registration, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
void hand(const Problem *p, double *restrict dgrid) {
    long n = p->size[0], g = p->size[1];
    const double *grid = p->x, *moving = p->data + n * n;
    double spacing = (double)n / (double)(g - 3);
    for (long i = 0; i < n; i++) {
        double wy[4], wx[4], row = (double)i / spacing;
        weights(row - floor(row), wy);
        for (long j = 0; j < n; j++) {
            double column = (double)j / spacing, y = (double)i, x = (double)j;
            weights(column - floor(column), wx);
            long first = 2 * ((long)row * g + (long)column);
            for (long a = 0; a < 4; a++)
                for (long b = 0; b < 4; b++) {
                    long at = first + 2 * (a * g + b);
                    y += wy[a] * wx[b] * grid[at];
                    x += wy[a] * wx[b] * grid[at + 1];
                }
            long r = pixel(n, y), c = pixel(n, x);
            double v = y - (double)r, u = x - (double)c;
            const double *m = moving + r * n + c;
            double top = (1 - u) * m[0] + u * m[1], bottom = (1 - u) * m[n] + u * m[n + 1];
            double difference = (1 - v) * top + v * bottom - p->data[i * n + j];
            double dy = difference * (bottom - top);
            double dx = difference * ((1 - v) * (m[1] - m[0]) + v * (m[n + 1] - m[n]));
            for (long a = 0; a < 4; a++)
                for (long b = 0; b < 4; b++) {
                    long at = first + 2 * (a * g + b);
                    dgrid[at] += wy[a] * wx[b] * dy;
                    dgrid[at + 1] += wy[a] * wx[b] * dx;
                }
        }
    }
}

static size_t inputs(const long *size) { return (size_t)(2 * size[1] * size[1]); }
static size_t data(const long *size) { return (size_t)(2 * size[0] * size[0]); }
static void prepare(Problem *p) {
    for (size_t i = 0; i < p->inputs; i++)
        p->x[i] *= 1.3;
}
const Spec spec = {"registration", 2, {"n", "grid"}, {64, 11}, inputs, data, prepare};
#endif
