/* The sum over points of the squared distance to the nearest of k centres. */
#include "program.h"

static double k_means(long n, long k, long d, const double *restrict points,
                      const double *restrict centres) {
    double sum = 0;
    for (long i = 0; i < n; i++) {
        double least = 0;
        for (long j = 0; j < k; j++) {
            double square = 0;
            for (long c = 0; c < d; c++) {
                double delta = points[i * d + c] - centres[j * d + c];
                square += delta * delta;
            }
            if (j == 0 || square < least)
                least = square;
        }
        sum += least;
    }
    return sum;
}

PROGRAM(k_means, p->size[0], p->size[1], p->size[2], FIXED(p->data))

#ifdef HAND
void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], k = p->size[1], d = p->size[2];
    for (long i = 0; i < n; i++) {
        const double *point = p->data + i * d;
        double least = 0;
        long nearest = 0;
        for (long j = 0; j < k; j++) {
            double square = 0;
            for (long c = 0; c < d; c++) {
                double delta = point[c] - p->x[j * d + c];
                square += delta * delta;
            }
            if (j == 0 || square < least) {
                least = square;
                nearest = j;
            }
        }
        for (long c = 0; c < d; c++)
            dx[nearest * d + c] -= 2 * (point[c] - p->x[nearest * d + c]);
    }
}

static size_t inputs(const long *size) { return (size_t)(size[1] * size[2]); }
static size_t data(const long *size) { return (size_t)(size[0] * size[2]); }
const Spec spec = {"k-means", 3, {"n", "k", "d"}, {1000, 10, 8}, inputs, data};
#endif
