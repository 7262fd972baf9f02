/* Ribozyme: gradients of C functions.
 *
 * Include this header where you ask for a derivative, and compile with
 *
 *     clang-22 -O2 -fpass-plugin=.../libribozyme.so program.c
 *
 * A call of a function whose name contains `__enzyme_autodiff` (reverse mode) or `__enzyme_fwddiff`
 * (forward mode) is replaced by the derivative of its first argument:
 *
 *     double square(double x) { return x * x; }
 *     double slope(double x) { return __enzyme_autodiff((void *)square, x); }
 *
 *     double norm(int n, const double *x);
 *     void gradient(int n, const double *x, double *dx) {
 *         __enzyme_autodiff_void((void *)norm, enzyme_const, n, enzyme_dup, x, dx);
 *     }
 *
 * The markers below say what each argument is. In reverse mode derivatives are *added* to shadow
 * memory, so zero it first; in forward mode shadow memory holds the direction and receives tangents.
 *
 * <ribozyme/derivatives.h> has gradients, Hessians and Jacobians by name.
 *
 * The functions are variadic, and C turns a variadic `float` into a `double`. For a function with
 * `float` parameters declare a request of your own, with any name that contains the stem:
 *
 *     float __enzyme_autodiff_f(void *, float);
 */
#ifndef RIBOZYME_RIBOZYME_H
#define RIBOZYME_RIBOZYME_H

#ifdef __cplusplus
extern "C" {
#endif

/* What an argument is. Without a marker pointers are `dup`, floating-point values `out` (reverse) or
 * `dup` (forward), integers `const`. None of these is ever defined: no reference is left after
 * compilation. */
extern int enzyme_const;      /* has no derivative */
extern int enzyme_out;        /* reverse: a value whose derivative is returned */
extern int enzyme_dup;        /* the shadow (or the tangent) follows */
extern int enzyme_dupnoneed;  /* as dup, and the primal result stored through it is not needed */
extern int enzyme_dupv;       /* as dup for several directions: a stride in bytes follows, then one shadow pointer */
extern int enzyme_dupnoneedv; /* as dupv, and the primal result stored through it is not needed */

/* What a call returns. */
extern int enzyme_primal_return;  /* also the result of the function itself, first */
extern int enzyme_const_return;   /* the result of the function has no derivative */
extern int enzyme_interleave;     /* all shadows follow all arguments */
extern int enzyme_width;          /* the number of directions follows, an integer constant */

/* Limits for the memory that a gradient takes (reverse mode, __enzyme_autodiff). */
extern int ribozyme_tape_budget; /* bytes of heap for the tape follow, an integer constant */
extern int ribozyme_no_alloc;    /* nothing is allocated, or the call does not compile */

/* Reverse mode. The result is the derivative with respect to the first `out` argument. */
double __enzyme_autodiff(void *function, ...);
void __enzyme_autodiff_void(void *function, ...);

/* Forward mode. The result is the tangent of the function's result. */
double __enzyme_fwddiff(void *function, ...);
void __enzyme_fwddiff_void(void *function, ...);

#ifdef __cplusplus
}
#endif

#endif
