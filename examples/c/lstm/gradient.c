/* The gradient: compiled with the plugin. The objective is included because a derivative needs its
 * body; it gets a name of its own because the primal is also linked. */
#define lstm_objective differentiated_objective
#include "lstm.c"

#include <ribozyme/ribozyme.h>

void lstm_gradient(int l, int c, int b, const double *main, double *dmain, const double *extra,
                   double *dextra, const double *state, const double *sequence) {
    __enzyme_autodiff_void((void *)lstm_objective, l, c, b, enzyme_dup, main, dmain, enzyme_dup,
                           extra, dextra, enzyme_const, state, enzyme_const, sequence);
}
