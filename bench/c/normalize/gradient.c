/* The gradient: compiled with the plugin. */
#define normalize differentiated_normalize
#include "normalize.c"

#include <ribozyme/ribozyme.h>

void normalize_gradient(int n, const double *x, double *dx, double *y, double *dy) {
    __enzyme_autodiff_void((void *)normalize, n, enzyme_dup, x, dx, enzyme_dup, y, dy);
}
