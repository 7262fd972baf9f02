/* A small network on images of n x n: `filters` 3 x 3 convolutions, the positive part, the largest of each
 * 2 x 2 square, and a dense layer to 10 classes whose softmax is scored. The variables are the filters
 * and their offsets, then the dense layer; data: the images. Image i is of class i mod 10. */
#include "program.h"

#include <math.h>
#include <stdlib.h>

enum { CLASSES = 10 };

static double convolve(long n, const double *restrict image, const double *restrict f, long i,
                       long j) {
    double sum = f[9];
    for (long a = 0; a < 3; a++)
        for (long b = 0; b < 3; b++)
            sum += f[3 * a + b] * image[(i + a) * n + j + b];
    return sum > 0 ? sum : 0;
}

static double score(long n, long filters, const double *restrict image, long label,
                    const double *restrict x, double *restrict pooled) {
    long half = (n - 2) / 2, features = filters * half * half;
    for (long c = 0; c < filters; c++)
        for (long i = 0; i < half; i++)
            for (long j = 0; j < half; j++) {
                double best = 0;
                for (long s = 0; s < 4; s++) {
                    double v = convolve(n, image, x + 10 * c, 2 * i + s / 2, 2 * j + s % 2);
                    if (v > best)
                        best = v;
                }
                pooled[(c * half + i) * half + j] = best;
            }
    const double *dense = x + 10 * filters;
    double sum = 0, own = 0;
    for (long k = 0; k < CLASSES; k++) {
        double logit = 0;
        for (long i = 0; i < features; i++)
            logit += dense[k * features + i] * pooled[i];
        sum += exp(logit);
        if (k == label)
            own = logit;
    }
    return log(sum) - own;
}

static double conv_net(long n, long filters, long images, const double *restrict data,
                       const double *restrict x) {
    long half = (n - 2) / 2;
    double *pooled = (double *)malloc(sizeof(double) * (size_t)(filters * half * half));
    double sum = 0;
    for (long i = 0; i < images; i++)
        sum += score(n, filters, data + i * n * n, i % CLASSES, x, pooled);
    free(pooled);
    return sum;
}

PROGRAM(conv_net, p->size[0], p->size[1], p->size[2], FIXED(p->data))

#ifdef HAND
static void score_back(long n, long filters, const double *restrict image, long label,
                       const double *restrict x, double *restrict dx, double *restrict pooled) {
    long half = (n - 2) / 2, features = filters * half * half;
    double *d = pooled + features;
    long *place = (long *)(d + features);
    for (long c = 0; c < filters; c++)
        for (long i = 0; i < half; i++)
            for (long j = 0; j < half; j++) {
                double best = 0;
                long at = (c * half + i) * half + j, which = -1;
                for (long s = 0; s < 4; s++) {
                    double v = convolve(n, image, x + 10 * c, 2 * i + s / 2, 2 * j + s % 2);
                    if (v > best) {
                        best = v;
                        which = (2 * i + s / 2) * n + 2 * j + s % 2;
                    }
                }
                pooled[at] = best;
                place[at] = which;
                d[at] = 0;
            }
    const double *dense = x + 10 * filters;
    double *ddense = dx + 10 * filters, terms[CLASSES], sum = 0;
    for (long k = 0; k < CLASSES; k++) {
        double logit = 0;
        for (long i = 0; i < features; i++)
            logit += dense[k * features + i] * pooled[i];
        sum += terms[k] = exp(logit);
    }
    for (long k = 0; k < CLASSES; k++) {
        double seed = terms[k] / sum - (k == label ? 1 : 0);
        for (long i = 0; i < features; i++) {
            ddense[k * features + i] += seed * pooled[i];
            d[i] += seed * dense[k * features + i];
        }
    }
    for (long at = 0; at < features; at++) {
        if (place[at] < 0)
            continue;
        double *df = dx + 10 * (at / (half * half));
        for (long s = 0; s < 9; s++)
            df[s] += d[at] * image[place[at] + s / 3 * n + s % 3];
        df[9] += d[at];
    }
}

void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], filters = p->size[1], half = (n - 2) / 2;
    double *work = malloc(sizeof(double) * (size_t)(3 * filters * half * half));
    for (long i = 0; i < p->size[2]; i++)
        score_back(n, filters, p->data + i * n * n, i % CLASSES, p->x, dx, work);
    free(work);
}

static size_t inputs(const long *size) {
    long half = (size[0] - 2) / 2;
    return (size_t)(size[1] * (10 + CLASSES * half * half));
}
static size_t data(const long *size) { return (size_t)(size[0] * size[0] * size[2]); }
static void prepare(Problem *p) {
    for (size_t i = (size_t)(10 * p->size[1]); i < p->inputs; i++)
        p->x[i] *= 0.05;
}
const Spec spec = {"conv-net", 3, {"n", "filters", "images"}, {16, 4, 20}, inputs, data, prepare};
#endif
