// The objective of examples/c/gmm, with its meaning of the arguments.
#include "tape.hpp"

#include <math.h>

static adouble log_sum_exp(size_t n, const adouble *x) {
    adouble top = x[0], sum = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > top)
            top = x[i];
    for (size_t i = 0; i < n; i++)
        sum += exp(x[i] - top);
    return top + log(sum);
}

static double log_gamma(double a, int p) {
    double sum = 0.25 * p * (p - 1) * log(3.14159265358979323846);
    for (int j = 1; j <= p; j++)
        sum += lgamma(a + 0.5 * (1 - j));
    return sum;
}

// |Q (x - mean)|^2
static adouble distance(size_t d, const adouble *diagonal, const adouble *lower,
                        const adouble *mean, const double *x, adouble *centered, adouble *scaled) {
    for (size_t i = 0; i < d; i++) {
        centered[i] = x[i] - mean[i];
        scaled[i] = diagonal[i] * centered[i];
    }
    for (size_t i = 0; i < d; i++) {
        for (size_t j = i + 1; j < d; j++)
            scaled[j] += lower[j - i - 1] * centered[i];
        lower += d - i - 1;
    }
    adouble sum = 0;
    for (size_t i = 0; i < d; i++)
        sum += scaled[i] * scaled[i];
    return sum;
}

static adouble prior(size_t d, size_t k, double gamma, int m, const adouble *logdet,
                     const adouble *diagonal, const adouble *icf) {
    int freedom = int(d) + m + 1;
    size_t stride = d * (d + 1) / 2;
    double constant =
        freedom * double(d) * (log(gamma) - 0.5 * log(2)) - log_gamma(0.5 * freedom, int(d));
    adouble sum = -double(k) * constant;
    for (size_t j = 0; j < k; j++) {
        adouble square = 0;
        for (size_t i = 0; i < d; i++)
            square += diagonal[j * d + i] * diagonal[j * d + i];
        for (size_t i = d; i < stride; i++)
            square += icf[j * stride + i] * icf[j * stride + i];
        sum += 0.5 * gamma * gamma * square - m * logdet[j];
    }
    return sum;
}

static adouble objective(size_t d, size_t k, size_t n, const adouble *alphas, const adouble *means,
                         const adouble *icf, const double *x, double gamma, int m) {
    size_t stride = d * (d + 1) / 2;
    std::vector<adouble> diagonal(d * k), logdet(k), centered(d), scaled(d), terms(k);
    for (size_t j = 0; j < k; j++) {
        logdet[j] = 0;
        for (size_t i = 0; i < d; i++) {
            logdet[j] += icf[j * stride + i];
            diagonal[j * d + i] = exp(icf[j * stride + i]);
        }
    }
    adouble sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < k; j++) {
            adouble square =
                distance(d, &diagonal[j * d], &icf[j * stride + d], &means[j * d], &x[i * d],
                         centered.data(), scaled.data());
            terms[j] = alphas[j] + logdet[j] - 0.5 * square;
        }
        sum += log_sum_exp(k, terms.data());
    }
    return sum - double(n) * log_sum_exp(k, alphas) -
           0.5 * double(n * d) * log(2 * 3.14159265358979323846) +
           prior(d, k, gamma, m, logdet.data(), diagonal.data(), icf);
}

extern "C" void gmm_gradient(int d, int k, int n, const double *alphas, double *dalphas,
                             const double *means, double *dmeans, const double *icf, double *dicf,
                             const double *x, double gamma, int m) {
    size_t first = size_t(k), second = first + size_t(k * d);
    size_t count = second + size_t(k * (d * (d + 1) / 2));
    std::vector<double> variables(alphas, alphas + k), adjoints(count);
    variables.insert(variables.end(), means, means + k * d);
    variables.insert(variables.end(), icf, icf + (count - second));
    tape::gradient(count, variables.data(), adjoints.data(), [&](const adouble *v) {
        return objective(size_t(d), size_t(k), size_t(n), v, v + first, v + second, x, gamma, m);
    });
    for (size_t i = 0; i < count; i++)
        (i < first ? dalphas[i] : i < second ? dmeans[i - first] : dicf[i - second]) += adjoints[i];
}
