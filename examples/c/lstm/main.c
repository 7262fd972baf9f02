/* Long short-term memory: reads or generates a problem, checks and times its gradient.
 *
 * The text format is ADBench's: `l c b`, main, extra, state, sequence. */
#include "demo.h"
#include "lstm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Program program;

typedef struct Problem {
    int l, c, b;
    double *main, *extra; /* one block, in this order */
    double *state, *sequence;
    double *gradient; /* as main, extra */
    double value;
} Problem;

static size_t main_size(const Problem *p) { return 8 * (size_t)p->l * (size_t)p->b; }
static size_t extra_size(const Problem *p) { return 3 * (size_t)p->b; }
static size_t state_size(const Problem *p) { return 2 * (size_t)p->l * (size_t)p->b; }
static size_t sequence_size(const Problem *p) { return (size_t)p->c * (size_t)p->b; }

static size_t inputs(const void *problem) {
    return main_size(problem) + extra_size(problem);
}

static Problem *allocate(const long *sizes) {
    Problem *p = demo_alloc(sizeof *p);
    *p = (Problem){.l = (int)sizes[0], .c = (int)sizes[1], .b = (int)sizes[2]};
    p->main = demo_alloc(inputs(p) * sizeof(double));
    p->extra = p->main + main_size(p);
    p->state = demo_alloc(state_size(p) * sizeof(double));
    p->sequence = demo_alloc(sequence_size(p) * sizeof(double));
    p->gradient = demo_alloc(inputs(p) * sizeof(double));
    return p;
}

static void *generate(const long *sizes) {
    Problem *p = allocate(sizes);
    Random random = {.state = 3};
    for (size_t i = 0; i < inputs(p); i++)
        p->main[i] = demo_uniform(&random);
    for (size_t i = 0; i < state_size(p); i++)
        p->state[i] = demo_uniform(&random);
    for (size_t i = 0; i < sequence_size(p); i++)
        p->sequence[i] = demo_uniform(&random) < 0.25;
    return p;
}

static void release(void *problem) {
    Problem *p = problem;
    free(p->main);
    free(p->state);
    free(p->sequence);
    free(p->gradient);
    free(p);
}

static void *read(FILE *in, long *sizes) {
    if (!demo_sizes(&program, in, sizes))
        return NULL;
    Problem *p = allocate(sizes);
    if (demo_read(in, p->main, inputs(p)) && demo_read(in, p->state, state_size(p)) &&
        demo_read(in, p->sequence, sequence_size(p)))
        return p;
    release(p);
    return NULL;
}

static void write(const void *problem, FILE *out) {
    const Problem *p = problem;
    size_t b = (size_t)p->b;
    fprintf(out, "%d %d %d\n\n", p->l, p->c, p->b);
    for (int i = 0; i < 2 * p->l; i++)
        demo_write(out, &p->main[4 * (size_t)i * b], 4 * b);
    fputc('\n', out);
    for (int i = 0; i < 3; i++)
        demo_write(out, &p->extra[(size_t)i * b], b);
    fputc('\n', out);
    for (int i = 0; i < 2 * p->l; i++)
        demo_write(out, &p->state[(size_t)i * b], b);
    fputc('\n', out);
    for (int i = 0; i < p->c; i++)
        demo_write(out, &p->sequence[(size_t)i * b], b);
}

static void primal(void *problem) {
    Problem *p = problem;
    p->value = lstm_objective(p->l, p->c, p->b, p->main, p->extra, p->state, p->sequence);
}

static void gradient(void *problem) {
    Problem *p = problem;
    memset(p->gradient, 0, inputs(p) * sizeof(double));
    lstm_gradient(p->l, p->c, p->b, p->main, p->gradient, p->extra, p->gradient + main_size(p),
                  p->state, p->sequence);
}

static const double *result(const void *problem, size_t *count) {
    const Problem *p = problem;
    *count = inputs(p);
    return p->gradient;
}

static double error(void *problem, const double *direction) {
    Problem *p = problem;
    double want = lstm_directional(p->l, p->c, p->b, p->main, direction, p->extra,
                                   direction + main_size(p), p->state, p->sequence);
    return demo_product_error(p->gradient, direction, inputs(p), want);
}

static const Program program = {
    .name = "lstm",
    .size_count = 3,
    .size_names = {"l", "c", "b"},
    .size_defaults = {2, 1024, 14},
    .size_least = {1, 2, 1},
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
