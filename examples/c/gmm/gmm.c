/* log p(x | alphas, means, icf) + log prior(icf)
 *
 *   sum over points of  logsumexp over j of ( alpha_j + sum_j - ||Q_j (x - mean_j)||^2 / 2 )
 *   - n logsumexp(alphas) - n d log(2 pi) / 2
 *   + sum over j of ( gamma^2 ||Q_j||^2 / 2 - m sum_j ) - k C(gamma, m, d)
 *
 * where sum_j is the logarithm of the determinant of Q_j. The objective of the public ADBench suite. */
#include "gmm.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

static double logsumexp(int n, const double *restrict x) {
    double largest = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > largest)
            largest = x[i];
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] - largest);
    return largest + log(sum);
}

static double square_sum(int n, const double *restrict x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

/* Diagonals and log determinants of every factor. */
static void diagonals(int d, int k, const double *restrict icf, double *restrict diagonal,
                      double *restrict logdet) {
    int stride = d * (d + 1) / 2;
    for (int j = 0; j < k; j++) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            double q = icf[j * stride + i];
            sum += q;
            diagonal[j * d + i] = exp(q);
        }
        logdet[j] = sum;
    }
}

/* y = Q x; `lower` holds the strictly lower triangle by columns. */
static void multiply(int d, const double *restrict diagonal, const double *restrict lower,
                     const double *restrict x, double *restrict y) {
    for (int i = 0; i < d; i++)
        y[i] = diagonal[i] * x[i];
    for (int i = 0; i < d; i++) {
        for (int j = i + 1; j < d; j++)
            y[j] += lower[j - i - 1] * x[i];
        lower += d - i - 1;
    }
}

/* Logarithm of the multivariate gamma function. */
static double log_gamma(double a, int p) {
    double sum = 0.25 * p * (p - 1) * log(PI);
    for (int j = 1; j <= p; j++)
        sum += lgamma(a + 0.5 * (1 - j));
    return sum;
}

static double log_wishart_prior(int d, int k, double gamma, int m, const double *restrict logdet,
                                const double *restrict diagonal, const double *restrict icf) {
    int freedom = d + m + 1;
    int stride = d * (d + 1) / 2;
    double constant = freedom * d * (log(gamma) - 0.5 * log(2)) - log_gamma(0.5 * freedom, d);
    double sum = 0;
    for (int j = 0; j < k; j++) {
        double frobenius =
            square_sum(d, &diagonal[j * d]) + square_sum(stride - d, &icf[j * stride + d]);
        sum += 0.5 * gamma * gamma * frobenius - m * logdet[j];
    }
    return sum - k * constant;
}

double gmm_objective(int d, int k, int n, const double *restrict alphas,
                     const double *restrict means, const double *restrict icf,
                     const double *restrict x, double gamma, int m) {
    int stride = d * (d + 1) / 2;
    double *diagonal = (double *)malloc(sizeof(double) * (size_t)(d * k));
    double *logdet = (double *)malloc(sizeof(double) * (size_t)k);
    double *centered = (double *)malloc(sizeof(double) * (size_t)d);
    double *scaled = (double *)malloc(sizeof(double) * (size_t)d);
    double *terms = (double *)malloc(sizeof(double) * (size_t)k);

    diagonals(d, k, icf, diagonal, logdet);
    double sum = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < k; j++) {
            for (int c = 0; c < d; c++)
                centered[c] = x[i * d + c] - means[j * d + c];
            multiply(d, &diagonal[j * d], &icf[j * stride + d], centered, scaled);
            terms[j] = alphas[j] + logdet[j] - 0.5 * square_sum(d, scaled);
        }
        sum += logsumexp(k, terms);
    }
    double result = sum - n * logsumexp(k, alphas) - 0.5 * n * d * log(2 * PI) +
                    log_wishart_prior(d, k, gamma, m, logdet, diagonal, icf);

    free(terms);
    free(scaled);
    free(centered);
    free(logdet);
    free(diagonal);
    return result;
}
