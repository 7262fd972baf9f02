/* Vector normalization: one program differentiated by different pipelines. */
#include "demo.h"
#include "normalize.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Program program;

typedef struct Problem {
    int n;
    double *x, *y, *weights, *gradient, *seed;
} Problem;

static Problem *allocate(const long *sizes) {
    Problem *p = demo_alloc(sizeof *p);
    size_t bytes = sizeof(double) * (size_t)sizes[0];
    *p = (Problem){(int)sizes[0], demo_alloc(bytes), demo_alloc(bytes), demo_alloc(bytes),
                   demo_alloc(bytes), demo_alloc(bytes)};
    /* The seed: how much each component of the result counts. */
    Random random = {.state = 5};
    demo_fill_normal(&random, p->weights, (size_t)p->n);
    return p;
}

static void *generate(const long *sizes) {
    Problem *p = allocate(sizes);
    Random random = {.state = 4};
    demo_fill_normal(&random, p->x, (size_t)p->n);
    return p;
}

static void release(void *problem) {
    Problem *p = problem;
    free(p->x);
    free(p->y);
    free(p->weights);
    free(p->gradient);
    free(p->seed);
    free(p);
}

static void *read(FILE *in, long *sizes) {
    if (!demo_sizes(&program, in, sizes))
        return NULL;
    Problem *p = allocate(sizes);
    if (demo_read(in, p->x, (size_t)p->n))
        return p;
    release(p);
    return NULL;
}

static void write(const void *problem, FILE *out) {
    const Problem *p = problem;
    fprintf(out, "%d\n", p->n);
    demo_write(out, p->x, (size_t)p->n);
}

static size_t inputs(const void *problem) { return (size_t)((const Problem *)problem)->n; }

static void primal(void *problem) {
    Problem *p = problem;
    normalize(p->n, p->x, p->y);
}

static void gradient(void *problem) {
    Problem *p = problem;
    memset(p->gradient, 0, sizeof(double) * (size_t)p->n);
    memcpy(p->seed, p->weights, sizeof(double) * (size_t)p->n);
    normalize_gradient(p->n, p->x, p->gradient, p->y, p->seed);
}

static double error(void *problem, const double *direction) {
    Problem *p = problem;
    double *tangent = demo_alloc(sizeof(double) * (size_t)p->n);
    normalize_directional(p->n, p->x, direction, tangent);
    double want = 0;
    for (int i = 0; i < p->n; i++)
        want += p->weights[i] * tangent[i];
    free(tangent);
    return demo_product_error(p->gradient, direction, inputs(p), want);
}

static const Program program = {
    .name = "normalize",
    .size_count = 1,
    .size_names = {"n"},
    .size_defaults = {10000},
    .size_least = {1},
    .generate = generate,
    .read = read,
    .write = write,
    .release = release,
    .inputs = inputs,
    .primal = primal,
    .gradient = gradient,
    .error = error,
};

int main(int argc, char **argv) { return demo_main(&program, argc, argv); }
