/* Gaussian mixture model: reads or generates a problem, checks and times its gradient.
 *
 * The text format is ADBench's: `d k n`, alphas, means, icf, points, then `gamma m`. */
#include "demo.h"
#include "gmm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Program program;

typedef struct Problem {
    int d, k, n, m;
    double gamma;
    double *alphas, *means, *icf; /* one block, in this order */
    double *x;
    double *gradient; /* as alphas, means, icf */
    double value;
} Problem;

static size_t means_size(const Problem *p) { return (size_t)p->k * (size_t)p->d; }
static size_t icf_size(const Problem *p) { return means_size(p) * (size_t)(p->d + 1) / 2; }
static size_t points_size(const Problem *p) { return (size_t)p->n * (size_t)p->d; }

static size_t inputs(const void *problem) {
    const Problem *p = problem;
    return (size_t)p->k + means_size(p) + icf_size(p);
}

static Problem *allocate(int d, int k, int n) {
    Problem *p = demo_alloc(sizeof *p);
    *p = (Problem){.d = d, .k = k, .n = n};
    p->alphas = demo_alloc(inputs(p) * sizeof(double));
    p->means = p->alphas + k;
    p->icf = p->means + means_size(p);
    p->x = demo_alloc(points_size(p) * sizeof(double));
    p->gradient = demo_alloc(inputs(p) * sizeof(double));
    return p;
}

static void *generate(const long *sizes) {
    Problem *p = allocate((int)sizes[0], (int)sizes[1], (int)sizes[2]);
    Random random = {.state = 1};
    demo_fill_normal(&random, p->alphas, (size_t)p->k);
    for (size_t i = 0; i < means_size(p); i++)
        p->means[i] = demo_uniform(&random);
    demo_fill_normal(&random, p->icf, icf_size(p));
    demo_fill_normal(&random, p->x, points_size(p));
    p->gamma = 1;
    return p;
}

static void release(void *problem) {
    Problem *p = problem;
    free(p->alphas);
    free(p->x);
    free(p->gradient);
    free(p);
}

static void *read(FILE *in, long *sizes) {
    if (!demo_sizes(&program, in, sizes))
        return NULL;
    Problem *p = allocate((int)sizes[0], (int)sizes[1], (int)sizes[2]);
    if (demo_read(in, p->alphas, inputs(p)) && demo_read(in, p->x, points_size(p)) &&
        demo_read(in, &p->gamma, 1) && fscanf(in, "%d", &p->m) == 1)
        return p;
    release(p);
    return NULL;
}

static void write(const void *problem, FILE *out) {
    const Problem *p = problem;
    size_t stride = (size_t)p->d * (size_t)(p->d + 1) / 2;
    fprintf(out, "%d %d %d\n", p->d, p->k, p->n);
    for (int j = 0; j < p->k; j++)
        demo_write(out, &p->alphas[j], 1);
    for (int j = 0; j < p->k; j++)
        demo_write(out, &p->means[j * p->d], (size_t)p->d);
    for (int j = 0; j < p->k; j++)
        demo_write(out, &p->icf[(size_t)j * stride], stride);
    for (int i = 0; i < p->n; i++)
        demo_write(out, &p->x[i * p->d], (size_t)p->d);
    fprintf(out, "%.17g %d\n", p->gamma, p->m);
}

static void primal(void *problem) {
    Problem *p = problem;
    p->value = gmm_objective(p->d, p->k, p->n, p->alphas, p->means, p->icf, p->x, p->gamma, p->m);
}

static void gradient(void *problem) {
    Problem *p = problem;
    double *dmeans = p->gradient + p->k;
    memset(p->gradient, 0, inputs(p) * sizeof(double));
    gmm_gradient(p->d, p->k, p->n, p->alphas, p->gradient, p->means, dmeans, p->icf,
                 dmeans + means_size(p), p->x, p->gamma, p->m);
}

static const double *result(const void *problem, size_t *count) {
    const Problem *p = problem;
    *count = inputs(p);
    return p->gradient;
}

static double error(void *problem, const double *direction) {
    Problem *p = problem;
    const double *vmeans = direction + p->k;
    double want = gmm_directional(p->d, p->k, p->n, p->alphas, direction, p->means, vmeans, p->icf,
                                  vmeans + means_size(p), p->x, p->gamma, p->m);
    return demo_product_error(p->gradient, direction, inputs(p), want);
}

static const Program program = {
    .name = "gmm",
    .size_count = 3,
    .size_names = {"d", "k", "n"},
    .size_defaults = {20, 50, 1000},
    .size_least = {1, 1, 1},
    .generate = generate,
    .read = read,
    .write = write,
    .release = release,
    .inputs = inputs,
    .primal = primal,
    .gradient = gradient,
    .result = result,
    .error = error,
};

int main(int argc, char **argv) { return demo_main(&program, argc, argv); }
