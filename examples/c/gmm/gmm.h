/* Log posterior of a Gaussian mixture model with a Wishart prior. */
#ifndef GMM_H
#define GMM_H

/* The objective.
 *
 * d: dimension, k: components, n: points.
 * alphas[k]: logarithms of the component weights, up to a constant.
 * means[k][d].
 * icf[k][d (d + 1) / 2]: factor Q of each inverse covariance Q' Q, lower triangular: the logarithms of
 *     its diagonal, then the entries below the diagonal, column by column.
 * x[n][d]: the points.
 * gamma, m: the prior's scale and its degrees of freedom beyond d + 1. */
double gmm_objective(int d, int k, int n, const double *restrict alphas,
                     const double *restrict means, const double *restrict icf,
                     const double *restrict x, double gamma, int m);

/* The same function's gradient, added to the three shadows. */
void gmm_gradient(int d, int k, int n, const double *alphas, double *dalphas, const double *means,
                  double *dmeans, const double *icf, double *dicf, const double *x, double gamma,
                  int m);

/* The same function's derivative along a direction, from dual numbers. */
double gmm_directional(int d, int k, int n, const double *alphas, const double *valphas,
                       const double *means, const double *vmeans, const double *icf,
                       const double *vicf, const double *x, double gamma, int m);

#endif
