/* One program of the collection, in one file that is compiled three times:
 *
 *   -DPRIMAL     the objective, timed as it is                     (without the plugin)
 *   -DGRADIENT   the request for its gradient                      (with the plugin)
 *   -DHAND       a gradient written by hand, and what inputs are   (without the plugin)
 *
 * PROGRAM(f, ...) makes the first two from a function whose last parameter is the array of variables;
 * the arguments before it are given, pointers as FIXED(pointer). */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Problem {
    const long *size;
    size_t inputs;
    double *x;    /* the variables */
    double *data; /* numbers that are not differentiated */
} Problem;

double primal(const Problem *p);
/* Both add to dx. */
void gradient(const Problem *p, double *dx);
void hand(const Problem *p, double *dx);

typedef struct Spec {
    const char *name;
    int size_count;
    const char *size_names[3];
    long size_defaults[3];
    size_t (*inputs)(const long *size);
    size_t (*data)(const long *size); /* NULL: none */
    /* Variables and data are standard normal numbers; this makes of them what the program wants. */
    void (*prepare)(Problem *p); /* NULL: nothing */
    /* Numbers of the derivative, when it is not one for each variable. */
    size_t (*outputs)(const long *size); /* NULL: the variables */
} Spec;

extern const Spec spec;

#ifdef __cplusplus
}
#endif

#ifdef GRADIENT
#include <ribozyme/ribozyme.h>
#define FIXED(pointer) enzyme_const, pointer
#define PROGRAM(function, ...)                                                                     \
    void gradient(const Problem *p, double *dx) {                                                  \
        __enzyme_autodiff_void((void *)function, __VA_ARGS__, enzyme_dup, p->x, dx);               \
    }
#elif defined PRIMAL
#define FIXED(pointer) pointer
#define PROGRAM(function, ...)                                                                     \
    double primal(const Problem *p) { return function(__VA_ARGS__, p->x); }
#else
#define PROGRAM(function, ...)
#endif

#endif
