/* What the demo programs share: reading inputs, timing, counting memory, checking, reporting. */
#ifndef DEMO_H
#define DEMO_H

#include <stddef.h>
#include <stdio.h>

enum { MAX_SIZES = 3 };

/* One objective function with its gradient. Every function pointer gets the problem that `generate`
 * or `read` made. Primal and gradient lie in files of their own, so these calls are opaque. */
typedef struct Program {
    const char *name;
    int size_count;
    const char *size_names[MAX_SIZES];
    long size_defaults[MAX_SIZES];
    long size_least[MAX_SIZES];

    /* A random problem of the given sizes, the same each time. */
    void *(*generate)(const long *sizes);
    /* A problem in the program's text format; NULL if the text is not one. Fills `sizes` first, and
     * asks `demo_sizes` about them. */
    void *(*read)(FILE *in, long *sizes); /* NULL: problems are only generated */
    void (*write)(const void *problem, FILE *out);
    void (*release)(void *problem);

    /* How many independent variables a direction has. */
    size_t (*inputs)(const void *problem);
    /* One evaluation, its result left in the problem. */
    void (*primal)(void *problem);
    /* One derivative, left in the problem. */
    void (*gradient)(void *problem);
    /* The same derivative written by hand, to be timed beside it; NULL if there is none. */
    void (*hand)(void *problem);
    /* The last derivative as numbers, for other tools to compare theirs with. */
    const double *(*result)(const void *problem, size_t *count);
    /* The largest relative error of the last derivative along `direction`, against the oracle. */
    double (*error)(void *problem, const double *direction);
} Program;

/* The whole command line; the value is the exit status. */
int demo_main(const Program *program, int argc, char **argv);

/* `malloc` that ends the program instead of failing. */
void *demo_alloc(size_t bytes);

/* Reads the sizes; 0 unless they are numbers within what the program accepts. */
int demo_sizes(const Program *program, FILE *in, long *sizes);
/* Reads `count` numbers; 0 when the text ends early or is not a number. */
int demo_read(FILE *in, double *numbers, size_t count);
/* Writes numbers so that they read back exactly, one line. */
void demo_write(FILE *out, const double *numbers, size_t count);

/* Deterministic random numbers: uniform in [0, 1), and standard normal. */
typedef struct Random {
    unsigned long long state;
} Random;
double demo_uniform(Random *random);
double demo_normal(Random *random);
void demo_fill_normal(Random *random, double *numbers, size_t count);

/* Error of `got` relative to `want`; `typical` is the size such a number usually has, so that a
 * number that is small by cancellation is not held to digits it does not have. */
double demo_relative(double got, double want, double typical);

/* Error of the gradient's product with a direction relative to `want`. */
double demo_product_error(const double *gradient, const double *direction, size_t count,
                          double want);

/* Bytes and calls of malloc, calloc, realloc, aligned_alloc since the reset (see count.c). */
typedef struct Memory {
    size_t peak;
    size_t calls;
    size_t leaked;
} Memory;
void demo_memory_reset(void);
Memory demo_memory(void);

#endif
