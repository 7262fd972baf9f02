#include "tape.hpp"

static adouble k_means(const long *size, const double *points, const adouble *centres) {
    long n = size[0], k = size[1], d = size[2];
    adouble sum = 0;
    for (long i = 0; i < n; i++) {
        adouble least = 0;
        for (long j = 0; j < k; j++) {
            adouble square = 0;
            for (long c = 0; c < d; c++) {
                adouble delta = points[i * d + c] - centres[j * d + c];
                square += delta * delta;
            }
            if (j == 0 || square < least)
                least = square;
        }
        sum += least;
    }
    return sum;
}

TAPE(k_means)
