/* The gradient: compiled with the plugin. The objective is included because a derivative needs its
 * body; it gets a name of its own because the primal is also linked. */
#define gmm_objective differentiated_objective
#include "gmm.c"

#include <ribozyme/ribozyme.h>

void gmm_gradient(int d, int k, int n, const double *alphas, double *dalphas, const double *means,
                  double *dmeans, const double *icf, double *dicf, const double *x, double gamma,
                  int m) {
    __enzyme_autodiff_void((void *)gmm_objective, d, k, n, enzyme_dup, alphas, dalphas, enzyme_dup,
                           means, dmeans, enzyme_dup, icf, dicf, enzyme_const, x, enzyme_const,
                           gamma, m);
}
