/* Bundle adjustment: reads or generates a problem, checks and times its Jacobian.
 *
 * The text format is ADBench's: `n m p`, then one camera, one point, one weight and one observation,
 * which stand for n cameras, m points, p weights and p observations. Observation i belongs to camera
 * i mod n and point i mod m. */
#include "demo.h"
#include "ba.h"

#include <math.h>
#include <stdlib.h>

static const Program program;

typedef struct Problem {
    int n, m, p;
    int *cameras, *points;
    double *camera_data, *point_data, *weights, *features;
    double *reprojection, *weight_error;
    double *blocks, *weight_derivative;
} Problem;

static double *numbers(int count, int each) {
    return demo_alloc(sizeof(double) * (size_t)count * (size_t)each);
}

/* Every camera, point, weight and observation is a copy of the one given (camera, point, weight,
 * observation in a row). */
static Problem *allocate(const long *sizes, const double *one) {
    Problem *p = demo_alloc(sizeof *p);
    int count = (int)sizes[2];
    *p = (Problem){.n = (int)sizes[0], .m = (int)sizes[1], .p = count};
    p->cameras = demo_alloc(sizeof(int) * (size_t)count);
    p->points = demo_alloc(sizeof(int) * (size_t)count);
    p->camera_data = numbers(p->n, CAMERA);
    p->point_data = numbers(p->m, POINT);
    p->weights = numbers(count, 1);
    p->features = numbers(count, 2);
    p->reprojection = numbers(count, 2);
    p->weight_error = numbers(count, 1);
    p->blocks = numbers(count, 2 * COLUMNS);
    p->weight_derivative = numbers(count, 1);
    for (int i = 0; i < p->n * CAMERA; i++)
        p->camera_data[i] = one[i % CAMERA];
    for (int i = 0; i < p->m * POINT; i++)
        p->point_data[i] = one[CAMERA + i % POINT];
    for (int i = 0; i < count; i++) {
        p->cameras[i] = i % p->n;
        p->points[i] = i % p->m;
        p->weights[i] = one[CAMERA + POINT];
        p->features[2 * i] = one[COLUMNS];
        p->features[2 * i + 1] = one[COLUMNS + 1];
    }
    return p;
}

static void *generate(const long *sizes) {
    Random random = {.state = 2};
    double one[COLUMNS + 2];
    /* A rotation of moderate angle, a camera some way off the origin, a point near it. */
    for (int i = 0; i < 3; i++) {
        one[i] = demo_normal(&random);
        one[3 + i] = 20 + 40 * demo_uniform(&random);
        one[CAMERA + i] = 10 * demo_uniform(&random);
    }
    one[6] = 200 + 300 * demo_uniform(&random);
    one[7] = 10 * demo_normal(&random);
    one[8] = 10 * demo_normal(&random);
    one[9] = 0.1 * demo_uniform(&random);
    one[10] = 0.01 * demo_uniform(&random);
    one[CAMERA + POINT] = demo_uniform(&random);
    one[COLUMNS] = 500 * demo_normal(&random);
    one[COLUMNS + 1] = 500 * demo_normal(&random);
    return allocate(sizes, one);
}

static void *read(FILE *in, long *sizes) {
    double one[COLUMNS + 2];
    if (!demo_sizes(&program, in, sizes))
        return NULL;
    return demo_read(in, one, COLUMNS + 2) ? allocate(sizes, one) : NULL;
}

static void write(const void *problem, FILE *out) {
    const Problem *p = problem;
    fprintf(out, "%d %d %d\n", p->n, p->m, p->p);
    demo_write(out, p->camera_data, CAMERA);
    demo_write(out, p->point_data, POINT);
    demo_write(out, p->weights, 1);
    demo_write(out, p->features, 2);
}

static void release(void *problem) {
    Problem *p = problem;
    free(p->cameras);
    free(p->points);
    free(p->camera_data);
    free(p->point_data);
    free(p->weights);
    free(p->features);
    free(p->reprojection);
    free(p->weight_error);
    free(p->blocks);
    free(p->weight_derivative);
    free(p);
}

/* A direction of one observation's variables is used for all of them. */
static size_t inputs(const void *problem) {
    (void)problem;
    return COLUMNS;
}

static void primal(void *problem) {
    Problem *p = problem;
    ba_residuals(p->p, p->cameras, p->points, p->camera_data, p->point_data, p->weights,
                 p->features, p->reprojection, p->weight_error);
}

static void gradient(void *problem) {
    Problem *p = problem;
    ba_jacobian(p->p, p->cameras, p->points, p->camera_data, p->point_data, p->weights, p->features,
                p->blocks, p->weight_derivative);
}

static const double *result(const void *problem, size_t *count) {
    const Problem *p = problem;
    *count = (size_t)p->p * 2 * COLUMNS;
    return p->blocks;
}

/* Error of one row of a block along the direction. */
static double error(void *problem, const double *direction) {
    Problem *p = problem;
    double worst = 0;
    for (int i = 0; i < p->p; i++) {
        double want[3];
        ba_directional(&p->camera_data[CAMERA * p->cameras[i]],
                       &p->point_data[POINT * p->points[i]], p->weights[i], &p->features[2 * i],
                       direction, want);
        const double *block = &p->blocks[2 * COLUMNS * i];
        double weight = p->weight_derivative[i] * direction[CAMERA + POINT];
        worst = fmax(worst, demo_product_error(block, direction, COLUMNS, want[0]));
        worst = fmax(worst, demo_product_error(block + COLUMNS, direction, COLUMNS, want[1]));
        worst = fmax(worst, demo_relative(weight, want[2], 0));
    }
    return worst;
}

static const Program program = {
    .name = "ba",
    .size_count = 3,
    .size_names = {"n", "m", "p"},
    .size_defaults = {49, 7776, 31843},
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
