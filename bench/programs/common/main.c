/* A program of the collection under the harness of the examples: the oracle is the gradient by hand. */
#include "demo.h"
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct State {
    long size[MAX_SIZES];
    Problem problem;
    size_t outputs; /* of the derivative */
    double value, *dx, *by_hand;
} State;

static void *generate(const long *sizes) {
    State *s = demo_alloc(sizeof *s);
    memcpy(s->size, sizes, sizeof s->size);
    size_t inputs = spec.inputs(s->size), count = spec.data ? spec.data(s->size) : 0;
    s->problem = (Problem){s->size, inputs, demo_alloc(inputs * sizeof(double)),
                           demo_alloc(count * sizeof(double))};
    s->outputs = spec.outputs ? spec.outputs(s->size) : inputs;
    s->dx = demo_alloc(s->outputs * sizeof(double));
    s->by_hand = demo_alloc(s->outputs * sizeof(double));
    Random random = {.state = 7};
    demo_fill_normal(&random, s->problem.x, inputs);
    demo_fill_normal(&random, s->problem.data, count);
    if (spec.prepare)
        spec.prepare(&s->problem);
    return s;
}

static void release(void *state) {
    State *s = state;
    free(s->problem.x);
    free(s->problem.data);
    free(s->dx);
    free(s->by_hand);
    free(s);
}

/* Directions are those of the derivative. */
static size_t outputs(const void *state) { return ((const State *)state)->outputs; }

static void write(const void *state, FILE *out) {
    const State *s = state;
    for (int i = 0; i < spec.size_count; i++)
        fprintf(out, i ? " %ld" : "%ld", s->size[i]);
    fputc('\n', out);
    demo_write(out, s->problem.x, s->problem.inputs);
    demo_write(out, s->problem.data, spec.data ? spec.data(s->size) : 0);
}

static const double *result(const void *state, size_t *count) {
    const State *s = state;
    *count = s->outputs;
    return s->dx;
}

static void run_primal(void *state) {
    State *s = state;
    s->value = primal(&s->problem);
}

static void run_gradient(void *state) {
    State *s = state;
    memset(s->dx, 0, s->outputs * sizeof(double));
    gradient(&s->problem, s->dx);
}

static void run_hand(void *state) {
    State *s = state;
    memset(s->by_hand, 0, s->outputs * sizeof(double));
    hand(&s->problem, s->by_hand);
}

static double error(void *state, const double *direction) {
    State *s = state;
    run_hand(s);
    double got = 0, want = 0, norm = 0, length = 0;
    for (size_t i = 0; i < s->outputs; i++) {
        got += s->dx[i] * direction[i];
        want += s->by_hand[i] * direction[i];
        norm += s->by_hand[i] * s->by_hand[i];
        length += direction[i] * direction[i];
    }
    return demo_relative(got, want, sqrt(norm * length / (double)s->outputs));
}

int main(int argc, char **argv) {
    Program program = {.name = spec.name,
                       .size_count = spec.size_count,
                       .size_least = {1, 1, 1},
                       .generate = generate,
                       .release = release,
                       .inputs = outputs,
                       .write = write,
                       .result = result,
                       .primal = run_primal,
                       .gradient = run_gradient,
                       .hand = run_hand,
                       .error = error};
    memcpy(program.size_names, spec.size_names, sizeof program.size_names);
    memcpy(program.size_defaults, spec.size_defaults, sizeof program.size_defaults);
    return demo_main(&program, argc, argv);
}
