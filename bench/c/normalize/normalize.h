/* A vector divided by its length. */
#ifndef NORMALIZE_H
#define NORMALIZE_H

void normalize(int n, const double *restrict x, double *restrict y);

/* Adds to dx what the seed dy of the result contributes, and consumes dy. */
void normalize_gradient(int n, const double *x, double *dx, double *y, double *dy);

/* The derivative of y along v, from dual numbers. */
void normalize_directional(int n, const double *x, const double *v, double *dy);

#endif
