/* An American put by explicit steps of the Black-Scholes equation on a grid of prices,
 *
 *   V_t + s^2 S^2 V_SS / 2 + r S V_S - r V = 0,   V >= K - S,
 *
 * with a volatility s of its own at each price. The objective is half the squared distance of the prices of
 * today from data; the variables are the volatilities. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const double interest = 0.05, strike = 1, year = 1;

static void setup(long n, double *restrict v) {
    for (long i = 0; i < n; i++) {
        double s = 2 * strike * (double)i / (double)(n - 1);
        v[i] = s < strike ? strike - s : 0;
    }
}

static void advance(long n, double dt, const double *restrict payoff, const double *restrict vol,
                    const double *restrict v, double *restrict w) {
    w[0] = payoff[0];
    w[n - 1] = 0;
    for (long i = 1; i < n - 1; i++) {
        double at = (double)i;
        double bend = v[i + 1] - 2 * v[i] + v[i - 1], slope = v[i + 1] - v[i - 1];
        double held = v[i] + dt * (0.5 * vol[i] * vol[i] * at * at * bend +
                                   0.5 * interest * at * slope - interest * v[i]);
        w[i] = held > payoff[i] ? held : payoff[i];
    }
}

static double black_scholes(long n, long steps, const double *restrict market,
                            const double *restrict vol) {
    size_t bytes = sizeof(double) * (size_t)n;
    double *payoff = (double *)malloc(bytes);
    double *v = (double *)malloc(bytes), *w = (double *)malloc(bytes);
    setup(n, payoff);
    memcpy(v, payoff, bytes);
    for (long t = 0; t < steps; t++) {
        advance(n, year / (double)steps, payoff, vol, v, w);
        double *swap = v;
        v = w;
        w = swap;
    }
    double sum = 0;
    for (long i = 0; i < n; i++)
        sum += (v[i] - market[i]) * (v[i] - market[i]);
    free(v);
    free(w);
    free(payoff);
    return 0.5 * sum;
}

PROGRAM(black_scholes, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
void hand(const Problem *p, double *restrict dvol) {
    long n = p->size[0], steps = p->size[1];
    const double *vol = p->x;
    double dt = year / (double)steps;
    double *payoff = malloc(sizeof(double) * (size_t)(n * (steps + 4)));
    double *states = payoff + n, *d = states + n * (steps + 1), *e = d + n;
    setup(n, payoff);
    memcpy(states, payoff, sizeof(double) * (size_t)n);
    for (long t = 0; t < steps; t++)
        advance(n, dt, payoff, vol, states + t * n, states + (t + 1) * n);
    for (long i = 0; i < n; i++)
        d[i] = states[steps * n + i] - p->data[i];
    for (long t = steps - 1; t >= 0; t--) {
        const double *v = states + t * n, *w = v + n;
        memset(e, 0, sizeof(double) * (size_t)n);
        for (long i = 1; i < n - 1; i++) {
            if (!(w[i] > payoff[i]))
                continue;
            double at = (double)i, seed = dt * d[i];
            double bend = v[i + 1] - 2 * v[i] + v[i - 1];
            double spread = 0.5 * vol[i] * vol[i] * at * at * seed, drift = 0.5 * interest * at * seed;
            dvol[i] += vol[i] * at * at * bend * seed;
            e[i + 1] += spread + drift;
            e[i - 1] += spread - drift;
            e[i] += d[i] - 2 * spread - interest * seed;
        }
        double *swap = d;
        d = e;
        e = swap;
    }
    free(payoff);
}

static size_t inputs(const long *size) { return (size_t)size[0]; }
static void prepare(Problem *p) {
    for (size_t i = 0; i < p->inputs; i++) {
        p->x[i] = 0.3 + 0.02 * p->x[i];
        p->data[i] = 0.1 + 0.01 * p->data[i];
    }
}
const Spec spec = {"black-scholes", 2, {"n", "steps"}, {64, 1000}, inputs, inputs, prepare};
#endif
